//! Companies as the site knows them.

use std::collections::BTreeMap;

use super::{Language, Part, PartialDate};

/// One company of the registry, from `content/companies/<id>.md` or the built-in gazetteer.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Company {
    /// Lowercase ASCII words joined by hyphens; the page address and the name in front matter.
    pub id: String,
    /// The name the site shows.
    pub name: String,
    /// The name in other languages and scripts, by language tag.
    pub names: BTreeMap<String, String>,
    /// Other names under which texts mention it.
    pub aliases: Vec<String>,
    /// Names that texts use for something else.
    pub not_names: Vec<String>,
    /// Names it had before.
    pub former_names: Vec<String>,
    /// Ids under which older articles know it.
    pub former_ids: Vec<String>,
    /// Ids of other companies that it could be taken for.
    pub different_from: Vec<String>,
    /// The company that it became a part of, and when.
    pub merged_into: Option<(String, Option<PartialDate>)>,
    /// ISO 3166-1 alpha-2 code of the seat.
    pub country: Option<String>,
    /// Its own website.
    pub website: Option<String>,
    /// Id of the company it belongs to.
    pub parent: Option<String>,
    /// Ticker with the exchange, as the editor writes it.
    pub ticker: Option<String>,
    /// The same company elsewhere: `wikidata` → `Q1636958`.
    pub same_as: BTreeMap<String, String>,
    /// When it was founded.
    pub founded: Option<PartialDate>,
    /// One sentence about it.
    pub summary: Option<String>,
    /// The language of the profile, where it is not the site's.
    pub lang: Option<Language>,
    /// The profile, in Markdown.
    pub body: Part,
    /// Where it is described, relative to the site; empty for a company only articles name.
    pub path: String,
}

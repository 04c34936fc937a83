//! What machines read: data files and robots.txt.

use std::fmt::Write as _;

use rayon::prelude::*;
use serde::Serialize;

use super::data;
use super::site::Site;
use crate::model::address_join;

/// A file with everything of one sort.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DataFile {
    /// `/data/articles.json`
    Articles,
    /// `/data/companies.json`
    Companies,
    /// `/data/partnerships.json`
    Partnerships,
    /// `/data/stories.json`
    Stories,
    /// `/data/timeline.json`
    Timeline,
    /// `/data/schema.json`: what the other files look like.
    Schema,
}

impl DataFile {
    /// All of them.
    pub const ALL: [Self; 6] = [
        Self::Articles,
        Self::Companies,
        Self::Partnerships,
        Self::Stories,
        Self::Timeline,
        Self::Schema,
    ];

    /// Where it is.
    #[must_use]
    pub fn path(self) -> &'static str {
        match self {
            Self::Articles => "data/articles.json",
            Self::Companies => "data/companies.json",
            Self::Partnerships => "data/partnerships.json",
            Self::Stories => "data/stories.json",
            Self::Timeline => "data/timeline.json",
            Self::Schema => "data/schema.json",
        }
    }

    /// The file as JSON.
    #[must_use]
    pub fn json(self, site: &Site) -> String {
        let index = &site.index;
        let relations = || (0..index.relations.len()).into_par_iter();
        match self {
            Self::Articles => list(index.articles.par_iter().map(|e| data::article(site, e))),
            Self::Companies => {
                let companies = (0..index.companies.len()).into_par_iter();
                list(companies.map(|at| data::company(site, &index.companies[at])))
            }
            Self::Partnerships => {
                list(relations().map(|at| data::partnership(site, &index.relations[at])))
            }
            Self::Stories => {
                let stories = (0..index.stories.len()).into_par_iter();
                list(stories.map(|at| data::story(site, &index.stories[at])))
            }
            Self::Timeline => {
                list(relations().flat_map_iter(|at| data::timeline(site, &index.relations[at])))
            }
            Self::Schema => format!("{:#}\n", data::schema()),
        }
    }
}

/// A JSON list, written in parallel and without holding the tree of all of it.
fn list<T: Serialize>(items: impl ParallelIterator<Item = T>) -> String {
    let text = |item| serde_json::to_string(&item).expect("data are plain");
    let items: Vec<String> = items.map(text).collect();
    format!("[{}]", items.join(","))
}

/// `robots.txt`: everything may be read; the sitemap where the site knows its address.
#[must_use]
pub fn robots(base_url: Option<&str>) -> String {
    let mut text = "User-agent: *\nAllow: /\n".to_owned();
    if let Some(base) = base_url {
        let _ = write!(text, "\nSitemap: {}\n", address_join(base, "/sitemap.xml"));
    }
    text
}

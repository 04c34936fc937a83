//! What machines read: data files and robots.txt.

use std::fmt::Write as _;

use rayon::prelude::*;
use serde_json::{Value, json};

use super::site::Site;
use crate::index::pages::{company_address, partnership_address};
use crate::index::{CompanyRecord, Entry, Relation};
use crate::model::{Article, Claim, PartialDate, address_join};

/// Drops members that are null or empty.
fn without_nulls(value: Value) -> Value {
    match value {
        Value::Object(map) => map
            .into_iter()
            .filter(|(_, v)| !v.is_null() && v.as_array().is_none_or(|list| !list.is_empty()))
            .collect(),
        other => other,
    }
}

/// A file with everything of one sort.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DataFile {
    /// `/data/articles.json`
    Articles,
    /// `/data/companies.json`
    Companies,
    /// `/data/partnerships.json`
    Partnerships,
    /// `/data/timeline.json`
    Timeline,
}

impl DataFile {
    /// All of them.
    pub const ALL: [Self; 4] =
        [Self::Articles, Self::Companies, Self::Partnerships, Self::Timeline];

    /// Where it is.
    #[must_use]
    pub fn path(self) -> &'static str {
        match self {
            Self::Articles => "data/articles.json",
            Self::Companies => "data/companies.json",
            Self::Partnerships => "data/partnerships.json",
            Self::Timeline => "data/timeline.json",
        }
    }

    /// The file as JSON.
    #[must_use]
    pub fn json(self, site: &Site) -> String {
        let index = &site.index;
        let relations = || (0..index.relations.len()).into_par_iter();
        match self {
            Self::Articles => list(index.articles.par_iter().map(|e| article_data(site, e))),
            Self::Companies => {
                let companies = (0..index.companies.len()).into_par_iter();
                list(companies.map(|at| company_data(site, &index.companies[at])))
            }
            Self::Partnerships => {
                list(relations().map(|at| relation_data(site, &index.relations[at])))
            }
            Self::Timeline => {
                list(relations().flat_map_iter(|at| timeline_data(site, &index.relations[at])))
            }
        }
    }
}

/// A JSON list, written in parallel and without holding the tree of all of it.
fn list(items: impl ParallelIterator<Item = Value>) -> String {
    let items: Vec<String> = items.map(|item| item.to_string()).collect();
    format!("[{}]", items.join(","))
}

fn article_data(site: &Site, entry: &Entry) -> Value {
    let article = entry.article();
    let claims: Vec<Value> =
        article.partnerships.iter().map(|claim| claim_data(site, article, claim)).collect();
    without_nulls(json!({
        "address": entry.address,
        "title": article.title,
        "original_title": article.original_title,
        "date": article.date.map(|date| date.to_string()),
        "date_basis": article.date_basis.map(crate::model::DateBasis::id),
        "lang": article.lang.tag(),
        "source": article.source.as_ref().map(|source| without_nulls(json!({
            "name": source.name,
            "url": source.url,
            "retrieved": source.retrieved.map(|date| date.to_string()),
        }))),
        "authors": article.authors,
        "companies": article.companies,
        "tags": article.tags,
        "summary": article.summary.clone().unwrap_or_else(|| site.quotable(entry)),
        "rights": article.rights.id(),
        "partnerships": claims,
    }))
}

fn claim_data(site: &Site, article: &Article, claim: &Claim) -> Value {
    without_nulls(json!({
        "partnership": claim.relation(),
        "parties": claim.parties.iter().map(|party| without_nulls(json!({
            "company": party.company,
            "role": party.role,
        }))).collect::<Vec<_>>(),
        "kinds": claim.kinds.iter().map(|kind| &kind.0).collect::<Vec<_>>(),
        "event": claim.event.id(),
        "date": claim.date.map(|date| date.to_string()),
        "start": claim.start.map(|date| date.to_string()),
        "end": claim.end.map(|date| date.to_string()),
        "evidence": site.evidence(article, claim),
    }))
}

fn company_data(site: &Site, record: &CompanyRecord) -> Value {
    let relation = |&at: &usize| site.index.relations[at].id.as_str();
    let company = &record.company;
    without_nulls(json!({
        "id": company.id,
        "address": company_address(&company.id),
        "name": company.name,
        "names": company.names,
        "aliases": company.aliases,
        "former_names": company.former_names,
        "country": company.country,
        "website": company.website,
        "parent": company.parent,
        "ticker": company.ticker,
        "same_as": company.same_as,
        "founded": company.founded.map(|date| date.to_string()),
        "articles": record.articles.len(),
        "partnerships": record.relations.iter().map(relation).collect::<Vec<_>>(),
    }))
}

fn relation_data(site: &Site, relation: &Relation) -> Value {
    let text = |date: Option<PartialDate>| date.map(|date| date.to_string());
    let periods: Vec<Value> = relation
        .periods
        .iter()
        .map(|p| {
            without_nulls(json!({ "start": text(p.start), "end": text(p.end), "ended": p.ended }))
        })
        .collect();
    without_nulls(json!({
        "id": relation.id,
        "address": partnership_address(&relation.id),
        "name": site.relation_name(relation),
        "parties": relation.parties,
        "kinds": relation.kinds.iter().map(|kind| &kind.0).collect::<Vec<_>>(),
        "status": relation.status.id(),
        "periods": periods,
        "latest": text(relation.latest()),
    }))
}

fn timeline_data(site: &Site, relation: &Relation) -> Vec<Value> {
    let events = relation.occurrences.iter().map(|occurrence| {
        without_nulls(json!({
            "partnership": relation.id,
            "event": occurrence.event.id(),
            "date": occurrence.date.map(|date| date.to_string()),
            "article": site.index.articles[occurrence.article].address,
        }))
    });
    events.collect()
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

//! What machines read: structured data in pages, data files, robots.txt.

use std::fmt::Write as _;

use serde_json::{Value, json};

use super::site::Site;
use super::view::{PageView, View};
use crate::index::pages::{Page, company_address, partnership_address};
use crate::index::{Entry, Relation};
use crate::model::{Article, Claim, PartialDate, address_join};

/// Structured data about a page, as JSON that may stand in a script element.
#[must_use]
pub fn json_ld(
    site: &Site<'_>,
    page: &Page,
    meta: &PageView,
    view: &View,
    base_url: Option<&str>,
) -> String {
    let whole = |address: &str| base_url.map(|base| address_join(base, address));
    let mut graph = Vec::new();
    match (page, view) {
        (Page::Article(at), _) => graph.push(article_ld(site, &site.index.articles[*at], &whole)),
        (Page::Company(..), View::Company(company)) => {
            let names: Vec<&str> = company
                .company
                .names
                .iter()
                .map(|name| name.name.as_str())
                .chain(company.aliases.iter().map(String::as_str))
                .collect();
            graph.push(without_nulls(json!({
                "@type": "Organization",
                "name": company.company.name,
                "alternateName": names,
                "url": company.website,
                "sameAs": company.same_as.iter().map(|link| &link.address).collect::<Vec<_>>(),
                "description": company.summary,
            })));
        }
        (Page::Home, _) => graph.push(without_nulls(json!({
            "@type": "WebSite",
            "name": site.index.config.title,
            "description": site.index.config.description,
            "url": whole("/"),
            "inLanguage": site.index.config.language.tag(),
        }))),
        _ => {}
    }
    if let Some(base) = base_url
        && !meta.breadcrumbs.is_empty()
    {
        let items: Vec<Value> = meta
            .breadcrumbs
            .iter()
            .enumerate()
            .map(|(at, link)| {
                json!({
                    "@type": "ListItem",
                    "position": at + 1,
                    "name": link.name,
                    "item": address_join(base, &link.address),
                })
            })
            .collect();
        graph.push(json!({ "@type": "BreadcrumbList", "itemListElement": items }));
    }
    if graph.is_empty() {
        return String::new();
    }
    let value = json!({ "@context": "https://schema.org", "@graph": graph });
    // Inside a script element only `<` could end it.
    value.to_string().replace('<', "\\u003c")
}

fn article_ld(site: &Site<'_>, entry: &Entry, whole: &dyn Fn(&str) -> Option<String>) -> Value {
    let article = entry.article();
    let about: Vec<Value> = article
        .companies
        .iter()
        .map(|id| json!({ "@type": "Organization", "name": site.company_link(id).name }))
        .collect();
    let source = article.source.clone().unwrap_or_default();
    let based_on = source.url.as_ref().map(|url| {
        without_nulls(json!({
            "@type": "NewsArticle",
            "url": url,
            "headline": article.original_title,
            "publisher": source.name.as_ref().map(|name| json!({ "@type": "Organization", "name": name })),
            "datePublished": article.date.map(PartialDate::iso),
        }))
    });
    without_nulls(json!({
        "@type": "Article",
        "headline": entry.heading(),
        "description": article.summary,
        "inLanguage": article.lang.tag(),
        "url": whole(&entry.address),
        "isBasedOn": based_on,
        "about": about,
        "keywords": article.tags,
        "author": article.authors.iter().map(|name| json!({ "@type": "Person", "name": name })).collect::<Vec<_>>(),
    }))
}

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

/// The data files: path and JSON.
#[must_use]
pub fn data_files(site: &Site<'_>) -> Vec<(&'static str, Value)> {
    let index = site.index;
    let articles: Vec<Value> =
        index.articles.iter().map(|entry| article_data(site, entry)).collect();
    let companies: Vec<Value> = index.companies.values().map(company_data).collect();
    let partnerships: Vec<Value> =
        index.relations.values().map(|relation| relation_data(site, relation)).collect();
    let timeline: Vec<Value> =
        index.relations.values().flat_map(|relation| timeline_data(site, relation)).collect();
    vec![
        ("data/articles.json", articles.into()),
        ("data/companies.json", companies.into()),
        ("data/partnerships.json", partnerships.into()),
        ("data/timeline.json", timeline.into()),
    ]
}

fn article_data(site: &Site<'_>, entry: &Entry) -> Value {
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

fn claim_data(site: &Site<'_>, article: &Article, claim: &Claim) -> Value {
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

fn company_data(record: &crate::index::CompanyRecord) -> Value {
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
        "partnerships": record.relations,
    }))
}

fn relation_data(site: &Site<'_>, relation: &Relation) -> Value {
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

fn timeline_data(site: &Site<'_>, relation: &Relation) -> Vec<Value> {
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

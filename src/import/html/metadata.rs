//! What a page says about itself: JSON-LD, Open Graph, `meta`, microdata, `time`.

use std::collections::HashMap;

use dom_query::Document;
use serde_json::Value;

use super::author::{leave_out, people_of, split_authors};
use super::facts::Metadata;
use super::phrases::clean;
use super::timestamps::{iso_day, keyed_stamp, stamp};
use crate::import::MAX_TEXT;
use crate::import::thresholds::SUBHEADINGS;

/// Types of JSON-LD objects that are an article.
const ARTICLES: &[&str] = &["Article", "BlogPosting", "Report", "Posting", "Review", "Analysis"];

/// Names of `meta` elements that hold the day of publication, the surest first.
const PUBLISHED: &[&str] = &[
    "article:published_time",
    "og:article:published_time",
    "datepublished",
    "article:published",
    "parsely-pub-date",
    "sailthru.date",
    "publishdate",
    "publish-date",
    "publish_date",
    "pubdate",
    "publication_date",
    "publicationdate",
    "date.published",
    "article_date_original",
    "cxenseparse:recs:publishtime",
    "dc.date.issued",
    "dcterms.created",
    "dcterms.issued",
    "dc.date.created",
    "citation_publication_date",
    "citation_online_date",
    "article.published",
    "displaydate",
    "rnews:datepublished",
    "og:pubdate",
    "originalpublicationdate",
    "og:published_time",
];

/// Names of `meta` elements that hold the day of publication, of writing, or of the last change.
const VAGUE: &[&str] = &["dc.date", "dcterms.date", "timestamp", "created", "date"];

/// Reads the metadata.
pub(super) fn metadata(document: &Document, address: Option<&str>) -> Metadata {
    let mut meta = Metadata::default();
    json_ld(document, &mut meta);
    let named = |names: &[&str]| -> Vec<String> {
        let mut found: Vec<(usize, String)> = Vec::new();
        for node in &document.select("meta") {
            let content = node.attr("content").or_else(|| node.attr("value"));
            let content = content.map(|text| clean(&text)).unwrap_or_default();
            let name = ["property", "name", "itemprop"].iter().find_map(|key| node.attr(key));
            let Some(name) = name.map(|n| n.to_lowercase()) else { continue };
            if let Some(rank) = names.iter().position(|wanted| *wanted == name)
                && !content.is_empty()
            {
                found.push((rank, content));
            }
        }
        found.sort_by_key(|row| row.0);
        found.into_iter().map(|row| row.1).collect()
    };
    meta.social = named(&["og:title", "twitter:title"]);
    meta.titles.extend(named(&["og:title", "twitter:title", "headline", "dc.title", "title"]));
    meta.titles.extend(document.select("head title").iter().map(|node| clean(&node.text())));
    meta.headings = document.select("h1").iter().map(|node| clean(&node.text())).collect();
    meta.headings.retain(|text| !text.is_empty());
    let lower =
        document.select("[itemprop=headline], [class*=entry-title], [class*=post-title], h2, h3");
    meta.subheadings = lower.iter().take(SUBHEADINGS).map(|node| clean(&node.text())).collect();
    meta.titles.retain(|text| !text.is_empty());
    meta.descriptions.extend(named(&["og:description", "description", "twitter:description"]));
    // Open Graph goes before JSON-LD: on the pages measured it was right more often.
    let open_graph = named(&PUBLISHED[..2]);
    meta.dates.splice(0..0, open_graph.iter().filter_map(|text| stamp(text)));
    meta.dates.extend(named(PUBLISHED).iter().filter_map(|text| stamp(text)));
    meta.vague_dates.extend(named(VAGUE).iter().filter_map(|text| iso_day(text)));
    if meta.authors.is_empty() {
        for name in named(&[
            "author",
            "article:author",
            "parsely-author",
            "sailthru.author",
            "dc.creator",
            "byl",
            "citation_author",
        ]) {
            meta.authors.extend(split_authors(&name));
        }
        // Who has the rights is the house that a paper is of, where others are named as well.
        let holders = named(&["copyright", "dc.rights", "rights"]);
        leave_out(&mut meta.authors, |name| holders.iter().any(|text| text.contains(name)));
    }
    meta.publisher =
        meta.publisher.or_else(|| named(&["og:site_name", "application-name"]).into_iter().next());
    let root = document.select_single("html");
    meta.lang = root.attr("lang").or_else(|| root.attr("xml:lang")).map(|tag| tag.to_string());
    meta.lang = meta
        .lang
        .or_else(|| named(&["og:locale", "content-language", "language"]).into_iter().next());
    let canonical =
        document.select_single("link[rel=canonical]").attr("href").map(|href| href.to_string());
    meta.address = canonical.or_else(|| named(&["og:url"]).into_iter().next());
    meta.address =
        meta.address.filter(|a| a.starts_with("http")).or_else(|| address.map(str::to_owned));
    meta
}

/// The objects of all JSON-LD scripts that are an article.
fn json_ld(document: &Document, meta: &mut Metadata) {
    // People and publishers may be described once and named by their id elsewhere.
    let mut named: HashMap<String, String> = HashMap::new();
    let mut values = Vec::new();
    for node in &document.select("script[type='application/ld+json']") {
        // Line breaks inside strings are against the rules and common.
        let text = node.text();
        if text.len() > MAX_TEXT {
            continue;
        }
        let text = text.replace(|c: char| c.is_control(), " ");
        let Ok(value) = serde_json::from_str::<Value>(text.trim().trim_end_matches(';')) else {
            meta.dates.extend(keyed_stamp(&text));
            continue;
        };
        let mut objects = Vec::new();
        gather(&value, &mut objects, 0);
        named.extend(objects.iter().filter_map(|object| {
            let id = object["@id"].as_str()?;
            let name = object["name"].as_str().or_else(|| object["name"][0].as_str())?;
            Some((id.to_owned(), name.to_owned()))
        }));
        values.push(value);
    }
    for value in &values {
        let mut objects = Vec::new();
        gather(value, &mut objects, 0);
        for object in objects {
            let kind = &object["@type"];
            let is_article = |name: &str| ARTICLES.iter().any(|end| name.ends_with(end));
            let article = kind.as_str().is_some_and(is_article)
                || kind
                    .as_array()
                    .is_some_and(|all| all.iter().filter_map(Value::as_str).any(is_article));
            if !article {
                continue;
            }
            let headline = object["headline"].as_str().map(clean).filter(|text| !text.is_empty());
            meta.stated = meta.stated.take().or(headline.clone());
            meta.titles.extend(headline);
            meta.dates.extend(object["datePublished"].as_str().and_then(stamp));
            let mut authors = Vec::new();
            let mut papers = Vec::new();
            people_of(&object["author"], &named, &mut authors, &mut papers);
            meta.papers.extend(papers);
            if meta.authors.is_empty() {
                meta.authors = authors;
            }
            meta.descriptions.extend(object["description"].as_str().map(clean));
            let body = object["articleBody"].as_str().unwrap_or("");
            if body.len() > meta.article_body.len() {
                body.clone_into(&mut meta.article_body);
            }
            let publisher = &object["publisher"];
            let publisher = publisher["name"]
                .as_str()
                .or_else(|| named.get(publisher["@id"].as_str()?).map(String::as_str))
                .or_else(|| publisher.as_str().filter(|name| !name.contains("://")))
                .map(clean);
            meta.publisher = meta.publisher.take().or(publisher.filter(|name| !name.is_empty()));
        }
    }
}

fn gather<'a>(value: &'a Value, into: &mut Vec<&'a Value>, depth: usize) {
    if depth > 6 {
        return;
    }
    match value {
        Value::Array(items) => items.iter().for_each(|item| gather(item, into, depth + 1)),
        Value::Object(fields) => {
            into.push(value);
            for key in
                ["@graph", "mainEntity", "mainEntityOfPage", "hasPart", "author", "publisher"]
            {
                if let Some(inner) = fields.get(key) {
                    gather(inner, into, depth + 1);
                }
            }
        }
        _ => {}
    }
}

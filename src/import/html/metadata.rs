//! What a page says about itself: JSON-LD, Open Graph, `meta`, microdata, `time`.

use std::collections::HashMap;

use dom_query::Document;
use serde_json::Value;

use super::Page;
use super::author::{
    cleaned, cued_names, is_author, people_of, split_authors, visible_authors, without_initials,
};
use super::body::Text;
use super::day::{Stamp, day, iso_day, keyed_stamp, stamp};
use super::headline::{is_same, said, title, words};
use crate::import::MAX_TEXT;
use crate::model::{DateBasis, PartialDate};
use crate::understand::companies::Gazetteer;
use crate::understand::lexicon;
use crate::understand::{dates, language};

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

/// What the page's metadata say, before its text was read.
#[derive(Clone, Debug, Default)]
pub(super) struct Metadata {
    /// Headlines, the surest first.
    pub(super) titles: Vec<String>,
    /// The headline in the JSON-LD of an article.
    pub(super) stated: Option<String>,
    /// The headlines for social media: that of Open Graph, that for Twitter.
    pub(super) social: Vec<String>,
    /// The headings of the first level.
    pub(super) headings: Vec<String>,
    /// Headings of lower levels that may be the headline: blogs keep the first for their name.
    pub(super) subheadings: Vec<String>,
    /// Days of publication, the surest first.
    pub(super) dates: Vec<Stamp>,
    /// Days of publication or of something else.
    pub(super) vague_dates: Vec<PartialDate>,
    pub(super) authors: Vec<String>,
    /// Companies and papers that are named as authors.
    pub(super) papers: Vec<String>,
    pub(super) publisher: Option<String>,
    /// Summaries: often the standfirst.
    pub(super) descriptions: Vec<String>,
    /// The article's text, where the page tells it to machines.
    pub(super) article_body: String,
    pub(super) lang: Option<String>,
    pub(super) address: Option<String>,
}

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
    meta.subheadings = lower.iter().take(30).map(|node| clean(&node.text())).collect();
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

/// Which share of a short text's words must be of one language.
const SURE: f64 = 0.2;

/// Decides between what the metadata say and what the text shows.
pub(super) fn settle(
    meta: Metadata,
    text: Text,
    document: &Document,
    address: Option<&str>,
    gazetteer: &Gazetteer,
) -> Page {
    let code =
        language::of_article(&text.paragraphs.iter().map(String::as_str).collect::<Vec<_>>());
    let lexicon = lexicon::of(code);

    let address = address.or(meta.address.as_deref());
    let title = title(&meta);
    let mut lines = None;
    let date = day(&meta, document, title.as_deref(), address, lexicon).or_else(|| {
        let lines = lines.get_or_insert_with(|| lines_near_title(document, title.as_deref()));
        let found = lines.iter().find_map(|line| {
            let lower = line.to_lowercase();
            let updated = lexicon.find("updated", &lower).is_some_and(|hit| hit.0 < 12);
            let found = dates::dates(line, lexicon).into_iter().next()?.date;
            (line.chars().count() < 140 && !updated && found.day_of_month().is_some())
                .then_some(found)
        });
        found.map(|date| (date, DateBasis::Stated))
    });
    let host = || {
        let rest = address?.split_once("://")?.1;
        Some(rest.split('/').next()?.trim_start_matches("www.").to_owned())
    };
    let publisher = meta.publisher.clone().or_else(host);
    let mut authors: Vec<String> = meta.authors.iter().map(|name| without_initials(name)).collect();
    authors.retain(|name| name.chars().count() <= 80 && !name.is_empty());
    authors = cleaned(authors, publisher.as_deref());
    // A paper that names itself may name who wrote for it where readers look.
    let is_paper = |name: &String| {
        publisher.as_deref().is_some_and(|site| is_same(name, site)) || meta.papers.contains(name)
    };
    let mut papers = Vec::new();
    if authors.iter().all(is_paper) {
        papers = std::mem::take(&mut authors);
        papers
            .extend(meta.papers.iter().filter(|_| papers.is_empty()).cloned().collect::<Vec<_>>());
    }
    if authors.is_empty() {
        authors = visible_authors(document, publisher.as_deref(), lexicon, gazetteer);
        // Where one is told already, a single word may be anything.
        if !papers.is_empty() && !authors.iter().all(|name| is_whole_name(name)) {
            authors.clear();
        }
    }
    if authors.is_empty() && papers.is_empty() {
        let lines = lines.get_or_insert_with(|| lines_near_title(document, title.as_deref()));
        authors = lines
            .iter()
            .filter_map(|line| cued_names(line, lexicon))
            .find(|names| names.iter().all(|name| is_author(name, publisher.as_deref(), gazetteer)))
            .unwrap_or_default();
    }
    authors = cleaned(authors, publisher.as_deref());
    if authors.is_empty() {
        authors = if papers.is_empty() { meta.papers.clone() } else { papers };
    }
    let mut seen = std::collections::BTreeSet::new();
    authors.retain(|name| seen.insert(name.to_lowercase()));
    let told = meta.lang.as_deref().map(|tag| tag.replace('_', "-"));
    // A few words tell their language where the page does not, if only one language has them.
    let plain = || language::identify(&text.paragraphs.join("\n")).1 > SURE;
    let read = text.paragraphs.iter().map(|p| p.chars().count()).sum::<usize>() > 200
        || told.is_none() && plain();
    let known = lexicon::all().iter().any(|lexicon| {
        told.as_deref()
            .is_some_and(|tag| tag.to_lowercase().split('-').next() == Some(lexicon.code))
    });
    let lang = if read && (known || told.is_none()) { Some(code.to_owned()) } else { told };
    Page {
        title: title.map(|title| said(&title).unwrap_or(title)),
        date,
        authors,
        publisher,
        lang,
        address: meta.address,
        body: text.markdown,
        paragraphs: text.paragraphs,
    }
}

/// Whether a name has more than one word, or is in a script without blanks.
fn is_whole_name(name: &str) -> bool {
    name.contains(' ') || name.chars().any(lexicon::is_dense_char)
}

/// The lines of the page around its headline, as a reader sees them.
fn lines_near_title(document: &Document, title: Option<&str>) -> Vec<String> {
    document.select("script, style, noscript, template").remove();
    let text = document.formatted_text();
    let lines: Vec<String> = text.lines().map(clean).filter(|line| !line.is_empty()).collect();
    let wanted = title.map(words).unwrap_or_default();
    let places = lines.iter().enumerate();
    let mut near: Vec<String> = places
        .filter(|(_, line)| !wanted.is_empty() && words(line) == wanted)
        .flat_map(|(at, _)| lines[at.saturating_sub(6)..lines.len().min(at + 14)].to_vec())
        .collect();
    near.extend(lines.iter().take(40).cloned());
    near
}

/// One line of text: white space squeezed, references that were escaped twice undone, marks where a
/// word may be broken left out.
pub(super) fn clean(text: &str) -> String {
    let text = text
        .replace("&amp;", "&")
        .replace("&quot;", "\"")
        .replace("&#39;", "'")
        .replace("&#039;", "'")
        .replace(['\u{ad}', '\u{200b}'], "");
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

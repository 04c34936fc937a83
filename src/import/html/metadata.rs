//! What a page says about itself: JSON-LD, Open Graph, `meta`, microdata, `time`.

use std::collections::HashMap;
use std::sync::LazyLock;

use dom_query::{Document, Matcher, NodeRef};
use serde_json::Value;

use super::author::{leave_out, people_of, split_authors};
use super::facts::Metadata;
use super::phrases::{clean, letters};
use super::timestamps::{Timestamp, iso_day, keyed_stamp, stamp};
use super::with_ancestors;
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

/// How the names of other `meta` elements end that hold the day of publication, by their letters alone:
/// `cXenseParse:publishtime`, `prism.publicationDate`.
const PUBLISHED_ENDS: &[&str] = &[
    "publishedtime",
    "publishtime",
    "publisheddate",
    "publishdate",
    "publicationdate",
    "publishedat",
    "datepublished",
    "datecreated",
    "pubdate",
    "pubday",
    "published",
    "releasedate",
    "uploaded",
];

/// Names of `meta` elements that hold the day of publication, of writing, or of the last change.
const VAGUE: &[&str] = &["dc.date", "dcterms.date", "timestamp", "created", "date"];

/// Names of `meta` elements that hold who wrote a page.
const AUTHORS: &[&str] = &[
    "author",
    "article:author",
    "article:author_name",
    "article_author",
    "article.author",
    "articleauthor",
    "parsely-author",
    "sailthru.author",
    "cxenseparse:author",
    "dc.creator",
    "dcterms.creator",
    "byl",
    "byline",
];

/// What blogs call their author in the small table for Twitter: `twitter:label1`, `twitter:data1`.
const WRITTEN_BY: &[&str] = &[
    "written by",
    "author",
    "verfasst von",
    "geschrieben von",
    "autor",
    "écrit par",
    "rédigé par",
    "escrito por",
    "scritto da",
    "geschreven door",
    "skrevet av",
    "skrevet af",
    "skriven av",
    "skrivet av",
    "napisane przez",
    "написано автором",
    "автор",
    "yazan",
    "執筆者",
    "作者",
    "글쓴이",
];

/// What a browser puts into a page that it translates.
static TRANSLATOR: LazyLock<Matcher> = LazyLock::new(|| {
    Matcher::new("[class*=skiptranslate], [id^=goog-gt]").expect("the selector is valid")
});

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
    // Where something stands before the head, it is part of the body; pictures have titles of their own.
    let titles = document.select("title");
    let is_page = |node: &&NodeRef<'_>| !with_ancestors(node).any(|up| up.has_name("svg"));
    let title = titles.nodes().iter().find(is_page);
    meta.titles.extend(title.map(|node| clean(&node.text())));
    // A page that was saved while a browser translated it has a heading of the browser's.
    let own = |node: &&NodeRef<'_>| !with_ancestors(node).any(|up| up.is_match(&TRANSLATOR));
    let first = document.select("h1");
    meta.headings = first.nodes().iter().filter(own).map(|node| clean(&node.text())).collect();
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
    meta.dates.extend(published_by_its_end(document));
    meta.vague_dates.extend(named(VAGUE).iter().filter_map(|text| iso_day(text)));
    if meta.authors.is_empty() {
        // On a page that says how it is to be cited, the other names may be of works that it cites.
        let cited = named(&["citation_author"]);
        let told = if cited.is_empty() { named(AUTHORS) } else { cited };
        meta.authors.extend(told.iter().flat_map(|name| split_authors(name)));
        // Who has the rights is the house that a paper is of, where others are named as well.
        let holders = named(&["copyright", "dc.rights", "rights"]);
        leave_out(&mut meta.authors, |name| holders.iter().any(|text| text.contains(name)));
        if meta.authors.is_empty() && meta.papers.is_empty() {
            meta.authors = labelled_authors(&named);
        }
        if meta.authors.is_empty() && meta.papers.is_empty() {
            meta.authors = std::mem::take(&mut meta.page_authors);
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

/// The days in `meta` elements whose names end as those do that hold one.
fn published_by_its_end(document: &Document) -> Vec<Timestamp> {
    let is_one = |name: &str| {
        let name: String = letters(name).collect();
        // The last time that something was published is a change of it.
        PUBLISHED_ENDS.iter().any(|end| name.ends_with(end)) && !name.contains("last")
    };
    let metas = document.select("meta");
    let stamps = metas.nodes().iter().filter_map(|node| {
        let name = ["property", "name", "itemprop"].iter().find_map(|key| node.attr(key))?;
        let content = node.attr("content").or_else(|| node.attr("value"))?;
        is_one(&name).then(|| stamp(&clean(&content)))?
    });
    stamps.collect()
}

/// Those whom the table for Twitter names as the authors.
fn labelled_authors(named: &impl Fn(&[&str]) -> Vec<String>) -> Vec<String> {
    let rows = [("twitter:label1", "twitter:data1"), ("twitter:label2", "twitter:data2")];
    let is_author = |label: &str| {
        let told = named(&[label]);
        told.first().is_some_and(|told| WRITTEN_BY.contains(&told.to_lowercase().as_str()))
    };
    let row = rows.into_iter().find(|(label, _)| is_author(label));
    row.map(|(_, data)| named(&[data])).unwrap_or_default()
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
        let Ok(value) = serde_json::from_str::<Value>(unwrapped(&text)) else {
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
                // A page that nobody calls an article may still say who wrote it.
                if kind.as_str().is_some_and(|name| name.ends_with("WebPage"))
                    && meta.page_authors.is_empty()
                {
                    people_of(&object["author"], &named, &mut meta.page_authors, &mut Vec::new());
                }
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

/// The JSON of a script without what hides it from readers of XML.
fn unwrapped(text: &str) -> &str {
    let text = text.trim().trim_start_matches("//").trim_start();
    let Some((_, inner)) = text.split_once("<![CDATA[").filter(|(before, _)| before.is_empty())
    else {
        return text.trim_end_matches(';');
    };
    let inner = inner.rsplit_once("]]>").map_or(inner, |(inner, _)| inner);
    inner.trim().trim_end_matches("//").trim_end().trim_end_matches(';')
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

//! What a page says about itself: JSON-LD, Open Graph, `meta`, microdata, `time`.

use dom_query::Document;
use serde_json::Value;

use super::Page;
use super::body::Text;
use crate::model::{DateBasis, PartialDate};
use crate::understand::companies::Gazetteer;
use crate::understand::lexicon::{self, Lexicon};
use crate::understand::{dates, language, people};

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
    "dc.date",
    "dcterms.date",
    "originalpublicationdate",
    "timestamp",
    "created",
    "og:published_time",
    "date",
];

/// What the page's metadata say, before its text was read.
#[derive(Clone, Debug, Default)]
pub(super) struct Metadata {
    /// Headlines, the surest first.
    pub(super) titles: Vec<String>,
    /// The headings of the first level.
    pub(super) headings: Vec<String>,
    /// Headings of lower levels that may be the headline: blogs keep the first for their name.
    subheadings: Vec<String>,
    /// Days of publication, the surest first.
    dates: Vec<PartialDate>,
    /// What elements say that hold the day of publication.
    written: Vec<String>,
    /// Days on which something was changed.
    modified: Vec<PartialDate>,
    authors: Vec<String>,
    publisher: Option<String>,
    /// The article's text, where the page tells it to machines.
    pub(super) article_body: String,
    lang: Option<String>,
    address: Option<String>,
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
    meta.titles.extend(named(&["og:title", "twitter:title", "headline", "dc.title", "title"]));
    meta.titles.extend(document.select("title").iter().map(|node| clean(&node.text())));
    meta.headings = document.select("h1").iter().map(|node| clean(&node.text())).collect();
    meta.headings.retain(|text| !text.is_empty());
    let lower =
        document.select("[itemprop=headline], [class*=entry-title], [class*=post-title], h2, h3");
    meta.subheadings = lower.iter().take(30).map(|node| clean(&node.text())).collect();
    meta.titles.retain(|text| !text.is_empty());
    meta.dates.extend(named(PUBLISHED).iter().filter_map(|text| iso_day(text)));
    meta.modified.extend(
        named(&["article:modified_time", "og:updated_time", "datemodified", "last-modified"])
            .iter()
            .filter_map(|text| iso_day(text)),
    );
    for node in &document.select("[itemprop=datePublished], time[pubdate]") {
        let value = node.attr("datetime").or_else(|| node.attr("content"));
        meta.dates.extend(value.and_then(|text| iso_day(&text)));
        meta.written.push(clean(&node.text()));
    }
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
    for node in &document.select("script[type='application/ld+json']") {
        let text = node.text();
        let Ok(value) = serde_json::from_str::<Value>(text.trim().trim_end_matches(';')) else {
            continue;
        };
        let mut objects = Vec::new();
        gather(&value, &mut objects, 0);
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
            meta.titles.extend(object["headline"].as_str().map(clean).filter(|t| !t.is_empty()));
            meta.dates.extend(object["datePublished"].as_str().and_then(iso_day));
            meta.modified.extend(object["dateModified"].as_str().and_then(iso_day));
            let mut authors = Vec::new();
            people_of(&object["author"], &mut authors);
            if meta.authors.is_empty() {
                meta.authors = authors;
            }
            let body = object["articleBody"].as_str().unwrap_or("");
            if body.len() > meta.article_body.len() {
                body.clone_into(&mut meta.article_body);
            }
            let publisher = object["publisher"]["name"].as_str().map(clean);
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
            for key in ["@graph", "mainEntity", "mainEntityOfPage", "hasPart"] {
                if let Some(inner) = fields.get(key) {
                    gather(inner, into, depth + 1);
                }
            }
        }
        _ => {}
    }
}

fn people_of(value: &Value, into: &mut Vec<String>) {
    match value {
        Value::String(name) => into.extend(split_authors(name)),
        Value::Array(items) => items.iter().for_each(|item| people_of(item, into)),
        Value::Object(fields) => {
            if let Some(name) = fields.get("name") {
                people_of(name, into);
            }
        }
        _ => {}
    }
}

/// `By Jane Roe and Joe Doe` → two names; what is an address or a handle is none.
fn split_authors(text: &str) -> Vec<String> {
    let text = clean(text);
    if text.contains("://") || text.starts_with('@') {
        return Vec::new();
    }
    let mut rest = text.split(" @").next().unwrap_or(&text);
    for word in [
        "By ", "by ", "BY ", "Von ", "von ", "Par ", "Por ", "Di ", "Af ", "Av ", "Door ",
        "Autor: ",
    ] {
        rest = rest.strip_prefix(word).unwrap_or(rest);
    }
    let mut list = rest.to_owned();
    for joint in [" and ", " und ", " et ", " & ", " og ", " och ", "; ", " | ", " / "] {
        list = list.replace(joint, ", ");
    }
    list.split([',', '、'])
        .map(|name| name.trim().to_owned())
        .filter(|name| !name.is_empty())
        .collect()
}

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
    let title = title(&meta);
    let address = address.or(meta.address.as_deref());
    let mut lines = None;
    let date = day(&meta, document, address, lexicon).or_else(|| {
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
    let publisher = meta.publisher.clone();
    let mut authors: Vec<String> = meta.authors.iter().map(|name| without_initials(name)).collect();
    authors.retain(|name| name.chars().count() <= 80 && !name.is_empty());
    if authors.is_empty() {
        authors = visible_authors(document, publisher.as_deref(), lexicon, gazetteer);
    }
    if authors.is_empty() {
        let lines = lines.get_or_insert_with(|| lines_near_title(document, title.as_deref()));
        authors = lines
            .iter()
            .filter_map(|line| cued_names(line, lexicon))
            .find(|names| names.iter().all(|name| is_author(name, publisher.as_deref(), gazetteer)))
            .unwrap_or_default();
    }
    let mut seen = std::collections::BTreeSet::new();
    authors.retain(|name| seen.insert(name.to_lowercase()));
    let told = meta.lang.as_deref().map(|tag| tag.replace('_', "-"));
    let read = text.paragraphs.iter().map(|p| p.chars().count()).sum::<usize>() > 200;
    let known = lexicon::all().iter().any(|lexicon| {
        told.as_deref()
            .is_some_and(|tag| tag.to_lowercase().split('-').next() == Some(lexicon.code))
    });
    let lang = if read && (known || told.is_none()) { Some(code.to_owned()) } else { told };
    Page {
        title,
        date,
        authors,
        publisher,
        lang,
        address: meta.address,
        body: text.markdown,
        paragraphs: text.paragraphs,
    }
}

/// The heading that shares words with what the metadata call the page, else that.
fn title(meta: &Metadata) -> Option<String> {
    let site = meta.publisher.as_deref().unwrap_or("");
    let told: Vec<String> = meta
        .titles
        .iter()
        .map(|title| without_site(title, site))
        .filter(|title| !is_same(title, site))
        .collect();
    let fits = |heading: &&String| {
        let own = words(heading);
        heading.chars().count() < 250
            && !own.is_empty()
            && !is_same(heading, site)
            && told.iter().take(3).any(|title| {
                let other = words(title);
                let shared = own.iter().filter(|word| other.contains(word)).count();
                shared * 2 > own.len() && shared * 2 >= other.len()
            })
    };
    let heading = meta.headings.iter().find(fits).or_else(|| meta.subheadings.iter().find(fits));
    heading.or(told.first()).or(meta.headings.first()).cloned()
}

fn words(text: &str) -> Vec<String> {
    let lower = text.to_lowercase();
    lower
        .split(|c: char| !c.is_alphanumeric())
        .filter(|w| !w.is_empty())
        .map(str::to_owned)
        .collect()
}

fn is_same(one: &str, other: &str) -> bool {
    !other.is_empty() && words(one) == words(other)
}

/// A title without the site's name before or behind it.
fn without_site(title: &str, site: &str) -> String {
    for mark in [" | ", " - ", " – ", " — ", " · ", " » ", " :: ", " • ", " / ", " « ", " ‹ "]
    {
        let parts: Vec<&str> =
            title.split(mark).map(str::trim).filter(|part| !part.is_empty()).collect();
        if parts.len() < 2 {
            continue;
        }
        let is_site = |part: &str| {
            let (part, site) = (part.to_lowercase(), site.to_lowercase());
            !site.is_empty() && (part.contains(&site) || site.contains(&part))
        };
        let kept: Vec<&str> = parts.iter().copied().filter(|part| !is_site(part)).collect();
        if !kept.is_empty() && kept.len() < parts.len() {
            return without_site(&kept.join(mark), "");
        }
        // Names of sites and sections are shorter than headlines.
        let longest =
            parts.iter().max_by_key(|part| part.chars().count()).copied().unwrap_or(title);
        let rest = parts.iter().filter(|part| **part != longest);
        let short =
            rest.clone().all(|part| part.split(' ').count() <= 4 && part.len() < longest.len());
        if short && longest.split(' ').count() >= 3 && rest.count() + 1 == parts.len() {
            return longest.to_owned();
        }
    }
    title.to_owned()
}

/// The day of publication: of the metadata, of what readers see, or of the address.
fn day(
    meta: &Metadata,
    document: &Document,
    address: Option<&str>,
    lexicon: &Lexicon,
) -> Option<(PartialDate, DateBasis)> {
    let in_address = address.and_then(address_day);
    if let Some(&date) = meta.dates.first() {
        // A time stamp in another zone may slip by a day; the address does not.
        let slipped = in_address.filter(|other| (other.first_day() - date.first_day()).abs() == 1);
        return Some((slipped.unwrap_or(date), DateBasis::Stated));
    }
    let written = meta.written.iter().flat_map(|text| dates::dates(text, lexicon)).next();
    let shown = written
        .map(|found| found.date)
        .or_else(|| shown_day(document, lexicon))
        .or_else(|| scripted_day(document));
    shown
        .map(|date| (date, DateBasis::Byline))
        .or(in_address.map(|date| (date, DateBasis::Inferred)))
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

/// The day in a script that is no JSON-LD: `"datePublished": "2022-05-23T..."`.
fn scripted_day(document: &Document) -> Option<PartialDate> {
    const KEYS: [&str; 6] =
        ["datePublished", "publishDate", "publish_date", "publishedAt", "published_at", "pubDate"];
    document.select("script").iter().find_map(|node| {
        let text = node.text();
        KEYS.iter().find_map(|key| {
            let at = text.find(&format!("{key}\""))? + key.len() + 1;
            let rest = text.get(at..at + 40)?.trim_start_matches([':', ' ', '"']);
            iso_day(rest)
        })
    })
}

/// `By Jane Roe`, `Text: Jane Roe`: the names in a line that says it has some.
fn cued_names(line: &str, lexicon: &Lexicon) -> Option<Vec<String>> {
    if line.chars().count() > 120 {
        return None;
    }
    let lower = line.to_lowercase();
    if lower.len() != line.len() {
        return None;
    }
    // At the start, or after a few words: `An article by Jane Roe`.
    let ends = lexicon.list("by").iter().filter_map(|cue| {
        let first = lower.starts_with(cue.as_str()).then_some(cue.len());
        let inner = || {
            let at = lower.find(&format!(" {cue} ")).filter(|at| *at < 24)?;
            Some(at + 1 + cue.len())
        };
        first.filter(|end| lower[*end..].starts_with([' ', ':'])).or_else(inner)
    });
    let end = ends.max()?;
    let rest = line[end..].trim_start_matches([':', ' ']);
    let rest = rest.split([',', '|', '•', '·', '(']).next().unwrap_or(rest);
    let names: Vec<String> = split_authors(rest).iter().map(|name| in_small(name)).collect();
    (!names.is_empty() && names.iter().all(|name| people::is_name(name))).then_some(names)
}

/// `Jane Roe (jr)` → `Jane Roe`
fn without_initials(name: &str) -> String {
    name.split(" (").next().unwrap_or(name).trim().to_owned()
}

/// The first day in an element that by its name holds one.
fn shown_day(document: &Document, lexicon: &Lexicon) -> Option<PartialDate> {
    let places = [
        "article time[datetime], main time[datetime], header time[datetime]",
        "time[datetime]",
        "[class*=publish], [class*=Publish], [id*=publish], [class*=posted], [class*=entry-date], \
         [class*=post-date], [class*=article-date], [class*=articleDate], [class*=dateline]",
        "[class*=date], [id*=date], [class*=Date], [class*=time], [class*=byline], [class*=meta], [class*=info]",
    ];
    for place in places {
        for node in document.select(place).iter().take(40) {
            let stamp = node.attr("datetime").and_then(|text| iso_day(&text));
            let text = clean(&node.text());
            let short = text.chars().count() < 160;
            let updated =
                lexicon.find("updated", &text.to_lowercase()).is_some_and(|hit| hit.0 < 12);
            let written = || {
                let found = dates::dates(&text, lexicon).into_iter().next()?;
                (short && !updated).then_some(found.date)
            };
            let date = stamp.filter(|_| !updated).or_else(written);
            if let Some(date) = date.filter(|date| date.day_of_month().is_some()) {
                return Some(date);
            }
        }
    }
    None
}

/// `/2021/05/23/`, `/20210523/`, `2021-05-23`
fn address_day(address: &str) -> Option<PartialDate> {
    let path = address.split_once("://").map_or(address, |(_, rest)| rest);
    let numbers: Vec<&str> =
        path.split(|c: char| !c.is_ascii_digit()).filter(|n| !n.is_empty()).collect();
    numbers
        .windows(3)
        .filter(|three| three[0].len() == 4 && three[1].len() <= 2 && three[2].len() <= 2)
        .find_map(|three| {
            let year: i16 = three[0].parse().ok().filter(|year| (1990..2100).contains(year))?;
            PartialDate::day(year, three[1].parse().ok()?, three[2].parse().ok()?)
        })
        .or_else(|| {
            numbers.iter().filter(|n| n.len() == 8).find_map(|n| {
                let year: i16 = n[..4].parse().ok().filter(|year| (1990..2100).contains(year))?;
                PartialDate::day(year, n[4..6].parse().ok()?, n[6..].parse().ok()?)
            })
        })
}

/// The day of a time stamp as it is written, in its own zone.
fn iso_day(text: &str) -> Option<PartialDate> {
    let text = text.trim();
    let day = text.get(..10)?;
    let day = day.replace('/', "-");
    if let Ok(date) = day.parse::<PartialDate>() {
        return date.day_of_month().is_some().then_some(date);
    }
    if text.len() >= 8 && text.as_bytes()[..8].iter().all(u8::is_ascii_digit) {
        return PartialDate::day(
            text[..4].parse().ok()?,
            text[4..6].parse().ok()?,
            text[6..8].parse().ok()?,
        );
    }
    let found = dates::dates(text, lexicon::of("en")).into_iter().next()?;
    found.date.day_of_month().is_some().then_some(found.date)
}

fn is_author(name: &str, publisher: Option<&str>, gazetteer: &Gazetteer) -> bool {
    let site = publisher.is_some_and(|site| {
        let (site, name) = (site.to_lowercase(), name.to_lowercase());
        site == name || site.contains(&name) || name.contains(&site)
    });
    let dense = name.chars().any(lexicon::is_dense_char);
    let words = name.split(' ').count();
    !site
        && !gazetteer.names_one(name)
        && name.chars().count() <= 60
        && (words >= 2 || dense)
        && words <= 6
        && !name.chars().any(|c| c.is_ascii_digit())
}

/// Names in elements that by their name hold the author's.
fn visible_authors(
    document: &Document,
    publisher: Option<&str>,
    lexicon: &Lexicon,
    gazetteer: &Gazetteer,
) -> Vec<String> {
    // The first two say that there is an author, and nothing else: any name is one there.
    let places = [
        ("[rel=author], [itemprop=author] [itemprop=name], [itemprop=author]", true),
        ("[class*=author-name], [class*=authorName], [class*=author__name], .vcard .fn", true),
        (
            "a[href*='/author/'], a[href*='/authors/'], a[href*='/autor/'], a[href*='/autoren/'], \
             a[href*='/auteur/'], a[href*='newsteam/'], a[href*='/staff/'], a[href*='/profile/']",
            false,
        ),
        (
            "[class*=writer], [class*=reporter], [class*=Author], [class*=journalist], [class*=autor]",
            false,
        ),
        ("[class*=byline], [class*=Byline], [class*=author], [id*=byline], [class*=meta]", false),
    ];
    for (place, sure) in places {
        for node in document.select(place).iter().take(12) {
            let told = node.attr("content").or_else(|| node.attr("value"));
            let text = told.map_or_else(|| clean(&node.text()), |text| clean(&text));
            let text = text.split(" @").next().unwrap_or(&text).trim();
            if text.is_empty() || text.chars().count() > 120 {
                continue;
            }
            let lower = text.to_lowercase();
            let cues = lexicon.list("by").iter();
            let cue =
                cues.filter(|cue| lower.starts_with(&format!("{cue} "))).map(String::len).max();
            let rest = text.get(cue.unwrap_or(0)..).unwrap_or(text).trim();
            let rest = rest.split([',', '|', '•', '·', '–']).next().unwrap_or(rest);
            let mut names: Vec<String> =
                split_authors(rest).iter().map(|name| in_small(name)).collect();
            names.retain(|name| {
                let one = sure && !name.contains(' ') && (3..25).contains(&name.chars().count());
                let listed = people::is_name(name) && is_author(name, publisher, gazetteer);
                listed || one && publisher.is_none_or(|site| !is_same(site, name))
            });
            if !names.is_empty() {
                return names;
            }
        }
    }
    Vec::new()
}

/// `JANE ROE` → `Jane Roe`
fn in_small(name: &str) -> String {
    if name != name.to_uppercase() || name == name.to_lowercase() || !name.contains(' ') {
        return name.to_owned();
    }
    let small = |word: &str| {
        let mut letters = word.chars();
        let first = letters.next().map(String::from).unwrap_or_default();
        first + &letters.as_str().to_lowercase()
    };
    name.split(' ').map(small).collect::<Vec<_>>().join(" ")
}

/// One line of text: white space squeezed, references that were escaped twice undone.
pub(super) fn clean(text: &str) -> String {
    let text = text
        .replace("&amp;", "&")
        .replace("&quot;", "\"")
        .replace("&#39;", "'")
        .replace("&#039;", "'");
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

//! Puts what was understood of a raw text together.

use std::collections::HashMap;
use std::fmt::Write as _;

use super::feed::Entry;
use super::known::{self, called};
use super::thresholds::{KEPT_SHARE, LONG_LINE_CHARACTERS, LONG_LINES, SURE_CLAIM};
use super::{body, html, passages, text};
use crate::model::{Article, DateBasis, Language, PartialDate, Publisher, Rights, SourceRef, slug};
use crate::parse::article::MAX_NAMES;
use crate::parse::fields::is_web_address;
use crate::understand::companies::Gazetteer;
use crate::understand::structure::{Block, Candidates, Structure};
use crate::understand::{dates, language, lexicon, partnerships, structure};

/// An article read from a raw text, and what a person should look at.
#[derive(Clone, Debug)]
pub struct Imported {
    /// The article; its path is for the caller to choose.
    pub article: Article,
    /// What import was not sure of, in words.
    pub doubts: Vec<String>,
}

/// What the caller knows about a text besides its bytes.
#[derive(Clone, Debug)]
pub struct ImportContext {
    /// What goes into `rights`.
    pub rights: Rights,
    /// The day the text was fetched.
    pub retrieved: Option<PartialDate>,
}

/// What was read of a document, before it is understood.
pub(super) struct Parts {
    pub(super) title: Option<String>,
    pub(super) date: Option<(PartialDate, DateBasis)>,
    pub(super) authors: Vec<String>,
    pub(super) source: SourceRef,
    pub(super) lang: Language,
    /// The body as plain text.
    pub(super) paragraphs: Vec<String>,
    /// The body in Markdown.
    pub(super) body: String,
}

/// Reads a raw text.
///
/// # Errors
/// Bytes that are no text.
pub fn text(
    bytes: &[u8],
    gazetteer: &Gazetteer,
    setting: &ImportContext,
) -> Result<Imported, String> {
    text_of(bytes, gazetteer, setting, &[])
}

/// Reads a raw text, which one of these publishers may have published.
///
/// # Errors
/// Bytes that are no text.
pub fn text_of(
    bytes: &[u8],
    gazetteer: &Gazetteer,
    setting: &ImportContext,
    publishers: &[Publisher],
) -> Result<Imported, String> {
    let Reading { text, code, mut found, .. } = reading(bytes, gazetteer)?;
    let mut doubts = Vec::new();
    if found.kept < KEPT_SHARE {
        let percent = (found.kept * 100.0).round();
        doubts.push(format!("only {percent} % of the text (`import --explain` shows the rest)"));
    }
    // A few words are no article, but they are all there is.
    if found.body.is_empty() {
        let lines = text.lines().filter(|line| !line.is_empty());
        found.body = lines.map(|line| Block { text: line.to_owned(), bullet: false }).collect();
    }
    // `3 hours ago` says something only to who knows when it was read.
    let relative = || {
        let lines: Vec<&str> = text.lines().collect();
        let date = dates::relative(&lines, lexicon::of(code), setting.retrieved?)?;
        Some((date, DateBasis::Inferred))
    };
    if found.authors.is_empty() {
        found.authors = known::writers(&text, &found, publishers);
    }
    if found.source.is_none() {
        found.source = known::told_outside(&text, &found, publishers)
            .or_else(|| known::published_by(&found.authors, publishers));
    }
    let publisher = found.source.as_deref().and_then(|name| called(publishers, name));
    let told = publisher.and_then(|publisher| day_behind(&text, publisher, lexicon::of(code)));
    let mut parts = Parts {
        title: found.title.filter(|title| !title.is_empty()),
        date: told.or(found.date).or_else(relative),
        authors: found.authors,
        source: SourceRef { name: found.source, url: None, retrieved: setting.retrieved },
        lang: Language::parse(language::tag(code, &text)).unwrap_or_else(Language::english),
        body: markdown(&found.body),
        paragraphs: found.body.into_iter().map(|block| block.text).collect(),
    };
    parts.heed(publishers);
    let mut imported = assemble(parts, gazetteer, setting);
    imported.doubts.extend(doubts);
    Ok(imported)
}

/// The day that stands behind words by which this publisher is known to tell it.
fn day_behind(
    text: &str,
    publisher: &Publisher,
    lexicon: &lexicon::Lexicon,
) -> Option<(PartialDate, DateBasis)> {
    let day = |line: &str| {
        let mut rests = publisher.date_after.iter().filter_map(|words| line.strip_prefix(words));
        let rest = rests.next()?;
        Some((dates::dates(rest, lexicon).first()?.date, DateBasis::Stated))
    };
    text.lines().find_map(day)
}

impl Parts {
    /// Takes the publisher's right name, and leaves out what is never the article with it.
    fn heed(&mut self, publishers: &[Publisher]) {
        let name = self.source.name.as_deref();
        let Some(publisher) = name.and_then(|name| called(publishers, name)) else { return };
        self.source.name = Some(publisher.name.clone());
        let (never, kept) = std::mem::take(&mut self.paragraphs)
            .into_iter()
            .partition::<Vec<_>, _>(|paragraph| publisher.is_never(paragraph));
        self.paragraphs = kept;
        for paragraph in never {
            let cut = body::without(&self.body, &paragraph);
            self.body = cut.unwrap_or_else(|| std::mem::take(&mut self.body));
        }
    }
}

/// A raw text taken apart, and its language: that of the article, which its menus may not be in.
#[derive(Clone, Debug)]
pub struct Reading {
    /// The text, with hard wraps undone.
    pub text: String,
    /// Its language.
    pub code: &'static str,
    /// What was found.
    pub found: Structure,
    /// What else it might have been.
    pub candidates: Candidates,
}

/// Takes a raw text apart.
///
/// # Errors
/// Bytes that are no text.
pub fn reading(bytes: &[u8], gazetteer: &Gazetteer) -> Result<Reading, String> {
    let text = text::read(bytes)?;
    let long: Vec<&str> =
        text.lines().filter(|line| line.chars().count() > LONG_LINE_CHARACTERS).collect();
    let lines: Vec<&str> = text.lines().collect();
    let first = language::of_article(if long.len() >= LONG_LINES { &long } else { &lines });
    let (found, candidates) = structure::weighed(&text, lexicon::of(first), gazetteer);
    let body: Vec<&str> = found.body.iter().map(|block| block.text.as_str()).collect();
    let code = if body.is_empty() { first } else { language::of_article(&body) };
    if code == first {
        return Ok(Reading { text, code, found, candidates });
    }
    let (found, candidates) = structure::weighed(&text, lexicon::of(code), gazetteer);
    Ok(Reading { text, code, found, candidates })
}

/// Every line of a raw text with what it was taken for and how sure that is, one a line.
///
/// # Errors
/// Bytes that are no text.
pub fn explained(bytes: &[u8], gazetteer: &Gazetteer) -> Result<String, String> {
    let Reading { text, found, .. } = reading(bytes, gazetteer)?;
    let mut out = String::new();
    for line in &found.lines {
        let (label, words) = (line.label.name(), &text[line.span.clone()]);
        let _ = writeln!(out, "{label:9} {:.2}  {words}", line.sureness);
    }
    Ok(out)
}

/// Reads a web page; `address` is where it came from.
///
/// # Errors
/// A page that is none.
pub fn page(
    bytes: &[u8],
    address: Option<&str>,
    charset: Option<&str>,
    gazetteer: &Gazetteer,
    setting: &ImportContext,
) -> Result<Imported, String> {
    page_of(bytes, address, charset, gazetteer, setting, &[])
}

/// Reads a web page, which one of these publishers may have published.
///
/// # Errors
/// A page that is none.
pub fn page_of(
    bytes: &[u8],
    address: Option<&str>,
    charset: Option<&str>,
    gazetteer: &Gazetteer,
    setting: &ImportContext,
    publishers: &[Publisher],
) -> Result<Imported, String> {
    let page = html::page(bytes, address, charset, gazetteer)?;
    if page.paragraphs.is_empty() {
        return Err("no article was found on the page".to_owned());
    }
    let publisher = page.publisher.or_else(|| known::published_by(&page.authors, publishers));
    let mut parts = Parts {
        title: page.title,
        date: page.date,
        authors: page.authors,
        source: SourceRef { name: publisher, url: page.address, retrieved: setting.retrieved },
        lang: page.lang.as_deref().and_then(Language::parse).unwrap_or_else(Language::english),
        paragraphs: page.paragraphs,
        body: page.body,
    };
    parts.heed(publishers);
    Ok(assemble(parts, gazetteer, setting))
}

/// Reads an entry of a feed whose title is `feed`.
#[must_use]
pub fn entry(
    entry: &Entry,
    feed: Option<&str>,
    gazetteer: &Gazetteer,
    setting: &ImportContext,
) -> Imported {
    let html = entry.content_html.as_deref().unwrap_or("");
    let base = entry.base.as_deref().or(entry.link.as_deref());
    let (body, paragraphs) = html::fragment(html, base);
    let words: Vec<&str> = entry.title.iter().chain(&paragraphs).map(String::as_str).collect();
    let read = language::of_article(&words);
    let told = entry.lang.as_deref().and_then(Language::parse);
    let parts = Parts {
        title: entry.title.clone(),
        date: entry.published.map(|date| (date, DateBasis::Stated)),
        authors: entry.authors.clone(),
        source: SourceRef {
            name: entry.publisher.clone().or_else(|| feed.map(str::to_owned)),
            url: entry.link.clone(),
            retrieved: setting.retrieved,
        },
        lang: told.or_else(|| Language::parse(read)).unwrap_or_else(Language::english),
        paragraphs,
        body,
    };
    assemble(parts, gazetteer, setting)
}

/// Finds companies and partnerships, and says what a person should look at.
pub(super) fn assemble(parts: Parts, gazetteer: &Gazetteer, setting: &ImportContext) -> Imported {
    let body: Vec<&str> = parts.paragraphs.iter().map(String::as_str).collect();
    let title = parts.title.as_deref();
    let published = parts.date.map(|(date, _)| date);
    let own = lexicon::of(parts.lang.primary());
    let languages: HashMap<&str, (&'static str, f64)> =
        body.iter().map(|text| (*text, language::identify(text))).collect();
    let of_paragraph = |paragraph: &str| {
        let known = languages.get(paragraph).copied();
        let (code, share) = known.unwrap_or_else(|| language::identify(paragraph));
        if language::is_clear(paragraph, share) { lexicon::of(code) } else { own }
    };
    let known = gazetteer.article(title, &body, own);
    let mut companies = partnerships::main_companies(&body, title, &known);
    let mut claims = partnerships::partnerships(&body, title, published, of_paragraph, &known);
    if companies.len() > MAX_NAMES {
        companies.truncate(MAX_NAMES);
        claims.retain(|claim| claim.parties.iter().all(|p| companies.contains(&p.company)));
    }
    let mut doubts = Vec::new();
    if parts.body.trim().is_empty() {
        doubts.push("no running text".to_owned());
    }
    if title.is_none() {
        doubts.push("no title".to_owned());
    }
    if published.is_none() {
        doubts.push("no date".to_owned());
    }
    if companies.is_empty() {
        doubts.push("no company".to_owned());
    }
    let unsure =
        claims.iter().filter(|claim| claim.confidence.is_some_and(|c| c < SURE_CLAIM)).count();
    if unsure > 0 {
        doubts.push(format!("{unsure} unsure partnership{}", if unsure == 1 { "" } else { "s" }));
    }
    // What front matter would refuse is not written into it.
    let url = parts.source.url.filter(|url| is_web_address(url));
    let source = SourceRef { url, ..parts.source };
    let article = Article {
        path: String::new(),
        slug: title.map(slug).filter(|s| !s.is_empty()).unwrap_or_else(|| slug_of_words(&body)),
        title: parts.title.clone(),
        original_title: None,
        date: published,
        date_basis: parts.date.map(|(_, basis)| basis),
        publish_date: None,
        lang: parts.lang.clone(),
        source: (source != SourceRef::default()).then_some(source),
        authors: parts.authors,
        companies,
        tags: tags(&claims),
        summary: None,
        rights: setting.rights,
        picture: None,
        partnerships: claims,
        story: None,
        not_story: Vec::new(),
        split: false,
        origin: None,
        translation_of: None,
        draft: false,
        components: false,
        passages: passages::passages(&body, &languages, &parts.body, &parts.lang),
        aliases: Vec::new(),
        guid: None,
        rejected: Vec::new(),
        settled: Vec::new(),
        imported: None,
        extra: std::collections::BTreeMap::new(),
        body: parts.body.into(),
    };
    Imported { article, doubts }
}

/// The kinds of partnership an article tells of are what it can be found by.
#[must_use]
pub fn tags(claims: &[crate::model::Claim]) -> Vec<String> {
    let mut tags: Vec<String> =
        claims.iter().flat_map(|claim| &claim.kinds).map(|kind| kind.0.clone()).collect();
    tags.sort();
    tags.dedup();
    tags
}

fn slug_of_words(body: &[&str]) -> String {
    let words: Vec<&str> = body.first().unwrap_or(&"article").split_whitespace().take(8).collect();
    let slug = slug(&words.join(" "));
    if slug.is_empty() { "article".to_owned() } else { slug }
}

/// The paragraphs as Markdown that reads as the same words.
fn markdown(body: &[Block]) -> String {
    let mut out = String::new();
    for (at, block) in body.iter().enumerate() {
        let list = block.bullet && at > 0 && body[at - 1].bullet;
        if at > 0 {
            out.push_str(if list { "\n" } else { "\n\n" });
        }
        if block.bullet {
            out.push_str("- ");
        }
        out.push_str(&body::escaped(&block.text));
    }
    out
}

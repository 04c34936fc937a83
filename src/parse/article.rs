//! The front matter of an article, in our words and in those of other generators.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::fields::{Fields, Word, is_web_address};
use super::front_matter;
use super::links::{Link, Target};
use super::tree::Value;
use crate::config::{Config, Section};
use crate::diagnostic::{self, Diagnostic};
use crate::model::{
    Article, Claim, DateBasis, Event, Imported, Kind, Page, Part, Party, Passage, Picture, Rights,
    Settled, SourceRef, slug,
};
use crate::source::{Source, Span};

/// How many companies, and how many tags, an article may name: each has a page, on which all others
/// stand.
pub const MAX_NAMES: usize = 300;

/// Where a claim stands, and what is said in it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ClaimSpans {
    /// The whole of it.
    pub whole: Span,
    /// The evidence.
    pub evidence: Option<Span>,
    /// The day of the event.
    pub date: Option<Span>,
    /// When the relation began.
    pub start: Option<Span>,
    /// When it ended.
    pub end: Option<Span>,
}

/// An article with the places that later checks point at.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ArticleFile {
    /// The file; whoever keeps the rest knows it.
    #[serde(skip)]
    pub source: Source,
    /// What it says.
    pub article: Article,
    /// Where the source is named.
    pub source_span: Option<Span>,
    /// Where the date stands.
    pub date_span: Option<Span>,
    /// Where each tag is named.
    pub tag_spans: Vec<(String, Span)>,
    /// Where each company is named.
    pub company_spans: Vec<(String, Span)>,
    /// Where each claim stands.
    pub claim_spans: Vec<ClaimSpans>,
    /// The file of its picture.
    pub picture: Option<Link>,
    /// Where its title, its first title and its summary stand.
    pub word_spans: Vec<Span>,
}

/// Reads one article; whatever can be read is, and everything that cannot has a message.
#[must_use]
pub fn article(source: &Source, config: &Config) -> (Option<ArticleFile>, Vec<Diagnostic>) {
    let split = match front_matter::split(source) {
        Ok(split) => split,
        Err(errors) => return (None, errors),
    };
    let mut found = Vec::new();
    let body = split.body_part(source);
    let mut fields = Fields::new(source, split.entries, &mut found);

    let source_span = fields.span("source");
    let date_span = ["date", "published", "pubDate"].into_iter().find_map(|key| fields.span(key));
    let title = fields.word(&["title"]);
    let original_title = fields.word(&["original_title"]);
    let summary = fields.word(&["summary", "description"]);
    let words = [&title, &original_title, &summary];
    let word_spans: Vec<Span> = words.into_iter().flatten().map(|(_, span)| span.clone()).collect();
    let (mut company_spans, mut tag_spans) = companies_and_tags(&mut fields);
    let (mut partnerships, mut claim_spans) = claims(&mut fields, config);
    let (picture, picture_link) = picture(&mut fields).unzip();
    if !config.is_about(Section::Companies) {
        company_spans.clear();
    }
    if !config.is_about(Section::Partnerships) {
        partnerships.clear();
        claim_spans.clear();
    }
    // A large site holds all of them until its last page is made.
    company_spans.shrink_to_fit();
    tag_spans.shrink_to_fit();
    partnerships.shrink_to_fit();
    claim_spans.shrink_to_fit();
    let article = Article {
        title: title.map(|word| word.0),
        original_title: original_title.map(|word| word.0),
        summary: summary.map(|word| word.0),
        companies: distinct(&company_spans),
        tags: distinct(&tag_spans),
        partnerships,
        picture,
        ..plain_fields(fields, config, body)
    };
    let file = ArticleFile {
        source: source.clone(),
        article,
        company_spans,
        claim_spans,
        source_span,
        date_span,
        tag_spans,
        picture: picture_link,
        word_spans,
    };
    let excess = excess(&file);
    let file = excess.is_empty().then_some(file);
    found.extend(excess);
    (file, found)
}

/// The companies by their ids, and the tags, each with its place.
fn companies_and_tags(fields: &mut Fields<'_>) -> (Vec<Word>, Vec<Word>) {
    // Zola keeps its lists in a group of their own.
    let taxonomies = fields.map(&["taxonomies"]).unwrap_or_default();
    let (mut companies, mut tags) = fields.inner(taxonomies, |inner| {
        let companies = inner.listed(&["companies", "company"]);
        let mut tags = inner.listed(&["tags"]);
        tags.extend(inner.listed(&["categories"]));
        (companies, tags)
    });
    companies.extend(fields.listed(&["companies", "company"]));
    tags.extend(fields.listed(&["tags", "keywords"]));
    tags.extend(fields.listed(&["categories", "category"]));
    let companies = companies.into_iter().filter_map(|word| fields.company_id(word)).collect();
    // With a letter or digit of ASCII there is a slug in any case.
    let has_slug =
        |tag: &str| tag.contains(|c: char| c.is_ascii_alphanumeric()) || !slug(tag).is_empty();
    let (tags, empty): (Vec<Word>, Vec<Word>) =
        tags.into_iter().partition(|(tag, _)| has_slug(tag));
    for (tag, span) in empty {
        fields.report(diagnostic::empty_tag(fields.source(), span, &tag));
    }
    (companies, tags)
}

/// What an article tells of partnerships, each claim with its places.
fn claims(fields: &mut Fields<'_>, config: &Config) -> (Vec<Claim>, Vec<ClaimSpans>) {
    let mut claims = (Vec::new(), Vec::new());
    for node in fields.items(&["partnerships"]) {
        let Value::Map(entries) = node.value else {
            let what = "a list of groups, each with `parties` and `kind`";
            let source = fields.source();
            fields.report(diagnostic::expected(source, node.span, "partnerships", what));
            continue;
        };
        let span = node.span;
        claims.extend(fields.inner(entries, |inner| claim(inner, &span, config)));
    }
    claims
}

/// All fields that are read one by one, without those that the caller has.
fn plain_fields(mut fields: Fields<'_>, config: &Config, body: Part) -> Article {
    let path = &fields.source().path;
    // Jekyll's word for a draft is another program's day of publication.
    let is_unpublished = fields.plain_flag("published") == Some(false);
    Article {
        title: None,
        original_title: None,
        summary: None,
        companies: Vec::new(),
        tags: Vec::new(),
        partnerships: Vec::new(),
        picture: None,
        path: path.to_string(),
        slug: fields.text(&["slug"]).map_or_else(|| slug_of(path), |text| slug(&text)),
        date: fields.date(&["date", "published", "pubDate"]),
        date_basis: fields.choice(&["date_basis"], &DateBasis::ALL, DateBasis::id),
        publish_date: fields.date(&["publish_date", "publishDate"]),
        lang: fields.language(&["lang", "language"]).unwrap_or_else(|| config.language.clone()),
        source: source_ref(&mut fields),
        authors: texts(&mut fields, &["authors", "author"]).map(|name| plain_name(&name)).collect(),
        rights: fields.choice(&["rights"], &Rights::ALL, Rights::id).unwrap_or(Rights::Full),
        story: fields.text(&["story"]),
        not_story: texts(&mut fields, &["not_story"]).collect(),
        split: fields.flag(&["split"]).unwrap_or(false),
        origin: fields.text(&["origin"]),
        translation_of: fields.text(&["translation_of"]),
        draft: fields.flag(&["draft"]).unwrap_or(false) || is_unpublished,
        components: fields.flag(&["components"]).unwrap_or(false),
        passages: passages(&mut fields, &body),
        aliases: fields.addresses(&["aliases"]),
        guid: fields.text(&["guid"]),
        rejected: texts(&mut fields, &["rejected"]).collect(),
        settled: fields.choices(&["settled"], &Settled::ALL, Settled::id),
        imported: imported(&mut fields),
        extra: extra(fields),
        body,
    }
}

/// Several texts without their places.
fn texts(fields: &mut Fields<'_>, names: &[&'static str]) -> impl Iterator<Item = String> + use<> {
    fields.words(names).into_iter().map(|word| word.0)
}

/// What import has noted of where the article is from.
fn imported(fields: &mut Fields<'_>) -> Option<Imported> {
    let entries = fields.map(&["imported"])?;
    fields.inner(entries, |inner| {
        Some(Imported {
            from: inner.text(&["from"]),
            raw: inner.text(&["raw"])?,
            written: inner.text(&["written"])?,
        })
    })
}

/// All that nobody has asked for, and what Zola keeps in a group for that.
fn extra(mut fields: Fields<'_>) -> BTreeMap<String, serde_json::Value> {
    let of_zola = fields.map(&["extra"]).unwrap_or_default();
    let mut extra = fields.rest();
    extra.extend(of_zola.into_iter().map(|entry| (entry.key, entry.node.to_json())));
    extra
}

/// The words of some places, each once, in their order.
fn distinct(words: &[Word]) -> Vec<String> {
    let mut distinct: Vec<String> = words.iter().map(|word| word.0.clone()).collect();
    dedup(&mut distinct);
    distinct
}

/// Parts of the body in other languages, by the words they begin and end with; one without an end is a
/// single block.
fn passages(fields: &mut Fields<'_>, body: &str) -> Vec<Passage> {
    let mut found = Vec::new();
    for node in fields.items(&["passages"]) {
        let Value::Map(entries) = node.value else {
            let expected = "a list of groups, each with `lang` and `begins`";
            fields.report(diagnostic::expected(fields.source(), node.span, "passages", expected));
            continue;
        };
        fields.inner(entries, |inner| {
            let lang = inner.language(&["lang"])?;
            let (begins, ends) = (inner.word(&["begins"])?, inner.word(&["ends"]));
            let Some(start) = body.find(&begins.0) else {
                inner.report(diagnostic::passage_missing(inner.source(), begins.1));
                return None;
            };
            let end = match ends {
                Some((words, span)) => {
                    let Some(at) = body[start..].find(&words) else {
                        inner.report(diagnostic::passage_missing(inner.source(), span));
                        return None;
                    };
                    start + at + words.len()
                }
                None => body[start..].find("\n\n").map_or(body.len(), |at| start + at),
            };
            found.push(Passage { lang, span: start..end });
            Some(())
        });
    }
    found
}

/// Lists that are longer than they may be.
fn excess(file: &ArticleFile) -> Vec<Diagnostic> {
    let Article { companies, partnerships, tags, .. } = &file.article;
    let parties = partnerships.iter().flat_map(|claim| &claim.parties).map(|p| &p.company);
    if companies.len() + parties.clone().count() <= MAX_NAMES && tags.len() <= MAX_NAMES {
        return Vec::new();
    }
    let named: BTreeSet<&String> = companies.iter().chain(parties).collect();
    let first_claim = file.claim_spans.first().map(|claim| &claim.whole);
    let company = file.company_spans.first().map(|word| &word.1).or(first_claim);
    let tag = file.tag_spans.first().map(|word| &word.1);
    [("companies", named.len(), company), ("tags", tags.len(), tag)]
        .into_iter()
        .filter(|(_, count, _)| *count > MAX_NAMES)
        .map(|(what, count, at)| {
            let at = at.cloned().unwrap_or(0..0);
            diagnostic::too_many(&file.source, at, what, count, MAX_NAMES)
        })
        .collect()
}

/// `source: { name, url, retrieved }`, `source: https://…` as the Obsidian clipper writes it, or a
/// publisher's bare name.
fn source_ref(fields: &mut Fields<'_>) -> Option<SourceRef> {
    let entry = fields.take(&["source"])?;
    let source = match entry.node.value {
        Value::Map(entries) => fields.inner(entries, |inner| SourceRef {
            name: inner.text(&["name", "publisher"]),
            url: inner.web_address(&["url", "link"]),
            retrieved: inner.date(&["retrieved"]),
        }),
        Value::Text { text, .. } if is_web_address(&text) => {
            SourceRef { url: Some(text), ..SourceRef::default() }
        }
        Value::Text { text, .. } => SourceRef { name: Some(text), ..SourceRef::default() },
        _ => {
            let span = entry.node.span;
            fields.report(diagnostic::expected(
                fields.source(),
                span,
                "source",
                "`{ name: ..., url: ... }`",
            ));
            return None;
        }
    };
    (source != SourceRef::default()).then_some(source)
}

/// `picture: lenses.jpg` or `{ file, alt, credit, rights }`, with where the file is named.
fn picture(fields: &mut Fields<'_>) -> Option<(Picture, Link)> {
    let entry = fields.take(&["picture"])?;
    let (picture, file) = match entry.node.value {
        Value::Map(entries) => fields.inner(entries, |inner| {
            let picture = Picture {
                alt: inner.text(&["alt"]),
                credit: inner.text(&["credit"]),
                rights: inner.choice(&["rights"], &Rights::ALL, Rights::id),
            };
            (picture, inner.word(&["file"]))
        }),
        Value::Text { text, .. } => (Picture::default(), Some((text, entry.node.span.clone()))),
        _ => (Picture::default(), None),
    };
    let target = file.and_then(|(file, span)| Some((Target::of(&file)?, span)));
    let Some((to, span)) = target else {
        let expected = "a file of the site, or `{ file: ..., alt: ..., credit: ... }`";
        fields.report(diagnostic::expected(fields.source(), entry.node.span, "picture", expected));
        return None;
    };
    Some((picture, Link { to, is_image: true, span }))
}

fn claim(fields: &mut Fields<'_>, span: &Span, config: &Config) -> Option<(Claim, ClaimSpans)> {
    let mut parties = Vec::new();
    for node in fields.items(&["parties"]) {
        let (word, role) = match node.value {
            Value::Text { text, .. } => (Some((text, node.span)), None),
            Value::Map(entries) => fields
                .inner(entries, |inner| (inner.word(&["company", "id"]), inner.text(&["role"]))),
            _ => (None, None),
        };
        if let Some((company, _)) = word.and_then(|word| fields.company_id(word)) {
            parties.push(Party { company, role });
        }
    }
    let mut kinds = Vec::new();
    for (kind, span) in fields.words(&["kind", "kinds"]) {
        if config.kinds.contains_key(&kind) {
            kinds.push(Kind(kind));
        } else {
            let known: Vec<&str> = config.kinds.keys().map(String::as_str).collect();
            fields.report(diagnostic::bad_kind(fields.source(), span, &kind, &known));
        }
    }
    if kinds.is_empty() {
        kinds.push(Kind("strategic-alliance".to_owned()));
    }
    let evidence = fields.word(&["evidence"]);
    let spans = ClaimSpans {
        whole: span.clone(),
        evidence: evidence.as_ref().map(|word| word.1.clone()),
        date: fields.span("date"),
        start: fields.span("start"),
        end: fields.span("end"),
    };
    let claim = Claim {
        name: fields.text(&["name"]),
        kinds,
        event: fields.choice(&["event"], &Event::ALL, Event::id).unwrap_or(Event::Mentioned),
        date: fields.date(&["date"]),
        start: fields.date(&["start"]),
        end: fields.date(&["end"]),
        value: fields.text(&["value"]),
        stake: fields.text(&["stake"]),
        reason: fields.text(&["reason"]),
        evidence: evidence.as_ref().map(|word| word.0.clone()),
        confidence: fields.fraction(&["confidence"]),
        parties,
    };
    let mut ids: Vec<&str> = claim.parties.iter().map(|p| p.company.as_str()).collect();
    ids.sort_unstable();
    ids.dedup();
    if ids.len() < 2 {
        fields.report(diagnostic::lonely_party(fields.source(), span.clone()));
        return None;
    }
    Some((claim, spans))
}

/// Reads a standing page.
#[must_use]
pub fn page(source: &Source) -> (Option<Page>, Vec<Diagnostic>) {
    let mut found = Vec::new();
    let split = match front_matter::split(source) {
        Ok(split) => split,
        Err(errors) => return (None, errors),
    };
    let body = split.body_part(source);
    let mut fields = Fields::new(source, split.entries, &mut found);
    let slug = fields.text(&["slug"]).map_or_else(|| slug_of(&source.path), |text| slug(&text));
    let page = Page {
        path: source.path.to_string(),
        title: fields.text(&["title"]).unwrap_or_else(|| slug.clone()),
        summary: fields.text(&["summary", "description"]),
        components: fields.flag(&["components"]).unwrap_or(false),
        draft: fields.flag(&["draft"]).unwrap_or(false),
        aliases: fields.addresses(&["aliases"]),
        extra: {
            // By it import knows its file again.
            fields.take(&["imported"]);
            let own = fields.map(&["extra"]).unwrap_or_default();
            let mut extra = fields.rest();
            extra.extend(own.into_iter().map(|entry| (entry.key, entry.node.to_json())));
            extra
        },
        slug,
        body,
    };
    (Some(page), found)
}

/// The file name without its ending, and without the date that Jekyll puts before it; for `index.md` the
/// name of its folder.
#[must_use]
pub fn slug_of(path: &str) -> String {
    let mut parts = path.rsplit('/');
    let name = parts.next().unwrap_or(path);
    let mut stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    // An article in a folder of its own, with its pictures.
    if stem == "index"
        && let Some(folder) = parts.next().filter(|name| !matches!(*name, "articles" | "pages"))
    {
        stem = folder;
    }
    let dated = stem.len() > 11
        && stem.as_bytes()[10] == b'-'
        && stem.get(..10).is_some_and(|day| day.parse::<crate::model::PartialDate>().is_ok());
    slug(if dated { &stem[11..] } else { stem })
}

/// Obsidian's clipper writes authors as wiki links.
fn plain_name(name: &str) -> String {
    name.trim_start_matches("[[").trim_end_matches("]]").to_owned()
}

fn dedup(words: &mut Vec<String>) {
    let mut seen = BTreeSet::new();
    let is_new: Vec<bool> = words.iter().map(|word| seen.insert(word.as_str())).collect();
    let mut is_new = is_new.into_iter();
    words.retain(|_| is_new.next().unwrap_or_default());
}

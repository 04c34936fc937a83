//! The facts of a page: what its metadata say, held against what it shows.

use dom_query::Document;

use super::Page;
use super::author::{cleaned, cued_names, is_author, visible_authors, without_initials};
use super::body::Text;
use super::day::day;
use super::facts::Metadata;
use super::headline::{said, title};
use super::phrases::{clean, is_same, words};
use crate::model::DateBasis;
use crate::understand::companies::Gazetteer;
use crate::understand::lexicon;
use crate::understand::{dates, language};

/// Which share of a short text's words must be of one language.
const SURE: f64 = 0.2;

/// Decides between what the metadata say and what the text shows.
pub(super) fn reconcile(
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

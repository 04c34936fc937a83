//! The facts of a page: what its metadata say, held against what it shows.

use std::cell::LazyCell;
use std::collections::BTreeSet;

use dom_query::Document;

use super::Page;
use super::author::{
    cleaned, cued_names, is_author, is_desk, is_handle, is_job, is_of_paper, leave_out,
    name_beside_day, visible_authors, without_initials,
};
use super::body::Text;
use super::day::{day, day_of_change, is_update, whole_day};
use super::facts::Metadata;
use super::headline::{said, title};
use super::phrases::{clean, is_same, words};
use crate::import::thresholds::{
    DAY_LINE_CHARACTERS, FIRST_LINES, NEAR_TITLE_BEFORE_LINES, NEAR_TITLE_BEHIND_LINES,
    PAGE_LANGUAGE_CHARACTERS, PAGE_LANGUAGE_SHARE, SIGNED_PARAGRAPHS, STATED_AUTHOR_CHARACTERS,
};
use crate::model::{DateBasis, PartialDate};
use crate::understand::companies::Gazetteer;
use crate::understand::lexicon::{self, Lexicon};
use crate::understand::{language, people};

/// Decides between what the metadata say and what the text shows.
pub(super) fn reconcile(
    meta: Metadata,
    text: Text,
    document: &Document,
    address: Option<&str>,
    gazetteer: &Gazetteer,
) -> Page {
    let paragraphs: Vec<&str> = text.paragraphs.iter().map(String::as_str).collect();
    let code = language::of_article(&paragraphs);
    let lexicon = lexicon::of(code);
    let address = address.or(meta.address.as_deref());
    let title = title(&meta);
    let near_title = LazyCell::new(|| lines_near_title(document, title.as_deref()));
    let date = day(&meta, document, title.as_deref(), address, lexicon).or_else(|| {
        let date = near_title.iter().find_map(|line| shown_day(line, lexicon))?;
        Some((date, DateBasis::Stated))
    });
    let date = date.or_else(|| day_of_change(document, lexicon));
    let host = address.and_then(|address| address.split_once("://"));
    let host = host.and_then(|(_, rest)| rest.split('/').next());
    let host = host.map(|host| host.trim_start_matches("www."));
    let publisher = meta.publisher.clone().or_else(|| host.map(str::to_owned));
    let sides = Sides {
        meta: &meta,
        document,
        lexicon,
        gazetteer,
        publisher: publisher.as_deref(),
        host: host.and_then(own_label),
        paragraphs: &paragraphs,
    };
    let authors = sides.authors(&near_title);
    let lang = language_of(&meta, &text, code);
    drop(near_title);
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

/// The longest part of a host's name without its last: `paper` of `news.paper.example`.
fn own_label(host: &str) -> Option<&str> {
    let (labels, _) = host.rsplit_once('.')?;
    labels.split('.').max_by_key(|label| label.len())
}

/// The day in a short line beside the headline.
fn shown_day(line: &str, lexicon: &Lexicon) -> Option<PartialDate> {
    let is_short = line.chars().count() < DAY_LINE_CHARACTERS;
    whole_day(line, lexicon).filter(|_| is_short && !is_update(line, lexicon))
}

/// Lines that are looked up only where nothing better is there.
type Lines<F> = LazyCell<Vec<String>, F>;

/// What a page says of itself, and what it shows.
struct Sides<'a> {
    meta: &'a Metadata,
    document: &'a Document,
    lexicon: &'a Lexicon,
    gazetteer: &'a Gazetteer,
    publisher: Option<&'a str>,
    /// What the site is called in its address: `paper` of `www.paper.example`.
    host: Option<&'a str>,
    paragraphs: &'a [&'a str],
}

impl Sides<'_> {
    /// Who wrote the article: those whom the metadata name, else those whom readers see, else the paper.
    fn authors(&self, near_title: &Lines<impl FnOnce() -> Vec<String>>) -> Vec<String> {
        let Self { meta, publisher, .. } = *self;
        let told = meta.authors.iter().map(|name| without_initials(name));
        let told = told
            .filter(|name| name.chars().count() <= STATED_AUTHOR_CHARACTERS && !name.is_empty())
            .collect();
        let mut authors = cleaned(told, publisher);
        // A paper that names itself may name who wrote for it where readers look.
        let mut papers = Vec::new();
        if authors.iter().all(|name| self.is_nobody(name)) {
            papers = std::mem::take(&mut authors);
            if papers.is_empty() {
                papers.clone_from(&meta.papers);
            }
            authors = self.shown_authors(&papers, near_title);
        }
        authors = cleaned(authors, publisher);
        // The paper, and what somebody is there, beside who wrote for it.
        leave_out(&mut authors, |name| self.is_site(name) || is_job(name, self.lexicon));
        if authors.is_empty() {
            authors = if papers.is_empty() { meta.papers.clone() } else { papers };
        }
        for name in &mut authors {
            if let Some(whole) = self.whole_name(name, near_title) {
                *name = whole;
            }
        }
        let mut seen = BTreeSet::new();
        authors.retain(|name| seen.insert(name.to_lowercase()));
        authors
    }

    /// Whether a name is that of the site itself: `Paper.example`, `Paper Online`. That of a desk of it, or
    /// of the house, may say something.
    fn is_site(&self, name: &str) -> bool {
        let is_host = |name: &str| {
            let words = words(name);
            let is_online = name.contains('.') || words.last().is_some_and(|word| word == "online");
            words.len() == 2 && is_online && words.first().map(String::as_str) == self.host
        };
        self.publisher.is_some_and(|site| is_same(name, site)) || is_host(name)
    }

    /// Whether a name is the paper's.
    fn is_house(&self, name: &str) -> bool {
        let mut sites = self.publisher.iter().chain(&self.host);
        sites.any(|site| is_of_paper(name, site))
    }

    /// Whether a name is the paper's, a desk's or what somebody signs in with.
    fn is_nobody(&self, name: &str) -> bool {
        self.is_house(name)
            || self.meta.papers.iter().any(|paper| paper == name)
            || is_desk(name, self.lexicon)
            || is_handle(name)
    }

    /// `Jane Roe`, where the metadata say `Jane` and a line of the page has all of it.
    fn whole_name(
        &self,
        name: &str,
        near_title: &Lines<impl FnOnce() -> Vec<String>>,
    ) -> Option<String> {
        if is_whole_name(name) || !name.chars().next().is_some_and(char::is_uppercase) {
            return None;
        }
        let lines = near_title.iter().map(String::as_str).chain(self.paragraphs.iter().copied());
        let named = lines.filter_map(|line| cued_names(line, self.lexicon)).flatten();
        let begins = |whole: &String| whole.split(' ').next() == Some(name);
        named.into_iter().find(begins)
    }

    /// The name that stands alone behind the text.
    fn signature(&self) -> Option<Vec<String>> {
        let last = self.paragraphs.last().filter(|_| self.paragraphs.len() > SIGNED_PARAGRAPHS)?;
        let name = last.trim_end_matches('.');
        let names = if people::is_name(name) {
            vec![name.to_owned()]
        } else {
            cued_names(name, self.lexicon)?
        };
        names.iter().all(|name| self.is_person(name)).then_some(names)
    }

    fn is_person(&self, name: &str) -> bool {
        is_author(name, self.publisher, self.gazetteer)
    }

    /// Those whom a reader sees named, where the metadata name papers at most.
    fn shown_authors(
        &self,
        papers: &[String],
        near_title: &Lines<impl FnOnce() -> Vec<String>>,
    ) -> Vec<String> {
        let Self { document, lexicon, gazetteer, publisher, .. } = *self;
        let shown = visible_authors(document, publisher, lexicon, gazetteer);
        // Where one is told already, a single word may be anything.
        let is_sure = papers.is_empty() || shown.iter().all(|name| is_whole_name(name));
        if !shown.is_empty() && is_sure {
            return shown;
        }
        let cued = |line: &String| cued_names(line, lexicon);
        let beside = |line: &String| name_beside_day(line, lexicon).map(|name| vec![name]);
        let all = |names: &Vec<String>| names.iter().all(|name| self.is_person(name));
        let named = near_title.iter().filter_map(cued).find(all);
        let named = named.or_else(|| near_title.iter().filter_map(beside).find(all));
        named.or_else(|| self.signature()).unwrap_or_default()
    }
}

/// The language of a page: that of its text, where it is long enough to tell, else the one it names.
fn language_of(meta: &Metadata, text: &Text, code: &str) -> Option<String> {
    let told = meta.lang.as_deref().map(|tag| tag.replace('_', "-"));
    // A few words tell their language where the page does not, if only one language has them.
    let is_plain = || language::identify(&text.paragraphs.join("\n")).1 > PAGE_LANGUAGE_SHARE;
    let is_long =
        text.paragraphs.iter().map(|p| p.chars().count()).sum::<usize>() > PAGE_LANGUAGE_CHARACTERS;
    let is_read = is_long || told.is_none() && is_plain();
    let is_known = told.as_deref().is_none_or(|tag| {
        let tag = tag.to_lowercase();
        lexicon::all().iter().any(|lexicon| tag.split('-').next() == Some(lexicon.code))
    });
    if is_read && is_known { Some(code.to_owned()) } else { told }
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
        // A kicker may stand before it in the same line.
        .filter(|(_, line)| !wanted.is_empty() && words(line).ends_with(&wanted))
        .flat_map(|(at, _)| {
            lines[at.saturating_sub(NEAR_TITLE_BEFORE_LINES)
                ..lines.len().min(at + NEAR_TITLE_BEHIND_LINES)]
                .to_vec()
        })
        .collect();
    near.extend(lines.iter().take(FIRST_LINES).cloned());
    near
}

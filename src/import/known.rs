//! What a site knows of publishers, heeded where a text does not tell by itself who published or wrote it.

use super::thresholds::{KNOWN_WRITER_ABOVE_BYTES, KNOWN_WRITER_BELOW_BYTES, SURE_LINE};
use crate::model::Publisher;
use crate::understand::lexicon;
use crate::understand::structure::{Label, Labelled, Structure};

/// The publisher that texts call so.
pub(super) fn called<'a>(publishers: &'a [Publisher], name: &str) -> Option<&'a Publisher> {
    publishers.iter().find(|publisher| publisher.is_called(name))
}

/// The only publisher that is known and named in lines that are not the article, where the text does not
/// tell its publisher otherwise: pages have the name of their site in menus.
pub(super) fn told_outside(
    text: &str,
    found: &Structure,
    publishers: &[Publisher],
) -> Option<String> {
    let outside = found.lines.iter().filter(|line| line.label != Label::Body);
    let outside: Vec<&str> = outside.map(|line| &text[line.span.clone()]).collect();
    let is_there = |publisher: &&Publisher| {
        let mut names = publisher.names();
        names.any(|name| outside.iter().any(|line| has_word(line, name)))
    };
    only(publishers.iter().filter(is_there)).map(|publisher| publisher.name.clone())
}

/// The only publisher for whom one of these people is known to write.
pub(super) fn published_by(authors: &[String], publishers: &[Publisher]) -> Option<String> {
    let writes =
        |publisher: &&Publisher| authors.iter().any(|name| publisher.authors.contains(name));
    only(publishers.iter().filter(writes)).map(|publisher| publisher.name.clone())
}

/// People who are known to write for somebody, named beside the article in lines that are not surely part
/// of it.
pub(super) fn writers(text: &str, found: &Structure, publishers: &[Publisher]) -> Vec<String> {
    let is_sure = |line: &Labelled| line.label == Label::Body && line.sureness >= SURE_LINE;
    let mut sure = found.lines.iter().filter(|line| is_sure(line));
    let Some(first) = sure.next() else { return Vec::new() };
    let last = sure.next_back().unwrap_or(first);
    let is_near = |line: &&Labelled| {
        line.span.end + KNOWN_WRITER_ABOVE_BYTES >= first.span.start
            && line.span.start <= last.span.end + KNOWN_WRITER_BELOW_BYTES
    };
    let near: Vec<&Labelled> = found.lines.iter().filter(is_near).collect();
    let (start, end) = (near[0].span.start, near[near.len() - 1].span.end);
    let is_free = |from: usize, to: usize| {
        near.iter().any(|line| !is_sure(line) && line.span.start < to && from < line.span.end)
    };
    let is_named = |name: &str| {
        let mut places = places(&text[start..end], name);
        places.any(|at| is_free(start + at, start + at + name.len()))
    };
    let mut out: Vec<String> = Vec::new();
    for name in publishers.iter().flat_map(|publisher| &publisher.authors) {
        if !out.contains(name) && is_named(name) {
            out.push(name.clone());
        }
    }
    out
}

/// The one thing that there is, where there are not more.
fn only<T>(mut all: impl Iterator<Item = T>) -> Option<T> {
    let one = all.next()?;
    all.next().is_none().then_some(one)
}

/// Whether a line has a name that is no part of a longer word.
#[must_use]
pub fn has_word(line: &str, name: &str) -> bool {
    places(line, name).next().is_some()
}

/// Where a name stands that is no part of a longer word; pages glue an address to whoever it belongs to
/// (`Jane Roejroe@weekly.example`).
fn places<'a>(text: &'a str, name: &'a str) -> impl Iterator<Item = usize> + 'a {
    text.match_indices(name).map(|(at, _)| at).filter(move |at| {
        let (before, after) = (&text[..*at], &text[at + name.len()..]);
        let is_letter =
            |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() && !lexicon::is_dense_char(c));
        let is_address = || after.split_whitespace().next().is_some_and(|word| word.contains('@'));
        !is_letter(before.chars().next_back())
            && (!is_letter(after.chars().next()) || name.contains(' ') && is_address())
    })
}

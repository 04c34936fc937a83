//! Parts of a text in another language than the rest: a quoted release, a statement.
//!
//! They are found paragraph by paragraph, named in front matter by their first and last words, and wrapped
//! by the Markdown writer in an element with `lang` and `dir`.

use std::collections::HashMap;

use super::thresholds::{PASSAGE_BYTES, PASSAGE_SHARE};
use crate::model::{Language, Passage};
use crate::understand::language;

/// Languages that a paragraph of one is easily taken for another.
const NEIGHBOURS: [&[&str]; 5] =
    [&["da", "no", "sv"], &["id", "ms"], &["ru", "uk"], &["es", "pt", "it"], &["ja", "zh"]];

/// How many words of a passage stand for it in front matter, and how many characters at most.
const WORDS: usize = 6;
const LETTERS: usize = 60;

/// The passages of an article whose body, in Markdown, has these paragraphs, given what language each
/// of them seems to be in, and how surely.
pub fn passages(
    paragraphs: &[&str],
    languages: &HashMap<&str, (&'static str, f64)>,
    body: &str,
    lang: &Language,
) -> Vec<Passage> {
    let languages: Vec<Option<&str>> = paragraphs
        .iter()
        .map(|text| foreign(text, *languages.get(text)?, lang.primary()))
        .collect();
    let mut found = Vec::new();
    let mut at = 0;
    while at < paragraphs.len() {
        let Some(code) = languages[at] else {
            at += 1;
            continue;
        };
        // What is too short to tell belongs to it where it goes on behind.
        let is_open = |next: &usize| {
            languages[*next] == Some(code) || paragraphs[*next].len() < PASSAGE_BYTES
        };
        let end = (at..paragraphs.len()).take_while(is_open).last().unwrap_or(at);
        let last = (at..=end).rfind(|&next| languages[next] == Some(code)).unwrap_or(at);
        found.extend(passage(&paragraphs[at..=last], body, code));
        at = last + 1;
    }
    found
}

/// The language of a paragraph, where it surely is another than the article's.
fn foreign(paragraph: &str, (code, share): (&'static str, f64), own: &str) -> Option<&'static str> {
    let is_near = |group: &&[&str]| group.contains(&code) && group.contains(&own);
    let is_sure = paragraph.len() >= PASSAGE_BYTES && share > PASSAGE_SHARE;
    (is_sure && code != own && !NEIGHBOURS.iter().any(is_near)).then_some(code)
}

/// Where the paragraphs stand in the body, if their words are found there as they are.
fn passage(paragraphs: &[&str], body: &str, code: &'static str) -> Option<Passage> {
    let (first, last) = (paragraphs.first()?, paragraphs.last()?);
    let start = body.find(opening(first))?;
    let words = ending(last);
    let end = start + body[start..].find(words)? + words.len();
    let lang = Language::parse(language::tag(code, first))?;
    Some(Passage { lang, span: start..end })
}

/// The first words of a text, all of them on one line.
#[must_use]
pub fn opening(text: &str) -> &str {
    let text = text.lines().next().unwrap_or_default().trim_end();
    let words = text.match_indices(' ').nth(WORDS - 1).map_or(text.len(), |(at, _)| at);
    let letters = text.char_indices().nth(LETTERS).map_or(text.len(), |(at, _)| at);
    &text[..words.min(letters)]
}

/// The last words of a text, all of them on one line.
#[must_use]
pub fn ending(text: &str) -> &str {
    let text = text.lines().next_back().unwrap_or_default().trim_start();
    let words = text.rmatch_indices(' ').nth(WORDS - 1).map_or(0, |(at, _)| at + 1);
    let letters = text.char_indices().nth_back(LETTERS - 1).map_or(0, |(at, _)| at);
    &text[words.max(letters)..]
}

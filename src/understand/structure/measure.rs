//! How long a text is, and whether it is one that is read on.

use super::thresholds::{
    DENSE_PROSE_CHARACTERS, DENSE_PROSE_SENTENCE_CHARACTERS, OUTLET_PREFIX_CHARACTERS,
    OUTLET_WORDS, PROSE_CHARACTERS, PROSE_SENTENCE_CHARACTERS,
};
use crate::understand::features::float;
use crate::understand::lexicon::{self, is_dense};

pub(super) fn ratio(part: usize, whole: usize) -> f64 {
    float(part) / float(whole)
}

/// Whether a character ends a sentence.
pub(super) fn is_stop(c: char) -> bool {
    matches!(c, '.' | '!' | '?' | '。' | '！' | '？')
}

/// Whether a text ends as a sentence does, maybe a quoted one.
pub(super) fn ends_sentence(text: &str) -> bool {
    text.trim_end_matches(['"', '”', '“', '»', '’', ')']).ends_with(is_stop)
}

/// How long a text is, in Latin letters; a Han, kana or Hangul character says as much as two of them.
#[must_use]
pub fn width(text: &str) -> usize {
    text.chars().map(|c| if lexicon::is_dense_char(c) { 2 } else { 1 }).sum()
}

/// A paragraph of running text: long, or a sentence with its full stop.
pub(super) fn is_prose(text: &str) -> bool {
    let length = text.chars().count();
    let dense = is_dense(text);
    let trimmed = text.trim_end_matches(['"', '”', '“', '»', '’', '\'', ')', '」']);
    let stopped = trimmed.ends_with(['.', '!', '?', '。', '！', '？', '…', ':'])
        || text.ends_with(['」', '”', '»']);
    if dense {
        (length >= DENSE_PROSE_SENTENCE_CHARACTERS && stopped) || length >= DENSE_PROSE_CHARACTERS
    } else {
        (length >= PROSE_SENTENCE_CHARACTERS && stopped) || length >= PROSE_CHARACTERS
    }
}

/// How much of a text is running text, as [`width`] counts it.
#[must_use]
pub fn prose(text: &str) -> usize {
    text.lines().map(str::trim).filter(|line| is_prose(line)).map(width).sum()
}

/// `Vietnet24h - In the beginning ...`: the outlet's name before the first sentence.
pub(super) fn outlet_prefix(text: &str) -> Option<&str> {
    let (outlet, _) = text.split_once(" - ")?;
    let words = outlet.split_whitespace().count();
    (outlet.chars().count() <= OUTLET_PREFIX_CHARACTERS
        && (1..=OUTLET_WORDS).contains(&words)
        && !outlet.contains([',', '.', ':']))
    .then_some(outlet)
}

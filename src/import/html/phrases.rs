//! Short texts of a page, and when two of them say the same.

use crate::import::thresholds::OPENING_LETTERS;
use crate::model::printable;

/// One line of text: white space squeezed, references that were escaped twice undone, marks where a
/// word may be broken left out.
pub(super) fn clean(text: &str) -> String {
    let text = text
        .replace("&amp;", "&")
        .replace("&quot;", "\"")
        .replace("&#39;", "'")
        .replace("&#039;", "'")
        .replace(['\u{ad}', '\u{200b}'], "");
    printable(&text).split_whitespace().collect::<Vec<_>>().join(" ")
}

pub(super) fn words(text: &str) -> Vec<String> {
    let lower = text.to_lowercase();
    lower
        .split(|c: char| !c.is_alphanumeric())
        .filter(|w| !w.is_empty())
        .map(str::to_owned)
        .collect()
}

pub(super) fn is_same(one: &str, other: &str) -> bool {
    !other.is_empty() && words(one) == words(other)
}

/// The letters and digits of a text, for comparing what is set differently.
pub(super) fn letters(text: &str) -> impl Iterator<Item = char> + '_ {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase)
}

/// As many of them as tell one text from another.
pub(super) fn opening(text: &str) -> String {
    letters(text).take(OPENING_LETTERS).collect()
}

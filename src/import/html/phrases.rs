//! Short texts of a page, and when two of them say the same.

use crate::import::thresholds::OPENING_LETTERS;
use crate::model::printable;

/// One line of text: white space squeezed, references that were escaped twice undone, marks where a
/// word may be broken left out.
pub(super) fn clean(text: &str) -> String {
    let text =
        text.replace("&amp;", "&").replace("&quot;", "\"").replace(['\u{ad}', '\u{200b}'], "");
    printable(&with_characters(&text)).split_whitespace().collect::<Vec<_>>().join(" ")
}

/// `Jos&#xE9; &#38; son` → `José & son`
fn with_characters(text: &str) -> String {
    let mut parts = text.split("&#");
    let mut out = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let character = part.split_once(';').and_then(|(number, rest)| {
            let hex = number.strip_prefix(['x', 'X']);
            let code = hex.map_or_else(|| number.parse(), |hex| u32::from_str_radix(hex, 16));
            Some((char::from_u32(code.ok()?)?, rest))
        });
        if let Some((character, rest)) = character {
            out.push(character);
            out.push_str(rest);
        } else {
            out.push_str("&#");
            out.push_str(part);
        }
    }
    out
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

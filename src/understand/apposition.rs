//! Companies that no list knows, by what is said beside their name: `the Swedish battery maker Nordlys`.

use super::lexicon::{self, Lexicon};
use crate::source::Span;

/// How many words may stand between the trade and the name: `le fabricant suédois de batteries Nordlys`.
const GAP: usize = 4;
/// How many words a name may have.
const WORDS: usize = 3;

/// The names that stand beside a trade, with the bytes they stand at. Each may still be something else.
#[must_use]
pub fn names<'t>(text: &'t str, lexicon: &Lexicon) -> Vec<(Span, &'t str)> {
    // German nouns have capitals as well, so that nothing tells a name there.
    if lexicon.code == "de" {
        return Vec::new();
    }
    let lower = lexicon::lower_of_same_length(text);
    let trades = lexicon.list("trades");
    let mut found: Vec<(Span, &str)> = Vec::new();
    for trade in trades {
        for (at, _) in lower.match_indices(trade.as_str()) {
            let end = at + trade.len();
            if stands_alone(&lower, at, end, trade)
                && let Some(span) = name_behind(text, end, lexicon)
            {
                found.push((span.clone(), &text[span]));
            }
        }
    }
    found.sort_by_key(|(span, _)| (span.start, span.end));
    found.dedup_by(|later, first| later.0.start < first.0.end);
    found
}

/// Whether a trade is a word of its own.
fn stands_alone(lower: &str, at: usize, end: usize, trade: &str) -> bool {
    let is_letter = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    let (before, after) = (lower[..at].chars().next_back(), lower[end..].chars().next());
    lexicon::is_dense(trade) || !is_letter(before) && !is_letter(after)
}

/// The words with capitals that follow, right behind or after a few small words.
fn name_behind(text: &str, from: usize, lexicon: &Lexicon) -> Option<Span> {
    let mut at = from;
    for _ in 0..=GAP {
        let rest = text[at..].trim_start_matches([' ', '«', '„', '“', '"', '「', '『']);
        let start = text.len() - rest.len();
        let word = rest.split([' ', '\n']).next()?;
        let bare = bare(word, lexicon);
        if bare.is_empty() {
            return None;
        }
        if is_capital(bare) {
            return Some(start..start + run(rest, lexicon));
        }
        // Any mark ends the phrase, and in these languages the name stands right behind the trade.
        let follows = matches!(lexicon.code, "en" | "da" | "no" | "sv" | "tr" | "ja" | "ko" | "zh");
        if follows || bare.len() < word.len() {
            return None;
        }
        at = start + word.len();
    }
    None
}

/// How long the run of words with capitals is that a text begins with.
fn run(text: &str, lexicon: &Lexicon) -> usize {
    let mut end = 0;
    let mut at = 0;
    for word in text.split(' ').take(WORDS) {
        let bare = bare(word, lexicon);
        if !is_capital(bare) {
            break;
        }
        end = at + bare.len();
        if bare.len() < word.len() {
            break;
        }
        at += word.len() + 1;
    }
    end
}

/// A word without the marks and the particles behind it.
fn bare<'t>(word: &'t str, lexicon: &Lexicon) -> &'t str {
    let marks = word.find(|c: char| !c.is_alphanumeric() && !matches!(c, '-' | '&' | '.' | '\''));
    let word = marks.map_or(word, |end| &word[..end]).trim_end_matches(['.', '-', '\'']);
    let word = word.split(['\'', '’']).next().unwrap_or(word);
    if matches!(lexicon.code, "ja" | "zh" | "ko") {
        // A name in Latin letters, or in katakana; what is behind it is no part of it.
        let first = word.chars().next();
        let is_name = |c: char| {
            let is_katakana = |c| ('\u{30a0}'..='\u{30ff}').contains(&c);
            if first.is_some_and(is_katakana) { is_katakana(c) } else { c.is_ascii_alphanumeric() }
        };
        return word.find(|c| !is_name(c)).map_or(word, |end| &word[..end]);
    }
    word
}

/// Whether a word may be a name, or part of one; an abbreviation may be anything.
fn is_capital(word: &str) -> bool {
    let is_katakana = word.starts_with(|c| ('\u{30a1}'..='\u{30fa}').contains(&c));
    let is_short = word.len() < 5 && word.chars().all(char::is_uppercase);
    let has_capital = word.starts_with(char::is_uppercase) && !is_short;
    word.chars().count() > 2 && (has_capital || is_katakana)
}

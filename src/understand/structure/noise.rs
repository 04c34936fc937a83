//! Lines of a page that are not its article: share buttons, teasers, captions, comments, notices.

use super::thresholds::{
    CAPTION_NAME_WIDTH, CAPTION_WIDTH, COMMENTS_HEADING_WIDTH, NOISE_CUE_WIDTH,
    NOISE_SECOND_CUE_WIDTH, NOISE_SENTENCES_CUE_WIDTH, NOISE_SENTENCES_WIDTH, RATES_LINE_WIDTH,
    RELATED_HEADING_WIDTH, RIGHTS_LINE_WIDTH,
};
use super::{Block, is_prose, width};
use crate::understand::lexicon::Lexicon;

/// What a line is that is not part of the article.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Noise {
    /// `Most read`: a heading over links to other articles.
    Related,
    /// `Event: ...`, `Job: ...`
    Notice,
    /// `Read also: ...`: one link to another article.
    Teaser,
    /// A heading over what readers wrote.
    Comments,
    /// Rights, imprint, contact.
    Closing,
    /// Buttons, adverts, notices, tags.
    Chrome,
    /// Words under a picture.
    Caption,
}

/// Whether each block is, by its own words, no part of an article: a teaser, a button, a caption.
#[must_use]
pub fn noise(blocks: &[Block], lexicon: &Lexicon) -> Vec<bool> {
    blocks.iter().map(|block| noise_of(&block.text, lexicon).is_some()).collect()
}

/// What kind of noise a block is; `None` for text of the article.
pub(super) fn noise_of(text: &str, lexicon: &Lexicon) -> Option<Noise> {
    let lower = plain_marks(&text.to_lowercase());
    // `12 comments`, `> Most read`, `[Photo]`
    let lower = lower.trim_start_matches(|c: char| {
        c.is_ascii_digit() || matches!(c, ' ' | '>' | '+' | '-' | '•' | '»' | '→' | '#')
    });
    let wide = width(text);
    let prose = is_prose(text);
    if prose && wide > NOISE_SENTENCES_WIDTH && !lower.contains(['©', 'ⓒ']) {
        let said = lexicon
            .begins("chrome", lower)
            .is_some_and(|cue| width(cue) >= NOISE_SENTENCES_CUE_WIDTH);
        return match wide < CAPTION_WIDTH {
            true if is_caption(text, lower, lexicon) => Some(Noise::Caption),
            true if said => Some(Noise::Chrome),
            _ => None,
        };
    }
    if is_ticker(text) {
        return Some(Noise::Chrome);
    }
    let found = |name: &str| {
        let cue = lexicon.begins(name, lower)?;
        let rest = lower[cue.len()..].trim_start();
        // A sentence may begin with a word that is also a button.
        let told = rest.is_empty() || rest.starts_with([':', '|', '(', '-', '–']);
        let long = |word: &str| width(word) >= NOISE_SECOND_CUE_WIDTH;
        let twice = || lexicon.list(name).any_inside(rest, long);
        (!prose || told || width(cue) >= NOISE_CUE_WIDTH || twice()).then_some(rest)
    };
    if let Some(rest) = found("comments") {
        let bare = rest.trim_matches(|c: char| !c.is_alphabetic()).is_empty();
        return Some(if bare || wide < COMMENTS_HEADING_WIDTH {
            Noise::Comments
        } else {
            Noise::Teaser
        });
    }
    if let Some(rest) = found("related") {
        let more = rest.trim_matches(|c: char| !c.is_alphanumeric());
        let content =
            rest.starts_with(':') && !more.is_empty() || width(more) > RELATED_HEADING_WIDTH;
        return Some(if content { Noise::Teaser } else { Noise::Related });
    }
    if found("notices").is_some() {
        return Some(Noise::Notice);
    }
    if is_caption(text, lower, lexicon) {
        return Some(Noise::Caption);
    }
    if found("closing").is_some() || lower.contains(['©', 'ⓒ']) && wide < RIGHTS_LINE_WIDTH {
        return Some(Noise::Closing);
    }
    (found("chrome").is_some() || is_aside(text) && !prose).then_some(Noise::Chrome)
}

/// A line that ends with who took the picture.
fn is_caption(text: &str, lower: &str, lexicon: &Lexicon) -> bool {
    if width(text) > CAPTION_WIDTH || lower.starts_with('©') {
        return false;
    }
    lexicon.list("caption").places(lower).any(|(at, cue)| {
        let rest = &lower[at + cue.len()..];
        let before = lower[..at].chars().next_back();
        let free = before.is_none_or(|c| !c.is_alphanumeric()) || cue.starts_with('/');
        let whole = !cue.ends_with(char::is_alphanumeric)
            || rest.chars().next().is_none_or(|c| !c.is_alphanumeric());
        // In a sentence the cue must be marked as one; behind it stands a name.
        let marked =
            cue.ends_with([':', '：', '=', '＝']) || cue.starts_with(['(', '（', '/', '[']);
        free && whole
            && !rest.contains(cue)
            && width(rest.trim()) <= CAPTION_NAME_WIDTH
            && (marked || !is_prose(text))
            && !has_sentence(rest.trim())
    })
}

/// Whether a full stop that ends no initial stands before more text.
fn has_sentence(text: &str) -> bool {
    text.match_indices(". ").any(|(at, _)| {
        text[..at].rsplit(|c: char| !c.is_alphabetic()).next().is_some_and(|word| width(word) > 2)
    })
}

/// Whether a line gives rates of several currencies, with the day they are of.
fn is_ticker(text: &str) -> bool {
    const CODES: [&str; 10] =
        ["USD", "EUR", "GBP", "JPY", "CNY", "CHF", "RUB", "TRY", "KZT", "INR"];
    let words = text.split(|c: char| !c.is_alphabetic());
    width(text) < RATES_LINE_WIDTH && words.filter(|word| CODES.contains(word)).count() > 1
}

/// `(Photo: a picture agency)`: a line that is one pair of brackets.
fn is_aside(text: &str) -> bool {
    text.starts_with('(') && text.ends_with(')') || text.starts_with('（') && text.ends_with('）')
}

/// The text with the full-width marks of East Asian typography as plain ones.
pub(super) fn plain_marks(text: &str) -> String {
    if text.is_ascii() {
        return text.to_owned();
    }
    text.chars()
        .map(|c| match c {
            '：' => ':',
            '｜' => '|',
            '／' => '/',
            '（' => '(',
            '）' => ')',
            '，' => ',',
            '＞' => '>',
            '\u{3000}' | '\u{a0}' => ' ',
            c => c,
        })
        .collect()
}

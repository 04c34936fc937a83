//! Lines of a page that are not its article: share buttons, teasers, captions, comments, notices.

use super::{Block, Reader, is_prose, width};

/// Longer paragraphs of sentences are never taken for noise by their first word.
const LONG: usize = 130;
/// Longer lines hold more than a caption.
const CAPTION: usize = 240;

/// What a line is that is not part of the article.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Noise {
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

impl Reader<'_> {
    /// What kind of noise a block is; `None` for text of the article.
    pub(super) fn noise(&self, block: &Block) -> Option<Noise> {
        let text = block.text.as_str();
        let lower = plain_marks(&text.to_lowercase());
        // `12 comments`, `> Most read`, `[Photo]`
        let lower = lower.trim_start_matches(|c: char| {
            c.is_ascii_digit() || matches!(c, ' ' | '>' | '+' | '-' | '•' | '»' | '→' | '#')
        });
        let wide = width(text);
        let prose = is_prose(text);
        if prose && wide > LONG && !lower.contains(['©', 'ⓒ']) {
            let said = self.lexicon.begins("chrome", lower).is_some_and(|cue| width(cue) >= 20);
            return match wide < CAPTION {
                true if self.is_caption(text, lower) => Some(Noise::Caption),
                true if said => Some(Noise::Chrome),
                _ => None,
            };
        }
        if is_ticker(text) {
            return Some(Noise::Chrome);
        }
        let found = |name: &str| {
            let cue = self.lexicon.begins(name, lower)?;
            let rest = lower[cue.len()..].trim_start();
            // A sentence may begin with a word that is also a button.
            let told = rest.is_empty() || rest.starts_with([':', '|', '(', '-', '–']);
            let twice = || {
                let words = self.lexicon.list(name).iter();
                words.filter(|word| width(word) >= 7).any(|word| rest.contains(word.as_str()))
            };
            (!prose || told || width(cue) >= 12 || twice()).then_some(rest)
        };
        if let Some(rest) = found("comments") {
            let bare = rest.trim_matches(|c: char| !c.is_alphabetic()).is_empty();
            return Some(if bare || wide < 60 { Noise::Comments } else { Noise::Teaser });
        }
        if let Some(rest) = found("related") {
            let more = rest.trim_matches(|c: char| !c.is_alphanumeric());
            let content = rest.starts_with(':') && !more.is_empty() || width(more) > 24;
            return Some(if content { Noise::Teaser } else { Noise::Related });
        }
        if found("notices").is_some() {
            return Some(Noise::Notice);
        }
        if self.is_caption(text, lower) {
            return Some(Noise::Caption);
        }
        if found("closing").is_some() || lower.contains(['©', 'ⓒ']) && wide < 200 {
            return Some(Noise::Closing);
        }
        (found("chrome").is_some() || is_aside(text) && wide < CAPTION).then_some(Noise::Chrome)
    }

    /// A line that ends with who took the picture.
    fn is_caption(&self, text: &str, lower: &str) -> bool {
        if width(text) > CAPTION || lower.starts_with('©') {
            return false;
        }
        self.lexicon.list("caption").iter().any(|cue| {
            lower.rfind(cue.as_str()).is_some_and(|at| {
                let rest = lower[at + cue.len()..].trim();
                let before = lower[..at].chars().next_back();
                let free = before.is_none_or(|c| !c.is_alphanumeric()) || cue.starts_with('/');
                let whole = !cue.ends_with(char::is_alphanumeric)
                    || lower[at + cue.len()..].chars().next().is_none_or(|c| !c.is_alphanumeric());
                // In a sentence the cue must be marked as one; behind it stands a name.
                let marked =
                    cue.ends_with([':', '：', '=', '＝']) || cue.starts_with(['(', '（', '/', '[']);
                free && whole
                    && width(rest) <= 45
                    && (marked || !is_prose(text))
                    && !has_sentence(rest)
            })
        })
    }
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
    width(text) < 120 && words.filter(|word| CODES.contains(word)).count() > 1
}

/// `(Photo: a picture agency)`: a line that is one pair of brackets.
fn is_aside(text: &str) -> bool {
    text.starts_with('(') && text.ends_with(')') || text.starts_with('（') && text.ends_with('）')
}

/// The text with the full-width marks of East Asian typography as plain ones.
pub(super) fn plain_marks(text: &str) -> String {
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

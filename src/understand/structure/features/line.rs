//! One line by itself: its length, its marks, its words.

use rustc_hash::{FxHashMap, FxHashSet};

use super::super::units::Unit;
use super::super::{is_stop, ratio, width};
use crate::understand::lexicon::{self, Lexicon};

/// What one line shows by itself.
pub(super) struct Line {
    pub(super) width: usize,
    pub(super) words: usize,
    pub(super) stops: usize,
    pub(super) end: usize,
    pub(super) start: usize,
    pub(super) function: f64,
    pub(super) capitals: f64,
    pub(super) lower: String,
    /// Its words of some length, in lower case.
    pub(super) content: Vec<u64>,
}

impl Line {
    pub(super) fn of(text: &str, common: &Common) -> Self {
        let lower = text.to_lowercase();
        let dense = lexicon::is_dense(text);
        let words: Vec<&str> =
            lower.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
        let count = if dense { width(text) / 4 } else { words.len() };
        let hits = if dense {
            text.chars().filter(|c| common.letters.contains(c)).count() * 2
        } else {
            words.iter().filter(|word| common.words.contains(**word)).count()
        };
        let mut capitals = (0, 0);
        for word in text.split_whitespace() {
            let letter = word.chars().find(|c| c.is_alphanumeric());
            let Some(letter) = letter.filter(|c| c.is_alphabetic()) else { continue };
            capitals.1 += 1;
            capitals.0 += usize::from(letter.is_uppercase());
        }
        let mut content: Vec<u64> = if dense {
            let letters: Vec<char> = text.chars().filter(|c| lexicon::is_dense_char(*c)).collect();
            letters.windows(2).map(|two| hash(&two.iter().collect::<String>())).collect()
        } else {
            let long = |word: &&&str| word.chars().count() > 3 && !common.words.contains(**word);
            words.iter().filter(long).map(|word| hash(stem(word))).collect()
        };
        content.sort_unstable();
        content.dedup();
        Self {
            width: width(text),
            words: count,
            stops: stops(text),
            end: end(text),
            start: start(text),
            function: ratio(hits, count.max(1)).min(1.0),
            capitals: ratio(capitals.0, capitals.1.max(1)),
            lower,
            content,
        }
    }

    /// How much running text a line holds, in Latin letters: none where it is no sentence.
    pub(super) fn prose(&self) -> f64 {
        let sentence = self.stops > 0 || matches!(self.end, 1 | 6);
        let likely = self.function >= 0.12 && (sentence || self.width >= 140);
        let whole = f64::from(u32::try_from(self.width.min(600)).unwrap_or(600));
        if likely && self.width >= 40 { whole } else { 0.0 }
    }
}

/// What stands often in the long lines of a text: its function words, whatever the language.
pub(super) struct Common {
    pub(super) words: FxHashSet<String>,
    pub(super) letters: Vec<char>,
}

pub(super) fn common_words(units: &[Unit<'_>], lexicon: &Lexicon) -> Common {
    let mut counts: FxHashMap<String, usize> = FxHashMap::default();
    let mut letters: FxHashMap<char, usize> = FxHashMap::default();
    for unit in units.iter().filter(|unit| unit.glued || width(unit.text) > 90) {
        for word in unit.text.split(|c: char| !c.is_alphanumeric()) {
            let small = word.chars().next().is_some_and(char::is_lowercase);
            if small && word.chars().count() <= 5 {
                *counts.entry(word.to_owned()).or_default() += 1;
            }
        }
        for c in unit.text.chars().filter(|c| lexicon::is_dense_char(*c)) {
            *letters.entry(c).or_default() += 1;
        }
    }
    let mut often: Vec<(usize, String)> =
        counts.into_iter().filter(|(_, n)| *n > 2).map(|(word, n)| (n, word)).collect();
    often.sort_unstable_by(|a, b| b.0.cmp(&a.0).then_with(|| a.1.cmp(&b.1)));
    let mut words: FxHashSet<String> = often.into_iter().take(25).map(|(_, word)| word).collect();
    words.extend(lexicon.list("function").iter().cloned());
    let mut frequent: Vec<(usize, char)> = letters.into_iter().map(|(c, n)| (n, c)).collect();
    frequent.sort_unstable_by(|a, b| b.cmp(a));
    Common { words, letters: frequent.into_iter().take(20).map(|(_, c)| c).collect() }
}

/// How many sentences end in a text before its last character.
pub(super) fn stops(text: &str) -> usize {
    let mut chars = text.chars().peekable();
    let mut count = 0;
    let mut word = 0;
    while let Some(c) = chars.next() {
        let next = chars.peek().copied();
        let ends = match c {
            '。' | '！' | '？' => true,
            '.' | '!' | '?' => word > 2 && next == Some(' '),
            _ => false,
        };
        count += usize::from(ends && next.is_some());
        word = if c.is_alphanumeric() { word + 1 } else { 0 };
    }
    count.min(3)
}

/// How a text ends: 0 in a word, 1 with a full stop, 2 colon, 3 ellipsis, 4 comma, 5 another mark, 6 a
/// quotation or bracket behind a full stop.
pub(super) fn end(text: &str) -> usize {
    let bare = text.trim_end_matches(['"', '”', '“', '»', '’', '\'', ')', '」', '』', '）', ' ']);
    let closed = bare.len() < text.trim_end().len();
    match bare.chars().next_back() {
        Some('…') => 3,
        Some('.') if bare.ends_with("..") => 3,
        Some(c) if is_stop(c) => 1 + 5 * usize::from(closed),
        Some(':' | '：') => 2,
        Some(',' | ';' | '、' | '，' | '-' | '–') => 4,
        Some(c) if c.is_alphanumeric() => 5 * usize::from(closed),
        _ => 5,
    }
}

/// How a text starts: 0 small letter, 1 capital, 2 digit, 3 quotation, 4 bracket, 5 script without
/// capitals, 6 a mark that goes on with a sentence, 7 another one.
pub(super) fn start(text: &str) -> usize {
    match text.chars().next() {
        Some(c) if c.is_lowercase() => 0,
        Some(c) if c.is_uppercase() => 1,
        Some(c) if c.is_ascii_digit() => 2,
        Some('“' | '"' | '„' | '«' | '「' | '\'' | '‘' | '『') => 3,
        Some('(' | '[' | '（' | '【') => 4,
        Some(c) if c.is_alphabetic() => 5,
        Some(',' | '.' | ';' | ':' | '!' | '?' | ')' | '”' | '’' | '，' | '。' | '、') => 6,
        _ => 7,
    }
}

/// Whether a text shows a time of day: `14:05`, `4.10pm`.
pub(super) fn has_clock(text: &str) -> bool {
    let bytes = text.as_bytes();
    bytes.windows(4).any(|w| {
        w[0].is_ascii_digit()
            && matches!(w[1], b':' | b'.' | b'h')
            && w[2].is_ascii_digit()
            && w[3].is_ascii_digit()
    }) && text.contains(':')
}

/// The first letters of a word, so that inflected forms are the same.
pub(super) fn stem(word: &str) -> &str {
    word.char_indices().nth(6).map_or(word, |(at, _)| &word[..at])
}

pub(super) fn hash(word: &str) -> u64 {
    // FNV-1a; only equality within one text matters.
    word.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    })
}

pub(in super::super) fn is_shouted(text: &str) -> bool {
    let (mut upper, mut lower) = (0, 0);
    for c in text.chars() {
        upper += usize::from(c.is_uppercase());
        lower += usize::from(c.is_lowercase());
    }
    upper > 3 && lower == 0
}

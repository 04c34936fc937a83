//! What reports of one event have in common in any language: figures, and names in Latin letters.

use rustc_hash::FxHashMap;

use super::thresholds::{COMMON_NUMBERS_BELOW, FIGURES_UP_TO, PARTICULARS, RARITY_ARTICLES};
use crate::parse::words::{Word, is_dense, together};

/// No word for a large number need be read further.
const LONGEST_WORD: usize = 10;

/// Words for large numbers by their beginnings, with the power of ten they mean in news.
const MAGNITUDES: &[(&str, i32)] = &[
    ("milliard", 9),
    ("miliard", 9),
    ("miliar", 9),
    ("billion", 9),
    ("mrd", 9),
    ("mia", 9),
    ("bn", 9),
    ("tỷ", 9),
    ("tỉ", 9),
    ("млрд", 9),
    ("миллиард", 9),
    ("мільярд", 9),
    ("million", 6),
    ("millones", 6),
    ("milhões", 6),
    ("milioni", 6),
    ("milyon", 6),
    ("milion", 6),
    ("miljo", 6),
    ("triệu", 6),
    ("juta", 6),
    ("mio", 6),
    ("mln", 6),
    ("млн", 6),
    ("亿", 8),
    ("億", 8),
    ("억", 8),
    ("万", 4),
    ("萬", 4),
    ("만", 4),
];

/// Takes up the particulars of a text, word by word.
#[derive(Debug)]
pub(super) struct Collector<'a> {
    text: &'a str,
    /// As hashes, those that come first first.
    found: Vec<u32>,
    number_end: usize,
}

impl<'a> Collector<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        Self { text, found: Vec::new(), number_end: 0 }
    }

    /// Looks at the next word.
    pub(super) fn take(&mut self, word: &Word) {
        let range = word.range();
        if self.found.len() == PARTICULARS || word.is_dense || range.start < self.number_end {
            return;
        }
        let hash = if self.text.as_bytes()[range.start].is_ascii_digit() {
            let (number, end) = number(&self.text[range.start..]);
            self.number_end = range.start + end;
            number.map(|number| together(std::iter::once(number)))
        } else {
            is_name(self.text, word).then_some(word.hash)
        };
        if let Some(hash) = hash.map(short).filter(|hash| !self.found.contains(hash)) {
            self.found.push(hash);
        }
    }

    pub(super) fn finish(self) -> Vec<u32> {
        self.found
    }
}

/// The hash by which a word of a name is known here.
pub(super) fn of_name(word: &Word) -> u32 {
    short(word.hash)
}

fn short(hash: u64) -> u32 {
    u32::try_from(hash >> 32).unwrap_or(u32::MAX)
}

/// Whether a word has a capital that is not that of a sentence's beginning.
fn is_name(text: &str, word: &Word) -> bool {
    let range = word.range();
    let mut chars = text[range.clone()].chars();
    let is_latin =
        |c: char| matches!(c, 'A'..='Z' | '\u{c0}'..='\u{24f}' | '\u{1e00}'..='\u{1eff}');
    // Most words do not, and need no further look.
    if !chars.next().is_some_and(|c| is_latin(c) && c.is_uppercase()) {
        return false;
    }
    let before = text[..range.start].trim_end_matches([' ', '\u{a0}']).chars().next_back();
    let inside = before.is_some_and(|c| {
        c.is_alphanumeric() && !is_dense(c) || matches!(c, ',' | '(' | '-' | '/' | '&' | '\'')
    });
    chars.count() >= 2 && (inside || before.is_some_and(is_dense_or_mark))
}

fn is_dense_or_mark(c: char) -> bool {
    is_dense(c) || matches!(c, '，' | '、' | '（' | '“' | '「' | '。')
}

/// Reads the number at the beginning of a text with its magnitude; gives what it says, unless that is
/// too common to mean anything, and where it ends.
fn number(text: &str) -> (Option<u64>, usize) {
    let is_part = |c: char| c.is_ascii_digit() || matches!(c, '.' | ',');
    let raw = text.find(|c| !is_part(c)).map_or(text, |end| &text[..end]);
    let raw = raw.trim_end_matches(['.', ',']);
    let mut groups = raw.split(['.', ',']);
    let first = groups.next().unwrap_or("");
    let rest: Vec<&str> = groups.collect();
    let is_thousands = !rest.is_empty() && rest.iter().all(|group| group.len() == 3);
    let plain = if is_thousands || rest.is_empty() {
        format!("{first}{}", rest.concat())
    } else {
        format!("{first}.{}", rest.concat())
    };
    let Ok(value) = plain.parse::<f64>() else { return (None, raw.len()) };
    let behind = text[raw.len()..].trim_start_matches([' ', '\u{a0}']).chars();
    let behind: String = behind.take(LONGEST_WORD).flat_map(char::to_lowercase).collect();
    let magnitude = MAGNITUDES.iter().find(|(word, _)| behind.starts_with(word));
    let value = value * 10_f64.powi(magnitude.map_or(0, |(_, power)| *power));
    // Small whole numbers are days and counts of anything.
    let is_common = value < COMMON_NUMBERS_BELOW && value.fract() == 0.0 || value > FIGURES_UP_TO;
    // Three digits, so that what was rounded differently is the same.
    (
        (!is_common).then(|| format!("{value:.2e}").parse::<f64>().unwrap_or(value).to_bits()),
        raw.len(),
    )
}

/// How many articles have each particular.
#[derive(Debug, Default)]
pub(super) struct Rarity {
    counts: FxHashMap<u32, u32>,
    articles: f64,
}

impl Rarity {
    pub(super) fn new<'a>(articles: impl Iterator<Item = &'a [u32]>) -> Self {
        let mut rarity = Self::default();
        for particulars in articles {
            rarity.articles += 1.0;
            for &particular in particulars {
                *rarity.counts.entry(particular).or_default() += 1;
            }
        }
        rarity
    }

    /// How much it says that two articles have a particular in common: 1 for the rarest.
    pub(super) fn of(&self, particular: u32) -> f64 {
        let count = f64::from(self.counts.get(&particular).copied().unwrap_or(1));
        // In a small digest even the rarest may just be what everybody writes about.
        let all = self.articles.max(RARITY_ARTICLES);
        (all / count).ln().max(0.0) / all.ln()
    }
}

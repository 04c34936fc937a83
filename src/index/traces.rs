//! What a text leaves in its copies: enough to find them, small enough to keep for every article.
//!
//! That is a one-permutation `MinHash` of 32 shares, hashes of long quotations, hashes of figures and names:
//! 60 to 250 bytes an article. They are taken where an article is read and kept in the build cache, so
//! that a second build compares all articles without reading their texts. Texts decide stories and
//! origins, so the outline has a hash of who goes with whom.

use rayon::prelude::*;
use rustc_hash::{FxHashMap, FxHashSet};
use serde::{Deserialize, Serialize};

use super::IndexedArticle;
use super::particulars::Collector;
use super::thresholds::{
    COPIED_SHARE, COPY_BYTES, COPY_DAYS, DENSE_SHINGLE_CHARACTERS, FEWEST_SHINGLES,
    QUOTATION_WORDS, QUOTATIONS, SHINGLE_WORDS, SKETCH_BAND, SKETCH_SHARES,
};
use crate::model::{Article, PartialDate};
use crate::parse::words::{Word, together, words};

/// The traces of one text.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Traces {
    /// The least hash in each share, or nothing for a short text (after "One Permutation Hashing",
    /// Li, Owen and Zhang 2012).
    sketch: Vec<u16>,
    /// Hashes of its long quotations.
    pub quotations: Vec<u32>,
    /// Hashes of the figures and names in it.
    pub particulars: Vec<u32>,
}

impl Traces {
    /// The traces of an article, whose markup counts for nothing: of its quotations only where it
    /// claims something, of its particulars only where it is about two companies.
    #[must_use]
    pub fn of(article: &Article) -> Self {
        let text: &str = &article.body;
        let has_claims = !article.partnerships.is_empty();
        let has_pair = has_claims || article.companies.len() > 1;
        let mut sketch = vec![u16::MAX; SKETCH_SHARES];
        let mut count = 0;
        let mut shingler = Shingler::default();
        let mut particulars = Collector::new(text);
        for word in words(beginning(text)) {
            if has_pair {
                particulars.take(&word);
            }
            if let Some(hash) = shingler.take(&word) {
                let [share, _, high, low, ..] = hash.to_be_bytes();
                let share = &mut sketch[usize::from(share) % SKETCH_SHARES];
                *share = (*share).min(u16::from_be_bytes([high, low]));
                count += 1;
            }
        }
        if count < FEWEST_SHINGLES {
            sketch = Vec::new();
        }
        Self {
            sketch,
            quotations: if has_claims { quotations(text) } else { Vec::new() },
            particulars: particulars.finish(),
        }
    }
}

/// As much of a text as tells it from others.
fn beginning(text: &str) -> &str {
    let end = (0..=text.len().min(COPY_BYTES)).rfind(|&at| text.is_char_boundary(at));
    &text[..end.unwrap_or(0)]
}

/// Takes words and gives the hash of every run of them.
#[derive(Debug, Default)]
struct Shingler {
    /// The last prefixes of the text as numbers to the base of `BASE`.
    prefixes: [u64; (DENSE_SHINGLE_CHARACTERS + 1).next_power_of_two()],
    seen: usize,
}

impl Shingler {
    /// The hash of the run that ends with this word, once there are enough.
    fn take(&mut self, word: &Word) -> Option<u64> {
        /// Any large odd number.
        const BASE: u64 = 0x9e37_79b9_7f4a_7c15;
        /// What a prefix has become so many words later.
        const LATER: [u64; 2] = [BASE.wrapping_pow(5), BASE.wrapping_pow(10)];
        let length = self.prefixes.len();
        let place = |at: usize| at % length;
        let prefix = self.prefixes[place(self.seen)].wrapping_mul(BASE).wrapping_add(word.hash);
        self.seen += 1;
        self.prefixes[place(self.seen)] = prefix;
        let (length, later) = if word.is_dense {
            (DENSE_SHINGLE_CHARACTERS, LATER[1])
        } else {
            (SHINGLE_WORDS, LATER[0])
        };
        let before = self.prefixes[place(self.seen.checked_sub(length)?)];
        let run = prefix.wrapping_sub(before.wrapping_mul(later));
        // The upper bits choose the share, so the lower ones must reach them.
        Some((run ^ run >> 29).wrapping_mul(BASE))
    }
}

/// The hashes of what stands in quotation marks, where it is long.
fn quotations(text: &str) -> Vec<u32> {
    let mut found = Vec::new();
    let mut open: Option<(usize, char)> = None;
    // The first bytes of all marks; most texts have none of them.
    let bytes = text.as_bytes();
    if memchr::memchr3(b'"', 0xe2, 0xc2, bytes).is_none() && memchr::memchr(0xe3, bytes).is_none() {
        return found;
    }
    for (at, c) in text.char_indices() {
        match (open, c) {
            (_, '\n') => open = None,
            (Some((from, close)), c) if c == close || (close == '”' && c == '“') => {
                let hashes: Vec<Word> = words(&text[from..at]).collect();
                let dense = hashes.iter().filter(|word| word.is_dense).count();
                if hashes.len() - dense / 2 >= QUOTATION_WORDS {
                    let bytes = together(hashes.iter().map(|word| word.hash)).to_be_bytes();
                    found.push(u32::from_be_bytes([bytes[0], bytes[1], bytes[2], bytes[3]]));
                }
                open = None;
            }
            (None, '"') => open = Some((at + 1, '"')),
            (None, '“' | '„') => open = Some((at + c.len_utf8(), '”')),
            (None, '«') => open = Some((at + c.len_utf8(), '»')),
            (None, '»') => open = Some((at + c.len_utf8(), '«')),
            (None, '「') => open = Some((at + c.len_utf8(), '」')),
            _ => {}
        }
    }
    found.sort_unstable();
    found.dedup();
    found.truncate(QUOTATIONS);
    found
}

/// Pairs of articles of which one is a copy of the other: the same language, published at about the
/// same time, most of the shorter text in the longer one.
///
/// An article is compared with few others: those before it, by date, that share a band with it.
#[must_use]
pub fn copies(articles: &[IndexedArticle]) -> Vec<(usize, usize)> {
    let mut languages: FxHashMap<&str, u64> = FxHashMap::default();
    let mut sketches: Vec<(usize, u64, [u16; SKETCH_SHARES])> = Vec::with_capacity(articles.len());
    for (at, entry) in articles.iter().enumerate() {
        let next = languages.len() as u64;
        let language = *languages.entry(entry.article().lang.primary()).or_insert(next);
        // A short text has none.
        if let Ok(sketch) = entry.traces.sketch[..].try_into() {
            sketches.push((at, language, sketch));
        }
    }
    let bands = (0..SKETCH_SHARES).step_by(SKETCH_BAND).collect::<Vec<_>>().into_par_iter();
    let mut alike: Vec<(usize, usize)> = bands.flat_map_iter(|at| alike(&sketches, at)).collect();
    alike.par_sort_unstable();
    alike.dedup();
    alike.retain(|&(one, other)| is_copy(&articles[one], &articles[other]));
    alike
}

/// Articles with the one before them in the same language that has the same shares from `first` on.
/// Each is given by its position, a number for its language, and its sketch.
fn alike(sketches: &[(usize, u64, [u16; SKETCH_SHARES])], first: usize) -> Vec<(usize, usize)> {
    let mut last: FxHashMap<u64, usize> = FxHashMap::default();
    last.reserve(sketches.len());
    let mut found = Vec::new();
    for (at, language, sketch) in sketches {
        let shares = &sketch[first..first + SKETCH_BAND];
        let key = shares.iter().fold(*language, |key, share| key << 16 | u64::from(*share));
        if !shares.contains(&u16::MAX)
            && let Some(other) = last.insert(key, *at)
        {
            found.push((other, *at));
        }
    }
    found
}

fn is_copy(one: &IndexedArticle, other: &IndexedArticle) -> bool {
    let near = match (one.article().date, other.article().date) {
        (Some(one), Some(other)) => gap(one, other) <= COPY_DAYS,
        _ => true,
    };
    near && {
        let set = |entry: &IndexedArticle| {
            let mut all: FxHashSet<u64> = FxHashSet::default();
            let mut shingler = Shingler::default();
            let text = entry.article().body.fleeting();
            all.extend(words(beginning(&text)).filter_map(|word| shingler.take(&word)));
            all
        };
        let (one, other) = (set(one), set(other));
        let both = count(one.intersection(&other).count());
        both >= count(one.len().min(other.len())) * COPIED_SHARE
    }
}

fn count(number: usize) -> f64 {
    f64::from(u32::try_from(number).unwrap_or(u32::MAX))
}

/// How many days lie between two dates at least.
#[must_use]
pub(super) fn gap(one: PartialDate, other: PartialDate) -> i32 {
    apart(days(one), days(other))
}

/// The first and the last day that a date can mean.
#[must_use]
pub(super) fn days(date: PartialDate) -> (i32, i32) {
    (date.first_day(), date.last_day())
}

/// How many days lie between two stretches of days.
#[must_use]
pub(super) fn apart(one: (i32, i32), other: (i32, i32)) -> i32 {
    (one.0 - other.1).max(other.0 - one.1).max(0)
}

//! Which of the lines before the body is the headline.

use rustc_hash::FxHashSet;

use super::{Reader, width};
use crate::understand::features::float;
use crate::understand::lexicon::is_dense;
use crate::understand::structure::thresholds::{
    COLUMNS_LOSS, DENSE_SHORT_TITLE_PAIRS, DENSE_SHORT_TITLE_WIDTH, DENSE_TITLE_FULL_WIDTH,
    FULL_STOP_LOSS, REPEATED_TITLE_CHARACTERS, REPEATED_TITLE_FIFTHS, SHORT_TITLE_LOSS,
    SHORT_TITLE_WIDTH, SITE_NAME_LOSS, TITLE_COMPANIES, TITLE_COMPANY_SCORE, TITLE_FULL_WIDTH,
    TITLE_NEAR_BEST, TITLE_SCORE, TITLE_SHARED_WORD_CHARACTERS, TITLE_SHARED_WORD_SCORE,
    TITLE_SHARED_WORDS, TITLE_WIDTH_SCORE, WIDE_TITLE_LOSS, WIDE_TITLE_WIDTH,
};

impl Reader<'_> {
    /// The candidate that is the headline.
    pub(super) fn title(&self, candidates: &[&str], prose: &str) -> Option<usize> {
        let words = long_words(prose).collect();
        let scores: Vec<f64> =
            candidates.iter().map(|text| self.headline_score(text, prose, &words)).collect();
        let best = scores.iter().copied().fold(f64::MIN, f64::max);
        if best < TITLE_SCORE {
            return None;
        }
        let found = scores.iter().position(|&score| score >= best * TITLE_NEAR_BEST)?;
        // The page's title comes first, with the site's name; the headline itself comes after it.
        let repeated = candidates.iter().position(|text| {
            let clean =
                candidates[found].strip_prefix(text).or(candidates[found].strip_suffix(text));
            let most = text.len() * 5 > candidates[found].len() * REPEATED_TITLE_FIFTHS;
            text.chars().count() > REPEATED_TITLE_CHARACTERS
                && most
                && clean.is_some_and(|rest| !rest.is_empty())
        });
        Some(repeated.unwrap_or(found))
    }

    /// How much a line looks like the headline of the text below it, whose longer words are given too; 2 is much.
    pub(super) fn headline_score(&self, text: &str, prose: &str, words: &FxHashSet<&str>) -> f64 {
        let length = width(text);
        let dense = is_dense(text);
        let full = if dense { DENSE_TITLE_FULL_WIDTH } else { TITLE_FULL_WIDTH };
        let mut score = (float(length) / full).min(TITLE_WIDTH_SCORE);
        let shared = if dense { dense_overlap(text, prose) } else { overlap(text, words) };
        score += float(shared.min(TITLE_SHARED_WORDS)) * TITLE_SHARED_WORD_SCORE;
        score += float(self.gazetteer.count(text).min(TITLE_COMPANIES)) * TITLE_COMPANY_SCORE;
        let few = if dense {
            shared <= DENSE_SHORT_TITLE_PAIRS && length <= DENSE_SHORT_TITLE_WIDTH
        } else {
            shared == 0 && length <= SHORT_TITLE_WIDTH
        };
        if few {
            score -= SHORT_TITLE_LOSS;
        }
        if self.is_site(text) {
            score -= SITE_NAME_LOSS;
        }
        if text.ends_with(['.', '。']) && !text.ends_with("..") {
            score -= FULL_STOP_LOSS;
        }
        if length > WIDE_TITLE_WIDTH {
            score -= WIDE_TITLE_LOSS;
        }
        if text.contains(" | ") && shared == 0 {
            score -= COLUMNS_LOSS;
        }
        score
    }
}

/// How many longer words of a headline are among those of the body.
fn overlap(text: &str, words: &FxHashSet<&str>) -> usize {
    long_words(&text.to_lowercase()).filter(|word| words.contains(word)).count()
}

fn long_words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphanumeric())
        .filter(|word| word.chars().count() >= TITLE_SHARED_WORD_CHARACTERS)
}

/// `AUTONOMIA | il quotidiano dell'auto` → `AUTONOMIA`
pub(super) fn site_name(text: &str) -> &str {
    let name = [" | ", " – ", " — ", ".  "]
        .iter()
        .fold(text, |name, mark| name.split(mark).next().unwrap_or(name));
    name.trim_end_matches('.')
}

/// How many pairs of characters of a headline without spaces occur in the body.
fn dense_overlap(text: &str, prose: &str) -> usize {
    let chars: Vec<char> = text.chars().filter(|c| c.is_alphanumeric()).collect();
    chars.windows(2).filter(|pair| prose.contains(&pair.iter().collect::<String>())).count()
}

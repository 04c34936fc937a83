//! Which of the lines before the body is the headline.

use std::collections::HashSet;

use super::{Reader, width};
use crate::understand::features::float;
use crate::understand::lexicon::is_dense;

impl Reader<'_> {
    /// The candidate that is the headline.
    pub(super) fn title(&self, candidates: &[&str], prose: &str) -> Option<usize> {
        let scores: Vec<f64> =
            candidates.iter().map(|text| self.headline_score(text, prose)).collect();
        let best = scores.iter().copied().fold(f64::MIN, f64::max);
        if best < 0.45 {
            return None;
        }
        let found = scores.iter().position(|&score| score >= best * 0.85)?;
        // The page's title comes first, with the site's name; the headline itself comes after it.
        let repeated = candidates.iter().position(|text| {
            let clean =
                candidates[found].strip_prefix(text).or(candidates[found].strip_suffix(text));
            let most = text.len() * 5 > candidates[found].len() * 3;
            text.chars().count() > 12 && most && clean.is_some_and(|rest| !rest.is_empty())
        });
        Some(repeated.unwrap_or(found))
    }

    /// How much a line looks like the headline of the text below it; 0.45 is little, 2 is much.
    pub(super) fn headline_score(&self, text: &str, prose: &str) -> f64 {
        let length = width(text);
        let dense = is_dense(text);
        let full = if dense { 28.0 } else { 42.0 };
        let mut score = (float(length) / full).min(1.2);
        let shared = if dense { dense_overlap(text, prose) } else { overlap(text, prose) };
        score += float(shared.min(6)) * 0.25;
        score += float(self.gazetteer.count(text).min(3)) * 0.5;
        let few = if dense { shared <= 1 && length <= 26 } else { shared == 0 && length <= 36 };
        if few {
            score -= 0.9;
        }
        if self.is_site(text) {
            score -= 1.2;
        }
        if text.ends_with(['.', '。']) && !text.ends_with("..") {
            score -= 1.1;
        }
        if length > 180 {
            score -= 1.0;
        }
        if text.contains(" | ") && shared == 0 {
            score -= 0.8;
        }
        score
    }
}

/// How many longer words of a headline occur in the body.
fn overlap(text: &str, prose: &str) -> usize {
    let words: HashSet<&str> = long_words(prose).collect();
    long_words(&text.to_lowercase()).filter(|word| words.contains(word)).count()
}

fn long_words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|word| word.chars().count() > 3)
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

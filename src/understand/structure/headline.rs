//! Which of the lines before the body is the headline.

use std::collections::HashSet;

use super::Reader;
use crate::understand::lexicon::is_dense;

impl Reader<'_> {
    /// The candidate that is the headline.
    pub(super) fn title(&self, candidates: &[&str], prose: &str) -> Option<usize> {
        let words: HashSet<&str> =
            prose.split(|c: char| !c.is_alphanumeric()).filter(|w| w.chars().count() > 3).collect();
        let score = |text: &str| -> f64 {
            let length = text.chars().count();
            let dense = is_dense(text);
            let full = if dense { 14.0 } else { 42.0 };
            #[allow(clippy::cast_precision_loss)]
            let mut score = (length as f64 / full).min(1.2);
            let lower = text.to_lowercase();
            let all: Vec<&str> = lower
                .split(|c: char| !c.is_alphanumeric())
                .filter(|w| w.chars().count() > 3)
                .collect();
            let shared = if dense {
                dense_overlap(text, prose)
            } else {
                all.iter().filter(|w| words.contains(**w)).count()
            };
            score += f64::from(u32::try_from(shared.min(6)).unwrap_or(6)) * 0.25;
            score += f64::from(u32::try_from(self.gazetteer.count(text).min(3)).unwrap_or(3)) * 0.5;
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
        };
        let scores: Vec<f64> = candidates.iter().map(|text| score(text)).collect();
        let best = scores.iter().copied().fold(f64::MIN, f64::max);
        if best < 0.45 {
            return None;
        }
        scores.iter().position(|&score| score >= best * 0.85)
    }
}

/// A headline without the site's name behind it.
pub(super) fn without_suffix<'a>(title: &'a str, prose: &str) -> (&'a str, Option<&'a str>) {
    for mark in [" | ", " - ", " – ", " — "] {
        if let Some((head, suffix)) = title.rsplit_once(mark) {
            let words = suffix.split_whitespace().count();
            let capital = suffix.chars().next().is_some_and(char::is_uppercase);
            let told = prose.contains(&suffix.to_lowercase());
            if words <= 4
                && capital
                && !told
                && head.chars().count() > 20
                && suffix.chars().count() <= 32
            {
                return (head.trim_end(), Some(suffix));
            }
        }
    }
    (title, None)
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

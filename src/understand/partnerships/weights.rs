//! How much each feature of a pair counts, from `data/relations.tsv`, which `training relations` writes.

use super::thresholds::{CONFIDENCE_TEMPER, HIGHEST_CONFIDENCE, NEWS_LOG_ODDS};
use std::sync::LazyLock;

/// One feature's weights.
struct Weight {
    name: &'static str,
    /// How much it says that the claim is true.
    truth: f64,
    /// How much it says that a true claim is the article's news.
    news: f64,
}

static WEIGHTS: LazyLock<Vec<Weight>> = LazyLock::new(|| {
    let rows = include_str!("../data/relations.tsv").lines();
    let rows = rows.filter(|line| !line.starts_with('#')).skip(1);
    let weight = |row: &'static str| {
        let mut columns = row.split('\t');
        let name = columns.next()?;
        let mut number = || columns.next()?.parse().ok();
        Some(Weight { name, truth: number()?, news: number()? })
    };
    rows.filter_map(weight).collect()
});

/// The features' names, in their order.
pub fn names() -> impl Iterator<Item = &'static str> {
    WEIGHTS.iter().map(|weight| weight.name)
}

/// How probable it is that an article says of two companies what it seems to say.
#[must_use]
pub fn probability(features: &[(&'static str, f64)]) -> f64 {
    let sum: f64 =
        WEIGHTS.iter().zip(features).map(|(weight, (_, value))| weight.truth * value).sum();
    1.0 / (1.0 + (-sum).exp())
}

/// Whether it is what the article reports, or what it recalls, where all sentences together tell more
/// than the words of one.
pub(super) fn is_news(features: &[(&'static str, f64)]) -> Option<bool> {
    let sum: f64 =
        WEIGHTS.iter().zip(features).map(|(weight, (_, value))| weight.news * value).sum();
    (sum.abs() > NEWS_LOG_ODDS).then_some(sum > 0.0)
}

/// A probability as front matter shows it: as it has proved on unseen texts, and in hundredths.
#[must_use]
pub(super) fn rounded(probability: f64) -> f32 {
    let odds = (probability / (1.0 - probability).max(1e-9)).ln() * CONFIDENCE_TEMPER;
    #[expect(clippy::cast_possible_truncation, reason = "a number from 0 to 1")]
    let hundredths = (100.0 / (1.0 + (-odds).exp())).floor() as f32;
    hundredths.min(HIGHEST_CONFIDENCE) / 100.0
}

//! How much each feature of a pair counts, from `data/relations.tsv`, which `training relations` writes.

use std::sync::LazyLock;

/// From how probable on a claim is written down.
pub const BELIEVED: f64 = 0.5;
/// The same for a denial, of which the texts have few: it changes no state.
pub(super) const DENIED: f64 = 0.1;

/// How clear the model must be, in log odds, before it goes before the words.
const CLEAR: f64 = 0.5;

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
    (sum.abs() > CLEAR).then_some(sum > 0.0)
}

/// What a probability has been worth on texts of the press that the model had not seen: there it is
/// surer than right, 81 of 100 from 0.9 on, so its log odds are taken down.
const TEMPER: f64 = 0.6;

/// A probability as front matter shows it: as it has proved on unseen texts, and in hundredths.
#[must_use]
pub(super) fn rounded(probability: f64) -> f32 {
    let odds = (probability / (1.0 - probability).max(1e-9)).ln() * TEMPER;
    #[expect(clippy::cast_possible_truncation, reason = "a number from 0 to 1")]
    let hundredths = (100.0 / (1.0 + (-odds).exp())).floor() as f32;
    hundredths.min(98.0) / 100.0
}

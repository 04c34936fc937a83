//! How much each feature counts, from `data/entities.tsv`, which `training entities` writes.

use std::sync::LazyLock;

use super::Candidate;
use super::thresholds::{LISTED_PROBABILITY, UNLISTED_PROBABILITY};
use crate::understand::features::Features;

/// From how probable on a candidate is believed.
#[must_use]
pub fn threshold(candidate: &Candidate<'_>) -> f64 {
    if candidate.known.is_some() { LISTED_PROBABILITY } else { UNLISTED_PROBABILITY }
}

/// Weights for candidates that the gazetteer lists, and for those that it does not.
pub struct Weights {
    /// The names of the features, in their order.
    pub names: Vec<&'static str>,
    listed: Vec<f64>,
    unlisted: Vec<f64>,
}

static WEIGHTS: LazyLock<Weights> = LazyLock::new(|| read(include_str!("../data/entities.tsv")));

/// The weights that the reader uses.
#[must_use]
pub fn weights() -> &'static Weights {
    &WEIGHTS
}

fn read(table: &'static str) -> Weights {
    let mut weights = Weights { names: Vec::new(), listed: Vec::new(), unlisted: Vec::new() };
    let rows = table.lines().filter(|line| !line.starts_with('#')).skip(1);
    for row in rows {
        let mut columns = row.split('\t');
        let number = |column: Option<&str>| column.and_then(|n| n.parse().ok());
        let (name, listed, unlisted) =
            (columns.next(), number(columns.next()), number(columns.next()));
        if let (Some(name), Some(listed), Some(unlisted)) = (name, listed, unlisted) {
            weights.names.push(name);
            weights.listed.push(listed);
            weights.unlisted.push(unlisted);
        }
    }
    weights
}

impl Weights {
    /// How probable it is that a candidate is a company that the article names.
    #[must_use]
    pub fn probability(&self, candidate: &Candidate<'_>, features: &Features) -> f64 {
        let weights = if candidate.known.is_some() { &self.listed } else { &self.unlisted };
        let sum: f64 =
            weights.iter().zip(features.list()).map(|(weight, (_, value))| weight * value).sum();
        1.0 / (1.0 + (-sum).exp())
    }
}

//! Everything that may have been a field of the front matter.

use std::hash::Hash;

use super::headline::Headline;
use super::ranking::{self, Candidate, Field};
use crate::model::PartialDate;

/// Everything that may have been a field of the front matter.
#[derive(Clone, Debug, Default)]
pub struct Candidates {
    /// Whether the text has hardly any line breaks.
    pub is_one_line: bool,
    /// For the headline.
    pub headlines: Vec<Candidate<Headline>>,
    /// For the day of publication.
    pub dates: Vec<Candidate<PartialDate>>,
    /// For the authors.
    pub authors: Vec<Candidate<String>>,
    /// For the publisher.
    pub sources: Vec<Candidate<String>>,
}

impl Candidates {
    /// Headlines that are at least so likely, the likeliest first; the same one may be there twice.
    #[must_use]
    pub fn titles(&self, least: f64) -> Vec<String> {
        let field = if self.is_one_line { Field::Stretch } else { Field::Headline };
        let found = by_likelihood(field, &self.headlines, least);
        found.into_iter().map(|line| line.text.clone()).collect()
    }

    /// Days of publication in the same order.
    #[must_use]
    pub fn days(&self, least: f64) -> Vec<PartialDate> {
        by_likelihood(Field::Date, &self.dates, least).into_iter().copied().collect()
    }

    /// Authors in the same order.
    #[must_use]
    pub fn writers(&self, least: f64) -> Vec<String> {
        let field = if self.is_one_line { Field::Credit } else { Field::Author };
        by_likelihood(field, &self.authors, least).into_iter().cloned().collect()
    }

    /// Publishers in the same order.
    #[must_use]
    pub fn publishers(&self, least: f64) -> Vec<String> {
        by_likelihood(Field::Source, &self.sources, least).into_iter().cloned().collect()
    }
}

/// Candidates for a field that are at least so likely, the likeliest first.
fn by_likelihood<T: Eq + Hash>(field: Field, candidates: &[Candidate<T>], least: f64) -> Vec<&T> {
    let likely = ranking::BUILTIN.likelihoods(field, candidates);
    let mut all: Vec<(&Candidate<T>, f64)> =
        candidates.iter().zip(likely).filter(|(_, likely)| *likely >= least).collect();
    all.sort_by(|(_, one), (_, other)| other.total_cmp(one));
    all.into_iter().map(|(candidate, _)| &candidate.value).collect()
}

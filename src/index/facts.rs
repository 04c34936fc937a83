//! What is known of a relation, who says so, and where they disagree.

use std::collections::BTreeMap;

use rustc_hash::FxHashSet;

use super::IndexedArticle;
use super::origins::{OwnWords, voices};
use super::thresholds::DOUBTFUL_DATE_DAYS;
use crate::model::{Certainty, PartialDate};

/// How sure a fact is, in words and by rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Sureness {
    /// A party says so, or two origins do.
    Confirmed,
    /// One origin says so.
    Reported,
    /// Nobody says so in words: it follows from the day of a report, or a machine read it.
    Inferred,
    /// Sources contradict each other.
    Disputed,
}

impl Sureness {
    /// The word in data files.
    #[must_use]
    pub fn id(self) -> &'static str {
        match self {
            Self::Confirmed => "confirmed",
            Self::Reported => "reported",
            Self::Inferred => "inferred",
            Self::Disputed => "disputed",
        }
    }
}

/// A value, and who tells it.
#[derive(Clone, Debug, PartialEq)]
pub struct SourcedValue<T> {
    /// The value.
    pub value: T,
    /// Positions in [`super::Index::articles`], newest first.
    pub articles: Vec<usize>,
    /// How many of the articles are not repetitions of others.
    pub origins: usize,
    /// Whether a party of the relation says so itself.
    pub by_party: bool,
    /// Whether it is stated, and not only inferred.
    pub is_stated: bool,
}

impl<T> SourcedValue<T> {
    /// How sure the value is, as long as nobody tells another one.
    #[must_use]
    pub fn sureness(&self) -> Sureness {
        match self {
            Self { is_stated: false, .. } => Sureness::Inferred,
            Self { by_party: true, .. } | Self { origins: 2.., .. } => Sureness::Confirmed,
            _ => Sureness::Reported,
        }
    }
}

/// Why one of several values is shown first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Choice {
    /// There is no other.
    Only,
    /// The editor prefers it.
    Editor,
    /// A party says so.
    Party,
    /// More origins say so.
    Origins,
    /// It was reported first: a later article never replaces what an earlier one said.
    First,
}

impl Choice {
    /// The word in data files.
    #[must_use]
    pub fn id(self) -> &'static str {
        match self {
            Self::Only => "only",
            Self::Editor => "editor",
            Self::Party => "party",
            Self::Origins => "origins",
            Self::First => "first",
        }
    }
}

/// A date of a relation with all that is told of it.
#[derive(Clone, Debug, PartialEq)]
pub struct DateFact {
    /// The preferred value first. The others contradict it.
    pub values: Vec<SourcedValue<PartialDate>>,
    /// Why the first one stands first.
    pub choice: Choice,
}

impl DateFact {
    /// The preferred date.
    #[must_use]
    pub fn date(&self) -> PartialDate {
        self.values[0].value
    }

    /// How sure it is.
    #[must_use]
    pub fn sureness(&self) -> Sureness {
        match (&self.values[..], self.choice) {
            ([_, _, ..], choice) if choice != Choice::Editor => Sureness::Disputed,
            _ => self.values[0].sureness(),
        }
    }
}

/// What one article tells of a date.
#[derive(Clone, Copy, Debug)]
pub(super) struct Report {
    pub(super) date: PartialDate,
    pub(super) article: usize,
    pub(super) is_stated: bool,
}

/// The articles, and which of them are the word of a party of one relation.
pub(super) struct Witnesses<'a> {
    pub(super) articles: &'a [IndexedArticle],
    by_party: FxHashSet<usize>,
}

impl<'a> Witnesses<'a> {
    /// Listens to the articles at `told` for the voices of the parties.
    pub(super) fn new(
        articles: &'a [IndexedArticle],
        told: impl Iterator<Item = usize>,
        parties: &[&OwnWords],
    ) -> Self {
        let speaks = |at: &usize| parties.iter().any(|voice| voice.is_in(&articles[*at]));
        Self { articles, by_party: told.filter(speaks).collect() }
    }

    /// A value that some articles tell.
    pub(super) fn told<T>(
        &self,
        value: T,
        mut articles: Vec<usize>,
        is_stated: bool,
    ) -> SourcedValue<T> {
        articles.sort_unstable();
        articles.dedup();
        SourcedValue {
            value,
            origins: voices(self.articles, &articles),
            by_party: articles.iter().any(|at| self.by_party.contains(at)),
            articles,
            is_stated,
        }
    }

    /// Brings together what articles tell of one date. Dates that can mean the same day are one
    /// value, the most precise of them.
    pub(super) fn date(
        &self,
        mut reports: Vec<Report>,
        preferred: Option<PartialDate>,
    ) -> Option<DateFact> {
        reports.sort_by_key(|r| {
            (std::cmp::Reverse(r.date.precision()), r.date, !r.is_stated, r.article)
        });
        let mut values: Vec<(PartialDate, Vec<Report>)> = Vec::new();
        for report in reports {
            match values.iter_mut().find(|(date, _)| agree(*date, report.date)) {
                Some((_, told)) => told.push(report),
                None => values.push((report.date, vec![report])),
            }
        }
        let mut values: Vec<SourcedValue<PartialDate>> = values
            .into_iter()
            .map(|(date, reports)| {
                let is_stated = reports.iter().any(|report| report.is_stated);
                let articles = reports.into_iter().map(|report| report.article).collect();
                self.told(date, articles, is_stated)
            })
            .collect();
        if let Some(date) = preferred {
            match values.iter_mut().find(|told| agree(told.value, date)) {
                Some(told) => told.value = finer(told.value, date),
                None => values.push(self.told(date, Vec::new(), true)),
            }
        }
        // What is only inferred gives way to what somebody said.
        if values.iter().any(|told| told.is_stated && told.value.certainty() == Certainty::Exact) {
            values.retain(|told| told.is_stated);
        }
        let is_preferred = |told: &SourcedValue<PartialDate>| {
            preferred.is_some_and(|date| agree(told.value, date))
        };
        let first = |told: &SourcedValue<PartialDate>| self.first_report(&told.articles);
        let rank = |told: &SourcedValue<PartialDate>| {
            (!is_preferred(told), !told.by_party, std::cmp::Reverse(told.origins))
        };
        values.sort_by_cached_key(|told| (rank(told), first(told), told.value));
        let choice = match &values[..] {
            [] => return None,
            [only] if is_preferred(only) && only.articles.is_empty() => Choice::Editor,
            [_] => Choice::Only,
            [best, ..] if is_preferred(best) => Choice::Editor,
            [best, next, ..] if best.by_party && !next.by_party => Choice::Party,
            [best, next, ..] if best.origins > next.origins => Choice::Origins,
            _ => Choice::First,
        };
        Some(DateFact { values, choice })
    }

    /// When the first of some articles came out; undated ones come last.
    fn first_report(&self, articles: &[usize]) -> (bool, Option<PartialDate>) {
        let dates = articles.iter().filter_map(|&at| self.articles[at].article().date);
        let first = dates.min();
        (first.is_none(), first)
    }

    /// Who tells each of several values, the most told first.
    pub(super) fn ranked<T: Ord>(&self, told: BTreeMap<T, Vec<usize>>) -> Vec<SourcedValue<T>> {
        let mut all: Vec<SourcedValue<T>> =
            told.into_iter().map(|(value, articles)| self.told(value, articles, true)).collect();
        all.sort_by_key(|told| std::cmp::Reverse(told.articles.len()));
        all
    }
}

/// Whether two dates can mean the same day; what is only about or in doubt may be a year off.
fn agree(one: PartialDate, other: PartialDate) -> bool {
    let slack = |date: PartialDate| {
        if date.certainty() == Certainty::Exact { 0 } else { DOUBTFUL_DATE_DAYS }
    };
    super::traces::gap(one, other) <= slack(one).max(slack(other))
}

/// The more precise of two dates.
fn finer(one: PartialDate, other: PartialDate) -> PartialDate {
    if other.precision() > one.precision() { other } else { one }
}

//! Candidates for what an article's front matter says, each with signs that are there or not, weighed by a
//! small trained table (logistic regression).

use std::fmt::Write as _;
use std::hash::Hash;
use std::sync::LazyLock;

use rustc_hash::FxHashMap;

/// Something that may be the headline, the date, an author or the publisher.
#[derive(Clone, Debug)]
pub struct Candidate<T> {
    /// What it would be.
    pub value: T,
    /// What is seen of it.
    pub signs: Vec<String>,
}

/// What candidates are for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Field {
    /// The headline.
    Headline,
    /// The headline of a text without lines.
    Stretch,
    /// The day of publication.
    Date,
    /// Somebody who wrote it.
    Author,
    /// Somebody who wrote a text without lines.
    Credit,
    /// Who published it.
    Source,
}

impl Field {
    /// All of them.
    pub const ALL: [Self; 6] =
        [Self::Headline, Self::Stretch, Self::Date, Self::Author, Self::Credit, Self::Source];

    /// Whether a text has one at most: then candidates are weighed against each other.
    #[must_use]
    pub fn is_one(self) -> bool {
        !matches!(self, Self::Author | Self::Credit)
    }

    /// Whether many texts tell none: then that is weighed with the candidates, and has no signs.
    #[must_use]
    pub fn may_be_absent(self) -> bool {
        matches!(self, Self::Date | Self::Source)
    }

    /// Its name in the table of weights.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Headline => "headline",
            Self::Stretch => "stretch",
            Self::Date => "date",
            Self::Author => "author",
            Self::Credit => "credit",
            Self::Source => "source",
        }
    }
}

/// The weight of each sign of each field; a sign that is not there weighs nothing.
#[derive(Clone, Debug, Default)]
pub struct Weights(FxHashMap<Field, FxHashMap<String, f64>>);

/// The weights that Tearsheet comes with.
pub static BUILTIN: LazyLock<Weights> =
    LazyLock::new(|| Weights::read(include_str!("../data/fields.tsv")));

impl Weights {
    /// Reads a table of field, sign and weight a line.
    #[must_use]
    pub fn read(table: &str) -> Self {
        let mut weights = Self::default();
        for line in table.lines().filter(|line| !line.starts_with('#')) {
            let mut cells = line.split('\t');
            let (name, sign, weight) = (cells.next(), cells.next(), cells.next());
            let field = Field::ALL.into_iter().find(|field| Some(field.name()) == name);
            let weight = weight.and_then(|weight| weight.parse().ok());
            if let (Some(field), Some(sign), Some(weight)) = (field, sign, weight) {
                weights.set(field, sign, weight);
            }
        }
        weights
    }

    /// The weights as a table.
    #[must_use]
    pub fn write(&self, header: &str) -> String {
        let mut out = String::new();
        for line in header.lines() {
            let _ = writeln!(out, "# {line}");
        }
        for field in Field::ALL {
            let mut rows: Vec<_> = self.0.get(&field).into_iter().flatten().collect();
            rows.sort_by(|a, b| a.0.cmp(b.0));
            for (sign, weight) in rows {
                let _ = writeln!(out, "{}\t{sign}\t{weight:.3}", field.name());
            }
        }
        out
    }

    /// Sets one weight.
    pub fn set(&mut self, field: Field, sign: &str, weight: f64) {
        self.0.entry(field).or_default().insert(sign.to_owned(), weight);
    }

    fn sum<T>(&self, field: Field, candidate: &Candidate<T>) -> f64 {
        let weights = self.0.get(&field);
        let weight = |sign: &String| weights.and_then(|weights| weights.get(sign)).copied();
        candidate.signs.iter().filter_map(weight).sum()
    }

    /// How likely each candidate is right, from 0 to 1. Of those for a field that [is one](Field::is_one), one
    /// is, or none where that [may be](Field::may_be_absent) (a conditional logit); the same value is as likely as
    /// all candidates with it together. Any of the others may be right, whatever the rest is.
    #[must_use]
    pub fn likelihoods<T: Eq + Hash>(&self, field: Field, candidates: &[Candidate<T>]) -> Vec<f64> {
        let sums: Vec<f64> = candidates.iter().map(|one| self.sum(field, one)).collect();
        if !field.is_one() {
            return sums.iter().map(|sum| 1.0 / (1.0 + (-sum).exp())).collect();
        }
        let absent = if field.may_be_absent() { 0.0 } else { f64::NEG_INFINITY };
        let most = sums.iter().copied().fold(absent, f64::max);
        let mut whole = (absent - most).exp();
        let mut shares: FxHashMap<&T, f64> = FxHashMap::default();
        for (one, sum) in candidates.iter().zip(sums) {
            let share = (sum - most).exp();
            whole += share;
            *shares.entry(&one.value).or_default() += share;
        }
        candidates.iter().map(|one| shares[&one.value] / whole).collect()
    }

    /// The likeliest candidate, if it is at least so likely; the first of equals.
    #[must_use]
    pub fn best<'a, T: Eq + Hash>(
        &self,
        field: Field,
        candidates: &'a [Candidate<T>],
        limit: f64,
    ) -> Option<&'a Candidate<T>> {
        let likely = self.likelihoods(field, candidates);
        let pairs = candidates.iter().zip(likely).rev();
        let (best, likely) = pairs.max_by(|(_, a), (_, b)| a.total_cmp(b))?;
        (likely >= limit).then_some(best)
    }
}

/// Gathers the signs of a candidate.
#[derive(Default)]
pub(super) struct Features(Vec<String>);

impl Features {
    /// Notes a sign that is there.
    pub(super) fn add(&mut self, sign: &str, there: bool) {
        if there {
            self.0.push(sign.to_owned());
        }
    }

    /// Notes into which bin of rising `limits` a value falls.
    pub(super) fn bin(&mut self, sign: &str, value: f64, limits: &[f64]) {
        let bin = limits.iter().filter(|limit| value >= **limit).count();
        self.0.push(format!("{sign} {bin}"));
    }

    /// Notes signs that were gathered before.
    pub(super) fn extend(&mut self, signs: &[String]) {
        self.0.extend_from_slice(signs);
    }

    /// All signs.
    pub(super) fn list(self) -> Vec<String> {
        self.0
    }

    /// All signs, with one that every candidate has.
    pub(super) fn done(mut self) -> Vec<String> {
        self.0.push("bias".to_owned());
        self.0
    }
}

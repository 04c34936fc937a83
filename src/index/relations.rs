//! Partnerships: the claims of all articles merged into one record per relation.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use indexmap::IndexMap;

use super::Entry;
use crate::diagnostic::{self, Diagnostic};
use crate::model::{Event, Kind, Note, PartialDate, Status};
use crate::parse::markdown::Rendered;
use crate::source::Source;

/// What one article reports of a relation.
#[derive(Clone, Debug, PartialEq)]
pub struct Occurrence {
    /// Position in [`super::Index::articles`].
    pub article: usize,
    /// Position among that article's claims.
    pub claim: usize,
    /// What happened.
    pub event: Event,
    /// When, as far as anybody told.
    pub date: Option<PartialDate>,
}

/// One stretch of time in which a relation held.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Period {
    /// When it began; `None` where nobody told.
    pub start: Option<PartialDate>,
    /// When it ended; `None` where it goes on or nobody told.
    pub end: Option<PartialDate>,
    /// Whether its end was reported, with or without a date.
    pub ended: bool,
}

/// A partnership: the set of its parties, with all that is told of it.
#[derive(Clone, Debug)]
pub struct Relation {
    /// Sorted party ids joined by `--`.
    pub id: String,
    /// Company ids, sorted.
    pub parties: Vec<String>,
    /// What tells it from other relations of the same parties.
    pub name: Option<String>,
    /// All kinds that were told, most often told first.
    pub kinds: Vec<Kind>,
    /// By date, undated last.
    pub occurrences: Vec<Occurrence>,
    /// By start.
    pub periods: Vec<Period>,
    /// Computed from the occurrences.
    pub status: Status,
    /// The editor's note.
    pub note: Option<(Note, Arc<Rendered>)>,
}

impl Relation {
    /// The first day anybody told of it.
    #[must_use]
    pub fn since(&self) -> Option<PartialDate> {
        self.periods.iter().filter_map(|period| period.start).min()
    }

    /// The last dated report.
    #[must_use]
    pub fn latest(&self) -> Option<PartialDate> {
        self.occurrences.iter().filter_map(|occurrence| occurrence.date).max()
    }
}

/// Merges the claims of all articles.
pub(super) fn relations(
    articles: &[Entry],
    notes: Vec<(Source, Note, Arc<Rendered>)>,
    today: PartialDate,
    found: &mut Vec<Diagnostic>,
) -> IndexMap<String, Relation> {
    let mut relations: IndexMap<String, Relation> = IndexMap::new();
    for (at, entry) in articles.iter().enumerate() {
        for (number, claim) in entry.article().partnerships.iter().enumerate() {
            let id = claim.relation();
            let relation = relations.entry(id.clone()).or_insert_with(|| {
                let parties: BTreeSet<String> =
                    claim.parties.iter().map(|party| party.company.clone()).collect();
                Relation {
                    id,
                    parties: parties.into_iter().collect(),
                    name: claim.name.clone(),
                    kinds: Vec::new(),
                    occurrences: Vec::new(),
                    periods: Vec::new(),
                    status: Status::Unknown,
                    note: None,
                }
            });
            // What is told in passing did not happen on the day it was told.
            let fallback =
                if claim.event == Event::Mentioned { claim.start } else { entry.article().date };
            let date = claim.date.or(fallback);
            relation.occurrences.push(Occurrence {
                article: at,
                claim: number,
                event: claim.event,
                date,
            });
        }
    }
    for relation in relations.values_mut() {
        relation.kinds = kinds(relation, articles);
        let key = |o: &Occurrence| (o.date.is_none(), o.date, o.event, o.article, o.claim);
        relation.occurrences.sort_by_key(key);
        (relation.periods, relation.status) = periods(relation, articles, today);
    }
    relations.sort_unstable_keys();
    for (source, note, body) in notes {
        match relations.get_mut(&note.id) {
            Some(relation) => relation.note = Some((note, body)),
            None => found.push(diagnostic::unused_note(&source, &note.id)),
        }
    }
    relations
}

fn kinds(relation: &Relation, articles: &[Entry]) -> Vec<Kind> {
    let mut counts: BTreeMap<&Kind, usize> = BTreeMap::new();
    for occurrence in &relation.occurrences {
        for kind in &articles[occurrence.article].article().partnerships[occurrence.claim].kinds {
            *counts.entry(kind).or_default() += 1;
        }
    }
    let mut kinds: Vec<(&Kind, usize)> = counts.into_iter().collect();
    kinds.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(b.0)));
    kinds.into_iter().map(|(kind, _)| kind.clone()).collect()
}

/// Lives through the occurrences in order; an announcement after an end opens a new period.
fn periods(relation: &Relation, articles: &[Entry], today: PartialDate) -> (Vec<Period>, Status) {
    let mut periods: Vec<Period> = Vec::new();
    let mut status = Status::Unknown;
    for occurrence in &relation.occurrences {
        let claim = &articles[occurrence.article].article().partnerships[occurrence.claim];
        let begins = claim.start.or(match occurrence.event {
            Event::Announced | Event::Signed | Event::Launched => occurrence.date,
            Event::Mentioned => claim.date,
            Event::Rumoured | Event::Denied | Event::Extended | Event::Ended => None,
        });
        let ends =
            claim.end.or(if occurrence.event == Event::Ended { occurrence.date } else { None });
        let is_new = match (periods.last(), occurrence.event) {
            (None, event) => event != Event::Denied && event != Event::Rumoured,
            (Some(last), Event::Announced | Event::Signed | Event::Launched) => {
                last.ended && last.end.is_some() && begins > last.end
            }
            (Some(_), _) => false,
        };
        if is_new {
            periods.push(Period { start: None, end: None, ended: false });
        }
        if let Some(period) = periods.last_mut() {
            period.start = earlier(period.start, begins);
            if claim.end.is_some_and(|end| end.first_day() <= today.last_day())
                || occurrence.event == Event::Ended
            {
                period.ended = true;
            }
            // The most precise end wins; of two equally precise ones the later.
            let precision = |date: &PartialDate| date.iso().len();
            period.end = period.end.into_iter().chain(ends).max_by_key(|d| (precision(d), *d));
        }
        status = next_status(status, occurrence.event);
    }
    if periods.last().is_some_and(|period| period.ended) {
        status = Status::Ended;
    }
    (periods, status)
}

/// The earlier of two dates, or the more precise one where both can mean the same day.
fn earlier(known: Option<PartialDate>, told: Option<PartialDate>) -> Option<PartialDate> {
    let (Some(known), Some(told)) = (known, told) else { return known.or(told) };
    let covers = |wide: PartialDate, narrow: PartialDate| {
        wide.first_day() <= narrow.first_day() && narrow.last_day() <= wide.last_day()
    };
    Some(if covers(known, told) {
        told
    } else if covers(told, known) {
        known
    } else {
        known.min(told)
    })
}

fn next_status(status: Status, event: Event) -> Status {
    match (event, status) {
        (Event::Rumoured, Status::Unknown) => Status::Rumoured,
        (Event::Denied, Status::Rumoured) => Status::Unknown,
        (Event::Announced, Status::Unknown | Status::Rumoured | Status::Ended) => Status::Announced,
        (Event::Signed | Event::Launched | Event::Extended, _) => Status::Active,
        (Event::Ended, _) => Status::Ended,
        (_, status) => status,
    }
}

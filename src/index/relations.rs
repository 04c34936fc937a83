//! Partnerships: the claims of all articles merged into one record per relation.
//!
//! The claims of all articles with the same parties are lived through in order of time. What is told in
//! passing (`mentioned`) changes no state. Reports of one event within a month are one event. A date is a
//! fact with all its values (`index/facts.rs`): those that can mean the same day are one value, the most
//! precise; the others contradict it and are kept.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use rayon::prelude::*;

use super::facts::{DateFact, Report, SourcedValue, Sureness, Witnesses};
use super::origins::OwnWords;
use super::thresholds::{EVENT_DAYS, SAME_START_DAYS, SURE_CLAIM};
use super::traces::gap;
use super::{ById, CompanyRecord, IndexedArticle};
use crate::diagnostic::{self, Diagnostic};
use crate::model::{Claim, Event, Kind, Note, PartialDate, Status, Transition, relation_id};
use crate::parse::markdown::Rendered;
use crate::source::Source;

/// What one article reports of a relation.
#[derive(Clone, Debug, PartialEq)]
pub struct ReportedClaim {
    /// Position in [`super::Index::articles`].
    pub article: usize,
    /// Position among that article's claims.
    pub claim: usize,
    /// What happened.
    pub event: Event,
    /// When, as far as anybody told.
    pub date: Option<PartialDate>,
    /// Position of what happened in [`Relation::events`].
    pub relation_event: usize,
}

/// Something that happened to a relation, with all that report it.
#[derive(Clone, Debug, PartialEq)]
pub struct RelationEvent {
    /// What.
    pub event: Event,
    /// When: the earliest and most precise of what is told.
    pub date: Option<PartialDate>,
    /// Who reports it, as positions in [`Relation::reports`].
    pub reports: Vec<usize>,
}

/// One stretch of time in which a relation held.
#[derive(Clone, Debug, PartialEq)]
pub struct Period {
    /// When it began; `None` where nobody told.
    pub start: Option<DateFact>,
    /// When it ended; `None` where it goes on or nobody told.
    pub end: Option<DateFact>,
    /// Whether its end was reported, with or without a date.
    pub ended: bool,
}

/// What the status of a relation follows from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StatusReason {
    /// Something that happened: a position in [`Relation::events`].
    RelationEvent(usize),
    /// The day that was told as its end is over.
    EndPassed(PartialDate),
    /// Nothing that tells.
    Nothing,
}

/// A partnership: the set of its parties, with all that is told of it.
#[derive(Clone, Debug)]
pub struct Relation {
    /// Sorted party ids joined by `--`.
    pub id: String,
    /// Company ids, sorted.
    pub parties: Vec<String>,
    /// What the parties do in it, by company id, as most articles say.
    pub roles: BTreeMap<String, String>,
    /// What tells it from other relations of the same parties.
    pub name: Option<String>,
    /// All kinds that were told, most often told first.
    pub kinds: Vec<SourcedValue<Kind>>,
    /// By date, undated last.
    pub reports: Vec<ReportedClaim>,
    /// By date, undated last.
    pub events: Vec<RelationEvent>,
    /// By start.
    pub periods: Vec<Period>,
    /// Computed from the reports.
    pub status: Status,
    /// What the status follows from.
    pub because: StatusReason,
    /// Who says that there is such a relation; none where only rumours are known.
    pub told: Option<SourcedValue<()>>,
    /// The newest dated article that speaks of it as something that is there.
    pub confirmed: Option<PartialDate>,
    /// Whether it has not been reported on for long.
    pub is_quiet: bool,
    /// The editor's note.
    pub note: Option<(Note, Arc<Rendered>)>,
}

impl Relation {
    fn new(id: String, parties: Vec<String>, name: Option<String>) -> Self {
        Self {
            id,
            parties,
            roles: BTreeMap::new(),
            name,
            kinds: Vec::new(),
            reports: Vec::new(),
            events: Vec::new(),
            periods: Vec::new(),
            status: Status::Unknown,
            because: StatusReason::Nothing,
            told: None,
            confirmed: None,
            is_quiet: false,
            note: None,
        }
    }

    /// The first day anybody told of it.
    #[must_use]
    pub fn since(&self) -> Option<PartialDate> {
        self.periods.iter().filter_map(|period| period.start.as_ref()).map(DateFact::date).min()
    }

    /// The end of its last period.
    #[must_use]
    pub fn until(&self) -> Option<PartialDate> {
        self.periods.last().and_then(|period| period.end.as_ref()).map(DateFact::date)
    }

    /// The last dated event.
    #[must_use]
    pub fn latest(&self) -> Option<PartialDate> {
        self.events.iter().filter_map(|relation_event| relation_event.date).max()
    }

    /// The articles that report it, newest first.
    #[must_use]
    pub fn articles(&self) -> Vec<usize> {
        let all: BTreeSet<usize> = self.reports.iter().map(|o| o.article).collect();
        all.into_iter().collect()
    }

    /// How sure it is that there is such a relation; `None` where there are only rumours, and nobody
    /// denies them.
    #[must_use]
    pub fn sureness(&self) -> Option<Sureness> {
        let is_denied = self.events.iter().any(|h| h.event == Event::Denied);
        let told = self.told.as_ref().map(SourcedValue::sureness);
        told.or(is_denied.then_some(Sureness::Disputed))
    }

    /// The dates on which sources disagree.
    pub fn disputes(&self) -> impl Iterator<Item = &DateFact> {
        let dates = self.periods.iter().flat_map(|p| [p.start.as_ref(), p.end.as_ref()]);
        dates.flatten().filter(|fact| fact.values.len() > 1)
    }
}

impl ReportedClaim {
    /// What the article says.
    #[must_use]
    pub fn claim_in<'a>(&self, articles: &'a [IndexedArticle]) -> &'a Claim {
        &articles[self.article].article().partnerships[self.claim]
    }
}

/// Merges the claims of all articles.
pub(super) fn relations(
    articles: &[IndexedArticle],
    companies: &ById<CompanyRecord>,
    notes: Vec<(Source, Note, Arc<Rendered>)>,
    today: PartialDate,
    quiet_after: usize,
    found: &mut Vec<Diagnostic>,
) -> ById<Relation> {
    let mut relations = collect(articles, companies);
    for (source, note, body) in notes {
        match relations.get_mut(&note.id) {
            Some(relation) => relation.note = Some((note, body)),
            None => found.push(diagnostic::unused_note(&source, &note.id)),
        }
    }
    let voices: Vec<OwnWords> = companies.par_values().map(OwnWords::of).collect();
    relations.par_values_mut().for_each(|relation| {
        let parties = relation.parties.iter().filter_map(|id| companies.get_index_of(id));
        let parties: Vec<&OwnWords> = parties.map(|at| &voices[at]).collect();
        let told = relation.reports.iter().map(|report| report.article);
        let witnesses = &Witnesses::new(articles, told, &parties);
        let key = |o: &ReportedClaim| (o.date.is_none(), o.date, o.event, o.article, o.claim);
        relation.reports.sort_by_key(key);
        relation.kinds = witnesses.ranked(kinds(relation, articles));
        relation.roles = roles(relation, articles);
        set_events(relation);
        set_periods(relation, witnesses, today);
        set_standing(relation, witnesses, today, quiet_after);
    });
    relations.sort_unstable_keys();
    relations
}

/// Every claim put to its relation.
fn collect(articles: &[IndexedArticle], companies: &ById<CompanyRecord>) -> ById<Relation> {
    let mut relations: ById<Relation> = ById::default();
    for (at, entry) in articles.iter().enumerate() {
        let claims = entry.article().partnerships.iter().zip(&entry.parties).enumerate();
        for (number, (claim, parties)) in claims {
            // Two names of one company have no relation.
            if parties.len() < 2 {
                continue;
            }
            let id_of = |&at: &usize| companies[at].company.id.as_str();
            let id = relation_id(parties.iter().map(id_of), claim.name.as_deref());
            let relation = relations.entry(id).or_insert_with_key(|id| {
                let parties = parties.iter().map(|at| id_of(at).to_owned()).collect();
                Relation::new(id.clone(), parties, claim.name.clone())
            });
            // What is told in passing did not happen on the day it was told, nor need an end.
            let fallback = match claim.event {
                Event::Mentioned => claim.start,
                Event::Ended => claim.end.or(entry.article().date),
                _ => entry.article().date,
            };
            relation.reports.push(ReportedClaim {
                article: at,
                claim: number,
                event: claim.event,
                date: claim.date.or(fallback),
                relation_event: 0,
            });
        }
    }
    relations
}

fn kinds(relation: &Relation, articles: &[IndexedArticle]) -> BTreeMap<Kind, Vec<usize>> {
    let mut kinds: BTreeMap<Kind, Vec<usize>> = BTreeMap::new();
    for report in &relation.reports {
        for kind in &report.claim_in(articles).kinds {
            kinds.entry(kind.clone()).or_default().push(report.article);
        }
    }
    kinds
}

/// What each party does, as most articles say; of two roles told as often, the first by the alphabet.
fn roles(relation: &Relation, articles: &[IndexedArticle]) -> BTreeMap<String, String> {
    let mut counts: BTreeMap<&str, BTreeMap<&str, usize>> = BTreeMap::new();
    for report in &relation.reports {
        for party in &report.claim_in(articles).parties {
            if let Some(role) = &party.role {
                *counts.entry(&party.company).or_default().entry(role).or_default() += 1;
            }
        }
    }
    let most = |roles: BTreeMap<&str, usize>| {
        let best = roles.into_iter().min_by_key(|&(role, count)| (std::cmp::Reverse(count), role));
        best.map(|(role, _)| role.to_owned())
    };
    counts.into_iter().filter_map(|(id, roles)| Some((id.to_owned(), most(roles)?))).collect()
}

/// Merges reports of the same event that are told for about the same time. An undated one joins
/// the only event it can mean; but what is told in passing can be of any time.
fn set_events(relation: &mut Relation) {
    let mut events: Vec<RelationEvent> = Vec::new();
    for (number, report) in relation.reports.iter_mut().enumerate() {
        let same = |h: &&mut RelationEvent| h.event == report.event;
        let mut fitting: Vec<&mut RelationEvent> = events
            .iter_mut()
            .filter(same)
            .filter(|relation_event| match (relation_event.date, report.date) {
                (Some(one), Some(other)) => gap(one, other) <= EVENT_DAYS,
                (Some(_), None) => report.event != Event::Mentioned,
                _ => true,
            })
            .collect();
        let known = match (fitting.len(), report.date) {
            (1.., Some(_)) | (1, None) => fitting.pop(),
            // Those that can mean several stay together.
            (_, None) => fitting.into_iter().find(|relation_event| relation_event.date.is_none()),
            _ => None,
        };
        match known {
            Some(relation_event) => {
                // Reports follow the event, so the first date is nearest to it.
                let finer = report.date.filter(|date| {
                    relation_event.date.is_none_or(|known| {
                        known.first_day() <= date.first_day() && date.last_day() <= known.last_day()
                    })
                });
                relation_event.date = finer.or(relation_event.date);
                relation_event.reports.push(number);
            }
            None => events.push(RelationEvent {
                event: report.event,
                date: report.date,
                reports: vec![number],
            }),
        }
    }
    events.sort_by_key(|h| (h.date.is_none(), h.date, h.event, h.reports[0]));
    for (at, relation_event) in events.iter().enumerate() {
        for &number in &relation_event.reports {
            relation.reports[number].relation_event = at;
        }
    }
    relation.events = events;
}

/// An event that may have begun a period.
struct PeriodStart {
    is_launch: bool,
    /// Whether the article tells the day, so that it need not be that of the article.
    has_day: bool,
    report: Report,
}

/// A period while it is lived through.
#[derive(Default)]
struct OpenPeriod {
    /// What is told of its beginning by those who look back at it.
    since: Vec<Report>,
    /// The events that may have begun it.
    begun: Vec<PeriodStart>,
    ends: Vec<Report>,
    ended: bool,
}

/// Lives through the reports in order; an announcement after an end opens a new period.
fn set_periods(relation: &mut Relation, witnesses: &Witnesses<'_>, today: PartialDate) {
    let mut stretches: Vec<OpenPeriod> = Vec::new();
    let mut status = Status::Unknown;
    let mut because = StatusReason::Nothing;
    for reported in &relation.reports {
        let claim = reported.claim_in(witnesses.articles);
        let event = reported.event;
        let report = |date: Option<PartialDate>, is_stated: bool| {
            date.map(|date| Report { date, article: reported.article, is_stated })
        };
        let is_new = match (stretches.last(), event.turn()) {
            (None, turn) => turn != Some(Transition::Talk),
            // What goes on after an end has begun again, told or not.
            (Some(last), Some(Transition::Begin | Transition::Extend)) => {
                let end = last.ends.iter().map(|end| end.date).max();
                last.ended && end.is_some() && claim.start.or(reported.date) > end
            }
            (Some(_), _) => false,
        };
        if is_new {
            stretches.push(OpenPeriod::default());
        }
        if let Some(stretch) = stretches.last_mut() {
            stretch.since.extend(report(claim.start, true));
            match event.turn() {
                Some(Transition::Begin) if claim.start.is_none() => {
                    // Without a day of its own, an event was on that of the article.
                    let (is_launch, has_day) = (event == Event::Launched, claim.date.is_some());
                    let begun = report(reported.date, true);
                    stretch.begun.extend(begun.map(|report| PeriodStart {
                        is_launch,
                        has_day,
                        report,
                    }));
                }
                None if claim.start.is_none() => stretch.since.extend(report(claim.date, true)),
                _ => {}
            }
            stretch.ends.extend(report(claim.end, true));
            if event == Event::Ended && claim.end.is_none() {
                stretch.ends.extend(report(reported.date, claim.date.is_some()));
            }
            let is_over = |end: PartialDate| end.first_day() <= today.last_day();
            if event == Event::Ended {
                stretch.ended = true;
            } else if let Some(end) = claim.end.filter(|&end| is_over(end)) {
                stretch.ended = true;
                because = StatusReason::EndPassed(end);
            }
        }
        let next = next_status(status, event);
        if next != status {
            (status, because) = (next, StatusReason::RelationEvent(reported.relation_event));
        }
    }
    if stretches.last().is_some_and(|stretch| stretch.ended) && status != Status::Ended {
        status = Status::Ended;
        let end = |h: &RelationEvent| h.event == Event::Ended;
        if let Some(at) = relation.events.iter().rposition(end) {
            because = StatusReason::RelationEvent(at);
        }
    }
    let prefer = relation.note.as_ref().map(|(note, _)| note.prefer.clone()).unwrap_or_default();
    let last = stretches.len();
    let period = |(number, stretch): (usize, OpenPeriod)| {
        // What an editor prefers is said of the relation as it is now.
        let (start, end) =
            if number + 1 == last { (prefer.start, prefer.end) } else { (None, None) };
        Period {
            ended: stretch.ended || end.is_some(),
            end: witnesses.date(stretch.ends.clone(), end),
            start: witnesses.date(starts(stretch), start),
        }
    };
    relation.periods = stretches.into_iter().enumerate().map(period).collect();
    (relation.status, relation.because) = (status, because);
}

/// What is told of the beginning of a period. The first announcement or signature began it; with none,
/// the first launch did. What was announced long after a beginning that others look back at was
/// something else.
fn starts(stretch: OpenPeriod) -> Vec<Report> {
    let OpenPeriod { mut since, mut begun, .. } = stretch;
    if begun.iter().any(|begun| !begun.is_launch) {
        begun.retain(|begun| !begun.is_launch);
    }
    let looked_back = since.iter().map(|report| report.date.last_day()).min();
    let Some(first) = begun.iter().map(|begun| begun.report.date).min() else { return since };
    let is_later =
        |day: i32| first.first_day() - day > if begun[0].is_launch { 0 } else { SAME_START_DAYS };
    if looked_back.is_some_and(is_later) {
        return since;
    }
    begun.retain(|begun| gap(first, begun.report.date) <= EVENT_DAYS);
    if begun.iter().any(|begun| begun.has_day) {
        begun.retain(|begun| begun.has_day);
    }
    let has_day = begun.iter().any(|begun| begun.has_day);
    let finest = begun.iter().map(|begun| begun.report.date).filter(|date| gap(*date, first) == 0);
    let finest = finest.max_by_key(|date| (date.precision(), std::cmp::Reverse(*date)));
    since.extend(begun.into_iter().map(|begun| match finest {
        // The days on which others reported it are no other beginnings.
        Some(date) if !has_day => Report { date, ..begun.report },
        _ => begun.report,
    }));
    since
}

/// Sets who says that there is such a relation, and for how long nobody has.
fn set_standing(
    relation: &mut Relation,
    witnesses: &Witnesses<'_>,
    today: PartialDate,
    quiet_after: usize,
) {
    let real = relation.reports.iter().filter(|o| o.event.turn() != Some(Transition::Talk));
    let real: Vec<&ReportedClaim> = real.collect();
    if real.is_empty() {
        return;
    }
    let is_stated = real.iter().any(|report| {
        let confidence = report.claim_in(witnesses.articles).confidence;
        confidence.is_none_or(|confidence| confidence >= SURE_CLAIM)
    });
    let articles = real.iter().map(|report| report.article).collect();
    let told = witnesses.told((), articles, is_stated);
    let date = |o: &&&ReportedClaim| witnesses.articles[o.article].article().date;
    let confirmed = real.iter().filter(|o| o.event != Event::Ended).filter_map(|o| date(&o)).max();
    relation.confirmed = confirmed;
    relation.told = Some(told);
    relation.is_quiet = matches!(relation.status, Status::Active | Status::Announced)
        && confirmed.is_some_and(|date| months(date) + quiet_after < months(today));
}

/// Months since the year 0, at the end of what a date can mean.
fn months(date: PartialDate) -> usize {
    usize::try_from(date.year()).unwrap_or(0) * 12 + usize::from(date.month().unwrap_or(12))
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

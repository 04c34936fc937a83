//! Partnerships and what happened to them.

use std::collections::BTreeSet;

use crate::config::Section;
use crate::index::pages::partnership_place;
use crate::index::{Relation, ReportedClaim, Sureness};
use crate::model::{Claim, Event, PartialDate, Status, Transition};
use crate::render::edition::dependencies::note;
use crate::render::site::{Site, dir};
use crate::render::view::{EventView, LinkView, RelationView, ReportView, Shared};

impl Site {
    /// Something that happened, by the position of its relation and among that relation's own.
    #[must_use]
    pub fn event(&self, (at, number): (usize, usize)) -> Shared<EventView> {
        let relation = &self.index.relations[at];
        let relation_event = &relation.events[number];
        let told = relation_event.reports.iter().map(|&number| &relation.reports[number]);
        told.clone().for_each(|report| note(report.article));
        let make = || {
            Shared::new(self.event_view(
                relation,
                relation_event.event,
                relation_event.date,
                told.collect(),
            ))
        };
        self.events[at][number].get_or_init(make).clone()
    }

    /// What happened to a relation, by its position in the index.
    #[must_use]
    pub fn events(&self, at: usize) -> Vec<Shared<EventView>> {
        (0..self.events[at].len()).map(|number| self.event((at, number))).collect()
    }

    /// What one article says happened, by the position of the relation and among its reports.
    #[must_use]
    pub fn fact(&self, (at, number): (usize, usize)) -> EventView {
        let relation = &self.index.relations[at];
        let report = &relation.reports[number];
        self.event_view(relation, report.event, report.date, vec![report])
    }

    fn event_view(
        &self,
        relation: &Relation,
        event: Event,
        date: Option<PartialDate>,
        mut told: Vec<&ReportedClaim>,
    ) -> EventView {
        // Positions go from the newest article to the oldest, undated ones at the end.
        let articles = &self.index.articles;
        let is_undated = |o: &ReportedClaim| articles[o.article].article().date.is_none();
        told.sort_by_key(|o| (is_undated(o), std::cmp::Reverse(o.article), o.claim));
        let claim = |o: &&ReportedClaim| o.claim_in(articles);
        let mut kinds: Vec<&str> = Vec::new();
        for kind in told.iter().flat_map(|o| &claim(o).kinds) {
            if !kinds.contains(&kind.0.as_str()) {
                kinds.push(&kind.0);
            }
        }
        EventView {
            id: event_id(relation, event, date),
            date: date.map(|date| self.strings.date(date)),
            event: event.id(),
            status: relation.status.id(),
            label: self.event_label(event).to_owned(),
            kinds: kinds.into_iter().map(|kind| self.kind_link(kind)).collect(),
            parties: relation.parties.iter().map(|id| self.company_link(id)).collect(),
            partnership: LinkView {
                name: self.relation_name(relation),
                address: partnership_place(&self.index, relation),
            },
            reports: told.iter().map(|o| self.report(o.article, Some(claim(o)))).collect(),
        }
    }

    /// Where something that happened to a relation is told.
    #[must_use]
    pub fn event_place(
        &self,
        relation: &Relation,
        event: Event,
        date: Option<PartialDate>,
    ) -> String {
        let place = partnership_place(&self.index, relation);
        if self.index.config.has(Section::Partnerships) {
            format!("{place}#{}", event_id(relation, event, date))
        } else {
            place
        }
    }

    /// What happened, in a word.
    #[must_use]
    pub fn event_label(&self, event: Event) -> &str {
        self.strings.get(match event {
            Event::Rumoured => "event_rumoured",
            Event::Denied => "event_denied",
            Event::Announced => "event_announced",
            Event::Signed => "event_signed",
            Event::Launched => "event_launched",
            Event::Extended => "event_extended",
            Event::Ended => "event_ended",
            Event::Mentioned => "event_mentioned",
        })
    }

    /// An article as the source of something, with its words where it makes a claim.
    #[must_use]
    pub fn report(&self, at: usize, claim: Option<&Claim>) -> ReportView {
        note(at);
        let entry = &self.index.articles[at];
        let article = entry.article();
        ReportView {
            article: LinkView { name: entry.heading(), address: entry.address.clone() },
            lang: article.lang.tag().to_owned(),
            language: article.lang.own_name().to_owned(),
            dir: dir(&article.lang),
            date: article.date.map(|date| self.strings.date(date)),
            source: self.source_link(entry),
            evidence: claim.and_then(|claim| self.evidence(article, claim)),
            value: claim.and_then(|claim| claim.value.clone()),
            stake: claim.and_then(|claim| claim.stake.clone()),
            reason: claim.and_then(|claim| claim.reason.clone()),
            confidence: claim.and_then(|claim| claim.confidence).map(percent),
        }
    }

    /// The parties' names, joined.
    #[must_use]
    pub fn relation_name(&self, relation: &Relation) -> String {
        let names: Vec<String> =
            relation.parties.iter().map(|id| self.company_link(id).name.clone()).collect();
        named(self.joined(&names), relation.name.as_deref())
    }

    /// Names as an enumeration.
    pub(in crate::render) fn joined(&self, names: &[String]) -> String {
        match names.split_last() {
            Some((last, rest)) if !rest.is_empty() => {
                let first = rest.join(self.strings.get("enumeration_comma"));
                self.strings.with("enumeration", &[("first", &first), ("last", last)])
            }
            _ => names.concat(),
        }
    }

    /// A partnership as lists show it, by its position in the index.
    #[must_use]
    pub fn relation(&self, at: usize) -> Shared<RelationView> {
        let make = || Shared::new(self.relation_view(&self.index.relations[at]));
        self.relations[at].get_or_init(make).clone()
    }

    fn relation_view(&self, relation: &Relation) -> RelationView {
        let articles = relation.articles();
        let publisher = |&at: &usize| self.index.articles[at].publisher.as_deref();
        let sources: BTreeSet<&str> = articles.iter().filter_map(publisher).collect();
        let date = |date: Option<PartialDate>| date.map(|date| self.strings.date(date));
        RelationView {
            id: relation.id.clone(),
            address: partnership_place(&self.index, relation),
            title: self.relation_name(relation),
            parties: relation.parties.iter().map(|id| self.company_link(id)).collect(),
            kinds: relation.kinds.iter().map(|kind| self.kind_link(&kind.value.0)).collect(),
            status: relation.status.id(),
            status_label: self.status_label(relation.status).to_owned(),
            since: date(relation.since()),
            until: date(relation.until()),
            latest: date(relation.latest()),
            confirmed: date(relation.confirmed),
            is_quiet: relation.is_quiet,
            sureness: relation.sureness().map(Sureness::id),
            sureness_label: relation.sureness().map(|sure| self.sureness_label(sure).to_owned()),
            has_disputes: relation.disputes().next().is_some(),
            reports: articles.len(),
            origins: relation.told.as_ref().map_or(0, |told| told.origins),
            sources: sources.len(),
        }
    }

    /// What happened in a story, in words.
    #[must_use]
    pub fn turn_label(&self, turn: Transition) -> &str {
        self.strings.get(match turn {
            Transition::Talk => "turn_rumour",
            Transition::Begin => "turn_start",
            Transition::Extend => "turn_extension",
            Transition::End => "turn_end",
        })
    }

    /// How sure something is, in words.
    #[must_use]
    pub fn sureness_label(&self, sureness: Sureness) -> &str {
        self.strings.get(match sureness {
            Sureness::Confirmed => "sure_confirmed",
            Sureness::Reported => "sure_reported",
            Sureness::Inferred => "sure_inferred",
            Sureness::Disputed => "sure_disputed",
        })
    }

    /// A status in words.
    #[must_use]
    pub fn status_label(&self, status: Status) -> &str {
        match status {
            Status::Rumoured => self.strings.get("status_rumoured"),
            Status::Announced => self.strings.get("status_announced"),
            Status::Active => self.strings.get("status_active"),
            Status::Ended => self.strings.get("status_ended"),
            Status::Unknown => self.strings.get("status_unknown"),
        }
    }
}

/// What something that happened is called in links; ids begin with a letter.
fn event_id(relation: &Relation, event: Event, date: Option<PartialDate>) -> String {
    let day = date.map_or_else(|| "undated".to_owned(), PartialDate::iso);
    let first = if relation.id.starts_with(|c: char| c.is_ascii_digit()) { "p-" } else { "" };
    format!("{first}{}-{event}-{day}", relation.id)
}

/// The parties, and what tells one of their relations from another.
pub(in crate::render) fn named(parties: String, name: Option<&str>) -> String {
    match name {
        Some(name) => format!("{parties}: {name}"),
        None => parties,
    }
}

fn percent(share: f32) -> u8 {
    // A fraction from 0 to 1, so the product fits.
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    {
        (share * 100.0).round() as u8
    }
}

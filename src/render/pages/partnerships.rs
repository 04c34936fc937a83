//! The list of partnerships, and a partnership with all that is told of it.

use std::cmp::Reverse;

use crate::index::pages::ROWS_LISTED;
use crate::index::{Choice, DateFact, Relation, RelationEvent, SourcedValue, StatusReason};
use crate::model::{PartialDate, Status};
use crate::render::pages::{Built, meta};
use crate::render::site::Site;
use crate::render::templates::usage::OptionalView;
use crate::render::view::{FactView, PartnershipView, PartnershipsView, RoleView, ValueView, View};

pub(super) fn partnerships(site: &Site, number: usize) -> Built {
    let all: Vec<usize> = (0..site.index.relations.len()).collect();
    let heading = site.strings.get("partnerships").to_owned();
    list(site, heading, "/partnerships/", all, number)
}

/// One page of some relations, those with the latest reports first.
pub(super) fn list(
    site: &Site,
    heading: String,
    address: &str,
    mut relations: Vec<usize>,
    number: usize,
) -> Built {
    relations.sort_by_cached_key(|&at| (Reverse(site.index.relations[at].latest()), at));
    let shown = relations.chunks(ROWS_LISTED).nth(number - 1).unwrap_or_default();
    let mut meta = meta(site, "partnerships", &heading, Vec::new());
    meta.pager = site.pager_by(ROWS_LISTED, address, relations.len(), number);
    let view = PartnershipsView {
        heading,
        total: relations.len(),
        partnerships: shown.iter().map(|&at| site.relation(at)).collect(),
    };
    ("partnerships.html", meta, View::Partnerships(view))
}

pub(super) fn partnership(site: &Site, id: &str) -> Built {
    let (at, _, relation) = site.index.relations.get_full(id).expect("pages are made of relations");
    let shown = site.relation(at);
    let above = vec![site.fixed_link("partnerships", "/partnerships/")];
    let mut meta = meta(site, "partnership", &shown.title, above);
    let sentence = sentence(site, relation);
    meta.description.clone_from(&sentence);
    let note = relation.note.as_ref();
    let roles = relation.roles.iter().map(|(id, role)| RoleView {
        party: site.company_link(id),
        role: site.strings.role(role).to_owned(),
    });
    let asks_lanes = site.usage.has("partnership.html", OptionalView::Lanes);
    let view = PartnershipView {
        sentence,
        reason: reason(site, relation),
        quiet: relation.confirmed.filter(|_| relation.is_quiet).map(|date| {
            site.strings.with("quiet_since", &[("date", &site.strings.date(date).text)])
        }),
        roles: roles.collect(),
        known: known(site, relation),
        note_title: note.and_then(|(note, _)| note.title.clone()),
        note: note.map(|(note, body)| site.html(&note.path, body)).filter(|html| !html.is_empty()),
        lanes: asks_lanes.then(|| site.lanes(&[at])).flatten(),
        events: site.events(at),
        articles: site.cards(&relation.articles()),
        partnership: shown,
    };
    ("partnership.html", meta, View::Partnership(Box::new(view)))
}

/// The state of a relation in one sentence.
fn sentence(site: &Site, relation: &Relation) -> String {
    let date = |fact: Option<&DateFact>| fact.map(|fact| site.strings.date(fact.date()).text);
    let period = relation.periods.last();
    let since = date(period.and_then(|p| p.start.as_ref()));
    let until = date(period.and_then(|p| p.end.as_ref()));
    let key = match (relation.status, &since, &until) {
        (Status::Rumoured, ..) => "sentence_rumoured",
        (Status::Announced, Some(_), _) => "sentence_announced",
        (Status::Announced, None, _) => "sentence_announced_open",
        (Status::Active, Some(_), _) => "sentence_active",
        (Status::Active, None, _) => "sentence_active_open",
        (Status::Ended, Some(_), Some(_)) => "sentence_ended_span",
        (Status::Ended, None, Some(_)) => "sentence_ended",
        (Status::Ended, Some(_), None) => "sentence_ended_since",
        (Status::Ended, None, None) => "sentence_ended_open",
        (Status::Unknown, ..) => "sentence_unknown",
    };
    let (since, until) = (since.unwrap_or_default(), until.unwrap_or_default());
    site.strings.with(key, &[("since", &since), ("until", &until)])
}

/// What the state of a relation follows from, in words.
fn reason(site: &Site, relation: &Relation) -> Option<String> {
    let strings = &site.strings;
    let told = match relation.because {
        StatusReason::Nothing => return None,
        StatusReason::EndPassed(end) => {
            strings.with("because_end_passed", &[("date", &strings.date(end).text)])
        }
        StatusReason::RelationEvent(at) => {
            let RelationEvent { event, date, .. } = relation.events[at];
            let key = format!("event_{event}");
            let event = strings.get(&key);
            match date {
                Some(date) => strings
                    .with("because_event", &[("event", event), ("date", &strings.date(date).text)]),
                None => strings.with("because_event_undated", &[("event", event)]),
            }
        }
    };
    let reopened = relation.periods.len() > 1;
    let again = reopened
        .then(|| strings.with("because_reopened", &[("n", &relation.periods.len().to_string())]));
    Some(again.map_or(told.clone(), |again| format!("{told} {again}")))
}

/// When a relation began and ended and what it is.
fn known(site: &Site, relation: &Relation) -> Vec<FactView> {
    let mut facts = Vec::new();
    for period in &relation.periods {
        let dates = [("fact_began", &period.start), ("fact_ended", &period.end)];
        for (key, fact) in dates {
            facts.extend(fact.as_ref().map(|fact| date_fact(site, relation, key, fact)));
        }
    }
    if !relation.kinds.is_empty() {
        let label = |told: &SourcedValue<_>| {
            let kind: &crate::model::Kind = &told.value;
            value(site, told, site.kind_link(&kind.0).name.clone(), None)
        };
        facts.push(FactView {
            name: site.strings.get("kind").to_owned(),
            values: relation.kinds.iter().map(label).collect(),
            is_disputed: false,
            choice: None,
        });
    }
    facts
}

fn date_fact(site: &Site, relation: &Relation, key: &str, fact: &DateFact) -> FactView {
    let date = |told: &SourcedValue<PartialDate>| {
        value(site, told, site.strings.date(told.value).text, Some(told.value))
    };
    let is_disputed = fact.values.len() > 1;
    let note = relation.note.as_ref().and_then(|(note, _)| note.prefer.reason.clone());
    let choice = match fact.choice {
        Choice::Only => None,
        Choice::Editor => {
            let words = site.strings.get("choice_editor");
            Some(note.map_or_else(|| format!("{words}."), |note| format!("{words}: {note}")))
        }
        Choice::Party => Some(site.strings.get("choice_party").to_owned()),
        Choice::Origins => Some(site.strings.get("choice_origins").to_owned()),
        Choice::First => Some(site.strings.get("choice_first").to_owned()),
    };
    FactView {
        name: site.strings.get(key).to_owned(),
        values: fact.values.iter().map(date).collect(),
        is_disputed,
        choice,
    }
}

fn value<T>(
    site: &Site,
    told: &SourcedValue<T>,
    text: String,
    date: Option<PartialDate>,
) -> ValueView {
    ValueView {
        text,
        date: date.map(|date| site.strings.date(date)),
        sureness: told.sureness().id(),
        sureness_label: site.sureness_label(told.sureness()).to_owned(),
        origins: told.origins,
        reports: told.articles.iter().map(|&at| site.report(at, None)).collect(),
    }
}

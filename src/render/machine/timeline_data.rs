//! What the timeline's script draws lanes from: all partnerships with dates, as short as they can be told.

use serde::Serialize;

use crate::index::{DateFact, Relation};
use crate::model::{Event, PartialDate, Status, relation_id};
use crate::render::site::Site;

/// Ids and names, which lanes name by their positions, and the lanes.
#[derive(Serialize)]
struct All<'a> {
    today: String,
    companies: Vec<(&'a str, &'a str)>,
    kinds: Vec<(&'a str, &'a str)>,
    statuses: Vec<(&'a str, &'a str)>,
    events: Vec<(&'a str, &'a str)>,
    lanes: Vec<TimelineRow>,
}

/// Parties, kinds, status, stretches, marks, since when it is quiet, and its id where it does not follow
/// from the parties.
#[derive(Serialize)]
struct TimelineRow(
    Vec<usize>,
    Vec<usize>,
    usize,
    Vec<(Option<String>, Option<String>, u8)>,
    Vec<(String, usize)>,
    Option<String>,
    Option<String>,
);

/// The file.
#[must_use]
pub fn json(site: &Site) -> String {
    let index = &site.index;
    let kinds: Vec<&str> = index.config.kinds.keys().map(String::as_str).collect();
    let is_dated = |relation: &&Relation| {
        let spans = relation.periods.iter().flat_map(|period| [&period.start, &period.end]);
        relation.latest().is_some() || spans.flatten().next().is_some()
    };
    let companies = index.companies.values().map(|record| &record.company);
    let links: Vec<_> = kinds.iter().map(|kind| site.kind_link(kind)).collect();
    let all = All {
        today: index.today.iso(),
        companies: companies.map(|company| (company.id.as_str(), company.name.as_str())).collect(),
        kinds: kinds.iter().zip(&links).map(|(id, link)| (*id, link.name.as_str())).collect(),
        statuses: Status::ALL.iter().map(|s| (s.id(), site.status_label(*s))).collect(),
        events: Event::ALL.iter().map(|event| (event.id(), site.event_label(*event))).collect(),
        lanes: index.relations.values().filter(is_dated).map(|r| lane(site, r, &kinds)).collect(),
    };
    serde_json::to_string(&all).expect("data are plain")
}

fn lane(site: &Site, relation: &Relation, kinds: &[&str]) -> TimelineRow {
    let day = |fact: &Option<DateFact>| fact.as_ref().map(|fact| fact.date().iso());
    let spans = relation.periods.iter().map(|p| (day(&p.start), day(&p.end), u8::from(p.ended)));
    let place = |event: Event| Event::ALL.iter().position(|other| *other == event).unwrap_or(0);
    let marks = relation.events.iter().filter_map(|h| Some((h.date?.iso(), place(h.event))));
    let plain = relation_id(relation.parties.iter().map(String::as_str), None);
    let own = relation.kinds.iter();
    TimelineRow(
        site.index.parties(relation).collect(),
        own.filter_map(|told| kinds.iter().position(|kind| *kind == told.value.0)).collect(),
        relation.status.rank(),
        spans.collect(),
        marks.collect(),
        relation.confirmed.filter(|_| relation.is_quiet).map(PartialDate::iso),
        (relation.id != plain).then(|| relation.id.clone()),
    )
}

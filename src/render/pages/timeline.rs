//! The timeline and its parts.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use crate::index::pages::{EVENTS_LISTED, TimelineFilter, timeline_address};
use crate::index::{CompanyRecord, Relation};
use crate::model::{PartialDate, Status};
use crate::render::pages::{Built, meta, overview};
use crate::render::site::{Site, TimelineParts, shares};
use crate::render::view::{
    CountedLink, FilterView, LinkView, SearchOption, Shared, StatusView, TimelineView,
    TimelineYear, View,
};

/// How many companies the timeline leads to.
const COMPANIES: usize = 60;
/// How many events one drawing shows; above that they are counted, and drawn as far as a page lists them.
const ONE_PAGE: usize = 300;
/// How many partnerships one drawing shows: 100 lanes have 100 kB in both layouts, half of what a page
/// may weigh.
pub(super) const LANES_DRAWN: usize = 100;

pub(super) fn timeline(site: &Site, filter: &TimelineFilter, number: usize) -> Built {
    let (heading, relations) = timeline_selection(site, filter);
    let above = match filter {
        TimelineFilter::All => Vec::new(),
        _ => vec![site.fixed_link("timeline", "/timeline/")],
    };
    let events = events(site, filter, &relations);
    let is_overview = events.len() > ONE_PAGE || relations.len() > LANES_DRAWN;
    let mut meta = meta(site, "timeline", &heading, above);
    let address = timeline_address(filter);
    meta.pager = site.pager_by(EVENTS_LISTED, &address, events.len(), number);
    let listed = events.chunks(EVENTS_LISTED).nth(number - 1).unwrap_or_default();
    let first = number == 1;
    // A drawing of all would be heavier than the page may be, so it shows what the first page lists. The
    // pages behind it are lists alone: hundreds of drawings would take as long as all articles.
    let drawn = match (first, is_overview) {
        (false, _) => Vec::new(),
        (true, true) => relations_of(listed),
        (true, false) => relations.clone(),
    };
    let is_year = matches!(filter, TimelineFilter::Year(_));
    let has_overview = is_overview && first && !is_year;
    let parts = site.timeline.get_or_init(|| parts(site));
    let view = TimelineView {
        heading: heading.clone(),
        lanes: first.then(|| site.lanes_by_company(&drawn)).flatten(),
        in_force: has_overview.then(|| overview::in_force(site, &relations)).flatten(),
        flow: if has_overview { overview::flow(site, &relations) } else { Vec::new() },
        overview: if has_overview { by_year(&events) } else { Vec::new() },
        years: listed_by_year(site, listed),
        events: events.len(),
        statuses: statuses(site, &drawn),
        filters: timeline_filters(&parts.filters, filter),
        kinds: parts.kinds.clone(),
        all_statuses: parts.statuses.clone(),
        first_year: parts.first_year,
        last_year: site.index.today.year(),
        total: relations.len(),
    };
    ("timeline.html", meta, View::Timeline(view))
}

fn parts(site: &Site) -> TimelineParts {
    let all: Vec<usize> = (0..site.index.relations.len()).collect();
    TimelineParts {
        filters: all_filters(site),
        kinds: kinds(site),
        statuses: statuses(site, &all),
        first_year: first_year(site),
    }
}

/// Something that happened: when, to which relation, and its number there.
type Dated = (Option<PartialDate>, (usize, usize));

/// The events of a part of the timeline, the newest first and those without a date last.
fn events(site: &Site, filter: &TimelineFilter, relations: &[usize]) -> Vec<Dated> {
    let in_year = |date: Option<PartialDate>| match filter {
        TimelineFilter::Year(year) => date.is_some_and(|date| date.year() == *year),
        _ => true,
    };
    let mut events: Vec<Dated> = Vec::new();
    for &at in relations {
        let of_relation = site.index.relations[at].events.iter().enumerate();
        for (number, relation_event) in of_relation.filter(|(_, h)| in_year(h.date)) {
            events.push((relation_event.date, (at, number)));
        }
    }
    events.sort_by_key(|&(date, event)| (Reverse(date), event));
    events
}

/// The relations of some events, in the order of the index.
fn relations_of(events: &[Dated]) -> Vec<usize> {
    let all: BTreeSet<usize> = events.iter().map(|&(_, (relation, _))| relation).collect();
    all.into_iter().collect()
}

/// Events under their years.
fn listed_by_year(site: &Site, events: &[Dated]) -> Vec<TimelineYear> {
    let mut years: Vec<TimelineYear> = Vec::new();
    for &(date, event) in events {
        let (year, event) = (date.map(|date| date.year().to_string()), site.event(event));
        match years.last_mut() {
            Some(last) if last.year == year => last.events.push(event),
            _ => years.push(TimelineYear { year, events: vec![event] }),
        }
    }
    years
}

/// How many events each year has, the newest year first.
fn by_year(events: &[Dated]) -> Vec<CountedLink> {
    let mut counts: BTreeMap<i16, usize> = BTreeMap::new();
    for date in events.iter().filter_map(|(date, _)| *date) {
        *counts.entry(date.year()).or_default() += 1;
    }
    let link = |year: i16| LinkView {
        name: year.to_string(),
        address: timeline_address(&TimelineFilter::Year(year)),
    };
    shares(counts.into_iter().rev().map(|(year, count)| (link(year), count)).collect())
}

/// The heading of a part of the timeline, and its relations by their positions in the index.
fn timeline_selection(site: &Site, filter: &TimelineFilter) -> (String, Vec<usize>) {
    let select = |wanted: &dyn Fn(&Relation) -> bool| {
        let all = site.index.relations.values().enumerate();
        all.filter(|(_, relation)| wanted(relation)).map(|(at, _)| at).collect()
    };
    let timeline = site.strings.get("timeline");
    match filter {
        TimelineFilter::All => (timeline.to_owned(), select(&|_| true)),
        TimelineFilter::Year(year) => {
            let has =
                |r: &Relation| r.events.iter().filter_map(|h| h.date).any(|d| d.year() == *year);
            (format!("{timeline}: {year}"), select(&has))
        }
        TimelineFilter::Kind(kind) => {
            let name = site.kind_link(kind).name.clone();
            let has = |r: &Relation| r.kinds.iter().any(|k| k.value.0 == *kind);
            (format!("{timeline}: {name}"), select(&has))
        }
        TimelineFilter::Status(status) => {
            let name = site.status_label(*status);
            (format!("{timeline}: {name}"), select(&|r| r.status == *status))
        }
    }
}

/// The companies with most partnerships; each has them on a page of its own.
fn companies(site: &Site) -> Vec<CountedLink> {
    let companies = site.index.companies.values().filter(|record| !record.relations.is_empty());
    let link = |record: &CompanyRecord| {
        let link = site.company_link(&record.company.id);
        let address = format!("{}#page-partners", link.address);
        (Shared::new(LinkView { name: link.name.clone(), address }), record.relations.len())
    };
    site.ranked(companies.map(link).collect(), COMPANIES)
}

/// The kinds that relations are of.
fn kinds(site: &Site) -> Vec<SearchOption> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for told in site.index.relations.values().flat_map(|relation| &relation.kinds) {
        *counts.entry(&told.value.0).or_default() += 1;
    }
    let option = |(kind, count): (&str, usize)| SearchOption {
        value: kind.to_owned(),
        name: site.kind_link(kind).name.clone(),
        count,
    };
    counts.into_iter().map(option).collect()
}

/// The year of the first event; this one where no event has a date.
fn first_year(site: &Site) -> i16 {
    let events = site.index.relations.values().flat_map(|relation| &relation.events);
    let years = events.filter_map(|relation_event| relation_event.date).map(PartialDate::year);
    years.min().unwrap_or(site.index.today.year())
}

/// The states of some relations, where they have several.
fn statuses(site: &Site, relations: &[usize]) -> Vec<StatusView> {
    let has = |status| relations.iter().any(|&at| site.index.relations[at].status == status);
    let all = Status::ALL.into_iter().filter(|&status| has(status));
    let view =
        |status: Status| StatusView { id: status.id(), name: site.status_label(status).to_owned() };
    let all: Vec<StatusView> = all.map(view).collect();
    if all.len() > 1 { all } else { Vec::new() }
}

/// What a part of the timeline leads to.
fn timeline_filters(all: &[FilterView], current: &TimelineFilter) -> Vec<FilterView> {
    let mut filters = all.to_vec();
    let current = timeline_address(current);
    for link in filters.iter_mut().flat_map(|filter| &mut filter.links) {
        link.current = link.address == current;
    }
    filters
}

/// The same for all of its parts.
fn all_filters(site: &Site) -> Vec<FilterView> {
    let relations = || site.index.relations.values();
    let mut kinds: BTreeMap<TimelineFilter, usize> = BTreeMap::new();
    let mut statuses: BTreeMap<TimelineFilter, usize> = BTreeMap::new();
    let mut years: BTreeMap<TimelineFilter, usize> = BTreeMap::new();
    for relation in relations() {
        for kind in &relation.kinds {
            *kinds.entry(TimelineFilter::Kind(kind.value.0.clone())).or_default() += 1;
        }
        *statuses.entry(TimelineFilter::Status(relation.status)).or_default() += 1;
        for date in relation.events.iter().filter_map(|h| h.date) {
            *years.entry(TimelineFilter::Year(date.year())).or_default() += 1;
        }
    }
    let link = |filter: &TimelineFilter, count: usize| CountedLink {
        name: match filter {
            TimelineFilter::All => site.strings.get("all").to_owned(),
            TimelineFilter::Year(year) => year.to_string(),
            TimelineFilter::Kind(kind) => site.kind_link(kind).name.clone(),
            TimelineFilter::Status(status) => site.status_label(*status).to_owned(),
        },
        address: timeline_address(filter),
        count,
        share: 0,
        current: false,
    };
    let group = |key: &str, counts: BTreeMap<TimelineFilter, usize>| FilterView {
        name: site.strings.get(key).to_owned(),
        links: counts.iter().map(|(filter, &count)| link(filter, count)).collect(),
    };
    let mut year_group = group("filter_year", years);
    year_group.links.reverse();
    let companies =
        FilterView { name: site.strings.get("company").to_owned(), links: companies(site) };
    vec![companies, group("filter_kind", kinds), group("filter_status", statuses), year_group]
}

//! Many partnerships at a glance: what is in force, company by company, and what is new, kind by kind.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::RangeInclusive;

use crate::index::pages::{TimelineFilter, company_address, timeline_address};
use crate::index::{DateFact, Index, Relation};
use crate::model::PartialDate;
use crate::render::site::Site;
use crate::render::view::{FlowColumn, FlowView, InForceCell, InForceRow, InForceView, YearHead};

/// How many companies have a row: 40 of 24 pixels fill one window of 1,000.
const COMPANIES: usize = 40;
/// How many years have a column: with more, "+10" would not fit into a cell in a window of 1,280.
const YEARS: i16 = 24;
/// In how many steps cells are shaded; neighbours of more could not be told apart.
const LEVELS: f64 = 5.0;

/// A company, how many relations it has, and for each year how many are in force and how many new.
type Counted = (usize, usize, Vec<(usize, usize)>);

/// The years that charts of some relations show.
fn years(index: &Index, relations: &[usize]) -> RangeInclusive<i16> {
    let last = index.today.year();
    let begun = relations.iter().filter_map(|&at| first_year(&index.relations[at]));
    let first = begun.min().unwrap_or(last).clamp(last - YEARS + 1, last);
    first..=last
}

/// The year that a relation began in, as far as is known.
pub(super) fn first_year(relation: &Relation) -> Option<i16> {
    // What is only rumoured is not there.
    stretches(relation, i16::MAX).map(|years| *years.start()).min()
}

/// The years in which a relation was in force.
fn stretches(relation: &Relation, now: i16) -> impl Iterator<Item = RangeInclusive<i16>> + '_ {
    let first_seen = relation.events.iter().filter_map(|relation_event| relation_event.date).min();
    let year = |fact: &Option<DateFact>| fact.as_ref().map(|fact| fact.date().year());
    // Nobody knows how long one of which nothing has been heard for long goes on.
    let heard = relation.confirmed.or_else(|| relation.latest()).map(PartialDate::year);
    relation.periods.iter().filter_map(move |period| {
        let start = year(&period.start).or(first_seen.map(PartialDate::year))?;
        let end = match year(&period.end) {
            Some(end) => end,
            None if period.ended || relation.is_quiet => heard.unwrap_or(start),
            None => now,
        };
        Some(start..=end.max(start))
    })
}

/// Companies by years, those with most partnerships first; none where nothing is dated.
pub(super) fn in_force(site: &Site, relations: &[usize]) -> Option<InForceView> {
    let index = &site.index;
    let years = years(index, relations);
    let events = index.relations.values().flat_map(|relation| &relation.events);
    let told: BTreeSet<i16> = events.filter_map(|h| h.date).map(PartialDate::year).collect();
    let year_address = |year: i16| {
        let address = timeline_address(&TimelineFilter::Year(year));
        if told.contains(&year) { address } else { String::new() }
    };
    let mut rows: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for &at in relations {
        for company in index.parties(&index.relations[at]) {
            rows.entry(company).or_default().push(at);
        }
    }
    let all = rows.len();
    let mut rows: Vec<(usize, Vec<usize>)> = rows.into_iter().collect();
    rows.sort_by_key(|(company, own)| (Reverse(own.len()), *company));
    rows.truncate(COMPANIES);
    let counted: Vec<Counted> = rows
        .iter()
        .map(|(company, own)| (*company, own.len(), counts(index, own, &years)))
        .collect();
    let cells = counted.iter().flat_map(|row| &row.2);
    let most = cells.map(|cell| cell.0).max().filter(|most| *most > 0)?;
    let row = |(company, total, counts): Counted| {
        let company = &index.companies[company].company;
        let cell = |(year, (in_force, new)): (i16, (usize, usize))| InForceCell {
            address: match year_address(year) {
                none if none.is_empty() => company_address(&company.id),
                address => format!("{address}?company={}", company.id),
            },
            in_force,
            new,
            level: level(in_force, most),
        };
        InForceRow {
            company: site.company_link(&company.id),
            cells: years.clone().zip(counts).map(cell).collect(),
            total,
        }
    };
    let year_head = |year: i16| YearHead {
        century: (year / 100).to_string(),
        rest: format!("{:02}", year % 100),
        address: year_address(year),
    };
    Some(InForceView {
        years: years.clone().map(year_head).collect(),
        rows: counted.into_iter().map(row).collect(),
        more: all.saturating_sub(COMPANIES),
    })
}

/// How many of some relations are in force in each year, and how many are new.
fn counts(index: &Index, relations: &[usize], years: &RangeInclusive<i16>) -> Vec<(usize, usize)> {
    let now = *years.end();
    let mut counts = vec![(0, 0); years.clone().count()];
    let first = *years.start();
    let place = |year: i16| usize::try_from(year - first).ok();
    for relation in relations.iter().map(|&at| &index.relations[at]) {
        for stretch in stretches(relation, now) {
            for year in (*stretch.start()).max(first)..=(*stretch.end()).min(now) {
                counts[place(year).unwrap_or(0)].0 += 1;
            }
            if let Some(count) = place(*stretch.start()).and_then(|at| counts.get_mut(at)) {
                count.1 += 1;
            }
        }
    }
    counts
}

/// How dark a cell is: each step is as many times the one before, so that one large company does not
/// leave all others pale.
pub(super) fn level(count: usize, most: usize) -> usize {
    let size = |n: usize| f64::from(u32::try_from(n).unwrap_or(u32::MAX)).ln();
    if count == 0 {
        return 0;
    }
    // At most the number of steps.
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    {
        (size(count) / size(most.max(2)) * LEVELS).ceil().clamp(1.0, LEVELS) as usize
    }
}

/// How many relations of each kind began in each year, all on one scale, the most frequent kind first.
pub(super) fn flow(site: &Site, relations: &[usize]) -> Vec<FlowView> {
    let index = &site.index;
    let years = years(index, relations);
    let mut kinds: BTreeMap<&str, (usize, BTreeMap<i16, usize>)> = BTreeMap::new();
    for relation in relations.iter().map(|&at| &index.relations[at]) {
        let Some(kind) = relation.kinds.first() else { continue };
        let (total, by_year) = kinds.entry(&kind.value.0).or_default();
        *total += 1;
        if let Some(year) = first_year(relation).filter(|year| years.contains(year)) {
            *by_year.entry(year).or_default() += 1;
        }
    }
    let most = kinds.values().flat_map(|kind| kind.1.values()).copied().max().unwrap_or(1);
    let mut kinds: Vec<_> = kinds.into_iter().collect();
    kinds.sort_by_key(|(kind, (total, _))| (Reverse(*total), *kind));
    let width = 240 / years.clone().count().max(1);
    kinds
        .into_iter()
        .map(|(kind, (total, by_year))| FlowView {
            kind: site.kind_link(kind),
            total,
            width: width.max(2) - 1,
            columns: by_year
                .into_iter()
                .map(|(year, count)| FlowColumn {
                    year,
                    address: format!(
                        "{}?kind={kind}",
                        timeline_address(&TimelineFilter::Year(year))
                    ),
                    count,
                    x: usize::try_from(year - years.start()).unwrap_or(0) * width,
                    height: (count * 48).div_ceil(most),
                })
                .collect(),
            first: *years.start(),
            last: *years.end(),
        })
        .collect()
}

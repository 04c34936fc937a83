//! Which partners stand in the chart of a company with many.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use crate::index::pages::partnership_place;
use crate::render::drawings::chart::{self, Dot, Row};
use crate::render::site::Site;

/// How many partnerships the chart shows at most, the newest: 250 bytes each, a quarter of what the
/// page may weigh.
const DOTS: usize = 200;

/// The partnerships of a company by kind and start; none where nothing is dated.
pub(super) fn chart(site: &Site, id: &str, relations: &[usize]) -> Option<String> {
    let index = &site.index;
    let mut dated: Vec<(_, usize)> = relations
        .iter()
        .filter_map(|&at| {
            let relation = &index.relations[at];
            let first =
                relation.events.iter().filter_map(|relation_event| relation_event.date).min();
            Some((relation.since().or(first)?, at))
        })
        .collect();
    dated.sort_by_key(|&(date, at)| (Reverse(date), at));
    dated.truncate(DOTS);
    dated.reverse();
    let mut kinds: BTreeMap<&str, Vec<Dot>> = BTreeMap::new();
    for (date, at) in dated {
        let relation = &index.relations[at];
        let kind = relation.kinds.first().map_or("", |kind| kind.value.0.as_str());
        let others = relation.parties.iter().filter(|party| *party != id);
        let names: Vec<String> = others.map(|id| site.company_link(id).name.clone()).collect();
        kinds.entry(kind).or_default().push(Dot {
            date,
            name: site.joined(&names),
            address: partnership_place(index, relation),
            status: relation.status,
            is_quiet: relation.is_quiet,
            title: format!(
                "{}: {}",
                site.strings.date(date).text,
                site.status_label(relation.status)
            ),
        });
    }
    let mut kinds: Vec<(&str, Vec<Dot>)> = kinds.into_iter().collect();
    kinds.sort_by_key(|(kind, dots)| (Reverse(dots.len()), *kind));
    let row =
        |(kind, dots): (&str, Vec<Dot>)| Row { name: site.kind_link(kind).name.clone(), dots };
    let rows: Vec<Row> = kinds.into_iter().map(row).collect();
    chart::chart(&rows, index.today, site.strings.get("chart_title"))
}

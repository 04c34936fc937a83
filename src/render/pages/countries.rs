//! Which countries' companies have partnerships with each other.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use crate::index::pages::between_address;
use crate::render::pages::{Built, meta, partnerships};
use crate::render::site::{Site, shares};
use crate::render::view::{CountriesView, CountryCell, CountryRow, LinkView, View};
use crate::render::words::countries::name;

/// How many countries the table has: as many columns of two digits as have room beside a name in a
/// window of 1,280.
const COUNTRIES: usize = 20;
/// How many pairs of other countries are listed.
const OTHERS: usize = 60;

/// The table of all countries.
pub(super) fn countries(site: &Site) -> Built {
    let ties = &site.countries.ties;
    let called = |code: &str| name(&site.index.config.language, code).to_owned();
    let mut totals: BTreeMap<&str, usize> = BTreeMap::new();
    for ((one, other), relations) in ties {
        *totals.entry(one).or_default() += relations.len();
        if other != one {
            *totals.entry(other).or_default() += relations.len();
        }
    }
    let mut ranked: Vec<(&str, usize)> = totals.into_iter().collect();
    ranked.sort_by_key(|&(code, total)| (Reverse(total), code));
    ranked.truncate(COUNTRIES);
    let most = ties.values().map(Vec::len).max().unwrap_or(1);
    let cell = |one: &str, other: &str| {
        let (first, second) = (one.min(other), one.max(other));
        let count = ties.get(&(first.to_owned(), second.to_owned())).map_or(0, Vec::len);
        CountryCell {
            count,
            level: crate::render::pages::overview::level(count, most),
            address: between_address(first, second),
        }
    };
    let row = |&(code, total): &(&str, usize)| CountryRow {
        name: called(code),
        total,
        cells: ranked.iter().map(|&(other, _)| cell(code, other)).collect(),
    };
    let is_shown = |code: &str| ranked.iter().any(|row| row.0 == code);
    let mut others: Vec<(LinkView, usize)> = ties
        .iter()
        .filter(|((one, other), _)| !is_shown(one) || !is_shown(other))
        .map(|((one, other), relations)| (pair_link(site, one, other), relations.len()))
        .collect();
    others.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.name.cmp(&b.0.name)));
    others.truncate(OTHERS);
    let view = CountriesView {
        columns: ranked.iter().map(|row| called(row.0)).collect(),
        rows: ranked.iter().map(row).collect(),
        others: shares(others),
    };
    let title = site.strings.get("countries");
    ("countries.html", meta(site, "countries", title, Vec::new()), View::Countries(view))
}

/// The partnerships between two countries.
pub(super) fn between(site: &Site, one: &str, other: &str, number: usize) -> Built {
    let relations = site.countries.ties[&(one.to_owned(), other.to_owned())].clone();
    let link = pair_link(site, one, other);
    let (template, mut meta, view) =
        partnerships::list(site, link.name, &link.address, relations, number);
    meta.breadcrumbs.push(site.fixed_link("countries", "/countries/"));
    (template, meta, view)
}

fn pair_link(site: &Site, one: &str, other: &str) -> LinkView {
    let called = |code: &str| name(&site.index.config.language, code).to_owned();
    let name = if one == other {
        site.strings.with("within_country", &[("country", &called(one))])
    } else {
        format!("{} × {}", called(one), called(other))
    };
    LinkView { name, address: between_address(one, other) }
}

//! The list of companies, and a company.

use std::collections::BTreeMap;
use std::ops::Range;

use super::{Built, meta, network};
use crate::index::CompanyRecord;
use crate::index::pages::company_address;
use crate::model::{Language, slug};
use crate::render::asks::Dear;
use crate::render::site::{Site, dir, shares};
use crate::render::view::{
    CompaniesView, CompanyRow, CompanyView, CountedLink, LetterView, LinkView, NameView,
    PartnerView, Shared, View,
};

fn company_row(record: &CompanyRecord) -> CompanyRow {
    let company = &record.company;
    let names = company.names.iter().filter_map(|(tag, name)| {
        let lang = Language::parse(tag)?;
        Some(NameView {
            lang: lang.tag().to_owned(),
            language: lang.own_name().to_owned(),
            dir: dir(&lang),
            name: name.clone(),
        })
    });
    CompanyRow {
        name: company.name.clone(),
        address: company_address(&company.id),
        names: names.collect(),
        country: company.country.clone(),
        articles: record.articles.len(),
        partnerships: record.relations.len(),
    }
}

pub(super) fn companies(site: &Site) -> Built {
    let locale = &site.strings.locale;
    let mut letters: BTreeMap<String, Vec<&CompanyRecord>> = BTreeMap::new();
    for record in site.index.companies.values() {
        letters.entry(locale.initial(&record.company.name)).or_default().push(record);
    }
    let mut letters: Vec<_> = letters.into_iter().collect();
    letters.sort_by(|one, other| locale.compare(&one.0, &other.0));
    let letters = letters.into_iter().map(|(letter, mut records)| {
        records.sort_by(|one, other| locale.compare(&one.company.name, &other.company.name));
        let companies = records.into_iter().map(company_row).collect();
        let id = Some(slug(&letter)).filter(|s| s != "sharp").unwrap_or_else(|| "other".into());
        LetterView { id: format!("letter-{id}"), letter, companies }
    });
    let view = CompaniesView { letters: letters.collect() };
    let title = site.strings.get("companies");
    ("companies.html", meta(site, "companies", title, Vec::new()), View::Companies(view))
}

pub(super) fn company(site: &Site, id: &str, number: usize) -> Built {
    let record = &site.index.companies[id];
    let company = &record.company;
    let address = company_address(id);
    let mut meta =
        meta(site, "company", &company.name, vec![site.fixed_link("companies", "/companies/")]);
    meta.pager = site.pager(&address, record.articles.len(), number);
    if let Some(summary) = &company.summary {
        meta.description.clone_from(summary);
    }
    let first = number == 1;
    let asks = |value: Dear| first && site.asks.has("company.html", value);
    let view = CompanyView {
        company: company_row(record),
        id: id.to_owned(),
        aliases: company.aliases.clone(),
        former_names: company.former_names.clone(),
        website: company.website.clone().filter(|url| url.starts_with("http")),
        merged_into: company.merged_into.as_ref().map(|(id, _)| site.company_link(id)),
        merged: company
            .merged_into
            .as_ref()
            .and_then(|merged| merged.1)
            .map(|date| site.strings.date(date)),
        predecessors: companies_at(site, &record.predecessors),
        parent: company.parent.as_deref().map(|id| site.company_link(id)),
        subsidiaries: companies_at(site, &record.subsidiaries),
        ticker: company.ticker.clone(),
        same_as: company.same_as.iter().filter_map(|(k, v)| same_as(k, v)).collect(),
        founded: company.founded.map(|date| site.strings.date(date)),
        summary: company.summary.clone(),
        profile: (first && !record.profile.html.is_empty())
            .then(|| site.html(&record.company.path, &record.profile)),
        partners: if first { partners(site, id, &record.relations) } else { Vec::new() },
        network: asks(Dear::Network)
            .then(|| network::network(site, id, &record.relations))
            .flatten(),
        network_note: site.strings.with("network_note", &[("name", &company.name)]),
        lanes: asks(Dear::Lanes).then(|| site.lanes(&record.relations)).flatten(),
        years: years(site, &record.articles),
        articles: site.cards(site.page_of(&record.articles, number)),
    };
    ("company.html", meta, View::Company(Box::new(view)))
}

fn companies_at(site: &Site, positions: &[usize]) -> Vec<Shared<LinkView>> {
    let id = |&at: &usize| site.index.companies[at].company.id.as_str();
    positions.iter().map(|at| site.company_link(id(at))).collect()
}

/// The address of the same company elsewhere; only registers whose addresses we know.
fn same_as(register: &str, id: &str) -> Option<LinkView> {
    let address = match register {
        "wikidata" => format!("https://www.wikidata.org/wiki/{id}"),
        _ if id.starts_with("https://") => id.to_owned(),
        _ => return None,
    };
    let mut name = register.to_owned();
    if let Some(first) = name.get_mut(..1) {
        first.make_ascii_uppercase();
    }
    Some(LinkView { name, address })
}

fn partners(site: &Site, id: &str, relations: &[usize]) -> Vec<PartnerView> {
    let all = &site.index.relations;
    let mut relations = relations.to_vec();
    relations
        .sort_by_cached_key(|&at| (all[at].status.rank(), std::cmp::Reverse(all[at].latest()), at));
    let partners = |at: usize| {
        let others = all[at].parties.iter().filter(|party| *party != id);
        others.map(|party| site.company_link(party)).collect()
    };
    relations
        .into_iter()
        .map(|at| PartnerView { partners: partners(at), relation: site.relation(at) })
        .collect()
}

/// Articles by year, oldest first, without gaps.
fn years(site: &Site, articles: &[usize]) -> Vec<CountedLink> {
    // Articles of one year are neighbours in the index, where those of a company stand in the same order.
    let count = |places: &Range<usize>| {
        let up_to = |end: usize| articles.partition_point(|&at| at < end);
        up_to(places.end) - up_to(places.start)
    };
    let counts = site.years.iter().map(|(year, places)| (*year, count(places)));
    let counts: BTreeMap<i16, usize> = counts.filter(|(_, count)| *count > 0).collect();
    let (Some((&first, _)), Some((&last, _))) = (counts.first_key_value(), counts.last_key_value())
    else {
        return Vec::new();
    };
    let link = |year: i16| LinkView { name: year.to_string(), address: format!("/{year:04}/") };
    let all = (first..=last).map(|year| (link(year), counts.get(&year).copied().unwrap_or(0)));
    shares(all.collect())
}

//! The list of companies, and a company.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::ops::Range;

use crate::config::Section;
use crate::index::CompanyRecord;
use crate::index::pages::{PARTNERS_SHOWN, ROWS_LISTED, company_address, partners_address};
use crate::model::{Event, Language, slug};
use crate::render::pages::{Built, chart, meta, network};
use crate::render::site::{Site, dir, shares};
use crate::render::templates::usage::OptionalView;
use crate::render::view::{
    CompaniesView, CompanyRow, CompanyView, CountedLink, LetterView, LinkView, NameView,
    NoticeView, PartnerView, PartnersView, Shared, View,
};
use crate::render::words::countries;

/// How many partnerships of a company with many stand on its page: with what changed last and the
/// newest headlines they are one printed sheet.
const PARTNERS_NOW: usize = 8;
/// How many changes and headlines do.
const LATEST: usize = 5;

fn company_row(site: &Site, record: &CompanyRecord) -> CompanyRow {
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
        country_name: company
            .country
            .as_deref()
            .map(|code| countries::name(&site.index.config.language, code).to_owned()),
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
        let companies = records.into_iter().map(|record| company_row(site, record)).collect();
        let id = Some(slug(&letter)).filter(|s| s != "sharp").unwrap_or_else(|| "other".into());
        LetterView { id: format!("letter-{id}"), letter, companies }
    });
    let view = CompaniesView { total: site.index.companies.len(), letters: letters.collect() };
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
    let usage = |value: OptionalView| first && site.usage.has("company.html", value);
    let all = by_weight(site, &record.relations);
    let is_many = all.len() > PARTNERS_SHOWN && site.index.config.has(Section::Partnerships);
    let shown = if is_many { &all[..PARTNERS_NOW] } else { &all[..] };
    let view = CompanyView {
        company: company_row(site, record),
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
        partners: if first { partners(site, id, shown) } else { Vec::new() },
        all_partners: (first && is_many).then(|| CountedLink {
            name: site.strings.get("all_partners").to_owned(),
            address: partners_address(id),
            count: all.len(),
            share: 100,
            current: false,
        }),
        changes: if first { changes(site, &record.relations) } else { Vec::new() },
        latest: if first && record.articles.len() > LATEST {
            site.cards(&record.articles[..LATEST])
        } else {
            Vec::new()
        },
        chart: (is_many && usage(OptionalView::Chart))
            .then(|| chart::chart(site, id, &all))
            .flatten(),
        network: usage(OptionalView::Network)
            .then(|| network::network(site, id, &record.relations))
            .flatten(),
        network_note: site.strings.with("network_note", &[("name", &company.name)]),
        lanes: usage(OptionalView::Lanes).then(|| site.lanes_of(id, shown)).flatten(),
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

/// All partnerships of a company that has many.
pub(super) fn partners_list(site: &Site, id: &str, number: usize) -> Built {
    let company = site.company_link(id);
    let all = by_weight(site, &site.index.companies[id].relations);
    let above = vec![site.fixed_link("companies", "/companies/"), (*company).clone()];
    let title = format!("{}: {}", company.name, site.strings.get("partners"));
    let mut meta = meta(site, "partners", &title, above);
    meta.pager = site.pager_by(ROWS_LISTED, &partners_address(id), all.len(), number);
    let shown = all.chunks(ROWS_LISTED).nth(number - 1).unwrap_or_default();
    let view = PartnersView { company, total: all.len(), partners: partners(site, id, shown) };
    ("partners.html", meta, View::Partners(view))
}

/// Relations, those that matter now first: what goes on before what has gone quiet or is over, and
/// what is reported much before what is reported little.
fn by_weight(site: &Site, relations: &[usize]) -> Vec<usize> {
    let all = &site.index.relations;
    let mut relations = relations.to_vec();
    relations.sort_by_cached_key(|&at| {
        let relation = &all[at];
        let reports = Reverse(relation.articles().len());
        (relation.is_quiet, relation.status.rank(), reports, Reverse(relation.latest()), at)
    });
    relations
}

fn partners(site: &Site, id: &str, relations: &[usize]) -> Vec<PartnerView> {
    let partners = |at: usize| {
        let others = site.index.relations[at].parties.iter().filter(|party| *party != id);
        others.map(|party| site.company_link(party)).collect()
    };
    let partner = |&at: &usize| PartnerView { partners: partners(at), relation: site.relation(at) };
    relations.iter().map(partner).collect()
}

/// What changed last in some relations, the newest first.
fn changes(site: &Site, relations: &[usize]) -> Vec<NoticeView> {
    let mut dated = Vec::new();
    for &at in relations {
        for (number, relation_event) in site.index.relations[at].events.iter().enumerate() {
            if relation_event.event != Event::Mentioned && relation_event.date.is_some() {
                dated.push((relation_event.date, (at, number)));
            }
        }
    }
    dated.sort_by_key(|&(date, event)| (Reverse(date), event));
    dated.into_iter().take(LATEST).map(|(_, event)| site.notice(event, false)).collect()
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

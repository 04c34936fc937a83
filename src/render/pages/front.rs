//! The home page.

use std::collections::BTreeSet;

use super::{Built, meta};
use crate::model::{Event, PartialDate};
use crate::render::site::{Site, shares};
use crate::render::view::{CountedLink, EventView, HomeView, LinkView, Shared, View};

/// How many stories the home page lists after the first one.
const HOME_NEWS: usize = 12;

pub(super) fn home(site: &Site) -> Built {
    let index = &site.index;
    let mut news = latest(site).into_iter().map(|at| site.news(at));
    let companies: Vec<(Shared<LinkView>, usize)> = index
        .companies
        .iter()
        .map(|(id, record)| (site.company_link(id), record.articles.len()))
        .collect();
    let tags = index.tags.iter().map(|(key, r)| (site.tag_link(key), r.articles.len())).collect();
    let mut meta = meta(site, "home", &index.config.title, Vec::new());
    meta.breadcrumbs.clear();
    if let Some(summary) = index.intro.as_ref().and_then(|record| record.page.summary.clone()) {
        meta.description = summary;
    }
    let view = HomeView {
        counts: site.counts(),
        intro: index.intro.as_ref().map(|record| site.standing_html(record)),
        lead: news.next(),
        news: news.collect(),
        months: last_months(site),
        changes: changes(site),
        companies: site.ranked(companies, 12),
        tags: site.ranked(tags, 24),
    };
    ("home.html", meta, View::Home(Box::new(view)))
}

/// The newest articles, one for each story.
fn latest(site: &Site) -> Vec<usize> {
    let mut seen = BTreeSet::new();
    let is_new = |at: &usize| site.index.articles[*at].story.is_none_or(|story| seen.insert(story));
    (0..site.index.articles.len()).filter(is_new).take(HOME_NEWS + 1).collect()
}

/// The last 24 months up to today, oldest first.
fn last_months(site: &Site) -> Vec<CountedLink> {
    let today = site.index.today;
    let last = i32::from(today.year()) * 12 + i32::from(today.month().unwrap_or(1)) - 1;
    let months = (last - 23..=last).filter_map(|n| {
        let year = i16::try_from(n.div_euclid(12)).ok()?;
        let month = u8::try_from(n.rem_euclid(12) + 1).ok()?;
        let date = PartialDate::new(year, Some(month), None)?;
        let count = site.index.dates.get(&date).map_or(0, Vec::len);
        Some((site.date_link(date), count))
    });
    shares(months.collect())
}

/// The latest dated changes of state, newest first.
fn changes(site: &Site) -> Vec<Shared<EventView>> {
    let mut dated = Vec::new();
    for (at, relation) in site.index.relations.values().enumerate() {
        for (number, happening) in relation.happenings.iter().enumerate() {
            if happening.event != Event::Mentioned && happening.date.is_some() {
                dated.push((happening.date, at, number));
            }
        }
    }
    dated.sort_by_key(|&(date, at, number)| (std::cmp::Reverse(date), at, number));
    dated.into_iter().take(8).map(|(_, at, number)| site.event((at, number))).collect()
}

//! The home page.

use std::collections::BTreeSet;

use crate::index::Index;
use crate::model::{Event, PartialDate};
use crate::render::pages::timeline::LANES_DRAWN;
use crate::render::pages::{Built, meta, overview};
use crate::render::site::{Site, shares};
use crate::render::view::{CountedLink, HomeView, LinkView, NewsView, NoticeDay, Shared, View};

/// How many changes the home page tells: a reader goes through them in half a minute.
const CHANGES: usize = 8;

pub(super) fn home(site: &Site) -> Built {
    let index = &site.index;
    let mut news = latest(site).into_iter();
    let lead = news
        .next()
        .map(|at| NewsView { mark: mark(site, at).unwrap_or_default(), ..site.news(at) });
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
        lead,
        news: news.map(|at| site.news(at)).collect(),
        months: last_months(site),
        changes: changes(site),
        flow: if index.relations.len() > LANES_DRAWN {
            overview::flow(site, &(0..index.relations.len()).collect::<Vec<_>>())
        } else {
            Vec::new()
        },
        companies: site.ranked(companies, 12),
        tags: site.ranked(tags, 24),
    };
    ("home.html", meta, View::Home(Box::new(view)))
}

/// Who an article is about, where it has no picture.
fn mark(site: &Site, at: usize) -> Option<String> {
    let entry = &site.index.articles[at];
    let story = entry.story.map(|story| &site.index.stories[story].parties);
    let parties = story.or_else(|| entry.parties.first())?;
    site.mark(parties).filter(|_| site.card(at).picture.is_none())
}

/// The newest articles, one for each story; first of all the story that the settings pin.
fn latest(site: &Site) -> Vec<usize> {
    let index = &site.index;
    let mut seen = BTreeSet::new();
    let is_new = |at: &usize| index.articles[*at].story.is_none_or(|story| seen.insert(story));
    let pinned = index.config.lead.as_ref().and_then(|lead| pinned(index, &lead.0));
    let all = pinned.into_iter().chain(0..index.articles.len());
    let mut alone = BTreeSet::new();
    all.filter(|at| alone.insert(*at)).filter(is_new).take(index.config.home_stories + 1).collect()
}

/// The newest article of what an editor names: a story by its id, or an article by its address.
fn pinned(index: &Index, lead: &str) -> Option<usize> {
    let name = lead.trim_matches('/');
    let story = index.stories.get(name.strip_prefix("stories/").unwrap_or(name));
    let told = story.and_then(|story| story.members.iter().map(|member| member.article).min());
    told.or_else(|| index.articles.iter().position(|e| e.address.trim_matches('/') == name))
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

/// The latest dated changes of state, day by day, the newest first.
fn changes(site: &Site) -> Vec<NoticeDay> {
    let mut dated = Vec::new();
    for (at, relation) in site.index.relations.values().enumerate() {
        for (number, relation_event) in relation.events.iter().enumerate() {
            let told = relation_event.date.filter(|_| relation_event.event != Event::Mentioned);
            dated.extend(told.map(|date| (date, at, number)));
        }
    }
    dated.sort_by_key(|&(date, at, number)| (std::cmp::Reverse(date), at, number));
    dated.truncate(CHANGES);
    let day = |same: &[(PartialDate, usize, usize)]| NoticeDay {
        date: site.strings.date(same[0].0),
        notices: same.iter().map(|&(_, at, number)| site.notice((at, number), true)).collect(),
    };
    dated.chunk_by(|one, other| one.0 == other.0).map(day).collect()
}

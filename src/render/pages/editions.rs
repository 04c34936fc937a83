//! Editions: what was new in a week or a month, for the site, for mail and as text.

use std::collections::BTreeSet;
use std::fmt::Write;

use crate::config::Every;
use crate::index::pages::edition_address;
use crate::model::{PartialDate, address_join};
use crate::render::pages::{Built, meta};
use crate::render::site::{Site, shares};
use crate::render::view::{
    EditionView, EditionYear, EditionsView, FeedEntry, FeedView, LinkView, NewsView, NoticeView,
    Shared, View,
};
use crate::render::words::message::Arg;

/// How many events and how many articles an edition tells: 60 of each are 90 kB in a mail, and mail
/// programs cut what has more than 102.
const TOLD: usize = 60;
/// Where their feed is.
const FEED: &str = "/edition/feed.xml";
/// How many editions the feed holds.
const ENTRIES: usize = 20;

/// The list of editions.
pub(super) fn editions(site: &Site) -> Built {
    let mut years: Vec<(i16, Vec<(LinkView, usize)>)> = Vec::new();
    for (id, edition) in site.editions.iter().rev() {
        // A week can begin in the year before its own.
        let year = id.get(..4).and_then(|year| year.parse().ok()).unwrap_or_default();
        let entry = (link(site, id), edition.articles.len());
        match years.last_mut() {
            Some(last) if last.0 == year => last.1.push(entry),
            _ => years.push((year, vec![entry])),
        }
    }
    let view = |(year, editions)| EditionYear { year, editions: shares(editions) };
    let view = EditionsView { years: years.into_iter().map(view).collect() };
    let title = site.strings.get("editions");
    let mut meta = meta(site, "editions", title, Vec::new());
    FEED.clone_into(&mut meta.feed);
    ("editions.html", meta, View::Editions(view))
}

/// An edition.
pub(super) fn edition(site: &Site, id: &str) -> Built {
    let view = view(site, id);
    let above = vec![site.fixed_link("editions", "/edition/")];
    let mut meta = meta(site, "edition", &view.heading, above);
    FEED.clone_into(&mut meta.feed);
    if let Some(notice) = view.notices.first() {
        meta.description.clone_from(&notice.sentence);
    }
    ("edition.html", meta, View::Edition(Box::new(view)))
}

/// What an edition shows.
#[must_use]
pub fn view(site: &Site, id: &str) -> EditionView {
    let edition = &site.editions[id];
    let (news, more) = news(site, &edition.articles);
    let rest = |more| site.strings.message("edition_rest", &[("n", Arg::Count(more))]);
    let address = edition_address(id);
    let earlier = site.editions.range(..id.to_owned()).next_back();
    let later = site.editions.range(id.to_owned()..).nth(1);
    EditionView {
        heading: name(site, id),
        first: site.strings.date(edition.first),
        last: site.strings.date(edition.last),
        notices: notices(site, &edition.events),
        news,
        rest: if more > 0 { rest(more) } else { String::new() },
        text: format!("{address}edition.txt"),
        mail: site.base_url().map(|_| format!("{address}mail.html")),
        earlier: earlier.map(|(id, _)| link(site, id)),
        later: later.map(|(id, _)| link(site, id)),
    }
}

fn notices(site: &Site, events: &[(usize, usize)]) -> Vec<NoticeView> {
    events.iter().take(TOLD).map(|&event| site.notice(event, false)).collect()
}

/// The articles of an edition, one for each story, and how many stand behind none of these.
fn news(site: &Site, articles: &[usize]) -> (Vec<NewsView>, usize) {
    let mut stories = BTreeSet::new();
    let is_new =
        |at: &&usize| site.index.articles[**at].story.is_none_or(|story| stories.insert(story));
    let all: Vec<usize> = articles.iter().filter(is_new).copied().collect();
    let shown = all.iter().take(TOLD).map(|&at| site.news(at)).collect();
    (shown, all.len().saturating_sub(TOLD))
}

/// What an edition is called.
fn name(site: &Site, id: &str) -> String {
    let edition = &site.editions[id];
    match (site.index.config.editions, id.split_once("-W")) {
        (Every::Month, _) | (_, None) => {
            let month = PartialDate::new(edition.first.year(), edition.first.month(), None);
            month.map(|month| site.strings.date(month).text).unwrap_or_default()
        }
        (_, Some((year, week))) => {
            let week = week.trim_start_matches('0');
            site.strings.with("edition_week", &[("week", week), ("year", year)])
        }
    }
}

fn link(site: &Site, id: &str) -> LinkView {
    LinkView { name: name(site, id), address: edition_address(id) }
}

/// An edition as plain text.
#[must_use]
pub fn text(site: &Site, id: &str) -> String {
    let view = view(site, id);
    let whole = |address: &str| site.base_url().map(|base| address_join(base, address));
    let title = format!("{}: {}", site.index.config.title, view.heading);
    let mut out = format!("{title}\n{} – {}\n", view.first.text, view.last.text);
    let head = |out: &mut String, key: &str| {
        let _ = write!(out, "\n{}\n\n", site.strings.get(key).to_uppercase());
    };
    if !view.notices.is_empty() {
        head(&mut out, "changes");
    }
    for notice in &view.notices {
        let date = notice.event.date.as_ref().map(|date| date.text.as_str()).unwrap_or_default();
        let _ = writeln!(out, "* {}\n  {date} · {}", notice.sentence, notice.notes.join(" · "));
        if let Some(address) = whole(&notice.address) {
            let _ = writeln!(out, "  {address}");
        }
    }
    if !view.news.is_empty() {
        head(&mut out, "edition_articles");
    }
    for news in &view.news {
        let card = &news.article;
        let publisher = card.source.as_ref().map(|source| source.name.as_str());
        let date = card.date.as_ref().map(|date| date.text.as_str());
        let parts: Vec<&str> = [publisher, date].into_iter().flatten().collect();
        let _ = writeln!(out, "* {}\n  {}", card.title, parts.join(" · "));
        if let Some(address) = whole(&card.address) {
            let _ = writeln!(out, "  {address}");
        }
    }
    if !view.rest.is_empty() {
        let _ = writeln!(out, "\n{}", view.rest);
    }
    out
}

/// The feed of editions.
#[must_use]
pub fn feed(site: &Site) -> FeedView {
    let base = site.base_url();
    let whole =
        |address: &str| base.map_or_else(|| address.to_owned(), |base| address_join(base, address));
    let entries: Vec<Shared<FeedEntry>> = site
        .editions
        .iter()
        .rev()
        .take(ENTRIES)
        .map(|(id, edition)| {
            let address = edition_address(id);
            let updated = format!("{}T00:00:00Z", edition.last.iso());
            let told = notices(site, &edition.events);
            let sentences: Vec<&str> = told.iter().map(|notice| &*notice.sentence).collect();
            Shared::new(FeedEntry {
                id: match base {
                    Some(base) => address_join(base, &address),
                    None => format!("urn:tearsheet:edition:{id}"),
                },
                link: whole(&address),
                title: name(site, id),
                lang: site.index.config.language.tag().to_owned(),
                published: Some(updated.clone()),
                updated,
                summary: sentences.join("; "),
                content: None,
                authors: Vec::new(),
                source_url: None,
                source_name: None,
                tags: Vec::new(),
            })
        })
        .collect();
    let updated = entries.first().map(|entry| entry.updated.clone()).unwrap_or_default();
    let title = format!("{}: {}", site.index.config.title, site.strings.get("editions"));
    FeedView { title, link: whole("/edition/"), own: whole(FEED), updated, entries }
}

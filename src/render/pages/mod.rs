//! One view per kind of page.

mod archive;
mod article;
mod chart;
mod companies;
mod countries;
mod editions;
mod front;
mod lists;
mod network;
mod overview;
mod partnerships;
mod search;
mod stories;
mod timeline;

use crate::config::Section;
use crate::index::pages::Page;
use crate::model::address_join;
use crate::render::drawings::card;
use crate::render::machine::feeds::Channel;
pub use crate::render::pages::article::text;
pub use crate::render::pages::editions::{
    feed as feed_of_editions, text as edition_text, view as edition_view,
};
use crate::render::site::Site;
use crate::render::view::{EmptyView, LinkView, PageView, RedirectView, StandingView, View};

type Built = (&'static str, PageView, View);

/// The template, the page's own data and what it shows.
pub fn view(site: &Site, page: &Page) -> Built {
    let mut built = match page {
        Page::Home => front::home(site),
        Page::Article(at) => article::article(site, *at),
        Page::Companies => companies::companies(site),
        Page::Company(id, number) => companies::company(site, id, *number),
        Page::Partners(id, number) => companies::partners_list(site, id, *number),
        Page::Countries => countries::countries(site),
        Page::Between(one, other, number) => countries::between(site, one, other, *number),
        Page::Tags => lists::tags(site),
        Page::Tag(key, number) => lists::tag(site, key, *number),
        Page::Archive => archive::archive(site),
        Page::Date(day, number) => archive::date(site, *day, *number),
        Page::Undated(number) => lists::undated(site, *number),
        Page::Timeline(filter, number) => timeline::timeline(site, filter, *number),
        Page::Partnerships(number) => partnerships::partnerships(site, *number),
        Page::Partnership(id) => partnerships::partnership(site, id),
        Page::Stories(number) => stories::stories(site, *number),
        Page::Story(id) => stories::story(site, id),
        Page::Editions => editions::editions(site),
        Page::Edition(id) => editions::edition(site, id),
        Page::Sources => lists::sources(site),
        Page::Source(key, number) => lists::source(site, key, *number),
        Page::Languages => lists::languages(site),
        Page::Language(language, number) => lists::one_language(site, language, *number),
        Page::Search => search::search(site),
        Page::Standing(key) => standing(site, key),
        Page::NotFound => not_found(site),
        Page::Redirect { to, .. } => redirect(site, &to.address(&site.index)),
    };
    let meta = &mut built.1;
    if site.index.config.topic_feeds {
        meta.feed = channel(page).file("feed.xml");
    }
    meta.address = page.address(&site.index);
    meta.image = image(site, page);
    meta.canonical = site.base_url().map(|base| address_join(base, &meta.address));
    built
}

/// The picture of the story that a page tells or belongs to.
fn image(site: &Site, page: &Page) -> Option<String> {
    let id = match page {
        Page::Story(id) => id,
        Page::Article(at) => &site.index.stories[site.index.articles[*at].story?].id,
        _ => return None,
    };
    let has_pictures = site.card_renderer.is_some() && site.index.config.has(Section::Stories);
    let base = site.base_url().filter(|_| has_pictures)?;
    Some(address_join(base, &card::address(id)))
}

/// The feed that fits a page best.
fn channel(page: &Page) -> Channel {
    match page {
        Page::Company(id, _) | Page::Partners(id, _) => Channel::Company(id.clone()),
        Page::Tag(key, _) => Channel::Tag(key.clone()),
        Page::Partnership(id) => Channel::Partnership(id.clone()),
        Page::Language(language, _) => Channel::Language(language.clone()),
        _ => Channel::Site,
    }
}

/// A page with the given heading below the given sections.
fn meta(site: &Site, kind: &'static str, title: &str, above: Vec<LinkView>) -> PageView {
    let mut breadcrumbs = vec![site.fixed_link("home", "/")];
    breadcrumbs.extend(above);
    PageView {
        kind,
        address: String::new(),
        canonical: None,
        title: title.to_owned(),
        description: site.index.config.description.clone(),
        title_lang: site.index.config.language.tag().to_owned(),
        breadcrumbs,
        feed: "/feed.xml".to_owned(),
        json_ld: String::new(),
        pager: None,
        image: None,
    }
}

fn standing(site: &Site, key: &str) -> Built {
    let record = &site.index.pages[key];
    let mut meta = meta(site, "page", &record.page.title, Vec::new());
    if let Some(summary) = &record.page.summary {
        meta.description.clone_from(summary);
    }
    let view = StandingView {
        heading: record.page.title.clone(),
        body: site.standing_html(record),
        headings: record.body.headings.iter().map(article::heading).collect(),
        extra: record.page.extra.clone(),
    };
    ("page.html", meta, View::Standing(view))
}

fn not_found(site: &Site) -> Built {
    let title = site.strings.get("not_found");
    ("404.html", meta(site, "not-found", title, Vec::new()), View::Empty(EmptyView {}))
}

fn redirect(site: &Site, to: &str) -> Built {
    let title = site.strings.get("moved");
    let view = RedirectView { to: to.to_owned() };
    ("redirect.html", meta(site, "redirect", title, Vec::new()), View::Redirect(view))
}

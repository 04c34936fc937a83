//! Lists of articles (by tag, source, language, undated), and the pages that link to them.

use std::borrow::Borrow;

use crate::index::pages::{language_address, source_address, tag_address};
use crate::model::Language;
use crate::render::pages::{Built, meta};
use crate::render::site::{Site, shares};
use crate::render::view::{EventView, LinkView, LinksView, ListView, PageView, Shared, View};

/// The page of a kind that links to lists, each with the number of its articles.
pub(super) fn links<L: Borrow<LinkView>>(
    site: &Site,
    (kind, template): (&'static str, &'static str),
    links: Vec<(L, usize)>,
) -> Built {
    let heading = site.strings.get(kind).to_owned();
    let view = LinksView { heading: heading.clone(), links: shares(links) };
    (template, meta(site, kind, &heading, Vec::new()), View::Links(view))
}

pub(super) fn tags(site: &Site) -> Built {
    let mut all: Vec<(Shared<LinkView>, usize)> =
        site.index.tags.iter().map(|(key, r)| (site.tag_link(key), r.articles.len())).collect();
    all.sort_by(|one, other| site.strings.locale.compare(&one.0.name, &other.0.name));
    links(site, ("tags", "tags.html"), all)
}

pub(super) fn sources(site: &Site) -> Built {
    let mut all: Vec<(LinkView, usize)> = site
        .index
        .sources
        .iter()
        .map(|(key, record)| {
            let link = LinkView { name: record.name.clone(), address: source_address(key) };
            (link, record.articles.len())
        })
        .collect();
    all.sort_by(|one, other| site.strings.locale.compare(&one.0.name, &other.0.name));
    links(site, ("sources", "sources.html"), all)
}

pub(super) fn languages(site: &Site) -> Built {
    let mut all: Vec<(LinkView, usize)> = site
        .index
        .languages
        .iter()
        .map(|(language, articles)| (language_link(language), articles.len()))
        .collect();
    all.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.name.cmp(&b.0.name)));
    links(site, ("languages", "languages.html"), all)
}

pub(super) fn language_link(language: &Language) -> LinkView {
    let (own, english) = (language.own_name(), language.english_name());
    let name = if own == english { own.to_owned() } else { format!("{own} ({english})") };
    LinkView { name, address: language_address(language) }
}

/// A page of articles under a heading.
pub(super) struct List<'a> {
    pub(super) kind: &'static str,
    pub(super) template: &'static str,
    pub(super) heading: String,
    pub(super) above: Vec<LinkView>,
    pub(super) address: String,
    pub(super) articles: &'a [usize],
    pub(super) number: usize,
}

impl List<'_> {
    pub(super) fn build(self, site: &Site) -> (&'static str, PageView, ListView) {
        let mut meta = meta(site, self.kind, &self.heading, self.above);
        meta.pager = site.pager(&self.address, self.articles.len(), self.number);
        let view = ListView {
            heading: self.heading,
            description: None,
            total: self.articles.len(),
            articles: site.cards(site.page_of(self.articles, self.number)),
            companies: site.companies_of(self.articles, 12),
            events: Vec::new(),
            month: None,
            earlier: None,
            later: None,
        };
        (self.template, meta, view)
    }
}

pub(super) fn tag(site: &Site, key: &str, number: usize) -> Built {
    let record = &site.index.tags[key];
    let list = List {
        kind: "tag",
        template: "tag.html",
        heading: record.label.clone(),
        above: vec![site.fixed_link("tags", "/tags/")],
        address: tag_address(key),
        articles: &record.articles,
        number,
    };
    let (template, mut meta, mut view) = list.build(site);
    view.description.clone_from(&record.description);
    view.events = events_of(site, &record.articles);
    if let Some(description) = &record.description {
        meta.description.clone_from(description);
    }
    (template, meta, View::List(view))
}

/// The latest partnership events that some articles tell of, newest first.
fn events_of(site: &Site, articles: &[usize]) -> Vec<Shared<EventView>> {
    let reports = articles.iter().flat_map(|&at| &site.index.articles[at].reports);
    let relations = &site.index.relations;
    let mut found: Vec<(usize, usize)> =
        reports.map(|&(at, number)| (at, relations[at].reports[number].relation_event)).collect();
    let date = |(at, number): (usize, usize)| relations[at].events[number].date;
    found.sort_by_key(|&event| (std::cmp::Reverse(date(event)), event));
    found.dedup();
    found.truncate(20);
    found.into_iter().map(|event| site.event(event)).collect()
}

pub(super) fn source(site: &Site, key: &str, number: usize) -> Built {
    let record = &site.index.sources[key];
    let list = List {
        kind: "source",
        template: "source.html",
        heading: record.name.clone(),
        above: vec![site.fixed_link("sources", "/sources/")],
        address: source_address(key),
        articles: &record.articles,
        number,
    };
    let (template, meta, view) = list.build(site);
    (template, meta, View::List(view))
}

pub(super) fn one_language(site: &Site, language: &Language, number: usize) -> Built {
    let list = List {
        kind: "language",
        template: "language.html",
        heading: language_link(language).name,
        above: vec![site.fixed_link("languages", "/languages/")],
        address: language_address(language),
        articles: &site.index.languages[language],
        number,
    };
    let (template, meta, view) = list.build(site);
    (template, meta, View::List(view))
}

pub(super) fn undated(site: &Site, number: usize) -> Built {
    let list = List {
        kind: "undated",
        template: "undated.html",
        heading: site.strings.get("undated").to_owned(),
        above: vec![site.fixed_link("archive", "/archive/")],
        address: "/undated/".to_owned(),
        articles: &site.index.undated,
        number,
    };
    let (template, meta, mut view) = list.build(site);
    view.description = Some(site.strings.get("undated_note").to_owned());
    (template, meta, View::List(view))
}

//! Every page of the site, its address, and who owns it.

use std::collections::{BTreeMap, BTreeSet};

use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};
use rayon::prelude::*;
use rustc_hash::FxHashMap;

use super::{Index, Relation};
use crate::config::Section;
use crate::diagnostic::{self, Diagnostic};
use crate::model::{Language, PartialDate, Status};
use crate::source::{CONFIG, Source};

/// How a page without a file is called in messages.
const OWN_PAGE: &str = "a page of the site itself";

/// What an address cannot hold as it is.
const UNSAFE: &AsciiSet = &CONTROLS.add(b' ').add(b'"').add(b'#').add(b'%').add(b'?');

/// The address of a file by its path in the output folder.
#[must_use]
pub fn file_address(path: &str) -> String {
    format!("/{}", utf8_percent_encode(path, UNSAFE))
}

/// Which part of the timeline a page shows.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum TimelineFilter {
    /// Everything.
    All,
    /// Events of one year.
    Year(i16),
    /// Relations of one kind.
    Kind(String),
    /// Relations of one status.
    Status(Status),
}

/// One page of a list, from 1.
pub type Number = usize;

/// How many events one page of the timeline lists: with its lane drawn and its
/// quotation an event has 3 kB, and the whole page less than 200.
pub const EVENTS_LISTED: usize = 30;
/// How many rows one page of partnerships has: 80 kB, and in a window of 360, where a row is a small
/// card, 15,000 pixels.
pub const ROWS_LISTED: usize = 80;
/// Up to so many partnerships a company's page has them all, at the length of one window.
pub const PARTNERS_SHOWN: usize = 12;

/// Every kind of page there is: a new one is a compile error wherever it must be known.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Page {
    /// `/`
    Home,
    /// An article, by its position in the index.
    Article(usize),
    /// `/companies/`
    Companies,
    /// A company by id.
    Company(String, Number),
    /// All partnerships of a company that has many, by its id.
    Partners(String, Number),
    /// `/countries/`
    Countries,
    /// The partnerships between two countries, by their codes in order.
    Between(String, String, Number),
    /// `/tags/`
    Tags,
    /// A tag by slug.
    Tag(String, Number),
    /// `/archive/`
    Archive,
    /// A year, a month or a day.
    Date(PartialDate, Number),
    /// `/undated/`
    Undated(Number),
    /// `/timeline/` and its parts.
    Timeline(TimelineFilter, Number),
    /// `/partnerships/`
    Partnerships(Number),
    /// A relation by id.
    Partnership(String),
    /// `/stories/`
    Stories(Number),
    /// A story by id.
    Story(String),
    /// `/edition/`
    Editions,
    /// A week or a month by its id.
    Edition(String),
    /// `/sources/`
    Sources,
    /// A publisher by slug.
    Source(String, Number),
    /// `/languages/`
    Languages,
    /// A language.
    Language(Language, Number),
    /// `/search/`
    Search,
    /// A standing page by slug.
    Standing(String),
    /// `/404.html`
    NotFound,
    /// An old address that leads to a new one.
    Redirect {
        /// The old address.
        from: String,
        /// What is found there now.
        to: Target,
    },
}

/// What an old address leads to.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Target {
    /// An article, by its position in the index.
    Article(usize),
    /// A company, by id.
    Company(String),
    /// A standing page, by slug.
    Standing(String),
}

impl Target {
    /// Its address.
    #[must_use]
    pub fn address(&self, index: &Index) -> String {
        match self {
            Self::Article(at) => index.articles[*at].address.clone(),
            Self::Company(id) => company_address(id),
            Self::Standing(slug) => standing_address(slug),
        }
    }
}

impl Page {
    /// The address, from the root of the site.
    #[must_use]
    pub fn address(&self, index: &Index) -> String {
        match self {
            Self::Home => "/".to_owned(),
            Self::Article(at) => index.articles[*at].address.clone(),
            Self::Companies => "/companies/".to_owned(),
            Self::Company(id, number) => numbered(&company_address(id), *number),
            Self::Partners(id, number) => numbered(&partners_address(id), *number),
            Self::Countries => "/countries/".to_owned(),
            Self::Between(one, other, number) => numbered(&between_address(one, other), *number),
            Self::Tags => "/tags/".to_owned(),
            Self::Tag(slug, number) => numbered(&tag_address(slug), *number),
            Self::Archive => "/archive/".to_owned(),
            Self::Date(date, number) => numbered(&date_address(*date), *number),
            Self::Undated(number) => numbered("/undated/", *number),
            Self::Timeline(filter, number) => numbered(&timeline_address(filter), *number),
            Self::Partnerships(number) => numbered("/partnerships/", *number),
            Self::Partnership(id) => partnership_address(id),
            Self::Stories(number) => numbered("/stories/", *number),
            Self::Story(id) => story_address(id),
            Self::Editions => "/edition/".to_owned(),
            Self::Edition(id) => edition_address(id),
            Self::Sources => "/sources/".to_owned(),
            Self::Source(slug, number) => numbered(&source_address(slug), *number),
            Self::Languages => "/languages/".to_owned(),
            Self::Language(language, number) => numbered(&language_address(language), *number),
            Self::Search => "/search/".to_owned(),
            Self::Standing(slug) => standing_address(slug),
            Self::NotFound => "/404.html".to_owned(),
            Self::Redirect { from, .. } => from.clone(),
        }
    }
}

/// The address of an article: as much of its date as is known, then its slug.
#[must_use]
pub fn article_place(date: Option<PartialDate>, slug: &str) -> String {
    let slug = if slug.is_empty() { "article" } else { slug };
    match date {
        Some(date) => format!("/{}/{slug}/", date.iso().replace('-', "/")),
        None => format!("/undated/{slug}/"),
    }
}

/// The address of a company.
#[must_use]
pub fn company_address(id: &str) -> String {
    format!("/companies/{id}/")
}

/// The address of the list of a company's partnerships.
#[must_use]
pub fn partners_address(id: &str) -> String {
    format!("/companies/{id}/partners/")
}

/// The address of what ties two countries, by their codes in order.
#[must_use]
pub fn between_address(one: &str, other: &str) -> String {
    format!("/countries/{}-{}/", one.to_lowercase(), other.to_lowercase())
}

/// The address of a standing page.
#[must_use]
pub fn standing_address(slug: &str) -> String {
    format!("/{slug}/")
}

/// The address of a tag.
#[must_use]
pub fn tag_address(slug: &str) -> String {
    format!("/tags/{slug}/")
}

/// The address of a year, month or day.
#[must_use]
pub fn date_address(date: PartialDate) -> String {
    format!("/{}/", date.iso().replace('-', "/"))
}

/// The address of a partnership.
#[must_use]
pub fn partnership_address(id: &str) -> String {
    format!("/partnerships/{id}/")
}

/// Where a partnership is shown: its page, or the page of its first company.
#[must_use]
pub fn partnership_place(index: &Index, relation: &Relation) -> String {
    match relation.parties.first() {
        Some(company) if !index.config.has(Section::Partnerships) => company_address(company),
        _ => partnership_address(&relation.id),
    }
}

/// The address of a story.
#[must_use]
pub fn story_address(id: &str) -> String {
    format!("/stories/{id}/")
}

/// The address of an edition.
#[must_use]
pub fn edition_address(id: &str) -> String {
    format!("/edition/{id}/")
}

/// The address of a publisher.
#[must_use]
pub fn source_address(slug: &str) -> String {
    format!("/sources/{slug}/")
}

/// The address of a language.
#[must_use]
pub fn language_address(language: &Language) -> String {
    format!("/languages/{}/", language.tag().to_lowercase())
}

/// The address of a part of the timeline.
#[must_use]
pub fn timeline_address(filter: &TimelineFilter) -> String {
    match filter {
        TimelineFilter::All => "/timeline/".to_owned(),
        TimelineFilter::Year(year) => format!("/timeline/{year:04}/"),
        TimelineFilter::Kind(kind) => format!("/timeline/kind/{kind}/"),
        TimelineFilter::Status(status) => format!("/timeline/status/{}/", status.id()),
    }
}

/// The address of one page of a list.
#[must_use]
pub fn numbered(first: &str, number: Number) -> String {
    if number == 1 { first.to_owned() } else { format!("{first}page/{number}/") }
}

/// The file an address is written to.
#[must_use]
pub fn output_path(address: &str) -> String {
    let bare = address.trim_start_matches('/');
    if bare.is_empty() || bare.ends_with('/') {
        format!("{bare}index.html")
    } else {
        bare.to_owned()
    }
}

/// Lists every page with its address; two that want one address are an error, as is one that wants
/// the address of a file in `made`.
#[must_use]
pub fn pages(index: &Index, made: &BTreeSet<String>) -> (Vec<(Page, String)>, Vec<Diagnostic>) {
    let addressed = |page: Page| {
        let address = page.address(index);
        (page, address)
    };
    let mut found = Vec::new();
    let all: Vec<Page> = all(index).collect();
    let mut pages: Vec<(Page, String)> = all.into_par_iter().map(addressed).collect();
    let mut taken: FxHashMap<&str, &Page> = FxHashMap::default();
    taken.reserve(pages.len());
    for (page, address) in &pages {
        // Two articles with one address have been reported where they were read.
        if let (Some(before), false) =
            (taken.insert(address, page), matches!(page, Page::Article(_)))
        {
            report_collision(address, owner(page, index), owner(before, index), &mut found);
        }
    }
    let mut moved: BTreeMap<String, Page> = BTreeMap::new();
    for (page, address) in redirects(index).map(addressed) {
        if made.contains(address.trim_matches('/')) {
            report_alias(&address, owner(&page, index), None, &mut found);
            continue;
        }
        match moved.get(&address).or_else(|| taken.get(address.as_str()).copied()) {
            Some(before) => {
                report_alias(&address, owner(&page, index), owner(before, index), &mut found);
            }
            None => drop(moved.insert(address, page)),
        }
    }
    pages.extend(moved.into_iter().map(|(address, page)| (page, address)));
    (pages, found)
}

/// Every page but the redirects. A site of standing pages alone has no lists of what it has not.
fn all(index: &Index) -> impl Iterator<Item = Page> + '_ {
    let coverage = (!index.has_no_coverage()).then(|| coverage(index));
    [Page::Home, Page::NotFound]
        .into_iter()
        .chain(coverage.into_iter().flatten())
        .chain(index.pages.keys().cloned().map(Page::Standing))
}

/// Every page that shows articles, or what they tell.
fn coverage(index: &Index) -> impl Iterator<Item = Page> + '_ {
    let fixed = [Page::Companies, Page::Tags, Page::Archive, Page::Sources, Page::Languages];
    let is_wanted = |page: &Page| section(page).is_none_or(|section| index.config.has(section));
    let size = index.config.page_size;
    let numbers = move |count: usize| 1..=count.div_ceil(size).max(1);
    let rows = |count: usize| 1..=count.div_ceil(ROWS_LISTED).max(1);
    let partners = index.companies.iter().filter(|row| row.1.relations.len() > PARTNERS_SHOWN);
    let partners = partners.flat_map(move |(id, record)| {
        rows(record.relations.len()).map(|n| Page::Partners(id.clone(), n))
    });
    let editions = index.editions();
    let all_editions = (!editions.is_empty()).then_some(Page::Editions);
    let editions = all_editions.into_iter().chain(editions.into_keys().map(Page::Edition));
    let countries = index.countries();
    let all_countries = (countries.len() > 1).then_some(Page::Countries);
    let between = countries.ties.into_iter().flat_map(move |((one, other), relations)| {
        rows(relations.len()).map(move |n| Page::Between(one.clone(), other.clone(), n))
    });
    let companies = index.companies.iter().flat_map(move |(id, record)| {
        numbers(record.articles.len()).map(|n| Page::Company(id.clone(), n))
    });
    let tags = index.tags.iter().flat_map(move |(slug, record)| {
        numbers(record.articles.len()).map(|n| Page::Tag(slug.clone(), n))
    });
    let dates = index.dates.iter().flat_map(move |(&date, articles)| {
        // A year shows its months, so only months and days have further pages.
        let count = match (date.month(), date.day_of_month()) {
            (None, _) => 1,
            (_, Some(_)) if !index.config.day_pages => 0,
            _ => articles.len(),
        };
        (1..=count.div_ceil(size)).map(move |n| Page::Date(date, n))
    });
    let sources = index.sources.iter().flat_map(move |(slug, record)| {
        numbers(record.articles.len()).map(|n| Page::Source(slug.clone(), n))
    });
    let languages = index.languages.iter().flat_map(move |(language, articles)| {
        numbers(articles.len()).map(|n| Page::Language(language.clone(), n))
    });
    fixed
        .into_iter()
        .chain((0..index.articles.len()).map(Page::Article))
        .chain(companies)
        .chain(tags)
        .chain(dates)
        .chain(numbers(index.undated.len()).map(Page::Undated))
        .chain(partners)
        .chain(all_countries)
        .chain(between)
        .chain(rows(index.relations.len()).map(Page::Partnerships))
        .chain(timeline_pages(index))
        .chain(index.relations.keys().cloned().map(Page::Partnership))
        .chain(numbers(index.stories.len()).map(Page::Stories))
        .chain(index.stories.keys().cloned().map(Page::Story))
        .chain(sources)
        .chain(languages)
        .chain(editions)
        .chain(index.config.search.then_some(Page::Search))
        .filter(is_wanted)
}

/// What a page is left out with.
fn section(page: &Page) -> Option<Section> {
    match page {
        Page::Companies | Page::Company(..) => Some(Section::Companies),
        Page::Partnerships(_)
        | Page::Partnership(_)
        | Page::Partners(..)
        | Page::Countries
        | Page::Between(..) => Some(Section::Partnerships),
        Page::Timeline(..) => Some(Section::Timeline),
        Page::Stories(_) | Page::Story(_) => Some(Section::Stories),
        Page::Sources | Page::Source(..) => Some(Section::Sources),
        Page::Languages | Page::Language(..) => Some(Section::Languages),
        Page::Home
        | Page::Article(_)
        | Page::Tags
        | Page::Tag(..)
        | Page::Archive
        | Page::Date(..)
        | Page::Undated(_)
        | Page::Editions
        | Page::Edition(_)
        | Page::Search
        | Page::Standing(_)
        | Page::NotFound
        | Page::Redirect { .. } => None,
    }
}

/// The timeline and its parts, each in as many pages as its events need.
fn timeline_pages(index: &Index) -> impl Iterator<Item = Page> {
    let mut counts: BTreeMap<TimelineFilter, usize> = BTreeMap::from([(TimelineFilter::All, 0)]);
    for relation in index.relations.values() {
        let events = relation.events.len();
        let kinds = relation.kinds.iter().map(|kind| TimelineFilter::Kind(kind.value.0.clone()));
        let wholes = [TimelineFilter::All, TimelineFilter::Status(relation.status)];
        for filter in wholes.into_iter().chain(kinds) {
            *counts.entry(filter).or_default() += events;
        }
        for date in relation.events.iter().filter_map(|relation_event| relation_event.date) {
            *counts.entry(TimelineFilter::Year(date.year())).or_default() += 1;
        }
    }
    counts.into_iter().flat_map(|(filter, events)| {
        let pages = 1..=events.div_ceil(EVENTS_LISTED).max(1);
        pages.map(move |number| Page::Timeline(filter.clone(), number))
    })
}

fn redirects(index: &Index) -> impl Iterator<Item = Page> + '_ {
    let renamed = index.succession.renamed().filter(|(_, new)| index.companies.contains_key(*new));
    let companies = renamed.map(|(old, new)| Page::Redirect {
        from: company_address(old),
        to: Target::Company(new.to_owned()),
    });
    let articles = index.articles.iter().enumerate().flat_map(|(article, entry)| {
        let aliases = entry.article().aliases.iter();
        aliases.map(move |alias| redirect(alias, Target::Article(article)))
    });
    let pages = index.pages.iter().flat_map(|(slug, record)| {
        let aliases = record.page.aliases.iter();
        aliases.map(|alias| redirect(alias, Target::Standing(slug.clone())))
    });
    articles.chain(pages).chain(companies)
}

/// What leads from an old address to a page.
fn redirect(alias: &str, to: Target) -> Page {
    Page::Redirect { from: old_place(alias), to }
}

/// The address that an alias means.
#[must_use]
pub fn old_place(alias: &str) -> String {
    let bare = alias.trim_matches('/');
    let bare = bare.strip_suffix("/index.html").unwrap_or(bare);
    let is_file = bare.rsplit('.').next() == Some("html");
    if is_file { format!("/{bare}") } else { format!("/{bare}/") }
}

/// The file a page comes from, where it comes from one.
fn owner(page: &Page, index: &Index) -> Option<Source> {
    match page {
        Page::Article(at) | Page::Redirect { to: Target::Article(at), .. } => {
            Some(index.articles[*at].file.source.clone())
        }
        Page::Redirect { to: Target::Company(id), .. } => {
            index.companies.get(id).map(|record| Source::new(&record.company.path, ""))
        }
        Page::Standing(slug) | Page::Redirect { to: Target::Standing(slug), .. } => {
            index.pages.get(slug).map(|r| Source::new(&r.page.path, ""))
        }
        _ => None,
    }
}

fn report_alias(
    address: &str,
    owner: Option<Source>,
    before: Option<Source>,
    found: &mut Vec<Diagnostic>,
) {
    let at = owner.unwrap_or_else(|| Source::new(CONFIG, ""));
    let other = before.map_or_else(|| OWN_PAGE.to_owned(), |source| source.path.to_string());
    found.push(diagnostic::alias_taken(&at, address, &other));
}

fn report_collision(
    address: &str,
    owner: Option<Source>,
    before: Option<Source>,
    found: &mut Vec<Diagnostic>,
) {
    let site = || OWN_PAGE.to_owned();
    let (at, other) = match (owner, before) {
        (Some(source), before) => (source, before.map_or_else(site, |s| s.path.to_string())),
        (None, Some(source)) => (source, site()),
        (None, None) => (Source::new(CONFIG, ""), site()),
    };
    found.push(diagnostic::address_taken(&at, address, &other));
}

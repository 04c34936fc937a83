//! Builds the views that many pages share: cards here; links, partnerships with what happened to them,
//! and stories beside.

pub(super) mod feed_entries;
mod links;
mod notices;
mod relations;
mod stories;

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::{Arc, OnceLock};

use crate::config::{DataFiles, Section};
use crate::index::countries::Countries;
use crate::index::editions::EditionRecord;
use crate::index::pages::{file_address, numbered};
use crate::index::targets;
use crate::index::{Index, IndexedArticle, StandingRecord};
use crate::model::{Article, Claim, Language, Rights};
use crate::parse::markdown::Rendered;
use crate::parse::words::excerpt;
use crate::render::drawings::card_image::CardRenderer;
use crate::render::edition::dependencies::{note, note_anybody};
use crate::render::site::links::Links;
pub use crate::render::site::links::shares;
pub(super) use crate::render::site::relations::named;
use crate::render::templates::theme_style;
use crate::render::templates::usage::TemplateUsage;
use crate::render::view::{
    CardView, Counts, EventView, FeedEntry, FilterView, LinkView, MonthView, PagerView,
    PictureView, RelationView, SearchOption, Shared, SiteView, SizeView, StatusView,
};
use crate::render::words::strings::Strings;
use crate::source::Asset;

/// The index with the words and views that all pages draw on. A view is made when the first page
/// needs it, and from then on shared.
pub struct Site {
    /// What the pages are made from.
    pub index: Arc<Index>,
    /// What templates ask for of what is dear to make.
    pub usage: TemplateUsage,
    /// The site's own words.
    pub strings: Strings,
    /// What pictures are drawn with, where the site has fonts for it.
    pub card_renderer: Option<CardRenderer>,
    /// Hashes of those fonts.
    pub fonts: Vec<[u8; 32]>,
    /// Which countries are tied.
    pub countries: Countries,
    /// Its editions by their ids, the oldest first.
    pub editions: BTreeMap<String, EditionRecord>,
    /// Years with the places of their articles in the index, the oldest first.
    pub years: Vec<(i16, Range<usize>)>,
    /// The months of each year.
    pub months: BTreeMap<i16, Vec<OnceLock<Shared<MonthView>>>>,
    links: Links,
    /// Per article, in the order of the index.
    cards: Vec<OnceLock<Shared<CardView>>>,
    /// Per article, in the order of the index.
    entries: Vec<OnceLock<Shared<FeedEntry>>>,
    /// Per relation, in the order of the index.
    relations: Vec<OnceLock<Shared<RelationView>>>,
    /// Per relation and what happened to it, in the order of the index.
    events: Vec<Vec<OnceLock<Shared<EventView>>>>,
    /// What every page of the timeline has.
    pub timeline: OnceLock<TimelineParts>,
}

/// What every page of the timeline has; a large digest has hundreds of them.
pub struct TimelineParts {
    /// Where its parts are, none of them the current one.
    pub filters: Vec<FilterView>,
    /// The kinds that relations are of.
    pub kinds: Vec<SearchOption>,
    /// The states that they have, where there are several.
    pub statuses: Vec<StatusView>,
    /// The year of the first event.
    pub first_year: i16,
}

/// `ltr` or `rtl`, as HTML spells it.
#[must_use]
pub fn dir(language: &Language) -> &'static str {
    language.direction().id()
}

/// Years with the places of their articles in the index, which are neighbours.
fn years(index: &Index) -> Vec<(i16, Range<usize>)> {
    let places = |at: &[usize]| Some(*at.first()?..at.last()? + 1);
    index.years().filter_map(|(date, at)| Some((date.year(), places(at)?))).collect()
}

/// As many empty places.
fn places<T>(number: usize) -> Vec<OnceLock<T>> {
    std::iter::repeat_with(OnceLock::new).take(number).collect()
}

impl Site {
    /// Makes room for the shared views.
    #[must_use]
    pub fn new(index: Arc<Index>, fonts: &[&Asset], usage: TemplateUsage) -> Self {
        let relations = index.relations.values();
        let strings = Strings::new(&index.config.language, &index.config.words);
        Self {
            months: index.years().map(|(date, _)| (date.year(), places(12))).collect(),
            years: years(&index),
            countries: index.countries(),
            editions: index.editions(),
            links: Links::new(&index, &strings),
            usage,
            strings,
            card_renderer: CardRenderer::new(fonts.iter().map(|font| &*font.bytes)),
            fonts: fonts.iter().map(|font| *font.hash.as_bytes()).collect(),
            cards: places(index.articles.len()),
            entries: places(index.articles.len()),
            relations: places(relations.len()),
            events: relations.map(|relation| places(relation.events.len())).collect(),
            timeline: OnceLock::new(),
            index,
        }
    }

    /// Where the site will be hosted, without a slash at the end.
    #[must_use]
    pub fn base_url(&self) -> Option<&str> {
        self.index.config.base_url.as_deref()
    }

    /// What every page sees of the site.
    #[must_use]
    pub fn view(&self, live_reload: Option<&str>) -> SiteView {
        let config = &self.index.config;
        let fixed = [
            ("timeline", "/timeline/"),
            ("companies", "/companies/"),
            ("tags", "/tags/"),
            ("archive", "/archive/"),
        ];
        let own =
            config.menu.iter().map(|m| LinkView { name: m.name.clone(), address: m.url.clone() });
        let is_there = |key: &str| match key {
            "timeline" => config.has(Section::Timeline),
            "companies" => config.has(Section::Companies),
            _ => true,
        };
        let fixed = fixed.iter().filter(|(key, _)| !self.index.has_no_coverage() && is_there(key));
        let menu = fixed.map(|(key, address)| self.fixed_link(key, address)).chain(own);
        let sections = Section::ALL.into_iter().filter(|&section| config.has(section));
        let data = (config.data != DataFiles::None).then_some("data");
        let has_countries = config.has(Section::Partnerships) && self.countries.len() > 1;
        let countries = has_countries.then_some("countries");
        let editions = (!self.editions.is_empty()).then_some("editions");
        let sections = sections.map(Section::id).chain(countries).chain(editions).chain(data);
        SiteView {
            title: config.title.clone(),
            description: config.description.clone(),
            lang: config.language.tag().to_owned(),
            dir: dir(&config.language),
            base_url: config.base_url.clone(),
            menu: menu.collect(),
            has_undated: !self.index.undated.is_empty(),
            has_coverage: !self.index.has_no_coverage(),
            sections: sections.collect(),
            has_search: config.search && !self.index.has_no_coverage(),
            today: self.strings.date(self.index.today),
            weekdays: self.strings.locale.weekdays(),
            version: env!("CARGO_PKG_VERSION"),
            live_reload: live_reload.map(str::to_owned),
            colours: theme_style::colours(config.theme_settings.as_ref()),
            extra: config.extra.clone(),
        }
    }

    /// How much the site holds.
    #[must_use]
    pub fn counts(&self) -> Counts {
        Counts {
            articles: self.index.articles.len(),
            companies: self.index.companies.len(),
            partnerships: self.index.relations.len(),
            stories: self.index.stories.len(),
            sources: self.index.sources.len(),
            languages: self.index.languages.len(),
            tags: self.index.tags.len(),
            undated: self.index.undated.len(),
        }
    }

    /// The text of an article, with an address in each link.
    #[must_use]
    pub fn body(&self, entry: &IndexedArticle) -> String {
        self.html(&entry.article().path, &entry.body())
    }

    /// The text of a standing page, with an address in each link.
    #[must_use]
    pub fn standing_html(&self, record: &StandingRecord) -> String {
        self.html(&record.page.path, &record.body)
    }

    /// A text of the file `from`, with an address in each link.
    #[must_use]
    pub fn html(&self, from: &str, text: &Rendered) -> String {
        if !text.links.is_empty() {
            note_anybody();
        }
        targets::html(&self.index, from, text)
    }

    /// What the links in an article's text mean, by its position in the index.
    #[must_use]
    pub fn meanings(&self, at: usize) -> Vec<(String, String, String)> {
        let entry = &self.index.articles[at];
        if entry.links.is_empty() {
            return Vec::new();
        }
        note_anybody();
        targets::meanings(&self.index, &entry.article().path, &entry.links)
    }

    /// What of an article's text may be quoted.
    #[must_use]
    pub fn quotable(&self, entry: &IndexedArticle) -> String {
        match entry.article().rights {
            Rights::Link => String::new(),
            Rights::Excerpt | Rights::Full => {
                excerpt(&entry.opening, self.index.config.excerpt_words)
            }
        }
    }

    /// The words that prove a claim, as far as they may be quoted.
    #[must_use]
    pub fn evidence(&self, article: &Article, claim: &Claim) -> Option<String> {
        let evidence = claim.evidence.as_ref()?;
        match article.rights {
            Rights::Link => None,
            Rights::Excerpt => Some(excerpt(evidence, self.index.config.excerpt_words)),
            Rights::Full => Some(evidence.clone()),
        }
    }

    /// What an article is headed with, by its position in the index.
    #[must_use]
    pub fn heading(&self, at: usize) -> String {
        note(at);
        self.index.articles[at].heading()
    }

    /// An article as lists show it, by its position in the index.
    #[must_use]
    pub fn card(&self, at: usize) -> &Shared<CardView> {
        note(at);
        self.cards[at].get_or_init(|| Shared::new(self.card_view(&self.index.articles[at])))
    }

    /// An article as feeds list it, by its position in the index.
    #[must_use]
    pub fn entry(&self, at: usize) -> &Shared<FeedEntry> {
        note(at);
        self.entries[at]
            .get_or_init(|| Shared::new(feed_entries::entry(self, &self.index.articles[at])))
    }

    fn card_view(&self, entry: &IndexedArticle) -> CardView {
        let article = entry.article();
        let summary = article.summary.clone().unwrap_or_else(|| self.quotable(entry));
        CardView {
            address: entry.address.clone(),
            title: entry.heading(),
            untitled: article.title.is_none(),
            lang: article.lang.tag().to_owned(),
            language: article.lang.own_name().to_owned(),
            dir: dir(&article.lang),
            date: article.date.map(|date| self.strings.date(date)),
            source: self.source_link(entry),
            summary,
            companies: entry
                .companies
                .iter()
                .map(|&at| self.company_link(&self.index.companies[at].company.id))
                .collect(),
            tags: entry.tags.iter().map(|key| self.tag_link(key)).collect(),
            picture: self.picture(entry),
            draft: article.draft,
            scheduled: article.waits_for(self.index.today).map(|day| self.strings.date(day)),
        }
    }

    /// The picture that stands for an article.
    fn picture(&self, entry: &IndexedArticle) -> Option<PictureView> {
        let (picture, shown) = targets::picture(&self.index, entry)?;
        let sizes = shown.sizes().into_iter();
        Some(PictureView {
            address: file_address(shown.path),
            sizes: sizes
                .map(|size| SizeView { address: size.address, width: size.width })
                .collect(),
            width: shown.header.width,
            height: shown.header.height,
            alt: picture.alt.clone().unwrap_or_default(),
            credit: picture.credit.clone(),
        })
    }

    /// Cards of some articles.
    #[must_use]
    pub fn cards(&self, articles: &[usize]) -> Vec<Shared<CardView>> {
        articles.iter().map(|&at| self.card(at).clone()).collect()
    }

    /// One page of a list of articles.
    #[must_use]
    pub fn page_of<'b>(&self, articles: &'b [usize], number: usize) -> &'b [usize] {
        let size = self.index.config.page_size;
        let start = ((number - 1) * size).min(articles.len());
        &articles[start..(start + size).min(articles.len())]
    }

    /// Where one page of a list of articles stands among the others; none for a list of one page.
    #[must_use]
    pub fn pager(&self, first: &str, total: usize, number: usize) -> Option<PagerView> {
        self.pager_by(self.index.config.page_size, first, total, number)
    }

    /// The same for a list with `size` entries on a page.
    #[must_use]
    pub fn pager_by(
        &self,
        size: usize,
        first: &str,
        total: usize,
        number: usize,
    ) -> Option<PagerView> {
        let pages = total.div_ceil(size).max(1);
        (pages > 1).then(|| PagerView {
            number,
            total: pages,
            previous: (number > 1).then(|| numbered(first, number - 1)),
            next: (number < pages).then(|| numbered(first, number + 1)),
        })
    }
}

//! Builds the views that many pages share: cards, links, events, partnerships.

use std::borrow::Borrow;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::sync::{Arc, OnceLock};

use super::asks::Asks;
use super::card::{Card, Pen};
use super::feeds;
use super::shown::{note, note_anybody};
use super::strings::Strings;
use super::view::{
    CardView, CountedLink, Counts, DateView, EventView, FeedEntry, LinkView, NewsView, PagerView,
    RelationView, ReportView, Shared, SiteView,
};
use crate::config::{Config, DataFiles, Section};
use crate::index::pages::{
    TimelineFilter, company_address, date_address, numbered, partnership_place, source_address,
    story_address, tag_address, timeline_address,
};
use crate::index::targets;
use crate::index::{Entry, Index, Occurrence, Relation, StandingRecord, Story, Sureness};
use crate::model::{Article, Claim, Event, KINDS, Language, PartialDate, Rights, Status, Turn};
use crate::parse::markdown::Rendered;
use crate::parse::words::excerpt;
use crate::source::Asset;

/// The index with the words and views that all pages draw on. A view is made when the first page
/// needs it, and from then on shared.
pub struct Site {
    /// What the pages are made from.
    pub index: Arc<Index>,
    /// What templates ask for of what is dear to make.
    pub asks: Asks,
    /// The site's own words.
    pub strings: Strings,
    /// What pictures are drawn with, where the site has fonts for it.
    pub pen: Option<Pen>,
    /// Hashes of those fonts.
    pub fonts: Vec<[u8; 32]>,
    /// Years with the places of their articles in the index, the oldest first.
    pub years: Vec<(i16, Range<usize>)>,
    links: Links,
    /// Per article, in the order of the index.
    cards: Vec<OnceLock<Shared<CardView>>>,
    /// Per article, in the order of the index.
    entries: Vec<OnceLock<Shared<FeedEntry>>>,
    /// Per relation, in the order of the index.
    relations: Vec<OnceLock<Shared<RelationView>>>,
    /// Per relation and what happened to it, in the order of the index.
    events: Vec<Vec<OnceLock<Shared<EventView>>>>,
}

/// `ltr` or `rtl`, as HTML spells it.
#[must_use]
pub fn dir(language: &Language) -> &'static str {
    language.direction().id()
}

/// Links that stand on many pages.
struct Links {
    /// In the order of the index.
    companies: Vec<OnceLock<Shared<LinkView>>>,
    /// In the order of the index.
    tags: Vec<OnceLock<Shared<LinkView>>>,
    /// In the order of the index.
    sources: Vec<OnceLock<Shared<LinkView>>>,
    /// By id.
    kinds: BTreeMap<String, Shared<LinkView>>,
}

impl Links {
    fn new(index: &Index, strings: &Strings) -> Self {
        let kind = |(id, label): (&String, &String)| {
            let own = KINDS.iter().any(|known| known.0 == *id && known.1 == *label);
            let key = format!("kind_{}", id.replace('-', "_"));
            (id.clone(), kind_link(&index.config, id, if own { strings.get(&key) } else { label }))
        };
        Self {
            companies: places(index.companies.len()),
            tags: places(index.tags.len()),
            sources: places(index.sources.len()),
            kinds: index.config.kinds.iter().map(kind).collect(),
        }
    }
}

/// Without a timeline a kind leads nowhere.
fn kind_link(config: &Config, id: &str, label: &str) -> Shared<LinkView> {
    let address = if config.has(Section::Timeline) {
        timeline_address(&TimelineFilter::Kind(id.to_owned()))
    } else {
        String::new()
    };
    Shared::new(LinkView { name: label.to_owned(), address })
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
    pub fn new(index: Arc<Index>, fonts: &[&Asset], asks: Asks) -> Self {
        let relations = index.relations.values();
        let strings = Strings::new(&index.config.language, &index.config.words);
        Self {
            years: years(&index),
            links: Links::new(&index, &strings),
            asks,
            strings,
            pen: Pen::new(fonts.iter().map(|font| &*font.bytes)),
            fonts: fonts.iter().map(|font| *font.hash.as_bytes()).collect(),
            cards: places(index.articles.len()),
            entries: places(index.articles.len()),
            relations: places(relations.len()),
            events: relations.map(|relation| places(relation.happenings.len())).collect(),
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
        let is_there = |key: &str| key != "timeline" || config.has(Section::Timeline);
        let fixed = fixed.iter().filter(|(key, _)| !self.index.has_no_coverage() && is_there(key));
        let menu = fixed.map(|(key, address)| self.fixed_link(key, address)).chain(own);
        let sections = Section::ALL.into_iter().filter(|&section| config.has(section));
        let data = (config.data != DataFiles::None).then_some("data");
        let sections = sections.map(Section::id).chain(data);
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

    /// A link to one of the fixed sections.
    #[must_use]
    pub fn fixed_link(&self, key: &str, address: &str) -> LinkView {
        LinkView { name: self.strings.get(key).to_owned(), address: address.to_owned() }
    }

    /// A link to a company, by its id of today or a former one.
    #[must_use]
    pub fn company_link(&self, id: &str) -> Shared<LinkView> {
        let id = self.index.succession.now(id, None);
        let link = |name: &str| {
            Shared::new(LinkView { name: name.to_owned(), address: company_address(id) })
        };
        match self.index.companies.get_full(id) {
            Some((at, _, record)) => {
                self.links.companies[at].get_or_init(|| link(&record.company.name)).clone()
            }
            None => link(id),
        }
    }

    /// A link to a tag.
    #[must_use]
    pub fn tag_link(&self, key: &str) -> Shared<LinkView> {
        let link =
            |name: &str| Shared::new(LinkView { name: name.to_owned(), address: tag_address(key) });
        match self.index.tags.get_full(key) {
            Some((at, _, record)) => {
                self.links.tags[at].get_or_init(|| link(&record.label)).clone()
            }
            None => link(key),
        }
    }

    /// The label of a kind of partnership, leading to its part of the timeline.
    #[must_use]
    pub fn kind_link(&self, kind: &str) -> Shared<LinkView> {
        self.links
            .kinds
            .get(kind)
            .cloned()
            .unwrap_or_else(|| kind_link(&self.index.config, kind, kind))
    }

    /// The publisher of an article, spelled as there.
    #[must_use]
    pub fn source_link(&self, entry: &Entry) -> Option<Shared<LinkView>> {
        let key = entry.publisher.as_ref()?;
        let name = entry.article().source.as_ref()?.name.as_ref()?;
        // Without a page of its own a publisher is only named.
        let has_page = self.index.config.has(Section::Sources);
        let address = || if has_page { source_address(key) } else { String::new() };
        let link = || Shared::new(LinkView { name: name.clone(), address: address() });
        let (at, _, record) = self.index.sources.get_full(key)?;
        if record.name == *name {
            Some(self.links.sources[at].get_or_init(link).clone())
        } else {
            Some(link())
        }
    }

    /// The text of an article, with an address in each link.
    #[must_use]
    pub fn body(&self, entry: &Entry) -> String {
        self.html(&entry.article().path, entry.body())
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
    pub fn quotable(&self, entry: &Entry) -> String {
        match entry.article().rights {
            Rights::Link => String::new(),
            Rights::Excerpt | Rights::Full => {
                excerpt(&entry.body().text, self.index.config.excerpt_words)
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
        self.entries[at].get_or_init(|| Shared::new(feeds::entry(self, &self.index.articles[at])))
    }

    fn card_view(&self, entry: &Entry) -> CardView {
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
            draft: article.draft,
        }
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

    /// Where one page of a list stands among the others; none for a list of one page.
    #[must_use]
    pub fn pager(&self, first: &str, total: usize, number: usize) -> Option<PagerView> {
        let pages = total.div_ceil(self.index.config.page_size).max(1);
        (pages > 1).then(|| PagerView {
            number,
            total: pages,
            previous: (number > 1).then(|| numbered(first, number - 1)),
            next: (number < pages).then(|| numbered(first, number + 1)),
        })
    }

    /// Something that happened, by the position of its relation and among that relation's own.
    #[must_use]
    pub fn event(&self, (at, number): (usize, usize)) -> Shared<EventView> {
        let relation = &self.index.relations[at];
        let happening = &relation.happenings[number];
        let told = happening.occurrences.iter().map(|&number| &relation.occurrences[number]);
        told.clone().for_each(|occurrence| note(occurrence.article));
        let make = || {
            Shared::new(self.event_view(relation, happening.event, happening.date, told.collect()))
        };
        self.events[at][number].get_or_init(make).clone()
    }

    /// What happened to a relation, by its position in the index.
    #[must_use]
    pub fn events(&self, at: usize) -> Vec<Shared<EventView>> {
        (0..self.events[at].len()).map(|number| self.event((at, number))).collect()
    }

    /// What one article says happened, by the position of the relation and among its occurrences.
    #[must_use]
    pub fn fact(&self, (at, number): (usize, usize)) -> EventView {
        let relation = &self.index.relations[at];
        let occurrence = &relation.occurrences[number];
        self.event_view(relation, occurrence.event, occurrence.date, vec![occurrence])
    }

    fn event_view(
        &self,
        relation: &Relation,
        event: Event,
        date: Option<PartialDate>,
        mut told: Vec<&Occurrence>,
    ) -> EventView {
        // Positions go from the newest article to the oldest, undated ones at the end.
        let articles = &self.index.articles;
        let is_undated = |o: &Occurrence| articles[o.article].article().date.is_none();
        told.sort_by_key(|o| (is_undated(o), std::cmp::Reverse(o.article), o.claim));
        let claim = |o: &&Occurrence| o.claim_in(articles);
        let mut kinds: Vec<&str> = Vec::new();
        for kind in told.iter().flat_map(|o| &claim(o).kinds) {
            if !kinds.contains(&kind.0.as_str()) {
                kinds.push(&kind.0);
            }
        }
        let day = date.map_or_else(|| "undated".to_owned(), PartialDate::iso);
        EventView {
            id: format!("{}-{event}-{day}", relation.id),
            date: date.map(|date| self.strings.date(date)),
            event: event.id(),
            status: relation.status.id(),
            label: self.strings.get(&format!("event_{event}")).to_owned(),
            kinds: kinds.into_iter().map(|kind| self.kind_link(kind)).collect(),
            parties: relation.parties.iter().map(|id| self.company_link(id)).collect(),
            partnership: LinkView {
                name: self.relation_name(relation),
                address: partnership_place(&self.index, relation),
            },
            reports: told.iter().map(|o| self.report(o.article, Some(claim(o)))).collect(),
        }
    }

    /// An article as the source of something, with its words where it makes a claim.
    #[must_use]
    pub fn report(&self, at: usize, claim: Option<&Claim>) -> ReportView {
        note(at);
        let entry = &self.index.articles[at];
        let article = entry.article();
        ReportView {
            article: LinkView { name: entry.heading(), address: entry.address.clone() },
            lang: article.lang.tag().to_owned(),
            language: article.lang.own_name().to_owned(),
            dir: dir(&article.lang),
            date: article.date.map(|date| self.strings.date(date)),
            source: self.source_link(entry),
            evidence: claim.and_then(|claim| self.evidence(article, claim)),
            confidence: claim.and_then(|claim| claim.confidence).map(percent),
        }
    }

    /// The article that stands for a story: one in the site's language, or else the first report.
    #[must_use]
    pub fn leader(&self, story: &Story) -> usize {
        let lang = self.index.config.language.primary();
        let mut members = story.members.iter().map(|member| member.article);
        let article = |at: usize| self.index.articles[at].article();
        members
            .clone()
            .find(|&at| article(at).lang.primary() == lang && article(at).title.is_some())
            .or_else(|| members.clone().find(|&at| article(at).title.is_some()))
            .or_else(|| members.next())
            .expect("a story has articles")
    }

    /// An article with the others of its story.
    #[must_use]
    pub fn news(&self, at: usize) -> NewsView {
        let story = self.index.articles[at].story.map(|at| &self.index.stories[at]);
        let leader = story.map_or(at, |story| self.leader(story));
        NewsView {
            article: self.card(leader).clone(),
            story: story.map(|story| self.story_place(story)).unwrap_or_default(),
            coverage: story.map(|story| self.coverage(story, leader)).unwrap_or_default(),
        }
    }

    /// The articles of a story but one, the first report first.
    #[must_use]
    pub fn coverage(&self, story: &Story, without: usize) -> Vec<Shared<CardView>> {
        let others = story.members.iter().map(|member| member.article).filter(|&at| at != without);
        others.map(|at| self.card(at).clone()).collect()
    }

    /// Where a story is shown: its page, or the article that stands for it.
    #[must_use]
    pub fn story_place(&self, story: &Story) -> String {
        if self.index.config.has(Section::Stories) {
            story_address(&story.id)
        } else {
            self.index.articles[self.leader(story)].address.clone()
        }
    }

    /// A link to a story: who it is about, and what happened.
    #[must_use]
    pub fn story_link(&self, story: &Story) -> LinkView {
        let name = match story.turn {
            Some(turn) => {
                let name = |&at: &usize| self.index.companies[at].company.name.clone();
                let names: Vec<String> = story.parties.iter().map(name).collect();
                format!("{}: {}", self.joined(&names), self.turn_label(turn))
            }
            None => self.heading(self.leader(story)),
        };
        LinkView { name, address: self.story_place(story) }
    }

    /// What stands on the picture of a story, by its position in the index.
    #[must_use]
    pub fn story_card(&self, at: usize) -> Card {
        let story = &self.index.stories[at];
        let reports = story.members.len();
        let forms = self.strings.get("n_reports").split('|');
        let noun = if reports == 1 { forms.clone().next() } else { forms.clone().next_back() };
        let reports = self.strings.locale.number(i64::try_from(reports).unwrap_or(i64::MAX));
        let date = story.date.map(|date| self.strings.date(date).text + " · ");
        Card {
            site: self.index.config.title.clone(),
            headline: self.story_link(story).name,
            note: format!("{}{reports} {}", date.unwrap_or_default(), noun.unwrap_or_default()),
        }
    }

    /// What happened in a story, in words.
    #[must_use]
    pub fn turn_label(&self, turn: Turn) -> &str {
        self.strings.get(match turn {
            Turn::Talk => "turn_rumour",
            Turn::Begin => "turn_start",
            Turn::Extend => "turn_extension",
            Turn::End => "turn_end",
        })
    }

    /// The parties' names, joined.
    #[must_use]
    pub fn relation_name(&self, relation: &Relation) -> String {
        let names: Vec<String> =
            relation.parties.iter().map(|id| self.company_link(id).name.clone()).collect();
        named(self.joined(&names), relation.name.as_deref())
    }

    /// Names as an enumeration.
    pub(super) fn joined(&self, names: &[String]) -> String {
        match names.split_last() {
            Some((last, rest)) if !rest.is_empty() => {
                let first = rest.join(self.strings.get("enumeration_comma"));
                self.strings.with("enumeration", &[("first", &first), ("last", last)])
            }
            _ => names.concat(),
        }
    }

    /// A partnership as lists show it, by its position in the index.
    #[must_use]
    pub fn relation(&self, at: usize) -> Shared<RelationView> {
        let make = || Shared::new(self.relation_view(&self.index.relations[at]));
        self.relations[at].get_or_init(make).clone()
    }

    fn relation_view(&self, relation: &Relation) -> RelationView {
        let articles = relation.articles();
        let publisher = |&at: &usize| self.index.articles[at].publisher.as_deref();
        let sources: BTreeSet<&str> = articles.iter().filter_map(publisher).collect();
        let date = |date: Option<PartialDate>| date.map(|date| self.strings.date(date));
        RelationView {
            id: relation.id.clone(),
            address: partnership_place(&self.index, relation),
            title: self.relation_name(relation),
            parties: relation.parties.iter().map(|id| self.company_link(id)).collect(),
            kinds: relation.kinds.iter().map(|kind| self.kind_link(&kind.value.0)).collect(),
            status: relation.status.id(),
            status_label: self.status_label(relation.status).to_owned(),
            since: date(relation.since()),
            until: date(relation.until()),
            latest: date(relation.latest()),
            confirmed: date(relation.confirmed),
            is_quiet: relation.is_quiet,
            sureness: relation.sureness().map(Sureness::id),
            sureness_label: relation.sureness().map(|sure| self.sureness_label(sure).to_owned()),
            has_disputes: relation.disputes().next().is_some(),
            reports: articles.len(),
            origins: relation.told.as_ref().map_or(0, |told| told.origins),
            sources: sources.len(),
        }
    }

    /// How sure something is, in words.
    #[must_use]
    pub fn sureness_label(&self, sureness: Sureness) -> &str {
        self.strings.get(match sureness {
            Sureness::Confirmed => "sure_confirmed",
            Sureness::Reported => "sure_reported",
            Sureness::Inferred => "sure_inferred",
            Sureness::Disputed => "sure_disputed",
        })
    }

    /// A status in words.
    #[must_use]
    pub fn status_label(&self, status: Status) -> &str {
        match status {
            Status::Rumoured => self.strings.get("status_rumoured"),
            Status::Announced => self.strings.get("status_announced"),
            Status::Active => self.strings.get("status_active"),
            Status::Ended => self.strings.get("status_ended"),
            Status::Unknown => self.strings.get("status_unknown"),
        }
    }

    /// Links with counts, largest first, at most `limit`.
    #[must_use]
    pub fn ranked(
        &self,
        mut links: Vec<(Shared<LinkView>, usize)>,
        limit: usize,
    ) -> Vec<CountedLink> {
        links.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.name.cmp(&b.0.name)));
        links.truncate(limit);
        shares(links)
    }

    /// The companies that some articles name most.
    #[must_use]
    pub fn companies_of(&self, articles: &[usize], limit: usize) -> Vec<CountedLink> {
        let companies = &self.index.companies;
        let mut counts = vec![0_usize; companies.len()];
        for &at in articles {
            for &company in &self.index.articles[at].companies {
                counts[company] += 1;
            }
        }
        let mut named: Vec<(usize, usize)> =
            counts.into_iter().enumerate().filter(|&(_, count)| count > 0).collect();
        named.sort_by(|a, b| {
            let name = |at: usize| &companies[at].company.name;
            b.1.cmp(&a.1).then_with(|| name(a.0).cmp(name(b.0)))
        });
        named.truncate(limit);
        let link = |at: usize| self.company_link(&companies[at].company.id);
        shares(named.into_iter().map(|(at, count)| (link(at), count)).collect())
    }

    /// The date of a view, for addresses and words.
    #[must_use]
    pub fn date_link(&self, date: PartialDate) -> LinkView {
        let DateView { text, .. } = self.strings.date(date);
        LinkView { name: text, address: date_address(date) }
    }
}

/// The parties, and what tells one of their relations from another.
pub(super) fn named(parties: String, name: Option<&str>) -> String {
    match name {
        Some(name) => format!("{parties}: {name}"),
        None => parties,
    }
}

/// Turns counts into links with bars, in the given order.
#[must_use]
pub fn shares<L: Borrow<LinkView>>(links: Vec<(L, usize)>) -> Vec<CountedLink> {
    let most = links.iter().map(|link| link.1).max().unwrap_or(0).max(1);
    links
        .into_iter()
        .map(|(link, count)| CountedLink {
            name: link.borrow().name.clone(),
            address: link.borrow().address.clone(),
            count,
            share: (count * 100).div_ceil(most),
            current: false,
        })
        .collect()
}

fn percent(share: f32) -> u8 {
    // A fraction from 0 to 1, so the product fits.
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    {
        (share * 100.0).round() as u8
    }
}

//! Builds the views that many pages share: cards, links, events, partnerships.

use std::borrow::Borrow;
use std::collections::BTreeMap;
use std::sync::OnceLock;

use super::feeds;
use super::strings::Strings;
use super::timeline_svg::{self, Lane};
use super::view::{
    CardView, CountedLink, Counts, DateView, EventView, FeedEntry, LinkView, PagerView,
    RelationView, Shared, SiteView,
};
use crate::index::pages::{
    TimelineFilter, company_address, date_address, numbered, partnership_address, source_address,
    tag_address, timeline_address,
};
use crate::index::{Entry, Index, Occurrence, Relation};
use crate::model::{Article, Claim, Direction, Language, PartialDate, Rights, Status, slug};
use crate::parse::markdown::excerpt;

/// The index with the words and views that all pages draw on. A view is made when the first page
/// needs it, and from then on shared.
pub struct Site {
    /// What the pages are made from.
    pub index: Index,
    /// The site's own words.
    pub strings: Strings,
    links: Links,
    /// Per article, in the order of the index.
    cards: Vec<OnceLock<Shared<CardView>>>,
    /// Per article, in the order of the index.
    entries: Vec<OnceLock<Shared<FeedEntry>>>,
    /// Per relation, in the order of the index.
    relations: Vec<OnceLock<Shared<RelationView>>>,
    /// Per relation and occurrence, in the order of the index.
    events: Vec<Vec<OnceLock<Shared<EventView>>>>,
}

/// `ltr` or `rtl`, as HTML spells it.
#[must_use]
pub fn dir(language: &Language) -> &'static str {
    match language.direction() {
        Direction::Ltr => "ltr",
        Direction::Rtl => "rtl",
    }
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
    fn new(index: &Index) -> Self {
        let kind = |(id, label): (&String, &String)| (id.clone(), kind_link(id, label));
        Self {
            companies: places(index.companies.len()),
            tags: places(index.tags.len()),
            sources: places(index.sources.len()),
            kinds: index.config.kinds.iter().map(kind).collect(),
        }
    }
}

fn kind_link(id: &str, label: &str) -> Shared<LinkView> {
    let address = timeline_address(&TimelineFilter::Kind(id.to_owned()));
    Shared::new(LinkView { name: label.to_owned(), address })
}

/// As many empty places.
fn places<T>(number: usize) -> Vec<OnceLock<T>> {
    std::iter::repeat_with(OnceLock::new).take(number).collect()
}

impl Site {
    /// Makes room for the shared views.
    #[must_use]
    pub fn new(index: Index) -> Self {
        let relations = index.relations.values();
        Self {
            strings: Strings::new(&index.config.language),
            links: Links::new(&index),
            cards: places(index.articles.len()),
            entries: places(index.articles.len()),
            relations: places(relations.len()),
            events: relations.map(|relation| places(relation.occurrences.len())).collect(),
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
        let menu = fixed.iter().map(|(key, address)| self.fixed_link(key, address)).chain(own);
        SiteView {
            title: config.title.clone(),
            description: config.description.clone(),
            lang: config.language.tag().to_owned(),
            dir: dir(&config.language),
            base_url: config.base_url.clone(),
            menu: menu.collect(),
            has_undated: !self.index.undated.is_empty(),
            today: self.strings.date(self.index.today),
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

    /// A link to a company.
    #[must_use]
    pub fn company_link(&self, id: &str) -> Shared<LinkView> {
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
        self.links.kinds.get(kind).cloned().unwrap_or_else(|| kind_link(kind, kind))
    }

    /// The publisher of an article, spelled as there.
    #[must_use]
    pub fn source_link(&self, entry: &Entry) -> Option<Shared<LinkView>> {
        let key = entry.publisher.as_ref()?;
        let name = entry.article().source.as_ref()?.name.as_ref()?;
        let link = || Shared::new(LinkView { name: name.clone(), address: source_address(key) });
        let (at, _, record) = self.index.sources.get_full(key)?;
        if record.name == *name {
            Some(self.links.sources[at].get_or_init(link).clone())
        } else {
            Some(link())
        }
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

    /// An article as lists show it, by its position in the index.
    #[must_use]
    pub fn card(&self, at: usize) -> &Shared<CardView> {
        self.cards[at].get_or_init(|| Shared::new(self.card_view(&self.index.articles[at])))
    }

    /// An article as feeds list it, by its position in the index.
    #[must_use]
    pub fn entry(&self, at: usize) -> &Shared<FeedEntry> {
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
            companies: article.companies.iter().map(|id| self.company_link(id)).collect(),
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

    /// An occurrence in words, by the position of its relation and among that relation's own.
    #[must_use]
    pub fn event(&self, (at, number): (usize, usize)) -> Shared<EventView> {
        let make = || {
            let relation = &self.index.relations[at];
            Shared::new(self.event_view(relation, &relation.occurrences[number]))
        };
        self.events[at][number].get_or_init(make).clone()
    }

    /// The occurrences of a relation in words, by its position in the index.
    #[must_use]
    pub fn events(&self, at: usize) -> Vec<Shared<EventView>> {
        (0..self.events[at].len()).map(|number| self.event((at, number))).collect()
    }

    fn event_view(&self, relation: &Relation, occurrence: &Occurrence) -> EventView {
        let entry = &self.index.articles[occurrence.article];
        let article = entry.article();
        let claim = &article.partnerships[occurrence.claim];
        EventView {
            id: format!("{}-{}-{}", relation.id, slug(&article.slug), occurrence.claim + 1),
            date: occurrence.date.map(|date| self.strings.date(date)),
            event: occurrence.event.id(),
            label: self.strings.get(&format!("event_{}", occurrence.event)).to_owned(),
            kinds: claim.kinds.iter().map(|kind| self.kind_link(&kind.0)).collect(),
            parties: claim.parties.iter().map(|party| self.company_link(&party.company)).collect(),
            partnership: LinkView {
                name: self.relation_name(relation),
                address: partnership_address(&relation.id),
            },
            article: LinkView { name: entry.heading(), address: entry.address.clone() },
            lang: article.lang.tag().to_owned(),
            dir: dir(&article.lang),
            source: self.source_link(entry),
            evidence: self.evidence(article, claim),
            confidence: claim.confidence.map(percent),
        }
    }

    /// The parties' names, joined.
    #[must_use]
    pub fn relation_name(&self, relation: &Relation) -> String {
        let names: Vec<String> =
            relation.parties.iter().map(|id| self.company_link(id).name.clone()).collect();
        let joined = match names.split_last() {
            Some((last, rest)) if !rest.is_empty() => {
                format!("{} {} {last}", rest.join(", "), self.strings.get("and"))
            }
            _ => names.concat(),
        };
        match &relation.name {
            Some(name) => format!("{joined}: {name}"),
            None => joined,
        }
    }

    /// A partnership as lists show it, by its position in the index.
    #[must_use]
    pub fn relation(&self, at: usize) -> Shared<RelationView> {
        let make = || Shared::new(self.relation_view(&self.index.relations[at]));
        self.relations[at].get_or_init(make).clone()
    }

    fn relation_view(&self, relation: &Relation) -> RelationView {
        let articles: std::collections::BTreeSet<usize> =
            relation.occurrences.iter().map(|o| o.article).collect();
        let sources: std::collections::BTreeSet<String> = articles
            .iter()
            .filter_map(|&at| self.source_link(&self.index.articles[at]))
            .map(|link| link.address.clone())
            .collect();
        let until = relation.periods.last().and_then(|period| period.end);
        RelationView {
            id: relation.id.clone(),
            address: partnership_address(&relation.id),
            title: self.relation_name(relation),
            parties: relation.parties.iter().map(|id| self.company_link(id)).collect(),
            kinds: relation.kinds.iter().map(|kind| self.kind_link(&kind.0)).collect(),
            status: relation.status.id(),
            status_label: self.status_label(relation.status).to_owned(),
            since: relation.since().map(|date| self.strings.date(date)),
            until: until.map(|date| self.strings.date(date)),
            latest: relation.latest().map(|date| self.strings.date(date)),
            reports: articles.len(),
            sources: sources.len(),
        }
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

    /// The lanes of some relations, given by their positions in the index, longest known first.
    #[must_use]
    pub fn lanes(&self, relations: &[usize]) -> Option<String> {
        let mut sorted = relations.to_vec();
        sorted.sort_by_cached_key(|&at| {
            let relation = &self.index.relations[at];
            let first = relation.occurrences.iter().filter_map(|o| o.date).min();
            (relation.since().or(first), at)
        });
        let relations = sorted.into_iter().map(|at| &self.index.relations[at]);
        let lanes: Vec<Lane> = relations
            .map(|relation| Lane {
                name: self.relation_name(relation),
                address: partnership_address(&relation.id),
                status: relation.status,
                spans: relation.periods.iter().map(|p| (p.start, p.end, p.ended)).collect(),
                events: self.lane_events(relation),
            })
            .collect();
        let title = self.strings.get("lanes_title");
        timeline_svg::lanes(&lanes, self.index.today, title)
    }

    /// One glyph per date and event, however many articles tell of it.
    fn lane_events(&self, relation: &Relation) -> Vec<(PartialDate, crate::model::Event, String)> {
        let mut events: BTreeMap<(PartialDate, crate::model::Event), usize> = BTreeMap::new();
        for occurrence in &relation.occurrences {
            if let Some(date) = occurrence.date {
                *events.entry((date, occurrence.event)).or_default() += 1;
            }
        }
        events
            .into_keys()
            .map(|(date, event)| {
                let label = self.strings.get(match event {
                    crate::model::Event::Rumoured => "event_rumoured",
                    crate::model::Event::Denied => "event_denied",
                    crate::model::Event::Announced => "event_announced",
                    crate::model::Event::Signed => "event_signed",
                    crate::model::Event::Launched => "event_launched",
                    crate::model::Event::Extended => "event_extended",
                    crate::model::Event::Ended => "event_ended",
                    crate::model::Event::Mentioned => "event_mentioned",
                });
                (date, event, format!("{}: {label}", self.strings.date(date).text))
            })
            .collect()
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

//! Links, which stand on many pages.

use std::borrow::Borrow;
use std::collections::BTreeMap;
use std::sync::OnceLock;

use crate::config::{Config, Section};
use crate::index::pages::{
    TimelineFilter, company_address, date_address, source_address, tag_address, timeline_address,
};
use crate::index::{Index, IndexedArticle};
use crate::model::{KINDS, PartialDate};
use crate::render::site::{Site, places};
use crate::render::view::{CountedLink, DateView, LinkView, Shared};
use crate::render::words::strings::Strings;

/// Links that stand on many pages.
pub(super) struct Links {
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
    pub(super) fn new(index: &Index, strings: &Strings) -> Self {
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

impl Site {
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
    pub fn source_link(&self, entry: &IndexedArticle) -> Option<Shared<LinkView>> {
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

    /// The date of a view, for addresses and words.
    #[must_use]
    pub fn date_link(&self, date: PartialDate) -> LinkView {
        let DateView { text, .. } = self.strings.date(date);
        LinkView { name: text, address: date_address(date) }
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

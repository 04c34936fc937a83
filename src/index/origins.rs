//! Where reports come from: two that quote one press release are one voice.

use std::collections::HashMap;

use url::Url;

use super::{CompanyRecord, IndexedArticle};
use crate::model::slug;

/// Sets that grow together, each known by its smallest member.
#[derive(Clone, Debug)]
pub struct Sets(Vec<usize>);

impl Sets {
    /// As many sets of one.
    #[must_use]
    pub fn new(length: usize) -> Self {
        Self((0..length).collect())
    }

    /// The smallest member of the set that has `at`.
    pub fn root(&mut self, mut at: usize) -> usize {
        while self.0[at] != at {
            self.0[at] = self.0[self.0[at]];
            at = self.0[at];
        }
        at
    }

    /// Makes one set of two.
    pub fn join(&mut self, one: usize, other: usize) {
        let (one, other) = (self.root(one), self.root(other));
        self.0[one.max(other)] = one.min(other);
    }
}

/// For each article the first one that goes back to the same text: copies, articles that share a
/// long quotation, and those that an editor gave the same `origin`.
#[must_use]
pub(super) fn origins(articles: &[IndexedArticle], copies: &[(usize, usize)]) -> Vec<usize> {
    let mut sets = Sets::new(articles.len());
    for &(one, other) in copies {
        sets.join(one, other);
    }
    let mut quoted: HashMap<u32, usize> = HashMap::new();
    let mut named: HashMap<String, usize> = HashMap::new();
    for (at, entry) in articles.iter().enumerate() {
        if !entry.article().partnerships.is_empty() {
            for &quotation in &entry.traces.quotations {
                sets.join(*quoted.entry(quotation).or_insert(at), at);
            }
        }
        if let Some(origin) = &entry.article().origin {
            sets.join(*named.entry(slug(origin)).or_insert(at), at);
        }
    }
    (0..articles.len()).map(|at| sets.root(at)).collect()
}

/// How many voices some articles are: those of one origin or one publisher are one.
#[must_use]
pub(super) fn voices(articles: &[IndexedArticle], list: &[usize]) -> usize {
    let mut sets = Sets::new(list.len());
    let mut origins: HashMap<usize, usize> = HashMap::new();
    let mut publishers: HashMap<&str, usize> = HashMap::new();
    for (number, &at) in list.iter().enumerate() {
        let entry = &articles[at];
        sets.join(*origins.entry(entry.origin).or_insert(number), number);
        if let Some(publisher) = &entry.publisher {
            sets.join(*publishers.entry(publisher).or_insert(number), number);
        }
    }
    (0..list.len()).filter(|&number| sets.root(number) == number).count()
}

/// What a company's own words are known by.
pub(super) struct OwnWords {
    /// The slugs of its names.
    names: Vec<String>,
    /// The host of its site.
    host: Option<String>,
}

impl OwnWords {
    #[must_use]
    pub(super) fn of(record: &CompanyRecord) -> Self {
        let company = &record.company;
        let names =
            std::iter::once(&company.name).chain(company.names.values()).chain(&company.aliases);
        let names = names.map(|name| slug(name)).chain([company.id.clone()]).collect();
        Self { names, host: company.website.as_deref().and_then(host_of) }
    }

    /// Whether it speaks in an article: on its own site, under its name, or by its release.
    #[must_use]
    pub(super) fn is_in(&self, entry: &IndexedArticle) -> bool {
        let article = entry.article();
        let is_name = |word: &str| self.names.iter().any(|name| name == word);
        let is_own = |own: &String| {
            let host = article.source_url().and_then(host_of);
            let rest = host.as_deref().and_then(|host| host.strip_suffix(own.as_str()));
            rest.is_some_and(|rest| rest.is_empty() || rest.ends_with('.'))
        };
        entry.publisher.as_deref().is_some_and(is_name)
            || article.origin.as_deref().is_some_and(|origin| is_name(&slug(origin)))
            || self.host.as_ref().is_some_and(is_own)
    }
}

/// The host of an address, without `www.`.
fn host_of(address: &str) -> Option<String> {
    let url = Url::parse(address).ok()?;
    let host = url.host_str()?;
    Some(host.strip_prefix("www.").unwrap_or(host).to_owned())
}

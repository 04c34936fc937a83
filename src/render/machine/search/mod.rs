//! What the search page loads: an inverted index in parts, and what is shown of each document.
//!
//! A reader's browser loads only the parts that the words typed fall into, and then the documents
//! that it shows. Pagefind was tried instead: it keeps one index per language, does not find a
//! stretch of Chinese inside a longer one, and took longer than the whole build.
//!
//! Parts go by a hash of the first three letters of a term, so that an unfinished word of three letters is
//! found in one part. Filters are terms as well (`=company:xiaomi`). `search.js` folds what is typed by
//! the same rules as `parse/terms.rs`; a test compares the two in a browser. Results quote the articles'
//! own pages, so nothing is published twice. The index is made when it is asked for, by two threads, and
//! never in the preview before somebody searches; after an edit of texts only, the parts of the last build
//! are read back, the changed articles taken out and put in anew.

mod parts;

use std::fmt::Write as _;
use std::ops::Range;

use serde::Serialize;

use crate::index::IndexedArticle;
use crate::index::pages::{company_address, tag_address};
use crate::model::{Kind, Rights};
use crate::parse::terms::Reader;
pub use crate::render::machine::search::parts::{all, patched};
use crate::render::site::{Site, dir};

/// How many documents stand in one file.
pub const PER_FILE: usize = 64;
/// How many articles there are for one part of the index, about.
const PER_PART: usize = 40;
/// Stands before terms that filters ask for; no word begins with it.
const FILTER: &str = "=";

/// Everything that can be found, in one order: companies, partnerships, tags, articles.
#[derive(Clone, Copy)]
pub struct Documents<'a> {
    site: &'a Site,
}

/// One of them, by its position in the index.
enum Document {
    Company(usize),
    Partnership(usize),
    Tag(usize),
    Article(usize),
}

/// How much it says of a document that a term is in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Place {
    Text,
    Repeated,
    Summary,
    Name,
}

/// A document as the list of results shows it.
#[derive(Default, Serialize)]
struct Found<'a> {
    /// What it is; absent for articles.
    #[serde(skip_serializing_if = "Option::is_none")]
    kind: Option<&'static str>,
    address: &'a str,
    title: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    lang: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    dir: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    language: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    date: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    source: Option<&'a str>,
    #[serde(skip_serializing_if = "str::is_empty")]
    note: &'a str,
}

impl<'a> Documents<'a> {
    /// The documents of a site.
    #[must_use]
    pub fn new(site: &'a Site) -> Self {
        Self { site }
    }

    /// How many there are.
    #[must_use]
    pub fn count(self) -> usize {
        self.first_article() + self.site.index.articles.len()
    }

    /// The number of the newest article.
    #[must_use]
    pub fn first_article(self) -> usize {
        let index = &self.site.index;
        index.companies.len() + index.relations.len() + index.tags.len()
    }

    /// Into how many parts the index is divided: a power of two.
    #[must_use]
    pub fn parts(self) -> usize {
        (self.count() / PER_PART).next_power_of_two()
    }

    /// How many files hold the documents.
    #[must_use]
    pub fn files(self) -> usize {
        self.count().div_ceil(PER_FILE)
    }

    fn get(self, number: usize) -> Document {
        let index = &self.site.index;
        let relation = number.wrapping_sub(index.companies.len());
        let tag = relation.wrapping_sub(index.relations.len());
        let article = tag.wrapping_sub(index.tags.len());
        if number < index.companies.len() {
            Document::Company(number)
        } else if relation < index.relations.len() {
            Document::Partnership(relation)
        } else if tag < index.tags.len() {
            Document::Tag(tag)
        } else {
            Document::Article(article)
        }
    }

    /// What the list of results shows of the documents in one file.
    #[must_use]
    pub fn file(self, number: usize) -> String {
        let range = number * PER_FILE..((number + 1) * PER_FILE).min(self.count());
        let found: Vec<String> = range.map(|number| self.found(number)).collect();
        format!("[{}]", found.join(",\n"))
    }

    fn found(self, number: usize) -> String {
        let Self { site } = self;
        let json = |found: Found<'_>| serde_json::to_string(&found).expect("plain data");
        let plain = |kind, address: &str, title: &str, note: &str| {
            json(Found { kind: Some(kind), address, title, note, ..Found::default() })
        };
        match self.get(number) {
            Document::Company(at) => {
                let company = &site.index.companies[at].company;
                let note = company.summary.as_deref().unwrap_or("");
                plain("company", &company_address(&company.id), &company.name, note)
            }
            Document::Partnership(at) => {
                let relation = site.relation(at);
                let mut note = relation.status_label.clone();
                if let Some(since) = &relation.since {
                    let _ = write!(note, " · {} {}", site.strings.get("since"), since.text);
                }
                plain("partnership", &relation.address, &relation.title, &note)
            }
            Document::Tag(at) => {
                let (slug, record) = site.index.tags.get_index(at).expect("counted");
                let note = record.description.as_deref().unwrap_or("");
                plain("tag", &tag_address(slug), &record.label, note)
            }
            Document::Article(at) => {
                let card = site.card(at);
                let is_own = card.lang == site.index.config.language.tag();
                json(Found {
                    kind: None,
                    address: &card.address,
                    title: &card.title,
                    lang: Some(&card.lang),
                    dir: (card.dir != dir(&site.index.config.language)).then_some(card.dir),
                    language: (!is_own).then_some(&card.language),
                    date: card.date.as_ref().map(|date| date.text.as_str()),
                    source: card.source.as_ref().map(|source| source.name.as_str()),
                    note: if card.untitled { "" } else { &card.summary },
                })
            }
        }
    }

    /// Gives all terms of a document, each as often as it occurs.
    fn terms(self, number: usize, reader: &mut Reader, take: &mut impl FnMut(&str, Place)) {
        let index = &self.site.index;
        match self.get(number) {
            Document::Company(at) => {
                let company = &index.companies[at].company;
                let others = company.names.values();
                let names = others.chain(&company.aliases).chain(&company.former_names);
                for name in std::iter::once(&company.name).chain(names).chain(&company.ticker) {
                    reader.terms(name, |term| take(term, Place::Name));
                }
            }
            Document::Partnership(at) => {
                let relation = &index.relations[at];
                reader.terms(&self.site.relation_name(relation), |term| take(term, Place::Name));
                for kind in &relation.kinds {
                    let name = &self.site.kind_link(&kind.value.0).name;
                    reader.terms(name, |term| take(term, Place::Summary));
                }
            }
            Document::Tag(at) => {
                reader.terms(&index.tags[at].label, |term| take(term, Place::Name));
            }
            Document::Article(at) => self.article_terms(&index.articles[at], reader, take),
        }
    }

    fn article_terms(
        self,
        entry: &IndexedArticle,
        reader: &mut Reader,
        take: &mut impl FnMut(&str, Place),
    ) {
        let index = &self.site.index;
        let article = entry.article();
        for title in article.title.iter().chain(&article.original_title) {
            reader.terms(title, |term| take(term, Place::Name));
        }
        let source = article.source.as_ref().and_then(|source| source.name.as_ref());
        for text in article.summary.iter().chain(&article.authors).chain(source) {
            reader.terms(text, |term| take(term, Place::Summary));
        }
        // Only what the site may publish can be found.
        match article.rights {
            Rights::Link => {}
            Rights::Excerpt => {
                reader.terms(&self.site.quotable(entry), |term| take(term, Place::Text));
            }
            Rights::Full => {
                reader.markdown(&article.body.fleeting(), |term| take(term, Place::Text));
            }
        }
        let mut filter = |name: &str, value: &str| {
            take(&format!("{FILTER}{name}:{value}"), Place::Text);
        };
        for &at in &entry.companies {
            filter("company", &index.companies[at].company.id);
        }
        for tag in &entry.tags {
            filter("tag", tag);
        }
        for Kind(kind) in article.partnerships.iter().flat_map(|claim| &claim.kinds) {
            filter("kind", kind);
        }
        filter("language", article.lang.tag());
        if let Some(date) = article.date {
            filter("year", &date.year().to_string());
        }
    }

    /// The numbers of the articles of which something is true.
    fn articles(self, is_wanted: impl Fn(&IndexedArticle) -> bool) -> Vec<usize> {
        let articles = self.site.index.articles.iter().enumerate();
        let wanted = articles.filter(|(_, entry)| is_wanted(entry));
        wanted.map(|(at, _)| self.first_article() + at).collect()
    }

    fn all(self) -> Range<usize> {
        0..self.count()
    }
}

//! All articles together: by company, tag, date, source and language; partnerships; addresses.

mod companies;
pub mod countries;
pub mod editions;
pub mod facts;
pub mod links;
mod origins;
pub mod pages;
mod particulars;
pub mod pictures;
mod records;
pub mod relations;
mod reports;
pub mod stories;
mod succession;
mod tags;
pub mod targets;
mod thresholds;
pub mod traces;

use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

use indexmap::IndexMap;
use rayon::prelude::*;
use rustc_hash::{FxBuildHasher, FxHashMap};
use serde::{Deserialize, Serialize};

use crate::config::{Config, Section};
use crate::diagnostic::{self, Diagnostic};
use crate::fingerprint::{Fingerprint, fingerprint};
use crate::model::{Article, Company, Language, Note, Page as Standing, PartialDate};
use crate::parse::markdown::Rendered;
use crate::source::{Asset, Drafts, Future, Source};

use companies::{check_companies, companies};
pub use facts::{Choice, DateFact, SourcedValue, Sureness};
use pages::standing_address;
pub use records::{
    CompanyRecord, IndexedArticle, ParsedArticle, RenderOptions, SourceRecord, StandingRecord,
    TagRecord,
};
pub use relations::{Period, Relation, RelationEvent, ReportedClaim, StatusReason};
pub use stories::{MembershipReason, Story};
use succession::Succession;
pub use tags::same_tag;
use tags::tags;
use targets::Targets;
pub use traces::Traces;

/// Things by id, in an order of their own. Nobody chooses ids to slow us down.
pub type ById<T> = IndexMap<String, T, FxBuildHasher>;

/// What the files of a site say, before anything is looked up across them.
#[derive(Clone, Debug, Default)]
pub struct Parsed {
    /// All articles, drafts included.
    pub articles: Vec<Arc<ParsedArticle>>,
    /// Companies of `content/companies/`, with their source for messages.
    pub companies: Vec<(Source, Company, Arc<Rendered>)>,
    /// Notes of `content/partnerships/`.
    pub notes: Vec<(Source, Note, Arc<Rendered>)>,
    /// Standing pages.
    pub pages: Vec<(Source, Standing, Arc<Rendered>)>,
    /// Files that texts can show and link to, by their path in the output folder.
    pub files: BTreeMap<String, Asset>,
}

/// How many articles are not shown, and why.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct LeftOut {
    /// Drafts.
    pub drafts: usize,
    /// Articles whose day is still to come.
    pub future: usize,
}

/// Everything the pages are made from.
#[derive(Clone, Debug)]
pub struct Index {
    /// The settings.
    pub config: Config,
    /// Today.
    pub today: PartialDate,
    /// Newest first; undated ones last, by address.
    pub articles: Vec<IndexedArticle>,
    /// By id, in the order of ids.
    pub companies: ById<CompanyRecord>,
    /// By slug, in the order of slugs.
    pub tags: ById<TagRecord>,
    /// By the slug of the publisher's name, in the order of slugs.
    pub sources: ById<SourceRecord>,
    /// By language.
    pub languages: BTreeMap<Language, Vec<usize>>,
    /// By year, month, day; days only where known.
    pub dates: BTreeMap<PartialDate, Vec<usize>>,
    /// Articles without a date.
    pub undated: Vec<usize>,
    /// By id, in the order of ids.
    pub relations: ById<Relation>,
    /// By id, in the order of ids.
    pub stories: ById<Story>,
    /// Stories from the one with the newest report on, as positions in [`Index::stories`].
    pub newest_stories: Vec<usize>,
    /// Articles without a day that fit several events, with an article on each of those.
    pub open_stories: Vec<(usize, Vec<usize>)>,
    /// Standing pages, by slug.
    pub pages: BTreeMap<String, StandingRecord>,
    /// What the home page begins with, from `content/pages/index.md`.
    pub intro: Option<StandingRecord>,
    /// The articles that say the same in other languages, for each that has some.
    pub translations: BTreeMap<usize, Vec<usize>>,
    /// Which companies old names mean.
    pub succession: Succession,
    /// Articles that are not shown.
    pub left_out: LeftOut,
    /// Files that texts can show and link to, by their path in the output folder.
    pub files: BTreeMap<String, Asset>,
    targets: OnceLock<Targets>,
}

/// The day of a run, and what it shows.
#[derive(Clone, Copy, Debug)]
pub struct RunOptions {
    /// Today.
    pub today: PartialDate,
    /// Whether drafts are shown.
    pub drafts: Drafts,
    /// Whether articles from the future are shown.
    pub future: Future,
}

impl Index {
    /// The same index with the texts of other readings of its articles.
    fn with_texts(&self, articles: Vec<IndexedArticle>, left_out: LeftOut) -> Self {
        let mut index = Self { left_out, targets: OnceLock::new(), ..self.clone() };
        for (entry, new) in index.articles.iter_mut().zip(articles) {
            entry.piece = new.piece;
        }
        index
    }

    /// What is found out by comparing texts: who goes back to whom, and who tells which story why.
    #[must_use]
    pub fn groups(&self) -> impl Serialize + '_ {
        let origins: Vec<usize> = self.articles.iter().map(|entry| entry.origin).collect();
        let stories = self.stories.values().map(|story| (story.id.as_str(), &story.members[..]));
        (origins, stories.collect::<Vec<_>>())
    }

    /// The years that articles are of, with their articles, the oldest year first.
    pub fn years(&self) -> impl DoubleEndedIterator<Item = (PartialDate, &[usize])> {
        let years = self.dates.iter().filter(|(date, _)| date.month().is_none());
        years.map(|(date, articles)| (*date, &articles[..]))
    }

    /// Whether there is nothing but standing pages.
    #[must_use]
    pub fn has_no_coverage(&self) -> bool {
        self.articles.is_empty() && self.companies.is_empty() && self.relations.is_empty()
    }

    /// Standing pages and the beginning of the home page, with their addresses.
    pub fn standing(&self) -> impl Iterator<Item = (String, &StandingRecord)> {
        let pages = self.pages.iter();
        let pages = pages.map(|(slug, record)| (standing_address(slug), record));
        pages.chain(self.intro.iter().map(|record| ("/".to_owned(), record)))
    }

    /// What the links of texts can mean, looked up when the first one asks.
    #[must_use]
    pub fn targets(&self) -> &Targets {
        self.targets.get_or_init(|| Targets::new(self))
    }

    /// The parties of a relation, as positions in [`Index::companies`].
    pub fn parties<'a>(&'a self, relation: &'a Relation) -> impl Iterator<Item = usize> + 'a {
        let ids = relation.parties.iter();
        ids.filter_map(|id| self.companies.get_index_of(self.succession.now(id, None)))
    }

    /// How many of the articles wait for their day, and are shown all the same.
    #[must_use]
    pub fn waiting(&self) -> usize {
        let waits = |entry: &&IndexedArticle| entry.article().waits_for(self.today).is_some();
        self.articles.iter().filter(waits).count()
    }

    /// The company that an article of `date` means by an id.
    #[must_use]
    pub fn company(&self, id: &str, date: Option<PartialDate>) -> Option<&CompanyRecord> {
        self.companies.get(self.succession.now(id, date))
    }
}

/// An index with what there is to tell of it, and a hash of all that it is put together from.
#[derive(Clone, Debug)]
pub struct Indexed {
    /// The index, whose articles may have other texts by now.
    pub index: Arc<Index>,
    /// What the author should know.
    pub found: Vec<Diagnostic>,
    /// The hash.
    pub key: Fingerprint,
}

/// Puts the parsed files together. `ground` is a hash of everything but the articles; where nothing but
/// texts has changed since the run `before`, what it found out is taken over.
#[must_use]
pub fn index(
    config: &Config,
    mut parsed: Parsed,
    run: &RunOptions,
    ground: Fingerprint,
    before: Option<&Indexed>,
) -> Indexed {
    let (mut left_out, mut found) = (LeftOut::default(), Vec::new());
    let pieces = std::mem::take(&mut parsed.articles);
    let articles = visible_articles(pieces, run, &mut left_out, &mut found);
    let copies = traces::copies(&articles);
    let key = key(ground, &articles, &copies);
    if let Some(before) = before.filter(|before| before.key == key) {
        let index = before.index.with_texts(articles, left_out);
        return Indexed { index: Arc::new(index), ..before.clone() };
    }
    let index = put_together(config, parsed, articles, &copies, left_out, run, &mut found);
    Indexed { index: Arc::new(index), found, key }
}

/// A hash of all that an index is put together from, which is everything but most of the texts.
fn key(ground: Fingerprint, articles: &[IndexedArticle], copies: &[(usize, usize)]) -> Fingerprint {
    let marks: Vec<Fingerprint> = articles.iter().map(|entry| entry.mark).collect();
    fingerprint(&(ground, marks, copies))
}

/// Ties articles to the one that they are translations of, and so to each other.
fn translations(articles: &[IndexedArticle]) -> BTreeMap<usize, Vec<usize>> {
    let is_one = |entry: &&IndexedArticle| entry.article().translation_of.is_some();
    if !articles.iter().any(|entry| is_one(&entry)) {
        return BTreeMap::new();
    }
    let paths: FxHashMap<&str, usize> =
        articles.iter().enumerate().map(|(at, entry)| (&*entry.article().path, at)).collect();
    let mut groups: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (at, entry) in articles.iter().enumerate() {
        let article = entry.article();
        let path =
            article.translation_of.as_ref().and_then(|to| targets::joined(&article.path, to));
        if let Some(&first) = path.and_then(|path| paths.get(path.as_str())).filter(|to| **to != at)
        {
            groups.entry(first).or_insert_with(|| vec![first]).push(at);
        }
    }
    let mut all = BTreeMap::new();
    for group in groups.into_values() {
        for &at in &group {
            let others = group.iter().copied().filter(|other| *other != at);
            all.entry(at).or_insert_with(Vec::new).extend(others);
        }
    }
    all
}

fn put_together(
    config: &Config,
    parsed: Parsed,
    mut articles: Vec<IndexedArticle>,
    copies: &[(usize, usize)],
    left_out: LeftOut,
    run: &RunOptions,
    found: &mut Vec<Diagnostic>,
) -> Index {
    let &RunOptions { today, drafts, .. } = run;
    let mut about_companies = Vec::new();
    let (companies, succession) = companies(parsed.companies, &articles, &mut about_companies);
    settle(&mut articles, &companies, &succession, copies);
    let (mut about_tags, mut about_notes) = <(Vec<_>, Vec<_>)>::default();
    let (stories, (relations, (dates, tags))) = rayon::join(
        || {
            let is_wanted = config.is_about(Section::Stories);
            stories::stories(&articles, &companies, copies, is_wanted)
        },
        || {
            let quiet_after = config.quiet_after;
            let (notes, found) = (parsed.notes, &mut about_notes);
            let relations =
                relations::relations(&articles, &companies, notes, today, quiet_after, found);
            (relations, (dates(&articles), tags(config, &articles, &mut about_tags)))
        },
    );
    found.extend(about_companies.into_iter().chain(about_tags).chain(about_notes));
    let (pages, intro) = standing(parsed.pages, drafts, found);
    let mut index = Index {
        config: config.clone(),
        today,
        companies,
        tags,
        sources: ById::default(),
        languages: BTreeMap::new(),
        dates,
        undated: Vec::new(),
        relations,
        stories: stories.all,
        newest_stories: Vec::new(),
        open_stories: stories.open,
        translations: BTreeMap::new(),
        succession,
        intro,
        pages,
        articles,
        left_out,
        files: parsed.files,
        targets: OnceLock::new(),
    };
    list_articles(&mut index);
    index.translations = translations(&index.articles);
    index.sources.sort_unstable_keys();
    connect(&mut index);
    check_companies(&index, found);
    index
}

/// Lists the articles by language and publisher, and those without a date.
fn list_articles(index: &mut Index) {
    for (at, entry) in index.articles.iter().enumerate() {
        let article = entry.article();
        match index.languages.get_mut(&article.lang) {
            Some(articles) => articles.push(at),
            None => drop(index.languages.insert(article.lang.clone(), vec![at])),
        }
        if let Some(key) = &entry.publisher {
            match index.sources.get_mut(key) {
                Some(record) => record.articles.push(at),
                None => drop(index.sources.insert(key.clone(), SourceRecord::of(entry, at))),
            }
        }
        if article.date.is_none() {
            index.undated.push(at);
        }
    }
}

/// Standing pages by slug, and what the home page begins with.
fn standing(
    parsed: Vec<(Source, Standing, Arc<Rendered>)>,
    drafts: Drafts,
    found: &mut Vec<Diagnostic>,
) -> (BTreeMap<String, StandingRecord>, Option<StandingRecord>) {
    let mut pages: BTreeMap<String, StandingRecord> = BTreeMap::new();
    let mut intro = None;
    for (source, page, body) in parsed {
        if page.draft && drafts == Drafts::Skip {
            continue;
        }
        let record = StandingRecord { source, page, body };
        if &*record.source.path == "content/pages/index.md" {
            intro = Some(record);
        } else if let Some(other) = pages.get(&record.page.slug) {
            let address = standing_address(&record.page.slug);
            let other = &other.source.path;
            found.push(diagnostic::address_taken(&record.source, &address, other));
        } else {
            pages.insert(record.page.slug.clone(), record);
        }
    }
    (pages, intro)
}

/// Notes for each article which companies it means and where its text comes from.
fn settle(
    articles: &mut [IndexedArticle],
    companies: &ById<CompanyRecord>,
    succession: &Succession,
    copies: &[(usize, usize)],
) {
    articles.par_iter_mut().for_each(|entry| {
        let article = &entry.piece.file.article;
        let position = |id: &str| companies.get_index_of(succession.now(id, article.date));
        entry.companies = Vec::with_capacity(article.companies.len());
        for at in article.companies.iter().filter_map(|id| position(id)) {
            if !entry.companies.contains(&at) {
                entry.companies.push(at);
            }
        }
        let parties = article.partnerships.iter().map(|claim| {
            let mut parties: Vec<usize> =
                claim.parties.iter().filter_map(|party| position(&party.company)).collect();
            parties.sort_unstable();
            parties.dedup();
            parties
        });
        entry.parties = parties.collect();
    });
    for (entry, origin) in origins::origins(articles, copies).into_iter().enumerate() {
        articles[entry].origin = origin;
    }
}

/// Notes positions wherever one part of the index looks another one up for every page.
fn connect(index: &mut Index) {
    let Index { articles, companies, relations, stories, succession, .. } = index;
    for (at, relation) in relations.values().enumerate() {
        for party in &relation.parties {
            if let Some(record) = companies.get_mut(party) {
                record.relations.push(at);
            }
        }
        for (number, report) in relation.reports.iter().enumerate() {
            articles[report.article].reports.push((at, number));
        }
    }
    for (at, story) in stories.values().enumerate() {
        for member in &story.members {
            articles[member.article].story = Some(at);
        }
    }
    for entry in articles {
        entry.reports.sort_by_key(|&(at, number)| relations[at].reports[number].claim);
    }
    for at in 0..companies.len() {
        let Company { parent, merged_into, .. } = &companies[at].company;
        let now = |id: &String| companies.get_index_of(succession.now(id, None));
        let parent = parent.as_ref().and_then(now);
        let successor = merged_into.as_ref().and_then(|(id, _)| now(id));
        if let Some(parent) = parent {
            companies[parent].subsidiaries.push(at);
        }
        if let Some(successor) = successor {
            companies[successor].predecessors.push(at);
        }
    }
    let mut newest: Vec<usize> = (0..stories.len()).collect();
    // Articles stand from the newest to the oldest, undated ones at the end.
    newest.sort_by_key(|&at| stories[at].members.iter().map(|member| member.article).min());
    index.newest_stories = newest;
}

/// Articles by year, month and day.
fn dates(articles: &[IndexedArticle]) -> BTreeMap<PartialDate, Vec<usize>> {
    // Articles are in the order of their dates, so those of a year, a month or a day are neighbours.
    let mut levels: [Vec<(PartialDate, Vec<usize>)>; 3] = Default::default();
    for (at, entry) in articles.iter().enumerate() {
        for (level, part) in entry.article().date.into_iter().flat_map(date_parts).enumerate() {
            match levels[level].last_mut() {
                Some((date, list)) if *date == part => list.push(at),
                _ => levels[level].push((part, vec![at])),
            }
        }
    }
    let mut dates: BTreeMap<PartialDate, Vec<usize>> = BTreeMap::new();
    for (date, list) in levels.into_iter().flatten() {
        dates.entry(date).or_default().extend(list);
    }
    dates
}

/// The year, the month and the day of a date, as far as known.
fn date_parts(date: PartialDate) -> impl Iterator<Item = PartialDate> {
    let (year, month, day) = (date.year(), date.month(), date.day_of_month());
    let parts = [
        PartialDate::new(year, None, None),
        month.and_then(|m| PartialDate::new(year, Some(m), None)),
        month.zip(day).and_then(|(m, d)| PartialDate::day(year, m, d)),
    ];
    parts.into_iter().flatten()
}

fn visible_articles(
    pieces: Vec<Arc<ParsedArticle>>,
    run: &RunOptions,
    left_out: &mut LeftOut,
    found: &mut Vec<Diagnostic>,
) -> Vec<IndexedArticle> {
    let &RunOptions { today, drafts, future } = run;
    let is_ready = |article: &Article| drafts == Drafts::Include || !article.draft;
    let is_out =
        |article: &Article| future == Future::Include || article.waits_for(today).is_none();
    for piece in &pieces {
        let article = &piece.file.article;
        left_out.drafts += usize::from(!is_ready(article));
        left_out.future += usize::from(is_ready(article) && !is_out(article));
    }
    let mut dated: Vec<(Option<PartialDate>, Arc<ParsedArticle>)> = pieces
        .into_iter()
        .filter(|piece| is_ready(&piece.file.article) && is_out(&piece.file.article))
        .map(|piece| (piece.file.article.date, piece))
        .collect();
    dated.par_sort_by(|a, b| b.0.cmp(&a.0).then_with(|| a.1.address.cmp(&b.1.address)));
    let entry = |piece| IndexedArticle {
        piece,
        companies: Vec::new(),
        parties: Vec::new(),
        origin: 0,
        story: None,
        reports: Vec::new(),
    };
    let articles: Vec<IndexedArticle> = dated.into_iter().map(|(_, piece)| entry(piece)).collect();
    let mut taken: FxHashMap<&str, &str> = FxHashMap::default();
    taken.reserve(articles.len());
    for entry in &articles {
        if let Some(other) = taken.insert(&entry.address, &entry.file.source.path) {
            found.push(diagnostic::address_taken(&entry.file.source, &entry.address, other));
        }
    }
    articles
}

/// Where an article is found: as much of its date as is known, then its slug.
#[must_use]
pub fn article_address(article: &Article) -> String {
    pages::article_place(article.date, &article.slug)
}

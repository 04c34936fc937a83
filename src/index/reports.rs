//! What each article reports, and the events that articles report together.

use std::collections::BTreeSet;

use rustc_hash::FxHashMap;

use super::particulars::{self, Rarity};
use super::thresholds::{DEAL_PARTIES, LEAD_COMPANIES, NEWS_DAYS, RECENT_EVENTS, STORY_DAYS};
use super::traces::{apart, days, gap};
use super::{CompanyRecord, IndexedArticle};
use crate::model::{Kind, PartialDate, Transition};
use crate::parse::words::words;
use crate::understand::companies::{Row, builtin};

/// One piece of news that an article has.
pub(super) struct News<'a> {
    /// Sorted.
    pub(super) parties: &'a [usize],
    pub(super) turn: Transition,
    pub(super) kinds: &'a [Kind],
    /// Which day the article says it was, if it does.
    pub(super) stated: Option<PartialDate>,
}

/// An article as far as stories are concerned.
pub(super) struct Report<'a> {
    pub(super) news: Vec<News<'a>>,
    /// Position of the main one of its news.
    pub(super) main: Option<usize>,
    /// The companies it is about, and the parties of its main news; none twice.
    pub(super) lead: Vec<usize>,
    /// Figures and names, without those of the companies.
    pub(super) particulars: Vec<u32>,
}

impl<'a> Report<'a> {
    pub(super) fn new(entry: &'a IndexedArticle, names: &[Vec<u32>]) -> Self {
        let news = news(entry);
        let main = main(entry, &news);
        let mut lead: Vec<usize> = entry.companies.iter().take(LEAD_COMPANIES).copied().collect();
        if let Some(main) = main {
            lead.extend(news[main].parties);
            lead.sort_unstable();
            lead.dedup();
        }
        let is_name =
            |one: &u32| entry.companies.iter().any(|&company| names[company].contains(one));
        let own = entry.traces.particulars.iter().copied().filter(|one| !is_name(one));
        let others = entry.companies.iter().filter(|at| !lead.contains(at));
        // A position is hardly ever the hash of something.
        let others = others.map(|&at| u32::try_from(at).unwrap_or(u32::MAX));
        let particulars = own.chain(others).collect();
        Self { news, main, lead, particulars }
    }

    pub(super) fn main(&self) -> Option<&News<'a>> {
        self.main.map(|at| &self.news[at])
    }

    /// The news itself, for comparing.
    pub(super) fn told(&self) -> impl Iterator<Item = NewsKey<'a>> + '_ {
        self.news.iter().map(|one| (one.parties, one.turn))
    }

    pub(super) fn pairs(&self) -> impl Iterator<Item = (usize, usize)> + '_ {
        let lead = &self.lead[..];
        let with = move |at: usize| lead[at + 1..].iter().map(move |&other| (lead[at], other));
        (0..lead.len()).flat_map(with).map(|(one, other)| (one.min(other), one.max(other)))
    }
}

/// Parties and turn of a piece of news.
pub(super) type NewsKey<'a> = (&'a [usize], Transition);

/// All articles about one event, while they are being brought together.
pub(super) struct Event<'a> {
    /// The main news of the first report that has any.
    pub(super) main: Option<NewsKey<'a>>,
    pub(super) news: Vec<NewsKey<'a>>,
    pub(super) kinds: BTreeSet<&'a Kind>,
    /// A few dozen for each report, compared with hardly ever.
    pub(super) particulars: Vec<u32>,
    /// The first report, and its date.
    pub(super) first: usize,
    pub(super) date: PartialDate,
    /// The days that it can mean, which are compared with those of every later report.
    pub(super) days: (i32, i32),
}

impl<'a> Event<'a> {
    pub(super) fn new(at: usize, report: &Report<'a>, date: PartialDate) -> Self {
        let mut event = Self {
            main: None,
            news: Vec::new(),
            kinds: BTreeSet::new(),
            particulars: Vec::new(),
            first: at,
            date,
            days: days(date),
        };
        event.add(report);
        event
    }

    pub(super) fn add(&mut self, report: &Report<'a>) {
        if let Some(main) = report.main() {
            self.main.get_or_insert((main.parties, main.turn));
            self.kinds.extend(main.kinds);
        }
        self.news.extend(report.told());
        self.particulars.extend(&report.particulars);
    }

    /// Whether an article has the event's main news, and the event's reports have the article's.
    pub(super) fn is_told_by(&self, report: &Report<'_>) -> bool {
        let (Some(main), Some(own)) = (self.main, report.main()) else { return false };
        self.news.iter().any(|other| meet(*other, (own.parties, own.turn)))
            && report.told().any(|one| meet(one, main))
    }

    /// Whether what is read of both can be one event. What begins and what goes on is often told in
    /// the same words.
    pub(super) fn allows(&self, report: &Report<'_>) -> bool {
        let (Some((parties, turn)), Some(own)) = (self.main, report.main()) else { return true };
        let goes_on = |turn: Transition| matches!(turn, Transition::Begin | Transition::Extend);
        !share(parties, own.parties) || turn == own.turn || goes_on(turn) && goes_on(own.turn)
    }

    /// How much an article has in common with the event that few others have.
    pub(super) fn likeness(&self, report: &Report<'_>, rarity: &Rarity) -> f64 {
        let common = report.particulars.iter().filter(|one| self.particulars.contains(one));
        common.map(|one| rarity.of(*one)).sum()
    }
}

/// The events that dated articles report, by each pair of the companies they are about.
#[derive(Default)]
pub(super) struct Events<'a> {
    pub(super) all: Vec<Event<'a>>,
    /// In the order of time.
    pub(super) by_pair: FxHashMap<(usize, usize), Vec<usize>>,
}

impl<'a> Events<'a> {
    /// Those about two of the companies.
    pub(super) fn candidates(&self, report: &Report<'_>) -> BTreeSet<usize> {
        report.pairs().filter_map(|pair| self.by_pair.get(&pair)).flatten().copied().collect()
    }

    /// The last ones of the month before a date, from the latest to the earliest.
    pub(super) fn recent(&self, report: &Report<'_>, date: PartialDate) -> Vec<usize> {
        let days = days(date);
        let near = |event: &&usize| apart(self.all[**event].days, days) <= STORY_DAYS;
        let lists = report.pairs().filter_map(|pair| self.by_pair.get(&pair));
        let recent = lists.flat_map(|list| list.iter().rev().take(RECENT_EVENTS).filter(near));
        let mut recent: Vec<usize> = recent.copied().collect();
        recent.sort_unstable_by(|one, other| other.cmp(one));
        recent.dedup();
        recent
    }

    pub(super) fn add(&mut self, at: usize, report: &Report<'a>, date: PartialDate) {
        for pair in report.pairs() {
            self.by_pair.entry(pair).or_default().push(self.all.len());
        }
        self.all.push(Event::new(at, report, date));
    }
}

/// What is new in an article.
pub(super) fn news(entry: &IndexedArticle) -> Vec<News<'_>> {
    let article = entry.article();
    let claims = article.partnerships.iter().zip(&entry.parties);
    claims
        .filter(|(_, parties)| (2..=DEAL_PARTIES).contains(&parties.len()))
        .filter_map(|(claim, parties)| {
            let is_old = |stated| article.date.is_some_and(|date| gap(date, stated) > NEWS_DAYS);
            let turn = claim.event.turn().filter(|_| !claim.date.is_some_and(is_old))?;
            Some(News { parties, turn, kinds: &claim.kinds, stated: claim.date })
        })
        .collect()
}

/// The news that an article is about: that of the companies it names first.
pub(super) fn main(entry: &IndexedArticle, news: &[News<'_>]) -> Option<usize> {
    let rank = |at: &usize| {
        let named = |first: usize| {
            let first = &entry.companies[..entry.companies.len().min(first)];
            news[*at].parties.iter().filter(|party| first.contains(party)).count()
        };
        (named(2), named(3), std::cmp::Reverse(*at))
    };
    (0..news.len()).max_by_key(rank)
}

/// The words of a company's names, which say nothing of what it did.
pub(super) fn words_of_names(record: &CompanyRecord) -> Vec<u32> {
    let company = &record.company;
    let own = std::iter::once(&company.name).chain(company.names.values()).chain(&company.aliases);
    let own = own.flat_map(|name| words(name));
    let known = builtin(&company.id).into_iter().flat_map(Row::names).flat_map(words);
    known.chain(own).map(|word| particulars::of_name(&word)).collect()
}

/// Whether two pieces of news can be one: the same turn, and two parties in common.
pub(super) fn meet(one: NewsKey<'_>, other: NewsKey<'_>) -> bool {
    one.1 == other.1 && share(one.0, other.0)
}

/// Whether two deals have two parties in common.
pub(super) fn share(one: &[usize], other: &[usize]) -> bool {
    one.iter().filter(|party| other.contains(party)).nth(1).is_some()
}

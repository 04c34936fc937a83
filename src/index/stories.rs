//! Stories: articles of any languages that report the same event.
//!
//! Two dated articles tell the same story where each has the other's main news among its own: the same
//! parties, the same turn of their relation, within a month. An undated one joins only the one story
//! that it can mean. Copies of a text belong together. What an editor says goes before all of it.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use indexmap::IndexMap;
use serde::Serialize;

use super::origins::Sets;
use super::traces::gap;
use super::{CompanyRecord, Entry};
use crate::model::{Kind, PartialDate, Turn, slug};

/// How many days after the first report others still tell the same story.
const STORY_DAYS: i32 = 30;
/// What an article tells as older than this is no news to it.
const NEWS_DAYS: i32 = 45;
/// A deal of more parties than this is an enumeration.
const PARTIES: usize = 8;

/// Articles that report the same event.
#[derive(Clone, Debug, PartialEq)]
pub struct Story {
    /// `leica-camera--xiaomi-2022-start`, or what an editor called it.
    pub id: String,
    /// By date, undated last.
    pub members: Vec<Member>,
    /// The parties, as positions in [`super::Index::companies`]; none where only texts agree.
    pub parties: Vec<usize>,
    /// What happened between them.
    pub turn: Option<Turn>,
    /// The first day anybody reported it.
    pub date: Option<PartialDate>,
}

/// An article of a story.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Member {
    /// Position in [`super::Index::articles`].
    pub article: usize,
    /// Why it belongs there.
    pub why: Why,
}

/// Why an article belongs to a story.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub enum Why {
    /// The editor says so.
    Pinned,
    /// It is the first report.
    First,
    /// Its main news is the same, so many days after the first report.
    SameNews(i32),
    /// It has no day of its own, and this is the only story it can mean.
    OnlyStory,
    /// It has the text of this article in common.
    Copy(usize),
}

/// The stories, and articles that fit more than one.
#[derive(Clone, Debug, Default)]
pub struct Stories {
    /// By id.
    pub all: IndexMap<String, Story>,
    /// Articles without a day that can mean more than one event, with an article on each of those.
    pub open: Vec<(usize, Vec<usize>)>,
}

/// One piece of news that an article has.
struct News<'a> {
    /// Sorted.
    parties: &'a [usize],
    turn: Turn,
    kinds: &'a [Kind],
    /// Which day the article says it was, if it does.
    stated: Option<PartialDate>,
}

/// All articles about one event, while they are being brought together.
struct Event<'a> {
    /// The main news of the first report.
    main: (&'a [usize], Turn),
    news: Vec<(&'a [usize], Turn)>,
    kinds: BTreeSet<&'a Kind>,
    /// The first report's date.
    date: PartialDate,
    first: usize,
}

type Pair = (usize, usize, Turn);

/// Groups the articles.
#[must_use]
pub(super) fn stories(
    articles: &[Entry],
    companies: &IndexMap<String, CompanyRecord>,
    copies: &[(usize, usize)],
) -> Stories {
    let news: Vec<Vec<News<'_>>> = articles.iter().map(news).collect();
    let mains: Vec<Option<usize>> =
        articles.iter().zip(&news).map(|(entry, news)| main(entry, news)).collect();
    let mut groups = Groups {
        sets: Sets::new(articles.len()),
        why: vec![None; articles.len()],
        is_settled: vec![false; articles.len()],
    };
    let events = dated(articles, &news, &mains, &mut groups);
    let open = undated(articles, &news, &mains, &events, &mut groups);
    for &(one, other) in copies {
        groups.join_copies(one, other, &mains);
    }
    let open = open.into_iter().filter(|(at, _)| groups.why[*at].is_none()).collect();
    let members = groups.members(articles);
    Stories { all: named(members, articles, companies, &news, &mains), open }
}

/// What is new in an article.
fn news(entry: &Entry) -> Vec<News<'_>> {
    let article = entry.article();
    let claims = article.partnerships.iter().zip(&entry.parties);
    claims
        .filter(|(_, parties)| (2..=PARTIES).contains(&parties.len()))
        .filter_map(|(claim, parties)| {
            let is_old = |stated| article.date.is_some_and(|date| gap(date, stated) > NEWS_DAYS);
            let turn = claim.event.turn().filter(|_| !claim.date.is_some_and(is_old))?;
            Some(News { parties, turn, kinds: &claim.kinds, stated: claim.date })
        })
        .collect()
}

/// The news that an article is about: that of the companies it names first.
fn main(entry: &Entry, news: &[News<'_>]) -> Option<usize> {
    let rank = |at: &usize| {
        let named = |first: usize| {
            let first = &entry.companies[..entry.companies.len().min(first)];
            news[*at].parties.iter().filter(|party| first.contains(party)).count()
        };
        (named(2), named(3), std::cmp::Reverse(*at))
    };
    (0..news.len()).max_by_key(rank)
}

/// Whether two pieces of news can be one: the same turn, and two parties in common.
fn meet(one: (&[usize], Turn), other: (&[usize], Turn)) -> bool {
    one.1 == other.1 && one.0.iter().filter(|party| other.0.contains(party)).nth(1).is_some()
}

fn pairs<'a>(news: &'a News<'_>) -> impl Iterator<Item = Pair> + 'a {
    let others = |at: usize| news.parties[at + 1..].iter().map(move |&other| (at, other));
    (0..news.parties.len()).flat_map(others).map(|(at, other)| (news.parties[at], other, news.turn))
}

/// The events that dated articles report, by each pair of their parties.
struct Events<'a> {
    all: Vec<Event<'a>>,
    /// In the order of time.
    by_pair: HashMap<Pair, Vec<usize>>,
}

impl<'a> Events<'a> {
    /// Those with two of the parties.
    fn candidates(&self, main: &News<'_>) -> BTreeSet<usize> {
        pairs(main).filter_map(|pair| self.by_pair.get(&pair)).flatten().copied().collect()
    }

    /// Those of the month before a date.
    fn recent(&self, main: &News<'_>, date: PartialDate) -> BTreeSet<usize> {
        let oldest = date.first_day() - STORY_DAYS - 31;
        let lists = pairs(main).filter_map(|pair| self.by_pair.get(&pair));
        let is_recent = |event: &&usize| self.all[**event].date.first_day() >= oldest;
        lists.flat_map(|list| list.iter().rev().take_while(is_recent)).copied().collect()
    }

    /// Whether an article has the event's main news, and the event's reports have the article's.
    fn is_told(&self, at: usize, main: &News<'_>, news: &[News<'_>]) -> bool {
        let event = &self.all[at];
        event.news.iter().any(|other| meet(*other, (main.parties, main.turn)))
            && news.iter().any(|one| meet((one.parties, one.turn), event.main))
    }

    fn add(&mut self, event: Event<'a>, main: &News<'_>) {
        for pair in pairs(main) {
            self.by_pair.entry(pair).or_default().push(self.all.len());
        }
        self.all.push(event);
    }
}

/// Brings dated articles together, from the oldest on.
fn dated<'a>(
    articles: &[Entry],
    news: &'a [Vec<News<'a>>],
    mains: &[Option<usize>],
    groups: &mut Groups,
) -> Events<'a> {
    let mut events = Events { all: Vec::new(), by_pair: HashMap::new() };
    for at in (0..articles.len()).rev() {
        let article = articles[at].article();
        let (Some(date), Some(main)) = (article.date.filter(|d| d.month().is_some()), mains[at])
        else {
            continue;
        };
        if article.split {
            continue;
        }
        let (own, main) = (&news[at], &news[at][main]);
        let near = |&event: &usize| gap(events.all[event].date, date) <= STORY_DAYS;
        let told = |event: &usize| events.is_told(*event, main, own);
        // The latest event comes first: an older one has had its reports.
        let known = events.recent(main, date).into_iter().rev().filter(near).find(told);
        let all = own.iter().map(|one| (one.parties, one.turn));
        match known {
            Some(number) => {
                let event = &mut events.all[number];
                event.news.extend(all);
                event.kinds.extend(main.kinds);
                groups.add(at, event.first, Why::SameNews(gap(event.date, date)));
            }
            None => {
                let event = Event {
                    main: (main.parties, main.turn),
                    news: all.collect(),
                    kinds: main.kinds.iter().collect(),
                    date,
                    first: at,
                };
                groups.settle(at);
                events.add(event, main);
            }
        }
    }
    events
}

/// Puts articles without a day to the only event they can mean; gives those that can mean several.
fn undated(
    articles: &[Entry],
    news: &[Vec<News<'_>>],
    mains: &[Option<usize>],
    events: &Events<'_>,
    groups: &mut Groups,
) -> Vec<(usize, Vec<usize>)> {
    let mut open = Vec::new();
    for (at, entry) in articles.iter().enumerate() {
        let article = entry.article();
        let Some(main) = mains[at].map(|main| &news[at][main]) else { continue };
        if article.split || article.date.is_some_and(|date| date.month().is_some()) {
            continue;
        }
        let retrieved = article.source.as_ref().and_then(|source| source.retrieved);
        let near = |known: Option<PartialDate>, event: &Event<'_>| {
            known.is_none_or(|date| gap(date, event.date) <= STORY_DAYS)
        };
        let fits = |event: &Event<'_>| {
            near(article.date, event)
                && near(main.stated, event)
                && retrieved.is_none_or(|day| event.date.first_day() <= day.last_day())
                && are_akin(main.kinds, &event.kinds)
        };
        let fitting: Vec<usize> = events
            .candidates(main)
            .into_iter()
            .filter(|&event| fits(&events.all[event]))
            .filter(|&event| events.is_told(event, main, &news[at]))
            .collect();
        let same_kind =
            |event: &&usize| main.kinds.iter().any(|kind| events.all[**event].kinds.contains(kind));
        let closest: Vec<&usize> = fitting.iter().filter(same_kind).collect();
        match (&fitting[..], &closest[..]) {
            ([], _) => {}
            (&[only], _) | (_, &[&only]) => {
                groups.add(at, events.all[only].first, Why::OnlyStory);
            }
            _ => open.push((at, fitting.iter().map(|&event| events.all[event].first).collect())),
        }
    }
    open
}

/// Kinds that reports of one deal take for each other.
const AKIN: &[&[&str]] = &[
    &["acquisition", "investment", "joint-venture"],
    &["co-development", "research", "integration", "joint-venture"],
    &["supply", "manufacturing", "distribution"],
];

/// Whether two reports can mean one deal: they share a kind, or one has only the vaguest.
fn are_akin(one: &[Kind], other: &BTreeSet<&Kind>) -> bool {
    let fits = |a: &Kind, b: &Kind| {
        let both = |group: &&[&str]| group.contains(&a.0.as_str()) && group.contains(&b.0.as_str());
        a == b || a.0 == "strategic-alliance" || b.0 == "strategic-alliance" || AKIN.iter().any(|group| both(group))
    };
    one.iter().any(|a| other.iter().any(|b| fits(a, b)))
}

/// The articles on their way into stories.
struct Groups {
    sets: Sets,
    /// Why an article is in its group; `None` for those that are alone.
    why: Vec<Option<Why>>,
    /// Whether it is known which event an article reports.
    is_settled: Vec<bool>,
}

impl Groups {
    fn settle(&mut self, at: usize) {
        self.is_settled[at] = true;
    }

    /// Puts an article to the first report of its event.
    fn add(&mut self, at: usize, first: usize, why: Why) {
        self.sets.join(at, first);
        self.settle(at);
        self.why[at] = Some(why);
    }

    /// Two texts that are copies tell one story, unless they are known to report different events.
    fn join_copies(&mut self, one: usize, other: usize, mains: &[Option<usize>]) {
        let apart = self.sets.root(one) != self.sets.root(other);
        let settled = |at: usize| self.is_settled[at] && mains[at].is_some();
        if !apart || (settled(one) && settled(other)) {
            return;
        }
        let (joined, text) = if settled(one) { (other, one) } else { (one, other) };
        self.sets.join(one, other);
        self.why[joined].get_or_insert(Why::Copy(text));
    }

    /// The articles of each group of two or more, by the name an editor gave it, if any.
    fn members(mut self, articles: &[Entry]) -> Vec<(Option<String>, Vec<Member>)> {
        let mut groups: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for at in 0..articles.len() {
            let root = if articles[at].article().split { at } else { self.sets.root(at) };
            groups.entry(root).or_default().push(at);
        }
        let mut pinned: BTreeMap<String, Vec<Member>> = BTreeMap::new();
        let mut others = Vec::new();
        for (_, group) in groups {
            let pin = |at: &usize| articles[*at].article().story.as_deref().map(slug);
            let pins: BTreeSet<String> = group.iter().filter_map(pin).collect();
            // Articles with different pins are different stories; then only those know where they
            // belong.
            let name = if pins.len() == 1 { pins.first().cloned() } else { None };
            let mut rest = Vec::new();
            for at in group {
                let why = self.why[at].unwrap_or(Why::First);
                match (pin(&at), &name) {
                    (Some(pin), _) => {
                        let member = Member { article: at, why: Why::Pinned };
                        pinned.entry(pin).or_default().push(member);
                    }
                    (None, Some(name)) if !vetoes(&articles[at], name) => {
                        pinned.entry(name.clone()).or_default().push(Member { article: at, why });
                    }
                    _ => rest.push(Member { article: at, why }),
                }
            }
            others.push((None, rest));
        }
        let pinned = pinned.into_iter().map(|(name, members)| (Some(name), members));
        pinned.chain(others).filter(|(_, members)| members.len() > 1).collect()
    }
}

/// Whether an editor says that an article does not belong to a story.
fn vetoes(entry: &Entry, story: &str) -> bool {
    entry.article().not_story.iter().any(|id| slug(id) == story)
}

/// Gives every group its id, and takes out who does not want to be in it.
fn named(
    groups: Vec<(Option<String>, Vec<Member>)>,
    articles: &[Entry],
    companies: &IndexMap<String, CompanyRecord>,
    news: &[Vec<News<'_>>],
    mains: &[Option<usize>],
) -> IndexMap<String, Story> {
    let mut all: IndexMap<String, Story> = IndexMap::new();
    let mut stories: Vec<Story> = groups
        .into_iter()
        .map(|(name, mut members)| {
            // Positions go from the newest article to the oldest, undated ones at the end.
            members.sort_by_key(|member| {
                let is_undated = articles[member.article].article().date.is_none();
                (is_undated, std::cmp::Reverse(member.article))
            });
            let has_news = |member: &&Member| mains[member.article].is_some();
            let teller = members.iter().find(has_news).map(|member| member.article);
            let main = teller.and_then(|at| mains[at].map(|main| &news[at][main]));
            Story {
                id: name.unwrap_or_default(),
                parties: main.map(|main| main.parties.to_vec()).unwrap_or_default(),
                turn: main.map(|main| main.turn),
                date: articles[members[0].article].article().date,
                members,
            }
        })
        .collect();
    stories.sort_by_key(|story| (story.id.is_empty(), story.date, story.members[0].article));
    for mut story in stories {
        if story.id.is_empty() {
            let base = base_id(&story, articles, companies);
            let free = |n: usize| if n == 1 { base.clone() } else { format!("{base}-{n}") };
            story.id = (1..).map(free).find(|id| !all.contains_key(id)).unwrap_or_default();
        }
        let id = story.id.clone();
        story.members.retain(|member| !vetoes(&articles[member.article], &id));
        for (at, member) in story.members.iter_mut().enumerate() {
            member.why = match member.why {
                Why::Pinned => Why::Pinned,
                _ if at == 0 => Why::First,
                // The first report of another event, which a pin brought here.
                Why::First => Why::Pinned,
                why => why,
            };
        }
        if story.members.len() > 1 {
            all.insert(id, story);
        }
    }
    all.sort_unstable_keys();
    all
}

fn base_id(
    story: &Story,
    articles: &[Entry],
    companies: &IndexMap<String, CompanyRecord>,
) -> String {
    let Some(turn) = story.turn else {
        return articles[story.members[0].article].article().slug.clone();
    };
    let names: Vec<&str> =
        story.parties.iter().map(|&at| companies[at].company.id.as_str()).collect();
    let year = story.date.map_or_else(String::new, |date| format!("-{}", date.year()));
    format!("{}{year}-{}", names.join("--"), turn.id())
}

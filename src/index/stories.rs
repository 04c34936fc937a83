//! Stories: articles of any languages that report the same event.
//!
//! Two dated articles tell the same story where each has the other's main news among its own: the same
//! parties, the same turn of their relation, within a month. An undated one joins only the one story
//! that it can mean. Copies of a text belong together. What an editor says goes before all of it.
//!
//! Dated articles are gone through from the oldest on, and each is compared with the events of the last
//! month between two of its companies, so nothing is quadratic; articles without a day come after, since
//! what they join must not depend on their order.

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;
use serde::Serialize;

use super::origins::Sets;
use super::particulars::Rarity;
use super::reports::Event;
use super::reports::Events;
use super::reports::Report;
use super::reports::share;
use super::reports::words_of_names;
use super::thresholds::{CLEARLY_TIMES, HINT_PARTICULARS, LIKE_PARTICULARS, STORY_DAYS};
use super::traces::gap;
use super::{ById, CompanyRecord, IndexedArticle};
use crate::model::{Kind, PartialDate, Transition, slug};

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
    pub turn: Option<Transition>,
    /// The first day anybody reported it.
    pub date: Option<PartialDate>,
}

/// An article of a story.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Member {
    /// Position in [`super::Index::articles`].
    pub article: usize,
    /// Why it belongs there.
    pub why: MembershipReason,
}

/// Why an article belongs to a story.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub enum MembershipReason {
    /// The editor says so.
    Pinned,
    /// It is the first report.
    First,
    /// Its main news is the same, so many days after the first report.
    SameNews(i32),
    /// It has no day of its own, and this is the only story it can mean.
    OnlyStory,
    /// It is about the same companies and has figures and names in common with this story only.
    SameParticulars,
    /// It has the text of this article in common.
    Copy(usize),
}

/// The stories, and articles that fit more than one.
#[derive(Clone, Debug, Default)]
pub struct Stories {
    /// By id.
    pub all: ById<Story>,
    /// Articles without a day that can mean more than one event, with an article on each of those.
    pub open: Vec<(usize, Vec<usize>)>,
}

/// Groups the articles.
#[must_use]
pub(super) fn stories(
    articles: &[IndexedArticle],
    companies: &ById<CompanyRecord>,
    copies: &[(usize, usize)],
    is_wanted: bool,
) -> Stories {
    if !is_wanted {
        return Stories::default();
    }
    let names: Vec<Vec<u32>> = companies.par_values().map(words_of_names).collect();
    let reports: Vec<Report<'_>> =
        articles.par_iter().map(|entry| Report::new(entry, &names)).collect();
    let rarity = Rarity::new(reports.iter().map(|report| &report.particulars[..]));
    let mut groups = Groups {
        sets: Sets::new(articles.len()),
        why: vec![None; articles.len()],
        is_settled: vec![false; articles.len()],
    };
    let events = dated(articles, &reports, &rarity, &mut groups);
    let open = undated(articles, &reports, &events, &rarity, &mut groups);
    // A newsletter begins each issue with the same words: a text in common is no event.
    let is_event = |&&(one, other): &&(usize, usize)| has_pair(&articles[one], &articles[other]);
    for &(one, other) in copies.iter().filter(is_event) {
        groups.join_copies(one, other);
    }
    let open = open.into_iter().filter(|(at, _)| groups.why[*at].is_none()).collect();
    let members = groups.members(articles);
    Stories { all: named(members, articles, companies, &reports), open }
}

/// Whether two articles have two companies in common, or a claim on the same ones.
fn has_pair(one: &IndexedArticle, other: &IndexedArticle) -> bool {
    let of = |entry: &IndexedArticle| -> BTreeSet<usize> {
        entry.companies.iter().chain(entry.parties.iter().flatten()).copied().collect()
    };
    of(one).intersection(&of(other)).count() > 1
}

/// Brings dated articles together, from the oldest on.
fn dated<'a>(
    articles: &[IndexedArticle],
    reports: &[Report<'a>],
    rarity: &Rarity,
    groups: &mut Groups,
) -> Events<'a> {
    let mut events = Events::default();
    for at in (0..articles.len()).rev() {
        let (article, report) = (articles[at].article(), &reports[at]);
        let Some(date) = article.date.filter(|date| date.month().is_some()) else { continue };
        if article.split || report.lead.len() < 2 {
            continue;
        }
        // The latest event comes first: an older one has had its reports.
        let recent = events.recent(report, date);
        let told = recent.iter().find(|&&event| events.all[event].is_told_by(report));
        let known = if let Some(&event) = told {
            Some((event, MembershipReason::SameNews(gap(events.all[event].date, date))))
        } else {
            let fitting = recent.into_iter().filter(|&event| events.all[event].allows(report));
            closest(fitting, |event| events.all[event].likeness(report, rarity), LIKE_PARTICULARS)
                .map(|event| (event, MembershipReason::SameParticulars))
        };
        groups.is_settled[at] = report.main.is_some();
        match known {
            Some((event, why)) => {
                let event = &mut events.all[event];
                event.add(report);
                groups.add(at, event.first, why);
            }
            None => events.add(at, report, date),
        }
    }
    events
}

/// The one that is like an article, if no other one is about as much like it.
fn closest(
    events: impl Iterator<Item = usize>,
    likeness: impl Fn(usize) -> f64,
    least: f64,
) -> Option<usize> {
    let mut ranked: Vec<(f64, usize)> = events.map(|event| (likeness(event), event)).collect();
    ranked.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
    let &(best, event) = ranked.first()?;
    let next = ranked.get(1).map_or(0.0, |next| next.0);
    (best >= least && best >= next * CLEARLY_TIMES).then_some(event)
}

/// Puts articles without a day to the only event they can mean; gives those that can mean several.
fn undated(
    articles: &[IndexedArticle],
    reports: &[Report<'_>],
    events: &Events<'_>,
    rarity: &Rarity,
    groups: &mut Groups,
) -> Vec<(usize, Vec<usize>)> {
    let mut open = Vec::new();
    for (at, entry) in articles.iter().enumerate() {
        let (article, report) = (entry.article(), &reports[at]);
        let has_day = article.date.is_some_and(|date| date.month().is_some());
        if article.split || has_day || report.lead.len() < 2 {
            continue;
        }
        let retrieved = article.source.as_ref().and_then(|source| source.retrieved);
        let stated = report.main().and_then(|main| main.stated);
        let near = |known: Option<PartialDate>, event: &Event<'_>| {
            known.is_none_or(|date| gap(date, event.date) <= STORY_DAYS)
        };
        let mut possible = events.candidates(report);
        possible.retain(|&event| {
            let event = &events.all[event];
            near(article.date, event)
                && near(stated, event)
                && retrieved.is_none_or(|day| event.date.first_day() <= day.last_day())
                && event.allows(report)
        });
        let is_of_parties = |event: &&usize| {
            let parties = events.all[**event].main.map(|main| main.0);
            parties.zip(report.main()).is_some_and(|(one, other)| share(one, other.parties))
        };
        let same: Vec<usize> = possible.iter().filter(is_of_parties).copied().collect();
        let fits = |event: &&usize| {
            let event = &events.all[**event];
            event.is_told_by(report)
                && report.main().is_some_and(|main| are_akin(main.kinds, &event.kinds))
        };
        let is_of_kind = |event: &&usize| {
            let kinds = &events.all[**event].kinds;
            report.main().is_some_and(|main| main.kinds.iter().any(|kind| kinds.contains(kind)))
        };
        let of_kind: Vec<usize> = same.iter().filter(is_of_kind).copied().collect();
        let likeness = |event: usize| events.all[event].likeness(report, rarity);
        let only = match (&same[..], &of_kind[..]) {
            ([only], _) | (_, [only]) => Some(only).filter(fits).copied(),
            _ => None,
        };
        let like = || {
            let of_parties = closest(same.iter().copied(), likeness, HINT_PARTICULARS)
                .filter(|_| same.len() > 1);
            of_parties.or_else(|| closest(possible.iter().copied(), likeness, LIKE_PARTICULARS))
        };
        let known = only
            .map(|event| (event, MembershipReason::OnlyStory))
            .or_else(|| like().map(|event| (event, MembershipReason::SameParticulars)));
        if let Some((event, why)) = known {
            groups.add(at, events.all[event].first, why);
            groups.is_settled[at] = true;
        } else if same.len() > 1 {
            // A copy of it may still tell which one it is.
            open.push((at, same.iter().map(|&event| events.all[event].first).collect()));
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
        a == b
            || a.0 == "strategic-alliance"
            || b.0 == "strategic-alliance"
            || AKIN.iter().any(both)
    };
    one.iter().any(|a| other.iter().any(|b| fits(a, b)))
}

/// The articles on their way into stories.
struct Groups {
    sets: Sets,
    /// Why an article is in its group; `None` for those that are alone.
    why: Vec<Option<MembershipReason>>,
    /// Whether it is known which event an article reports.
    is_settled: Vec<bool>,
}

impl Groups {
    /// Puts an article to the first report of its event.
    fn add(&mut self, at: usize, first: usize, why: MembershipReason) {
        self.sets.join(at, first);
        self.why[at] = Some(why);
    }

    /// Two texts that are copies tell one story, unless they are known to report different events.
    fn join_copies(&mut self, one: usize, other: usize) {
        let apart = self.sets.root(one) != self.sets.root(other);
        if !apart || (self.is_settled[one] && self.is_settled[other]) {
            return;
        }
        let (joined, text) = if self.is_settled[one] { (other, one) } else { (one, other) };
        self.sets.join(one, other);
        self.why[joined].get_or_insert(MembershipReason::Copy(text));
    }

    /// Articles that are together, or pinned to a story. Most are alone, and are none.
    fn groups(&mut self, articles: &[IndexedArticle]) -> Vec<Vec<usize>> {
        let root = |at: usize| if articles[at].article().split { at } else { self.sets.root(at) };
        let roots: Vec<usize> = (0..articles.len()).map(root).collect();
        let mut sizes = vec![0_usize; articles.len()];
        for &root in &roots {
            sizes[root] += 1;
        }
        let mut groups: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for (at, root) in roots.into_iter().enumerate() {
            if sizes[root] > 1 || articles[at].article().story.is_some() {
                groups.entry(root).or_default().push(at);
            }
        }
        groups.into_values().collect()
    }

    /// The articles of each group of two or more, by the name an editor gave it, if any.
    fn members(mut self, articles: &[IndexedArticle]) -> Vec<(Option<String>, Vec<Member>)> {
        let groups = self.groups(articles);
        let mut pinned: BTreeMap<String, Vec<Member>> = BTreeMap::new();
        let mut others = Vec::new();
        for group in groups {
            let pin = |at: &usize| articles[*at].article().story.as_deref().map(story_id);
            let pins: BTreeSet<String> = group.iter().filter_map(pin).collect();
            // Articles with different pins are different stories; then only those know where they
            // belong.
            let name = if pins.len() == 1 { pins.first().cloned() } else { None };
            let mut rest = Vec::new();
            for at in group {
                let why = self.why[at].unwrap_or(MembershipReason::First);
                match (pin(&at), &name) {
                    (Some(pin), _) => {
                        let member = Member { article: at, why: MembershipReason::Pinned };
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

/// The id of a story that an editor names, by its id or in words.
#[must_use]
pub fn story_id(name: &str) -> String {
    let is_id = name.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-');
    if is_id { name.to_owned() } else { slug(name) }
}

/// Whether an editor says that an article does not belong to a story.
fn vetoes(entry: &IndexedArticle, story: &str) -> bool {
    entry.article().not_story.iter().any(|id| story_id(id) == story)
}

/// Gives every group its id, and takes out who does not want to be in it.
fn named(
    groups: Vec<(Option<String>, Vec<Member>)>,
    articles: &[IndexedArticle],
    companies: &ById<CompanyRecord>,
    reports: &[Report<'_>],
) -> ById<Story> {
    let mut all: ById<Story> = ById::default();
    let mut stories: Vec<Story> = groups
        .into_iter()
        .map(|(name, mut members)| {
            // Positions go from the newest article to the oldest, undated ones at the end.
            members.sort_by_key(|member| {
                let is_undated = articles[member.article].article().date.is_none();
                (is_undated, std::cmp::Reverse(member.article))
            });
            let main = members.iter().find_map(|member| reports[member.article].main());
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
            story.id =
                (1..=all.len() + 1).map(free).find(|id| !all.contains_key(id)).unwrap_or_default();
        }
        let id = story.id.clone();
        let has_pin = story.members.iter().any(|member| member.why == MembershipReason::Pinned);
        let first = story.members.first().map(|member| member.article);
        story.members.retain(|member| !vetoes(&articles[member.article], &id));
        for (at, member) in story.members.iter_mut().enumerate() {
            member.why = match member.why {
                MembershipReason::Pinned => MembershipReason::Pinned,
                _ if at == 0 => MembershipReason::First,
                // The first report of another event, which a pin brought here, or a copy.
                MembershipReason::First if has_pin => MembershipReason::Pinned,
                MembershipReason::First => {
                    first.map_or(MembershipReason::First, MembershipReason::Copy)
                }
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

fn base_id(story: &Story, articles: &[IndexedArticle], companies: &ById<CompanyRecord>) -> String {
    let Some(turn) = story.turn else {
        return articles[story.members[0].article].article().slug.clone();
    };
    let names: Vec<&str> =
        story.parties.iter().map(|&at| companies[at].company.id.as_str()).collect();
    let year = story.date.map_or_else(String::new, |date| format!("-{}", date.year()));
    format!("{}{year}-{}", names.join("--"), turn.id())
}

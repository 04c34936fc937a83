//! Partnerships that a text tells of, sentence by sentence, with the words that say so.

use std::collections::BTreeMap;

use super::companies::{Companies, Mention};
use super::dates;
use super::lexicon::{self, Lexicon};
use crate::model::{Claim, Event, Kind, PartialDate, Party};

/// How far before a cue a negation still turns it round, in bytes.
const NEGATION_BEFORE: usize = 70;
/// How far after a cue.
const NEGATION_AFTER: usize = 45;
/// How much may stand between two names that are one group: `Huawei from 2016 and Sharp`.
const GROUP_GAP: usize = 28;
/// How much may stand between `with` and the name after it.
const WITH_GAP: usize = 45;

/// Words that take the `not` out of `not only`.
const NOT_ONLY: &[&str] = &[
    "not only",
    "not just",
    "không chỉ",
    "không đơn thuần",
    "nicht nur",
    "non solo",
    "no solo",
    "no sólo",
    "pas seulement",
    "não só",
    "não apenas",
    "ikke kun",
    "ikke bare",
    "inte bara",
    "tidak hanya",
    "bukan hanya",
    "niet alleen",
    "nie tylko",
    "не только",
    "не лише",
];

/// The claims of an article.
#[must_use]
pub fn partnerships(
    paragraphs: &[&str],
    title: Option<&str>,
    published: Option<PartialDate>,
    lexicon_of: impl Fn(&str) -> &'static Lexicon,
    companies: &Companies<'_>,
) -> Vec<Claim> {
    let main = main_companies(paragraphs, title, companies);
    let mut claims: BTreeMap<String, Claim> = BTreeMap::new();
    let mut order: Vec<String> = Vec::new();
    for (number, paragraph) in paragraphs.iter().enumerate() {
        let lexicon = lexicon_of(paragraph);
        for sentence in sentences(paragraph) {
            let found = read(sentence, lexicon, companies, &main, number < 3, published);
            for claim in found {
                let id = claim.relation();
                match claims.get_mut(&id) {
                    None => {
                        order.push(id.clone());
                        claims.insert(id, claim);
                    }
                    Some(before) if weight(&claim) > weight(before) => *before = claim,
                    Some(_) => {}
                }
            }
        }
    }
    order.into_iter().filter_map(|id| claims.remove(&id)).collect()
}

/// Of two claims on one relation, the one that tells more stands.
fn weight(claim: &Claim) -> u32 {
    let event = match claim.event {
        Event::Ended => 3,
        Event::Announced | Event::Signed | Event::Launched | Event::Extended => 2,
        Event::Rumoured | Event::Denied | Event::Mentioned => 1,
    };
    let vague = claim.kinds.iter().all(|kind| kind.0 == "strategic-alliance");
    event * 2 + u32::from(!vague && event == 1)
}

/// What an article is about: the companies of its title and those it names most.
#[must_use]
pub fn main_companies(
    paragraphs: &[&str],
    title: Option<&str>,
    companies: &Companies<'_>,
) -> Vec<String> {
    let mut counts: BTreeMap<String, (usize, usize)> = BTreeMap::new();
    let mut place = 0;
    let mut count = |text: &str, weight: usize| {
        for mention in companies.mentions(text) {
            let entry = counts.entry(mention.company).or_insert((0, place));
            entry.0 += weight;
            place += 1;
        }
    };
    if let Some(title) = title {
        count(title, 4);
    }
    for (number, paragraph) in paragraphs.iter().enumerate() {
        count(paragraph, if number == 0 { 2 } else { 1 });
    }
    let mut ranked: Vec<(String, (usize, usize))> = counts.into_iter().collect();
    ranked.sort_by(|a, b| b.1.0.cmp(&a.1.0).then(a.1.1.cmp(&b.1.1)));
    ranked.into_iter().map(|(company, _)| company).collect()
}

/// The sentences of a paragraph; together with the space between them they are the paragraph.
#[must_use]
pub fn sentences(text: &str) -> Vec<&str> {
    let mut out = Vec::new();
    let mut start = 0;
    let chars: Vec<(usize, char)> = text.char_indices().collect();
    for (number, &(at, c)) in chars.iter().enumerate() {
        let end = at + c.len_utf8();
        let next = chars.get(number + 1).map(|&(_, c)| c);
        let stop = match c {
            '。' | '！' | '？' | '\n' => true,
            '.' | '!' | '?' | '…' | '”' | '"' | '»' => {
                let closing = matches!(c, '”' | '"' | '»');
                let stopped = !closing
                    || chars[..number].last().is_some_and(|&(_, c)| matches!(c, '.' | '!' | '?'));
                let after =
                    chars[number + 1..].iter().map(|&(_, c)| c).find(|c| !c.is_whitespace());
                let opens = after.is_none_or(|c| {
                    c.is_uppercase()
                        || c.is_ascii_digit()
                        || matches!(c, '“' | '"' | '„' | '«' | '(' | '‘')
                        || lexicon::is_dense(&c.to_string())
                });
                let abbreviation = c == '.' && {
                    let word = text[start..at].rsplit([' ', '(', '.']).next().unwrap_or("");
                    word.chars().count() <= 1
                        || matches!(
                            word,
                            "Inc"
                                | "Co"
                                | "Corp"
                                | "Ltd"
                                | "Mr"
                                | "Dr"
                                | "St"
                                | "No"
                                | "pr"
                                | "vs"
                                | "TP"
                        )
                };
                stopped && next.is_none_or(char::is_whitespace) && opens && !abbreviation
            }
            _ => false,
        };
        if stop {
            push(&mut out, &text[start..end]);
            start = end;
        }
    }
    push(&mut out, &text[start..]);
    out
}

fn push<'a>(out: &mut Vec<&'a str>, sentence: &'a str) {
    let sentence = sentence.trim();
    if !sentence.is_empty() {
        out.push(sentence);
    }
}

fn read(
    sentence: &str,
    lexicon: &Lexicon,
    companies: &Companies<'_>,
    main: &[String],
    early: bool,
    published: Option<PartialDate>,
) -> Vec<Claim> {
    let mentions = companies.mentions(sentence);
    if mentions.is_empty() {
        return Vec::new();
    }
    let mut lower = sentence.to_lowercase();
    if lower.len() != sentence.len() {
        lower = sentence
            .chars()
            .flat_map(|c| {
                let mut low = c.to_lowercase();
                let one =
                    low.next().filter(|l| l.len_utf8() == c.len_utf8() && low.next().is_none());
                std::iter::once(one.unwrap_or(c))
            })
            .collect();
    }
    for phrase in NOT_ONLY {
        lower = lower.replace(phrase, &"_".repeat(phrase.len()));
    }
    let Some((kind, cue)) = kind(&lower, lexicon) else { return Vec::new() };
    if is_negated(&lower, cue, lexicon) {
        return Vec::new();
    }
    let rival = lexicon.find("rival", &lower).is_some();
    let groups = groups(&lower, &mentions, lexicon);
    let pairs = pairs(&lower, &mentions, &groups, cue, lexicon, rival, main);
    let distinct: std::collections::BTreeSet<&str> =
        mentions.iter().map(|mention| mention.company.as_str()).collect();
    pairs
        .into_iter()
        .map(|(one, other, sure)| {
            let is_main =
                main.iter().take(3).any(|m| *m == one) && main.iter().take(3).any(|m| *m == other);
            let event = event(&lower, lexicon, early && is_main);
            let mut claim = Claim {
                parties: vec![
                    Party { company: one, role: None },
                    Party { company: other, role: None },
                ],
                name: None,
                kinds: vec![Kind(kind.to_owned())],
                event,
                date: None,
                start: None,
                end: None,
                evidence: Some(sentence.to_owned()),
                confidence: Some(match (sure, distinct.len()) {
                    (true, 2) => 0.9,
                    (true, _) | (false, 2) => 0.75,
                    _ => 0.55,
                }),
            };
            when(&mut claim, sentence, lexicon, published);
            claim
        })
        .collect()
}

/// When it happened: the article's day for what it announces, the years told for what it recalls.
fn when(claim: &mut Claim, sentence: &str, lexicon: &Lexicon, published: Option<PartialDate>) {
    let stated: Vec<PartialDate> =
        dates::dates(sentence, lexicon).into_iter().map(|found| found.date).collect();
    match claim.event {
        Event::Announced | Event::Signed | Event::Launched => claim.date = published,
        Event::Extended | Event::Ended | Event::Mentioned => {
            let mut years = years(sentence);
            years.sort_unstable();
            years.dedup();
            match (&stated[..], &years[..]) {
                ([date], _) => claim.date = Some(*date),
                (_, [first, last]) => {
                    claim.start = PartialDate::new(*first, None, None);
                    claim.end = PartialDate::new(*last, None, None);
                }
                (_, [year]) if claim.event == Event::Mentioned => {
                    claim.start = PartialDate::new(*year, None, None);
                }
                _ => {}
            }
        }
        Event::Rumoured | Event::Denied => {}
    }
}

/// Four-digit years that have begun, by themselves.
fn years(sentence: &str) -> Vec<i16> {
    sentence
        .split(|c: char| !c.is_ascii_digit())
        .filter(|digits| digits.len() == 4)
        .filter_map(|digits| digits.parse().ok())
        .filter(|year| (1950..=2040).contains(year))
        .collect()
}

fn kind<'a>(lower: &str, lexicon: &'a Lexicon) -> Option<(&'a str, usize)> {
    lexicon
        .kinds
        .iter()
        .find_map(|(kind, words)| Some((kind.as_str(), lexicon::first(lower, words)?.0)))
}

fn is_negated(lower: &str, cue: usize, lexicon: &Lexicon) -> bool {
    let floor = |mut at: usize| {
        while !lower.is_char_boundary(at) {
            at -= 1;
        }
        at
    };
    let from = floor(cue.saturating_sub(NEGATION_BEFORE));
    let to = floor((cue + NEGATION_AFTER).min(lower.len()));
    lexicon.find("negation", &lower[from..to]).is_some()
}

fn event(lower: &str, lexicon: &Lexicon, newsworthy: bool) -> Event {
    for (event, words) in &lexicon.events {
        let told = lexicon::first(lower, words).is_some();
        match event {
            Event::Announced if told && newsworthy => return Event::Announced,
            Event::Ended | Event::Extended if told => return *event,
            _ => {}
        }
    }
    Event::Mentioned
}

/// Names that stand together: `A and B`, `A, B and C`.
fn groups(lower: &str, mentions: &[Mention], lexicon: &Lexicon) -> Vec<Vec<usize>> {
    let mut groups: Vec<Vec<usize>> = Vec::new();
    for (at, mention) in mentions.iter().enumerate() {
        let joined = at > 0 && {
            let gap = &lower[mentions[at - 1].span.end.min(mention.span.start)..mention.span.start];
            let bare = gap.trim_matches(|c: char| c.is_whitespace() || c == ',' || c == '、');
            let conj = lexicon.list("conj").iter().any(|word| {
                bare == word.as_str()
                    || (gap.len() <= GROUP_GAP && bare.split_whitespace().any(|w| w == word))
            });
            let short = bare.is_empty() || bare == "-" || bare == "–";
            let dense = lexicon
                .list("conj")
                .iter()
                .any(|w| lexicon::is_dense(w) && gap.trim() == w.as_str());
            (conj || short || dense) && !gap.contains([';', '.'])
        };
        match groups.last_mut() {
            Some(group) if joined => group.push(at),
            _ => groups.push(vec![at]),
        }
    }
    groups
}

/// Who is related to whom: `A ... with B`, `A and B ...`, or the two names there are.
fn pairs(
    lower: &str,
    mentions: &[Mention],
    groups: &[Vec<usize>],
    cue: usize,
    lexicon: &Lexicon,
    rival: bool,
    main: &[String],
) -> Vec<(String, String, bool)> {
    let mut out = Pairs::default();
    let name = |at: usize| mentions[at].company.as_str();
    let has_with_before = |start: usize| {
        lexicon.list("with").iter().any(|word| {
            lower[..start].rfind(word.as_str()).is_some_and(|at| {
                let gap = &lower[at + word.len()..start];
                gap.len() <= WITH_GAP
                    && !gap.contains(['.', ';'])
                    && lexicon::position(&lower[at..], word) == Some(0)
            })
        })
    };
    // `A ... with B`
    for (number, group) in groups.iter().enumerate() {
        let start = mentions[group[0]].span.start;
        if !has_with_before(start) || (rival && start < cue) {
            continue;
        }
        let left = groups[..number]
            .iter()
            .rev()
            .find(|left| left.iter().all(|&l| group.iter().all(|&g| name(l) != name(g))));
        match left {
            Some(left) => {
                for &l in left {
                    for &g in group {
                        out.add(name(l), name(g), true);
                    }
                }
            }
            None if number == 0 && !rival => {
                // The subject was named before this sentence: the company the article is about.
                for &g in group {
                    if let Some(topic) = main
                        .iter()
                        .find(|m| m.as_str() != name(g))
                        .filter(|_| main.first().is_some_and(|m| m != name(g)))
                        && groups.len() == 1
                    {
                        out.add(topic, name(g), false);
                    }
                }
            }
            None => {}
        }
    }
    if !out.0.is_empty() || rival {
        return out.0;
    }
    // `A and B ...`
    if let Some(group) = groups
        .iter()
        .filter(|g| g.len() > 1)
        .min_by_key(|g| mentions[g[0]].span.start.abs_diff(cue))
    {
        for (at, &one) in group.iter().enumerate() {
            for &other in &group[at + 1..] {
                out.add(name(one), name(other), true);
            }
        }
        if !out.0.is_empty() {
            return out.0;
        }
    }
    // `A buys B`: the nearest names on both sides of the cue.
    let left = mentions.iter().rev().find(|mention| mention.span.end <= cue);
    let right = mentions.iter().find(|mention| mention.span.start >= cue);
    let distinct: std::collections::BTreeSet<&str> =
        mentions.iter().map(|m| m.company.as_str()).collect();
    match (left, right) {
        (Some(left), Some(right)) => out.add(&left.company, &right.company, true),
        _ if distinct.len() == 2 => {
            let mut both = distinct.into_iter();
            if let (Some(one), Some(other)) = (both.next(), both.next()) {
                out.add(one, other, false);
            }
        }
        _ => {}
    }
    out.0
}

/// Pairs of companies, each once, and whether the grammar joins them.
#[derive(Default)]
struct Pairs(Vec<(String, String, bool)>);

impl Pairs {
    fn add(&mut self, one: &str, other: &str, sure: bool) {
        let known = |(a, b, _): &(String, String, bool)| {
            (a == one && b == other) || (a == other && b == one)
        };
        if one != other && !self.0.iter().any(known) {
            self.0.push((one.to_owned(), other.to_owned(), sure));
        }
    }
}

//! All that an article says of two companies, brought together.

use std::collections::BTreeMap;

use super::clause::Pattern;
use super::pair::{Reading, SentenceEvidence};
use super::roles::Role;
use super::thresholds::NEWS_PARAGRAPHS;
use super::{denials, terms, when};
use crate::model::{Claim, Event, Kind, PartialDate, Party};
use crate::understand::lexicon::Lexicon;

/// The kind of a relation of which only is told that there is one.
const VAGUE: &str = "strategic-alliance";
/// The kind that is founded, and so is not told in passing.
const JOINT_VENTURE: &str = "joint-venture";

/// What is told in one place: who, what, how sure.
#[derive(Clone)]
pub(super) struct Statement<'a> {
    pub(super) parties: Vec<String>,
    /// What they do to each other, where that is told.
    pub(super) roles: Vec<Role>,
    pub(super) kind: &'a str,
    pub(super) sentence: &'a str,
    pub(super) event: Event,
    pub(super) confidence: f32,
    pub(super) assumed: bool,
    /// It is what the article reports, not what it recalls.
    pub(super) news: bool,
    pub(super) pattern: Pattern,
    /// The sentence says that it is not so.
    pub(super) negated: bool,
    /// The number of its paragraph.
    pub(super) paragraph: usize,
}

/// What an article says of each two of its companies, by their ids in order.
pub(super) type Statements<'s> = BTreeMap<[String; 2], PairStatements<'s>>;

/// All that is told of two companies.
#[derive(Default)]
pub(super) struct PairStatements<'s> {
    pub(super) sentences: Vec<SentenceEvidence>,
    pub(super) told: Vec<(Statement<'s>, &'s Lexicon)>,
    /// The sentence that names both beside a word for a relation.
    pub(super) cued: Option<(&'s str, &'s Lexicon, usize)>,
}

impl<'s> PairStatements<'s> {
    /// Whether grammar has read something, and not only a guess at who is meant.
    pub(super) fn is_read(&self) -> bool {
        self.told.iter().any(|(told, _)| !told.negated && told.pattern != Pattern::Topic)
    }

    pub(super) fn readings(&self) -> Vec<Reading<'s>> {
        let reading = |(told, lexicon): &(Statement<'s>, &Lexicon)| Reading {
            pattern: told.pattern,
            kind: told.kind,
            confidence: told.confidence,
            negated: told.negated,
            news: told.news,
            has_roles: !told.roles.is_empty(),
            parties: told.parties.len(),
            early: told.paragraph < NEWS_PARAGRAPHS,
            announced: told.event == Event::Announced,
            hinted: !lexicon.tells(told.kind, told.sentence),
        };
        self.told.iter().map(reading).collect()
    }

    /// What the relation is called where it is not only called an alliance; of the other kinds texts
    /// speak in passing.
    fn specific_kind(&self) -> Option<String> {
        let told = self.told.iter().find(|(told, lexicon)| {
            !told.negated
                && told.pattern != Pattern::Topic
                && told.kind == JOINT_VENTURE
                && lexicon.tells(told.kind, told.sentence)
        });
        told.map(|(told, _)| told.kind.to_owned())
    }

    /// When what has ended or goes on was announced, where the article says so: an event of its own.
    pub(super) fn earlier(&self, news: &Claim, published: Option<PartialDate>) -> Option<Claim> {
        let told = self.told.iter().filter(|(told, _)| !told.negated);
        let mut days = told.filter_map(|(told, lexicon)| {
            let day = when::announced_before(news.event, told.sentence, lexicon, published)?;
            Some((told, day))
        });
        let (told, day) = days.next()?;
        Some(Claim {
            event: Event::Announced,
            date: Some(day),
            start: None,
            end: None,
            value: None,
            stake: None,
            reason: None,
            evidence: Some(told.sentence.to_owned()),
            ..news.clone()
        })
    }

    /// What is claimed: what tells most, or what stands in a sentence with both.
    pub(super) fn claim(
        &self,
        parties: &[String; 2],
        published: Option<PartialDate>,
        beside: impl FnOnce(&'s str, &'s Lexicon, usize) -> Option<Statement<'s>>,
    ) -> Option<Claim> {
        let mut best: Option<Claim> = None;
        let mut is_denied = false;
        let specific = self.specific_kind();
        let only_negated = !self.told.is_empty() && self.told.iter().all(|(told, _)| told.negated);
        for (told, lexicon) in &self.told {
            if told.negated {
                if !denials::is_told(told.kind) {
                    continue;
                }
                is_denied |= lexicon.find("denial", &told.sentence.to_lowercase()).is_some();
                if is_denied && best.is_none() {
                    let told = Statement { event: Event::Denied, ..told.clone() };
                    best = Some(claim(&told, parties, lexicon, published));
                }
                continue;
            }
            let new = claim(told, parties, lexicon, published);
            let is_better =
                |before: &Claim| before.event == Event::Denied || weight(&new) > weight(before);
            if best.as_ref().is_none_or(is_better) && !(is_denied && new.event == Event::Mentioned)
            {
                best = Some(new);
            }
        }
        if let (Some(claim), Some(kind)) = (&mut best, specific)
            && claim.kinds.iter().all(|kind| kind.0 == VAGUE)
        {
            claim.kinds = vec![Kind(kind)];
        }
        best.or_else(|| {
            let (sentence, lexicon, number) = self.cued.filter(|_| !only_negated)?;
            let told = beside(sentence, lexicon, number)?;
            Some(claim(&told, parties, lexicon, published))
        })
    }
}

/// Notes what is told of each two of its parties.
pub(super) fn add<'s>(told: &Statement<'s>, lexicon: &'s Lexicon, found: &mut Statements<'s>) {
    for (at, one) in told.parties.iter().enumerate() {
        for other in &told.parties[at + 1..] {
            let seen = found.entry(pair_of(one, other)).or_default();
            seen.told.push((told.clone(), lexicon));
        }
    }
}

pub(super) fn pair_of(one: &str, other: &str) -> [String; 2] {
    let mut pair = [one.to_owned(), other.to_owned()];
    pair.sort();
    pair
}

fn claim(
    told: &Statement<'_>,
    parties: &[String; 2],
    lexicon: &Lexicon,
    published: Option<PartialDate>,
) -> Claim {
    let party = |company: &String| {
        let role = told.roles.iter().find(|role| role.0 == *company);
        Party { role: role.map(|role| role.1.to_owned()), company: company.clone() }
    };
    let mut claim = Claim {
        parties: parties.iter().map(party).collect(),
        name: None,
        kinds: vec![Kind(told.kind.to_owned())],
        event: told.event,
        date: None,
        start: None,
        end: None,
        value: None,
        stake: None,
        reason: None,
        evidence: Some(told.sentence.to_owned()),
        confidence: None,
    };
    terms::set(&mut claim, told.sentence, lexicon);
    when::set(&mut claim, told.sentence, lexicon, published, told.news);
    claim
}

/// How much a claim tells.
fn weight(claim: &Claim) -> u32 {
    let event = match claim.event {
        Event::Ended => 4,
        Event::Extended => 3,
        Event::Announced | Event::Signed | Event::Launched => 2,
        Event::Rumoured | Event::Denied | Event::Mentioned => 1,
    };
    let vague = claim.kinds.iter().all(|kind| kind.0 == VAGUE);
    event * 2 + u32::from(!vague && event == 1)
}

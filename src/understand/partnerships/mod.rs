//! Partnerships that a text tells of, with the words that say so.

mod clause;
mod roles;
mod when;

use std::collections::BTreeMap;

use super::companies::Companies;
use super::lexicon::{Lexicon, lower_of_same_length};
use super::sentences::{clauses, sentences};
use crate::model::{Claim, Event, Kind, PartialDate, Party};
use clause::{Clause, Found};
use roles::Role;

/// How many of the companies that an article names most it is taken to be about.
const TOPICS: usize = 3;
/// A sentence that names companies more often than this is a list, and to compare each with each
/// would take minutes in a long one.
const LISTED: usize = 60;
/// In these first paragraphs an article tells its news.
const EARLY: usize = 4;
/// How sure a claim is at most that rests on what unnamed sources say.
const RUMOUR: f32 = 0.6;

/// What is told in one place: who, what, how sure.
struct Told<'a> {
    parties: Vec<String>,
    /// What they do to each other, where that is told.
    roles: Vec<Role>,
    kind: &'a str,
    sentence: &'a str,
    event: Event,
    confidence: f32,
    assumed: bool,
    /// It is what the article reports, not what it recalls.
    news: bool,
}

/// The claims of an article.
#[must_use]
pub fn partnerships(
    paragraphs: &[&str],
    title: Option<&str>,
    published: Option<PartialDate>,
    lexicon_of: impl Fn(&str) -> &'static Lexicon,
    companies: &Companies,
) -> Vec<Claim> {
    let main = main_companies(paragraphs, title, companies);
    let opening = paragraphs.first().and_then(|lead| sentences(lead).first().copied());
    let opening = opening.unwrap_or_default();
    let mut reader = Reader { companies, main: &main, opening, topic: main.first().cloned() };
    if paragraphs.first().is_some_and(|lead| reader.has_crowd(lead, lexicon_of(lead))) {
        reader.topic = None;
    }
    let mut claims = Claims::default();
    let mut pair: Option<Vec<String>> = title.and_then(|title| reader.pair_of(title));
    for (number, paragraph) in paragraphs.iter().enumerate() {
        let lexicon = lexicon_of(paragraph);
        for sentence in sentences(paragraph) {
            let mut told = reader.read(sentence, lexicon, number);
            if told.is_empty() {
                told.extend(reader.of_both(sentence, lexicon, number, pair.as_deref()));
            }
            if let Some(told) = told.first() {
                pair = Some(told.parties.clone());
            } else if let Some(named) = reader.pair_of(sentence) {
                pair = Some(named);
            }
            for told in told {
                // Who was left out of the sentence is assumed; what is told elsewhere goes before.
                let partner = told.parties.last().filter(|_| told.assumed);
                if !partner.is_some_and(|partner| claims.knows(partner)) {
                    claims.add(told, lexicon, published);
                }
            }
        }
    }
    if let Some(title) = title {
        for told in reader.of_title(title, paragraphs, &lexicon_of) {
            let lexicon = lexicon_of(told.sentence);
            claims.add_new(told, lexicon, published);
        }
    }
    claims.list
}

/// What an article is about: the companies of its title and those it names most.
#[must_use]
pub fn main_companies(
    paragraphs: &[&str],
    title: Option<&str>,
    companies: &Companies,
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

/// Reads the sentences of one article.
struct Reader<'a> {
    companies: &'a Companies,
    main: &'a [String],
    /// The article's first sentence.
    opening: &'a str,
    /// What a sentence without a subject is about, unless the article is about many alike.
    topic: Option<String>,
}

impl Reader<'_> {
    /// What one sentence tells by itself.
    fn read<'s>(&self, sentence: &'s str, lexicon: &'s Lexicon, number: usize) -> Vec<Told<'s>> {
        let mentions = self.companies.mentions(sentence);
        if mentions.is_empty() || mentions.len() > LISTED {
            return Vec::new();
        }
        let lower = lower_of_same_length(sentence);
        let ranges = clauses(&lower, lexicon);
        let parts = ranges.len();
        let mut told: Vec<Told<'s>> = Vec::new();
        for range in ranges {
            let clause = Clause::new(&lower, range, &mentions, lexicon);
            self.tell(&clause, sentence, lexicon, number, &mut told);
        }
        // The names may stand in one clause and what they do in the next.
        if told.is_empty() && parts > 1 {
            let clause = Clause::new(&lower, 0..lower.len(), &mentions, lexicon);
            if clause.is_one_group() {
                self.tell(&clause, sentence, lexicon, number, &mut told);
            }
        }
        told
    }

    fn tell<'s>(
        &self,
        clause: &Clause<'_>,
        sentence: &'s str,
        lexicon: &'s Lexicon,
        number: usize,
        told: &mut Vec<Told<'s>>,
    ) {
        let early = number < EARLY;
        if let Some((company, before)) = clause.likewise().zip(told.last()) {
            if let Some(partner) = before.parties.last().filter(|party| *party != company) {
                let parties = vec![company.to_owned(), partner.clone()];
                let (kind, event) = (before.kind, before.event);
                let (confidence, assumed, news, roles) = (0.8, false, false, Vec::new());
                told.push(Told {
                    parties,
                    roles,
                    kind,
                    sentence,
                    event,
                    confidence,
                    assumed,
                    news,
                });
            }
            return;
        }
        let found = clause.kinds(lexicon).find_map(|(kind, cue)| {
            let found = clause.relations(cue, kind, self.main, self.topic.as_deref(), early);
            (!found.is_empty()).then_some((kind, cue, found))
        });
        let Some((kind, cue, found)) = found else { return };
        if clause.is_negated(cue, lexicon) {
            return;
        }
        for Found { parties, confidence, assumed } in found {
            let known = |other: &Told<'_>| same(&other.parties, &parties);
            if told.iter().any(known) {
                continue;
            }
            // What is told of companies that the article is not about is easily misread.
            let aside = !self.main.iter().take(2).any(|topic| parties.contains(topic));
            let confidence = if aside { confidence.min(0.75) } else { confidence };
            let news = early && self.is_topic(&parties);
            let event = when::event(clause.text, sentence, lexicon, news);
            // A deal that an article opens with is its news, whatever the verb; a product may only be
            // described there.
            let is_deal = !matches!(kind, "co-development" | "co-branding" | "integration");
            let opens = news && is_deal && self.opening == sentence && event == Event::Mentioned;
            let event = if opens { Event::Announced } else { event };
            let roles = clause.roles(kind);
            told.push(Told { parties, roles, kind, sentence, event, confidence, assumed, news });
        }
    }

    /// What a sentence tells of `the two companies`.
    fn of_both<'s>(
        &self,
        sentence: &'s str,
        lexicon: &'s Lexicon,
        number: usize,
        pair: Option<&[String]>,
    ) -> Option<Told<'s>> {
        let pair = pair?;
        let lower = lower_of_same_length(sentence);
        lexicon.find("both", &lower)?;
        let mentions = self.companies.mentions(sentence);
        if mentions.iter().any(|mention| !pair.contains(&mention.company)) {
            return None;
        }
        let clause = Clause::new(&lower, 0..lower.len(), &mentions, lexicon);
        let (kind, cue) = clause.kinds(lexicon).next()?;
        if clause.is_negated(cue, lexicon) || clause.is_rivalry(lexicon) || !clause::is_joint(kind)
        {
            return None;
        }
        let news = number < EARLY && self.is_topic(pair);
        let event = when::event(&lower, sentence, lexicon, news);
        let (parties, roles) = (pair.to_vec(), Vec::new());
        let (confidence, assumed) = (0.8, false);
        Some(Told { parties, roles, kind, sentence, event, confidence, assumed, news })
    }

    /// What the headline tells, with the first sentence of the body that names its parties.
    fn of_title<'s>(
        &self,
        title: &'s str,
        paragraphs: &[&'s str],
        lexicon_of: &impl Fn(&str) -> &'static Lexicon,
    ) -> Vec<Told<'s>> {
        let lexicon = lexicon_of(paragraphs.first().copied().unwrap_or(title));
        let sentences: Vec<&'s str> =
            paragraphs.iter().take(EARLY).flat_map(|paragraph| sentences(paragraph)).collect();
        let mut told = self.read(title, lexicon, 0);
        told.retain_mut(|told| {
            let names_all = |sentence: &&&str| {
                let mentions = self.companies.mentions(sentence);
                told.parties.iter().all(|party| mentions.iter().any(|m| m.company == *party))
            };
            let Some(evidence) = sentences.iter().find(names_all) else { return false };
            let lower = lower_of_same_length(evidence);
            let clause = Clause::new(&lower, 0..lower.len(), &[], lexicon);
            told.sentence = evidence;
            told.confidence = told.confidence.min(0.8);
            !clause.is_rivalry(lexicon) && !clause.is_negated(0, lexicon)
        });
        told
    }

    /// The two companies that a text names, where it names just two.
    fn pair_of(&self, text: &str) -> Option<Vec<String>> {
        let mut named: Vec<String> =
            self.companies.mentions(text).into_iter().map(|mention| mention.company).collect();
        named.dedup();
        named.sort();
        named.dedup();
        (named.len() == 2).then_some(named)
    }

    /// Whether the first sentence of a text is about three or more companies alike.
    fn has_crowd(&self, text: &str, lexicon: &Lexicon) -> bool {
        let Some(&first) = sentences(text).first() else { return false };
        let lower = lower_of_same_length(first);
        let mentions = self.companies.mentions(first);
        Clause::new(&lower, 0..lower.len(), &mentions, lexicon).has_crowd()
    }

    fn is_topic(&self, parties: &[String]) -> bool {
        let topics = &self.main[..self.main.len().min(TOPICS)];
        parties.iter().filter(|party| topics.contains(party)).count() >= 2
    }
}

fn same(one: &[String], other: &[String]) -> bool {
    one.len() == other.len() && one.iter().all(|party| other.contains(party))
}

/// The claims found so far, one for each relation.
#[derive(Default)]
struct Claims {
    list: Vec<Claim>,
}

impl Claims {
    /// Adds a claim; of two on one relation the one that tells more stands.
    fn add(&mut self, told: Told<'_>, lexicon: &Lexicon, published: Option<PartialDate>) {
        let claim = claim(told, lexicon, published);
        let id = claim.relation();
        match self.list.iter_mut().find(|before| before.relation() == id) {
            Some(before) if weight(&claim) > weight(before) => *before = claim,
            Some(_) => {}
            None => self.list.push(claim),
        }
    }

    /// Whether a company is party to a claim.
    fn knows(&self, company: &str) -> bool {
        self.list.iter().any(|claim| claim.parties.iter().any(|party| party.company == company))
    }

    /// Adds a claim whose parties have none between them yet.
    fn add_new(&mut self, told: Told<'_>, lexicon: &Lexicon, published: Option<PartialDate>) {
        let among = |claim: &Claim| {
            let named = |party: &String| claim.parties.iter().any(|p| p.company == *party);
            told.parties.iter().filter(|party| named(party)).count() >= 2
        };
        if !self.list.iter().any(among) {
            self.add(told, lexicon, published);
        }
    }
}

fn claim(told: Told<'_>, lexicon: &Lexicon, published: Option<PartialDate>) -> Claim {
    let party = |company: String| {
        let role = told.roles.iter().find(|role| role.0 == company);
        Party { role: role.map(|role| role.1.to_owned()), company }
    };
    let most = if told.event == Event::Rumoured { RUMOUR } else { 1.0 };
    let mut claim = Claim {
        parties: told.parties.into_iter().map(party).collect(),
        name: None,
        kinds: vec![Kind(told.kind.to_owned())],
        event: told.event,
        date: None,
        start: None,
        end: None,
        evidence: Some(told.sentence.to_owned()),
        confidence: Some(told.confidence.min(most)),
    };
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
    let vague = claim.kinds.iter().all(|kind| kind.0 == "strategic-alliance");
    event * 2 + u32::from(!vague && event == 1)
}

//! Partnerships that a text tells of, with the words that say so.
//!
//! Grammar proposes, a model decides. Clause by clause (`clause`) a kind's cue word, who stands on which
//! side of it or behind `with`, what stands for both (`the two companies`), and what is left out and must
//! be the topic give readings; `[hints]` in the language data are words that tell less surely. All
//! readings of two companies, and all sentences that name both, become some 80 features (`pair`), which
//! weights from `data/relations.tsv` turn into the claim's confidence and into whether it is the article's
//! news.
//!
//! What is negated is nothing, but a takeover that is denied is `denied`, also where another sentence than the
//! rumour's tells it (`denials`). A hedge in the sentence (`people familiar with`, `in talks`) makes a rumour,
//! which like a denial is never surer than 0.6. Companies that are named only to say who somebody is (`the
//! owner of Opel`) are no parties. Roles come from the place of a verb between just two names, amounts and
//! shares from what stands before them.

mod clause;
mod denials;
mod pair;
mod reader;
mod roles;
mod statements;
mod terms;
pub mod thresholds;
pub mod weights;
mod when;

use std::cell::LazyCell;
use std::collections::BTreeMap;

use self::pair::PairContext;
use self::reader::Reader;
use self::statements::PairStatements;
use self::thresholds::{CLAIM_PROBABILITY, DENIAL_PROBABILITY, RUMOUR_CONFIDENCE};
use super::companies::Companies;
use super::lexicon::Lexicon;
use crate::model::{Claim, Event, PartialDate};

/// What an article may say of two companies.
pub struct Pair {
    /// What it says of them.
    pub claim: Claim,
    /// What it says of how that began, if it has ended or goes on.
    pub earlier: Option<Claim>,
    /// What speaks for it and against it.
    pub features: Vec<(&'static str, f64)>,
}

/// The claims of an article, with how probable each is.
#[must_use]
pub fn partnerships(
    paragraphs: &[&str],
    title: Option<&str>,
    published: Option<PartialDate>,
    lexicon_of: impl Fn(&str) -> &'static Lexicon,
    companies: &Companies,
) -> Vec<Claim> {
    let denials = LazyCell::new(|| denials::denials(paragraphs, &lexicon_of, companies));
    let pairs = pairs(paragraphs, title, published, &lexicon_of, companies);
    let mut claims: Vec<Claim> = Vec::new();
    for Pair { mut claim, earlier, features } in pairs {
        if denials::concern(&claim) {
            denials::apply(&denials, &mut claim);
        }
        let probability = weights::probability(&features);
        let is_denial = claim.event == Event::Denied;
        let least = if is_denial { DENIAL_PROBABILITY } else { CLAIM_PROBABILITY };
        if probability >= least {
            // Whether it is the article's news is told by all sentences together.
            match (claim.event, weights::is_news(&features)) {
                // What has been so since a year is no news.
                (Event::Mentioned, Some(true)) if claim.start.is_none() => {
                    (claim.event, claim.start, claim.end) = (Event::Announced, None, None);
                    claim.date = published;
                }
                (Event::Announced, Some(false)) => {
                    (claim.event, claim.date) = (Event::Mentioned, None);
                }
                _ => {}
            }
            let is_talk = matches!(claim.event, Event::Rumoured | Event::Denied);
            let most = if is_talk { RUMOUR_CONFIDENCE } else { 1.0 };
            claim.confidence = Some(weights::rounded(probability).min(most));
            let confidence = claim.confidence;
            claims.push(claim);
            claims.extend(earlier.map(|earlier| Claim { confidence, ..earlier }));
        }
    }
    // What the article is surest of is what it is about.
    let sure = |claim: &Claim| claim.confidence.unwrap_or_default();
    claims.sort_by(|one, other| sure(other).total_cmp(&sure(one)));
    claims
}

/// All pairs of companies of which an article may say something, with the features of each.
#[must_use]
pub fn pairs(
    paragraphs: &[&str],
    title: Option<&str>,
    published: Option<PartialDate>,
    lexicon_of: impl Fn(&str) -> &'static Lexicon,
    companies: &Companies,
) -> Vec<Pair> {
    let main = main_companies(paragraphs, title, companies);
    let reader = Reader::new(paragraphs, companies, &main, &lexicon_of);
    let found = reader.statements(paragraphs, title, &lexicon_of);
    let times = reader.times(paragraphs, title);
    let code = paragraphs.first().map_or("en", |lead| lexicon_of(lead).code);
    let pair = |(parties, seen): ([String; 2], PairStatements<'_>)| {
        let rank = |party: &String| main.iter().position(|m| m == party).unwrap_or(main.len());
        let often = |party: &String| times.get(party).copied().unwrap_or(0);
        let about = PairContext {
            ranks: [rank(&parties[0]), rank(&parties[1])],
            companies: main.len(),
            times: [often(&parties[0]), often(&parties[1])],
            paragraphs: paragraphs.len(),
        };
        let features = pair::features(&seen.sentences, &seen.readings(), &about, code);
        let [one, other] = parties;
        // What the article is about comes first.
        let parties = if about.ranks[0] <= about.ranks[1] { [one, other] } else { [other, one] };
        let beside =
            |sentence, lexicon, number| reader.told_beside(sentence, &parties, lexicon, number);
        let claim = seen.claim(&parties, published, beside)?;
        let earlier = seen.earlier(&claim, published);
        Some(Pair { claim, earlier, features })
    };
    found.into_iter().filter_map(pair).collect()
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

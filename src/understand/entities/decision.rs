//! Which candidates are believed to be companies, and under which id.

use std::collections::BTreeMap;

use unicode_normalization::UnicodeNormalization;

use super::thresholds::{FIRST_WORD_LENGTH, FULL_NAME_PROBABILITY};
use super::{Candidate, evidence, weights};
use crate::model::slug;
use crate::source::Span;
use crate::understand::features::Features;
use crate::understand::{legal_forms, lexicon};

/// The id of the company that a candidate would be; empty where its name has no letter.
#[must_use]
pub fn id(candidate: &Candidate<'_>) -> String {
    if let Some(known) = &candidate.known {
        return known.company.to_owned();
    }
    // `ＨＯＹＡ` is written so in Japanese.
    let name: String = legal_forms::strip(&candidate.form).nfkc().collect();
    slug(&name)
}

/// How probable each candidate is.
#[must_use]
pub fn probabilities(all: &[(Candidate<'_>, Features)]) -> Vec<f64> {
    let weights = weights::weights();
    all.iter().map(|(candidate, features)| weights.probability(candidate, features)).collect()
}

/// The companies among the candidates, given how probable each is, with their ids.
#[must_use]
pub fn companies<'c, 'a>(
    all: &'c [(Candidate<'a>, Features)],
    probabilities: &[f64],
) -> Vec<(String, &'c Candidate<'a>)> {
    let believed = decide(all, probabilities);
    let ids = all.iter().map(|(candidate, _)| id(candidate)).enumerate();
    let mut named: BTreeMap<usize, String> = ids.filter(|(at, _)| believed[*at]).collect();
    for (short, full) in full_names(all, &believed, probabilities) {
        let id = id(&all[full].0);
        named.insert(full, id.clone());
        named.insert(short, id);
    }
    let named = named.into_iter().filter(|(_, id)| !id.is_empty());
    named.map(|(at, id)| (id, &all[at].0)).collect()
}

/// Names of one word, each with the only longer name of the article that begins with it, by their places among
/// the candidates: `Nordlund` and `Nordlund Batteries`. The longer one is believed, or the short one is and the
/// longer one is not unlikely. The list has neither, and the word is nothing else.
fn full_names(
    all: &[(Candidate<'_>, Features)],
    believed: &[bool],
    probabilities: &[f64],
) -> Vec<(usize, usize)> {
    let mut begun: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (at, (candidate, _)) in all.iter().enumerate() {
        if let Some((first, _)) = candidate.key.split_once(' ') {
            begun.entry(first).or_default().push(at);
        }
    }
    let unlisted = |at: usize| all[at].0.known.is_none();
    let full_name = |short: usize| {
        let key = all[short].0.key.as_str();
        let [full] = begun.get(key)?[..] else { return None };
        let is_believed =
            believed[full] || believed[short] && probabilities[full] >= FULL_NAME_PROBABILITY;
        let is_name = is_believed && unlisted(full) && unlisted(short);
        (is_name && key.chars().count() >= FIRST_WORD_LENGTH && !is_known_word(key))
            .then_some((short, full))
    };
    (0..all.len()).filter_map(full_name).collect()
}

/// Whether a word is one of any language, a place or a part of people's names.
fn is_known_word(word: &str) -> bool {
    evidence::is_name(word) || lexicon::all().iter().any(|l| evidence::is_word(word, l.code))
}

/// Which candidates are companies, given how probable each is: those from a threshold on, but none that
/// stands only inside longer ones that are.
#[must_use]
pub fn decide(all: &[(Candidate<'_>, Features)], probabilities: &[f64]) -> Vec<bool> {
    let believed: Vec<bool> = all
        .iter()
        .zip(probabilities)
        .map(|((candidate, _), probability)| *probability >= weights::threshold(candidate))
        .collect();
    let covers = |at: usize, part: usize, span: &Span| {
        all.iter().enumerate().any(|(other, (longer, _))| {
            other != at
                && believed[other]
                && longer.places.iter().any(|(p, s)| {
                    *p == part && s.start <= span.start && span.end <= s.end && s.len() > span.len()
                })
        })
    };
    (0..all.len())
        .map(|at| {
            believed[at] && !all[at].0.places.iter().all(|(part, span)| covers(at, *part, span))
        })
        .collect()
}

//! The weights by which a claim about two companies is believed, and taken for news.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;
use tearsheet::understand::features::float;

use serde_json::Value;
use tearsheet::model::PartialDate;
use tearsheet::understand::companies::{self, Companies, Gazetteer};
use tearsheet::understand::lexicon;
use tearsheet::understand::partnerships::{Pair, pairs, thresholds::CLAIM_PROBABILITY};

use crate::entities::Learned;
use crate::labelled::{self, Data, FOLDS, Kind, Text, hash};
use crate::logistic::{Row, fit, probability};
use crate::names::Names;

/// Where the weights go, from the root of the repository.
const PATH: &str = "src/understand/data/relations.tsv";
/// The L2 penalty.
const PENALTY: f64 = 2.0;
/// How much a text counts that was written for the purpose: what these say is clearer, and what they
/// have been read well in before must stay so.
const INVENTED: f64 = 1.5;
/// How much a page of the web counts, which are many and tell of few partnerships.
const PAGE: f64 = 0.2;

/// One pair of a text.
struct Example {
    fold: Option<u64>,
    truth: Option<Row>,
    news: Option<Row>,
}

/// Trains on folders of labelled texts and writes the weights.
pub fn train(arguments: &[String]) -> Result<(), String> {
    let Data { texts, names, folders } = labelled::data(arguments)?;
    let gazetteer = Gazetteer::new(&[]);
    let learned = Learned::from(&texts, &names);
    let mut seen: Vec<Example> = Vec::new();
    let mut told = 0;
    let mut features: Vec<&'static str> = Vec::new();
    for text in &texts {
        let wanted: BTreeSet<&[String; 2]> = text.claims.iter().map(|claim| &claim.0).collect();
        told += if text.kind == Kind::Press { wanted.len() } else { 0 };
        for (parties, pair) in look(text, &gazetteer, &learned, &names) {
            if features.is_empty() {
                features = pair.features.iter().map(|feature| feature.0).collect();
            }
            seen.push(judge(text, &parties, &pair));
        }
    }
    let score = validated(&seen, told);
    print!("{score}");
    let truth = fit(&rows(&seen, |seen| seen.truth.as_ref()), PENALTY);
    let news = fit(&rows(&seen, |seen| seen.news.as_ref()), PENALTY);
    let mut table = format!(
        "# Written by `training relations`: {}\n# {} texts, {} pairs\n\
         # {FOLDS} folds by text over those of the press, with companies as they are found:\n{score}\
         # features {:016x}\nfeature\ttruth\tnews\n",
        folders.join(", "),
        texts.len(),
        seen.len(),
        hash(&features.join("|")),
    );
    for (at, name) in features.iter().enumerate() {
        let _ = writeln!(table, "{name}\t{:.3}\t{:.3}", truth[at], news[at]);
    }
    fs::write(PATH, table).map_err(|error| format!("{PATH}: {error}"))
}

fn rows(seen: &[Example], row: fn(&Example) -> Option<&Row>) -> Vec<&Row> {
    seen.iter().filter_map(row).collect()
}

/// The pairs of a text, with the names of their parties as the labels have them. Its companies are found by
/// weights that have not seen it, if it is one of a fold.
fn look(
    text: &Text,
    gazetteer: &Gazetteer,
    learned: &Learned,
    names: &Names,
) -> Vec<([String; 2], Pair)> {
    let lexicon = lexicon::of(&text.language);
    let paragraphs: Vec<&str> = text.paragraphs.iter().map(String::as_str).collect();
    let title = text.title.as_deref();
    let wanted: BTreeSet<String> = text.companies.union(&text.optional).cloned().collect();
    let all = gazetteer.candidates(title, &paragraphs, lexicon);
    let probabilities = learned.probabilities(text, &all);
    let companies = Companies::judged(&all, &probabilities, lexicon);
    let called: BTreeMap<String, String> = companies::believed(&all, &probabilities, lexicon)
        .into_iter()
        .map(|(id, candidate)| (id, names.of_candidate(candidate, &wanted)))
        .collect();
    let published: Option<PartialDate> = None;
    let found = pairs(&paragraphs, title, published, |_| lexicon, &companies);
    let named = found.into_iter().map(|pair| {
        let name = |at: usize| {
            let id = &pair.claim.parties[at].company;
            called.get(id).unwrap_or(id).clone()
        };
        let mut parties = [name(0), name(1)];
        parties.sort();
        (parties, pair)
    });
    named.filter(|(parties, _)| parties[0] != parties[1]).collect()
}

fn judge(text: &Text, parties: &[String; 2], pair: &Pair) -> Example {
    let claims: Vec<&Value> =
        text.claims.iter().filter(|(pair, _)| pair == parties).map(|(_, claim)| claim).collect();
    let values: Vec<f64> = pair.features.iter().map(|feature| feature.1).collect();
    let weight = match text.kind {
        Kind::Press => 1.0,
        Kind::Page => PAGE,
        Kind::Invented => INVENTED,
    };
    let row = |is_right| Row { values: values.clone(), is_right, weight };
    let has = |events: &[&str]| {
        claims
            .iter()
            .any(|claim| claim["event"].as_str().is_some_and(|event| events.contains(&event)))
    };
    let is_news = has(&["announced", "signed", "launched"]);
    Example {
        fold: text.fold().filter(|_| text.kind == Kind::Press),
        truth: (!claims.is_empty() || !text.optional_pairs.contains(parties))
            .then(|| row(!claims.is_empty())),
        // Of a page only the words around the names were judged, which do not tell what is its news.
        news: (text.kind != Kind::Page && (is_news || has(&["mentioned"]))).then(|| row(is_news)),
    }
}

/// Precision and recall over the folds, and how often claims of each tenth of confidence are right.
fn validated(seen: &[Example], told: usize) -> String {
    let (mut right, mut wrong) = (0usize, 0usize);
    let mut tenths: BTreeMap<u32, [usize; 2]> = BTreeMap::new();
    for fold in 0..FOLDS {
        let others = seen.iter().filter(|seen| seen.fold != Some(fold));
        let weights =
            fit(&others.filter_map(|seen| seen.truth.as_ref()).collect::<Vec<_>>(), PENALTY);
        for row in seen
            .iter()
            .filter(|seen| seen.fold == Some(fold))
            .filter_map(|seen| seen.truth.as_ref())
        {
            let sure = probability(&row.values, &weights);
            if sure >= CLAIM_PROBABILITY {
                right += usize::from(row.is_right);
                wrong += usize::from(!row.is_right);
            }
            let tenth = (0..10u32).rev().find(|n| sure * 10.0 >= f64::from(*n)).unwrap_or(0);
            let cell = tenths.entry(tenth).or_default();
            cell[0] += usize::from(row.is_right);
            cell[1] += 1;
        }
    }
    let share = |part: usize, whole: usize| float(part) / float(whole.max(1));
    let mut score = format!(
        "# precision {:.3}, recall {:.3}\n",
        share(right, right + wrong),
        share(right, told)
    );
    for (tenth, [right, all]) in tenths {
        let _ = writeln!(score, "# from 0.{tenth}: {right} of {all} are right");
    }
    score
}

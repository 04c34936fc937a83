//! The weights by which a candidate is believed to be a company.
//!
//! Each text is read three times: with the whole built-in list, and with either half of it hidden, so
//! that the model learns to tell companies that nobody listed.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;

use rayon::prelude::*;
use tearsheet::understand::companies::Gazetteer;
use tearsheet::understand::entities::{Candidate, decide};
use tearsheet::understand::features::Features;
use tearsheet::understand::features::float;
use tearsheet::understand::lexicon;

use crate::labelled::{self, Data, FOLDS, Kind, Text, hash};
use crate::logistic::{Row, fit, probability};
use crate::names::Names;

/// Where the weights go, from the root of the repository.
const PATH: &str = "src/understand/data/entities.tsv";
/// The L2 penalty. Of .3 to 3 with 1 the cross-validated scores were best, by a point.
const PENALTY: f64 = 1.0;
/// How much a text counts. Pages are many, and most of them name no company of any importance. Tried were .03 to .3
/// for them and .5 to 3 for invented texts: more of either costs recall on the press, less of the second what our
/// own texts have been read well in.
const fn weight(kind: Kind) -> f64 {
    match kind {
        Kind::Press => 1.0,
        Kind::Page => 0.07,
        Kind::Invented => 1.4,
    }
}
/// How much the readings with hidden companies count, of .15 to .6.
const HIDDEN: f64 = 0.2;

/// One candidate of a reading.
struct Example {
    row: Row,
    /// The label says nothing of it.
    is_optional: bool,
}

/// Trains on folders of labelled texts, which `labelled::data` reads, and writes the weights.
pub fn train(arguments: &[String]) -> Result<(), String> {
    let Data { texts, names, folders } = labelled::data(arguments)?;
    let learned = Learned::from(&texts, &names);
    let scores = validated(&texts, &learned, &names);
    let table = table(&learned, &texts, &folders, &scores);
    fs::write(PATH, table).map_err(|error| format!("{PATH}: {error}"))
}

/// Weights that have seen all texts, and for each fold those that have not seen it.
pub struct Learned {
    whole: Vec<f64>,
    folds: Vec<Vec<f64>>,
    /// How many candidates there were.
    candidates: usize,
}

impl Learned {
    /// Learns from texts.
    pub fn from(texts: &[Text], names: &Names) -> Self {
        let gazetteers = [
            Gazetteer::new(&[]),
            Gazetteer::without(|id| hash(id).is_multiple_of(2)),
            Gazetteer::without(|id| !hash(id).is_multiple_of(2)),
        ];
        let read = |text: &Text| {
            gazetteers.iter().enumerate().flat_map(|(n, g)| look(text, n, g, names)).collect()
        };
        let readings: Vec<Vec<Example>> = texts.par_iter().map(read).collect();
        let without = |fold: u64| {
            let others = readings.iter().zip(texts).filter(|(_, text)| text.fold() != Some(fold));
            fit(&rows(others.map(|(reading, _)| reading)), PENALTY)
        };
        let all = rows(readings.iter());
        Self {
            whole: fit(&all, PENALTY),
            folds: (0..FOLDS).into_par_iter().map(without).collect(),
            candidates: all.len(),
        }
    }

    /// How probable each candidate of a text is, for weights that have not seen it.
    pub fn probabilities(&self, text: &Text, all: &[(Candidate<'_>, Features)]) -> Vec<f64> {
        let fold = text.fold().and_then(|fold| self.folds.get(usize::try_from(fold).ok()?));
        let fitted = fold.unwrap_or(&self.whole);
        all.iter().map(|(c, f)| probability(&values(c, f), fitted)).collect()
    }
}

fn rows<'r>(readings: impl Iterator<Item = &'r Vec<Example>>) -> Vec<&'r Row> {
    readings.flatten().filter(|seen| !seen.is_optional).map(|seen| &seen.row).collect()
}

/// Precision and recall over the folds, of all companies and of those that no list has.
fn validated(texts: &[Text], learned: &Learned, names: &Names) -> String {
    let mut counts = [[0usize; 3]; 4];
    let mut languages: BTreeMap<&str, [usize; 3]> = BTreeMap::new();
    let gazetteer = Gazetteer::new(&[]);
    let held = texts.iter().filter(|text| text.fold().is_some());
    for text in held {
        let all = candidates(text, &gazetteer);
        let believed = decide(&all, &learned.probabilities(text, &all));
        let wanted: BTreeSet<String> = text.companies.union(&text.optional).cloned().collect();
        let mut found: BTreeMap<String, bool> = BTreeMap::new();
        let mut listed: BTreeSet<String> = BTreeSet::new();
        for ((candidate, _), believed) in all.iter().zip(believed) {
            let name = names.of_candidate(candidate, &wanted);
            if candidate.known.is_some() {
                listed.insert(name.clone());
            }
            if believed && !text.optional.contains(&name) {
                *found.entry(name).or_default() |= candidate.known.is_some();
            }
        }
        let language = languages.entry(&text.language).or_default();
        let mut count = |kind: usize, name: &String| {
            let at = usize::from(text.kind == Kind::Page) * 2;
            counts[at][kind] += 1;
            counts[at + 1][kind] += usize::from(!listed.contains(name));
            language[kind] += 1;
        };
        found.keys().for_each(|name| count(usize::from(!text.companies.contains(name)), name));
        text.companies
            .iter()
            .filter(|name| !found.contains_key(*name))
            .for_each(|name| count(2, name));
    }
    let mut told = String::new();
    for (name, [right, wrong, missed]) in [
        ("press", counts[0]),
        ("press, unlisted", counts[1]),
        ("pages", counts[2]),
        ("pages, unlisted", counts[3]),
    ] {
        if right + wrong + missed == 0 {
            continue;
        }
        let share = |part: usize, whole: usize| float(part) / float(whole.max(1));
        let (precision, recall) = (share(right, right + wrong), share(right, right + missed));
        let _ = writeln!(told, "# {name}: precision {precision:.3}, recall {recall:.3}");
    }
    for (language, [right, wrong, missed]) in languages {
        println!("{language}: {right} right, {wrong} wrong, {missed} missed");
    }
    print!("{told}");
    told
}

/// The weights with what they were learned from.
fn table(learned: &Learned, texts: &[Text], folders: &[String], scores: &str) -> String {
    let (fitted, rows) = (&learned.whole, learned.candidates);
    let names = feature_names();
    let real = texts.iter().filter(|text| text.kind == Kind::Press).count();
    let mut out = format!(
        "# Written by `training entities`: {}\n\
         # {} texts, {real} of them of the press; {rows} candidates\n\
         # {FOLDS} folds by text:\n{scores}\
         # features {:016x}\n\
         feature\tlisted\tunlisted\n",
        folders.join(", "),
        texts.len(),
        hash(&names.join("|")),
    );
    for (at, name) in names.iter().enumerate() {
        let _ = writeln!(out, "{name}\t{:.3}\t{:.3}", fitted[at], fitted[at + names.len()]);
    }
    out
}

/// The names of the features, from any text that has a candidate.
fn feature_names() -> Vec<&'static str> {
    let gazetteer = Gazetteer::new(&[]);
    let all = gazetteer.candidates(None, &["Yesterday Nokia spoke."], lexicon::of("en"));
    let (_, features) = all.first().expect("a text with a name");
    features.list().iter().map(|feature| feature.0).collect()
}

/// What may be a company in a text.
pub fn candidates<'g>(text: &Text, gazetteer: &'g Gazetteer) -> Vec<(Candidate<'g>, Features)> {
    let paragraphs: Vec<&str> = text.paragraphs.iter().map(String::as_str).collect();
    gazetteer.candidates(text.title.as_deref(), &paragraphs, lexicon::of(&text.language))
}

/// The values twice: those of listed candidates, and those of the others.
fn values(candidate: &Candidate<'_>, features: &Features) -> Vec<f64> {
    let listed = candidate.known.is_some();
    let one = |half: bool| {
        features.list().iter().map(move |(_, value)| if half == listed { *value } else { 0.0 })
    };
    one(true).chain(one(false)).collect()
}

fn look(text: &Text, number: usize, gazetteer: &Gazetteer, names: &Names) -> Vec<Example> {
    let wanted: BTreeSet<String> = text.companies.union(&text.optional).cloned().collect();
    let weight = weight(text.kind) * if number == 0 { 1.0 } else { HIDDEN };
    candidates(text, gazetteer)
        .iter()
        .map(|(candidate, features)| {
            let name = names.of_candidate(candidate, &wanted);
            let is_right = text.companies.contains(&name);
            Example {
                row: Row { values: values(candidate, features), is_right, weight },
                is_optional: !is_right && text.optional.contains(&name),
            }
        })
        .collect()
}

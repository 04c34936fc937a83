//! Prints what a person who labels texts should judge: each text's candidates for companies and pairs
//! that are not surely wrong.
//!
//! A text whose companies and partnerships nobody wrote down is labelled by saying which of these are
//! right. What is listed is far more than import would believe, so that the labels do not repeat what
//! the reader thought already.

use std::collections::BTreeSet;

use tearsheet::understand::companies::Gazetteer;
use tearsheet::understand::entities::Candidate;
use tearsheet::understand::entities::weights::weights;
use tearsheet::understand::features::Features;
use tearsheet::understand::lexicon;
use tearsheet::understand::partnerships::pairs;

use crate::entities;
use crate::labelled::{self, Data, Text};

/// Candidates below this probability are not shown.
const LEAST_NAME: f64 = 0.06;
/// How many characters of a paragraph are shown around a name.
const AROUND: usize = 45;
/// How many characters of a text are shown before its candidates.
const LEAD: usize = 150;

/// Prints what is to be judged in folders of texts.
pub fn print(arguments: &[String]) -> Result<(), String> {
    let Data { texts, .. } = labelled::data(arguments)?;
    let gazetteer = Gazetteer::new(&[]);
    for text in &texts {
        print_text(text, &gazetteer);
    }
    Ok(())
}

fn print_text(text: &Text, gazetteer: &Gazetteer) {
    let lexicon = lexicon::of(&text.language);
    let paragraphs: Vec<&str> = text.paragraphs.iter().map(String::as_str).collect();
    let title = text.title.as_deref();
    let all = entities::candidates(text, gazetteer);
    let is_likely = |(candidate, features): &&(Candidate<'_>, Features)| {
        weights().probability(candidate, features) >= LEAST_NAME
    };
    // The form of each name, and the id of the list that it would be.
    let rows: BTreeSet<(&str, Option<&str>)> = all
        .iter()
        .filter(is_likely)
        .map(|(candidate, _)| {
            (candidate.form.as_str(), candidate.known.as_ref().map(|known| known.company))
        })
        .collect();
    let companies = gazetteer.article(title, &paragraphs, lexicon);
    let found = pairs(&paragraphs, title, None, |_| lexicon, &companies);
    if rows.is_empty() && found.is_empty() {
        return;
    }
    let lead: String = text.paragraphs.join(" ").chars().take(LEAD).collect();
    println!("\n## {} [{}] {}\n{lead}", text.name, text.language, title.unwrap_or("-"));
    for (n, (form, id)) in rows.iter().enumerate() {
        let id = id.map_or_else(String::new, |id| format!(" [{id}]"));
        println!("{} {form}{id} | {}", n + 1, around(&paragraphs, form));
    }
    for (n, pair) in found.iter().enumerate() {
        let parties: Vec<&str> =
            pair.claim.parties.iter().map(|party| party.company.as_str()).collect();
        let evidence = pair.claim.evidence.as_deref().unwrap_or_default();
        println!("={} {} | {evidence}", n + 1, parties.join(" + "));
    }
}

/// The words around the first place that has a name.
fn around(paragraphs: &[&str], form: &str) -> String {
    let Some((paragraph, at)) = paragraphs.iter().find_map(|p| Some((p, p.find(form)?))) else {
        return String::new();
    };
    let before: Vec<char> = paragraph[..at].chars().rev().take(AROUND).collect();
    let before: String = before.into_iter().rev().collect();
    let behind: String = paragraph[at..].chars().take(AROUND + form.chars().count()).collect();
    format!("{before}{behind}")
}

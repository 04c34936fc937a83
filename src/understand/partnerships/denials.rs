//! Sentences that deny a takeover, whoever else has told of it.

use super::terms;
use super::thresholds::NEWS_PARAGRAPHS;
use crate::model::{Claim, Event};
use crate::understand::companies::Companies;
use crate::understand::lexicon::Lexicon;
use crate::understand::sentences::sentences;

/// What is in the news even where it is denied; a cooperation that is denied is nothing.
const KINDS: [&str; 2] = ["acquisition", "investment"];

/// Whether a denial of this kind is told at all.
pub(super) fn is_told(kind: &str) -> bool {
    KINDS.contains(&kind)
}

/// A sentence that denies something, with the companies it names.
pub(super) struct Denial<'a> {
    sentence: &'a str,
    lexicon: &'static Lexicon,
    companies: Vec<String>,
}

/// The denials that are an article's news. What it tells later is mostly of others, who may have no name that is
/// known.
pub(super) fn denials<'a>(
    paragraphs: &[&'a str],
    lexicon_of: impl Fn(&str) -> &'static Lexicon,
    companies: &Companies,
) -> Vec<Denial<'a>> {
    let mut out = Vec::new();
    for paragraph in paragraphs.iter().take(NEWS_PARAGRAPHS) {
        let lexicon = lexicon_of(paragraph);
        for sentence in sentences(paragraph) {
            if lexicon.find("denial", &sentence.to_lowercase()).is_some() {
                let named = companies.mentions(sentence).into_iter().map(|one| one.company);
                out.push(Denial { sentence, lexicon, companies: named.collect() });
            }
        }
    }
    out
}

/// A rumour that is denied of one of the parties, and of nobody else, is a denial.
pub(super) fn apply(denials: &[Denial<'_>], claim: &mut Claim) {
    let is_party = |company: &String| claim.parties.iter().any(|party| party.company == *company);
    let of_it = |denial: &&Denial<'_>| {
        claim.kinds.iter().any(|kind| denial.lexicon.tells(&kind.0, denial.sentence))
            && !denial.companies.is_empty()
            && denial.companies.iter().all(is_party)
    };
    if let Some(denial) = denials.iter().find(of_it) {
        claim.event = Event::Denied;
        claim.evidence = Some(denial.sentence.to_owned());
        // What the rumour said of when and how much is not what this sentence proves.
        (claim.date, claim.start, claim.end) = (None, None, None);
        (claim.value, claim.stake) = (None, None);
        terms::set(claim, denial.sentence, denial.lexicon);
    }
}

/// Whether a claim is one that a denial may turn.
pub(super) fn concern(claim: &Claim) -> bool {
    claim.event == Event::Rumoured && claim.kinds.iter().any(|kind| is_told(&kind.0))
}

//! Which lines are the article, given how likely each label of each line is.

use std::ops::Range;

use super::measure::{is_prose, ratio, width};
use super::model::{self, Label};
use super::rules;
use super::thresholds::{
    BODY_RECALL_WEIGHT, BYLINE_PIECE_APART_LIKELIHOOD, LEAST_BODY_LIKELIHOOD, RULES_TRUSTED_SHARE,
    RULES_TRUSTED_SHARE_ONE_LINE, TIDY_LINES, TIDY_ONE_LINE_WIDTH,
};
use super::units::{self, Unit};
use crate::understand::dates;
use crate::understand::features::float;
use crate::understand::lexicon::Lexicon;

/// The lines of the body: those with the best expected F-score of its words. The surer the lines are, the
/// likelier one must be that is taken with them; where none is sure, more are.
pub(super) fn likely_body(units: &[Unit<'_>], likelihoods: &[[f64; model::LABELS]]) -> Vec<bool> {
    let body = |at: usize| likelihoods[at][Label::Body as usize];
    let words: Vec<f64> = units.iter().map(|unit| float(width(unit.text))).collect();
    let all: f64 = (0..units.len()).map(|at| body(at) * words[at]).sum();
    let mut order: Vec<usize> = (0..units.len()).collect();
    order.sort_by(|a, b| body(*b).total_cmp(&body(*a)));
    let weight = BODY_RECALL_WEIGHT * BODY_RECALL_WEIGHT;
    let (mut right, mut read) = (0.0, 0.0);
    let (mut best, mut limit) = (0.0, 1.0);
    for at in order {
        right += body(at) * words[at];
        read += words[at];
        let score = right / (weight * all + read).max(1e-9);
        if score >= best {
            (best, limit) = (score, body(at));
        }
    }
    (0..units.len()).map(|at| body(at) >= limit.max(LEAST_BODY_LIKELIHOOD)).collect()
}

/// Which share of the running text is the body's, from 0 to 1.
pub(super) fn prose_share(units: &[Unit<'_>], is_body: &[bool]) -> f64 {
    let (mut kept, mut whole) = (0, 0);
    for (unit, is_body) in units.iter().zip(is_body) {
        if unit.glued || is_prose(unit.text) {
            let words = width(unit.text);
            whole += words;
            kept += if *is_body { words } else { 0 };
        }
    }
    if whole == 0 { 1.0 } else { ratio(kept, whole) }
}

/// The label of each line.
pub(super) fn labels(likelihoods: &[[f64; model::LABELS]], is_body: &[bool]) -> Vec<Label> {
    let label = |(row, is_body): (&[f64; model::LABELS], &bool)| {
        if *is_body {
            return Label::Body;
        }
        let others = Label::ALL.into_iter().filter(|label| *label != Label::Body);
        let likely = |label: &Label| row[*label as usize];
        others.max_by(|a, b| likely(a).total_cmp(&likely(b))).unwrap_or(Label::Menu)
    };
    likelihoods.iter().zip(is_body).map(label).collect()
}

/// Whether a text has no more lines than an article with little around it.
pub(super) fn is_tidy(text: &str) -> bool {
    if units::is_one_line(text) {
        return width(text) <= TIDY_ONE_LINE_WIDTH;
    }
    text.lines().filter(|line| !line.is_empty()).count() <= TIDY_LINES
}

/// What a body would score if the likelihoods were the truth: the expected F1 of its words.
pub(super) fn expected_score(
    units: &[Unit<'_>],
    likelihoods: &[[f64; model::LABELS]],
    is_body: &[bool],
) -> f64 {
    let (mut right, mut read, mut all) = (0.0, 0.0, 1e-9);
    for ((unit, row), is_body) in units.iter().zip(likelihoods).zip(is_body) {
        let words = float(width(unit.text));
        all += row[Label::Body as usize] * words;
        if *is_body {
            right += row[Label::Body as usize] * words;
            read += words;
        }
    }
    2.0 * right / (read + all)
}

/// Whether the rules take each unit for the body.
pub(super) fn ruled(text: &str, units: &[Unit<'_>], rules: &rules::Structure) -> Vec<bool> {
    let mut out = vec![false; units.len()];
    let mut from = 0;
    for block in &rules.body {
        let Some(at) = text[from..].find(&block.text).map(|at| from + at) else { continue };
        let end = at + block.text.len();
        let first = units.partition_point(|unit| unit.at < at);
        let last = units.partition_point(|unit| unit.at + unit.text.len() <= end);
        if first < last {
            out[first..last].fill(true);
        }
        from = end;
    }
    out
}

/// Lines that follow one another in one raw line and are of one kind.
#[derive(Clone, Debug)]
pub(super) struct Segment {
    pub(super) text: String,
    pub(super) bullet: bool,
    pub(super) label: Label,
    /// The units that it is made of.
    pub(super) units: Range<usize>,
    /// The mean likelihood of each label.
    pub(super) likely: [f64; model::LABELS],
}

/// Units that follow one another in one raw line and are of one kind, as segments.
pub(super) fn segments(
    text: &str,
    units: &[Unit<'_>],
    labels: &[Label],
    likelihoods: &[[f64; model::LABELS]],
    lexicon: &Lexicon,
) -> Vec<Segment> {
    let mut out: Vec<Segment> = Vec::new();
    // In a text without lines a byline is told from the menu around it, and a date from both.
    let kind = |at: usize| {
        let byline = likelihoods[at][Label::Byline as usize] > BYLINE_PIECE_APART_LIKELIHOOD;
        match labels[at] {
            label @ (Label::Body | Label::Headline) => (label, false, 0),
            _ if byline => (Label::Byline, true, 0),
            label if !dates::dates(units[at].text, lexicon).is_empty() => (label, false, at),
            label => (label, false, 0),
        }
    };
    let mut at = 0;
    while at < units.len() {
        let mut end = at + 1;
        while end < units.len() && units[end].glued && kind(end) == kind(at) {
            end += 1;
        }
        let last = &units[end - 1];
        let words = &text[units[at].at..last.at + last.text.len()];
        let mut likely = [0.0; model::LABELS];
        for row in &likelihoods[at..end] {
            likely.iter_mut().zip(row).for_each(|(sum, value)| *sum += value / ratio(end - at, 1));
        }
        let text = words.split_whitespace().collect::<Vec<_>>().join(" ");
        out.push(Segment {
            text,
            bullet: units[at].bullet,
            label: labels[at],
            units: at..end,
            likely,
        });
        at = end;
    }
    out
}

/// Whether the body that the rules tell is believed, by what it and the likeliest lines are expected to score.
pub(super) fn is_trusted(by_rules: f64, likely: f64, is_one_line: bool) -> bool {
    let trust = if is_one_line { RULES_TRUSTED_SHARE_ONE_LINE } else { RULES_TRUSTED_SHARE };
    by_rules >= trust * likely
}

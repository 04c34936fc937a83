//! What each line of a raw text is: headline, byline, body, or something that is not the article.
//!
//! Lines become features ([`features`]), a small trained model labels all of them together ([`model`]),
//! and headline, date, authors and publisher are chosen among candidates ([`ranking`]). What the
//! hand-written [`rules`] say is a second reading: a short and tidy text is theirs unless the model finds their
//! body unlikely, and elsewhere what they take for a field is a sign of its candidates.
//!
//! `units` divides a text into lines, or, where one line holds nearly everything, into pieces that begin
//! with a capital. `features` says of each what any language shows: length, sentence ends, share of
//! function words, dates, cue words of the language data, the running text around it, words that come
//! back. `model` is a small recurrent network that reads these from the top and from the bottom and tells
//! how likely each of six labels is. The body is the lines with the best expected score, in which what is
//! lost weighs more than what is foreign. Candidates for the fields have features of their own, which a
//! small table weighs: headlines against each other, days and publishers against each other and against there
//! being none (conditional logits), authors each by itself; below a limit the field stays absent.
//! `thresholds` has these limits and all others, and how they were found. `noise` knows lines by their first
//! words; its verdict is one feature among others, and cleans what Readability leaves of saved pages. Weights
//! are `data/lines.tsv`, `data/pieces.tsv` and `data/fields.tsv`,
//! with their cross-validated scores in the header; `training/` makes them.

mod authors;
mod bylines;
mod candidates;
pub mod features;
mod headline;
mod inline_authors;
mod inline_headline;
mod labelling;
mod measure;
pub mod model;
mod noise;
mod outlets;
mod publication_date;
mod publisher;
pub mod ranking;
mod reader;
pub mod rules;
mod thresholds;
pub mod units;

use std::ops::Range;

use self::bylines::Credits;
pub use self::candidates::Candidates;
use self::inline_headline::Pieces;
use self::labelling::{
    Segment, expected_score, is_tidy, labels, likely_body, prose_share, ruled, segments,
};
use self::measure::{ends_sentence, is_prose, is_stop, outlet_prefix, ratio};
pub use self::measure::{prose, width};
pub use self::model::{Label, Model};
pub use self::noise::noise;
use self::ranking::Weights;
use self::reader::{OneLine, Reader};
use super::companies::Gazetteer;
use super::lexicon::Lexicon;
use crate::model::{DateBasis, PartialDate};

/// A paragraph.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Block {
    /// Its words, without line breaks.
    pub text: String,
    /// Whether it is an item of a list.
    pub bullet: bool,
}

/// A line, or a part of one, with what it was taken for.
#[derive(Clone, Debug, PartialEq)]
pub struct Labelled {
    /// Its bytes in the raw text.
    pub span: Range<usize>,
    /// What it is.
    pub label: Label,
    /// How likely that is, from 0 to 1.
    pub sureness: f64,
}

/// A raw text taken apart.
#[derive(Clone, Debug, Default)]
pub struct Structure {
    /// The headline, where there is one.
    pub title: Option<String>,
    /// When it was published, and how that is known.
    pub date: Option<(PartialDate, DateBasis)>,
    /// Who wrote it.
    pub authors: Vec<String>,
    /// Who published it.
    pub source: Option<String>,
    /// The paragraphs of the article.
    pub body: Vec<Block>,
    /// Every line with its label, in order.
    pub lines: Vec<Labelled>,
    /// Which share of the running text was taken for the article, from 0 to 1.
    pub kept: f64,
}

/// The trained weights that a text is read with.
#[derive(Clone, Copy, Debug)]
pub struct Trained<'a> {
    /// For texts with lines.
    pub lines: &'a Model,
    /// For the pieces of a text without lines.
    pub pieces: &'a Model,
    /// For headline, date, authors and publisher.
    pub fields: &'a Weights,
}

/// Takes a text apart.
#[must_use]
pub fn structure(text: &str, lexicon: &Lexicon, gazetteer: &Gazetteer) -> Structure {
    weighed(text, lexicon, gazetteer).0
}

/// Takes a text apart, and tells all that its fields might have been.
#[must_use]
pub fn weighed(text: &str, lexicon: &Lexicon, gazetteer: &Gazetteer) -> (Structure, Candidates) {
    let trained =
        Trained { lines: &model::LINES, pieces: &model::PIECES, fields: &ranking::BUILTIN };
    structure_by(trained, text, lexicon, gazetteer)
}

/// Takes a text apart by weights of one's own, and tells the candidates that there were.
#[must_use]
pub fn structure_by(
    trained: Trained<'_>,
    text: &str,
    lexicon: &Lexicon,
    gazetteer: &Gazetteer,
) -> (Structure, Candidates) {
    let units = units::units(text, lexicon);
    if units.is_empty() {
        return (Structure::default(), Candidates::default());
    }
    let model = if units::is_one_line(text) { trained.pieces } else { trained.lines };
    let seen = features::features(&units, lexicon, &model.words);
    let likelihoods = model.likelihoods(&seen);
    let rules = rules::structure(&rules_blocks(text), lexicon, gazetteer);
    let is_likely = likely_body(&units, &likelihoods);
    let is_ruled = ruled(text, &units, &rules);
    let trusted = is_tidy(text)
        && labelling::is_trusted(
            expected_score(&units, &likelihoods, &is_ruled),
            expected_score(&units, &likelihoods, &is_likely),
            units::is_one_line(text),
        );
    let labels = labels(&likelihoods, if trusted { &is_ruled } else { &is_likely });
    let kept = prose_share(&units, if trusted { &is_ruled } else { &is_likely });
    let lines = (0..units.len())
        .map(|at| Labelled {
            span: units[at].at..units[at].at + units[at].text.len(),
            label: labels[at],
            sureness: likelihoods[at][labels[at] as usize],
        })
        .collect();
    let small = text
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| word.starts_with(char::is_lowercase))
        .collect();
    let blocks = segments(text, &units, &labels, &likelihoods, lexicon);
    let credits = Credits { lexicon, gazetteer, strict: false };
    let one_line = units::is_one_line(text).then(|| {
        let (units, labels, likelihoods) = (&units, &labels, &likelihoods);
        let vocabulary = &model.words;
        let pieces = Pieces { text, units, labels, likelihoods, lexicon, vocabulary };
        let (mut headlines, mut named) = (pieces.headlines(), pieces.named(credits));
        // The places of pieces become those of segments.
        let segment = |unit: &mut usize| {
            *unit = blocks.partition_point(|block| block.units.start <= *unit).saturating_sub(1);
        };
        let places = headlines.iter_mut().map(|one| &mut one.value.at);
        for place in places.chain(named.iter_mut().map(|one| &mut one.at)) {
            segment(place);
        }
        OneLine { headlines, named }
    });
    let reader = Reader {
        blocks,
        one_line,
        lexicon,
        gazetteer,
        credits,
        vocabulary: &model.words,
        small,
        fields: trained.fields,
        rules,
        trusted,
    };
    let (found, candidates) = reader.read();
    let candidates = Candidates { is_one_line: units::is_one_line(text), ..candidates };
    (Structure { lines, kept, ..found }, candidates)
}

/// The lines of a text as the rules read them.
fn rules_blocks(text: &str) -> Vec<Block> {
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    lines
        .map(|line| {
            let bare = units::BULLETS.iter().find_map(|mark| line.strip_prefix(mark));
            Block { text: bare.unwrap_or(line).trim().to_owned(), bullet: bare.is_some() }
        })
        .collect()
}

//! What each line of a raw text is: headline, byline, body, or something that is not the article.
//!
//! Lines become features ([`features`]), a small trained model labels all of them together ([`model`]),
//! and headline, date, authors and publisher are chosen among candidates ([`ranking`]). What the
//! hand-written [`rules`] say is a second reading: a short and tidy text is theirs unless the model finds their
//! body unlikely, and elsewhere what they take for a field is a sign of its candidates.

mod authors;
mod bylines;
pub mod features;
mod headline;
mod inline_authors;
mod inline_headline;
pub mod model;
mod noise;
mod publication_date;
mod publisher;
pub mod ranking;
pub mod rules;
pub mod units;

use std::collections::HashSet;
use std::ops::Range;

use bylines::Credits;
use inline_authors::Named;
use inline_headline::Pieces;
pub use model::{Label, Model};
pub use noise::noise;
use ranking::{Candidate, Field, Weights};
use units::Unit;

use super::companies::Gazetteer;
use super::dates;
use super::lexicon::{self, Lexicon, is_dense};
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

/// A line is the body's if that is at least so likely. Below one half, since a lost paragraph is worse
/// than a foreign line; found with the floor of [`KEPT`] by cross-validation.
const BODY: f64 = 0.35;
/// Where less of the running text would be kept, more lines are.
const KEPT: f64 = 0.5;
/// How likely a line must be the body's then.
const DOUBTFUL: f64 = 0.2;
/// A text of at most so many lines, or of one so wide, is read by the rules, unless their body is expected to
/// score less than so much of what the likeliest lines would; found on the labelled texts.
const TIDY_LINES: usize = 60;
const TIDY_WIDTH: usize = 4000;
const TRUST: f64 = 0.6;
const TRUST_ONE_LINE: f64 = 0.9;
/// Pieces that are a byline at least so likely are read apart from what stands around them.
const MAYBE_BYLINE: f64 = 0.15;
/// How likely candidates must be; found by cross-validation. The date's gives 96 right of 100 on flattened pages.
const HEADLINE: f64 = 0.15;
const STRETCH: f64 = 0.04;
const DATE: f64 = 0.65;
const AUTHOR: f64 = 0.4;
const SOURCE: f64 = 0.35;
/// How likely a publisher must be that the rules tell of a text that they read well.
const TIDY_SOURCE: f64 = 0.1;

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
    let marginals = model.lattice(&model.scores(&seen), |_, _| true).marginals;
    let rules = rules::structure(&rules_blocks(text), lexicon, gazetteer);
    let is_likely = likely_body(&units, &marginals);
    let is_ruled = ruled(text, &units, &rules);
    let trusted = is_tidy(text) && {
        let by_rules = expected_score(&units, &marginals, &is_ruled);
        let trust = if units::is_one_line(text) { TRUST_ONE_LINE } else { TRUST };
        by_rules >= trust * expected_score(&units, &marginals, &is_likely)
    };
    let labels = labels(&marginals, if trusted { &is_ruled } else { &is_likely });
    let kept = prose_share(&units, if trusted { &is_ruled } else { &is_likely });
    let lines = (0..units.len())
        .map(|at| Labelled {
            span: units[at].at..units[at].at + units[at].text.len(),
            label: labels[at],
            sureness: marginals[at][labels[at] as usize],
        })
        .collect();
    let small = text
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| word.starts_with(char::is_lowercase))
        .collect();
    let blocks = segments(text, &units, &labels, &marginals, lexicon);
    let credits = Credits { lexicon, gazetteer, strict: false };
    let one_line = units::is_one_line(text).then(|| {
        let (units, labels, marginals) = (&units, &labels, &marginals);
        let vocabulary = &model.words;
        let pieces = Pieces { text, units, labels, marginals, lexicon, vocabulary };
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

/// Whether each line is likely enough the body's.
fn likely_body(units: &[Unit<'_>], marginals: &[[f64; model::LABELS]]) -> Vec<bool> {
    let by = |limit: f64| -> Vec<bool> {
        marginals.iter().map(|row| row[Label::Body as usize] > limit).collect()
    };
    let likely = by(BODY);
    if prose_share(units, &likely) < KEPT { by(DOUBTFUL) } else { likely }
}

/// Which share of the running text is the body's, from 0 to 1.
fn prose_share(units: &[Unit<'_>], is_body: &[bool]) -> f64 {
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
fn labels(marginals: &[[f64; model::LABELS]], is_body: &[bool]) -> Vec<Label> {
    let label = |(row, is_body): (&[f64; model::LABELS], &bool)| {
        if *is_body {
            return Label::Body;
        }
        let others = Label::ALL.into_iter().filter(|label| *label != Label::Body);
        let likely = |label: &Label| row[*label as usize];
        others.max_by(|a, b| likely(a).total_cmp(&likely(b))).unwrap_or(Label::Menu)
    };
    marginals.iter().zip(is_body).map(label).collect()
}

/// Whether a text has no more lines than an article with little around it.
fn is_tidy(text: &str) -> bool {
    if units::is_one_line(text) {
        return width(text) <= TIDY_WIDTH;
    }
    text.lines().filter(|line| !line.is_empty()).count() <= TIDY_LINES
}

/// What a body would score if the likelihoods were the truth: the expected F1 of its words.
fn expected_score(units: &[Unit<'_>], marginals: &[[f64; model::LABELS]], is_body: &[bool]) -> f64 {
    let (mut right, mut read, mut all) = (0.0, 0.0, 1e-9);
    for ((unit, row), is_body) in units.iter().zip(marginals).zip(is_body) {
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
fn ruled(text: &str, units: &[Unit<'_>], rules: &rules::Structure) -> Vec<bool> {
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

/// How much of a text is running text, as [`width`] counts it.
#[must_use]
pub fn prose(text: &str) -> usize {
    text.lines().map(str::trim).filter(|line| is_prose(line)).map(width).sum()
}

/// Everything that may have been a field of the front matter.
#[derive(Clone, Debug, Default)]
pub struct Candidates {
    /// Whether the text has hardly any line breaks.
    pub is_one_line: bool,
    /// For the headline.
    pub headlines: Vec<Candidate<headline::Headline>>,
    /// For the day of publication.
    pub dates: Vec<Candidate<PartialDate>>,
    /// For the authors.
    pub authors: Vec<Candidate<String>>,
    /// For the publisher.
    pub sources: Vec<Candidate<String>>,
}

impl Candidates {
    /// Headlines that are at least so likely, the likeliest first; the same one may be there twice.
    #[must_use]
    pub fn titles(&self, least: f64) -> Vec<String> {
        let field = if self.is_one_line { Field::Stretch } else { Field::Headline };
        let found = by_likelihood(field, &self.headlines, least);
        found.into_iter().map(|line| line.text.clone()).collect()
    }

    /// Days of publication in the same order.
    #[must_use]
    pub fn days(&self, least: f64) -> Vec<PartialDate> {
        by_likelihood(Field::Date, &self.dates, least).into_iter().copied().collect()
    }

    /// Authors in the same order.
    #[must_use]
    pub fn writers(&self, least: f64) -> Vec<String> {
        let field = if self.is_one_line { Field::Credit } else { Field::Author };
        by_likelihood(field, &self.authors, least).into_iter().cloned().collect()
    }

    /// Publishers in the same order.
    #[must_use]
    pub fn publishers(&self, least: f64) -> Vec<String> {
        by_likelihood(Field::Source, &self.sources, least).into_iter().cloned().collect()
    }
}

/// Candidates for a field that are at least so likely, the likeliest first.
fn by_likelihood<T>(field: Field, candidates: &[Candidate<T>], least: f64) -> Vec<&T> {
    let likely = ranking::BUILTIN.likelihoods(field, candidates);
    let mut all: Vec<(&Candidate<T>, f64)> =
        candidates.iter().zip(likely).filter(|(_, likely)| *likely >= least).collect();
    all.sort_by(|(_, one), (_, other)| other.total_cmp(one));
    all.into_iter().map(|(candidate, _)| &candidate.value).collect()
}

/// Lines that follow one another in one raw line and are of one kind.
#[derive(Clone, Debug)]
struct Segment {
    text: String,
    bullet: bool,
    label: Label,
    /// The units that it is made of.
    units: Range<usize>,
    /// The mean likelihood of each label.
    likely: [f64; model::LABELS],
}

fn segments(
    text: &str,
    units: &[Unit<'_>],
    labels: &[Label],
    marginals: &[[f64; model::LABELS]],
    lexicon: &Lexicon,
) -> Vec<Segment> {
    let mut out: Vec<Segment> = Vec::new();
    // In a text without lines a byline is told from the menu around it, and a date from both.
    let kind = |at: usize| {
        let byline = marginals[at][Label::Byline as usize] > MAYBE_BYLINE;
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
        for row in &marginals[at..end] {
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

/// What is looked for in a text without lines.
struct OneLine {
    headlines: Vec<Candidate<headline::Headline>>,
    named: Vec<Named>,
}

/// A text whose lines are labelled.
struct Reader<'a> {
    blocks: Vec<Segment>,
    /// The candidates of a text without lines.
    one_line: Option<OneLine>,
    lexicon: &'a Lexicon,
    gazetteer: &'a Gazetteer,
    credits: Credits<'a>,
    vocabulary: &'a features::Vocabulary,
    /// The words that the text has in small letters.
    small: HashSet<&'a str>,
    fields: &'a Weights,
    /// What the rules read, and whether their body is taken for that of the text.
    rules: rules::Structure,
    trusted: bool,
}

impl Reader<'_> {
    /// What the labelled lines say, and everything that it might have been.
    fn read(&self) -> (Structure, Candidates) {
        let body = if self.trusted { self.rules.body.clone() } else { self.body() };
        let first = self.blocks.iter().position(|block| block.label == Label::Body);
        let first = first.unwrap_or(self.blocks.len());
        let (field, mut headlines) = match &self.one_line {
            Some(one_line) => (Field::Stretch, one_line.headlines.clone()),
            None => (Field::Headline, self.headlines(first, &body)),
        };
        let told = self.rules.title.iter().map(|title| {
            let holds = |block: &Segment| block.text.contains(title.as_str());
            let at = self.blocks.iter().position(holds).unwrap_or(0);
            headline::Headline { text: title.clone(), suffix: None, at }
        });
        seconded(&mut headlines, told.collect(), |a, b| a.text == b.text);
        let limit = if field == Field::Stretch { STRETCH } else { HEADLINE };
        let headline = self.fields.best(field, &headlines, limit).map(|best| &best.value);
        let place = headline.map(|headline| headline.at);
        let mut dates = self.dates(place, first);
        let dateline = self.blocks.get(first).and_then(|lead| self.credits.dateline(&lead.text));
        dates.extend(dateline.map(|(date, _)| Candidate {
            value: date,
            signs: vec!["bias".to_owned(), "dateline".to_owned()],
        }));
        let told = self.rules.date.iter().map(|(date, _)| *date).collect();
        seconded(&mut dates, told, |a, b| a == b);
        let stated = self.fields.best(Field::Date, &dates, DATE);
        // Where the rules find no date, only one above the text is believed: below it are the days of events,
        // deadlines and other articles.
        let above = |candidate: &&Candidate<PartialDate>| {
            let places = ["between headline and body", "before 3", "before 10"];
            candidate.signs.iter().any(|sign| places.contains(&sign.as_str()))
        };
        let stated = stated.filter(|best| !self.trusted || above(best));
        let basis = |date| {
            let mut told = [self.rules.date, dateline].into_iter().flatten();
            told.find(|(told, _)| *told == date).map_or(DateBasis::Stated, |(_, basis)| basis)
        };
        let date = stated.map(|best| (best.value, basis(best.value)));
        let (field, mut writers) = match &self.one_line {
            Some(one_line) => (Field::Credit, self.credited(&one_line.named, place, first)),
            None => (Field::Author, self.writers(place, first)),
        };
        let same = |a: &String, b: &String| a.to_lowercase() == b.to_lowercase();
        seconded(&mut writers, self.rules.authors.clone(), same);
        let likely =
            writers.iter().filter(|writer| self.fields.likelihood(field, writer) >= AUTHOR);
        let authors: Vec<String> = likely.map(|writer| writer.value.clone()).collect();
        let suffix = headline.and_then(|headline| headline.suffix.as_deref());
        let mut sources = self.publishers(&body, &authors, suffix);
        // The rules take a line above the headline for a name, where it may be an entry of a menu.
        let told = self.rules.source.clone().filter(|told| !self.is_common(told));
        seconded(&mut sources, told.iter().cloned().collect(), same);
        if self.trusted {
            for source in &mut sources {
                in_tidy(&mut source.signs);
            }
        }
        let likely = self.fields.best(Field::Source, &sources, SOURCE);
        let told = told.filter(|_| self.trusted).and_then(|told| {
            let likely = |source: &&Candidate<String>| {
                self.fields.likelihood(Field::Source, source) >= TIDY_SOURCE
            };
            sources.iter().filter(|source| same(&source.value, &told)).find(likely)
        });
        let source = likely.or(told).map(|best| best.value.clone());
        let title = headline.map(|headline| headline.text.clone());
        if self.trusted {
            let rules = self.rules.clone();
            let (title, authors) = (rules.title, rules.authors);
            let date = rules.date.or(date);
            let found = Structure { title, date, authors, source, body, ..Structure::default() };
            return (
                found,
                Candidates { headlines, dates, authors: writers, sources, is_one_line: false },
            );
        }
        let found = Structure { title, date, authors, source, body, ..Structure::default() };
        (found, Candidates { headlines, dates, authors: writers, sources, is_one_line: false })
    }

    /// The paragraphs of the body; what was broken in the middle of a sentence is put together.
    fn body(&self) -> Vec<Block> {
        let mut out: Vec<Block> = Vec::new();
        let mut before = None;
        for (at, block) in self.blocks.iter().enumerate() {
            if block.label != Label::Body {
                continue;
            }
            let follows = before == at.checked_sub(1) && before.is_some();
            match out.last_mut() {
                Some(last) if follows && !block.bullet && goes_on(&last.text, &block.text) => {
                    let closes =
                        block.text.starts_with([',', '.', ';', ':', '!', '?', ')', '”', '’']);
                    let dense = last.text.ends_with(lexicon::is_dense_char);
                    if !closes && !dense {
                        last.text.push(' ');
                    }
                    last.text.push_str(&block.text);
                }
                _ => out.push(Block { text: block.text.clone(), bullet: block.bullet }),
            }
            before = Some(at);
        }
        out
    }

    /// Whether a segment is the article's.
    fn is_body(&self, at: usize) -> bool {
        self.blocks[at].label == Label::Body
    }
}

/// Notes of each candidate whether the rules say the same, and adds what only they say.
fn seconded<T>(candidates: &mut Vec<Candidate<T>>, told: Vec<T>, same: impl Fn(&T, &T) -> bool) {
    let silent = told.is_empty();
    for candidate in candidates.iter_mut() {
        let seconded = told.iter().any(|told| same(told, &candidate.value));
        let verdict = match () {
            () if seconded => "rules",
            () if silent => "rules silent",
            () => "rules otherwise",
        };
        candidate.signs.push(verdict.to_owned());
    }
    for told in told {
        if !candidates.iter().any(|candidate| same(&candidate.value, &told)) {
            let signs = vec!["bias".to_owned(), "rules alone".to_owned()];
            candidates.push(Candidate { value: told, signs });
        }
    }
}

/// Notes beside what the rules say of a candidate that the text is one which they read well.
fn in_tidy(signs: &mut Vec<String>) {
    let verdicts = signs.iter().filter(|sign| sign.starts_with("rules"));
    let tidy: Vec<String> = verdicts.map(|verdict| format!("tidy {verdict}")).collect();
    signs.extend(tidy);
}

/// Whether a line goes on in the next one: it has no end, and the next begins in the middle of a sentence.
fn goes_on(line: &str, next: &str) -> bool {
    let ended = line.ends_with(is_stop) || line.ends_with([':', '”', '"', '»', '」', ')']);
    let middle = next.starts_with(|c: char| {
        c.is_lowercase()
            || matches!(c, ',' | '.' | ';' | ':' | ')' | '”' | '’' | '，' | '。' | '、')
    });
    middle && (!ended || next.starts_with([',', '.', ';']))
}

fn ratio(part: usize, whole: usize) -> f64 {
    float(part) / float(whole)
}

fn float(n: usize) -> f64 {
    f64::from(u32::try_from(n).unwrap_or(u32::MAX))
}

/// Whether a character ends a sentence.
fn is_stop(c: char) -> bool {
    matches!(c, '.' | '!' | '?' | '。' | '！' | '？')
}

/// Whether a text ends as a sentence does, maybe a quoted one.
fn ends_sentence(text: &str) -> bool {
    text.trim_end_matches(['"', '”', '“', '»', '’', ')']).ends_with(is_stop)
}

/// How long a text is, in Latin letters; a Han, kana or Hangul character says as much as two of them.
#[must_use]
pub fn width(text: &str) -> usize {
    text.chars().map(|c| if lexicon::is_dense_char(c) { 2 } else { 1 }).sum()
}

/// A paragraph of running text: long, or a sentence with its full stop.
fn is_prose(text: &str) -> bool {
    let length = text.chars().count();
    let dense = is_dense(text);
    let trimmed = text.trim_end_matches(['"', '”', '“', '»', '’', '\'', ')', '」']);
    let stopped = trimmed.ends_with(['.', '!', '?', '。', '！', '？', '…', ':'])
        || text.ends_with(['」', '”', '»']);
    if dense {
        (length >= 24 && stopped) || length >= 70
    } else {
        (length >= 58 && stopped) || length >= 200
    }
}

/// `Vietnet24h - In the beginning ...`: the outlet's name before the first sentence.
fn outlet_prefix(text: &str) -> Option<&str> {
    let (outlet, _) = text.split_once(" - ")?;
    let words = outlet.split_whitespace().count();
    (outlet.chars().count() <= 30 && (1..=4).contains(&words) && !outlet.contains([',', '.', ':']))
        .then_some(outlet)
}

//! Chooses headline, date, authors and publisher of a text whose lines are labelled.

use rustc_hash::FxHashSet;

use super::bylines::Credits;
use super::candidates::Candidates;
use super::features::Vocabulary;
use super::headline::Headline;
use super::inline_authors::Named;
use super::labelling::Segment;
use super::measure::is_stop;
use super::model::Label;
use super::ranking::{Candidate, Field, Weights};
use super::thresholds::{
    AUTHOR_LIKELIHOOD, DATE_LIKELIHOOD, HEADLINE_LIKELIHOOD, HEADLINE_STRETCH_LIKELIHOOD,
    PUBLISHER_LIKELIHOOD, TIDY_PUBLISHER_LIKELIHOOD,
};
use super::{Block, Structure, rules};
use crate::model::{DateBasis, PartialDate};
use crate::understand::companies::Gazetteer;
use crate::understand::lexicon::{self, Lexicon};

/// What is looked for in a text without lines.
pub(super) struct OneLine {
    pub(super) headlines: Vec<Candidate<Headline>>,
    pub(super) named: Vec<Named>,
}

/// A text whose lines are labelled.
pub(super) struct Reader<'a> {
    pub(super) blocks: Vec<Segment>,
    /// The candidates of a text without lines.
    pub(super) one_line: Option<OneLine>,
    pub(super) lexicon: &'a Lexicon,
    pub(super) gazetteer: &'a Gazetteer,
    pub(super) credits: Credits<'a>,
    pub(super) vocabulary: &'a Vocabulary,
    /// The words that the text has in small letters.
    pub(super) small: FxHashSet<&'a str>,
    pub(super) fields: &'a Weights,
    /// What the rules read, and whether their body is taken for that of the text.
    pub(super) rules: rules::Structure,
    pub(super) trusted: bool,
}

impl Reader<'_> {
    /// What the labelled lines say, and everything that it might have been.
    pub(super) fn read(mut self) -> (Structure, Candidates) {
        let body = if self.trusted { self.rules.body.clone() } else { self.body() };
        let first = self.blocks.iter().position(|block| block.label == Label::Body);
        let first = first.unwrap_or(self.blocks.len());
        let stretches = self.one_line.as_mut().map(|text| std::mem::take(&mut text.headlines));
        let (headline, headlines) = self.headline(stretches, first, &body);
        let place = headline.as_ref().map(|headline| headline.at);
        let (date, dates) = self.date(place, first);
        let (authors, writers) = self.authors(place, first);
        let suffix = headline.as_ref().and_then(|headline| headline.suffix.as_deref());
        let (source, sources) = self.source(&body, &authors, suffix);
        let title = headline.map(|headline| headline.text);
        let candidates =
            Candidates { headlines, dates, authors: writers, sources, is_one_line: false };
        if self.trusted {
            let rules = self.rules.clone();
            // The rules leave a job at its name.
            let bare = |name: String| {
                authors.iter().find(|bare| begins_with(&name, bare)).cloned().unwrap_or(name)
            };
            let (title, authors) = (rules.title, rules.authors.into_iter().map(bare).collect());
            let date = rules.date.or(date);
            let found = Structure { title, date, authors, source, body, ..Structure::default() };
            return (found, candidates);
        }
        (Structure { title, date, authors, source, body, ..Structure::default() }, candidates)
    }

    /// The headline, and all candidates for it: in a text without lines the given stretches.
    fn headline(
        &self,
        stretches: Option<Vec<Candidate<Headline>>>,
        first: usize,
        body: &[Block],
    ) -> (Option<Headline>, Vec<Candidate<Headline>>) {
        let (field, limit, mut headlines) = match stretches {
            Some(stretches) => (Field::Stretch, HEADLINE_STRETCH_LIKELIHOOD, stretches),
            None => (Field::Headline, HEADLINE_LIKELIHOOD, self.headlines(first, body)),
        };
        let told = self.rules.title.iter().map(|title| {
            let holds = |block: &Segment| block.text.contains(title.as_str());
            let at = self.blocks.iter().position(holds).unwrap_or(0);
            Headline { text: title.clone(), suffix: None, at }
        });
        seconded(&mut headlines, told.collect(), |a, b| a.text == b.text);
        let best = self.fields.best(field, &headlines, limit).map(|best| best.value.clone());
        (best, headlines)
    }

    /// The day of publication, and all candidates for it.
    fn date(
        &self,
        headline: Option<usize>,
        first: usize,
    ) -> (Option<(PartialDate, DateBasis)>, Vec<Candidate<PartialDate>>) {
        let mut dates = self.dates(headline, first);
        let dateline = self.blocks.get(first).and_then(|lead| self.credits.dateline(&lead.text));
        let told = self.rules.date.iter().map(|(date, _)| *date).collect();
        seconded(&mut dates, told, |a, b| a == b);
        let stated = self.fields.best(Field::Date, &dates, DATE_LIKELIHOOD);
        // Where the rules find no date, only one above the text is believed: below it are the days of events,
        // deadlines and other articles.
        let is_above = |candidate: &&Candidate<PartialDate>| {
            let places = ["between headline and body", "before 3", "before 10"];
            candidate.signs.iter().any(|sign| places.contains(&sign.as_str()))
        };
        let stated = stated.filter(|best| !self.trusted || is_above(best));
        let basis = |date| {
            let mut told = [self.rules.date, dateline].into_iter().flatten();
            told.find(|(told, _)| *told == date).map_or(DateBasis::Stated, |(_, basis)| basis)
        };
        (stated.map(|best| (best.value, basis(best.value))), dates)
    }

    /// The authors, and all candidates for them.
    fn authors(
        &self,
        headline: Option<usize>,
        first: usize,
    ) -> (Vec<String>, Vec<Candidate<String>>) {
        let (field, mut writers) = match &self.one_line {
            Some(one_line) => (Field::Credit, self.credited(&one_line.named, headline, first)),
            None => (Field::Author, self.writers(headline, first)),
        };
        seconded(&mut writers, self.rules.authors.clone(), |one, other| is_same_name(one, other));
        let likely = self.fields.likelihoods(field, &writers);
        let mut likely: Vec<(&String, f64)> = writers
            .iter()
            .zip(likely)
            .map(|(writer, likely)| (&writer.value, likely))
            .filter(|(_, likely)| *likely >= AUTHOR_LIKELIHOOD)
            .collect();
        // `Jane Roe Senior Editor` and `Jane Roe` are one person, of whom the likelier name is told.
        let all = likely.clone();
        likely.retain(|(name, chance)| {
            let mut others = all.iter().filter(|(other, _)| other != name);
            !others.any(|(other, likelier)| {
                likelier >= chance && (begins_with(other, name) || begins_with(name, other))
            })
        });
        (likely.into_iter().map(|(name, _)| name.clone()).collect(), writers)
    }

    /// The publisher, and all candidates for it.
    fn source(
        &self,
        body: &[Block],
        authors: &[String],
        suffix: Option<&str>,
    ) -> (Option<String>, Vec<Candidate<String>>) {
        let mut sources = self.publishers(body, authors, suffix);
        // The rules take a line above the headline for a name, where it may be an entry of a menu.
        let told = self.rules.source.clone().filter(|told| !self.is_common(told));
        let of_rules = told.iter().cloned().collect();
        seconded(&mut sources, of_rules, |one, other| is_same_name(one, other));
        if self.trusted {
            for source in &mut sources {
                in_tidy(&mut source.signs);
            }
        }
        let likely = self.fields.best(Field::Source, &sources, PUBLISHER_LIKELIHOOD);
        let told = told.filter(|_| self.trusted).and_then(|told| {
            let likely = self.fields.likelihoods(Field::Source, &sources);
            let mut likely = sources.iter().zip(likely).filter(|(source, likely)| {
                is_same_name(&source.value, &told) && *likely >= TIDY_PUBLISHER_LIKELIHOOD
            });
            likely.next().map(|(source, _)| source)
        });
        (likely.or(told).map(|best| best.value.clone()), sources)
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
    pub(super) fn is_body(&self, at: usize) -> bool {
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

/// Whether a name has more words behind those of another.
fn begins_with(name: &str, other: &str) -> bool {
    name.strip_prefix(other).is_some_and(|rest| rest.starts_with(' '))
}

/// Whether two names differ in capitals at most.
fn is_same_name(one: &str, other: &str) -> bool {
    one.to_lowercase() == other.to_lowercase()
}

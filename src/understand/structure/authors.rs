//! Who may have written a text: names in bylines, and those with which it is signed.

use indexmap::IndexMap;

use super::inline_authors::{Named, is_name};
use super::model::Label;
use super::noise::{noise_of, plain_marks};
use super::ranking::{Candidate, Features};
use super::thresholds::{
    AUTHOR_ABOVE_BODY_LINES, AUTHOR_BELOW_BODY_LINES, AUTHOR_CANDIDATES, AUTHOR_JOB_BYTES,
    BYLINE_LINE_LIKELIHOOD, BYLINE_WORDS_LEFT, DENSE_NAME_CHARACTERS, NAME_RUN_LINE_WIDTH,
    NAME_WORDS, NAMED_LINE_WIDTH,
};
use super::{Reader, ratio, width};
use crate::source::floor;
use crate::understand::dates;
use crate::understand::entities::evidence::List;
use crate::understand::features::float;
use crate::understand::lexicon::is_dense;

/// Where headline and body stand, from which names are more or less far.
struct Places {
    headline: Option<usize>,
    first: usize,
    last: usize,
    /// The likelihood of the likeliest byline.
    byline: f64,
}

impl Reader<'_> {
    fn places(&self, headline: Option<usize>, first: usize) -> Places {
        let last = (0..self.blocks.len()).rfind(|at| self.is_body(*at)).unwrap_or(first);
        let byline = (0..self.blocks.len()).map(|at| self.byline(at)).fold(0.0, f64::max);
        Places { headline, first, last, byline }
    }

    /// How likely a segment is a byline.
    fn byline(&self, at: usize) -> f64 {
        self.blocks.get(at).map_or(0.0, |block| block.likely[Label::Byline as usize])
    }

    /// Everybody who may have written the text, with what is seen of them.
    pub(super) fn writers(&self, headline: Option<usize>, first: usize) -> Vec<Candidate<String>> {
        let places = self.places(headline, first);
        let from = first.min(headline.unwrap_or(first)).saturating_sub(AUTHOR_ABOVE_BODY_LINES);
        let mut found: Vec<Named> = Vec::new();
        for at in from..self.blocks.len().min(places.last + AUTHOR_BELOW_BODY_LINES) {
            if self.is_body(at) {
                continue;
            }
            let text = unglued(&self.blocks[at].text);
            let mut names = self.named(&text);
            if self.byline(at) > BYLINE_LINE_LIKELIHOOD {
                names.extend(self.runs(&text));
            }
            for name in names {
                let parts = self.first_words(&name).map(|name| (name, "its first words"));
                let all = parts.chain([(name.clone(), "whole")]);
                found.extend(all.map(|(name, which)| {
                    let mut signs = Features::default();
                    signs.add(which, true);
                    // `Jane Roe Senior Editor`
                    let behind = text.split_once(&name).map_or("", |(_, behind)| behind);
                    let near = floor(behind, AUTHOR_JOB_BYTES);
                    signs.add("job behind", self.credits.has_job(&behind[..near]));
                    Named { name, at, signs: signs.list() }
                }));
            }
        }
        self.weighed(&found, &places)
    }

    /// The first words of a longer name, of which the rest may be a job.
    fn first_words(&self, name: &str) -> impl Iterator<Item = String> {
        let ends = name.match_indices(' ').map(|(at, _)| at).skip(NAME_WORDS.start() - 1);
        ends.map(|end| name[..end].to_owned()).filter(|name| self.credits.is_person(name))
    }

    /// The same for a text without lines, of which the names are known.
    pub(super) fn credited(
        &self,
        named: &[Named],
        headline: Option<usize>,
        first: usize,
    ) -> Vec<Candidate<String>> {
        self.weighed(named, &self.places(headline, first))
    }

    /// Each name once, where it stands in the likeliest byline, with what is seen of it.
    fn weighed(&self, named: &[Named], places: &Places) -> Vec<Candidate<String>> {
        let mut best: IndexMap<String, &Named> = IndexMap::new();
        for named in named {
            let known = best.entry(named.name.to_lowercase()).or_insert(named);
            if self.byline(known.at) < self.byline(named.at) {
                *known = named;
            }
        }
        // Where a menu has many of them, they are those in the likeliest bylines.
        let mut likely: Vec<f64> = best.values().map(|named| self.byline(named.at)).collect();
        likely.sort_by(|a, b| b.total_cmp(a));
        let least = likely.get(AUTHOR_CANDIDATES - 1).copied().unwrap_or(0.0);
        let candidate = |named: &&Named| {
            let mut signs = self.signs_of_name(&named.name, named.at, places);
            signs.extend(named.signs.iter().cloned());
            Candidate { value: named.name.clone(), signs }
        };
        let likeliest = best.values().filter(|named| self.byline(named.at) >= least);
        likeliest.take(AUTHOR_CANDIDATES).map(candidate).collect()
    }

    /// Runs of two to four words with a capital in a line that may be a byline, without the jobs around them.
    fn runs(&self, text: &str) -> Vec<String> {
        let mut out = Vec::new();
        let marks = |c: char| {
            matches!(c, ',' | '|' | '•' | '·' | '/' | '(' | ')' | ':' | ';' | '–' | '—' | '&')
                || matches!(c, '｜' | '／' | '（' | '）' | '：' | '、' | '，' | '【' | '】' | '◎')
        };
        if width(text) >= NAME_RUN_LINE_WIDTH {
            return out;
        }
        for part in text.split(marks) {
            let words: Vec<&str> = part.split_whitespace().collect();
            for run in words.split(|word| !is_name(word, self.lexicon)) {
                if NAME_WORDS.contains(&run.len()) {
                    let name = self.credits.bare_name(&run.join(" "));
                    if self.credits.is_person(&name) {
                        out.push(name);
                    }
                }
            }
        }
        out.extend(self.dense_names(text));
        out
    }

    /// Words of scripts without capitals that stand behind `记者` or before `기자` in a line.
    fn dense_names(&self, text: &str) -> Vec<String> {
        let words: Vec<&str> =
            text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
        let has = |list: &str, fits: &dyn Fn(&str) -> bool| {
            self.lexicon.list(list).iter().any(|word| is_dense(word) && fits(word))
        };
        let is_told = |at: usize| {
            let before = at.checked_sub(1).map_or("", |at| words[at]);
            let behind = words.get(at + 1).copied().unwrap_or("");
            has("by", &|cue| before.ends_with(cue)) || has("job", &|job| behind == job)
        };
        let fits = |word: &str| {
            DENSE_NAME_CHARACTERS.contains(&word.chars().count())
                && is_dense(word)
                && self.credits.is_person(word)
        };
        let told = words.iter().enumerate().filter(|(at, word)| fits(word) && is_told(*at));
        told.map(|(_, word)| (*word).to_owned()).collect()
    }

    fn signs_of_name(&self, name: &str, at: usize, places: &Places) -> Vec<String> {
        let Places { headline, first, last, byline: likeliest } = *places;
        let block = &self.blocks[at];
        let mut signs = Features::default();
        let byline = self.byline(at);
        signs.bin("byline", byline, &[0.05, 0.15, 0.3, 0.6, 0.9]);
        signs.bin("of likeliest", byline / likeliest.max(1e-9), &[0.1, 0.3, 0.6, 0.99]);
        signs.add(block.label.name(), true);
        let above = at.checked_sub(1).map_or(0.0, |at| self.byline(at));
        let near = self.byline(at + 1).max(above);
        signs.bin("byline beside", near, &[0.1, 0.3, 0.6, 0.9]);
        let text = plain_marks(&block.text);
        signs.add("by", self.credits.byline(&text).is_some());
        let before = text.find(name).map_or("", |at| &text[..at]).to_lowercase();
        let cue = before.split_whitespace().next_back().unwrap_or("");
        let cue = cue.trim_end_matches([':', '：', '｜', '|', '／', '/']);
        let is_cue = |by: &String| by == cue || is_dense(by) && cue.ends_with(by.as_str());
        signs.add("behind by", self.lexicon.list("by").iter().any(is_cue));
        signs.add("first in line", before.is_empty());
        let loud = name.to_uppercase();
        signs.add("shouted", loud != name && block.text.contains(&loud));
        signs.add("dated", !dates::dates(&block.text, self.lexicon).is_empty());
        signs.add("noise", noise_of(&block.text, self.lexicon).is_some());
        let rest = width(&block.text).saturating_sub(width(name));
        signs.bin("beside", float(rest), &[1.0, 6.0, 20.0, 50.0, 100.0]);
        let words: Vec<String> =
            name.to_lowercase().split_whitespace().map(str::to_owned).collect();
        signs.bin("words", float(words.len()), &[2.0, 3.0, 4.0]);
        let common =
            words.iter().filter(|word| self.vocabulary.contains_key(word.as_str())).count();
        signs.bin("common words", ratio(common, words.len().max(1)), &[0.01, 0.6, 0.99]);
        let small = words.iter().filter(|word| self.small.contains(word.as_str())).count();
        signs.bin("small elsewhere", ratio(small, words.len().max(1)), &[0.01, 0.6]);
        signs.add("above", at < first);
        signs.add("below", at > last);
        signs.add("among", at > first && at < last);
        signs.bin(
            "from body",
            float(at.abs_diff(first).min(at.abs_diff(last))),
            &[2.0, 4.0, 8.0, 16.0],
        );
        signs.bin(
            "from headline",
            headline.map_or(99.0, |line| float(line.abs_diff(at))),
            &[2.0, 3.0, 6.0, 12.0, 99.0],
        );
        signs.add("before headline", headline.is_some_and(|line| at < line));
        let again = self.blocks.iter().filter(|block| block.text.contains(name)).count();
        signs.bin("again", float(again), &[2.0, 3.0, 5.0]);
        signs.add("company", self.gazetteer.names_one(name));
        let [given, family] = [words.first(), words.last()].map(|word| word.map_or("", |w| w));
        signs.add("given name", List::Given.has(given));
        signs.add("family name", List::Family.has(family));
        signs.add("job", self.credits.has_job(&text));
        signs.add("job inside", self.credits.has_job(name));
        signs.add("desk", self.credits.is_desk(name));
        signs.done()
    }

    /// The people that a line about the article names.
    fn named(&self, text: &str) -> Vec<String> {
        let text = &plain_marks(text);
        if width(text) > NAMED_LINE_WIDTH {
            return Vec::new();
        }
        let found = dates::dates(text, self.lexicon);
        if let Some(names) = self.credits.byline(text) {
            return names;
        }
        if found.is_empty()
            && let Some((names, _)) = self.credits.names_line(text)
        {
            return names;
        }
        let (authors, _, rest) = self.credits.segments(text, &found);
        if rest > BYLINE_WORDS_LEFT { Vec::new() } else { authors }
    }
}

/// A line with a space where two of its elements were glued together: `Jane RoeEditor`.
fn unglued(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut small = 0;
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        let follows = chars.peek().is_some_and(|next| next.is_lowercase());
        if c.is_uppercase() && small >= 2 && follows {
            out.push(' ');
        }
        small = if c.is_lowercase() { small + 1 } else { 0 };
        out.push(c);
    }
    out
}

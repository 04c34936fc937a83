//! The headline of a text without lines: a stretch of its pieces, chosen among all that begin and end near
//! the body.

use rustc_hash::FxHashMap;

use super::features::Vocabulary;
use super::headline::{Headline, told, told_words, without_suffix};
use super::model::{LABELS, Label};
use super::ranking::{Candidate, Features};
use super::thresholds::{
    STRETCH_AGAIN_BYTES, STRETCH_BEFORE_BODY_PIECES, STRETCH_BEHIND_BYTES,
    STRETCH_INTO_BODY_PIECES, STRETCH_PIECES, STRETCH_PROSE_PIECES, STRETCH_WIDTHS,
};
use super::units::Unit;
use super::{ends_sentence, ratio, width};
use crate::understand::features::float;
use crate::understand::lexicon::{Lexicon, is_dense};

/// A text without lines, cut into pieces.
pub(super) struct Pieces<'a> {
    pub(super) text: &'a str,
    pub(super) units: &'a [Unit<'a>],
    pub(super) labels: &'a [Label],
    pub(super) likelihoods: &'a [[f64; LABELS]],
    pub(super) lexicon: &'a Lexicon,
    /// Words that occur on many sites outside articles.
    pub(super) vocabulary: &'a Vocabulary,
}

/// What is asked of a text again and again.
struct TextContext<'a> {
    /// Where the body begins.
    first: usize,
    /// The start of the text, in which the headline may come back.
    top: &'a str,
    /// The body in small letters.
    prose: String,
    /// The pieces in small letters, without marks, and how often each stands.
    plain: Vec<String>,
    often: FxHashMap<String, usize>,
    /// What is asked of a piece in each stretch that holds it.
    facts: Vec<PieceFacts>,
}

/// What a piece is, whatever stretch holds it.
struct PieceFacts {
    /// It stands on many sites outside articles.
    is_menu: bool,
    /// A sentence begins with it.
    begins: bool,
    /// A sentence ends with it.
    ends: bool,
    /// Whether its first and its last word are function words.
    function: [bool; 2],
    /// How many of its longer words the body has, and how many it has itself.
    told: (usize, usize),
}

impl<'a> Pieces<'a> {
    /// All stretches that may be the headline, with what is seen of them.
    pub(super) fn headlines(&self) -> Vec<Candidate<Headline>> {
        let around = self.around();
        let from = around.first.saturating_sub(STRETCH_BEFORE_BODY_PIECES);
        let to = self.units.len().min(around.first + STRETCH_INTO_BODY_PIECES);
        // What stands on either side is the same for all that begin or end there.
        let behind: Vec<Vec<String>> = (from..self.units.len().min(to + STRETCH_PIECES))
            .map(|stop| self.behind(stop, &around))
            .collect();
        let mut out = Vec::new();
        for start in from..to {
            let before = self.before(start, &around);
            // A longer stretch does not stand more often.
            let mut times = usize::MAX;
            for stop in start..self.units.len().min(start + STRETCH_PIECES) {
                let words = self.words(start, stop);
                if width(words) >= STRETCH_WIDTHS.end {
                    break;
                }
                if width(words) < STRETCH_WIDTHS.start {
                    continue;
                }
                if times > 1 {
                    times = around.top.matches(words).count();
                }
                let beside = [&before[..], &behind[stop - from]];
                let signs = self.signs(start, stop, &around, times, beside);
                let trimmed = words.trim_matches(|c: char| is_mark(c) || c == ' ');
                let (title, suffix) = without_suffix(trimmed, &around.prose, |_| false);
                let suffix = suffix.map(str::to_owned);
                let value = Headline { text: title.to_owned(), suffix, at: start };
                out.push(Candidate { value, signs });
            }
        }
        out
    }

    fn around(&self) -> TextContext<'a> {
        let is_body = |label: &Label| *label == Label::Body;
        let first = self.labels.iter().position(is_body).unwrap_or(self.units.len());
        let body = self.units.iter().zip(self.labels).filter(|(_, label)| is_body(label));
        let prose: String = body
            .take(STRETCH_PROSE_PIECES)
            .map(|(unit, _)| unit.text.to_lowercase() + " ")
            .collect();
        let plain: Vec<String> = self.units.iter().map(|unit| plain(unit.text)).collect();
        let mut often = FxHashMap::default();
        for text in &plain {
            *often.entry(text.clone()).or_default() += 1;
        }
        let top = (0..=STRETCH_AGAIN_BYTES.min(self.text.len()))
            .rev()
            .find(|at| self.text.is_char_boundary(*at));
        let pieces = self.units.iter().zip(&plain);
        let facts = pieces.map(|(unit, plain)| self.facts(unit.text, plain, &prose)).collect();
        TextContext { first, top: &self.text[..top.unwrap_or(0)], prose, plain, often, facts }
    }

    fn facts(&self, text: &str, plain: &str, prose: &str) -> PieceFacts {
        let mut words = text.split(' ');
        let first = words.next().unwrap_or("");
        let last = text.split_whitespace().last().unwrap_or("");
        let function = [first, last].map(|word| self.is_function(word));
        PieceFacts {
            is_menu: self.vocabulary.contains_key(plain),
            begins: function[0] && !is_small(first) && words.next().is_some_and(is_small),
            ends: ends_sentence(text),
            function,
            told: told_words(text, prose),
        }
    }

    fn end(&self, at: usize) -> usize {
        self.units[at].at + self.units[at].text.len()
    }

    fn words(&self, start: usize, stop: usize) -> &'a str {
        &self.text[self.units[start].at..self.end(stop)]
    }

    fn likely(&self, at: usize, label: Label) -> f64 {
        self.likelihoods.get(at).map_or(0.0, |row| row[label as usize])
    }

    /// All signs of a stretch; `beside` are those of what stands before and behind it.
    fn signs(
        &self,
        start: usize,
        stop: usize,
        around: &TextContext<'_>,
        times: usize,
        beside: [&[String]; 2],
    ) -> Vec<String> {
        let mut signs = Features::default();
        self.labels(start, stop, &mut signs);
        self.again(start, stop, around, times, &mut signs);
        self.form(start, stop, around, &mut signs);
        for known in beside {
            signs.extend(known);
        }
        let words = self.words(start, stop);
        let told = if is_dense(words) {
            told(words, &around.prose)
        } else {
            let told = around.facts[start..=stop].iter().map(|facts| facts.told);
            let (told, all) = told.fold((0, 0), |sum, one| (sum.0 + one.0, sum.1 + one.1));
            ratio(told, all.max(1))
        };
        signs.bin("told in body", told, &[0.01, 0.25, 0.5, 0.75, 0.95]);
        let gap = |at: usize| {
            let distance = float(around.first.abs_diff(at));
            if at > around.first { -distance } else { distance }
        };
        let limits = [-20.0, -8.0, -3.0, 0.0, 1.0, 2.0, 4.0, 8.0, 16.0, 32.0, 64.0];
        signs.bin("gap", gap(stop + 1), &limits);
        signs.bin("gap from start", gap(start), &[-8.0, 0.0, 1.0, 4.0, 10.0, 20.0, 40.0, 80.0]);
        signs.done()
    }

    /// What the model of pieces takes it for.
    fn labels(&self, start: usize, stop: usize, signs: &mut Features) {
        let headline = |at: usize| self.likely(at, Label::Headline);
        let mean = (start..=stop).map(headline).sum::<f64>() / float(stop + 1 - start);
        signs.bin("mean", mean, &[0.01, 0.02, 0.04, 0.08, 0.15, 0.3, 0.5]);
        let outside = headline(start.wrapping_sub(1)).max(1e-4);
        signs.bin("rise", headline(start) / outside, &[1.0, 1.3, 2.0, 4.0]);
        signs.bin("fall", headline(stop) / headline(stop + 1).max(1e-4), &[1.0, 1.3, 2.0, 4.0]);
        signs.bin("byline behind", self.likely(stop + 1, Label::Byline), &[0.1, 0.2, 0.4, 0.7]);
        let byline = (start..=stop).map(|at| self.likely(at, Label::Byline)).fold(0.0, f64::max);
        signs.bin("byline inside", byline, &[0.2, 0.4]);
        let name = |at: Option<usize>| {
            at.and_then(|at| self.labels.get(at)).map_or("nothing", |label| label.name())
        };
        signs.add(&format!("{} before", name(start.checked_sub(1))), true);
        signs.add(&format!("{} first", name(Some(start))), true);
        signs.add(&format!("{} last", name(Some(stop))), true);
        signs.add(&format!("{} next", name(Some(stop + 1))), true);
    }

    /// Whether it stands more than once: in the page's title, in its path, among the most read.
    fn again(
        &self,
        start: usize,
        stop: usize,
        around: &TextContext<'_>,
        again: usize,
        signs: &mut Features,
    ) {
        let words = self.words(start, stop);
        let times = |words: &str| around.top.matches(words).count();
        signs.bin("again", float(again), &[2.0, 3.0]);
        if again > 1 {
            let grows = start > 0
                && times(&self.text[self.units[start - 1].at..self.end(stop)]) == again
                || stop + 1 < self.units.len() && times(self.words(start, stop + 1)) == again;
            signs.add("part of a phrase", grows);
            if !grows {
                signs.bin("phrase", float(width(words)), &[20.0, 35.0, 50.0]);
                let at = self.units[start].at;
                signs.add("last time", around.top.rfind(words) == Some(at));
                let behind = self.text[self.end(stop)..].find(words);
                signs.add("beside itself", behind.is_some_and(|gap| gap < 30));
            }
        }
        let rest = self.text[self.end(stop)..].trim_start();
        let head: String = words.chars().take(25).collect();
        signs.add("goes on alike", rest.starts_with(&head));
    }

    /// How it is written.
    fn form(&self, start: usize, stop: usize, around: &TextContext<'_>, signs: &mut Features) {
        let text = self.words(start, stop);
        let words: Vec<&str> = text.split_whitespace().collect();
        let small = |words: &[&str]| {
            let small = words.iter().filter(|word| is_small(word)).count();
            ratio(small, words.len().max(1))
        };
        signs.bin("small words", small(&words), &[0.01, 0.2, 0.4, 0.6, 0.8]);
        signs.bin("small at first", small(&words[..words.len().min(4)]), &[0.01, 0.3, 0.6]);
        let last = &words[words.len().saturating_sub(4)..];
        signs.bin("small at last", small(last), &[0.01, 0.3, 0.6]);
        let limits = [20.0, 30.0, 40.0, 50.0, 60.0, 75.0, 90.0, 110.0, 140.0];
        signs.bin("wide", float(width(text)), &limits);
        let facts = &around.facts[start..=stop];
        signs.add("stop inside", facts[..stop - start].iter().any(|facts| facts.ends));
        signs.add("full stop", text.ends_with(['.', '。']));
        signs.add("asks or calls", text.ends_with(['?', '!', '？', '！']));
        signs.add("comma", text.ends_with([',', '，', '、']));
        signs.add("mark behind", text.ends_with(is_mark));
        signs.add("mark inside", [" | ", " / ", " > ", " • "].iter().any(|m| text.contains(m)));
        signs.add("colon inside", text.contains(": "));
        let count = |marks: &[char]| text.matches(marks).count();
        let open = count(&['„', '«', '‹']) != count(&['»', '›'])
            && count(&['„', '«', '‹', '“']) != count(&['”', '»', '›', '“']);
        signs.add("quotation open", open || count(&['“']) > count(&['”', '„']));
        signs.add("number", text.contains(|c: char| c.is_ascii_digit()));
        signs.add("year", text.contains("20") && text.contains(|c: char| c.is_ascii_digit()));
        let end = words.last().copied().unwrap_or("");
        signs.add("ends with a function word", around.facts[stop].function[1]);
        signs.add("ends short", is_small(end) && end.chars().count() <= 3);
        signs.add("starts with a function word", around.facts[start].function[0]);
        signs.add("starts with a quotation", text.starts_with(['"', '“', '„', '«', '‘']));
        signs.add("last piece long", self.units[stop].text.split(' ').count() > 4);
        let first = self.units[start].text;
        signs.add("first piece goes on", first.split(' ').nth(1).is_some_and(is_small));
        let menus = facts.iter().filter(|facts| facts.is_menu).count();
        signs.bin("words of menus", ratio(menus, facts.len()), &[0.01, 0.15, 0.3, 0.5]);
        signs.add("menu first", around.facts[start].is_menu);
        signs.add("menu last", around.facts[stop].is_menu);
        signs.add("a sentence begins inside", facts[1..].iter().any(|facts| facts.begins));
        let often = around.often.get(&around.plain[start]).copied().unwrap_or(0);
        signs.bin("first piece again", float(often), &[2.0, 3.0, 5.0]);
        let in_body = around.prose.contains(plain(words.first().unwrap_or(&"")).as_str());
        signs.add("starts in body", in_body);
    }

    /// What stands before it.
    fn before(&self, start: usize, around: &TextContext<'_>) -> Vec<String> {
        let mut signs = Features::default();
        signs.add("first", start == 0);
        let Some(at) = start.checked_sub(1) else { return signs.list() };
        let text = self.units[at].text;
        let last = text.rsplit(' ').next().unwrap_or(text);
        signs.add("sentence before", ends_sentence(text));
        signs.add("mark before", text.ends_with(is_mark));
        signs.add("colon before", text.ends_with(':'));
        let often = around.often.get(&around.plain[at]).copied().unwrap_or(0);
        signs.bin("piece before again", float(often), &[2.0, 3.0, 5.0]);
        let single = |at: usize| !self.units[at].text.contains(' ');
        let run = (0..start).rev().take(12).take_while(|at| single(*at)).count();
        signs.bin("single words before", float(run), &[1.0, 2.0, 3.0, 5.0, 8.0]);
        let pieces = &self.units[start.saturating_sub(5)..start];
        let words: Vec<&str> = pieces.iter().flat_map(|unit| unit.text.split(' ')).collect();
        let small = words.iter().filter(|word| is_small(word)).count();
        signs.bin("small words before", ratio(small, words.len().max(1)), &[0.01, 0.15, 0.3, 0.5]);
        signs.add("button before", self.begins_with("chrome", &around.plain[at]));
        signs.add("function word before", self.is_function(last));
        signs.add("small word before", is_small(last));
        signs.add("menu before", around.facts[at].is_menu);
        signs.add("menu before that", at > 0 && around.facts[at - 1].is_menu);
        signs.add("before is in body", around.prose.contains(plain(last).as_str()));
        signs.list()
    }

    /// What stands behind it.
    fn behind(&self, stop: usize, around: &TextContext<'_>) -> Vec<String> {
        let mut signs = Features::default();
        let rest = self.text[self.end(stop)..].trim_start();
        let end =
            (0..=STRETCH_BEHIND_BYTES.min(rest.len())).rev().find(|at| rest.is_char_boundary(*at));
        let rest = &rest[..end.unwrap_or(0)];
        let lower = rest.to_lowercase();
        signs.add("by next", self.begins_with("by", &lower));
        let published = ["published", "updated"].iter().any(|list| self.begins_with(list, &lower));
        signs.add("published next", published);
        signs.add("button next", self.begins_with("chrome", &lower));
        let words: Vec<&str> = rest.split_whitespace().collect();
        let numbered = |word: &&str| word.starts_with(|c: char| c.is_ascii_digit());
        signs.add("number next", words.iter().take(3).any(numbered));
        let capital = |word: &&str| word.starts_with(char::is_uppercase);
        let named = words.len() > 2 && words[..2].iter().all(capital);
        signs.add("name and number next", named && words.iter().take(7).any(numbered));
        let sentence = rest.find(['.', '!', '?', '。']).map_or(rest, |at| &rest[..at]);
        let words: Vec<&str> = sentence.split_whitespace().collect();
        let small = words.iter().filter(|word| is_small(word)).count();
        signs.add("sentence next", words.len() > 7 && ratio(small, words.len()) > 0.45);
        let first = words.first().copied().unwrap_or("");
        signs.add("function word next", self.is_function(first));
        signs.add("next goes on", words.get(1).is_some_and(|word| is_small(word)));
        signs.add("menu next", around.facts.get(stop + 1).is_some_and(|facts| facts.is_menu));
        signs.add("next is in body", around.prose.contains(plain(first).as_str()));
        signs.list()
    }

    fn begins_with(&self, list: &str, lower: &str) -> bool {
        self.lexicon.begins(list, lower).is_some()
    }

    fn is_function(&self, word: &str) -> bool {
        let word = plain(word);
        let lists = ["function", "conj", "with", "definite", "places_before", "agent", "seller"];
        lists.iter().any(|list| self.lexicon.list(list).contains(&word))
    }
}

/// A mark that parts what stands side by side.
fn is_mark(c: char) -> bool {
    matches!(c, '|' | '>' | '»' | '›' | '•' | '/' | ':' | '-' | '–' | '—' | '·')
}

fn is_small(word: &str) -> bool {
    word.starts_with(char::is_lowercase)
}

/// A word or piece in small letters without the marks around it.
fn plain(text: &str) -> String {
    text.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase()
}

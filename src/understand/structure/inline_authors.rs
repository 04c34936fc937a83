//! Who may have written a text without lines: names behind `By`, and before a day or a job.

use super::bylines::Credits;
use super::ends_sentence;
use super::inline_headline::Pieces;
use super::model::Label;
use super::ranking::Features;
use super::thresholds::{
    AUTHOR_BEFORE_BODY_PIECES, AUTHOR_BEHIND_BODY_PIECES, AUTHOR_BESIDE_BYTES, AUTHOR_DAY_BYTES,
    AUTHOR_INTO_BODY_PIECES, BYLINE_PIECE_LIKELIHOOD, NAME_WORDS,
};
use crate::source::floor;
use crate::understand::dates;
use crate::understand::lexicon::Lexicon;
use crate::understand::people::PARTICLES;

/// A name that may be that of an author.
#[derive(Clone, Debug)]
pub(super) struct Named {
    pub(super) name: String,
    /// The piece that it begins in.
    pub(super) at: usize,
    /// What is seen beside it.
    pub(super) signs: Vec<String>,
}

/// A word with its place in the text.
struct Word<'a> {
    text: &'a str,
    at: usize,
    unit: usize,
}

impl Word<'_> {
    fn bare(&self) -> &str {
        self.text.trim_end_matches([',', ';', ':', ')', '|', '•', '·'])
    }

    fn end(&self) -> usize {
        self.at + self.bare().len()
    }
}

/// What stands around a run of words with capitals.
#[derive(Default)]
struct Neighbours {
    /// `By`, `by`, or a name that has one is joined to it.
    cue: Option<&'static str>,
    day: bool,
    published: bool,
    job: bool,
}

impl Neighbours {
    fn tells(&self) -> bool {
        self.cue.is_some() || self.follows()
    }

    /// Whether what stands behind tells something.
    fn follows(&self) -> bool {
        self.day || self.published || self.job
    }
}

impl Pieces<'_> {
    /// All names that may be those of authors.
    pub(super) fn named(&self, credits: Credits<'_>) -> Vec<Named> {
        let is_body = |label: &Label| *label == Label::Body;
        let count = self.units.len();
        let first = self.labels.iter().position(is_body).unwrap_or(count);
        let last = self.labels.iter().rposition(is_body).unwrap_or(count);
        let head = first.saturating_sub(AUTHOR_BEFORE_BODY_PIECES)
            ..count.min(first + AUTHOR_INTO_BODY_PIECES);
        let tail =
            head.end.max(last)..count.min(last + AUTHOR_BEHIND_BODY_PIECES).max(head.end.max(last));
        let mut out = Vec::new();
        for units in [head, tail] {
            self.named_in(units, credits, &mut out);
        }
        out
    }

    fn named_in(&self, units: std::ops::Range<usize>, credits: Credits<'_>, out: &mut Vec<Named>) {
        let words: Vec<Word<'_>> = units
            .flat_map(|unit| {
                let (text, from) = (self.units[unit].text, self.units[unit].at);
                let place =
                    move |word: &str| from + (word.as_ptr() as usize - text.as_ptr() as usize);
                text.split_whitespace().map(move |word| Word { text: word, at: place(word), unit })
            })
            .collect();
        let mut at = 0;
        // Where the last name ended that has a cue.
        let mut cued = None;
        while at < words.len() {
            let end = run(&words, at, self.lexicon);
            if end == at {
                at += 1;
                continue;
            }
            let beside = self.beside(&words[at..end], cued);
            if beside.cue.is_some() {
                cued = Some(words[end - 1].end());
            }
            self.names_of(&words[at..end], &beside, credits, out);
            at = end;
        }
    }

    /// What stands around a run; `cued` is where the last name ended that has a cue.
    fn beside(&self, run: &[Word<'_>], cued: Option<usize>) -> Neighbours {
        let start = run[0].at;
        let before = &self.text[floor(self.text, start.saturating_sub(AUTHOR_BESIDE_BYTES))..start];
        let bare = before.trim_end_matches([' ', ':', '：', '\u{a0}', '|']);
        let lower = bare.to_lowercase();
        let ends = |cue: &&String| {
            lower
                .strip_suffix(cue.as_str())
                .is_some_and(|rest| !rest.ends_with(char::is_alphanumeric))
        };
        let cue = self.lexicon.list("by").iter().filter(ends).max_by_key(|cue| cue.len());
        let cue = match cue {
            Some(cue) => {
                let written = bare.get(bare.len() - cue.len()..).unwrap_or("");
                Some(match () {
                    () if before.len() > bare.len() + 1 => "cue with a mark",
                    () if written.starts_with(char::is_uppercase) => "cue",
                    () => "small cue",
                })
            }
            None => cued
                .filter(|end| {
                    let gap = self.text.get(*end..start).unwrap_or("-").trim();
                    let gap = gap.trim_start_matches(',').trim();
                    gap.is_empty() || self.lexicon.list("conj").iter().any(|word| word == gap)
                })
                .map(|_| "joined"),
        };
        let end = run[run.len() - 1].end();
        let rest =
            &self.text[end..floor(self.text, (end + AUTHOR_BESIDE_BYTES).min(self.text.len()))];
        let day = dates::dates(rest, self.lexicon)
            .first()
            .is_some_and(|day| day.span.start < AUTHOR_DAY_BYTES);
        let lower = rest.to_lowercase();
        let lower = lower.trim_start_matches([' ', ',', '|', '·', '•', '-', '–', '(']);
        let begins = |list: &str| self.lexicon.begins(list, lower).is_some();
        let published = begins("published") || begins("updated");
        Neighbours { cue, day, published, job: begins("job") }
    }

    /// The run as a name, and the first or last words of a longer one.
    fn names_of(
        &self,
        run: &[Word<'_>],
        beside: &Neighbours,
        credits: Credits<'_>,
        out: &mut Vec<Named>,
    ) {
        let byline = self.likelihoods[run[0].unit][Label::Byline as usize];
        if !beside.tells() && byline < BYLINE_PIECE_LIKELIHOOD {
            return;
        }
        let count = run.len();
        let mut parts = vec![(0, count, "whole")];
        for n in *NAME_WORDS.start()..count.min(*NAME_WORDS.end()) {
            if beside.cue.is_some() {
                parts.push((0, n, "its first words"));
            }
            if beside.follows() {
                parts.push((count - n, count, "its last words"));
            }
        }
        for (from, to, which) in parts {
            let words: Vec<&str> = run[from..to].iter().map(Word::bare).collect();
            if !NAME_WORDS.contains(&words.len()) {
                continue;
            }
            let name = credits.bare_name(&words.join(" "));
            if !credits.is_person(&name) {
                continue;
            }
            let mut signs = Features::default();
            signs.add(beside.cue.unwrap_or("no cue"), true);
            signs.add(which, true);
            signs.add("day behind", beside.day);
            signs.add("published behind", beside.published);
            signs.add("job behind", beside.job);
            let before = self.text[..run[from].at].trim_end();
            let last = before.rsplit(' ').next().unwrap_or("");
            signs.add("sentence before", ends_sentence(before));
            signs.add("small word before", last.starts_with(char::is_lowercase));
            signs.add("capital before", last.starts_with(char::is_uppercase));
            let rest = self.text[run[to - 1].end()..].trim_start();
            signs.add("capital behind", rest.starts_with(char::is_uppercase));
            signs.add("small word behind", rest.starts_with(char::is_lowercase));
            out.push(Named { name, at: run[from].unit, signs: signs.list() });
        }
    }
}

/// Where a run of words ends that a name may consist of; `at` where none begins.
fn run(words: &[Word<'_>], at: usize, lexicon: &Lexicon) -> usize {
    let mut end = at;
    while let Some(word) = words.get(end) {
        let particle = end > at && PARTICLES.contains(&word.text);
        if !particle && !is_name(word.bare(), lexicon) {
            break;
        }
        end += 1;
        if word.bare().len() < word.text.len() {
            break;
        }
    }
    while end > at && PARTICLES.contains(&words[end - 1].text) {
        end -= 1;
    }
    end
}

/// Whether a word may be one of a name: with a capital, and neither a cue nor a day or month.
pub(super) fn is_name(word: &str, lexicon: &Lexicon) -> bool {
    let letters = |c: char| c.is_alphabetic() || matches!(c, '-' | '.' | '\'' | '’');
    let cues = ["by", "job", "published", "updated", "desk", "conj"];
    let lower = || word.to_lowercase();
    word.starts_with(char::is_uppercase)
        && word.chars().all(letters)
        && !lexicon.is_day_or_month(word)
        && !cues.iter().any(|list| lexicon.list(list).contains(&lower()))
}

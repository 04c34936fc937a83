//! The headline: the line that most looks like one, without the name of the site.

use std::hash::{Hash, Hasher};

use super::model::Label;
use super::noise::noise_of;
use super::ranking::{Candidate, Features};
use super::thresholds::{
    HEADLINE_BEFORE_BODY_LINES, HEADLINE_BEFORE_SUFFIX_WIDTH, HEADLINE_INTO_BODY_LINES,
    HEADLINE_LINE_WIDTHS, SUFFIX_WIDTH, SUFFIX_WORDS,
};
use super::{Block, Reader, ratio, width};
use crate::understand::features::float;
use crate::understand::lexicon::is_dense;

/// A line that may be the headline; wherever the same words stand, they are the same headline.
#[derive(Clone, Debug)]
pub struct Headline {
    /// Its words, without the site's name.
    pub text: String,
    /// The name that stood behind it.
    pub suffix: Option<String>,
    /// Where it stands among the segments.
    pub at: usize,
}

impl PartialEq for Headline {
    fn eq(&self, other: &Self) -> bool {
        self.text == other.text
    }
}

impl Eq for Headline {}

impl Hash for Headline {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.text.hash(state);
    }
}

impl Reader<'_> {
    /// All lines that may be the headline, with what is seen of them.
    pub(super) fn headlines(&self, first: usize, body: &[Block]) -> Vec<Candidate<Headline>> {
        let prose: String = body.iter().map(|block| block.text.to_lowercase() + "\n").collect();
        let likely = |at: usize| self.blocks[at].likely[Label::Headline as usize];
        let places: Vec<usize> = (first.saturating_sub(HEADLINE_BEFORE_BODY_LINES)
            ..self.blocks.len().min(first + HEADLINE_INTO_BODY_LINES))
            .filter(|at| {
                let text = &self.blocks[*at].text;
                HEADLINE_LINE_WIDTHS.contains(&width(text)) && text.chars().any(char::is_alphabetic)
            })
            .collect();
        let most = places.iter().map(|at| likely(*at)).fold(0.0, f64::max);
        let signs = |at: usize, text: &str, suffix: Option<&str>, is_whole: bool| {
            let block = &self.blocks[at];
            let mut signs = Features::default();
            signs.bin("likely", likely(at), &[0.02, 0.05, 0.1, 0.2, 0.35, 0.6, 0.85]);
            signs.add("likeliest", likely(at) >= most);
            signs.bin("of likeliest", likely(at) / most.max(1e-9), &[0.1, 0.3, 0.6, 0.9]);
            signs.bin("told in body", told(text, &prose), &[0.01, 0.2, 0.4, 0.6, 0.8]);
            let limits = [16.0, 28.0, 40.0, 60.0, 90.0, 130.0, 180.0];
            signs.bin("wide", float(width(text)), &limits);
            let distance = if at >= first { -float(at - first) - 1.0 } else { float(first - at) };
            signs.bin("before body", distance, &[-1.0, 0.0, 2.0, 3.0, 5.0, 9.0, 16.0, 30.0]);
            let byline =
                |at: usize| self.blocks.get(at).map_or(0.0, |b| b.likely[Label::Byline as usize]);
            let below = (at + 1..at + 4).map(byline).fold(0.0, f64::max);
            signs.bin("byline below", below, &[0.2, 0.5, 0.9]);
            signs.bin("byline", byline(at), &[0.2, 0.5]);
            signs.bin("body", block.likely[Label::Body as usize], &[0.1, 0.35, 0.7]);
            signs.add("full stop", text.ends_with(['.', '。']));
            signs.add("noise", noise_of(&block.text, self.lexicon).is_some());
            signs.add("section", is_section(text));
            if let Some(suffix) = suffix {
                let with = self.blocks.iter().filter(|block| block.text.contains(suffix)).count();
                let kind = if is_whole { "suffix kept" } else { "suffix" };
                signs.add(kind, true);
                signs.bin(&format!("{kind} in lines"), float(with), &[2.0, 3.0, 5.0]);
            }
            let columns = text.contains(" | ") || text.contains("  ") || text.contains(" > ");
            signs.add("columns", columns);
            signs.add("small letter", text.starts_with(char::is_lowercase));
            signs.add("first line", at == 0);
            signs.add("bullet", block.bullet);
            let again = self.blocks.iter().enumerate().filter(|(other, _)| *other != at);
            let is_long = width(text) > 20;
            let (mut same, mut inside) = (0, 0);
            for (_, other) in again {
                if other.text == text {
                    same += 1;
                } else if is_long && other.text.contains(text) {
                    inside += 1;
                }
            }
            signs.bin("again", float(same), &[1.0, 2.0]);
            signs.bin("inside another", float(inside), &[1.0, 2.0]);
            let before =
                places.iter().filter(|other| **other < at && likely(**other) > 0.3).count();
            signs.bin("likely before", float(before), &[1.0, 2.0]);
            signs.done()
        };
        let mut out = Vec::new();
        for &at in &places {
            let whole = &self.blocks[at].text;
            let (bare, suffix) = without_suffix(whole, &prose, |_| false);
            let value = |text: &str, suffix: Option<&str>| Headline {
                text: text.to_owned(),
                suffix: suffix.map(str::to_owned),
                at,
            };
            let signs_of_bare = signs(at, bare, suffix, false);
            out.push(Candidate { value: value(bare, suffix), signs: signs_of_bare });
            if suffix.is_some() {
                let signs = signs(at, whole, suffix, true);
                out.push(Candidate { value: value(whole, None), signs });
            }
        }
        out
    }
}

/// How many of a headline's longer words occur in the body, from 0 to 1.
pub(super) fn told(text: &str, prose: &str) -> f64 {
    if is_dense(text) {
        let chars: Vec<char> = text.chars().filter(|c| c.is_alphanumeric()).collect();
        let pairs = chars.windows(2).map(|pair| pair.iter().collect::<String>());
        let told = pairs.filter(|pair| prose.contains(pair.as_str())).count();
        return ratio(told, chars.len().max(2) - 1);
    }
    let (told, all) = told_words(text, prose);
    ratio(told, all.max(1))
}

/// How many of the longer words of a text occur in the body, and how many there are.
pub(super) fn told_words(text: &str, prose: &str) -> (usize, usize) {
    let lower = text.to_lowercase();
    let words = lower.split(|c: char| !c.is_alphanumeric());
    let long = words.filter(|word| word.chars().count() > 3);
    long.fold((0, 0), |(told, all), word| (told + usize::from(prose.contains(word)), all + 1))
}

/// A headline without the site's name behind it.
pub(super) fn without_suffix<'a>(
    title: &'a str,
    prose: &str,
    is_site: impl Fn(&str) -> bool,
) -> (&'a str, Option<&'a str>) {
    for mark in [" | ", " - ", " – ", " — ", "｜", "_", " · ", "|"] {
        let Some((head, suffix)) = title.rsplit_once(mark) else { continue };
        let (head, suffix) = (head.trim_end(), suffix.trim());
        // `Telenor renews: – Safer than a change` is quoted in the Nordic way.
        if width(head) <= HEADLINE_BEFORE_SUFFIX_WIDTH || suffix.is_empty() || head.ends_with(':') {
            continue;
        }
        let capital = !suffix.chars().next().is_some_and(char::is_lowercase);
        let short =
            suffix.split_whitespace().count() <= SUFFIX_WORDS && width(suffix) <= SUFFIX_WIDTH;
        let told = prose.contains(&suffix.to_lowercase());
        if is_site(suffix) || short && capital && !told {
            return (head, Some(suffix));
        }
    }
    (title, None)
}

/// Whether a line names a section: it is in capitals.
pub(super) fn is_section(text: &str) -> bool {
    text.chars().any(char::is_alphabetic) && text.to_uppercase() == text && !is_dense(text)
}

//! The headline: the line that most looks like one, without the name of the site.

use super::model::{LABELS, Label};
use super::noise::noise_of;
use super::ranking::{Candidate, Signs};
use super::units::Unit;
use super::{Block, Reader, float, ratio, width};
use crate::understand::lexicon::is_dense;

/// Farther from the body no headline is looked for, in lines.
const NEAR: usize = 60;

/// A line that may be the headline.
#[derive(Clone, Debug)]
pub struct Headline {
    /// Its words, without the site's name.
    pub text: String,
    /// The name that stood behind it.
    pub suffix: Option<String>,
    /// Where it stands among the segments.
    pub at: usize,
}

impl Reader<'_> {
    /// All lines that may be the headline, with what is seen of them.
    pub(super) fn headlines(&self, first: usize, body: &[Block]) -> Vec<Candidate<Headline>> {
        let prose: String = body.iter().map(|block| block.text.to_lowercase() + "\n").collect();
        let likely = |at: usize| self.blocks[at].likely[Label::Headline as usize];
        let places: Vec<usize> = (first.saturating_sub(NEAR)..self.blocks.len().min(first + 4))
            .filter(|at| {
                let text = &self.blocks[*at].text;
                (6..300).contains(&width(text)) && text.chars().any(char::is_alphabetic)
            })
            .collect();
        let most = places.iter().map(|at| likely(*at)).fold(0.0, f64::max);
        places
            .iter()
            .map(|&at| {
                let block = &self.blocks[at];
                let (text, suffix) = without_suffix(&block.text, &prose, |_| false);
                let mut signs = Signs::default();
                signs.bin("likely", likely(at), &[0.02, 0.05, 0.1, 0.2, 0.35, 0.6, 0.85]);
                signs.add("likeliest", likely(at) >= most);
                signs.bin("of likeliest", likely(at) / most.max(1e-9), &[0.1, 0.3, 0.6, 0.9]);
                signs.bin("told in body", told(text, &prose), &[0.01, 0.2, 0.4, 0.6, 0.8]);
                signs.bin(
                    "wide",
                    float(width(text)),
                    &[16.0, 28.0, 40.0, 60.0, 90.0, 130.0, 180.0],
                );
                let distance =
                    if at >= first { -float(at - first) - 1.0 } else { float(first - at) };
                signs.bin("before body", distance, &[-1.0, 0.0, 2.0, 3.0, 5.0, 9.0, 16.0, 30.0]);
                let byline = |at: usize| {
                    self.blocks.get(at).map_or(0.0, |b| b.likely[Label::Byline as usize])
                };
                let below = (at + 1..at + 4).map(byline).fold(0.0, f64::max);
                signs.bin("byline below", below, &[0.2, 0.5, 0.9]);
                signs.bin("byline", byline(at), &[0.2, 0.5]);
                signs.bin("body", block.likely[Label::Body as usize], &[0.1, 0.35, 0.7]);
                signs.add("full stop", text.ends_with(['.', '。']));
                signs.add("noise", noise_of(&block.text, self.lexicon).is_some());
                signs.add("section", is_section(text));
                signs.add("suffix", suffix.is_some());
                signs.add(
                    "columns",
                    text.contains(" | ") || text.contains("  ") || text.contains(" > "),
                );
                signs.add("small letter", text.starts_with(char::is_lowercase));
                signs.add("first line", at == 0);
                signs.add("bullet", block.bullet);
                let again = self.blocks.iter().enumerate().filter(|(other, _)| *other != at);
                let (mut same, mut inside) = (0, 0);
                for (_, other) in again {
                    if other.text == text {
                        same += 1;
                    } else if width(text) > 20 && other.text.contains(text) {
                        inside += 1;
                    }
                }
                signs.bin("again", float(same), &[1.0, 2.0]);
                signs.bin("inside another", float(inside), &[1.0, 2.0]);
                let before =
                    places.iter().filter(|other| **other < at && likely(**other) > 0.3).count();
                signs.bin("likely before", float(before), &[1.0, 2.0]);
                let text = text.to_owned();
                let value = Headline { text, suffix: suffix.map(str::to_owned), at };
                Candidate { value, signs: signs.done() }
            })
            .collect()
    }
}

/// How many pieces before the body a headline may begin, and how many it may have.
const REACH: usize = 150;
const MOST: usize = 40;
/// In how many bytes of a text a headline may come back.
const TOP: usize = 60_000;
/// How many places a headline may begin or end at.
const ENDS: usize = 24;

/// All stretches of a text without lines that may be its headline: from where its likelihood rises or a
/// repeated phrase begins to where it falls, or a byline or the body begins.
pub(super) fn stretches(
    text: &str,
    units: &[Unit<'_>],
    labels: &[Label],
    marginals: &[[f64; LABELS]],
) -> Vec<Candidate<Headline>> {
    let likely = |at: usize, label: Label| marginals.get(at).map_or(0.0, |row| row[label as usize]);
    let headline = |at: usize| likely(at, Label::Headline);
    let first = labels.iter().position(|label| *label == Label::Body).unwrap_or(units.len());
    let from = first.saturating_sub(REACH);
    let end = |at: usize| units[at].at + units[at].text.len();
    let prose: String =
        units[first..].iter().take(120).map(|unit| unit.text.to_lowercase() + " ").collect();
    let mark = |c: char| matches!(c, '|' | '>' | '»' | '›' | '•' | '/' | ':' | '-' | '–');
    let begins = |at: usize| {
        at == from || headline(at) > 1.25 * headline(at - 1) || units[at - 1].text.ends_with(mark)
    };
    let ends = |at: usize| {
        at + 1 == first
            || headline(at) > 1.25 * headline(at + 1)
            || likely(at + 1, Label::Byline) > 0.15
            || units[at].text.ends_with(mark)
            || units[at].text.ends_with(super::is_stop)
    };
    // Each pair is looked up in the whole text, so that only the likeliest are tried.
    let likeliest = |places: Vec<usize>, likely: &dyn Fn(usize) -> f64| {
        let mut places = places;
        places.sort_by(|a, b| likely(*b).total_cmp(&likely(*a)).then(a.cmp(b)));
        places.truncate(ENDS);
        places.sort_unstable();
        places
    };
    // A headline comes back near the top, in the page's title or its path.
    let top = (0..=TOP.min(text.len())).rev().find(|at| text.is_char_boundary(*at));
    let top = &text[..top.unwrap_or(0)];
    let starts = likeliest((from..first).filter(|at| begins(*at)).collect(), &headline);
    let behind = |at: usize| headline(at).max(likely(at + 1, Label::Byline));
    let stops = (from..(first + 6).min(units.len())).filter(|at| ends(*at)).collect();
    let stops = likeliest(stops, &behind);
    let mut out = Vec::new();
    for &start in &starts {
        for &stop in stops.iter().filter(|stop| **stop >= start && **stop < start + MOST) {
            let words = &text[units[start].at..end(stop)];
            if !(20..200).contains(&width(words)) {
                continue;
            }
            let mut signs = Signs::default();
            let count = stop + 1 - start;
            let mean = (start..=stop).map(headline).sum::<f64>() / float(count);
            let least = (start..=stop).map(headline).fold(1.0, f64::min);
            signs.bin("mean", mean, &[0.01, 0.02, 0.04, 0.08, 0.15, 0.3, 0.5]);
            signs.bin("least", least / mean.max(1e-9), &[0.2, 0.4, 0.6, 0.8]);
            let outside = headline(start.wrapping_sub(1)).max(1e-4);
            signs.bin("rise", headline(start) / outside, &[1.0, 1.3, 2.0, 4.0]);
            signs.bin("fall", headline(stop) / headline(stop + 1).max(1e-4), &[1.0, 1.3, 2.0, 4.0]);
            signs.bin("byline behind", likely(stop + 1, Label::Byline), &[0.1, 0.2, 0.4, 0.7]);
            signs.bin(
                "byline inside",
                (start..=stop).map(|at| likely(at, Label::Byline)).fold(0.0, f64::max),
                &[0.2, 0.4],
            );
            signs.bin(
                "before body",
                float(first.saturating_sub(stop + 1)),
                &[1.0, 2.0, 4.0, 8.0, 16.0, 40.0],
            );
            signs.bin("wide", float(width(words)), &[28.0, 40.0, 60.0, 80.0, 110.0, 150.0]);
            signs.bin("told in body", told(words, &prose), &[0.01, 0.2, 0.4, 0.6, 0.8]);
            let again = top.matches(words).count();
            signs.bin("again", float(again), &[2.0, 3.0]);
            let longer = |range: std::ops::Range<usize>| top.matches(&text[range]).count() == again;
            let grows = start > 0 && longer(units[start - 1].at..end(stop))
                || stop + 1 < units.len() && longer(units[start].at..end(stop + 1));
            signs.add("phrase", again > 1 && !grows);
            signs.add("part of a phrase", again > 1 && grows);
            signs.add("full stop", words.ends_with(['.', '。']));
            signs.add("mark before", start > 0 && units[start - 1].text.ends_with(mark));
            signs.add("mark behind", words.ends_with(mark));
            signs.add("into body", stop >= first);
            signs.add("first", start == 0);
            let small = words
                .split_whitespace()
                .filter(|word| word.starts_with(char::is_lowercase))
                .count();
            signs.bin(
                "small words",
                ratio(small, words.split_whitespace().count().max(1)),
                &[0.01, 0.25, 0.5, 0.75],
            );
            let (title, suffix) =
                without_suffix(words.trim_matches(|c: char| mark(c) || c == ' '), &prose, |_| {
                    false
                });
            let value =
                Headline { text: title.to_owned(), suffix: suffix.map(str::to_owned), at: start };
            out.push(Candidate { value, signs: signs.done() });
        }
    }
    out
}

/// How many of a headline's longer words occur in the body, from 0 to 1.
fn told(text: &str, prose: &str) -> f64 {
    if is_dense(text) {
        let chars: Vec<char> = text.chars().filter(|c| c.is_alphanumeric()).collect();
        let pairs = chars.windows(2).map(|pair| pair.iter().collect::<String>());
        let told = pairs.filter(|pair| prose.contains(pair.as_str())).count();
        return ratio(told, chars.len().max(2) - 1);
    }
    let lower = text.to_lowercase();
    let words: Vec<&str> = lower
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| word.chars().count() > 3)
        .collect();
    let told = words.iter().filter(|word| prose.contains(**word)).count();
    ratio(told, words.len().max(1))
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
        if width(head) <= 20 || suffix.is_empty() || head.ends_with(':') {
            continue;
        }
        let capital = !suffix.chars().next().is_some_and(char::is_lowercase);
        let short = suffix.split_whitespace().count() <= 4 && width(suffix) <= 32;
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

//! Which lines of a raw text are the article's, told by its clean body, title, authors and date.

use std::collections::HashMap;
use std::ops::Range;

use tearsheet::understand::dates;
use tearsheet::understand::features::float;
use tearsheet::understand::lexicon::Lexicon;
use tearsheet::understand::lexicon::is_dense_char;
use tearsheet::understand::structure::model::{LABELS, Label};
use tearsheet::understand::structure::units::Unit;

use crate::raw::Labelled;

/// Words that must follow one another to hold a place of the body in the raw text.
const ANCHOR: usize = 4;
/// A line is the body's if so many of its words are.
const SHARE: f64 = 0.6;

/// The words of a text in small letters; each Han, kana or Hangul character is one.
pub fn tokens(text: &str) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    let mut open = false;
    for c in text.chars().flat_map(char::to_lowercase) {
        if is_dense_char(c) {
            out.push(c.to_string());
            open = false;
        } else if c.is_alphanumeric() || c == '_' {
            if !open {
                out.push(String::new());
            }
            open = true;
            if let Some(last) = out.last_mut() {
                last.push(c);
            }
        } else {
            open = false;
        }
    }
    out
}

/// The labels that each line may have; more than one where nobody said.
pub fn allowed(units: &[Unit<'_>], text: &Labelled, lexicon: &Lexicon) -> Vec<[bool; LABELS]> {
    let lines: Vec<Vec<String>> = units.iter().map(|unit| tokens(unit.text)).collect();
    let raw: Vec<&str> = lines.iter().flatten().map(String::as_str).collect();
    let starts: Vec<usize> = lines
        .iter()
        .scan(0, |sum, line| {
            *sum += line.len();
            Some(*sum - line.len())
        })
        .collect();
    let range = |at: usize| starts[at]..starts[at] + lines[at].len();
    let body = tokens(&text.body);
    let body: Vec<&str> = body.iter().map(String::as_str).collect();
    let matched = matched(&raw, &body);
    let is_body: Vec<bool> = (0..units.len())
        .map(|at| {
            let hits = range(at).filter(|word| matched[*word]).count();
            let all = lines[at].len();
            all > 0 && float(hits) >= SHARE * float(all)
        })
        .collect();
    let first = is_body.iter().position(|own| *own).unwrap_or(units.len());
    let last = is_body.iter().rposition(|own| *own).map_or(units.len(), |at| at + 1);
    let mut named = vec![false; units.len()];
    for author in &text.authors {
        let name = tokens(author);
        for (at, window) in raw.windows(name.len().max(1)).enumerate() {
            if !name.is_empty() && window.iter().zip(&name).all(|(a, b)| a == b) {
                let from = starts.partition_point(|start| *start <= at) - 1;
                let to = starts.partition_point(|start| *start < at + name.len());
                named[from..to].fill(true);
            }
        }
    }
    let titled = headline_lines(&raw, text, &starts, &lines, first);
    (0..units.len())
        .map(|at| {
            let mut labels = [false; LABELS];
            let mut allow = |label: Label| labels[label as usize] = true;
            let near = at + 40 >= first && at < last + 15;
            let dated = near
                && !is_body[at]
                && units[at].text.chars().count() < 160
                && (named[at] || shows_date(units[at].text, text, lexicon));
            let maybe_dated = near
                && units[at].text.chars().count() < 120
                && !dates::dates(units[at].text, lexicon).is_empty();
            if titled.contains(&at) {
                allow(Label::Headline);
            } else if is_body[at] {
                allow(Label::Body);
            } else if dated {
                allow(Label::Byline);
            } else {
                allow(match at {
                    _ if at < first => Label::Menu,
                    _ if at < last => Label::Aside,
                    _ => Label::Tail,
                });
                if lines[at].is_empty() && (first..last).contains(&at) {
                    allow(Label::Body);
                }
                if text.titles.is_empty() && !text.complete && near && at < last {
                    allow(Label::Headline);
                }
                if maybe_dated
                    || near && !text.complete && (text.date.is_none() || text.authors.is_empty())
                {
                    allow(Label::Byline);
                }
            }
            labels
        })
        .collect()
}

/// The lines of the headline: those nearest before the body, if they are its words and nothing else.
fn headline_lines(
    raw: &[&str],
    text: &Labelled,
    starts: &[usize],
    lines: &[Vec<String>],
    first: usize,
) -> Vec<usize> {
    let mut found: Vec<Range<usize>> = Vec::new();
    for title in &text.titles {
        let words = tokens(title);
        if words.is_empty() {
            continue;
        }
        for (at, window) in raw.windows(words.len()).enumerate() {
            if window.iter().zip(&words).all(|(a, b)| a == b) {
                let from = starts.partition_point(|start| *start < at);
                let to = starts.partition_point(|start| *start < at + words.len());
                let whole = starts.get(from).is_some_and(|start| *start == at)
                    && lines[from..to].iter().map(Vec::len).sum::<usize>() == words.len();
                if whole {
                    found.push(from..to);
                }
            }
        }
    }
    found.sort_by_key(|range| (range.start, range.end));
    let before = found.iter().rfind(|range| range.end <= first + 2);
    before.or(found.first()).cloned().unwrap_or(0..0).collect()
}

fn shows_date(line: &str, text: &Labelled, lexicon: &Lexicon) -> bool {
    text.date.as_deref().is_some_and(|date| {
        let day = &date[..date.len().min(10)];
        dates::dates(line, lexicon).iter().any(|found| found.date.to_string() == day)
    })
}

/// Which words of a raw text are the body's: runs that stand in both, in the same order.
fn matched(raw: &[&str], body: &[&str]) -> Vec<bool> {
    let mut out = vec![false; raw.len()];
    let mut places: HashMap<&[&str], Vec<usize>> = HashMap::new();
    for (at, window) in body.windows(ANCHOR).enumerate() {
        places.entry(window).or_default().push(at);
    }
    // The longest rising chain of anchors (patience sorting); an anchor that stands twice counts where it fits.
    let mut tops: Vec<(usize, usize)> = Vec::new();
    let mut nodes: Vec<(usize, usize, Option<usize>)> = Vec::new();
    for (at, window) in raw.windows(ANCHOR).enumerate() {
        for &place in places.get(window).into_iter().flatten().rev() {
            let pile = tops.partition_point(|(top, _)| *top < place);
            let below = pile.checked_sub(1).map(|pile| tops[pile].1);
            nodes.push((at, place, below));
            let top = (place, nodes.len() - 1);
            if pile == tops.len() { tops.push(top) } else { tops[pile] = top }
        }
    }
    let mut chain = Vec::new();
    let mut node = tops.last().map(|top| top.1);
    while let Some(at) = node {
        chain.push((nodes[at].0, nodes[at].1));
        node = nodes[at].2;
    }
    chain.reverse();
    for (at, _) in &chain {
        out[*at..at + ANCHOR].fill(true);
    }
    // Between two anchors a short gap may hold words of both.
    let mut ends = vec![(0, 0)];
    ends.extend(chain.iter().map(|(at, place)| (at + ANCHOR, place + ANCHOR)));
    let mut begins = chain.clone();
    begins.push((raw.len(), body.len()));
    for ((from, body_from), (to, body_to)) in ends.into_iter().zip(begins) {
        if from < to && body_from < body_to && to - from <= 400 && body_to - body_from <= 400 {
            common(&raw[from..to], &body[body_from..body_to], &mut out[from..to]);
        }
    }
    out
}

/// Marks a longest common subsequence.
fn common(raw: &[&str], body: &[&str], out: &mut [bool]) {
    let width = body.len() + 1;
    let mut longest = vec![0u16; (raw.len() + 1) * width];
    for at in (0..raw.len()).rev() {
        for place in (0..body.len()).rev() {
            longest[at * width + place] = if raw[at] == body[place] {
                longest[(at + 1) * width + place + 1] + 1
            } else {
                longest[(at + 1) * width + place].max(longest[at * width + place + 1])
            };
        }
    }
    let (mut at, mut place) = (0, 0);
    while at < raw.len() && place < body.len() {
        if raw[at] == body[place] {
            out[at] = true;
            (at, place) = (at + 1, place + 1);
        } else if longest[(at + 1) * width + place] >= longest[at * width + place + 1] {
            at += 1;
        } else {
            place += 1;
        }
    }
}

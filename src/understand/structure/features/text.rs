//! A line among all lines of its text.

use rustc_hash::FxHashMap;

use super::super::noise::noise_of;
use super::super::ratio;
use super::super::units::Unit;
use super::super::width;
use super::Group;
use super::line::{Line, common_words, has_clock, is_shouted};
use crate::understand::dates::{self, FoundDate};
use crate::understand::lexicon::Lexicon;
use crate::understand::people;

/// Lists of the language data whose words begin a line that says so.
const CUES: [&str; 7] = ["by", "published", "updated", "source", "job", "about", "labels"];

/// Those whose longer words may stand anywhere in one.
const INSIDE: [&str; 8] =
    ["chrome", "related", "comments", "closing", "caption", "published", "job", "imprint"];

/// Marks that lines of one kind have.
const MARKS: [&[char]; 9] = [
    &['©', 'ⓒ', '®', '™'],
    &['|', '｜', '·', '•'],
    &['›', '>', '»', '→', '▶', '►', '＞'],
    &['/'],
    &['@'],
    &['#'],
    &['(', '（'],
    &['"', '“', '”', '„', '«', '「', '『'],
    &['+', '=', '{', '}', '<', '_', '*'],
];

/// A line as long is not looked at for dates.
const LONG_LINE_WIDTH: usize = 400;

/// A text with what has to be known of all of it.
pub(super) struct TextView<'a> {
    units: &'a [Unit<'a>],
    lexicon: &'a Lexicon,
    lines: Vec<Line>,
    /// How much running text there is before each line.
    sums: Vec<f64>,
    /// How often the same line occurs.
    again: Vec<usize>,
    stretch: (usize, usize),
    tight: (usize, usize),
    /// In how many long lines a word occurs.
    spread: FxHashMap<u64, usize>,
    lead: Vec<u64>,
    runs: Vec<usize>,
    /// How many words each line shares with running text before and behind it.
    links: Vec<(usize, usize)>,
    /// The stretch of running text that hangs together.
    linked: (usize, usize),
    /// How much of each line's words comes back in the running text after it.
    heads: Vec<usize>,
    /// The dates that each line shows.
    dates: Vec<Vec<FoundDate>>,
    /// Where a short line shows a whole one.
    dated: Vec<usize>,
}

impl<'a> TextView<'a> {
    pub(super) fn of(units: &'a [Unit<'a>], lexicon: &'a Lexicon) -> Self {
        let common = common_words(units, lexicon);
        let lines: Vec<Line> = units.iter().map(|unit| Line::of(unit.text, &common)).collect();
        let prose: Vec<f64> = lines.iter().map(Line::prose).collect();
        let mut sums = vec![0.0];
        for value in &prose {
            sums.push(sums[sums.len() - 1] + value);
        }
        let shown = |(line, unit): (&Line, &Unit<'_>)| {
            if line.width < LONG_LINE_WIDTH { dates::dates(unit.text, lexicon) } else { Vec::new() }
        };
        let dates: Vec<Vec<FoundDate>> = lines.iter().zip(units).map(shown).collect();
        let pieces = units.iter().filter(|unit| unit.glued).count() * 2 > units.len();
        // A line that is no sentence costs the stretch about as much as half a sentence brings.
        let (loose, close) = if pieces { (4.0, 12.0) } else { (25.0, 60.0) };
        let tight = best_stretch(&prose, close);
        let inside = &lines[tight.0..tight.1];
        let shared: Vec<(usize, usize)> = (0..lines.len())
            .map(|at| (link(&lines, at, (0..at).rev()), link(&lines, at, at + 1..lines.len())))
            .collect();
        let together: Vec<f64> = prose
            .iter()
            .zip(&shared)
            .map(|(prose, (before, after))| match before + after {
                0 => prose * 0.2,
                1 => prose * 0.6,
                _ => *prose,
            })
            .collect();
        Self {
            units,
            lexicon,
            sums,
            again: repetitions(&lines),
            stretch: best_stretch(&prose, loose),
            tight,
            spread: spread(inside),
            lead: inside.iter().flat_map(|line| line.content.iter().copied()).take(80).collect(),
            runs: runs(&lines),
            links: shared,
            linked: best_stretch(&together, close),
            heads: (0..lines.len()).map(|at| heads(&lines, at)).collect(),
            dated: (0..lines.len()).filter(|&at| is_dated(&lines[at], &dates[at])).collect(),
            dates,
            lines,
        }
    }

    /// The features of one line.
    pub(super) fn line(&self, at: usize) -> Vec<(Group, usize)> {
        let (line, unit) = (&self.lines[at], &self.units[at]);
        let count = self.lines.len();
        let mut out = vec![
            (Group::Width, bin(line.width, &[8, 16, 32, 56, 90, 140, 220, 400])),
            (Group::Words, bin(line.words, &[2, 3, 5, 8, 14, 24])),
            (Group::Stops, line.stops),
            (Group::End, line.end),
            (Group::Start, line.start),
            (Group::Function, share_bin(line.function, &[0.0, 0.12, 0.24, 0.36])),
            (Group::Capitals, share_bin(line.capitals, &[0.0, 0.25, 0.5, 0.99])),
            (Group::Topic, self.topic(line, at)),
            (Group::Place, at * 8 / count),
            (Group::Top, bin(at, &[1, 4, 12, 40])),
            (Group::Bottom, bin(count - 1 - at, &[1, 4, 12, 40])),
            (Group::Before, self.prose_in(at.saturating_sub(4), at)),
            (Group::After, self.prose_in(at + 1, at + 5)),
            (Group::WideBefore, self.prose_in(at.saturating_sub(14), at)),
            (Group::WideAfter, self.prose_in(at + 1, at + 15)),
            (Group::ShareBefore, self.share(self.sums[at])),
            (Group::ShareAfter, self.share(self.sums[count] - self.sums[at + 1])),
            (Group::Stretch, place(at, self.stretch)),
            (Group::Tight, place(at, self.tight)),
            (Group::ShortRun, bin(self.runs[at], &[1, 2, 3, 5, 12])),
            (Group::Lead, self.lead_words(line, at)),
        ];
        self.surroundings(line, at, &mut out);
        if self.again[at] > 1 {
            out.push((Group::Again, bin(self.again[at], &[3, 5])));
        }
        if unit.bullet {
            out.push((Group::Bullet, 0));
        }
        if unit.glued {
            out.push((Group::Glued, 0));
        }
        if is_shouted(unit.text) {
            out.push((Group::Shouted, 0));
        }
        self.facts(at, &mut out);
        out
    }

    /// What the lines around say: words in common, headings, dates.
    fn surroundings(&self, line: &Line, at: usize, out: &mut Vec<(Group, usize)>) {
        let none = line.content.is_empty();
        let shared = |count: usize| if none { 0 } else { 1 + bin(count, &[1, 2, 4]) };
        let (links_before, links_after) = self.links[at];
        let headed = (at.saturating_sub(25)..at).map(|at| self.heads[at]).max().unwrap_or(0);
        let next = self.dated.partition_point(|dated| *dated < at);
        let dated_before = next.checked_sub(1).and_then(|before| self.dated.get(before));
        let dated_after = self.dated[next..].iter().find(|dated| **dated > at);
        let near = |dated: Option<&usize>| {
            dated.map_or(5, |dated| bin(dated.abs_diff(at), &[2, 4, 9, 20]))
        };
        out.extend([
            (Group::LinkBefore, shared(links_before)),
            (Group::LinkAfter, shared(links_after)),
            (Group::Heads, self.heads[at]),
            (Group::Headed, headed.saturating_sub(1).min(4)),
            (Group::DateBefore, near(dated_before)),
            (Group::DateAfter, near(dated_after)),
            (Group::Linked, place(at, self.linked)),
        ]);
    }

    /// Dates, names, and words that say what a line is.
    fn facts(&self, at: usize, out: &mut Vec<(Group, usize)>) {
        let (line, text) = (&self.lines[at], self.units[at].text);
        let letters = text.chars().filter(|c| c.is_alphabetic()).count();
        let digits = text.chars().filter(char::is_ascii_digit).count();
        if digits > 0 {
            out.push((Group::Digits, bin(digits * 8 / (digits + letters), &[1, 3, 6])));
        }
        if digits > 0 && line.width < LONG_LINE_WIDTH {
            if let Some(first) = self.dates[at].first() {
                let rest = line.width.saturating_sub(width(&text[first.span.clone()]));
                out.push((Group::Date, bin(rest, &[12, 60])));
            }
            if has_clock(text) {
                out.push((Group::Clock, 0));
            }
        }
        let lexicons = self.lexicon.with_english();
        let head =
            line.lower.trim_start_matches(|c: char| !c.is_alphabetic() && c != '©' && c != '(');
        if line.width < 100 && lexicons.clone().any(|l| l.find("relative", &line.lower).is_some()) {
            out.push((Group::Ago, 0));
        }
        for (number, list) in CUES.iter().enumerate() {
            if lexicons.clone().any(|lexicon| lexicon.begins(list, head).is_some()) {
                out.push((Group::Cue, number));
            }
        }
        if let Some(noise) = lexicons.clone().find_map(|lexicon| noise_of(text, lexicon)) {
            out.push((Group::Noise, noise as usize));
        }
        if line.width < 300 {
            for (number, list) in INSIDE.iter().enumerate() {
                let long = |cue: &str| width(cue) >= 5;
                if lexicons.clone().any(|l| l.list(list).any_inside(&line.lower, long)) {
                    out.push((Group::Inside, number));
                }
            }
        }
        for (number, marks) in MARKS.iter().enumerate() {
            if text.contains(*marks) {
                out.push((Group::Mark, number));
            }
        }
        if line.width < 60 && people::is_name(text) {
            out.push((Group::Name, 0));
        }
        if text.starts_with(['“', '"', '„', '«', '「', '\'', '‘']) {
            out.push((Group::Quoted, 0));
        }
    }

    /// How many of a line's words the article's other lines have as well.
    fn topic(&self, line: &Line, at: usize) -> usize {
        if line.content.is_empty() {
            return 0;
        }
        let own = usize::from((self.tight.0..self.tight.1).contains(&at));
        let shared =
            line.content.iter().filter(|word| self.spread.get(word).copied().unwrap_or(0) > own);
        1 + share_bin(ratio(shared.count(), line.content.len()), &[0.0, 0.34, 0.67])
    }

    /// How many of a line's words come back in the first lines of the article.
    fn lead_words(&self, line: &Line, at: usize) -> usize {
        if line.content.is_empty() || (self.tight.0..self.tight.1).contains(&at) {
            return 0;
        }
        let shared = line.content.iter().filter(|word| self.lead.contains(word));
        1 + share_bin(ratio(shared.count(), line.content.len()), &[0.0, 0.3, 0.6])
    }

    fn prose_in(&self, from: usize, to: usize) -> usize {
        let to = to.min(self.lines.len());
        let sum = if from < to { self.sums[to] - self.sums[from] } else { 0.0 };
        [1.0, 100.0, 300.0, 800.0].iter().filter(|limit| sum >= **limit).count()
    }

    fn share(&self, part: f64) -> usize {
        let whole = self.sums[self.sums.len() - 1];
        let share = if whole > 0.0 { part / whole } else { 0.0 };
        share_bin(share, &[0.0, 0.03, 0.1, 0.3, 0.6, 0.9])
    }
}

/// How often each line comes in the text.
fn repetitions(lines: &[Line]) -> Vec<usize> {
    let mut counts: FxHashMap<&str, usize> = FxHashMap::default();
    for line in lines {
        *counts.entry(line.lower.as_str()).or_default() += 1;
    }
    lines.iter().map(|line| counts[line.lower.as_str()]).collect()
}

/// In how many lines each longer word stands.
fn spread(lines: &[Line]) -> FxHashMap<u64, usize> {
    let mut spread: FxHashMap<u64, usize> = FxHashMap::default();
    for line in lines {
        let mut words = line.content.clone();
        words.sort_unstable();
        words.dedup();
        for word in words {
            *spread.entry(word).or_default() += 1;
        }
    }
    spread
}

/// For each line the number of lines around it that are no running text, itself with them.
fn runs(lines: &[Line]) -> Vec<usize> {
    let mut runs = vec![0; lines.len()];
    let mut at = 0;
    while at < lines.len() {
        let end = (at..lines.len()).find(|&end| lines[end].prose() > 0.0).unwrap_or(lines.len());
        runs[at..end].fill(end - at);
        at = end + 1;
    }
    runs
}

/// Whether a short line tells a day.
fn is_dated(line: &Line, dates: &[FoundDate]) -> bool {
    line.width < 140 && dates.iter().any(|found| found.date.day_of_month().is_some())
}

/// The stretch of lines with the most running text, where each line costs `cost`.
fn best_stretch(prose: &[f64], cost: f64) -> (usize, usize) {
    let (mut best, mut best_sum) = ((0, 0), 0.0);
    let (mut from, mut sum) = (0, 0.0);
    for (at, value) in prose.iter().enumerate() {
        if sum <= 0.0 {
            (from, sum) = (at, 0.0);
        }
        sum += value - cost;
        if sum > best_sum {
            (best, best_sum) = ((from, at + 1), sum);
        }
    }
    best
}

/// How many words a line shares with the next lines of running text in one direction.
fn link(lines: &[Line], at: usize, others: impl Iterator<Item = usize>) -> usize {
    let prose = others.take(14).filter(|other| lines[*other].prose() > 0.0).take(3);
    let near: Vec<usize> = prose.collect();
    let shared = lines[at]
        .content
        .iter()
        .filter(|word| near.iter().any(|other| lines[*other].content.binary_search(word).is_ok()));
    shared.count()
}

/// How much of the words of a line that may be a headline comes back in the running text after it: 0 for a
/// line that is none.
fn heads(lines: &[Line], at: usize) -> usize {
    let line = &lines[at];
    if !(16..220).contains(&line.width) || line.content.len() < 2 || line.stops > 1 {
        return 0;
    }
    let prose: Vec<usize> =
        (at + 1..lines.len().min(at + 40)).filter(|at| lines[*at].prose() > 0.0).take(6).collect();
    let back = line
        .content
        .iter()
        .filter(|word| prose.iter().any(|other| lines[*other].content.binary_search(word).is_ok()));
    1 + share_bin(ratio(back.count(), line.content.len()), &[0.0, 0.2, 0.4, 0.6])
}

/// Where a line stands by a stretch of lines: far before it to far after it.
fn place(at: usize, (from, to): (usize, usize)) -> usize {
    match at {
        _ if from == to => 8,
        at if at + 12 < from => 0,
        at if at + 3 < from => 1,
        at if at < from => 2,
        at if at == from => 3,
        at if at + 1 < to => 4,
        at if at + 1 == to => 5,
        at if at < to + 3 => 6,
        _ => 7,
    }
}

fn bin(value: usize, limits: &[usize]) -> usize {
    limits.iter().filter(|limit| value >= **limit).count()
}

fn share_bin(share: f64, limits: &[f64]) -> usize {
    limits.iter().filter(|limit| share > **limit).count()
}

//! What is seen of each line of a raw text, as plain yes-or-no features that any language has.
//!
//! The reader and the training program share this file. A feature is a group and a bin of it; some
//! groups are seen of the neighbouring lines as well.

use std::collections::{HashMap, HashSet};

use super::noise::noise_of;
use super::units::Unit;
use super::{is_stop, width};
use crate::understand::lexicon::{self, Lexicon};
use crate::understand::{dates, people};

/// A feature of a line, as an index into [`names`].
pub type Feature = u16;

macro_rules! groups {
    ($($group:ident $name:literal $bins:literal $near:literal)*) => {
        /// A property of a line that falls into one of several bins.
        #[derive(Clone, Copy)]
        enum Group { $($group),* }
        /// Name, number of bins, and whether neighbours show it too.
        const GROUPS: &[(&str, usize, bool)] = &[$(($name, $bins, $near)),*];
    };
}

groups! {
    Width "width" 9 true
    Words "words" 7 false
    Stops "stops" 4 false
    End "end" 7 true
    Start "start" 8 true
    Function "function" 5 true
    Capitals "capitals" 5 true
    Shouted "shouted" 1 true
    Digits "digits" 4 true
    Date "date" 3 true
    Clock "clock" 1 true
    Ago "ago" 1 true
    Cue "cue" 7 true
    Noise "noise" 7 true
    Inside "inside" 8 false
    Mark "mark" 9 true
    Name "name" 1 true
    Bullet "bullet" 1 true
    Glued "glued" 1 true
    Again "again" 3 true
    Quoted "quoted" 1 false
    Topic "topic" 5 true
    Place "place" 8 false
    Top "top" 5 false
    Bottom "bottom" 5 false
    Before "prose-before" 5 false
    After "prose-after" 5 false
    WideBefore "prose-wide-before" 5 false
    WideAfter "prose-wide-after" 5 false
    ShareBefore "share-before" 7 false
    ShareAfter "share-after" 7 false
    Stretch "stretch" 9 false
    Tight "tight-stretch" 9 false
    ShortRun "short-run" 6 false
    Lead "lead-words" 5 true
    LinkBefore "link-before" 5 true
    LinkAfter "link-after" 5 true
    Links "links" 25 false
    Heads "heads" 6 true
    Headed "headed" 5 false
    HeadedWidth "headed-width" 45 false
    DateBefore "date-before" 6 false
    DateAfter "date-after" 6 false
    LinksWidth "links-width" 225 false
    Linked "linked-stretch" 9 false
    WidthLinked "width-linked" 81 false
    WidthEnd "width-end" 63 false
    WidthStretch "width-stretch" 81 false
    WidthFunction "width-function" 45 false
    StartBefore "start-end-before" 56 false
    TopicStretch "topic-stretch" 45 false
    EndStretch "end-stretch" 63 false
    Bias "bias" 1 false
}

/// How many lines away a neighbour's features are seen.
const NEIGHBOURS: [isize; 4] = [-1, 1, -2, 2];

const fn base() -> usize {
    let (mut sum, mut at) = (0, 0);
    while at < GROUPS.len() {
        sum += GROUPS[at].1;
        at += 1;
    }
    sum
}

const fn offset(group: usize) -> usize {
    let (mut sum, mut at) = (0, 0);
    while at < group {
        sum += GROUPS[at].1;
        at += 1;
    }
    sum
}

/// How many features there are.
pub const COUNT: usize = base() * (1 + NEIGHBOURS.len());

/// The name of every feature, in order: `width.3`, and `width.3@-1` for that of the line before.
#[must_use]
pub fn names() -> Vec<String> {
    let own: Vec<String> = GROUPS
        .iter()
        .flat_map(|(name, bins, _)| (0..*bins).map(move |bin| format!("{name}.{bin}")))
        .collect();
    let mut all = own.clone();
    for away in NEIGHBOURS {
        all.extend(own.iter().map(|name| format!("{name}@{away:+}")));
    }
    all
}

/// A hash of all names, by which weights know the features that they were made for.
#[must_use]
pub fn hash_of_names() -> u64 {
    hash(&names().join("\n"))
}

/// Words that say by themselves what a line is, each with its feature; weights come with their words.
pub type Vocabulary = HashMap<String, Feature>;

/// The words of a line that may stand in a vocabulary: those of short lines.
pub fn telling_words(text: &str) -> impl Iterator<Item = String> {
    let short = if width(text) < 260 { text } else { "" };
    let lower = short.to_lowercase();
    let dense: Vec<char> = lower.chars().filter(|c| lexicon::is_dense_char(*c)).collect();
    let mut words: Vec<String> = if dense.is_empty() {
        let words =
            lower.split(|c: char| !c.is_alphabetic()).filter(|word| word.chars().count() > 1);
        words.map(str::to_owned).collect()
    } else {
        dense.windows(2).map(|two| two.iter().collect()).collect()
    };
    words.sort_unstable();
    words.dedup();
    words.into_iter()
}

/// The features of each line.
#[must_use]
pub fn features(units: &[Unit<'_>], lexicon: &Lexicon, words: &Vocabulary) -> Vec<Vec<Feature>> {
    let seen = TextView::of(units, lexicon);
    let mut own: Vec<Vec<(Group, usize)>> = (0..units.len()).map(|at| seen.line(at)).collect();
    for line in &mut own {
        line.push((Group::Bias, 0));
    }
    (0..units.len())
        .map(|at| {
            let mut out: Vec<Feature> =
                own[at].iter().map(|&(group, bin)| id(group, bin, 0)).collect();
            for (number, away) in NEIGHBOURS.iter().enumerate() {
                let Some(line) = at.checked_add_signed(*away).and_then(|at| own.get(at)) else {
                    // Beyond the first and the last line there is nothing, which is telling too.
                    out.push(id(Group::Bias, 0, number + 1));
                    continue;
                };
                let near = line.iter().filter(|(group, _)| GROUPS[*group as usize].2);
                out.extend(near.map(|&(group, bin)| id(group, bin, number + 1)));
            }
            out.extend(telling_words(units[at].text).filter_map(|word| words.get(&word).copied()));
            out
        })
        .collect()
}

fn id(group: Group, bin: usize, layer: usize) -> Feature {
    let (_, bins, _) = GROUPS[group as usize];
    let at = layer * base() + offset(group as usize) + bin.min(bins - 1);
    Feature::try_from(at).expect("there are fewer than 65,536 features")
}

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

/// What one line shows by itself.
struct Line {
    width: usize,
    words: usize,
    stops: usize,
    end: usize,
    start: usize,
    function: f64,
    capitals: f64,
    lower: String,
    /// Its words of some length, in lower case.
    content: Vec<u64>,
}

/// A text with what has to be known of all of it.
struct TextView<'a> {
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
    spread: HashMap<u64, usize>,
    lead: Vec<u64>,
    runs: Vec<usize>,
    /// How many words each line shares with running text before and behind it.
    links: Vec<(usize, usize)>,
    /// The stretch of running text that hangs together.
    linked: (usize, usize),
    /// How much of each line's words comes back in the running text after it.
    heads: Vec<usize>,
    /// Where a line shows a whole date.
    dated: Vec<usize>,
}

impl<'a> TextView<'a> {
    fn of(units: &'a [Unit<'a>], lexicon: &'a Lexicon) -> Self {
        let common = common_words(units, lexicon);
        let lines: Vec<Line> = units.iter().map(|unit| Line::of(unit.text, &common)).collect();
        let prose: Vec<f64> = lines.iter().map(Line::prose).collect();
        let mut sums = vec![0.0];
        for value in &prose {
            sums.push(sums[sums.len() - 1] + value);
        }
        let mut counts: HashMap<&str, usize> = HashMap::new();
        for line in &lines {
            *counts.entry(line.lower.as_str()).or_default() += 1;
        }
        let again = lines.iter().map(|line| counts[line.lower.as_str()]).collect();
        let pieces = units.iter().filter(|unit| unit.glued).count() * 2 > units.len();
        // A line that is no sentence costs the stretch about as much as half a sentence brings.
        let (loose, close) = if pieces { (4.0, 12.0) } else { (25.0, 60.0) };
        let stretch = best_stretch(&prose, loose);
        let tight = best_stretch(&prose, close);
        let mut spread: HashMap<u64, usize> = HashMap::new();
        for line in &lines[tight.0..tight.1] {
            let mut words = line.content.clone();
            words.sort_unstable();
            words.dedup();
            for word in words {
                *spread.entry(word).or_default() += 1;
            }
        }
        let lead = lines[tight.0..tight.1]
            .iter()
            .flat_map(|line| line.content.iter().copied())
            .take(80)
            .collect();
        let mut runs = vec![0; lines.len()];
        let mut at = 0;
        while at < lines.len() {
            let end =
                (at..lines.len()).find(|&end| lines[end].prose() > 0.0).unwrap_or(lines.len());
            runs[at..end].iter_mut().for_each(|run| *run = end - at);
            at = end.max(at) + 1;
        }
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
        let linked = best_stretch(&together, close);
        let heads = (0..lines.len()).map(|at| heads(&lines, at)).collect();
        let is_dated = |at: &usize| {
            let line = &lines[*at];
            line.width < 140
                && line.lower.contains(|c: char| c.is_ascii_digit())
                && dates::dates(units[*at].text, lexicon)
                    .iter()
                    .any(|found| found.date.day_of_month().is_some())
        };
        let dated = (0..lines.len()).filter(is_dated).collect();
        Self {
            units,
            lexicon,
            lines,
            sums,
            again,
            stretch,
            tight,
            spread,
            lead,
            runs,
            links: shared,
            linked,
            heads,
            dated,
        }
    }

    fn line(&self, at: usize) -> Vec<(Group, usize)> {
        let (line, unit) = (&self.lines[at], &self.units[at]);
        let count = self.lines.len();
        let width = bin(line.width, &[8, 16, 32, 56, 90, 140, 220, 400]);
        let function = share_bin(line.function, &[0.0, 0.12, 0.24, 0.36]);
        let stretch = place(at, self.stretch);
        let tight = place(at, self.tight);
        let topic = self.topic(line, at);
        let mut out = vec![
            (Group::Width, width),
            (Group::Words, bin(line.words, &[2, 3, 5, 8, 14, 24])),
            (Group::Stops, line.stops),
            (Group::End, line.end),
            (Group::Start, line.start),
            (Group::Function, function),
            (Group::Capitals, share_bin(line.capitals, &[0.0, 0.25, 0.5, 0.99])),
            (Group::Topic, topic),
            (Group::Place, at * 8 / count),
            (Group::Top, bin(at, &[1, 4, 12, 40])),
            (Group::Bottom, bin(count - 1 - at, &[1, 4, 12, 40])),
            (Group::Before, self.prose_in(at.saturating_sub(4), at)),
            (Group::After, self.prose_in(at + 1, at + 5)),
            (Group::WideBefore, self.prose_in(at.saturating_sub(14), at)),
            (Group::WideAfter, self.prose_in(at + 1, at + 15)),
            (Group::ShareBefore, self.share(self.sums[at])),
            (Group::ShareAfter, self.share(self.sums[count] - self.sums[at + 1])),
            (Group::Stretch, stretch),
            (Group::Tight, tight),
            (Group::ShortRun, bin(self.runs[at], &[1, 2, 3, 5, 12])),
            (Group::Lead, self.lead_words(line, at)),
            (Group::WidthEnd, width * 7 + line.end),
            (Group::WidthStretch, width * 9 + tight),
            (Group::WidthFunction, width * 5 + function),
            (Group::TopicStretch, topic * 9 + tight),
            (Group::EndStretch, line.end * 9 + tight),
        ];
        let linked = place(at, self.linked);
        let none = line.content.is_empty();
        let shared = |count: usize| if none { 0 } else { 1 + bin(count, &[1, 2, 4]) };
        let (link_before, link_after) = (shared(self.links[at].0), shared(self.links[at].1));
        let headed = (at.saturating_sub(25)..at).map(|at| self.heads[at]).max().unwrap_or(0);
        let headed = headed.saturating_sub(1).min(4);
        let next = self.dated.partition_point(|dated| *dated < at);
        let dated_before = next.checked_sub(1).and_then(|before| self.dated.get(before));
        let dated_after = self.dated[next..].iter().find(|dated| **dated > at);
        let near = |dated: Option<&usize>| {
            dated.map_or(5, |dated| bin(dated.abs_diff(at), &[2, 4, 9, 20]))
        };
        out.extend([
            (Group::LinkBefore, link_before),
            (Group::LinkAfter, link_after),
            (Group::Links, link_before * 5 + link_after),
            (Group::LinksWidth, width * 25 + link_before * 5 + link_after),
            (Group::Heads, self.heads[at]),
            (Group::Headed, headed),
            (Group::HeadedWidth, width * 5 + headed),
            (Group::DateBefore, near(dated_before)),
            (Group::DateAfter, near(dated_after)),
            (Group::Linked, linked),
            (Group::WidthLinked, width * 9 + linked),
        ]);
        let before = at.checked_sub(1).map_or(0, |before| self.lines[before].end);
        out.push((Group::StartBefore, line.start * 7 + before));
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
        self.facts(line, unit.text, &mut out);
        out
    }

    /// Dates, names, and words that say what a line is.
    fn facts(&self, line: &Line, text: &str, out: &mut Vec<(Group, usize)>) {
        let letters = text.chars().filter(|c| c.is_alphabetic()).count();
        let digits = text.chars().filter(char::is_ascii_digit).count();
        if digits > 0 {
            out.push((Group::Digits, bin(digits * 8 / (digits + letters), &[1, 3, 6])));
        }
        if digits > 0 && line.width < 400 {
            let found = dates::dates(text, self.lexicon);
            if let Some(first) = found.first() {
                let rest = line.width.saturating_sub(width(&text[first.span.clone()]));
                out.push((Group::Date, bin(rest, &[12, 60])));
            }
            if has_clock(text) {
                out.push((Group::Clock, 0));
            }
        }
        let english = lexicon::of("en");
        let lexicons = [self.lexicon, english];
        let head =
            line.lower.trim_start_matches(|c: char| !c.is_alphabetic() && c != '©' && c != '(');
        if line.width < 100 && lexicons.iter().any(|l| l.find("relative", &line.lower).is_some()) {
            out.push((Group::Ago, 0));
        }
        for (number, list) in CUES.iter().enumerate() {
            if lexicons.iter().any(|lexicon| lexicon.begins(list, head).is_some()) {
                out.push((Group::Cue, number));
            }
        }
        if let Some(noise) = lexicons.iter().find_map(|lexicon| noise_of(text, lexicon)) {
            out.push((Group::Noise, noise as usize));
        }
        if line.width < 300 {
            for (number, list) in INSIDE.iter().enumerate() {
                let long = |cue: &str| width(cue) >= 5;
                if lexicons.iter().any(|l| l.list(list).any_inside(&line.lower, long)) {
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

impl Line {
    fn of(text: &str, common: &Common) -> Self {
        let lower = text.to_lowercase();
        let dense = lexicon::is_dense(text);
        let words: Vec<&str> =
            lower.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
        let count = if dense { width(text) / 4 } else { words.len() };
        let hits = if dense {
            text.chars().filter(|c| common.letters.contains(c)).count() * 2
        } else {
            words.iter().filter(|word| common.words.contains(**word)).count()
        };
        let mut capitals = (0, 0);
        for word in text.split_whitespace() {
            let letter = word.chars().find(|c| c.is_alphanumeric());
            let Some(letter) = letter.filter(|c| c.is_alphabetic()) else { continue };
            capitals.1 += 1;
            capitals.0 += usize::from(letter.is_uppercase());
        }
        let mut content: Vec<u64> = if dense {
            let letters: Vec<char> = text.chars().filter(|c| lexicon::is_dense_char(*c)).collect();
            letters.windows(2).map(|two| hash(&two.iter().collect::<String>())).collect()
        } else {
            let long = |word: &&&str| word.chars().count() > 3 && !common.words.contains(**word);
            words.iter().filter(long).map(|word| hash(stem(word))).collect()
        };
        content.sort_unstable();
        content.dedup();
        Self {
            width: width(text),
            words: count,
            stops: stops(text),
            end: end(text),
            start: start(text),
            function: ratio(hits, count.max(1)).min(1.0),
            capitals: ratio(capitals.0, capitals.1.max(1)),
            lower,
            content,
        }
    }

    /// How much running text a line holds, in Latin letters: none where it is no sentence.
    fn prose(&self) -> f64 {
        let sentence = self.stops > 0 || matches!(self.end, 1 | 6);
        let likely = self.function >= 0.12 && (sentence || self.width >= 140);
        let whole = f64::from(u32::try_from(self.width.min(600)).unwrap_or(600));
        if likely && self.width >= 40 { whole } else { 0.0 }
    }
}

/// What stands often in the long lines of a text: its function words, whatever the language.
struct Common {
    words: HashSet<String>,
    letters: Vec<char>,
}

fn common_words(units: &[Unit<'_>], lexicon: &Lexicon) -> Common {
    let mut counts: HashMap<String, usize> = HashMap::new();
    let mut letters: HashMap<char, usize> = HashMap::new();
    for unit in units.iter().filter(|unit| unit.glued || width(unit.text) > 90) {
        for word in unit.text.split(|c: char| !c.is_alphanumeric()) {
            let small = word.chars().next().is_some_and(char::is_lowercase);
            if small && word.chars().count() <= 5 {
                *counts.entry(word.to_owned()).or_default() += 1;
            }
        }
        for c in unit.text.chars().filter(|c| lexicon::is_dense_char(*c)) {
            *letters.entry(c).or_default() += 1;
        }
    }
    let mut often: Vec<(usize, String)> =
        counts.into_iter().filter(|(_, n)| *n > 2).map(|(word, n)| (n, word)).collect();
    often.sort_unstable_by(|a, b| b.0.cmp(&a.0).then_with(|| a.1.cmp(&b.1)));
    let mut words: HashSet<String> = often.into_iter().take(25).map(|(_, word)| word).collect();
    words.extend(lexicon.list("function").iter().cloned());
    let mut frequent: Vec<(usize, char)> = letters.into_iter().map(|(c, n)| (n, c)).collect();
    frequent.sort_unstable_by(|a, b| b.cmp(a));
    Common { words, letters: frequent.into_iter().take(20).map(|(_, c)| c).collect() }
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

fn ratio(part: usize, whole: usize) -> f64 {
    let float = |n: usize| f64::from(u32::try_from(n).unwrap_or(u32::MAX));
    float(part) / float(whole)
}

fn hash(word: &str) -> u64 {
    // FNV-1a; only equality within one text matters.
    word.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    })
}

/// The first letters of a word, so that inflected forms are the same.
fn stem(word: &str) -> &str {
    word.char_indices().nth(6).map_or(word, |(at, _)| &word[..at])
}

/// How many sentences end in a text before its last character.
fn stops(text: &str) -> usize {
    let mut chars = text.chars().peekable();
    let mut count = 0;
    let mut word = 0;
    while let Some(c) = chars.next() {
        let next = chars.peek().copied();
        let ends = match c {
            '。' | '！' | '？' => true,
            '.' | '!' | '?' => word > 2 && next == Some(' '),
            _ => false,
        };
        count += usize::from(ends && next.is_some());
        word = if c.is_alphanumeric() { word + 1 } else { 0 };
    }
    count.min(3)
}

/// How a text ends: 0 in a word, 1 with a full stop, 2 colon, 3 ellipsis, 4 comma, 5 another mark, 6 a
/// quotation or bracket behind a full stop.
fn end(text: &str) -> usize {
    let bare = text.trim_end_matches(['"', '”', '“', '»', '’', '\'', ')', '」', '』', '）', ' ']);
    let closed = bare.len() < text.trim_end().len();
    match bare.chars().next_back() {
        Some('…') => 3,
        Some('.') if bare.ends_with("..") => 3,
        Some(c) if is_stop(c) => 1 + 5 * usize::from(closed),
        Some(':' | '：') => 2,
        Some(',' | ';' | '、' | '，' | '-' | '–') => 4,
        Some(c) if c.is_alphanumeric() => 5 * usize::from(closed),
        _ => 5,
    }
}

/// How a text starts: 0 small letter, 1 capital, 2 digit, 3 quotation, 4 bracket, 5 script without
/// capitals, 6 a mark that goes on with a sentence, 7 another one.
fn start(text: &str) -> usize {
    match text.chars().next() {
        Some(c) if c.is_lowercase() => 0,
        Some(c) if c.is_uppercase() => 1,
        Some(c) if c.is_ascii_digit() => 2,
        Some('“' | '"' | '„' | '«' | '「' | '\'' | '‘' | '『') => 3,
        Some('(' | '[' | '（' | '【') => 4,
        Some(c) if c.is_alphabetic() => 5,
        Some(',' | '.' | ';' | ':' | '!' | '?' | ')' | '”' | '’' | '，' | '。' | '、') => 6,
        _ => 7,
    }
}

pub(super) fn is_shouted(text: &str) -> bool {
    let (mut upper, mut lower) = (0, 0);
    for c in text.chars() {
        upper += usize::from(c.is_uppercase());
        lower += usize::from(c.is_lowercase());
    }
    upper > 3 && lower == 0
}

/// Whether a text shows a time of day: `14:05`, `4.10pm`.
fn has_clock(text: &str) -> bool {
    let bytes = text.as_bytes();
    bytes.windows(4).any(|w| {
        w[0].is_ascii_digit()
            && matches!(w[1], b':' | b'.' | b'h')
            && w[2].is_ascii_digit()
            && w[3].is_ascii_digit()
    }) && text.contains(':')
}

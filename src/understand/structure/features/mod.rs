//! What is seen of each line of a raw text, as plain yes-or-no features that any language has.
//!
//! The reader and the training program share this file. A feature is a group and a bin of it; some
//! groups are seen of the neighbouring lines as well.

mod line;
mod text;

use rustc_hash::FxHashMap;

use self::line::hash;
pub(super) use self::line::is_shouted;
use self::text::TextView;
use super::units::Unit;
use super::width;
use crate::understand::lexicon::{self, Lexicon};

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
    Heads "heads" 6 true
    Headed "headed" 5 false
    DateBefore "date-before" 6 false
    DateAfter "date-after" 6 false
    Linked "linked-stretch" 9 false
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
pub type Vocabulary = FxHashMap<String, Feature>;

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

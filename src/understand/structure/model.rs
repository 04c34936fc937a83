//! A linear-chain conditional random field over the lines of a text (Lafferty and others
//! 2001): a weight for each feature and label, and one for each pair of labels that follow one another.

use std::fmt::Write as _;
use std::sync::LazyLock;

use super::features::{self, Feature, Vocabulary};

/// What a line of a raw text is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Label {
    /// Not the article, and before it: menus, buttons, teasers.
    Menu,
    /// The article's headline.
    Headline,
    /// Who wrote it, and when it was published.
    Byline,
    /// The article itself, with its standfirst and subheadings.
    Body,
    /// Not the article, but between its paragraphs: adverts, captions, links.
    Aside,
    /// Not the article, and behind it.
    Tail,
}

/// How many labels there are.
pub const LABELS: usize = 6;

impl Label {
    /// All labels; the place of each is its index in a row of weights.
    pub const ALL: [Self; LABELS] =
        [Self::Menu, Self::Headline, Self::Byline, Self::Body, Self::Aside, Self::Tail];

    /// Its name in the weights file and in what `import --explain` prints.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Menu => "menu",
            Self::Headline => "headline",
            Self::Byline => "byline",
            Self::Body => "body",
            Self::Aside => "aside",
            Self::Tail => "tail",
        }
    }
}

/// A weight for each label.
pub type Row = [f32; LABELS];

/// The weights of the field.
#[derive(Clone, Debug, PartialEq)]
pub struct Model {
    /// One row for each feature, in the order of [`features::names`].
    pub emissions: Vec<Row>,
    /// From the label of the line before; the last row is for the first line.
    pub transitions: [Row; LABELS + 1],
    /// Words with weights of their own, behind those of the features.
    pub words: Vocabulary,
}

/// What the two directions of a text say of each line.
pub struct Lattice {
    /// How likely each label of each line is, together with all others.
    pub marginals: Vec<[f64; LABELS]>,
    /// How likely each pair of labels is, summed over all lines; the last row is for the first line.
    pub pairs: [[f64; LABELS]; LABELS + 1],
    /// The logarithm of the sum over all ways to label the text.
    pub log_sum: f64,
}

/// The weights for texts with lines.
pub static LINES: LazyLock<Model> = LazyLock::new(|| builtin(include_str!("../data/lines.tsv")));

/// The weights for the pieces of a text without lines.
pub static PIECES: LazyLock<Model> = LazyLock::new(|| builtin(include_str!("../data/pieces.tsv")));

fn builtin(table: &str) -> Model {
    Model::read(table).expect("the weights fit the features")
}

impl Model {
    /// A model that knows nothing yet, of these words.
    #[must_use]
    pub fn new(words: Vocabulary) -> Self {
        Self {
            emissions: vec![[0.0; LABELS]; features::COUNT + words.len()],
            transitions: [[0.0; LABELS]; LABELS + 1],
            words,
        }
    }

    /// The score of each label of each line by its own features.
    #[must_use]
    pub fn scores(&self, lines: &[Vec<Feature>]) -> Vec<[f64; LABELS]> {
        lines
            .iter()
            .map(|line| {
                let mut sum = [0.0; LABELS];
                for feature in line {
                    for (sum, weight) in sum.iter_mut().zip(self.emissions[usize::from(*feature)]) {
                        *sum += f64::from(weight);
                    }
                }
                sum
            })
            .collect()
    }

    /// Sums over all ways to label a text in which each line has one of its `allowed` labels.
    #[must_use]
    pub fn lattice(
        &self,
        scores: &[[f64; LABELS]],
        allowed: impl Fn(usize, usize) -> bool,
    ) -> Lattice {
        let count = scores.len();
        let step = self.transitions.map(|row| row.map(|weight| f64::from(weight).exp()));
        // Each column is scaled to sum 1; the logarithms of the scales make up the whole.
        let mut forward = vec![[0.0; LABELS]; count];
        let mut emitted = vec![[0.0; LABELS]; count];
        let mut scale = vec![1.0; count];
        let mut log_sum = 0.0;
        for at in 0..count {
            let top = scores[at].iter().copied().fold(f64::MIN, f64::max);
            log_sum += top;
            for label in 0..LABELS {
                if allowed(at, label) {
                    emitted[at][label] = (scores[at][label] - top).exp();
                }
            }
            for to in 0..LABELS {
                let sum = if at == 0 {
                    step[LABELS][to]
                } else {
                    (0..LABELS).map(|from| forward[at - 1][from] * step[from][to]).sum()
                };
                forward[at][to] = sum * emitted[at][to];
            }
            let sum: f64 = forward[at].iter().sum();
            scale[at] = sum.max(f64::MIN_POSITIVE);
            forward[at].iter_mut().for_each(|value| *value /= scale[at]);
            log_sum += scale[at].ln();
        }
        let mut pairs = [[0.0; LABELS]; LABELS + 1];
        let mut marginals = vec![[0.0; LABELS]; count];
        let mut backward = [1.0; LABELS];
        for at in (0..count).rev() {
            for label in 0..LABELS {
                marginals[at][label] = forward[at][label] * backward[label];
            }
            let mut before = [0.0; LABELS];
            for to in 0..LABELS {
                let value = emitted[at][to] * backward[to] / scale[at];
                if at == 0 {
                    pairs[LABELS][to] += step[LABELS][to] * value;
                    continue;
                }
                for from in 0..LABELS {
                    let path = step[from][to] * value;
                    before[from] += path;
                    pairs[from][to] += forward[at - 1][from] * path;
                }
            }
            backward = before;
        }
        Lattice { marginals, pairs, log_sum }
    }

    /// The most likely labels of a text (Viterbi).
    #[must_use]
    pub fn best(&self, scores: &[[f64; LABELS]]) -> Vec<Label> {
        let mut came_from: Vec<[usize; LABELS]> = Vec::with_capacity(scores.len());
        let mut best = [0.0; LABELS];
        for (at, line) in scores.iter().enumerate() {
            let mut next = [f64::MIN; LABELS];
            let mut from_here = [0; LABELS];
            for to in 0..LABELS {
                let choices = if at == 0 { LABELS..=LABELS } else { 0..=LABELS - 1 };
                for from in choices {
                    let before = if at == 0 { 0.0 } else { best[from] };
                    let score = before + f64::from(self.transitions[from][to]) + line[to];
                    if score > next[to] {
                        (next[to], from_here[to]) = (score, from);
                    }
                }
            }
            best = next;
            came_from.push(from_here);
        }
        let last = (0..LABELS).max_by(|a, b| best[*a].total_cmp(&best[*b]));
        let mut label = last.unwrap_or(0);
        let mut labels = Vec::with_capacity(scores.len());
        for row in came_from.iter().rev() {
            labels.push(Label::ALL[label]);
            label = row[label];
        }
        labels.reverse();
        labels
    }

    /// The model as a table: a row for each feature that has a weight, a column for each label.
    #[must_use]
    pub fn write(&self, header: &str) -> String {
        let mut out = String::new();
        for line in header.lines() {
            let _ = writeln!(out, "# {line}");
        }
        let _ = writeln!(out, "# features {:016x}", features::hash_of_names());
        let columns: Vec<&str> = Label::ALL.iter().map(|label| label.name()).collect();
        let _ = writeln!(out, "feature\t{}", columns.join("\t"));
        let mut row = |name: &str, row: &Row| {
            if row.iter().any(|weight| weight.abs() >= 0.005) {
                let cells: Vec<String> = row.iter().map(|weight| format!("{weight:.2}")).collect();
                let _ = writeln!(out, "{name}\t{}", cells.join("\t"));
            }
        };
        for (from, weights) in self.transitions.iter().enumerate() {
            let name = Label::ALL.get(from).map_or("start", |label| label.name());
            row(&format!("from {name}"), weights);
        }
        for (name, weights) in features::names().iter().zip(&self.emissions) {
            row(name, weights);
        }
        let mut words: Vec<_> = self.words.iter().collect();
        words.sort();
        for (word, feature) in words {
            row(&format!("word {word}"), &self.emissions[usize::from(*feature)]);
        }
        out
    }

    /// Reads what [`Model::write`] wrote.
    ///
    /// # Errors
    /// A table for other features, or one that is none.
    pub fn read(text: &str) -> Result<Self, String> {
        let expected = format!("# features {:016x}", features::hash_of_names());
        if !text.lines().any(|line| line == expected) {
            return Err("the weights are for other features: train them anew".to_owned());
        }
        let mut model = Self::new(Vocabulary::new());
        let names = features::names();
        let mut at = 0;
        for line in text.lines().filter(|line| !line.starts_with('#')).skip(1) {
            let mut cells = line.split('\t');
            let name = cells.next().unwrap_or_default();
            let mut row = [0.0; LABELS];
            for weight in &mut row {
                let cell = cells.next().and_then(|cell| cell.parse().ok());
                *weight = cell.ok_or_else(|| format!("`{name}` lacks a weight"))?;
            }
            if let Some(from) = name.strip_prefix("from ") {
                let from = Label::ALL.iter().position(|label| label.name() == from);
                model.transitions[from.unwrap_or(LABELS)] = row;
                continue;
            }
            if let Some(word) = name.strip_prefix("word ") {
                let next =
                    Feature::try_from(model.emissions.len()).map_err(|_| "too many words")?;
                model.words.insert(word.to_owned(), next);
                model.emissions.push(row);
                continue;
            }
            // Rows keep the order of the features, so one pass finds them all.
            at += names[at..]
                .iter()
                .position(|own| own == name)
                .ok_or_else(|| format!("there is no feature `{name}`"))?;
            model.emissions[at] = row;
        }
        Ok(model)
    }
}

//! A small recurrent network over the lines of a text: each line becomes a few numbers, which two gated
//! recurrent units (Cho and others 2014) carry through the text, one from the top and one from the bottom; what
//! both know at a line tells how likely each label is there.

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
    /// All labels; the place of each is its index in a row of likelihoods.
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

/// How many numbers a line becomes, and a unit remembers.
pub const WIDTH: usize = 16;
/// Those of the two gates and of the new state.
pub const GATES: usize = 3 * WIDTH;

/// The numbers of a line, or what a unit remembers.
pub type State = [f32; WIDTH];
/// Likelihoods, or weights of each label.
pub type Row = [f32; LABELS];

/// A gated recurrent unit. Each row of weights has those of the reset gate, of the update gate and of the new
/// state, in this order.
#[derive(Clone, Debug, PartialEq)]
pub struct Unit {
    /// For each number of the line.
    pub line: [[f32; GATES]; WIDTH],
    /// For each number remembered.
    pub memory: [[f32; GATES]; WIDTH],
    /// Added to the line's part.
    pub bias: [f32; GATES],
    /// Added to what is remembered, before the reset gate lets it pass.
    pub memory_bias: State,
}

/// What a unit made of one line; training goes back over it.
#[derive(Clone, Copy, Debug, Default)]
pub struct Step {
    /// How much of the memory takes part in the new state, from 0 to 1.
    pub reset: State,
    /// How much of the memory stays, from 0 to 1.
    pub update: State,
    /// What the memory gives to the new state where the reset gate lets it pass.
    pub recalled: State,
    /// The new state, from -1 to 1.
    pub new: State,
    /// What is remembered from here on.
    pub state: State,
}

/// The weights of the network. A gradient of them has the same shape.
#[derive(Clone, Debug, PartialEq)]
pub struct Model {
    /// What each feature adds to the numbers of its line, in the order of [`features::names`].
    pub features: Vec<State>,
    /// Added to the numbers of every line.
    pub bias: State,
    /// The units from the top and from the bottom.
    pub units: [Unit; 2],
    /// The weights of what each of the two units knows.
    pub labels: [[Row; WIDTH]; 2],
    /// Added for each label.
    pub label_bias: Row,
    /// Words with weights of their own, behind those of the features.
    pub words: Vocabulary,
}

/// The weights for texts with lines.
pub static LINES: LazyLock<Model> = LazyLock::new(|| builtin(include_str!("../data/lines.tsv")));

/// The weights for the pieces of a text without lines.
pub static PIECES: LazyLock<Model> = LazyLock::new(|| builtin(include_str!("../data/pieces.tsv")));

fn builtin(table: &str) -> Model {
    Model::read(table).expect("the weights fit the features")
}

fn sigmoid(x: f32) -> f32 {
    1.0 / (1.0 + (-x).exp())
}

/// Adds each row, as often as its number says.
fn add_rows<const N: usize>(sum: &mut [f32; N], numbers: &State, rows: &[[f32; N]; WIDTH]) {
    for (number, row) in numbers.iter().zip(rows) {
        sum.iter_mut().zip(row).for_each(|(sum, weight)| *sum += number * weight);
    }
}

impl Unit {
    const EMPTY: Self = Self {
        line: [[0.0; GATES]; WIDTH],
        memory: [[0.0; GATES]; WIDTH],
        bias: [0.0; GATES],
        memory_bias: [0.0; WIDTH],
    };

    /// What becomes of the memory at one line.
    #[must_use]
    pub fn step(&self, line: &State, before: &State) -> Step {
        let mut told = self.bias;
        add_rows(&mut told, line, &self.line);
        let mut known = [0.0; GATES];
        add_rows(&mut known, before, &self.memory);
        let gate = |from: usize| -> State {
            std::array::from_fn(|at| sigmoid(told[from + at] + known[from + at]))
        };
        let (reset, update) = (gate(0), gate(WIDTH));
        let recalled: State =
            std::array::from_fn(|at| known[2 * WIDTH + at] + self.memory_bias[at]);
        let new: State =
            std::array::from_fn(|at| (told[2 * WIDTH + at] + reset[at] * recalled[at]).tanh());
        let state = std::array::from_fn(|at| new[at] + update[at] * (before[at] - new[at]));
        Step { reset, update, recalled, new, state }
    }

    fn weights_mut(&mut self) -> impl Iterator<Item = &mut f32> {
        let rows = self.line.iter_mut().chain(&mut self.memory);
        rows.flatten().chain(&mut self.bias).chain(&mut self.memory_bias)
    }
}

/// How many weights there are besides those of the features.
const SHARED: usize = WIDTH + 2 * (2 * WIDTH * GATES + GATES + WIDTH) + 2 * WIDTH * LABELS + LABELS;

impl Model {
    /// A model without weights, of these words.
    #[must_use]
    pub fn new(words: Vocabulary) -> Self {
        Self {
            features: vec![[0.0; WIDTH]; features::COUNT + words.len()],
            bias: [0.0; WIDTH],
            units: [Unit::EMPTY, Unit::EMPTY],
            labels: [[[0.0; LABELS]; WIDTH]; 2],
            label_bias: [0.0; LABELS],
            words,
        }
    }

    /// All weights, in an order that never changes; those of the features come last.
    pub fn weights_mut(&mut self) -> impl Iterator<Item = &mut f32> {
        let units = self.units.iter_mut().flat_map(Unit::weights_mut);
        let labels = self.labels.iter_mut().flatten().flatten();
        let shared = self.bias.iter_mut().chain(units).chain(labels).chain(&mut self.label_bias);
        shared.chain(self.features.iter_mut().flatten())
    }

    /// The numbers of a line with these features, from -1 to 1.
    #[must_use]
    pub fn line(&self, features: &[Feature]) -> State {
        let mut sum = self.bias;
        for feature in features {
            let weights = &self.features[usize::from(*feature)];
            sum.iter_mut().zip(weights).for_each(|(sum, weight)| *sum += weight);
        }
        sum.map(f32::tanh)
    }

    /// What the unit from the top, 0, or the bottom, 1, makes of each line.
    #[must_use]
    pub fn steps(&self, side: usize, lines: &[State]) -> Vec<Step> {
        let mut steps = vec![Step::default(); lines.len()];
        let mut memory = [0.0; WIDTH];
        for at in 0..lines.len() {
            let at = if side == 0 { at } else { lines.len() - 1 - at };
            steps[at] = self.units[side].step(&lines[at], &memory);
            memory = steps[at].state;
        }
        steps
    }

    /// How likely each label is at a line, by what the two units know there.
    #[must_use]
    pub fn likely(&self, known: [&State; 2]) -> Row {
        let mut scores = self.label_bias;
        for (known, weights) in known.into_iter().zip(&self.labels) {
            add_rows(&mut scores, known, weights);
        }
        let top = scores.iter().copied().fold(f32::MIN, f32::max);
        let likely = scores.map(|score| (score - top).exp());
        let sum: f32 = likely.iter().sum();
        likely.map(|likely| likely / sum)
    }

    /// How likely each label of each line is.
    #[must_use]
    pub fn likelihoods(&self, lines: &[Vec<Feature>]) -> Vec<[f64; LABELS]> {
        let lines: Vec<State> = lines.iter().map(|line| self.line(line)).collect();
        let [down, up] = [0, 1].map(|side| self.steps(side, &lines));
        let known = down.iter().zip(&up);
        known.map(|(down, up)| self.likely([&down.state, &up.state]).map(f64::from)).collect()
    }

    /// The model as a table of hundredths: a row for each feature that has a weight and each row of the units and
    /// of the labels.
    #[must_use]
    pub fn write(&self, header: &str) -> String {
        let mut out = String::new();
        for line in header.lines() {
            let _ = writeln!(out, "# {line}");
        }
        let _ = writeln!(out, "# features {:016x}", features::hash_of_names());
        let mut row = |name: &str, row: &[f32]| {
            // Zero is added, lest a small one become `-0`.
            let hundredths = row.iter().map(|weight| (weight * 100.0).round_ties_even() + 0.0);
            let cells: Vec<String> = hundredths.map(|number| number.to_string()).collect();
            if cells.iter().any(|cell| cell != "0") {
                let _ = writeln!(out, "{name}\t{}", cells.join("\t"));
            }
        };
        for (name, weights) in features::names().iter().zip(&self.features) {
            row(name, weights);
        }
        let mut words: Vec<_> = self.words.iter().collect();
        words.sort();
        for (word, feature) in words {
            row(&format!("word {word}"), &self.features[usize::from(*feature)]);
        }
        let mut shared = self.clone();
        let shared: Vec<f32> = shared.weights_mut().take(SHARED).map(|weight| *weight).collect();
        for (at, weights) in shared.chunks(WIDTH).enumerate() {
            row(&format!("shared {at}"), weights);
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
        let mut model = Self::new(Vocabulary::default());
        let mut shared = vec![0.0; SHARED];
        let names = features::names();
        let mut at = 0;
        for line in text.lines().filter(|line| !line.starts_with('#')) {
            let mut cells = line.split('\t');
            let name = cells.next().unwrap_or_default();
            let mut fill = |row: &mut [f32]| {
                row.iter_mut().try_for_each(|weight| {
                    let hundredths: Option<f32> = cells.next().and_then(|cell| cell.parse().ok());
                    *weight = hundredths.ok_or_else(|| format!("`{name}` lacks a weight"))? / 100.0;
                    Ok::<(), String>(())
                })
            };
            if let Some(number) = name.strip_prefix("shared ") {
                let rows = number.parse().ok().and_then(|at| shared.chunks_mut(WIDTH).nth(at));
                fill(rows.ok_or_else(|| format!("there is no row `{name}`"))?)?;
                continue;
            }
            let mut row = [0.0; WIDTH];
            fill(&mut row)?;
            if let Some(word) = name.strip_prefix("word ") {
                let next = Feature::try_from(model.features.len()).map_err(|_| "too many words")?;
                model.words.insert(word.to_owned(), next);
                model.features.push(row);
                continue;
            }
            // Rows keep the order of the features, so one pass finds them all.
            at += names[at..]
                .iter()
                .position(|own| own == name)
                .ok_or_else(|| format!("there is no feature `{name}`"))?;
            model.features[at] = row;
        }
        model.weights_mut().zip(&shared).for_each(|(weight, read)| *weight = *read);
        Ok(model)
    }
}

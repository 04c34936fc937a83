//! Trains the network that labels lines: back-propagation through all lines of a text, and Adam with weight decay
//! (Loshchilov and Hutter 2019). Random numbers come from fixed seeds.

use fastrand::Rng;
use tearsheet::understand::features::float;
use tearsheet::understand::structure::features::{Feature, Vocabulary};
use tearsheet::understand::structure::model::{
    GATES, LABELS, Label, Model, Row, State, Step, Unit, WIDTH,
};

/// How often every text is read; found by cross-validation, as the numbers below.
const ROUNDS: usize = 14;
/// After so many lines the weights move.
const BATCH: usize = 1500;
/// How far they move at most at once; the steps grow for the first third of the way, and shrink to nothing then.
const PACE: f32 = 0.014;
/// Which share of a weight goes at each step, times its pace.
const DECAY: f32 = 0.01;
/// Which share of the numbers of a line, and of what is known of it, is left out while learning.
const DROPPED: f32 = 0.2;
/// Which share of the features of a line is.
const DROPPED_FEATURES: f32 = 0.2;
/// How much more than others a line weighs that is surely a headline or a byline, of which there are few.
const RARE: f32 = 3.0;
/// A text of so many lines weighs as its lines do; longer ones weigh less for each line.
const LINES: f64 = 60.0;

/// A text to learn from.
pub struct Lesson<'a> {
    /// The features of each line.
    pub features: &'a [Vec<Feature>],
    /// The labels that each line may have.
    pub allowed: &'a [[bool; LABELS]],
}

/// The weights under which what is allowed is likely.
pub fn fit(lessons: &[Lesson<'_>], words: &Vocabulary) -> Model {
    let mut rng = Rng::with_seed(1);
    let mut learner = Learner::new(words, &mut rng);
    let mut order: Vec<usize> = (0..lessons.len()).collect();
    let lines: usize = lessons.iter().map(|lesson| lesson.features.len()).sum();
    let mut seen = 0;
    for _ in 0..ROUNDS {
        rng.shuffle(&mut order);
        let mut batch = 0;
        for (place, &at) in order.iter().enumerate() {
            learner.read(&lessons[at], &mut rng);
            batch += lessons[at].features.len();
            if batch > BATCH || place + 1 == order.len() {
                seen += batch;
                batch = 0;
                learner.learn(pace(float(seen) / float(lines * ROUNDS)));
            }
        }
    }
    learner.model
}

/// How far weights move when this share of the way is gone.
#[expect(clippy::cast_possible_truncation, reason = "a share is a small number")]
fn pace(gone: f64) -> f32 {
    let share = if gone < 0.3 { gone / 0.3 } else { (1.0 - gone) / 0.7 };
    PACE * share.max(0.001) as f32
}

/// A model while it learns.
struct Learner {
    model: Model,
    /// The slopes of the batch, summed, and how much its lines weigh.
    gradient: Model,
    weight: f32,
    /// Adam's running means of the slopes and of their squares.
    mean: Model,
    square: Model,
    steps: i32,
    /// [`DROPPED`] and [`DROPPED_FEATURES`].
    dropped: f32,
    dropped_features: f32,
}

impl Learner {
    fn new(words: &Vocabulary, rng: &mut Rng) -> Self {
        let empty = Model::new(words.clone());
        let mut model = empty.clone();
        let mut spread = |weight: &mut f32, width: f32| *weight = (rng.f32() - 0.5) * width;
        model.features.iter_mut().flatten().for_each(|weight| spread(weight, 0.15));
        let units = model.units.iter_mut();
        let units = units.flat_map(|unit| unit.line.iter_mut().chain(&mut unit.memory));
        units.flatten().for_each(|weight| spread(weight, 0.6));
        model.labels.iter_mut().flatten().flatten().for_each(|weight| spread(weight, 0.4));
        Self {
            model,
            gradient: empty.clone(),
            weight: 0.0,
            mean: empty.clone(),
            square: empty,
            steps: 0,
            dropped: DROPPED,
            dropped_features: DROPPED_FEATURES,
        }
    }

    /// Some of the features of a line.
    fn some(&self, line: &[Feature], rng: &mut Rng) -> Vec<Feature> {
        line.iter().copied().filter(|_| rng.f32() >= self.dropped_features).collect()
    }

    /// What is left out while learning is 0, and the rest the larger.
    fn mask(&self, rng: &mut Rng) -> State {
        let kept = 1.0 / (1.0 - self.dropped);
        std::array::from_fn(|_| if rng.f32() < self.dropped { 0.0 } else { kept })
    }

    /// Adds the slopes of a text.
    fn read(&mut self, lesson: &Lesson<'_>, rng: &mut Rng) {
        let seen: Vec<Vec<Feature>> =
            lesson.features.iter().map(|line| self.some(line, rng)).collect();
        let whole: Vec<State> = seen.iter().map(|line| self.model.line(line)).collect();
        let masks: Vec<State> = seen.iter().map(|_| self.mask(rng)).collect();
        let lines: Vec<State> =
            whole.iter().zip(&masks).map(|(line, mask)| times(line, mask)).collect();
        let sides = [0, 1].map(|side| self.model.steps(side, &lines));
        let to_states = self.labels_back(&sides, lesson.allowed, rng);
        let [down, up] =
            [0, 1].map(|side| self.unit_back(side, &lines, &sides[side], &to_states[side]));
        for (at, features) in seen.iter().enumerate() {
            let bend = whole[at].map(|number| 1.0 - number * number);
            let mut to_sum = down[at];
            add(&mut to_sum, &up[at]);
            let to_sum = times(&times(&to_sum, &masks[at]), &bend);
            add(&mut self.gradient.bias, &to_sum);
            for feature in features {
                add(&mut self.gradient.features[usize::from(*feature)], &to_sum);
            }
        }
    }

    /// Goes back from the labels of a text: adds the slopes of their weights, and gives those of what each unit
    /// knows at each line.
    fn labels_back(
        &mut self,
        sides: &[Vec<Step>; 2],
        allowed: &[[bool; LABELS]],
        rng: &mut Rng,
    ) -> [Vec<State>; 2] {
        let weight = line_weight(allowed.len());
        let mut to_states = [Vec::new(), Vec::new()];
        for (at, allowed) in allowed.iter().enumerate() {
            self.weight += weight;
            let masks = [self.mask(rng), self.mask(rng)];
            let known = [0, 1].map(|side: usize| times(&sides[side][at].state, &masks[side]));
            let likely = self.model.likely([&known[0], &known[1]]);
            let weight = weight * if is_rare(allowed) { RARE } else { 1.0 };
            let slope = slope(&likely, allowed).map(|slope| slope * weight);
            add(&mut self.gradient.label_bias, &slope);
            for side in 0..2 {
                let sums = &mut self.gradient.labels[side];
                let back = through(&self.model.labels[side], sums, &known[side], &slope);
                to_states[side].push(times(&back, &masks[side]));
            }
        }
        to_states
    }

    /// Goes back through a unit, against the way that it went: adds the slopes of its weights, and gives those of
    /// each line.
    fn unit_back(
        &mut self,
        side: usize,
        lines: &[State],
        steps: &[Step],
        to_states: &[State],
    ) -> Vec<State> {
        let (unit, sums) = (&self.model.units[side], &mut self.gradient.units[side]);
        let mut to_lines = vec![[0.0; WIDTH]; lines.len()];
        let mut to_memory = [0.0; WIDTH];
        for at in 0..lines.len() {
            let (at, before) = if side == 0 {
                let at = lines.len() - 1 - at;
                (at, at.checked_sub(1))
            } else {
                (at, Some(at + 1))
            };
            let before = before.and_then(|before| steps.get(before));
            let memory = before.map_or([0.0; WIDTH], |before| before.state);
            let mut to_state = to_states[at];
            add(&mut to_state, &to_memory);
            (to_lines[at], to_memory) =
                step_back(unit, sums, &lines[at], &memory, &steps[at], &to_state);
        }
        to_lines
    }

    /// Moves the weights against the slopes of the batch.
    fn learn(&mut self, pace: f32) {
        self.steps += 1;
        let decay = pace * DECAY;
        let (mean_left, square_left) =
            (1.0 - 0.9_f32.powi(self.steps), 1.0 - 0.999_f32.powi(self.steps));
        let scale = 1.0 / self.weight.max(1.0);
        let all = self.model.weights_mut().zip(self.gradient.weights_mut());
        let moments = self.mean.weights_mut().zip(self.square.weights_mut());
        for ((weight, slope), (mean, square)) in all.zip(moments) {
            let own = *slope * scale;
            *slope = 0.0;
            *mean += 0.1 * (own - *mean);
            *square += 0.001 * (own * own - *square);
            *weight -= decay * *weight;
            *weight -= pace * (*mean / mean_left) / ((*square / square_left).sqrt() + 1e-8);
        }
        self.weight = 0.0;
    }
}

/// Whether a line is surely a headline or a byline.
fn is_rare(allowed: &[bool; LABELS]) -> bool {
    let told = |label: Label| allowed[label as usize];
    (told(Label::Headline) || told(Label::Byline))
        && allowed.iter().filter(|told| **told).count() == 1
}

/// How much each line of so many weighs.
#[expect(clippy::cast_possible_truncation, reason = "a weight is at most 1")]
fn line_weight(lines: usize) -> f32 {
    (LINES / float(lines)).sqrt().min(1.0) as f32
}

/// The slope of the negative logarithm of how likely the allowed labels are, by the scores.
fn slope(likely: &Row, allowed: &[bool; LABELS]) -> Row {
    let mut right: Row = std::array::from_fn(|at| if allowed[at] { likely[at] } else { 0.0 });
    let sum: f32 = right.iter().sum::<f32>().max(1e-20);
    right.iter_mut().for_each(|right| *right /= sum);
    std::array::from_fn(|at| likely[at] - right[at])
}

/// Goes back over a step of a unit: adds the slopes of its weights to `sums`, and gives those of the line and of the
/// memory before.
fn step_back(
    unit: &Unit,
    sums: &mut Unit,
    line: &State,
    before: &State,
    step: &Step,
    to_state: &State,
) -> (State, State) {
    let Step { reset, update, recalled, new, .. } = step;
    let to_new: State =
        std::array::from_fn(|at| to_state[at] * (1.0 - update[at]) * (1.0 - new[at] * new[at]));
    let to_reset: State =
        std::array::from_fn(|at| to_new[at] * recalled[at] * reset[at] * (1.0 - reset[at]));
    let to_update: State = std::array::from_fn(|at| {
        to_state[at] * (before[at] - new[at]) * update[at] * (1.0 - update[at])
    });
    let to_recalled = times(&to_new, reset);
    let told = gates(&to_reset, &to_update, &to_new);
    add(&mut sums.bias, &told);
    add(&mut sums.memory_bias, &to_recalled);
    let to_line = through(&unit.line, &mut sums.line, line, &told);
    let known = gates(&to_reset, &to_update, &to_recalled);
    let mut to_memory = times(to_state, update);
    add(&mut to_memory, &through(&unit.memory, &mut sums.memory, before, &known));
    (to_line, to_memory)
}

/// The slopes of both gates and of the new state in one row, as weights have them.
fn gates(reset: &State, update: &State, new: &State) -> [f32; GATES] {
    let mut row = [0.0; GATES];
    let parts = reset.iter().chain(update).chain(new);
    row.iter_mut().zip(parts).for_each(|(to, part)| *to = *part);
    row
}

/// The slopes of what went through these weights, whose own are added to `sums`.
fn through<const N: usize>(
    weights: &[[f32; N]; WIDTH],
    sums: &mut [[f32; N]; WIDTH],
    numbers: &State,
    slopes: &[f32; N],
) -> State {
    let mut back = [0.0; WIDTH];
    let rows = weights.iter().zip(sums).zip(numbers);
    for (back, ((weights, sums), number)) in back.iter_mut().zip(rows) {
        *back = weights.iter().zip(slopes).map(|(weight, slope)| weight * slope).sum();
        sums.iter_mut().zip(slopes).for_each(|(sum, slope)| *sum += number * slope);
    }
    back
}

fn add<const N: usize>(sum: &mut [f32; N], part: &[f32; N]) {
    sum.iter_mut().zip(part).for_each(|(sum, part)| *sum += part);
}

fn times(numbers: &State, factors: &State) -> State {
    std::array::from_fn(|at| numbers[at] * factors[at])
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The negative logarithm of how likely the allowed labels of a text are.
    fn loss(model: &Model, lines: &[Vec<Feature>], allowed: &[[bool; LABELS]]) -> f64 {
        let likely = model.likelihoods(lines);
        let told = |(likely, allowed): (&[f64; LABELS], &[bool; LABELS])| -> f64 {
            let labels = likely.iter().zip(allowed).filter(|(_, allowed)| **allowed);
            -labels.map(|(likely, _)| likely).sum::<f64>().ln()
        };
        likely.iter().zip(allowed).map(told).sum()
    }

    #[test]
    fn slopes_are_those_that_small_steps_show() {
        let mut rng = Rng::with_seed(7);
        let mut learner = Learner::new(&Vocabulary::default(), &mut rng);
        let lines: Vec<Vec<Feature>> = vec![vec![0, 3], vec![1], vec![0, 2, 5], vec![4, 1], vec![]];
        let label =
            |at: usize| std::array::from_fn(|label| label == at % LABELS || at == 3 && label == 0);
        let allowed: Vec<[bool; LABELS]> = [0, 3, 4, 3, 5].map(label).to_vec();
        let lesson = Lesson { features: &lines, allowed: &allowed };
        (learner.dropped, learner.dropped_features) = (0.0, 0.0);
        learner.read(&lesson, &mut rng);
        let slopes: Vec<f32> = learner.gradient.weights_mut().map(|slope| *slope).collect();
        let mut checked = 0;
        // One in seven of the weights that a slope was found for.
        for (at, slope) in slopes.iter().enumerate().filter(|(_, slope)| **slope != 0.0).step_by(7)
        {
            let mut moved = |by: f32| {
                *learner.model.weights_mut().nth(at).expect("a weight") += by;
                let loss = loss(&learner.model, &lines, &allowed);
                *learner.model.weights_mut().nth(at).expect("a weight") -= by;
                loss
            };
            let shown = (moved(0.01) - moved(-0.01)) / 0.02;
            assert!(
                (shown - f64::from(*slope)).abs() < 0.01 + 0.02 * shown.abs(),
                "{at}: {slope}, {shown}"
            );
            checked += 1;
        }
        assert!(checked > 300, "{checked} weights");
    }
}

//! Logistic regression with an L2 penalty: the same data give the same weights.

use crate::lbfgs::minimise;

/// How often the weights are improved at most; ten steps are enough for any data of ours.
const STEPS: usize = 30;
/// How often those of a conditional logit are.
const ROUNDS: usize = 200;
/// The penalty of the first feature, which stands for all others being absent.
const FREE: f64 = 1e-3;

/// One observation.
pub struct Row {
    /// The features' values.
    pub values: Vec<f64>,
    /// Whether it is what the model shall find.
    pub is_right: bool,
    /// How much it counts.
    pub weight: f64,
}

/// The weights that fit best, by Newton's method.
pub fn fit(rows: &[&Row], penalty: f64) -> Vec<f64> {
    let size = rows.first().map_or(0, |row| row.values.len());
    let mut weights = vec![0.0; size];
    for _ in 0..STEPS {
        let mut slope = vec![0.0; size];
        let mut curve = vec![0.0; size * size];
        for row in rows {
            let p = probability(&row.values, &weights);
            let error = (p - f64::from(u8::from(row.is_right))) * row.weight;
            let bend = (p * (1.0 - p)).max(1e-6) * row.weight;
            let told: Vec<(usize, f64)> =
                row.values.iter().copied().enumerate().filter(|(_, value)| *value != 0.0).collect();
            for (at, &(i, a)) in told.iter().enumerate() {
                slope[i] += error * a;
                for &(j, b) in &told[..=at] {
                    curve[i * size + j] += bend * a * b;
                }
            }
        }
        for i in 0..size {
            let penalty = if i == 0 { FREE } else { penalty };
            slope[i] += penalty * weights[i];
            curve[i * size + i] += penalty;
        }
        let step = solve(curve, slope, size);
        let largest = step.iter().fold(0.0, |most: f64, change| most.max(change.abs()));
        for (weight, change) in weights.iter_mut().zip(step) {
            *weight -= change;
        }
        if largest < 1e-6 {
            break;
        }
    }
    weights
}

/// What may be chosen: the features that are there, and whether it is right.
pub type Choice = (Vec<usize>, bool);

/// The weights under which the right one of each group is likeliest among all of it (a conditional logit).
/// Groups without a right one say nothing, or, where there may be `none`, that this is right.
pub fn fit_choices(groups: &[Vec<Choice>], none: bool, size: usize, penalty: f64) -> Vec<f64> {
    let told = groups.iter().map(|group| {
        let mut rows: Vec<(&[usize], bool)> =
            group.iter().map(|(told, right)| (told.as_slice(), *right)).collect();
        let is_told = rows.iter().any(|(_, right)| *right);
        if none {
            rows.push((&[], !is_told));
        }
        (rows, is_told || none)
    });
    let groups: Vec<_> = told.filter(|(_, speaks)| *speaks).map(|(rows, _)| rows).collect();
    minimise(vec![0.0; size], ROUNDS, |point| {
        let mut value = point.iter().map(|w| w * w).sum::<f64>() * penalty / 2.0;
        let mut slope: Vec<f64> = point.iter().map(|w| w * penalty).collect();
        for group in &groups {
            let sums: Vec<f64> =
                group.iter().map(|(told, _)| told.iter().map(|at| point[*at]).sum()).collect();
            let most = sums.iter().copied().fold(f64::NEG_INFINITY, f64::max);
            let shares: Vec<f64> = sums.iter().map(|sum| (sum - most).exp()).collect();
            let right = || group.iter().zip(&shares).filter(|((_, right), _)| *right);
            let (whole, found): (f64, f64) =
                (shares.iter().sum(), right().map(|(_, share)| share).sum());
            value += whole.ln() - found.max(f64::MIN_POSITIVE).ln();
            for ((told, right), share) in group.iter().zip(&shares) {
                let wanted = if *right { share / found.max(f64::MIN_POSITIVE) } else { 0.0 };
                let error = share / whole - wanted;
                told.iter().for_each(|at| slope[*at] += error);
            }
        }
        (value, slope)
    })
}

/// What the weights say of an observation.
pub fn probability(values: &[f64], weights: &[f64]) -> f64 {
    let sum: f64 = values.iter().zip(weights).map(|(value, weight)| value * weight).sum();
    1.0 / (1.0 + (-sum).exp())
}

/// Solves `matrix * x = right` for a symmetric positive definite matrix, by Cholesky's way.
fn solve(mut matrix: Vec<f64>, mut right: Vec<f64>, size: usize) -> Vec<f64> {
    for i in 0..size {
        for j in 0..=i {
            let known: f64 = (0..j).map(|k| matrix[i * size + k] * matrix[j * size + k]).sum();
            let rest = matrix[i * size + j] - known;
            matrix[i * size + j] =
                if i == j { rest.max(1e-9).sqrt() } else { rest / matrix[j * size + j] };
        }
    }
    for i in 0..size {
        let known: f64 = (0..i).map(|k| matrix[i * size + k] * right[k]).sum();
        right[i] = (right[i] - known) / matrix[i * size + i];
    }
    for i in (0..size).rev() {
        let known: f64 = (i + 1..size).map(|k| matrix[k * size + i] * right[k]).sum();
        right[i] = (right[i] - known) / matrix[i * size + i];
    }
    right
}

//! Minimises a smooth convex function: limited-memory BFGS (Nocedal and Wright, *Numerical
//! Optimization*, algorithm 7.5) with backtracking.

/// How many earlier steps shape the next one.
const MEMORY: usize = 8;

/// Goes downhill from `start` for at most `rounds` steps. `function` gives value and gradient.
pub fn minimise(
    start: Vec<f64>,
    rounds: usize,
    function: impl Fn(&[f64]) -> (f64, Vec<f64>),
) -> Vec<f64> {
    let mut point = start;
    let (mut value, mut gradient) = function(&point);
    let mut history: Vec<(Vec<f64>, Vec<f64>, f64)> = Vec::new();
    for _ in 0..rounds {
        let mut direction = gradient.clone();
        let mut factors = Vec::with_capacity(history.len());
        for (step, change, scale) in history.iter().rev() {
            let factor = dot(step, &direction) / scale;
            factors.push(factor);
            add(&mut direction, change, -factor);
        }
        if let Some((_, change, scale)) = history.last() {
            let size = scale / dot(change, change);
            direction.iter_mut().for_each(|value| *value *= size);
        }
        for ((step, change, scale), factor) in history.iter().zip(factors.iter().rev()) {
            let back = dot(change, &direction) / scale;
            add(&mut direction, step, factor - back);
        }
        let slope = -dot(&direction, &gradient);
        let mut length =
            if history.is_empty() { 1.0 / dot(&gradient, &gradient).sqrt().max(1.0) } else { 1.0 };
        let next = loop {
            let mut next = point.clone();
            add(&mut next, &direction, -length);
            let (next_value, next_gradient) = function(&next);
            if next_value <= value + 1e-4 * length * slope {
                break Some((next, next_value, next_gradient));
            }
            length /= 2.0;
            if length < 1e-8 {
                break None;
            }
        };
        let Some((next, next_value, next_gradient)) = next else { break };
        let step: Vec<f64> = next.iter().zip(&point).map(|(a, b)| a - b).collect();
        let change: Vec<f64> = next_gradient.iter().zip(&gradient).map(|(a, b)| a - b).collect();
        let scale = dot(&step, &change);
        let gain = value - next_value;
        (point, value, gradient) = (next, next_value, next_gradient);
        if scale > 1e-12 {
            history.push((step, change, scale));
            if history.len() > MEMORY {
                history.remove(0);
            }
        }
        if gain < 1e-7 * value.abs() {
            break;
        }
    }
    point
}

fn dot(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}

fn add(to: &mut [f64], what: &[f64], times: f64) {
    to.iter_mut().zip(what).for_each(|(to, what)| *to += times * what);
}

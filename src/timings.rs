//! How long each step of a run takes, for `--timings`.

use std::sync::Mutex;
use std::time::{Duration, Instant};

/// The steps of a run, in the order in which they began.
#[derive(Debug, Default)]
pub struct Timings {
    steps: Mutex<Vec<(&'static str, Duration)>>,
}

impl Timings {
    /// Does a step and notes how long it takes. What several threads do under one name is summed.
    pub fn step<T>(&self, name: &'static str, work: impl FnOnce() -> T) -> T {
        let start = Instant::now();
        let done = work();
        self.add(name, start.elapsed());
        done
    }

    fn add(&self, name: &'static str, spent: Duration) {
        let mut steps = self.steps.lock().expect("no thread panics while it holds the timings");
        match steps.iter_mut().find(|step| step.0 == name) {
            Some(step) => step.1 += spent,
            None => steps.push((name, spent)),
        }
    }

    /// One line per step.
    #[must_use]
    pub fn lines(&self) -> Vec<String> {
        let steps = self.steps.lock().expect("no thread panics while it holds the timings");
        let line = |(name, spent): &(&str, Duration)| {
            format!("{name:<24} {:>9.1} ms", spent.as_secs_f64() * 1000.0)
        };
        steps.iter().map(line).collect()
    }
}

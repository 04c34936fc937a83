//! What is remembered between runs, so that a second run does only what is new.
//!
//! Keys are hashes of everything a result is made from. A memo can therefore be empty, old or
//! thrown away at any moment without changing a byte of the output.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};

use blake3::Hash;

use crate::parse::markdown::Rendered;

/// Results of earlier runs.
#[derive(Default)]
pub struct Memo {
    bodies: Generations<Arc<Rendered>>,
    pages: Generations<Arc<[u8]>>,
}

impl Memo {
    /// A rendered body, made anew only when its text was not there in the last run.
    pub fn body(&self, text: &str, make: impl FnOnce() -> Rendered) -> Arc<Rendered> {
        self.bodies
            .get(blake3::hash(text.as_bytes()), || Ok::<_, ()>(Arc::new(make())))
            .unwrap_or_default()
    }

    /// A rendered page, by the hash of all it is made from.
    ///
    /// # Errors
    /// What `make` fails with; failures are not remembered.
    pub fn page<E>(
        &self,
        key: Hash,
        make: impl FnOnce() -> Result<Arc<[u8]>, E>,
    ) -> Result<Arc<[u8]>, E> {
        self.pages.get(key, make)
    }

    /// Forgets what the run just over did not ask for, so that memory stays flat.
    pub fn end_run(&mut self) {
        self.bodies.turn();
        self.pages.turn();
    }
}

/// Two maps: what the running run asked for, and what the one before it did.
struct Generations<T> {
    current: Mutex<HashMap<Hash, T>>,
    before: HashMap<Hash, T>,
}

impl<T> Default for Generations<T> {
    fn default() -> Self {
        Self { current: Mutex::default(), before: HashMap::new() }
    }
}

impl<T: Clone> Generations<T> {
    fn get<E>(&self, key: Hash, make: impl FnOnce() -> Result<T, E>) -> Result<T, E> {
        let lock = || self.current.lock().expect("no thread panics while it holds the memo");
        if let Some(found) = lock().get(&key) {
            return Ok(found.clone());
        }
        let value = match self.before.get(&key) {
            Some(found) => found.clone(),
            None => make()?,
        };
        lock().insert(key, value.clone());
        Ok(value)
    }

    fn turn(&mut self) {
        let current = self.current.get_mut().expect("no thread panics while it holds the memo");
        self.before = std::mem::take(current);
    }
}

//! What is remembered between runs, so that a second run reads only what is new.
//!
//! Keys are hashes of everything a result is made from. A memo can therefore be empty, old or
//! thrown away at any moment without changing a byte of the output.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};

use crate::diagnostic::Diagnostic;
use crate::index::Piece;
use crate::render::view::Fingerprint;

/// Results of earlier runs. Two generations are kept, so that memory stays flat.
#[derive(Default)]
pub struct Memo {
    current: Mutex<HashMap<Fingerprint, Arc<Parsed>>>,
    before: HashMap<Fingerprint, Arc<Parsed>>,
}

/// What one article's file gives.
#[derive(Debug)]
pub struct Parsed {
    /// The article, where the file can be read as one.
    pub piece: Option<Arc<Piece>>,
    /// What is wrong with the file.
    pub found: Vec<Diagnostic>,
}

impl Memo {
    /// What the file with this key gives, made anew only if the run before did not ask for it.
    pub fn article(&self, key: Fingerprint, make: impl FnOnce() -> Parsed) -> Arc<Parsed> {
        let lock = || self.current.lock().expect("no thread panics while it holds the memo");
        if let Some(found) = lock().get(&key) {
            return Arc::clone(found);
        }
        let value = self.before.get(&key).map_or_else(|| Arc::new(make()), Arc::clone);
        lock().insert(key, Arc::clone(&value));
        value
    }

    /// Forgets what the run just over did not ask for.
    pub fn end_run(&mut self) {
        let current = self.current.get_mut().expect("no thread panics while it holds the memo");
        self.before = std::mem::take(current);
    }
}

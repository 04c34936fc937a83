//! What is remembered between runs, so that a second run reads only what is new.
//!
//! Keys are hashes of everything a result is made from. A memo can therefore be empty, old or
//! thrown away at any moment without changing a byte of the output.

use std::collections::{HashMap, HashSet};
use std::sync::{Arc, Mutex};

use crate::diagnostic::Diagnostic;
use crate::index::Piece;
use crate::render::view::Fingerprint;

/// Results of earlier runs. Two generations are kept, so that memory stays flat.
#[derive(Default)]
pub struct Memo {
    current: Mutex<HashMap<Fingerprint, Arc<Parsed>>>,
    before: HashMap<Fingerprint, Arc<Parsed>>,
    faultless: HashSet<Fingerprint>,
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
    /// A memo of which nothing is left but that files with these keys have no fault and no links.
    #[must_use]
    pub fn of_faultless(faultless: HashSet<Fingerprint>) -> Self {
        Self { faultless, ..Self::default() }
    }

    /// The files of the last run, and whether they have neither faults nor links to pages.
    pub fn articles(&self) -> impl Iterator<Item = (Fingerprint, bool)> {
        self.before.iter().map(|(key, parsed)| {
            let has_links = parsed.piece.as_ref().is_none_or(|piece| !piece.links().is_empty());
            (*key, parsed.found.is_empty() && !has_links)
        })
    }

    /// What the file with this key gives, made anew only if the run before did not ask for it. The
    /// maker is told whether the file is known to be without fault.
    pub fn article(&self, key: Fingerprint, make: impl FnOnce(bool) -> Parsed) -> Arc<Parsed> {
        let lock = || self.current.lock().expect("no thread panics while it holds the memo");
        if let Some(found) = lock().get(&key) {
            return Arc::clone(found);
        }
        let value = self
            .before
            .get(&key)
            .map_or_else(|| Arc::new(make(self.faultless.contains(&key))), Arc::clone);
        lock().insert(key, Arc::clone(&value));
        value
    }

    /// Forgets what the run just over did not ask for.
    pub fn end_run(&mut self) {
        let current = self.current.get_mut().expect("no thread panics while it holds the memo");
        self.before = std::mem::take(current);
    }
}

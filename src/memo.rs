//! What is remembered between runs, so that a second run reads only what is new.
//!
//! Keys are hashes of everything a result is made from. A memo can therefore be empty, old or
//! thrown away at any moment without changing a byte of the output.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};

use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};

use crate::diagnostic::Diagnostic;
use crate::fingerprint::Fingerprint;
use crate::index::{Indexed, Piece, Traces};

/// Results of earlier runs. Two generations are kept, so that memory stays flat.
#[derive(Default)]
pub struct Memo {
    current: Mutex<FxHashMap<Fingerprint, Arc<Parsed>>>,
    before: FxHashMap<Fingerprint, Arc<Parsed>>,
    known: HashMap<Fingerprint, Known>,
    /// The index of the last run.
    pub index: Option<Indexed>,
}

/// What is left of a file that was read in an earlier run of the program.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Known {
    /// Whether it has neither faults nor links to pages.
    pub is_faultless: bool,
    /// What its text leaves in copies.
    pub traces: Traces,
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
    /// A memo of a run of which little is left.
    #[must_use]
    pub fn of_known(known: HashMap<Fingerprint, Known>) -> Self {
        Self { known, ..Self::default() }
    }

    /// What may be kept of the files of the last run.
    pub fn articles(&self) -> impl Iterator<Item = (Fingerprint, Known)> {
        self.before.iter().map(|(key, parsed)| {
            let has_links = parsed.piece.as_ref().is_none_or(|piece| !piece.links().is_empty());
            let is_faultless = parsed.found.is_empty() && !has_links;
            let traces = parsed.piece.as_ref().map(|piece| piece.traces().clone());
            (*key, Known { is_faultless, traces: traces.unwrap_or_default() })
        })
    }

    /// What the file with this key gives, made anew only if the run before did not ask for it. The
    /// maker is told what is known of the file.
    pub fn article(
        &self,
        key: Fingerprint,
        make: impl FnOnce(Option<&Known>) -> Parsed,
    ) -> Arc<Parsed> {
        let value =
            self.before.get(&key).map_or_else(|| Arc::new(make(self.known.get(&key))), Arc::clone);
        let mut current = self.current.lock().expect("no thread panics while it holds the memo");
        current.insert(key, Arc::clone(&value));
        value
    }

    /// Forgets what the run just over did not ask for.
    pub fn end_run(&mut self) {
        let current = self.current.get_mut().expect("no thread panics while it holds the memo");
        self.before = std::mem::take(current);
        current.reserve(self.before.len());
    }
}

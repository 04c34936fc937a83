//! What is remembered between runs, so that a second run reads only what is new.
//!
//! Keys are hashes of everything a result is made from. A memo can therefore be empty, old or
//! thrown away at any moment without changing a byte of the output.

use std::borrow::Cow;
use std::collections::HashSet;
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
    known: FxHashMap<Fingerprint, Known>,
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
    /// Its front matter, [packed](crate::parse::kept).
    pub front: Vec<u8>,
}

impl Known {
    fn of(parsed: &Parsed) -> Self {
        let piece = parsed.piece.as_ref();
        let has_links = piece.is_none_or(|piece| !piece.links().is_empty());
        Self {
            is_faultless: parsed.found.is_empty() && !has_links,
            traces: piece.map(|piece| piece.traces().clone()).unwrap_or_default(),
            front: parsed.front.clone(),
        }
    }
}

/// What one article's file gives.
#[derive(Debug)]
pub struct Parsed {
    /// The article, where the file can be read as one.
    pub piece: Option<Arc<Piece>>,
    /// What is wrong with the file.
    pub found: Vec<Diagnostic>,
    /// Its front matter, [packed](crate::parse::kept), where it was not known before.
    pub front: Vec<u8>,
}

impl Memo {
    /// A memo of a run of which little is left.
    #[must_use]
    pub fn of_known(known: Vec<(Fingerprint, Cow<'_, Known>)>) -> Self {
        let known = known.into_iter().map(|(key, known)| (key, known.into_owned()));
        Self { known: known.collect(), ..Self::default() }
    }

    /// The articles of the last run of whose files nothing was known before it.
    #[must_use]
    pub fn new_articles(&self) -> HashSet<&str> {
        let new = self.before.iter().filter(|(key, _)| !self.known.contains_key(*key));
        new.filter_map(|(_, parsed)| Some(&*parsed.piece.as_ref()?.file.source.path)).collect()
    }

    /// What may be kept of the files of the last run.
    pub fn articles(&self) -> impl Iterator<Item = (Fingerprint, Cow<'_, Known>)> {
        self.before.iter().map(|(key, parsed)| {
            let known = self.known.get(key).map(Cow::Borrowed);
            (*key, known.unwrap_or_else(|| Cow::Owned(Known::of(parsed))))
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

//! What is remembered between runs, so that a second run reads only what is new.
//!
//! Keys are hashes of everything a result is made from. A memo can therefore be empty, old or
//! thrown away at any moment without changing a byte of the output.

use std::collections::HashSet;
use std::ops::Range;
use std::sync::Arc;

use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};

use crate::diagnostic::Diagnostic;
use crate::fingerprint::Fingerprint;
use crate::index::{Indexed, Piece, Traces};

/// Results of the last run.
#[derive(Default)]
pub struct Memo {
    before: FxHashMap<Fingerprint, Arc<Parsed>>,
    kept: Kept,
    /// The index of the last run.
    pub index: Option<Indexed>,
}

/// What is left of a file that was read in an earlier run of the program.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Known<'a> {
    /// Whether it has neither faults nor links to pages.
    pub is_faultless: bool,
    /// What its text leaves in copies.
    pub traces: Traces,
    /// Its front matter, [packed](crate::parse::kept).
    pub front: &'a [u8],
}

impl Known<'_> {
    /// What is to be kept of it.
    #[must_use]
    pub fn pack(&self) -> Vec<u8> {
        postcard::to_allocvec(self).expect("it is plain data")
    }
}

/// What is known of many files, packed, by their keys.
#[derive(Default)]
struct Kept {
    bytes: Vec<u8>,
    places: FxHashMap<Fingerprint, Range<usize>>,
}

impl Kept {
    fn get(&self, key: &Fingerprint) -> Option<&[u8]> {
        self.bytes.get(self.places.get(key)?.clone())
    }
}

/// What one article's file gives.
#[derive(Debug)]
pub struct Parsed {
    /// The article, where the file can be read as one.
    pub piece: Option<Arc<Piece>>,
    /// What is wrong with the file.
    pub found: Vec<Diagnostic>,
    /// What is [known](Known) of it from now on, packed; empty where it was known before.
    pub kept: Vec<u8>,
}

impl Memo {
    /// A memo of a run of which little is left: for every key the length of what is known of a file, and
    /// all that one after the other.
    #[must_use]
    pub fn of_known(lengths: &[(Fingerprint, usize)], bytes: &[u8]) -> Self {
        let mut end = 0;
        let place = |&(key, length): &(Fingerprint, usize)| {
            let start = end;
            end += length;
            (key, start..end)
        };
        let places = lengths.iter().map(place).collect();
        Self { kept: Kept { bytes: bytes.to_owned(), places }, ..Self::default() }
    }

    /// The articles of the last run of whose files nothing was known before it.
    #[must_use]
    pub fn new_articles(&self) -> HashSet<&str> {
        let new = self.before.iter().filter(|(key, _)| !self.kept.places.contains_key(*key));
        new.filter_map(|(_, parsed)| Some(&*parsed.piece.as_ref()?.file.source.path)).collect()
    }

    /// What may be kept of the files of the last run, as [`Memo::of_known`] takes it.
    #[must_use]
    pub fn articles(&self) -> (Vec<(Fingerprint, usize)>, Vec<u8>) {
        let mut bytes = Vec::with_capacity(self.kept.bytes.len());
        let keep = |(key, parsed): (&Fingerprint, &Arc<Parsed>)| {
            let known = match &parsed.kept[..] {
                [] => self.kept.get(key).unwrap_or_default(),
                new => new,
            };
            bytes.extend_from_slice(known);
            (*key, known.len())
        };
        let lengths = self.before.iter().map(keep).collect();
        (lengths, bytes)
    }

    /// What the file with this key gives, made anew only if the run before had none. The maker is told
    /// what is known of the file.
    pub fn article(
        &self,
        key: Fingerprint,
        make: impl FnOnce(Option<Known<'_>>) -> Parsed,
    ) -> Arc<Parsed> {
        let known = || postcard::from_bytes(self.kept.get(&key)?).ok();
        self.before.get(&key).map_or_else(|| Arc::new(make(known())), Arc::clone)
    }

    /// Remembers what the files of a run give, and nothing else, so that memory stays flat.
    pub fn remember(&mut self, articles: Vec<(Fingerprint, Arc<Parsed>)>) {
        self.before = articles.into_iter().collect();
    }
}

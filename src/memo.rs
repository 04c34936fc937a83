//! What is remembered between runs, so that a second run reads only what is new.
//!
//! Keys are hashes of everything a result is made from. A memo can therefore be empty, old or
//! thrown away at any moment without changing a byte of the output.

use std::borrow::Cow;
use std::collections::HashSet;
use std::sync::Arc;

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use crate::diagnostic::Diagnostic;
use crate::fingerprint::Fingerprint;
use crate::index::{Indexed, ParsedArticle};
use crate::source::{InMemory, NoStore, Spool, Store};

/// Results of the last run.
pub struct Memo<'a> {
    before: FxHashMap<Fingerprint, Arc<Parsed>>,
    /// What was kept of articles in an earlier run of the program, [packed](ParsedArticle::pack).
    kept: FxHashMap<Fingerprint, &'a [u8]>,
    /// The index of the last run.
    pub index: Option<Indexed>,
    /// Where pictures are kept that were made in any run.
    pub pictures: Arc<dyn Store>,
    /// Where the HTML of texts is until their pages are made.
    pub spool: Arc<dyn Spool>,
}

impl Default for Memo<'_> {
    fn default() -> Self {
        let (before, kept) = Default::default();
        Self { before, kept, index: None, pictures: Arc::new(NoStore), spool: Arc::new(InMemory) }
    }
}

/// What one article's file gives.
#[derive(Debug)]
pub struct Parsed {
    /// The article, where the file can be read as one.
    pub piece: Option<Arc<ParsedArticle>>,
    /// What is wrong with the file.
    pub found: Vec<Diagnostic>,
}

impl<'a> Memo<'a> {
    /// A memo of a run of which only what was [kept](Memo::to_keep) is left.
    #[must_use]
    pub fn of_kept(kept: impl Iterator<Item = (Fingerprint, &'a [u8])>) -> Self {
        Self { kept: kept.collect(), ..Self::default() }
    }

    /// The same, with a place for pictures.
    #[must_use]
    pub fn with_pictures(self, pictures: impl Store + 'static) -> Self {
        Self { pictures: Arc::new(pictures), ..self }
    }

    /// The same, with a place for the HTML of texts.
    #[must_use]
    pub fn with_spool(self, spool: Arc<dyn Spool>) -> Self {
        Self { spool, ..self }
    }

    /// The articles of the last run of which nothing was kept before it.
    #[must_use]
    pub fn new_articles(&self) -> HashSet<&str> {
        let new = self.before.iter().filter(|(key, _)| !self.kept.contains_key(*key));
        new.filter_map(|(_, parsed)| Some(&*parsed.piece.as_ref()?.file.source.path)).collect()
    }

    /// What may be kept of the last run: the articles whose files have nothing wrong with them.
    #[must_use]
    pub fn to_keep(&self) -> Vec<(Fingerprint, Cow<'a, [u8]>)> {
        let keep = |(key, parsed): (&Fingerprint, &Arc<Parsed>)| {
            let bytes = match (self.kept.get(key), &parsed.piece) {
                (Some(bytes), _) => Cow::Borrowed(*bytes),
                (None, Some(piece)) if parsed.found.is_empty() => Cow::Owned(piece.pack()),
                _ => return None,
            };
            Some((*key, bytes))
        };
        self.before.par_iter().filter_map(keep).collect()
    }

    /// Whether it is known what the file with this key gives.
    #[must_use]
    pub fn has(&self, key: &Fingerprint) -> bool {
        self.before.contains_key(key) || self.kept.contains_key(key)
    }

    /// What the file with this key gives, made anew only if the run before had none. The maker is told
    /// what was kept of it.
    pub fn article(
        &self,
        key: Fingerprint,
        make: impl FnOnce(Option<&[u8]>) -> Parsed,
    ) -> Arc<Parsed> {
        let make = || Arc::new(make(self.kept.get(&key).copied()));
        self.before.get(&key).map_or_else(make, Arc::clone)
    }

    /// Remembers what the files of a run give, and nothing else, so that memory stays flat.
    pub fn remember(&mut self, articles: Vec<(Fingerprint, Arc<Parsed>)>) {
        self.before = articles.into_iter().collect();
    }
}

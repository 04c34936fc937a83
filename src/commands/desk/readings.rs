//! Raw texts taken apart, kept while a person works on their articles: for a long one that takes more time than
//! all else about its page, and each step asks for it again.

use std::collections::VecDeque;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard};

use crate::commands::raw;
use crate::import::article::{Reading, reading};
use crate::import::html;
use crate::understand::companies::Gazetteer;

/// So many are kept: the article at hand, those next to it, and some that a person comes back to.
const KEPT: usize = 16;

/// What is kept, the newest first.
type Kept = VecDeque<(String, Option<Arc<Reading>>)>;

/// The raw texts of a site taken apart.
pub(super) struct Readings {
    root: PathBuf,
    kept: Mutex<Kept>,
}

impl Readings {
    pub(super) fn new(root: &Path) -> Self {
        Self { root: root.to_owned(), kept: Mutex::default() }
    }

    /// The raw text with this key taken apart; nothing where it is not there, or a page. A company that was
    /// learned since hardly changes what a line is, so it is no reason to do that again.
    pub(super) fn get(&self, key: &str, gazetteer: &Gazetteer) -> Option<Arc<Reading>> {
        if let Some((_, known)) = self.kept().iter().find(|(other, _)| other == key) {
            return known.clone();
        }
        let bytes = raw::read(&self.root, key).filter(|bytes| !html::is_page(bytes));
        let found = bytes.and_then(|bytes| reading(&bytes, gazetteer).ok()).map(Arc::new);
        let mut kept = self.kept();
        kept.push_front((key.to_owned(), found.clone()));
        kept.truncate(KEPT);
        found
    }

    fn kept(&self) -> MutexGuard<'_, Kept> {
        self.kept.lock().expect("no thread panics while it holds this")
    }
}

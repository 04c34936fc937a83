//! Raw texts taken apart, kept while a person works on their articles: for a long one that takes more time than
//! all else about its page, and each step asks for it again.

use std::collections::VecDeque;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, OnceLock};

use crate::commands::raw;
use crate::import::article::{Reading, reading};
use crate::import::html;
use crate::understand::companies::Gazetteer;

/// So many are kept: the article at hand, those next to it, and some that a person comes back to.
const KEPT: usize = 16;

/// A raw text taken apart, as soon as somebody has asked for it; nothing where there is none.
type Taken = Arc<OnceLock<Option<Arc<Reading>>>>;

/// The raw texts of a site taken apart.
pub(super) struct Readings {
    root: PathBuf,
    /// By their keys, the newest first.
    kept: Mutex<VecDeque<(String, Taken)>>,
}

impl Readings {
    pub(super) fn new(root: &Path) -> Self {
        Self { root: root.to_owned(), kept: Mutex::default() }
    }

    /// The raw text with this key taken apart; nothing where it is not there, or a page. Who asks while
    /// another thread is at it waits for that. A company that was learned since hardly changes what a line is,
    /// so it is no reason to do it again.
    pub(super) fn get(&self, key: &str, gazetteer: &Gazetteer) -> Option<Arc<Reading>> {
        let taken = self.place(key);
        let read = || {
            let bytes = raw::read(&self.root, key).filter(|bytes| !html::is_page(bytes))?;
            reading(&bytes, gazetteer).ok().map(Arc::new)
        };
        taken.get_or_init(read).clone()
    }

    /// Where the raw text with this key is kept, or will be.
    fn place(&self, key: &str) -> Taken {
        let mut kept = self.kept.lock().expect("no thread panics while it holds this");
        if let Some((_, known)) = kept.iter().find(|(other, _)| other == key) {
            return Arc::clone(known);
        }
        let new = Taken::default();
        kept.push_front((key.to_owned(), Arc::clone(&new)));
        kept.truncate(KEPT);
        new
    }
}

//! Raw texts as they came, kept by what they are known again by.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::Mutex;

use crate::import::{html, text};
use crate::understand::structure;
use crate::write;

/// Where they are kept; may be deleted, but then nobody can see any more what import cut.
const FOLDER: &str = ".tearsheet/raw";

/// The file of a raw text, by its key. Keys are ours, but those in front matter may be anybody's.
fn path(root: &Path, key: &str) -> Option<PathBuf> {
    let is_key = !key.is_empty() && key.bytes().all(|byte| byte.is_ascii_hexdigit());
    is_key.then(|| root.join(FOLDER).join(key))
}

/// Keeps a raw text. Without it an article can be read and built all the same, so a site that cannot be
/// written to is no error.
pub(super) fn keep(root: &Path, key: &str, bytes: &[u8]) {
    if let Some(path) = path(root, key) {
        write::keep(root, &path, bytes);
    }
}

/// A raw text that is kept.
pub(super) fn read(root: &Path, key: &str) -> Option<Vec<u8>> {
    std::fs::read(path(root, key)?).ok()
}

/// How much running text each raw text has; those of pages cannot be told from their markup.
pub(super) fn prose(root: &Path) -> impl Fn(&str) -> Option<usize> + Sync + use<> {
    let root = root.to_owned();
    let known: Mutex<HashMap<String, Option<usize>>> = Mutex::default();
    move |key| {
        const OPEN: &str = "no thread panics while it holds the numbers";
        if let Some(known) = known.lock().expect(OPEN).get(key) {
            return *known;
        }
        let bytes = read(&root, key).filter(|bytes| !html::is_page(bytes));
        let prose = bytes.and_then(|bytes| Some(structure::prose(&text::read(&bytes).ok()?)));
        known.lock().expect(OPEN).insert(key.to_owned(), prose);
        prose
    }
}

//! Raw texts as they come: where they are read from, what they are known again by, and where they are kept.
//!
//! They are kept in `.tearsheet/raw/` by the key of the line `imported`. What was learned of a publisher
//! (`content/sources/`) is heeded where a text is read (`import/article.rs`), and no page is made of it.

use std::collections::HashMap;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::Mutex;

use anyhow::{Context, Result, bail};

use crate::import::{html, text};
use crate::source::is_scratch;
use crate::understand::structure;
use crate::write;

/// Larger files are no press text.
const MAX_BYTES: usize = 20_000_000;

/// Files that import reads from a folder.
const ENDINGS: &[&str] = &["txt", "text", "html", "htm", "xhtml", "md"];

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

/// A document and the name it came by.
pub(super) struct Raw {
    pub(super) name: String,
    pub(super) bytes: Vec<u8>,
    /// Where it came from, if it was fetched.
    pub(super) address: Option<String>,
    pub(super) charset: Option<String>,
}

impl Raw {
    /// What it is known again by: its address, or else its bytes.
    pub(super) fn key(&self) -> String {
        hash(self.address.as_deref().map_or(&self.bytes[..], str::as_bytes))
    }
}

/// The texts in a folder, by name.
pub(super) fn gather(folder: &Path, paths: &mut Vec<PathBuf>) -> Result<()> {
    let known = |path: &PathBuf| {
        let ending = path.extension().map(|end| end.to_string_lossy().to_lowercase());
        ending.is_some_and(|end| ENDINGS.contains(&end.as_str()))
    };
    let mut found: Vec<PathBuf> = std::fs::read_dir(folder)
        .with_context(|| folder.display().to_string())?
        .filter_map(Result::ok)
        .filter(|entry| !is_scratch(&entry.file_name().to_string_lossy()))
        .map(|entry| entry.path())
        .filter(|path| known(path) && path.is_file())
        .collect();
    found.sort();
    paths.append(&mut found);
    Ok(())
}

/// A file, or standard input under the name `-`.
pub(super) fn raw_file(path: &Path) -> Result<Raw> {
    let name = path.display().to_string();
    let mut bytes = Vec::new();
    let limit = u64::try_from(MAX_BYTES + 1).unwrap_or(u64::MAX);
    if name == "-" {
        std::io::stdin().lock().take(limit).read_to_end(&mut bytes)?;
    } else {
        let file = std::fs::File::open(path).with_context(|| format!("cannot read {name}"))?;
        file.take(limit).read_to_end(&mut bytes).with_context(|| format!("cannot read {name}"))?;
    }
    if bytes.len() > MAX_BYTES {
        bail!("{name} is larger than 20 MB, which no press text is");
    }
    // Some programs leave zero bytes in pages; browsers leave them out.
    if html::is_page(&bytes) {
        bytes.retain(|byte| *byte != 0);
    }
    let utf16 = bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]);
    if bytes.contains(&0) && !utf16 {
        bail!("{name} is not text: it has zero bytes in it");
    }
    if bytes.iter().all(u8::is_ascii_whitespace) {
        bail!("{name} is empty");
    }
    Ok(Raw { name, bytes, address: None, charset: None })
}

/// What bytes are known again by.
pub(super) fn hash(bytes: &[u8]) -> String {
    blake3::hash(bytes).to_hex()[..32].to_owned()
}

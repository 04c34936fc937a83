//! Text with a name, positions in it, and everything a run is given.

use std::collections::BTreeMap;
use std::fmt;
use std::ops::Range;
use std::sync::Arc;

use crate::model::{PartialDate, Text};

/// The name of the config file in a site's root.
pub const CONFIG: &str = "tearsheet.toml";

/// The folders of `content/` that Markdown is read from.
pub const CONTENT: [&str; 5] = ["articles", "companies", "partnerships", "pages", "sources"];

/// Whether a file is hidden or an editor's own: a backup, a swap file, what was not saved yet.
#[must_use]
pub fn is_scratch(name: &str) -> bool {
    let ends = ["~", ".swp", ".bak"];
    let is_autosave = name.starts_with('#') && name.ends_with('#');
    name.starts_with('.') || is_autosave || ends.iter().any(|end| name.ends_with(end))
}

/// Bytes of a source, from start to end.
pub type Span = Range<usize>;

/// The character boundary of a text at or before a byte.
#[must_use]
pub fn floor(text: &str, offset: usize) -> usize {
    let mut at = offset.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

/// Where the line begins that a byte is in.
#[must_use]
pub fn line_start(text: &str, at: usize) -> usize {
    text[..at].rfind('\n').map_or(0, |at| at + 1)
}

/// A text file and its path relative to the site's root, with `/` on every system.
#[derive(Clone, Debug)]
pub struct Source {
    /// `content/articles/2022/05/leica.md`
    pub path: Arc<str>,
    /// What is in it, with `\n` line ends.
    pub text: Text,
    /// Hash of the text.
    pub hash: blake3::Hash,
}

impl Source {
    /// Names a text.
    #[must_use]
    pub fn new(path: &str, text: &str) -> Self {
        Self { path: path.into(), text: text.into(), hash: blake3::hash(text.as_bytes()) }
    }

    /// Names a text that is fetched when somebody looks at it.
    #[must_use]
    pub fn late(
        path: &str,
        hash: blake3::Hash,
        fetch: impl Fn() -> Box<str> + Send + Sync + 'static,
    ) -> Self {
        Self { path: path.into(), text: Text::late(fetch), hash }
    }

    /// Names a text and puts it away, so that it is fetched when somebody looks at it.
    #[must_use]
    pub fn spooled(path: &str, text: &str, spool: &dyn Spool) -> Self {
        let away = spool.put(text.as_bytes());
        let fetch = move || simdutf8::basic::from_utf8(&away.get()).unwrap_or_default().into();
        Self::late(path, blake3::hash(text.as_bytes()), fetch)
    }

    /// The same for who looks at its text once, and lets go of it then.
    #[must_use]
    pub fn fleeting(&self) -> Self {
        Self { text: self.text.fleeting(), ..self.clone() }
    }

    /// The byte of a line and column, both from 1; the end where there is no such place.
    #[must_use]
    pub fn offset(&self, line: usize, column: usize) -> usize {
        let before: usize =
            self.text.split_inclusive('\n').take(line.saturating_sub(1)).map(str::len).sum();
        let rest = &self.text[before.min(self.text.len())..];
        before + rest.char_indices().nth(column.saturating_sub(1)).map_or(rest.len(), |(at, _)| at)
    }

    /// The line that a byte is in, without its end.
    #[must_use]
    pub fn line_at(&self, offset: usize) -> &str {
        let start = line_start(&self.text, floor(&self.text, offset));
        self.text[start..].lines().next().unwrap_or_default()
    }

    /// Line and column of a byte, both from 1; the column counts characters.
    #[must_use]
    pub fn line_column(&self, offset: usize) -> (usize, usize) {
        let before = &self.text[..floor(&self.text, offset)];
        let line_start = before.rfind('\n').map_or(0, |at| at + 1);
        (before.matches('\n').count() + 1, before[line_start..].chars().count() + 1)
    }
}

impl Default for Source {
    fn default() -> Self {
        Self::new("", "")
    }
}

impl PartialEq for Source {
    fn eq(&self, other: &Self) -> bool {
        (&self.path, self.hash) == (&other.path, other.hash)
    }
}

impl Eq for Source {}

/// A file that is published as it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asset {
    /// What is in it.
    pub bytes: Arc<[u8]>,
    /// Hash of the bytes.
    pub hash: blake3::Hash,
}

impl Asset {
    /// Hashes the bytes of a file.
    #[must_use]
    pub fn new(bytes: &[u8]) -> Self {
        Self { bytes: bytes.into(), hash: blake3::hash(bytes) }
    }

    /// What the file `name` is linked as, so that a browser that has kept an older one asks for it:
    /// scripts and style sheets have a name of their own for each content, `style.1a2b3c4d.css`.
    #[must_use]
    pub fn versioned(&self, name: &str) -> String {
        let hash = &self.hash.to_hex()[..8];
        match name.rsplit_once('.') {
            Some((stem, end @ ("css" | "js"))) => format!("{stem}.{hash}.{end}"),
            _ => format!("{name}?v={hash}"),
        }
    }
}

/// Keeps what takes long to make from one run of the program to the next. Whatever it gives was put into it
/// under the same key, and a key is a hash of all that its bytes are made from: one that forgets costs time.
pub trait Store: Send + Sync {
    /// What was put there.
    fn get(&self, key: &str) -> Option<Vec<u8>>;
    /// Keeps some bytes, if it can.
    fn put(&self, key: &str, bytes: &[u8]);
}

/// Keeps nothing.
#[derive(Clone, Copy, Debug)]
pub struct NoStore;

impl Store for NoStore {
    fn get(&self, _: &str) -> Option<Vec<u8>> {
        None
    }

    fn put(&self, _: &str, _: &[u8]) {}
}

/// Takes what is needed again later in a run, and may hold it elsewhere than in memory.
pub trait Spool: Send + Sync {
    /// Puts some bytes away.
    fn put(&self, bytes: &[u8]) -> Spooled;
}

/// Bytes that were put away; they are let go of with the last copy of this.
#[derive(Clone)]
pub struct Spooled(Arc<dyn Fn() -> Vec<u8> + Send + Sync>);

impl Spooled {
    /// Bytes that `fetch` brings, as often as somebody asks.
    #[must_use]
    pub fn new(fetch: impl Fn() -> Vec<u8> + Send + Sync + 'static) -> Self {
        Self(Arc::new(fetch))
    }

    /// A copy of the bytes.
    #[must_use]
    pub fn get(&self) -> Vec<u8> {
        (self.0)()
    }
}

impl fmt::Debug for Spooled {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Spooled")
    }
}

/// Holds everything in memory.
#[derive(Clone, Copy, Debug)]
pub struct InMemory;

impl Spool for InMemory {
    fn put(&self, bytes: &[u8]) -> Spooled {
        let held: Box<[u8]> = bytes.into();
        Spooled::new(move || held.to_vec())
    }
}

/// Whether drafts are part of the site.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Drafts {
    /// Shown, and marked.
    Include,
    /// Left out.
    Skip,
}

/// Whether articles dated after today are part of the site.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Future {
    /// Shown.
    Include,
    /// Left out until their day.
    Skip,
}

/// Everything a run depends on: two runs with equal inputs give equal bytes.
#[derive(Clone, Debug)]
pub struct Inputs {
    /// `tearsheet.toml`, where there is one.
    pub config: Option<Source>,
    /// Markdown under `content/articles/`, in the order of their paths.
    pub articles: Vec<Source>,
    /// Markdown under `content/companies/`.
    pub companies: Vec<Source>,
    /// Markdown under `content/partnerships/`.
    pub partnerships: Vec<Source>,
    /// Markdown under `content/pages/`.
    pub pages: Vec<Source>,
    /// Markdown under `content/sources/`.
    pub sources: Vec<Source>,
    /// Templates of the themes in `themes/`, by their path from the root.
    pub theme_templates: Vec<Source>,
    /// Static files of the themes in `themes/`, by their path from the root.
    pub theme_statics: BTreeMap<String, Asset>,
    /// The site's own templates, by their name under `templates/`.
    pub templates: Vec<Source>,
    /// The site's own static files, by their name under `static/`.
    pub statics: BTreeMap<String, Asset>,
    /// The files of `data/`, which templates may load, by their path from the root.
    pub data: BTreeMap<String, Asset>,
    /// Other files below `content/`, which texts may show and link to, by their path from the root.
    pub media: BTreeMap<String, Asset>,
    /// Markdown below `content/` in a folder where nobody looks for it.
    pub misplaced: Vec<String>,
    /// Symbolic links, which are not followed.
    pub links: Vec<String>,
    /// Files that could not be read as text, with the reason.
    pub unreadable: Vec<(String, String)>,
    /// Today, so that no clock is read inside.
    pub today: PartialDate,
    /// Whether drafts are shown.
    pub drafts: Drafts,
    /// Whether articles from the future are shown.
    pub future: Future,
    /// Overrides `base_url` of the config.
    pub base_url: Option<String>,
    /// The address of the live-reload channel, where the site is being previewed.
    pub live_reload: Option<String>,
}

impl Inputs {
    /// No files at all, on the given day.
    #[must_use]
    pub fn empty(today: PartialDate) -> Self {
        Self {
            config: None,
            articles: Vec::new(),
            companies: Vec::new(),
            partnerships: Vec::new(),
            pages: Vec::new(),
            sources: Vec::new(),
            theme_templates: Vec::new(),
            theme_statics: BTreeMap::new(),
            templates: Vec::new(),
            statics: BTreeMap::new(),
            data: BTreeMap::new(),
            media: BTreeMap::new(),
            misplaced: Vec::new(),
            links: Vec::new(),
            unreadable: Vec::new(),
            today,
            drafts: Drafts::Skip,
            future: Future::Skip,
            base_url: None,
            live_reload: None,
        }
    }
}

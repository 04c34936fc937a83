//! The files of another site, texts with their text.

use std::collections::{BTreeMap, BTreeSet};

use super::names::ending;

/// What a site's folder holds: texts, and the names of all else.
#[derive(Clone, Debug, Default)]
pub struct Files {
    texts: BTreeMap<String, String>,
    others: BTreeSet<String>,
}

impl Files {
    /// Adds a text by its path from the site's root, with `/` on every system.
    pub fn add_text(&mut self, name: String, text: &str) {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        self.texts.insert(name, text.replace("\r\n", "\n").replace('\r', "\n"));
    }

    /// Adds a file that is no text, or was not read.
    pub fn add_other(&mut self, name: String) {
        self.others.insert(name);
    }

    /// The text of a file.
    #[must_use]
    pub fn text(&self, name: &str) -> Option<&str> {
        self.texts.get(name).map(String::as_str)
    }

    /// Whether there is a file.
    #[must_use]
    pub fn has(&self, name: &str) -> bool {
        self.others.contains(name) || self.texts.contains_key(name)
    }

    /// The names of all files, those of texts first.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.texts.keys().chain(&self.others).map(String::as_str)
    }

    /// The names of texts that may be posts.
    pub fn posts(&self) -> impl Iterator<Item = &str> {
        self.texts.keys().map(String::as_str).filter(|name| is_post(name))
    }
}

/// Whether a file has the ending of a post.
#[must_use]
pub fn is_post(name: &str) -> bool {
    ["md", "markdown", "html", "htm", "mkd", "mdown"].contains(&ending(name))
}

pub(super) fn is_html(name: &str) -> bool {
    matches!(ending(name), "html" | "htm")
}

//! What a person should look at before a site is published: the heuristics run again over what is
//! written down, and over what the site publishes. Nothing is changed here.

mod articles;
mod facts;
mod links;
mod near;
pub mod review;
mod rights;
mod tags;
mod thresholds;

use std::sync::Mutex;

use crate::diagnostic::{self, Diagnostic};
use crate::index::Index;
use crate::render::words::strings;
use crate::source::Source;

/// What is doubtful in the files of a site.
#[must_use]
pub fn content(index: &Index, config: Option<&Source>) -> Vec<Diagnostic> {
    let mut found = articles::articles(index);
    found.extend(facts::facts(index));
    found.extend(tags::tags(index, config));
    found.extend(words(index, config));
    found
}

/// Words that the site's language lacks.
fn words(index: &Index, config: Option<&Source>) -> Option<Diagnostic> {
    let language = &index.config.language;
    let missing = strings::missing(language, &index.config.words);
    let source = config?;
    (!missing.is_empty())
        .then(|| diagnostic::missing_words(source, language, &missing, strings::count()))
}

/// Looks at the files of a site as they are made: links that lead nowhere, and more of a text than
/// its rights let out.
pub struct Publication<'a> {
    links: Mutex<links::Links>,
    rights: rights::Rights<'a>,
    leaks: Mutex<Vec<Diagnostic>>,
    index: &'a Index,
}

impl<'a> Publication<'a> {
    /// Begins with no file.
    #[must_use]
    pub fn new(index: &'a Index) -> Self {
        let rights = rights::Rights::new(index);
        Self { links: Mutex::default(), rights, leaks: Mutex::default(), index }
    }

    /// Looks at one file.
    pub fn look(&self, path: &str, bytes: &[u8]) {
        const OPEN: &str = "no thread panics while it holds this";
        let Ok(text) = std::str::from_utf8(bytes) else { return self.links(path, None) };
        let page = (path.rsplit('.').next() == Some("html")).then(|| links::read(text));
        self.links(path, page);
        let leaks = self.rights.leaks(path, text);
        self.leaks.lock().expect(OPEN).extend(leaks);
    }

    fn links(&self, path: &str, page: Option<links::Page>) {
        self.links.lock().expect("no thread panics while it holds this").add(path, page);
    }

    /// What was found, once all files were looked at.
    #[must_use]
    pub fn found(self) -> Vec<Diagnostic> {
        const DONE: &str = "no thread panics while it holds this";
        let mut found = self.leaks.into_inner().expect(DONE);
        found.extend(self.links.into_inner().expect(DONE).broken(self.index));
        found
    }
}

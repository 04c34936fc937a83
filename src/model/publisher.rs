//! What an editor knows of those who publish the articles.

use super::Language;

/// From so many cuts on a line is never the article: once is chance, twice may be one story told twice.
pub const CUTS: usize = 3;

/// One publisher, from `content/sources/<id>.md`.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Publisher {
    /// The slug of its name.
    pub id: String,
    /// What it is called.
    pub name: String,
    /// Other names under which texts know it.
    pub aliases: Vec<String>,
    /// The language that it writes in, where it writes in one.
    pub lang: Option<Language>,
    /// Lines that are never the article.
    pub never: Vec<String>,
    /// Lines that an editor has cut, with how often; from [`CUTS`] on they are never the article.
    pub cut: Vec<(String, usize)>,
    /// People who are known to write for it.
    pub authors: Vec<String>,
    /// Words behind which the day of publication stands.
    pub date_after: Vec<String>,
    /// The file, relative to the site's root.
    pub path: String,
}

impl Publisher {
    /// All names under which texts know it.
    pub fn names(&self) -> impl Iterator<Item = &String> {
        [&self.name].into_iter().chain(&self.aliases)
    }

    /// Whether texts call it so.
    #[must_use]
    pub fn is_called(&self, name: &str) -> bool {
        let same = |known: &String| known.to_lowercase() == name.to_lowercase();
        self.names().any(same)
    }

    /// Whether a line is never the article.
    #[must_use]
    pub fn is_never(&self, line: &str) -> bool {
        let line = line.trim();
        self.never.iter().any(|known| known == line)
            || self.cut.iter().any(|(known, times)| known == line && *times >= CUTS)
    }
}

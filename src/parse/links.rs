//! What a text links to, before anybody knows what there is.
//!
//! What a link leads to is understood when all files are known (`index/targets.rs`); until then a mark
//! with a number stands in the HTML. What it means is part of the fingerprint of the page that it stands
//! on.

use serde::{Deserialize, Serialize};

use super::address::{SITE_SCHEME, is_safe_address};
use crate::source::Span;

/// A link or a picture of a text that leads into this site.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Link {
    /// Where to.
    pub to: Target,
    /// Whether it is shown, instead of being followed.
    pub is_image: bool,
    /// Where it stands in the Markdown.
    pub span: Span,
}

/// What an author writes to mean something of this site.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Target {
    /// An address from the root of the site, `/about/`.
    Address(String),
    /// A file by its path from the text's own folder, `../05/leica.md`, or with `@/` from `content/`.
    File(String),
    /// A name between double brackets, `[[xiaomi]]`.
    Name {
        /// As it is written, with what follows a `#`.
        name: String,
        /// Whether the name is also what a reader sees.
        is_shown: bool,
    },
}

impl Target {
    /// What an address in Markdown means; none where it leads out of the site or nowhere.
    #[must_use]
    pub fn of(address: &str) -> Option<Self> {
        let bare = address.trim();
        if let Some(name) = bare.strip_prefix("@/") {
            return Some(Self::File(format!("@/{name}")));
        }
        if bare.starts_with('/') {
            return (!bare.starts_with("//")).then(|| Self::Address(bare.to_owned()));
        }
        let has_scheme =
            bare.find([':', '/', '?', '#']).is_some_and(|at| bare.as_bytes()[at] == b':' && at > 0);
        let is_file = !bare.is_empty()
            && !bare.starts_with(['#', '?'])
            && !has_scheme
            && is_safe_address(bare);
        is_file.then(|| Self::File(bare.to_owned()))
    }

    /// As the author wrote it.
    #[must_use]
    pub fn written(&self) -> &str {
        match self {
            Self::Address(text) | Self::File(text) | Self::Name { name: text, .. } => text,
        }
    }
}

/// What every mark of a text begins with: nobody can write one that works into the text itself, as the
/// key is a hash of all of it.
#[must_use]
pub fn key(source: &str) -> String {
    format!("{SITE_SCHEME}@{}.", &blake3::hash(source.as_bytes()).to_hex()[..16])
}

/// Stands for the address of one of a text's links, until somebody has looked it up.
#[must_use]
pub fn mark(key: &str, number: usize) -> String {
    format!("{key}{number}")
}

/// What a link turned out to mean. All of it is escaped.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Found {
    /// With [`SITE_SCHEME`] before it.
    pub address: String,
    /// What else the element says, with a space before it.
    pub attributes: String,
    /// What a bare name is shown as.
    pub name: Option<String>,
}

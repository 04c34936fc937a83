//! Splits a Markdown file into its front matter and its body.

use super::markdown::{MAX_MARKS, marks};
use super::tree::{self, Entry};
use crate::diagnostic::{self, Diagnostic};
use crate::model::Part;
use crate::source::Source;

/// The front matter's entries and the byte at which the body begins.
pub struct Split {
    /// The keys, in the order of the file.
    pub entries: Vec<Entry>,
    /// Where the body begins.
    pub body: usize,
}

impl Split {
    /// The body, without the empty lines around it.
    #[must_use]
    pub fn body_part(&self, source: &Source) -> Part {
        let text = &source.text[self.body..];
        let start = self.body + text.len() - text.trim_start_matches('\n').len();
        let end = self.body + text.trim_end_matches('\n').len();
        Part::new(&source.text, start..end.max(start))
    }
}

/// Reads the front matter of a file: YAML between `---`, TOML between `+++`.
///
/// # Errors
/// No front matter, no closing fence, broken syntax, a body that takes too much to read.
pub fn split(source: &Source) -> Result<Split, Vec<Diagnostic>> {
    let text = &*source.text;
    let fence = match text.get(..3) {
        Some(fence @ ("---" | "+++"))
            if text[3..].trim_start_matches([' ', '\t']).starts_with('\n') =>
        {
            fence
        }
        _ => return Err(vec![diagnostic::front_matter_missing(source)]),
    };
    let start = text.find('\n').map_or(text.len(), |at| at + 1);
    let mut at = start;
    for line in text[start..].split_inclusive('\n') {
        let bare = line.trim_end();
        if bare == fence || (fence == "---" && bare == "...") {
            let inner = &text[start..at];
            let entries = match fence {
                "---" => tree::yaml(source, start, inner)?,
                _ => tree::toml(source, start, inner)?,
            };
            let body = at + line.len();
            let rest = &text[body..];
            if rest.len() > MAX_MARKS && marks(rest) > MAX_MARKS {
                return Err(vec![diagnostic::too_many_marks(source, body..body, MAX_MARKS)]);
            }
            return Ok(Split { entries, body });
        }
        at += line.len();
    }
    Err(vec![diagnostic::front_matter_open(source, fence)])
}

/// Whether a text begins with front matter of either kind.
#[must_use]
pub fn has_front_matter(text: &str) -> bool {
    text.starts_with("---\n") || text.starts_with("+++\n")
}

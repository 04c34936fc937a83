//! Calls of components, and what stands for them while a text is read as Markdown.

use serde::{Deserialize, Serialize};

use crate::source::Span;

/// Before a number that stands for a call: a character that no script uses.
pub(super) const OPEN: char = '\u{e000}';
/// Behind it.
pub(super) const CLOSE: char = '\u{e001}';

/// A call of a component.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Call {
    /// As it is written.
    pub text: String,
    /// Where it stands in the Markdown.
    pub span: Span,
}

/// A text without what stands for calls.
#[must_use]
pub fn bare(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once(OPEN) {
        let Some((_, after)) = after.split_once(CLOSE) else { break };
        out.push_str(before);
        rest = after;
    }
    out.push_str(rest);
    out
}

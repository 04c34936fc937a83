//! Code blocks with their syntax marked by classes; the stylesheet gives the colours.

use std::sync::LazyLock;

use syntect::html::{ClassStyle, ClassedHTMLGenerator};
use syntect::parsing::SyntaxSet;
use syntect::util::LinesWithEndings;

use crate::model::escape;

/// Blocks longer than this stay plain: the first use of some grammars costs a second for 12 kB.
const MAX_BYTES: usize = 32_000;

/// Before each class, so that a theme's own class names do not meet them.
const STYLE: ClassStyle = ClassStyle::SpacedPrefixed { prefix: "hl-" };

static SYNTAXES: LazyLock<SyntaxSet> = LazyLock::new(two_face::syntax::extra_newlines);

/// A code block as HTML; plain where the language is not known.
#[must_use]
pub fn block(code: &str, language: &str) -> String {
    let class = escape(language);
    let inner = highlighted(code, language).unwrap_or_else(|| escape(code));
    let class = if class.is_empty() { class } else { format!(" class=\"language-{class}\"") };
    format!("<pre tabindex=\"0\"><code{class}>{inner}</code></pre>\n")
}

fn highlighted(code: &str, language: &str) -> Option<String> {
    if language.is_empty() || code.len() > MAX_BYTES {
        return None;
    }
    let syntax = SYNTAXES.find_syntax_by_token(language)?;
    let mut generator = ClassedHTMLGenerator::new_with_class_style(syntax, &SYNTAXES, STYLE);
    for line in LinesWithEndings::from(code) {
        generator.parse_html_for_line_which_includes_newline(line).ok()?;
    }
    Some(generator.finalize())
}

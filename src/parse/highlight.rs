//! Code blocks with their syntax marked by classes; the stylesheet gives the colours.
//!
//! Compiling the patterns of a grammar takes as long as hundreds of articles and lets other threads wait,
//! so articles with code are the first that are read, all by one thread. Lines are remembered: a line of
//! code looks the same whenever the parser reaches it in the same state, and matching a grammar's patterns
//! costs more than all else in an article.

use std::cell::RefCell;
use std::collections::HashMap;
use std::sync::LazyLock;

use syntect::html::{ClassStyle, line_tokens_to_classed_spans};
use syntect::parsing::{ParseState, ScopeStack, SyntaxSet};
use syntect::util::LinesWithEndings;

use crate::model::escape;

/// Blocks longer than this stay plain: the first use of some grammars costs a second for 12 kB.
const MAX_BYTES: usize = 32_000;

/// How many lines are remembered, about a megabyte of them.
const MAX_LINES: usize = 2000;

/// Before each class, so that a theme's own class names do not meet them.
const STYLE: ClassStyle = ClassStyle::SpacedPrefixed { prefix: "hl-" };

static SYNTAXES: LazyLock<SyntaxSet> = LazyLock::new(two_face::syntax::extra_newlines);

/// Whether a text may have blocks of code in a language.
#[must_use]
pub fn has_blocks(markdown: &str) -> bool {
    ["```", "~~~"]
        .iter()
        .any(|fence| memchr::memmem::find(markdown.as_bytes(), fence.as_bytes()).is_some())
}

/// A code block as HTML; plain where the language is not known.
#[must_use]
pub fn block(code: &str, language: &str) -> String {
    // The class by which scripts that draw them find diagrams; they want nothing but text in it.
    if language == "mermaid" {
        return format!("<pre class=\"mermaid\" tabindex=\"0\">{}</pre>\n", escape(code));
    }
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
    let mut state = State { parse: ParseState::new(syntax), scopes: ScopeStack::new() };
    let mut html = String::new();
    let mut open = 0;
    for line in LinesWithEndings::from(code) {
        let done = known_line(line, &state).or_else(|| new_line(line, state))?;
        html.push_str(&done.html);
        open += done.opened;
        state = done.after;
    }
    for _ in 0..open {
        html.push_str("</span>");
    }
    Some(html)
}

/// What the parser knows between two lines.
#[derive(Clone, PartialEq)]
struct State {
    parse: ParseState,
    scopes: ScopeStack,
}

/// A line with its syntax marked.
#[derive(Clone)]
struct Line {
    before: State,
    after: State,
    html: String,
    /// How many more spans it opens than it closes.
    opened: isize,
}

thread_local! {
    /// Lines marked lately. A line looks the same whenever the parser reaches it in the same state,
    /// code repeats its lines, and matching the patterns of a grammar costs more than all else that
    /// an article needs.
    static LINES: RefCell<HashMap<String, Vec<Line>>> = RefCell::default();
}

fn known_line(line: &str, before: &State) -> Option<Line> {
    LINES
        .with_borrow(|lines| lines.get(line)?.iter().find(|known| known.before == *before).cloned())
}

fn new_line(line: &str, before: State) -> Option<Line> {
    let mut after = before.clone();
    let marks = after.parse.parse_line(line, &SYNTAXES).ok()?;
    let (html, opened) =
        line_tokens_to_classed_spans(line, &marks, STYLE, &mut after.scopes).ok()?;
    let done = Line { before, after, html, opened };
    LINES.with_borrow_mut(|lines| {
        if lines.len() >= MAX_LINES {
            lines.clear();
        }
        lines.entry(line.to_owned()).or_default().push(done.clone());
    });
    Some(done)
}

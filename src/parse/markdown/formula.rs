//! Formulas, as LaTeX writes them, in MathML.
//!
//! The output of pulldown-latex is cleaned with the text around it, since it does not escape all that it
//! is given, and what could make it call itself too often is refused before.

use std::panic::{AssertUnwindSafe, catch_unwind};

use pulldown_latex::config::{DisplayMode, RenderConfig};
use pulldown_latex::event::{Content, Event};
use pulldown_latex::{Parser, Storage, push_mathml};

/// No formula that somebody reads has more bytes.
const LONGEST: usize = 10_000;

/// Nor parts of parts as deep: the reader of formulas calls itself for each.
const DEPTH: usize = 60;

/// What it makes of a formula may be so many times as long; macros can make much of little.
const GROWTH: usize = 100;

/// Commands that define others, and one that fails over letters beyond ASCII.
const REFUSED: [&str; 9] =
    ["def", "edef", "gdef", "xdef", "let", "futurelet", "newcommand", "renewcommand", "char"];

/// A formula as MathML, which is yet to be cleaned.
///
/// # Errors
/// Why it cannot be read.
pub(super) fn mathml(tex: &str, is_display: bool) -> Result<String, String> {
    if tex.trim().is_empty() {
        return Err("there is nothing in it".to_owned());
    }
    if tex.len() > LONGEST {
        return Err(format!("it is longer than {LONGEST} bytes"));
    }
    if depth(tex) > DEPTH {
        return Err(format!("it is nested deeper than {DEPTH}"));
    }
    let mut names = commands(tex);
    if let Some(name) = names.find(|name| REFUSED.contains(name)) {
        return Err(format!("`\\{name}` is not known here"));
    }
    // Whatever it fails over, the site is built.
    catch_unwind(AssertUnwindSafe(|| made(tex, is_display)))
        .unwrap_or_else(|_| Err("its reader fails over it".to_owned()))
}

fn made(tex: &str, is_display: bool) -> Result<String, String> {
    let storage = Storage::new();
    let mut events = Vec::new();
    for event in Parser::new(tex, &storage) {
        let event = event.map_err(|error| told(&error.to_string()))?;
        // Names are written down as they are.
        if let Event::Content(Content::Function(name)) = event
            && name.contains(['<', '>', '&'])
        {
            return Err(format!("`{name}` is no name"));
        }
        events.push(event);
    }
    let display_mode = if is_display { DisplayMode::Block } else { DisplayMode::Inline };
    let config = RenderConfig { display_mode, ..RenderConfig::default() };
    let mut out = String::new();
    let events = events.into_iter().map(Ok::<_, std::fmt::Error>);
    push_mathml(&mut out, events, config).map_err(|error| error.to_string())?;
    if out.len() > tex.len() * GROWTH + 1000 {
        return Err("it makes too much of itself".to_owned());
    }
    Ok(out)
}

/// The first line of an error; the others show the place.
fn told(error: &str) -> String {
    let line = error.lines().next().unwrap_or_default();
    line.strip_prefix("parsing error: ").unwrap_or(line).to_owned()
}

/// The commands in a formula, by their names.
fn commands(tex: &str) -> impl Iterator<Item = &str> {
    tex.match_indices('\\').map(|(at, _)| {
        let rest = &tex[at + 1..];
        let end = rest.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(rest.len());
        &rest[..end]
    })
}

/// How deep the parts of a formula can stand in each other, at most: in braces and environments, and as
/// what commands in a row take.
fn depth(tex: &str) -> usize {
    let (mut sum, mut row, mut deepest) = (0, 0, 0);
    let bytes = tex.as_bytes();
    let mut at = 0;
    let mut stack: Vec<usize> = Vec::new();
    while at < bytes.len() {
        let mut is_begin = bytes[at] == b'{';
        let mut is_end = bytes[at] == b'}';
        match bytes[at] {
            b'\\' => {
                let name = commands(&tex[at..]).next().unwrap_or_default();
                at += name.len();
                is_begin = matches!(name, "left" | "begin");
                is_end = matches!(name, "right" | "end");
                // A sign behind the stroke is a command as well.
                at += usize::from(name.is_empty());
                row += 1;
            }
            b'^' | b'_' => row += 1,
            byte if byte.is_ascii_whitespace() || is_begin || is_end => {}
            _ => row = 0,
        }
        if is_begin {
            stack.push(row + 1);
            sum += row + 1;
            row = 0;
        } else if is_end {
            sum -= stack.pop().unwrap_or(0);
            row = 0;
        }
        deepest = deepest.max(sum + row);
        at += 1;
    }
    deepest
}

//! Calls of template components in Markdown, `{{ <figure src="a.png"/> }}`.
//!
//! While the text is read as Markdown, characters that no script uses stand for them; so nothing in a
//! call is taken for Markdown, and positions stay as they are.

use pulldown_cmark::{Event, Parser, Tag, TagEnd};

use super::markdown::{Punctuation, Rendered, markdown};
use crate::source::Span;

const OPEN: char = '\u{e000}';
const CLOSE: char = '\u{e001}';

/// How many calls a text may have: what two digits in base 36 can count.
const MOST: usize = 36 * 36;

/// A call of a component.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Call {
    /// As it is written.
    pub text: String,
    /// Where it stands in the Markdown.
    pub span: Span,
}

/// Renders a text that may call components, if it does so.
#[must_use]
pub fn rendered(source: &str, punctuation: Punctuation, has_calls: bool) -> Rendered {
    if has_calls { with_calls(source, punctuation) } else { markdown(source, punctuation) }
}

/// Renders Markdown with calls of components, which stay to be made.
fn with_calls(source: &str, punctuation: Punctuation) -> Rendered {
    let calls = calls(source);
    // Three bytes each, like the characters that they would be taken for.
    let mut text = source.replace([OPEN, CLOSE], "\u{fffd}");
    for (number, call) in calls.iter().enumerate() {
        let filler = "x".repeat(call.span.len() - 2 * OPEN.len_utf8() - 2);
        let digits = [number / 36, number % 36]
            .map(|digit| char::from_digit(u32::try_from(digit).unwrap_or(0), 36).unwrap_or('0'));
        let [high, low] = digits;
        text.replace_range(call.span.clone(), &format!("{OPEN}{high}{low}{filler}{CLOSE}"));
    }
    let mut rendered = markdown(&text, punctuation);
    rendered.text = replaced(&rendered.text, |_| Ok::<_, ()>(String::new())).unwrap_or_default();
    rendered.calls = calls;
    rendered
}

/// Rendered Markdown with what each call makes; one that stands alone is not in a paragraph.
///
/// # Errors
/// The first error of `make`, which is given the number of a call.
pub fn replaced<E>(
    html: &str,
    mut make: impl FnMut(usize) -> Result<String, E>,
) -> Result<String, E> {
    let mut out = String::with_capacity(html.len());
    let mut rest = html;
    while let Some((before, after)) = rest.split_once(OPEN) {
        let Some((inside, after)) = after.split_once(CLOSE) else { break };
        let number = inside.get(..2).and_then(|digits| usize::from_str_radix(digits, 36).ok());
        let alone = before.strip_suffix("<p>").zip(after.strip_prefix("</p>"));
        let (before, after) = alone.unwrap_or((before, after));
        out.push_str(before);
        out.push_str(&number.map_or_else(|| Ok(String::new()), &mut make)?);
        rest = after;
    }
    out.push_str(rest);
    Ok(out)
}

/// The calls outside of code, as far as they can be counted.
fn calls(source: &str) -> Vec<Call> {
    let code = code(source);
    let mut calls = Vec::new();
    let mut from = 0;
    while let Some(start) = source[from..].find("{{").map(|at| from + at) {
        from = start + 2;
        let is_code = code.iter().any(|span| span.contains(&start));
        if is_code || !source[from..].trim_start().starts_with('<') || calls.len() == MOST {
            continue;
        }
        let Some(end) = end_of_call(source, from) else { continue };
        calls.push(Call { text: source[start..end].to_owned(), span: start..end });
        from = end;
    }
    calls
}

/// Where a call ends whose braces end before `from`.
fn end_of_call(source: &str, mut from: usize) -> Option<usize> {
    loop {
        let slash = from + source[from..].find("/>")?;
        let rest = &source[slash + 2..];
        let braces = rest.trim_start();
        if braces.starts_with("}}") {
            return Some(slash + 2 + rest.len() - braces.len() + 2);
        }
        from = slash + 2;
    }
}

/// Where code stands.
fn code(source: &str) -> Vec<Span> {
    let mut spans = Vec::new();
    let mut block = None;
    for (event, span) in Parser::new(source).into_offset_iter() {
        match event {
            Event::Code(_) => spans.push(span),
            Event::Start(Tag::CodeBlock(_)) => block = Some(span),
            Event::End(TagEnd::CodeBlock) => spans.extend(block.take()),
            _ => {}
        }
    }
    spans
}

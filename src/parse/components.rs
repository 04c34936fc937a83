//! Calls of template components in Markdown, `{{ <figure src="a.png"/> }}`.
//!
//! While the text is read as Markdown, characters that no script uses stand for them; so nothing in a
//! call is taken for Markdown, and positions stay as they are.

use pulldown_cmark::{Event, Tag, TagEnd};

use super::calls::{CLOSE, Call, OPEN, bare};
use super::markdown::{self, Dialect, Rendered};
use crate::model::Passage;
use crate::source::Span;

/// How many calls a text may have: what two digits in base 36 can count.
const MOST: usize = 36 * 36;

/// How many bytes a call may have at least, for what stands for it, and at most.
const LENGTHS: std::ops::RangeInclusive<usize> = 8..=4000;

/// Renders a text that may call components, if it does so, and may have parts in other languages; what
/// the calls make has to be put in.
#[must_use]
pub fn rendered(source: &str, dialect: Dialect, has_calls: bool, passages: &[Passage]) -> Rendered {
    if !has_calls {
        return markdown::with(source, dialect, false, passages);
    }
    let calls = calls(source, dialect);
    // Three bytes each, like the characters that they would be taken for.
    let mut text = source.replace([OPEN, CLOSE], "\u{fffd}");
    for (number, call) in calls.iter().enumerate() {
        let filler = "x".repeat(call.span.len() - LENGTHS.start());
        let digits = [number / 36, number % 36]
            .map(|digit| char::from_digit(u32::try_from(digit).unwrap_or(0), 36).unwrap_or('0'));
        let [high, low] = digits;
        text.replace_range(call.span.clone(), &format!("{OPEN}{high}{low}{filler}{CLOSE}"));
    }
    let mut rendered = markdown::with(&text, dialect, true, passages);
    rendered.text = bare(&rendered.text);
    rendered.calls = calls;
    rendered
}

/// Where a text that may call nothing seems to call something.
#[must_use]
pub fn stray(source: &str, dialect: Dialect) -> Option<Span> {
    memchr::memmem::find(source.as_bytes(), b"{{")?;
    calls(source, dialect).into_iter().next().map(|call| call.span)
}

/// Where in a page a call stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// Between tags.
    Text,
    /// Inside of a tag, where what it makes would be no HTML.
    Tag,
}

/// Rendered Markdown with what each call makes; one that stands alone is not in a paragraph.
///
/// # Errors
/// The first error of `make`, which is given the number of a call and where it stands.
pub fn replaced<E>(
    html: &str,
    mut make: impl FnMut(usize, Place) -> Result<String, E>,
) -> Result<String, E> {
    let mut out = String::with_capacity(html.len());
    let mut rest = html;
    let mut reader = TagReader::default();
    while let Some((before, after)) = rest.split_once(OPEN) {
        let Some((inside, after)) = after.split_once(CLOSE) else { break };
        let number = inside.get(..2).and_then(|digits| usize::from_str_radix(digits, 36).ok());
        before.bytes().for_each(|byte| reader.read(byte));
        let place = if reader.is_inside { Place::Tag } else { Place::Text };
        let alone = before.strip_suffix("<p>").zip(after.strip_prefix("</p>"));
        let (before, after) = alone.unwrap_or((before, after));
        out.push_str(before);
        out.push_str(&number.map_or_else(|| Ok(String::new()), |number| make(number, place))?);
        rest = after;
    }
    out.push_str(rest);
    Ok(out)
}

/// Knows whether it is inside of a tag.
#[derive(Default)]
struct TagReader {
    is_inside: bool,
    /// The quotation mark around the attribute that is being read.
    quote: Option<u8>,
}

impl TagReader {
    fn read(&mut self, byte: u8) {
        match (self.is_inside, self.quote, byte) {
            (false, _, b'<') => self.is_inside = true,
            (true, None, b'>') => self.is_inside = false,
            (true, None, b'"' | b'\'') => self.quote = Some(byte),
            (true, Some(quote), _) if quote == byte => self.quote = None,
            _ => {}
        }
    }
}

/// The calls outside of code, as far as they can be counted.
fn calls(source: &str, dialect: Dialect) -> Vec<Call> {
    let code = code(source, dialect);
    let mut calls = Vec::new();
    let mut from = 0;
    while let Some(start) = source[from..].find("{{").map(|at| from + at) {
        from = start + 2;
        // Code stands in the order of the text.
        let before = code.partition_point(|span| span.end <= start);
        let is_code = code.get(before).is_some_and(|span| span.start <= start);
        if is_code {
            continue;
        }
        let Some(length) = length_of_call(&source[start..]) else { continue };
        let span = start..start + length;
        from = span.end;
        calls.push(Call { text: source[span.clone()].to_owned(), span });
        if calls.len() == MOST {
            break;
        }
    }
    calls
}

/// How long the call is that a text begins with.
fn length_of_call(text: &str) -> Option<usize> {
    let inside = text.strip_prefix("{{")?.trim_start();
    inside.strip_prefix('<')?;
    let mut quote = None;
    let mut end = text.len() - inside.len();
    let limit = text.len().min(*LENGTHS.end());
    while end < limit {
        let byte = text.as_bytes()[end];
        match quote {
            Some(mark) => quote = quote.filter(|_| mark != byte),
            None if matches!(byte, b'"' | b'\'' | b'`') => quote = Some(byte),
            None if text.as_bytes()[end..].starts_with(b"{{") && end > 1 => return None,
            None if text.as_bytes()[end..].starts_with(b"/>") => {
                let rest = &text[end + 2..];
                let braces = rest.trim_start();
                let length = text.len() - braces.len() + 2;
                return (braces.starts_with("}}") && LENGTHS.contains(&length)).then_some(length);
            }
            None => {}
        }
        end += 1;
    }
    None
}

/// Where code and formulas stand, in order.
fn code(source: &str, dialect: Dialect) -> Vec<Span> {
    let mut spans = Vec::new();
    let mut block = None;
    for (event, span) in markdown::parser(source, dialect).into_offset_iter() {
        match event {
            Event::Code(_) | Event::InlineMath(_) | Event::DisplayMath(_) => spans.push(span),
            Event::Start(Tag::CodeBlock(_)) => block = Some(span),
            Event::End(TagEnd::CodeBlock) => spans.extend(block.take()),
            _ => {}
        }
    }
    spans
}

//! Where things stand in a text as it is written, for who changes it.

use pulldown_cmark::{Event, LinkType, Parser, Tag, TagEnd};

use super::OPTIONS;
use crate::source::Span;

/// An address in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Written {
    /// Where it stands, without what is around it.
    pub span: Span,
    /// As Markdown or HTML understands it.
    pub address: String,
    /// Whether what is there is shown, instead of being linked to.
    pub is_image: bool,
}

/// The parts of a text that are code, in spans and in blocks.
#[must_use]
pub fn code(source: &str) -> Vec<Span> {
    let mut spans = Vec::new();
    let mut block = None;
    for (event, span) in Parser::new_ext(source, OPTIONS).into_offset_iter() {
        match event {
            Event::Start(Tag::CodeBlock(_)) => block = Some(span),
            Event::End(TagEnd::CodeBlock) => spans.extend(block.take()),
            Event::Code(_) => spans.push(span),
            _ => {}
        }
    }
    spans
}

/// The addresses of links and pictures, also in HTML, in the order of the text; each once.
#[must_use]
pub fn written(source: &str) -> Vec<Written> {
    let parser = Parser::new_ext(source, OPTIONS);
    let mut found: Vec<Written> = parser
        .reference_definitions()
        .iter()
        .filter_map(|(_, definition)| place(source, &definition.span, &definition.dest, false))
        .collect();
    for (event, span) in parser.into_offset_iter() {
        match event {
            Event::Start(Tag::Link { link_type: LinkType::Inline, dest_url, .. }) => {
                found.extend(place(source, &span, &dest_url, false));
            }
            Event::Start(Tag::Image { link_type: LinkType::Inline, dest_url, .. }) => {
                found.extend(place(source, &span, &dest_url, true));
            }
            Event::Start(Tag::Image { dest_url, .. }) => {
                let used = found.iter_mut().filter(|written| *written.address == *dest_url);
                used.for_each(|written| written.is_image = true);
            }
            Event::Html(_) | Event::InlineHtml(_) => attributes(source, &span, &mut found),
            _ => {}
        }
    }
    found.sort_by_key(|written| written.span.start);
    found.dedup_by(|one, before| one.span.start < before.span.end);
    found
}

/// Where an address stands in a link; none where it is written with escapes.
fn place(source: &str, span: &Span, address: &str, is_image: bool) -> Option<Written> {
    if address.is_empty() {
        return None;
    }
    let text = &source[span.clone()];
    // The text of a link may show its address as well, and a title follows only the address.
    let at = text.find(&format!("]({address}")).or_else(|| text.find(&format!("](<{address}")));
    let at = match at {
        Some(at) => at + text[at..].find(address)?,
        None => text.rfind(address)?,
    };
    let start = span.start + at;
    Some(Written { span: start..start + address.len(), address: address.to_owned(), is_image })
}

/// The addresses in the tags of a piece of HTML.
fn attributes(source: &str, span: &Span, found: &mut Vec<Written>) {
    let html = &source[span.clone()];
    for (name, is_image) in [("href", false), ("src", true), ("data-src", true), ("poster", true)] {
        for (at, _) in html.match_indices(name) {
            let before = html[..at].ends_with(char::is_whitespace);
            let rest = &html[at + name.len()..];
            let value = rest.trim_start().strip_prefix('=').map(str::trim_start);
            let Some(value) = value.filter(|_| before) else { continue };
            let Some(mark) = value.chars().next().filter(|c| matches!(c, '"' | '\'')) else {
                continue;
            };
            let Some((address, _)) = value[1..].split_once(mark) else { continue };
            if address.trim().is_empty() || address.contains('<') {
                continue;
            }
            let start = span.start + html.len() - value.len() + 1;
            let address = address.to_owned();
            found.push(Written { span: start..start + address.len(), address, is_image });
        }
    }
}

//! Mobiledoc, in which Ghost keeps the texts of its editor of 2017 to 2023: sections with marks by number.

use std::fmt::Write as _;

use serde_json::Value as Json;

use super::super::calls::UnknownCalls;
use super::super::placeholders::Placeholders;
use super::cards::card;
use crate::model::escape;

/// A text as HTML.
///
/// # Errors
/// It is no Mobiledoc.
pub(super) fn html(
    text: &str,
    kept: &mut Placeholders,
    unread: &mut UnknownCalls,
) -> Result<String, String> {
    let read: Json =
        serde_json::from_str(text).map_err(|error| format!("its text is no Mobiledoc: {error}"))?;
    let part = |key: &str| read.get(key).and_then(Json::as_array).map_or(&[][..], Vec::as_slice);
    let (markups, atoms, cards) = (part("markups"), part("atoms"), part("cards"));
    let mut out = String::new();
    for section in part("sections") {
        let Some(kind) = section.get(0).and_then(Json::as_u64) else { continue };
        let name = section.get(1).and_then(Json::as_str).unwrap_or("p");
        let markers = |list: Option<&Json>| line(list, markups, atoms);
        match kind {
            1 => {
                let tag = if is_block(name) { name } else { "p" };
                let _ = write!(out, "<{tag}>{}</{tag}>", markers(section.get(2)));
            }
            2 => {
                let _ = write!(out, "<img src=\"{}\">", escape(name));
            }
            3 => {
                let tag = if name == "ol" { "ol" } else { "ul" };
                let items = section.get(2).and_then(Json::as_array).into_iter().flatten();
                let items: String = items
                    .map(|item| format!("<li>{}</li>", markers(Some(item))))
                    .collect::<Vec<_>>()
                    .concat();
                let _ = write!(out, "<{tag}>{items}</{tag}>");
            }
            10 => {
                let at =
                    section.get(1).and_then(Json::as_u64).and_then(|at| usize::try_from(at).ok());
                let found = at.and_then(|at| cards.get(at));
                let name = found.and_then(|card| card.get(0)?.as_str()).unwrap_or("card");
                let fields = found.and_then(|card| card.get(1)).unwrap_or(&Json::Null);
                out.push_str(&card(name, fields, kept, unread));
            }
            _ => {}
        }
    }
    Ok(out)
}

fn is_block(name: &str) -> bool {
    matches!(name, "p" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6" | "blockquote" | "aside")
}

/// The markers of a section: pieces of text, the marks that they open, and how many they close.
fn line(markers: Option<&Json>, markups: &[Json], atoms: &[Json]) -> String {
    let mut out = String::new();
    let mut open: Vec<&str> = Vec::new();
    let at = |value: &Json| value.as_u64().and_then(|at| usize::try_from(at).ok());
    for marker in markers.and_then(Json::as_array).into_iter().flatten() {
        let opened = marker.get(1).and_then(Json::as_array).into_iter().flatten();
        for markup in opened.filter_map(|number| markups.get(at(number)?)) {
            let name = markup.get(0).and_then(Json::as_str).filter(|name| is_inline(name));
            let name = name.unwrap_or("span");
            open.push(name);
            match address(markup).filter(|_| name == "a") {
                Some(address) => {
                    let _ = write!(out, "<a href=\"{}\">", escape(address));
                }
                None => {
                    let _ = write!(out, "<{name}>");
                }
            }
        }
        match (marker.get(0).and_then(Json::as_u64), marker.get(3)) {
            (Some(1), Some(atom)) => {
                let atom = at(atom).and_then(|at| atoms.get(at));
                match atom.and_then(|atom| atom.get(0)?.as_str()) {
                    Some("soft-return") => out.push_str("<br>"),
                    _ => out.push_str(&escape(
                        atom.and_then(|atom| atom.get(1)?.as_str()).unwrap_or_default(),
                    )),
                }
            }
            (_, Some(Json::String(text))) => out.push_str(&escape(text)),
            _ => {}
        }
        let closed = marker.get(2).and_then(at).unwrap_or(0);
        for _ in 0..closed {
            if let Some(name) = open.pop() {
                let _ = write!(out, "</{name}>");
            }
        }
    }
    while let Some(name) = open.pop() {
        let _ = write!(out, "</{name}>");
    }
    out
}

fn is_inline(name: &str) -> bool {
    matches!(
        name,
        "a" | "b" | "strong" | "i" | "em" | "code" | "s" | "del" | "sub" | "sup" | "u" | "mark"
    )
}

/// The address in `["a", ["href", "https://…", …]]`.
fn address(markup: &Json) -> Option<&str> {
    let fields = markup.get(1)?.as_array()?;
    let at = fields.iter().position(|field| field == "href")?;
    fields.get(at + 1)?.as_str()
}

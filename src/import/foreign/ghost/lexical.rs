//! Lexical, in which Ghost keeps the texts of its editor since 2023: a tree of nodes with their types.

use std::fmt::Write as _;

use serde_json::Value as Json;

use super::super::calls::UnknownCalls;
use super::super::placeholders::Placeholders;
use super::cards::card;
use super::text;
use crate::model::escape;

/// Nothing that a person writes is nested deeper.
const DEPTH: usize = 60;

/// A text as HTML.
///
/// # Errors
/// It is no tree of Lexical.
pub(super) fn html(
    text: &str,
    kept: &mut Placeholders,
    unread: &mut UnknownCalls,
) -> Result<String, String> {
    let read: Json =
        serde_json::from_str(text).map_err(|error| format!("its text is no Lexical: {error}"))?;
    let root = read.get("root").ok_or("its text is no Lexical: it has no `root`")?;
    let mut writer = Writer { kept, unread, out: String::new() };
    writer.children(root, 0);
    Ok(writer.out)
}

struct Writer<'a> {
    kept: &'a mut Placeholders,
    unread: &'a mut UnknownCalls,
    out: String,
}

impl Writer<'_> {
    fn children(&mut self, node: &Json, depth: usize) {
        let children = node.get("children").and_then(Json::as_array);
        for child in children.into_iter().flatten().filter(|_| depth < DEPTH) {
            self.node(child, depth + 1);
        }
    }

    fn within(&mut self, tag: &str, node: &Json, depth: usize) {
        self.out.extend(["<", tag, ">"]);
        self.children(node, depth);
        self.out.extend(["</", tag, ">"]);
    }

    fn node(&mut self, node: &Json, depth: usize) {
        let kind = text(node, "type").unwrap_or_default();
        let own = text(node, "tag").unwrap_or_default();
        match kind.strip_prefix("extended-").unwrap_or(kind) {
            "text" | "code-highlight" => self.words(node),
            "linebreak" => self.out.push_str("<br>"),
            "tab" => self.out.push(' '),
            "paragraph" => self.within("p", node, depth),
            "heading" => {
                let is_rank = own.len() == 2 && own.starts_with('h');
                let tag = if is_rank { own } else { "h2" };
                self.within(&escape(tag), node, depth);
            }
            "quote" | "aside" => self.within("blockquote", node, depth),
            "list" => {
                let is_numbered = own == "ol" || text(node, "listType") == Some("number");
                self.within(if is_numbered { "ol" } else { "ul" }, node, depth);
            }
            "listitem" => self.within("li", node, depth),
            "link" | "autolink" | "at-link" => {
                let address = text(node, "url").unwrap_or_default();
                let _ = write!(self.out, "<a href=\"{}\">", escape(address));
                self.children(node, depth);
                self.out.push_str("</a>");
            }
            // A node without children of its own is a card.
            kind if node.get("children").is_none() => {
                self.out.push_str(&card(kind, node, self.kept, self.unread));
            }
            _ => self.children(node, depth),
        }
    }

    /// A text with the marks that the bits of its format say.
    fn words(&mut self, node: &Json) {
        const MARKS: [(u64, &str); 7] = [
            (1, "strong"),
            (2, "em"),
            (4, "s"),
            (16, "code"),
            (32, "sub"),
            (64, "sup"),
            (128, "mark"),
        ];
        let format = node.get("format").and_then(Json::as_u64).unwrap_or(0);
        let marks = MARKS.iter().filter(|(bit, _)| format & bit != 0).map(|(_, tag)| *tag);
        let marks: Vec<&str> = marks.collect();
        for tag in &marks {
            self.out.extend(["<", tag, ">"]);
        }
        // Blanks at its edges are parts of it.
        let words = node.get("text").and_then(Json::as_str).unwrap_or_default();
        self.out.push_str(&escape(words));
        for tag in marks.iter().rev() {
            self.out.extend(["</", tag, ">"]);
        }
    }
}

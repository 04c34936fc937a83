//! What stands in a line: marks, links, code.

use std::fmt::Write as _;

use dom_query::NodeRef;

use super::escape::{code_span, destination, push_apart, push_text, push_words};
use super::media::{image, link_around};
use super::{BREAK, Pictures, SILENT, Writer, is_block, is_one_of, name_of};

impl Writer<'_> {
    /// The words inside an element.
    pub(super) fn words(&self, node: &NodeRef<'_>, out: &mut String) {
        for child in node.children_it(false) {
            self.inline(&child, out);
        }
    }

    pub(super) fn inline(&self, node: &NodeRef<'_>, out: &mut String) {
        if node.is_text() {
            push_text(&node.text(), out);
            return;
        }
        if !node.is_element() {
            return;
        }
        let name = name_of(node);
        match name.as_str() {
            "br" => {
                out.truncate(out.trim_end_matches(' ').len());
                out.push(BREAK);
            }
            "b" | "strong" => self.marked(node, "**", "strong", out),
            "i" | "em" | "cite" | "dfn" => self.marked(node, "*", "em", out),
            "del" | "s" | "strike" => self.marked(node, "~~", "del", out),
            "code" | "kbd" | "samp" | "tt" => {
                let text = node.text();
                let code = text.split_whitespace().collect::<Vec<_>>().join(" ");
                if !code.is_empty() {
                    push_apart(&text, &code_span(&code), out);
                }
            }
            "sup" | "sub" | "mark" => {
                let mut inner = String::new();
                self.words(node, &mut inner);
                let inner = inner.replace(BREAK, " ");
                let inner = inner.trim();
                if !inner.is_empty() {
                    let _ = write!(out, "<{name}>{inner}</{name}>");
                }
            }
            "q" => {
                out.push('“');
                self.words(node, out);
                out.push('”');
            }
            "a" => self.link(node, out),
            "img" => {
                if self.pictures == Pictures::All
                    && let Some(source) = self.source(node)
                {
                    out.push_str(&image(&source, node, ""));
                }
            }
            "video" | "audio" | "iframe" | "embed" => {
                if let Some(link) = self.player(node) {
                    out.push_str(&link);
                }
            }
            "wbr" | "rt" | "rp" => {}
            _ if is_one_of(&SILENT, &name) => {}
            _ if is_block(node) => {
                // A block in a heading or in a link.
                push_text(" ", out);
                self.words(node, out);
                push_text(" ", out);
            }
            _ => self.words(node, out),
        }
    }

    /// Emphasis, with the blanks at its edges outside.
    pub(super) fn marked(&self, node: &NodeRef<'_>, mark: &str, element: &str, out: &mut String) {
        let mut inner = String::new();
        self.words(node, &mut inner);
        let bare = inner.trim_matches([' ', BREAK]);
        if bare.is_empty() {
            push_text(&inner.replace(BREAK, " "), out);
            return;
        }
        // Marks in marks of the same kind say nothing new.
        let is_inside = out.ends_with(mark) && !out.ends_with(&format!("\\{mark}"));
        let begins_with_mark = bare.starts_with(['*', '~']) || bare.ends_with(['*', '~']);
        let before = out.chars().next_back();
        let after = text_after(node);
        let is_fine = !is_inside
            && !begins_with_mark
            && opens(before.filter(|_| !inner.starts_with(' ')), bare.chars().next())
            && opens(after.filter(|_| !inner.ends_with(' ')), bare.chars().next_back());
        let (open, close) = if is_fine {
            (mark.to_owned(), mark.to_owned())
        } else {
            (format!("<{element}>"), format!("</{element}>"))
        };
        let bare = bare.split(BREAK).map(str::trim).filter(|part| !part.is_empty());
        let bare = bare.collect::<Vec<_>>().join(&format!("{close}{BREAK}{open}"));
        push_apart(&inner, &format!("{open}{bare}{close}"), out);
    }

    pub(super) fn link(&self, node: &NodeRef<'_>, out: &mut String) {
        let mut inner = String::new();
        self.words(node, &mut inner);
        let address = node.attr("href").and_then(|href| self.address(&href));
        let bare = inner.trim_matches([' ', BREAK]);
        let is_picture = self.pictures == Pictures::All && link_around(node).is_some();
        match address {
            Some(address) if is_picture && !bare.is_empty() => {
                push_apart(&inner, &format!("[{bare}]({})", destination(&address)), out);
            }
            Some(address) if !bare.is_empty() && !bare.contains("](") => {
                let text = bare.replace(BREAK, " ");
                let place = destination(&address);
                push_apart(&inner, &format!("[{text}]({place})"), out);
            }
            // A link that only means something on its own page leads nowhere from ours.
            _ => push_words(&inner, out),
        }
    }
}

/// Whether marks between two characters begin or end something, as `CommonMark` tells.
fn opens(outside: Option<char>, inside: Option<char>) -> bool {
    let is_sign = |c: char| !c.is_alphanumeric() && !c.is_whitespace() && c != BREAK;
    match (outside, inside) {
        (_, None) => false,
        (_, Some(inside)) if !is_sign(inside) => true,
        (None, _) => true,
        (Some(outside), Some(_)) => outside.is_whitespace() || outside == BREAK || is_sign(outside),
    }
}

/// The first character behind an element, as far as the line goes.
fn text_after(node: &NodeRef<'_>) -> Option<char> {
    let mut at = *node;
    loop {
        if let Some(next) = at.next_sibling() {
            if next.has_name("br") || is_block(&next) {
                return None;
            }
            if let Some(c) = next.text().chars().next() {
                return Some(c);
            }
            at = next;
            continue;
        }
        at = at.parent().filter(|parent| !is_block(parent) && parent.is_element())?;
    }
}

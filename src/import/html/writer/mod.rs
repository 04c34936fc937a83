//! Elements of a page as Markdown that reads as the same words.

mod code;
mod escape;
mod inline;
mod media;
mod tables;

use std::fmt::Write as _;

use dom_query::{Document, NodeRef};
use url::Url;

use self::code::code_block;
use self::escape::{end_paragraph, prefixed};
pub(in crate::import) use self::media::picture_source;
use crate::import::thresholds::FORM_BYTES;
use crate::parse::address::is_safe_address;

/// Which pictures are written down.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Pictures {
    /// Those that have a caption, as the press publishes them: others are decoration.
    Captioned,
    /// All of them.
    All,
}

/// Elements that begin a block, sorted.
const BLOCKS: [&str; 45] = [
    "address",
    "article",
    "aside",
    "blockquote",
    "body",
    "center",
    "dd",
    "details",
    "dir",
    "div",
    "dl",
    "dt",
    "fieldset",
    "figcaption",
    "figure",
    "footer",
    "form",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hgroup",
    "hr",
    "html",
    "li",
    "main",
    "menu",
    "nav",
    "ol",
    "p",
    "picture",
    "pre",
    "section",
    "summary",
    "table",
    "tbody",
    "td",
    "tfoot",
    "th",
    "thead",
    "tr",
    "ul",
];

/// Elements without anything to read, sorted.
const SILENT: [&str; 17] = [
    "button", "canvas", "dialog", "head", "input", "link", "map", "math", "meta", "noscript",
    "object", "script", "select", "style", "svg", "template", "textarea",
];

/// Where a line is broken, until the paragraph is whole.
const BREAK: char = '\u{b}';

/// Writes a document down.
pub(super) fn written(document: &Document, base: Option<&Url>, pictures: Pictures) -> String {
    Writer { base, pictures }.blocks(&document.root()).join("\n\n")
}

/// A whole address of the web, or of mail, for one that a page has.
pub(super) fn whole(address: &str, base: Option<&Url>) -> Option<String> {
    let address = address.trim();
    if address.is_empty() || address.starts_with('#') {
        return None;
    }
    let url = match base {
        Some(base) => base.join(address).ok()?,
        None => Url::parse(address).ok()?,
    };
    // As it is written, where it is whole already.
    let is_written = address.starts_with("http://") || address.starts_with("https://");
    matches!(url.scheme(), "http" | "https" | "mailto")
        .then(|| if is_written { address.replace(' ', "%20") } else { url.into() })
}

struct Writer<'a> {
    base: Option<&'a Url>,
    pictures: Pictures,
}

fn name_of(node: &NodeRef<'_>) -> String {
    node.node_name().map(|name| name.to_string()).unwrap_or_default()
}

/// Whether a name is in a sorted list.
fn is_one_of(names: &[&str], name: &str) -> bool {
    names.binary_search(&name).is_ok()
}

/// Whether elements of a name, in small letters, begin a block.
pub fn is_block_name(name: &str) -> bool {
    is_one_of(&BLOCKS, name)
}

fn is_block(node: &NodeRef<'_>) -> bool {
    node.node_name().is_some_and(|name| is_block_name(&name))
}

/// Whether an element has blocks in it, at any depth.
fn has_blocks(node: &NodeRef<'_>) -> bool {
    node.descendants_it().any(|inner| is_block(&inner))
}

impl Writer<'_> {
    /// An address as it is written down: whole, or as an author wrote it in a text of their own.
    fn address(&self, written: &str) -> Option<String> {
        if self.base.is_some() || self.pictures == Pictures::Captioned {
            return whole(written, self.base);
        }
        let written = written.trim();
        let is_kept =
            !written.is_empty() && is_safe_address(written) && !written.starts_with("data:");
        is_kept.then(|| written.to_owned())
    }

    /// The blocks inside an element.
    fn blocks(&self, node: &NodeRef<'_>) -> Vec<String> {
        let mut out = Vec::new();
        let mut line = String::new();
        self.children(node, &mut out, &mut line);
        end_paragraph(&mut line, &mut out);
        out
    }

    fn children(&self, node: &NodeRef<'_>, out: &mut Vec<String>, line: &mut String) {
        for child in node.children_it(false) {
            if !child.is_element() {
                self.inline(&child, line);
                continue;
            }
            let name = name_of(&child);
            // Some programs put the whole page into a form; others ask for an address in one.
            let is_asked = name == "form" && child.text().trim().len() < FORM_BYTES;
            if is_asked || is_one_of(&SILENT, &name) {
                continue;
            }
            if is_block(&child) {
                end_paragraph(line, out);
                self.block(&child, &name, out);
            } else if has_blocks(&child) && !matches!(name.as_str(), "code" | "ruby") {
                // A link or a font around whole paragraphs.
                self.children(&child, out, line);
            } else {
                self.inline(&child, line);
            }
        }
    }

    fn block(&self, node: &NodeRef<'_>, name: &str, out: &mut Vec<String>) {
        match name {
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => {
                let mut line = String::new();
                self.words(node, &mut line);
                let line = line.replace(BREAK, " ");
                let line = line.split_whitespace().collect::<Vec<_>>().join(" ");
                let level = usize::from(name.as_bytes()[1] - b'0');
                if !line.is_empty() {
                    out.push(format!("{} {line}", "#".repeat(level)));
                }
            }
            "hr" => out.push("---".to_owned()),
            "ul" | "ol" | "dir" | "menu" => out.extend(self.list(node, name)),
            "dl" => out.extend(self.definitions(node)),
            "blockquote" => {
                let inner = self.blocks(node).join("\n\n");
                if !inner.is_empty() {
                    out.push(prefixed(&inner, "> ", "> ").replace("> \n", ">\n"));
                }
            }
            "pre" => out.extend(code_block(node, None)),
            "table" => out.extend(self.table(node)),
            "figure" => self.figure(node, out),
            _ => out.extend(self.blocks(node)),
        }
    }

    /// The items of a list; those without words are left out.
    fn list(&self, node: &NodeRef<'_>, name: &str) -> Option<String> {
        let start = node.attr("start").and_then(|start| start.parse::<usize>().ok()).unwrap_or(1);
        let mut items = Vec::new();
        let mut number = start;
        for child in node.children_it(false).filter(NodeRef::is_element) {
            let inner = self.blocks(&child);
            // A list in a list, without an item around it.
            let is_item = name_of(&child) == "li";
            let inner = if is_item { inner } else { self.blocks_of(&child) };
            if inner.is_empty() {
                continue;
            }
            let mark = if name == "ol" { format!("{number}. ") } else { "- ".to_owned() };
            number += 1;
            let is_tight = inner.len() == 1
                || inner.len() == 2 && inner[1].starts_with(['-', '1']) && !inner[0].contains('\n');
            let text = inner.join(if is_tight { "\n" } else { "\n\n" });
            items.push(prefixed(&text, &mark, &" ".repeat(mark.len())));
        }
        let is_loose = items.iter().any(|item| item.contains("\n\n"));
        (!items.is_empty()).then(|| items.join(if is_loose { "\n\n" } else { "\n" }))
    }

    fn blocks_of(&self, node: &NodeRef<'_>) -> Vec<String> {
        let mut out = Vec::new();
        self.block(node, &name_of(node), &mut out);
        out
    }

    /// Terms and what is said of them.
    fn definitions(&self, node: &NodeRef<'_>) -> Vec<String> {
        let mut out: Vec<String> = Vec::new();
        let mut terms = String::new();
        let parts = node.descendants_it().filter(|part| part.has_name("dt") || part.has_name("dd"));
        for part in parts {
            let inner = self.blocks(&part);
            if inner.is_empty() {
                continue;
            }
            if part.has_name("dt") {
                if terms.contains(": ") {
                    out.push(std::mem::take(&mut terms));
                } else if !terms.is_empty() {
                    terms.push('\n');
                }
                terms.push_str(&inner.join(" ").replace('\n', " "));
            } else if terms.is_empty() {
                out.extend(inner);
            } else {
                let _ = write!(terms, "\n{}", prefixed(&inner.join("\n\n"), ": ", "  "));
            }
        }
        if !terms.is_empty() {
            out.push(terms);
        }
        out
    }
}

/// The table that an element stands in.
fn nearest(node: &NodeRef<'_>, name: &str) -> Option<dom_query::NodeId> {
    node.ancestors_it(None).find(|up| up.has_name(name)).map(|up| up.id)
}

//! Elements of a page as Markdown that reads as the same words.

use std::fmt::Write as _;

use dom_query::{Document, NodeRef};
use url::Url;

use super::phrases::clean;
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

/// A form with less text, in bytes, asks for something.
const FORM: usize = 500;

/// No table has more cells to a row, and none that is written as one more in all.
const COLUMNS: usize = 60;
const CELLS: usize = 20_000;

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
            let is_asked = name == "form" && child.text().trim().len() < FORM;
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

    /// A picture with its caption, or what else is in the figure.
    fn figure(&self, node: &NodeRef<'_>, out: &mut Vec<String>) {
        let captions = node.descendants_it().filter(|inner| inner.has_name("figcaption"));
        let said: Vec<String> = captions.map(|node| clean(&node.text())).collect();
        let said = said.into_iter().filter(|text| !text.is_empty()).collect::<Vec<_>>().join(" ");
        let holds = |name: &str| node.descendants_it().any(|inner| inner.has_name(name));
        if ["table", "pre", "blockquote"].iter().any(|name| holds(name)) {
            out.extend(self.blocks(node));
            return;
        }
        // An author's own figure keeps all that is in it.
        if self.pictures == Pictures::All && !is_picture(node, &said) {
            out.extend(self.blocks(node));
            return;
        }
        let mut pictures = node.descendants_it().filter(|inner| inner.has_name("img"));
        let picture = pictures.find_map(|picture| Some((self.source(&picture)?, picture)));
        match picture {
            Some((source, picture)) if !said.is_empty() || self.pictures == Pictures::All => {
                out.push(image(&source, &picture, &said));
            }
            _ => out.extend(self.media(node)),
        }
    }

    /// Links to what a page plays and we do not.
    fn media(&self, node: &NodeRef<'_>) -> Option<String> {
        let names = ["video", "audio", "iframe", "embed"];
        let mut all = node.descendants_it().filter(|inner| names.iter().any(|n| inner.has_name(n)));
        all.find_map(|player| self.player(&player))
    }

    fn player(&self, node: &NodeRef<'_>) -> Option<String> {
        let own = node.attr("src").or_else(|| node.attr("data-src"));
        let inner = || {
            let mut sources = node.descendants_it().filter(|inner| inner.has_name("source"));
            sources.find_map(|source| source.attr("src"))
        };
        let address = self.address(&own.or_else(inner)?)?;
        let is_frame = node.has_name("iframe") || node.has_name("embed");
        // Frames are adverts and counters, but for players that everybody knows.
        let known =
            ["youtube", "vimeo", "dailymotion", "soundcloud", "spotify", "bilibili", "rutube"];
        let is_known = known.iter().any(|name| address.contains(name));
        (!is_frame || is_known && self.pictures == Pictures::All).then(|| format!("<{address}>"))
    }

    /// The address of a picture.
    fn source(&self, picture: &NodeRef<'_>) -> Option<String> {
        self.address(&picture_source(picture)?)
    }

    /// A table, or what stands in one that only puts things in their places.
    fn table(&self, node: &NodeRef<'_>) -> Vec<String> {
        let rows: Vec<NodeRef<'_>> = node
            .descendants_it()
            .filter(|inner| inner.has_name("tr") && nearest(inner, "table") == Some(node.id))
            .collect();
        let all: Vec<Vec<NodeRef<'_>>> = rows.iter().map(cells).collect();
        // Numbers of lines stand in a column of their own beside the code.
        let with_code = |row: &Vec<NodeRef<'_>>| {
            let blocks = row.iter().filter_map(|cell| {
                let mut inner = cell.descendants_it();
                let block = inner.find(|node| node.has_name("pre") || node.has_name("code"))?;
                let text = block.text();
                let is_count = text.split_whitespace().all(|word| word.parse::<u32>().is_ok());
                (!is_count).then(|| code_block(&block, None)).flatten()
            });
            blocks.collect::<Vec<_>>()
        };
        let is_code = all.len() == 1 && all[0].len() == 2 && {
            let first = all[0][0].text();
            !first.trim().is_empty()
                && first.split_whitespace().all(|word| word.parse::<u32>().is_ok())
        };
        if is_code {
            let blocks = with_code(&all[0]);
            if !blocks.is_empty() {
                return blocks;
            }
        }
        let is_layout = node
            .descendants_it()
            .any(|inner| inner.has_name("table") || inner.has_name("h2") || inner.has_name("h3"))
            || all.iter().all(|row| row.len() < 2)
            || node.attr("role").is_some_and(|role| &*role == "presentation");
        let caption = node.children_it(false).find(|inner| inner.has_name("caption"));
        let caption = caption.map(|caption| escaped(&clean(&caption.text())));
        let caption = caption.filter(|text| !text.is_empty());
        let count: usize = all.iter().map(Vec::len).sum();
        if is_layout || count > CELLS {
            let inner = all.iter().flatten().flat_map(|cell| self.blocks(cell));
            return caption.into_iter().chain(inner).collect();
        }
        let grid = self.grid(&all);
        if grid.iter().flatten().all(String::is_empty) {
            return Vec::new();
        }
        let width = grid.iter().map(Vec::len).max().unwrap_or(0);
        let mut lines = Vec::new();
        for (at, row) in grid.iter().enumerate() {
            let mut cells = row.clone();
            cells.resize(width, String::new());
            lines.push(format!("| {} |", cells.join(" | ")));
            if at == 0 {
                lines.push(format!("|{}", " --- |".repeat(width)));
            }
        }
        caption.into_iter().chain([lines.join("\n")]).collect()
    }

    /// The cells of a table at their places: one that goes over several rows says the same in each.
    fn grid(&self, rows: &[Vec<NodeRef<'_>>]) -> Vec<Vec<String>> {
        let mut grid: Vec<Vec<String>> = Vec::new();
        let mut open: Vec<(usize, String)> = Vec::new();
        for row in rows {
            let mut line: Vec<String> = Vec::new();
            let mut cells = row.iter();
            loop {
                let at = line.len();
                if at >= COLUMNS {
                    break;
                }
                if let Some((left, text)) = open.get_mut(at).filter(|(left, _)| *left > 0) {
                    *left -= 1;
                    line.push(text.clone());
                    continue;
                }
                let Some(cell) = cells.next() else { break };
                let span = |key: &str| {
                    cell.attr(key)
                        .and_then(|n| n.trim().parse::<usize>().ok())
                        .unwrap_or(1)
                        .clamp(1, COLUMNS)
                };
                let text = self.cell(cell);
                let (wide, high) = (span("colspan"), span("rowspan"));
                for part in 0..wide.min(COLUMNS - at) {
                    let text = if part == 0 { text.clone() } else { String::new() };
                    if open.len() <= at + part {
                        open.resize(at + part + 1, (0, String::new()));
                    }
                    open[at + part] = (high - 1, text.clone());
                    line.push(text);
                }
            }
            // What is still open right of the last cell.
            while let Some((left, text)) = open.get_mut(line.len()).filter(|(left, _)| *left > 0) {
                *left -= 1;
                line.push(text.clone());
            }
            if !row.is_empty() {
                grid.push(line);
            }
        }
        grid
    }

    /// What is in a cell, on one line.
    fn cell(&self, cell: &NodeRef<'_>) -> String {
        let blocks: Vec<String> =
            self.blocks(cell).iter().flat_map(|block| lines_of(block)).collect();
        blocks.join("<br>").replace('|', "\\|")
    }

    /// The words inside an element.
    fn words(&self, node: &NodeRef<'_>, out: &mut String) {
        for child in node.children_it(false) {
            self.inline(&child, out);
        }
    }

    fn inline(&self, node: &NodeRef<'_>, out: &mut String) {
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
    fn marked(&self, node: &NodeRef<'_>, mark: &str, element: &str, out: &mut String) {
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

    fn link(&self, node: &NodeRef<'_>, out: &mut String) {
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

/// Whether a figure is one picture and plain words below it.
fn is_picture(node: &NodeRef<'_>, said: &str) -> bool {
    let mut inner = node.descendants_it();
    let pictures = inner.by_ref().filter(|inner| inner.has_name("img")).count();
    let is_linked = node.descendants_it().any(|inner| {
        inner.has_name("a") && inner.ancestors_it(None).any(|up| up.has_name("figcaption"))
            || link_around(&inner).is_some()
    });
    pictures == 1 && !is_linked && clean(&node.text()).len() <= said.len()
}

/// Where the link around a picture leads, unless to the picture itself in another size.
fn link_around(node: &NodeRef<'_>) -> Option<String> {
    if !node.has_name("a") {
        return None;
    }
    let address = node.attr("href")?.to_string();
    let path = address.split(['?', '#']).next().unwrap_or_default().to_lowercase();
    let end = path.rsplit('.').next().unwrap_or_default();
    let is_file = ["png", "jpg", "jpeg", "gif", "webp", "avif", "svg"].contains(&end);
    let mut inner = node
        .children_it(false)
        .filter(|inner| !inner.text().trim().is_empty() || inner.is_element());
    let is_picture =
        inner.next().is_some_and(|only| only.has_name("img")) && inner.next().is_none();
    (is_picture && !is_file).then_some(address)
}

/// The address of a picture: the real one where what is shown first is a placeholder, the largest of
/// several.
pub(super) fn picture_source(picture: &NodeRef<'_>) -> Option<String> {
    const LAZY: [&str; 8] = [
        "data-src",
        "data-original",
        "data-lazy-src",
        "data-lazy",
        "data-full-src",
        "data-hi-res-src",
        "data-image",
        "data-url",
    ];
    let is_address = |text: &String| !text.starts_with("data:") && !text.trim().is_empty();
    let mut lazy = LAZY.iter().filter_map(|key| picture.attr(key)).map(|text| text.to_string());
    let sets = ["data-srcset", "data-lazy-srcset", "srcset"];
    let set = |node: &NodeRef<'_>| {
        sets.iter().find_map(|key| largest(&node.attr(key)?)).filter(is_address)
    };
    let around = || {
        let parent = picture.parent().filter(|parent| parent.has_name("picture"))?;
        parent.children_it(false).filter(|node| node.has_name("source")).find_map(|node| set(&node))
    };
    let own = picture.attr("src").map(|text| text.to_string()).filter(is_address);
    lazy.find(is_address).or_else(|| set(picture)).or(own).or_else(around)
}

/// The largest picture of a set: `a.jpg 1x, b.jpg 2x`.
fn largest(set: &str) -> Option<String> {
    let parts = set.split(", ").flat_map(|part| part.split(",\n"));
    let sized = parts.filter_map(|part| {
        let mut words = part.split_whitespace();
        let address = words.next()?.trim_end_matches(',');
        let size = words.next().unwrap_or("1x").trim_end_matches(['w', 'x', 'h']);
        Some((size.parse::<f64>().unwrap_or(1.0), address.to_owned()))
    });
    sized.max_by(|a, b| a.0.total_cmp(&b.0)).map(|(_, address)| address)
}

/// The cells of a row.
fn cells<'a>(row: &NodeRef<'a>) -> Vec<NodeRef<'a>> {
    row.children_it(false).filter(|node| node.has_name("td") || node.has_name("th")).collect()
}

/// The table that an element stands in.
fn nearest(node: &NodeRef<'_>, name: &str) -> Option<dom_query::NodeId> {
    node.ancestors_it(None).find(|up| up.has_name(name)).map(|up| up.id)
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

/// A picture with its caption.
fn image(source: &str, picture: &NodeRef<'_>, caption: &str) -> String {
    let alt = picture.attr("alt").map(|alt| clean(&alt)).unwrap_or_default();
    let alt = alt.replace('[', "\\[").replace(']', "\\]");
    let place = destination(source);
    if caption.is_empty() {
        return format!("![{alt}]({place})");
    }
    format!("![{alt}]({place} \"{}\")", caption.replace('\\', "\\\\").replace('"', "\\\""))
}

/// An address as it can stand in a link.
pub(super) fn destination(address: &str) -> String {
    let depth = address.chars().try_fold(0usize, |depth, c| match c {
        '(' => Some(depth + 1),
        ')' => depth.checked_sub(1),
        _ => Some(depth),
    });
    let address = address.replace('<', "%3C").replace('>', "%3E").replace(' ', "%20");
    if depth == Some(0) { address } else { address.replace('(', "%28").replace(')', "%29") }
}

/// A block of code; the language is a class of it, or of what is around it.
fn code_block(node: &NodeRef<'_>, language: Option<String>) -> Option<String> {
    let mut code = String::new();
    push_code(node, &mut code);
    let code = code.trim_matches('\n').trim_end();
    if code.trim().is_empty() {
        return None;
    }
    let inside = node.descendants_it().find(|inner| inner.has_name("code"));
    let around = node.ancestors_it(Some(3));
    let language = language
        .or_else(|| inside.as_ref().and_then(language_of))
        .or_else(|| std::iter::once(*node).chain(around).find_map(|node| language_of(&node)));
    let longest = code.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    let mark = "`".repeat(longest.max(2) + 1);
    Some(format!("{mark}{}\n{code}\n{mark}", language.unwrap_or_default()))
}

/// The language that a class names: `language-rust`, `lang-js`, `highlight-source-c`, `brush: php`.
fn language_of(node: &NodeRef<'_>) -> Option<String> {
    let own = node.attr("data-lang").or_else(|| node.attr("data-language"));
    let class = node.class().map(|class| class.to_string()).unwrap_or_default();
    let class = class.replace("brush: ", "brush:");
    let named = class.split([' ', ';']).find_map(|word| {
        let marks = ["language-", "lang-", "highlight-source-", "brush:"];
        marks.iter().find_map(|mark| word.strip_prefix(mark)).map(str::to_owned)
    });
    let found = own.map(|own| own.to_string()).or(named)?;
    let is_name = |c: char| c.is_ascii_alphanumeric() || matches!(c, '+' | '#' | '-' | '_' | '.');
    (!found.is_empty() && found.len() < 20 && found.chars().all(is_name) && found != "none")
        .then(|| found.to_lowercase())
}

/// Code as it is written; lines may be broken by elements.
fn push_code(node: &NodeRef<'_>, out: &mut String) {
    for child in node.children_it(false) {
        if child.is_text() {
            out.push_str(&child.text().replace("\r\n", "\n").replace('\u{a0}', " "));
        } else if child.has_name("br") {
            out.push('\n');
        } else if child.is_element() {
            let is_line = matches!(name_of(&child).as_str(), "div" | "p" | "li" | "tr");
            let is_number = child.class().is_some_and(|class| {
                ["line-number", "lineno", "line-numbers", "gutter"]
                    .iter()
                    .any(|name| class.contains(name))
            });
            if is_number && child.text().split_whitespace().all(|word| word.parse::<u32>().is_ok())
            {
                continue;
            }
            push_code(&child, out);
            if is_line && !out.ends_with('\n') {
                out.push('\n');
            }
        }
    }
}

fn code_span(code: &str) -> String {
    let longest = code.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    let mark = "`".repeat(longest + 1);
    let gap = if code.starts_with('`') || code.ends_with('`') { " " } else { "" };
    format!("{mark}{gap}{code}{gap}{mark}")
}

/// A text with a mark before its first line, and another before the others.
fn prefixed(text: &str, first: &str, others: &str) -> String {
    let mut out = String::with_capacity(text.len() + 16);
    for (at, line) in text.lines().enumerate() {
        if at > 0 {
            out.push('\n');
        }
        if at == 0 {
            out.push_str(first);
        } else if !line.is_empty() || others.starts_with('>') {
            out.push_str(others);
        }
        out.push_str(line);
    }
    out
}

/// A block as lines of a cell; code is put into spans.
fn lines_of(block: &str) -> Vec<String> {
    let mut lines = block.lines();
    let Some(first) = lines.next() else { return Vec::new() };
    let fence = first.trim_end_matches(|c: char| c != '`');
    if fence.len() > 2 && fence.bytes().all(|byte| byte == b'`') {
        let code = lines.take_while(|line| *line != fence).filter(|line| !line.trim().is_empty());
        return code.map(code_span).collect();
    }
    std::iter::once(first)
        .chain(lines)
        .map(|line| line.trim().to_owned())
        .filter(|line| !line.is_empty() && !line.starts_with("| ---"))
        .collect()
}

/// Ends a line of words: a paragraph, or several where two breaks stand in a row.
fn end_paragraph(line: &mut String, out: &mut Vec<String>) {
    let text = std::mem::take(line);
    let parts: Vec<&str> = text.split(BREAK).map(|part| part.trim_matches(' ')).collect();
    let mut paragraph: Vec<&str> = Vec::new();
    for part in parts.iter().chain([&""]) {
        // Old pages indent paragraphs with spaces that do not break.
        let part = part.trim_start_matches(['\u{a0}', '\u{3000}', ' ']);
        if !part.is_empty() {
            paragraph.push(part);
            continue;
        }
        if !paragraph.is_empty() {
            let lines: Vec<String> = paragraph.drain(..).map(at_start).collect();
            out.push(lines.join("  \n"));
        }
    }
}

/// A line that would begin a block of Markdown, so that it does not.
fn at_start(line: &str) -> String {
    let digits = line.find(|c: char| !c.is_ascii_digit()).unwrap_or(line.len());
    let behind = &line[digits..];
    if (1..10).contains(&digits)
        && behind.starts_with(['.', ')'])
        && (behind.len() == 1 || behind[1..].starts_with(' '))
    {
        return format!("{}\\{behind}", &line[..digits]);
    }
    let is_mark = line.starts_with("# ")
        || line.starts_with("## ")
        || line.starts_with('>')
        || line.starts_with("- ")
        || line.starts_with("+ ")
        || line.starts_with('=')
        || line.starts_with("~~~")
        || line.starts_with('#') && line.trim_start_matches('#').starts_with(' ')
        || line.starts_with("--")
        || line == "-"
        || line == "+"
        || line.starts_with('|')
        || line.starts_with(": ");
    if is_mark { format!("\\{line}") } else { line.to_owned() }
}

/// Adds words, with one blank for any white space.
fn push_text(text: &str, out: &mut String) {
    let mut words = String::with_capacity(text.len());
    let mut gap = out.ends_with([' ', BREAK]);
    for c in text.chars() {
        match c {
            '\u{ad}' | '\u{200b}' | '\u{feff}' => {}
            c if c.is_whitespace() && c != '\u{a0}' && c != '\u{3000}' => {
                if !gap {
                    words.push(' ');
                }
                gap = true;
            }
            c if c.is_control() => {}
            c => {
                words.push(c);
                gap = false;
            }
        }
    }
    out.push_str(&escaped(&words));
}

/// Adds what is Markdown already.
fn push_words(text: &str, out: &mut String) {
    let text = if out.is_empty() || out.ends_with([' ', BREAK]) {
        text.trim_start_matches(' ')
    } else {
        text
    };
    out.push_str(text);
}

/// Adds a piece of Markdown with blanks where the text that it was made of has some at its edges.
fn push_apart(text: &str, piece: &str, out: &mut String) {
    let is_blank = |c: char| c.is_whitespace() || c == BREAK;
    if text.starts_with(is_blank) && !out.is_empty() && !out.ends_with([' ', BREAK]) {
        out.push(' ');
    }
    out.push_str(piece);
    if text.ends_with(is_blank) {
        out.push(if text.ends_with(BREAK) { BREAK } else { ' ' });
    }
}

/// Words without what Markdown would make something of.
pub(super) fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let chars: Vec<char> = text.chars().collect();
    let mut word = 0;
    for (at, &c) in chars.iter().enumerate() {
        if c.is_whitespace() {
            word = at + 1;
        }
        let before = at.checked_sub(1).map(|at| chars[at]);
        let after = chars.get(at + 1).copied();
        let is_word = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
        let in_address = || chars[word..at].windows(3).any(|three| three == [':', '/', '/']);
        let is_marked = match c {
            '*' | '`' | '[' | ']' => true,
            // Inside of a word it is nothing, and an address must stay whole.
            '_' => !(in_address() || is_word(before) && is_word(after)),
            '~' => (before == Some('~') || after == Some('~')) && !in_address(),
            '\\' => after.is_some_and(|c| c.is_ascii_punctuation()),
            '<' => after.is_some_and(|c| c.is_ascii_alphabetic() || matches!(c, '/' | '!' | '?')),
            _ => false,
        };
        if is_marked {
            out.push('\\');
        }
        // A reference that the page meant to show as it is written.
        let is_reference = c == '&' && {
            let rest: String = chars[at + 1..].iter().take(10).collect();
            let end = rest.find(';').unwrap_or(0);
            end > 1 && rest[..end].chars().all(|c| c.is_ascii_alphanumeric() || c == '#')
        };
        if is_reference && !in_address() {
            out.push_str("&amp;");
        } else {
            out.push(c);
        }
    }
    out
}

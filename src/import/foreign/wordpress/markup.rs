//! Where tags stand in HTML as people write it into a form: nothing is changed and nothing has to be right.

use std::collections::BTreeSet;

/// What a piece of HTML is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Text,
    /// `<p>`, `</p>`
    Tag,
    /// An element whose content is taken as it is written, with its end.
    Verbatim,
    /// `<!-- … -->`
    Comment,
}

/// A piece of HTML.
#[derive(Clone, Copy, Debug)]
pub(super) struct Piece<'a> {
    pub(super) text: &'a str,
    pub(super) kind: Kind,
}

impl Piece<'_> {
    /// The name of a tag in small letters; empty for what is none.
    pub(super) fn name(&self) -> String {
        if matches!(self.kind, Kind::Tag | Kind::Verbatim) {
            name(self.text)
        } else {
            String::new()
        }
    }
}

/// Elements in which neither lines nor brackets mean anything.
const VERBATIM: [&str; 7] = ["code", "pre", "script", "style", "svg", "textarea", "math"];

/// No tag that a person writes is longer.
const TAG: usize = 20_000;

fn name(tag: &str) -> String {
    let bare = tag.trim_start_matches(['<', '/']);
    let end = bare.find(|c: char| !c.is_ascii_alphanumeric() && c != '-').unwrap_or(bare.len());
    bare[..end].to_ascii_lowercase()
}

/// The pieces of a text; all of them are the text.
pub(super) fn pieces(html: &str) -> Vec<Piece<'_>> {
    let lower = html.to_ascii_lowercase();
    // Elements that are never closed again, so that nobody looks for their ends again and again.
    let mut open: BTreeSet<&str> = BTreeSet::new();
    let mut pieces = Vec::new();
    let (mut at, mut begun) = (0, 0);
    while let Some(start) = html[at..].find('<').map(|found| at + found) {
        let rest = &html[start..];
        let end = if rest.starts_with("<!--") {
            rest.find("-->").map(|end| (start + end + 3, Kind::Comment))
        } else {
            tag_end(rest).map(|end| (start + end, Kind::Tag))
        };
        let Some((mut end, mut kind)) = end else {
            at = start + 1;
            continue;
        };
        let own = name(rest);
        if kind == Kind::Tag
            && !rest.starts_with("</")
            && let Some(name) = VERBATIM.iter().find(|name| **name == own)
            && !open.contains(name)
        {
            let close = lower[end..].find(&format!("</{name}")).map(|found| end + found);
            match close.and_then(|close| Some(close + html[close..].find('>')? + 1)) {
                Some(close) => (end, kind) = (close, Kind::Verbatim),
                None => drop(open.insert(name)),
            }
        }
        if begun < start {
            pieces.push(Piece { text: &html[begun..start], kind: Kind::Text });
        }
        pieces.push(Piece { text: &html[start..end], kind });
        (at, begun) = (end, end);
    }
    if begun < html.len() {
        pieces.push(Piece { text: &html[begun..], kind: Kind::Text });
    }
    pieces
}

/// Where a tag ends that a text begins with, behind what stands in quotation marks.
fn tag_end(text: &str) -> Option<usize> {
    let bare = text[1..].strip_prefix('/').unwrap_or(&text[1..]);
    if !bare.starts_with(|c: char| c.is_ascii_alphabetic()) {
        return None;
    }
    let mut quote = None;
    for (at, byte) in text.bytes().enumerate().take(TAG) {
        match (quote, byte) {
            (Some(mark), byte) if byte == mark => quote = None,
            (None, b'"' | b'\'') => quote = Some(byte),
            (None, b'>') => return Some(at + 1),
            _ => {}
        }
    }
    // A quotation mark that nothing closes.
    text.find('>').filter(|at| *at < TAG).map(|at| at + 1)
}

/// What WordPress shows of a text without marks for paragraphs: blank lines part paragraphs, and other
/// line ends are breaks, unless somebody has marked the paragraphs after all.
pub(super) fn with_paragraphs(html: &str, is_block: impl Fn(&str) -> bool) -> String {
    let pieces = pieces(html);
    let names: Vec<String> = pieces.iter().map(Piece::name).collect();
    let is_marked = names.iter().any(|name| name == "p");
    let mut out = String::with_capacity(html.len() + html.len() / 8);
    // Whether a block begins or ends here, so that white space means nothing.
    let mut is_edge = true;
    for (at, piece) in pieces.iter().enumerate() {
        if piece.kind != Kind::Text {
            out.push_str(piece.text);
            is_edge = match piece.kind {
                Kind::Comment => is_edge,
                _ => is_block(&names[at]),
            };
            continue;
        }
        let mut text = piece.text;
        if is_edge {
            text = text.trim_start();
        } else if at > 0 && names[at - 1] == "br" {
            // The break and the end of its line are one.
            let bare = text.trim_start_matches([' ', '\t', '\r']);
            text = bare.strip_prefix('\n').unwrap_or(text);
        }
        if names.get(at + 1).is_none_or(|name| is_block(name)) {
            text = text.trim_end();
        }
        push_lines(text, is_marked, &mut out);
        is_edge &= text.is_empty();
    }
    out
}

fn push_lines(text: &str, is_marked: bool, out: &mut String) {
    let mut rest = text;
    while let Some(at) = rest.find('\n') {
        out.push_str(rest[..at].trim_end());
        let gap = &rest[at..];
        let after = gap.trim_start();
        let lines = gap[..gap.len() - after.len()].matches('\n').count();
        out.push_str(match (lines, is_marked) {
            (1, true) => "\n",
            (1, false) => "<br>",
            _ => "<br><br>",
        });
        rest = after;
    }
    out.push_str(rest);
}

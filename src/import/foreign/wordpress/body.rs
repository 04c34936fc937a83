//! The text of a post of WordPress as Markdown: its blocks, its shortcodes, and lines that are paragraphs.

use std::fmt::Write as _;

use serde_json::Value as Json;

use super::super::calls::{SiteContext, UnknownCalls};
use super::super::pieces::{as_code, bracketed, destination};
use super::super::placeholders::Placeholders;
use super::super::{Post, embeds};
use super::shortcodes::Reader;
use super::{Library, markup};
use crate::import::html;
use crate::model::escape;

/// The custom field in which footnotes are kept.
pub(super) const NOTES: &str = "footnotes";

/// Blocks that stand in several posts may have others in them.
const DEPTH: usize = 5;

/// The text of a post in Markdown.
///
/// # Errors
/// It is too large to be read.
pub(in super::super) fn markdown(
    library: &Library,
    post: &Post,
    around: &dyn SiteContext,
    unread: &mut UnknownCalls,
    shown: &mut UnknownCalls,
) -> Result<String, String> {
    let body = Placeholders::without_marks(&post.body);
    let body = with_blocks(library, &body, DEPTH);
    let is_blocks = body.contains("<!-- wp:");
    let body = without_marks(&body, post, unread);
    let mut kept = Placeholders::default();
    let mut reader = Reader::new(library, post, around, unread, &mut kept);
    let body = reader.read(&body)?;
    let body = if is_blocks { body } else { markup::with_paragraphs(&body, html::is_block) };
    let body = embeds::without_frames(&body, shown);
    let text = kept.given_back(&html::text(&body)?);
    Ok(match picture(library, post, &text) {
        Some(picture) if text.is_empty() => picture,
        Some(picture) => format!("{picture}\n\n{text}"),
        None => text,
    })
}

/// The picture above a post, unless its text shows it.
fn picture(library: &Library, post: &Post, text: &str) -> Option<String> {
    let file = library.file(post.picture.as_deref()?)?;
    let name = file.address.rsplit('/').next().filter(|name| !name.is_empty())?;
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    // It may be shown in another size: `name-300x200.jpg`.
    let is_shown = text.contains(&format!("/{name}")) || text.contains(&format!("/{stem}-"));
    (!is_shown).then(|| format!("![{}]({})", bracketed(&file.alt), destination(&file.address)))
}

/// A text with the blocks that stand in several posts.
fn with_blocks(library: &Library, body: &str, depth: usize) -> String {
    const MARK: &str = "<!-- wp:block ";
    if depth == 0 || !body.contains(MARK) {
        return body.to_owned();
    }
    let mut out = String::with_capacity(body.len());
    let mut rest = body;
    while let Some(at) = rest.find(MARK) {
        let (before, mark) = rest.split_at(at);
        out.push_str(before);
        let end = mark.find("-->").map_or(mark.len(), |end| end + 3);
        let (mark, after) = mark.split_at(end);
        rest = after;
        let number = Mark::of(mark).and_then(|mark| Some(mark.fields?.get("ref")?.to_string()));
        match number.and_then(|number| library.blocks.get(&number)) {
            Some(block) => out.push_str(&with_blocks(library, block, depth - 1)),
            None => out.push_str(mark),
        }
    }
    out.push_str(rest);
    out
}

/// `<!-- wp:name {…} /-->`
struct Mark<'a> {
    name: &'a str,
    fields: Option<Json>,
    /// Whether it stands for a block that is made when a page is asked for.
    is_whole: bool,
}

impl<'a> Mark<'a> {
    fn of(comment: &'a str) -> Option<Self> {
        let inner =
            comment.strip_prefix("<!--")?.strip_suffix("-->")?.trim().strip_prefix("wp:")?;
        let bare = inner.strip_suffix('/').unwrap_or(inner);
        let is_whole = bare.len() < inner.len();
        let (name, fields) = bare.split_once(char::is_whitespace).unwrap_or((bare, ""));
        Some(Self { name, fields: serde_json::from_str(fields.trim()).ok(), is_whole })
    }
}

/// A text without the marks of blocks; what would be made of a mark alone is shown as code.
fn without_marks(body: &str, post: &Post, unread: &mut UnknownCalls) -> String {
    if !body.contains("<!--") {
        return body.to_owned();
    }
    let mut out = String::with_capacity(body.len());
    for piece in markup::pieces(body) {
        if piece.kind != markup::Kind::Comment {
            out.push_str(piece.text);
            continue;
        }
        let Some(mark) = Mark::of(piece.text).filter(|mark| mark.is_whole) else { continue };
        if mark.name == NOTES {
            out.push_str(&notes(post));
            continue;
        }
        let inner = piece.text.trim_start_matches("<!--").trim_end_matches("-->").trim();
        *unread.entry(format!("wp:{}", mark.name)).or_default() += 1;
        // Spans of code have their own marks in the end.
        let shown = as_code(inner.trim_end_matches('/').trim_end());
        let _ = write!(out, "<p><code>{}</code></p>", escape(shown.trim_matches('`').trim()));
    }
    out
}

/// What the notes of a text say, in their order; their signs in the text are numbers.
fn notes(post: &Post) -> String {
    let field = post.extra.get(NOTES).and_then(Json::as_str).unwrap_or_default();
    let notes: Vec<Json> = serde_json::from_str(field).unwrap_or_default();
    let said = notes.iter().filter_map(|note| note.get("content")?.as_str());
    let items: String = said.map(|text| format!("<li>{text}</li>")).collect::<Vec<_>>().concat();
    if items.is_empty() { items } else { format!("<hr><ol>{items}</ol>") }
}

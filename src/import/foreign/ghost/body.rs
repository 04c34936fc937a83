//! The text of a post of Ghost as Markdown, from what is in the export of it.

use dom_query::{Document, NodeRef};

use super::super::calls::UnknownCalls;
use super::super::placeholders::Placeholders;
use super::super::{Post, embeds};
use super::cards::{link, noted};
use super::{lexical, mobiledoc};
use crate::import::html;
use crate::model::escape;

/// The text of a post in Markdown.
///
/// # Errors
/// It is too large to be read, or no text of Ghost.
pub(in super::super) fn markdown(
    post: &Post,
    unread: &mut UnknownCalls,
    shown: &mut UnknownCalls,
) -> Result<String, String> {
    let mut kept = Placeholders::default();
    let body = Placeholders::without_marks(&post.body);
    // Which of its texts the export has.
    let html = match post.names.first().map(String::as_str) {
        Some("lexical") => lexical::html(&body, &mut kept, unread)?,
        Some("mobiledoc") => mobiledoc::html(&body, &mut kept, unread)?,
        Some("markdown") => kept.keep(body),
        _ => body,
    };
    let html = with_plain_cards(&html)?;
    let html = embeds::without_frames(&html, shown);
    let text = kept.given_back(&html::text(&html)?);
    let is_shown = |picture: &String| {
        let address = picture.split_once("](").map_or("", |(_, rest)| rest);
        let name = address.split([' ', ')']).next().and_then(|address| address.rsplit('/').next());
        name.is_some_and(|name| !name.is_empty() && text.contains(name))
    };
    Ok(match post.picture.clone().filter(|picture| !is_shown(picture)) {
        Some(picture) if text.is_empty() => picture,
        Some(picture) => format!("{picture}\n\n{text}"),
        None => text,
    })
}

/// Cards whose links go around blocks, or that have buttons to play something, as plain links.
fn with_plain_cards(html: &str) -> Result<String, String> {
    if !html.contains("kg-") {
        return Ok(html.to_owned());
    }
    html::fits(html)?;
    let document = Document::fragment(html);
    let cards = [
        (".kg-bookmark-card", "a[href]", "href", ".kg-bookmark-title"),
        (".kg-file-card", "a[href]", "href", ".kg-file-card-title"),
        (".kg-audio-card", "audio[src]", "src", ".kg-audio-title"),
        (".kg-video-card", "video[src]", "src", ""),
    ];
    for (card, source, key, title) in cards {
        for node in document.select(card).nodes() {
            let Some(address) = attribute(node, source, key) else { continue };
            let title = if title.is_empty() { None } else { words(node, title) };
            let about = words(node, ".kg-bookmark-description, .kg-file-card-caption");
            let said = noted(&[about, words(node, "figcaption")]);
            let player = source.split('[').next().unwrap_or_default();
            let plain = match (player, title) {
                ("video", _) => {
                    format!("<p><video src=\"{}\"></video></p>{said}", escape(&address))
                }
                (_, title) => format!("{}{said}", link(&address, title.as_deref())),
            };
            node.replace_with_html(plain);
        }
    }
    for node in document.select(".kg-callout-card").nodes() {
        let inner = node.inner_html();
        node.replace_with_html(format!("<blockquote>{inner}</blockquote>"));
    }
    Ok(document.html().to_string())
}

fn attribute(node: &NodeRef<'_>, inside: &str, key: &str) -> Option<String> {
    let found = dom_query::Selection::from(*node).select(inside);
    found.attr(key).map(|value| value.to_string())
}

fn words(node: &NodeRef<'_>, inside: &str) -> Option<String> {
    let found = dom_query::Selection::from(*node).select(inside);
    let text = found.text().split_whitespace().collect::<Vec<_>>().join(" ");
    (!text.is_empty()).then_some(text)
}

//! The article of a page, without what stands around it.

use dom_query::Document;
use dom_smoothie::{Config, Readability};

use super::metadata::{Metadata, clean};
use crate::understand::companies::Gazetteer;

/// The article as Markdown, and its paragraphs as plain text.
#[derive(Clone, Debug, Default)]
pub(super) struct Text {
    pub(super) markdown: String,
    pub(super) paragraphs: Vec<String>,
}

/// Extracts the article.
pub(super) fn body(
    html: &str,
    meta: &Metadata,
    address: Option<&str>,
    _gazetteer: &Gazetteer,
) -> Text {
    let config = Config { disable_json_ld: true, ..Config::default() };
    let Ok(mut reader) =
        Readability::new(html, address.filter(|a| a.starts_with("http")), Some(config))
    else {
        return Text::default();
    };
    let Ok(article) = reader.parse() else { return Text::default() };
    let document = Document::fragment(article.content.as_ref());
    tidy(&document, meta);
    let markdown = document
        .md(Some(&["script", "style", "img", "svg", "form", "button", "iframe"]))
        .to_string();
    let paragraphs = document
        .select("p, li, h2, h3, blockquote")
        .iter()
        .map(|node| clean(&node.text()))
        .filter(|text| !text.is_empty())
        .collect();
    Text { markdown: markdown.trim().to_owned(), paragraphs }
}

/// Takes out what extraction leaves in: captions, the repeated headline.
fn tidy(document: &Document, meta: &Metadata) {
    document.select("figure, figcaption, aside, nav, footer, noscript").remove();
    for node in document.select("h1, h2").iter().take(3) {
        let text = clean(&node.text()).to_lowercase();
        if meta.titles.iter().chain(&meta.headings).any(|title| title.to_lowercase() == text) {
            node.remove();
        }
    }
}

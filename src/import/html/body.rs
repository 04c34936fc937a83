//! The article of a page, without what stands around it.

use dom_query::Document;
use dom_smoothie::{Config, Readability};

use super::metadata::{Metadata, clean};
use crate::understand::companies::Gazetteer;
use crate::understand::structure::{self, Block};
use crate::understand::{language, lexicon};

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
    gazetteer: &Gazetteer,
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
    drop_noise(&document, gazetteer);
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

/// Takes out paragraphs that are, by their words, no part of the article.
fn drop_noise(document: &Document, gazetteer: &Gazetteer) {
    let nodes: Vec<_> = document.select("p, li, h2, h3, h4, h5").iter().collect();
    let texts: Vec<String> = nodes.iter().map(|node| clean(&node.text())).collect();
    let words: Vec<&str> = texts.iter().map(String::as_str).collect();
    let lexicon = lexicon::of(language::of_article(&words));
    let blocks: Vec<Block> =
        texts.iter().map(|text| Block { text: text.clone(), bullet: false }).collect();
    for (node, noise) in nodes.iter().zip(structure::noise(&blocks, lexicon, gazetteer)) {
        if noise && node.select("p, li").is_empty() {
            node.remove();
        }
    }
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

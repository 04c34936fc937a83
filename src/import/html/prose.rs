//! Where a page has most paragraphs: a second opinion on what its article is.
//!
//! Readability weighs names and commas, and now and then takes a box, a list of rights or one part of
//! several for the article. Nearly all articles have their paragraphs in one element, or in several of
//! the same kind.

use dom_query::{Document, NodeRef};

use super::phrases::{clean, letters, opening};
use crate::import::thresholds::{
    LUMP_PARAGRAPHS, NEARLY_ALL_TENTHS, PARAGRAPH_BYTES, PARAGRAPH_PLACES, PARAGRAPHS_BYTES,
};

/// Parts of pages that have paragraphs and are no article, by their usual names.
const OTHERS: [&str; 22] = [
    "comment",
    "footer",
    "cookie",
    "consent",
    "gdpr",
    "related",
    "teaser",
    "sidebar",
    "newsletter",
    "modal",
    "popup",
    "promo",
    "recommend",
    "disclaimer",
    "legal",
    "author-bio",
    "biography",
    "widget",
    "banner",
    "excerpt",
    "subscribe",
    "paywall",
];

/// The paragraphs of the elements that have most of them.
#[derive(Clone, Debug, Default)]
pub(super) struct Prose {
    /// The openings of the paragraphs, with their lengths in bytes.
    parts: Vec<(String, usize)>,
    /// The elements, as HTML.
    pub(super) html: String,
}

impl Prose {
    /// Looks through a page.
    pub(super) fn of(page: &Document) -> Self {
        let mut places: Vec<(NodeRef<'_>, Vec<(String, usize)>)> = Vec::new();
        for paragraph in page.select("p").nodes() {
            let Some(parent) = paragraph.parent() else { continue };
            let text = clean(&paragraph.text());
            if text.len() < PARAGRAPH_BYTES {
                continue;
            }
            let part = (opening(&text), text.len());
            match places
                .iter_mut()
                .rev()
                .take(PARAGRAPH_PLACES)
                .find(|(place, _)| place.id == parent.id)
            {
                Some((_, parts)) => parts.push(part),
                None => places.push((parent, vec![part])),
            }
        }
        let total = |parts: &[(String, usize)]| parts.iter().map(|part| part.1).sum::<usize>();
        places.retain(|(place, parts)| !is_other(place) && is_words(place, total(parts)));
        let best = places.iter().max_by_key(|(_, parts)| total(parts));
        let Some((best, _)) = best else { return Self::default() };
        let class = best.class();
        // Articles in several parts have them in elements of one class.
        let is_same = |place: &NodeRef<'_>| {
            place.id == best.id
                || class
                    .as_ref()
                    .is_some_and(|class| !class.is_empty() && place.class().as_ref() == Some(class))
        };
        let mut prose = Self::default();
        for (place, parts) in places.iter().filter(|(place, _)| is_same(place)) {
            prose.parts.extend(parts.iter().cloned());
            prose.html.push_str(&place.html());
        }
        prose
    }

    /// How many bytes its paragraphs have.
    pub(super) fn length(&self) -> usize {
        self.parts.iter().map(|part| part.1).sum()
    }

    /// Whether it is a better article than a text that was found: that one has little of it, or not all
    /// of it, and is not longer.
    pub(super) fn is_better_than(&self, found: &[String]) -> bool {
        let text: String = found.iter().flat_map(|text| letters(text)).collect();
        let length: usize = found.iter().map(String::len).sum();
        let shared: usize = self
            .parts
            .iter()
            .filter(|(opening, _)| text.contains(opening))
            .map(|part| part.1)
            .sum();
        let whole = self.length();
        let is_other = shared * 2 < whole && whole > length;
        // A part of it was found, and little else.
        let is_part =
            shared * 10 < whole * NEARLY_ALL_TENTHS && whole * 10 >= length * NEARLY_ALL_TENTHS;
        let is_lump = shared * 2 < whole && self.is_of_more(found);
        whole >= PARAGRAPHS_BYTES && (is_other || is_part || is_lump)
    }

    /// Whether it has many times as many paragraphs as a text that was found.
    pub(super) fn is_of_more(&self, found: &[String]) -> bool {
        self.parts.len() > LUMP_PARAGRAPHS * found.len()
    }
}

/// Whether an element is no part of an article by its name, or by what it is in.
fn is_other(node: &NodeRef<'_>) -> bool {
    let around = node.ancestors_it(None);
    std::iter::once(*node).chain(around).any(|node| {
        if ["footer", "nav", "aside", "form", "li", "blockquote", "figure", "td", "noscript"]
            .iter()
            .any(|name| node.has_name(name))
        {
            return true;
        }
        if node.has_name("body")
            || node.has_name("html")
            || node.has_name("article")
            || node.has_name("main")
        {
            return false;
        }
        let names = [node.class(), node.id_attr()];
        names.iter().flatten().any(|name| {
            let name = name.to_lowercase();
            OTHERS.iter().any(|other| name.contains(other))
        }) && !holds_headline(&node)
    })
}

/// Whether an element has the main heading in it: it is then the whole page, whatever it is called.
fn holds_headline(node: &NodeRef<'_>) -> bool {
    node.descendants_it().any(|inner| inner.has_name("h1"))
}

/// Whether most of an element's words are no links.
fn is_words(node: &NodeRef<'_>, length: usize) -> bool {
    let links = node.descendants_it().filter(|inner| inner.has_name("a"));
    let linked: usize = links.map(|link| link.text().len()).sum();
    linked * 2 < length.max(1)
}

//! Keeps what came from a source from running in a reader's browser.

use std::collections::HashSet;
use std::sync::LazyLock;

use ammonia::Builder;

use super::markdown::SITE_SCHEME;
use crate::model::escape;

static BUILDER: LazyLock<Builder<'static>> = LazyLock::new(|| {
    let mut builder = Builder::default();
    let schemes = ["http", "https", "mailto", "tel", SITE_SCHEME.trim_end_matches(':')];
    builder
        .url_schemes(HashSet::from(schemes))
        .link_rel(None)
        .add_tags(["section"])
        .add_tag_attributes("img", ["loading", "decoding"])
        .add_tag_attributes("li", ["id", "value"])
        .add_tag_attributes("a", ["role"])
        .add_tag_attributes("pre", ["tabindex"])
        .add_tag_attributes("div", ["tabindex"])
        .add_generic_attributes(["class", "lang", "dir"])
        // The mark is taken away later, and what stood behind it would be the address.
        .attribute_filter(|_, _, value| {
            let mark = value.get(..SITE_SCHEME.len());
            let is_marked = mark.is_some_and(|mark| mark.eq_ignore_ascii_case(SITE_SCHEME));
            let is_ours = !is_marked || value[SITE_SCHEME.len()..].starts_with(['/', '@']);
            is_ours.then(|| value.into())
        });
    for tag in ["h2", "h3", "h4", "h5", "h6", "div", "sup", "a"] {
        builder.add_tag_attributes(tag, ["id"]);
    }
    builder
});

/// HTML nested deeper than this is no article, and takes parsers minutes.
pub const MAX_DEPTH: usize = 1500;

/// What of a page its readers need time and memory for, counted roughly.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Extent {
    /// How deep the elements are nested; tags that need no end are left out.
    pub depth: usize,
    /// How many tags there are.
    pub tags: usize,
    /// How many bytes of text are between them.
    pub text: usize,
}

/// Rendered Markdown with raw HTML in it, without anything that could run. What is nested too deep
/// is shown as it was written.
#[must_use]
pub fn html(text: &str) -> String {
    if extent(text).depth > MAX_DEPTH {
        return escape(text);
    }
    BUILDER.clean(text).to_string()
}

/// How large a page is.
#[must_use]
pub fn extent(html: &str) -> Extent {
    const NO_END: [&str; 32] = [
        "area", "base", "body", "br", "col", "colgroup", "dd", "dt", "embed", "head", "hr", "html",
        "img", "input", "link", "meta", "optgroup", "option", "p", "param", "path", "rect", "rp",
        "rt", "source", "tbody", "tfoot", "thead", "track", "use", "wbr", "circle",
    ];
    const SHAPES: [&str; 20] = [
        "path",
        "g",
        "rect",
        "circle",
        "line",
        "polyline",
        "polygon",
        "ellipse",
        "defs",
        "use",
        "symbol",
        "stop",
        "lineargradient",
        "radialgradient",
        "clippath",
        "mask",
        "filter",
        "text",
        "tspan",
        "image",
    ];
    let is_one_of = |names: &[&str], name| names.iter().any(|n| n.eq_ignore_ascii_case(name));
    let mut extent = Extent::default();
    let mut depth = 0usize;
    // A script or a style sheet has no tags in it, whatever its strings look like.
    let mut silent: Option<&str> = None;
    // A drawing ends all that was begun in it.
    let mut drawing: Option<usize> = None;
    for part in html.split('<').skip(1) {
        if let Some(open) = silent {
            let name = part.strip_prefix('/').and_then(|rest| rest.get(..open.len()));
            if !name.is_some_and(|name| name.eq_ignore_ascii_case(open)) {
                continue;
            }
            silent = None;
            depth = depth.saturating_sub(1);
            extent.tags += 1;
            extent.text += part.find('>').map_or(part.len(), |at| part.len() - at - 1);
            continue;
        }
        let (end, name) = part.strip_prefix('/').map_or((false, part), |rest| (true, rest));
        let name = &name[..name.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(name.len())];
        extent.tags += 1;
        // In a drawing a script is an element as others are.
        let is_drawn = drawing.is_some();
        if is_one_of(&["svg", "math"], name) {
            if end {
                depth = drawing.take().map_or(depth, |before| before + 1);
            } else {
                drawing = drawing.or(Some(depth));
            }
        } else if !end && !is_one_of(&SHAPES, name) {
            // Whatever is no shape may have ended the drawing.
            drawing = None;
        }
        if !end && !is_drawn && is_one_of(&["script", "style"], name) {
            silent = Some(name);
        } else {
            extent.text += part.find('>').map_or(part.len(), |at| part.len() - at - 1);
        }
        if !name.starts_with(|c: char| c.is_ascii_alphabetic()) || is_one_of(&NO_END, name) {
            continue;
        }
        depth = if end { depth.saturating_sub(1) } else { depth + 1 };
        extent.depth = extent.depth.max(depth);
    }
    extent
}

/// Whether a link may lead there: no scheme, or one of a few that run nothing.
///
/// Browsers skip control characters and spaces inside a scheme, so they are skipped here as well.
#[must_use]
pub fn is_safe_address(url: &str) -> bool {
    let mut scheme = String::new();
    for c in url.chars().filter(|c| !c.is_control() && !c.is_whitespace()) {
        match c {
            ':' => return matches!(scheme.as_str(), "http" | "https" | "mailto" | "tel"),
            '/' | '?' | '#' => return true,
            c => scheme.push(c.to_ascii_lowercase()),
        }
    }
    true
}

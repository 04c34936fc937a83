//! Keeps what came from a source from running in a reader's browser.

use std::borrow::Cow;
use std::collections::HashSet;
use std::sync::LazyLock;

use ammonia::Builder;

use super::address::SITE_SCHEME;
use super::extent::extent;
use crate::model::{escape, printable};

static BUILDER: LazyLock<Builder<'static>> = LazyLock::new(builder);

/// The same for texts with formulas. Of MathML only what shows something is let through: no links, no
/// styles, and nothing in which HTML could stand.
static WITH_FORMULAS: LazyLock<Builder<'static>> = LazyLock::new(|| {
    let mut builder = builder();
    builder
        .add_tags(FORMULA)
        .add_tag_attributes("math", ["display"])
        .add_tag_attributes("mi", ["mathvariant"])
        .add_tag_attributes("mo", ["largeop", "maxsize", "movablelimits", "stretchy", "symmetric"])
        .add_tag_attributes("mfrac", ["linethickness"])
        .add_tag_attributes("mspace", ["depth", "height", "width"]);
    for tag in FORMULA {
        builder.add_tag_attributes(tag, ["displaystyle", "scriptlevel"]);
    }
    builder
});

/// The elements that formulas are made of.
const FORMULA: [&str; 20] = [
    "math",
    "mfrac",
    "mi",
    "mn",
    "mo",
    "mover",
    "mroot",
    "mrow",
    "mspace",
    "msqrt",
    "mstyle",
    "msub",
    "msubsup",
    "msup",
    "mtable",
    "mtd",
    "mtext",
    "mtr",
    "munder",
    "munderover",
];

fn builder() -> Builder<'static> {
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
}

/// Rendered Markdown with raw HTML in it, without anything that could run. What would take minutes
/// to read is shown as it was written.
#[must_use]
pub fn html(text: &str) -> String {
    clean(&BUILDER, text)
}

/// The same for a text with formulas in it.
#[must_use]
pub fn html_with_formulas(text: &str) -> String {
    clean(&WITH_FORMULAS, text)
}

fn clean(builder: &Builder<'_>, text: &str) -> String {
    if extent(text).excess().is_some() {
        return escape(text);
    }
    let clean = builder.clean(text).to_string();
    // `&#1;` is a control character by now, and an address without it may be another one.
    match printable(&clean) {
        Cow::Borrowed(_) => clean,
        Cow::Owned(rest) => builder.clean(&rest).to_string(),
    }
}

//! Keeps what came from a source from running in a reader's browser.

use std::collections::HashSet;
use std::sync::LazyLock;

use ammonia::Builder;

use super::markdown::SITE_SCHEME;

static BUILDER: LazyLock<Builder<'static>> = LazyLock::new(|| {
    let mut builder = Builder::default();
    let schemes = ["http", "https", "mailto", "tel", SITE_SCHEME.trim_end_matches(':')];
    builder
        .url_schemes(HashSet::from(schemes))
        .link_rel(None)
        .add_tags(["section", "input"])
        .add_tag_attributes("input", ["type", "checked", "disabled"])
        .add_tag_attributes("pre", ["tabindex"])
        .add_tag_attributes("div", ["tabindex"])
        .add_generic_attributes(["class", "lang", "dir"]);
    for tag in ["h2", "h3", "h4", "h5", "h6", "div", "sup", "a"] {
        builder.add_tag_attributes(tag, ["id"]);
    }
    builder
});

/// Rendered Markdown with raw HTML in it, without anything that could run.
#[must_use]
pub fn html(text: &str) -> String {
    BUILDER.clean(text).to_string()
}

/// Whether a link may lead there: no scheme, or one of a few that run nothing.
///
/// Browsers skip control characters and spaces inside a scheme, so they are skipped here as well.
#[must_use]
pub fn is_safe_address(url: &str) -> bool {
    let squeezed: String =
        url.chars().filter(|c| !c.is_control() && !c.is_whitespace()).collect::<String>();
    match squeezed.find([':', '/', '?', '#']) {
        Some(at) if squeezed[at..].starts_with(':') => {
            let scheme = squeezed[..at].to_ascii_lowercase();
            matches!(scheme.as_str(), "http" | "https" | "mailto" | "tel")
        }
        _ => true,
    }
}

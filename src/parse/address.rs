//! Which addresses may stand in a text.

/// Stands before addresses of this site in rendered HTML, until a page knows how to reach them.
pub const SITE_SCHEME: &str = "tearsheet:";

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

//! What looks like a tag of HTML and is none: `AsRef<Style>`, `Vec<T>`, `<Path>`.

/// The elements of HTML.
const ELEMENTS: &str = " a abbr acronym address area article aside audio b base bdi bdo big blockquote body br button \
    canvas caption center cite code col colgroup data datalist dd del details dfn dialog dir div dl dt em embed \
    fieldset figcaption figure font footer form frame frameset h1 h2 h3 h4 h5 h6 head header hgroup hr html i \
    iframe img input ins kbd label legend li link main map mark marquee math menu meta meter nav nobr noframes noscript \
    object ol optgroup option output p param picture pre progress q rp rt rtc ruby s samp script search section \
    select slot small source span strike strong style sub summary sup svg table tbody td template textarea \
    tfoot th thead time title tr track tt u ul var video wbr ";

/// Elements that swallow all that follows until they end.
const SWALLOWING: [&str; 7] = ["script", "style", "textarea", "title", "iframe", "noframes", "xmp"];

/// Whether a piece of HTML, as Markdown takes it, is some. `is_word` says that a letter stands right
/// before it, `has_end` whether an end such as `</b>` stands in it or behind.
pub(super) fn is_html(text: &str, is_word: bool, has_end: impl FnOnce(&str) -> bool) -> bool {
    let bare = text.trim_start();
    let Some(inner) = bare.strip_prefix('<') else { return true };
    let (is_end, inner) = inner.strip_prefix('/').map_or((false, inner), |inner| (true, inner));
    // Comments, declarations and the like.
    if !inner.starts_with(|c: char| c.is_ascii_alphabetic()) {
        return true;
    }
    let end = inner.find(|c: char| !c.is_ascii_alphanumeric() && c != '-').unwrap_or(inner.len());
    let name = &inner[..end];
    let small = name.to_ascii_lowercase();
    // A custom element, or one of a program such as Word.
    if name.contains('-') || inner[end..].starts_with(':') {
        return true;
    }
    if !ELEMENTS.contains(&format!(" {small} ")) {
        return false;
    }
    let has_attributes =
        inner[end..].starts_with(char::is_whitespace) && inner[end..].contains('=');
    let is_mixed = name != small && name != name.to_ascii_uppercase();
    if !has_attributes && !is_end && (is_mixed || is_word && name != small) {
        return false;
    }
    if name.len() == 1 && name != small || SWALLOWING.contains(&small.as_str()) {
        return is_end || has_end(&format!("</{name}>"));
    }
    true
}

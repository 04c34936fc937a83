//! Tables as pages have them.

/// A text with the cells of its tables aligned by a class, since inline styles would need a hole in the
/// content security policy, and heads that say what they are the heads of.
pub(super) fn cells(html: &str) -> String {
    let mut out = String::with_capacity(html.len() + 256);
    let mut rest = html;
    while let Some(at) = memchr::memmem::find(rest.as_bytes(), b"<t") {
        let (before, tag) = rest.split_at(at);
        out.push_str(before);
        rest = cell(tag, &mut out);
    }
    out.push_str(rest);
    out
}

/// Writes the beginning of a cell, or of another tag as it is, and gives what is behind.
fn cell<'a>(tag: &'a str, out: &mut String) -> &'a str {
    let (name, after) = tag.split_at_checked("<th".len()).unwrap_or(tag.split_at("<t".len()));
    let is_cell = matches!(name, "<th" | "<td");
    let style = after.strip_prefix(" style=\"text-align: ").filter(|_| is_cell);
    let side = style.and_then(|style| style.split_once('"'));
    let side = side.filter(|(side, _)| matches!(*side, "left" | "center" | "right"));
    let is_head = name == "<th" && (side.is_some() || after.starts_with('>'));
    if let Some(after) = after.strip_prefix("></th>").filter(|_| is_head) {
        // A cell without words is the head of nothing.
        out.push_str("<td></td>");
        return after;
    }
    out.push_str(name);
    if is_head {
        out.push_str(" scope=\"col\"");
    }
    match side {
        Some((side, after)) => {
            out.extend([" class=\"align-", side, "\""]);
            after
        }
        None => after,
    }
}

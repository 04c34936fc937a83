//! Pieces of Markdown, written so that they are read as what they are.

/// A text in a span of code, on one line.
pub(super) fn as_code(text: &str) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let longest = line.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    let mark = "`".repeat(longest + 1);
    let gap = if line.starts_with('`') || line.ends_with('`') { " " } else { "" };
    format!("{mark}{gap}{line}{gap}{mark}")
}

/// A block of code.
pub(super) fn fence(code: &str, language: &str) -> String {
    let code = code.trim_matches('\n').trim_end();
    let longest = code.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    let mark = "`".repeat(longest.max(2) + 1);
    let language =
        language.split(|c: char| c.is_whitespace() || c == ',').next().unwrap_or_default();
    format!("{mark}{language}\n{code}\n{mark}\n")
}

/// A text with a mark before each line.
pub(super) fn quote(text: &str) -> String {
    let line = |line: &str| if line.is_empty() { ">".to_owned() } else { format!("> {line}") };
    text.lines().map(line).collect::<Vec<_>>().join("\n") + "\n"
}

/// An address as it can stand in a link.
pub(super) fn destination(address: &str) -> String {
    let address = address.trim();
    if address.contains([' ', '(', ')', '<', '>']) {
        format!("<{}>", address.replace('<', "%3C").replace('>', "%3E"))
    } else {
        address.to_owned()
    }
}

/// A text as it can stand between brackets.
pub(super) fn bracketed(text: &str) -> String {
    text.replace('[', "\\[").replace(']', "\\]")
}

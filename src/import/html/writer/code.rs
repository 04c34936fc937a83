//! Code, as programs that mark it leave it.

use dom_query::NodeRef;

use super::name_of;

/// A block of code; the language is a class of it, or of what is around it.
pub(super) fn code_block(node: &NodeRef<'_>, language: Option<String>) -> Option<String> {
    let mut code = String::new();
    push_code(node, &mut code);
    let code = code.trim_matches('\n').trim_end();
    if code.trim().is_empty() {
        return None;
    }
    let inside = node.descendants_it().find(|inner| inner.has_name("code"));
    let around = node.ancestors_it(Some(3));
    let language = language
        .or_else(|| inside.as_ref().and_then(language_of))
        .or_else(|| std::iter::once(*node).chain(around).find_map(|node| language_of(&node)));
    let longest = code.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    let mark = "`".repeat(longest.max(2) + 1);
    Some(format!("{mark}{}\n{code}\n{mark}", language.unwrap_or_default()))
}

/// The language that a class names: `language-rust`, `lang-js`, `highlight-source-c`, `brush: php`.
fn language_of(node: &NodeRef<'_>) -> Option<String> {
    let own = node.attr("data-lang").or_else(|| node.attr("data-language"));
    let class = node.class().map(|class| class.to_string()).unwrap_or_default();
    let class = class.replace("brush: ", "brush:");
    let named = class.split([' ', ';']).find_map(|word| {
        let marks = ["language-", "lang-", "highlight-source-", "brush:"];
        marks.iter().find_map(|mark| word.strip_prefix(mark)).map(str::to_owned)
    });
    let found = own.map(|own| own.to_string()).or(named)?;
    let is_name = |c: char| c.is_ascii_alphanumeric() || matches!(c, '+' | '#' | '-' | '_' | '.');
    (!found.is_empty() && found.len() < 20 && found.chars().all(is_name) && found != "none")
        .then(|| found.to_lowercase())
}

/// Code as it is written; lines may be broken by elements.
pub(super) fn push_code(node: &NodeRef<'_>, out: &mut String) {
    for child in node.children_it(false) {
        if child.is_text() {
            out.push_str(&child.text().replace("\r\n", "\n").replace('\u{a0}', " "));
        } else if child.has_name("br") {
            out.push('\n');
        } else if child.is_element() {
            let is_line = matches!(name_of(&child).as_str(), "div" | "p" | "li" | "tr");
            let is_number = child.class().is_some_and(|class| {
                ["line-number", "lineno", "line-numbers", "gutter"]
                    .iter()
                    .any(|name| class.contains(name))
            });
            if is_number && child.text().split_whitespace().all(|word| word.parse::<u32>().is_ok())
            {
                continue;
            }
            push_code(&child, out);
            if is_line && !out.ends_with('\n') {
                out.push('\n');
            }
        }
    }
}

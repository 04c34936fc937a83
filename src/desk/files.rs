//! The files in which the desk writes down what it has learned, as texts.

use std::fmt::Write as _;

use super::patch::with_fields;
use crate::import::markdown::quoted;
use crate::model::Publisher;
use crate::understand::companies::Row;

/// A company's file with all that the built-in list knows.
#[must_use]
pub fn listed(row: &Row) -> String {
    let mut text = format!("---\nname: {}\n", quoted(row.name));
    let aliases: Vec<String> = row.names().skip(1).map(quoted).collect();
    if !aliases.is_empty() {
        let _ = writeln!(text, "aliases: [{}]", aliases.join(", "));
    }
    if let Some(country) = row.country {
        let _ = writeln!(text, "country: {country}");
    }
    if let Some(item) = row.wikidata {
        let _ = writeln!(text, "same_as: {{ wikidata: {item} }}");
    }
    text.push_str("---\n\n");
    text
}

/// The file of a company of which only its names are known.
#[must_use]
pub fn company(names: &[String]) -> String {
    let mut names = names.iter().map(|name| quoted(name));
    let mut text = format!("---\nname: {}\n", names.next().unwrap_or_default());
    let aliases: Vec<String> = names.collect();
    if !aliases.is_empty() {
        let _ = writeln!(text, "aliases: [{}]", aliases.join(", "));
    }
    text.push_str("---\n\n");
    text
}

/// A publisher's file.
#[must_use]
pub fn publisher(publisher: &Publisher) -> String {
    let fields: String = fields(publisher).into_iter().map(|(_, lines)| lines).collect();
    format!("---\n{fields}---\n\n")
}

/// A publisher's file with what is known now instead of what it says; what else is in it stays.
#[must_use]
pub fn changed_publisher(text: &str, before: &Publisher, after: &Publisher) -> Option<String> {
    with_fields(text, &fields(before), &fields(after))
}

/// The fields of a publisher in their order, with the lines of each.
fn fields(publisher: &Publisher) -> Vec<(&'static str, String)> {
    let Publisher { name, aliases, lang, authors, date_after, never, cut, .. } = publisher;
    let quoted_list = |words: &[String]| words.iter().map(|word| quoted(word)).collect::<Vec<_>>();
    let flow =
        |key: &str, words: &[String]| format!("{key}: [{}]\n", quoted_list(words).join(", "));
    let mut fields = vec![("name", format!("name: {}\n", quoted(name)))];
    if !aliases.is_empty() {
        fields.push(("aliases", flow("aliases", aliases)));
    }
    fields.extend(lang.as_ref().map(|lang| ("lang", format!("lang: {}\n", quoted(lang.tag())))));
    if !authors.is_empty() {
        fields.push(("authors", flow("authors", authors)));
    }
    if !date_after.is_empty() {
        fields.push(("date_after", flow("date_after", date_after)));
    }
    if !never.is_empty() {
        let lines = quoted_list(never).join("\n  - ");
        fields.push(("never", format!("never:\n  - {lines}\n")));
    }
    if !cut.is_empty() {
        let item = |(line, times): &(String, usize)| {
            format!("{{ line: {}, times: {times} }}", quoted(line))
        };
        let lines = cut.iter().map(item).collect::<Vec<_>>().join("\n  - ");
        fields.push(("cut", format!("cut:\n  - {lines}\n")));
    }
    fields
}

/// Front matter in YAML with one more word in a list on one line, or in a new one; `None` where it has the
/// list in another form.
#[must_use]
pub fn with_item(text: &str, key: &str, word: &str) -> Option<String> {
    let rest = text.strip_prefix("---\n")?;
    let end = rest.find("\n---")? + 1;
    let mut lines: Vec<String> = rest[..end].lines().map(str::to_owned).collect();
    let begins = format!("{key}:");
    match lines.iter_mut().find(|line| line.starts_with(&begins)) {
        Some(line) => {
            *line = with_word(line, word)?;
        }
        None => lines.push(format!("{key}: [{}]", quoted(word))),
    }
    Some(format!("---\n{}\n{}", lines.join("\n"), &rest[end..]))
}

/// A line that ends with a list, with one more word in it.
fn with_word(line: &str, word: &str) -> Option<String> {
    let open = line.trim_end().strip_suffix(']')?;
    let is_empty = open.trim_end().ends_with('[');
    Some(format!("{open}{}{}]", if is_empty { "" } else { ", " }, quoted(word)))
}

/// The settings with one more name under `[ignore]`; `None` where they have it in another form.
#[must_use]
pub fn with_ignored(text: &str, name: &str) -> Option<String> {
    let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
    if let Some(at) = lines.iter().position(|line| line.trim() == "[ignore]") {
        let line = lines.get_mut(at + 1).filter(|line| line.starts_with("names = ["))?;
        *line = with_word(line, name)?;
    } else {
        if text.lines().any(|line| line.trim_start().starts_with("ignore")) {
            return None;
        }
        if !lines.is_empty() {
            lines.push(String::new());
        }
        lines.push("[ignore]".to_owned());
        lines.push(format!("names = [{}]", quoted(name)));
    }
    Some(lines.join("\n") + "\n")
}

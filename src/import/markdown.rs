//! Writes an article down as an editor would, so that git can show every later change.

use std::collections::BTreeMap;
use std::fmt::Write;

use super::passages;
use crate::model::{Article, Claim, Imported, Language, Party, SourceRef};
use crate::parse::fields::as_written;

/// The whole file: front matter and body.
#[must_use]
pub fn file(article: &Article) -> String {
    let mut out = String::from("---\n");
    out.extend(fields(article).into_iter().map(|(_, lines)| lines));
    ended(out, article)
}

/// Front matter that lacks only the note on its import, with its end and the body.
fn ended(mut out: String, article: &Article) -> String {
    if let Some(imported) = &article.imported {
        out.push_str(&note(imported));
    }
    out.push_str("---\n\n");
    out.push_str(&article.body);
    out.push('\n');
    out
}

/// The fields of the front matter in their order: the key of each, and its lines.
#[must_use]
pub fn fields(article: &Article) -> Vec<(&'static str, String)> {
    let mut out = Vec::new();
    let mut field = |key: &'static str, value: Option<String>| {
        out.extend(value.map(|value| (key, format!("{key}: {value}\n"))));
    };
    field("title", article.title.as_deref().map(quoted));
    field("original_title", article.original_title.as_deref().map(quoted));
    field("date", article.date.map(|date| date.to_string()));
    field("date_basis", article.date_basis.map(|basis| basis.id().to_owned()));
    field("publish_date", article.publish_date.map(|date| date.to_string()));
    field("lang", Some(tag(&article.lang)));
    field("source", article.source.as_ref().map(source));
    let list = |items: &[String]| (!items.is_empty()).then(|| flow(items));
    let quoted_list = |items: &[String]| {
        let items: Vec<String> = items.iter().map(|item| quoted(item)).collect();
        list(&items)
    };
    field("authors", quoted_list(&article.authors));
    field("companies", list(&article.companies));
    let tags: Vec<String> = article.tags.iter().map(|tag| word(tag)).collect();
    field("tags", list(&tags));
    field("summary", article.summary.as_deref().map(quoted));
    field("rights", Some(article.rights.id().to_owned()));
    field("aliases", list(&aliases(article)));
    field("guid", article.guid.as_deref().map(quoted));
    field("translation_of", article.translation_of.as_deref().map(quoted));
    field("components", article.components.then(|| "true".to_owned()));
    field("draft", article.draft.then(|| "true".to_owned()));
    let settled: Vec<String> = article.settled.iter().map(|what| what.id().to_owned()).collect();
    field("settled", list(&settled));
    field("rejected", list(&article.rejected));
    let mut lines = String::new();
    extra(&mut lines, &article.extra);
    out.push(("extra", std::mem::take(&mut lines)));
    if !article.partnerships.is_empty() {
        lines.push_str("partnerships:\n");
        lines.extend(article.partnerships.iter().map(claim));
        out.push(("partnerships", std::mem::take(&mut lines)));
    }
    if !article.passages.is_empty() {
        lines.push_str("passages:\n");
        for part in &article.passages {
            let _ =
                writeln!(lines, "  - {}", passage(&article.body[part.span.clone()], &part.lang));
        }
        out.push(("passages", lines));
    }
    out.retain(|(_, lines)| !lines.is_empty());
    out
}

/// The old addresses, as they are read.
fn aliases(article: &Article) -> Vec<String> {
    article.aliases.iter().map(|alias| quoted(&as_written(alias))).collect()
}

/// `{ name: "Weekly", url: "https://…", retrieved: 2026-11-20 }`
fn source(source: &SourceRef) -> String {
    let parts = [
        source.name.as_deref().map(|name| format!("name: {}", quoted(name))),
        source.url.as_deref().map(|url| format!("url: {}", quoted(url))),
        source.retrieved.map(|date| format!("retrieved: {date}")),
    ];
    format!("{{ {} }}", parts.into_iter().flatten().collect::<Vec<_>>().join(", "))
}

/// The whole file of a page that stands on its own.
#[must_use]
pub fn page(article: &Article) -> String {
    let mut out = String::from("---\n");
    let mut field = |key: &str, value: Option<String>| {
        if let Some(value) = value {
            let _ = writeln!(out, "{key}: {value}");
        }
    };
    field("title", article.title.as_deref().map(quoted));
    field("summary", article.summary.as_deref().map(quoted));
    let aliases = aliases(article);
    field("aliases", (!aliases.is_empty()).then(|| flow(&aliases)));
    field("draft", article.draft.then(|| "true".to_owned()));
    extra(&mut out, &article.extra);
    ended(out, article)
}

/// The fields that are for templates, each on a line: what is JSON is YAML as well.
fn extra(out: &mut String, fields: &BTreeMap<String, serde_json::Value>) {
    if fields.is_empty() {
        return;
    }
    out.push_str("extra:\n");
    for (key, value) in fields {
        let _ = writeln!(out, "  {}: {}", word(key), value_of(value));
    }
}

fn value_of(value: &serde_json::Value) -> String {
    use serde_json::Value;
    match value {
        Value::String(text) => quoted(text),
        Value::Array(items) => flow(&items.iter().map(value_of).collect::<Vec<_>>()),
        Value::Object(fields) => {
            let pair =
                |(key, value): (&String, &Value)| format!("{}: {}", quoted(key), value_of(value));
            format!("{{ {} }}", fields.iter().map(pair).collect::<Vec<_>>().join(", "))
        }
        other => other.to_string(),
    }
}

/// A word of a list: in quotation marks, unless it can only mean itself.
fn word(text: &str) -> String {
    let is_plain = text.starts_with(char::is_alphabetic)
        && text.ends_with(char::is_alphanumeric)
        && text
            .chars()
            .all(|c| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_' | '/' | '.' | '+'));
    let means_more = ["true", "false", "yes", "no", "on", "off", "null", "y", "n"];
    let is_word = is_plain && !means_more.contains(&text.to_lowercase().as_str());
    if is_word { text.to_owned() } else { quoted(text) }
}

/// A language as YAML: readers of its version 1.1 take a bare `no` for false.
fn tag(lang: &Language) -> String {
    let tag = lang.tag();
    if tag == "no" { quoted(tag) } else { tag.to_owned() }
}

/// A part of the text in another language, by its first and last words.
fn passage(text: &str, lang: &Language) -> String {
    let begins = quoted(passages::opening(text));
    let ends = text.contains("\n\n").then(|| format!(", ends: {}", quoted(passages::ending(text))));
    format!("{{ lang: {}, begins: {begins}{} }}", tag(lang), ends.unwrap_or_default())
}

/// The line by which a later import knows the file again.
#[must_use]
pub fn note(imported: &Imported) -> String {
    let from = imported
        .from
        .as_deref()
        .map(|from| format!("from: {}, ", quoted(from)))
        .unwrap_or_default();
    format!("imported: {{ {from}raw: {}, written: {} }}\n", imported.raw, imported.written)
}

/// A file without its `imported` line: what the hash in that line is made of.
#[must_use]
pub fn without_note(text: &str) -> String {
    text.split_inclusive('\n').filter(|line| !line.starts_with("imported: {")).collect()
}

/// A claim as an item of the list.
#[must_use]
pub fn claim(claim: &Claim) -> String {
    let party = |party: &Party| match &party.role {
        Some(role) => format!("{{ company: {}, role: {} }}", party.company, quoted(role)),
        None => party.company.clone(),
    };
    let parties: Vec<String> = claim.parties.iter().map(party).collect();
    let mut out = format!("  - parties: {}\n", flow(&parties));
    let mut field = |key: &str, value: Option<String>| {
        if let Some(value) = value {
            let _ = writeln!(out, "    {key}: {value}");
        }
    };
    field("name", claim.name.as_deref().map(quoted));
    let kinds: Vec<String> = claim.kinds.iter().map(|kind| kind.0.clone()).collect();
    field("kind", Some(if let [kind] = &kinds[..] { kind.clone() } else { flow(&kinds) }));
    field("event", Some(claim.event.to_string()));
    for (key, date) in [("date", claim.date), ("start", claim.start), ("end", claim.end)] {
        field(key, date.map(|date| date.to_string()));
    }
    for (key, words) in
        [("value", &claim.value), ("stake", &claim.stake), ("reason", &claim.reason)]
    {
        field(key, words.as_deref().map(quoted));
    }
    field("evidence", claim.evidence.as_deref().map(quoted));
    field("confidence", claim.confidence.map(|sure| format!("{sure:.2}")));
    out
}

fn flow(items: &[String]) -> String {
    format!("[{}]", items.join(", "))
}

/// A double-quoted YAML string: one of JSON, with what YAML does not take as it is written by number.
pub fn quoted(text: &str) -> String {
    let json = serde_json::Value::from(text).to_string();
    let is_strange = |c: char| {
        matches!(
            c,
            '\u{7f}'..='\u{9f}' | '\u{2028}' | '\u{2029}' | '\u{feff}' | '\u{fffe}' | '\u{ffff}'
        )
    };
    if !json.contains(is_strange) {
        return json;
    }
    let mut out = String::with_capacity(json.len() + 8);
    for c in json.chars() {
        if is_strange(c) {
            let _ = write!(out, "\\u{:04x}", u32::from(c));
        } else {
            out.push(c);
        }
    }
    out
}

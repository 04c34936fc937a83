//! Labelled texts: folders of `NAME.txt` with `NAME.json` beside each, or with one `gold.json`.

use std::fs;
use std::path::Path;

use serde_json::Value;

/// A raw text and what is known of it.
pub struct Labelled {
    /// The file's name without its ending.
    pub name: String,
    /// Texts of one site, or one text in several forms, are in one fold.
    pub group: String,
    /// The folder, as far as scores are told apart.
    pub set: String,
    pub raw: Vec<u8>,
    pub body: String,
    /// Any of these is right; none where it is not known.
    pub titles: Vec<String>,
    pub date: Option<String>,
    pub authors: Vec<String>,
    /// Whether what is absent is known to be absent, and not only unknown.
    pub complete: bool,
    /// Whether the raw text shows the title, and the date.
    pub titled: bool,
    pub dated: bool,
    /// Whether it is known who wrote it, and who published it.
    pub authored: bool,
    pub sourced: bool,
    /// Whether it is right to find no publisher.
    pub unsourced: bool,
    /// Any of these is the publisher.
    pub sources: Vec<String>,
}

impl Labelled {
    /// The day of publication.
    pub fn day(&self) -> Option<&str> {
        self.date.as_deref().map(|date| &date[..date.len().min(10)])
    }
}

/// Reads all texts of a folder, in the order of their names.
pub fn read(folder: &str) -> Result<Vec<Labelled>, String> {
    let path = Path::new(folder);
    let mut parts: Vec<String> =
        path.iter().rev().take(2).map(|part| part.to_string_lossy().into_owned()).collect();
    parts.reverse();
    let set = parts.join("/");
    let told = |error: std::io::Error| format!("{folder}: {error}");
    let gold = path.join("gold.json");
    let mut rows: Vec<(String, Value)> = Vec::new();
    if gold.exists() {
        for row in parse(&gold)?.as_array().into_iter().flatten() {
            rows.push((text(row, "id").unwrap_or_default(), row.clone()));
        }
    } else {
        for entry in fs::read_dir(path).map_err(told)? {
            let file = entry.map_err(told)?.path();
            if file.extension().is_some_and(|end| end == "json")
                && file.with_extension("txt").exists()
            {
                let name = file.file_stem().unwrap_or_default().to_string_lossy().into_owned();
                rows.push((name, parse(&file)?));
            }
        }
    }
    rows.sort_by(|a, b| a.0.cmp(&b.0));
    rows.into_iter()
        .map(|(name, row)| {
            let raw = fs::read(path.join(format!("{name}.txt"))).map_err(told)?;
            let mut titles: Vec<String> = text(&row, "title").into_iter().collect();
            titles.extend(texts(&row, "title_alternatives"));
            titles.extend(texts(&row, "titles"));
            let mut body = text(&row, "body").unwrap_or_default();
            if let Some(numbers) = row["body_lines"].as_array() {
                let whole = String::from_utf8_lossy(&raw).into_owned();
                let lines: Vec<&str> = whole.lines().collect();
                let numbers = numbers
                    .iter()
                    .filter_map(Value::as_u64)
                    .filter_map(|n| usize::try_from(n).ok());
                body = numbers
                    .filter_map(|n| lines.get(n - 1).copied())
                    .collect::<Vec<_>>()
                    .join("\n");
            }
            if let Some(dek) = text(&row, "dek") {
                body = format!("{dek}\n{body}");
            }
            Ok(Labelled {
                group: text(&row, "path")
                    .and_then(|path| Some(group(path.strip_prefix("benchmark page ")?, true)))
                    .unwrap_or_else(|| group(&name, gold.exists())),
                name,
                set: set.clone(),
                raw,
                body,
                date: text(&row, "date").or_else(|| text(&row, "any_date")),
                authors: texts(&row, "authors"),
                complete: !gold.exists(),
                titled: !titles.is_empty(),
                titles,
                dated: text(&row, "date").is_some(),
                authored: !texts(&row, "any_authors").is_empty(),
                sourced: row.get("source").is_some(),
                unsourced: row.get("source").is_some_and(Value::is_null),
                sources: text(&row, "source")
                    .into_iter()
                    .chain(texts(&row, "source_alternatives"))
                    .collect(),
            })
        })
        .collect()
}

/// The site of a saved page, by its name: without the set, dates, hashes, and what stands behind the domain.
/// A text of another set stands for itself.
fn group(name: &str, is_page: bool) -> String {
    if !is_page {
        return name.to_owned();
    }
    let (_, name) = name.split_once("__").unwrap_or(("", name));
    let is_word = |part: &&str| {
        part.len() < 32 && part.contains(|c: char| c.is_ascii_alphabetic()) || part.contains('.')
    };
    let site: Vec<&str> = name.split('_').filter(is_word).take(2).collect();
    let site = if site.is_empty() { name.to_owned() } else { site.join("_") };
    let site = site.trim_start_matches("www.");
    let end = site.find('-').or_else(|| site.match_indices('.').nth(1).map(|(at, _)| at));
    site[..end.unwrap_or(site.len())].to_owned()
}

fn parse(path: &Path) -> Result<Value, String> {
    let text = fs::read_to_string(path).map_err(|error| format!("{}: {error}", path.display()))?;
    serde_json::from_str(&text).map_err(|error| format!("{}: {error}", path.display()))
}

fn text(row: &Value, key: &str) -> Option<String> {
    row[key].as_str().map(str::to_owned)
}

fn texts(row: &Value, key: &str) -> Vec<String> {
    let list = row[key].as_array().into_iter().flatten();
    list.filter_map(Value::as_str).map(str::to_owned).collect()
}

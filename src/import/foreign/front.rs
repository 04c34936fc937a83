//! Front matter as other programs take it: what cannot be read rightly is read roughly, and nothing that
//! stands in it keeps a post from coming over.

use std::collections::BTreeMap;

use serde_json::Value as Json;

use crate::import::feed::day;
use crate::model::PartialDate;
use crate::parse::tree::{self, Entry, Node, Value};
use crate::source::Source;

/// What stands above a text.
#[derive(Clone, Debug, Default)]
pub struct Front {
    entries: Vec<Entry>,
    /// Whether its syntax is broken, so that it was read line by line.
    pub is_broken: bool,
}

/// How the lines above a text are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Fence {
    Yaml,
    Toml,
}

/// Splits a text with `\n` line ends into its front matter, YAML, TOML or JSON, and its body.
#[must_use]
pub fn split(text: &str) -> (Option<Front>, &str) {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let fenced =
        [("---", Fence::Yaml), ("+++", Fence::Toml)].into_iter().find_map(|(mark, fence)| {
            let (first, rest) = text.split_once('\n').unwrap_or((text, ""));
            let (inner, body) = fenced(rest, mark).filter(|_| first.trim_end() == mark)?;
            Some((Front::read(inner, fence), body))
        });
    if let Some((front, body)) = fenced {
        return (Some(front), body);
    }
    if text.starts_with('{') {
        let mut values = serde_json::Deserializer::from_str(text).into_iter::<Json>();
        if let Some(Ok(Json::Object(fields))) = values.next() {
            let body = &text[values.byte_offset()..];
            let entries = fields.iter().map(|(key, value)| entry(key, of_json(value))).collect();
            return (Some(Front { entries, is_broken: false }), body);
        }
    }
    (None, text)
}

/// The lines before the closing fence, and what stands behind it.
fn fenced<'a>(rest: &'a str, mark: &str) -> Option<(&'a str, &'a str)> {
    let mut at = 0;
    for line in rest.split_inclusive('\n') {
        let bare = line.trim_end();
        if bare == mark || mark == "---" && bare == "..." {
            return Some((&rest[..at], &rest[at + line.len()..]));
        }
        at += line.len();
    }
    None
}

fn entry(key: &str, value: Value) -> Entry {
    Entry { key: key.to_owned(), span: 0..0, node: node(value) }
}

fn node(value: Value) -> Node {
    Node { span: 0..0, value }
}

fn plain(text: &str) -> Value {
    Value::Text { text: text.to_owned(), quoted: false }
}

fn of_json(json: &Json) -> Value {
    match json {
        Json::Null => Value::Null,
        Json::Bool(_) | Json::Number(_) => plain(&json.to_string()),
        Json::String(text) => Value::Text { text: text.clone(), quoted: true },
        Json::Array(items) => Value::List(items.iter().map(|item| node(of_json(item))).collect()),
        Json::Object(fields) => {
            Value::Map(fields.iter().map(|(key, value)| entry(key, of_json(value))).collect())
        }
    }
}

impl Front {
    fn read(inner: &str, fence: Fence) -> Self {
        let source = Source::new("", inner);
        let read = match fence {
            Fence::Yaml => tree::yaml(&source, 0, inner),
            Fence::Toml => tree::toml(&source, 0, inner),
        };
        match read {
            Ok(entries) => Self { entries, is_broken: false },
            Err(_) => Self { entries: by_lines(inner, fence), is_broken: true },
        }
    }

    /// Fields that were read elsewhere.
    #[must_use]
    pub fn of(fields: &[(String, String)]) -> Self {
        let entries = fields.iter().map(|(key, value)| entry(key, plain(value))).collect();
        Self { entries, is_broken: false }
    }

    /// The fields of a group; a value of another kind is one field without a name.
    #[must_use]
    pub fn within(node: Node) -> Self {
        let entries = match node.value {
            Value::Map(entries) => entries,
            value => vec![entry("", value)],
        };
        Self { entries, is_broken: false }
    }

    /// The value under the first of some keys that has one, which is taken out; case does not count.
    pub fn take(&mut self, keys: &[&str]) -> Option<Node> {
        keys.iter().find_map(|key| {
            // Where a key stands twice, most programs take the last one.
            let is_it = |entry: &Entry| entry.key.eq_ignore_ascii_case(key);
            let at = self.entries.iter().rposition(is_it)?;
            let found = self.entries.remove(at);
            self.entries.retain(|entry| !is_it(entry));
            (found.node.value != Value::Null).then_some(found.node)
        })
    }

    /// Puts the keys of a group, `[extra]` or `[params]`, beside the others, which go before them.
    pub fn open(&mut self, key: &str) {
        if let Some(Node { value: Value::Map(inner), .. }) = self.take(&[key]) {
            let new =
                |one: &Entry| !self.entries.iter().any(|e| e.key.eq_ignore_ascii_case(&one.key));
            let new: Vec<Entry> = inner.into_iter().filter(new).collect();
            self.entries.extend(new);
        }
    }

    /// Adds a value where there is none.
    pub fn add(&mut self, key: &str, value: &Json) {
        if !self.entries.iter().any(|entry| entry.key.eq_ignore_ascii_case(key)) {
            self.entries.push(entry(key, of_json(value)));
        }
    }

    /// A text on one line; a value of another kind stays where it is.
    pub fn text(&mut self, keys: &[&str]) -> Option<String> {
        keys.iter().find_map(|key| {
            let at = self.entries.iter().rposition(|e| e.key.eq_ignore_ascii_case(key))?;
            let text = line(&self.entries[at].node)?;
            self.take(&[key]);
            (!text.is_empty()).then_some(text)
        })
    }

    /// A list of texts. One text alone is cut by `parts`.
    pub fn list(&mut self, keys: &[&str], parts: fn(&str) -> Vec<String>) -> Vec<String> {
        let found = keys.iter().filter_map(|key| self.take(&[key]));
        found.collect::<Vec<_>>().iter().flat_map(|node| texts(node, parts)).collect()
    }

    /// Whether a value is `true`; none where it is no truth value.
    pub fn flag(&mut self, key: &str) -> Option<bool> {
        let at = self.entries.iter().rposition(|e| e.key.eq_ignore_ascii_case(key))?;
        let value = match line(&self.entries[at].node)?.to_lowercase().as_str() {
            "true" | "yes" | "on" => true,
            "false" | "no" | "off" => false,
            _ => return None,
        };
        self.take(&[key]);
        Some(value)
    }

    /// A date in any of the usual forms; what is none, or one that nothing was written on, stays.
    pub fn date(&mut self, keys: &[&str]) -> Option<PartialDate> {
        keys.iter().find_map(|key| {
            let at = self.entries.iter().rposition(|e| e.key.eq_ignore_ascii_case(key))?;
            let date = date(&line(&self.entries[at].node)?)?;
            self.take(&[key]);
            Some(date)
        })
    }

    /// The day that a date with a time and a zone is in UTC, where programs of a server count by that.
    #[must_use]
    pub fn utc_day(&self, key: &str) -> Option<PartialDate> {
        let entry = self.entries.iter().rfind(|entry| entry.key.eq_ignore_ascii_case(key))?;
        utc_day(&line(&entry.node)?)
    }

    /// What nobody has taken, as plain data, but what only the other program has a use for.
    #[must_use]
    pub fn rest(self, useless: &[&str]) -> BTreeMap<String, Json> {
        let is_kept = |entry: &Entry| {
            entry.node.value != Value::Null
                && !entry.key.is_empty()
                && !useless.iter().any(|key| entry.key.eq_ignore_ascii_case(key))
        };
        let kept = self.entries.into_iter().filter(is_kept);
        kept.map(|entry| (entry.key.clone(), entry.node.to_json())).collect()
    }
}

/// A scalar on one line.
fn line(node: &Node) -> Option<String> {
    match &node.value {
        Value::Text { text, .. } => Some(text.split_whitespace().collect::<Vec<_>>().join(" ")),
        _ => None,
    }
}

/// The texts in a value. `- D: Dive` is a mapping to YAML and a name to whoever wrote it.
fn texts(node: &Node, parts: fn(&str) -> Vec<String>) -> Vec<String> {
    match &node.value {
        Value::Null => Vec::new(),
        Value::Text { .. } => line(node).map(|text| parts(&text)).unwrap_or_default(),
        Value::List(items) => items.iter().flat_map(|item| texts(item, whole)).collect(),
        Value::Map(entries) => {
            let named = entries.iter().find(|entry| entry.key.eq_ignore_ascii_case("name"));
            if let Some(named) = named {
                return texts(&named.node, whole);
            }
            let pair = |entry: &Entry| match line(&entry.node) {
                Some(value) => format!("{}: {value}", entry.key),
                None => entry.key.clone(),
            };
            entries.iter().map(pair).collect()
        }
    }
}

/// A text as it is.
#[must_use]
pub fn whole(text: &str) -> Vec<String> {
    vec![text.trim().to_owned()].into_iter().filter(|text| !text.is_empty()).collect()
}

/// A text with commas between its parts.
#[must_use]
pub fn by_commas(text: &str) -> Vec<String> {
    text.split(',').flat_map(whole).collect()
}

/// A text with spaces between its parts.
#[must_use]
pub fn by_spaces(text: &str) -> Vec<String> {
    text.split_whitespace().flat_map(whole).collect()
}

/// A text with commas between its parts, or else spaces.
#[must_use]
pub fn by_either(text: &str) -> Vec<String> {
    if text.contains(',') { by_commas(text) } else { by_spaces(text) }
}

/// A date as people and programs write it: `2016-2-9`, `2016/02/19 23:30`, `February 9, 2016`.
#[must_use]
pub fn date(text: &str) -> Option<PartialDate> {
    let text = text.trim();
    let first = text.split(['T', ' ']).next().unwrap_or(text);
    let numbers: Vec<&str> = first.split(['-', '/', '.']).collect();
    let by_parts = || match numbers[..] {
        [year, month, day] if year.len() == 4 && month.len() <= 2 && day.len() <= 2 => {
            PartialDate::day(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?)
        }
        _ => None,
    };
    first.parse().ok().or_else(by_parts).or_else(|| day(text))
}

/// `2016-02-09 23:30:00 -0800` → `2016-02-10`
fn utc_day(text: &str) -> Option<PartialDate> {
    let day = date(text)?;
    let (_, time) = text.split_once(['T', ' '])?;
    let at = time.rfind(['+', '-'])?;
    let minutes = |clock: &str| -> Option<i32> {
        let digits: String = clock.chars().filter(char::is_ascii_digit).collect();
        let (hours, rest) = (digits.get(..2)?, digits.get(2..4).unwrap_or("0"));
        Some(hours.parse::<i32>().ok()? * 60 + rest.parse::<i32>().ok()?)
    };
    let zone = minutes(&time[at..])? * if time[at..].starts_with('-') { -1 } else { 1 };
    day.plus_days((minutes(&time[..at])? - zone).div_euclid(24 * 60))
}

/// Broken front matter, line by line: `key: value`, lists of lines that begin with a dash, and values
/// that go on in lines that are set in.
fn by_lines(inner: &str, fence: Fence) -> Vec<Entry> {
    let mark = if fence == Fence::Yaml { ':' } else { '=' };
    let mut entries: Vec<Entry> = Vec::new();
    for line in inner.lines() {
        let bare = line.trim();
        if bare.is_empty() || bare.starts_with('#') {
            continue;
        }
        let is_inner = line.starts_with([' ', '\t']);
        if let (Some(item), Some(last)) = (bare.strip_prefix("- "), entries.last_mut()) {
            match &mut last.node.value {
                Value::List(items) => items.push(node(scalar(item))),
                Value::Null => last.node.value = Value::List(vec![node(scalar(item))]),
                _ => {}
            }
            continue;
        }
        if is_inner && let Some(last) = entries.last_mut() {
            match &mut last.node.value {
                Value::Text { text, .. } => {
                    text.push(' ');
                    text.push_str(bare.trim_end_matches(['"', '\'']));
                }
                value @ Value::Null => *value = plain(bare),
                _ => {}
            }
            continue;
        }
        let Some((key, value)) = bare.split_once(mark) else { continue };
        let (key, value) = (key.trim().trim_matches(['"', '\'']), value.trim());
        let is_key = !key.is_empty() && !key.contains(char::is_whitespace);
        if is_key {
            // `|` and `>` say that a text follows.
            let is_open = value.is_empty() || value.starts_with(['|', '>']) && value.len() <= 2;
            entries.push(entry(key, if is_open { Value::Null } else { scalar(value) }));
        }
    }
    entries
}

/// A value on a line of its own.
fn scalar(text: &str) -> Value {
    let text = text.trim();
    if let Some(inner) = text.strip_prefix('[').and_then(|text| text.strip_suffix(']')) {
        let items = by_commas(inner);
        return Value::List(items.iter().map(|item| node(scalar(item))).collect());
    }
    let inner = ['"', '\''].into_iter().find_map(|mark| {
        text.strip_prefix(mark).map(|rest| rest.strip_suffix(mark).unwrap_or(rest))
    });
    match inner {
        Some(inner) => Value::Text { text: inner.to_owned(), quoted: true },
        None => plain(text),
    }
}

/// A whole file of settings as plain data, by the ending of its name.
#[must_use]
pub fn values(text: &str, name: &str) -> Json {
    let text = text.replace("\r\n", "\n");
    let front = match name.rsplit('.').next() {
        Some("json") => return serde_json::from_str(&text).unwrap_or(Json::Null),
        Some("toml") => Front::read(&text, Fence::Toml),
        _ => Front::read(text.trim_start_matches("---\n"), Fence::Yaml),
    };
    front.entries.iter().map(|entry| (entry.key.clone(), entry.node.to_json())).collect()
}

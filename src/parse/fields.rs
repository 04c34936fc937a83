//! Takes typed values out of a tree and collects a message for everything that does not fit.

use std::borrow::Cow;
use std::collections::BTreeMap;

use percent_encoding::percent_decode_str;

use super::address::is_safe_address;
use super::tree::{Entry, Node, Value};
use crate::diagnostic::{self, Diagnostic};
use crate::model::{Language, PartialDate, slug};
use crate::source::{Source, Span};

/// The longest name that file systems take, in bytes.
const MAX_PART: usize = 255;

/// A word with its place.
pub type Word = (String, Span);

/// The keys of one mapping, taken one by one; what is left over is reported at the end.
pub struct Fields<'a> {
    source: &'a Source,
    entries: Vec<Option<Entry>>,
    asked: Vec<&'static str>,
    diagnostics: &'a mut Vec<Diagnostic>,
}

impl<'a> Fields<'a> {
    /// Wraps the entries of a mapping in `source`.
    pub fn new(
        source: &'a Source,
        entries: Vec<Entry>,
        diagnostics: &'a mut Vec<Diagnostic>,
    ) -> Self {
        Self {
            source,
            entries: entries.into_iter().map(Some).collect(),
            asked: Vec::new(),
            diagnostics,
        }
    }

    /// The file the fields are in.
    #[must_use]
    pub fn source(&self) -> &'a Source {
        self.source
    }

    /// Adds a message.
    pub fn report(&mut self, diagnostic: Diagnostic) {
        self.diagnostics.push(diagnostic);
    }

    /// The value under the first of `names` that is there and not null.
    pub fn take(&mut self, names: &[&'static str]) -> Option<Entry> {
        self.asked.extend_from_slice(names);
        for name in names {
            let slot = self.entries.iter_mut().find(|slot| {
                slot.as_ref().is_some_and(|entry| entry.key.eq_ignore_ascii_case(name))
            });
            if let Some(entry) = slot.and_then(Option::take)
                && entry.node.value != Value::Null
            {
                return Some(entry);
            }
        }
        None
    }

    /// Where a value stands, without taking it.
    #[must_use]
    pub fn span(&self, name: &str) -> Option<Span> {
        let mut entries = self.entries.iter().flatten();
        let entry = entries.find(|entry| entry.key.eq_ignore_ascii_case(name))?;
        (entry.node.value != Value::Null).then(|| entry.node.span.clone())
    }

    fn wrong<T>(&mut self, entry: &Entry, what: &str) -> Option<T> {
        let span = entry.node.span.clone();
        self.report(diagnostic::expected(self.source, span, &entry.key, what));
        None
    }

    /// One line of text.
    pub fn text(&mut self, names: &[&'static str]) -> Option<String> {
        self.word(names).map(|word| word.0)
    }

    /// One line of text, with its place.
    pub fn word(&mut self, names: &[&'static str]) -> Option<Word> {
        let entry = self.take(names)?;
        match entry.node.value {
            Value::Text { text, .. } => {
                // Most texts are one line already.
                let is_line = text.split(' ').eq(text.split_whitespace());
                let join = || text.split_whitespace().collect::<Vec<_>>().join(" ");
                let line = if is_line { text } else { join() };
                (!line.is_empty()).then_some((line, entry.node.span))
            }
            _ => self.wrong(&entry, "text"),
        }
    }

    /// The address of a web page. Anything else, such as `javascript:`, never becomes a link.
    pub fn web_address(&mut self, names: &[&'static str]) -> Option<String> {
        let (address, span) = self.word(names)?;
        if is_web_address(&address) {
            return Some(address);
        }
        self.report(diagnostic::bad_address(self.source, span, &address));
        None
    }

    /// An address of this site or another one that runs nothing.
    pub fn link(&mut self, names: &[&'static str]) -> Option<String> {
        let (address, span) = self.word(names)?;
        if is_safe_address(&address) {
            return Some(address);
        }
        self.report(diagnostic::bad_address(self.source, span, &address));
        None
    }

    /// A list of words; a single word is a list of one.
    pub fn words(&mut self, names: &[&'static str]) -> Vec<Word> {
        let Some(entry) = self.take(names) else { return Vec::new() };
        match &entry.node.value {
            Value::Text { text, .. } => vec![(text.trim().to_owned(), entry.node.span.clone())],
            Value::List(items) => {
                let words: Option<Vec<Word>> = items
                    .iter()
                    .filter(|item| item.value != Value::Null)
                    .map(|item| match &item.value {
                        Value::Text { text, .. } => {
                            Some((text.trim().to_owned(), item.span.clone()))
                        }
                        _ => None,
                    })
                    .collect();
                words.or_else(|| self.wrong(&entry, "a list of words")).unwrap_or_default()
            }
            _ => self.wrong(&entry, "a list of words").unwrap_or_default(),
        }
    }

    /// A list of words; a single text may have several, with commas between them.
    pub fn listed(&mut self, names: &[&'static str]) -> Vec<Word> {
        let is_list = |slot: &Option<Entry>| {
            slot.as_ref().is_some_and(|entry| {
                names.iter().any(|name| entry.key.eq_ignore_ascii_case(name))
                    && matches!(entry.node.value, Value::List(_))
            })
        };
        let is_list = self.entries.iter().any(is_list);
        let words = self.words(names);
        let [(text, span)] = &words[..] else { return words };
        // What stands in a list alone is one, whatever is in it.
        if is_list {
            return words;
        }
        let parts = text.split(',').map(str::trim).filter(|part| !part.is_empty());
        parts.map(|part| (part.to_owned(), span.clone())).collect()
    }

    /// A list of addresses on this site, below its home page.
    pub fn addresses(&mut self, names: &[&'static str]) -> Vec<String> {
        let mut addresses = Vec::new();
        for (written, span) in self.words(names) {
            let address = in_letters(&written);
            if is_alias(&address) {
                addresses.push(address.into_owned());
            } else {
                self.report(diagnostic::bad_alias(self.source, span, &written));
            }
        }
        addresses
    }

    /// `true` or `false`.
    pub fn flag(&mut self, names: &[&'static str]) -> Option<bool> {
        let entry = self.take(names)?;
        match &entry.node.value {
            Value::Text { text, quoted: false } if text == "true" || text == "yes" => Some(true),
            Value::Text { text, quoted: false } if text == "false" || text == "no" => Some(false),
            _ => self.wrong(&entry, "true or false"),
        }
    }

    /// The same, where a value is one of these words; any other value is left alone.
    pub fn plain_flag(&mut self, name: &'static str) -> Option<bool> {
        let is_it = |slot: &&mut Option<Entry>| {
            slot.as_ref().is_some_and(|entry| {
                let value = &entry.node.value;
                entry.key == name
                    && matches!(value, Value::Text { text, quoted: false } if text == "true" || text == "false")
            })
        };
        let entry = self.entries.iter_mut().find(is_it)?.take()?;
        Some(matches!(entry.node.value, Value::Text { text, .. } if text == "true"))
    }

    /// A number of at least `least`.
    pub fn count(&mut self, names: &[&'static str], least: usize) -> Option<usize> {
        let entry = self.take(names)?;
        match &entry.node.value {
            Value::Text { text, .. } if text.parse().is_ok_and(|n: usize| n >= least) => {
                text.parse().ok()
            }
            _ => self.wrong(&entry, &format!("a whole number, {least} or more")),
        }
    }

    /// A number between 0 and 1.
    pub fn fraction(&mut self, names: &[&'static str]) -> Option<f32> {
        let entry = self.take(names)?;
        match &entry.node.value {
            Value::Text { text, .. }
                if text.parse().is_ok_and(|n: f32| (0.0..=1.0).contains(&n)) =>
            {
                text.parse().ok()
            }
            _ => self.wrong(&entry, "a number from 0 to 1, such as 0.95"),
        }
    }

    /// A partial date; a time of day behind it is dropped.
    pub fn date(&mut self, names: &[&'static str]) -> Option<PartialDate> {
        let entry = self.take(names)?;
        let Value::Text { text, .. } = &entry.node.value else {
            return self.wrong(&entry, "a date such as 2022-05-23");
        };
        let day = text.split(['T', ' ']).next().unwrap_or(text);
        let parsed = day.parse().ok();
        if parsed.is_none() {
            let span = entry.node.span.clone();
            self.report(diagnostic::bad_date(self.source, span, &entry.key, text));
        }
        parsed
    }

    /// A language tag.
    pub fn language(&mut self, names: &[&'static str]) -> Option<Language> {
        let (tag, span) = self.word(names)?;
        let language = Language::parse(&tag);
        if language.is_none() {
            self.report(diagnostic::bad_language(self.source, span, &tag));
        }
        language
    }

    /// One word out of a closed list, given by `id`.
    pub fn choice<T: Copy>(
        &mut self,
        names: &[&'static str],
        all: &[T],
        id: impl Fn(T) -> &'static str,
    ) -> Option<T> {
        let word = self.word(names)?;
        self.one_of(names, word, all, id)
    }

    /// Words out of a closed list, given by `id`.
    pub fn choices<T: Copy>(
        &mut self,
        names: &[&'static str],
        all: &[T],
        id: impl Fn(T) -> &'static str,
    ) -> Vec<T> {
        let words = self.words(names);
        words.into_iter().filter_map(|word| self.one_of(names, word, all, &id)).collect()
    }

    fn one_of<T: Copy>(
        &mut self,
        names: &[&'static str],
        (word, span): Word,
        all: &[T],
        id: impl Fn(T) -> &'static str,
    ) -> Option<T> {
        let found = all.iter().copied().find(|&value| id(value) == word);
        if found.is_none() {
            let known: Vec<&str> = all.iter().map(|&value| id(value)).collect();
            self.report(diagnostic::bad_word(self.source, span, names[0], &word, &known));
        }
        found
    }

    /// A company id; reports one that is not shaped like an id.
    pub fn company_id(&mut self, (id, span): Word) -> Option<Word> {
        let shaped = slug(&id);
        if shaped == id && !id.is_empty() {
            return Some((id, span));
        }
        self.report(diagnostic::bad_company_id(self.source, span, &id, &shaped));
        None
    }

    /// The keys of a mapping inside.
    pub fn map(&mut self, names: &[&'static str]) -> Option<Vec<Entry>> {
        let entry = self.take(names)?;
        match entry.node.value {
            Value::Map(entries) => Some(entries),
            _ => self.wrong(&entry, "a group of `key: value` lines"),
        }
    }

    /// A mapping of words to text.
    pub fn text_map(&mut self, names: &[&'static str]) -> BTreeMap<String, String> {
        let entries = self.map(names).unwrap_or_default();
        let mut out = BTreeMap::new();
        for entry in entries {
            match &entry.node.value {
                Value::Null => {}
                Value::Text { text, .. } => {
                    out.insert(entry.key, text.clone());
                }
                _ => {
                    self.wrong::<()>(&entry, "text");
                }
            }
        }
        out
    }

    /// The items of a list inside; a single mapping is a list of one.
    pub fn items(&mut self, names: &[&'static str]) -> Vec<Node> {
        let Some(entry) = self.take(names) else { return Vec::new() };
        match entry.node.value {
            Value::List(items) => items,
            Value::Map(_) => vec![entry.node],
            _ => self.wrong(&entry, "a list").unwrap_or_default(),
        }
    }

    /// Reads the fields of an inner mapping with the same messages.
    pub fn inner<T>(&mut self, entries: Vec<Entry>, read: impl FnOnce(&mut Fields<'_>) -> T) -> T {
        self.inner_or(entries, "it means nothing here", read)
    }

    /// The same with a hint of its own on keys that nobody knows.
    pub fn inner_or<T>(
        &mut self,
        entries: Vec<Entry>,
        hint: &str,
        read: impl FnOnce(&mut Fields<'_>) -> T,
    ) -> T {
        let mut fields = Fields::new(self.source, entries, self.diagnostics);
        let value = read(&mut fields);
        fields.end(Some(hint));
        value
    }

    /// Warns of what nobody asked for, and will not be kept: of near misses of known keys, and of all of
    /// it where there is a hint on what to do with it.
    pub fn end(mut self, hint: Option<&str>) {
        for entry in std::mem::take(&mut self.entries).into_iter().flatten() {
            let near = diagnostic::nearest(&entry.key, self.asked.iter().copied());
            let near = near.filter(|near| *near != entry.key && entry.key.len() > 2);
            if hint.is_some() || near.is_some() {
                let found =
                    diagnostic::unknown_key(self.source, entry.span, &entry.key, near, hint);
                self.diagnostics.push(found);
            }
        }
    }

    /// What nobody asked for, as plain data; a near miss of a known key is warned about.
    pub fn rest(mut self) -> BTreeMap<String, serde_json::Value> {
        let mut extra = BTreeMap::new();
        for entry in std::mem::take(&mut self.entries).into_iter().flatten() {
            if let Some(near) = diagnostic::nearest(&entry.key, self.asked.iter().copied())
                && near != entry.key
                && entry.key.len() > 2
            {
                let span = entry.span.clone();
                self.diagnostics.push(diagnostic::near_miss(self.source, span, &entry.key, near));
            }
            extra.insert(entry.key.clone(), entry.node.to_json());
        }
        extra
    }
}

/// An address in letters, which may be copied from a browser or another program: `/gr%C3%BCn/`.
#[must_use]
pub fn in_letters(address: &str) -> Cow<'_, str> {
    percent_decode_str(address).decode_utf8().unwrap_or(Cow::Borrowed(address))
}

/// An address in letters as front matter has it, which is read by [`in_letters`].
#[must_use]
pub fn as_written(address: &str) -> String {
    address.replace('%', "%25")
}

/// Whether a page can be found under an address of this site, below its home page.
#[must_use]
pub fn is_alias(address: &str) -> bool {
    let is_part = |part: &str| {
        let is_step = matches!(part, "" | "." | "..");
        !is_step && part.len() <= MAX_PART && !part.contains(char::is_control)
    };
    let bare = address.trim_matches('/');
    bare != "index.html" && bare.split('/').all(is_part)
}

/// Whether a text is `http://` or `https://` with a host behind it.
#[must_use]
pub fn is_web_address(text: &str) -> bool {
    let lower = text.to_ascii_lowercase();
    let rest = lower.strip_prefix("https://").or_else(|| lower.strip_prefix("http://"));
    rest.is_some_and(|rest| rest.starts_with(|c: char| c.is_alphanumeric() || c == '['))
        && !text.contains(|c: char| c.is_whitespace() || c.is_control())
}

//! The site's own words, by language, and dates written in them.

use std::collections::BTreeMap;

use crate::diagnostic;
use crate::model::{Certainty, Language, PartialDate, slug};
use crate::parse::tree::{self, Value};
use crate::render::view::DateView;
use crate::render::words::locale::Locale;
use crate::render::words::message::{Arg, message};
use crate::source::Source;

/// The words of every language that has them; English fills the gaps.
const FILES: &[(&str, &str)] = &[
    ("da", include_str!("strings/da.toml")),
    ("de", include_str!("strings/de.toml")),
    ("en", include_str!("strings/en.toml")),
    ("es", include_str!("strings/es.toml")),
    ("fr", include_str!("strings/fr.toml")),
    ("id", include_str!("strings/id.toml")),
    ("ja", include_str!("strings/ja.toml")),
    ("vi", include_str!("strings/vi.toml")),
    ("zh", include_str!("strings/zh.toml")),
];

/// The words of one language.
pub struct Strings {
    words: BTreeMap<String, String>,
    /// How its readers write dates and numbers and order names.
    pub locale: Locale,
}

impl Strings {
    /// The words for a site in `language`, and instead of some of them the site's own.
    #[must_use]
    pub fn new(language: &Language, own: &BTreeMap<String, String>) -> Self {
        let mut words = BTreeMap::new();
        for wanted in ["en", language.primary()] {
            if let Some((code, text)) = FILES.iter().find(|(code, _)| *code == wanted) {
                words.extend(read(code, text));
            }
        }
        words.extend(own.clone());
        Self { words, locale: Locale::new(language) }
    }

    /// The words under `key`; the key itself where there are none.
    #[must_use]
    pub fn get<'a>(&'a self, key: &'a str) -> &'a str {
        self.words.get(key).map_or(key, String::as_str)
    }

    /// All words, for templates.
    #[must_use]
    pub fn all(&self) -> &BTreeMap<String, String> {
        &self.words
    }

    /// A role in a partnership, in the site's language where it is a common one.
    #[must_use]
    pub fn role<'a>(&'a self, role: &'a str) -> &'a str {
        self.words.get(&format!("role_{}", slug(role))).map_or(role, String::as_str)
    }

    /// The words under `key` with `{name}` replaced.
    #[must_use]
    pub fn with(&self, key: &str, values: &[(&str, &str)]) -> String {
        let pattern = self.get(key);
        let mut text = String::with_capacity(pattern.len() + 16);
        let mut rest = pattern;
        while let Some((before, after)) = rest.split_once('{') {
            text.push_str(before);
            let name = after.split_once('}').map(|(name, _)| name);
            let value = name.and_then(|name| values.iter().find(|value| value.0 == name));
            if let Some((name, value)) = value {
                text.push_str(value);
                rest = &after[name.len() + 1..];
            } else {
                text.push('{');
                rest = after;
            }
        }
        text.push_str(rest);
        text
    }

    /// The sentence that the pattern under `key` makes.
    #[must_use]
    pub fn message(&self, key: &str, args: &[(&str, Arg<'_>)]) -> String {
        message(self.get(key), args, &self.locale)
    }

    /// A date as far as it is known.
    #[must_use]
    pub fn date(&self, date: PartialDate) -> DateView {
        let plain = self.locale.date(date);
        let text = match date.certainty() {
            Certainty::Exact => plain,
            Certainty::Approximate => self.with("about", &[("date", &plain)]),
            Certainty::Uncertain => self.with("in_doubt", &[("date", &plain)]),
        };
        DateView { iso: date.iso(), text }
    }
}

/// The keys that the words of a language lack, as far as the site does not give them itself.
#[must_use]
pub fn missing(language: &Language, own: &BTreeMap<String, String>) -> Vec<String> {
    let of = |language: &str| {
        let file = FILES.iter().find(|(code, _)| *code == language);
        file.map(|(code, text)| read(code, text)).unwrap_or_default()
    };
    let there = of(language.primary());
    of("en").into_keys().filter(|key| !there.contains_key(key) && !own.contains_key(key)).collect()
}

/// The keys among a site's own words that neither the theme has nor a template names, as `is_named` says;
/// each with the known one that is nearest.
#[must_use]
pub fn unused(
    own: &BTreeMap<String, String>,
    is_named: impl Fn(&str) -> bool,
) -> Vec<(&str, Option<String>)> {
    // Most sites have none, and the theme's words need not be read for them.
    if own.is_empty() {
        return Vec::new();
    }
    let known = FILES.iter().find(|(code, _)| *code == "en");
    let known = known.map(|(code, text)| read(code, text)).unwrap_or_default();
    // A role may be any word.
    let is_used = |key: &str| known.contains_key(key) || key.starts_with("role_") || is_named(key);
    let near = |key| diagnostic::nearest(key, known.keys().map(String::as_str)).map(str::to_owned);
    own.keys().map(String::as_str).filter(|key| !is_used(key)).map(|key| (key, near(key))).collect()
}

/// How many words the site's language must have.
#[must_use]
pub fn count() -> usize {
    FILES.iter().find(|(code, _)| *code == "en").map_or(0, |(code, text)| read(code, text).len())
}

fn read(code: &str, text: &str) -> BTreeMap<String, String> {
    let source = Source::new(code, text);
    let entries = tree::toml(&source, 0, text).expect("the built-in strings are valid TOML");
    entries
        .into_iter()
        .filter_map(|entry| match entry.node.value {
            Value::Text { text, .. } => Some((entry.key, text)),
            _ => None,
        })
        .collect()
}

//! What the settings of other programs say of addresses and languages.

use std::collections::BTreeMap;

use serde_json::Value as Json;

use super::{Files, Program, front};
use crate::model::Language;

/// The settings of a site.
#[derive(Clone, Debug, Default)]
pub struct Settings {
    values: Json,
    /// Where it is published.
    pub base_url: Option<String>,
    /// The language it says that it is in.
    pub language: Option<Language>,
    /// Its languages by their code, with the folder of their texts where they have one of their own.
    pub languages: BTreeMap<String, Option<String>>,
}

impl Settings {
    /// Reads the settings among the files of a site.
    #[must_use]
    pub fn of(program: Program, files: &Files) -> Self {
        let values = match program {
            Program::Hugo => hugo(files),
            Program::Zola => any(files, &["zola.toml", "config.toml"]),
            Program::Jekyll => any(files, &["_config.yml", "_config.yaml", "_config.toml"]),
            Program::Pelican => python(files),
            Program::Obsidian | Program::WordPress | Program::Ghost => Json::Null,
        };
        let mut settings = Self { values, ..Self::default() };
        let address = ["baseurl", "base_url", "url", "siteurl"];
        settings.base_url = address
            .iter()
            .filter_map(|key| settings.text(&[key]))
            .find(|url| url.starts_with("http"))
            .map(|url| url.trim_end_matches('/').to_owned());
        if program == Program::Jekyll
            && let (Some(base), Some(folder)) = (&settings.base_url, settings.text(&["baseurl"]))
            && folder.starts_with('/')
        {
            settings.base_url = Some(format!("{base}{}", folder.trim_end_matches('/')));
        }
        let names = [
            "languagecode",
            "defaultcontentlanguage",
            "default_language",
            "lang",
            "locale",
            "language",
            "default_lang",
        ];
        let mut told = names.iter().filter_map(|key| settings.text(&[key]));
        settings.language = told.find_map(|tag| Language::parse(&tag.replace('_', "-")));
        if let Some(Json::Object(languages)) = settings.value(&["languages"]) {
            settings.languages = languages
                .iter()
                .filter(|(code, _)| Language::parse(code).is_some())
                .map(|(code, value)| {
                    let folder = lower(value, "contentdir").and_then(Json::as_str);
                    (code.clone(), folder.map(|folder| folder.trim_matches('/').to_owned()))
                })
                .collect();
        }
        settings
    }

    /// What an export says of its site.
    #[must_use]
    pub fn told(address: Option<&str>, language: Option<&str>) -> Self {
        let base_url = address.filter(|address| address.starts_with("http"));
        Self {
            base_url: base_url.map(|address| address.trim_end_matches('/').to_owned()),
            language: language.and_then(|tag| Language::parse(&tag.replace('_', "-"))),
            ..Self::default()
        }
    }

    /// A value by the keys that lead to it; case does not count.
    #[must_use]
    pub fn value(&self, keys: &[&str]) -> Option<&Json> {
        keys.iter().try_fold(&self.values, |value, key| lower(value, key))
    }

    /// A text by the keys that lead to it.
    #[must_use]
    pub fn text(&self, keys: &[&str]) -> Option<String> {
        match self.value(keys)? {
            Json::String(text) => Some(text.clone()),
            Json::Number(number) => Some(number.to_string()),
            _ => None,
        }
    }

    /// Whether a value is `true`.
    #[must_use]
    pub fn is(&self, keys: &[&str]) -> bool {
        self.value(keys).and_then(Json::as_bool) == Some(true)
    }
}

fn lower<'a>(value: &'a Json, key: &str) -> Option<&'a Json> {
    value
        .as_object()?
        .iter()
        .find(|(name, _)| name.eq_ignore_ascii_case(key))
        .map(|(_, value)| value)
}

fn any(files: &Files, names: &[&str]) -> Json {
    let read = |name: &&str| files.text(name).map(|text| front::values(text, name));
    names.iter().find_map(read).unwrap_or(Json::Null)
}

/// One file at the root, or several in `config/_default/`, each named after the part that it has.
fn hugo(files: &Files) -> Json {
    let endings = ["toml", "yaml", "yml", "json"];
    let mut all = serde_json::Map::new();
    for stem in ["config", "hugo", "config/_default/config", "config/_default/hugo"] {
        for ending in endings {
            let name = format!("{stem}.{ending}");
            if let Some(text) = files.text(&name)
                && let Json::Object(read) = front::values(text, &name)
            {
                all.extend(read);
            }
        }
    }
    let folder = "config/_default/";
    for name in files.names().filter(|name| name.starts_with(folder)) {
        let Some((stem, ending)) = name[folder.len()..].rsplit_once('.') else { continue };
        if matches!(stem, "config" | "hugo") || stem.contains('/') || !endings.contains(&ending) {
            continue;
        }
        if let Some(text) = files.text(name) {
            all.insert(stem.to_owned(), front::values(text, name));
        }
    }
    Json::Object(all)
}

/// `NAME = 'text'`: what a program that reads no Python can understand of its settings.
fn python(files: &Files) -> Json {
    let mut all = serde_json::Map::new();
    for name in ["pelicanconf.py", "publishconf.py"] {
        let text = files.text(name).unwrap_or_default();
        for line in text.lines() {
            let Some((key, value)) = line.split_once('=') else { continue };
            let (key, value) = (key.trim_end(), value.trim());
            let is_name = |c: char| c.is_ascii_uppercase() || c.is_ascii_digit() || c == '_';
            if key.is_empty() || !key.chars().all(is_name) {
                continue;
            }
            let value = value.split(" #").next().unwrap_or(value).trim();
            let mark = value.chars().next().filter(|c| matches!(c, '"' | '\''));
            let text = mark.and_then(|mark| value[1..].split_once(mark)).map(|(text, _)| text);
            let json = match (text, value) {
                (Some(text), _) => text.into(),
                (None, "True") => true.into(),
                (None, "False") => false.into(),
                (None, value) => value.into(),
            };
            all.insert(key.to_owned(), json);
        }
    }
    Json::Object(all)
}

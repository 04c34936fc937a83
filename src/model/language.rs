//! Languages by their BCP 47 tag, with the names readers know them by.

use std::fmt;

use serde::{Deserialize, Serialize};

/// The direction in which a script runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// Left to right.
    Ltr,
    /// Right to left.
    Rtl,
}

impl Direction {
    /// The value of the attribute `dir`.
    #[must_use]
    pub fn id(self) -> &'static str {
        match self {
            Self::Ltr => "ltr",
            Self::Rtl => "rtl",
        }
    }
}

/// A BCP 47 language tag in its usual spelling: `vi`, `zh-Hant`, `pt-BR`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Language(String);

/// Code, English name, own name.
const NAMES: &[(&str, &str, &str)] = &[
    ("ar", "Arabic", "العربية"),
    ("bg", "Bulgarian", "български"),
    ("cs", "Czech", "čeština"),
    ("da", "Danish", "dansk"),
    ("de", "German", "Deutsch"),
    ("el", "Greek", "Ελληνικά"),
    ("en", "English", "English"),
    ("es", "Spanish", "español"),
    ("fa", "Persian", "فارسی"),
    ("fi", "Finnish", "suomi"),
    ("fr", "French", "français"),
    ("he", "Hebrew", "עברית"),
    ("hi", "Hindi", "हिन्दी"),
    ("hu", "Hungarian", "magyar"),
    ("id", "Indonesian", "Bahasa Indonesia"),
    ("it", "Italian", "italiano"),
    ("ja", "Japanese", "日本語"),
    ("ko", "Korean", "한국어"),
    ("ms", "Malay", "Bahasa Melayu"),
    ("nl", "Dutch", "Nederlands"),
    ("no", "Norwegian", "norsk"),
    ("nb", "Norwegian", "norsk bokmål"),
    ("nn", "Norwegian Nynorsk", "norsk nynorsk"),
    ("pl", "Polish", "polski"),
    ("pt", "Portuguese", "português"),
    ("ro", "Romanian", "română"),
    ("ru", "Russian", "русский"),
    ("sv", "Swedish", "svenska"),
    ("th", "Thai", "ไทย"),
    ("tr", "Turkish", "Türkçe"),
    ("uk", "Ukrainian", "українська"),
    ("ur", "Urdu", "اردو"),
    ("vi", "Vietnamese", "Tiếng Việt"),
    ("zh", "Chinese", "中文"),
];

impl Language {
    /// Reads a tag such as `en`, `pt-BR` or `zh_hant`; `None` if it is not shaped like one.
    #[must_use]
    pub fn parse(tag: &str) -> Option<Self> {
        let mut parts = tag.split(['-', '_']);
        let primary = parts.next()?.to_ascii_lowercase();
        if !(2..=3).contains(&primary.len()) || !primary.bytes().all(|b| b.is_ascii_lowercase()) {
            return None;
        }
        let mut out = primary;
        for part in parts {
            if part.is_empty() || part.len() > 8 || !part.bytes().all(|b| b.is_ascii_alphanumeric())
            {
                return None;
            }
            out.push('-');
            match part.len() {
                2 => out.push_str(&part.to_ascii_uppercase()),
                4 if part.as_bytes()[0].is_ascii_alphabetic() => {
                    out.push_str(&part[..1].to_ascii_uppercase());
                    out.push_str(&part[1..].to_ascii_lowercase());
                }
                _ => out.push_str(&part.to_ascii_lowercase()),
            }
        }
        Some(Self(out))
    }

    /// English, the language of the program itself.
    #[must_use]
    pub fn english() -> Self {
        Self("en".to_owned())
    }

    /// The tag as BCP 47 writes it.
    #[must_use]
    pub fn tag(&self) -> &str {
        &self.0
    }

    /// The primary subtag: `zh` of `zh-Hant`.
    #[must_use]
    pub fn primary(&self) -> &str {
        self.0.split('-').next().unwrap_or(&self.0)
    }

    /// The English name, or the tag where none is known.
    #[must_use]
    pub fn english_name(&self) -> &str {
        self.entry().map_or(&self.0, |entry| entry.1)
    }

    /// The name in the language itself, or the tag where none is known.
    #[must_use]
    pub fn own_name(&self) -> &str {
        self.entry().map_or(&self.0, |entry| entry.2)
    }

    /// The direction its usual script runs in.
    #[must_use]
    pub fn direction(&self) -> Direction {
        match self.primary() {
            "ar" | "fa" | "he" | "ur" | "yi" | "ps" => Direction::Rtl,
            _ => Direction::Ltr,
        }
    }

    fn entry(&self) -> Option<&'static (&'static str, &'static str, &'static str)> {
        NAMES.iter().find(|entry| entry.0 == self.primary())
    }
}

impl fmt::Display for Language {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

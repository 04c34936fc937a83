//! The words that press texts of each language are recognised by, read from `data/lang/`.

use std::collections::BTreeMap;
use std::sync::{LazyLock, OnceLock};

use memchr::memmem;

use super::thresholds::{INNER_CUE_LENGTH, SHORT_CUE_LENGTH};
use crate::model::Event;
use crate::parse::tree::{self, Entry, Value};
use crate::source::Source;

macro_rules! files {
    ($($code:literal)*) => {
        &[$(($code, include_str!(concat!("data/lang/", $code, ".toml")))),*]
    };
}

/// Every language that import reads.
const FILES: &[(&str, &str)] = files!(
    "da" "de" "en" "es" "fr" "id" "it" "ja" "ko" "ms" "nl" "no" "pl" "pt" "ru" "sv" "tr" "uk" "vi" "zh"
);

/// Cue words that texts are searched for again and again, with what prepares the search: made when it is
/// first needed, as most languages never are.
#[derive(Clone, Debug, Default)]
pub struct Words {
    words: Vec<String>,
    finders: OnceLock<Vec<memmem::Finder<'static>>>,
}

impl Words {
    fn new(words: Vec<String>) -> Self {
        Self { words, finders: OnceLock::new() }
    }

    fn finders(&self) -> &[memmem::Finder<'static>] {
        let finder = |word: &String| memmem::Finder::new(word).into_owned();
        self.finders.get_or_init(|| self.words.iter().map(finder).collect())
    }

    /// Whether one of those that fit stands anywhere in a text, be it inside a word.
    #[must_use]
    pub fn any_inside(&self, text: &str, fits: impl Fn(&str) -> bool) -> bool {
        let mut pairs = self.words.iter().zip(self.finders());
        pairs.any(|(word, finder)| finder.find(text.as_bytes()).is_some() && fits(word))
    }
}

impl std::ops::Deref for Words {
    type Target = [String];

    fn deref(&self) -> &[String] {
        &self.words
    }
}

impl<'w> IntoIterator for &'w Words {
    type Item = &'w String;
    type IntoIter = std::slice::Iter<'w, String>;

    fn into_iter(self) -> Self::IntoIter {
        self.words.iter()
    }
}

static NO_WORDS: Words = Words { words: Vec::new(), finders: OnceLock::new() };

/// Cue words of one language; all in lower case.
#[derive(Clone, Debug)]
pub struct Lexicon {
    /// The primary language subtag.
    pub code: &'static str,
    /// Names of the twelve months.
    pub months: Vec<Vec<String>>,
    /// With which bytes these begin, as bits: most words begin with another one.
    month_starts: [u64; 4],
    /// Names of the days of the week.
    pub weekdays: Vec<String>,
    /// Kinds of partnership with the words that tell of them, the most telling kind first.
    pub kinds: Vec<(String, Words)>,
    /// Kinds with words that tell less surely of them.
    pub hints: Vec<(String, Words)>,
    /// Events with the words that tell of them.
    pub events: Vec<(Event, Words)>,
    /// What one party does to another, with the verbs that have it as their subject.
    roles: BTreeMap<String, Words>,
    lists: BTreeMap<String, Words>,
}

static ALL: LazyLock<Vec<Lexicon>> =
    LazyLock::new(|| FILES.iter().map(|(code, text)| read(code, text)).collect());

/// All lexicons, by code.
#[must_use]
pub fn all() -> &'static [Lexicon] {
    &ALL
}

/// The lexicon of a language; the English one where there is none.
#[must_use]
pub fn of(code: &str) -> &'static Lexicon {
    let find = |code: &str| ALL.iter().find(|lexicon| lexicon.code == code);
    find(code).or_else(|| find("en")).expect("English is among the lexicons")
}

impl Lexicon {
    /// A list of cue words by its name in the data file.
    #[must_use]
    pub fn list(&self, name: &str) -> &Words {
        self.lists.get(name).unwrap_or(&NO_WORDS)
    }

    /// Whether a word is the name of a month or of a day of the week.
    #[must_use]
    pub fn is_day_or_month(&self, word: &str) -> bool {
        let word = word.to_lowercase();
        self.weekdays.contains(&word) || self.months.iter().any(|names| names.contains(&word))
    }

    /// Whether the name of a month may begin with this byte.
    #[must_use]
    pub fn may_begin_month(&self, byte: u8) -> bool {
        self.month_starts[usize::from(byte / 64)] >> (byte % 64) & 1 == 1
    }

    /// The verbs whose subject has a role: `buyer`, `supplier`.
    #[must_use]
    pub fn roles(&self, role: &str) -> &Words {
        self.roles.get(role).unwrap_or(&NO_WORDS)
    }

    /// The word of a list that `text`, in lower case, begins with.
    #[must_use]
    pub fn begins(&self, name: &str, text: &str) -> Option<&str> {
        self.list(name).iter().map(String::as_str).find(|word| begins_with(text, word))
    }

    /// The place and length of the first word of a list that occurs in `text`, in lower case.
    #[must_use]
    pub fn find(&self, name: &str, text: &str) -> Option<(usize, usize)> {
        first(text, self.list(name))
    }

    /// Whether a sentence has a word that surely tells of a kind of partnership.
    #[must_use]
    pub fn tells(&self, kind: &str, sentence: &str) -> bool {
        let words = self.kinds.iter().find(|(own, _)| own == kind);
        words.is_some_and(|(_, words)| first(&sentence.to_lowercase(), words).is_some())
    }
}

/// Whether a German noun says what somebody does: `Netzausrüster`.
#[must_use]
pub fn is_german_trade(word: &str) -> bool {
    let word = word.to_lowercase();
    let ends = |trade: &String| word.len() > trade.len() && word.ends_with(trade.as_str());
    of("de").list("trades").iter().any(ends)
}

/// The place and length of the first of `words` in `text`.
#[must_use]
pub fn first(text: &str, words: &Words) -> Option<(usize, usize)> {
    let pairs = words.words.iter().zip(words.finders());
    let place = |(word, finder): (&String, &memmem::Finder<'_>)| {
        Some((begun(text, word, finder.find_iter(text.as_bytes()))?, word.len()))
    };
    pairs.filter_map(place).min()
}

/// Where `word` begins in `text`, at a word's start. Endings may follow: cue words are stems.
#[must_use]
pub fn position(text: &str, word: &str) -> Option<usize> {
    // What is looked for is short and changes with each call, which `str::find` prepares too long for.
    begun(text, word, memmem::find_iter(text.as_bytes(), word.as_bytes()))
}

/// The first of the places at which a word begins, or a stem that may stand inside one.
fn begun(text: &str, word: &str, places: memmem::FindIter<'_, '_>) -> Option<usize> {
    let mut places = places.peekable();
    places.peek()?;
    let (short, dense) = (word.chars().count() <= SHORT_CUE_LENGTH, is_dense(word));
    places.find(|&at| {
        if dense {
            return true;
        }
        let before = text[..at].chars().next_back();
        let after = text[at + word.len()..].chars().next();
        let free = |c: Option<char>| c.is_none_or(|c| !c.is_alphanumeric());
        // Danish and German write compounds together, so a long stem may stand inside a word.
        (free(before) || (!short && word.chars().count() >= INNER_CUE_LENGTH))
            && (!short || free(after))
    })
}

/// The text in lower case, byte for byte where it was: a letter whose small form is longer or
/// shorter stays as it is.
#[must_use]
pub fn lower_of_same_length(text: &str) -> String {
    text.chars()
        .map(|c| {
            let mut low = c.to_lowercase();
            let first = low.next().filter(|l| l.len_utf8() == c.len_utf8());
            first.filter(|_| low.next().is_none()).unwrap_or(c)
        })
        .collect()
}

fn begins_with(text: &str, word: &str) -> bool {
    text.strip_prefix(word).is_some_and(|rest| {
        let last = word.chars().next_back().is_some_and(char::is_alphanumeric);
        !last || is_dense(word) || rest.chars().next().is_none_or(|c| !c.is_alphanumeric())
    })
}

/// Whether a word is of a script without spaces.
#[must_use]
pub fn is_dense(word: &str) -> bool {
    word.chars().any(is_dense_char)
}

/// Whether a character is Han, kana or Hangul.
#[must_use]
pub fn is_dense_char(c: char) -> bool {
    matches!(c, '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{ac00}'..='\u{d7af}')
}

fn read(code: &'static str, text: &str) -> Lexicon {
    let source = Source::new(code, text);
    let entries = tree::toml(&source, 0, text).expect("the language data is valid TOML");
    let words = |text: &str| -> Vec<String> {
        text.split('|').filter(|word| !word.is_empty()).map(str::to_owned).collect()
    };
    let table = |entries: Vec<Entry>| {
        entries.into_iter().filter_map(|entry| match entry.node.value {
            Value::Text { text, .. } => Some((entry.key, Words::new(words(&text)))),
            _ => None,
        })
    };
    let mut lexicon = Lexicon {
        code,
        months: Vec::new(),
        month_starts: [0; 4],
        weekdays: Vec::new(),
        kinds: Vec::new(),
        hints: Vec::new(),
        events: Vec::new(),
        roles: BTreeMap::new(),
        lists: BTreeMap::new(),
    };
    for entry in entries {
        match (entry.key.as_str(), entry.node.value) {
            ("months", Value::Text { text, .. }) => {
                let names = |month: &str| month.split(' ').map(|n| n.replace('_', " ")).collect();
                lexicon.months = text.split('|').map(names).collect();
                for byte in lexicon.months.iter().flatten().filter_map(|name| name.bytes().next()) {
                    lexicon.month_starts[usize::from(byte / 64)] |= 1 << (byte % 64);
                }
            }
            ("weekdays", Value::Text { text, .. }) => lexicon.weekdays = words(&text),
            (key, Value::Text { text, .. }) => {
                lexicon.lists.insert(key.to_owned(), Words::new(words(&text)));
            }
            ("kinds", Value::Map(kinds)) => lexicon.kinds.extend(table(kinds)),
            ("hints", Value::Map(hints)) => lexicon.hints.extend(table(hints)),
            ("roles", Value::Map(roles)) => lexicon.roles.extend(table(roles)),
            ("events", Value::Map(events)) => {
                let known = |(id, words): (String, _)| Some((Event::parse(&id)?, words));
                lexicon.events.extend(table(events).filter_map(known));
            }
            _ => {}
        }
    }
    lexicon
}

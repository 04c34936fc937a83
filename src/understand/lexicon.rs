//! The words that press texts of each language are recognised by, read from `data/lang/`.

use std::sync::{LazyLock, OnceLock};

use memchr::memmem;
use rustc_hash::FxHashMap;

use super::thresholds::{INNER_CUE_LENGTH, INNER_PHRASE_HEAD_LENGTH, SHORT_CUE_LENGTH};
use crate::model::Event;
use crate::parse::tree::{self, Entry, Value};
use crate::source::Source;

macro_rules! files {
    ($($code:literal)*) => {
        &[$(($code, include_str!(concat!("data/lang/", $code, ".toml")))),*]
    };
}

/// Every language that import reads, sorted.
const FILES: &[(&str, &str)] = files!(
    "da" "de" "en" "es" "fr" "id" "it" "ja" "ko" "ms" "nl" "no" "pl" "pt" "ru" "sv" "tr" "uk" "vi" "zh"
);

/// Cue words that texts are searched for again and again, with what prepares the search: made when it is
/// first needed, as most languages never are.
#[derive(Clone, Debug, Default)]
pub struct Words {
    all: Vec<String>,
    inner: Inner,
    index: OnceLock<Heads>,
}

/// Where a long stem may stand inside a word.
#[derive(Clone, Copy, Debug, Default)]
enum Inner {
    /// `terminat` is not in *determination*.
    #[default]
    Nowhere,
    /// Languages that write compounds together: `partner` is in *Handelspartner*, `belang in` in
    /// *minderheidsbelang in*, but a phrase with a short first word in none.
    Compounds,
    /// Languages that put prefixes before stems: `kerja sama` is in *bekerja sama*.
    Anywhere,
}

impl Inner {
    fn of(code: &str) -> Self {
        match code {
            "da" | "de" | "nl" | "no" | "sv" => Self::Compounds,
            "id" | "ms" | "pl" | "ru" | "uk" => Self::Anywhere,
            _ => Self::Nowhere,
        }
    }
}

impl Words {
    pub(super) const fn new(all: Vec<String>) -> Self {
        Self { all, inner: Inner::Nowhere, index: OnceLock::new() }
    }

    fn index(&self) -> &Heads {
        self.index.get_or_init(|| Heads::new(&self.all))
    }

    /// Where words stand in a text, be it inside others, from left to right; those at one place as they are
    /// listed.
    pub fn places<'w>(&'w self, text: &str) -> impl Iterator<Item = (usize, &'w str)> {
        let index = self.index();
        let bytes = text.as_bytes();
        let begins = move |at: &usize| index.may_begin(&bytes[*at..]);
        (0..bytes.len()).filter(begins).flat_map(move |at| {
            let words = index.of(bytes[at]).iter().map(|number| self.all[*number].as_str());
            let stands = move |word: &&str| bytes[at..].starts_with(word.as_bytes());
            words.filter(stands).map(move |word| (at, word))
        })
    }

    /// Where the last of these places is.
    #[must_use]
    pub fn last_place(&self, text: &str) -> Option<usize> {
        self.places(text).last().map(|(at, _)| at)
    }

    /// Of these places those where a word begins, or a stem that may stand inside one.
    pub fn begun<'w>(&'w self, text: &str) -> impl Iterator<Item = (usize, &'w str)> {
        self.places(text).filter(move |(at, word)| is_begun(text, *at, word, self.inner))
    }

    /// The words that a text begins with, as they are listed.
    pub fn at_start<'w>(&'w self, text: &str) -> impl Iterator<Item = &'w str> {
        self.numbers_at_start(text).map(|number| self.all[number].as_str())
    }

    fn numbers_at_start(&self, text: &str) -> impl Iterator<Item = usize> {
        let index = self.index();
        let first = text.bytes().next().filter(|_| index.may_begin(text.as_bytes()));
        let numbers = first.map_or(&[][..], |byte| index.of(byte)).iter().copied();
        numbers.filter(move |number| text.starts_with(&self.all[*number]))
    }

    /// Whether one of those that fit stands anywhere in a text, be it inside a word.
    #[must_use]
    pub fn any_inside(&self, text: &str, fits: impl Fn(&str) -> bool) -> bool {
        self.places(text).any(|(_, word)| fits(word))
    }
}

/// Words by what they begin with.
#[derive(Clone, Debug)]
struct Heads {
    /// The numbers of the words, those with the same first byte together.
    order: Vec<usize>,
    /// Where in `order` the words with each first byte begin; the last is the end.
    starts: [usize; 257],
    /// A bit for each pair of first bytes, of which several share one: at most places of a text it is not
    /// set, and nothing has to be compared.
    pairs: [u64; PAIRS / 64],
}

/// How many bits tell pairs of bytes apart.
const PAIRS: usize = 1024;

fn pair(one: u8, two: u8) -> (usize, u64) {
    let bit = (usize::from(one) * 37 + usize::from(two)) % PAIRS;
    (bit / 64, 1 << (bit % 64))
}

impl Heads {
    fn new(words: &[String]) -> Self {
        let first = |number: usize| words[number].as_bytes()[0];
        let mut order: Vec<usize> = (0..words.len()).collect();
        order.sort_by_key(|number| first(*number));
        let mut starts = [order.len(); 257];
        for (byte, start) in (0..=u8::MAX).zip(&mut starts) {
            *start = order.partition_point(|number| first(*number) < byte);
        }
        let mut pairs = [0; PAIRS / 64];
        let mut set = |one, two| {
            let (at, bit) = pair(one, two);
            pairs[at] |= bit;
        };
        for word in words {
            match *word.as_bytes() {
                [one, two, ..] => set(one, two),
                // Anything may stand behind a word of one byte.
                [one] => (0..=u8::MAX).for_each(|two| set(one, two)),
                [] => {}
            }
        }
        Self { order, starts, pairs }
    }

    /// Whether some bytes may begin with a word.
    fn may_begin(&self, bytes: &[u8]) -> bool {
        let (at, bit) = match *bytes {
            [one, two, ..] => pair(one, two),
            [one] => pair(one, 0),
            [] => return false,
        };
        self.pairs[at] & bit != 0
    }

    /// The numbers of the words with a first byte.
    fn of(&self, byte: u8) -> &[usize] {
        let byte = usize::from(byte);
        &self.order[self.starts[byte]..self.starts[byte + 1]]
    }
}

impl std::ops::Deref for Words {
    type Target = [String];

    fn deref(&self) -> &[String] {
        &self.all
    }
}

impl<'w> IntoIterator for &'w Words {
    type Item = &'w String;
    type IntoIter = std::slice::Iter<'w, String>;

    fn into_iter(self) -> Self::IntoIter {
        self.all.iter()
    }
}

static NO_WORDS: Words = Words::new(Vec::new());

/// Cue words of one language; all in lower case.
#[derive(Clone, Debug)]
pub struct Lexicon {
    /// The primary language subtag.
    pub code: &'static str,
    /// Names of the months, in their order.
    months: Words,
    /// Which month, from 1 to 12, each of these names.
    month_numbers: Vec<u8>,
    /// Names of the days of the week.
    pub weekdays: Words,
    /// Kinds of partnership with the words that tell of them, the most telling kind first.
    pub kinds: Vec<(String, Words)>,
    /// Kinds with words that tell less surely of them.
    pub hints: Vec<(String, Words)>,
    /// Events with the words that tell of them.
    pub events: Vec<(Event, Words)>,
    /// What one party does to another, with the verbs that have it as their subject.
    roles: FxHashMap<String, Words>,
    lists: FxHashMap<String, Words>,
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
    let find = |code: &str| ALL.binary_search_by(|lexicon| lexicon.code.cmp(code));
    let at = find(code).or_else(|_| find("en")).expect("English is among the lexicons");
    &ALL[at]
}

impl Lexicon {
    /// This one and, if that is another, the English one: buttons and notices are often in English.
    pub fn with_english(&self) -> impl Iterator<Item = &Self> + Clone {
        let english = Some(of("en")).filter(|english| english.code != self.code);
        std::iter::once(self).chain(english)
    }

    /// A list of cue words by its name in the data file.
    #[must_use]
    pub fn list(&self, name: &str) -> &Words {
        self.lists.get(name).unwrap_or(&NO_WORDS)
    }

    /// Whether a word is the name of a month or of a day of the week.
    #[must_use]
    pub fn is_day_or_month(&self, word: &str) -> bool {
        let word = word.to_lowercase();
        self.weekdays.contains(&word) || self.months.contains(&word)
    }

    /// The names of months that a text, in lower case, begins with, each with the month's number.
    pub fn months_at_start(&self, text: &str) -> impl Iterator<Item = (&str, u8)> {
        let month = |number: usize| (self.months[number].as_str(), self.month_numbers[number]);
        self.months.numbers_at_start(text).map(month)
    }

    /// Which months, from 1 to 12, have a name.
    #[must_use]
    pub fn named_months(&self) -> &[u8] {
        &self.month_numbers
    }

    /// The verbs whose subject has a role: `buyer`, `supplier`.
    #[must_use]
    pub fn roles(&self, role: &str) -> &Words {
        self.roles.get(role).unwrap_or(&NO_WORDS)
    }

    /// The word of a list that `text`, in lower case, begins with.
    #[must_use]
    pub fn begins(&self, name: &str, text: &str) -> Option<&str> {
        self.list(name).at_start(text).find(|word| begins_with(text, word))
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
    let mut places = words.begun(text);
    let (at, word) = places.next()?;
    // Of those that begin there the shortest.
    let others = places.take_while(|(other, _)| *other == at).map(|(_, word)| word.len());
    Some((at, others.fold(word.len(), usize::min)))
}

/// Where `word` begins in `text`, at a word's start. Endings may follow: cue words are stems.
#[must_use]
pub fn position(text: &str, word: &str) -> Option<usize> {
    // What is looked for is short and changes with each call, which `str::find` prepares too long for.
    let mut places = memmem::find_iter(text.as_bytes(), word.as_bytes());
    places.find(|at| is_begun(text, *at, word, Inner::Nowhere))
}

/// Whether a word that stands at a place of a text begins there, or is a stem that may stand inside one.
fn is_begun(text: &str, at: usize, word: &str, inner: Inner) -> bool {
    if is_dense(word) {
        return true;
    }
    let length = word.chars().count();
    let short = length <= SHORT_CUE_LENGTH;
    let before = text[..at].chars().next_back();
    let after = text[at + word.len()..].chars().next();
    let free = |c: Option<char>| c.is_none_or(|c| !c.is_alphanumeric());
    let may_be_inside = match inner {
        Inner::Nowhere => false,
        Inner::Compounds => {
            let head = word.split(' ').next().unwrap_or(word);
            length >= INNER_CUE_LENGTH && head.chars().count() >= INNER_PHRASE_HEAD_LENGTH
        }
        Inner::Anywhere => length >= INNER_CUE_LENGTH,
    };
    // A blank or mark before a cue says that a word begins behind it.
    let begins = free(before) || !word.starts_with(char::is_alphanumeric);
    (begins || may_be_inside) && (!short || free(after))
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
    let inner = Inner::of(code);
    let words = |text: &str| {
        let words = text.split('|').filter(|word| !word.is_empty()).map(str::to_owned);
        Words { all: words.collect(), inner, ..Words::default() }
    };
    let table = |entries: Vec<Entry>| {
        entries.into_iter().filter_map(|entry| match entry.node.value {
            Value::Text { text, .. } => Some((entry.key, words(&text))),
            _ => None,
        })
    };
    let mut lexicon = Lexicon {
        code,
        months: Words::default(),
        month_numbers: Vec::new(),
        weekdays: Words::default(),
        kinds: Vec::new(),
        hints: Vec::new(),
        events: Vec::new(),
        roles: FxHashMap::default(),
        lists: FxHashMap::default(),
    };
    for entry in entries {
        match (entry.key.as_str(), entry.node.value) {
            ("months", Value::Text { text, .. }) => {
                let mut names = Vec::new();
                for (number, month) in (1..).zip(text.split('|')) {
                    names.extend(month.split_whitespace().map(|name| name.replace('_', " ")));
                    lexicon.month_numbers.resize(names.len(), number);
                }
                lexicon.months = Words::new(names);
            }
            ("weekdays", Value::Text { text, .. }) => lexicon.weekdays = words(&text),
            (key, Value::Text { text, .. }) => {
                lexicon.lists.insert(key.to_owned(), words(&text));
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

#[cfg(test)]
mod tests {
    use super::*;

    /// What the index finds, looked for word by word.
    fn places_of(words: &[&str], text: &str) -> Vec<(usize, String)> {
        let mut all = Vec::new();
        for (number, word) in words.iter().enumerate() {
            let starts = text.char_indices().filter(|(at, _)| text[*at..].starts_with(word));
            all.extend(starts.map(|(at, _)| (at, number, (*word).to_owned())));
        }
        all.sort();
        all.into_iter().map(|(at, _, word)| (at, word)).collect()
    }

    #[test]
    fn words_are_found_at_every_place_as_they_are_listed() {
        let words = ["by", "byline", "b", "&", "line", "合作", "合", "é", "written by", "yl"];
        let list = Words::new(words.map(str::to_owned).to_vec());
        for text in ["", "b", "y", "by", "written byline & bé合作b合", "aaaa", "合作合", "a&"]
        {
            let found = list.places(text).map(|(at, word)| (at, word.to_owned()));
            assert_eq!(found.collect::<Vec<_>>(), places_of(&words, text), "{text}");
            let begun = words.into_iter().filter(|word| text.starts_with(word));
            assert!(list.at_start(text).eq(begun), "{text}");
        }
    }

    #[test]
    fn the_first_word_of_a_list_begins_where_a_word_does() {
        let words = ["art", "partner", "artful", " gains", "ner of"];
        let list = |inner| Words { inner, ..Words::new(words.map(str::to_owned).to_vec()) };
        let plain = list(Inner::Nowhere);
        // A short word stands by itself, a longer one may go on.
        assert_eq!(first("party, art", &plain), Some((7, 3)));
        assert_eq!(first("an artfully made", &plain), Some((3, 6)));
        assert_eq!(first("parts", &plain), None);
        assert_eq!(first("no gains, regains", &plain), Some((2, 6)));
        // A long one may stand inside, a phrase only behind prefixes.
        assert_eq!(first("handelspartner", &plain), None);
        assert_eq!(first("handelspartner", &list(Inner::Compounds)), Some((7, 7)));
        assert_eq!(first("a winner of", &list(Inner::Compounds)), None);
        let head = Words { all: vec!["belang in".to_owned()], ..list(Inner::Compounds) };
        assert_eq!(first("een minderheidsbelang in", &head), Some((15, 9)));
        let long = Words { all: vec!["kerja sama".to_owned()], ..list(Inner::Anywhere) };
        assert_eq!(first("bekerja sama", &long), Some((2, 10)));
    }
}

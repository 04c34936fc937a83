//! Texts as words that can be compared: without case, marks of punctuation and white space.

use std::borrow::Cow;
use std::ops::Range;

/// A word, or one character of a script that is written without spaces.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Word {
    /// A hash of its lower-case form.
    pub hash: u64,
    /// Whether it is one character of a dense script.
    pub is_dense: bool,
    start: usize,
    end: usize,
}

impl Word {
    /// Where it stands, in bytes.
    #[must_use]
    pub fn range(&self) -> Range<usize> {
        self.start..self.end
    }
}

/// Scripts that are written without spaces: kana, Han, Thai.
#[must_use]
pub fn is_dense(c: char) -> bool {
    matches!(c, '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{e00}'..='\u{e7f}')
}

/// The words of a text, in order.
#[must_use]
pub fn words(text: &str) -> Words<'_> {
    Words { text, at: 0 }
}

/// See [`words`].
#[derive(Clone, Debug)]
pub struct Words<'a> {
    text: &'a str,
    at: usize,
}

const SEED: u64 = 0xcbf2_9ce4_8422_2325;
/// An odd number without a pattern.
const MIX: u64 = 0x9e37_79b9_7f4a_7c15;

fn step(hash: u64, part: u64) -> u64 {
    (hash.rotate_left(23) ^ part).wrapping_mul(MIX)
}

/// What a byte is to words: between them, part of one, or part of a character beyond ASCII.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Class {
    Gap,
    Part,
    Beyond,
}

/// The class of each byte, looked up for every byte of a digest.
static CLASSES: [Class; 256] = {
    let mut classes = [Class::Gap; 256];
    let mut byte = u8::MAX;
    loop {
        if !byte.is_ascii() {
            classes[byte as usize] = Class::Beyond;
        } else if byte.is_ascii_alphanumeric() {
            classes[byte as usize] = Class::Part;
        }
        if byte == 0 {
            break classes;
        }
        byte -= 1;
    }
};

fn class(byte: u8) -> Class {
    CLASSES[usize::from(byte)]
}

/// The hash of letters and digits of ASCII, which stand from `start` to `end` in a text. One bit makes
/// letters small and leaves digits as they are.
fn hash_of_ascii(text: &[u8], start: usize, end: usize) -> u64 {
    const SMALL: u64 = 0x2020_2020_2020_2020;
    let (chunks, rest) = text[start..end].as_chunks::<8>();
    let hash = chunks.iter().fold(SEED, |hash, &part| step(hash, u64::from_le_bytes(part) | SMALL));
    // Eight bytes are read at once where the text has so many, and those behind the word left out.
    let last = match text[end - rest.len()..].first_chunk() {
        Some(&part) => u64::from_le_bytes(part) & !(u64::MAX << (8 * rest.len())),
        None => rest.iter().rev().fold(0, |last, &byte| last << 8 | u64::from(byte)),
    };
    step(hash, last | SMALL)
}

/// Whether a character beyond ASCII belongs to a word; the usual ones without looking them up.
fn is_letter(c: char) -> bool {
    match c {
        '×' | '÷' => false,
        '\u{c0}'..='\u{24f}' | '\u{400}'..='\u{481}' | '\u{1e00}'..='\u{1eff}' => true,
        _ => c.is_alphanumeric(),
    }
}

/// One number for the large and the small form of a letter beyond ASCII. In some ranges two letters
/// that are neighbours get one as well, which is rare enough where only hashes are compared.
fn lower(c: char) -> u32 {
    let code = u32::from(c);
    match c {
        '\u{c0}'..='\u{de}' | '\u{391}'..='\u{3a9}' | '\u{410}'..='\u{42f}' => code + 0x20,
        '\u{400}'..='\u{40f}' => code + 0x50,
        '\u{100}'..='\u{24f}' | '\u{460}'..='\u{4ff}' | '\u{1e00}'..='\u{1eff}' => code | 1,
        _ => code,
    }
}

impl Iterator for Words<'_> {
    type Item = Word;

    fn next(&mut self) -> Option<Word> {
        let bytes = self.text.as_bytes();
        loop {
            self.at += bytes[self.at..].iter().position(|&byte| class(byte) != Class::Gap)?;
            let start = self.at;
            let plain = bytes[start..].iter().position(|&byte| class(byte) != Class::Part);
            let end = plain.map_or(bytes.len(), |length| start + length);
            // Most words are ASCII, which needs no decoding.
            let next = bytes.get(end).filter(|&&byte| class(byte) == Class::Beyond);
            let Some(next) = next.and_then(|_| self.text[end..].chars().next()) else {
                self.at = end;
                let hash = hash_of_ascii(bytes, start, end);
                return Some(Word { hash, is_dense: false, start, end });
            };
            if is_dense(next) {
                // One character is one word, and ends the word before it.
                let (is_dense, end) =
                    if end == start { (true, end + next.len_utf8()) } else { (false, end) };
                self.at = end;
                let hash = if is_dense {
                    step(SEED, u64::from(u32::from(next)))
                } else {
                    hash_of_ascii(bytes, start, end)
                };
                return Some(Word { hash, is_dense, start, end });
            }
            if let Some(word) = self.other(start) {
                return Some(word);
            }
        }
    }
}

impl Words<'_> {
    /// The word at `start`, which has more than ASCII in it; `None` where only a mark stands there.
    fn other(&mut self, start: usize) -> Option<Word> {
        let mut hash = SEED;
        let mut end = start;
        for c in self.text[start..].chars() {
            let is_part = if c.is_ascii() { c.is_ascii_alphanumeric() } else { is_letter(c) };
            if !is_part || is_dense(c) {
                break;
            }
            let small = if c.is_ascii() { u32::from(c.to_ascii_lowercase()) } else { lower(c) };
            hash = step(hash, u64::from(small));
            end += c.len_utf8();
        }
        if end == start {
            self.at += self.text[start..].chars().next().map_or(1, char::len_utf8);
            return None;
        }
        self.at = end;
        Some(Word { hash, is_dense: false, start, end })
    }
}

/// Turns the hashes of words that stand together into one.
#[must_use]
pub fn together(words: impl Iterator<Item = u64>) -> u64 {
    words.fold(SEED, step)
}

/// Counts words separated by space, where each character of a script without spaces counts as half a
/// word.
#[derive(Default)]
struct Count {
    words: usize,
    dense: usize,
    inside: bool,
}

impl Count {
    #[inline]
    fn take(&mut self, c: char) {
        // Most characters are ASCII, of which none is dense.
        let is_dense = !c.is_ascii() && is_dense(c);
        let is_part = !is_dense && !c.is_whitespace();
        self.dense += usize::from(is_dense);
        self.words += usize::from(is_part && !self.inside);
        self.inside = is_part;
    }

    /// Takes bytes of which none [needs to be decoded](needs_decoding).
    fn take_plain(&mut self, bytes: &[u8]) {
        let is_part = |byte: u8| !matches!(byte, b'\t'..=b'\r' | b' ');
        let (Some((&first, rest)), Some(&last)) = (bytes.split_first(), bytes.last()) else {
            return;
        };
        let begins = |(&before, &byte): (&u8, &u8)| u8::from(is_part(byte) & !is_part(before));
        self.words += usize::from(is_part(first) && !self.inside);
        self.words += usize::from(bytes.iter().zip(rest).map(begins).sum::<u8>());
        self.inside = is_part(last);
    }

    fn words(&self) -> usize {
        self.words + self.dense / 2
    }
}

/// How many bytes are counted at once.
const STRIDE: usize = 64;

/// Whether a byte may begin white space beyond ASCII, or a character of a dense script.
fn needs_decoding(byte: u8) -> bool {
    byte == 0xc2 || byte >= 0xe0
}

/// The character boundary of a text at or behind a byte.
fn ceil(text: &str, offset: usize) -> usize {
    (offset..text.len()).find(|&at| text.is_char_boundary(at)).unwrap_or(text.len())
}

/// How many words a text has. Where nothing needs to be decoded, the bytes at which words begin are
/// counted many at once.
pub(super) fn word_count(text: &str) -> usize {
    let mut count = Count::default();
    let bytes = text.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        let end = (at + STRIDE).min(bytes.len());
        let stride = &bytes[at..end];
        if stride.iter().fold(false, |any, &byte| any | needs_decoding(byte)) {
            // Strides may begin and end within a character; the one before belongs to a word.
            let start = ceil(text, at);
            at = ceil(text, end);
            text[start..at].chars().for_each(|c| count.take(c));
        } else {
            count.take_plain(stride);
            at = end;
        }
    }
    count.words()
}

/// The first `limit` words of a text, with an ellipsis where it was cut, at a word's end. Calls of templates,
/// which a text shows as code, are no words to be quoted.
#[must_use]
pub fn excerpt(text: &str, limit: usize) -> String {
    let Some(end) = end_of_words(text, limit) else {
        return without_calls(text).replace('\n', " ");
    };
    let cut = without_calls(&text[..end]);
    let cut = cut.trim_end_matches(|c: char| c.is_whitespace() || c == ',');
    format!("{} …", cut.replace('\n', " "))
}

/// A text without `{{ … }}`, `{% … %}` and `![[ … ]]`, also where one is cut off at its end.
fn without_calls(text: &str) -> Cow<'_, str> {
    let marks = [("{{", "}}"), ("{%", "%}"), ("![[", "]]")];
    let open = |text: &str| {
        let found = marks.iter().filter_map(|(open, close)| Some((text.find(open)?, *close)));
        found.min()
    };
    let mut out = String::new();
    let mut rest = text;
    while let Some((start, close)) = open(rest) {
        let (before, call) = rest.split_at(start);
        let before = if out.ends_with(char::is_whitespace) { before.trim_start() } else { before };
        out.push_str(before);
        rest = call.find(close).map_or("", |end| &call[end + close.len()..]);
    }
    match rest.len() == text.len() {
        true => text.into(),
        false if out.ends_with(char::is_whitespace) => (out + rest.trim_start()).into(),
        false => (out + rest).into(),
    }
}

/// Where the word after the first `limit` words begins; `None` where there is none.
pub(super) fn end_of_words(text: &str, limit: usize) -> Option<usize> {
    let mut count = Count::default();
    let is_beyond = |&(_, c): &(usize, char)| {
        count.take(c);
        count.words() > limit
    };
    text.char_indices().find(is_beyond).map(|(at, _)| at)
}

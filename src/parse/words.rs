//! Texts as words that can be compared: without case, marks of punctuation and white space.

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

/// One step of FNV-1a, taken over whole characters.
fn step(hash: u64, c: u32) -> u64 {
    (hash ^ u64::from(c)).wrapping_mul(0x0100_0000_01b3)
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
        let (mut hash, mut start) = (SEED, None);
        while let Some(&byte) = bytes.get(self.at) {
            // Most text is ASCII, which needs no decoding.
            if byte.is_ascii() {
                if byte.is_ascii_alphanumeric() {
                    start.get_or_insert(self.at);
                    hash = step(hash, u32::from(byte.to_ascii_lowercase()));
                } else if start.is_some() {
                    break;
                }
                self.at += 1;
                continue;
            }
            let c = self.text[self.at..].chars().next()?;
            let end = self.at + c.len_utf8();
            if is_dense(c) {
                if start.is_some() {
                    break;
                }
                let start = std::mem::replace(&mut self.at, end);
                return Some(Word { hash: step(SEED, u32::from(c)), is_dense: true, start, end });
            }
            if is_letter(c) {
                start.get_or_insert(self.at);
                hash = step(hash, lower(c));
            } else if start.is_some() {
                break;
            }
            self.at = end;
        }
        start.map(|start| Word { hash, is_dense: false, start, end: self.at })
    }
}

/// Turns the hashes of words that stand together into one.
#[must_use]
pub fn together(words: impl Iterator<Item = u64>) -> u64 {
    words.fold(SEED, |all, word| (all.rotate_left(23) ^ word).wrapping_mul(0x9e37_79b9_7f4a_7c15))
}

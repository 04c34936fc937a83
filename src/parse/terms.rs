//! Texts as terms that a reader may search for.
//!
//! `static/search.js` turns what a reader types into terms by the same rules; a test in a browser
//! compares the two.

use rustc_hash::FxHashMap;
use unicode_normalization::UnicodeNormalization;

/// How many bytes of a term count; longer words are hardly typed.
const LONGEST: usize = 48;

/// Turns texts into terms, one after the other.
#[derive(Default)]
pub struct Reader {
    scratch: String,
    /// Words beyond ASCII as they are folded: few are met only once.
    folded: FxHashMap<Box<str>, Box<str>>,
}

impl Reader {
    /// Gives every term of a text to `take`: words without case and marks; of a script that is written
    /// without spaces each pair of neighbouring characters, and the last one of a run.
    pub fn terms(&mut self, text: &str, mut take: impl FnMut(&str)) {
        let bytes = text.as_bytes();
        let is_gap = |b: &u8| b.is_ascii() && !b.is_ascii_alphanumeric();
        let mut start = 0;
        while let Some(gap) = bytes[start..].iter().position(|b| !is_gap(b)) {
            start += gap;
            let length = bytes[start..].iter().position(is_gap).unwrap_or(bytes.len() - start);
            let piece = &text[start..start + length];
            start += length;
            if piece.is_ascii() {
                self.scratch.clear();
                self.scratch.push_str(cut(piece));
                self.scratch.make_ascii_lowercase();
                take(&self.scratch);
            } else if piece.len() > LONGEST {
                split(&fold(piece), &mut take);
            } else if let Some(folded) = self.folded.get(piece) {
                split(folded, &mut take);
            } else {
                let folded = fold(piece);
                split(&folded, &mut take);
                self.folded.insert(piece.into(), folded.into());
            }
        }
    }

    /// Gives the terms of Markdown as it reads: without the addresses of links, tags and entities.
    ///
    /// A wrong guess about broken markup costs a term at most, so the text is not parsed for it.
    pub fn markdown(&mut self, markdown: &str, mut take: impl FnMut(&str)) {
        let mut rest = markdown;
        while let Some(at) = memchr::memchr3(b'(', b'<', b'&', rest.as_bytes()) {
            let (text, markup) = rest.split_at(at);
            let length = match markup.as_bytes() {
                [b'(', ..] if text.ends_with(']') => end(markup, b")\n"),
                [b'<', b'/' | b'!' | b'a'..=b'z' | b'A'..=b'Z', ..] => end(markup, b">\n"),
                [b'&', b'#' | b'a'..=b'z' | b'A'..=b'Z', ..] => entity(markup),
                _ => 1,
            };
            self.text_with_addresses(text, &mut take);
            rest = &markup[length..];
        }
        self.text_with_addresses(rest, &mut take);
    }

    fn text_with_addresses(&mut self, text: &str, take: &mut impl FnMut(&str)) {
        let mut rest = text;
        while let Some(at) = memchr::memmem::find(rest.as_bytes(), b"://") {
            let scheme = rest[..at].bytes().rev().take_while(u8::is_ascii_alphabetic).count();
            self.terms(&rest[..at - scheme], &mut *take);
            let address = &rest[at..];
            rest = &address[address.find(char::is_whitespace).unwrap_or(address.len())..];
        }
        self.terms(rest, take);
    }
}

/// How far markup goes that ends with one of some bytes.
fn end(markup: &str, ends: &[u8]) -> usize {
    markup.bytes().position(|b| ends.contains(&b)).map_or(markup.len(), |at| at + 1)
}

/// The length of a character reference, or of the sign alone.
fn entity(markup: &str) -> usize {
    let name = markup[1..].bytes().take_while(|b| b.is_ascii_alphanumeric() || *b == b'#').count();
    if markup.as_bytes().get(name + 1) == Some(&b';') { name + 2 } else { 1 }
}

/// Folds a text: compatibility forms, case and marks of accent do not count.
#[must_use]
pub fn fold(text: &str) -> String {
    let lower = text.to_lowercase();
    let mut out = String::with_capacity(lower.len());
    for c in lower.nfkd().filter(|c| !is_accent(*c)).nfc() {
        match c {
            'đ' => out.push('d'),
            'ø' => out.push('o'),
            'ł' => out.push('l'),
            'ı' => out.push('i'),
            'ß' => out.push_str("ss"),
            'æ' => out.push_str("ae"),
            'œ' => out.push_str("oe"),
            'ς' => out.push('σ'),
            c => out.push(c),
        }
    }
    out
}

/// Marks above, below and through letters that people leave out when they type: accents of Latin,
/// Greek and Cyrillic, and the vowel signs of Arabic and Hebrew.
fn is_accent(c: char) -> bool {
    matches!(c,
        '\u{300}'..='\u{36f}' | '\u{483}'..='\u{487}' | '\u{591}'..='\u{5bd}' | '\u{5bf}'
        | '\u{5c1}'..='\u{5c2}' | '\u{5c4}'..='\u{5c5}' | '\u{5c7}' | '\u{64b}'..='\u{65f}'
        | '\u{670}' | '\u{6d6}'..='\u{6dc}' | '\u{1ab0}'..='\u{1aff}' | '\u{1dc0}'..='\u{1dff}'
        | '\u{20d0}'..='\u{20ff}' | '\u{fe20}'..='\u{fe2f}')
}

/// Scripts whose words run together or bear endings without a break: Thai, Lao, Myanmar, Khmer,
/// kana, Han, Hangul.
fn is_run(c: char) -> bool {
    matches!(c,
        '\u{e00}'..='\u{eff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}'
        | '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{ac00}'..='\u{d7a3}'
        | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}

/// What a word is made of: letters and digits with the signs that belong to them.
fn is_part(c: char) -> bool {
    c.is_alphanumeric() || unicode_normalization::char::is_combining_mark(c)
}

/// Gives the terms of a folded text.
fn split(folded: &str, take: &mut impl FnMut(&str)) {
    for word in folded.split(|c| !is_part(c)).filter(|word| !word.is_empty()) {
        let mut rest = word;
        while let Some(first) = rest.chars().next() {
            let of_run = is_run(first);
            let length = rest.find(|c| is_run(c) != of_run).unwrap_or(rest.len());
            let (part, after) = rest.split_at(length);
            if of_run {
                pairs(part, take);
            } else {
                take(cut(part));
            }
            rest = after;
        }
    }
}

fn pairs(run: &str, take: &mut impl FnMut(&str)) {
    for (at, c) in run.char_indices() {
        let next = run[at + c.len_utf8()..].chars().next().map_or(0, char::len_utf8);
        take(&run[at..at + c.len_utf8() + next]);
    }
}

fn cut(term: &str) -> &str {
    let end = (0..=term.len().min(LONGEST)).rfind(|&at| term.is_char_boundary(at)).unwrap_or(0);
    &term[..end]
}

/// What decides in which part of an index a term stands: its first three characters, or the first
/// one of a script without spaces, so that a beginning of three letters is enough to find it.
#[must_use]
pub fn key(term: &str) -> &str {
    let letters = if term.starts_with(is_run) { 1 } else { 3 };
    term.char_indices().nth(letters).map_or(term, |(end, _)| &term[..end])
}

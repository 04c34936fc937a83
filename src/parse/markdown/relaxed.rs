//! Emphasis beside the punctuation of Chinese, Japanese and Korean.
//!
//! `CommonMark` tells by the blanks around marks whether they begin or end something, so that `**真，**她`
//! shows its stars: these languages have no blanks. As in "markdown-cjk-friendly", their punctuation
//! counts as letters there, and their letters beside other punctuation as blanks.

use std::borrow::Cow;

use pulldown_cmark::{CowStr, Event, Tag};

use super::code;
use crate::parse::words::is_dense;
use crate::source::Span;

/// Stands for a sign that counts as a letter: it takes three bytes, as nearly all of them do.
const LETTER: char = '\u{e7fe}';
/// Stands for a letter that counts as a sign.
const SIGN: char = '\u{2e3a}';

/// Punctuation of these languages.
pub(super) fn is_wide_sign(c: char) -> bool {
    matches!(
        c,
        '\u{3001}'..='\u{303f}' | '\u{ff01}'..='\u{ff0f}' | '\u{ff1a}'..='\u{ff20}'
            | '\u{ff3b}'..='\u{ff40}' | '\u{ff5b}'..='\u{ff65}' | '\u{30fb}' | '\u{fe30}'..='\u{fe4f}'
            | '“' | '”' | '‘' | '’' | '…' | '—'
    )
}

fn is_letter(c: char) -> bool {
    is_dense(c) && !is_wide_sign(c)
        || matches!(c, '\u{ac00}'..='\u{d7af}' | '\u{1100}'..='\u{11ff}')
}

/// Whether marks between two texts, or a line break, have characters of these languages on both sides.
pub(super) fn is_wide(c: char) -> bool {
    is_dense(c) || is_wide_sign(c) && !matches!(c, '“' | '”' | '‘' | '’' | '…' | '—')
}

/// A text of the same length in which marks beside such punctuation begin and end what their author
/// meant. Where there is none, the text itself.
pub(super) fn relaxed(source: &str) -> Cow<'_, str> {
    let mut places: Vec<(usize, char, char)> = Vec::new();
    let bytes = source.as_bytes();
    let mut at = 0;
    while let Some(found) = memchr::memchr2(b'*', b'~', &bytes[at..]) {
        let start = at + found;
        let mark = bytes[start];
        let length = bytes[start..].iter().take_while(|byte| **byte == mark).count();
        at = start + length;
        let (Some(before), Some(after)) =
            (source[..start].chars().next_back(), source[at..].chars().next())
        else {
            continue;
        };
        if before == '\\' || mark == b'~' && length > 2 {
            continue;
        }
        let is_sign = |c: char| is_wide_sign(c) || c.is_ascii_punctuation();
        let is_word = |c: char| !c.is_whitespace() && !is_sign(c);
        let first = (start - before.len_utf8(), before);
        let second = (at, after);
        let pairs = [(first, second), (second, first)];
        for ((sign_at, sign), (word_at, word)) in pairs {
            if !is_sign(sign) || !is_word(word) {
                continue;
            }
            if is_wide_sign(sign) {
                places.push((sign_at, sign, LETTER));
            } else if is_letter(word) {
                places.push((word_at, word, SIGN));
            }
        }
    }
    // Of the same length, or nothing would be found again where it stands.
    places.retain(|(_, c, _)| c.len_utf8() == 3);
    if places.is_empty() {
        return source.into();
    }
    let code = code(source);
    let mut out = source.to_owned();
    for (at, c, new) in places {
        if !code.iter().any(|span| span.contains(&at)) && out[at..].starts_with(c) {
            out.replace_range(at..at + c.len_utf8(), new.encode_utf8(&mut [0; 4]));
        }
    }
    out.into()
}

/// An event of the text that was read, with the characters of the text itself.
pub(super) fn given_back<'a>(event: Event<'a>, source: &str, read: &str, span: &Span) -> Event<'a> {
    let back = |text: CowStr<'a>| -> CowStr<'a> {
        if !text.contains([LETTER, SIGN]) {
            return text;
        }
        let places = read[span.clone()].match_indices([LETTER, SIGN]);
        let mut own = places.map(|(at, _)| source[span.start + at..].chars().next());
        let given = |c| match c {
            LETTER | SIGN => own.next().flatten().unwrap_or(c),
            c => c,
        };
        text.chars().map(given).collect::<String>().into()
    };
    match event {
        Event::Text(text) => Event::Text(back(text)),
        Event::Code(text) => Event::Code(back(text)),
        Event::InlineMath(text) => Event::InlineMath(back(text)),
        Event::DisplayMath(text) => Event::DisplayMath(back(text)),
        Event::Html(text) => Event::Html(back(text)),
        Event::InlineHtml(text) => Event::InlineHtml(back(text)),
        Event::Start(Tag::Link { link_type, dest_url, title, id }) => {
            let (dest_url, title) = (back(dest_url), back(title));
            Event::Start(Tag::Link { link_type, dest_url, title, id })
        }
        Event::Start(Tag::Image { link_type, dest_url, title, id }) => {
            let (dest_url, title) = (back(dest_url), back(title));
            Event::Start(Tag::Image { link_type, dest_url, title, id })
        }
        event => event,
    }
}

//! The lines of a raw text, or the pieces of one that has no lines.

use std::ops::Range;

use super::thresholds::{LINE_OF_SENTENCES_WIDTH, ONE_LINE_TENTHS, ONE_LINE_WIDTH};
use super::width;
use crate::understand::dates;
use crate::understand::lexicon::Lexicon;

/// A line of a raw text, or a piece of one that is too long for a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unit<'a> {
    /// Its words.
    pub text: &'a str,
    /// Where it stands in the raw text, in bytes.
    pub at: usize,
    /// Whether it goes on in the line of the unit before it.
    pub glued: bool,
    /// Whether a mark for an item of a list stands before it.
    pub bullet: bool,
}

pub(super) const BULLETS: [&str; 9] = ["• ", "- ", "* ", "– ", "· ", "▪ ", "●", "■ ", "‣ "];

/// Divides a text into its lines; one that has hardly any, into pieces that begin with a capital.
#[must_use]
pub fn units<'a>(text: &'a str, lexicon: &Lexicon) -> Vec<Unit<'a>> {
    let is_one_line = is_one_line(text);
    let mut out = Vec::new();
    let mut at = 0;
    for line in text.split('\n') {
        let from = at + line.len() - line.trim_start().len();
        at += line.len() + 1;
        let line = line.trim();
        if line.is_empty() {
            continue;
        }
        let cut = if is_one_line && width(line) > ONE_LINE_WIDTH {
            pieces(line, lexicon)
        } else if width(line) > LINE_OF_SENTENCES_WIDTH {
            sentences(line)
        } else {
            Vec::from([Range { start: 0, end: line.len() }])
        };
        for (number, piece) in cut.into_iter().enumerate() {
            let start = from + piece.start;
            let mut piece = &line[piece];
            let bullet =
                BULLETS.iter().find(|mark| piece.starts_with(**mark)).filter(|_| number == 0);
            let mut start = start;
            if let Some(mark) = bullet {
                start += mark.len();
                piece = &piece[mark.len()..];
            }
            let inner = piece.trim_start();
            start += piece.len() - inner.len();
            let inner = inner.trim_end();
            if !inner.is_empty() {
                out.push(Unit {
                    text: inner,
                    at: start,
                    glued: number > 0,
                    bullet: bullet.is_some(),
                });
            }
        }
    }
    out
}

/// Whether a text has hardly any line breaks: its first line holds most of it.
#[must_use]
pub fn is_one_line(text: &str) -> bool {
    let first = text.trim_start().lines().next().map_or(0, width);
    first > ONE_LINE_WIDTH && first * 10 > width(text) * ONE_LINE_TENTHS
}

/// A line cut behind each sentence.
fn sentences(line: &str) -> Vec<Range<usize>> {
    cut(line, |before, c, next| match c {
        '。' | '！' | '？' => true,
        ' ' => {
            let bare = before.trim_end_matches(['"', '”', '»', '’', ')']);
            let word = bare.trim_end_matches(['.', '!', '?', '…']);
            let last = word.rsplit(|c: char| !c.is_alphanumeric()).next().unwrap_or("");
            bare.len() > word.len()
                && last.chars().count() > 2
                && !next.is_some_and(char::is_lowercase)
        }
        _ => false,
    })
}

/// A line cut before each word that may begin something: one with a capital, a number, a quotation; dates
/// stay whole.
fn pieces(line: &str, lexicon: &Lexicon) -> Vec<Range<usize>> {
    let mut dates = dates::dates(line, lexicon).into_iter().map(|found| found.span).peekable();
    let mut from = 0;
    cut(line, |before, c, next| {
        let end = from + before.len() + c.len_utf8();
        while dates.next_if(|span| span.end <= end).is_some() {}
        let inside = dates.peek().is_some_and(|span| span.start < end && end < span.end);
        let ends = !inside
            && match c {
                '。' | '！' | '？' => true,
                ' ' | '\u{3000}' => next.is_some_and(|c| {
                    !c.is_lowercase() && (!c.is_ascii_punctuation() || "([\"'".contains(c))
                }),
                _ => false,
            };
        if ends {
            from = end;
        }
        ends
    })
}

/// Cuts behind each character that `ends` a part, told what stands before it and the character after it.
fn cut(line: &str, mut ends: impl FnMut(&str, char, Option<char>) -> bool) -> Vec<Range<usize>> {
    let mut out = Vec::new();
    let mut from = 0;
    for (at, c) in line.char_indices() {
        let end = at + c.len_utf8();
        if ends(&line[from..at], c, line[end..].chars().next()) && end > from {
            out.push(from..end);
            from = end;
        }
    }
    out.push(from..line.len());
    out
}

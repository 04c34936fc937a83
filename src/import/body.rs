//! The body of an article as import writes it: plain paragraphs, and where a line of the raw text stands
//! in them.

use std::ops::Range;

/// Escapes what would make Markdown out of plain text.
#[must_use]
pub fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for (at, c) in text.char_indices() {
        let starts =
            at == 0 && (matches!(c, '#' | '>' | '+' | '=' | '-' | '~') || text.starts_with("1. "));
        if is_mark(c) || starts && !c.is_alphanumeric() {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

/// Whether a character is escaped wherever it stands.
fn is_mark(c: char) -> bool {
    matches!(c, '*' | '_' | '`' | '<' | '[' | ']' | '\\')
}

/// The words of a line in one of the forms in which a body may have them, from a byte on.
#[must_use]
pub fn place(body: &str, line: &str, from: usize) -> Option<Range<usize>> {
    let rest = body.get(from..)?;
    let words: Vec<&str> = line.split_whitespace().collect();
    let escaped: Vec<String> = words.iter().map(|word| with_marks(word)).collect();
    let escaped: Vec<&str> = escaped.iter().map(String::as_str).collect();
    let found = [escaped, words].into_iter().filter_map(|words| in_a_row(rest, &words));
    let found = found.min_by_key(|found| found.start)?;
    Some(from + found.start..from + found.end)
}

/// The same, where a line of the body is nothing else before where it is only a part of one: a heading of one
/// word may stand in any sentence.
fn best_place(body: &str, line: &str) -> Option<Range<usize>> {
    let mut at = 0;
    for own in body.split('\n') {
        let found = place(own, line, 0).filter(|found| {
            let around = [&own[..found.start], &own[found.end..]];
            around.iter().all(|part| part.trim_matches(['-', ' ', '\\', '#', '>']).is_empty())
        });
        if let Some(found) = found {
            return Some(at + found.start..at + found.end);
        }
        at += own.len() + 1;
    }
    place(body, line, 0)
}

fn with_marks(word: &str) -> String {
    let mut out = String::with_capacity(word.len());
    for c in word.chars() {
        if is_mark(c) {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

/// Where words stand one behind the other, with any spaces between them.
fn in_a_row(text: &str, words: &[&str]) -> Option<Range<usize>> {
    let (first, others) = words.split_first()?;
    text.match_indices(first).find_map(|(start, _)| {
        let mut end = start + first.len();
        for word in others {
            let rest = text[end..].trim_start();
            let is_apart = rest.len() < text.len() - end;
            if !is_apart || !rest.starts_with(word) {
                return None;
            }
            end = text.len() - rest.len() + word.len();
        }
        Some(start..end)
    })
}

fn squeezed(line: &str) -> String {
    line.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A body without a line, and without its paragraph where that was all of it; `None` where it has no such
/// line.
#[must_use]
pub fn without(body: &str, line: &str) -> Option<String> {
    let found = best_place(body, line)?;
    let start = body[..found.start].rfind('\n').map_or(0, |at| at + 1);
    let end = body[found.end..].find('\n').map_or(body.len(), |at| found.end + at);
    let left = body[start..found.start].trim_end_matches(['\\', ' ', '#', '>']);
    let right = body[found.end..end].trim_start();
    let (before, rest) = (&body[..start], &body[end..]);
    if !left.trim_matches(['-', ' ']).is_empty() || !right.is_empty() {
        let gap = if left.is_empty() || right.is_empty() { "" } else { " " };
        return Some(format!("{before}{left}{gap}{right}{rest}"));
    }
    let opens = before.is_empty() || before.ends_with("\n\n");
    let closes = rest.is_empty() || rest.starts_with("\n\n");
    let (before, rest) = if closes { (before.trim_end(), rest) } else { (before, &rest[1..]) };
    let rest = if opens && (closes || before.is_empty()) { rest.trim_start() } else { rest };
    let gap = if opens && closes && !before.is_empty() && !rest.is_empty() { "\n\n" } else { "" };
    Some(format!("{before}{gap}{rest}"))
}

/// A body with one more line, behind another one that it has or at its beginning: in the same paragraph
/// where the line is `glued` to it, and in its own elsewhere.
#[must_use]
pub fn with(body: &str, line: &str, behind: Option<&str>, glued: bool) -> String {
    let line = squeezed(line);
    let Some(before) = behind.and_then(|behind| best_place(body, behind)) else {
        let gap = if body.is_empty() { "" } else { "\n\n" };
        return format!("{}{gap}{body}", escaped(&line));
    };
    if glued {
        let (left, right) = body.split_at(before.end);
        return format!("{left} {}{right}", escaped(&line));
    }
    let end = body[before.end..].find("\n\n").map_or(body.len(), |at| before.end + at);
    format!("{}\n\n{}{}", &body[..end], escaped(&line), &body[end..])
}

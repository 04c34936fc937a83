//! Raw bytes to clean paragraphs: encodings, entities, hyphens, and whatever stands for a line.

use std::borrow::Cow;

use encoding_rs::WINDOWS_1252;

use crate::understand::structure::Block;

/// The text in a file of any of the usual encodings, with the damage of wrong ones repaired.
#[must_use]
pub fn decode(bytes: &[u8]) -> String {
    let text: Cow<'_, str> = match bytes {
        [0xef, 0xbb, 0xbf, rest @ ..] => String::from_utf8_lossy(rest),
        [0xff, 0xfe, rest @ ..] => utf16(rest, u16::from_le_bytes).into(),
        [0xfe, 0xff, rest @ ..] => utf16(rest, u16::from_be_bytes).into(),
        bytes => std::str::from_utf8(bytes)
            .map_or_else(|_| WINDOWS_1252.decode_without_bom_handling(bytes).0, Cow::from),
    };
    let text = text.replace("\r\n", "\n").replace(['\r', '\u{2028}', '\u{2029}'], "\n");
    let text: String = text
        .chars()
        .filter(|c| !matches!(c, '\u{ad}' | '\u{feff}' | '\u{200b}' | '\u{200e}' | '\u{200f}'))
        .map(|c| if c.is_control() && c != '\n' && c != '\t' { ' ' } else { c })
        .collect();
    entities(&repair(&text))
}

fn utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> String {
    let units: Vec<u16> = bytes.chunks_exact(2).map(|pair| unit([pair[0], pair[1]])).collect();
    String::from_utf16_lossy(&units)
}

/// Undoes UTF-8 that was read as Windows-1252 (`Ã©` for `é`), run by run.
fn repair(text: &str) -> Cow<'_, str> {
    let suspicious = |c: char| matches!(c, 'Ã' | 'â' | 'Â' | 'Å' | 'Ä' | 'á' | 'Æ');
    if text.chars().filter(|&c| suspicious(c)).count() < 2 {
        return text.into();
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let fixed = if c.is_ascii() { None } else { mistaken(rest) };
        let (character, used) = fixed.unwrap_or((c, c.len_utf8()));
        out.push(character);
        rest = &rest[used..];
    }
    out.into()
}

/// The character whose UTF-8 bytes a text begins with, each read as one of Windows-1252, and how many
/// bytes it takes up so.
fn mistaken(text: &str) -> Option<(char, usize)> {
    let ends = text.char_indices().map(|(at, c)| at + c.len_utf8()).take(4).skip(1);
    ends.into_iter().find_map(|end| {
        let (bytes, _, foreign) = WINDOWS_1252.encode(&text[..end]);
        let mut decoded = std::str::from_utf8(&bytes).ok()?.chars();
        let character = decoded.next()?;
        (!foreign && decoded.next().is_none()).then_some((character, end))
    })
}

/// Decodes the character references that scrapers leave behind.
fn entities(text: &str) -> String {
    if !text.contains('&') {
        return text.to_owned();
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let end = rest.char_indices().take(10).find(|&(_, c)| c == ';').map(|(at, _)| at);
        let decoded = end.and_then(|end| entity(&rest[1..end]).map(|c| (c, end + 1)));
        let (c, used) = decoded.unwrap_or(('&', 1));
        out.push(c);
        rest = &rest[used..];
    }
    out.push_str(rest);
    out
}

fn entity(name: &str) -> Option<char> {
    if let Some(code) = name.strip_prefix('#') {
        let code = match code.strip_prefix(['x', 'X']) {
            Some(hex) => u32::from_str_radix(hex, 16).ok()?,
            None => code.parse().ok()?,
        };
        return char::from_u32(code);
    }
    let known = [
        ("amp", '&'),
        ("lt", '<'),
        ("gt", '>'),
        ("quot", '"'),
        ("apos", '\''),
        ("nbsp", ' '),
        ("ndash", '–'),
        ("mdash", '—'),
        ("lsquo", '‘'),
        ("rsquo", '’'),
        ("ldquo", '“'),
        ("rdquo", '”'),
        ("hellip", '…'),
        ("laquo", '«'),
        ("raquo", '»'),
        ("euro", '€'),
        ("copy", '©'),
    ];
    known.iter().find(|(entity, _)| *entity == name).map(|(_, c)| *c)
}

/// Splits a text into its paragraphs, whichever way it marks them.
#[must_use]
pub fn blocks(text: &str) -> Vec<Block> {
    let lines: Vec<&str> = text.lines().map(str::trim).collect();
    let mut out: Vec<Block> = Vec::new();
    let full = wrap_width(&lines);
    let mut before: Option<&str> = None;
    for line in lines {
        if line.is_empty() {
            before = None;
            continue;
        }
        let bullet = ["• ", "- ", "* ", "– ", "· ", "▪ ", "●"]
            .iter()
            .find_map(|mark| line.strip_prefix(mark));
        let goes_on = full.zip(before).is_some_and(|(full, before)| is_wrapped(before, line, full));
        match out.last_mut() {
            Some(last) if goes_on && bullet.is_none() => {
                last.text.push(' ');
                last.text.push_str(&squeeze(line));
            }
            _ => {
                let text = squeeze(bullet.unwrap_or(line));
                out.push(Block { text, bullet: bullet.is_some() });
            }
        }
        before = Some(line);
    }
    out
}

/// Whether a line was broken only because the first word of the next one had no room in it.
fn is_wrapped(line: &str, next: &str, full: usize) -> bool {
    let word = next.split(' ').next().unwrap_or(next).chars().count();
    line.chars().count() + 1 + word > full
}

/// The width at which a text is hard-wrapped, in characters; `None` for one that is not.
///
/// Most of its longer lines must be nearly full, and few of them may end with a sentence.
fn wrap_width(lines: &[&str]) -> Option<usize> {
    let length = |line: &str| line.chars().count();
    let long: Vec<&&str> = lines.iter().filter(|line| length(line) > 40).collect();
    let mut lengths: Vec<usize> = long.iter().map(|line| length(line)).collect();
    lengths.sort_unstable();
    // A single longer line, such as a headline, does not make the width.
    let full = *lengths.get(lengths.len() * 9 / 10)?;
    if long.len() < 6 || !(45..=100).contains(&full) {
        return None;
    }
    let near = lengths.iter().filter(|length| (full * 4 / 5..=full + 3).contains(*length)).count();
    let ended = long.iter().filter(|line| line.ends_with(['.', '!', '?', '。', '”', '»'])).count();
    (near * 3 >= long.len() * 2 && ended * 5 < long.len() * 2).then_some(full)
}

/// Runs of spaces become one; a run of three or more is kept as a mark between columns.
fn squeeze(line: &str) -> String {
    let line = line.replace('\t', "   ");
    let mut out = String::with_capacity(line.len());
    let mut gap = 0;
    for c in line.chars() {
        if c == ' ' {
            gap += 1;
            continue;
        }
        match gap {
            0 => {}
            1 => out.push(' '),
            _ => out.push_str("  "),
        }
        gap = 0;
        out.push(c);
    }
    out
}

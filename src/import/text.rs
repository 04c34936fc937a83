//! Raw bytes to clean paragraphs: encodings, entities, hyphens, and whatever stands for a line.

use std::borrow::Cow;

use crate::understand::structure::Block;

/// The text in a file of any of the usual encodings, with the damage of wrong ones repaired.
#[must_use]
pub fn decode(bytes: &[u8]) -> String {
    let text: Cow<'_, str> = match bytes {
        [0xef, 0xbb, 0xbf, rest @ ..] => String::from_utf8_lossy(rest),
        [0xff, 0xfe, rest @ ..] => utf16(rest, u16::from_le_bytes).into(),
        [0xfe, 0xff, rest @ ..] => utf16(rest, u16::from_be_bytes).into(),
        bytes => std::str::from_utf8(bytes).map_or_else(
            |_| bytes.iter().map(|&byte| from_1252(byte)).collect::<String>().into(),
            Cow::from,
        ),
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

/// The characters of Windows-1252 at 0x80 to 0x9f; unassigned places stay as they are.
const HIGH: [char; 32] = [
    '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8d}', 'Ž', '\u{8f}',
    '\u{90}', '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9d}', 'ž', 'Ÿ',
];

fn from_1252(byte: u8) -> char {
    match byte {
        0x80..=0x9f => HIGH[usize::from(byte - 0x80)],
        byte => char::from(byte),
    }
}

fn to_1252(c: char) -> Option<u8> {
    if let Some(at) = HIGH.iter().position(|&high| high == c) {
        return u8::try_from(at + 0x80).ok();
    }
    u8::try_from(u32::from(c)).ok()
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
        // As many characters as one UTF-8 sequence would have made.
        let fixed = (2..=4).find_map(|length| {
            let mut end = 0;
            let mut bytes = Vec::new();
            for c in rest.chars().take(length) {
                bytes.push(to_1252(c)?);
                end += c.len_utf8();
            }
            let decoded = std::str::from_utf8(&bytes).ok()?;
            (bytes.len() == length && decoded.chars().count() == 1)
                .then(|| (decoded.to_owned(), end))
        });
        match fixed {
            Some((decoded, end)) if !c.is_ascii() => {
                out.push_str(&decoded);
                rest = &rest[end..];
            }
            _ => {
                out.push(c);
                rest = &rest[c.len_utf8()..];
            }
        }
    }
    out.into()
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

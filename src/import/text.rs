//! Raw bytes to clean lines: encodings, entities, hyphens, hard wraps, and whatever stands for a line.

use std::borrow::Cow;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, ISO_2022_JP, UTF_16BE, UTF_16LE, WINDOWS_1252};
use unicode_normalization::{UnicodeNormalization, is_nfc};

use super::thresholds::{
    BYTES_TO_ONE_ZERO, CHARACTERS_TO_ONE_BAD, GOOD_TO_ONE_BROKEN, LINES_TO_ONE_WIDER,
    MISREAD_CHARACTERS, WRAP_COLUMNS, WRAP_SLACK_COLUMNS, WRAPPED_BREAKS, WRAPPED_LINES,
    WRAPPED_SENTENCES_FIFTHS, WRAPPED_TENTHS, ZEROS_TO_ONE_ASTRAY,
};
use crate::model::printable;
use crate::understand::lexicon::is_dense_char;

/// The text in a file of any of the usual encodings, with the damage of wrong ones repaired: its lines, with
/// hard wraps undone.
///
/// # Errors
/// Bytes that are no text in any encoding, or in one that cannot be told.
pub fn read(bytes: &[u8]) -> Result<String, String> {
    let text = decoded(bytes)?;
    let text = text.replace("\r\n", "\n");
    let text = text.replace(['\r', '\u{2028}', '\u{2029}', '\u{b}', '\u{c}', '\u{85}'], "\n");
    let text: String = text
        .chars()
        .filter(|c| !matches!(c, '\u{ad}' | '\u{feff}' | '\u{200b}' | '\u{200e}' | '\u{200f}'))
        .map(|c| if c.is_control() && c != '\n' && c != '\t' { ' ' } else { c })
        .collect();
    // Both may bring controls.
    let text = printable(&entities(&repair(&text))).into_owned();
    let text = if is_nfc(&text) { text } else { text.nfc().collect() };
    Ok(unwrapped(&text))
}

fn decoded(bytes: &[u8]) -> Result<Cow<'_, str>, String> {
    let (text, guessed) = match encoding(bytes) {
        Some(encoding) => (encoding.decode(bytes).0, false),
        None => match std::str::from_utf8(bytes) {
            Ok(text) => (text.into(), false),
            Err(_) if is_nearly_utf8(bytes) => (String::from_utf8_lossy(bytes), false),
            Err(_) => (guess(bytes).decode_without_bom_handling(bytes).0, true),
        },
    };
    let (mut all, mut bad) = (0, 0);
    for c in text.chars() {
        all += 1;
        let is_control =
            c.is_control() && !matches!(c, '\n' | '\r' | '\t' | '\u{b}' | '\u{c}' | '\u{85}');
        bad += usize::from(is_control || matches!(c, '\u{fffd}' | '\u{e000}'..='\u{f8ff}'));
    }
    if bad * CHARACTERS_TO_ONE_BAD > all {
        let what = if guessed { "its encoding cannot be told" } else { "it is no text" };
        return Err(format!("{what}: {bad} of {all} characters make no sense; save it as UTF-8"));
    }
    Ok(text)
}

/// The encoding that a mark at the start or the bytes themselves prove.
fn encoding(bytes: &[u8]) -> Option<&'static Encoding> {
    if let Some((encoding, _)) = Encoding::for_bom(bytes) {
        return Some(encoding);
    }
    // UTF-16 without a mark: every second byte of spaces, line breaks and Latin letters is zero.
    let zeros = |from: usize| bytes.iter().skip(from).step_by(2).filter(|byte| **byte == 0).count();
    let (even, odd) = (zeros(0), zeros(1));
    if bytes.len().is_multiple_of(2)
        && even.max(odd) * BYTES_TO_ONE_ZERO > bytes.len()
        && even.min(odd) * ZEROS_TO_ONE_ASTRAY < even.max(odd)
    {
        return Some(if even > odd { UTF_16BE } else { UTF_16LE });
    }
    let escaped = bytes
        .windows(3)
        .any(|three| three[0] == 0x1b && three[1] == b'$' && matches!(three[2], b'B' | b'@'));
    (escaped && bytes.is_ascii()).then_some(ISO_2022_JP)
}

/// Whether bytes are UTF-8 but for a few, as when a text was cut in the middle of a character.
fn is_nearly_utf8(bytes: &[u8]) -> bool {
    let (mut good, mut bad) = (0, 0);
    for chunk in bytes.utf8_chunks() {
        good += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        bad += usize::from(!chunk.invalid().is_empty());
    }
    good > GOOD_TO_ONE_BROKEN * bad
}

/// The likeliest encoding of a text in none of the Unicode ones (Mozilla's detector).
fn guess(bytes: &[u8]) -> &'static Encoding {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    detector.guess(None, Utf8Detection::Deny)
}

/// Undoes UTF-8 that was read as Windows-1252 (`Ã©` for `é`), run by run.
fn repair(text: &str) -> Cow<'_, str> {
    let suspicious = |c: char| matches!(c, 'Ã' | 'â' | 'Â' | 'Å' | 'Ä' | 'á' | 'Æ');
    if text.chars().filter(|&c| suspicious(c)).count() < MISREAD_CHARACTERS {
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

/// A text with the lines put together that were broken at a width, and every line trimmed.
fn unwrapped(text: &str) -> String {
    let lines: Vec<String> = text.lines().map(clean).collect();
    let Some(full) = wrap_width(&lines) else { return lines.join("\n") };
    let mut out = String::with_capacity(text.len());
    let mut before: Option<&str> = None;
    for line in &lines {
        let goes_on = before.is_some_and(|before| {
            !line.is_empty() && !before.is_empty() && is_wrapped(before, line, full)
        });
        let dense = before.and_then(|before| before.chars().next_back()).is_some_and(is_wide);
        match before {
            None => {}
            Some(_) if goes_on && dense && line.starts_with(is_wide) => {}
            Some(_) if goes_on => out.push(' '),
            Some(_) => out.push('\n'),
        }
        out.push_str(line);
        before = Some(line);
    }
    out
}

/// Whether a character takes two columns, and none of the spaces between words.
fn is_wide(c: char) -> bool {
    is_dense_char(c) && !('\u{ac00}'..='\u{d7af}').contains(&c)
        || matches!(c, '\u{3000}'..='\u{303f}' | '\u{ff00}'..='\u{ff65}')
}

/// How many columns a line takes in a window of fixed width.
fn columns(line: &str) -> usize {
    line.chars().map(|c| if is_wide(c) || is_dense_char(c) { 2 } else { 1 }).sum()
}

/// Whether a line was broken only because what comes next had no room in it: the next word, or the next
/// character of a script without spaces (two, where a mark must not begin a line).
fn is_wrapped(line: &str, next: &str, full: usize) -> bool {
    let bullet = BULLETS.iter().any(|mark| next.starts_with(mark));
    let word = if next.starts_with(is_wide) {
        4
    } else {
        1 + next.split(' ').next().unwrap_or(next).chars().count()
    };
    !bullet && columns(line) + word > full
}

const BULLETS: [&str; 7] = ["• ", "- ", "* ", "– ", "· ", "▪ ", "● "];

/// The width at which a text is hard-wrapped, in columns (20 to 125); `None` for one that is not.
///
/// Hardly any line is wider, most lines are broken where the next word had no room, and most of those not
/// at the end of a sentence.
fn wrap_width(lines: &[String]) -> Option<usize> {
    let mut widths: Vec<usize> =
        lines.iter().filter(|line| !line.is_empty()).map(|line| columns(line)).collect();
    widths.sort_unstable();
    let full = *widths.get(widths.len() * 9 / 10)?;
    let wider = widths.iter().filter(|width| **width > full + WRAP_SLACK_COLUMNS).count();
    if widths.len() < WRAPPED_LINES
        || !WRAP_COLUMNS.contains(&full)
        || wider * LINES_TO_ONE_WIDER > widths.len()
    {
        return None;
    }
    let breaks: Vec<(&String, &String)> = lines
        .windows(2)
        .filter(|two| !two[0].is_empty() && !two[1].is_empty())
        .map(|two| (&two[0], &two[1]))
        .collect();
    let wrapped = breaks.iter().filter(|(line, next)| is_wrapped(line, next, full));
    let (mut count, mut ended) = (0, 0);
    for (line, _) in wrapped {
        count += 1;
        ended += usize::from(line.ends_with(['.', '!', '?', '。', '！', '？', '”', '»']));
    }
    let many = count >= WRAPPED_BREAKS && count * 10 >= breaks.len() * WRAPPED_TENTHS;
    (many && ended * 5 < count * WRAPPED_SENTENCES_FIFTHS).then_some(full)
}

/// A line without spaces around it. Runs of spaces become one; one of three or more, or a tab, is kept as a
/// mark between columns.
fn clean(line: &str) -> String {
    let mut out = String::with_capacity(line.len());
    let mut gap = 0;
    for c in line.trim().chars() {
        match c {
            ' ' | '\u{a0}' | '\u{202f}' | '\u{2009}' => gap += 1,
            '\t' => gap += 3,
            c => {
                out.push_str(match gap {
                    0 => "",
                    1 => " ",
                    _ => "  ",
                });
                gap = 0;
                out.push(c);
            }
        }
    }
    out
}

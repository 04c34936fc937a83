//! Addresses and markup: how names become parts of them.

use std::borrow::Cow;

use deunicode::deunicode_char;
use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc, is_nfc_quick};

/// Bytes after which a slug ends; file systems take names of 255 bytes.
const MAX_SLUG: usize = 200;

/// Turns a name into one part of an address: `Hợp tác & Đầu tư` → `hop-tac-dau-tu`.
///
/// Latin, Cyrillic and Greek letters become ASCII; other scripts stay as they are, since a wrong
/// romanisation (Japanese names read as Chinese) is worse than none. `+` and `#` are spelled out,
/// so that `C`, `C++` and `C#` differ. Empty where the name has no letter or digit; a long name is cut,
/// as it may become the name of a folder.
#[must_use]
pub fn slug(name: &str) -> String {
    if name.is_ascii() {
        return slug_of(name.chars());
    }
    // Most names are composed already; composing them again costs more than all the rest.
    let mut slug = match is_nfc_quick(name.chars()) {
        IsNormalized::Yes => slug_of(name.chars()),
        _ => slug_of(name.nfc()),
    };
    // Where a sign between a letter and its marks is left out, they may have become one.
    while !is_nfc(&slug) {
        slug = slug_of(slug.nfc());
    }
    slug
}

fn slug_of(chars: impl Iterator<Item = char>) -> String {
    let mut out = String::with_capacity(chars.size_hint().1.unwrap_or_default().min(MAX_SLUG));
    let mut gap = false;
    for c in chars {
        let begin = |out: &mut String| {
            if gap && !out.is_empty() {
                out.push('-');
            }
        };
        match c {
            '\'' | '’' | '\u{ad}' => continue,
            c if c.is_ascii_alphanumeric() => {
                begin(&mut out);
                out.push(c.to_ascii_lowercase());
            }
            '+' | '#' => {
                begin(&mut out);
                out.push_str(if c == '+' { "plus" } else { "sharp" });
            }
            c if c.is_alphanumeric() || is_mark(c) => {
                let before = out.len();
                begin(&mut out);
                let start = out.len();
                c.to_lowercase().for_each(|small| push_letter(&mut out, small));
                // Some letters are only marks of breathing, and have no letter to become.
                if out.len() == start {
                    out.truncate(before);
                    continue;
                }
            }
            _ => {
                gap = true;
                continue;
            }
        }
        gap = false;
        if out.len() > MAX_SLUG {
            let end = (0..=MAX_SLUG).rfind(|&at| out.is_char_boundary(at)).unwrap_or(0);
            out.truncate(end);
            out.truncate(out.trim_end_matches('-').len());
            break;
        }
    }
    out
}

/// Adds a small letter beyond ASCII, romanised where that is safe.
fn push_letter(out: &mut String, c: char) {
    if is_romanised(c) {
        let ascii = deunicode_char(c).unwrap_or_default().chars();
        let letters = ascii.filter(char::is_ascii_alphanumeric);
        out.extend(letters.map(|c| c.to_ascii_lowercase()));
    } else {
        out.push(c);
    }
}

/// Joins a base address and a path that begins with a slash.
#[must_use]
pub fn address_join(base: &str, path: &str) -> String {
    format!("{}{path}", base.trim_end_matches('/'))
}

fn is_romanised(c: char) -> bool {
    matches!(c, '\0'..='\u{52f}' | '\u{1e00}'..='\u{1fff}')
}

/// Marks that belong to the letter before them in scripts that stay as they are (Thai, Hindi).
fn is_mark(c: char) -> bool {
    matches!(c, '\u{900}'..='\u{dff}' | '\u{e31}'..='\u{e4e}')
}

/// Text without the characters that are nothing to read and that XML forbids: controls other than tab
/// and line breaks, and two code points that are no characters. Whoever drops one of them later, as a
/// browser does in an address, reads something else than what was looked at.
#[must_use]
pub fn printable(text: &str) -> Cow<'_, str> {
    let is_odd = |c: char| {
        (c.is_control() && !matches!(c, '\n' | '\t' | '\r')) || matches!(c, '\u{fffe}' | '\u{ffff}')
    };
    if text.contains(is_odd) { text.replace(is_odd, "").into() } else { text.into() }
}

/// Escapes text for XML and HTML.
#[must_use]
pub fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            c => out.push(c),
        }
    }
    out
}

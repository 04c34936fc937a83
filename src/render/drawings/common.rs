//! What all drawings have in common: numbers, and names in little room.

/// A small number as a length.
#[must_use]
pub fn number(n: usize) -> f64 {
    f64::from(u32::try_from(n).unwrap_or(u32::MAX))
}

/// How many Latin letters have as much room as a character: Han, kana and Hangul take about two.
#[must_use]
pub fn width(c: char) -> usize {
    if c >= '\u{1100}' { 2 } else { 1 }
}

/// A name with as many letters as have room.
#[must_use]
pub fn shorten(name: &str, letters: usize) -> String {
    let mut room = letters;
    for (at, c) in name.char_indices() {
        if room < width(c) + 1 {
            return format!("{}…", name[..at].trim_end());
        }
        room -= width(c);
    }
    name.to_owned()
}

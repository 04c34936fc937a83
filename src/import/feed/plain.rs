//! What feeds write in text: titles with markup, names with mail addresses, dates in two styles,
//! links that are not whole.

use url::Url;

use super::tree;
use crate::model::{PartialDate, escape, printable};
use crate::understand::{dates, lexicon};

/// The words of a line that may have HTML in it.
pub fn line(html: &str) -> Option<String> {
    words(&unescaped(&without_tags(html)))
}

/// The words of a line that is plain text by its feed's own account, and may have HTML in it all
/// the same.
pub fn text_line(text: &str) -> Option<String> {
    words(&without_tags(text))
}

fn words(text: &str) -> Option<String> {
    let line = printable(text).split_whitespace().collect::<Vec<_>>().join(" ");
    (!line.is_empty()).then_some(line)
}

/// Elements that stand inside a line; `<String>` is none of them and stays a word.
const INLINE: [&str; 32] = [
    "a", "abbr", "b", "bdi", "bdo", "big", "cite", "code", "del", "em", "font", "i", "img", "ins",
    "kbd", "mark", "q", "rp", "rt", "ruby", "s", "small", "span", "strike", "strong", "sub", "sup",
    "time", "tt", "u", "var", "wbr",
];

/// Elements that part words.
const BLOCKS: [&str; 16] = [
    "article",
    "blockquote",
    "br",
    "div",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "hr",
    "li",
    "ol",
    "p",
    "section",
    "ul",
];

/// Elements whose content is not for reading.
const SILENT: [&str; 4] = ["iframe", "object", "script", "style"];

/// No title or name has more bytes; what does would take long to look through.
const LINE: usize = 4000;

fn without_tags(html: &str) -> String {
    let end = html.char_indices().map(|(at, _)| at).find(|&at| at >= LINE);
    let mut rest = &html[..end.unwrap_or(html.len())];
    let mut out = String::with_capacity(rest.len());
    while let Some(at) = rest.find('<') {
        out.push_str(&rest[..at]);
        let tag = &rest[at..];
        if tag.starts_with("<!--") {
            rest = tag.split_once("-->").map_or("", |(_, after)| after);
            continue;
        }
        let inner = tag[1..].strip_prefix('/').unwrap_or(&tag[1..]);
        let end = inner.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(inner.len());
        let name = inner[..end].to_ascii_lowercase();
        let name = name.as_str();
        let after = tag.split_once('>').map(|(_, after)| after);
        match after {
            Some(after) if SILENT.contains(&name) => {
                let close = format!("</{name}");
                let found = after.to_ascii_lowercase().find(&close).map(|at| &after[at..]);
                rest = match found.and_then(|tail| tail.split_once('>')) {
                    Some((_, after)) if !tag.starts_with("</") => after,
                    _ => after,
                };
            }
            Some(after) if INLINE.contains(&name) => rest = after,
            Some(after) if BLOCKS.contains(&name) => {
                out.push(' ');
                rest = after;
            }
            _ => {
                out.push('<');
                rest = &tag[1..];
            }
        }
    }
    out.push_str(rest);
    out
}

fn unescaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        out.push_str(&rest[..at]);
        rest = &rest[at + 1..];
        // The longest name of HTML has 32 letters.
        let name = rest.char_indices().take(34).find(|&(_, c)| c == ';').map(|(at, _)| &rest[..at]);
        match name.and_then(|name| Some((tree::entity(name)?, name.len() + 1))) {
            Some((decoded, length)) => {
                out.push_str(&decoded);
                rest = &rest[length..];
            }
            None => out.push('&'),
        }
    }
    out.push_str(rest);
    out
}

/// Plain text as HTML: one paragraph a line.
pub fn paragraphs(text: &str) -> Option<String> {
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    let html = lines.map(|line| format!("<p>{}</p>", escape(line))).collect::<Vec<_>>().join("\n");
    (!html.is_empty()).then_some(html)
}

/// The name in `Name`, `mail (Name)`, `Name <mail>`; a mail address alone is no name.
pub fn name(person: &str) -> Option<String> {
    let person = line(person)?;
    if !person.contains('@') {
        return Some(person);
    }
    let parts = person.split(['(', ')', '[', ']', '<', '>', '（', '）', ',', ';', '"']);
    let named = parts.map(str::trim).find(|part| !part.is_empty() && !part.contains('@'));
    if let Some(named) = named {
        return Some(named.to_owned());
    }
    // `mail Name`, without any brackets.
    let words: Vec<&str> = person.split_whitespace().filter(|word| !word.contains('@')).collect();
    words_of_a_name(&words)
}

fn words_of_a_name(words: &[&str]) -> Option<String> {
    let lettered = words.iter().any(|word| word.chars().any(char::is_alphabetic));
    lettered.then(|| words.join(" "))
}

/// A whole `http` or `https` address.
pub fn link(text: &str, base: Option<&Url>) -> Option<String> {
    let text = text.trim();
    if super::is_nothing(text) {
        return None;
    }
    let url = match base {
        Some(base) => base.join(text).ok()?,
        None => Url::parse(text).ok()?,
    };
    (matches!(url.scheme(), "http" | "https") && url.has_host()).then(|| url.into())
}

/// The day in a date of RFC 822 or RFC 3339, as it is written there: no time zone moves it.
///
/// The first day of 1970 is what programs write that know no date.
pub fn day(text: &str) -> Option<PartialDate> {
    let text = text.trim();
    let day = iso_day(text)
        .or_else(|| compact_day(text))
        .or_else(|| named_day(text))
        .or_else(|| day_of_numbers(text))
        .or_else(|| foreign_day(text))?;
    (PartialDate::day(1970, 1, 1) != Some(day)).then_some(day)
}

/// `2022-05-23T08:00:00+09:00`, `2022-05-23 08:00`, `2022/05/23`, `2022-05`.
fn iso_day(text: &str) -> Option<PartialDate> {
    let end = text.find(['T', 't', ' ']).unwrap_or(text.len());
    let date = text[..end].trim_end_matches(['Z', 'z']).replace('/', "-");
    date.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-').then(|| date.parse().ok())?
}

/// `20220523T080000Z`
fn compact_day(text: &str) -> Option<PartialDate> {
    let digits = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    if digits == 8 && !text[8..].starts_with(|c: char| c.is_alphanumeric() && c != 'T') {
        let (year, month, day) = (text[..4].parse(), text[4..6].parse(), text[6..8].parse());
        return PartialDate::day(year.ok()?, month.ok()?, day.ok()?);
    }
    None
}

/// `05/23/2022`, where only one order makes a date.
fn day_of_numbers(text: &str) -> Option<PartialDate> {
    let first = text.split([' ', 'T', ',']).next()?;
    let parts: Vec<&str> = first.split(['/', '.', '-']).collect();
    let [one, two, year] = parts[..] else { return None };
    let (one, two): (u8, u8) = (one.parse().ok()?, two.parse().ok()?);
    let year = year.parse().ok().filter(|_| year.len() == 4)?;
    let (day, month) = (PartialDate::day(year, two, one), PartialDate::day(year, one, two));
    match (day, month) {
        (Some(one), Some(other)) if one != other => None,
        (one, other) => one.or(other),
    }
}

/// A day with the name of its month in one of the languages that import reads.
fn foreign_day(text: &str) -> Option<PartialDate> {
    // Numbers alone mean different days in different languages.
    if !text.contains(char::is_alphabetic) {
        return None;
    }
    let found = lexicon::all().iter().filter_map(|lexicon| {
        let first = dates::dates(text, lexicon).into_iter().next()?;
        first.date.day_of_month().map(|_| first.date)
    });
    let mut found: Vec<PartialDate> = found.collect();
    found.dedup();
    (found.len() == 1).then(|| found[0])
}

/// `Mon, 23 May 2022 08:00:00 +0900`, `May 23, 2022`; the weekday is often wrong and not looked at.
fn named_day(text: &str) -> Option<PartialDate> {
    let words: Vec<&str> = text
        .split([' ', ',', '-', '\t', '\n'])
        .map(|word| word.trim_end_matches('.'))
        .filter(|word| !word.is_empty())
        .collect();
    // A weekday may look like a month, as `Mar` does.
    (0..words.len()).find_map(|at| day_of_words(&words[at..]))
}

/// The day that words begin with.
fn day_of_words(words: &[&str]) -> Option<PartialDate> {
    let ordinal = |word: &str| {
        let digits = word.find(|c: char| !c.is_ascii_digit()).unwrap_or(word.len());
        let is_ordinal = digits > 0 && matches!(&word[digits..], "st" | "nd" | "rd" | "th");
        if is_ordinal { word[..digits].to_owned() } else { word.to_owned() }
    };
    let words: Vec<String> = words.iter().take(3).map(|word| ordinal(word)).collect();
    let mut words = words.iter().map(String::as_str);
    let (first, second) = (words.next()?, words.next()?);
    let (day, month) = match month(first) {
        Some(month) => (second, month),
        None => (first, month(second)?),
    };
    let written = words.next()?;
    let year: i16 = written.parse().ok()?;
    let year = match (written.len(), year) {
        (4, year) => year,
        // As RFC 2822 reads the two digits of RFC 822.
        (2, 0..50) => year + 2000,
        (2, _) => year + 1900,
        _ => return None,
    };
    PartialDate::day(year, month, day.parse().ok().filter(|_| day.len() <= 2)?)
}

const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

/// The number of a month, from its English name or three or more letters of it.
fn month(word: &str) -> Option<u8> {
    let word = word.to_ascii_lowercase();
    let at = MONTHS.iter().position(|month| word.len() >= 3 && month.starts_with(&word))?;
    u8::try_from(at + 1).ok()
}

//! Dates as press texts write them, and nothing that is only nearly a date.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use super::lexicon::{self, Lexicon};
use super::thresholds::{
    RELATIVE_DAY_CHARACTERS, RELATIVE_DAY_LINES, RELATIVE_DAYS, SHORT_YEARS, YEARS, ZONE_CHARACTERS,
};
use crate::model::{Certainty, PartialDate};
use crate::source::Span;

/// A date found in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FoundDate {
    /// The bytes it stands at.
    pub span: Span,
    /// What it says.
    pub date: PartialDate,
}

/// One piece of a text: a number or a word, with its place.
#[derive(Clone, Debug)]
struct Token<'a> {
    text: &'a str,
    at: usize,
    number: bool,
}

/// Every date in a text, in order. A day and month without a year is none.
#[must_use]
pub fn dates(text: &str, lexicon: &Lexicon) -> Vec<FoundDate> {
    // Every form has a number in it, and most lines have none.
    if !text.contains(|c: char| c.is_ascii_digit()) {
        return Vec::new();
    }
    let lower = text.to_lowercase();
    // Lower-casing can change lengths (`İ`); places would then be of no use.
    let lower = if lower.len() == text.len() { lower } else { text.to_owned() };
    let tokens = tokens(text, &lower);
    let mut found = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        let hit = cjk(&lower, &tokens[at..])
            .or_else(|| numeric(&lower, &tokens[at..], lexicon))
            .or_else(|| worded(&lower, &tokens[at..], lexicon));
        match hit {
            Some((date, used)) => {
                let last = &tokens[at + used - 1];
                let span = tokens[at].at..last.at + last.text.len();
                found.push(FoundDate { span, date });
                at += used;
            }
            None => at += 1,
        }
    }
    if found.is_empty() {
        found.extend(split_cjk(&lower, &tokens));
    }
    found
}

/// The day that `yesterday` or `2 days ago` in one of the first lines means for a reader on the day
/// `read`. What was hours ago may have been the day before, and is in doubt.
#[must_use]
pub fn relative(lines: &[&str], lexicon: &Lexicon, read: PartialDate) -> Option<PartialDate> {
    read.day_of_month()?;
    lines
        .iter()
        .take(RELATIVE_DAY_LINES)
        .filter(|line| line.chars().count() < RELATIVE_DAY_CHARACTERS)
        .find_map(|line| {
            let lower = line.to_lowercase();
            let says = |list: &str| lexicon.find(list, &lower).is_some();
            let number = lower.split(|c: char| !c.is_ascii_digit()).find_map(|digits| {
                digits.parse::<i32>().ok().filter(|n| RELATIVE_DAYS.contains(n))
            });
            if says("updated") {
                return None;
            }
            if says("yesterday") {
                return read.days_before(1);
            }
            if let Some(days) = number.filter(|_| says("days_ago")) {
                return read.days_before(days);
            }
            if says("today") {
                return Some(read);
            }
            let hours = number.is_some() && says("hours_ago");
            hours.then(|| read.with_certainty(Certainty::Uncertain))
        })
}

/// The numbers and words of a text. Where pages lose the space between two elements a word may begin inside
/// another (`PressApril`), and a clock behind a year (`202011:24`).
fn tokens<'a>(original: &str, text: &'a str) -> Vec<Token<'a>> {
    let mut tokens: Vec<Token<'_>> = Vec::new();
    let mut start = None;
    let class = |c: char| if c.is_ascii_digit() { 1 } else { u8::from(c.is_alphabetic()) * 2 };
    let dense = |c: char| matches!(c, '年' | '月' | '日' | '년' | '월' | '일');
    let capital = |at: usize| {
        let before = original.get(..at).and_then(|before| before.chars().next_back());
        let here = original.get(at..).and_then(|rest| rest.chars().next());
        before.is_some_and(char::is_lowercase) && here.is_some_and(char::is_uppercase)
    };
    let mut kind = 0;
    for (at, c) in text.char_indices().chain([(text.len(), ' ')]) {
        let new = class(c);
        if let Some(from) = start
            && (new != kind
                || dense(c)
                || text[from..].chars().next().is_some_and(dense)
                || new == 2 && capital(at))
        {
            let whole = &text[from..at];
            let clock = kind == 1 && matches!(c, ':' | 'h') && matches!(whole.len(), 5 | 6);
            if clock && (whole.starts_with("19") || whole.starts_with("20")) {
                tokens.push(Token { text: &whole[..4], at: from, number: true });
                tokens.push(Token { text: &whole[4..], at: from + 4, number: true });
            } else {
                tokens.push(Token { text: whole, at: from, number: kind == 1 });
            }
            start = None;
        }
        if start.is_none() && new != 0 {
            start = Some(at);
        }
        kind = new;
    }
    tokens
}

fn number(token: &Token<'_>, digits: std::ops::RangeInclusive<usize>) -> Option<i16> {
    (token.number && digits.contains(&token.text.len())).then(|| token.text.parse().ok())?
}

fn year(token: &Token<'_>) -> Option<i16> {
    number(token, 4..=4).filter(|year| YEARS.contains(year))
}

fn small(token: &Token<'_>, most: i16) -> Option<u8> {
    let value = number(token, 1..=2).filter(|n| (1..=most).contains(n))?;
    u8::try_from(value).ok()
}

/// The text between two tokens.
fn between<'a>(text: &'a str, one: &Token<'_>, other: &Token<'_>) -> &'a str {
    &text[one.at + one.text.len()..other.at]
}

/// `2022年5月23日`, `2022년 8월 29일`
fn cjk(text: &str, tokens: &[Token<'_>]) -> Option<(PartialDate, usize)> {
    let eras = [("令和", 2018), ("平成", 1988), ("昭和", 1925)];
    let era =
        eras.into_iter().find(|(era, _)| tokens.first().is_some_and(|t| t.text.ends_with(era)));
    if let Some((_, before)) = era {
        let [_, count, year, month, _, day, _, ..] = tokens else { return None };
        let since = number(count, 1..=2).filter(|_| year.text == "年")?;
        return Some((PartialDate::day(before + since, small(month, 12)?, small(day, 31)?)?, 7));
    }
    let year = year(tokens.first()?)?;
    let marks = [["年", "月", "日"], ["년", "월", "일"]];
    let [y, m, d] =
        marks.into_iter().find(|marks| tokens.get(1).is_some_and(|t| t.text == marks[0]))?;
    let _ = y;
    let month = tokens.get(2).and_then(|token| small(token, 12));
    match (month, tokens.get(3)) {
        (Some(month), Some(mark)) if mark.text == m && text.is_char_boundary(mark.at) => {
            let day = tokens.get(4).and_then(|token| small(token, 31));
            match (day, tokens.get(5)) {
                (Some(day), Some(mark)) if mark.text == d => {
                    Some((PartialDate::day(year, month, day)?, 6))
                }
                _ => Some((PartialDate::new(year, Some(month), None)?, 4)),
            }
        }
        _ => None,
    }
}

/// `11月5日 14:03 · 2024年`: month and day, and the year by itself in the same line.
fn split_cjk(text: &str, tokens: &[Token<'_>]) -> Option<FoundDate> {
    if !text.contains('月') {
        return None;
    }
    let month_at = tokens.windows(4).position(|w| {
        small(&w[0], 12).is_some()
            && w[1].text == "月"
            && small(&w[2], 31).is_some()
            && w[3].text == "日"
    })?;
    let year_at = tokens.windows(2).position(|w| year(&w[0]).is_some() && w[1].text == "年")?;
    let date = PartialDate::day(
        year(&tokens[year_at])?,
        small(&tokens[month_at], 12)?,
        small(&tokens[month_at + 2], 31)?,
    )?;
    let first = tokens[month_at.min(year_at)].at;
    let last = &tokens[(month_at + 3).max(year_at + 1)];
    Some(FoundDate { span: first..last.at + last.text.len(), date })
}

/// `2022-05-23`, `23.05.2022`, `03/03/2026`
fn numeric(text: &str, tokens: &[Token<'_>], lexicon: &Lexicon) -> Option<(PartialDate, usize)> {
    let [one, two, three, ..] = tokens else { return None };
    let gap = between(text, one, two).trim_end();
    if !matches!(gap, "-" | "/" | ".") || between(text, two, three).trim_end() != gap {
        return None;
    }
    if let Some(year) = year(one) {
        return Some((PartialDate::day(year, small(two, 12)?, small(three, 31)?)?, 3));
    }
    let year = year(three).or_else(|| short_year(text, tokens))?;
    let (a, b) = (small(one, 31)?, small(two, 31)?);
    // A time zone of the United States tells which order is meant.
    let rest = &text[three.at + three.text.len()..];
    let near = rest.char_indices().nth(ZONE_CHARACTERS).map_or(rest, |(end, _)| &rest[..end]);
    let mut words =
        near.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty()).take(2);
    let american =
        words.any(|word| matches!(word, "et" | "est" | "edt" | "pst" | "pdt" | "cst" | "cdt"));
    let date = match (a, b) {
        (a, b) if a > 12 => PartialDate::day(year, b, a),
        (a, b) if b > 12 => PartialDate::day(year, a, b),
        (a, b) if a == b => PartialDate::day(year, a, b),
        (a, b) if american && lexicon.code == "en" && gap == "/" => PartialDate::day(year, a, b),
        // English alone writes both orders, so a text that does not prove one tells only the year.
        (a, b) if lexicon.code != "en" || gap == "." => PartialDate::day(year, b, a),
        _ => PartialDate::new(year, None, None),
    };
    Some((date?, 3))
}

/// The year of `27.04.24`: two digits behind two others, and no more numbers around.
fn short_year(text: &str, tokens: &[Token<'_>]) -> Option<i16> {
    let [one, two, three, ..] = tokens else { return None };
    let plain = [one, two, three].iter().all(|token| token.number && token.text.len() == 2);
    let goes_on = |c: char| matches!(c, '.' | '/' | '-');
    let after = &text[three.at + three.text.len()..];
    let more = after.starts_with(goes_on) && after[1..].starts_with(|c: char| c.is_ascii_digit());
    let before = text[..one.at].ends_with(goes_on) || text[..one.at].ends_with([':', '$', '€']);
    let gap = between(text, one, two);
    (plain && !more && !before && matches!(gap, "." | "/")).then(|| {
        number(three, 2..=2).filter(|year| SHORT_YEARS.contains(year)).map(|year| 2000 + year)
    })?
}

/// `23 May 2022`, `May 23, 2022`, `23. Mai 2022`, `22 de mayo de 2024`, `May 2022`
fn worded(text: &str, tokens: &[Token<'_>], lexicon: &Lexicon) -> Option<(PartialDate, usize)> {
    let link = |token: &Token<'_>| {
        matches!(
            token.text,
            "de" | "del" | "of" | "năm" | "th" | "st" | "nd" | "rd" | "er" | "года"
        )
    };
    let near = |one: usize, other: usize| {
        between(text, &tokens[one], &tokens[other])
            .trim()
            .chars()
            .all(|c| matches!(c, '.' | ',' | '/'))
    };
    let skip = |mut at: usize| {
        while tokens.get(at).is_some_and(link) {
            at += 1;
        }
        at
    };
    // Month first: `May 23, 2022` or `May 2022`.
    if let Some((month, used)) = month(text, tokens, 0, lexicon) {
        let next = skip(used);
        if let Some(token) = tokens.get(next)
            && near(next - 1, next)
        {
            if let Some(year) = year(token) {
                return Some((PartialDate::new(year, Some(month), None)?, next + 1));
            }
            let after = skip(next + 1);
            if let (Some(day), Some(year)) = (small(token, 31), tokens.get(after).and_then(year))
                && near(after - 1, after)
            {
                return Some((PartialDate::day(year, month, day)?, after + 1));
            }
        }
        return None;
    }
    let day = small(tokens.first()?, 31)?;
    let at = skip(1);
    let (month, at) = month(text, tokens, at, lexicon)?;
    let at = skip(at);
    let found = tokens.get(at).and_then(year).filter(|_| near(at - 1, at))?;
    Some((PartialDate::day(found, month, day)?, at + 1))
}

/// The month whose name stands at token `at`, and the token after it.
fn month(text: &str, tokens: &[Token<'_>], at: usize, lexicon: &Lexicon) -> Option<(u8, usize)> {
    let first = tokens.get(at)?;
    if first.number {
        return None;
    }
    own_month(text, tokens, at, lexicon)
        .or_else(|| own_month(text, tokens, at, lexicon::of("en")).filter(|_| lexicon.code != "en"))
        .or_else(|| Some((*OTHERS.get(first.text)?, at + 1)))
}

fn own_month(
    text: &str,
    tokens: &[Token<'_>],
    at: usize,
    lexicon: &Lexicon,
) -> Option<(u8, usize)> {
    let first = tokens.get(at)?;
    for (name, number) in lexicon.months_at_start(&text[first.at..]) {
        let end = first.at + name.len();
        // A number may be glued to it, a letter only where another word begins.
        let begins = tokens[at..].iter().any(|token| token.at == end);
        if text[end..].chars().next().is_some_and(char::is_alphabetic) && !begins {
            continue;
        }
        let used = tokens[at..].iter().take_while(|token| token.at < end).count();
        return Some((number, at + used));
    }
    None
}

/// The months of languages without a lexicon, by name.
static OTHERS: LazyLock<FxHashMap<&str, u8>> = LazyLock::new(|| {
    let table = include_str!("data/months.tsv").lines().filter_map(|line| line.split_once('\t'));
    let months = table.flat_map(|(_, months)| (1..).zip(months.split('|')));
    let mut all: FxHashMap<&str, u8> = FxHashMap::default();
    let mut doubtful = Vec::new();
    for (number, names) in months {
        for name in names.split(' ') {
            if *all.entry(name).or_insert(number) != number {
                doubtful.push(name);
            }
        }
    }
    // What is another month in another language tells none.
    for name in doubtful {
        all.remove(name);
    }
    all
});

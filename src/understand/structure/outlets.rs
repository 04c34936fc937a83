//! Names of papers in lines that are made to hold one.

use super::bylines::Credits;
use super::noise::plain_marks;
use super::thresholds::{
    AGENCY_DATELINE_WIDTH, AGENCY_NAME_WIDTH, OUTLET_WORDS, RIGHTS_NAME_CHARACTERS,
};
use super::width;
use crate::understand::lexicon::Lexicon;
use crate::understand::{dates, people};

/// What companies put behind their name in an imprint.
pub(super) const FORMS: &[&str] = &[
    "Media LLC",
    "LLC",
    "Inc",
    "Ltd",
    "GmbH",
    "A/S",
    "AS",
    "AB",
    "S.L",
    "S.A",
    "srl",
    "S.r.l",
    "BV",
    "무단전재 및 재배포 금지",
];

/// `SEOUL, Aug 29, 2022 (Newsbridge) -`: the agency in the dateline.
pub(super) fn agency(lead: &str, lexicon: &Lexicon) -> Option<String> {
    let (before, rest) = lead.split_once('(')?;
    let (name, after) = rest.split_once(')')?;
    let dated = width(before) < AGENCY_DATELINE_WIDTH && !dates::dates(before, lexicon).is_empty();
    let close = after.trim_start().starts_with(['-', '–', '—']);
    (dated && close && width(name) < AGENCY_NAME_WIDTH).then(|| name.to_owned())
}

/// `By Jane Roe, Example Weekly`
pub(super) fn outlet_of_byline(line: &str, credits: &Credits<'_>) -> Option<String> {
    let text = plain_marks(line);
    credits.byline(&text)?;
    let (_, outlet) = text.split_once(", ")?;
    let outlet = outlet.trim();
    let capital = outlet.starts_with(char::is_uppercase);
    let plain = !outlet.contains([',', '|', ':']) && outlet.split(' ').count() <= OUTLET_WORDS;
    let dated = outlet.contains(|c: char| c.is_ascii_digit());
    (capital && plain && !dated && !people::is_name(outlet)).then(|| outlet.to_owned())
}

/// The name in the first line about rights.
pub(super) fn rights_holder<'a>(mut lines: impl Iterator<Item = &'a str>) -> Option<String> {
    let is_between = |c: char| c.is_ascii_digit() || matches!(c, ' ' | '-' | '–' | '—');
    lines.find_map(|line| {
        let (_, rest) = line.split_once('©')?;
        let name = rest.trim_start_matches(|c| is_between(c) || c == ',');
        let name = name.split(['.', ',', '|']).next()?.trim_end_matches(is_between);
        let name = FORMS.iter().fold(name, |name, form| name.trim_end().trim_end_matches(form));
        let name = name.trim().trim_matches(['«', '»', '"']);
        let is_short = (2..RIGHTS_NAME_CHARACTERS).contains(&name.chars().count());
        is_short.then(|| name.to_owned())
    })
}

//! Time stamps as machines write them.

use crate::model::PartialDate;
use crate::understand::{dates, lexicon};

/// A time stamp's day as it is written, in its own zone.
#[derive(Clone, Copy, Debug)]
pub(super) struct Timestamp {
    pub(super) date: PartialDate,
    /// The minute of the hour, which nearly all zones share.
    pub(super) minute: Option<u8>,
    /// Whether it is written in universal time, which is not the readers' own.
    pub(super) universal: bool,
}

/// Reads a time stamp.
pub(super) fn stamp(text: &str) -> Option<Timestamp> {
    let text = text.trim();
    let universal = ["Z", "+00:00", "+0000"].iter().any(|zone| text.ends_with(zone));
    let minute = text.split_once(':').and_then(|(_, rest)| rest.get(..2)?.parse().ok());
    Some(Timestamp { date: iso_day(text)?, minute, universal })
}

/// The day behind a key that by its name holds it, in a script or in JSON that has errors.
pub(super) fn keyed_stamp(text: &str) -> Option<Timestamp> {
    const KEYS: [&str; 6] =
        ["datePublished", "publishDate", "publish_date", "publishedAt", "published_at", "pubDate"];
    KEYS.iter().find_map(|key| {
        let at = text.find(&format!("{key}\""))? + key.len() + 1;
        let rest = text[at..].trim_start_matches([':', ' ', '"']);
        let value: String = rest.chars().take(40).take_while(|c| *c != '"').collect();
        stamp(&value)
    })
}

/// The day of a time stamp as it is written, in its own zone.
pub(super) fn iso_day(text: &str) -> Option<PartialDate> {
    let text = text.trim();
    let day = text.get(..10).unwrap_or(text).replace('/', "-");
    if let Ok(date) = day.parse::<PartialDate>() {
        return date.day_of_month().is_some().then_some(date);
    }
    if text.len() >= 8 && text.as_bytes()[..8].iter().all(u8::is_ascii_digit) {
        return PartialDate::day(
            text[..4].parse().ok()?,
            text[4..6].parse().ok()?,
            text[6..8].parse().ok()?,
        );
    }
    let found = dates::dates(text, lexicon::of("en")).into_iter().next().map(|found| found.date);
    found.filter(|date| date.day_of_month().is_some()).or_else(|| worded_day(text))
}

/// Months in languages that import does not read otherwise, as they stand in dates.
const MONTHS: [[&str; 12]; 3] = [
    [
        "يناير",
        "فبراير",
        "مارس",
        "أبريل",
        "مايو",
        "يونيو",
        "يوليو",
        "أغسطس",
        "سبتمبر",
        "أكتوبر",
        "نوفمبر",
        "ديسمبر",
    ],
    [
        "كانون الثاني",
        "شباط",
        "آذار",
        "نيسان",
        "أيار",
        "حزيران",
        "تموز",
        "آب",
        "أيلول",
        "تشرين الأول",
        "تشرين الثاني",
        "كانون الأول",
    ],
    [
        "ιανουαρίου",
        "φεβρουαρίου",
        "μαρτίου",
        "απριλίου",
        "μαΐου",
        "ιουνίου",
        "ιουλίου",
        "αυγούστου",
        "σεπτεμβρίου",
        "οκτωβρίου",
        "νοεμβρίου",
        "δεκεμβρίου",
    ],
];

/// `07 أكتوبر 2020`, `23 Μαΐου 2022`
pub(super) fn worded_day(text: &str) -> Option<PartialDate> {
    if text.is_ascii() {
        return None;
    }
    let lower = text.to_lowercase();
    MONTHS.iter().find_map(|names| {
        names.iter().enumerate().find_map(|(at, name)| {
            let (before, after) = lower.split_once(name)?;
            let day: String =
                before.trim_end().chars().rev().take_while(char::is_ascii_digit).collect();
            let day: String = day.chars().rev().collect();
            let year: String = after
                .trim_start_matches([' ', ',', '،'])
                .chars()
                .take_while(char::is_ascii_digit)
                .collect();
            let year = year.parse().ok().filter(|_| year.len() == 4)?;
            PartialDate::day(year, u8::try_from(at + 1).ok()?, day.parse().ok()?)
        })
    })
}

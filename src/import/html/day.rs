//! The day on which a page was published.

use super::metadata::{Metadata, clean};
use crate::model::{DateBasis, PartialDate};
use crate::understand::dates;
use crate::understand::lexicon::{self, Lexicon};
use dom_query::Document;

/// The day of publication: of the metadata, of what readers see, or of the address.
pub(super) fn day(
    meta: &Metadata,
    document: &Document,
    address: Option<&str>,
    lexicon: &Lexicon,
) -> Option<(PartialDate, DateBasis)> {
    if let Some(&date) = meta.dates.first() {
        return Some((date, DateBasis::Stated));
    }
    let in_address = address.and_then(address_day);
    let written = meta.written.iter().flat_map(|text| dates::dates(text, lexicon)).next();
    let shown = written
        .map(|found| found.date)
        .or_else(|| told_day(document, lexicon))
        .or_else(|| shown_day(document, lexicon))
        .or_else(|| scripted_day(document));
    shown
        .map(|date| (date, DateBasis::Byline))
        .or(in_address.map(|date| (date, DateBasis::Inferred)))
}

/// The day in a script that is no JSON-LD: `"datePublished": "2022-05-23T..."`.
fn scripted_day(document: &Document) -> Option<PartialDate> {
    const KEYS: [&str; 6] =
        ["datePublished", "publishDate", "publish_date", "publishedAt", "published_at", "pubDate"];
    document.select("script").iter().find_map(|node| {
        let text = node.text();
        KEYS.iter().find_map(|key| {
            let at = text.find(&format!("{key}\""))? + key.len() + 1;
            let rest = text.get(at..at + 40)?.trim_start_matches([':', ' ', '"']);
            iso_day(rest)
        })
    })
}

/// The day in a short text that says it is that of publication: `Published: 4 February 2022`.
fn told_day(document: &Document, lexicon: &Lexicon) -> Option<PartialDate> {
    document.select("p, span, div, li, dd, td, time, small, em").iter().find_map(|node| {
        let text = node.text();
        if text.len() > 400 {
            return None;
        }
        let text = clean(&text);
        let lower = text.to_lowercase();
        lexicon.begins("published", &lower).filter(|_| text.chars().count() < 90)?;
        let found = dates::dates(&text, lexicon).into_iter().next()?;
        found.date.day_of_month().is_some().then_some(found.date)
    })
}

/// The first day in an element that by its name holds one.
fn shown_day(document: &Document, lexicon: &Lexicon) -> Option<PartialDate> {
    let places = [
        "[class*=publication] time[datetime], [class*=publish] time[datetime]",
        "article time[datetime], main time[datetime], header time[datetime]",
        "time[datetime], relative-time[datetime]",
        "[class*=publish], [class*=Publish], [id*=publish], [class*=posted], [class*=entry-date], \
         [class*=post-date], [class*=article-date], [class*=articleDate], [class*=dateline]",
        "[class*=date], [id*=date], [class*=Date], [class*=datum], [class*=fecha], [class*=time], [class*=byline], [class*=meta], [class*=info]",
    ];
    for place in places {
        for node in document.select(place).iter().take(40) {
            let stamp = node.attr("datetime").and_then(|text| iso_day(&text));
            let text = clean(&node.text());
            let short = text.chars().count() < 160;
            let updated =
                lexicon.find("updated", &text.to_lowercase()).is_some_and(|hit| hit.0 < 12);
            let written = || {
                let found = dates::dates(&text, lexicon).into_iter().next()?;
                (short && !updated).then_some(found.date)
            };
            let date = stamp.filter(|_| !updated).or_else(written);
            if let Some(date) = date.filter(|date| date.day_of_month().is_some()) {
                return Some(date);
            }
        }
    }
    None
}

/// `/2021/05/23/`, `/20210523/`, `2021-05-23`
fn address_day(address: &str) -> Option<PartialDate> {
    let path = address.split_once("://").map_or(address, |(_, rest)| rest);
    let numbers: Vec<&str> =
        path.split(|c: char| !c.is_ascii_digit()).filter(|n| !n.is_empty()).collect();
    numbers
        .windows(3)
        .filter(|three| three[0].len() == 4 && three[1].len() <= 2 && three[2].len() <= 2)
        .find_map(|three| {
            let year: i16 = three[0].parse().ok().filter(|year| (1990..2100).contains(year))?;
            PartialDate::day(year, three[1].parse().ok()?, three[2].parse().ok()?)
        })
        .or_else(|| {
            numbers.iter().filter(|n| n.len() == 8).find_map(|n| {
                let year: i16 = n[..4].parse().ok().filter(|year| (1990..2100).contains(year))?;
                PartialDate::day(year, n[4..6].parse().ok()?, n[6..].parse().ok()?)
            })
        })
}

/// The day of a time stamp as it is written, in its own zone.
pub(super) fn iso_day(text: &str) -> Option<PartialDate> {
    let text = text.trim();
    let day = text.get(..10)?;
    let day = day.replace('/', "-");
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
    let found = dates::dates(text, lexicon::of("en")).into_iter().next()?;
    found.date.day_of_month().is_some().then_some(found.date)
}

//! Dates of which only a part may be known.
//!
//! They are a subset of EDTF. They sort by the earliest day they can mean, then by precision. An absent
//! date stays absent everywhere; nothing falls back to today.

use std::cmp::Ordering;
use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// How sure the writer is of a date (EDTF level 1 qualifiers).
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
pub enum Certainty {
    /// As written.
    #[default]
    Exact,
    /// `2021~`: approximately.
    Approximate,
    /// `2021?`: the source itself is in doubt.
    Uncertain,
}

/// A year, a month of a year, or a day: the EDTF subset `2022-05-23`, `2022-05`, `2022`, with an
/// optional `~` or `?` behind it.
///
/// Sorts by the earliest day it can mean, then by precision (the year before its first day).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct PartialDate {
    year: i16,
    month: Option<u8>,
    day: Option<u8>,
    certainty: Certainty,
}

impl PartialDate {
    /// Makes a date from its parts; `None` when there is no such day or the year is not 1000 to 9999.
    #[must_use]
    pub fn new(year: i16, month: Option<u8>, day: Option<u8>) -> Option<Self> {
        let certainty = Certainty::Exact;
        let real = match (month, day) {
            (None, Some(_)) => false,
            (None, None) => true,
            (Some(m), None) => (1..=12).contains(&m),
            (Some(m), Some(d)) => (1..=12).contains(&m) && d >= 1 && d <= days_in(year, m),
        };
        (real && (1000..=9999).contains(&year)).then_some(Self { year, month, day, certainty })
    }

    /// A whole day.
    #[must_use]
    pub fn day(year: i16, month: u8, day: u8) -> Option<Self> {
        Self::new(year, Some(month), Some(day))
    }

    /// The same date with another certainty.
    #[must_use]
    pub fn with_certainty(self, certainty: Certainty) -> Self {
        Self { certainty, ..self }
    }

    /// The year, 1000 to 9999.
    #[must_use]
    pub fn year(self) -> i16 {
        self.year
    }

    /// The month, 1 to 12, where known.
    #[must_use]
    pub fn month(self) -> Option<u8> {
        self.month
    }

    /// The day of the month, 1 to 31, where known.
    #[must_use]
    pub fn day_of_month(self) -> Option<u8> {
        self.day
    }

    /// How much of it is known: 1 for a year, 2 for a month, 3 for a day.
    #[must_use]
    pub fn precision(self) -> u8 {
        1 + u8::from(self.month.is_some()) + u8::from(self.day.is_some())
    }

    /// How sure the date is.
    #[must_use]
    pub fn certainty(self) -> Certainty {
        self.certainty
    }

    /// Days since 0000-03-01 of the first day this date can mean (proleptic Gregorian).
    #[must_use]
    pub fn first_day(self) -> i32 {
        day_number(self.year, self.month.unwrap_or(1), self.day.unwrap_or(1))
    }

    /// Days since 0000-03-01 of the last day this date can mean.
    #[must_use]
    pub fn last_day(self) -> i32 {
        let month = self.month.unwrap_or(12);
        day_number(self.year, month, self.day.unwrap_or_else(|| days_in(self.year, month)))
    }

    /// The day so many days before this one; `None` where the day is not known.
    #[must_use]
    pub fn days_before(self, days: i32) -> Option<Self> {
        let (mut year, mut month, mut day) = (self.year, self.month?, self.day?);
        for _ in 0..days {
            if day > 1 {
                day -= 1;
                continue;
            }
            (year, month) = if month > 1 { (year, month - 1) } else { (year - 1, 12) };
            day = days_in(year, month);
        }
        Self::day(year, month, day)
    }

    /// The date without what is finer than the month, and without qualifier.
    #[must_use]
    pub fn iso(self) -> String {
        self.with_certainty(Certainty::Exact).to_string()
    }

    /// 0 for Monday to 6 for Sunday, where the day is known.
    #[must_use]
    pub fn weekday(self) -> Option<u8> {
        // Day 0 of the count, 0000-03-01, was a Wednesday.
        self.day.map(|_| u8::try_from((self.first_day() + 2).rem_euclid(7)).unwrap_or(0))
    }

    /// The day `days` later (or earlier); `None` unless this date is a whole day.
    #[must_use]
    pub fn plus_days(self, days: i32) -> Option<Self> {
        self.day?;
        from_day_number(self.first_day() + days)
    }
}

/// How many days the month has.
fn days_in(year: i16, month: u8) -> u8 {
    match month {
        4 | 6 | 9 | 11 => 30,
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        _ => 31,
    }
}

/// Days since 0000-03-01, after Howard Hinnant's "chrono-compatible low-level date algorithms".
fn day_number(year: i16, month: u8, day: u8) -> i32 {
    let year = i32::from(year) - i32::from(month <= 2);
    let era_day = year * 365 + year / 4 - year / 100 + year / 400;
    let shifted = (i32::from(month) + 9) % 12;
    era_day + (153 * shifted + 2) / 5 + i32::from(day) - 1
}

fn from_day_number(number: i32) -> Option<PartialDate> {
    let guess = i16::try_from(number / 366).ok()?;
    (guess..=guess + 8).rev().find_map(|year| {
        let start = day_number(year, 1, 1);
        (start <= number).then(|| {
            let mut rest = u16::try_from(number - start).ok()?;
            for month in 1..=12 {
                let length = u16::from(days_in(year, month));
                if rest < length {
                    return PartialDate::day(year, month, u8::try_from(rest + 1).ok()?);
                }
                rest -= length;
            }
            None
        })
    })?
}

impl fmt::Display for PartialDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}", self.year)?;
        if let Some(month) = self.month {
            write!(f, "-{month:02}")?;
        }
        if let Some(day) = self.day {
            write!(f, "-{day:02}")?;
        }
        match self.certainty {
            Certainty::Exact => Ok(()),
            Certainty::Approximate => write!(f, "~"),
            Certainty::Uncertain => write!(f, "?"),
        }
    }
}

/// The text is none of `2022-05-23`, `2022-05`, `2022`, with `~` or `?` behind it or not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotADate;

impl FromStr for PartialDate {
    type Err = NotADate;

    fn from_str(text: &str) -> Result<Self, NotADate> {
        let (text, certainty) = match text.as_bytes().last() {
            Some(b'~') => (&text[..text.len() - 1], Certainty::Approximate),
            Some(b'?') => (&text[..text.len() - 1], Certainty::Uncertain),
            _ => (text, Certainty::Exact),
        };
        let widths: Vec<usize> = text.split('-').map(str::len).collect();
        if !matches!(widths[..], [4] | [4, 2] | [4, 2, 2])
            || !text.bytes().all(|b| b.is_ascii_digit() || b == b'-')
        {
            return Err(NotADate);
        }
        let mut parts = text.split('-');
        let year = parts.next().and_then(|p| p.parse().ok()).ok_or(NotADate)?;
        let month = parts.next().map(str::parse).transpose().map_err(|_| NotADate)?;
        let day = parts.next().map(str::parse).transpose().map_err(|_| NotADate)?;
        Self::new(year, month, day).map(|date| date.with_certainty(certainty)).ok_or(NotADate)
    }
}

impl Ord for PartialDate {
    fn cmp(&self, other: &Self) -> Ordering {
        self.first_day()
            .cmp(&other.first_day())
            .then_with(|| self.month.is_some().cmp(&other.month.is_some()))
            .then_with(|| self.day.is_some().cmp(&other.day.is_some()))
            .then_with(|| self.certainty.cmp(&other.certainty))
    }
}

impl PartialOrd for PartialDate {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

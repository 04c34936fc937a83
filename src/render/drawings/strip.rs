//! Draws when a story was told in which language: a row for each language, a dot for each report.

use std::fmt::Write;

use crate::model::{PartialDate, escape};
use crate::parse::address::SITE_SCHEME;
use crate::render::drawings::common::{number, shorten};

const WIDTH: f64 = 720.0;
const LEFT: f64 = 110.0;
const RIGHT: f64 = 700.0;
const ROW: f64 = 26.0;
const HEAD: f64 = 26.0;
/// How far the dots of one day stand apart.
const BESIDE: f64 = 13.0;

/// The reports in one language.
pub struct Row {
    /// The language's own name.
    pub name: String,
    /// Its tag.
    pub lang: String,
    /// By day.
    pub dots: Vec<Dot>,
}

/// A report.
pub struct Dot {
    /// Its day.
    pub day: i32,
    /// Its page.
    pub address: String,
    /// Who reports what, and when.
    pub title: String,
    /// Whether it repeats another.
    pub is_repetition: bool,
}

/// Draws the rows, with words for a first and a last day.
#[must_use]
pub fn strip(rows: &[Row], (first, last): ((i32, &str), (i32, &str)), title: &str) -> String {
    let height = HEAD + ROW * number(rows.len());
    let span = f64::from((last.0 - first.0).max(1));
    let x = |day: i32| LEFT + 10.0 + f64::from(day - first.0) / span * (RIGHT - LEFT - 20.0);
    let mut svg = format!(
        "<svg class=\"strip\" viewBox=\"0 0 {WIDTH} {height}\" width=\"{WIDTH}\" height=\"{height}\" \
         role=\"group\" aria-label=\"{}\"><text class=\"year\" x=\"{LEFT}\" y=\"16\">{}</text>",
        escape(title),
        escape(first.1),
    );
    if last.0 > first.0 {
        let _ = write!(
            svg,
            "<text class=\"year\" x=\"{RIGHT}\" y=\"16\" text-anchor=\"end\">{}</text>",
            escape(last.1)
        );
    }
    for (at, row) in rows.iter().enumerate() {
        let y = HEAD + ROW * number(at) + ROW / 2.0;
        let _ = write!(
            svg,
            "<path class=\"rule\" d=\"M{LEFT} {y}H{RIGHT}\"/><text class=\"name\" x=\"0\" y=\"{}\" lang=\"{}\">{}</text>",
            y + 4.5,
            escape(&row.lang),
            escape(&shorten(&row.name, 14)),
        );
        for (number_of_day, dot) in numbered(&row.dots) {
            let hollow = if dot.is_repetition { " class=\"again\"" } else { "" };
            let _ = write!(
                svg,
                "<a{hollow} href=\"{SITE_SCHEME}{}\"><title>{}</title><circle cx=\"{:.1}\" cy=\"{y}\" r=\"5.5\"/></a>",
                escape(&dot.address),
                escape(&dot.title),
                (x(dot.day) + BESIDE * number(number_of_day)).min(WIDTH - 7.0),
            );
        }
    }
    svg.push_str("</svg>");
    svg
}

/// Each dot with how many stand before it on its day.
fn numbered(dots: &[Dot]) -> impl Iterator<Item = (usize, &Dot)> {
    dots.iter()
        .enumerate()
        .map(|(at, dot)| (dots[..at].iter().filter(|other| other.day == dot.day).count(), dot))
}

/// The day of a date that tells one.
#[must_use]
pub fn day(date: PartialDate) -> Option<i32> {
    date.day_of_month().map(|_| date.first_day())
}

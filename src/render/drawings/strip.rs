//! Draws when a story was told in which language: a row for each language, a dot for each report.
//!
//! There is a layout for wide windows and one for phones; the stylesheet shows one of them.

use std::fmt::Write;

use crate::model::{PartialDate, escape};
use crate::parse::address::SITE_SCHEME;
use crate::render::drawings::common::{number, shorten};

/// Where things stand in a drawing, in its own units.
struct Layout {
    /// The class that the stylesheet shows or hides.
    class: &'static str,
    /// Width of the drawing.
    width: f64,
    /// Where the word for the first day begins.
    first: f64,
    /// Where the days end.
    right: f64,
}

const WIDE: Layout = Layout { class: "wide", width: 720.0, first: LEFT, right: 700.0 };
const NARROW: Layout = Layout { class: "narrow", width: 360.0, first: 50.0, right: 356.0 };
/// Where the days begin.
const LEFT: f64 = 110.0;
const ROW: f64 = 26.0;
const HEAD: f64 = 26.0;
/// Half of the room that a dot has.
const DOT: f64 = 10.0;
/// How far the dots of one row stand apart at least.
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
pub fn strip(rows: &[Row], ends: ((i32, &str), (i32, &str)), title: &str) -> String {
    [WIDE, NARROW].map(|layout| draw(&layout, rows, ends, title)).concat()
}

fn draw(
    layout: &Layout,
    rows: &[Row],
    (first, last): ((i32, &str), (i32, &str)),
    title: &str,
) -> String {
    let Layout { class, width, first: first_word, right } = *layout;
    let height = HEAD + ROW * number(rows.len());
    let (from, to) = (LEFT + DOT, right - DOT);
    let per_day = (to - from) / f64::from((last.0 - first.0).max(1));
    let mut svg = format!(
        "<svg class=\"strip {class}\" viewBox=\"0 0 {width} {height}\" width=\"{width}\" height=\"{height}\" \
         role=\"group\" aria-label=\"{}\"><text class=\"year\" x=\"{first_word}\" y=\"16\">{}</text>",
        escape(title),
        escape(first.1),
    );
    if last.0 > first.0 {
        let _ = write!(
            svg,
            "<text class=\"year\" x=\"{right}\" y=\"16\" text-anchor=\"end\">{}</text>",
            escape(last.1)
        );
    }
    for (at, row) in rows.iter().enumerate() {
        let y = HEAD + ROW * number(at) + ROW / 2.0;
        let _ = write!(
            svg,
            "<path class=\"rule\" d=\"M{LEFT} {y}H{right}\"/><text class=\"name\" x=\"0\" y=\"{}\" lang=\"{}\">{}</text>",
            y + 4.5,
            escape(&row.lang),
            escape(&shorten(&row.name, 14)),
        );
        let days = row.dots.iter().map(|dot| from + f64::from(dot.day - first.0) * per_day);
        for (dot, x) in row.dots.iter().zip(apart(days.collect(), from, to)) {
            let hollow = if dot.is_repetition { " class=\"again\"" } else { "" };
            let _ = write!(
                svg,
                "<a{hollow} href=\"{SITE_SCHEME}{}\"><title>{}</title><circle cx=\"{x:.1}\" cy=\"{y}\" r=\"5.5\"/></a>",
                escape(&dot.address),
                escape(&dot.title),
            );
        }
    }
    svg.push_str("</svg>");
    svg
}

/// Moves dots that would hide each other apart, as far as there is room between two ends.
fn apart(mut xs: Vec<f64>, from: f64, to: f64) -> Vec<f64> {
    let beside = BESIDE.min((to - from) / number(xs.len().max(2) - 1));
    let (mut start, mut end) = (from, to);
    for x in &mut xs {
        *x = x.max(start);
        start = *x + beside;
    }
    for x in xs.iter_mut().rev() {
        *x = x.min(end);
        end = *x - beside;
    }
    xs
}

/// The day of a date that tells one.
#[must_use]
pub fn day(date: PartialDate) -> Option<i32> {
    date.day_of_month().map(|_| date.first_day())
}

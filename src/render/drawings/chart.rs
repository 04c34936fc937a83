//! Draws the partners of a company as named dots, by kind and start, at build time.
//!
//! Each dot takes the first line of its kind on which its name has room. In a narrow window the drawing
//! scrolls inside its box.

use std::fmt::Write;

use crate::model::{PartialDate, Status, escape};
use crate::parse::address::SITE_SCHEME;
use crate::render::drawings::common::{number, shorten, width};

/// Width of the drawing, and where its years begin and end.
const WIDTH: f64 = 1088.0;
const LEFT: f64 = 196.0;
const RIGHT: f64 = 1076.0;
/// Height of a line of names, and of what stands above the first.
const LINE: f64 = 19.0;
const HEAD: f64 = 30.0;
/// Between two kinds.
const GAP: f64 = 10.0;
/// How wide a letter is at 12 pixels, a little more than most are.
const LETTER: f64 = 7.1;
/// How many letters a name has at most.
const LETTERS: usize = 26;

/// The partners of one kind.
pub struct Row {
    /// The kind.
    pub name: String,
    /// Oldest first.
    pub dots: Vec<Dot>,
}

/// A partner.
pub struct Dot {
    /// When it began.
    pub date: PartialDate,
    /// Who.
    pub name: String,
    /// The partnership's page.
    pub address: String,
    /// Its state.
    pub status: Status,
    /// Whether nobody has reported on it for long.
    pub is_quiet: bool,
    /// Date and state in words.
    pub title: String,
}

/// A dot with its name, and the line that it has got.
struct Placed<'a> {
    dot: &'a Dot,
    name: String,
    x: f64,
    line: usize,
    is_left: bool,
}

/// Draws the rows; `None` where there are none.
#[must_use]
pub fn chart(rows: &[Row], today: PartialDate, title: &str) -> Option<String> {
    let first = rows.iter().flat_map(|row| &row.dots).map(|dot| dot.date.year()).min()?;
    let day =
        |year: i16| PartialDate::new(year, None, None).map(|date| f64::from(date.first_day()));
    let last = today.year().max(first) + 1;
    let (start, end) = (day(first)?, day(last)?);
    let x = |day: f64| LEFT + (day - start) / (end - start) * (RIGHT - LEFT);
    let placed: Vec<(Vec<Placed<'_>>, usize)> = rows.iter().map(|row| place(row, &x)).collect();
    let lines: usize = placed.iter().map(|row| row.1).sum();
    let height = HEAD + LINE * number(lines) + GAP * number(rows.len()) + 4.0;
    let mut svg = format!(
        "<svg class=\"chart\" viewBox=\"0 0 {WIDTH} {height}\" width=\"{WIDTH}\" height=\"{height}\" \
         role=\"group\" aria-label=\"{}\">",
        escape(title)
    );
    let step =
        [1, 2, 5, 10, 20, 50].into_iter().find(|step| (last - first) / step <= 14).unwrap_or(100);
    for year in (first..=last).filter(|year| year % step == 0) {
        let at = x(day(year)?);
        let _ = write!(svg, "<path class=\"grid\" d=\"M{at:.0} {HEAD}V{height}\"/>");
        if year < last {
            let _ =
                write!(svg, "<text class=\"year\" x=\"{:.0}\" y=\"18\">{year}</text>", at + 3.0);
        }
    }
    let mut top = HEAD;
    for (row, (placed, lines)) in rows.iter().zip(&placed) {
        let _ = write!(
            svg,
            "<path class=\"rule\" d=\"M0 {top}H{WIDTH}\"/><text class=\"group\" x=\"0\" y=\"{}\">{}</text>\
             <text class=\"year\" x=\"{}\" y=\"{}\" text-anchor=\"end\">{}</text>",
            top + 17.0,
            escape(&shorten(&row.name, 19)),
            LEFT - 14.0,
            top + 17.0,
            row.dots.len(),
        );
        for dot in placed {
            draw(&mut svg, dot, top);
        }
        top += LINE * number(*lines) + GAP;
    }
    svg.push_str("</svg>");
    Some(svg)
}

/// Gives each dot a line, and tells how many there are.
fn place<'a>(row: &'a Row, x: &impl Fn(f64) -> f64) -> (Vec<Placed<'a>>, usize) {
    // What is taken on each line, up to where.
    let mut taken: Vec<f64> = Vec::new();
    let mut placed = Vec::new();
    for dot in &row.dots {
        let at = x(f64::from(i32::midpoint(dot.date.first_day(), dot.date.last_day())));
        let name = shorten(&dot.name, LETTERS);
        let long = LETTER * number(name.chars().map(width).sum()) + 12.0;
        // At the right edge a name stands before its dot.
        let is_left = at + long > WIDTH;
        let (from, to) = if is_left { (at - long, at + 8.0) } else { (at - 8.0, at + long) };
        let line = taken.iter().position(|end| *end <= from).unwrap_or(taken.len());
        match taken.get_mut(line) {
            Some(end) => *end = to,
            None => taken.push(to),
        }
        placed.push(Placed { dot, name, x: at, line, is_left });
    }
    (placed, taken.len().max(1))
}

fn draw(svg: &mut String, placed: &Placed<'_>, top: f64) {
    let Placed { dot, name, x, line, is_left } = placed;
    let y = top + 13.0 + LINE * number(*line);
    let (anchor, at) = if *is_left { (" text-anchor=\"end\"", x - 8.0) } else { ("", x + 8.0) };
    let quiet = if dot.is_quiet { " quiet" } else { "" };
    let _ = write!(
        svg,
        "<a class=\"{}{quiet}\" href=\"{SITE_SCHEME}{}\"><title>{}</title><circle cx=\"{x:.0}\" cy=\"{y}\" r=\"4.5\"/><text x=\"{at:.0}\" y=\"{}\"{anchor}>{}</text></a>",
        dot.status.id(),
        escape(&dot.address),
        escape(&format!("{}, {}", dot.name, dot.title)),
        y + 4.0,
        escape(name),
    );
}

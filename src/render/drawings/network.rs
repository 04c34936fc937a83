//! Draws a company among its partners, at build time, without a script.
//!
//! Partners stand on two arcs left and right, each on a line of its own, so that no two names can
//! meet. There is a layout for wide windows and one for phones; the stylesheet shows one of them.
//! Links carry [`SITE_SCHEME`]; colours come from the stylesheet by class. Everything in the drawing
//! stands in the table of partners as well, so it is hidden from readers who hear the page.

use std::fmt::Write;

use crate::model::{Status, escape};
use crate::parse::address::SITE_SCHEME;
use crate::render::drawings::common::{number, shorten};

/// Where things stand in a drawing, in its own units.
struct Layout {
    /// The class that the stylesheet shows or hides.
    class: &'static str,
    /// Width of the drawing.
    width: f64,
    /// How far the arcs stand from the middle at most.
    reach: f64,
    /// How many Latin letters of a name have room.
    letters: usize,
}

const WIDE: Layout = Layout { class: "wide", width: 720.0, reach: 170.0, letters: 24 };
const NARROW: Layout = Layout { class: "narrow", width: 360.0, reach: 68.0, letters: 13 };
/// Height of one name at least, and at most where there are few.
const LINE: (f64, f64) = (24.0, 60.0);
/// Height of a drawing with few names.
const LOW: f64 = 180.0;

/// A partner of the company in the middle.
pub struct Partner {
    /// Its name.
    pub name: String,
    /// Its page.
    pub address: String,
    /// The state of what it has with the company.
    pub status: Status,
    /// How many articles report it.
    pub reports: usize,
}

struct Place {
    x: f64,
    y: f64,
    is_left: bool,
}

/// Draws the company and its partners, with the pairs of partners that have something of their own.
#[must_use]
pub fn network(name: &str, partners: &[Partner], ties: &[(usize, usize, Status)]) -> String {
    [WIDE, NARROW].map(|layout| draw(&layout, name, partners, ties)).concat()
}

fn draw(
    layout: &Layout,
    name: &str,
    partners: &[Partner],
    ties: &[(usize, usize, Status)],
) -> String {
    let Layout { class, width, reach, letters } = *layout;
    let rows = number(partners.len().div_ceil(2).max(1));
    let line = (LOW / rows).clamp(LINE.0, LINE.1);
    let height = line * rows + 40.0;
    let (middle_x, middle_y) = (width / 2.0, height / 2.0);
    let place = |at: usize| {
        let is_left = at % 2 == 1;
        let on_side = if is_left { partners.len() / 2 } else { partners.len().div_ceil(2) };
        // From -1 at the top to 1 at the bottom of its side.
        let turn = (number(at / 2) + 0.5) / number(on_side) * 2.0 - 1.0;
        let out = reach * (1.0 - 0.75 * turn * turn).sqrt();
        Place {
            x: if is_left { middle_x - out } else { middle_x + out },
            y: middle_y + turn * line * number(on_side) / 2.0,
            is_left,
        }
    };
    let places: Vec<Place> = (0..partners.len()).map(place).collect();
    let mut svg = format!(
        "<svg class=\"network {class}\" viewBox=\"0 0 {width} {height}\" width=\"{width}\" \
         height=\"{height}\" aria-hidden=\"true\">"
    );
    for &(one, other, status) in ties {
        let (a, b) = (&places[one], &places[other]);
        let _ = write!(
            svg,
            "<path class=\"tie {}\" d=\"M{:.1} {:.1}Q{middle_x} {:.1} {:.1} {:.1}\"/>",
            status.id(),
            a.x,
            a.y,
            f64::midpoint(a.y, b.y),
            b.x,
            b.y,
        );
    }
    for (partner, place) in partners.iter().zip(&places) {
        let _ = write!(
            svg,
            "<path class=\"spoke {}\" stroke-width=\"{}\" d=\"M{middle_x} {middle_y}L{:.1} {:.1}\"/>",
            partner.status.id(),
            partner.reports.clamp(1, 6),
            place.x,
            place.y,
        );
    }
    for (partner, place) in partners.iter().zip(&places) {
        let (anchor, dx) = if place.is_left { ("end", -9.0) } else { ("start", 9.0) };
        let _ = write!(
            svg,
            "<a tabindex=\"-1\" href=\"{SITE_SCHEME}{}\"><circle class=\"node {}\" cx=\"{:.1}\" \
             cy=\"{:.1}\" r=\"4.5\"/><text x=\"{:.1}\" y=\"{:.1}\" text-anchor=\"{anchor}\">{}</text></a>",
            escape(&partner.address),
            partner.status.id(),
            place.x,
            place.y,
            place.x + dx,
            place.y + 4.5,
            escape(&shorten(&partner.name, letters)),
        );
    }
    let _ = write!(
        svg,
        "<circle class=\"hub\" cx=\"{middle_x}\" cy=\"{middle_y}\" r=\"8\"/>\
         <text class=\"hub\" x=\"{middle_x}\" y=\"{:.1}\" text-anchor=\"middle\">{}</text></svg>",
        middle_y - 14.0,
        escape(&shorten(name, letters)),
    );
    svg
}

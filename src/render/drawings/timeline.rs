//! Draws partnerships as lanes over the years, at build time, without a script.
//!
//! Each drawing comes in two layouts, one for wide windows, which is narrower where a column is all the
//! room, and one for phones; the stylesheet shows one of them, and gives the wide one larger letters where
//! the window is not so wide. A spark is one lane without words, for beside a text. Links carry
//! [`SITE_SCHEME`]; colours and fonts come from the stylesheet by class.
//!
//! Above a hundred rows a drawing of all would be half of what a page may weigh, so `pages/overview.rs`
//! counts instead, and a page draws what it lists. `static/timeline.js` draws anew from
//! `/timeline/lanes.json` (`machine/timeline_data.rs`), with the same classes and marks.

use std::fmt::Write;
use std::ops::RangeInclusive;

use crate::model::{Event, PartialDate, Status, escape};
use crate::parse::address::SITE_SCHEME;
use crate::render::drawings::common::{number, shorten};

/// Where things stand in a drawing, in its own units; the page scales it.
struct Layout {
    /// The class that the stylesheet shows or hides.
    class: &'static str,
    /// Width of the drawing.
    width: f64,
    /// Where the years begin.
    left: f64,
    /// Height of one lane.
    row: f64,
    /// The base line of a name below the top of its lane.
    name: f64,
    /// The middle of a bar below the top of its lane.
    middle: f64,
    /// How many Latin letters of a name have room.
    letters: usize,
}

/// Names stand left of the years.
const WIDE: Layout = Layout {
    class: "wide",
    width: 960.0,
    left: 268.0,
    row: 34.0,
    name: 21.5,
    middle: 17.0,
    letters: 34,
};
/// The same in the column of a page that has another one beside it.
const COLUMN: Layout = Layout { width: 720.0, left: 200.0, letters: 28, ..WIDE };
/// Names stand above their bars.
const NARROW: Layout = Layout {
    class: "narrow",
    width: 360.0,
    left: 12.0,
    row: 44.0,
    name: 17.0,
    middle: 31.0,
    letters: 48,
};
/// Free space at the right edge, for a last glyph and an open end.
const RIGHT: f64 = 12.0;
/// Height of the row of years.
const HEAD: f64 = 34.0;
/// Height of the heading of a group.
const HEADING: f64 = 30.0;
/// Height of a bar.
const BAR: f64 = 10.0;
/// Marks nearer to each other than their width become one with a number.
const APART: f64 = 12.0;
/// Size of a spark.
const SPARK: (f64, f64) = (240.0, 22.0);
/// How many years it has at least.
const SPARK_YEARS: i16 = 10;

/// How much room a wide window has for a drawing.
#[derive(Clone, Copy, Debug)]
pub enum Room {
    /// All of the page.
    Page,
    /// A column of it.
    Column,
}

/// Lanes under one heading.
pub struct Group {
    /// The company that they have in common, with its page; none for a drawing without headings.
    pub heading: Option<(String, Option<String>)>,
    /// The partnerships, in their order.
    pub lanes: Vec<TimelineRow>,
}

/// One partnership to draw.
pub struct TimelineRow {
    /// The parties' names.
    pub name: String,
    /// What stands beside the bar: the parties, or those but the one in the heading.
    pub label: String,
    /// The partnership's page.
    pub address: String,
    /// Its state.
    pub status: Status,
    /// Start and end of each stretch, and whether an end was reported.
    pub spans: Vec<Span>,
    /// Since when nobody has reported on it, where that is long.
    pub quiet: Option<PartialDate>,
    /// What happened on a known date, in order.
    pub marks: Vec<Mark>,
}

/// Start and end of a stretch, and whether an end was reported.
pub type Span = (Option<PartialDate>, Option<PartialDate>, bool);

/// Something that happened on a known date.
pub struct Mark {
    /// When.
    pub date: PartialDate,
    /// What.
    pub event: Event,
    /// Both in words.
    pub words: String,
    /// Where it is told.
    pub address: String,
    /// Whether the page is about this one.
    pub is_here: bool,
}

impl TimelineRow {
    fn dates(&self) -> impl Iterator<Item = PartialDate> + '_ {
        let spans = self.spans.iter().flat_map(|span| [span.0, span.1]).flatten();
        spans.chain(self.marks.iter().map(|mark| mark.date))
    }
}

/// Days to units.
struct Scale {
    left: f64,
    first_day: f64,
    per_day: f64,
}

impl Scale {
    /// Years from the beginning of the first to the beginning of the one after the last.
    fn new(left: f64, right: f64, years: &RangeInclusive<i16>) -> Option<Self> {
        let day = |year: i16| Some(PartialDate::new(year, None, None)?.first_day());
        let (start, end) = (day(*years.start())?, day(*years.end())?);
        let first_day = f64::from(start);
        Some(Self { left, first_day, per_day: (right - left) / f64::from(end - start) })
    }

    fn x(&self, day: i32) -> f64 {
        self.left + (f64::from(day) - self.first_day) * self.per_day
    }

    /// The middle of what a date can mean.
    fn middle(&self, date: PartialDate) -> f64 {
        self.x(i32::midpoint(date.first_day(), date.last_day()))
    }
}

/// Draws the lanes that have a date, sorted as given; `None` when none has.
#[must_use]
pub fn lanes(
    mut groups: Vec<Group>,
    room: Room,
    today: PartialDate,
    title: &str,
) -> Option<String> {
    for group in &mut groups {
        group.lanes.retain(|lane| lane.dates().next().is_some());
    }
    groups.retain(|group| !group.lanes.is_empty());
    let dates = groups.iter().flat_map(|group| &group.lanes).flat_map(TimelineRow::dates);
    let first = dates.map(PartialDate::year).min()?;
    let last = today.year().max(first) + 1;
    let drawn: usize = groups.iter().map(|group| group.lanes.len()).sum();
    let mut svg = String::with_capacity(2048 + drawn * 1200);
    definitions(&mut svg);
    let wide = match room {
        Room::Page => &WIDE,
        Room::Column => &COLUMN,
    };
    for layout in [wide, &NARROW] {
        draw(&mut svg, layout, &groups, &(first..=last), today, title)?;
    }
    Some(svg)
}

/// Draws one lane without words, over ten years or more; `None` when it has no date.
#[must_use]
pub fn spark(lane: &TimelineRow, today: PartialDate, title: &str) -> Option<String> {
    let (width, height) = SPARK;
    let own = lane.dates().map(PartialDate::year).min()?;
    // What is new stands at the end of years in which there was nothing.
    let first = own.min(today.year() - SPARK_YEARS + 1);
    let years = first..=today.year().max(own) + 1;
    let scale = Scale::new(8.0, width - 8.0, &years)?;
    let middle = height / 2.0;
    let mut svg = format!(
        "<svg class=\"spark {}\" viewBox=\"0 0 {width} {height}\" width=\"{width}\" height=\"{height}\" \
         role=\"img\" aria-label=\"{}\">",
        lane.status.id(),
        escape(title),
    );
    let _ = write!(svg, "<path class=\"rule\" d=\"M0 {middle}H{width}\"/>");
    for span in &lane.spans {
        bar(&mut svg, &scale, lane, *span, middle, today, Paint::Plain);
    }
    for mark in &lane.marks {
        let (x, here) = (scale.middle(mark.date), if mark.is_here { " here" } else { "" });
        let _ = write!(
            svg,
            "<path class=\"glyph {}{here}\" transform=\"translate({x:.0} {middle})\" d=\"{}\"/>",
            mark.event,
            shape(mark.event),
        );
    }
    svg.push_str("</svg>");
    Some(svg)
}

/// What both layouts paint with. It stands in a drawing of its own, since what is inside a hidden one
/// would not be found.
fn definitions(svg: &mut String) {
    svg.push_str("<svg class=\"fills\" width=\"0\" height=\"0\" aria-hidden=\"true\"><defs>");
    for status in Status::ALL {
        let _ = write!(
            svg,
            "<linearGradient id=\"fade-{0}\"><stop offset=\"0\" class=\"stop {0}\"/>\
             <stop offset=\"1\" class=\"stop {0}\" stop-opacity=\"0.12\"/></linearGradient>",
            status.id()
        );
    }
    for event in Event::ALL {
        // Fingers need more than what is seen.
        let _ = write!(
            svg,
            "<g id=\"mark-{event}\"><circle class=\"hit\" r=\"12\"/><path d=\"{}\"/></g>",
            shape(event)
        );
    }
    svg.push_str(
        "<pattern id=\"hatch\" width=\"6\" height=\"6\" patternUnits=\"userSpaceOnUse\" \
         patternTransform=\"rotate(45)\"><rect width=\"3\" height=\"6\" class=\"hatch\"/></pattern>\
         </defs></svg>",
    );
}

fn draw(
    svg: &mut String,
    layout: &Layout,
    groups: &[Group],
    years: &RangeInclusive<i16>,
    today: PartialDate,
    title: &str,
) -> Option<()> {
    let scale = Scale::new(layout.left, layout.width - RIGHT, years)?;
    let (class, width) = (layout.class, layout.width);
    let lanes = groups.iter().map(|group| group.lanes.len()).sum();
    let headings = groups.iter().filter(|group| group.heading.is_some()).count();
    let height = HEAD + layout.row * number(lanes) + HEADING * number(headings) + 8.0;
    let _ = write!(
        svg,
        "<svg class=\"lanes {class}\" viewBox=\"0 0 {width} {height}\" width=\"{width}\" \
         height=\"{height}\" role=\"group\" aria-label=\"{}\">",
        escape(title),
    );
    grid(svg, &scale, years, height);
    let mut top = HEAD;
    for group in groups {
        if let Some((name, address)) = &group.heading {
            heading(svg, layout, (name, address.as_deref()), top);
            top += HEADING;
        }
        for lane in &group.lanes {
            draw_lane(svg, layout, &scale, lane, top, today);
            top += layout.row;
        }
    }
    svg.push_str("</svg>");
    Some(())
}

/// The grid, with as many labels as have room.
fn grid(svg: &mut String, scale: &Scale, years: &RangeInclusive<i16>, height: f64) {
    let last = *years.end();
    let room = scale.per_day * 365.25;
    let step =
        [1, 2, 5, 10, 20, 50].into_iter().find(|&s| room * f64::from(s) >= 40.0).unwrap_or(100);
    for year in years.clone() {
        let Some(date) = PartialDate::new(year, None, None) else { continue };
        let x = scale.x(date.first_day());
        let labelled = year % step == 0;
        let class = if labelled { "grid" } else { "grid faint" };
        let _ = write!(svg, "<path class=\"{class}\" d=\"M{x:.1} {HEAD}V{height}\"/>");
        if labelled && year < last {
            let _ = write!(svg, "<text class=\"year\" x=\"{:.1}\" y=\"20\">{year}</text>", x + 3.0);
        }
    }
}

fn heading(svg: &mut String, layout: &Layout, (name, address): (&str, Option<&str>), top: f64) {
    let (rule, base, right) = (top + 5.0, top + 22.0, layout.width - RIGHT);
    let text = format!("<text class=\"group\" x=\"4\" y=\"{base}\">{}</text>", escape(name));
    let _ = write!(svg, "<path class=\"rule\" d=\"M4 {rule}H{right}\"/>");
    let _ = match address {
        Some(address) => write!(svg, "<a href=\"{SITE_SCHEME}{}\">{text}</a>", escape(address)),
        None => write!(svg, "{text}"),
    };
}

fn draw_lane(
    svg: &mut String,
    layout: &Layout,
    scale: &Scale,
    lane: &TimelineRow,
    top: f64,
    today: PartialDate,
) {
    let middle = top + layout.middle;
    let _ = write!(
        svg,
        "<g class=\"lane {}\"><a href=\"{SITE_SCHEME}{}\"><title>{}</title><text class=\"name\" x=\"4\" y=\"{:.1}\">{}</text></a>",
        lane.status.id(),
        escape(&lane.address),
        escape(&lane.name),
        top + layout.name,
        escape(&shorten(&lane.label, layout.letters)),
    );
    for span in &lane.spans {
        bar(svg, scale, lane, *span, middle, today, Paint::Defined);
    }
    let mut rest = &lane.marks[..];
    while let Some((first, others)) = rest.split_first() {
        let near =
            others.iter().take_while(|m| scale.middle(m.date) - scale.middle(first.date) < APART);
        let (together, after) = rest.split_at(1 + near.count());
        marks(svg, scale, lane, together, middle);
        rest = after;
    }
    svg.push_str("</g>");
}

/// What bars are painted with.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Paint {
    /// Gradients and patterns that stand on the page.
    Defined,
    /// Nothing but classes.
    Plain,
}

fn bar(
    svg: &mut String,
    scale: &Scale,
    lane: &TimelineRow,
    (start, end, ended): Span,
    middle: f64,
    today: PartialDate,
    paint: Paint,
) {
    let y = middle - BAR / 2.0;
    let mut rect = |from: f64, to: f64, class: &str| {
        let width = (to - from).max(2.0);
        let fill = match class {
            "bar unknown" if paint == Paint::Defined => " fill=\"url(#hatch)\"".to_owned(),
            "bar open" if paint == Paint::Defined => {
                format!(" fill=\"url(#fade-{})\"", lane.status.id())
            }
            _ => String::new(),
        };
        let _ = write!(
            svg,
            "<rect class=\"{class}\" x=\"{from:.1}\" y=\"{y:.1}\" width=\"{width:.1}\" height=\"{BAR}\" rx=\"3\"{fill}/>"
        );
    };
    // Without a start the bar begins, hatched, at the first thing that was dated.
    let now = scale.x(today.last_day());
    // Of a year that is still running the rest cannot be meant.
    let known_start =
        start.map(|date| (scale.x(date.first_day()), scale.x(date.last_day()).min(now)));
    let first_seen = lane.dates().map(|date| scale.x(date.first_day())).min_by(f64::total_cmp);
    let Some((from, sure_from)) = known_start.or(first_seen.map(|x| (x, x))) else { return };
    if start.is_some_and(|date| date.day_of_month().is_none()) {
        rect(from, sure_from, "bar fuzzy");
    }
    match (end, ended, lane.quiet) {
        (Some(end), ..) => {
            let (sure_to, to) = (scale.x(end.first_day()), scale.x(end.last_day()));
            let body = if start.is_none() { "bar unknown" } else { "bar" };
            rect(sure_from, sure_to.max(sure_from), body);
            if end.day_of_month().is_none() {
                rect(sure_to, to, "bar fuzzy");
            }
        }
        (None, true, _) => rect(sure_from, now, "bar unknown"),
        // Nobody knows whether it still holds: the bar ends with the last report, and a thin line
        // goes on.
        (None, false, Some(quiet)) => {
            let heard = scale.x(quiet.last_day()).max(sure_from + 4.0);
            rect(sure_from, heard, "bar");
            let _ = write!(svg, "<path class=\"quiet\" d=\"M{heard:.1} {middle}H{now:.1}\"/>");
        }
        (None, false, None) => rect(sure_from, now.max(sure_from + 12.0), "bar open"),
    }
}

/// The outline of an event's mark, around its middle.
fn shape(event: Event) -> &'static str {
    match event {
        Event::Announced => "M-6 0a6 6 0 1 0 12 0a6 6 0 1 0 -12 0z",
        Event::Signed => "M0 -7L7 0L0 7L-7 0z",
        Event::Launched => "M-5 -7L7 0L-5 7z",
        Event::Extended => "M-2 -7h4v5h5v4h-5v5h-4v-5h-5v-4h5z",
        Event::Ended => "M-6 -6h12v12h-12z",
        Event::Rumoured => {
            "M-5 0a5 5 0 1 0 10 0a5 5 0 1 0 -10 0zM-2 0a2 2 0 1 1 4 0a2 2 0 1 1 -4 0z"
        }
        Event::Denied => "M-6 -4l2 -2l4 4l4 -4l2 2l-4 4l4 4l-2 2l-4 -4l-4 4l-2 -2l4 -4z",
        Event::Mentioned => "M-3.5 0a3.5 3.5 0 1 0 7 0a3.5 3.5 0 1 0 -7 0z",
    }
}

/// A mark, or one for several that would hide each other.
fn marks(svg: &mut String, scale: &Scale, lane: &TimelineRow, together: &[Mark], y: f64) {
    let [mark] = together else {
        let words: Vec<&str> = together.iter().map(|mark| mark.words.as_str()).collect();
        let xs = together.iter().map(|mark| scale.middle(mark.date));
        let x = xs.sum::<f64>() / number(together.len());
        let _ = write!(
            svg,
            "<a class=\"many\" href=\"{SITE_SCHEME}{}\"><title>{}</title><circle cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"8\"/><text x=\"{x:.1}\" y=\"{:.1}\">{}</text></a>",
            escape(together.first().map_or(&lane.address, |mark| &mark.address)),
            escape(&words.join("\n")),
            y + 4.0,
            together.len(),
        );
        return;
    };
    let _ = write!(
        svg,
        "<a href=\"{SITE_SCHEME}{}\"><title>{}</title><use class=\"glyph {}\" href=\"#mark-{}\" x=\"{:.1}\" y=\"{y:.1}\"/></a>",
        escape(&mark.address),
        escape(&mark.words),
        mark.event,
        mark.event,
        scale.middle(mark.date),
    );
}

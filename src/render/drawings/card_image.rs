//! Draws the picture that other sites show beside a link to a story.
//!
//! The fonts come from the site's own static files: with those of the machine, the same sources
//! would give other bytes elsewhere. Without fonts there are no pictures.

use std::fmt::Write;
use std::sync::Arc;

use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg::{Options, Tree, fontdb};

use crate::model::{escape, printable};
use crate::render::drawings::card::Card;
use crate::render::drawings::common::width;
use crate::render::view::ColoursView;

const WIDTH: u32 = 1200;
const HEIGHT: u32 = 630;
/// How many Latin letters a line of the headline has room for, and how many lines there are.
const LETTERS: usize = 30;
const LINES: usize = 4;

/// The fonts that pictures are drawn with.
pub struct CardRenderer {
    options: Options<'static>,
}

impl CardRenderer {
    /// Loads fonts, each of them in a file of its own; the first one is the one that is used where
    /// it has the letters. `None` where there is nothing to write with.
    #[must_use]
    pub fn new<'a>(files: impl Iterator<Item = &'a [u8]>) -> Option<Self> {
        let mut fonts = fontdb::Database::new();
        for bytes in files {
            fonts.load_font_data(bytes.to_vec());
        }
        let family = fonts.faces().next()?.families.first()?.0.clone();
        let options =
            Options { font_family: family, fontdb: Arc::new(fonts), ..Options::default() };
        Some(Self { options })
    }

    /// Draws a picture of 1200 by 630 pixels, as PNG.
    #[must_use]
    pub fn draw(&self, card: &Card) -> Vec<u8> {
        let tree = Tree::from_str(&svg(card), &self.options).expect("our own drawing is valid");
        let mut picture = Pixmap::new(WIDTH, HEIGHT).expect("the size is not zero");
        resvg::render(&tree, Transform::default(), &mut picture.as_mut());
        picture.encode_png().expect("memory takes everything")
    }
}

fn svg(card: &Card) -> String {
    let ColoursView { background, text, soft, rule, accent } = &card.colours;
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{WIDTH}\" height=\"{HEIGHT}\">\
         <rect width=\"100%\" height=\"100%\" fill=\"{background}\"/>\
         <path d=\"M0 14H{WIDTH}\" stroke=\"{accent}\" stroke-width=\"28\"/>\
         <path d=\"M80 510H1120\" stroke=\"{rule}\" stroke-width=\"6\" stroke-dasharray=\"6 12\"/>\
         <text x=\"80\" y=\"120\" font-size=\"34\" fill=\"{soft}\">{}</text>",
        in_xml(&card.site),
    );
    let lines = lines(&card.headline);
    for (at, line) in lines.iter().enumerate() {
        let _ = write!(
            svg,
            "<text x=\"80\" y=\"{}\" font-size=\"64\" font-weight=\"700\" fill=\"{text}\">{}</text>",
            215 + at * 80,
            in_xml(line),
        );
    }
    let _ = write!(
        svg,
        "<text x=\"80\" y=\"575\" font-size=\"34\" fill=\"{soft}\">{}</text></svg>",
        in_xml(&card.note)
    );
    svg
}

/// Text that XML can hold: names of files may have any character in them.
fn in_xml(text: &str) -> String {
    escape(&printable(text))
}

/// Breaks a headline into lines, between words or between characters of scripts without spaces.
fn lines(text: &str) -> Vec<String> {
    let mut lines = vec![String::new()];
    let mut room = LETTERS;
    for word in text.split_inclusive(|c: char| c == ' ' || c >= '\u{1100}') {
        let needed: usize = word.trim_end().chars().map(width).sum();
        if needed > room && room < LETTERS {
            lines.push(String::new());
            room = LETTERS;
        }
        lines.last_mut().expect("there is one").push_str(word);
        room = room.saturating_sub(word.chars().map(width).sum());
    }
    if lines.len() > LINES {
        lines.truncate(LINES);
        let last = lines.last_mut().expect("there are some");
        last.truncate(last.trim_end().len());
        last.push('…');
    }
    lines
}

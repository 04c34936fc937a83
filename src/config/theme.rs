//! `[theme]` of `tearsheet.toml`: colours, fonts and widths, which the style sheet takes as custom
//! properties. Nothing of it is handed on as it was written: each value is read, and written anew.

use crate::diagnostic;
use crate::parse::fields::{Fields, Word};
use crate::parse::tree::{Entry, Value};
use crate::source::Span;

/// The least contrast of text, by level AA of the Web Content Accessibility Guidelines 2.2.
const READABLE: f64 = 4.5;

/// What a name stands for: the sixteen that HTML has had from its beginning.
const NAMED: [(&str, [u8; 3]); 16] = [
    ("black", [0x00, 0x00, 0x00]),
    ("silver", [0xc0, 0xc0, 0xc0]),
    ("gray", [0x80, 0x80, 0x80]),
    ("white", [0xff, 0xff, 0xff]),
    ("maroon", [0x80, 0x00, 0x00]),
    ("red", [0xff, 0x00, 0x00]),
    ("purple", [0x80, 0x00, 0x80]),
    ("fuchsia", [0xff, 0x00, 0xff]),
    ("green", [0x00, 0x80, 0x00]),
    ("lime", [0x00, 0xff, 0x00]),
    ("olive", [0x80, 0x80, 0x00]),
    ("yellow", [0xff, 0xff, 0x00]),
    ("navy", [0x00, 0x00, 0x80]),
    ("blue", [0x00, 0x00, 0xff]),
    ("teal", [0x00, 0x80, 0x80]),
    ("aqua", [0x00, 0xff, 0xff]),
];

/// Words that stand for a font of the reader's machine and are never put into quotation marks.
const GENERIC: [&str; 10] = [
    "serif",
    "sans-serif",
    "monospace",
    "system-ui",
    "ui-serif",
    "ui-sans-serif",
    "ui-monospace",
    "ui-rounded",
    "cursive",
    "fantasy",
];

/// Units of lengths. One that ends with another comes before it.
const UNITS: [&str; 4] = ["rem", "em", "ch", "px"];

/// A colour, as red, green and blue.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Colour(pub [u8; 3]);

impl Colour {
    /// Reads `#9c2418`, `#921` or one of the names that HTML began with.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let named = NAMED.iter().find(|(name, _)| text.eq_ignore_ascii_case(name));
        if let Some((_, parts)) = named {
            return Some(Self(*parts));
        }
        let digits: Vec<u8> = text
            .strip_prefix('#')?
            .chars()
            .map(|c| c.to_digit(16).and_then(|digit| u8::try_from(digit).ok()))
            .collect::<Option<_>>()?;
        match digits[..] {
            [r, g, b] => Some(Self([r * 17, g * 17, b * 17])),
            [r, r2, g, g2, b, b2] => Some(Self([r * 16 + r2, g * 16 + g2, b * 16 + b2])),
            _ => None,
        }
    }

    /// `#9c2418`
    #[must_use]
    pub fn hex(self) -> String {
        let [r, g, b] = self.0;
        format!("#{r:02x}{g:02x}{b:02x}")
    }

    /// A mixture with `percent` of another colour.
    #[must_use]
    pub fn mixed(self, other: Self, percent: u32) -> Self {
        let part = |at: usize| {
            let (own, new) = (u32::from(self.0[at]), u32::from(other.0[at]));
            u8::try_from((own * (100 - percent) + new * percent + 50) / 100).unwrap_or(u8::MAX)
        };
        Self([part(0), part(1), part(2)])
    }

    /// How much lighter one of the two is, from 1 to 21, as the guidelines for accessibility count it.
    #[must_use]
    pub fn contrast(self, other: Self) -> f64 {
        let (one, two) = (self.luminance(), other.luminance());
        (one.max(two) + 0.05) / (one.min(two) + 0.05)
    }

    fn luminance(self) -> f64 {
        let linear = |part: u8| {
            let part = f64::from(part) / 255.0;
            if part <= 0.04045 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) }
        };
        let [r, g, b] = self.0;
        0.2126 * linear(r) + 0.7152 * linear(g) + 0.0722 * linear(b)
    }
}

/// What readers have their screens set to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scheme {
    /// Dark text on a light page.
    Light,
    /// Light text on a dark page.
    Dark,
}

impl Scheme {
    /// Both of them.
    pub const ALL: [Self; 2] = [Self::Light, Self::Dark];

    /// The word that settings and style sheets use.
    #[must_use]
    pub fn id(self) -> &'static str {
        match self {
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }
}

/// A colour for readers who have it light, and one for those who have it dark.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ColourPair {
    /// On a light page.
    pub light: Option<Colour>,
    /// On a dark page.
    pub dark: Option<Colour>,
}

impl ColourPair {
    /// The one of a scheme.
    #[must_use]
    pub fn of(self, scheme: Scheme) -> Option<Colour> {
        match scheme {
            Scheme::Light => self.light,
            Scheme::Dark => self.dark,
        }
    }
}

/// The colours that a scheme is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Palette {
    /// Of the page.
    pub background: Colour,
    /// Of what is read.
    pub text: Colour,
    /// Of headings of sections, links and marks.
    pub accent: Colour,
}

impl Palette {
    /// What the default theme has; its style sheet has the same.
    #[must_use]
    pub fn of_theme(scheme: Scheme) -> Self {
        let [background, text, accent] = match scheme {
            Scheme::Light => [[0xfb, 0xfa, 0xf6], [0x1c, 0x1a, 0x17], [0x9c, 0x24, 0x18]],
            Scheme::Dark => [[0x16, 0x17, 0x1a], [0xe9, 0xe6, 0xdf], [0xff, 0x9c, 0x86]],
        };
        Self { background: Colour(background), text: Colour(text), accent: Colour(accent) }
    }

    /// Lesser text.
    #[must_use]
    pub fn soft(self) -> Colour {
        self.background.mixed(self.text, 76)
    }

    /// Lines.
    #[must_use]
    pub fn rule(self) -> Colour {
        self.background.mixed(self.text, 16)
    }

    /// Boxes, on which all of it is read as well.
    #[must_use]
    pub fn card(self) -> Colour {
        self.background.mixed(self.text, 3)
    }

    /// The accent, as much nearer to the text as it takes to be read.
    fn readable(self) -> Colour {
        let mixtures = (0..=100).step_by(4).map(|percent| self.accent.mixed(self.text, percent));
        let mut readable = mixtures.filter(|c| c.contrast(self.card()) >= READABLE);
        readable.next().unwrap_or(self.text)
    }
}

/// What a site sets of the theme.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ThemeSettings {
    /// Where the group stands in the settings.
    pub span: Span,
    /// Of the page.
    pub background: ColourPair,
    /// Of what is read.
    pub text: ColourPair,
    /// Of headings of sections, links and marks.
    pub accent: ColourPair,
    /// Fonts of running text and all else, as a style sheet writes them.
    pub body_font: Vec<String>,
    /// Fonts of headings and titles.
    pub heading_font: Vec<String>,
    /// Fonts of code.
    pub mono_font: Vec<String>,
    /// The longest line of running text.
    pub measure: Option<String>,
    /// The widest that a page becomes.
    pub width: Option<String>,
}

impl ThemeSettings {
    /// The colours of a scheme, where the site sets none those of the theme.
    #[must_use]
    pub fn palette(&self, scheme: Scheme) -> Palette {
        let theme = Palette::of_theme(scheme);
        Palette {
            background: self.background.of(scheme).unwrap_or(theme.background),
            text: self.text.of(scheme).unwrap_or(theme.text),
            accent: self.accent.of(scheme).unwrap_or(theme.accent),
        }
    }

    /// Whether it sets what the page and its text look like.
    #[must_use]
    pub fn has_ground(&self) -> bool {
        [self.background, self.text].iter().any(|shades| *shades != ColourPair::default())
    }
}

/// Reads `theme`: the name of a folder, or a group that may name one.
pub fn theme(fields: &mut Fields<'_>) -> (Option<Word>, Option<ThemeSettings>) {
    let Some(Entry { span, node, .. }) = fields.take(&["theme"]) else { return (None, None) };
    match node.value {
        Value::Text { text, .. } => (Some((text, node.span)), None),
        Value::Map(entries) => {
            let hint = "known are `name`, `accent`, `background`, `text`, `body_font`, \
                        `heading_font`, `mono_font`, `measure` and `width`";
            fields.inner_or(entries, hint, |inner| {
                (inner.word(&["name"]), Some(ThemeSettings { span, ..settings(inner) }))
            })
        }
        _ => {
            let what = "the name of a folder in themes/, or a group of settings";
            fields.report(diagnostic::expected(fields.source(), node.span, "theme", what));
            (None, None)
        }
    }
}

fn settings(fields: &mut Fields<'_>) -> ThemeSettings {
    let places = ["background", "text", "accent"].map(|key| fields.span(key));
    let (background, _) = shades(fields, "background");
    let (text, _) = shades(fields, "text");
    let (accent, is_for_both) = shades(fields, "accent");
    let mut settings = ThemeSettings {
        background,
        text,
        accent,
        body_font: fonts(fields, "body_font"),
        heading_font: fonts(fields, "heading_font"),
        mono_font: fonts(fields, "mono_font"),
        measure: length(fields, "measure", "66ch"),
        width: length(fields, "width", "72rem"),
        ..ThemeSettings::default()
    };
    if is_for_both {
        // What is read on white is seldom read on black.
        let accent = settings.accent.light.unwrap_or(settings.palette(Scheme::Dark).accent);
        settings.accent.dark =
            Some(Palette { accent, ..settings.palette(Scheme::Dark) }.readable());
    }
    for scheme in Scheme::ALL {
        faint(&settings, scheme, &places, fields);
    }
    settings
}

/// Tells of text that cannot be read. `places` are those of background, text and accent.
fn faint(
    settings: &ThemeSettings,
    scheme: Scheme,
    places: &[Option<Span>; 3],
    fields: &mut Fields<'_>,
) {
    let palette = settings.palette(scheme);
    let [background, text, accent] =
        [settings.background, settings.text, settings.accent].map(|s| s.of(scheme));
    let [at_background, at_text, at_accent] = places.clone();
    let ground = background.and(at_background);
    let lesser = palette.soft().contrast(palette.card());
    let marks = palette.accent.contrast(palette.card());
    for (what, contrast, place) in [
        ("text", lesser, text.and(at_text).or_else(|| ground.clone())),
        ("accent", marks, accent.and(at_accent).or_else(|| ground.clone())),
    ] {
        if let Some(span) = place.filter(|_| contrast < READABLE) {
            let found = diagnostic::faint(fields.source(), span, what, scheme.id(), contrast);
            fields.report(found);
        }
    }
}

/// A colour alone, which is that of light pages, or `{ light = "...", dark = "..." }`; and whether it
/// stands alone.
fn shades(fields: &mut Fields<'_>, key: &'static str) -> (ColourPair, bool) {
    let Some(entry) = fields.take(&[key]) else { return (ColourPair::default(), false) };
    let span = entry.node.span;
    match entry.node.value {
        Value::Text { text, .. } => {
            let light = colour(fields, key, (text, span));
            (ColourPair { light, dark: None }, light.is_some())
        }
        Value::Map(entries) => {
            let hint = "known are `light` and `dark`";
            let shades = fields.inner_or(entries, hint, |inner| {
                let mut one = |scheme: &'static str| {
                    let word = inner.word(&[scheme])?;
                    colour(inner, key, word)
                };
                ColourPair { light: one("light"), dark: one("dark") }
            });
            (shades, false)
        }
        _ => {
            let what = "a colour, or `{ light = \"#9c2418\", dark = \"#ff9c86\" }`";
            fields.report(diagnostic::expected(fields.source(), span, key, what));
            (ColourPair::default(), false)
        }
    }
}

fn colour(fields: &mut Fields<'_>, key: &str, (text, span): Word) -> Option<Colour> {
    let colour = Colour::parse(&text);
    if colour.is_none() {
        let names: Vec<&str> = NAMED.iter().map(|(name, _)| *name).collect();
        fields.report(diagnostic::bad_colour(fields.source(), span, key, &text, &names));
    }
    colour
}

/// Names of fonts, as a style sheet writes them; a text alone may have several, with commas.
fn fonts(fields: &mut Fields<'_>, key: &'static str) -> Vec<String> {
    let mut fonts = Vec::new();
    for (name, span) in fields.listed(&[key]) {
        let name = name.split_whitespace().collect::<Vec<_>>().join(" ");
        let bare = name.trim_matches(['"', '\'']).trim();
        let is_sign =
            |c: char| !c.is_alphanumeric() && !matches!(c, ' ' | '-' | '_' | '.' | '+' | '&');
        if GENERIC.contains(&bare) {
            fonts.push(bare.to_owned());
        } else if bare.is_empty() || bare.contains(is_sign) {
            fields.report(diagnostic::bad_font(fields.source(), span, key, &name));
        } else {
            fonts.push(format!("\"{bare}\""));
        }
    }
    fonts
}

fn length(fields: &mut Fields<'_>, key: &'static str, example: &str) -> Option<String> {
    let (text, span) = fields.word(&[key])?;
    let read = UNITS.iter().find_map(|unit| {
        let number: f32 = text.strip_suffix(unit)?.trim_end().parse().ok()?;
        (number.is_finite() && number > 0.0).then(|| format!("{number}{unit}"))
    });
    if read.is_none() {
        let what = format!("a length in ch, em, rem or px, such as \"{example}\"");
        fields.report(diagnostic::expected(fields.source(), span, key, &what));
    }
    read
}

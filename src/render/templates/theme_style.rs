//! What a site sets of the theme, as the style sheet takes it and as pages without one show it.
//!
//! Custom properties are written behind the style sheet, from values that were read into colours, lengths
//! and names, so that no text of the settings gets into it. Lesser text, lines and boxes are mixed from
//! background and text; contrasts are held against WCAG.

use std::fmt::Write;

use crate::config::theme::{ColourPair, Palette, Scheme, ThemeSettings};
use crate::render::view::ColoursView;

/// What the names of all properties begin with.
pub const PREFIX: &str = "--theme-";

/// The properties that the style sheet takes. Each value was read by the settings, which let nothing
/// through but colours, lengths and names.
#[must_use]
pub fn css(settings: &ThemeSettings) -> String {
    let mut css = "\n/* From the site's settings. */\n:root {\n".to_owned();
    let mut set = |name: &str, value: &str| {
        let _ = writeln!(css, "  {PREFIX}{name}: {value};");
    };
    for (name, shades) in
        [("background", settings.background), ("text", settings.text), ("accent", settings.accent)]
    {
        for scheme in Scheme::ALL {
            if let Some(colour) = shades.of(scheme) {
                set(&format!("{name}-{}", scheme.id()), &colour.hex());
            }
        }
    }
    let shades = |colour: fn(Palette) -> String| {
        let [light, dark] = Scheme::ALL.map(|scheme| colour(settings.palette(scheme)));
        format!("light-dark({light}, {dark})")
    };
    if settings.has_ground() {
        set("card", &shades(|palette| palette.card().hex()));
        set("soft", &shades(|palette| palette.soft().hex()));
        set("rule", &shades(|palette| palette.rule().hex()));
        set("edge", &shades(|palette| palette.background.mixed(palette.text, 50).hex()));
    }
    if settings.has_ground() || settings.accent != ColourPair::default() {
        // What marked text stands on.
        set("accent-soft", &shades(|palette| palette.background.mixed(palette.accent, 12).hex()));
    }
    for (name, fonts) in [
        ("body", &settings.body_font),
        ("heading", &settings.heading_font),
        ("mono", &settings.mono_font),
    ] {
        if !fonts.is_empty() {
            // The theme's own fonts follow, for characters that these lack.
            set(name, &format!("{},", fonts.join(", ")));
        }
    }
    for (name, length) in [("measure", &settings.measure), ("width", &settings.width)] {
        if let Some(length) = length {
            set(name, length);
        }
    }
    css.push_str("}\n");
    css
}

/// The colours of light pages, for mail and pictures.
#[must_use]
pub fn colours(settings: Option<&ThemeSettings>) -> ColoursView {
    let palette = settings.map_or_else(
        || Palette::of_theme(Scheme::Light),
        |settings| settings.palette(Scheme::Light),
    );
    let has_ground = settings.is_some_and(ThemeSettings::has_ground);
    ColoursView {
        background: palette.background.hex(),
        text: palette.text.hex(),
        accent: palette.accent.hex(),
        soft: if has_ground { palette.soft().hex() } else { "#5a554d".to_owned() },
        rule: if has_ground { palette.rule().hex() } else { "#dcd7cb".to_owned() },
    }
}

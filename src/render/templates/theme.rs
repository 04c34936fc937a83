//! The default theme, inside the binary.

use std::borrow::Cow;

use rust_embed::RustEmbed;

#[derive(RustEmbed)]
#[folder = "templates/"]
struct Templates;

#[derive(RustEmbed)]
#[folder = "static/"]
struct Statics;

/// Name and text of every template of the default theme, sorted by name.
#[must_use]
pub fn templates() -> Vec<(String, String)> {
    let mut all: Vec<(String, String)> = Templates::iter()
        .filter_map(|name| {
            let text = String::from_utf8(Templates::get(&name)?.data.into_owned()).ok()?;
            Some((name.into_owned(), text))
        })
        .collect();
    all.sort();
    all
}

/// Name and bytes of every static file of the default theme, sorted by name.
#[must_use]
pub fn statics() -> Vec<(String, Cow<'static, [u8]>)> {
    let mut all: Vec<_> = Statics::iter()
        .filter_map(|name| Some((name.to_string(), Statics::get(&name)?.data)))
        .collect();
    all.sort();
    all
}

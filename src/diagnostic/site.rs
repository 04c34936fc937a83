//! What several files say together: addresses, companies, tags.

use super::{Diagnostic, Severity};
use crate::source::{Source, Span};

/// A company id with no file, near one that has.
#[must_use]
pub fn unknown_company(source: &Source, span: Span, id: &str, near: &str) -> Diagnostic {
    Diagnostic::warning(source, span, format!("unknown company `{id}`"))
        .hint(format!("did you mean `{near}`? companies live in content/companies/"))
}

/// A company that became a part of itself.
#[must_use]
pub fn merged_into_itself(source: &Source, id: &str) -> Diagnostic {
    let at = source.text.find("merged_into").unwrap_or(0);
    let span = at..source.text[at..].find('\n').map_or(at, |length| at + length);
    Diagnostic::error(source, span, format!("`{id}` cannot be merged into itself"))
        .hint("`merged_into` names the company that it became a part of")
}

/// Two files that want the same address.
#[must_use]
pub fn address_taken(source: &Source, address: &str, other: &str) -> Diagnostic {
    Diagnostic::error(source, 0..0, format!("two pages want the address {address}"))
        .hint(format!("the other one is {other}"))
        .hint("give one of the files another name, or a `slug`")
}

/// An old address that is in use.
#[must_use]
pub fn alias_taken(source: &Source, address: &str, other: &str) -> Diagnostic {
    Diagnostic::error(source, 0..0, format!("the old address {address} is in use"))
        .hint(format!("it belongs to {other}"))
        .hint("take it out of `aliases`, or out of `former_ids` of a company")
}

/// Two different tags with one slug.
#[must_use]
pub fn tag_collision(
    source: &Source,
    span: Span,
    tag: &str,
    other: &str,
    slug: &str,
) -> Diagnostic {
    Diagnostic::error(source, span, format!("the tags `{tag}` and `{other}` want one address"))
        .hint(format!("both become /tags/{slug}/: use one spelling in all articles"))
}

/// Two files that define one company.
#[must_use]
pub fn company_twice(source: &Source, id: &str, other: &str) -> Diagnostic {
    Diagnostic::error(source, 0..0, format!("company `{id}` is defined twice"))
        .hint(format!("the other file is {other}"))
}

/// An old id of a company under which another one is described.
#[must_use]
pub fn former_id_in_use(source: &Source, id: &str) -> Diagnostic {
    Diagnostic::error(source, 0..0, format!("`{id}` is not a former id: a company of today has it"))
        .hint(format!("take it out of `former_ids`, or delete content/companies/{id}.md"))
        .hint("a company that became a part of this one says so itself, with `merged_into`")
}

/// A static file in the place of a page.
#[must_use]
pub fn static_page(path: &str, address: &str) -> Diagnostic {
    let message = format!("static/{path} takes the place of the page {address}");
    Diagnostic::new(Severity::Warning, message).hint("give one of the two another name")
}

/// A symbolic link among the files of a site.
#[must_use]
pub fn symbolic_link(path: &str) -> Diagnostic {
    let message = format!("{path} is a symbolic link, which is not followed");
    Diagnostic::new(Severity::Warning, message)
        .hint("put the file itself there: nothing outside the site's folder is ever published")
}

/// One of the site's own words that no page shows.
#[must_use]
pub fn unused_word(source: &Source, key: &str, near: Option<&str>) -> Diagnostic {
    let group = source.text.find("[words]").unwrap_or(0);
    // A longer key may have this one in it, and so may any word.
    let is_key = |&at: &usize| {
        let (before, after) = (&source.text[..at], &source.text[at + key.len()..]);
        let line = before.rsplit('\n').next().unwrap_or_default();
        line.chars().all(|c| matches!(c, ' ' | '\t' | '"' | '\''))
            && after.trim_start_matches(['"', '\'', ' ', '\t']).starts_with('=')
    };
    let found = source.text[group..].match_indices(key).map(|(at, _)| group + at);
    let at = found.clone().find(is_key).or_else(|| found.clone().next()).unwrap_or(group);
    let hint = match near {
        Some(near) => format!("did you mean `{near}`?"),
        None => "templates/ does not name it either; the keys are in the documentation".to_owned(),
    };
    let message = format!("no page shows the word `{key}`");
    Diagnostic::warning(source, at..at + key.len(), message).hint(hint)
}

/// Colours, fonts or widths that the site's own style sheet does not take.
#[must_use]
pub fn unused_theme_settings(source: &Source, span: Span) -> Diagnostic {
    Diagnostic::warning(source, span, "the style sheet takes nothing of `[theme]`")
        .hint("static/style.css is the site's own: use properties such as `var(--theme-accent-light)` there")
        .hint("`tearsheet init --eject-theme` elsewhere shows how the default theme does")
}

/// Markdown that lies where nobody reads it.
#[must_use]
pub fn misplaced(path: &str, places: &[&str]) -> Diagnostic {
    let message = format!("{path} is no part of the site");
    let places: Vec<String> = places.iter().map(|place| format!("content/{place}/")).collect();
    Diagnostic::new(Severity::Warning, message)
        .hint(format!("Markdown lies in {}", places.join(", ")))
}

/// Pictures are wished for, and this program cannot draw any.
#[must_use]
pub fn no_cards(source: &Source, span: Span) -> Diagnostic {
    Diagnostic::warning(
        source,
        span,
        "this tearsheet was built without `cards`: it draws no pictures",
    )
    .hint("take a released program, or build one with `--features cards`")
}

/// A picture that no other widths can be made of.
#[must_use]
pub fn broken_picture(path: &str, why: &str) -> Diagnostic {
    Diagnostic::new(Severity::Warning, format!("{path} cannot be read as a picture: {why}"))
        .hint("it is published as it is; save it anew from the program that it comes from")
}

/// A picture that is too large to be decoded.
#[must_use]
pub fn huge_picture(path: &str, width: u32, height: u32) -> Diagnostic {
    let message = format!("{path} has {width} by {height} pixels, more than can be made smaller");
    Diagnostic::new(Severity::Warning, message)
        .hint("it is published as it is; readers need no more than 1600 pixels in a row")
}

/// A font that is not there, or is none.
#[must_use]
pub fn no_font(source: &Source, span: Span, name: &str) -> Diagnostic {
    Diagnostic::error(
        source,
        span,
        format!("static/{name} is not there, or no font that can be used"),
    )
    .hint("`card_fonts` names TrueType or OpenType files in the site's folder `static/`")
}

/// A note on a relation no article claims.
#[must_use]
pub fn unused_note(source: &Source, id: &str) -> Diagnostic {
    Diagnostic::warning(source, 0..0, format!("no article claims the partnership `{id}`"))
        .hint("the id is the parties' ids, sorted, joined by `--`")
}

/// The content folder is not there.
#[must_use]
pub fn no_content() -> Diagnostic {
    Diagnostic::new(Severity::Warning, "there is no article in content/articles/")
        .hint("put raw press texts into inbox/ and run `tearsheet import`")
}

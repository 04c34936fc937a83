//! Links and files that lead nowhere, or where they should not.

use super::{Diagnostic, Severity, did_you_mean};
use crate::source::{Source, Span};

/// More links that lead nowhere than anybody would read.
#[must_use]
pub fn more_dead_links(source: &Source, count: usize) -> Diagnostic {
    Diagnostic::warning(source, 0..0, format!("{count} more links of this text lead nowhere"))
}

/// A link to a page that is not there.
#[must_use]
pub fn dead_link(source: &Source, span: Span, target: &str, near: Option<&str>) -> Diagnostic {
    did_you_mean(
        Diagnostic::warning(source, span, format!("no page has the address {target}")),
        near,
    )
}

/// A name between double brackets that nothing has.
#[must_use]
pub fn name_of_nothing(source: &Source, span: Span, name: &str, near: Option<&str>) -> Diagnostic {
    let message = format!("nothing on this site is called `{name}`");
    did_you_mean(Diagnostic::warning(source, span, message), near).hint(
        "names of companies, articles, pages and partnerships can be linked to, and their ids",
    )
}

/// A name between double brackets of a company that is in the built-in list only.
#[must_use]
pub fn name_without_page(source: &Source, span: Span, name: &str, id: &str) -> Diagnostic {
    let message = format!("the company `{name}` has no page on this site");
    Diagnostic::warning(source, span, message).hint(format!(
        "name `{id}` in the `companies` of an article, or `tearsheet company add {id}`"
    ))
}

/// A name between double brackets that several pages have.
#[must_use]
pub fn name_of_several(source: &Source, span: Span, name: &str) -> Diagnostic {
    Diagnostic::warning(source, span, format!("several things on this site are called `{name}`"))
        .hint("name the file with its folder, `[[2022/05/leica]]`")
}

/// A path to a file that is not there.
#[must_use]
pub fn no_file(source: &Source, span: Span, path: &str, near: Option<&str>) -> Diagnostic {
    did_you_mean(Diagnostic::warning(source, span, format!("there is no file {path}")), near)
        .hint("paths begin at the file they stand in, or with `@/` in content/")
}

/// A file that is a page of its own, with whatever scripts it has.
#[must_use]
pub fn page_beside(source: &Source, span: Span, path: &str) -> Diagnostic {
    let message = format!("{path} is not published: it could run scripts as a page of this site");
    Diagnostic::warning(source, span, message)
        .hint("put it into static/ if you trust it, and link to it from the root of the site")
}

/// A text that is there, but is no part of the site now.
#[must_use]
pub fn not_shown(source: &Source, span: Span, path: &str) -> Diagnostic {
    Diagnostic::warning(source, span, format!("{path} is not on the site"))
        .hint("it is a draft, or its day is still to come")
}

/// A file beside a text whose place in the output folder is not free.
#[must_use]
pub fn media_taken(source: &Source, span: Span, path: &str) -> Diagnostic {
    Diagnostic::error(source, span, format!("two files want the address /{path}"))
        .hint("give this one another name; files beside texts are published below /media/")
}

/// A link of a page, as it was made, that leads nowhere.
#[must_use]
pub fn broken_link(
    source: Option<&Source>,
    page: &str,
    target: &str,
    anchor: Option<&str>,
) -> Diagnostic {
    let message = match anchor {
        Some(anchor) => format!("{page} links to #{anchor} on {target}, which is not there"),
        None => format!("{page} links to {target}, which is not there"),
    };
    match source {
        Some(source) => {
            // As it is written there, most likely.
            let written = anchor.map_or_else(|| target.to_owned(), |anchor| format!("#{anchor}"));
            let at = source.text.find(&written);
            let span = at.map_or(0..0, |at| at..at + written.len());
            Diagnostic::warning(source, span, message)
        }
        None => Diagnostic::new(Severity::Warning, message)
            .hint("the link is made by a template, or stands in a page of content/"),
    }
}

/// A link elsewhere that does not work.
#[must_use]
pub fn dead_web_link(source: &Source, span: Span, address: &str, why: &str) -> Diagnostic {
    Diagnostic::warning(source, span, format!("{address} cannot be read: {why}"))
}

/// A link elsewhere that has moved for good.
#[must_use]
pub fn moved_web_link(source: &Source, span: Span, address: &str, new: &str) -> Diagnostic {
    Diagnostic::warning(source, span, format!("{address} has moved")).hint(format!("to {new}"))
}

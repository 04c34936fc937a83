//! Templates and themes.

use super::{Diagnostic, Severity, did_you_mean};
use crate::source::{Source, Span};

/// A template that does not parse or render.
#[must_use]
pub fn template(source: &Source, span: Span, message: &str, hints: Vec<String>) -> Diagnostic {
    hints.into_iter().fold(Diagnostic::error(source, span, message), Diagnostic::hint)
}

/// Two templates with one component.
#[must_use]
pub fn component_twice(source: &Source, span: Span, name: &str, other: &str) -> Diagnostic {
    Diagnostic::error(source, span, format!("the component `{name}` is there twice"))
        .hint(format!("the other one is in {other}: give one of them another name"))
}

/// A template error without a place.
#[must_use]
pub fn template_unplaced(message: &str) -> Diagnostic {
    Diagnostic::new(Severity::Error, format!("template: {message}"))
}

/// A mistake in a component, with the text that calls it.
#[must_use]
pub fn called_at(diagnostic: Diagnostic, source: &Source, span: &Span) -> Diagnostic {
    let (line, column) = source.line_column(span.start);
    diagnostic.hint(format!("called at {}:{line}:{column}", source.path))
}

/// A page that a template failed on, named for context.
#[must_use]
pub fn while_rendering(diagnostic: Diagnostic, page: &str) -> Diagnostic {
    Diagnostic { pages: vec![page.to_owned()], ..diagnostic }
}

/// A call of a component where it cannot stand.
#[must_use]
pub fn call_in_tag(source: &Source, span: Span) -> Diagnostic {
    Diagnostic::error(source, span, "a component cannot be called inside of a link or a tag")
        .hint("call it beside the link, or let the component make the link")
}

/// A theme that is not there.
#[must_use]
pub fn no_theme(source: &Source, span: Span, name: &str, near: Option<&str>) -> Diagnostic {
    let message = format!("there is no theme in themes/{name}/");
    did_you_mean(Diagnostic::error(source, span, message), near)
        .hint("a theme is a folder in themes/ with its own templates/ and static/; leave `theme` out for the default one")
}

/// A template that makes no page.
#[must_use]
pub fn unused_template(source: &Source, near: Option<&str>) -> Diagnostic {
    did_you_mean(Diagnostic::warning(source, 0..0, "no page is made by this template"), near)
}

//! What an author can fix: a message, the place it is about, and a way out.
//!
//! All wording is in this folder, one constructor per message, so that it can be read and kept in one
//! voice.

mod check;
mod fields;
mod links;
mod site;
mod templates;

use std::borrow::Cow;

use annotate_snippets::{AnnotationKind, Group, Level, Origin, Renderer, Snippet};

pub use check::*;
pub use fields::*;
pub use links::*;
pub use site::*;
pub use templates::*;

use crate::source::{Source, Span, floor, line_start};

/// How bad it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// The site cannot be built rightly.
    Error,
    /// The site is built, but something is probably not meant.
    Warning,
    /// Nothing is wrong, but a person should look.
    Note,
}

/// A message for the author, with its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// Error or warning.
    pub severity: Severity,
    /// What is wrong, in one line.
    pub message: String,
    /// The file and the bytes in it.
    pub place: Option<(Source, Span)>,
    /// What to do about it.
    pub hints: Vec<String>,
    /// The addresses of the pages that it was found on, where that is not its place.
    pub pages: Vec<String>,
}

impl Diagnostic {
    fn new(severity: Severity, message: impl Into<String>) -> Self {
        Self {
            severity,
            message: brief(message.into()),
            place: None,
            hints: Vec::new(),
            pages: Vec::new(),
        }
    }

    fn error(source: &Source, span: Span, message: impl Into<String>) -> Self {
        let mut new = Self::new(Severity::Error, message);
        new.place = Some((source.clone(), span));
        new
    }

    fn warning(source: &Source, span: Span, message: impl Into<String>) -> Self {
        Self { severity: Severity::Warning, ..Self::error(source, span, message) }
    }

    fn note(source: &Source, span: Span, message: impl Into<String>) -> Self {
        Self { severity: Severity::Note, ..Self::error(source, span, message) }
    }

    fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hints.push(brief(hint.into()));
        self
    }

    /// Whether it only asks a person to look.
    #[must_use]
    pub fn is_note(&self) -> bool {
        self.severity == Severity::Note
    }

    /// Whether the site cannot be built with it.
    #[must_use]
    pub fn is_error(&self) -> bool {
        self.severity == Severity::Error
    }

    /// What it says, whatever it says it of.
    #[must_use]
    pub fn kind(&self) -> String {
        let parts = self.message.split('`').enumerate();
        parts.map(|(at, part)| if at % 2 == 1 { "…" } else { part }).collect()
    }

    /// File, line and column, both from 1.
    #[must_use]
    pub fn position(&self) -> Option<(&str, usize, usize)> {
        let (source, span) = self.place.as_ref()?;
        let (line, column) = source.line_column(span.start);
        Some((&source.path, line, column))
    }

    /// The message as a terminal shows it, with the line and carets under the place.
    #[must_use]
    pub fn render(&self, colour: bool) -> String {
        let level = match self.severity {
            Severity::Error => Level::ERROR,
            Severity::Warning => Level::WARNING,
            Severity::Note => Level::NOTE,
        };
        let mut group: Group<'_>;
        let title = level.primary_title(self.message.as_str());
        if let Some((source, span)) = &self.place {
            let (line, column) = source.line_column(span.start);
            let whole = clamp(&source.text, span);
            let (shown, span) = excerpt(&source.text, &whole);
            let is_cut = whole.start - span.start != line_start(&source.text, whole.start);
            let snippet = Snippet::source(shown)
                .line_start(line)
                .annotation(AnnotationKind::Primary.span(span));
            // Whoever draws a line that was cut would count its columns from the cut.
            group = if is_cut {
                let origin = Origin::path(&*source.path).line(line).char_column(column);
                title.element(origin).element(snippet)
            } else {
                title.element(snippet.path(&*source.path))
            };
        } else {
            group = Group::with_title(title);
        }
        let hints = self.all_hints();
        for hint in &hints {
            group = group.element(Level::HELP.with_name("hint").message(hint.as_str()));
        }
        let renderer = if colour { Renderer::styled() } else { Renderer::plain() };
        renderer.render(&[group])
    }

    /// The hints, and where it was found.
    fn all_hints(&self) -> Vec<String> {
        let mut hints = self.hints.clone();
        match &self.pages[..] {
            [] => {}
            [page] => hints.push(format!("found while rendering {page}")),
            [page, more @ ..] => {
                hints.push(format!("found while rendering {page} and {} more pages", more.len()));
            }
        }
        hints
    }

    /// The message as data, for editors and CI.
    #[must_use]
    pub fn json(&self) -> serde_json::Value {
        let position = self.position();
        let end = self.place.as_ref().map(|(source, span)| source.line_column(span.end));
        serde_json::json!({
            "severity": match self.severity {
                Severity::Error => "error",
                Severity::Warning => "warning",
                Severity::Note => "note",
            },
            "message": self.message,
            "file": position.map(|p| p.0),
            "line": position.map(|p| p.1),
            "column": position.map(|p| p.2),
            "end_line": end.map(|p| p.0),
            "end_column": end.map(|p| p.1),
            "hints": self.all_hints(),
        })
    }

    /// The message as a workflow command of GitHub.
    #[must_use]
    pub fn github(&self) -> String {
        let data = |text: &str| text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A");
        let property = |text: &str| data(text).replace(':', "%3A").replace(',', "%2C");
        let command = match self.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Note => "notice",
        };
        let place = self.position().map_or_else(String::new, |(path, line, column)| {
            format!(" file={},line={line},col={column}", property(path))
        });
        let hints = self.all_hints();
        let lines: Vec<&str> =
            std::iter::once(&self.message).chain(&hints).map(String::as_str).collect();
        format!("::{command}{place}::{}", data(&lines.join("\n")))
    }
}

/// How many characters of a quoted value are shown.
const LONGEST_VALUE: usize = 80;

/// How many characters of a message are shown, whatever is in it.
const LONGEST_MESSAGE: usize = 2000;

/// A message that can be read, though a value that it quotes may be megabytes long.
fn brief(message: String) -> String {
    if message.len() <= LONGEST_VALUE {
        return message;
    }
    let parts = message.split('`').enumerate().map(|(at, part)| {
        let is_quoted = at % 2 == 1;
        if is_quoted { ends(part, LONGEST_VALUE) } else { part.into() }
    });
    ends(&parts.collect::<Vec<_>>().join("`"), LONGEST_MESSAGE).into_owned()
}

/// The beginning and the end of a text that has more characters than may be shown.
fn ends(text: &str, most: usize) -> Cow<'_, str> {
    if text.chars().nth(most).is_none() {
        return text.into();
    }
    let begin: String = text.chars().take(most / 2).collect();
    let end = text.char_indices().rev().nth(most / 2 - 1).map_or(0, |(at, _)| at);
    format!("{begin}…{}", &text[end..]).into()
}

/// Keeps a span inside the text, on character boundaries.
fn clamp(text: &str, span: &Span) -> Span {
    let start = floor(text, span.start);
    // A group of fields goes on to where the next one begins.
    let end = floor(text, span.end).max(start);
    start..start + text[start..end].trim_end().len()
}

/// How many bytes of a line are shown on each side of a place.
const AROUND: usize = 200;

/// The lines that a span is in, cut where they are long, and the span in them: whoever draws them looks
/// at all of what he is given.
fn excerpt<'a>(text: &'a str, span: &Span) -> (&'a str, Span) {
    let from = line_start(text, span.start);
    let to = text[span.end..].find('\n').map_or(text.len(), |at| span.end + at);
    let from = from.max(floor(text, span.start.saturating_sub(AROUND)));
    let to = to.min(floor(text, span.end.min(span.start + AROUND) + AROUND));
    (&text[from..to], span.start - from..span.end.min(to) - from)
}

/// The known name that the unknown one was probably meant to be.
#[must_use]
pub fn nearest<'a>(name: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let length = name.chars().count();
    // Names of other lengths are that far apart at least, and long ones take long to compare.
    let is_as_long = |other: &&str| other.chars().count().abs_diff(length) * 3 <= length.max(3);
    let is_begun = |other: &str| name.len() >= 4 && other.starts_with(name);
    known
        .into_iter()
        .filter(|candidate| is_as_long(candidate) || is_begun(candidate))
        .map(|candidate| (strsim::damerau_levenshtein(name, candidate), candidate))
        .filter(|&(distance, candidate)| distance * 3 <= length.max(3) || is_begun(candidate))
        .min()
        .map(|(_, candidate)| candidate)
}

/// Sorts by file and place, so that the order never depends on threads.
pub fn sort(diagnostics: &mut Vec<Diagnostic>) {
    let key = |d: &Diagnostic| {
        let place = d.place.as_ref();
        (
            place.map(|p| p.0.path.to_string()),
            place.map(|p| (p.1.start, p.1.end)),
            d.severity,
            d.message.clone(),
        )
    };
    diagnostics.sort_by_cached_key(key);
    // What is wrong on many pages is told once, with the first of them.
    diagnostics.dedup_by(|later, first| {
        let same = later.message == first.message
            && (later.severity, &later.place) == (first.severity, &first.place)
            && later.hints == first.hints;
        if same {
            first.pages.append(&mut later.pages);
            first.pages.sort();
            first.pages.dedup();
        }
        same
    });
}

fn did_you_mean(diagnostic: Diagnostic, near: Option<&str>) -> Diagnostic {
    match near {
        Some(near) => diagnostic.hint(format!("did you mean `{near}`?")),
        None => diagnostic,
    }
}

/// Words as a list, each in quotation marks.
#[must_use]
pub fn list(words: &[&str]) -> String {
    words.iter().map(|w| format!("`{w}`")).collect::<Vec<_>>().join(", ")
}

fn plural(count: usize) -> &'static str {
    if count == 1 { "" } else { "s" }
}

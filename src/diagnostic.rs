//! What an author can fix: a message, the place it is about, and a way out.
//!
//! All wording is here, one constructor per message, so that it can be read and kept in one voice.

use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};

use crate::source::{Source, Span};

/// How bad it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// The site cannot be built rightly.
    Error,
    /// The site is built, but something is probably not meant.
    Warning,
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
}

impl Diagnostic {
    fn new(severity: Severity, message: impl Into<String>) -> Self {
        Self { severity, message: message.into(), place: None, hints: Vec::new() }
    }

    fn error(source: &Source, span: Span, message: impl Into<String>) -> Self {
        let mut new = Self::new(Severity::Error, message);
        new.place = Some((source.clone(), span));
        new
    }

    fn warning(source: &Source, span: Span, message: impl Into<String>) -> Self {
        Self { severity: Severity::Warning, ..Self::error(source, span, message) }
    }

    fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hints.push(hint.into());
        self
    }

    /// Whether the site cannot be built with it.
    #[must_use]
    pub fn is_error(&self) -> bool {
        self.severity == Severity::Error
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
        };
        let mut group: Group<'_>;
        let title = level.primary_title(self.message.as_str());
        if let Some((source, span)) = &self.place {
            let span = clamp(&source.text, span);
            group = title.element(
                Snippet::source(&*source.text)
                    .path(&*source.path)
                    .annotation(AnnotationKind::Primary.span(span)),
            );
        } else {
            group = Group::with_title(title);
        }
        for hint in &self.hints {
            group = group.element(Level::HELP.with_name("hint").message(hint.as_str()));
        }
        let renderer = if colour { Renderer::styled() } else { Renderer::plain() };
        renderer.render(&[group])
    }

    /// The message as data, for editors and CI.
    #[must_use]
    pub fn json(&self) -> serde_json::Value {
        let position = self.position();
        serde_json::json!({
            "severity": match self.severity { Severity::Error => "error", Severity::Warning => "warning" },
            "message": self.message,
            "file": position.map(|p| p.0),
            "line": position.map(|p| p.1),
            "column": position.map(|p| p.2),
            "hints": self.hints,
        })
    }
}

/// Keeps a span inside the text, on character boundaries.
fn clamp(text: &str, span: &Span) -> Span {
    let floor = |mut at: usize| {
        at = at.min(text.len());
        while !text.is_char_boundary(at) {
            at -= 1;
        }
        at
    };
    let start = floor(span.start);
    start..floor(span.end).max(start)
}

/// The known name that the unknown one was probably meant to be.
#[must_use]
pub fn nearest<'a>(name: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    known
        .into_iter()
        .map(|candidate| (strsim::damerau_levenshtein(name, candidate), candidate))
        .filter(|&(distance, candidate)| {
            distance * 3 <= name.chars().count().max(3)
                || (name.len() >= 4 && candidate.starts_with(name))
        })
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
    diagnostics.dedup();
}

fn did_you_mean(diagnostic: Diagnostic, near: Option<&str>) -> Diagnostic {
    match near {
        Some(near) => diagnostic.hint(format!("did you mean `{near}`?")),
        None => diagnostic,
    }
}

fn list(words: &[&str]) -> String {
    words.iter().map(|w| format!("`{w}`")).collect::<Vec<_>>().join(", ")
}

// The messages, by what they are about.

/// A file that is not text.
#[must_use]
pub fn unreadable(path: &str, reason: &str) -> Diagnostic {
    Diagnostic::new(Severity::Error, format!("cannot read {path}: {reason}"))
        .hint("save the file as UTF-8 text, or move it out of the site")
}

/// Front matter that opens and never closes.
#[must_use]
pub fn front_matter_open(source: &Source, fence: &str) -> Diagnostic {
    Diagnostic::error(source, 0..fence.len(), "the front matter is never closed")
        .hint(format!("put a line with only `{fence}` after the last field"))
}

/// A Markdown file without front matter.
#[must_use]
pub fn front_matter_missing(source: &Source) -> Diagnostic {
    Diagnostic::error(source, 0..0, "this file has no front matter")
        .hint("begin it with a line `---`, fields such as `title: ...`, and another line `---`")
        .hint("a raw press text belongs into `inbox/`; `tearsheet import` writes the front matter")
}

/// YAML or TOML that does not parse.
#[must_use]
pub fn syntax(source: &Source, span: Span, message: &str) -> Diagnostic {
    let found = Diagnostic::error(source, span.clone(), message);
    let line_start =
        source.text[..span.start.min(source.text.len())].rfind('\n').map_or(0, |n| n + 1);
    let line = source.text[line_start..].lines().next().unwrap_or("");
    if line.contains('\t') {
        return found.hint("YAML does not allow tabs for indentation: use spaces");
    }
    if line.matches(": ").count() > 1 && !line.contains(['"', '\'']) {
        return found.hint("a value with a colon in it needs quotation marks around it");
    }
    found
}

/// The same key twice.
#[must_use]
pub fn duplicate_key(source: &Source, span: Span, key: &str) -> Diagnostic {
    Diagnostic::error(source, span, format!("`{key}` is given twice")).hint("keep one of them")
}

/// YAML features that a front matter does not need.
#[must_use]
pub fn no_anchors(source: &Source, span: Span) -> Diagnostic {
    Diagnostic::error(source, span, "YAML anchors and aliases (`&name`, `*name`) are not read")
        .hint("write the value out; a value that begins with `&` or `*` needs quotation marks")
}

/// Too deep or too many nodes.
#[must_use]
pub fn too_large(source: &Source, span: Span) -> Diagnostic {
    Diagnostic::error(source, span, "this front matter is too large or too deeply nested")
}

/// A value of the wrong shape.
#[must_use]
pub fn expected(source: &Source, span: Span, key: &str, what: &str) -> Diagnostic {
    Diagnostic::error(source, span, format!("`{key}` should be {what}"))
}

/// A date that is none.
#[must_use]
pub fn bad_date(source: &Source, span: Span, key: &str, text: &str) -> Diagnostic {
    Diagnostic::error(source, span, format!("`{text}` in `{key}` is not a date"))
        .hint("write 2022-05-23, 2022-05 or 2022, with `~` behind it for about, `?` for in doubt")
        .hint("leave the field out when the date is not known")
}

/// A word outside a closed list.
#[must_use]
pub fn bad_word(source: &Source, span: Span, key: &str, word: &str, known: &[&str]) -> Diagnostic {
    let near = nearest(word, known.iter().copied());
    did_you_mean(Diagnostic::error(source, span, format!("unknown {key} `{word}`")), near)
        .hint(format!("known are {}", list(known)))
}

/// A language tag that is none.
#[must_use]
pub fn bad_language(source: &Source, span: Span, tag: &str) -> Diagnostic {
    Diagnostic::error(source, span, format!("`{tag}` is not a language tag"))
        .hint("write `en`, `vi`, `zh-Hant`, `pt-BR`")
}

/// A link that leads nowhere on the web.
#[must_use]
pub fn bad_address(source: &Source, span: Span, address: &str) -> Diagnostic {
    Diagnostic::error(source, span, format!("`{address}` is not the address of a web page"))
        .hint("write the whole address, `https://example.com/page`")
}

/// An old address that is none, or that leads out of the site.
#[must_use]
pub fn bad_alias(source: &Source, span: Span, address: &str) -> Diagnostic {
    Diagnostic::error(source, span, format!("`{address}` is not an address on this site"))
        .hint("write the old address from the root of the site, `/old/address/`")
}

/// A company id with no file, near one that has.
#[must_use]
pub fn unknown_company(source: &Source, span: Span, id: &str, near: &str) -> Diagnostic {
    Diagnostic::warning(source, span, format!("unknown company `{id}`"))
        .hint(format!("did you mean `{near}`? companies live in content/companies/"))
}

/// A company id that is not shaped like one.
#[must_use]
pub fn bad_company_id(source: &Source, span: Span, id: &str, proposal: &str) -> Diagnostic {
    Diagnostic::error(source, span, format!("`{id}` cannot be a company's id"))
        .hint(format!("ids are lowercase words joined by hyphens: `{proposal}`"))
}

/// A key we do not know, close to one we do.
#[must_use]
pub fn near_miss(source: &Source, span: Span, key: &str, near: &str) -> Diagnostic {
    Diagnostic::warning(source, span, format!("unknown key `{key}`")).hint(format!(
        "did you mean `{near}`? as it stands, only templates see it, as `extra.{key}`"
    ))
}

/// A partnership of fewer than two companies.
#[must_use]
pub fn lonely_party(source: &Source, span: Span) -> Diagnostic {
    Diagnostic::error(source, span, "a partnership needs at least two different parties")
        .hint("write `parties: [xiaomi, leica-camera]`")
}

/// Evidence that the body does not contain.
#[must_use]
pub fn evidence_missing(source: &Source, span: Span) -> Diagnostic {
    Diagnostic::warning(source, span, "these words are not in the article's body")
        .hint("evidence is quoted exactly; copy the sentence from the body, or delete the field")
}

/// Two files that want the same address.
#[must_use]
pub fn address_taken(source: &Source, address: &str, other: &str) -> Diagnostic {
    Diagnostic::error(source, 0..0, format!("two pages want the address {address}"))
        .hint(format!("the other one is {other}"))
        .hint("give one of the files another name")
}

/// Two different tags with one slug.
#[must_use]
pub fn tag_collision(source: &Source, tag: &str, other: &str, slug: &str) -> Diagnostic {
    Diagnostic::error(source, 0..0, format!("the tags `{tag}` and `{other}` want one address"))
        .hint(format!("both become /tags/{slug}/: use one spelling in all articles"))
}

/// A tag without a letter or digit.
#[must_use]
pub fn empty_tag(source: &Source, span: Span, tag: &str) -> Diagnostic {
    Diagnostic::error(source, span, format!("the tag `{tag}` has no letter or digit"))
}

/// Two files that define one company.
#[must_use]
pub fn company_twice(source: &Source, id: &str, other: &str) -> Diagnostic {
    Diagnostic::error(source, 0..0, format!("company `{id}` is defined twice"))
        .hint(format!("the other file is {other}"))
}

/// A template that does not parse or render.
#[must_use]
pub fn template(source: &Source, span: Span, message: &str) -> Diagnostic {
    Diagnostic::error(source, span, message)
}

/// A template error without a place.
#[must_use]
pub fn template_unplaced(message: &str) -> Diagnostic {
    Diagnostic::new(Severity::Error, format!("template: {message}"))
}

/// A page that a template failed on, named for context.
#[must_use]
pub fn while_rendering(diagnostic: Diagnostic, page: &str) -> Diagnostic {
    diagnostic.hint(format!("found while rendering {page}"))
}

/// A link to a page that is not there.
#[must_use]
pub fn dead_link(source: &Source, span: Span, target: &str, near: Option<&str>) -> Diagnostic {
    did_you_mean(
        Diagnostic::warning(source, span, format!("no page has the address {target}")),
        near,
    )
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

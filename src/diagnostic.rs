//! What an author can fix: a message, the place it is about, and a way out.
//!
//! All wording is here, one constructor per message, so that it can be read and kept in one voice.

use std::borrow::Cow;

use annotate_snippets::{AnnotationKind, Group, Level, Origin, Renderer, Snippet};

use crate::model::{Language, PartialDate};
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

    fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hints.push(brief(hint.into()));
        self
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
            "severity": match self.severity { Severity::Error => "error", Severity::Warning => "warning" },
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
    let floor = |mut at: usize| {
        at = at.min(text.len());
        while !text.is_char_boundary(at) {
            at -= 1;
        }
        at
    };
    let start = floor(span.start);
    // A group of fields goes on to where the next one begins.
    let end = floor(span.end).max(start);
    start..start + text[start..end].trim_end().len()
}

/// Where the line begins that a byte is in.
fn line_start(text: &str, at: usize) -> usize {
    text[..at].rfind('\n').map_or(0, |at| at + 1)
}

/// How many bytes of a line are shown on each side of a place.
const AROUND: usize = 200;

/// The lines that a span is in, cut where they are long, and the span in them: whoever draws them looks
/// at all of what he is given.
fn excerpt<'a>(text: &'a str, span: &Span) -> (&'a str, Span) {
    let from = line_start(text, span.start);
    let to = text[span.end..].find('\n').map_or(text.len(), |at| span.end + at);
    let whole = |at: usize| clamp(text, &(at..at)).start;
    let from = from.max(whole(span.start.saturating_sub(AROUND)));
    let to = to.min(whole(span.end.min(span.start + AROUND) + AROUND));
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
    let other = if fence == "---" { "+++" } else { "---" };
    let hint = if source.text.lines().skip(1).any(|line| line.trim_end() == other) {
        format!("it begins with `{fence}`, so it has to end with `{fence}` and not with `{other}`")
    } else {
        format!("put a line with only `{fence}` after the last field")
    };
    Diagnostic::error(source, 0..fence.len(), "the front matter is never closed").hint(hint)
}

/// A Markdown file without front matter.
#[must_use]
pub fn front_matter_missing(source: &Source) -> Diagnostic {
    Diagnostic::error(source, 0..0, "this file has no front matter")
        .hint("begin it with a line `---`, fields such as `title: ...`, and another line `---`")
        .hint("a raw press text belongs into `inbox/`; `tearsheet import` writes the front matter")
}

/// YAML or TOML that does not parse, with what the parser says of it.
#[must_use]
pub fn syntax(source: &Source, span: Span, message: &str) -> Diagnostic {
    let line = source.line_at(span.start);
    let is_toml = source.text.starts_with("+++") || source.path.ends_with("toml");
    let (message, hint) =
        if is_toml { in_words_of_toml(message, line) } else { in_words_of_yaml(message, line) };
    let found = Diagnostic::error(source, span, message);
    match hint {
        Some(hint) => found.hint(hint),
        None => found,
    }
}

/// What a parser of TOML says of a line, in the words of somebody who fills in fields, and a way out.
fn in_words_of_toml(message: &str, line: &str) -> (String, Option<String>) {
    if message.starts_with("key with no value") && line.contains(':') {
        return (
            "between `+++` a field is written `key = value`".to_owned(),
            Some("for fields written `key: value` put `---` around them instead of `+++`".into()),
        );
    }
    if message.contains("must be quoted") || message.starts_with("invalid float") {
        let written = line.split_once('=').filter(|(_, value)| !value.contains(['"', '\'', '\\']));
        let written =
            written.map(|(key, value)| format!("write `{} = \"{}\"`", key.trim(), value.trim()));
        return ("a text needs quotation marks".to_owned(), written);
    }
    (message.to_owned(), None)
}

/// The same for YAML.
fn in_words_of_yaml(message: &str, line: &str) -> (String, Option<String>) {
    let told = |text: &str, hint: &str| (text.to_owned(), Some(hint.to_owned()));
    if message.contains("tab") && message.contains("disallowed") || line.starts_with('\t') {
        return told("there is a tab where only spaces may stand", "indent the line with spaces");
    }
    if message.contains("mapping values are not allowed") {
        let value = line.split_once(": ").filter(|(_, value)| value.contains(": "));
        return match value {
            // In single quotation marks only these themselves have to be written twice.
            Some((key, value)) => (
                "a value with `: ` in it needs quotation marks".to_owned(),
                Some(if value.contains(['"', '\\']) {
                    format!("write `{}: '{}'`", key.trim(), value.trim().replace('\'', "''"))
                } else {
                    format!("write `{}: \"{}\"`", key.trim(), value.trim())
                }),
            ),
            None => told(
                "this line is indented as if it belonged to the one before",
                "begin each field at the start of its line",
            ),
        };
    }
    if let Some(sign) = message.strip_prefix("unexpected character: ") {
        let sign = sign.trim_matches(['`', '\'']);
        let text = format!("a value cannot begin with `{sign}`");
        return (text, Some("put quotation marks around the value".to_owned()));
    }
    if message.contains("unknown anchor") {
        return told("a value cannot begin with `*`", "put quotation marks around the value");
    }
    if message.contains("multiline quoted scalar") {
        return told(
            "a quotation mark that was opened above is never closed",
            "close it at the end of the value; a quotation mark inside of it is written `\\\"`",
        );
    }
    if message.contains("illegal placement of ':'") {
        return told(
            "a list or a group that was opened above is never closed",
            "close it with `]` or `}`",
        );
    }
    (message.to_owned(), None)
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

/// A body with more Markdown than there is memory for.
#[must_use]
pub fn too_many_marks(source: &Source, span: Span, most: usize) -> Diagnostic {
    let message = format!("the text has more than {most} lines and marks of Markdown");
    Diagnostic::error(source, span, message)
        .hint("split it into several articles, or publish it as a file in static/ and link to it")
}

/// An article about everybody or everything: `what` are companies or tags.
#[must_use]
pub fn too_many(source: &Source, span: Span, what: &str, count: usize, most: usize) -> Diagnostic {
    let message = format!("the article names {count} {what}, more than {most}");
    Diagnostic::error(source, span, message).hint("name those that it is about")
}

/// More links that lead nowhere than anybody would read.
#[must_use]
pub fn more_dead_links(source: &Source, count: usize) -> Diagnostic {
    Diagnostic::warning(source, 0..0, format!("{count} more links of this text lead nowhere"))
}

/// A value of the wrong shape.
#[must_use]
pub fn expected(source: &Source, span: Span, key: &str, what: &str) -> Diagnostic {
    Diagnostic::error(source, span, format!("`{key}` should be {what}"))
}

/// A date that is none.
#[must_use]
pub fn bad_date(source: &Source, span: Span, key: &str, text: &str) -> Diagnostic {
    let found = Diagnostic::error(source, span, format!("`{text}` in `{key}` is not a date"));
    let found = match turned(text) {
        Some((one, Some(other))) => found.hint(format!("did you mean `{one}` or `{other}`?")),
        Some((one, None)) => found.hint(format!("did you mean `{one}`?")),
        None => found,
    };
    found
        .hint("write 2022-05-23, 2022-05 or 2022, with `~` behind it for about, `?` for in doubt")
        .hint("leave the field out when the date is not known")
}

/// A day that is written with the year at its end, in our way; two where it can mean two.
fn turned(text: &str) -> Option<(PartialDate, Option<PartialDate>)> {
    let parts: Vec<u16> =
        text.split(['/', '.', '-']).map(|part| part.trim().parse().ok()).collect::<Option<_>>()?;
    let [one, other, year] = parts[..] else { return None };
    let year = i16::try_from(year).ok().filter(|year| *year >= 1000)?;
    let day = |day: u16, month: u16| {
        PartialDate::day(year, u8::try_from(month).ok()?, u8::try_from(day).ok()?)
    };
    match (day(one, other), day(other, one)) {
        (Some(one), Some(other)) if one != other => Some((one, Some(other))),
        (one, other) => Some((one.or(other)?, None)),
    }
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
    let message = format!("`{address}` is not the address of a web page");
    let is_bare = address.contains('.') && !address.contains([':', ' ']);
    let written = if is_bare { address } else { "example.com/page" };
    Diagnostic::error(source, span, message)
        .hint(format!("write the whole address, `https://{written}`"))
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
    let found = Diagnostic::error(source, span, format!("`{id}` cannot be a company's id"));
    if id.contains(',') {
        let ids: Vec<&str> = id.split(',').map(str::trim).filter(|id| !id.is_empty()).collect();
        return found.hint(format!("several companies are a list: `[{}]`", ids.join(", ")));
    }
    found.hint(format!("ids are lowercase words joined by hyphens: `{proposal}`"))
}

/// A key we do not know, close to one we do.
#[must_use]
pub fn near_miss(source: &Source, span: Span, key: &str, near: &str) -> Diagnostic {
    Diagnostic::warning(source, span, format!("unknown key `{key}`")).hint(format!(
        "did you mean `{near}`? as it stands, only templates see it, as `extra.{key}`"
    ))
}

/// A key that nobody will ever see.
#[must_use]
pub fn unknown_key(
    source: &Source,
    span: Span,
    key: &str,
    near: Option<&str>,
    hint: Option<&str>,
) -> Diagnostic {
    let found = Diagnostic::warning(source, span, format!("unknown key `{key}`"));
    match (near, hint) {
        (None, Some(hint)) => found.hint(hint),
        _ => did_you_mean(found, near),
    }
}

/// A company that became a part of itself.
#[must_use]
pub fn merged_into_itself(source: &Source, id: &str) -> Diagnostic {
    let at = source.text.find("merged_into").unwrap_or(0);
    let span = at..source.text[at..].find('\n').map_or(at, |length| at + length);
    Diagnostic::error(source, span, format!("`{id}` cannot be merged into itself"))
        .hint("`merged_into` names the company that it became a part of")
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

/// An old id of a company under which another one is described.
#[must_use]
pub fn former_id_in_use(source: &Source, id: &str) -> Diagnostic {
    Diagnostic::error(source, 0..0, format!("`{id}` is not a former id: a company of today has it"))
        .hint(format!("take it out of `former_ids`, or delete content/companies/{id}.md"))
        .hint("a company that became a part of this one says so itself, with `merged_into`")
}

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

/// A theme that is not there.
#[must_use]
pub fn no_theme(source: &Source, span: Span, name: &str, near: Option<&str>) -> Diagnostic {
    let message = format!("there is no theme in themes/{name}/");
    did_you_mean(Diagnostic::error(source, span, message), near)
        .hint("a theme is a folder in themes/ with its own templates/ and static/; leave `theme` out for the default one")
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
        .hint("it is a draft, or its date is still to come")
}

/// A file beside a text whose place in the output folder is not free.
#[must_use]
pub fn media_taken(source: &Source, span: Span, path: &str) -> Diagnostic {
    Diagnostic::error(source, span, format!("two files want the address /{path}"))
        .hint("give this one another name; files beside texts are published below /media/")
}

/// A call in a text that may call nothing.
#[must_use]
pub fn stray_call(source: &Source, span: Span) -> Diagnostic {
    Diagnostic::warning(source, span, "components are not called in this text")
        .hint("write `components: true` above it if they shall be")
}

/// A static file in the place of a page.
#[must_use]
pub fn static_page(path: &str, address: &str) -> Diagnostic {
    let message = format!("static/{path} takes the place of the page {address}");
    Diagnostic::new(Severity::Warning, message).hint("give one of the two another name")
}

/// Markdown where nobody looks for it.
#[must_use]
pub fn misplaced(path: &str, places: &[&str]) -> Diagnostic {
    let message = format!("{path} is no part of the site");
    let places: Vec<String> = places.iter().map(|place| format!("content/{place}/")).collect();
    Diagnostic::new(Severity::Warning, message)
        .hint(format!("Markdown lies in {}", places.join(", ")))
}

/// A template that makes no page.
#[must_use]
pub fn unused_template(source: &Source, near: Option<&str>) -> Diagnostic {
    did_you_mean(Diagnostic::warning(source, 0..0, "no page is made by this template"), near)
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

// What `check` finds.

/// Dates that contradict each other.
#[must_use]
pub fn sources_disagree(
    source: &Source,
    span: Span,
    relation: &str,
    field: &str,
    values: &[(String, usize)],
) -> Diagnostic {
    let told: Vec<String> = values
        .iter()
        .map(|(date, origins)| format!("{date} ({origins} origin{})", plural(*origins)))
        .collect();
    let what = if field == "start" { "began" } else { "ended" };
    let preferred = &values[0].0;
    Diagnostic::warning(
        source,
        span,
        format!("sources disagree on when {relation} {what}: {}", told.join(", ")),
    )
    .hint(format!("the site shows all, {preferred} first"))
    .hint(format!(
        "to decide, write `prefer: {{ {field}: {preferred}, reason: \"...\" }}` into \
         content/partnerships/{relation}.md"
    ))
}

/// An article dated after the day it was fetched.
#[must_use]
pub fn after_retrieval(
    source: &Source,
    span: Span,
    date: PartialDate,
    retrieved: PartialDate,
) -> Diagnostic {
    Diagnostic::warning(source, span, format!("published {date}, but fetched {retrieved}"))
        .hint("one of the two dates is wrong")
}

/// An article of a day that is still to come.
#[must_use]
pub fn in_the_future(source: &Source, span: Span, date: PartialDate) -> Diagnostic {
    Diagnostic::warning(source, span, format!("{date} is still to come"))
        .hint("until then the article is left out of the site, unless `--future` is given")
}

/// An event that an article told of before it happened.
#[must_use]
pub fn told_before(
    source: &Source,
    span: Span,
    date: PartialDate,
    published: PartialDate,
) -> Diagnostic {
    Diagnostic::warning(source, span, format!("an article of {published} cannot tell of {date}"))
        .hint("`date` is the day of the event; what is planned belongs into `start` or `end`")
}

/// A relation that ends before it begins.
#[must_use]
pub fn ends_before(
    source: &Source,
    span: Span,
    start: PartialDate,
    end: PartialDate,
) -> Diagnostic {
    Diagnostic::warning(source, span, format!("it ends {end}, before it begins {start}"))
}

/// A relation older than one of its parties.
#[must_use]
pub fn before_founding(
    source: &Source,
    span: Span,
    date: PartialDate,
    company: &str,
    founded: PartialDate,
) -> Diagnostic {
    Diagnostic::warning(source, span, format!("{company} was founded {founded}, after {date}"))
}

/// An address that tells who clicked where.
#[must_use]
pub fn tracking(source: &Source, span: Span, clean: &str) -> Diagnostic {
    Diagnostic::warning(source, span, "this address has parameters that only track readers")
        .hint(format!("without them it is {clean}"))
}

/// Two articles from one address.
#[must_use]
pub fn same_address(source: &Source, span: Span, other: &str) -> Diagnostic {
    Diagnostic::warning(source, span, "two articles of one day come from this address")
        .hint(format!("the other one is {other}"))
}

/// One text twice from one publisher.
#[must_use]
pub fn same_text(source: &Source, other: &str) -> Diagnostic {
    Diagnostic::warning(source, 0..0, format!("most of this text is in {other} as well"))
        .hint("both name the same source: one of them is probably enough")
}

/// An article that can mean more than one event.
#[must_use]
pub fn open_story(source: &Source, others: &[String]) -> Diagnostic {
    Diagnostic::warning(source, 0..0, "this article tells no day and can mean more than one event")
        .hint(format!("it fits the stories of {}", others.join(", ")))
        .hint("give it a date, or the same `story: ...` as the article it belongs to")
}

/// A pin without another article.
#[must_use]
pub fn lonely_pin(source: &Source, pin: &str, near: Option<&str>) -> Diagnostic {
    let message = format!("no other article tells the story `{pin}`");
    did_you_mean(Diagnostic::warning(source, 0..0, message), near)
}

/// A tag that the config describes and no article has.
#[must_use]
pub fn unused_tag(config: &Source, key: &str) -> Diagnostic {
    let start = config.text.find(key).unwrap_or(0);
    let end = if config.text[start..].starts_with(key) { start + key.len() } else { start };
    Diagnostic::warning(config, start..end, format!("no article has the tag `{key}`"))
}

/// Two tags that are probably one.
#[must_use]
pub fn similar_tags(
    source: &Source,
    span: Span,
    tag: &str,
    other: &str,
    articles: usize,
) -> Diagnostic {
    Diagnostic::warning(source, span, format!("`{tag}` is much like the tag `{other}`"))
        .hint(format!("use one of them; articles with `{other}`: {articles}"))
}

/// Words of the site that are not translated.
#[must_use]
pub fn missing_words(
    config: &Source,
    language: &Language,
    missing: &[String],
    all: usize,
) -> Diagnostic {
    let key = "language";
    let start = config.text.find(key).unwrap_or(0);
    let end = if config.text[start..].starts_with(key) { start + key.len() } else { start };
    let count = missing.len();
    let message = if count == all {
        format!(
            "the theme has no words in {}: the site's own words are English",
            language.english_name()
        )
    } else {
        format!("{count} of the theme's {all} words are not there in {}", language.english_name())
    };
    let some: Vec<&str> = missing.iter().take(8).map(String::as_str).collect();
    Diagnostic::warning(config, start..end, message)
        .hint(format!("put them under `[words]` in tearsheet.toml: {}", some.join(", ")))
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
        Some(source) => Diagnostic::warning(source, 0..0, message),
        None => Diagnostic::new(Severity::Warning, message)
            .hint("the link is made by a template, or stands in a page of content/"),
    }
}

/// More of a text than its rights let out.
#[must_use]
pub fn rights_leak(
    source: &Source,
    path: &str,
    rights: &str,
    words: usize,
    limit: usize,
) -> Diagnostic {
    Diagnostic::error(source, 0..0, format!("{path} has {words} words of this text in a row"))
        .hint(format!("`rights: {rights}` allows {limit}"))
        .hint("look at the summary, and at templates of the site's own that show the text")
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

fn plural(count: usize) -> &'static str {
    if count == 1 { "" } else { "s" }
}

/// The content folder is not there.
#[must_use]
pub fn no_content() -> Diagnostic {
    Diagnostic::new(Severity::Warning, "there is no article in content/articles/")
        .hint("put raw press texts into inbox/ and run `tearsheet import`")
}

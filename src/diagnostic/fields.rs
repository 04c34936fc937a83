//! What front matter and settings say, and should not.

use super::{Diagnostic, Severity, did_you_mean, list, nearest};
use crate::model::PartialDate;
use crate::source::{Source, Span};

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
    // The parser stops where it finds out, which is long after the mistake.
    let opened = match message {
        _ if is_toml => None,
        _ if message.contains(OPEN_QUOTE) => opener(source, span.start, &['"', '\'']),
        _ if message.contains(OPEN_LIST) => opener(source, span.start, &['[', '{']),
        _ => None,
    };
    let span = opened.unwrap_or(span);
    let (message, hint) =
        if is_toml { in_words_of_toml(message, line) } else { in_words_of_yaml(message, line) };
    let found = Diagnostic::error(source, span, message);
    match hint {
        Some(hint) => found.hint(hint),
        None => found,
    }
}

/// What the parser says of a quotation mark, and of a list or group, that is never closed.
const OPEN_QUOTE: &str = "multiline quoted scalar";
const OPEN_LIST: &str = "illegal placement of ':'";

/// The last of some signs before a byte, with the rest of its line.
fn opener(source: &Source, before: usize, signs: &[char]) -> Option<Span> {
    let at = source.text.get(..before)?.rfind(signs)?;
    let end = source.text[at..].find('\n').map_or(source.text.len(), |length| at + length);
    Some(at..end)
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
/// `key:"value"`, which is one word to YAML.
fn without_space(line: &str) -> Option<(&str, &str)> {
    let (key, value) = line.trim_end().split_once(':')?;
    let is_key = !key.is_empty() && key.chars().all(|c| c.is_ascii_alphanumeric() || c == '_');
    let is_value =
        !value.is_empty() && !value.starts_with([' ', '/', '\t']) && !value.contains(": ");
    (is_key && is_value).then_some((key, value))
}

fn in_words_of_yaml(message: &str, line: &str) -> (String, Option<String>) {
    let told = |text: &str, hint: &str| (text.to_owned(), Some(hint.to_owned()));
    if message.contains("tab") && message.contains("disallowed") || line.starts_with('\t') {
        return told("there is a tab where only spaces may stand", "indent the line with spaces");
    }
    if let Some((key, value)) = without_space(line) {
        return (
            "a field needs a blank behind its colon".to_owned(),
            Some(format!("write `{key}: {value}`")),
        );
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
    if message.contains(OPEN_QUOTE) {
        return told(
            "this quotation mark is never closed",
            "close it at the end of the value; a quotation mark inside of it is written `\\\"`",
        );
    }
    if message.contains(OPEN_LIST) {
        return told("this list or group is never closed", "close it with `]` or `}`");
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

/// A kind of partnership that the site does not know.
#[must_use]
pub fn bad_kind(source: &Source, span: Span, kind: &str, known: &[&str]) -> Diagnostic {
    bad_word(source, span, "kind", kind, known)
        .hint(format!("`[kinds]` in tearsheet.toml adds one: {} = \"…\"", crate::model::slug(kind)))
}

/// A language tag that is none.
#[must_use]
pub fn bad_language(source: &Source, span: Span, tag: &str) -> Diagnostic {
    Diagnostic::error(source, span, format!("`{tag}` is not a language tag"))
        .hint("write `en`, `vi`, `zh-Hant`, `pt-BR`")
}

/// A colour that is none.
#[must_use]
pub fn bad_colour(
    source: &Source,
    span: Span,
    key: &str,
    text: &str,
    named: &[&str],
) -> Diagnostic {
    Diagnostic::error(source, span, format!("`{text}` in `{key}` is not a colour"))
        .hint(format!("write `#9c2418`, `#921`, or one of {}", list(named)))
}

/// A name that no font has.
#[must_use]
pub fn bad_font(source: &Source, span: Span, key: &str, name: &str) -> Diagnostic {
    Diagnostic::error(source, span, format!("`{name}` in `{key}` is not the name of a font"))
        .hint("write names, the first one that the reader has is taken: \"Source Serif 4, serif\"")
}

/// Text that is too much like what it stands on. `what` is the setting, `scheme` light or dark.
#[must_use]
pub fn faint(source: &Source, span: Span, what: &str, scheme: &str, contrast: f64) -> Diagnostic {
    let text = if what == "text" { "lesser text" } else { "the accent" };
    // A contrast is not rounded up to one that would do.
    let contrast = (contrast * 10.0).floor() / 10.0;
    let message = format!("{text} has a contrast of {contrast:.1} on {scheme} pages");
    Diagnostic::warning(source, span, message)
        .hint("readers need 4.5 (WCAG 2.2, level AA)")
        .hint(format!("each of both may be set: {what} = {{ light = \"#…\", dark = \"#…\" }}"))
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

/// Words that a part of the text should begin or end with, but that are not in it.
#[must_use]
pub fn passage_missing(source: &Source, span: Span) -> Diagnostic {
    Diagnostic::warning(source, span, "these words are not in the article's body")
        .hint("a passage begins and ends with words as they stand in the Markdown below")
}

/// A tag without a letter or digit.
#[must_use]
pub fn empty_tag(source: &Source, span: Span, tag: &str) -> Diagnostic {
    Diagnostic::error(source, span, format!("the tag `{tag}` has no letter or digit"))
}

/// A formula that is none.
#[must_use]
pub fn formula(source: &Source, span: Span, why: &str) -> Diagnostic {
    Diagnostic::warning(source, span, format!("this formula cannot be read: {why}"))
        .hint("it is shown as it is written; where a dollar sign is meant, write `\\$`")
}

/// A call in a text that may call nothing.
#[must_use]
pub fn stray_call(source: &Source, span: Span) -> Diagnostic {
    Diagnostic::warning(source, span, "components are not called in this text")
        .hint("write `components: true` above it if they shall be")
}

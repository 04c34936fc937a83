//! What `check` finds: facts that cannot be, and what wants a person.

use super::{Diagnostic, did_you_mean, plural};
use crate::model::{Language, PartialDate};
use crate::source::{Source, Span};

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
        .hint("where only its publication here has to wait, that is `publish_date`")
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

/// Something of an article that is not settled.
#[must_use]
pub fn needs_person(source: &Source, span: Span, what: &str) -> Diagnostic {
    Diagnostic::note(source, span, format!("needs a person: {what}"))
}

/// Two ids that are probably of one company.
#[must_use]
pub fn near_ids(source: &Source, span: Span, id: &str, like: &str, evidence: &str) -> Diagnostic {
    needs_person(source, span, &format!("`{id}` may be `{like}`: {evidence}"))
        .hint(format!("`tearsheet company merge {like} {id}` makes one company of them"))
        .hint(format!("two they stay with `different_from: [{id}]` in content/companies/{like}.md"))
}

//! Where the forms of names stand in texts.

use aho_corasick::{AhoCorasick, AhoCorasickKind, MatchKind};

use super::candidates::is_particle;
use super::cues;
use super::thresholds::CASE_MATTERS_LENGTH;
use super::words::{Script, script};
use crate::source::Span;
use crate::understand::lexicon::{self, Lexicon};

/// Finds forms of names in texts.
pub(crate) struct Forms {
    automaton: AhoCorasick,
    forms: Vec<String>,
}

impl Forms {
    pub(crate) fn new(forms: Vec<String>) -> Option<Self> {
        let automaton = AhoCorasick::builder()
            .match_kind(MatchKind::Standard)
            .ascii_case_insensitive(true)
            // One text is searched, which a faster automaton takes longer to be built for.
            .kind(Some(AhoCorasickKind::ContiguousNFA))
            .build(&forms)
            .ok()?;
        Some(Self { automaton, forms })
    }

    /// Where the forms stand as words of their own, with their numbers; of those that overlap, the
    /// longest, and inside it those that begin it or that `is_known` knows.
    pub(crate) fn places(
        &self,
        text: &str,
        lexicon: &Lexicon,
        is_known: &dyn Fn(usize) -> bool,
    ) -> Vec<(usize, Span)> {
        let mut all: Vec<(usize, Span)> = self
            .automaton
            .find_overlapping_iter(text)
            .map(|hit| (hit.pattern().as_usize(), hit.start()..hit.end()))
            .filter(|(form, span)| stands_alone(text, span, &self.forms[*form], lexicon))
            .collect();
        all.sort_by_key(|(form, span)| {
            (
                span.start,
                std::cmp::Reverse(span.len()),
                text[span.clone()] != self.forms[*form],
                *form,
            )
        });
        let mut out: Vec<(usize, Span)> = Vec::new();
        let mut inner: Vec<(usize, Span)> = Vec::new();
        for (form, span) in all {
            let within =
                |(_, before): &(usize, Span)| before.end >= span.end && before.len() > span.len();
            if let Some(longer) = out.last().filter(|before| within(before)) {
                let is_free = inner.last().is_none_or(|(_, before)| before.end <= span.start);
                if is_free && (longer.1.start == span.start || is_known(form)) {
                    inner.push((form, span));
                }
                continue;
            }
            match out.last() {
                Some((_, before)) if before.end > span.start => {
                    // `Banca Generali` against `Generali Italia`: the longer one.
                    if span.len() > before.len() && before.start < span.start {
                        out.pop();
                        out.push((form, span));
                    }
                }
                _ => out.push((form, span)),
            }
        }
        out.extend(inner);
        out
    }
}

/// Whether a span is no part of a longer word, and written as the form is.
fn stands_alone(text: &str, span: &Span, form: &str, lexicon: &Lexicon) -> bool {
    let found = &text[span.clone()];
    let (before, after) = (text[..span.start].chars().next_back(), text[span.end..].chars().next());
    let first = found.chars().next().and_then(script);
    let last = found.chars().next_back().and_then(script);
    let (before_kind, after_kind) = (before.and_then(script), after.and_then(script));
    let starts = match first {
        Some(Script::Cased) => {
            before_kind != Some(Script::Cased) && !matches!(before, Some('@' | '/' | '_' | '#'))
        }
        Some(Script::Katakana) => before_kind != Some(Script::Katakana),
        Some(Script::Hangul) => !matches!(before_kind, Some(Script::Hangul | Script::Cased)),
        _ => true,
    };
    let ends = match last {
        Some(Script::Cased) => after_kind != Some(Script::Cased),
        Some(Script::Katakana) => after_kind != Some(Script::Katakana),
        Some(Script::Hangul) => {
            let rest = &text[span.end..];
            let end = rest.find(|c| script(c) != Some(Script::Hangul)).unwrap_or(rest.len());
            is_particle(&rest[..end]) || cues::of(lexicon).executives.begins(rest, &[])
        }
        _ => true,
    };
    let long = found.chars().count() > CASE_MATTERS_LENGTH;
    let capital = |text: &str| !text.starts_with(char::is_lowercase);
    let written = found == form
        || long && capital(found) && (capital(form) || !found.chars().any(char::is_lowercase))
        || before.is_some_and(lexicon::is_dense_char)
        || after.is_some_and(lexicon::is_dense_char);
    starts && ends && written
}

//! Which candidates are no companies in any case, so that no model has to weigh them.

use rustc_hash::FxHashSet;

use super::candidates::Part;
use super::cues;
use super::evidence::{self, List};
use super::words::{Script, Word, script};
use super::{Candidate, Spelling};
use crate::source::Span;
use crate::understand::legal_forms;
use crate::understand::lexicon::Lexicon;

/// Whether a candidate needs no weighing: publishers, places, words that the article also writes in
/// small letters, and ordinary words that only begin sentences.
pub(super) fn is_ruled_out(
    candidate: &Candidate<'_>,
    parts: &[Part<'_>],
    small: &FxHashSet<String>,
    lexicon: &Lexicon,
) -> bool {
    let Candidate { form, key, places, .. } = candidate;
    let lower = form.to_lowercase();
    let Some(known) = &candidate.known else {
        let is_word = lexicon.code != "de" && !form.contains(' ') && small.contains(&lower);
        let is_place = List::Place.has(key) || cues::of(lexicon).countries.has(&lower);
        // `Head of Digital` is an English title in any language.
        let begins_title =
            |(part, span): &(usize, Span)| parts[*part].text[span.end..].starts_with(" of ");
        let is_title = List::Common("en").has(&lower) && places.iter().all(begins_title);
        return (is_place || is_word || is_title) && !has_legal_form(parts, places);
    };
    if known.own || known.media {
        return !known.own;
    }
    let code = lexicon.code;
    let is_single = !form.contains(' ') && form.chars().all(|c| script(c) == Some(Script::Cased));
    let is_word = || evidence::is_word(&lower, code);
    let is_ordinary =
        known.spelling == Spelling::Common || known.spelling == Spelling::Cased && is_word();
    let is_evident = |(number, span): &(usize, Span)| {
        is_evident_name(&parts[*number], span, known.spelling, lexicon)
    };
    is_single && is_ordinary && !places.iter().any(is_evident)
}

/// Whether an ordinary word of the list can only be a name where it stands.
fn is_evident_name(part: &Part<'_>, span: &Span, spelling: Spelling, lexicon: &Lexicon) -> bool {
    let cues = cues::of(lexicon);
    let range = part.inside(span);
    let word = part.words.get(range.start);
    let behind = part.words.get(range.end..).unwrap_or(&[]);
    let before = range.start.checked_sub(1).map(|at| part.words[at].lower.as_str());
    let text_behind = &part.text[span.end..];
    // German nouns have capitals: `eine Allianz`.
    let is_acting = cues.acts.begins("", behind);
    let is_noun = |word: &str| is_indefinite(word) || cues.definite.has(word) && !is_acting;
    if lexicon.code == "de" && before.is_some_and(is_noun) {
        return false;
    }
    let is_inside = !part.titled && word.is_none_or(|word| !word.opens);
    let is_name = |at: usize| behind.get(at).is_some_and(Word::is_capital);
    // `Inter and C6 Bank`, `Target, Walmart`
    let is_joined = is_name(0) && text_behind.starts_with([',', '&'])
        || is_name(1) && cues.conj.begins("", behind);
    let is_subject =
        spelling != Spelling::Common && is_acting || text_behind.starts_with(['\'', '’', '(']);
    is_inside || is_joined || is_subject
}

/// Whether a German word before a noun says that it is any such thing.
fn is_indefinite(word: &str) -> bool {
    matches!(
        word,
        "ein"
            | "eine"
            | "einen"
            | "einem"
            | "einer"
            | "kein"
            | "keine"
            | "keinen"
            | "jede"
            | "jeder"
            | "jedes"
            | "diese"
            | "dieser"
            | "meine"
            | "seine"
            | "ihre"
            | "unsere"
            | "neue"
    )
}

fn has_legal_form(parts: &[Part<'_>], places: &[(usize, Span)]) -> bool {
    places.iter().any(|(part, span)| {
        let text = parts[*part].text;
        legal_forms::behind(&text[span.end..]).is_some()
            || legal_forms::before(&text[..span.start]).is_some()
    })
}

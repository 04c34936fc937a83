//! Companies that no list knows, by the legal form beside their name: `Nordlys Battery AB`.

use std::sync::LazyLock;

use super::lexicon;
use crate::source::Span;

/// How many words a name may have.
const WORDS: usize = 4;

/// Legal forms behind a name and before one.
struct Forms {
    after: Vec<&'static str>,
    before: Vec<&'static str>,
}

static FORMS: LazyLock<Forms> = LazyLock::new(|| {
    let rows =
        include_str!("data/legal_forms.tsv").lines().filter_map(|line| line.split_once('\t'));
    let (mut after, mut before) = (Vec::new(), Vec::new());
    for (place, form) in rows {
        if place == "after" { after.push(form) } else { before.push(form) }
    }
    // `Co., Ltd.` before `Ltd.`
    after.sort_by_key(|form| std::cmp::Reverse(form.len()));
    before.sort_by_key(|form| std::cmp::Reverse(form.len()));
    Forms { after, before }
});

/// The names beside legal forms, with the bytes they stand at.
#[must_use]
pub fn names(text: &str) -> Vec<(Span, &str)> {
    let mut found = Vec::new();
    for form in &FORMS.after {
        for (at, _) in text.match_indices(form) {
            let whole = text[..at].ends_with(' ')
                && text[at + form.len()..].chars().next().is_none_or(|c| !c.is_alphanumeric());
            if let Some(name) = name_before(&text[..at]).filter(|_| whole) {
                let end = text[..at].trim_end().trim_end_matches(',').len();
                found.push((end - name.len()..end, name));
            }
        }
    }
    for form in &FORMS.before {
        for (at, _) in text.match_indices(form) {
            let free = text[..at].chars().next_back().is_none_or(|c| !c.is_alphanumeric());
            let from = at + form.len();
            let rest = text[from..].trim_start_matches([' ', '«', '"', '“']);
            let start = text.len() - rest.len();
            if let Some(name) = name_after(rest).filter(|_| free && start > from) {
                found.push((start..start + name.len(), name));
            }
        }
    }
    found.sort_by_key(|(span, _)| (span.start, std::cmp::Reverse(span.end)));
    found.dedup_by(|later, first| later.0.start < first.0.end);
    found
}

/// The words with capitals that end right here, without an article before them.
fn name_before(text: &str) -> Option<&str> {
    let text = text.trim_end().trim_end_matches(',');
    let mut start = text.len();
    for word in text.rsplit(' ').take(WORDS) {
        let bare = word.trim_start_matches(['(', '"', '“', '«']);
        let capital =
            bare.starts_with(char::is_uppercase) && bare.chars().any(char::is_alphanumeric);
        let broken = word.ends_with([',', ';', ':', '.']) && start < text.len();
        // `der Netzausrüster Nordfunk AG`
        let is_trade = start < text.len() && lexicon::is_german_trade(bare);
        if !capital
            || broken
            || is_trade
            || matches!(bare, "The" | "Die" | "Der" | "Das" | "Le" | "La" | "Il" | "De")
        {
            break;
        }
        start -= bare.len() + usize::from(start < text.len());
        if bare.len() < word.len() {
            break;
        }
    }
    let name = text.get(start..)?.trim_start();
    (name.chars().count() > 2).then_some(name)
}

/// The words with capitals that begin right here.
fn name_after(text: &str) -> Option<&str> {
    let mut end = 0;
    let mut at = 0;
    for word in text.split(' ').take(WORDS) {
        let bare = word.trim_end_matches([',', '.', ';', ':', '»', '"', '”', ')']);
        if !bare.starts_with(char::is_uppercase) {
            break;
        }
        end = at + bare.len();
        at += word.len() + 1;
        if bare.len() < word.len() {
            break;
        }
    }
    (text[..end].chars().count() > 2).then(|| &text[..end])
}

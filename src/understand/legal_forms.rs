//! Legal forms beside the names of companies: `Nordlys Battery AB`, `PT Sinar Abadi`.

use std::cmp::Reverse;
use std::collections::HashSet;
use std::sync::LazyLock;

use super::lexicon::Words;
use crate::model::slug;

/// Legal forms behind a name and before one, the longest first.
struct Forms {
    after: Words,
    before: Words,
}

static FORMS: LazyLock<Forms> = LazyLock::new(|| {
    let rows =
        include_str!("data/legal_forms.tsv").lines().filter_map(|line| line.split_once('\t'));
    let (mut after, mut before) = (Vec::new(), Vec::new());
    for (place, form) in rows {
        if place == "after" { after.push(form.to_owned()) } else { before.push(form.to_owned()) }
    }
    // `Co., Ltd.` before `Ltd.`
    after.sort_by_key(|form| Reverse(form.len()));
    before.sort_by_key(|form| Reverse(form.len()));
    Forms { after: Words::new(after), before: Words::new(before) }
});

/// How long the legal form is that stands at the start of what follows a name, with what is between.
#[must_use]
pub fn behind(rest: &str) -> Option<usize> {
    let form = rest.trim_start_matches([' ', ',', '\u{a0}']);
    let gap = rest.len() - form.len();
    FORMS.after.at_start(form).find_map(|after| {
        let is_dense = !after.is_ascii() && !after.starts_with('A');
        let ends = form[after.len()..].chars().next().is_none_or(|c| !c.is_alphanumeric());
        (is_dense || ends && gap > 0).then_some(gap + after.len())
    })
}

/// How long the legal form is that ends right before a name, with what is between.
#[must_use]
pub fn before(text: &str) -> Option<usize> {
    let form = text.trim_end_matches([' ', '\u{a0}', '«', '"', '“', '„']);
    let gap = text.len() - form.len();
    FORMS.before.iter().find_map(|before| {
        let rest = form.strip_suffix(before.as_str())?;
        let is_dense = !before.starts_with(|c: char| c < '\u{500}');
        let free = rest.chars().next_back().is_none_or(|c| !c.is_alphanumeric());
        (is_dense || free && gap > 0).then_some(gap + before.len())
    })
}

/// Whether a text is a legal form and nothing else.
#[must_use]
pub fn is_one(text: &str) -> bool {
    FORMS
        .after
        .iter()
        .chain(&FORMS.before)
        .any(|form| form == text || form.trim_end_matches('.') == text)
}

/// The slugs of all forms that stand behind names, and of those before.
static SLUGS: LazyLock<[HashSet<String>; 2]> = LazyLock::new(|| {
    [&FORMS.after, &FORMS.before].map(|forms| forms.iter().map(|form| slug(form)).collect())
});

/// Whether a part of an id is a legal form that stands behind names: `co-ltd`.
#[must_use]
pub fn is_slug_behind(part: &str) -> bool {
    SLUGS[0].contains(part)
}

/// Whether a part of an id is a legal form that stands before names: `pt`.
#[must_use]
pub fn is_slug_before(part: &str) -> bool {
    SLUGS[1].contains(part)
}

/// A name without the legal forms around it.
#[must_use]
pub fn strip(name: &str) -> &str {
    let mut name = name.trim();
    loop {
        let shorter = FORMS.after.iter().find_map(|form| {
            let rest = name.strip_suffix(form.as_str())?;
            let is_dense = !form.starts_with(|c: char| c < '\u{500}');
            (is_dense || rest.ends_with([' ', ',', '\u{a0}'])).then_some(rest)
        });
        let shorter = shorter.or_else(|| {
            FORMS.before.iter().find_map(|form| {
                let rest = name.strip_prefix(form.as_str())?;
                let is_dense = !form.starts_with(|c: char| c < '\u{500}');
                (is_dense || rest.starts_with([' ', '\u{a0}', '«', '"'])).then_some(rest)
            })
        });
        let marks = [' ', ',', '\u{a0}', '«', '»', '"', '“', '”', '„'];
        match shorter.map(|rest| rest.trim_matches(marks)) {
            Some(rest) if !rest.is_empty() => name = rest,
            _ => return name,
        }
    }
}

//! Which forms name the same company: with and without a legal form, inflected, abbreviated.

use std::collections::{BTreeMap, BTreeSet};

use super::GazetteerEntry;
use super::evidence::List;
use super::fold::fold;
use super::thresholds::{GENITIVE_BYTES, LISTED_FIRST_WORD_LENGTH, STEM_LENGTH};
use crate::source::Span;
use crate::understand::lexicon::Lexicon;

/// The forms that name the same thing, by what they have in common.
pub(super) fn grouped(
    list: &[(String, Option<GazetteerEntry<'_>>)],
    places: &[Vec<(usize, Span)>],
    lexicon: &Lexicon,
) -> BTreeMap<String, Vec<usize>> {
    let mut groups: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (at, (form, known)) in list.iter().enumerate() {
        if places[at].is_empty() {
            continue;
        }
        let key = match known {
            Some(known) => format!("={}", known.company),
            None => fold(form),
        };
        groups.entry(key).or_default().push(at);
    }
    // A form that is a known name in other letters, or with an ending.
    let known: BTreeMap<String, String> = list
        .iter()
        .filter_map(|(form, known)| Some((fold(form), format!("={}", known.as_ref()?.company))))
        .collect();
    let keys: Vec<String> = groups.keys().cloned().collect();
    let mut into: BTreeMap<String, String> = BTreeMap::new();
    let firsts = first_words(list);
    for key in keys.iter().filter(|key| !key.starts_with('=')) {
        // `Xiaomi Group`, and `Goldman` where the article has `Goldman Sachs`.
        let company = known.get(key).or_else(|| known.get(without_generic(key))).or_else(|| {
            let shared = firsts.get(key)?;
            shared.first().filter(|_| shared.len() == 1)
        });
        if company.is_none() && firsts.contains_key(key) {
            // `Novo`, where the article has `Novo Nordisk` and `Novo Holdings`, is neither.
            groups.remove(key);
            continue;
        }
        if let Some(company) = company {
            into.insert(key.clone(), company.clone());
            continue;
        }
        let short = without_generic(key);
        if short.len() < key.len() && groups.contains_key(short) {
            into.insert(key.clone(), short.to_owned());
            continue;
        }
        let target = keys
            .iter()
            .filter(|other| *other != key && !other.starts_with('='))
            .find(|other| is_inflected(key, other, lexicon));
        if let Some(other) = target {
            into.insert(key.clone(), other.clone());
        }
    }
    for (key, target) in into {
        // What the target went into itself.
        if groups.contains_key(&target)
            && let Some(members) = groups.remove(&key)
        {
            groups.entry(target).or_default().extend(members);
        }
    }
    groups
}

/// Words behind a name that do not tell one company from another.
const GENERIC: &[&str] = &[
    " group",
    " corporation",
    " corp",
    " company",
    " co",
    " inc",
    " gruppe",
    " konzern",
    " groupe",
    "集团",
    "集團",
    "公司",
    "グループ",
    "그룹",
    " koncernen",
    " gruppen",
    " grubu",
    " groep",
    " grup",
];

/// A folded name without such a word.
fn without_generic(key: &str) -> &str {
    let short = GENERIC.iter().find_map(|word| key.strip_suffix(word));
    short.filter(|short| short.chars().count() > 1).unwrap_or(key)
}

/// The first words of longer known names, with the companies of the article that have them.
fn first_words(
    list: &[(String, Option<GazetteerEntry<'_>>)],
) -> BTreeMap<String, BTreeSet<String>> {
    let mut found: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for (form, known) in list {
        let (Some(known), Some((first, _))) = (known, form.split_once(' ')) else { continue };
        let first = fold(first);
        if first.chars().count() > LISTED_FIRST_WORD_LENGTH
            && !List::Common("en").has(&first)
            && !List::Place.has(&first)
        {
            found.entry(first).or_default().insert(format!("={}", known.company));
        }
    }
    found
}

/// Whether a name is another one with an ending of its language.
fn is_inflected(name: &str, base: &str, lexicon: &Lexicon) -> bool {
    match lexicon.code {
        "de" | "sv" | "da" | "no" | "en" | "nl" => {
            name.len() > GENITIVE_BYTES && name.strip_suffix('s') == Some(base)
        }
        "ru" | "uk" | "pl" => {
            let (one, other): (Vec<&str>, Vec<&str>) =
                (name.split(' ').collect(), base.split(' ').collect());
            one.len() == other.len()
                && name > base
                && one.iter().zip(&other).all(|(a, b)| a == b || share_stem(a, b))
        }
        _ => false,
    }
}

/// Whether two words differ by an ending only.
fn share_stem(one: &str, other: &str) -> bool {
    let common = one.chars().zip(other.chars()).take_while(|(a, b)| a == b).count();
    let rest = |word: &str| word.chars().skip(common).collect::<String>();
    let ending = |end: &str| {
        end.is_empty()
            || matches!(
                end,
                "а" | "у"
                    | "е"
                    | "ом"
                    | "ем"
                    | "ы"
                    | "и"
                    | "ой"
                    | "ою"
                    | "ам"
                    | "ах"
                    | "ами"
                    | "ов"
                    | "я"
                    | "ю"
                    | "і"
                    | "ї"
                    | "ові"
                    | "єю"
                    | "ей"
                    | "ям"
                    | "a"
                    | "u"
                    | "em"
                    | "ie"
                    | "iem"
                    | "owi"
                    | "y"
                    | "ę"
                    | "ą"
                    | "ów"
                    | "i"
                    | "om"
                    | "ach"
                    | "ami"
                    | "e"
                    | "o"
                    | "ego"
                    | "emu"
                    | "im"
                    | "ej"
                    | "ской"
                    | "ский"
                    | "ского"
            )
    };
    common >= STEM_LENGTH && ending(&rest(one)) && ending(&rest(other))
}

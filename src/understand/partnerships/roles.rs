//! Which party does something to the other: who buys, who supplies.
//!
//! Only where a clause names just two companies, and a verb whose subject can be told by its place
//! stands between them, or behind both in languages that end with it.

use crate::understand::companies::Mention;
use crate::understand::lexicon::{self, Lexicon};

/// Kinds with the role of the one who acts, and of the other.
const ROLES: [(&str, &str, Option<&str>); 5] = [
    ("acquisition", "buyer", Some("target")),
    ("investment", "investor", None),
    ("supply", "supplier", Some("customer")),
    ("manufacturing", "manufacturer", Some("customer")),
    ("licensing", "licensor", Some("licensee")),
];

/// A company and what it does.
pub(super) type Role = (String, &'static str);

/// The roles in a clause in lower case; none where it does not clearly tell them.
pub(super) fn roles(text: &str, mentions: &[Mention], kind: &str, lexicon: &Lexicon) -> Vec<Role> {
    let Some((_, actor, other)) = ROLES.iter().find(|(known, ..)| *known == kind) else {
        return Vec::new();
    };
    let Some(first) = mentions.first() else { return Vec::new() };
    let Some(second) = mentions.iter().find(|mention| mention.company != first.company) else {
        return Vec::new();
    };
    let is_third = |m: &Mention| m.company != first.company && m.company != second.company;
    if mentions.iter().any(is_third) {
        return Vec::new();
    }
    let (a, b) = match order(text, first, second, lexicon.roles(actor), lexicon) {
        Some(Order::AsNamed) => (first, second),
        Some(Order::Turned) => (second, first),
        None => return Vec::new(),
    };
    let named = |mention: &Mention, role| (mention.company.clone(), role);
    std::iter::once(named(a, *actor)).chain(other.map(|role| named(b, role))).collect()
}

enum Order {
    /// The one named first acts.
    AsNamed,
    /// The one named second does.
    Turned,
}

fn order(
    text: &str,
    first: &Mention,
    second: &Mention,
    verbs: &lexicon::Words,
    lexicon: &Lexicon,
) -> Option<Order> {
    let (behind, between) = (first.span.end, text.get(first.span.end..second.span.start)?);
    let (at, length) = lexicon::first(&text[behind..], verbs)?;
    let end = at + length;
    let before_second = |list: &str| {
        let words = between.split_whitespace().rev().take(2);
        words.take_while(|word| word.chars().count() > 1).any(|word| is_in(word, list, lexicon))
            || lexicon
                .list(list)
                .iter()
                .any(|word| lexicon::is_dense(word) && between.ends_with(word.as_str()))
    };
    if end <= between.len() {
        let gap = &between[end..];
        return match lexicon.begins("agent", gap.trim_start()) {
            Some(_) => Some(Order::Turned),
            // `buys it from B`, `was supplied with it by B`
            None if before_second("agent") || names(gap, "seller", lexicon) => None,
            None => Some(Order::AsNamed),
        };
    }
    // The verb stands behind both.
    let rest = &text[second.span.end..];
    if before_second("agent") {
        return Some(Order::Turned);
    }
    let is_last = match lexicon.code {
        "ja" | "ko" | "tr" => !names(rest, "seller", lexicon),
        "de" | "nl" => names(between, "auxiliary", lexicon),
        _ => false,
    };
    (is_last && !names(between, "seller", lexicon)).then_some(Order::AsNamed)
}

fn is_in(word: &str, list: &str, lexicon: &Lexicon) -> bool {
    lexicon.list(list).iter().any(|known| known == word)
}

/// Whether a word of a list stands in a text; endings of names too, `'dan`.
fn names(text: &str, list: &str, lexicon: &Lexicon) -> bool {
    let is_ending = |word: &str| !word.starts_with(char::is_alphabetic);
    let mut words = lexicon.list(list).iter();
    lexicon.find(list, text).is_some()
        || words.any(|word| is_ending(word) && text.contains(word.as_str()))
}

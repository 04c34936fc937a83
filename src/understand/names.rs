//! Finds the names of a long list in texts. An automaton over all names would search a little faster, but
//! takes longer to build than an article takes to read; this index is built in a few milliseconds.

use std::borrow::Cow;
use std::cmp::Reverse;
use std::ops::Range;

use rustc_hash::FxHashMap;

use crate::source::Span;

/// How many bytes of a name are looked up at once; a shorter name is looked up as a whole.
const HEAD: usize = 4;

/// The first bytes of a name in ASCII small letters, with zeros behind a shorter one.
type Head = [u8; HEAD];

fn head(bytes: &[u8]) -> Head {
    let mut head = [0; HEAD];
    for (to, byte) in head.iter_mut().zip(bytes) {
        *to = byte.to_ascii_lowercase();
    }
    head
}

/// An index of names, which texts write with ASCII letters of either case.
pub(super) struct Index {
    names: Vec<Cow<'static, str>>,
    /// The numbers of the names, those with the same head together, the longest first.
    order: Vec<usize>,
    /// Where in `order` the names of a head stand.
    heads: FxHashMap<Head, Range<usize>>,
    /// The bytes that names begin with, so that most places of a text need no look-up.
    firsts: [bool; 256],
    /// The lengths of the names that are shorter than a head, the longest first.
    short: Vec<usize>,
}

impl Index {
    /// An index of names that differ in more than the case of ASCII letters.
    pub(super) fn new(names: Vec<Cow<'static, str>>) -> Self {
        let key = |at: usize| head(names[at].as_bytes());
        // Numbers are compared in no time, and every start of the program sorts thousands.
        let number = |at: usize| (u32::from_be_bytes(key(at)), Reverse(names[at].len()), at);
        let mut order: Vec<_> = (0..names.len()).map(number).collect();
        order.sort_unstable();
        let order: Vec<usize> = order.into_iter().map(|(_, _, at)| at).collect();
        let mut heads: FxHashMap<Head, Range<usize>> = FxHashMap::default();
        heads.reserve(names.len());
        let mut firsts = [false; 256];
        let mut short = Vec::new();
        for (place, &at) in order.iter().enumerate() {
            heads.entry(key(at)).or_insert(place..place).end = place + 1;
            if let Some(first) = names[at].bytes().next() {
                firsts[usize::from(first.to_ascii_lowercase())] = true;
                firsts[usize::from(first.to_ascii_uppercase())] = true;
            }
            if names[at].len() < HEAD {
                short.push(names[at].len());
            }
        }
        short.sort_unstable_by_key(|length| Reverse(*length));
        short.dedup();
        Self { names, order, heads, firsts, short }
    }

    /// The name with this number.
    pub(super) fn name(&self, number: usize) -> &str {
        &self.names[number]
    }

    /// All names, in the order of their numbers.
    pub(super) fn names(&self) -> impl Iterator<Item = &str> {
        self.names.iter().map(AsRef::as_ref)
    }

    /// The number of a name that is written just so.
    pub(super) fn exact(&self, text: &str) -> Option<usize> {
        let group = self.heads.get(&head(text.as_bytes()))?;
        self.order[group.clone()].iter().copied().find(|&at| self.names[at] == text)
    }

    /// Where names stand in a text, from left to right, the longest of those that begin at a place; none
    /// begins inside another.
    pub(super) fn find<'a>(&'a self, text: &'a str) -> impl Iterator<Item = (usize, Span)> + 'a {
        let bytes = text.as_bytes();
        let mut from = 0;
        std::iter::from_fn(move || {
            while from < bytes.len() {
                let start = from;
                if let Some(at) = self.at(&bytes[start..]) {
                    from += self.names[at].len();
                    return Some((at, start..from));
                }
                from += 1;
            }
            None
        })
    }

    /// The longest name that some bytes begin with.
    fn at(&self, bytes: &[u8]) -> Option<usize> {
        if !self.firsts[usize::from(*bytes.first()?)] {
            return None;
        }
        let fits = |at: &usize| {
            let name = self.names[*at].as_bytes();
            bytes.get(..name.len()).is_some_and(|begin| begin.eq_ignore_ascii_case(name))
        };
        let of = |length: usize| {
            let group = self.heads.get(&head(bytes.get(..length)?))?;
            self.order[group.clone()].iter().copied().find(fits)
        };
        of(HEAD).or_else(|| self.short.iter().find_map(|&length| of(length)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(names: &[&'static str], text: &str) -> Vec<String> {
        let index = Index::new(names.iter().map(|name| Cow::Borrowed(*name)).collect());
        index.find(text).map(|(_, span)| text[span].to_owned()).collect()
    }

    #[test]
    fn the_longest_name_at_a_place_is_found_in_either_case_and_none_inside_another() {
        let names = ["BP", "Bank", "Bank of Beijing", "of B", "小米", "小米集团", "X", "Bpost"];
        let text = "bank of beijing, BANKER, bp and Bpost; x 小米集团 and 小米.";
        let right = ["bank of beijing", "BANK", "bp", "Bpost", "x", "小米集团", "小米"];
        assert_eq!(found(&names, text), right);
        assert_eq!(found(&names, "Bän"), [""; 0]);
        assert_eq!(found(&[], "anything"), [""; 0]);
    }

    #[test]
    fn an_exact_name_is_written_just_so() {
        let index = Index::new(vec![Cow::Borrowed("Bank of Beijing"), Cow::Borrowed("BP")]);
        assert_eq!(index.exact("BP"), Some(1));
        assert_eq!(index.exact("bp"), None);
        assert_eq!(index.exact("Bank"), None);
    }
}

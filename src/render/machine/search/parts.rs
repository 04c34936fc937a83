//! The inverted index: which documents have a term, in parts that a browser can load one by one.
//!
//! A part is a JSON object from terms to lists of numbers. Each stands for one document: four times
//! the distance from the document before, plus how much the term says of it.

use std::collections::BTreeMap;
use std::ops::Range;

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use crate::index::IndexedArticle;
use crate::parse::terms::{self, Reader};
use crate::render::machine::search::{Documents, FILTER, Place};
use crate::render::site::Site;

/// In so many pieces the documents are read, so that no thread waits for another.
const PIECES: usize = 16;
/// A term that occurs so often in a text says more of it.
const REPEATED: u8 = 3;

/// One document that has a term.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Posting {
    document: u32,
    place: Place,
    /// How often the term occurs in its text, as far as that matters.
    count: u8,
}

impl Posting {
    fn add(&mut self, place: Place) {
        self.count = self.count.saturating_add(u8::from(place == Place::Text));
        self.place = self.place.max(place);
        if self.place == Place::Text && self.count >= REPEATED {
            self.place = Place::Repeated;
        }
    }
}

type Postings = Vec<Posting>;

/// All parts of the index, as JSON.
#[must_use]
pub fn all(site: &Site) -> Vec<String> {
    let documents = Documents::new(site);
    let parts = documents.parts();
    let length = documents.count().div_ceil(PIECES).max(1);
    let starts: Vec<usize> = documents.all().step_by(length).collect();
    let pieces: Vec<Vec<FxHashMap<String, Postings>>> = starts
        .into_par_iter()
        .map(|start| {
            let numbers = start..(start + length).min(documents.count());
            divided(read(documents, numbers), parts)
        })
        .collect();
    let join = |part: usize| {
        let mut all: BTreeMap<&str, Postings> = BTreeMap::new();
        for (term, postings) in pieces.iter().flat_map(|piece| &piece[part]) {
            all.entry(term).or_default().extend(postings);
        }
        json(&all)
    };
    (0..parts).into_par_iter().map(join).collect()
}

/// The parts after some articles' texts have changed, from the parts before; `None` where one of
/// those is missing or is no such part.
#[must_use]
pub fn patched(
    site: &Site,
    is_new: &(dyn Fn(&IndexedArticle) -> bool + Sync),
    old: &(dyn Fn(usize) -> Option<Vec<u8>> + Sync),
) -> Option<Vec<String>> {
    let documents = Documents::new(site);
    let changed = documents.articles(is_new);
    let terms = changed.iter().map(|&number| read(documents, number..number + 1));
    let mut new = divided(FxHashMap::default(), documents.parts());
    for (term, postings) in terms.flatten() {
        let part = &mut new[part_of(&term, documents.parts())];
        part.entry(term).or_default().extend(postings);
    }
    let gone: Vec<u32> = changed.into_iter().map(narrow).collect();
    let patch = |(part, new): (usize, &FxHashMap<String, Postings>)| {
        let mut all = parse(&old(part)?)?;
        for postings in all.values_mut() {
            postings.retain(|posting| gone.binary_search(&posting.document).is_err());
        }
        for (term, postings) in new {
            let all = all.entry(term.clone()).or_default();
            all.extend(postings);
            all.sort_by_key(|posting| posting.document);
        }
        all.retain(|_, postings| !postings.is_empty());
        Some(json(&all))
    };
    new.par_iter().enumerate().map(patch).collect()
}

fn read(documents: Documents<'_>, numbers: Range<usize>) -> FxHashMap<String, Postings> {
    let mut all: FxHashMap<String, Postings> = FxHashMap::default();
    let mut reader = Reader::default();
    for number in numbers {
        let document = narrow(number);
        let first = Posting { document, place: Place::Text, count: 0 };
        documents.terms(number, &mut reader, &mut |term, place| {
            // Most terms are there already, and then need no text of their own.
            let postings = match all.get_mut(term) {
                Some(postings) => postings,
                None => all.entry(term.to_owned()).or_default(),
            };
            if postings.last().is_none_or(|last| last.document != document) {
                postings.push(first);
            }
            postings.last_mut().expect("just pushed").add(place);
        });
    }
    all
}

fn divided(all: FxHashMap<String, Postings>, parts: usize) -> Vec<FxHashMap<String, Postings>> {
    let mut divided = vec![FxHashMap::default(); parts];
    for (term, postings) in all {
        divided[part_of(&term, parts)].insert(term, postings);
    }
    divided
}

/// The part a term stands in: 32-bit FNV-1a of its key, folded.
fn part_of(term: &str, parts: usize) -> usize {
    let key = if term.starts_with(FILTER) { term } else { terms::key(term) };
    let mix = |hash: u32, byte: u8| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193);
    let hash = key.bytes().fold(0x811c_9dc5, mix);
    usize::try_from(hash ^ (hash >> 16)).unwrap_or(0) & (parts - 1)
}

fn json<K: AsRef<str> + Ord>(all: &BTreeMap<K, Postings>) -> String {
    let mut out = String::from("{");
    for (at, (term, postings)) in all.iter().enumerate() {
        out.push_str(if at > 0 { ",\n" } else { "\n" });
        out.push_str(&serde_json::to_string(term.as_ref()).expect("a text"));
        out.push_str(":[");
        let mut before = 0;
        for (at, posting) in postings.iter().enumerate() {
            if at > 0 {
                out.push(',');
            }
            let number = (posting.document - before) * 4 + posting.place as u32;
            out.push_str(itoa::Buffer::new().format(number));
            before = posting.document;
        }
        out.push(']');
    }
    out.push_str("\n}\n");
    out
}

fn parse(json: &[u8]) -> Option<BTreeMap<String, Postings>> {
    let all: BTreeMap<String, Vec<u32>> = serde_json::from_slice(json).ok()?;
    let postings = |numbers: Vec<u32>| {
        let mut document = 0_u32;
        let posting = |number: u32| {
            document = document.checked_add(number / 4)?;
            let place = [Place::Text, Place::Repeated, Place::Summary, Place::Name];
            Some(Posting { document, place: place[number as usize % 4], count: 0 })
        };
        numbers.into_iter().map(posting).collect::<Option<Postings>>()
    };
    all.into_iter().map(|(term, numbers)| Some((term, postings(numbers)?))).collect()
}

fn narrow(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

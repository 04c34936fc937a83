//! Which names in an article are companies, judged by all that the article says of each.
//!
//! Candidates are found by how they are written, gathered over the whole article, described by
//! features and weighed by a logistic model that was trained on labelled press texts.
//!
//! Names of the list (`understand/names.rs`) and whatever is written like a name (`candidates`) are
//! gathered over the whole article; forms of one name are one candidate (`coreference`). Some 120 features
//! (`features`) say what stands beside it at all its places, what it is made of, and what lists know of
//! its words (`data/evidence.bin`, a Bloom filter: common words, given and family names, places, listed
//! companies). Weights from `data/entities.tsv`, one column for listed names and one for others, give a
//! probability. Of two that overlap the longer believed one stands. Ordinary words of the list need a
//! place where they cannot be the word. What is sure of a listed company besides (country, Wikidata) is a
//! column of its table.

mod candidates;
mod coreference;
mod cues;
mod decision;
pub mod evidence;
mod features;
mod fold;
mod forms;
mod plausible;
mod thresholds;
pub mod weights;
mod words;

use std::collections::{BTreeMap, BTreeSet};

use rustc_hash::FxHashSet;

use self::candidates::{Finder, Part};
use self::coreference::grouped;
use self::cues::Cues;
pub use self::decision::{companies, decide, id, probabilities};
use self::evidence::List;
pub use self::fold::fold;
pub(crate) use self::forms::Forms;
use self::plausible::is_ruled_out;
use self::thresholds::{ABBREVIATION_BYTES, ENUMERATION_REACH, JOINED_BYTES, PERSON_WORDS};
use self::words::Script;
use super::features::Features;
use super::legal_forms;
use super::lexicon::{self, Lexicon};
use crate::source::Span;

/// How a name must look to be believed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Spelling {
    /// Nothing else is called so: any case will do.
    Free,
    /// A word of some language in small letters; with its capital it is the company.
    Cased,
    /// An ordinary word: where any word has a capital it needs other evidence.
    Common,
}

/// What the gazetteer says of a name.
#[derive(Clone, Debug)]
pub struct GazetteerEntry<'a> {
    /// The company's id.
    pub company: &'a str,
    /// How the name must look.
    pub spelling: Spelling,
    /// It is a publisher.
    pub media: bool,
    /// The site's own file names it.
    pub own: bool,
    /// It is a brand rather than a company.
    pub brand: bool,
}

/// A place where the gazetteer's automaton found a name.
pub struct GazetteerHit<'a> {
    /// Where.
    pub span: Span,
    /// What it found.
    pub known: GazetteerEntry<'a>,
}

/// A name that may be a company's.
pub struct Candidate<'a> {
    /// What its forms have in common.
    pub key: String,
    /// The form that stands most often.
    pub form: String,
    /// All forms.
    pub forms: BTreeSet<String>,
    /// What the gazetteer knows of it.
    pub known: Option<GazetteerEntry<'a>>,
    /// Where it stands: the number of the part, and the bytes.
    pub places: Vec<(usize, Span)>,
    /// A known name in it.
    contains: Option<String>,
    /// At how many places it is only a part of a longer candidate.
    nested: usize,
    /// Those longer ones end with it, as a person's name does with the surname.
    ends_longer: bool,
    /// Its abbreviation stands in brackets behind it.
    abbreviated: bool,
}

/// An article as the features look at it.
pub(crate) struct Article<'a> {
    parts: &'a [Part<'a>],
    lexicon: &'a Lexicon,
    cues: &'static Cues,
    has_title: bool,
    small: FxHashSet<String>,
    surnames: FxHashSet<String>,
    /// How often the name stands that stands most often.
    most: usize,
    /// How many companies of the list it surely names.
    known: usize,
    /// For each part, the places of all candidates in order, and what is sure of them.
    order: Vec<Vec<(Span, Standing)>>,
    /// For each part, where sentences with a word for a relation are.
    cued: Vec<Vec<Span>>,
}

/// How sure it is of a name without weighing it that it is a company's.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Standing {
    /// The list has it, and nothing else is called so.
    Listed,
    /// A legal form or a word of companies belongs to it.
    Formed,
    Open,
}

/// What stands beside a place.
#[derive(Default)]
#[expect(clippy::struct_excessive_bools, reason = "each is one feature")]
struct Neighbours {
    /// A company of the list, right beside it.
    joined: bool,
    /// Any other name.
    listed: bool,
    /// In the same enumeration stands a company of the list.
    among_listed: bool,
    /// In the same enumeration stands a name that is formed like a company's.
    among_formed: bool,
}

impl Neighbours {
    fn add(&mut self, standing: Standing, is_next: bool) {
        self.listed |= is_next;
        self.joined |= is_next && standing == Standing::Listed;
        self.among_listed |= standing == Standing::Listed;
        self.among_formed |= standing == Standing::Formed;
    }
}

impl Article<'_> {
    /// What the enumeration around a place has, if it stands in one.
    fn neighbours(&self, part: usize, span: &Span) -> Neighbours {
        let order = &self.order[part];
        let at = order.partition_point(|(other, _)| other.start < span.start);
        let mut found = Neighbours::default();
        let mut edge = span.start;
        for (distance, (other, standing)) in
            order[..at].iter().rev().take(ENUMERATION_REACH).enumerate()
        {
            if !self.is_linked(part, other.end, edge) {
                break;
            }
            edge = other.start;
            found.add(*standing, distance == 0);
        }
        let mut edge = span.end;
        for (distance, (other, standing)) in
            order[at..].iter().skip(1).take(ENUMERATION_REACH).enumerate()
        {
            if !self.is_linked(part, edge, other.start) {
                break;
            }
            edge = other.end;
            found.add(*standing, distance == 0);
        }
        found
    }

    /// Whether only what joins two names stands between two places.
    fn is_linked(&self, part: usize, from: usize, to: usize) -> bool {
        let gap = self.parts[part].text.get(from..to).unwrap_or("-").trim();
        let is_conjunction = |word: &str| self.cues.conj.has(&word.to_lowercase());
        matches!(gap, "," | "、" | "，" | "/" | ";" | ", the" | ", la" | ", le" | "・")
            || gap.len() <= JOINED_BYTES
                && (is_conjunction(gap) || gap.split(' ').next_back().is_some_and(is_conjunction))
    }

    fn is_cued(&self, part: usize, span: &Span) -> bool {
        self.cued[part].iter().any(|cued| cued.start <= span.start && span.end <= cued.end)
    }
}

/// All candidates of an article with their features. `texts` are the title, where `has_title`, and the
/// paragraphs; `hits` what the gazetteer found in each.
#[must_use]
pub fn candidates<'a>(
    texts: &[&str],
    has_title: bool,
    lexicon: &Lexicon,
    hits: &[Vec<GazetteerHit<'a>>],
) -> Vec<(Candidate<'a>, Features)> {
    let parts: Vec<Part<'_>> = texts.iter().map(|text| Part::new(text)).collect();
    let small: FxHashSet<String> = parts
        .iter()
        .flat_map(|part| &part.words)
        .filter(|word| word.script == Script::Cased && word.text.starts_with(char::is_lowercase))
        .map(|word| word.lower.clone())
        .collect();
    let mut candidates = merged_forms(texts, &parts, &small, lexicon, hits);
    nest(&mut candidates, texts);
    let is_free = |known: &GazetteerEntry<'_>| known.spelling == Spelling::Free;
    let listed = candidates.iter().filter(|c| c.known.as_ref().is_some_and(is_free)).count();
    let article = Article {
        cues: cues::of(lexicon),
        lexicon,
        has_title,
        surnames: surnames(&candidates, &parts, lexicon),
        small,
        most: candidates.iter().map(|c| c.places.len()).max().unwrap_or(0),
        known: listed,
        order: in_order(&candidates, &parts, cues::of(lexicon)),
        cued: parts.iter().map(|part| cued(part.text, lexicon)).collect(),
        parts: &parts,
    };
    let featured = |candidate: Candidate<'a>| {
        let features = features::features(&candidate, &article);
        (candidate, features)
    };
    candidates.into_iter().map(featured).collect()
}

/// All names of an article with their places, forms of one name as one, without those that need no weighing.
fn merged_forms<'a>(
    texts: &[&str],
    parts: &[Part<'_>],
    small: &FxHashSet<String>,
    lexicon: &Lexicon,
    hits: &[Vec<GazetteerHit<'a>>],
) -> Vec<Candidate<'a>> {
    let found = Finder::new(parts, lexicon, small).forms().into_iter();
    let mut forms: BTreeMap<String, Option<GazetteerEntry<'a>>> =
        found.map(|form| (form, None)).collect();
    for (text, hits) in texts.iter().zip(hits) {
        for hit in hits {
            forms.insert(text[hit.span.clone()].to_owned(), Some(hit.known.clone()));
        }
    }
    let list: Vec<(String, Option<GazetteerEntry<'a>>)> = forms.into_iter().collect();
    let Some(finder) = Forms::new(list.iter().map(|(form, _)| form.clone()).collect()) else {
        return Vec::new();
    };
    // Of two forms at one place the longer one counts.
    let mut places: Vec<Vec<(usize, Span)>> = vec![Vec::new(); list.len()];
    for (number, part) in parts.iter().enumerate() {
        for (form, span) in finder.places(part.text, lexicon, &|form| list[form].1.is_some()) {
            places[form].push((number, span));
        }
    }
    let merged = |(key, members): (String, Vec<usize>)| {
        let best =
            members.iter().copied().max_by_key(|&at| (places[at].len(), list[at].0.len()))?;
        let candidate = Candidate {
            key,
            form: list[best].0.clone(),
            forms: members.iter().map(|&at| list[at].0.clone()).collect(),
            known: members.iter().find_map(|&at| list[at].1.clone()),
            places: members.iter().flat_map(|&at| places[at].iter().cloned()).collect(),
            contains: None,
            nested: 0,
            ends_longer: false,
            abbreviated: false,
        };
        let is_one =
            !candidate.places.is_empty() && !is_ruled_out(&candidate, parts, small, lexicon);
        is_one.then_some(candidate)
    };
    grouped(&list, &places, lexicon).into_iter().filter_map(merged).collect()
}

/// For each part all places of candidates from the first to the last, with what is sure of them.
fn in_order(
    candidates: &[Candidate<'_>],
    parts: &[Part<'_>],
    cues: &Cues,
) -> Vec<Vec<(Span, Standing)>> {
    let mut order: Vec<Vec<(Span, Standing)>> = vec![Vec::new(); parts.len()];
    for candidate in candidates {
        let is_listed =
            candidate.known.as_ref().is_some_and(|k| k.spelling == Spelling::Free && !k.media);
        let is_formed = has_company_form(&candidate.form, cues);
        for (part, span) in &candidate.places {
            let text = parts[*part].text;
            let standing = if is_listed {
                Standing::Listed
            } else if is_formed || legal_forms::behind(&text[span.end..]).is_some() {
                Standing::Formed
            } else {
                Standing::Open
            };
            order[*part].push((span.clone(), standing));
        }
    }
    for list in &mut order {
        list.sort_by_key(|(span, _)| span.start);
    }
    order
}

/// Whether a name ends with a word of companies and has another before it.
fn has_company_form(form: &str, cues: &Cues) -> bool {
    let lower = form.to_lowercase();
    cues.parts.suffix(form).is_some_and(|length| length < form.len())
        || lower.rsplit_once(' ').is_some_and(|(_, last)| cues.parts.has(last))
}

/// The sentences of a text that have a word for a relation.
fn cued(text: &str, lexicon: &Lexicon) -> Vec<Span> {
    let mut found = Vec::new();
    for sentence in super::sentences::sentences(text) {
        let start = sentence.as_ptr() as usize - text.as_ptr() as usize;
        let lower = lexicon::lower_of_same_length(sentence);
        if lexicon.kinds.iter().any(|(_, words)| lexicon::first(&lower, words).is_some()) {
            found.push(start..start + sentence.len());
        }
    }
    found
}

/// Notes which candidates are parts of longer ones.
fn nest(all: &mut [Candidate<'_>], texts: &[&str]) {
    let keys: Vec<(String, usize, Option<String>)> = all
        .iter()
        .map(|c| {
            (
                fold(&c.form),
                c.places.len(),
                c.known
                    .as_ref()
                    .filter(|k| k.spelling == Spelling::Free || c.form.contains(' '))
                    .map(|k| k.company.to_owned()),
            )
        })
        .collect();
    for (at, candidate) in all.iter_mut().enumerate() {
        let name = format!(" {} ", keys[at].0);
        for (other, (key, times, company)) in keys.iter().enumerate() {
            if other == at || key.len() == keys[at].0.len() {
                continue;
            }
            if key.len() > keys[at].0.len() {
                let longer = format!(" {key} ");
                if longer.contains(&name) {
                    candidate.nested += times;
                    candidate.ends_longer |= longer.ends_with(&name);
                }
            } else if let Some(company) = company
                && name.contains(&format!(" {key} "))
            {
                candidate.contains = Some(company.clone());
            }
        }
        // `Agence Française de Développement (AFD)`
        candidate.abbreviated = candidate.form.contains(' ')
            && candidate.places.iter().any(|(part, span)| {
                let rest = texts[*part][span.end..].trim_start();
                rest.strip_prefix('(').is_some_and(|rest| {
                    let inner = &rest[..rest.find(')').unwrap_or(0)];
                    let inner = inner.trim_matches(['"', '“', '”', '\'', '„', '«', '»']);
                    ABBREVIATION_BYTES.contains(&inner.len())
                        && inner.chars().all(|c| c.is_uppercase() || matches!(c, '&' | '.'))
                })
            });
    }
}

/// The last words of what looks like people's names.
fn surnames(all: &[Candidate<'_>], parts: &[Part<'_>], lexicon: &Lexicon) -> FxHashSet<String> {
    let cues = cues::of(lexicon);
    let mut found = FxHashSet::default();
    for candidate in all.iter().filter(|c| c.known.is_none()) {
        let lower = candidate.form.to_lowercase();
        let words: Vec<&str> = lower.split(' ').collect();
        let part = words.iter().any(|word| cues.parts.has(word) || cues.institutions.has(word));
        if !PERSON_WORDS.contains(&words.len()) || part {
            continue;
        }
        let titled = candidate.places.iter().any(|(number, span)| {
            let part = &parts[*number];
            let at = part.inside(span).start;
            cues.titles.ends(&part.text[..span.start], &part.words[..at])
        });
        if List::Given.has(words[0]) || titled {
            found.insert(words[words.len() - 1].to_owned());
            found.insert(words[0].to_owned());
        }
    }
    found
}

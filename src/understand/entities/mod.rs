//! Which names in an article are companies, judged by all that the article says of each.
//!
//! Candidates are found by how they are written, gathered over the whole article, described by
//! features and weighed by a logistic model that was trained on labelled press texts.

mod candidates;
mod cues;
pub mod evidence;
mod features;
mod fold;
pub mod weights;
mod words;

use std::collections::{BTreeMap, BTreeSet, HashSet};

use aho_corasick::{AhoCorasick, MatchKind};
use unicode_normalization::UnicodeNormalization;

use self::candidates::{Finder, Part, is_particle};
use self::cues::Cues;
use self::evidence::List;
pub use self::features::Features;
pub use self::fold::fold;
use self::words::{Script, Word, script};
use super::legal_forms;
use super::lexicon::{self, Lexicon};
use crate::model::slug;
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
    small: HashSet<String>,
    surnames: HashSet<String>,
    /// How often the name stands that stands most often.
    most: usize,
    /// How many companies of the list it surely names.
    known: usize,
    /// For each part, the places of all candidates in order, and whether the list surely has them.
    order: Vec<Vec<(Span, bool)>>,
    /// For each part, where sentences with a word for a relation are.
    cued: Vec<Vec<Span>>,
}

/// What stands beside a place.
struct Neighbours {
    joined: bool,
    listed: bool,
}

impl Article<'_> {
    fn neighbours(&self, part: usize, span: &Span) -> Neighbours {
        let order = &self.order[part];
        let text = self.parts[part].text;
        let at = order.partition_point(|(other, _)| other.start < span.start);
        let before = at.checked_sub(1).map(|at| &order[at]);
        let after = order.get(at + 1);
        let gap = |from: usize, to: usize| text.get(from..to).unwrap_or("-").trim();
        let conj = |gap: &str| {
            gap.len() <= 16
                && (self.cues.conj.has(&gap.to_lowercase())
                    || gap
                        .split(' ')
                        .next_back()
                        .is_some_and(|w| self.cues.conj.has(&w.to_lowercase())))
        };
        let comma = |gap: &str| {
            matches!(gap, "," | "、" | "，" | "/" | ";" | ", the" | ", la" | ", le" | "・")
        };
        let mut found = Neighbours { joined: false, listed: false };
        for (known, gap) in [
            before.map(|(other, known)| (*known, gap(other.end, span.start))),
            after.map(|(other, known)| (*known, gap(span.end, other.start))),
        ]
        .into_iter()
        .flatten()
        {
            let linked = conj(gap) || comma(gap);
            found.listed |= linked;
            found.joined |= linked && known;
        }
        found
    }

    fn is_cued(&self, part: usize, span: &Span) -> bool {
        self.cued[part].iter().any(|cued| cued.start <= span.start && span.end <= cued.end)
    }
}

/// All candidates of an article with their features. `parts` are the title, where `has_title`, and the
/// paragraphs; `hits` what the gazetteer found in each.
#[must_use]
pub fn candidates<'a>(
    texts: &[&str],
    has_title: bool,
    lexicon: &Lexicon,
    hits: &[Vec<GazetteerHit<'a>>],
) -> Vec<(Candidate<'a>, Features)> {
    let parts: Vec<Part<'_>> = texts.iter().map(|text| Part::new(text)).collect();
    let small: HashSet<String> = parts
        .iter()
        .flat_map(|part| &part.words)
        .filter(|word| word.script == Script::Cased && word.text.starts_with(char::is_lowercase))
        .map(|word| word.lower.clone())
        .collect();
    let mut forms: BTreeMap<String, Option<GazetteerEntry<'a>>> =
        Finder::new(&parts, lexicon, &small).forms().into_iter().map(|form| (form, None)).collect();
    for (text, hits) in texts.iter().zip(hits) {
        for hit in hits {
            forms.insert(text[hit.span.clone()].to_owned(), Some(hit.known.clone()));
        }
    }
    let list: Vec<(String, Option<GazetteerEntry<'a>>)> = forms.into_iter().collect();
    let Some(finder) = Forms::new(list.iter().map(|(form, _)| form.clone()).collect()) else {
        return Vec::new();
    };
    // Places, the longest form first; and how often a form is a part of a longer one.
    let mut places: Vec<Vec<(usize, Span)>> = vec![Vec::new(); list.len()];
    for (number, part) in parts.iter().enumerate() {
        for (form, span) in finder.places(part.text, lexicon, &|form| list[form].1.is_some()) {
            places[form].push((number, span));
        }
    }
    let groups = grouped(&list, &places, lexicon);
    let mut out: Vec<Candidate<'a>> = Vec::new();
    for (key, members) in groups {
        let stands: Vec<(usize, Span)> =
            members.iter().flat_map(|&at| places[at].iter().cloned()).collect();
        if stands.is_empty() {
            continue;
        }
        let best = members
            .iter()
            .copied()
            .max_by_key(|&at| (places[at].len(), list[at].0.len()))
            .expect("a group has members");
        let known = members.iter().find_map(|&at| list[at].1.clone());
        let form = &list[best].0;
        if is_ruled_out(known.as_ref(), &key, form, &stands, &parts, &small, lexicon) {
            continue;
        }
        out.push(Candidate {
            key,
            form: list[best].0.clone(),
            forms: members.iter().map(|&at| list[at].0.clone()).collect(),
            known,
            places: stands,
            contains: None,
            nested: 0,
            ends_longer: false,
            abbreviated: false,
        });
    }
    nest(&mut out, texts);
    let surnames = surnames(&out, &parts, lexicon);
    let mut order: Vec<Vec<(Span, bool)>> = vec![Vec::new(); parts.len()];
    for candidate in &out {
        let sure =
            candidate.known.as_ref().is_some_and(|k| k.spelling == Spelling::Free && !k.media);
        for (part, span) in &candidate.places {
            order[*part].push((span.clone(), sure));
        }
    }
    for list in &mut order {
        list.sort_by_key(|(span, _)| span.start);
    }
    let article = Article {
        cues: cues::of(lexicon),
        lexicon,
        has_title,
        small,
        surnames,
        most: out.iter().map(|c| c.places.len()).max().unwrap_or(0),
        known: out
            .iter()
            .filter(|c| c.known.as_ref().is_some_and(|k| k.spelling == Spelling::Free))
            .count(),
        order,
        cued: parts.iter().map(|part| cued(part.text, lexicon)).collect(),
        parts: &parts,
    };
    out.into_iter()
        .map(|candidate| {
            let features = features::features(&candidate, &article);
            (candidate, features)
        })
        .collect()
}

/// Whether a candidate needs no weighing: publishers, places, words that the article also writes in
/// small letters, and ordinary words that only begin sentences.
fn is_ruled_out(
    known: Option<&GazetteerEntry<'_>>,
    key: &str,
    form: &str,
    places: &[(usize, Span)],
    parts: &[Part<'_>],
    small: &HashSet<String>,
    lexicon: &Lexicon,
) -> bool {
    if let Some(known) = known {
        if known.own {
            return false;
        }
        let cues = cues::of(lexicon);
        let lower = form.to_lowercase();
        let code = lexicon.code;
        let is_single =
            !form.contains(' ') && form.chars().all(|c| script(c) == Some(Script::Cased));
        let is_word = List::Common(code).has(&lower) || List::Rarer(code).has(&lower);
        let is_evidence = |(number, span): &(usize, Span)| {
            let part = &parts[*number];
            let range = part.inside(span);
            let word = part.words.get(range.start);
            let behind = part.words.get(range.end..).unwrap_or(&[]);
            let before = range.start.checked_sub(1).map(|at| part.words[at].lower.as_str());
            // German nouns have capitals: `eine Allianz`.
            let is_subject = cues.acts.begins("", behind);
            let is_noun =
                |word: &str| is_indefinite(word) || cues.definite.has(word) && !is_subject;
            if code == "de" && before.is_some_and(is_noun) {
                return false;
            }
            let is_inside = !part.titled && word.is_none_or(|word| !word.opens);
            let next = |at: usize| behind.get(at).is_some_and(Word::is_capital);
            // `Inter and C6 Bank`, `Target, Walmart`
            let is_joined = next(0) && part.text[span.end..].starts_with([',', '&'])
                || next(1) && cues.conj.begins("", behind);
            let is_subject = known.spelling != Spelling::Common && is_subject
                || part.text[span.end..].starts_with(['\'', '’', '(']);
            is_inside || is_joined || is_subject
        };
        let is_ordinary =
            known.spelling == Spelling::Common || known.spelling == Spelling::Cased && is_word;
        let needs_evidence = is_single && is_ordinary;
        return known.media || needs_evidence && !places.iter().any(is_evidence);
    }
    let is_word =
        lexicon.code != "de" && !form.contains(' ') && small.contains(&form.to_lowercase());
    let texts: Vec<&str> = parts.iter().map(|part| part.text).collect();
    (List::Place.has(key) || is_word) && !has_legal_form(&texts, places)
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

fn has_legal_form(texts: &[&str], places: &[(usize, Span)]) -> bool {
    places.iter().any(|(part, span)| {
        let text = texts[*part];
        legal_forms::behind(&text[span.end..]).is_some()
            || legal_forms::before(&text[..span.start]).is_some()
    })
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
    let long = found.chars().count() > 3;
    let capital = |text: &str| !text.starts_with(char::is_lowercase);
    let written = found == form
        || long && capital(found) && (capital(form) || !found.chars().any(char::is_lowercase))
        || before.is_some_and(lexicon::is_dense_char)
        || after.is_some_and(lexicon::is_dense_char);
    starts && ends && written
}

/// The forms that name the same thing, by what they have in common.
fn grouped(
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
        if first.chars().count() > 3 && !List::Common("en").has(&first) && !List::Place.has(&first)
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
            name.len() > 3 && name.strip_suffix('s') == Some(base)
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
    common >= 3 && ending(&rest(one)) && ending(&rest(other))
}

/// The id of the company that a candidate would be; empty where its name has no letter.
#[must_use]
pub fn id(candidate: &Candidate<'_>) -> String {
    if let Some(known) = &candidate.known {
        return known.company.to_owned();
    }
    // `ＨＯＹＡ` is written so in Japanese.
    let name: String = legal_forms::strip(&candidate.form).nfkc().collect();
    slug(&name)
}

/// The companies among the candidates, with their ids.
#[must_use]
pub fn companies<'c, 'a>(all: &'c [(Candidate<'a>, Features)]) -> Vec<(String, &'c Candidate<'a>)> {
    let weights = weights::weights();
    let probabilities: Vec<f64> =
        all.iter().map(|(candidate, features)| weights.probability(candidate, features)).collect();
    let believed = decide(all, &probabilities);
    let ids = all.iter().map(|(candidate, _)| id(candidate)).enumerate();
    let mut named: BTreeMap<usize, String> = ids.filter(|(at, _)| believed[*at]).collect();
    for (short, full) in full_names(all, &believed) {
        named.insert(short, id(&all[full].0));
    }
    let named = named.into_iter().filter(|(_, id)| !id.is_empty());
    named.map(|(at, id)| (id, &all[at].0)).collect()
}

/// Names of one word, each with the believed name that is the only longer one of the article to begin with it,
/// by their places among the candidates: `Nordlund` and `Nordlund Batteries`. The list has neither, and the
/// word is nothing else.
fn full_names(all: &[(Candidate<'_>, Features)], believed: &[bool]) -> Vec<(usize, usize)> {
    let mut begun: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (at, (candidate, _)) in all.iter().enumerate() {
        if let Some((first, _)) = candidate.key.split_once(' ') {
            begun.entry(first).or_default().push(at);
        }
    }
    let unlisted = |at: usize| all[at].0.known.is_none();
    let full_name = |short: usize| {
        let key = all[short].0.key.as_str();
        let [full] = begun.get(key)?[..] else { return None };
        let is_name = believed[full] && unlisted(full) && unlisted(short);
        (is_name && key.chars().count() >= 4 && !is_known_word(key)).then_some((short, full))
    };
    (0..all.len()).filter_map(full_name).collect()
}

/// Whether a word is one of any language, a place or a part of people's names.
fn is_known_word(word: &str) -> bool {
    List::Place.has(word)
        || List::Given.has(word)
        || List::Family.has(word)
        || lexicon::all()
            .iter()
            .any(|l| List::Common(l.code).has(word) || List::Rarer(l.code).has(word))
}

/// Which candidates are companies, given how probable each is: those from a threshold on, but none that
/// stands only inside longer ones that are.
#[must_use]
pub fn decide(all: &[(Candidate<'_>, Features)], probabilities: &[f64]) -> Vec<bool> {
    let believed: Vec<bool> = all
        .iter()
        .zip(probabilities)
        .map(|((candidate, _), probability)| *probability >= weights::threshold(candidate))
        .collect();
    let covers = |at: usize, part: usize, span: &Span| {
        all.iter().enumerate().any(|(other, (longer, _))| {
            other != at
                && believed[other]
                && longer.places.iter().any(|(p, s)| {
                    *p == part && s.start <= span.start && span.end <= s.end && s.len() > span.len()
                })
        })
    };
    (0..all.len())
        .map(|at| {
            believed[at] && !all[at].0.places.iter().all(|(part, span)| covers(at, *part, span))
        })
        .collect()
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
                    (2..=8).contains(&inner.len())
                        && inner.chars().all(|c| c.is_uppercase() || matches!(c, '&' | '.'))
                })
            });
    }
}

/// The last words of what looks like people's names.
fn surnames(all: &[Candidate<'_>], parts: &[Part<'_>], lexicon: &Lexicon) -> HashSet<String> {
    let cues = cues::of(lexicon);
    let mut found = HashSet::new();
    for candidate in all.iter().filter(|c| c.known.is_none()) {
        let lower = candidate.form.to_lowercase();
        let words: Vec<&str> = lower.split(' ').collect();
        let part = words.iter().any(|word| cues.parts.has(word) || cues.institutions.has(word));
        if !(2..=3).contains(&words.len()) || part {
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

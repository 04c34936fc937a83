//! Companies that probably are one under two ids: one of them has no file and is in no list, and their names
//! differ only in how they are written, or a text says what an abbreviation stands for.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::sync::LazyLock;

use super::thresholds::{ABBREVIATION_CHARACTERS, BRACKET_BYTES, LEGAL_FORM_WORDS, NAME_WORDS};
use crate::index::Index;
use crate::model::{Article, slug};
use crate::understand::companies::{all, builtin};
use crate::understand::legal_forms;

/// Two ids that probably are one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Near {
    /// The one that nothing is known of.
    pub id: String,
    /// The one that it may be.
    pub like: String,
    /// What says so, with where it stands.
    pub evidence: String,
    /// The position of the first article that names `id`.
    pub at: usize,
}

/// The built-in companies by their names without hyphens; none where two have the same. A legal form in the list
/// tells a company from its group, and the other names may be those of a part of it: neither is left out.
static LISTED: LazyLock<BTreeMap<String, Option<&'static str>>> = LazyLock::new(|| {
    let mut keys = BTreeMap::new();
    for row in all() {
        for id in [row.id.to_owned(), slug(row.name)] {
            let known = keys.entry(id.replace('-', "")).or_insert(Some(row.id));
            *known = known.filter(|id| *id == row.id);
        }
    }
    keys
});

/// All pairs of ids that probably are one, and that nobody has said to be two.
#[must_use]
pub fn near(index: &Index) -> Vec<Near> {
    let ids = Ids::new(index);
    let mut found = ids.written_alike();
    let seen: BTreeSet<String> = found.iter().map(|near| near.id.clone()).collect();
    found.extend(ids.abbreviated().into_iter().filter(|near| !seen.contains(&near.id)));
    found.retain(|near| !is_refused(index, near));
    found
}

/// Whether somebody has said that the two are different companies.
fn is_refused(index: &Index, near: &Near) -> bool {
    let says = |one: &str, other: &str| {
        let record = index.companies.get(one);
        record.is_some_and(|record| record.company.different_from.iter().any(|id| id == other))
    };
    says(&near.id, &near.like) || says(&near.like, &near.id)
}

/// The ids that a site uses.
struct Ids<'a> {
    index: &'a Index,
    /// The positions of the articles that name each, in order.
    named: BTreeMap<&'a str, Vec<usize>>,
    /// The ids that nothing is known of.
    unknown: BTreeSet<&'a str>,
    /// Ids that something is known of, by the keys of their names; none where two have the same.
    known: BTreeMap<String, Option<&'a str>>,
    /// The same by folded keys.
    folded: BTreeMap<String, Option<&'a str>>,
}

impl<'a> Ids<'a> {
    fn new(index: &'a Index) -> Self {
        let mut named: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        for (at, entry) in index.articles.iter().enumerate() {
            for id in &entry.article().companies {
                named.entry(id).or_default().push(at);
            }
        }
        let mut known: BTreeMap<String, Option<&str>> = BTreeMap::new();
        let mut like: BTreeMap<String, Option<&str>> = BTreeMap::new();
        let own = index.companies.values().map(|record| &record.company);
        for company in own.filter(|company| !company.path.is_empty()) {
            let first = [&company.id, &company.name].into_iter();
            let others = company.aliases.iter().chain(&company.former_names);
            for name in first.chain(others).chain(company.names.values()) {
                let key = key(&slug(name));
                for (keys, key) in [(&mut like, folded(&key)), (&mut known, key)] {
                    let one = keys.entry(key).or_insert(Some(&company.id));
                    *one = one.filter(|id| *id == company.id);
                }
            }
        }
        let is_unknown = |id: &&str| {
            let has_file = index.company(id, None).is_some_and(|one| !one.company.path.is_empty());
            !has_file && builtin(id).is_none()
        };
        let unknown = named.keys().copied().filter(is_unknown).collect();
        Self { index, named, unknown, known, folded: like }
    }

    /// Ids whose names differ only by a legal form, spaces, hyphens, case or diacritics.
    fn written_alike(&self) -> Vec<Near> {
        let mut groups: BTreeMap<String, Vec<&str>> = BTreeMap::new();
        for id in &self.unknown {
            groups.entry(folded(&key(id))).or_default().push(id);
        }
        let mut found = Vec::new();
        for ids in groups.values() {
            // What is known goes before what is not, then what is named more often, then what is shorter.
            let often = ids.iter().copied();
            let often = often.max_by_key(|id| (self.named[id].len(), Reverse(id.len())));
            let known = ids.iter().find_map(|id| self.by_key(&key(id)));
            let known = known.or_else(|| *self.folded.get(&folded(&key(ids[0])))?);
            let Some(like) = known.or(often) else { continue };
            for id in ids.iter().copied().filter(|id| *id != like) {
                found.extend(self.alike(id, like));
            }
        }
        found
    }

    /// The id that is known by a name with this key.
    fn by_key(&self, key: &str) -> Option<&'a str> {
        match self.known.get(key) {
            Some(own) => *own,
            None => *LISTED.get(key)?,
        }
    }

    /// Two ids with what shows that their names are written alike, where something does.
    fn alike(&self, id: &str, like: &str) -> Option<Near> {
        let at = *self.named.get(id)?.first()?;
        let article = self.article(at);
        let words = words_for(article, id);
        let there = self.named.get(like).and_then(|all| {
            all.iter().find_map(|at| Some((*at, words_for(self.article(*at), like)?)))
        });
        // Two letters may be one with a mark on it only where a text writes it so.
        if key(id) != key(like) && self.by_key(&key(id)) != Some(like) {
            let texts = [words.as_deref(), there.as_ref().map(|there| there.1.as_str())];
            let says =
                |text: &str| [id, like].iter().any(|one| key(&slug(&spelled(text))) == key(one));
            if !texts.into_iter().flatten().any(|text| !text.is_ascii() && says(text)) {
                return None;
            }
        }
        let here = match &words {
            Some(words) => format!("“{words}” in {}", article.path),
            None => format!("in {}", article.path),
        };
        let other = match (self.index.companies.get(like), there) {
            (Some(record), _) if !record.company.path.is_empty() => record.company.path.clone(),
            (_, Some((at, words))) => format!("“{words}” in {}", self.article(at).path),
            _ if builtin(like).is_some() => "in the built-in list".to_owned(),
            _ => format!("in {}", self.article(*self.named.get(like)?.first()?).path),
        };
        let evidence = format!("{here}, {other}");
        Some(Near { id: id.to_owned(), like: like.to_owned(), evidence, at })
    }

    /// Ids that are abbreviations, of which a text says in brackets what they stand for.
    fn abbreviated(&self) -> Vec<Near> {
        let is_short =
            |id: &&&str| ABBREVIATION_CHARACTERS.contains(&id.chars().count()) && !id.contains('-');
        let short: BTreeSet<&str> = self.unknown.iter().filter(is_short).copied().collect();
        let mut found: Vec<Near> = Vec::new();
        if short.is_empty() {
            return found;
        }
        for entry in &self.index.articles {
            let article = entry.article();
            for (open, _) in article.body.match_indices('(') {
                let Some(near) = self.bracketed(article, open, &short) else { continue };
                if found.iter().all(|other| other.id != near.id) {
                    found.push(near);
                }
            }
        }
        found
    }

    /// What a bracket says, if there is a company's name before it and an abbreviation of it inside.
    fn bracketed(&self, article: &Article, open: usize, short: &BTreeSet<&str>) -> Option<Near> {
        let body = &*article.body;
        let inside = &body[open + 1..];
        let inside = &inside[..inside.find(')').filter(|end| *end < BRACKET_BYTES)?];
        let id = short.get(slug(inside).as_str())?;
        if inside.chars().any(char::is_lowercase) {
            return None;
        }
        let before = &body[body[..open].rfind('\n').map_or(0, |at| at + 1)..open];
        let starts = before.rmatch_indices(' ').map(|(at, _)| at + 1).chain([0]);
        let names = starts.take(NAME_WORDS).map(|start| before[start..].trim());
        let (name, like) = names.filter(|name| abbreviates(inside, name)).find_map(|name| {
            let id = slug(legal_forms::strip(name));
            let used = self.named.get_key_value(id.as_str()).map(|(id, _)| *id);
            Some((name, used.or_else(|| self.by_key(&key(&id)))?))
        })?;
        let at = *self.named[id].first()?;
        let evidence = format!("“{name} ({inside})” in {}", article.path);
        let is_other = like != *id;
        is_other.then(|| Near { id: (*id).to_owned(), like: like.to_owned(), evidence, at })
    }

    fn article(&self, at: usize) -> &'a Article {
        self.index.articles[at].article()
    }
}

/// What of an id stays the same however its name is written: no legal forms, no hyphens.
fn key(id: &str) -> String {
    let mut words: Vec<&str> = id.split('-').collect();
    // A form may be of several words, as `co-ltd` is.
    'behind: while words.len() > 1 {
        for count in (1..=LEGAL_FORM_WORDS).rev().filter(|count| *count < words.len()) {
            let rest = words.len() - count;
            if legal_forms::is_slug_behind(&words[rest..].join("-")) {
                words.truncate(rest);
                continue 'behind;
            }
        }
        break;
    }
    if words.len() > 1 && legal_forms::is_slug_before(words[0]) {
        words.remove(0);
    }
    words.concat()
}

/// A key in which letters that may stand for one with a mark are that letter.
fn folded(key: &str) -> String {
    [("ae", "a"), ("oe", "o"), ("ue", "u"), ("aa", "a")]
        .iter()
        .fold(key.to_owned(), |key, (two, one)| key.replace(two, one))
}

/// A text with letters that have marks in the spelling that does without.
fn spelled(text: &str) -> String {
    text.chars().fold(String::with_capacity(text.len()), |mut out, c| {
        match c {
            'ä' | 'æ' => out.push_str("ae"),
            'Ä' | 'Æ' => out.push_str("Ae"),
            'ö' | 'ø' | 'œ' => out.push_str("oe"),
            'Ö' | 'Ø' | 'Œ' => out.push_str("Oe"),
            'ü' => out.push_str("ue"),
            'Ü' => out.push_str("Ue"),
            'å' => out.push_str("aa"),
            'Å' => out.push_str("Aa"),
            c => out.push(c),
        }
        out
    })
}

/// Whether letters are the first ones of a name's words, in order; small words between may be left out.
fn abbreviates(letters: &str, name: &str) -> bool {
    let mut words = name.split([' ', '-', '/', '&']).filter(|word| !word.is_empty()).peekable();
    if name.split_whitespace().nth(1).is_none() {
        return false;
    }
    let is_name =
        |word: &str| word.chars().next().is_some_and(|c| c.is_uppercase() || c.is_numeric());
    if !words.peek().is_some_and(|word| is_name(word)) {
        return false;
    }
    let mut letters = letters.chars().filter(|c| c.is_alphanumeric()).peekable();
    for word in words {
        let first = word.chars().next();
        if letters.peek().copied() == first.and_then(|c| c.to_uppercase().next()) {
            letters.next();
        } else if is_name(word) && !legal_forms::is_one(word) {
            return false;
        }
    }
    letters.peek().is_none()
}

/// The words of an article that have this id.
fn words_for(article: &Article, id: &str) -> Option<String> {
    let texts = article.title.as_deref().into_iter().chain([&*article.body]);
    texts.into_iter().find_map(|text| stretch(text, id)).map(str::to_owned)
}

fn stretch<'t>(text: &'t str, id: &str) -> Option<&'t str> {
    let words: Vec<Range<usize>> = text
        .split_whitespace()
        .map(|word| {
            let start = word.as_ptr() as usize - text.as_ptr() as usize;
            start..start + word.len()
        })
        .collect();
    for (at, first) in words.iter().enumerate() {
        let head = slug(&text[first.clone()]);
        if head.is_empty() || !id.starts_with(&head) {
            continue;
        }
        for last in &words[at..words.len().min(at + NAME_WORDS)] {
            let stretch = &text[first.start..last.end];
            if slug(stretch) == id {
                return Some(stretch.trim_matches(|c: char| !c.is_alphanumeric()));
            }
        }
    }
    None
}

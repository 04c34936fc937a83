//! The companies that business news writes about, and where a text names them.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use aho_corasick::{AhoCorasick, MatchKind};

use crate::model::Company;
use crate::source::Span;

/// One row of the built-in gazetteer.
#[derive(Clone, Copy, Debug)]
pub struct Row {
    /// The id used in front matter.
    pub id: &'static str,
    /// The name news uses.
    pub name: &'static str,
    /// ISO 3166-1 alpha-2 code of the seat.
    pub country: Option<&'static str>,
    /// The name is also an ordinary word and needs company to be believed.
    pub common: bool,
    /// A publisher: in a byline it is no company of the article.
    pub media: bool,
    /// Other names, separated by `|`.
    aliases: &'static str,
}

impl Row {
    /// The name and all aliases.
    pub fn names(&self) -> impl Iterator<Item = &'static str> {
        std::iter::once(self.name).chain(self.aliases.split('|').filter(|alias| !alias.is_empty()))
    }
}

static ROWS: LazyLock<BTreeMap<&'static str, Row>> = LazyLock::new(|| {
    include_str!("data/companies.tsv")
        .lines()
        .skip(1)
        .filter_map(|line| {
            let mut columns = line.split('\t');
            let (id, name) = (columns.next()?, columns.next()?);
            let (country, flags) = (columns.next()?, columns.next()?);
            let row = Row {
                id,
                name,
                country: Some(country).filter(|code| *code != "-"),
                common: flags.contains("common"),
                media: flags.contains("media"),
                aliases: columns.next().unwrap_or(""),
            };
            Some((id, row))
        })
        .collect()
});

/// The built-in company with this id.
#[must_use]
pub fn builtin(id: &str) -> Option<&'static Row> {
    ROWS.get(id)
}

/// A company named in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mention {
    /// Its id.
    pub company: String,
    /// The bytes its name stands at.
    pub span: Span,
}

/// One name that the gazetteer knows.
struct Name {
    company: String,
    text: String,
    common: bool,
    media: bool,
}

/// The built-in companies and those of the site, ready to be found in texts.
pub struct Gazetteer {
    automaton: AhoCorasick,
    names: Vec<Name>,
}

impl Gazetteer {
    /// The built-in list, extended and overridden by the site's own companies.
    #[must_use]
    pub fn new(own: &[Company]) -> Self {
        let mut names: Vec<Name> = Vec::new();
        let mut taken: BTreeSet<String> = BTreeSet::new();
        for company in own {
            let all = std::iter::once(&company.name)
                .chain(&company.aliases)
                .chain(&company.former_names)
                .chain(company.names.values());
            let common = builtin(&company.id).is_some_and(|row| row.common);
            for text in all {
                if taken.insert(text.to_lowercase()) {
                    let (company, text) = (company.id.clone(), text.clone());
                    names.push(Name { company, text, common, media: false });
                }
            }
        }
        for row in ROWS.values() {
            for text in row.names() {
                if taken.insert(text.to_lowercase()) {
                    let (company, text) = (row.id.to_owned(), text.to_owned());
                    names.push(Name { company, text, common: row.common, media: row.media });
                }
            }
        }
        let automaton = AhoCorasick::builder()
            .match_kind(MatchKind::LeftmostLongest)
            .ascii_case_insensitive(true)
            .build(names.iter().map(|name| &name.text))
            .expect("the gazetteer fits into an automaton");
        Self { automaton, names }
    }

    /// Every company that a text names, in order, publishers left out.
    #[must_use]
    pub fn mentions(&self, text: &str) -> Vec<Mention> {
        let mut found: Vec<(Mention, bool)> = Vec::new();
        for hit in self.automaton.find_iter(text) {
            let name = &self.names[hit.pattern().as_usize()];
            let Some(end) = word_end(text, hit.start(), hit.end(), name) else { continue };
            if name.media || !case_fits(&text[hit.start()..hit.end()], name) {
                continue;
            }
            let doubtful = name.common && begins_sentence(text, hit.start());
            let mention = Mention { company: name.company.clone(), span: hit.start()..end };
            found.push((mention, doubtful));
        }
        // An ordinary word at the start of a sentence is a company only if it is one elsewhere.
        let sure: BTreeSet<String> = found
            .iter()
            .filter(|(_, doubtful)| !doubtful)
            .map(|(m, _)| m.company.clone())
            .collect();
        found
            .into_iter()
            .filter(|(mention, doubtful)| !doubtful || sure.contains(&mention.company))
            .map(|(mention, _)| mention)
            .collect()
    }

    /// How many different companies a text names.
    #[must_use]
    pub fn count(&self, text: &str) -> usize {
        self.mentions(text).into_iter().map(|m| m.company).collect::<BTreeSet<_>>().len()
    }

    /// Whether a text is, as a whole, the name of a company or publisher.
    #[must_use]
    pub fn names_one(&self, text: &str) -> bool {
        let text = text.trim();
        self.names.iter().any(|name| name.text == text)
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Script {
    Latin,
    Han,
    Katakana,
    Hangul,
    Other,
}

fn script(c: char) -> Script {
    match c {
        '\u{3400}'..='\u{9fff}' => Script::Han,
        '\u{30a0}'..='\u{30ff}' => Script::Katakana,
        '\u{ac00}'..='\u{d7af}' => Script::Hangul,
        c if c.is_alphanumeric() && c < '\u{530}' || ('\u{1e00}'..='\u{1eff}').contains(&c) => {
            Script::Latin
        }
        _ => Script::Other,
    }
}

/// Where the word ends that the name begins, or `None` where the name is only a part of one.
fn word_end(text: &str, start: usize, end: usize, name: &Name) -> Option<usize> {
    let first = script(text[start..].chars().next()?);
    let last = script(text[..end].chars().next_back()?);
    let before = text[..start].chars().next_back().map_or(Script::Other, script);
    let after = text[end..].chars().next().map_or(Script::Other, script);
    if before == first && !matches!(first, Script::Han | Script::Other) {
        return None;
    }
    match last {
        Script::Katakana if after == Script::Katakana => None,
        Script::Latin if after == Script::Latin => {
            // Endings of declined and plural names: `Leicas`, `Orlenu`, `Яндекса`.
            let ending: String =
                text[end..].chars().take_while(|&c| script(c) == Script::Latin).collect();
            let fits = ending.chars().count() <= 3
                && ending.chars().all(char::is_lowercase)
                && name.text.chars().count() >= 4
                && (!name.common || ending == "s");
            fits.then_some(end + ending.len())
        }
        _ => Some(end),
    }
}

/// Short and ordinary names must be spelled as they are; others at least not all in lower case,
/// unless they are known so.
fn case_fits(found: &str, name: &Name) -> bool {
    let exact = found == name.text;
    if name.common || name.text.chars().count() <= 3 {
        return exact || (found.chars().count() > 3 && found == name.text.to_uppercase());
    }
    exact || found.chars().any(char::is_uppercase) || !found.is_ascii() || found.len() >= 4
}

fn begins_sentence(text: &str, at: usize) -> bool {
    let before = text[..at].trim_end_matches([' ', '"', '“', '„', '«', '\'', '‘', '(']);
    before.is_empty() || before.ends_with(['.', '!', '?', '\n', ':', '。', '…', '•'])
}

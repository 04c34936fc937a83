//! The companies that business news writes about, and where a text names them.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use aho_corasick::{AhoCorasick, MatchKind};

use super::lexicon::{self, Lexicon, is_dense_char};
use super::{apposition, legal_forms};
use crate::model::{Company, slug};
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
    /// Its item in Wikidata, where that is sure.
    pub wikidata: Option<&'static str>,
    /// The name is also an ordinary word and needs company to be believed.
    pub common: bool,
    /// The name is a word of some language, but hardly one that a sentence begins with.
    pub cased: bool,
    /// A publisher: in a byline it is no company of the article.
    pub media: bool,
    /// Other names, separated by `|`.
    aliases: &'static str,
}

impl Row {
    /// How one of its names must be spelled; only single words can be ordinary ones.
    fn spelling(&self, name: &str) -> Spelling {
        let word = name.chars().all(|c| c.is_alphabetic() && !is_dense_char(c));
        match (self.common && word, self.cased) {
            (true, _) => Spelling::Common,
            (false, true) => Spelling::Cased,
            (false, false) if self.common => Spelling::Cased,
            _ => Spelling::Free,
        }
    }

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
            let wikidata = columns.next()?;
            let row = Row {
                id,
                name,
                country: Some(country).filter(|code| *code != "-"),
                wikidata: Some(wikidata).filter(|item| *item != "-"),
                common: flags.contains("common"),
                cased: flags.contains("cased"),
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

/// All built-in companies, by id.
pub fn all() -> impl Iterator<Item = &'static Row> {
    ROWS.values()
}

/// A company named in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mention {
    /// Its id.
    pub company: String,
    /// The bytes its name stands at.
    pub span: Span,
}

impl Mention {
    /// Whether it has nothing in common with a part of the text.
    fn is_clear(&self, span: &Span) -> bool {
        self.span.end <= span.start || self.span.start >= span.end
    }
}

/// How a name must look to be believed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Spelling {
    /// Nothing else is called so: any case will do.
    Free,
    /// A word of some language in small letters; with its capital it is the company.
    Cased,
    /// An ordinary word: where any word has a capital it needs other evidence.
    Common,
}

/// One name that the gazetteer knows.
struct Name {
    company: String,
    text: String,
    spelling: Spelling,
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
        let mut add = |company: &str, text: &str, row: Option<&Row>| {
            if text.is_empty() || !taken.insert(text.to_lowercase()) {
                return;
            }
            names.push(Name {
                company: company.to_owned(),
                text: text.to_owned(),
                spelling: row.map_or(Spelling::Free, |row| row.spelling(text)),
                media: row.is_some_and(|row| row.media),
            });
        };
        for company in own {
            let all = std::iter::once(&company.name)
                .chain(&company.aliases)
                .chain(&company.former_names)
                .chain(company.names.values());
            let row = builtin(&company.id).map(|row| Row { media: false, ..*row });
            for text in all {
                add(&company.id, text, row.as_ref());
            }
        }
        for row in ROWS.values() {
            for text in row.names() {
                add(row.id, text, Some(row));
            }
        }
        let automaton = AhoCorasick::builder()
            .match_kind(MatchKind::LeftmostLongest)
            .ascii_case_insensitive(true)
            .build(names.iter().map(|name| &name.text))
            .expect("the gazetteer fits into an automaton");
        Self { automaton, names }
    }

    /// The companies of one article, given its paragraphs: an ordinary word is believed to be a
    /// company everywhere in it when it surely is one somewhere, and a name that stands beside a
    /// trade is one when it comes back.
    #[must_use]
    pub fn article(&self, paragraphs: &[&str], lexicon: &Lexicon) -> Companies<'_> {
        let learned = self.learned(paragraphs, lexicon);
        Companies { gazetteer: self, sure: self.sure(paragraphs), learned }
    }

    fn sure(&self, paragraphs: &[&str]) -> BTreeSet<String> {
        let all = paragraphs.iter().flat_map(|text| self.candidates(text));
        all.filter(|(_, doubtful)| !doubtful).map(|(mention, _)| mention.company).collect()
    }

    /// Names that no list knows and that the article itself tells to be companies.
    fn learned(&self, paragraphs: &[&str], lexicon: &Lexicon) -> Vec<String> {
        let mut learned: Vec<String> = Vec::new();
        for text in paragraphs.iter().filter(|text| !is_title_case(text)) {
            let mut names = apposition::names(text, lexicon);
            names.retain(|(_, name)| !learned.iter().any(|known| known == name));
            names.retain(|(_, name)| self.may_be_company(name, paragraphs, lexicon));
            if names.is_empty() {
                continue;
            }
            let known = self.candidates(text);
            let names =
                names.into_iter().filter(|(span, _)| known.iter().all(|m| m.0.is_clear(span)));
            learned.extend(names.map(|(_, name)| name.to_owned()));
        }
        learned
    }

    /// Whether a word beside a trade, which no list knows, may be a name: it comes back, and is no noun,
    /// day or country.
    fn may_be_company(&self, name: &str, paragraphs: &[&str], lexicon: &Lexicon) -> bool {
        let places: Vec<(&str, usize)> = paragraphs
            .iter()
            .flat_map(|text| places(text, name).map(move |at| (*text, at)))
            .collect();
        places.len() > 1
            && !places.iter().any(|(text, at)| follows_article(text, *at))
            && !slug(name).is_empty()
            && !lexicon.is_day_or_month(name)
            && !lexicon.list("countries").contains(&name.to_lowercase())
            && !self.names_one(name)
    }

    /// Every company that a text names, in order, judged by this text alone.
    #[must_use]
    pub fn mentions(&self, text: &str) -> Vec<Mention> {
        Companies { gazetteer: self, sure: self.sure(&[text]), learned: Vec::new() }.mentions(text)
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

    /// The places where a name stands, and whether it may be an ordinary word there.
    fn candidates(&self, text: &str) -> Vec<(Mention, bool)> {
        let titled = is_title_case(text);
        let mut found = Vec::new();
        for hit in self.automaton.find_iter(text) {
            let name = &self.names[hit.pattern().as_usize()];
            let Some(end) = word_end(text, hit.start(), hit.end(), name) else { continue };
            if name.media || !case_fits(text, hit.start(), hit.end(), name) {
                continue;
            }
            let doubtful = name.spelling == Spelling::Common
                && (titled
                    || begins_sentence(text, hit.start())
                    || follows_article(text, hit.start()));
            let mention = Mention { company: name.company.clone(), span: hit.start()..end };
            found.push((mention, doubtful));
        }
        for (span, name) in legal_forms::names(text) {
            let company = slug(name);
            if !company.is_empty() && found.iter().all(|m| m.0.is_clear(&span)) {
                found.push((Mention { company, span }, false));
            }
        }
        found.sort_by_key(|(mention, _)| mention.span.start);
        found
    }
}

/// The gazetteer with what one article has made sure.
pub struct Companies<'a> {
    gazetteer: &'a Gazetteer,
    sure: BTreeSet<String>,
    /// Names that only this article tells to be companies.
    learned: Vec<String>,
}

impl Companies<'_> {
    /// Every company that a part of the article names, in order, publishers left out.
    #[must_use]
    pub fn mentions(&self, text: &str) -> Vec<Mention> {
        let found = self.gazetteer.candidates(text);
        let sure = |at: usize| {
            let (mention, doubtful) = &found[at];
            !doubtful || self.sure.contains(&mention.company)
        };
        // `Inter and C6 Bank`: what is named in one breath with a company is one.
        let joined = |one: usize, other: usize| {
            let gap = &text[found[one].0.span.end..found[other].0.span.start];
            gap.len() <= 8 && !gap.contains(['.', '!', '?', '\n']) && sure(one.max(other))
        };
        let mut all: Vec<Mention> = (0..found.len())
            .filter(|&at| sure(at) || at + 1 < found.len() && joined(at, at + 1))
            .map(|at| found[at].0.clone())
            .collect();
        for name in &self.learned {
            for at in places(text, name) {
                let span = at..at + name.len();
                if all.iter().all(|m| m.is_clear(&span)) {
                    all.push(Mention { company: slug(name), span });
                }
            }
        }
        all.sort_by_key(|mention| mention.span.start);
        all
    }
}

/// Where a name stands in a text as words of its own.
fn places(text: &str, name: &str) -> impl Iterator<Item = usize> {
    let is_letter = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() && !is_dense_char(c));
    let is_katakana = |c: Option<char>| c.is_some_and(|c| script(c) == Script::Katakana);
    text.match_indices(name).map(|(at, _)| at).filter(move |&at| {
        let (before, after) =
            (text[..at].chars().next_back(), text[at + name.len()..].chars().next());
        let inside_katakana =
            is_katakana(name.chars().next()) && (is_katakana(before) || is_katakana(after));
        !is_letter(before) && !is_letter(after) && !inside_katakana
    })
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
            let capital = text[start..].chars().next().is_some_and(char::is_uppercase);
            let fits = ending.chars().count() <= 3
                && ending.chars().all(char::is_lowercase)
                && name.text.chars().count() >= 4
                && capital
                && (name.spelling == Spelling::Free || ending == "s");
            fits.then_some(end + ending.len())
        }
        _ => Some(end),
    }
}

/// Short and ordinary names must be spelled as they are, or all in capitals.
fn case_fits(text: &str, start: usize, end: usize, name: &Name) -> bool {
    let found = &text[start..end];
    if name.spelling == Spelling::Free && name.text.chars().count() > 3 {
        return true;
    }
    // `vivo在2020年`: in a script without capitals a Latin word is a name.
    let dense = |c: Option<char>| c.is_some_and(is_dense_char);
    found == name.text
        || (found.chars().count() > 3 && found == name.text.to_uppercase())
        || dense(text[..start].chars().next_back())
        || dense(text[end..].chars().next())
}

/// A headline in which nearly every longer word has a capital: there a capital says nothing.
fn is_title_case(text: &str) -> bool {
    let long = text
        .split_whitespace()
        .filter(|w| w.chars().count() > 3 && w.chars().all(char::is_alphabetic));
    let (mut all, mut capital) = (0, 0);
    for word in long {
        all += 1;
        capital += usize::from(word.chars().next().is_some_and(char::is_uppercase));
    }
    all >= 4 && capital * 5 >= all * 4
}

/// Whether an article or adjective stands before: German nouns have capitals (`eine Allianz`).
fn follows_article(text: &str, at: usize) -> bool {
    let word = text[..at].trim_end().rsplit(|c: char| !c.is_alphabetic()).next().unwrap_or("");
    !word.is_empty() && lexicon::of("de").list("articles").iter().any(|article| article == word)
}

fn begins_sentence(text: &str, at: usize) -> bool {
    let before = text[..at].trim_end_matches([' ', '"', '“', '„', '«', '\'', '‘', '(']);
    before.is_empty() || before.ends_with(['.', '!', '?', '\n', ':', '。', '…', '•'])
}

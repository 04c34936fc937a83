//! The companies that business news writes about, and where a text names them.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use rustc_hash::FxHashSet;

use super::entities::{self, Candidate, Forms, GazetteerEntry, GazetteerHit, Spelling, evidence};
use super::features::Features;
use super::language;
use super::lexicon::{self, Lexicon, is_dense_char};
use super::names::Index;
use super::thresholds::{BUTTON_NETWORKS, HOME_WORD_LENGTH, INFLECTED_LENGTH, SHOUTED_LENGTH};
use crate::model::Company;
use crate::source::Span;

/// One row of the built-in gazetteer.
#[expect(clippy::struct_excessive_bools, reason = "flags of a table")]
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
    /// A brand rather than a company.
    pub brand: bool,
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
                brand: flags.contains("brand"),
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

/// The built-in company with this id, or with this name if that is no ordinary word.
#[must_use]
pub fn named(name: &str) -> Option<&'static Row> {
    let is_it = |row: &&Row| !row.common && row.names().any(|known| known == name);
    builtin(name).or_else(|| all().find(is_it))
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

/// What the gazetteer knows of a name.
struct Name {
    company: Cow<'static, str>,
    spelling: Spelling,
    media: bool,
    own: bool,
    brand: bool,
}

/// The built-in companies and those of the site, ready to be found in texts.
pub struct Gazetteer {
    index: Index,
    /// What is known of each name of the index.
    names: Vec<Name>,
    /// Names, in small letters, that an editor says are no companies.
    ignored: BTreeSet<String>,
    /// Names, in small letters, that are none of the company that the list gives them to.
    not_names: BTreeSet<String>,
}

impl Gazetteer {
    /// The built-in list, extended and overridden by the site's own companies.
    #[must_use]
    pub fn new(own: &[Company]) -> Self {
        Self::of(own, ROWS.values())
    }

    /// The same gazetteer, for which some names are no companies.
    #[must_use]
    pub fn ignoring(self, names: &[String]) -> Self {
        Self { ignored: names.iter().map(|name| name.to_lowercase()).collect(), ..self }
    }

    /// A gazetteer that knows only a part of the built-in list, so that reading can be tried, and
    /// trained, on companies that it does not know.
    #[must_use]
    pub fn without(is_hidden: impl Fn(&str) -> bool) -> Self {
        Self::of(&[], ROWS.values().filter(|row| !is_hidden(row.id)))
    }

    fn of(own: &[Company], rows: impl Iterator<Item = &'static Row>) -> Self {
        let mut names: Vec<Name> = Vec::new();
        let mut texts: Vec<Cow<'static, str>> = Vec::new();
        let mut taken: FxHashSet<String> = FxHashSet::default();
        taken.reserve(2 * ROWS.len());
        let mut add_one =
            |company: &Cow<'static, str>, text: Cow<'static, str>, row: Option<&Row>, own| {
                if text.is_empty() || !taken.insert(text.to_lowercase()) {
                    return;
                }
                names.push(Name {
                    company: company.clone(),
                    spelling: row.map_or(Spelling::Free, |row| row.spelling(&text)),
                    media: row.is_some_and(|row| row.media),
                    own,
                    brand: row.is_some_and(|row| row.brand),
                });
                texts.push(text);
            };
        // Texts write both apostrophes.
        let mut add =
            |company: &Cow<'static, str>, text: Cow<'static, str>, row: Option<&Row>, own| {
                let curly = text.contains('\'').then(|| Cow::Owned(text.replace('\'', "’")));
                add_one(company, text, row, own);
                if let Some(curly) = curly {
                    add_one(company, curly, row, own);
                }
            };
        for company in own {
            let all = std::iter::once(&company.name)
                .chain(&company.aliases)
                .chain(&company.former_names)
                .chain(company.names.values());
            let row = builtin(&company.id).map(|row| Row { media: false, ..*row });
            let id = Cow::Owned(company.id.clone());
            for text in all {
                add(&id, Cow::Owned(text.clone()), row.as_ref(), true);
            }
        }
        for row in rows {
            let file = own.iter().find(|company| company.id == row.id);
            let is_none = |text: &str| {
                file.is_some_and(|company| company.not_names.iter().any(|name| name == text))
            };
            for text in row.names().filter(|text| !is_none(text)) {
                add(&Cow::Borrowed(row.id), Cow::Borrowed(text), Some(row), false);
            }
        }
        let index = Index::new(texts);
        let not_names = own.iter().flat_map(|company| &company.not_names);
        let not_names = not_names.map(|name| name.to_lowercase()).collect();
        Self { index, names, ignored: BTreeSet::new(), not_names }
    }

    /// What may be a company in an article, with all that speaks for and against it.
    #[must_use]
    pub fn candidates(
        &self,
        title: Option<&str>,
        paragraphs: &[&str],
        lexicon: &Lexicon,
    ) -> Vec<(Candidate<'_>, Features)> {
        let texts: Vec<&str> = title.into_iter().chain(paragraphs.iter().copied()).collect();
        let hits: Vec<Vec<GazetteerHit<'_>>> = texts
            .iter()
            .map(|text| without_buttons(text, self.hits(text, Some(lexicon))))
            .collect();
        entities::candidates(&texts, title.is_some(), lexicon, &hits)
    }

    /// The companies of one article, judged by all that it says of them.
    #[must_use]
    pub fn article(
        &self,
        title: Option<&str>,
        paragraphs: &[&str],
        lexicon: &'static Lexicon,
    ) -> Companies {
        let mut all = self.candidates(title, paragraphs, lexicon);
        all.retain(|(candidate, _)| !self.is_ignored(candidate));
        let probabilities = entities::probabilities(&all);
        Companies::judged(&all, &probabilities, lexicon)
    }

    /// Whether an editor has said that a name is none of a company.
    #[must_use]
    pub fn is_ignored(&self, candidate: &Candidate<'_>) -> bool {
        let mut forms = candidate.forms.iter().map(|form| form.to_lowercase());
        forms.any(|form| {
            self.ignored.contains(&form)
                || candidate.known.is_none() && self.not_names.contains(&form)
        })
    }

    /// The company that the list knows by a name.
    #[must_use]
    pub fn by_name(&self, name: &str) -> Option<&str> {
        let lower = name.to_lowercase();
        let same = || self.index.names().position(|known| known.to_lowercase() == lower);
        let found = self.index.exact(name).or_else(same);
        found.map(|at| self.names[at].company.as_ref())
    }

    /// Every company that a text names, in order, judged by this text alone.
    #[must_use]
    pub fn mentions(&self, text: &str) -> Vec<Mention> {
        let lexicon = lexicon::of(language::identify(text).0);
        self.article(None, &[text], lexicon).mentions(text)
    }

    /// How many different companies of the list a text names.
    #[must_use]
    pub fn count(&self, text: &str) -> usize {
        let hits = self.hits(text, None);
        let is_sure = |hit: &&GazetteerHit<'_>| {
            let before = text[..hit.span.start].trim_end();
            let opens = before.is_empty() || before.ends_with(['.', '!', '?', ':', '\n']);
            !hit.known.media && (hit.known.spelling != Spelling::Common || !opens)
        };
        hits.iter().filter(is_sure).map(|hit| hit.known.company).collect::<BTreeSet<_>>().len()
    }

    /// Whether a text is, as a whole, the name of a company or publisher.
    #[must_use]
    pub fn names_one(&self, text: &str) -> bool {
        self.index.exact(text.trim()).is_some()
    }

    /// Whether a text is, as a whole, the name of a publisher of the list.
    #[must_use]
    pub fn names_paper(&self, text: &str) -> bool {
        self.index.exact(text.trim()).is_some_and(|at| self.names[at].media)
    }

    /// Where names of the list stand as words of their own, with the endings of a language or of any.
    fn hits(&self, text: &str, lexicon: Option<&Lexicon>) -> Vec<GazetteerHit<'_>> {
        let found = self.index.find(text).filter_map(|(number, span)| {
            let (name, written) = (&self.names[number], self.index.name(number));
            let end = word_end(text, &span, written, name.spelling, lexicon)?;
            case_fits(text, &span, written, name.spelling).then(|| GazetteerHit {
                span: span.start..end,
                known: GazetteerEntry {
                    company: &name.company,
                    spelling: name.spelling,
                    media: name.media,
                    own: name.own,
                    brand: name.brand,
                },
            })
        });
        found.collect()
    }
}

/// Networks that pages have buttons for.
const NETWORKS: &[&str] = &[
    "instagram",
    "linkedin",
    "meta",
    "pinterest",
    "reddit",
    "snap",
    "telegram",
    "tiktok",
    "vk",
    "wechat",
    "weibo",
    "whatsapp",
    "x-corp",
    "youtube",
    "line",
];

/// Leaves out the networks of share buttons and of `follow us on`: three or more of them in a text that
/// names nobody else, or two with nothing between.
fn without_buttons<'a>(text: &str, mut hits: Vec<GazetteerHit<'a>>) -> Vec<GazetteerHit<'a>> {
    let is_network = |hit: &GazetteerHit<'_>| NETWORKS.contains(&hit.known.company);
    let networks: BTreeSet<&str> =
        hits.iter().filter(|hit| is_network(hit)).map(|hit| hit.known.company).collect();
    let others = hits.iter().filter(|hit| !is_network(hit) && !hit.known.media).count();
    let is_list = networks.len() >= BUTTON_NETWORKS && others < networks.len();
    let beside: Vec<bool> = (0..hits.len())
        .map(|at| {
            let touches = |one: &GazetteerHit<'_>, other: &GazetteerHit<'_>| {
                let gap = text.get(one.span.end..other.span.start).unwrap_or("-");
                is_network(one)
                    && is_network(other)
                    && gap.chars().all(|c| c.is_whitespace() || c == '|')
            };
            at > 0 && touches(&hits[at - 1], &hits[at])
                || at + 1 < hits.len() && touches(&hits[at], &hits[at + 1])
        })
        .collect();
    let keep: Vec<bool> = hits
        .iter()
        .zip(beside)
        .map(|(hit, beside)| !is_network(hit) || !is_list && !beside)
        .collect();
    let mut keep = keep.into_iter();
    hits.retain(|_| keep.next().unwrap_or(true));
    hits
}

/// The companies among the candidates of an article, given how probable each is, with their ids.
#[must_use]
pub fn believed<'c, 'a>(
    all: &'c [(Candidate<'a>, Features)],
    probabilities: &[f64],
    lexicon: &Lexicon,
) -> Vec<(String, &'c Candidate<'a>)> {
    let companies = entities::companies(all, probabilities).into_iter();
    companies
        .map(|(id, candidate)| {
            let is_listed = candidate.known.is_some();
            let whole = if is_listed { None } else { by_first_word(candidate, lexicon) };
            (whole.map_or(id, str::to_owned), candidate)
        })
        .collect()
}

/// The company of the list that a text calls by the first word of its name only, as texts in the language of its
/// country do: `Pegasus` is Pegasus Airlines in Turkish. None where two are called so, or where it is a word or a name
/// of people or places as well.
fn by_first_word(candidate: &Candidate<'_>, lexicon: &Lexicon) -> Option<&'static str> {
    let word = candidate.form.as_str();
    let is_short = word.chars().count() < HOME_WORD_LENGTH;
    let is_several = word.contains(' ') || word.chars().any(is_dense_char);
    let lower = word.to_lowercase();
    if is_short
        || is_several
        || evidence::is_name(&lower)
        || evidence::is_word(&lower, lexicon.code)
    {
        return None;
    }
    let home = lexicon.list("home");
    let is_home = |row: &&Row| {
        row.country.is_some_and(|code| home.iter().any(|home| home.eq_ignore_ascii_case(code)))
    };
    let begins = |name: &str| name.strip_prefix(word).is_some_and(|rest| rest.starts_with(' '));
    let mut found = all().filter(is_home).filter(|row| row.names().any(begins));
    let first = found.next().filter(|row| !row.media)?;
    found.next().is_none().then_some(first.id)
}

/// The companies of one article.
pub struct Companies {
    forms: Option<Forms>,
    /// The company that each form names.
    ids: Vec<String>,
    lexicon: &'static Lexicon,
}

impl Companies {
    /// Decides which candidates are companies, given how probable each is.
    #[must_use]
    pub fn judged(
        all: &[(Candidate<'_>, Features)],
        probabilities: &[f64],
        lexicon: &'static Lexicon,
    ) -> Self {
        let companies = believed(all, probabilities, lexicon).into_iter();
        let named = companies.map(|(id, name)| (id, name.forms.iter().cloned().collect()));
        Self::given(named.collect(), lexicon)
    }

    /// Companies that are known beforehand, with the forms of their names: for trying what is read of
    /// them.
    #[must_use]
    pub fn given(companies: Vec<(String, Vec<String>)>, lexicon: &'static Lexicon) -> Self {
        let (mut forms, mut ids) = (Vec::new(), Vec::new());
        for (id, names) in companies {
            ids.extend(names.iter().map(|_| id.clone()));
            forms.extend(names);
        }
        let forms = if forms.is_empty() { None } else { Forms::new(forms) };
        Self { forms, ids, lexicon }
    }

    /// Every company that a part of the article names, in order, publishers left out.
    #[must_use]
    pub fn mentions(&self, text: &str) -> Vec<Mention> {
        let Some(forms) = &self.forms else { return Vec::new() };
        let mut all: Vec<Mention> = Vec::new();
        for (form, span) in forms.places(text, self.lexicon, &|_| false) {
            // They are in order and apart from each other, so only its neighbours can be in its way.
            let at = all.partition_point(|mention| mention.span.start < span.start);
            let (before, after) = all.split_at(at);
            if before.last().is_none_or(|m| m.span.end <= span.start)
                && after.first().is_none_or(|m| m.span.start >= span.end)
            {
                all.insert(at, Mention { company: self.ids[form].clone(), span });
            }
        }
        all
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
fn word_end(
    text: &str,
    span: &Span,
    name: &str,
    spelling: Spelling,
    lexicon: Option<&Lexicon>,
) -> Option<usize> {
    let (start, end) = (span.start, span.end);
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
            let is_ending = match lexicon.map(|lexicon| lexicon.code) {
                Some("de" | "da" | "no" | "sv" | "en" | "nl") => ending == "s",
                None if ending == "s" => true,
                None | Some("pl" | "ru" | "uk") => {
                    spelling == Spelling::Free && ENDINGS.contains(&ending.as_str())
                }
                _ => false,
            };
            (is_ending && capital && name.chars().count() >= INFLECTED_LENGTH)
                .then_some(end + ending.len())
        }
        _ => Some(end),
    }
}

/// Short and ordinary names must be spelled as they are, or all in capitals.
fn case_fits(text: &str, span: &Span, name: &str, spelling: Spelling) -> bool {
    let found = &text[span.clone()];
    // `vivo在2020年`: in a script without capitals a Latin word is a name.
    let dense = |c: Option<char>| c.is_some_and(is_dense_char);
    let long = name.chars().count() >= SHOUTED_LENGTH;
    let capital = |text: &str| text.starts_with(|c: char| !c.is_lowercase());
    found == name
        || long && found == name.to_uppercase()
        || long && spelling == Spelling::Free && capital(found)
        || dense(text[..span.start].chars().next_back())
        || dense(text[span.end..].chars().next())
}

/// What Slavic languages hang on names.
const ENDINGS: &[&str] = &[
    "a", "u", "em", "ie", "iem", "owi", "y", "i", "om", "ach", "ami", "ów", "ą", "ę", "ego", "emu",
    "а", "у", "е", "ом", "ем", "ы", "и", "ой", "ам", "ах", "ами", "ов", "я", "ю", "і", "ові", "ою",
    "ів",
];

//! What the desk shows of one article: its lines as they came, its facts, and what else they may be.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::thresholds::{CHANCE_CHARACTERS, MAIN_COMPANIES, WORTH_A_LINE};
use crate::check::review::{self, Names, Prose, Reason};
use crate::config::{Config, Section};
use crate::import::article::Reading;
use crate::import::body;
use crate::import::known::has_word;
use crate::model::{Article, Claim, Event, PartialDate, Publisher, relation_id};
use crate::parse::article::ArticleFile;
use crate::parse::markdown::{Dialect, markdown};
use crate::source::Source;
use crate::understand::companies::{self, Companies, Gazetteer, builtin};
use crate::understand::entities;
use crate::understand::lexicon::{self, Lexicon};
use crate::understand::partnerships::{self, weights as claims};
use crate::understand::structure::Label;
use crate::understand::{dates, language};

/// How many names are on offer: each has a digit for its key.
const OFFERS: usize = 9;
/// How many partnerships, and values of a field, are on offer: as many as a glance takes in.
const FEW: usize = 6;

/// What is known beyond the article.
pub struct SiteKnowledge<'a> {
    /// The settings.
    pub config: &'a Config,
    /// The companies.
    pub gazetteer: &'a Gazetteer,
    /// Names of companies.
    pub names: &'a dyn Names,
    /// Who publishes.
    pub publishers: &'a [Publisher],
    /// The day on which it is looked at.
    pub today: PartialDate,
    /// How much running text a raw text has.
    pub prose: Prose<'a>,
    /// What the article needs a person for together with others.
    pub shared: &'a [Reason],
}

/// An article at the desk.
#[derive(Clone, Debug, Serialize)]
pub struct DeskArticle {
    /// Its file.
    pub path: String,
    /// A hash of the file, by which a later change is told.
    pub hash: String,
    /// Whether the raw text is there.
    pub has_raw: bool,
    /// The text, line by line.
    pub lines: Vec<Line>,
    /// Its title.
    pub title: Option<String>,
    /// Its summary.
    pub summary: Option<String>,
    /// Its date.
    pub date: Option<String>,
    /// How that is known.
    pub date_basis: Option<&'static str>,
    /// Its language.
    pub lang: String,
    /// `ltr` or `rtl`
    pub dir: &'static str,
    /// Who published it.
    pub source: Option<String>,
    /// Where.
    pub url: Option<String>,
    /// Who wrote it.
    pub authors: Vec<String>,
    /// Whether it is a draft.
    pub draft: bool,
    /// The day before which it is not published.
    pub scheduled: Option<String>,
    /// The companies that it names.
    pub companies: Vec<Name>,
    /// What it says of partnerships.
    pub claims: Vec<ClaimFact>,
    /// What needs a person.
    pub reasons: Vec<Doubt>,
    /// What else the fields may be.
    pub offers: Offers,
    /// Kinds of partnership with their labels.
    pub kinds: Vec<(String, String)>,
    /// Events.
    pub events: Vec<&'static str>,
}

/// A line of the text.
#[derive(Clone, Debug, Serialize)]
pub struct Line {
    /// Its words.
    pub text: String,
    /// What import took it for.
    pub label: &'static str,
    /// How likely that is, from 0 to 1; nothing where there is no raw text.
    pub sure: Option<f64>,
    /// Whether it is part of the body.
    pub kept: bool,
    /// Whether it goes on in the paragraph of the line before.
    pub glued: bool,
    /// Its words in pieces, each with the facts that it is about.
    pub pieces: Vec<LineSpan>,
}

/// A piece of a line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct LineSpan {
    /// Its words.
    pub text: String,
    /// `company:xiaomi`, `claim:0`, `date:2022-05-23`, `author`, `title`, `offer:dot`.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub about: Vec<String>,
}

/// A company.
#[derive(Clone, Debug, Serialize)]
pub struct Name {
    /// Its id.
    pub id: String,
    /// What it is called.
    pub name: String,
    /// Whether something is known of it.
    pub known: bool,
    /// How probable it is that the article names it; nothing where it is not on offer.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub likely: Option<f64>,
    /// The names under which the text has it.
    pub forms: Vec<String>,
}

/// A claim.
#[derive(Clone, Debug, Serialize)]
pub struct ClaimFact {
    /// Ids of the companies.
    pub parties: Vec<String>,
    /// The kind's id.
    pub kind: String,
    /// What happened.
    pub event: &'static str,
    /// When, if not on the article's day.
    pub date: Option<String>,
    /// The words that say so.
    pub evidence: Option<String>,
    /// How sure import was; nothing where a person has confirmed it.
    pub confidence: Option<f32>,
}

/// A reason in words.
#[derive(Clone, Debug, Serialize)]
pub struct Doubt {
    /// Its word.
    pub id: &'static str,
    /// In words.
    pub words: String,
    /// The two ids that may be of one company.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub near: Option<[String; 2]>,
}

impl Doubt {
    /// A reason as pages show it.
    #[must_use]
    pub fn new(reason: &Reason) -> Self {
        let near = match reason {
            Reason::Near(near) => Some([near.id.clone(), near.like.clone()]),
            _ => None,
        };
        Self { id: reason.id(), words: reason.words(), near }
    }
}

/// What else the fields may be, the likeliest first.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Offers {
    /// Titles.
    pub titles: Vec<String>,
    /// Dates, with the line that tells each.
    pub dates: Vec<(String, String)>,
    /// Authors.
    pub authors: Vec<String>,
    /// Publishers.
    pub sources: Vec<String>,
    /// Names that may be companies.
    pub companies: Vec<Name>,
    /// Partnerships that it may tell of.
    pub claims: Vec<ClaimFact>,
}

/// Names under which a text has each company.
pub type Forms = BTreeMap<String, Vec<String>>;

/// A sheet, with what the operations need of it.
pub struct OpenArticle {
    /// What is shown.
    pub sheet: DeskArticle,
    /// Names under which the text has each company.
    pub forms: Forms,
    /// Companies that import finds by itself.
    pub found: BTreeSet<String>,
    /// What needs a person.
    pub reasons: Vec<Reason>,
}

/// Lays an article on the desk, with its raw text taken apart where that is kept.
#[must_use]
pub fn laid(
    file: &ArticleFile,
    reading: Option<&Reading>,
    known: &SiteKnowledge<'_>,
) -> OpenArticle {
    let article = &file.article;
    let lexicon = lexicon::of(article.lang.primary());
    let mut lines = match reading {
        Some(reading) => raw_lines(reading, article),
        None => body_lines(article),
    };
    let paragraphs = paragraphs(article);
    let texts: Vec<&str> = paragraphs.iter().map(String::as_str).collect();
    let seen = CompaniesNamed::new(article, &texts, lexicon, known);
    let near = seen.near();
    let companies = Companies::given(near, lexicon);
    for line in &mut lines {
        line.pieces = pieces(line, article, &companies, lexicon);
    }
    // A release is published by who it is about, and says so nowhere else.
    let main = article.companies.iter().take(MAIN_COMPANIES).map(|id| seen.name(id, None).name);
    let named = publishers(&lines, known.publishers).chain(main).collect::<Vec<_>>();
    let reasons = review::of_article(
        article,
        known.names,
        known.config.is_about(Section::Companies),
        known.prose,
        known.shared,
    );
    let offers = Offers {
        companies: seen.offers(),
        claims: if known.config.is_about(Section::Partnerships) {
            more_claims(article, &texts, lexicon, &seen)
        } else {
            Vec::new()
        },
        ..fields(reading, article, &lines, &named, lexicon)
    };
    let sheet = DeskArticle {
        has_raw: reading.is_some(),
        companies: article.companies.iter().map(|id| seen.name(id, None)).collect(),
        lines,
        offers,
        reasons: reasons.iter().map(Doubt::new).collect(),
        ..plain(file, known)
    };
    OpenArticle { sheet, forms: seen.forms, found: seen.found, reasons }
}

/// What the file says by itself.
fn plain(file: &ArticleFile, known: &SiteKnowledge<'_>) -> DeskArticle {
    let article = &file.article;
    DeskArticle {
        path: article.path.clone(),
        hash: hash(&file.source),
        has_raw: false,
        lines: Vec::new(),
        title: article.title.clone(),
        summary: article.summary.clone(),
        date: article.date.map(|date| date.to_string()),
        date_basis: article.date_basis.map(crate::model::DateBasis::id),
        lang: article.lang.tag().to_owned(),
        dir: article.lang.direction().id(),
        source: article.source.as_ref().and_then(|source| source.name.clone()),
        url: article.source_url().map(str::to_owned),
        authors: article.authors.clone(),
        draft: article.draft,
        scheduled: article.waits_for(known.today).map(|day| day.to_string()),
        companies: Vec::new(),
        claims: article.partnerships.iter().map(told).collect(),
        reasons: Vec::new(),
        offers: Offers::default(),
        kinds: known.config.kinds.clone().into_iter().collect(),
        events: Event::ALL.map(Event::id).to_vec(),
    }
}

/// What a file is known by.
#[must_use]
pub fn hash(source: &Source) -> String {
    source.hash.to_hex()[..32].to_owned()
}

fn told(claim: &Claim) -> ClaimFact {
    ClaimFact {
        parties: claim.parties.iter().map(|party| party.company.clone()).collect(),
        kind: claim.kinds.first().map(|kind| kind.0.clone()).unwrap_or_default(),
        event: claim.event.id(),
        date: claim.date.map(|date| date.to_string()),
        evidence: claim.evidence.clone(),
        confidence: claim.confidence,
    }
}

/// The lines of a raw text, with whether the body has them.
fn raw_lines(reading: &Reading, article: &Article) -> Vec<Line> {
    let mut from = 0;
    let mut end_before = None;
    let mut lines = Vec::new();
    for unit in &reading.found.lines {
        let text = &reading.text[unit.span.clone()];
        let found = body::place(&article.body, text, from);
        // What stands in the body only by chance is a word or two.
        let is_long = text.chars().count() > CHANCE_CHARACTERS || unit.label == Label::Body;
        let kept = found.filter(|_| is_long);
        if let Some(place) = &kept {
            from = place.end;
        }
        let between = end_before.map(|end| &reading.text[end..unit.span.start]);
        end_before = Some(unit.span.end);
        lines.push(Line {
            text: text.to_owned(),
            label: unit.label.name(),
            sure: Some((unit.sureness * 100.0).round() / 100.0),
            kept: kept.is_some(),
            glued: between.is_some_and(|between| !between.contains('\n')),
            pieces: Vec::new(),
        });
    }
    lines
}

/// The paragraphs of a body, where the raw text is not there.
fn body_lines(article: &Article) -> Vec<Line> {
    let blocks = article.body.split('\n').map(str::trim).filter(|line| !line.is_empty());
    let line = |text: &str| Line {
        text: text.to_owned(),
        label: Label::Body.name(),
        sure: None,
        kept: true,
        glued: false,
        pieces: Vec::new(),
    };
    blocks.map(line).collect()
}

/// The body as it reads.
fn paragraphs(article: &Article) -> Vec<String> {
    let rendered = markdown(&article.body, Dialect::default());
    rendered.text.lines().filter(|line| !line.is_empty()).map(str::to_owned).collect()
}

/// The companies that an article may name.
struct CompaniesNamed<'a> {
    article: &'a Article,
    known: &'a SiteKnowledge<'a>,
    forms: Forms,
    /// How probable each is.
    likely: BTreeMap<String, f64>,
    found: BTreeSet<String>,
}

impl<'a> CompaniesNamed<'a> {
    fn new(
        article: &'a Article,
        texts: &[&str],
        lexicon: &Lexicon,
        known: &'a SiteKnowledge<'a>,
    ) -> Self {
        let title = article.title.as_deref();
        let all = known.gazetteer.candidates(title, texts, lexicon);
        let mut seen = Self {
            article,
            known,
            forms: Forms::new(),
            likely: BTreeMap::new(),
            found: BTreeSet::new(),
        };
        let probabilities = entities::probabilities(&all);
        let companies = companies::believed(&all, &probabilities, lexicon).into_iter();
        let believed: BTreeMap<&str, String> =
            companies.map(|(id, candidate)| (candidate.key.as_str(), id)).collect();
        seen.found.extend(believed.values().cloned());
        for ((candidate, _), probability) in all.iter().zip(probabilities) {
            let id = believed.get(candidate.key.as_str()).cloned();
            let id = id.unwrap_or_else(|| entities::id(candidate));
            if id.is_empty() || known.gazetteer.is_ignored(candidate) {
                continue;
            }
            let likely = seen.likely.entry(id.clone()).or_default();
            *likely = likely.max(probability);
            let forms = seen.forms.entry(id).or_default();
            // The form that stands most often goes before the others.
            let others = candidate.forms.iter().filter(|form| **form != candidate.form);
            for form in [&candidate.form].into_iter().chain(others) {
                if !forms.contains(form) {
                    forms.push(form.clone());
                }
            }
        }
        // What a person has named stands in the text under some of its names.
        for id in &article.companies {
            if !seen.forms.contains_key(id) {
                let names =
                    known.names.names(id, article).unwrap_or_else(|| vec![id.replace('-', " ")]);
                let is_there = |name: &String| {
                    let texts = texts.iter().copied().chain(title);
                    texts.into_iter().any(|text| text.to_lowercase().contains(&name.to_lowercase()))
                };
                let there: Vec<String> = names.into_iter().filter(is_there).collect();
                if !there.is_empty() {
                    seen.forms.insert(id.clone(), there);
                }
            }
        }
        seen
    }

    fn name(&self, id: &str, likely: Option<f64>) -> Name {
        let forms = self.forms.get(id).cloned().unwrap_or_default();
        let known = self.known.names.names(id, self.article);
        let name = known.as_ref().and_then(|names| names.first().cloned());
        Name {
            id: id.to_owned(),
            name: name.or_else(|| forms.first().cloned()).unwrap_or_else(|| id.to_owned()),
            known: known.is_some(),
            likely,
            forms,
        }
    }

    /// Names on offer, the likeliest first.
    fn offers(&self) -> Vec<Name> {
        let article = self.article;
        let is_taken =
            |id: &&String| article.companies.contains(id) || article.rejected.contains(id);
        let is_media = |id: &&String| builtin(id).is_some_and(|row| row.media);
        let mut all: Vec<(&String, f64)> = self
            .likely
            .iter()
            .filter(|(id, likely)| **likely >= WORTH_A_LINE && !is_taken(id) && !is_media(id))
            .map(|(id, likely)| (id, *likely))
            .collect();
        all.sort_by(|one, other| other.1.total_cmp(&one.1));
        all.truncate(OFFERS);
        all.into_iter()
            .map(|(id, likely)| self.name(id, Some((likely * 100.0).round() / 100.0)))
            .collect()
    }

    /// The companies of the article, and those on offer, with their names.
    fn near(&self) -> Vec<(String, Vec<String>)> {
        let offers = self.offers();
        let ids = self.article.companies.iter().chain(offers.iter().map(|offer| &offer.id));
        ids.filter_map(|id| Some((id.clone(), self.forms.get(id)?.clone()))).collect()
    }
}

/// Partnerships of the article's companies that it does not claim, the likeliest first.
fn more_claims(
    article: &Article,
    texts: &[&str],
    own: &'static Lexicon,
    seen: &CompaniesNamed<'_>,
) -> Vec<ClaimFact> {
    let of_paragraph = |paragraph: &str| {
        let (code, share) = language::identify(paragraph);
        if language::is_clear(paragraph, share) { lexicon::of(code) } else { own }
    };
    let has_forms = |id: &String| Some((id.clone(), seen.forms.get(id)?.clone()));
    let companies: Vec<_> = article.companies.iter().filter_map(has_forms).collect();
    let companies = Companies::given(companies, own);
    let title = article.title.as_deref();
    let pairs = partnerships::pairs(texts, title, article.date, of_paragraph, &companies);
    let mut all: Vec<(f64, Claim)> = pairs
        .into_iter()
        .map(|pair| (claims::probability(&pair.features), pair.claim))
        .filter(|(_, claim)| {
            let relation = claim.relation();
            let is_same = |other: &Claim| {
                relation_id(other.parties.iter().map(|p| p.company.as_str()), None) == relation
            };
            !article.partnerships.iter().any(is_same) && !article.rejected.contains(&relation)
        })
        .collect();
    all.sort_by(|one, other| other.0.total_cmp(&one.0));
    all.truncate(FEW);
    all.into_iter()
        .map(|(likely, claim)| {
            #[expect(clippy::cast_possible_truncation, reason = "a number from 0 to 1")]
            let confidence = Some(((likely * 100.0).round() / 100.0) as f32);
            ClaimFact { confidence, ..told(&claim) }
        })
        .collect()
}

/// What else title, date, authors and publisher may be.
fn fields(
    reading: Option<&Reading>,
    article: &Article,
    lines: &[Line],
    named: &[String],
    lexicon: &Lexicon,
) -> Offers {
    let mut offers = Offers::default();
    if let Some(reading) = reading {
        let candidates = &reading.candidates;
        offers.titles = different(candidates.titles(WORTH_A_LINE));
        offers.authors = different(candidates.writers(WORTH_A_LINE));
        offers.sources = different(candidates.publishers(WORTH_A_LINE));
        let days = candidates.days(WORTH_A_LINE).into_iter().map(|day| day.to_string());
        offers.dates.extend(different(days).into_iter().map(|day| (day, String::new())));
    }
    for line in lines {
        for found in dates::dates(&line.text, lexicon) {
            let date = found.date.to_string();
            match offers.dates.iter_mut().find(|(known, _)| *known == date) {
                Some((_, told)) if told.is_empty() => told.clone_from(&line.text),
                Some(_) => {}
                None => offers.dates.push((date, line.text.clone())),
            }
        }
    }
    let now = article.date.map(|date| date.to_string());
    offers.titles.retain(|title| article.title.as_ref() != Some(title));
    offers.dates.retain(|(date, _)| now.as_ref() != Some(date));
    offers.authors.retain(|author| !article.authors.contains(author));
    let source = article.source.as_ref().and_then(|source| source.name.as_ref());
    offers.sources.retain(|name| source != Some(name));
    offers.sources.extend(named.iter().filter(|name| source != Some(name)).cloned());
    offers.sources = different(std::mem::take(&mut offers.sources));
    offers.titles.truncate(FEW);
    offers.dates.truncate(FEW);
    offers.authors.truncate(FEW);
    offers.sources.truncate(FEW);
    offers
}

/// Publishers that are known and named somewhere in the text.
fn publishers<'a>(lines: &'a [Line], known: &'a [Publisher]) -> impl Iterator<Item = String> + 'a {
    let is_there = |publisher: &&Publisher| {
        let is_in = |name: &String| lines.iter().any(|line| has_word(&line.text, name));
        publisher.names().any(is_in)
    };
    known.iter().filter(is_there).map(|publisher| publisher.name.clone())
}

/// Values that are not the same, in their order.
fn different(values: impl IntoIterator<Item = String>) -> Vec<String> {
    let mut seen = BTreeSet::new();
    values.into_iter().filter(|value| seen.insert(value.clone())).collect()
}

/// A line cut where a fact begins or ends.
fn pieces(
    line: &Line,
    article: &Article,
    companies: &Companies,
    lexicon: &Lexicon,
) -> Vec<LineSpan> {
    let text = line.text.as_str();
    let mut marks: Vec<(usize, usize, String)> = Vec::new();
    for mention in companies.mentions(text) {
        let is_own = article.companies.contains(&mention.company);
        let what = if is_own { "company" } else { "offer" };
        marks.push((mention.span.start, mention.span.end, format!("{what}:{}", mention.company)));
    }
    for found in dates::dates(text, lexicon) {
        marks.push((found.span.start, found.span.end, format!("date:{}", found.date)));
    }
    let mut add = |words: &str, what: String| {
        if let Some(at) = text.find(words).filter(|_| !words.is_empty()) {
            marks.push((at, at + words.len(), what));
        } else if line.kept && words.len() > text.len() && words.contains(text) {
            // A sentence may go on over pieces of a text without lines.
            marks.push((0, text.len(), what));
        }
    };
    article.authors.iter().for_each(|author| add(author, "author".to_owned()));
    add(article.title.as_deref().unwrap_or_default(), "title".to_owned());
    for (at, claim) in article.partnerships.iter().enumerate() {
        add(claim.evidence.as_deref().unwrap_or_default(), format!("claim:{at}"));
    }
    let mut cuts: Vec<usize> = marks.iter().flat_map(|mark| [mark.0, mark.1]).collect();
    cuts.extend([0, text.len()]);
    cuts.sort_unstable();
    cuts.dedup();
    let piece = |ends: &[usize]| {
        let about = marks.iter().filter(|mark| mark.0 <= ends[0] && ends[1] <= mark.1);
        let mut about: Vec<String> = about.map(|mark| mark.2.clone()).collect();
        about.dedup();
        LineSpan { text: text[ends[0]..ends[1]].to_owned(), about }
    };
    cuts.windows(2).map(piece).collect()
}

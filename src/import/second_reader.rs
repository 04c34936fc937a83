//! A second reader: any program that is given what import found, as JSON, and answers in JSON what it found
//! itself. Nothing it says is believed that the text does not prove.

use serde::{Deserialize, Serialize};

use super::article::Imported;
use super::thresholds::{ONE_READER, SECOND_READER_ALONE, SECOND_READER_WRONG};
use crate::model::{Article, Claim, Event, Kind, PartialDate, Party, slug};
use crate::parse::article::MAX_NAMES;
use crate::understand::companies::Gazetteer;
use crate::understand::{dates, lexicon};

/// The version of the questions and answers.
const VERSION: u32 = 1;

/// What the program is given.
#[derive(Debug, Serialize)]
struct Question<'a> {
    version: u32,
    lang: &'a str,
    title: Option<&'a str>,
    date: Option<String>,
    authors: &'a [String],
    source: Option<&'a str>,
    body: &'a str,
    companies: &'a [String],
    partnerships: Vec<ClaimAnswer>,
    /// The kinds and events that there are.
    kinds: &'a [&'a str],
    events: Vec<&'static str>,
}

/// What it answers; every part may be left out, and more is not looked at.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Answer {
    title: Option<String>,
    date: Option<String>,
    authors: Vec<String>,
    source: Option<String>,
    companies: Vec<String>,
    partnerships: Vec<ClaimAnswer>,
}

/// A claim about two companies or more.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default)]
struct ClaimAnswer {
    /// Ids, or names as the text has them.
    parties: Vec<String>,
    kind: String,
    event: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    date: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    start: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    end: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    value: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    stake: Option<String>,
    evidence: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    confidence: Option<f32>,
}

/// What a program is given to read of an article, as JSON.
#[must_use]
pub fn question(article: &Article, kinds: &[&str]) -> String {
    let date = |date: Option<PartialDate>| date.map(|date| date.to_string());
    let told = |claim: &Claim| ClaimAnswer {
        parties: claim.parties.iter().map(|party| party.company.clone()).collect(),
        kind: claim.kinds.first().map(|kind| kind.0.clone()).unwrap_or_default(),
        event: claim.event.to_string(),
        date: date(claim.date),
        start: date(claim.start),
        end: date(claim.end),
        value: claim.value.clone(),
        stake: claim.stake.clone(),
        evidence: claim.evidence.clone().unwrap_or_default(),
        confidence: claim.confidence,
    };
    let question = Question {
        version: VERSION,
        lang: article.lang.tag(),
        title: article.title.as_deref(),
        date: date(article.date),
        authors: &article.authors,
        source: article.source.as_ref().and_then(|source| source.name.as_deref()),
        body: &article.body,
        companies: &article.companies,
        partnerships: article.partnerships.iter().map(told).collect(),
        kinds,
        events: Event::ALL.map(Event::id).to_vec(),
    };
    serde_json::to_string(&question).unwrap_or_default()
}

/// Takes from an answer what the text proves; `text` is all that was read, around the article as well. What
/// is dropped is told among the doubts.
///
/// # Errors
/// An answer that is not the JSON it should be.
pub fn heed(
    imported: &mut Imported,
    answer: &str,
    text: &str,
    kinds: &[&str],
    gazetteer: &Gazetteer,
) -> Result<(), String> {
    let answer: Answer = serde_json::from_str(answer).map_err(|error| error.to_string())?;
    let mut dropped = Vec::new();
    let article = &mut imported.article;
    facts(article, &answer, text, &mut dropped);
    let check = Check { kinds, gazetteer };
    for name in &answer.companies {
        match check.company(article, name) {
            Ok(id) if !article.companies.contains(&id) && article.companies.len() < MAX_NAMES => {
                article.companies.push(id);
            }
            Ok(_) => {}
            Err(why) => dropped.push(why),
        }
    }
    let mut seconded = Vec::new();
    for told in &answer.partnerships {
        match check.claim(article, told) {
            Ok(claim) => {
                seconded.push(claim.relation());
                merge(article, claim);
            }
            Err(why) => dropped.push(why),
        }
    }
    for claim in &mut article.partnerships {
        if !seconded.contains(&claim.relation()) {
            claim.confidence = claim.confidence.map(|sure| sure.min(ONE_READER));
        }
    }
    imported.doubts.extend(dropped.into_iter().map(|why| format!("the second reader: {why}")));
    Ok(())
}

/// Fills in what import did not find, where the text has it.
fn facts(article: &mut Article, answer: &Answer, text: &str, dropped: &mut Vec<String>) {
    let mut proven = |what: &str, words: &str| {
        let is_there = !words.trim().is_empty() && text.contains(words.trim());
        if !is_there {
            dropped.push(format!("the text has no {what} `{words}`"));
        }
        is_there
    };
    if let Some(title) = &answer.title
        && article.title.is_none()
        && proven("title", title)
    {
        article.title = Some(title.trim().to_owned());
    }
    if article.authors.is_empty() {
        let authors = answer.authors.iter().filter(|name| proven("author", name));
        article.authors = authors.map(|name| name.trim().to_owned()).collect();
    }
    let is_sourced = article.source.as_ref().is_some_and(|source| source.name.is_some());
    if let Some(name) = &answer.source
        && !is_sourced
        && proven("source", name)
    {
        article.source.get_or_insert_default().name = Some(name.trim().to_owned());
    }
    if let Some(told) = &answer.date
        && article.date.is_none()
    {
        match day(told, text, article) {
            Some(date) => article.date = Some(date),
            None => dropped.push(format!("the text has no date `{told}`")),
        }
    }
}

/// A date that stands in a text.
fn day(told: &str, text: &str, article: &Article) -> Option<PartialDate> {
    let date: PartialDate = told.parse().ok()?;
    let found = dates::dates(text, lexicon::of(article.lang.primary()));
    let year = date.to_string().len() == 4 && text.contains(told);
    (year || found.iter().any(|found| found.date == date)).then_some(date)
}

/// What claims are checked against.
struct Check<'a> {
    kinds: &'a [&'a str],
    gazetteer: &'a Gazetteer,
}

impl Check<'_> {
    /// The id of a company that the article names.
    fn company(&self, article: &Article, name: &str) -> Result<String, String> {
        if article.companies.iter().any(|id| id == name) {
            return Ok(name.to_owned());
        }
        let named = article.body.contains(name)
            || article.title.as_ref().is_some_and(|title| title.contains(name));
        let known = self.gazetteer.by_name(name).map(str::to_owned);
        let id = known.unwrap_or_else(|| slug(name));
        if named && !name.trim().is_empty() && !id.is_empty() {
            return Ok(id);
        }
        Err(format!("the article does not name `{name}`"))
    }

    /// A claim that the article proves.
    fn claim(&self, article: &Article, told: &ClaimAnswer) -> Result<Claim, String> {
        let between = told.parties.join(" and ");
        let evidence = told.evidence.trim();
        let at = article.body.find(evidence).filter(|_| !evidence.is_empty());
        let at = at.ok_or(format!("the body has no such words about {between}: `{evidence}`"))?;
        let kind = self.kinds.iter().find(|kind| **kind == told.kind);
        let kind = kind.ok_or(format!("there is no kind `{}`", told.kind))?;
        let event = Event::parse(&told.event);
        let event = event.ok_or(format!("there is no event `{}`", told.event))?;
        let mut parties = Vec::new();
        for name in &told.parties {
            let company = self.company(article, name)?;
            if !self.is_meant(article, name, &company, at, evidence) {
                return Err(format!("`{evidence}` does not name {name}"));
            }
            parties.push(Party { company, role: None });
        }
        parties.dedup();
        if parties.len() < 2 {
            return Err(format!("a partnership needs two companies: `{evidence}`"));
        }
        let date = |told: &Option<String>| -> Result<Option<PartialDate>, String> {
            let Some(told) = told else { return Ok(None) };
            let known = article.date.filter(|date| date.to_string() == *told);
            let date = known.or_else(|| day(told, &article.body, article));
            date.map(Some).ok_or(format!("the body has no date `{told}`"))
        };
        let words = |words: &Option<String>| {
            words.clone().filter(|words| !words.is_empty() && article.body.contains(words.as_str()))
        };
        Ok(Claim {
            parties,
            name: None,
            kinds: vec![Kind((*kind).to_owned())],
            event,
            date: date(&told.date)?,
            start: date(&told.start)?,
            end: date(&told.end)?,
            value: words(&told.value),
            stake: words(&told.stake),
            reason: None,
            evidence: Some(evidence.to_owned()),
            confidence: Some(SECOND_READER_ALONE),
        })
    }

    /// Whether evidence names a company, or may stand for one that its paragraph, the one before or the
    /// title names.
    fn is_meant(&self, article: &Article, name: &str, id: &str, at: usize, evidence: &str) -> bool {
        let names = |text: &str| {
            text.contains(name) || self.gazetteer.mentions(text).iter().any(|m| m.company == id)
        };
        let end = article.body[at..].find("\n\n").map_or(article.body.len(), |end| at + end);
        let before = article.body[..at].rmatch_indices("\n\n").nth(1);
        let around = before.map_or(0, |(start, _)| start)..end;
        names(evidence)
            || names(&article.body[around])
            || article.title.as_deref().is_some_and(names)
    }
}

/// Puts a claim of the second reader beside those of import: what both say gains, and of what they say
/// differently a person decides.
fn merge(article: &mut Article, claim: Claim) {
    let relation = claim.relation();
    let Some(known) = article.partnerships.iter_mut().find(|known| known.relation() == relation)
    else {
        let parties = claim.parties.iter().map(|party| &party.company);
        for id in parties.filter(|id| !article.companies.contains(id)).cloned().collect::<Vec<_>>()
        {
            article.companies.push(id);
        }
        article.partnerships.push(claim);
        return;
    };
    let is_same = known.event == claim.event && known.kinds == claim.kinds;
    let both = |sure: f32| ((1.0 - (1.0 - sure) * SECOND_READER_WRONG) * 100.0).round() / 100.0;
    let weigh = |sure: f32| if is_same { both(sure) } else { sure.min(ONE_READER) };
    known.confidence = known.confidence.map(weigh);
    known.value = known.value.take().or(claim.value);
    known.stake = known.stake.take().or(claim.stake);
    known.start = known.start.or(claim.start);
    known.end = known.end.or(claim.end);
}

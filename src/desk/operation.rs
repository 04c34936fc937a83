//! What a person does to an article: each operation gives the article as it is then, and what is to be
//! learned from it.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::thresholds::LABEL_CHARACTERS;
use crate::import::{article, body};
use crate::model::{
    Article, Claim, DateBasis, Event, Kind, PartialDate, Party, Settled, SourceRef, relation_id,
};

/// One step of a person's work.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(tag = "do", rename_all = "kebab-case", deny_unknown_fields)]
pub enum Operation {
    /// Gives it a title, or none.
    Title {
        /// The title.
        text: Option<String>,
    },
    /// Gives it a summary, or none.
    Summary {
        /// The summary.
        text: Option<String>,
    },
    /// Gives it a date, or none.
    Date {
        /// The date, as front matter writes it.
        text: Option<String>,
        /// The line of the text that tells it.
        line: Option<String>,
    },
    /// Gives it a publisher, or none.
    Source {
        /// What the publisher is called.
        name: Option<String>,
    },
    /// Names who wrote it.
    Authors {
        /// Their names.
        names: Vec<String>,
    },
    /// Names a company.
    Company {
        /// Its id, or a name of it.
        name: String,
    },
    /// Takes a company out.
    Drop {
        /// Its id.
        id: String,
    },
    /// Takes a company out, whose name is none of it in any article.
    Never {
        /// Its id.
        id: String,
    },
    /// Gives a company a further name.
    Alias {
        /// Its id.
        id: String,
        /// The name.
        name: String,
    },
    /// Says that a company of which nothing is known is another one.
    Merge {
        /// Its id.
        id: String,
        /// The id of the other one.
        into: String,
    },
    /// Says that two companies are two.
    Apart {
        /// The id of one.
        id: String,
        /// The id of the other.
        like: String,
    },
    /// Confirms a claim.
    Confirm {
        /// Its number, from 0.
        claim: usize,
    },
    /// Takes a claim out, for good.
    Reject {
        /// Its number, from 0.
        claim: usize,
    },
    /// Says what happened.
    Event {
        /// The number of the claim, from 0.
        claim: usize,
        /// The event's word.
        event: String,
    },
    /// Says what kind of partnership it is.
    Kind {
        /// The number of the claim, from 0.
        claim: usize,
        /// The kind's id.
        kind: String,
    },
    /// Says which words tell it.
    Evidence {
        /// The number of the claim, from 0.
        claim: usize,
        /// The words.
        text: String,
    },
    /// Adds a claim.
    Claim {
        /// Ids of the companies.
        parties: Vec<String>,
        /// The kind's id.
        kind: String,
        /// The event's word.
        event: String,
        /// The words that tell it.
        evidence: Option<String>,
    },
    /// Takes a line out of the body.
    Cut {
        /// The line.
        line: String,
    },
    /// Puts a line into the body.
    PutBack {
        /// The line.
        line: String,
        /// The line of the body before it.
        behind: Option<String>,
        /// Whether it goes on in the same paragraph.
        #[serde(default)]
        glued: bool,
    },
    /// Says that everything is right as it stands.
    Accept,
}

/// What is to be known in other articles as well.
#[derive(Clone, Debug, PartialEq)]
pub enum Lesson {
    /// A company has these names, the first one before all.
    Company {
        /// Its id.
        id: String,
        /// Its names.
        names: Vec<String>,
    },
    /// A company has one more name.
    Alias {
        /// Its id.
        id: String,
        /// The name.
        name: String,
    },
    /// A company is another one.
    Merge {
        /// The id of the other one.
        into: String,
        /// Its id.
        id: String,
        /// What texts call it.
        name: Option<String>,
    },
    /// A company is not another one that it could be taken for.
    Apart {
        /// Its id.
        id: String,
        /// The id of the other.
        other: String,
    },
    /// These names are no company's, or not this one's.
    Never {
        /// Its id.
        id: String,
        /// The names.
        names: Vec<String>,
    },
    /// There is such a publisher.
    Publisher {
        /// What it is called.
        name: String,
        /// What the text called it.
        alias: Option<String>,
    },
    /// These people write for a publisher, and these others do not.
    Writers {
        /// What the publisher is called.
        publisher: String,
        /// Who does.
        names: Vec<String>,
        /// Who does not.
        others: Vec<String>,
    },
    /// A line of a publisher is not the article.
    Cut {
        /// What the publisher is called.
        publisher: String,
        /// The line.
        line: String,
    },
    /// Behind these words a publisher tells the day.
    DateAfter {
        /// What the publisher is called.
        publisher: String,
        /// The words.
        words: String,
    },
}

/// What is known around an article.
pub struct OperationContext<'a> {
    /// The names under which the text has each company.
    pub forms: &'a BTreeMap<String, Vec<String>>,
    /// The id of a company by any of its names.
    pub id: &'a dyn Fn(&str) -> Option<String>,
    /// Whether import would find a company by itself.
    pub is_found: &'a dyn Fn(&str) -> bool,
    /// Whether something is known of a company.
    pub is_known: &'a dyn Fn(&str) -> bool,
    /// The kinds of the site.
    pub kinds: &'a BTreeMap<String, String>,
    /// What the article needs a person for.
    pub open: &'a [Settled],
}

/// The article after a step, and what is to be learned from it.
///
/// # Errors
/// A step that makes no sense, in words for the person.
pub fn applied(
    article: &Article,
    step: &Operation,
    about: &OperationContext<'_>,
) -> Result<(Article, Vec<Lesson>), String> {
    let mut new = article.clone();
    let mut lessons = Vec::new();
    match step {
        Operation::Title { text } => new.title = line(text.as_deref()),
        Operation::Summary { text } => new.summary = line(text.as_deref()),
        Operation::Date { text, line } => {
            date(&mut new, text.as_deref(), line.as_deref(), &mut lessons)?;
        }
        Operation::Source { name } => source(&mut new, name.as_deref(), &mut lessons),
        Operation::Authors { names } => authors(&mut new, names, &mut lessons),
        Operation::Company { name } => {
            add_company(&mut new, name, about)?;
        }
        Operation::Drop { id } => drop_company(&mut new, id)?,
        Operation::Never { id } => {
            drop_company(&mut new, id)?;
            let names = about.forms.get(id).cloned().unwrap_or_default();
            lessons.push(Lesson::Never { id: id.clone(), names });
        }
        Operation::Alias { id, name } => {
            add_company(&mut new, id, about)?;
            let name = line(Some(name)).ok_or("a name needs a letter")?;
            lessons.push(Lesson::Alias { id: id.clone(), name });
        }
        Operation::Merge { id, into } => lessons.push(merge(id, into, about)?),
        Operation::Apart { id, like } => {
            lessons.push(Lesson::Apart { id: like.clone(), other: id.clone() });
        }
        Operation::Confirm { claim } => claim_of(&mut new, *claim)?.confidence = None,
        Operation::Reject { claim } => reject(&mut new, *claim)?,
        Operation::Event { claim, event } => {
            let claim = claim_of(&mut new, *claim)?;
            claim.event = Event::parse(event).ok_or("there is no such event")?;
            claim.confidence = None;
        }
        Operation::Kind { claim, kind } => {
            let claim = claim_of(&mut new, *claim)?;
            claim.kinds = vec![known_kind(kind, about)?];
            claim.confidence = None;
        }
        Operation::Evidence { claim, text } => {
            claim_of(&mut new, *claim)?.evidence = line(Some(text));
        }
        Operation::Claim { parties, kind, event, evidence } => {
            let kind = known_kind(kind, about)?;
            let event = Event::parse(event).ok_or("there is no such event")?;
            add_claim(&mut new, parties, kind, event, evidence.as_deref())?;
        }
        Operation::Cut { line } => cut(&mut new, line, &mut lessons)?,
        Operation::PutBack { line, behind, glued } => {
            let text = body::with(&new.body, line, behind.as_deref(), *glued);
            set_body(&mut new, text);
        }
        Operation::Accept => accept(&mut new, about, &mut lessons),
    }
    retag(article, &mut new);
    Ok((new, lessons))
}

/// A text as one line; nothing where nothing is in it.
fn line(text: Option<&str>) -> Option<String> {
    let line = text?.split_whitespace().collect::<Vec<_>>().join(" ");
    (!line.is_empty()).then_some(line)
}

fn date(
    article: &mut Article,
    text: Option<&str>,
    told: Option<&str>,
    lessons: &mut Vec<Lesson>,
) -> Result<(), String> {
    let before = article.date;
    let date: Option<PartialDate> = match text.map(str::trim).filter(|text| !text.is_empty()) {
        Some(text) => Some(
            text.parse()
                .map_err(|_| format!("`{text}` is no date: write 2022-05-23, 2022-05 or 2022"))?,
        ),
        None => None,
    };
    article.date = date;
    article.date_basis = date.map(|_| match told {
        Some(_) => DateBasis::Stated,
        None => DateBasis::Editor,
    });
    // What was told on the article's own day is told on the new one.
    for claim in article.partnerships.iter_mut().filter(|claim| claim.date.is_some()) {
        if claim.date == before {
            claim.date = date;
        }
    }
    let publisher = article.source.as_ref().and_then(|source| source.name.clone());
    if let (Some(publisher), Some(line)) = (publisher, told) {
        let words = line.split(|c: char| c.is_numeric()).next().unwrap_or_default().trim();
        let is_label = words.ends_with(':') && words.chars().count() <= LABEL_CHARACTERS;
        if is_label && words != line {
            lessons.push(Lesson::DateAfter { publisher, words: words.to_owned() });
        }
    }
    Ok(())
}

fn source(article: &mut Article, name: Option<&str>, lessons: &mut Vec<Lesson>) {
    let name = line(name);
    let mut source = article.source.clone().unwrap_or_default();
    if let Some(name) = name.as_ref().filter(|name| source.name.as_ref() != Some(name)) {
        lessons.push(Lesson::Publisher { name: name.clone(), alias: source.name.clone() });
        let names = article.authors.clone();
        lessons.push(Lesson::Writers { publisher: name.clone(), names, others: Vec::new() });
    }
    source.name = name;
    article.source = (source != SourceRef::default()).then_some(source);
}

/// Whoever wrote it may write for its publisher again.
fn authors(article: &mut Article, names: &[String], lessons: &mut Vec<Lesson>) {
    let names: Vec<String> = names.iter().filter_map(|name| line(Some(name))).collect();
    let mut others = std::mem::replace(&mut article.authors, names.clone());
    others.retain(|other| !names.contains(other));
    let publisher = article.source.as_ref().and_then(|source| source.name.clone());
    lessons.extend(publisher.map(|publisher| Lesson::Writers { publisher, names, others }));
}

fn add_company(
    article: &mut Article,
    name: &str,
    about: &OperationContext<'_>,
) -> Result<(), String> {
    let id = (about.id)(name).ok_or("a name needs a letter or a digit")?;
    article.rejected.retain(|rejected| *rejected != id);
    if !article.companies.contains(&id) {
        article.companies.push(id);
    }
    Ok(())
}

fn merge(id: &str, into: &str, about: &OperationContext<'_>) -> Result<Lesson, String> {
    if id == into || (about.is_known)(id) {
        return Err(format!("`{id}` is known by itself: change its file by hand"));
    }
    let name = about.forms.get(id).and_then(|forms| forms.first()).cloned();
    Ok(Lesson::Merge { into: into.to_owned(), id: id.to_owned(), name })
}

fn drop_company(article: &mut Article, id: &str) -> Result<(), String> {
    let has = |claim: &Claim| claim.parties.iter().any(|party| party.company == id);
    if !article.companies.iter().any(|company| company == id)
        && !article.partnerships.iter().any(has)
    {
        return Err(format!("`{id}` is not among the companies"));
    }
    article.companies.retain(|company| company != id);
    article.partnerships.retain(|claim| !has(claim));
    note_rejected(article, id.to_owned());
    Ok(())
}

fn note_rejected(article: &mut Article, id: String) {
    if !article.rejected.contains(&id) {
        article.rejected.push(id);
    }
}

fn claim_of(article: &mut Article, at: usize) -> Result<&mut Claim, String> {
    article.partnerships.get_mut(at).ok_or_else(|| "there is no such claim".to_owned())
}

fn reject(article: &mut Article, at: usize) -> Result<(), String> {
    let relation = claim_of(article, at)?.relation();
    article.partnerships.remove(at);
    note_rejected(article, relation);
    Ok(())
}

fn known_kind(kind: &str, about: &OperationContext<'_>) -> Result<Kind, String> {
    if about.kinds.contains_key(kind) {
        return Ok(Kind(kind.to_owned()));
    }
    Err(format!("`{kind}` is no kind of partnership"))
}

fn add_claim(
    article: &mut Article,
    parties: &[String],
    kind: Kind,
    event: Event,
    evidence: Option<&str>,
) -> Result<(), String> {
    let relation = relation_id(parties.iter().map(String::as_str), None);
    if parties.len() < 2 || parties.iter().any(|id| !article.companies.contains(id)) {
        return Err("a partnership needs two companies of the article".to_owned());
    }
    if article.partnerships.iter().any(|claim| claim.relation() == relation) {
        return Err("the article has that partnership already".to_owned());
    }
    article.rejected.retain(|rejected| *rejected != relation);
    article.partnerships.push(Claim {
        parties: parties.iter().map(|id| Party { company: id.clone(), role: None }).collect(),
        name: None,
        kinds: vec![kind],
        date: if event == Event::Mentioned { None } else { article.date },
        event,
        start: None,
        end: None,
        value: None,
        stake: None,
        reason: None,
        evidence: line(evidence),
        confidence: None,
    });
    Ok(())
}

fn cut(article: &mut Article, line: &str, lessons: &mut Vec<Lesson>) -> Result<(), String> {
    let text = body::without(&article.body, line).ok_or("the body has no such line")?;
    // Words that are not in the body any more are evidence of nothing.
    for claim in &mut article.partnerships {
        claim.evidence = claim.evidence.take().filter(|evidence| {
            body::place(&text, evidence, 0).is_some()
                || body::place(&article.body, evidence, 0).is_none()
        });
    }
    let publisher = article.source.as_ref().and_then(|source| source.name.clone());
    lessons.extend(publisher.map(|publisher| Lesson::Cut { publisher, line: line.to_owned() }));
    set_body(article, text);
    Ok(())
}

/// Another body, in which the parts in other languages are looked for again.
fn set_body(article: &mut Article, text: String) {
    let before = std::mem::take(&mut article.body);
    article.passages.retain_mut(|part| {
        let words = &before[part.span.clone()];
        let Some(start) = text.find(words) else { return false };
        part.span = start..start + words.len();
        true
    });
    article.body = text.into();
}

/// Everything is right as it stands: nothing is unsure any more, and what is absent may be.
fn accept(article: &mut Article, about: &OperationContext<'_>, lessons: &mut Vec<Lesson>) {
    article.draft = false;
    for claim in &mut article.partnerships {
        claim.confidence = None;
    }
    for settled in about.open {
        if !article.settled.contains(settled) {
            article.settled.push(*settled);
        }
    }
    article.settled.sort_unstable();
    for id in &article.companies {
        if !(about.is_known)(id) || !(about.is_found)(id) {
            let names = about.forms.get(id).cloned().unwrap_or_default();
            if !names.is_empty() || !(about.is_known)(id) {
                lessons.push(Lesson::Company { id: id.clone(), names });
            }
        }
    }
}

/// Tags that were the kinds of its claims go on to be.
fn retag(before: &Article, after: &mut Article) {
    if before.partnerships != after.partnerships
        && before.tags == article::tags(&before.partnerships)
    {
        after.tags = article::tags(&after.partnerships);
    }
}

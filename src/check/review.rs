//! What needs a person, article by article: the one list that `check`, `review` and the desk share.

use std::collections::BTreeMap;

use rayon::prelude::*;

use super::facts;
use super::near::{Near, near};
use super::thresholds::SURE_CLAIM;
use crate::config::Section;
use crate::diagnostic::{self, Diagnostic};
use crate::index::{Index, traces};
use crate::model::{Article, Claim, Rights, Settled, slug};
use crate::parse::article::ArticleFile;
use crate::source::Span;
use crate::understand::companies::builtin;
use crate::understand::structure::width;

/// Why an article needs a person, the gravest reason first.
#[derive(Clone, Debug, PartialEq)]
pub enum Reason {
    /// It has no title.
    NoTitle,
    /// It has no date.
    NoDate,
    /// It names no company.
    NoCompany,
    /// Its body has so many percent of the running text of the raw one.
    Short(usize),
    /// The article in this file has the same text.
    Copy(String),
    /// The claim with this number has evidence that does not name its parties.
    Unnamed(usize),
    /// The claim with this number is only so sure.
    Unsure(usize, f32),
    /// Nothing is known of the company with this id.
    Unknown(String),
    /// One company probably has two ids.
    Near(Near),
    /// Sources disagree on the relation with this id.
    Dispute(String),
    /// It names no source.
    NoSource,
    /// It has no summary.
    NoSummary,
    /// Import wrote it, and nobody has let it out.
    Draft,
}

impl Reason {
    /// The word that filters and lists use.
    #[must_use]
    pub fn id(&self) -> &'static str {
        match self {
            Self::NoTitle => "no-title",
            Self::NoDate => "no-date",
            Self::NoCompany => "no-company",
            Self::Short(_) => "short",
            Self::Copy(_) => "copy",
            Self::Unnamed(_) => "unnamed",
            Self::Unsure(..) => "unsure",
            Self::Unknown(_) => "unknown",
            Self::Near(_) => "near",
            Self::Dispute(_) => "dispute",
            Self::NoSource => "no-source",
            Self::NoSummary => "no-summary",
            Self::Draft => "draft",
        }
    }

    /// What a person says to let it be.
    #[must_use]
    pub fn settled(&self) -> Option<Settled> {
        Some(match self {
            Self::NoTitle => Settled::Title,
            Self::NoDate => Settled::Date,
            Self::NoCompany => Settled::Company,
            Self::Short(_) => Settled::Body,
            Self::Copy(_) => Settled::Copy,
            Self::Dispute(_) => Settled::Dispute,
            Self::NoSource => Settled::Source,
            Self::NoSummary => Settled::Summary,
            Self::Unnamed(_)
            | Self::Unsure(..)
            | Self::Unknown(_)
            | Self::Near(_)
            | Self::Draft => return None,
        })
    }

    /// Whether only all articles together tell it.
    #[must_use]
    pub fn is_shared(&self) -> bool {
        matches!(self, Self::Copy(_) | Self::Near(_) | Self::Dispute(_))
    }

    /// In words.
    #[must_use]
    pub fn words(&self) -> String {
        match self {
            Self::NoTitle => "no title".to_owned(),
            Self::NoDate => "no date".to_owned(),
            Self::NoCompany => "no company".to_owned(),
            Self::Short(percent) => format!("only {percent} % of the raw text"),
            Self::Copy(path) => format!("the same text as `{path}`"),
            Self::Unnamed(at) => format!("evidence {} does not name its parties", at + 1),
            Self::Unsure(at, sure) => format!("claim {} is only {sure:.2} sure", at + 1),
            Self::Unknown(id) => format!("unknown company `{id}`"),
            Self::Near(Near { id, like, evidence, .. }) => {
                format!("`{id}` may be `{like}`: {evidence}")
            }
            Self::Dispute(id) => format!("sources disagree on `{id}`"),
            Self::NoSource => "no source".to_owned(),
            Self::NoSummary => "no summary".to_owned(),
            Self::Draft => "a draft that nobody has confirmed".to_owned(),
        }
    }

    fn rank(&self) -> usize {
        let order = [
            "no-title",
            "no-date",
            "no-company",
            "short",
            "copy",
            "unnamed",
            "unsure",
            "unknown",
            "near",
            "dispute",
            "no-source",
            "no-summary",
            "draft",
        ];
        order.iter().position(|id| *id == self.id()).unwrap_or(order.len())
    }
}

/// An article that needs a person.
#[derive(Clone, Debug)]
pub struct ReviewItem {
    /// Its position in [`Index::articles`].
    pub at: usize,
    /// Why, the gravest reason first.
    pub reasons: Vec<Reason>,
}

/// What is known of companies: the names that texts may give each.
pub trait Names: Sync {
    /// The names of a company that is known.
    fn names(&self, id: &str, article: &Article) -> Option<Vec<String>>;
}

impl Names for Index {
    fn names(&self, id: &str, article: &Article) -> Option<Vec<String>> {
        let mut names: Vec<String> = Vec::new();
        if let Some(row) = builtin(id) {
            names.extend(row.names().map(str::to_owned));
        }
        let record = self.company(id, article.date);
        if let Some(record) = record.filter(|record| !record.company.path.is_empty()) {
            let company = &record.company;
            names.push(company.name.clone());
            names.extend(company.aliases.iter().chain(&company.former_names).cloned());
            names.extend(company.names.values().cloned());
        }
        (!names.is_empty()).then_some(names)
    }
}

/// How much running text a raw text has, by its hash, where it is kept and is one.
pub type Prose<'a> = &'a (dyn Fn(&str) -> Option<usize> + Sync);

/// All articles that need a person, the most doubtful first.
#[must_use]
pub fn open(index: &Index, prose: Prose<'_>) -> Vec<ReviewItem> {
    let mut more: BTreeMap<usize, Vec<Reason>> = BTreeMap::new();
    for (one, other) in traces::copies(&index.articles) {
        let [first, second] = [one, other].map(|at| &index.articles[at]);
        if first.publisher.is_some() && first.publisher == second.publisher {
            more.entry(one).or_default().push(Reason::Copy(second.article().path.clone()));
        }
    }
    for near in near(index) {
        more.entry(near.at).or_default().push(Reason::Near(near));
    }
    for (at, relation) in facts::disputed(index) {
        more.entry(at).or_default().push(Reason::Dispute(relation));
    }
    let is_about = |section| index.config.is_about(section);
    let mut cases: Vec<ReviewItem> = index
        .articles
        .par_iter()
        .enumerate()
        .filter_map(|(at, entry)| {
            let article = entry.article();
            let shared = more.get(&at).map_or(&[][..], Vec::as_slice);
            let reasons = of_article(article, index, is_about(Section::Companies), prose, shared);
            (!reasons.is_empty()).then_some(ReviewItem { at, reasons })
        })
        .collect();
    cases.sort_by(|one, other| {
        let rank = |case: &ReviewItem| {
            (case.reasons.first().map(Reason::rank), std::cmp::Reverse(case.reasons.len()))
        };
        rank(one)
            .cmp(&rank(other))
            .then_with(|| least(&one.reasons).total_cmp(&least(&other.reasons)))
            .then_with(|| {
                let path = |case: &ReviewItem| &index.articles[case.at].article().path;
                path(one).cmp(path(other))
            })
    });
    cases
}

/// How sure the least sure of the claims is.
fn least(reasons: &[Reason]) -> f32 {
    let sure = reasons.iter().filter_map(|reason| match reason {
        Reason::Unsure(_, sure) => Some(*sure),
        _ => None,
    });
    sure.fold(1.0, f32::min)
}

/// Whether nobody has let it be.
fn is_open(reason: &Reason, article: &Article) -> bool {
    reason.settled().is_none_or(|settled| !article.settled.contains(&settled))
}

/// Why an article needs a person, with what it shares with others; the gravest reason first.
#[must_use]
pub fn of_article(
    article: &Article,
    known: &dyn Names,
    wants_companies: bool,
    prose: Prose<'_>,
    shared: &[Reason],
) -> Vec<Reason> {
    // Somebody is at work on it.
    let is_begun = article.draft && article.imported.is_none();
    let mut found =
        if is_begun { Vec::new() } else { alone(article, known, wants_companies, prose) };
    found.extend(shared.iter().cloned());
    found.retain(|reason| is_open(reason, article));
    found.sort_by_key(Reason::rank);
    found
}

/// Why an article needs a person, by itself.
fn alone(
    article: &Article,
    known: &dyn Names,
    wants_companies: bool,
    prose: Prose<'_>,
) -> Vec<Reason> {
    let mut found = Vec::new();
    if article.title.is_none() {
        found.push(Reason::NoTitle);
    }
    if article.date.is_none() {
        found.push(Reason::NoDate);
    }
    // What an editor writes needs no other source, and may be of anything.
    let is_foreign = article.rights != Rights::Full || article.source.is_some();
    if is_foreign && wants_companies && article.companies.is_empty() {
        found.push(Reason::NoCompany);
    }
    let raw = article.imported.as_ref().and_then(|imported| prose(&imported.raw));
    if let Some(whole) = raw {
        let kept = width(&article.body);
        if kept * 2 < whole {
            found.push(Reason::Short(kept * 100 / whole));
        }
    }
    for (at, claim) in article.partnerships.iter().enumerate() {
        let Some(sure) = claim.confidence else { continue };
        if !names_parties(claim, article, known) {
            found.push(Reason::Unnamed(at));
        }
        if sure < SURE_CLAIM {
            found.push(Reason::Unsure(at, sure));
        }
    }
    let is_unknown = |id: &&String| known.names(id, article).is_none();
    found.extend(article.companies.iter().filter(is_unknown).cloned().map(Reason::Unknown));
    let has_name = article.source.as_ref().is_some_and(|s| s.name.is_some() || s.url.is_some());
    if is_foreign && !has_name {
        found.push(Reason::NoSource);
    }
    if is_foreign && article.summary.is_none() {
        found.push(Reason::NoSummary);
    }
    if article.draft && article.imported.is_some() {
        found.push(Reason::Draft);
    }
    found
}

/// Whether the evidence of a claim names all its parties.
fn names_parties(claim: &Claim, article: &Article, known: &dyn Names) -> bool {
    let evidence = slug(claim.evidence.as_deref().unwrap_or_default());
    claim.parties.iter().all(|party| {
        let id = &party.company;
        let names = known.names(id, article).unwrap_or_default();
        let mut names = names.iter().map(|name| slug(name)).chain([id.clone()]);
        names.any(|name| !name.is_empty() && evidence.contains(&name))
    })
}

/// What is open, as messages.
#[must_use]
pub fn messages(index: &Index, cases: &[ReviewItem]) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for ReviewItem { at, reasons } in cases {
        let file = &index.articles[*at].file;
        let message = |reason: &Reason| {
            let place = place(file, reason);
            match reason {
                Reason::Near(near) => {
                    let Near { id, like, evidence, .. } = near;
                    diagnostic::near_ids(&file.source, place, id, like, evidence)
                }
                _ => diagnostic::needs_person(&file.source, place, &reason.words()),
            }
        };
        found.extend(reasons.iter().map(message));
    }
    found
}

/// Where in the file a person has to look.
fn place(file: &ArticleFile, reason: &Reason) -> Span {
    match reason {
        Reason::Unnamed(at) | Reason::Unsure(at, _) => {
            let spans = file.claim_spans.get(*at);
            let evidence = spans.map(|spans| match (&spans.evidence, reason) {
                (Some(evidence), Reason::Unnamed(_)) => evidence.clone(),
                _ => spans.whole.clone(),
            });
            evidence.unwrap_or(0..0)
        }
        Reason::Unknown(id) | Reason::Near(Near { id, .. }) => {
            let span = file.company_spans.iter().find(|(company, _)| company == id);
            span.map_or(0..0, |(_, span)| span.clone())
        }
        _ => 0..0,
    }
}

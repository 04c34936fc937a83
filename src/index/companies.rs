//! The companies of a site: those with a file, those that the list has, and those that are only named.

use std::sync::Arc;

use super::records::{CompanyRecord, IndexedArticle};
use super::succession::Succession;
use super::{ById, Index};
use crate::diagnostic::{self, Diagnostic};
use crate::model::Company;
use crate::parse::markdown::Rendered;
use crate::source::Source;
use crate::understand::companies::builtin;

pub(super) fn companies(
    registry: Vec<(Source, Company, Arc<Rendered>)>,
    articles: &[IndexedArticle],
    found: &mut Vec<Diagnostic>,
) -> (ById<CompanyRecord>, Succession) {
    let succession = Succession::new(&registry, found);
    let mut records: ById<CompanyRecord> = ById::default();
    for (source, company, profile) in registry {
        let id = company.id.clone();
        if let Some(other) = records.get(&id) {
            found.push(diagnostic::company_twice(&source, &id, &other.company.path));
            continue;
        }
        records.insert(id, CompanyRecord::new(with_known(company), profile));
    }
    for (at, entry) in articles.iter().enumerate() {
        let article = entry.article();
        let parties = article.partnerships.iter().flat_map(|claim| &claim.parties);
        let named = article.companies.iter().chain(parties.map(|party| &party.company));
        for id in named.map(|id| succession.now(id, article.date)) {
            let record = match records.get_mut(id) {
                Some(record) => record,
                None => records
                    .entry(id.to_owned())
                    .or_insert(CompanyRecord::new(named_only(id), Arc::default())),
            };
            if record.articles.last() != Some(&at) {
                record.articles.push(at);
            }
        }
    }
    records.sort_unstable_keys();
    (records, succession)
}

/// A company that only an article names: its id is all we know, put into words.
fn named_only(id: &str) -> Company {
    let name = builtin(id).map_or_else(|| title_case(id), |row| row.name.to_owned());
    with_known(Company { id: id.to_owned(), name, ..Company::default() })
}

/// What the built-in list knows of a company and the site does not say otherwise.
fn with_known(mut company: Company) -> Company {
    let Some(row) = builtin(&company.id) else { return company };
    company.country = company.country.or_else(|| row.country.map(str::to_owned));
    if let Some(item) = row.wikidata {
        company.same_as.entry("wikidata".to_owned()).or_insert_with(|| item.to_owned());
    }
    company
}

fn title_case(id: &str) -> String {
    id.split('-')
        .map(|word| {
            let mut chars = word.chars();
            chars
                .next()
                .map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
        })
        .collect::<Vec<_>>()
        .join(" ")
}

/// Warns of company ids that nothing describes but that are close to one that is described.
pub(super) fn check_companies(index: &Index, found: &mut Vec<Diagnostic>) {
    let is_described = |(id, record): &(&String, &CompanyRecord)| {
        !record.company.path.is_empty() || builtin(id).is_some()
    };
    let known: Vec<&str> =
        index.companies.iter().filter(is_described).map(|(id, _)| id.as_str()).collect();
    let near = |company: (&String, &CompanyRecord)| {
        let strange = !is_described(&company);
        strange.then(|| diagnostic::nearest(company.0, known.iter().copied())).flatten()
    };
    let near: Vec<Option<&str>> = index.companies.iter().map(near).collect();
    let has_doubtful =
        |entry: &&IndexedArticle| entry.companies.iter().any(|&at| near[at].is_some());
    for entry in index.articles.iter().filter(has_doubtful) {
        for (id, span) in &entry.file.company_spans {
            let date = entry.article().date;
            let at = index.companies.get_index_of(index.succession.now(id, date));
            if let Some(near) = at.and_then(|at| near[at]) {
                let source = &entry.file.source;
                found.push(diagnostic::unknown_company(source, span.clone(), id, near));
            }
        }
    }
}

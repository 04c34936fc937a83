//! Dates on which sources disagree.

use crate::diagnostic::{self, Diagnostic};
use crate::index::{Choice, DateFact, Index, Relation};
use crate::model::PartialDate;
use crate::source::{Source, Span};

pub(super) fn facts(index: &Index) -> Vec<Diagnostic> {
    let told = disputes(index).map(|(relation, field, fact)| dispute(index, relation, field, fact));
    told.flatten().collect()
}

/// Dates of relations that nobody has decided on.
fn disputes(index: &Index) -> impl Iterator<Item = (&Relation, &'static str, &DateFact)> {
    let periods = index.relations.values().flat_map(|relation| {
        let fields = relation
            .periods
            .iter()
            .flat_map(|period| [("start", period.start.as_ref()), ("end", period.end.as_ref())]);
        fields.map(move |(field, fact)| (relation, field, fact))
    });
    periods.filter_map(|(relation, field, fact)| {
        let fact = fact.filter(|fact| fact.values.len() > 1 && fact.choice != Choice::Editor)?;
        Some((relation, field, fact))
    })
}

/// The articles that tell another date than the preferred one, with the id of the relation.
pub(super) fn disputed(index: &Index) -> Vec<(usize, String)> {
    let article = |(relation, _, fact): (&Relation, _, &DateFact)| {
        Some((*fact.values.get(1)?.articles.last()?, relation.id.clone()))
    };
    disputes(index).filter_map(article).collect()
}

/// Told at the first article that has another date than the preferred one.
fn dispute(
    index: &Index,
    relation: &Relation,
    field: &'static str,
    fact: &DateFact,
) -> Option<Diagnostic> {
    let other = fact.values.get(1)?;
    let at = *other.articles.last()?;
    let (file, span) = place(index, relation, at, other.value)?;
    let values: Vec<(String, usize)> =
        fact.values.iter().map(|told| (told.value.to_string(), told.origins)).collect();
    Some(diagnostic::sources_disagree(file, span, &relation.id, field, &values))
}

/// Where an article tells a date of a relation.
fn place<'a>(
    index: &'a Index,
    relation: &Relation,
    article: usize,
    date: PartialDate,
) -> Option<(&'a Source, Span)> {
    let file = &index.articles[article].file;
    let report = relation.reports.iter().find(|o| o.article == article)?;
    let claim = report.claim_in(&index.articles);
    let spans = &file.claim_spans[report.claim];
    let fields = [(claim.start, &spans.start), (claim.end, &spans.end), (claim.date, &spans.date)];
    let exact = fields.into_iter().find(|(value, _)| *value == Some(date));
    let span = exact.and_then(|(_, span)| span.clone()).unwrap_or_else(|| spans.whole.clone());
    Some((&file.source, span))
}

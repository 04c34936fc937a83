//! Dates on which sources disagree.

use crate::diagnostic::{self, Diagnostic};
use crate::index::{Choice, DateFact, Index, Relation};
use crate::model::PartialDate;
use crate::source::{Source, Span};

pub(super) fn facts(index: &Index) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for relation in index.relations.values() {
        for period in &relation.periods {
            for (field, fact) in [("start", &period.start), ("end", &period.end)] {
                let Some(fact) = fact else { continue };
                if fact.values.len() > 1 && fact.choice != Choice::Editor {
                    found.extend(dispute(index, relation, field, fact));
                }
            }
        }
    }
    found
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
    let occurrence = relation.occurrences.iter().find(|o| o.article == article)?;
    let claim = occurrence.claim_in(&index.articles);
    let spans = &file.claim_spans[occurrence.claim];
    let fields = [(claim.start, &spans.start), (claim.end, &spans.end), (claim.date, &spans.date)];
    let exact = fields.into_iter().find(|(value, _)| *value == Some(date));
    let span = exact.and_then(|(_, span)| span.clone()).unwrap_or_else(|| spans.whole.clone());
    Some((&file.source, span))
}

//! The tags of a site, and how they are written.

use super::ById;
use super::records::{IndexedArticle, TagRecord};
use crate::config::Config;
use crate::diagnostic::{self, Diagnostic};

pub(super) fn tags(
    config: &Config,
    articles: &[IndexedArticle],
    found: &mut Vec<Diagnostic>,
) -> ById<TagRecord> {
    let mut records: ById<(String, TagRecord)> = ById::default();
    for (at, entry) in articles.iter().enumerate() {
        for (tag, key) in entry.article().tags.iter().zip(&entry.tags) {
            let (spelling, record) = match records.get_mut(key) {
                Some(known) => known,
                None => records.entry(key.clone()).or_insert_with(|| {
                    let info = config.tags.get(key).cloned().unwrap_or_default();
                    let label = info.label.unwrap_or_else(|| sentence_case(tag));
                    let record =
                        TagRecord { label, description: info.description, articles: Vec::new() };
                    (tag.clone(), record)
                }),
            };
            if spelling != tag && !same_tag(spelling, tag) {
                let spans = &entry.file.tag_spans;
                let span =
                    spans.iter().find(|(other, _)| other == tag).map(|(_, span)| span.clone());
                let (source, span) = (&entry.file.source, span.unwrap_or(0..0));
                found.push(diagnostic::tag_collision(source, span, tag, spelling, key));
            }
            if record.articles.last() != Some(&at) {
                record.articles.push(at);
            }
        }
    }
    records.sort_unstable_keys();
    records.into_iter().map(|(key, (_, record))| (key, record)).collect()
}

/// Spellings that differ only in case, hyphens and spaces are one tag; `má` and `mà` are two.
#[must_use]
pub fn same_tag(one: &str, other: &str) -> bool {
    let normal = |tag: &str| {
        tag.to_lowercase().chars().filter(|c| !matches!(c, ' ' | '-' | '_')).collect::<String>()
    };
    normal(one) == normal(other)
}

fn sentence_case(tag: &str) -> String {
    let words = tag.replace(['-', '_'], " ");
    let mut chars = words.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}

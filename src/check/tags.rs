//! Tags that nobody uses, and tags that are probably one.

use std::collections::HashMap;

use super::thresholds::TAG_BYTES;
use crate::diagnostic::{self, Diagnostic};
use crate::index::{Index, TagRecord};
use crate::model::slug;
use crate::source::Source;

pub(super) fn tags(index: &Index, config: Option<&Source>) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    if let Some(config) = config {
        let unused = index.config.tags.keys().filter(|key| !index.tags.contains_key(*key));
        for key in unused {
            found.push(diagnostic::unused_tag(config, key));
        }
    }
    // Tags with the same beginning, one after the other.
    let mut stems: HashMap<String, &str> = HashMap::new();
    for (key, record) in &index.tags {
        let stem = stem(key);
        if key.len() < TAG_BYTES {
            continue;
        }
        let similar = stems.get(stem.as_str()).copied().or_else(|| misspelled(index, key));
        if let Some(other) = similar {
            found.extend(doubtful(index, (key, record), (other, &index.tags[other])));
        }
        stems.entry(stem).or_insert(key);
    }
    found
}

/// A tag without hyphens and the ending of its plural.
fn stem(key: &str) -> String {
    key.replace('-', "").trim_end_matches(['s', 'e']).to_owned()
}

/// The tag before this one by the alphabet that is one letter off; numbers differ on purpose.
fn misspelled<'a>(index: &'a Index, key: &str) -> Option<&'a str> {
    let at = index.tags.get_index_of(key)?;
    let (other, _) = index.tags.get_index(at.checked_sub(1)?)?;
    let near = strsim::damerau_levenshtein(other, key) == 1 && other.len() > TAG_BYTES;
    let digits = |text: &str| text.chars().filter(char::is_ascii_digit).collect::<String>();
    (near && digits(other) == digits(key)).then_some(other.as_str())
}

/// Told at the article that has the rarer of the two.
fn doubtful(
    index: &Index,
    one: (&str, &TagRecord),
    other: (&str, &TagRecord),
) -> Option<Diagnostic> {
    let (rare, usual) =
        if one.1.articles.len() <= other.1.articles.len() { (one, other) } else { (other, one) };
    let file = &index.articles[*rare.1.articles.last()?].file;
    let span = file.tag_spans.iter().find(|(tag, _)| slug(tag) == rare.0)?.1.clone();
    Some(diagnostic::similar_tags(&file.source, span, rare.0, usual.0, usual.1.articles.len()))
}

//! The front matter of a company, of a publisher and of an editor's note on a partnership.

use super::article::slug_of;
use super::fields::Fields;
use super::front_matter;
use super::tree::Value;
use crate::diagnostic::{self, Diagnostic};
use crate::model::{Company, Note, PartialDate, Prefer, Publisher, relation_id};
use crate::source::Source;

/// What is said of keys that none of these files has.
const NO_PLACE: &str = "nothing shows it: the text below the front matter is the place for notes";

/// Reads `content/companies/<id>.md`.
#[must_use]
pub fn company(source: &Source) -> (Option<Company>, Vec<Diagnostic>) {
    let mut found = Vec::new();
    let split = match front_matter::split(source) {
        Ok(split) => split,
        Err(errors) => return (None, errors),
    };
    let body = split.body_part(source);
    let mut fields = Fields::new(source, split.entries, &mut found);
    let id = slug_of(&source.path);
    let words = |words: Vec<(String, _)>| words.into_iter().map(|word| word.0).collect();
    let parent = fields.word(&["parent"]);
    let company = Company {
        name: fields.text(&["name", "title"]).unwrap_or_else(|| id.clone()),
        names: fields.text_map(&["names"]),
        aliases: words(fields.words(&["aliases"])),
        not_names: words(fields.words(&["not_names"])),
        former_names: words(fields.words(&["former_names"])),
        former_ids: company_ids(&mut fields, "former_ids"),
        different_from: company_ids(&mut fields, "different_from"),
        merged_into: merged_into(&mut fields),
        country: fields.text(&["country"]),
        website: fields.web_address(&["website", "url"]),
        parent: parent.and_then(|word| fields.company_id(word)).map(|word| word.0),
        ticker: fields.text(&["ticker"]),
        same_as: fields.text_map(&["same_as"]),
        founded: fields.date(&["founded"]),
        summary: fields.text(&["summary", "description"]),
        lang: fields.language(&["lang"]),
        id,
        body,
        path: source.path.to_string(),
    };
    fields.end(Some(NO_PLACE));
    (Some(company), found)
}

fn company_ids(fields: &mut Fields<'_>, key: &'static str) -> Vec<String> {
    let ids = fields.words(&[key]);
    ids.into_iter().filter_map(|word| fields.company_id(word)).map(|word| word.0).collect()
}

/// `merged_into: stellantis`, or `merged_into: { company: stellantis, date: 2021-01-16 }`.
fn merged_into(fields: &mut Fields<'_>) -> Option<(String, Option<PartialDate>)> {
    let entry = fields.take(&["merged_into"])?;
    let span = entry.node.span.clone();
    let (word, date) = match entry.node.value {
        Value::Text { text, .. } => (Some((text, entry.node.span)), None),
        Value::Map(entries) => {
            fields.inner(entries, |inner| (inner.word(&["company", "id"]), inner.date(&["date"])))
        }
        _ => (None, None),
    };
    let Some(word) = word else {
        let what = "a company's id, or `{ company: ..., date: ... }`";
        fields.report(diagnostic::expected(fields.source(), span, "merged_into", what));
        return None;
    };
    Some((fields.company_id(word)?.0, date))
}

/// Reads `content/sources/<id>.md`.
#[must_use]
pub fn publisher(source: &Source) -> (Option<Publisher>, Vec<Diagnostic>) {
    let mut found = Vec::new();
    let split = match front_matter::split(source) {
        Ok(split) => split,
        Err(errors) => return (None, errors),
    };
    let mut fields = Fields::new(source, split.entries, &mut found);
    let id = slug_of(&source.path);
    let words = |words: Vec<(String, _)>| words.into_iter().map(|word| word.0).collect();
    let publisher = Publisher {
        name: fields.text(&["name", "title"]).unwrap_or_else(|| id.clone()),
        aliases: words(fields.words(&["aliases"])),
        lang: fields.language(&["lang", "language"]),
        never: words(fields.words(&["never"])),
        cut: cuts(&mut fields),
        date_after: words(fields.words(&["date_after"])),
        authors: words(fields.words(&["authors"])),
        id,
        path: source.path.to_string(),
    };
    fields.end(Some(NO_PLACE));
    (Some(publisher), found)
}

/// `cut: [{ line: ..., times: 2 }]`
fn cuts(fields: &mut Fields<'_>) -> Vec<(String, usize)> {
    let mut cuts = Vec::new();
    for node in fields.items(&["cut"]) {
        let Value::Map(entries) = node.value else {
            let what = "a list of groups, each with `line` and `times`";
            fields.report(diagnostic::expected(fields.source(), node.span, "cut", what));
            continue;
        };
        cuts.extend(fields.inner(entries, |inner| {
            Some((inner.text(&["line"])?, inner.count(&["times"], 1).unwrap_or(1)))
        }));
    }
    cuts
}

/// Reads `content/partnerships/<id>.md`.
#[must_use]
pub fn note(source: &Source) -> (Option<Note>, Vec<Diagnostic>) {
    let mut found = Vec::new();
    let split = match front_matter::split(source) {
        Ok(split) => split,
        Err(errors) => return (None, errors),
    };
    let body = split.body_part(source);
    let mut fields = Fields::new(source, split.entries, &mut found);
    let parties = fields.words(&["parties"]);
    if parties.len() < 2 {
        fields.report(diagnostic::lonely_party(source, 0..3));
        return (None, found);
    }
    let name = fields.text(&["name"]);
    let note = Note {
        id: relation_id(parties.iter().map(|word| word.0.as_str()), name.as_deref()),
        title: fields.text(&["title"]),
        prefer: fields.map(&["prefer"]).map_or_else(Prefer::default, |entries| {
            fields.inner(entries, |inner| Prefer {
                start: inner.date(&["start"]),
                end: inner.date(&["end"]),
                reason: inner.text(&["reason"]),
            })
        }),
        body,
        path: source.path.to_string(),
    };
    fields.end(Some(NO_PLACE));
    (Some(note), found)
}

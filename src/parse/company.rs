//! The front matter of a company and of an editor's note on a partnership.

use super::article::slug_of;
use super::fields::Fields;
use super::front_matter;
use crate::diagnostic::{self, Diagnostic};
use crate::model::{Company, Note, relation_id};
use crate::source::Source;

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
        former_names: words(fields.words(&["former_names"])),
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
    fields.rest();
    (Some(company), found)
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
        body,
        path: source.path.to_string(),
    };
    fields.rest();
    (Some(note), found)
}

//! Markdown of other writers: notes of the Obsidian clipper, posts of Hugo, Zola and Jekyll.

use super::article::{Imported, Parts, Setting, assemble};
use crate::config::Config;
use crate::model::{DateBasis, SourceRef};
use crate::parse::article;
use crate::parse::markdown::{self, Punctuation};
use crate::source::Source;
use crate::understand::companies::Gazetteer;

/// Front matter of other generators that says nothing about the article itself.
const THEIRS: &[&str] = &[
    "layout",
    "permalink",
    "weight",
    "template",
    "url",
    "toc",
    "cover",
    "image",
    "images",
    "thumbnail",
    "comments",
    "math",
    "series",
    "type",
    "lastmod",
    "updated",
    "modified",
    "publishdate",
    "created",
    "slug",
    "order",
    "published_at",
    "id",
    "path",
    "in_search_index",
    "page_template",
];

/// Reads a note or post.
///
/// Gives the article, and the keys of its front matter that have no place in ours.
///
/// # Errors
/// Front matter that cannot be read, as the messages say.
pub fn post(
    path: &str,
    text: &str,
    config: &Config,
    gazetteer: &Gazetteer,
    setting: &Setting,
) -> Result<(Imported, Vec<String>), String> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text).replace("\r\n", "\n");
    let (file, found) = article::article(&Source::new(path, &text), config);
    let told: Vec<String> = found
        .iter()
        .filter(|message| message.is_error())
        .map(|message| message.render(false))
        .collect();
    let Some(file) = file.filter(|_| told.is_empty()) else { return Err(told.join("\n")) };
    let known = file.article;
    let plain = markdown::markdown(&known.body, Punctuation::AsWritten).text;
    let source = known.source.clone().unwrap_or_default();
    let parts = Parts {
        title: known.title.clone(),
        date: known
            .date
            .or_else(|| day_of_name(path))
            .map(|date| (date, known.date_basis.unwrap_or(DateBasis::Stated))),
        authors: known.authors.clone(),
        source: SourceRef { retrieved: source.retrieved.or(setting.retrieved), ..source },
        lang: known.lang.clone(),
        paragraphs: plain
            .lines()
            .map(str::to_owned)
            .filter(|line| !line.trim().is_empty())
            .collect(),
        body: known.body.to_string(),
    };
    let mut read = assemble(parts, gazetteer, setting);
    // What the writer said goes before what the text shows.
    if !known.companies.is_empty() {
        read.article.companies = known.companies;
    }
    if !known.tags.is_empty() {
        read.article.tags = known.tags;
    }
    if !known.partnerships.is_empty() {
        read.article.partnerships = known.partnerships;
    }
    read.article.slug = known.slug;
    read.article.summary = known.summary;
    read.article.draft = known.draft;
    read.article.aliases = known.aliases;
    read.article.rights = known.rights;
    let lost = known.extra.into_keys().filter(|key| !THEIRS.contains(&key.to_lowercase().as_str()));
    Ok((read, lost.collect()))
}

/// `2022-05-23-title.md`, as Jekyll names its posts.
fn day_of_name(path: &str) -> Option<crate::model::PartialDate> {
    let name = path.rsplit('/').next()?;
    name.get(..10)?.parse().ok().filter(|_| name.as_bytes().get(10) == Some(&b'-'))
}

//! Markdown of other writers: notes of the Obsidian clipper, posts of Hugo, Zola and Jekyll.

use super::article::{Imported, Parts, Setting, assemble};
use super::markdown::quoted;
use crate::config::Config;
use crate::model::{DateBasis, Language, SourceRef};
use crate::parse::article;
use crate::parse::markdown::{self, Punctuation};
use crate::source::Source;
use crate::understand::companies::Gazetteer;
use crate::understand::language;

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
    let front = text[..known.body.start()].to_lowercase();
    let has = |key: &str| front.lines().any(|line| line.trim_start().starts_with(key));
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
        lang: match language_of_name(path) {
            _ if has("lang") => known.lang.clone(),
            Some(language) => language,
            None => {
                let words: Vec<&str> =
                    known.title.as_deref().into_iter().chain(lines(&plain)).collect();
                Language::parse(language::of_article(&words)).unwrap_or(known.lang.clone())
            }
        },
        paragraphs: lines(&plain).map(str::to_owned).collect(),
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
    // A note is somebody else's text, unless it says otherwise.
    if has("rights") {
        read.article.rights = known.rights;
    }
    let lost = known.extra.into_keys().filter(|key| !THEIRS.contains(&key.to_lowercase().as_str()));
    Ok((read, lost.collect()))
}

/// Reads Markdown without front matter: its first heading is its title.
///
/// # Errors
/// None, as there is no front matter to be wrong.
pub fn note(
    path: &str,
    text: &str,
    config: &Config,
    gazetteer: &Gazetteer,
    setting: &Setting,
) -> Result<Imported, String> {
    let text = text.trim_start_matches('\u{feff}').trim_start();
    let (title, body) =
        match text.strip_prefix("# ").map(|rest| rest.split_once('\n').unwrap_or((rest, ""))) {
            Some((title, body)) => (Some(title.trim()), body),
            None => (None, text),
        };
    let title = title.map_or_else(String::new, |title| format!("title: {}\n", quoted(title)));
    let (read, _) = post(path, &format!("---\n{title}---\n{body}"), config, gazetteer, setting)?;
    Ok(read)
}

/// The lines of a text that say something.
fn lines(text: &str) -> impl Iterator<Item = &str> {
    text.lines().filter(|line| !line.trim().is_empty())
}

/// `post.de.md`, as Hugo and Zola name translations.
fn language_of_name(path: &str) -> Option<Language> {
    let name = path.rsplit('/').next()?;
    let (_, code) = name.rsplit_once('.')?.0.rsplit_once('.')?;
    let is_code = code.len() == 2 && code.bytes().all(|byte| byte.is_ascii_lowercase());
    Language::parse(code).filter(|_| is_code)
}

/// The fields of a front matter that say under which address a post was: by themselves, or beside the
/// one it has by its place.
const ADDRESSES: [&str; 4] = ["path", "url", "permalink", "redirect_from"];

/// The addresses that a post had: as its front matter says, and as its place says.
#[must_use]
pub fn old_addresses(text: &str, place: &str, categories: &[String]) -> Vec<String> {
    let value = |line: &str| {
        let (key, value) = line.split_once([':', '='])?;
        let value = value.trim().trim_matches(['"', '\'', '[', ']', ' ']).to_owned();
        let is_address = !value.is_empty() && !value.contains([':', ' ', ',']);
        (ADDRESSES.contains(&key.trim()) && is_address)
            .then(|| format!("/{}", value.trim_matches('/')))
    };
    let front = text.lines().skip(1).take_while(|line| !matches!(line.trim_end(), "---" | "+++"));
    let mut all: Vec<String> = front.filter_map(value).collect();
    let bare = place.rsplit_once('.').map_or(place, |(bare, _)| bare);
    if let Some(day) = day_of_name(place) {
        // Jekyll's own order.
        let day = day.iso().replace('-', "/");
        let title = bare.rsplit('/').next().unwrap_or(bare).get(11..).unwrap_or_default();
        let folders = categories.iter().map(|category| format!("/{}", category.to_lowercase()));
        all.push(format!("{}/{day}/{title}.html", folders.collect::<String>()));
    } else {
        all.push(format!("/{}/", bare.strip_suffix("/index").unwrap_or(bare)));
    }
    all
}

/// `2022-05-23-title.md`, as Jekyll names its posts.
fn day_of_name(path: &str) -> Option<crate::model::PartialDate> {
    let name = path.rsplit('/').next()?;
    name.get(..10)?.parse().ok().filter(|_| name.as_bytes().get(10) == Some(&b'-'))
}

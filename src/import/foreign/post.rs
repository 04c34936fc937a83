//! A post of another site: what its front matter says, and the article that it becomes.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value as Json;

use super::files::Files;
use super::front::{self, Front};
use super::names::rooted;
use super::names::{day_of_name, language_of_name, stem};
use super::{Program, calls, links};
use crate::config::Config;
use crate::import::article::{ImportContext, Imported, Parts, assemble};
use crate::import::passages;
use crate::import::thresholds::{
    POST_LANGUAGE_CHARACTERS, POST_LANGUAGE_LETTERS, POST_LANGUAGE_SHARE,
};
use crate::model::{DateBasis, Language, PartialDate, Passage, Rights, SourceRef, slug};
use crate::parse::article::{self, MAX_NAMES};
use crate::parse::fields::is_web_address;
use crate::parse::markdown::{self, Dialect};
use crate::source::Source;
use crate::understand::companies::Gazetteer;
use crate::understand::language;

/// Keys that only the other program has a use for.
const USELESS: &[&str] = &[
    "layout",
    "template",
    "page_template",
    "type",
    "in_search_index",
    "render",
    "url",
    "permalink",
    "path",
    "save_as",
    "slug",
    "published",
    "draft",
    "status",
];

/// What becomes of a post.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PostKind {
    /// An article.
    Article,
    /// A page that stands on its own.
    Page,
}

/// A post of another site, as far as it can be read by itself.
#[derive(Clone, Debug)]
pub struct Post {
    /// Its path in the site.
    pub name: String,
    /// What it becomes.
    pub form: PostKind,
    /// The title.
    pub title: Option<String>,
    /// The day it was published.
    pub date: Option<PartialDate>,
    /// The day from which on it was shown, where that is another one.
    pub publish_date: Option<PartialDate>,
    /// What it is called in addresses.
    pub slug: String,
    /// The language that the site says it is in.
    pub lang: Option<Language>,
    /// Whether it was not published.
    pub draft: bool,
    /// Whether it lies in a folder of its own, with its pictures.
    pub is_bundle: bool,
    /// Where it was found on the site, its own address first.
    pub addresses: Vec<String>,
    /// The translations of one text have this in common.
    pub group: String,
    /// The text, as the other program understands it.
    pub body: String,
    /// What it is called in the front matter besides: the names of a note.
    pub names: Vec<String>,
    authors: Vec<String>,
    pub(super) tags: Vec<String>,
    summary: Option<String>,
    companies: Vec<String>,
    source: SourceRef,
    rights: Option<Rights>,
    /// The id that its feed gave it, where the program says so.
    pub(super) guid: Option<String>,
    /// The picture above it: an address, or what an export calls it.
    pub(super) picture: Option<String>,
    /// What has no place in our front matter.
    pub extra: BTreeMap<String, Json>,
    /// Whether the front matter was broken.
    pub is_broken: bool,
}

impl Post {
    /// Reads a post; `front` and `body` are its parts.
    pub(super) fn read(program: Program, name: &str, mut front: Front, body: &str) -> Self {
        for group in ["taxonomies", "extra", "params"] {
            front.open(group);
        }
        let parts = match program {
            Program::Jekyll => front::by_spaces,
            Program::Obsidian => front::by_either,
            _ => front::by_commas,
        };
        let published = front.flag("published");
        let is_draft = front.flag("draft") == Some(true)
            || published == Some(false)
            || front.text(&["status"]).is_some_and(|status| status.eq_ignore_ascii_case("draft"));
        let rights = front.text(&["rights"]);
        let known = rights.as_deref().and_then(|id| Rights::ALL.into_iter().find(|r| r.id() == id));
        let dates: &[&str] = match program {
            Program::Obsidian => &["date", "published", "pubdate", "created"],
            Program::Hugo => &["date", "publishdate", "pubdate", "published"],
            _ => &["date", "published", "pubdate"],
        };
        let mut tags = front.list(&["tags", "tag", "keywords"], parts);
        tags.extend(front.list(&["categories"], parts));
        tags.extend(front.list(&["category"], front::whole));
        let several = if program == Program::Pelican { front::by_commas } else { front::whole };
        let authors = front.list(&["authors", "author"], several);
        let lang = front.text(&["lang", "language", "locale"]);
        let own = lang.as_deref().and_then(|tag| Language::parse(&tag.replace('_', "-")));
        let companies = front.list(&["companies", "company"], front::by_commas);
        let mut post = Self {
            name: name.to_owned(),
            form: PostKind::Article,
            title: front.text(&["title"]),
            date: front.date(dates),
            publish_date: front.date(&["publish_date", "publishdate"]),
            slug: String::new(),
            lang: own,
            draft: is_draft,
            is_bundle: false,
            addresses: Vec::new(),
            group: name.to_owned(),
            body: body.trim_matches('\n').to_owned(),
            names: Vec::new(),
            authors: authors.iter().map(|name| plain_name(name)).collect(),
            tags: tags.iter().map(|tag| tag.trim_start_matches('#').trim().to_owned()).collect(),
            summary: front.text(&["summary", "description", "excerpt"]),
            companies: companies.iter().map(|name| slug(name)).collect(),
            source: source(&mut front),
            rights: known,
            guid: None,
            picture: None,
            extra: BTreeMap::new(),
            is_broken: front.is_broken,
        };
        if known.is_none()
            && let Some(rights) = rights
        {
            post.extra.insert("rights".to_owned(), rights.into());
        }
        if post.lang.is_none()
            && let Some(lang) = lang
        {
            post.extra.insert("lang".to_owned(), lang.into());
        }
        post.extra.extend(front.rest(USELESS));
        post
    }

    /// Whether it says how much of it may be published.
    #[must_use]
    pub fn has_rights(&self) -> bool {
        self.rights.is_some()
    }

    /// Takes the title out of the text, where it is only there.
    pub(super) fn head(&mut self) {
        let body = self.body.trim_start();
        let Some(rest) = body.strip_prefix("# ") else { return };
        let (title, rest) = rest.split_once('\n').unwrap_or((rest, ""));
        let title = title.trim().trim_end_matches('#').trim();
        if title.is_empty() || self.title.as_deref().is_some_and(|own| own != title) {
            return;
        }
        self.title = Some(title.to_owned());
        self.body = rest.trim_start_matches('\n').to_owned();
    }

    /// Turns it into an article. `body` is its text as it reads on our site, `around` the language of
    /// the texts around it.
    #[must_use]
    pub fn imported(
        &self,
        body: String,
        around: &Language,
        gazetteer: &Gazetteer,
        setting: &ImportContext,
    ) -> Imported {
        let plain = markdown::markdown(&body, Dialect::default()).text;
        let lines: Vec<&str> = plain.lines().filter(|line| !line.trim().is_empty()).collect();
        let words = self.title.iter().map(String::as_str).chain(lines.iter().copied());
        let words = words.collect::<Vec<_>>().join("\n");
        let clear = clear_language(&words).map(|(_, lang)| lang);
        let lang = match (&self.lang, clear) {
            (Some(own), _) => own.clone(),
            // A short text, or one in the site's own language, which knows it more exactly.
            (None, Some(clear)) if clear.primary() != around.primary() => clear,
            (None, _) => around.clone(),
        };
        let basis = DateBasis::Stated;
        let source = self.source.clone();
        let parts = Parts {
            title: self.title.clone(),
            date: self.date.map(|date| (date, basis)),
            authors: self.authors.clone(),
            source: SourceRef { retrieved: source.retrieved.or(setting.retrieved), ..source },
            lang,
            paragraphs: lines.iter().map(|line| without_addresses(line)).collect(),
            body,
        };
        let mut read = assemble(parts, gazetteer, setting);
        let article = &mut read.article;
        // What the writer said goes before what the text shows.
        let companies = self.companies.iter().filter(|id| !id.is_empty()).cloned();
        let companies = distinct(companies.take(MAX_NAMES));
        if !companies.is_empty() {
            article.companies = companies;
        }
        let tags = self.tags.iter().filter(|tag| !slug(tag).is_empty()).cloned();
        let tags = distinct(tags.take(MAX_NAMES));
        if !tags.is_empty() {
            article.tags = tags;
        }
        if !self.slug.is_empty() {
            article.slug.clone_from(&self.slug);
        }
        // A summary that calls a template is none to be read.
        let is_read = |text: &&String| !text.contains("{{") && !text.contains("{%");
        article.summary = self.summary.as_ref().filter(is_read).cloned();
        article.draft = self.draft;
        article.publish_date = self.publish_date.filter(|day| Some(*day) != self.date);
        article.extra.clone_from(&self.extra);
        if let Some(summary) = self.summary.as_ref().filter(|text| !is_read(text)) {
            article.extra.insert("summary".to_owned(), summary.clone().into());
        }
        if let Some(rights) = self.rights {
            article.rights = rights;
        }
        let text = article.body.to_string();
        article.passages.retain(|passage| is_found(passage, &text));
        if self.is_broken {
            read.doubts.push("front matter that is broken".to_owned());
        }
        read
    }
}

/// The language that a text is clearly in, and its whole tag.
pub(super) fn clear_language(text: &str) -> Option<(&'static str, Language)> {
    let end = text.char_indices().nth(POST_LANGUAGE_CHARACTERS).map_or(text.len(), |(at, _)| at);
    let text = &text[..end];
    let letters = text.chars().filter(|c| c.is_alphabetic());
    // A character of a script without spaces says as much as a few letters.
    let weight: usize = letters.map(|c| if c >= '\u{2e80}' { 4 } else { 1 }).sum();
    let (code, share) = language::identify(text);
    let lang = Language::parse(language::tag(code, text))?;
    (weight >= POST_LANGUAGE_LETTERS && share > POST_LANGUAGE_SHARE).then_some((code, lang))
}

/// The text above a list of posts, which becomes a page; that of the home page begins ours. `folder` is that of
/// the posts, `address` where the list was.
pub(super) fn section(
    program: Program,
    name: &str,
    (folder, address): (&str, &str),
    front: Front,
    body: &str,
) -> Result<Post, &'static str> {
    if body.trim().is_empty() {
        return Err("");
    }
    let mut post = Post::read(program, name, front, body);
    post.form = PostKind::Page;
    post.slug = if folder.is_empty() { "index".to_owned() } else { slug(folder) };
    if !folder.is_empty() {
        post.addresses.push(rooted(address));
    }
    Ok(post)
}

/// Whether a passage is found again by the words that stand for it.
fn is_found(passage: &Passage, body: &str) -> bool {
    let text = &body[passage.span.clone()];
    let is_line = |words: &str| words.split_whitespace().collect::<Vec<_>>().join(" ") == words;
    let (begins, ends) = (passages::opening(text), passages::ending(text));
    is_line(begins) && is_line(ends) && body.find(begins) == Some(passage.span.start)
}

/// A line without the addresses in it, which name nobody.
fn without_addresses(line: &str) -> String {
    if !line.contains("://") {
        return line.to_owned();
    }
    let words = line.split(' ').filter(|word| !word.contains("://"));
    words.collect::<Vec<_>>().join(" ")
}

fn distinct(words: impl Iterator<Item = String>) -> Vec<String> {
    let mut seen = BTreeSet::new();
    words.filter(|word| seen.insert(word.clone())).collect()
}

/// `source: https://…`, as the Obsidian clipper writes it, or a group with name and address.
fn source(front: &mut Front) -> SourceRef {
    let is_address = |text: &String| is_web_address(text);
    let Some(node) = front.take(&["source"]) else { return SourceRef::default() };
    let mut inner = Front::within(node);
    if let Some(text) = inner.text(&[""]) {
        let url = Some(text.clone()).filter(is_address);
        return SourceRef { name: url.is_none().then_some(text), url, retrieved: None };
    }
    SourceRef {
        name: inner.text(&["name", "publisher"]),
        url: inner.text(&["url", "link"]).filter(is_address),
        retrieved: inner.date(&["retrieved"]),
    }
}

/// Obsidian's clipper writes authors as wiki links.
fn plain_name(name: &str) -> String {
    name.trim_start_matches("[[").trim_end_matches("]]").to_owned()
}

/// Reads a single note or post, which nothing lies beside.
#[must_use]
pub fn note(
    name: &str,
    text: &str,
    config: &Config,
    gazetteer: &Gazetteer,
    setting: &ImportContext,
) -> Imported {
    let mut files = Files::default();
    files.add_text(name.to_owned(), text);
    let text = files.text(name).unwrap_or_default();
    let (front, body) = front::split(text);
    let has_front = front.is_some();
    let mut post = Post::read(Program::Obsidian, name, front.unwrap_or_default(), body);
    if !has_front {
        post.head();
    }
    post.slug = article::slug_of(name);
    let (dated, language) = (day_of_name(stem(name)), language_of_name(name));
    post.date = post.date.or(dated.map(|(day, _)| day));
    post.lang = post.lang.or(language.map(|(_, language)| language));
    let program = match () {
        () if post.body.contains("{{<") || post.body.contains("{{%") => Program::Hugo,
        () => Program::Jekyll,
    };
    let body =
        calls::plain(&post.body, program, &links::NoContext, &mut calls::UnknownCalls::new());
    let mut read = post.imported(body, &config.language, gazetteer, setting);
    // The front matter may be one of ours.
    let (file, found) = article::article(&Source::new(name, text), config);
    if let Some(file) = file.filter(|_| !found.iter().any(crate::diagnostic::Diagnostic::is_error))
        && !file.article.partnerships.is_empty()
    {
        read.article.partnerships = file.article.partnerships;
    }
    read
}

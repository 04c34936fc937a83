//! Texts of other writers: whole sites of Hugo, Zola, Jekyll and Pelican, vaults of Obsidian, exports of
//! WordPress and Ghost, and single notes.

mod address_map;
mod calls;
mod embeds;
mod export;
mod front;
mod ghost;
mod hugo;
mod jekyll;
mod links;
mod pelican;
mod placeholders;
mod settings;
mod vault;
mod wordpress;
mod zola;

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use serde_json::Value as Json;

use super::article::{ImportContext, Imported, Parts, assemble};
use super::passages;
use crate::config::Config;
use crate::model::{DateBasis, Language, PartialDate, Passage, Rights, SourceRef, slug};
use crate::parse::article::{self, MAX_NAMES};
use crate::parse::fields::is_web_address;
use crate::parse::markdown::{self, Dialect};
use crate::source::Source;
use crate::understand::companies::Gazetteer;
use crate::understand::language;
pub use address_map::AddressMap;
pub use export::{Fault, exported};
use front::Front;
pub use links::{Dropped, text, used};
pub use settings::Settings;
use wordpress::Library;

/// Programs whose sites are understood.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Program {
    /// Hugo
    Hugo,
    /// Zola
    Zola,
    /// Jekyll
    Jekyll,
    /// Pelican
    Pelican,
    /// Obsidian
    Obsidian,
    /// WordPress
    WordPress,
    /// Ghost
    Ghost,
}

impl Program {
    /// The word for it.
    #[must_use]
    pub fn id(self) -> &'static str {
        match self {
            Self::Hugo => "hugo",
            Self::Zola => "zola",
            Self::Jekyll => "jekyll",
            Self::Pelican => "pelican",
            Self::Obsidian => "obsidian",
            Self::WordPress => "wordpress",
            Self::Ghost => "ghost",
        }
    }

    /// Whether it keeps its texts in a database, and gives them out as one file.
    #[must_use]
    pub fn exports(self) -> bool {
        matches!(self, Self::WordPress | Self::Ghost)
    }
}

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

/// What a site's folder holds: texts, and the names of all else.
#[derive(Clone, Debug, Default)]
pub struct Files {
    texts: BTreeMap<String, String>,
    others: BTreeSet<String>,
}

impl Files {
    /// Adds a text by its path from the site's root, with `/` on every system.
    pub fn add_text(&mut self, name: String, text: &str) {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        self.texts.insert(name, text.replace("\r\n", "\n").replace('\r', "\n"));
    }

    /// Adds a file that is no text, or was not read.
    pub fn add_other(&mut self, name: String) {
        self.others.insert(name);
    }

    /// The text of a file.
    #[must_use]
    pub fn text(&self, name: &str) -> Option<&str> {
        self.texts.get(name).map(String::as_str)
    }

    /// Whether there is a file.
    #[must_use]
    pub fn has(&self, name: &str) -> bool {
        self.others.contains(name) || self.texts.contains_key(name)
    }

    /// The names of all files, those of texts first.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.texts.keys().chain(&self.others).map(String::as_str)
    }

    /// The names of texts that may be posts.
    pub fn posts(&self) -> impl Iterator<Item = &str> {
        self.texts.keys().map(String::as_str).filter(|name| is_post(name))
    }
}

/// Whether a file has the ending of a post.
#[must_use]
pub fn is_post(name: &str) -> bool {
    ["md", "markdown", "html", "htm", "mkd", "mdown"].contains(&ending(name))
}

fn is_html(name: &str) -> bool {
    matches!(ending(name), "html" | "htm")
}

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
    tags: Vec<String>,
    summary: Option<String>,
    companies: Vec<String>,
    source: SourceRef,
    rights: Option<Rights>,
    /// The id that its feed gave it, where the program says so.
    guid: Option<String>,
    /// The picture above it: an address, or what an export calls it.
    picture: Option<String>,
    /// What has no place in our front matter.
    pub extra: BTreeMap<String, Json>,
    /// Whether the front matter was broken.
    pub is_broken: bool,
}

/// A site of another program.
#[derive(Clone, Debug)]
pub struct Site {
    /// The program.
    pub program: Program,
    /// What its settings say.
    pub settings: Settings,
    /// What it consists of.
    pub files: Files,
    /// The posts, in the order of their names.
    pub posts: Vec<Post>,
    /// What is no post, with the reason.
    pub left: Vec<(String, &'static str)>,
    /// What else there is to tell: a sort of thing, what becomes of it, and how often it was met.
    pub remarks: BTreeMap<(&'static str, &'static str), usize>,
    /// Files and parts of texts that the texts of an export refer to.
    library: Library,
}

impl Site {
    /// Looks through the files of a site.
    #[must_use]
    pub fn new(program: Program, files: Files) -> Self {
        let mut site = Self::empty(program, Settings::of(program, &files));
        site.files = files;
        let names: Vec<String> = site.files.posts().map(str::to_owned).collect();
        for name in names {
            let read = match program {
                Program::Hugo => hugo::post(&site, &name),
                Program::Zola => zola::post(&site, &name),
                Program::Jekyll => jekyll::post(&site, &name),
                Program::Pelican => pelican::post(&site, &name),
                Program::Obsidian => vault::post(&site, &name),
                // Their posts are no files.
                Program::WordPress | Program::Ghost => continue,
            };
            match read {
                Ok(post) => site.posts.push(post),
                Err("") => {}
                Err(why) => site.left.push((name, why)),
            }
        }
        let unread = ["org", "rst", "adoc", "asciidoc", "ipynb", "textile", "mdx", "rmd", "pandoc"];
        let root = site.root();
        let is_unread = |name: &&str| unread.contains(&ending(name)) && name.starts_with(&root);
        let unread: Vec<_> = site.files.names().filter(is_unread).map(str::to_owned).collect();
        site.left.extend(unread.into_iter().map(|name| (name, "it is no Markdown")));
        site
    }

    fn empty(program: Program, settings: Settings) -> Self {
        Self {
            program,
            settings,
            files: Files::default(),
            posts: Vec::new(),
            left: Vec::new(),
            remarks: BTreeMap::new(),
            library: Library::default(),
        }
    }

    /// The folder of texts, with a slash behind it where there is one.
    #[must_use]
    pub fn root(&self) -> String {
        match self.program {
            Program::Hugo => hugo::root(self),
            Program::Zola => "content/".to_owned(),
            Program::Pelican => pelican::root(self),
            _ => String::new(),
        }
    }

    /// Where a file is published as it is, from the root of our site.
    #[must_use]
    pub fn public(&self, name: &str) -> String {
        let root = self.root();
        let folders: &[&str] = match self.program {
            Program::Hugo => &["static/", "assets/", &root],
            Program::Zola => &["static/", &root],
            Program::Pelican => &[&root],
            _ => &[],
        };
        let bare = folders.iter().find_map(|folder| name.strip_prefix(folder));
        bare.filter(|bare| !bare.is_empty()).unwrap_or(name).to_owned()
    }

    /// What names a post of this site, whatever folder the site lies in.
    #[must_use]
    pub fn key(&self, folder: &str, post: &Post) -> String {
        // Ghost's own ids are nobody else's, and its exports do not say where the site is.
        let folder = if self.program == Program::Ghost { "" } else { folder };
        let site = self.settings.base_url.as_deref().unwrap_or(folder);
        format!("{} {site} {}", self.program.id(), post.name)
    }

    /// What a post is called in messages: its file in a folder, or the address that it had.
    #[must_use]
    pub fn called(&self, folder: &Path, post: &Post) -> PathBuf {
        if !self.program.exports() {
            return folder.join(&post.name);
        }
        let base = self.settings.base_url.as_deref().unwrap_or_default();
        match post.addresses.first() {
            Some(own) => PathBuf::from(format!("{base}{own}")),
            None => PathBuf::from(&post.name),
        }
    }

    /// The id that the site's feed gives a post, as far as the program makes it of the address.
    #[must_use]
    pub fn guid(&self, post: &Post) -> Option<String> {
        if self.program.exports() {
            return post.guid.clone();
        }
        let (base, own) = (self.settings.base_url.as_deref()?, post.addresses.first()?);
        let whole = format!("{base}{own}");
        Some(match self.program {
            Program::Jekyll => whole.strip_suffix(".html").unwrap_or(&whole).to_owned(),
            Program::Pelican => {
                let (_, rest) = base.split_once("://")?;
                let (host, path) =
                    rest.split_once('/').map_or((rest, ""), |(host, path)| (host, path));
                let path = if path.is_empty() { own.clone() } else { format!("/{path}{own}") };
                format!("tag:{host},{}:{path}", post.date?.iso())
            }
            _ => whole,
        })
    }

    /// Where the site's feed was, by its settings.
    #[must_use]
    pub fn feed(&self) -> Option<String> {
        let told = |keys: &[&str]| self.settings.text(keys).map(|file| rooted(&file));
        match self.program {
            Program::Hugo => Some("/index.xml".to_owned()),
            Program::Zola => {
                let many = self.settings.value(&["feed_filenames"]).and_then(Json::as_array);
                let first = many.and_then(|all| all.first()?.as_str().map(rooted));
                let is_made =
                    self.settings.is(&["generate_feeds"]) || self.settings.is(&["generate_feed"]);
                let other =
                    || told(&["feed_filename"]).or_else(|| is_made.then(|| "/atom.xml".to_owned()));
                first.or_else(other)
            }
            Program::Pelican => {
                let told = told(&["feed_all_atom"]).or_else(|| told(&["feed_all_rss"]));
                told.or_else(|| Some("/feeds/all.atom.xml".to_owned()))
            }
            // It is where ours is.
            Program::Jekyll => told(&["feed", "path"]),
            Program::Obsidian => None,
            Program::WordPress => Some("/feed/".to_owned()),
            Program::Ghost => Some("/rss/".to_owned()),
        }
    }

    /// The language of posts whose own cannot be told: what the settings say, else that of most posts.
    #[must_use]
    pub fn language(&self) -> Option<Language> {
        self.settings.language.clone().or_else(|| {
            let mut count: BTreeMap<&str, usize> = BTreeMap::new();
            let clear = self.posts.iter().filter_map(|post| clear_language(&post.body));
            clear.for_each(|(code, _)| *count.entry(code).or_default() += 1);
            let (code, _) = count
                .into_iter()
                .max_by_key(|(code, number)| (*number, std::cmp::Reverse(*code)))?;
            Language::parse(code)
        })
    }
}

/// From so many letters on a text tells its language.
const CLEAR: usize = 200;

/// Which part of the words must tell it.
const SURE: f64 = 0.25;

/// The language that a text is clearly in, and its whole tag.
fn clear_language(text: &str) -> Option<(&'static str, Language)> {
    let end = text.char_indices().nth(8_000).map_or(text.len(), |(at, _)| at);
    let text = &text[..end];
    let letters = text.chars().filter(|c| c.is_alphabetic());
    // A character of a script without spaces says as much as a few letters.
    let weight: usize = letters.map(|c| if c >= '\u{2e80}' { 4 } else { 1 }).sum();
    let (code, share) = language::identify(text);
    let lang = Language::parse(language::tag(code, text))?;
    (weight >= CLEAR && share > SURE).then_some((code, lang))
}

impl Post {
    /// Reads a post; `front` and `body` are its parts.
    fn read(program: Program, name: &str, mut front: Front, body: &str) -> Self {
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
            summary: front.text(&["summary", "description"]),
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
    fn head(&mut self) {
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

/// The text above a list of posts, which becomes a page; that of the home page begins ours.
fn section(
    program: Program,
    name: &str,
    path: &str,
    front: Front,
    body: &str,
) -> Result<Post, &'static str> {
    if body.trim().is_empty() {
        return Err("");
    }
    let folder = folder(path).trim_end_matches('/');
    let mut post = Post::read(program, name, front, body);
    post.form = PostKind::Page;
    post.slug = if folder.is_empty() { "index".to_owned() } else { slug(folder) };
    if !folder.is_empty() {
        post.addresses.push(rooted(&format!("/{}/", folder.to_lowercase())));
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

/// The last part of a path without its ending.
fn stem(name: &str) -> &str {
    let last = name.rsplit('/').next().unwrap_or(name);
    last.rsplit_once('.').map_or(last, |(stem, _)| stem)
}

fn ending(name: &str) -> &str {
    let last = name.rsplit('/').next().unwrap_or(name);
    last.rsplit_once('.').map_or("", |(_, ending)| ending)
}

/// The folder of a path, with a slash behind it unless it is the root.
fn folder(name: &str) -> &str {
    name.rfind('/').map_or("", |at| &name[..=at])
}

/// `post.de`: a name, and the language at its end.
fn language_of_name(name: &str) -> Option<(&str, Language)> {
    let (bare, code) = stem(name).rsplit_once('.')?;
    let (primary, region) = code.split_once('-').unwrap_or((code, "XX"));
    let is_code = primary.len() == 2
        && primary.bytes().all(|byte| byte.is_ascii_lowercase())
        && (2..=4).contains(&region.len());
    Language::parse(code).filter(|_| is_code && !bare.is_empty()).map(|language| (bare, language))
}

/// `2022-05-23-title`, `2016-2-9-title`: the day before a name, and the name.
fn day_of_name(stem: &str) -> Option<(PartialDate, &str)> {
    let mut parts = stem.splitn(4, '-');
    let (year, month, day) = (parts.next()?, parts.next()?, parts.next()?);
    let (day, rest) = match parts.next() {
        Some(rest) => (day, rest),
        // Zola takes an underscore as well; a name may also be nothing but the day.
        None => day.split_once('_').unwrap_or((day, "")),
    };
    let is_day = year.len() == 4 && (1..=2).contains(&month.len()) && (1..=2).contains(&day.len());
    let date = PartialDate::day(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?)?;
    is_day.then_some((date, rest))
}

/// An address from the root of a site, with a slash before it and none doubled.
fn rooted(address: &str) -> String {
    let mut out = String::from("/");
    for c in address.trim().chars() {
        if c != '/' || !out.ends_with('/') {
            out.push(c);
        }
    }
    out
}

/// An alias as it is written, from the root; a relative one begins at a folder of the site.
fn aliases(front: &mut Front, keys: &[&str], folder: &str) -> Vec<String> {
    let written = front.list(keys, front::whole);
    let full = |alias: &String| match alias.split_once("://") {
        Some((_, rest)) => rooted(rest.split_once('/').map_or("", |(_, path)| path)),
        None if alias.starts_with('/') => rooted(alias),
        None => joined(folder, alias),
    };
    written.iter().map(full).collect()
}

/// A relative path from a folder.
fn joined(folder: &str, path: &str) -> String {
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => drop(parts.pop()),
            part => parts.push(part),
        }
    }
    let end = if path.ends_with('/') && !parts.is_empty() { "/" } else { "" };
    format!("/{}{end}", parts.join("/"))
}

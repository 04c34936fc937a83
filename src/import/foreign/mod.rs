//! Texts of other writers: whole sites of Hugo, Zola, Jekyll and Pelican, vaults of Obsidian, exports of
//! WordPress and Ghost, and single notes.
//!
//! A site is read as a whole before anything is written: front matter roughly (`front`), settings, each
//! post with the addresses that it had (one file per program, Hugo's held against its own output), then
//! texts with calls and links in Markdown (`calls`, `links`, `vault`). What could clash (files, tags,
//! aliases) is settled against the index of the site as it will be, so that what import writes can be
//! built. Exports (`export`) become the same posts without files: theirs are read item by item, what
//! stands for blocks, shortcodes and cards becomes plain HTML, and that Markdown by the writer for pages;
//! Markdown that is known before waits behind a mark (`placeholders`).

mod address_map;
mod calls;
mod embeds;
mod export;
mod files;
mod front;
mod ghost;
mod hugo;
mod jekyll;
mod kramdown;
mod links;
mod names;
mod pelican;
mod pictures;
mod pieces;
mod placeholders;
mod post;
mod settings;
mod vault;
mod wordpress;
mod zola;

use self::names::ending;
use self::names::rooted;
use self::post::clear_language;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde_json::Value as Json;

pub use self::address_map::AddressMap;
pub use self::export::{Fault, exported};
pub use self::files::{Files, is_post};
pub use self::links::{Dropped, text, used};
pub use self::post::{Post, PostKind, note};
pub use self::settings::Settings;
use self::wordpress::Library;
use crate::model::Language;

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
            Program::Jekyll | Program::Obsidian | Program::WordPress | Program::Ghost => {
                String::new()
            }
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
            Program::Jekyll | Program::Obsidian | Program::WordPress | Program::Ghost => &[],
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

//! `tearsheet.toml`: what an editor decides about the site as a whole.

pub mod theme;

use std::collections::{BTreeMap, BTreeSet};

use url::Url;

use crate::diagnostic::{self, Diagnostic};
use crate::model::{KINDS, Language, Rights};
use crate::parse::fields::{Fields, Word};
use crate::parse::markdown::{Dialect, Punctuation};
use crate::parse::tree::{self, Value};
use crate::source::{Source, Span};
use theme::ThemeSettings;

/// The settings, with a default for each.
#[derive(Clone, Debug, PartialEq)]
pub struct Config {
    /// The site's name.
    pub title: String,
    /// One sentence about it.
    pub description: String,
    /// Where it will be hosted; without it all links are relative.
    pub base_url: Option<String>,
    /// Who hosts it, where that makes a difference.
    pub host: Option<Host>,
    /// The language of the site's own words.
    pub language: Language,
    /// What import writes into `rights`.
    pub rights: Rights,
    /// How many words an `excerpt` may quote.
    pub excerpt_words: usize,
    /// How many articles a list page holds.
    pub page_size: usize,
    /// How many stories the home page has after the first one.
    pub home_stories: usize,
    /// What the home page leads with: the id of a story or the address of an article, with its place in
    /// the settings. Without it, the newest.
    pub lead: Option<Word>,
    /// Whether readers can search the site.
    pub search: bool,
    /// Fonts that pictures of stories are drawn with: names of files under `static/`, with their places
    /// in the settings. Without fonts no pictures are drawn.
    pub card_fonts: Vec<Word>,
    /// The folder in `themes/` that replaces parts of the default theme, with its place in the settings.
    pub theme: Option<Word>,
    /// Colours, fonts and widths of the theme, where the site sets some.
    pub theme_settings: Option<ThemeSettings>,
    /// How texts are read.
    pub dialect: Dialect,
    /// Whether each day has a page, besides its month.
    pub day_pages: bool,
    /// Whether each company and tag has a feed, besides that of the site.
    pub topic_feeds: bool,
    /// How much of the data files is written.
    pub data: DataFiles,
    /// How often there is an edition: a page with what is new, for mail and paper as well.
    pub editions: Every,
    /// The pages that it does without.
    pub without: BTreeSet<Section>,
    /// What it is not about at all: nothing of it is read, or shown anywhere.
    pub off: BTreeSet<Section>,
    /// After how many months without a report a partnership counts as gone quiet.
    pub quiet_after: usize,
    /// The site's own words, instead of those that come with its language.
    pub words: BTreeMap<String, String>,
    /// Kinds of partnership, by id, with their labels.
    pub kinds: BTreeMap<String, String>,
    /// Tags that have a label or a definition, by slug.
    pub tags: BTreeMap<String, TagInfo>,
    /// What the header links to, besides the fixed sections.
    pub menu: Vec<MenuItem>,
    /// Names that are no companies on this site, whatever import thinks.
    pub ignore: Vec<String>,
    /// Feeds that `fetch` looks into.
    pub feeds: Vec<Feed>,
    /// Where the feed of the site was before, and is still found.
    pub old_feeds: Vec<String>,
    /// A program that reads every imported text as well, with its arguments.
    pub reader: Vec<String>,
    /// How many seconds it has for one.
    pub reader_seconds: usize,
    /// What calls of other programs' templates are in Markdown, for `import --from`.
    pub shortcodes: BTreeMap<String, String>,
    /// Free fields for templates.
    pub extra: BTreeMap<String, serde_json::Value>,
}

/// A host that reads files of its own beside the pages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Host {
    /// GitHub Pages
    Github,
    /// GitLab Pages
    Gitlab,
    /// Netlify
    Netlify,
    /// Cloudflare Pages
    Cloudflare,
}

impl Host {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Github, Self::Gitlab, Self::Netlify, Self::Cloudflare];

    /// The word that the settings use.
    #[must_use]
    pub fn id(self) -> &'static str {
        match self {
            Self::Github => "github",
            Self::Gitlab => "gitlab",
            Self::Netlify => "netlify",
            Self::Cloudflare => "cloudflare",
        }
    }

    /// How many lines and bytes of `_redirects` it reads, by its own documents; none where it knows no
    /// such file.
    #[must_use]
    pub fn most_redirects(self) -> Option<(usize, usize)> {
        match self {
            Self::Github => None,
            Self::Gitlab => Some((1000, 64_000)),
            Self::Netlify | Self::Cloudflare => Some((2000, usize::MAX)),
        }
    }

    /// Whether it reads `_headers`.
    #[must_use]
    pub fn reads_headers(self) -> bool {
        matches!(self, Self::Netlify | Self::Cloudflare)
    }
}

/// How often there is an edition.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Every {
    /// One for each week by ISO 8601.
    Week,
    /// One for each month.
    Month,
    /// None.
    Never,
}

impl Every {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Week, Self::Month, Self::Never];

    /// The word that the settings use.
    #[must_use]
    pub fn id(self) -> &'static str {
        match self {
            Self::Week => "week",
            Self::Month => "month",
            Self::Never => "none",
        }
    }
}

/// Pages that a site can do without.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Section {
    /// Each company, and their list.
    Companies,
    /// Each partnership, and their list.
    Partnerships,
    /// The timeline and its parts.
    Timeline,
    /// Each story, and their list.
    Stories,
    /// Each publisher, and their list.
    Sources,
    /// Each language, and their list.
    Languages,
}

impl Section {
    /// All of them.
    pub const ALL: [Self; 6] = [
        Self::Companies,
        Self::Partnerships,
        Self::Timeline,
        Self::Stories,
        Self::Sources,
        Self::Languages,
    ];

    /// Those that a list of pages can leave out: companies are a site's subject, or they are not.
    pub const PAGES: [Self; 5] =
        [Self::Partnerships, Self::Timeline, Self::Stories, Self::Sources, Self::Languages];

    /// The word that the settings use, which its address has as well.
    #[must_use]
    pub fn id(self) -> &'static str {
        match self {
            Self::Companies => "companies",
            Self::Partnerships => "partnerships",
            Self::Timeline => "timeline",
            Self::Stories => "stories",
            Self::Sources => "sources",
            Self::Languages => "languages",
        }
    }
}

/// How much of the data files is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DataFiles {
    /// One file of each sort.
    Whole,
    /// Those of the articles split by year, which large sites need.
    Years,
    /// None.
    None,
}

impl DataFiles {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Whole, Self::Years, Self::None];

    /// The word that the settings use.
    #[must_use]
    pub fn id(self) -> &'static str {
        match self {
            Self::Whole => "whole",
            Self::Years => "years",
            Self::None => "none",
        }
    }
}

/// What a site says about a tag.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct TagInfo {
    /// How it is shown.
    pub label: Option<String>,
    /// What it means.
    pub description: Option<String>,
}

/// A feed to follow.
#[derive(Clone, Debug, PartialEq)]
pub struct Feed {
    /// Its address.
    pub url: String,
    /// What its publisher is called, if not as the feed says.
    pub name: Option<String>,
}

/// One entry of the menu.
#[derive(Clone, Debug, PartialEq)]
pub struct MenuItem {
    /// The words.
    pub name: String,
    /// An address on the site (`/about/`) or elsewhere.
    pub url: String,
    /// Where the address stands.
    pub span: Span,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            title: "Press digest".to_owned(),
            description: String::new(),
            base_url: None,
            host: None,
            language: Language::english(),
            rights: Rights::Excerpt,
            excerpt_words: 60,
            page_size: 20,
            home_stories: 12,
            lead: None,
            theme: None,
            theme_settings: None,
            dialect: Dialect::default(),
            day_pages: true,
            topic_feeds: true,
            data: DataFiles::Whole,
            editions: Every::Week,
            without: BTreeSet::new(),
            off: BTreeSet::new(),
            quiet_after: 36,
            search: true,
            card_fonts: Vec::new(),
            words: BTreeMap::new(),
            kinds: KINDS.iter().map(|&(id, label)| (id.to_owned(), label.to_owned())).collect(),
            tags: BTreeMap::new(),
            menu: Vec::new(),
            ignore: Vec::new(),
            feeds: Vec::new(),
            old_feeds: Vec::new(),
            reader: Vec::new(),
            reader_seconds: 60,
            shortcodes: BTreeMap::new(),
            extra: BTreeMap::new(),
        }
    }
}

impl Config {
    /// Whether the site has these pages.
    #[must_use]
    pub fn has(&self, section: Section) -> bool {
        !self.without.contains(&section) && !self.off.contains(&section)
    }

    /// Whether it is about this at all.
    #[must_use]
    pub fn is_about(&self, section: Section) -> bool {
        !self.off.contains(&section)
    }
}

/// Reads the settings; whatever cannot be read keeps its default and has a message.
#[must_use]
pub fn config(source: Option<&Source>) -> (Config, Vec<Diagnostic>) {
    let mut config = Config::default();
    let Some(source) = source else { return (config, Vec::new()) };
    let entries = match tree::toml(source, 0, &source.text) {
        Ok(entries) => entries,
        Err(errors) => return (config, errors),
    };
    let mut found = Vec::new();
    let mut fields = Fields::new(source, entries, &mut found);
    config.read_values(&mut fields);
    config.read_sections(&mut fields);
    config.read_words(&mut fields);
    config.read_lists(&mut fields);
    config.read_import(&mut fields);
    let extra = fields.map(&["extra"]).unwrap_or_default();
    config.extra = extra.into_iter().map(|entry| (entry.key, entry.node.to_json())).collect();
    fields.end(Some("settings of your own go under `[extra]`, where templates see them"));
    (config, found)
}

impl Config {
    /// Settings of one value each.
    fn read_values(&mut self, fields: &mut Fields<'_>) {
        if let Some(title) = fields.text(&["title"]) {
            self.title = title;
        }
        self.description = fields.text(&["description"]).unwrap_or_default();
        self.base_url = base_url(fields);
        if let Some(language) = fields.language(&["language", "default_language"]) {
            self.language = language;
        }
        self.host = fields.choice(&["host"], &Host::ALL, Host::id);
        self.rights = fields.choice(&["rights"], &Rights::ALL, Rights::id).unwrap_or(self.rights);
        self.excerpt_words = fields.count(&["excerpt_words"], 1).unwrap_or(self.excerpt_words);
        self.page_size = fields.count(&["page_size", "paginate_by"], 1).unwrap_or(self.page_size);
        self.home_stories = fields.count(&["home_stories"], 0).unwrap_or(self.home_stories);
        self.lead = fields.word(&["lead"]);
        if fields.flag(&["smart_punctuation"]) == Some(true) {
            self.dialect.punctuation = Punctuation::Smart;
        }
        self.dialect.math = fields.flag(&["math"]) == Some(true);
        (self.theme, self.theme_settings) = theme::theme(fields);
        self.day_pages = fields.flag(&["day_pages"]).unwrap_or(self.day_pages);
        self.topic_feeds = fields.flag(&["topic_feeds"]).unwrap_or(self.topic_feeds);
        self.data = fields.choice(&["data"], &DataFiles::ALL, DataFiles::id).unwrap_or(self.data);
        self.editions =
            fields.choice(&["editions"], &Every::ALL, Every::id).unwrap_or(self.editions);
        self.without =
            fields.choices(&["without"], &Section::PAGES, Section::id).into_iter().collect();
        self.quiet_after = fields.count(&["quiet_after"], 1).unwrap_or(self.quiet_after);
        self.search = fields.flag(&["search"]).unwrap_or(self.search);
        self.card_fonts = fields.words(&["card_fonts"]);
    }

    /// What the site is not about.
    fn read_sections(&mut self, fields: &mut Fields<'_>) {
        // Without companies there are no partnerships, and without those no timeline.
        for (key, parts) in [
            ("companies", &[Section::Companies, Section::Partnerships, Section::Timeline][..]),
            ("partnerships", &[Section::Partnerships, Section::Timeline]),
            ("stories", &[Section::Stories]),
        ] {
            if fields.flag(&[key]) == Some(false) {
                self.off.extend(parts);
            }
        }
    }

    /// What things are called.
    fn read_words(&mut self, fields: &mut Fields<'_>) {
        self.words = fields.text_map(&["words"]);
        for (id, label) in fields.text_map(&["kinds"]) {
            self.kinds.insert(id, label);
        }
        for entry in fields.map(&["tags"]).unwrap_or_default() {
            let info = match entry.node.value {
                Value::Text { text, .. } => TagInfo { label: Some(text), description: None },
                Value::Map(entries) => fields.inner(entries, |inner| TagInfo {
                    label: inner.text(&["label"]),
                    description: inner.text(&["description"]),
                }),
                _ => TagInfo::default(),
            };
            self.tags.insert(crate::model::slug(&entry.key), info);
        }
    }

    /// Entries of the menu, and feeds.
    fn read_lists(&mut self, fields: &mut Fields<'_>) {
        for node in fields.items(&["menu"]) {
            if let Value::Map(entries) = node.value
                && let (span, Some(name), Some(url)) = fields.inner(entries, |inner| {
                    (inner.span("url"), inner.text(&["name"]), inner.link(&["url"]))
                })
            {
                self.menu.push(MenuItem { name, url, span: span.unwrap_or(0..0) });
            } else {
                let what = "a list of `{ name = \"...\", url = \"...\" }`";
                fields.report(diagnostic::expected(fields.source(), node.span, "menu", what));
            }
        }
        for node in fields.items(&["feeds"]) {
            let Value::Map(entries) = node.value else {
                let what = "a list of `{ url = \"https://...\" }`";
                fields.report(diagnostic::expected(fields.source(), node.span, "feeds", what));
                continue;
            };
            let feed = fields.inner(entries, |inner| {
                let url = inner.web_address(&["url"])?;
                Some(Feed { url, name: inner.text(&["name", "title"]) })
            });
            self.feeds.extend(feed);
        }
        self.old_feeds = fields.addresses(&["old_feeds"]);
    }

    /// How texts are imported.
    fn read_import(&mut self, fields: &mut Fields<'_>) {
        let ignored = fields.map(&["ignore"]).unwrap_or_default();
        if !ignored.is_empty() {
            self.ignore = fields.inner(ignored, |inner| {
                inner.words(&["names"]).into_iter().map(|word| word.0).collect()
            });
        }
        let import = fields.map(&["import"]).unwrap_or_default();
        if !import.is_empty() {
            let seconds = self.reader_seconds;
            (self.reader, self.reader_seconds) = fields.inner(import, |inner| {
                let reader = inner.words(&["reader"]).into_iter().map(|word| word.0).collect();
                (reader, inner.count(&["reader_seconds"], 1).unwrap_or(seconds))
            });
        }
        self.shortcodes = fields.text_map(&["shortcodes"]);
    }
}

fn base_url(fields: &mut Fields<'_>) -> Option<String> {
    let (url, span) = fields.word(&["base_url", "baseURL"])?;
    match site_address(&url) {
        Ok(address) => Some(address),
        Err(what) => {
            fields.report(diagnostic::expected(fields.source(), span, "base_url", what));
            None
        }
    }
}

/// The address of a site as links begin with it: encoded, and without a slash at the end.
///
/// # Errors
/// What it should be, an `http` or `https` address of a folder.
pub fn site_address(text: &str) -> Result<String, &'static str> {
    let is_folder = |url: &Url| {
        matches!(url.scheme(), "http" | "https")
            && url.username().is_empty()
            && url.query().is_none()
            && url.fragment().is_none()
            // Links begin with the path alone, and two slashes would lead to another host.
            && !url.path().starts_with("//")
    };
    let url = Url::parse(text).ok().filter(is_folder);
    url.map(|url| url.as_str().trim_end_matches('/').to_owned())
        .ok_or("a whole address such as `https://example.org/digest`")
}

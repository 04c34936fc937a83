//! Feeds: Atom through a template, JSON Feed as data; both obey the articles' rights.

use std::borrow::Cow;

use serde_json::{Value, json};

use crate::config::{Config, Section};
use crate::index::Index;
use crate::index::pages::{company_address, language_address, partnership_address, tag_address};
use crate::model::{Language, Rights, escape};
use crate::parse::address::SITE_SCHEME;
use crate::parse::calls;
use crate::render::site::Site;
use crate::render::site::feed_entries::{entry, whole};
use crate::render::view::{FeedEntry, FeedView, Shared};

/// How many entries a feed holds.
const ENTRIES: usize = 30;

/// What a feed is of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Channel {
    /// Everything.
    Site,
    /// One company, by id.
    Company(String),
    /// One tag, by slug.
    Tag(String),
    /// One partnership, by id.
    Partnership(String),
    /// Articles in one language.
    Language(Language),
}

/// The articles whose texts the feed of the whole site carries.
pub fn newest_of_all(index: &Index) -> std::ops::Range<usize> {
    0..index.articles.len().min(ENTRIES)
}

/// All feeds of a site.
pub fn channels(index: &Index) -> impl Iterator<Item = Channel> + '_ {
    let companies = index.companies.keys().cloned().map(Channel::Company);
    let tags = index.tags.keys().cloned().map(Channel::Tag);
    let partnerships = index.relations.keys().cloned().map(Channel::Partnership);
    let partnerships = partnerships.filter(|_| index.config.has(Section::Partnerships));
    let languages = index.languages.keys().cloned().map(Channel::Language);
    let languages = languages.filter(|_| index.config.has(Section::Languages));
    let topics = companies.chain(tags).chain(partnerships).chain(languages);
    let topics = topics.filter(|_| index.config.topic_feeds);
    std::iter::once(Channel::Site).chain(topics)
}

/// Where the feed of the site was before, as paths in the output folder.
pub fn old_places(config: &Config) -> impl Iterator<Item = String> + '_ {
    let is_feed = |address: &&String| {
        let end = address.rsplit('.').next().unwrap_or_default();
        address.ends_with('/') || matches!(end, "xml" | "rss" | "atom")
    };
    config.old_feeds.iter().filter(is_feed).map(|address| {
        let bare = address.trim_start_matches('/');
        if bare.ends_with('/') { format!("{bare}index.xml") } else { bare.to_owned() }
    })
}

impl Channel {
    /// The address of the page that it belongs to; its files stand in that folder.
    #[must_use]
    pub fn address(&self) -> String {
        match self {
            Self::Site => "/".to_owned(),
            Self::Company(id) => company_address(id),
            Self::Tag(key) => tag_address(key),
            Self::Partnership(id) => partnership_address(id),
            Self::Language(language) => language_address(language),
        }
    }

    /// The address of one of its files, `feed.xml` or `feed.json`.
    #[must_use]
    pub fn file(&self, name: &str) -> String {
        format!("{}{name}", self.address())
    }

    /// What it shows.
    ///
    /// Only the feed of the whole site carries bodies: with them, the feeds of companies and tags
    /// would be several times the size of the site.
    #[must_use]
    pub fn view(&self, site: &Site) -> FeedView {
        let index = &site.index;
        let newest = |articles: &[usize]| articles.iter().take(ENTRIES).copied().collect();
        let (name, articles): (Option<Cow<'_, str>>, Vec<usize>) = match self {
            Self::Site => (None, newest_of_all(index).collect()),
            Self::Company(id) => {
                let record = &index.companies[id];
                (Some(record.company.name.as_str().into()), newest(&record.articles))
            }
            Self::Tag(key) => {
                let record = &index.tags[key];
                (Some(record.label.as_str().into()), newest(&record.articles))
            }
            Self::Partnership(id) => {
                let relation = &index.relations[id];
                (Some(site.relation_name(relation).into()), newest(&relation.articles()))
            }
            Self::Language(language) => {
                (Some(language.own_name().into()), newest(&index.languages[language]))
            }
        };
        let entries: Vec<Shared<FeedEntry>> = match self {
            Self::Site => articles.iter().map(|&at| full_entry(site, at)).collect(),
            _ => articles.iter().map(|&at| site.entry(at).clone()).collect(),
        };
        // Without articles the feed has never been updated; any fixed moment is as good.
        let updated = entries.iter().map(|entry| entry.updated.clone()).max();
        let title = &index.config.title;
        let address = self.address();
        FeedView {
            title: name.map_or_else(|| title.clone(), |name| format!("{title}: {name}")),
            link: whole(site, &address),
            own: whole(site, &self.file("feed.xml")),
            updated: updated.unwrap_or_else(|| "1970-01-01T00:00:00Z".to_owned()),
            entries,
        }
    }
}

/// An entry with the article's body, where the rights allow it.
fn full_entry(site: &Site, at: usize) -> Shared<FeedEntry> {
    let article = &site.index.articles[at];
    if article.article().rights != Rights::Full {
        return site.entry(at).clone();
    }
    let marker = format!("\"{SITE_SCHEME}");
    let root = format!("\"{}", escape(site.base_url().unwrap_or("")));
    // What leads to a place in the text would lead to one of the page of whoever reads the feed.
    let own = format!("href=\"{}#", escape(&whole(site, &article.address)));
    let (another, below) = (format!(", {SITE_SCHEME}"), format!(", {}", &root[1..]));
    let html = site.body(article).replace(&marker, &root).replace(&another, &below);
    let html = html.replace("href=\"#", &own);
    // A reader of feeds has no templates to call.
    let has_calls = article.article().components;
    let content = Some(if has_calls { calls::bare(&html) } else { html });
    Shared::new(FeedEntry { content, ..entry(site, article) })
}

/// The same feed as JSON Feed 1.1.
#[must_use]
pub fn json_feed(feed: &FeedView, base_url: Option<&str>) -> Value {
    let items: Vec<Value> = feed.entries.iter().map(|entry| json_item(entry)).collect();
    let mut value = json!({
        "version": "https://jsonfeed.org/version/1.1",
        "title": feed.title,
        "items": items,
    });
    if base_url.is_some() {
        value["home_page_url"] = feed.link.clone().into();
        value["feed_url"] = feed.own.replace("feed.xml", "feed.json").into();
    }
    value
}

fn json_item(entry: &FeedEntry) -> Value {
    let mut item = json!({
        "id": entry.id,
        "url": entry.link,
        "title": entry.title,
        "language": entry.lang,
        "summary": entry.summary,
        "tags": entry.tags,
    });
    match &entry.content {
        Some(html) => item["content_html"] = html.clone().into(),
        None => item["content_text"] = entry.summary.clone().into(),
    }
    if let Some(published) = &entry.published {
        item["date_published"] = published.clone().into();
    }
    if let Some(url) = &entry.source_url {
        item["external_url"] = url.clone().into();
    }
    if !entry.authors.is_empty() {
        item["authors"] = entry.authors.iter().map(|name| json!({ "name": name })).collect();
    }
    item
}

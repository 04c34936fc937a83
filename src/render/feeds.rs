//! Feeds: Atom through a template, JSON Feed as data; both obey the articles' rights.

use serde_json::{Value, json};

use super::site::Site;
use super::view::{FeedEntry, FeedView, View};
use crate::index::Entry;
use crate::index::pages::{company_address, tag_address};
use crate::model::{PartialDate, Rights, address_join};
use crate::parse::markdown::SITE_SCHEME;

/// How many entries a feed holds.
const ENTRIES: usize = 30;

/// One feed: what it is made of, and where it goes.
pub struct Feed {
    /// The address of the page it belongs to; its files stand in that folder.
    pub address: String,
    /// What it shows.
    pub view: FeedView,
}

/// The feeds of the site, of each company and of each tag.
#[must_use]
pub fn feeds(site: &Site<'_>, base_url: Option<&str>) -> Vec<Feed> {
    let index = site.index;
    let all: Vec<usize> = (0..index.articles.len()).collect();
    let mut feeds = vec![feed(site, base_url, "/", &index.config.title, &all)];
    for (id, record) in &index.companies {
        let title = format!("{}: {}", index.config.title, record.company.name);
        feeds.push(feed(site, base_url, &company_address(id), &title, &record.articles));
    }
    for (key, record) in &index.tags {
        let title = format!("{}: {}", index.config.title, record.label);
        feeds.push(feed(site, base_url, &tag_address(key), &title, &record.articles));
    }
    feeds
}

fn feed(
    site: &Site<'_>,
    base_url: Option<&str>,
    address: &str,
    title: &str,
    articles: &[usize],
) -> Feed {
    let entries: Vec<FeedEntry> = articles
        .iter()
        .take(ENTRIES)
        .map(|&at| entry(site, base_url, &site.index.articles[at]))
        .collect();
    // Without articles the feed has never been updated; any fixed moment is as good.
    let updated = entries.iter().map(|entry| entry.updated.clone()).max();
    let view = FeedView {
        title: title.to_owned(),
        link: whole(base_url, address),
        own: whole(base_url, &format!("{address}feed.xml")),
        updated: updated.unwrap_or_else(|| "1970-01-01T00:00:00Z".to_owned()),
        entries,
    };
    Feed { address: address.to_owned(), view }
}

fn whole(base_url: Option<&str>, address: &str) -> String {
    base_url.map_or_else(|| address.to_owned(), |base| address_join(base, address))
}

fn entry(site: &Site<'_>, base_url: Option<&str>, entry: &Entry) -> FeedEntry {
    let article = entry.article();
    let published = article.date.map(rfc3339);
    // Atom wants a date; an undated article says the day the site came to know it, if any.
    let retrieved = article.source.as_ref().and_then(|source| source.retrieved);
    let updated = published.clone().or_else(|| retrieved.map(rfc3339));
    let source = article.source.clone().unwrap_or_default();
    let content = (article.rights == Rights::Full).then(|| {
        let marker = format!("\"{SITE_SCHEME}");
        entry.body.html.replace(&marker, &format!("\"{}", base_url.unwrap_or("")))
    });
    FeedEntry {
        id: match base_url {
            Some(base) => address_join(base, &entry.address),
            None => format!("urn:tearsheet:{}", entry.address.trim_matches('/').replace('/', ":")),
        },
        link: whole(base_url, &entry.address),
        title: entry.heading(),
        lang: article.lang.tag().to_owned(),
        updated: updated.unwrap_or_else(|| "1970-01-01T00:00:00Z".to_owned()),
        published,
        summary: article.summary.clone().unwrap_or_else(|| site.quotable(entry)),
        content,
        authors: article.authors.clone(),
        source_url: source.url,
        source_name: source.name,
        tags: article.tags.clone(),
    }
}

/// The first moment a date can mean, in UTC.
fn rfc3339(date: PartialDate) -> String {
    let (month, day) = (date.month().unwrap_or(1), date.day_of_month().unwrap_or(1));
    format!("{:04}-{month:02}-{day:02}T00:00:00Z", date.year())
}

/// The same feed as JSON Feed 1.1.
#[must_use]
pub fn json_feed(feed: &FeedView, base_url: Option<&str>) -> Value {
    let items: Vec<Value> = feed.entries.iter().map(json_item).collect();
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

/// The view for the Atom template.
#[must_use]
pub fn atom(feed: &Feed) -> View {
    View::Feed(feed.view.clone())
}

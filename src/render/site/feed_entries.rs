//! Articles as feeds list them.

use crate::index::IndexedArticle;
use crate::model::{PartialDate, address_join};
use crate::render::site::Site;
use crate::render::view::FeedEntry;

/// A whole address, where the site has one.
pub(in crate::render) fn whole(site: &Site, address: &str) -> String {
    site.base_url().map_or_else(|| address.to_owned(), |base| address_join(base, address))
}

/// An entry without the article's body.
pub(in crate::render) fn entry(site: &Site, entry: &IndexedArticle) -> FeedEntry {
    let article = entry.article();
    let published = article.date.and_then(rfc3339);
    // Atom wants a date; an article without a day says the one on which the site came to know it, if
    // any.
    let retrieved = article.source.as_ref().and_then(|source| source.retrieved);
    let updated = published.clone().or_else(|| retrieved.and_then(rfc3339));
    let source = article.source.clone().unwrap_or_default();
    FeedEntry {
        id: match site.base_url() {
            // Whoever has read it under another id has read it.
            _ if article.guid.is_some() => article.guid.clone().unwrap_or_default(),
            Some(base) => address_join(base, &entry.address),
            None => format!("urn:tearsheet:{}", entry.address.trim_matches('/').replace('/', ":")),
        },
        link: whole(site, &entry.address),
        title: entry.heading(),
        lang: article.lang.tag().to_owned(),
        updated: updated.unwrap_or_else(|| "1970-01-01T00:00:00Z".to_owned()),
        published,
        summary: article.summary.clone().unwrap_or_else(|| site.quotable(entry)),
        content: None,
        authors: article.authors.clone(),
        source_url: source.url,
        source_name: source.name,
        tags: article.tags.clone(),
    }
}

/// The first moment of a day, in UTC; none where no day is told.
fn rfc3339(date: PartialDate) -> Option<String> {
    date.day_of_month().map(|_| format!("{}T00:00:00Z", date.iso()))
}

//! Feeds to entries: RSS 0.9x, 1.0 and 2.0, Atom, JSON Feed; from bytes, without fetching anything.
//!
//! The well-known crate for this panics on authors such as `张伟（wei@example.com）` and turns
//! dates into UTC, where they may be the day before; so the XML is read here.

mod atom;
mod json;
pub(super) mod plain;
mod rss;
pub(super) mod tree;

use std::collections::HashMap;

pub use plain::day;
use url::Url;

use crate::model::PartialDate;

/// What a feed says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Feed {
    /// Its name, as plain text.
    pub title: Option<String>,
    /// Its entries, in its own order.
    pub entries: Vec<Entry>,
}

/// One entry of a feed; what the feed does not say is absent.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Entry {
    /// What stays the same when the feed is read again: its own id, else the link, else the title.
    pub id: String,
    /// The title as plain text.
    pub title: Option<String>,
    /// The page it is about: a whole `http` or `https` address.
    pub link: Option<String>,
    /// The day it was published, in the time zone that the feed wrote it in.
    pub published: Option<PartialDate>,
    /// Who wrote it, as the feed names them; an author of the whole feed only where the entry has
    /// none, and never the feed's own name.
    pub authors: Vec<String>,
    /// The language tag of the entry, else that of the feed.
    pub lang: Option<String>,
    /// The content, else the summary, as HTML from a stranger: neither clean nor with whole links.
    pub content_html: Option<String>,
    /// The address that relative links in the content begin at, where that is told; else it is the link.
    pub base: Option<String>,
    /// Whose it is where the feed passes it on from elsewhere, or names a publisher.
    pub publisher: Option<String>,
}

/// Reads a feed of any kind; `base` is the address it came from, for links that are not whole.
///
/// # Errors
/// The bytes are no feed, or a broken one; the text says so, and what to do.
pub fn entries(bytes: &[u8], base: Option<&str>) -> Result<Feed, String> {
    let text = decode(bytes);
    let base = base.and_then(|base| Url::parse(base).ok());
    let base = base.as_ref();
    let text = text.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{feff}');
    if text.is_empty() {
        return Err(
            "this is empty, where a feed should be; look whether the address is right".to_owned()
        );
    }
    let mut feed = if text.starts_with(['{', '[']) {
        json::feed(text, base)?
    } else {
        let root = tree::root(text)?;
        match root.name.rsplit(':').next().unwrap_or("") {
            "rss" | "RDF" => rss::feed(&root, base),
            "feed" | "entry" => atom::feed(&root, base),
            name if name.eq_ignore_ascii_case("html") => return Err(tree::WEB_PAGE.to_owned()),
            "urlset" | "sitemapindex" => {
                return Err(
                    "this is a site map, not a feed; give the address of the feed".to_owned()
                );
            }
            name => {
                return Err(format!(
                    "this is XML, but no feed that can be read: it begins with <{name}> and not \
                     with <rss>, <rdf:RDF> or <feed>"
                ));
            }
        }
    };
    feed.entries.retain_mut(Entry::settle);
    tell_apart(&mut feed.entries);
    Ok(feed)
}

impl Entry {
    /// Fills in the id; `false` where there is nothing to know the entry by.
    fn settle(&mut self) -> bool {
        self.id = self.id.trim().to_owned();
        if is_nothing(&self.id) {
            // Without any other it is its words that it is known by.
            let known = self.link.as_ref().or(self.title.as_ref()).or(self.content_html.as_ref());
            self.id = known.cloned().unwrap_or_default();
        }
        let mut seen = Vec::new();
        self.authors.retain(|author| {
            let new = !author.is_empty() && !seen.contains(author);
            seen.push(author.clone());
            new
        });
        !self.id.is_empty()
    }
}

/// Gives entries that share an id what tells them apart besides: their address, title or words.
fn tell_apart(entries: &mut [Entry]) {
    let mut count: HashMap<String, usize> = HashMap::new();
    for entry in &*entries {
        *count.entry(entry.id.clone()).or_default() += 1;
    }
    for entry in entries.iter_mut().filter(|entry| count[&entry.id] > 1) {
        let own = [entry.link.as_deref(), entry.title.as_deref(), entry.content_html.as_deref()];
        let parts = std::iter::once(entry.id.as_str()).chain(own.into_iter().flatten());
        entry.id = parts.collect::<Vec<_>>().join(" ");
    }
}

/// Whether a feed says in a word that it says nothing.
fn is_nothing(text: &str) -> bool {
    let nothing = ["", "n/a", "na", "none", "null", "undefined", "-", "#", "0"];
    nothing.contains(&text.trim().to_lowercase().as_str())
}

/// The text of a feed in the encoding that it names, or that its first bytes show.
pub(super) fn decode(bytes: &[u8]) -> String {
    // `decode` itself heeds a byte order mark before anything else.
    let encoding = match bytes {
        [b'<', 0, ..] => encoding_rs::UTF_16LE,
        [0, b'<', ..] => encoding_rs::UTF_16BE,
        _ => match declared(bytes) {
            Some(encoding) => encoding,
            None if std::str::from_utf8(bytes).is_err() => encoding_rs::WINDOWS_1252,
            None => encoding_rs::UTF_8,
        },
    };
    encoding.decode(bytes).0.into_owned()
}

/// The encoding in the XML declaration; where UTF-8 is not, it is not believed.
fn declared(bytes: &[u8]) -> Option<&'static encoding_rs::Encoding> {
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(200)]).into_owned();
    let declaration = head.trim_start().strip_prefix("<?xml")?.split_once("?>")?.0;
    let value = declaration.split_once("encoding")?.1.trim_start().strip_prefix('=')?;
    let value = value.trim_start();
    let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''))?;
    let label = value[1..].split(quote).next()?;
    // A declaration that can be read byte by byte is not in UTF-16, whatever it says.
    encoding_rs::Encoding::for_label(label.as_bytes())
        .filter(|encoding| encoding.is_ascii_compatible())
}

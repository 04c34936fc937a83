//! A saved web page: what its metadata say, and its article as Markdown.

mod author;
mod body;
mod day;
mod headline;
mod metadata;

use dom_query::Document;
use encoding_rs::Encoding;

use super::MAX_TEXT;
use crate::model::{DateBasis, PartialDate};
use crate::parse::sanitize::{MAX_DEPTH, extent};
use crate::understand::companies::Gazetteer;

/// Pages with more tags are no articles; a long one has a tenth of that.
const MAX_TAGS: usize = 200_000;

/// What was read from a page.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Page {
    /// The headline.
    pub title: Option<String>,
    /// When it was published, and how that is known.
    pub date: Option<(PartialDate, DateBasis)>,
    /// Who wrote it.
    pub authors: Vec<String>,
    /// Who published it.
    pub publisher: Option<String>,
    /// Its language, as the page tells or the text shows.
    pub lang: Option<String>,
    /// Its own address, where it tells one.
    pub address: Option<String>,
    /// The article, in Markdown.
    pub body: String,
    /// Its paragraphs as plain text.
    pub paragraphs: Vec<String>,
}

/// Reads a page; `address` is where it came from, `charset` what the server said of its encoding.
///
/// # Errors
/// A page that is nested too deep, or too large.
pub fn page(
    bytes: &[u8],
    address: Option<&str>,
    charset: Option<&str>,
    gazetteer: &Gazetteer,
) -> Result<Page, String> {
    let html = decode(bytes, charset);
    check_extent(&html)?;
    let document = parse(&html);
    let meta = metadata::metadata(&document, address);
    let text = body::body(&html, &meta, address, gazetteer);
    Ok(metadata::settle(meta, text, &document, address, gazetteer))
}

/// The page without readings, the small signs that say characters once more.
fn parse(html: &str) -> Document {
    let document = Document::from(html);
    document.select("rt, rp").remove();
    document
}

/// Refuses what takes its readers minutes or all memory.
fn check_extent(html: &str) -> Result<(), String> {
    let extent = extent(html);
    if extent.depth > MAX_DEPTH {
        return Err(format!(
            "its elements are nested more than {MAX_DEPTH} deep, which no article is"
        ));
    }
    if extent.tags > MAX_TAGS {
        return Err(format!(
            "it has {} tags, more than {MAX_TAGS}: save only the article, or its text",
            extent.tags
        ));
    }
    if extent.text > MAX_TEXT {
        return Err("its text is larger than 1 MB, which no press text is".to_owned());
    }
    Ok(())
}

/// Reads a piece of a page, such as a feed carries: Markdown, and the paragraphs as plain text.
#[must_use]
pub fn fragment(html: &str, gazetteer: &Gazetteer) -> (String, Vec<String>) {
    if check_extent(html).is_err() {
        return (String::new(), Vec::new());
    }
    let text = body::fragment(html, gazetteer);
    (text.markdown, text.paragraphs)
}

/// Whether bytes are a web page rather than plain text.
#[must_use]
pub fn is_page(bytes: &[u8]) -> bool {
    let head: Vec<u8> = bytes.iter().take(2000).map(u8::to_ascii_lowercase).collect();
    let text = String::from_utf8_lossy(&head);
    let text = text.trim_start_matches(['\u{feff}', ' ', '\n', '\r', '\t']);
    text.starts_with("<!doctype html")
        || text.starts_with("<html")
        || text.starts_with('<') && (text.contains("<head") || text.contains("<body"))
}

/// The text of a page, by its byte order mark, the server's word, its own, or UTF-8.
fn decode(bytes: &[u8], charset: Option<&str>) -> String {
    if let Some((encoding, _)) = Encoding::for_bom(bytes) {
        return encoding.decode(bytes).0.into_owned();
    }
    let named = charset.and_then(|label| Encoding::for_label(label.as_bytes())).or_else(|| {
        let head = String::from_utf8_lossy(&bytes[..bytes.len().min(4096)]).to_lowercase();
        let rest = &head[head.find("charset=")? + "charset=".len()..];
        let label: String = rest
            .trim_start_matches(['"', '\''])
            .chars()
            .take_while(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_'))
            .collect();
        Encoding::for_label(label.as_bytes())
    });
    // What is valid UTF-8 is UTF-8, whatever the page says: chance does not make it so.
    match std::str::from_utf8(bytes) {
        Ok(text) => text.to_owned(),
        Err(_) => named.unwrap_or(encoding_rs::UTF_8).decode(bytes).0.into_owned(),
    }
}

//! A saved web page: what its metadata say, and its article as Markdown.
//!
//! `dom_smoothie`, a port of Readability, finds the article after small asides were taken out by their class
//! names; the elements in which most paragraphs stand are a second opinion (`prose`), and what else a page
//! shows a last one. Our own noise lists clean it, and a writer of our own makes Markdown of it
//! (`writer`): tables with spans, code, breaks, links from the page's own address, pictures behind
//! placeholders. The standfirst, which Readability often leaves behind, is known by the page's summary.
//! Metadata come from JSON-LD, Open Graph, `meta`, microdata and `time`, then from what stands around the
//! headline. trafilatura's crate was as good on one set of pages but much worse on news in Greek, Polish,
//! Russian and Chinese, and five times slower.

mod author;
mod body;
mod day;
mod facts;
mod headline;
mod metadata;
mod phrases;
mod prose;
mod reconcile;
mod timestamps;
mod writer;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use dom_query::{Document, NodeRef};
use encoding_rs::Encoding;
use url::Url;

use super::MAX_TEXT;
use crate::import::thresholds::{ENCODING_HEAD_BYTES, GOOD_TO_ONE_BROKEN, PAGE_HEAD_BYTES};
use crate::model::{DateBasis, PartialDate};
use crate::parse::extent::extent;
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
    fits(&html)?;
    let address = address.or_else(|| saved_from(&html));
    let document = parse(&html);
    let meta = metadata::metadata(&document, address);
    let base = base(&document, meta.address.as_deref().or(address));
    let text = body::body(document.clone(), &html, &meta, base.as_ref());
    Ok(reconcile::reconcile(meta, text, &document, address, gazetteer))
}

/// The address that the links of a page begin at: its own, unless it names another.
fn base(document: &Document, address: Option<&str>) -> Option<Url> {
    let own = address.and_then(|address| Url::parse(address).ok());
    let told = document.select_single("base[href]").attr("href");
    match (told, &own) {
        (Some(told), Some(own)) => own.join(told.trim()).ok(),
        (Some(told), None) => Url::parse(told.trim()).ok(),
        (None, _) => own,
    }
}

/// The address in the remark that browsers put before a page which they save:
/// `<!-- saved from url=(0022)https://site.example/a -->`, with the length of the address in brackets.
fn saved_from(html: &str) -> Option<&str> {
    let (before, rest) = html.split_once("<!-- saved from url=(")?;
    let address = rest.split_once(')')?.1.split_once("-->")?.0.trim();
    (before.len() < PAGE_HEAD_BYTES && address.starts_with("http")).then_some(address)
}

/// The page without readings, the small signs that say characters once more.
fn parse(html: &str) -> Document {
    let document = Document::from(html);
    document.select("rt, rp").remove();
    document
}

/// Refuses what takes its readers minutes or all memory.
///
/// # Errors
/// It is nested too deep, or too large.
pub fn fits(html: &str) -> Result<(), String> {
    let extent = extent(html);
    if let Some(excess) = extent.excess() {
        return Err(excess);
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

/// Reads a piece of a page, such as a feed carries: Markdown, and the paragraphs as plain text. Links
/// begin at `base`.
#[must_use]
pub fn fragment(html: &str, base: Option<&str>) -> (String, Vec<String>) {
    if fits(html).is_err() {
        return (String::new(), Vec::new());
    }
    let base = base.and_then(|base| Url::parse(base).ok());
    let text = body::fragment(html, base.as_ref());
    (text.markdown, text.paragraphs)
}

/// The whole of a text that somebody wrote in HTML, as Markdown, with all that is in it.
///
/// # Errors
/// It is nested too deep, or too large.
pub fn text(html: &str) -> Result<String, String> {
    fits(html)?;
    let document = Document::fragment(html);
    Ok(writer::written(&document, None, writer::Pictures::All))
}

pub use writer::is_block_name as is_block;
pub(super) use writer::picture_source;

/// An element and those around it, the innermost first, without the body.
fn with_ancestors<'a>(node: &NodeRef<'a>) -> impl Iterator<Item = NodeRef<'a>> {
    let around = node.ancestors_it(None);
    let inner = around.take_while(|node| !node.has_name("body") && !node.has_name("html"));
    std::iter::once(*node).chain(inner)
}

/// Whether bytes are a web page rather than plain text.
#[must_use]
pub fn is_page(bytes: &[u8]) -> bool {
    let head: Vec<u8> = bytes.iter().take(PAGE_HEAD_BYTES).map(u8::to_ascii_lowercase).collect();
    let text = String::from_utf8_lossy(&head);
    let text = text.trim_start_matches(['\u{feff}', ' ', '\n', '\r', '\t']);
    // Remarks and warnings of a server may stand before the page.
    text.starts_with('<')
        && ["<!doctype html", "<html", "<head", "<body"].iter().any(|tag| text.contains(tag))
}

/// The text of a page, by its byte order mark, the server's word, its own, UTF-8, or what its bytes look
/// like.
fn decode(bytes: &[u8], charset: Option<&str>) -> String {
    if let Some((encoding, _)) = Encoding::for_bom(bytes) {
        return encoding.decode(bytes).0.into_owned();
    }
    // What is valid UTF-8 is UTF-8, whatever the page says: chance does not make it so.
    if let Ok(text) = std::str::from_utf8(bytes) {
        return text.to_owned();
    }
    let named = charset.and_then(|label| Encoding::for_label(label.as_bytes()));
    let named = named.or_else(|| told(&bytes[..bytes.len().min(ENCODING_HEAD_BYTES)]));
    named.unwrap_or_else(|| guess(bytes)).decode(bytes).0.into_owned()
}

/// The encoding that a page names: in a `meta` element, or in an XML declaration.
fn told(head: &[u8]) -> Option<&'static Encoding> {
    let head = String::from_utf8_lossy(head).to_lowercase();
    let label = |text: &str| -> Option<&'static Encoding> {
        let value =
            text.trim_start().strip_prefix('=')?.trim_start().trim_start_matches(['"', '\'']);
        let is_part = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | ':' | '.');
        let end = value.find(|c| !is_part(c)).unwrap_or(value.len());
        Encoding::for_label(&value.as_bytes()[..end])
    };
    let metas = head.match_indices("<meta").filter_map(|(at, _)| {
        let tag = &head[at..];
        let tag = &tag[..tag.find('>').unwrap_or(tag.len())];
        tag.match_indices("charset").find_map(|(at, word)| label(&tag[at + word.len()..]))
    });
    let declared = || {
        let declaration = head.trim_start().strip_prefix("<?xml")?.split_once("?>")?.0;
        label(declaration.split_once("encoding")?.1)
    };
    // What can be read byte by byte is not in UTF-16, whatever it says; and it is not in UTF-8 either.
    let is_possible = |encoding: &&'static Encoding| {
        encoding.is_ascii_compatible() && !std::ptr::eq(*encoding, encoding_rs::UTF_8)
    };
    metas.into_iter().find(is_possible).or_else(|| declared().filter(is_possible))
}

/// The likeliest encoding of bytes that are no UTF-8 and of which nobody says what they are. A few that
/// are broken do not make another encoding of a page.
fn guess(bytes: &[u8]) -> &'static Encoding {
    let (mut good, mut bad) = (0, 0);
    for chunk in bytes.utf8_chunks() {
        good += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        bad += usize::from(!chunk.invalid().is_empty());
    }
    if good > GOOD_TO_ONE_BROKEN * bad {
        return encoding_rs::UTF_8;
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    detector.guess(None, Utf8Detection::Deny)
}

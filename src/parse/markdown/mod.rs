//! Markdown to safe HTML, with what the rest of the pipeline wants to know about a text.

mod formula;
mod notes;
mod relaxed;
mod resolve;
mod tags;
mod writer;
mod written;

use std::borrow::Cow;

use pulldown_cmark::{CowStr, Event, HeadingLevel, Options, Parser, Tag};
use serde::{Deserialize, Serialize};

use super::calls::Call;
use super::links::Link;
use super::words::end_of_words;
use crate::model::{Passage, printable};
use crate::source::Span;
use writer::Writer;
pub use written::{Written, code, written};

/// How marks of punctuation are shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Punctuation {
    /// As they are written.
    #[default]
    AsWritten,
    /// Straight quotation marks as curved ones, `--` and `...` as a dash and an ellipsis.
    Smart,
}

/// How the texts of a site are read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Dialect {
    /// How marks of punctuation are shown.
    pub punctuation: Punctuation,
    /// Whether what stands between dollar signs is a formula.
    pub math: bool,
}

impl Dialect {
    fn options(self) -> Options {
        let smart = match self.punctuation {
            Punctuation::AsWritten => Options::empty(),
            Punctuation::Smart => Options::ENABLE_SMART_PUNCTUATION,
        };
        let math = if self.math { Options::ENABLE_MATH } else { Options::empty() };
        OPTIONS | smart | math
    }
}

/// What of Markdown is understood, besides its common core.
const OPTIONS: Options = Options::ENABLE_TABLES
    .union(Options::ENABLE_FOOTNOTES)
    .union(Options::ENABLE_STRIKETHROUGH)
    .union(Options::ENABLE_TASKLISTS)
    .union(Options::ENABLE_GFM)
    .union(Options::ENABLE_HEADING_ATTRIBUTES)
    .union(Options::ENABLE_WIKILINKS)
    .union(Options::ENABLE_DEFINITION_LIST);

/// Ids that the theme's pages have themselves. Words that texts are headed with have a mark before them.
pub const TAKEN: [&str; 42] = [
    "contents",
    "find-company",
    "known",
    "page-about",
    "page-articles",
    "page-browse",
    "page-changes",
    "page-chart",
    "page-context",
    "page-coverage",
    "page-events",
    "page-explore",
    "page-explore-companies",
    "page-explore-status",
    "page-facts",
    "page-flow",
    "page-glance",
    "page-imprecise",
    "page-in-force",
    "page-lanes",
    "page-latest",
    "page-main",
    "page-months",
    "page-most",
    "page-network",
    "page-newest",
    "page-news",
    "page-note",
    "page-others",
    "page-partners",
    "page-profile",
    "page-related",
    "page-strip",
    "page-tags",
    "page-visit",
    "page-years",
    "search-box",
    "search-form",
    "search-list",
    "search-more",
    "search-names",
    "search-status",
];

/// What has more marks than this is no article, and takes its reader hundreds of megabytes.
pub const MAX_MARKS: usize = 250_000;

/// How many lines a text has, and characters that may be Markdown: what the parser keeps in memory.
#[must_use]
pub fn marks(text: &str) -> usize {
    let is_mark = |pair: &[u8]| match pair[1] {
        b'*' | b'_' | b'~' | b'[' | b']' | b'!' | b'<' | b'&' | b'\\' | b'|' | b'#' | b'>'
        | b'$' => true,
        // Many of them in a row are one mark.
        b'`' | b'\n' => pair[0] != pair[1],
        _ => false,
    };
    text.as_bytes().windows(2).filter(|pair| is_mark(pair)).count()
}

/// A text ready for a page.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rendered {
    /// Safe HTML; addresses of this site begin with [`SITE_SCHEME`](super::address::SITE_SCHEME), or are [marks](super::links::mark).
    pub html: String,
    /// The words alone, blocks separated by line breaks; see [`Rendered::keep_opening`].
    pub text: String,
    /// How many words it has; for scripts without spaces, characters.
    pub words: usize,
    /// The headings, in order.
    pub headings: Vec<Heading>,
    /// What of this site it links to and shows.
    pub links: Vec<Link>,
    /// What the marks of its links begin with; empty where it has none.
    pub key: String,
    /// The components that it calls; see [`super::components`].
    pub calls: Vec<Call>,
    /// Formulas that cannot be read, by their places, with the reason.
    pub faults: Vec<(Span, String)>,
}

impl Rendered {
    /// Forgets the text after its first words: a large digest would hold every body twice.
    ///
    /// An [`excerpt`](super::words::excerpt) of up to `words` words stays the same.
    pub fn keep_opening(&mut self, words: usize) {
        if let Some(end) = end_of_words(&self.text, words + 1) {
            self.text.truncate(end);
        }
        self.text.shrink_to_fit();
    }
}

/// A heading of a text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Heading {
    /// 2 to 6.
    pub level: u8,
    /// Unique in the text.
    pub id: String,
    /// The words.
    pub title: String,
}

pub(super) fn parser(source: &str, dialect: Dialect) -> Parser<'_> {
    Parser::new_ext(source, dialect.options())
}

/// Renders Markdown. Any input gives some result; nothing in it can run a script.
#[must_use]
pub fn markdown(source: &str, dialect: Dialect) -> Rendered {
    render(Writer::new(source), dialect)
}

/// The same for a text with parts in other languages, and with characters in it, if it has calls, that
/// stand for those of components: they are no part of names and addresses.
pub(super) fn with(
    source: &str,
    dialect: Dialect,
    has_calls: bool,
    passages: &[Passage],
) -> Rendered {
    render(Writer::with(source, has_calls, passages), dialect)
}

fn render(writer: Writer<'_>, dialect: Dialect) -> Rendered {
    let source = writer.source;
    let read = relaxed::relaxed(source);
    // What it writes down is of the text as it is read, which lives as long as this.
    let mut writer: Writer<'_> = writer;
    writer.shift = u8::from(has_h1(source));
    let mut depth = 0;
    let parser = parser(&read, dialect);
    let definitions = parser.reference_definitions().iter();
    let definitions = definitions.map(|(name, to)| (name.to_lowercase(), to.dest.to_string()));
    writer.definitions = definitions.collect();
    for (event, span) in parser.into_offset_iter() {
        let event = without_controls(relaxed::given_back(event, source, &read, &span));
        if depth == 0 {
            writer.block(Some(span.start));
        }
        match event {
            Event::Start(_) => depth += 1,
            Event::End(_) => depth -= 1,
            _ => {}
        }
        writer.event(event, span);
    }
    writer.block(None);
    writer.finish()
}

/// `&#1;` is a control character when it gets here, and nobody can read it.
fn without_controls(event: Event<'_>) -> Event<'_> {
    fn clean(text: CowStr<'_>) -> CowStr<'_> {
        let Cow::Owned(rest) = printable(&text) else { return text };
        rest.into()
    }
    match event {
        Event::Text(text) => Event::Text(clean(text)),
        Event::Code(text) => Event::Code(clean(text)),
        Event::InlineMath(text) => Event::InlineMath(clean(text)),
        Event::DisplayMath(text) => Event::DisplayMath(clean(text)),
        event => event,
    }
}

/// The addresses elsewhere that a text links to, with their place in the Markdown.
#[must_use]
pub fn web_links(source: &str) -> Vec<(String, Span)> {
    let address = |(event, span): (Event<'_>, Span)| match event {
        Event::Start(Tag::Link { dest_url, .. }) => Some((dest_url.trim().to_owned(), span)),
        _ => None,
    };
    let links = Parser::new_ext(source, OPTIONS).into_offset_iter().filter_map(address);
    links.filter(|(url, _)| url.starts_with("https://") || url.starts_with("http://")).collect()
}

fn has_h1(source: &str) -> bool {
    // Only a line that begins with `# ` or `=` can make one; the rest need not be parsed twice.
    let has = |needle: &str| memchr::memmem::find(source.as_bytes(), needle.as_bytes()).is_some();
    (source.starts_with("# ") || has("\n# ") || has("\n="))
        && Parser::new_ext(source, OPTIONS)
            .any(|e| matches!(e, Event::Start(Tag::Heading { level: HeadingLevel::H1, .. })))
}

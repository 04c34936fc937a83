//! Markdown to safe HTML, with what the rest of the pipeline wants to know about a text.

use std::collections::HashMap;

use pulldown_cmark::{
    BlockQuoteKind, CodeBlockKind, CowStr, Event, HeadingLevel, Options, Parser, Tag, TagEnd, html,
};

use super::words::is_dense;
use super::{highlight, sanitize};
use crate::model::slug;
use crate::source::Span;

/// Stands before addresses of this site in rendered HTML, until a page knows how to reach them.
pub const SITE_SCHEME: &str = "tearsheet:";

/// What of Markdown is understood, besides its common core.
const OPTIONS: Options = Options::ENABLE_TABLES
    .union(Options::ENABLE_FOOTNOTES)
    .union(Options::ENABLE_STRIKETHROUGH)
    .union(Options::ENABLE_TASKLISTS)
    .union(Options::ENABLE_GFM)
    .union(Options::ENABLE_DEFINITION_LIST);

/// What has more marks than this is no article, and takes its reader hundreds of megabytes.
pub const MAX_MARKS: usize = 300_000;

/// How many lines a text has, and characters that may be Markdown: what the parser keeps in memory.
#[must_use]
pub fn marks(text: &str) -> usize {
    let is_mark = |pair: &[u8]| match pair[1] {
        b'*' | b'_' | b'~' | b'[' | b']' | b'!' | b'<' | b'&' | b'\\' | b'|' | b'#' | b'>' => true,
        // Many of them in a row are one mark.
        b'`' | b'\n' => pair[0] != pair[1],
        _ => false,
    };
    text.as_bytes().windows(2).filter(|pair| is_mark(pair)).count()
}

/// A text ready for a page.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Rendered {
    /// Safe HTML; addresses of this site begin with [`SITE_SCHEME`].
    pub html: String,
    /// The words alone, blocks separated by line breaks; see [`Rendered::keep_opening`].
    pub text: String,
    /// How many words it has; for scripts without spaces, characters.
    pub words: usize,
    /// The headings, in order.
    pub headings: Vec<Heading>,
    /// Addresses of this site that it links to, with their place in the Markdown.
    pub links: Vec<(String, Span)>,
}

impl Rendered {
    /// Forgets the text after its first words: a large digest would hold every body twice.
    ///
    /// An [`excerpt`] of up to `words` words stays the same.
    pub fn keep_opening(&mut self, words: usize) {
        if let Some(end) = end_of_words(&self.text, words + 1) {
            self.text.truncate(end);
        }
        self.text.shrink_to_fit();
        self.html.shrink_to_fit();
    }
}

/// A heading of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Heading {
    /// 2 to 6.
    pub level: u8,
    /// Unique in the text.
    pub id: String,
    /// The words.
    pub title: String,
}

/// Renders Markdown. Any input gives some result; nothing in it can run a script.
#[must_use]
pub fn markdown(source: &str) -> Rendered {
    let mut writer = Writer { shift: u8::from(has_h1(source)), ..Writer::default() };
    for (event, span) in Parser::new_ext(source, OPTIONS).into_offset_iter() {
        writer.event(event, span);
    }
    writer.finish(source.len())
}

/// The first words of a text as it reads, at least `words` of them where it has so many.
///
/// Two texts with the same opening have the same [`excerpt`]s of up to `words` words.
#[must_use]
pub fn opening(source: &str, words: usize) -> String {
    let mut writer = Writer::default();
    let mut next = 0;
    for (event, span) in Parser::new_ext(source, OPTIONS).into_offset_iter() {
        let is_end = matches!(event, Event::End(_));
        writer.event(event, span);
        let length = writer.out.text.len();
        if is_end && length >= next {
            if end_of_words(&writer.out.text, words + 1).is_some() {
                break;
            }
            // To look at each end would take a time that grows with the square of a text of few words.
            next = length * 2;
        }
    }
    writer.out.text.truncate(writer.out.text.trim_end().len());
    writer.out.keep_opening(words);
    writer.out.text
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

#[derive(Default)]
struct Writer<'a> {
    events: Vec<Event<'a>>,
    out: Rendered,
    raw_html: bool,
    table: bool,
    /// How many levels headings move down, as the page's title is its only `h1`.
    shift: u8,
    code: Option<(String, String)>,
    heading: Option<(u8, usize)>,
    /// The ids of headings, with the number that the last one of each name got.
    ids: HashMap<String, usize>,
    image_depth: usize,
}

impl<'a> Writer<'a> {
    fn event(&mut self, event: Event<'a>, span: Span) {
        if let Some((_, code)) = &mut self.code {
            match event {
                Event::Text(text) => code.push_str(&text),
                Event::End(TagEnd::CodeBlock) => self.code_block(),
                _ => {}
            }
            return;
        }
        match event {
            Event::Start(Tag::CodeBlock(kind)) => {
                let info = match kind {
                    CodeBlockKind::Fenced(info) => info.to_string(),
                    CodeBlockKind::Indented => String::new(),
                };
                let language = info.split([',', ' ']).next().unwrap_or("").to_owned();
                self.code = Some((language, String::new()));
            }
            Event::Start(Tag::Heading { level, .. }) => {
                self.break_text();
                let level = (level as u8 + self.shift).clamp(2, 6);
                self.heading = Some((level, self.out.text.len()));
                self.raw(String::new());
            }
            Event::End(TagEnd::Heading(_)) => self.end_heading(),
            Event::Start(Tag::Link { link_type, dest_url, title, id }) => {
                let dest_url = self.address(&dest_url, span);
                self.events.push(Event::Start(Tag::Link { link_type, dest_url, title, id }));
            }
            Event::Start(Tag::Image { link_type, dest_url, title, id }) => {
                self.image_depth += 1;
                let dest_url = self.address(&dest_url, span);
                self.events.push(Event::Start(Tag::Image { link_type, dest_url, title, id }));
            }
            Event::End(TagEnd::Image) => {
                self.image_depth -= 1;
                self.events.push(event);
            }
            Event::Start(Tag::BlockQuote(Some(kind))) => {
                let (class, title) = alert(kind);
                self.raw(format!(
                    "<blockquote class=\"alert {class}\">\n<p class=\"alert-title\">{title}</p>\n"
                ));
            }
            Event::Start(Tag::Table(_)) => {
                self.table = true;
                self.raw("<div class=\"table-wrap\" tabindex=\"0\">".to_owned());
                self.events.push(event);
            }
            Event::End(TagEnd::Table) => {
                self.events.push(event);
                self.raw("</div>\n".to_owned());
                self.break_text();
            }
            Event::Html(_) | Event::InlineHtml(_) => {
                self.raw_html = true;
                self.events.push(event);
            }
            Event::Text(ref text) | Event::Code(ref text) => {
                if self.image_depth == 0 {
                    self.out.text.push_str(text);
                }
                self.events.push(event);
            }
            Event::End(
                TagEnd::Paragraph
                | TagEnd::Item
                | TagEnd::TableRow
                | TagEnd::TableHead
                | TagEnd::DefinitionListTitle
                | TagEnd::DefinitionListDefinition,
            ) => {
                self.break_text();
                self.events.push(event);
            }
            Event::SoftBreak | Event::HardBreak | Event::End(TagEnd::TableCell) => {
                self.out.text.push(' ');
                self.events.push(event);
            }
            event => self.events.push(event),
        }
    }

    fn raw(&mut self, html: String) {
        self.events.push(Event::Html(CowStr::from(html)));
    }

    fn break_text(&mut self) {
        if !self.out.text.is_empty() && !self.out.text.ends_with('\n') {
            self.out.text.push('\n');
        }
    }

    fn code_block(&mut self) {
        let Some((language, code)) = self.code.take() else { return };
        self.break_text();
        self.out.text.push_str(&code);
        self.break_text();
        self.raw(highlight::block(&code, &language));
    }

    fn end_heading(&mut self) {
        let Some((level, from)) = self.heading.take() else { return };
        let title = self.out.text[from..].trim().to_owned();
        self.break_text();
        let base = Some(slug(&title)).filter(|s| !s.is_empty()).unwrap_or_else(|| "section".into());
        let id = self.free_id(&base);
        // The opening tag was left empty until the id was known.
        let open =
            self.events.iter().rposition(|e| matches!(e, Event::Html(text) if text.is_empty()));
        if let Some(at) = open {
            self.events[at] = Event::Html(format!("<h{level} id=\"{id}\">").into());
        }
        self.raw(format!("</h{level}>\n"));
        self.out.headings.push(Heading { level, id, title });
    }

    /// An id that no heading before has; the second `news` is `news-2`.
    fn free_id(&mut self, base: &str) -> String {
        let mut id = base.to_owned();
        while self.ids.contains_key(&id) {
            let number = self.ids.entry(base.to_owned()).or_insert(1);
            *number += 1;
            id = format!("{base}-{number}");
        }
        self.ids.insert(id.clone(), 1);
        id
    }

    /// Lets through addresses that cannot run anything; those of this site are marked.
    fn address(&mut self, url: &CowStr<'a>, span: Span) -> CowStr<'a> {
        let bare = url.trim();
        if bare.starts_with('/') && !bare.starts_with("//") {
            self.out.links.push((bare.to_owned(), span));
            return format!("{SITE_SCHEME}{bare}").into();
        }
        if sanitize::is_safe_address(bare) { url.clone() } else { "#".into() }
    }

    fn finish(mut self, length: usize) -> Rendered {
        let mut out = String::with_capacity(length * 3 / 2);
        html::push_html(&mut out, self.events.into_iter());
        if self.table {
            // Inline styles would need a hole in the content security policy.
            for side in ["left", "center", "right"] {
                let style = format!(" style=\"text-align: {side}\"");
                out = out.replace(&style, &format!(" class=\"align-{side}\""));
            }
            for head in ["<th>", "<th class="] {
                out = out.replace(head, &head.replacen("<th", "<th scope=\"col\"", 1));
            }
        }
        if self.raw_html {
            out = sanitize::html(&out);
        }
        self.out.text.truncate(self.out.text.trim_end().len());
        self.out.words = word_count(&self.out.text);
        self.out.html = out;
        self.out
    }
}

fn alert(kind: BlockQuoteKind) -> (&'static str, &'static str) {
    match kind {
        BlockQuoteKind::Note => ("note", "Note"),
        BlockQuoteKind::Tip => ("tip", "Tip"),
        BlockQuoteKind::Important => ("important", "Important"),
        BlockQuoteKind::Warning => ("warning", "Warning"),
        BlockQuoteKind::Caution => ("caution", "Caution"),
    }
}

/// Words separated by space, where each character of a script without spaces counts as half a word.
fn word_count(text: &str) -> usize {
    let (mut words, mut dense, mut inside) = (0, 0, false);
    for c in text.chars() {
        if is_dense(c) {
            dense += 1;
            inside = false;
        } else if c.is_whitespace() {
            inside = false;
        } else if !inside {
            inside = true;
            words += 1;
        }
    }
    words + dense / 2
}

/// The first `limit` words of a text, with an ellipsis where it was cut, at a word's end.
#[must_use]
pub fn excerpt(text: &str, limit: usize) -> String {
    let Some(end) = end_of_words(text, limit) else { return text.replace('\n', " ") };
    let cut = text[..end].trim_end_matches(|c: char| c.is_whitespace() || c == ',');
    format!("{} …", cut.replace('\n', " "))
}

/// Where the word after the first `limit` words begins; `None` where there is none.
fn end_of_words(text: &str, limit: usize) -> Option<usize> {
    let mut words = 0;
    let mut dense = 0;
    let mut inside = false;
    for (at, c) in text.char_indices() {
        if is_dense(c) {
            dense += 1;
            inside = false;
        } else if c.is_whitespace() {
            inside = false;
        } else if !inside {
            inside = true;
            words += 1;
        }
        if words + dense / 2 > limit {
            return Some(at);
        }
    }
    None
}

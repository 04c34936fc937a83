//! Markdown to safe HTML, with what the rest of the pipeline wants to know about a text.

use std::collections::HashMap;
use std::fmt::Write;

use linkify::{LinkFinder, LinkKind};
use pulldown_cmark::{
    BlockQuoteKind, CodeBlockKind, CowStr, Event, HeadingLevel, LinkType, Options, Parser, Tag,
    TagEnd, html,
};

use super::components::{self, Call};
use super::links::{self, Link, Target};
use super::words::{end_of_words, word_count};
use super::{highlight, sanitize};
use crate::model::{escape, slug};
use crate::source::Span;

/// Stands before addresses of this site in rendered HTML, until a page knows how to reach them.
pub const SITE_SCHEME: &str = "tearsheet:";

/// How marks of punctuation are shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Punctuation {
    /// As they are written.
    #[default]
    AsWritten,
    /// Straight quotation marks as curved ones, `--` and `...` as a dash and an ellipsis.
    Smart,
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

/// Ids that the theme's pages have themselves.
pub const TAKEN: [&str; 29] = [
    "about",
    "articles",
    "browse",
    "changes",
    "contents",
    "coverage",
    "events",
    "facts",
    "find-company",
    "glance",
    "imprecise",
    "known",
    "lanes",
    "latest",
    "main",
    "months",
    "most",
    "network",
    "note",
    "partners",
    "profile",
    "related",
    "search",
    "search-box",
    "search-list",
    "search-more",
    "search-names",
    "search-status",
    "tags",
];

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
    /// Safe HTML; addresses of this site begin with [`SITE_SCHEME`], or are [`links::mark`]s.
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

pub(super) fn parser(source: &str, punctuation: Punctuation) -> Parser<'_> {
    let options = match punctuation {
        Punctuation::AsWritten => OPTIONS,
        Punctuation::Smart => OPTIONS | Options::ENABLE_SMART_PUNCTUATION,
    };
    Parser::new_ext(source, options)
}

/// Renders Markdown. Any input gives some result; nothing in it can run a script.
#[must_use]
pub fn markdown(source: &str, punctuation: Punctuation) -> Rendered {
    render(Writer::new(source), punctuation)
}

/// The same for a text with characters in it that stand for calls of components: those are no part of
/// names and addresses.
pub(super) fn with_calls(source: &str, punctuation: Punctuation) -> Rendered {
    render(Writer { has_calls: true, ..Writer::new(source) }, punctuation)
}

fn render(mut writer: Writer<'_>, punctuation: Punctuation) -> Rendered {
    let source = writer.source;
    writer.shift = u8::from(has_h1(source));
    for (event, span) in parser(source, punctuation).into_offset_iter() {
        writer.event(event, span);
    }
    writer.finish()
}

/// The first words of a text as it reads, at least `words` of them where it has so many.
///
/// Two texts with the same opening have the same [`excerpt`](super::words::excerpt)s of up to `words` words.
#[must_use]
pub fn opening(source: &str, words: usize, punctuation: Punctuation) -> String {
    let mut writer = Writer::new(source);
    let mut next = 0;
    for (event, span) in parser(source, punctuation).into_offset_iter() {
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
    source: &'a str,
    /// Whether characters stand for calls of components.
    has_calls: bool,
    /// What has been taken into account already.
    skip: Span,
    /// Brackets that are not meant as a name and are being read: whether they are a link.
    brackets: Option<bool>,
    events: Vec<Event<'a>>,
    out: Rendered,
    raw_html: bool,
    table: bool,
    /// How many levels headings move down, as the page's title is its only `h1`.
    shift: u8,
    code: Option<(String, String)>,
    heading: Option<OpenHeading>,
    /// The ids of headings, with the number that the last one of each name got.
    ids: HashMap<String, usize>,
    image: Option<OpenImage>,
    /// How many links have been begun and not ended.
    links_open: usize,
    /// Where the paragraph begins that is being read.
    paragraph: usize,
    /// The last picture that has a caption: its position among the events, and the caption.
    captioned: Option<(usize, String)>,
    notes: Footnotes<'a>,
}

struct OpenHeading {
    level: u8,
    /// As the author wants it.
    id: Option<String>,
    /// Where its words begin.
    text: usize,
    /// Where its events begin.
    events: usize,
}

struct OpenImage {
    /// The attribute `src`, safe, or a mark.
    address: String,
    caption: String,
    /// What is said for those who cannot see it.
    alt: String,
    /// Pictures may stand in what is said of pictures.
    depth: usize,
}

/// Notes are shown at the end, in the order in which the text first refers to them.
#[derive(Default)]
struct Footnotes<'a> {
    /// The names of notes, in the order of their numbers.
    order: Vec<String>,
    numbers: HashMap<String, usize>,
    /// What each note says.
    said: HashMap<String, Vec<Event<'a>>>,
    /// Notes that are being read, each with the events around it.
    open: Vec<(String, Vec<Event<'a>>)>,
    /// How often each note was referred to.
    references: HashMap<String, usize>,
}

impl Footnotes<'_> {
    fn number(&mut self, name: &str) -> usize {
        *self.numbers.entry(name.to_owned()).or_insert_with(|| {
            self.order.push(name.to_owned());
            self.order.len()
        })
    }
}

impl<'a> Writer<'a> {
    fn new(source: &'a str) -> Self {
        Self { source, ..Self::default() }
    }

    /// A text without what stands for calls.
    fn bare(&self, text: &str) -> String {
        if self.has_calls { components::bare(text) } else { text.to_owned() }
    }

    fn event(&mut self, event: Event<'a>, span: Span) {
        if self.skip.contains(&span.start)
            && let Event::Text(text) = &event
        {
            // A text may go on behind what was skipped.
            let is_plain = text.len() == span.len();
            let rest = text.get(self.skip.end - span.start..).filter(|_| is_plain);
            self.push_text(rest.unwrap_or_default());
            return;
        }
        if let Some((_, code)) = &mut self.code {
            match event {
                Event::Text(text) => code.push_str(&text),
                Event::End(TagEnd::CodeBlock) => self.code_block(),
                _ => {}
            }
            return;
        }
        if let Some(image) = &mut self.image {
            match event {
                Event::Text(text) | Event::Code(text) => image.alt.push_str(&text),
                Event::SoftBreak | Event::HardBreak => image.alt.push(' '),
                Event::Start(Tag::Image { .. }) => image.depth += 1,
                Event::End(TagEnd::Image) if image.depth > 0 => image.depth -= 1,
                Event::End(TagEnd::Image) => self.end_image(),
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
            Event::Start(Tag::Heading { level, id, .. }) => {
                self.break_text();
                self.heading = Some(OpenHeading {
                    level: (level as u8 + self.shift).clamp(2, 6),
                    id: id.map(|id| id.to_string()),
                    text: self.out.text.len(),
                    events: self.events.len(),
                });
            }
            Event::End(TagEnd::Heading(_)) => self.end_heading(),
            Event::Start(Tag::Link {
                link_type: LinkType::WikiLink { .. }, ref dest_url, ..
            }) if is_number(dest_url) || address_behind(&self.source[span.end..]).is_some() => {
                self.open_brackets(span.end);
            }
            Event::End(TagEnd::Link) if self.brackets.is_some() => self.close_brackets(),
            Event::End(TagEnd::Link) => {
                self.links_open -= 1;
                self.events.push(event);
            }
            Event::Start(Tag::Link { link_type, dest_url, title, id }) => {
                self.links_open += 1;
                let dest_url = self.address(&dest_url, link_type, false, span);
                self.events.push(Event::Start(Tag::Link { link_type, dest_url, title, id }));
            }
            Event::Start(Tag::Image { link_type, dest_url, title, .. }) => {
                let address = self.address(&dest_url, link_type, true, span).to_string();
                self.image = Some(OpenImage {
                    address,
                    caption: self.bare(&title),
                    alt: String::new(),
                    depth: 0,
                });
            }
            Event::Start(Tag::Paragraph) => {
                self.paragraph = self.events.len();
                self.captioned = None;
                self.events.push(event);
            }
            Event::End(TagEnd::Paragraph) => {
                self.break_text();
                self.end_paragraph();
            }
            Event::FootnoteReference(name) => self.refer(&name),
            // A box that nobody can tick is a sign, and not a part of a form.
            Event::TaskListMarker(is_done) => {
                let sign = if is_done { '☑' } else { '☐' };
                let html = format!("<span class=\"task\">{sign}</span> ");
                self.events.push(Event::InlineHtml(html.into()));
            }
            Event::Start(Tag::FootnoteDefinition(name)) => {
                let around = std::mem::take(&mut self.events);
                self.notes.open.push((name.to_string(), around));
            }
            Event::End(TagEnd::FootnoteDefinition) => {
                if let Some((name, around)) = self.notes.open.pop() {
                    let said = std::mem::replace(&mut self.events, around);
                    self.notes.said.entry(name).or_insert(said);
                }
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
            Event::Text(text) => {
                self.out.text.push_str(&text);
                self.text(text);
            }
            Event::Code(ref text) => {
                self.out.text.push_str(text);
                self.events.push(event);
            }
            Event::End(
                TagEnd::Item
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

    /// Brackets in brackets that press texts and encyclopedias write around numbers, `[[1]]` and
    /// `[[1]](https://example.org)`.
    fn open_brackets(&mut self, end: usize) {
        let address = address_behind(&self.source[end..]);
        self.brackets = Some(address.is_some());
        if let Some(address) = address {
            self.skip = end..end + address.len() + 2;
            let (link_type, span) = (LinkType::Inline, self.skip.clone());
            let dest_url = self.address(&CowStr::from(address), link_type, false, span);
            let (title, id) = (CowStr::from(""), CowStr::from(""));
            self.events.push(Event::Start(Tag::Link { link_type, dest_url, title, id }));
            self.push_text("[");
        } else {
            self.push_text("[[");
        }
    }

    fn close_brackets(&mut self) {
        if self.brackets.take() == Some(true) {
            self.push_text("]");
            self.events.push(Event::End(TagEnd::Link));
        } else {
            self.push_text("]]");
        }
    }

    /// A text, in which addresses of web pages are links.
    fn text(&mut self, text: CowStr<'a>) {
        let may_have = memchr::memmem::find(text.as_bytes(), b"://").is_some();
        if !may_have || self.links_open > 0 {
            self.events.push(Event::Text(text));
            return;
        }
        let mut finder = LinkFinder::new();
        finder.kinds(&[LinkKind::Url]).url_must_have_scheme(true);
        for part in finder.spans(&text) {
            let words = Event::Text(part.as_str().to_owned().into());
            let is_web =
                ["http://", "https://"].iter().any(|scheme| part.as_str().starts_with(scheme));
            if part.kind().is_none() || !is_web {
                self.events.push(words);
                continue;
            }
            let (title, id) = (CowStr::from(""), CowStr::from(""));
            let (link_type, dest_url) = (LinkType::Autolink, part.as_str().to_owned().into());
            self.events.push(Event::Start(Tag::Link { link_type, dest_url, title, id }));
            self.events.push(words);
            self.events.push(Event::End(TagEnd::Link));
        }
    }

    fn push_text(&mut self, text: &str) {
        self.out.text.push_str(text);
        self.events.push(Event::Text(text.to_owned().into()));
    }

    /// A number that leads to a note.
    fn refer(&mut self, name: &str) {
        let number = self.notes.number(name);
        let times = self.notes.references.entry(name.to_owned()).or_default();
        *times += 1;
        let again = if *times > 1 { format!("-{times}") } else { String::new() };
        let html = format!(
            "<sup class=\"footnote-ref\" id=\"fnref-{number}{again}\"><a href=\"#fn-{number}\">{number}</a></sup>"
        );
        self.events.push(Event::InlineHtml(html.into()));
    }

    /// The notes, those that nothing refers to at the end.
    fn end_notes(&mut self) {
        let mut said = std::mem::take(&mut self.notes.said);
        let mut strangers: Vec<String> = said
            .keys()
            .filter(|name| !self.notes.references.contains_key(*name))
            .cloned()
            .collect();
        strangers.sort_unstable();
        let order = std::mem::take(&mut self.notes.order).into_iter().chain(strangers);
        let mut is_begun = false;
        for (at, name) in order.enumerate() {
            let number = at + 1;
            let Some(mut events) = said.remove(&name) else { continue };
            if !is_begun {
                self.raw("<section class=\"footnotes\"><ol>\n".to_owned());
                is_begun = true;
            }
            self.raw(format!("<li id=\"fn-{number}\" value=\"{number}\">\n"));
            if self.notes.references.contains_key(&name) {
                let back = format!(
                    " <a class=\"footnote-back\" href=\"#fnref-{number}\" role=\"doc-backlink\">↩\u{fe0e}</a>"
                );
                let at = match events.last() {
                    Some(Event::End(TagEnd::Paragraph)) => events.len() - 1,
                    _ => events.len(),
                };
                events.insert(at, Event::InlineHtml(back.into()));
            }
            self.events.append(&mut events);
            self.raw("</li>\n".to_owned());
        }
        if is_begun {
            self.raw("</ol></section>\n".to_owned());
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
        let Some(OpenHeading { level, id, text, events }) = self.heading.take() else { return };
        let title = self.bare(self.out.text[text..].trim());
        self.break_text();
        let base = slug(id.as_deref().unwrap_or(&title));
        let id = self.free_id(if base.is_empty() { "section" } else { &base });
        // A link cannot stand in another one.
        let has_link = self.events[events..].iter().any(|event| match event {
            Event::Start(Tag::Link { .. }) => true,
            Event::InlineHtml(html) => html.contains("<a"),
            _ => false,
        });
        let (open, close) = if has_link {
            (format!("<h{level} id=\"{id}\">"), format!("</h{level}>\n"))
        } else {
            (
                format!("<h{level} id=\"{id}\"><a class=\"anchor\" href=\"#{id}\">"),
                format!("</a></h{level}>\n"),
            )
        };
        self.events.insert(events, Event::Html(open.into()));
        self.raw(close);
        self.out.headings.push(Heading { level, id, title });
    }

    fn end_image(&mut self) {
        let Some(OpenImage { address, caption, alt, .. }) = self.image.take() else { return };
        let alt = self.bare(&alt);
        let mut html = format!("<img src=\"{}\" alt=\"{}\"", escape(&address), escape(&alt));
        if !caption.is_empty() {
            let _ = write!(html, " title=\"{}\"", escape(&caption));
            self.captioned = Some((self.events.len(), caption));
        }
        html.push_str(" loading=\"lazy\" decoding=\"async\">");
        self.events.push(Event::InlineHtml(html.into()));
    }

    /// A picture that stands alone is a figure, and what would be its tooltip the caption.
    fn end_paragraph(&mut self) {
        let picture = self.paragraph + 1;
        let is_alone = self.events.len() == picture + 1;
        match (self.captioned.take(), self.events.last()) {
            (Some((at, caption)), Some(Event::InlineHtml(img))) if is_alone && at == picture => {
                let img = img.clone();
                self.events.truncate(self.paragraph);
                let title = format!(" title=\"{}\"", escape(&caption));
                self.raw(format!(
                    "<figure>{}<figcaption>{}</figcaption></figure>\n",
                    img.replacen(&title, "", 1),
                    escape(&caption)
                ));
            }
            _ => self.events.push(Event::End(TagEnd::Paragraph)),
        }
    }

    /// An id that no heading before has; the second `news` is `news-2`.
    fn free_id(&mut self, base: &str) -> String {
        let mut id = base.to_owned();
        while self.ids.contains_key(&id) || TAKEN.contains(&id.as_str()) {
            let number = self.ids.entry(base.to_owned()).or_insert(1);
            *number += 1;
            id = format!("{base}-{number}");
        }
        self.ids.insert(id.clone(), 1);
        id
    }

    /// Lets through addresses that cannot run anything; those of this site are marked.
    fn address(
        &mut self,
        url: &CowStr<'a>,
        link_type: LinkType,
        is_image: bool,
        span: Span,
    ) -> CowStr<'a> {
        let url = &CowStr::from(self.bare(url));
        let to = match link_type {
            // A heading of the same text.
            LinkType::WikiLink { .. } if url.starts_with('#') => {
                return format!("#{}", slug(&url[1..])).into();
            }
            LinkType::WikiLink { has_pothole } => {
                Some(Target::Name { name: url.trim().to_owned(), is_shown: !has_pothole })
            }
            LinkType::Email => None,
            _ => Target::of(url),
        };
        let marked = match &to {
            // Nothing has to be known of a page to link to it.
            Some(Target::Address(address)) if !is_image => format!("{SITE_SCHEME}{address}").into(),
            Some(_) => {
                if self.out.key.is_empty() {
                    self.out.key = links::key(self.source);
                }
                links::mark(&self.out.key, self.out.links.len()).into()
            }
            None if sanitize::is_safe_address(url.trim()) => url.clone(),
            None => "#".into(),
        };
        self.out.links.extend(to.map(|to| Link { to, is_image, span }));
        marked
    }

    fn finish(mut self) -> Rendered {
        self.end_notes();
        let length = self.source.len();
        let mut out = String::with_capacity(length * 3 / 2);
        html::push_html(&mut out, self.events.into_iter());
        if self.table {
            // Inline styles would need a hole in the content security policy.
            for side in ["left", "center", "right"] {
                let style = format!(" style=\"text-align: {side}\"");
                out = out.replace(&style, &format!(" class=\"align-{side}\""));
            }
            // A cell without words is the head of nothing.
            out = out.replace("<th></th>", "<td></td>");
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

/// The address in parentheses that a text begins with.
fn address_behind(text: &str) -> Option<&str> {
    let (address, _) = text.strip_prefix('(')?.split_once(')')?;
    (!address.is_empty() && !address.contains(char::is_whitespace)).then_some(address)
}

/// Whether a name between brackets is that of a reference.
fn is_number(name: &str) -> bool {
    !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_digit())
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

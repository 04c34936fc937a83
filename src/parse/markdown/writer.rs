//! From the parser's events to the HTML of a page.

use std::collections::HashMap;
use std::fmt::Write;

use linkify::{LinkFinder, LinkKind};
use pulldown_cmark::{BlockQuoteKind, CodeBlockKind, CowStr, Event, LinkType, Tag, TagEnd, html};

use super::notes::Footnotes;
use super::{Heading, Rendered, SITE_SCHEME, TAKEN};
use crate::model::{Passage, escape, slug};
use crate::parse::components;
use crate::parse::links::{self, Link, Target};
use crate::parse::words::word_count;
use crate::parse::{highlight, sanitize};
use crate::source::Span;

/// Turns the parser's events into those of a page.
#[derive(Default)]
pub(super) struct Writer<'a> {
    pub(super) source: &'a str,
    /// Whether characters stand for calls of components.
    has_calls: bool,
    /// What has been taken into account already.
    skip: Span,
    /// Brackets that are not meant as a name and are being read: whether they are a link.
    brackets: Option<bool>,
    events: Vec<Event<'a>>,
    pub(super) out: Rendered,
    raw_html: bool,
    table: bool,
    /// How many levels headings move down, as the page's title is its only `h1`.
    pub(super) shift: u8,
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
    /// Parts in other languages, and which of them is being read.
    passages: &'a [Passage],
    passage: Option<usize>,
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

impl<'a> Writer<'a> {
    /// For a text.
    pub(super) fn new(source: &'a str) -> Self {
        // About as much as a text of this length needs, so that nothing has to grow.
        let out = Rendered { text: String::with_capacity(source.len()), ..Rendered::default() };
        Self { source, out, events: Vec::with_capacity(source.len() / 16), ..Self::default() }
    }

    /// For a text in which characters stand for calls of components, if it has any, with parts in other
    /// languages.
    pub(super) fn with(source: &'a str, has_calls: bool, passages: &'a [Passage]) -> Self {
        Self { has_calls, passages, ..Self::new(source) }
    }

    /// Takes note that a block begins, or that the text ends: what is in another language says so.
    pub(super) fn block(&mut self, at: Option<usize>) {
        let is_in = |passage: &Passage| at.is_some_and(|at| passage.span.contains(&at));
        let passage = self.passages.iter().position(is_in);
        if passage == self.passage {
            return;
        }
        if self.passage.is_some() {
            self.events.push(Event::Html("</div>\n".into()));
        }
        if let Some(Passage { lang, .. }) = passage.map(|at| &self.passages[at]) {
            let (tag, dir) = (lang.tag(), lang.direction().id());
            self.events.push(Event::Html(format!("<div lang=\"{tag}\" dir=\"{dir}\">\n").into()));
        }
        self.passage = passage;
    }

    /// A text without what stands for calls.
    fn bare(&self, text: &str) -> String {
        if self.has_calls { components::bare(text) } else { text.to_owned() }
    }

    pub(super) fn event(&mut self, event: Event<'a>, span: Span) {
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
            Event::FootnoteReference(name) => {
                let number = self.notes.refer(&name);
                self.events.push(number);
            }
            // A box that nobody can tick is a sign, and not a part of a form.
            Event::TaskListMarker(is_done) => {
                let sign = if is_done { '☑' } else { '☐' };
                let html = format!("<span class=\"task\">{sign}</span> ");
                self.events.push(Event::InlineHtml(html.into()));
            }
            Event::Start(Tag::FootnoteDefinition(name)) => {
                let around = std::mem::take(&mut self.events);
                self.notes.begin(&name, around);
            }
            Event::End(TagEnd::FootnoteDefinition) => {
                let said = std::mem::take(&mut self.events);
                self.events = self.notes.end(said);
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
                // What would call another program's template is nothing to read.
                if !is_call(text) {
                    self.out.text.push_str(text);
                }
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

    pub(super) fn finish(mut self) -> Rendered {
        let notes = std::mem::take(&mut self.notes);
        self.events.extend(notes.all());
        let length = self.source.len();
        let mut out = String::with_capacity(length * 3 / 2);
        html::push_html(&mut out, self.events.into_iter());
        if self.table {
            out = cells(&out);
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

/// Tables as pages have them: cells aligned by a class, since inline styles would need a hole in the
/// content security policy, and heads that say what they are the heads of.
fn cells(html: &str) -> String {
    let mut out = String::with_capacity(html.len() + 256);
    let mut rest = html;
    while let Some(at) = memchr::memmem::find(rest.as_bytes(), b"<t") {
        let (before, tag) = rest.split_at(at);
        out.push_str(before);
        rest = cell(tag, &mut out);
    }
    out.push_str(rest);
    out
}

/// Writes the beginning of a cell, or of another tag as it is, and gives what is behind.
fn cell<'a>(tag: &'a str, out: &mut String) -> &'a str {
    let (name, after) = tag.split_at_checked("<th".len()).unwrap_or(tag.split_at("<t".len()));
    let is_cell = matches!(name, "<th" | "<td");
    let style = after.strip_prefix(" style=\"text-align: ").filter(|_| is_cell);
    let side = style.and_then(|style| style.split_once('"'));
    let side = side.filter(|(side, _)| matches!(*side, "left" | "center" | "right"));
    let is_head = name == "<th" && (side.is_some() || after.starts_with('>'));
    if let Some(after) = after.strip_prefix("></th>").filter(|_| is_head) {
        // A cell without words is the head of nothing.
        out.push_str("<td></td>");
        return after;
    }
    out.push_str(name);
    if is_head {
        out.push_str(" scope=\"col\"");
    }
    match side {
        Some((side, after)) => {
            out.extend([" class=\"align-", side, "\""]);
            after
        }
        None => after,
    }
}

/// The address in parentheses that a text begins with.
fn address_behind(text: &str) -> Option<&str> {
    let (address, _) = text.strip_prefix('(')?.split_once(')')?;
    (!address.is_empty() && !address.contains(char::is_whitespace)).then_some(address)
}

/// Whether code is nothing but a call of a template.
fn is_call(code: &str) -> bool {
    [("{{", "}}"), ("{%", "%}")].iter().any(|(open, close)| {
        code.starts_with(open) && code.ends_with(close) && code.len() > open.len() + close.len()
    })
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

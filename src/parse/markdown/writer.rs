//! From the parser's events to the HTML of a page.

use std::collections::{HashMap, HashSet};
use std::fmt::Write;

use linkify::{LinkFinder, LinkKind};
use percent_encoding::percent_decode_str;
use pulldown_cmark::{BlockQuoteKind, CodeBlockKind, CowStr, Event, LinkType, Tag, TagEnd, html};

use super::notes::Footnotes;
use super::{Heading, Rendered, TAKEN};
use super::{formula, relaxed, tags};
use crate::model::{Passage, escape, slug};
use crate::parse::address::{SITE_SCHEME, is_safe_address};
use crate::parse::calls;
use crate::parse::links::{self, Link, Target};
use crate::parse::words::word_count;
use crate::parse::{highlight, sanitize};
use crate::source::{Span, floor};

/// No address in a text has more bytes that shall be a link.
const LONGEST: usize = 2_000;

/// Turns the parser's events into those of a page.
// Each flag is a state that nothing else depends on.
#[allow(clippy::struct_excessive_bools)]
#[derive(Default)]
pub(super) struct Writer<'a> {
    pub(super) source: &'a str,
    /// Whether characters stand for calls of components.
    has_calls: bool,
    /// What has been taken into account already.
    skip: Span,
    /// Brackets that are not meant as a name and are being read.
    brackets: Option<Brackets>,
    events: Vec<Event<'a>>,
    pub(super) out: Rendered,
    raw_html: bool,
    math: bool,
    table: bool,
    /// How many levels headings move down, as the page's title is its only `h1`.
    pub(super) shift: u8,
    code: Option<(String, String)>,
    heading: Option<OpenHeading>,
    /// The ids of headings, with the number that the last one of each name got.
    ids: HashMap<String, usize>,
    /// How often each heading came, as GitHub counts, and the ids that headings have besides.
    titles: HashMap<String, usize>,
    others: HashSet<String>,
    image: Option<OpenImage>,
    /// How many links have been begun and not ended.
    links_open: usize,
    /// Where the paragraph begins that is being read.
    paragraph: usize,
    /// The last picture that has a caption: its position among the events, and the caption.
    captioned: Option<(usize, String)>,
    notes: Footnotes<'a>,
    /// Where references lead, by their names in small letters.
    pub(super) definitions: HashMap<String, String>,
    /// Pieces of text in a row in which an address may go on, and where they begin in the source.
    run: Vec<CowStr<'a>>,
    run_start: usize,
    /// Marks inside an address, and what they seemed to emphasise.
    inside: Span,
    /// Whether a block of HTML is being read that is none.
    is_shown: bool,
    /// Where the last end of each element stands that somebody asked for.
    lasts: HashMap<String, Option<usize>>,
    /// Parts in other languages, and which of them is being read.
    passages: &'a [Passage],
    passage: Option<usize>,
}

/// What two brackets on each side are, where they are no name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Brackets {
    /// Nothing but brackets.
    Plain,
    /// Brackets around a link.
    Around,
    /// A link around brackets.
    Inside,
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
        if self.has_calls { calls::bare(text) } else { text.to_owned() }
    }

    pub(super) fn event(&mut self, event: Event<'a>, span: Span) {
        if self.inside.contains(&span.start) {
            return;
        }
        if !self.run.is_empty() && !matches!(event, Event::Text(_)) {
            if self.goes_on(&event, &span) {
                let text = &self.source[span.clone()];
                self.out.text.push_str(text);
                self.run.push(text.into());
                self.inside = span;
                return;
            }
            self.end_run();
        }
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
                Event::Text(text)
                | Event::Code(text)
                | Event::InlineMath(text)
                | Event::DisplayMath(text) => image.alt.push_str(&text),
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
            }) if is_number(dest_url)
                || self.definitions.contains_key(&dest_url.to_lowercase())
                || address_behind(&self.source[span.end..]).is_some() =>
            {
                let definition = self.definitions.get(&dest_url.to_lowercase()).cloned();
                self.open_brackets(span, definition);
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
            Event::InlineHtml(ref text) if !self.is_html(text, &span) => {
                let text = text.clone();
                self.out.text.push_str(&text);
                self.events.push(Event::Text(text));
            }
            Event::Start(Tag::HtmlBlock) => {
                let text = &self.source[span.clone()];
                self.is_shown = !self.is_html(text, &span);
                if self.is_shown {
                    self.break_text();
                    self.events.push(Event::Start(Tag::Paragraph));
                }
            }
            Event::End(TagEnd::HtmlBlock) => {
                if std::mem::take(&mut self.is_shown) {
                    self.break_text();
                    self.events.push(Event::End(TagEnd::Paragraph));
                }
            }
            Event::Html(text) if self.is_shown => {
                self.out.text.push_str(&text);
                self.events.push(Event::Text(text));
            }
            Event::Html(_) | Event::InlineHtml(_) => {
                self.raw_html = true;
                self.events.push(event);
            }
            Event::Text(text) => {
                self.out.text.push_str(&text);
                let may_begin = self.links_open == 0
                    && (memchr::memmem::find(text.as_bytes(), b"://").is_some()
                        || memchr::memchr(b'@', text.as_bytes()).is_some());
                if self.run.is_empty() && !may_begin {
                    self.events.push(Event::Text(text));
                } else {
                    if self.run.is_empty() {
                        self.run_start = span.start;
                    }
                    self.run.push(text);
                }
            }
            Event::Code(ref text) => {
                // What would call another program's template is nothing to read.
                if !is_call(text) {
                    self.out.text.push_str(text);
                }
                self.events.push(event);
            }
            Event::InlineMath(tex) => self.formula(&tex, false, span),
            Event::DisplayMath(tex) => self.formula(&tex, true, span),
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
            // Chinese and Japanese have no blanks, and a line may end anywhere.
            Event::SoftBreak if self.is_wide_around(&span) => {}
            Event::SoftBreak | Event::HardBreak | Event::End(TagEnd::TableCell) => {
                self.out.text.push(' ');
                self.events.push(event);
            }
            event => self.events.push(event),
        }
    }

    /// Brackets in brackets that press texts and encyclopedias write around numbers, `[[1]]` and
    /// `[[1]](https://example.org)`.
    fn open_brackets(&mut self, span: Span, definition: Option<String>) {
        let behind = address_behind(&self.source[span.end..]);
        let (address, span) = match (behind, definition) {
            (Some(address), _) => {
                self.skip = span.end..span.end + address.len() + 2;
                (Some(CowStr::from(address)), self.skip.clone())
            }
            (None, Some(address)) => (Some(CowStr::from(address)), span),
            (None, None) => (None, span),
        };
        let brackets = match (&address, behind) {
            (None, _) => Brackets::Plain,
            (Some(_), None) => Brackets::Around,
            (Some(_), Some(_)) => Brackets::Inside,
        };
        self.brackets = Some(brackets);
        if let Some(address) = address {
            if brackets == Brackets::Around {
                self.push_text("[");
            }
            let dest_url = self.address(&address, LinkType::Inline, false, span);
            let (link_type, title, id) = (LinkType::Inline, CowStr::from(""), CowStr::from(""));
            self.events.push(Event::Start(Tag::Link { link_type, dest_url, title, id }));
            if brackets == Brackets::Inside {
                self.push_text("[");
            }
        } else {
            self.push_text("[[");
        }
    }

    fn close_brackets(&mut self) {
        match self.brackets.take() {
            Some(Brackets::Inside) => {
                self.push_text("]");
                self.events.push(Event::End(TagEnd::Link));
            }
            Some(Brackets::Around) => {
                self.events.push(Event::End(TagEnd::Link));
                self.push_text("]");
            }
            _ => self.push_text("]]"),
        }
    }

    /// Whether a line break stands between characters of scripts without blanks.
    fn is_wide_around(&self, span: &Span) -> bool {
        let before = self.out.text.chars().next_back();
        let rest = self.source[span.end..].trim_start_matches(['>', ' ', '\t', '*', '_', '~', '[']);
        before.is_some_and(relaxed::is_wide) && rest.chars().next().is_some_and(relaxed::is_wide)
    }

    /// Whether a piece of HTML is some; in `Vec<T>` there is none.
    fn is_html(&mut self, text: &str, span: &Span) -> bool {
        let before = &self.source[..span.start];
        let is_word = before.ends_with(|c: char| c.is_alphanumeric() || c == '_');
        let source = self.source;
        let lasts = &mut self.lasts;
        tags::is_html(text, is_word, |close| {
            let last = lasts.entry(close.to_owned()).or_insert_with(|| source.rfind(close));
            last.is_some_and(|at| at >= span.start)
        })
    }

    /// Whether marks are a part of the address that the run of texts ends with.
    fn goes_on(&self, event: &Event<'_>, span: &Span) -> bool {
        let is_mark =
            matches!(event, Event::Start(Tag::Emphasis | Tag::Strong | Tag::Strikethrough));
        if !is_mark || !self.source[span.start..].starts_with(['_', '~']) {
            return false;
        }
        let is_end = |c: char| c.is_whitespace() || matches!(c, '<' | '>' | '"');
        let before =
            &self.source[floor(self.source, span.start.saturating_sub(LONGEST))..span.start];
        let token = before.rsplit(is_end).next().unwrap_or(before);
        let is_open = token.contains("://")
            && (token.ends_with('/')
                || addresses().links(token).any(|link| link.end() == token.len()));
        let rest = &self.source[span.start..];
        let end = rest.char_indices().take(LONGEST).find(|(_, c)| is_end(*c));
        is_open && span.end <= span.start + end.map_or(rest.len(), |(end, _)| end)
    }

    /// Ends a run of texts: the addresses of pages and of mail in it are links.
    pub(super) fn end_run(&mut self) {
        if self.run.is_empty() {
            return;
        }
        let run = std::mem::take(&mut self.run);
        let text = run.concat();
        let mut finder = addresses();
        finder.kinds(&[LinkKind::Url, LinkKind::Email]);
        let mut end = 0;
        for link in finder.links(&text) {
            // Signs of Chinese and Japanese end an address, and are no part of it.
            let words = link.as_str().split(relaxed::is_wide_sign).next().unwrap_or_default();
            let is_web = ["http://", "https://"].iter().any(|scheme| words.starts_with(scheme));
            let is_mail = *link.kind() == LinkKind::Email;
            if !is_web && !is_mail {
                continue;
            }
            self.push_plain(&text[end..link.start()]);
            let (title, id) = (CowStr::from(""), CowStr::from(""));
            let scheme = if is_mail { "mailto:" } else { "" };
            let (link_type, dest_url) = (LinkType::Autolink, format!("{scheme}{words}").into());
            self.events.push(Event::Start(Tag::Link { link_type, dest_url, title, id }));
            self.push_plain(words);
            self.events.push(Event::End(TagEnd::Link));
            end = link.start() + words.len();
        }
        if end == 0 {
            self.events.extend(run.into_iter().map(Event::Text));
        } else {
            self.push_plain(&text[end..]);
        }
    }

    fn push_plain(&mut self, text: &str) {
        if !text.is_empty() {
            self.events.push(Event::Text(text.to_owned().into()));
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

    /// A formula; one that cannot be read is shown as it is written.
    fn formula(&mut self, tex: &str, is_display: bool, span: Span) {
        // `US$5 or A$7` are amounts, and `$n$th` is none.
        let is_amount = self.source[..span.start].ends_with(|c: char| c.is_ascii_alphanumeric())
            || self.source[span.end..].starts_with(|c: char| c.is_ascii_digit());
        if is_amount && !is_display {
            let written = self.source[span].to_owned();
            return self.push_text(&written);
        }
        self.out.text.push_str(tex.trim());
        let tex = self.bare(tex);
        match formula::mathml(&tex, is_display) {
            Ok(html) => {
                self.math = true;
                self.events.push(Event::InlineHtml(html.into()));
            }
            Err(why) => {
                let written = self.bare(&self.source[span.clone()]);
                self.events.push(Event::Code(written.into()));
                self.out.faults.push((span, why));
            }
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
        let other = id.is_none().then(|| self.other_id(&title)).flatten();
        let id = self.free_id(if base.is_empty() { "section" } else { &base });
        let other = other.filter(|other| *other != id && !self.ids.contains_key(other));
        let other = other.map_or_else(String::new, |other| {
            let html = format!("<a id=\"{}\"></a>", escape(&other));
            self.others.insert(other);
            html
        });
        // A link cannot stand in another one.
        let has_link = self.events[events..].iter().any(|event| match event {
            Event::Start(Tag::Link { .. }) => true,
            Event::InlineHtml(html) => html.contains("<a"),
            _ => false,
        });
        let (open, close) = if has_link {
            (format!("<h{level} id=\"{id}\">{other}"), format!("</h{level}>\n"))
        } else {
            (
                format!("<h{level} id=\"{id}\">{other}<a class=\"anchor\" href=\"#{id}\">"),
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

    /// The id that GitHub gives a heading, under which others may know it; the second `news` is `news-1`.
    fn other_id(&mut self, title: &str) -> Option<String> {
        let is_kept = |c: &char| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_');
        let small = title.to_lowercase();
        let kept = small.chars().filter(is_kept);
        let base: String = kept.map(|c| if c == ' ' { '-' } else { c }).collect();
        let count = self.titles.entry(base.clone()).or_default();
        *count += 1;
        let id = if *count > 1 { format!("{base}-{}", *count - 1) } else { base };
        let is_ours = TAKEN.contains(&id.as_str()) || is_note(&id) || self.others.contains(&id);
        (!id.is_empty() && !is_ours).then_some(id)
    }

    /// Leads links to headings of the text to them, where they are written a little differently.
    fn settle_anchors(&mut self) {
        let is_there = |id: &str| self.ids.contains_key(id) || self.others.contains(id);
        for event in &mut self.events {
            let Event::Start(Tag::Link { dest_url, .. }) = event else { continue };
            let Some(written) = dest_url.strip_prefix('#').filter(|id| !id.is_empty()) else {
                continue;
            };
            let id = percent_decode_str(written).decode_utf8_lossy().into_owned();
            if is_there(&id) || is_note(&id) {
                continue;
            }
            // The theme has the name for itself, and the heading another one.
            let taken = TAKEN.contains(&id.as_str()).then(|| format!("{id}-2"));
            let mut names = [id.to_lowercase(), slug(&id)].into_iter().chain(taken);
            let known = names.find(|id| is_there(id));
            if let Some(known) = known {
                *dest_url = format!("#{known}").into();
            }
        }
    }

    /// An id that no heading before has; the second `news` is `news-2`.
    fn free_id(&mut self, base: &str) -> String {
        // Notes have such ids.
        let other = is_note(base).then(|| format!("section-{base}"));
        let base = other.as_deref().unwrap_or(base);
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
            None if is_safe_address(url.trim()) => url.clone(),
            None => "#".into(),
        };
        self.out.links.extend(to.map(|to| Link { to, is_image, span }));
        marked
    }

    pub(super) fn finish(mut self) -> Rendered {
        self.end_run();
        if !self.ids.is_empty() {
            self.settle_anchors();
        }
        let notes = std::mem::take(&mut self.notes);
        self.events.extend(notes.all());
        let length = self.source.len();
        let mut out = String::with_capacity(length * 3 / 2);
        html::push_html(&mut out, self.events.into_iter());
        if self.table {
            out = cells(&out);
        }
        if self.math {
            out = sanitize::html_with_formulas(&out);
        } else if self.raw_html {
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

/// Finds addresses in texts.
fn addresses() -> LinkFinder {
    let mut finder = LinkFinder::new();
    finder.kinds(&[LinkKind::Url]).url_must_have_scheme(true);
    finder
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

/// Whether an id is one of a note.
fn is_note(id: &str) -> bool {
    let number = id.strip_prefix("fn-").or_else(|| id.strip_prefix("fnref-"));
    number.is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()))
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

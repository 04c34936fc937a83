//! From the parser's events to the HTML of a page.

mod headings;
mod images;
mod links;
mod tables;

use std::collections::{HashMap, HashSet};

use pulldown_cmark::{BlockQuoteKind, CodeBlockKind, CowStr, Event, Tag, TagEnd, html};

use self::headings::OpenHeading;
use self::images::OpenImage;
use self::links::Brackets;
use self::tables::cells;
use super::notes::Footnotes;
use super::{Rendered, formula, relaxed, tags};
use crate::model::Passage;
use crate::parse::calls;
use crate::parse::words::word_count;
use crate::parse::{highlight, sanitize};
use crate::source::Span;

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
    /// Pieces of text in a row in which an address may go on.
    run: Vec<CowStr<'a>>,
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

    /// Takes the next event of the parser, from its place in the source.
    pub(super) fn event(&mut self, event: Event<'a>, span: Span) {
        if self.inside.contains(&span.start) || self.is_in_address(&event, &span) {
            return;
        }
        if self.skip.contains(&span.start)
            && let Event::Text(text) = &event
        {
            // A text may go on behind what was skipped.
            let is_plain = text.len() == span.len();
            let rest = text.get(self.skip.end - span.start..).filter(|_| is_plain);
            return self.push_text(rest.unwrap_or_default());
        }
        if self.code.is_some() {
            return self.in_code(&event);
        }
        if self.image.is_some() {
            return self.in_image(&event);
        }
        match event {
            Event::Start(tag) => self.start(tag, span),
            Event::End(tag) => self.end(tag),
            Event::Html(ref text) if self.is_shown => self.shown_html(text.clone()),
            Event::InlineHtml(ref text) if !self.is_html(text, &span) => {
                self.shown_html(text.clone());
            }
            Event::Html(_) | Event::InlineHtml(_) => {
                self.raw_html = true;
                self.events.push(event);
            }
            Event::Text(text) => self.text(text),
            Event::Code(ref text) => {
                // What would call another program's template is nothing to read.
                if !is_call(text) {
                    self.out.text.push_str(text);
                }
                self.events.push(event);
            }
            Event::InlineMath(tex) => self.formula(&tex, false, span),
            Event::DisplayMath(tex) => self.formula(&tex, true, span),
            // Chinese and Japanese have no blanks, and a line may end anywhere.
            Event::SoftBreak if self.is_wide_around(&span) => {}
            Event::SoftBreak | Event::HardBreak => {
                self.out.text.push(' ');
                self.events.push(event);
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
            event @ Event::Rule => self.events.push(event),
        }
    }

    /// The begin of an element.
    fn start(&mut self, tag: Tag<'a>, span: Span) {
        match tag {
            Tag::CodeBlock(kind) => {
                let info = match kind {
                    CodeBlockKind::Fenced(info) => info.to_string(),
                    CodeBlockKind::Indented => String::new(),
                };
                let language = info.split([',', ' ']).next().unwrap_or("").to_owned();
                self.code = Some((language, String::new()));
            }
            Tag::Heading { level, id, .. } => {
                self.break_text();
                self.heading = Some(OpenHeading {
                    level: (level as u8 + self.shift).clamp(2, 6),
                    id: id.map(|id| id.to_string()),
                    text: self.out.text.len(),
                    events: self.events.len(),
                });
            }
            Tag::Link { link_type, dest_url, title, id } => {
                self.start_link(link_type, dest_url, title, id, span);
            }
            Tag::Image { link_type, dest_url, title, .. } => {
                let address = self.address(&dest_url, link_type, true, span).to_string();
                let caption = self.bare(&title);
                self.image = Some(OpenImage { address, caption, alt: String::new(), depth: 0 });
            }
            Tag::Paragraph => {
                self.paragraph = self.events.len();
                self.captioned = None;
                self.events.push(Event::Start(tag));
            }
            Tag::FootnoteDefinition(name) => {
                let around = std::mem::take(&mut self.events);
                self.notes.begin(&name, around);
            }
            Tag::BlockQuote(Some(kind)) => {
                let (class, title) = alert(kind);
                self.raw(format!(
                    "<blockquote class=\"alert {class}\">\n<p class=\"alert-title\">{title}</p>\n"
                ));
            }
            Tag::Table(_) => {
                self.table = true;
                self.raw("<div class=\"table-wrap\" tabindex=\"0\">".to_owned());
                self.events.push(Event::Start(tag));
            }
            Tag::HtmlBlock => {
                let text = &self.source[span.clone()];
                self.is_shown = !self.is_html(text, &span);
                if self.is_shown {
                    self.break_text();
                    self.events.push(Event::Start(Tag::Paragraph));
                }
            }
            tag => self.events.push(Event::Start(tag)),
        }
    }

    /// The end of an element.
    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Heading(_) => self.end_heading(),
            TagEnd::Link => self.end_link(),
            TagEnd::Paragraph => {
                self.break_text();
                self.end_paragraph();
            }
            TagEnd::FootnoteDefinition => {
                let said = std::mem::take(&mut self.events);
                self.events = self.notes.end(said);
            }
            TagEnd::Table => {
                self.events.push(Event::End(tag));
                self.raw("</div>\n".to_owned());
                self.break_text();
            }
            TagEnd::HtmlBlock => {
                if std::mem::take(&mut self.is_shown) {
                    self.break_text();
                    self.events.push(Event::End(TagEnd::Paragraph));
                }
            }
            TagEnd::Item
            | TagEnd::TableRow
            | TagEnd::TableHead
            | TagEnd::DefinitionListTitle
            | TagEnd::DefinitionListDefinition => {
                self.break_text();
                self.events.push(Event::End(tag));
            }
            TagEnd::TableCell => {
                self.out.text.push(' ');
                self.events.push(Event::End(tag));
            }
            tag => self.events.push(Event::End(tag)),
        }
    }

    /// What stands in a block of code, up to its end.
    fn in_code(&mut self, event: &Event<'_>) {
        match (event, &mut self.code) {
            (Event::Text(text), Some((_, code))) => code.push_str(text),
            (Event::End(TagEnd::CodeBlock), _) => self.code_block(),
            _ => {}
        }
    }

    /// Text, in which an address may begin or go on.
    fn text(&mut self, text: CowStr<'a>) {
        self.out.text.push_str(&text);
        let may_begin = self.links_open == 0
            && (memchr::memmem::find(text.as_bytes(), b"://").is_some()
                || memchr::memchr(b'@', text.as_bytes()).is_some());
        if self.run.is_empty() && !may_begin {
            return self.events.push(Event::Text(text));
        }
        self.run.push(text);
    }

    /// What looks like HTML and is none.
    fn shown_html(&mut self, text: CowStr<'a>) {
        self.out.text.push_str(&text);
        self.events.push(Event::Text(text));
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

/// Whether code is nothing but a call of a template.
fn is_call(code: &str) -> bool {
    [("{{", "}}"), ("{%", "%}")].iter().any(|(open, close)| {
        code.starts_with(open) && code.ends_with(close) && code.len() > open.len() + close.len()
    })
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

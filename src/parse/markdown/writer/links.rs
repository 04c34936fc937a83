//! Links: those that a text marks, those that it only writes out, and brackets that are none.

use linkify::{LinkFinder, LinkKind};
use pulldown_cmark::{CowStr, Event, LinkType, Tag, TagEnd};

use super::super::relaxed;
use super::Writer;
use crate::model::slug;
use crate::parse::address::{SITE_SCHEME, is_safe_address};
use crate::parse::links::{self, Link, Target};
use crate::source::{Span, floor};

/// No address in a text has more bytes that shall be a link.
const LONGEST: usize = 2_000;

/// What two brackets on each side are, where they are no name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Brackets {
    /// Nothing but brackets.
    Plain,
    /// Brackets around a link.
    Around,
    /// A link around brackets.
    Inside,
}

impl<'a> Writer<'a> {
    /// The begin of a link; brackets that are not meant as a name are none.
    pub(super) fn start_link(
        &mut self,
        link_type: LinkType,
        dest_url: CowStr<'a>,
        title: CowStr<'a>,
        id: CowStr<'a>,
        span: Span,
    ) {
        if matches!(link_type, LinkType::WikiLink { .. }) {
            let definition = self.definitions.get(&dest_url.to_lowercase()).cloned();
            let is_text = is_number(&dest_url)
                || definition.is_some()
                || address_behind(&self.source[span.end..]).is_some();
            if is_text {
                return self.open_brackets(span, definition);
            }
        }
        self.links_open += 1;
        let dest_url = self.address(&dest_url, link_type, false, span);
        self.events.push(Event::Start(Tag::Link { link_type, dest_url, title, id }));
    }

    pub(super) fn end_link(&mut self) {
        if self.brackets.is_some() {
            return self.close_brackets();
        }
        self.links_open -= 1;
        self.events.push(Event::End(TagEnd::Link));
    }

    /// Whether an event is taken into the run of texts in which an address goes on; any other ends it.
    pub(super) fn is_in_address(&mut self, event: &Event<'a>, span: &Span) -> bool {
        if self.run.is_empty() || matches!(event, Event::Text(_)) {
            return false;
        }
        if !self.goes_on(event, span) {
            self.end_run();
            return false;
        }
        let text = &self.source[span.clone()];
        self.out.text.push_str(text);
        self.run.push(text.into());
        self.inside = span.clone();
        true
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
    pub(in super::super) fn end_run(&mut self) {
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

    /// Lets through addresses that cannot run anything; those of this site are marked.
    pub(super) fn address(
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

/// Whether a name between brackets is that of a reference.
fn is_number(name: &str) -> bool {
    !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_digit())
}

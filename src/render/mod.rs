//! From the index to the bytes of every page.

mod addresses;
pub mod drawings;
pub mod edition;
pub mod machine;
mod pages;
pub mod picture;
pub mod site;
pub mod templates;
pub mod view;
pub mod words;

use std::borrow::Cow;

use tera::{Context, Value};

use crate::diagnostic::{self, Diagnostic};
use crate::fingerprint::{Fingerprint, fingerprint};
use crate::index::StandingRecord;
use crate::index::pages::Page;
use crate::model::escape;
use crate::parse::address::SITE_SCHEME;
use crate::parse::components::{self, Place};
use crate::parse::markdown::{Dialect, Punctuation, Rendered};
use crate::render::site::Site;
use crate::render::templates::Templates;
use crate::render::templates::usage::OptionalView;
use crate::render::view::{PageView, View};
use crate::source::Source;

/// A page ready to be rendered: its template and all that the template sees.
struct Prepared<'a> {
    site: &'a Site,
    /// What page of the site it is; none for feeds and the sitemap.
    of: Option<&'a Page>,
    /// The template's name.
    template: &'static str,
    /// Where the page is.
    page: PageView,
    /// What it shows.
    view: View,
    /// What links on it begin with.
    root: String,
}

/// A text that calls components.
struct ComponentText<'a> {
    source: &'a Source,
    /// Where it begins in its file.
    start: usize,
    body: Cow<'a, Rendered>,
    /// What templates call it.
    name: &'static str,
}

impl<'a> ComponentText<'a> {
    fn of(record: &'a StandingRecord, name: &'static str) -> Option<Self> {
        let start = record.page.body.start();
        let (source, body) = (&record.source, Cow::Borrowed(&*record.body));
        record.page.components.then_some(Self { source, start, body, name })
    }
}

impl Prepared<'_> {
    /// A hash of everything the page is made from, besides templates and shared values.
    fn fingerprint(&self) -> Fingerprint {
        let index = &self.site.index;
        // An article's text and structured data are made of its file and not of its view.
        let file = match self.of {
            Some(Page::Article(at)) => {
                let source = index.articles[*at].file.source.hash.as_bytes();
                let Dialect { punctuation, math } = index.config.dialect;
                let read = (punctuation == Punctuation::Smart, math);
                Some((source, index.config.excerpt_words, read, self.site.meanings(*at)))
            }
            // What calls of components make is not in the view.
            _ => self
                .calling()
                .map(|text| (text.source.hash.as_bytes(), 0, (false, false), Vec::new())),
        };
        let Self { site, template, page, view, root, .. } = self;
        fingerprint(&(template, root, site.base_url(), page, view, file))
    }

    /// The text that calls components, where the page shows one.
    fn calling(&self) -> Option<ComponentText<'_>> {
        let index = &self.site.index;
        match self.of? {
            Page::Article(at) if index.articles[*at].article().components => {
                let entry = &index.articles[*at];
                let (source, start) = (&entry.file.source, entry.article().body.start());
                let body = Cow::Owned(entry.body());
                Some(ComponentText { source, start, body, name: "body" })
            }
            Page::Standing(key) => ComponentText::of(&index.pages[key], "body"),
            Page::Home => ComponentText::of(index.intro.as_ref()?, "intro"),
            _ => None,
        }
    }

    /// Renders the page.
    ///
    /// # Errors
    /// Whatever the template does wrong, at its place.
    fn render(&self, templates: &Templates) -> Result<Vec<u8>, Box<Diagnostic>> {
        let mut context = Context::from_serialize(&self.view)
            .map_err(|error| Box::new(diagnostic::template_unplaced(&error.to_string())))?;
        let mut page = Cow::Borrowed(&self.page);
        if let Some(Page::Article(at)) = self.of {
            let text = Context::from_serialize(&pages::text(self.site, *at))
                .map_err(|error| Box::new(diagnostic::template_unplaced(&error.to_string())))?;
            context.extend(text);
        }
        // A text that calls components can show whatever the page knows.
        let calling = self.calling();
        let shows_all = calling.is_some();
        let usage =
            |_: &&Page| shows_all || self.site.usage.has(self.template, OptionalView::JsonLd);
        if let Some(of) = self.of.filter(usage) {
            page.to_mut().json_ld =
                machine::json_ld::json_ld(self.site, of, &self.page, &self.view);
        }
        context.insert_value("page", Value::from_serializable(&*page));
        context.insert_value("root", Value::from(self.root.as_str()));
        context.insert_value("base_url", Value::from(self.site.base_url().unwrap_or("")));
        if let Some(ComponentText { source, start, body, name }) = calling {
            let html = context.get(name).and_then(|html| html.as_str()).unwrap_or_default();
            let made = components::replaced(html, |number, place| {
                let Some(call) = body.calls.get(number) else { return Ok(String::new()) };
                let span = call.span.start + start..call.span.end + start;
                match place {
                    Place::Text => templates.call(&call.text, &context, source, span),
                    Place::Tag => Err(Box::new(diagnostic::call_in_tag(source, span))),
                }
            })?;
            context.insert_value(name, Value::from(made));
        }
        let html = templates
            .render(self.template, &context)
            .map_err(|error| Box::new(diagnostic::while_rendering(*error, &self.page.address)))?;
        let html = resolve_links(html, &self.root);
        let is_xml = matches!(self.view, View::Feed(_) | View::Sitemap(_));
        Ok(if is_xml { only_xml(html) } else { html })
    }
}

/// Makes everything a page shows.
fn prepare<'a>(site: &'a Site, page: &'a Page) -> Prepared<'a> {
    let (template, meta, view) = pages::view(site, page);
    let root = root(&meta.address, site.base_url());
    Prepared { site, of: Some(page), template, page: meta, view, root }
}

/// What links on a page begin with: the base address's path where there is one, else the way up.
fn root(address: &str, base_url: Option<&str>) -> String {
    if let Some(base) = base_url {
        let path = base.split_once("://").map_or(base, |(_, rest)| rest);
        return path
            .find('/')
            .map_or_else(String::new, |at| path[at..].trim_end_matches('/').to_owned());
    }
    // The 404 page is shown at any depth, so it can only count from the top.
    if address == "/404.html" {
        return String::new();
    }
    match address.matches('/').count() {
        0 | 1 => ".".to_owned(),
        depth => vec![".."; depth - 1].join("/"),
    }
}

/// The characters that XML forbids cost a reader the whole feed, escaped or not. Templates may have
/// brought some; another character takes their place, since an address without them may be another one.
fn only_xml(text: Vec<u8>) -> Vec<u8> {
    let is_xml = |c: char| matches!(c, '\t' | '\n' | '\r' | ' '..='\u{d7ff}' | '\u{e000}'..='\u{fffd}' | '\u{10000}'..);
    match std::str::from_utf8(&text) {
        Ok(words) if !words.chars().all(is_xml) => words.replace(|c| !is_xml(c), "\u{fffd}").into(),
        _ => text,
    }
}

/// Turns the marked addresses of rendered Markdown and drawings into links from this page.
fn resolve_links(html: Vec<u8>, root: &str) -> Vec<u8> {
    let marker = format!("\"{SITE_SCHEME}");
    let another = format!(", {SITE_SCHEME}");
    // The addresses are escaped already, as all of the page is.
    let root = escape(root);
    let mut out = Vec::new();
    let mut done = 0;
    for at in memchr::memmem::find_iter(&html, &marker) {
        let start = at + marker.len();
        let end = memchr::memchr(b'"', &html[start..]).map_or(html.len(), |length| start + length);
        out.extend_from_slice(&html[done..=at]);
        let address = String::from_utf8_lossy(&html[start..end]);
        // The widths of a picture are several addresses in one value.
        for (number, address) in address.split(&another).enumerate() {
            out.extend_from_slice(if number > 0 { b", " } else { b"" });
            out.extend_from_slice(addresses::resolve(&root, address).as_bytes());
        }
        done = end;
    }
    if done == 0 {
        return html;
    }
    out.extend_from_slice(&html[done..]);
    out
}

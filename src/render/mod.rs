//! From the index to the bytes of every page.

pub mod feeds;
pub mod machine;
mod pages;
pub mod site;
pub mod strings;
pub mod templates;
pub mod theme;
pub mod timeline_svg;
pub mod view;

use tera::{Context, Value};

use crate::diagnostic::{self, Diagnostic};
use crate::index::pages::Page;
use crate::parse::markdown::SITE_SCHEME;
use site::Site;
use templates::Templates;
use view::{PageView, View};

/// A page ready to be rendered: its template and all that the template sees.
pub struct Prepared {
    /// The template's name.
    pub template: &'static str,
    /// Where the page is.
    pub page: PageView,
    /// What it shows.
    pub view: View,
    /// What links on it begin with.
    pub root: String,
    /// The site's address, or empty.
    pub base_url: String,
}

impl Prepared {
    /// A hash of everything the page is made from, besides templates and shared values.
    #[must_use]
    pub fn fingerprint(&self) -> blake3::Hash {
        let mut hasher = blake3::Hasher::new();
        let all = (self.template, &self.root, &self.base_url, &self.page, &self.view);
        serde_json::to_writer(&mut hasher, &all)
            .expect("views are plain data and hashing cannot fail");
        hasher.finalize()
    }

    /// Renders the page.
    ///
    /// # Errors
    /// Whatever the template does wrong, at its place.
    pub fn render(&self, templates: &Templates) -> Result<String, Box<Diagnostic>> {
        let mut context = Context::from_serialize(&self.view)
            .map_err(|error| Box::new(diagnostic::template_unplaced(&error.to_string())))?;
        context.insert_value("page", Value::from_serializable(&self.page));
        context.insert_value("root", Value::from(self.root.as_str()));
        context.insert_value("base_url", Value::from(self.base_url.as_str()));
        let html = templates
            .render(self.template, &context)
            .map_err(|error| Box::new(diagnostic::while_rendering(*error, &self.page.address)))?;
        Ok(resolve_links(&html, &self.root))
    }
}

/// Makes everything a page shows.
#[must_use]
pub fn prepare(site: &Site<'_>, page: &Page, base_url: Option<&str>) -> Prepared {
    let address = page.address(site.index);
    let root = root(&address, base_url);
    let (template, meta, view) = pages::view(site, page, base_url);
    Prepared { template, page: meta, view, root, base_url: base_url.unwrap_or("").to_owned() }
}

/// What links on a page begin with: the base address's path where there is one, else the way up.
#[must_use]
pub fn root(address: &str, base_url: Option<&str>) -> String {
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

/// Turns the marked addresses of rendered Markdown and drawings into links from this page.
fn resolve_links(html: &str, root: &str) -> String {
    if !html.contains(SITE_SCHEME) {
        return html.to_owned();
    }
    let mut out = String::with_capacity(html.len());
    let mut rest = html;
    let marker = format!("\"{SITE_SCHEME}");
    while let Some(at) = rest.find(&marker) {
        out.push_str(&rest[..=at]);
        rest = &rest[at + marker.len()..];
        let end = rest.find('"').unwrap_or(rest.len());
        out.push_str(&templates::resolve(root, &rest[..end]));
        rest = &rest[end..];
    }
    out.push_str(rest);
    out
}

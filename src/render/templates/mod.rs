//! The template engine: the theme's templates, the site's own over them, and our filters.
//!
//! Templates lie in three levels, the site's, a theme's and the default theme's, as Tera's fallback
//! prefixes; so a component can be replaced alone. What the engine complains about is put into an editor's
//! words in `errors`; its table of what Tera 1 had is also a table of the documentation. `group_by` is our
//! own, since Tera's gives another order in every process.

pub mod errors;
pub mod functions;
mod names;
pub mod theme;
pub mod theme_style;
pub mod usage;

use std::borrow::Cow;

use tera::{Context, Tera, Value};

use self::functions::TemplateContext;
use crate::diagnostic::{self, Diagnostic};
use crate::render::templates::errors::{explain, explain_call};
use crate::render::templates::names::{DEFAULT_PREFIX, THEME_PREFIX, template_name};
use crate::render::templates::usage::TemplateUsage;
use crate::source::{Source, Span};

/// Templates ready to render, with their sources for messages.
pub struct Templates {
    tera: Tera,
    sources: Vec<Source>,
    /// Hash of everything in them.
    pub fingerprint: blake3::Hash,
}

impl Templates {
    /// Loads the default theme, another theme that replaces it name by name, and the site's own
    /// templates, which replace both. A single component can be replaced as well.
    ///
    /// # Errors
    /// A template that does not parse, or that extends or uses what is not there.
    pub fn new(
        own: &[Source],
        theme: &[Source],
        known: TemplateContext,
    ) -> Result<Self, Vec<Diagnostic>> {
        let mut hasher = blake3::Hasher::new();
        for (path, source) in &known.data {
            hasher.update(path.as_bytes()).update(source.hash.as_bytes());
        }
        for (path, address) in &known.pages {
            hasher.update(path.as_bytes()).update(&[0]).update(address.as_bytes()).update(&[0]);
        }
        let mut tera = Tera::new();
        tera.autoescape_on([".html", ".htm", ".xml"]);
        functions::register(&mut tera, known);
        let is_set = tera.set_fallback_prefixes([THEME_PREFIX, DEFAULT_PREFIX]);
        debug_assert!(is_set.is_ok(), "there are no templates yet");

        let sources = levels(own, theme);
        for source in &sources {
            hasher.update(source.path.as_bytes()).update(&[0]);
            hasher.update(source.text.as_bytes()).update(&[0]);
        }
        let pairs: Vec<(Cow<'_, str>, &str)> =
            sources.iter().map(|source| (template_name(source), &*source.text)).collect();
        let added = tera.add_raw_templates(pairs);
        let templates = Self { tera, sources, fingerprint: hasher.finalize() };
        match added {
            Ok(()) => Ok(templates),
            Err(error) => Err(explain(&error, &templates.sources)),
        }
    }

    /// What they ask for of what is dear to make.
    #[must_use]
    pub fn usage(&self) -> TemplateUsage {
        TemplateUsage::new(&self.sources)
    }

    /// Renders one template.
    ///
    /// # Errors
    /// Whatever the template does wrong, at its place.
    pub fn render(&self, name: &str, context: &Context) -> Result<Vec<u8>, Box<Diagnostic>> {
        let mut out = Vec::with_capacity(16 * 1024);
        match self.tera.render_to(name, context, &mut out) {
            Ok(()) => Ok(out),
            Err(error) => {
                let found = explain(&error, &self.sources).into_iter().next();
                let unknown = || diagnostic::template_unplaced(&error.to_string());
                Err(Box::new(found.unwrap_or_else(unknown)))
            }
        }
    }

    /// Makes what a text calls, `{{ <figure src="a.png"/> }}`.
    ///
    /// # Errors
    /// Whatever is wrong with the call, at its place in the text.
    pub fn call(
        &self,
        call: &str,
        context: &Context,
        source: &Source,
        span: Span,
    ) -> Result<String, Box<Diagnostic>> {
        self.tera
            .render_str(call, context, true)
            .map_err(|error| Box::new(explain_call(&error, &self.sources, (source, span))))
    }

    /// Values that every page sees.
    pub fn share(&mut self, name: &'static str, value: Value) {
        self.tera.global_context().insert_value(name, value);
    }
}

/// All templates: the site's own by their names, below them the theme's, below those the default
/// theme's. `theme/` means what the site would have without templates of its own.
fn levels(own: &[Source], theme: &[Source]) -> Vec<Source> {
    let mut all = own.to_vec();
    all.extend(theme.iter().cloned());
    for (name, text) in theme::templates() {
        all.push(Source::new(&format!("{DEFAULT_PREFIX}{name}"), &text));
        let theme_name = format!("{THEME_PREFIX}{name}");
        let is_replaced = theme.iter().any(|source| template_name(source) == theme_name);
        let is_extended = own.iter().any(|source| source.text.contains(&theme_name));
        if is_extended && !is_replaced {
            all.push(Source::new(&theme_name, &text));
        }
    }
    all.sort_by(|a, b| a.path.cmp(&b.path));
    all
}

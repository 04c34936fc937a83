//! The template engine: the theme's templates, the site's own over them, and our filters.

use tera::{Context, ErrorKind, Kwargs, State, Tera, TeraResult, Value};

use super::locale::Locale;
use super::theme;
use crate::diagnostic::{self, Diagnostic};
use crate::model::{Language, address_join, slug};
use crate::source::Source;

/// The name under which a site's template can extend the one it replaces.
const THEME_PREFIX: &str = "theme/";

/// Templates ready to render, with their sources for messages.
pub struct Templates {
    tera: Tera,
    sources: Vec<Source>,
    /// Hash of everything in them.
    pub fingerprint: blake3::Hash,
}

impl Templates {
    /// Loads the theme and the site's own templates, which replace it name by name.
    ///
    /// # Errors
    /// A template that does not parse, or that extends or uses what is not there.
    pub fn new(
        own: &[Source],
        assets: &[(String, String)],
        language: &Language,
    ) -> Result<Self, Vec<Diagnostic>> {
        let mut tera = Tera::new();
        tera.autoescape_on([".html", ".htm", ".xml"]);
        tera.register_filter("url", url);
        tera.register_filter("whole_url", whole_url);
        tera.register_filter("plural", |n: i64, args: Kwargs, _: &State| plural(n, &args));
        let locale = Locale::new(language);
        tera.register_filter("number", move |n: i64, _: Kwargs, _: &State| locale.number(n));
        tera.register_filter("slugify", |text: &str, _: Kwargs, _: &State| slug(text));
        let assets: std::collections::BTreeMap<String, String> = assets.iter().cloned().collect();
        tera.register_function("asset", move |args: Kwargs, state: &State| {
            let path: &str = args.must_get("path")?;
            let version = assets.get(path).map(|hash| format!("?v={hash}")).unwrap_or_default();
            Ok::<_, tera::Error>(Value::safe_string(&format!(
                "{}{version}",
                link(&format!("/{path}"), state)?
            )))
        });

        let theme = theme::templates();
        let mut hasher = blake3::Hasher::new();
        let mut sources: Vec<Source> = Vec::new();
        for (name, text) in &theme {
            if !own.iter().any(|source| template_name(source) == name) {
                sources.push(Source::new(name, text));
            }
            sources.push(Source::new(&format!("{THEME_PREFIX}{name}"), text));
        }
        sources.extend(own.iter().cloned());
        sources.sort_by(|a, b| a.path.cmp(&b.path));
        for source in &sources {
            hasher.update(source.path.as_bytes()).update(&[0]);
            hasher.update(source.text.as_bytes()).update(&[0]);
        }
        // Components are global by name, so the theme's originals are only added where a site
        // replaces them and may want to extend them.
        let replaced = |name: &str| own.iter().any(|source| template_name(source) == name);
        let used = sources.iter().filter(|source| {
            source
                .path
                .strip_prefix(THEME_PREFIX)
                .is_none_or(|name| replaced(name) && name != "components.html")
        });
        let pairs: Vec<(String, &str)> =
            used.map(|source| (template_name(source).to_owned(), &*source.text)).collect();
        let added = tera.add_raw_templates(pairs);
        let templates = Self { tera, sources, fingerprint: hasher.finalize() };
        match added {
            Ok(()) => Ok(templates),
            Err(error) => Err(vec![templates.explain(&error)]),
        }
    }

    /// Renders one template.
    ///
    /// # Errors
    /// Whatever the template does wrong, at its place.
    pub fn render(&self, name: &str, context: &Context) -> Result<Vec<u8>, Box<Diagnostic>> {
        let mut out = Vec::with_capacity(16 * 1024);
        match self.tera.render_to(name, context, &mut out) {
            Ok(()) => Ok(out),
            Err(error) => Err(Box::new(self.explain(&error))),
        }
    }

    /// Values that every page sees.
    pub fn share(&mut self, name: &'static str, value: Value) {
        self.tera.global_context().insert_value(name, value);
    }

    fn explain(&self, error: &tera::Error) -> Diagnostic {
        match error.kind() {
            ErrorKind::SyntaxError(report) | ErrorKind::RenderingError(report) => {
                let source = self.sources.iter().find(|s| template_name(s) == report.filename());
                match source {
                    Some(source) => {
                        diagnostic::template(source, report.span().range.clone(), report.message())
                    }
                    None => diagnostic::template_unplaced(report.message()),
                }
            }
            _ => unplaced(error),
        }
    }
}

fn unplaced(error: &tera::Error) -> Diagnostic {
    diagnostic::template_unplaced(&error.to_string())
}

/// The name templates call each other by: the path under `templates/`.
fn template_name(source: &Source) -> &str {
    source.path.strip_prefix("templates/").unwrap_or(&source.path)
}

/// `{{ address | url }}`: the link from this page to an address of the site.
fn url(address: &str, _: Kwargs, state: &State) -> TeraResult<Value> {
    Ok(Value::safe_string(&link(address, state)?))
}

/// `{{ address | whole_url }}`: the whole address where the site knows its own, else the link.
fn whole_url(address: &str, _: Kwargs, state: &State) -> TeraResult<Value> {
    match state.get::<String>("base_url")? {
        Some(base) if !base.is_empty() => {
            Ok(Value::safe_string(&state.escape(&address_join(&base, address))?))
        }
        _ => Ok(Value::safe_string(&link(address, state)?)),
    }
}

/// `{{ n | plural(of="article|articles") }}`: the first word for one, the last for more.
fn plural(n: i64, args: &Kwargs) -> TeraResult<String> {
    let words: &str = args.must_get("of")?;
    let (one, more) = words.split_once('|').unwrap_or((words, words));
    Ok(if n == 1 { one } else { more }.to_owned())
}

fn link(address: &str, state: &State) -> TeraResult<String> {
    let root = state.get::<String>("root")?.unwrap_or_default();
    state.escape(&resolve(&root, address))
}

/// Makes a link out of an address that begins with `/`, as seen from a page with this root.
///
/// A root of `.` or `..` parts means relative links, which name the `index.html` so that they also
/// work from a folder on disk; any other root is put before the address.
#[must_use]
pub fn resolve(root: &str, address: &str) -> String {
    if !address.starts_with('/') {
        return address.to_owned();
    }
    let relative = root == "." || root.starts_with("..");
    if !relative {
        return format!("{root}{address}");
    }
    let (path, rest) = address.find(['#', '?']).map_or((address, ""), |at| address.split_at(at));
    let index = if path.ends_with('/') { "index.html" } else { "" };
    format!("{root}{path}{index}{rest}")
}

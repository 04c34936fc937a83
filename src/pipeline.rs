//! The whole of a run: parse → index → render, pure and in one place. Read this file first.
//!
//! There is no "this file changed, so redo that" anywhere: every run makes everything, and the
//! [`Memo`] hands back what was made before from the same ingredients.

use std::collections::BTreeMap;
use std::sync::Arc;

use rayon::prelude::*;
use tera::Value;

use crate::config;
use crate::diagnostic::{self, Diagnostic};
use crate::index::pages::{self, output_path};
use crate::index::{self, Index, Parsed};
use crate::memo::Memo;
use crate::model::address_join;
use crate::parse::{article, company, markdown};
use crate::render::site::Site;
use crate::render::templates::Templates;
use crate::render::view::{PageView, SitemapView, View};
use crate::render::{self, Prepared, feeds, machine, theme};
use crate::source::Inputs;

/// What a run makes.
#[derive(Clone, Debug, Default)]
pub struct Output {
    /// Every file of the site, by its path in the output folder.
    pub files: BTreeMap<String, Arc<[u8]>>,
    /// What the author should know, sorted by place.
    pub diagnostics: Vec<Diagnostic>,
    /// How many pages people read.
    pub pages: usize,
    /// How many articles the site shows.
    pub articles: usize,
}

impl Output {
    /// Whether something keeps the site from being right.
    #[must_use]
    pub fn has_errors(&self) -> bool {
        self.diagnostics.iter().any(Diagnostic::is_error)
    }
}

/// Makes the site. Same inputs, same bytes, whatever the memo holds.
pub fn run(inputs: &Inputs, memo: &mut Memo) -> Output {
    let (index, mut found) = understand(inputs, memo);
    let mut output = Output { articles: index.articles.len(), ..Output::default() };
    if index.articles.is_empty() {
        found.push(diagnostic::no_content());
    }
    let statics = statics(inputs);
    match templates(inputs, &statics) {
        Ok(templates) => render(inputs, &index, templates, memo, &mut output, &mut found),
        Err(errors) => found.extend(errors),
    }
    output.files.extend(statics);
    memo.end_run();
    diagnostic::sort(&mut found);
    output.diagnostics = found;
    output
}

/// Reads every file and puts them together, without rendering pages: all that `list` needs.
pub fn understand(inputs: &Inputs, memo: &Memo) -> (Index, Vec<Diagnostic>) {
    let (mut config, mut found) = config::config(inputs.config.as_ref());
    if let Some(base_url) = &inputs.base_url {
        config.base_url = Some(base_url.trim_end_matches('/').to_owned());
    }
    let unreadable = inputs.unreadable.iter();
    found.extend(unreadable.map(|(path, reason)| diagnostic::unreadable(path, reason)));
    let parsed = parse(inputs, &config, memo, &mut found);
    let (index, errors) = index::index(&config, parsed, inputs.today, inputs.drafts, inputs.future);
    found.extend(errors);
    (index, found)
}

fn parse(
    inputs: &Inputs,
    config: &config::Config,
    memo: &Memo,
    found: &mut Vec<Diagnostic>,
) -> Parsed {
    let body = |text: &str| memo.body(text, || markdown::markdown(text));
    let articles: Vec<_> = inputs
        .articles
        .par_iter()
        .map(|source| {
            let (file, mut found) = article::article(source, config);
            let file = file.map(|file| {
                let rendered = body(&file.article.body);
                check_evidence(&file, &rendered, &mut found);
                (Arc::new(file), rendered)
            });
            (file, found)
        })
        .collect();
    let mut parsed = Parsed::default();
    for (file, errors) in articles {
        parsed.articles.extend(file);
        found.extend(errors);
    }
    for source in &inputs.companies {
        let (company, errors) = company::company(source);
        found.extend(errors);
        parsed.companies.extend(company.map(|c| {
            let profile = body(&c.body);
            (source.clone(), c, profile)
        }));
    }
    for source in &inputs.partnerships {
        let (note, errors) = company::note(source);
        found.extend(errors);
        parsed.notes.extend(note.map(|n| {
            let rendered = body(&n.body);
            (source.clone(), n, rendered)
        }));
    }
    for source in &inputs.pages {
        let (page, errors) = article::page(source);
        found.extend(errors);
        parsed.pages.extend(page.map(|p| {
            let rendered = body(&p.body);
            (p, rendered)
        }));
    }
    parsed
}

/// Evidence must be words of the body, in the Markdown or as it reads; white space may differ.
fn check_evidence(
    file: &article::ArticleFile,
    rendered: &markdown::Rendered,
    found: &mut Vec<Diagnostic>,
) {
    let squeeze = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut bodies: Option<[String; 2]> = None;
    for (claim, span) in file.article.partnerships.iter().zip(&file.evidence_spans) {
        let (Some(evidence), Some(span)) = (&claim.evidence, span) else { continue };
        let bodies =
            bodies.get_or_insert_with(|| [squeeze(&file.article.body), squeeze(&rendered.text)]);
        let evidence = squeeze(evidence);
        if !bodies.iter().any(|body| body.contains(&evidence)) {
            found.push(diagnostic::evidence_missing(&file.source, span.clone()));
        }
    }
}

/// The theme's static files, and the site's own over them.
fn statics(inputs: &Inputs) -> BTreeMap<String, Arc<[u8]>> {
    let theme = theme::statics().into_iter().map(|(name, bytes)| (name, Arc::from(bytes.as_ref())));
    let mut all: BTreeMap<String, Arc<[u8]>> = theme.collect();
    all.extend(inputs.statics.iter().map(|(name, bytes)| (name.clone(), Arc::clone(bytes))));
    all
}

fn templates(
    inputs: &Inputs,
    statics: &BTreeMap<String, Arc<[u8]>>,
) -> Result<Templates, Vec<Diagnostic>> {
    let assets: Vec<(String, String)> = statics
        .iter()
        .map(|(name, bytes)| (name.clone(), blake3::hash(bytes).to_hex()[..8].to_owned()))
        .collect();
    Templates::new(&inputs.templates, &assets)
}

fn render(
    inputs: &Inputs,
    index: &Index,
    mut templates: Templates,
    memo: &Memo,
    output: &mut Output,
    found: &mut Vec<Diagnostic>,
) {
    let base_url = index.config.base_url.as_deref();
    let site = Site::new(index);
    let shared = site.view(base_url, inputs.live_reload.as_deref());
    templates.share("site", Value::from_serializable(&shared));
    templates.share("t", Value::from_serializable(site.strings.all()));

    // Everything that any page may depend on besides its own view.
    let mut ground = blake3::Hasher::new();
    ground.update(templates.fingerprint.as_bytes());
    serde_json::to_writer(&mut ground, &(&shared, site.strings.all()))
        .expect("views are plain data and hashing cannot fail");
    let statics = statics(inputs);
    for (name, bytes) in &statics {
        ground.update(name.as_bytes()).update(blake3::hash(bytes).as_bytes());
    }
    let ground = ground.finalize();

    let (pages, errors) = pages::pages(index);
    found.extend(errors);
    output.pages = pages.len();
    let addresses: Vec<String> = pages.iter().map(|page| page.address(index)).collect();
    check_links(index, &addresses, &statics, found);

    let make = |prepared: &Prepared| {
        let mut key = blake3::Hasher::new();
        key.update(ground.as_bytes()).update(prepared.fingerprint().as_bytes());
        memo.page(key.finalize(), || {
            prepared.render(&templates).map(|text| Arc::from(text.into_bytes()))
        })
    };
    let rendered: Vec<_> = pages
        .par_iter()
        .zip(&addresses)
        .map(|(page, address)| {
            (output_path(address), make(&render::prepare(&site, page, base_url)))
        })
        .collect();
    let feeds = feeds::feeds(&site, base_url);
    let atom: Vec<_> = feeds
        .par_iter()
        .map(|feed| {
            let address = format!("{}feed.xml", feed.address);
            (output_path(&address), make(&bare("feed.xml", &address, feeds::atom(feed), base_url)))
        })
        .collect();
    let sitemap = sitemap(index, &pages, &addresses, base_url).map(|view| {
        ("sitemap.xml".to_owned(), make(&bare("sitemap.xml", "/sitemap.xml", view, base_url)))
    });
    for (path, result) in rendered.into_iter().chain(atom).chain(sitemap) {
        match result {
            Ok(bytes) => {
                output.files.insert(path, bytes);
            }
            Err(error) => found.push(*error),
        }
    }
    let json = |value: &serde_json::Value| Arc::from(value.to_string().into_bytes());
    for feed in &feeds {
        let path = output_path(&format!("{}feed.json", feed.address));
        output.files.insert(path, json(&feeds::json_feed(&feed.view, base_url)));
    }
    for (path, value) in machine::data_files(&site) {
        output.files.insert(path.to_owned(), json(&value));
    }
    let robots = machine::robots(base_url);
    output.files.insert("robots.txt".to_owned(), Arc::from(robots.into_bytes()));
}

/// A page without a place in the site's structure: a feed or the sitemap.
fn bare(template: &'static str, address: &str, view: View, base_url: Option<&str>) -> Prepared {
    let page = PageView {
        kind: "machine",
        address: address.to_owned(),
        canonical: None,
        title: String::new(),
        description: String::new(),
        title_lang: String::new(),
        breadcrumbs: Vec::new(),
        feed: String::new(),
        json_ld: String::new(),
        pager: None,
    };
    let root = render::root(address, base_url);
    Prepared { template, page, view, root, base_url: base_url.unwrap_or("").to_owned() }
}

/// A sitemap needs whole addresses, so there is none without `base_url`.
fn sitemap(
    index: &Index,
    pages: &[pages::Page],
    addresses: &[String],
    base_url: Option<&str>,
) -> Option<View> {
    let base = base_url?;
    let hidden = |page: &pages::Page| {
        matches!(page, pages::Page::NotFound | pages::Page::Redirect { .. })
            || matches!(page, pages::Page::Article(at) if index.articles[*at].article().draft)
    };
    let listed = pages.iter().zip(addresses).filter(|(page, _)| !hidden(page));
    let addresses = listed.map(|(_, address)| address_join(base, address)).collect();
    Some(View::Sitemap(SitemapView { addresses }))
}

/// Links from articles to pages of the site that are not there.
fn check_links(
    index: &Index,
    addresses: &[String],
    statics: &BTreeMap<String, Arc<[u8]>>,
    found: &mut Vec<Diagnostic>,
) {
    let known: std::collections::BTreeSet<&str> = addresses.iter().map(String::as_str).collect();
    let made = ["/feed.xml", "/feed.json", "/sitemap.xml", "/robots.txt"];
    for entry in &index.articles {
        for (link, span) in &entry.body.links {
            let path = link.split(['#', '?']).next().unwrap_or(link);
            let slashed = format!("{}/", path.trim_end_matches('/'));
            let there = known.contains(path)
                || known.contains(slashed.as_str())
                || statics.contains_key(path.trim_start_matches('/'))
                || made.contains(&path)
                || path.starts_with("/data/");
            if !there {
                let at = entry.file.source.text[entry.file.body_start..]
                    .find(entry.article().body.as_str())
                    .map_or(0, |at| at + entry.file.body_start);
                let span = span.start + at..span.end + at;
                let near = diagnostic::nearest(path, known.iter().copied());
                found.push(diagnostic::dead_link(&entry.file.source, span, path, near));
            }
        }
    }
}

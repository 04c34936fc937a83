//! The whole of a run: parse → index → render, pure and in one place. Read this file first.
//!
//! There is no "this file changed, so redo that" anywhere: every run puts everything together, the
//! [`Memo`] hands back what was read before from the same text, and an [`Edition`] makes any file
//! of the site when it is asked for it.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex};

use rayon::prelude::*;

use crate::config::{self, Config};
use crate::diagnostic::{self, Diagnostic};
use crate::index::pages::{self, Page};
use crate::index::{self, Body, Index, Piece};
use crate::memo::{Known, Memo, Parsed};
use crate::model::Language;
use crate::parse::{article, company, markdown};
use crate::render::card::Pen;
use crate::render::edition::{Edition, Scope};
use crate::render::machine;
use crate::render::site::Site;
use crate::render::templates::Templates;
use crate::render::theme;
use crate::render::view::{Fingerprint, fingerprint};
use crate::source::{Asset, Drafts, Future, Inputs, Source};
use crate::timings::Timings;

/// How many words of a text stand for it where it has no title.
const OPENING: usize = 12;

/// How many dead links of one article are told one by one.
const DEAD_LINKS: usize = 50;

/// What a run makes.
#[derive(Clone, Debug, Default)]
pub struct Output {
    /// Every file of the site, by its path in the output folder.
    pub files: BTreeMap<String, Arc<[u8]>>,
    /// What the author should know, sorted by place.
    pub diagnostics: Vec<Diagnostic>,
}

impl Output {
    /// Whether something keeps the site from being right.
    #[must_use]
    pub fn has_errors(&self) -> bool {
        self.diagnostics.iter().any(Diagnostic::is_error)
    }
}

/// Makes the site in memory. Same inputs, same bytes, whatever the memo holds.
pub fn run(inputs: &Inputs, memo: &mut Memo) -> Output {
    let timings = Timings::default();
    let (edition, mut diagnostics) = edition(inputs, memo, &timings);
    let files: Mutex<BTreeMap<String, Arc<[u8]>>> = Mutex::default();
    if let Some(edition) = edition {
        let take = |path: &str, bytes: &[u8]| {
            let mut files = files.lock().expect("no thread panics while it holds the files");
            files.insert(path.to_owned(), Arc::from(bytes));
            Ok::<_, std::convert::Infallible>(())
        };
        let Ok(found) = edition.each(&timings, Scope::All, |_, _| true, take);
        diagnostics.extend(found);
        diagnostic::sort(&mut diagnostics);
    }
    let files = files.into_inner().expect("no thread panics while it holds the files");
    Output { files, diagnostics }
}

/// Puts the site together, ready to make any of its files; `None` where the templates cannot be
/// used. What is said of single files comes when they are made.
pub fn edition(
    inputs: &Inputs,
    memo: &mut Memo,
    timings: &Timings,
) -> (Option<Edition>, Vec<Diagnostic>) {
    let (index, mut found) = understand(inputs, memo, timings);
    memo.end_run();
    if index.articles.is_empty() {
        found.push(diagnostic::no_content());
    }
    let assets = assets(inputs);
    let edition =
        match timings.step("templates", || templates(inputs, &assets, &index.config.language)) {
            Ok(templates) => Some(timings.step("site", || {
                let made = machine::files(&index);
                let (pages, errors) = pages::pages(&index, &made);
                found.extend(errors);
                check_links(&index, &pages, &made, &assets, &mut found);
                let live_reload = inputs.live_reload.as_deref();
                let fonts = fonts(&index.config, inputs.config.as_ref(), &assets, &mut found);
                let site = Site::new(index, &fonts);
                let ground = surroundings(inputs);
                Edition::new(site, templates, pages, assets, live_reload, ground)
            })),
            Err(errors) => {
                found.extend(errors);
                None
            }
        };
    diagnostic::sort(&mut found);
    (edition, found)
}

/// Reads every file and puts them together, without rendering pages: all that `list` needs.
pub fn understand(inputs: &Inputs, memo: &Memo, timings: &Timings) -> (Index, Vec<Diagnostic>) {
    let (mut config, mut found) = config::config(inputs.config.as_ref());
    if let Some(base_url) = &inputs.base_url {
        config.base_url = Some(base_url.clone());
    }
    let unreadable = inputs.unreadable.iter();
    found.extend(unreadable.map(|(path, reason)| diagnostic::unreadable(path, reason)));
    let parsed = timings.step("parse", || parse(inputs, &config, memo, &mut found));
    let (index, errors) = timings.step("index", || {
        index::index(&config, parsed, inputs.today, inputs.drafts, inputs.future)
    });
    found.extend(errors);
    (index, found)
}

/// A hash of everything that a run is given.
#[must_use]
pub fn inputs_fingerprint(inputs: &Inputs) -> Fingerprint {
    let articles: Vec<_> = inputs.articles.iter().map(|s| (&*s.path, s.hash.as_bytes())).collect();
    fingerprint(&(articles, surroundings(inputs)))
}

/// A hash of everything that a run is given but articles.
fn surroundings(inputs: &Inputs) -> Fingerprint {
    let Inputs { config, companies, partnerships, pages, templates, statics, .. } = inputs;
    let texts = [companies, partnerships, pages, templates].into_iter().flatten();
    let texts: Vec<_> = texts.chain(config).map(|s| (&*s.path, s.hash.as_bytes())).collect();
    let statics: Vec<_> =
        statics.iter().map(|(name, asset)| (name, asset.hash.as_bytes())).collect();
    fingerprint(&(
        env!("CARGO_PKG_VERSION"),
        texts,
        statics,
        &inputs.unreadable,
        inputs.today.to_string(),
        (inputs.drafts == Drafts::Include, inputs.future == Future::Include),
        (&inputs.base_url, &inputs.live_reload),
    ))
}

/// The key under which a memo holds an article's file.
#[must_use]
pub fn article_key(source: &Source, inputs: &Inputs) -> Fingerprint {
    let config = inputs.config.as_ref().map(|source| *source.hash.as_bytes());
    fingerprint(&(&*source.path, source.hash.as_bytes(), config))
}

fn parse(
    inputs: &Inputs,
    config: &Config,
    memo: &Memo,
    found: &mut Vec<Diagnostic>,
) -> index::Parsed {
    let articles: Vec<_> = inputs
        .articles
        .par_iter()
        .map(|source| {
            memo.article(article_key(source, inputs), |known| parse_article(source, config, known))
        })
        .collect();
    let mut parsed = index::Parsed::default();
    for one in articles {
        parsed.articles.extend(one.piece.clone());
        found.extend(one.found.iter().cloned());
    }
    for source in &inputs.companies {
        let (company, errors) = company::company(source);
        found.extend(errors);
        parsed.companies.extend(company.map(|c| {
            let profile = Arc::new(markdown::markdown(&c.body));
            (source.clone(), c, profile)
        }));
    }
    for source in &inputs.partnerships {
        let (note, errors) = company::note(source);
        found.extend(errors);
        parsed.notes.extend(note.map(|n| {
            let rendered = Arc::new(markdown::markdown(&n.body));
            (source.clone(), n, rendered)
        }));
    }
    for source in &inputs.pages {
        let (page, errors) = article::page(source);
        found.extend(errors);
        parsed.pages.extend(page.map(|p| {
            let rendered = Arc::new(markdown::markdown(&p.body));
            (p, rendered)
        }));
    }
    parsed
}

/// Reads one article. The body of one that is known to be without fault is rendered later, if at all.
fn parse_article(source: &Source, config: &Config, known: Option<&Known>) -> Parsed {
    let (file, mut found) = article::article(source, config);
    let opening = config.excerpt_words.max(OPENING);
    let piece = file.map(|file| {
        let body = if known.is_some_and(|known| known.is_faultless) {
            Body::late(opening)
        } else {
            let rendered = markdown::markdown(&file.article.body);
            check_evidence(&file, &rendered, &mut found);
            Body::rendered(rendered, opening)
        };
        let piece = Piece::new(file, body);
        let piece = match known {
            Some(known) => piece.with_traces(known.traces.clone()),
            None => piece,
        };
        // Here many articles are read at once; later all of them are compared by one thread.
        let _ = piece.traces();
        Arc::new(piece)
    });
    Parsed { piece, found }
}

/// Evidence must be words of the body, in the Markdown or as it reads; white space may differ.
fn check_evidence(
    file: &article::ArticleFile,
    rendered: &markdown::Rendered,
    found: &mut Vec<Diagnostic>,
) {
    let squeeze = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut bodies: Option<[String; 2]> = None;
    for (claim, span) in file.article.partnerships.iter().zip(&file.claim_spans) {
        let (Some(evidence), Some(span)) = (&claim.evidence, &span.evidence) else { continue };
        let bodies =
            bodies.get_or_insert_with(|| [squeeze(&file.article.body), squeeze(&rendered.text)]);
        let evidence = squeeze(evidence);
        if !bodies.iter().any(|body| body.contains(&evidence)) {
            found.push(diagnostic::evidence_missing(&file.source, span.clone()));
        }
    }
}

/// The theme's static files, and the site's own over them.
fn assets(inputs: &Inputs) -> BTreeMap<String, Asset> {
    let theme = theme::statics().into_iter().map(|(name, bytes)| (name, Asset::new(&bytes)));
    let mut all: BTreeMap<String, Asset> = theme.collect();
    all.extend(inputs.statics.iter().map(|(name, asset)| (name.clone(), asset.clone())));
    all
}

fn templates(
    inputs: &Inputs,
    assets: &BTreeMap<String, Asset>,
    language: &Language,
) -> Result<Templates, Vec<Diagnostic>> {
    let versions: Vec<(String, String)> = assets
        .iter()
        .map(|(name, asset)| (name.clone(), asset.hash.to_hex()[..8].to_owned()))
        .collect();
    Templates::new(&inputs.templates, &versions, language)
}

/// The fonts that the settings name.
fn fonts<'a>(
    config: &Config,
    source: Option<&Source>,
    assets: &'a BTreeMap<String, Asset>,
    found: &mut Vec<Diagnostic>,
) -> Vec<&'a Asset> {
    let mut fonts = Vec::new();
    for (name, span) in &config.card_fonts {
        match assets.get(name).filter(|font| Pen::new(std::iter::once(&*font.bytes)).is_some()) {
            Some(font) => fonts.push(font),
            None => found.extend(source.map(|at| diagnostic::no_font(at, span.clone(), name))),
        }
    }
    fonts
}

/// Links from articles to pages of the site that are not there.
fn check_links(
    index: &Index,
    pages: &[(Page, String)],
    made: &BTreeSet<String>,
    assets: &BTreeMap<String, Asset>,
    found: &mut Vec<Diagnostic>,
) {
    if index.articles.iter().all(|entry| entry.links().is_empty()) {
        return;
    }
    let known: BTreeSet<&str> = pages.iter().map(|(_, address)| address.as_str()).collect();
    let is_there = |path: &str| {
        known.contains(path)
            || known.contains(format!("{}/", path.trim_end_matches('/')).as_str())
            || assets.contains_key(path.trim_start_matches('/'))
            || made.contains(path.trim_start_matches('/'))
    };
    for entry in &index.articles {
        let paths = entry.links().iter().map(|(link, span)| {
            let path = link.split(['#', '?']).next().unwrap_or(link);
            (path, span)
        });
        let mut dead = paths.filter(|(path, _)| !is_there(path));
        for (path, span) in dead.by_ref().take(DEAD_LINKS) {
            let at = entry.article().body.start();
            let span = span.start + at..span.end + at;
            let near = diagnostic::nearest(path, known.iter().copied());
            found.push(diagnostic::dead_link(&entry.file.source, span, path, near));
        }
        let more = dead.count();
        if more > 0 {
            found.push(diagnostic::more_dead_links(&entry.file.source, more));
        }
    }
}

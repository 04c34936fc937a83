//! The whole of a run: parse → index → render, pure and in one place. Read this file first.
//!
//! There is no "this file changed, so redo that" anywhere: every run puts everything together, the
//! [`Memo`] hands back what was read before from the same text, and an [`Edition`] makes any file
//! of the site when it is asked for it.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex};

use rayon::prelude::*;

use crate::config::{self, Config, Section};
use crate::diagnostic::{self, Diagnostic};
use crate::fingerprint::{Fingerprint, fingerprint, short};
use crate::index::links::Addresses;
use crate::index::pages;
use crate::index::{
    self, Index, Indexed, ParsedArticle, RenderOptions, RunOptions, links, pictures, targets,
};
use crate::memo::{Memo, Parsed};
use crate::model::Article;
use crate::parse::{article, company, components, highlight, markdown};
use crate::render::drawings::card_image::CardRenderer;
use crate::render::edition::{Beside, Edition, Scope};
use crate::render::machine;
use crate::render::picture::Picture;
use crate::render::site::Site;
use crate::render::templates::Templates;
use crate::render::templates::functions::TemplateContext;
use crate::render::templates::theme;
use crate::render::templates::theme_style;
use crate::render::words::strings;
use crate::source::{Asset, CONTENT, Drafts, Future, Inputs, Source};
use crate::timings::Timings;

/// How many words of a text stand for it where it has no title.
const OPENING: usize = 12;

/// The style sheet of every page, which takes what the settings say of colours and fonts.
const STYLE_SHEET: &str = "style.css";

/// How many articles a thread takes at a time: few, so that none is left with many at the end.
const ARTICLES_AT_ONCE: usize = 50;

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
pub fn run(inputs: &Inputs, memo: &mut Memo<'_>) -> Output {
    let timings = Timings::default();
    let (edition, mut diagnostics) = edition(inputs, memo, &timings);
    let files: Mutex<BTreeMap<String, Arc<[u8]>>> = Mutex::default();
    if let Some(edition) = edition {
        let take = |path: &str, bytes: &[u8]| {
            let mut files = files.lock().expect("no thread panics while it holds the files");
            files.insert(path.to_owned(), Arc::from(bytes));
            Ok::<_, std::convert::Infallible>(())
        };
        let Ok(found) = edition.each(&timings, Scope::All, |_, _, _| true, take);
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
    memo: &mut Memo<'_>,
    timings: &Timings,
) -> (Option<Edition>, Vec<Diagnostic>) {
    let ground = surroundings(inputs);
    let Indexed { index, mut found, .. } = indexed(inputs, ground, memo, timings);
    if inputs.articles.is_empty() && inputs.pages.is_empty() {
        found.push(diagnostic::no_content());
    }
    let assets = assets(inputs, &index.config);
    check_theme(&index.config, inputs, &mut found);
    check_theme_settings(&index.config, inputs, &assets, &mut found);
    let edition = match timings.step("templates", || templates(inputs, &assets, &index)) {
        Ok(templates) => Some(timings.step("site", || {
            let made = machine::files(&index);
            let (pages, errors) = pages::pages(&index, &made);
            found.extend(errors);
            let addresses = Addresses::new(&index, &pages, &made);
            let published = links::check(&index, inputs, &addresses, &mut found);
            let pictures = pictures(&index, &published.pictures, memo, &mut found);
            let beside = Beside { media: published.media, pictures };
            check_places(inputs, &index.config, &addresses, &mut found);
            let live_reload = inputs.live_reload.as_deref();
            let fonts = fonts(&index.config, inputs.config.as_ref(), &assets, &mut found);
            let site = Site::new(index, &fonts, templates.usage());
            Edition::new(site, templates, pages, assets, beside, live_reload, ground)
        })),
        Err(errors) => {
            found.extend(errors);
            None
        }
    };
    diagnostic::sort(&mut found);
    (edition, found)
}

/// The pictures that pages offer in several widths.
fn pictures(
    index: &Index,
    paths: &BTreeSet<String>,
    memo: &Memo<'_>,
    found: &mut Vec<Diagnostic>,
) -> Vec<Picture> {
    let mut all = Vec::new();
    for path in paths.iter().filter(|path| pictures::is_expected(path)) {
        match index.picture(path) {
            Some(shown) if shown.is_huge() => {
                found.push(diagnostic::huge_picture(path, shown.header.width, shown.header.height));
            }
            Some(shown) => all.push(Picture::new(shown, &memo.pictures)),
            None => found.push(diagnostic::broken_picture(path, "it does not say how large it is")),
        }
    }
    all
}

/// Reads every file and puts them together, without rendering pages: all that `list` needs.
pub fn understand(inputs: &Inputs, memo: &mut Memo<'_>, timings: &Timings) -> Indexed {
    indexed(inputs, surroundings(inputs), memo, timings)
}

/// The same, where the hash of everything but the articles is known.
fn indexed(
    inputs: &Inputs,
    ground: Fingerprint,
    memo: &mut Memo<'_>,
    timings: &Timings,
) -> Indexed {
    let (mut config, mut found) = config::config(inputs.config.as_ref());
    if let Some(base_url) = &inputs.base_url {
        config.base_url = Some(base_url.clone());
    }
    let unreadable = inputs.unreadable.iter();
    found.extend(unreadable.map(|(path, reason)| diagnostic::unreadable(path, reason)));
    let parsed = timings.step("parse", || parse(inputs, &config, memo, &mut found));
    let mut indexed = timings.step("index", || {
        let run = RunOptions { today: inputs.today, drafts: inputs.drafts, future: inputs.future };
        index::index(&config, parsed, &run, ground, memo.index.as_ref())
    });
    memo.index = Some(indexed.clone());
    found.append(&mut indexed.found);
    Indexed { found, ..indexed }
}

/// A hash of everything that a run is given.
#[must_use]
pub fn inputs_fingerprint(inputs: &Inputs) -> Fingerprint {
    let articles: Vec<_> = inputs.articles.iter().map(|s| (&*s.path, s.hash.as_bytes())).collect();
    fingerprint(&(articles, surroundings(inputs)))
}

/// A hash of everything that a run is given but articles.
fn surroundings(inputs: &Inputs) -> Fingerprint {
    let texts = [
        &inputs.companies,
        &inputs.partnerships,
        &inputs.pages,
        &inputs.sources,
        &inputs.templates,
        &inputs.theme_templates,
    ];
    let texts = texts.into_iter().flatten().chain(&inputs.config);
    let texts: Vec<_> = texts.map(|s| (&*s.path, s.hash.as_bytes())).collect();
    let assets = [&inputs.statics, &inputs.theme_statics, &inputs.media, &inputs.data];
    let assets: Vec<_> =
        assets.into_iter().flatten().map(|(name, asset)| (name, asset.hash.as_bytes())).collect();
    fingerprint(&(
        env!("CARGO_PKG_VERSION"),
        texts,
        assets,
        (&inputs.unreadable, &inputs.misplaced, &inputs.links),
        inputs.today.to_string(),
        (inputs.drafts == Drafts::Include, inputs.future == Future::Include),
        (&inputs.base_url, &inputs.live_reload),
    ))
}

/// The key under which a memo holds an article's file.
fn article_key(source: &Source, inputs: &Inputs) -> Fingerprint {
    // The parts of equal length come first, so that no two keys run together.
    let config = inputs.config.as_ref().map_or([0; 32], |source| *source.hash.as_bytes());
    let mut hasher = blake3::Hasher::new();
    hasher.update(source.hash.as_bytes()).update(&config).update(source.path.as_bytes());
    short(&hasher.finalize())
}

fn parse(
    inputs: &Inputs,
    config: &Config,
    memo: &mut Memo<'_>,
    found: &mut Vec<Diagnostic>,
) -> index::Parsed {
    let keyed = inputs.articles.par_iter().enumerate().map(|(at, source)| {
        let key = article_key(source, inputs);
        let is_plain = memo.has(&key) || !highlight::has_blocks(&source.text.fleeting());
        (is_plain, at, key, source)
    });
    let mut files: Vec<_> = keyed.collect();
    // The first block of code in a language takes as long as hundreds of articles, and other threads
    // that have one would wait for it. So one thread begins with those, and the others without.
    files.par_sort_unstable_by_key(|&(is_plain, at, ..)| (is_plain, at));
    let opening = config.excerpt_words.max(OPENING);
    let form = &RenderOptions { opening, dialect: config.dialect, spool: Arc::clone(&memo.spool) };
    let one = |(_, at, key, source)| {
        (at, (key, memo.article(key, |kept| parse_article(source, config, form, kept))))
    };
    let files = files.into_par_iter().with_max_len(ARTICLES_AT_ONCE);
    let mut articles: Vec<_> = files.map(one).collect();
    articles.par_sort_unstable_by_key(|&(at, _)| at);
    let articles: Vec<_> = articles.into_iter().map(|(_, article)| article).collect();
    let mut parsed = index::Parsed::default();
    for (_, one) in &articles {
        parsed.articles.extend(one.piece.clone());
        found.extend(one.found.iter().cloned());
    }
    memo.remember(articles);
    let companies = inputs.companies.iter().filter(|_| config.is_about(Section::Companies));
    for source in companies {
        let (company, errors) = company::company(source);
        found.extend(errors);
        parsed.companies.extend(company.map(|c| {
            let profile = markdown::markdown(&c.body, config.dialect);
            check_formulas(source, c.body.start(), &profile, found);
            let profile = Arc::new(profile);
            (source.clone(), c, profile)
        }));
    }
    for source in &inputs.partnerships {
        let (note, errors) = company::note(source);
        found.extend(errors);
        parsed.notes.extend(note.map(|n| {
            let rendered = markdown::markdown(&n.body, config.dialect);
            check_formulas(source, n.body.start(), &rendered, found);
            let rendered = Arc::new(rendered);
            (source.clone(), n, rendered)
        }));
    }
    // What they say is for import; a site is made without them.
    found.extend(inputs.sources.iter().flat_map(|source| company::publisher(source).1));
    for source in &inputs.pages {
        let (page, errors) = article::page(source);
        found.extend(errors);
        parsed.pages.extend(page.map(|p| {
            let rendered = components::rendered(&p.body, config.dialect, p.components, &[]);
            check_formulas(source, p.body.start(), &rendered, found);
            (source.clone(), p, Arc::new(rendered))
        }));
    }
    let media = inputs.media.iter().map(|(path, asset)| (targets::media_path(path), asset));
    parsed.files = assets(inputs, config);
    parsed.files.extend(media.map(|(path, asset)| (path, asset.clone())));
    parsed
}

/// Reads one article, or takes it from what was kept of it.
fn parse_article(
    source: &Source,
    config: &Config,
    form: &RenderOptions,
    kept: Option<&[u8]>,
) -> Parsed {
    if let Some(piece) = kept.and_then(|kept| ParsedArticle::unpack(kept, source, form)) {
        return Parsed { piece: Some(Arc::new(piece)), found: Vec::new() };
    }
    let (file, mut found) = article::article(&source.fleeting(), config);
    let piece = file.map(|file| {
        let Article { body, components, .. } = &file.article;
        let rendered = form.rendered(&file.article);
        check_evidence(&file, &rendered, &mut found);
        check_formulas(&file.source, body.start(), &rendered, &mut found);
        if let Some(span) = components::stray(body, config.dialect).filter(|_| !*components) {
            let start = body.start();
            let span = span.start + start..span.end + start;
            found.push(diagnostic::stray_call(&file.source, span));
        }
        Arc::new(ParsedArticle::new(file, rendered, form).of(source))
    });
    Parsed { piece, found }
}

/// Formulas that cannot be read; the body begins at `start`.
fn check_formulas(
    source: &Source,
    start: usize,
    rendered: &markdown::Rendered,
    found: &mut Vec<Diagnostic>,
) {
    found.extend(
        rendered.faults.iter().map(|(span, why)| {
            diagnostic::formula(source, span.start + start..span.end + start, why)
        }),
    );
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

/// The folder of the theme that the settings name.
fn theme_folder(config: &Config) -> Option<String> {
    config.theme.as_ref().map(|(name, _)| format!("themes/{name}/"))
}

/// A theme that is named has to be there.
fn check_theme(config: &Config, inputs: &Inputs, found: &mut Vec<Diagnostic>) {
    let (Some((name, span)), Some(source)) = (&config.theme, &inputs.config) else { return };
    let files = inputs.theme_templates.iter().map(|source| &*source.path);
    let files = files.chain(inputs.theme_statics.keys().map(String::as_str));
    let names: BTreeSet<&str> = files.filter_map(|path| path.split('/').nth(1)).collect();
    if !names.contains(name.as_str()) {
        let near = diagnostic::nearest(name, names.iter().copied());
        found.push(diagnostic::no_theme(source, span.clone(), name, near));
    }
}

/// What is set of the theme has to be taken by the style sheet, also by one of the site's own.
fn check_theme_settings(
    config: &Config,
    inputs: &Inputs,
    assets: &BTreeMap<String, Asset>,
    found: &mut Vec<Diagnostic>,
) {
    let (Some(settings), Some(source)) = (&config.theme_settings, &inputs.config) else { return };
    let is_taking = |sheet: &Asset| {
        let taken = format!("var({}", theme_style::PREFIX);
        memchr::memmem::find(&sheet.bytes, taken.as_bytes()).is_some()
    };
    if !assets.get(STYLE_SHEET).is_some_and(is_taking) {
        found.push(diagnostic::unused_theme_settings(source, settings.span.clone()));
    }
}

/// Files that lie where nobody looks for them, or that take the place of a page, and entries of the menu
/// that lead nowhere.
fn check_places(
    inputs: &Inputs,
    config: &Config,
    addresses: &Addresses<'_>,
    found: &mut Vec<Diagnostic>,
) {
    for path in inputs.statics.keys() {
        let page = addresses.page_of(path);
        found.extend(page.map(|address| diagnostic::static_page(path, address)));
    }
    if let Some((lead, span)) = &config.lead {
        let address = if lead.starts_with('/') { lead.clone() } else { pages::story_address(lead) };
        let is_there = addresses.has(&address) || !config.has(Section::Stories);
        let at = inputs.config.as_ref().filter(|_| !is_there);
        let near = addresses.nearest(&address);
        found.extend(at.map(|at| diagnostic::dead_link(at, span.clone(), &address, near)));
    }
    let own = config.menu.iter().filter(|item| item.url.starts_with('/'));
    for item in own.filter(|item| !addresses.has(&item.url)) {
        let (path, near) = (links::bare(&item.url), addresses.nearest(&item.url));
        let at = inputs.config.as_ref();
        found.extend(at.map(|at| diagnostic::dead_link(at, item.span.clone(), path, near)));
    }
    found.extend(inputs.links.iter().map(|path| diagnostic::symbolic_link(path)));
    if let Some(source) = &inputs.config {
        let is_named = |key: &str| {
            let mut templates = inputs.templates.iter().chain(&inputs.theme_templates);
            templates.any(|template| template.text.contains(key))
        };
        let unused = strings::unused(&config.words, is_named).into_iter();
        found.extend(
            unused.map(|(key, near)| diagnostic::unused_word(source, key, near.as_deref())),
        );
    }
    found.extend(inputs.misplaced.iter().map(|path| diagnostic::misplaced(path, &CONTENT)));
    if !inputs.templates.is_empty() {
        check_templates(inputs, found);
    }
}

/// Templates of the site that make no page, and that no other template asks for.
fn check_templates(inputs: &Inputs, found: &mut Vec<Diagnostic>) {
    let all = inputs.templates.iter().chain(&inputs.theme_templates);
    let texts: Vec<&str> = all.map(|source| &*source.text).collect();
    let own: BTreeSet<String> = theme::templates().into_iter().map(|(name, _)| name).collect();
    for source in &inputs.templates {
        let name = source.path.strip_prefix("templates/").unwrap_or(&source.path);
        let quoted = [format!("\"{name}\""), format!("'{name}'")];
        let is_named = texts.iter().any(|text| quoted.iter().any(|name| text.contains(name)));
        if !own.contains(name) && !is_named && !source.text.contains("{% component ") {
            let near = match name {
                "index.html" => Some("home.html"),
                _ => diagnostic::nearest(name, own.iter().map(String::as_str)),
            };
            found.push(diagnostic::unused_template(source, near));
        }
    }
}

/// The default theme's static files, over them those of the theme, over those the site's own.
fn assets(inputs: &Inputs, config: &Config) -> BTreeMap<String, Asset> {
    let default = theme::statics().into_iter().map(|(name, bytes)| (name, Asset::new(&bytes)));
    let mut all: BTreeMap<String, Asset> = default.collect();
    if let Some(folder) = theme_folder(config) {
        let folder = format!("{folder}static/");
        let theme = inputs.theme_statics.iter();
        let theme = theme.filter_map(|(path, asset)| Some((path.strip_prefix(&folder)?, asset)));
        all.extend(theme.map(|(name, asset)| (name.to_owned(), asset.clone())));
    }
    all.extend(inputs.statics.iter().map(|(name, asset)| (name.clone(), asset.clone())));
    if let (Some(settings), Some(sheet)) = (&config.theme_settings, all.get_mut(STYLE_SHEET)) {
        *sheet = Asset::new(&[&*sheet.bytes, theme_style::css(settings).as_bytes()].concat());
    }
    all
}

fn templates(
    inputs: &Inputs,
    assets: &BTreeMap<String, Asset>,
    index: &Index,
) -> Result<Templates, Vec<Diagnostic>> {
    let is_used = |source: &&Source| match theme_folder(&index.config) {
        Some(folder) => source.path.starts_with(&folder),
        None => false,
    };
    let theme: Vec<Source> = inputs.theme_templates.iter().filter(is_used).cloned().collect();
    let named = assets.iter().map(|(name, asset)| (name.clone(), asset.versioned(name)));
    // Few templates ask where a file has become a page.
    let mut all = inputs.templates.iter().chain(&theme);
    let asks = all.any(|source| source.text.contains("get_url"));
    let pages = if asks { index.targets().addresses() } else { BTreeMap::new() };
    let known = TemplateContext {
        language: Some(index.config.language.clone()),
        assets: named.collect(),
        data: inputs.data.clone(),
        pages,
        without: index.config.without.clone(),
    };
    Templates::new(&inputs.templates, &theme, known)
}

/// The fonts that the settings name.
fn fonts<'a>(
    config: &Config,
    source: Option<&Source>,
    assets: &'a BTreeMap<String, Asset>,
    found: &mut Vec<Diagnostic>,
) -> Vec<&'a Asset> {
    let mut fonts = Vec::new();
    if !cfg!(feature = "cards") {
        let first = config.card_fonts.first().zip(source);
        found.extend(first.map(|((_, span), source)| diagnostic::no_cards(source, span.clone())));
        return fonts;
    }
    for (name, span) in &config.card_fonts {
        match assets
            .get(name)
            .filter(|font| CardRenderer::new(std::iter::once(&*font.bytes)).is_some())
        {
            Some(font) => fonts.push(font),
            None => found.extend(source.map(|at| diagnostic::no_font(at, span.clone(), name))),
        }
    }
    fonts
}

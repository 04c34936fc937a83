//! All files of a site, each of which can be made by itself: an edition is what a build writes out
//! and what the preview serves from.

pub mod dependencies;

use std::borrow::Cow;
use std::collections::{BTreeMap, HashSet};
use std::sync::{Arc, OnceLock};

use indexmap::IndexMap;
use rayon::prelude::*;
use rustc_hash::FxBuildHasher;
use tera::Value;

use crate::config::{Host, Section};
use crate::diagnostic::Diagnostic;
use crate::fingerprint::{Fingerprint, fingerprint};
use crate::index::pages::{Page, edition_address, output_path};
use crate::index::{Index, ParsedArticle};
use crate::model::address_join;
use crate::render::drawings::card::{self, Card};
use crate::render::edition::dependencies::{noted, shows};
use crate::render::machine::feeds::{self, Channel};
use crate::render::machine::hosting;
use crate::render::machine::search::{self, Documents};
use crate::render::machine::{self, DataFile};
use crate::render::pages::{edition_text, edition_view, feed_of_editions};
use crate::render::picture::Picture;
use crate::render::site::Site;
use crate::render::templates::Templates;
use crate::render::view::{FeedView, PageView, SitemapView, View};
use crate::render::{Prepared, prepare, root};
use crate::source::{Asset, Source};
use crate::timings::Timings;

/// How many addresses one sitemap may hold, by its protocol.
const SITEMAP: usize = 50_000;

/// Files that are published because texts show or link to them.
pub struct Beside {
    /// Those below `content/`, by their path in the output folder.
    pub media: BTreeMap<String, Asset>,
    /// Pictures of which there are other widths.
    pub pictures: Vec<Picture>,
}

/// One edition of the site.
pub struct Edition {
    site: Site,
    templates: Templates,
    /// Everything that any page may depend on besides its own view.
    ground: Fingerprint,
    /// Everything that the run was given but articles, and which files beside texts are published.
    surroundings: Fingerprint,
    outline: OnceLock<Fingerprint>,
    frame: OnceLock<Fingerprint>,
    /// The parts of the search index.
    terms: OnceLock<Vec<String>>,
    /// By path in the output folder, those that take longest first.
    files: Files,
}

/// How one file of the site is made.
enum File {
    Page(Page),
    Atom(Channel),
    JsonFeed(Channel),
    /// A template and its addresses: of pages, or of sitemaps.
    Sitemap(&'static str, Vec<String>),
    Data(DataFile),
    /// One part of the search index.
    Terms(usize),
    /// What search shows of some documents.
    Documents(usize),
    /// A picture in a width.
    Picture(Arc<Picture>, u32),
    /// The picture of a story, by its position.
    Card(usize),
    /// An edition for mail programs, by its id.
    Mail(String),
    /// An edition as plain text.
    Letter(String),
    /// The feed of editions.
    Editions,
    Robots,
    /// A short text that is there already.
    Text(String),
    Asset(Asset),
}

/// Whose words a file of the site [showed](crate::render::edition::dependencies) before, by its path.
type KnownDependencies<'a> = dyn Fn(&str) -> Option<&'a [u8]> + Sync + 'a;

/// Which files to make.
#[derive(Clone, Copy)]
pub enum Scope<'a> {
    /// Every file.
    All,
    /// Those that may have changed where some articles have.
    Changed {
        /// Which articles these are.
        is_new: &'a (dyn Fn(&Source) -> bool + Sync),
        /// Whose words files showed; none where nothing but texts has changed.
        shown: Option<&'a KnownDependencies<'a>>,
        /// A file of the site as it was, where it is as the last build left it.
        old: &'a (dyn Fn(&str) -> Option<Vec<u8>> + Sync),
    },
}

impl Scope<'_> {
    /// Which articles of a site have changed, by their positions.
    fn new_articles(self, site: &Site) -> Vec<bool> {
        let Self::Changed { is_new, .. } = self else { return Vec::new() };
        site.index.articles.iter().map(|entry| is_new(&entry.file.source)).collect()
    }

    fn includes(self, path: &str, file: &File, site: &Site, new: &[bool]) -> bool {
        let Self::Changed { shown, .. } = self else { return true };
        let is_new = |at: usize| new.get(at).copied().unwrap_or(true);
        let shows_text = match file {
            // What is wrong with one is told in every run.
            File::Terms(_) | File::Picture(..) => true,
            File::Page(Page::Article(at)) => is_new(*at),
            File::Atom(Channel::Site) | File::JsonFeed(Channel::Site) => {
                feeds::newest_of_all(&site.index).any(is_new)
            }
            _ => false,
        };
        let shows_words = shown.is_some_and(|shown| match file {
            // They are put together when they are written.
            File::Data(data) => data.shows_words(),
            _ => shown(path).is_none_or(|shown| shows(shown, is_new)),
        });
        shows_text || shows_words
    }
}

impl File {
    /// Large files come first, so that no thread is left alone with one at the end.
    fn rank(&self) -> u8 {
        match self {
            Self::Data(_) | Self::Sitemap(..) => 0,
            Self::Page(
                Page::Timeline(..) | Page::Partnerships(_) | Page::Companies | Page::Archive,
            ) => 1,
            Self::Page(Page::Company(_, 1)) => 2,
            _ => 3,
        }
    }
}

impl Edition {
    /// Brings together what files are made from.
    #[must_use]
    pub fn new(
        site: Site,
        mut templates: Templates,
        pages: Vec<(Page, String)>,
        assets: BTreeMap<String, Asset>,
        beside: Beside,
        live_reload: Option<&str>,
        surroundings: Fingerprint,
    ) -> Self {
        let shared = site.view(live_reload);
        templates.share("site", Value::from_serializable(&shared));
        templates.share("t", Value::from_serializable(site.strings.all()));
        let hashes: Vec<_> =
            assets.iter().map(|(name, asset)| (name, asset.hash.as_bytes())).collect();
        let ground =
            fingerprint(&(templates.fingerprint.as_bytes(), &shared, site.strings.all(), hashes));
        let Beside { media, pictures } = &beside;
        let pictures: Vec<&str> = pictures.iter().map(Picture::path).collect();
        let surroundings = fingerprint(&(surroundings, media.keys().collect::<Vec<_>>(), pictures));
        let files = files(&site, pages, assets, beside, live_reload.is_some());
        Self {
            site,
            templates,
            ground,
            surroundings,
            outline: OnceLock::new(),
            frame: OnceLock::new(),
            terms: OnceLock::new(),
            files,
        }
    }

    /// A hash of everything that the run was given but the texts of articles. As long as it stays the
    /// same, only files that show texts can change.
    #[must_use]
    pub fn outline(&self) -> Fingerprint {
        *self.outline.get_or_init(|| self.made_from(|piece| piece.face))
    }

    /// A hash of everything that the run was given, with a part of each article.
    fn made_from(&self, part: impl Fn(&ParsedArticle) -> Fingerprint + Sync) -> Fingerprint {
        let articles = self.site.index.articles.par_iter();
        let parts: Vec<_> =
            articles.map(|entry| (entry.article().path.as_str(), part(entry))).collect();
        // Of the texts themselves, other pages show only who has copied whom.
        fingerprint(&(parts, self.site.index.groups(), self.surroundings))
    }

    /// The same, but for the titles and summaries of articles as well. As long as it stays the same, only
    /// files that show some of these can change besides.
    #[must_use]
    pub fn frame(&self) -> Fingerprint {
        *self.frame.get_or_init(|| self.made_from(|piece| piece.frame))
    }

    /// What the files are made from.
    #[must_use]
    pub fn index(&self) -> &Index {
        &self.site.index
    }

    /// The same, for who needs it longer than the edition.
    #[must_use]
    pub fn shared_index(&self) -> Arc<Index> {
        Arc::clone(&self.site.index)
    }

    /// Whether the site has a file.
    #[must_use]
    pub fn has(&self, path: &str) -> bool {
        self.files.contains_key(path)
    }

    /// Whether each file can be made, one after the other: the fingerprint of one that can be. Those
    /// with a fingerprint in `known` are not tried again.
    pub fn proofs<'a>(
        &'a self,
        known: &'a HashSet<Fingerprint>,
    ) -> impl Iterator<Item = Result<Fingerprint, Box<Diagnostic>>> + 'a {
        // Nothing can go wrong with what takes long and is made without a template.
        let is_made = |file: &File| {
            let is_slow = matches!(file, File::Data(_) | File::Terms(_) | File::Documents(_));
            !is_slow && !matches!(file, File::Card(_) | File::Picture(..))
        };
        self.files.iter().filter(move |(_, file)| is_made(file)).map(|(path, file)| {
            let recipe = self.recipe(path, file, &Timings::default());
            let key = recipe.fingerprint();
            if known.contains(&key) { Ok(key) } else { recipe.bytes().map(|_| key) }
        })
    }

    /// How many pages people read.
    #[must_use]
    pub fn pages(&self) -> usize {
        self.files.values().filter(|file| matches!(file, File::Page(_))).count()
    }

    /// How many files the site has.
    #[must_use]
    pub fn size(&self) -> usize {
        self.files.len()
    }

    /// How many articles the site shows.
    #[must_use]
    pub fn articles(&self) -> usize {
        self.site.index.articles.len()
    }

    /// Makes one file; `None` where the site has none of this name.
    #[must_use]
    pub fn file(&self, path: &str) -> Option<Result<Cow<'_, [u8]>, Box<Diagnostic>>> {
        let file = self.files.get(path)?;
        Some(self.recipe(path, file, &Timings::default()).bytes())
    }

    /// Makes the files in a scope, several at once, and hands them on in no order: only those whose
    /// path and fingerprint are `wanted`, which is told as well whose words a file [shows].
    ///
    /// # Errors
    /// The first error of `take`; what templates do wrong is returned beside it.
    pub fn each<E: Send>(
        &self,
        timings: &Timings,
        scope: Scope<'_>,
        wanted: impl Fn(&str, Fingerprint, Vec<u8>) -> bool + Sync,
        take: impl Fn(&str, &[u8]) -> Result<(), E> + Sync,
    ) -> Result<Vec<Diagnostic>, E> {
        // These are made by many threads. One that waited for the others in the middle of a file
        // could take up another file that needs them, and wait for itself.
        let _ = (self.outline(), self.frame());
        timings.step("  search index", || self.make_terms(scope));
        let one = |(path, file): (&String, &File)| -> Option<Result<Diagnostic, E>> {
            let ((recipe, key), shown) = noted(|| {
                let recipe = self.recipe(path, file, timings);
                let key = timings.step("  fingerprints", || recipe.fingerprint());
                (recipe, key)
            });
            if !wanted(path, key, shown) {
                return recipe.problem().map(Ok);
            }
            match timings.step("  templates", || recipe.bytes()) {
                Ok(bytes) => match timings.step("  files", || take(path, &bytes)) {
                    Ok(()) => recipe.problem().map(Ok),
                    Err(error) => Some(Err(error)),
                },
                Err(error) => Some(Ok(*error)),
            }
        };
        let new = scope.new_articles(&self.site);
        let is_in = |(path, file): &(&String, &File)| scope.includes(path, file, &self.site, &new);
        let mut files: Vec<(&String, &File)> = self.files.par_iter().filter(is_in).collect();
        files.sort_by_key(|(_, file)| file.rank());
        // Many small pieces, in order: whoever is free takes the next one.
        files.into_par_iter().with_max_len(1).filter_map(one).collect()
    }

    fn make_terms(&self, scope: Scope<'_>) {
        if !self.site.index.config.search {
            return;
        }
        let patched = match scope {
            Scope::All => None,
            Scope::Changed { is_new, old, .. } => {
                search::patched(&self.site, &|entry| is_new(&entry.file.source), &|part| {
                    old(&terms_path(part))
                })
            }
        };
        match patched {
            Some(parts) => drop(self.terms.set(parts)),
            None => drop(self.terms()),
        }
    }

    fn terms(&self) -> &[String] {
        self.terms.get_or_init(|| search::all(&self.site))
    }

    fn recipe<'a>(&'a self, path: &str, file: &'a File, timings: &Timings) -> Recipe<'a> {
        let what = timings.step("  views", || match file {
            File::Page(page) => What::Page(Box::new(prepare(&self.site, page))),
            File::Atom(channel) => {
                let view = View::Feed(channel.view(&self.site));
                What::Page(Box::new(bare(&self.site, "feed.xml", path, view)))
            }
            File::JsonFeed(channel) => What::JsonFeed(Box::new(channel.view(&self.site))),
            File::Sitemap(template, addresses) => {
                let view = View::Sitemap(SitemapView { addresses: addresses.clone() });
                What::Page(Box::new(bare(&self.site, template, path, view)))
            }
            File::Data(data) => What::Data(*data),
            File::Terms(part) => What::Terms(&self.terms()[*part]),
            File::Documents(file) => What::Documents(Documents::new(&self.site).file(*file)),
            File::Card(at) => What::Card(self.site.story_card(*at)),
            File::Picture(picture, width) => What::Picture(picture, *width),
            File::Mail(id) => {
                let view = View::Edition(Box::new(edition_view(&self.site, id)));
                What::Page(Box::new(bare(&self.site, "mail.html", path, view)))
            }
            File::Letter(id) => What::Letter(edition_text(&self.site, id)),
            File::Editions => {
                let view = View::Feed(feed_of_editions(&self.site));
                What::Page(Box::new(bare(&self.site, "feed.xml", path, view)))
            }
            File::Robots => What::Robots,
            File::Text(text) => What::Text(text),
            File::Asset(asset) => What::Asset(asset),
        });
        Recipe { edition: self, what }
    }
}

/// One file, ready to be made.
struct Recipe<'a> {
    edition: &'a Edition,
    what: What<'a>,
}

enum What<'a> {
    Page(Box<Prepared<'a>>),
    JsonFeed(Box<FeedView>),
    Data(DataFile),
    Terms(&'a str),
    Documents(String),
    Card(Card),
    Picture(&'a Picture, u32),
    Letter(String),
    Robots,
    Text(&'a str),
    Asset(&'a Asset),
}

impl<'a> Recipe<'a> {
    fn fingerprint(&self) -> Fingerprint {
        let Edition { site, ground, .. } = self.edition;
        match &self.what {
            What::Page(page) => fingerprint(&(ground, page.fingerprint())),
            What::JsonFeed(view) => fingerprint(&(site.base_url(), view)),
            What::Data(DataFile::Schema) => fingerprint(&env!("CARGO_PKG_VERSION")),
            What::Data(data) if data.shows_words() => self.edition.outline(),
            What::Data(_) => self.edition.frame(),
            What::Terms(json) => fingerprint(json),
            What::Documents(json) => fingerprint(json),
            What::Card(card) => fingerprint(&(card, &site.fonts)),
            What::Picture(picture, width) => picture.fingerprint(*width),
            What::Letter(text) => fingerprint(text),
            What::Robots => fingerprint(&site.base_url()),
            What::Text(text) => fingerprint(text),
            What::Asset(asset) => fingerprint(asset.hash.as_bytes()),
        }
    }

    /// What the author should know of a file that is there all the same.
    fn problem(&self) -> Option<Diagnostic> {
        match &self.what {
            What::Picture(picture, width) => picture.problem(*width),
            _ => None,
        }
    }

    fn bytes(&self) -> Result<Cow<'a, [u8]>, Box<Diagnostic>> {
        let site = &self.edition.site;
        Ok(Cow::Owned(match &self.what {
            What::Page(page) => page.render(&self.edition.templates)?,
            What::JsonFeed(view) => {
                feeds::json_feed(view, site.base_url()).to_string().into_bytes()
            }
            What::Data(data) => data.text(site).into_bytes(),
            What::Terms(json) => return Ok(Cow::Borrowed(json.as_bytes())),
            What::Documents(json) => json.clone().into_bytes(),
            What::Card(card) => {
                site.card_renderer.as_ref().map_or_else(Vec::new, |renderer| renderer.draw(card))
            }
            What::Picture(picture, width) => return Ok(picture.in_width(*width)),
            What::Letter(text) => text.clone().into_bytes(),
            What::Robots => machine::robots(site.base_url()).into_bytes(),
            What::Text(text) => return Ok(Cow::Borrowed(text.as_bytes())),
            What::Asset(asset) => return Ok(Cow::Borrowed(&asset.bytes)),
        }))
    }
}

/// The files of a site by their paths.
type Files = IndexMap<String, File, FxBuildHasher>;

/// Lists every file. Of two with one path the later counts, as the static files of a site do.
fn files(
    site: &Site,
    pages: Vec<(Page, String)>,
    mut assets: BTreeMap<String, Asset>,
    beside: Beside,
    is_preview: bool,
) -> Files {
    let mut all = Files::with_capacity_and_hasher(pages.len() + 1000, FxBuildHasher);
    add_sitemaps(site, &pages, &mut all);
    // What the host itself redirects needs no page.
    let redirects = hosting::redirects(site, &pages).filter(|_| !is_preview);
    let mut told = redirects.as_ref().map_or(0, |redirects| redirects.count);
    if let Some(redirects) = redirects {
        let text = below(&mut assets, "_redirects", &redirects.text);
        all.insert("_redirects".to_owned(), File::Text(text));
    }
    let pages = pages.into_iter().filter(|(page, _)| {
        let is_told = told > 0 && matches!(page, Page::Redirect { .. });
        told -= usize::from(is_told);
        !is_told
    });
    all.extend(pages.map(|(page, address)| (output_path(&address), File::Page(page))));
    if let Some(headers) = hosting::headers(site, &assets) {
        all.insert("_headers".to_owned(), File::Text(below(&mut assets, "_headers", &headers)));
    }
    if site.index.config.host == Some(Host::Github) {
        // Or names that begin with an underscore would be left out.
        all.insert(".nojekyll".to_owned(), File::Text(String::new()));
    }
    add_feeds(site, &mut all);
    let data = DataFile::all(&site.index).into_iter();
    all.extend(data.map(|data| (data.path(), File::Data(data))));
    if site.card_renderer.is_some() && site.index.config.has(Section::Stories) {
        let stories = site.index.stories.keys().enumerate();
        all.extend(stories.map(|(at, id)| (output_path(&card::address(id)), File::Card(at))));
    }
    if site.index.config.search && !site.index.has_no_coverage() {
        let documents = Documents::new(site);
        all.extend((0..documents.parts()).map(|part| (terms_path(part), File::Terms(part))));
        let files = 0..documents.files();
        all.extend(files.map(|file| (format!("search/found/{file}.json"), File::Documents(file))));
    }
    all.insert("robots.txt".to_owned(), File::Robots);
    for picture in beside.pictures {
        let picture = Arc::new(picture);
        let widths = picture.widths().iter();
        all.extend(widths.map(|&w| (picture.place(w), File::Picture(Arc::clone(&picture), w))));
    }
    for (name, asset) in beside.media.into_iter().chain(assets) {
        // One without a query is a file of its own.
        let versioned = asset.versioned(&name);
        if !versioned.contains('?') {
            all.insert(versioned, File::Asset(asset.clone()));
        }
        all.insert(name, File::Asset(asset));
    }
    all
}

/// The sitemap, which of a large site is several.
fn add_sitemaps(site: &Site, pages: &[(Page, String)], all: &mut Files) {
    // It needs whole addresses.
    let Some(base) = site.base_url() else { return };
    let listed = pages.par_iter().filter(|(page, _)| !is_hidden(site, page));
    let addresses: Vec<String> = listed.map(|(_, address)| address_join(base, address)).collect();
    if addresses.len() > SITEMAP {
        let parts: Vec<String> = (1..=addresses.len().div_ceil(SITEMAP))
            .map(|number| format!("sitemap-{number}.xml"))
            .collect();
        let whole = parts.iter().map(|part| address_join(base, &format!("/{part}")));
        all.insert("sitemap.xml".to_owned(), File::Sitemap("sitemap-index.xml", whole.collect()));
        let lists =
            addresses.chunks(SITEMAP).map(|list| File::Sitemap("sitemap.xml", list.to_vec()));
        all.extend(parts.into_iter().zip(lists));
    } else {
        all.insert("sitemap.xml".to_owned(), File::Sitemap("sitemap.xml", addresses));
    }
}

/// Feeds and editions.
fn add_feeds(site: &Site, all: &mut Files) {
    // Readers that know an old address follow no page that says where the feed has gone.
    for path in feeds::old_places(&site.index.config) {
        all.insert(path, File::Atom(Channel::Site));
    }
    for channel in feeds::channels(&site.index) {
        all.insert(output_path(&channel.file("feed.xml")), File::Atom(channel.clone()));
        all.insert(output_path(&channel.file("feed.json")), File::JsonFeed(channel));
    }
    for id in site.editions.keys() {
        let address = edition_address(id);
        let file = |name: &str| output_path(&format!("{address}{name}"));
        all.insert(file("edition.txt"), File::Letter(id.clone()));
        // In a mail nothing is near, so that only whole addresses lead anywhere.
        if site.base_url().is_some() {
            all.insert(file("mail.html"), File::Mail(id.clone()));
        }
    }
    if !site.editions.is_empty() {
        all.insert("edition/feed.xml".to_owned(), File::Editions);
    }
}

/// Lines below those that the site's own file of that name has.
fn below(assets: &mut BTreeMap<String, Asset>, name: &str, text: &str) -> String {
    let own = assets.remove(name);
    let own = own.map(|asset| String::from_utf8_lossy(&asset.bytes).trim_end().to_owned());
    own.map_or_else(|| text.to_owned(), |own| format!("{own}\n{text}"))
}

fn terms_path(part: usize) -> String {
    format!("search/terms/{part}.json")
}

/// Whether search engines should not be told of a page.
fn is_hidden(site: &Site, page: &Page) -> bool {
    matches!(page, Page::NotFound | Page::Redirect { .. })
        || matches!(page, Page::Article(at) if site.index.articles[*at].article().draft)
}

/// A page without a place in the site's structure: a feed or the sitemap.
fn bare<'a>(site: &'a Site, template: &'static str, path: &str, view: View) -> Prepared<'a> {
    let address = format!("/{path}");
    let root = root(&address, site.base_url());
    let page = PageView {
        kind: "machine",
        address,
        canonical: None,
        title: String::new(),
        description: String::new(),
        title_lang: String::new(),
        breadcrumbs: Vec::new(),
        feed: String::new(),
        json_ld: String::new(),
        pager: None,
        image: None,
    };
    Prepared { site, of: None, template, page, view, root }
}

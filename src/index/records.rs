//! What the index holds of each thing: articles, companies, tags, publishers, standing pages.

use std::fmt;
use std::ops::Deref;
use std::sync::{Arc, OnceLock};

use serde::{Deserialize, Serialize};

use super::{Traces, article_address};
use crate::fingerprint::{Fingerprint, fingerprint, short};
use crate::model::{Article, Company, Page as Standing, Rights, slug};
use crate::parse::article::ArticleFile;
use crate::parse::components;
use crate::parse::links::Link;
use crate::parse::markdown::{Dialect, Rendered};
use crate::parse::words;
use crate::source::{InMemory, Source, Span, Spool, Spooled};

/// How a site has its texts rendered.
#[derive(Clone)]
pub struct RenderOptions {
    /// How many words of a text are kept beside its HTML.
    pub opening: usize,
    /// How they are read.
    pub dialect: Dialect,
    /// Where the HTML is until somebody asks for it.
    pub spool: Arc<dyn Spool>,
}

impl Default for RenderOptions {
    fn default() -> Self {
        Self { opening: 0, dialect: Dialect::default(), spool: Arc::new(InMemory) }
    }
}

impl fmt::Debug for RenderOptions {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        (self.opening, self.dialect).fmt(f)
    }
}

impl RenderOptions {
    /// The whole text of an article.
    #[must_use]
    pub fn rendered(&self, article: &Article) -> Rendered {
        let Article { body, components, passages, .. } = article;
        components::rendered(&body.fleeting(), self.dialect, *components, passages)
    }

    /// Puts a text away, of whose words only the opening is kept.
    fn put(&self, mut text: Rendered) -> Spooled {
        text.keep_opening(self.opening);
        self.spool.put(&postcard::to_allocvec(&text).expect("it is plain data"))
    }
}

/// What one article's file says, whatever the other files say.
#[derive(Debug, Serialize, Deserialize)]
pub struct ParsedArticle {
    /// The file it was read from.
    pub file: ArticleFile,
    #[serde(skip)]
    form: RenderOptions,
    /// Rendered when somebody asks for it; see [`ParsedArticle::body`].
    #[serde(skip)]
    body: OnceLock<Spooled>,
    /// The first words of its text, where they can stand for what it does not say of itself, or are all that may
    /// be shown of it.
    pub opening: String,
    /// What of this site it links to.
    pub links: Vec<Link>,
    /// `/2022/05/23/<slug>/`, or less where less is known.
    pub address: String,
    /// The slugs of its tags, in their order.
    pub tags: Vec<String>,
    /// The slug of its publisher.
    pub publisher: Option<String>,
    /// What its text leaves in copies of it.
    pub traces: Traces,
    /// A hash of all that other pages can show of it.
    pub face: Fingerprint,
    /// The same but for the words of its title and its summary, where it has both.
    pub frame: Fingerprint,
    /// A hash of all that an index takes from it, which is everything but most of the text.
    pub mark: Fingerprint,
}

impl ParsedArticle {
    /// Brings together what is known of an article with its whole body.
    #[must_use]
    pub fn new(file: ArticleFile, mut body: Rendered, form: &RenderOptions) -> Self {
        let article = &file.article;
        body.keep_opening(form.opening);
        let is_whole = article.title.is_some() && article.summary.is_some();
        let needs_opening = !is_whole || article.rights == Rights::Excerpt;
        let opening = if needs_opening { body.text.clone() } else { String::new() };
        let name = article.source.as_ref().and_then(|source| source.name.as_ref());
        let publisher = name.map(|name| {
            Some(slug(name)).filter(|s| !s.is_empty()).unwrap_or_else(|| "source".into())
        });
        let traces = Traces::of(article);
        let face = face(&file, if is_whole { "" } else { &opening });
        let Traces { quotations, particulars, .. } = &traces;
        let mark = fingerprint(&(face, &*file.source.path, quotations, particulars));
        Self {
            form: form.clone(),
            links: body.links.clone(),
            body: form.put(body).into(),
            opening,
            address: article_address(article),
            tags: article.tags.iter().map(|tag| slug(tag)).collect(),
            publisher,
            traces,
            face,
            frame: frame(&file, face),
            mark,
            file,
        }
    }

    /// What may be kept of it, so that its file need not be read again.
    #[must_use]
    pub fn pack(&self) -> Vec<u8> {
        let mut bytes = postcard::to_allocvec(self).expect("it is plain data");
        bytes.shrink_to_fit();
        bytes
    }

    /// The piece of the same file, from what was kept of it; none where that is not of a piece.
    #[must_use]
    pub fn unpack(bytes: &[u8], source: &Source, form: &RenderOptions) -> Option<Self> {
        let piece: Self = postcard::from_bytes(bytes).ok()?;
        Some(Self { form: form.clone(), ..piece }.of(source))
    }

    /// The same piece of the same file, whose text it holds no longer if `source` does not.
    #[must_use]
    pub fn of(mut self, source: &Source) -> Self {
        let article = &mut self.file.article;
        article.body = std::mem::take(&mut article.body).of(&source.text);
        article.path = source.path.to_string();
        self.file.source = source.clone();
        self
    }

    /// Its body, of which the text is only the opening.
    #[must_use]
    pub fn body(&self) -> Rendered {
        let render = || self.form.rendered(&self.file.article);
        let body = self.body.get_or_init(|| self.form.put(render()));
        postcard::from_bytes(&body.get()).unwrap_or_else(|_| render())
    }
}

/// A hash of all that other pages can show of an article. A summary and a title stand for the text; without them
/// its first words do.
fn face(file: &ArticleFile, opening: &str) -> Fingerprint {
    let mut face = blake3::Hasher::new();
    face.update(file.source.text[..file.article.body.start()].as_bytes());
    face.update(opening.as_bytes());
    short(&face.finalize())
}

/// The same but for the words of its title and its summary, where it has both.
fn frame(file: &ArticleFile, face: Fingerprint) -> Fingerprint {
    let article = &file.article;
    if article.title.is_none() || article.summary.is_none() {
        return face;
    }
    let mut spans: Vec<&Span> = file.word_spans.iter().collect();
    spans.sort_unstable_by_key(|span| span.start);
    let mut frame = blake3::Hasher::new();
    let mut start = 0;
    let text = file.source.text.as_bytes();
    for span in spans {
        frame.update(&(span.start - start).to_le_bytes());
        frame.update(&text[start..span.start]);
        start = span.end;
    }
    frame.update(&text[start..article.body.start()]);
    short(&frame.finalize())
}

/// An article with what it shares with others.
#[derive(Clone, Debug)]
pub struct IndexedArticle {
    pub(super) piece: Arc<ParsedArticle>,
    /// The companies it is about, as positions in [`super::Index::companies`].
    pub companies: Vec<usize>,
    /// The parties of each of its claims, sorted, as positions in [`super::Index::companies`].
    pub parties: Vec<Vec<usize>>,
    /// The newest article that goes back to the same text as this one, or this one.
    pub origin: usize,
    /// Its story, as a position in [`super::Index::stories`].
    pub story: Option<usize>,
    /// What it reports of relations, in the order of its claims: positions in
    /// [`super::Index::relations`] and among that relation's occurrences.
    pub reports: Vec<(usize, usize)>,
}

impl Deref for IndexedArticle {
    type Target = ParsedArticle;

    fn deref(&self) -> &ParsedArticle {
        &self.piece
    }
}

impl IndexedArticle {
    /// The article itself.
    #[must_use]
    pub fn article(&self) -> &Article {
        &self.file.article
    }

    /// What to head it with where the source gave no title: its first words.
    #[must_use]
    pub fn heading(&self) -> String {
        match &self.article().title {
            Some(title) => title.clone(),
            None => words::excerpt(&self.opening, 12),
        }
    }
}

/// A company with everything that names it.
#[derive(Clone, Debug)]
pub struct CompanyRecord {
    /// What the registry says, or just the id's words.
    pub company: Company,
    /// Its profile.
    pub profile: Arc<Rendered>,
    /// The articles that name it, newest first, as positions in [`super::Index::articles`].
    pub articles: Vec<usize>,
    /// Its relations, as positions in [`super::Index::relations`].
    pub relations: Vec<usize>,
    /// Companies that belong to it, as positions in [`super::Index::companies`].
    pub subsidiaries: Vec<usize>,
    /// Companies that became a part of it, as positions in [`super::Index::companies`].
    pub predecessors: Vec<usize>,
}

impl CompanyRecord {
    pub(super) fn new(company: Company, profile: Arc<Rendered>) -> Self {
        Self {
            company,
            profile,
            articles: Vec::new(),
            relations: Vec::new(),
            subsidiaries: Vec::new(),
            predecessors: Vec::new(),
        }
    }
}

/// A tag with its articles.
#[derive(Clone, Debug)]
pub struct TagRecord {
    /// How it is shown.
    pub label: String,
    /// What it means, where the config says so.
    pub description: Option<String>,
    /// Newest first.
    pub articles: Vec<usize>,
}

/// A publisher with its articles.
#[derive(Clone, Debug)]
pub struct SourceRecord {
    /// The publisher's name.
    pub name: String,
    /// Newest first.
    pub articles: Vec<usize>,
}

impl SourceRecord {
    pub(super) fn of(entry: &IndexedArticle, at: usize) -> Self {
        let source = entry.article().source.as_ref();
        let name = source.and_then(|source| source.name.clone()).unwrap_or_default();
        Self { name, articles: vec![at] }
    }
}

/// A standing page with its rendered body.
#[derive(Clone, Debug)]
pub struct StandingRecord {
    /// The file.
    pub source: Source,
    /// What the file says.
    pub page: Standing,
    /// Its body.
    pub body: Arc<Rendered>,
}

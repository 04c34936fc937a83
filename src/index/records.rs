//! What the index holds of each thing: articles, companies, tags, publishers, standing pages.

use std::ops::Deref;
use std::sync::{Arc, OnceLock};

use super::{Traces, article_address};
use crate::fingerprint::{Fingerprint, fingerprint};
use crate::model::{Article, Company, Page as Standing, slug};
use crate::parse::article::ArticleFile;
use crate::parse::components;
use crate::parse::links::Link;
use crate::parse::markdown::{Punctuation, Rendered};
use crate::parse::words;
use crate::source::{Source, Span};

/// What one article's file says, whatever the other files say.
#[derive(Debug)]
pub struct Piece {
    /// The file it was read from.
    pub file: ArticleFile,
    body: Body,
    /// `/2022/05/23/<slug>/`, or less where less is known.
    pub address: String,
    /// The slugs of its tags, in their order.
    pub tags: Vec<String>,
    /// The slug of its publisher.
    pub publisher: Option<String>,
    face: OnceLock<[u8; 32]>,
    traces: OnceLock<Traces>,
    mark: OnceLock<Fingerprint>,
}

impl Piece {
    /// Brings together what is known of an article.
    #[must_use]
    pub fn new(file: ArticleFile, body: Body) -> Self {
        let article = &file.article;
        let name = article.source.as_ref().and_then(|source| source.name.as_ref());
        Self {
            address: article_address(article),
            tags: article.tags.iter().map(|tag| slug(tag)).collect(),
            publisher: name.map(|name| {
                Some(slug(name)).filter(|s| !s.is_empty()).unwrap_or_else(|| "source".into())
            }),
            face: OnceLock::new(),
            traces: OnceLock::new(),
            mark: OnceLock::new(),
            file,
            body,
        }
    }

    /// Its body, of which the text is only the opening.
    #[must_use]
    pub fn body(&self) -> &Rendered {
        self.body.rendered.get_or_init(|| {
            let Body { opening, punctuation, .. } = self.body;
            let Article { body, components, passages, .. } = &self.file.article;
            let mut rendered = components::rendered(body, punctuation, *components, passages);
            rendered.keep_opening(opening);
            rendered
        })
    }

    /// What of this site it links to.
    #[must_use]
    pub fn links(&self) -> &[Link] {
        if self.body.has_no_links { &[] } else { &self.body().links }
    }

    /// What its text leaves in copies of it.
    #[must_use]
    pub fn traces(&self) -> &Traces {
        self.traces.get_or_init(|| Traces::of(&self.file.article))
    }

    /// The same piece, with traces that are known already.
    #[must_use]
    pub fn with_traces(mut self, traces: Traces) -> Self {
        self.traces = traces.into();
        self
    }

    /// A hash of all that other pages can show of it.
    #[must_use]
    pub fn face(&self) -> [u8; 32] {
        *self.face.get_or_init(|| self.make_face())
    }

    /// A hash of all that an index takes from it, which is everything but most of the text.
    #[must_use]
    pub fn mark(&self) -> Fingerprint {
        *self.mark.get_or_init(|| {
            let Traces { quotations, particulars, .. } = self.traces();
            fingerprint(&(self.face(), &*self.file.source.path, quotations, particulars))
        })
    }

    /// The same but for the words of its title and its summary, where it has both.
    #[must_use]
    pub fn frame(&self) -> [u8; 32] {
        let article = &self.file.article;
        if article.title.is_none() || article.summary.is_none() {
            return self.face();
        }
        let mut spans: Vec<&Span> = self.file.word_spans.iter().collect();
        spans.sort_unstable_by_key(|span| span.start);
        let mut frame = blake3::Hasher::new();
        let mut start = 0;
        let source = &self.file.source.text;
        for span in spans {
            frame.update(&(span.start - start).to_le_bytes());
            frame.update(source[start..span.start].as_bytes());
            start = span.end;
        }
        frame.update(source[start..article.body.start()].as_bytes());
        *frame.finalize().as_bytes()
    }

    fn make_face(&self) -> [u8; 32] {
        let article = &self.file.article;
        let source = &self.file.source.text;
        let mut face = blake3::Hasher::new();
        face.update(source[..article.body.start()].as_bytes());
        // A summary and a title stand for the text; without them its first words do.
        if article.summary.is_none() || article.title.is_none() {
            let Body { opening, punctuation, .. } = self.body;
            let (body, has_calls) = (&article.body, article.components);
            face.update(components::opening(body, opening, punctuation, has_calls).as_bytes());
        }
        *face.finalize().as_bytes()
    }
}

/// A body that is rendered when somebody asks for it.
#[derive(Debug)]
pub struct Body {
    /// How many words of the text are kept.
    opening: usize,
    punctuation: Punctuation,
    /// Known before it is rendered.
    has_no_links: bool,
    rendered: OnceLock<Rendered>,
}

impl Body {
    /// A body that has been rendered.
    #[must_use]
    pub fn rendered(mut rendered: Rendered, opening: usize, punctuation: Punctuation) -> Self {
        rendered.keep_opening(opening);
        Self { opening, punctuation, has_no_links: false, rendered: rendered.into() }
    }

    /// A body of which it is known that it has no links to pages of the site.
    #[must_use]
    pub fn late(opening: usize, punctuation: Punctuation) -> Self {
        Self { opening, punctuation, has_no_links: true, rendered: OnceLock::new() }
    }
}

/// An article with what it shares with others.
#[derive(Clone, Debug)]
pub struct Entry {
    pub(super) piece: Arc<Piece>,
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

impl Deref for Entry {
    type Target = Piece;

    fn deref(&self) -> &Piece {
        &self.piece
    }
}

impl Entry {
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
            None => words::excerpt(&self.body().text, 12),
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
    pub(super) fn of(entry: &Entry, at: usize) -> Self {
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

//! Links between the pages of a site, as the pages really have them.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

use html5ever::tendril::StrTendril;
use html5ever::tokenizer::{
    BufferQueue, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts,
};
use percent_encoding::percent_decode_str;
use url::Url;

use crate::diagnostic::{self, Diagnostic};
use crate::index::Index;
use crate::index::links::{bare, written};
use crate::index::pages::output_path;
use crate::parse::links::Link;

/// Any address at all; links are resolved against it.
const HOST: &str = "http://site.invalid/";

/// What a page has to link to, and what it links to.
#[derive(Debug, Default)]
pub(super) struct Page {
    ids: BTreeSet<String>,
    links: BTreeSet<String>,
}

/// Reads the ids and links of a page.
pub(super) fn read(html: &str) -> Page {
    let input = BufferQueue::default();
    input.push_back(StrTendril::from_slice(html));
    let tokenizer = Tokenizer::new(Sink::default(), TokenizerOpts::default());
    let _ = tokenizer.feed(&input);
    tokenizer.end();
    tokenizer.sink.0.into_inner()
}

#[derive(Default)]
struct Sink(RefCell<Page>);

impl TokenSink for Sink {
    type Handle = ();

    fn process_token(&self, token: Token, _line: u64) -> TokenSinkResult<()> {
        if let Token::TagToken(tag) = token
            && tag.kind == TagKind::StartTag
        {
            let mut page = self.0.borrow_mut();
            for attribute in tag.attrs {
                let value = attribute.value.to_string();
                match &*attribute.name.local {
                    "id" => drop(page.ids.insert(value)),
                    "href" | "src" => drop(page.links.insert(value)),
                    _ => {}
                }
            }
        }
        TokenSinkResult::Continue
    }
}

/// All files of a site, with what they link to.
#[derive(Debug, Default)]
pub(super) struct Links {
    files: BTreeMap<String, Option<Page>>,
}

impl Links {
    pub(super) fn add(&mut self, path: &str, page: Option<Page>) {
        self.files.insert(path.to_owned(), page);
    }

    /// Links that lead to no file, or to no place on a page. What an article's own Markdown links to
    /// has been told already, with its place.
    pub(super) fn broken(&self, index: &Index) -> Vec<Diagnostic> {
        let base = index.config.base_url.as_deref().and_then(|base| Url::parse(base).ok());
        let root = base.map_or_else(|| "/".to_owned(), |url| format!("{}/", url.path()));
        let root = root.replace("//", "/");
        let texts = written(index);
        let mut found = Vec::new();
        for (path, page) in &self.files {
            for link in page.iter().flat_map(|page| &page.links) {
                let Some(problem) = self.problem(path, link, &root) else { continue };
                let menu = &index.config.menu;
                let is_it =
                    |url: &str| bare(url).trim_matches('/') == problem.target.trim_matches('/');
                let of_menu = menu.iter().any(|item| is_it(&item.url));
                if of_menu && problem.anchor.is_none() {
                    continue;
                }
                let text = texts.get(path);
                let is_told = text.is_some_and(|(_, links)| {
                    let same = |told: &Link| {
                        let written = told.to.written();
                        written == link || is_it(written)
                    };
                    problem.anchor.is_none() && links.iter().any(same)
                });
                if !is_told {
                    let source = text.and_then(|text| text.0);
                    let (target, anchor) = (&problem.target, problem.anchor.as_deref());
                    found.push(diagnostic::broken_link(source, path, target, anchor));
                }
            }
        }
        found
    }

    fn problem(&self, path: &str, link: &str, root: &str) -> Option<Problem> {
        // The 404 page can be shown at any depth.
        let here = Url::parse(HOST).ok()?.join(root).ok()?.join(path).ok()?;
        let url = here.join(link).ok()?;
        if url.host_str() != here.host_str() || !matches!(url.scheme(), "http" | "https") {
            return None;
        }
        let decoded = percent(url.path());
        let target = decoded.strip_prefix(root).unwrap_or(&decoded);
        let target = format!("/{}", target.strip_suffix("index.html").unwrap_or(target));
        let Some(page) = self.files.get(&output_path(&target)) else {
            return Some(Problem { target, anchor: None });
        };
        let anchor = url.fragment().map(percent).filter(|anchor| !anchor.is_empty())?;
        let has = page.as_ref().is_none_or(|page| page.ids.contains(&anchor));
        (!has).then_some(Problem { target, anchor: Some(anchor) })
    }
}

struct Problem {
    target: String,
    anchor: Option<String>,
}

/// An address with its escapes undone.
fn percent(text: &str) -> String {
    percent_decode_str(text).decode_utf8_lossy().into_owned()
}

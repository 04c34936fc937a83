//! The links of all texts: those that lead nowhere, and the files that have to be published for them.

use std::cell::OnceCell;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use super::Index;
use super::pages::{Page, company_address, output_path, partnership_address};
use super::targets::{self, Unresolved};
use crate::config::Section;
use crate::diagnostic::{self, Diagnostic};
use crate::model::Rights;
use crate::parse::links::{Link, Target};
use crate::source::{Asset, Inputs, Source, Span};
use crate::understand::companies;

/// How many dead links of one text are told one by one.
const DEAD_LINKS: usize = 50;

/// The links of one text.
struct Text<'a> {
    source: &'a Source,
    /// Where the body begins in the source.
    start: usize,
    links: &'a [Link],
    is_published: bool,
}

/// All texts with links.
fn texts<'a>(index: &'a Index, inputs: &'a Inputs) -> Vec<Text<'a>> {
    let others = inputs.pages.iter().chain(&inputs.companies).chain(&inputs.partnerships);
    let sources: HashMap<&str, &Source> = others.map(|source| (&*source.path, source)).collect();
    let text = |path: &str, start: usize, links: &'a [Link]| {
        let source = *sources.get(path)?;
        Some(Text { source, start, links, is_published: true })
    };
    let articles = index.articles.iter().map(|entry| Text {
        source: &entry.file.source,
        start: entry.article().body.start(),
        links: &entry.links,
        is_published: entry.article().rights == Rights::Full,
    });
    let pictures = index.articles.iter().map(|entry| Text {
        source: &entry.file.source,
        // Front matter has its places from the start of the file.
        start: 0,
        links: entry.file.picture.as_slice(),
        is_published: entry.article().shown_picture().is_some(),
    });
    let pages = index.standing();
    let pages = pages.filter_map(|(_, r)| text(&r.page.path, r.page.body.start(), &r.body.links));
    let companies = index.companies.values().map(|record| (&record.company, &record.profile));
    let companies = companies.filter_map(|(c, body)| text(&c.path, c.body.start(), &body.links));
    let notes = index.relations.values().filter_map(|relation| relation.note.as_ref());
    let notes = notes.filter_map(|(n, body)| text(&n.path, n.body.start(), &body.links));
    let all = articles.chain(pictures).chain(pages).chain(companies).chain(notes);
    all.filter(|text| !text.links.is_empty()).collect()
}

/// The links that an author wrote on a page, by the page's path in the output folder, with the file.
#[must_use]
pub fn written(index: &Index) -> HashMap<String, (Option<&Source>, &[Link])> {
    let articles = index.articles.iter();
    let articles = articles.map(|e| (&*e.address, Some(&e.file.source), &e.links[..]));
    let mut all: HashMap<_, _> =
        articles.map(|(address, source, links)| (output_path(address), (source, links))).collect();
    all.extend(index.standing().map(|(address, record)| {
        (output_path(&address), (Some(&record.source), &record.body.links[..]))
    }));
    all.extend(index.companies.iter().map(|(id, record)| {
        (output_path(&company_address(id)), (None, &record.profile.links[..]))
    }));
    all.extend(index.relations.iter().filter_map(|(id, relation)| {
        let (_, body) =
            relation.note.as_ref().filter(|_| index.config.has(Section::Partnerships))?;
        Some((output_path(&partnership_address(id)), (None, &body.links[..])))
    }));
    all
}

/// What has to be published because texts ask for it.
#[derive(Debug, Default)]
pub struct Files {
    /// Files below `content/` that texts show or link to, by their path in the output folder.
    pub media: BTreeMap<String, Asset>,
    /// Pictures that texts show, by their path in the output folder.
    pub pictures: BTreeSet<String>,
}

/// Reports links that lead nowhere; gives the files that published texts show or link to.
pub fn check(
    index: &Index,
    inputs: &Inputs,
    addresses: &Addresses<'_>,
    found: &mut Vec<Diagnostic>,
) -> Files {
    let mut published = Files::default();
    let (files, near) = (OnceCell::new(), HashMap::new());
    let mut hints = Hints { index, inputs, addresses, files, near };
    for entry in &index.articles {
        let source = &entry.file.source;
        let Some(to) = &entry.article().translation_of else { continue };
        let path = targets::joined(&source.path, to).unwrap_or_default();
        if inputs.articles.binary_search_by(|other| (*other.path).cmp(&path)).is_err() {
            found.push(diagnostic::no_file(source, 0..0, to, None));
        }
    }
    for text in texts(index, inputs) {
        let mut dead = 0;
        for link in text.links {
            let span = link.span.start + text.start..link.span.end + text.start;
            let lost = match targets::meant(index, &text.source.path, link) {
                Ok(meant) => {
                    let Some(path) = meant.file.filter(|_| text.is_published) else { continue };
                    if link.is_image {
                        published.pictures.insert(path.clone());
                    }
                    if let Some(asset) = index.files.get(&path)
                        && path.starts_with(targets::MEDIA)
                    {
                        if hints.is_taken(&path) {
                            let problem = diagnostic::media_taken(text.source, span, &path);
                            found.push(problem);
                        }
                        published.media.insert(path, asset.clone());
                    }
                    continue;
                }
                Err(lost) => lost,
            };
            if hints.is_fine(link, lost) {
                continue;
            }
            dead += 1;
            if dead <= DEAD_LINKS {
                found.push(hints.problem(text.source, span, link, lost));
            }
        }
        if dead > DEAD_LINKS {
            found.push(diagnostic::more_dead_links(text.source, dead - DEAD_LINKS));
        }
    }
    published
}

/// All that an address from the root of the site can lead to.
pub struct Addresses<'a> {
    pages: HashSet<&'a str>,
    /// Paths of files for machines.
    made: &'a BTreeSet<String>,
    /// Static files, and those beside texts.
    files: &'a BTreeMap<String, Asset>,
}

impl<'a> Addresses<'a> {
    /// Looks through the pages once.
    #[must_use]
    pub fn new(index: &'a Index, pages: &'a [(Page, String)], made: &'a BTreeSet<String>) -> Self {
        let pages = pages.iter().map(|(_, address)| address.as_str()).collect();
        Self { pages, made, files: &index.files }
    }

    /// Whether there is something at an address; what follows a `#` or `?` does not count.
    #[must_use]
    pub fn has(&self, address: &str) -> bool {
        let path = bare(address);
        let file = path.trim_start_matches('/');
        self.pages.contains(path)
            || self.pages.contains(format!("{}/", path.trim_end_matches('/')).as_str())
            || self.made.contains(file)
            || self.files.contains_key(file)
    }

    /// The page that is written into a file, by its address.
    #[must_use]
    pub fn page_of(&self, path: &str) -> Option<&'a str> {
        let address = format!("/{path}");
        let folder = address.strip_suffix("index.html").filter(|rest| rest.ends_with('/'));
        self.pages.get(folder.unwrap_or(&address)).copied()
    }

    /// The page that was probably meant.
    #[must_use]
    pub fn nearest(&self, address: &str) -> Option<&'a str> {
        diagnostic::nearest(bare(address), self.pages.iter().copied())
    }
}

/// An address without the place on the page.
#[must_use]
pub fn bare(address: &str) -> &str {
    address.split(['#', '?']).next().unwrap_or(address)
}

/// How many names of nothing are compared with all others in one run.
const HINTS: usize = 200;

/// Finds what authors may have meant.
struct Hints<'a> {
    index: &'a Index,
    inputs: &'a Inputs,
    addresses: &'a Addresses<'a>,
    /// Files that can be linked to: their names, and how any text reaches them.
    files: OnceCell<Vec<(String, String)>>,
    /// What each name was found to be near to.
    near: HashMap<String, Option<String>>,
}

impl Hints<'_> {
    /// Whether a page or a static file has the path in the output folder.
    fn is_taken(&self, path: &str) -> bool {
        self.addresses.page_of(path).is_some() || self.inputs.statics.contains_key(path)
    }

    /// Whether a link without a meaning leads to a page, or cannot be judged.
    fn is_fine(&self, link: &Link, lost: Unresolved) -> bool {
        match &link.to {
            Target::Address(address) => self.addresses.has(address),
            _ => lost == Unresolved::Unknown,
        }
    }

    fn problem(
        &mut self,
        source: &Source,
        span: Span,
        link: &Link,
        lost: Unresolved,
    ) -> Diagnostic {
        match (&link.to, lost) {
            (Target::Address(address), _) => {
                let path = bare(address);
                let near =
                    self.near(path, |hints| hints.addresses.nearest(path).map(str::to_owned));
                diagnostic::dead_link(source, span, path, near.as_deref())
            }
            (Target::Name { name, .. }, Unresolved::Several) => {
                diagnostic::name_of_several(source, span, name)
            }
            (Target::Name { name, .. }, _) => self.unknown_name(source, span, name),
            (Target::File(path), Unresolved::Page) => diagnostic::page_beside(source, span, path),
            (Target::File(path), _) => {
                let path = bare(path);
                let file = targets::joined(&source.path, path).unwrap_or_default();
                let articles = &self.inputs.articles;
                if articles.binary_search_by(|other| (*other.path).cmp(&file)).is_ok() {
                    return diagnostic::not_shown(source, span, path);
                }
                let near = self.near(path, |hints| hints.near_file(path));
                diagnostic::no_file(source, span, path, near.as_deref())
            }
        }
    }

    /// A name in double brackets that no page has.
    fn unknown_name(&mut self, source: &Source, span: Span, name: &str) -> Diagnostic {
        let is_about = self.index.config.is_about(Section::Companies);
        if let Some(company) = companies::named(name).filter(|_| is_about) {
            return diagnostic::name_without_page(source, span, name, company.id);
        }
        let near = self.near(name, |hints| {
            let near = diagnostic::nearest(&name.to_lowercase(), hints.index.targets().names());
            near.map(str::to_owned)
        });
        diagnostic::name_of_nothing(source, span, name, near.as_deref())
    }

    /// Remembers what was found for a name; finds nothing any more once there were too many.
    fn near(&mut self, name: &str, find: impl FnOnce(&Self) -> Option<String>) -> Option<String> {
        if let Some(known) = self.near.get(name) {
            return known.clone();
        }
        let near = if self.near.len() < HINTS { find(self) } else { None };
        self.near.insert(name.to_owned(), near.clone());
        near
    }

    /// A file of nearly the same name, as a path that works from any text.
    fn near_file(&self, path: &str) -> Option<String> {
        let last = |path: &str| path.rsplit('/').next().unwrap_or(path).to_owned();
        let files = self.files.get_or_init(|| {
            let pages = self.index.targets().files();
            let pages = pages.map(|path| path.strip_prefix("content/").unwrap_or(path));
            let media = self.index.files.keys();
            let media = media.filter_map(|path| path.strip_prefix(targets::MEDIA));
            pages.chain(media).map(|path| (last(path), format!("@/{path}"))).collect()
        });
        let near = diagnostic::nearest(&last(path), files.iter().map(|(name, _)| name.as_str()))?;
        files.iter().find(|(name, _)| name == near).map(|(_, path)| path.clone())
    }
}

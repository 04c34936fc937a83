//! What the links of texts mean: the page or the file that a path or a name stands for.

use std::collections::{BTreeMap, HashMap};
use std::fmt::Write;

use percent_encoding::percent_decode_str;

use super::pages::{company_address, file_address, partnership_place};
use super::pictures::{Header, Shown};
use super::{Index, IndexedArticle};
use crate::model::{Picture, escape, slug};
use crate::parse::address::SITE_SCHEME;
use crate::parse::links::{Found, Link, Target};
use crate::parse::markdown::Rendered;
use crate::understand::companies::{self, Row};

/// Where files that lie beside texts are published.
pub const MEDIA: &str = "media/";

/// How wide a picture in a text is shown, for browsers that choose a file before they have laid out the page.
const IN_TEXT: &str = "(min-width: 48rem) 42rem, 92vw";

/// The file in the output folder for one below `content/`, by its path from the site's root.
#[must_use]
pub fn media_path(path: &str) -> String {
    format!("{MEDIA}{}", path.strip_prefix("content/").unwrap_or(path))
}

/// All that a link can mean.
#[derive(Clone, Debug)]
pub struct Targets {
    /// Pages by the Markdown file that they come from.
    files: BTreeMap<String, Page>,
    /// The paths of Markdown files, and of those beside them, by the last part of their name.
    paths: HashMap<String, Vec<String>>,
    /// Pages and files by the slug of a name.
    names: HashMap<String, Resolution>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Page {
    address: String,
    name: String,
}

#[derive(Clone, Debug)]
enum Resolution {
    Page(Page),
    /// The path of a file in the output folder.
    File(String),
    /// Several, of which nothing says which is meant.
    Several,
}

/// What a link means.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ResolvedLink {
    /// Its address, with the place on the page.
    address: String,
    /// What the page is called.
    name: String,
    /// The path in the output folder where it is a file.
    pub file: Option<String>,
}

/// Files beside texts that could run scripts as a page of the site would.
const PAGES: [&str; 9] = ["html", "htm", "xhtml", "xht", "shtml", "mht", "js", "mjs", "xml"];

/// Why a link means nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unresolved {
    /// There is nothing there.
    Nothing,
    /// A name that several pages have.
    Several,
    /// It may mean something on the web that Tearsheet does not know of.
    Unknown,
    /// A page from beside a text, which nobody has looked through.
    Page,
}

impl Targets {
    /// Looks through all pages.
    #[must_use]
    pub fn new(index: &Index) -> Self {
        let mut new = Self { files: BTreeMap::new(), paths: HashMap::new(), names: HashMap::new() };
        // What comes first has a name for itself: companies, then standing pages, then articles.
        let mut taken = HashMap::new();
        for (id, record) in &index.companies {
            let company = &record.company;
            let page = Page { address: company_address(id), name: company.name.clone() };
            let other = company.names.values().chain(&company.aliases).chain(&company.former_names);
            let names = std::iter::once(id).chain(std::iter::once(&company.name)).chain(other);
            let mut names: Vec<&str> = names.map(String::as_str).collect();
            // A company without a file of its own has the names of the built-in list.
            for name in companies::builtin(id).into_iter().flat_map(Row::names) {
                names.push(name);
            }
            new.page(&company.path, &page, names, &mut taken, 0);
        }
        for (address, record) in index.standing() {
            let page = Page { address, name: record.page.title.clone() };
            let names = [record.page.slug.as_str(), page.name.as_str()];
            new.page(&record.page.path, &page, names, &mut taken, 1);
        }
        for (id, relation) in &index.relations {
            let path = relation.note.as_ref().map_or("", |(note, _)| note.path.as_str());
            let page = Page { address: partnership_place(index, relation), name: id.clone() };
            new.page(path, &page, [id.as_str()], &mut taken, 2);
        }
        for entry in &index.articles {
            let article = entry.article();
            let page = Page { address: entry.address.clone(), name: entry.heading() };
            let stem = article.path.rsplit('/').next().unwrap_or_default();
            let stem = stem.rsplit_once('.').map_or(stem, |(stem, _)| stem);
            let names = [stem, &article.slug, article.title.as_deref().unwrap_or_default()];
            new.page(&article.path, &page, names, &mut taken, 3);
        }
        for path in index.files.keys().filter(|path| path.starts_with(MEDIA)) {
            let name = path.rsplit('/').next().unwrap_or(path);
            new.paths.entry(name.to_owned()).or_default().push(path.clone());
            match new.names.get(name) {
                None => drop(new.names.insert(name.to_owned(), Resolution::File(path.clone()))),
                Some(Resolution::File(_)) => {
                    new.names.insert(name.to_owned(), Resolution::Several);
                }
                Some(_) => {}
            }
        }
        new
    }

    fn page<'a>(
        &mut self,
        path: &str,
        page: &Page,
        names: impl IntoIterator<Item = &'a str>,
        taken: &mut HashMap<String, u8>,
        rank: u8,
    ) {
        if !path.is_empty() {
            self.files.insert(path.to_owned(), page.clone());
            let name = path.rsplit('/').next().unwrap_or(path);
            self.paths.entry(name.to_owned()).or_default().push(path.to_owned());
        }
        for key in names.into_iter().map(slug).filter(|key| !key.is_empty()) {
            let is_new = *taken.entry(key.clone()).or_insert(rank) == rank;
            let known = self.names.get(&key);
            let is_same = matches!(known, Some(Resolution::Page(other)) if other == page);
            if is_new && !is_same {
                let meaning = if known.is_some() {
                    Resolution::Several
                } else {
                    Resolution::Page(page.clone())
                };
                self.names.insert(key, meaning);
            }
        }
    }

    /// The names that links can have.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.names.keys().map(String::as_str)
    }

    /// The paths of Markdown files that links can lead to.
    pub fn files(&self) -> impl Iterator<Item = &str> {
        self.files.keys().map(String::as_str)
    }

    /// The addresses of pages, by their Markdown file.
    #[must_use]
    pub fn addresses(&self) -> BTreeMap<String, String> {
        self.files.iter().map(|(path, page)| (path.clone(), page.address.clone())).collect()
    }

    fn named(&self, name: &str) -> Result<ResolvedLink, Unresolved> {
        let (name, anchor) = name.split_once('#').map_or((name, None), |(n, a)| (n, Some(slug(a))));
        let (name, anchor) = (name.trim(), anchor.filter(|anchor| !anchor.is_empty()));
        if let Some((_, last)) = name.rsplit_once('/') {
            // Obsidian writes as much of the path as is needed to tell files apart.
            let of = |last: &str| self.paths.get(last).map_or(&[][..], Vec::as_slice);
            let ends = [format!("/{name}"), format!("/{name}.md")];
            let is_it = |path: &&String| ends.iter().any(|end| path.ends_with(end.as_str()));
            let with_ending = format!("{last}.md");
            let mut paths = of(last).iter().chain(of(&with_ending)).filter(is_it);
            return match (paths.next(), paths.next()) {
                (Some(path), None) => Ok(match self.files.get(path) {
                    Some(page) => page.meant(anchor.as_deref()),
                    None => file(path),
                }),
                (Some(_), Some(_)) => Err(Unresolved::Several),
                _ => self.named(last),
            };
        }
        let bare = name.strip_suffix(".md").unwrap_or(name);
        match self.names.get(name).or_else(|| self.names.get(&slug(bare))) {
            Some(Resolution::Page(page)) => Ok(page.meant(anchor.as_deref())),
            Some(Resolution::File(path)) => Ok(file(path)),
            Some(Resolution::Several) => Err(Unresolved::Several),
            None => Err(Unresolved::Nothing),
        }
    }
}

impl Page {
    fn meant(&self, anchor: Option<&str>) -> ResolvedLink {
        let anchor = anchor.map_or_else(String::new, |anchor| format!("#{anchor}"));
        ResolvedLink {
            address: format!("{}{anchor}", self.address),
            name: self.name.clone(),
            file: None,
        }
    }
}

fn file(path: &str) -> ResolvedLink {
    ResolvedLink {
        address: file_address(path),
        name: path.rsplit('/').next().unwrap_or(path).to_owned(),
        file: Some(path.to_owned()),
    }
}

/// What a link in the text of the file `from` means.
///
/// # Errors
/// Why it means nothing.
pub fn meant(index: &Index, from: &str, link: &Link) -> Result<ResolvedLink, Unresolved> {
    match &link.to {
        Target::Address(address) => {
            let path = address.split(['#', '?']).next().unwrap_or(address);
            let path = percent_decode_str(path.trim_start_matches('/')).decode_utf8_lossy();
            match index.files.get_key_value(&*path) {
                Some((path, _)) => Ok(ResolvedLink { address: address.clone(), ..file(path) }),
                None => Err(Unresolved::Unknown),
            }
        }
        Target::Name { name, .. } => index.targets().named(name),
        Target::File(written) => {
            let end = written.find(['#', '?']).unwrap_or(written.len());
            let (path, rest) = written.split_at(end);
            let path = percent_decode_str(path).decode_utf8_lossy();
            let lost = || {
                let is_page = path.ends_with(".md") || path.ends_with(".markdown");
                if is_page || link.is_image { Unresolved::Nothing } else { Unresolved::Unknown }
            };
            let path = joined(from, &path).ok_or_else(lost)?;
            if let Some(page) = index.targets().files.get(&path) {
                return Ok(page.meant(rest.strip_prefix('#')));
            }
            let published = match path.strip_prefix("static/") {
                Some(path) => path.to_owned(),
                None => media_path(&path),
            };
            let (published, _) = index.files.get_key_value(&published).ok_or_else(lost)?;
            let ending = published.rsplit_once('.').map_or("", |(_, end)| end).to_lowercase();
            if published.starts_with(MEDIA) && PAGES.contains(&&*ending) {
                return Err(Unresolved::Page);
            }
            let mut meant = file(published);
            meant.address.push_str(rest);
            Ok(meant)
        }
    }
}

/// The path from the site's root that a path in the text of a file means; none where it leads out.
#[must_use]
pub fn joined(from: &str, path: &str) -> Option<String> {
    let mut parts: Vec<&str> = match path.strip_prefix("@/") {
        Some(_) => vec!["content"],
        None => from.rsplit_once('/').map_or("", |(folder, _)| folder).split('/').collect(),
    };
    for part in path.strip_prefix("@/").unwrap_or(path).split('/') {
        match part {
            "" | "." => {}
            ".." => drop(parts.pop()?),
            part => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

/// The picture that stands for an article, where its rights allow that.
#[must_use]
pub fn picture<'a>(
    index: &'a Index,
    entry: &'a IndexedArticle,
) -> Option<(&'a Picture, Shown<'a>)> {
    let picture = entry.article().shown_picture()?;
    let link = entry.file.picture.as_ref()?;
    let path = meant(index, &entry.file.source.path, link).ok()?.file?;
    Some((picture, index.picture(&path)?))
}

/// Whether the text of an article shows that picture as well.
#[must_use]
pub fn text_shows(index: &Index, entry: &IndexedArticle, path: &str) -> bool {
    let mut images = entry.links.iter().filter(|link| link.is_image);
    let from = &entry.file.source.path;
    images.any(|link| meant(index, from, link).is_ok_and(|m| m.file.as_deref() == Some(path)))
}

/// Rendered Markdown from the file `from`, with an address in each link.
#[must_use]
pub fn html(index: &Index, from: &str, body: &Rendered) -> String {
    body.resolved(|link| found(index, from, link))
}

/// What stands in a page for a link from the file `from`.
fn found(index: &Index, from: &str, link: &Link) -> Option<Found> {
    let meant = match meant(index, from, link) {
        Ok(meant) => meant,
        Err(_) => match &link.to {
            Target::Address(address) => {
                ResolvedLink { address: address.clone(), ..ResolvedLink::default() }
            }
            _ => return None,
        },
    };
    let path = meant.file.as_ref().filter(|_| link.is_image);
    let picture = path.and_then(|path| index.picture(path));
    let is_shown = matches!(link.to, Target::Name { is_shown: true, .. }) && !link.is_image;
    Some(Found {
        address: format!("{SITE_SCHEME}{}", escape(&meant.address)),
        attributes: picture.map_or_else(String::new, |picture| attributes(&picture)),
        name: is_shown.then(|| escape(&meant.name)),
    })
}

/// How much room a picture takes, and the widths that a browser may choose from.
fn attributes(picture: &Shown<'_>) -> String {
    let Header { width, height, .. } = picture.header;
    let mut all = format!(" width=\"{width}\" height=\"{height}\"");
    let sizes = picture.sizes().into_iter();
    let sizes: Vec<String> = sizes
        .map(|size| format!("{SITE_SCHEME}{} {}w", escape(&size.address), size.width))
        .collect();
    if !sizes.is_empty() {
        let _ = write!(all, " srcset=\"{}\" sizes=\"{IN_TEXT}\"", sizes.join(", "));
    }
    all
}

/// What all links from the file `from` have become, for a page's fingerprint.
#[must_use]
pub fn meanings(index: &Index, from: &str, links: &[Link]) -> Vec<(String, String, String)> {
    let marked = links.iter().filter(|l| l.is_image || !matches!(l.to, Target::Address(_)));
    let found = marked.map(|link| found(index, from, link).unwrap_or_default());
    found.map(|f| (f.address, f.attributes, f.name.unwrap_or_default())).collect()
}

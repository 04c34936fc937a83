//! Where the posts and files of another site are now.

use std::collections::{BTreeMap, HashMap};

use percent_encoding::percent_decode_str;

use super::names::{anchor, ending, folder, joined, stem};
use super::{Post, PostKind, Program, Site};
use crate::model::slug;

/// Where everything of a site has gone.
#[derive(Debug)]
pub struct AddressMap<'a> {
    pub(super) site: &'a Site,
    /// The Markdown file of each post, as links from any text reach it.
    pub(super) posts: &'a BTreeMap<String, String>,
    /// The address of each file that is published as it is.
    pub(super) files: &'a BTreeMap<String, String>,
    /// What calls are in Markdown, by their name.
    pub(super) own: &'a BTreeMap<String, String>,
    /// Posts by the addresses that they had.
    pub(super) addresses: HashMap<String, &'a str>,
    /// Posts by the name of their file without its ending.
    pub(super) stems: HashMap<&'a str, &'a Post>,
}

/// What leads into the folder of texts, in our links.
const CONTENT: &str = "@/";

impl<'a> AddressMap<'a> {
    /// Notes where everything is; `posts` and `files` are by their names in the site, `own` what calls
    /// of templates mean.
    #[must_use]
    pub fn new(
        site: &'a Site,
        posts: &'a BTreeMap<String, String>,
        files: &'a BTreeMap<String, String>,
        own: &'a BTreeMap<String, String>,
    ) -> Self {
        let mut addresses = HashMap::new();
        for post in &site.posts {
            // WordPress finds a post by its number as well.
            let numbers = post.names.iter().filter(|_| site.program == Program::WordPress);
            for address in post.addresses.iter().chain(numbers) {
                addresses.entry(bare(address)).or_insert(post.name.as_str());
            }
        }
        let mut stems = HashMap::new();
        for post in &site.posts {
            let name =
                if post.is_bundle { folder(&post.name).trim_end_matches('/') } else { &post.name };
            stems.entry(stem_of(name)).or_insert(post);
        }
        Self { site, posts, files, own, addresses, stems }
    }

    /// The link to a post.
    #[must_use]
    pub fn post(&self, name: &str) -> String {
        self.posts.get(name).map_or_else(|| "#".to_owned(), |path| format!("{CONTENT}{path}"))
    }

    /// The link to a file that is published as it is.
    #[must_use]
    pub fn file(&self, name: &str) -> String {
        let known = self.files.get(name).cloned();
        encoded(&known.unwrap_or_else(|| format!("/{name}")))
    }

    /// What an address in the text of a post is now; none where it stays as it is.
    pub(super) fn resolved(&self, post: &Post, written: &str) -> Option<String> {
        let written = written.trim();
        let own = self.site.settings.base_url.as_deref();
        let (address, is_own) = if let Some(rest) = own.and_then(|base| inside(base, written)) {
            (rest, true)
        } else {
            let address = written.strip_prefix(HERE).unwrap_or(written);
            (own.and_then(|base| beneath(base, address)).unwrap_or(address), false)
        };
        let number = number(address).and_then(|number| self.addresses.get(&number));
        if let Some(name) = number {
            return Some(self.post(name));
        }
        let has_scheme = address.starts_with("//")
            || address.find([':', '/', '?', '#']).is_some_and(|at| address.as_bytes()[at] == b':');
        if address.is_empty() || address.starts_with(['#', '?']) || has_scheme {
            return None;
        }
        let end = address.find(['#', '?']).unwrap_or(address.len());
        let (path, rest) = address.split_at(end);
        let part = rest.find('#').map_or("", |at| &rest[at..]);
        let anchor = match self.site.program {
            // Obsidian names the words of the heading.
            Program::Obsidian if part.len() > 1 => {
                format!("#{}", anchor(&percent_decode_str(&part[1..]).decode_utf8_lossy()))
            }
            _ => part.to_owned(),
        };
        let path = percent_decode_str(path).decode_utf8_lossy().into_owned();
        let path = ["{static}", "{filename}", "{attach}", "{photo}", "|filename|", "|static|"]
            .iter()
            .find_map(|mark| path.strip_prefix(mark).map(str::to_owned))
            .unwrap_or(path);
        if let Some(found) = self.post_at(post, &path) {
            return Some(format!("{}{anchor}", self.post(found)));
        }
        if let Some(list) = self.list_at(&path) {
            return Some(list);
        }
        if let Some(file) = self.file_at(post, &path) {
            return Some(match Self::beside(post, &file) {
                Some(beside) => encoded(&beside),
                None => self.file(&file),
            });
        }
        // What cannot be found is not on the new site either.
        let base = own.filter(|_| !is_own && path.starts_with('/'));
        let is_old = base.is_some() && !self.site.files.has(path.trim_start_matches('/'));
        let here = || (address.len() < written.len() && !is_own).then(|| address.to_owned());
        base.filter(|_| is_old).map(|base| format!("{base}{address}")).or_else(here)
    }

    /// Our list for one of theirs: Pelican's `{tag}rust` or `{index}`, a section of Hugo or Zola. Where we have
    /// none it is the home page.
    pub(super) fn list_at(&self, path: &str) -> Option<String> {
        let home = || Some("/".to_owned());
        if stem_of(path).starts_with("_index") {
            return home();
        }
        let (kind, name) = path.strip_prefix(['{', '|'])?.split_once(['}', '|'])?;
        let is_tag = |post: &Post| post.tags.iter().any(|tag| slug(tag) == slug(name));
        match kind {
            "tag" | "category" if self.site.posts.iter().any(is_tag) => {
                Some(format!("/tags/{}/", slug(name)))
            }
            "index" | "tag" | "category" | "author" => home(),
            _ => None,
        }
    }

    /// The home page for a folder of posts, which Hugo has a list of.
    pub(super) fn section_at(&self, post: &Post, path: &str) -> Option<String> {
        let is_one = |root: String| {
            let folder = format!("{root}{}/", path.trim_matches('/'));
            self.site.posts.iter().any(|post| post.name.starts_with(&folder))
        };
        self.roots(post).into_iter().any(is_one).then(|| "/".to_owned())
    }

    /// The folders of texts: that of the post's language, that of the site, those of other languages.
    fn roots(&self, post: &Post) -> Vec<String> {
        let languages = self.site.settings.languages.values().flatten();
        let all = languages.map(|folder| format!("{folder}/"));
        let (own, others): (Vec<_>, Vec<_>) = all.partition(|root| post.name.starts_with(root));
        own.into_iter().chain([self.site.root()]).chain(others).collect()
    }

    /// What may be left out at the end of a path to a post: in its own language, in none, in any other.
    fn endings(&self, post: &Post) -> Vec<String> {
        let codes = self.site.settings.languages.keys().map(|code| format!(".{code}"));
        let is_own = |code: &String| stem(&post.name).ends_with(code);
        let (own, others): (Vec<_>, Vec<_>) = codes.partition(is_own);
        let mut all = vec![String::new()];
        for code in own.into_iter().chain([String::new()]).chain(others) {
            all.extend([".md", ".markdown"].map(|end| format!("{code}{end}")));
            all.push(format!("/index{code}.md"));
        }
        all
    }

    /// Whether an address is that of a file which has not come over.
    pub(super) fn is_left(&self, address: &str) -> bool {
        let address = address.trim();
        let known = || self.files.values().any(|own| encoded(own) == address);
        match self.site.program {
            Program::WordPress => {
                let base = self.site.settings.base_url.as_deref();
                base.is_some_and(|base| inside(base, address).is_some())
            }
            Program::Ghost => address.starts_with("/content/") && !known(),
            _ => false,
        }
    }

    /// The post that a path or an old address means.
    pub(super) fn post_at(&self, post: &Post, path: &str) -> Option<&'a str> {
        let roots = self.roots(post);
        let candidates = |path: &str| -> Vec<String> {
            let path = path.trim_start_matches("@/");
            let beside = joined(folder(&post.name), path).trim_start_matches('/').to_owned();
            let bare = path.trim_start_matches('/');
            let below = roots.iter().map(|root| format!("{root}{bare}"));
            match path.strip_prefix('/') {
                Some(path) => below.chain([path.to_owned()]).collect(),
                None => std::iter::once(beside).chain(below).collect(),
            }
        };
        let endings = self.endings(post);
        let find = |name: &String| {
            endings.iter().find_map(|end| {
                let name = format!("{name}{end}");
                self.posts.get_key_value(&name).map(|(name, _)| name.as_str())
            })
        };
        let is_file = is_text(path);
        let by_file = candidates(path).iter().find_map(find);
        let by_address = || {
            let own = post.addresses.first().map_or("/", String::as_str);
            let address =
                if path.starts_with('/') { path.to_owned() } else { joined(folder(own), path) };
            let found = self.addresses.get(&bare(&address)).copied();
            found.filter(|_| !path.is_empty())
        };
        let by_name = || {
            let found = self.stems.get(stem_of(path))?;
            (is_file && self.site.program != Program::Jekyll).then_some(found.name.as_str())
        };
        by_file.or_else(by_address).or_else(by_name)
    }

    /// The file that a path means: beside the post, below its address, or published as it is.
    pub(super) fn file_at(&self, post: &Post, path: &str) -> Option<String> {
        let files = &self.site.files;
        let root = self.site.root();
        let mut all = Vec::new();
        if let Some(path) = path.strip_prefix('/') {
            let folders = ["static/", "assets/", "", root.as_str()];
            all.extend(folders.iter().map(|folder| format!("{folder}{path}")));
        } else {
            let beside = |folder: &str| joined(folder, path).trim_start_matches('/').to_owned();
            all.push(beside(folder(&post.name)));
            let own = post.addresses.first().map_or("/", String::as_str);
            let served = beside(folder(own));
            all.extend(["static/", "", root.as_str()].map(|folder| format!("{folder}{served}")));
            all.push(format!("{root}{path}"));
            all.push(format!("static/{path}"));
            all.push(path.to_owned());
        }
        all.into_iter().find(|name| files.has(name) && !is_text(name))
    }

    /// The path of a file from the text that it lies beside.
    fn beside(post: &Post, file: &str) -> Option<String> {
        let own = folder(&post.name);
        let rest = file.strip_prefix(own).filter(|_| post.is_bundle && !own.is_empty())?;
        (post.form == PostKind::Article).then(|| rest.to_owned())
    }
}

/// What stands for the site's own address in an export of Ghost.
const HERE: &str = "__GHOST_URL__";

/// `/blog/a.png`, which is `/a.png` of a site at `https://example.org/blog`.
fn beneath<'a>(base: &str, address: &'a str) -> Option<&'a str> {
    let (_, place) = base.split_once("://")?;
    let folder = &place[place.find('/')?..];
    address.strip_prefix(folder).filter(|rest| rest.starts_with('/'))
}

/// `/?p=12`, as WordPress finds a post by its number.
fn number(address: &str) -> Option<String> {
    let asked = address.trim_start_matches('/').strip_prefix('?')?;
    let mut parts = asked.split(['&', '#']).filter_map(|part| part.split_once('='));
    let (_, number) = parts.find(|(key, _)| matches!(*key, "p" | "page_id" | "attachment_id"))?;
    Some(format!("?p={number}"))
}

/// An address of a site from its root, whichever of its names it is written with.
pub(super) fn inside<'a>(base: &str, address: &'a str) -> Option<&'a str> {
    fn bare(address: &str) -> Option<&str> {
        let schemes = ["https://", "http://", "//"];
        let rest = schemes.iter().find_map(|scheme| address.strip_prefix(scheme))?;
        Some(rest.strip_prefix("www.").unwrap_or(rest))
    }
    let rest = bare(address)?.strip_prefix(bare(base)?)?;
    if rest.is_empty() {
        return Some("/");
    }
    // `https://example.org?p=3` is as good an address.
    rest.starts_with(['/', '?', '#']).then_some(rest)
}

fn is_text(name: &str) -> bool {
    matches!(ending(name), "md" | "markdown")
}

/// A name without its folders, and without the ending of a text.
pub(super) fn stem_of(name: &str) -> &str {
    let last = name.trim_end_matches('/').rsplit('/').next().unwrap_or(name);
    if is_text(last) { stem(last) } else { last }
}

/// An address as it is looked up: decoded, without what may be there or not.
fn bare(address: &str) -> String {
    let decoded = percent_decode_str(address).decode_utf8_lossy();
    let bare = decoded.trim_matches('/');
    let bare = bare.strip_suffix("index.html").unwrap_or(bare).trim_end_matches('/');
    bare.strip_suffix(".html").unwrap_or(bare).to_owned()
}

/// A path as it can stand in a link.
fn encoded(path: &str) -> String {
    path.replace('%', "%25").replace(' ', "%20").replace('#', "%23").replace('?', "%3F")
}

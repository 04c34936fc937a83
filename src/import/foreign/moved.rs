//! Where the posts and files of another site are now.

use std::collections::{BTreeMap, HashMap};

use percent_encoding::percent_decode_str;

use super::{Form, Post, Program, Site, ending, folder, joined, stem};

/// Where everything of a site has gone.
#[derive(Debug)]
pub struct Moved<'a> {
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

impl<'a> Moved<'a> {
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
            for address in &post.addresses {
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
        let inside = own.and_then(|base| {
            let rest = written.strip_prefix(base)?;
            rest.starts_with('/').then_some(rest).or_else(|| rest.is_empty().then_some("/"))
        });
        let (address, is_own) = match inside {
            Some(rest) => (rest, true),
            None => (written, false),
        };
        let has_scheme = address.starts_with("//")
            || address.find([':', '/', '?', '#']).is_some_and(|at| address.as_bytes()[at] == b':');
        if address.is_empty() || address.starts_with(['#', '?']) || has_scheme {
            return None;
        }
        let end = address.find(['#', '?']).unwrap_or(address.len());
        let (path, rest) = address.split_at(end);
        let anchor = rest.find('#').map_or("", |at| &rest[at..]);
        let path = percent_decode_str(path).decode_utf8_lossy().into_owned();
        let path = ["{static}", "{filename}", "{attach}", "{photo}", "|filename|", "|static|"]
            .iter()
            .find_map(|mark| path.strip_prefix(mark).map(str::to_owned))
            .unwrap_or(path);
        if let Some(found) = self.post_at(post, &path) {
            return Some(format!("{}{anchor}", self.post(found)));
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
        base.filter(|_| is_old).map(|base| format!("{base}{address}"))
    }

    /// The post that a path or an old address means.
    pub(super) fn post_at(&self, post: &Post, path: &str) -> Option<&'a str> {
        let root = self.site.root();
        let candidates = |path: &str| -> Vec<String> {
            let path = path.trim_start_matches("@/");
            let mut all = Vec::new();
            if path.starts_with('/') {
                all.push(format!("{root}{}", path.trim_start_matches('/')));
                all.push(path.trim_start_matches('/').to_owned());
            } else {
                all.push(joined(folder(&post.name), path).trim_start_matches('/').to_owned());
                all.push(format!("{root}{path}"));
            }
            all
        };
        let find = |name: &String| {
            let endings = ["", ".md", ".markdown", "/index.md"];
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
        (post.form == Form::Article).then(|| rest.to_owned())
    }
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

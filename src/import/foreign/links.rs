//! Where the posts and files of another site are now, and texts whose links say so.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use percent_encoding::percent_decode_str;

use super::calls::{self, Around, Unread, destination};
use super::{Form, Post, Program, Site, ending, folder, is_html, joined, stem, vault};
use crate::import::html;
use crate::parse::markdown;

/// What could not be brought over, by kind, with how often it was met.
#[derive(Clone, Debug, Default)]
pub struct Told {
    /// Calls that are shown as code.
    pub calls: Unread,
    /// Parts of other sites that are links now.
    pub embeds: Unread,
}

impl Told {
    /// Adds what another text had.
    pub fn add(&mut self, other: Self) {
        for (kind, count) in other.calls {
            *self.calls.entry(kind).or_default() += count;
        }
        for (kind, count) in other.embeds {
            *self.embeds.entry(kind).or_default() += count;
        }
    }
}

/// Where everything of a site has gone.
#[derive(Debug)]
pub struct Moved<'a> {
    site: &'a Site,
    /// The Markdown file of each post, as links from any text reach it.
    posts: &'a BTreeMap<String, String>,
    /// The address of each file that is published as it is.
    files: &'a BTreeMap<String, String>,
    /// What calls are in Markdown, by their name.
    own: &'a BTreeMap<String, String>,
    /// Posts by the addresses that they had.
    addresses: HashMap<String, &'a str>,
    /// Posts by the name of their file without its ending.
    stems: HashMap<&'a str, &'a Post>,
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
    fn resolved(&self, post: &Post, written: &str) -> Option<String> {
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
    fn post_at(&self, post: &Post, path: &str) -> Option<&'a str> {
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
    fn file_at(&self, post: &Post, path: &str) -> Option<String> {
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
fn stem_of(name: &str) -> &str {
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

/// The text of a post as it reads on our site.
#[must_use]
pub fn text(moved: &Moved<'_>, post: &Post) -> (String, Told) {
    let mut told = Told::default();
    let here = Here { moved, post };
    let body = match moved.site.program {
        Program::Obsidian => vault::plain(moved.site, post, &post.body, moved),
        program => calls::plain(&post.body, program, &here, &mut told.calls),
    };
    let body = if is_html(&post.name) { html::text(&body) } else { body };
    let body = linked(moved, post, &body);
    (without_embeds(&body, &mut told.embeds), told)
}

/// A text with its links and pictures where they are now.
fn linked(moved: &Moved<'_>, post: &Post, body: &str) -> String {
    let mut out = String::with_capacity(body.len());
    let mut at = 0;
    for written in markdown::written(body) {
        let Some(new) = moved.resolved(post, &written.address) else { continue };
        out.push_str(&body[at..written.span.start]);
        let is_wrapped = body[..written.span.start].ends_with(['<', '"', '\'']);
        out.push_str(&if is_wrapped { new } else { destination(&new) });
        at = written.span.end;
    }
    out.push_str(&body[at..]);
    out
}

/// The files that the texts of a site show or link to.
#[must_use]
pub fn used(moved: &Moved<'_>, site: &Site) -> BTreeSet<String> {
    let of_post = |post: &Post| {
        let written = markdown::written(&post.body).into_iter();
        written.filter_map(|written| moved.file_at(post, &written.address)).collect::<Vec<_>>()
    };
    site.posts.iter().flat_map(of_post).collect()
}

/// Elements that show a part of another site, which no page of ours does: a link stays.
const EMBEDS: [&str; 6] = ["iframe", "video", "audio", "object", "embed", "script"];

fn without_embeds(body: &str, told: &mut Unread) -> String {
    if !body.contains('<') {
        return body.to_owned();
    }
    let code = markdown::code(body);
    let mut out = String::with_capacity(body.len());
    let mut at = 0;
    while let Some(start) = body[at..].find('<').map(|found| at + found) {
        out.push_str(&body[at..start]);
        let rest = &body[start..];
        let name = EMBEDS.iter().find(|name| {
            let is_it =
                rest.get(1..=name.len()).is_some_and(|word| word.eq_ignore_ascii_case(name));
            is_it
                && rest[name.len() + 1..]
                    .starts_with(|c: char| c.is_whitespace() || matches!(c, '>' | '/'))
        });
        let Some(name) = name.filter(|_| !code.iter().any(|span| span.contains(&start))) else {
            out.push('<');
            at = start + 1;
            continue;
        };
        let open = rest.find('>').map_or(rest.len(), |end| end + 1);
        let close = format!("</{name}>");
        let lower = rest.to_ascii_lowercase();
        let end = lower.find(&close).map(|end| end + close.len());
        let end = end.filter(|_| *name != "embed").unwrap_or(open);
        let inner = &rest[..end];
        let address =
            ["src", "data-src", "data", "href"].iter().find_map(|key| attribute(inner, key));
        let address = address.map(|address| match address.strip_prefix("//") {
            Some(rest) => format!("https://{rest}"),
            None => address,
        });
        match address.filter(|address| *name != "script" || address.contains("gist.github.com")) {
            Some(address) => {
                *told.entry((*name).to_owned()).or_default() += 1;
                out.push_str(&link(&address));
            }
            // A script that shows nothing of its own.
            None if *name == "script" => {}
            None => out.push_str(inner),
        }
        at = start + end;
    }
    out.push_str(&body[at..]);
    out
}

/// A link to what was shown, by an address that a person can open.
fn link(address: &str) -> String {
    let video = ["youtube.com/embed/", "youtube-nocookie.com/embed/"]
        .iter()
        .find_map(|place| Some(address.split_once(place)?.1));
    let address = match video {
        Some(id) => {
            let id = id.split(['?', '&', '/']).next().unwrap_or(id);
            format!("https://www.youtube.com/watch?v={id}")
        }
        None => match address.split_once("player.vimeo.com/video/") {
            Some((_, id)) => format!("https://vimeo.com/{}", id.split('?').next().unwrap_or(id)),
            None => address.replace("&amp;", "&"),
        },
    };
    let address =
        address.strip_suffix(".js").filter(|a| a.contains("gist.github")).unwrap_or(&address);
    if address.starts_with("http") {
        format!("<{}>", address.replace(' ', "%20"))
    } else {
        let name = address.rsplit('/').next().unwrap_or(address);
        format!("[{}]({})", calls::bracketed(name), destination(address))
    }
}

/// The value of an attribute in a piece of HTML.
fn attribute(html: &str, key: &str) -> Option<String> {
    html.match_indices(key).find_map(|(at, _)| {
        let is_name = html[..at].ends_with(char::is_whitespace);
        let value = html[at + key.len()..].trim_start().strip_prefix('=')?.trim_start();
        let mark = value.chars().next().filter(|c| matches!(c, '"' | '\''))?;
        let (value, _) = value[1..].split_once(mark)?;
        (is_name && !value.is_empty()).then(|| value.trim().to_owned())
    })
}

/// A post and what is around it.
struct Here<'a, 'b> {
    moved: &'a Moved<'b>,
    post: &'a Post,
}

impl Around for Here<'_, '_> {
    fn reference(&self, name: &str, is_post: bool) -> Option<(String, String)> {
        let (path, anchor) =
            name.split_once('#').map_or((name, ""), |(path, anchor)| (path, anchor));
        let anchor = if anchor.is_empty() { String::new() } else { format!("#{anchor}") };
        let moved = self.moved;
        if path.is_empty() {
            return Some((anchor, self.post.title.clone().unwrap_or_default()));
        }
        if is_post {
            let wanted = path.trim_matches('/');
            let is_it = |post: &&Post| {
                let (bare, _) = post.name.rsplit_once('.').unwrap_or((&post.name, ""));
                bare.ends_with(&format!("_posts/{wanted}"))
                    || stem(&post.name) == wanted
                    || bare.ends_with(&format!("/{wanted}"))
            };
            let post = moved.site.posts.iter().find(is_it)?;
            return Some((moved.post(&post.name), post.title.clone().unwrap_or_default()));
        }
        let jekyll = format!("/{}", path.trim_start_matches('/'));
        let path = if moved.site.program == Program::Jekyll { &jekyll } else { path };
        let found = moved
            .post_at(self.post, path)
            .or_else(|| moved.stems.get(stem_of(path)).map(|post| post.name.as_str()));
        if let Some(name) = found {
            let post = moved.site.posts.iter().find(|post| post.name == name)?;
            let title = post.title.clone().unwrap_or_else(|| stem(name).to_owned());
            return Some((format!("{}{anchor}", moved.post(name)), title));
        }
        let file = moved.file_at(self.post, path)?;
        Some((moved.file(&file), file.rsplit('/').next().unwrap_or(&file).to_owned()))
    }

    fn variable(&self, name: &str) -> Option<String> {
        let settings = &self.moved.site.settings;
        match name {
            "site.baseurl" | "site.url" | "base_url" | "baseurl" | "root_url" => {
                Some(String::new())
            }
            "page.title" | "title" => self.post.title.clone(),
            name => match name.split_once('.') {
                Some(("site", rest)) => settings.text(&rest.split('.').collect::<Vec<_>>()),
                Some(("page", rest)) => self.field(rest),
                _ => self.field(name).or_else(|| settings.text(&["params", name])),
            },
        }
    }

    fn own(&self, name: &str) -> Option<&str> {
        self.moved.own.get(name).map(String::as_str)
    }
}

impl Here<'_, '_> {
    fn field(&self, name: &str) -> Option<String> {
        match self.post.extra.get(name)? {
            serde_json::Value::String(text) => Some(text.clone()),
            serde_json::Value::Number(number) => Some(number.to_string()),
            _ => None,
        }
    }
}

/// A text that nothing is known around.
pub(super) struct Nowhere;

impl Around for Nowhere {
    fn reference(&self, _: &str, _: bool) -> Option<(String, String)> {
        None
    }

    fn variable(&self, name: &str) -> Option<String> {
        matches!(name, "site.baseurl" | "site.url").then(String::new)
    }

    fn own(&self, _: &str) -> Option<&str> {
        None
    }
}

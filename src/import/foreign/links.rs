//! Texts of another site with links that lead to where its posts and files are now.

use std::collections::BTreeSet;

use super::calls::{self, Around, Unread, destination};
use super::moved::{Moved, stem_of};
use super::{Post, Program, Site, is_html, stem, vault};
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

//! Texts of another site with links that lead to where its posts and files are now.

use std::collections::BTreeSet;

use super::address_map::{AddressMap, stem_of};
use super::calls::{self, SiteContext, UnknownCalls};
use super::embeds::{without_embeds, without_frames};
use super::files::is_html;
use super::names::stem;
use super::pictures::with_sources;
use super::pieces::destination;
use super::{Post, Program, Site, ghost, vault, wordpress};
use crate::import::html;
use crate::parse::markdown;

/// What could not be brought over, by kind, with how often it was met.
#[derive(Clone, Debug, Default)]
pub struct Dropped {
    /// Calls that are shown as code.
    pub calls: UnknownCalls,
    /// Parts of other sites that are links now.
    pub embeds: UnknownCalls,
    /// How many pictures are still shown from where the site was.
    pub pictures: usize,
}

impl Dropped {
    /// Adds what another text had.
    pub fn add(&mut self, other: Self) {
        for (kind, count) in other.calls {
            *self.calls.entry(kind).or_default() += count;
        }
        for (kind, count) in other.embeds {
            *self.embeds.entry(kind).or_default() += count;
        }
        self.pictures += other.pictures;
    }
}

/// The text of a post as it reads on our site.
///
/// # Errors
/// It is too large to be read.
pub fn text(moved: &AddressMap<'_>, post: &Post) -> Result<(String, Dropped), String> {
    let mut told = Dropped::default();
    let here = PostContext { moved, post };
    let body = match moved.site.program {
        Program::Obsidian => vault::plain(moved.site, post, &post.body, moved),
        Program::WordPress => wordpress::markdown(
            &moved.site.library,
            post,
            &here,
            &mut told.calls,
            &mut told.embeds,
        )?,
        Program::Ghost => ghost::markdown(post, &mut told.calls, &mut told.embeds)?,
        program => calls::plain(&post.body, program, &here, &mut told.calls),
    };
    let body = if is_html(&post.name) {
        html::text(&without_frames(&body, &mut told.embeds))?
    } else {
        body
    };
    let body = linked(moved, post, &with_sources(&body), &mut told.pictures);
    Ok((without_embeds(&body, &mut told.embeds), told))
}

/// A text with its links and pictures where they are now.
fn linked(moved: &AddressMap<'_>, post: &Post, body: &str, left: &mut usize) -> String {
    let mut out = String::with_capacity(body.len());
    let mut at = 0;
    for written in markdown::written(body) {
        let new = moved.resolved(post, &written.address);
        let is_left = moved.is_left(new.as_ref().unwrap_or(&written.address));
        *left += usize::from(written.is_image && is_left);
        let Some(new) = new else { continue };
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
pub fn used(moved: &AddressMap<'_>, site: &Site) -> BTreeSet<String> {
    let of_post = |post: &Post| {
        let written = markdown::written(&post.body).into_iter();
        written.filter_map(|written| moved.file_at(post, &written.address)).collect::<Vec<_>>()
    };
    site.posts.iter().flat_map(of_post).collect()
}

/// A post and what is around it.
struct PostContext<'a, 'b> {
    moved: &'a AddressMap<'b>,
    post: &'a Post,
}

impl SiteContext for PostContext<'_, '_> {
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
                // A folder of categories is named without the one that posts lie in.
                let by_category = bare.replacen("_posts/", "", 1);
                stem(&post.name) == wanted
                    || by_category == wanted
                    || [bare, &by_category].iter().any(|path| path.ends_with(&format!("/{wanted}")))
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
        let Some(file) = moved.file_at(self.post, path) else {
            let section = path.trim_matches('/').rsplit('/').next().unwrap_or(path).to_owned();
            return moved
                .list_at(path)
                .or_else(|| moved.section_at(self.post, path))
                .map(|list| (list, section));
        };
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

impl PostContext<'_, '_> {
    fn field(&self, name: &str) -> Option<String> {
        match self.post.extra.get(name)? {
            serde_json::Value::String(text) => Some(text.clone()),
            serde_json::Value::Number(number) => Some(number.to_string()),
            _ => None,
        }
    }
}

/// A text that nothing is known around.
pub(super) struct NoContext;

impl SiteContext for NoContext {
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

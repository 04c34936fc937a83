//! Exports of Ghost: tables of posts, people and tags in one file of JSON.

mod body;
mod cards;
mod lexical;
mod mobiledoc;

use std::collections::BTreeMap;

use serde_json::{Map, Value as Json, json};

pub(super) use body::markdown;

use super::front::Front;
use super::names::rooted;
use super::pieces::{bracketed, destination};
use super::{Post, PostKind, Program, Settings, Site};
use crate::import::feed::plain;
use crate::model::{PartialDate, slug};

/// Fields in which the text of a post stands, the one that is made of the others first.
const TEXTS: [&str; 4] = ["html", "lexical", "mobiledoc", "markdown"];

/// The tables of an export.
struct Tables<'a>(&'a Map<String, Json>);

impl<'a> Tables<'a> {
    fn rows(&self, name: &str) -> &'a [Json] {
        self.0.get(name).and_then(Json::as_array).map_or(&[], Vec::as_slice)
    }

    /// The rows of a table by their ids.
    fn by_id(&self, name: &str) -> BTreeMap<String, &'a Json> {
        self.rows(name).iter().filter_map(|row| Some((id(row, "id")?, row))).collect()
    }

    /// What belongs to each post, in its order: `posts_tags` with the field `tag_id` and the table `tags`.
    fn joined(&self, links: &str, field: &str, table: &str) -> BTreeMap<String, Vec<&'a Json>> {
        let rows = self.by_id(table);
        let mut all: BTreeMap<String, Vec<(i64, &Json)>> = BTreeMap::new();
        for link in self.rows(links) {
            let order = link.get("sort_order").and_then(Json::as_i64).unwrap_or_default();
            let row = id(link, field).and_then(|id| rows.get(&id));
            if let (Some(post), Some(row)) = (id(link, "post_id"), row) {
                all.entry(post).or_default().push((order, row));
            }
        }
        let sorted = all.into_iter().map(|(post, mut rows)| {
            rows.sort_by_key(|(order, _)| *order);
            (post, rows.into_iter().map(|(_, row)| row).collect())
        });
        sorted.collect()
    }
}

/// An id, which is a number in old exports.
fn id(row: &Json, field: &str) -> Option<String> {
    match row.get(field)? {
        Json::String(text) => Some(text.clone()),
        Json::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

fn text<'a>(row: &'a Json, field: &str) -> Option<&'a str> {
    row.get(field)?.as_str().map(str::trim).filter(|text| !text.is_empty())
}

/// Whether a field is `true`, or `1` as some databases have it.
fn is(row: &Json, field: &str) -> bool {
    row.get(field).is_some_and(|value| *value == json!(true) || *value == json!(1))
}

/// Reads an export.
///
/// # Errors
/// It is JSON of another sort.
pub(super) fn site(json: &Json) -> Result<Site, String> {
    let data = json.pointer("/db/0/data").or_else(|| json.get("data")).and_then(Json::as_object);
    let Some(tables) = data.filter(|data| data.contains_key("posts")).map(Tables) else {
        return Err(
            "it is no export of Ghost: no `posts` are below `db[0].data`; the export is what \
                    Settings, Migration tools, Export gives"
                .to_owned(),
        );
    };
    let setting = |keys: &[&str]| {
        let is_it = |row: &&Json| keys.iter().any(|key| text(row, "key") == Some(key));
        tables.rows("settings").iter().find(is_it).and_then(|row| text(row, "value"))
    };
    let language = setting(&["locale", "lang", "default_locale", "defaultLang"]);
    let mut site = Site::empty(Program::Ghost, Settings::told(None, language));
    let joined = Joined::of(&tables);
    for row in tables.rows("posts") {
        let post = post(&mut site, &joined, row);
        site.posts.push(post);
    }
    site.tell_apart();
    for (table, what, why) in [
        ("members", "members", "they are not brought over"),
        ("comments", "comments", "they are not brought over"),
    ] {
        let count = tables.rows(table).len();
        if count > 0 {
            site.remarks.insert((what, why), count);
        }
    }
    Ok(site)
}

/// What belongs to posts, by their ids.
struct Joined<'a> {
    tags: BTreeMap<String, Vec<&'a Json>>,
    authors: BTreeMap<String, Vec<&'a Json>>,
    users: BTreeMap<String, &'a Json>,
    meta: BTreeMap<String, &'a Json>,
}

impl<'a> Joined<'a> {
    fn of(tables: &Tables<'a>) -> Self {
        let meta = tables.rows("posts_meta").iter();
        Self {
            tags: tables.joined("posts_tags", "tag_id", "tags"),
            authors: tables.joined("posts_authors", "author_id", "users"),
            users: tables.by_id("users"),
            meta: meta.filter_map(|row| Some((id(row, "post_id")?, row))).collect(),
        }
    }
}

fn post(site: &mut Site, joined: &Joined<'_>, row: &Json) -> Post {
    let own = id(row, "id").unwrap_or_else(|| format!("number {}", site.posts.len()));
    let mut front = Front::default();
    let mut set = |key: &str, value: Option<Json>| {
        if let Some(value) = value {
            front.add(key, &value);
        }
    };
    let none = Json::Null;
    let meta = joined.meta.get(&own).copied().unwrap_or(&none);
    set("title", text(row, "title").map(Json::from));
    set("date", day(row, "published_at"));
    let summary = text(row, "custom_excerpt");
    let summary = summary.or_else(|| text(meta, "meta_description"));
    let summary = summary.or_else(|| text(row, "meta_description"));
    set("summary", summary.map(Json::from));
    let names =
        |rows: &[&Json]| -> Json { rows.iter().filter_map(|row| text(row, "name")).collect() };
    let authors = joined.authors.get(&own).cloned().unwrap_or_else(|| {
        // Before posts could have several.
        id(row, "author_id").and_then(|id| joined.users.get(&id).copied()).into_iter().collect()
    });
    set("authors", Some(names(&authors)));
    // What begins with a hash is for templates only.
    let tags = joined.tags.get(&own).cloned().unwrap_or_default();
    let is_inner = |row: &&Json| text(row, "name").is_some_and(|name| name.starts_with('#'));
    let (inner, tags): (Vec<&Json>, Vec<&Json>) = tags.into_iter().partition(|row| is_inner(row));
    set("tags", Some(names(&tags)));
    let is_draft = is_draft(site, row);
    set("draft", Some(json!(is_draft.to_string())));
    set("lang", text(row, "locale").map(Json::from));
    let kind = TEXTS.iter().find(|field| text(row, field).is_some()).copied().unwrap_or("html");
    // Old sites counted their posts, which others do as well.
    let name = text(row, "uuid").unwrap_or(&own);
    let mut post = Post::read(Program::Ghost, name, front, text(row, kind).unwrap_or_default());
    post.names = vec![kind.to_owned()];
    let is_page = text(row, "type") == Some("page") || is(row, "page");
    post.form = if is_page { PostKind::Page } else { PostKind::Article };
    post.slug = slug(text(row, "slug").unwrap_or_default());
    post.guid = Some(own);
    post.picture = picture(row, meta);
    if !inner.is_empty() {
        post.extra.insert("internal_tags".to_owned(), names(&inner));
    }
    for field in ["canonical_url", "codeinjection_head", "codeinjection_foot"] {
        if let Some(value) = text(row, field) {
            post.extra.insert(field.to_owned(), value.into());
        }
    }
    if let (Some(called), false) = (text(row, "slug"), day(row, "published_at").is_none()) {
        post.addresses.push(rooted(&format!("/{called}/")));
    }
    post
}

/// The picture above a post, in Markdown.
fn picture(row: &Json, meta: &Json) -> Option<String> {
    let address = text(row, "feature_image").or_else(|| text(row, "image"))?;
    let alt = bracketed(text(meta, "feature_image_alt").unwrap_or_default());
    let said = text(meta, "feature_image_caption").and_then(plain::line);
    let said = said.map(|said| format!(" \"{}\"", said.replace('\\', "\\\\").replace('"', "\\\"")));
    Some(format!("![{alt}]({}{})", destination(address), said.unwrap_or_default()))
}

/// The day of a moment; old exports have milliseconds.
fn day(row: &Json, field: &str) -> Option<Json> {
    if let Some(written) = text(row, field) {
        return Some(written.into());
    }
    let days = i32::try_from(row.get(field)?.as_i64()? / 86_400_000).ok()?;
    let day = PartialDate::day(1970, 1, 1)?.plus_days(days)?;
    Some(day.iso().into())
}

/// Whether not everybody may read a post.
fn is_draft(site: &mut Site, row: &Json) -> bool {
    let status = text(row, "status").unwrap_or("published");
    if status == "sent" {
        site.remark("posts that were only sent by mail", "they are drafts here");
    }
    let is_public = matches!(text(row, "visibility"), None | Some("public"));
    if !is_public {
        let why = "they are drafts here, as anybody could read them";
        site.remark("posts for members", why);
    }
    !matches!(status, "published" | "scheduled") || !is_public
}

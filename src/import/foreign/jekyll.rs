//! Posts, drafts, pages and collections of Jekyll, and where it put them.

use super::names::language_of_name;
use serde_json::Value as Json;

use super::files::is_html;
use super::front::{self, Front};
use super::hugo::day_part;
use super::names::{aliases, day_of_name, ending, folder, rooted, stem};
use super::{Post, PostKind, Program, Site};
use crate::model::{PartialDate, slug};

/// Folders of templates and data.
const OWN: [&str; 6] = ["_includes", "_layouts", "_sass", "_data", "_plugins", "_site"];

/// Reads a post, a draft, a page or a part of a collection.
///
/// # Errors
/// Why a file is none; nothing where it never is one.
pub(super) fn post(site: &Site, name: &str) -> Result<Post, &'static str> {
    let parts: Vec<&str> = name.split('/').collect();
    let folders = &parts[..parts.len() - 1];
    if folders.iter().any(|part| OWN.contains(part) || part.starts_with('.'))
        || is_excluded(site, name)
    {
        return Err("");
    }
    let (front, body) = front::split(site.files.text(name).unwrap_or_default());
    let at = folders.iter().position(|part| matches!(*part, "_posts" | "_drafts"));
    let collection = folders.first().and_then(|first| first.strip_prefix('_'));
    let kind = match (at, collection) {
        (Some(at), _) if folders[at] == "_drafts" => Kind::Draft(at),
        (Some(at), _) => Kind::Post(at),
        (None, Some(name)) if site.settings.value(&["collections", name]).is_some() => {
            Kind::Part(name.to_owned())
        }
        (None, Some(_)) => return Err(""),
        (None, None) => Kind::Page,
    };
    let Some(mut front) = front.or_else(|| (kind != Kind::Page).then(Front::default)) else {
        return Err("");
    };
    if kind == Kind::Page && is_html(name) {
        return Err("it is a template of a page");
    }
    for (key, value) in defaults(site, name, &kind) {
        front.add(&key, &value);
    }
    let dated = day_of_name(stem(name)).filter(|(_, rest)| !rest.is_empty());
    let bare = dated.map_or(stem(name), |(_, rest)| rest);
    let date = front.clone().date(&["date"]).or(dated.map(|(day, _)| day));
    let categories = categories(&front, folders, at);
    let own = front.text(&["slug"]);
    let permalink = front.text(&["permalink"]);
    let values = Values { name, bare, own: own.as_deref(), date, categories: &categories };
    let mut all = address(site, &kind, permalink.as_deref(), &values);
    // The day in addresses is that of the machine that made the site: the author's, or one in UTC.
    if let Some(day) = front.utc_day("date").filter(|day| Some(*day) != date) {
        let values = Values { date: Some(day), ..values };
        all.extend(address(site, &kind, permalink.as_deref(), &values));
    }
    let others = aliases(&mut front, &["redirect_from", "aliases", "alias"], "", "");
    let mut post = Post::read(Program::Jekyll, name, front, body);
    post.date = date.filter(|_| kind != Kind::Page).or(post.date);
    post.tags.extend(folders.iter().take(at.unwrap_or(0)).map(|part| (*part).to_owned()));
    post.slug = own.map(|text| slug(&text)).filter(|s| !s.is_empty()).unwrap_or_else(|| slug(bare));
    if matches!(kind, Kind::Post(_) | Kind::Draft(_)) && post.title.is_none() {
        post.head();
        // Jekyll makes a title of the name.
        post.title.get_or_insert_with(|| titled(bare));
    }
    post.draft |= matches!(kind, Kind::Draft(_));
    if matches!(kind, Kind::Post(_)) && dated.is_none() {
        post.draft = true;
    }
    if kind == Kind::Page {
        if matches!(bare, "404" | "index") && folders.is_empty() {
            return Err("it is a page that the site has itself");
        }
        post.head();
        post.form = PostKind::Page;
        if post.slug == "index" {
            post.slug = slug(folders.last().unwrap_or(&"page"));
        }
    }
    if let Some((bare, lang)) = language_of_name(name) {
        post.group = format!("{}{bare}", folder(name));
        post.lang = post.lang.or(Some(lang));
    }
    post.addresses.extend(all);
    post.addresses.extend(others);
    Ok(post)
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Kind {
    /// With the place of its folder among those of its path.
    Post(usize),
    Draft(usize),
    Page,
    /// Of the collection of this name.
    Part(String),
}

impl Kind {
    fn id(&self) -> &str {
        match self {
            Self::Post(_) => "posts",
            Self::Draft(_) => "drafts",
            Self::Page => "pages",
            Self::Part(name) => name,
        }
    }
}

fn is_excluded(site: &Site, name: &str) -> bool {
    let listed = site.settings.value(&["exclude"]).and_then(Json::as_array);
    let own = ["vendor", "node_modules", "README.md", "LICENSE.md", "CONTRIBUTING.md"];
    let mut all = listed.into_iter().flatten().filter_map(Json::as_str).chain(own);
    all.any(|part| {
        let part = part.trim_matches('/');
        name == part || name.starts_with(&format!("{part}/"))
    })
}

/// What the settings say of all posts in a folder or of a kind, the narrowest last.
fn defaults(site: &Site, name: &str, kind: &Kind) -> Vec<(String, Json)> {
    let all = site.settings.value(&["defaults"]).and_then(Json::as_array);
    let mut found: Vec<(String, Json)> = Vec::new();
    for group in all.into_iter().flatten() {
        let scope = |key: &str| group.get("scope")?.get(key)?.as_str();
        let path = scope("path").unwrap_or_default().trim_matches('/');
        let fits = scope("type").is_none_or(|id| id == kind.id());
        if fits && (path.is_empty() || name.starts_with(path)) {
            let values = group.get("values").and_then(Json::as_object);
            found.extend(
                values.into_iter().flatten().map(|(key, value)| (key.clone(), value.clone())),
            );
        }
    }
    let taken = ["permalink", "category", "categories", "tags", "author", "lang", "published"];
    found.retain(|(key, _)| taken.contains(&key.as_str()));
    found.reverse();
    found
}

/// The categories, which are parts of addresses: folders first, then those of the front matter.
fn categories(front: &Front, folders: &[&str], at: Option<usize>) -> Vec<String> {
    let mut front = front.clone();
    let mut all: Vec<String> =
        folders.iter().take(at.unwrap_or(0)).map(|part| (*part).to_owned()).collect();
    all.extend(front.list(&["category"], front::whole));
    all.extend(front.list(&["categories"], front::by_spaces));
    let mut seen: Vec<String> = Vec::new();
    for one in all {
        let small = one.to_lowercase();
        if !seen.contains(&small) {
            seen.push(small);
        }
    }
    seen
}

struct Values<'a> {
    name: &'a str,
    bare: &'a str,
    own: Option<&'a str>,
    date: Option<PartialDate>,
    categories: &'a [String],
}

fn address(site: &Site, kind: &Kind, own: Option<&str>, values: &Values<'_>) -> Vec<String> {
    let style = site.settings.text(&["permalink"]).unwrap_or_else(|| "date".to_owned());
    let is_pretty = style == "pretty" || style.ends_with('/');
    let collection = || site.settings.text(&["collections", kind.id(), "permalink"]);
    let form = match kind {
        _ if own.is_some() => own.unwrap_or_default().to_owned(),
        Kind::Draft(_) => return Vec::new(),
        Kind::Post(_) => collection().unwrap_or(style),
        Kind::Part(_) => collection().unwrap_or_else(|| {
            (if is_pretty { "/:collection/:path/" } else { "/:collection/:path:output_ext" })
                .to_owned()
        }),
        Kind::Page => {
            let up = folder(values.name);
            let name = stem(values.name);
            let address = match (name, is_pretty) {
                ("index", _) => format!("/{up}"),
                (name, true) => format!("/{up}{name}/"),
                (name, false) => format!("/{up}{name}.html"),
            };
            return vec![rooted(&address)];
        }
    };
    let form = match form.as_str() {
        "date" => "/:categories/:year/:month/:day/:title:output_ext",
        "pretty" => "/:categories/:year/:month/:day/:title/",
        "ordinal" => "/:categories/:year/:y_day/:title:output_ext",
        "weekdate" => "/:categories/:year/W:week/:short_day/:title:output_ext",
        "none" => "/:categories/:title:output_ext",
        form => form,
    };
    let address = rooted(&filled(form, kind, values));
    if address.ends_with('/') || ending(&address) == "html" {
        return vec![address];
    }
    // Hosts find the file without its ending, too.
    vec![address.clone(), format!("{address}.html")]
}

/// A form of addresses with the values of a post. The longest name of a value goes first.
fn filled(form: &str, kind: &Kind, values: &Values<'_>) -> String {
    let day = |token: &str| day_part(token, values.date).unwrap_or_default();
    let title = || kept(values.own.unwrap_or(values.bare));
    let number = |text: &str| text.trim_start_matches('0').to_owned();
    let value = |token: &str| -> Option<String> {
        Some(match token {
            "year" => format!("{:0>4}", day("year")),
            "short_year" => day("year").chars().skip(2).collect(),
            "month" => day("month"),
            "i_month" => number(&day("month")),
            "short_month" => capital(&day("monthname")).chars().take(3).collect(),
            "long_month" => capital(&day("monthname")),
            "day" => day("day"),
            "i_day" => number(&day("day")),
            "y_day" => format!("{:0>3}", day("yearday")),
            "short_day" => capital(&day("weekdayname")).chars().take(3).collect(),
            "long_day" => capital(&day("weekdayname")),
            "hour" | "minute" | "second" => "00".to_owned(),
            "title" => title(),
            "slug" => simple(values.own.unwrap_or(values.bare)),
            "name" => simple(stem(values.name)),
            "basename" => values.bare.to_owned(),
            "categories" => values.categories.join("/"),
            "slugified_categories" => {
                values.categories.iter().map(|name| simple(name)).collect::<Vec<_>>().join("/")
            }
            "collection" => kind.id().to_owned(),
            "path" => {
                let path = values.name.split_once('/').map_or(values.name, |(_, rest)| rest);
                path.rsplit_once('.').map_or(path, |(path, _)| path).to_owned()
            }
            "output_ext" => ".html".to_owned(),
            _ => return None,
        })
    };
    let mut out = String::new();
    let mut rest = form;
    while let Some(at) = rest.find(':') {
        out.push_str(&rest[..at]);
        let after = &rest[at + 1..];
        let end = after.find(|c: char| !c.is_ascii_lowercase() && c != '_').unwrap_or(after.len());
        let found = (1..=end).rev().find_map(|end| Some((value(&after[..end])?, end)));
        if let Some((value, end)) = found {
            out.push_str(&value);
            rest = &after[end..];
        } else {
            out.push(':');
            rest = after;
        }
    }
    out.push_str(rest);
    out
}

fn capital(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map(|c| c.to_ascii_uppercase()).into_iter().chain(letters).collect()
}

/// A name with signs that addresses may have; others become hyphens.
fn kept(name: &str) -> String {
    let is_kept = |c: char| {
        c.is_alphanumeric()
            || "._~!$&'()+,;=@".contains(c)
            || unicode_normalization::char::is_combining_mark(c)
    };
    hyphenated(name, is_kept)
}

/// A name in small letters and digits with hyphens.
fn simple(name: &str) -> String {
    let is_kept =
        |c: char| c.is_alphanumeric() || unicode_normalization::char::is_combining_mark(c);
    hyphenated(&name.to_lowercase(), is_kept)
}

fn hyphenated(name: &str, is_kept: impl Fn(char) -> bool) -> String {
    let mut out = String::new();
    for c in name.chars() {
        if is_kept(c) {
            out.push(c);
        } else if !out.ends_with('-') && !out.is_empty() {
            out.push('-');
        }
    }
    out.trim_end_matches('-').to_owned()
}

/// `my-first-post` → `My First Post`
fn titled(name: &str) -> String {
    let words = name.split(['-', '_']).filter(|word| !word.is_empty());
    words.map(capital).collect::<Vec<_>>().join(" ")
}

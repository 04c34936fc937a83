//! Posts of Zola, and where it put them.

use super::names::ending;
use super::post::section;
use deunicode::deunicode;

use super::front;
use super::names::{aliases, day_of_name, folder, language_of_name, rooted, stem};
use super::{Post, PostKind, Program, Site};
use crate::model::{Language, slug};

/// Reads a post.
///
/// # Errors
/// Why a file is none; nothing where it never is one.
pub(super) fn post(site: &Site, name: &str) -> Result<Post, &'static str> {
    let Some(path) = name.strip_prefix("content/") else { return Err("") };
    if ending(name) != "md" {
        return Err("");
    }
    let text = site.files.text(name).unwrap_or_default();
    let (front, body) = front::split(text);
    let Some(mut front) = front else { return Err("it has no front matter") };
    let written = stem(path).rsplit_once('.').map(|(_, code)| code).unwrap_or_default();
    let suffix = language_of_name(path).filter(|_| site.settings.languages.contains_key(written));
    let bare = suffix.as_ref().map_or(stem(path), |(bare, _)| bare);
    if bare == "_index" {
        return section(Program::Zola, name, path, front, body);
    }
    if front.clone().flag("render") == Some(false) {
        return Err("it has no page of its own");
    }
    let is_bundle = bare == "index";
    let up = folder(path).trim_end_matches('/');
    let (up, last) = if is_bundle { up.rsplit_once('/').unwrap_or(("", up)) } else { (up, bare) };
    let keeps_dates = site.settings.is(&["slugify", "paths_keep_dates"]);
    let dated = day_of_name(last).filter(|(_, rest)| !rest.is_empty());
    let last = dated.map_or(last, |(_, rest)| if keeps_dates { last } else { rest });
    let own = front.text(&["slug"]);
    let code = suffix.as_ref().map(|_| format!("/{written}")).unwrap_or_default();
    let by_place = || {
        let folders = up.split('/').map(|part| slugified(site, part)).collect::<Vec<_>>().join("/");
        let last = slugified(site, own.as_deref().unwrap_or(last));
        rooted(&format!("{code}/{folders}/{last}/"))
    };
    let told = front.text(&["path"]).map(|path| rooted(&format!("{code}/{path}/")));
    let address = told.unwrap_or_else(by_place);
    let others = aliases(&mut front, &["aliases"], "");
    let mut post = Post::read(Program::Zola, name, front, body);
    post.date = post.date.or(dated.map(|(day, _)| day));
    let own = own.map(|text| slug(&text)).filter(|slug| !slug.is_empty());
    post.slug = own.unwrap_or_else(|| match &suffix {
        Some(_) => slug(&format!("{last} {written}")),
        None => slug(last),
    });
    post.lang = post.lang.or_else(|| match suffix {
        Some((_, language)) => Some(language),
        None if !site.settings.languages.is_empty() => {
            let code = site.settings.text(&["default_language"]);
            Language::parse(code.as_deref().unwrap_or("en"))
        }
        None => language_of_name(path).map(|(_, language)| language),
    });
    post.is_bundle = is_bundle;
    post.group = format!("{}{bare}", folder(path));
    if up.is_empty() && post.date.is_none() {
        post.form = PostKind::Page;
    }
    post.addresses.push(address);
    post.addresses.extend(others);
    Ok(post)
}

/// A part of a path, by what the settings say of it.
fn slugified(site: &Site, text: &str) -> String {
    let kind = site.settings.text(&["slugify", "paths"]);
    let old = site.settings.value(&["slugify_paths"]).and_then(serde_json::Value::as_bool);
    match (kind.as_deref(), old) {
        (Some("safe"), _) => safe(text),
        (Some("off"), _) | (None, Some(false)) => text.to_owned(),
        _ => on(text),
    }
}

/// Letters and digits of ASCII with hyphens between them.
fn on(text: &str) -> String {
    let mut out = String::new();
    for c in deunicode(text).chars() {
        if c.is_ascii_alphanumeric() {
            out.push(c.to_ascii_lowercase());
        } else if !out.ends_with('-') && !out.is_empty() {
            out.push('-');
        }
    }
    out.trim_end_matches('-').to_owned()
}

/// A name without what file systems or addresses do not take.
fn safe(text: &str) -> String {
    let is_strange = |c: char| {
        matches!(
            c,
            '<' | '>'
                | ':'
                | '"'
                | '/'
                | '|'
                | '?'
                | '*'
                | '#'
                | '\\'
                | '('
                | ')'
                | '['
                | ']'
                | '\n'
        )
    };
    let kept: String = text.chars().filter(|c| !is_strange(*c)).collect();
    kept.trim().replace(char::is_whitespace, "_").trim_end_matches('.').to_owned()
}

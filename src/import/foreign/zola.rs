//! Posts of Zola, and where it put them.

use super::names::ending;
use super::post::section;
use deunicode::deunicode_char;

use super::front;
use super::names::{aliases, day_of_name, folder, language_of_name, rooted, stem};
use super::{Post, PostKind, Program, Site};
use crate::model::{Language, PartialDate, slug};

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
    let code = suffix.as_ref().map(|_| format!("/{written}")).unwrap_or_default();
    if bare == "_index" {
        let up = folder(path).trim_end_matches('/');
        let mut post = section(Program::Zola, name, (up, &format!("{code}/{up}/")), front, body)?;
        post.lang = post.lang.or(suffix.map(|(_, language)| language));
        return Ok(post);
    }
    if front.clone().flag("render") == Some(false) {
        return Err("it has no page of its own");
    }
    let is_bundle = bare == "index";
    let up = folder(path).trim_end_matches('/');
    let (up, last) = if is_bundle { up.rsplit_once('/').unwrap_or(("", up)) } else { (up, bare) };
    let keeps_dates = site.settings.is(&["slugify", "paths_keep_dates"]);
    let dated = dated(last);
    let last = dated.and_then(|(_, rest)| rest).filter(|_| !keeps_dates).unwrap_or(last);
    let own = front.text(&["slug"]);
    let by_place = || {
        let last = slugified(site, own.as_deref().unwrap_or(last));
        // Folders keep their names.
        rooted(&format!("{code}/{up}/{last}/"))
    };
    // The whole of an address, whatever language the text is in.
    let told = front.text(&["path"]).map(|path| rooted(&format!("{path}/")));
    let address = told.unwrap_or_else(by_place);
    let others = aliases(&mut front, &["aliases"], "", "");
    let mut post = Post::read(Program::Zola, name, front, body);
    post.date = post.date.or(dated.map(|(day, _)| day)).or(day_of_name(last).map(|(day, _)| day));
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

/// `2022-05-23-title`: the day before a name, and the name, where there is one. Month and day have two digits.
fn dated(name: &str) -> Option<(PartialDate, Option<&str>)> {
    let day =
        name.get(..10)?.parse().ok().filter(|day: &PartialDate| day.day_of_month().is_some())?;
    let rest = name[10..].trim_start();
    let rest = rest.strip_prefix(['-', '_']).filter(|rest| !rest.is_empty());
    (name.len() == 10 || rest.is_some()).then_some((day, rest))
}

/// Letters and digits of ASCII with hyphens between them; each letter becomes some by itself.
fn on(text: &str) -> String {
    let ascii: String = text.chars().map(|c| deunicode_char(c).unwrap_or("-")).collect();
    let words = ascii.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
    words.collect::<Vec<_>>().join("-").to_lowercase()
}

/// A name without what file systems do not take.
fn safe(text: &str) -> String {
    let is_strange = |c: char| matches!(c, '<' | '>' | ':' | '"' | '/' | '|' | '?' | '*' | '\\');
    text.trim_end_matches([' ', '.']).chars().filter(|c| !is_strange(*c)).collect()
}

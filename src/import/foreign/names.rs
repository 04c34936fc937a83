//! What the names of files say: folders, endings, languages, days.

use super::front::{self, Front};
use crate::model::{Language, PartialDate, slug};

/// The last part of a path without its ending.
pub(super) fn stem(name: &str) -> &str {
    let last = name.rsplit('/').next().unwrap_or(name);
    last.rsplit_once('.').map_or(last, |(stem, _)| stem)
}

pub(super) fn ending(name: &str) -> &str {
    let last = name.rsplit('/').next().unwrap_or(name);
    last.rsplit_once('.').map_or("", |(_, ending)| ending)
}

/// The folder of a path, with a slash behind it unless it is the root.
pub(super) fn folder(name: &str) -> &str {
    name.rfind('/').map_or("", |at| &name[..=at])
}

/// `post.de`: a name, and the language at its end.
pub(super) fn language_of_name(name: &str) -> Option<(&str, Language)> {
    let (bare, code) = stem(name).rsplit_once('.')?;
    let (primary, region) = code.split_once('-').unwrap_or((code, "XX"));
    let is_code = primary.len() == 2
        && primary.bytes().all(|byte| byte.is_ascii_lowercase())
        && (2..=4).contains(&region.len());
    Language::parse(code).filter(|_| is_code && !bare.is_empty()).map(|language| (bare, language))
}

/// `2022-05-23-title`, `2016-2-9_title`: the day before a name, and the name, which may be empty.
pub(super) fn day_of_name(stem: &str) -> Option<(PartialDate, &str)> {
    let (year, rest) = stem.split_once('-')?;
    let (month, rest) = rest.split_once('-')?;
    let end = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
    let (day, rest) = rest.split_at(end);
    let is_day = year.len() == 4 && (1..=2).contains(&month.len()) && (1..=2).contains(&day.len());
    let date = PartialDate::day(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?)?;
    let name = if rest.is_empty() { rest } else { rest.strip_prefix(['-', '_'])? };
    is_day.then_some((date, name))
}

/// An address from the root of a site, with a slash before it and none doubled.
pub(super) fn rooted(address: &str) -> String {
    let mut out = String::from("/");
    for c in address.trim().chars() {
        if c != '/' || !out.ends_with('/') {
            out.push(c);
        }
    }
    out
}

/// Aliases as they are written, those with a slash before them from a root; others begin at a folder.
pub(super) fn aliases(front: &mut Front, keys: &[&str], root: &str, folder: &str) -> Vec<String> {
    let written = front.list(keys, front::whole);
    let full = |alias: &String| match alias.split_once("://") {
        Some((_, rest)) => rooted(rest.split_once('/').map_or("", |(_, path)| path)),
        None if alias.starts_with('/') => rooted(&format!("{root}{alias}")),
        None => joined(folder, alias),
    };
    written.iter().map(full).collect()
}

/// A relative path from a folder.
pub(super) fn joined(folder: &str, path: &str) -> String {
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => drop(parts.pop()),
            part => parts.push(part),
        }
    }
    let end = if path.ends_with('/') && !parts.is_empty() { "/" } else { "" };
    format!("/{}{end}", parts.join("/"))
}

/// The anchor of a heading of a note, or of a block in it.
pub(super) fn anchor(part: &str) -> String {
    let last = part.rsplit('#').next().unwrap_or(part);
    match last.strip_prefix('^') {
        Some(id) => format!("block-{}", slug(id)),
        None => slug(last),
    }
}

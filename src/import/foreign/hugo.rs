//! Posts of Hugo, and where it put them. What this says of addresses is held against Hugo's own output
//! in the tests.

use super::post::section;
use serde_json::Value as Json;

use super::files::is_html;
use super::front::{self, Front};
use super::names::{aliases, day_of_name, folder, joined, language_of_name};
use super::names::{rooted, stem};
use super::{Post, PostKind, Program, Site};
use crate::model::{Language, PartialDate, slug};

/// The folder of the texts.
pub(super) fn root(site: &Site) -> String {
    let folder = site.settings.text(&["contentdir"]).unwrap_or_else(|| "content".to_owned());
    format!("{}/", folder.trim_matches('/'))
}

/// The language that a file is in by its place, its path without that, and whether it has a folder of
/// texts in that language.
struct Place<'a> {
    path: &'a str,
    code: Option<String>,
}

fn place<'a>(site: &Site, name: &'a str) -> Option<Place<'a>> {
    let own = site.settings.languages.iter().find_map(|(code, folder)| {
        let folder = folder.as_ref()?;
        let path = name.strip_prefix(folder.as_str())?.strip_prefix('/')?;
        Some(Place { path, code: Some(code.clone()) })
    });
    own.or_else(|| Some(Place { path: name.strip_prefix(&root(site))?, code: None }))
}

/// Reads a post.
///
/// # Errors
/// Why a file is none; nothing where it never is one.
pub(super) fn post(site: &Site, name: &str) -> Result<Post, &'static str> {
    let Some(Place { path, code }) = place(site, name) else { return Err("") };
    let text = site.files.text(name).unwrap_or_default();
    let (front, body) = front::split(text);
    if is_html(name) && front.is_none() {
        return Err("it is a page without front matter, which is published as it is");
    }
    let mut front = front.unwrap_or_default();
    let languages = &site.settings.languages;
    let suffix = language_of_name(path);
    let is_configured = |code: &str| languages.keys().any(|known| known.eq_ignore_ascii_case(code));
    let written = stem(path).rsplit_once('.').map(|(_, code)| code).unwrap_or_default();
    let (bare, suffix_code) = match &suffix {
        Some((bare, _)) if is_configured(written) => (*bare, Some(written.to_owned())),
        _ => (stem(path), None),
    };
    // Without such a language in the settings it is a part of the name, and says the language all the
    // same.
    let told = suffix.as_ref().map(|(_, language)| language.clone());
    let code = suffix_code.or(code);
    let is_leaf = bare == "index";
    let addresses = Addresses { site, path, bare, is_leaf, code: code.as_deref() };
    if bare == "_index" {
        let up = folder(path).trim_end_matches('/');
        let address = addresses.with_language(&format!("/{}/", addresses.cased(up)));
        let mut post = section(Program::Hugo, name, (up, &address), front, body)?;
        post.lang = post.lang.or_else(|| code.as_deref().and_then(Language::parse));
        return Ok(post);
    }
    if !is_leaf && has_leaf_above(site, name) {
        return Err("it belongs to the post in its folder");
    }
    let build = front.clone().take(&["build", "_build"]).map(|node| node.to_json());
    let is_never = |key: &str| {
        build
            .as_ref()
            .and_then(|build| build.get(key))
            .is_some_and(|value| value == "never" || value == false)
    };
    if front.clone().flag("headless") == Some(true) || is_never("render") && is_never("list") {
        return Err("it has no page of its own");
    }
    let own = addresses.own(&mut front, body);
    let folder_of_own =
        joined("", own.trim_end_matches('/').rsplit_once('/').map_or("", |(up, _)| up));
    let mut others =
        aliases(&mut front, &["aliases"], &addresses.with_language("/"), &folder_of_own);
    if own != addresses.by_place(None) && front.clone().text(&["url"]).is_some() {
        others.push(addresses.by_place(None));
    }
    let mut post = Post::read(Program::Hugo, name, front.clone(), body);
    let by_name = day_of_name(bare);
    post.date = post.date.or(by_name.map(|(day, _)| day));
    let last = if is_leaf { stem(folder(path).trim_end_matches('/')) } else { stem(path) };
    let last =
        day_of_name(last).map_or(last, |(_, rest)| if rest.is_empty() { last } else { rest });
    let is_plain = language_of_name(path).is_some() || !is_leaf;
    post.slug =
        front.text(&["slug"]).map(|text| slug(&text)).filter(|s| !s.is_empty()).unwrap_or_else(
            || {
                let last =
                    if is_plain && is_leaf { format!("{last} {written}") } else { last.to_owned() };
                slug(&last)
            },
        );
    post.lang = post.lang.or_else(|| {
        code.as_deref().and_then(Language::parse).or(told).or_else(|| default_of_many(site))
    });
    post.is_bundle = is_leaf;
    post.group = format!("{}{}", folder(path), suffix.map_or(bare, |(bare, _)| bare));
    let is_root = !path.contains('/') || is_leaf && path.matches('/').count() == 1;
    if is_root && post.date.is_none() {
        post.form = PostKind::Page;
    }
    post.addresses.push(own);
    post.addresses.extend(others);
    Ok(post)
}

/// Of a site with several languages, texts that say nothing are in the default one.
fn default_of_many(site: &Site) -> Option<Language> {
    let is_many = site.settings.languages.len() > 1;
    let code = site.settings.text(&["defaultcontentlanguage"]).unwrap_or_else(|| "en".to_owned());
    Language::parse(&code).filter(|_| is_many)
}

/// Whether a folder above belongs to one post, as its pictures do.
fn has_leaf_above(site: &Site, name: &str) -> bool {
    let mut up = folder(name);
    loop {
        let is_leaf = ["index.md", "index.markdown", "index.html"]
            .iter()
            .any(|index| site.files.has(&format!("{up}{index}")));
        if is_leaf && !up.is_empty() && up.matches('/').count() > 1 {
            return true;
        }
        let Some((above, _)) = up.trim_end_matches('/').rsplit_once('/') else { return false };
        up = &up[..=above.len()];
    }
}

/// Where one post was.
struct Addresses<'a> {
    site: &'a Site,
    /// From the folder of texts.
    path: &'a str,
    /// The name without ending and language.
    bare: &'a str,
    is_leaf: bool,
    code: Option<&'a str>,
}

impl Addresses<'_> {
    fn own(&self, front: &mut Front, body: &str) -> String {
        let read = Front::clone(front);
        if let Some(url) = front.text(&["url"]) {
            let url = if url.contains(':') && !url.contains("://") {
                self.filled(&url, &read, body)
            } else {
                match url.split_once("://") {
                    Some((_, rest)) => rooted(rest.split_once('/').map_or("", |(_, path)| path)),
                    None if url.starts_with('/') => rooted(&url),
                    None => self.with_language(&rooted(&url)),
                }
            };
            // Hugo's own key stays for whoever asks whether there was one.
            *front = read;
            return folder_or_file(&url);
        }
        let section = self.path.split_once('/').map(|(section, _)| section).unwrap_or_default();
        match self.permalink(section) {
            Some(form) => folder_or_file(&self.with_language(&self.filled(&form, &read, body))),
            None => self.by_place(self.slug(&read).as_deref()),
        }
    }

    /// The address by the place of the file, with another last part where there is one.
    fn by_place(&self, slug: Option<&str>) -> String {
        let (up, last) = self.up_and_name();
        let last = slug.map_or_else(|| self.cased(last), |slug| self.small(sanitized(slug)));
        let address = format!("/{}/{}", self.cased(up), last);
        let address = self.with_language(&rooted(&address));
        if self.site.settings.is(&["uglyurls"]) && !self.is_leaf {
            return format!("{}.html", address.trim_end_matches('/'));
        }
        format!("{}/", address.trim_end_matches('/'))
    }

    /// The folders above a post, and what it is called: a folder of its own is its name.
    fn up_and_name(&self) -> (&str, &str) {
        let up = folder(self.path).trim_end_matches('/');
        if self.is_leaf { up.rsplit_once('/').unwrap_or(("", up)) } else { (up, self.bare) }
    }

    /// The day before the name and the rest of it, where the settings say that days are there.
    fn dated(&self) -> Option<(PartialDate, &str)> {
        let keys = self.site.settings.value(&["frontmatter", "date"]).and_then(Json::as_array)?;
        let is_first = keys.first().is_some_and(|key| key == ":filename");
        day_of_name(self.up_and_name().1).filter(|_| is_first)
    }

    /// The slug: with a day before it the name is one, unless there is another.
    fn slug(&self, front: &Front) -> Option<String> {
        let own = Front::clone(front).text(&["slug"]);
        let by_name = || Some(self.dated()?.1.to_owned()).filter(|rest| !rest.is_empty());
        own.or_else(by_name)
    }

    fn with_language(&self, address: &str) -> String {
        let settings = &self.site.settings;
        let default = settings.text(&["defaultcontentlanguage"]).unwrap_or_else(|| "en".to_owned());
        let in_folder = settings.is(&["defaultcontentlanguageinsubdir"]);
        let code = self.code.map(str::to_lowercase);
        match code {
            Some(code) if code != default.to_lowercase() || in_folder => {
                format!("/{code}{address}")
            }
            None if in_folder => format!("/{}{address}", default.to_lowercase()),
            _ => address.to_owned(),
        }
    }

    fn permalink(&self, section: &str) -> Option<String> {
        let settings = &self.site.settings;
        let key = if section.is_empty() { "/" } else { section };
        let found = [vec!["permalinks", "page", key], vec!["permalinks", key]];
        found.iter().find_map(|keys| settings.text(keys))
    }

    /// As Hugo writes the parts of paths.
    fn cased(&self, text: &str) -> String {
        self.small(sanitized_path(text))
    }

    /// The same for the values of forms, which are one part of a path; a `+` is a blank there.
    fn words(&self, text: &str) -> String {
        self.small(sanitized(&text.replace('+', " ").replace('/', "-")))
    }

    fn small(&self, text: String) -> String {
        if self.site.settings.is(&["disablepathtolower"]) { text } else { text.to_lowercase() }
    }

    /// A form of addresses with the values of a post.
    fn filled(&self, form: &str, front: &Front, _body: &str) -> String {
        let front = &mut front.clone();
        let title = front.clone().text(&["title"]).unwrap_or_default();
        let (up, name) = self.up_and_name();
        let dated = self.dated();
        let own = self.slug(front);
        let mut keys =
            ["date", "publishdate", "pubdate", "published", "lastmod", "modified"].iter();
        let date = dated
            .map(|(date, _)| date)
            .or_else(|| keys.find_map(|key| front.clone().date(&[*key])));
        let sections = sections(self.site, &root(self.site), up);
        let value = |token: &str| -> Option<String> {
            let (token, part) = token
                .split_once('[')
                .map_or((token, None), |(token, part)| (token, Some(part.trim_end_matches(']'))));
            Some(match token {
                "title" => self.words(&title),
                "slug" => self.words(own.as_deref().unwrap_or(&title)),
                "slugorfilename" | "slugorcontentbasename" => {
                    self.words(own.as_deref().unwrap_or(name))
                }
                "filename" | "contentbasename" => self.words(name),
                "section" | "sectionslug" => self.words(up.split('/').next().unwrap_or_default()),
                "sections" | "sectionslugs" => {
                    let parts: Vec<String> = sections.iter().map(|part| self.words(part)).collect();
                    sliced(&parts, part.unwrap_or(":")).join("/")
                }
                token => day_part(token, date)?,
            })
        };
        let mut out = String::new();
        let mut rest = form;
        while let Some(at) = rest.find(':') {
            out.push_str(&rest[..at]);
            let after = &rest[at + 1..];
            let end = after.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(after.len());
            let end = match after[end..].strip_prefix('[').and_then(|inner| inner.find(']')) {
                Some(close) => end + close + 2,
                None => end,
            };
            match value(&after[..end]) {
                Some(value) => out.push_str(&value),
                None => out.push_str(&rest[at..=at + end]),
            }
            rest = &after[end..];
        }
        out.push_str(rest);
        rooted(&out)
    }
}

/// The folders that are sections: the first, and those with a file `_index`.
fn sections(site: &Site, root: &str, up: &str) -> Vec<String> {
    let mut path = String::new();
    let mut found = Vec::new();
    for (at, part) in up.split('/').filter(|part| !part.is_empty()).enumerate() {
        path = format!("{path}{part}/");
        let has_index = ["_index.md", "_index.html", "_index.markdown"]
            .iter()
            .any(|index| site.files.has(&format!("{root}{path}{index}")));
        if at == 0 || has_index {
            found.push(part.to_owned());
        }
    }
    found
}

/// `[1:]`, `[:last]`, `[0]` of a list.
fn sliced<'a>(parts: &'a [String], range: &str) -> &'a [String] {
    let length = parts.len();
    let number = |text: &str, other: usize| match text {
        "" => Some(other),
        "last" => length.checked_sub(1),
        text => text.parse().ok(),
    };
    let ends = match range.split_once(':') {
        Some((from, to)) => number(from, 0).zip(number(to, length)),
        None => number(range, 0).map(|at| (at, at + 1)),
    };
    ends.and_then(|(from, to)| parts.get(from..to.min(length))).unwrap_or_default()
}

/// A part of a day; the first day of year 1 is Hugo's for none.
pub(super) fn day_part(token: &str, date: Option<PartialDate>) -> Option<String> {
    const MONTHS: [&str; 12] = [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ];
    const DAYS: [&str; 7] =
        ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
    let month = date.and_then(PartialDate::month).unwrap_or(1);
    let day = date.and_then(PartialDate::day_of_month).unwrap_or(1);
    let year = date.map_or(1, PartialDate::year);
    let first = PartialDate::day(year, 1, 1).map_or(0, PartialDate::first_day);
    let nth = date.map_or(1, |date| date.first_day() - first + 1);
    let weekday = date.and_then(PartialDate::weekday).unwrap_or(0);
    Some(match token {
        "year" => year.to_string(),
        "month" => format!("{month:02}"),
        "monthname" => MONTHS[usize::from(month) - 1].to_lowercase(),
        "day" => format!("{day:02}"),
        "weekday" => ((weekday + 1) % 7).to_string(),
        "weekdayname" => DAYS[usize::from(weekday)].to_lowercase(),
        "yearday" => nth.to_string(),
        _ => return None,
    })
}

/// An address of a folder ends with a slash, that of a file has an ending.
fn folder_or_file(address: &str) -> String {
    let last = address.rsplit('/').next().unwrap_or_default();
    let is_file = [".html", ".htm", ".php", ".asp", ".aspx"].iter().any(|end| last.ends_with(end));
    if is_file { address.to_owned() } else { format!("{}/", address.trim_end_matches('/')) }
}

fn is_allowed(c: char) -> bool {
    c.is_alphanumeric()
        || matches!(c, '.' | '/' | '\\' | '_' | '#' | '+' | '~' | '-' | '@')
        || unicode_normalization::char::is_combining_mark(c)
}

/// A path as Hugo makes it of a file's: each blank a hyphen, and no other signs.
fn sanitized_path(text: &str) -> String {
    text.chars()
        .map(|c| if c.is_whitespace() { '-' } else { c })
        .filter(|c| is_allowed(*c))
        .collect()
}

/// A title or a slug: blanks become one hyphen, other signs are left out.
fn sanitized(text: &str) -> String {
    let mut out = String::new();
    let (mut gap, mut was_hyphen) = (false, false);
    for c in text.chars() {
        if is_allowed(c) {
            was_hyphen = c == '-';
            if gap && !was_hyphen {
                out.push('-');
            }
            gap = false;
            out.push(c);
        } else if !out.is_empty() && !was_hyphen && c.is_whitespace() {
            gap = true;
        }
    }
    out
}

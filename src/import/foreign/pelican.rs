//! Articles and pages of Pelican, whose metadata are lines above the text, and where it put them.

use deunicode::deunicode_char;

use super::files::is_html;
use super::front::{self, Front};
use super::names::{aliases, day_of_name, rooted, stem};
use super::{Post, PostKind, Program, Site};
use crate::model::{Language, PartialDate, slug};

/// The folder of the texts.
pub(super) fn root(site: &Site) -> String {
    let told = site.settings.text(&["path"]).filter(|path| path != "." && !path.contains('('));
    let told = told.map(|path| format!("{}/", path.trim_matches(['/', '.'])));
    let has = |folder: &str| site.files.names().any(|name| name.starts_with(folder));
    told.filter(|folder| has(folder))
        .or_else(|| has("content/").then(|| "content/".to_owned()))
        .unwrap_or_default()
}

/// Reads an article or a page.
///
/// # Errors
/// Why a file is none; nothing where it never is one.
pub(super) fn post(site: &Site, name: &str) -> Result<Post, &'static str> {
    let root = root(site);
    let Some(path) = name.strip_prefix(&root) else { return Err("") };
    if is_html(name) {
        return Err("it is a page of HTML");
    }
    let text = site.files.text(name).unwrap_or_default();
    let (front, body) = match (fenced_lines(text), front::split(text)) {
        (Some(read), _) => read,
        (None, (Some(front), body)) => (front, body),
        (None, (None, text)) => lines(text),
    };
    let mut front = front;
    if front.clone().text(&["title"]).is_none() && front.clone().date(&["date"]).is_none() {
        let why = "it has neither a title nor a date above its text";
        return if front::split(text).0.is_some() { Err("it has no title") } else { Err(why) };
    }
    let folders: Vec<&str> = path.split('/').rev().skip(1).collect();
    let is_page = folders.last() == Some(&"pages");
    let dated = day_of_name(stem(name)).filter(|(_, rest)| !rest.is_empty());
    let title = front.clone().text(&["title"]).unwrap_or_else(|| stem(name).to_owned());
    // The slug may be told to be in the name.
    let form = site.settings.text(&["filename_metadata"]).unwrap_or_default();
    let in_name = Some(dated.map_or(stem(name), |(_, rest)| rest).to_owned());
    let own = front.text(&["slug"]).or_else(|| in_name.filter(|_| form.contains("?P<slug>")));
    let by_name =
        site.settings.text(&["slugify_source"]).is_some_and(|source| source == "basename");
    let called =
        own.clone().unwrap_or_else(|| slugified(if by_name { stem(name) } else { &title }));
    let default = site.settings.text(&["default_lang"]);
    let lang = front.clone().text(&["lang"]);
    // Whatever is not in the site's own language is put where translations are.
    let own_language = default.as_deref().unwrap_or("en");
    let is_translation = lang.as_deref().is_some_and(|lang| lang != own_language);
    let date = front.clone().date(&["date"]).or(dated.map(|(day, _)| day));
    let by_folder = site.settings.value(&["use_folder_as_category"]) != Some(&false.into());
    let own_category = front.clone().text(&["category"]);
    let in_folder = folders.first().filter(|_| !is_page && by_folder && own_category.is_none());
    let category = own_category
        .or_else(|| in_folder.map(|folder| (*folder).to_owned()))
        .or_else(|| site.settings.text(&["default_category"]));
    let author = front.clone().text(&["author", "authors"]).unwrap_or_default();
    let values = Values {
        slug: &called,
        date,
        category: category.as_deref().unwrap_or("misc"),
        author: &author,
        lang: lang.as_deref().unwrap_or(own_language),
    };
    let kind = if is_page { "page" } else { "article" };
    let address = address(site, kind, is_translation, front.clone(), &values);
    let others = aliases(&mut front, &["aliases", "alias", "redirect_from"], "", "");
    let mut post = Post::read(Program::Pelican, name, front, body);
    post.date = date;
    post.tags.extend(in_folder.map(|folder| (*folder).to_owned()));
    post.slug = slug(&own.unwrap_or_else(|| match dated {
        Some((_, rest)) => rest.to_owned(),
        None => stem(name).to_owned(),
    }));
    if is_page {
        post.form = PostKind::Page;
        post.slug = slug(&called);
    }
    post.group = format!("{kind} {called}");
    if is_translation {
        post.slug = slug(&format!("{} {}", post.slug, values.lang));
    }
    post.lang = post.lang.or_else(|| lang.as_deref().and_then(Language::parse));
    post.addresses.extend(address);
    post.addresses.extend(others);
    Ok(post)
}

/// The same lines between dashes, unless something in them is written as YAML.
fn fenced_lines(text: &str) -> Option<(Front, &str)> {
    let inner = text.strip_prefix("---\n")?;
    let (front, body) = lines(inner);
    let head = &inner[..inner.len() - body.len()];
    let is_yaml = |line: &str| {
        let value = line.split_once(':').map_or(line, |(_, value)| value).trim_start();
        value.is_empty() || value.starts_with(['"', '\'', '[', '{', '-', '|', '>', '&'])
    };
    let (end, body) = body.split_once('\n').unwrap_or((body, ""));
    let is_end = matches!(end.trim_end(), "---" | "...");
    (is_end && !head.lines().any(is_yaml)).then_some((front, body))
}

/// `Title: …` lines above a text; a line that is set in goes on with the one before.
fn lines(text: &str) -> (Front, &str) {
    let mut fields: Vec<(String, String)> = Vec::new();
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let bare = line.trim_end();
        if bare.is_empty() {
            break;
        }
        if let (true, Some(last)) = (line.starts_with("    "), fields.last_mut()) {
            last.1 = format!("{} {}", last.1, bare.trim());
        } else {
            let Some((key, value)) = bare.split_once(':') else { break };
            let is_key = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-');
            if key.is_empty() || !key.chars().all(is_key) {
                break;
            }
            fields.push((key.to_owned(), value.trim().to_owned()));
        }
        at += line.len();
    }
    (Front::of(&fields), &text[at..])
}

struct Values<'a> {
    slug: &'a str,
    date: Option<PartialDate>,
    category: &'a str,
    author: &'a str,
    lang: &'a str,
}

fn address(
    site: &Site,
    kind: &str,
    is_translation: bool,
    mut front: Front,
    values: &Values<'_>,
) -> Vec<String> {
    let infix = if is_translation { "_lang" } else { "" };
    let form = |what: &str| site.settings.text(&[&format!("{kind}{infix}_{what}")]);
    let default = match (kind, is_translation) {
        ("page", false) => "pages/{slug}.html",
        ("page", true) => "pages/{slug}-{lang}.html",
        (_, false) => "{slug}.html",
        (_, true) => "{slug}-{lang}.html",
    };
    let own = front.text(&["url"]);
    let url = own.or_else(|| form("url")).unwrap_or_else(|| default.to_owned());
    let mut all = vec![rooted(&filled(&url, values))];
    if let Some(file) = front.text(&["save_as"]).or_else(|| form("save_as")) {
        let file = rooted(&filled(&file, values));
        let folder = file.strip_suffix("index.html").map(str::to_owned);
        let file = folder.unwrap_or(file);
        if file.trim_end_matches('/') != all[0].trim_end_matches('/') {
            all.push(file);
        }
    }
    all
}

/// `{date:%Y}/{slug}` with the values of an article.
fn filled(form: &str, values: &Values<'_>) -> String {
    let mut out = String::new();
    let mut rest = form;
    while let Some((before, after)) = rest.split_once('{') {
        out.push_str(before);
        let (token, after) = after.split_once('}').unwrap_or((after, ""));
        match token.split_once(':').unwrap_or((token, "")) {
            ("slug", _) => out.push_str(values.slug),
            ("category", _) => out.push_str(&slugified(values.category)),
            ("author", _) => out.push_str(&slugified(values.author)),
            ("lang", _) => out.push_str(values.lang),
            ("date", form) => out.push_str(&day(form, values.date)),
            _ => {}
        }
        rest = after;
    }
    out.push_str(rest);
    out
}

/// A day in the notation of `strftime`.
fn day(form: &str, date: Option<PartialDate>) -> String {
    let part = |token: &str| super::hugo::day_part(token, date).unwrap_or_default();
    let capital = |text: String| {
        let mut letters = text.chars();
        let first = letters.next().map(|c| c.to_ascii_uppercase());
        first.into_iter().chain(letters).collect::<String>()
    };
    let mut out = String::new();
    let mut signs = form.chars();
    while let Some(c) = signs.next() {
        let token = if c == '%' { signs.next() } else { None };
        match token {
            None => out.push(c),
            Some('Y') => out.push_str(&part("year")),
            Some('y') => out.extend(part("year").chars().skip(2)),
            Some('m') => out.push_str(&part("month")),
            Some('d') => out.push_str(&part("day")),
            Some('j') => out.extend([format!("{:0>3}", part("yearday"))]),
            Some('B') => out.push_str(&capital(part("monthname"))),
            Some('b') => out.extend(capital(part("monthname")).chars().take(3)),
            Some('-') => match signs.next() {
                Some('m') => out.push_str(part("month").trim_start_matches('0')),
                Some('d') => out.push_str(part("day").trim_start_matches('0')),
                _ => {}
            },
            Some(other) => out.push(other),
        }
    }
    out
}

/// A title as a part of an address: Pelican leaves signs and pictures out and puts one hyphen for blanks
/// and hyphens, also for those at the ends.
fn slugified(text: &str) -> String {
    let ascii: String = text.chars().map(ascii).collect();
    let is_kept =
        |c: &char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-') || c.is_whitespace();
    let kept: String = ascii.chars().filter(is_kept).collect();
    let mut out = String::new();
    for c in kept.trim().chars() {
        if !c.is_whitespace() && c != '-' {
            out.push(c.to_ascii_lowercase());
        } else if !out.ends_with('-') {
            out.push('-');
        }
    }
    out
}

/// A character in ASCII, where Pelican's table reads some in another way than ours.
fn ascii(c: char) -> &'static str {
    match c {
        'し' | 'シ' => "shi",
        'ち' | 'チ' => "chi",
        'つ' | 'っ' | 'ツ' | 'ッ' => "tsu",
        'ー' => "-",
        '么' => "yao ",
        '什' => "shi ",
        '价' => "jie ",
        '旅' => "lu ",
        '术' => "zhu ",
        'א' => "a",
        'ח' => "h",
        'כ' | 'ך' => "kh",
        'ק' => "k",
        '·' | '・' | '•' | '\u{2600}'..='\u{27bf}' | '\u{10000}'.. => "",
        _ => deunicode_char(c).unwrap_or_default(),
    }
}

//! Notes of Obsidian: links by name, notes in notes, callouts, comments and tags in the text.

use super::address_map::AddressMap;
use super::calls::alert;
use super::files::is_html;
use super::names::{anchor, day_of_name, ending, folder, stem};
use super::pieces::{as_code, destination, quote};
use super::{Post, Program, Site, front};
use crate::model::slug;
use crate::parse::markdown;

/// How deep notes show notes.
const DEPTH: usize = 3;

/// Reads a note.
///
/// # Errors
/// Why a file is none; nothing where it never is one.
pub(super) fn post(site: &Site, name: &str) -> Result<Post, &'static str> {
    if is_html(name) {
        return Err("it is a page of HTML");
    }
    let text = site.files.text(name).unwrap_or_default();
    let (front, body) = front::split(text);
    let mut front = front.unwrap_or_default();
    let names = front.list(&["aliases", "alias"], front::by_commas);
    let mut post = Post::read(Program::Obsidian, name, front, body);
    // The name of the file is the title, and often the first heading once more.
    let own = stem(name).to_owned();
    let first = post.body.lines().next().and_then(|line| line.strip_prefix("# "));
    if post.title.is_none() {
        post.title = Some(own.clone());
        if first.is_some_and(|first| first.trim() == own) {
            post.head();
        }
    }
    post.date = post.date.or(day_of_name(&own).map(|(day, _)| day));
    post.slug = slug(&own);
    post.names = names;
    for tag in tags(&post.body) {
        if !post.tags.contains(&tag) {
            post.tags.push(tag);
        }
    }
    Ok(post)
}

/// The tags in a text, `#area/topic`.
fn tags(body: &str) -> Vec<String> {
    let code = markdown::code(body);
    let mut found = Vec::new();
    for (at, _) in body.match_indices('#') {
        let starts = body[..at].chars().next_back().is_none_or(char::is_whitespace);
        if !starts || code.iter().any(|span| span.contains(&at)) {
            continue;
        }
        let is_part = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | '/');
        let rest = &body[at + 1..];
        let end = rest.find(|c| !is_part(c)).unwrap_or(rest.len());
        let tag = rest[..end].trim_end_matches('/');
        if !tag.is_empty() && !tag.chars().all(|c| c.is_ascii_digit()) {
            found.push(tag.to_owned());
        }
    }
    found
}

/// What a name in double brackets means.
enum NoteTarget<'a> {
    Note(&'a Post),
    File(&'a str),
}

/// The file that a name means: by its path, or by as much of it as is needed; of several the nearest.
fn meant<'a>(site: &'a Site, from: &Post, name: &str) -> Option<NoteTarget<'a>> {
    let name = name.trim().trim_start_matches("./");
    if name.is_empty() {
        return site.posts.iter().find(|post| post.name == from.name).map(NoteTarget::Note);
    }
    let wanted = slug(name.rsplit('/').next().unwrap_or(name));
    let bare =
        |post: &'a Post| post.name.rsplit_once('.').map_or(post.name.as_str(), |(bare, _)| bare);
    let ends = |whole: &str| {
        let (whole, name) = (whole.to_lowercase(), name.to_lowercase());
        whole == name || whole.ends_with(&format!("/{name}"))
    };
    let near = |path: &str| (folder(path) != folder(&from.name), path.matches('/').count());
    let by_path = site.posts.iter().filter(|post| ends(bare(post)) || ends(&post.name));
    let by_path = by_path.min_by_key(|post| near(&post.name));
    let file = || {
        let files = site.files.names().filter(|path| ends(path) && !is_note(path));
        files.min_by_key(|path| near(path)).map(NoteTarget::File)
    };
    let by_name = || {
        let is_it = |post: &&Post| {
            post.names.iter().any(|own| slug(own) == wanted)
                || post.title.as_deref().is_some_and(|title| slug(title) == wanted)
                || slug(stem(&post.name)) == wanted
        };
        site.posts.iter().filter(is_it).min_by_key(|post| near(&post.name)).map(NoteTarget::Note)
    };
    by_path.map(NoteTarget::Note).or_else(file).or_else(by_name)
}

fn is_note(name: &str) -> bool {
    matches!(ending(name), "md" | "markdown")
}

/// A note's text with everything that only Obsidian reads as Markdown.
pub(super) fn plain(site: &Site, post: &Post, body: &str, moved: &AddressMap<'_>) -> String {
    read(site, post, body, moved, &mut vec![post.name.clone()])
}

fn read(
    site: &Site,
    post: &Post,
    body: &str,
    moved: &AddressMap<'_>,
    open: &mut Vec<String>,
) -> String {
    let body = without_comments(body);
    let code = markdown::code(&body);
    let mut out = String::with_capacity(body.len());
    let mut at = 0;
    while let Some(start) = body[at..].find("[[").map(|found| at + found) {
        let end = body[start..].find("]]").map(|end| start + end);
        let is_code = code.iter().any(|span| span.contains(&start));
        let inner = end.map(|end| &body[start + 2..end]);
        let Some((inner, end)) = inner.zip(end).filter(|(inner, _)| {
            !is_code && !inner.contains('\n') && !inner.contains('[') && !inner.trim().is_empty()
        }) else {
            out.push_str(&body[at..start + 2]);
            at = start + 2;
            continue;
        };
        let is_embed = body[..start].ends_with('!');
        out.push_str(&body[at..start - usize::from(is_embed)]);
        at = end + 2;
        // A line of a table has the bar escaped.
        let inner = inner.replace("\\|", "|");
        let (target, shown) = inner.split_once('|').map_or((&*inner, None), |(t, s)| (t, Some(s)));
        let (name, part) = target.split_once('#').map_or((target, None), |(n, p)| (n, Some(p)));
        let found = meant(site, post, name);
        match (found, is_embed) {
            (Some(NoteTarget::File(path)), true) => out.push_str(&picture(path, shown, moved)),
            (Some(NoteTarget::File(path)), false) => {
                let shown = shown.unwrap_or(target);
                out.extend(["[", shown, "](", &destination(&moved.file(path)), ")"]);
            }
            (Some(NoteTarget::Note(note)), true)
                if !open.contains(&note.name) && open.len() < DEPTH =>
            {
                open.push(note.name.clone());
                let text = section(&note.body, part);
                let text = read(site, note, &text, moved, open);
                open.pop();
                let title = note.title.as_deref().unwrap_or(name);
                let link = format!("[{title}]({})", destination(&moved.post(&note.name)));
                let shown = quote(&format!("{link}\n\n{}", text.trim()));
                if !out.is_empty() && !out.ends_with("\n\n") {
                    out.push_str("\n\n");
                }
                out.push_str(&shown);
                out.push('\n');
            }
            (Some(NoteTarget::Note(note)), _) => {
                let anchor = part.map(anchor).filter(|anchor| !anchor.is_empty());
                let anchor = anchor.map(|anchor| format!("#{anchor}")).unwrap_or_default();
                let own = note.name == post.name && !anchor.is_empty();
                let place =
                    if own { anchor } else { format!("{}{anchor}", moved.post(&note.name)) };
                let name = if name.is_empty() { part.unwrap_or_default() } else { target };
                let shown = shown.map_or_else(|| name.replace('#', " > "), str::to_owned);
                out.extend(["[", shown.trim(), "](", &destination(&place), ")"]);
            }
            // What is not there yet is a word.
            (None, false) => out.push_str(shown.unwrap_or(target).trim()),
            (None, true) => out.push_str(&as_code(&format!("![[{inner}]]"))),
        }
    }
    out.push_str(&body[at..]);
    lines(&out)
}

/// A picture, with its size where one is told: `![[a.png|300]]`.
fn picture(path: &str, shown: Option<&str>, moved: &AddressMap<'_>) -> String {
    let place = moved.file(path);
    let kind = ending(path).to_lowercase();
    let is_picture =
        ["png", "jpg", "jpeg", "gif", "svg", "webp", "avif", "bmp"].contains(&kind.as_str());
    let name = path.rsplit('/').next().unwrap_or(path);
    if !is_picture {
        return format!("[{name}]({})", destination(&place));
    }
    let mut parts: Vec<&str> = shown.into_iter().flat_map(|shown| shown.split('|')).collect();
    let is_size = |text: &str| {
        let (width, height) = text.split_once('x').unwrap_or((text, "1"));
        [width, height]
            .iter()
            .all(|part| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit()))
    };
    let size = parts.last().copied().filter(|last| is_size(last.trim()));
    if size.is_some() {
        parts.pop();
    }
    let alt = parts.join(" ");
    match size.map(str::trim) {
        None => format!("![{alt}]({})", destination(&place)),
        Some(size) => {
            let (width, height) = size.split_once('x').unwrap_or((size, ""));
            let height =
                if height.is_empty() { String::new() } else { format!(" height=\"{height}\"") };
            let (place, alt) = (crate::model::escape(&place), crate::model::escape(&alt));
            format!("<img src=\"{place}\" alt=\"{alt}\" width=\"{width}\"{height}>")
        }
    }
}

/// The part of a note that is shown: below a heading, or one block.
fn section(body: &str, part: Option<&str>) -> String {
    let Some(part) = part else { return body.to_owned() };
    if let Some(id) = part.strip_prefix('^') {
        let mark = format!("^{id}");
        let is_it = |block: &&str| block.trim_end().ends_with(&mark);
        return body.split("\n\n").find(is_it).unwrap_or_default().to_owned();
    }
    let wanted = slug(part.rsplit('#').next().unwrap_or(part));
    let level = |line: &str| {
        let marks = line.len() - line.trim_start_matches('#').len();
        ((1..=6).contains(&marks) && line[marks..].starts_with(' ')).then_some(marks)
    };
    let mut lines = body
        .lines()
        .skip_while(|line| level(line).is_none_or(|marks| slug(&line[marks..]) != wanted));
    let Some(first) = lines.next() else { return body.to_owned() };
    let own = level(first).unwrap_or(1);
    let inner = lines.take_while(|line| level(line).is_none_or(|marks| marks > own));
    inner.collect::<Vec<_>>().join("\n")
}

/// A text without what stands between `%%`.
fn without_comments(body: &str) -> String {
    if !body.contains("%%") {
        return body.to_owned();
    }
    let code = markdown::code(body);
    let marks: Vec<usize> = body
        .match_indices("%%")
        .map(|(at, _)| at)
        .filter(|at| !code.iter().any(|span| span.contains(at)))
        .collect();
    let mut out = String::new();
    let mut at = 0;
    for pair in marks.chunks_exact(2) {
        out.push_str(&body[at..pair[0]]);
        at = pair[1] + 2;
    }
    out.push_str(&body[at..]);
    out
}

/// What stands at the ends and beginnings of lines: names of blocks and kinds of callouts. Words between
/// `==` are marked.
fn lines(text: &str) -> String {
    let code = markdown::code(text);
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let start = at;
        at += line.len();
        if code.iter().any(|span| span.contains(&start)) {
            out.push_str(line);
            continue;
        }
        out.push_str(&callout(&named(&marked(line, &code, start))));
    }
    out
}

/// `> [!faq]- Title` → `> [!NOTE]` with the title below.
fn callout(line: &str) -> String {
    let bare = line.trim_start_matches(['>', ' ']);
    let marks = &line[..line.len() - bare.len()];
    let Some((kind, rest)) = bare.strip_prefix("[!").and_then(|rest| rest.split_once(']')) else {
        return line.to_owned();
    };
    if !marks.contains('>') {
        return line.to_owned();
    }
    let title = rest.trim_start_matches(['-', '+']).trim();
    let title =
        if title.is_empty() { String::new() } else { format!("{marks}**{title}**\n{marks}\n") };
    let kind = kind.split('|').next().unwrap_or(kind).trim();
    match alert(kind) {
        Some(kind) => format!("{marks}[!{kind}]\n{title}"),
        None if kind.eq_ignore_ascii_case("quote") || kind.eq_ignore_ascii_case("cite") => {
            if title.is_empty() { format!("{marks}\n") } else { title }
        }
        None => format!("{marks}[!NOTE]\n{title}"),
    }
}

/// `Words. ^id` → the words with an anchor.
fn named(line: &str) -> String {
    let bare = line.trim_end();
    let Some((text, id)) = bare.rsplit_once('^') else { return line.to_owned() };
    let is_id = !id.is_empty() && id.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
    if !is_id || !(text.is_empty() || text.ends_with(' ')) {
        return line.to_owned();
    }
    let end = &line[bare.len()..];
    format!("{}<a id=\"block-{}\"></a>{end}", text.trim_end(), slug(id))
}

/// `==words==` → `<mark>words</mark>`
fn marked(line: &str, code: &[crate::source::Span], start: usize) -> String {
    let is_code = |at: usize| code.iter().any(|span| span.contains(&(start + at)));
    let marks: Vec<usize> =
        line.match_indices("==").map(|(at, _)| at).filter(|at| !is_code(*at)).collect();
    let mut out = String::new();
    let mut at = 0;
    for pair in marks.chunks_exact(2) {
        let inner = &line[pair[0] + 2..pair[1]];
        if inner.is_empty() || inner.starts_with([' ', '=']) || inner.ends_with(' ') {
            continue;
        }
        out.push_str(&line[at..pair[0]]);
        out.extend(["<mark>", inner, "</mark>"]);
        at = pair[1] + 2;
    }
    out.push_str(&line[at..]);
    out
}

//! Shortcodes, `[gallery ids="1,2"]` or `[caption]…[/caption]`: what is common becomes HTML, and what only
//! a plugin knows is shown as code.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use super::super::Post;
use super::super::calls::{self, Arguments, SiteContext, UnknownCalls};
use super::super::placeholders::Placeholders;
use super::markup::{self, Kind};
use super::{File, Library};
use crate::import::feed::tree::entity;
use crate::import::html;
use crate::model::escape;
use crate::source::{Span, floor};

/// Shortcodes that only put things in their places, by how their names begin.
const LAYOUT: [&str; 12] = [
    "vc_row",
    "vc_column",
    "et_pb_section",
    "et_pb_row",
    "et_pb_column",
    "et_pb_text",
    "fusion_builder_",
    "row",
    "column",
    "one_half",
    "one_third",
    "two_third",
];

/// Shortcodes around code, by the names of the usual plugins.
const CODE: [&str; 24] = [
    "bash",
    "c",
    "code",
    "cpp",
    "csharp",
    "css",
    "go",
    "html",
    "java",
    "javascript",
    "js",
    "perl",
    "php",
    "plain",
    "powershell",
    "python",
    "ruby",
    "rust",
    "shell",
    "source",
    "sourcecode",
    "sql",
    "text",
    "xml",
];

/// Shortcodes that show what is at an address.
const PLAYERS: [&str; 14] = [
    "bandcamp",
    "dailymotion",
    "embed",
    "flickr",
    "googlemaps",
    "scribd",
    "slideshare",
    "soundcloud",
    "ted",
    "twitch",
    "videopress",
    "vimeo",
    "wpvideo",
    "youtube",
];

/// Shortcodes may stand in each other so deep.
const DEPTH: usize = 10;

/// No shortcode, and no line that holds nothing else, is longer.
const LINE: usize = 4000;

/// A shortcode as it is written, up to its bracket.
struct Tag<'a> {
    written: &'a str,
    name: &'a str,
    given: Arguments,
    is_end: bool,
    /// `[name /]`
    is_whole: bool,
}

/// What was met in a text before.
#[derive(Default)]
struct PageState<'b> {
    /// What is shown as code: its end is shown as well.
    shown: BTreeSet<&'b str>,
    /// What has no end from here on.
    open: BTreeSet<&'b str>,
}

pub(super) struct Reader<'a> {
    library: &'a Library,
    post: &'a Post,
    around: &'a dyn SiteContext,
    unread: &'a mut UnknownCalls,
    kept: &'a mut Placeholders,
    depth: usize,
}

impl<'a> Reader<'a> {
    pub(super) fn new(
        library: &'a Library,
        post: &'a Post,
        around: &'a dyn SiteContext,
        unread: &'a mut UnknownCalls,
        kept: &'a mut Placeholders,
    ) -> Self {
        Self { library, post, around, unread, kept, depth: 0 }
    }

    /// HTML without shortcodes.
    pub(super) fn read(&mut self, body: &str) -> Result<String, String> {
        if !body.contains('[') {
            return Ok(body.to_owned());
        }
        let mut out = String::with_capacity(body.len());
        let mut seen = PageState::default();
        let mut at = 0;
        let mut start = 0;
        for piece in markup::pieces(body) {
            let end = start + piece.text.len();
            while piece.kind == Kind::Text && at < end {
                let from = at.max(start);
                let Some(found) = body[from..end].find('[').map(|found| from + found) else {
                    break;
                };
                out.push_str(&body[at..found]);
                at = self.bracket(body, found, &mut seen, &mut out)?;
            }
            start = end;
        }
        out.push_str(&body[at..]);
        Ok(out)
    }

    /// Writes what a bracket begins; gives where the text goes on.
    fn bracket<'b>(
        &mut self,
        body: &'b str,
        at: usize,
        seen: &mut PageState<'b>,
        out: &mut String,
    ) -> Result<usize, String> {
        let rest = &body[at..];
        // Two brackets show what one would call.
        if let Some(tag) = rest.strip_prefix('[').and_then(tag)
            && rest[1 + tag.written.len()..].starts_with(']')
        {
            out.push_str(tag.written);
            return Ok(at + tag.written.len() + 2);
        }
        let Some(tag) = tag(rest) else {
            out.push('[');
            return Ok(at + 1);
        };
        let end = at + tag.written.len();
        if tag.is_end {
            let is_known = seen.shown.contains(tag.name);
            let text = escape(tag.written);
            let (open, close) = if is_known { ("<code>", "</code>") } else { ("", "") };
            out.extend([open, &text, close]);
            return Ok(end);
        }
        let may_end = !tag.is_whole && !seen.open.contains(tag.name);
        let inner = if may_end { closing(&body[end..], tag.name) } else { None };
        if may_end && inner.is_none() {
            seen.open.insert(tag.name);
        }
        let after = end + inner.map_or(0, |(_, length)| length);
        let inner = inner.map(|(inner, _)| inner);
        if let Some(text) = self.meaning(&tag, inner)? {
            out.push_str(&text);
            return Ok(after);
        }
        let is_alone = is_alone(body, at..end);
        let is_call = inner.is_some()
            || tag.is_whole
            || tag.given.is_named()
            || is_alone && tag.name.len() > 1
            || tag.name.contains(['_', '-']);
        if !is_call {
            // Words that stand in brackets, `[sic]`.
            out.push('[');
            return Ok(at + 1);
        }
        *self.unread.entry(tag.name.to_owned()).or_default() += 1;
        if inner.is_some() {
            seen.shown.insert(tag.name);
        }
        let _ = write!(out, "<code>{}</code>", escape(&decoded(tag.written)));
        Ok(end)
    }

    /// What a shortcode shows, as HTML; none where that is not known.
    fn meaning(&mut self, tag: &Tag<'_>, inner: Option<&str>) -> Result<Option<String>, String> {
        if self.depth == DEPTH {
            return Ok(None);
        }
        if let Some(form) = self.around.own(tag.name) {
            let inner = match inner {
                Some(inner) => {
                    let inner = self.within(inner)?;
                    Some(self.kept.given_back(&html::text(&inner)?))
                }
                None => None,
            };
            let text = calls::filled(form, &tag.given, inner.as_deref());
            return Ok(Some(self.kept.keep(text)));
        }
        let name = tag.name.to_lowercase();
        if let Some(inner) = inner.filter(|_| LAYOUT.iter().any(|begins| name.starts_with(begins)))
        {
            return self.within(inner).map(Some);
        }
        let Some(inner) = inner else { return Ok(self.alone(&name, &tag.given)) };
        if CODE.contains(&name.as_str()) || name == "highlight" {
            let language = tag.given.or(&["language", "lang", "type"], 0);
            let generic = ["code", "plain", "source", "sourcecode", "text", "highlight"];
            let own = Some(name.as_str()).filter(|name| !generic.contains(name));
            return Ok(Some(code(inner, language.or(own).unwrap_or_default())));
        }
        Ok(match name.as_str() {
            "caption" | "wp_caption" => Some(captioned(&self.within(inner)?, &tag.given)),
            "embed" | "youtube" | "vimeo" | "video" | "audio" => {
                let address = decoded(&bare(inner));
                if address.starts_with("http") {
                    Some(shown(&address))
                } else {
                    self.alone(&name, &tag.given)
                }
            }
            "quote" | "blockquote" | "pullquote" => {
                Some(format!("<blockquote>{}</blockquote>", self.within(inner)?))
            }
            "dropcap" | "highlighted" | "center" | "lead" => Some(self.within(inner)?),
            "button" => {
                let address = tag.given.get(&["url", "link", "href"]).map(decoded);
                let words = self.within(inner)?;
                address.map(|address| format!("<a href=\"{}\">{words}</a>", escape(&address)))
            }
            _ => self.alone(&name, &tag.given),
        })
    }

    fn within(&mut self, inner: &str) -> Result<String, String> {
        self.depth += 1;
        let read = self.read(inner);
        self.depth -= 1;
        read
    }

    /// What a shortcode with nothing in it shows.
    fn alone(&self, name: &str, given: &Arguments) -> Option<String> {
        const PLAYED: [&str; 12] =
            ["src", "mp4", "m4v", "webm", "ogv", "wmv", "flv", "mp3", "m4a", "ogg", "wav", "flac"];
        match name {
            "gallery" | "playlist" => self.gallery(name, given),
            "audio" | "video" if given.get(&PLAYED).is_some() => {
                let address = decoded(given.get(&PLAYED)?);
                Some(format!("<{name} src=\"{}\"></{name}>", escape(&address)))
            }
            "toc" | "ez-toc" | "lwptoc" => Some(String::new()),
            _ => {
                // `[youtube=https://…]`, `[youtube https://…]`
                let whole = given.first().filter(|address| address.starts_with("http"));
                let whole = whole.filter(|_| PLAYERS.contains(&name)).map(str::to_owned);
                calls::embed(name, given).or(whole).map(|address| shown(&address))
            }
        }
    }

    /// Pictures by their numbers, or all that were put into the post.
    fn gallery(&self, name: &str, given: &Arguments) -> Option<String> {
        let chosen = given.get(&["ids", "include"]);
        let files: Vec<&File> = if let Some(numbers) = chosen {
            numbers.split(',').filter_map(|one| self.library.file(one.trim())).collect()
        } else {
            let own = self.post.names.first().and_then(|name| name.strip_prefix("?p="));
            let number = given.get(&["id"]).or(own)?;
            self.library.pictures_of(number).collect()
        };
        let figure = |file: &&File| {
            let (address, alt) = (escape(&file.address), escape(&file.alt));
            if name == "playlist" {
                let last = file.address.rsplit('/').next().unwrap_or_default();
                return format!("<p><a href=\"{address}\">{}</a></p>", escape(last));
            }
            let said = match file.caption.as_str() {
                "" => String::new(),
                said => format!("<figcaption>{said}</figcaption>"),
            };
            format!("<figure><img src=\"{address}\" alt=\"{alt}\">{said}</figure>")
        };
        (!files.is_empty()).then(|| files.iter().map(figure).collect())
    }
}

/// The shortcode that a text begins with.
fn tag(text: &str) -> Option<Tag<'_>> {
    let inner = text.strip_prefix('[')?;
    let (is_end, bare) = match inner.strip_prefix('/') {
        Some(bare) => (true, bare),
        None => (false, inner),
    };
    let is_part = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-');
    let length = bare.find(|c| !is_part(c))?;
    let (name, rest) = bare.split_at(length);
    let is_name = name.starts_with(|c: char| c.is_ascii_alphabetic());
    if !is_name || !rest.starts_with([' ', '\n', '\t', '/', ']', '=', '\u{a0}']) {
        return None;
    }
    let rest = &rest[..floor(rest, LINE.min(rest.len()))];
    let end = calls::end_of(rest, "]").filter(|end| !rest[..*end].contains('['))?;
    let written = &text[..=1 + usize::from(is_end) + length + end];
    // `[words](address)` is Markdown.
    if text[written.len()..].starts_with('(') {
        return None;
    }
    let told = rest[..end].replace('\u{a0}', " ");
    // An address may end in the same way.
    let ends = |bare: &&str| bare.is_empty() || bare.ends_with([' ', '"', '\'']);
    let bare = told.trim_end().strip_suffix('/').filter(ends);
    let is_whole = bare.is_some();
    let told = bare.unwrap_or(&told).trim().trim_start_matches('=');
    // Editors have made curved quotation marks of straight ones.
    let told = decoded(told).replace(['“', '”', '″', '„'], "\"");
    Some(Tag { written, name, given: calls::given(&told), is_end, is_whole })
}

/// What stands between a shortcode and its end, and how many bytes that takes with the end.
fn closing<'a>(rest: &'a str, name: &str) -> Option<(&'a str, usize)> {
    let close = format!("[/{name}]");
    let at = rest.find(&close)?;
    // Where the next one of its name begins before, this one has no end.
    let next = rest.find(&format!("[{name}"));
    let is_own = next.is_none_or(|next| next > at) || rest.matches(&close).nth(1).is_some();
    is_own.then(|| (&rest[..at], at + close.len()))
}

/// Whether a shortcode is all that its line says.
fn is_alone(body: &str, span: Span) -> bool {
    let start = floor(body, span.start.saturating_sub(LINE));
    let before = body[start..span.start].rsplit_once('\n').map(|(_, line)| line);
    let before = before.or((start == 0).then(|| &body[..span.start]));
    let end = floor(body, (span.end + LINE).min(body.len()));
    let behind = body[span.end..end].split_once('\n').map(|(line, _)| line);
    let behind = behind.or((end == body.len()).then(|| &body[span.end..]));
    let is_empty = |line: Option<&str>| line.is_some_and(|line| bare(line).is_empty());
    is_empty(before) && is_empty(behind)
}

/// A line without tags, so that it can be told whether anything stands in it.
fn bare(line: &str) -> String {
    let words = markup::pieces(line).into_iter().filter(|piece| piece.kind == Kind::Text);
    words.map(|piece| piece.text.replace("&nbsp;", " ")).collect::<String>().trim().to_owned()
}

/// A picture, and what stands below it.
fn captioned(inner: &str, given: &Arguments) -> String {
    let picture = inner.find("<img").and_then(|at| {
        let end = at + inner[at..].find('>')? + 1;
        let close = inner[end..].trim_start().strip_prefix("</a>");
        Some(close.map_or(end, |after| inner.len() - after.len()))
    });
    let (picture, said) = inner.split_at(picture.unwrap_or(0));
    let said = Some(said.trim()).filter(|said| !said.is_empty()).or(given.get(&["caption"]));
    let said = said.map(|said| format!("<figcaption>{said}</figcaption>")).unwrap_or_default();
    format!("<figure>{picture}{said}</figure>")
}

/// The address of what is shown of another site, by itself.
fn shown(address: &str) -> String {
    format!("<p>{}</p>", escape(address))
}

/// Code as an editor has kept it, with or without references for its signs.
fn code(inner: &str, language: &str) -> String {
    let text = ["<br />", "<br/>", "<br>", "<p>"]
        .iter()
        .fold(inner.to_owned(), |t, tag| t.replace(tag, "\n"));
    let text = decoded(&text.replace("</p>", ""));
    let class = match language {
        "" => String::new(),
        language => format!(" class=\"language-{}\"", escape(language)),
    };
    format!("<pre><code{class}>{}</code></pre>", escape(text.trim_matches('\n')))
}

/// A text without references for its signs.
fn decoded(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('&') {
        out.push_str(before);
        let found = after.split_once(';').filter(|(name, _)| name.len() < 12);
        let found = found.and_then(|(name, behind)| Some((entity(name)?, behind)));
        let (signs, behind) = found.unwrap_or_else(|| ("&".to_owned(), after));
        out.push_str(&signs);
        rest = behind;
    }
    out.push_str(rest);
    out
}

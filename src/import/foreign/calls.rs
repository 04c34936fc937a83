//! Calls of other programs' templates in texts, `{{< figure src="a.png" >}}` or `{% highlight ruby %}`:
//! what is common becomes Markdown, the rest is shown as code.

use std::collections::BTreeMap;

use super::Program;
use super::kramdown::without_attributes;
use super::pieces::{as_code, bracketed, destination, fence, quote};
use crate::model::escape;
use crate::parse::markdown;

/// How often each kind of call could not be read.
pub type UnknownCalls = BTreeMap<String, usize>;

/// What a call may ask of the site around a text.
pub trait SiteContext {
    /// Where a reference leads, and what is found there.
    fn reference(&self, name: &str, is_post: bool) -> Option<(String, String)>;
    /// The text of a variable, such as `site.title`.
    fn variable(&self, name: &str) -> Option<String>;
    /// What a site says that a call is in Markdown: `{0}`, `{src}` and `{inner}` stand for what is given.
    fn own(&self, name: &str) -> Option<&str>;
}

/// What is given to a call: by name, or by position.
#[derive(Clone, Debug, Default)]
pub(super) struct Arguments {
    named: Vec<(String, String)>,
    placed: Vec<String>,
}

impl Arguments {
    /// The value under one of some names.
    pub(super) fn get(&self, names: &[&str]) -> Option<&str> {
        let by_name = names.iter().find_map(|name| {
            let found = self.named.iter().find(|(key, _)| key.eq_ignore_ascii_case(name));
            found.map(|(_, value)| value.as_str())
        });
        by_name.filter(|value| !value.is_empty())
    }

    /// The same, or else the value at a position.
    pub(super) fn or(&self, names: &[&str], at: usize) -> Option<&str> {
        let placed = || self.placed.get(at).map(String::as_str).filter(|value| !value.is_empty());
        self.get(names).or_else(placed)
    }

    /// The first value without a name.
    pub(super) fn first(&self) -> Option<&str> {
        self.placed.first().map(String::as_str)
    }

    /// Whether anything has a name.
    pub(super) fn is_named(&self) -> bool {
        !self.named.is_empty()
    }
}

/// One tag of a call.
#[derive(Clone, Debug)]
struct Tag<'a> {
    /// As it is written.
    written: &'a str,
    name: String,
    given: Arguments,
    kind: Kind,
}

impl Tag<'_> {
    /// Whether it may have a text of its own, up to its end; `{{ … }}` of Zola never has.
    fn is_paired(&self, program: Program) -> bool {
        let is_value = program == Program::Zola && self.written.starts_with("{{");
        self.kind == Kind::Open && !is_value
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Open,
    Close,
    /// `{{ … }}` of Liquid and Tera.
    Value,
    /// `{{</* … */>}}`: what is inside is meant to be seen.
    Escaped,
}

/// A text in which calls have become Markdown.
#[must_use]
pub fn plain(
    body: &str,
    program: Program,
    around: &dyn SiteContext,
    unread: &mut UnknownCalls,
) -> String {
    if !body.contains("{{") && !body.contains("{%") && !body.contains("{:") {
        return body.to_owned();
    }
    let mut reader = Reader { program, around, unread };
    let read = reader.read(body);
    if program == Program::Jekyll { without_attributes(&read) } else { read }
}

struct Reader<'a> {
    program: Program,
    around: &'a dyn SiteContext,
    unread: &'a mut UnknownCalls,
}

impl Reader<'_> {
    fn read(&mut self, body: &str) -> String {
        let code = markdown::code(body);
        let mut out = String::with_capacity(body.len());
        let mut at = 0;
        while let Some(start) = next(body, at, self.program) {
            out.push_str(&body[at..start]);
            let inside = code.iter().find(|span| span.contains(&start));
            let Some(tag) = tag(&body[start..], self.program) else {
                // Two braces that begin nothing.
                let end = start + 1;
                out.push_str(&body[start..end]);
                at = end;
                continue;
            };
            let end = start + tag.written.len();
            if tag.kind == Kind::Escaped {
                out.push_str(&shown(&tag, inside.is_some()));
                at = end;
                continue;
            }
            // Only Liquid has a tag that says that what follows is code.
            if inside.is_some() {
                if self.program == Program::Jekyll
                    && let Some(inner) = self.raw(&tag, &body[end..])
                {
                    out.push_str(inner.0);
                    at = end + inner.1;
                    continue;
                }
                out.push_str(tag.written);
                at = end;
                continue;
            }
            at = self.call(&tag, body, end, &mut out);
        }
        out.push_str(&body[at..]);
        out
    }

    /// What stands between `{% raw %}` and its end, and how many bytes that takes.
    fn raw<'b>(&self, tag: &Tag<'_>, rest: &'b str) -> Option<(&'b str, usize)> {
        if tag.name != "raw" || tag.kind != Kind::Open {
            return None;
        }
        let (start, end) = closing(rest, tag, self.program)?;
        Some((&rest[..start], end))
    }

    /// Writes what a call means; gives where the text goes on.
    fn call(&mut self, tag: &Tag<'_>, body: &str, end: usize, out: &mut String) -> usize {
        let rest = &body[end..];
        let pair =
            if tag.is_paired(self.program) { closing(rest, tag, self.program) } else { None };
        let inner = pair.map(|(start, _)| &rest[..start]);
        let after = end + pair.map_or(0, |(_, end)| end);
        let own = self.around.own(&tag.name).map(|form| filled(form, &tag.given, inner));
        if let Some(own) = own {
            out.push_str(&own);
            return after;
        }
        if tag.name == "raw"
            && let Some(inner) = inner
        {
            out.push_str(inner);
            return after;
        }
        if let Some(text) = self.inline(tag, out) {
            out.push_str(&text);
            return end;
        }
        if let Some(block) = self.block(tag, inner) {
            // A call may stand in a line, and what it means may take several.
            let (_, line) = out.rsplit_once('\n').unwrap_or(("", out));
            if block.contains('\n') && !line.trim().is_empty() {
                out.push_str("\n\n");
            }
            out.push_str(&block);
            if block.contains('\n') && !body[after..].trim_start_matches(' ').starts_with('\n') {
                out.push_str("\n\n");
            }
            return after;
        }
        if tag.kind != Kind::Close {
            *self.unread.entry(shown_name(tag)).or_default() += 1;
        }
        if is_in_address(out) {
            return end;
        }
        // Marks of two spans of code would be those of one.
        if out.ends_with('`') {
            out.push(' ');
        }
        out.push_str(&as_code(tag.written));
        end
    }

    /// What stands for words in a line: references and variables.
    fn inline(&mut self, tag: &Tag<'_>, before: &str) -> Option<String> {
        let refer = |name: &str, is_post: bool| {
            let (address, title) = self.around.reference(name, is_post)?;
            let is_address = before.ends_with("](")
                || before.ends_with("](<")
                || before.ends_with(['"', '\'', '='])
                || before.ends_with("]: ");
            Some(if is_address { address } else { format!("[{}]({address})", bracketed(&title)) })
        };
        match (tag.name.as_str(), tag.kind) {
            ("ref" | "relref", Kind::Open) => refer(tag.given.or(&["path"], 0)?, false),
            ("link", Kind::Open) if self.program == Program::Jekyll => {
                refer(tag.given.placed.first()?, false)
            }
            ("post_url", Kind::Open) => refer(tag.given.placed.first()?, true),
            ("param", Kind::Open) => self.around.variable(tag.given.placed.first()?),
            (_, Kind::Value) if self.program == Program::Jekyll => self.value(&tag.name),
            _ => None,
        }
    }

    /// `site.title`, `"/a.png" | relative_url`.
    fn value(&self, expression: &str) -> Option<String> {
        let mut parts = expression.split('|').map(str::trim);
        let first = parts.next()?;
        let quoted = ['"', '\'']
            .into_iter()
            .find_map(|mark| first.strip_prefix(mark)?.strip_suffix(mark).map(str::to_owned));
        let value = quoted.or_else(|| self.around.variable(first))?;
        let known = |filter: &str| {
            let name = filter.split(':').next().unwrap_or(filter).trim();
            matches!(name, "relative_url" | "absolute_url" | "prepend" | "escape" | "strip")
        };
        parts.all(known).then_some(value)
    }

    /// What a call shows, in Markdown.
    fn block(&mut self, tag: &Tag<'_>, inner: Option<&str>) -> Option<String> {
        if tag.kind == Kind::Close {
            return None;
        }
        let given = &tag.given;
        let name = tag.name.as_str();
        match name {
            "highlight" | "code" | "codeblock" | "prism" if inner.is_some() => {
                let language = given.or(&["lang", "language"], 0).unwrap_or_default();
                Some(fence(inner?, language))
            }
            "mermaid" => Some(fence(inner?, "mermaid")),
            "comment" => inner.map(|_| String::new()),
            "toc" | "break" => inner.is_none().then(String::new),
            "rawhtml" | "html" => Some(inner?.to_owned()),
            "figure" | "image" | "img" | "picture" | "photo" | "fig" => figure(given),
            "details" | "expand" | "collapse" | "spoiler" => {
                let title = given.or(&["summary", "title"], 0).unwrap_or("…");
                let inner = self.read(inner?);
                let title = escape(title);
                Some(format!(
                    "<details><summary>{title}</summary>\n\n{}\n\n</details>\n",
                    inner.trim()
                ))
            }
            "quote" | "blockquote" | "pullquote" => {
                let by = given.or(&["author", "by", "cite"], 0).map(str::to_owned);
                let inner = self.read(inner?);
                let by = by.map(|by| format!("\n\n— {by}")).unwrap_or_default();
                Some(quote(&format!("{}{by}", inner.trim())))
            }
            _ => self.notice(tag, inner).or_else(|| {
                let address = embed(name, given)?;
                Some(format!("<{address}>"))
            }),
        }
    }

    /// A box that warns or explains.
    fn notice(&mut self, tag: &Tag<'_>, inner: Option<&str>) -> Option<String> {
        let generic = ["notice", "admonition", "callout", "alert", "hint", "message", "box"];
        let given = &tag.given;
        let kind = if generic.contains(&tag.name.as_str()) {
            let kind = given.or(&["type", "kind", "context", "style", "level"], 0);
            alert(kind.unwrap_or("note")).unwrap_or("NOTE")
        } else {
            alert(&tag.name)?
        };
        let own = given.get(&["text", "content"]).map(str::to_owned);
        let inner = match inner {
            Some(inner) => self.read(inner),
            None => own?,
        };
        let at = usize::from(generic.contains(&tag.name.as_str()));
        let title = given.or(&["title", "heading"], at);
        let title = title.map(|title| format!("**{title}**\n\n")).unwrap_or_default();
        Some(quote(&format!("[!{kind}]\n{title}{}", inner.trim())))
    }
}

/// Whether what follows a text stands in the address of a link or in a tag of HTML, where nothing can be shown.
fn is_in_address(text: &str) -> bool {
    let line = text.rsplit('\n').next().unwrap_or(text);
    let behind = |mark: &str| line.rfind(mark).map(|at| &line[at + mark.len()..]);
    let is_link = behind("](").is_some_and(|rest| !rest.contains([')', ' ']));
    let is_definition =
        line.starts_with('[') && behind("]: ").is_some_and(|rest| !rest.contains(' '));
    let is_tag = behind("<").is_some_and(|rest| {
        rest.starts_with(|c: char| c.is_ascii_alphabetic())
            && rest.contains('=')
            && !rest.contains('>')
    });
    is_link || is_definition || is_tag
}

/// What is meant to be seen as it is written, in code or as code.
fn shown(tag: &Tag<'_>, is_code: bool) -> String {
    if is_code { tag.name.clone() } else { as_code(&tag.name) }
}

/// A picture with what is said of it.
fn figure(given: &Arguments) -> Option<String> {
    let names = ["src", "image_path", "path", "url", "image", "img", "file", "name"];
    let mut places = given.placed.iter();
    let is_file = |text: &&String| {
        let end = text.rsplit('.').next().unwrap_or_default().to_lowercase();
        ["png", "jpg", "jpeg", "gif", "svg", "webp", "avif"].contains(&&*end)
    };
    let src = given.get(&names).or_else(|| places.find(is_file).map(String::as_str))?;
    let alt = given.get(&["alt", "alt_text"]).unwrap_or_default();
    let said = ["title", "caption", "attr"].iter().filter_map(|key| given.get(&[key]));
    let caption = said.collect::<Vec<_>>().join(" ");
    let alt = if alt.is_empty() && !caption.contains(['[', '<']) { caption.as_str() } else { alt };
    let (alt, place) = (bracketed(alt), destination(src));
    let is_marked = caption.contains(['*', '_', '`', '[', '<', '&', '\n']);
    let picture = match given.get(&["link", "href"]) {
        Some(link) => format!("[![{alt}]({place})]({})", destination(link)),
        None if caption.is_empty() || is_marked => format!("![{alt}]({place})"),
        None => return Some(format!("![{alt}]({place} \"{}\")", caption.replace('"', "\\\""))),
    };
    Some(if caption.is_empty() { picture } else { format!("{picture}\n\n{caption}\n") })
}

/// GitHub's kind of an alert for another program's.
#[must_use]
pub fn alert(kind: &str) -> Option<&'static str> {
    Some(match kind.to_lowercase().as_str() {
        "note" | "info" | "primary" | "secondary" | "abstract" | "summary" | "tldr" | "todo"
        | "question" | "help" | "faq" | "example" => "NOTE",
        "tip" | "hint" | "success" | "check" | "done" => "TIP",
        "important" => "IMPORTANT",
        "warning" | "warn" | "attention" => "WARNING",
        "caution" | "danger" | "error" | "failure" | "fail" | "missing" | "bug" => "CAUTION",
        _ => return None,
    })
}

/// The address of what a call would show of another site.
pub(super) fn embed(name: &str, given: &Arguments) -> Option<String> {
    let id = given.or(&["id", "video", "videoid", "youtubeid", "video_id"], 0);
    let is_id = |id: &&str| !id.contains(['/', ' ', '<']);
    Some(match name {
        "youtube" | "youtubepl" | "yt" | "youtube-lite" => match id? {
            url if url.starts_with("http") => url.to_owned(),
            id => format!("https://www.youtube.com/watch?v={}", Some(id).filter(is_id)?),
        },
        "vimeo" => match id? {
            url if url.starts_with("http") => url.to_owned(),
            id => format!("https://vimeo.com/{}", Some(id).filter(is_id)?),
        },
        "gist" if given.get(&["url"]).is_some() => given.get(&["url"])?.to_owned(),
        "gist" => match (given.or(&["user"], 0)?, given.or(&["id"], 1)) {
            (user, Some(id)) if is_id(&id) && !id.contains('.') => {
                format!("https://gist.github.com/{user}/{id}")
            }
            (id, _) => format!("https://gist.github.com/{id}"),
        },
        "tweet" | "twitter" | "x" | "tweet_simple" | "x_simple" => {
            let (user, id) = (given.get(&["user"]), given.or(&["id"], 0)?);
            match user {
                _ if id.starts_with("http") => id.to_owned(),
                Some(user) => format!("https://x.com/{user}/status/{id}"),
                None => format!("https://x.com/i/status/{id}"),
            }
        }
        "instagram" | "instagram_simple" => format!("https://www.instagram.com/p/{}/", id?),
        "soundcloud" | "spotify" | "bilibili" | "video" | "audio" | "iframe" | "asciinema"
        | "codepen" | "embed" => {
            let url = given.or(&["src", "url", "href", "link"], 0)?;
            url.starts_with("http").then(|| url.to_owned())?
        }
        _ => return None,
    })
}

/// What a site says that a call is.
pub(super) fn filled(form: &str, given: &Arguments, inner: Option<&str>) -> String {
    let mut out = form.replace("{inner}", inner.unwrap_or_default().trim());
    for (at, value) in given.placed.iter().enumerate() {
        out = out.replace(&format!("{{{at}}}"), value);
    }
    for (key, value) in &given.named {
        out = out.replace(&format!("{{{key}}}"), value);
    }
    out
}

/// Where the next tag begins that the program would read.
fn next(body: &str, from: usize, program: Program) -> Option<usize> {
    let marks: &[&str] = match program {
        Program::Hugo => &["{{<", "{{%"],
        Program::Obsidian => &[],
        _ => &["{{", "{%"],
    };
    marks.iter().filter_map(|mark| body[from..].find(mark)).min().map(|at| from + at)
}

/// The tag that a text begins with.
fn tag(text: &str, program: Program) -> Option<Tag<'_>> {
    let (open, close) = match program {
        Program::Hugo if text.starts_with("{{<") => ("{{<", ">}}"),
        Program::Hugo => ("{{%", "%}}"),
        _ if text.starts_with("{{") => ("{{", "}}"),
        _ => ("{%", "%}"),
    };
    let rest = text.strip_prefix(open)?;
    let end = end_of(rest, close)?;
    let (inner, written) = (&rest[..end], &text[..open.len() + end + close.len()]);
    let bare = inner.trim_matches(['-', ' ', '\n', '\t']);
    if let Some(shown) = inner.trim().strip_prefix("/*").and_then(|t| t.strip_suffix("*/")) {
        let name = format!("{open}{shown}{close}");
        return Some(Tag { written, name, given: Arguments::default(), kind: Kind::Escaped });
    }
    if open == "{{" && program != Program::Zola {
        let name = bare.to_owned();
        return Some(Tag { written, name, given: Arguments::default(), kind: Kind::Value });
    }
    let (kind, bare) = match program {
        Program::Hugo => match bare.strip_prefix('/') {
            Some(name) => (Kind::Close, name.trim_start()),
            None => (Kind::Open, bare.trim_end_matches('/').trim_end()),
        },
        _ if bare.starts_with("end") && open == "{%" => (Kind::Close, &bare["end".len()..]),
        _ => (Kind::Open, bare),
    };
    let at = bare.find(|c: char| c.is_whitespace() || c == '(').unwrap_or(bare.len());
    let (name, rest) = bare.split_at(at);
    if kind == Kind::Open && name.is_empty() {
        return None;
    }
    let mut given = given(rest.trim_matches(['(', ')', ' ', '\n']));
    let name = included(name, &mut given).unwrap_or_else(|| name.to_owned());
    Some(Tag { written, name, given, kind })
}

/// What a call includes, which is what it calls: `{% include figure.html src="a.png" %}`.
fn included(name: &str, given: &mut Arguments) -> Option<String> {
    if !matches!(name, "include" | "include_cached" | "partial") || given.placed.is_empty() {
        return None;
    }
    let file = given.placed.remove(0);
    let stem = file.rsplit('/').next().unwrap_or(&file);
    Some(stem.split('.').next().unwrap_or(stem).to_owned())
}

/// Where a tag ends, behind what stands in quotation marks.
pub(super) fn end_of(text: &str, close: &str) -> Option<usize> {
    let mut quote = None;
    for (at, c) in text.char_indices() {
        match quote {
            Some(mark) if c == mark && !text[..at].ends_with('\\') => quote = None,
            Some(_) if c == '\n' && text[at..].starts_with("\n\n") => return text.find(close),
            None if text[at..].starts_with(close) => return Some(at),
            None if c == '"' || c == '`' => quote = Some(c),
            _ => {}
        }
    }
    // A quotation mark that nothing closes.
    text.find(close)
}

/// What is given to a call.
pub(super) fn given(text: &str) -> Arguments {
    let mut given = Arguments::default();
    let mut rest = text.trim_start();
    while !rest.is_empty() {
        let at = rest.find(|c: char| c.is_whitespace() || matches!(c, '=' | '"' | '`' | ','));
        let is_address = rest.starts_with("http://") || rest.starts_with("https://");
        let key = match at.filter(|_| !is_address) {
            Some(at) if rest[at..].trim_start().starts_with('=') && at > 0 => {
                let key = rest[..at].trim_matches(':').to_owned();
                rest = rest[at..].trim_start()[1..].trim_start();
                Some(key)
            }
            _ => None,
        };
        let (value, after) = value(rest);
        match key {
            Some(key) => given.named.push((key, value)),
            None if !value.is_empty() => given.placed.push(value),
            None => {}
        }
        rest = after.trim_start_matches(|c: char| c.is_whitespace() || c == ',');
    }
    given
}

/// The value that a text begins with, and what follows; at least one character is taken.
fn value(text: &str) -> (String, &str) {
    if let Some(mark) = text.chars().next().filter(|c| matches!(c, '"' | '\'' | '`')) {
        let inner = &text[1..];
        let is_end = |&(at, c): &(usize, char)| c == mark && !inner[..at].ends_with('\\');
        if let Some((end, _)) = inner.char_indices().find(is_end) {
            return (inner[..end].replace("\\\"", "\""), &inner[end + 1..]);
        }
    }
    let first = text.chars().next().map_or(0, char::len_utf8);
    let rest = &text[first..];
    let end =
        rest.find(|c: char| c.is_whitespace() || c == ',').map_or(text.len(), |at| first + at);
    (text[..end].trim_matches([',', '"', '\'', '`']).to_owned(), &text[end..])
}

/// Where the end of a paired call begins, and where it ends.
fn closing(rest: &str, tag: &Tag<'_>, program: Program) -> Option<(usize, usize)> {
    // What stands in a block of code or between `raw` opens nothing; of Zola's tags any one does.
    let opens = |other: &Tag<'_>| match program {
        Program::Zola => other.is_paired(program),
        _ => other.name == tag.name && !matches!(&*tag.name, "raw" | "highlight"),
    };
    let mut depth = 0usize;
    let mut at = 0;
    while let Some(start) = next(rest, at, program) {
        let Some(other) = self::tag(&rest[start..], program) else {
            at = start + 1;
            continue;
        };
        at = start + other.written.len();
        // Zola ends every call in the same way.
        let is_same = other.name == tag.name || program == Program::Zola && other.name.is_empty();
        match other.kind {
            Kind::Close if is_same && depth == 0 => return Some((start, at)),
            Kind::Close if is_same => depth -= 1,
            Kind::Open if opens(&other) => depth += 1,
            _ => {}
        }
    }
    None
}

fn shown_name(tag: &Tag<'_>) -> String {
    let first = tag.name.split(['|', ' ']).next().unwrap_or_default().trim();
    if first.is_empty() { tag.written.to_owned() } else { first.to_owned() }
}

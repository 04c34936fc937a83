//! Frames, players and scripts of other sites, which no page of ours shows: links to them.

use super::calls::UnknownCalls;
use super::pieces::{bracketed, destination};
use crate::model::escape;
use crate::parse::markdown;
use crate::source::Span;

/// Elements that show a part of another site, which no page of ours does: a link stays.
const EMBEDS: [&str; 6] = ["iframe", "video", "audio", "object", "embed", "script"];

/// A text in which what shows a part of another site is a link to it.
pub(super) fn without_embeds(body: &str, told: &mut UnknownCalls) -> String {
    if !body.contains('<') {
        return body.to_owned();
    }
    without(body, &markdown::code(body), told, link)
}

/// HTML in which what shows a part of another site is its address.
pub(super) fn without_frames(html: &str, told: &mut UnknownCalls) -> String {
    without(html, &[], told, |address| {
        let address = opened(address);
        let (place, name) = (escape(&address), address.rsplit('/').next().unwrap_or_default());
        if address.starts_with("http") {
            format!("<p>{place}</p>")
        } else {
            format!("<p><a href=\"{place}\">{}</a></p>", escape(name))
        }
    })
}

fn without(
    body: &str,
    code: &[Span],
    told: &mut UnknownCalls,
    link: impl Fn(&str) -> String,
) -> String {
    let mut out = String::with_capacity(body.len());
    let mut at = 0;
    while let Some(start) = body[at..].find('<').map(|found| at + found) {
        out.push_str(&body[at..start]);
        let rest = &body[start..];
        let name = EMBEDS.iter().find(|name| {
            let is_it =
                rest.get(1..=name.len()).is_some_and(|word| word.eq_ignore_ascii_case(name));
            is_it
                && rest[name.len() + 1..]
                    .starts_with(|c: char| c.is_whitespace() || matches!(c, '>' | '/'))
        });
        let Some(name) = name.filter(|_| !code.iter().any(|span| span.contains(&start))) else {
            out.push('<');
            at = start + 1;
            continue;
        };
        let open = rest.find('>').map_or(rest.len(), |end| end + 1);
        let close = format!("</{name}>");
        let end = find_tag(rest, &close).map(|end| end + close.len());
        let end = end.filter(|_| *name != "embed").unwrap_or(open);
        let inner = &rest[..end];
        let address =
            ["src", "data-src", "data", "href"].iter().find_map(|key| attribute(inner, key));
        let address = address.map(|address| match address.strip_prefix("//") {
            Some(rest) => format!("https://{rest}"),
            None => address,
        });
        match address.filter(|address| *name != "script" || address.contains("gist.github.com")) {
            Some(address) => {
                *told.entry((*name).to_owned()).or_default() += 1;
                out.push_str(&link(&address));
            }
            // A script that shows nothing of its own.
            None if *name == "script" => {}
            None => out.push_str(inner),
        }
        at = start + end;
    }
    out.push_str(&body[at..]);
    out
}

/// Where the end of an element stands, however its letters are written.
fn find_tag(text: &str, close: &str) -> Option<usize> {
    let mut ends = text.match_indices("</").map(|(at, _)| at);
    ends.find(|at| text.get(*at..*at + close.len()).is_some_and(|t| t.eq_ignore_ascii_case(close)))
}

/// An address that a person can open, for that of a player.
fn opened(address: &str) -> String {
    let video = ["youtube.com/embed/", "youtube-nocookie.com/embed/"]
        .iter()
        .find_map(|place| Some(address.split_once(place)?.1));
    let address = match video {
        Some(id) => {
            let id = id.split(['?', '&', '/']).next().unwrap_or(id);
            format!("https://www.youtube.com/watch?v={id}")
        }
        None => match address.split_once("player.vimeo.com/video/") {
            Some((_, id)) => format!("https://vimeo.com/{}", id.split('?').next().unwrap_or(id)),
            None => address.replace("&amp;", "&"),
        },
    };
    address.strip_suffix(".js").filter(|a| a.contains("gist.github")).unwrap_or(&address).to_owned()
}

/// A link to what was shown.
fn link(address: &str) -> String {
    let address = &*opened(address);
    if address.starts_with("http") {
        format!("<{}>", address.replace(' ', "%20"))
    } else {
        let name = address.rsplit('/').next().unwrap_or(address);
        format!("[{}]({})", bracketed(name), destination(address))
    }
}

/// The value of an attribute in a piece of HTML.
fn attribute(html: &str, key: &str) -> Option<String> {
    html.match_indices(key).find_map(|(at, _)| {
        let is_name = html[..at].ends_with(char::is_whitespace);
        let value = html[at + key.len()..].trim_start().strip_prefix('=')?.trim_start();
        let mark = value.chars().next().filter(|c| matches!(c, '"' | '\''))?;
        let (value, _) = value[1..].split_once(mark)?;
        (is_name && !value.is_empty()).then(|| value.trim().to_owned())
    })
}

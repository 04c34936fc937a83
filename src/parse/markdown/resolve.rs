//! The links of a rendered text, once it is known where they lead.

use std::fmt::Write;

use super::Rendered;
use crate::model::escape;
use crate::parse::address::is_safe_address;
use crate::parse::links::{Found, Link, Target};

impl Rendered {
    /// Puts addresses where [marks](crate::parse::links::mark) are. `found` gives for each link its address, its attributes where it
    /// is a picture, and for a bare name what to call it; none where there is nothing of that name: then the
    /// words stay, without a link.
    #[must_use]
    pub fn resolved(&self, found: impl Fn(&Link) -> Option<Found>) -> String {
        let Self { html, links, key, .. } = self;
        if key.is_empty() {
            return html.clone();
        }
        let marker = format!("\"{key}");
        let mut out = String::with_capacity(html.len() + links.len() * 32);
        let mut rest = html.as_str();
        while let Some(at) = rest.find(&marker) {
            let (before, after) = rest.split_at(at);
            let Some((number, after)) = after[marker.len()..].split_once('"') else { break };
            let link = number.parse::<usize>().ok().and_then(|number| links.get(number));
            let is_name = link.is_some_and(|link| matches!(link.to, Target::Name { .. }));
            rest = after;
            match (link.and_then(&found), before.strip_suffix("<a href=").filter(|_| is_name)) {
                (Some(found), _) => {
                    let _ = write!(out, "{before}\"{}\"{}", found.address, found.attributes);
                    if let (Some(name), Some((open, text))) = (found.name, after.split_once('>'))
                        && let Some(end) = text.find("</a>")
                    {
                        let _ = write!(out, "{open}>{name}");
                        rest = &text[end..];
                    }
                }
                (None, Some(before)) => {
                    let text = after.split_once('>').map_or(after, |(_, text)| text);
                    let (text, after) = text.split_once("</a>").unwrap_or((text, ""));
                    let _ = write!(out, "{before}{text}");
                    rest = after;
                }
                (None, None) => {
                    let written = link.map(|link| link.to.written());
                    let written = written.filter(|text| is_safe_address(text)).unwrap_or("#");
                    let _ = write!(out, "{before}\"{}\"", escape(written));
                }
            }
        }
        out.push_str(rest);
        out
    }
}

//! Pictures in HTML that a script of the old site filled in, or that come in several sizes.

use std::borrow::Cow;

use dom_query::Document;

use crate::import::html::picture_source;
use crate::model::escape;
use crate::parse::markdown;

/// A text in which each picture has the address of what was shown in the end, the largest of several.
pub(super) fn with_sources(body: &str) -> Cow<'_, str> {
    if !["data-", "srcset"].iter().any(|name| body.contains(name)) {
        return body.into();
    }
    let code = markdown::code(body);
    let mut out = String::with_capacity(body.len());
    let mut at = 0;
    for (start, _) in body
        .match_indices("<img")
        .filter(|(start, _)| !code.iter().any(|span| span.contains(start)))
    {
        let Some(end) = body[start..].find('>').map(|end| start + end + 1) else { break };
        let fragment = Document::fragment(&body[start..end]);
        let picture = fragment.select("img");
        let Some(node) = picture.nodes().first() else { continue };
        let (shown, real) = (picture.attr("src"), picture_source(node));
        let Some(real) = real.filter(|real| shown.as_deref() != Some(real)) else { continue };
        out.push_str(&body[at..start]);
        out.extend(["<img src=\"", &escape(&real), "\""]);
        for name in ["alt", "title", "width", "height", "class"] {
            if let Some(value) = picture.attr(name) {
                out.extend([" ", name, "=\"", &escape(&value), "\""]);
            }
        }
        out.push('>');
        at = end;
    }
    out.push_str(&body[at..]);
    out.into()
}

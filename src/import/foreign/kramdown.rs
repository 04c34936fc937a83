//! What kramdown, the Markdown of Jekyll, has besides.

use crate::parse::markdown;

/// A text without what kramdown reads as attributes, `{: .wide }`, and without the place of its table
/// of contents.
pub(super) fn without_attributes(text: &str) -> String {
    if !text.contains("{:") {
        return text.to_owned();
    }
    let code = markdown::code(text);
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    while let Some(start) = text[at..].find("{:").map(|found| at + found) {
        let end = text[start..].find('}').map(|end| start + end + 1);
        let is_code = code.iter().any(|span| span.contains(&start));
        let Some(end) = end.filter(|end| !is_code && !text[start..*end].contains('\n')) else {
            out.push_str(&text[at..start + 2]);
            at = start + 2;
            continue;
        };
        out.push_str(&text[at..start]);
        if text[start..end].contains("toc") {
            // The item that the table stands in the place of.
            let kept = out.trim_end();
            let line = kept.rsplit('\n').next().unwrap_or(kept);
            if line.trim_start().starts_with(['*', '-', '1']) {
                out.truncate(kept.len() - line.len());
            }
        }
        at = end;
    }
    out.push_str(&text[at..]);
    out
}

//! Cards of Ghost's editors, pictures and other things between the paragraphs, as HTML.

use serde_json::Value as Json;

use super::super::calls::UnknownCalls;
use super::super::placeholders::Placeholders;
use super::text;
use crate::model::escape;

/// What a card shows; one that is not known is shown by its name, as code.
pub(super) fn card(
    name: &str,
    fields: &Json,
    kept: &mut Placeholders,
    unread: &mut UnknownCalls,
) -> String {
    let said = || match text(fields, "caption") {
        Some(said) => format!("<figcaption>{said}</figcaption>"),
        None => String::new(),
    };
    let about = |title: &str, key: &str| {
        let title = text(fields, title).or_else(|| text(fields.get("metadata")?, "title"));
        let address = text(fields, key)?;
        Some(format!("{}{}", link(address, title), noted(&[plain(text(fields, "caption"))])))
    };
    let shown = match name {
        "image" => {
            text(fields, "src").map(|_| format!("<figure>{}{}</figure>", image(fields), said()))
        }
        "gallery" => fields.get("images").and_then(Json::as_array).map(|images| {
            let images: String = images
                .iter()
                .map(|one| format!("<figure>{}</figure>", image(one)))
                .collect::<Vec<_>>()
                .concat();
            format!("{images}{}", noted(&[plain(text(fields, "caption"))]))
        }),
        "markdown" | "card-markdown" => text(fields, "markdown").map(|own| {
            let place = kept.keep(own.to_owned());
            format!("<p>{place}</p>")
        }),
        "html" => text(fields, "html").map(str::to_owned),
        "code" | "codeblock" => text(fields, "code").map(|code| {
            let class = text(fields, "language")
                .map(|language| format!(" class=\"language-{}\"", escape(language)));
            format!("<pre><code{}>{}</code></pre>", class.unwrap_or_default(), escape(code))
        }),
        "hr" | "horizontalrule" => Some("<hr>".to_owned()),
        // Where the part for members begins, and what stands in mails only.
        "paywall" | "email" | "email-cta" => Some(String::new()),
        "bookmark" => about("title", "url"),
        "embed" => text(fields, "url").map(|url| {
            format!("<p>{}</p>{}", escape(url), noted(&[plain(text(fields, "caption"))]))
        }),
        "video" => text(fields, "src").map(|src| {
            let said = noted(&[plain(text(fields, "caption"))]);
            format!("<p><video src=\"{}\"></video></p>{said}", escape(src))
        }),
        "audio" => about("title", "src"),
        "file" => about("fileTitle", "src"),
        "button" => about("buttonText", "buttonUrl"),
        "callout" => text(fields, "calloutText").map(|words| {
            let sign = text(fields, "calloutEmoji").map(|sign| format!("{sign} "));
            format!("<blockquote><p>{}{words}</p></blockquote>", sign.unwrap_or_default())
        }),
        "toggle" => text(fields, "heading").map(|heading| {
            format!(
                "<p><strong>{heading}</strong></p>{}",
                text(fields, "content").unwrap_or_default()
            )
        }),
        "header" => text(fields, "header").map(|heading| {
            let below = text(fields, "subheader").map(|words| format!("<p>{words}</p>"));
            format!("<h2>{heading}</h2>{}", below.unwrap_or_default())
        }),
        _ => None,
    };
    shown.unwrap_or_else(|| {
        *unread.entry(name.to_owned()).or_default() += 1;
        format!("<p><code>{}</code></p>", escape(name))
    })
}

fn image(fields: &Json) -> String {
    let (src, alt) =
        (text(fields, "src").unwrap_or_default(), text(fields, "alt").unwrap_or_default());
    let picture = format!("<img src=\"{}\" alt=\"{}\">", escape(src), escape(alt));
    match text(fields, "href") {
        Some(href) => format!("<a href=\"{}\">{picture}</a>", escape(href)),
        None => picture,
    }
}

/// A link in a paragraph, by its title or its address.
pub(super) fn link(address: &str, title: Option<&str>) -> String {
    match title {
        Some(title) => {
            format!("<p><a href=\"{}\">{}</a></p>", escape(address), escape(title))
        }
        None => format!("<p>{}</p>", escape(address)),
    }
}

/// Plain words about something, each in a paragraph.
pub(super) fn noted(words: &[Option<String>]) -> String {
    words
        .iter()
        .flatten()
        .map(|words| format!("<p>{}</p>", escape(words)))
        .collect::<Vec<_>>()
        .concat()
}

fn plain(html: Option<&str>) -> Option<String> {
    crate::import::feed::plain::line(html?)
}

//! Three exports of WordPress: of the block editor with addresses by days, of the classic editor with blank lines
//! for paragraphs, and of whole HTML with addresses by names; and three of Ghost: HTML, and its two notations with
//! Markdown in a card.

use std::collections::BTreeMap;
use std::fmt::Write;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::json;

use super::blog::{Blog, Notation, Oddity, POSTS, Part, Post, Value, posts};
use super::judge::in_html;

/// An export, and the pages that its site had, each with the mark of its post.
type Exported = (Blog, BTreeMap<String, String>);

/// The posts of an export, which link to each other. `address` gives the path of a post, `host` stands before it.
fn linked(seed: u64, host: &str, address: impl Fn(&Post) -> String) -> Vec<Post> {
    let mut all = posts(&mut fastrand::Rng::with_seed(seed));
    for post in &mut all {
        // HTML of other programs has notes of their own kinds, and tags that a text only names are closed there.
        post.parts
            .retain(|part| !part.source.contains("[^") && !part.source.contains("indented <code>"));
        post.is_draft = post.number % 20 == 13;
        if post.oddity == Oddity::NoText {
            post.oddity = Oddity::Blanks;
        }
        post.fields.retain(|(key, _)| *key != "date");
        if !post.is_draft {
            let day = post.day();
            post.raw("date", day);
        }
        if post.number % 8 == 3 {
            post.text("summary", format!("Said of {}.", post.number));
        }
    }
    for number in 0..POSTS {
        let to = (number * 7 + 3) % POSTS;
        if all[to].is_draft {
            continue;
        }
        let path = encoded(&address(&all[to]));
        all[number].parts.push(Part::same(format!("[to {to}]({host}{path})")));
        all[number].links.push(to);
    }
    all
}

/// An address as programs write it: bytes outside of ASCII by their numbers.
fn encoded(path: &str) -> String {
    const OTHERS: &AsciiSet = &NON_ALPHANUMERIC.remove(b'/').remove(b'-').remove(b'_');
    utf8_percent_encode(path, OTHERS).to_string().to_lowercase()
}

/// The name of a post in its address.
fn slug(post: &Post) -> String {
    let title = post.title.to_lowercase();
    let words = title.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    match post.number % 3 {
        0 => format!("{}-{}", words.collect::<Vec<_>>().join("-"), post.number),
        _ => format!("post-{:02}", post.number),
    }
}

/// The paths of the pages that are published, with the marks of their posts.
fn pages(posts: &[Post], address: impl Fn(&Post) -> String) -> BTreeMap<String, String> {
    let page =
        |post: &Post| (format!("{}index.html", address(post).trim_start_matches('/')), post.mark());
    posts.iter().filter(|post| !post.is_draft).map(page).collect()
}

/// A text of front matter.
fn field(post: &Post, name: &str) -> Option<String> {
    post.fields.iter().find(|(key, _)| *key == name).map(|(_, value)| match value {
        Value::Text(text) | Value::Raw(text) => text.clone(),
        Value::List(all) => all.join(", "),
    })
}

fn tags(post: &Post) -> Vec<String> {
    let all = post.fields.iter().find(|(key, _)| *key == "tags");
    all.map_or_else(Vec::new, |(_, value)| match value {
        Value::List(tags) => tags.clone(),
        _ => Vec::new(),
    })
}

pub fn wordpress(which: usize) -> Exported {
    let address = |post: &Post| match which {
        0 => format!("/{}/{}/", post.day().replace('-', "/"), slug(post)),
        1 => format!("/archives/{}/", 100 + post.number),
        _ => format!("/{}/", slug(post)),
    };
    let all = linked(500 + which as u64, "https://old.example", address);
    let mut xml = "<?xml version=\"1.0\" encoding=\"UTF-8\" ?>\n<!-- generator=\"WordPress/6.4\" -->\n\
        <rss version=\"2.0\" xmlns:excerpt=\"http://wordpress.org/export/1.2/excerpt/\" \
        xmlns:content=\"http://purl.org/rss/1.0/modules/content/\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\" \
        xmlns:wp=\"http://wordpress.org/export/1.2/\"><channel><title>Old</title><link>https://old.example</link>\
        <language>en-US</language><wp:base_blog_url>https://old.example</wp:base_blog_url>\n"
        .to_owned();
    for post in &all {
        let parts = post.parts.iter().map(|part| part.look.clone());
        let known = format!("Known by {}.", post.mark());
        let blocks: Vec<String> = parts.chain([known]).map(|part| in_html(&part)).collect();
        let body = match which {
            0 => blocks.iter().map(|block| in_block(block)).collect::<Vec<_>>().join("\n\n"),
            1 => blocks
                .iter()
                .map(|block| without_paragraphs(block))
                .collect::<Vec<_>>()
                .join("\n\n"),
            _ => blocks.concat(),
        };
        let day = post.day();
        let (status, gmt) = if post.is_draft {
            ("draft", "0000-00-00 00:00:00".to_owned())
        } else {
            ("publish", format!("{day} 07:05:09"))
        };
        let label = |tag: &String| {
            format!("<category domain=\"post_tag\" nicename=\"x\"><![CDATA[{tag}]]></category>")
        };
        let labels = tags(post).iter().map(label).collect::<Vec<_>>().concat();
        let (title, summary) = (field(post, "title"), field(post, "summary"));
        let _ = writeln!(
            xml,
            "<item><title><![CDATA[{}]]></title><link>https://old.example{}</link>\
             <content:encoded><![CDATA[{}]]></content:encoded><excerpt:encoded><![CDATA[{}]]></excerpt:encoded>\
             <wp:post_id>{}</wp:post_id><wp:post_date>{day} 08:05:09</wp:post_date>\
             <wp:post_date_gmt>{gmt}</wp:post_date_gmt><wp:post_name>{}</wp:post_name>\
             <wp:status>{status}</wp:status><wp:post_parent>0</wp:post_parent>\
             <wp:post_type>post</wp:post_type>{labels}</item>",
            title.unwrap_or_default(),
            encoded(&address(post)),
            body.replace("]]>", "]]]]><![CDATA[>"),
            summary.unwrap_or_default(),
            100 + post.number,
            encoded(&slug(post)),
        );
    }
    xml.push_str("</channel></rss>\n");
    let addresses = pages(&all, address);
    let mut blog = Blog::new(Notation::Yaml, all);
    blog.add("export.xml", &xml);
    blog.export = Some("export.xml");
    (blog, addresses)
}

/// A piece of HTML as the block editor keeps it.
fn in_block(block: &str) -> String {
    let kind = match block.trim_start() {
        text if text.starts_with("<p>") => "paragraph",
        text if text.starts_with("<h") => "heading",
        text if text.starts_with("<ul") || text.starts_with("<ol") => "list",
        text if text.starts_with("<pre") => "code",
        _ => "html",
    };
    format!("<!-- wp:{kind} -->\n{block}<!-- /wp:{kind} -->")
}

/// A piece of HTML as the classic editor keeps it: a blank line stands for what divides paragraphs.
fn without_paragraphs(block: &str) -> String {
    let is_plain = block.starts_with("<p>") && block.matches("<p>").count() == 1;
    match block.trim_end().strip_prefix("<p>").and_then(|rest| rest.strip_suffix("</p>")) {
        Some(text) if is_plain => text.replace("<br />\n", "\n"),
        _ => block.to_owned(),
    }
}

pub fn ghost(which: usize) -> Exported {
    let address = |post: &Post| format!("/{}/", slug(post));
    let all = linked(600 + which as u64, "__GHOST_URL__", address);
    let rows: Vec<serde_json::Value> = all
        .iter()
        .map(|post| {
            let title = field(post, "title").unwrap_or_default();
            let mut row = json!({
                "id": post.mark(), "title": title, "slug": slug(post), "type": "post", "visibility": "public",
                "custom_excerpt": field(post, "summary"),
                "status": if post.is_draft { "draft" } else { "published" },
                "published_at": (!post.is_draft).then(|| format!("{}T08:05:09.000Z", post.day())),
            });
            let text = post.look();
            match which {
                0 => row["html"] = in_html(&text).into(),
                1 => {
                    row["mobiledoc"] = json!({
                        "version": "0.3.1", "atoms": [], "markups": [], "sections": [[10, 0]],
                        "cards": [["markdown", { "markdown": text }]],
                    })
                    .to_string()
                    .into();
                }
                _ => {
                    row["lexical"] = json!({ "root": { "type": "root", "children": [
                        { "type": "markdown", "version": 1, "markdown": text },
                    ] } })
                    .to_string()
                    .into();
                }
            }
            row
        })
        .collect();
    let labels: BTreeMap<String, usize> =
        all.iter().flat_map(tags).enumerate().map(|(at, tag)| (tag, at)).collect();
    let tagged: Vec<serde_json::Value> = all
        .iter()
        .flat_map(|post| {
            let labels = &labels;
            tags(post).into_iter().enumerate().map(move |(order, tag)| {
                json!({ "post_id": post.mark(), "tag_id": labels[&tag].to_string(), "sort_order": order })
            })
        })
        .collect();
    let names: Vec<serde_json::Value> =
        labels.iter().map(|(tag, at)| json!({ "id": at.to_string(), "name": tag })).collect();
    let export = json!({ "db": [{ "meta": { "version": "5.2.0" }, "data": {
        "posts": rows, "tags": names, "posts_tags": tagged,
        "settings": [{ "key": "locale", "value": "en" }, { "key": "title", "value": "Old" }],
    } }] });
    let addresses = pages(&all, address);
    let mut blog = Blog::new(Notation::Yaml, all);
    blog.add("ghost.json", &export.to_string());
    blog.export = Some("ghost.json");
    (blog, addresses)
}

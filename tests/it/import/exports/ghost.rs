//! Exports of Ghost.

use serde_json::{Value, json};

use super::has;
use crate::support::site::{Run, Site};

/// An export of Ghost with these posts, and the tables around them.
pub(super) fn ghost(site: &Site, posts: &Value) -> Run {
    let export = json!({ "db": [{ "meta": { "version": "5.2.0" }, "data": {
        "posts": posts,
        "tags": [{ "id": "t1", "name": "Cars" }, { "id": "t2", "name": "News" }, { "id": "t3", "name": "#wide" }],
        "posts_tags": [
            { "post_id": "p1", "tag_id": "t1", "sort_order": 1 },
            { "post_id": "p1", "tag_id": "t2", "sort_order": 0 },
            { "post_id": "p1", "tag_id": "t3", "sort_order": 2 },
        ],
        "users": [{ "id": "u1", "name": "Jane Roe" }, { "id": "u2", "name": "Max Mus" }],
        "posts_authors": [
            { "post_id": "p1", "author_id": "u1", "sort_order": 1 },
            { "post_id": "p1", "author_id": "u2", "sort_order": 0 },
        ],
        "posts_meta": [{ "post_id": "p1", "feature_image_alt": "A car", "meta_description": "In short" }],
        "settings": [{ "key": "locale", "value": "de" }],
        "members": [{ "id": "m" }],
    } }] });
    site.write("ghost.json", &export.to_string());
    site.run(&["import", "--from", "ghost", "ghost.json"])
}

#[test]
fn posts_of_ghost_come_over() {
    let site = Site::new();
    site.write("content/images/ours.txt", "not theirs");
    let html = "<!--kg-card-begin: html--><p>Text with <a href=\"__GHOST_URL__/about/\">a link</a>.</p><!--kg-card-end: html-->\
        <figure class=\"kg-card kg-image-card\"><img src=\"__GHOST_URL__/content/images/2020/a.jpg\" class=\"kg-image\" alt=\"A\"><figcaption>Below</figcaption></figure>\
        <figure class=\"kg-card kg-gallery-card\"><div><div><img src=\"https://e.org/1.jpg\"></div><div><img src=\"https://e.org/2.jpg\"></div></div></figure>\
        <figure class=\"kg-card kg-bookmark-card\"><a class=\"kg-bookmark-container\" href=\"https://e.org/x\"><div class=\"kg-bookmark-content\">\
        <div class=\"kg-bookmark-title\">A page</div><div class=\"kg-bookmark-description\">About it</div></div><div><img src=\"https://e.org/t.png\"></div></a></figure>\
        <div class=\"kg-card kg-callout-card\"><div class=\"kg-callout-emoji\">💡</div><div class=\"kg-callout-text\">Mind it</div></div>\
        <figure class=\"kg-card kg-embed-card\"><iframe src=\"https://www.youtube.com/embed/abc?feature=oembed\"></iframe></figure>";
    let run = ghost(
        &site,
        &json!([
            { "id": "p1", "uuid": "0-1", "title": "Hello & more", "slug": "hello", "status": "published", "type": "post",
              "visibility": "public", "published_at": "2020-05-06T07:08:09.000Z", "html": html, "feature_image": "__GHOST_URL__/content/images/top.jpg" },
            { "id": "p2", "title": "About", "slug": "about", "status": "published", "page": 1, "published_at": "2020-05-06T07:08:09.000Z", "html": "<p>We.</p>" },
            { "id": "p3", "title": "Draft", "slug": "draft-x", "status": "draft", "html": "<p>No.</p>", "author_id": "u1" },
            { "id": "p4", "title": "Paid", "slug": "paid", "status": "published", "visibility": "paid", "published_at": 1_588_748_889_000_i64, "html": "<p>Pay.</p>" },
        ]),
    );
    assert_eq!(run.code, 0, "{}", run.err);
    has(
        &run.err,
        &[
            "imported 4 of 4 posts (1 as pages, 2 as drafts)",
            "posts for members: 1; they are drafts here",
            "members: 1; they are not brought over",
            "pictures that are still shown from the old site: 2",
            "/rss/",
            "iframe (1)",
        ],
    );
    has(
        &site.read("content/articles/2020/05/hello.md"),
        &[
            "title: \"Hello & more\"",
            "date: 2020-05-06",
            "lang: de",
            "authors: [\"Max Mus\", \"Jane Roe\"]",
            "tags: [News, Cars]",
            "summary: \"In short\"",
            "aliases: [\"/hello/\"]",
            "guid: \"p1\"",
            "internal_tags: [\"#wide\"]",
            "![A car](/content/images/top.jpg)\n\nText with [a link](@/pages/about.md).",
            "![A](/content/images/2020/a.jpg \"Below\")",
            "![](https://e.org/1.jpg)\n\n![](https://e.org/2.jpg)",
            "[A page](https://e.org/x)\n\nAbout it",
            "> 💡\n>\n> Mind it",
            "https://www.youtube.com/watch?v=abc",
        ],
    );
    has(
        &site.read("content/articles/undated/draft-x.md"),
        &["draft: true", "authors: [\"Jane Roe\"]"],
    );
    has(&site.read("content/articles/2020/05/paid.md"), &["draft: true"]);
    assert!(!site.path().join("static/content").exists());
    assert_eq!(site.run(&["build"]).code, 0);
    let again = site.run(&["import", "--from", "ghost", "ghost.json"]);
    assert!(again.err.contains("4 already here"), "{}", again.err);
}

#[test]
fn texts_of_ghost_without_html_are_read() {
    let mobiledoc = json!({ "version": "0.3.1", "atoms": [["soft-return", "", {}]],
        "cards": [["markdown", { "markdown": "## From *Markdown*\n\n1. one" }], ["code", { "code": "a < b", "language": "js" }],
                  ["image", { "src": "https://e.org/a.jpg", "caption": "Below" }], ["poll", { "x": 1 }]],
        "markups": [["strong"], ["a", ["href", "https://e.org/?a=1&b=2"]]],
        "sections": [[1, "h2", [[0, [], 0, "Head"]]], [1, "p", [[0, [0], 1, "Bold"], [0, [], 0, " & "], [0, [1], 1, "link"], [1, [], 0, 0], [0, [], 0, "next"]]],
                     [3, "ul", [[[0, [], 0, "one"]], [[0, [], 0, "two"]]]], [10, 0], [10, 1], [10, 2], [10, 3]] });
    let lexical = json!({ "root": { "type": "root", "children": [
        { "type": "extended-heading", "tag": "h3", "children": [{ "type": "extended-text", "text": "Head", "format": 0 }] },
        { "type": "paragraph", "children": [{ "type": "text", "text": "Bold", "format": 3 }, { "type": "text", "text": " and " },
          { "type": "link", "url": "https://e.org", "children": [{ "type": "text", "text": "link" }] }, { "type": "linebreak" }, { "type": "text", "text": "x_y", "format": 16 }] },
        { "type": "list", "listType": "number", "children": [{ "type": "listitem", "children": [{ "type": "text", "text": "one" }] }] },
        { "type": "extended-quote", "children": [{ "type": "text", "text": "Said" }] },
        { "type": "horizontalrule" }, { "type": "bookmark", "url": "https://e.org/b", "metadata": { "title": "B" } },
        { "type": "signup", "header": "Join" },
    ] } });
    let site = Site::new();
    let day = "2020-05-06T07:08:09.000Z";
    let run = ghost(
        &site,
        &json!([
            { "id": "p1", "title": "M", "slug": "m", "published_at": day, "html": null, "mobiledoc": mobiledoc.to_string() },
            { "id": "p2", "title": "L", "slug": "l", "published_at": day, "html": null, "lexical": lexical.to_string() },
        ]),
    );
    assert_eq!(run.code, 0, "{}", run.err);
    has(&run.err, &["poll (1), signup (1)"]);
    has(
        &site.read("content/articles/2020/05/m.md"),
        &[
            "## Head\n\n**Bold** & [link](https://e.org/?a=1&b=2)  \nnext\n\n- one\n- two\n\n## From *Markdown*\n\n1. one\n\n```js\na < b\n```",
            "![](https://e.org/a.jpg \"Below\")",
            "`poll`",
        ],
    );
    has(
        &site.read("content/articles/2020/05/l.md"),
        &[
            "### Head\n\n",
            " and [link](https://e.org)  \n`x_y`\n\n1. one\n\n> Said\n\n---\n\n[B](https://e.org/b)\n\n`signup`",
        ],
    );
    let broken = ghost(
        &site,
        &json!([{ "id": "p9", "title": "Broken", "slug": "broken", "published_at": day, "lexical": "{" }]),
    );
    assert!(broken.code == 1 && broken.err.contains("no Lexical"), "{}", broken.err);
}

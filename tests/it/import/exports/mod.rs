//! `tearsheet import --from wordpress` and `--from ghost`: exports as the programs write them.

mod ghost;
mod wordpress;

use std::fmt::Write as _;

use serde_json::json;

use self::ghost::ghost;
use self::wordpress::{Item, POST, export, meta, wordpress};
use crate::support::site::Site;

fn has(text: &str, parts: &[&str]) {
    for part in parts {
        assert!(text.contains(part), "{part:?} is not in:\n{text}");
    }
}

#[test]
fn broken_exports_are_told_with_their_place() {
    let site = Site::new();
    let whole = export(&[
        Item { body: "One.", ..POST }.xml(),
        Item { number: 2, slug: "two", ..POST }.xml(),
    ]);
    let cut = &whole[..whole.len() - 200];
    site.write("cut.xml", cut);
    let run = site.run(&["import", "--from", "wordpress", "cut.xml"]);
    assert_eq!(run.code, 1);
    let place = format!("cut.xml:{}:", cut.lines().count());
    has(
        &run.err,
        &[&place, "only what stands before that comes over, 1 post;", "imported 1 of 1 post,"],
    );
    // The rest comes with the whole export, and nothing twice.
    site.write("whole.xml", &whole);
    let run = site.run(&["import", "--from", "wordpress", "whole.xml"]);
    has(&run.err, &["imported 2 of 2 posts (1 already here)"]);
    for (name, text, wanted) in [
        (
            "feed.xml",
            "<rss version=\"2.0\"><channel><title>x</title></channel></rss>",
            "no export of WordPress",
        ),
        ("a.json", "{\"db\": []}", "--from ghost"),
        ("words.xml", "Hello", "no export of WordPress"),
        ("none.xml", &export(&[]), "has no posts"),
    ] {
        site.write(name, text);
        let run = site.run(&["import", "--from", "wordpress", name]);
        assert!(run.code == 1 && run.err.contains(wanted), "{name}: {}", run.err);
    }
    for (name, text, wanted) in [
        ("b.json", "{\n  \"db\": [{]\n}", "b.json:2:11: "),
        ("c.json", "{\"posts\": []}", "no export of Ghost"),
        ("d.json", "<rss/>", "--from wordpress"),
        ("e.json", "{\"db\": [{\"data\": {\"posts\": []}}]}", "has no posts"),
    ] {
        site.write(name, text);
        let run = site.run(&["import", "--from", "ghost", name]);
        assert!(run.code == 1 && run.err.contains(wanted), "{name}: {}", run.err);
    }
    let nothing = site.run(&["import", "--from", "ghost", "nowhere.json"]);
    assert!(nothing.code == 1 && nothing.err.contains("nowhere.json"), "{}", nothing.err);
}

/// What bodies of exports are made of, for putting together in any order.
const PIECES: [&str; 40] = [
    "<p>",
    "</p>",
    "\n\n",
    "\n",
    "<!-- wp:paragraph -->",
    "<!-- /wp:paragraph -->",
    "<!-- wp:x {\"a\":[1} /-->",
    "<!--",
    "-->",
    "[caption]",
    "[/caption]",
    "[gallery ids=\"1,\"]",
    "[",
    "]",
    "[[x]]",
    "[a b=\"c]",
    "[/a]",
    "[code]",
    "[/code]",
    "[embed]",
    "[/embed]",
    "[vc_row]",
    "[/vc_row]",
    "<img src=\"/a.jpg\">",
    "<figure>",
    "<figcaption>",
    "</figure>",
    "<pre>",
    "</pre>",
    "<a href=\"/?p=1\">",
    "</a>",
    "<iframe src='//e.org'>",
    "</iframe>",
    "&lt;b&gt;",
    "&#8217;",
    "新年、",
    "مرحبا ",
    "words and **stars** ",
    "<table><tr><td>",
    "{{ x }}",
];

#[test]
fn what_import_writes_of_exports_build_accepts() {
    let traps = [
        "D: Dive",
        "- dash",
        "# hash",
        "&amp;",
        "<b>bold</b>",
        "'q'",
        "no",
        "2020-01-01",
        "日本語：題",
        "a\\b",
        "",
    ];
    let statuses = ["publish", "draft", "private", "future", "pending"];
    let mut fast = fastrand::Rng::with_seed(11);
    for round in 0..3 {
        let site = Site::new();
        let (mut items, mut posts) = (Vec::new(), Vec::new());
        for number in 1..60 {
            let body: String =
                (0..fast.usize(..30)).map(|_| PIECES[fast.usize(..PIECES.len())]).collect();
            let title = traps[fast.usize(..traps.len())];
            let slug = ["same", "Ünï", "%e6%96%b0", "", "index", "about"][fast.usize(..6)];
            let link =
                format!("https://old.example.com/{}/", ["a", "b", "x/y", "é"][fast.usize(..4)]);
            let mut rest = String::new();
            for domain in ["category", "post_tag", "own taxonomy"] {
                let name = traps[fast.usize(..traps.len())];
                let _ = write!(
                    rest,
                    "<category domain=\"{domain}\" nicename=\"x\"><![CDATA[{name}]]></category>"
                );
            }
            rest.push_str(&meta(traps[fast.usize(..traps.len())], title));
            let kind = ["post", "page"][fast.usize(..2)];
            let status = statuses[fast.usize(..statuses.len())];
            items.push(
                Item { number, kind, status, title, slug, link: &link, body: &body, rest: &rest }
                    .xml(),
            );
            posts.push(json!({ "id": format!("p{number}"), "title": title, "slug": slug, "html": body, "status": status,
                "page": kind == "page", "published_at": "2020-01-02T00:00:00Z", "feature_image": link }));
        }
        let count = items.len();
        let told = wordpress(&site, &items);
        assert!(
            told.err.contains(&format!("imported {count} of {count} posts")),
            "{round}: {}",
            told.err
        );
        let told = ghost(&site, &posts.into());
        assert!(
            told.err.contains(&format!("imported {count} of {count} posts")),
            "{round}: {}",
            told.err
        );
        let build = site.run(&["build", "--drafts", "--future"]);
        assert_eq!(build.code, 0, "{round}: {}", build.err);
        let again = site.run(&["import", "--from", "wordpress", "export.xml"]);
        assert!(again.err.contains(&format!("({count} already here")), "{}", again.err);
    }
}

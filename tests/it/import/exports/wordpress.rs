//! Exports of WordPress.

use super::has;
use crate::support::site::{Run, Site};

/// An item of an export of WordPress.
pub(super) struct Item<'a> {
    pub(super) number: usize,
    pub(super) kind: &'a str,
    pub(super) status: &'a str,
    pub(super) title: &'a str,
    pub(super) slug: &'a str,
    pub(super) link: &'a str,
    pub(super) body: &'a str,
    pub(super) rest: &'a str,
}

pub(super) const POST: Item<'static> = Item {
    number: 1,
    kind: "post",
    status: "publish",
    title: "Hello",
    slug: "hello",
    link: "https://old.example.com/2021/03/08/hello/",
    body: "Text.",
    rest: "",
};

impl Item<'_> {
    pub(super) fn xml(&self) -> String {
        let Self { number, kind, status, title, slug, link, body, rest } = self;
        let gmt = if *status == "draft" { "0000-00-00 00:00:00" } else { "2021-03-07 23:30:00" };
        let body = body.replace("]]>", "]]]]><![CDATA[>");
        format!(
            "<item><title><![CDATA[{title}]]></title><link>{link}</link><dc:creator><![CDATA[jroe]]></dc:creator>\
             <guid isPermaLink=\"false\">https://old.example.com/?p={number}</guid>\
             <content:encoded><![CDATA[{body}]]></content:encoded>\
             <wp:post_id>{number}</wp:post_id><wp:post_date>2021-03-08 00:30:00</wp:post_date>\
             <wp:post_date_gmt>{gmt}</wp:post_date_gmt><wp:post_name>{slug}</wp:post_name>\
             <wp:status>{status}</wp:status><wp:post_parent>0</wp:post_parent>\
             <wp:post_type>{kind}</wp:post_type>{rest}</item>\n"
        )
    }
}

pub(super) fn meta(key: &str, value: &str) -> String {
    format!(
        "<wp:postmeta><wp:meta_key><![CDATA[{key}]]></wp:meta_key>\
         <wp:meta_value><![CDATA[{value}]]></wp:meta_value></wp:postmeta>"
    )
}

fn attachment(number: usize, parent: usize, file: &str) -> String {
    let rest = format!(
        "<wp:attachment_url>https://old.example.com/wp-content/uploads/{file}</wp:attachment_url>\
         <excerpt:encoded><![CDATA[Below {number}]]></excerpt:encoded>{}",
        meta("_wp_attachment_image_alt", &format!("Alt {number}"))
    );
    let item = Item { number, kind: "attachment", status: "inherit", rest: &rest, ..POST };
    let own = format!("<wp:post_parent>{parent}</wp:post_parent>");
    item.xml().replace("<wp:post_parent>0</wp:post_parent>", &own)
}

const HEAD: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" ?>\n<!-- generator=\"WordPress/6.4\" -->\n\
    <rss version=\"2.0\" xmlns:excerpt=\"http://wordpress.org/export/1.2/excerpt/\" \
    xmlns:content=\"http://purl.org/rss/1.0/modules/content/\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\" \
    xmlns:wp=\"http://wordpress.org/export/1.2/\"><channel><title>Old</title>\
    <link>https://old.example.com</link><language>en-US</language>\
    <wp:base_blog_url>https://old.example.com</wp:base_blog_url>\
    <wp:author><wp:author_login><![CDATA[jroe]]></wp:author_login>\
    <wp:author_display_name><![CDATA[Jane Roe]]></wp:author_display_name></wp:author>\n";

pub(super) fn export(items: &[String]) -> String {
    format!("{HEAD}{}</channel></rss>\n", items.concat())
}

pub(super) fn wordpress(site: &Site, items: &[String]) -> Run {
    site.write("export.xml", &export(items));
    site.run(&["import", "--from", "wordpress", "export.xml"])
}

/// What the text of one post becomes, below its front matter.
fn text_of(body: &str, others: &[String]) -> String {
    let site = Site::new();
    let mut items = vec![Item { body, ..POST }.xml()];
    items.extend(others.iter().cloned());
    let run = wordpress(&site, &items);
    assert_eq!(run.code, 0, "{}", run.err);
    let file = site.read("content/articles/2021/03/hello.md");
    file.splitn(3, "---\n").nth(2).unwrap_or_default().trim().to_owned()
}

/// What import says of the export below.
const TOLD: &[&str] = &[
    "imported 5 of 5 posts (1 as pages, 2 as drafts)",
    "comments: 1; they are not brought over",
    "private posts: 1; they are drafts here",
    "Gone: it is in the trash",
    "files of the media library: 1",
    "menus, forms and shops: 1",
    "entries of kinds of their own: 1",
    "custom fields that are data of plugins: 1",
    "pictures that are still shown from the old site: 1",
    "old_feeds = [\"/feed/\"]",
    "mood (1)",
];

/// What the first post of it keeps.
const KEPT: &[&str] = &[
    "title: \"Tom & Jerry’s\"\n",
    "date: 2021-03-08\n",
    "lang: en",
    "authors: [\"Jane Roe\"]",
    "tags: [\"A & B\", cars]",
    "summary: \"In short\"",
    "rights: full",
    "aliases: [\"/2021/03/08/hello-old/\"]",
    "guid: \"https://old.example.com/?p=1\"",
    "mood: \"glad\"",
    "series: [\"The series\"]",
    "draft: \"true\"",
    "![Alt 9](https://old.example.com/wp-content/uploads/2021/03/car.jpg)\n\nText.\n",
];

#[test]
fn a_post_of_wordpress_keeps_what_is_known_of_it() {
    let site = Site::new();
    let terms = "<category domain=\"category\" nicename=\"a-b\"><![CDATA[A &amp; B]]></category>\
                 <category domain=\"category\" nicename=\"uncategorized\"><![CDATA[Uncategorized]]></category>\
                 <category domain=\"post_tag\" nicename=\"cars\"><![CDATA[cars]]></category>\
                 <category domain=\"series\" nicename=\"s\"><![CDATA[The series]]></category>\
                 <excerpt:encoded><![CDATA[In <em>short</em>]]></excerpt:encoded>\
                 <wp:comment><wp:comment_id>1</wp:comment_id><wp:comment_content><![CDATA[Hi]]></wp:comment_content></wp:comment>";
    let rest = [
        terms,
        &meta("_wp_old_slug", "hello-old"),
        &meta("_thumbnail_id", "9"),
        &meta("mood", "glad"),
        &meta("plugin", "a:1:{i:0;s:1:\"x\";}"),
        &meta("draft", "true"),
    ]
    .concat();
    let run = wordpress(
        &site,
        &[
            Item { title: "Tom &amp; Jerry’s", rest: &rest, ..POST }.xml(),
            attachment(9, 1, "2021/03/car.jpg"),
            Item {
                number: 3,
                kind: "page",
                title: "About",
                slug: "about-us",
                link: "https://old.example.com/team/about-us/",
                ..POST
            }
            .xml(),
            Item {
                number: 4,
                status: "draft",
                title: "Later",
                slug: "",
                link: "https://old.example.com/?p=4",
                ..POST
            }
            .xml(),
            Item { number: 5, status: "private", title: "Mine", slug: "mine", ..POST }.xml(),
            Item { number: 6, status: "trash", title: "Gone", ..POST }.xml(),
            Item { number: 7, kind: "nav_menu_item", ..POST }.xml(),
            Item {
                number: 8,
                kind: "recipe",
                title: "Soup",
                slug: "soup",
                link: "https://old.example.com/recipes/soup/",
                ..POST
            }
            .xml(),
        ],
    );
    assert_eq!(run.code, 0, "{}", run.err);
    has(&run.err, TOLD);
    has(&site.read("content/articles/2021/03/hello.md"), KEPT);
    assert!(site.read("content/pages/about-us.md").contains("aliases: [\"/team/about-us/\"]"));
    let draft = site.read("content/articles/undated/later.md");
    assert!(draft.contains("draft: true") && !draft.contains("date:"), "{draft}");
    assert!(site.read("content/articles/2021/03/mine.md").contains("draft: true"));
    let build = site.run(&["build", "--strict"]);
    assert_eq!(build.code, 0, "{}", build.err);
    for old in ["2021/03/08/hello-old", "team/about-us", "recipes/soup"] {
        assert!(site.path().join(format!("public/{old}/index.html")).exists(), "{old}");
    }
    assert!(!site.path().join("public/2021/03/08/mine").exists());
    let again = site.run(&["import", "--from", "wordpress", "export.xml"]);
    assert!(again.err.contains("5 already here"), "{}", again.err);
}

#[test]
fn lines_are_paragraphs_where_nobody_marked_them() {
    let text = text_of(
        "First line\nsecond <em>line</em>\n\nAnother.\r\n\r\n\r\n<h2>Head</h2>\nBelow.\n<ul>\n<li>one</li>\n\
         <li>two</li>\n</ul>\n<pre>a\n\n  b</pre>\nEnd<br />\nof it ]]> all",
        &[],
    );
    let wanted = "First line  \nsecond *line*\n\nAnother.\n\n## Head\n\nBelow.\n\n- one\n- two\n\n\
                  ```\na\n\n  b\n```\n\nEnd  \nof it \\]\\]> all";
    assert_eq!(text, wanted);
    let marked = text_of("<p>One\nline.</p>\n\n<p>Two.</p>\nLoose.\n\nMore.", &[]);
    assert_eq!(marked, "One line.\n\nTwo.\n\nLoose.\n\nMore.");
}

#[test]
fn blocks_become_markdown() {
    let text = text_of(
        "<!-- wp:paragraph {\"align\":\"center\"} -->\n<p>One &amp; <strong>two</strong>.</p>\n<!-- /wp:paragraph -->\n\n\
         <!-- wp:image {\"id\":9} -->\n<figure class=\"wp-block-image\"><a href=\"https://old.example.com/wp-content/uploads/a.jpg\">\
         <img src=\"https://old.example.com/wp-content/uploads/a-300x200.jpg\" alt=\"A\"/></a><figcaption>Said \
         <a href=\"https://c.example\">so</a></figcaption></figure>\n<!-- /wp:image -->\n\
         <!-- wp:gallery --><figure class=\"wp-block-gallery\"><figure><img src=\"https://e.org/1.jpg\" alt=\"\"/></figure>\
         <figure><img src=\"https://e.org/2.jpg\" alt=\"\"/></figure></figure><!-- /wp:gallery -->\n\
         <!-- wp:embed {\"url\":\"https://youtu.be/x_y\"} -->\n<figure class=\"wp-block-embed\"><div>\nhttps://youtu.be/x_y\n</div>\
         <figcaption>Seen</figcaption></figure>\n<!-- /wp:embed -->\n\
         <!-- wp:code --><pre class=\"wp-block-code\"><code lang=\"php\" class=\"language-php\">&lt;?php [x y=1]</code></pre><!-- /wp:code -->\n\
         <!-- wp:more -->\n<!--more-->\n<!-- /wp:more -->\n<!-- wp:latest-posts {\"n\":3} /-->\n<!-- wp:block {\"ref\":50} /-->\n\
         <!-- wp:html --><iframe src=\"https://maps.example/m?a=1&amp;b=2\"></iframe><!-- /wp:html -->",
        &[Item {
            number: 50,
            kind: "wp_block",
            body: "<!-- wp:paragraph --><p>Reused.</p><!-- /wp:paragraph -->",
            ..POST
        }
        .xml()],
    );
    has(
        &text,
        &[
            "One & **two**.\n",
            "![A](https://old.example.com/wp-content/uploads/a-300x200.jpg)\n\nSaid [so](https://c.example)",
            "![](https://e.org/1.jpg)\n\n![](https://e.org/2.jpg)",
            "https://youtu.be/x_y\n\nSeen",
            "```php\n<?php [x y=1]\n```",
            "`wp:latest-posts {\"n\":3}`",
            "Reused.",
            "https://maps.example/m?a=1&b=2",
        ],
    );
    assert!(!text.contains("more"), "{text}");
}

#[test]
fn shortcodes_become_what_they_show() {
    let pictures =
        [attachment(21, 1, "b.jpg"), attachment(22, 1, "c.png"), attachment(23, 7, "d.png")];
    let text = text_of(
        "[caption id=\"attachment_1\" width=\"300\"]<a href=\"https://e.org/a.jpg\"><img src=\"https://e.org/a.jpg\" alt=\"A\" /></a> \
         Below it[/caption]\n\n[gallery ids=\"22,21\"]\n\n[embed]https://vimeo.com/1?a=b[/embed]\n\n[youtube https://youtu.be/x?t=1]\n\n\
         [audio mp3=\"https://e.org/s.mp3\"][/audio]\n\n[sourcecode language=\"js\"]if (a &lt; b) {\n\n  [c]\n}[/sourcecode]\n\n\
         As he said [sic] in 2020 [1].\n\n[[gallery]]\n\n[contact-form to=\"x@y.z\"]\n\n[box kind=”red”]Inside <b>here</b>[/box]\n\n\
         [vc_row][vc_column width=\"1/2\"]Plain[/vc_column][/vc_row] and <a href=\"https://e.org/[x y=1]\">a link</a>.",
        &pictures,
    );
    has(
        &text,
        &[
            "![A](https://e.org/a.jpg \"Below it\")",
            "![Alt 22](https://old.example.com/wp-content/uploads/c.png \"Below 22\")\n\n![Alt 21]",
            "https://vimeo.com/1?a=b",
            "https://youtu.be/x?t=1",
            "https://e.org/s.mp3\n",
            "```js\nif (a < b) {\n\n  [c]\n}\n```",
            "As he said \\[sic\\] in 2020 \\[1\\].",
            "\\[gallery\\]",
            "`[contact-form to=\"x@y.z\"]`",
            "Inside **here**`[/box]`",
            "Plain and [a link]",
        ],
    );
    let all = text_of("[gallery]", &pictures);
    assert!(all.contains("b.jpg") && all.contains("c.png") && !all.contains("d.png"), "{all}");
    // What a site says that its own are.
    let site = Site::new();
    site.write("tearsheet.toml", "[shortcodes]\nbox = \"> **{kind}**: {inner}\"\n");
    let body = "Before.\n\n[box kind=\"Tip\"]Read <em>this</em>.[/box]\n\n[other x=1] [other x=2]";
    let run = wordpress(&site, &[Item { body, ..POST }.xml()]);
    assert!(run.err.contains("shown as code: other (2);"), "{}", run.err);
    has(&site.read("content/articles/2021/03/hello.md"), &["\n> **Tip**: Read *this*.\n"]);
}

#[test]
fn links_and_files_of_wordpress_come_along() {
    let site = Site::new();
    site.write("old/wp-content/uploads/2021/03/a b.jpg", "picture");
    site.write("old/wp-content/uploads/2021/03/paper.pdf", "paper");
    let body = "<a href=\"http://www.old.example.com/2021/03/08/other/#top\">one</a> <a href=\"/?p=2\">two</a> \
                <a href=\"https://old.example.com?page_id=3\">three</a> \
                <a href=\"https://old.example.com/wp-content/uploads/2021/03/paper.pdf\">paper</a> \
                <a href=\"https://old.example.com/category/x/\">list</a>\n\n\
                <img src=\"https://old.example.com/wp-content/uploads/2021/03/a%20b.jpg\" alt=\"B\">";
    let items = [
        Item { body, ..POST }.xml(),
        Item {
            number: 2,
            slug: "other",
            link: "https://old.example.com/2021/03/08/other/",
            ..POST
        }
        .xml(),
        Item {
            number: 3,
            kind: "page",
            slug: "team",
            link: "https://old.example.com/team/",
            ..POST
        }
        .xml(),
    ];
    // In two files, as large sites are exported.
    site.write("old/1.xml", &export(&items[..1]));
    site.write("old/2.xml", &export(&items));
    let run = site.run(&["import", "--from", "wordpress", "old"]);
    assert_eq!(run.code, 0, "{}", run.err);
    has(&run.err, &["imported 3 of 3 posts (1 as pages), 2 files"]);
    has(
        &site.read("content/articles/2021/03/hello.md"),
        &[
            "[one](@/articles/2021/03/other.md#top)",
            "[two](@/articles/2021/03/other.md)",
            "[three](@/pages/team.md)",
            "[paper](/wp-content/uploads/2021/03/paper.pdf)",
            "[list](https://old.example.com/category/x/)",
            "![B](/wp-content/uploads/2021/03/a%20b.jpg)",
        ],
    );
    assert_eq!(site.read("static/wp-content/uploads/2021/03/a b.jpg"), "picture");
    assert_eq!(site.run(&["build"]).code, 0);
}

#[test]
fn posts_of_one_name_are_several() {
    let site = Site::new();
    let one = |number, body| Item { number, body, ..POST }.xml();
    let run = wordpress(&site, &[one(1, "First."), one(2, "Second."), one(2, "Third.")]);
    assert_eq!(run.code, 0, "{}", run.err);
    assert!(run.err.contains("imported 3 of 3 posts"), "{}", run.err);
    for (name, body) in [("hello", "First."), ("hello-2", "Second."), ("hello-3", "Third.")] {
        assert!(site.read(&format!("content/articles/2021/03/{name}.md")).contains(body));
    }
    let build = site.run(&["build"]);
    assert_eq!(build.code, 0, "{}", build.err);
}

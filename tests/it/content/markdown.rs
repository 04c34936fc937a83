//! Markdown as people write it: links by file and by name, pictures from beside the text, notes,
//! components of the site's own.

use tearsheet::parse::markdown::{Dialect, markdown};

use crate::support::site::{Site, tree};

/// A picture of nothing, 320 pixels wide and 180 high, as far as its head says.
fn png() -> Vec<u8> {
    let mut bytes = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR".to_vec();
    bytes.extend(320u32.to_be_bytes());
    bytes.extend(180u32.to_be_bytes());
    bytes.extend([8, 2, 0, 0, 0, 0, 0, 0, 0]);
    bytes
}

fn site() -> Site {
    let site = Site::new();
    site.write(
        "content/companies/xiaomi.md",
        "---\nname: Xiaomi\nnames: { zh-Hans: 小米 }\n---\nSee [[leica]].\n",
    );
    site.write("content/pages/about.md", "---\ntitle: About us\n---\nUs.\n");
    site.write(
        "content/articles/2022/05/leica.md",
        "---\ntitle: Leica & co\nlang: en\ndate: 2022-05-23\ncompanies: [xiaomi]\n---\n## Back ground\n\nText.\n",
    );
    for path in ["content/articles/2022/05/lens.png", "content/articles/2022/05/private.png"] {
        site.write(path, "");
        std::fs::write(site.path().join(path), png()).expect("written");
    }
    site
}

/// The body of an article with this Markdown, as it stands on its page.
fn body(site: &Site, front: &str, text: &str) -> String {
    site.write(
        "content/articles/2022/06/a.md",
        &format!("---\ntitle: A\nlang: en\ndate: 2022-06-01\n{front}---\n{text}\n"),
    );
    let run = site.run(&["build"]);
    assert_eq!(run.code, 0, "{}", run.err);
    let page = site.read("public/2022/06/01/a/index.html");
    let (_, rest) = page.split_once("<div class=\"prose\"").expect("a body");
    let (_, rest) = rest.split_once('>').expect("a body");
    let end = rest.find("</div>\n      ").expect("it ends");
    rest[..end].trim().to_owned()
}

#[test]
fn links_by_name_and_by_file_become_addresses() {
    let site = site();
    let leica = "<a href=\"../../../../2022/05/23/leica/index.html";
    let xiaomi = "<a href=\"../../../../companies/xiaomi/index.html\">";
    for (text, html) in [
        ("[[xiaomi]]", format!("{xiaomi}Xiaomi</a>")),
        ("[[小米|the maker]]", format!("{xiaomi}the maker</a>")),
        ("[[leica]]", format!("{leica}\">Leica &amp; co</a>")),
        ("[[Leica & co#Back ground|there]]", format!("{leica}#back-ground\">there</a>")),
        ("[[2022/05/leica]]", format!("{leica}\">Leica &amp; co</a>")),
        ("[[About us]]", "<a href=\"../../../../about/index.html\">About us</a>".to_owned()),
        ("[x](../05/leica.md)", format!("{leica}\">x</a>")),
        ("[x](../05/leica.md#back-ground)", format!("{leica}#back-ground\">x</a>")),
        ("[x](@/articles/2022/05/leica.md)", format!("{leica}\">x</a>")),
        (
            "[x](../../../pages/about.md)",
            "<a href=\"../../../../about/index.html\">x</a>".to_owned(),
        ),
        // What is not ours stays as it is, and a name of nothing stays words.
        (
            "[x](#part) [y](https://example.org/a.md)",
            "<a href=\"#part\">x</a> <a href=\"https://example.org/a.md\">y</a>".to_owned(),
        ),
        ("[[nothing]] and `[[xiaomi]]`", "nothing and <code>[[xiaomi]]</code>".to_owned()),
    ] {
        assert_eq!(body(&site, "", text), format!("<p>{html}</p>"), "{text}");
    }
    // The profile of a company, and a page whose target moves.
    assert!(site.read("public/companies/xiaomi/index.html").contains("2022/05/23/leica/"));
    let from = site.path().join("content/articles/2022/05/leica.md");
    let text =
        std::fs::read_to_string(&from).expect("text").replace("lang: en", "lang: en\nslug: moved");
    std::fs::write(&from, text).expect("written");
    assert!(body(&site, "", "[x](../05/leica.md)").contains("2022/05/23/moved/"));
    assert!(site.read("public/companies/xiaomi/index.html").contains("2022/05/23/moved/"));
    // A feed has no page that links could begin at.
    let run = site.run(&["build", "--base-url", "https://example.org/d"]);
    assert_eq!(run.code, 0, "{}", run.err);
    assert!(site.read("public/feed.json").contains("https://example.org/d/2022/05/23/moved/"));
}

#[test]
fn pictures_from_beside_the_text_are_published_with_it() {
    let site = site();
    let address = "../../../../media/articles/2022/05/lens.png";
    let extent = "width=\"320\" height=\"180\"";
    let lazy = "loading=\"lazy\" decoding=\"async\"";
    let text = "![Two \"lenses\"](../05/lens.png \"The first of the *line*\")\n\n![](../05/lens.png) words\n\n![[lens.png]]";
    let expected = format!(
        "<figure><img src=\"{address}\" {extent} alt=\"Two &quot;lenses&quot;\" {lazy}>\
         <figcaption>The first of the *line*</figcaption></figure>\n\
         <p><img src=\"{address}\" {extent} alt=\"\" {lazy}> words</p>\n\
         <p><img src=\"{address}\" {extent} alt=\"lens.png\" {lazy}></p>"
    );
    assert_eq!(body(&site, "", text), expected);
    let media = || -> Vec<String> {
        let folder = site.path().join("public/media");
        if folder.exists() { tree(&folder).into_keys().collect() } else { Vec::new() }
    };
    assert_eq!(media(), ["articles/2022/05/lens.png"]);
    // Another picture under the same name changes the page.
    let mut other = png();
    other[19] = 0x41;
    std::fs::write(site.path().join("content/articles/2022/05/lens.png"), other).expect("written");
    assert!(body(&site, "", text).contains("width=\"321\""));
    // Where the text is not published, the picture is not.
    for front in ["rights: link\n", "rights: excerpt\n", "draft: true\n"] {
        site.write(
            "content/articles/2022/06/a.md",
            &format!("---\ntitle: A\nlang: en\ndate: 2022-06-01\n{front}---\n{text}\n"),
        );
        assert_eq!(site.run(&["build"]).code, 0);
        assert_eq!(media(), Vec::<String>::new(), "{front}");
    }
    // The preview shows it as soon as a text does.
    site.write("content/articles/2022/05/private.txt", "Notes.");
    let server = site.serve("0", &[]);
    let address = "/media/articles/2022/05/private.txt";
    assert_eq!(server.get(address).0, 404);
    site.write(
        "content/pages/about.md",
        "---\ntitle: About\n---\n[x](../articles/2022/05/private.txt)\n",
    );
    assert_eq!(server.wait_for(address, |status, _| status == 200), "Notes.");
}

#[test]
fn notes_stand_at_the_end_and_lead_back() {
    let site = site();
    let back = |n| {
        format!(
            " <a class=\"footnote-back\" href=\"#fnref-{n}\" role=\"doc-backlink\">↩\u{fe0e}</a>"
        )
    };
    let text = "One[^b], two[^a], one again[^b].\n\n[^a]: A *note*.\n\n[^b]: Other.\n\n    More of it.\n\n[^c]: Nobody asks.";
    let expected = format!(
        "<p>One<sup class=\"footnote-ref\" id=\"fnref-1\"><a href=\"#fn-1\">1</a></sup>, \
         two<sup class=\"footnote-ref\" id=\"fnref-2\"><a href=\"#fn-2\">2</a></sup>, \
         one again<sup class=\"footnote-ref\" id=\"fnref-1-2\"><a href=\"#fn-1\">1</a></sup>.</p>\n\
         <section class=\"footnotes\"><ol>\n<li id=\"fn-1\" value=\"1\">\n<p>Other.</p>\n<p>More of it.{}</p>\n</li>\n\
         <li id=\"fn-2\" value=\"2\">\n<p>A <em>note</em>.{}</p>\n</li>\n\
         <li id=\"fn-3\" value=\"3\">\n<p>Nobody asks.</p>\n</li>\n</ol></section>",
        back(1),
        back(2)
    );
    assert_eq!(body(&site, "", text), expected);
}

#[test]
fn marks_of_punctuation_headings_and_tasks() {
    let site = site();
    assert_eq!(body(&site, "", "\"A\" -- 'b'..."), "<p>\"A\" -- 'b'...</p>");
    site.write("tearsheet.toml", "smart_punctuation = true\n");
    assert_eq!(body(&site, "", "\"A\" -- 'b'... `\"c\"`"), "<p>“A” – ‘b’… <code>\"c\"</code></p>");
    assert_eq!(
        body(&site, "", "## One {#first}\n\n## [Two](https://example.org)"),
        "<h2 id=\"first\"><a class=\"anchor\" href=\"#first\">One</a></h2>\n\
         <h2 id=\"two\"><a href=\"https://example.org\">Two</a></h2>"
    );
    assert_eq!(
        body(&site, "", "- [x] a\n- [ ] b\n\n| | n |\n|-|-|\n| a | 1 |"),
        "<ul>\n<li><span class=\"task\">☑</span> a</li>\n<li><span class=\"task\">☐</span> b</li>\n</ul>\n\
         <div class=\"table-wrap\" tabindex=\"0\"><table><thead><tr><td></td><th scope=\"col\">n</th></tr></thead>\
         <tbody>\n<tr><td>a</td><td>1</td></tr>\n</tbody></table>\n</div>"
    );
    assert_eq!(
        body(&site, "", "| a | b |\n|:-:|-:|\n| 1 | `<th>` |\n\n<b>&lt;t</b> <tä>"),
        "<div class=\"table-wrap\" tabindex=\"0\"><table><thead><tr>\
         <th scope=\"col\" class=\"align-center\">a</th><th scope=\"col\" class=\"align-right\">b</th></tr></thead>\
         <tbody>\n<tr><td class=\"align-center\">1</td><td class=\"align-right\"><code>&lt;th&gt;</code></td></tr>\n</tbody></table>\n</div>\
         \n<p><b>&lt;t</b> &lt;tä&gt;</p>"
    );
}

#[test]
fn components_are_called_where_a_text_may_do_so() {
    let site = site();
    site.write(
        "templates/own.html",
        "{% component quote(text, by = \"\", @root) %}<q>{{ text }}</q>{% if by %} ({{ by }}){% endif %}\
         <a href=\"{{ \"/about/\" | url }}\">us</a>{% endcomponent quote %}",
    );
    let us = "<a href=\"../../../../about/index.html\">us</a>";
    let text = "Words {{ <quote text=\"a <b> *c*\" by=\"Jane\"/> }}.\n\n{{<quote text=\"alone\"/>}}\n\n`{{ <quote text=\"d\"/> }}`";
    assert_eq!(
        body(&site, "components: true\n", text),
        format!(
            "<p>Words <q>a &lt;b&gt; *c*</q> (Jane){us}.</p>\n<q>alone</q>{us}\n\
             <p><code>{{{{ &lt;quote text=\"d\"/&gt; }}}}</code></p>"
        )
    );
    let feed = site.read("public/feed.json");
    assert!(feed.contains("<p>Words .</p>") && !feed.contains("<q>"), "{feed}");
    // The component changes, and so does the page; without leave nothing is called.
    site.write(
        "templates/own.html",
        "{% component quote(text, by = \"\") %}!{% endcomponent quote %}",
    );
    assert!(body(&site, "components: true\n", text).contains("Words !."));
    assert!(body(&site, "", text).contains("Words {{ "));
}

#[test]
fn a_theme_in_a_folder_lies_below_the_sites_own_files() {
    let site = site();
    site.write("tearsheet.toml", "theme = \"night\"\n");
    site.write("themes/night/templates/page.html", "{% extends \"tearsheet/page.html\" %}{% block head %}<meta name=\"theme\" content=\"night\">{% endblock head %}");
    site.write("themes/night/templates/404.html", "lost at night");
    site.write(
        "themes/night/templates/own.html",
        "{% component time(date) %}<time>{{ date.iso }}!</time>{% endcomponent time %}",
    );
    site.write("themes/night/static/night.css", "body{}");
    site.write("themes/night/static/icon.svg", "<svg/>");
    site.write("themes/day/static/day.css", "body{}");
    site.write("static/icon.svg", "<svg id=\"own\"/>");
    assert_eq!(site.run(&["build"]).code, 0);
    assert!(site.read("public/about/index.html").contains("content=\"night\""));
    assert_eq!(site.read("public/404.html"), "lost at night");
    assert!(site.read("public/index.html").contains("<time>2022-05-23!</time>"));
    assert_eq!(site.read("public/night.css"), "body{}");
    assert_eq!(site.read("public/icon.svg"), "<svg id=\"own\"/>");
    assert!(!site.path().join("public/day.css").exists());
    // The site's own template may extend the theme's.
    site.write(
        "templates/page.html",
        "{% extends \"theme/page.html\" %}{% block title %}Mine{% endblock title %}",
    );
    assert_eq!(site.run(&["build"]).code, 0);
    let page = site.read("public/about/index.html");
    assert!(page.contains("content=\"night\"") && page.contains("<title>Mine</title>"), "{page}");
    // Without the theme it extends the default one.
    site.write("tearsheet.toml", "");
    assert_eq!(site.run(&["build"]).code, 0);
    let page = site.read("public/about/index.html");
    assert!(!page.contains("content=\"night\"") && page.contains("<title>Mine</title>"), "{page}");
    // The preview sees the theme's files change.
    site.write("tearsheet.toml", "theme = \"night\"\n");
    let server = site.serve("0", &[]);
    site.write("themes/night/templates/404.html", "lost again");
    server.wait_for("/nothing/", |_, text| text.contains("lost again"));
}

#[test]
fn a_site_of_pages_alone_has_no_empty_lists() {
    let site = Site::new();
    site.write("content/pages/index.md", "---\ntitle: Home\n---\nWelcome to [about](about.md).\n");
    site.write("content/pages/about.md", "---\ntitle: About\n---\n[Home](index.md)\n");
    let run = site.run(&["check", "--strict"]);
    assert_eq!(run.code, 0, "{}", run.err);
    assert_eq!(site.run(&["build"]).code, 0);
    let pages: Vec<String> = tree(&site.path().join("public"))
        .into_keys()
        .filter(|path| path.contains(".html"))
        .collect();
    assert_eq!(pages, ["404.html", "about/index.html", "index.html"]);
    assert!(site.read("public/index.html").contains("Welcome to <a href=\"./about/index.html\">"));
    site.article("a", "title: A\nlang: en\ndate: 2022-05-23", "A.");
    assert_eq!(site.run(&["build"]).code, 0);
    assert!(site.path().join("public/archive/index.html").exists());
    assert!(site.read("public/index.html").contains("Welcome to <a href=\"./about/index.html\">"));
}

/// The messages of a build, with the pages that were made.
fn built(site: &Site) -> String {
    let run = site.run(&["build"]);
    assert_eq!(run.code, 0, "{}", run.err);
    run.err
}

#[test]
fn marks_cannot_be_written_by_a_text() {
    let site = site();
    let text = "See [[nope]] and <img src=\"tearsheet:@0\"> x onerror=alert(1) y=<b>z</b> \"tearsheet:@0\"";
    let html = body(&site, "", text);
    assert!(html.contains("See nope and <img src=\"@0\"> x onerror=alert(1) y=<b>z</b>"), "{html}");
    // Nor do the characters that stand for calls do anything in a text that calls nothing.
    let text = "Icons \u{e000} stay \u{e001} here.";
    assert_eq!(body(&site, "", text), format!("<p>{text}</p>"));
    assert!(site.read("public/feed.json").contains(text));
}

#[test]
fn calls_stand_between_tags_only() {
    let site = site();
    site.write(
        "templates/own.html",
        "{% component fig(src) %}<img src=\"{{ src }}\" alt=\"q\">{% endcomponent fig %}",
    );
    let call = "{{ <fig src=\"onerror=alert(1) x=\"/> }}";
    for text in [
        format!("![{call}](https://e.org/n.png \"{call}\")"),
        format!("[a](https://e.org/{call})"),
        format!("## Head {call}"),
        "{{</>}} {{ <fig src=\"x/>\"/> }} {{ <fig".to_owned(),
        "Note[^1]\n\n[^1]: One\n\n    {{ <fig src=\"b\"/> }}".to_owned(),
    ] {
        let html = body(&site, "components: true\n", &text);
        for tag in html.split('<').filter_map(|rest| rest.split_once('>')).map(|(tag, _)| tag) {
            assert!(tag.matches('"').count() % 2 == 0, "{text}: {html}");
        }
        assert!(
            !html.contains(['\u{e000}', '\u{e001}']) && !html.contains("xxxx"),
            "{text}: {html}"
        );
    }
    assert!(
        body(&site, "components: true\n", "{{ <fig src=\"x/>\"/> }}").contains("src=\"x/&gt;\"")
    );
    site.write(
        "content/articles/2022/06/a.md",
        &format!("---\ntitle: A\nlang: en\ncomponents: true\n---\n<b title='{call}'>x</b>\n"),
    );
    let run = site.run(&["build"]);
    assert!(
        run.code == 1 && run.err.contains("cannot be called inside of a link or a tag"),
        "{}",
        run.err
    );
}

#[test]
fn references_in_brackets_stay_and_notes_lose_nothing() {
    let site = site();
    assert_eq!(
        body(&site, "", "A [[1]](https://e.org/a_b) b [[2]] c [[#Part one]]."),
        "<p>A <a href=\"https://e.org/a_b\">[1]</a> b [[2]] c <a href=\"#part-one\">#Part one</a>.</p>"
    );
    let html =
        body(&site, "", "- ![x](https://e.org/a.png \"cap\")\n\n[^1]: > not lost\n\nRef[^1] end");
    assert!(html.contains("<p>not lost</p>"), "{html}");
    let html = body(&site, "", "## Contents\n\n## Title[^1]\n\n[^1]: n");
    assert!(
        html.contains("<h2 id=\"contents-2\">") && html.contains("<h2 id=\"title\">Title<sup"),
        "{html}"
    );
}

#[test]
fn what_a_text_shows_is_as_in_a_first_build() {
    let site = site();
    let article = |settings: &str, text: &str| {
        site.write("tearsheet.toml", settings);
        site.write(
            "content/articles/2022/05/a.md",
            &format!("---\ntitle: A\nlang: en\ndate: 2022-05-24\nsummary: S\ncomponents: true\n---\n{text}\n"),
        );
        built(&site);
        let again = tree(&site.path().join("public"));
        let name = format!("new-{}", blake3::hash(format!("{settings}{text}").as_bytes()).to_hex());
        let anew = site.run(&["build", "-o", &name]);
        assert_eq!(anew.code, 0, "{}", anew.err);
        let folder = site.path().join(name);
        let anew = tree(&folder);
        assert_eq!(again.keys().collect::<Vec<_>>(), anew.keys().collect::<Vec<_>>());
        let differ = again.iter().filter(|(path, bytes)| anew[*path] != **bytes);
        assert_eq!(differ.map(|(path, _)| path).collect::<Vec<_>>(), Vec::<&String>::new());
    };
    site.write("templates/own.html", "{% component n(t) %}({{ t }}){% endcomponent n %}");
    article("", "Words \"here\".");
    article("", "Words \"here\". ![x](lens.png)");
    article("", "Words \"here\" again.");
    article("smart_punctuation = true\n", "Words \"here\" again.");
    let words = |last: &str| format!("{{{{ <n t=\"x y z\"/> }}}} {} {last}", "word ".repeat(58));
    article("", &words("one"));
    article("", &words("two"));
}

#[test]
fn files_beside_texts_that_cannot_be_published_are_told() {
    let site = site();
    site.write("content/articles/2022/05/raw.html", "<script>alert(1)</script>");
    site.write("content/articles/2022/05/b.md", "---\ntitle: B\nlang: en\ndraft: true\n---\nB.\n");
    site.write(
        "content/articles/2022/05/c.md",
        "---\ntitle: C\nlang: en\n---\n[a](raw.html) [b](b.md) [c](/style.css)\n",
    );
    let said = built(&site);
    assert!(
        said.contains("raw.html is not published") && said.contains("b.md is not on the site"),
        "{said}"
    );
    assert!(!said.contains("no page has") && !site.path().join("public/media").exists(), "{said}");
    // Two pages of one name, and a file in the place of a page.
    site.write("content/pages/a/same.md", "---\ntitle: One\n---\n");
    site.write("content/pages/b/same.md", "---\ntitle: Two\n---\n");
    let run = site.run(&["build"]);
    assert!(run.code == 1 && run.err.contains("two pages want the address /same/"), "{}", run.err);
    std::fs::remove_file(site.path().join("content/pages/b/same.md")).expect("there");
    site.write("content/media.txt", "x");
    site.write("static/media/media.txt", "y");
    site.write("content/pages/a/same.md", "---\ntitle: One\n---\n[x](@/media.txt)\n");
    let run = site.run(&["build"]);
    assert!(
        run.code == 1 && run.err.contains("two files want the address /media/media.txt"),
        "{}",
        run.err
    );
}

#[test]
fn pages_have_drafts_old_addresses_and_fields_of_their_own() {
    let site = site();
    site.write(
        "content/pages/about.md",
        "---\ntitle: About\naliases: [/old/, \"/%E4%BD%A0-100%25/\"]\nmood: calm\n---\nUs.\n",
    );
    site.write("content/pages/later.md", "---\ntitle: Later\ndraft: true\n---\nNot yet.\n");
    site.write(
        "content/articles/2022/bundle/index.md",
        "---\ntitle: Bundle\nlang: en\ndate: 2022-01-01\n---\n![x](x.txt)\n",
    );
    site.write("content/articles/2022/bundle/x.txt", "x");
    site.write("templates/page.html", "{{ heading }} {{ extra.mood }}");
    built(&site);
    assert_eq!(site.read("public/about/index.html"), "About calm");
    assert!(site.read("public/old/index.html").contains("../about/"));
    assert!(site.read("public/你-100%/index.html").contains("../about/"));
    assert!(!site.path().join("public/later/index.html").exists());
    assert!(site.path().join("public/2022/01/01/bundle/index.html").exists());
}

#[test]
fn what_lies_in_a_wrong_place_is_told() {
    let site = site();
    site.write("tearsheet.toml", "[[menu]]\nname = \"Team\"\nurl = \"/taem/\"\n\n[[menu]]\nname = \"Feed\"\nurl = \"/feed.xml\"\n\n[[feeds]]\nurl = \"https://e.org/f.xml\"\nhost = \"netlify\"\n");
    site.write("content/pages/team.md", "---\ntitle: Team\n---\nUs.\n");
    site.write("content/blog/post.md", "---\ntitle: Post\n---\nText.\n");
    site.write("templates/index.html", "never seen");
    site.write("static/about/index.html", "mine");
    site.write("static/.well-known/security.txt", "Contact: desk@example.com");
    site.write("content/articles/c.md", "---\ntitle: C\nlang: en\n---\n{{ <quote text=\"a\"/> }} <me@example.org> https://example.org/a_b.\n");
    let said = built(&site);
    for part in [
        "no page has the address /taem/",
        "did you mean `/team/`?",
        "unknown key `host`",
        "content/blog/post.md is no part of the site",
        "no page is made by this template",
        "did you mean `home.html`?",
        "static/about/index.html takes the place of the page /about/",
        "write `components: true` above it",
    ] {
        assert!(said.contains(part), "{part} is not in {said}");
    }
    assert!(!said.contains("the address /feed.xml"), "{said}");
    // Said again by a build that has nothing to do.
    assert!(built(&site).contains("content/blog/post.md is no part of the site"));
    assert_eq!(site.read("public/.well-known/security.txt"), "Contact: desk@example.com");
    let page = site.read("public/undated/c/index.html");
    assert!(page.contains("<a href=\"mailto:me@example.org\">me@example.org</a>"), "{page}");
    assert!(
        page.contains("<a href=\"https://example.org/a_b\">https://example.org/a_b</a>."),
        "{page}"
    );
    let lost = Site::new().run(&["build"]);
    assert!(lost.code == 1 && lost.err.contains("`tearsheet init` begins one"), "{}", lost.err);
    std::fs::create_dir_all(site.path().join("content/articles/empty")).expect("made");
    let below = site.run(&["--root", "content/articles/empty", "build"]);
    assert!(below.code == 1 && below.err.contains("there is one in "), "{}", below.err);
}

/// A text as HTML.
fn rendered(text: &str) -> String {
    markdown(text, Dialect::default()).html
}

#[test]
fn addresses_in_a_text_are_whole() {
    for (text, address) in [
        ("https://en.wikipedia.org/wiki/Foo_(bar)", "https://en.wikipedia.org/wiki/Foo_(bar)"),
        ("https://example.com/_next/static", "https://example.com/_next/static"),
        ("https://example.com/a?x=1&y=2&amp;z=3", "https://example.com/a?x=1&amp;y=2&amp;z=3"),
        ("https://example.com/~user/a~b", "https://example.com/~user/a~b"),
        ("https://example.com/a\\_b", "https://example.com/a_b"),
        ("https://example.com/__init__.py", "https://example.com/__init__.py"),
        ("https://example.com/a__b__c", "https://example.com/a__b__c"),
        ("**https://example.com/bold**", "https://example.com/bold"),
        ("*https://example.com/it_x_*.", "https://example.com/it_x_"),
        ("見てください（https://example.com/x）。", "https://example.com/x"),
        ("write to jane.roe@example.org.", "mailto:jane.roe@example.org"),
    ] {
        let html = rendered(text);
        assert!(html.contains(&format!("<a href=\"{address}\">")), "{text}: {html}");
    }
    let bold = rendered("see **https://example.com/bold** now");
    assert!(bold.contains("<strong><a href"), "{bold}");
}

#[test]
fn marks_beside_wide_punctuation_are_marks() {
    for (text, html) in [
        ("**真，**她", "<strong>真，</strong>她"),
        ("这是**我想做的事。**所以继续。", "这是<strong>我想做的事。</strong>所以继续。"),
        ("これは**「重要なこと」**です。", "これは<strong>「重要なこと」</strong>です。"),
        ("**マークダウン(Markdown)**を使う。", "<strong>マークダウン(Markdown)</strong>を使う。"),
        ("**마크다운(Markdown)**을 사용", "<strong>마크다운(Markdown)</strong>을 사용"),
        ("他说：*《书名》*很好，~~删除。~~完", "他说：<em>《书名》</em>很好，<del>删除。</del>完"),
        ("plain **bold.**next stays", "plain **bold.**next stays"),
        ("`**真，**她`", "<code>**真，**她</code>"),
        ("[**真，**她](https://e.org/真，a)", "<strong>真，</strong>她</a>"),
    ] {
        let made = rendered(text);
        assert!(made.contains(html), "{text}: {made}");
    }
}

#[test]
fn a_line_of_chinese_ends_without_a_blank() {
    let made = markdown("小\n米**公\n司**发布\nnew phone。\n\n> 厚\n> 德", Dialect::default());
    assert!(
        made.html.contains("<p>小米<strong>公司</strong>发布\nnew phone。</p>"),
        "{}",
        made.html
    );
    assert_eq!(made.text, "小米公司发布 new phone。\n厚德");
}

#[test]
fn what_is_no_html_is_shown() {
    for (text, html) in [
        ("impl AsRef<Style> for X\n\nMore.", "AsRef&lt;Style&gt; for X</p>\n<p>More."),
        ("A Vec<T> and Option<U>.", "Vec&lt;T&gt; and Option&lt;U&gt;."),
        ("<Path>\nis a word\n\nMore *text*.", "&lt;Path&gt;\nis a word"),
        ("a <style> in words\n\nMore *text*.", "&lt;style&gt; in words"),
        ("<b>bold</b> <B>Bold</B> x<sub>2</sub>", "<b>bold</b> <b>Bold</b> x<sub>2</sub>"),
        ("[[Smith]] says\n\n[smith]: https://e.org/s", "[<a href=\"https://e.org/s\">Smith</a>]"),
    ] {
        let made = rendered(text);
        assert!(made.contains(html), "{text}: {made}");
    }
}

#[test]
fn headings_keep_the_anchors_that_others_know() {
    let made = rendered(
        "[a](#Partners) [b](#foo--bar) [c](#results-1) [d](#%E6%96%B0) [e](#überblick) [f](#uberblick)\n\n\
         ## Partners\n\n## Foo & Bar\n\n## Results\n\n## Results\n\n## 新\n\n## Überblick\n\n## fn-1\n\nText[^1]\n\n[^1]: Note.",
    );
    for part in [
        "href=\"#partners\">a",
        "<h2 id=\"partners\">",
        "<h2 id=\"foo-bar\"><a id=\"foo--bar\"></a>",
        "<h2 id=\"results-2\"><a id=\"results-1\"></a>",
        "<h2 id=\"uberblick\"><a id=\"überblick\"></a>",
        "<h2 id=\"section-fn-1\">",
        "<li id=\"fn-1\"",
        "<h2 id=\"新\">",
    ] {
        assert!(made.contains(part), "{part} is not in {made}");
    }
}

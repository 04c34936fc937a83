//! `tearsheet import --from`: sites of other programs, as people write them.

use std::collections::BTreeSet;
use std::path::Path;

use super::sites::judge::{pages, recorded};
use crate::support::site::Site;

/// Imports a site that lies in a folder of this name, and builds what came of it.
fn bring(site: &Site, generator: &str) -> String {
    let run = site.run(&["import", "--from", generator, "old"]);
    assert_eq!(run.code, 0, "{}", run.err);
    let build = site.run(&["build", "--drafts", "--future"]);
    assert_eq!(build.code, 0, "{}", build.err);
    run.err
}

/// The head of a GIF file of one pixel, and something to tell it by.
fn picture(name: &str) -> String {
    format!("GIF89a\u{1}\0\u{1}\0{name}")
}

/// Whether an old address leads to an article, by its path in the output folder.
fn leads(site: &Site, address: &str, to: &str) {
    let file =
        if address.ends_with('/') { format!("{address}index.html") } else { address.to_owned() };
    let page = site.read(&format!("public{file}"));
    assert!(page.contains(to), "{address} does not lead to {to}:\n{page}");
}

/// Titles, tags and dates that front matter trips over.
const TRAPS: [&str; 24] = [
    "D: Dive",
    "- dash",
    "a, b",
    "# hash",
    "[x]",
    "{y}",
    "'quoted'",
    "say \"hi\"",
    "no",
    "null",
    "2020-01-01",
    "1e3",
    "@at",
    "`code`",
    "%pc",
    "&anchor",
    "*alias",
    "!tag",
    "| bar",
    "> more",
    "tail:",
    "日本語：題",
    "Ünïcode’s — end",
    "back\\slash",
];

/// Lines of front matter that are broken or strange, each in its own way.
const STRANGE: [&str; 14] = [
    "title: A: B: C",
    "title: twice\ntitle: again",
    "date: 2021-02-31",
    "date: 0001-01-01T00:00:00Z",
    "date: 99999-01-01",
    "date: tomorrow",
    "tags:\n\t- tabbed",
    "summary: >\n  folded\n  text\nweight: 3",
    "title: \"over\n  two lines\"",
    "author: &me Jane\ncopyright: *me",
    "aliases: [/, /x/, ../y, \"/a b/\", \"?p=1\"]",
    "companies: [Not An Id, Ünï]\nrights: All rights reserved\nlang: klingonisch",
    "source: [a, b]\npartnerships: none\nstory: [1]\npassages: 3\nsplit: maybe\ncomponents: 7",
    "draft: perhaps\nslug: [a]\nextra: text\nimported: yesterday",
];

fn traps(fast: &mut fastrand::Rng) -> &'static str {
    TRAPS[fast.usize(..TRAPS.len())]
}

fn yaml(text: &str) -> String {
    serde_json::to_string(text).expect("a string")
}

#[test]
fn what_import_writes_build_accepts() {
    for (number, generator) in ["hugo", "zola", "jekyll", "pelican", "obsidian"].iter().enumerate()
    {
        let site = Site::new();
        let mut fast = fastrand::Rng::with_seed(number as u64 + 7);
        let mut count = 0;
        for at in 0..60 {
            let day = format!("{}-{:02}-{:02}", 2018 + at % 3, 1 + at % 12, 1 + at % 28);
            let (a, b, c) = (traps(&mut fast), traps(&mut fast), traps(&mut fast));
            let strange = STRANGE[fast.usize(..STRANGE.len())];
            let is_plain = fast.bool();
            let usual = format!(
                "title: {}\ndate: {day}\ntags: [{}, {}]\naliases: [/same/, /{at}/]\nx-{at}: {}\n",
                yaml(a),
                yaml(b),
                yaml(c),
                yaml(c)
            );
            let front = match (*generator, is_plain) {
                ("zola", _) => format!(
                    "+++\ntitle = {}\ndate = {day}\n[taxonomies]\ntags = [{}, {}]\n[extra]\nk = {}\n+++\n",
                    yaml(a),
                    yaml(b),
                    yaml(c),
                    yaml(c)
                ),
                ("pelican", _) => {
                    format!("Title: {a}\nDate: {day}\nTags: {b}, {c}\nSlug: s{}\n\n", at % 50)
                }
                (_, true) => format!("---\n{usual}---\n"),
                (_, false) => format!("---\n{strange}\n---\n"),
            };
            let body = format!("{a} and **{b}**\n\n> {c}\n\n    code {{{{< x >}}}}\n\n“End”\n");
            // Names that come back in several folders.
            let name = format!("n{}", at % 20);
            let path = match *generator {
                "hugo" | "zola" | "pelican" => format!("old/content/{}/{name}.md", at / 20),
                "jekyll" => format!("old/{}/_posts/{day}-{name}.md", at / 20),
                _ => format!("old/{}/{name}.md", at / 20),
            };
            site.write(&path, &format!("{front}{body}"));
            count += 1;
        }
        let told = bring(&site, generator);
        assert!(told.contains(&format!("imported {count} of {count} posts")), "{told}");
        let again = site.run(&["import", "--from", generator, "old"]);
        assert!(again.err.contains(&format!("({count} already here")), "{}", again.err);
    }
}

/// A site of Hugo with what its users do to addresses.
fn hugo_site(site: &Site) {
    site.write(
        "old/hugo.toml",
        "baseURL = \"https://old.example.com/blog/\"\ntitle = \"H\"\n[permalinks]\n\
         news = \"/:year/:monthname/:day/:title/\"\ndocs = \"/:sections/:slug/\"\n\
         shop = \"/:section/:contentbasename\"\n\
         [languages.en]\nweight = 1\n[languages.fr]\nweight = 2\n",
    );
    site.write("old/layouts/_default/single.html", "{{ .Content }}");
    site.write("old/layouts/_default/list.html", "{{ .Title }}");
    let names = [
        "Upper Case",
        "2020-01-07-first",
        "über & Café (x), y!",
        "新年_快乐",
        "C++ and C# a.b",
        "a--b__c~d",
        "Ünder.Dot",
        "привет мир",
        "مرحبا",
        "한국어 글",
    ];
    for (section, name) in ["posts", "news", "shop", "docs/deep", "Mixed Case"]
        .iter()
        .flat_map(|section| names.iter().map(move |name| (section, name)))
    {
        let title = format!("{name} — 100% “q” of {section}");
        let text =
            format!("---\ntitle: {}\ndate: 2020-02-09T23:30:00-08:00\n---\nText.\n", yaml(&title));
        site.write(&format!("old/content/{section}/{name}.md"), &text);
    }
    for (path, front) in [
        ("posts/sl.md", "title: S\nslug: Other Name/deep\naliases: [/old/, rel, ../up.html, x/y/]"),
        ("posts/url1.md", "title: S\nurl: /custom/u.html"),
        ("posts/url2.md", "title: S\nurl: custom2/u"),
        ("posts/url3.md", "title: S\ndate: 2020-03-04\nurl: /p/:year/:slug/"),
        ("posts/fr1.fr.md", "title: S\naliases: [/vieux/, rel]"),
        ("posts/fr2.fr.md", "title: S\nurl: /x/fr2/"),
        ("posts/fr3.fr.md", "title: S\nurl: x/fr3/"),
        ("news/pub.md", "title: pub\npublishDate: 2019-03-03"),
        ("news/bundle/index.md", "title: My Bundle\ndate: 2020-02-03\nslug: bb"),
        ("posts/leaf/index.md", "title: My Bundle\ndate: 2020-02-03"),
        ("posts/leaf/index.fr.md", "title: Mon paquet\ndate: 2020-02-03"),
        ("about.md", "title: About"),
    ] {
        site.write(&format!("old/content/{path}"), &format!("---\n{front}\n---\nText.\n"));
    }
}

#[test]
fn every_address_of_hugo_leads_to_its_article() {
    let site = Site::new();
    hugo_site(&site);
    bring(&site, "hugo");
    for (address, to) in [
        ("/posts/upper-case/", "/2020/02/09/upper-case"),
        ("/posts/über--café-x-y/", "/2020/02/09/uber-cafe-x-y"),
        ("/posts/c++-and-c#-a.b/", "/2020/02/09/"),
        ("/2020/february/09/新年_快乐-100-q-of-news/", "/2020/02/09/"),
        ("/posts/other-name/deep/", "/undated/"),
        ("/posts/other-name/rel/", "/undated/"),
        ("/custom/u.html", "/undated/url1/"),
        ("/p/2020/s/", "/2020/03/04/url3/"),
        ("/fr/posts/fr1/", "/undated/fr1-fr/"),
        ("/fr/posts/leaf/", "/2020/02/03/leaf-fr/"),
        ("/x/fr2/", "/undated/fr2-fr/"),
        ("/fr/x/fr3/", "/undated/fr3-fr/"),
        ("/2019/march/03/pub/", "pub"),
        ("/about/", "About"),
    ] {
        leads(&site, address, to);
    }
    // Its own output is the judge.
    let old = site.path().join("old");
    let read =
        |folder: &Path| pages(folder).into_keys().map(|path| (path, "-".to_owned())).collect();
    let theirs =
        recorded("hugo-names", "HUGO", &old, &["--quiet", "--buildFuture"], "public", read);
    let lists = [
        "index.html",
        "categories/index.html",
        "tags/index.html",
        "posts/index.html",
        "news/index.html",
        "shop/index.html",
        "docs/index.html",
        "mixed-case/index.html",
        "en/index.html",
    ];
    let theirs: BTreeSet<String> = theirs.into_keys().collect();
    let ours: BTreeSet<String> = pages(&site.path().join("public")).into_keys().collect();
    let is_list = |name: &&String| lists.contains(&name.strip_prefix("fr/").unwrap_or(name));
    let missing: Vec<_> = theirs.difference(&ours).filter(|name| !is_list(name)).collect();
    assert!(missing.is_empty() && theirs.len() > 60, "{missing:?}");
}

#[test]
fn addresses_of_zola_are_kept() {
    let site = Site::new();
    site.write(
        "old/config.toml",
        "base_url = \"https://x.example\"\ndefault_language = \"en\"\n[languages.de]\n",
    );
    for (path, front) in [
        ("blog/2020-01-07-first.md", "title = \"First\""),
        ("blog/sl.md", "title = \"S\"\ndate = 2020-01-08\nslug = \"other-name\""),
        ("blog/Über Uns & Co.md", "title = \"U\"\ndate = 2020-01-09"),
        (
            "blog/own.md",
            "title = \"P\"\ndate = 2020-01-10\npath = \"my/own\"\naliases = [\"was/here\"]",
        ),
        ("blog/2020-01-11-leaf/index.md", "title = \"L\""),
        ("blog/sl.de.md", "title = \"S de\"\ndate = 2020-01-08"),
    ] {
        site.write(&format!("old/content/{path}"), &format!("+++\n{front}\n+++\nText.\n"));
    }
    bring(&site, "zola");
    for (address, to) in [
        ("/blog/first/", "/2020/01/07/first/"),
        ("/blog/other-name/", "/2020/01/08/other-name/"),
        ("/blog/uber-uns-co/", "/2020/01/09/"),
        ("/my/own/", "/2020/01/10/own/"),
        ("/was/here/", "/2020/01/10/own/"),
        ("/blog/leaf/", "/2020/01/11/leaf/"),
        ("/de/blog/sl/", "/2020/01/08/sl-de/"),
    ] {
        leads(&site, address, to);
    }
}

#[test]
fn addresses_of_jekyll_are_kept() {
    let site = Site::new();
    site.write(
        "old/_config.yml",
        "title: J\nurl: https://j.example\nbaseurl: /b\ncollections:\n  recipes:\n    output: true\n\
         defaults:\n  - scope: { path: \"news\" }\n    values: { permalink: \"/n/:title/\" }\n",
    );
    for (path, front) in [
        ("_posts/2020-01-07-first.md", "title: F\ntags: [alpha, beta]"),
        ("_posts/2020-01-13-cats.md", "title: C\ncategories: brand management"),
        ("_posts/2020-01-12-perm.md", "title: P\npermalink: /x/:title/\nredirect_from: [/a/, /b]"),
        ("_posts/2016-2-9-short.md", "title: Short\ncategory: Big News"),
        ("_posts/sub/2016-02-20-Third Post (x).md", "title: Third"),
        ("dev/_posts/2016-02-22-incat.md", "title: In\ncategories: [tools]"),
        ("news/_posts/2016-02-23-by-default.md", "title: D"),
        ("_posts/2016-02-24-dated.md", "title: D\ndate: 2017-03-04 23:30:00 -0800"),
        ("_posts/2016-02-25-page.html", "title: H"),
        ("_recipes/soup.md", "title: Soup"),
        ("about.md", "title: About"),
        ("team/index.md", "title: Team"),
    ] {
        site.write(&format!("old/{path}"), &format!("---\n{front}\n---\nText.\n"));
    }
    bring(&site, "jekyll");
    for (address, to) in [
        ("/2020/01/07/first.html", "/2020/01/07/first/"),
        ("/brand/management/2020/01/13/cats.html", "/2020/01/13/cats/"),
        ("/x/perm/", "/2020/01/12/perm/"),
        ("/a/", "/2020/01/12/perm/"),
        ("/b/", "/2020/01/12/perm/"),
        ("/big news/2016/02/09/short.html", "/2016/02/09/short/"),
        ("/2016/02/20/Third-Post-(x).html", "/2016/02/20/third-post-x/"),
        ("/dev/tools/2016/02/22/incat.html", "/2016/02/22/incat/"),
        ("/n/by-default/", "/2016/02/23/by-default/"),
        ("/2017/03/04/dated.html", "/2017/03/04/dated/"),
        ("/2016/02/25/page.html", "/2016/02/25/page/"),
        ("/recipes/soup.html", "/undated/soup/"),
        ("/about.html", "/about/"),
        ("/team/", "Team"),
    ] {
        leads(&site, address, to);
    }
}

#[test]
fn addresses_of_pelican_are_kept() {
    let site = Site::new();
    site.write(
        "old/pelicanconf.py",
        "AUTHOR = 'Jane'\nSITEURL = 'https://p.example'\nPATH = 'content'\nDEFAULT_LANG = 'en'\n\
         ARTICLE_URL = 'blog/{date:%Y}/{date:%b}/{date:%d}/{slug}/'\n\
         ARTICLE_SAVE_AS = 'blog/{date:%Y}/{date:%b}/{date:%d}/{slug}/index.html'\n",
    );
    site.write(
        "old/content/news/2020-01-07-issue.md",
        "Title: This Week: Issue 320\nNumber: 320\nDate: 2020-01-07 10:20\nCategory: Weekly\n\
         Tags: rust, the web\nAuthors: Jane Roe, Joe Doe\n\nHello _world_.\n",
    );
    site.write("old/content/pages/about.md", "Title: About us\n\nWe write.\n");
    site.write(
        "old/content/other.md",
        "Title: Other\nDate: 2020-02-03\nSlug: mine\nLang: de\nStatus: draft\n\nHallo.\n",
    );
    bring(&site, "pelican");
    leads(&site, "/blog/2020/Jan/07/this-week-issue-320/", "/2020/01/07/issue/");
    leads(&site, "/mine-de.html", "/2020/02/03/mine-de/");
    leads(&site, "/pages/about-us.html", "/about-us/");
    let issue = site.read("content/articles/2020/01/issue.md");
    for part in
        ["tags: [rust, the web, Weekly]", "authors: [\"Jane Roe\", \"Joe Doe\"]", "Number: 320"]
    {
        assert!(issue.contains(part), "{part} is not in {issue}");
    }
}

#[test]
fn pictures_come_along_and_links_lead_where_things_are_now() {
    let site = Site::new();
    site.write("static/img/a.png", &picture("ours"));
    site.write("old/hugo.toml", "baseURL = \"https://old.example.com/\"\n");
    site.write("old/static/img/a.png", &picture("theirs"));
    site.write("old/static/js/theme.js", "x");
    site.write("old/content/posts/bundle/photo one.png", &picture("one"));
    site.write(
        "old/content/posts/bundle/index.md",
        "---\ntitle: Bundle\ndate: 2020-01-02\n---\n![one](<photo one.png> \"Said\")\n\n![a](/img/a.png)\n\n\
         [second](/posts/second/#h) [abs](https://old.example.com/posts/second/) [rel](../second/)\n\
         [file](../second.md) <img src=\"/img/a.png\"> [out](https://else.example/) [b]\n\n[b]: /posts/second/\n",
    );
    site.write("old/content/posts/second.md", "---\ntitle: Second\ndate: 2020-01-03\n---\nText.\n");
    let told = bring(&site, "hugo");
    let text = site.read("content/articles/2020/01/bundle/index.md");
    for part in [
        "![one](<photo%20one.png> \"Said\")",
        "![a](/img/a-2.png)",
        "[second](@/articles/2020/01/second.md#h)",
        "[abs](@/articles/2020/01/second.md)",
        "[rel](@/articles/2020/01/second.md)",
        "[file](@/articles/2020/01/second.md)",
        "<img src=\"/img/a-2.png\">",
        "[out](https://else.example/)",
        "[b]: @/articles/2020/01/second.md",
    ] {
        assert!(text.contains(part), "{part} is not in {text}");
    }
    assert_eq!(site.read("static/img/a.png"), picture("ours"));
    assert_eq!(site.read("static/img/a-2.png"), picture("theirs"));
    assert_eq!(site.read("content/articles/2020/01/bundle/photo one.png"), picture("one"));
    for part in ["static/img/a.png → static/img/a-2.png", "not copied: js (1)"] {
        assert!(told.contains(part), "{part} is not in {told}");
    }
    assert_eq!(site.run(&["build", "--strict"]).code, 0);
}

#[test]
fn calls_of_templates_become_markdown() {
    let site = Site::new();
    site.write("tearsheet.toml", "[shortcodes]\nlead = \"**{inner}** ({0})\"\n");
    let post = |calls: &str| format!("---\ntitle: T\ndate: 2020-01-02\n---\n{calls}\n");
    site.write("old/content/posts/other.md", &post("Text."));
    site.write(
        "old/content/posts/a.md",
        &post(
            "{{< figure src=\"/a.png\" alt=\"alt\" caption=\"Said\" >}}\n\n{{< youtube w7Ft2ymGmfc >}}\n\n\
             {{< gist jane 123 >}} {{< vimeo 55073825 >}}\n\nSee {{< ref \"other.md\" >}} and [it]({{< relref \"/posts/other\" >}}).\n\n\
             {{< highlight go \"linenos=table\" >}}\nfmt.Println(\"{{</* x */>}}\")\n{{< /highlight >}}\n\n\
             {{% notice warning %}}\nMind *this*.\n{{% /notice %}}\n\n{{< details \"More\" >}}\nInner\n{{< /details >}}\n\n\
             {{< lead 7 >}}words{{< /lead >}}\n\n{{< gallery a b >}} {{< gallery c >}}\n\n```\n{{< kept >}}\n```\n\n\
             <iframe src=\"//www.youtube.com/embed/abc?x=1\"></iframe>",
        ),
    );
    let told = bring(&site, "hugo");
    let text = site.read("content/articles/2020/01/a.md");
    for part in [
        "![alt](/a.png \"Said\")",
        "<https://www.youtube.com/watch?v=w7Ft2ymGmfc>",
        "<https://gist.github.com/jane/123> <https://vimeo.com/55073825>",
        "See [T](@/articles/2020/01/other.md) and [it](@/articles/2020/01/other.md).",
        "```go\nfmt.Println(\"{{</* x */>}}\")\n```",
        "> [!WARNING]\n> Mind *this*.",
        "<details><summary>More</summary>\n\nInner\n\n</details>",
        "**words** (7)",
        "`{{< gallery a b >}}` `{{< gallery c >}}`",
        "```\n{{< kept >}}\n```",
        "<https://www.youtube.com/watch?v=abc>",
    ] {
        assert!(text.contains(part), "{part} is not in {text}");
    }
    assert!(told.contains("gallery (2)") && told.contains("iframe (1)"), "{told}");

    let site = Site::new();
    site.write("old/_posts/2020-01-03-other.md", &post("Text."));
    site.write(
        "old/_posts/2020-01-02-a.md",
        &post(
            "{% highlight ruby linenos %}\nputs \"{{ x }}\"\n{% endhighlight %}\n\n{% raw %}{{ shown }}{% endraw %}\n\n\
             [l]({% post_url 2020-01-03-other %}) [m]({{ site.baseurl }}{% link _posts/2020-01-03-other.md %}) {% post_url 2020-01-03-other %}\n\n\
             {% include figure image_path=\"/a.png\" alt=\"alt\" caption=\"Said\" %}\n\n{% include youtube.html id=\"abc\" %}\n\n\
             * TOC\n{:toc}\n\n![pic]({{ site.url }}/b.png){: .wide }\n\n{% if x %}y{% endif %}",
        ),
    );
    bring(&site, "jekyll");
    let text = site.read("content/articles/2020/01/a.md");
    for part in [
        "```ruby\nputs \"{{ x }}\"\n```",
        "{{ shown }}",
        "[l](@/articles/2020/01/other.md) [m](@/articles/2020/01/other.md) [T](@/articles/2020/01/other.md)",
        "![alt](/a.png \"Said\")",
        "<https://www.youtube.com/watch?v=abc>",
        "![pic](/b.png)\n",
        "`{% if x %}`y`{% endif %}`",
    ] {
        assert!(text.contains(part), "{part} is not in {text}");
    }
    assert!(!text.contains("toc}") && !text.contains("* TOC"), "{text}");
    let page = site.read("public/2020/01/02/a/index.html");
    assert!(!page.split("<main").next().expect("a head").contains("{%"), "{page}");
    assert!(text.contains("lang: en") && !text.contains("companies"), "{text}");
}

#[test]
fn posts_in_html_keep_their_links_and_pictures() {
    let site = Site::new();
    site.write("old/assets/a.png", "png");
    site.write("old/_posts/2020-01-03-other.md", "---\ntitle: Other\n---\nText.\n");
    site.write(
        "old/_posts/2020-01-02-a.html",
        "---\ntitle: A\ndescription: \"{% x %}\"\n---\n<p>See <a href=\"/2020/01/03/other.html\">this</a>,\n<a href=\"#x\">here</a> and <img src=\"/assets/a.png\" alt=\"pic\">.</p>\n\n<table><tr><th>a</th></tr><tr><td>1</td></tr></table>\n<ul><li>one<li>two</ul>\n",
    );
    bring(&site, "jekyll");
    let text = site.read("content/articles/2020/01/a.md");
    for part in [
        "See [this](@/articles/2020/01/other.md), [here](#x) and ![pic](/assets/a.png).",
        "- one\n- two",
        "summary: \"{% x %}\"",
    ] {
        assert!(text.contains(part), "{part} is not in {text}");
    }
    assert!(!text.contains("\nsummary:") && site.read("static/assets/a.png") == "png", "{text}");
}

#[test]
fn a_vault_comes_over_with_its_links() {
    let site = Site::new();
    site.write("old/.obsidian/app.json", "{}");
    site.write("old/Attachments/my pic.png", &picture("pic"));
    site.write(
        "old/Notes/Main note.md",
        "---\naliases: [Hub, \"The, centre\"]\ntags: area/topic, two\n---\n\
         See [[Other]], [[Notes/Other|the near one]], [[Far/Other#A heading|far]], [[Hub]], [[Nothing yet]].\n\n\
         ![[my pic.png|300]] ![[my pic.png|A picture]]\n\n> [!faq]- Why?\n> Because.\n\n> [!danger]\n> No.\n\n\
         A line with ==marked== words and #intext tag, `#code` %%hidden%%. ^block1\n\n![[Far/Other#A heading]]\n\n| a | b |\n|---|---|\n| [[Other\\|x]] | y |\n",
    );
    site.write("old/Notes/Other.md", "Near. [[#^none]] [[Main note#^block1]]\n");
    site.write(
        "old/Far/Other.markdown",
        "# Other\n\nTop.\n\n## A heading\n\nFar away.\n\n## Next\n\nNot shown.\n",
    );
    site.write("old/2022-05-23.md", "A day.\n");
    bring(&site, "obsidian");
    let text = site.read("content/articles/undated/main-note.md");
    for part in [
        "title: \"Main note\"",
        "tags: [area/topic, two, intext]",
        "[Other](@/articles/undated/other-2.md)",
        "[the near one](@/articles/undated/other-2.md)",
        "[far](@/articles/undated/other.md#a-heading)",
        "[Hub](@/articles/undated/main-note.md)",
        ", Nothing yet.",
        "<img src=\"/Attachments/my%20pic.png\" alt=\"\" width=\"300\">",
        "![A picture](/Attachments/my%20pic.png)",
        "> [!NOTE]\n> **Why?**\n> \n> Because.",
        "> [!CAUTION]\n> No.",
        "<mark>marked</mark> words",
        "<a id=\"block-block1\"></a>",
        "> Far away.",
        "| [x](@/articles/undated/other-2.md) | y |",
    ] {
        assert!(text.contains(part), "{part} is not in {text}");
    }
    assert!(!text.contains("hidden") && !text.contains("Not shown"), "{text}");
    assert!(
        site.read("content/articles/undated/other-2.md")
            .contains("(@/articles/undated/main-note.md#block-block1)")
    );
    assert!(site.read("content/articles/2022/05/2022-05-23.md").contains("date: 2022-05-23"));
    let check = site.run(&["build", "--strict"]);
    assert_eq!(check.code, 0, "{}", check.err);
}

#[test]
fn a_feed_stays_where_it_was_with_the_ids_it_had() {
    let site = Site::new();
    site.write(
        "tearsheet.toml",
        "base_url = \"https://new.example\"\nold_feeds = [\"/atom.xml\"]\n",
    );
    site.write("old/config.toml", "base_url = \"https://z.example\"\ngenerate_feeds = true\n");
    site.write(
        "old/content/blog/deal.md",
        "+++\ntitle = \"Deal\"\ndate = 2020-01-02\n+++\nText.\n",
    );
    bring(&site, "zola");
    let feed = site.read("public/atom.xml");
    assert_eq!(feed, site.read("public/feed.xml"));
    assert!(feed.contains("<id>https://z.example/blog/deal/</id>"), "{feed}");
    site.write("tearsheet.toml", "title = \"x\"\n");
    let told = site.run(&["import", "--from", "zola", "old"]).err;
    assert!(told.contains("old_feeds = [\"/atom.xml\"]"), "{told}");
}

#[test]
fn translations_are_tied_together() {
    let site = Site::new();
    site.write("old/config.toml", "base_url = \"https://z.example\"\ndefault_language = \"en\"\n[languages.de]\n[languages.fr]\n");
    for (name, title) in [("deal", "Deal"), ("deal.de", "Vertrag"), ("deal.fr", "Accord")] {
        let text = format!("+++\ntitle = \"{title}\"\ndate = 2020-01-02\n+++\nText.\n");
        site.write(&format!("old/content/blog/{name}.md"), &text);
    }
    bring(&site, "zola");
    let german = site.read("content/articles/2020/01/deal-de.md");
    assert!(
        german.contains("lang: de")
            && german.contains("translation_of: \"@/articles/2020/01/deal.md\""),
        "{german}"
    );
    for (page, other, lang) in
        [("deal", "deal-fr", "fr"), ("deal-de", "deal", "en"), ("deal-fr", "deal-de", "de")]
    {
        let page = site.read(&format!("public/2020/01/02/{page}/index.html"));
        let link = format!("../../../../2020/01/02/{other}/index.html\" hreflang=\"{lang}\"");
        assert!(page.contains(&link), "{page}");
    }
    site.article("x", "title: X\nlang: en\ntranslation_of: \"@/articles/nothing.md\"", "Text.");
    let run = site.run(&["build"]);
    assert!(run.err.contains("@/articles/nothing.md"), "{}", run.err);
}

#[test]
fn a_site_may_be_about_no_companies() {
    let site = Site::new();
    site.write("tearsheet.toml", "companies = false\nstories = false\n");
    let words = "This is the weekly issue in which we tell what happened with Nokia and Vodafone, who have \
                 signed a partnership for a shared network in Germany. Send us what you have found, and tell \
                 your friends about it, so that we can go on with what we do each week.";
    for week in ["01", "08", "15"] {
        let post = format!(
            "---\ntitle: Issue {week}\ndate: 2020-01-{week}\n---\n{words}\n\nNew in week {week}.\n"
        );
        site.write(&format!("old/_posts/2020-01-{week}-issue.md"), &post);
    }
    bring(&site, "jekyll");
    let issue = site.read("content/articles/2020/01/issue.md");
    assert!(!issue.contains("companies:") && !issue.contains("partnerships:"), "{issue}");
    site.article("own", "title: Own\nlang: en\ncompanies: [nokia]", "Text.");
    assert_eq!(site.run(&["build", "--strict"]).code, 0);
    for page in [
        "index.html",
        "2020/01/01/issue/index.html",
        "404.html",
        "search/index.html",
        "undated/own/index.html",
    ] {
        let text = site.read(&format!("public/{page}")).to_lowercase();
        for word in ["companies", "partnership", "timeline", "stories/", ">company"] {
            assert!(
                !text.contains(word) || word == "partnership" && text.contains("a partnership for"),
                "{word} in {page}: {text}"
            );
        }
    }
    for gone in ["companies", "partnerships", "timeline", "stories"] {
        assert!(!site.path().join("public").join(gone).exists(), "{gone}");
    }
    // Neither is a text in common an event where a site is about companies.
    let site = Site::new();
    for week in ["01", "08", "15"] {
        site.article(
            week,
            &format!("title: Issue {week}\nlang: en\ndate: 2020-01-{week}\ncompanies: [nokia]"),
            &format!("{words}\n\nNew in week {week}."),
        );
    }
    assert_eq!(site.run(&["list", "stories", "--format", "csv"]).out.lines().count(), 1);
}

/// What other programs' texts are made of, for putting together in any order.
const PIECES: [&str; 56] = [
    "---\n",
    "+++\n",
    "title: A: B\n",
    "title = \"x\"\n",
    "tags:\n  - a\n  - - b\n",
    "date: 2020-01-01T99\n",
    "{\"title\": 1}\n",
    "\n\n",
    "{{< figure src=\"a b.png\" >}}",
    "{{% notice %}}",
    "{{% /notice %}}",
    "{{</* x */>}}",
    "{{<",
    ">}}",
    "{%",
    "%}",
    "{% raw %}",
    "{% endraw %}",
    "{% highlight x %}",
    "{% endhighlight %}",
    "{{ \"a\" | relative_url }}",
    "{% include x.html a=\"",
    "[[",
    "]]",
    "![[a|1]]",
    "[[a#^b]]",
    "![[b]]",
    "> [!x]- T\n",
    "==",
    "%%",
    " ^id\n",
    "#tag/x ",
    "`",
    "```\n",
    "~~~\n",
    "“Hi”",
    "新年、**真，**她",
    "مرحبا",
    "🎉",
    "[a](b \"c)",
    "![](/x.png)",
    "[r]: <",
    "<iframe src=\"//e.org\">",
    "</iframe>",
    "<script>",
    "<T>",
    "&amp;",
    "|a|b|\n|-|-|\n",
    "1. ",
    "    ",
    "\t",
    "\r\n",
    "\u{feff}",
    "{: .x }",
    "\u{200b}",
    "Title: x\nDate: 2020-01-01\n",
];

#[test]
fn texts_of_other_programs_are_read_whatever_is_in_them() {
    use std::collections::BTreeMap;
    use tearsheet::import::article::ImportContext;
    use tearsheet::import::foreign::{self, AddressMap, Files, Program};
    use tearsheet::model::{Language, Rights};
    use tearsheet::understand::companies::Gazetteer;
    let mut fast = fastrand::Rng::with_seed(28);
    let gazetteer = Gazetteer::new(&[]);
    let setting = ImportContext { rights: Rights::Full, retrieved: None };
    let programs =
        [Program::Hugo, Program::Zola, Program::Jekyll, Program::Pelican, Program::Obsidian];
    for round in 0..400 {
        let program = programs[round % programs.len()];
        let mut files = Files::default();
        for name in ["a", "b", "2020-01-02-c", "d.de"] {
            let count = fast.usize(0..24);
            let mut text = String::from(if fast.bool() { "---\ntitle: A\n---\n" } else { "" });
            (0..count).for_each(|_| text.push_str(PIECES[fast.usize(..PIECES.len())]));
            let folder = if program == Program::Jekyll { "_posts" } else { "content" };
            files.add_text(format!("{folder}/{name}.md"), &text);
        }
        files.add_text("_config.yml".to_owned(), PIECES[fast.usize(..PIECES.len())]);
        let site = foreign::Site::new(program, files);
        let posts: BTreeMap<String, String> = site
            .posts
            .iter()
            .map(|post| (post.name.clone(), format!("articles/{}.md", post.slug)))
            .collect();
        let none = BTreeMap::new();
        let moved = AddressMap::new(&site, &posts, &none, &none);
        for post in &site.posts {
            let (body, _) = foreign::text(&moved, post).expect("no text is too large");
            let found = post.imported(body, &Language::english(), &gazetteer, &setting);
            let text = tearsheet::import::markdown::file(&found.article);
            let source = tearsheet::source::Source::new("content/articles/x.md", &text);
            let config = tearsheet::config::config(None).0;
            let (_, told) = tearsheet::parse::article::article(&source, &config);
            let errors: Vec<_> =
                told.iter().filter(|d| d.is_error()).map(|d| d.render(false)).collect();
            assert!(errors.is_empty(), "{errors:?}\n{text}");
        }
    }
}

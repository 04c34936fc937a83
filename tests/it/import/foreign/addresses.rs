//! Old addresses lead to what stood there.

use std::collections::BTreeSet;
use std::path::Path;

use super::{bring, yaml};
use crate::import::sites::judge::{pages, recorded};
use crate::support::site::Site;

/// Whether an old address leads to an article, by its path in the output folder.
fn leads(site: &Site, address: &str, to: &str) {
    let file =
        if address.ends_with('/') { format!("{address}index.html") } else { address.to_owned() };
    let page = site.read(&format!("public{file}"));
    assert!(page.contains(to), "{address} does not lead to {to}:\n{page}");
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

//! What holds for a site as a whole: its feed, its languages, what it is about.

use super::bring;
use crate::support::site::Site;

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

//! Articles that wait for their day.

use crate::support::site::Site;

/// A day on which the site is built, in seconds since 1970.
const IN_MAY_2024: &str = "1715558400"; // 2024-05-13
const IN_JUNE_2024: &str = "1718236800"; // 2024-06-13

fn digest() -> Site {
    let site = Site::new();
    let article = |name: &str, lines: &str| {
        let front = format!("title: {name}\nlang: en\ncompanies: [nokia]\n{lines}");
        site.article(name, &front, "Text.");
    };
    article("now", "date: 2024-05-02");
    article("later", "date: 2024-05-02\npublish_date: 2024-06-01");
    article("hugo", "date: 2024-05-02\npublishDate: 2024-06-01T08:00:00+02:00");
    article("undated", "publish_date: 2024-06");
    article("ahead", "date: 2024-06-02");
    // Told of a day to come, and to be read at once.
    article("eager", "date: 2024-06-02\npublish_date: 2024-05-01");
    article("draft", "date: 2024-05-02\npublish_date: 2024-06-01\ndraft: true");
    site
}

/// The names of the articles that have pages, and what was said.
fn built(site: &Site, day: &str, more: &[&str]) -> (Vec<String>, String) {
    let arguments = [&["build"], more].concat();
    let run = site.run_with(&arguments, &[("SOURCE_DATE_EPOCH", day)], b"");
    assert_eq!(run.code, 0, "{}", run.err);
    let feed = site.read("public/feed.json");
    let feed: serde_json::Value = serde_json::from_str(&feed).expect("JSON");
    let items = feed["items"].as_array().expect("items").iter();
    let mut names: Vec<String> =
        items.map(|item| item["title"].as_str().unwrap_or_default().to_owned()).collect();
    names.sort();
    (names, run.err)
}

#[test]
fn an_article_is_left_out_until_its_day() {
    let site = digest();
    let (names, said) = built(&site, IN_MAY_2024, &[]);
    assert_eq!(names, ["eager", "now"]);
    assert!(said.contains("left out: 1 draft, 4 future articles"), "{said}");
    assert!(!site.path().join("public/2024/05/02/later").exists());
    assert!(!site.read("public/data/articles.json").contains("later"));
    let (names, _) = built(&site, IN_MAY_2024, &["--future"]);
    assert_eq!(names, ["ahead", "eager", "hugo", "later", "now", "undated"]);
    // It is put beside the others of the day on which its source published it.
    assert!(site.path().join("public/2024/05/02/later/index.html").exists());
    assert!(site.path().join("public/undated/undated/index.html").exists());
    // A warm build on a later day has what a cold one has.
    assert_eq!(built(&site, IN_MAY_2024, &[]).0, ["eager", "now"]);
    let (names, said) = built(&site, IN_JUNE_2024, &[]);
    assert_eq!(names, ["ahead", "eager", "hugo", "later", "now", "undated"]);
    assert!(said.contains("left out: 1 draft\n"), "{said}");
    assert!(!site.read("public/2024/05/02/later/index.html").contains("class=\"draft\""));
}

#[test]
fn lists_and_checks_tell_how_many_wait() {
    let site = digest();
    let run =
        |arguments: &[&str]| site.run_with(arguments, &[("SOURCE_DATE_EPOCH", IN_MAY_2024)], b"");
    let list = run(&["list", "articles"]);
    assert!(list.out.contains("later") && list.out.contains("now"), "{}", list.out);
    assert!(list.err.contains("5 articles wait for their day"), "{}", list.err);
    let list = run(&["list", "scheduled", "--format", "json"]);
    let list: serde_json::Value = serde_json::from_str(&list.out).expect("JSON");
    let mut days: Vec<(&str, &str)> = list
        .as_array()
        .expect("a list")
        .iter()
        .map(|one| {
            let text = |key: &str| one[key].as_str().unwrap_or_default();
            (text("title"), text("publish_date"))
        })
        .collect();
    days.sort_unstable();
    let june = "2024-06-01";
    let all =
        [("ahead", ""), ("draft", june), ("hugo", june), ("later", june), ("undated", "2024-06")];
    assert_eq!(days, all);
    let table = run(&["list", "scheduled"]).out;
    assert!(table.starts_with("publish_date"), "{table}");
    let check = run(&["check"]);
    assert!(check.err.contains("5 articles wait for their day"), "{}", check.err);
    // Who has set a day on purpose is not warned of it.
    assert_eq!(check.err.matches("is still to come").count(), 1, "{}", check.err);
    assert!(check.err.contains("2024-06-02 is still to come"), "{}", check.err);
    let check = site.run_with(&["check"], &[("SOURCE_DATE_EPOCH", IN_JUNE_2024)], b"");
    assert!(!check.err.contains("wait"), "{}", check.err);
    site.article("b", "title: b\nlang: en\npublish_date: soon", "Text.");
    let check = run(&["check"]);
    assert!(check.err.contains("`soon` in `publish_date` is not a date"), "{}", check.err);
}

#[test]
fn the_preview_shows_and_marks_what_waits() {
    let site = Site::new();
    site.article(
        "a",
        "title: Later\nlang: en\ndate: 2024-05-02\npublish_date: 2999-06-01",
        "Text.",
    );
    site.article("b", "title: Out\nlang: en\ndate: 2024-05-02\npublish_date: 2024-06-01", "Text.");
    let server = site.serve("0", &[]);
    let mark = "<strong class=\"draft\">Scheduled <time datetime=\"2999-06-01\">1 June 2999</time>";
    let (_, page) = server.get("/2024/05/02/a/");
    assert!(page.contains(mark), "{page}");
    let (_, month) = server.get("/2024/05/");
    assert_eq!(month.matches(mark).count(), 1, "{month}");
    let (_, page) = server.get("/2024/05/02/b/");
    assert!(!page.contains("class=\"draft\""), "{page}");
}

#[test]
fn a_day_of_publication_comes_over_from_hugo() {
    let site = Site::new();
    site.write("blog/hugo.toml", "title = \"Blog\"\n");
    let post =
        "---\ntitle: One\ndate: 2019-03-01\npublishDate: 2019-03-03\n---\nText of the post.\n";
    site.write("blog/content/posts/one.md", post);
    let run = site.run(&["import", "--from", "hugo", "blog"]);
    assert_eq!(run.code, 0, "{}", run.err);
    let list = site.run(&["list", "articles", "--format", "json"]).out;
    assert!(list.contains("\"publish_date\": \"2019-03-03\""), "{list}");
    assert!(list.contains("\"date\": \"2019-03-01\""), "{list}");
}

//! `tearsheet import` for Markdown of other writers.

use crate::support::site::Site;

#[test]
fn whole_blogs_come_over_with_their_metadata() {
    let site = Site::new();
    site.write(
        "hugo/content/posts/deal/index.md",
        "+++\ntitle = \"Nokia and Xiaomi share patents\"\ndate = 2017-07-05T10:00:00Z\ntags = [\"patents\"]\n\
         categories = [\"telecoms\"]\ndraft = true\nfeatured = true\nlayout = \"single\"\n+++\n\
         Nokia and Xiaomi have signed a cross-licence for their patents.\n",
    );
    site.write("hugo/content/posts/_index.md", "+++\ntitle = \"Posts\"\n+++\n");
    site.write(
        "zola/content/honda.md",
        "+++\ntitle = \"Sony and Honda build a car\"\ndate = 2022-03-04\n[taxonomies]\ntags = [\"cars\"]\n\
         [extra]\nreading = 3\n+++\nSony and Honda found a joint venture for cars.\n",
    );
    site.write(
        "jekyll/_posts/2021-03-08-oneplus.md",
        "---\nlayout: post\ntitle: OnePlus and Hasselblad sign\nauthor: Jane Roe\ncategories: [cameras]\n---\n\
         OnePlus will develop cameras together with Hasselblad.\n",
    );
    for (generator, path, parts) in [
        (
            "hugo",
            "content/articles/2017/07/deal.md",
            ["date: 2017-07-05", "tags: [patents, telecoms]", "draft: true", "kind: licensing"],
        ),
        (
            "zola",
            "content/articles/2022/03/honda.md",
            ["date: 2022-03-04", "tags: [cars]", "kind: joint-venture", "lang: en"],
        ),
        (
            "jekyll",
            "content/articles/2021/03/oneplus.md",
            ["date: 2021-03-08", "authors: [\"Jane Roe\"]", "tags: [cameras]", "event: announced"],
        ),
    ] {
        let run = site.run(&["import", "--from", generator, generator]);
        assert_eq!(run.code, 0, "{}", run.err);
        let text = site.read(path);
        for part in parts {
            assert!(text.contains(part), "{part:?} is not in:\n{text}");
        }
        if generator == "hugo" {
            assert!(run.err.contains("not taken over: featured"), "{}", run.err);
        }
    }
    assert_eq!(site.run(&["build", "--strict", "--drafts"]).code, 0);
    let nothing = site.run(&["import", "--from", "jekyll", "hugo"]);
    assert!(nothing.code == 1 && nothing.err.contains("_posts"), "{}", nothing.err);
}

#[test]
fn a_clipped_note_is_read_with_its_source() {
    let site = Site::new();
    site.write(
        "inbox/note.md",
        "---\ntitle: \"Spotify moves in with Samsung\"\nsource: \"https://example.com/spotify\"\n\
         author:\n  - \"[[Jane Roe]]\"\npublished: 2018-08-09\ncreated: 2026-11-20\n\
         description: \"A partnership.\"\ntags:\n  - \"clippings\"\n---\n\
         Spotify and Samsung have announced a long-term partnership.\n",
    );
    let run = site.run(&["import"]);
    assert_eq!(run.code, 0, "{}", run.err);
    let text = site.read("content/articles/2018/08/note.md");
    for part in [
        "date: 2018-08-09",
        "url: \"https://example.com/spotify\"",
        "authors: [\"Jane Roe\"]",
        "summary: \"A partnership.\"",
        "companies: [",
        "event: announced",
    ] {
        assert!(text.contains(part), "{part:?} is not in:\n{text}");
    }
}

#[test]
fn lists_are_tables_json_and_csv() {
    let site = Site::new();
    site.article("a", "title: \"One, two\"\nlang: en\ndate: 2022-05\ncompanies: [nokia]", "Text.");
    site.article("b", "title: Undated\nlang: en\ncompanies: [nokia, nobodyknows]", "Text.");
    let table = site.run(&["list", "articles"]);
    assert!(table.out.starts_with("date     lang  title"), "{}", table.out);
    let csv = site.run(&["list", "articles", "--format", "csv"]);
    assert!(
        csv.out.contains(
            "2022-05,en,\"One, two\",nokia,,,,full,,/2022/05/a/,content/articles/a.md,\n"
        ),
        "{}",
        csv.out
    );
    let json = site.run(&["list", "companies", "--format", "json"]);
    let rows: serde_json::Value = serde_json::from_str(&json.out).expect("JSON");
    assert_eq!(rows[0]["id"], "nobodyknows");
    assert_eq!(rows[1]["articles"], 2);
    let undated = site.run(&["list", "undated", "--format", "csv"]);
    assert_eq!(undated.out.lines().count(), 2, "{}", undated.out);
    let check = site.run(&["check"]);
    for told in ["needs a person: no date", "needs a person: unknown company `nobodyknows`"] {
        assert!(check.err.contains(told), "{told}: {}", check.err);
    }
}

#[test]
fn lists_are_narrowed_by_company_status_and_date() {
    let site = Site::new();
    let deal = |id: &str, date: &str, event: &str, pair: &str| {
        let front = format!(
            "title: {id}\nlang: en\ndate: {date}\ncompanies: [{pair}]\npartnerships:\n- parties: [{pair}]\n  kind: licensing\n  event: {event}"
        );
        site.article(id, &front, "Text.");
    };
    deal("a", "2019-03-01", "ended", "nokia, xiaomi");
    deal("b", "2022-05-23", "announced", "leica, xiaomi");
    let ids = |args: &[&str]| {
        let json = site.run(&[&["list", "partnerships", "--format", "json"], args].concat());
        let rows: serde_json::Value = serde_json::from_str(&json.out).expect("JSON");
        let rows = rows.as_array().expect("a list").iter();
        rows.map(|row| row["id"].as_str().expect("text").to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(ids(&[]), ["leica--xiaomi", "nokia--xiaomi"]);
    assert_eq!(ids(&["--company", "nokia"]), ["nokia--xiaomi"]);
    assert_eq!(ids(&["--status", "ended"]), ["nokia--xiaomi"]);
    assert_eq!(ids(&["--company", "xiaomi", "--since", "2022-05"]), ["leica--xiaomi"]);
    let articles = site.run(&["list", "articles", "--since", "2022", "--format", "csv"]);
    assert_eq!(articles.out.lines().count(), 2, "{}", articles.out);
    let unknown = site.run(&["list", "partnerships", "--company", "nokai"]);
    assert!(unknown.err.contains("did you mean `nokia`?"), "{}", unknown.err);
    let misplaced = site.run(&["list", "tags", "--since", "2022"]);
    assert!(
        misplaced.err.contains("choose articles, stories and partnerships"),
        "{}",
        misplaced.err
    );
}

#[test]
fn blogs_keep_addresses_languages_and_drafts() {
    let site = Site::new();
    let german = "Nokia und Xiaomi haben einen Vertrag über Patente geschlossen. Die beiden Firmen \
                  wollen ihre Erfindungen gegenseitig nutzen, wie sie am Montag mitteilten.";
    for (path, text) in [
        (
            "hugo/content/posts/deal.md",
            format!("---\ntitle: Ein Vertrag\ndate: 2022-05-23\nurl: /my/deal/\n---\n{german}\n"),
        ),
        (
            "hugo/content/posts/lens.de.md",
            "---\ntitle: Lens\ndate: 2022-05-24\n---\nShort.\n".to_owned(),
        ),
        (
            "jekyll/_posts/2021-02-03-first.md",
            "---\ntitle: First\ncategories: [news]\npublished: false\n---\nText.\n".to_owned(),
        ),
        ("jekyll/_drafts/idea.md", "---\ntitle: Idea\n---\nText.\n".to_owned()),
    ] {
        site.write(path, &text);
    }
    for (generator, folder) in [("hugo", "hugo"), ("jekyll", "jekyll")] {
        let run = site.run(&["import", "--from", generator, folder]);
        assert_eq!(run.code, 0, "{}", run.err);
    }
    let deal = site.read("content/articles/2022/05/deal.md");
    for part in ["lang: de", "/my/deal", "/posts/deal/", "rights: full"] {
        assert!(deal.contains(part), "{part} is not in {deal}");
    }
    assert!(site.read("content/articles/2022/05/lens-de.md").contains("lang: de"));
    let first = site.read("content/articles/2021/02/first.md");
    assert!(
        first.contains("draft: true") && first.contains("/news/2021/02/03/first.html"),
        "{first}"
    );
    assert!(site.read("content/articles/undated/idea.md").contains("draft: true"));
    let run = site.run(&["build"]);
    assert_eq!(run.code, 0, "{}", run.err);
    assert!(run.err.contains("left out: 2 drafts"), "{}", run.err);
    assert!(site.read("public/posts/deal/index.html").contains("2022/05/23/deal/"));
}

#[test]
fn notes_without_front_matter_are_markdown_of_others() {
    let site = Site::new();
    site.write("inbox/pact.md", "# Nokia and Xiaomi sign\n\n**Nokia** and [Xiaomi](https://mi.com) signed a licence on patents.\n");
    site.write("inbox/short.txt", "just a note\n");
    let run = site.run(&["import"]);
    assert_eq!(run.code, 0, "{}", run.err);
    let note = site.read("content/articles/undated/pact.md");
    for part in [
        "title: \"Nokia and Xiaomi sign\"",
        "**Nokia** and [Xiaomi](https://mi.com) signed",
        "rights: excerpt",
    ] {
        assert!(note.contains(part), "{part} is not in {note}");
    }
    let all = crate::support::site::tree(&site.path().join("content/articles"));
    assert!(
        all.values().any(|text| String::from_utf8_lossy(text).contains("just a note")),
        "{:?}",
        all.keys()
    );
}

#[test]
fn a_post_that_begins_beyond_ascii_comes_in() {
    let site = Site::new();
    site.write("inbox/hi.md", "---\ntitle: A\n---\n“Hi”\n");
    let run = site.run(&["import"]);
    assert_eq!(run.code, 0, "{}", run.err);
    assert!(site.read("content/articles/undated/hi.md").ends_with("\n“Hi”\n"));
}

#[test]
fn two_posts_of_the_same_words_both_come_in() {
    let site = Site::new();
    let post = "---\ntitle: Weekly\ndate: 2020-01-05\n---\nThe same words every week.\n";
    site.write("old/content/posts/one.md", post);
    site.write("old/content/posts/two.md", post);
    let run = site.run(&["import", "--from", "hugo", "old"]);
    assert_eq!(run.code, 0, "{}", run.err);
    for name in ["one", "two"] {
        assert!(site.read(&format!("content/articles/2020/01/{name}.md")).contains("The same"));
    }
}

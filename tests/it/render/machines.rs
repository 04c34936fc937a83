//! What machines read of a site: pictures, calendars, tables, feeds, sitemaps.

use std::fs;

use tearsheet::diagnostic::Diagnostic;
use tearsheet::memo::Memo;
use tearsheet::model::PartialDate;
use tearsheet::pipeline;
use tearsheet::source::{Inputs, Source};
use tearsheet::timings::Timings;

use crate::support::site::Site;

fn site() -> Site {
    let site = Site::new();
    site.write("tearsheet.toml", "title = \"Digest\"\nbase_url = \"https://digest.example\"\n");
    for (name, lang, date) in [("a", "en", "2022-05-23"), ("b", "de", "2022-05-24")] {
        let front = format!(
            "title: \"Red & Dot, \\\"together\\\" {name}\"\nlang: {lang}\ndate: {date}\ncompanies: [red, dot]\n\
             partnerships:\n  - parties: [red, dot]\n    kind: supply\n    event: announced"
        );
        site.article(name, &front, "Text.");
    }
    for (name, date) in [("month", "2023-02"), ("year", "2024")] {
        let front = format!(
            "title: {name}\nlang: en\ndate: {date}\ncompanies: [red, tip]\npartnerships:\n  \
             - parties: [red, tip]\n    kind: research\n    event: {}",
            if name == "year" { "ended" } else { "signed" }
        );
        site.article(name, &front, "Text.");
    }
    site
}

#[test]
fn stories_have_pictures_where_the_site_has_fonts() {
    let site = site();
    assert_eq!(site.run(&["build"]).code, 0);
    let story = "public/stories/dot--red-2022-start";
    assert!(!site.read(&format!("{story}/index.html")).contains("og:image"));
    fs::create_dir_all(site.path().join("static/fonts")).expect("a folder");
    let font = epaint_default_fonts::UBUNTU_LIGHT;
    fs::write(site.path().join("static/fonts/light.ttf"), font).expect("a font");
    let config = site.read("tearsheet.toml");
    site.write("tearsheet.toml", &format!("{config}card_fonts = [\"fonts/light.ttf\"]\n"));
    let run = site.run(&["build"]);
    assert_eq!(run.code, 0, "{}", run.err);
    let picture = fs::read(site.path().join(story).join("card.png")).expect("a picture");
    assert!(picture.starts_with(b"\x89PNG\r\n\x1a\n"));
    assert_eq!(picture[16..24], [0, 0, 4, 176, 0, 0, 2, 118], "1200 by 630");
    // Letters make it more than a few areas of one colour.
    assert!(picture.len() > 8000, "{}", picture.len());
    for page in [&format!("{story}/index.html"), "public/2022/05/24/b/index.html"] {
        let address = "https://digest.example/stories/dot--red-2022-start/card.png";
        let tag = format!("<meta property=\"og:image\" content=\"{address}\">");
        assert!(site.read(page).contains(&tag), "{page}");
    }
    assert!(!site.read("public/2023/02/month/index.html").contains("og:image"));
    site.write("static/fonts/light.ttf", "no font");
    let run = site.run(&["build"]);
    assert_eq!(run.code, 1);
    assert!(run.err.contains("tearsheet.toml:3:15"), "{}", run.err);
    assert!(run.err.contains("static/fonts/light.ttf is not there, or no font"), "{}", run.err);
}

#[test]
fn the_calendar_has_every_dated_event_as_far_as_it_is_told() {
    let site = site();
    assert_eq!(site.run(&["build"]).code, 0);
    let text = site.read("public/timeline.ics");
    assert!(text.lines().count() > 10 && text.ends_with("END:VCALENDAR\r\n"), "{text}");
    assert_eq!(text.matches("BEGIN:VEVENT").count(), 3, "{text}");
    for once in ["VERSION:2.0", "PRODID:-//Tearsheet//Timeline//EN"] {
        assert_eq!(text.matches(once).count(), 1, "{text}");
    }
    assert_eq!(text.matches("PRODID").count(), 1, "{text}");
    for (first, after) in
        [("20220523", "20220524"), ("20230201", "20230301"), ("20240101", "20250101")]
    {
        let event = text
            .split("END:VEVENT")
            .find(|event| event.contains(&format!("DTSTART;VALUE=DATE:{first}\r\n")));
        let event = event.unwrap_or_else(|| panic!("{first} is not in {text}"));
        assert!(event.contains(&format!("DTEND;VALUE=DATE:{after}\r\n")), "{event}");
        assert!(event.contains("UID:") && event.contains("DTSTAMP:"), "{event}");
    }
    assert!(text.contains("URL:https://digest.example/partnerships/dot--red/"), "{text}");
    assert!(text.lines().all(|line| line.len() <= 75), "lines are folded");
}

/// Two hundred articles with 260 tags each, one to a page of a list.
#[test]
fn a_large_sitemap_comes_in_parts() {
    let mut inputs = Inputs::empty(PartialDate::day(2026, 11, 21).expect("a day"));
    let config = "base_url = \"https://digest.example\"\npage_size = 1\n";
    inputs.config = Some(Source::new("tearsheet.toml", config));
    let tags: Vec<String> = (0..260).map(|n| format!("t{n}")).collect();
    for n in 0..200 {
        let text = format!(
            "---\ntitle: a{n}\nlang: en\ndate: 2022-05-23\ntags: [{}]\n---\nText.\n",
            tags.join(", ")
        );
        inputs.articles.push(Source::new(&format!("content/articles/a{n}.md"), &text));
    }
    let (edition, found) = pipeline::edition(&inputs, &mut Memo::default(), &Timings::default());
    assert!(!found.iter().any(Diagnostic::is_error), "{found:?}");
    let edition = edition.expect("a site");
    let file = |path: &str| {
        let bytes = edition.file(path)?.expect("it is made").into_owned();
        Some(String::from_utf8(bytes).expect("text"))
    };
    let index = file("sitemap.xml").expect("an index");
    assert_eq!(index.matches("<sitemap>").count(), 2, "{index}");
    assert!(index.contains("<loc>https://digest.example/sitemap-2.xml</loc>"), "{index}");
    let count = |name| file(name).expect("a part").matches("<url>").count();
    assert_eq!(count("sitemap-1.xml"), 50_000);
    assert!(count("sitemap-2.xml") > 2_000);
    assert!(file("sitemap-3.xml").is_none());
}

#[test]
fn tables_hold_what_the_lists_print() {
    let site = site();
    assert_eq!(site.run(&["build"]).code, 0);
    for what in ["articles", "companies", "partnerships", "stories"] {
        let list = site.run(&["list", what, "--format", "csv"]);
        assert_eq!(list.out, site.read(&format!("public/data/{what}.csv")), "{what}");
    }
    let events = site.read("public/data/timeline.csv");
    assert!(events.contains("2022-05-23,announced,dot--red,Dot and Red,supply,2,"), "{events}");
}

#[test]
fn partnerships_and_languages_have_feeds() {
    let site = site();
    assert_eq!(site.run(&["build"]).code, 0);
    for (page, title) in [("partnerships/dot--red", "Dot and Red"), ("languages/de", "Deutsch")] {
        let feed = site.read(&format!("public/{page}/feed.xml"));
        assert!(feed.contains(&format!("<title>Digest: {title}</title>")), "{feed}");
        assert!(feed.contains("/2022/05/24/b/"), "{feed}");
        let html = site.read(&format!("public/{page}/index.html"));
        assert!(html.contains(&format!("href=\"/{page}/feed.xml\"")), "{page}");
        assert!(html.contains(&format!("href=\"/{page}/feed.json\"")), "{page}");
    }
}

#[test]
fn old_addresses_cannot_take_those_of_machines() {
    let site = site();
    site.article("c", "title: c\nlang: en\naliases: [/feed.xml, /data/articles.csv]", "Text.");
    let run = site.run(&["build"]);
    assert_eq!(run.code, 1);
    assert_eq!(run.err.matches("content/articles/c.md").count(), 2, "{}", run.err);
    assert!(run.err.contains("/feed.xml"), "{}", run.err);
}

/// A spreadsheet runs what begins as a formula.
#[test]
fn no_cell_of_a_table_is_a_formula() {
    let site = Site::new();
    for (n, title) in ["=1+1", "+1", "-1", "@SUM(A1)", "\\tx"].iter().enumerate() {
        site.article(
            &format!("a{n}"),
            &format!("title: \"{title}\"\nlang: en\nsource: \"=cmd|x\""),
            "Text.",
        );
    }
    assert_eq!(site.run(&["build"]).code, 0);
    for text in [
        site.read("public/data/articles.csv"),
        site.run(&["list", "articles", "--format", "csv"]).out,
    ] {
        let mut rows = csv::Reader::from_reader(text.as_bytes());
        let mut cells = 0;
        for row in rows.records() {
            for cell in &row.expect("a row") {
                assert!(!cell.starts_with(['=', '+', '-', '@', '\t', '\r']), "{cell}");
                cells += usize::from(cell.starts_with('\''));
            }
        }
        // A title's own white space goes with the reading of it.
        assert!(cells >= 8, "{text}");
    }
}

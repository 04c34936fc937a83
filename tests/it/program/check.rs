//! `tearsheet check`: what a person should look at before a site is published.

use std::io::{BufRead, BufReader, Write};
use std::net::TcpListener;

use crate::support::site::Site;

/// What `check` says of a site.
fn told(site: &Site) -> String {
    site.run(&["check"]).err
}

fn says(site: &Site, words: &[&str]) {
    let told = told(site);
    for word in words {
        assert!(told.contains(word), "{word}: {told}");
    }
}

#[test]
fn dates_that_cannot_be() {
    let site = Site::new();
    let claim =
        |lines: &str| format!("partnerships:\n  - parties: [red, dot]\n    kind: supply\n{lines}");
    site.write("content/companies/red.md", "---\nname: Red\nfounded: 1999\n---\n");
    let fetched = "title: a\nlang: en\ncompanies: [red]\ndate: 2022-05-23\nsource: { name: Daily, retrieved: 2022-05-20 }";
    site.article("a", fetched, "Text.");
    let early = claim("    event: signed\n    date: 2022-06-01");
    site.article("b", &format!("title: b\nlang: en\ndate: 2022-05-23\n{early}"), "Text.");
    let turned = claim("    event: mentioned\n    start: 2020\n    end: 2019");
    site.article("c", &format!("title: c\nlang: en\ndate: 2022-05-23\n{turned}"), "Text.");
    let old = claim("    event: mentioned\n    start: 1990");
    site.article("d", &format!("title: d\nlang: en\ndate: 2022-05-23\n{old}"), "Text.");
    site.article("e", "title: e\nlang: en\ndate: 2999-01-01", "Text.");
    says(
        &site,
        &[
            "published 2022-05-23, but fetched 2022-05-20",
            "content/articles/a.md:5:7",
            "an article of 2022-05-23 cannot tell of 2022-06-01",
            "content/articles/b.md:9:11",
            "it ends 2019, before it begins 2020",
            "content/articles/c.md:10:10",
            "Red was founded 1999, after 1990",
            "2999-01-01 is still to come",
        ],
    );
    // The day after is another zone's today.
    let next = claim("    event: signed\n    date: 2022-05-24");
    site.article("b", &format!("title: b\nlang: en\ndate: 2022-05-23\n{next}"), "Text.");
    assert!(!told(&site).contains("cannot tell of"));
}

#[test]
fn tags_that_nobody_uses_and_tags_that_are_one() {
    let site = Site::new();
    site.write("tearsheet.toml", "[tags]\nsmartphones = \"Smartphones\"\noptics = \"Optics\"\n");
    site.article("a", "title: a\nlang: en\ntags: [smartphones, 4g, licensing]", "Text.");
    site.article("b", "title: b\nlang: en\ntags: [smartphones, 5g, covid-19]", "Text.");
    site.article("c", "title: c\nlang: en\ntags: [smart-phone, licencing, covid-20]", "Text.");
    says(
        &site,
        &[
            "no article has the tag `optics`",
            "tearsheet.toml:3:1",
            "`smart-phone` is much like the tag `smartphones`",
            "content/articles/c.md:4:8",
            "`licensing` is much like the tag `licencing`",
        ],
    );
    let all = told(&site);
    assert!(!all.contains("`4g`") && !all.contains("`covid"), "{all}");
}

#[test]
fn addresses_that_track_and_articles_that_are_there_twice() {
    let site = Site::new();
    let from = |url: &str| {
        format!("title: a\nlang: en\ndate: 2022-05-23\nsource: {{ name: Daily, url: \"{url}\" }}")
    };
    site.article(
        "a",
        &from("https://www.daily.example/1?id=7&utm_source=x&fbclid=y#top"),
        "One text.",
    );
    let body = "Another text, with [a link](https://other.example/?gclid=1) in it.";
    site.article("b", &from("http://daily.example/1?id=7"), body);
    let long = "Red and Dot will build a factory for lenses near the harbour, and both pay half of it. The \
                first lenses are to leave the factory in two years, and most of them will go into telephones.";
    site.article("c", "title: c\nlang: en\nsource: { name: Weekly }", long);
    site.article("d", "title: d\nlang: en\nsource: { name: Weekly }", &format!("New: {long}"));
    says(
        &site,
        &[
            "without them it is https://www.daily.example/1?id=7#top",
            "without them it is https://other.example/",
            "content/articles/b.md:8:20",
            "two articles of one day come from this address",
            "most of this text is in content/articles/d.md as well",
        ],
    );
}

#[test]
fn links_and_anchors_of_pages_as_they_are() {
    let site = Site::new();
    site.write(
        "content/pages/about.md",
        "---\ntitle: About\n---\n\n## Method\n\nSee [here](/about/#method), [there](/about/#nowhere) and \
         [gone](/companies/gone/).\n",
    );
    site.article("a", "title: a\nlang: en", "## Part\n\nSee [it](#part) and [nothing](#nothing).");
    site.write("templates/404.html", "<a href=\"/feed.xml\">x</a><a href='/lost/?a=1'>y</a>");
    let all = told(&site);
    for word in [
        "about/index.html links to #nowhere on /about/, which is not there",
        "undated/a/index.html links to #nothing on /undated/a/, which is not there",
        "404.html links to /lost/, which is not there",
    ] {
        assert!(all.contains(word), "{word}: {all}");
    }
    assert_eq!(all.matches("no page has the address /companies/gone/").count(), 1, "{all}");
    for word in ["to #method", "to #part", "to /feed.xml"] {
        assert!(!all.contains(word), "{word}: {all}");
    }
    // The sample site under an address with a path.
    site.write("tearsheet.toml", "base_url = \"https://example.org/x\"\n");
    let all = told(&site);
    assert!(all.contains("links to #nowhere on /about/"), "{all}");
    assert_eq!(all.matches("which is not there").count(), 3, "{all}");
}

#[test]
fn more_of_a_text_than_its_rights_let_out() {
    let site = Site::new();
    let words: Vec<String> = (0..120).map(|n| format!("word{n}")).collect();
    let body = words.join(" ");
    site.write("tearsheet.toml", "excerpt_words = 30\n");
    site.article(
        "link",
        &format!("title: L\nlang: en\nrights: link\nsummary: \"{}\"", words[..20].join(" ")),
        &body,
    );
    says(&site, &["has 20 words of this text in a row", "`rights: link` allows 15"]);
    assert_eq!(site.run(&["check"]).code, 1);
    site.article("link", "title: L\nlang: en\nrights: link\nsummary: Our own words.", &body);
    site.article("quote", "title: Q\nlang: en\nrights: excerpt", &body.replace("word", "term"));
    let run = site.run(&["check"]);
    assert_eq!(run.code, 0, "{}", run.err);
    // A template that shows what it should not.
    site.write(
        "templates/article.html",
        "{{ article.summary }} {{ extra.whole | default(value=\"\") }}",
    );
    site.article(
        "quote",
        &format!("title: Q\nlang: en\nrights: excerpt\nwhole: \"{body}\""),
        &body,
    );
    says(&site, &["undated/quote/index.html has 120 words of this text in a row"]);
}

#[test]
fn stories_that_an_editor_should_settle() {
    let site = Site::new();
    let report = |name: &str, front: &str| {
        let front = format!(
            "title: {name}\nlang: en\ncompanies: [red, dot]\n{front}\npartnerships:\n  - parties: [red, \
             dot]\n    kind: supply\n    event: announced"
        );
        site.article(name, &front, &format!("The text of {name}."));
    };
    report("a", "date: 2015-01-01");
    report("b", "date: 2019-01-01");
    report("c", "");
    site.article("d", "title: d\nlang: en\nstory: alone", "Text.");
    says(
        &site,
        &[
            "this article tells no day and can mean more than one event",
            "content/articles/a.md, content/articles/b.md",
            "no other article tells the story `alone`",
        ],
    );
}

#[test]
fn words_that_the_language_of_the_site_lacks() {
    let site = Site::new();
    site.article("a", "title: a\nlang: en", "Text.");
    site.write("tearsheet.toml", "title = \"T\"\nlanguage = \"fi\"\n");
    says(&site, &["the theme has no words in Finnish", "tearsheet.toml:2:1", "[words]"]);
    site.write("tearsheet.toml", "title = \"T\"\nlanguage = \"en\"\n[words]\nhome = \"Start\"\n");
    assert!(!told(&site).contains("words in"));
    assert_eq!(site.run(&["build"]).code, 0);
    assert!(site.read("public/companies/index.html").contains(">Start</a>"));
}

#[test]
fn messages_for_github_and_exit_codes() {
    let site = Site::new();
    site.article("a", "title: a\nlang: en\ncompnies: [red]", "Text.");
    let run = site.run(&["check", "--format", "github"]);
    assert_eq!(run.code, 0);
    let line =
        "::warning file=content/articles/a.md,line=4,col=1::unknown key `compnies`%0Adid you mean";
    assert!(run.err.lines().any(|l| l.starts_with(line)), "{}", run.err);
    let notice = "::notice file=content/articles/a.md,line=1,col=1::needs a person: no date";
    assert!(run.err.lines().any(|line| line == notice), "{}", run.err);
    assert_eq!(site.run(&["check", "--strict"]).code, 1);
    site.article("a", "title: a\nlang: en\ndate: someday", "Text.");
    let run = site.run(&["check", "--format", "github"]);
    assert!(run.code == 1 && run.err.contains("::error file="), "{}", run.err);
}

/// A server that answers by path, and notes what it was asked.
#[cfg(feature = "fetch")]
fn server() -> (u16, std::sync::Arc<std::sync::Mutex<Vec<String>>>) {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let port = listener.local_addr().expect("an address").port();
    let asked = std::sync::Arc::new(std::sync::Mutex::new(Vec::new()));
    let notes = std::sync::Arc::clone(&asked);
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            let Ok(mut stream) = stream else { continue };
            let mut reader = BufReader::new(stream.try_clone().expect("a stream"));
            let mut first = String::new();
            if reader.read_line(&mut first).is_err() {
                continue;
            }
            let mut line = String::new();
            while reader.read_line(&mut line).is_ok_and(|n| n > 2) {
                line.clear();
            }
            let mut words = first.split_whitespace();
            let (method, path) = (words.next().unwrap_or(""), words.next().unwrap_or(""));
            notes.lock().expect("no panic").push(format!("{method} {path}"));
            let tries = |path: &str| {
                notes.lock().expect("no panic").iter().filter(|a| a.ends_with(path)).count()
            };
            let head = match (method, path) {
                (_, "/robots.txt") => {
                    "200 OK\r\nContent-Length: 36\r\n\r\nUser-agent: *\nDisallow: /forbidden\n\n\n"
                }
                (_, "/gone") => "404 Not Found\r\n\r\n",
                (_, "/moved") => "301 Moved Permanently\r\nLocation: /there\r\n\r\n",
                (_, "/shaky") if tries("/shaky") < 3 => "503 Busy\r\n\r\n",
                ("HEAD", "/shy") => "405 Not Allowed\r\n\r\n",
                _ => "200 OK\r\n\r\n",
            };
            let answer =
                format!("HTTP/1.1 {head}").replacen("\r\n", "\r\nConnection: close\r\n", 1);
            let _ = stream.write_all(answer.as_bytes());
        }
    });
    (port, asked)
}

#[cfg(feature = "fetch")]
#[test]
fn links_to_other_sites_are_asked_for_politely_and_remembered() {
    let (port, asked) = server();
    let site = Site::new();
    let links = ["gone", "moved", "shaky", "shy", "fine", "forbidden"]
        .map(|name| format!("[{name}](http://127.0.0.1:{port}/{name})"));
    site.article("a", "title: a\nlang: en", &links.join("\n"));
    let run = site.run(&["check", "--external", "--allow-private", "-v"]);
    assert_eq!(run.code, 0, "{}", run.err);
    assert!(
        run.err.contains(&format!("http://127.0.0.1:{port}/gone cannot be read")),
        "{}",
        run.err
    );
    assert!(run.err.contains("content/articles/a.md:6:1"), "{}", run.err);
    assert!(run.err.contains(&format!("to http://127.0.0.1:{port}/there")), "{}", run.err);
    assert!(run.err.contains("forbidden: robots.txt"), "{}", run.err);
    assert_eq!(run.err.matches("cannot be read").count(), 1, "{}", run.err);
    let count = |what: &str| asked.lock().expect("no panic").iter().filter(|a| *a == what).count();
    assert_eq!((count("HEAD /fine"), count("GET /fine"), count("GET /shy")), (1, 0, 1));
    assert_eq!((count("HEAD /forbidden"), count("GET /robots.txt")), (0, 1));
    // What was there is not asked again for a while.
    let again = site.run(&["check", "--external", "--allow-private"]);
    assert_eq!(count("HEAD /fine"), 1, "{}", again.err);
    assert!(
        again.err.contains("has moved") && again.err.contains("cannot be read"),
        "{}",
        again.err
    );
    // Without the option nobody is asked.
    let before = asked.lock().expect("no panic").len();
    site.run(&["check"]);
    assert_eq!(asked.lock().expect("no panic").len(), before);
}

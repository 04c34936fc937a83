//! `tearsheet import` and `fetch` for saved pages, addresses and feeds.

use std::io::{BufRead, BufReader, Write};
use std::net::TcpListener;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

use crate::support::site::Site;

const PAGE: &str = r#"<!doctype html><html lang="en"><head><meta charset="utf-8">
<title>Nokia and Xiaomi share patents | Example Weekly</title>
<meta property="og:title" content="Nokia and Xiaomi share patents">
<meta property="og:site_name" content="Example Weekly">
<script type="application/ld+json">{"@context":"https://schema.org","@type":"NewsArticle",
"headline":"Nokia and Xiaomi share patents","datePublished":"2017-07-05T22:30:00-05:00",
"dateModified":"2017-07-09T08:00:00Z","author":{"@type":"Person","name":"Jane Roe"},
"publisher":{"@type":"Organization","name":"Example Weekly"}}</script></head><body>
<nav><a href="/">Home</a> <a href="/deals">Deals</a></nav>
<article><h1>Nokia and Xiaomi share patents</h1>
<div class="share-bar"><a href="/x">Share on X</a></div>
<p>Nokia and Xiaomi have signed a cross-licence for the patents that every telephone needs, the two companies said on Wednesday. It runs for several years, and neither side told what is paid.</p>
<figure><img src="a.jpg"><figcaption>A telephone. Photo: somebody</figcaption></figure>
<p>Nokia also sells Xiaomi equipment for its <a href="/networks">networks</a>. The two companies will look at virtual reality together, and at what telephones and houses may one day tell each other.</p>
<div class="related"><p>Read also: <a href="/y">Apple buys a chip maker (4 July 2017)</a></p></div>
<h2>What it means</h2>
<p>Patents keep newcomers out of many markets. With a licence Xiaomi may sell in more countries, analysts think, although it still has to find shops that will take its telephones.</p>
<script>alert(1)</script></article>
<footer>© 2017 Example Weekly. All rights reserved.</footer></body></html>"#;

#[test]
fn a_saved_page_is_read_by_its_metadata_and_its_article() {
    let site = Site::new();
    site.write("inbox/page.html", PAGE);
    let run = site.run(&["import"]);
    assert_eq!(run.code, 0, "{}", run.err);
    let text = site.read("content/articles/2017/07/nokia-and-xiaomi-share-patents.md");
    for line in [
        "title: \"Nokia and Xiaomi share patents\"\n",
        // The day in the page's own time zone, and not that of the change.
        "date: 2017-07-05\n",
        "source: { name: \"Example Weekly\" }\n",
        "authors: [\"Jane Roe\"]\n",
        "companies: [xiaomi, nokia]\n",
        "kind: licensing\n",
        "## What it means\n",
    ] {
        assert!(text.contains(line), "{line:?} is not in:\n{text}");
    }
    for noise in ["Share on X", "Apple", "Photo:", "alert", "All rights", "# Nokia"] {
        assert!(!text.replace("## What", "").contains(noise), "{noise:?} is in:\n{text}");
    }
    let build = site.run(&["build", "--strict"]);
    assert_eq!(build.code, 0, "evidence is found in the Markdown: {}", build.err);
}

#[test]
fn pages_that_are_none_are_refused_clearly() {
    let site = Site::new();
    let deep = format!("<!doctype html><body>{}", "<div>".repeat(20_000));
    site.write("inbox/deep.html", &deep);
    site.write("inbox/empty.html", "<!doctype html><html><body></body></html>");
    let run = site.run(&["import"]);
    assert_eq!(run.code, 1);
    assert!(run.err.contains("deep.html: its elements are nested more than"), "{}", run.err);
    assert!(run.err.contains("empty.html: no article was found"), "{}", run.err);
}

#[test]
fn hostile_texts_give_a_result_or_a_refusal() {
    let site = Site::new();
    let long = "Nokia and Xiaomi sign. ".repeat(40_000);
    site.write("inbox/line.txt", &long);
    site.write("inbox/brackets.txt", &"[](<".repeat(40_000));
    site.write("inbox/dates.txt", &"1.1.2020 2/3/04 12:00 ".repeat(20_000));
    let run = site.run(&["import", "--print"]);
    assert_eq!(run.code, 0, "{}", run.err);
    std::fs::write(site.path().join("inbox/huge.txt"), vec![b'a'; 21_000_000]).expect("written");
    let run = site.run(&["import", "--print", "inbox/huge.txt"]);
    assert_eq!(run.code, 1);
    assert!(run.err.contains("larger than 20 MB"), "{}", run.err);
}

/// A server on this machine; what it answers to each path may change.
struct Web {
    address: String,
    asked: Arc<Mutex<Vec<String>>>,
}

fn web(answers: impl Fn(&str, &str, usize) -> String + Send + 'static) -> Web {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let address = format!("http://{}", listener.local_addr().expect("an address"));
    let asked = Arc::new(Mutex::new(Vec::new()));
    let (log, count) = (Arc::clone(&asked), AtomicUsize::new(0));
    let own = address.clone();
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            let Ok(mut stream) = stream else { continue };
            let head: Vec<String> = BufReader::new(&stream)
                .lines()
                .map_while(Result::ok)
                .take_while(|line| !line.is_empty())
                .collect();
            let Some(path) = head.first().and_then(|line| line.split(' ').nth(1)) else { continue };
            let known = head.iter().any(|line| line.to_lowercase().starts_with("if-none-match"));
            log.lock()
                .expect("the log")
                .push(format!("{path}{}", if known { " if new" } else { "" }));
            let answer = answers(path, &own, count.fetch_add(1, Ordering::SeqCst));
            let _ = stream.write_all(answer.as_bytes());
        }
    });
    Web { address, asked }
}

fn ok(kind: &str, body: &str) -> String {
    format!(
        "HTTP/1.1 200 OK\r\nContent-Type: {kind}\r\nETag: \"one\"\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{body}",
        body.len()
    )
}

const MISSING: &str = "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";

#[test]
fn an_address_is_fetched_and_kept_as_the_source() {
    let web = web(|path, _, _| match path {
        "/story" => ok("text/html; charset=utf-8", PAGE),
        _ => MISSING.to_owned(),
    });
    let site = Site::new();
    let address = format!("{}/story", web.address);
    let refused = site.run(&["import", &address]);
    assert_eq!(refused.code, 1, "this machine is not asked without leave");
    assert!(refused.err.contains("private"), "{}", refused.err);
    let run = site.run(&["import", "--allow-private", &address]);
    assert_eq!(run.code, 0, "{}", run.err);
    let text = site.read("content/articles/2017/07/nokia-and-xiaomi-share-patents.md");
    assert!(text.contains(&format!("url: \"{address}\"")), "{text}");
    let again = site.run(&["import", "--allow-private", &address]);
    assert!(again.err.contains("already in"), "{}", again.err);
}

#[test]
fn fetch_imports_new_entries_only_and_goes_on_after_a_failure() {
    let web = web(|path, own, _| match path {
        "/feed" => ok(
            "application/rss+xml",
            &format!(
                "<rss version=\"2.0\"><channel><title>Example Weekly</title>\
                 <item><guid>1</guid><title>Nokia and Xiaomi share patents</title><link>{own}/story</link>\
                 <pubDate>Wed, 05 Jul 2017 23:30:00 -0500</pubDate><description>A teaser.</description></item>\
                 <item><guid>2</guid><title>Gone</title><link>{own}/gone</link>\
                 <pubDate>Thu, 06 Jul 2017 10:00:00 GMT</pubDate><description>Sony and Honda found a company.</description></item>\
                 </channel></rss>"
            ),
        ),
        "/story" => ok("text/html", PAGE),
        _ => MISSING.to_owned(),
    });
    let site = Site::new();
    site.write(
        "tearsheet.toml",
        &format!(
            "[[feeds]]\nurl = \"{0}/nothing\"\n\n[[feeds]]\nurl = \"{0}/feed\"\nname = \"The Weekly\"\n",
            web.address
        ),
    );
    let run = site.run(&["fetch", "--allow-private"]);
    assert_eq!(run.code, 1, "one feed is missing: {}", run.err);
    assert!(run.err.contains("/nothing"), "{}", run.err);
    let story = site.read("content/articles/2017/07/nokia-and-xiaomi-share-patents.md");
    assert!(story.contains("date: 2017-07-05") && story.contains("networks"), "{story}");
    let gone = site.read("content/articles/2017/07/gone.md");
    assert!(
        gone.contains("Sony and Honda found a company.") && gone.contains("The Weekly"),
        "{gone}"
    );
    assert!(gone.contains("retrieved: "), "{gone}");
    let again = site.run(&["fetch", "--allow-private"]);
    assert!(again.err.contains("/feed: nothing new"), "{}", again.err);
    let asked = web.asked.lock().expect("the log").join("\n");
    assert!(asked.contains("/feed if new"), "the second time only news are asked for:\n{asked}");
    assert!(asked.contains("/robots.txt"), "{asked}");
}

#[test]
fn a_feed_file_is_imported_entry_by_entry() {
    let site = Site::new();
    site.write(
        "feed.json",
        "{\"version\":\"https://jsonfeed.org/version/1.1\",\"title\":\"Small\",\"items\":[{\"id\":\"a\",\
         \"url\":\"https://example.com/a\",\"title\":\"Sony and Honda build a car\",\
         \"date_published\":\"2022-03-04T09:00:00+09:00\",\
         \"content_html\":\"<p>Sony and Honda have agreed on a joint venture for electric cars.</p><script>x</script>\"}]}",
    );
    let run = site.run(&["import", "--feed", "feed.json"]);
    assert_eq!(run.code, 0, "{}", run.err);
    let text = site.read("content/articles/2022/03/sony-and-honda-build-a-car.md");
    for part in [
        "date: 2022-03-04",
        "url: \"https://example.com/a\"",
        "kind: joint-venture",
        "name: \"Small\"",
    ] {
        assert!(text.contains(part), "{part:?} is not in:\n{text}");
    }
    assert!(!text.contains("script"), "{text}");
}

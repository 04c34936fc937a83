//! `tearsheet serve`, seen by an HTTP client.

use std::io::{BufRead, BufReader, Write};
use std::net::TcpStream;
use std::time::{Duration, Instant};

use crate::support::site::{Server, Site};

const PAGE: &str = "/2022/05/23/leica/";

fn site() -> Site {
    let site = Site::new();
    article(&site, "First headline");
    site.write("content/articles/d.md", "---\ntitle: A draft\nlang: en\ndraft: true\n---\nText.\n");
    site
}

fn article(site: &Site, title: &str) {
    site.article("leica", &format!("title: \"{title}\"\ndate: 2022-05-23\nlang: en"), "Text.");
}

/// Sends a raw request; gives the answer's head.
fn raw(server: &Server, request: &str) -> String {
    let host = server.url.trim_start_matches("http://");
    let mut stream = TcpStream::connect(host).expect("a connection");
    stream.write_all(request.replace("$HOST", host).as_bytes()).expect("sent");
    let lines = BufReader::new(stream).lines().map_while(Result::ok);
    lines.take_while(|line| !line.is_empty()).collect::<Vec<_>>().join("\n")
}

#[test]
fn edits_of_every_kind_are_seen_and_nothing_is_written() {
    let site = site();
    let server = site.serve("0", &[]);
    let page = server.wait_for(PAGE, |_, text| text.contains("First headline"));
    assert!(page.contains("/__tearsheet/reload.js"), "{page}");
    let (status, draft) = server.get("/undated/d/");
    assert!(status == 200 && draft.contains("class=\"draft\""), "drafts are shown and marked");
    // Content, template, static file, config.
    article(&site, "Second headline");
    server.wait_for(PAGE, |_, text| text.contains("Second headline"));
    site.write("templates/article.html", "{{ article.title }} through my own template");
    server.wait_for(PAGE, |_, text| text.contains("through my own template"));
    site.write("static/note.txt", "hello");
    server.wait_for("/note.txt", |status, text| status == 200 && text == "hello");
    site.write("tearsheet.toml", "title = \"Renamed\"\n");
    server.wait_for("/", |_, text| text.contains("<title>Renamed</title>"));
    std::fs::remove_file(site.path().join("content/articles/leica.md")).expect("removed");
    let lost = server.wait_for(PAGE, |status, _| status == 404);
    assert!(lost.contains("Page not found"), "{lost}");
    assert!(!site.path().join("public").exists(), "the preview writes no files");
}

#[test]
fn a_mistake_keeps_the_last_good_site_and_heals() {
    let site = site();
    let server = site.serve("0", &[]);
    server.wait_for(PAGE, |_, text| text.contains("First headline"));
    let host = server.url.trim_start_matches("http://").to_owned();
    let mut events = TcpStream::connect(&host).expect("a connection");
    let request = format!("GET /__tearsheet/events HTTP/1.1\r\nHost: {host}\r\n\r\n");
    events.write_all(request.as_bytes()).expect("sent");
    let mut told = BufReader::new(events).lines().map_while(Result::ok);
    let mut next = |what: &str| told.find(|line| line.contains(what)).expect("an event");

    site.article("leica", "title: Broken\ndate: <b>soon</b>", "Text.");
    let event = next("is not a date");
    assert!(event.contains("content/articles/leica.md:3:7"), "{event}");
    assert!(server.get(PAGE).1.contains("First headline"), "the last good site stays");
    site.write("templates/404.html", "{{ nobody }}");
    next("templates/404.html:1:4");
    std::fs::remove_file(site.path().join("templates/404.html")).expect("removed");
    article(&site, "Healed");
    next("\"errors\":\"\"");
    server.wait_for(PAGE, |_, text| text.contains("Healed"));
}

#[test]
fn only_this_machine_is_answered() {
    let site = site();
    let server = site.serve("0", &[]);
    assert!(server.url.starts_with("http://127.0.0.1:"), "{}", server.url);
    for (request, status) in [
        ("GET / HTTP/1.1\r\nHost: $HOST\r\nConnection: close\r\n\r\n", "200"),
        ("GET / HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n", "403"),
        (
            "GET / HTTP/1.1\r\nHost: $HOST\r\nOrigin: http://evil.example\r\nConnection: close\r\n\r\n",
            "403",
        ),
        ("POST / HTTP/1.1\r\nHost: $HOST\r\nContent-Length: 0\r\nConnection: close\r\n\r\n", "405"),
        ("GET /../../etc/passwd HTTP/1.1\r\nHost: $HOST\r\nConnection: close\r\n\r\n", "404"),
        ("HEAD / HTTP/1.1\r\nHost: $HOST\r\nConnection: close\r\n\r\n", "200"),
    ] {
        let answer = raw(&server, request);
        assert!(answer.starts_with(&format!("HTTP/1.1 {status}")), "{request}\n{answer}");
    }
}

/// A page of another site can load pictures, frames and scripts from anywhere and sees whether that
/// worked.
#[test]
fn no_other_page_finds_out_what_is_there() {
    let site = site();
    site.write("static/logo.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"/>");
    let server = site.serve("0", &[]);
    let ask = |path: &str, site: &str, mode: &str, dest: &str| {
        raw(
            &server,
            &format!(
                "GET {path} HTTP/1.1\r\nHost: $HOST\r\nSec-Fetch-Site: {site}\r\nSec-Fetch-Mode: {mode}\r\n\
                 Sec-Fetch-Dest: {dest}\r\nConnection: close\r\n\r\n"
            ),
        )
    };
    let without_day = |answer: String| {
        let lines = answer.lines().filter(|line| !line.to_ascii_lowercase().starts_with("date:"));
        lines.collect::<Vec<_>>().join("\n")
    };
    for from in ["cross-site", "same-site"] {
        for (mode, dest) in [
            ("no-cors", "image"),
            ("navigate", "object"),
            ("navigate", "iframe"),
            ("navigate", "embed"),
            ("no-cors", "script"),
            ("cors", "empty"),
        ] {
            let nowhere = without_day(ask("/no-such-page/", from, mode, dest));
            for path in ["/", "/undated/d/", "/undated/d", "/logo.svg", "/__tearsheet/events"] {
                let answer = without_day(ask(path, from, mode, dest));
                assert!(answer.starts_with("HTTP/1.1 403"), "{path} {dest}: {answer}");
                assert_eq!(answer, nowhere, "{path} as {dest}");
            }
        }
        // A link that a person follows.
        assert!(ask(PAGE, from, "navigate", "document").starts_with("HTTP/1.1 200"));
    }
    for from in ["none", "same-origin"] {
        assert!(ask("/logo.svg", from, "no-cors", "image").starts_with("HTTP/1.1 200"), "{from}");
    }
    // Browsers that say nothing of who asks keep the answer from the page.
    let plain = raw(&server, "GET / HTTP/1.1\r\nHost: $HOST\r\nConnection: close\r\n\r\n");
    assert!(plain.contains("cross-origin-resource-policy: same-origin"), "{plain}");
    assert!(plain.contains("x-frame-options: SAMEORIGIN"), "{plain}");
}

/// Ways to spell a path out of the site, or to what is not part of it.
const OUTSIDE: [&str; 44] = [
    "/../tearsheet.toml",
    "/..",
    "/../",
    "/../../../../../../etc/passwd",
    "/..//..//etc/passwd",
    "/./../tearsheet.toml",
    "/static/../../tearsheet.toml",
    "/%2e%2e/tearsheet.toml",
    "/%2E%2E/tearsheet.toml",
    "/%2e%2e%2ftearsheet.toml",
    "/..%2ftearsheet.toml",
    "/..%2Ftearsheet.toml",
    "/..%5ctearsheet.toml",
    "/..\\tearsheet.toml",
    "/%2e%2e\\tearsheet.toml",
    "/%252e%252e%252ftearsheet.toml",
    "/%252e%252e/tearsheet.toml",
    "/%c0%ae%c0%ae/tearsheet.toml",
    "/%c0%ae%c0%ae%c0%aftearsheet.toml",
    "/%e0%80%ae%e0%80%ae/tearsheet.toml",
    "/%uff0e%uff0e/tearsheet.toml",
    "/%ef%bc%8e%ef%bc%8e/tearsheet.toml",
    "/....//tearsheet.toml",
    "/..../tearsheet.toml",
    "/..;/tearsheet.toml",
    "/..%00/tearsheet.toml",
    "/%00/../tearsheet.toml",
    "/index.html%00",
    "/index.html/../../tearsheet.toml",
    "/index.html/..%2f..%2ftearsheet.toml",
    "//etc/passwd",
    "///etc/passwd",
    "/%2fetc%2fpasswd",
    "/C:/windows/win.ini",
    "/c%3a%5cwindows%5cwin.ini",
    "/file:///etc/passwd",
    "/tearsheet.toml",
    "/content/articles/leica.md",
    "/.git/config",
    "/.tearsheet/",
    "/.env",
    "/.hidden.txt",
    "/link.txt",
    "/folder/secret.txt",
];

#[cfg(unix)]
#[test]
fn nothing_outside_of_the_site_is_served() {
    let site = site();
    site.write(".git/config", "secret");
    site.write(".env", "secret");
    site.write("static/.hidden.txt", "secret");
    site.write("tearsheet.toml", "# secret");
    let outside = tempfile::tempdir().expect("a temporary folder");
    std::fs::write(outside.path().join("secret.txt"), "secret").expect("written");
    let link = |to: &std::path::Path, name: &str| {
        std::os::unix::fs::symlink(to, site.path().join("static").join(name)).expect("a link");
    };
    link(&outside.path().join("secret.txt"), "link.txt");
    link(outside.path(), "folder");
    let server = site.serve("0", &[]);
    server.wait_for(PAGE, |status, _| status == 200);
    for path in OUTSIDE {
        let request = format!("GET {path} HTTP/1.1\r\nHost: $HOST\r\nConnection: close\r\n\r\n");
        let answer = raw(&server, &request);
        let refused = answer.starts_with("HTTP/1.1 404") || answer.starts_with("HTTP/1.1 400");
        assert!(refused, "{path}: {answer}");
    }
}

#[test]
fn files_are_answered_as_clients_ask() {
    let site = site();
    site.write("static/note.txt", "0123456789");
    let server = site.serve("0", &[]);
    server.wait_for("/note.txt", |status, _| status == 200);
    let ask = |path: &str, headers: &str| {
        let request =
            format!("GET {path} HTTP/1.1\r\nHost: $HOST\r\nConnection: close\r\n{headers}\r\n");
        raw(&server, &request).to_lowercase()
    };
    let whole = ask("/note.txt", "");
    for line in [
        "content-type: text/plain; charset=utf-8",
        "x-content-type-options: nosniff",
        "accept-ranges: bytes",
    ] {
        assert!(whole.contains(line), "{whole}");
    }
    assert!(!whole.contains("access-control"), "{whole}");
    let tag = whole.lines().find_map(|line| line.strip_prefix("etag: ")).expect("a tag").to_owned();
    assert!(ask("/note.txt", &format!("If-None-Match: {tag}\r\n")).starts_with("http/1.1 304"));
    for (range, status, told) in [
        ("bytes=2-4", "206", "content-range: bytes 2-4/10"),
        ("bytes=7-", "206", "content-range: bytes 7-9/10"),
        ("bytes=-3", "206", "content-range: bytes 7-9/10"),
        ("bytes=10-", "416", "content-range: bytes */10"),
        ("lines=1-2", "200", "content-length: 10"),
    ] {
        let answer = ask("/note.txt", &format!("Range: {range}\r\n"));
        let fits = answer.starts_with(&format!("http/1.1 {status}")) && answer.contains(told);
        assert!(fits, "{range}: {answer}");
    }
    let changed = ask("/note.txt", "Range: bytes=2-4\r\nIf-Range: \"other\"\r\n");
    assert!(changed.starts_with("http/1.1 200"), "{changed}");
    // A folder without its slash leads to itself, and never to another host.
    for path in ["/tags", "//tags"] {
        let answer = ask(path, "");
        assert!(
            answer.starts_with("http/1.1 308") && answer.contains("location: /tags/"),
            "{answer}"
        );
    }
    let lost = ask("/nowhere", "");
    assert!(
        lost.starts_with("http/1.1 404") && lost.contains("text/html; charset=utf-8"),
        "{lost}"
    );
}

/// An open page: it has asked to be told of changes.
fn listen(host: &str) -> TcpStream {
    let mut stream = TcpStream::connect(host).expect("a connection");
    let request = format!("GET /__tearsheet/events HTTP/1.1\r\nHost: {host}\r\n\r\n");
    stream.write_all(request.as_bytes()).expect("sent");
    stream
}

#[test]
fn many_readers_and_rebuilds_disturb_nobody() {
    let site = site();
    let server = site.serve("0", &[]);
    server.wait_for(PAGE, |status, _| status == 200);
    let host = server.url.trim_start_matches("http://").to_owned();
    // Open pages that listen, one that never reads, one that never ends its question.
    let listen = || listen(&host);
    let listeners: Vec<TcpStream> = (0..200).map(|_| listen()).collect();
    let _deaf = listen();
    let mut slow = TcpStream::connect(&host).expect("a connection");
    slow.write_all(b"GET / HTTP/1.1\r\nHo").expect("sent");
    let readers: Vec<_> = (0..4)
        .map(|_| {
            let url = format!("{}{PAGE}", server.url);
            std::thread::spawn(move || {
                let fine = |_: &u32| {
                    let text = ureq::get(&url).call().ok()?.body_mut().read_to_string().ok()?;
                    text.contains("headline").then_some(())
                };
                (0..2500).filter(|n| fine(n).is_none()).count()
            })
        })
        .collect();
    for n in 0..20 {
        article(&site, &format!("Next headline {n}"));
        std::thread::sleep(Duration::from_millis(25));
    }
    let failed: usize = readers.into_iter().map(|reader| reader.join().expect("a count")).sum();
    assert_eq!(failed, 0, "requests failed while the site was built");
    article(&site, "Last headline");
    server.wait_for(PAGE, |_, text| text.contains("Last headline"));
    for stream in listeners {
        stream.set_read_timeout(Some(Duration::from_secs(10))).expect("a limit");
        let told =
            BufReader::new(stream).lines().map_while(Result::ok).find(|l| l.contains("number"));
        assert!(told.is_some(), "a listener was told nothing");
    }
}

#[test]
fn a_taken_port_leads_to_the_next_and_drafts_can_be_left_out() {
    let site = site();
    let first = site.serve("0", &[]);
    let port = first.url.rsplit(':').next().expect("a port").to_owned();
    let second = site.serve(&port, &["--no-drafts"]);
    assert_ne!(first.url, second.url);
    assert_eq!(second.get("/undated/d/").0, 404);
    assert_eq!(first.get("/undated/d/").0, 200);
}

/// How many pages are open at once.
const CLIENTS: usize = 1000;

#[cfg(unix)]
#[test]
fn a_thousand_open_pages_are_told_at_once() {
    // Both ends of a connection are open files, here and in the server, which inherits the limit.
    let mut limit = rustix::process::getrlimit(rustix::process::Resource::Nofile);
    limit.current = limit.maximum.map_or(Some(4096), |most| Some(most.min(4096)));
    rustix::process::setrlimit(rustix::process::Resource::Nofile, limit).expect("a limit");

    let site = site();
    let server = site.serve("0", &[]);
    server.wait_for(PAGE, |status, _| status == 200);
    let host = server.url.trim_start_matches("http://").to_owned();
    let listen = || {
        let stream = listen(&host);
        stream.set_read_timeout(Some(Duration::from_secs(20))).expect("a limit");
        stream
    };
    let told = |stream: &mut BufReader<TcpStream>| {
        stream.lines().map_while(Result::ok).any(|line| line.contains("\"number\""))
    };
    let mut clients: Vec<_> = (0..CLIENTS).map(|_| BufReader::new(listen())).collect();
    assert!(clients.iter_mut().all(told), "each is told the edition it begins with");
    // Some that never read, and some that went away without a word.
    let _deaf: Vec<TcpStream> = (0..50).map(|_| listen()).collect();
    drop((0..50).map(|_| listen()).collect::<Vec<_>>());
    let mut times = Vec::new();
    for round in 0..5 {
        let start = Instant::now();
        article(&site, &format!("Round {round}"));
        assert!(clients.iter_mut().all(told), "round {round}: somebody was told nothing");
        times.push(start.elapsed());
    }
    println!("{CLIENTS} clients: {times:?}");
    // Beside other tests one round may be slow.
    times.sort();
    assert!(times[2] < Duration::from_secs(2), "{times:?}");
}

//! `tearsheet serve`, seen by an HTTP client.

use std::io::{BufRead, BufReader, Write};
use std::net::TcpStream;

use crate::site::{Server, Site};

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
        (
            "GET /%2e%2e/%2e%2e/etc/passwd HTTP/1.1\r\nHost: $HOST\r\nConnection: close\r\n\r\n",
            "404",
        ),
        ("HEAD / HTTP/1.1\r\nHost: $HOST\r\nConnection: close\r\n\r\n", "200"),
    ] {
        let answer = raw(&server, request);
        assert!(answer.starts_with(&format!("HTTP/1.1 {status}")), "{request}\n{answer}");
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

//! Who may ask the desk, and what others get.

use std::io::{Read, Write};
use std::net::TcpStream;

use serde_json::json;

use crate::support::desk::{Client, FILE, site};
use crate::support::site::Server;

fn raw(server: &Server, request: &str) -> String {
    let host = server.url.trim_start_matches("http://");
    let mut stream = TcpStream::connect(host).expect("a connection");
    stream.write_all(request.replace("$HOST", host).as_bytes()).expect("sent");
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).expect("an answer");
    String::from_utf8_lossy(&answer).into_owned()
}

#[test]
fn only_the_desks_own_pages_may_ask() {
    let site = site();
    let before = site.read(FILE);
    let server = site.serve("0", &[]);
    let client = Client::new(&server);
    let token = &client.token;
    let work =
        json!({ "path": FILE, "hash": client.sheet(FILE)["hash"], "steps": [{ "do": "accept" }] });
    let work = work.to_string();
    let length = work.len();
    let own = format!("x-tearsheet-token: {token}\r\n");
    let json = "Content-Type: application/json\r\n";
    let ask = |method: &str, path: &str, headers: &str| {
        let answer = raw(
            &server,
            &format!(
                "{method} {path} HTTP/1.1\r\nConnection: close\r\nContent-Length: {length}\r\n{headers}\r\n{work}"
            ),
        );
        answer.split(' ').nth(1).unwrap_or_default().to_owned()
    };
    let post = |headers: &str| ask("POST", "/_desk/api/article", headers);
    let host = "Host: $HOST\r\n";
    assert_eq!(post(&format!("{host}{json}")), "403", "without a token");
    assert_eq!(post(&format!("{host}{json}x-tearsheet-token: {}\r\n", "0".repeat(32))), "403");
    for origin in ["http://evil.example", "null", "https://$HOST", "http://localhost:1"] {
        assert_eq!(post(&format!("{host}{json}{own}Origin: {origin}\r\n")), "403", "{origin}");
    }
    for site in ["cross-site", "same-site", "none"] {
        assert_eq!(post(&format!("{host}{json}{own}Sec-Fetch-Site: {site}\r\n")), "403", "{site}");
    }
    assert_eq!(post(&format!("Host: evil.example\r\n{json}{own}")), "403");
    for kind in
        ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x"]
    {
        assert_eq!(post(&format!("{host}{own}Content-Type: {kind}\r\n")), "415", "{kind}");
    }
    assert_eq!(ask("PUT", "/_desk/api/article", &format!("{host}{json}{own}")), "405");
    assert_eq!(ask("GET", "/_desk/api/article", host), "403", "reading wants the token as well");
    assert_eq!(ask("GET", "/_desk/api/undo", &format!("{host}{own}")), "422", "no write by GET");
    assert_eq!(site.read(FILE), before);
    site.write("content/companies/red.md", "---\nname: Red\n---\n");
    for path in [
        "content/companies/red.md",
        "content/articles/../companies/red.md",
        "content/articles/../../tearsheet.toml",
        "/etc/passwd",
        "tearsheet.toml",
        "content/articles",
        "",
    ] {
        assert_eq!(client.get(&format!("article?path={path}")).0, 422, "{path}");
    }
    let answer = raw(&server, "GET /_desk/ HTTP/1.1\r\nHost: $HOST\r\nConnection: close\r\n\r\n");
    for header in
        ["default-src 'none'", "frame-ancestors 'none'", "x-frame-options: DENY", "no-store"]
    {
        assert!(answer.contains(header), "{header}: {answer}");
    }
    assert_eq!(
        post(&format!("{host}{json}{own}Origin: http://$HOST\r\nSec-Fetch-Site: same-origin\r\n")),
        "200"
    );
    assert_ne!(site.read(FILE), before, "the door is no wall");
}

#[cfg(unix)]
#[test]
fn a_link_out_of_the_site_is_no_article() {
    let site = site();
    let outside = tempfile::tempdir().expect("a temporary folder");
    let secret = outside.path().join("secret.md");
    std::fs::write(&secret, "---\ntitle: Secret\n---\n\nSecret.\n").expect("written");
    std::os::unix::fs::symlink(&secret, site.path().join("content/articles/link.md"))
        .expect("a link");
    let server = site.serve("0", &[]);
    let (status, told) = Client::new(&server).get("article?path=content/articles/link.md");
    assert!(status == 422 && !told.to_string().contains("Secret."), "{told}");
}

#[test]
fn there_is_no_desk_where_it_is_not_wanted_or_others_could_reach_it() {
    let site = site();
    for flags in [&["--no-desk"][..], &["-i", "0.0.0.0"]] {
        let server = site.serve("0", flags);
        let url = server.url.replace("0.0.0.0", "127.0.0.1");
        let agent = ureq::Agent::config_builder().http_status_as_error(false).build();
        let answer = ureq::Agent::new_with_config(agent).get(format!("{url}/_desk/")).call();
        assert_eq!(answer.expect("an answer").status().as_u16(), 404, "{flags:?}");
    }
    assert_eq!(site.run(&["build"]).code, 0);
    assert!(!site.path().join("public/_desk").exists());
}

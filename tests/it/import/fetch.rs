//! Fetching, against a server of the test's own on 127.0.0.1.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Write};
use std::net::{IpAddr, TcpListener};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use tearsheet::fetch::{
    Answer, FetchError, Fetched, Fetcher, Limits, Reason, Robots, Validators, is_public,
};

/// What a client asked for: the path, and its headers in lower case.
struct Asked {
    path: String,
    headers: BTreeMap<String, String>,
}

/// What the server says.
struct Reply {
    status: u16,
    headers: Vec<(&'static str, String)>,
    body: Vec<u8>,
    /// How long it waits before each byte of the body.
    pause: Duration,
}

fn reply(status: u16, body: impl Into<Vec<u8>>) -> Reply {
    Reply { status, headers: Vec::new(), body: body.into(), pause: Duration::ZERO }
}

fn redirect(to: &str) -> Reply {
    Reply { headers: vec![("Location", to.to_owned())], ..reply(302, "") }
}

/// A server that answers by a closure and keeps the paths that were asked for.
struct Server {
    url: String,
    asked: Arc<Mutex<Vec<String>>>,
}

impl Server {
    fn new(route: impl Fn(&Asked) -> Reply + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let url = format!("http://{}", listener.local_addr().expect("an address"));
        let asked = Arc::new(Mutex::new(Vec::new()));
        let seen = Arc::clone(&asked);
        let route = Arc::new(route);
        std::thread::spawn(move || {
            for stream in listener.incoming().map_while(Result::ok) {
                let (route, seen) = (Arc::clone(&route), Arc::clone(&seen));
                std::thread::spawn(move || {
                    let mut lines = BufReader::new(&stream).lines().map_while(Result::ok);
                    let Some(first) = lines.next() else { return };
                    let headers = lines
                        .take_while(|line| !line.is_empty())
                        .filter_map(|line| {
                            let (name, value) = line.split_once(':')?;
                            Some((name.to_ascii_lowercase(), value.trim().to_owned()))
                        })
                        .collect();
                    let path = first.split(' ').nth(1).unwrap_or("").to_owned();
                    seen.lock().expect("no panic").push(path.clone());
                    let reply = route(&Asked { path, headers });
                    let mut head =
                        format!("HTTP/1.1 {} Some\r\nConnection: close\r\n", reply.status);
                    for (name, value) in &reply.headers {
                        head.extend([*name, ": ", value, "\r\n"]);
                    }
                    let mut stream = &stream;
                    // The client may be gone, which is what some tests are about.
                    let _ = stream.write_all(format!("{head}\r\n").as_bytes());
                    let size = if reply.pause.is_zero() { usize::MAX } else { 1 };
                    for piece in reply.body.chunks(size) {
                        std::thread::sleep(reply.pause);
                        if stream.write_all(piece).is_err() {
                            return;
                        }
                    }
                });
            }
        });
        Self { url, asked }
    }

    /// A server without `robots.txt`.
    fn open(route: impl Fn(&Asked) -> Reply + Send + Sync + 'static) -> Self {
        Self::new(
            move |asked| {
                if asked.path == "/robots.txt" { reply(404, "") } else { route(asked) }
            },
        )
    }

    fn at(&self, path: &str) -> String {
        format!("{}{path}", self.url)
    }

    fn asked(&self) -> Vec<String> {
        self.asked.lock().expect("no panic").clone()
    }
}

fn fetcher() -> Fetcher {
    Fetcher::new(Limits { allow_private: true, ..Limits::default() })
}

fn fetch(address: &str) -> Result<Answer, FetchError> {
    fetcher().fetch(address, &Validators::default())
}

fn page(answer: Result<Answer, FetchError>) -> Fetched {
    match answer {
        Ok(Answer::Fetched(fetched)) => fetched,
        other => panic!("no page: {other:?}"),
    }
}

fn reason(answer: Result<Answer, FetchError>) -> Reason {
    answer.expect_err("refused").reason
}

#[test]
fn fetch_gives_the_page_and_what_the_server_says_of_it() {
    let server = Server::open(|asked| {
        let agent = asked.headers.get("user-agent").cloned().unwrap_or_default();
        Reply {
            headers: vec![
                ("Content-Type", "text/html; charset=utf-8".to_owned()),
                ("ETag", "\"7\"".to_owned()),
                ("Last-Modified", "Mon, 23 May 2022 08:00:00 GMT".to_owned()),
            ],
            ..reply(200, agent)
        }
    });
    let fetched = page(fetch(&server.at("/news?id=1#top")));
    assert_eq!(fetched.url, server.at("/news?id=1"));
    assert_eq!(fetched.bytes, b"tearsheet/0.1.0 (press digest)");
    assert_eq!(fetched.content_type.as_deref(), Some("text/html; charset=utf-8"));
    assert_eq!(fetched.etag.as_deref(), Some("\"7\""));
    assert_eq!(fetched.last_modified.as_deref(), Some("Mon, 23 May 2022 08:00:00 GMT"));
    assert_eq!(server.asked(), ["/robots.txt", "/news?id=1"]);
}

#[test]
fn fetch_follows_five_redirects_and_no_sixth() {
    let server = Server::open(|asked| match asked.path.trim_start_matches('/').parse() {
        Ok(0) => reply(200, "here"),
        Ok(n) => redirect(&format!("/{}", n - 1_u32)),
        Err(_) => reply(404, ""),
    });
    let fetched = page(fetch(&server.at("/5")));
    assert_eq!((fetched.url, fetched.bytes), (server.at("/0"), b"here".to_vec()));
    assert_eq!(reason(fetch(&server.at("/6"))), Reason::Redirects);
}

#[test]
fn fetch_refuses_redirects_to_what_it_would_not_fetch() {
    let server = Server::open(|asked| match asked.path.as_str() {
        "/file" => redirect("file:///etc/passwd"),
        "/password" => redirect("http://me:secret@example.org/"),
        "/broken" => redirect("http://[::1"),
        _ => reply(200, ""),
    });
    let error = fetch(&server.at("/file")).expect_err("refused");
    assert_eq!(error.reason, Reason::Scheme("file".to_owned()));
    assert_eq!(
        error.to_string(),
        format!(
            "cannot fetch {} (sent on to file:///etc/passwd): only http and https are fetched, \
             not file; save the page with a browser and import the file",
            server.at("/file")
        )
    );
    assert_eq!(reason(fetch(&server.at("/password"))), Reason::Password);
    assert!(matches!(reason(fetch(&server.at("/broken"))), Reason::Location(_)));
}

#[test]
fn fetch_refuses_redirects_into_the_own_network() {
    let inside = Server::open(|_| reply(200, "secret"));
    let targets = [
        inside.at("/secret"),
        inside.at("/secret").replace("127.0.0.1", "localhost"),
        inside.at("/secret").replace("127.0.0.1", "2130706433"),
        "http://169.254.169.254/latest/meta-data".to_owned(),
        "http://[::ffff:10.0.0.1]/".to_owned(),
    ];
    let sent_on = targets.clone();
    let outside = Server::open(move |asked| match asked.path[1..].parse() {
        Ok(n) => redirect(&sent_on[n..][0]),
        Err(_) => redirect("/0"),
    });
    let address = outside.url.trim_start_matches("http://").parse().expect("an address");
    let careful = Fetcher::new(Limits { trusted: vec![address], ..Limits::default() });
    for path in ["/0", "/1", "/2", "/3", "/4", "/twice"] {
        let answer = careful.fetch(&outside.at(path), &Validators::default());
        let error = answer.expect_err("refused");
        assert!(matches!(error.reason, Reason::Private(_)), "{error}");
        assert!(error.at.is_some(), "{error}");
    }
    assert!(inside.asked().is_empty());
    // `robots.txt` may not lead inside either.
    let outside = Server::new(move |_| redirect(&targets[0]));
    let address = outside.url.trim_start_matches("http://").parse().expect("an address");
    let careful = Fetcher::new(Limits { trusted: vec![address], ..Limits::default() });
    let answer = careful.fetch(&outside.at("/"), &Validators::default());
    assert!(matches!(reason(answer), Reason::Private(_)));
    assert!(inside.asked().is_empty());
}

#[test]
fn fetch_asks_nobody_inside_the_own_network() {
    let server = Server::open(|_| reply(200, "secret"));
    let port = server.url.rsplit(':').next().expect("a port").to_owned();
    let careful = Fetcher::new(Limits::default());
    let fetch = |address: &str| careful.fetch(address, &Validators::default());
    for host in [
        "127.0.0.1",
        "localhost",
        "LOCALHOST.",
        "a.localhost",
        "[::1]",
        "[::ffff:127.0.0.1]",
        "[::ffff:8.8.8.8]",
        "[fd00::1]",
        "[fe80::1]",
        "[64:ff9b::7f00:1]",
        "2130706433",
        "0x7f.1",
        "0177.0.0.1",
        "0.0.0.0",
        "169.254.169.254",
        "10.0.0.1",
        "100.64.0.1",
        "192.168.1.1",
        "224.0.0.1",
        "192.0.2.1",
    ] {
        for address in [format!("http://{host}:{port}/"), format!("https://{host}/")] {
            let error = fetch(&address).expect_err("refused");
            assert!(matches!(error.reason, Reason::Private(_)), "{error}");
            assert!(error.to_string().contains(&address), "{error}");
        }
    }
    let scheme = |address| reason(fetch(address));
    assert_eq!(scheme("ftp://example.org/a"), Reason::Scheme("ftp".to_owned()));
    assert_eq!(scheme("file:///etc/passwd"), Reason::Scheme("file".to_owned()));
    assert_eq!(scheme("javascript:alert(1)"), Reason::Scheme("javascript".to_owned()));
    assert_eq!(scheme("example.org/news"), Reason::NotAnAddress);
    assert_eq!(scheme("http://"), Reason::NotAnAddress);
    assert_eq!(scheme("https://me:secret@example.org/"), Reason::Password);
    assert!(server.asked().is_empty());
}

/// The name of this machine resolves to its own addresses without being `localhost`, so what
/// refuses it is the filter behind the lookup.
#[test]
fn fetch_refuses_a_name_that_resolves_to_a_private_address() {
    let Ok(name) = std::fs::read_to_string("/etc/hostname") else { return };
    let name = name.trim();
    let resolved = std::net::ToSocketAddrs::to_socket_addrs(&(name, 80));
    if name.is_empty() || !resolved.is_ok_and(|mut all| all.all(|one| !is_public(one.ip()))) {
        return;
    }
    let careful = Fetcher::new(Limits::default());
    let answer = careful.fetch(&format!("http://{name}/"), &Validators::default());
    assert!(matches!(reason(answer), Reason::Private(Some(_))));
}

#[test]
fn fetch_knows_public_addresses_from_others() {
    let is_public = |ip: &str| is_public(ip.parse::<IpAddr>().expect(ip));
    for ip in [
        "1.1.1.1",
        "9.255.255.255",
        "11.0.0.0",
        "100.63.255.255",
        "100.128.0.0",
        "172.15.0.1",
        "172.32.0.1",
        "192.0.1.1",
        "198.17.0.1",
        "198.20.0.1",
        "223.255.255.255",
        "2606:4700::1111",
        "2001:4860:4860::8888",
        "64:ff9b::101:101",
    ] {
        assert!(is_public(ip), "{ip}");
    }
    for ip in [
        "0.1.2.3",
        "10.255.255.255",
        "100.64.0.0",
        "100.127.255.255",
        "127.255.0.1",
        "169.254.0.1",
        "172.16.0.1",
        "172.31.255.255",
        "192.168.0.1",
        "198.18.0.1",
        "198.51.100.1",
        "203.0.113.9",
        "224.0.0.1",
        "240.0.0.1",
        "255.255.255.255",
        "::",
        "::1",
        "::127.0.0.1",
        "::ffff:1.1.1.1",
        "64:ff9b::a00:1",
        "fc00::1",
        "fe80::1",
        "fec0::1",
        "ff02::1",
        "2001:db8::1",
        "2001::1",
        "2002:7f00:1::1",
        "3fff::1",
    ] {
        assert!(!is_public(ip), "{ip}");
    }
}

#[test]
fn fetch_stops_reading_at_the_limit() {
    let server = Server::open(|asked| match asked.path.as_str() {
        "/most" => reply(200, vec![b'a'; 1000]),
        "/unsaid" => reply(200, vec![b'a'; 1001]),
        "/said" => {
            let length = vec![("Content-Length", "5000000000".to_owned())];
            Reply { headers: length, ..reply(200, vec![b'a'; 5000]) }
        }
        _ => Reply {
            headers: vec![("Content-Encoding", "gzip".to_owned())],
            ..reply(200, gzip_of_zeros())
        },
    });
    let limits = Limits { allow_private: true, bytes: 1000, ..Limits::default() };
    let fetcher = Fetcher::new(limits);
    let fetch = |path: &str| fetcher.fetch(&server.at(path), &Validators::default());
    assert_eq!(page(fetch("/most")).bytes.len(), 1000);
    for path in ["/unsaid", "/said", "/gzip"] {
        assert_eq!(reason(fetch(path)), Reason::TooLarge(1000), "{path}");
    }
}

/// 100,000 zero bytes, as `gzip -9` packs them.
fn gzip_of_zeros() -> Vec<u8> {
    let mut packed = vec![0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 2, 3];
    packed.extend([0xed, 0xc1, 0x31, 1, 0, 0, 0, 0xc2, 0xa0, 0xf5, 0x4f, 0x6d, 0x0d, 0x0f, 0xa0]);
    packed.extend([0; 96]);
    packed.extend([0x80, 0x57, 3, 0x7d, 0x95, 0x11, 0xd4, 0xa0, 0x86, 1, 0]);
    packed
}

#[test]
fn fetch_unpacks_gzip_and_refuses_what_it_did_not_ask_for() {
    let server = Server::open(|asked| {
        let accepted = asked.headers.get("accept-encoding").cloned().unwrap_or_default();
        assert_eq!(accepted, "gzip");
        let how = asked.path.trim_start_matches('/').to_owned();
        Reply { headers: vec![("Content-Encoding", how)], ..reply(200, gzip_of_zeros()) }
    });
    assert_eq!(page(fetch(&server.at("/gzip"))).bytes, vec![0; 100_000]);
    assert_eq!(reason(fetch(&server.at("/br"))), Reason::Packed("br".to_owned()));
}

#[test]
fn fetch_asks_for_news_only() {
    let server = Server::open(|asked| {
        let fresh = asked.headers.get("if-none-match").is_some_and(|tag| tag == "\"7\"")
            || asked.headers.contains_key("if-modified-since");
        if fresh || asked.path == "/odd" { reply(304, "") } else { reply(200, "news") }
    });
    let fetcher = fetcher();
    let fetch = |path: &str, etag: Option<&str>, date: Option<&str>| {
        let (etag, last_modified) = (etag.map(str::to_owned), date.map(str::to_owned));
        fetcher.fetch(&server.at(path), &Validators { etag, last_modified })
    };
    assert_eq!(fetch("/", Some("\"7\""), None), Ok(Answer::NotModified));
    let date = "Mon, 23 May 2022 08:00:00 GMT";
    assert_eq!(fetch("/", None, Some(date)), Ok(Answer::NotModified));
    assert_eq!(page(fetch("/", Some("\"8\""), None)).bytes, b"news");
    assert_eq!(page(fetch("/", None, None)).bytes, b"news");
    assert_eq!(reason(fetch("/odd", None, None)), Reason::Status(304));
}

#[test]
fn fetch_tells_what_the_server_answers() {
    let server = Server::open(|asked| {
        reply(asked.path.trim_start_matches('/').parse().expect("a status"), "")
    });
    let told = |path: &str| fetch(&server.at(path)).expect_err("refused").to_string();
    let at = |path: &str| format!("cannot fetch {}", server.at(path));
    assert_eq!(
        told("/404"),
        format!(
            "{}: the server answers with status 404 (Not Found); look whether the address is right",
            at("/404")
        )
    );
    assert_eq!(
        told("/503"),
        format!(
            "{}: the server answers with status 503 (Service Unavailable); try again later",
            at("/503")
        )
    );
}

#[test]
fn fetch_gives_up_on_a_slow_server() {
    let slow = Duration::from_secs(20);
    let server = Server::open(move |asked| {
        if asked.path == "/head" {
            std::thread::sleep(slow);
        }
        let pause = if asked.path == "/drip" { Duration::from_millis(50) } else { slow };
        Reply { pause, ..reply(200, [b'a'; 400]) }
    });
    let time = Duration::from_millis(300);
    let fetcher = Fetcher::new(Limits { allow_private: true, time, ..Limits::default() });
    for path in ["/head", "/body", "/drip"] {
        let start = Instant::now();
        let answer = fetcher.fetch(&server.at(path), &Validators::default());
        assert_eq!(reason(answer), Reason::Time(time), "{path}");
        assert!(start.elapsed() < Duration::from_secs(10), "{path}");
    }
}

#[test]
fn fetch_tells_when_nobody_answers() {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let address = format!("http://{}/", listener.local_addr().expect("an address"));
    drop(listener);
    assert!(matches!(reason(fetch(&address)), Reason::Connection(_)));
}

#[test]
fn fetch_wants_real_encryption_where_the_address_says_so() {
    let server = Server::open(|_| reply(200, "in the clear"));
    let address = server.url.replace("http:", "https:");
    assert!(matches!(reason(fetch(&address)), Reason::Connection(_)));
}

#[test]
fn fetch_heeds_robots_txt() {
    let server = Server::new(|asked| match asked.path.as_str() {
        "/robots.txt" => reply(200, "User-agent: *\nDisallow: /private\nAllow: /private/open\n"),
        "/moved" => redirect("/private/moved"),
        _ => reply(200, "page"),
    });
    let fetcher = fetcher();
    let fetch = |path: &str| fetcher.fetch(&server.at(path), &Validators::default());
    assert_eq!(page(fetch("/news")).bytes, b"page");
    assert_eq!(page(fetch("/private/open/1")).bytes, b"page");
    assert_eq!(reason(fetch("/private/1")), Reason::Robots);
    assert_eq!(reason(fetch("/moved")), Reason::Robots);
    // Asked for once, and what it forbids is not asked for.
    assert_eq!(server.asked(), ["/robots.txt", "/news", "/private/open/1", "/moved"]);
}

#[test]
fn fetch_stays_away_where_robots_txt_fails() {
    let server = Server::new(|asked| match asked.path.as_str() {
        "/robots.txt" => reply(503, ""),
        _ => reply(200, "page"),
    });
    let error = fetch(&server.at("/news")).expect_err("refused");
    assert_eq!(
        error.to_string(),
        format!(
            "cannot fetch {}: robots.txt of the site cannot be read (the server answers with \
             status 503 (Service Unavailable)), and until it can, nothing there is fetched; try \
             again later, or save the page with a browser and import the file",
            server.at("/news")
        )
    );
    assert_eq!(server.asked(), ["/robots.txt"]);
}

#[test]
fn fetch_follows_a_redirect_of_robots_txt() {
    let server = Server::new(|asked| match asked.path.as_str() {
        "/robots.txt" => redirect("/rules"),
        "/rules" => reply(200, "User-agent: Tearsheet/2\nDisallow: /"),
        _ => reply(200, "page"),
    });
    assert_eq!(reason(fetch(&server.at("/news"))), Reason::Robots);
}

#[test]
fn fetch_reads_robots_txt_as_the_standard_says() {
    let check = |rules: &str, path: &str, allowed: bool| {
        assert_eq!(Robots::new(rules).allows(path), allowed, "{path} under {rules:?}");
    };
    let all = "User-agent: *\nDisallow: ";
    check("", "/a", true);
    check("User-agent: *\nDisallow:", "/a", true);
    check("user-agent : *\r\ndisallow : / # all\r\n", "/a", false);
    check("\u{feff}User-agent: *\rDisallow: /", "/a", false);
    check(&format!("{all}/"), "/robots.txt", true);
    // The longest match decides, and of equal ones the kinder.
    check("User-agent: *\nAllow: /p\nDisallow: /", "/page", true);
    check("User-agent: *\nAllow: /folder\nDisallow: /folder", "/folder/page", true);
    check("User-agent: *\nAllow: /page\nDisallow: /*.htm", "/page.htm", false);
    // Wildcards.
    check(&format!("{all}/*.php$"), "/a/b.php", false);
    check(&format!("{all}/*.php$"), "/a/b.php?c", true);
    check(&format!("{all}/*.php"), "/a/b.php?c", false);
    check(&format!("{all}/fish$"), "/fishes", true);
    check(&format!("{all}/$"), "/", false);
    check(&format!("{all}/$"), "/a", true);
    check(&format!("{all}/a*b*c"), "/a-c-b", true);
    check(&format!("{all}/a*b*c"), "/axxbxxcxx", false);
    check(&format!("{all}/Fish"), "/fish", true);
    // Escapes.
    check(&format!("{all}/tin-tức"), "/tin-t%e1%bb%a9c/1", false);
    check(&format!("{all}/a%7Eb"), "/a~b", false);
    check(&format!("{all}/a%2Fb"), "/a/b", true);
    // Groups.
    let groups = "User-agent: other\nDisallow: /\n\nUser-agent: tearsheet\nDisallow: /a\n\n\
                  User-agent: *\nDisallow: /b\nSitemap: https://example.org/map.xml\n\n\
                  User-agent: other\nUser-agent: TEARSHEET\nDisallow: /c";
    check(groups, "/a", false);
    check(groups, "/b", true);
    check(groups, "/c", false);
    check(groups, "/d", true);
    check("User-agent: *\nDisallow: /\n\nUser-agent: tearsheet\nAllow: /", "/a", true);
    check("User-agent: *\nDisallow: /\n\nUser-agent: tearsheet\nDisallow:", "/a", true);
    check("User-agent: tearsheets\nDisallow: /", "/a", true);
    check("Disallow: /", "/a", true);
}

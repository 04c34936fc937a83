//! The desk: what it shows, what it writes, who may ask it, and how an editor gets on with it.

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};

use serde_json::{Value, json};
use tearsheet::understand::companies;

use crate::browser::Browser;
use crate::site::{Server, Site};

const RAW: &str = "Home\nNews\nMarkets\n\nLens maker and phone maker sign a pact\n\nBy Ann Reporter\n\n\
    23 May 2022\n\nXiaomi and Leica Camera said on Monday that they will develop cameras for phones \
    together. The two companies signed a long-term agreement in Berlin.\n\nZarvox Optics GmbH of Jena will \
    supply the glass for the lenses, its chief executive told the Daily Lens. Zarvox Optics has supplied \
    Leica Camera since 2019.\n\nSubscribe to our newsletter and never miss a story\n\nThe first phone is \
    planned for July.\n\nCopyright 2022 Daily Lens. All rights reserved.\n";

fn site() -> Site {
    let site = Site::new();
    site.write("tearsheet.toml", "title = \"Desk\"\n");
    site.write("inbox/pact.txt", RAW);
    let run = site.run(&["import"]);
    assert_eq!(run.code, 0, "{}", run.err);
    site
}

const FILE: &str = "content/articles/2022/05/lens-maker-and-phone-maker-sign-a-pact.md";

/// A program that knows the token.
struct Client<'a> {
    server: &'a Server,
    token: String,
}

impl<'a> Client<'a> {
    fn new(server: &'a Server) -> Self {
        let (status, page) = server.get("/_desk/");
        assert_eq!(status, 200, "{page}");
        let token = page.split_once("name=\"token\" content=\"").expect("a token").1;
        Self { server, token: token.split('"').next().expect("its end").to_owned() }
    }

    fn ask(request: ureq::http::Request<String>) -> (u16, Value) {
        let agent = ureq::Agent::config_builder().http_status_as_error(false).build();
        let mut answer = ureq::Agent::new_with_config(agent).run(request).expect("an answer");
        let text = answer.body_mut().read_to_string().expect("text");
        (answer.status().as_u16(), serde_json::from_str(&text).unwrap_or(Value::String(text)))
    }

    fn get(&self, path: &str) -> (u16, Value) {
        let request = ureq::http::Request::get(format!("{}/_desk/api/{path}", self.server.url));
        Self::ask(
            request.header("x-tearsheet-token", &self.token).body(String::new()).expect("one"),
        )
    }

    fn post(&self, path: &str, value: &Value) -> (u16, Value) {
        let request = ureq::http::Request::post(format!("{}/_desk/{path}", self.server.url));
        let request = request.header("x-tearsheet-token", &self.token);
        let request = request.header("content-type", "application/json");
        Self::ask(request.body(value.to_string()).expect("one"))
    }

    fn sheet(&self, path: &str) -> Value {
        let (status, sheet) = self.get(&format!("article?path={path}"));
        assert_eq!(status, 200, "{sheet}");
        sheet
    }

    /// Does steps to an article as it is now.
    fn work(&self, path: &str, steps: &Value) -> Value {
        let hash = self.sheet(path)["hash"].clone();
        let work = json!({ "path": path, "hash": hash, "steps": steps });
        let (status, sheet) = self.post("api/article", &work);
        assert_eq!(status, 200, "{steps}: {sheet}");
        sheet
    }
}

/// The lines that are only in one of two texts: `-` before those of the first, `+` before the others.
fn difference(before: &str, after: &str) -> Vec<String> {
    let (old, new): (Vec<&str>, Vec<&str>) = (before.lines().collect(), after.lines().collect());
    let gone = old.iter().filter(|line| !new.contains(line)).map(|line| format!("-{line}"));
    let come = new.iter().filter(|line| !old.contains(line)).map(|line| format!("+{line}"));
    gone.chain(come).collect()
}

#[test]
fn a_line_is_cut_and_put_back_and_all_can_be_undone() {
    let site = site();
    let before = site.read(FILE);
    let server = site.serve("0", &[]);
    let client = Client::new(&server);
    let sheet = client.sheet(FILE);
    assert_eq!(sheet["has_raw"], true, "{sheet}");
    let lines = sheet["lines"].as_array().expect("lines");
    let all: Vec<&str> = lines.iter().filter_map(|line| line["text"].as_str()).collect();
    assert!(
        all.contains(&"Markets") && all.contains(&"The first phone is planned for July."),
        "{all:?}"
    );
    let is_kept = |sheet: &Value, text: &str| {
        let lines = sheet["lines"].as_array().expect("lines").clone();
        lines.iter().any(|line| line["text"] == text && line["kept"] == true)
    };
    let line = "The first phone is planned for July.";
    assert!(is_kept(&sheet, line));
    let cut = client.work(FILE, &json!([{ "do": "cut", "line": line }]));
    assert!(!is_kept(&cut, line));
    assert_eq!(difference(&before, &site.read(FILE)), [format!("-{line}")]);
    let previous =
        lines.iter().take_while(|one| one["text"] != line).filter(|one| one["kept"] == true);
    let behind = previous.last().map(|one| one["text"].clone());
    let back = json!([{ "do": "put-back", "line": line, "behind": behind, "glued": false }]);
    assert!(is_kept(&client.work(FILE, &back), line));
    assert_eq!(site.read(FILE), before, "as import wrote it");
    for _ in 0..2 {
        assert_eq!(client.post("api/undo", &json!({})).0, 200);
    }
    assert_eq!(site.read(FILE), before);
    assert_eq!(client.post("api/undo", &json!({})).0, 422, "there is no more to undo");
}

#[test]
fn what_is_accepted_is_settled_and_learned() {
    let site = site();
    let before = site.read(FILE);
    assert!(before.contains("confidence:"), "{before}");
    let server = site.serve("0", &[]);
    let client = Client::new(&server);
    let (_, queue) = client.get("queue?filter=all");
    assert_eq!(queue["total"], 1, "{queue}");
    let sheet = client.work(FILE, &json!([{ "do": "company", "name": "Zarvox Optics GmbH" }]));
    let companies = sheet["companies"].as_array().expect("companies");
    assert!(companies.iter().any(|one| one["id"] == "zarvox-optics"), "{companies:?}");
    client.work(FILE, &json!([{ "do": "accept" }]));
    let after = site.read(FILE);
    let changed = difference(&before, &after);
    let is_small = |line: &String| {
        ["confidence:", "companies:", "settled:"].iter().any(|key| line.contains(key))
    };
    assert!(changed.iter().all(is_small), "{changed:#?}");
    assert!(!after.contains("confidence:") && after.contains("settled: ["), "{after}");
    let company = site.read("content/companies/zarvox-optics.md");
    assert!(company.contains("name: \"Zarvox Optics"), "{company}");
    assert_eq!(client.get("queue?filter=all").1["total"], 0);
    // Another text of the same company is read with what was learned.
    site.write(
        "inbox/next.txt",
        "Glass from Jena for a watch maker\n\n24 May 2022\n\nThe watch maker Citizen has chosen the glass of \
         Zarvox Optics for its watches. Both sides signed the supply contract on Tuesday in Tokyo.\n",
    );
    assert_eq!(site.run(&["import", "inbox/next.txt"]).code, 0);
    let next = site.read("content/articles/2022/05/glass-from-jena-for-a-watch-maker.md");
    assert!(next.contains("zarvox-optics"), "{next}");
    let strict = site.run(&["build", "--strict"]);
    assert_eq!(strict.code, 0, "{}", strict.err);
    assert_eq!(client.post("api/undo", &json!({})).0, 200);
    assert!(!site.path().join("content/companies/zarvox-optics.md").exists(), "undone as well");
}

#[test]
fn what_is_rejected_stays_away() {
    let site = site();
    let server = site.serve("0", &[]);
    let client = Client::new(&server);
    let sheet = client.sheet(FILE);
    let pair = sheet["claims"][0]["parties"].clone();
    let rejected = client.work(FILE, &json!([{ "do": "reject", "claim": 0 }]));
    let has = |sheet: &Value| {
        let offers = sheet["offers"]["claims"].as_array().expect("offers");
        let claims = sheet["claims"].as_array().expect("claims");
        offers.iter().chain(claims).any(|claim| claim["parties"] == pair)
    };
    assert!(has(&sheet) && !has(&rejected), "{rejected}");
    let text = site.read(FILE);
    assert!(text.contains("rejected: [leica-camera--xiaomi]"), "{text}");
    // The name of a company that is none is never one again.
    client.work(FILE, &json!([{ "do": "company", "name": "Daily Lens" }]));
    client.work(FILE, &json!([{ "do": "never", "id": "daily-lens" }]));
    assert!(site.read("tearsheet.toml").contains("Daily Lens"), "{}", site.read("tearsheet.toml"));
    let offers = client.sheet(FILE)["offers"]["companies"].to_string();
    assert!(!offers.contains("daily-lens"), "{offers}");
}

#[test]
fn a_line_that_was_cut_three_times_is_cut_from_then_on() {
    let site = Site::new();
    site.write("tearsheet.toml", "title = \"Desk\"\n");
    let text = |day: u8, place: &str| {
        format!(
            "Phone maker opens a factory in {place}\n\nBy Ann Reporter, Daily Lens, {day} May 2022\n\nXiaomi opened \
             a factory for phones in {place} on Monday, which employs two hundred people of the region.\n\nRead \
             more about the phones of the year in our large and independent test of telephones.\n\nThe company \
             plans to make a million phones there in the coming year, it said in {place}.\n"
        )
    };
    let line =
        "Read more about the phones of the year in our large and independent test of telephones.";
    let places = ["Berlin", "Bonn", "Bremen", "Dresden"];
    for (day, place) in (1..).zip(places) {
        site.write(&format!("inbox/{place}.txt"), &text(day, place));
    }
    assert_eq!(site.run(&["import"]).code, 0);
    let path = |place: &str| {
        let slug = format!("phone-maker-opens-a-factory-in-{}", place.to_lowercase());
        format!("content/articles/2022/05/{slug}.md")
    };
    let server = site.serve("0", &[]);
    let client = Client::new(&server);
    for place in &places[..3] {
        let path = path(place);
        client.work(&path, &json!([{ "do": "source", "name": "Daily Lens" }]));
        assert!(site.read(&path).contains(line), "{}", site.read(&path));
        client.work(&path, &json!([{ "do": "cut", "line": line }]));
        assert!(!site.read(&path).contains(line));
    }
    let source = site.read("content/sources/daily-lens.md");
    assert!(source.contains("times: 3"), "{source}");
    // The one that nobody has edited is read anew, if it is known to be of the same publisher.
    let last = path(places[3]);
    if site.read(&last).contains("Daily Lens") {
        let end = std::time::Instant::now() + std::time::Duration::from_secs(60);
        while site.read(&last).contains(line) {
            assert!(std::time::Instant::now() < end, "{}", site.read(&last));
            std::thread::sleep(std::time::Duration::from_millis(50));
        }
    }
    site.write("inbox/Mainz.txt", &text(9, "Mainz"));
    assert_eq!(site.run(&["import", "inbox/Mainz.txt"]).code, 0);
    assert!(!site.read(&path("Mainz")).contains(line), "{}", site.read(&path("Mainz")));
    assert_eq!(site.run(&["build", "--strict"]).code, 0);
}

#[test]
fn a_file_that_somebody_else_has_changed_is_not_written() {
    let site = site();
    let server = site.serve("0", &[]);
    let client = Client::new(&server);
    let hash = client.sheet(FILE)["hash"].clone();
    let edited = site.read(FILE).replace("The first phone", "Their first phone");
    site.write(FILE, &edited);
    let steps = json!([{ "do": "title", "text": "Mine" }]);
    let (status, told) =
        client.post("api/article", &json!({ "path": FILE, "hash": hash, "steps": steps }));
    assert_eq!(status, 409, "{told}");
    assert!(told["now"].as_str().is_some_and(|now| now.contains("Their first phone")), "{told}");
    assert!(told["mine"].as_str().is_some_and(|mine| mine.contains("title: \"Mine\"")), "{told}");
    assert_eq!(site.read(FILE), edited);
}

#[test]
fn a_file_of_any_hand_keeps_what_is_not_changed() {
    let site = Site::new();
    let text = "---\n# Ours since 2020.\ntitle: 'By hand'\npublished: 2020-01-02   # the day before\nlang: en\n\
        source: Weekly\ncompanies:\n  - nokia\n  - xiaomi\nextra_field: kept\npartnerships:\n\
        - parties: [nokia, xiaomi]\n  kind: licensing\n  event: signed\n  confidence: 0.7\n\
        - parties:\n  - { company: nokia, role: buyer }\n  - ericsson\n  kind: supply   # so they say\n  \
        event: announced\n---\n\nNokia and Xiaomi signed.\n";
    site.write("content/articles/hand.md", text);
    site.write(
        "content/articles/toml.md",
        "+++\ntitle = \"T\"\ndate = 2020-01-01\nlang = \"en\"\n+++\n\nText.\n",
    );
    let server = site.serve("0", &[]);
    let client = Client::new(&server);
    let path = "content/articles/hand.md";
    client.work(path, &json!([{ "do": "confirm", "claim": 0 }]));
    let after = site.read(path);
    for kept in [
        "# Ours since 2020.",
        "title: 'By hand'",
        "published: 2020-01-02   # the day before",
        "extra_field: kept",
        "# so they say",
        "  - nokia\n  - xiaomi\n",
    ] {
        assert!(after.contains(kept), "{kept:?} is gone:\n{after}");
    }
    assert!(!after.contains("confidence"), "{after}");
    client.work(path, &json!([{ "do": "date", "text": "2020-01-03", "line": null }]));
    let after = site.read(path);
    assert!(after.contains("date: 2020-01-03\n") && !after.contains("2020-01-02"), "{after}");
    let hash = client.sheet("content/articles/toml.md")["hash"].clone();
    let work = json!({ "path": "content/articles/toml.md", "hash": hash, "steps": [{ "do": "title", "text": "U" }] });
    let (status, told) = client.post("api/article", &work);
    assert!(status == 422 && told["error"].to_string().contains("by hand"), "{told}");
}

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

/// Serves one page from another origin; gives its address.
fn foreign_page(html: String) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let url = format!("http://{}", listener.local_addr().expect("an address"));
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            let Ok(mut stream) = stream else { return };
            let _ = stream.read(&mut [0; 4096]);
            let head =
                "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nConnection: close";
            let _ = write!(stream, "{head}\r\nContent-Length: {}\r\n\r\n{html}", html.len());
        }
    });
    url
}

/// What a page of another origin may try, without and with the token of the run.
const HOSTILE: &str = r#"<!doctype html><meta charset="utf-8"><title>evil</title>
<iframe src="$DESK/_desk/" name="frame"></iframe>
<form method="post" action="$DESK/_desk/api/undo" enctype="text/plain"><input name='{"a":"' value='"}'></form>
<script>
window.read = [];
const ask = (path, options) => fetch("$DESK" + path, options).then((answer) => answer.text()).then((text) => window.read.push(text), () => 0);
(async () => {
  const body = JSON.stringify($WORK);
  for (const mode of ["cors", "no-cors"]) {
    await ask("/_desk/", { mode });
    await ask("/_desk/api/queue", { mode });
    for (const type of ["application/json", "text/plain"]) {
      await ask("/_desk/api/article", { method: "POST", mode, body, headers: { "content-type": type } });
      await ask("/_desk/api/article", { method: "POST", mode, body, headers: { "content-type": type, "x-tearsheet-token": "$TOKEN" } });
    }
    await ask("/_desk/clip", { method: "POST", mode, body: JSON.stringify({ url: "http://evil.example/", html: "<p>evil" }), headers: { "content-type": "text/plain" } });
  }
  navigator.sendBeacon("$DESK/_desk/api/article", new Blob([body], { type: "text/plain" }));
  try { window.read.push(frames.frame.document.body.textContent); } catch {}
  window.done = true;
})();
</script>"#;

#[test]
fn a_page_of_another_origin_gets_nothing_and_changes_nothing() {
    let site = site();
    let before = site.read(FILE);
    let server = site.serve("0", &[]);
    let client = Client::new(&server);
    let work =
        json!({ "path": FILE, "hash": client.sheet(FILE)["hash"], "steps": [{ "do": "accept" }] });
    let page = HOSTILE.replace("$DESK", &server.url).replace("$WORK", &work.to_string());
    let url = foreign_page(page.replace("$TOKEN", &client.token));
    let mut browser = Browser::new();
    browser.open(&url);
    browser.until("window.done === true");
    let read = browser.value("window.read.join('|')").to_string();
    assert!(!read.contains("token") && !read.contains("pact") && !read.contains("Desk"), "{read}");
    browser.value("document.forms[0].submit()");
    browser.until("location.pathname.startsWith('/_desk/') || document.title !== 'evil'");
    assert_eq!(site.read(FILE), before);
    assert_eq!(site.run(&["import"]).err.matches(": already in").count(), 1, "nothing was clipped");
    // A window of ours that it opens itself waits for the person.
    let opener = foreign_page(format!(
        "<!doctype html><title>evil</title><button onclick=\"w = open('{0}/_desk/clip'); addEventListener('message', \
         (event) => w.postMessage({{ url: 'http://evil.example/', title: 'Evil', html: '<p>evil' }}, '*'))\">x</button>",
        server.url
    ));
    browser.open(&opener);
    let click =
        json!({ "expression": "document.querySelector('button').click()", "userGesture": true });
    browser.call("Runtime.evaluate", &click);
    std::thread::sleep(std::time::Duration::from_secs(2));
    let inbox = std::fs::read_dir(site.path().join("inbox")).expect("an inbox").count();
    assert_eq!(inbox, 1, "only the text that was there");
}

#[test]
fn nothing_in_an_article_runs_or_presses_a_button() {
    let site = Site::new();
    let evil = "<img src=x onerror=\"window.hit=1\"><script>window.hit=1</script>";
    let raw = RAW
        .replace("Lens maker and", &format!("{evil} and"))
        .replace("Ann Reporter", evil)
        .replace(
            "The first phone",
            &format!("{evil}\" onfocus=\"window.hit=1\" autofocus x=\" The first phone"),
        );
    site.write("tearsheet.toml", "title = \"Desk\"\n");
    site.write("inbox/evil.txt", &raw);
    site.write(
        "content/articles/evil.md",
        &format!("---\ntitle: '{evil}'\nlang: en\nsource: {{ name: '{evil}', url: 'https://a.example/\"><script>' }}\nrights: excerpt\n---\n\n{evil} <form action=\"/_desk/api/undo\" method=\"post\"><button autofocus>x</button></form>\n"),
    );
    assert_eq!(site.run(&["import"]).code, 0);
    let server = site.serve("0", &[]);
    let mut browser = Browser::new();
    browser.open(&format!("{}/_desk/", server.url));
    browser.until("document.querySelectorAll('.queue > li').length === 2");
    let pages = browser
        .value("[...document.querySelectorAll('.queue > li > a')].map((a) => a.href).join(' ')");
    for page in pages.as_str().expect("addresses").split(' ') {
        browser.open(page);
        browser.until("document.querySelector('.facts') !== null");
        std::thread::sleep(std::time::Duration::from_millis(300));
        assert_eq!(browser.value("window.hit ?? 0"), 0);
        let own = browser.value(
            "document.querySelectorAll('main img, main script, main form, main iframe').length",
        );
        assert_eq!(own, 0);
        assert!(
            browser.value("document.body.textContent").to_string().contains("onerror"),
            "shown as words"
        );
    }
    assert_eq!(browser.complaints, Vec::<String>::new());
}

/// Presses a key as a person does.
fn press(browser: &mut Browser, key: &str) {
    let text = match key {
        "Enter" => Some("\r"),
        key if key.chars().count() == 1 => Some(key),
        _ => None,
    };
    let code = match key {
        "Enter" => 13,
        "Escape" => 27,
        _ => 0,
    };
    let kind = if text.is_some() { "keyDown" } else { "rawKeyDown" };
    let down = json!({ "type": kind, "key": key, "text": text, "windowsVirtualKeyCode": code });
    let down = if text.is_some() {
        down
    } else {
        json!({ "type": kind, "key": key, "windowsVirtualKeyCode": code })
    };
    browser.call("Input.dispatchKeyEvent", &down);
    let up = json!({ "type": "keyUp", "key": key, "windowsVirtualKeyCode": code });
    browser.call("Input.dispatchKeyEvent", &up);
}

const IDLE: &str = "document.getElementById('main').getAttribute('aria-busy') !== 'true'";

#[test]
fn the_desk_works_with_keys_alone_and_fits_small_windows() {
    let site = site();
    let server = site.serve("0", &[]);
    let mut browser = Browser::new();
    browser.window(1280);
    browser.open(&format!("{}/_desk/", server.url));
    browser.until("document.querySelector('.queue a') !== null");
    press(&mut browser, "j");
    press(&mut browser, "Enter");
    browser.until("document.querySelector('.facts') !== null");
    assert_eq!(browser.value("document.querySelectorAll('h1').length"), 1);
    // What is open has the focus; the event of the first open claim is changed by two keys.
    assert_eq!(browser.value("document.activeElement.classList.contains('open')"), true);
    press(&mut browser, "e");
    browser.until("document.querySelector('dialog[open]') !== null");
    let letter = "[...document.querySelectorAll('dialog button')].find((one) => one.textContent.includes('launched')).dataset.letter";
    let letter = browser.value(letter);
    press(&mut browser, letter.as_str().expect("a letter"));
    browser.until("document.querySelector('dialog') === null");
    browser.until(IDLE);
    assert!(site.read(FILE).contains("event: launched"), "{}", site.read(FILE));
    press(&mut browser, "u");
    browser.until("document.getElementById('told').textContent === 'Undone.'");
    assert!(!site.read(FILE).contains("event: launched"));
    // A line of the text, found and cut by keys.
    press(&mut browser, "w");
    assert_eq!(browser.value("document.activeElement.classList.contains('kept')"), true);
    let words = browser.value("document.activeElement.querySelector('p').textContent");
    press(&mut browser, " ");
    browser.until(IDLE);
    browser.until("document.activeElement.classList.contains('out')");
    let words = words.as_str().expect("words").to_owned();
    assert!(!site.read(FILE).contains(&words[..40]), "{}", site.read(FILE));
    press(&mut browser, "?");
    browser.until("document.querySelector('dialog[open]') !== null");
    press(&mut browser, "Escape");
    browser.until("document.querySelector('dialog') === null");
    press(&mut browser, "a");
    browser.until("document.querySelector('.empty') !== null");
    assert_eq!(browser.complaints, Vec::<String>::new());
    assert_eq!(site.run(&["build", "--strict"]).code, 0);
    // 640 is what is left of 1280 at twice the size.
    for width in [360, 640, 1280] {
        for page in
            ["/_desk/".to_owned(), format!("/_desk/article?path={FILE}"), "/_desk/clip".to_owned()]
        {
            browser.window(width);
            browser.open(&format!("{}{page}", server.url));
            browser.until("document.querySelector('h1') !== null");
            let wide = browser.value("document.documentElement.scrollWidth");
            assert!(wide.as_u64() <= Some(width.into()), "{page} is {wide} wide at {width}");
        }
    }
}

#[test]
fn a_page_is_clipped_into_the_inbox() {
    let site = site();
    let server = site.serve("0", &[]);
    let client = Client::new(&server);
    let html = "<html><head><title>A page</title></head><body><p>Words.</p></body></html>";
    let clip = json!({ "url": "https://news.example/a?b=1&c=2", "title": "A page: of ../../ours", "html": html });
    let (status, told) = client.post("clip", &clip);
    assert_eq!(status, 200, "{told}");
    let name = told["name"].as_str().expect("a name");
    assert!(name.starts_with("inbox/a-page-of-ours-") && !name.contains(".."), "{name}");
    let saved = site.read(name);
    assert!(
        saved.contains("rel=\"canonical\" href=\"https://news.example/a?b=1&amp;c=2\""),
        "{saved}"
    );
    for url in ["javascript:alert(1)", "file:///etc/passwd", ""] {
        assert_eq!(
            client.post("clip", &json!({ "url": url, "title": "x", "html": html })).0,
            422,
            "{url}"
        );
    }
}

#[test]
fn review_asks_in_a_terminal_and_lists_in_a_pipe() {
    let site = site();
    let listed = site.run(&["review"]);
    assert!(listed.code == 0 && listed.out.starts_with(&format!("{FILE}\t")), "{}", listed.out);
    let rows: Value =
        serde_json::from_str(&site.run(&["review", "--format", "json"]).out).expect("JSON");
    assert_eq!(rows[0]["path"], FILE);
    // Every question gets its answer: claims yes, companies yes, fields as they are.
    let answers = "?\ny\ny\ny\ny\ny\ny\ny\na\n".replace("?\n", "what\n");
    let run = site.run_with(&["review", "--ask"], &[], answers.as_bytes());
    assert!(run.out.contains("[y]es [n]o [e]vent"), "{}", run.out);
    assert!(
        run.out.contains("one of the letters in brackets") || run.out.contains("source?"),
        "{}",
        run.out
    );
    let quit = site.run_with(&["review", "--ask"], &[], b"q\n");
    assert_eq!(quit.code, 0, "{}", quit.err);
}

/// Texts with labels: our own, and those of the shared set where it is there.
fn labelled(folder: &Path, most: usize) -> Vec<PathBuf> {
    let files = std::fs::read_dir(folder).into_iter().flatten();
    let mut files: Vec<PathBuf> = files
        .map(|entry| entry.expect("an entry").path())
        .filter(|path| path.extension().is_some_and(|end| end == "json"))
        .collect();
    files.sort();
    // Evenly through the languages, which the names begin with.
    let step = files.len().div_ceil(most).max(1);
    files.into_iter().step_by(step).collect()
}

/// The names under which a company is right: those of the label and of the built-in list.
fn names(name: &Value) -> Value {
    let name = name.as_str().expect("a name");
    let row = companies::all().find(|row| row.names().any(|known| known == name));
    let mut all = vec![name.to_owned()];
    if let Some(row) = row {
        all.extend(row.names().map(str::to_owned));
        all.push(row.id.to_owned());
    }
    json!(all)
}

/// What the editor knows of a text.
fn right(path: &Path) -> Value {
    let label: Value =
        serde_json::from_str(&std::fs::read_to_string(path).expect("a label")).expect("JSON");
    let list = |key: &str| label[key].as_array().cloned().unwrap_or_default();
    let with = |key: &str, more: &str| {
        let first = label[key].as_str().map(|one| json!(one));
        first.into_iter().chain(list(more)).collect::<Vec<_>>()
    };
    let all = |names_of: Vec<Value>| names_of.iter().map(names).collect::<Vec<_>>();
    let claim = |claim: &Value| {
        let mut kinds = vec![claim["kind"].clone()];
        kinds.extend(claim["kind_alternatives"].as_array().cloned().unwrap_or_default());
        json!({ "parties": all(claim["parties"].as_array().cloned().unwrap_or_default()), "kinds": kinds, "event": claim["event"] })
    };
    let pair = |pair: &Value| json!(all(pair.as_array().cloned().unwrap_or_default()));
    json!({
        "titles": with("title", "title_alternatives"), "date": label["date"], "authors": list("authors"),
        "sources": with("source", "source_alternatives"), "body": label["body"].as_str().unwrap_or_default(),
        "must_not_contain": list("must_not_contain"), "companies": all(list("companies")),
        "optional": all(list("companies_optional")),
        "partnerships": list("partnerships").iter().map(claim).collect::<Vec<_>>(),
        "pairs": list("partnerships_optional").iter().map(pair).collect::<Vec<_>>(),
    })
}

fn mouse(browser: &mut Browser, kind: &str, x: f64, y: f64) {
    let buttons = i32::from(kind != "mouseReleased");
    let event = json!({ "type": kind, "x": x, "y": y, "button": "left", "buttons": buttons, "clickCount": 1 });
    browser.call("Input.dispatchMouseEvent", &event);
}

/// Plays one act, and tells how many keys and clicks it took.
fn act(browser: &mut Browser, act: &Value) -> usize {
    let number = |value: &Value| value.as_f64().expect("a number");
    if let Some(place) = act["click"].as_array() {
        let (x, y) = (number(&place[0]), number(&place[1]));
        for kind in ["mouseMoved", "mousePressed", "mouseReleased"] {
            mouse(browser, kind, x, y);
        }
        return 1;
    }
    if let Some(place) = act["drag"].as_array() {
        mouse(browser, "mouseMoved", number(&place[0]), number(&place[1]));
        mouse(browser, "mousePressed", number(&place[0]), number(&place[1]));
        mouse(browser, "mouseMoved", number(&place[2]), number(&place[3]));
        mouse(browser, "mouseReleased", number(&place[2]), number(&place[3]));
        return 2;
    }
    if let Some(key) = act["key"].as_str() {
        press(browser, key);
        return 1;
    }
    let words = act["type"].as_str().expect("an act");
    browser.call("Input.insertText", &json!({ "text": words }));
    words.chars().count()
}

/// How many keys and clicks an editor needs for each text in the queue.
fn edited(site: &Site, server: &Server, folder: &Path) -> Vec<usize> {
    let mut browser = Browser::new();
    browser.window(1400);
    browser.open(&format!("{}/_desk/", server.url));
    browser.until("document.querySelector('.queue a, .empty') !== null");
    browser.value("document.querySelector('.queue a').click()");
    browser.until("document.querySelector('.facts') !== null");
    browser.value(include_str!("desk/editor.js"));
    let mut counts = Vec::new();
    let mut seen = Vec::new();
    loop {
        let path = browser.value("new URLSearchParams(location.search).get('path')");
        let Some(path) = path.as_str().filter(|path| !seen.contains(&(*path).to_owned())) else {
            break;
        };
        seen.push(path.to_owned());
        let text = site.read(path);
        let from = text
            .split_once("from: \"")
            .and_then(|(_, rest)| rest.split_once(".txt\""))
            .expect("its name")
            .0;
        let label = right(&folder.join(format!("{from}.json")));
        let mut count = 0;
        loop {
            let next = browser.value(&format!("plan({label})"));
            if next["done"] == true {
                break;
            }
            assert!(next["failed"].is_null() && count < 600, "{from}: {next}");
            count += act(&mut browser, &next);
            // A selection is seen a moment after the mouse is let go.
            std::thread::sleep(std::time::Duration::from_millis(60));
            browser.until(IDLE);
        }
        press(&mut browser, "a");
        counts.push(count + 1);
        println!("{from}: {}", count + 1);
        browser.until(&format!(
            "new URLSearchParams(location.search).get('path') !== {}",
            json!(path)
        ));
        browser.until("document.querySelector('.facts, .empty') !== null");
        browser.until(IDLE);
    }
    assert_eq!(browser.complaints, Vec::<String>::new());
    counts
}

fn median(counts: &[usize]) -> usize {
    let mut counts = counts.to_vec();
    counts.sort_unstable();
    counts[counts.len() / 2]
}

/// An editor works off twenty labelled texts: `cargo test editor_settles -- --nocapture` prints each.
fn twenty(folder: &Path) -> (usize, usize) {
    let site = Site::new();
    site.write("tearsheet.toml", "title = \"Desk\"\n");
    let texts = labelled(folder, 20);
    for path in &texts {
        let text = std::fs::read(path.with_extension("txt")).expect("a text");
        let name = path.file_stem().expect("a name").to_string_lossy();
        std::fs::create_dir_all(site.path().join("inbox")).expect("made");
        std::fs::write(site.path().join(format!("inbox/{name}.txt")), text).expect("written");
    }
    assert_eq!(site.run(&["import"]).code, 0);
    let first = {
        let server = site.serve("0", &[]);
        edited(&site, &server, folder)
    };
    assert_eq!(first.len(), texts.len(), "all in one session");
    let strict = site.run(&["build", "--strict"]);
    assert_eq!(strict.code, 0, "{}", strict.err);
    let listed = site.run(&["review"]);
    assert_eq!(listed.out, "", "nothing is open any more");
    // The same texts again change nothing, and ask for nothing.
    let again = site.run(&["import"]);
    assert!(again.err.contains("kept as edited"), "{}", again.err);
    assert_eq!(site.run(&["review"]).out, "");
    (median(&first), first.iter().sum())
}

#[test]
fn an_editor_settles_twenty_texts() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let (median, sum) = twenty(&root.join("tests/press"));
    println!("our own texts: median {median}, {sum} in all");
    assert!(median <= 8, "{median} keys and clicks");
    let shared = root.join("../shared/press");
    if shared.is_dir() {
        let (median, sum) = twenty(&shared);
        println!("shared texts: median {median}, {sum} in all");
        assert!(median <= 8, "{median} keys and clicks");
    }
}

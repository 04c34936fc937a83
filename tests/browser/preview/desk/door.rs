//! What pages of others get of the desk, and what an article can do in it.

use std::io::{Read, Write};
use std::net::TcpListener;

use serde_json::json;

use crate::support::browser::Browser;
use crate::support::desk::{Client, FILE, RAW, site};
use crate::support::site::Site;

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

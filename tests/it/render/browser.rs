//! The site in a real browser: Chromium, spoken to over the `DevTools` protocol.

use std::net::TcpStream;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use tungstenite::stream::MaybeTlsStream;
use tungstenite::{Message, WebSocket};

use crate::support::site::Site;

const LIMIT: Duration = Duration::from_secs(60);

/// One page of a headless Chromium.
pub(crate) struct Browser {
    child: Child,
    socket: WebSocket<MaybeTlsStream<TcpStream>>,
    last: u64,
    /// What the console and the network complained about.
    pub(crate) complaints: Vec<String>,
    _profile: tempfile::TempDir,
}

impl Browser {
    pub(crate) fn new() -> Self {
        let profile = tempfile::tempdir().expect("a temporary folder");
        let name = std::env::var("CHROMIUM").unwrap_or_else(|_| "chromium".to_owned());
        let child = Command::new(&name)
            .args(["--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"])
            .args(["--no-first-run", "--disable-background-networking", "--disable-sync"])
            .args(["--disable-component-update", "--remote-debugging-port=0", "about:blank"])
            .arg(format!("--user-data-dir={}", profile.path().display()))
            .env("TMPDIR", profile.path())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap_or_else(|error| {
                panic!(
                    "the browser tests need `{name}` (Debian: apt-get install chromium): {error}"
                )
            });
        let told = profile.path().join("DevToolsActivePort");
        let port = wait(|| {
            let text = std::fs::read_to_string(&told).ok()?;
            Some(text.lines().next().filter(|_| text.contains('\n'))?.to_owned())
        });
        let list = format!("http://127.0.0.1:{port}/json/list");
        let url = wait(|| {
            let text = ureq::get(&list).call().ok()?.body_mut().read_to_string().ok()?;
            let pages: Value = serde_json::from_str(&text).ok()?;
            let page = pages.as_array()?.iter().find(|page| page["type"] == "page")?;
            Some(page["webSocketDebuggerUrl"].as_str()?.to_owned())
        });
        let (socket, _) = tungstenite::connect(url).expect("the browser talks");
        if let MaybeTlsStream::Plain(stream) = socket.get_ref() {
            stream.set_read_timeout(Some(LIMIT)).expect("a time limit");
        }
        let complaints = Vec::new();
        let mut browser = Self { child, socket, last: 0, complaints, _profile: profile };
        for domain in ["Page", "Runtime", "Log", "Network"] {
            browser.call(&format!("{domain}.enable"), &json!({}));
        }
        browser
    }

    /// Calls a method of the protocol and waits for its answer, noting complaints on the way.
    pub(crate) fn call(&mut self, method: &str, parameters: &Value) -> Value {
        self.last += 1;
        let call = json!({ "id": self.last, "method": method, "params": parameters });
        self.socket.send(Message::text(call.to_string())).expect("sent");
        loop {
            let message = self.next();
            if message["id"] == self.last {
                // A page that is just being left has no values; the next one will.
                let left =
                    message["error"]["message"].as_str().is_some_and(|m| m.contains("navigated"));
                assert!(left || message.get("error").is_none(), "{method}: {message}");
                return message["result"].clone();
            }
        }
    }

    fn next(&mut self) -> Value {
        let text = self.socket.read().expect("an answer in time").to_string();
        let message: Value = serde_json::from_str(&text).expect("JSON");
        let parameters = &message["params"];
        match message["method"].as_str() {
            Some("Runtime.exceptionThrown") => self.complaints.push(parameters.to_string()),
            Some("Runtime.consoleAPICalled") if parameters["type"] == "error" => {
                self.complaints.push(parameters.to_string());
            }
            Some("Log.entryAdded") if parameters["entry"]["level"] == "error" => {
                self.complaints.push(parameters["entry"].to_string());
            }
            _ => {}
        }
        message
    }

    pub(crate) fn open(&mut self, url: &str) {
        self.call("Page.navigate", &json!({ "url": url }));
        self.until("document.readyState === 'complete' && location.href !== 'about:blank'");
    }

    /// The value of a script expression in the page.
    pub(crate) fn value(&mut self, expression: &str) -> Value {
        let parameters = json!({ "expression": expression, "returnByValue": true });
        self.call("Runtime.evaluate", &parameters)["result"]["value"].clone()
    }

    pub(crate) fn until(&mut self, expression: &str) {
        let end = Instant::now() + LIMIT;
        while self.value(expression) != json!(true) {
            assert!(Instant::now() < end, "never became true: {expression}");
            std::thread::sleep(Duration::from_millis(30));
        }
    }

    pub(crate) fn window(&mut self, width: u32) {
        let metrics =
            json!({ "width": width, "height": 900, "deviceScaleFactor": 1, "mobile": width < 600 });
        self.call("Emulation.setDeviceMetricsOverride", &metrics);
    }
}

impl Drop for Browser {
    /// Asks the browser to close: killed, it would leave processes that go on writing into its folder.
    fn drop(&mut self) {
        let close = json!({ "id": 0, "method": "Browser.close" });
        let _ = self.socket.send(Message::text(close.to_string()));
        let end = Instant::now() + LIMIT;
        while self.child.try_wait().is_ok_and(|ended| ended.is_none()) {
            if Instant::now() > end {
                let _ = self.child.kill();
            }
            std::thread::sleep(Duration::from_millis(10));
        }
    }
}

fn wait<T>(mut ready: impl FnMut() -> Option<T>) -> T {
    let end = Instant::now() + LIMIT;
    loop {
        if let Some(value) = ready() {
            return value;
        }
        assert!(Instant::now() < end, "the browser did not start");
        std::thread::sleep(Duration::from_millis(30));
    }
}

fn site() -> Site {
    let site = Site::new();
    for (name, date, event) in [("a", "2022-05-23", "announced"), ("b", "2024-02", "ended")] {
        site.article(
            name,
            &format!(
                "title: \"Headline {name}\"\ndate: {date}\nlang: en\ncompanies: [xiaomi, leica-camera]\n\
                 tags: [optics]\nsource: {{ name: Weekly }}\npartnerships:\n  \
                 - parties: [xiaomi, leica-camera]\n    kind: co-development\n    event: {event}\n    \
                 evidence: \"the evidence of {name}\""
            ),
            &format!("This is the evidence of {name}.\n\n```rust\nfn main() {{}}\n```"),
        );
    }
    site
}

/// One page of every kind.
const PAGES: [&str; 12] = [
    "/",
    "/2022/05/23/a/",
    "/companies/",
    "/companies/xiaomi/",
    "/tags/",
    "/tags/optics/",
    "/archive/",
    "/2022/",
    "/2022/05/",
    "/timeline/",
    "/partnerships/leica-camera--xiaomi/",
    "/sources/weekly/",
];

#[test]
fn every_page_loads_without_a_complaint_and_fits_a_phone() {
    let site = site();
    let server = site.serve("0", &[]);
    let mut browser = Browser::new();
    for page in PAGES {
        for width in [360, 1280] {
            browser.window(width);
            browser.open(&format!("{}{page}", server.url));
            assert_eq!(browser.value("document.querySelectorAll('h1').length"), 1, "{page}");
            let wide = browser.value("document.documentElement.scrollWidth");
            assert!(wide.as_u64() <= Some(width.into()), "{page} is {wide} wide at {width}");
        }
    }
    assert_eq!(browser.complaints, Vec::<String>::new());
}

#[test]
fn a_built_site_works_from_the_disk() {
    let site = site();
    assert_eq!(site.run(&["build"]).code, 0);
    let mut browser = Browser::new();
    browser.open(&format!("file://{}/public/index.html", site.path().display()));
    let styled =
        "getComputedStyle(document.querySelector('.masthead')).borderBottomStyle === 'dotted'";
    assert_eq!(browser.value(styled), true, "the stylesheet is found");
    browser.value("document.querySelector('.card a[href*=\"/a/\"]').click()");
    browser.until("document.title.startsWith('Headline a') && document.readyState === 'complete'");
    browser.value("document.querySelector('.story-side a').click()");
    browser.until("document.querySelector('h1').textContent === 'Xiaomi'");
    assert_eq!(browser.complaints, Vec::<String>::new());
}

#[test]
fn an_edit_shows_by_itself_and_so_does_a_mistake() {
    let site = site();
    let server = site.serve("0", &[]);
    let mut browser = Browser::new();
    browser.open(&format!("{}/2022/05/23/a/", server.url));
    let file = "content/articles/a.md";
    let good = site.read(file);
    site.write(file, &good.replace("Headline a", "Changed while you look"));
    browser.until("document.querySelector('h1')?.textContent === 'Changed while you look'");
    site.write(file, &good.replace("2022-05-23", "<img src=x onerror=\"document.title='hit'\">"));
    browser.until(
        "document.querySelector('#tearsheet-errors')?.textContent.includes('is not a date')",
    );
    assert_eq!(browser.value("document.querySelectorAll('#tearsheet-errors img').length"), 0);
    assert_ne!(browser.value("document.title"), "hit");
    site.write(file, &good);
    browser.until("!document.querySelector('#tearsheet-errors') && document.querySelector('h1')?.textContent === 'Headline a'");
}

#[test]
fn an_edit_keeps_what_the_reader_was_doing() {
    let site = site();
    let file = "content/articles/a.md";
    let long = format!("{}\n\n{}", site.read(file), "A line of a long text.\n\n".repeat(80));
    site.write(file, &long);
    let server = site.serve("0", &[]);
    let mut browser = Browser::new();
    browser.window(1280);
    browser.open(&format!("{}/2022/05/23/a/", server.url));
    // What a reload would lose: a mark in the window, the focus, the place in the page.
    browser.value(
        "window.mark = 1; document.querySelector('.story-side a').focus(); scrollTo({ top: 500, behavior: 'instant' })",
    );
    let same =
        "window.mark === 1 && document.activeElement.matches('.story-side a') && scrollY === 500";
    site.write(file, &long.replace("Headline a", "Changed while you look"));
    browser.until("document.querySelector('h1')?.textContent === 'Changed while you look'");
    let kept = browser.value("[window.mark, document.activeElement.outerHTML, scrollY].join()");
    assert_eq!(browser.value(same), true, "after an edit of the article: {kept}");
    assert_eq!(browser.value("document.title.startsWith('Changed while you look')"), true);
    site.write("static/style.css", "body { background: rgb(1, 2, 3) }");
    browser.until("getComputedStyle(document.body).backgroundColor === 'rgb(1, 2, 3)'");
    browser.until("document.querySelectorAll('link[rel=stylesheet]').length === 1");
    assert_eq!(browser.value("window.mark"), 1, "after an edit of the style sheet");
    assert_eq!(browser.complaints, Vec::<String>::new());
}

#[test]
fn the_timeline_works_without_scripts() {
    let site = site();
    assert_eq!(site.run(&["build"]).code, 0);
    let mut browser = Browser::new();
    browser.call("Emulation.setScriptExecutionDisabled", &json!({ "value": true }));
    browser.window(1280);
    browser.open(&format!("file://{}/public/timeline/index.html", site.path().display()));
    let shown = "(() => { const svg = [...document.querySelectorAll('svg.lanes')].filter(s => s.getBoundingClientRect().width > 0); \
                 return svg.length === 1 && svg[0].querySelectorAll('.lane .bar').length > 0; })()";
    assert_eq!(browser.value(shown), true, "exactly one drawing is shown");
    assert_eq!(browser.value("document.querySelectorAll('.events .event').length"), 2);
    assert_eq!(
        browser.value("document.querySelectorAll('.filters a[href*=\"status/ended\"]').length"),
        1
    );
    // A filter is a plain link to a page of its own.
    let href = browser.value("document.querySelector('.filters a[href*=\"2024\"]').href");
    browser.open(href.as_str().expect("a link"));
    browser.until("document.querySelectorAll('.events .event').length === 1");
    assert!(browser.value("document.body.textContent").to_string().contains("the evidence of b"));
}

//! A real browser: Chromium, spoken to over the `DevTools` protocol.

use std::net::TcpStream;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use tungstenite::stream::MaybeTlsStream;
use tungstenite::{Message, WebSocket};

const LIMIT: Duration = Duration::from_secs(60);

/// One page of a headless Chromium.
pub struct Browser {
    child: Child,
    socket: WebSocket<MaybeTlsStream<TcpStream>>,
    last: u64,
    /// What the console and the network complained about.
    pub complaints: Vec<String>,
    _profile: tempfile::TempDir,
}

impl Browser {
    pub fn new() -> Self {
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
    pub fn call(&mut self, method: &str, parameters: &Value) -> Value {
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

    pub fn open(&mut self, url: &str) {
        self.call("Page.navigate", &json!({ "url": url }));
        self.until("document.readyState === 'complete' && location.href !== 'about:blank'");
    }

    /// The value of a script expression in the page.
    pub fn value(&mut self, expression: &str) -> Value {
        let parameters = json!({ "expression": expression, "returnByValue": true });
        self.call("Runtime.evaluate", &parameters)["result"]["value"].clone()
    }

    pub fn until(&mut self, expression: &str) {
        let end = Instant::now() + LIMIT;
        while self.value(expression) != json!(true) {
            assert!(Instant::now() < end, "never became true: {expression}");
            std::thread::sleep(Duration::from_millis(30));
        }
    }

    pub fn window(&mut self, width: u32) {
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

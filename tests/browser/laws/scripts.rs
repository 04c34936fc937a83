//! Law 5 in a browser that was told to ignore the Content-Security-Policy, so that the policy does not cover up
//! for a hole in the sanitiser: what does run of all that `tests/it/laws/scripts.rs` looks for.

use std::path::PathBuf;

use serde_json::json;

use crate::support::browser::Browser;
use crate::support::infected::{
    PAYLOADS, assert_none, build, files, infected_content, infected_settings,
};
use crate::support::site::Site;

/// Catches what a payload does where it would do it.
const TRAP: &str = "Object.defineProperty(window, 'pwned', { set: value => console.error('PWNED', value, location.href) }); \
     for (const name of ['alert', 'confirm', 'prompt']) window[name] = () => console.error('PWNED', name, location.href);";

/// How many pages the browser opens side by side.
const FRAMES: usize = 60;

#[test]
fn no_payload_in_content_runs_in_a_browser() {
    check_in_browser(&infected_content());
}

#[test]
fn no_payload_in_settings_runs_in_a_browser() {
    check_in_browser(&infected_settings());
}

/// Opens every page of the site.
fn check_in_browser(site: &Site) {
    let mut browser = Browser::new();
    browser.call("Page.setBypassCSP", &json!({ "enabled": true }));
    // Looking for hosts that are not there takes a browser minutes.
    browser.call("Network.setBlockedURLs", &json!({ "urls": ["http://*", "https://*"] }));
    browser.call("Page.addScriptToEvaluateOnNewDocument", &json!({ "source": TRAP }));
    build(site, &[]);
    let infected = site.write("public/infected.html", "<img src=x onerror=pwned=-1>");
    let pages = files(site, "html");
    let mut opened = 0;
    for (at, some) in pages.chunks(FRAMES).enumerate() {
        let frame = |path: &PathBuf| {
            let address = url::Url::from_file_path(path).expect("a whole path");
            format!("<iframe src=\"{address}\" width=300 height=200></iframe>\n")
        };
        let text: String = some.iter().map(frame).collect();
        let path = site.write(&format!("frames-{at}.html"), &format!("<!doctype html>{text}"));
        browser.open(&format!("file://{}", path.display()));
        opened += browser.value("frames.length").as_u64().expect("a number");
    }
    assert_eq!(opened, pages.len() as u64);
    // What loads late runs late; one more answer shows that the browser has got so far.
    std::thread::sleep(std::time::Duration::from_millis(300));
    browser.value("1");
    let (ran, _): (Vec<String>, Vec<String>) =
        browser.complaints.drain(..).partition(|complaint| complaint.contains("PWNED"));
    let (trapped, ran): (Vec<String>, Vec<String>) =
        ran.into_iter().partition(|complaint| complaint.contains("infected.html"));
    assert!(!trapped.is_empty(), "the trap catches {}", infected.display());
    assert_none(&ran);
}

#[test]
fn no_payload_runs_in_the_results_of_a_search() {
    let site = infected_content();
    let server = site.serve("0", &[]);
    let mut browser = Browser::new();
    browser.call("Page.setBypassCSP", &json!({ "enabled": true }));
    browser.call("Page.addScriptToEvaluateOnNewDocument", &json!({ "source": TRAP }));
    // All articles with all their texts, then companies and partnerships by words of the payloads.
    browser.open(&format!("{}/search/?language=en", server.url));
    let more = "(() => { const more = document.getElementById('search-more'); if (!more.hidden) more.click(); \
                return more.hidden && document.querySelectorAll('.found').length; })()";
    let end = std::time::Instant::now() + std::time::Duration::from_secs(60);
    let mut shown = json!(null);
    while shown.as_u64().is_none_or(|shown| shown == 0) {
        assert!(std::time::Instant::now() < end, "{shown} {:?}", browser.complaints);
        std::thread::sleep(std::time::Duration::from_millis(30));
        shown = browser.value(more);
    }
    assert!(shown.as_u64().is_some_and(|shown| shown >= PAYLOADS.len() as u64), "{shown}");
    for query in [
        "script",
        "img",
        "svg",
        "onerror",
        "<img src=x onerror=pwned=1>",
        "\"><svg onload=pwned=2>",
    ] {
        let asked: String = url::form_urlencoded::byte_serialize(query.as_bytes()).collect();
        browser.open(&format!("{}/search/?q={asked}&company={asked}", server.url));
        browser.until("document.getElementById('search-status').textContent !== ''");
        browser.open(&format!("{}/search/?q={asked}", server.url));
        browser.until("document.getElementById('search-status').textContent !== ''");
    }
    std::thread::sleep(std::time::Duration::from_millis(300));
    browser.value("1");
    browser.complaints.retain(|complaint| complaint.contains("PWNED"));
    assert_none(&browser.complaints);
}

//! The built site below a path of a real web server, seen by a real browser.

use std::collections::BTreeSet;

use crate::support::browser::Browser;
use crate::support::nginx::{Nginx, ending, sample};
use crate::support::site::tree as files;

/// Opens every page that can be reached from the home page; gives all addresses that were asked for, and
/// those of which something is wrong.
fn walk(browser: &mut Browser, home: &str) -> (BTreeSet<String>, Vec<String>) {
    let mut known = BTreeSet::from([home.to_owned()]);
    let mut next = vec![home.to_owned()];
    let mut wrong = Vec::new();
    let own = home.split('/').take(3).collect::<Vec<_>>().join("/");
    let found = "[...document.querySelectorAll('[href], [src]')].map(e => \
                 [e.href?.baseVal ? new URL(e.href.baseVal, location).href : e.href || e.src, e.localName])";
    while let Some(address) = next.pop() {
        browser.open(&address);
        let status = "performance.getEntriesByType('navigation')[0].responseStatus";
        if browser.value(status) != 200 {
            wrong.push(address.clone());
        }
        let links: Vec<(String, String)> =
            serde_json::from_value(browser.value(found)).expect("addresses");
        for (link, element) in links {
            let bare = link.split('#').next().unwrap_or(&link).to_owned();
            if !bare.starts_with(&own) || !known.insert(bare.clone()) {
                continue;
            }
            let is_page = element == "a" && matches!(ending(&bare), "" | "html");
            if is_page || bare.contains("index.html?") {
                next.push(bare);
                continue;
            }
            let ask = format!("fetch('{bare}').then(r => window.last = '{bare} ' + r.status)");
            browser.value(&ask);
            browser.until(&format!("window.last?.startsWith('{bare} ') === true"));
            let answer = browser.value("window.last");
            if answer != format!("{bare} 200") {
                wrong.push(format!("{address} links to {answer}"));
            }
        }
    }
    (known, wrong)
}

#[test]
fn below_a_path_of_a_web_server_every_link_leads_somewhere() {
    let site = sample();
    let www = site.path().join("www");
    assert_eq!(site.run(&["build", "-o", "www/x", "--precompress"]).code, 0);
    let nginx = Nginx::new(&site.read("nginx.conf"), &www, "/x");
    let mut browser = Browser::new();
    let (known, wrong) = walk(&mut browser, &format!("{}/x/", nginx.url));
    assert_eq!(wrong, Vec::<String>::new());
    let outside = known.iter().filter(|address| !address.starts_with(&format!("{}/x/", nginx.url)));
    assert_eq!(outside.collect::<Vec<_>>(), Vec::<&String>::new());
    // Nearly every page can be reached by links; not those that are shown when others are not there.
    let pages = files(&www).into_keys().filter(|path| path.ends_with("index.html")).count();
    let seen = known.iter().filter(|address| address.ends_with("index.html")).count();
    assert!(seen + 5 > pages, "{seen} of {pages} pages");
    assert_eq!(browser.complaints, Vec::<String>::new());

    // With its own address the 404 page finds its style sheet from any depth.
    let address = format!("{}/x", nginx.url);
    assert_eq!(site.run(&["build", "-o", "www/x", "--base-url", &address]).code, 0);
    browser.open(&format!("{address}/no/such/page/"));
    let styled = "getComputedStyle(document.querySelector('.skip')).position === 'absolute'";
    browser.until(styled);
    let lost = "performance.getEntriesByType('navigation')[0].responseStatus";
    assert_eq!(browser.value(lost), 404);
    browser.open(&format!("{address}/xiaomi-leica/"));
    browser.until("location.pathname.startsWith('/x/2022/05/23/')");
}

//! What grows with the digest stays readable in a window and on paper, and what scripts add to it.

use serde_json::json;

use crate::support::browser::Browser;
use crate::support::growing::{digest, events};
use crate::support::site::{Site, tree};

/// What a page may weigh, and how high it may be in a window of 1280 and one of 360.
const WEIGHT: usize = 200_000;
const HEIGHTS: [(u32, u64); 2] = [(1280, 12_000), (360, 20_000)];

#[test]
fn pages_of_a_large_digest_are_light_and_not_endless() {
    let site = digest(2000, 5000);
    let mut kinds = std::collections::BTreeMap::new();
    for (path, bytes) in tree(&site.path().join("public")) {
        let Some(kind) = path.strip_suffix(".html").and(kind(&bytes)) else { continue };
        assert!(bytes.len() <= WEIGHT, "{path} weighs {}", bytes.len());
        let heaviest = kinds.entry(kind).or_insert((0, String::new()));
        if bytes.len() > heaviest.0 {
            *heaviest = (bytes.len(), path);
        }
    }
    for kind in
        ["home", "timeline", "partnerships", "company", "partners", "companies", "countries"]
    {
        assert!(kinds.contains_key(kind), "no page is a {kind}: {:?}", kinds.keys());
    }
    let mut browser = Browser::new();
    for (width, most) in HEIGHTS {
        browser.window(width);
        for (kind, (_, path)) in &kinds {
            browser.open(&format!("file://{}/public/{path}", site.path().display()));
            let high = browser.value("document.documentElement.scrollHeight").as_u64();
            assert!(high <= Some(most), "{kind}: {path} is {high:?} high at {width}");
            let wide = browser.value("document.documentElement.scrollWidth").as_u64();
            assert!(wide <= Some(width.into()), "{kind}: {path} is {wide:?} wide at {width}");
        }
    }
}

/// What `<body>` says that a page is.
fn kind(page: &[u8]) -> Option<String> {
    let text = std::str::from_utf8(page).ok()?;
    let (_, rest) = text.split_once("<body class=\"")?;
    Some(rest.split_once('"')?.0.to_owned())
}

#[test]
fn a_company_is_printed_on_one_sheet() {
    let site = digest(120, 240);
    let mut browser = Browser::new();
    browser.call("Emulation.setEmulatedMedia", &json!({ "media": "print" }));
    // A4 without the margins of `@page`, in pixels.
    browser.window(688);
    browser.open(&format!("file://{}/public/companies/xiaomi/index.html", site.path().display()));
    let high = browser.value("document.body.getBoundingClientRect().height").as_f64();
    assert!(high <= Some(1017.0), "a company is printed on one sheet: {high:?}");
}

#[test]
fn the_timeline_narrows_by_all_that_its_address_says() {
    let site = digest(150, 700);
    let server = site.serve("0", &[]);
    let mut browser = Browser::new();
    browser.window(1280);
    let lanes = "document.querySelectorAll('svg.lanes.drawn .lane').length";
    browser.open(&format!("{}/timeline/?company=xiaomi&status=announced&from=2020", server.url));
    browser.until(&format!("{lanes} > 0"));
    let few = browser.value(lanes).as_u64();
    let states = "[...document.querySelectorAll('svg.drawn .lane')].every(lane => lane.matches('.announced'))";
    assert_eq!(browser.value(states), true, "only what is asked for is drawn");
    assert_eq!(
        browser.value("document.querySelector('#page-explore [name=company]').value"),
        "Xiaomi"
    );
    // One filter less shows more, in less or more room, and the address follows.
    browser.value(
        "(() => { const form = document.querySelector('#page-explore'); form.elements.status.value = ''; \
         form.dispatchEvent(new Event('change', { bubbles: true })); })()",
    );
    browser.until("!location.search.includes('status')");
    browser.until(&format!("{lanes} > {}", few.unwrap_or(0)));
    assert_eq!(browser.value("location.search"), "?company=xiaomi&from=2020");
    let high = "document.querySelector('svg.drawn').viewBox.baseVal.height";
    assert_eq!(browser.value(&format!("{high} === 42 + 34 * {lanes}")), true, "rows collapse");
    // Every mark leads to an event that is told there.
    let link = browser.value(
        "document.querySelector('svg.drawn .lane a + a, svg.drawn .lane rect + a').href.baseVal",
    );
    let address = format!("new URL({link}, location.href).href");
    let address = browser.value(&address);
    browser.open(address.as_str().expect("an address"));
    browser.until("document.querySelector(':target')?.matches('.event')");
    assert_eq!(browser.complaints, Vec::<String>::new());
}

#[test]
fn a_mark_shows_a_card_with_its_evidence() {
    let site = Site::new();
    let matter = "title: A\nlang: en\ndate: 2026-03-01\ncompanies: [dot, red]\npartnerships:\n  - parties: \
                  [dot, red]\n    kind: supply\n    event: signed\n    evidence: \"They have signed.\"";
    site.article("a", matter, "They have signed.");
    let server = site.serve("0", &[]);
    let mut browser = Browser::new();
    browser.window(1280);
    // On a company's page no event is listed, so that it comes from the partnership's.
    for page in ["/timeline/", "/companies/dot/"] {
        browser.open(&format!("{}{page}", server.url));
        browser.value("document.querySelector('svg.lanes.wide use').dispatchEvent(new PointerEvent('pointerover', { bubbles: true }))");
        browser.until("document.querySelector('.lane-card:not([hidden])')?.textContent.includes('They have signed.')");
    }
    browser.value("document.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape' }))");
    browser.until("document.querySelector('.lane-card').hidden");
    assert_eq!(browser.complaints, Vec::<String>::new());
}

#[test]
fn dark_or_light_is_remembered_and_so_is_the_last_visit() {
    let site = Site::new();
    events(&site, "dot, red", "supply", &[("2026-01-02", "announced")]);
    let server = site.serve("0", &[]);
    let mut browser = Browser::new();
    let scheme = json!({ "features": [{ "name": "prefers-color-scheme", "value": "light" }] });
    browser.call("Emulation.setEmulatedMedia", &scheme);
    browser.open(&format!("{}/", server.url));
    let paper = "getComputedStyle(document.body).backgroundColor";
    let light = browser.value(paper);
    browser.value("document.querySelector('.theme').click()");
    browser.until(&format!("{paper} !== {light}"));
    assert_eq!(
        browser.value("document.querySelector('#page-visit').hidden"),
        true,
        "a first visit"
    );
    events(&site, "blue, dot", "supply", &[("2026-01-03", "announced")]);
    server.wait_for("/", |_, page| page.contains("Blue and Dot announce"));
    browser.open(&format!("{}/?again", server.url));
    assert_ne!(browser.value(paper), light, "dark is remembered");
    browser.until("!document.querySelector('#page-visit').hidden");
    let fresh = browser.value("[...document.querySelectorAll('.notice.fresh a')][0].textContent");
    assert_eq!(fresh, "Blue and Dot announce a partnership");
    assert_eq!(browser.value("document.querySelectorAll('.notice.fresh').length"), 1);
}

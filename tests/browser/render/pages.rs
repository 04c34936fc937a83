//! The pages of a site as a reader has them: on a phone, from the disk, without scripts, while somebody edits.

use serde_json::json;

use crate::support::browser::Browser;
use crate::support::site::Site;

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

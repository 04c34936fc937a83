//! Raw texts that are put into the inbox while the site is previewed.

use std::fs::{self, OpenOptions};
use std::io::Write;
use std::time::Duration;

use crate::support::site::{Site, tree};

const TEXT: &str = "Lens maker and phone maker sign a pact\n\nBy Ann Reporter, 23 May 2022\n\n\
    Xiaomi and Leica Camera said on Monday that they will develop cameras for phones together. The two \
    companies signed a long-term agreement in Berlin.\n\nThe first phone is planned for July.\n";

/// The Markdown files below `content/articles/`.
fn articles(site: &Site) -> Vec<String> {
    let all = tree(&site.path().join("content/articles")).into_values();
    all.map(|bytes| String::from_utf8(bytes).expect("text")).collect()
}

#[test]
fn a_text_in_the_inbox_becomes_a_draft() {
    let site = Site::new();
    site.article("old", "title: Old\nlang: en\ndate: 2020-01-01", "Old.");
    // What lies there before waits for the command.
    site.write("inbox/before.txt", "Another text altogether. It has two sentences.\n");
    let server = site.serve("0", &[]);
    // Whoever copies a file may take his time over it.
    let path = site.path().join("inbox/pact.txt");
    let (begin, end) = TEXT.split_at(150);
    fs::write(&path, begin).expect("written");
    std::thread::sleep(Duration::from_millis(400));
    let mut file = OpenOptions::new().append(true).open(&path).expect("open");
    file.write_all(end.as_bytes()).expect("written");
    let page = "/2022/05/23/lens-maker-and-phone-maker-sign-a-pact/";
    let html = server.wait_for(page, |status, _| status == 200);
    assert!(html.contains("class=\"draft\"") && html.contains("planned for July"), "{html}");
    let all = articles(&site);
    assert_eq!(all.len(), 2, "{all:?}");
    assert!(all.iter().any(|text| text.contains("\ndraft: true\n")), "{all:?}");
    drop(server);
    // A draft is not published, and reading the text again changes nothing.
    assert_eq!(site.run(&["build"]).code, 0);
    assert!(!site.path().join("public").join(page.trim_matches('/')).exists());
    let before = articles(&site);
    let again = site.run(&["import", "inbox/pact.txt"]);
    assert!(again.code == 0 && again.err.contains("already in"), "{}", again.err);
    assert_eq!(articles(&site), before);
    // The text that was there before.
    let rest = site.run(&["import"]);
    assert_eq!((rest.code, articles(&site).len()), (0, 3), "{}", rest.err);
}

#[test]
fn a_text_that_grows_is_one_article() {
    let site = Site::new();
    site.article("old", "title: Old\nlang: en\ndate: 2020-01-01", "Old.");
    let server = site.serve("0", &[]);
    let (begin, end) = TEXT.split_at(190);
    // What an editor's program leaves beside a file, and a folder, are no texts.
    fs::create_dir_all(site.path().join("inbox/folder.txt")).expect("made");
    site.write("inbox/.#pact.txt", "lock");
    let path = site.write("inbox/pact.txt", begin);
    let page = "/2022/05/23/lens-maker-and-phone-maker-sign-a-pact/";
    server.wait_for(page, |status, _| status == 200);
    let mut file = OpenOptions::new().append(true).open(&path).expect("open");
    file.write_all(end.as_bytes()).expect("written");
    server.wait_for(page, |_, text| text.contains("planned for July"));
    assert_eq!(articles(&site).len(), 2);
    // Another inbox in the place of this one.
    fs::rename(site.path().join("inbox"), site.path().join("done")).expect("renamed");
    fs::create_dir(site.path().join("inbox")).expect("made");
    std::thread::sleep(Duration::from_millis(300));
    site.write(
        "inbox/next.txt",
        &TEXT.replace("Lens maker", "Glass maker").replace("Berlin", "Bonn"),
    );
    server.wait_for("/2022/05/23/glass-maker-and-phone-maker-sign-a-pact/", |status, _| {
        status == 200
    });
    assert_eq!(articles(&site).len(), 3);
}

#[test]
fn the_inbox_is_left_alone_when_it_shall_be() {
    let site = Site::new();
    site.article("old", "title: Old\nlang: en\ndate: 2020-01-01", "Old.");
    let server = site.serve("0", &["--no-import"]);
    site.write("inbox/pact.txt", TEXT);
    std::thread::sleep(Duration::from_millis(2500));
    site.article("new", "title: New\nlang: en\ndate: 2020-01-02", "New.");
    server.wait_for("/2020/01/02/new/", |status, _| status == 200);
    assert_eq!(articles(&site).len(), 2);
}

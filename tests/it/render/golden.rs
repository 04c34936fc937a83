//! A small site with one of everything, compared byte by byte with what it gave before.
//!
//! `UPDATE_GOLDEN=1 cargo test golden` writes the new output; the difference is then for git to show
//! and for you to read.

use std::fmt::Write;
use std::path::Path;

use tearsheet::memo::Memo;
use tearsheet::model::PartialDate;
use tearsheet::{pipeline, read};

#[test]
fn the_golden_site_has_not_changed() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden");
    let today = PartialDate::day(2024, 3, 1).expect("a real day");
    let inputs =
        read::Reader::default().inputs(&folder.join("site"), None, today, None).expect("readable");
    let output = pipeline::run(&inputs, &mut Memo::default());
    let mut now = String::new();
    for diagnostic in &output.diagnostics {
        let _ = writeln!(now, "{}\n", diagnostic.render(false));
    }
    for (path, bytes) in &output.files {
        let text = std::str::from_utf8(bytes).expect("text");
        // Scripts and style sheets are there twice, once under a name for each content.
        if path.split('.').nth(2).is_some_and(|end| matches!(end, "css" | "js")) {
            let _ = writeln!(now, "==== {path}");
            continue;
        }
        // JSON is written without line breaks; with them a difference can be read.
        let json = serde_json::from_str::<serde_json::Value>(text).ok();
        let shown = json.filter(|_| path.rsplit('.').next() == Some("json"));
        let shown = shown.map(|value| serde_json::to_string_pretty(&value).expect("JSON"));
        let shown = shown.unwrap_or_else(|| without_frame(path, text));
        let _ = writeln!(now, "==== {path}\n{}", shown.trim_end());
    }
    let golden = folder.join("site.txt");
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        std::fs::write(&golden, &now).expect("written");
    }
    let before = std::fs::read_to_string(&golden).unwrap_or_default();
    if now != before {
        let difference = similar::TextDiff::from_lines(&before, &now);
        let difference = difference.unified_diff().context_radius(2).to_string();
        let shown: Vec<&str> = difference.lines().take(80).collect();
        panic!("the golden site has changed:\n{}", shown.join("\n"));
    }
}

/// A page without what stands around every page; the home page keeps it.
fn without_frame(path: &str, text: &str) -> String {
    let mut text = text.to_owned();
    if path == "index.html" {
        return text;
    }
    for (start, end) in [("<header class=\"masthead\">", "</header>"), ("<footer", "</footer>")] {
        if let Some((at, to)) = text.find(start).zip(text.find(end))
            && at < to
        {
            text.replace_range(at..to, start);
        }
    }
    text
}

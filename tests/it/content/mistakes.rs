//! What an editor is told about the mistakes that people make, as it stands on the terminal.
//!
//! Each file of `tests/mistakes/` has the files of a site, and what is said of them at its end.
//! `UPDATE_GOLDEN=1 cargo test mistakes` writes what is said now; read it as an editor would.

use std::path::Path;

use tearsheet::diagnostic::Diagnostic;
use tearsheet::memo::Memo;
use tearsheet::model::PartialDate;
use tearsheet::{pipeline, read};

const FILE: &str = "==== ";
const SAYS: &str = "==== says\n";

/// What is said of a site, message by message.
fn said(files: &str) -> Vec<Diagnostic> {
    let folder = tempfile::tempdir().expect("a temporary folder");
    for part in files.split(FILE).filter(|part| !part.is_empty()) {
        let (path, text) = part.split_once('\n').expect("a path and a text");
        let path = folder.path().join(path);
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("made");
        std::fs::write(path, text).expect("written");
    }
    let today = PartialDate::day(2024, 3, 1).expect("a real day");
    let inputs =
        read::Reader::default().inputs(folder.path(), None, today, None).expect("readable");
    pipeline::run(&inputs, &mut Memo::default()).diagnostics
}

#[test]
fn golden_mistakes() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/mistakes");
    let mut all: Vec<_> = std::fs::read_dir(&folder)
        .expect("readable")
        .map(|entry| entry.expect("an entry").path())
        .collect();
    all.sort();
    let mut differ = Vec::new();
    for path in &all {
        let text = std::fs::read_to_string(path).expect("text");
        let (files, before) = text.split_once(SAYS).unwrap_or((&text, ""));
        let found = said(files);
        let name = path.file_name().expect("a name").to_string_lossy();
        assert!(!found.is_empty(), "nothing is said of {name}");
        for one in &found {
            let is_placed = one.place.is_some() || name == "no-articles.txt";
            assert!(is_placed, "{name}: no place: {}", one.render(false));
            assert!(!one.message.contains('\n'), "{name}: {}", one.message);
        }
        let now: Vec<String> = found.iter().map(|one| one.render(false)).collect();
        let now = now.join("\n\n");
        let lines = now.lines().map(|line| format!("{}\n", line.trim_end()));
        let now: String = lines.collect();
        if now != before {
            if std::env::var_os("UPDATE_GOLDEN").is_some() {
                std::fs::write(path, format!("{files}{SAYS}{now}")).expect("written");
            }
            differ.push(format!(
                "{name}:\n{}",
                similar::TextDiff::from_lines(before, &now).unified_diff()
            ));
        }
    }
    assert!(all.len() >= 40);
    assert!(differ.is_empty(), "{}", differ.join("\n"));
}

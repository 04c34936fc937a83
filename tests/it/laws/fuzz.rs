//! The laws of the fuzz targets, held against their corpora and against our own texts, whole and cut.

#[path = "../../../fuzz/laws.rs"]
mod laws;

use std::path::{Path, PathBuf};

/// Everything below a folder that is a file, in order.
fn files(folder: &Path) -> Vec<PathBuf> {
    let mut all = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(next) = folders.pop() {
        for entry in std::fs::read_dir(&next).unwrap_or_else(|e| panic!("{}: {e}", next.display()))
        {
            let path = entry.expect("an entry").path();
            if path.is_dir() { folders.push(path) } else { all.push(path) }
        }
    }
    all.sort();
    all
}

/// Runs a target over the files of some folders, and over their beginnings.
fn run(folders: &[&str], target: impl Fn(&[u8])) {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut count = 0;
    for path in folders.iter().flat_map(|folder| files(&root.join(folder))) {
        let bytes = std::fs::read(&path).expect("a file");
        println!("{}", path.display());
        target(&bytes);
        // Cut anywhere, also inside a character.
        for part in [1, 2, 3] {
            target(&bytes[..bytes.len() * part / 4]);
        }
        count += 1;
    }
    assert!(count > 0, "{folders:?} are empty");
}

fn text(target: impl Fn(&str)) -> impl Fn(&[u8]) {
    move |bytes| target(&String::from_utf8_lossy(bytes))
}

#[test]
fn corpus_of_raw_texts() {
    run(&["fuzz/corpus/raw_text", "tests/stories"], laws::raw_text);
}

#[test]
fn corpus_of_pages() {
    run(&["fuzz/corpus/page", "templates"], laws::page);
}

#[test]
fn corpus_of_feeds() {
    run(&["fuzz/corpus/feed"], laws::feed);
}

#[test]
fn corpus_of_front_matters() {
    run(&["fuzz/corpus/front_matter", "content", "tests/golden/site"], text(laws::front_matter));
}

#[test]
fn corpus_of_markdown() {
    run(&["fuzz/corpus/markdown", "content", "docs"], text(laws::markdown));
}

#[test]
fn corpus_of_dates_and_names() {
    run(&["fuzz/corpus/dates"], text(laws::dates));
    run(&["fuzz/corpus/names", "tests/press"], text(|text| text.lines().for_each(laws::names)));
}

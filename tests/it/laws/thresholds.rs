//! Numbers that decide how a text is understood stand in one file a module, with how they were found.

use std::path::Path;

use super::layers::rust_files;

/// The folders of `src` of which each has its numbers in the nearest `thresholds.rs`.
const FOLDERS: &[&str] = &["understand", "import", "index", "check", "desk"];

/// Numbers that decide nothing of the kind and may stand beside the code.
const OTHERS: &[(&str, &[&str])] = &[
    // Formats: what a table, a filter, a key or front matter is made of.
    ("understand/entities/evidence.rs", &["HASHES", "OFFSET"]),
    ("understand/lexicon.rs", &["PAIRS"]),
    ("understand/names.rs", &["HEAD"]),
    ("understand/structure/features/mod.rs", &["COUNT"]),
    ("understand/structure/features/text.rs", &["LONG_LINE_WIDTH"]),
    ("understand/structure/model.rs", &["LABELS", "WIDTH", "GATES", "SHARED"]),
    ("import/passages.rs", &["WORDS", "LETTERS"]),
    ("import/second_reader.rs", &["VERSION"]),
    ("index/traces.rs", &["BASE"]),
    // Safety: what would cost too much time or memory.
    ("import/mod.rs", &["MAX_TEXT"]),
    ("import/feed/plain.rs", &["LINE"]),
    ("import/feed/tree.rs", &["DEPTH", "ELEMENTS"]),
    ("import/foreign/ghost/lexical.rs", &["DEPTH"]),
    ("import/foreign/vault.rs", &["DEPTH"]),
    ("import/foreign/wordpress/body.rs", &["DEPTH"]),
    ("import/foreign/wordpress/markup.rs", &["TAG"]),
    ("import/foreign/wordpress/shortcodes.rs", &["DEPTH", "LINE"]),
    ("import/html/mod.rs", &["MAX_TAGS"]),
    ("import/html/writer/tables.rs", &["COLUMNS", "CELLS"]),
    ("index/links.rs", &["DEAD_LINKS", "HINTS"]),
    ("index/particulars.rs", &["LONGEST_WORD"]),
    ("index/pictures.rs", &["MOST_PIXELS"]),
    ("index/succession.rs", &["LONGEST"]),
    // Sizes of what is shown.
    ("desk/view.rs", &["OFFERS", "FEW"]),
    ("index/pages.rs", &["EVENTS_LISTED", "ROWS_LISTED", "PARTNERS_SHOWN"]),
];

/// The name of the number that a line gives one, if it does.
fn number(line: &str) -> Option<&str> {
    let line = line.trim_start();
    let line = match line.strip_prefix("pub") {
        Some(rest) => {
            rest.strip_prefix('(').map_or(rest, |rest| rest.split_once(')').map_or("", |r| r.1))
        }
        None => line,
    };
    let (name, rest) = line.trim_start().strip_prefix("const ")?.split_once(": ")?;
    let kind = rest.split_once(" =")?.0;
    let kind = kind.rsplit("::").next().unwrap_or(kind);
    let kind = kind.split_once('<').map_or(kind, |(outer, inner)| {
        if outer.starts_with("Range") { inner.trim_end_matches('>') } else { outer }
    });
    let is_number = ["usize", "isize", "Duration"].contains(&kind)
        || kind.strip_prefix(['u', 'i', 'f']).is_some_and(|bits| bits.parse::<u8>().is_ok());
    is_number.then_some(name)
}

#[test]
fn numbers_of_heuristics_have_one_place() {
    assert_eq!(number("pub(super) const NEAR: RangeInclusive<usize> = 2..=4;"), Some("NEAR"));
    assert_eq!(number("const SURE: f32 = 0.9;"), Some("SURE"));
    assert_eq!(number("const NAMES: &[&str] = &["), None);
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut seen = Vec::new();
    for folder in FOLDERS {
        let mut files = Vec::new();
        rust_files(&src.join(folder), &mut files);
        for path in files {
            let file = path.strip_prefix(&src).expect("below src").to_string_lossy().into_owned();
            let text = std::fs::read_to_string(&path).expect("text");
            let mut before = "";
            for line in text.lines() {
                if let Some(name) = number(line) {
                    if file.ends_with("thresholds.rs") {
                        let is_told = before.trim_start().starts_with("///");
                        assert!(is_told, "{file}: say what {name} decides");
                    } else {
                        seen.push((file.clone(), name.to_owned()));
                    }
                }
                before = line;
            }
        }
    }
    let others: Vec<(String, String)> = OTHERS
        .iter()
        .flat_map(|(file, names)| names.iter().map(|name| ((*file).to_owned(), (*name).to_owned())))
        .collect();
    for (file, name) in &seen {
        let is_other = others.contains(&(file.clone(), name.clone()));
        assert!(is_other, "{name} of {file} belongs into the nearest thresholds.rs");
    }
    for other in &others {
        assert!(seen.contains(other), "{other:?} is not there: strike it from the list");
    }
}

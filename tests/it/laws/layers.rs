//! The modules form layers: each imports only from below, and each heavy crate has one place.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// A module and its layer. A module may use those of lower layers and of its own.
const LAYERS: &[(&str, u8)] = &[
    ("model", 0),
    ("source", 0),
    ("diagnostic", 0),
    ("timings", 0),
    ("signature", 0),
    ("fingerprint", 0),
    ("config", 1),
    ("parse", 1),
    ("understand", 2),
    ("index", 3),
    ("import", 3),
    ("render", 4),
    ("scaffold", 5),
    ("schema", 5),
    ("memo", 5),
    ("build_cache", 5),
    ("pipeline", 5),
    ("check", 5),
    ("desk", 5),
    ("cli", 6),
    ("commands", 6),
];

/// The edges touch disk, clock, network and terminal; they may use layer 0 only, and nobody but the
/// commands may use them.
const EDGES: &[&str] = &["read", "write", "server", "watcher", "terminal", "fetch"];

/// Crates that do their work in one place each.
const PLACES: &[(&str, &[&str])] = &[
    ("tera", &["render"]),
    ("pulldown_cmark", &["parse"]),
    ("pulldown_latex", &["parse"]),
    ("syntect", &["parse"]),
    ("two_face", &["parse"]),
    ("ammonia", &["parse"]),
    ("granit_parser", &["parse"]),
    ("toml_edit", &["parse"]),
    ("notify", &["watcher"]),
    ("walkdir", &["read"]),
    ("ureq", &["fetch"]),
    ("quick_xml", &["import"]),
    ("html5ever", &["check"]),
    ("schemars", &["render"]),
    ("csv", &["render"]),
    ("image_webp", &["render"]),
    ("png", &["render"]),
    ("jpeg_encoder", &["render"]),
    ("zune_jpeg", &["render"]),
    ("icalendar", &["render"]),
    ("tera_contrib", &["render"]),
    ("imagesize", &["index"]),
    ("indicatif", &["terminal"]),
    ("brotli", &["write"]),
    ("flate2", &["write"]),
    ("zstd", &["write"]),
    ("icu_datetime", &["render"]),
    ("icu_collator", &["render"]),
    ("icu_plurals", &["render"]),
    ("encoding_rs", &["import"]),
    ("axum", &["server"]),
    ("tokio", &["server", "commands"]),
    ("rustix", &["write"]),
    ("clap", &["cli", "commands", "main"]),
    ("jiff", &["commands", "render"]),
];

/// What reaches for the world outside; the pure middle must not.
const WORLD: &[&str] =
    &["std::fs", "std::net", "std::env", "std::time", "std::process", "println!"];
const PURE: &[&str] = &[
    "model",
    "source",
    "diagnostic",
    "config",
    "parse",
    "understand",
    "index",
    "import",
    "render",
    "memo",
    "build_cache",
    "pipeline",
    "check",
    "desk",
];

pub(super) fn rust_files(folder: &Path, into: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).expect("readable") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            rust_files(&path, into);
        } else if path.extension().is_some_and(|end| end == "rs") {
            into.push(path);
        }
    }
}

/// The code of every module, without comments: module name → (file, text).
fn modules() -> BTreeMap<String, Vec<(String, String)>> {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    rust_files(&src, &mut files);
    let mut modules: BTreeMap<String, Vec<(String, String)>> = BTreeMap::new();
    for path in files {
        let relative = path.strip_prefix(&src).expect("below src").to_string_lossy().into_owned();
        let module = relative.split('/').next().unwrap_or("").trim_end_matches(".rs").to_owned();
        let text = std::fs::read_to_string(&path).expect("text");
        let code: Vec<&str> =
            text.lines().filter(|line| !line.trim_start().starts_with("//")).collect();
        modules.entry(module).or_default().push((relative, code.join("\n")));
    }
    modules
}

/// The modules of ours that a text names after `crate::`, also inside braces.
fn uses(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    for (at, _) in text.match_indices("crate::") {
        let rest = &text[at + "crate::".len()..];
        let group = rest.strip_prefix('{').and_then(|inner| inner.split_once('}')).map(|p| p.0);
        let names = group.map_or_else(|| vec![rest], |inner| inner.split(',').collect());
        for name in names {
            let name = name.trim();
            let end = name.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(name.len());
            found.push(name[..end].to_owned());
        }
    }
    found
}

#[test]
fn every_module_uses_only_what_lies_below() {
    let layer = |name: &str| LAYERS.iter().find(|row| row.0 == name).map(|row| row.1);
    let modules = modules();
    for (module, files) in &modules {
        let known = layer(module).is_some()
            || EDGES.contains(&module.as_str())
            || ["lib", "main"].contains(&module.as_str());
        assert!(known, "the module {module} has no layer: give it one");
        for (file, text) in files {
            for used in uses(text) {
                if used == *module || ["lib", "main"].contains(&module.as_str()) {
                    continue;
                }
                let fine = match (layer(module), layer(&used)) {
                    (Some(own), Some(other)) => other <= own,
                    // An edge.
                    (None, Some(other)) => other == 0,
                    (Some(own), None) => own == 6 && EDGES.contains(&used.as_str()),
                    (None, None) => false,
                };
                assert!(fine, "{file} uses crate::{used}, which does not lie below {module}");
            }
        }
    }
}

#[test]
fn every_heavy_crate_has_its_one_place() {
    for (module, files) in modules() {
        for (name, places) in PLACES {
            for (file, text) in &files {
                let named = text.match_indices(&format!("{name}::")).any(|(at, _)| {
                    !text[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_' || c == ':')
                });
                assert!(!named || places.contains(&module.as_str()), "{file} uses {name}");
            }
        }
    }
}

#[test]
fn the_middle_is_pure() {
    for (module, files) in modules().into_iter().filter(|row| PURE.contains(&row.0.as_str())) {
        for (file, text) in files {
            for word in WORLD {
                assert!(!text.contains(word), "{file} of {module} uses {word}");
            }
        }
    }
}

/// What a `use` names, path by path: `a::{b, c::{d, e}}` are three.
fn expanded(tree: &str) -> Vec<String> {
    let tree = tree.trim();
    let Some((before, rest)) = tree.split_once('{') else {
        let path = tree.split(" as ").next().unwrap_or_default();
        return vec![path.split_whitespace().collect()];
    };
    let inner = rest.rsplit_once('}').map_or(rest, |parts| parts.0);
    let (mut parts, mut depth, mut begin) = (Vec::new(), 0, 0);
    for (at, c) in inner.char_indices().chain([(inner.len(), ',')]) {
        match c {
            '{' => depth += 1,
            '}' => depth -= 1,
            ',' if depth == 0 => {
                parts.push(&inner[begin..at]);
                begin = at + 1;
            }
            _ => {}
        }
    }
    let parts = parts.into_iter().filter(|part| !part.trim().is_empty());
    let before: String = before.split_whitespace().collect();
    parts.flat_map(expanded).map(|part| format!("{before}{part}")).collect()
}

/// The file that a path in another one leads to; none where it leads out of the program.
fn file_of(path: &str, from: &str, files: &BTreeMap<String, Vec<String>>) -> Option<String> {
    let mut place: Vec<&str> = from.split("::").collect();
    let mut steps = path.split("::").peekable();
    match steps.peek() {
        Some(&"crate") => {
            place.clear();
            steps.next();
        }
        Some(&"self") => drop(steps.next()),
        Some(&"super") => {
            while steps.next_if_eq(&"super").is_some() {
                place.pop();
            }
        }
        Some(first) if files.contains_key(&format!("{from}::{first}")) => {}
        _ => return None,
    }
    let mut found = files.contains_key(&place.join("::")).then(|| place.join("::"));
    for step in steps {
        place.push(step);
        if !files.contains_key(&place.join("::")) {
            break;
        }
        found = Some(place.join("::"));
    }
    found
}

/// Files that use each other in a circle can only be understood together. A file may use the one that it
/// is a part of, whose business its parts are.
#[test]
fn no_files_use_each_other_in_a_circle() {
    let name = |file: &str| {
        let path = file.trim_end_matches(".rs").replace('/', "::");
        path.strip_suffix("::mod").map_or(path.clone(), str::to_owned)
    };
    let mut files: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for (file, text) in modules().into_values().flatten() {
        let uses = text.split(';').filter_map(|part| {
            let at =
                part.rfind("use ").filter(|at| part[..*at].ends_with(['\n', ' ']) || *at == 0)?;
            let line = part[..at].rsplit('\n').next().unwrap_or_default();
            (line.trim().is_empty() || line.trim().starts_with("pub"))
                .then(|| expanded(&part[at + 4..]))
        });
        files.insert(name(&file), uses.flatten().collect());
    }
    let edges: BTreeMap<&String, Vec<String>> = files
        .iter()
        .map(|(from, uses)| {
            let to = uses.iter().filter_map(|path| file_of(path, from, &files));
            let to = to.filter(|to| to != from && !from.starts_with(&format!("{to}::")));
            (from, to.collect())
        })
        .collect();
    assert!(edges.values().map(Vec::len).sum::<usize>() > 500, "the uses are found");
    // Whatever uses nothing that is left is taken away, until only circles are.
    let mut left: BTreeMap<&String, Vec<String>> = edges;
    loop {
        let free = |uses: &Vec<String>| uses.iter().all(|to| !left.contains_key(to));
        let gone: Vec<&String> = left.iter().filter(|row| free(row.1)).map(|row| *row.0).collect();
        if gone.is_empty() {
            break;
        }
        left.retain(|file, _| !gone.contains(file));
    }
    // Of the rest, only those matter that something in the rest uses.
    let circles: Vec<_> = left
        .iter()
        .map(|(from, to)| {
            let to: Vec<_> = to.iter().filter(|to| left.contains_key(to)).collect();
            format!("{from} uses {to:?}")
        })
        .collect();
    assert!(circles.is_empty(), "in circles, or using some that are:\n{}", circles.join("\n"));
}

//! From an empty folder to a site: `init`, `new`, and the schemas that help to fill it.

use std::fs;
use std::path::Path;

use serde_json::{Value, json};
use tearsheet::parse::{front_matter, tree};
use tearsheet::source::Source;

use crate::support::site::{Site, tree as files};

#[test]
fn a_sample_site_builds_and_its_inbox_can_be_imported() {
    let site = Site::new();
    let run = site.run(&["init"]);
    assert_eq!(run.code, 0, "{}", run.err);
    assert!(run.err.contains("tearsheet import && tearsheet serve"), "{}", run.err);
    let run = site.run(&["import"]);
    assert_eq!(run.code, 0, "{}", run.err);
    let articles = files(&site.path().join("content/articles/2025"));
    assert_eq!(articles.len(), 2, "{:?}", articles.keys());
    let texts: Vec<String> =
        articles.into_values().map(|bytes| String::from_utf8(bytes).expect("text")).collect();
    for part in [
        "date: 2025-03-14",
        "authors: [\"Ines Falk\"]",
        "parties: [lumenta, orbis-optics]",
        "kind: co-development",
    ] {
        assert!(texts.iter().any(|text| text.contains(part)), "{part} is not in {texts:?}");
    }
    for part in ["date: 2025-02-03", "lang: de", "kind: licensing", "telavia"] {
        assert!(texts.iter().any(|text| text.contains(part)), "{part} is not in {texts:?}");
    }
    let run = site.run(&["build", "--strict"]);
    assert_eq!(run.code, 0, "{}", run.err);
    assert!(site.read(".gitignore").lines().any(|line| line == "/public/"));
    // Every command that the README of the new site names is one.
    for line in site.read("README.md").lines().filter(|line| line.starts_with("tearsheet ")) {
        let command = line.split_whitespace().nth(1).expect("a command");
        assert_eq!(site.run(&[command, "--help"]).code, 0, "{line}");
    }
}

#[test]
fn nothing_is_overwritten() {
    let site = Site::new();
    site.write("README.md", "mine");
    let run = site.run(&["init", "--blank"]);
    assert_eq!(run.code, 0, "{}", run.err);
    assert!(run.err.contains("README.md is there already"), "{}", run.err);
    assert_eq!(site.read("README.md"), "mine");
    let before = files(site.path());
    let again = site.run(&["init"]);
    assert_eq!(again.code, 1);
    assert!(again.err.contains("there is a site in"), "{}", again.err);
    assert!(before == files(site.path()));
    // What stays behind is a site that can be built, and says what to do next.
    let run = site.run(&["build"]);
    assert_eq!(run.code, 0, "{}", run.err);
    assert!(run.err.contains("run `tearsheet import`"), "{}", run.err);
    let run = site.run(&["init", "other"]);
    assert_eq!(run.code, 0, "{}", run.err);
    assert!(site.path().join("other/content/articles").is_dir());
}

#[test]
fn the_theme_that_is_given_out_is_the_one_that_is_used() {
    let site = Site::new();
    site.run(&["init"]);
    site.write("templates/404.html", "{% extends \"theme/404.html\" %}");
    assert_eq!(site.run(&["build", "-o", "before"]).code, 0);
    let run = site.run(&["init", "--eject-theme"]);
    assert_eq!(run.code, 0, "{}", run.err);
    assert!(run.err.contains("templates/404.html is there already"), "{}", run.err);
    assert!(site.path().join("static/style.css").is_file());
    assert_eq!(site.run(&["build", "-o", "after"]).code, 0);
    let built = |name: &str| files(&site.path().join(name));
    assert!(built("before") == built("after"));
}

#[test]
fn new_files_are_in_order() {
    let site = Site::new();
    site.run(&["init", "--blank"]);
    let new = |arguments: &[&str]| {
        let run = site.run(&[&["new"], arguments].concat());
        assert_eq!(run.code, 0, "{}", run.err);
        run.out.trim_end().to_owned()
    };
    let title = "Đối tác: \"mới\"";
    let first = new(&["article", title, "--date", "2025-05", "--lang", "vi"]);
    assert_eq!(first, "content/articles/2025/05/doi-tac-moi.md");
    assert_eq!(
        new(&["article", title, "--date", "2025-05"]),
        "content/articles/2025/05/doi-tac-moi-2.md"
    );
    assert_eq!(new(&["article", "Undated"]), "content/articles/undated/undated.md");
    assert_eq!(new(&["company", "Lumenta & Söhne"]), "content/companies/lumenta-sohne.md");
    assert_eq!(
        new(&["partnership", "nokia", "lumenta-sohne"]),
        "content/partnerships/lumenta-sohne--nokia.md"
    );
    let run = site.run(&["check"]);
    assert!(!run.err.contains("error"), "{}", run.err);
    let list = site.run(&["list", "drafts", "--format", "csv"]).out;
    assert_eq!(list.lines().count(), 4, "{list}");
    assert!(list.contains("2025-05,vi,\"Đối tác: \"\"mới\"\"\","), "{list}");
    // A file that is there stays.
    let run = site.run(&["new", "company", "Lumenta & Söhne"]);
    assert_eq!(run.code, 1);
    assert!(run.err.contains("is there already"), "{}", run.err);
    assert_eq!(site.run(&["new", "article", "!?"]).code, 1);
    assert_eq!(site.run(&["new", "partnership", "Not An Id", "nokia"]).code, 1);
}

#[cfg(unix)]
#[test]
fn new_opens_the_editor() {
    use std::os::unix::fs::PermissionsExt;
    let site = Site::new();
    site.run(&["init", "--blank"]);
    let script = site.write("editor.sh", "#!/bin/sh\nprintf '%s\\n' \"$@\" > edited.txt\n");
    fs::set_permissions(&script, fs::Permissions::from_mode(0o755)).expect("it may run");
    let editor = format!("{} --wait", script.display());
    let run = site.run_with(
        &["new", "article", "A title", "--edit"],
        &[("VISUAL", ""), ("EDITOR", &editor)],
        b"",
    );
    assert_eq!(run.code, 0, "{}", run.err);
    let told = site.read("edited.txt");
    let path = told.lines().last().expect("a path");
    assert!(told.starts_with("--wait\n") && Path::new(path).ends_with("a-title.md"), "{told}");
    let run =
        site.run_with(&["new", "article", "B", "--edit"], &[("VISUAL", ""), ("EDITOR", "")], b"");
    assert_eq!(run.code, 1);
    assert!(run.err.contains("set EDITOR"), "{}", run.err);
    assert!(site.path().join("content/articles/undated/b.md").is_file());
}

/// The front matter of a file as an editor sees it.
fn entries(text: &str) -> Value {
    let split = front_matter::split(&Source::new("a.md", text)).unwrap_or_else(|e| panic!("{e:?}"));
    split.entries.into_iter().map(|entry| (entry.key, entry.node.to_json())).collect()
}

#[test]
fn schemas_know_what_people_write() {
    let site = Site::new();
    site.run(&["init"]);
    let schema = |what: &str| {
        let run = site.run(&["schema", what]);
        assert_eq!(run.code, 0, "{}", run.err);
        let schema: Value = serde_json::from_str(&run.out).expect("JSON");
        jsonschema::meta::validate(&schema).expect("a schema");
        jsonschema::validator_for(&schema).expect("a schema")
    };
    let article = schema("article");
    for (what, folder) in [
        ("article", "articles"),
        ("company", "companies"),
        ("partnership", "partnerships"),
        ("page", "pages"),
    ] {
        let (schema, mut count) = (schema(what), 0);
        for (path, bytes) in files(&site.path().join("content").join(folder)) {
            let data = entries(&String::from_utf8(bytes).expect("text"));
            let errors: Vec<String> = schema
                .iter_errors(&data)
                .map(|e| format!("{path}: {e} at {}", e.instance_path()))
                .collect();
            assert_eq!(errors, Vec::<String>::new());
            count += 1;
        }
        assert!(count >= 2, "{folder}");
    }
    let settings = site.read("tearsheet.toml");
    let config = schema("config");
    let read = |text: &str| -> Value {
        let entries = tree::toml(&Source::new("tearsheet.toml", text), 0, text).expect("TOML");
        entries.into_iter().map(|entry| (entry.key, entry.node.to_json())).collect()
    };
    assert!(config.is_valid(&read(&settings)));
    // Every setting that the sample names, also those that are commented out.
    let bare = |line: &str| line.strip_prefix("# ").unwrap_or(line).to_owned();
    for line in settings.lines().map(bare).filter(|line| !line.contains("://example.com/feed")) {
        let Some((key, _)) = line.split_once(" = ") else { continue };
        let is_inner = ["name", "url", "latest", "label"].contains(&key)
            || ["accent", "background", "heading_font", "measure"].contains(&key);
        if !is_inner {
            assert!(config.is_valid(&read(&line)), "{line}");
        }
    }
    let look = settings.split("# [theme]\n").nth(1).and_then(|rest| rest.split("\n\n").next());
    let look = format!("[theme]\n{}", look.expect("a group").replace("# ", ""));
    assert!(config.is_valid(&read(&look)), "{look}");
    for wrong in ["accent = \"#12\"", "accent = { light = 3 }", "measure = \"66\"", "font = \"x\""]
    {
        assert!(!config.is_valid(&read(&format!("[theme]\n{wrong}\n"))), "{wrong}");
    }
    assert!(!config.is_valid(&json!({ "langauge": "en" })));
    for (wrong, key) in [
        (json!({ "date": "last week" }), "date"),
        (json!({ "rights": "all" }), "rights"),
        (json!({ "partnerships": [{ "parties": ["xiaomi"], "kind": "supply" }] }), "partnerships"),
        (
            json!({ "partnerships": [{ "parties": ["a", "b"], "kind": "friendship" }] }),
            "partnerships",
        ),
        (json!({ "partnerships": [{ "parties": ["a", "b"], "event": "signd" }] }), "partnerships"),
        (json!({ "draft": "maybe" }), "draft"),
    ] {
        let error =
            article.iter_errors(&wrong).next().unwrap_or_else(|| panic!("{wrong} is taken"));
        assert!(error.instance_path().to_string().contains(key), "{error}");
    }
    // What editors offer: the site's own companies and tags.
    let text = site.run(&["schema", "article"]).out;
    assert!(text.contains("\"leica-camera\"") && text.contains("\"Mobile imaging\""), "{text}");
}

#[test]
fn editors_find_schemas_that_know_the_site() {
    let site = Site::new();
    site.write(".remarkrc.mjs", "// mine\n");
    let run = site.run(&["init", "--editors"]);
    assert_eq!(run.code, 0, "{}", run.err);
    assert!(run.err.contains(".remarkrc.mjs is there already"), "{}", run.err);
    assert_eq!(site.read(".remarkrc.mjs"), "// mine\n");
    let settings = site.read("tearsheet.toml");
    assert!(settings.starts_with("#:schema .schemas/config.json\n"), "{settings}");
    let extensions: Value =
        serde_json::from_str(&site.read(".vscode/extensions.json")).expect("JSON");
    assert!(extensions["recommendations"].is_array());
    for what in ["article", "company", "partnership", "source", "page", "config"] {
        let written = site.read(&format!(".schemas/{what}.json"));
        assert_eq!(written, site.run(&["schema", what]).out, "{what}");
    }
    // In a site that is there, the schemas follow what it knows, and nothing else changes.
    site.write("content/companies/lumen-works.md", "---\nname: Lumen Works\n---\n");
    let before = files(site.path());
    let run = site.run(&["init", "--editors"]);
    assert_eq!(run.code, 0, "{}", run.err);
    let after = files(site.path());
    let changed: Vec<&String> = after
        .iter()
        .filter(|&(path, bytes)| before.get(path) != Some(bytes))
        .map(|(path, _)| path)
        .collect();
    assert_eq!(
        changed,
        [".schemas/article.json", ".schemas/company.json", ".schemas/partnership.json"]
    );
    assert!(site.read(".schemas/article.json").contains("\"lumen-works\""));
    assert_eq!(site.run(&["build", "--strict"]).code, 0);
}

#[test]
fn slips_on_the_command_line_are_told() {
    let site = Site::new();
    site.article("a", "title: A\nlang: en\ncompanies: xiaomi, leica-camera", "See [[小米]] today.");
    let run = site.run(&["list", "partnerships", "--kind", "licencing"]);
    assert_eq!(run.code, 1);
    assert!(
        run.err.contains("did you mean `licensing`") && run.err.contains("[kinds]"),
        "{}",
        run.err
    );
    assert_eq!(site.run(&["list", "partnerships", "--kind", "licensing"]).code, 0);
    let page = site.run(&["man", "build"]).out;
    assert!(page.contains("precompress") && page.contains("tearsheet\\-build"), "{page}");
    assert!(site.run(&["man", "biuld"]).err.contains("did you mean `build`"));
    // Several companies in one line, and one by its name in another script.
    assert_eq!(site.run(&["build", "--strict"]).code, 0);
    let article = site.read("public/undated/a/index.html");
    for link in ["companies/xiaomi/", "companies/leica-camera/"] {
        assert!(article.contains(link), "{article}");
    }
    let body = article.rsplit("See ").next().expect("the text");
    assert!(body.split("today").next().expect("a part").contains("companies/xiaomi/"), "{body}");
}

#[test]
fn a_new_company_is_filled_in_from_the_list() {
    let site = Site::new();
    assert_eq!(site.run(&["new", "company", "Xiaomi"]).code, 0);
    let text = site.read("content/companies/xiaomi.md");
    assert!(text.contains("country: CN") && text.contains("wikidata"), "{text}");
}

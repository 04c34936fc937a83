//! What the documents say is true: references, commands, the tutorial, examples of templates.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::path::Path;

use serde_json::Value;
use tearsheet::model::Language;
use tearsheet::parse::markdown;
use tearsheet::render::templates::errors::TERA_1;
use tearsheet::render::words::strings::Strings;

use crate::support::site::Site;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn text(path: &str) -> String {
    std::fs::read_to_string(root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// The pages of the documentation.
const PAGES: &str = "docs/content/pages";

/// The views with their fields and docstrings, as Markdown.
fn fields_of_views() -> String {
    let views = ["mod", "charts", "pages"];
    let source: String =
        views.iter().map(|name| text(&format!("src/render/view/{name}.rs"))).collect();
    let mut out = String::new();
    let mut about = String::new();
    for line in source.lines().map(str::trim) {
        if let Some(words) = line.strip_prefix("/// ") {
            if !about.is_empty() {
                about.push(' ');
            }
            about.push_str(words);
        } else if let Some(rest) =
            line.strip_prefix("pub struct ").or_else(|| line.strip_prefix("pub enum "))
        {
            let name = rest.split([' ', '{']).next().unwrap_or(rest);
            let _ = write!(out, "\n### {name}\n\n{about}\n");
            if !rest.ends_with("{}") {
                out.push_str("\n| field | type | what it is |\n|---|---|---|\n");
            }
            about.clear();
        } else if let Some((name, kind)) =
            line.strip_prefix("pub ").and_then(|field| field.split_once(": "))
        {
            let kind =
                kind.trim_end_matches(',').replace("&'static ", "").replace("serde_json::", "");
            // How views are held in memory is nothing to a template.
            let kind = match kind.split_once("Shared<") {
                Some((before, rest)) => format!("{before}{}", rest.replacen('>', "", 1)),
                None => kind,
            };
            let _ = writeln!(out, "| `{name}` | `{kind}` | {about} |");
            about.clear();
        } else if let Some((name, kind)) =
            line.strip_suffix("),").and_then(|variant| variant.split_once('('))
        {
            let kind = kind.trim_start_matches("Box<").trim_end_matches('>');
            let _ = writeln!(out, "| {name} | `{kind}` | {about} |");
            about.clear();
        } else if !line.starts_with('#') {
            about.clear();
        }
    }
    out
}

/// A table of the properties of a schema.
fn table(schema: &Value) -> String {
    let mut out = "| key | what it is |\n|---|---|\n".to_owned();
    for (key, property) in schema["properties"].as_object().expect("properties") {
        let about = property["description"].as_str().unwrap_or("");
        let choices = property["enum"].as_array().map_or(String::new(), |all| {
            let all: Vec<String> =
                all.iter().map(|word| format!("`{}`", word.as_str().unwrap_or(""))).collect();
            format!(" One of {}.", all.join(", "))
        });
        let inner = [&property["anyOf"][1], property];
        let inner = inner.iter().find_map(|inner| inner["properties"].as_object());
        let inner = inner.map_or(String::new(), |inner| {
            let keys: Vec<String> = inner.keys().map(|key| format!("`{key}`")).collect();
            format!(" With {}.", keys.join(", "))
        });
        let _ = writeln!(out, "| `{key}` | {about}{choices}{inner} |");
    }
    out
}

/// The site's own words, as they are in English.
fn words_of_the_site() -> String {
    let words = Strings::new(&Language::english(), &BTreeMap::new());
    let cell = |text: &str| text.replace('|', "\\|");
    let row = |(key, text): (&String, &String)| format!("| `{key}` | {} |\n", cell(text));
    let rows: String = words.all().iter().map(row).collect();
    format!("| key | English |\n|---|---|\n{rows}")
}

/// What the documentation has from the program: the page, the name of the part, and what stands there.
fn parts() -> Vec<(&'static str, &'static str, String)> {
    let site = Site::new();
    let schema = |what: &str| -> Value {
        serde_json::from_str(&site.run(&["schema", what]).out).expect("a schema")
    };
    let article = schema("article");
    let claim = &article["properties"]["partnerships"]["anyOf"][0]["items"];
    let kinds = claim["properties"]["kind"]["anyOf"][0]["enum"].as_array().expect("kinds");
    let kinds: Vec<String> =
        kinds.iter().map(|kind| format!("`{}`", kind.as_str().unwrap_or(""))).collect();
    let claim = format!(
        "{}\nKinds are {}; `[kinds]` in the settings adds more.\n",
        table(claim),
        kinds.join(", ")
    );
    let cell = |text: &str| text.replace('|', "\\|");
    let old = TERA_1.iter().map(|(_, old, new)| format!("| `{}` | {} |\n", cell(old), cell(new)));
    let tera: String = "| Tera 1 | here |\n|---|---|\n".to_owned() + &old.collect::<String>();
    vec![
        ("front-matter", "article", table(&article)),
        ("front-matter", "claim", claim),
        ("front-matter", "company", table(&schema("company"))),
        ("front-matter", "partnership", table(&schema("partnership"))),
        ("front-matter", "source", table(&schema("source"))),
        ("front-matter", "page", table(&schema("page"))),
        ("settings", "config", table(&schema("config"))),
        ("words", "words", words_of_the_site()),
        ("templates", "fields", fields_of_views()),
        ("coming-from", "tera", tera),
    ]
}

#[test]
fn golden_references() {
    let mut differ = Vec::new();
    for (page, name, now) in parts() {
        let path = root().join(PAGES).join(page).with_extension("md");
        let text = std::fs::read_to_string(&path).expect("a page");
        let (begin, end) = (format!("<!-- begin: {name} -->\n"), format!("<!-- end: {name} -->"));
        let from = text.find(&begin).expect("it begins") + begin.len();
        let to = text.find(&end).expect("it ends");
        if text[from..to] != now {
            differ.push(format!("{page}: {name}"));
            if std::env::var_os("UPDATE_GOLDEN").is_some() {
                let new = format!("{}{now}{}", &text[..from], &text[to..]);
                std::fs::write(&path, new).expect("written");
            }
        }
    }
    assert!(differ.is_empty(), "old: {differ:?}; UPDATE_GOLDEN=1 cargo test golden writes them");
}

/// Every page of the documentation, and README.md, by name.
fn pages() -> Vec<(String, String)> {
    let folder = std::fs::read_dir(root().join(PAGES)).expect("readable");
    let pages =
        folder.map(|entry| entry.expect("an entry").file_name().into_string().expect("text"));
    let mut all: Vec<(String, String)> =
        pages.map(|name| (name.clone(), text(&format!("{PAGES}/{name}")))).collect();
    all.push(("README.md".to_owned(), text("README.md")));
    all.sort();
    all
}

/// The shell commands of a text, without comments.
fn commands(text: &str) -> Vec<String> {
    let blocks = text.split("```sh\n").skip(1).filter_map(|rest| rest.split_once("```"));
    let lines = blocks.flat_map(|(block, _)| block.lines());
    lines.map(|line| line.split(" #").next().unwrap_or(line).trim().to_owned()).collect()
}

/// The words of a command line.
fn words(line: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut is_quoted = false;
    for c in line.chars() {
        match c {
            '"' => is_quoted = !is_quoted,
            ' ' if !is_quoted => words.push(String::new()),
            c => words.last_mut().expect("never empty").push(c),
        }
    }
    words
}

#[test]
fn the_tutorial_can_be_followed() {
    let site = Site::new();
    let mut folder = String::from(".");
    let mut done = 0;
    for command in commands(&text(&format!("{PAGES}/tutorial.md"))) {
        let words = words(&command);
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        match words[..] {
            ["cd", to] => to.clone_into(&mut folder),
            ["tearsheet", "serve", ..] => {}
            ["tearsheet", ..] => {
                let run = site.run(&[&["--root", &folder], &words[1..]].concat());
                // Files are named as seen from the site's folder.
                let named = run.err.contains("cannot read inbox/") && folder != ".";
                assert!(run.code == 0 || named, "{command}: {}{}", run.out, run.err);
            }
            _ => panic!("nobody knows how to run {command}"),
        }
        done += 1;
    }
    assert!(done > 10);
    // What it promises.
    for path in [
        "content/articles/2025/03",
        "content/companies/orbis-optics.md",
        "content/articles/2025/05/orbis-opens-a-lens-works-in-porto.md",
        "public/index.html",
        ".github/workflows/site.yml",
    ] {
        assert!(site.path().join(&folder).join(path).exists(), "{path}");
    }
}

#[test]
fn examples_of_templates_make_what_they_say() {
    let page = text(&format!("{PAGES}/themes.md"));
    let rows: Vec<(String, String)> = page
        .lines()
        .filter(|line| line.starts_with("| `{"))
        .map(|line| {
            let bare = line.replace("\\|", "\u{1}");
            let mut cells = bare
                .trim_matches('|')
                .split(" | ")
                .map(|cell| cell.trim().trim_matches('`').replace('\u{1}', "|"));
            (cells.next().expect("an example"), cells.next().expect("what it makes"))
        })
        .collect();
    assert!(rows.len() > 20, "{rows:?}");
    let site = Site::new();
    site.article("a", "title: A\nlang: en\ncompanies: [nokia]\ntags: [Mobile imaging]", "A.");
    site.write("content/pages/about.md", "---\ntitle: About\n---\nUs.\n");
    site.write("static/logo.txt", "logo");
    site.write("data/people.csv", "name,born\nAda,1815\nGrace,1906\n");
    site.write("data/desk.toml", "mail = \"desk@example.com\"\n");
    site.write("data/desk.json", "{\"open\": [\"Monday\"]}");
    site.write("data/list.yaml", "- one\n- two\n");
    let mut template = String::new();
    for (example, _) in &rows {
        let _ = writeln!(template, "[{example}]");
    }
    site.write("templates/page.html", &template);
    let run = site.run(&["build"]);
    assert_eq!(run.code, 0, "{}", run.err);
    let made = site.read("public/about/index.html");
    for ((example, expected), made) in rows.iter().zip(made.lines()) {
        let made = made.trim_matches(['[', ']']).trim();
        assert_eq!(made, expected.trim_matches(['[', ']']), "{example}");
    }
    // Whole templates in the text.
    for (at, block) in page.split("```html\n").skip(1).enumerate() {
        let block = block.split("```").next().expect("it ends");
        let name = ["base", "article"].into_iter();
        let name = name.map(|name| (name, format!("\"theme/{name}.html\"")));
        let name = name.filter(|(_, parent)| block.contains(parent)).map(|(name, _)| name).next();
        let name = name.unwrap_or("own");
        site.write("static/mine.css", "");
        site.write("static/logo.svg", "");
        site.write("templates/page.html", "{{ heading }}");
        site.write(&format!("templates/{name}.html"), block);
        let run = site.run(&["build"]);
        assert_eq!(run.code, 0, "block {at}: {}", run.err);
    }
}

#[test]
fn the_documentation_is_a_site_in_order() {
    let docs = root().join("docs").display().to_string();
    let run = Site::new().run(&["--root", &docs, "check", "--strict"]);
    assert_eq!(run.code, 0, "{}", run.err);
    let pages = text("docs/tearsheet.toml");
    for (name, _) in pages_of_the_book() {
        let address = format!("url = \"/{}/\"", name.trim_end_matches(".md"));
        assert!(name == "index.md" || pages.contains(&address), "no chapter leads to {name}");
    }
}

fn pages_of_the_book() -> impl Iterator<Item = (String, String)> {
    pages().into_iter().filter(|(name, _)| name != "README.md")
}

#[test]
fn headings_of_texts_take_no_id_of_the_theme() {
    let mut ids = BTreeSet::new();
    for entry in std::fs::read_dir(root().join("templates")).expect("readable") {
        let template = std::fs::read_to_string(entry.expect("an entry").path()).expect("text");
        let found = template.split(" id=\"").skip(1).filter_map(|rest| rest.split('"').next());
        ids.extend(found.filter(|id| !id.contains('{')).map(str::to_owned));
    }
    assert_eq!(ids.iter().map(String::as_str).collect::<Vec<_>>(), markdown::TAKEN);
}

#[test]
fn every_string_a_template_asks_for_is_there() {
    let words = text("src/render/words/strings/en.toml");
    for entry in std::fs::read_dir(root().join("templates")).expect("readable") {
        let path = entry.expect("an entry").path();
        let template = std::fs::read_to_string(&path).expect("text");
        for (at, _) in template.match_indices("t.") {
            let before = template[..at].chars().next_back();
            if before.is_some_and(|c| c.is_alphanumeric() || matches!(c, '.' | '_' | '"')) {
                continue;
            }
            let rest = &template[at + 2..];
            let end = rest.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(rest.len());
            let key = &rest[..end];
            let there = words.lines().any(|line| line.starts_with(&format!("{key} = ")));
            assert!(there, "{} asks for t.{key}", path.display());
        }
    }
}

#[test]
fn the_commands_of_the_documents_exist() {
    let readme = commands(&text("README.md"));
    assert_eq!(readme[..2], ["cargo run --release -- build", "cargo test"]);
    let commands: Vec<String> = pages().iter().flat_map(|(_, text)| commands(text)).collect();
    assert!(text(".ci/run").contains(" build\n") && text(".ci/run").contains("cargo test"));
    let site = Site::new();
    let mut tried = 0;
    for command in &commands {
        let line = command.split_once(":/site\" ").map_or(command.as_str(), |(_, line)| line);
        let line = line.rsplit(" | ").next().unwrap_or(line);
        if !line.starts_with("tearsheet ") {
            continue;
        }
        let mut words = line.split_whitespace().skip(1);
        let name = words.next().expect("a command");
        let help = site.run(&[name, "--help"]);
        assert_eq!(help.code, 0, "{command}: {}", help.err);
        for option in words.filter(|word| word.starts_with("--")) {
            // An option may be one of a command's own commands.
            let inner = line.split_whitespace().nth(2).unwrap_or_default();
            let has = help.out.contains(option)
                || site.run(&[name, inner, "--help"]).out.contains(option);
            assert!(has, "{command}: {name} has no {option}");
        }
        tried += 1;
    }
    assert!(tried >= 30, "{tried}: {commands:?}");
}

#[test]
fn the_article_of_the_readme_is_valid() {
    let readme = text("README.md");
    let example = readme.split("```yaml\n").nth(1).expect("an example").split("```").next();
    let example = example
        .expect("it ends")
        .replace("The body, in Markdown.", "He said: the exact words of the body that say so.");
    let site = Site::new();
    site.write("content/articles/example.md", &example);
    let run = site.run(&["check", "--format", "json"]);
    assert_eq!((run.code, run.out.as_str()), (0, ""), "{}", run.err);
    assert!(!run.err.contains("\"severity\""), "{}", run.err);
}

#[test]
fn the_sample_site_is_in_order() {
    let run =
        Site::new().run(&["--root", &root().display().to_string(), "check", "--format", "json"]);
    assert_eq!(run.code, 0, "{}", run.err);
    assert!(!run.err.contains("\"severity\""), "{}", run.err);
}

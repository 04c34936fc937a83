//! What the documents say is true: the fields in docs/templates.md, the commands in README.md.

use std::fmt::Write;
use std::path::Path;

use crate::site::Site;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn text(path: &str) -> String {
    std::fs::read_to_string(root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

const HEAD: &str = "# What templates see\n\n\
    Every page has `site` (`SiteView`), `page` (`PageView`) and `t`, the site's own words. The fields of \
    the page's own view are top-level names; which view a template gets is said in the table of `View`. \
    This file follows `src/render/view/`; a test compares the two.\n\n\
    Filters beside Tera's own: `{{ address | url }}` makes an address of the site a link from this page, \
    `{{ address | whole_url }}` the whole address where the site knows its own, \
    `{{ n | plural(of=\"article|articles\") }}` picks a word, `{{ n | number }}` writes a \
    number as the site's language does, `{{ name | slugify }}` makes a part of an address. The function `{{ asset(path=\"style.css\") }}` links a static file and changes with its \
    content.\n";

/// The views with their fields and docstrings, as Markdown.
fn fields_of_views() -> String {
    let source = text("src/render/view/mod.rs") + &text("src/render/view/pages.rs");
    let mut out = HEAD.to_owned();
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
            let _ = write!(out, "\n## {name}\n\n{about}\n");
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

#[test]
fn golden_template_fields() {
    let now = fields_of_views();
    let path = root().join("docs/templates.md");
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        std::fs::write(&path, &now).expect("written");
    }
    let before = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(now == before, "docs/templates.md is old: UPDATE_GOLDEN=1 cargo test golden writes it");
}

#[test]
fn every_string_a_template_asks_for_is_there() {
    let words = text("src/render/strings/en.toml");
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

/// The shell commands of README.md and docs/facts.md, without comments.
fn readme_commands() -> Vec<String> {
    let readme = text("README.md") + &text("docs/facts.md");
    let blocks = readme.split("```sh\n").skip(1).filter_map(|rest| rest.split_once("```"));
    let lines = blocks.flat_map(|(block, _)| block.lines());
    lines.map(|line| line.split(" #").next().unwrap_or(line).trim().to_owned()).collect()
}

#[test]
fn the_commands_of_the_readme_exist() {
    let commands = readme_commands();
    assert_eq!(commands[..2], ["cargo run --release -- build", "cargo test"]);
    assert!(text(".ci/run").contains(" build\n") && text(".ci/run").contains("cargo test"));
    let site = Site::new();
    let mut tried = 0;
    for command in &commands {
        let Some(at) = command.find("tearsheet ") else { continue };
        let mut words = command[at..].split_whitespace().skip(1);
        let name = words.next().expect("a command");
        let help = site.run(&[name, "--help"]);
        assert_eq!(help.code, 0, "{command}: {}", help.err);
        for option in words.filter(|word| word.starts_with("--")) {
            assert!(help.out.contains(option), "{command}: {name} has no {option}");
        }
        tried += 1;
    }
    assert!(tried >= 6, "{commands:?}");
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

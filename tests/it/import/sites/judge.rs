//! What is held against what: the addresses that another program gave its posts, the words that `CommonMark`
//! makes of a text, and what of both is on the site that import made of it.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::path::Path;
use std::process::Command;

use dom_query::Document;

use crate::support::site::tree;

/// The pages of a folder that have a post's mark in their title or text, by the path in the folder.
pub fn marked(folder: &Path) -> BTreeMap<String, String> {
    let pages = pages(folder);
    let word = |text: &str| {
        let is_mark = |w: &&str| {
            w.len() == 4 && w.starts_with('m') && w.ends_with('q') && w[1..3].parse::<u8>().is_ok()
        };
        text.split(|c: char| !c.is_ascii_alphanumeric()).find(is_mark).map(str::to_owned)
    };
    // Addresses of other posts have their marks as well.
    let mark = |page: &str| {
        let title = page.split_once("<h1>").and_then(|(_, rest)| rest.split_once("</h1>"));
        let text = page.split_once("Known by ").map(|(_, rest)| &rest[..4]);
        text.and_then(word).or_else(|| word(title?.0))
    };
    let own: BTreeMap<&String, String> =
        pages.iter().filter_map(|(path, page)| Some((path, mark(page)?))).collect();
    let found = pages.iter().filter_map(|(path, page)| {
        let mark = own.get(path).cloned().or_else(|| own.get(&target(path, page)?).cloned());
        Some((path.clone(), mark?))
    });
    found.collect()
}

/// The pages of a folder, by their paths.
pub fn pages(folder: &Path) -> BTreeMap<String, String> {
    let is_page = |path: &str| Path::new(path).extension().is_some_and(|end| end == "html");
    let all = tree(folder).into_iter().filter(|(path, _)| is_page(path));
    all.map(|(path, bytes)| (path, String::from_utf8_lossy(&bytes).into_owned())).collect()
}

/// The path of the page that a page sends its reader to.
pub fn target(path: &str, page: &str) -> Option<String> {
    let (_, rest) = page
        .split_once("http-equiv=\"refresh\"")
        .or_else(|| page.split_once("http-equiv=refresh"))?;
    let (_, rest) = rest.split_once("url=")?;
    let address = rest.split(['"', '\'', '>']).find(|part| !part.is_empty())?;
    resolved(path, address)
}

/// The path in the folder that an address on a page leads to.
pub fn resolved(path: &str, address: &str) -> Option<String> {
    let base = url::Url::parse("https://old.example/").ok()?.join(&encoded(path)).ok()?;
    let whole = base.join(&address.replace("&amp;", "&")).ok()?;
    let path = percent_encoding::percent_decode_str(whole.path()).decode_utf8_lossy().into_owned();
    let path = path.trim_start_matches('/');
    let is_own = whole.host_str() == Some("old.example");
    is_own.then(|| {
        if path.is_empty() || path.ends_with('/') {
            format!("{path}index.html")
        } else {
            path.to_owned()
        }
    })
}

fn encoded(path: &str) -> String {
    path.replace('%', "%25").replace('#', "%23").replace('?', "%3F").replace(' ', "%20")
}

/// What a program makes of a site in a folder, as it was recorded: its pages, each with a word of its own.
/// Where the program is at hand (`HUGO=/path/to/hugo`), the record is held against what it makes now;
/// `UPDATE_GOLDEN` writes it anew.
pub fn recorded(
    name: &str,
    variable: &str,
    folder: &Path,
    arguments: &[&str],
    output: &str,
    read: fn(&Path) -> BTreeMap<String, String>,
) -> BTreeMap<String, String> {
    let record = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("tests/sites/{name}.txt"));
    if let Ok(program) = std::env::var(variable) {
        let mut command = Command::new(&program);
        // Jekyll counts days by the clock of the machine.
        let made = command.args(arguments).current_dir(folder).env("TZ", "UTC").output();
        let made = made.unwrap_or_else(|error| panic!("{program}: {error}"));
        let told = [made.stdout, made.stderr].concat();
        assert!(made.status.success(), "{name}: {program}: {}", String::from_utf8_lossy(&told));
        let mut now = String::new();
        for (path, mark) in read(&folder.join(output)) {
            let _ = writeln!(now, "{mark} {path}");
        }
        if std::env::var_os("UPDATE_GOLDEN").is_some() {
            std::fs::write(&record, &now).expect("written");
        }
        let before = std::fs::read_to_string(&record).unwrap_or_default();
        assert_eq!(before, now, "{program} makes other pages than tests/sites/{name}.txt has");
    }
    let text = std::fs::read_to_string(&record);
    let text = text.unwrap_or_else(|error| panic!("{}: {error}", record.display()));
    let line =
        |line: &str| line.split_once(' ').map(|(mark, path)| (path.to_owned(), mark.to_owned()));
    text.lines().filter_map(line).collect()
}

/// The words that `CommonMark` makes of a text, without any blanks.
pub fn words(markdown: &str) -> String {
    text(&Document::fragment(in_html(markdown).as_str()))
}

/// What `CommonMark` makes of a text.
pub fn in_html(markdown: &str) -> String {
    use pulldown_cmark::{Options, Parser, html};
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_HEADING_ATTRIBUTES
        | Options::ENABLE_DEFINITION_LIST;
    let mut out = String::new();
    html::push_html(&mut out, Parser::new_ext(markdown, options));
    out
}

/// The visible text of HTML without blanks: notes behind the rest, without their numbers and arrows, and
/// without what we put above alerts.
pub fn text(document: &Document) -> String {
    let own = [
        "sup.footnote-reference",
        "sup.footnote-definition-label",
        "sup.footnote-ref",
        ".footnote-back",
        ".alert-title",
        "script",
        "style",
    ];
    for own in own {
        document.select(own).remove();
    }
    let notes = document.select(".footnote-definition, .footnotes");
    let said = notes.text().to_string();
    notes.remove();
    let text = format!("{}{said}", document.root().text());
    text.chars().filter(|c| !c.is_whitespace() && !"\u{200b}\u{fe0e}☐☑".contains(*c)).collect()
}

/// A page of ours: its title and its text.
pub struct Page {
    pub title: String,
    pub prose: Document,
}

impl Page {
    pub fn new(html: &str) -> Self {
        let document = Document::from(html);
        let prose = document.select("main .prose");
        let prose = Document::fragment(prose.html().to_string());
        Self { title: document.select("main h1").text().to_string(), prose }
    }
}

/// What of calls of templates is on a page, a feed or in data outside of code.
pub fn calls(text: &str) -> BTreeSet<String> {
    let document = Document::fragment(text);
    for gone in ["pre", "code", "script"] {
        document.select(gone).remove();
    }
    let html = document.html().to_string();
    let marks = ["{{", "{%", "![["];
    let found = marks.iter().flat_map(|mark| html.match_indices(mark));
    found.map(|(at, _)| html[at..].chars().take(40).collect()).collect()
}

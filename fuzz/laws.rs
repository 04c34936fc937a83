//! What must hold for any input at all: shared by the fuzz targets and by `tests/it/laws/fuzz.rs`, which
//! runs the corpora through the same functions.

use std::sync::LazyLock;

use tearsheet::config::Config;
use tearsheet::diagnostic::Diagnostic;
use tearsheet::import::article::{self, ImportContext, Imported};
use tearsheet::import::{feed, markdown as written};
use tearsheet::index::pages::output_path;
use tearsheet::model::{PartialDate, Rights, escape, slug};
use tearsheet::parse::markdown::{Dialect, Punctuation};
use tearsheet::parse::terms::{Reader, fold};
use tearsheet::parse::{article as parse, company, markdown, words};
use tearsheet::source::Source;
use tearsheet::understand::companies::Gazetteer;

static GAZETTEER: LazyLock<Gazetteer> = LazyLock::new(|| Gazetteer::new(&[]));

fn setting() -> ImportContext {
    ImportContext { rights: Rights::Excerpt, retrieved: PartialDate::day(2026, 11, 20) }
}

/// What import writes can be read again, and says the same.
fn reads_again(imported: &Imported) {
    let text = written::file(&imported.article);
    let source = Source::new("content/articles/a.md", &text);
    let (file, found) = parse::article(&source, &Config::default());
    let errors: Vec<String> =
        found.iter().filter(|d| d.is_error()).map(|d| d.render(false)).collect();
    assert!(errors.is_empty(), "{errors:?}\n{text}");
    let again = file.expect("an article").article;
    let words = |text: &Option<String>| {
        text.as_ref().map(|text| text.split_whitespace().collect::<Vec<_>>().join(" "))
    };
    assert_eq!(words(&again.title), words(&imported.article.title).filter(|t| !t.is_empty()));
    assert_eq!(again.date, imported.article.date);
    assert_eq!(again.companies, imported.article.companies);
    assert_eq!(again.partnerships.len(), imported.article.partnerships.len());
}

/// Any bytes as a raw press text.
pub fn raw_text(bytes: &[u8]) {
    if let Ok(imported) = article::text(bytes, &GAZETTEER, &setting()) {
        reads_again(&imported);
    }
}

/// Any bytes as a saved page.
pub fn page(bytes: &[u8]) {
    if let Ok(imported) =
        article::page(bytes, Some("https://a.example/1"), None, &GAZETTEER, &setting())
    {
        reads_again(&imported);
    }
}

/// Any bytes as a feed.
pub fn feed(bytes: &[u8]) {
    let Ok(read) = feed::entries(bytes, Some("https://a.example/feed.xml")) else { return };
    for entry in &read.entries {
        reads_again(&article::entry(entry, read.title.as_deref(), &GAZETTEER, &setting()));
    }
}

/// Any text as an article, a company, a note and a config. Every message shows its place.
pub fn front_matter(text: &str) {
    let source = Source::new("content/articles/a.md", text);
    let mut found: Vec<Diagnostic> = parse::article(&source, &Config::default()).1;
    found.extend(company::company(&source).1);
    found.extend(company::note(&source).1);
    found.extend(tearsheet::config::config(Some(&source)).1);
    for diagnostic in &found {
        assert!(!diagnostic.render(false).is_empty());
        let _ = (diagnostic.json(), diagnostic.github());
    }
}

/// Any text as Markdown: nothing that could run comes out, and its words keep their places.
pub fn markdown(text: &str) {
    for math in [false, true] {
        markdown_as(text, Dialect { punctuation: Punctuation::Smart, math });
    }
}

fn markdown_as(text: &str, dialect: Dialect) {
    let rendered = markdown::markdown(text, dialect);
    let html = rendered.html.to_ascii_lowercase();
    for bad in ["<script", "<iframe", "<object", "<embed", "<base", "<meta", "<style"] {
        assert!(!html.contains(bad), "{bad}: {html}");
    }
    // In a text these are words; only inside a tag they do something.
    for tag in html.split('<').skip(1).filter_map(|rest| rest.split('>').next()) {
        assert!(!tag.contains("href=\"javascript:"), "{tag}: {html}");
    }
    for word in words::words(text) {
        let at = &text[word.range()];
        assert!(at.chars().all(|c| c.is_alphanumeric() || words::is_dense(c) || !c.is_ascii()));
    }
    let mut opening = rendered.clone();
    opening.keep_opening(12);
    assert_eq!(words::excerpt(&opening.text, 12), words::excerpt(&rendered.text, 12));
}

/// Any text as a date: what is read is written the same again, and sorts with itself.
pub fn dates(text: &str) {
    for part in text.split_whitespace() {
        if let Ok(date) = part.parse::<PartialDate>() {
            assert_eq!(date.to_string(), part);
            assert!(date.first_day() <= date.last_day());
            assert_eq!(date.cmp(&date), std::cmp::Ordering::Equal);
            if let Some(next) = date.plus_days(1) {
                assert_eq!(next.first_day(), date.first_day() + 1);
                assert_eq!(next.days_before(1).map(PartialDate::first_day), Some(date.first_day()));
            }
        }
    }
}

/// Any text as a name: it becomes one part of an address, and no path out of the site.
pub fn names(text: &str) {
    let one = slug(text);
    assert!(
        !one.contains(['/', '\\', '.', '\0', '<', '"', '\'', '&', '?', '#', '%', ' ']),
        "{one}"
    );
    assert!(one.len() < 255 && slug(&one) == one, "{one} becomes {}", slug(&one));
    assert!(!escape(text).contains(['<', '>', '"', '\'']));
    let _ = fold(text);
    Reader::default().markdown(text, |term| assert!(!term.is_empty()));
    let path = output_path(&format!("/tags/{one}/"));
    assert!(path.starts_with("tags/") && path.ends_with("index.html"), "{path}");
}

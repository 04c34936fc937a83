//! Law 5 at length: nothing that a source, a file name or a setting says runs in a reader's browser.
//!
//! Every payload goes through every sink. The pages are looked at twice: here by a parser, for what could
//! run, and in `tests/browser` by a browser, for what does run.

use std::collections::BTreeSet;

use dom_query::Document;
use quick_xml::events::Event;
use serde_json::Value;

use crate::support::infected::{
    PAYLOADS, assert_none, build, files, infected_content, infected_settings,
};
use crate::support::site::{Site, tree};

/// Everything on a page that could run, or load what could.
fn suspects(html: &str) -> BTreeSet<String> {
    let document = Document::from(html);
    let mut found = BTreeSet::new();
    let mut policies = 0;
    // A mail runs nothing and loads nothing, but must bring its style with it.
    let mail = "meta[content=\"default-src 'none'; style-src 'unsafe-inline'\"]";
    let is_mail = document.select(mail).exists();
    for node in document.select("*").nodes() {
        let name = node.node_name().unwrap_or_default().to_lowercase();
        let attribute = |key: &str| node.attr(key).unwrap_or_default().to_lowercase();
        let outer = || node.html().chars().take(300).collect::<String>();
        match &*name {
            "script" => {
                let text = node.text();
                let data = attribute("type") == "application/ld+json" && node.attrs().len() == 1;
                let is_data = data && serde_json::from_str::<Value>(&text).is_ok();
                let is_theme = is_ours(&attribute("src")) && text.is_empty();
                if !is_data && !is_theme {
                    found.insert(outer());
                }
            }
            "meta" if node.has_attr("http-equiv") => match &*attribute("http-equiv") {
                "content-security-policy" => {
                    let strict = ["default-src 'none'", "script-src 'self'", "base-uri 'none'"];
                    let policy = attribute("content");
                    let whole = strict.iter().all(|part| policy.contains(part));
                    let weak = policy.contains("unsafe") || policy.contains("script-src 'self' ");
                    policies += usize::from(whole && !weak || is_mail);
                }
                "refresh" if attribute("content").starts_with("0; url=../") => {}
                _ => drop(found.insert(outer())),
            },
            // The theme's own; the search page has a button and a word for those without scripts.
            "form" if leads_to_search(&attribute("action")) => {}
            "form" if attribute("id") == "page-explore" && !node.has_attr("action") => {}
            "button" if node.has_class("theme") && attribute("type") == "button" => {}
            "button" if ["submit", "reset"].contains(&&*attribute("type")) && in_filters(node) => {}
            // Marks of the drawing on the same page.
            "use" if attribute("href").strip_prefix("#mark-").is_some_and(is_word) => {}
            "button" if node.parent().is_some_and(|form| form.has_class("find")) => {}
            "button" | "noscript" if document.select("body.search").exists() => {}
            "iframe" | "frame" | "object" | "embed" | "applet" | "base" | "style" | "form"
            | "foreignobject" | "animate" | "set" | "use" | "math" | "template" | "textarea"
            | "button" | "audio" | "video" | "portal" | "noscript" => drop(found.insert(outer())),
            _ => {}
        }
        for attribute in node.attrs() {
            let key = attribute.name.local.to_lowercase();
            if may_run(&key, &attribute.value, is_mail) {
                found.insert(format!("{key} in {}", outer()));
            }
        }
    }
    if policies != 1 {
        found.insert(format!("{policies} strict Content-Security-Policies"));
    }
    found
}

/// Attributes that lead somewhere.
const LEADING: [&str; 12] = [
    "href",
    "src",
    "cite",
    "action",
    "formaction",
    "data",
    "poster",
    "background",
    "srcset",
    "xlink:href",
    "longdesc",
    "ping",
];

/// Whether an attribute could run something.
fn may_run(key: &str, value: &str, is_mail: bool) -> bool {
    // What browsers skip in and before a scheme; other blanks make an address of the site.
    let value = value.replace(['\t', '\n', '\r'], "").to_lowercase();
    let value = value.trim_start_matches(|c: char| c <= ' ');
    let runs = ["javascript:", "vbscript:", "data:", "tearsheet:"];
    let is_plain = is_mail && key == "style" && !value.contains("url(");
    key.starts_with("on")
        || (matches!(key, "style" | "srcdoc" | "formaction") && !is_plain)
        || (LEADING.contains(&key) && runs.iter().any(|scheme| value.starts_with(scheme)))
}

/// Whether an element stands among the filters of the timeline.
fn in_filters(node: &dom_query::NodeRef<'_>) -> bool {
    let fields = node.parent();
    fields
        .and_then(|fields| fields.parent())
        .is_some_and(|form| form.attr("id").is_some_and(|id| &*id == "page-explore"))
}

/// Whether a text is one word of small letters.
fn is_word(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_lowercase())
}

/// Whether an address is that of a script of the theme.
fn is_ours(address: &str) -> bool {
    let name = address.trim_start_matches("../").trim_start_matches("./");
    let name = name.trim_start_matches("/a/").trim_start_matches('/');
    let parts: Vec<&str> = name.split('.').collect();
    matches!(parts[..], ["search" | "companies" | "theme" | "front" | "timeline", hash, "js"] if hash.len() == 8)
}

/// Whether an address is that of the search page, seen from a page of the site.
fn leads_to_search(address: &str) -> bool {
    let name = address.trim_start_matches("./").trim_start_matches("../");
    // The page for what is not there does not know where it stands.
    ["/search/", "/a/search/"].contains(&address)
        || name == "search/index.html"
        || (name == "index.html" && address == name)
}

/// Whether XML may have this character at all (XML 1.0, production 2).
fn is_xml(c: char) -> bool {
    matches!(c, '\t' | '\n' | '\r' | ' '..='\u{d7ff}' | '\u{e000}'..='\u{fffd}' | '\u{10000}'..)
}

/// Reads every file of the site as its readers would; gives what is wrong.
fn faults(site: &Site) -> Vec<String> {
    let root = site.path().join("public");
    let mut found = Vec::new();
    for path in files(site, "html") {
        let text = std::fs::read_to_string(&path).expect("text");
        let name = path.strip_prefix(&root).expect("inside").display().to_string();
        found.extend(suspects(&text).into_iter().map(|what| format!("{name}: {what}")));
    }
    for path in files(site, "json") {
        let text = std::fs::read_to_string(&path).expect("text");
        if let Err(error) = serde_json::from_str::<Value>(&text) {
            found.push(format!("{}: {error}", path.display()));
        }
    }
    for path in files(site, "xml") {
        let text = std::fs::read_to_string(&path).expect("text");
        if let Some(c) = text.chars().find(|&c| !is_xml(c)) {
            found.push(format!("{}: {c:?} is not allowed in XML", path.display()));
        }
        let mut reader = quick_xml::Reader::from_str(&text);
        loop {
            match reader.read_event() {
                Ok(Event::Eof) => break,
                Ok(_) => {}
                Err(error) => {
                    found.push(format!("{}: {error}", path.display()));
                    break;
                }
            }
        }
        // Feed readers show the text of articles as HTML.
        for content in &Document::from(text.as_str()).select("content") {
            let what = suspects(&content.text());
            let real = what.into_iter().filter(|what| !what.contains("Content-Security-Policies"));
            found.extend(real.map(|what| format!("{}: {what}", path.display())));
        }
    }
    found
}

#[test]
fn no_page_holds_anything_that_could_run() {
    assert!(PAYLOADS.len() >= 150, "{}", PAYLOADS.len());
    for (site, arguments) in [
        (infected_content(), &[][..]),
        (infected_settings(), &[][..]),
        (infected_settings(), &["--base-url", "https://example.org/a"][..]),
    ] {
        build(&site, arguments);
        assert_none(&faults(&site));
    }
}

/// What a browser or a feed drops from an address is dropped before anybody looks at the address.
#[test]
fn characters_that_nobody_sees_hide_no_scheme() {
    let site = Site::new();
    let hidden = ["&#1;", "&#x1f;", "&#127;", "&#128;", "&#xfffe;", "\u{1}", "\u{fffe}"];
    let links = hidden.map(|sign| {
        format!("<a href=\"java{sign}script:alert(1)\">x</a> [y](<java{sign}script:alert(1)>)\n\n")
    });
    site.write("tearsheet.toml", "base_url = \"https://example.org\"\nrights = \"full\"\n");
    let front = "title: \"A\\x1b[31m\\0title\"\nlang: en\ndate: 2022-05-23\nrights: full\n\
                 tags: [\"one\\x07two\"]\nsummary: \"Sum\\x1bmary\"\nauthors: [\"Jo\\0e\"]";
    site.article("hidden", front, &links.concat());
    let run = site.run(&["build"]);
    assert_eq!(run.code, 0, "{}", run.err);
    for (path, bytes) in tree(&site.path().join("public")) {
        let Ok(text) = String::from_utf8(bytes) else { continue };
        let control = text.chars().find(|c| c.is_control() && !matches!(c, '\n' | '\t' | '\r'));
        assert_eq!(control, None, "{path}");
        let squeezed = text.to_lowercase().replace("&amp;", "&");
        for scheme in ["href=\"javascript:", "href=&quot;javascript:", "href=\\\"javascript:"] {
            assert!(!squeezed.contains(scheme), "{path}: {scheme}");
        }
    }
    assert!(site.read("public/2022/05/23/hidden/index.html").contains("A[31mtitle"));
}

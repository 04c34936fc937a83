//! What a build keeps of articles for the next one, whose files are then not opened.

use std::fs;
use std::io::Cursor;
use std::path::Path;
use std::time::Duration;

use tearsheet::build_cache::BuildCache;
use tearsheet::config::Config;
use tearsheet::fingerprint::Fingerprint;
use tearsheet::index::{ParsedArticle, RenderOptions};
use tearsheet::parse::article;
use tearsheet::signature::FileSignature;
use tearsheet::source::Source;

use super::cache;
use crate::support::site::{Site, tree};

/// Files whose front matter is of every kind that there is.
const FILES: [&str; 5] = [
    "---\n---\nText.",
    "---\ntitle: \"Quoted: \\u00e9\\n\\\"words\\\"\"\nsummary: >\n  one\n  two\ndate: 2022-05-23~\nlang: vi\n\
     slug: Đỏ 小米\ntags: [a, \"B c\"]\nauthors: [A, B]\ncompanies: [xiaomi, nokia]\n\
     source: { name: Weekly, url: \"https://example.org/\", retrieved: 2022-05 }\ndate_basis: byline\npublish_date: 2022-06\n\
     rights: excerpt\nstory: one\nnot_story: [two]\nsplit: true\norigin: x\naliases: [/old/]\n\
     original_title: Other\nimported: { raw: a, written: b, from: c.txt }\n---\n\n\
     See [it](/about/), [[nokia]] and ![p](p.png).\n\n> \u{201c}One two three four five six seven eight nine\u{201d}\n",
    "---\ntitle: A\npartnerships:\n  - parties: [xiaomi, { company: nokia, role: supplier }]\n    kind: [supply, research]\n    \
     name: Deal\n    event: ended\n    date: 2022\n    start: 2020-01\n    end: 2022-03-04?\n    confidence: 0.3\n    \
     evidence: \"They end it\"\n---\nThey end it. Họ kết thúc.\n",
    "---\ntitle: A\npassages:\n  - { lang: id, begins: Satu, ends: dua }\ncomponents: true\ndraft: true\n---\n\
     One.\n\nSatu dua tiga.\n\n{{ <n/> }}\n",
    "+++\ntitle = \"A \\\"b\\\"\"\nn = 9007199254740993\nf = 0.30000000000000004\nsmall = -1e-7\non = true\n[extra]\n\
     a.b = 'c'\n[[deal]]\nx = \"\"\"\nlong\"\"\"\n+++\n",
];

#[test]
fn a_kept_article_is_the_article() {
    let form = RenderOptions { opening: 12, ..RenderOptions::default() };
    for text in FILES {
        let source = Source::new("content/articles/a.md", text);
        let (file, found) = article::article(&source, &Config::default());
        assert!(found.is_empty(), "{text}: {found:?}");
        let file = file.expect("an article");
        let rendered = form.rendered(&file.article);
        let piece = ParsedArticle::new(file, rendered, &form);
        let fetched = text.to_owned().into_boxed_str();
        let late = Source::late(&source.path, source.hash, move || fetched.clone());
        let kept = ParsedArticle::unpack(&piece.pack(), &late, &form).expect("what was packed");
        assert_eq!((&kept.file, kept.body()), (&piece.file, piece.body()));
        assert_eq!((&kept.links, &kept.traces), (&piece.links, &piece.traces));
        assert_eq!((&kept.address, &kept.publisher), (&piece.address, &piece.publisher));
        assert_eq!(kept.tags, piece.tags);
        let hashes = |piece: &ParsedArticle| [piece.face, piece.frame, piece.mark];
        assert_eq!(hashes(&kept), hashes(&piece));
        let bytes = piece.pack();
        for end in 0..bytes.len() {
            assert!(
                ParsedArticle::unpack(&bytes[..end], &late, &form).is_none(),
                "cut off at {end}"
            );
        }
    }
}

/// Three articles that show each other.
fn sample() -> Site {
    let site = Site::new();
    for name in ["a1", "a2", "a3"] {
        let front = format!(
            "title: Title of {name}\ndate: 2022-05-23\nlang: en\nsummary: Short\ncompanies: [nokia, xiaomi]"
        );
        site.article(name, &front, &format!("The text of {name}."));
    }
    // A file that changed just now is looked into in any case.
    std::thread::sleep(Duration::from_millis(200));
    site
}

/// Changes the build cache of a site.
fn forge(site: &Site, change: impl FnOnce(&mut BuildCache<'_>)) {
    let own = cache(site);
    let bytes = fs::read(&own).expect("a build cache");
    // It begins with a hash of the rest, which begins with the program.
    let program: Fingerprint = *bytes[32..].first_chunk().expect("more than a hash");
    let mut cache = BuildCache::decode(&bytes, program).expect("a build cache");
    change(&mut cache);
    let mut new = Cursor::new(Vec::new());
    cache.write(&mut new).expect("written");
    fs::write(&own, new.into_inner()).expect("written");
}

fn signature(path: &Path) -> FileSignature {
    FileSignature::of(&fs::metadata(path).expect("a file")).expect("a signature")
}

#[test]
fn a_file_that_changes_under_the_eyes_of_a_build_is_read_again() {
    let site = sample();
    assert_eq!(site.run(&["build"]).code, 0);
    let edit = |name: &str, from: &str, to: &str| {
        let path = format!("content/articles/{name}.md");
        let text = site.read(&path).replace(from, to);
        site.write(&path, &text)
    };
    let late = edit("a1", "The text of a1.", "A text, but new");
    // The file is as it was until the build looks into it, which it does for the title of the other.
    forge(&site, |cache| cache.sources[0].signature = signature(&late));
    edit("a2", "Title of a2", "Another title");
    let again = site.run(&["build"]);
    assert_eq!(again.code, 0, "{}", again.err);
    assert_eq!(again.err.lines().count(), 1, "{}", again.err);
    let page = site.read("public/2022/05/23/a1/index.html");
    assert!(page.contains("A text, but new") && page.contains("Another title"), "{page}");
    let warm = tree(&site.path().join("public"));
    assert_eq!(site.run(&["build", "-o", "anew"]).code, 0);
    assert!(warm == tree(&site.path().join("anew")));
}

#[test]
fn a_file_that_is_as_it_was_is_not_opened() {
    let site = sample();
    assert_eq!(site.run(&["build"]).code, 0);
    let path = site.path().join("content/articles/a1.md");
    // No article any more, but with the signature that is known, which tells the length.
    let length = site.read("content/articles/a1.md").len();
    site.write("content/articles/a1.md", &"x".repeat(length));
    forge(&site, |cache| cache.sources[0].signature = signature(&path));
    let again = site.run(&["build"]);
    assert_eq!((again.code, again.err.lines().count()), (0, 1), "{}", again.err);
    // With another address all pages are made anew, also its own.
    let faulty = site.run(&["build", "--base-url", "https://example.org"]);
    assert_ne!(faulty.code, 0, "{}", faulty.err);
    assert!(faulty.err.contains("content/articles/a1.md"), "{}", faulty.err);
}

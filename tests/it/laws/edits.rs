//! The laws that the design rests on, held against the library with generated edits.

use std::collections::BTreeMap;
use std::io::Cursor;
use std::sync::Mutex;

use proptest::prelude::*;
use tearsheet::build_cache::{BuildCache, CachedArticle};
use tearsheet::fingerprint::Fingerprint;
use tearsheet::memo::Memo;
use tearsheet::model::PartialDate;
use tearsheet::parse::markdown::{self, Dialect};
use tearsheet::parse::words::excerpt;
use tearsheet::pipeline;
use tearsheet::render::edition::{Edition, Scope};
use tearsheet::source::{Asset, Drafts, Inputs, Source};
use tearsheet::timings::Timings;

fn today() -> PartialDate {
    PartialDate::day(2026, 11, 20).expect("a real day")
}

/// The files of a site, by path; an edit changes one of them.
type Files = BTreeMap<String, String>;

fn inputs(files: &Files) -> Inputs {
    let mut inputs = Inputs::empty(today());
    inputs.drafts = Drafts::Include;
    for (path, text) in files {
        let source = Source::new(path, text);
        match path.split('/').next() {
            Some("templates") => inputs.templates.push(source),
            Some("static") => {
                let name = path.trim_start_matches("static/").to_owned();
                inputs.statics.insert(name, Asset::new(text.as_bytes()));
            }
            Some("data") => {
                inputs.data.insert(path.clone(), Asset::new(text.as_bytes()));
            }
            Some("themes") => inputs.theme_templates.push(source),
            Some("content") if !path.contains(".md") => {
                inputs.media.insert(path.clone(), Asset::new(text.as_bytes()));
            }
            Some("content") => match path.split('/').nth(1) {
                Some("articles") => inputs.articles.push(source),
                Some("companies") => inputs.companies.push(source),
                Some("partnerships") => inputs.partnerships.push(source),
                _ => inputs.pages.push(source),
            },
            _ => inputs.config = Some(source),
        }
    }
    inputs
}

const DATES: [&str; 6] = [
    "date: 2022-05-23",
    "date: 2022-05",
    "date: 2021~",
    "date: 2022-06-01",
    "",
    "date: 2022-99", // a mistake, to see that messages are the same too
];
const COMPANIES: [&str; 4] = ["[xiaomi, leica-camera]", "[nokia]", "[nokia, xiaomi]", "[]"];
const EVENTS: [&str; 5] = ["announced", "signed", "ended", "rumoured", "mentioned"];

/// What articles copy from each other.
const COPIED: [&str; 3] = [
    "",
    "The two will build a factory for lenses near the old harbour, and both of them pay half of it. The \
     first lenses are to leave it in two years, and most of those will go into telephones.\n\n",
    "\u{201c}We have never been so glad to work with a partner as now,\u{201d} both say.\n\n",
];

fn article(title: u8, date: usize, companies: usize, event: usize, body: u8) -> String {
    let (date, companies, event) = (DATES[date], COMPANIES[companies], EVENTS[event]);
    let draft = if body.is_multiple_of(5) { "draft: true\n" } else { "" };
    let summary = if title.is_multiple_of(2) { "summary: A summary\n" } else { "" };
    let rights = ["link", "excerpt", "full"][usize::from(body % 3)];
    let components = body % 4 == 1;
    let copied = COPIED[usize::from(body / 6 % 3)];
    format!(
        "---\ntitle: \"Title {title}\"\n{date}\nlang: en\ncompanies: {companies}\ntags: [t{}]\n{draft}{summary}rights: {rights}\ncomponents: {components}\n\
         source: {{ name: Weekly {} }}\npartnerships:\n  - parties: [xiaomi, leica-camera]\n    \
         kind: co-development\n    event: {event}\n    evidence: \"they work\"\n---\n\
         {copied}Body {body}: they work... See [it](/companies/nokia/), [[about]] and [a0](a0.md).\n\n\
         ![p](p.png \"q\") {{{{ <n/> }}}} $m_{body}$\n\n## Heading {body}\n\n[Late][{body}]\n\n\
         [{body}]: https://example.org/\n",
        title % 3,
        body % 2,
    )
}

/// One edit of a site: a file gets a new text, or goes.
fn edit() -> impl Strategy<Value = (String, Option<String>)> {
    let text = (0u8..4, 0..DATES.len(), 0..COMPANIES.len(), 0..EVENTS.len(), 0u8..18).prop_map(
        |(title, date, companies, event, body)| Some(article(title, date, companies, event, body)),
    );
    let path = (0..5).prop_map(|n| format!("content/articles/a{n}.md"));
    let articles = (path, prop_oneof![4 => text, 1 => Just(None)]);
    let others = prop_oneof![
        (Just("content/companies/xiaomi.md"), "---\nname: (Xiaomi|Mi)\ncountry: CN\n---\nProfile.\n"),
        (Just("content/pages/about.md"), "---\ntitle: About( us)?\n---\nWords.\n"),
        (
            Just("content/partnerships/leica-camera--xiaomi.md"),
            "---\nparties: \\[xiaomi, leica-camera\\]\n---\nA (first|second) note.\n"
        ),
        (Just("templates/page.html"), "\\{% extends \"base.html\" %\\}\\{% block content %\\}(one|two)\\{% endblock content %\\}"),
        (Just("templates/components.html"), "\\{% component n\\(\\) %\\}(three|four)\\{% endcomponent n %\\}"),
        (Just("templates/tags.html"), "\\{% for k, v in site.menu \\| group_by\\(attribute=\"name\"\\) %\\}\\{\\{ k \\}\\}\\{% endfor %\\}"),
        (Just("templates/list.html"), "\\{\\{ get_url\\(path=\"@/(articles/a0|pages/about)\\.md\"\\) \\}\\}"),
        (Just("themes/night/templates/tag.html"), "\\{\\{ load_data\\(path=\"data/a\\.txt\"\\) \\}\\}(five|six)"),
        (Just("data/a.txt"), "(seven|eight)"),
        (Just("content/articles/p.png"), "(nine|ten)"),
        (Just("templates/404.html"), "(lost|\\{\\{ nothing \\}\\})"),
        (Just("static/style.css"), "body \\{ color: (red|blue) \\}"),
        (Just("tearsheet.toml"), "title = \"(A|B)\"\npage_size = [23]\n(smart_punctuation = true\n|math = true\n|theme = \"night\"\n|)"),
    ]
    .prop_flat_map(|(path, text)| {
        (Just(path.to_owned()), proptest::option::weighted(0.8, Just(text)))
    });
    prop_oneof![3 => articles, 2 => others]
}

/// Edits that often leave everything as it was but one thing.
fn small_edit() -> impl Strategy<Value = (String, Option<String>)> {
    let text = (0u8..2, 0u8..18).prop_map(|(title, body)| Some(article(title, 0, 0, 0, body)));
    // What stands far behind the beginning changes nothing but the page that shows it.
    let long = (0u8..2, 0u8..4).prop_map(|(body, end)| {
        let sentences = "One sentence of many follows another. ".repeat(80);
        Some(format!("{}\n{sentences}End {end}.\n", article(0, 0, 0, 0, 1 + body)))
    });
    let path = (0..2).prop_map(|n| format!("content/articles/a{n}.md"));
    prop_oneof![5 => (path.clone(), text), 5 => (path, long), 1 => edit()]
}

/// The files in a scope, by path, with their fingerprints.
fn made(edition: &Edition, scope: Scope<'_>) -> BTreeMap<String, (Fingerprint, Vec<u8>)> {
    let (keys, files) = (Mutex::new(BTreeMap::new()), Mutex::new(BTreeMap::new()));
    let wanted = |path: &str, key: Fingerprint, _| {
        keys.lock().expect("no panic").insert(path.to_owned(), key);
        true
    };
    let take = |path: &str, bytes: &[u8]| {
        files.lock().expect("no panic").insert(path.to_owned(), bytes.to_vec());
        Ok::<_, std::convert::Infallible>(())
    };
    let Ok(_) = edition.each(&Timings::default(), scope, wanted, take);
    let keys = keys.into_inner().expect("no panic");
    let files = files.into_inner().expect("no panic");
    files.into_iter().map(|(path, bytes)| (path.clone(), (keys[&path], bytes))).collect()
}

/// What a run finds of those before it.
#[derive(Clone, Debug)]
enum Memory {
    /// All of it, as in the preview.
    CachedArticle,
    /// Its build cache, as in a build.
    BuildCache,
    /// Its build cache, cut off or with another byte in it.
    Damaged { at: prop::sample::Index, is_cut: bool },
    /// A build cache of the same site at another time.
    Old,
    /// The build cache of another site.
    Foreign,
}

fn memory() -> impl Strategy<Value = Memory> {
    prop_oneof![
        4 => Just(Memory::CachedArticle),
        2 => Just(Memory::BuildCache),
        2 => (any::<prop::sample::Index>(), any::<bool>())
            .prop_map(|(at, is_cut)| Memory::Damaged { at, is_cut }),
        1 => Just(Memory::Old),
        1 => Just(Memory::Foreign),
    ]
}

const PROGRAM: Fingerprint = [7; 16];

/// A build cache with what is remembered of the articles.
fn cache(memo: &Memo<'_>) -> &'static [u8] {
    let none = [0; 16];
    let kept = memo.to_keep();
    let cache = BuildCache {
        is_packed: false,
        left_out: tearsheet::index::LeftOut::default(),
        program: PROGRAM,
        inputs: none,
        outline: none,
        frame: none,
        is_quiet: false,
        counts: (0, 0),
        sources: Vec::new(),
        articles: kept.iter().map(|(key, bytes)| CachedArticle { key: *key, bytes }).collect(),
        files: Vec::new(),
    };
    let mut bytes = Cursor::new(Vec::new());
    cache.write(&mut bytes).expect("written");
    bytes.into_inner().leak()
}

/// A memo as a build makes it from the bytes of a build cache.
fn recalled(bytes: &[u8]) -> Memo<'_> {
    let cache = BuildCache::decode(bytes, PROGRAM);
    let kept = cache.into_iter().flat_map(|cache| cache.articles);
    Memo::of_kept(kept.map(|kept| (kept.key, kept.bytes)))
}

/// The same articles, whose texts are fetched only when somebody looks at them.
fn late(mut inputs: Inputs) -> Inputs {
    for source in &mut inputs.articles {
        let text: Box<str> = (*source.text).into();
        *source = Source::late(&source.path, source.hash, move || text.clone());
    }
    inputs
}

/// The build cache of a site whose articles have the paths of ours and other texts.
fn foreign() -> &'static [u8] {
    let mut files = Files::new();
    for n in 0..5 {
        let text = article(n, 1, 1, 1, 17 - n).replace("Body", "A stranger's body");
        files.insert(format!("content/articles/a{n}.md"), text);
    }
    let mut memo = Memo::default();
    pipeline::run(&inputs(&files), &mut memo);
    cache(&memo)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, ..ProptestConfig::default() })]

    /// Law 1: whatever was edited before, and whatever is left of the memory of it, a warm run gives
    /// what a cold one gives.
    #[test]
    fn a_warm_run_equals_a_cold_run(
        edits in proptest::collection::vec((prop_oneof![edit(), small_edit()], memory()), 1..10)
    ) {
        let mut files = Files::new();
        let mut memo = Memo::default();
        let mut caches = vec![foreign()];
        for ((path, text), memory) in edits {
            // A file goes, gets a new text, or another name.
            let renamed = path.replace("articles/a", "articles/b");
            match (text, files.remove(&path)) {
                (Some(text), _) => files.insert(path, text),
                (None, Some(old)) if renamed != path => files.insert(renamed, old),
                (None, _) => None,
            };
            let last = caches[caches.len() - 1];
            let is_kept = matches!(memory, Memory::CachedArticle);
            match memory {
                Memory::CachedArticle => {}
                Memory::BuildCache => memo = recalled(last),
                Memory::Damaged { at, is_cut } => {
                    let (mut bytes, at) = (last.to_vec(), at.index(last.len()));
                    if is_cut { bytes.truncate(at) } else { bytes[at] ^= 1 }
                    prop_assert!(BuildCache::decode(&bytes, PROGRAM).is_none(), "damage is noticed");
                    memo = Memo::default();
                }
                Memory::Old => memo = recalled(caches[caches.len() / 2]),
                Memory::Foreign => memo = recalled(caches[0]),
            }
            let now = inputs(&files);
            let now = if is_kept { now } else { late(now) };
            let warm = pipeline::run(&now, &mut memo);
            let cold = pipeline::run(&inputs(&files), &mut Memo::default());
            caches.push(cache(&memo));
            prop_assert_eq!(&warm.diagnostics, &cold.diagnostics);
            prop_assert_eq!(warm.files.keys().collect::<Vec<_>>(), cold.files.keys().collect::<Vec<_>>());
            for (path, bytes) in &cold.files {
                prop_assert!(warm.files[path] == *bytes, "{} differs", path);
            }
        }
    }

}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

    /// What a build leaves alone it would make again just so: two files with one path and one
    /// fingerprint are equal, and with one outline only those that show texts may differ.
    #[test]
    fn fingerprints_tell_all(edits in proptest::collection::vec(small_edit(), 2..16)) {
        let mut files = Files::new();
        let mut seen: BTreeMap<(String, Fingerprint), Vec<u8>> = BTreeMap::new();
        let mut outlines: BTreeMap<Fingerprint, BTreeMap<String, Vec<u8>>> = BTreeMap::new();
        for (path, text) in edits {
            match text {
                Some(text) => files.insert(path, text),
                None => files.remove(&path),
            };
            let timings = Timings::default();
            let (edition, _) = pipeline::edition(&inputs(&files), &mut Memo::default(), &timings);
            let Some(edition) = edition else { continue };
            let outline = edition.outline();
            let texts = made(&edition, Scope::Changed { is_new: &|_| true, shown: None, old: &|_| None });
            let (edition, _) = pipeline::edition(&inputs(&files), &mut Memo::default(), &timings);
            let all = made(&edition.expect("made before"), Scope::All);
            for (path, (key, bytes)) in &all {
                let before = seen.entry((path.clone(), *key)).or_insert_with(|| bytes.clone());
                prop_assert!(before == bytes, "{} differs under one fingerprint", path);
            }
            let others = all.into_iter().filter(|(path, _)| !texts.contains_key(path));
            let others: BTreeMap<_, _> = others.map(|(path, (_, bytes))| (path, bytes)).collect();
            let before = outlines.entry(outline).or_insert_with(|| others.clone());
            prop_assert!(*before == others, "files without texts differ under one outline");
        }
    }

    /// As many words as a text has, and no fewer, are an excerpt of all of it.
    #[test]
    fn words_are_counted_alike(text in "([a-z]{1,70}|[ a-z]{60,70}|[а-я ]{1,40}|[ếệđ]{1,9}|[\\u{3000}\\u{a0}\\u{2003}]|[一-三あ-お]{1,5}| ){1,40}") {
        let rendered = markdown::markdown(&format!("a {text}"), Dialect::default());
        let (count, text) = (rendered.words, rendered.text.trim_end());
        prop_assert!(!excerpt(text, count).ends_with('…'), "more than {count} words");
        prop_assert!(count < 2 || excerpt(text, count - 1).ends_with('…'), "not {count} words");
    }

    /// The search index after some texts have changed is the one that would be made anew.
    #[test]
    fn a_patched_index_is_a_new_one(edits in proptest::collection::vec(small_edit(), 2..16)) {
        let mut files = Files::new();
        let mut before: Option<(Fingerprint, Files, BTreeMap<String, Vec<u8>>)> = None;
        for (path, text) in edits {
            match text {
                Some(text) => files.insert(path, text),
                None => files.remove(&path),
            };
            let edition = || {
                pipeline::edition(&inputs(&files), &mut Memo::default(), &Timings::default()).0
            };
            let Some(new) = edition() else { continue };
            let outline = new.outline();
            let all = made(&new, Scope::All).into_iter();
            let all: BTreeMap<_, _> = all.map(|(path, (_, bytes))| (path, bytes)).collect();
            if let Some((_, old_files, old)) = before.filter(|before| before.0 == outline) {
                let is_new = |source: &Source| old_files.get(&*source.path).map(String::as_str) != Some(&*source.text);
                let old = |path: &str| old.get(path).cloned();
                let patched = made(&edition().expect("made before"), Scope::Changed { is_new: &is_new, shown: None, old: &old });
                for (path, (_, bytes)) in patched.iter().filter(|file| file.0.starts_with("search/")) {
                    prop_assert!(all[path] == *bytes, "{} differs", path);
                }
            }
            before = Some((outline, files.clone(), all));
        }
    }

    /// Law 2: any number of threads gives the same bytes.
    #[test]
    fn threads_do_not_matter(edits in proptest::collection::vec(edit(), 6..16)) {
        let mut files = Files::new();
        for (path, text) in edits {
            files.insert(path, text.unwrap_or_default());
        }
        let inputs = inputs(&files);
        let with = |threads: usize| {
            let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build();
            pool.expect("a pool").install(|| pipeline::run(&inputs, &mut Memo::default()))
        };
        let one = with(1);
        for threads in [2, 8] {
            let more = with(threads);
            prop_assert_eq!(&one.diagnostics, &more.diagnostics);
            prop_assert!(one.files == more.files);
        }
    }
}

/// Law 5: nothing that came from a source runs in a reader's browser.
#[test]
fn hostile_text_stays_text() {
    let hostile = "<script>alert(1)</script><img src=x onerror=alert(2)>";
    let mut files = Files::new();
    files.insert(
        "content/articles/evil.md".to_owned(),
        format!(
            "---\ntitle: \"{hostile}\"\nlang: en\ndate: 2022-05-23\nsource: {{ name: \"{hostile}\", \
             url: \"javascript:alert(3)\" }}\nauthors: [\"{hostile}\"]\ncompanies: [xiaomi, nokia]\n\
             tags: [\"{hostile}\"]\nsummary: \"</script>{hostile}\"\npartnerships:\n  - parties: [xiaomi, nokia]\n    \
             kind: research\n    event: announced\n    evidence: \"{hostile}\"\n---\n\
             {hostile}\n\n[a link](javascript:alert(4)) <a href=\"data:text/html,x\">b</a> \
             <svg onload=alert(5)></svg> <iframe src=\"//evil.example\"></iframe> \
             <a href=\"&#106;avascript:alert(6)\">c</a>\n\n```html\n{hostile}\n```\n"
        ),
    );
    let mut feeds = 0;
    let output = pipeline::run(&inputs(&files), &mut Memo::default());
    for (path, bytes) in &output.files {
        let text = std::str::from_utf8(bytes).expect("text");
        let end = path.rsplit('.').next();
        if !matches!(end, Some("html" | "xml")) {
            continue;
        }
        feeds += usize::from(end == Some("xml"));
        // The only script elements that a page may have are data and the theme's own.
        let scripts = text.replace("<script type=\"application/ld+json\">", "<data>");
        let own = ["companies", "front", "search", "theme", "timeline"];
        let is_own = |part: &str| {
            let name = part.strip_prefix(" src=\"").map(|path| path.trim_start_matches(['.', '/']));
            name.is_some_and(|name| own.iter().any(|own| name.starts_with(&format!("{own}."))))
        };
        let mut parts = scripts.split("<script");
        let mut scripts = parts.next().unwrap_or_default().to_lowercase();
        for part in parts {
            scripts += if is_own(part) { "<data" } else { "<script" };
            scripts += &part.to_lowercase();
        }
        for bad in ["<script", "<iframe", "<svg onload", "href=\"javascript:", "href=\"data:"] {
            assert!(!scripts.contains(bad), "{path} has {bad}");
        }
        for tag in scripts.split('<').filter_map(|part| part.split_once('>').map(|p| p.0)) {
            let quoted = tag.contains('"');
            let handler = tag.contains(" onerror=") || tag.contains(" onload=");
            assert!(quoted || !handler, "{path} has <{tag}>");
        }
    }
    assert!(feeds > 0 && output.files.contains_key("2022/05/23/evil/index.html"));
}

/// Law 6: two pages never share an address silently, nor two tags a slug.
#[test]
fn collisions_are_told() {
    let text = |title: &str, tag: &str| {
        format!(
            "---\ntitle: {title}\nlang: en\ndate: 2022-05-23\nslug: same\ntags: [\"{tag}\"]\n---\nText.\n"
        )
    };
    let mut files = Files::new();
    files.insert("content/articles/one.md".to_owned(), text("One", "má"));
    files.insert("content/articles/two.md".to_owned(), text("Two", "mà"));
    let output = pipeline::run(&inputs(&files), &mut Memo::default());
    let messages: Vec<String> = output.diagnostics.iter().map(|d| d.render(false)).collect();
    let all = messages.join("\n");
    assert!(output.has_errors(), "{all}");
    assert!(all.contains("/2022/05/23/same/") && all.contains("one.md"), "{all}");
    assert!(all.contains("`má`") && all.contains("`mà`"), "{all}");
}

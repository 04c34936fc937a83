//! Where only titles and summaries have changed, files that do not show them are not even looked at.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::{Arc, Mutex};

use tearsheet::fingerprint::Fingerprint;
use tearsheet::memo::Memo;
use tearsheet::model::PartialDate;
use tearsheet::pipeline;
use tearsheet::read::Reader;
use tearsheet::render::edition::{Edition, Scope};
use tearsheet::source::{Drafts, Inputs, Source};
use tearsheet::timings::Timings;

/// A file with what it is made from and whose words it shows.
type Made = (Fingerprint, Vec<u8>, Arc<[u8]>);

fn edition(inputs: &Inputs) -> Edition {
    let (edition, _) = pipeline::edition(inputs, &mut Memo::default(), &Timings::default());
    edition.expect("templates without mistakes")
}

fn made(edition: &Edition, scope: Scope<'_>) -> BTreeMap<String, Made> {
    let all: Mutex<BTreeMap<String, Made>> = Mutex::default();
    let wanted = |path: &str, key: Fingerprint, shown: Vec<u8>| {
        let file = (key, shown, Arc::from([]));
        all.lock().expect("no panic").insert(path.to_owned(), file);
        true
    };
    let take = |path: &str, bytes: &[u8]| {
        let mut all = all.lock().expect("no panic");
        all.get_mut(path).expect("it was wanted").2 = Arc::from(bytes);
        Ok::<_, std::convert::Infallible>(())
    };
    let Ok(_) = edition.each(&Timings::default(), scope, wanted, take);
    all.into_inner().expect("no panic")
}

/// The sample site, and articles that name each other by their titles.
fn sample() -> Inputs {
    let today = PartialDate::day(2026, 11, 20).expect("a real day");
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut inputs = Reader::default().inputs(root, None, today, None).expect("the sample");
    inputs.drafts = Drafts::Include;
    let article = |name: &str, company: &str, date: &str, body: &str| {
        let text = format!(
            "---\ntitle: The {name} title\noriginal_title: An old one\ndate: {date}\nlang: en\n\
             companies: [{company}]\nsummary: In short\n---\n{body}\n"
        );
        Source::new(&format!("content/articles/{name}.md"), &text)
    };
    let link = "It says so in [[The second title]].";
    inputs.articles.push(article("first", "nokia", "2022-05-24", link));
    inputs.articles.push(article("second", "another", "2001-05-24", "It says nothing."));
    inputs.articles.sort_by(|a, b| a.path.cmp(&b.path));
    let page = format!("---\ntitle: Links\n---\n{link}\n");
    inputs.pages.push(Source::new("content/pages/links.md", &page));
    let company = format!("---\nname: Third\n---\n{link}\n");
    inputs.companies.push(Source::new("content/companies/third.md", &company));
    inputs
}

/// The same article with another title and summary.
fn reworded(source: &Source) -> Option<Source> {
    let mut changed = 0;
    let line = |line: &str| {
        let key = line.split_once(':').map_or("", |(key, _)| key);
        // The value must end on its line.
        if matches!(key, "title" | "original_title" | "summary") && line.len() > key.len() + 2 {
            changed += 1;
            return format!("{key}: Quite other words for the {key}\n");
        }
        line.to_owned()
    };
    let text: String = source.text.split_inclusive('\n').map(line).collect();
    (changed > 1).then(|| Source::new(&source.path, &text))
}

#[test]
fn files_that_show_no_new_words_stay_as_they_are() {
    let before = sample();
    let old = edition(&before);
    let frame = old.frame();
    let files = made(&old, Scope::All);
    let count = before.articles.len();
    let mut tried = 0;
    for at in 0..count {
        let name = &*before.articles[at].path;
        let mut inputs = before.clone();
        let Some(new) = reworded(&inputs.articles[at]) else { continue };
        inputs.articles[at] = new;
        tried += 1;
        let new = edition(&inputs);
        assert!(new.frame() == frame && new.outline() != old.outline(), "{name}");
        let all = made(&new, Scope::All);
        let is_new = |source: &Source| *source.path == *name;
        let shown = |path: &str| files.get(path).map(|file| &*file.1);
        let before = |path: &str| files.get(path).map(|file| file.2.to_vec());
        let scope = Scope::Changed { is_new: &is_new, shown: Some(&shown), old: &before };
        let changed = made(&edition(&inputs), scope);
        assert!(changed.len() * 3 < all.len(), "{name}: {} of {}", changed.len(), all.len());
        for (path, file) in &all {
            let now = changed.get(path).unwrap_or(&files[path]);
            assert!(now.2 == file.2, "{name}: {path} is old");
            assert!(
                now.0 == file.0 && now.1 == file.1,
                "{name}: {path} is known as something else"
            );
        }
    }
    assert!(tried * 2 > count, "{tried} of {count} articles");
}

#[test]
fn whatever_else_changes_is_no_mere_word() {
    let before = sample();
    let frame = edition(&before).frame();
    let at = before.articles.iter().position(|source| source.path.ends_with("/second.md"));
    let at = at.expect("our own");
    let edits = [
        ("date: 2001-05-24", "date: 2001-05-25"),
        ("companies: [another]", "companies: [xiaomi]"),
        ("title: The second title\n", ""),
        ("summary: In short\n", ""),
        ("lang: en", "lang: de"),
    ];
    for (old, new) in edits {
        let mut inputs = before.clone();
        let text = inputs.articles[at].text.replacen(old, new, 1);
        inputs.articles[at] = Source::new(&before.articles[at].path, &text);
        assert!(edition(&inputs).frame() != frame, "{old} → {new}");
    }
}

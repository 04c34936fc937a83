//! An editor in a real browser, who knows what is right in twenty texts: how many keys and clicks it takes.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde_json::{Value, json};
use tearsheet::understand::companies;

use super::{IDLE, press};
use crate::support::browser::Browser;
use crate::support::site::{Server, Site};

/// Texts with labels: our own, and those of the shared set where it is there.
fn labelled(folder: &Path, most: usize) -> Vec<PathBuf> {
    let files = std::fs::read_dir(folder).into_iter().flatten();
    let mut files: Vec<PathBuf> = files
        .map(|entry| entry.expect("an entry").path())
        .filter(|path| path.extension().is_some_and(|end| end == "json"))
        .collect();
    files.sort();
    // Evenly through the languages, which the names begin with.
    (0..most).map(|at| files[at * files.len() / most].clone()).collect()
}

/// The names under which a company is right: those of the label, of the built-in list, and of the list that
/// comes with the shared texts.
fn names(name: &Value) -> Value {
    let name = name.as_str().expect("a name");
    let row = companies::all().find(|row| row.names().any(|known| known == name));
    let mut all = vec![name.to_owned()];
    let list = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/press-companies.json");
    let list = std::fs::read_to_string(list).unwrap_or_else(|_| "[]".to_owned());
    let list: Vec<Value> = serde_json::from_str(&list).expect("JSON");
    for row in list {
        let words = row["aliases"].as_array().cloned().unwrap_or_default();
        let words: Vec<String> = [row["name"].clone()]
            .iter()
            .chain(&words)
            .filter_map(|word| word.as_str().map(str::to_owned))
            .collect();
        if words.iter().any(|word| word == name) {
            all.extend(words);
        }
    }
    if let Some(row) = row {
        all.extend(row.names().map(str::to_owned));
        all.push(row.id.to_owned());
    }
    json!(all)
}

/// What the editor knows of a text.
fn right(path: &Path) -> Value {
    let label: Value =
        serde_json::from_str(&std::fs::read_to_string(path).expect("a label")).expect("JSON");
    let list = |key: &str| label[key].as_array().cloned().unwrap_or_default();
    let with = |key: &str, more: &str| {
        let first = label[key].as_str().map(|one| json!(one));
        first.into_iter().chain(list(more)).collect::<Vec<_>>()
    };
    let all = |names_of: Vec<Value>| names_of.iter().map(names).collect::<Vec<_>>();
    let claim = |claim: &Value| {
        let mut kinds = claim["kinds"].as_array().cloned().unwrap_or_default();
        kinds.extend(claim["kind"].as_str().map(|kind| json!(kind)));
        kinds.extend(claim["kind_alternatives"].as_array().cloned().unwrap_or_default());
        json!({ "parties": all(parties(claim)), "kinds": kinds, "event": claim["event"] })
    };
    let (two, more): (Vec<Value>, Vec<Value>) =
        list("partnerships").into_iter().partition(|claim| parties(claim).len() == 2);
    // Of those between more than two, any pair may be claimed.
    let more = more.iter().flat_map(|claim| pairs(&parties(claim)));
    let optional = list("partnerships_optional");
    let optional = optional.iter().flat_map(|one| pairs(one.as_array().map_or(&[], Vec::as_slice)));
    let allowed: Vec<Value> = optional.chain(more).map(|pair| json!(all(pair.to_vec()))).collect();
    json!({
        "titles": with("title", "title_alternatives"), "date": label["date"], "authors": list("authors"),
        "sources": with("source", "source_alternatives"), "body": body(path, &label),
        "must_not_contain": list("must_not_contain"), "companies": all(list("companies")),
        "optional": all(list("companies_optional")),
        "partnerships": two.iter().map(claim).collect::<Vec<_>>(), "pairs": allowed,
    })
}

fn parties(claim: &Value) -> Vec<Value> {
    claim["parties"].as_array().cloned().unwrap_or_default()
}

fn pairs(parties: &[Value]) -> Vec<[Value; 2]> {
    let others = |at: usize| parties[at + 1..].iter().cloned();
    let all = parties.iter().enumerate();
    all.flat_map(|(at, one)| others(at).map(move |other| [one.clone(), other])).collect()
}

/// The body of a labelled text, which may be given by the numbers of its lines.
fn body(path: &Path, label: &Value) -> String {
    if let Some(body) = label["body"].as_str() {
        return body.to_owned();
    }
    let raw = std::fs::read(path.with_extension("txt")).expect("a text");
    let raw = String::from_utf8_lossy(&raw).into_owned();
    let lines: Vec<&str> = raw.lines().collect();
    let numbers = label["body_lines"].as_array().cloned().unwrap_or_default();
    let line = |n: &Value| lines[usize::try_from(n.as_u64().expect("a line")).expect("small") - 1];
    numbers.iter().map(line).collect::<Vec<_>>().join("\n")
}

fn mouse(browser: &mut Browser, kind: &str, x: f64, y: f64) {
    let buttons = i32::from(kind != "mouseReleased");
    let event = json!({ "type": kind, "x": x, "y": y, "button": "left", "buttons": buttons, "clickCount": 1 });
    browser.call("Input.dispatchMouseEvent", &event);
}

/// Plays one act, and tells how many keys and clicks it took.
fn act(browser: &mut Browser, act: &Value) -> usize {
    let number = |value: &Value| value.as_f64().expect("a number");
    if let Some(place) = act["click"].as_array() {
        let (x, y) = (number(&place[0]), number(&place[1]));
        for kind in ["mouseMoved", "mousePressed", "mouseReleased"] {
            mouse(browser, kind, x, y);
        }
        return 1;
    }
    if let Some(place) = act["drag"].as_array() {
        mouse(browser, "mouseMoved", number(&place[0]), number(&place[1]));
        mouse(browser, "mousePressed", number(&place[0]), number(&place[1]));
        mouse(browser, "mouseMoved", number(&place[2]), number(&place[3]));
        mouse(browser, "mouseReleased", number(&place[2]), number(&place[3]));
        return 2;
    }
    if let Some(key) = act["key"].as_str() {
        press(browser, key);
        return 1;
    }
    let words = act["type"].as_str().expect("an act");
    browser.call("Input.insertText", &json!({ "text": words }));
    words.chars().count()
}

/// How many keys and clicks one text took, for each part of it.
type Keys = BTreeMap<String, usize>;

/// How many keys and clicks an editor needs for each text in the queue.
fn edited(site: &Site, server: &Server, folder: &Path) -> Vec<Keys> {
    let mut browser = Browser::new();
    browser.window(1400);
    browser.open(&format!("{}/_desk/", server.url));
    browser.until("document.querySelector('.queue a, .empty') !== null");
    browser.value("document.querySelector('.queue a').click()");
    browser.until("document.querySelector('.facts') !== null");
    browser.value(include_str!("editor.js"));
    let mut counts = Vec::new();
    let mut seen = Vec::new();
    loop {
        let path = browser.value("new URLSearchParams(location.search).get('path')");
        let Some(path) = path.as_str().filter(|path| !seen.contains(&(*path).to_owned())) else {
            break;
        };
        seen.push(path.to_owned());
        let text = site.read(path);
        let from = text
            .split_once("from: \"")
            .and_then(|(_, rest)| rest.split_once(".txt\""))
            .expect("its name")
            .0;
        let mut keys = set_right(&mut browser, from, &right(&folder.join(format!("{from}.json"))));
        press(&mut browser, "a");
        *keys.entry("accept".to_owned()).or_default() += 1;
        println!("{from}: {} {keys:?}", keys.values().sum::<usize>());
        counts.push(keys);
        browser.until(&format!(
            "new URLSearchParams(location.search).get('path') !== {}",
            json!(path)
        ));
        browser.until("document.querySelector('.facts, .empty') !== null");
        browser.until(IDLE);
    }
    assert_eq!(browser.complaints, Vec::<String>::new());
    counts
}

/// Makes the article that is open right.
fn set_right(browser: &mut Browser, from: &str, label: &Value) -> Keys {
    let plan = format!("plan({label})");
    let mut keys = Keys::new();
    loop {
        let mut next = browser.value(&plan);
        // On a busy machine the page may not have seen the last act yet.
        for _ in 0..20 {
            if next["failed"].is_null() {
                break;
            }
            std::thread::sleep(std::time::Duration::from_millis(100));
            next = browser.value(&plan);
        }
        if next["done"] == true {
            return keys;
        }
        assert!(next["failed"].is_null() && keys.values().sum::<usize>() < 300, "{from}: {next}");
        let about = next["about"].as_str().expect("what it is about").to_owned();
        *keys.entry(about).or_default() += act(browser, &next);
        // A selection is seen a moment after the mouse is let go.
        std::thread::sleep(std::time::Duration::from_millis(100));
        browser.until(IDLE);
    }
}

fn median(counts: &[Keys]) -> usize {
    let mut counts: Vec<usize> = counts.iter().map(|keys| keys.values().sum()).collect();
    counts.sort_unstable();
    counts[counts.len() / 2]
}

fn sum(counts: &[Keys]) -> usize {
    counts.iter().flat_map(Keys::values).sum()
}

/// How many keys each part took in all texts together.
fn parts(counts: &[Keys]) -> Keys {
    counts.iter().flatten().fold(Keys::new(), |mut all, (part, count)| {
        *all.entry(part.clone()).or_default() += count;
        all
    })
}

/// A site with texts in its inbox, and nothing known but what another site has learned.
fn begun(texts: &[PathBuf], learned: Option<&Site>) -> Site {
    let site = Site::new();
    site.write("tearsheet.toml", "title = \"Desk\"\n");
    if let Some(other) = learned {
        site.write("tearsheet.toml", &other.read("tearsheet.toml"));
        for folder in ["content/companies", "content/sources", "content/partnerships"] {
            for file in std::fs::read_dir(other.path().join(folder)).into_iter().flatten() {
                let name = file.expect("a file").file_name();
                let path = format!("{folder}/{}", name.to_string_lossy());
                site.write(&path, &other.read(&path));
            }
        }
    }
    std::fs::create_dir_all(site.path().join("inbox")).expect("made");
    for path in texts {
        let text = std::fs::read(path.with_extension("txt")).expect("a text");
        let name = path.file_stem().expect("a name").to_string_lossy();
        std::fs::write(site.path().join(format!("inbox/{name}.txt")), text).expect("written");
    }
    assert_eq!(site.run(&["import"]).code, 0);
    site
}

/// An editor works off all texts of a site in one session.
fn session(site: &Site, texts: &[PathBuf], folder: &Path) -> Vec<Keys> {
    let counts = {
        let server = site.serve("0", &[]);
        edited(site, &server, folder)
    };
    assert_eq!(counts.len(), texts.len(), "all in one session");
    let strict = site.run(&["build", "--strict"]);
    assert_eq!(strict.code, 0, "{}", strict.err);
    assert_eq!(site.run(&["review"]).out, "", "nothing is open any more");
    counts
}

/// The files of all articles.
fn articles(site: &Site) -> BTreeMap<PathBuf, String> {
    let mut files = BTreeMap::new();
    let mut folders = vec![site.path().join("content/articles")];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                folders.push(path);
            } else {
                files.insert(path.clone(), std::fs::read_to_string(path).expect("a text"));
            }
        }
    }
    files
}

/// An editor works off twenty labelled texts, and then the same ones in a site that has only learned from
/// them: `cargo test --test browser editor_settles -- --nocapture` prints each.
fn twenty(folder: &Path) -> [Vec<Keys>; 2] {
    let texts = labelled(folder, 20);
    let site = begun(&texts, None);
    let first = session(&site, &texts, folder);
    // The same texts again change nothing, and ask for nothing.
    let before = articles(&site);
    let again = site.run(&["import"]);
    assert!(again.err.contains("kept as edited"), "{}", again.err);
    assert_eq!(articles(&site), before, "what was rejected stays away");
    assert_eq!(site.run(&["review"]).out, "");
    let second = session(&begun(&texts, Some(&site)), &texts, folder);
    for (when, counts) in [("first", &first), ("again", &second)] {
        let (median, sum, parts) = (median(counts), sum(counts), parts(counts));
        println!("{}, {when}: median {median}, {sum} in all, {parts:?}", folder.display());
    }
    [first, second]
}

#[test]
fn an_editor_settles_twenty_texts() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let [first, again] = twenty(&root.join("tests/press"));
    assert!(median(&first) <= 2 && sum(&first) <= 45, "{} keys and clicks", sum(&first));
    assert!(sum(&again) <= sum(&first), "what was learned makes it easier");
    let shared = root.join("../shared/press");
    if shared.is_dir() {
        let [first, again] = twenty(&shared);
        assert!(median(&first) <= 6 && sum(&first) <= 190, "{} keys and clicks", sum(&first));
        assert!(median(&again) <= 4 && sum(&again) <= 80, "{} keys and clicks", sum(&again));
        assert!(
            2 * sum(&again) <= sum(&first),
            "half the keys: {} and {}",
            sum(&again),
            sum(&first)
        );
    }
}

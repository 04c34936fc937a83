//! Which articles tell the same story: labelled raw texts are imported, written down as Markdown and
//! grouped, and the groups are compared with the labels.
//!
//! `cargo test stories -- --nocapture` prints the scores and every group that is not right.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use serde_json::Value;
use tearsheet::import::article::{self, ImportContext};
use tearsheet::import::markdown;
use tearsheet::memo::Memo;
use tearsheet::model::{Article, Claim, Event, Kind, PartialDate, Party, Rights};
use tearsheet::pipeline;
use tearsheet::source::{Inputs, Source};
use tearsheet::timings::Timings;
use tearsheet::understand::companies::Gazetteer;

/// Story by name of the text.
type Stories = BTreeMap<String, String>;

fn today() -> PartialDate {
    PartialDate::day(2026, 11, 20).expect("a real day")
}

/// The raw texts of a folder, imported, and perhaps corrected.
fn imported(
    folder: &Path,
    names: impl Iterator<Item = String>,
    correct: impl Fn(&str, &mut Article),
) -> Vec<Source> {
    let gazetteer = Gazetteer::new(&[]);
    names
        .map(|name| {
            let bytes = std::fs::read(folder.join(format!("{name}.txt"))).expect("a raw text");
            let setting = ImportContext { rights: Rights::Excerpt, retrieved: None };
            let mut article = article::text(&bytes, &gazetteer, &setting).expect("a text").article;
            correct(&name, &mut article);
            Source::new(&format!("content/articles/{name}.md"), &markdown::file(&article))
        })
        .collect()
}

/// What an editor would make of the partnerships that import found: the main one as labelled.
fn edited(label: &Value, article: &mut Article) {
    let parties: Vec<String> = label["parties"]
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(|id| id.as_str().map(str::to_owned))
        .collect();
    let is_main = |claim: &Claim| {
        claim.parties.iter().filter(|party| parties.contains(&party.company)).count() >= 2
    };
    article.partnerships.retain(|claim| !is_main(claim));
    if let (Some(kind), Some(event)) = (label["kind"].as_str(), label["event"].as_str()) {
        let event = Event::parse(event).expect("an event");
        let main = Claim {
            parties: parties.into_iter().map(|company| Party { company, role: None }).collect(),
            name: None,
            kinds: vec![Kind(kind.to_owned())],
            event,
            date: None,
            start: None,
            end: None,
            value: None,
            stake: None,
            reason: None,
            evidence: None,
            confidence: None,
        };
        article.partnerships.insert(0, main);
    }
}

/// The story of each article; one that stands alone has its own name.
fn grouped(articles: Vec<Source>) -> Stories {
    grouped_again(articles, &mut Memo::default())
}

/// The same after other runs.
fn grouped_again(articles: Vec<Source>, memo: &mut Memo) -> Stories {
    let mut inputs = Inputs::empty(today());
    inputs.articles = articles;
    let index = pipeline::understand(&inputs, memo, &Timings::default()).index;
    let name = |path: &str| {
        let file = path.rsplit('/').next().unwrap_or(path);
        file.trim_end_matches(".md").to_owned()
    };
    let story = |entry: &tearsheet::index::IndexedArticle| {
        let alone = name(&entry.article().path);
        (alone.clone(), entry.story.map_or(alone, |at| index.stories[at].id.clone()))
    };
    index.articles.iter().map(story).collect()
}

/// B-cubed precision and recall: for each article, which share of its group belongs there, and which
/// share of those that belong there is in it (Bagga and Baldwin 1998).
fn b_cubed(found: &Stories, right: &Stories) -> (f64, f64) {
    let members = |stories: &Stories, of: &str| -> BTreeSet<String> {
        let same = stories.iter().filter(|(_, story)| *story == of);
        same.map(|(name, _)| name.clone()).collect()
    };
    let number = |n: usize| f64::from(u32::try_from(n).expect("a small number"));
    let (mut precision, mut recall) = (0.0, 0.0);
    for (name, story) in found {
        let (got, wanted) = (members(found, story), members(right, &right[name]));
        let both = number(got.intersection(&wanted).count());
        precision += both / number(got.len());
        recall += both / number(wanted.len());
    }
    let all = number(found.len());
    (precision / all, recall / all)
}

/// Prints the score of a set and holds it above its floors: F1, then precision.
fn hold(set: &str, found: &Stories, right: &Stories, floors: (f64, f64)) {
    let (precision, recall) = b_cubed(found, right);
    let f1 = 2.0 * precision * recall / (precision + recall);
    println!("\n== {set}: {} reports", found.len());
    let mut groups: BTreeMap<&str, BTreeSet<(&str, &str)>> = BTreeMap::new();
    for (name, story) in right {
        groups.entry(story).or_default().insert((name, &found[name]));
    }
    for (story, members) in groups {
        let stories: BTreeSet<&str> = members.iter().map(|member| member.1).collect();
        let strangers = found.iter().filter(|(name, story)| {
            stories.contains(story.as_str()) && !members.iter().any(|member| member.0 == *name)
        });
        let strangers: Vec<&String> = strangers.map(|(name, _)| name).collect();
        if stories.len() > 1 || !strangers.is_empty() {
            println!("   {story}: {members:?}, with {strangers:?}");
        }
    }
    println!("B-cubed precision {precision:.3}, recall {recall:.3}, F1 {f1:.3}");
    assert!(precision >= floors.1, "{set}: precision {precision:.3} fell below {}", floors.1);
    assert!(f1 >= floors.0, "{set}: F1 {f1:.3} fell below {}", floors.0);
}

fn json(path: &Path) -> Value {
    let text = std::fs::read_to_string(path).expect("a label");
    serde_json::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

#[test]
fn stories_of_our_own_texts() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/stories");
    let labels = json(&folder.join("labels.json"));
    let labels = labels.as_object().expect("labels by name");
    let story = |(name, label): (&String, &Value)| {
        (name.clone(), label["story"].as_str().expect("a story").to_owned())
    };
    let right: Stories = labels.iter().map(story).collect();
    let names = || right.keys().cloned();
    let found = grouped(imported(&folder, names(), |name, article| edited(&labels[name], article)));
    hold("edited", &found, &right, (0.97, 0.98));
    let found = grouped(imported(&folder, names(), |_, _| {}));
    hold("as imported", &found, &right, (0.81, 0.95));
}

/// A text whose figures and names are gone but for its beginning, which lists of articles show.
fn blurred(article: &Source) -> Source {
    let (head, body) = article.text.split_at(article.text.find("\n---\n").expect("front matter"));
    let shown = body.char_indices().nth(600).map_or(body.len(), |(at, _)| at);
    let plain = |c: char| if c.is_ascii_digit() { 'x' } else { c.to_ascii_lowercase() };
    let rest: String = body[shown..].chars().map(plain).collect();
    Source::new(&article.path, &format!("{head}{}{rest}", &body[..shown]))
}

#[test]
fn stories_follow_an_edited_text() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/stories");
    let labels = json(&folder.join("labels.json"));
    let names = labels.as_object().expect("labels by name").keys().cloned();
    let articles = imported(&folder, names, |_, _| {});
    let mut memo = Memo::default();
    let first = grouped_again(articles.clone(), &mut memo);
    let mut changed = 0;
    for at in 0..articles.len() {
        let mut edited = articles.clone();
        edited[at] = blurred(&articles[at]);
        let warm = grouped_again(edited.clone(), &mut memo);
        assert_eq!(warm, grouped(edited), "{}", articles[at].path);
        changed += usize::from(warm != first);
    }
    assert!(changed > 0, "no text decides a story");
}

#[test]
fn stories_of_the_shared_texts() {
    let gold = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/gold");
    let (mut right, mut articles) = (Stories::new(), Vec::new());
    for folder in ["dev", "seeds"].map(|set| gold.join(set)).into_iter().filter(|f| f.is_dir()) {
        let mut names = Vec::new();
        for entry in std::fs::read_dir(&folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.extension().is_some_and(|end| end == "json") {
                let name = path.file_stem().expect("a name").to_string_lossy().into_owned();
                let story = json(&path)["story"].as_str().expect("a story").to_owned();
                right.insert(name.clone(), story);
                names.push(name);
            }
        }
        articles.extend(imported(&folder, names.into_iter(), |_, _| {}));
    }
    if !right.is_empty() {
        hold("shared", &grouped(articles), &right, (0.98, 0.98));
    }
}

/// An article on one deal of two companies.
fn deal(name: &str, front: &str, event: &str) -> Source {
    let text = format!(
        "---\ntitle: {name}\nlang: en\ncompanies: [red, dot]\n{front}\npartnerships:\n  - parties: [red, \
         dot]\n    kind: supply\n    event: {event}\n---\n\nThe words of {name}, like no other.\n"
    );
    Source::new(&format!("content/articles/{name}.md"), &text)
}

/// The stories of some articles: for each, its id and its articles.
fn stories_of(articles: &[Source]) -> BTreeMap<String, Vec<String>> {
    let mut stories: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for (name, story) in grouped(articles.to_vec()) {
        stories.entry(story).or_default().push(name);
    }
    stories.retain(|_, names| names.len() > 1);
    stories
}

#[test]
fn stories_follow_parties_turn_and_time() {
    let start = "dot--red-2022-start";
    let a = deal("a", "date: 2022-05-01", "announced");
    let same = [a.clone(), deal("b", "date: 2022-05-31", "signed")];
    assert_eq!(stories_of(&same)[start], ["a", "b"]);
    // A month and a day later it is another one, and so is another turn.
    for other in [
        deal("b", "date: 2022-06-02", "announced"),
        deal("b", "date: 2022-05-02", "ended"),
        deal("b", "date: 2022-05-02", "mentioned"),
        deal("b", "date: 2022-05-02\nsplit: true", "announced"),
        deal("b", "date: 2022-05-02\nnot_story: [dot--red-2022-start]", "announced"),
    ] {
        let text = other.text.clone();
        assert_eq!(stories_of(&[a.clone(), other]), BTreeMap::new(), "{text:?}");
    }
    // Without a day it joins the only event it can mean, and none of two.
    let undated = deal("u", "", "announced");
    assert_eq!(stories_of(&[a.clone(), undated.clone()])[start], ["a", "u"]);
    let later = deal("z", "date: 2024-05-01", "announced");
    assert_eq!(stories_of(&[a.clone(), later.clone(), undated]), BTreeMap::new());
    // It cannot tell of what happened after it was fetched, nor of another year than its own.
    let fetched = deal("u", "source: { name: x, retrieved: 2022-12-31 }", "announced");
    assert_eq!(stories_of(&[later.clone(), fetched]), BTreeMap::new());
    let of_year = deal("u", "date: 2024", "announced");
    assert_eq!(stories_of(&[a, later, of_year]).into_values().next().expect("one"), ["u", "z"]);
}

#[test]
fn what_an_editor_says_of_stories_goes_before_the_rules() {
    let a = deal("a", "date: 2022-05-01\nstory: The Deal", "announced");
    let b = deal("b", "date: 2022-05-02", "announced");
    let far = deal("c", "date: 2025-01-01\nstory: the-deal", "ended");
    assert_eq!(stories_of(&[a.clone(), b.clone(), far])["the-deal"], ["a", "b", "c"]);
    let other = deal("b", "date: 2022-05-02\nstory: another", "announced");
    let third = deal("c", "date: 2022-05-03\nstory: another", "announced");
    let stories = stories_of(&[a.clone(), other, third]);
    assert_eq!(
        stories.into_iter().collect::<Vec<_>>(),
        [("another".into(), vec!["b".into(), "c".into()])]
    );
    let vetoes = deal("b", "date: 2022-05-02\nnot_story: [the-deal]", "announced");
    assert_eq!(stories_of(&[a, vetoes]), BTreeMap::new());
}

#[test]
fn copies_are_one_story_in_one_language_only() {
    let text = "Red and Dot will build a factory for lenses near the harbour, and both pay half of it. The \
                first lenses are to leave the factory in two years, and most of them go into telephones.";
    let article = |name: &str, front: &str, body: &str| {
        let text = format!("---\ntitle: {name}\n{front}\n---\n\n{body}\n");
        Source::new(&format!("content/articles/{name}.md"), &text)
    };
    // A text in common is no event of anybody.
    let nobodys = ["a", "b"].map(|name| article(name, "lang: en\ndate: 2022-05-01", text));
    assert_eq!(stories_of(&nobodys), BTreeMap::new());
    let a = article("a", "lang: en\ndate: 2022-05-01\ncompanies: [red, dot]", text);
    let longer =
        format!("A new beginning. {text} Nobody said what it will cost, and nobody asked.");
    let copy = article("b", "lang: en\ndate: 2022-05-09\ncompanies: [dot, red]", &longer);
    assert_eq!(stories_of(&[a.clone(), copy])["a"], ["a", "b"]);
    let late = article("b", "lang: en\ndate: 2023-05-09\ncompanies: [dot, red]", &longer);
    assert_eq!(stories_of(&[a.clone(), late]), BTreeMap::new());
    let foreign = article("b", "lang: de\ndate: 2022-05-09\ncompanies: [dot, red]", &longer);
    assert_eq!(stories_of(&[a.clone(), foreign]), BTreeMap::new());
    // A copy tells which of two events an article without a day means.
    let deal = |name: &str, date: &str, body: &str| {
        let front = format!(
            "lang: en\n{date}companies: [red, dot]\npartnerships:\n  - parties: [red, dot]\n    kind: \
             supply\n    event: announced"
        );
        article(name, &front, body)
    };
    let old = deal("old", "date: 2015-01-01\n", "Another text.");
    let new = deal("new", "date: 2022-05-01\n", text);
    let undated = deal("undated", "", &longer);
    assert_eq!(stories_of(&[old, new, undated])["dot--red-2022-start"], ["new", "undated"]);
    // The same release form for two deals is no copy of one story.
    let form = |name: &str, pair: &str| {
        let front = format!(
            "lang: en\ndate: 2022-05-01\ncompanies: [{pair}]\npartnerships:\n  - parties: [{pair}]\n    kind: \
             supply\n    event: announced"
        );
        article(name, &front, text)
    };
    assert_eq!(stories_of(&[form("a", "red, dot"), form("b", "red, tip")]), BTreeMap::new());
}

#[test]
fn stories_have_pages_and_lists() {
    let site = crate::support::site::Site::new();
    for source in [
        deal("a", "date: 2022-05-01\nsource: { name: Daily }", "announced"),
        deal("b", "date: 2022-05-03\nsource: { name: Weekly }", "announced"),
        deal("c", "date: 2023-05-03", "ended"),
    ] {
        site.write(&source.path, &source.text);
    }
    assert_eq!(site.run(&["build"]).code, 0);
    let page = site.read("public/stories/dot--red-2022-start/index.html");
    for word in ["The first report.", "Days after the first report: 2.", "Daily", "Weekly"] {
        assert!(page.contains(word), "{word}: {page}");
    }
    let home = site.read("public/index.html");
    assert_eq!(home.matches("<article class=\"card").count(), 2, "{home}");
    assert!(home.contains("Also reported by"));
    let article = site.read("public/2022/05/03/b/index.html");
    assert!(article.contains("The same story in other sources") && article.contains(">a</a>"));
    let list = site.run(&["list", "stories", "--format", "csv"]);
    assert_eq!(
        list.out,
        "id,date,parties,articles,title,address\ndot--red-2022-start,2022-05-01,dot red,2,a,/stories/dot--red-2022-start/\n"
    );
    let none = site.run(&["list", "stories", "--since", "2023", "--format", "csv"]);
    assert_eq!(none.out.lines().count(), 1);
}

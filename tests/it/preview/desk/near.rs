//! Two ids that are probably of one company: who says so, and what a person decides about it.

use std::path::Path;

use serde_json::{Value, json};
use tearsheet::model::slug;
use tearsheet::understand::legal_forms;

use crate::support::desk::Client;
use crate::support::site::Site;

/// A site with one article for each pair of an id and a text.
fn site(articles: &[(&str, &str)]) -> Site {
    let site = Site::new();
    site.write("tearsheet.toml", "title = \"Near\"\n");
    for (at, (id, text)) in articles.iter().enumerate() {
        let front = format!(
            "title: \"Article {at}\"\ndate: 2022-05-{:02}\nlang: en\ncompanies: [\"{id}\"]",
            at % 28 + 1
        );
        site.write(
            &format!("content/articles/a{at}.md"),
            &format!("---\n{front}\n---\n\n{text}\n"),
        );
    }
    site
}

/// The proposals of `check`.
fn proposed(site: &Site) -> Vec<String> {
    let run = site.run(&["check"]);
    let told = format!("{}{}", run.out, run.err);
    let lines = told.lines().filter(|line| line.contains("` may be `"));
    lines.map(|line| line.split_once("needs a person: ").expect("a note").1.to_owned()).collect()
}

#[test]
fn ids_that_differ_only_in_spelling_are_proposed_with_evidence() {
    for (one, other, expected) in [
        (
            ("zarvox-optics", "Zarvox Optics grinds lenses."),
            ("zarvox-optics-gmbh", "Lenses of Zarvox Optics GmbH."),
            Some(
                "“Zarvox Optics GmbH” in content/articles/a1.md, “Zarvox Optics” in content/articles/a0.md",
            ),
        ),
        (
            ("zar-vox", "Zar-Vox grinds lenses. Zar Vox again."),
            ("zarvox", "ZARVOX grinds lenses."),
            Some("“ZARVOX” in content/articles/a1.md"),
        ),
        (
            ("muller-linsen", "The glass of Müller Linsen."),
            ("mueller-linsen", "The glass of Mueller Linsen."),
            Some("“Müller Linsen”"),
        ),
        (
            ("jena-glass-works", "Jena Glass Works (JGW) makes glass."),
            ("jgw", "JGW makes glass."),
            Some("“Jena Glass Works (JGW)” in content/articles/a0.md"),
        ),
        (
            ("leicacamera", "LeicaCamera makes cameras."),
            ("nokia", "Nokia makes phones."),
            Some("in the built-in list"),
        ),
        (("blu-linsen", "Blu Linsen."), ("blue-linsen", "Blue Linsen."), None),
        (("jena-glass-works", "Jena Glass Works (ABC)."), ("abc", "ABC."), None),
        (("jena-glass-works", "Jena Glass Works (Jena)."), ("jena", "Jena."), None),
        (("zarvox-optics", "Zarvox Optics."), ("zarvox-glass", "Zarvox Glass."), None),
        (("nokia", "Nokia."), ("nokian-tyres", "Nokian Tyres."), None),
    ] {
        let found = proposed(&site(&[one, other]));
        match expected {
            Some(words) => assert!(found.len() == 1 && found[0].contains(words), "{found:?}"),
            None => assert_eq!(found, Vec::<String>::new()),
        }
    }
}

#[test]
fn what_is_decided_is_not_proposed_again() {
    let pair = [("zarvox-optics", "Zarvox Optics."), ("zarvox-optics-gmbh", "Zarvox Optics GmbH.")];
    let two = site(&pair);
    let hint = two.run(&["check"]);
    assert!(
        hint.err.contains("tearsheet company merge zarvox-optics zarvox-optics-gmbh"),
        "{}{}",
        hint.out,
        hint.err
    );
    let merged = two.run(&["company", "merge", "zarvox-optics", "zarvox-optics-gmbh"]);
    assert_eq!((merged.code, proposed(&two)), (0, Vec::new()), "{}", merged.err);
    let two = site(&pair);
    for id in ["zarvox-optics", "zarvox-optics-gmbh"] {
        two.write(&format!("content/companies/{id}.md"), "---\nname: Zarvox\n---\n");
    }
    assert_eq!(proposed(&two), Vec::<String>::new(), "each has a file of its own");
    for (step, key) in [("apart", "different_from"), ("merge", "former_ids")] {
        let two = site(&pair);
        let server = two.serve("0", &[]);
        let client = Client::new(&server);
        let rows = client.get("queue?filter=unknown").1["rows"].clone();
        let near = |value: &Value| {
            let reasons = value["reasons"].as_array().cloned().unwrap_or_default();
            reasons.into_iter().find(|reason| reason["id"] == "near")
        };
        let row = rows.as_array().into_iter().flatten().find(|row| near(row).is_some());
        let path = row.expect("it waits")["path"].as_str().expect("a path");
        let pair = near(&client.sheet(path)).expect("shown on its page")["near"].clone();
        let other = if step == "merge" { "into" } else { "like" };
        let sheet = client.work(path, &json!([{ "do": step, "id": pair[0], other: pair[1] }]));
        assert_eq!(near(&sheet), None, "{sheet}");
        let file = two.read("content/companies/zarvox-optics.md");
        assert!(file.contains(&format!("{key}: [\"zarvox-optics-gmbh\"]")), "{file}");
        assert_eq!(proposed(&two), Vec::<String>::new(), "{step}");
        assert_eq!(client.post("api/undo", &json!({})).0, 200);
        assert_eq!(proposed(&two).len(), 1, "undone");
    }
}

#[test]
fn review_asks_whether_two_ids_are_one_company() {
    let two =
        site(&[("zarvox-optics", "Zarvox Optics."), ("zarvox-optics-gmbh", "Zarvox Optics GmbH.")]);
    assert!(two.run(&["review"]).out.contains("`zarvox-optics-gmbh` may be `zarvox-optics`"));
    // It is a company, it is the other one, and all else may wait.
    let run = two.run_with(&["review", "--ask"], &[], b"y\ny\ns\ns\n");
    assert!(run.out.contains("one company? [y]es [n]o [s]kip"), "{}", run.out);
    assert!(two.read("content/companies/zarvox-optics.md").contains("former_ids"), "{}", run.out);
}

#[test]
fn different_companies_are_not_proposed() {
    let sample = Site::new();
    assert_eq!(sample.run(&["init", "."]).code, 0);
    assert_eq!(proposed(&sample), Vec::<String>::new(), "the sample");
    let list = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/press-companies.json");
    let Ok(list) = std::fs::read_to_string(list) else { return };
    let list: Vec<Value> = serde_json::from_str(&list).expect("JSON");
    let texts: Vec<(String, String)> = list
        .iter()
        .map(|row| {
            let name = row["name"].as_str().expect("a name");
            let aliases = row["aliases"].as_array().cloned().unwrap_or_default();
            let aliases: Vec<&str> = aliases.iter().filter_map(Value::as_str).collect();
            (slug(legal_forms::strip(name)), format!("{name} ({}) grows.", aliases.join(") (")))
        })
        .collect();
    let articles: Vec<(&str, &str)> =
        texts.iter().map(|(id, text)| (id.as_str(), text.as_str())).collect();
    assert_eq!(proposed(&site(&articles)), Vec::<String>::new(), "{} companies", articles.len());
}

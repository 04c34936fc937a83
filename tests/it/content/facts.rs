//! What is known of partnerships: who says so, where they disagree, and what an editor decides.

use serde_json::Value;

use crate::support::site::Site;

/// Adds an article with one claim on two parties; `claim` are more lines of it.
fn report(site: &Site, name: &str, front: &str, parties: &str, claim: &[&str]) {
    let claim = claim.join("\n    ");
    let front = format!(
        "title: {name}\nlang: en\ncompanies: [{parties}]\n{front}\npartnerships:\n  - parties: \
         [{parties}]\n    kind: co-development\n    {claim}"
    );
    site.article(name, &front, &format!("This is the text of {name}, and of no other article."));
}

fn list(site: &Site, arguments: &[&str]) -> Vec<Value> {
    let run = site.run(&[&["list"], arguments, &["--format", "json"]].concat());
    assert_eq!(run.code, 0, "{}", run.err);
    serde_json::from_str(&run.out).expect("a list")
}

fn only(site: &Site) -> Value {
    let all = list(site, &["partnerships"]);
    assert_eq!(all.len(), 1, "{all:?}");
    all.into_iter().next().expect("one")
}

/// The dates of a fact, the preferred one first.
fn dates(fact: &Value) -> Vec<&str> {
    let values = fact["values"].as_array().expect("values");
    values.iter().map(|told| told["value"].as_str().expect("a date")).collect()
}

/// Three articles that look back at one beginning, and do not agree.
fn disputed() -> Site {
    let site = Site::new();
    let since = |year: u16| format!("start: {year}");
    let from = |source: &str, date: &str| format!("source: {{ name: {source} }}\ndate: {date}");
    let add = |name: &str, source: &str, date: &str, year: u16| {
        report(&site, name, &from(source, date), "red, dot", &["event: mentioned", &since(year)]);
    };
    add("a", "Daily", "2020-01-01", 2015);
    add("b", "Weekly", "2021-01-01", 2016);
    add("c", "Monthly", "2022-01-01", 2019);
    add("d", "Yearly", "2023-01-01", 2016);
    site
}

#[test]
fn sources_that_disagree_are_all_shown() {
    let site = disputed();
    let relation = only(&site);
    let start = &relation["periods"][0]["start"];
    // Two origins say 2016; of the others 2015 was told first.
    assert_eq!(dates(start), ["2016", "2015", "2019"]);
    assert_eq!(
        (start["sureness"].as_str(), start["choice"].as_str()),
        (Some("disputed"), Some("origins"))
    );
    assert_eq!(site.run(&["build"]).code, 0);
    let page = site.read("public/partnerships/dot--red/index.html");
    for word in ["Sources disagree", "<b>2016</b>", "<b>2015</b>", "<b>2019</b>", "more origins"] {
        assert!(page.contains(word), "{word}: {page}");
    }
    let check = site.run(&["check"]);
    assert!(check.err.contains("sources disagree on when dot--red began: 2016 (2 origins), 2015 (1 origin), 2019 (1 origin)"), "{}", check.err);
    assert!(check.err.contains("content/articles/a.md:11:12"), "{}", check.err);
}

#[test]
fn an_editor_decides_with_a_reason() {
    let site = disputed();
    let note = "---\nparties: [red, dot]\nprefer: { start: 2019-04, reason: The contract is dated so. }\n---\n";
    site.write("content/partnerships/dot--red.md", note);
    let relation = only(&site);
    let start = &relation["periods"][0]["start"];
    assert_eq!(dates(start), ["2019-04", "2016", "2015"]);
    assert_eq!(start["choice"], "editor");
    assert!(!site.run(&["check"]).err.contains("disagree"));
    assert_eq!(site.run(&["build"]).code, 0);
    let page = site.read("public/partnerships/dot--red/index.html");
    assert!(page.contains("choice: The contract is dated so."), "{page}");
}

#[test]
fn a_later_article_never_silently_replaces_an_earlier_fact() {
    let site = Site::new();
    report(&site, "a", "date: 2016-02-25", "red, dot", &["event: announced"]);
    report(&site, "b", "date: 2022-05-01", "red, dot", &["event: mentioned", "start: 2015"]);
    assert_eq!(dates(&only(&site)["periods"][0]["start"]), ["2016-02-25", "2015"]);
    // What can mean the same day is no contradiction, and the more precise date stands.
    report(&site, "b", "date: 2022-05-01", "red, dot", &["event: mentioned", "start: 2016"]);
    let relation = only(&site);
    assert_eq!(dates(&relation["periods"][0]["start"]), ["2016-02-25"]);
    assert_eq!(relation["periods"][0]["start"]["sureness"], "confirmed");
}

#[test]
fn ends_that_differ_are_a_dispute_and_the_day_of_a_report_is_none() {
    let site = Site::new();
    report(&site, "a", "date: 2016-02-25", "red, dot", &["event: announced"]);
    report(&site, "b", "date: 2022-05-01", "red, dot", &["event: ended", "end: 2021"]);
    report(&site, "c", "date: 2022-06-01", "red, dot", &["event: ended", "end: 2022-03-31"]);
    report(&site, "d", "date: 2022-07-01", "red, dot", &["event: ended"]);
    let relation = only(&site);
    assert_eq!(dates(&relation["periods"][0]["end"]), ["2021", "2022-03-31"]);
    assert_eq!(
        (relation["status"].as_str(), relation["because"]["what"].as_str()),
        (Some("ended"), Some("ended"))
    );
    let disputed = list(&site, &["partnerships", "--disputed"]);
    assert_eq!(disputed.len(), 1);
}

#[test]
fn reports_of_one_release_are_one_origin() {
    let site = Site::new();
    let told = |name: &str, more: &str, body: &str| {
        let front = format!(
            "title: {name}\nlang: en\ndate: 2022-05-23\ncompanies: [red, dot]\n{more}\npartnerships:\n  \
             - parties: [red, dot]\n    kind: supply\n    event: announced"
        );
        site.article(name, &front, body);
    };
    let sureness = || {
        let relation = only(&site);
        (relation["origins"].as_u64(), relation["sureness"].as_str().map(str::to_owned))
    };
    told("a", "source: { name: Daily }", "Red supplies Dot.");
    assert_eq!(sureness(), (Some(1), Some("reported".into())));
    // The same words of a release, in two papers.
    let quote = "“We have never been so glad to work with a partner as now,” says the head of Dot.";
    told("a", "source: { name: Daily }", quote);
    told("b", "source: { name: Weekly }", &format!("Another paper has more.\n\n{quote}"));
    assert_eq!(sureness(), (Some(1), Some("reported".into())));
    told("b", "source: { name: Weekly }", "Another paper has asked for itself.");
    assert_eq!(sureness(), (Some(2), Some("confirmed".into())));
    // An editor knows better.
    told("a", "source: { name: Daily }\norigin: Wire", "Red supplies Dot.");
    told("b", "source: { name: Weekly }\norigin: Wire", "Another paper has it as well.");
    assert_eq!(sureness(), (Some(1), Some("reported".into())));
    // A party's own word is enough.
    told("b", "source: { name: Dot }", "We are supplied by Red.");
    assert_eq!(sureness().1.as_deref(), Some("confirmed"));
    site.write(
        "content/companies/dot.md",
        "---\nname: Dot\nwebsite: https://www.dot.example/\n---\n",
    );
    told("a", "origin: Wire\nsource: { name: Daily }", "Red supplies Dot.");
    told(
        "b",
        "origin: Wire\nsource: { name: Room, url: \"https://news.dot.example/1\" }",
        "As we said.",
    );
    assert_eq!(sureness().1.as_deref(), Some("confirmed"));
}

#[test]
fn what_nobody_reports_any_more_has_gone_quiet() {
    let site = Site::new();
    report(&site, "a", "date: 2019-05-01", "red, dot", &["event: signed"]);
    let env = [("SOURCE_DATE_EPOCH", "1653264000")]; // 2022-05-23
    let quiet = || {
        let run = site.run_with(&["list", "partnerships", "--format", "json"], &env, b"");
        let all: Value = serde_json::from_str(&run.out).expect("JSON");
        (all[0]["confirmed"].clone(), all[0]["is_quiet"].clone(), all[0]["status"].clone())
    };
    assert_eq!(quiet(), ("2019-05-01".into(), Value::Null, "active".into()));
    site.write("tearsheet.toml", "quiet_after = 35\n");
    assert_eq!(quiet(), ("2019-05-01".into(), true.into(), "active".into()));
    report(&site, "b", "date: 2021-05-01", "red, dot", &["event: mentioned"]);
    assert_eq!(quiet(), ("2021-05-01".into(), Value::Null, "active".into()));
}

#[test]
fn a_relation_can_be_taken_up_again() {
    let site = Site::new();
    report(&site, "a", "date: 2010-05-01", "red, dot", &["event: signed"]);
    report(&site, "b", "date: 2014-05-01", "red, dot", &["event: ended", "date: 2014-04-30"]);
    report(&site, "c", "date: 2020-05-01", "red, dot", &["event: announced"]);
    let relation = only(&site);
    let periods = relation["periods"].as_array().expect("periods");
    assert_eq!(periods.len(), 2, "{relation:#}");
    assert_eq!(periods[0]["end"]["date"], "2014-04-30");
    assert_eq!(periods[1]["start"]["date"], "2020-05-01");
    assert_eq!(relation["status"], "announced");
    assert_eq!(site.run(&["build"]).code, 0);
    let page = site.read("public/partnerships/dot--red/index.html");
    assert!(page.contains("come together 2 times"), "{page}");
}

#[test]
fn what_is_told_in_passing_is_of_no_time() {
    let site = Site::new();
    report(&site, "a", "date: 2022-05-01", "red, dot", &["event: mentioned", "start: 2016"]);
    report(&site, "b", "date: 2022-06-01", "red, dot", &["event: mentioned"]);
    let events = only(&site)["events"].clone();
    assert_eq!(events.as_array().expect("events").len(), 2, "{events:#}");
    assert_eq!(events[1].get("date"), None);
}

#[test]
fn roles_are_shown_with_their_parties() {
    let site = Site::new();
    let front = "title: a\nlang: en\ndate: 2022-05-01\ncompanies: [red, dot]\npartnerships:\n  - parties:\n      - \
                 { company: red, role: licensor }\n      - { company: dot, role: brand owner }\n    kind: \
                 licensing\n    event: signed";
    site.article("a", front, "Text.");
    let parties = only(&site)["parties"].clone();
    assert_eq!(parties[1]["role"], "licensor");
    site.write("tearsheet.toml", "[words]\nrole_licensor = \"gives the licence\"\n");
    assert_eq!(site.run(&["build"]).code, 0);
    let page = site.read("public/partnerships/dot--red/index.html");
    assert!(
        page.contains("<dt>gives the licence</dt>") && page.contains("<dt>brand owner</dt>"),
        "{page}"
    );
}

#[test]
fn renamed_and_merged_companies_keep_their_history() {
    let site = Site::new();
    report(&site, "a", "date: 2015-05-01", "facebook-inc, dot", &["event: signed"]);
    report(&site, "b", "date: 2023-05-01", "meta-inc, dot", &["event: extended"]);
    assert_eq!(list(&site, &["partnerships"]).len(), 2);
    site.write(
        "content/companies/meta-inc.md",
        "---\nname: Meta\nformer_ids: [facebook-inc]\n---\n",
    );
    let relation = only(&site);
    assert_eq!(
        (relation["id"].as_str(), relation["reports"].as_u64()),
        (Some("dot--meta-inc"), Some(2))
    );
    assert_eq!(list(&site, &["articles", "--company", "facebook-inc"]).len(), 2);
    assert_eq!(site.run(&["build"]).code, 0);
    let old = site.read("public/companies/facebook-inc/index.html");
    assert!(
        old.contains("url=../meta-inc/index.html") || old.contains("../../companies/meta-inc/"),
        "{old}"
    );
    // What an article says of a company after a merger is said of the company that came out of it.
    site.write(
        "content/companies/dot.md",
        "---\nname: Dot\nmerged_into: { company: red, date: 2020-01-01 }\n---\n",
    );
    let ids: Vec<String> = list(&site, &["partnerships"])
        .iter()
        .map(|relation| relation["id"].as_str().expect("an id").to_owned())
        .collect();
    assert_eq!(ids, ["dot--meta-inc", "meta-inc--red"]);
    assert_eq!(site.run(&["build"]).code, 0);
    assert!(site.read("public/companies/red/index.html").contains("Took over"));
    assert!(site.read("public/companies/dot/index.html").contains("Became part of"));
    // An id cannot be a company of today and a former one.
    site.write("content/companies/facebook-inc.md", "---\nname: Facebook\n---\n");
    let run = site.run(&["build"]);
    assert_eq!(run.code, 1);
    assert!(run.err.contains("`facebook-inc` is not a former id"), "{}", run.err);
}

#[test]
fn articles_can_be_split_by_year_or_left_out() {
    let site = disputed();
    report(&site, "old", "date: 1999-01-02", "red, dot", &["event: announced"]);
    report(&site, "free", "story: free", "red, dot", &["event: mentioned"]);
    let build = |data: &str| {
        site.write("tearsheet.toml", &format!("title = \"Digest\"\ndata = \"{data}\"\n"));
        let run = site.run(&["build"]);
        assert_eq!(run.code, 0, "{}", run.err);
    };
    let read = |path: &str| -> Vec<Value> {
        serde_json::from_str(&site.read(&format!("public{path}"))).expect("a list")
    };
    let is_there = |path: &str| site.path().join("public").join(path).exists();
    build("whole");
    let whole = read("/data/articles.json");
    build("years");
    assert!(!is_there("data/articles.json"));
    let index = read("/data/articles/index.json");
    assert_eq!(index[0]["year"], 1999);
    assert_eq!(index.last().map(|year| &year["year"]), Some(&Value::Null));
    let mut parts = Vec::new();
    for year in &index {
        let part = read(year["json"].as_str().expect("an address"));
        assert_eq!(year["articles"], part.len());
        let table = site.read(&format!("public{}", year["csv"].as_str().expect("an address")));
        assert_eq!(table.lines().count(), part.len() + 1);
        parts.extend(part);
    }
    let sorted = |mut articles: Vec<Value>| {
        articles.sort_by_key(|article| article["address"].to_string());
        articles
    };
    assert_eq!(sorted(parts), sorted(whole));
    let mut schema: Value =
        serde_json::from_str(&site.read("public/data/schema.json")).expect("JSON");
    schema["$ref"] = "#/$defs/years".into();
    let validator = jsonschema::validator_for(&schema).expect("a schema");
    assert!(validator.is_valid(&Value::from(index)));
    build("none");
    assert!(!is_there("data") && is_there("timeline.ics"));
    assert!(!site.read("public/index.html").contains("data/"));
}

#[test]
fn a_dispute_without_a_page_is_only_named() {
    let site = disputed();
    let company = |config: &str| {
        site.write("tearsheet.toml", config);
        let run = site.run(&["build"]);
        assert_eq!(run.code, 0, "{}", run.err);
        site.read("public/companies/red/index.html")
    };
    assert!(company("").contains("#known\">Sources disagree</a>"));
    let without = company("without = [\"partnerships\"]\n");
    assert!(
        without.contains("class=\"disputed\">Sources disagree</span>")
            && !without.contains("#known")
    );
}

#[test]
fn data_files_hold_to_their_schema() {
    let site = disputed();
    report(&site, "e", "date: 2023-01-02\nstory: one", "red, dot", &["event: extended"]);
    report(&site, "f", "story: one", "red, dot", &["event: rumoured"]);
    site.write(
        "content/companies/red.md",
        "---\nname: Red\nnames: { vi: Đỏ }\nfounded: 1999\n---\n",
    );
    let sample = concat!(env!("CARGO_MANIFEST_DIR"), "");
    for (root, output) in [(site.path().display().to_string(), "public"), (sample.to_owned(), "")] {
        let folder = site.path().join(if output.is_empty() { "sample" } else { output });
        let run = site.run(&["--root", &root, "build", "-o", &folder.display().to_string()]);
        assert_eq!(run.code, 0, "{}", run.err);
        let read = |name: &str| -> Value {
            let text = std::fs::read_to_string(folder.join("data").join(name)).expect("a file");
            serde_json::from_str(&text).expect("JSON")
        };
        let schema = read("schema.json");
        for name in ["articles", "companies", "partnerships", "stories", "timeline"] {
            let mut of_file = schema.clone();
            of_file["$ref"] = format!("#/$defs/{name}").into();
            let validator = jsonschema::validator_for(&of_file).expect("a schema");
            let data = read(&format!("{name}.json"));
            assert!(!data.as_array().expect("a list").is_empty(), "{name}");
            let errors: Vec<String> =
                validator.iter_errors(&data).map(|error| error.to_string()).collect();
            assert_eq!(errors, Vec::<String>::new(), "{name}");
        }
        // A schema that lets anything through would prove nothing.
        let mut of_file = schema.clone();
        of_file["$ref"] = "#/$defs/partnerships".into();
        let validator = jsonschema::validator_for(&of_file).expect("a schema");
        let mut data = read("partnerships.json");
        data[0].as_object_mut().expect("an object").remove("status");
        assert!(!validator.is_valid(&data));
    }
    let listed = list(&site, &["partnerships"]);
    let published: Value =
        serde_json::from_str(&site.read("public/data/partnerships.json")).expect("JSON");
    assert_eq!(Value::from(listed), published);
}

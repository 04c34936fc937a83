//! What the search page finds its answers in; `tests/browser` asks it.

use serde_json::Value;

use crate::support::site::Site;

#[test]
fn search_files_say_what_is_published() {
    let site = Site::new();
    site.article(
        "pact",
        "title: Two makers agree\nlang: en\ndate: 2022-05-23\ncompanies: [xiaomi, leica-camera]\npartnerships:\n  \
         - parties: [xiaomi, leica-camera]\n    kind: co-development\n    event: announced",
        "Xiaomi works with Leica.",
    );
    site.article(
        "patents",
        "title: Licence talks\nlang: en\ndate: 2021\ncompanies: [nokia]",
        "Patents.",
    );
    assert_eq!(site.run(&["build"]).code, 0);
    let found: Vec<Value> =
        serde_json::from_str(&site.read("public/search/found/0.json")).expect("JSON");
    let titles: Vec<&str> = found.iter().filter_map(|one| one["title"].as_str()).collect();
    assert_eq!(&titles[..4], ["Leica Camera", "Nokia", "Xiaomi", "Leica Camera and Xiaomi"]);
    assert_eq!(found[2]["address"], "/companies/xiaomi/");
}

//! The desk: what it shows, what it writes, and who may ask it.

mod door;
mod near;

use serde_json::{Value, json};
use tearsheet::import::body;

use crate::support::desk::{Client, FILE, site};
use crate::support::site::Site;

impl Client<'_> {
    fn post(&self, path: &str, value: &Value) -> (u16, Value) {
        let request = ureq::http::Request::post(format!("{}/_desk/{path}", self.server.url));
        let request = request.header("x-tearsheet-token", &self.token);
        let request = request.header("content-type", "application/json");
        Self::ask(request.body(value.to_string()).expect("one"))
    }

    /// Does steps to an article as it is now.
    fn work(&self, path: &str, steps: &Value) -> Value {
        let hash = self.sheet(path)["hash"].clone();
        let work = json!({ "path": path, "hash": hash, "steps": steps });
        let (status, sheet) = self.post("api/article", &work);
        assert_eq!(status, 200, "{steps}: {sheet}");
        sheet
    }
}

/// The lines that are only in one of two texts: `-` before those of the first, `+` before the others.
fn difference(before: &str, after: &str) -> Vec<String> {
    let (old, new): (Vec<&str>, Vec<&str>) = (before.lines().collect(), after.lines().collect());
    let gone = old.iter().filter(|line| !new.contains(line)).map(|line| format!("-{line}"));
    let come = new.iter().filter(|line| !old.contains(line)).map(|line| format!("+{line}"));
    gone.chain(come).collect()
}

#[test]
fn a_line_is_cut_and_put_back_and_all_can_be_undone() {
    let site = site();
    let before = site.read(FILE);
    let server = site.serve("0", &[]);
    let client = Client::new(&server);
    let sheet = client.sheet(FILE);
    assert_eq!(sheet["has_raw"], true, "{sheet}");
    let lines = sheet["lines"].as_array().expect("lines");
    let all: Vec<&str> = lines.iter().filter_map(|line| line["text"].as_str()).collect();
    assert!(
        all.contains(&"Markets") && all.contains(&"The first phone is planned for July."),
        "{all:?}"
    );
    let is_kept = |sheet: &Value, text: &str| {
        let lines = sheet["lines"].as_array().expect("lines").clone();
        lines.iter().any(|line| line["text"] == text && line["kept"] == true)
    };
    let line = "The first phone is planned for July.";
    assert!(is_kept(&sheet, line));
    let cut = client.work(FILE, &json!([{ "do": "cut", "line": line }]));
    assert!(!is_kept(&cut, line));
    assert_eq!(difference(&before, &site.read(FILE)), [format!("-{line}")]);
    let previous =
        lines.iter().take_while(|one| one["text"] != line).filter(|one| one["kept"] == true);
    let behind = previous.last().map(|one| one["text"].clone());
    let back = json!([{ "do": "put-back", "line": line, "behind": behind, "glued": false }]);
    assert!(is_kept(&client.work(FILE, &back), line));
    assert_eq!(site.read(FILE), before, "as import wrote it");
    for _ in 0..2 {
        assert_eq!(client.post("api/undo", &json!({})).0, 200);
    }
    assert_eq!(site.read(FILE), before);
    assert_eq!(client.post("api/undo", &json!({})).0, 422, "there is no more to undo");
}

#[test]
fn its_scripts_are_light() {
    let scripts =
        tearsheet::desk::ASSETS.iter().filter(|(_, kind, _)| kind.starts_with("text/javascript"));
    let weight: usize = scripts.map(|(.., text)| text.len()).sum();
    assert!(weight <= 40_000, "{weight} bytes");
}

#[test]
fn lines_come_out_of_a_body_and_go_back_into_it() {
    for (body, line, left) in [
        ("A.\n\nB.\n\nC.", "B.", "A.\n\nC."),
        ("A. B. C.", "B.", "A. C."),
        ("- a\n- b\n- c", "b", "- a\n- c"),
        ("- a\n- b", "b", "- a"),
        ("- a\n- b\n\nC.", "a", "- b\n\nC."),
        ("Only.", "Only.", ""),
        ("Five \\* three.\n\nB.", "Five * three.", "B."),
        ("Of Apple too.\n\nApple\n\nEnd.", "Apple", "Of Apple too.\n\nEnd."),
        ("Two  spaces here.\n\nB.", "Two spaces here.", "B."),
        ("\\# 1 in the list\n\nB.", "# 1 in the list", "B."),
    ] {
        assert_eq!(body::without(body, line).as_deref(), Some(left), "{body:?} without {line:?}");
    }
    assert_eq!(body::without("A.", "B."), None);
    for (body, line, behind, glued, with) in [
        ("A.\n\nC.", "B.", Some("A."), false, "A.\n\nB.\n\nC."),
        ("A. C.", "B.", Some("A."), true, "A. B. C."),
        ("C.", "# B", None, false, "\\# B\n\nC."),
        ("", "B.", None, false, "B."),
        ("A.", "B.", Some("nowhere"), false, "B.\n\nA."),
    ] {
        assert_eq!(body::with(body, line, behind, glued), with, "{body:?} with {line:?}");
    }
}

#[test]
fn what_is_accepted_is_settled_and_learned() {
    let site = site();
    let before = site.read(FILE);
    assert!(before.contains("confidence:"), "{before}");
    let server = site.serve("0", &[]);
    let client = Client::new(&server);
    let (_, queue) = client.get("queue?filter=all");
    assert_eq!(queue["total"], 1, "{queue}");
    let sheet = client.work(FILE, &json!([{ "do": "company", "name": "Zarvox Optics GmbH" }]));
    let companies = sheet["companies"].as_array().expect("companies");
    assert!(companies.iter().any(|one| one["id"] == "zarvox-optics"), "{companies:?}");
    client.work(FILE, &json!([{ "do": "accept" }]));
    let after = site.read(FILE);
    let changed = difference(&before, &after);
    let is_small = |line: &String| {
        ["confidence:", "companies:", "settled:"].iter().any(|key| line.contains(key))
    };
    assert!(changed.iter().all(is_small), "{changed:#?}");
    assert!(!after.contains("confidence:") && after.contains("settled: ["), "{after}");
    let company = site.read("content/companies/zarvox-optics.md");
    assert!(company.contains("name: \"Zarvox Optics"), "{company}");
    assert_eq!(client.get("queue?filter=all").1["total"], 0);
    // Another text of the same company is read with what was learned.
    site.write(
        "inbox/next.txt",
        "Glass from Jena for a watch maker\n\n24 May 2022\n\nThe watch maker Citizen has chosen the glass of \
         Zarvox Optics for its watches. Both sides signed the supply contract on Tuesday in Tokyo.\n",
    );
    assert_eq!(site.run(&["import", "inbox/next.txt"]).code, 0);
    let next = site.read("content/articles/2022/05/glass-from-jena-for-a-watch-maker.md");
    assert!(next.contains("zarvox-optics"), "{next}");
    let strict = site.run(&["build", "--strict"]);
    assert_eq!(strict.code, 0, "{}", strict.err);
    assert_eq!(client.post("api/undo", &json!({})).0, 200);
    assert!(!site.path().join("content/companies/zarvox-optics.md").exists(), "undone as well");
}

#[test]
fn what_is_rejected_stays_away() {
    let site = site();
    let server = site.serve("0", &[]);
    let client = Client::new(&server);
    let sheet = client.sheet(FILE);
    let pair = sheet["claims"][0]["parties"].clone();
    let rejected = client.work(FILE, &json!([{ "do": "reject", "claim": 0 }]));
    let has = |sheet: &Value| {
        let offers = sheet["offers"]["claims"].as_array().expect("offers");
        let claims = sheet["claims"].as_array().expect("claims");
        offers.iter().chain(claims).any(|claim| claim["parties"] == pair)
    };
    assert!(has(&sheet) && !has(&rejected), "{rejected}");
    let text = site.read(FILE);
    assert!(text.contains("rejected: [leica-camera--xiaomi]"), "{text}");
    // The name of a company that is none is never one again.
    client.work(FILE, &json!([{ "do": "company", "name": "Daily Lens" }]));
    client.work(FILE, &json!([{ "do": "never", "id": "daily-lens" }]));
    assert!(site.read("tearsheet.toml").contains("Daily Lens"), "{}", site.read("tearsheet.toml"));
    let offers = client.sheet(FILE)["offers"]["companies"].to_string();
    assert!(!offers.contains("daily-lens"), "{offers}");
}

#[test]
fn a_line_that_was_cut_three_times_is_cut_from_then_on() {
    let site = Site::new();
    site.write("tearsheet.toml", "title = \"Desk\"\n");
    let text = |day: u8, place: &str| {
        format!(
            "Phone maker opens a factory in {place}\n\nBy Ann Reporter, Daily Lens, {day} May 2022\n\nXiaomi opened \
             a factory for phones in {place} on Monday, which employs two hundred people of the region.\n\nRead \
             more about the phones of the year in our large and independent test of telephones.\n\nThe company \
             plans to make a million phones there in the coming year, it said in {place}.\n"
        )
    };
    let line =
        "Read more about the phones of the year in our large and independent test of telephones.";
    let places = ["Berlin", "Bonn", "Bremen", "Dresden"];
    for (day, place) in (1..).zip(places) {
        site.write(&format!("inbox/{place}.txt"), &text(day, place));
    }
    assert_eq!(site.run(&["import"]).code, 0);
    let path = |place: &str| {
        let slug = format!("phone-maker-opens-a-factory-in-{}", place.to_lowercase());
        format!("content/articles/2022/05/{slug}.md")
    };
    let server = site.serve("0", &[]);
    let client = Client::new(&server);
    for place in &places[..3] {
        let path = path(place);
        client.work(&path, &json!([{ "do": "source", "name": "Daily Lens" }]));
        assert!(site.read(&path).contains(line), "{}", site.read(&path));
        client.work(&path, &json!([{ "do": "cut", "line": line }]));
        assert!(!site.read(&path).contains(line));
    }
    let source = site.read("content/sources/daily-lens.md");
    assert!(source.contains("times: 3"), "{source}");
    // The one that nobody has edited is read anew, if it is known to be of the same publisher.
    let last = path(places[3]);
    if site.read(&last).contains("Daily Lens") {
        let end = std::time::Instant::now() + std::time::Duration::from_secs(60);
        while site.read(&last).contains(line) {
            assert!(std::time::Instant::now() < end, "{}", site.read(&last));
            std::thread::sleep(std::time::Duration::from_millis(50));
        }
    }
    site.write("inbox/Mainz.txt", &text(9, "Mainz"));
    assert_eq!(site.run(&["import", "inbox/Mainz.txt"]).code, 0);
    assert!(!site.read(&path("Mainz")).contains(line), "{}", site.read(&path("Mainz")));
    assert_eq!(site.run(&["build", "--strict"]).code, 0);
}

#[test]
fn what_articles_have_together_is_shown_and_settled() {
    let site = Site::new();
    site.write("tearsheet.toml", "title = \"Desk\"\n");
    let words: Vec<String> =
        (0..80).map(|n| format!("word{n} lens{} glass{}", n * 7, n * 3)).collect();
    let words = words.join(" ");
    for name in ["one", "two"] {
        let front = format!(
            "title: \"{name}\"\ndate: 2022-05-01\nlang: en\nsource: Daily Lens\nsummary: S."
        );
        site.write(
            &format!("content/articles/{name}.md"),
            &format!("---\n{front}\ncompanies: [nokia]\n---\n\n{words}\n"),
        );
    }
    let server = site.serve("0", &[]);
    let client = Client::new(&server);
    let path = client.get("queue?filter=all").1["rows"][0]["path"].clone();
    let path = path.as_str().expect("one waits");
    let sheet = client.sheet(path);
    assert_eq!(sheet["reasons"][0]["id"], "copy", "{sheet}");
    client.work(path, &json!([{ "do": "accept" }]));
    assert!(site.read(path).contains("settled: [copy]"), "{}", site.read(path));
    assert_eq!(site.run(&["review"]).out, "");
}

#[test]
fn who_writes_for_a_publisher_is_known_from_then_on() {
    let text = |title: &str, byline: &str| {
        format!(
            "{title}\n\n{byline}\n\n3 May 2022\n\nXiaomi opened a factory for phones in Berlin on Monday, which \
             employs two hundred people of the region and makes cameras as well.\n\nThe company plans to make a \
             million phones there in the coming year, it said in a letter to its shareholders.\n"
        )
    };
    let site = Site::new();
    site.write("tearsheet.toml", "title = \"Desk\"\n");
    site.write("inbox/one.txt", &text("A factory for phones opens", "By Ann Reporter"));
    assert_eq!(site.run(&["import"]).code, 0);
    let one = "content/articles/2022/05/a-factory-for-phones-opens.md";
    let server = site.serve("0", &[]);
    let client = Client::new(&server);
    client.work(one, &json!([{ "do": "source", "name": "Daily Lens" }]));
    let source = "content/sources/daily-lens.md";
    assert!(site.read(source).contains("authors: [\"Ann Reporter\"]"), "{}", site.read(source));
    // Her next text names her in a line that tells nothing of her trade, and no publisher.
    site.write("inbox/two.txt", &text("Another factory opens", "Ann Reporter @annrep / 2 days"));
    assert_eq!(site.run(&["import", "inbox/two.txt"]).code, 0);
    let two = site.read("content/articles/2022/05/another-factory-opens.md");
    assert!(two.contains("authors: [\"Ann Reporter\"]") && two.contains("Daily Lens"), "{two}");
    // A name that a person takes out is not one of them any more.
    client.work(one, &json!([{ "do": "authors", "names": ["Bob Writer"] }]));
    assert!(site.read(source).contains("authors: [\"Bob Writer\"]"), "{}", site.read(source));
}

#[test]
fn a_file_that_somebody_else_has_changed_is_not_written() {
    let site = site();
    let server = site.serve("0", &[]);
    let client = Client::new(&server);
    let hash = client.sheet(FILE)["hash"].clone();
    let edited = site.read(FILE).replace("The first phone", "Their first phone");
    site.write(FILE, &edited);
    let steps = json!([{ "do": "title", "text": "Mine" }]);
    let (status, told) =
        client.post("api/article", &json!({ "path": FILE, "hash": hash, "steps": steps }));
    assert_eq!(status, 409, "{told}");
    assert!(told["now"].as_str().is_some_and(|now| now.contains("Their first phone")), "{told}");
    assert!(told["mine"].as_str().is_some_and(|mine| mine.contains("title: \"Mine\"")), "{told}");
    assert_eq!(site.read(FILE), edited);
}

#[test]
fn a_file_of_any_hand_keeps_what_is_not_changed() {
    let site = Site::new();
    let text = "---\n# Ours since 2020.\ntitle: 'By hand'\npublished: 2020-01-02   # the day before\nlang: en\n\
        source: Weekly\ncompanies:\n  - nokia\n  - xiaomi\nextra_field: kept\npartnerships:\n\
        - parties: [nokia, xiaomi]\n  kind: licensing\n  event: signed\n  confidence: 0.7\n\
        - parties:\n  - { company: nokia, role: buyer }\n  - ericsson\n  kind: supply   # so they say\n  \
        event: announced\n---\n\nNokia and Xiaomi signed.\n";
    site.write("content/articles/hand.md", text);
    site.write(
        "content/articles/toml.md",
        "+++\ntitle = \"T\"\ndate = 2020-01-01\nlang = \"en\"\n+++\n\nText.\n",
    );
    let server = site.serve("0", &[]);
    let client = Client::new(&server);
    let path = "content/articles/hand.md";
    client.work(path, &json!([{ "do": "confirm", "claim": 0 }]));
    let after = site.read(path);
    for kept in [
        "# Ours since 2020.",
        "title: 'By hand'",
        "published: 2020-01-02   # the day before",
        "extra_field: kept",
        "# so they say",
        "  - nokia\n  - xiaomi\n",
    ] {
        assert!(after.contains(kept), "{kept:?} is gone:\n{after}");
    }
    assert!(!after.contains("confidence"), "{after}");
    client.work(path, &json!([{ "do": "date", "text": "2020-01-03", "line": null }]));
    let after = site.read(path);
    assert!(after.contains("date: 2020-01-03\n") && !after.contains("2020-01-02"), "{after}");
    let hash = client.sheet("content/articles/toml.md")["hash"].clone();
    let work = json!({ "path": "content/articles/toml.md", "hash": hash, "steps": [{ "do": "title", "text": "U" }] });
    let (status, told) = client.post("api/article", &work);
    assert!(status == 422 && told["error"].to_string().contains("by hand"), "{told}");
}

#[test]
fn a_page_is_clipped_into_the_inbox() {
    let site = site();
    let server = site.serve("0", &[]);
    let client = Client::new(&server);
    let html = "<html><head><title>A page</title></head><body><p>Words.</p></body></html>";
    let clip = json!({ "url": "https://news.example/a?b=1&c=2", "title": "A page: of ../../ours", "html": html });
    let (status, told) = client.post("clip", &clip);
    assert_eq!(status, 200, "{told}");
    let name = told["name"].as_str().expect("a name");
    assert!(name.starts_with("inbox/a-page-of-ours-") && !name.contains(".."), "{name}");
    let saved = site.read(name);
    assert!(
        saved.contains("rel=\"canonical\" href=\"https://news.example/a?b=1&amp;c=2\""),
        "{saved}"
    );
    for url in ["javascript:alert(1)", "file:///etc/passwd", ""] {
        assert_eq!(
            client.post("clip", &json!({ "url": url, "title": "x", "html": html })).0,
            422,
            "{url}"
        );
    }
}

#[test]
fn review_asks_in_a_terminal_and_lists_in_a_pipe() {
    let site = site();
    let listed = site.run(&["review"]);
    assert!(listed.code == 0 && listed.out.starts_with(&format!("{FILE}\t")), "{}", listed.out);
    let rows: Value =
        serde_json::from_str(&site.run(&["review", "--format", "json"]).out).expect("JSON");
    assert_eq!(rows[0]["path"], FILE);
    // Every question gets its answer: claims yes, companies yes, fields as they are.
    let answers = "?\ny\ny\ny\ny\ny\ny\ny\na\n".replace("?\n", "what\n");
    let run = site.run_with(&["review", "--ask"], &[], answers.as_bytes());
    assert!(run.out.contains("[y]es [n]o [e]vent"), "{}", run.out);
    assert!(
        run.out.contains("one of the letters in brackets") || run.out.contains("source?"),
        "{}",
        run.out
    );
    let quit = site.run_with(&["review", "--ask"], &[], b"q\n");
    assert_eq!(quit.code, 0, "{}", quit.err);
}

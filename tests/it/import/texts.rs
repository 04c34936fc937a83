//! `tearsheet import`: what is written where, and what is never touched.

use std::collections::BTreeMap;
use std::process::{Command, Stdio};

use crate::support::site::{Site, tree};

const RAW: &str = "Nordlys and Havblik to build phones together\n\
    Published: 14 March 2023 | By Anna Holt\n\n\
    Xiaomi and Leica Camera announced a long-term partnership on Tuesday. The two companies will \
    develop cameras for smartphones together, they said in a joint statement.\n\n\
    The first phone is expected in the summer. Analysts had waited for such a step for months, \
    since both makers had been looking for a partner after their earlier agreements ran out.\n\n\
    Related articles\n\
    Ten phones to buy now\n";

const WRITTEN: &str = "content/articles/2023/03/nordlys-and-havblik-to-build-phones-together.md";

fn site() -> Site {
    let site = Site::new();
    site.write("inbox/one.txt", RAW);
    site
}

#[test]
fn the_inbox_becomes_an_article_that_builds() {
    let site = site();
    let run = site.run(&["import"]);
    assert_eq!((run.code, run.out.as_str()), (0, ""), "{}", run.err);
    assert!(run.err.contains(WRITTEN), "{}", run.err);
    let text = site.read(WRITTEN);
    for line in [
        "title: \"Nordlys and Havblik to build phones together\"",
        "date: 2023-03-14",
        "lang: en",
        "authors: [\"Anna Holt\"]",
        "companies: [xiaomi, leica-camera]",
        "rights: excerpt",
        "event: announced",
    ] {
        assert!(text.contains(line), "{line:?} is not in:\n{text}");
    }
    assert!(!text.contains("Ten phones"), "teasers are left out:\n{text}");
    let check = site.run(&["check", "--format", "json"]);
    assert_eq!(check.code, 0, "{}", check.err);
    assert_eq!(site.run(&["build", "--strict"]).code, 0);
}

#[test]
fn print_and_standard_input_write_nothing() {
    let site = Site::new();
    let run = site.run_with(&["import", "--print", "-"], &[], RAW.as_bytes());
    assert_eq!(run.code, 0, "{}", run.err);
    assert!(run.out.starts_with("---\ntitle: \"Nordlys and Havblik"), "{}", run.out);
    assert!(!site.path().join("content").exists());
}

#[test]
fn a_text_seen_before_is_known_by_its_bytes() {
    let site = site();
    assert_eq!(site.run(&["import"]).code, 0);
    let before = site.read(WRITTEN);
    // Under another name, and the Markdown moved by the editor.
    site.write("inbox/renamed.txt", RAW);
    std::fs::remove_file(site.path().join("inbox/one.txt")).expect("removed");
    let moved = "content/articles/2023/03/moved.md";
    std::fs::rename(site.path().join(WRITTEN), site.path().join(moved)).expect("moved");
    let run = site.run(&["import"]);
    assert!(run.err.contains(&format!("already in {moved}")), "{}", run.err);
    assert_eq!(site.read(moved), before);
    assert!(!site.path().join(WRITTEN).exists());
}

/// Law 4.
#[test]
fn an_edited_file_is_never_overwritten() {
    let site = site();
    assert_eq!(site.run(&["import"]).code, 0);
    let edited = site.read(WRITTEN).replace("2023-03-14", "2023-03-15");
    site.write(WRITTEN, &edited);
    let run = site.run(&["import", "-v"]);
    assert_eq!(run.code, 0);
    assert_eq!(site.read(WRITTEN), edited);
    for part in ["was edited and stays as it is", "-date: 2023-03-15", "+date: 2023-03-14"] {
        assert!(run.err.contains(part), "{part:?} is not in:\n{}", run.err);
    }
    // What import would write is for who asks, and how many became what for everybody.
    let run = site.run(&["import"]);
    assert!(run.err.contains("imported: 1 kept as edited"), "{}", run.err);
    assert!(!run.err.contains("+date: 2023-03-14"), "{}", run.err);
    // Not even when the editor broke it.
    site.write(WRITTEN, &edited.replace("lang: en", "lang: [en"));
    assert_eq!(site.run(&["import"]).code, 0);
    assert!(site.read(WRITTEN).contains("lang: [en"));
}

#[test]
fn two_texts_with_one_headline_get_two_files() {
    let site = site();
    site.write("inbox/two.txt", &RAW.replace("summer", "autumn"));
    assert_eq!(site.run(&["import"]).code, 0);
    let second = WRITTEN.replace(".md", "-2.md");
    assert!(site.read(WRITTEN).contains("summer") != site.read(&second).contains("summer"));
}

#[test]
fn what_is_no_text_is_refused_and_the_rest_goes_on() {
    let site = site();
    site.write("inbox/a-empty.txt", " \n");
    std::fs::write(site.path().join("inbox/b-image.txt"), b"\x89PNG\0\0\0").expect("written");
    let run = site.run(&["import", "inbox", "inbox/missing.txt"]);
    assert_eq!(run.code, 1);
    for part in [
        "a-empty.txt is empty",
        "b-image.txt is not text",
        "cannot read inbox/missing.txt",
        WRITTEN,
    ] {
        assert!(run.err.contains(part), "{part:?} is not in:\n{}", run.err);
    }
}

#[test]
fn bytes_in_old_encodings_are_read() {
    let site = Site::new();
    let utf16: Vec<u8> =
        [0xff, 0xfe].into_iter().chain(RAW.encode_utf16().flat_map(u16::to_le_bytes)).collect();
    let crlf = format!("\u{feff}{}", RAW.replace('\n', "\r\n")).into_bytes();
    for bytes in [utf16, crlf] {
        let run = site.run_with(&["import", "--print", "-"], &[], &bytes);
        assert!(run.out.contains("date: 2023-03-14"), "{}\n{}", run.out, run.err);
        assert!(!run.out.contains('\r') && !run.out.contains('\u{feff}'), "{:?}", run.out);
    }
}

/// How often an import is killed.
const KILLS: usize = 50;

#[test]
fn a_killed_import_loses_nothing_and_leaves_nothing_half() {
    let site = Site::new();
    for n in 0..60 {
        let more = format!("They said so {n} times, and nobody doubted it.\n\n").repeat(20);
        let text = RAW
            .replace("Nordlys", &format!("Nordlys{n}"))
            .replace("Related", &format!("{more}Related"));
        site.write(&format!("inbox/{n}.txt"), &text);
    }
    let content = site.path().join("content");
    assert_eq!(site.run(&["import"]).code, 0);
    let all = tree(&content);
    assert_eq!(all.len(), 60);
    // An editor corrects one of them in every round, and deletes some.
    let names: Vec<&String> = all.keys().collect();
    let count = || {
        let there = |name: &&&String| content.join(name).exists();
        names.iter().filter(there).count()
    };
    let mut edited = BTreeMap::new();
    let is_hidden = |name: &str| name.rsplit('/').next().is_some_and(|file| file.starts_with('.'));
    let mut cut_short = 0;
    for kill in 0..KILLS {
        for name in
            names.iter().skip(kill % 2).step_by(2).filter(|name| !edited.contains_key(**name))
        {
            let _ = std::fs::remove_file(content.join(name));
        }
        let name = names[kill];
        if let Ok(text) = std::fs::read_to_string(content.join(name)) {
            let text = format!("{text}\nCorrected by hand in round {kill}.\n");
            std::fs::write(content.join(name), &text).expect("written");
            edited.insert(name.clone(), text.into_bytes());
        }
        let before = count();
        let mut child = Command::new(env!("CARGO_BIN_EXE_tearsheet"))
            .arg("import")
            .current_dir(site.path())
            .stderr(Stdio::null())
            .spawn()
            .expect("the program runs");
        // Files are written at the end; one more of them is there each time, or none.
        let more = kill % 25;
        while count() < before + more && child.try_wait().expect("ours").is_none() {}
        let _ = child.kill();
        let _ = child.wait();
        let now = tree(&content);
        cut_short += usize::from(count() > before && count() < all.len());
        for (name, text) in now {
            let wanted = edited.get(&name).or_else(|| all.get(&name));
            assert!(is_hidden(&name) || wanted == Some(&text), "kill {kill}: {name} is not whole");
        }
        assert!(edited.keys().all(|name| content.join(name).is_file()), "kill {kill}");
    }
    println!("{cut_short} of {KILLS} were killed between two files");
    assert!(cut_short >= KILLS / 2, "{cut_short}: the kills came too early or too late");
    assert_eq!(site.run(&["import"]).code, 0);
    let wanted: BTreeMap<String, Vec<u8>> = all.into_iter().chain(edited).collect();
    let mut now = tree(&content);
    now.retain(|name, _| !is_hidden(name));
    assert_eq!(now.keys().collect::<Vec<_>>(), wanted.keys().collect::<Vec<_>>());
    assert!(now == wanted);
    assert_eq!(tree(&site.path().join("inbox")).len(), 60);
}

/// What is `3 hours ago` nobody knows without the day on which it was read.
#[test]
fn relative_days_need_the_day_of_reading() {
    let site = Site::new();
    let text = |when: &str| {
        format!(
            "Nokia and Xiaomi share patents\n{when}\n\nNokia and Xiaomi have signed a cross-licence for \
             their patents, the two companies said. It runs for several years and covers all telephones.\n"
        )
    };
    for (when, retrieved, date) in [
        ("Yesterday, 10:30", Some("2024-03-01"), Some("date: 2024-02-29\n")),
        ("2 days ago", Some("2024-01-01"), Some("date: 2023-12-30\n")),
        ("3 hours ago", Some("2024-03-01"), Some("date: 2024-03-01?\n")),
        ("Today", Some("2024-03"), None),
        ("Yesterday, 10:30", None, None),
    ] {
        let mut arguments = vec!["import", "--print", "-"];
        arguments.extend(retrieved.iter().flat_map(|day| ["--retrieved", day]));
        let run = site.run_with(&arguments, &[], text(when).as_bytes());
        let found = run.out.lines().find(|line| line.starts_with("date:"));
        assert_eq!(found, date.map(str::trim_end), "{when} {retrieved:?}\n{}", run.out);
    }
}

#[test]
fn a_passage_is_named_by_words_of_one_line() {
    let site = Site::new();
    let english = "The companies said on Monday that they would build electric cars together, and that the first of \
                   them would be sold in the spring of the year after next, at a price nobody has told yet.";
    let japanese = [
        "ソニーグループとホンダは四日、電気自動車の開発と販売で提携すると発表した。年内に共同出資の新会社を設立し最初の車両を発売する。",
        "ホンダが車両を製造し、ソニーはソフトウエアとセンサーを担当する。両社の社長は東京で記者会見を開いた。",
        "新会社は両社の既存の事業とは別に運営され、将来は上場も検討するという。",
    ];
    let page = format!(
        "<html lang=\"en\"><head><title>Cars together</title></head><body><article><h1>Cars together</h1><p>{english}</p><p>{}</p><p>{english}</p><p>{english}</p></article></body></html>",
        japanese.join("</p><p>")
    );
    site.write("inbox/page.html", &page);
    assert_eq!(site.run(&["import"]).code, 0);
    let run = site.run(&["build", "--strict"]);
    assert_eq!(run.code, 0, "{}", run.err);
    let text = site.read("content/articles/undated/cars-together.md");
    assert!(text.contains("passages:") && !text.contains("\\n"), "{text}");
}

/// Who imports looks up what is there and writes what is missing, which two must not do at once.
#[test]
fn two_imports_at_once_make_every_article_once() {
    let site = Site::new();
    for n in 0..40 {
        let text = format!(
            "Nokia and Sony sign deal number {n}\n\nBERLIN, May {}, 2021 - Nokia and Sony said today that they will \
             cooperate on project {n}. The companies signed an agreement on Tuesday.\n",
            n % 28 + 1
        );
        site.write(&format!("inbox/{n}.txt"), &text);
    }
    let start = || {
        Command::new(env!("CARGO_BIN_EXE_tearsheet"))
            .args(["import", "-q"])
            .current_dir(site.path())
            .spawn()
            .expect("the program runs")
    };
    for mut import in [start(), start(), start()] {
        assert!(import.wait().expect("it ends").success());
    }
    assert_eq!(tree(&site.path().join("content/articles")).len(), 40);
}

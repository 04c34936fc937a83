//! The second reader of the settings: what it says is believed only where the text proves it.

use crate::support::site::{Run, Site};

const RAW: &str = "Nordlys and Havblik to build phones together\n\
    Published: 14 March 2023 | By Anna Holt\n\n\
    Xiaomi and Leica Camera announced a long-term partnership on Tuesday. The two companies will \
    develop cameras for smartphones together, they said in a joint statement.\n\n\
    A maker of lenses in Vejle, Brunsgaard, grinds the glass for Leica Camera by a contract of 2019. It \
    had waited for such an order for months, since its earlier agreements ran out.\n";

/// Imports the text with a second reader that runs these lines of Python.
fn read_by(python: &str) -> (Run, String) {
    let site = Site::new();
    site.write("inbox/one.txt", RAW);
    site.write("reader.py", python);
    site.write(
        "tearsheet.toml",
        "[import]\nreader = [\"python3\", \"reader.py\"]\nreader_seconds = 3\n",
    );
    let run = site.run(&["import"]);
    let path = "content/articles/2023/03/nordlys-and-havblik-to-build-phones-together.md";
    let text = site.read(path);
    assert_eq!(site.run(&["build", "--strict"]).code, 0, "{text}");
    (run, text)
}

fn answering(answer: &str) -> (Run, String) {
    read_by(&format!("import sys\nsys.stdin.read()\nprint('''{answer}''')\n"))
}

#[test]
fn a_claim_that_the_text_proves_is_taken_for_a_person_to_look_at() {
    let (run, text) = answering(
        r#"{"companies": ["Brunsgaard"], "partnerships": [{"parties": ["Brunsgaard", "leica-camera"],
            "kind": "supply", "event": "mentioned", "start": "2019",
            "evidence": "Brunsgaard, grinds the glass for Leica Camera by a contract of 2019"}]}"#,
    );
    assert_eq!(run.code, 0, "{}", run.err);
    let claim = "  - parties: [brunsgaard, leica-camera]\n    kind: supply\n    event: mentioned\n    \
                 start: 2019\n    evidence: \"Brunsgaard, grinds the glass for Leica Camera by a \
                 contract of 2019\"\n    confidence: 0.50\n";
    assert!(text.contains(claim), "{text}");
    assert!(text.contains("companies: [leica-camera, xiaomi, brunsgaard]"), "{text}");
    // What only import says waits for a person as well.
    assert!(text.contains("confidence: 0.79"), "{text}");
}

#[test]
fn what_both_say_gains() {
    let alone = read_by("import sys\nprint('{}')\n").1;
    let both = answering(
        r#"{"partnerships": [{"parties": ["xiaomi", "Leica Camera"], "kind": "strategic-alliance",
            "event": "announced", "evidence": "announced a long-term partnership on Tuesday"}]}"#,
    );
    let sure = |text: &str| -> f64 {
        let at = text.find("confidence: ").expect("a confidence") + 12;
        text[at..at + 4].parse().expect("a number")
    };
    assert!(sure(&both.1) > sure(&alone), "{}\n{alone}", both.1);
}

#[test]
fn what_the_text_does_not_prove_is_dropped_and_told() {
    let told = [
        (
            r#"{"partnerships": [{"parties": ["xiaomi", "leica-camera"], "kind": "supply",
            "event": "ended", "evidence": "they parted"}]}"#,
            "no such words",
        ),
        (
            r#"{"partnerships": [{"parties": ["xiaomi", "leica-camera"], "kind": "marriage",
            "event": "ended", "evidence": "on Tuesday"}]}"#,
            "no kind `marriage`",
        ),
        (
            r#"{"partnerships": [{"parties": ["xiaomi", "leica-camera"], "kind": "supply",
            "event": "wedded", "evidence": "on Tuesday"}]}"#,
            "no event `wedded`",
        ),
        (
            r#"{"partnerships": [{"parties": ["Brunsgaard", "Nokia"], "kind": "supply",
            "event": "ended", "evidence": "grinds the glass"}]}"#,
            "does not name `Nokia`",
        ),
        (
            r#"{"partnerships": [{"parties": ["Brunsgaard", "leica-camera"], "kind": "supply", "date": "2031",
            "event": "mentioned", "evidence": "grinds the glass"}]}"#,
            "no date `2031`",
        ),
        (r#"{"companies": ["Nokia"]}"#, "does not name `Nokia`"),
        (r#"{"companies": "#, "not what it should be"),
    ];
    for (answer, why) in told {
        let (run, text) = answering(answer);
        assert_eq!(run.code, 0, "{}", run.err);
        assert!(run.err.contains(why), "{why:?} is not in {}", run.err);
        assert!(!text.contains("nokia") && !text.contains("brunsgaard,"), "{text}");
    }
}

#[test]
fn a_reader_that_fails_costs_a_line() {
    let failing = [
        ("import sys\nsys.exit(3)\n", "failed"),
        ("import time\ntime.sleep(60)\n", "took longer than 3 s"),
        ("print('x' * 2_000_000)\n", "more than 1 MB"),
    ];
    for (python, why) in failing {
        let (run, text) = read_by(python);
        assert_eq!(run.code, 0, "{}", run.err);
        assert!(run.err.contains(why), "{why:?} is not in {}", run.err);
        assert!(text.contains("parties: [leica-camera, xiaomi]"), "{text}");
    }
}

#[test]
fn the_reader_of_the_documentation_reads() {
    let chapter = include_str!("../../../docs/content/pages/import.md");
    let at = chapter.find("```python\n").expect("an example") + 10;
    let python = &chapter[at..at + chapter[at..].find("```").expect("its end")];
    let (run, text) = read_by(python);
    assert_eq!(run.code, 0, "{}", run.err);
    assert!(!run.err.contains("second reader"), "{}", run.err);
    assert!(text.contains("parties: [brunsgaard, leica-camera]"), "{text}");
}

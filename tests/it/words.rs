//! The site's own words: every language has all of them, with the same places for values.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use tearsheet::model::{Language, PartialDate};
use tearsheet::render::locale::Locale;

use crate::site::Site;

/// The words of each language, by key.
fn files() -> BTreeMap<String, BTreeMap<String, String>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/render/strings");
    std::fs::read_dir(folder)
        .expect("a folder")
        .map(|entry| {
            let path = entry.expect("an entry").path();
            let text = std::fs::read_to_string(&path).expect("a file");
            let word = |line: &str| {
                let (key, value) = line.split_once(" = ")?;
                Some((key.to_owned(), value.trim_matches('"').to_owned()))
            };
            let code = path.file_stem().expect("a name").to_string_lossy().into_owned();
            (code, text.lines().filter(|line| !line.starts_with('#')).filter_map(word).collect())
        })
        .collect()
}

/// `{n}` and `{date}` of a text.
fn places(text: &str) -> BTreeSet<&str> {
    text.split('{').skip(1).filter_map(|rest| rest.split_once('}')).map(|(name, _)| name).collect()
}

#[test]
fn every_language_has_every_word() {
    let files = files();
    assert!(files.len() >= 9, "{:?}", files.keys());
    let english = &files["en"];
    for (code, words) in &files {
        let keys =
            |words: &BTreeMap<String, String>| words.keys().cloned().collect::<BTreeSet<_>>();
        let (here, all) = (keys(words), keys(english));
        assert!(here == all, "{code}: {:?}", here.symmetric_difference(&all).collect::<Vec<_>>());
        for (key, text) in words {
            let own = &english[key];
            assert!(places(text) == places(own), "{code}: {key} = {text}");
            assert_eq!(text.split('|').count(), own.split('|').count(), "{code}: {key}");
            assert!(!text.is_empty(), "{code}: {key}");
        }
    }
}

#[test]
fn sites_speak_their_language() {
    let site = Site::new();
    let article = "title: a\nlang: en\ndate: 2022-05-23\ncompanies: [red, dot, tip]\npartnerships:\n  - parties: \
                   [red, dot, tip]\n    kind: supply\n    event: signed";
    site.article("a", article, "Text.");
    let of = |language: &str| {
        site.write("tearsheet.toml", &format!("language = \"{language}\"\n"));
        assert_eq!(site.run(&["build"]).code, 0);
        assert_eq!(site.run(&["check", "--strict"]).code, 0, "{language}");
        site.read("public/partnerships/dot--red--tip/index.html")
    };
    for (language, date, names, kind) in [
        ("de", "23. Mai 2022", "Dot, Red und Tip", "Lieferung"),
        ("vi", "23 tháng 5 2022", "Dot, Red và Tip", "Cung ứng"),
        ("ja", "2022年5月23日", "Dot、RedとTip", "供給"),
        ("zh-Hans", "2022年5月23日", "Dot、Red与Tip", "供应"),
        ("es", "23 de mayo de 2022", "Dot, Red y Tip", "Suministro"),
    ] {
        let page = of(language);
        let has_all = [date, names, kind].iter().all(|words| page.contains(words));
        assert!(has_all, "{language}: {page}");
        assert!(page.contains(&format!("<html lang=\"{language}\"")), "{page}");
    }
}

/// The tables that dates come from have every language, and no pattern that cannot be filled in.
#[test]
fn dates_are_written_in_every_language() {
    let date = |text: &str| text.parse::<PartialDate>().expect("a date");
    for tag in [
        "en", "en-US", "vi", "id", "ms", "da", "de", "fr", "es", "pt", "pt-BR", "pt-PT", "it",
        "nl", "sv", "no", "nb", "pl", "tr", "ru", "uk", "ja", "ko", "zh", "zh-Hant", "ar", "fa",
        "he", "th", "hi", "xx",
    ] {
        let locale = Locale::new(&Language::parse(tag).expect("a tag"));
        for (text, has) in [("2022-05-23", "23"), ("2022-05", ""), ("2022", "")] {
            let written = locale.date(date(text));
            let digits: String =
                written.chars().filter_map(|c| c.to_digit(10)).map(|d| d.to_string()).collect();
            let is_own = ["fa"].contains(&tag);
            assert!(
                is_own || (digits.contains("2022") && digits.contains(has)),
                "{tag}: {written}"
            );
            assert!(
                text.len() == 4 || written.chars().any(char::is_alphabetic),
                "{tag}: {written}"
            );
        }
        assert_eq!(locale.weekdays().len(), 7);
        assert!(!locale.month(5).is_empty());
        assert!(locale.number(12_345).len() >= 5);
    }
    let locale = |tag| Locale::new(&Language::parse(tag).expect("a tag"));
    assert_eq!(locale("en").date(date("2022-05-23")), "23 May 2022");
    assert_eq!(locale("en-US").date(date("2022-05-23")), "May 23, 2022");
    assert_eq!(locale("pt").date(date("2022-05")), "maio de 2022");
    assert_eq!(locale("de").number(12_345), "12.345");
}

#[test]
fn names_stand_in_the_order_of_the_language() {
    let sorted = |tag: &str, names: &[&str]| {
        let locale = Locale::new(&Language::parse(tag).expect("a tag"));
        let mut names = names.to_vec();
        names.sort_by(|one, other| locale.compare(one, other));
        let initials: Vec<String> = names.iter().map(|name| locale.initial(name)).collect();
        (names.join(" "), initials.join(" "))
    };
    let names = ["Zeiss", "Ørsted", "Åbo", "apple", "Ericsson", "3M", "Équans"];
    let english = sorted("en", &names);
    assert_eq!(english.0, "3M Åbo apple Équans Ericsson Ørsted Zeiss");
    assert_eq!(english.1, "# A A E E O Z");
    let danish = sorted("da", &names);
    assert_eq!(danish.0, "3M apple Équans Ericsson Zeiss Ørsted Åbo");
    assert_eq!(danish.1, "# A E E Z Ø Å");
    assert_eq!(sorted("vi", &["Đất", "Da", "Ếch", "E"]).1, "D Đ E Ê");
}

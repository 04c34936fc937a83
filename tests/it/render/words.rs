//! The site's own words: every language has all of them, with the same places for values.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use tearsheet::model::{Language, PartialDate};
use tearsheet::render::words::countries;
use tearsheet::render::words::locale::Locale;
use tearsheet::render::words::message::Arg;
use tearsheet::render::words::strings::Strings;

use crate::support::site::Site;

/// The words of each language, by key.
fn files() -> BTreeMap<String, BTreeMap<String, String>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/render/words/strings");
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

/// What stands in the outermost braces of a text.
fn braced(text: &str) -> Vec<&str> {
    let (mut found, mut depth, mut start) = (Vec::new(), 0, 0);
    for (at, c) in text.char_indices() {
        match c {
            '{' => {
                depth += 1;
                if depth == 1 {
                    start = at + 1;
                }
            }
            '}' => {
                depth -= 1;
                if depth == 0 {
                    found.push(&text[start..at]);
                }
            }
            _ => {}
        }
    }
    assert_eq!(depth, 0, "braces of {text:?}");
    found
}

/// `{n}` and `{date}` of a text, also those in the forms of a pattern.
fn places(text: &str) -> BTreeSet<&str> {
    let mut found = BTreeSet::new();
    for inner in braced(text) {
        let mut parts = inner.splitn(3, ',');
        found.extend(parts.next().map(str::trim));
        if let Some(forms) = parts.nth(1) {
            let forms_of = braced(forms);
            assert!(forms.contains("other {"), "no other form in {text:?}");
            found.extend(forms_of.into_iter().flat_map(places));
        }
    }
    found
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

#[test]
fn sentences_have_the_forms_that_their_numbers_need() {
    let say = |language: &str, key: &str, args: &[(&str, Arg)]| {
        let language = Language::parse(language).expect("a language");
        Strings::new(&language, &BTreeMap::new()).message(key, args)
    };
    let reports = |language: &str, reports, languages| {
        let args = [("reports", Arg::Count(reports)), ("languages", Arg::Count(languages))];
        say(language, "notice_reports", &args)
    };
    assert_eq!(reports("en", 1, 1), "1 report in 1 language");
    assert_eq!(reports("en", 1200, 5), "1,200 reports in 5 languages");
    // In French nothing is one, in Danish nothing is several.
    assert_eq!(reports("fr", 0, 2), "0 article en 2 langues");
    assert_eq!(reports("da", 0, 2), "0 omtaler på 2 sprog");
    assert_eq!(reports("de", 2, 1), "2 Berichte in 1 Sprache");
    assert_eq!(reports("ja", 8, 5), "5言語で8件の報道");
    let told = |language: &str, deal| {
        let args = [("parties", Arg::Text("Dot {x} # Red")), ("deal", Arg::Text(deal))];
        say(language, "notice_denied", &args)
    };
    // What a name has in it is no pattern.
    assert_eq!(told("en", "no"), "A partnership of Dot {x} # Red is denied");
    assert_eq!(told("fr", "yes"), "Une opération entre Dot {x} # Red est démentie");
    assert_eq!(told("fr", "no"), "Un partenariat entre Dot {x} # Red est démenti");
    assert_eq!(told("es", "no"), "Se desmiente una alianza entre Dot {x} # Red");
}

#[test]
fn countries_are_called_as_in_the_language_of_the_site() {
    let called = |language: &str, code: &str| {
        countries::name(&Language::parse(language).expect("a language"), code).to_owned()
    };
    assert_eq!(called("en", "CN"), "China");
    assert_eq!(called("de", "VN"), "Vietnam");
    assert_eq!(called("vi", "CN"), "Trung Quốc");
    assert_eq!(called("zh-Hant", "CN"), "中國");
    assert_eq!(called("zh-CN", "CN"), "中国");
    // English stands in for a language without names; what is no code stays.
    assert_eq!(called("ko", "DE"), "Germany");
    assert_eq!(called("en", "Atlantis"), "Atlantis");
}

//! Raw texts as they come: in any encoding, wrapped at any width, with and without lines.

use encoding_rs::Encoding;
use tearsheet::import::article::{self, ImportContext, Imported};
use tearsheet::import::text;
use tearsheet::model::Rights;
use tearsheet::understand::companies::Gazetteer;
use tearsheet::understand::lexicon;
use tearsheet::understand::structure::ranking::{Candidate, Field, Weights};
use tearsheet::understand::structure::{model, structure};

const ENGLISH: &str = "The two companies said on Monday that they will build a shared network in the north of \
    the country. The first masts are to stand in spring, and the rest will follow by the end of the year after \
    that. Neither of them gave a figure, though analysts spoke of several hundred million euros in all.";
const VIETNAMESE: &str = "Hai công ty cho biết hôm thứ Hai rằng họ sẽ cùng xây dựng một mạng lưới chung ở miền \
    Bắc. Những trạm đầu tiên sẽ hoạt động vào mùa xuân, phần còn lại sẽ theo sau vào cuối năm sau. Cả hai đều \
    không nêu con số, dù giới phân tích nói đến vài trăm triệu euro.";
const CHINESE: &str = "两家公司周一表示，他们将在该国北部共同建设一个网络，首批基站将于春季投入使用，其余部分将在次年年底前完成。\
    双方都没有透露具体金额，不过分析人士认为总额将达到数亿欧元。工程师们已经一起工作了一年多，首批结果令人满意。";
const JAPANESE: &str = "両社は月曜日、国の北部で共同の通信網を建設すると発表した。最初の基地局は春に稼働し、残りは翌年末までに完成する予定だ。\
    金額は明らかにしていないが、専門家は総額で数億ユーロに達するとみている。技術者たちはすでに一年以上も共同で作業をしている。";
const KOREAN: &str = "두 회사는 월요일 북부 지역에 공동 통신망을 구축한다고 발표했다. 첫 번째 기지국은 봄에 가동되며 나머지는 내년 말까지 \
    완공될 예정이다. 양측은 금액을 밝히지 않았지만 전문가들은 수억 유로에 이를 것으로 보고 있다.";
const RUSSIAN: &str = "Две компании сообщили в понедельник, что построят общую сеть на севере страны, а позже и на юге, если найдутся деньги. Первые станции \
    заработают весной, остальные появятся к концу следующего года. Сумму стороны не назвали, но аналитики \
    говорят о нескольких сотнях миллионов евро.";
const POLISH: &str = "Obie spółki poinformowały w poniedziałek, że zbudują wspólną sieć na północy kraju. Pierwsze \
    stacje ruszą wiosną, a pozostałe do końca przyszłego roku. Żadna ze stron nie podała kwoty, choć analitycy \
    mówią o kilkuset milionach euro.";
const TURKISH: &str = "İki şirket pazartesi günü ülkenin kuzeyinde ortak bir ağ kuracaklarını açıkladı. İlk \
    istasyonlar baharda çalışmaya başlayacak, geri kalanı gelecek yılın sonuna kadar tamamlanacak. Taraflar \
    tutarı açıklamadı, ancak uzmanlar birkaç yüz milyon avrodan söz ediyor.";
const GREEK: &str = "Οι δύο εταιρείες ανακοίνωσαν τη Δευτέρα ότι θα κατασκευάσουν κοινό δίκτυο στα βόρεια της χώρας. \
    Οι πρώτοι σταθμοί θα λειτουργήσουν την άνοιξη και οι υπόλοιποι έως το τέλος του επόμενου έτους.";

fn import(bytes: &[u8]) -> Result<Imported, String> {
    let setting = ImportContext { rights: Rights::Full, retrieved: None };
    article::text(bytes, &Gazetteer::new(&[]), &setting)
}

fn check_encoding(label: &str, words: &str) {
    let encoding = Encoding::for_label(label.as_bytes()).expect("a label of the Encoding Standard");
    let (bytes, _, lost) = encoding.encode(words);
    assert!(!lost, "{label} cannot write the sample");
    assert_eq!(text::read(&bytes).as_deref(), Ok(words), "{label}");
}

#[test]
fn texts_in_old_encodings_are_read_as_what_they_say() {
    for (label, words) in [
        ("gbk", CHINESE),
        (
            "big5",
            "兩家公司週一表示，他們將在該國北部共同建設一個網路，首批基地臺將於春季啟用，其餘部分將在次年年底前完成。",
        ),
        ("shift_jis", JAPANESE),
        ("euc-jp", JAPANESE),
        ("iso-2022-jp", JAPANESE),
        ("euc-kr", KOREAN),
        ("windows-1251", RUSSIAN),
        ("koi8-r", RUSSIAN),
        ("windows-1250", POLISH),
        ("iso-8859-2", POLISH),
        ("windows-1254", TURKISH),
        ("windows-1253", GREEK),
        (
            "windows-1252",
            "Die Prüfung der Verträge läuft noch, sagte ein Sprecher am Montag in Köln.",
        ),
    ] {
        check_encoding(label, words);
    }
}

#[test]
fn utf_16_needs_no_mark() {
    for words in [ENGLISH, CHINESE] {
        let words = format!("{words}\n\n{words}");
        let little: Vec<u8> = words.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let big: Vec<u8> = words.encode_utf16().flat_map(u16::to_be_bytes).collect();
        let marked: Vec<u8> = [0xff, 0xfe].into_iter().chain(little.iter().copied()).collect();
        assert_eq!(text::read(&marked).as_deref(), Ok(words.as_str()));
        if words.contains(' ') {
            assert_eq!(text::read(&little).as_deref(), Ok(words.as_str()));
            assert_eq!(text::read(&big).as_deref(), Ok(words.as_str()));
        }
    }
}

#[test]
fn what_is_no_text_is_refused_with_a_reason() {
    let picture: Vec<u8> =
        (0..2000u32).map(|n| n.wrapping_mul(2_654_435_761).to_le_bytes()[2]).collect();
    let error = text::read(&picture).expect_err("noise");
    assert!(error.contains("save it as UTF-8"), "{error}");
}

#[test]
fn a_text_cut_within_a_character_is_still_utf_8() {
    let bytes = &VIETNAMESE.as_bytes()[..VIETNAMESE.len() - 3];
    let cut = [bytes, &[0xe1, 0xbb]].concat();
    assert!(text::read(&cut).expect("a text").starts_with("Hai công ty cho biết"));
}

/// Breaks a text at a width, in columns, as a mail program does.
fn wrapped(words: &str, width: usize) -> String {
    let wide = |c: char| {
        if c.is_ascii()
            || ('\u{80}'..'\u{1100}').contains(&c)
            || ('\u{1e00}'..'\u{2000}').contains(&c)
        {
            1
        } else {
            2
        }
    };
    let columns = |text: &str| text.chars().map(wide).sum::<usize>();
    let mut lines = vec![String::new()];
    let spaced = words.contains(' ');
    let parts: Vec<String> = if spaced {
        words.split(' ').map(str::to_owned).collect()
    } else {
        words.chars().map(String::from).collect()
    };
    for part in parts {
        let line = lines.last_mut().expect("one line");
        let gap = usize::from(spaced && !line.is_empty());
        if columns(line) + gap + columns(&part) > width {
            lines.push(part);
        } else {
            if gap == 1 {
                line.push(' ');
            }
            line.push_str(&part);
        }
    }
    lines.join("\n")
}

#[test]
fn a_hard_wrapped_text_is_the_text() {
    for words in [ENGLISH, VIETNAMESE, CHINESE, JAPANESE, RUSSIAN] {
        // At 80 and 100 columns every line of a sample would happen to end with a sentence.
        for width in [24, 40, 60, 72, 80] {
            let paragraphs = [words, words, words];
            let broken: Vec<String> =
                paragraphs.iter().map(|words| wrapped(words, width)).collect();
            let read = text::read(broken.join("\n\n").as_bytes()).expect("a text");
            assert_eq!(read, paragraphs.join("\n\n"), "at {width} columns");
        }
    }
}

#[test]
fn lines_that_are_paragraphs_stay_apart() {
    let lines = [ENGLISH, "Share", "Print", ENGLISH, "12 May 2024"].join("\n");
    assert_eq!(text::read(lines.as_bytes()).as_deref(), Ok(lines.as_str()));
}

#[test]
fn every_word_of_a_text_has_a_label() {
    let page = format!(
        "Home\nNews\n• Sport\nA headline for two companies\nBy Jane Roe, 12 May 2024\n{ENGLISH}\n{ENGLISH}\nRead also\nImprint"
    );
    for raw in [
        page.clone(),
        page.replace('\n', " "),
        CHINESE.to_owned(),
        KOREAN.repeat(9),
        "•".to_owned(),
    ] {
        let found = structure(&raw, lexicon::of("en"), &Gazetteer::new(&[]));
        let mut left = raw.clone();
        for line in found.lines.iter().rev() {
            left.replace_range(line.span.clone(), "");
        }
        let left: String = left.chars().filter(|c| !c.is_whitespace() && *c != '•').collect();
        assert_eq!(left, "", "{raw}");
        let sure = found.lines.iter().all(|line| (0.0..=1.001).contains(&line.sureness));
        assert!(sure, "a likelihood is a share");
    }
}

#[test]
fn a_page_flattened_to_text_gives_its_article() {
    let menu = "Home\nNews\nBusiness\nSport\nCulture\nVideo\nSign in\nSubscribe\n".repeat(6);
    let tail = "\nShare\nTweet\nRead also\nA quite different story of cats\nAnother one of dogs\nImprint\nPrivacy policy\n© 2024 Example Media Ltd";
    let body: Vec<String> =
        (0..6).map(|n| format!("{ENGLISH} That was answer number {n}.")).collect();
    let page = format!(
        "{menu}Two carriers share a network in the north\nBy Jane Roe\n12 May 2024, 10:15\n{}{tail}",
        body.join("\n")
    );
    let found = import(page.as_bytes()).expect("a text").article;
    assert_eq!(found.title.as_deref(), Some("Two carriers share a network in the north"));
    assert_eq!(found.date.map(|date| date.to_string()).as_deref(), Some("2024-05-12"));
    assert_eq!(found.authors, ["Jane Roe"]);
    for paragraph in &body {
        assert!(found.body.contains(paragraph.as_str()), "{}", &*found.body);
    }
    assert!(!found.body.contains("cats") && !found.body.contains("Subscribe"), "{}", &*found.body);
}

/// A page as a scraper leaves it, with these lines above and below its article, and below its headline.
fn flattened(above: &str, byline: &str, below: &str) -> Vec<u8> {
    let body: Vec<String> =
        (0..6).map(|n| format!("{ENGLISH} That was answer number {n}.")).collect();
    let head = format!("Two carriers share a network in the north\n{byline}");
    format!("{above}\n{head}\n{}\n{below}", body.join("\n")).into_bytes()
}

#[test]
fn a_publisher_is_known_by_what_it_puts_beside_its_name() {
    let source = |above: &str, below: &str| {
        let page = flattened(above, "By Jane Roe\n12 May 2024, 10:15", below);
        import(&page).expect("a text").article.source.and_then(|s| s.name)
    };
    let menu = "Home\nNews\nBusiness\nSport\nCulture\nVideo\nSign in";
    let told = source(
        &format!("Fjordvakten Times\n{menu}\nSubscribe to Fjordvakten Times"),
        "Follow Fjordvakten Times on Facebook\nAbout Fjordvakten Times\nPrivacy policy\n© 2024 Fjordvakten Times",
    );
    assert_eq!(told.as_deref(), Some("Fjordvakten Times"));
    let told = source(
        &format!("{menu}\nQuayside Herald Newsletter"),
        "Quayside Herald\nWrite to desk@quaysideherald.com\nAdvertise in Quayside Herald",
    );
    assert_eq!(told.as_deref(), Some("Quayside Herald"));
    // Sections, networks and whoever an article is about are no publishers.
    let told = source(menu, "Share on Facebook\nMost read\nThe Northern Carrier answers critics");
    assert_eq!(told, None);
}

/// A page whose article has these lines below its headline, and the day and the authors that import reads.
fn byline(lines: &str) -> (Option<String>, Vec<String>) {
    let menu = "Home\nNews\nBusiness\nSport\nCulture\nVideo\nSign in\n".repeat(4);
    let page = flattened(menu.trim_end(), lines, "Share\nTweet\nPrivacy policy");
    let found = import(&page).expect("a text").article;
    (found.date.map(|date| date.to_string()), found.authors)
}

#[test]
fn a_job_behind_a_name_is_none_of_it() {
    for line in ["Jane Roe Political Correspondent", "By Jane Roe, Senior Editor"] {
        assert_eq!(byline(&format!("{line}\n12 May 2024, 10:15")).1, ["Jane Roe"], "{line}");
    }
}

#[test]
fn a_name_is_that_of_its_byline_and_not_of_a_picture_before() {
    let lines = "Photo: Jane Roe\nBy Jane Roe and Ann Poe\n12 May 2024, 10:15";
    assert_eq!(byline(lines).1, ["Jane Roe", "Ann Poe"]);
}

#[test]
fn the_day_stands_near_the_article_or_in_its_first_words() {
    let (day, _) = byline("By Jane Roe\n12 May 2024 | 10:15");
    assert_eq!(day.as_deref(), Some("2024-05-12"));
    let (day, _) = byline("By Jane Roe - Example Press - Sunday, May 12, 2024");
    assert_eq!(day.as_deref(), Some("2024-05-12"));
    let lead = format!("WETZLAR, May 12, 2024 - {ENGLISH}");
    assert_eq!(byline(&lead).0.as_deref(), Some("2024-05-12"));
    // Of a day in the middle of the article nobody knows whose it is.
    let late = format!("{ENGLISH}\n{ENGLISH} The mast of 12 May 2021 was the first of them.");
    assert_eq!(byline(&late).0, None);
}

#[test]
fn days_that_are_the_same_are_likelier_together_and_there_may_be_none() {
    let mut weights = Weights::default();
    weights.set(Field::Date, "seen", 0.0);
    let candidate =
        |day: u8| Candidate { value: day, signs: vec!["seen".to_owned(), "unknown".to_owned()] };
    // Three candidates and none of them are four of the same weight.
    let likely = weights.likelihoods(Field::Date, &[candidate(1), candidate(1), candidate(2)]);
    assert_eq!(likely, [0.5, 0.5, 0.25]);
    // A text has one headline, so the others take nothing from it; authors are each by itself.
    let likely = weights.likelihoods(Field::Headline, &[candidate(1)]);
    assert_eq!(likely, [1.0]);
    let likely = weights.likelihoods(Field::Author, &[candidate(1), candidate(2)]);
    assert_eq!(likely, [0.5, 0.5]);
}

#[test]
fn weights_fit_the_features_that_they_were_trained_for() {
    assert!(!model::LINES.words.is_empty() && !model::PIECES.words.is_empty());
    let foreign = "# features 0000000000000000\nfeature\tmenu\n";
    assert!(model::Model::read(foreign).is_err_and(|error| error.contains("train them anew")));
}

#[test]
fn a_table_of_weights_is_read_as_it_was_written_and_whole() {
    let table = include_str!("../../../src/understand/data/lines.tsv");
    let header: Vec<&str> = table.lines().filter_map(|line| line.strip_prefix("# ")).collect();
    let header = &header[..header.len() - 1];
    assert_eq!(model::LINES.write(&header.join("\n")), table);
    let cut = table.trim_end().rsplit_once('\t').expect("a row").0;
    assert!(model::Model::read(cut).is_err_and(|error| error.contains("lacks a weight")));
}

#[test]
fn dates_glued_to_their_clocks_and_neighbours() {
    let check = |line: &str, code: &str, right: &str| {
        let found = tearsheet::understand::dates::dates(line, lexicon::of(code));
        let days: Vec<String> = found.iter().map(|found| found.date.to_string()).collect();
        assert_eq!(days, [right], "{line}");
    };
    check("29.06.202011:24", "de", "2020-06-29");
    check("Published Mon, Jul 24 20171:56 PM EDT", "en", "2017-07-24");
    check("Example PressApril 28, 2023 GMT", "en", "2023-04-28");
    check("jeudi 06 décembre 2018", "fr", "2018-12-06");
    check("12/16/16 12:21pm", "en", "2016-12-16");
    check("10/11/2022 08:00 AM EDT", "en", "2022-10-11");
    check("10/11/2022 08:00", "en", "2022");
    check("令和5年3月1日", "ja", "2023-03-01");
    check("23 Març 2020", "es", "2020-03-23");
    check("5 Σεπτεμβρίου 2021", "en", "2021-09-05");
    let none =
        tearsheet::understand::dates::dates("version 10.2.11 of 192.168.10.11", lexicon::of("en"));
    assert_eq!(none, []);
}

#[test]
fn norwegian_is_no_truth() {
    let text = "Selskapene sier at de vil bygge et felles nett nord i landet, og at det skal stå ferdig til høsten. \
        Ingen av dem ville si hva det koster, men det er snakk om flere hundre millioner kroner.";
    let found = import(text.as_bytes()).expect("a text").article;
    let file = tearsheet::import::markdown::file(&found);
    assert!(file.contains("lang: \"no\"\n"), "{file}");
}

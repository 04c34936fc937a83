//! Which companies a text names: in many scripts, inflected, and not where the word is only a word.

use std::collections::BTreeSet;

use tearsheet::import::article::{self, ImportContext};
use tearsheet::model::{Company, Rights};
use tearsheet::understand::companies::{self, Gazetteer};
use tearsheet::understand::entities::weights;
use tearsheet::understand::{lexicon, partnerships};

use crate::support::site::Site;

fn check_companies(text: &str, expected: &[&str]) {
    let gazetteer = Gazetteer::new(&[]);
    let mut found: Vec<String> = gazetteer.mentions(text).into_iter().map(|m| m.company).collect();
    found.dedup();
    assert_eq!(found, expected, "{text}");
}

#[test]
fn names_in_many_scripts_and_cases() {
    check_companies("Huawei und Leica beenden die Zusammenarbeit", &["huawei", "leica-camera"]);
    check_companies("小米与徕卡宣布合作", &["xiaomi", "leica-camera"]);
    check_companies("シャープとライカが共同開発", &["sharp", "leica-camera"]);
    check_companies("LG에너지솔루션과 혼다는 계약을 맺었다", &["lg-energy-solution", "honda"]);
    check_companies("Tesla'nın ve Togg'un anlaşması", &["tesla", "togg"]);
    check_companies("Договор Яндекса и Росатома", &["yandex", "rosatom"]);
    check_companies("vivo与蔡司宣布合作", &["vivo", "zeiss"]);
}

#[test]
fn the_list_is_whole_and_an_item_belongs_to_one_company() {
    let all: Vec<_> = companies::all().collect();
    assert!(all.len() >= 6000, "{}", all.len());
    let items: Vec<&str> = all.iter().filter_map(|row| row.wikidata).collect();
    assert!(items.len() >= 900, "{}", items.len());
    for item in &items {
        let digits = item.strip_prefix('Q').unwrap_or_default();
        assert!(!digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit()), "{item}");
    }
    assert_eq!(items.iter().collect::<BTreeSet<_>>().len(), items.len());
    for row in all {
        let is_code = |code: &str| code.len() == 2 && code.bytes().all(|b| b.is_ascii_uppercase());
        assert!(row.country.is_none_or(is_code), "{}: {:?}", row.id, row.country);
    }
}

#[test]
fn what_is_known_of_a_company_is_shown_unless_the_site_says_otherwise() {
    let site = Site::new();
    site.write("content/articles/a.md", "---\ntitle: A\ncompanies: [xiaomi, sony]\n---\nText.\n");
    site.write("content/companies/sony.md", "---\nname: Sony\nsame_as: { wikidata: Q1 }\n---\n");
    assert_eq!(site.run(&["build"]).code, 0);
    let page = |id: &str| site.read(&format!("public/companies/{id}/index.html"));
    assert!(page("xiaomi").contains("https://www.wikidata.org/wiki/Q1636958"));
    assert!(page("sony").contains("https://www.wikidata.org/wiki/Q1\""));
    assert!(!page("sony").contains("Q41187"));
}

#[test]
fn ordinary_words_are_no_companies() {
    check_companies("Sharp declines in prices surprised everybody.", &[]);
    check_companies("The price of orange juice and of an apple rose.", &[]);
    check_companies("Leica verbindet mit Panasonic eine Allianz.", &["leica-camera", "panasonic"]);
    check_companies("Det vil selskabet se grundigt på.", &[]);
    check_companies("W tym roku ceny spadły.", &[]);
    check_companies("Peter Rosén er Head of Digital i selskabet.", &[]);
    check_companies("Hitachi will sell it in Turkey. Turkey's banks use Hitachi.", &["hitachi"]);
    check_companies("Nokia wird vom Mittelstand, also von KMU, gelobt.", &["nokia"]);
    // In one breath with a company, or surely one elsewhere, it is one.
    check_companies("Inter e C6 Bank já têm produtos.", &["inter", "c6-bank"]);
    check_companies("Target raised prices. Analysts like Target.", &["target"]);
}

#[test]
fn legal_forms_tell_unknown_companies() {
    check_companies("The maker Nordlys Battery AB and Volvo sign.", &["nordlys-battery", "volvo"]);
    check_companies("PT Sinar Abadi memasok kabel.", &["sinar-abadi"]);
    check_companies("Nordlys Battery A/S og Volvo laver en aftale.", &["nordlys-battery", "volvo"]);
    check_companies("ООО «Северный Ветер» подписало договор.", &["severnyi-veter"]);
    check_companies("An AG meeting of the SE was held in the AB.", &[]);
}

#[test]
fn a_trade_beside_a_name_that_comes_back_tells_a_company() {
    let gazetteer = Gazetteer::new(&[]);
    let found = |text: &str| {
        let setting = ImportContext { rights: Rights::Full, retrieved: None };
        article::text(text.as_bytes(), &gazetteer, &setting).expect("a text").article.companies
    };
    for (text, expected) in [
        (
            "The Swedish battery maker Nordlund has signed a supply deal with Volvo, it said on Monday.\n\n\
             The cells will come from a new plant, and Nordlund expects to hire 300 people there.",
            vec!["nordlund", "volvo"],
        ),
        // A maker that signs a deal is a company where it is named once; a place or a person is none.
        (
            "The Swedish battery maker Nordlund has signed a supply deal with Volvo, it said on Monday.\n\n\
             The cells will come from a new plant, and the company expects to hire 300 people there.",
            vec!["nordlund", "volvo"],
        ),
        (
            "The battery maker from Gothenburg has signed a supply deal with Volvo, Erik Nordlund said on Monday.\n\n\
             The cells will come from a new plant, and Nordlund expects to hire 300 people there.",
            vec!["volvo"],
        ),
        (
            "Le fabricant suédois de batteries Nordlund a signé un contrat de fourniture avec Renault.\n\n\
             Les cellules viendront d'une nouvelle usine, où Nordlund compte embaucher 300 personnes.",
            vec!["nordlund", "renault"],
        ),
        (
            "Der Netzausrüster Nordfunk AG liefert Antennen an Siemens, teilte das Unternehmen am Montag mit.\n\n\
             Die ersten davon sollen im Frühjahr montiert werden, sagte eine Sprecherin in Berlin.",
            vec!["nordfunk", "siemens"],
        ),
        // The trade that opens a sentence has its capital from there; the short name is the long one's.
        (
            "Medicinteknikbolaget Tresvanda Sensorik har ingått ett licensavtal med Ericsson, meddelade bolagen på måndagen.\n\n\
             Tresvanda får 22 miljoner kronor när avtalet undertecknas, och Ericsson köper produkter av Tresvanda Sensorik.",
            vec!["tresvanda-sensorik", "ericsson"],
        ),
        // Those in one breath with it are companies.
        (
            "The mobile operator signed supply deals with Ericsson, Nokia, Zelvora and Samsung on Monday, it said in Oslo.\n\n\
             The first masts will be built in the north of the country before the winter, a spokesman said.",
            vec!["ericsson", "nokia", "zelvora", "samsung-electronics"],
        ),
    ] {
        assert_eq!(found(text), expected, "{text}");
    }
}

#[test]
fn what_an_editor_says_of_a_company_holds_for_import() {
    let site = Site::new();
    let text = "Nordlund buys the cable unit of Foxconn\n\nThe Swedish battery maker Nordlund has signed a deal \
                to buy the cable unit of Foxconn, the two companies said on Monday in Stockholm.\n";
    site.write("inbox/a.txt", text);
    let companies = || {
        let read = site.run(&["import", "--print", "inbox/a.txt"]);
        let line = read.out.lines().find(|line| line.starts_with("companies:"));
        line.unwrap_or_default().to_owned()
    };
    assert_eq!(companies(), "companies: [nordlund, foxconn]");
    assert_eq!(site.run(&["company", "add", "foxconn"]).code, 0);
    assert!(site.read("content/companies/foxconn.md").contains("鴻海"));
    assert_eq!(site.run(&["company", "add", "Foxconn"]).code, 1);
    assert_eq!(site.run(&["company", "alias", "foxconn", "Nordlund"]).code, 0);
    assert_eq!(companies(), "companies: [foxconn]");
    assert_eq!(site.run(&["company", "ignore", "Nordlund"]).code, 0);
    assert_eq!(site.run(&["company", "ignore", "Foxconn"]).code, 0);
    assert_eq!(companies(), "");
    assert!(
        site.read("tearsheet.toml").ends_with("[ignore]\nnames = [\"Nordlund\", \"Foxconn\"]\n")
    );
}

#[test]
fn two_ids_become_one_and_names_are_looked_up() {
    let site = Site::new();
    let article = "---\ntitle: A\ncompanies: [nordlund, nordlund-ab]\n---\nText.\n";
    site.write("content/articles/a.md", article);
    let merged = site.run(&["company", "merge", "nordlund", "nordlund-ab"]);
    assert_eq!(merged.code, 0, "{}", merged.err);
    assert!(merged.err.contains("content/articles/a.md"), "{}", merged.err);
    assert!(site.read("content/companies/nordlund.md").contains("former_ids: [\"nordlund-ab\"]"));
    assert_eq!(site.run(&["build"]).code, 0);
    let found = site.run(&["company", "find", "volks", "wagen"]).out;
    assert!(found.lines().any(|line| line.starts_with("volkswagen\tVolkswagen\tDE")), "{found}");
    assert_eq!(site.run(&["company", "alias", "nobody-knows-it", "X"]).code, 1);
}

#[test]
fn a_name_that_means_something_else_is_taken_from_a_company() {
    let own = Company {
        id: "temu".to_owned(),
        name: "Temu (shop)".to_owned(),
        not_names: vec!["Temu".to_owned()],
        ..Company::default()
    };
    let text = ["Temu and Shopee sign a contract about parcels in Jakarta."];
    let named = |own: &[Company]| {
        let gazetteer = Gazetteer::new(own);
        let known = gazetteer.article(None, &text, lexicon::of("en"));
        known.mentions(text[0]).into_iter().any(|mention| mention.company == "temu")
    };
    assert!(named(&[]) && !named(&[own]));
}

#[test]
fn share_buttons_and_bare_legal_forms_are_no_companies() {
    let gazetteer = Gazetteer::new(&[]);
    let named = |code: &str, text: &[&str]| {
        let known = gazetteer.article(None, text, lexicon::of(code));
        let all = text.iter().flat_map(|text| known.mentions(text));
        all.map(|mention| mention.company).collect::<BTreeSet<_>>().into_iter().collect::<Vec<_>>()
    };
    let text = ["Nokia has signed a contract with Foxconn.", "Facebook Twitter WhatsApp"];
    assert_eq!(named("en", &text), ["foxconn", "nokia"]);
    let text = [
        "Nokia menandatangani kontrak.",
        "Ikuti kami di Telegram, Facebook, Twitter dan Instagram.",
    ];
    assert_eq!(named("id", &text), ["nokia"]);
    let text =
        ["Years ago Meta bought WhatsApp and Instagram; Nokia, Sony, Huawei and Foxconn did not."];
    assert!(named("en", &text).contains(&"meta".to_owned()));
    assert_eq!(
        named("ja", &["株式会社は昨日、計画を発表した。株式会社の計画。"]),
        Vec::<String>::new()
    );
}

#[test]
fn a_name_is_found_between_words_that_nothing_divides_from_it() {
    let gazetteer = Gazetteer::new(&[]);
    let forms = |code: &str, text: &str| -> BTreeSet<String> {
        let all = gazetteer.candidates(None, &[text], lexicon::of(code));
        all.into_iter().flat_map(|(candidate, _)| candidate.forms).collect()
    };
    for (code, text, name) in [
        ("zh", "今年三月，浪岩数创发布了新的平台。", "浪岩数创"),
        ("zh", "蓝杉谷：拟以一千万元收购一家子公司。", "蓝杉谷"),
        ("zh", "其后它收购了一家电商平台榕鹭，交易已完成。", "榕鹭"),
        ("ja", "株式会社みなも銀行は新しい口座を発表した。", "みなも銀行"),
        ("ru", "Глава LunaForge Пётр Савин объявил о сделке.", "LunaForge"),
        ("de", "Geschult wird auf Norlin Aircraft NA40 und anderen.", "Norlin Aircraft"),
    ] {
        assert!(forms(code, text).contains(name), "{text}: {:?}", forms(code, text));
    }
}

#[test]
fn a_first_word_is_a_listed_company_in_the_language_of_its_country() {
    let gazetteer = Gazetteer::new(&[]);
    let named = |code: &str, text: &str| -> BTreeSet<String> {
        let known = gazetteer.article(None, &[text], lexicon::of(code));
        known.mentions(text).into_iter().map(|mention| mention.company).collect()
    };
    let text =
        "Pegasus, Embraer ile bir tedarik anlaşması imzaladı. Pegasus CEO'su anlaşmayı duyurdu.";
    assert!(named("tr", text).contains("pegasus-airlines"), "{:?}", named("tr", text));
    let text = "Pegasus signed a supply contract with Embraer. The CEO of Pegasus announced it.";
    assert!(!named("en", text).contains("pegasus-airlines"));
    // Letters that begin many names tell none of them.
    let text = "O BB e a Petrobras assinaram um contrato. O presidente do BB anunciou o acordo.";
    assert!(!named("pt", text).contains("bb-seguridade"), "{:?}", named("pt", text));
}

#[test]
fn sentences_about_daily_life_name_no_companies() {
    let gazetteer = Gazetteer::new(&[]);
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/daily");
    let mut found = Vec::new();
    for code in ["en", "de", "id", "vi"] {
        let path = format!("{folder}/{code}.txt");
        let sentences = std::fs::read_to_string(path).expect("sentences");
        assert_eq!(sentences.lines().count(), 125);
        for sentence in sentences.lines() {
            let named = gazetteer.article(None, &[sentence], lexicon::of(code)).mentions(sentence);
            found.extend(named.into_iter().map(|m| format!("{}: {sentence}", m.company)));
        }
    }
    assert_eq!(found, Vec::<String>::new());
}

#[test]
fn posts_about_programming_name_no_companies() {
    let gazetteer = Gazetteer::new(&[]);
    let posts = include_str!("../../daily/programming.md");
    let mut found = Vec::new();
    for post in posts.split("\n---\n") {
        let paragraphs: Vec<&str> = post.lines().filter(|line| !line.is_empty()).collect();
        let (title, body) = paragraphs.split_first().expect("a title");
        let known = gazetteer.article(Some(title), body, lexicon::of("en"));
        let named = paragraphs.iter().flat_map(|text| known.mentions(text));
        found.extend(named.map(|mention| format!("{title}: {}", mention.company)));
    }
    found.dedup();
    assert!(posts.split("\n---\n").count() == 20 && found.len() <= 1, "{found:#?}");
}

/// FNV-1a as the training program takes it of the features' names.
fn hash(text: &str) -> u64 {
    let hash = text.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    });
    hash ^ (hash >> 29)
}

#[test]
fn the_weights_were_trained_on_the_features_of_today() {
    let gazetteer = Gazetteer::new(&[]);
    let all = gazetteer.candidates(None, &["Yesterday Nokia spoke."], lexicon::of("en"));
    let names: Vec<&str> = all[0].1.list().iter().map(|feature| feature.0).collect();
    assert_eq!(weights::weights().names, names);
    check_header("entities.tsv", &names);
    let (lexicon, text) = (lexicon::of("en"), "Nokia has bought Foxconn.");
    let known = gazetteer.article(None, &[text], lexicon);
    let pairs = partnerships::pairs(&[text], None, None, |_| lexicon, &known);
    let names: Vec<&str> = pairs[0].features.iter().map(|feature| feature.0).collect();
    assert_eq!(partnerships::weights::names().collect::<Vec<_>>(), names);
    check_header("relations.tsv", &names);
}

/// A table of weights carries the hash of the features that it was trained on.
fn check_header(table: &str, names: &[&str]) {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/src/understand/data/");
    let text = std::fs::read_to_string(format!("{folder}{table}")).expect("a table of weights");
    let told = text.lines().find_map(|line| line.strip_prefix("# features "));
    assert_eq!(told, Some(format!("{:016x}", hash(&names.join("|"))).as_str()), "train {table}");
}

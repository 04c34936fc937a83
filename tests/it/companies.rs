//! Which companies a text names: in many scripts, inflected, and not where the word is only a word.

use tearsheet::understand::companies::Gazetteer;

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
fn ordinary_words_are_no_companies() {
    check_companies("Sharp declines in prices surprised everybody.", &[]);
    check_companies("The price of orange juice and of an apple rose.", &[]);
    check_companies("Leica verbindet mit Panasonic eine Allianz.", &["leica-camera", "panasonic"]);
    check_companies("Det vil selskabet se grundigt på.", &[]);
    check_companies("W tym roku ceny spadły.", &[]);
    // In one breath with a company, or surely one elsewhere, it is one.
    check_companies("Inter e C6 Bank já têm produtos.", &["inter", "c6-bank"]);
    check_companies("Target raised prices. Analysts like Target.", &["target"]);
}

#[test]
fn legal_forms_tell_unknown_companies() {
    check_companies("The maker Nordlys Battery AB and Volvo sign.", &["nordlys-battery", "volvo"]);
    check_companies("PT Sinar Abadi memasok kabel.", &["sinar-abadi"]);
    check_companies("ООО «Северный Ветер» подписало договор.", &["severnyi-veter"]);
    check_companies("An AG meeting of the SE was held in the AB.", &[]);
}

//! What the language data must have, so that a gap shows.

use tearsheet::understand::{language, lexicon};

const LISTS: [&str; 24] = [
    "published",
    "updated",
    "by",
    "source",
    "relative",
    "related",
    "comments",
    "closing",
    "chrome",
    "notices",
    "caption",
    "desk",
    "function",
    "conj",
    "with",
    "negation",
    "rival",
    "both",
    "contrast",
    "not_only",
    "likewise",
    "since",
    "hedge",
    "trades",
];

#[test]
fn every_language_has_every_list() {
    let mut gaps = Vec::new();
    assert_eq!(lexicon::all().len(), 20);
    for lexicon in lexicon::all() {
        for list in LISTS {
            if lexicon.list(list).is_empty() {
                gaps.push(format!("{}: {list}", lexicon.code));
            }
        }
        if lexicon.months.len() != 12 || lexicon.weekdays.len() != 7 {
            gaps.push(format!("{}: months or weekdays", lexicon.code));
        }
        if lexicon.kinds.len() != 12 || lexicon.kinds.iter().any(|kind| kind.1.is_empty()) {
            gaps.push(format!("{}: kinds", lexicon.code));
        }
        if lexicon.events.len() != 3 || lexicon.events.iter().any(|event| event.1.len() < 3) {
            gaps.push(format!("{}: events", lexicon.code));
        }
        // Texts are compared in lower case.
        let lists = LISTS.iter().flat_map(|list| lexicon.list(list));
        let shouted = lists.filter(|word| **word != word.to_lowercase() && lexicon.code != "tr");
        gaps.extend(shouted.map(|word| format!("{}: {word} is not in lower case", lexicon.code)));
    }
    assert_eq!(gaps, Vec::<String>::new());
}

#[test]
fn close_languages_are_told_apart() {
    for (code, text) in [
        (
            "ms",
            "Syarikat itu berkata kerjasama tersebut akan bermula tahun hadapan selepas mendapat kelulusan.",
        ),
        (
            "id",
            "Perusahaan itu mengatakan kerja sama tersebut akan dimulai tahun depan setelah mendapat persetujuan.",
        ),
        (
            "da",
            "Selskabet siger, at aftalen træder i kraft efter sommeren, og at kunderne ikke vil mærke noget.",
        ),
        (
            "no",
            "Selskapet sier at avtalen trer i kraft etter sommeren, og at kundene ikke vil merke noe.",
        ),
        (
            "sv",
            "Bolaget säger att avtalet träder i kraft efter sommaren och att kunderna inte kommer att märka något.",
        ),
        (
            "es",
            "La empresa dice que el acuerdo entra en vigor después del verano y que los clientes no lo notarán.",
        ),
        (
            "pt",
            "A empresa diz que o acordo entra em vigor depois do verão e que os clientes não vão notar.",
        ),
        (
            "ru",
            "Компания сообщила, что соглашение вступит в силу после лета и что клиенты этого не заметят.",
        ),
        (
            "uk",
            "Компанія повідомила, що угода набуде чинності після літа і що клієнти цього не помітять.",
        ),
        (
            "vi",
            "Công ty cho biết thỏa thuận có hiệu lực sau mùa hè và khách hàng sẽ không nhận thấy gì.",
        ),
    ] {
        assert_eq!(language::identify(text).0, code, "{text}");
    }
    assert_eq!(language::tag("zh", "兩家公司宣佈將開發電動車"), "zh-Hant");
    assert_eq!(language::tag("zh", "两家公司宣布将开发电动车"), "zh-Hans");
}

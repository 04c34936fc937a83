//! What the language data must have, so that a gap shows.

use tearsheet::understand::{language, lexicon};

use crate::support::site::{Site, tree};

const LISTS: [&str; 38] = [
    "published",
    "today",
    "yesterday",
    "hours_ago",
    "days_ago",
    "owner",
    "price",
    "stake",
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
    "executives",
    "titles",
    "institutions",
    "company_parts",
    "places_before",
    "definite",
    "firms",
];

#[test]
fn every_language_has_every_list() {
    let mut gaps = Vec::new();
    for lexicon in lexicon::all() {
        for list in LISTS {
            if lexicon.list(list).is_empty() {
                gaps.push(format!("{}: {list}", lexicon.code));
            }
        }
        let named = |month| lexicon.named_months().contains(&month);
        if !(1..=12).all(named) || lexicon.weekdays.len() != 7 {
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

#[test]
fn a_part_in_another_language_is_named_and_says_so_on_its_page() {
    let site = Site::new();
    site.write(
        "inbox/a.txt",
        "Xiaomi và Leica công bố hợp tác\n\n\
         Xiaomi và Leica đã công bố hợp tác lâu dài vào hôm nay, theo thông báo chung của hai công ty tại Bắc Kinh.\n\n\
         Hai bên sẽ cùng phát triển máy ảnh cho điện thoại thông minh, và sản phẩm đầu tiên sẽ ra mắt vào tháng Bảy.\n\n\
         \"This is the first time that the two of us have built a camera together from the lens to the software,\" said the founder.\n\n\
         \"We expect that it will not be the last one, and that others in the industry will follow us before long.\"\n\n\
         Các nhà phân tích cho rằng hợp tác này sẽ giúp Xiaomi bán được nhiều điện thoại cao cấp hơn ở châu Âu.\n",
    );
    site.write("tearsheet.toml", "rights = \"full\"\n");
    assert_eq!(site.run(&["import"]).code, 0);
    let files = tree(&site.path().join("content/articles"));
    let (path, text) = files.iter().next().expect("one article");
    let text = String::from_utf8_lossy(text);
    let passage = "passages:\n  - { lang: en, begins: \"\\\"This is the first time that\", \
                   ends: \"industry will follow us before long.\\\"\" }\n";
    assert!(text.contains(passage), "{path}: {text}");
    assert_eq!(site.run(&["build"]).code, 0);
    let pages = tree(&site.path().join("public"));
    let mut pages = pages.values().map(|page| String::from_utf8_lossy(page));
    let page =
        pages.find(|page| page.contains("<p>Hai bên") && page.contains("<html")).expect("a page");
    let (before, rest) =
        page.split_once("<div lang=\"en\" dir=\"ltr\">\n<p>\"This is").expect("marked");
    let (english, after) = rest.split_once("</div>").expect("an end");
    assert!(before.contains("<p>Hai bên") && english.contains("We expect"));
    assert!(after.contains("<p>Các nhà"));
}

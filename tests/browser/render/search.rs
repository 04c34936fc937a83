//! Search in a real browser: what a reader types, and what is found.

use fastrand::Rng;
use serde_json::json;
use tearsheet::parse::terms::Reader;

use crate::support::browser::Browser;
use crate::support::site::{Server, Site};

fn site() -> Site {
    let site = Site::new();
    site.article(
        "vi",
        "title: Hai bên ký kết\nlang: vi\ndate: 2022-05-23\ncompanies: [xiaomi, leica-camera]\n\
         tags: [optics]\nsource: { name: Báo Mới }\npartnerships:\n  - parties: [xiaomi, leica-camera]\n    \
         kind: co-development\n    event: announced",
        "Xiaomi hợp tác với Leica. Đối tác lâu dài trong ngành <b>máy ảnh</b>.",
    );
    site.article(
        "zh",
        "title: 徕卡的新消息\nlang: zh-Hans\ndate: 2023-01-02\ncompanies: [xiaomi]\ntags: [phones]",
        "双方宣布建立长期战略合作伙伴关系。",
    );
    site.article(
        "he",
        "title: שיתוף פעולה חדש\nlang: he\ndate: 2024-02\ncompanies: [nokia]",
        "החברות הודיעו על הסכם רישוי.",
    );
    site.article(
        "excerpt",
        "title: Licence talks\nlang: en\ndate: 2021\ncompanies: [nokia]\nrights: excerpt\nsummary: Patents.",
        &format!("{} Hiddenword stays at the source.", "Opening words. ".repeat(60)),
    );
    for n in 0..14 {
        site.article(
            &format!("many{n}"),
            &format!(
                "title: Report number {n}\nlang: en\ndate: 2020-01-{:02}\ncompanies: [nokia]",
                n + 1
            ),
            "A patent portfolio, described at [length](https://example.com/secretaddress).",
        );
    }
    site.write(
        "content/companies/xiaomi.md",
        "---\nname: Xiaomi\nnames: { zh-Hans: 小米, ru: Сяоми }\naliases: [Redmi]\n---\n",
    );
    site
}

/// A browser on the search page.
struct Search {
    browser: Browser,
    _server: Server,
    _site: Site,
    address: String,
}

impl Search {
    fn new() -> Self {
        let site = site();
        let server = site.serve("0", &[]);
        let address = format!("{}/search/", server.url);
        Self { browser: Browser::new(), _server: server, _site: site, address }
    }

    /// The titles found: names first, then articles.
    fn find(&mut self, query: &str) -> Vec<String> {
        self.browser.open(&format!("{}?{query}", self.address));
        self.browser.until("document.getElementById('search-status').textContent !== ''");
        let titles = "[...document.querySelectorAll('#search-names a, #search-list h2 a')].map(a => a.textContent)";
        serde_json::from_value(self.browser.value(titles)).expect("titles")
    }
}

#[test]
fn one_box_finds_all_languages() {
    let mut search = Search::new();
    for (query, found) in [
        // Marks are left out when people type, and may be there.
        ("q=hop tac", vec!["Hai bên ký kết"]),
        ("q=doi tac", vec!["Hai bên ký kết"]),
        ("q=%C4%90%E1%BB%91i t%C3%A1c", vec!["Hai bên ký kết"]),
        ("q=m%C3%A1y %E1%BA%A3nh", vec!["Hai bên ký kết"]),
        // A part of a run of Chinese, of any length.
        ("q=战略合作", vec!["徕卡的新消息"]),
        ("q=略", vec!["徕卡的新消息"]),
        ("q=系", vec!["徕卡的新消息"]),
        // Names in any script find the company.
        ("q=小米", vec!["Xiaomi"]),
        ("q=сяоми", vec!["Xiaomi"]),
        ("q=redm", vec!["Xiaomi"]),
        ("q=הסכם", vec!["שיתוף פעולה חדש"]),
        ("q=xiaomi leica", vec!["Leica Camera and Xiaomi", "Hai bên ký kết"]),
        // Only what may be published, and no addresses.
        ("q=patents", vec!["Licence talks"]),
        ("q=hiddenword", vec![]),
        ("q=secretaddress", vec![]),
        ("q=nosuchword", vec![]),
        // Filters, alone and with words.
        ("tag=phones", vec!["徕卡的新消息"]),
        ("language=vi", vec!["Hai bên ký kết"]),
        ("kind=co-development", vec!["Hai bên ký kết"]),
        ("company=xiaomi", vec!["徕卡的新消息", "Hai bên ký kết"]),
        ("company=xiaomi&year=2023", vec!["徕卡的新消息"]),
        ("q=talks&company=nokia", vec!["Licence talks"]),
        ("q=talks&company=xiaomi", vec![]),
    ] {
        assert_eq!(search.find(query), found, "{query}");
    }
    assert_eq!(search.browser.complaints, Vec::<String>::new());
}

#[test]
fn results_show_where_the_words_stand() {
    let mut search = Search::new();
    search.find("q=hop tac");
    search.browser.until("document.querySelectorAll('.found .summary mark').length === 3");
    let mark =
        "[...document.querySelectorAll('.found .summary mark')].map(m => m.textContent).join()";
    assert_eq!(search.browser.value(mark), "hợp,tác,tác");
    let lang =
        "document.querySelector('.found h2').lang + document.querySelector('.found .summary').lang";
    assert_eq!(search.browser.value(lang), "vivi");
    search.find("q=הסכם");
    assert_eq!(search.browser.value("document.querySelector('.found h2').dir"), "rtl");
    // More than fit at once, by keyboard alone.
    assert_eq!(search.find("q=portfolio").len(), 10);
    search.browser.value("document.getElementById('search-more').click()");
    search.browser.until("document.querySelectorAll('.found').length === 14");
    search.browser.until("document.activeElement === document.querySelectorAll('.found h2 a')[10]");
    search.browser.value("document.getElementById('search-box').focus()");
    let key = |name: &str| json!({ "type": "keyDown", "key": name, "code": name });
    search.browser.call("Input.dispatchKeyEvent", &key("ArrowDown"));
    search.browser.until("document.activeElement === document.querySelector('.found h2 a')");
    search.browser.call("Input.dispatchKeyEvent", &key("Escape"));
    search.browser.until("document.activeElement.id === 'search-box'");
    // What is typed is in the address, so that it can be kept and sent.
    search.browser.value("document.getElementById('search-box').select()");
    search.browser.call("Input.insertText", &json!({ "text": "licence" }));
    search.browser.until(
        "location.search === '?q=licence' && document.querySelectorAll('.found').length === 1",
    );
}

#[test]
fn without_scripts_the_box_leads_to_lists() {
    let site = site();
    assert_eq!(site.run(&["build"]).code, 0);
    let mut browser = Browser::new();
    browser.call("Emulation.setScriptExecutionDisabled", &json!({ "value": true }));
    browser.open(&format!("file://{}/public/index.html", site.path().display()));
    browser.value("document.querySelector('.find input').value = 'leica'");
    browser.value("document.querySelector('.find').submit()");
    browser.until("document.body.className === 'search' && document.readyState === 'complete'");
    browser.until("getComputedStyle(document.getElementById('search-form')).display === 'none'");
    assert_eq!(browser.value("getComputedStyle(document.body).display"), "flex");
    assert_eq!(browser.value("document.querySelectorAll('.browse a').length"), 8);
    assert!(
        browser
            .value("document.querySelector('noscript').innerText")
            .to_string()
            .contains("JavaScript")
    );
}

/// The beginning of the script, which turns texts into terms, says the same as the program.
#[test]
fn the_page_and_the_program_agree_on_terms() {
    let script = include_str!("../../../static/search.js");
    let start = script.find("const LONGEST").expect("the rules");
    let end = script.find("const partOf").expect("their end");
    let mut rng = Rng::with_seed(7);
    let ranges = [
        (0x20, 0x7f),
        (0xa0, 0x24f),
        (0x300, 0x36f),
        (0x370, 0x3ff),
        (0x400, 0x4ff),
        (0x591, 0x5c7),
        (0x5d0, 0x5ea),
        (0x600, 0x6ff),
        (0x900, 0x97f),
        (0xe00, 0xe5b),
        (0xe80, 0xeff),
        (0x1780, 0x17ff),
        (0x1e00, 0x1fff),
        (0x2000, 0x206f),
        (0x2100, 0x218f),
        (0x3040, 0x30ff),
        (0x4e00, 0x9fff),
        (0xac00, 0xd7a3),
        (0xf900, 0xfaff),
        (0xff00, 0xffef),
        (0x20000, 0x2a6df),
    ];
    let mut texts: Vec<String> = [
        "Đối tác",
        "İstanbul STRAẞE",
        "ΟΔΟΣ ὁδός",
        "ﬁne ½ ㈱ ＡＢＣ",
        "パートナー",
        "a-b_c'd 5G C++",
    ]
    .map(str::to_owned)
    .to_vec();
    for _ in 0..3000 {
        let (first, last) = ranges[rng.usize(..ranges.len())];
        let mut letter = || char::from_u32(rng.u32(first..=last)).unwrap_or(' ');
        let text: String = (0..8).map(|_| letter()).collect();
        texts.push(text);
    }
    texts.push("x".repeat(60));
    let expression = format!(
        "(() => {{ {} return {}.map((text) => stretches(text).flatMap(terms)); }})()",
        &script[start..end],
        json!(texts)
    );
    let mut browser = Browser::new();
    let theirs: Vec<Vec<String>> =
        serde_json::from_value(browser.value(&expression)).expect("terms");
    let mut reader = Reader::default();
    for (text, theirs) in texts.iter().zip(theirs) {
        let mut ours = Vec::new();
        reader.terms(text, |term| ours.push(term.to_owned()));
        assert_eq!(ours, theirs, "{text:?} {:x?}", text.chars().map(u32::from).collect::<Vec<_>>());
    }
}

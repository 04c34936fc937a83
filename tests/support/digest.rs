//! A digest of any size, of real companies in ten languages, for tests of what grows.
//!
//! Every article depends on its number and that of the partnerships alone, so that a page which is
//! wrong can be looked at again: `cargo test --bench digest -- FOLDER PARTNERSHIPS ARTICLES`.
//! What the articles say is invented.

use std::fmt::Write;
use std::path::Path;

use fastrand::Rng;

/// The companies that the program knows; their order here is no rank.
const COMPANIES: &str = include_str!("../../src/understand/data/companies.tsv");
/// As many partnerships as there are for each company, in a digest of many.
const PARTNERSHIPS_EACH: usize = 5;
/// Today, in what the articles tell.
const TODAY: (i32, u32) = (2026, 11);
const FIRST_YEAR: i32 = 2004;

/// How an article is told in one language; `{a}` and `{b}` are the parties.
struct Tongue {
    code: &'static str,
    papers: [&'static str; 3],
    announced: &'static str,
    launched: &'static str,
    extended: &'static str,
    ended: &'static str,
    rumoured: &'static str,
    more: &'static str,
}

const TONGUES: [Tongue; 10] = [
    Tongue {
        code: "en",
        papers: ["Harbour Gazette", "The Weekly Ledger", "Signal Wire"],
        announced: "{a} and {b} announce a partnership",
        launched: "{a} and {b} show the first result of their partnership",
        extended: "{a} and {b} extend their partnership",
        ended: "{a} and {b} end their partnership",
        rumoured: "{a} is said to be in talks with {b}",
        more: "Neither company told what is paid. Observers had expected such news for months.",
    },
    Tongue {
        code: "zh",
        papers: ["远望日报", "商桥周刊", "汇闻网"],
        announced: "{a}与{b}宣布建立合作关系",
        launched: "{a}与{b}展示合作的首个成果",
        extended: "{a}与{b}延长合作关系",
        ended: "{a}与{b}结束合作关系",
        rumoured: "据传{a}正与{b}洽谈合作",
        more: "双方都没有透露金额。几个月来观察人士一直在等待这样的消息。",
    },
    Tongue {
        code: "vi",
        papers: ["Nhật Báo Bến Cảng", "Tuần San Thương Cầu", "Tin Nhanh Bờ Đông"],
        announced: "{a} và {b} công bố hợp tác",
        launched: "{a} và {b} ra mắt kết quả hợp tác đầu tiên",
        extended: "{a} và {b} gia hạn hợp tác",
        ended: "{a} và {b} chấm dứt hợp tác",
        rumoured: "{a} được cho là đang đàm phán với {b}",
        more: "Hai bên không tiết lộ giá trị. Giới quan sát đã chờ tin này nhiều tháng.",
    },
    Tongue {
        code: "de",
        papers: ["Hafenbote", "Wirtschaft am Montag", "Drahtbericht"],
        announced: "{a} und {b} kündigen eine Partnerschaft an",
        launched: "{a} und {b} zeigen das erste Ergebnis ihrer Partnerschaft",
        extended: "{a} und {b} verlängern ihre Partnerschaft",
        ended: "{a} und {b} beenden ihre Partnerschaft",
        rumoured: "{a} soll mit {b} verhandeln",
        more: "Keine Seite nannte einen Betrag. Beobachter hatten seit Monaten damit gerechnet.",
    },
    Tongue {
        code: "id",
        papers: ["Harian Dermaga", "Mingguan Niaga", "Kabar Selat"],
        announced: "{a} dan {b} mengumumkan kemitraan",
        launched: "{a} dan {b} menunjukkan hasil pertama kemitraan mereka",
        extended: "{a} dan {b} memperpanjang kemitraan mereka",
        ended: "{a} dan {b} mengakhiri kemitraan mereka",
        rumoured: "{a} dikabarkan berunding dengan {b}",
        more: "Kedua pihak tidak menyebut nilainya. Pengamat sudah menunggu kabar ini.",
    },
    Tongue {
        code: "fr",
        papers: ["Le Quai", "La Semaine des affaires", "Dépêche du Nord"],
        announced: "{a} et {b} annoncent un partenariat",
        launched: "{a} et {b} présentent le premier fruit de leur partenariat",
        extended: "{a} et {b} prolongent leur partenariat",
        ended: "{a} et {b} mettent fin à leur partenariat",
        rumoured: "{a} serait en pourparlers avec {b}",
        more: "Aucun montant n'a été donné. Les observateurs s'y attendaient depuis des mois.",
    },
    Tongue {
        code: "ja",
        papers: ["みなと日報", "週刊商い", "東岸通信"],
        announced: "{a}と{b}が提携を発表",
        launched: "{a}と{b}、提携の最初の成果を公開",
        extended: "{a}と{b}が提携を延長",
        ended: "{a}と{b}が提携を終了",
        rumoured: "{a}が{b}と交渉中と伝えられる",
        more: "金額は明らかにされていない。関係者は数か月前から予想していた。",
    },
    Tongue {
        code: "es",
        papers: ["El Muelle", "Semana Mercantil", "Cable Sur"],
        announced: "{a} y {b} anuncian una alianza",
        launched: "{a} y {b} muestran el primer fruto de su alianza",
        extended: "{a} y {b} prolongan su alianza",
        ended: "{a} y {b} ponen fin a su alianza",
        rumoured: "{a} estaría en conversaciones con {b}",
        more: "Ninguna de las dos dio cifras. Los observadores lo esperaban desde hace meses.",
    },
    Tongue {
        code: "da",
        papers: ["Havnebladet", "Handelsugen", "Nordtråden"],
        announced: "{a} og {b} bekendtgør et partnerskab",
        launched: "{a} og {b} viser det første resultat af deres partnerskab",
        extended: "{a} og {b} forlænger deres partnerskab",
        ended: "{a} og {b} afslutter deres partnerskab",
        rumoured: "{a} siges at forhandle med {b}",
        more: "Ingen af parterne nævnte et beløb. Iagttagere havde ventet det i måneder.",
    },
    Tongue {
        code: "ar",
        papers: ["صحيفة المرفأ", "أسبوعية التجارة", "برقية الشرق"],
        announced: "{a} و{b} تعلنان شراكة",
        launched: "{a} و{b} تعرضان أول ثمار شراكتهما",
        extended: "{a} و{b} تمددان شراكتهما",
        ended: "{a} و{b} تنهيان شراكتهما",
        rumoured: "أنباء عن محادثات بين {a} و{b}",
        more: "لم تذكر الشركتان أي مبلغ. وكان المراقبون ينتظرون ذلك منذ أشهر.",
    },
];

const KINDS: [&str; 12] = [
    "supply",
    "investment",
    "co-development",
    "licensing",
    "strategic-alliance",
    "integration",
    "distribution",
    "research",
    "acquisition",
    "joint-venture",
    "manufacturing",
    "co-branding",
];

const TAGS: [&str; 12] = [
    "batteries",
    "cameras",
    "cars",
    "chips",
    "cloud",
    "health",
    "logistics",
    "mobile-imaging",
    "networks",
    "patents",
    "payments",
    "satellites",
];

/// What many digests follow, so that some companies have many partnerships.
const FOLLOWED: [&str; 12] = [
    "xiaomi",
    "nokia",
    "samsung-electronics",
    "huawei",
    "microsoft",
    "general-motors",
    "sony",
    "google",
    "nvidia",
    "apple",
    "tsmc",
    "leica-camera",
];

/// A company's id and name.
type Company = (&'static str, &'static str);

/// The companies of a digest, the most followed first.
fn companies(partnerships: usize) -> Vec<Company> {
    let mut known: Vec<Company> = COMPANIES
        .lines()
        .skip(1)
        .filter_map(|line| {
            let mut columns = line.split('\t');
            Some((columns.next()?, columns.next()?))
        })
        .collect();
    let rank = |id: &str| FOLLOWED.iter().position(|one| *one == id).unwrap_or(FOLLOWED.len());
    Rng::with_seed(7).shuffle(&mut known);
    known.sort_by_key(|company| rank(company.0));
    known.truncate((partnerships / PARTNERSHIPS_EACH * 2).max(20));
    known
}

/// The `turn`th thing that happened in a partnership: when, in months, and what.
struct Transition {
    month: i32,
    event: &'static str,
}

fn turns(partnership: usize) -> Vec<Transition> {
    let mut rng = Rng::with_seed(partnership as u64);
    let now = TODAY.0 * 12 + i32::try_from(TODAY.1).unwrap_or(12) - 1;
    // More of late than long ago.
    let back = rng.f64() * rng.f64() * f64::from(now - FIRST_YEAR * 12);
    #[allow(clippy::cast_possible_truncation)]
    let mut month = now - back as i32;
    let mut turns = Vec::new();
    if rng.u8(..8) == 0 {
        turns.push(Transition { month, event: "rumoured" });
        month += rng.i32(1..8);
    }
    for event in ["announced", "launched", "extended", "extended", "ended"] {
        if turns.is_empty() || rng.bool() {
            turns.push(Transition { month, event });
            month += rng.i32(2..30);
        }
    }
    turns.retain(|turn| turn.month <= now);
    turns
}

/// The two companies of a partnership; of two partnerships no two are between the same.
fn parties(partnership: usize, companies: &[Company]) -> [Company; 2] {
    let count = companies.len();
    let first = partnership % count;
    // The followed ones are in every other partnership.
    let one = if partnership.is_multiple_of(2) {
        let x = Rng::with_seed(partnership as u64 + 99).f64();
        #[allow(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            clippy::cast_precision_loss
        )]
        let at = (x * x * x * (count.min(3 * FOLLOWED.len()) as f64)) as usize;
        at
    } else {
        first
    };
    let step = 1 + partnership / count;
    let mut other = (first + step * 7 + 1) % count;
    if other == one {
        other = (other + 1) % count;
    }
    [companies[one], companies[other]]
}

/// One article as it stands in its file.
fn article(number: usize, partnerships: usize, companies: &[Company]) -> (String, String) {
    let (partnership, round) = (number % partnerships, number / partnerships);
    let turns = turns(partnership);
    let mut rng = Rng::with_seed(number as u64 + 5_000_000);
    // Every other article tells what another one has told.
    let turn = &turns[(round / 2) % turns.len()];
    let tongue = &TONGUES[(partnership + round * 3) % TONGUES.len()];
    let [(one, a), (other, b)] = parties(partnership, companies);
    let pattern = match turn.event {
        "launched" => tongue.launched,
        "extended" => tongue.extended,
        "ended" => tongue.ended,
        "rumoured" => tongue.rumoured,
        _ => tongue.announced,
    };
    let title = pattern.replace("{a}", a).replace("{b}", b);
    let day = 1 + (partnership * 5 + round * 2) % 26;
    let (year, month) = (turn.month.div_euclid(12), turn.month.rem_euclid(12) + 1);
    let date = match number % 23 {
        0 => String::new(),
        1 => format!("date: {year}\n"),
        2 => format!("date: {year}-{month:02}\n"),
        _ => format!("date: {year}-{month:02}-{day:02}\n"),
    };
    let (code, paper) = (tongue.code, tongue.papers[rng.usize(..3)]);
    let rights = ["excerpt", "full", "link"][number % 3];
    let kind = KINDS[(partnership * partnership + partnership / 3) % KINDS.len()];
    let event = turn.event;
    let tag = TAGS[partnership % TAGS.len()];
    let mut text = format!(
        "---\ntitle: \"{title}\"\n{date}lang: {code}\nsource: {{ name: \"{paper}\", url: \"https://example.com/{number}\" }}\n\
         companies: [{one}, {other}]\ntags: [{tag}]\nrights: {rights}\npartnerships:\n  - parties: [{one}, {other}]\n    \
         kind: {kind}\n    event: {event}\n    evidence: \"{title}\"\n"
    );
    if number % 5 < 2 {
        text.push_str("    confidence: 0.81\n");
    }
    let _ = write!(text, "---\n\n{title}. {}\n", tongue.more);
    (format!("{year}/a{number:05}.md"), text)
}

/// Writes a digest into a folder.
pub fn write(folder: &Path, partnerships: usize, articles: usize, language: &str) {
    let settings = format!(
        "title = \"The Growing Sheet\"\ndescription = \"A digest that is made to be looked at.\"\n\
         language = \"{language}\"\n"
    );
    std::fs::create_dir_all(folder).expect("a folder");
    std::fs::write(folder.join("tearsheet.toml"), settings).expect("a file");
    let companies = companies(partnerships);
    for number in 0..articles {
        let (name, text) = article(number, partnerships, &companies);
        let path = folder.join("content/articles").join(name);
        std::fs::create_dir_all(path.parent().expect("a parent")).expect("a folder");
        std::fs::write(path, text).expect("a file");
    }
}

//! A digest of any size, the same for every generator: equal bodies, front matter in each dialect.
//!
//! Every article depends on its number alone, so a larger digest begins with the smaller one.

use std::fmt::Write as _;
use std::fs;
use std::io;
use std::path::Path;

use fastrand::Rng;

const COMPANIES: usize = 200;
const TAGS: usize = 300;
const SOURCES: usize = 60;
const FIRST_YEAR: usize = 2016;
const YEARS: usize = 10;

/// A language with words to make sentences of, what stands between them, and how often it is used.
struct Tongue {
    code: &'static str,
    words: &'static str,
    space: &'static str,
    stop: &'static str,
    weight: usize,
}

const TONGUES: [Tongue; 6] = [
    Tongue {
        code: "en",
        words: "the a its their maker supplier factory battery camera phone network patent licence \
                market quarter revenue forecast investor board regulator court partner agreement \
                supply platform engineer sensor satellite panel memory standard and but while after \
                before with from under signed announced confirmed expanded delayed opened closed \
                tested shipped new early late global joint annual public steady rapid",
        space: " ",
        stop: ". ",
        weight: 46,
    },
    Tongue {
        code: "vi",
        words: "công ty nhà máy đối tác hợp tác thỏa thuận thị trường điện thoại máy ảnh cảm biến \
                pin mạng lưới bằng sáng chế giấy phép doanh thu quý năm nhà đầu tư kỹ sư vệ tinh \
                màn hình bộ nhớ tiêu chuẩn và nhưng trong khi sau trước với từ dưới đã ký công bố \
                xác nhận mở rộng trì hoãn thử nghiệm mới sớm toàn cầu chung hằng năm ổn định",
        space: " ",
        stop: ". ",
        weight: 18,
    },
    Tongue {
        code: "de",
        words: "das ein sein ihr Hersteller Zulieferer Fabrik Batterie Kamera Netz Patent Lizenz \
                Markt Quartal Umsatz Prognose Anleger Vorstand Behörde Gericht Partner Abkommen \
                Lieferung Plattform Fühler Satellit Bildschirm Speicher Norm und aber während nach \
                vor mit von unter unterzeichnete verkündete bestätigte erweiterte verschob öffnete \
                prüfte lieferte neue frühe späte weltweite gemeinsame jährliche stetige größere",
        space: " ",
        stop: ". ",
        weight: 12,
    },
    Tongue {
        code: "da",
        words: "en den sin deres producent underleverandør fabrik batteri kamera netværk patent \
                licens marked kvartal omsætning prognose investor bestyrelse myndighed retten \
                partner aftale forsyning platform føler satellit skærm hukommelse og men mens efter \
                før med fra under underskrev meddelte bekræftede udvidede udskød åbnede lukkede \
                prøvede sendte ny tidlig sen verdensomspændende fælles årlig rolig større",
        space: " ",
        stop: ". ",
        weight: 8,
    },
    Tongue {
        code: "ru",
        words: "завод батарея камера сеть патент лицензия рынок квартал выручка прогноз инвестор \
                совет суд партнёр соглашение поставка платформа датчик спутник экран память \
                стандарт и но пока после до с от под подписал объявил подтвердил расширил отложил \
                открыл закрыл испытал отправил новый ранний поздний мировой общий ежегодный",
        space: " ",
        stop: ". ",
        weight: 8,
    },
    Tongue {
        code: "zh",
        words: "公司 工厂 电池 相机 手机 网络 专利 许可 市场 季度 收入 预测 投资者 董事会 监管 法院 伙伴 \
                协议 供应 平台 工程师 传感器 卫星 面板 内存 标准 以及 但是 同时 之后 之前 签署 宣布 \
                确认 扩大 推迟 开放 测试 新的 全球 联合 年度 稳定 快速",
        space: "",
        stop: "。",
        weight: 8,
    },
];

const KINDS: [&str; 6] =
    ["licensing", "joint-venture", "supply", "research", "distribution", "investment"];

const CODE: [(&str, &str); 3] = [
    (
        "rust",
        "use std::collections::BTreeMap;\n\n/// Deals per partner, largest first.\n\
         pub fn count(deals: &[(String, u32)]) -> Vec<(&str, u32)> {\n    \
         let mut sums: BTreeMap<&str, u32> = BTreeMap::new();\n    \
         for (name, worth) in deals.iter().filter(|deal| deal.1 > NUMBER) {\n        \
         *sums.entry(name).or_default() += worth; // in millions\n    }\n    \
         let mut sums: Vec<_> = sums.into_iter().collect();\n    \
         sums.sort_by_key(|&(name, worth)| (u32::MAX - worth, name));\n    sums\n}\n",
    ),
    (
        "json",
        "{\n  \"company\": \"example\",\n  \"deals\": NUMBER,\n  \"active\": true,\n  \
         \"share\": 0.25,\n  \"partners\": [\"one\", \"two\", null],\n  \
         \"office\": { \"city\": \"Århus\", \"post\": \"8000\" },\n  \
         \"history\": [{ \"year\": 2019 }, { \"year\": 2021 }]\n}\n",
    ),
    (
        "python",
        "from dataclasses import dataclass\n\n\n@dataclass\nclass Deal:\n    first: str\n    \
         second: str\n    year: int = NUMBER\n\n    def key(self) -> str:\n        \
         \"\"\"Tells deals apart.\"\"\"\n        return f\"{self.first}-{self.second}:{self.year}\"\n\n\n\
         print([Deal('a', 'b').key() for _ in range(3)])  # three of one\n",
    ),
];

/// Whose front matter and folders to write.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dialect {
    Tearsheet,
    Hugo,
    Zola,
}

struct Article {
    number: usize,
    title: String,
    date: String,
    summary: String,
    lang: &'static str,
    companies: Vec<usize>,
    tags: Vec<usize>,
    author: usize,
    /// The other party and the kind.
    partnership: Option<(usize, &'static str)>,
    body: String,
}

fn company(n: usize) -> String {
    const FIRST: [&str; 20] = [
        "Arbor", "Bering", "Cobalt", "Delta", "Ember", "Fjord", "Garnet", "Harbor", "Indigo",
        "Jasper", "Kestrel", "Lumen", "Meridian", "Nimbus", "Onyx", "Pioneer", "Quartz", "Rowan",
        "Summit", "Tundra",
    ];
    const LAST: [&str; 10] = [
        "Optics",
        "Energy",
        "Mobile",
        "Systems",
        "Motors",
        "Networks",
        "Robotics",
        "Materials",
        "Pharma",
        "Foods",
    ];
    format!("{} {}", FIRST[n % 20], LAST[n / 20])
}

fn tag(n: usize) -> String {
    const TOPIC: [&str; 30] = [
        "batteries",
        "cameras",
        "chips",
        "cloud",
        "cars",
        "drones",
        "energy",
        "finance",
        "foods",
        "games",
        "health",
        "labour",
        "law",
        "licences",
        "logistics",
        "media",
        "memory",
        "mergers",
        "networks",
        "patents",
        "phones",
        "policy",
        "prices",
        "research",
        "retail",
        "robots",
        "satellites",
        "screens",
        "software",
        "trade",
    ];
    const PLACE: [&str; 10] = [
        "",
        "-asia",
        "-europe",
        "-americas",
        "-africa",
        "-start-ups",
        "-deals",
        "-courts",
        "-people",
        "-plans",
    ];
    format!("{}{}", TOPIC[n % 30], PLACE[n / 30])
}

fn slug(name: &str) -> String {
    name.to_lowercase().replace(' ', "-")
}

/// A number below `n` by Zipf's law: the first is drawn twice as often as the second.
fn zipf(rng: &mut Rng, n: usize) -> usize {
    let harmonic = |k: usize| (1..=k).map(|i| 1.0 / i as f64).sum::<f64>();
    let mut rest = rng.f64() * harmonic(n);
    (1..=n)
        .find(|&i| {
            rest -= 1.0 / i as f64;
            rest <= 0.0
        })
        .map_or(n - 1, |i| i - 1)
}

struct Writer<'a> {
    rng: &'a mut Rng,
    tongue: &'a Tongue,
    words: Vec<&'static str>,
}

impl Writer<'_> {
    fn phrase(&mut self, words: usize) -> String {
        let words: Vec<&str> =
            (0..words).map(|_| self.words[self.rng.usize(..self.words.len())]).collect();
        let text = words.join(self.tongue.space);
        let mut chars = text.chars();
        chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
    }

    fn sentences(&mut self, number: usize) -> String {
        let mut text = String::new();
        for _ in 0..number {
            let words = self.rng.usize(9..22);
            text.push_str(&self.phrase(words));
            text.push_str(self.tongue.stop);
        }
        text.trim_end().to_owned()
    }

    fn link(&mut self) -> String {
        let words = self.phrase(2);
        let (host, page) = (self.rng.usize(..SOURCES), self.rng.u32(1..99999));
        format!("[{words}](https://paper{host}.example/{page})")
    }

    /// About 500 words with everything that articles have.
    fn body(&mut self, number: usize) -> String {
        let mut out = String::new();
        let _ = writeln!(out, "{} **{}** {}\n", self.sentences(3), self.phrase(3), self.link());
        let _ = writeln!(out, "## {}\n\n{}\n", self.phrase(4), self.sentences(5));
        for _ in 0..3 {
            let _ = writeln!(out, "- {} {}", self.phrase(6), self.link());
        }
        let _ = writeln!(out, "\n## {}\n\n{} {}\n", self.phrase(5), self.sentences(5), self.link());
        let _ = writeln!(out, "> {}\n", self.sentences(2));
        let _ =
            writeln!(out, "### {}\n\n{} `v{}`\n", self.phrase(3), self.sentences(5), number % 9);
        if self.rng.usize(..6) == 0 {
            out.push_str("| name | sum | note |\n|---|---:|:--|\n");
            for _ in 0..5 {
                let sum = self.rng.u32(1..9999);
                let _ = writeln!(out, "| {} | {sum} | {} |", self.phrase(2), self.phrase(2));
            }
            out.push('\n');
        }
        if number % 20 == 7 {
            let (language, code) = CODE[number / 20 % CODE.len()];
            let code = code.replace("NUMBER", &self.rng.u32(1..99).to_string());
            let _ = writeln!(out, "```{language}\n{code}```\n");
        }
        let _ =
            writeln!(out, "## {}\n\n{} *{}*\n", self.phrase(4), self.sentences(6), self.phrase(2));
        let _ = writeln!(out, "{}", self.sentences(4));
        out
    }
}

fn article(number: usize) -> Article {
    let mut rng = Rng::with_seed(number as u64);
    let total: usize = TONGUES.iter().map(|tongue| tongue.weight).sum();
    let mut drawn = rng.usize(..total);
    let tongue = TONGUES
        .iter()
        .find(|tongue| {
            let here = drawn < tongue.weight;
            drawn = drawn.saturating_sub(tongue.weight);
            here
        })
        .unwrap_or(&TONGUES[0]);
    let mut companies: Vec<usize> =
        (0..rng.usize(1..5)).map(|_| zipf(&mut rng, COMPANIES)).collect();
    companies.sort_unstable();
    companies.dedup();
    let mut tags: Vec<usize> = (0..rng.usize(2..6)).map(|_| rng.usize(..TAGS)).collect();
    tags.sort_unstable();
    tags.dedup();
    let other = (companies[0] + 1 + zipf(&mut rng, COMPANIES - 1)) % COMPANIES;
    let partnership = number.is_multiple_of(4).then(|| (other, KINDS[rng.usize(..KINDS.len())]));
    let day = rng.usize(..365 * YEARS);
    let (month, date) = (day % 365 / 31, day % 365 % 28);
    let date = format!("{}-{:02}-{:02}", FIRST_YEAR + day / 365, month + 1, date + 1);
    let author = rng.usize(..40);
    let words = tongue.words.split_whitespace().collect();
    let mut writer = Writer { rng: &mut rng, tongue, words };
    Article {
        number,
        title: format!("{}: {}", company(companies[0]), writer.phrase(5)),
        date,
        summary: writer.sentences(1),
        lang: tongue.code,
        companies,
        tags,
        author,
        partnership,
        body: writer.body(number),
    }
}

fn quoted(items: impl Iterator<Item = String>) -> String {
    items.map(|item| format!("\"{item}\"")).collect::<Vec<_>>().join(", ")
}

impl Article {
    fn front_matter(&self, dialect: Dialect) -> String {
        let Self { title, date, summary, lang, number, .. } = self;
        let author = format!("Writer {}", self.author);
        let source = number % SOURCES;
        let url = format!("https://paper{source}.example/{number}");
        let tags = quoted(self.tags.iter().map(|&n| tag(n)));
        let names = quoted(self.companies.iter().map(|&n| company(n)));
        let first = company(self.companies[0]);
        match dialect {
            Dialect::Tearsheet => {
                let ids = quoted(self.companies.iter().map(|&n| slug(&company(n))));
                let mut text = format!(
                    "---\ntitle: \"{title}\"\ndate: {date}\nlang: {lang}\n\
                     source: {{ name: \"Paper {source}\", url: \"{url}\" }}\nauthors: [{author}]\n\
                     companies: [{ids}]\ntags: [{tags}]\nsummary: \"{summary}\"\nrights: full\n"
                );
                if let Some((other, kind)) = self.partnership {
                    let (one, other) = (slug(&first), slug(&company(other)));
                    let _ = writeln!(
                        text,
                        "partnerships:\n  - parties: [{one}, {other}]\n    kind: {kind}\n    event: announced"
                    );
                }
                text + "---\n"
            }
            Dialect::Hugo => {
                let mut text = format!(
                    "---\ntitle: \"{title}\"\ndate: {date}\ndescription: \"{summary}\"\n\
                     companies: [{names}]\ntags: [{tags}]\nparams:\n  authors: [{author}]\n  \
                     lang: {lang}\n  source: \"Paper {source}\"\n  source_url: \"{url}\"\n"
                );
                if let Some((other, kind)) = self.partnership {
                    let other = company(other);
                    let _ = writeln!(
                        text,
                        "  partnerships:\n    - one: \"{first}\"\n      other: \"{other}\"\n      kind: {kind}"
                    );
                }
                text + "---\n"
            }
            Dialect::Zola => {
                let mut text = format!(
                    "+++\ntitle = \"{title}\"\ndate = {date}\ndescription = \"{summary}\"\n\
                     authors = [\"{author}\"]\n[taxonomies]\ncompanies = [{names}]\ntags = [{tags}]\n\
                     [extra]\nlang = \"{lang}\"\nsource = \"Paper {source}\"\nsource_url = \"{url}\"\n"
                );
                if let Some((other, kind)) = self.partnership {
                    let other = company(other);
                    let _ = writeln!(
                        text,
                        "[[extra.partnerships]]\none = \"{first}\"\nother = \"{other}\"\nkind = \"{kind}\""
                    );
                }
                text + "+++\n"
            }
        }
    }
}

/// Writes articles 0 to `number` into the content folder of a site.
pub fn write(dialect: Dialect, number: usize, content: &Path) -> io::Result<()> {
    let articles = content.join("articles");
    for at in 0..number {
        let article = article(at);
        let folder = articles.join(article.date[..7].replace('-', "/"));
        if !folder.is_dir() {
            fs::create_dir_all(&folder)?;
            section(dialect, &folder, &article.date[..7])?;
        }
        let text = format!("{}\n{}", article.front_matter(dialect), article.body);
        fs::write(folder.join(format!("a{at:06}.md")), text)?;
    }
    Ok(())
}

/// What Hugo and Zola want in a folder that is to have a page of its own.
fn section(dialect: Dialect, month: &Path, name: &str) -> io::Result<()> {
    let year = month.parent().unwrap_or(month);
    let all = year.parent().unwrap_or(year);
    for (folder, title, is_month) in
        [(month, name, true), (year, &name[..4], false), (all, "Archive", false)]
    {
        let text = match dialect {
            Dialect::Tearsheet => return Ok(()),
            Dialect::Hugo => {
                let layout = if is_month { "layout: month\n" } else { "" };
                format!("---\ntitle: \"{title}\"\n{layout}---\n")
            }
            Dialect::Zola => {
                let pages =
                    if is_month { "template = \"month.html\"\npaginate_by = 50\n" } else { "" };
                format!(
                    "+++\ntitle = \"{title}\"\nsort_by = \"date\"\ntransparent = true\n{pages}+++\n"
                )
            }
        };
        fs::write(folder.join("_index.md"), text)?;
    }
    if dialect == Dialect::Zola {
        let home = all.parent().unwrap_or(all);
        fs::write(
            home.join("_index.md"),
            "+++\ntitle = \"Digest\"\nsort_by = \"date\"\npaginate_by = 50\n+++\n",
        )?;
    }
    Ok(())
}

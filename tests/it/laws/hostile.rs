//! Files that nobody wrote in good faith, or that broke on the way: the program gets them right or
//! says what is wrong with which file, soon and with little memory.
//!
//! `cargo test --release hostile -- --nocapture` prints what every case took.

use std::fmt::Write as _;
use std::os::unix::fs::symlink;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use wait4::Wait4;

use crate::support::site::Site;

/// How long one run may take; a build for debugging is many times slower.
const SECONDS: f64 = if cfg!(debug_assertions) { 30.0 } else { 2.0 };
/// How much memory one run may take at its highest point, in megabytes.
const MEGABYTES: f64 = 256.0;

/// How many bytes of messages one run may write.
const MESSAGES: usize = 20_000;

/// What must become of a file.
#[derive(Clone, Copy)]
enum Fate {
    /// The site is built, and the article's page holds these words.
    Shown(&'static str),
    /// Nothing is built, and the message holds the file's name and these words.
    Refused(&'static str),
    /// Either of the two: built, or refused with the file's name.
    Either,
}
use Fate::{Either, Refused, Shown};

/// A name for messages, the bytes of a file, and what must become of it.
type Case = (&'static str, fn() -> Vec<u8>, Fate);

/// One run of the program, measured.
struct Measured {
    code: i32,
    seconds: f64,
    megabytes: f64,
    err: String,
}

/// Not a test, but the process that [`run`] starts the program from. The system counts the memory
/// of a process that starts another one as if it were the other's, so one that holds all the test
/// data could not measure.
#[test]
#[ignore = "the other tests start it"]
fn measured() {
    let Ok(arguments) = std::env::var("MEASURED_ARGUMENTS") else { return };
    let report = std::env::var("MEASURED_REPORT").expect("a place for the report");
    let start = Instant::now();
    // A limit of processor time ends what would run for ever.
    let mut child = Command::new("sh")
        .args(["-c", "ulimit -t 90; exec \"$@\"", "sh", env!("CARGO_BIN_EXE_tearsheet")])
        .args(arguments.split(' '))
        .spawn()
        .expect("the program runs");
    let used = child.wait4().expect("it ends");
    let cpu: Duration = used.rusage.utime + used.rusage.stime;
    // Beside other tests the clock runs on without us.
    let seconds = start.elapsed().min(cpu).as_secs_f64();
    let code = used.status.code().unwrap_or(-1);
    let megabytes = used.rusage.maxrss / 1_000_000;
    std::fs::write(report, format!("{code} {seconds} {megabytes}")).expect("written");
}

/// The test below that runs the program.
const MEASURED: &str = "laws::hostile::measured";

/// Runs the program in a site's folder with something on standard input, and measures it.
fn run(site: &Site, arguments: &str, input: Stdio) -> Measured {
    let report = tempfile::NamedTempFile::new().expect("a temporary file");
    let output = Command::new(std::env::current_exe().expect("this program"))
        .args(["--exact", MEASURED, "--ignored", "--nocapture"])
        .env("MEASURED_ARGUMENTS", arguments)
        .env("MEASURED_REPORT", report.path())
        .env("NO_COLOR", "1")
        .current_dir(site.path())
        .stdin(input)
        .output()
        .expect("it runs");
    let text = std::fs::read_to_string(report.path()).expect("a report");
    let numbers: Vec<f64> = text.split(' ').filter_map(|number| number.parse().ok()).collect();
    let [code, seconds, megabytes] = numbers[..] else { panic!("a report and not `{text}`") };
    #[expect(clippy::cast_possible_truncation, reason = "exit codes are small")]
    let code = code as i32;
    Measured { code, seconds, megabytes, err: String::from_utf8_lossy(&output.stderr).into_owned() }
}

/// What is wrong with a run, whatever it was asked to do.
fn check_run(name: &str, what: &str, run: &Measured, faults: &mut String) {
    let Measured { code, seconds, megabytes, err } = run;
    println!("{name:40} {what:6} exit {code:3} {seconds:6.2} s {megabytes:5.0} MB");
    if !matches!(code, 0 | 1) || err.contains("panicked") {
        let _ = writeln!(faults, "{name}: {what} ended with {code}: {}", head(err));
    }
    if err.len() > MESSAGES {
        let _ = writeln!(faults, "{name}: {what} said {} bytes", err.len());
    }
    if *seconds > SECONDS || *megabytes > MEGABYTES {
        let _ = writeln!(faults, "{name}: {what} took {seconds:.1} s and {megabytes} MB");
    }
}

fn head(text: &str) -> String {
    text.chars().take(300).collect()
}

/// A small site around the hostile file.
fn site() -> Site {
    let site = Site::new();
    for day in 20..23 {
        let front =
            format!("title: Neighbour {day}\ndate: 2022-05-{day}\nlang: en\ncompanies: [xiaomi]");
        site.article(&format!("neighbour-{day}"), &front, "Words of a neighbour.");
    }
    site
}

fn write(site: &Site, name: &str, bytes: &[u8]) {
    let path = site.path().join(name);
    std::fs::create_dir_all(path.parent().expect("a parent")).expect("a folder");
    std::fs::write(path, bytes).expect("a file");
}

/// `check` and `build` on a site with the file as an article.
fn check_articles(cases: &[Case]) {
    let mut faults = String::new();
    for (name, bytes, fate) in cases {
        let site = site();
        write(&site, "content/articles/hostile.md", &bytes());
        check_site(name, &site, *fate, "hostile", &mut faults);
    }
    assert!(faults.is_empty(), "\n{faults}");
}

/// `check` and `build`; both must agree.
fn check_site(name: &str, site: &Site, fate: Fate, file: &str, faults: &mut String) {
    for what in ["check", "build"] {
        let arguments = if what == "build" { "build -o public" } else { what };
        let run = run(site, arguments, Stdio::null());
        check_run(name, what, &run, faults);
        let wanted = match fate {
            Shown(_) => run.code == 0,
            Refused(words) => run.code == 1 && run.err.contains(words),
            Either => true,
        };
        let named = run.code == 0 || run.err.contains(file);
        if !wanted || !named {
            let _ = writeln!(faults, "{name}: {what}: exit {}: {}", run.code, head(&run.err));
        }
    }
    if let Shown(words) = fate {
        let page = site.path().join("public/2022/05/23/hostile/index.html");
        let text = std::fs::read_to_string(&page).unwrap_or_default();
        if !text.contains(words) {
            let _ = writeln!(faults, "{name}: the page has no `{words}`");
        }
    }
}

const HEAD: &str = "---\ntitle: Hostile\ndate: 2022-05-23\nlang: en\n---\n";

/// An article with this body, and a word behind it.
fn body(text: &str) -> Vec<u8> {
    format!("{HEAD}{text}\n\nThe last word.\n").into_bytes()
}

/// An article with these lines in its front matter.
fn yaml(lines: &str) -> Vec<u8> {
    format!("---\ntitle: Hostile\ndate: 2022-05-23\nlang: en\n{lines}\n---\nThe last word.\n")
        .into()
}

fn toml(lines: &str) -> Vec<u8> {
    format!(
        "+++\ntitle = \"Hostile\"\ndate = 2022-05-23\nlang = \"en\"\n{lines}\n+++\nThe last word.\n"
    )
    .into()
}

fn utf16(text: &str, bytes: fn(u16) -> [u8; 2]) -> Vec<u8> {
    std::iter::once(0xfeff).chain(text.encode_utf16()).flat_map(bytes).collect()
}

fn lines(count: usize, line: impl Fn(usize) -> String) -> String {
    (0..count).map(line).collect()
}

/// About so many bytes of running text.
fn prose(bytes: usize, end: &str) -> String {
    let sentence = format!("The quick brown fox jumps over the lazy dog in Berlin.{end}");
    sentence.repeat(bytes / sentence.len())
}

const LAST: Fate = Shown("The last word.");

#[test]
fn encodings() {
    check_articles(&[
        ("byte order mark", || [b"\xef\xbb\xbf", &body("Café")[..]].concat(), Shown("Café")),
        ("CRLF", || [HEAD, "One.\n\nTwo."].concat().replace('\n', "\r\n").into(), Shown("<p>Two.")),
        ("CR", || [HEAD, "One.\n\nTwo."].concat().replace('\n', "\r").into(), Shown("<p>Two.")),
        ("UTF-16 LE", || utf16(HEAD, u16::to_le_bytes), Refused("not UTF-8")),
        ("UTF-16 BE", || utf16(HEAD, u16::to_be_bytes), Refused("not UTF-8")),
        ("Latin-1", || [HEAD.as_bytes(), b"caf\xe9"].concat(), Refused("not UTF-8")),
        ("NUL in the body", || body("before\0after"), Refused("zero bytes")),
        ("NUL in a title", || yaml("summary: a\0b"), Refused("zero bytes")),
        ("an escaped NUL", || yaml("summary: \"a\\0b\""), Either),
        ("only NUL", || vec![0; 100_000], Refused("zero bytes")),
        ("random bytes", || noise(100_000), Refused("not UTF-8")),
        ("empty", Vec::new, Refused("hostile.md:1:1")),
    ]);
}

#[test]
fn bodies() {
    check_articles(&[
        ("10 MB in one line", || body(&prose(10_000_000, " ")), LAST),
        ("10 MB of paragraphs", || body(&prose(10_000_000, "\n\n")), LAST),
        ("a line of 1,000,000 letters", || body(&"x".repeat(1_000_000)), LAST),
        ("a line of 1,000,000 Han", || body(&"语".repeat(1_000_000)), LAST),
        ("1,000,000 combining marks", || body(&"\u{301}".repeat(1_000_000)), LAST),
        ("1,000,000 line breaks", || body(&"\n".repeat(1_000_000)), LAST),
        ("100,000 [", || body(&"[".repeat(100_000)), LAST),
        ("100,000 ![", || body(&"![".repeat(100_000)), LAST),
        ("100,000 links", || body(&["[".repeat(100_000), "](x)".repeat(100_000)].concat()), LAST),
        ("100,000 >", || body(&">".repeat(100_000)), LAST),
        ("100,000 > and spaces", || body(&"> ".repeat(100_000)), LAST),
        ("100,000 *", || body(&"*".repeat(100_000)), LAST),
        ("100,000 _", || body(&"_".repeat(100_000)), LAST),
        ("100,000 *a", || body(&"*a ".repeat(100_000)), LAST),
        ("50,000 *a _b", || body(&"*a _b ".repeat(50_000)), LAST),
        ("50,000 ~~a", || body(&"~~a ".repeat(50_000)), LAST),
        ("100,000 backticks", || body(&"`".repeat(100_000)), LAST),
        ("backticks, ever more", || body(&lines(1500, |n| "`".repeat(n) + " ")), LAST),
        (
            "a list 1,500 deep",
            || body(&lines(1500, |n| format!("{}- x\n", "  ".repeat(n)))),
            Shown("The last word"),
        ),
        ("50,000 bullets in a line", || body(&"- ".repeat(50_000)), LAST),
        ("20,000 equal headings", || body(&"# a\n\n".repeat(20_000)), LAST),
        ("20,000 footnotes", || body(&lines(20_000, |n| format!("[^{n}]: x\n\n[^{n}]\n\n"))), LAST),
        (
            "a table of 2,000 by 2,000",
            || {
                body(
                    &[
                        "|a".repeat(2000),
                        "|\n".into(),
                        "|-".repeat(2000),
                        "|\n".into(),
                        "|\n".repeat(2000),
                    ]
                    .concat(),
                )
            },
            LAST,
        ),
        ("100,000 <div>", || body(&"<div>".repeat(100_000)), LAST),
        ("100,000 <section>", || body(&"<section>".repeat(100_000)), LAST),
        ("100,000 <em>", || body(&"<em>".repeat(100_000)), LAST),
        ("100,000 <", || body(&"<".repeat(100_000)), Shown("&lt;")),
        ("50,000 comments", || body(&"a<!--".repeat(50_000)), Either),
        ("100,000 attributes", || body(&format!("<a {}>", "b=c ".repeat(100_000))), LAST),
        (
            "100,000 names of attributes",
            || body(&format!("<a {}>x</a>", lines(100_000, |n| format!("b{n}=c ")))),
            LAST,
        ),
        (
            "1,400 unclosed <font>",
            || body(&lines(1400, |n| format!("<p><font size={n}>x</p>\n"))),
            LAST,
        ),
        ("50,000 definitions", || body(&"[a]: x\n".repeat(50_000)), LAST),
        ("10 MB of emphasis", || body(&"*a* ".repeat(2_500_000)), Refused("lines and marks")),
        ("10 MB of lines", || body(&"a\n".repeat(5_000_000)), Refused("lines and marks")),
        ("10 MB of headings", || body(&"# a\n\n".repeat(2_000_000)), Refused("hostile.md:6:1")),
        ("10 MB of Han", || body(&"语".repeat(3_300_000)), LAST),
        ("as much emphasis as may be", || body(&"*a* ".repeat(124_000)), LAST),
        ("as many lines as may be", || body(&"a\n".repeat(241_000)), LAST),
        ("as many headings as may be", || body(&"# a\n\n".repeat(116_000)), LAST),
        ("70,000 images", || body(&"![a](b) ".repeat(70_000)), LAST),
        ("100,000 dead links", || body(&"[a](/b/) ".repeat(100_000)), LAST),
        ("long code", || body(&format!("```js\n{}\n```", "a(".repeat(15_000))), LAST),
    ]);
}

/// Front matter that costs much, or that cannot be read.
const FRONT_MATTERS: &[Case] = &[
    (
        "billion laughs",
        || {
            yaml(&lines(9, |n| {
                format!("a{n}: &a{n} [{}]\n", format!("*a{}, ", n.saturating_sub(1)).repeat(9))
            }))
        },
        Refused("hostile.md:5"),
    ),
    ("a key twice", || yaml("title: again"), Refused("hostile.md:5:1")),
    ("a tab", || yaml("source:\n\tname: x"), Refused("hostile.md:6:2")),
    (
        "no, on, yes and a time",
        || yaml("tags: [no, on, yes, off, 12:30:00, 1e3, 0x1f]"),
        Shown(">12:30:00</a>"),
    ),
    ("100,000 [ in YAML", || yaml(&format!("a: {}", "[".repeat(100_000))), Refused("hostile.md:5")),
    (
        "100,000 { in YAML",
        || yaml(&format!("a: {}", "{a: ".repeat(100_000))),
        Refused("hostile.md:5"),
    ),
    (
        "100,000 - in YAML",
        || yaml(&format!("a:\n  {}x", "- ".repeat(100_000))),
        Refused("hostile.md:6"),
    ),
    (
        "3,000 deep in YAML",
        || yaml(&lines(3000, |n| format!("{}a:\n", " ".repeat(n)))),
        Refused("hostile.md:"),
    ),
    (
        "100,000 [ in TOML",
        || toml(&format!("a = {}", "[".repeat(100_000))),
        Refused("hostile.md:5"),
    ),
    (
        "100,000 { in TOML",
        || toml(&format!("a = {}", "{a=".repeat(100_000))),
        Refused("hostile.md:5"),
    ),
    (
        "100,000 dots in TOML",
        || toml(&format!("{}a = 1", "a.".repeat(100_000))),
        Refused("hostile.md:"),
    ),
    (
        "100,000 dots in a header",
        || toml(&format!("[{}a]", "a.".repeat(100_000))),
        Refused("hostile.md:"),
    ),
    ("a summary of 5 MB", || yaml(&format!("summary: {}", prose(5_000_000, " "))), LAST),
    ("a free field of 5 MB", || yaml(&format!("other: {}", prose(5_000_000, " "))), LAST),
    ("a remark of 5 MB", || yaml(&format!("# {}", prose(5_000_000, " "))), LAST),
    (
        "4,900 companies",
        || yaml(&format!("companies: [{}]", lines(4900, |n| format!("company-{n}, ")))),
        Refused("hostile.md:5:13"),
    ),
    (
        "600 claims of other companies",
        || {
            let claim = |n| format!("  - {{ parties: [a-{n}, b-{n}], kind: supply }}\n");
            yaml(&format!("partnerships:\n{}", lines(600, claim)))
        },
        Refused("names 1200 companies"),
    ),
    (
        "as many companies as may be",
        || yaml(&format!("companies: [{}]", lines(300, |n| format!("company-{n}, ")))),
        LAST,
    ),
    (
        "4,900 tags",
        || yaml(&format!("tags: [{}]", lines(4900, |n| format!("t{n}, ")))),
        Refused("names 4900 tags"),
    ),
    ("5 MB of keys", || yaml(&lines(500_000, |n| format!("k{n}: 1\n"))), Refused("too large")),
    (
        "a word of 5 MB",
        || yaml(&format!("rights: {}", "k".repeat(5_000_000))),
        Refused("unknown rights"),
    ),
    (
        "an open bracket before 1 MB",
        || yaml(&format!("x: [a, {}", "y".repeat(1_000_000))),
        Refused("hostile.md:5:4"),
    ),
    (
        "line breaks in a title",
        || yaml("original_title: \"One\\ntwo\\r\\n\\u2028three\""),
        Shown("One two three</cite>"),
    ),
];

#[test]
fn front_matters() {
    check_articles(FRONT_MATTERS);
}

#[test]
fn settings() {
    let cases: [Case; 5] = [
        (
            "100,000 [ in the settings",
            || format!("a = {}", "[".repeat(100_000)).into(),
            Refused(":1:"),
        ),
        (
            "100,000 dots in the settings",
            || format!("{}a = 1", "a.".repeat(100_000)).into(),
            Refused(":1:"),
        ),
        ("a title of 1 MB", || format!("title = \"{}\"", "x".repeat(1_000_000)).into(), Either),
        ("settings in UTF-16", || utf16("title = \"x\"", u16::to_le_bytes), Refused("not UTF-8")),
        ("a kind that leads away", || b"[kinds]\n\"../../../gone\" = \"x\"".to_vec(), Either),
    ];
    let mut faults = String::new();
    for (name, bytes, fate) in cases {
        let site = site();
        write(&site, "tearsheet.toml", &bytes());
        check_site(name, &site, fate, "tearsheet.toml", &mut faults);
    }
    assert!(faults.is_empty(), "\n{faults}");
}

/// Addresses that lead out of the site, or onto a page of its own. The site stands two folders deep
/// in the temporary one, so that what gets out of it stays in there.
#[test]
fn aliases_stay_inside_and_take_no_page() {
    for alias in [
        "../gone.html",
        "/a/../../gone/",
        "./gone.html",
        "/",
        "",
        "/index.html",
        "/a\\nb.html",
        "/%2e%2e/gone.html",
        "..%2f..%2fgone/",
        "/a%00b/",
        "/%69ndex.html",
    ] {
        let outer = Site::new();
        let site = |name: &str| format!("one/two/{name}");
        let front = format!("---\ntitle: Hostile\nlang: en\naliases: [\"{alias}\"]\n---\nWords.\n");
        outer.write(&site("content/articles/hostile.md"), &front);
        let run = outer.run(&["build", "--root", "one/two", "-o", "public"]);
        assert_eq!(run.code, 1, "`{alias}`: {}", run.err);
        assert!(run.err.contains("hostile.md:4"), "`{alias}`: {}", run.err);
        let there = |folder: &str| -> Vec<String> {
            let entries = std::fs::read_dir(outer.path().join(folder)).expect("a folder");
            entries.map(|e| e.expect("an entry").file_name().display().to_string()).collect()
        };
        assert_eq!((there("."), there("one")), (vec!["one".to_owned()], vec!["two".to_owned()]));
        // The folder of what only makes builds faster is there all the same.
        let mut in_site = there("one/two");
        in_site.sort();
        assert_eq!(in_site, [".tearsheet", "content"], "`{alias}`");
    }
}

/// Names in every script make a page of their own; the site's links lead to it.
#[test]
fn file_names() {
    let names = [
        "مقال عن الشراكة",
        "合作伙伴关系",
        "パートナーシップ",
        "협력",
        "שותפות",
        "ความร่วมมือ",
        "साझेदारी",
        "🤝🏽",
        "e\u{301}a\u{308}",
        "a b  c",
        "100%",
        "50%25",
        "a#b",
        "a?b",
        "a&b=c",
        "a\"b",
        "a'b",
        "<b>",
        "a\\b",
        "a\nb",
        "a\tb",
        "\u{202e}gpj",
        "-rf",
        "~",
        "a.b.c",
        "CON",
        "ﬁ",
        "ß",
        "İ",
    ];
    let site = site();
    site.write("tearsheet.toml", "page_size = 1000\n");
    for (n, name) in names.iter().enumerate() {
        let text = format!(
            "---\ntitle: Number {n}.\nlang: en\ndate: 2021-01-{:02}\n---\nWords {n}.\n",
            n % 28 + 1
        );
        write(&site, &format!("content/articles/{name}.md"), text.as_bytes());
        write(&site, &format!("static/{name}.txt"), name.as_bytes());
    }
    let mut faults = String::new();
    for what in ["check", "build -o public"] {
        let run = run(&site, what, Stdio::null());
        check_run("names in every script", what, &run, &mut faults);
        assert_eq!(run.code, 0, "{}", run.err);
    }
    assert!(faults.is_empty(), "{faults}");
    let list = site.read("public/2021/01/index.html");
    for (n, name) in names.iter().enumerate() {
        let title = format!("Number {n}.");
        let link = list.split(&title).next().and_then(|before| before.rsplit("href=\"").next());
        let link = link.and_then(|rest| rest.split('"').next()).expect("a link");
        let page = site.read(&format!("public/2021/01/{link}"));
        assert!(page.contains(&format!("Words {n}.")), "{link}");
        let copy = std::fs::read(site.path().join(format!("public/{name}.txt")));
        assert_eq!(copy.ok().as_deref(), Some(name.as_bytes()), "{name:?}");
    }
    // The list of our own files knows all of these names.
    for name in names {
        std::fs::remove_file(site.path().join(format!("static/{name}.txt"))).expect("removed");
    }
    assert_eq!(site.run(&["build"]).code, 0);
    let left = crate::support::site::tree(&site.path().join("public")).into_keys();
    let left: Vec<String> = left.filter(|path| !path.contains('/')).collect();
    let kept = left.iter().filter(|path| path.contains(".txt")).collect::<Vec<_>>();
    assert_eq!(kept, ["robots.txt"]);
}

/// A name that is too long for the file system is told with the file it comes from.
#[test]
fn long_names() {
    let long = "k".repeat(300);
    let mut faults = String::new();
    for field in ["tags", "slug", "source", "companies", "aliases"] {
        let site = site();
        let value = if matches!(field, "tags" | "companies" | "aliases") {
            format!("[{long}]")
        } else {
            long.clone()
        };
        write(&site, "content/articles/hostile.md", &yaml(&format!("{field}: {value}")));
        check_site(&format!("{field} of 300 letters"), &site, Either, "hostile.md", &mut faults);
    }
    let site = site();
    let parties = lines(40, |n| format!("company-number-{n}, "));
    let claim = format!("partnerships:\n  - parties: [{parties}]\n    kind: research");
    write(&site, "content/articles/hostile.md", &yaml(&claim));
    check_site("an alliance of 40", &site, LAST, "hostile.md", &mut faults);
    assert!(faults.is_empty(), "\n{faults}");
}

/// Links of the file system are not followed: what is outside stays outside, and a circle ends.
#[test]
fn links() {
    let outside = tempfile::tempdir().expect("a temporary folder");
    let secret = "---\ntitle: Secret words\nlang: en\n---\nSecret words.\n";
    for name in ["secret.md", "secret.txt", "page.html"] {
        std::fs::write(outside.path().join(name), secret).expect("a file");
    }
    let site = site();
    site.write("templates/own.html", "own");
    site.write("static/own.txt", "own");
    let inside = |name: &str| site.path().join(name);
    for folder in ["content/articles", "content/companies", "content/pages", "templates", "static"]
    {
        std::fs::create_dir_all(inside(folder)).expect("a folder");
        symlink(inside(folder), inside(&format!("{folder}/circle"))).expect("a link");
        symlink(outside.path(), inside(&format!("{folder}/outside"))).expect("a link");
        symlink("nowhere", inside(&format!("{folder}/nowhere.md"))).expect("a link");
        symlink("self.md", inside(&format!("{folder}/self.md"))).expect("a link");
        for name in ["secret.md", "secret.txt", "page.html"] {
            symlink(outside.path().join(name), inside(&format!("{folder}/{name}")))
                .expect("a link");
        }
    }
    let mut faults = String::new();
    for what in ["check", "build -o public"] {
        let run = run(&site, what, Stdio::null());
        check_run("links in circles and to the outside", what, &run, &mut faults);
        assert_eq!(run.code, 0, "{}", run.err);
    }
    assert!(faults.is_empty(), "{faults}");
    let mut folders = vec![site.path().join("public")];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            let kind = path.symlink_metadata().expect("there").file_type();
            assert!(!kind.is_symlink(), "{}", path.display());
            if kind.is_dir() {
                folders.push(path);
            } else {
                let text =
                    String::from_utf8_lossy(&std::fs::read(&path).expect("a file")).into_owned();
                assert!(!text.contains("Secret words"), "{}", path.display());
            }
        }
    }
    assert_eq!(site.read("public/own.txt"), "own");
}

/// The folders of a site may be links as well.
#[test]
fn linked_folders() {
    let outside = tempfile::tempdir().expect("a temporary folder");
    let secret = "---\ntitle: Secret words\nlang: en\n---\nSecret words.\n";
    for name in ["articles/secret.md", "secret.txt", "feed.xml", "page.html"] {
        let path = outside.path().join(name);
        std::fs::create_dir_all(path.parent().expect("a parent")).expect("a folder");
        std::fs::write(path, secret).expect("a file");
    }
    for folder in ["content", "static", "templates", "data", "themes"] {
        let site = if folder == "content" { Site::new() } else { site() };
        site.write("tearsheet.toml", "title = \"Links\"\n");
        symlink(outside.path(), site.path().join(folder)).expect("a link");
        let run = site.run(&["build"]);
        assert_eq!(run.code, 0, "{folder}: {}", run.err);
        assert!(
            run.err.contains(folder) && run.err.contains("symbolic link"),
            "{folder}: {}",
            run.err
        );
        for (path, bytes) in crate::support::site::tree(&site.path().join("public")) {
            let text = String::from_utf8_lossy(&bytes);
            assert!(!text.contains("Secret words"), "{folder}: {path}");
        }
    }
}

/// A web page around something.
fn page(inner: &str) -> Vec<u8> {
    let text = prose(1000, " ");
    format!("<!doctype html><html><head><title>A page</title></head><body><article><p>{text}</p>{inner}</article></body></html>").into()
}

/// Random bytes, and none of them zero.
fn noise(count: usize) -> Vec<u8> {
    let mut random = fastrand::Rng::with_seed(1);
    std::iter::repeat_with(|| random.u8(1..)).take(count).collect()
}

/// Raw texts and pages that cost much, or that are none.
const IMPORTS: [Case; 46] = [
    (
        "100,000 attributes",
        || page(&format!("<p {}>", lines(100_000, |n| format!("a{n}=1 ")))),
        Refused("attributes"),
    ),
    (
        "100,000 attributes with signs in them",
        || page(&format!("<p {}>", lines(100_000, |n| format!("a{n}=\"<b\" ")))),
        Refused("attributes"),
    ),
    (
        "100,000 attributes without values",
        || page(&format!("<p {}>", lines(100_000, |n| format!("a{n}/")))),
        Refused("attributes"),
    ),
    (
        "2,000 tags of 200 attributes",
        || page(&format!("<i {}>x</i>", lines(200, |n| format!("a{n} "))).repeat(2000)),
        Shown("Berlin"),
    ),
    (
        "1,400 unclosed <font>",
        || page(&lines(1400, |n| format!("<p><font size={n}>x</p>"))),
        Refused("never closed"),
    ),
    (
        "1,400 unclosed <b> in boxes",
        || page(&lines(1400, |n| format!("<div><b id={n}>x</div>"))),
        Refused("never closed"),
    ),
    ("20,000 unclosed links", || page(&lines(20_000, |n| format!("<p><a href={n}>x</p>"))), Either),
    ("20,000 tables", || page(&"<table><tr><td>x".repeat(1000)), Either),
    ("an open quotation mark", || page(&format!("<a href=\"{}", "x<p>".repeat(250_000))), Either),
    ("mojibake", || "Ã©tÃ© â€™ Ã¼ber ".repeat(1000).into(), Shown("été")),
    ("NUL", || b"words\0words\n".repeat(100), Refused("zero bytes")),
    ("UTF-16 LE", || utf16(&prose(1000, " é"), u16::to_le_bytes), Shown("é")),
    ("UTF-16 BE", || utf16(&prose(1000, " é"), u16::to_be_bytes), Shown("é")),
    (
        "UTF-16, cut off",
        || [&utf16(&prose(1000, " "), u16::to_le_bytes)[..], b"x"].concat(),
        Shown("Berlin"),
    ),
    ("10 MB in one line", || prose(10_000_000, " ").into(), Either),
    ("10 MB of lines", || prose(10_000_000, "\n").into(), Either),
    ("10 MB without a space", || "x".repeat(10_000_000).into(), Either),
    ("1 MB of names", || "Xiaomi Leica Nokia partnership with ".repeat(28_000).into(), Either),
    ("900 KB of short sentences", || "Nokia and Xiaomi sign. ".repeat(40_000).into(), Either),
    ("900 KB of dates", || "1.1.2020 2/3/04 12:00 ".repeat(40_000).into(), Either),
    ("900 KB of brackets", || "[](<".repeat(225_000).into(), Either),
    ("only white space", || b" \n\t\r\n".repeat(1000), Refused("is empty")),
    ("only spaces of Unicode", || "\u{a0}\u{3000}\u{200b}\n".repeat(1000).into(), Either),
    ("empty", Vec::new, Refused("is empty")),
    ("only a byte order mark", || "\u{feff}".into(), Either),
    ("random bytes", || noise(100_000), Either),
    (
        "random bytes, zero among them",
        || [noise(1000), vec![0], noise(1000)].concat(),
        Refused("zero bytes"),
    ),
    ("letters of four bytes", || "𝐁𝐫𝐞𝐚𝐤𝐢𝐧𝐠 ".repeat(60).into(), Shown("𝐁𝐫𝐞𝐚𝐤𝐢𝐧𝐠")),
    ("100,000 <div>", || page(&"<div>".repeat(100_000)), Either),
    ("100,000 <i>", || page(&"<i>".repeat(100_000)), Either),
    ("100,000 <em>", || page(&"<em>".repeat(100_000)), Either),
    ("100,000 <dl>", || page(&"<dl>".repeat(100_000)), Either),
    ("100,000 <pre>", || page(&"<pre>".repeat(100_000)), Either),
    ("100,000 <x-y>", || page(&"<x-y>".repeat(100_000)), Either),
    ("100,000 <svg>", || page(&"<svg>".repeat(100_000)), Either),
    ("100,000 <p>", || page(&"<p>".repeat(100_000)), Shown("Berlin")),
    ("10 MB in a paragraph", || page(&prose(10_000_000, " ")), Refused("larger than 1 MB")),
    ("10 MB of <p>", || page(&prose(10_000_000, "<p>")), Refused("larger than 1 MB")),
    ("10 MB of <br>", || page(&"a<br>".repeat(2_000_000)), Refused("tags, more than")),
    ("10 MB of &amp;", || page(&"&amp; ".repeat(1_700_000)), Refused("larger than 1 MB")),
    (
        "10 MB of script",
        || page(&format!("<script>{}</script>", "a = 1;\n".repeat(1_400_000))),
        Shown("Berlin"),
    ),
    (
        "10 MB of JSON",
        || {
            let script = "<script type=\"application/ld+json\">";
            page(&format!("{script}[{}1]</script>", "{\"a\":1},".repeat(1_200_000)))
        },
        Shown("Berlin"),
    ),
    ("1 MB of &amp;", || page(&"&amp; ".repeat(160_000)), Either),
    ("1 MB in a paragraph", || page(&prose(990_000, " ")), Shown("Berlin")),
    ("100,000 links", || page(&"<a href=\"/x\">x</a> ".repeat(99_000)), Shown("Berlin")),
    ("a page of random bytes", || [page("<p>"), noise(100_000)].concat(), Either),
];

/// Raw texts: each becomes one article that can be built, or is refused by its name.
#[test]
fn imports() {
    let mut faults = String::new();
    for (name, bytes, fate) in IMPORTS {
        let site = Site::new();
        write(&site, "inbox/hostile.txt", &bytes());
        let from_inbox = run(&site, "import", Stdio::null());
        check_run(name, "import", &from_inbox, &mut faults);
        let input = std::fs::File::open(site.path().join("inbox/hostile.txt")).expect("a file");
        let from_pipe = run(&site, "import --print -", input.into());
        check_run(name, "pipe", &from_pipe, &mut faults);
        if from_inbox.code != from_pipe.code {
            let _ = writeln!(faults, "{name}: {} and {}", from_inbox.code, from_pipe.code);
        }
        let articles = site.path().join("content/articles");
        let wanted = match fate {
            Shown(_) => from_inbox.code == 0,
            Refused(words) => from_inbox.code == 1 && from_inbox.err.contains(words),
            Either => true,
        };
        if !wanted || (from_inbox.code == 1 && !from_inbox.err.contains("inbox/hostile.txt")) {
            let _ = writeln!(faults, "{name}: exit {}: {}", from_inbox.code, head(&from_inbox.err));
        }
        if from_inbox.code == 0 {
            // What import wrote can be read again, and holds the text.
            let build = run(&site, "build -o public", Stdio::null());
            check_run(name, "build", &build, &mut faults);
            let files = walkdir::WalkDir::new(&articles).into_iter().flatten();
            let file = files.map(walkdir::DirEntry::into_path).find(|path| path.is_file());
            let text = file.and_then(|file| std::fs::read_to_string(file).ok());
            let words = if let Shown(words) = fate { words } else { "" };
            if build.code != 0 || !text.is_some_and(|text| text.contains(words)) {
                let _ = writeln!(faults, "{name}: what was written: {}", head(&build.err));
            }
        } else if articles.exists() {
            let _ = writeln!(faults, "{name}: something was written");
        }
    }
    assert!(faults.is_empty(), "\n{faults}");
}

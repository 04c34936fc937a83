//! Formulas between dollar signs, and diagrams as code.

use tearsheet::parse::markdown::{Dialect, Rendered, markdown};

use crate::support::site::Site;

fn read(text: &str) -> Rendered {
    markdown(text, Dialect { math: true, ..Dialect::default() })
}

#[test]
fn formulas_are_mathml() {
    let rendered = read("Mass is $E = mc^2$ here.\n\n$$\\sum_{i=0}^n \\frac{1}{i} < 3$$\n");
    for part in [
        "<p>Mass is <math display=\"inline\"><mi>E</mi><mo>=</mo><mi>m</mi><msup><mi>c</mi><mn>2</mn></msup></math> here.</p>",
        "<math display=\"block\">",
        "<mfrac><mrow><mn>1</mn></mrow><mrow><mi>i</mi></mrow></mfrac>",
        "<mo>&lt;</mo>",
    ] {
        assert!(rendered.html.contains(part), "{part} is not in {}", rendered.html);
    }
    assert!(rendered.text.contains("Mass is E = mc^2 here."), "{}", rendered.text);
    assert!(rendered.faults.is_empty(), "{:?}", rendered.faults);
    // What stands around a formula stays what it is.
    let around = read(
        "# A $x$ head\n\n| a | $b_1$ |\n|---|---|\n| **$c$** | [$d$](https://e.org) |\n\n- 真，$x$。\n",
    );
    assert_eq!(around.html.matches("<math display=\"inline\">").count(), 5, "{}", around.html);
    assert_eq!(around.headings[0].title, "A x head");
    assert!(read("the $n$th").html.contains("</math>th"));
    let matrix = read("$$\\begin{pmatrix}a & b\\\\ c & d\\end{pmatrix}$$");
    assert_eq!(matrix.html.matches("<mtd>").count(), 4, "{}", matrix.html);
}

#[test]
fn amounts_are_no_formulas() {
    for text in [
        "It costs $5 and $10.",
        "From $5 to $10, 20 $ and 30$.",
        "A$AP and Ke$ha; $ 5 $ and \\$x\\$.",
        "Code `$x$` and\n\n```\n$y$\n```",
        "A$ and B$.",
        "US$5/A$6 and 3$x$4.",
    ] {
        assert!(!read(text).html.contains("<math"), "{text}");
    }
    // Where nobody has asked for formulas, there are none.
    let plain = markdown("Mass $E = mc^2$ and $$x$$", Dialect::default());
    assert_eq!(plain.html, "<p>Mass $E = mc^2$ and $$x$$</p>\n");
}

#[test]
fn formulas_that_cannot_be_read_are_told_with_their_place() {
    let site = Site::new();
    site.write("tearsheet.toml", "math = true\n");
    site.article("a", "title: A\nlang: en", "Good $x$.\n\nBad $\\frac{1}$ here.\n\n$$\\nosuch$$");
    site.write("content/pages/about.md", "---\ntitle: About\n---\nAbout $\\left($ it.\n");
    for _ in 0..2 {
        let run = site.run(&["build"]);
        assert_eq!(run.code, 0, "{}", run.err);
        for part in
            ["a.md:8:5: warning", "a.md:10:1: warning", "about.md:4:7: warning", "write `\\$`"]
        {
            let told = run.err.replace(" --> ", "").replace('\n', " ");
            let (place, _) = part.split_once(": ").unwrap_or((part, ""));
            assert!(told.contains(place), "{place} is not in {}", run.err);
        }
        assert_eq!(run.err.matches("this formula cannot be read").count(), 3, "{}", run.err);
    }
    let page = site.read("public/undated/a/index.html");
    for part in [
        "<code>$\\frac{1}$</code>",
        "<code>$$\\nosuch$$</code>",
        "<math display=\"inline\"><mi>x</mi></math>",
    ] {
        assert!(page.contains(part), "{part} is not in {page}");
    }
}

#[test]
fn formulas_reach_feeds_and_go_when_they_are_not_wanted() {
    let site = Site::new();
    site.write("tearsheet.toml", "math = true\n");
    site.article("a", "title: A\nlang: en\nrights: full\ndate: 2020-01-02", "Mass $m^2$.");
    assert_eq!(site.run(&["build"]).code, 0);
    assert!(site.read("public/feed.xml").contains("inline&quot;&gt;&lt;msup&gt;"));
    assert!(site.read("public/feed.json").contains("<math display=\\\"inline\\\"><msup>"));
    site.write("tearsheet.toml", "math = false\n");
    assert_eq!(site.run(&["build"]).code, 0);
    assert!(!site.read("public/feed.xml").contains("math&gt;"));
    assert!(site.read("public/2020/01/02/a/index.html").contains("Mass $m^2$."));
}

#[test]
fn nothing_in_a_formula_runs_or_takes_for_ever() {
    for tex in [
        "\\operatorname{<script>alert(1)</script>}",
        "\\text{<img src=x onerror=alert(1)>}",
        "\\href{javascript:alert(1)}{x}",
        "\\color{red} x",
        "\\operatorname{</math><style>@import url(x)</style>}",
    ] {
        let html = read(&format!("a ${tex}$ b")).html;
        let tags = html.split('<').skip(1).filter_map(|rest| rest.split('>').next());
        for tag in tags {
            let name = tag.trim_start_matches('/').split(' ').next().unwrap_or_default();
            assert!(["p", "code"].contains(&name) || name.starts_with('m'), "{tag} in {html}");
            assert!(!tag.contains("on") || !tag.contains('='), "{tag} in {html}");
            assert!(!tag.contains("style"), "{tag} in {html}");
        }
    }
    let deep = [
        "{".repeat(5000) + &"}".repeat(5000),
        "\\sqrt".repeat(2000) + " x",
        "x^{".repeat(3000) + &"}".repeat(3000),
        "\\left(".repeat(900) + &"\\right)".repeat(900),
        "\\def\\a{\\a\\a}\\a".to_owned(),
        "\\char\u{e9}".to_owned(),
        "x".repeat(20_000),
    ];
    for tex in deep {
        let rendered = read(&format!("a ${tex}$ b"));
        assert_eq!(rendered.faults.len(), 1, "{}", &tex[..20.min(tex.len())]);
        assert!(rendered.html.starts_with("<p>a <code>"), "{}", &rendered.html[..60]);
    }
}

/// What formulas are made of, for putting together in any order.
const PIECES: [&str; 32] = [
    "\\frac",
    "{",
    "}",
    "^",
    "_",
    "x",
    "1",
    "\\sqrt",
    "[",
    "]",
    "\\left(",
    "\\right)",
    "\\begin{array}{c|c}",
    "\\end{array}",
    "&",
    "\\\\",
    "\\text{",
    "é",
    "中",
    "\\color{red}",
    "#1",
    "\\hline",
    "'",
    "\\sum",
    " ",
    "\\operatorname{",
    "<b>",
    "\\hat",
    "\\middle|",
    "\\substack{",
    "\\genfrac",
    "\\xrightarrow[",
];

#[test]
fn any_formula_is_read_or_shown() {
    let mut fast = fastrand::Rng::with_seed(5);
    for _ in 0..4000 {
        let tex: String =
            (0..fast.usize(1..14)).map(|_| PIECES[fast.usize(..PIECES.len())]).collect();
        let rendered = read(&format!("before ${tex}$ after"));
        assert!(rendered.html.contains("before") && rendered.html.contains("after"), "{tex}");
    }
}

#[test]
fn diagrams_are_code_with_a_class_of_their_own() {
    let html =
        markdown("```mermaid\ngraph TD\n  A --> B\n```\n\n<b>x</b>", Dialect::default()).html;
    let wanted = "<pre class=\"mermaid\" tabindex=\"0\">graph TD\n  A --&gt; B\n</pre>";
    assert!(html.contains(wanted), "{html}");
}

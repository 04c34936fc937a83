//! `[theme]`: what the style sheet takes of the settings, and the blocks of the frame around each page.

use std::path::Path;

use tearsheet::config::theme::{Colour, Palette, Scheme};

use crate::support::site::Site;

/// A site with these settings.
fn site(settings: &str) -> Site {
    let site = Site::new();
    site.write("tearsheet.toml", settings);
    site.article("a", "title: A\nlang: en\ndate: 2022-05-23\ncompanies: [nokia]", "Text.");
    site
}

/// What follows the theme's own style sheet.
fn added(site: &Site) -> String {
    let run = site.run(&["build", "--strict"]);
    assert_eq!(run.code, 0, "{}", run.err);
    let own = include_str!("../../../static/style.css");
    let sheet = site.read("public/style.css");
    sheet.strip_prefix(own).expect("the theme's own comes first").to_owned()
}

#[test]
fn the_style_sheet_takes_what_the_settings_say() {
    let site = site(
        "[theme]\naccent = { light = \"#05B\", dark = \"#9cf\" }\n\
         background = { light = \"white\", dark = \"#101418\" }\ntext = \"#111111\"\n\
         body_font = ['Source Sans 3', 'sans-serif']\nheading_font = \"'Noto Serif', serif\"\n\
         mono_font = \"Mono\"\nmeasure = \"70 ch\"\nwidth = \"80.5rem\"\n",
    );
    let css = added(&site);
    for line in [
        "--theme-accent-light: #0055bb;",
        "--theme-accent-dark: #99ccff;",
        "--theme-background-light: #ffffff;",
        "--theme-background-dark: #101418;",
        "--theme-text-light: #111111;",
        "--theme-body: \"Source Sans 3\", sans-serif,;",
        "--theme-heading: \"Noto Serif\", serif,;",
        "--theme-mono: \"Mono\",;",
        "--theme-measure: 70ch;",
        "--theme-width: 80.5rem;",
    ] {
        assert!(css.contains(&format!("  {line}\n")), "{line}: {css}");
    }
    // A colour alone is that of light pages.
    assert!(!css.contains("--theme-text-dark"), "{css}");
    // Every property that is set is one that the sheet takes.
    let sheet = include_str!("../../../static/style.css");
    for line in css.lines().filter_map(|line| line.trim().split_once(": ")) {
        assert!(sheet.contains(&format!("var({},", line.0)), "nobody takes {}", line.0);
    }
    // Pages link the sheet under the name of its content, so that browsers ask for it anew.
    let linked = |site: &Site| {
        let page = site.read("public/index.html");
        let rest = page.split("/style.").nth(1).expect("a sheet").to_owned();
        rest.split('"').next().expect("it ends").to_owned()
    };
    let before = linked(&site);
    assert!(site.path().join(format!("public/style.{before}")).exists());
    site.write("tearsheet.toml", "[theme]\naccent = \"navy\"\n");
    assert!(added(&site).contains("--theme-accent-light: #000080;"));
    assert_ne!(linked(&site), before);
    site.write("tearsheet.toml", "");
    assert_eq!(added(&site), "");
}

#[test]
fn an_accent_alone_can_be_read_on_dark_pages() {
    for accent in ["#000000", "#0057b7", "#9c2418", "navy", "#123456"] {
        let css = added(&site(&format!("[theme]\naccent = \"{accent}\"\n")));
        let dark = css.split("--theme-accent-dark: ").nth(1).expect("one for dark pages");
        let dark = Colour::parse(&dark[..7]).expect("a colour");
        let palette = Palette::of_theme(Scheme::Dark);
        assert!(dark.contrast(palette.background) >= 4.5, "{accent}: {dark:?}");
    }
}

/// The first line of what is said of a `[theme]`.
fn said(settings: &str) -> String {
    let run = site(&format!("[theme]\n{settings}\n")).run(&["build"]);
    run.err.lines().next().unwrap_or_default().to_owned()
}

#[test]
fn nothing_else_gets_into_the_style_sheet() {
    for bad in
        ["red;}", "#12345", "#12345g", "#ффф", "var(--x)", "rgb(1,2,3)", "", "url(x)", "#12 345"]
    {
        let told = said(&format!("accent = '{bad}'"));
        let is_empty = bad.is_empty();
        assert!(is_empty || told.contains("is not a colour"), "{bad}: {told}");
    }
    for bad in ["a;b", "a{b", "a\\\\b", "x/*", "<b>", "url(x)", "@import x", "a\\nb:"] {
        let told = said(&format!("body_font = [\"{bad}\"]"));
        assert!(told.contains("is not the name of a font"), "{bad}: {told}");
    }
    for bad in ["66", "66%", "0ch", "-1ch", "infch", "NaNch", "calc(1ch)", "1ch;", "66vw", "ch"] {
        let told = said(&format!("measure = \"{bad}\""));
        assert!(told.contains("`measure` should be a length"), "{bad}: {told}");
    }
    for (settings, told) in [
        ("accent = 1", "`1` in `accent` is not a colour"),
        ("accent = [\"#fff\"]", "`accent` should be a colour"),
        ("acent = \"#fff\"", "unknown key `acent`"),
        ("accent = { lihgt = \"#fff\" }", "unknown key `lihgt`"),
        ("text = { light = \"#999\" }", "lesser text has a contrast of"),
        ("accent = { dark = \"#333\" }", "the accent has a contrast of"),
        ("background = \"#777777\"", "lesser text has a contrast of"),
    ] {
        assert!(said(settings).contains(told), "{settings}: {}", said(settings));
    }
    let run = site("theme = 7\n").run(&["build"]);
    assert!(run.err.contains("themes/"), "{}", run.err);
}

#[test]
fn a_theme_in_a_folder_has_settings_too() {
    let site = site("[theme]\nname = \"night\"\naccent = \"navy\"\n");
    site.write("themes/night/templates/404.html", "night {{ site.title }}");
    assert!(added(&site).contains("--theme-accent-light: #000080;"));
    assert_eq!(site.read("public/404.html"), "night Press digest");
    site.write("tearsheet.toml", "theme = \"nihgt\"\n");
    assert!(site.run(&["build"]).err.contains("did you mean `night`"));
    // A sheet of a site's own takes what it likes, and what it does not is told.
    site.write("tearsheet.toml", "[theme]\naccent = \"navy\"\n");
    site.write("static/style.css", "a { color: var(--theme-accent-light, red); }\n");
    assert_eq!(site.run(&["build", "--strict"]).code, 0);
    site.write("static/style.css", "a { color: red; }\n");
    let run = site.run(&["build"]);
    assert!(run.err.contains("the style sheet takes nothing of `[theme]`"), "{}", run.err);
    assert!(run.err.contains("tearsheet.toml:1:2"), "{}", run.err);
}

#[test]
fn what_is_said_of_colours_is_said_of_those_of_the_theme() {
    let sheet = include_str!("../../../static/style.css");
    for scheme in Scheme::ALL {
        let Palette { background, text, accent } = Palette::of_theme(scheme);
        for (name, colour) in [("background", background), ("text", text), ("accent", accent)] {
            let taken = format!("var(--theme-{name}-{}, {})", scheme.id(), colour.hex());
            assert!(sheet.contains(&taken), "{taken}");
        }
    }
    assert!((Colour([0; 3]).contrast(Colour([255; 3])) - 21.0).abs() < 0.001);
}

#[test]
fn mails_have_the_colours_of_the_site() {
    let site = site("base_url = \"https://example.org\"\n[theme]\naccent = \"#0057b7\"\n");
    assert!(added(&site).contains("#0057b7"));
    let mut mails = Vec::new();
    let folder = site.path().join("public/edition");
    for entry in std::fs::read_dir(&folder).expect("editions") {
        mails.push(entry.expect("an entry").path().join("mail.html"));
    }
    let mail = mails.iter().find_map(|path: &std::path::PathBuf| read(path)).expect("a mail");
    assert!(mail.contains("background:#fbfaf6;color:#1c1a17"), "{mail}");
    assert!(mail.contains("color:#0057b7"), "{mail}");
}

fn read(path: &Path) -> Option<String> {
    std::fs::read_to_string(path).ok()
}

#[test]
fn a_template_changes_the_frame_of_all_pages() {
    let site = site("title = \"The Sheet\"\n");
    site.write("static/logo.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"/>");
    site.write("content/pages/about.md", "---\ntitle: About\n---\nUs.\n");
    site.write(
        "templates/base.html",
        "{% extends \"theme/base.html\" %}\n\
         {% block logo %}<img src=\"{{ asset(path=\"logo.svg\") }}\" alt=\"{{ super() }}\">{% endblock logo %}\n\
         {% block head %}<meta name=\"desk\" content=\"x\">{% endblock head %}\n\
         {% block footer %}<p>Ours</p>{{ super() }}{% endblock footer %}\n",
    );
    let run = site.run(&["build", "--strict"]);
    assert_eq!(run.code, 0, "{}", run.err);
    for (page, brand) in [
        ("index.html", "h1"),
        ("about/index.html", "p"),
        ("2022/05/23/a/index.html", "p"),
        ("timeline/index.html", "p"),
        ("404.html", "p"),
    ] {
        let html = site.read(&format!("public/{page}"));
        assert!(html.contains("alt=\"The Sheet\"></a>"), "{page}: {html}");
        assert!(html.contains(&format!("<{brand} class=\"brand\">")), "{page}");
        assert!(html.contains(&format!("</a></{brand}>")), "{page}");
        let head = html.split("</head>").next().expect("a head");
        assert!(head.contains("<meta name=\"desk\""), "{page}");
        let foot = html.split("<footer").nth(1).expect("a footer");
        assert!(foot.contains("<p>Ours</p>") && foot.contains("Made with"), "{page}: {foot}");
    }
}

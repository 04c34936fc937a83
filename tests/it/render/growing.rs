//! What grows with the digest stays readable: overviews, pages of lists, weights.

use crate::support::growing::{DAY, build, digest, events};
use crate::support::site::{Site, tree};

#[test]
fn style_and_scripts_of_the_theme_stay_small() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("static");
    let size = |ending: &str| -> usize {
        let files = tree(&folder).into_iter().filter(|(name, _)| name.ends_with(ending));
        files.map(|(_, bytes)| bytes.len()).sum()
    };
    let (style, scripts) = (size(".css"), size(".js"));
    assert!(style > 0 && style <= 45_000, "style sheets have {style} bytes");
    assert!(scripts > 0 && scripts <= 40_000, "scripts have {scripts} bytes");
}

#[test]
fn many_partnerships_are_an_overview_and_their_lists_have_pages() {
    let site = digest(120, 240);
    let first = site.read("public/timeline/index.html");
    assert!(first.contains("<table class=\"heat\">"), "companies by years");
    assert_eq!(first.matches("<figure>\n    <figcaption>").count(), 12, "one chart a kind");
    assert!(first.contains("rel=\"next\" href=\"../timeline/page/2/index.html\""), "more events");
    let second = site.read("public/timeline/page/2/index.html");
    assert!(!second.contains("<table class=\"heat\">"), "an overview is on the first page");
    assert!(!second.contains("class=\"lane "), "and so is the drawing");
    assert!(site.read("public/partnerships/page/2/index.html").contains("<tr>"));
    // A cell leads to the year, narrowed to the company.
    assert!(first.contains("/index.html?company=xiaomi\""), "{first}");
    let company = site.read("public/companies/xiaomi/index.html");
    assert!(company.contains("companies/xiaomi/partners/index.html"), "all partners are linked");
    assert!(company.contains("<svg class=\"chart\""), "partners by kind and start");
    assert!(!company.contains("<svg class=\"network"), "a tangle is not drawn");
    let countries = site.read("public/countries/index.html");
    assert!(countries.contains("href=\"../countries/cn-us/index.html\""), "cells lead on");
    assert!(site.read("public/countries/cn-us/index.html").contains("China × United States"));
}

#[test]
fn a_partnership_that_nobody_speaks_of_is_drawn_quiet_and_near_marks_are_one() {
    let site = Site::new();
    let announced = [("2016-06-01", "announced")];
    events(&site, "dot, red", "supply", &announced);
    let close = [("2025-03-01", "rumoured"), ("2025-03-20", "announced"), ("2025-04-02", "signed")];
    events(&site, "blue, dot", "licensing", &close);
    build(&site);
    let page = site.read("public/timeline/index.html");
    let lane = |name: &str| {
        let at = page.find(&format!("<title>{name}</title>")).expect("a lane");
        page[at..].split("</g>").next().unwrap_or_default().to_owned()
    };
    let quiet = lane("Dot and Red");
    assert!(quiet.contains("class=\"quiet\"") && !quiet.contains("bar open"), "{quiet}");
    let many = lane("Blue and Dot");
    assert!(many.contains("class=\"many\"") && many.contains(">3</text>"), "{many}");
    assert!(many.contains("#blue--dot-rumoured-2025-03-01\""), "it leads to an event: {many}");
    assert!(many.contains("bar open") && !many.contains("class=\"quiet\""), "{many}");
    let there = site.read("public/partnerships/blue--dot/index.html");
    assert!(there.contains("id=\"blue--dot-rumoured-2025-03-01\""), "the event is there");
}

#[test]
fn a_network_is_drawn_between_five_and_fifteen_partners() {
    for (partners, is_drawn) in [(4, false), (5, true), (15, true), (16, false)] {
        let site = Site::new();
        for n in 0..partners {
            events(&site, &format!("hub, p{n:02}"), "supply", &[("2024-05-01", "signed")]);
        }
        build(&site);
        let page = site.read("public/companies/hub/index.html");
        assert_eq!(page.contains("<svg class=\"network"), is_drawn, "{partners} partners");
        assert_eq!(page.contains("<svg class=\"chart"), partners > 12, "{partners} partners");
    }
}

#[test]
fn the_front_page_tells_in_the_language_of_the_site_what_happened() {
    let site = Site::new();
    events(
        &site,
        "dot, red",
        "licensing",
        &[("2024-01-02", "announced"), ("2026-02-03", "extended")],
    );
    events(&site, "blue, dot", "acquisition", &[("2026-03-04", "announced")]);
    for (language, sentences) in [
        (
            "en",
            [
                "Dot and Red extend their partnership",
                "2 events since 2024",
                "Blue and Dot announce a deal",
            ],
        ),
        (
            "fr",
            [
                "Dot et Red prolongent leur partenariat",
                "2 événements depuis 2024",
                "Blue et Dot annoncent une opération",
            ],
        ),
        ("ja", ["DotとRedが提携を延長", "2024年以来2件の動き", "BlueとDotが取引を発表"]),
    ] {
        site.write("tearsheet.toml", &format!("language = \"{language}\"\n"));
        build(&site);
        let page = site.read("public/index.html");
        for sentence in sentences {
            assert!(page.contains(sentence), "{language}: {sentence:?} is not in {page}");
        }
    }
    // Abroad, a headline stands below what it reports.
    assert!(page_has(&site, "<cite lang=\"en\" dir=\"ltr\">The extended of dot, red</cite>"));
    let order = site.read("public/index.html");
    assert!(order.find("notice-line") < order.find("class=\"counts\""), "counts come last");
}

fn page_has(site: &Site, text: &str) -> bool {
    site.read("public/index.html").contains(text)
}

#[test]
fn an_editor_pins_the_lead_and_sets_how_many_stories_follow() {
    let site = Site::new();
    for day in 1..=5 {
        let matter = format!("title: Day {day}\nlang: en\ndate: 2026-05-0{day}\ncompanies: [dot]");
        site.article(&format!("d{day}"), &matter, "Text.");
    }
    let titles = || {
        build(&site);
        let page = site.read("public/index.html");
        let cards = page.split("<article class=\"card").skip(1);
        cards
            .filter_map(|card| Some(card.split_once("Day ")?.1[..1].to_owned()))
            .collect::<String>()
    };
    assert_eq!(titles(), "54321");
    site.write("tearsheet.toml", "lead = \"/2026/05/02/d2/\"\nhome_stories = 2\n");
    assert_eq!(titles(), "254");
    site.write("tearsheet.toml", "home_stories = 0\n");
    assert_eq!(titles(), "5");
    site.write("tearsheet.toml", "lead = \"dot--red-2026-start\"\n");
    let run = site.run_with(&["build"], &DAY, b"");
    assert!(run.err.contains("tearsheet.toml:1:8"), "what leads nowhere is told: {}", run.err);
}

#[test]
fn editions_are_weeks_with_a_page_a_text_a_mail_and_a_feed() {
    let site = Site::new();
    // The last days of 2024 are of the first week of 2025.
    events(&site, "dot, red", "supply", &[("2024-12-30", "announced"), ("2026-11-24", "extended")]);
    site.write("tearsheet.toml", "base_url = \"https://digest.example\"\n");
    build(&site);
    let page = site.read("public/edition/2025-W01/index.html");
    assert!(page.contains("Dot and Red announce a partnership"), "{page}");
    let text = site.read("public/edition/2026-W48/edition.txt");
    assert!(text.contains("* Dot and Red extend their partnership\n"), "{text}");
    assert!(text.contains("\n  https://digest.example/partnerships/dot--red/#"), "{text}");
    let mail = site.read("public/edition/2026-W48/mail.html");
    for never in ["<script", "<link", "<style", "href=\"/", "href=\".."] {
        assert!(!mail.contains(never), "{never} is in {mail}");
    }
    assert!(mail.contains("href=\"https://digest.example/partnerships/dot--red/#"), "{mail}");
    let feed = site.read("public/edition/feed.xml");
    assert!(feed.contains("<title>Week 48, 2026</title>"), "{feed}");
    assert!(
        site.read("public/archive/index.html").contains("/edition/"),
        "the archive leads there"
    );
    site.write("tearsheet.toml", "editions = \"month\"\n");
    build(&site);
    assert!(site.read("public/edition/2024-12/index.html").contains("December 2024"));
    assert!(!site.path().join("public/edition/2026-11/mail.html").exists(), "no address, no mail");
    site.write("tearsheet.toml", "editions = \"none\"\n");
    build(&site);
    assert!(!site.path().join("public/edition").exists());
}

#[test]
fn a_mail_of_a_large_week_stays_below_what_mail_programs_cut() {
    let site = Site::new();
    site.write("tearsheet.toml", "base_url = \"https://digest.example/a-folder\"\n");
    for n in 0..90 {
        let parties = format!("a-company-with-a-long-name-{n:02}, another-long-name-{n:02}");
        events(&site, &parties, "strategic-alliance", &[("2026-11-24", "announced")]);
    }
    build(&site);
    let mail = site.read("public/edition/2026-W48/mail.html");
    assert!(mail.len() < 100_000, "{}", mail.len());
    assert!(mail.contains("And 30 more articles."), "{mail}");
}

#[test]
fn an_article_stands_between_what_happened_before_and_after() {
    let site = Site::new();
    let turns = [("2022-05-01", "announced"), ("2023-05-01", "extended"), ("2024-05-01", "ended")];
    events(&site, "dot, red", "supply", &turns);
    build(&site);
    let page = site.read("public/2023/05/01/dot-red-1/index.html");
    let (_, context) = page.split_once("class=\"context\"").expect("a context");
    let [before, here, after] =
        ["announce a partnership", "extend their partnership", "end their partnership"]
            .map(|words| context.find(words).expect(words));
    assert!(before < here && here < after);
    assert_eq!(context.matches("aria-current=\"true\"").count(), 1);
    assert!(context.contains("class=\"glyph extended here\""), "its mark is told apart");
}

#[test]
fn a_story_shows_when_it_was_told_in_which_language() {
    let site = Site::new();
    for (name, lang, day) in [("a", "vi", 1), ("b", "en", 2), ("c", "de", 5)] {
        let matter = format!(
            "title: News {name}\nlang: {lang}\ndate: 2026-03-0{day}\ncompanies: [dot, red]\npartnerships:\n  \
             - parties: [dot, red]\n    kind: supply\n    event: announced"
        );
        site.article(name, &matter, &format!("A text of its own, {name}."));
    }
    build(&site);
    let page = site.read("public/stories/dot--red-2026-start/index.html");
    let (_, strip) = page.split_once("<svg class=\"strip wide\"").expect("a strip");
    let [first, second, third] =
        ["Tiếng Việt", "English", "Deutsch"].map(|name| strip.find(name).expect(name));
    assert!(first < second && second < third, "the first language is on top");
    let article = site.read("public/2026/03/02/b/index.html");
    assert!(article.contains("First reported in: "), "{article}");
    assert!(article.contains("(+4 days)"), "{article}");
}

#[test]
fn an_empty_site_says_how_to_begin_and_an_archive_has_no_empty_months() {
    let site = Site::new();
    site.write("tearsheet.toml", "title = \"New\"\n");
    std::fs::create_dir_all(site.path().join("content")).expect("a folder");
    build(&site);
    assert!(page_has(&site, "<code>tearsheet import</code>"));
    site.article("a", "title: a\nlang: en\ndate: 2026-05-02\ncompanies: [dot]", "Text.");
    build(&site);
    let archive = site.read("public/archive/index.html");
    assert!(archive.contains("May") && !archive.contains("June"), "{archive}");
}

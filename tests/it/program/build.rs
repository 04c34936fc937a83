//! `tearsheet build`: what is written, and what is refused.

use crate::support::site::Site;

fn two_articles() -> Site {
    let site = Site::new();
    site.article(
        "2022/05/leica",
        "title: \"Xiaomi and Leica start an alliance\"\ndate: 2022-05-23\ncompanies: [xiaomi, leica-camera]\ntags: [optics]\npartnerships:\n  - parties: [xiaomi, leica-camera]\n    kind: co-development\n    event: announced\n    evidence: \"announced a long alliance\"",
        "Xiaomi and Leica announced a long alliance.",
    );
    site.article(
        "undated/shop",
        "title: \"Hợp tác mới\"\nlang: vi\ncompanies: [xiaomi]",
        "Một bài.",
    );
    site
}

#[test]
fn every_kind_of_page_is_written() {
    let site = two_articles();
    let run = site.run(&["build"]);
    assert_eq!((run.code, run.out.as_str()), (0, ""), "{}", run.err);
    for page in [
        "index.html",
        "2022/index.html",
        "2022/05/index.html",
        "2022/05/23/index.html",
        "2022/05/23/leica/index.html",
        "undated/index.html",
        "undated/shop/index.html",
        "companies/index.html",
        "companies/xiaomi/index.html",
        "companies/xiaomi/feed.xml",
        "tags/optics/index.html",
        "timeline/index.html",
        "timeline/2022/index.html",
        "timeline/kind/co-development/index.html",
        "timeline/status/announced/index.html",
        "partnerships/leica-camera--xiaomi/index.html",
        "languages/vi/index.html",
        "404.html",
        "feed.xml",
        "feed.json",
        "robots.txt",
        "data/articles.json",
        "data/partnerships.json",
    ] {
        assert!(site.path().join("public").join(page).is_file(), "{page} is missing");
    }
}

#[test]
fn the_second_build_removes_stale_pages_and_keeps_foreign_files() {
    let site = two_articles();
    assert_eq!(site.run(&["build"]).code, 0);
    site.write("public/CNAME", "digest.example.org");
    site.write("public/.git/config", "[core]");
    std::fs::remove_file(site.path().join("content/articles/undated/shop.md")).expect("removed");
    assert_eq!(site.run(&["build"]).code, 0);
    assert!(!site.path().join("public/undated/shop").exists());
    assert_eq!(site.read("public/CNAME"), "digest.example.org");
    assert_eq!(site.read("public/.git/config"), "[core]");
    let left: Vec<String> = std::fs::read_dir(site.path())
        .expect("readable")
        .map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned())
        .filter(|name| name.starts_with(".tearsheet-"))
        .collect();
    assert_eq!(left, Vec::<String>::new(), "nothing is left beside the output");
}

/// Law 2, from the outside.
#[test]
fn place_time_zone_and_locale_do_not_matter() {
    let files = [
        (
            "content/articles/b.md",
            "---\ntitle: B\nlang: vi\ndate: 2022-05\ncompanies: [xiaomi]\n---\nB.\n",
        ),
        (
            "content/articles/a.md",
            "---\ntitle: Ä\nlang: de\ndate: 2022-05\ncompanies: [nokia]\n---\nA.\n",
        ),
        ("content/companies/xiaomi.md", "---\nname: Xiaomi\n---\nProfile.\n"),
        ("static/x.txt", "x"),
    ];
    let more: Vec<(String, String)> = (0..30)
        .map(|n| {
            let front = format!(
                "title: Nr {n}\nlang: tr\ndate: 2022-0{}\ntags: [İzmir {n}, ışık {}]",
                n % 3 + 1,
                n % 4
            );
            (format!("content/articles/{}/n{n}.md", n % 5), format!("---\n{front}\n---\nText.\n"))
        })
        .collect();
    let build = |[zone, locale, threads]: [&str; 3], seed: u64| {
        let site = Site::new();
        // Folders list their files as they came.
        let more = more.iter().map(|(name, text)| (name.as_str(), text.as_str()));
        let mut files: Vec<(&str, &str)> = files.into_iter().chain(more).collect();
        fastrand::Rng::with_seed(seed).shuffle(&mut files);
        for (name, text) in files {
            site.write(name, text);
        }
        let env = [
            ("TZ", zone),
            ("LC_ALL", locale),
            ("RAYON_NUM_THREADS", threads),
            ("SOURCE_DATE_EPOCH", "1700000000"),
        ];
        let run = site.run_with(&["build"], &env, b"");
        assert_eq!(run.code, 0, "{}", run.err);
        let manifest = site.read("public/.tearsheet-manifest");
        let paths: Vec<&str> = manifest.lines().filter(|line| !line.starts_with('#')).collect();
        assert!(paths.len() > 20, "{manifest}");
        paths
            .iter()
            .map(|path| (path.to_string(), site.read(&format!("public/{path}"))))
            .collect::<Vec<_>>()
    };
    let one = build(["Pacific/Kiritimati", "C", "1"], 1);
    let others = [
        ["Pacific/Pago_Pago", "tr_TR.UTF-8", "2"],
        ["Pacific/Kiritimati", "tr_TR.UTF-8", "8"],
        ["Pacific/Pago_Pago", "C", "8"],
    ];
    for (seed, other) in (2..).zip(others) {
        assert!(build(other, seed) == one, "{other:?}");
    }
}

#[test]
fn a_folder_that_is_not_ours_is_refused() {
    let site = two_articles();
    site.write("thesis/chapter.txt", "years of work");
    let run = site.run(&["build", "-o", "thesis"]);
    assert_eq!(run.code, 1);
    assert!(run.err.contains("it holds files that Tearsheet did not write"), "{}", run.err);
    assert_eq!(site.read("thesis/chapter.txt"), "years of work");
}

#[test]
fn mistakes_are_shown_all_at_once_and_the_old_site_stays() {
    let site = two_articles();
    assert_eq!(site.run(&["build"]).code, 0);
    let before = site.read("public/index.html");
    site.article("2023/bad", "title: Bad\ndate: 2023-13-01\nlang: klingonese", "Text.");
    site.article("2023/worse", "title: Worse\npartnerships:\n  - parties: [xiaomi]", "Text.");
    let run = site.run(&["build"]);
    assert_eq!(run.code, 1);
    for part in [
        "content/articles/2023/bad.md:3:7",
        "`2023-13-01` in `date` is not a date",
        "`klingonese` is not a language tag",
        "content/articles/2023/worse.md:4:5",
        "a partnership needs at least two different parties",
    ] {
        assert!(run.err.contains(part), "{part:?} is not in:\n{}", run.err);
    }
    assert_eq!(site.read("public/index.html"), before);
}

/// A base address is the editor's own text, and stands in every link of every page.
#[test]
fn a_base_address_breaks_no_page() {
    let site = two_articles();
    site.article("linked", "title: Linked\ndate: 2022-05-24\nlang: en", "[a](/companies/xiaomi/)");
    let hostile = "https://example.org/a'b&c\"><script>alert(1)</script> d/";
    let escaped = "\"/a&#39;b&amp;c%22%3E%3Cscript%3Ealert(1)%3C/script%3E%20d/companies/xiaomi/\"";
    site.write("tearsheet.toml", &format!("base_url = {hostile:?}\n"));
    for arguments in [&["build"][..], &["build", "-u", hostile]] {
        let run = site.run(arguments);
        assert_eq!(run.code, 0, "{}", run.err);
        let page = site.read("public/2022/05/24/linked/index.html");
        assert!(page.contains(escaped), "{page}");
        for file in ["2022/05/24/linked/index.html", "feed.xml", "sitemap.xml"] {
            assert!(!site.read(&format!("public/{file}")).contains("<script>alert"), "{file}");
        }
    }
    for bad in ["example.org", "javascript:alert(1)", "https://a.example//b.example", "https://a?b"]
    {
        site.write("tearsheet.toml", &format!("base_url = \"{bad}\"\n"));
        let run = site.run(&["build"]);
        assert!(run.code == 1 && run.err.contains("tearsheet.toml:1:"), "{bad}: {}", run.err);
        let run = site.run(&["build", "-u", bad]);
        assert!(run.code == 2 && run.err.contains("a whole address"), "{bad}: {}", run.err);
    }
}

#[test]
fn a_site_can_do_without_pages() {
    let site = Site::new();
    let own = include_str!("../../../tearsheet.toml");
    let sample = env!("CARGO_MANIFEST_DIR");
    let sections = ["partnerships", "timeline", "stories", "sources", "languages"];
    let all = format!("\"{}\"", sections.join("\", \""));
    let each = sections.map(|section| format!("\"{section}\""));
    for without in each.iter().chain([&all]) {
        let config = site.write("other.toml", &format!("without = [{without}]\n{own}"));
        let [config, output] = [config, site.path().join("out")].map(|p| p.display().to_string());
        let run = |command: &[&str]| {
            site.run(&[&["--root", sample, "--config", &config], command].concat())
        };
        let built = run(&["build", "--strict", "-o", &output]);
        assert_eq!(built.code, 0, "without {without}: {}", built.err);
        for section in sections {
            let is_there = site.path().join("out").join(section).join("index.html").is_file();
            assert_eq!(is_there, !without.contains(section), "{section} without {without}");
        }
        let has_calendar = site.path().join("out/timeline.ics").is_file();
        assert_eq!(has_calendar, !without.contains("timeline"), "without {without}");
        // Nothing leads to what is not there.
        let checked = run(&["check"]);
        assert!(checked.err.contains("nothing to complain about"), "{without}: {}", checked.err);
        for (path, bytes) in crate::support::site::tree(&site.path().join("out")) {
            let text = String::from_utf8_lossy(&bytes);
            assert!(!text.contains("href=\"\""), "{path} without {without}");
        }
    }
    let told = |config: &str| {
        let config = site.write("other.toml", config);
        site.run(&["--config", &config.display().to_string(), "build"]).err
    };
    let err = told("without = [\"storys\"]\n");
    assert!(err.contains("stories"), "{err}");
    site.write("templates/home.html", "{{ get_taxonomy_url(kind=\"sources\", name=\"a\") }}");
    site.article("a", "title: a", "Text.");
    let err = told("without = [\"sources\"]\n");
    assert!(err.contains("no pages of sources"), "{err}");
}

#[cfg(unix)]
#[test]
fn symbolic_links_are_named() {
    let site = Site::new();
    site.article("a", "title: A\nlang: en", "Text.");
    site.write("x.md", "---\ntitle: X\n---\nText.\n");
    std::os::unix::fs::symlink("../../x.md", site.path().join("content/articles/x.md"))
        .expect("a link");
    let run = site.run(&["build"]);
    assert!(
        run.code == 0 && run.err.contains("content/articles/x.md is a symbolic link"),
        "{}",
        run.err
    );
}

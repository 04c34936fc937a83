//! Building again into the same folder: only what is new is made, and the folder is as after a first
//! build.

use std::collections::BTreeMap;
use std::fs;

use fastrand::Rng;

use super::cache;
use crate::support::site::{Site, tree};

fn article(site: &Site, n: usize, rng: &mut Rng) {
    let summary = if rng.bool() { "\nsummary: In short" } else { "" };
    let rights = ["link", "excerpt", "full"][rng.usize(..3)];
    // A text with links may show what other articles are called.
    let link = ["with a [link](/companies/nokia/)", "with none"][n % 2];
    site.article(
        &format!("a{n}"),
        &format!(
            "title: \"Title {}\"\ndate: 2022-0{}-23\nlang: en\ncompanies: [xiaomi, nokia]\n\
             tags: [t{}]\nrights: {rights}{summary}\npartnerships:\n  - parties: [xiaomi, nokia]\n    \
             kind: licensing\n    event: announced",
            rng.u8(..3),
            n % 3 + 1,
            rng.u8(..3),
        ),
        &format!("Text {}, {link}.", rng.u8(..9)),
    );
}

fn sample() -> Site {
    let site = Site::new();
    let mut rng = Rng::with_seed(7);
    (0..6).for_each(|n| article(&site, n, &mut rng));
    site
}

#[test]
fn building_again_gives_what_building_anew_does() {
    for seed in 0..6 {
        let mut rng = Rng::with_seed(seed);
        let site = sample();
        assert_eq!(site.run(&["build"]).code, 0);
        let own = cache(&site);
        for step in 0..12 {
            let public = site.path().join("public");
            match rng.u8(..13) {
                0..5 => article(&site, rng.usize(..8), &mut rng),
                5 => {
                    let _ = fs::remove_file(site.path().join("content/articles/a3.md"));
                }
                6 => drop(site.write("tearsheet.toml", &format!("page_size = {}\n", rng.u8(2..5)))),
                7 => drop(site.write("static/style.css", &format!("/* {} */", rng.u8(..3)))),
                8 => drop(site.write("templates/404.html", &format!("lost {}", rng.u8(..3)))),
                // Somebody changes or deletes what was built.
                9 if public.exists() => {
                    fs::write(public.join("tags/index.html"), "no").expect("written");
                }
                10 if public.exists() => {
                    fs::remove_file(public.join("index.html")).expect("removed");
                }
                11 => {
                    let mut bytes = fs::read(&own).expect("a build cache");
                    let at = rng.usize(..bytes.len());
                    if rng.bool() {
                        bytes.truncate(at);
                    } else {
                        bytes[at] ^= 1;
                    }
                    fs::write(&own, bytes).expect("written");
                }
                // The build cache of another folder, of a site that was otherwise.
                12 => drop(fs::copy(cache(&site), &own).expect("copied")),
                _ => {}
            }
            let packed: &[&str] = if rng.u8(..4) == 0 { &["--precompress"] } else { &[] };
            let again = site.run(&[&["build"], packed].concat());
            let folder = format!("new-{step}");
            let anew = site.run(&[&["build", "-o", &folder], packed].concat());
            assert_eq!((again.code, anew.code), (0, 0), "{}{}", again.err, anew.err);
            let (again, anew) = (tree(&public), tree(&site.path().join(format!("new-{step}"))));
            assert_eq!(again.keys().collect::<Vec<_>>(), anew.keys().collect::<Vec<_>>());
            for (path, bytes) in &anew {
                assert!(again[path] == *bytes, "seed {seed}, step {step}: {path} differs");
            }
            // A build cache belongs to one output folder.
            fs::remove_file(site.path().join(format!("new-{step}/.tearsheet-manifest")))
                .expect("there");
            let others = fs::read_dir(site.path().join(".tearsheet")).expect("a folder");
            assert!(others.count() >= 2);
        }
    }
}

#[cfg(unix)]
#[test]
fn a_new_text_replaces_what_shows_it_and_nothing_new_none() {
    use std::os::unix::fs::MetadataExt;
    let site = sample();
    site.article("full", "title: Full\ndate: 2001-02-03\nlang: en\nsummary: Short", "First text.");
    (0..40).for_each(|n| article(&site, 100 + n, &mut Rng::with_seed(n as u64)));
    assert_eq!(site.run(&["build"]).code, 0);
    let numbers = || -> BTreeMap<String, u64> {
        let number = |path: &String| {
            fs::metadata(site.path().join("public").join(path)).expect("there").ino()
        };
        tree(&site.path().join("public")).keys().map(|path| (path.clone(), number(path))).collect()
    };
    let before = numbers();
    assert_eq!(site.run(&["build"]).code, 0);
    assert_eq!(numbers(), before);
    site.article("full", "title: Full\ndate: 2001-02-03\nlang: en\nsummary: Short", "Second text.");
    assert_eq!(site.run(&["build"]).code, 0);
    let after = numbers();
    let changed: Vec<_> = after.iter().filter(|(path, number)| before[*path] != **number).collect();
    let page = "2001/02/03/full/index.html";
    assert!(changed.iter().any(|change| change.0 == page), "{changed:?}");
    let parts = changed.iter().filter(|change| change.0.starts_with("search/terms/")).count();
    assert!((1..=4).contains(&parts), "{changed:?}");
    let others = changed.iter().filter(|(path, _)| *path != page && !path.starts_with("search/"));
    assert!(others.clone().all(|change| change.0 == ".tearsheet-manifest"), "{changed:?}");
    assert!(site.read("public/2001/02/03/full/index.html").contains("Second text."));
}

#[test]
fn warnings_are_told_again() {
    let site = sample();
    site.article("odd", "title: Odd\nlang: en\ncompnies: [nokia]", "Text.");
    let first = site.run(&["build"]);
    let second = site.run(&["build"]);
    assert!(first.err.contains("did you mean"), "{}", first.err);
    let warning = |text: &str| text.split("articles").next().map(str::to_owned);
    assert_eq!(warning(&first.err), warning(&second.err));
}

#[test]
fn timings_name_the_steps() {
    let told = sample().run(&["build", "--timings"]).err;
    for step in ["read", "parse", "index", "templates", "publish"] {
        assert!(told.lines().any(|line| line.starts_with(step) && line.ends_with(" ms")), "{told}");
    }
}

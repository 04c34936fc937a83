//! A build that is killed leaves the old site or the new one, and nothing that the next one cannot
//! clear up.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use crate::support::site::{Site, tree};

/// How often a build is killed.
const KILLS: u32 = 100;

/// The files of a site, without those that others have put there.
fn ours(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut all = tree(folder);
    all.retain(|name, _| name != "CNAME" && !name.starts_with(".git/"));
    all
}

/// About 150 pages, in one of two versions.
fn write(site: &Site, version: u8) {
    write_some(site, version, 40);
}

/// The same, of which only the first articles are new.
fn write_some(site: &Site, version: u8, articles: u32) {
    for n in 0..articles {
        let front = format!(
            "title: \"Title {n} of version {version}\"\nlang: en\ndate: 20{:02}-0{}-11\ncompanies: [red-{}, dot]\n\
             tags: [t{}]\npartnerships:\n  - parties: [red-{}, dot]\n    kind: supply\n    event: signed",
            n % 20 + 1,
            n % 9 + 1,
            n % 25,
            n % 7,
            n % 25,
        );
        site.article(&format!("a{n}"), &front, &format!("Text {n} of version {version}."));
    }
}

fn start(site: &Site) -> std::process::Child {
    Command::new(env!("CARGO_BIN_EXE_tearsheet"))
        .args(["build", "-q", "--no-sync"])
        .current_dir(site.path())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .expect("the program runs")
}

/// What stands beside the output folder and is none of a site's own folders.
fn left_over(site: &Site) -> Vec<String> {
    let names = fs::read_dir(site.path())
        .expect("a folder")
        .map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned());
    names.filter(|name| name.starts_with(".tearsheet-")).collect()
}

#[test]
fn a_killed_build_leaves_the_old_site_or_the_new_one() {
    kill_builds(write);
}

/// Where little changes, the site before the last one becomes the next one.
#[test]
fn a_killed_build_of_a_small_change_leaves_the_old_site_or_the_new_one() {
    kill_builds(|site, version| write_some(site, version, 2));
}

fn kill_builds(change: impl Fn(&Site, u8)) {
    let site = Site::new();
    write(&site, 1);
    assert_eq!(site.run(&["build"]).code, 0);
    let public = site.path().join("public");
    let mut sites = vec![ours(&public)];
    assert!(sites[0].keys().filter(|name| name.contains(".html")).count() >= 150);
    change(&site, 2);
    let started = Instant::now();
    assert_eq!(site.run(&["build"]).code, 0);
    let whole = started.elapsed();
    // Other tests make the machine now faster, now slower; the kills follow it.
    let mut pace = whole.as_secs_f64();
    sites.push(ours(&public));
    assert_ne!(sites[0], sites[1]);
    // What others put into the output folder.
    site.write("public/CNAME", "digest.example.org");
    site.write("public/.git/config", "[core]");
    let (mut old, mut new) = (0, 0);
    let mut there = 1;
    for kill in 0..KILLS {
        let wanted = 1 - there;
        change(&site, u8::try_from(wanted + 1).expect("one or two"));
        let mut child = start(&site);
        // Most of them where files are written and the folders are swapped.
        let share =
            if kill % 3 == 0 { f64::from(kill) / 100.0 } else { 0.5 + f64::from(kill) / 160.0 };
        std::thread::sleep(Duration::from_secs_f64(pace * share));
        let _ = child.kill();
        let _ = child.wait();
        let now = ours(&public);
        if now == sites[wanted] {
            there = wanted;
            new += 1;
            pace *= 0.93;
        } else {
            assert!(now == sites[1 - wanted], "kill {kill}: neither the old site nor the new one");
            old += 1;
            pace *= 1.07;
        }
        if kill % 10 == 9 {
            assert_eq!(site.run(&["build"]).code, 0);
            there = wanted;
            assert!(ours(&public) == sites[wanted], "the build after kill {kill}");
            assert_eq!(left_over(&site), Vec::<String>::new(), "after kill {kill}");
            assert_eq!(site.read("public/CNAME"), "digest.example.org");
            assert_eq!(site.read("public/.git/config"), "[core]");
        }
    }
    println!("{old} times the old site, {new} times the new one; a whole build takes {whole:?}");
    assert!(old >= 10 && new >= 5, "{old} and {new}: the kills came too early or too late");
}

#[test]
fn two_builds_at_once_wait_for_each_other() {
    let site = Site::new();
    write(&site, 1);
    let mut builds: Vec<_> = (0..4).map(|_| start(&site)).collect();
    for build in &mut builds {
        assert!(build.wait().expect("it ends").success());
    }
    let together = ours(&site.path().join("public"));
    assert_eq!(site.run(&["build", "-o", "alone"]).code, 0);
    assert!(together == ours(&site.path().join("alone")));
    assert_eq!(left_over(&site), Vec::<String>::new());
    // Who waits says so.
    let held = fs::File::open(site.path()).expect("the folder that the site is in");
    held.lock().expect("a lock");
    let waiting = Command::new(env!("CARGO_BIN_EXE_tearsheet"))
        .arg("build")
        .current_dir(site.path())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program runs");
    std::thread::sleep(Duration::from_millis(300));
    drop(held);
    let ended = waiting.wait_with_output().expect("it ends");
    let told = String::from_utf8_lossy(&ended.stderr);
    assert!(
        ended.status.success() && told.contains("another build is writing into this folder"),
        "{told}"
    );
}

#[test]
fn two_sites_that_write_into_one_folder_wait_for_each_other() {
    let (one, two) = (Site::new(), Site::new());
    write(&one, 1);
    write(&two, 2);
    let shared = tempfile::tempdir().expect("a folder");
    let output = shared.path().join("public");
    let of = |site: &Site| {
        assert_eq!(site.run(&["build", "-o", "alone"]).code, 0);
        ours(&site.path().join("alone"))
    };
    let alone = [of(&one), of(&two)];
    for round in 0..4 {
        let start = |site: &Site| {
            Command::new(env!("CARGO_BIN_EXE_tearsheet"))
                .args(["build", "-q", "--no-sync", "-o"])
                .arg(&output)
                .current_dir(site.path())
                .spawn()
                .expect("the program runs")
        };
        for mut build in [start(&one), start(&two)] {
            assert!(build.wait().expect("it ends").success(), "round {round}");
        }
        assert!(alone.contains(&ours(&output)), "round {round}: a mixture of both sites");
        assert_eq!(fs::read_dir(shared.path()).expect("a folder").count(), 1, "round {round}");
    }
}

/// A site that a container built as root, or that was made read-only. Root may write everywhere, so the
/// program is then run by somebody else.
#[cfg(unix)]
#[test]
fn an_old_site_that_cannot_be_removed_is_told_and_costs_nothing_else() {
    use std::os::unix::fs::{PermissionsExt, chown};
    use std::os::unix::process::CommandExt;

    const NOBODY: u32 = 65534;
    let site = Site::new();
    let set_mode = |path: &Path, mode| {
        fs::set_permissions(path, fs::Permissions::from_mode(mode)).expect("our own file");
    };
    let article = |title: &str| site.article("one", &format!("title: {title}\nlang: en"), "Words.");
    article("First");
    assert_eq!(site.run(&["build"]).code, 0);
    site.write("public/CNAME", "digest.example.org");
    let program = site.path().join("program");
    fs::copy(env!("CARGO_BIN_EXE_tearsheet"), &program).expect("a copy");
    let is_root = rustix::process::geteuid().is_root();
    for entry in walkdir::WalkDir::new(site.path()) {
        let entry = entry.expect("an entry");
        let is_old = entry.path().starts_with(site.path().join("public"));
        if is_root && !is_old {
            chown(entry.path(), Some(NOBODY), Some(NOBODY)).expect("root may do that");
        } else if is_old && entry.file_type().is_dir() {
            set_mode(entry.path(), 0o555);
        }
    }
    set_mode(site.path(), 0o755);
    let build = || {
        let mut command = Command::new(&program);
        command.args(["build"]).current_dir(site.path()).env("NO_COLOR", "1");
        if is_root {
            command.uid(NOBODY).gid(NOBODY);
        }
        let done = command.output().expect("the program runs");
        (done.status.success(), String::from_utf8_lossy(&done.stderr).into_owned())
    };
    for title in ["Second", "Third", "Fourth"] {
        fs::write(
            site.path().join("content/articles/one.md"),
            format!("---\ntitle: {title}\nlang: en\n---\nWords.\n"),
        )
        .expect("a file");
        let (is_fine, told) = build();
        assert!(is_fine, "{title}: {told}");
        assert!(site.read("public/undated/one/index.html").contains(title), "{title}");
        assert_eq!(site.read("public/CNAME"), "digest.example.org", "{title}: {told}");
        let folder = left_over(&site).first().cloned().unwrap_or_else(|| ".previous".to_owned());
        assert!(told.contains(&folder) && told.contains("chown"), "{title}: {told}");
    }
    // Once it is theirs, it goes.
    for entry in walkdir::WalkDir::new(site.path()) {
        let entry = entry.expect("an entry");
        if entry.file_type().is_dir() {
            set_mode(entry.path(), 0o755);
        }
        if is_root {
            chown(entry.path(), Some(NOBODY), Some(NOBODY)).expect("root may do that");
        }
    }
    let (is_fine, told) = build();
    assert!(is_fine && !told.contains("chown"), "{told}");
    assert_eq!(left_over(&site), Vec::<String>::new());
}

/// What a traced program asked of the system, a line each.
#[cfg(target_os = "linux")]
fn traced(site: &Site, arguments: &[&str]) -> Vec<String> {
    let log = site.path().join("strace.log");
    let calls =
        "trace=openat,write,rename,renameat,renameat2,syncfs,fsync,fdatasync,unlink,unlinkat";
    let done = Command::new("strace")
        .args(["-f", "-y", "-s", "4096", "-e", calls, "-o"])
        .arg(&log)
        .arg(env!("CARGO_BIN_EXE_tearsheet"))
        .args(arguments)
        .current_dir(site.path())
        .output()
        .expect("strace, which these tests need, is installed");
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    let text = fs::read_to_string(log).expect("what strace wrote");
    text.lines().map(str::to_owned).collect()
}

/// Where the last line with all of these words stands.
#[cfg(target_os = "linux")]
fn last(calls: &[String], words: &[&str]) -> usize {
    let fits = |call: &String| words.iter().all(|word| call.contains(word));
    calls.iter().rposition(fits).unwrap_or_else(|| panic!("no call with {words:?}"))
}

#[cfg(target_os = "linux")]
#[test]
fn a_site_is_on_the_disk_before_it_takes_the_place_of_the_old_one() {
    let site = Site::new();
    write(&site, 1);
    let is_in_order = |calls: &[String], written: &str| {
        let pages = last(calls, &["openat", written, "index.html", "O_CREAT"]);
        let data = last(calls, &["syncfs("]);
        let manifest = last(calls, &["openat", ".tearsheet-manifest", "O_CREAT"]);
        let list = last(calls, &["fsync(", ".tearsheet-manifest"]);
        let renamed = last(calls, &["rename", "public\""]);
        let known = last(calls, &["fsync(", &format!("{}>", site.path().display())]);
        let order = [pages, data, manifest, list, renamed, known];
        assert!(order.is_sorted(), "{order:?}");
        // Nothing of the old site goes before that.
        let is_gone = |call: &String| {
            call.contains("unlink") && call.contains("index.html") && !call.contains(".previous/")
        };
        let gone = calls.iter().position(is_gone);
        assert!(gone.is_none_or(|gone| gone > known), "{gone:?} {known}");
    };
    is_in_order(&traced(&site, &["build"]), ".tearsheet-new-");
    write(&site, 2);
    is_in_order(&traced(&site, &["build"]), ".tearsheet-new-");
    write(&site, 1);
    is_in_order(&traced(&site, &["build"]), ".tearsheet-new-");
    // The site before the last one becomes the next.
    write_some(&site, 2, 2);
    is_in_order(&traced(&site, &["build"]), ".tearsheet-new-");
    write_some(&site, 1, 2);
    is_in_order(&traced(&site, &["build"]), ".tearsheet-new-");
    // A new text in one page.
    site.article("lone", "title: L\nlang: en\nsummary: S", "One.");
    assert_eq!(site.run(&["build"]).code, 0);
    site.article("lone", "title: L\nlang: en\nsummary: S", "*One.*");
    let calls = traced(&site, &["build"]);
    let order = [
        last(&calls, &["fsync(", "lone/index.html"]),
        last(&calls, &["rename", "lone/index.html"]),
        last(&calls, &["fsync(", "lone>"]),
    ];
    assert!(order.is_sorted(), "{order:?}");
    // Who does not want to wait need not.
    write(&site, 2);
    let calls = traced(&site, &["build", "--no-sync"]);
    assert!(!calls.iter().any(|call| call.contains("sync")), "it waited");
}

#[cfg(target_os = "linux")]
#[test]
fn an_imported_article_is_on_the_disk_before_it_is_told() {
    let site = Site::new();
    site.write("inbox/a.txt", "Nokia buys a mill\n\nNokia said on Monday that it buys a mill.\n");
    let calls = traced(&site, &["import"]);
    let renamed = last(&calls, &["rename", ".md\""]);
    let article = last(&calls[..renamed], &["fsync(", "/content/articles/"]);
    let folder = last(&calls, &["fsync(", "/content/articles/undated>"]);
    let made = last(&calls, &["fsync(", "/content>"]);
    let told = last(&calls, &["write(2", "a.txt"]);
    let order = [article, renamed, folder, made, told];
    assert!(order.is_sorted(), "{order:?}");
}

/// Builds where no file can have more than so many blocks of 512 bytes: a longer one is cut off in the
/// middle and then refused, as on a disk that is full.
fn build_in(site: &Site, blocks: u32) -> (Option<i32>, String) {
    let limited = format!("trap '' XFSZ; ulimit -f {blocks}; exec \"$0\" build");
    let run = Command::new("sh")
        .args(["-c", &limited, env!("CARGO_BIN_EXE_tearsheet")])
        .current_dir(site.path())
        .env("NO_COLOR", "1")
        .output()
        .expect("the program runs");
    (run.status.code(), String::from_utf8_lossy(&run.stderr).into_owned())
}

#[test]
fn a_full_disk_keeps_the_old_site() {
    let site = Site::new();
    let public = site.path().join("public");
    let (mut failed, mut built) = (0, 0);
    // A first build, a rebuild of all pages, a new text in one page.
    let one_page = |version: u8| {
        let front = "title: One\ndate: 2021-02-03\nlang: en\nsummary: Short";
        let text = format!("Text {version}. ").repeat(if version == 4 { 40_000 } else { 1 });
        site.article("one", front, &text);
    };
    let mut sites = Vec::new();
    for version in 1..=4 {
        if version < 3 {
            write(&site, version);
        }
        one_page(version);
        let there = public.exists().then(|| ours(&public));
        // From no byte at all to all files but the longest.
        for blocks in [0, 1, 4, 8, 16, 32, 64, 128, 256, 512, 100_000] {
            let (code, told) = build_in(&site, blocks);
            let now = public.exists().then(|| ours(&public));
            if code == Some(0) {
                built += 1;
                sites.extend(now);
                break;
            }
            failed += 1;
            assert_eq!(code, Some(1), "{told}");
            assert!(told.contains("cannot ") && told.contains("File too large"), "{told}");
            assert!(now == there, "version {version} in {blocks} blocks");
            assert_eq!(left_over(&site), Vec::<String>::new(), "after {blocks} blocks");
        }
        // What the failed builds left in the build cache misleads nobody.
        assert_eq!(site.run(&["build"]).code, 0);
        assert_eq!(site.run(&["build", "-o", "anew"]).code, 0);
        assert!(ours(&public) == ours(&site.path().join("anew")), "version {version}");
        assert!(sites.last() == Some(&ours(&public)), "version {version}");
    }
    println!("{failed} builds failed, {built} did not");
    assert!(built == 4 && failed >= 16, "{built} and {failed}");
}

#[cfg(unix)]
#[test]
fn a_folder_that_cannot_be_written_to_keeps_the_old_site() {
    use std::os::unix::fs::PermissionsExt;
    let site = Site::new();
    write(&site, 1);
    assert_eq!(site.run(&["build", "-o", "out/public"]).code, 0);
    let public = site.path().join("out/public");
    let before = ours(&public);
    write(&site, 2);
    let mode = |mode: u32| {
        let permissions = fs::Permissions::from_mode(mode);
        fs::set_permissions(site.path().join("out"), permissions).expect("ours");
    };
    mode(0o555);
    // Who runs as root may write all the same.
    let is_root = fs::write(site.path().join("out/probe"), "").is_ok();
    let run = site.run(&["build", "-o", "out/public"]);
    mode(0o755);
    if is_root {
        assert_eq!(run.code, 0, "{}", run.err);
    } else {
        assert_eq!(run.code, 1, "{}", run.err);
        assert!(run.err.contains("cannot write beside"), "{}", run.err);
        assert!(ours(&public) == before);
    }
}

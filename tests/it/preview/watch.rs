//! Saving as editors do: what the preview serves is right soon after, whatever they do on the way.
//!
//! `cargo test watch -- --nocapture` prints how soon.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::mpsc;
use std::time::{Duration, Instant};
use std::{fs, thread};

use tearsheet::watcher::{Changes, Open, Watcher};

use crate::support::site::{Server, Site};

const FILE: &str = "content/articles/leica.md";
const PAGE: &str = "/2022/05/23/leica/";

/// How soon the preview must be right. Without other tests beside it, that is a tenth of a second.
const LIMIT: Duration = Duration::from_secs(5);

fn text(title: &str) -> String {
    format!("---\ntitle: \"{title}\"\ndate: 2022-05-23\nlang: en\n---\n\nText.\n")
}

/// A site that is edited while it is looked at.
struct Desk {
    site: Site,
    server: Server,
}

impl Desk {
    fn new() -> Self {
        let site = Site::new();
        site.write(FILE, &text("At first"));
        let server = site.serve("0", &[]);
        server.wait_for(PAGE, |status, _| status == 200);
        Self { site, server }
    }

    fn at(&self, name: &str) -> PathBuf {
        self.site.path().join(name)
    }

    fn rename(&self, from: &str, to: &str) {
        fs::rename(self.at(from), self.at(to)).expect("renamed");
    }

    fn remove(&self, name: &str) {
        fs::remove_file(self.at(name)).expect("removed");
    }

    /// Does something, and waits until a page is as it should be.
    fn check(&self, what: &str, act: impl FnOnce(), page: &str, fits: impl Fn(u16, &str) -> bool) {
        act();
        let start = Instant::now();
        self.server.wait_for(page, fits);
        let spent = start.elapsed();
        println!("{what:32} {:4} ms", spent.as_millis());
        assert!(spent < LIMIT, "{what}: {spent:?}");
    }

    /// Saves the article in some way, and waits until its page shows it.
    fn check_save(&self, what: &str, save: impl FnOnce(&str)) {
        let new = text(what);
        self.check(what, || save(&new), PAGE, |_, page| page.contains(&format!(">{what}</h1>")));
    }
}

#[cfg(unix)]
#[test]
fn every_way_to_save_is_seen() {
    let desk = Desk::new();
    let write = |name: &str, text: &str| drop(desk.site.write(name, text));
    desk.check_save("in place", |new| write(FILE, new));
    desk.check_save("hidden file, renamed", |new| {
        write("content/articles/.leica.md.a1b2", new);
        desk.rename("content/articles/.leica.md.a1b2", FILE);
    });
    desk.check_save("other file, renamed", |new| {
        write("content/articles/leica.md.tmp", new);
        desk.rename("content/articles/leica.md.tmp", FILE);
    });
    desk.check_save("vim", |new| {
        write("content/articles/.leica.md.swp", "swap");
        write("content/articles/4913", "");
        desk.remove("content/articles/4913");
        desk.rename(FILE, "content/articles/leica.md~");
        write(FILE, new);
        desk.remove("content/articles/leica.md~");
        desk.remove("content/articles/.leica.md.swp");
    });
    let lock = desk.at("content/articles/.#leica.md");
    desk.check_save("Emacs", |new| {
        std::os::unix::fs::symlink("someone@a-machine.4711:1700000000", &lock).expect("a link");
        write("content/articles/#leica.md#", "---\ntitle: Half a");
        write("static/#style.css#", "half a");
        write("templates/#base.html#", "{% half a");
        thread::sleep(Duration::from_millis(50));
        desk.rename(FILE, "content/articles/leica.md~");
        write(FILE, new);
        fs::remove_file(&lock).expect("removed");
    });
    desk.check_save("a backup first", |new| {
        fs::copy(desk.at(FILE), desk.at("content/articles/leica.md.bak")).expect("copied");
        write(FILE, new);
    });
    desk.check_save("VS Code: emptied, then written", |new| {
        write(FILE, "");
        thread::sleep(Duration::from_millis(30));
        write(FILE, new);
    });
    desk.check_save("in pieces", |new| {
        for end in (10..new.len()).step_by(10) {
            write(FILE, &new[..end]);
            thread::sleep(Duration::from_millis(5));
        }
        write(FILE, new);
    });
    // What editors leave is no part of the site.
    for page in ["/%23style.css%23", "/2022/05/23/leica-md/", "/undated/half-a/"] {
        assert_eq!(desk.server.get(page).0, 404, "{page}");
    }
    assert_eq!(desk.server.get("/").0, 200);
}

#[test]
fn folders_come_and_go() {
    let desk = Desk::new();
    let page = "/2022/05/23/late/";
    let is = |wanted: u16| move |status: u16, _: &str| status == wanted;
    let late = || drop(desk.site.write("content/articles/2022/05/late.md", &text("Late")));
    desk.check("mkdir -p and a file", late, page, is(200));
    let away = || desk.rename("content/articles/2022", "kept");
    desk.check("a folder moved away", away, page, is(404));
    let back = || desk.rename("kept", "content/articles/other");
    desk.check("a folder moved in", back, page, is(200));
    let renamed = || desk.rename("content/articles/other", "content/articles/new");
    desk.check("a folder renamed", renamed, page, is(200));
    let inside = || drop(desk.site.write("content/articles/new/05/more.md", &text("More")));
    desk.check("a file in a renamed folder", inside, "/2022/05/23/more/", is(200));
    desk.check("deleted", || desk.remove("content/articles/new/05/late.md"), page, is(404));
    let restored = || drop(desk.site.write("content/articles/new/05/late.md", &text("Late")));
    desk.check("restored", restored, page, is(200));
    desk.check("all content moved away", || desk.rename("content", "kept"), page, is(404));
    desk.check("all content moved back", || desk.rename("kept", "content"), page, is(200));
    let first = || drop(desk.site.write("static/deep/down/note.txt", "note"));
    desk.check("a first static file", first, "/deep/down/note.txt", is(200));
    let own = || drop(desk.site.write("templates/404.html", "{{ site.title }} has no such page"));
    let told = |_: u16, text: &str| text.contains("has no such page");
    desk.check("a first template", own, "/nowhere/", told);
    desk.check(
        "a static folder renamed",
        || desk.rename("static/deep", "static/flat"),
        "/flat/down/note.txt",
        is(200),
    );
    assert_eq!(desk.server.get("/deep/down/note.txt").0, 404);
}

fn git(folder: &Path, arguments: &[&str]) {
    let run = Command::new("git")
        .args(["-c", "user.name=Editor", "-c", "user.email=editor@example.org", "-c", "gc.auto=0"])
        .args(arguments)
        .current_dir(folder)
        .output()
        .expect("these tests need git");
    assert!(run.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&run.stderr));
}

#[test]
fn a_checkout_of_500_files_is_seen() {
    let desk = Desk::new();
    let folder = desk.site.path();
    git(folder, &["init", "--quiet", "--initial-branch", "few"]);
    git(folder, &["add", "content"]);
    git(folder, &["commit", "--quiet", "-m", "one"]);
    git(folder, &["checkout", "--quiet", "-b", "many"]);
    for n in 0..500 {
        desk.site
            .write(&format!("content/articles/{}/a{n}.md", n % 20), &text(&format!("Number {n}")));
    }
    desk.site.write(FILE, &text("Among many"));
    git(folder, &["add", "content"]);
    git(folder, &["commit", "--quiet", "-m", "many"]);
    let shown =
        |title: &'static str| move |_: u16, page: &str| page.contains(&format!(">{title}</h1>"));
    desk.server.wait_for("/2022/05/23/a499/", shown("Number 499"));
    for _ in 0..3 {
        desk.check(
            "500 files fewer",
            || git(folder, &["checkout", "--quiet", "few"]),
            PAGE,
            shown("At first"),
        );
        desk.server.wait_for("/data/articles.json", |_, text| !text.contains("Number"));
        desk.check(
            "500 files more",
            || git(folder, &["checkout", "--quiet", "many"]),
            PAGE,
            shown("Among many"),
        );
        desk.server
            .wait_for("/data/articles.json", |_, text| text.matches("\"Number ").count() >= 500);
    }
}

/// What happens where the system gives no watch, or none for a folder that is made later.
const FULL: [Open; 2] = [
    |_| Err(notify::Error::new(notify::ErrorKind::MaxFilesWatch)),
    |handler| {
        handler(Err(notify::Error::new(notify::ErrorKind::MaxFilesWatch)));
        // The system would keep it.
        std::mem::forget(handler);
        Ok(Box::new(notify::NullWatcher))
    },
];

#[test]
fn without_the_system_files_are_looked_at() {
    for open in FULL {
        let site = Site::new();
        site.write(FILE, &text("At first"));
        let mut watcher = Watcher::with(site.path(), open).expect("it goes on");
        if watcher.trouble().is_none() {
            let changes = watcher.wait().expect("no error").expect("a change");
            assert!(changes.only().is_none(), "nobody knows what has changed: {changes:?}");
        }
        assert!(watcher.trouble().is_some_and(|told| told.contains("max_user_watches")));
        // From here on another thread waits, so that the test ends if nothing is told.
        let (send, told) = mpsc::channel();
        thread::spawn(move || {
            while let Ok(Some(changes)) = watcher.wait() {
                if send.send(changes).is_err() {
                    return;
                }
            }
        });
        for (name, new) in [(FILE, text("Then")), ("content/articles/2022/new.md", text("New"))] {
            let start = Instant::now();
            site.write(name, &new);
            let is_told = |changes: &Changes| {
                let wanted = site.path().join(name);
                changes.only().is_none_or(|paths| paths.iter().any(|path| wanted.starts_with(path)))
            };
            while !is_told(&told.recv_timeout(LIMIT).expect("a change in time")) {}
            println!("{name}: {:?}", start.elapsed());
        }
    }
}

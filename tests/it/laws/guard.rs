//! Law 3: which folders are refused as output. The root, the home and the current folder are fakes
//! inside a temporary folder.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use tearsheet::write::{self, Durability, MANIFEST, Places, Stage};

struct World {
    folder: tempfile::TempDir,
}

impl World {
    fn new() -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        for path in ["root/home/me/site/content", "root/elsewhere"] {
            fs::create_dir_all(folder.path().join(path)).expect("a folder");
        }
        Self { folder }
    }

    fn at(&self, path: &str) -> PathBuf {
        self.folder.path().join(path)
    }

    fn guard(&self, output: &Path) -> Result<(), String> {
        let places = Places {
            root: self.at("root"),
            home: Some(self.at("root/home/me")),
            current: self.at("root/home/me/site"),
            site: self.at("root/home/me/site"),
        };
        write::guard(output, &places).map_err(|error| error.to_string())
    }
}

#[test]
fn places_that_matter_are_refused() {
    let world = World::new();
    let cases = [
        ("root", "the root of the file system"),
        ("root/home/me", "your home folder"),
        ("root/home/me/site", "the current folder"),
        ("root/home", "the site's sources are in it"),
        ("root/home/me/site/content", "inside the site's sources"),
        ("root/home/me/site/content/new", "inside the site's sources"),
    ];
    for (path, reason) in cases {
        let refused = world.guard(&world.at(path)).expect_err(path);
        assert!(refused.contains(reason), "{path}: {refused}");
    }
    for (relative, reason) in
        [("..", "home"), (".", "current"), ("../../..", "root"), ("x/../content", "sources")]
    {
        let refused = world.guard(Path::new(relative)).expect_err(relative);
        assert!(refused.contains(reason), "{relative}: {refused}");
    }
    for path in ["root/home/me/site/public", "root/elsewhere"] {
        assert_eq!(world.guard(&world.at(path)), Ok(()), "{path}");
    }
}

#[test]
fn foreign_folders_files_and_links_are_refused() {
    let world = World::new();
    fs::write(world.at("root/elsewhere/thesis.txt"), "years of work").expect("a file");
    let refused = world.guard(&world.at("root/elsewhere")).expect_err("not ours");
    assert!(refused.contains("did not write"), "{refused}");
    let refused = world.guard(&world.at("root/elsewhere/thesis.txt")).expect_err("a file");
    assert!(refused.contains("it is a file"), "{refused}");
    #[cfg(unix)]
    {
        let link = world.at("root/home/me/site/public");
        std::os::unix::fs::symlink(world.at("root/elsewhere"), &link).expect("a link");
        let refused = world.guard(&link).expect_err("a link");
        assert!(refused.contains("symbolic link"), "{refused}");
    }
}

#[test]
fn a_manifest_that_lies_deletes_nothing_outside() {
    let world = World::new();
    let output = world.at("root/home/me/site/public");
    fs::create_dir_all(&output).expect("a folder");
    let precious = world.at("root/home/me/precious.txt");
    fs::write(&precious, "keep").expect("a file");
    let list = format!("../../precious.txt\n{}\nold.html\n", precious.display());
    fs::write(output.join(MANIFEST), list).expect("a manifest");
    fs::write(output.join("old.html"), "old").expect("a page");
    let stage = Stage::beside(&output, Durability::Unsynced).expect("a stage");
    stage.put("index.html", b"new").expect("written");
    stage
        .publish(&world.at("root/home/me/site"), ["index.html"].into_iter(), |_| None)
        .expect("published");
    assert_eq!(fs::read_to_string(&precious).expect("still there"), "keep");
    assert_eq!(fs::read_to_string(output.join("index.html")).expect("there"), "new");
    assert!(!output.join("old.html").exists());
}

/// Names that a list of lines could not hold as they are.
#[test]
fn files_of_every_name_are_listed_and_deleted() {
    let world = World::new();
    let output = world.at("root/home/me/site/public");
    let names = ["a\nb.txt", "a\r", "#remark", "50%25", "50%", " ", "über/é"];
    let publish = |files: &[&str]| {
        let stage = Stage::beside(&output, Durability::Unsynced).expect("a stage");
        for file in files {
            stage.put(file, b"ours").expect("written");
        }
        stage
            .publish(&world.at("root/home/me/site"), files.iter().copied(), |_| None)
            .expect("published");
    };
    publish(&[&names[..], &["index.html"]].concat());
    assert!(names.iter().all(|name| output.join(name).is_file()));
    // What the first part of a name with a line break would be.
    fs::write(output.join("a"), "a stranger's").expect("a file");
    publish(&["index.html"]);
    let left: Vec<String> = crate::support::site::tree(&output).into_keys().collect();
    assert_eq!(left, [MANIFEST, "a", "index.html"]);
    let beside = fs::read_dir(world.at("root/home/me/site")).expect("a folder");
    let beside: BTreeSet<_> = beside.map(|entry| entry.expect("an entry").file_name()).collect();
    assert_eq!(beside, BTreeSet::from(["content", "public", ".tearsheet"].map(Into::into)));
}

#[cfg(unix)]
#[test]
fn files_of_others_stay_whatever_became_of_times_and_rights() {
    use std::os::unix::fs::PermissionsExt;
    use std::time::{Duration, SystemTime};

    let world = World::new();
    let output = world.at("root/home/me/site/public");
    let files: Vec<String> = (0..8).map(|n| format!("tags/optics/{n}.html")).collect();
    let publish = |made: &[String]| {
        let stage = Stage::beside(&output, Durability::Unsynced).expect("a stage");
        for file in made {
            stage.put(file, b"ours").expect("written");
        }
        let files = files.iter().map(String::as_str);
        stage.publish(&world.at("root/home/me/site"), files, |_| None).expect("published");
    };
    // Folders are known to be older than the list only when the clock has gone on.
    let pause = || std::thread::sleep(Duration::from_millis(30));
    let folder = output.join("tags/optics");
    let others = [
        "CNAME",
        "tags/optics/a.txt",
        "tags/optics/b.txt",
        "tags/optics/c.txt",
        "tags/optics/d.txt",
    ];
    let theirs = |number: usize| fs::write(output.join(others[number]), "theirs").expect("a file");
    let all_there = |number: usize| others[..=number].iter().all(|f| output.join(f).is_file());
    publish(&files);
    pause();
    theirs(0);
    theirs(1);
    publish(&files);
    assert!(all_there(1));
    pause();
    // A backup that is put back gives a folder the time that it had.
    theirs(2);
    let long_ago = SystemTime::UNIX_EPOCH + Duration::from_secs(1_000_000_000);
    fs::File::open(&folder).and_then(|folder| folder.set_modified(long_ago)).expect("a time");
    publish(&files[..1]);
    assert!(all_there(2));
    pause();
    // New rights for everything, the folder's before those of what is in it.
    theirs(3);
    pause();
    for path in [output.clone(), folder.clone(), output.join(MANIFEST)] {
        let mode = if path.is_dir() { 0o755 } else { 0o644 };
        fs::set_permissions(&path, fs::Permissions::from_mode(mode)).expect("rights");
        pause();
    }
    publish(&files[..1]);
    assert!(all_there(3));
    publish(&files[..2]);
    assert!(all_there(3));
    // As if the clock had been ahead when the list was written: it looks younger in both its times.
    theirs(4);
    fs::File::open(&folder).and_then(|folder| folder.set_modified(long_ago)).expect("a time");
    pause();
    fs::set_permissions(output.join(MANIFEST), fs::Permissions::from_mode(0o644)).expect("rights");
    publish(&files[..1]);
    assert!(all_there(4));
}

#[cfg(unix)]
#[test]
fn behind_a_link_in_the_old_site_nothing_is_deleted() {
    let world = World::new();
    let output = world.at("root/home/me/site/public");
    let publish = |file: &str| {
        let stage = Stage::beside(&output, Durability::Unsynced).expect("a stage");
        stage.put(file, b"ours").expect("written");
        stage
            .publish(&world.at("root/home/me/site"), [file].into_iter(), |_| None)
            .expect("published");
    };
    publish("tags/optics/index.html");
    let precious = world.at("root/elsewhere/optics/index.html");
    fs::create_dir_all(precious.parent().expect("a parent")).expect("a folder");
    fs::write(&precious, "years of work").expect("a file");
    fs::rename(output.join("tags"), world.at("root/old")).expect("moved");
    std::os::unix::fs::symlink(world.at("root/elsewhere"), output.join("tags")).expect("a link");
    publish("index.html");
    assert_eq!(fs::read_to_string(&precious).expect("still there"), "years of work");
    assert!(output.join("tags").is_symlink(), "the link was not ours and stays");
}

/// The site before the last one is used only where it is as we left it.
#[cfg(unix)]
#[test]
fn behind_a_link_in_an_older_site_nothing_is_touched() {
    let world = World::new();
    let site = world.at("root/home/me/site");
    let (output, cache) = (site.join("public"), site.join(".tearsheet"));
    fs::create_dir_all(&cache).expect("a folder");
    let names: Vec<String> = (0..9).map(|n| format!("tags/t{n}/index.html")).collect();
    let publish = |new: &[String], text: &str| {
        let stage = Stage::beside(&output, Durability::Unsynced).expect("a stage");
        for name in new {
            stage.put(name, text.as_bytes()).expect("written");
        }
        stage.publish(&site, names.iter().map(String::as_str), |_| None).expect("published");
    };
    let texts = || -> Vec<String> {
        let text = |name: &String| fs::read_to_string(output.join(name)).expect("a page");
        names.iter().map(text).collect()
    };
    publish(&names, "one");
    publish(&names, "two");
    let old_site = || {
        let folders = fs::read_dir(&cache).expect("a folder").map(|e| e.expect("an entry").path());
        folders.into_iter().find(|path| path.extension().is_some_and(|e| e == "previous"))
    };
    let old = old_site().expect("the old site is kept");
    assert_eq!(fs::read_to_string(old.join(&names[0])).expect("a page"), "one");
    publish(&names[..1], "three");
    assert_eq!(texts()[..2], ["three", "two"]);
    assert_eq!(fs::read_to_string(old.join(&names[0])).expect("a page"), "two", "the site before");
    // A page of the older site is the same file as in the site; nobody may write into it.
    let precious = world.at("root/elsewhere/t1/index.html");
    fs::create_dir_all(precious.parent().expect("a parent")).expect("a folder");
    fs::write(&precious, "years of work").expect("a file");
    fs::rename(old.join("tags"), world.at("root/old")).expect("moved");
    std::os::unix::fs::symlink(world.at("root/elsewhere"), old.join("tags")).expect("a link");
    publish(&names[1..2], "four");
    assert_eq!(texts()[..3], ["three", "four", "two"]);
    assert_eq!(fs::read_to_string(&precious).expect("still there"), "years of work");
}

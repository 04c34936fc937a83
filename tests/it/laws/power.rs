//! A disk that loses power keeps the old site or the new one, and what import has told of. A file system
//! in a file is copied while it is in use: the copy has what had reached the disk by then. To mount it
//! takes the rights of root and a loop device; where there is none, the order of the system calls in
//! `crash.rs` is what holds this law.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use rustix::process::{Pid, Signal, kill_process};

use crate::support::site::tree;

/// How often the power goes during a build.
const CUTS: u32 = 30;

/// A file with a file system in it, mounted inside a temporary folder until it is dropped.
struct Disk {
    folder: tempfile::TempDir,
}

impl Disk {
    /// A new disk; none where the system lets us mount nothing.
    fn new() -> Option<Self> {
        let disk = Self { folder: tempfile::tempdir().expect("a temporary folder") };
        let file = fs::File::create(disk.image()).expect("a file");
        file.set_len(48 << 20).expect("space");
        let is_made = runs(Command::new("mkfs.ext4").arg("-q").arg(disk.image()));
        (is_made && disk.mount()).then_some(disk)
    }

    fn image(&self) -> PathBuf {
        self.folder.path().join("image")
    }

    fn root(&self) -> PathBuf {
        self.folder.path().join("mounted")
    }

    fn mount(&self) -> bool {
        fs::create_dir(self.root()).expect("a folder");
        runs(Command::new("mount").args(["-o", "loop"]).arg(self.image()).arg(self.root()))
    }

    /// What the disk would hold if the power went now.
    fn after_power_loss(&self) -> Self {
        let copy = Self { folder: tempfile::tempdir().expect("a temporary folder") };
        fs::copy(self.image(), copy.image()).expect("a copy");
        assert!(copy.mount(), "the copy is a file system");
        copy
    }

    fn tearsheet(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_tearsheet"));
        command.args(arguments).current_dir(self.root());
        command.stdout(Stdio::null()).stderr(Stdio::null());
        command
    }

    fn public(&self) -> BTreeMap<String, Vec<u8>> {
        tree(&self.root().join("public"))
    }
}

impl Drop for Disk {
    fn drop(&mut self) {
        runs(Command::new("umount").arg(self.root()));
    }
}

fn runs(command: &mut Command) -> bool {
    command.stderr(Stdio::null()).status().is_ok_and(|status| status.success())
}

/// Thirty articles in one of two versions, of which only the first are new.
fn write(root: &Path, version: u32, articles: u32) {
    for n in 0..articles {
        let text = format!(
            "---\ntitle: Title {n}\nlang: en\ndate: 2024-03-11\ncompanies: [red-{}]\n---\n\n\
             Text {n} of version {version}.\n",
            n % 5
        );
        let path = root.join(format!("content/articles/a{n}.md"));
        fs::create_dir_all(path.parent().expect("a parent")).expect("a folder");
        fs::write(path, text).expect("a file");
    }
}

#[test]
fn after_a_loss_of_power_there_is_the_old_site_or_the_new_one() {
    let Some(disk) = Disk::new() else { return };
    // All pages change, and some.
    for changed in [30, 2] {
        let build = || assert!(runs(&mut disk.tearsheet(&["build"])));
        write(&disk.root(), 1, 30);
        build();
        let old = disk.public();
        assert!(old.len() > 30);
        assert!(disk.after_power_loss().public() == old, "a built site is not on the disk");
        write(&disk.root(), 2, changed);
        let started = Instant::now();
        build();
        let whole = started.elapsed();
        let sites = [old, disk.public()];
        assert!(sites[0] != sites[1]);
        let mut seen = [0, 0];
        for cut in 0..CUTS {
            write(&disk.root(), 1 + cut % 2, changed);
            let mut build = disk.tearsheet(&["build"]).spawn().expect("it runs");
            std::thread::sleep(whole.mul_f64(f64::from(cut % 15 + 1) / 15.0));
            let pid = Pid::from_child(&build);
            // It may have ended, but nobody has asked how, so that the number is still its own.
            kill_process(pid, Signal::STOP).expect("it can be stopped");
            let left = disk.after_power_loss().public();
            kill_process(pid, Signal::CONT).expect("it can go on");
            assert!(build.wait().expect("it ends").success());
            let which = sites.iter().position(|site| *site == left);
            seen[which.expect("neither the old site nor the new one")] += 1;
            let now = disk.after_power_loss().public();
            assert!(now == sites[usize::try_from(cut % 2).expect("0 or 1")], "a built site");
        }
        assert!(seen[0] > 3 && seen[1] > 3, "{seen:?}");
    }
}

#[test]
fn after_a_loss_of_power_what_import_told_of_is_there() {
    let Some(disk) = Disk::new() else { return };
    fs::create_dir(disk.root().join("content")).expect("a folder");
    let text = "Nokia buys a mill\n\nNokia said on Monday that it buys a mill in Tampere.\n";
    fs::write(disk.root().join("nokia.txt"), text).expect("a file");
    std::thread::sleep(Duration::from_millis(20));
    assert!(runs(&mut disk.tearsheet(&["import", "nokia.txt"])));
    let here = tree(&disk.root().join("content"));
    assert!(here.values().any(|text| String::from_utf8_lossy(text).contains("mill in Tampere")));
    assert_eq!(tree(&disk.after_power_loss().root().join("content")), here);
}

//! What is packed for other package managers: one list of systems, one set of names, and a script that
//! installs nothing it cannot check. `packaging/try.sh` installs the packages themselves.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use crate::support::site::Site;

const VERSION: &str = env!("CARGO_PKG_VERSION");

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn text(path: &str) -> String {
    std::fs::read_to_string(root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// What stands in `before…after`, each time that it does.
fn between<'a>(text: &'a str, before: &str, after: &str) -> Vec<&'a str> {
    text.split(before).skip(1).filter_map(|rest| rest.split(after).next()).collect()
}

#[test]
fn all_that_packs_knows_the_same_systems() {
    let script = text("packaging/assemble.py");
    let table = between(&script, "TARGETS = {\n", "\n}")[0];
    let mut known: Vec<&str> = between(table, "    \"", "\"");
    known.sort_unstable();
    let workflow = text(".github/workflows/release.yml");
    let mut built = between(&workflow, "{ target: ", ",");
    built.sort_unstable();
    assert_eq!(known, built);
    assert!(known.len() >= 5);
    // Each archive that a template names is one that a release has, with its checksum.
    let mut archives: Vec<String> = Vec::new();
    for path in ["homebrew/tearsheet.rb", "winget/Publisher.Tearsheet.installer.yaml"] {
        let template = text(&format!("packaging/{path}"));
        let sums = between(&template, "{{sha256 tearsheet-vVERSION-", "}}");
        let addresses = between(&template, "{{releases}}/tearsheet-v{{version}}-", "\n");
        let addresses: Vec<&str> =
            addresses.iter().map(|text| text.trim_end_matches('"')).collect();
        assert_eq!(sums, addresses, "{path}");
        archives.extend(sums.into_iter().map(str::to_owned));
    }
    let ending = |target: &&str| if target.contains("windows") { "zip" } else { "tar.gz" };
    let mut all: Vec<String> = built.iter().map(|t| format!("{t}.{}", ending(t))).collect();
    archives.sort();
    all.sort();
    assert_eq!(archives, all);
    // What `cargo binstall` asks for is called so as well.
    let cargo = text("Cargo.toml");
    for end in ["tar.gz", "zip"] {
        let name = format!("{{ name }}-v{{ version }}-{{ target }}.{end}");
        assert!(cargo.contains(&name), "{name}");
    }
}

#[test]
fn nothing_claims_to_be_published() {
    let folder = root().join("packaging");
    let mut folders = vec![folder];
    let mut seen = 0;
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).expect("readable") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let text = std::fs::read_to_string(&path).expect("text");
            for address in between(&text, "https://", "\n") {
                let is_free = ["example.org", "aka.ms/winget-manifest"];
                let is_free = is_free.iter().any(|known| address.starts_with(known));
                assert!(is_free, "{}: https://{address}", path.display());
            }
            seen += 1;
        }
    }
    assert!(seen >= 8);
    assert!(!text("Cargo.toml").contains("\nrepository ="), "the placeholders may go then");
}

/// A folder as a release has it, with an archive for this machine; none where there are no releases for it.
#[cfg(unix)]
fn release(site: &Site) -> Option<PathBuf> {
    let target = match (std::env::consts::OS, std::env::consts::ARCH) {
        ("linux", arch) => format!("{arch}-unknown-linux-gnu"),
        ("macos", arch) => format!("{arch}-apple-darwin"),
        _ => return None,
    };
    let folder = site.path().join("release");
    let name = format!("tearsheet-v{VERSION}-{target}");
    std::fs::create_dir_all(folder.join(&name)).expect("a folder");
    let program = folder.join(&name).join("tearsheet");
    std::fs::copy(env!("CARGO_BIN_EXE_tearsheet"), program).expect("a copy");
    let archive = format!("{name}.tar.gz");
    let packed = Command::new("tar").args(["-czf", &archive, &name]).current_dir(&folder).status();
    assert!(packed.expect("tar").success());
    let sums = Command::new("sh")
        .args(["-c", "sha256sum ./*.tar.gz 2>/dev/null || shasum -a 256 ./*.tar.gz"])
        .current_dir(&folder)
        .output()
        .expect("a shell");
    let sums = String::from_utf8(sums.stdout).expect("text").replace("./", "");
    assert!(sums.ends_with(&format!("  {archive}\n")), "{sums}");
    std::fs::write(folder.join("SHA256SUMS"), sums).expect("written");
    Some(folder)
}

#[cfg(unix)]
fn install(site: &Site, arguments: &[&str]) -> Output {
    Command::new("sh")
        .arg(root().join("packaging/install.sh"))
        .args(arguments)
        .current_dir(site.path())
        .env("HOME", site.path().join("home"))
        .output()
        .expect("a shell")
}

#[cfg(unix)]
#[test]
fn the_script_installs_what_it_can_check_and_nothing_else() {
    let site = Site::new();
    let release = release(&site).expect("this is Linux or macOS");
    let from = format!("file://{}", release.display());
    let program = site.path().join("bin/tearsheet");
    let to = site.path().join("bin").display().to_string();
    let run = |arguments: &[&str]| {
        let output = install(&site, arguments);
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        (output.status.success(), said + &String::from_utf8_lossy(&output.stdout))
    };
    let (is_done, said) = run(&["--from", &from, "--to", &to]);
    assert!(is_done, "{said}");
    assert!(said.contains(&format!("tearsheet {VERSION} is in {to}")), "{said}");
    assert!(said.contains("is not in your PATH"), "{said}");
    let answer = Command::new(&program).arg("--version").output().expect("it runs");
    assert_eq!(String::from_utf8_lossy(&answer.stdout).trim(), format!("tearsheet {VERSION}"));

    // An archive that somebody has changed leaves the program that is there alone.
    let before = std::fs::read(&program).expect("the program");
    let sums = std::fs::read_to_string(release.join("SHA256SUMS")).expect("text");
    let (sum, rest) = sums.split_at(64);
    let other: String = sum.chars().map(|c| if c == 'a' { 'b' } else { 'a' }).collect();
    std::fs::write(release.join("SHA256SUMS"), other + rest).expect("written");
    let (is_done, said) = run(&["--from", &from, "--to", &to]);
    assert!(!is_done && said.contains("nothing was installed"), "{said}");
    assert_eq!(std::fs::read(&program).expect("the program"), before);

    // A name that leads out of the folder is no archive.
    let sums = sums.replace("  tearsheet-", "  tearsheet-v/../../../tearsheet-");
    std::fs::write(release.join("SHA256SUMS"), sums).expect("written");
    let (is_done, said) = run(&["--from", &from, "--to", &to]);
    assert!(!is_done && said.contains("has no program for"), "{said}");

    for (arguments, told) in [
        (&[][..], "where is the release?"),
        (&["--from"], "--from of what?"),
        (&["--form", &from], "unknown option --form"),
        (&["--from", "file:///nowhere-at-all"], "cannot fetch"),
        (&["--from", "http://example.org/v1"], "cannot fetch"),
    ] {
        let (is_done, said) = run(arguments);
        assert!(!is_done && said.contains(told), "{arguments:?}: {said}");
    }
    assert!(!site.path().join("home").exists());
    // Nothing is left beside the program.
    assert_eq!(std::fs::read_dir(site.path().join("bin")).expect("a folder").count(), 1);
}

/// Manual pages of all commands, and completions of all shells.
#[cfg(unix)]
#[test]
fn packages_have_manual_pages_of_all_commands() {
    let site = Site::new();
    let run = Command::new("sh")
        .arg(root().join("packaging/extras.sh"))
        .args([env!("CARGO_BIN_EXE_tearsheet"), "extras"])
        .current_dir(site.path())
        .status();
    assert!(run.expect("a shell").success());
    for command in ["", "-init", "-build", "-serve", "-import", "-check", "-list", "-man"] {
        let page = site.read(&format!("extras/man/tearsheet{command}.1"));
        assert!(page.contains(".TH tearsheet") && page.contains("SYNOPSIS"), "{command}: {page}");
    }
    // What the Debian package names is there.
    let cargo = text("Cargo.toml");
    for path in between(&cargo, "[\"target/extras/", "\"") {
        let made = site.path().join("extras").join(path.replace('*', "tearsheet"));
        assert!(made.exists(), "{path}");
    }
    for path in between(&cargo, "  [\"", "\"").into_iter().filter(|path| !path.contains('/')) {
        assert!(root().join(path).exists(), "{path}");
    }
}

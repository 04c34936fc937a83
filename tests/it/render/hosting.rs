//! The built site on the hosts that it is made for: what a real web server sends, and the files that hosts
//! read. `tests/browser` walks through it.

use std::collections::BTreeMap;
use std::io::{Read, Write};
use std::net::TcpStream;
#[cfg(unix)]
use std::process::Command;

use tearsheet::parse::tree;
use tearsheet::source::Source;

use crate::support::nginx::{Nginx, ending, sample};
use crate::support::site::{Site, tree as files};

impl Nginx {
    /// Status, headers and bytes as they are sent to a client that can unpack gzip.
    fn get(&self, path: &str) -> (u16, BTreeMap<String, String>, Vec<u8>) {
        let host = self.url.trim_start_matches("http://");
        let mut stream = TcpStream::connect(host).expect("a connection");
        let request = format!(
            "GET {path} HTTP/1.1\r\nConnection: close\r\nHost: {host}\r\nAccept-Encoding: gzip\r\n\r\n"
        );
        stream.write_all(request.as_bytes()).expect("sent");
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).expect("an answer");
        let end = answer.windows(4).position(|part| part == b"\r\n\r\n").expect("a head");
        let head = String::from_utf8_lossy(&answer[..end]).into_owned();
        let mut lines = head.lines();
        let status = lines.next().and_then(|line| line.split(' ').nth(1)?.parse().ok());
        let headers = lines.filter_map(|line| line.split_once(": "));
        let headers = headers.map(|(name, value)| (name.to_lowercase(), value.to_owned()));
        (status.expect("a status"), headers.collect(), answer[end + 4..].to_vec())
    }
}

#[test]
fn a_web_server_sends_what_was_packed_and_says_what_it_is() {
    let site = sample();
    assert_eq!(site.run(&["build", "--precompress"]).code, 0);
    let public = site.path().join("public");
    let nginx = Nginx::new(&site.read("nginx.conf"), &public, "");
    let all = files(&public);
    let style = all
        .keys()
        .find(|path| path.starts_with("style.") && ending(path) == "css" && *path != "style.css")
        .expect("a style sheet with its content in its name");
    for (path, kind, kept) in [
        ("/", "text/html; charset=utf-8", "no-cache"),
        (&format!("/{style}"), "text/css; charset=utf-8", "public, max-age=31536000, immutable"),
        ("/feed.xml", "application/atom+xml; charset=utf-8", "no-cache"),
        ("/feed.json", "application/feed+json; charset=utf-8", "no-cache"),
        ("/timeline.ics", "text/calendar; charset=utf-8", "no-cache"),
        ("/data/companies.csv", "text/csv; charset=utf-8", "no-cache"),
        ("/data/companies.json", "application/json; charset=utf-8", "no-cache"),
    ] {
        let (status, headers, bytes) = nginx.get(path);
        assert_eq!(status, 200, "{path}");
        let header = |name: &str| headers.get(name).map_or("", String::as_str);
        assert_eq!(header("content-type"), kind, "{path}");
        assert_eq!(header("cache-control"), kept, "{path}");
        assert_eq!(header("content-encoding"), "gzip", "{path}");
        let plain = if path == "/" { "index.html" } else { &path[1..] };
        let mut unpacked = Vec::new();
        flate2::read::GzDecoder::new(&bytes[..]).read_to_end(&mut unpacked).expect("packed");
        assert!(unpacked == all[plain], "{path}");
    }
    assert_eq!(nginx.get("/nothing/").0, 404);
}

#[test]
fn packed_files_hold_what_the_files_do() {
    let site = sample();
    assert_eq!(site.run(&["build", "--precompress"]).code, 0);
    let public = site.path().join("public");
    let all = files(&public);
    let mut packed = 0;
    for (path, bytes) in &all {
        let unpacked = if let Some(plain) = path.strip_suffix(".br") {
            let mut out = Vec::new();
            brotli::BrotliDecompress(&mut &bytes[..], &mut out).expect("brotli");
            (plain, out)
        } else if let Some(plain) = path.strip_suffix(".zst") {
            (plain, zstd::stream::decode_all(&bytes[..]).expect("zstd"))
        } else {
            continue;
        };
        assert!(all[unpacked.0] == unpacked.1, "{path}");
        packed += 1;
    }
    let pages = all.keys().filter(|path| ending(path) == "html").count();
    assert!(packed > 2 * pages, "{packed} packed files, {pages} pages");
    // They go when nobody wants them any more, and come again.
    assert_eq!(site.run(&["build"]).code, 0);
    assert!(files(&public).keys().all(|path| !matches!(ending(path), "br" | "gz")));
    assert_eq!(site.run(&["build", "--precompress"]).code, 0);
    assert!(files(&public) == all);
}

#[test]
fn hosts_get_the_files_that_they_read() {
    let site = Site::new();
    let aliases: Vec<String> = (0..1100).map(|n| format!("/old/{n}/")).collect();
    site.article(
        "a",
        &format!("title: A\nlang: en\naliases: [\"/ol d/ø/\", {}]", aliases.join(", ")),
        "A.",
    );
    let built = |settings: &str| {
        site.write("tearsheet.toml", settings);
        let run = site.run(&["build"]);
        assert_eq!(run.code, 0, "{}", run.err);
        files(&site.path().join("public"))
    };
    let old = |all: &BTreeMap<String, Vec<u8>>| all.keys().filter(|p| p.starts_with("ol")).count();
    let text = |all: &BTreeMap<String, Vec<u8>>, path: &str| {
        String::from_utf8(all[path].clone()).expect("text")
    };
    // Two lines for each address, with a slash at the end and without; what is too much stays a page.
    let netlify = built("host = \"netlify\"\n");
    let redirects = text(&netlify, "_redirects");
    assert!(
        redirects.starts_with("/ol%20d/%C3%B8/ /undated/a/ 301\n/ol%20d/%C3%B8 /undated/a/ 301\n"),
        "{}",
        &redirects[..200]
    );
    assert_eq!((redirects.lines().count(), old(&netlify)), (2000, 101));
    let headers = text(&netlify, "_headers");
    let style = netlify.keys().find(|p| p.starts_with("style.") && p.len() > 10).expect("there");
    assert!(
        headers
            .contains(&format!("/{style}\n  Cache-Control: public, max-age=31536000, immutable\n")),
        "{headers}"
    );
    let gitlab = built("host = \"gitlab\"\nbase_url = \"https://group.example.io/digest\"\n");
    let redirects = text(&gitlab, "_redirects");
    assert!(redirects.contains("/digest/old/1/ /digest/undated/a/ 301\n"));
    assert_eq!((redirects.lines().count(), old(&gitlab)), (1000, 601));
    assert!(!gitlab.contains_key("_headers"));
    let github = built("host = \"github\"\n");
    assert!(github.contains_key(".nojekyll") && !github.contains_key("_redirects"));
    assert_eq!(old(&github), 1101);
    let none = built("");
    assert!(["_redirects", "_headers", ".nojekyll"].iter().all(|path| !none.contains_key(*path)));
    // A name of the site's own is kept by GitHub in this file.
    site.write("static/CNAME", "digest.example.org\n");
    assert_eq!(text(&built(""), "CNAME"), "digest.example.org\n");
}

#[test]
fn init_writes_what_a_host_needs() {
    for (host, path) in [
        ("github", ".github/workflows/site.yml"),
        ("gitlab", ".gitlab-ci.yml"),
        ("netlify", "netlify.toml"),
        ("cloudflare", ".github/workflows/site.yml"),
        ("nginx", "nginx.conf"),
        ("caddy", "Caddyfile"),
        ("s3", "deploy-s3.sh"),
    ] {
        let site = Site::new();
        let run = site.run(&["init", "--blank", "--host", host]);
        assert_eq!(run.code, 0, "{}", run.err);
        let text = site.read(path);
        let source = Source::new(path, &text);
        let parsed = match path.rsplit('.').next() {
            Some("yml") => tree::yaml_document(&source, 0, &text).map(drop),
            Some("toml") => tree::toml(&source, 0, &text).map(drop),
            _ => Ok(()),
        };
        assert_eq!(parsed, Ok(()), "{path}");
        let is_named = site.read("tearsheet.toml").contains(&format!("\nhost = \"{host}\"\n"));
        assert_eq!(is_named, !matches!(host, "nginx" | "caddy" | "s3"), "{host}");
        assert_eq!(site.run(&["check"]).code, 0);
        // Every command in it is one.
        for command in text.split("tearsheet ").skip(1) {
            let line = command.lines().next().unwrap_or_default();
            let mut words = line.split([' ', '`']).filter(|word| !word.is_empty());
            let Some(name @ ("build" | "check" | "import")) = words.next() else { continue };
            let help = site.run(&[name, "--help"]).out;
            for option in words.filter(|word| word.starts_with("--")) {
                assert!(help.contains(option), "{path}: {name} has no {option}");
            }
        }
        // A second time nothing is written over, and a site that is there can be given one.
        assert_eq!(site.run(&["init", "--host", host]).code, 0);
        assert_eq!(site.read(path), text);
    }
}

#[test]
fn a_host_finds_the_settings_of_a_site_further_down() {
    let repository = Site::new();
    repository.write(".git/config", "[core]\n");
    // Where there is no site, only what the host reads is written.
    let run = repository.run(&["init", "--host", "github"]);
    assert_eq!(run.code, 0, "{}", run.err);
    assert!(run.err.contains("there is no site here"), "{}", run.err);
    assert!(!repository.path().join("tearsheet.toml").exists());
    assert!(!repository.path().join("content").exists());
    for site in ["sites/a", "sites/b"] {
        assert_eq!(repository.run(&["init", site, "--blank", "--host", "github"]).code, 0);
        let name = format!(".github/workflows/{}.yml", site.replace('/', "-"));
        let workflow = repository.read(&name);
        assert!(
            workflow.contains(&format!("tearsheet build --root {site} --base-url")),
            "{workflow}"
        );
        assert!(workflow.contains(&format!("path: {site}/public\n")), "{workflow}");
        assert!(!repository.path().join(site).join(".github").exists());
        assert_eq!(repository.run(&["build", "--root", site]).code, 0);
        assert!(repository.path().join(site).join("public/index.html").exists());
    }
}

/// The step of every workflow that gets the program, from an archive such as a release has.
#[cfg(unix)]
#[test]
fn a_host_gets_the_program() {
    let site = Site::new();
    assert_eq!(site.run(&["init", "--blank", "--host", "gitlab"]).code, 0);
    let shell = |archive: &str| {
        Command::new("sh")
            .arg("./get-tearsheet.sh")
            .current_dir(site.path())
            .env_remove("TEARSHEET_SOURCE")
            .env("TEARSHEET_ARCHIVE", archive)
            .output()
            .expect("a shell")
    };
    let none = shell("");
    assert!(!none.status.success());
    assert!(String::from_utf8_lossy(&none.stderr).contains("set TEARSHEET_ARCHIVE"));
    let release = site.path().join("release/tearsheet-v1");
    std::fs::create_dir_all(&release).expect("a folder");
    std::fs::copy(env!("CARGO_BIN_EXE_tearsheet"), release.join("tearsheet")).expect("a copy");
    let packed = Command::new("tar")
        .args(["-czf", "../release.tar.gz", "tearsheet-v1"])
        .current_dir(site.path().join("release"))
        .status();
    assert!(packed.expect("tar").success());
    let address = format!("file://{}", site.path().join("release.tar.gz").display());
    let got = shell(&address);
    assert!(got.status.success(), "{}", String::from_utf8_lossy(&got.stderr));
    let program = site.path().join(".tearsheet-program/bin/tearsheet");
    let built = Command::new(program).arg("build").current_dir(site.path()).status();
    assert!(built.expect("the program runs").success());
    // The next build has it already, also without a network.
    std::fs::remove_file(site.path().join("release.tar.gz")).expect("removed");
    assert!(shell(&address).status.success());
}

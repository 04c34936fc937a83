//! A site in a temporary folder, and the real binary run on it.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::sync::mpsc;
use std::time::{Duration, Instant};

/// A site that is gone when the test is.
pub struct Site {
    folder: tempfile::TempDir,
}

/// What a run of the program left behind.
pub struct Run {
    /// The exit code.
    pub code: i32,
    /// Standard output.
    pub out: String,
    /// Standard error.
    pub err: String,
}

impl Site {
    /// An empty folder.
    pub fn new() -> Self {
        Self { folder: tempfile::tempdir().expect("a temporary folder") }
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        self.folder.path()
    }

    /// Adds or replaces a file.
    pub fn write(&self, name: &str, text: &str) -> PathBuf {
        let path = self.path().join(name);
        std::fs::create_dir_all(path.parent().expect("a parent")).expect("a folder");
        std::fs::write(&path, text).expect("a file");
        path
    }

    /// Adds an article with the given front matter lines.
    pub fn article(&self, name: &str, front_matter: &str, body: &str) {
        let text = format!("---\n{front_matter}\n---\n\n{body}\n");
        self.write(&format!("content/articles/{name}.md"), &text);
    }

    /// The text of a file.
    pub fn read(&self, name: &str) -> String {
        std::fs::read_to_string(self.path().join(name)).unwrap_or_else(|e| panic!("{name}: {e}"))
    }

    /// Runs the program in the folder.
    pub fn run(&self, arguments: &[&str]) -> Run {
        self.run_with(arguments, &[], b"")
    }

    /// Runs the program with more environment and something on standard input.
    pub fn run_with(&self, arguments: &[&str], env: &[(&str, &str)], input: &[u8]) -> Run {
        // Hundreds of builds that wait for one disk are slow; `crash.rs` looks at those that do wait.
        let unsynced = (arguments.first() == Some(&"build")).then_some("--no-sync");
        let mut child = Command::new(env!("CARGO_BIN_EXE_tearsheet"))
            .args(arguments)
            .args(unsynced)
            .current_dir(self.path())
            .env("NO_COLOR", "1")
            .envs(env.iter().copied())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the program runs");
        // A program that does not read its input may be gone already.
        let _ = child.stdin.take().expect("piped").write_all(input);
        let Output { status, stdout, stderr } = child.wait_with_output().expect("it ends");
        Run {
            code: status.code().unwrap_or(-1),
            out: String::from_utf8_lossy(&stdout).into_owned(),
            err: String::from_utf8_lossy(&stderr).into_owned(),
        }
    }
}

/// `tearsheet serve` at work; it ends with the test.
pub struct Server {
    child: Child,
    /// Where it listens, without a slash at the end.
    pub url: String,
}

impl Site {
    /// Starts the preview on a port (`0`: any) and waits until it answers.
    pub fn serve(&self, port: &str, arguments: &[&str]) -> Server {
        let mut child = Command::new(env!("CARGO_BIN_EXE_tearsheet"))
            .args(["serve", "-p", port])
            .args(arguments)
            .current_dir(self.path())
            .env("NO_COLOR", "1")
            .stderr(Stdio::piped())
            .spawn()
            .expect("the program runs");
        let stderr = child.stderr.take().expect("piped");
        let mut lines = BufReader::new(stderr).lines().map_while(Result::ok);
        let url = lines
            .by_ref()
            .find_map(|line| Some(line.split_once("http://")?.1.split('/').next()?.to_owned()))
            .expect("the address is told");
        // The pipe is read to its end, or the server would wait for a reader.
        let (ready, first_build) = mpsc::channel();
        std::thread::spawn(move || lines.for_each(|line| drop(ready.send(line))));
        let server = Server { child, url: format!("http://{url}") };
        first_build.recv_timeout(Duration::from_secs(60)).expect("the first build is told");
        server
    }
}

impl Server {
    /// A page: status and text.
    pub fn get(&self, path: &str) -> (u16, String) {
        let agent = ureq::Agent::config_builder().http_status_as_error(false).build();
        let mut response = ureq::Agent::new_with_config(agent)
            .get(format!("{}{path}", self.url))
            .call()
            .expect("an answer");
        let text = response.body_mut().read_to_string().expect("text");
        (response.status().as_u16(), text)
    }

    /// Waits until a page satisfies a condition; gives its text.
    pub fn wait_for(&self, path: &str, fits: impl Fn(u16, &str) -> bool) -> String {
        let end = Instant::now() + Duration::from_secs(30);
        loop {
            let (status, text) = self.get(path);
            if fits(status, &text) {
                return text;
            }
            assert!(Instant::now() < end, "{path} stayed at {status}:\n{text}");
            std::thread::sleep(Duration::from_millis(20));
        }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Every file below a folder with its bytes.
pub fn tree(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut all = BTreeMap::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(next) = folders.pop() {
        for entry in std::fs::read_dir(next).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let name = path.strip_prefix(folder).expect("below").to_string_lossy().into_owned();
                all.insert(name, std::fs::read(path).expect("a file"));
            }
        }
    }
    all
}

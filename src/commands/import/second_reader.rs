//! Asks the program that the settings name as a second reader.

use std::io::{Read, Write};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use anyhow::{Context, Result, anyhow, bail};

/// The largest answer, in bytes.
const LARGEST: u64 = 1_000_000;

/// Gives a program a question on its standard input and takes the answer from its output. No shell is asked,
/// and the program has so many seconds.
pub(super) fn ask(
    command: &[String],
    root: &Path,
    question: String,
    seconds: u64,
) -> Result<String> {
    let [program, arguments @ ..] = command else { bail!("no program is named") };
    let mut child = Command::new(program)
        .args(arguments)
        .current_dir(root)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .with_context(|| format!("cannot start `{program}`"))?;
    let (mut input, output) = (child.stdin.take(), child.stdout.take());
    // A program may answer before it has read everything, and then there is nobody to write to.
    thread::spawn(move || input.as_mut().map(|input| input.write_all(question.as_bytes())));
    let (send, receive) = mpsc::channel();
    thread::spawn(move || {
        let mut answer = Vec::new();
        let read = output.map(|output| output.take(LARGEST + 1).read_to_end(&mut answer));
        drop(send.send(read.transpose().map(|_| answer)));
    });
    let Ok(answer) = receive.recv_timeout(Duration::from_secs(seconds)) else {
        stop(child);
        bail!("`{program}` took longer than {seconds} s");
    };
    let answer = answer?;
    if answer.len() as u64 > LARGEST {
        stop(child);
        bail!("`{program}` answered more than 1 MB");
    }
    let status = child.wait()?;
    if !status.success() {
        bail!("`{program}` failed ({status})");
    }
    String::from_utf8(answer).map_err(|_| anyhow!("`{program}` answered what is no UTF-8"))
}

/// Ends a program; one that has ended already is fine as well.
fn stop(mut child: Child) {
    drop(child.kill());
    drop(child.wait());
}

//! What is put into `inbox/` while the site is previewed is imported by itself, as a draft.
//!
//! It is read when nothing has happened in it for a second, since whoever copies a file writes it in
//! pieces.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::time::Duration;

use anyhow::Result;

use super::counted;
use super::import::{self, INBOX, Importer};
use super::raw;
use crate::cli::Global;
use crate::signature::FileSignature;
use crate::terminal::Terminal;

/// How long nothing must happen in the inbox before it is read: who copies a file writes it in pieces.
const QUIET: Duration = Duration::from_secs(1);

/// The raw texts of an inbox, with what the system says of them.
type Seen = BTreeMap<PathBuf, Option<FileSignature>>;

/// The inbox of one site.
struct Inbox {
    global: Global,
    terminal: Terminal,
    seen: Seen,
    /// What was made of each file, by the key of the text that was in it.
    made: BTreeMap<PathBuf, String>,
}

/// Begins to look after the inbox of a site; each message means that something has happened in it.
/// What lies in it already waits for `tearsheet import`.
pub(super) fn watch(global: Global, terminal: Terminal) -> Sender<()> {
    let (send, events) = channel();
    let seen = texts(&global.root);
    let inbox = Inbox { global, terminal, seen, made: BTreeMap::new() };
    std::thread::spawn(move || inbox.run(&events));
    send
}

fn texts(root: &Path) -> Seen {
    let mut paths = Vec::new();
    // A site without an inbox may get one later.
    let _ = raw::gather(&root.join(INBOX), &mut paths);
    let signature =
        |path: &PathBuf| std::fs::metadata(path).ok().as_ref().and_then(FileSignature::of);
    paths.into_iter().map(|path| (path.clone(), signature(&path))).collect()
}

impl Inbox {
    fn run(mut self, events: &Receiver<()>) {
        if !self.seen.is_empty()
            && let Ok(waiting) = self.waiting()
            && waiting > 0
        {
            let texts = counted(waiting, "text");
            self.terminal.say(&format!("{texts} in {INBOX}/ not imported yet: tearsheet import"));
        }
        while events.recv().is_ok() {
            loop {
                match events.recv_timeout(QUIET) {
                    Ok(()) => {}
                    Err(RecvTimeoutError::Timeout) => break,
                    Err(RecvTimeoutError::Disconnected) => return,
                }
            }
            // Whatever happens with one text, the next one is imported.
            if let Err(error) = import::guarded(|| self.look()) {
                self.terminal.fail(&format!("error: {error:#}"));
            }
        }
    }

    /// How many texts were never imported.
    fn waiting(&self) -> Result<usize> {
        let importer = Importer::new(&self.global, None, self.terminal)?;
        let raws = self.seen.keys().filter_map(|path| raw::raw_file(path).ok());
        Ok(raws.filter(|raw| !importer.knows(&raw.key())).count())
    }

    /// Imports what is new or has changed.
    fn look(&mut self) -> Result<()> {
        let now = texts(&self.global.root);
        let is_new = |(path, signature): &(&PathBuf, &Option<FileSignature>)| {
            self.seen.get(*path) != Some(signature)
        };
        let new: Vec<&PathBuf> = now.iter().filter(is_new).map(|(path, _)| path).collect();
        if !new.is_empty() {
            let _lock = super::lock_content(&self.global, self.terminal);
            let mut importer = Importer::new(&self.global, None, self.terminal)?.drafting();
            for path in new {
                // A file that has changed since is the same text, which was not whole before.
                let before = self.made.get(path).cloned();
                let import = || {
                    let raw = raw::raw_file(path)?;
                    importer.import(&raw, before)?;
                    Ok(raw.key())
                };
                match import::guarded(import) {
                    Ok(key) => drop(self.made.insert(path.clone(), key)),
                    Err(error) => self.terminal.fail(&format!("error: {error:#}")),
                }
            }
        }
        self.seen = now;
        Ok(())
    }
}

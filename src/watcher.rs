//! Tells when a site's sources change, in batches, whichever way an editor saves.

use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::{Duration, Instant};

use anyhow::{Context, Result};
use notify::{EventKind, RecommendedWatcher, RecursiveMode, Watcher as _};

use crate::source::CONFIG;

/// How long nothing must happen before a rebuild: editors save in two or three steps, and what
/// comes later only starts another rebuild.
const QUIET: Duration = Duration::from_millis(2);

/// How long to wait for that quiet while files keep changing, as in a checkout.
const PATIENCE: Duration = Duration::from_millis(100);

/// The folders of a site that its pages are made from.
const FOLDERS: [&str; 3] = ["content", "templates", "static"];

/// What has happened to the sources.
#[derive(Debug)]
pub struct Changes {
    /// Whether the system has lost count.
    unknown: bool,
    paths: Vec<PathBuf>,
}

impl Changes {
    fn is_empty(&self) -> bool {
        self.paths.is_empty() && !self.unknown
    }

    /// The files and folders that something happened to, where that is known of all.
    #[must_use]
    pub fn only(&self) -> Option<&[PathBuf]> {
        (!self.unknown).then_some(self.paths.as_slice())
    }
}

/// Watches one site.
pub struct Watcher {
    root: PathBuf,
    inner: RecommendedWatcher,
    changes: Receiver<Changes>,
    watched: Vec<PathBuf>,
}

impl Watcher {
    /// Begins to watch the site in `root`, also folders that are made later.
    ///
    /// # Errors
    /// The system gives no more watches.
    pub fn new(root: &Path) -> Result<Self> {
        let (send, changes) = channel();
        let inner = notify::recommended_watcher(move |event: notify::Result<notify::Event>| {
            let changes = match event {
                // Reading a file is an event as well, and every rebuild reads.
                Ok(event) if matches!(event.kind, EventKind::Access(_)) => return,
                Ok(event) => Changes { unknown: event.need_rescan(), paths: event.paths },
                Err(_) => Changes { unknown: true, paths: Vec::new() },
            };
            // The receiver is gone only when the program ends.
            let _ = send.send(changes);
        })
        .context("cannot watch files on this system")?;
        let mut watcher = Self { root: root.to_owned(), inner, changes, watched: Vec::new() };
        watcher
            .inner
            .watch(root, RecursiveMode::NonRecursive)
            .with_context(|| format!("cannot watch {}", root.display()))?;
        watcher.watch_folders()?;
        Ok(watcher)
    }

    fn watch_folders(&mut self) -> Result<()> {
        let there: Vec<PathBuf> =
            FOLDERS.iter().map(|name| self.root.join(name)).filter(|path| path.is_dir()).collect();
        for path in &there {
            if !self.watched.contains(path) {
                self.inner
                    .watch(path, RecursiveMode::Recursive)
                    .with_context(|| format!("cannot watch {}", path.display()))?;
            }
        }
        self.watched = there;
        Ok(())
    }

    /// Waits for the next change of a source; `None` when there will be none.
    ///
    /// # Errors
    /// A new folder cannot be watched.
    pub fn wait(&mut self) -> Result<Option<Changes>> {
        while let Ok(mut changes) = self.changes.recv() {
            self.keep_what_matters(&mut changes);
            if changes.is_empty() {
                continue;
            }
            let end = Instant::now() + PATIENCE;
            while Instant::now() < end {
                match self.changes.recv_timeout(QUIET) {
                    Ok(mut more) => {
                        self.keep_what_matters(&mut more);
                        changes.unknown |= more.unknown;
                        changes.paths.append(&mut more.paths);
                    }
                    Err(RecvTimeoutError::Timeout) => break,
                    Err(RecvTimeoutError::Disconnected) => return Ok(None),
                }
            }
            self.watch_folders()?;
            changes.paths.sort_unstable();
            changes.paths.dedup();
            return Ok(Some(changes));
        }
        Ok(None)
    }

    fn keep_what_matters(&self, changes: &mut Changes) {
        changes.paths.retain(|path| self.matters(path));
    }

    /// Not the output, not an editor's own files.
    fn matters(&self, path: &Path) -> bool {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let own = name.starts_with('.')
            || name.ends_with('~')
            || name.ends_with(".swp")
            || name.ends_with(".bak");
        let Ok(relative) = path.strip_prefix(&self.root) else { return false };
        let first = relative.iter().next().unwrap_or_default().to_string_lossy();
        !own && (FOLDERS.contains(&&*first) || first == CONFIG)
    }
}

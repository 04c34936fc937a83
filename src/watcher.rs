//! Tells when a site's sources change, in batches, whichever way an editor saves.

use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::{Duration, Instant};

use anyhow::{Context, Result};
use notify::{EventKind, RecommendedWatcher, RecursiveMode, Watcher as _};

use crate::source::CONFIG;

/// How long nothing must happen before a rebuild: editors save in two or three steps, and what
/// comes later only starts another rebuild.
const QUIET: Duration = Duration::from_millis(4);

/// How long to wait for that quiet while files keep changing, as in a checkout.
const PATIENCE: Duration = Duration::from_millis(100);

/// The folders of a site that its pages are made from.
const FOLDERS: [&str; 3] = ["content", "templates", "static"];

/// Watches one site.
pub struct Watcher {
    root: PathBuf,
    inner: RecommendedWatcher,
    changes: Receiver<Vec<PathBuf>>,
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
            // Reading a file is an event as well, and every rebuild reads.
            if let Ok(event) = event
                && !matches!(event.kind, EventKind::Access(_))
            {
                // The receiver is gone only when the program ends.
                let _ = send.send(event.paths);
            }
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

    /// Waits for the next change of a source; `false` when there will be none.
    ///
    /// # Errors
    /// A new folder cannot be watched.
    pub fn wait(&mut self) -> Result<bool> {
        while let Ok(paths) = self.changes.recv() {
            if !self.matter(&paths) {
                continue;
            }
            let end = Instant::now() + PATIENCE;
            while Instant::now() < end {
                match self.changes.recv_timeout(QUIET) {
                    Ok(_) => {}
                    Err(RecvTimeoutError::Timeout) => break,
                    Err(RecvTimeoutError::Disconnected) => return Ok(false),
                }
            }
            self.watch_folders()?;
            return Ok(true);
        }
        Ok(false)
    }

    fn matter(&self, paths: &[PathBuf]) -> bool {
        paths.iter().any(|path| self.matters(path))
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

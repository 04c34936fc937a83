//! Tells when a site's sources change, in batches, whichever way an editor saves.

use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

use anyhow::{Context, Result};
use notify::{EventKind, RecommendedWatcher, RecursiveMode};
use notify_debouncer_full::{Debouncer, RecommendedCache, new_debouncer};

use crate::source::CONFIG;

/// How long to gather file events before a rebuild; editors save in two or three steps.
const BATCH: Duration = Duration::from_millis(40);

/// The folders of a site that its pages are made from.
const FOLDERS: [&str; 3] = ["content", "templates", "static"];

/// Watches one site.
pub struct Watcher {
    root: PathBuf,
    debouncer: Debouncer<RecommendedWatcher, RecommendedCache>,
    batches: Receiver<Vec<PathBuf>>,
    watched: Vec<PathBuf>,
}

impl Watcher {
    /// Begins to watch the site in `root`, also folders that are made later.
    ///
    /// # Errors
    /// The system gives no more watches.
    pub fn new(root: &Path) -> Result<Self> {
        let (send, batches) = channel();
        let debouncer = new_debouncer(BATCH, None, move |result| {
            let Ok(events) = result else { return };
            let events: Vec<notify_debouncer_full::DebouncedEvent> = events;
            let paths: Vec<PathBuf> = events
                .into_iter()
                // Reading a file is an event as well, and every rebuild reads them all.
                .filter(|event| !matches!(event.kind, EventKind::Access(_)))
                .flat_map(|event| event.paths.clone())
                .collect();
            if !paths.is_empty() {
                // The receiver is gone only when the program ends.
                let _ = send.send(paths);
            }
        })
        .context("cannot watch files on this system")?;
        let mut watcher = Self { root: root.to_owned(), debouncer, batches, watched: Vec::new() };
        watcher
            .debouncer
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
                self.debouncer
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
        while let Ok(mut paths) = self.batches.recv() {
            while let Ok(more) = self.batches.try_recv() {
                paths.extend(more);
            }
            if paths.iter().any(|path| self.matters(path)) {
                self.watch_folders()?;
                return Ok(true);
            }
        }
        Ok(false)
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

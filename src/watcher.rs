//! Tells when a site's sources change, in batches, whichever way an editor saves.
//!
//! Where the system watches no more folders, it goes on by looking at the files. What an editor's program
//! leaves beside a file (`source::is_scratch`) is neither watched nor read.

use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::time::{Duration, Instant};

use anyhow::{Context, Result};
use notify::{Config, ErrorKind, EventKind, PollWatcher, RecursiveMode};

use crate::source::{CONFIG, is_scratch};

/// How long nothing must happen before a rebuild: editors save in two or three steps, and what
/// comes later only starts another rebuild.
const QUIET: Duration = Duration::from_millis(2);

/// How long to wait for that quiet while files keep changing, as in a checkout.
const PATIENCE: Duration = Duration::from_millis(100);

/// How often files are looked at where the system does not tell.
const POLL: Duration = Duration::from_millis(500);

/// The folders of a site that its pages are made from.
const FOLDERS: [&str; 5] = ["content", "templates", "static", "themes", "data"];

/// The folder of raw texts.
const INBOX: &str = "inbox";

/// What has happened to the sources.
#[derive(Debug, Default)]
pub struct Changes {
    /// Whether the system has lost count.
    unknown: bool,
    /// Whether the system watches no more folders.
    full: bool,
    paths: Vec<PathBuf>,
    /// Whether something may have happened to raw texts, which no page is made from.
    pub inbox: bool,
}

impl Changes {
    fn of(event: notify::Result<notify::Event>) -> Self {
        match event {
            Ok(event) => {
                let unknown = event.need_rescan();
                Self { unknown, paths: event.paths, inbox: unknown, ..Self::default() }
            }
            Err(error) => {
                let full = matches!(error.kind, ErrorKind::MaxFilesWatch);
                Self { unknown: true, inbox: true, full, ..Self::default() }
            }
        }
    }

    /// Whether nothing has happened to the sources.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.paths.is_empty() && !self.unknown
    }

    fn add(&mut self, mut more: Self) {
        self.unknown |= more.unknown;
        self.full |= more.full;
        self.inbox |= more.inbox;
        self.paths.append(&mut more.paths);
    }

    /// The files and folders that something happened to, where that is known of all.
    #[must_use]
    pub fn only(&self) -> Option<&[PathBuf]> {
        (!self.unknown).then_some(self.paths.as_slice())
    }
}

/// What watches folders, and tells a handler.
pub type Inner = Box<dyn notify::Watcher + Send>;

/// How such a watcher is made: the system's own, or a test's.
pub type Open = fn(Handler) -> notify::Result<Inner>;

/// Takes what happens.
pub type Handler = Box<dyn Fn(notify::Result<notify::Event>) + Send>;

/// The system's own watcher.
fn native(handler: Handler) -> notify::Result<Inner> {
    Ok(Box::new(notify::recommended_watcher(handler)?))
}

/// Looks at all files again and again.
fn polling(handler: Handler) -> notify::Result<Inner> {
    // It knows times in whole seconds only, in which an editor may save twice.
    let config = Config::default().with_poll_interval(POLL).with_compare_contents(true);
    Ok(Box::new(PollWatcher::new(handler, config)?))
}

/// Watches one site.
pub struct Watcher {
    root: PathBuf,
    inner: Inner,
    is_polling: bool,
    changes: Receiver<Changes>,
    watched: Vec<PathBuf>,
}

impl Watcher {
    /// Begins to watch the site in `root`, also folders that are made later. Where the system
    /// gives no more watches, files are looked at again and again instead.
    ///
    /// # Errors
    /// The root cannot be read.
    pub fn new(root: &Path) -> Result<Self> {
        Self::with(root, native)
    }

    /// As [`Watcher::new`], with another watcher in the place of the system's own.
    ///
    /// # Errors
    /// The root cannot be read.
    pub fn with(root: &Path, open: Open) -> Result<Self> {
        Self::start(root, open, false).or_else(|_| Self::start(root, polling, true))
    }

    fn start(root: &Path, open: Open, is_polling: bool) -> Result<Self> {
        let (send, changes) = channel();
        let inner = open(handler(send)).context("cannot watch files on this system")?;
        let root = root.to_owned();
        let mut watcher = Self { root, inner, is_polling, changes, watched: Vec::new() };
        watcher
            .inner
            .watch(&watcher.root, RecursiveMode::NonRecursive)
            .with_context(|| format!("cannot watch {}", watcher.root.display()))?;
        watcher.watch_folders()?;
        Ok(watcher)
    }

    /// What a person should know: files are looked at again and again, since the system does not tell.
    #[must_use]
    pub fn trouble(&self) -> Option<&'static str> {
        self.is_polling.then_some(
            "the system watches no more folders: looking at all files twice a second instead (on \
             Linux, fs.inotify.max_user_watches is the limit)",
        )
    }

    fn watch_folders(&mut self) -> Result<()> {
        let there: Vec<PathBuf> = FOLDERS
            .iter()
            .chain([&INBOX])
            .map(|name| self.root.join(name))
            .filter(|path| path.is_dir())
            .collect();
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
            if changes.is_empty() && !changes.inbox {
                continue;
            }
            let end = Instant::now() + PATIENCE;
            while Instant::now() < end {
                match self.changes.recv_timeout(QUIET) {
                    Ok(mut more) => {
                        self.keep_what_matters(&mut more);
                        changes.add(more);
                    }
                    Err(RecvTimeoutError::Timeout) => break,
                    Err(RecvTimeoutError::Disconnected) => return Ok(None),
                }
            }
            if (changes.full || self.watch_folders().is_err()) && !self.is_polling {
                *self = Self::start(&self.root, polling, true)?;
                // What happened before its first look is not told.
                changes.unknown = true;
            }
            changes.paths.sort_unstable();
            changes.paths.dedup();
            return Ok(Some(changes));
        }
        Ok(None)
    }

    fn keep_what_matters(&mut self, changes: &mut Changes) {
        // A folder that has come or gone is watched anew, even if there is one of its name again.
        for path in changes.paths.iter().filter(|path| path.parent() == Some(&*self.root)) {
            if let Some(at) = self.watched.iter().position(|watched| watched == path) {
                let _ = self.inner.unwatch(path);
                self.watched.swap_remove(at);
                changes.unknown = true;
                changes.inbox = true;
            }
        }
        changes.inbox |= changes.paths.iter().any(|path| self.is_raw(path));
        changes.paths.retain(|path| self.matters(path));
    }

    fn is_raw(&self, path: &Path) -> bool {
        path.strip_prefix(&self.root).is_ok_and(|path| path.starts_with(INBOX))
    }

    /// Not the output, not an editor's own files.
    fn matters(&self, path: &Path) -> bool {
        let Ok(relative) = path.strip_prefix(&self.root) else { return false };
        let first = relative.iter().next().unwrap_or_default().to_string_lossy();
        (FOLDERS.contains(&&*first) || first == CONFIG)
            && !relative.iter().any(|part| is_scratch(&part.to_string_lossy()))
    }
}

/// Hands on what happens.
fn handler(send: Sender<Changes>) -> Handler {
    Box::new(move |event| {
        // Reading a file is an event as well, and every rebuild reads.
        if !matches!(&event, Ok(event) if matches!(event.kind, EventKind::Access(_))) {
            // The receiver is gone only when the program ends.
            let _ = send.send(Changes::of(event));
        }
    })
}

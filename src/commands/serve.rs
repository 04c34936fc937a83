//! `tearsheet serve`: the site in a browser, up to date while it is edited.

use std::borrow::Cow;
use std::collections::HashSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::time::{Duration, Instant};

use anyhow::{Context, Result};

use super::desk::Desk;
use super::inbox;
use super::{Verdict, counted, seconds, today};
use crate::cli::{Global, Serve};
use crate::diagnostic::Diagnostic;
use crate::fingerprint::Fingerprint;
use crate::memo::Memo;
use crate::pipeline;
use crate::read::Reader;
use crate::render::edition::Edition;
use crate::server::{self, Door, Files, Preview};
use crate::source::{Drafts, Future};
use crate::terminal::Terminal;
use crate::timings::Timings;
use crate::watcher::Watcher;
use crate::write::KeptPictures;

/// How long nothing must be saved before all pages are tried, so that this never slows an editor.
const PAUSE: Duration = Duration::from_millis(400);

/// Runs the command.
pub fn serve(global: &Global, args: &Serve, terminal: Terminal) -> Result<Verdict> {
    let root = std::fs::canonicalize(&global.root)
        .with_context(|| format!("there is no folder {}", global.root.display()))?;
    let runtime = tokio::runtime::Runtime::new()?;
    let (listener, address) = runtime.block_on(server::listen(args.interface, args.port))?;
    let url = format!("http://{address}");
    let preview = Preview::default();
    let desk = desk(global, args, &root, terminal);
    let has_desk = desk.is_some();
    let mut renewal = Rebuilder {
        desk: desk.clone(),
        config: global.config.clone(),
        drafts: if args.no_drafts { Drafts::Skip } else { Drafts::Include },
        url: url.clone(),
        preview: preview.clone(),
        terminal,
        reader: Reader::default(),
        memo: Memo::default().with_pictures(KeptPictures::of(&root)),
        proof: proof_reader(preview.clone(), terminal),
        root: root.clone(),
    };
    // Watch before the first edition, so that no edit falls between the two.
    let mut watcher = Watcher::new(&root)?;
    let inbox = (!args.no_import)
        .then(|| inbox::watch(Global { root: root.clone(), ..global.clone() }, terminal));
    std::thread::spawn(move || {
        renewal.renew(None);
        let mut is_told = false;
        loop {
            if let Some(trouble) = watcher.trouble()
                && !is_told
            {
                terminal.say(trouble);
                is_told = true;
            }
            match watcher.wait() {
                Ok(Some(changed)) => {
                    if changed.inbox {
                        // Whoever reads the inbox ends only with the program.
                        let _ = inbox.as_ref().map(|inbox| inbox.send(()));
                    }
                    if !changed.is_empty() {
                        renewal.renew(changed.only());
                    }
                }
                Ok(None) => break,
                Err(error) => terminal.fail(&format!("error: {error:#}")),
            }
        }
    });
    if args.port != 0 && !url.ends_with(&format!(":{}", args.port)) {
        terminal.say(&format!("port {} is taken", args.port));
    }
    let desk_at =
        if has_desk { format!(", the desk at {url}{}", server::DESK) } else { String::new() };
    terminal.say(&format!("the site is at {url}/{desk_at} — press Ctrl-C to stop"));
    if args.open && open::that_detached(&url).is_err() {
        terminal.say("no browser could be opened");
    }
    let door = desk.map(|desk| Door::new(desk as Arc<dyn server::Desk>));
    runtime.block_on(server::serve(listener, preview, door))?;
    runtime.shutdown_background();
    Ok(Verdict::Fine)
}

/// The desk, unless it is not wanted, or others could reach it.
fn desk(global: &Global, args: &Serve, root: &Path, terminal: Terminal) -> Option<Arc<Desk>> {
    if args.no_desk {
        return None;
    }
    if !args.interface.is_loopback() {
        terminal.say("no desk: it is for this machine only, and others can reach this address");
        return None;
    }
    Some(Arc::new(Desk::new(global, root, terminal)))
}

/// Makes a new edition whenever a source has changed.
struct Rebuilder {
    desk: Option<Arc<Desk>>,
    root: PathBuf,
    config: Option<PathBuf>,
    drafts: Drafts,
    url: String,
    preview: Preview,
    terminal: Terminal,
    reader: Reader,
    memo: Memo<'static>,
    /// Takes every edition, to try all of its pages.
    proof: Sender<PageTrial>,
}

impl Rebuilder {
    fn renew(&mut self, changed: Option<&[PathBuf]>) {
        let started = Instant::now();
        let timings = Timings::default();
        let (edition, found) = match self.edition(changed, &timings) {
            Ok(made) => made,
            Err(error) => {
                self.preview.fail(format!("{error:#}"));
                self.terminal.fail(&format!("error: {error:#}"));
                return;
            }
        };
        self.terminal.diagnostics(&found);
        let edition = edition.map(Arc::new);
        match &edition {
            Some(edition) if !found.iter().any(Diagnostic::is_error) => {
                self.preview.show(Arc::clone(edition) as Arc<dyn Files>);
                self.terminal.say(&format!(
                    "{}, {} in {}",
                    counted(edition.articles(), "article"),
                    counted(edition.pages(), "page"),
                    seconds(started)
                ));
                for line in timings.lines() {
                    self.terminal.detail(&line);
                }
            }
            _ => self.preview.fail(errors(&found)),
        }
        if let Some(edition) = edition {
            // The proof reader ends only with the program.
            let _ = self.proof.send(PageTrial { edition, found });
        }
    }

    fn edition(
        &mut self,
        changed: Option<&[PathBuf]>,
        timings: &Timings,
    ) -> Result<(Option<Edition>, Vec<Diagnostic>)> {
        let today = today()?;
        let read = || self.reader.inputs(&self.root, self.config.as_deref(), today, changed);
        let mut inputs = timings.step("read", read)?;
        inputs.drafts = self.drafts;
        inputs.future = Future::Include;
        inputs.base_url = Some(self.url.clone());
        inputs.live_reload = Some(server::RELOAD.to_owned());
        let made = pipeline::edition(&inputs, &mut self.memo, timings);
        if let (Some(desk), Some(edition)) = (&self.desk, &made.0) {
            desk.take(edition.shared_index(), &inputs.sources);
            // Nobody should wait for the queue who opens it later.
            let desk = Arc::clone(desk);
            std::thread::spawn(move || drop(desk.waiting()));
        }
        Ok(made)
    }
}

/// An edition whose pages nobody has seen yet.
struct PageTrial {
    edition: Arc<Edition>,
    /// What is wrong with its sources.
    found: Vec<Diagnostic>,
}

/// Makes every page of an edition in the background, since nobody may look at the one that a
/// mistake in a template breaks.
fn proof_reader(preview: Preview, terminal: Terminal) -> Sender<PageTrial> {
    let (send, proofs) = channel::<PageTrial>();
    std::thread::spawn(move || {
        let mut good = HashSet::new();
        while let Ok(first) = proofs.recv() {
            let Some((mut proof, faults)) = read_proof(first, &proofs, &mut good) else { return };
            if !faults.is_empty() {
                terminal.diagnostics(&faults);
                proof.found.extend(faults);
                preview.fail(errors(&proof.found));
            }
        }
    });
    send
}

/// The newest edition and what is wrong with its pages; `None` when there will be no more.
fn read_proof(
    mut proof: PageTrial,
    proofs: &Receiver<PageTrial>,
    good: &mut HashSet<Fingerprint>,
) -> Option<(PageTrial, Vec<Diagnostic>)> {
    loop {
        match proofs.recv_timeout(PAUSE) {
            Ok(newer) => proof = newer,
            Err(RecvTimeoutError::Disconnected) => return None,
            Err(RecvTimeoutError::Timeout) => match faults(&proof.edition, proofs, good) {
                Ok(found) => return Some((proof, found)),
                Err(newer) => proof = newer,
            },
        }
    }
}

/// What is wrong with the pages of an edition, or the newer one that came in the meantime.
/// Files that were `good` in an edition before and are made of the same are so again.
fn faults(
    edition: &Edition,
    proofs: &Receiver<PageTrial>,
    good: &mut HashSet<Fingerprint>,
) -> Result<Vec<Diagnostic>, PageTrial> {
    let (mut found, mut still_good) = (Vec::new(), HashSet::new());
    for proof in edition.proofs(good) {
        if let Ok(newer) = proofs.try_recv() {
            return Err(newer);
        }
        match proof {
            Ok(key) => drop(still_good.insert(key)),
            Err(error) => found.push(*error),
        }
    }
    *good = still_good;
    Ok(found)
}

fn errors(found: &[Diagnostic]) -> String {
    let errors = found.iter().filter(|message| message.is_error());
    errors.map(|message| message.render(false)).collect::<Vec<_>>().join("\n\n")
}

impl Files for Edition {
    fn has(&self, path: &str) -> bool {
        self.has(path)
    }

    fn file(&self, path: &str) -> Option<Result<Vec<u8>, String>> {
        let made = self.file(path)?;
        Some(made.map(Cow::into_owned).map_err(|error| error.render(false)))
    }
}

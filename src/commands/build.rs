//! `tearsheet build`: the site in a folder that any web host can serve.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::time::Instant;

use anyhow::Result;
use rustc_hash::FxHashSet;

use super::{Verdict, counted, inputs_by, is_faulty, seconds, tally};
use crate::cli::{Build, Global};
use crate::config;
use crate::diagnostic::{self, Diagnostic};
use crate::fingerprint::{Fingerprint, fingerprint};
use crate::index::LeftOut;
use crate::ledger::{Filed, Kept, Ledger};
use crate::memo::Memo;
use crate::pipeline;
use crate::read::Reader;
use crate::render::edition::{Edition, Scope};
use crate::source::{Drafts, Future, Inputs, Source};
use crate::stamp::Stamp;
use crate::terminal::{Progress, Terminal};
use crate::timings::Timings;
use crate::write::compress::{self, Coding};
use crate::write::{self, Durability, KeptPictures, LeftOver, Published, Stage, Touched};

/// Runs the command.
pub fn build(global: &Global, args: &Build, terminal: Terminal) -> Result<Verdict> {
    let started = Instant::now();
    // This thread would only wait for the others, so it may as well be one of them.
    let _ = rayon::ThreadPoolBuilder::new().use_current_thread().build_global();
    if args.precompress && !cfg!(feature = "zstd") {
        terminal.say(
            "this tearsheet was built without `zstd`, so there will be no .zst files: take a released \
             program for them, or build one with `--features zstd`",
        );
    }
    let output = global.root.join(&args.output);
    let places = write::Places {
        root: PathBuf::from("/"),
        home: std::env::home_dir(),
        current: std::env::current_dir()?,
        site: std::path::absolute(&global.root)?,
    };
    write::guard(&output, &places)?;
    // Let go of at the end of the program, however it ends.
    let _lock = write::lock(&global.root, &output, || {
        terminal.say("another build is writing into this folder: waiting until it is done");
    });
    tell_left_over(terminal, &write::recover(&global.root, &output));
    let ledger = write::ledger(&global.root, &output);
    let job = Job { global, args, terminal, output, program: program(), started };
    let before = ledger.as_ref().and_then(|bytes| Ledger::decode(bytes, job.program));
    match job.run(before.as_ref())? {
        Some(verdict) => Ok(verdict),
        None => Ok(job.run(None)?.expect("without a ledger every text is read at once")),
    }
}

/// Names folders of old sites that could not be removed, with a way out.
fn tell_left_over(terminal: Terminal, left_over: &[LeftOver]) {
    for LeftOver { folder, error } in left_over {
        terminal.fail(&format!(
            "warning: what is left of an old site cannot be removed: {error:#}\n\
             the new site does not need it; give yourself {} with all that is in it (chown), or delete it",
            folder.display()
        ));
    }
}

/// One build.
struct Job<'a> {
    global: &'a Global,
    args: &'a Build,
    terminal: Terminal,
    output: PathBuf,
    program: Fingerprint,
    started: Instant,
}

impl Job<'_> {
    /// Brings the output folder up to date; none where a source has changed after it was said not to have,
    /// by comparison with the record of the last build.
    fn run(&self, before: Option<&Ledger<'_>>) -> Result<Option<Verdict>> {
        let Self { global, args, terminal, .. } = *self;
        let timings = Timings::default();
        let sources = before.map_or(&[][..], |ledger| &ledger.sources);
        let mut reader = Reader::knowing(&global.root, sources);
        let mut inputs = timings.step("read", || inputs_by(&mut reader, global))?;
        inputs.drafts = if args.drafts { Drafts::Include } else { Drafts::Skip };
        inputs.future = if args.future { Future::Include } else { Future::Skip };
        inputs.base_url.clone_from(&args.base_url);

        let old = timings.step("look at the output", || OldSite::new(before, &self.output));
        let key = pipeline::inputs_fingerprint(&inputs);
        if let Some(before) = before
            && old.is_whole
            && before.is_quiet
            && before.is_packed == args.precompress
            && before.inputs == key
        {
            self.say(before.counts, before.left_out, &inputs, &[], &timings);
            return Ok(Some(Verdict::Fine));
        }

        let kept = before.into_iter().flat_map(|ledger| &ledger.articles);
        let memo = Memo::of_kept(kept.map(|kept| (kept.key, kept.bytes)));
        let mut memo = memo.with_pictures(KeptPictures::of(&global.root));
        let reading = terminal.progress(None, "reading");
        let (edition, mut found) = pipeline::edition(&inputs, &mut memo, &timings);
        drop(reading);
        // A site with mistakes is made to find them all, and written nowhere.
        let durability = if args.no_sync { Durability::Unsynced } else { Durability::Synced };
        let stage = (!is_faulty(&found, args.strict))
            .then(|| Stage::beside(&self.output, durability))
            .transpose()?;
        let mut made = Made::new();
        if let Some(edition) = &edition {
            let progress = terminal.progress(Some(edition.size()), "writing");
            let press = Press {
                edition,
                memo: &memo,
                before,
                old: &old,
                stage: stage.as_ref(),
                is_packing: args.precompress,
            };
            let write = || press.write(&timings, &progress);
            let (faults, written) = timings.step("files", write)?;
            found.extend(faults);
            diagnostic::sort(&mut found);
            made = written;
        }
        if reader.is_outdated() {
            return Ok(None);
        }
        terminal.diagnostics(&found);
        let (Some(edition), Some(stage), false) = (edition, stage, is_faulty(&found, args.strict))
        else {
            terminal.fail(&format!("nothing was written: {}", tally(&found)));
            return Ok(Some(Verdict::Faulty));
        };
        let Published { touched, left_over } =
            timings.step("publish", || publish(stage, &global.root, &made, &old))?;
        tell_left_over(terminal, &left_over);
        let counts = (edition.articles(), edition.pages());
        let left_out = edition.index().left_out;
        timings.step("ledger", || {
            // Where a file has no stamp, the next build could not tell whether it is still there.
            let Some(files) = records(&self.output, &made, &old, &touched) else { return };
            let kept = memo.to_keep();
            let ledger = Ledger {
                program: self.program,
                inputs: key,
                outline: edition.outline(),
                frame: edition.frame(),
                is_packed: args.precompress,
                is_quiet: found.is_empty(),
                counts,
                left_out,
                sources: reader.seen(),
                articles: kept.iter().map(|(key, bytes)| Kept { key: *key, bytes }).collect(),
                files,
            };
            write::keep_ledger(&global.root, &self.output, &ledger.encode());
        });
        self.say(counts, left_out, &inputs, &found, &timings);
        // The program ends here; taking a large site apart first would only take time.
        std::mem::forget((edition, inputs, memo, made, reader));
        Ok(Some(Verdict::Fine))
    }

    /// Tells the author that the site is there.
    fn say(
        &self,
        (articles, pages): (usize, usize),
        left_out: LeftOut,
        inputs: &Inputs,
        found: &[Diagnostic],
        timings: &Timings,
    ) {
        let Self { args, terminal, .. } = self;
        let parts = [(left_out.drafts, "draft"), (left_out.future, "future article")];
        let parts = parts.into_iter().filter(|(count, _)| *count > 0);
        let left_out: Vec<String> = parts.map(|(count, what)| counted(count, what)).collect();
        if !left_out.is_empty() {
            terminal.say(&format!("left out: {}", left_out.join(", ")));
        }
        if args.timings {
            for line in timings.lines() {
                terminal.say(&line);
            }
        }
        let base_url =
            args.base_url.clone().or_else(|| config::config(inputs.config.as_ref()).0.base_url);
        let address =
            base_url.map_or_else(String::new, |base| format!(", to be hosted at {base}/"));
        terminal.say(&format!(
            "{}, {} in {} → {}{address}{}",
            counted(articles, "article"),
            counted(pages, "page"),
            seconds(self.started),
            self.output.display(),
            if found.is_empty() { String::new() } else { format!(" ({})", tally(found)) }
        ));
    }
}

/// The program's own file: another build of it may make other pages.
fn program() -> Fingerprint {
    let file = std::env::current_exe().and_then(fs::metadata);
    fingerprint(&(env!("CARGO_PKG_VERSION"), file.ok().as_ref().and_then(Stamp::of)))
}

/// What is still in the output folder as the last build left it.
struct OldSite<'a> {
    output: &'a Path,
    /// By their paths.
    intact: HashMap<&'a str, Filed<'a>>,
    /// Whether nothing is missing or changed.
    is_whole: bool,
    /// How many files the last build left.
    files: usize,
}

impl<'a> OldSite<'a> {
    fn new(before: Option<&Ledger<'a>>, output: &'a Path) -> Self {
        let files = before.map_or(&[][..], |ledger| &ledger.files);
        let paths: Vec<&str> = files.iter().map(|file| file.path).collect();
        let stamps = write::stamps(output, &paths);
        let known = files.iter().zip(stamps).filter(|(file, now)| *now == Some(file.stamp));
        let intact: HashMap<&str, Filed<'_>> = known.map(|(file, _)| (file.path, *file)).collect();
        let is_whole = before.is_some() && intact.len() == files.len();
        Self { output, is_whole, files: files.len(), intact }
    }

    /// Whether a file is there as it is to be.
    fn has(&self, path: &str, key: Fingerprint) -> bool {
        self.intact.get(path).is_some_and(|known| known.key == key)
    }

    /// The stamp of a file that is there.
    fn stamp(&self, path: &str) -> Option<Stamp> {
        self.intact.get(path).map(|known| known.stamp)
    }
}

/// Every file of a site by its path.
type Made<'a> = HashMap<String, MadeFile<'a>>;

/// What is to be known of a file that the site has now.
struct MadeFile<'a> {
    /// What it is made from.
    key: Fingerprint,
    /// Whose words it [shows](crate::render::shown).
    shown: Cow<'a, [u8]>,
}

/// Makes the files of a site that are not in the output folder yet.
struct Press<'a, 'l> {
    edition: &'a Edition,
    /// Knows the articles whose files the last build did not have.
    memo: &'a Memo<'l>,
    /// The record of the last build.
    before: Option<&'a Ledger<'l>>,
    old: &'a OldSite<'l>,
    /// Where files are written; none where mistakes are only to be found.
    stage: Option<&'a Stage>,
    /// Whether files are packed as well.
    is_packing: bool,
}

impl<'l> Press<'_, 'l> {
    /// Gives what is wrong with the files, and what every file of the site is made from.
    fn write(&self, timings: &Timings, progress: &Progress) -> Result<(Vec<Diagnostic>, Made<'l>)> {
        let Self { edition, memo, before, old, stage, is_packing } = *self;
        let before = before.filter(|ledger| old.is_whole && ledger.is_packed == is_packing);
        let same_outline = before.is_some_and(|ledger| ledger.outline == edition.outline());
        let same_frame =
            same_outline || before.is_some_and(|ledger| ledger.frame == edition.frame());
        let kept = |path: &str| {
            old.intact.contains_key(path).then(|| fs::read(old.output.join(path)).ok())?
        };
        let shown = |path: &str| old.intact.get(path).map(|file| file.shown);
        let new = if same_frame { memo.new_articles() } else { HashSet::new() };
        let is_new = |source: &Source| new.contains(&*source.path);
        let (scope, start) = if same_frame {
            let shown: Option<&(dyn Fn(&str) -> _ + Sync)> =
                if same_outline { None } else { Some(&shown) };
            let scope = Scope::Changed { is_new: &is_new, shown, old: &kept };
            let files = old.intact.values();
            let known = |file: &Filed<'l>| {
                (file.path.to_owned(), MadeFile { key: file.key, shown: Cow::Borrowed(file.shown) })
            };
            (scope, files.map(known).collect())
        } else {
            (Scope::All, HashMap::new())
        };
        let made: Mutex<Made<'_>> = Mutex::new(start);
        let wanted = |path: &str, key: Fingerprint, shown: Vec<u8>| {
            progress.one();
            let packed = self.packed(path, key);
            let is_there =
                old.has(path, key) && packed.iter().all(|(path, key)| old.has(path, *key));
            let packed = packed
                .into_iter()
                .map(|(path, key)| (path, MadeFile { key, shown: Cow::default() }));
            let own = (path.to_owned(), MadeFile { key, shown: Cow::Owned(shown) });
            let mut made = made.lock().expect("no thread panics while it holds the files");
            made.extend(packed.chain([own]));
            stage.is_none() || !is_there
        };
        let take = |path: &str, bytes: &[u8]| -> Result<()> {
            let Some(stage) = stage else { return Ok(()) };
            for coding in self.codings(path) {
                stage.put(&format!("{path}{}", coding.ending()), &coding.pack(path, bytes)?)?;
            }
            stage.put(path, bytes)
        };
        let faults = edition.each(timings, scope, wanted, take)?;
        Ok((faults, made.into_inner().expect("no thread panics while it holds the files")))
    }

    /// How a file is packed, besides being there as it is.
    fn codings(&self, path: &str) -> &'static [Coding] {
        // A site may have packed files of its own.
        let is_free = |coding: &Coding| !self.edition.has(&format!("{path}{}", coding.ending()));
        let is_packed = self.is_packing && compress::is_packable(path);
        if is_packed && Coding::ALL.iter().all(is_free) { Coding::ALL } else { &[] }
    }

    /// The packed forms of a file, with their fingerprints.
    fn packed(&self, path: &str, key: Fingerprint) -> Vec<(String, Fingerprint)> {
        let packed = self.codings(path).iter().map(|coding| {
            let ending = coding.ending();
            (format!("{path}{ending}"), fingerprint(&(key, ending)))
        });
        packed.collect()
    }
}

/// Puts the new site in the place of the old one.
fn publish(stage: Stage, site: &Path, made: &Made<'_>, old: &OldSite<'_>) -> Result<Published> {
    let same_files = old.is_whole
        && made.len() == old.files
        && made.keys().all(|path| old.intact.contains_key(path.as_str()));
    match stage.written() {
        0 if same_files => Ok(Touched::Some(FxHashSet::default()).into()),
        1 if same_files => stage.publish_one(),
        _ => stage.publish(site, made.keys().map(String::as_str), |path| old.stamp(path)),
    }
}

/// The files with their stamps, in the order of their paths; none where one has no stamp. Those that were
/// not touched have the stamps that they had.
fn records<'a>(
    output: &Path,
    made: &'a Made<'_>,
    old: &OldSite<'_>,
    touched: &Touched,
) -> Option<Vec<Filed<'a>>> {
    let mut files: Vec<_> = made.iter().collect();
    files.sort_unstable_by_key(|file| file.0);
    let known = |path: &str| if touched.has(path) { None } else { old.stamp(path) };
    let stamps: Vec<Option<Stamp>> = files.iter().map(|file| known(file.0)).collect();
    let moved = files.iter().zip(&stamps).filter(|(_, stamp)| stamp.is_none());
    let moved: Vec<&str> = moved.map(|(file, _)| file.0.as_str()).collect();
    let mut now = write::stamps(output, &moved).into_iter();
    let record = |((path, recipe), known): ((&'a String, &'a MadeFile<'_>), Option<Stamp>)| {
        let stamp = known.or_else(|| now.next().flatten())?;
        Some(Filed { path, key: recipe.key, stamp, shown: &recipe.shown })
    };
    files.into_iter().zip(stamps).map(record).collect()
}

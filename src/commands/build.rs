//! `tearsheet build`: the site in a folder that any web host can serve.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};
use std::time::Instant;

use anyhow::{Context, Result};
use rustc_hash::FxHashSet;

use super::{Verdict, counted, inputs_by, is_faulty, seconds, tally};
use crate::build_cache::{BuildCache, CachedArticle, CachedFile};
use crate::cli::{Build, Global};
use crate::config;
use crate::diagnostic::{self, Diagnostic};
use crate::fingerprint::{Fingerprint, fingerprint};
use crate::index::LeftOut;
use crate::memo::Memo;
use crate::pipeline;
use crate::read::Reader;
use crate::render::edition::{Edition, Scope};
use crate::signature::FileSignature;
use crate::source::{Drafts, Future, Inputs, Source};
use crate::terminal::{Progress, Terminal};
use crate::timings::Timings;
use crate::write::compress::{self, Coding};
use crate::write::{self, Changed, DiskSpool, Durability, KeptPictures, Published, Remnant, Stage};

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
    let cache = write::build_cache(&global.root, &output);
    let run = BuildRun { global, args, terminal, output, program: program(), started };
    let before = cache.as_ref().and_then(|bytes| BuildCache::decode(bytes, run.program));
    match run.run(before.as_ref())? {
        Some(verdict) => Ok(verdict),
        None => Ok(run.run(None)?.expect("without a build cache every text is read at once")),
    }
}

/// Names folders of old sites that could not be removed, with a way out.
fn tell_left_over(terminal: Terminal, left_over: &[Remnant]) {
    for Remnant { folder, error } in left_over {
        terminal.fail(&format!(
            "warning: what is left of an old site cannot be removed: {error:#}\n\
             the new site does not need it; give yourself {} with all that is in it (chown), or delete it",
            folder.display()
        ));
    }
}

/// One build.
struct BuildRun<'a> {
    global: &'a Global,
    args: &'a Build,
    terminal: Terminal,
    output: PathBuf,
    program: Fingerprint,
    started: Instant,
}

impl BuildRun<'_> {
    /// What earlier builds have kept.
    fn memo<'l>(&self, before: Option<&BuildCache<'l>>, spool: &DiskSpool) -> Memo<'l> {
        let kept = before.into_iter().flat_map(|cache| &cache.articles);
        let memo = Memo::of_kept(kept.map(|kept| (kept.key, kept.bytes)));
        let memo = memo.with_pictures(KeptPictures::of(&self.global.root));
        memo.with_spool(Arc::new(spool.clone()))
    }

    /// Brings the output folder up to date; none where a source has changed after it was said not to have,
    /// by comparison with the record of the last build.
    fn run(&self, before: Option<&BuildCache<'_>>) -> Result<Option<Verdict>> {
        let Self { global, args, terminal, .. } = *self;
        let timings = Timings::default();
        let sources = before.map_or(&[][..], |cache| &cache.sources);
        let spool = DiskSpool::of(&global.root);
        let mut reader = Reader::knowing(&global.root, sources).with_spool(Arc::new(spool.clone()));
        let inputs = timings.step("read", || self.inputs(&mut reader))?;
        let old = timings.step("look at the output", || PreviousOutput::new(before, &self.output));
        let key = pipeline::inputs_fingerprint(&inputs);
        let is_same = |before: &&BuildCache<'_>| {
            before.is_quiet && before.is_packed == args.precompress && before.inputs == key
        };
        if let Some(before) = before.filter(|_| old.is_whole).filter(is_same) {
            self.say(before.counts, before.left_out, &inputs, &[], &timings);
            return Ok(Some(Verdict::Fine));
        }

        let mut memo = self.memo(before, &spool);
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
            let (memo, old, stage) = (&memo, &old, stage.as_ref());
            let is_packing = args.precompress;
            let writer = SiteWriter { edition, memo, before, old, stage, is_packing };
            let write = || writer.write(&timings, &progress);
            let (faults, written) = timings.step("files", write)?;
            found.extend(faults);
            diagnostic::sort(&mut found);
            made = written;
        }
        if reader.is_outdated() {
            return Ok(None);
        }
        // Messages show what stands at their places, and nobody after them needs a text.
        terminal.diagnostics(&found);
        spool.finish().context("what was put away for this build cannot be read back")?;
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
        timings.step("build cache", || {
            // Where a file has no signature, the next build could not tell whether it is still there.
            let Some(files) = records(&self.output, &made, &old, &touched) else { return };
            let articles = memo.to_keep();
            let cached = articles.iter().map(|(key, bytes)| CachedArticle { key: *key, bytes });
            let cache = BuildCache {
                program: self.program,
                inputs: key,
                outline: edition.outline(),
                frame: edition.frame(),
                is_packed: args.precompress,
                is_quiet: found.is_empty(),
                counts,
                left_out,
                sources: reader.seen(),
                articles: cached.collect(),
                files,
            };
            write::store_build_cache(&global.root, &self.output, |file| cache.write(file));
        });
        self.say(counts, left_out, &inputs, &found, &timings);
        // The program ends here; taking a large site apart first would only take time.
        std::mem::forget((edition, inputs, memo, made, reader));
        Ok(Some(Verdict::Fine))
    }

    /// What the run is made from.
    fn inputs(&self, reader: &mut Reader) -> Result<Inputs> {
        let Self { global, args, .. } = *self;
        let mut inputs = inputs_by(reader, global)?;
        inputs.drafts = if args.drafts { Drafts::Include } else { Drafts::Skip };
        inputs.future = if args.future { Future::Include } else { Future::Skip };
        inputs.base_url.clone_from(&args.base_url);
        Ok(inputs)
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
    fingerprint(&(env!("CARGO_PKG_VERSION"), file.ok().as_ref().and_then(FileSignature::of)))
}

/// What is still in the output folder as the last build left it.
struct PreviousOutput<'a> {
    output: &'a Path,
    /// By their paths.
    intact: HashMap<&'a str, CachedFile<'a>>,
    /// Whether nothing is missing or changed.
    is_whole: bool,
    /// How many files the last build left.
    files: usize,
}

impl<'a> PreviousOutput<'a> {
    fn new(before: Option<&BuildCache<'a>>, output: &'a Path) -> Self {
        let files = before.map_or(&[][..], |cache| &cache.files);
        let paths: Vec<&str> = files.iter().map(|file| file.path).collect();
        let signatures = write::signatures(output, &paths);
        let known = files.iter().zip(signatures).filter(|(file, now)| *now == Some(file.signature));
        let intact: HashMap<&str, CachedFile<'_>> =
            known.map(|(file, _)| (file.path, *file)).collect();
        let is_whole = before.is_some() && intact.len() == files.len();
        Self { output, is_whole, files: files.len(), intact }
    }

    /// Whether a file is there as it is to be.
    fn has(&self, path: &str, key: Fingerprint) -> bool {
        self.intact.get(path).is_some_and(|known| known.key == key)
    }

    /// The signature of a file that is there.
    fn signature(&self, path: &str) -> Option<FileSignature> {
        self.intact.get(path).map(|known| known.signature)
    }
}

/// Every file of a site by its path.
type Made<'a> = HashMap<String, FileRecord<'a>>;

/// What is to be known of a file that the site has now.
struct FileRecord<'a> {
    /// What it is made from.
    key: Fingerprint,
    /// Whose words it [shows](crate::render::edition::dependencies).
    shown: Cow<'a, [u8]>,
}

/// Makes the files of a site that are not in the output folder yet.
struct SiteWriter<'a, 'l> {
    edition: &'a Edition,
    /// Knows the articles whose files the last build did not have.
    memo: &'a Memo<'l>,
    /// The record of the last build.
    before: Option<&'a BuildCache<'l>>,
    old: &'a PreviousOutput<'l>,
    /// Where files are written; none where mistakes are only to be found.
    stage: Option<&'a Stage>,
    /// Whether files are packed as well.
    is_packing: bool,
}

impl<'l> SiteWriter<'_, 'l> {
    /// Gives what is wrong with the files, and what every file of the site is made from.
    fn write(&self, timings: &Timings, progress: &Progress) -> Result<(Vec<Diagnostic>, Made<'l>)> {
        let Self { edition, memo, before, old, stage, is_packing } = *self;
        let before = before.filter(|cache| old.is_whole && cache.is_packed == is_packing);
        let same_outline = before.is_some_and(|cache| cache.outline == edition.outline());
        let same_frame = same_outline || before.is_some_and(|cache| cache.frame == edition.frame());
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
            let known = |file: &CachedFile<'l>| {
                (
                    file.path.to_owned(),
                    FileRecord { key: file.key, shown: Cow::Borrowed(file.shown) },
                )
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
                .map(|(path, key)| (path, FileRecord { key, shown: Cow::default() }));
            let own = (path.to_owned(), FileRecord { key, shown: Cow::Owned(shown) });
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
fn publish(
    stage: Stage,
    site: &Path,
    made: &Made<'_>,
    old: &PreviousOutput<'_>,
) -> Result<Published> {
    let same_files = old.is_whole
        && made.len() == old.files
        && made.keys().all(|path| old.intact.contains_key(path.as_str()));
    match stage.written() {
        0 if same_files => Ok(Changed::Some(FxHashSet::default()).into()),
        1 if same_files => stage.publish_one(),
        _ => stage.publish(site, made.keys().map(String::as_str), |path| old.signature(path)),
    }
}

/// The files with their signatures, in the order of their paths; none where one has no signature. Those that were
/// not touched have the signatures that they had.
fn records<'a>(
    output: &Path,
    made: &'a Made<'_>,
    old: &PreviousOutput<'_>,
    touched: &Changed,
) -> Option<Vec<CachedFile<'a>>> {
    let mut files: Vec<_> = made.iter().collect();
    files.sort_unstable_by_key(|file| file.0);
    let known = |path: &str| if touched.has(path) { None } else { old.signature(path) };
    let signatures: Vec<Option<FileSignature>> = files.iter().map(|file| known(file.0)).collect();
    let moved = files.iter().zip(&signatures).filter(|(_, signature)| signature.is_none());
    let moved: Vec<&str> = moved.map(|(file, _)| file.0.as_str()).collect();
    let mut now = write::signatures(output, &moved).into_iter();
    let record =
        |((path, recipe), known): ((&'a String, &'a FileRecord<'_>), Option<FileSignature>)| {
            let signature = known.or_else(|| now.next().flatten())?;
            Some(CachedFile { path, key: recipe.key, signature, shown: &recipe.shown })
        };
    files.into_iter().zip(signatures).map(record).collect()
}

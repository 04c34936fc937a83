//! Staging a site beside the output folder, and swapping the two.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Mutex;

use anyhow::{Context, Result};
use rayon::prelude::*;
use rustc_hash::FxHashSet;

use super::folders::{UNFINISHED, exchange, make_parent, remove_unfinished, take_over};
use super::manifest::{
    Files, keep_foreign, manifest, read_manifest, remember_folders, remove_listed,
};
use super::previous::PreviousSite;
use super::untouched::Untouched;
use super::{MANIFEST, durable, name_of, parent};
use crate::signature::FileSignature;

/// Whether a site must survive a loss of power as soon as it is said to be there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Durability {
    /// All of it is on the disk before it takes the place of the old one.
    Synced,
    /// The system writes it to the disk when it likes.
    Unsynced,
}

impl Durability {
    /// Waits for a file, or for the names in a folder.
    fn sync(self, path: &Path) -> Result<()> {
        match self {
            Self::Synced => durable::sync(path)
                .with_context(|| format!("cannot bring {} onto the disk", path.display())),
            Self::Unsynced => Ok(()),
        }
    }

    /// Waits for everything in a folder.
    fn sync_all(self, folder: &Path) -> Result<()> {
        match self {
            Self::Synced => durable::sync_all(folder)
                .with_context(|| format!("cannot bring {} onto the disk", folder.display())),
            Self::Unsynced => Ok(()),
        }
    }
}

/// What became of a stage.
#[derive(Debug)]
pub struct Published {
    /// The files that have other signatures than before.
    pub touched: Changed,
    /// What is left of an old site. The new one is there.
    pub left_over: Vec<Remnant>,
}

impl From<Changed> for Published {
    fn from(touched: Changed) -> Self {
        Self { touched, left_over: Vec::new() }
    }
}

/// A folder with what is left of an old site and could not be removed; the next build tries again.
#[derive(Debug)]
pub struct Remnant {
    /// The folder.
    pub folder: PathBuf,
    /// Why.
    pub error: anyhow::Error,
}

impl Remnant {
    /// What it left, where it did not end well.
    fn of(folder: &Path, done: Result<()>) -> Vec<Self> {
        done.err().map(|error| Self { folder: folder.to_owned(), error }).into_iter().collect()
    }
}

/// A new site that nobody sees yet, in a folder beside the output folder.
pub struct Stage {
    folder: tempfile::TempDir,
    output: PathBuf,
    written: Mutex<Vec<String>>,
    durability: Durability,
}

impl Stage {
    /// Makes the folder, beside an output folder that [`guard`](super::guard) has allowed.
    ///
    /// # Errors
    /// What the system says.
    pub fn beside(output: &Path, durability: Durability) -> Result<Self> {
        let parent = parent(output);
        fs::create_dir_all(parent).with_context(|| format!("cannot make {}", parent.display()))?;
        let folder = tempfile::Builder::new()
            .prefix(&stage_prefix(output))
            .tempdir_in(parent)
            .with_context(|| format!("cannot write beside {}", output.display()))?;
        fs::write(folder.path().join(UNFINISHED), "")
            .with_context(|| format!("cannot write beside {}", output.display()))?;
        Ok(Self { folder, output: output.to_owned(), written: Mutex::default(), durability })
    }

    /// Writes one file; several threads may do so at once.
    ///
    /// # Errors
    /// What the system says.
    pub fn put(&self, path: &str, bytes: &[u8]) -> Result<()> {
        let target = self.folder.path().join(path);
        make_parent(&target)
            .and_then(|()| fs::write(&target, bytes))
            .with_context(|| format!("cannot write {path}"))?;
        self.written.lock().expect("no thread panics while it holds it").push(path.to_owned());
        Ok(())
    }

    /// How many files have been written.
    #[must_use]
    pub fn written(&self) -> usize {
        self.written.lock().expect("no thread panics while it holds it").len()
    }

    /// Puts the only file that was written in the place of the old one: a site that differs in one
    /// file is new in one step.
    ///
    /// # Errors
    /// What the system says; the old site is then still there.
    pub fn publish_one(self) -> Result<Published> {
        let Self { folder, output, written, durability } = self;
        let written = written.into_inner().expect("no thread panics while it holds it");
        for path in &written {
            let (new, old) = (folder.path().join(path), output.join(path));
            durability.sync(&new)?;
            fs::rename(new, &old)
                .with_context(|| format!("cannot put {path} into {}", output.display()))?;
            durability.sync(parent(&old))?;
        }
        Ok(Changed::Some(written.into_iter().collect()).into())
    }

    /// Puts the new site in the place of the old one. It has the given files: what was written, and
    /// the others as they are in the old site, where `signature` says what is known of them. The old one
    /// stays behind in `.tearsheet/`, ready to become the next one.
    ///
    /// # Errors
    /// What the system says; the old site is then still there.
    pub fn publish<'a>(
        self,
        site: &Path,
        files: impl Iterator<Item = &'a str>,
        signature: impl Fn(&str) -> Option<FileSignature> + Sync,
    ) -> Result<Published> {
        let Self { folder, output, written, durability } = self;
        let written = written.into_inner().expect("no thread panics while it holds it");
        let mut files: Vec<&str> = files.collect();
        files.sort_unstable();
        let list = manifest(&files);
        let previous = PreviousSite::of(site, &output);
        let make_whole = |folder: &Path| -> Result<()> {
            finish(folder, &list, durability)?;
            remember_folders(folder, &files, &previous.untouched);
            Ok(())
        };
        if !output.exists() {
            make_whole(folder.path())?;
            fs::rename(folder.path(), &output)
                .with_context(|| format!("cannot put the site into {}", output.display()))?;
            let _ = folder.keep();
            durability.sync(parent(&output))?;
            return Ok(Changed::All.into());
        }
        let made: FxHashSet<&str> = written.iter().map(String::as_str).collect();
        // Where most of the site is new, there is little to be gained from an older one.
        let is_similar = made.len() * 2 < files.len();
        let old = read_manifest(&output, None)?;
        let usable = if is_similar { previous.usable(&output, &old).ok().flatten() } else { None };
        if let Some(listed) = usable {
            let gone = if listed.text == list { Files::default() } else { listed.without(&files) };
            let linked =
                previous.update(&output, folder.path(), &files, &made, &gone, signature)?;
            previous.announce_exchange()?;
            make_whole(&previous.folder)?;
            previous.exchange(&output)?;
            durability.sync(parent(&output))?;
            durability.sync(parent(&previous.folder))?;
            let touched = Changed::Some(linked.into_iter().chain(written).collect());
            let left_over = Remnant::of(&previous.folder, previous.give_back(&output, &old));
            return Ok(Published { touched, left_over });
        }
        let stay = files.par_iter().filter(|path| !made.contains(*path));
        stay.try_for_each(|path| take_over(path, &output, folder.path()))?;
        make_whole(folder.path())?;
        exchange(folder.path(), &output)
            .with_context(|| format!("cannot swap the site into {}", output.display()))?;
        // From here on the new site is in place and `folder` holds the old one, which may only go when
        // the disk knows of that.
        let old_site = folder.keep();
        durability.sync(parent(&output))?;
        let put_away = || -> Result<()> {
            keep_foreign(&old_site, &output, &old, &previous.untouched)?;
            if previous.folder.exists() || fs::rename(&old_site, &previous.folder).is_err() {
                remove_listed(&old_site, &old.files)?;
            }
            Ok(())
        };
        let left_over = Remnant::of(&old_site, put_away());
        Ok(Published { touched: Changed::All, left_over })
    }
}

/// The files of a published site that have other signatures than before.
#[derive(Debug)]
pub enum Changed {
    /// It may be any of them.
    All,
    /// Only these.
    Some(FxHashSet<String>),
}

impl Changed {
    /// Whether a file is among them.
    #[must_use]
    pub fn has(&self, path: &str) -> bool {
        match self {
            Self::All => true,
            Self::Some(paths) => paths.contains(path),
        }
    }
}

/// Makes a folder that has the given files a whole site.
fn finish(folder: &Path, list: &str, durability: Durability) -> Result<()> {
    durability.sync_all(folder)?;
    let manifest = folder.join(MANIFEST);
    fs::write(&manifest, list).context("cannot write the list of files")?;
    durability.sync(&manifest)?;
    match fs::remove_file(folder.join(UNFINISHED)) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => {
            return Err(error).context("cannot finish the new site");
        }
        _ => {}
    }
    open_to_readers(folder)?;
    durability.sync(folder)
}

/// How the stages of an output folder are named, so that one that was left behind is known again.
fn stage_prefix(output: &Path) -> String {
    format!(".tearsheet-new-{}-", &name_of(output)[..8])
}

/// Clears up after builds that were killed: files of others that were with the old site go back into
/// the output folder, and what is left of stages is removed. Whoever calls this holds the [`lock`](super::lock).
/// What cannot be removed now does not keep a site from being built.
pub fn recover(site: &Path, output: &Path) -> Vec<Remnant> {
    let previous = PreviousSite::of(site, output);
    let mut left_over = Remnant::of(&previous.folder, previous.recover(output));
    let prefix = stage_prefix(output);
    for entry in fs::read_dir(parent(output)).into_iter().flatten().flatten() {
        let is_stage = entry.file_name().to_string_lossy().starts_with(&prefix);
        if is_stage && entry.file_type().is_ok_and(|kind| kind.is_dir()) {
            let stage = entry.path();
            left_over.extend(Remnant::of(&stage, clear_up(&stage, output, &previous.untouched)));
        }
    }
    left_over
}

/// Removes what is left of a stage.
fn clear_up(stage: &Path, output: &Path, untouched: &Untouched) -> Result<()> {
    if stage.join(UNFINISHED).is_file() {
        remove_unfinished(stage)?;
    } else if output.is_dir() && stage.join(MANIFEST).is_file() {
        let listed = read_manifest(stage, None)?;
        keep_foreign(stage, output, &listed, untouched)?;
        remove_listed(stage, &listed.files)?;
    } else {
        remove_empty(stage);
    }
    Ok(())
}

/// Removes folders without files: what is left of a stage that was killed before it got its mark, or
/// after it lost its manifest.
fn remove_empty(folder: &Path) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        if entry.file_type().is_ok_and(|kind| kind.is_dir()) {
            remove_empty(&entry.path());
        }
    }
    // A folder that has files in it stays.
    let _ = fs::remove_dir(folder);
}

/// Temporary folders are private; a published one is for the web server to read.
fn open_to_readers(folder: &Path) -> Result<()> {
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        fs::set_permissions(folder, fs::Permissions::from_mode(0o755))?;
    }
    Ok(())
}

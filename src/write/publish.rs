//! Staging a site beside the output folder, and swapping the two.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Component, Path, PathBuf};
use std::sync::{Arc, Mutex};

use anyhow::{Context, Result};
use percent_encoding::{AsciiSet, CONTROLS, percent_decode_str, utf8_percent_encode};
use rayon::prelude::*;
use rustc_hash::FxHashSet;

use super::{MANIFEST, name_of, parent};
use crate::stamp::Stamp;

/// What is encoded in the manifest: a name may have a line break in it, or look like a remark.
const UNLISTED: &AsciiSet = &CONTROLS.add(b'%').add(b'#');

/// Stands in a stage until it is whole: as long as it does, nobody but us has written into the folder.
const UNFINISHED: &str = ".tearsheet-unfinished";

/// Files, by their paths in the folder of a site.
type Files = FxHashSet<PathBuf>;

/// What a manifest lists.
struct Listed {
    /// The manifest as it is written.
    text: String,
    /// The files, and the manifest.
    files: Files,
    /// Every folder that one of them is in, and the site's own.
    folders: Files,
}

impl Listed {
    /// Nothing, where there is no manifest.
    fn none() -> Self {
        Self {
            text: String::new(),
            files: Files::default(),
            folders: Files::from_iter([PathBuf::new()]),
        }
    }

    fn new(text: String) -> Self {
        let inside =
            |path: &Path| path.components().all(|part| matches!(part, Component::Normal(_)));
        let listed = text
            .lines()
            .filter(|line| !line.starts_with('#'))
            .map(|line| PathBuf::from(percent_decode_str(line).decode_utf8_lossy().into_owned()));
        let own = [PathBuf::from(MANIFEST)];
        let files: Files = listed.chain(own).filter(|path| inside(path)).collect();
        let folders = folders_of(&files).into_iter().map(Path::to_owned).collect();
        Self { text, files, folders }
    }

    /// Those of the files that are not among the given ones, and the manifest.
    fn without(&self, files: &[&str]) -> Files {
        let wanted: FxHashSet<&Path> = files.iter().map(Path::new).collect();
        self.files.iter().filter(|path| !wanted.contains(path.as_path())).cloned().collect()
    }
}

/// A new site that nobody sees yet, in a folder beside the output folder.
pub struct Stage {
    folder: tempfile::TempDir,
    output: PathBuf,
    written: Mutex<Vec<String>>,
}

impl Stage {
    /// Makes the folder, beside an output folder that [`guard`](super::guard) has allowed.
    ///
    /// # Errors
    /// What the system says.
    pub fn beside(output: &Path) -> Result<Self> {
        let parent = parent(output);
        fs::create_dir_all(parent).with_context(|| format!("cannot make {}", parent.display()))?;
        let folder = tempfile::Builder::new()
            .prefix(&stage_prefix(output))
            .tempdir_in(parent)
            .with_context(|| format!("cannot write beside {}", output.display()))?;
        fs::write(folder.path().join(UNFINISHED), "")
            .with_context(|| format!("cannot write beside {}", output.display()))?;
        Ok(Self { folder, output: output.to_owned(), written: Mutex::default() })
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
    pub fn publish_one(self) -> Result<Touched> {
        let Self { folder, output, written } = self;
        let written = written.into_inner().expect("no thread panics while it holds it");
        for path in &written {
            fs::rename(folder.path().join(path), output.join(path))
                .with_context(|| format!("cannot put {path} into {}", output.display()))?;
        }
        Ok(Touched::Some(written.into_iter().collect()))
    }

    /// Puts the new site in the place of the old one. It has the given files: what was written, and
    /// the others as they are in the old site, where `stamp` says what is known of them. The old one
    /// stays behind in `.tearsheet/`, ready to become the next one.
    ///
    /// # Errors
    /// What the system says; the old site is then still there.
    pub fn publish<'a>(
        self,
        site: &Path,
        files: impl Iterator<Item = &'a str>,
        stamp: impl Fn(&str) -> Option<Stamp> + Sync,
    ) -> Result<Touched> {
        let Self { folder, output, written } = self;
        let written = written.into_inner().expect("no thread panics while it holds it");
        let mut files: Vec<&str> = files.collect();
        files.sort_unstable();
        let list = manifest(&files);
        let spare = Spare::of(site, &output);
        if !output.exists() {
            finish(folder.path(), &list)?;
            fs::rename(folder.path(), &output)
                .with_context(|| format!("cannot put the site into {}", output.display()))?;
            let _ = folder.keep();
            return Ok(Touched::All);
        }
        let made: FxHashSet<&str> = written.iter().map(String::as_str).collect();
        // Where most of the site is new, there is little to be gained from an older one.
        let is_similar = made.len() * 2 < files.len();
        let old = read_manifest(&output, None)?;
        let usable = if is_similar { spare.usable(&output, &old)? } else { None };
        if let Some(listed) = usable {
            let gone = if listed.text == list { Files::default() } else { listed.without(&files) };
            let linked = spare.update(&output, folder.path(), &files, &made, &gone, stamp)?;
            finish(&spare.folder, &list)?;
            spare.exchange(&output, &old)?;
            return Ok(Touched::Some(linked.into_iter().chain(written).collect()));
        }
        let stay = files.par_iter().filter(|path| !made.contains(*path));
        stay.try_for_each(|path| take_over(path, &output, folder.path()))?;
        finish(folder.path(), &list)?;
        exchange(folder.path(), &output)
            .with_context(|| format!("cannot swap the site into {}", output.display()))?;
        // From here on the new site is in place and `folder` holds the old one.
        let old_site = folder.keep();
        keep_foreign(&old_site, &output, &old)?;
        if spare.folder.exists() || fs::rename(&old_site, &spare.folder).is_err() {
            remove_listed(&old_site, &old.files)?;
        }
        Ok(Touched::All)
    }
}

/// The files of a published site that have other stamps than before.
#[derive(Debug)]
pub enum Touched {
    /// It may be any of them.
    All,
    /// Only these.
    Some(FxHashSet<String>),
}

impl Touched {
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
fn finish(folder: &Path, list: &str) -> Result<()> {
    fs::write(folder.join(MANIFEST), list).context("cannot write the list of files")?;
    match fs::remove_file(folder.join(UNFINISHED)) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => {
            return Err(error).context("cannot finish the new site");
        }
        _ => {}
    }
    open_to_readers(folder)
}

/// Takes over a file of the old site as it is.
fn take_over(path: &str, from: &Path, to: &Path) -> Result<()> {
    let (from, to) = (from.join(path), to.join(path));
    make_parent(&to)
        // One file in two folders costs nothing; not every file system can.
        .and_then(|()| fs::hard_link(&from, &to).or_else(|_| fs::copy(&from, &to).map(drop)))
        .with_context(|| format!("cannot take over {path}"))
}

/// The site before the last one. Most of its files are those of the site as well, so that it takes
/// little to make the next one of it: far less than to take over every file, and to delete as many.
struct Spare {
    folder: PathBuf,
}

impl Spare {
    fn of(site: &Path, output: &Path) -> Self {
        Self { folder: super::ledger_path(site, output).with_extension("spare") }
    }

    /// What is in it, where it can be used; what is left of one that cannot is removed. Mostly it is what
    /// the output folder has as well.
    fn usable(&self, output: &Path, other: &Arc<Listed>) -> Result<Option<Arc<Listed>>> {
        if !self.folder.is_dir() {
            return Ok(None);
        }
        if self.folder.join(UNFINISHED).is_file() {
            remove_unfinished(&self.folder)?;
            return Ok(None);
        }
        let listed = read_manifest(&self.folder, Some(other))?;
        // With nothing in it but what we wrote, nothing leads out of it either.
        let is_pure = foreign(&self.folder, &listed, &|_| false)?.is_empty();
        let is_beside = device(&self.folder).is_some_and(|own| device(output) == Some(own));
        if is_pure && !listed.files.is_empty() && is_beside {
            return Ok(Some(listed));
        }
        remove_listed(&self.folder, &listed.files)?;
        Ok(None)
    }

    /// Gives it the files of the new site, of which some have been `made` in a folder of their own, and
    /// takes out those that are `gone`. Returns what it had to take over from the
    /// output folder, which gives a file another stamp.
    fn update(
        &self,
        output: &Path,
        new: &Path,
        files: &[&str],
        made: &FxHashSet<&str>,
        gone: &Files,
        stamp: impl Fn(&str) -> Option<Stamp> + Sync,
    ) -> Result<Vec<String>> {
        let Self { folder } = self;
        fs::write(folder.join(UNFINISHED), "").context("cannot write into .tearsheet")?;
        if !gone.is_empty() {
            remove_listed(folder, gone)?;
        }
        let update = |path: &&str| -> Result<Option<String>> {
            let own = folder.join(path);
            if made.contains(path) {
                // A rename and not a copy: the old bytes may be those of the site that is read now.
                make_parent(&own)
                    .and_then(|()| fs::rename(new.join(path), &own))
                    .with_context(|| format!("cannot write {path}"))?;
                return Ok(None);
            }
            let now = fs::symlink_metadata(&own).ok();
            let own_stamp = now.as_ref().and_then(Stamp::of);
            // Both folders are of one device, so that a stamp tells one file from all others.
            if own_stamp.is_some() && own_stamp == stamp(path) {
                return Ok(None);
            }
            if now.is_some() {
                fs::remove_file(&own).with_context(|| format!("cannot replace {path}"))?;
            }
            take_over(path, output, folder)?;
            Ok(Some((*path).to_owned()))
        };
        files.par_iter().map(update).filter_map(Result::transpose).collect()
    }

    /// Puts it in the place of the site, and that in its own.
    fn exchange(&self, output: &Path, old: &Listed) -> Result<()> {
        let mark = self.mark();
        fs::write(&mark, "").context("cannot write into .tearsheet")?;
        exchange(&self.folder, output)
            .with_context(|| format!("cannot swap the site into {}", output.display()))?;
        keep_foreign(&self.folder, output, old)?;
        fs::remove_file(&mark).context("cannot write into .tearsheet")
    }

    /// Is there while files of others may be in the spare.
    fn mark(&self) -> PathBuf {
        self.folder.with_extension("swap")
    }

    /// Brings back the files of others after a build that was killed.
    fn recover(&self, output: &Path) -> Result<()> {
        if self.mark().exists() {
            if self.folder.is_dir() && output.is_dir() {
                keep_foreign(&self.folder, output, &*read_manifest(&self.folder, None)?)?;
            }
            fs::remove_file(self.mark())?;
        }
        Ok(())
    }
}

/// The device that a folder is on; none where there is no folder, or on systems without.
#[cfg(unix)]
fn device(path: &Path) -> Option<u64> {
    use std::os::unix::fs::MetadataExt;
    fs::symlink_metadata(path).ok().map(|meta| meta.dev())
}

/// The device that a folder is on; none where there is no folder, or on systems without.
#[cfg(not(unix))]
fn device(_: &Path) -> Option<u64> {
    None
}

/// How the stages of an output folder are named, so that one that was left behind is known again.
fn stage_prefix(output: &Path) -> String {
    format!(".tearsheet-new-{}-", &name_of(output)[..8])
}

/// Clears up after builds that were killed: files of others that were with the old site go back into
/// the output folder, and what is left of stages is removed. Whoever calls this holds the [`lock`](super::lock).
///
/// # Errors
/// What the system says.
pub fn recover(site: &Path, output: &Path) -> Result<()> {
    Spare::of(site, output).recover(output)?;
    let prefix = stage_prefix(output);
    let Ok(entries) = fs::read_dir(parent(output)) else { return Ok(()) };
    for entry in entries.flatten() {
        let is_stage = entry.file_name().to_string_lossy().starts_with(&prefix);
        if !is_stage || !entry.file_type().is_ok_and(|kind| kind.is_dir()) {
            continue;
        }
        let stage = entry.path();
        if stage.join(UNFINISHED).is_file() {
            remove_unfinished(&stage)?;
        } else if output.is_dir() && stage.join(MANIFEST).is_file() {
            let listed = read_manifest(&stage, None)?;
            keep_foreign(&stage, output, &listed)?;
            remove_listed(&stage, &listed.files)?;
        } else {
            remove_empty(&stage);
        }
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

/// Removes a stage that was never whole, as it would have been removed at the end of its build.
#[expect(
    clippy::disallowed_methods,
    reason = "the folder has its mark: only we have written into it"
)]
fn remove_unfinished(stage: &Path) -> Result<()> {
    fs::remove_dir_all(stage).with_context(|| format!("cannot remove {}", stage.display()))
}

/// Makes the folder that a file stands in. Most files of a site have one of their own.
fn make_parent(target: &Path) -> io::Result<()> {
    let Some(parent) = target.parent() else { return Ok(()) };
    match fs::create_dir(parent) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => fs::create_dir_all(parent),
        Err(error) if error.kind() != io::ErrorKind::AlreadyExists => Err(error),
        _ => Ok(()),
    }
}

/// The manifest of a site with the given files.
fn manifest(files: &[&str]) -> String {
    let mut list = String::from("# Written by Tearsheet; it deletes only the files listed here.\n");
    for path in files {
        list.extend(utf8_percent_encode(path, UNLISTED));
        list.push('\n');
    }
    list
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

/// What the manifest in a folder lists, which may be the same as in another one.
fn read_manifest(folder: &Path, other: Option<&Arc<Listed>>) -> Result<Arc<Listed>> {
    let path = folder.join(MANIFEST);
    if !path.exists() {
        return Ok(Arc::new(Listed::none()));
    }
    let text = fs::read_to_string(&path)?;
    let same = other.filter(|other| other.text == text);
    Ok(same.map_or_else(|| Arc::new(Listed::new(text)), Arc::clone))
}

/// Swaps two folders in one step where the system can, else in two.
fn exchange(one: &Path, other: &Path) -> io::Result<()> {
    #[cfg(target_os = "linux")]
    {
        use rustix::fs::{CWD, RenameFlags, renameat_with};
        match renameat_with(CWD, one, CWD, other, RenameFlags::EXCHANGE) {
            Ok(()) => return Ok(()),
            // The file system does not know how; two renames do the same, not quite at once.
            Err(
                rustix::io::Errno::INVAL | rustix::io::Errno::NOSYS | rustix::io::Errno::NOTSUP,
            ) => {}
            Err(error) => return Err(error.into()),
        }
    }
    let aside = one.with_extension("old");
    fs::rename(other, &aside)?;
    fs::rename(one, other)?;
    fs::rename(&aside, one)
}

/// Every folder that one of the files is in, and the site's own.
fn folders_of(files: &Files) -> FxHashSet<&Path> {
    let mut folders = FxHashSet::from_iter([Path::new("")]);
    for path in files {
        // The folders around one that is there are there as well.
        let _ = path.ancestors().skip(1).find(|folder| !folders.insert(*folder));
    }
    folders
}

/// Moves files that we did not write (a `CNAME`, a `.git`) from the old site into the new one.
fn keep_foreign(old_site: &Path, output: &Path, listed: &Listed) -> Result<()> {
    for relative in foreign(old_site, listed, &|folder| output.join(folder).is_dir())? {
        let target = output.join(&relative);
        if target.symlink_metadata().is_err() {
            if let Some(parent) = target.parent() {
                fs::create_dir_all(parent)?;
            }
            fs::rename(old_site.join(&relative), &target)
                .with_context(|| format!("cannot keep {}", target.display()))?;
        }
    }
    Ok(())
}

/// What stands in a site and is not listed. A folder without files of ours counts as one thing, unless
/// it is shared with another site.
fn foreign(
    site: &Path,
    listed: &Listed,
    is_shared: &(dyn Fn(&Path) -> bool + Sync),
) -> Result<Vec<PathBuf>> {
    let written = fs::symlink_metadata(site.join(MANIFEST)).ok();
    let Listed { files, folders, .. } = listed;
    let is_ours =
        |path: &Path, is_folder: bool| files.contains(path) || is_folder && folders.contains(path);
    let look = |folder: &PathBuf| -> Result<Vec<PathBuf>> {
        let meta = fs::symlink_metadata(site.join(folder)).ok().filter(fs::Metadata::is_dir);
        let Some(meta) = meta else { return Ok(Vec::new()) };
        let is_root = folder.as_os_str().is_empty();
        if !is_root && written.as_ref().is_some_and(|written| is_older(&meta, written)) {
            return Ok(Vec::new());
        }
        unlisted(site, folder, &is_ours, is_shared)
    };
    let found: Vec<Vec<PathBuf>> = folders.par_iter().map(look).collect::<Result<_>>()?;
    Ok(found.into_iter().flatten().collect())
}

/// Whether a folder holds what it held when a file was written: opening every folder of a large site
/// takes five times as long. Rights that were changed leave one of the two times alone, and programs
/// that put files back the other.
fn is_older(folder: &fs::Metadata, file: &fs::Metadata) -> bool {
    let is_modified_before = match (folder.modified(), file.modified()) {
        (Ok(folder), Ok(file)) => folder < file,
        _ => false,
    };
    match (Stamp::of(folder), Stamp::of(file)) {
        (Some(folder), Some(file)) => is_modified_before && folder.is_before(&file),
        _ => false,
    }
}

/// What stands in a folder that is not ours, with what is in shared folders below it.
fn unlisted(
    site: &Path,
    folder: &Path,
    is_ours: &dyn Fn(&Path, bool) -> bool,
    is_shared: &dyn Fn(&Path) -> bool,
) -> Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    for entry in fs::read_dir(site.join(folder))? {
        let entry = entry?;
        let relative = folder.join(entry.file_name());
        let is_folder = entry.file_type()?.is_dir();
        if is_folder && !is_ours(&relative, true) && is_shared(&relative) {
            found.extend(unlisted(site, &relative, is_ours, is_shared)?);
        } else if !is_ours(&relative, is_folder) {
            found.push(relative);
        }
    }
    Ok(found)
}

/// Deletes the listed files of the old site, and the folders that this leaves empty.
fn remove_listed(folder: &Path, listed: &Files) -> Result<()> {
    let remove = |path: &Path| match fs::remove_file(folder.join(path)) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => {
            Err(error).with_context(|| path.display().to_string())
        }
        _ => Ok(()),
    };
    let mut by_depth: BTreeMap<usize, FxHashSet<&Path>> = BTreeMap::new();
    for folder in folders_of(listed) {
        by_depth.entry(folder.components().count()).or_default().insert(folder);
    }
    // Somebody may have put a link in the place of a folder; what is behind it is not ours.
    let mut real: FxHashSet<&Path> = FxHashSet::default();
    for &path in by_depth.values().flatten() {
        let is_below = path.parent().is_none_or(|parent| real.contains(parent));
        if is_below && folder.join(path).symlink_metadata().is_ok_and(|meta| meta.is_dir()) {
            real.insert(path);
        }
    }
    let is_ours = |path: &Path| path.parent().is_some_and(|parent| real.contains(parent));
    let manifest = Path::new(MANIFEST);
    listed
        .par_iter()
        .filter(|path| *path != manifest && is_ours(path))
        .try_for_each(|path| remove(path))?;
    // Deepest first; a folder that still holds something stays.
    for folders in by_depth.values().rev() {
        let folders = folders.par_iter().filter(|path| real.contains(*path));
        folders.for_each(|path| drop(fs::remove_dir(folder.join(path))));
    }
    // Who is interrupted before finds the list of what is still to be deleted.
    remove(manifest)?;
    let _ = fs::remove_dir(folder);
    Ok(())
}

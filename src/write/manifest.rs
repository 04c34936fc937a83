//! What in the folder of a site is ours, by the list that stands in it, and what is not. Only what is
//! listed is ever deleted.

use std::collections::BTreeMap;
use std::fs::{self, Metadata};
use std::io;
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;

use anyhow::{Context, Result};
use percent_encoding::{AsciiSet, CONTROLS, percent_decode_str, utf8_percent_encode};
use rayon::prelude::*;
use rustc_hash::FxHashSet;

use super::MANIFEST;
use super::untouched::{Untouched, state};
use crate::fingerprint::Fingerprint;
use crate::signature::FileSignature;

/// What is encoded in the manifest: a name may have a line break in it, or look like a remark.
const UNLISTED: &AsciiSet = &CONTROLS.add(b'%').add(b'#');

/// Files, by their paths in the folder of a site.
pub(super) type Files = FxHashSet<PathBuf>;

/// What a manifest lists.
pub(super) struct Listed {
    /// The manifest as it is written.
    pub(super) text: String,
    /// The files, and the manifest.
    pub(super) files: Files,
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
        let folders = folders_of(files.iter().map(PathBuf::as_path));
        let folders = folders.into_iter().map(Path::to_owned).collect();
        Self { text, files, folders }
    }

    /// Those of the files that are not among the given ones, and the manifest.
    pub(super) fn without(&self, files: &[&str]) -> Files {
        let wanted: FxHashSet<&Path> = files.iter().map(Path::new).collect();
        self.files.iter().filter(|path| !wanted.contains(path.as_path())).cloned().collect()
    }
}

/// The manifest of a site with the given files.
pub(super) fn manifest(files: &[&str]) -> String {
    let mut list = String::from("# Written by Tearsheet; it deletes only the files listed here.\n");
    for path in files {
        list.extend(utf8_percent_encode(path, UNLISTED));
        list.push('\n');
    }
    list
}

/// What the manifest in a folder lists, which may be the same as in another one.
pub(super) fn read_manifest(folder: &Path, other: Option<&Arc<Listed>>) -> Result<Arc<Listed>> {
    let path = folder.join(MANIFEST);
    if !path.exists() {
        return Ok(Arc::new(Listed::none()));
    }
    let text = fs::read_to_string(&path)?;
    let same = other.filter(|other| other.text == text);
    Ok(same.map_or_else(|| Arc::new(Listed::new(text)), Arc::clone))
}

/// Every folder that one of the files is in, and the site's own.
fn folders_of<'a>(files: impl Iterator<Item = &'a Path>) -> FxHashSet<&'a Path> {
    let mut folders = FxHashSet::from_iter([Path::new("")]);
    for path in files {
        // The folders around one that is there are there as well.
        let _ = path.ancestors().skip(1).find(|folder| !folders.insert(*folder));
    }
    folders
}

/// Moves files that we did not write (a `CNAME`, a `.git`) from the old site into the new one.
pub(super) fn keep_foreign(
    old_site: &Path,
    output: &Path,
    listed: &Listed,
    untouched: &Untouched,
) -> Result<()> {
    let is_shared = |folder: &Path| output.join(folder).is_dir();
    for relative in foreign(old_site, listed, untouched, &is_shared)? {
        let (old, new) = (old_site.join(&relative), output.join(&relative));
        if new.symlink_metadata().is_err() {
            if let Some(parent) = new.parent() {
                fs::create_dir_all(parent)?;
            }
            move_file(&old, &new).with_context(|| format!("cannot keep {}", new.display()))?;
        } else if is_same_file(&old, &new) {
            // An earlier build could only copy it.
            fs::remove_file(&old).with_context(|| format!("cannot move {}", old.display()))?;
        }
    }
    Ok(())
}

/// Whether two files have the same bytes.
fn is_same_file(one: &Path, other: &Path) -> bool {
    let is_plain = |path: &Path| path.symlink_metadata().is_ok_and(|meta| meta.is_file());
    is_plain(one)
        && is_plain(other)
        && matches!((fs::read(one), fs::read(other)), (Ok(one), Ok(other)) if one == other)
}

/// Moves a file or a folder. A folder that belongs to somebody else lets none of its files go, but copied.
fn move_file(old: &Path, new: &Path) -> io::Result<()> {
    let copy = |error| if old.is_file() { fs::copy(old, new).map(drop) } else { Err(error) };
    fs::rename(old, new).or_else(copy)
}

/// What stands in a site and is not listed. A folder without files of ours counts as one thing, unless
/// it is shared with another site. Opening every folder of a large site takes five times as long as
/// looking which are untouched.
pub(super) fn foreign(
    site: &Path,
    listed: &Listed,
    untouched: &Untouched,
    is_shared: &(dyn Fn(&Path) -> bool + Sync),
) -> Result<Vec<PathBuf>> {
    let Listed { files, folders, .. } = listed;
    let is_ours =
        |path: &Path, is_folder: bool| files.contains(path) || is_folder && folders.contains(path);
    let list = fs::symlink_metadata(site.join(MANIFEST)).ok();
    let all = with_metadata(site, folders.iter().map(PathBuf::as_path).collect());
    let is_untouched = untouched.is(inner_state(&all));
    let look = |(folder, meta): &(&Path, Option<Metadata>)| -> Result<Vec<PathBuf>> {
        let Some(meta) = meta else { return Ok(Vec::new()) };
        let is_older = || list.as_ref().is_some_and(|list| is_older(meta, list));
        if is_untouched && !folder.as_os_str().is_empty() && is_older() {
            return Ok(Vec::new());
        }
        unlisted(site, folder, &is_ours, is_shared)
    };
    let found: Vec<Vec<PathBuf>> = all.par_iter().map(look).collect::<Result<_>>()?;
    Ok(found.into_iter().flatten().collect())
}

/// Remembers that the folders of a site which has the given files are as we left them.
pub(super) fn remember_folders(site: &Path, files: &[&str], untouched: &Untouched) {
    let folders = folders_of(files.iter().map(Path::new)).into_iter().collect();
    untouched.remember(inner_state(&with_metadata(site, folders)));
}

/// Folders of a site in order of their paths, with what the system says of them: nothing where one is gone
/// or has become a link.
fn with_metadata<'a>(site: &Path, mut folders: Vec<&'a Path>) -> Vec<(&'a Path, Option<Metadata>)> {
    folders.par_sort_unstable();
    let meta = |folder: &Path| fs::symlink_metadata(site.join(folder)).ok();
    folders.into_par_iter().map(|path| (path, meta(path).filter(Metadata::is_dir))).collect()
}

/// The state of all folders but the site's own, which changes whenever it is published.
fn inner_state(folders: &[(&Path, Option<Metadata>)]) -> Option<Fingerprint> {
    let inner = folders.iter().filter(|(path, _)| !path.as_os_str().is_empty());
    state(inner.map(|(path, meta)| (*path, meta.as_ref())))
}

/// Whether a folder last changed before a file did: one that changed in the same moment may have changed
/// once more since it was looked at. Rights that were changed leave one of the two times alone, and
/// programs that put files back the other.
fn is_older(folder: &Metadata, file: &Metadata) -> bool {
    let is_modified_before = match (folder.modified(), file.modified()) {
        (Ok(folder), Ok(file)) => folder < file,
        _ => false,
    };
    match (FileSignature::of(folder), FileSignature::of(file)) {
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
pub(super) fn remove_listed(folder: &Path, listed: &Files) -> Result<()> {
    let remove = |path: &Path| match fs::remove_file(folder.join(path)) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => {
            Err(error).with_context(|| path.display().to_string())
        }
        _ => Ok(()),
    };
    let mut by_depth: BTreeMap<usize, FxHashSet<&Path>> = BTreeMap::new();
    for folder in folders_of(listed.iter().map(PathBuf::as_path)) {
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

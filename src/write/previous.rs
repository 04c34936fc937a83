//! The site before the last one, of which the next one is made.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::{Context, Result};
use rayon::prelude::*;
use rustc_hash::FxHashSet;

use super::folders::{UNFINISHED, exchange, make_parent, remove_unfinished, take_over};
use super::manifest::{Files, Listed, foreign, keep_foreign, read_manifest, remove_listed};
use super::untouched::Untouched;
use crate::signature::FileSignature;

/// The site before the last one. Most of its files are those of the site as well, so that it takes
/// little to make the next one of it: far less than to take over every file, and to delete as many.
pub(super) struct PreviousSite {
    pub(super) folder: PathBuf,
    pub(super) untouched: Untouched,
}

impl PreviousSite {
    pub(super) fn of(site: &Path, output: &Path) -> Self {
        Self {
            folder: super::build_cache_path(site, output).with_extension("previous"),
            untouched: Untouched::of(site, output),
        }
    }

    /// What is in it, where it can be used; what is left of one that cannot is removed. Mostly it is what
    /// the output folder has as well.
    pub(super) fn usable(&self, output: &Path, other: &Arc<Listed>) -> Result<Option<Arc<Listed>>> {
        if !self.folder.is_dir() {
            return Ok(None);
        }
        if self.folder.join(UNFINISHED).is_file() {
            remove_unfinished(&self.folder)?;
            return Ok(None);
        }
        let listed = read_manifest(&self.folder, Some(other))?;
        // With nothing in it but what we wrote, nothing leads out of it either.
        let is_pure = foreign(&self.folder, &listed, &self.untouched, &|_| false)?.is_empty();
        let is_beside = device(&self.folder).is_some_and(|own| device(output) == Some(own));
        if is_pure && !listed.files.is_empty() && is_beside {
            // A folder that is somebody else's cannot become the next site.
            fs::write(self.folder.join(UNFINISHED), "")?;
            return Ok(Some(listed));
        }
        remove_listed(&self.folder, &listed.files)?;
        Ok(None)
    }

    /// Gives it the files of the new site, of which some have been `made` in a folder of their own, and
    /// takes out those that are `gone`; it was said to be [usable](Self::usable). Returns what it had to take over from the
    /// output folder, which gives a file another signature.
    pub(super) fn update(
        &self,
        output: &Path,
        new: &Path,
        files: &[&str],
        made: &FxHashSet<&str>,
        gone: &Files,
        signature: impl Fn(&str) -> Option<FileSignature> + Sync,
    ) -> Result<Vec<String>> {
        let folder = &self.folder;
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
            let own_signature = now.as_ref().and_then(FileSignature::of);
            // Both folders are of one device, so that a signature tells one file from all others.
            if own_signature.is_some() && own_signature == signature(path) {
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

    /// Leaves a mark that files of others may soon be in it.
    pub(super) fn announce_exchange(&self) -> Result<()> {
        fs::write(self.mark(), "").context("cannot write into .tearsheet")
    }

    /// Puts it in the place of the site, and that in its own.
    pub(super) fn exchange(&self, output: &Path) -> Result<()> {
        exchange(&self.folder, output)
            .with_context(|| format!("cannot swap the site into {}", output.display()))
    }

    /// Gives the files of others that were in the old site to the new one.
    pub(super) fn give_back(&self, output: &Path, old: &Listed) -> Result<()> {
        keep_foreign(&self.folder, output, old, &self.untouched)?;
        fs::remove_file(self.mark()).context("cannot write into .tearsheet")
    }

    /// Is there while files of others may be in that folder.
    fn mark(&self) -> PathBuf {
        self.folder.with_extension("swap")
    }

    /// Brings back the files of others after a build that was killed.
    pub(super) fn recover(&self, output: &Path) -> Result<()> {
        if self.mark().exists() {
            // As long as it is not whole, it has not been in the place of the site.
            let is_whole = self.folder.is_dir() && !self.folder.join(UNFINISHED).exists();
            if is_whole && output.is_dir() {
                let listed = read_manifest(&self.folder, None)?;
                keep_foreign(&self.folder, output, &listed, &self.untouched)?;
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

//! What is done with whole folders and single files of a site.

use std::fs;
use std::io;
use std::path::Path;

use anyhow::{Context, Result};

/// Stands in a stage until it is whole: as long as it does, nobody but us has written into the folder.
pub(super) const UNFINISHED: &str = ".tearsheet-unfinished";

/// Takes over a file of the old site as it is.
pub(super) fn take_over(path: &str, from: &Path, to: &Path) -> Result<()> {
    let (from, to) = (from.join(path), to.join(path));
    make_parent(&to)
        // One file in two folders costs nothing; not every file system can.
        .and_then(|()| fs::hard_link(&from, &to).or_else(|_| fs::copy(&from, &to).map(drop)))
        .with_context(|| format!("cannot take over {path}"))
}

/// Removes a stage that was never whole, as it would have been removed at the end of its build.
#[expect(
    clippy::disallowed_methods,
    reason = "the folder has its mark: only we have written into it"
)]
pub(super) fn remove_unfinished(stage: &Path) -> Result<()> {
    fs::remove_dir_all(stage).with_context(|| format!("cannot remove {}", stage.display()))
}

/// Makes the folder that a file stands in. Most files of a site have one of their own.
pub(super) fn make_parent(target: &Path) -> io::Result<()> {
    let Some(parent) = target.parent() else { return Ok(()) };
    match fs::create_dir(parent) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => fs::create_dir_all(parent),
        Err(error) if error.kind() != io::ErrorKind::AlreadyExists => Err(error),
        _ => Ok(()),
    }
}

/// Swaps two folders in one step where the system can, else in two.
pub(super) fn exchange(one: &Path, other: &Path) -> io::Result<()> {
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

//! Puts a site on disk: the output folder holds the old site or the new one, never a mixture.
//!
//! The new site is written beside the output folder and swapped in with one rename. Only files
//! that our own manifest lists are ever deleted.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::{self, Write};
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;

use anyhow::{Context, Result, bail};
use rayon::prelude::*;

/// The file that lists what we wrote; a non-empty folder without it is not ours.
pub const MANIFEST: &str = ".tearsheet-manifest";

/// The places that must never be an output folder, given from outside so that tests can make
/// their own.
#[derive(Clone, Debug)]
pub struct Places {
    /// The root of the file system.
    pub root: PathBuf,
    /// The user's home.
    pub home: Option<PathBuf>,
    /// Where the program was started.
    pub current: PathBuf,
    /// The site's own root, with its sources.
    pub site: PathBuf,
}

/// Refuses an output folder that could cost somebody their files.
///
/// # Errors
/// The reason, and what to do instead.
pub fn guard(output: &Path, places: &Places) -> Result<()> {
    let refuse = |why: &str| -> Result<()> {
        bail!(
            "will not write the site into {}: {why}; choose another folder with -o",
            output.display()
        )
    };
    let full = normal(&places.current.join(output));
    if full == normal(&places.root) || full.parent().is_none() {
        return refuse("it is the root of the file system");
    }
    if places.home.as_ref().is_some_and(|home| full == normal(home)) {
        return refuse("it is your home folder");
    }
    if full == normal(&places.current) {
        return refuse("it is the current folder");
    }
    let site = normal(&places.site);
    if site.starts_with(&full) {
        return refuse("the site's sources are in it");
    }
    for folder in ["content", "templates", "static", "inbox"] {
        if full.starts_with(site.join(folder)) {
            return refuse("it is inside the site's sources");
        }
    }
    match fs::symlink_metadata(&full) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err(error).with_context(|| full.display().to_string()),
        Ok(meta) if meta.file_type().is_symlink() => return refuse("it is a symbolic link"),
        Ok(meta) if !meta.is_dir() => return refuse("it is a file"),
        Ok(_) => {}
    }
    let empty = fs::read_dir(&full)?.next().is_none();
    if !empty && !full.join(MANIFEST).is_file() {
        return refuse("it holds files that Tearsheet did not write");
    }
    Ok(())
}

/// A path without `.` and `..`, with links resolved as far as it exists.
fn normal(path: &Path) -> PathBuf {
    if let Ok(real) = fs::canonicalize(path)
        && !fs::symlink_metadata(path).is_ok_and(|meta| meta.file_type().is_symlink())
    {
        return real;
    }
    let mut out = PathBuf::new();
    for part in path.components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir => {
                out.pop();
            }
            part => out.push(part),
        }
    }
    match (out.parent().map(fs::canonicalize), out.file_name()) {
        (Some(Ok(parent)), Some(name)) => parent.join(name),
        _ => out,
    }
}

/// Publishes the files of a site into `output`, which [`guard`] has allowed.
///
/// # Errors
/// What the system says; the old site is then still there.
pub fn publish(files: &BTreeMap<String, Arc<[u8]>>, output: &Path) -> Result<()> {
    let parent = output.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
    fs::create_dir_all(parent).with_context(|| format!("cannot make {}", parent.display()))?;
    let stage = tempfile::Builder::new()
        .prefix(".tearsheet-new-")
        .tempdir_in(parent)
        .with_context(|| format!("cannot write beside {}", output.display()))?;
    write_all(files, stage.path())?;
    open_to_readers(stage.path())?;
    if !output.exists() {
        fs::rename(stage.path(), output)
            .with_context(|| format!("cannot put the site into {}", output.display()))?;
        let _ = stage.keep();
        return Ok(());
    }
    let old = read_manifest(output)?;
    exchange(stage.path(), output)
        .with_context(|| format!("cannot swap the site into {}", output.display()))?;
    // From here on the new site is in place and `stage` holds the old one.
    let old_site = stage.keep();
    keep_foreign(&old_site, output, &old)?;
    remove_listed(&old_site, &old)
}

fn write_all(files: &BTreeMap<String, Arc<[u8]>>, folder: &Path) -> Result<()> {
    let folders: BTreeSet<PathBuf> =
        files.keys().filter_map(|path| folder.join(path).parent().map(Path::to_owned)).collect();
    for path in &folders {
        fs::create_dir_all(path).with_context(|| path.display().to_string())?;
    }
    files.par_iter().try_for_each(|(path, bytes)| {
        let target = folder.join(path);
        fs::write(&target, bytes).with_context(|| format!("cannot write {path}"))
    })?;
    let mut list = String::from("# Written by Tearsheet; it deletes only the files listed here.\n");
    for path in files.keys() {
        list.push_str(path);
        list.push('\n');
    }
    let mut manifest = fs::File::create(folder.join(MANIFEST))?;
    manifest.write_all(list.as_bytes())?;
    Ok(())
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

fn read_manifest(folder: &Path) -> Result<BTreeSet<PathBuf>> {
    let path = folder.join(MANIFEST);
    if !path.exists() {
        return Ok(BTreeSet::new());
    }
    let text = fs::read_to_string(&path)?;
    let inside = |path: &Path| path.components().all(|part| matches!(part, Component::Normal(_)));
    let listed = text.lines().filter(|line| !line.starts_with('#')).map(PathBuf::from);
    Ok(listed.chain([PathBuf::from(MANIFEST)]).filter(|path| inside(path)).collect())
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

/// Moves files that we did not write (a `CNAME`, a `.git`) from the old site into the new one.
fn keep_foreign(old_site: &Path, output: &Path, listed: &BTreeSet<PathBuf>) -> Result<()> {
    let mut folders = vec![PathBuf::new()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(old_site.join(&folder))? {
            let entry = entry?;
            let relative = folder.join(entry.file_name());
            if listed.contains(&relative) {
                continue;
            }
            let ours_inside = listed.iter().any(|path| path.starts_with(&relative));
            if entry.file_type()?.is_dir() && (ours_inside || output.join(&relative).is_dir()) {
                folders.push(relative);
                continue;
            }
            let target = output.join(&relative);
            if target.symlink_metadata().is_err() {
                if let Some(parent) = target.parent() {
                    fs::create_dir_all(parent)?;
                }
                fs::rename(entry.path(), &target)
                    .with_context(|| format!("cannot keep {}", target.display()))?;
            }
        }
    }
    Ok(())
}

/// Deletes the listed files of the old site, and the folders that this leaves empty.
fn remove_listed(folder: &Path, listed: &BTreeSet<PathBuf>) -> Result<()> {
    let mut folders: BTreeSet<PathBuf> = BTreeSet::new();
    for path in listed {
        match fs::remove_file(folder.join(path)) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => {
                return Err(error).with_context(|| path.display().to_string());
            }
            _ => folders.extend(path.ancestors().skip(1).map(Path::to_owned)),
        }
    }
    // Deepest first; a folder that still holds something stays.
    for path in folders.iter().rev() {
        let _ = fs::remove_dir(folder.join(path));
    }
    let _ = fs::remove_dir(folder);
    Ok(())
}

/// Makes a new text file with its folders; one that is there is never overwritten.
///
/// # Errors
/// What the system says, also when the file is there already.
pub fn create(path: &Path, text: &str) -> Result<()> {
    beside(path, text)?
        .persist_noclobber(path)
        .with_context(|| format!("cannot write {}", path.display()))?;
    Ok(())
}

/// Replaces a text file in one step.
///
/// # Errors
/// What the system says; the old file is then still whole.
pub fn replace(path: &Path, text: &str) -> Result<()> {
    beside(path, text)?
        .persist(path)
        .with_context(|| format!("cannot write {}", path.display()))?;
    Ok(())
}

/// The text in a temporary file in the same folder, ready to be renamed.
fn beside(path: &Path, text: &str) -> Result<tempfile::NamedTempFile> {
    let folder = path.parent().unwrap_or(Path::new("."));
    fs::create_dir_all(folder).with_context(|| format!("cannot make {}", folder.display()))?;
    let mut file = tempfile::Builder::new().prefix(".tearsheet-").tempfile_in(folder)?;
    file.write_all(text.as_bytes())?;
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        file.as_file().set_permissions(fs::Permissions::from_mode(0o644))?;
    }
    Ok(file)
}

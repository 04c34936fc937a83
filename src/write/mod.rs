//! Puts a site on disk: the output folder holds the old site or the new one, never a mixture.
//!
//! The new site is staged beside the output folder, and the two folders are exchanged in one system call
//! where there is one; a site that differs in one file needs one rename. The site before the last one stays in
//! `.tearsheet/`: where little has changed, it gets the differences and is exchanged, and files that are the
//! same in both sites are one file with two names, which their signatures tell.
//!
//! What others have put into the site moves with it; folders that are as we left them, which their signatures
//! tell, are not opened to look for that. Only files that our own manifest lists are ever deleted.
//! A stage bears a mark until it is whole, so that the next build can clear up after one that was killed.
//!
//! A lock on the folder around it keeps two builds apart, whichever site they are of; another one on `content/`
//! keeps apart those who import. All of a site is on the disk before the exchange, the list of its files after
//! that, and the old site goes only when the disk knows of the exchange (`durable`); `--no-sync` leaves all that
//! to the system. What cannot be removed of an old site is reported, and does not hinder the new one.

pub mod compress;
mod durable;
mod folders;
mod kept;
mod lock;
mod manifest;
mod previous;
mod publish;
mod spool;
mod untouched;

use std::fs;
use std::io::{self, Write};
use std::path::{Component, Path, PathBuf};

use anyhow::{Context, Result, bail};
use rayon::prelude::*;
use tempfile::NamedTempFile;

pub use kept::KeptPictures;
pub use lock::Lock;
pub use publish::{Changed, Durability, Published, Remnant, Stage, recover};
pub use spool::DiskSpool;

use crate::signature::FileSignature;

/// The file that lists what we wrote; a non-empty folder without it is not ours.
pub const MANIFEST: &str = ".tearsheet-manifest";

/// The folder of a site that holds what only makes builds faster.
const CACHE: &str = ".tearsheet";

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

/// A whole path without `.` and `..`, with links resolved as far as it exists.
fn normal(path: &Path) -> PathBuf {
    let path = &std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
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

/// The folder that an output folder is in.
fn parent(output: &Path) -> &Path {
    output.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// One name for an output folder, however its path is written.
fn name_of(output: &Path) -> String {
    blake3::hash(normal(output).as_os_str().as_encoded_bytes()).to_hex()[..16].to_owned()
}

/// Keeps other builds away from an output folder, whichever site they are of, for as long as it is held;
/// calls `wait` where one is at work already. The folder that the output stands in is what is locked,
/// since the output itself is exchanged. None where nothing can be written; then nobody else writes either.
pub fn lock(site: &Path, output: &Path, wait: impl FnOnce()) -> Option<Lock> {
    make_cache(site);
    let folder = parent(output);
    let _ = fs::create_dir_all(folder);
    lock::lock(folder, &build_cache_path(site, output).with_extension("lock"), wait)
}

/// Keeps other programs away that write articles and companies of a site, as [`lock`] does for its output.
pub fn lock_content(site: &Path, wait: impl FnOnce()) -> Option<Lock> {
    make_cache(site);
    let folder = site.join("content");
    let _ = fs::create_dir_all(&folder);
    lock::lock(&folder, &site.join(CACHE).join("content.lock"), wait)
}

/// The signatures of files in the output folder; none where a file is missing or not a plain file.
#[must_use]
pub fn signatures(output: &Path, paths: &[&str]) -> Vec<Option<FileSignature>> {
    let signature = |path: &&str| {
        let meta = fs::symlink_metadata(output.join(path)).ok().filter(fs::Metadata::is_file)?;
        FileSignature::of(&meta)
    };
    paths.par_iter().map(signature).collect()
}

/// Where a site keeps the build cache of an output folder.
fn build_cache_path(site: &Path, output: &Path) -> PathBuf {
    site.join(CACHE).join(name_of(output))
}

/// The build cache of an output folder, where there is one.
#[must_use]
pub fn build_cache(site: &Path, output: &Path) -> Option<Vec<u8>> {
    fs::read(build_cache_path(site, output)).ok()
}

/// Keeps the build cache of an output folder. Without one the next build only takes longer, so a site
/// that cannot be written to is no error.
pub fn store_build_cache(
    site: &Path,
    output: &Path,
    write: impl FnOnce(&mut fs::File) -> io::Result<()>,
) {
    let path = build_cache_path(site, output);
    make_cache(site);
    let written = beside(&path, write).and_then(|file| Ok(file.persist(&path)?));
    if written.is_err() {
        let _ = fs::remove_file(&path);
    }
}

/// Keeps bytes in the folder of a site that git does not look into. Nothing depends on them, so a site that
/// cannot be written to is no error.
pub fn keep(site: &Path, path: &Path, bytes: &[u8]) {
    if fs::read(path).is_ok_and(|kept| kept == bytes) {
        return;
    }
    make_cache(site);
    let _ = beside(path, |file| file.write_all(bytes)).and_then(|file| Ok(file.persist(path)?));
}

/// Deletes a text file, if it still holds what it is known to hold.
///
/// # Errors
/// What the system says, also when the file holds something else by now.
pub fn remove(path: &Path, text: &str) -> Result<()> {
    if fs::read(path)? != text.as_bytes() {
        bail!("{} has changed", path.display());
    }
    fs::remove_file(path).with_context(|| format!("cannot delete {}", path.display()))
}

/// Makes the folder that git does not look into.
fn make_cache(site: &Path) {
    let ignore = site.join(CACHE).join(".gitignore");
    if !ignore.exists() {
        let _ = create(&ignore, "*\n");
    }
}

/// Makes a new text file with its folders; one that is there is never overwritten.
///
/// # Errors
/// What the system says, also when the file is there already.
pub fn create(path: &Path, text: &str) -> Result<()> {
    put(path, text.as_bytes(), |file| file.persist_noclobber(path))
}

/// Replaces a text file in one step.
///
/// # Errors
/// What the system says; the old file is then still whole.
pub fn replace(path: &Path, text: &str) -> Result<()> {
    put(path, text.as_bytes(), |file| file.persist(path))
}

/// Copies a file to a place where none is.
///
/// # Errors
/// What the system says, also when there is a file already.
pub fn copy(from: &Path, to: &Path) -> Result<()> {
    let bytes = fs::read(from).with_context(|| format!("cannot read {}", from.display()))?;
    put(to, &bytes, |file| file.persist_noclobber(to))
}

/// Writes a file so that it is on the disk, with its name, before anybody is told of it.
fn put(
    path: &Path,
    bytes: &[u8],
    persist: impl FnOnce(NamedTempFile) -> Result<fs::File, tempfile::PersistError>,
) -> Result<()> {
    let context = || format!("cannot write {}", path.display());
    let there = path.ancestors().skip(1).find(|folder| folder.is_dir()).map(Path::to_owned);
    let file = beside(path, |file| file.write_all(bytes))?;
    file.as_file().sync_all().with_context(context)?;
    persist(file).with_context(context)?;
    // The names of new folders are in the folders around them.
    let end = there.unwrap_or_default();
    let folders = path.ancestors().skip(1).take_while(|folder| folder.starts_with(&end));
    for folder in folders.filter(|folder| !folder.as_os_str().is_empty()) {
        durable::sync(folder).with_context(context)?;
    }
    Ok(())
}

/// A temporary file in the same folder, ready to be renamed.
fn beside(
    path: &Path,
    write: impl FnOnce(&mut fs::File) -> io::Result<()>,
) -> Result<NamedTempFile> {
    let folder = path.parent().unwrap_or(Path::new("."));
    fs::create_dir_all(folder).with_context(|| format!("cannot make {}", folder.display()))?;
    let mut file = tempfile::Builder::new().prefix(".tearsheet-").tempfile_in(folder)?;
    write(file.as_file_mut())?;
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        file.as_file().set_permissions(fs::Permissions::from_mode(0o644))?;
    }
    Ok(file)
}

//! Puts a site on disk: the output folder holds the old site or the new one, never a mixture.
//!
//! The new site is written beside the output folder and swapped in with one rename. Only files
//! that our own manifest lists are ever deleted.

use std::collections::{BTreeMap, HashSet};
use std::fs;
use std::io::{self, Write};
use std::path::{Component, Path, PathBuf};
use std::sync::Mutex;

use anyhow::{Context, Result, bail};
use percent_encoding::{AsciiSet, CONTROLS, percent_decode_str, utf8_percent_encode};
use rayon::prelude::*;

use crate::stamp::Stamp;

/// The file that lists what we wrote; a non-empty folder without it is not ours.
pub const MANIFEST: &str = ".tearsheet-manifest";

/// What is encoded in the manifest: a name may have a line break in it, or look like a remark.
const UNLISTED: &AsciiSet = &CONTROLS.add(b'%').add(b'#');

/// Stands in a stage until it is whole: as long as it does, nobody but us has written into the folder.
const UNFINISHED: &str = ".tearsheet-unfinished";

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

/// A new site that nobody sees yet, in a folder beside the output folder.
pub struct Stage {
    folder: tempfile::TempDir,
    output: PathBuf,
    written: Mutex<Vec<String>>,
}

impl Stage {
    /// Makes the folder, beside an output folder that [`guard`] has allowed.
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
    pub fn publish_one(self) -> Result<()> {
        let Self { folder, output, written } = self;
        let written = written.into_inner().expect("no thread panics while it holds it");
        for path in &written {
            fs::rename(folder.path().join(path), output.join(path))
                .with_context(|| format!("cannot put {path} into {}", output.display()))?;
        }
        Ok(())
    }

    /// Puts the new site in the place of the old one. It has the given files: what was written, and
    /// the others as they are in the old site.
    ///
    /// # Errors
    /// What the system says; the old site is then still there.
    pub fn publish<'a>(self, files: impl Iterator<Item = &'a str>) -> Result<()> {
        let Self { folder, output, written } = self;
        let written = written.into_inner().expect("no thread panics while it holds it");
        let made: HashSet<&str> = written.iter().map(String::as_str).collect();
        let mut files: Vec<&str> = files.collect();
        files.sort_unstable();
        let stay: Vec<&str> = files.iter().copied().filter(|path| !made.contains(path)).collect();
        stay.par_iter().try_for_each(|path| {
            let (from, to) = (output.join(path), folder.path().join(path));
            make_parent(&to)
                // One file in two folders costs nothing; not every file system can.
                .and_then(|()| {
                    fs::hard_link(&from, &to).or_else(|_| fs::copy(&from, &to).map(drop))
                })
                .with_context(|| format!("cannot take over {path}"))
        })?;
        write_manifest(&files, folder.path())?;
        fs::remove_file(folder.path().join(UNFINISHED)).context("cannot finish the new site")?;
        open_to_readers(folder.path())?;
        if !output.exists() {
            fs::rename(folder.path(), &output)
                .with_context(|| format!("cannot put the site into {}", output.display()))?;
            let _ = folder.keep();
            return Ok(());
        }
        let old = read_manifest(&output)?;
        exchange(folder.path(), &output)
            .with_context(|| format!("cannot swap the site into {}", output.display()))?;
        // From here on the new site is in place and `folder` holds the old one.
        let old_site = folder.keep();
        keep_foreign(&old_site, &output, &old)?;
        remove_listed(&old_site, &old)
    }
}

/// How the stages of an output folder are named, so that one that was left behind is known again.
fn stage_prefix(output: &Path) -> String {
    format!(".tearsheet-new-{}-", &name_of(output)[..8])
}

/// The folder that an output folder is in.
fn parent(output: &Path) -> &Path {
    output.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// One name for an output folder, however its path is written.
fn name_of(output: &Path) -> String {
    blake3::hash(normal(output).as_os_str().as_encoded_bytes()).to_hex()[..16].to_owned()
}

/// Clears up after builds that were killed: files of others that were with the old site go back into
/// the output folder, and what is left of stages is removed. Whoever calls this holds the [`lock`].
///
/// # Errors
/// What the system says.
pub fn recover(output: &Path) -> Result<()> {
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
            let listed = read_manifest(&stage)?;
            keep_foreign(&stage, output, &listed)?;
            remove_listed(&stage, &listed)?;
        }
    }
    Ok(())
}

/// Removes a stage that was never whole, as it would have been removed at the end of its build.
#[expect(
    clippy::disallowed_methods,
    reason = "the folder has its mark: only we have written into it"
)]
fn remove_unfinished(stage: &Path) -> Result<()> {
    fs::remove_dir_all(stage).with_context(|| format!("cannot remove {}", stage.display()))
}

/// Keeps other builds away from an output folder for as long as the file is held; calls `wait` where
/// one is at work already. None where the site cannot be written to; then nobody else writes either.
#[must_use]
pub fn lock(site: &Path, output: &Path, wait: impl FnOnce()) -> Option<fs::File> {
    let path = ledger_path(site, output).with_extension("lock");
    make_cache(site);
    let file = fs::File::create(path).ok()?;
    if matches!(file.try_lock(), Err(fs::TryLockError::WouldBlock)) {
        wait();
        file.lock().ok()?;
    }
    Some(file)
}

/// The stamps of files in the output folder; none where a file is missing or not a plain file.
#[must_use]
pub fn stamps(output: &Path, paths: &[&str]) -> Vec<Option<Stamp>> {
    let stamp = |path: &&str| {
        let meta = fs::symlink_metadata(output.join(path)).ok().filter(fs::Metadata::is_file)?;
        Stamp::of(&meta)
    };
    paths.par_iter().map(stamp).collect()
}

/// Where a site keeps the ledger of an output folder.
fn ledger_path(site: &Path, output: &Path) -> PathBuf {
    site.join(CACHE).join(name_of(output))
}

/// The ledger of an output folder, where there is one.
#[must_use]
pub fn ledger(site: &Path, output: &Path) -> Option<Vec<u8>> {
    fs::read(ledger_path(site, output)).ok()
}

/// Keeps the ledger of an output folder. Without one the next build only takes longer, so a site
/// that cannot be written to is no error.
pub fn keep_ledger(site: &Path, output: &Path, bytes: &[u8]) {
    let path = ledger_path(site, output);
    make_cache(site);
    let written = beside(&path, bytes).and_then(|file| Ok(file.persist(&path)?));
    if written.is_err() {
        let _ = fs::remove_file(&path);
    }
}

/// Makes the folder that git does not look into.
fn make_cache(site: &Path) {
    let ignore = site.join(CACHE).join(".gitignore");
    if !ignore.exists() {
        let _ = create(&ignore, "*\n");
    }
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

fn write_manifest(files: &[&str], folder: &Path) -> Result<()> {
    let mut list = String::from("# Written by Tearsheet; it deletes only the files listed here.\n");
    for path in files {
        list.extend(utf8_percent_encode(path, UNLISTED));
        list.push('\n');
    }
    fs::write(folder.join(MANIFEST), list).context("cannot write the list of files")
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

fn read_manifest(folder: &Path) -> Result<HashSet<PathBuf>> {
    let path = folder.join(MANIFEST);
    if !path.exists() {
        return Ok(HashSet::new());
    }
    let text = fs::read_to_string(&path)?;
    let inside = |path: &Path| path.components().all(|part| matches!(part, Component::Normal(_)));
    let listed = text
        .lines()
        .filter(|line| !line.starts_with('#'))
        .map(|line| PathBuf::from(percent_decode_str(line).decode_utf8_lossy().into_owned()));
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
fn keep_foreign(old_site: &Path, output: &Path, listed: &HashSet<PathBuf>) -> Result<()> {
    // Every folder that one of our files is in.
    let ours: HashSet<&Path> = listed.iter().flat_map(|path| path.ancestors().skip(1)).collect();
    let is_shared = |folder: &Path| ours.contains(folder) || output.join(folder).is_dir();
    for relative in foreign(old_site, Path::new(""), listed, &is_shared)? {
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

/// What stands in a folder and below that is not listed. Folders that are not shared with our files
/// count as one thing.
fn foreign(
    old_site: &Path,
    folder: &Path,
    listed: &HashSet<PathBuf>,
    is_shared: &(dyn Fn(&Path) -> bool + Sync),
) -> Result<Vec<PathBuf>> {
    let (mut found, mut below) = (Vec::new(), Vec::new());
    for entry in fs::read_dir(old_site.join(folder))? {
        let entry = entry?;
        let relative = folder.join(entry.file_name());
        if listed.contains(&relative) {
            continue;
        }
        if entry.file_type()?.is_dir() && is_shared(&relative) {
            below.push(relative);
        } else {
            found.push(relative);
        }
    }
    let below: Vec<Vec<PathBuf>> = below
        .into_par_iter()
        .map(|folder| foreign(old_site, &folder, listed, is_shared))
        .collect::<Result<_>>()?;
    found.extend(below.into_iter().flatten());
    Ok(found)
}

/// Deletes the listed files of the old site, and the folders that this leaves empty.
fn remove_listed(folder: &Path, listed: &HashSet<PathBuf>) -> Result<()> {
    let remove = |path: &Path| match fs::remove_file(folder.join(path)) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => {
            Err(error).with_context(|| path.display().to_string())
        }
        _ => Ok(()),
    };
    let mut by_depth: BTreeMap<usize, HashSet<&Path>> = BTreeMap::new();
    for folder in listed.iter().flat_map(|path| path.ancestors().skip(1)) {
        by_depth.entry(folder.components().count()).or_default().insert(folder);
    }
    // Somebody may have put a link in the place of a folder; what is behind it is not ours.
    let mut real: HashSet<&Path> = HashSet::new();
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

/// Makes a new text file with its folders; one that is there is never overwritten.
///
/// # Errors
/// What the system says, also when the file is there already.
pub fn create(path: &Path, text: &str) -> Result<()> {
    beside(path, text.as_bytes())?
        .persist_noclobber(path)
        .with_context(|| format!("cannot write {}", path.display()))?;
    Ok(())
}

/// Replaces a text file in one step.
///
/// # Errors
/// What the system says; the old file is then still whole.
pub fn replace(path: &Path, text: &str) -> Result<()> {
    beside(path, text.as_bytes())?
        .persist(path)
        .with_context(|| format!("cannot write {}", path.display()))?;
    Ok(())
}

/// The bytes in a temporary file in the same folder, ready to be renamed.
fn beside(path: &Path, bytes: &[u8]) -> Result<tempfile::NamedTempFile> {
    let folder = path.parent().unwrap_or(Path::new("."));
    fs::create_dir_all(folder).with_context(|| format!("cannot make {}", folder.display()))?;
    let mut file = tempfile::Builder::new().prefix(".tearsheet-").tempfile_in(folder)?;
    file.write_all(bytes)?;
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        file.as_file().set_permissions(fs::Permissions::from_mode(0o644))?;
    }
    Ok(file)
}

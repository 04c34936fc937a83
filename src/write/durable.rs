//! Getting what was written onto the disk itself: without that a loss of power some seconds later
//! leaves files that are there and empty.

use std::fs::File;
use std::io;
use std::path::Path;

/// Waits until a file, or the names in a folder, are on the disk.
pub(super) fn sync(path: &Path) -> io::Result<()> {
    // Windows keeps the names in a folder by itself and opens none.
    if cfg!(not(unix)) && path.is_dir() {
        return Ok(());
    }
    File::open(path)?.sync_all()
}

/// Waits until all files below a folder are on the disk, with their folders: in one call where the
/// system has one for a whole file system, which is hundreds of times faster for a site.
pub(super) fn sync_all(folder: &Path) -> io::Result<()> {
    #[cfg(target_os = "linux")]
    {
        rustix::fs::syncfs(File::open(folder)?).map_err(Into::into)
    }
    #[cfg(not(target_os = "linux"))]
    {
        use rayon::prelude::*;
        let entries: Vec<_> = std::fs::read_dir(folder)?.collect::<io::Result<_>>()?;
        entries.into_par_iter().try_for_each(|entry| match entry.file_type()? {
            kind if kind.is_dir() => sync_all(&entry.path()),
            kind if kind.is_file() => sync(&entry.path()),
            _ => Ok(()),
        })?;
        sync(folder)
    }
}

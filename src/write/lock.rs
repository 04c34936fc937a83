//! Locks belong to what is written, so that they also keep two sites apart that write into one folder.

use std::fs::{File, TryLockError};
use std::io;
use std::path::Path;

/// Keeps others away for as long as it is held; let go of at the end of the program, however it ends.
#[must_use]
pub struct Lock {
    _held: File,
}

/// Locks a folder against everybody who asks the same, in any process; calls `wait` where somebody
/// holds it already. Where folders cannot be locked, `instead` is made and locked; none where that cannot
/// be written either, since then nobody else writes.
pub(super) fn lock(folder: &Path, instead: &Path, wait: impl FnOnce()) -> Option<Lock> {
    let mut wait = Some(wait);
    let mut wait = || wait.take().into_iter().for_each(|wait| wait());
    let of_folder = File::open(folder).and_then(|file| hold(file, &mut wait));
    of_folder.or_else(|_| File::create(instead).and_then(|file| hold(file, &mut wait))).ok()
}

fn hold(file: File, wait: &mut dyn FnMut()) -> io::Result<Lock> {
    match file.try_lock() {
        Ok(()) => {}
        Err(TryLockError::WouldBlock) => {
            wait();
            file.lock()?;
        }
        Err(TryLockError::Error(error)) => return Err(error),
    }
    Ok(Lock { _held: file })
}

//! What a build needs again, in a file without a name: the system holds it in memory as long as that has
//! nothing better to do, and it is gone with the program, however that ends.

use std::fs::File;
use std::io;
#[cfg(unix)]
use std::os::unix::fs::FileExt;
#[cfg(windows)]
use std::os::windows::fs::FileExt;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use super::{CACHE, make_cache};
use crate::source::{Spool, Spooled};

/// How many bytes are written at once. A small site stays below that, and has no file.
const PIECE: usize = 1 << 18;

/// A spool in the folder of a site that git does not look into. Where nothing can be written, everything stays in
/// memory.
#[derive(Clone)]
pub struct DiskSpool(Arc<Inner>);

struct Inner {
    site: PathBuf,
    end: Mutex<End>,
}

/// The end of the spool, which is still in memory.
#[derive(Default)]
struct End {
    /// Made when there is something for it.
    file: Option<Arc<File>>,
    /// How many bytes the file has.
    start: u64,
    bytes: Vec<u8>,
    /// Whether nothing more can be written.
    is_full: bool,
    /// Why something could not be read back.
    trouble: Option<io::Error>,
}

impl DiskSpool {
    /// A spool of the site in a folder.
    #[must_use]
    pub fn of(site: &Path) -> Self {
        Self(Arc::new(Inner { site: site.to_owned(), end: Mutex::default() }))
    }

    /// Lets go of all that is in it, which nobody may ask for any more.
    ///
    /// # Errors
    /// The reason why something could not be read back; there were only zeros in its place then.
    pub fn finish(&self) -> io::Result<()> {
        self.0.with_end(|end| {
            // Or the system would bring it onto the disk together with the site.
            if let Some(file) = end.file.take() {
                let _ = file.set_len(0);
            }
            end.start += end.bytes.len() as u64;
            end.bytes = Vec::new();
            end.trouble.take().map_or(Ok(()), Err)
        })
    }
}

impl Spool for DiskSpool {
    fn put(&self, bytes: &[u8]) -> Spooled {
        let (inner, length) = (Arc::clone(&self.0), bytes.len());
        let at = inner.with_end(|end| end.put(bytes, &inner.site));
        Spooled::new(move || inner.get(at, length))
    }
}

impl Inner {
    fn with_end<T>(&self, work: impl FnOnce(&mut End) -> T) -> T {
        work(&mut self.end.lock().expect("no thread panics while it holds the end"))
    }

    fn get(&self, at: u64, length: usize) -> Vec<u8> {
        let (held, file) = self.with_end(|end| (end.held(at, length), end.file.clone()));
        if let Some(bytes) = held {
            return bytes;
        }
        let mut bytes = vec![0; length];
        let read = file.ok_or_else(|| io::ErrorKind::NotFound.into());
        if let Err(error) = read.and_then(|file| read_at(&file, &mut bytes, at)) {
            bytes.fill(0);
            self.with_end(|end| _ = end.trouble.get_or_insert(error));
        }
        bytes
    }
}

impl End {
    /// Takes up some bytes, and tells where they are.
    fn put(&mut self, bytes: &[u8], site: &Path) -> u64 {
        if self.bytes.len() + bytes.len() > PIECE && !self.is_full {
            self.is_full = self.write(site).is_err();
        }
        let at = self.start + self.bytes.len() as u64;
        self.bytes.extend_from_slice(bytes);
        at
    }

    /// Brings what is in memory into the file.
    fn write(&mut self, site: &Path) -> io::Result<()> {
        let file = if let Some(file) = &self.file {
            file
        } else {
            make_cache(site);
            self.file.insert(Arc::new(tempfile::tempfile_in(site.join(CACHE))?))
        };
        write_at(file, &self.bytes, self.start)?;
        self.start += self.bytes.len() as u64;
        self.bytes.clear();
        Ok(())
    }

    /// Some of the bytes that are still in memory.
    fn held(&self, at: u64, length: usize) -> Option<Vec<u8>> {
        let from = usize::try_from(at.checked_sub(self.start)?).ok()?;
        self.bytes.get(from..from + length).map(<[u8]>::to_vec)
    }
}

#[cfg(unix)]
fn read_at(file: &File, bytes: &mut [u8], at: u64) -> io::Result<()> {
    file.read_exact_at(bytes, at)
}

#[cfg(unix)]
fn write_at(file: &File, bytes: &[u8], at: u64) -> io::Result<()> {
    file.write_all_at(bytes, at)
}

#[cfg(windows)]
fn read_at(file: &File, mut bytes: &mut [u8], mut at: u64) -> io::Result<()> {
    while !bytes.is_empty() {
        match file.seek_read(bytes, at)? {
            0 => return Err(io::ErrorKind::UnexpectedEof.into()),
            length => (bytes, at) = (&mut bytes[length..], at + length as u64),
        }
    }
    Ok(())
}

#[cfg(windows)]
fn write_at(file: &File, mut bytes: &[u8], mut at: u64) -> io::Result<()> {
    while !bytes.is_empty() {
        match file.seek_write(bytes, at)? {
            0 => return Err(io::ErrorKind::WriteZero.into()),
            length => (bytes, at) = (&bytes[length..], at + length as u64),
        }
    }
    Ok(())
}

//! Pictures that were made once, in the folder of a site that git does not look into.

use std::fs;
use std::path::{Path, PathBuf};

use super::{CACHE, keep};
use crate::source::Store;

/// How many bytes of hash stand before the rest: a file that was not written to its end is none.
const HASH: usize = 32;

/// The pictures of a site.
pub struct KeptPictures {
    site: PathBuf,
    is_open: bool,
}

impl KeptPictures {
    /// Those of the site in a folder.
    #[must_use]
    pub fn of(site: &Path) -> Self {
        Self { site: site.to_owned(), is_open: true }
    }

    /// The same where nothing is to be written.
    #[must_use]
    pub fn to_read(site: &Path) -> Self {
        Self { is_open: false, ..Self::of(site) }
    }

    fn path(&self, key: &str) -> PathBuf {
        self.site.join(CACHE).join("pictures").join(key)
    }
}

impl Store for KeptPictures {
    fn get(&self, key: &str) -> Option<Vec<u8>> {
        let mut bytes = fs::read(self.path(key)).ok()?;
        let is_whole =
            bytes.len() >= HASH && *blake3::hash(&bytes[HASH..]).as_bytes() == bytes[..HASH];
        is_whole.then(|| bytes.split_off(HASH))
    }

    fn put(&self, key: &str, bytes: &[u8]) {
        if !self.is_open {
            return;
        }
        let hash = blake3::hash(bytes);
        keep(&self.site, &self.path(key), &[hash.as_bytes(), bytes].concat());
    }
}

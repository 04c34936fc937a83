//! What a file system says of a file, from which it is known whether the file has changed.

use std::fs::Metadata;
use std::time::{Duration, SystemTime};

use serde::{Deserialize, Serialize};

/// A file that changed this shortly ago may change again without a new time: file systems count in
/// steps of some milliseconds.
const SETTLED: Duration = Duration::from_millis(50);

/// The same for file systems that count in seconds, or in pairs of them.
const SETTLED_COARSE: Duration = Duration::from_secs(3);

/// A text file that has been read, by its path from the site's root.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReadFile<'a> {
    /// `content/articles/2022/05/leica.md`
    pub path: &'a str,
    /// Its signature then.
    pub signature: FileSignature,
    /// Hash of the text in it, as in [`Source`](crate::source::Source).
    pub hash: [u8; 32],
}

/// Equal signatures mean equal contents.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileSignature {
    /// When anything about the file last changed, since 1970; no program can set it back.
    changed: Duration,
    length: u64,
    number: u64,
}

impl FileSignature {
    /// The signature of a file; none on systems that keep no time that can be trusted.
    #[cfg(unix)]
    #[must_use]
    pub fn of(meta: &Metadata) -> Option<Self> {
        use std::os::unix::fs::MetadataExt;
        let seconds = Duration::from_secs(u64::try_from(meta.ctime()).ok()?);
        let rest = Duration::from_nanos(u64::try_from(meta.ctime_nsec()).ok()?);
        Some(Self { changed: seconds + rest, length: meta.len(), number: meta.ino() })
    }

    /// The signature of a file; none on systems that keep no time that can be trusted.
    #[cfg(not(unix))]
    #[must_use]
    pub fn of(_: &Metadata) -> Option<Self> {
        None
    }

    /// How many bytes the file has.
    #[must_use]
    pub fn length(&self) -> usize {
        usize::try_from(self.length).unwrap_or(usize::MAX)
    }

    /// Whether what it is of last changed before that of the other; not if both did at once.
    #[must_use]
    pub fn is_before(&self, other: &Self) -> bool {
        self.changed < other.changed
    }

    /// Whether the next change would show.
    #[must_use]
    pub fn is_settled(&self) -> bool {
        let changed = SystemTime::UNIX_EPOCH + self.changed;
        // The clock of file systems, which no page is made from.
        #[allow(clippy::disallowed_methods)]
        let age = SystemTime::now().duration_since(changed);
        let is_coarse = self.changed.subsec_nanos() == 0;
        age.is_ok_and(|age| age > if is_coarse { SETTLED_COARSE } else { SETTLED })
    }
}

//! What the last build wrote, so that the next one can leave it as it is.
//!
//! A build cache is only ever a shortcut: whatever is in it is compared with what the files are made
//! from now, and without one everything is made anew.
//!
//! It holds the fingerprint of every file in the output folder and the signature it was left with: the
//! time of its last change of any kind, its length and its number, which together no program can put back.
//! A file with both as before is left alone. The *outline* is a hash of everything but the texts of
//! articles; as long as it is the same, only pages that show texts are looked at. The *frame* is the same
//! without titles and summaries; as long as that is the same, only files that show the words of a changed
//! article are looked at besides (`render/edition/dependencies.rs`). The articles themselves are there as
//! well, all but their texts, with the signatures of their files: a file with its signature as before is
//! not opened (`read.rs`), and its text is fetched when somebody looks at it. If the file has changed by
//! then, which its hash tells, the run was in vain and begins anew without a build cache. One of another
//! program, or one that does not match its checksum, is none.

use std::io::{self, BufWriter, Seek, Write};

use serde::{Deserialize, Serialize, Serializer};

use crate::fingerprint::Fingerprint;
use crate::index::LeftOut;
use crate::signature::{FileSignature, ReadFile};

/// How many bytes of hash stand before the rest.
const HASH: usize = 32;

/// How many bytes are written at once.
const PIECE: usize = 1 << 16;

/// The record of one build.
#[derive(Debug, PartialEq, Serialize, Deserialize)]
pub struct BuildCache<'a> {
    /// The program that wrote it.
    pub program: Fingerprint,
    /// Everything that the build was given.
    pub inputs: Fingerprint,
    /// Everything but the texts of articles.
    pub outline: Fingerprint,
    /// Everything but their texts, titles and summaries.
    pub frame: Fingerprint,
    /// Whether files stand there packed as well.
    pub is_packed: bool,
    /// Whether there was nothing to tell the author.
    pub is_quiet: bool,
    /// How many articles and pages the site has.
    pub counts: (usize, usize),
    /// How many articles it does not show.
    pub left_out: LeftOut,
    /// The files of articles.
    #[serde(borrow)]
    pub sources: Vec<ReadFile<'a>>,
    /// What is kept of the articles in them, by their keys in the [memo](crate::memo).
    #[serde(borrow)]
    pub articles: Vec<CachedArticle<'a>>,
    /// Every file in the output folder.
    #[serde(borrow)]
    pub files: Vec<CachedFile<'a>>,
}

/// What is kept of one article.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct CachedArticle<'a> {
    /// What it was read from.
    pub key: Fingerprint,
    /// The article, [packed](crate::index::ParsedArticle::pack).
    #[serde(serialize_with = "in_one")]
    pub bytes: &'a [u8],
}

/// The record of one file in the output folder.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct CachedFile<'a> {
    /// Where it is.
    pub path: &'a str,
    /// What it is made from.
    pub key: Fingerprint,
    /// What it was left with.
    pub signature: FileSignature,
    /// Whose words it [shows](crate::render::edition::dependencies).
    #[serde(serialize_with = "in_one")]
    pub shown: &'a [u8],
}

/// Writes bytes at once, and not one after the other.
fn in_one<S: Serializer>(bytes: &[u8], serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_bytes(bytes)
}

impl<'a> BuildCache<'a> {
    /// Reads a build cache of the same program; anything else is none.
    #[must_use]
    pub fn decode(bytes: &'a [u8], program: Fingerprint) -> Option<Self> {
        let (hash, rest) = bytes.split_at_checked(HASH)?;
        if blake3::hash(rest).as_bytes() != hash {
            return None;
        }
        postcard::from_bytes::<Self>(rest).ok().filter(|cache| cache.program == program)
    }

    /// Writes the build cache, of which a large site has no room for a copy in memory.
    ///
    /// # Errors
    /// What the system says.
    pub fn write(&self, mut out: impl Write + Seek) -> io::Result<()> {
        out.write_all(&[0; HASH])?;
        let hashing = Hashing { out: &mut out, hasher: blake3::Hasher::new() };
        let rest = BufWriter::with_capacity(PIECE, hashing);
        let rest = postcard::to_io(self, rest).map_err(io::Error::other)?;
        let hash = rest.into_inner()?.hasher.finalize();
        out.rewind()?;
        out.write_all(hash.as_bytes())
    }
}

/// Hashes what it writes.
struct Hashing<W> {
    out: W,
    hasher: blake3::Hasher,
}

impl<W: Write> Write for Hashing<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let length = self.out.write(bytes)?;
        self.hasher.update(&bytes[..length]);
        Ok(length)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

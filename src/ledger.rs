//! What the last build wrote, so that the next one can leave it as it is.
//!
//! A ledger is only ever a shortcut: whatever is in it is compared with what the files are made
//! from now, and without one everything is made anew.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use crate::fingerprint::Fingerprint;
use crate::index::LeftOut;
use crate::memo::Known;
use crate::stamp::Stamp;

/// How many bytes of hash stand before the rest.
const HASH: usize = 32;

/// The record of one build.
#[derive(Debug, PartialEq, Serialize, Deserialize)]
pub struct Ledger<'a> {
    /// The program that wrote it.
    pub program: Fingerprint,
    /// Everything that the build was given.
    pub inputs: Fingerprint,
    /// Everything but the texts of articles.
    pub outline: Fingerprint,
    /// Whether files stand there packed as well.
    pub is_packed: bool,
    /// Whether there was nothing to tell the author.
    pub is_quiet: bool,
    /// How many articles and pages the site has.
    pub counts: (usize, usize),
    /// How many articles it does not show.
    pub left_out: LeftOut,
    /// What is kept of the article files.
    pub articles: Vec<(Fingerprint, Cow<'a, Known>)>,
    /// Path, fingerprint and stamp of every file in the output folder.
    pub files: Vec<(String, Fingerprint, Stamp)>,
}

impl Ledger<'_> {
    /// Reads a ledger of the same program; anything else is none.
    #[must_use]
    pub fn decode(bytes: &[u8], program: Fingerprint) -> Option<Self> {
        let (hash, rest) = bytes.split_at_checked(HASH)?;
        if blake3::hash(rest).as_bytes() != hash {
            return None;
        }
        postcard::from_bytes::<Self>(rest).ok().filter(|ledger| ledger.program == program)
    }

    /// The ledger as bytes.
    #[must_use]
    pub fn encode(&self) -> Vec<u8> {
        let rest = postcard::to_allocvec(self).expect("a ledger is plain data");
        let mut bytes = blake3::hash(&rest).as_bytes().to_vec();
        bytes.extend(rest);
        bytes
    }
}

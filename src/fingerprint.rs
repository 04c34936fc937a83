//! Hashes that tell whether something is still made from the same.

use serde::Serialize;

/// A hash of everything that something is made from.
pub type Fingerprint = [u8; 16];

/// The fingerprint of plain data.
#[must_use]
pub fn fingerprint(data: &impl Serialize) -> Fingerprint {
    let bytes = postcard::to_allocvec(data).expect("it is plain data");
    short(&blake3::hash(&bytes))
}

/// As much of a hash as tells things apart.
#[must_use]
pub fn short(hash: &blake3::Hash) -> Fingerprint {
    *hash.as_bytes().first_chunk().expect("a hash is longer")
}

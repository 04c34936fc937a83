//! What is known of words from lists: common words of each language, given and family names, places,
//! and companies that stock exchanges list. Only hashes are kept, in one Bloom filter, so a word that
//! is in no list is taken for one in about a hundred cases; all of it is soft evidence.

/// The filter's bits; `training evidence` writes them.
const BITS: &[u8] = include_bytes!("../data/evidence.bin");
/// How many bits stand for one word, which is about the best for ten bits a word.
const HASHES: u64 = 7;

/// The lists.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum List<'a> {
    /// Words that are common in a language.
    Common(&'a str),
    /// Words that are known in a language, but less common.
    Rarer(&'a str),
    /// Given names of people.
    Given,
    /// Family names.
    Family,
    /// Cities and countries, in many languages.
    Place,
    /// Companies, by their folded names.
    Company,
}

impl List<'_> {
    /// What a word is hashed with, so that all lists share the bits.
    fn seed(self) -> u64 {
        match self {
            List::Common(language) => fnv(fnv(OFFSET, b"common"), language.as_bytes()),
            List::Rarer(language) => fnv(fnv(OFFSET, b"rarer"), language.as_bytes()),
            List::Given => fnv(OFFSET, b"given"),
            List::Family => fnv(OFFSET, b"family"),
            List::Place => fnv(OFFSET, b"place"),
            List::Company => fnv(OFFSET, b"company"),
        }
    }

    /// The bits that stand for a word in a filter of `bits`.
    fn places(self, word: &str, bits: u64) -> impl Iterator<Item = usize> {
        let hash = mix(fnv(self.seed(), word.as_bytes()));
        let (first, step) = (hash & 0xffff_ffff, (hash >> 32) | 1);
        (0..HASHES).map(move |n| {
            let bit = first.wrapping_add(n.wrapping_mul(step)) % bits;
            usize::try_from(bit).expect("a filter fits into memory")
        })
    }

    /// Whether the list has a word, in lower case.
    #[must_use]
    pub fn has(self, word: &str) -> bool {
        has(BITS, self, word)
    }
}

/// Whether a word, in lower case, is one of a language.
#[must_use]
pub fn is_word(word: &str, code: &str) -> bool {
    List::Common(code).has(word) || List::Rarer(code).has(word)
}

/// Whether a word, in lower case, is a place or a part of people's names.
#[must_use]
pub fn is_name(word: &str) -> bool {
    List::Place.has(word) || List::Given.has(word) || List::Family.has(word)
}

fn has(filter: &[u8], list: List<'_>, word: &str) -> bool {
    let bits = filter.len() as u64 * 8;
    bits > 0 && list.places(word, bits).all(|bit| filter[bit / 8] & (1 << (bit % 8)) != 0)
}

/// Puts a word of a list into a filter under construction.
pub fn add(filter: &mut [u8], list: List<'_>, word: &str) {
    let bits = filter.len() as u64 * 8;
    for bit in list.places(word, bits) {
        filter[bit / 8] |= 1 << (bit % 8);
    }
}

const OFFSET: u64 = 0xcbf2_9ce4_8422_2325;

/// Goes on with an FNV-1a hash.
fn fnv(mut hash: u64, bytes: &[u8]) -> u64 {
    for byte in bytes {
        hash = (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3);
    }
    hash
}

/// Spreads a hash over all its bits, as `MurmurHash3` ends.
fn mix(mut hash: u64) -> u64 {
    hash = (hash ^ (hash >> 33)).wrapping_mul(0xff51_afd7_ed55_8ccd);
    hash = (hash ^ (hash >> 33)).wrapping_mul(0xc4ce_b9fe_1a85_ec53);
    hash ^ (hash >> 33)
}

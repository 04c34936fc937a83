//! The numbers that decide which names in an article are companies.
//!
//! How they were found stands above each group. *By judgement* means: not measured, or no trial is
//! written down; the floors of `tests/it/understand/accuracy.rs` hold all of them together.
//!
//! What `features` compare with is not here: the weights of `entities.tsv` know it, so it belongs to the trained
//! table. All lengths are in characters where nothing else is said.

use std::ops::RangeInclusive;

// How probable a company must be. The first came with an earlier model, and how it was chosen is not written down;
// the second by trial from .46 to .53, by the folds in the header of `entities.tsv` and our own texts; the third by
// judgement.

/// A name that the gazetteer lists.
pub(super) const LISTED_PROBABILITY: f64 = 0.42;
/// Another name: an invented company is worse than a missed one.
pub(super) const UNLISTED_PROBABILITY: f64 = 0.49;
/// The whole of a name of which the article calls a believed company by the first word.
pub(super) const FULL_NAME_PROBABILITY: f64 = 0.2;

// What is looked at as a name: by judgement. The weights were trained on what these let through: after a change
// `entities` is trained anew.

/// How many words a name may have.
pub(super) const NAME_WORDS: usize = 6;
/// How long a name is.
pub(super) const NAME_LENGTHS: RangeInclusive<usize> = 2..=70;
/// How long a name in a script without spaces may be.
pub(super) const DENSE_NAME_LENGTH: usize = 14;
/// A phrase of a list of cue words may have this many words.
pub(super) const CUE_PHRASE_WORDS: usize = 4;
/// Longer words show whether a headline has capitals throughout; shorter ones have none in titles.
pub(super) const SHORT_WORD_LENGTH: usize = 3;
/// So many longer words show it.
pub(super) const TITLED_WORDS: usize = 4;
/// If so many fifths of them have capitals.
pub(super) const TITLED_FIFTHS: usize = 4;
/// An abbreviation before a name (`Alm. Brand`) is at most so long.
pub(super) const ABBREVIATED_LENGTH: usize = 3;
/// In a headline with capitals a run of more words behind its first is no name.
pub(super) const TITLED_RUN_WORDS: usize = 2;
/// A name in quotation marks is shorter.
pub(super) const QUOTED_LENGTH: usize = 40;
/// And has at most so many words.
pub(super) const QUOTED_WORDS: usize = 4;
/// How long it is in a script without spaces.
pub(super) const DENSE_QUOTED_LENGTHS: RangeInclusive<usize> = 2..=10;
/// So many Chinese characters before a word for a company may be its name.
pub(super) const HAN_NAME_LENGTH: usize = 8;
/// With that word a name has so many.
pub(super) const HAN_WHOLE_NAME_LENGTH: usize = 3;
/// Without it, so many.
pub(super) const HAN_BARE_NAME_LENGTH: usize = 2;
/// Before a word for what companies do, at the begin of a clause, it has so many.
pub(super) const HAN_SUBJECT_LENGTHS: RangeInclusive<usize> = 2..=6;
/// Behind a word for a company, at the end of a clause, it has so many.
pub(super) const HAN_BEHIND_FIRM_LENGTHS: RangeInclusive<usize> = 2..=4;
/// Within so many bytes behind a word for a company a second one belongs to the name: `银行股份有限公司`.
pub(super) const HAN_SECOND_WORD_BYTES: usize = 12;
/// So many items between `、` are an enumeration.
pub(super) const ENUMERATION_ITEMS: usize = 3;
/// Of the names that an enumeration has beside one, so many on each side are looked at: longer ones are tables.
pub(super) const ENUMERATION_REACH: usize = 40;
/// How long an item is that may be a name.
pub(super) const ENUMERATION_LENGTHS: RangeInclusive<usize> = 2..=8;
/// How long characters are that come back and may be a name.
pub(super) const REPEATED_LENGTHS: RangeInclusive<usize> = 2..=5;
/// How often they must.
pub(super) const REPEATED_TIMES: usize = 3;
/// They are only a part of a longer name that comes back in so many tenths of their places.
pub(super) const REPEATED_TENTHS: usize = 9;
/// A katakana word that may be a name has so many.
pub(super) const KATAKANA_LENGTH: usize = 3;
/// A hiragana word that may begin one: `auじぶん銀行`.
pub(super) const HIRAGANA_LENGTHS: RangeInclusive<usize> = 2..=4;
/// A Korean name without its particle has so many.
pub(super) const HANGUL_LENGTH: usize = 2;
/// Where nothing beside it tells, it must stand so often in the text.
pub(super) const HANGUL_TIMES: usize = 2;

// Which forms are one name: by judgement.

/// A single word is short for a longer name of the article, that no list has, if it is so long.
pub(super) const FIRST_WORD_LENGTH: usize = 4;
/// A first word stands for a listed company if it is longer.
pub(super) const LISTED_FIRST_WORD_LENGTH: usize = 3;
/// A name with a genitive's `s` has more bytes.
pub(super) const GENITIVE_BYTES: usize = 3;
/// Two words of a Slavic name have at least so much in common.
pub(super) const STEM_LENGTH: usize = 3;
/// Longer names may be written in capitals or in small letters.
pub(super) const CASE_MATTERS_LENGTH: usize = 3;
/// An abbreviation in brackets behind a name, in bytes.
pub(super) const ABBREVIATION_BYTES: RangeInclusive<usize> = 2..=8;
/// Between two names that are joined stand at most so many bytes.
pub(super) const JOINED_BYTES: usize = 16;
/// What looks like a person's name has so many words.
pub(super) const PERSON_WORDS: RangeInclusive<usize> = 2..=3;

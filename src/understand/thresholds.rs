//! The numbers by which dates, languages, people and cue words are told, for all that reads a text.
//!
//! All were set by judgement, not measured; the floors of `tests/it/understand/accuracy.rs` hold them together.
//! `structure`, `entities` and `partnerships` have such a file of their own.

use std::ops::RangeInclusive;

// Dates.

/// In how many of the first lines a text may say how long ago it was published.
pub(super) const RELATIVE_DAY_LINES: usize = 12;
/// Such a line has fewer characters.
pub(super) const RELATIVE_DAY_CHARACTERS: usize = 60;
/// How many days ago that is.
pub(super) const RELATIVE_DAYS: RangeInclusive<i32> = 1..=30;
/// Four digits outside these are no year.
pub(super) const YEARS: RangeInclusive<i16> = 1900..=2100;
/// Two digits outside these are no year of this century.
pub(super) const SHORT_YEARS: RangeInclusive<i16> = 0..=40;
/// In how many characters behind a date its time zone may stand.
pub(super) const ZONE_CHARACTERS: usize = 60;

// Languages. Shares are of the words that tell a language.

/// What letters of its own add to a language's share.
pub(super) const OWN_LETTERS_SHARE: f64 = 0.12;
/// A text is in a language of its own script if more than one letter of so many is of that.
pub(super) const SCRIPT_LETTERS: usize = 4;
/// A text with more than one kana of so many letters is Japanese.
pub(super) const KANA_LETTERS: usize = 10;
/// A paragraph with fewer characters does not tell the language of its article.
pub(super) const LEAD_PARAGRAPH_CHARACTERS: usize = 20;
/// More characters than these need not be looked at for it.
pub(super) const LEAD_CHARACTERS: usize = 1200;
/// A paragraph is read in the language that has a greater share of its words.
pub(super) const PARAGRAPH_LANGUAGE_SHARE: f64 = 0.2;
/// If it has more bytes; a shorter one is read in that of its article.
pub(super) const PARAGRAPH_LANGUAGE_BYTES: usize = 80;

// People, in characters.

/// A name is at most so long.
pub(super) const PERSON_LENGTH: usize = 40;
/// How long it is in a script without capitals.
pub(super) const DENSE_PERSON_LENGTHS: RangeInclusive<usize> = 2..=6;
/// How many words it has.
pub(super) const PERSON_WORDS: RangeInclusive<usize> = 2..=4;
/// How long a Korean or Chinese name is that begins with a family's.
pub(super) const FAMILY_NAME_LENGTHS: RangeInclusive<usize> = 2..=4;

// Cue words, in characters.

/// A cue word so short stands by itself; a longer one is a stem.
pub(super) const SHORT_CUE_LENGTH: usize = 3;
/// A stem so long may stand inside a word, as Danish and German write compounds.
pub(super) const INNER_CUE_LENGTH: usize = 7;
/// The first word of a phrase that may stand inside one.
pub(super) const INNER_PHRASE_HEAD_LENGTH: usize = 6;

// Companies of the list.

/// So many networks are a row of buttons, in a text that names hardly anybody else.
pub(super) const BUTTON_NETWORKS: usize = 3;
/// A first word of a name stands for the company if it has so many: `BB` begins many.
pub(super) const HOME_WORD_LENGTH: usize = 5;
/// A name so long may have an ending of its language, in characters.
pub(super) const INFLECTED_LENGTH: usize = 4;
/// A name so long may be written all in capitals, in characters.
pub(super) const SHOUTED_LENGTH: usize = 4;

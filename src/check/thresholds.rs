//! The numbers that decide what `check` finds doubtful: by judgement, none was measured.

use std::ops::RangeInclusive;

// What needs a person.

/// A claim that import is less sure of.
pub(super) const SURE_CLAIM: f32 = 0.9;

// What is published without a right to it.

/// How many words in a row are compared at once.
pub(super) const RUN_WORDS: usize = 8;
/// How many words of a text without any rights may stand somewhere by chance: a name with its titles, a headline
/// that the text repeats.
pub(super) const CHANCE_WORDS: usize = 15;

// Companies that are probably one.

/// How many words a name has at most.
pub(super) const NAME_WORDS: usize = 8;
/// How many words a legal form has at most.
pub(super) const LEGAL_FORM_WORDS: usize = 4;
/// How many characters an abbreviation has.
pub(super) const ABBREVIATION_CHARACTERS: RangeInclusive<usize> = 2..=8;
/// A bracket that holds one is closed before this byte.
pub(super) const BRACKET_BYTES: usize = 40;

// Tags that are probably one.

/// Shorter ones, in bytes, differ on purpose: `4g` and `5g`, `car` and `cars`.
pub(super) const TAG_BYTES: usize = 5;

//! The numbers that decide what the desk offers and learns: by judgement, none was measured.

/// From how probable on something is worth a line: one of twenty such can be expected to be right.
pub(super) const WORTH_A_LINE: f64 = 0.05;
/// How many companies an article is about at most.
pub(super) const MAIN_COMPANIES: usize = 3;
/// A raw line of at most so many characters may be in a body by chance.
pub(super) const CHANCE_CHARACTERS: usize = 25;
/// Words before a day are a label, such as `Last published on:`, if they have at most so many characters.
pub(super) const LABEL_CHARACTERS: usize = 30;

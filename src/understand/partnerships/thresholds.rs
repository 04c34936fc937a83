//! The numbers that decide what an article says of two companies.
//!
//! How they were found stands above each group. *By judgement* means: not measured, or no trial is
//! written down; the floors of `tests/it/understand/accuracy.rs` hold all of them together.
//!
//! What the features of `pair` compare with is not here: the weights of `relations.tsv` know it, so it belongs to
//! the trained table.

use std::ops::RangeInclusive;

// What a probability is worth. The temper was measured, on texts of the press that the model had not seen: there
// it is surer than right, 81 of 100 from 0.9 on; told with 0.6, six of eight such claims were right in the 40 texts
// that taught nothing. The others: by judgement.

/// From how probable on a claim is written down.
pub const CLAIM_PROBABILITY: f64 = 0.5;
/// The same for a denial, of which the texts have few: it changes no state.
pub(super) const DENIAL_PROBABILITY: f64 = 0.1;
/// How clear the model must be that something is news or not, in log odds, before it goes before the words.
pub(super) const NEWS_LOG_ODDS: f64 = 0.5;
/// What log odds are multiplied with before they are told as a confidence.
pub(super) const CONFIDENCE_TEMPER: f64 = 0.5;
/// The highest confidence, in hundredths.
pub(super) const HIGHEST_CONFIDENCE: f32 = 98.0;
/// The highest confidence of what unnamed sources say.
pub(super) const RUMOUR_CONFIDENCE: f32 = 0.6;

// How sure grammar is of what it reads, by its pattern: by judgement. The model weighs these as a feature: after a
// change `relations` is trained anew.

/// `A works with B`
pub(super) const WITH_CONFIDENCE: f32 = 0.92;
/// The same where one of the two is only assumed.
pub(super) const ASSUMED_CONFIDENCE: f32 = 0.75;
/// `A and B do something together`
pub(super) const GROUP_CONFIDENCE: f32 = 0.9;
/// `A buys B`, where the article is about one of them.
pub(super) const SIDES_CONFIDENCE: f32 = 0.9;
/// The same where it is about neither.
pub(super) const SIDES_ASIDE_CONFIDENCE: f32 = 0.7;
/// Two companies in a clause on something joint, where the article is about both.
pub(super) const TWO_CONFIDENCE: f32 = 0.8;
/// The same where it is not.
pub(super) const TWO_ASIDE_CONFIDENCE: f32 = 0.6;
/// A company that did as the one before.
pub(super) const LIKEWISE_CONFIDENCE: f32 = 0.8;
/// A sentence on `both`, whose names stand in the one before.
pub(super) const BOTH_CONFIDENCE: f32 = 0.8;
/// A company beside a word that relates it to the topic.
pub(super) const TOPIC_CONFIDENCE: f32 = 0.5;
/// What a headline tells, at most.
pub(super) const TITLE_CONFIDENCE: f32 = 0.8;
/// What is told of companies that the article is not about, at most.
pub(super) const ASIDE_CONFIDENCE: f32 = 0.75;

// What an article is about: by judgement.

/// So many of the companies that it names most.
pub(super) const TOPICS: usize = 3;
/// So many of these, where more than a topic is asked for.
pub(super) const MAIN_TOPICS: usize = 2;
/// In its first paragraphs, so many, an article tells its news.
pub(super) const NEWS_PARAGRAPHS: usize = 4;
/// A sentence that names companies more often is a list, and to compare each with each takes minutes in a long one.
pub(super) const LIST_MENTIONS: usize = 60;

// How far apart words may stand that belong together, in bytes: by judgement.

/// A negation before a cue.
pub(super) const NEGATION_BEFORE_BYTES: usize = 70;
/// A negation after a cue.
pub(super) const NEGATION_AFTER_BYTES: usize = 45;
/// A verb at the end of a clause, which may deny it.
pub(super) const LAST_VERB_BYTES: usize = 30;
/// A percentage and the company it is a part of.
pub(super) const SHARE_BYTES: usize = 40;
/// Two names that are one group: `Huawei from 2016 and Sharp`.
pub(super) const GROUP_BYTES: usize = 28;
/// `with` and the name after it: `with the German camera maker Leica`; with a comma between them, half of it.
pub(super) const WITH_BYTES: usize = 60;
/// A name and the word that tells what it does; where that is done together, a third of it.
pub(super) const VERB_BYTES: usize = 110;
/// The only company of a sentence and the word that relates it to the topic.
pub(super) const TOPIC_BYTES: usize = 70;
/// The word that extends a relation and the word for that.
pub(super) const EXTENDED_BYTES: usize = 60;
/// An amount and the word that says what it is.
pub(super) const AMOUNT_BYTES: usize = 48;

// Years: by judgement.

/// Years outside these are other numbers.
pub(super) const YEARS: RangeInclusive<i16> = 1950..=2040;
/// What stands between two years that are a span, in bytes.
pub(super) const SPAN_BYTES: usize = 14;
/// So near stands a day to the word that says what was announced on it, and nearer than to that of another event.
pub(super) const ANNOUNCED_DAY_BYTES: usize = 60;
/// So many days before the article something was announced that is not its own news.
pub(super) const EARLIER_DAYS: i32 = 31;
/// In how many characters before a year a word for `since` stands.
pub(super) const SINCE_BEFORE_CHARACTERS: usize = 16;
/// In how many behind one.
pub(super) const SINCE_BEHIND_CHARACTERS: usize = 10;

//! The numbers that decide which articles are copies, which report one event, and which relation they speak of.
//!
//! All were set by judgement; no trial of a single one is written down. The floors of `tests/it/content/stories.rs`
//! hold those of stories and copies together, on the 46 texts of `tests/stories` and others.

// Copies. What is kept of a text for them stands in the build cache.

/// How many words stand in a shingle.
pub(super) const SHINGLE_WORDS: usize = 5;
/// How many characters of a script without spaces.
pub(super) const DENSE_SHINGLE_CHARACTERS: usize = 10;
/// How many shares a sketch has; a shingle falls into one of them by its hash.
pub(super) const SKETCH_SHARES: usize = 32;
/// How many neighbouring shares two texts must have in common to be compared.
pub(super) const SKETCH_BAND: usize = 2;
/// How many bytes of a text are looked at: 400 words, or 800 characters of a dense script.
pub(super) const COPY_BYTES: usize = 2400;
/// Texts with fewer shingles are too short to be told apart.
pub(super) const FEWEST_SHINGLES: usize = 24;
/// Which share of the shorter text must stand in the longer one.
pub(super) const COPIED_SHARE: f64 = 0.6;
/// How many days apart copies may be published.
pub(super) const COPY_DAYS: i32 = 30;
/// A quotation of so many words is not said twice by chance.
pub(super) const QUOTATION_WORDS: usize = 8;
/// How many quotations of a text are kept.
pub(super) const QUOTATIONS: usize = 8;

// Particulars: figures and names by which reports are alike.

/// How many of a text are kept; what matters stands at the beginning.
pub(super) const PARTICULARS: usize = 40;
/// Smaller whole numbers are days and counts of anything.
pub(super) const COMMON_NUMBERS_BELOW: f64 = 32.0;
/// Larger numbers are no figures.
pub(super) const FIGURES_UP_TO: f64 = 1e15;
/// A digest counts as so many articles at least: in a small one even the rarest is what everybody writes about.
pub(super) const RARITY_ARTICLES: f64 = 40.0;

// Stories.

/// What an article tells as older than so many days is no news to it.
pub(super) const NEWS_DAYS: i32 = 45;
/// A deal of more parties is an enumeration.
pub(super) const DEAL_PARTIES: usize = 8;
/// An article is about so many of the companies that it names first.
pub(super) const LEAD_COMPANIES: usize = 3;
/// With how many events of the last month an article is compared, for each pair of its companies.
pub(super) const RECENT_EVENTS: usize = 50;
/// How many days after the first report others still tell the same story.
pub(super) const STORY_DAYS: i32 = 30;
/// How many of the rarest particulars two reports of one event have in common at least.
pub(super) const LIKE_PARTICULARS: f64 = 3.0;
/// How many tell which of several events of the same parties is meant.
pub(super) const HINT_PARTICULARS: f64 = 0.5;
/// How many times more than with any other event these must be.
pub(super) const CLEARLY_TIMES: f64 = 1.5;

// Relations and their facts.

/// Reports of one event come out within so many days.
pub(super) const EVENT_DAYS: i32 = 30;
/// A beginning that is looked back at and an announcement so many days later may be the same one.
pub(super) const SAME_START_DAYS: i32 = 730;
/// What a machine read and was less sure of is inferred.
pub(super) const SURE_CLAIM: f32 = 0.6;
/// So many days a date may be off that is only about or in doubt.
pub(super) const DOUBTFUL_DATE_DAYS: i32 = 366;

//! The numbers that decide what a line of a raw text is, and which of its words are a field.
//!
//! How they were found stands above each group. *By trial* means: on the cross-validated folds of `cargo run
//! --release -p training -- structure` (`training/README.md`), whose scores are in the headers of the tables.
//! *By judgement* means: not measured, or no trial is written down; the floors of
//! `tests/it/understand/accuracy.rs` hold all of them together.
//!
//! The limits of the bins in `features`, and those beside the names of signs, are not here: the weights know
//! them, so they belong to the trained tables. Widths are in Latin letters, as [`super::width`] counts them.

use std::ops::{Range, RangeInclusive};

// How likely a label or a candidate must be: by trial. The date's limit gives 94 to 97 right of 100 on flattened pages.

/// How much more recall weighs than precision in the expected F-score of a body (van Rijsbergen's beta): a lost
/// paragraph is worse than a foreign one.
pub(super) const BODY_RECALL_WEIGHT: f64 = 1.2;
/// A line that is less likely the body's is none of it, however little of the text is left.
pub(super) const LEAST_BODY_LIKELIHOOD: f64 = 0.1;
/// How likely a line must be the headline.
pub(super) const HEADLINE_LIKELIHOOD: f64 = 0.15;
/// How likely a stretch of pieces must be the headline, where the text has no lines.
pub(super) const HEADLINE_STRETCH_LIKELIHOOD: f64 = 0.04;
/// How likely a date must be the day of publication.
pub(super) const DATE_LIKELIHOOD: f64 = 0.7;
/// How likely a name must be an author's.
pub(super) const AUTHOR_LIKELIHOOD: f64 = 0.35;
/// How likely a name must be the publisher's.
pub(super) const PUBLISHER_LIKELIHOOD: f64 = 0.45;

// Which of the two readings a text is left to: by trial on all labelled texts, without folds.

/// A text of at most so many lines is read by the rules.
pub(super) const TIDY_LINES: usize = 60;
/// A text of one line is read by the rules if it is at most so wide.
pub(super) const TIDY_ONE_LINE_WIDTH: usize = 4000;
/// Unless their body is expected to score less than this share of what the likeliest lines would.
pub(super) const RULES_TRUSTED_SHARE: f64 = 0.6;
/// The same share for a text of one line.
pub(super) const RULES_TRUSTED_SHARE_ONE_LINE: f64 = 0.9;

// Likelihoods: by judgement.

/// How likely a publisher must be that the rules tell of a text that they read well.
pub(super) const TIDY_PUBLISHER_LIKELIHOOD: f64 = 0.2;
/// Pieces that are more likely a byline are read apart from what stands around them.
pub(super) const BYLINE_PIECE_APART_LIKELIHOOD: f64 = 0.15;
/// A line that is more likely a byline is looked through for names of any kind.
pub(super) const BYLINE_LINE_LIKELIHOOD: f64 = 0.1;
/// A piece that is less likely a byline has names only with a word beside them that tells.
pub(super) const BYLINE_PIECE_LIKELIHOOD: f64 = 0.1;

// How a text is divided, and what running text is: by judgement. `features` counts with the lengths of prose,
// and all labels hang on the units: after a change the tables are trained anew.

/// A text whose first line is wider may have lost its line breaks; such a line is cut into pieces.
pub(super) const ONE_LINE_WIDTH: usize = 400;
/// It has lost them if its first line holds more than so many tenths of it.
pub(super) const ONE_LINE_TENTHS: usize = 8;
/// A wider line is read sentence by sentence.
pub(super) const LINE_OF_SENTENCES_WIDTH: usize = 900;
/// Running text has so many characters and ends as a sentence does.
pub(super) const PROSE_SENTENCE_CHARACTERS: usize = 58;
/// Or so many, however it ends.
pub(super) const PROSE_CHARACTERS: usize = 200;
/// The first of the two in a script without spaces.
pub(super) const DENSE_PROSE_SENTENCE_CHARACTERS: usize = 24;
/// The second in a script without spaces.
pub(super) const DENSE_PROSE_CHARACTERS: usize = 70;

// What is looked at for the headline: by judgement. The weights of `fields.tsv` were trained on what these let
// through.

/// So many lines before the body it is looked for.
pub(super) const HEADLINE_BEFORE_BODY_LINES: usize = 60;
/// And in so many of the body's first.
pub(super) const HEADLINE_INTO_BODY_LINES: usize = 4;
/// How wide its line may be.
pub(super) const HEADLINE_LINE_WIDTHS: Range<usize> = 6..300;
/// So many pieces before the body its stretch may begin, where the text has no lines.
pub(super) const STRETCH_BEFORE_BODY_PIECES: usize = 90;
/// And in so many of the body's first.
pub(super) const STRETCH_INTO_BODY_PIECES: usize = 24;
/// How many pieces it may have.
pub(super) const STRETCH_PIECES: usize = 26;
/// How wide it may be.
pub(super) const STRETCH_WIDTHS: Range<usize> = 14..200;
/// In how many bytes at the beginning of a text a stretch may come back.
pub(super) const STRETCH_AGAIN_BYTES: usize = 60_000;
/// In how many pieces of the body the words of a stretch are looked for.
pub(super) const STRETCH_PROSE_PIECES: usize = 400;
/// How many bytes behind a stretch are looked at.
pub(super) const STRETCH_BEHIND_BYTES: usize = 160;
/// A headline is wider, so that what stands behind a bar may be the site's name.
pub(super) const HEADLINE_BEFORE_SUFFIX_WIDTH: usize = 20;
/// How many words such a name has at most.
pub(super) const SUFFIX_WORDS: usize = 4;
/// How wide it is at most.
pub(super) const SUFFIX_WIDTH: usize = 32;

// Where the day of publication is looked for: by judgement.

/// A wider line outside the body tells none.
pub(super) const DATED_LINE_WIDTH: usize = 400;
/// How many bytes of the body may tell it.
pub(super) const LEAD_BYTES: usize = 300;

// What is looked at for authors: by judgement. The weights of `fields.tsv` were trained on what these let through.

/// How many characters a name has in a script without capitals.
pub(super) const DENSE_NAME_CHARACTERS: RangeInclusive<usize> = 2..=4;
/// How many words of a line or a text may be a name.
pub(super) const NAME_WORDS: RangeInclusive<usize> = 2..=4;
/// So many lines above headline and body somebody may be named.
pub(super) const AUTHOR_ABOVE_BODY_LINES: usize = 25;
/// So many lines below the body it may be signed in.
pub(super) const AUTHOR_BELOW_BODY_LINES: usize = 8;
/// How far behind a name its owner's job is looked for.
pub(super) const AUTHOR_JOB_BYTES: usize = 40;
/// How many names of a text are looked at.
pub(super) const AUTHOR_CANDIDATES: usize = 60;
/// A wider line is not looked through for names of any kind.
pub(super) const NAME_RUN_LINE_WIDTH: usize = 160;
/// A wider line is no line about the article.
pub(super) const NAMED_LINE_WIDTH: usize = 200;
/// A byline in a script without spaces is narrower.
pub(super) const DENSE_BYLINE_WIDTH: usize = 60;
/// So many characters of what nothing explains count as a word, in a script without spaces.
pub(super) const DENSE_WORD_CHARACTERS: usize = 12;
/// A line with a date and more words that nothing explains is no byline but perhaps a headline.
pub(super) const BYLINE_WORDS_LEFT: usize = 6;
/// So many pieces before the body a name is looked for, where the text has no lines.
pub(super) const AUTHOR_BEFORE_BODY_PIECES: usize = 120;
/// And in so many of the body's first.
pub(super) const AUTHOR_INTO_BODY_PIECES: usize = 60;
/// And so many behind it.
pub(super) const AUTHOR_BEHIND_BODY_PIECES: usize = 30;
/// How many bytes beside a name tell of it.
pub(super) const AUTHOR_BESIDE_BYTES: usize = 60;
/// Within how many bytes behind a name a day must begin that belongs to it.
pub(super) const AUTHOR_DAY_BYTES: usize = 25;

// What is looked at for the publisher: by judgement. The weights of `fields.tsv` were trained on what these let
// through.

/// How many names that the text repeats may be its publisher's.
pub(super) const PUBLISHER_REPEATED_NAMES: usize = 12;
/// How many words a name has that is repeated or stands in a dateline.
pub(super) const PUBLISHER_NAME_WORDS: usize = 4;
/// How many domains that the text names may be its publisher's.
pub(super) const PUBLISHER_DOMAINS: usize = 3;
/// How many places of a name are looked at.
pub(super) const PUBLISHER_PLACES: usize = 6;
/// How many characters on both sides of one.
pub(super) const PUBLISHER_BESIDE_CHARACTERS: usize = 40;
/// In how many words of a line repeated names are looked for.
pub(super) const PUBLISHER_LINE_WORDS: usize = 40;
/// A wider line does not say where the text is from.
pub(super) const SOURCE_LINE_WIDTH: usize = 200;
/// Outside the body, the domains of a wider line are not counted.
pub(super) const DOMAIN_LINE_WIDTH: usize = 300;
/// How many words a paper's name has behind a byline or before the first sentence.
pub(super) const OUTLET_WORDS: usize = 4;
/// How many characters it has before the first sentence.
pub(super) const OUTLET_PREFIX_CHARACTERS: usize = 30;
/// Before an agency's name a dateline is narrower.
pub(super) const AGENCY_DATELINE_WIDTH: usize = 50;
/// And the agency's name is narrower than this.
pub(super) const AGENCY_NAME_WIDTH: usize = 30;
/// A dateline with papers' names is at most so wide.
pub(super) const DATELINE_WIDTH: usize = 60;
/// Before the day of a dateline stand at most so many characters.
pub(super) const DATELINE_PLACE_CHARACTERS: usize = 40;
/// And no more words than these, unless a mark for a dateline follows them.
pub(super) const DATELINE_PLACE_WORDS: usize = 2;
/// The name in a line on rights has fewer characters.
pub(super) const RIGHTS_NAME_CHARACTERS: usize = 50;

// Noise, which is told by a line's first words: by judgement.

/// A wider paragraph of sentences is not taken for noise by its first word.
pub(super) const NOISE_SENTENCES_WIDTH: usize = 130;
/// Unless the paragraph begins with a cue of this width, which is there by no chance.
pub(super) const NOISE_SENTENCES_CUE_WIDTH: usize = 20;
/// A wider line holds more than a caption or an aside.
pub(super) const CAPTION_WIDTH: usize = 240;
/// Behind the cue of a caption stands a name, at most so wide.
pub(super) const CAPTION_NAME_WIDTH: usize = 45;
/// A cue so wide makes noise of a sentence that begins with it.
pub(super) const NOISE_CUE_WIDTH: usize = 12;
/// And so does any cue, where a second one of this width comes after it.
pub(super) const NOISE_SECOND_CUE_WIDTH: usize = 7;
/// A line on comments is narrower, if it is the heading over them.
pub(super) const COMMENTS_HEADING_WIDTH: usize = 60;
/// A heading over other articles has at most so much behind its cue; what has more is one of them.
pub(super) const RELATED_HEADING_WIDTH: usize = 24;
/// A line with a sign for copyright is narrower, if it is about rights.
pub(super) const RIGHTS_LINE_WIDTH: usize = 200;
/// A line of rates of currencies is narrower.
pub(super) const RATES_LINE_WIDTH: usize = 120;

// The rules' headline: by judgement. A score of 0.45 is little, 2 is much.

/// The best line before a body is its headline from this score on.
pub(super) const TITLE_SCORE: f64 = 0.45;
/// Of lines that score nearly as much as the best, the first is; this is the share of the best.
pub(super) const TITLE_NEAR_BEST: f64 = 0.85;
/// Where no line before the byline scores so much, the headline follows the byline.
pub(super) const TITLE_SCORE_BEFORE_BYLINE: f64 = 0.6;
/// The width at which a line scores one.
pub(super) const TITLE_FULL_WIDTH: f64 = 42.0;
/// The same for a script without spaces.
pub(super) const DENSE_TITLE_FULL_WIDTH: f64 = 28.0;
/// What the width of a line scores at most.
pub(super) const TITLE_WIDTH_SCORE: f64 = 1.2;
/// What each word scores that the body has as well.
pub(super) const TITLE_SHARED_WORD_SCORE: f64 = 0.25;
/// How many such words score.
pub(super) const TITLE_SHARED_WORDS: usize = 6;
/// Shorter words do not count among them, in characters.
pub(super) const TITLE_SHARED_WORD_CHARACTERS: usize = 4;
/// What each company of the list scores.
pub(super) const TITLE_COMPANY_SCORE: f64 = 0.5;
/// How many companies score.
pub(super) const TITLE_COMPANIES: usize = 3;
/// A line without words of the body is hardly a headline if it is at most so wide.
pub(super) const SHORT_TITLE_WIDTH: usize = 36;
/// The same for a script without spaces.
pub(super) const DENSE_SHORT_TITLE_WIDTH: usize = 26;
/// In which so many pairs of characters may be in the body by chance.
pub(super) const DENSE_SHORT_TITLE_PAIRS: usize = 1;
/// What that takes away.
pub(super) const SHORT_TITLE_LOSS: f64 = 0.9;
/// What the site's name takes away.
pub(super) const SITE_NAME_LOSS: f64 = 1.2;
/// What a full stop takes away.
pub(super) const FULL_STOP_LOSS: f64 = 1.1;
/// A wider line is rather a paragraph.
pub(super) const WIDE_TITLE_WIDTH: usize = 180;
/// What that takes away.
pub(super) const WIDE_TITLE_LOSS: f64 = 1.0;
/// What columns without words of the body take away.
pub(super) const COLUMNS_LOSS: f64 = 0.8;
/// A line that the headline begins or ends with is the headline itself if it has more characters.
pub(super) const REPEATED_TITLE_CHARACTERS: usize = 12;
/// And more than so many fifths of the headline's bytes.
pub(super) const REPEATED_TITLE_FIFTHS: usize = 3;

// Where the rules' body begins and ends: by judgement.

/// How many paragraphs may stand before the body.
pub(super) const BEFORE_BODY_PARAGRAPHS: usize = 14;
/// Behind wider running text no line is about the article before it.
pub(super) const PROSE_BEFORE_BYLINE_WIDTH: usize = 320;
/// A name before the headline that may be the site's is at most so wide.
pub(super) const BRAND_WIDTH: usize = 60;
/// A name is wider that stands in a line on rights.
pub(super) const SITE_NAME_WIDTH: usize = 3;
/// How many lines below the body may be a day by itself.
pub(super) const DAY_BELOW_BODY_LINES: usize = 3;
/// Such a line has at most so many letters.
pub(super) const BARE_DAY_LETTERS: usize = 8;
/// And is narrower than this.
pub(super) const BARE_DAY_WIDTH: usize = 40;
/// A last paragraph that is no sentence is kept if it is so wide.
pub(super) const LAST_PARAGRAPH_WIDTH: usize = 100;
/// So many lines that are no sentences, in a row, are a box.
pub(super) const BOX_LINES: usize = 4;
/// So many are, or links below one, if one of them looks like a link or nothing follows them.
pub(super) const TOLD_BOX_LINES: usize = 2;
/// Within so many lines behind the heading of a box the article must go on.
pub(super) const ARTICLE_AGAIN_LINES: usize = 7;
/// A line that ends with a date is narrower, if it is a link to another article.
pub(super) const DATED_TEASER_WIDTH: usize = 140;
/// A wider line is no way through a site.
pub(super) const CRUMB_WIDTH: usize = 110;
/// Such a line has so many parts.
pub(super) const CRUMB_PARTS: usize = 3;
/// If it has only two, each has at most so many words.
pub(super) const CRUMB_PART_WORDS: usize = 4;
/// And is at most so wide.
pub(super) const CRUMB_PART_WIDTH: usize = 30;
/// A line with at most so many letters and digits belongs to nothing.
pub(super) const EMPTY_LINE_LETTERS: usize = 2;
/// The heading over the house text of a release is narrower.
pub(super) const ABOUT_HEADING_WIDTH: usize = 60;
/// A reader's remark has its date before this byte.
pub(super) const REMARK_DATE_BYTES: usize = 50;
/// Its clock within so many characters behind it.
pub(super) const REMARK_CLOCK_CHARACTERS: usize = 14;
/// And the mark before its words within so many bytes.
pub(super) const REMARK_MARK_BYTES: usize = 24;
/// So many words of slang make a line without a full stop a reader's.
pub(super) const COMMENT_SLANG_WORDS: usize = 2;
/// A line that ends as a sentence does is one from so many words on.
pub(super) const SENTENCE_WORDS: usize = 4;

// Lines about an article, as the rules tell them: by judgement.

/// A wider line is none.
pub(super) const CREDIT_WIDTH: usize = 170;
/// Running text that is wider is none either.
pub(super) const CREDIT_PROSE_WIDTH: usize = 110;
/// A line with a date beside one, or with a signature below the text, is narrower.
pub(super) const SHORT_CREDIT_WIDTH: usize = 100;
/// `two hours ago` dates a line that is narrower and has a clock.
pub(super) const RELATIVE_DAY_WIDTH: usize = 60;
/// Without a clock it must be narrower than this.
pub(super) const RELATIVE_DAY_ALONE_WIDTH: usize = 30;
/// How many lines below the text it may be signed in.
pub(super) const SIGNED_BELOW_LINES: usize = 6;
/// In how many of them by a bare name.
pub(super) const SIGNED_BY_NAME_LINES: usize = 2;
/// So many labels with their values are a block of them.
pub(super) const LABELS_OF_BLOCK: usize = 3;
/// In which the first and the last are at most so many lines apart.
pub(super) const LABEL_BLOCK_LINES: usize = 12;

// The publisher, as the rules tell it from the names around an article: by judgement.

/// A wider line of noise is not looked through.
pub(super) const NAMED_AROUND_WIDTH: usize = 170;
/// A name is wider.
pub(super) const NAMED_AROUND_NAME_WIDTH: usize = 3;
/// What a name counts that is followed by a legal form or the words of an imprint.
pub(super) const IMPRINT_COUNT: usize = 3;
/// What it counts in a button, a heading or a notice.
pub(super) const BUTTON_COUNT: usize = 2;
/// What it counts in a line on rights or under a picture.
pub(super) const CLOSING_COUNT: usize = 1;
/// What it must count.
pub(super) const NAMED_AROUND_COUNT: usize = 2;
/// How many words a name with capitals has.
pub(super) const CAPITAL_RUN_WORDS: usize = 5;

// A text on one line, as the rules read it: by judgement.

/// A dense text that gives more pieces at its spaces is read as these.
pub(super) const DENSE_PIECES: usize = 4;
/// Among how many words at the beginning of a page its title is looked for a second time.
pub(super) const TITLE_AGAIN_WORDS: usize = 80;
/// How wide a title that comes again is at least.
pub(super) const TITLE_AGAIN_WIDTH: usize = 20;
/// Before this byte the headline may be glued to the body.
pub(super) const GLUED_HEADLINE_BYTES: usize = 500;
/// Before this byte of the body a day is its dateline's.
pub(super) const OPENING_DAY_BYTES: usize = 12;
/// How many characters behind a sentence tell that the tail of the page begins.
pub(super) const TAIL_CHARACTERS: usize = 60;
/// By a cue of this width.
pub(super) const TAIL_CUE_WIDTH: usize = 6;
/// Narrower cues are no buttons between headline and body.
pub(super) const BUTTON_CUE_WIDTH: usize = 5;
/// Behind this byte such buttons stand.
pub(super) const BUTTON_AFTER_BYTES: usize = 20;
/// A title before them is wider.
pub(super) const TITLE_BEFORE_BUTTONS_WIDTH: usize = 15;
/// Behind this byte a headline may end and the lead begin.
pub(super) const LEAD_AFTER_BYTES: usize = 20;
/// In how many bytes at the end of a text its credit is looked for.
pub(super) const TAIL_CREDIT_BYTES: usize = 90;
/// A credit has fewer characters.
pub(super) const TAIL_CREDIT_CHARACTERS: usize = 60;

//! The numbers that decide what is believed of a page, a feed or a file, and what a person should look at.
//!
//! All were set by judgement; no trial of a single one is written down. What those on pages reach together on 671
//! saved pages is in `docs/content/pages/import.md`.

use std::ops::{Range, RangeInclusive};

// What a person should look at.

/// A partnership that import is less sure of.
pub(super) const SURE_CLAIM: f32 = 0.8;
/// A body with a smaller share of the running text.
pub(super) const KEPT_SHARE: f64 = 0.5;

// Bytes as text.

/// Of so many characters one may be no text before the whole is none.
pub(super) const CHARACTERS_TO_ONE_BAD: usize = 100;
/// Bytes are UTF-8 if they have more than so many good characters to each break.
pub(super) const GOOD_TO_ONE_BROKEN: usize = 4;
/// Bytes are UTF-16 if more than one of so many is zero, and every second one.
pub(super) const BYTES_TO_ONE_ZERO: usize = 50;
/// If the other bytes have fewer zeros than one to so many.
pub(super) const ZEROS_TO_ONE_ASTRAY: usize = 10;
/// So many characters that UTF-8 read as Windows-1252 has are looked at.
pub(super) const MISREAD_CHARACTERS: usize = 2;
/// In how many bytes a page shows that it is one: a server may have put a dozen warnings before it.
pub(super) const PAGE_HEAD_BYTES: usize = 8000;
/// In how many bytes of a page its own word on its encoding is looked for.
pub(super) const ENCODING_HEAD_BYTES: usize = 100_000;

// Lines that were broken at a width.

/// Fewer lines do not show it.
pub(super) const WRAPPED_LINES: usize = 4;
/// A width outside these, in columns, breaks no text.
pub(super) const WRAP_COLUMNS: RangeInclusive<usize> = 20..=125;
/// So many columns more than that width are still no wider line.
pub(super) const WRAP_SLACK_COLUMNS: usize = 4;
/// One line of so many may be wider.
pub(super) const LINES_TO_ONE_WIDER: usize = 20;
/// So many breaks must be where the next word had no room.
pub(super) const WRAPPED_BREAKS: usize = 3;
/// And so many tenths of all.
pub(super) const WRAPPED_TENTHS: usize = 6;
/// Fewer fifths of these may be behind a sentence.
pub(super) const WRAPPED_SENTENCES_FIFTHS: usize = 2;

// The language of a text.

/// A line of a raw text with more characters is one of its paragraphs.
pub(super) const LONG_LINE_CHARACTERS: usize = 80;
/// So many such lines tell its language, or all lines do.
pub(super) const LONG_LINES: usize = 3;
/// A page with fewer letters tells its language only where it does not name one.
pub(super) const PAGE_LANGUAGE_CHARACTERS: usize = 200;
/// Which share of its words must be of that language then.
pub(super) const PAGE_LANGUAGE_SHARE: f64 = 0.2;
/// A post tells its language from so many letters on.
pub(super) const POST_LANGUAGE_LETTERS: usize = 200;
/// In so many characters at its beginning.
pub(super) const POST_LANGUAGE_CHARACTERS: usize = 8_000;
/// If a greater share of its words is of that language.
pub(super) const POST_LANGUAGE_SHARE: f64 = 0.25;
/// A shorter paragraph, in bytes, is in the language of those around it.
pub(super) const PASSAGE_BYTES: usize = 80;
/// A paragraph is in another language if a greater share of its words is of that.
pub(super) const PASSAGE_SHARE: f64 = 0.25;

// Writers whom the site knows, named beside a text.

/// How many bytes above the article: lines are of any length.
pub(super) const KNOWN_WRITER_ABOVE_BYTES: usize = 500;
/// How many bytes below it.
pub(super) const KNOWN_WRITER_BELOW_BYTES: usize = 250;
/// A line is surely the article's if it is so likely.
pub(super) const SURE_LINE: f64 = 0.5;

// What a second reader's word is worth.

/// How probable a claim is that only the second reader makes; a person looks at it.
pub(super) const SECOND_READER_ALONE: f32 = 0.5;
/// How probable a claim is at most that only one reader makes: nothing leads the front page by it.
pub(super) const ONE_READER: f32 = 0.79;
/// How often the second reader is taken to be wrong where it says the same.
pub(super) const SECOND_READER_WRONG: f32 = 0.5;

// The article of a page, in bytes.

/// A shorter text is hardly an article.
pub(super) const ARTICLE_BYTES: usize = 200;
/// A paragraph that is shorter says nothing on where the article is.
pub(super) const PARAGRAPH_BYTES: usize = 40;
/// An article made of paragraphs that is shorter is none to choose.
pub(super) const PARAGRAPHS_BYTES: usize = 250;
/// With so many elements before it a paragraph is compared, whether it stands in one of them.
pub(super) const PARAGRAPH_PLACES: usize = 20;
/// So many tenths of a text are nearly all of it.
pub(super) const NEARLY_ALL_TENTHS: usize = 9;
/// An element that is by its name no part of the article is kept if it has as much.
pub(super) const ASIDE_BYTES: usize = 1500;
/// Or one of so many bytes of the page.
pub(super) const PAGE_TO_ASIDE: usize = 10;
/// An element that by its name holds other articles is kept if it has one of so many bytes of the page.
pub(super) const PAGE_TO_OTHERS: usize = 3;
/// Paragraphs are the article rather than a text that has a so-manieth of them and is longer: a table or
/// a list that was written without any.
pub(super) const LUMP_PARAGRAPHS: usize = 4;
/// A form with less text asks for something.
pub(super) const FORM_BYTES: usize = 500;
/// A paragraph of links is shorter, if it leads to another article.
pub(super) const LINK_PARAGRAPH_BYTES: usize = 200;
/// So many tenths of it are links, if words before these say what they are.
pub(super) const LED_LINK_TENTHS: usize = 6;
/// So much before or behind a link or a day says what it is, and nothing else.
pub(super) const LINK_LEAD_BYTES: usize = 24;
/// A longer line says more than when something was published.
pub(super) const STAMP_BYTES: usize = 120;
/// A custom field of WordPress that is longer is data of a plugin.
pub(super) const CUSTOM_FIELD_BYTES: usize = 2000;

// The standfirst of a page.

/// How many characters it has: shorter ones are subtitles, longer ones articles.
pub(super) const STANDFIRST_CHARACTERS: RangeInclusive<usize> = 80..=800;
/// So many letters a summary has that may be one, and so many tell one text from another.
pub(super) const OPENING_LETTERS: usize = 40;
/// So many bytes of the letters of a summary tell that an element begins with it.
pub(super) const SUMMARY_BYTES: usize = 20;
/// How many elements around it may be its own.
pub(super) const SUMMARY_ELEMENTS: usize = 4;
/// In how many elements around the headline it is looked for.
pub(super) const STANDFIRST_ELEMENTS: usize = 3;
/// How many of its kind are looked at in each.
pub(super) const STANDFIRST_PLACES: usize = 20;

// The headline of a page.

/// From so many words on, a heading of the first level is a headline, whatever the metadata say: they may hold
/// another one, made for search engines or social media.
pub(super) const SENTENCE_WORDS: usize = 4;
/// A heading has fewer characters.
pub(super) const HEADING_CHARACTERS: usize = 250;
/// How many titles of the metadata a heading is compared with.
pub(super) const TITLES: usize = 3;
/// How many lower headings are looked at.
pub(super) const SUBHEADINGS: usize = 30;
/// A headline is so many times as long as the name of a site that stands before it, or more.
pub(super) const NAME_BEFORE_TIMES: usize = 2;
/// How many words a section's name has at most.
pub(super) const SECTION_WORDS: usize = 4;
/// How many a headline has beside one.
pub(super) const HEADLINE_WORDS: usize = 3;
/// How many characters it has where words are written without blanks.
pub(super) const HEADLINE_DENSE_CHARACTERS: usize = 8;
/// How many headings at the beginning of the article may repeat it.
pub(super) const REPEATED_HEADINGS: usize = 3;

// The day of a page.

/// A word for an update before this byte makes the day one of it.
pub(super) const UPDATE_CUE_BYTES: usize = 12;
/// How many characters an element has that holds the day by its name.
pub(super) const DAY_CHARACTERS: usize = 160;
/// How many of these are looked at.
pub(super) const DAY_PLACES: usize = 40;
/// How many characters an element near the headline has.
pub(super) const NEAR_DAY_CHARACTERS: usize = 40;
/// How many of these are looked at.
pub(super) const NEAR_DAY_PLACES: usize = 25;
/// In how many elements around the headline.
pub(super) const NEAR_DAY_ELEMENTS: usize = 4;
/// A text that says it is the day of publication has fewer characters.
pub(super) const TOLD_DAY_CHARACTERS: usize = 90;
/// And not more bytes than these, with its white space.
pub(super) const TOLD_DAY_BYTES: usize = 400;
/// A line with the day beside the headline has fewer characters.
pub(super) const DAY_LINE_CHARACTERS: usize = 140;
/// Shorter paragraphs, in characters, may be a standfirst or a byline before the text.
pub(super) const TEXT_CHARACTERS: usize = 100;
/// Years outside these are other numbers of an address.
pub(super) const ADDRESS_YEARS: Range<i16> = 1990..2100;

// The authors of a page.

/// A line that names them has at most so many characters.
pub(super) const BYLINE_CHARACTERS: usize = 120;
/// Before this byte a line may say that it does: `An article by Jane Roe`.
pub(super) const BYLINE_CUE_BYTES: usize = 24;
/// A name that readers see has at most so many characters.
pub(super) const AUTHOR_CHARACTERS: usize = 60;
/// One of the metadata at most so many.
pub(super) const STATED_AUTHOR_CHARACTERS: usize = 80;
/// A name that signs a text stands behind more paragraphs than these.
pub(super) const SIGNED_PARAGRAPHS: usize = 3;
/// How many words a name has.
pub(super) const AUTHOR_WORDS: RangeInclusive<usize> = 2..=6;
/// How many characters a name of one word has.
pub(super) const ONE_WORD_AUTHOR_CHARACTERS: Range<usize> = 2..25;
/// How many elements of each kind are looked at.
pub(super) const AUTHOR_PLACES: usize = 30;
/// How many lines before the headline are near it.
pub(super) const NEAR_TITLE_BEFORE_LINES: usize = 6;
/// How many lines, with its own, behind it.
pub(super) const NEAR_TITLE_BEHIND_LINES: usize = 14;
/// How many of the page's first lines are looked at besides.
pub(super) const FIRST_LINES: usize = 40;

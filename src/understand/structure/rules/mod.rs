//! What each paragraph of a raw text is: title, byline, body, or something that is not the article.

mod credit;
mod headline;
mod one_line;
mod publisher;

use rustc_hash::FxHashSet;

use super::bylines::Credits;
use super::headline::without_suffix;
use super::noise::{Noise, noise_of};
use super::thresholds::{
    ABOUT_HEADING_WIDTH, ARTICLE_AGAIN_LINES, BARE_DAY_LETTERS, BARE_DAY_WIDTH,
    BEFORE_BODY_PARAGRAPHS, BOX_LINES, BRAND_WIDTH, COMMENT_SLANG_WORDS, CRUMB_PART_WIDTH,
    CRUMB_PART_WORDS, CRUMB_PARTS, CRUMB_WIDTH, DATED_TEASER_WIDTH, DAY_BELOW_BODY_LINES,
    DENSE_PIECES, EMPTY_LINE_LETTERS, LAST_PARAGRAPH_WIDTH, ONE_LINE_WIDTH,
    PROSE_BEFORE_BYLINE_WIDTH, REMARK_CLOCK_CHARACTERS, REMARK_DATE_BYTES, REMARK_MARK_BYTES,
    SENTENCE_WORDS, SITE_NAME_WIDTH, TITLE_SCORE_BEFORE_BYLINE, TOLD_BOX_LINES,
};

use super::{Block, is_prose, outlet_prefix, width};
use crate::model::{DateBasis, PartialDate};
use crate::understand::companies::Gazetteer;
use crate::understand::dates;
use crate::understand::lexicon::{Lexicon, is_dense};

/// A raw text taken apart.
#[derive(Clone, Debug, Default)]
pub struct Structure {
    /// The headline, where there is one.
    pub title: Option<String>,
    /// The sentence between headline and body.
    pub dek: Option<String>,
    /// When it was published, and how that is known.
    pub date: Option<(PartialDate, DateBasis)>,
    /// Who wrote it.
    pub authors: Vec<String>,
    /// Who published it.
    pub source: Option<String>,
    /// The paragraphs of the article.
    pub body: Vec<Block>,
}

/// Takes a text apart.
#[must_use]
pub fn structure(blocks: &[Block], lexicon: &Lexicon, gazetteer: &Gazetteer) -> Structure {
    if let [only] = blocks
        && width(&only.text) > ONE_LINE_WIDTH
    {
        let pieces = one_line::pieces(&only.text);
        if pieces.len() > DENSE_PIECES {
            return read(&pieces, lexicon, gazetteer);
        }
        return one_line::one_line(&only.text, lexicon);
    }
    read(blocks, lexicon, gazetteer)
}

fn read(blocks: &[Block], lexicon: &Lexicon, gazetteer: &Gazetteer) -> Structure {
    let noise = blocks.iter().map(|block| noise_of(&block.text, lexicon)).collect();
    let credits = Credits { lexicon, gazetteer, strict: true };
    Reader { blocks, lexicon, gazetteer, credits, noise }.read()
}

struct Reader<'a> {
    blocks: &'a [Block],
    lexicon: &'a Lexicon,
    gazetteer: &'a Gazetteer,
    credits: Credits<'a>,
    /// What each block is, where it is not the article's.
    noise: Vec<Option<Noise>>,
}

/// What a line about the article says.
#[derive(Clone, Debug, Default)]
struct Meta {
    date: Option<PartialDate>,
    authors: Vec<String>,
    source: Option<String>,
}

impl Reader<'_> {
    fn read(&self) -> Structure {
        let mut out = Structure::default();
        let start = self.body_start();
        let head = &self.blocks[..start];
        let (labels_from, labelled) = self.label_block(start);
        let (places, end) = self.body(start, labels_from.unwrap_or(self.blocks.len()));
        let body: Vec<Block> = places.iter().map(|&at| self.blocks[at].clone()).collect();
        let prose: String = body.iter().map(|b| b.text.to_lowercase() + "\n").collect();

        let mut candidates = Vec::new();
        let mut suffix = None;
        let mut brand = None;
        for (at, block) in head.iter().enumerate() {
            if let Some(meta) = self.meta(block, at) {
                out.date = out.date.or(meta.date.map(|date| {
                    let basis =
                        if meta.authors.is_empty() { DateBasis::Stated } else { DateBasis::Byline };
                    (date, basis)
                }));
                out.authors.extend(meta.authors);
                out.source = out.source.or(meta.source);
            } else if !self.is_crumb(block) && self.noise[at].is_none() {
                candidates.push(block.text.as_str());
            }
        }
        let title = self.title(&candidates, &prose);
        if let Some(at) = title {
            let (text, site) = without_suffix(candidates[at], &prose, |name| self.is_site(name));
            out.title = Some(text.to_owned());
            suffix = site.map(str::to_owned);
            let other = candidates[..at].iter().find(|text| self.is_site(text));
            if let Some(name) = other.or(candidates[..at].first())
                && width(name) <= BRAND_WIDTH
                && !name.starts_with(text)
            {
                brand = Some((*name).to_owned()).filter(|s| !Self::is_section(s));
            }
            out.dek = candidates.get(at + 1).map(|dek| (*dek).to_owned());
        }
        if let Some(meta) = labelled {
            out.date = out.date.or(meta.date.map(|date| (date, DateBasis::Stated)));
            if out.authors.is_empty() {
                out.authors = meta.authors;
            }
        }
        if out.date.is_none() {
            out.date = body.first().and_then(|first| self.credits.dateline(&first.text));
        }
        if out.authors.is_empty()
            && let Some(last) = places.last()
        {
            out.authors = self.signed(last + 1);
        }
        if out.date.is_none()
            && let Some(last) = places.last()
        {
            let bare = |at: &usize| {
                let text = &self.blocks[*at].text;
                text.chars().filter(|c| c.is_alphabetic()).count() <= BARE_DAY_LETTERS
                    && width(text) < BARE_DAY_WIDTH
            };
            let below = (last + 1..self.blocks.len().min(last + 1 + DAY_BELOW_BODY_LINES))
                .take_while(|at| self.noise[*at].is_none())
                .filter(bare)
                .filter_map(|at| self.meta(&self.blocks[at], at))
                .find_map(|meta| meta.date.filter(|date| date.day_of_month().is_some()));
            out.date = below.map(|date| (date, DateBasis::Byline));
        }
        out.authors.dedup();
        // A lead of whole sentences between headline and byline is the article's first paragraph.
        let mut body = body;
        if let Some(dek) = out.dek.as_deref().filter(|dek| is_prose(dek)) {
            body.insert(0, Block { text: dek.to_owned(), bullet: false });
        }
        out.source = out.source.or_else(|| {
            self.publisher(&body, &out.authors, end, suffix.as_deref(), brand.as_deref())
        });
        out.body = body;
        out
    }

    /// The first paragraph of the body: after the last line about the article, or the first prose.
    fn body_start(&self) -> usize {
        let is_text = |at: usize| is_prose(&self.blocks[at].text) && self.noise[at].is_none();
        let mut after_meta = None;
        let mut prose_before = 0;
        for (at, block) in self.blocks.iter().enumerate().take(BEFORE_BODY_PARAGRAPHS) {
            if matches!(self.noise[at], Some(Noise::Related | Noise::Comments)) && prose_before > 0
            {
                break;
            }
            if prose_before <= PROSE_BEFORE_BYLINE_WIDTH && self.meta(block, at).is_some() {
                after_meta = Some(at + 1);
            }
            if is_text(at) {
                prose_before += width(&block.text);
            }
        }
        let count = self.blocks.len();
        let prose_from = |from: usize| (from..count).find(|&at| is_text(at));
        let first_prose = prose_from(0).unwrap_or(count.min(1));
        let Some(mut start) = after_meta else { return first_prose };
        // Nothing but noise and names of sections before: the headline follows the byline.
        let headless = (0..start).all(|at| {
            let block = &self.blocks[at];
            self.noise[at].is_some()
                || self.is_crumb(block)
                || self.meta(block, at).is_some()
                || self.headline_score(&block.text, "", &FxHashSet::default())
                    < TITLE_SCORE_BEFORE_BYLINE
        });
        if headless && let Some(prose) = prose_from(start) {
            return prose;
        }
        while start < count && !is_text(start) && self.is_filler(start) {
            start += 1;
        }
        start
    }

    /// Whether a name also stands in a line on rights, as the publisher's does.
    pub(super) fn is_site(&self, name: &str) -> bool {
        let noise = self.blocks.iter().zip(&self.noise);
        noise
            .filter(|(_, noise)| **noise == Some(Noise::Closing))
            .any(|(block, _)| width(name) > SITE_NAME_WIDTH && block.text.contains(name.trim()))
    }

    /// A line between byline and body that belongs to neither.
    fn is_filler(&self, at: usize) -> bool {
        self.noise[at].is_some() || self.is_crumb(&self.blocks[at])
    }

    /// The paragraphs of the body, and where what comes after the article begins.
    fn body(&self, start: usize, limit: usize) -> (Vec<usize>, usize) {
        let outlet = self.blocks.get(start).and_then(|lead| outlet_prefix(&lead.text));
        let mut body: Vec<usize> = Vec::new();
        let mut end = limit;
        let mut at = start;
        while at < limit {
            let block = &self.blocks[at];
            let lower = block.text.to_lowercase();
            let started = !body.is_empty();
            if started
                && (self.is_about(&block.text, &lower)
                    || self.is_remark(&block.text)
                    || self.is_comment(at, start, &lower)
                    || outlet.is_some_and(|outlet| is_teaser(&block.text, outlet)))
            {
                end = at;
                break;
            }
            match self.noise[at] {
                Some(Noise::Comments) if started => {
                    end = at;
                    break;
                }
                Some(Noise::Related | Noise::Closing | Noise::Notice) if started => {
                    let Some(next) = self.resumes(at, limit) else {
                        end = at;
                        break;
                    };
                    at = next;
                    continue;
                }
                Some(_) => {}
                // A headline over other headlines, in words that no list has.
                None if started && self.is_box(at, limit) => {
                    let Some(next) = self.resumes(at, limit) else {
                        end = at;
                        break;
                    };
                    at = next;
                    continue;
                }
                None => body.push(at),
            }
            at += 1;
        }
        // What trails off without a sentence was never part of the article.
        while body.len() > 1 {
            let last = &self.blocks[body[body.len() - 1]];
            if last.bullet || is_prose(&last.text) || width(&last.text) >= LAST_PARAGRAPH_WIDTH {
                break;
            }
            if last.text.ends_with([':', '.', '!', '?', '。', '”', '»', '"'])
                && !self.ends_in_name(last)
            {
                break;
            }
            body.pop();
        }
        (body, end)
    }

    fn ends_in_name(&self, block: &Block) -> bool {
        self.credits.names_line(block.text.trim_end_matches('.')).is_some()
    }

    /// Whether two or more lines that are no sentences stand here in a row: one is a subheading.
    fn is_box(&self, at: usize, limit: usize) -> bool {
        let loose = |at: usize| {
            let block = &self.blocks[at];
            let leads_on = block.text.ends_with([':', '：']);
            !block.bullet && !leads_on && !is_sentence(&block.text)
                || self.is_dated_teaser(&block.text)
        };
        let first = &self.blocks[at];
        if first.bullet || !loose(at) {
            return false;
        }
        let run: Vec<usize> =
            (at..limit).take_while(|&at| loose(at) || self.noise[at].is_some()).collect();
        let after = at + run.len();
        let links = self.blocks[after..limit].iter().take_while(|block| block.bullet).count();
        let telling = run.iter().any(|&at| {
            let text = &self.blocks[at].text;
            self.noise[at].is_some()
                || self.is_dated_teaser(text)
                || text
                    .starts_with(|c: char| c.is_ascii_digit() || matches!(c, '>' | '~' | '■' | '▶'))
        });
        let last = after + links == limit;
        run.len() >= BOX_LINES
            || run.len() >= TOLD_BOX_LINES && (telling || last)
            || links >= TOLD_BOX_LINES && last
    }

    /// Where the article goes on after a box of teasers in its middle: there is more running text
    /// than headlines between the box and the next heading of its kind.
    fn resumes(&self, heading: usize, limit: usize) -> Option<usize> {
        let is_text = |at: usize| is_prose(&self.blocks[at].text) && !self.blocks[at].bullet;
        let first = (heading + 1..limit.min(heading + 1 + ARTICLE_AGAIN_LINES)).find(|&at| {
            self.noise[at].is_none() && is_text(at) && !self.is_dated_teaser(&self.blocks[at].text)
        })?;
        let teasers = first - heading - 1;
        // An advert for an event is one line in the text, or a box with words of its own below it.
        let alone = matches!(self.noise[heading], Some(Noise::Closing | Noise::Notice));
        if (teasers == 0) != alone {
            return None;
        }
        let (mut prose, mut short, mut between) = (0, 0, 0);
        for at in first..limit {
            match self.noise[at] {
                Some(Noise::Related | Noise::Comments | Noise::Notice) => break,
                Some(_) => {}
                None if is_text(at) => {
                    prose += 1;
                    between = short;
                }
                None => short += 1,
            }
        }
        let short = between;
        (prose > 2 * short).then_some(first)
    }

    /// `Another headline (2 February 2023)`
    fn is_dated_teaser(&self, text: &str) -> bool {
        let found = dates::dates(text, self.lexicon);
        width(text) < DATED_TEASER_WIDTH
            && found.last().is_some_and(|found| {
                text.len() - found.span.end <= 2 && found.span.start > text.len() / 3
            })
    }

    /// `Home › Gadgets › Phones`, `Latest | Courts | Standards`
    fn is_crumb(&self, block: &Block) -> bool {
        let text = &block.text.replace('\u{3000}', "  ");
        if width(text) > CRUMB_WIDTH || is_prose(text) {
            return false;
        }
        let pieces = |mark: &str| text.split(mark).filter(|p| !p.trim().is_empty()).count();
        let marks = [" | ", " › ", " > ", " / ", " » ", " · ", "  "];
        let most = marks.iter().map(|mark| pieces(mark)).max().unwrap_or(0);
        let bare = text.chars().filter(|c| c.is_alphanumeric()).count();
        let short_pieces = |mark: &str| {
            text.split(mark).all(|p| {
                p.split_whitespace().count() <= CRUMB_PART_WORDS && width(p) <= CRUMB_PART_WIDTH
            })
        };
        let crumb = most >= CRUMB_PARTS
            || (most == 2
                && [" › ", " > ", " / ", "  "].iter().any(|m| text.contains(m) && short_pieces(m)));
        crumb && dates::dates(text, self.lexicon).is_empty()
            || bare <= EMPTY_LINE_LETTERS
            || text.starts_with('(') && text.ends_with(')')
    }

    fn is_section(text: &str) -> bool {
        text.chars().any(char::is_alphabetic) && text.to_uppercase() == text && !is_dense(text)
    }

    /// `About Xiaomi Corporation`: the house text at the end of a release.
    fn is_about(&self, text: &str, lower: &str) -> bool {
        width(text) < ABOUT_HEADING_WIDTH
            && !is_prose(text)
            && ["about", "über", "à propos", "om ", "tentang", "sobre "]
                .iter()
                .any(|word| lower.starts_with(word))
            || (self.lexicon.begins("about", lower).is_some()
                && width(text) < ABOUT_HEADING_WIDTH
                && !is_prose(text))
    }

    /// `Somebody, 14 March 2023, 13:05: words`: a reader's remark with its time.
    fn is_remark(&self, text: &str) -> bool {
        let found = dates::dates(text, self.lexicon);
        let Some(first) = found.first() else { return false };
        let rest = &text[first.span.end..];
        let clock: String = rest.chars().take(REMARK_CLOCK_CHARACTERS).collect();
        let told = rest
            .find([':', ')', '–', '-', '\u{3000}', ' '])
            .is_some_and(|at| at < REMARK_MARK_BYTES);
        first.span.start < REMARK_DATE_BYTES
            && text[..first.span.start].chars().any(char::is_alphabetic)
            && told
            && clock.chars().filter(char::is_ascii_digit).count() >= 3
            && !rest.trim().is_empty()
    }

    /// Readers' words: slang, no capital, no full stop, in the last part of the text.
    fn is_comment(&self, at: usize, start: usize, lower: &str) -> bool {
        let late = (at - start) * 2 > self.blocks.len() - start;
        let words: Vec<&str> =
            lower.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).collect();
        let slang =
            words.iter().filter(|w| self.lexicon.list("informal").iter().any(|s| s == *w)).count();
        let text = &self.blocks[at].text;
        let loose = !text.ends_with(['.', '!', '?', '”', '"', '»', ':']);
        let small = text.chars().next().is_some_and(char::is_lowercase);
        late && ((slang >= COMMENT_SLANG_WORDS && loose) || (slang >= 1 && loose && small))
    }
}

/// A line that ends as a sentence does, or leads on to the next one.
fn is_sentence(text: &str) -> bool {
    let bare = text.trim_end_matches(['"', '”', '“', '»', '’', '\'', ')', '」', '）']);
    let words = if is_dense(text) { width(text) / 4 } else { text.split(' ').count() };
    is_prose(text)
        || words >= SENTENCE_WORDS
            && (bare.ends_with(['.', '!', '?', '。', '！', '？', '…', ':', '：']))
}

/// A teaser repeats the outlet's name in its middle: headline, outlet, first words.
fn is_teaser(text: &str, outlet: &str) -> bool {
    text.find(&format!("{outlet} - ")).is_some_and(|at| at > 0)
}

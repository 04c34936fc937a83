//! Lines about an article: who wrote it, who published it, and when.

use super::{Block, Meta, Reader, is_prose, width};
use crate::model::PartialDate;
use crate::understand::lexicon;
use crate::understand::structure::noise::plain_marks;
use crate::understand::structure::thresholds::{
    BYLINE_WORDS_LEFT, CREDIT_PROSE_WIDTH, CREDIT_WIDTH, LABEL_BLOCK_LINES, LABELS_OF_BLOCK,
    RELATIVE_DAY_ALONE_WIDTH, RELATIVE_DAY_WIDTH, SHORT_CREDIT_WIDTH, SIGNED_BELOW_LINES,
    SIGNED_BY_NAME_LINES,
};
use crate::understand::{dates, people};

impl Reader<'_> {
    pub(super) fn near_meta(&self, at: usize) -> bool {
        let line = |at: usize| {
            self.blocks.get(at).is_some_and(|block| {
                let lower = block.text.to_lowercase();
                let short = width(&block.text) < SHORT_CREDIT_WIDTH;
                let timed = !dates::dates(&block.text, self.lexicon).is_empty()
                    || self.lexicon.find("relative", &lower).is_some();
                (short && timed)
                    || (is_prose(&block.text) && width(&block.text) > CREDIT_PROSE_WIDTH)
            })
        };
        let prose = |at: usize| {
            let block = self.blocks.get(at);
            block.is_some_and(|block| {
                is_prose(&block.text) && width(&block.text) > CREDIT_PROSE_WIDTH
            })
        };
        line(at + 1) || at > 0 && (line(at - 1) || prose(at + 2) || prose(at + 3))
    }

    /// What a line about the article says; `None` where it is no such line.
    pub(super) fn meta(&self, block: &Block, at: usize) -> Option<Meta> {
        let text = &plain_marks(&block.text);
        let length = width(text);
        let noisy = self.noise.get(at).is_some_and(Option::is_some);
        if noisy
            || length > CREDIT_WIDTH
            || (is_prose(text) && length > CREDIT_PROSE_WIDTH)
            || block.bullet
        {
            return None;
        }
        let lower = text.to_lowercase();
        let found = dates::dates(text, self.lexicon);
        let clock = has_clock(&lower);
        let relative =
            self.lexicon.find("relative", &lower).is_some() && (length < RELATIVE_DAY_WIDTH);
        let byline = self.credits.byline(text);
        let dated = !found.is_empty() || (relative && (clock || length < RELATIVE_DAY_ALONE_WIDTH));
        if !dated && byline.is_none() {
            let is_near = at > 0 && (self.near_meta(at) || self.is_job(at + 1));
            let (names, outlet) = self.credits.names_line(text).filter(|_| is_near)?;
            return Some(Meta { authors: names, source: outlet, date: None });
        }
        let date = self.published(text, &found);
        let (authors, source, rest) = self.credits.segments(text, &found);
        // A headline may hold a date; then too many words are left over.
        if rest > BYLINE_WORDS_LEFT && byline.is_none() {
            return None;
        }
        Some(Meta { date, authors: byline.unwrap_or(authors), source })
    }

    /// The first date that no word for an update stands before.
    fn published(&self, text: &str, found: &[dates::FoundDate]) -> Option<PartialDate> {
        let lower = lexicon::lower_of_same_length(text);
        let last = |list: &str, before: &str| self.lexicon.list(list).last_place(before);
        let is_update = |found: &&dates::FoundDate| {
            let before = &lower[..found.span.start];
            last("updated", before) > last("published", before)
        };
        found.iter().find(|found| !is_update(found)).map(|found| found.date)
    }

    /// Whether a line says only what somebody does: `Journalist`.
    fn is_job(&self, at: usize) -> bool {
        let is_job = |block: &Block| {
            let lower = block.text.to_lowercase();
            self.lexicon.list("job").iter().any(|job| lower.trim() == job)
        };
        self.blocks.get(at).is_some_and(is_job)
    }

    /// The names with which an article is signed below it, from the block `from` on: with a word for who
    /// wrote it, or by themselves.
    pub(super) fn signed(&self, from: usize) -> Vec<String> {
        let after = from..self.blocks.len().min(from + SIGNED_BELOW_LINES);
        let about = |at: &usize| {
            let text = &self.blocks[*at].text;
            self.is_about(text, &text.to_lowercase())
        };
        let near: Vec<usize> = after.take_while(|at| !about(at)).collect();
        let text = |at: &usize| plain_marks(&self.blocks[*at].text);
        let said =
            near.iter().filter(|at| width(&self.blocks[**at].text) < SHORT_CREDIT_WIDTH).map(text);
        let said =
            said.filter(|text| text.contains(':')).filter_map(|text| self.credits.byline(&text));
        let bare = near.iter().take(SIGNED_BY_NAME_LINES).filter(|at| self.noise[**at].is_none());
        let bare = bare.filter_map(|at| {
            let text = text(at);
            let text = text.trim();
            let inner = text.strip_prefix(['（', '(']).and_then(|t| t.strip_suffix(['）', ')']));
            self.credits.names_line(inner.unwrap_or(text))
        });
        said.chain(bare.map(|named| named.0)).next().unwrap_or_default()
    }

    /// A block of labels with their values: `Category`, `Published`, `Author`.
    pub(super) fn label_block(&self, start: usize) -> (Option<usize>, Option<Meta>) {
        let is_label = |block: &Block| {
            let lower = block.text.to_lowercase();
            let bare = lower.trim_end_matches([':', ' ']);
            self.lexicon.list("labels").iter().any(|label| label == bare)
        };
        let at: Vec<usize> =
            (start..self.blocks.len()).filter(|&at| is_label(&self.blocks[at])).collect();
        if at.len() < LABELS_OF_BLOCK || at[at.len() - 1] - at[0] > LABEL_BLOCK_LINES {
            return (None, None);
        }
        let mut meta = Meta::default();
        for &label in &at {
            let Some(value) = self.blocks.get(label + 1) else { continue };
            let lower = self.blocks[label].text.to_lowercase();
            let found = dates::dates(&value.text, self.lexicon);
            if self.lexicon.begins("published", &lower).is_some() {
                meta.date = meta.date.or(found.first().map(|found| found.date));
            } else if people::is_name(&value.text)
                && found.is_empty()
                && lower.starts_with(['a', 'p', 'о', 'т'])
            {
                meta.authors.push(value.text.clone());
            }
        }
        (Some(at[0]), Some(meta))
    }
}

fn has_clock(lower: &str) -> bool {
    let bytes = lower.as_bytes();
    bytes
        .windows(3)
        .any(|w| w[0].is_ascii_digit() && matches!(w[1], b':' | b'h') && w[2].is_ascii_digit())
}

//! What each paragraph of a raw text is: title, byline, body, or something that is not the article.

mod credit;
mod headline;
mod one_line;

use super::companies::Gazetteer;
use super::dates;
use super::lexicon::{self, Lexicon, is_dense};
use crate::model::{DateBasis, PartialDate};

/// A paragraph.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Block {
    /// Its words, without line breaks.
    pub text: String,
    /// Whether it is an item of a list.
    pub bullet: bool,
}

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

/// How many paragraphs may stand before the body.
const HEAD: usize = 14;

/// Takes a text apart.
#[must_use]
pub fn structure(blocks: &[Block], lexicon: &Lexicon, gazetteer: &Gazetteer) -> Structure {
    if let [only] = blocks
        && width(&only.text) > 400
    {
        return one_line::one_line(&only.text, lexicon);
    }
    let reader = Reader { blocks, lexicon, gazetteer };
    reader.read()
}

struct Reader<'a> {
    blocks: &'a [Block],
    lexicon: &'a Lexicon,
    gazetteer: &'a Gazetteer,
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
        let end = self.body_end(start, labels_from);
        let body: Vec<Block> = self.blocks[start..end]
            .iter()
            .filter(|block| !self.is_inline(block))
            .cloned()
            .collect();
        let prose: String = body.iter().map(|b| b.text.to_lowercase() + "\n").collect();

        let mut candidates = Vec::new();
        let mut site = None;
        for (at, block) in head.iter().enumerate() {
            if let Some(meta) = self.meta(block, at) {
                out.date = out.date.or(meta.date.map(|date| {
                    let basis =
                        if meta.authors.is_empty() { DateBasis::Stated } else { DateBasis::Byline };
                    (date, basis)
                }));
                out.authors.extend(meta.authors);
                out.source = out.source.or(meta.source);
            } else if !self.is_crumb(block) && !self.is_inline(block) {
                candidates.push(block.text.as_str());
            }
        }
        let title = self.title(&candidates, &prose);
        if let Some(at) = title {
            let (text, suffix) = headline::without_suffix(candidates[at], &prose);
            out.title = Some(text.to_owned());
            site = suffix.map(str::to_owned);
            if at > 0 && site.is_none() && width(candidates[0]) <= 60 {
                site = Some(headline::site_name(candidates[0]).to_owned())
                    .filter(|s| !Self::is_section(s));
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
            out.date = body.first().and_then(|first| self.dateline(&first.text));
        }
        if let Some(lead) = body.first()
            && let Some(outlet) = outlet_prefix(&lead.text)
        {
            out.source = out.source.or(Some(outlet.to_owned()));
        }
        out.source = out.source.or_else(|| self.copyright(end)).or(site);
        out.authors.dedup();
        out.body = body;
        out
    }

    /// The first paragraph of the body: after the last line about the article, or the first prose.
    fn body_start(&self) -> usize {
        let mut start = None;
        let mut prose_before = 0;
        for (at, block) in self.blocks.iter().take(HEAD).enumerate() {
            if prose_before <= 320 && self.meta(block, at).is_some() {
                start = Some(at + 1);
            }
            if is_prose(&block.text) && !self.is_inline(block) {
                prose_before += width(&block.text);
            }
        }
        let first_prose = self
            .blocks
            .iter()
            .position(|block| is_prose(&block.text) && !self.is_inline(block))
            .unwrap_or(self.blocks.len().min(1));
        let mut start = start.unwrap_or(first_prose);
        // Share buttons, captions and notices after the byline.
        while start < self.blocks.len()
            && (self.is_inline(&self.blocks[start]) || self.is_crumb(&self.blocks[start]))
            && !is_prose_of_article(&self.blocks[start].text, self.is_inline(&self.blocks[start]))
        {
            start += 1;
        }
        start.min(self.blocks.len())
    }

    /// Where what is not the article begins again.
    fn body_end(&self, start: usize, labels: Option<usize>) -> usize {
        let limit = labels.unwrap_or(self.blocks.len());
        let outlet = self.blocks.get(start).and_then(|lead| outlet_prefix(&lead.text));
        let mut end = limit;
        for at in start..limit {
            let block = &self.blocks[at];
            let lower = block.text.to_lowercase();
            let past_lead = at > start;
            if past_lead
                && (self.is_tail(&lower, &block.text)
                    || self.is_about(&block.text, &lower)
                    || self.is_comment(at, start, &lower)
                    || outlet.is_some_and(|outlet| is_teaser(&block.text, outlet)))
            {
                end = at;
                break;
            }
        }
        // What trails off without a sentence was never part of the article.
        while end > start + 1 {
            let last = &self.blocks[end - 1];
            let short = width(&last.text) < 100;
            if last.bullet || is_prose(&last.text) || !short || last.text.ends_with(':') {
                break;
            }
            end -= 1;
        }
        end
    }

    /// `Home › Gadgets › Phones`, `Latest | Courts | Standards`
    fn is_crumb(&self, block: &Block) -> bool {
        let text = &block.text;
        if width(text) > 110 || is_prose(text) {
            return false;
        }
        let pieces = |mark: &str| text.split(mark).filter(|p| !p.trim().is_empty()).count();
        let marks = [" | ", " › ", " > ", " / ", " » ", " · ", "  "];
        let most = marks.iter().map(|mark| pieces(mark)).max().unwrap_or(0);
        let bare = text.chars().filter(|c| c.is_alphanumeric()).count();
        let short_pieces = |mark: &str| text.split(mark).all(|p| p.split_whitespace().count() <= 4);
        let crumb = most >= 3
            || (most == 2
                && [" › ", " > ", " / ", "  "].iter().any(|m| text.contains(m) && short_pieces(m)));
        crumb && dates::dates(text, self.lexicon).is_empty()
            || bare <= 2
            || text.starts_with('(') && text.ends_with(')')
    }

    fn is_inline(&self, block: &Block) -> bool {
        let lower = block.text.to_lowercase();
        let short = width(&block.text) < 260;
        (short && self.lexicon.begins("inline", &lower).is_some())
            || (block.text.starts_with('(') && block.text.ends_with(')') && short)
    }

    fn is_section(text: &str) -> bool {
        text.chars().any(char::is_alphabetic) && text.to_uppercase() == text && !is_dense(text)
    }

    fn is_tail(&self, lower: &str, text: &str) -> bool {
        let length = width(text);
        let begins = self.lexicon.begins("tail", lower).is_some();
        let count_first = lower.trim_start_matches(|c: char| c.is_ascii_digit() || c == ' ');
        let counted =
            count_first.len() < lower.len() && self.lexicon.begins("tail", count_first).is_some();
        let ended = is_prose(text) && length > 160;
        (begins && !ended) || (counted && length < 40) || lower.contains('©') && length < 200
    }

    /// `About Xiaomi Corporation`: the house text at the end of a release.
    fn is_about(&self, text: &str, lower: &str) -> bool {
        width(text) < 60
            && !is_prose(text)
            && ["about", "über", "à propos", "om ", "tentang", "sobre "]
                .iter()
                .any(|word| lower.starts_with(word))
            || (self.lexicon.begins("about", lower).is_some()
                && width(text) < 60
                && !is_prose(text))
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
        late && ((slang >= 2 && loose) || (slang >= 1 && loose && small))
    }
}

/// How long a text is, in Latin letters; a Han, kana or Hangul character says as much as two of them.
fn width(text: &str) -> usize {
    text.chars().map(|c| if lexicon::is_dense_char(c) { 2 } else { 1 }).sum()
}

fn is_prose_of_article(text: &str, inline: bool) -> bool {
    !inline && is_prose(text)
}

/// A paragraph of running text: long, or a sentence with its full stop.
fn is_prose(text: &str) -> bool {
    let length = text.chars().count();
    let dense = is_dense(text);
    let trimmed = text.trim_end_matches(['"', '”', '“', '»', '’', '\'', ')', '」']);
    let stopped = trimmed.ends_with(['.', '!', '?', '。', '！', '？', '…', ':'])
        || text.ends_with(['」', '”', '»']);
    if dense {
        (length >= 24 && stopped) || length >= 70
    } else {
        (length >= 58 && stopped) || length >= 200
    }
}

/// `Vietnet24h - In the beginning ...`: the outlet's name before the first sentence.
fn outlet_prefix(text: &str) -> Option<&str> {
    let (outlet, _) = text.split_once(" - ")?;
    let words = outlet.split_whitespace().count();
    (outlet.chars().count() <= 30 && (1..=4).contains(&words) && !outlet.contains([',', '.', ':']))
        .then_some(outlet)
}

/// A teaser repeats the outlet's name in its middle: headline, outlet, first words.
fn is_teaser(text: &str, outlet: &str) -> bool {
    text.find(&format!("{outlet} - ")).is_some_and(|at| at > 0)
}

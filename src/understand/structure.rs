//! What each paragraph of a raw text is: title, byline, body, or something that is not the article.

use std::collections::HashSet;

use super::companies::Gazetteer;
use super::dates;
use super::lexicon::{Lexicon, is_dense};
use super::people;
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
        && only.text.chars().count() > 400
    {
        return one_line(&only.text, lexicon);
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
            let (text, suffix) = without_suffix(candidates[at], &prose);
            out.title = Some(text.to_owned());
            site = suffix.map(str::to_owned);
            if at > 0 && site.is_none() && candidates[0].chars().count() <= 60 {
                site = Some(site_name(candidates[0]).to_owned()).filter(|s| !Self::is_section(s));
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
                prose_before += block.text.chars().count();
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
            let short = last.text.chars().count() < 100;
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
        if text.chars().count() > 110 || is_prose(text) {
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
        let short = block.text.chars().count() < 260;
        (short && self.lexicon.begins("inline", &lower).is_some())
            || (block.text.starts_with('(') && block.text.ends_with(')') && short)
    }

    fn is_section(text: &str) -> bool {
        text.chars().any(char::is_alphabetic) && text.to_uppercase() == text && !is_dense(text)
    }

    fn is_tail(&self, lower: &str, text: &str) -> bool {
        let length = text.chars().count();
        let begins = self.lexicon.begins("tail", lower).is_some();
        let count_first = lower.trim_start_matches(|c: char| c.is_ascii_digit() || c == ' ');
        let counted =
            count_first.len() < lower.len() && self.lexicon.begins("tail", count_first).is_some();
        let ended = is_prose(text) && length > 160;
        (begins && !ended) || (counted && length < 40) || lower.contains('©') && length < 200
    }

    /// `About Xiaomi Corporation`: the house text at the end of a release.
    fn is_about(&self, text: &str, lower: &str) -> bool {
        text.chars().count() < 60
            && !is_prose(text)
            && ["about", "über", "à propos", "om ", "tentang", "sobre "]
                .iter()
                .any(|word| lower.starts_with(word))
            || (self.lexicon.begins("about", lower).is_some()
                && text.chars().count() < 60
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

    /// A block of labels with their values: `Category`, `Published`, `Author`.
    fn label_block(&self, start: usize) -> (Option<usize>, Option<Meta>) {
        let is_label = |block: &Block| {
            let lower = block.text.to_lowercase();
            let bare = lower.trim_end_matches([':', ' ']);
            self.lexicon.list("labels").iter().any(|label| label == bare)
        };
        let at: Vec<usize> =
            (start..self.blocks.len()).filter(|&at| is_label(&self.blocks[at])).collect();
        if at.len() < 3 || at[at.len() - 1] - at[0] > 12 {
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

    /// What a line about the article says; `None` where it is no such line.
    fn meta(&self, block: &Block, at: usize) -> Option<Meta> {
        let text = &block.text;
        let length = text.chars().count();
        if length > 170 || (is_prose(text) && length > 110) || block.bullet {
            return None;
        }
        let lower = text.to_lowercase();
        let found = dates::dates(text, self.lexicon);
        let clock = has_clock(&lower);
        let relative = self.lexicon.find("relative", &lower).is_some() && (length < 60);
        let byline = self.byline(text);
        let dated = !found.is_empty() || (relative && (clock || length < 30));
        if !dated && byline.is_none() {
            let alone = people::is_name(text)
                && at > 0
                && !self.gazetteer.names_one(text)
                && self.near_meta(at);
            return alone.then(|| Meta { authors: vec![text.clone()], ..Meta::default() });
        }
        let mut meta = Meta::default();
        let updated = self.lexicon.find("updated", &lower).map(|hit| hit.0);
        meta.date = found
            .iter()
            .find(|found| {
                updated.is_none_or(|at| found.span.end <= at || lower.len() != text.len())
            })
            .or_else(|| found.first().filter(|_| updated.is_none_or(|at| at > 0)))
            .map(|found| found.date);
        let (authors, source, rest) = self.segments(text, &found);
        // A headline may hold a date; then too many words are left over.
        if rest > 6 && byline.is_none() {
            return None;
        }
        meta.authors = byline.map_or(authors, |names| names);
        meta.source = source;
        Some(meta)
    }

    fn near_meta(&self, at: usize) -> bool {
        let line = |at: usize| {
            self.blocks.get(at).is_some_and(|block| {
                let lower = block.text.to_lowercase();
                let short = block.text.chars().count() < 100;
                let timed = !dates::dates(&block.text, self.lexicon).is_empty()
                    || self.lexicon.find("relative", &lower).is_some();
                (short && timed) || (is_prose(&block.text) && block.text.chars().count() > 110)
            })
        };
        line(at + 1) || at > 0 && line(at - 1)
    }

    /// `By Jane Roe`, `Af Rasmus Elm Rasmussen, Alt om Data`
    fn byline(&self, text: &str) -> Option<Vec<String>> {
        let lower = text.to_lowercase();
        let cue = self
            .lexicon
            .list("by")
            .iter()
            .filter(|cue| lower.starts_with(cue.as_str()))
            .max_by_key(|cue| cue.len())?;
        let rest = text.get(cue.len()..)?;
        if !rest.starts_with([' ', ':', ':', '\u{a0}']) {
            return None;
        }
        let rest = rest.trim_start_matches([' ', ':', ':', '\u{a0}']);
        let first = rest.split(['|', '·', '•', ',', '-', '–']).next().unwrap_or(rest).trim();
        let names = people_in(first);
        (!names.is_empty()).then_some(names)
    }

    /// The names and the publisher in a line, and how many words are left unexplained.
    fn segments(&self, text: &str, found: &[dates::Found]) -> (Vec<String>, Option<String>, usize) {
        let mut bare = text.to_owned();
        for found in found.iter().rev() {
            if bare.is_char_boundary(found.span.start) && bare.is_char_boundary(found.span.end) {
                bare.replace_range(found.span.clone(), " | ");
            }
        }
        let mut authors = Vec::new();
        let mut source = None;
        let mut rest = 0;
        let bare = spaced_cues(&bare, self.lexicon);
        for piece in bare
            .split(['|', '·', '•', ',', '–', '—'])
            .flat_map(|p| p.split(" - "))
            .flat_map(|p| p.split("  "))
        {
            let piece = strip_time(piece, self.lexicon);
            let lower = piece.to_lowercase();
            if piece.is_empty() {
                continue;
            }
            if let Some(names) = self.byline(&piece) {
                authors.extend(names);
            } else if let Some(cue) =
                self.lexicon.list("source").iter().find(|cue| lower.starts_with(cue.as_str()))
            {
                let name = piece[cue.len().min(piece.len())..].trim_start_matches([' ', ':', ':']);
                source = Some(name.trim().to_owned()).filter(|name| !name.is_empty());
            } else if self.lexicon.begins("published", &lower).is_some()
                || self.lexicon.begins("updated", &lower).is_some()
            {
                // Only a marker for the date beside it.
            } else if let Some(name) =
                piece.strip_suffix("기자").map(str::trim).filter(|n| people::is_name(n))
            {
                authors.push(name.to_owned());
            } else if people::is_name(&piece) && !self.gazetteer.names_one(&piece) {
                if authors.is_empty() {
                    authors.extend(people_in(&piece));
                } else {
                    source = source.or(Some(piece));
                }
            } else {
                rest += piece.split_whitespace().count().max(piece.chars().count() / 12);
            }
        }
        (authors, source, rest)
    }

    /// The candidate that is the headline.
    fn title(&self, candidates: &[&str], prose: &str) -> Option<usize> {
        let words: HashSet<&str> =
            prose.split(|c: char| !c.is_alphanumeric()).filter(|w| w.chars().count() > 3).collect();
        let score = |text: &str| -> f64 {
            let length = text.chars().count();
            let dense = is_dense(text);
            let full = if dense { 14.0 } else { 42.0 };
            #[allow(clippy::cast_precision_loss)]
            let mut score = (length as f64 / full).min(1.2);
            let lower = text.to_lowercase();
            let all: Vec<&str> = lower
                .split(|c: char| !c.is_alphanumeric())
                .filter(|w| w.chars().count() > 3)
                .collect();
            let shared = if dense {
                dense_overlap(text, prose)
            } else {
                all.iter().filter(|w| words.contains(**w)).count()
            };
            score += f64::from(u32::try_from(shared.min(6)).unwrap_or(6)) * 0.25;
            score += f64::from(u32::try_from(self.gazetteer.count(text).min(3)).unwrap_or(3)) * 0.5;
            if text.ends_with(['.', '。']) && !text.ends_with("..") {
                score -= 1.1;
            }
            if length > 180 {
                score -= 1.0;
            }
            if text.contains(" | ") && shared == 0 {
                score -= 0.8;
            }
            score
        };
        let scores: Vec<f64> = candidates.iter().map(|text| score(text)).collect();
        let best = scores.iter().copied().fold(f64::MIN, f64::max);
        if best < 0.45 {
            return None;
        }
        scores.iter().position(|&score| score >= best * 0.62)
    }

    /// `WETZLAR, 23. Mai 2022 –`, `SEOUL, Aug 29, 2022 (Newsbridge) -`, `Pada 4 April 2024 ini`
    fn dateline(&self, text: &str) -> Option<(PartialDate, DateBasis)> {
        let first = dates::dates(text, self.lexicon).into_iter().next()?;
        let before = &text[..first.span.start];
        let after = &text[first.span.end..];
        let place = before.chars().count() <= 40
            && (before.trim_end().ends_with([',', '(', '-', '–'])
                || before.split_whitespace().count() <= 2);
        let after = after.trim_start();
        let close = after.starts_with(['-', '–', '—', '(', '.', ':', '/', ')'])
            || after.starts_with("ini")
            || after.starts_with("này")
            || after.starts_with(',') && before.trim().is_empty();
        (place && close && first.date.day_of_month().is_some())
            .then_some((first.date, DateBasis::Dateline))
    }

    /// The name in a copyright line.
    fn copyright(&self, from: usize) -> Option<String> {
        self.blocks[from.min(self.blocks.len())..].iter().find_map(|block| {
            let at = block.text.find('©')?;
            let name = block.text[at + '©'.len_utf8()..]
                .trim_start_matches(|c: char| {
                    c.is_ascii_digit() || matches!(c, ' ' | '-' | '–' | '—' | ',')
                })
                .split(['.', ',', '|'])
                .next()?;
            let name = name.trim_end_matches(|c: char| {
                c.is_ascii_digit() || matches!(c, ' ' | '-' | '–' | '—')
            });
            let name = ["Media LLC", "LLC", "Inc", "Ltd", "GmbH", "무단전재 및 재배포 금지"]
                .iter()
                .fold(name, |name, end| name.trim_end().trim_end_matches(end));
            let name = name.trim().trim_matches(['«', '»', '"']);
            (name.chars().count() > 1 && name.chars().count() < 50).then(|| name.to_owned())
        })
    }
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

/// A headline without the site's name behind it.
fn without_suffix<'a>(title: &'a str, prose: &str) -> (&'a str, Option<&'a str>) {
    for mark in [" | ", " - ", " – ", " — "] {
        if let Some((head, suffix)) = title.rsplit_once(mark) {
            let words = suffix.split_whitespace().count();
            let capital = suffix.chars().next().is_some_and(char::is_uppercase);
            let told = prose.contains(&suffix.to_lowercase());
            if words <= 4
                && capital
                && !told
                && head.chars().count() > 20
                && suffix.chars().count() <= 32
            {
                return (head.trim_end(), Some(suffix));
            }
        }
    }
    (title, None)
}

/// `AUTONOMIA | il quotidiano dell'auto` → `AUTONOMIA`
fn site_name(text: &str) -> &str {
    let name = [" | ", " – ", " — ", ".  "]
        .iter()
        .fold(text, |name, mark| name.split(mark).next().unwrap_or(name));
    name.trim_end_matches('.')
}

/// How many pairs of characters of a headline without spaces occur in the body.
fn dense_overlap(text: &str, prose: &str) -> usize {
    let chars: Vec<char> = text.chars().filter(|c| c.is_alphanumeric()).collect();
    chars.windows(2).filter(|pair| prose.contains(&pair.iter().collect::<String>())).count()
}

fn people_in(text: &str) -> Vec<String> {
    let text =
        text.replace(" and ", ",").replace(" & ", ",").replace(" und ", ",").replace(" et ", ",");
    text.split(',').map(str::trim).filter(|name| people::is_name(name)).map(str::to_owned).collect()
}

/// Puts a mark before cue words that stand in the middle of a line (`来源:… 作者:…`).
fn spaced_cues(text: &str, lexicon: &Lexicon) -> String {
    let mut out = text.to_owned();
    for cue in lexicon.list("by").iter().chain(lexicon.list("source")) {
        for mark in [":", ":"] {
            if is_dense(cue) {
                out = out.replace(&format!("{cue}{mark}"), &format!(" | {cue}{mark}"));
            }
        }
    }
    out
}

fn has_clock(lower: &str) -> bool {
    let bytes = lower.as_bytes();
    bytes
        .windows(3)
        .any(|w| w[0].is_ascii_digit() && matches!(w[1], b':' | b'h') && w[2].is_ascii_digit())
}

/// Takes clocks, days of the week, time zones and relative words off a piece of a line.
fn strip_time(piece: &str, lexicon: &Lexicon) -> String {
    let zones = [
        "am", "pm", "et", "est", "edt", "cet", "cest", "gmt", "gmt+7", "gmt+9", "utc", "wib",
        "uhr", "kl.", "kl", "d.", "sa", "ch", "h", "오전", "오후", "ist", "jst", "kst", "msk",
        "мск",
    ];
    let mut words: Vec<&str> = Vec::new();
    let mut lower_piece = piece.to_lowercase();
    if lower_piece.len() == piece.len() {
        for relative in lexicon.list("relative").iter().chain(&lexicon.weekdays) {
            if let Some(at) = super::lexicon::position(&lower_piece, relative) {
                lower_piece.replace_range(at..at + relative.len(), &" ".repeat(relative.len()));
            }
        }
    } else {
        lower_piece.clear();
    }
    let mut at = 0;
    for word in piece.split(' ') {
        let here = at;
        at += word.len() + 1;
        let lower = word.to_lowercase();
        let removed = !lower_piece.is_empty()
            && !word.is_empty()
            && lower_piece.get(here..here + word.len()).is_some_and(|w| w.trim().is_empty());
        let clock = word.chars().any(|c| c.is_ascii_digit())
            && word.chars().all(|c| c.is_ascii_digit() || matches!(c, ':' | '.' | 'h' | '+'));
        if word.is_empty() || removed || clock || zones.contains(&lower.as_str()) {
            continue;
        }
        words.push(word);
    }
    words
        .join(" ")
        .trim_matches(|c: char| c.is_whitespace() || matches!(c, '-' | ',' | '.'))
        .to_owned()
}

/// A text on one line: headline and dek run into the body, a credit at its end.
fn one_line(text: &str, lexicon: &Lexicon) -> Structure {
    let mut out = Structure::default();
    let mut body = text;
    // A full stop with a capital right behind it is where two elements were glued together.
    let glue = text.char_indices().zip(text.chars().skip(1)).find(|&((at, c), next)| {
        matches!(c, '.' | '!' | '?')
            && next.is_uppercase()
            && at < 500
            && text[..at].chars().next_back().is_some_and(char::is_alphabetic)
            && text[..at].rsplit([' ', '.']).next().is_some_and(|w| w.chars().count() > 2)
    });
    if let Some(((at, c), _)) = glue {
        let head = &text[..at + c.len_utf8()];
        body = &text[at + c.len_utf8()..];
        let (title, dek) = split_headline(head, body);
        out.title = Some(title.to_owned());
        out.dek = dek.map(str::to_owned);
    }
    let body = without_credit(body, lexicon);
    if let Some(found) = dates::dates(body, lexicon).first()
        && found.span.start < 12
        && found.date.day_of_month().is_some()
    {
        out.date = Some((found.date, DateBasis::Dateline));
    }
    out.body = vec![Block { text: body.trim().to_owned(), bullet: false }];
    out
}

/// Headline and dek without a mark between them: the dek begins at a capital word whose small
/// form the text also knows, since names have none.
fn split_headline<'a>(head: &'a str, body: &str) -> (&'a str, Option<&'a str>) {
    let lower_words: HashSet<&str> = body
        .split(|c: char| !c.is_alphanumeric())
        .filter(|w| w.chars().next().is_some_and(char::is_lowercase))
        .collect();
    let split = head.char_indices().filter(|&(at, c)| c == ' ' && at > 20).find(|&(at, _)| {
        let before = head[..at].chars().next_back();
        let word = head[at + 1..].split(|c: char| !c.is_alphanumeric()).next().unwrap_or("");
        before.is_some_and(char::is_alphanumeric)
            && word.chars().next().is_some_and(char::is_uppercase)
            && lower_words.contains(word.to_lowercase().as_str())
    });
    match split {
        Some((at, _)) => (&head[..at], Some(head[at..].trim())),
        None => (head.trim_end_matches('.'), None),
    }
}

/// A text without the credit at its end (`Source: ...`, `Theo ...`).
fn without_credit<'a>(body: &'a str, lexicon: &Lexicon) -> &'a str {
    let tail_from = body.len().saturating_sub(90);
    let from = (tail_from..=body.len()).find(|&at| body.is_char_boundary(at)).unwrap_or(body.len());
    let last_stop = body[from..].rfind(['.', ':', '!', '?']).map(|at| at + from);
    let Some(mut stop) = last_stop else { return body };
    // `Tham khảo: CNBC`: the colon belongs to the credit.
    let cues = [
        "theo",
        "tham khảo",
        "nguồn",
        "source",
        "via",
        "sumber",
        "kilde",
        "quelle",
        "fuente",
        "fonte",
        "kaynak",
    ];
    let is_cue = |text: &str| {
        let lower = text.trim().to_lowercase();
        cues.iter().any(|cue| lower.starts_with(cue)) || lexicon.begins("source", &lower).is_some()
    };
    if body[stop..].starts_with(':') {
        let sentence = body[..stop].rfind(['.', ':', '!', '?']).map_or(0, |at| at + 1);
        if is_cue(&body[sentence..stop]) && sentence > 0 {
            return body[..sentence].trim_end();
        }
    }
    stop += 1;
    let rest = &body[stop..];
    if !rest.trim().is_empty() && rest.chars().count() < 60 && is_cue(rest) {
        body[..stop].trim_end()
    } else {
        body
    }
}

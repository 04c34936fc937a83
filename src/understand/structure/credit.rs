//! Lines about an article: who wrote it, who published it, and when.

use super::noise::plain_marks;
use super::{Block, Meta, Reader, is_prose, width};
use crate::model::{DateBasis, PartialDate};
use crate::understand::lexicon::{self, Lexicon, is_dense};
use crate::understand::{dates, people};

impl Reader<'_> {
    pub(super) fn near_meta(&self, at: usize) -> bool {
        let line = |at: usize| {
            self.blocks.get(at).is_some_and(|block| {
                let lower = block.text.to_lowercase();
                let short = width(&block.text) < 100;
                let timed = !dates::dates(&block.text, self.lexicon).is_empty()
                    || self.lexicon.find("relative", &lower).is_some();
                (short && timed) || (is_prose(&block.text) && width(&block.text) > 110)
            })
        };
        let prose = |at: usize| {
            let block = self.blocks.get(at);
            block.is_some_and(|block| is_prose(&block.text) && width(&block.text) > 110)
        };
        line(at + 1) || at > 0 && (line(at - 1) || prose(at + 2) || prose(at + 3))
    }

    /// What a line about the article says; `None` where it is no such line.
    pub(super) fn meta(&self, block: &Block, at: usize) -> Option<Meta> {
        let text = &plain_marks(&block.text);
        let length = width(text);
        let noisy = self.noise.get(at).is_some_and(Option::is_some);
        if noisy || length > 170 || (is_prose(text) && length > 110) || block.bullet {
            return None;
        }
        let lower = text.to_lowercase();
        let found = dates::dates(text, self.lexicon);
        let clock = has_clock(&lower);
        let relative = self.lexicon.find("relative", &lower).is_some() && (length < 60);
        let byline = self.byline(text);
        let dated = !found.is_empty() || (relative && (clock || length < 30));
        if !dated && byline.is_none() {
            let (names, outlet) = self.names_line(text).filter(|_| at > 0 && self.near_meta(at))?;
            return Some(Meta { authors: names, source: outlet, date: None });
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

    /// `Jane Roe and Joe Doe`, `Jane Roe - Example Weekly`: names alone, and who they write for.
    pub(super) fn names_line(&self, text: &str) -> Option<(Vec<String>, Option<String>)> {
        let marks = [" - ", " – ", " — ", " | ", " / ", " · "];
        let split = marks.iter().find_map(|mark| text.split_once(mark));
        let (names, outlet) =
            split.map_or((text, None), |(names, rest)| (names, Some(rest.trim())));
        let pieces = self.split_names(names);
        let first = pieces.first()?.split(' ').next()?.to_lowercase();
        let cued = self.lexicon.list("by").contains(&first);
        let pieces: Vec<String> = pieces.iter().map(|name| self.bare_name(name)).collect();
        let said = |name: &String| {
            let lower = name.to_lowercase();
            let mut words = lower.split(' ');
            words.any(|word| {
                word.len() > 2 && self.lexicon.list("function").iter().any(|f| f == word)
            })
        };
        let fits = !cued
            && !text.contains("  ")
            && !pieces.iter().any(said)
            && pieces.iter().all(|name| {
                people::is_name(name) && !self.gazetteer.names_one(name) && !self.is_desk(name)
            })
            && outlet.is_none_or(|outlet| outlet.split_whitespace().count() <= 4);
        fits.then(|| (pieces, outlet.map(str::to_owned)))
    }

    /// The names in a list such as `Jane Roe, Joe Doe and Ann Poe`.
    fn people_in(&self, text: &str) -> Vec<String> {
        let mut pieces = self.split_names(text);
        for name in &mut pieces {
            *name = self.bare_name(name);
        }
        pieces.retain(|name| people::is_name(name) && !self.is_desk(name));
        pieces
    }

    /// A name without the job behind it (`이서연 기자`), and not all in capitals.
    fn bare_name(&self, name: &str) -> String {
        let jobs = self.lexicon.list("job");
        let name = jobs.iter().fold(name.trim(), |name, job| {
            name.strip_suffix(job.as_str())
                .or_else(|| name.strip_prefix(job.as_str()))
                .unwrap_or(name)
                .trim()
        });
        // A Korean reporter's paper stands before the name.
        let hangul = |c: char| ('\u{ac00}'..='\u{d7af}').contains(&c);
        let last = name.rsplit(' ').next().unwrap_or(name);
        if last.chars().all(hangul) && (2..=4).contains(&last.chars().count()) {
            return last.to_owned();
        }
        if name.contains(' ') && name == name.to_uppercase() && name != name.to_lowercase() {
            return name.split(' ').map(capital_first).collect::<Vec<_>>().join(" ");
        }
        name.to_owned()
    }

    /// Whether a line names a desk and no person: `Redacción`.
    fn is_desk(&self, name: &str) -> bool {
        let lower = name.to_lowercase();
        let desks = self.lexicon.list("desk");
        desks.iter().any(|desk| {
            let spaced = format!(" {lower} ");
            spaced.contains(&format!(" {desk} "))
        })
    }

    fn split_names(&self, text: &str) -> Vec<String> {
        let mut text = text.to_owned();
        for word in self.lexicon.list("conj") {
            let spaced = if is_dense(word) { word.clone() } else { format!(" {word} ") };
            text = text.replace(&spaced, ",");
        }
        text.split([',', '、', '，']).map(|name| name.trim().to_owned()).collect()
    }

    /// `By Jane Roe`, `Af Rasmus Elm Rasmussen, Alt om Data`
    pub(super) fn byline(&self, text: &str) -> Option<Vec<String>> {
        let lower = text.to_lowercase();
        let cue = self
            .lexicon
            .list("by")
            .iter()
            .filter(|cue| lower.starts_with(cue.as_str()))
            .max_by_key(|cue| cue.len())?;
        let rest = text.get(cue.len()..)?;
        if !rest.starts_with([' ', ':', '\u{a0}']) {
            return None;
        }
        let rest = rest.trim_start_matches([' ', ':', '\u{a0}']);
        let first = rest.split(['|', '·', '•', '-', '–', '/']).next().unwrap_or(rest).trim();
        let names = self.people_in(first);
        (!names.is_empty()).then_some(names)
    }

    /// The names and the publisher in a line, and how many words are left unexplained.
    pub(super) fn segments(
        &self,
        text: &str,
        found: &[dates::Found],
    ) -> (Vec<String>, Option<String>, usize) {
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
                let name = piece[cue.len().min(piece.len())..].trim_start_matches([' ', ':']);
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
                    authors.extend(self.people_in(&piece));
                } else {
                    source = source.or(Some(piece));
                }
            } else {
                rest += piece.split_whitespace().count().max(piece.chars().count() / 12);
            }
        }
        (authors, source, rest)
    }

    /// `WETZLAR, 23. Mai 2022 –`, `SEOUL, Aug 29, 2022 (Newsbridge) -`, `Pada 4 April 2024 ini`
    pub(super) fn dateline(&self, text: &str) -> Option<(PartialDate, DateBasis)> {
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

    /// A block of labels with their values: `Category`, `Published`, `Author`.
    pub(super) fn label_block(&self, start: usize) -> (Option<usize>, Option<Meta>) {
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
}

/// Puts a mark before cue words that stand in the middle of a line (`来源:… 作者:…`).
fn spaced_cues(text: &str, lexicon: &Lexicon) -> String {
    let mut out = text.to_owned();
    for cue in lexicon.list("by").iter().chain(lexicon.list("source")) {
        if is_dense(cue) {
            out = out.replace(&format!("{cue}:"), &format!(" | {cue}:"));
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
            if let Some(at) = lexicon::position(&lower_piece, relative) {
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

/// `ROE` → `Roe`
fn capital_first(word: &str) -> String {
    let mut letters = word.chars();
    let first = letters.next().map(String::from).unwrap_or_default();
    first + &letters.as_str().to_lowercase()
}

//! What a line that credits somebody says: names, publishers, dates before a text.

use super::thresholds::{
    DATELINE_PLACE_CHARACTERS, DATELINE_PLACE_WORDS, DENSE_BYLINE_WIDTH, DENSE_WORD_CHARACTERS,
    OUTLET_WORDS,
};
use super::width;
use crate::model::{DateBasis, PartialDate};
use crate::understand::companies::Gazetteer;
use crate::understand::entities::evidence::List;
use crate::understand::lexicon::{self, Lexicon, is_dense};
use crate::understand::{dates, people};

/// Reads lines that credit somebody.
#[derive(Clone, Copy)]
pub(super) struct Credits<'a> {
    pub(super) lexicon: &'a Lexicon,
    pub(super) gazetteer: &'a Gazetteer,
    /// Whether desks and companies are no names, where nothing else weighs them.
    pub(super) strict: bool,
}

impl Credits<'_> {
    /// `Jane Roe and Joe Doe`, `Jane Roe - Example Weekly`: names alone, and who they write for.
    pub(super) fn names_line(&self, text: &str) -> Option<(Vec<String>, Option<String>)> {
        let marks = [" - ", " – ", " — ", " | ", " / ", " · "];
        let split = marks.iter().find_map(|mark| text.split_once(mark));
        let (names, outlet) =
            split.map_or((text, None), |(names, rest)| (names, Some(rest.trim())));
        // `Jane Roe, «Example Weekly»`
        let quoted = names.rsplit_once(", ").filter(|(_, last)| last.starts_with(['«', '“', '„']));
        let (names, outlet) = quoted.map_or((names, outlet), |(names, last)| {
            (names, Some(last.trim_matches(['«', '»', '“', '”', '„'])))
        });
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
                self.is_person(name) && !(self.strict && self.gazetteer.names_one(name))
            })
            && outlet.is_none_or(|outlet| outlet.split_whitespace().count() <= OUTLET_WORDS);
        fits.then(|| (pieces, outlet.map(str::to_owned)))
    }

    /// The names in a list such as `Jane Roe, Joe Doe and Ann Poe`.
    pub(super) fn people_in(&self, text: &str) -> Vec<String> {
        let mut pieces = self.split_names(text);
        for name in &mut pieces {
            *name = self.bare_name(name);
        }
        pieces.retain(|name| self.is_person(name));
        pieces
    }

    /// Whether a name is that of a person, as its language has them, and not of a desk, of a day (`Thứ Ba`) or of
    /// what somebody is (`Senior Editor`).
    pub(super) fn is_person(&self, name: &str) -> bool {
        let fits = match self.lexicon.code {
            "ko" => people::is_korean(name),
            "zh" => people::is_chinese(name),
            _ => true,
        };
        let is_weekday = || self.lexicon.weekdays.contains(&name.to_lowercase());
        let given = || name.split(' ').next().unwrap_or(name).to_lowercase();
        let is_job =
            || name.split(' ').count() <= 2 && self.has_job(name) && !List::Given.has(&given());
        fits && people::is_name(name)
            && !is_weekday()
            && !(self.strict && (self.is_desk(name) || is_job()))
    }

    /// Whether a word for what reporters are is among the words.
    pub(super) fn has_job(&self, words: &str) -> bool {
        let lower = words.to_lowercase();
        ["job", "posts"].iter().any(|list| self.lexicon.find(list, &lower).is_some())
    }

    /// A name without the job behind it (`이서연 기자`), and not all in capitals.
    pub(super) fn bare_name(&self, name: &str) -> String {
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
        let is_shouted = |word: &&str| {
            word.chars().count() > 2
                && **word == word.to_uppercase()
                && **word != word.to_lowercase()
        };
        if name.contains(' ') && name.split(' ').any(|word| is_shouted(&word)) {
            let calm =
                |word| if is_shouted(&word) { self.capital_first(word) } else { word.to_owned() };
            return name.split(' ').map(calm).collect::<Vec<_>>().join(" ");
        }
        name.to_owned()
    }

    /// `ROE` → `Roe`, `ROE-POE` → `Roe-Poe`
    pub(super) fn capital_first(&self, word: &str) -> String {
        let calm = |part: &str| {
            let mut letters = part.chars();
            let first = letters.next().map(String::from).unwrap_or_default();
            // The small form of a Turkish I has no dot.
            let rest = letters.as_str();
            let rest =
                if self.lexicon.code == "tr" { rest.replace('I', "ı") } else { rest.to_owned() };
            first + &rest.replace('İ', "i").to_lowercase()
        };
        word.split('-').map(calm).collect::<Vec<_>>().join("-")
    }

    /// Whether a line names a desk and no person: `Redacción`.
    pub(super) fn is_desk(&self, name: &str) -> bool {
        let lower = name.to_lowercase();
        let desks = self.lexicon.list("desk");
        desks.iter().any(|desk| {
            let spaced = format!(" {lower} ");
            spaced.contains(&format!(" {desk} "))
        })
    }

    pub(super) fn split_names(&self, text: &str) -> Vec<String> {
        let mut text = text.to_owned();
        for word in self.lexicon.list("conj") {
            let spaced = if is_dense(word) { word.clone() } else { format!(" {word} ") };
            text = text.replace(&spaced, ",");
        }
        let marks = if self.lexicon.code == "ko" { &[',', '·'][..] } else { &[',', '、', '，'] };
        text.split(marks).map(|name| name.trim().to_owned()).collect()
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
        // `記者周以寧／台北報導`: without spaces only a short line is one.
        let is_spaced = rest.starts_with([' ', ':', '：', '\u{a0}']);
        if !(is_spaced || is_dense(cue) && width(text) < DENSE_BYLINE_WIDTH) {
            return None;
        }
        let rest = rest.trim_start_matches([' ', ':', '：', '\u{a0}']);
        let mut ends = vec!['|', '•', '-', '–', '/', '／', '　'];
        // Between two Korean names it is a comma.
        if self.lexicon.code != "ko" {
            ends.push('·');
        }
        let first = rest.split(&ends[..]).next().unwrap_or(rest).trim();
        let names = self.people_in(first);
        (!names.is_empty()).then_some(names)
    }

    /// The names and the publisher in a line, and how many words are left unexplained.
    pub(super) fn segments(
        &self,
        text: &str,
        found: &[dates::FoundDate],
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
            .split(['|', '·', '•', ',', '–', '—', '　'])
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
                piece.strip_suffix("기자").map(str::trim).filter(|n| self.is_person(n))
            {
                authors.push(name.to_owned());
            } else if self.is_person(&piece) && !self.gazetteer.names_one(&piece) {
                if authors.is_empty() {
                    authors.extend(self.people_in(&piece));
                } else {
                    source = source.or(Some(piece));
                }
            } else {
                rest += piece
                    .split_whitespace()
                    .count()
                    .max(piece.chars().count() / DENSE_WORD_CHARACTERS);
            }
        }
        (authors, source, rest)
    }

    /// `WETZLAR, 23. Mai 2022 –`, `SEOUL, Aug 29, 2022 (Newsbridge) -`, `Pada 4 April 2024 ini`
    pub(super) fn dateline(&self, text: &str) -> Option<(PartialDate, DateBasis)> {
        let first = dates::dates(text, self.lexicon).into_iter().next()?;
        let before = &text[..first.span.start];
        let after = &text[first.span.end..];
        let place = before.chars().count() <= DATELINE_PLACE_CHARACTERS
            && (before.trim_end().ends_with([',', '(', '-', '–'])
                || before.split_whitespace().count() <= DATELINE_PLACE_WORDS);
        let after = after.trim_start();
        let close = after.starts_with(['-', '–', '—', '(', '.', ':', '/', ')'])
            || after.starts_with("ini")
            || after.starts_with("này")
            || after.starts_with(',') && before.trim().is_empty();
        (place && close && first.date.day_of_month().is_some())
            .then_some((first.date, DateBasis::Dateline))
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
        for words in [lexicon.list("relative"), &lexicon.weekdays] {
            // Most pieces have none.
            if !words.any_inside(&lower_piece, |_| true) {
                continue;
            }
            for relative in words {
                if let Some(at) = lexicon::position(&lower_piece, relative) {
                    let blank = " ".repeat(relative.len());
                    lower_piece.replace_range(at..at + relative.len(), &blank);
                }
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

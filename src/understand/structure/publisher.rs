//! Who published a text, by the traces that a paper leaves around it.

use std::collections::BTreeMap;

use super::model::Label;
use super::noise::{Noise, noise_of, plain_marks};
use super::ranking::{Candidate, Signs};
use super::{Block, Reader, float, outlet_prefix, ratio, width};
use crate::understand::dates;

/// What companies put behind their name in an imprint.
pub(super) const FORMS: &[&str] = &[
    "Media LLC",
    "LLC",
    "Inc",
    "Ltd",
    "GmbH",
    "A/S",
    "AS",
    "AB",
    "S.L",
    "S.A",
    "srl",
    "S.r.l",
    "BV",
    "무단전재 및 재배포 금지",
];

impl Reader<'_> {
    /// Everybody who may have published the text, with the trace that says so.
    pub(super) fn publishers(
        &self,
        body: &[Block],
        authors: &[String],
        suffix: Option<&str>,
    ) -> Vec<Candidate<String>> {
        let end = (0..self.blocks.len()).rfind(|at| self.is_body(*at)).map_or(0, |at| at + 1);
        let lead = body.first().map(|block| block.text.as_str());
        let mut found: Vec<(&str, String)> = Vec::new();
        let mut add = |trace, name: Option<String>| found.extend(name.map(|name| (trace, name)));
        add("prefix", lead.and_then(outlet_prefix).map(str::to_owned));
        add("agency", lead.and_then(|lead| self.agency(lead)));
        add("byline", self.after_byline());
        add("said", self.said());
        add("suffix", suffix.map(str::to_owned));
        add("team", authors.iter().find_map(|name| name.strip_prefix("Team ")).map(str::to_owned));
        add("copyright", self.copyright(end));
        add("around", self.named_around());
        add("domain", self.domain());
        let all: Vec<(&str, String)> = found.clone();
        let mut names: Vec<String> = Vec::new();
        for (_, name) in found {
            if !names.contains(&name) {
                names.push(name);
            }
        }
        let candidate = |name: String| {
            let mut signs = Signs::default();
            let key = key(&name);
            let mut traces = 0;
            for (trace, other) in &all {
                if *other == name {
                    signs.add(trace, true);
                    traces += 1;
                } else if self::key(other) == key
                    || width(&key) > 4 && self::key(other).contains(&key)
                {
                    signs.add("another trace", true);
                }
            }
            signs.bin("traces", float(traces), &[2.0, 3.0]);
            let lines =
                self.blocks.iter().filter(|block| block.text.contains(name.as_str())).count();
            signs.bin("lines", float(lines), &[1.0, 2.0, 4.0, 8.0]);
            let told = body.iter().filter(|block| block.text.contains(name.as_str())).count();
            signs.bin("in body", float(told), &[1.0, 3.0]);
            signs.add("is a domain", name.contains('.') && !name.contains(' '));
            signs.bin("words", float(name.split_whitespace().count()), &[2.0, 3.0, 4.0, 6.0]);
            signs.add("digits", name.contains(|c: char| c.is_ascii_digit()));
            let lower = name.to_lowercase();
            let words: Vec<&str> = lower.split_whitespace().collect();
            let common = words.iter().filter(|word| self.vocabulary.contains_key(**word)).count();
            signs.bin("common words", ratio(common, words.len().max(1)), &[0.01, 0.6, 0.99]);
            let small = words.iter().filter(|word| self.small.contains(**word)).count();
            signs.bin("small elsewhere", ratio(small, words.len().max(1)), &[0.01, 0.6]);
            signs.add("company", self.gazetteer.names_one(&name));
            Candidate { value: name, signs: signs.done() }
        };
        names.into_iter().map(candidate).collect()
    }

    /// `Source: Example Weekly`, outside the body.
    fn said(&self) -> Option<String> {
        self.blocks
            .iter()
            .filter(|block| block.label != Label::Body && width(&block.text) < 200)
            .find_map(|block| {
                let found = dates::dates(&block.text, self.lexicon);
                self.credits.segments(&plain_marks(&block.text), &found).1
            })
    }

    /// The domain that stands in the text most often, outside addresses of mail.
    fn domain(&self) -> Option<String> {
        let mut counts: BTreeMap<String, usize> = BTreeMap::new();
        for block in self
            .blocks
            .iter()
            .filter(|block| width(&block.text) < 300 || block.label == Label::Body)
        {
            for word in block.text.split(|c: char| {
                c.is_whitespace() || matches!(c, '/' | '(' | ')' | ',' | '|' | ':')
            }) {
                let word =
                    word.trim_matches(|c: char| !c.is_alphanumeric()).trim_start_matches("www.");
                let ending = word.rsplit('.').next().unwrap_or("");
                let plain =
                    word.is_ascii() && !word.contains('@') && word.len() > 5 && word.contains('.');
                let tail = (2..=4).contains(&ending.len())
                    && ending.bytes().all(|b| b.is_ascii_lowercase());
                let head = word.split('.').next().unwrap_or("");
                if plain
                    && tail
                    && head.len() > 2
                    && head.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
                {
                    *counts.entry(word.to_owned()).or_default() += 1;
                }
            }
        }
        let most = counts
            .into_iter()
            .max_by_key(|(name, count)| (*count, std::cmp::Reverse(name.clone())));
        most.map(|(name, _)| name)
    }

    /// `SEOUL, Aug 29, 2022 (Newsbridge) -`: the agency in the dateline.
    fn agency(&self, lead: &str) -> Option<String> {
        let (before, rest) = lead.split_once('(')?;
        let (name, after) = rest.split_once(')')?;
        let dated = width(before) < 50 && !dates::dates(before, self.lexicon).is_empty();
        let close = after.trim_start().starts_with(['-', '–', '—']);
        (dated && close && width(name) < 30).then(|| name.to_owned())
    }

    /// `By Jane Roe, Example Weekly`
    fn after_byline(&self) -> Option<String> {
        self.blocks.iter().filter(|block| block.label == Label::Byline).find_map(|block| {
            let text = plain_marks(&block.text);
            self.credits.byline(&text)?;
            let (_, outlet) = text.split_once(", ")?;
            let outlet = outlet.trim();
            let capital = outlet.starts_with(char::is_uppercase);
            let plain = !outlet.contains([',', '|', ':']) && outlet.split(' ').count() <= 4;
            let dated = outlet.contains(|c: char| c.is_ascii_digit());
            (capital && plain && !dated && !crate::understand::people::is_name(outlet))
                .then(|| outlet.to_owned())
        })
    }

    /// The name that lines around the article bear most often: a credit, a newsletter, an imprint.
    fn named_around(&self) -> Option<String> {
        let mut counts: BTreeMap<String, usize> = BTreeMap::new();
        for block in self.blocks.iter().filter(|block| block.label != Label::Body) {
            let noise = noise_of(&block.text, self.lexicon);
            let weight = match noise {
                Some(Noise::Closing | Noise::Caption) => 1,
                Some(Noise::Chrome | Noise::Related | Noise::Notice) => 2,
                Some(Noise::Teaser | Noise::Comments) => continue,
                None => 0,
            };
            // `Example Weekly Ltd`, `Example Weekly is a research firm`
            let opens = capital_run(&block.text).filter(|name| {
                let rest = block.text[name.len()..].trim_start();
                FORMS.iter().any(|form| rest.starts_with(form))
                    || self
                        .lexicon
                        .list("imprint")
                        .iter()
                        .any(|word| rest.starts_with(word.as_str()))
            });
            if let Some(name) = opens {
                *counts.entry(name.to_owned()).or_default() += 3;
            }
            if weight > 0 && width(&block.text) < 170 {
                let lower = block.text.to_lowercase();
                let names = block.text.char_indices().filter(|&(at, c)| {
                    let starts = at == 0 || block.text[..at].ends_with([' ', '(', '/', ':']);
                    starts && c.is_uppercase() && at > 0
                });
                for (at, _) in names {
                    // A run of capitals is counted from its first word.
                    if block.text[..at].trim_end().rsplit(' ').next().is_some_and(|word| {
                        block.text[..at].ends_with(' ') && word.starts_with(char::is_uppercase)
                    }) && !is_cue_end(self, &lower, at)
                    {
                        continue;
                    }
                    if let Some(name) = capital_run(&block.text[at..]) {
                        *counts.entry(without_genitive(name, self.lexicon.code)).or_default() +=
                            weight;
                    }
                }
            }
        }
        counts.retain(|name, _| width(name) > 3 && !self.gazetteer_has(name));
        counts
            .into_iter()
            .filter(|(_, count)| *count >= 2)
            .max_by_key(|(name, count)| (*count, name.len()))
            .map(|(name, _)| name)
    }

    fn gazetteer_has(&self, name: &str) -> bool {
        self.gazetteer.count(name) > 0
            || self.gazetteer.names_one(name)
            || self.lexicon.list("closing").iter().any(|cue| cue.starts_with(&name.to_lowercase()))
    }

    /// The name in a copyright line.
    pub(super) fn copyright(&self, from: usize) -> Option<String> {
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
            let name = FORMS.iter().fold(name, |name, form| name.trim_end().trim_end_matches(form));
            let name = name.trim().trim_matches(['«', '»', '"']);
            (name.chars().count() > 1 && name.chars().count() < 50).then(|| name.to_owned())
        })
    }
}

/// Whether a cue word of noise ends right before `at`.
fn is_cue_end(reader: &Reader<'_>, lower: &str, at: usize) -> bool {
    let Some(before) = lower.get(..at) else { return false };
    let before = before.trim_end();
    ["chrome", "caption", "closing", "related"]
        .iter()
        .any(|list| reader.lexicon.list(list).iter().any(|cue| before.ends_with(cue.as_str())))
}

/// The words with capitals that a text begins with, small linking words between them included.
pub(super) fn capital_run(text: &str) -> Option<&str> {
    const LINKS: &[&str] =
        &["y", "e", "&", "om", "og", "och", "of", "de", "di", "du", "la", "le", "und"];
    let mut end = 0;
    let mut at = 0;
    for word in text.split(' ').take(5) {
        let bare = word.trim_end_matches([',', '.', ')', ':', ';', '»', '”']);
        let capital = bare.starts_with(char::is_uppercase);
        if capital {
            end = at + bare.len();
        } else if at == 0 || !LINKS.contains(&bare) {
            break;
        }
        at += word.len() + 1;
        if bare.len() < word.len() {
            break;
        }
    }
    (end > 0).then(|| &text[..end])
}

/// `Lydmagasinets` → `Lydmagasinet`, in the languages that write the genitive so.
pub(super) fn without_genitive(name: &str, code: &str) -> String {
    let cut = matches!(code, "da" | "no" | "sv" | "de").then(|| name.strip_suffix('s')).flatten();
    cut.unwrap_or(name).to_owned()
}

/// A name for comparing: its letters and digits in small letters.
fn key(name: &str) -> String {
    name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

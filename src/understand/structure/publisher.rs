//! Who published a text, by the traces that a paper leaves around it.

use std::collections::{BTreeMap, BTreeSet};

use super::model::Label;
use super::noise::plain_marks;
use super::outlets::{agency, outlet_of_byline, rights_holder};
use super::ranking::{Candidate, Features};
use super::thresholds::{
    DATELINE_WIDTH, DOMAIN_LINE_WIDTH, PUBLISHER_BESIDE_CHARACTERS, PUBLISHER_DOMAINS,
    PUBLISHER_LINE_WORDS, PUBLISHER_NAME_WORDS, PUBLISHER_PLACES, PUBLISHER_REPEATED_NAMES,
    SOURCE_LINE_WIDTH,
};
use super::{Block, Reader, outlet_prefix, ratio, width};
use crate::understand::dates;
use crate::understand::features::float;

/// Parts of words that papers call themselves by, in small letters.
const PAPERS: &str = "bladet|blog|diario|daily|digest|gazet|giornale|haber|herald|journal|jornal|kurier|magasin|\
    magaz|monitor|morgenpost|nachrichten|news|nieuws|notici|online|press|presse|radio|review|\
    standaard|standard|sun|telegraf|telegraph|tidning|tiden|tidende|times|today|tribun|\
    wochenblatt|woche|world|zeitung|24|báo|новости|вести|газета|日报|日報|新闻|新聞|晚报|周刊|时报|時報|财经|网|뉴스|\
    일보|신문|ニュース";
/// Parts of words of those that own papers, or run what a page is made with.
const OWNERS: &str = "digital|entertainment|gmbh|group|grupo|gruppe|groupe|holding|inc|limited|llc|ltd|media|\
    network|publishing|verlag|wordpress|blogger|google|有限公司|株式会社";

impl Reader<'_> {
    /// Everybody who may have published the text, with the traces that say so.
    pub(super) fn publishers(
        &self,
        body: &[Block],
        authors: &[String],
        suffix: Option<&str>,
    ) -> Vec<Candidate<String>> {
        let end = (0..self.blocks.len()).rfind(|at| self.is_body(*at)).map_or(0, |at| at + 1);
        let lead = body.first().map(|block| block.text.as_str());
        let domains = self.domains();
        let heads: BTreeSet<String> = domains.keys().map(|domain| head(domain)).collect();
        let found = self.traces(lead, authors, suffix, end, &domains, &heads);
        // Each with the lines of the body and the others that have it.
        let mut names: Vec<(&String, [usize; 2])> = Vec::new();
        let lines_with = |name: &str| {
            let with = self.blocks.iter().filter(|block| block.text.contains(name));
            with.fold([0, 0], |[body, other], block| match block.label {
                Label::Body => [body + 1, other],
                _ => [body, other + 1],
            })
        };
        let keys: Vec<String> = found.iter().map(|(_, name)| key(name)).collect();
        for (_, name) in &found {
            if names.iter().all(|(known, _)| *known != name) {
                names.push((name, lines_with(name)));
            }
        }
        let most = names.iter().map(|(_, [_, others])| *others).max().unwrap_or(0);
        let candidate = |(name, [told, others]): &(&String, [usize; 2])| {
            let mut signs = Features::default();
            signs_of_traces(name, &found, &keys, &mut signs);
            signs.bin("lines", float(told + others), &[1.0, 2.0, 4.0, 8.0]);
            signs.bin("in body", float(*told), &[1.0, 3.0]);
            signs.add("in most lines", *others > 1 && *others == most);
            signs.bin("share of most", ratio(*others, most.max(1)), &[0.26, 0.5, 0.75]);
            signs.add("own domain", heads.contains(&key(name)));
            self.signs_of_words(name, &mut signs);
            self.signs_of_places(name, end, &mut signs);
            Candidate { value: (*name).clone(), signs: signs.done() }
        };
        names.iter().map(candidate).collect()
    }

    /// Traces that a publisher may have left, each with a name.
    fn traces(
        &self,
        lead: Option<&str>,
        authors: &[String],
        suffix: Option<&str>,
        end: usize,
        domains: &BTreeMap<String, usize>,
        heads: &BTreeSet<String>,
    ) -> Vec<(&'static str, String)> {
        let mut found: Vec<(&str, String)> = Vec::new();
        let mut add = |trace, name: Option<String>| found.extend(name.map(|name| (trace, name)));
        add("prefix", lead.and_then(outlet_prefix).map(str::to_owned));
        add("agency", lead.and_then(|lead| agency(lead, self.lexicon)));
        for name in lead.map(dateline_names).unwrap_or_default() {
            add("dateline", Some(name.to_owned()));
        }
        let mut bylines = self.blocks.iter().filter(|block| block.label == Label::Byline);
        add("byline", bylines.find_map(|block| outlet_of_byline(&block.text, &self.credits)));
        add("said", self.said());
        add("suffix", suffix.map(str::to_owned));
        add("team", authors.iter().find_map(|name| name.strip_prefix("Team ")).map(str::to_owned));
        add("copyright", rights_holder(self.blocks.iter().skip(end).map(|block| &*block.text)));
        let mut often: Vec<(&String, &usize)> = domains.iter().collect();
        often.sort_by_key(|(name, count)| (std::cmp::Reverse(**count), name.as_str()));
        for (name, _) in often.iter().take(PUBLISHER_DOMAINS) {
            add("domain", Some((*name).clone()));
        }
        for name in self.repeated(heads) {
            add("repeated", Some(name));
        }
        found
    }

    /// How a name is written, and what it is made of.
    fn signs_of_words(&self, name: &str, signs: &mut Features) {
        let alone = self.blocks.iter().filter(|block| block.text == *name).count();
        signs.bin("alone", float(alone), &[1.0, 2.0, 3.0]);
        signs.add("is a domain", name.contains('.') && !name.contains(' '));
        signs.bin("words", float(name.split_whitespace().count()), &[2.0, 3.0, 4.0, 6.0]);
        signs.add("digits", name.contains(|c: char| c.is_ascii_digit()));
        signs.add("shouted", super::features::is_shouted(name));
        let inner = |pair: (char, char)| pair.0.is_lowercase() && pair.1.is_uppercase();
        signs.add("capital inside", name.chars().zip(name.chars().skip(1)).any(inner));
        let lower = name.to_lowercase();
        let is_small = lower != *name && self.blocks.iter().any(|b| b.text.contains(&lower));
        signs.add("small as a whole", is_small);
        let words: Vec<&str> = lower.split_whitespace().collect();
        let common = words.iter().filter(|word| self.vocabulary.contains_key(**word)).count();
        signs.bin("common words", ratio(common, words.len().max(1)), &[0.01, 0.6, 0.99]);
        let small = words.iter().filter(|word| self.small.contains(**word)).count();
        signs.bin("small elsewhere", ratio(small, words.len().max(1)), &[0.01, 0.6]);
        let has = |list: &str| list.split('|').any(|part| lower.contains(part));
        signs.add("paper", has(PAPERS));
        signs.add("owner", has(OWNERS));
        signs.add("company", self.gazetteer.names_one(name));
        signs.add("listed paper", self.gazetteer.names_paper(name));
        signs.add("person", crate::understand::people::is_name(name));
    }

    /// What stands beside a name outside the body: papers put theirs into invitations, imprints and titles.
    fn signs_of_places(&self, name: &str, end: usize, signs: &mut Features) {
        let outside =
            self.blocks.iter().enumerate().filter(|(_, block)| block.label != Label::Body);
        let places = outside.flat_map(|(at, block)| {
            block.text.match_indices(name).map(move |(from, _)| (at, block, from))
        });
        let (mut house, mut rights, mut button) = (0, false, false);
        let (mut bar, mut above, mut below) = (false, false, false);
        for (at, block, from) in places.take(PUBLISHER_PLACES) {
            let to = from + name.len();
            let before =
                block.text[..from].char_indices().rev().nth(PUBLISHER_BESIDE_CHARACTERS - 1);
            let before = &block.text[before.map_or(0, |(at, _)| at)..from];
            let after = &block.text[to..];
            let after = after
                .char_indices()
                .nth(PUBLISHER_BESIDE_CHARACTERS)
                .map_or(after, |(at, _)| &after[..at]);
            let (low_before, low_after) = (before.to_lowercase(), after.to_lowercase());
            let has = |list: &str| {
                self.lexicon.with_english().any(|lexicon| {
                    lexicon.find(list, &low_before).is_some()
                        || lexicon.find(list, &low_after).is_some()
                })
            };
            house += usize::from(has("house"));
            rights |= has("closing");
            button |= has("chrome");
            bar |= before.trim_end().ends_with(['|', '»', '›', '·', '–', '-', '>'])
                && after.trim().is_empty();
            above |= at < end / 4 || at < 5;
            below |= at >= end;
        }
        signs.bin("beside house", float(house), &[1.0, 2.0, 4.0]);
        signs.add("beside rights", rights);
        signs.add("beside button", button);
        signs.add("behind a bar", bar);
        signs.add("above", above);
        signs.add("below", below);
    }

    /// Whether a name is a word that many sites have in their menus, or that the text has in small letters.
    pub(super) fn is_common(&self, name: &str) -> bool {
        let lower = name.to_lowercase();
        !name.contains(' ')
            && (self.vocabulary.contains_key(&lower) || self.small.contains(lower.as_str()))
    }

    /// Names that lines outside the body repeat, the most frequent first, and those that a domain spells.
    fn repeated(&self, heads: &BTreeSet<String>) -> Vec<String> {
        let is_spelled = |name: &str| {
            let key = key(name);
            key.len() > 2 && heads.contains(&key)
        };
        let mut counts: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
        let mut number = 0;
        for block in self.blocks.iter().filter(|block| block.label != Label::Body) {
            for run in runs(&block.text) {
                for name in names_in(run) {
                    number += 1;
                    counts.entry(name).or_insert((0, number)).0 += 1;
                }
            }
        }
        let fits = |name: &str| width(name) > 2 && !self.is_common(name);
        let mut all: Vec<(&str, usize, bool)> = counts
            .iter()
            .map(|(name, (count, _))| (*name, *count, is_spelled(name)))
            .filter(|(name, count, is_spelled)| fits(name) && (*count > 1 || *is_spelled))
            .collect();
        all.sort_by_key(|(name, count, is_spelled)| {
            (!is_spelled, std::cmp::Reverse(*count), counts[name].1)
        });
        // A part of a name that never stands alone is none.
        let is_part = |name: &str, count: usize| {
            all.iter().any(|(other, times, _)| {
                *times >= count && other.len() > name.len() && other.contains(name)
            })
        };
        // Few of them are looked at: each is compared with all.
        let kept = all.iter().filter(|(name, count, spelled)| *spelled || !is_part(name, *count));
        kept.take(PUBLISHER_REPEATED_NAMES).map(|(name, _, _)| (*name).to_owned()).collect()
    }

    /// `Source: Example Weekly`, outside the body.
    fn said(&self) -> Option<String> {
        self.blocks
            .iter()
            .filter(|block| block.label != Label::Body && width(&block.text) < SOURCE_LINE_WIDTH)
            .find_map(|block| {
                let found = dates::dates(&block.text, self.lexicon);
                self.credits.segments(&plain_marks(&block.text), &found).1
            })
    }

    /// The domains that stand in the text, in addresses of pages and mail as well, and how often.
    fn domains(&self) -> BTreeMap<String, usize> {
        let mut counts: BTreeMap<String, usize> = BTreeMap::new();
        let blocks = self.blocks.iter();
        for block in blocks
            .filter(|block| width(&block.text) < DOMAIN_LINE_WIDTH || block.label == Label::Body)
        {
            for word in block.text.split(|c: char| {
                c.is_whitespace() || matches!(c, '/' | '(' | ')' | ',' | '|' | ':' | '@')
            }) {
                let word =
                    word.trim_matches(|c: char| !c.is_alphanumeric()).trim_start_matches("www.");
                let (Some((head, _)), Some((_, ending))) =
                    (word.split_once('.'), word.rsplit_once('.'))
                else {
                    continue;
                };
                let is_tail = (2..=4).contains(&ending.len())
                    && ending.bytes().all(|b| b.is_ascii_alphabetic());
                let is_head =
                    head.len() > 2 && head.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
                if is_tail && is_head && word.is_ascii() && word.len() > 5 {
                    *counts.entry(word.to_owned()).or_default() += 1;
                }
            }
        }
        counts
    }
}

/// Which traces have a name, and whether others have nearly the same one by their keys.
fn signs_of_traces(
    name: &str,
    found: &[(&'static str, String)],
    keys: &[String],
    signs: &mut Features,
) {
    let own = key(name);
    let mut traces = 0;
    for ((trace, other), key) in found.iter().zip(keys) {
        if other == name {
            signs.add(trace, true);
            traces += 1;
        } else if *key == own || width(&own) > 4 && key.contains(&own) {
            signs.add("another trace", true);
        }
    }
    signs.bin("traces", float(traces), &[2.0, 3.0]);
}

/// What no name has inside.
const MARKS: &[char] = &[
    '|', ',', ';', ':', '!', '?', '(', ')', '[', ']', '"', '“', '”', '„', '«', '»', '>', '/', '•',
    '·', '–', '—', '©', '。', '、', '，', '：', '【', '】', '「', '」', '│',
];

/// The parts of a line between such marks.
fn runs(text: &str) -> impl Iterator<Item = &str> {
    text.split(MARKS).flat_map(|part| part.split(". ")).map(str::trim).filter(|run| !run.is_empty())
}

/// Every row of up to four words in a run that begins and ends like a name.
fn names_in(run: &str) -> Vec<&str> {
    let words = run.split(' ').take(PUBLISHER_LINE_WORDS).scan(0, |at, word| {
        let from = *at;
        *at += word.len() + 1;
        Some((from, word))
    });
    let words: Vec<(usize, &str)> = words.filter(|(_, word)| !word.is_empty()).collect();
    let mut names = Vec::new();
    for (at, (from, _)) in words.iter().enumerate().filter(|(_, (_, word))| is_high(word)) {
        for (to, last) in
            words[at..].iter().take(PUBLISHER_NAME_WORDS).filter(|(_, word)| is_high(word))
        {
            names.push(&run[*from..to + last.trim_end_matches('.').len()]);
        }
    }
    names
}

/// Whether a word may begin or end a name: it has a capital, is of a script without them, or is a domain.
fn is_high(word: &str) -> bool {
    let first = word.chars().next();
    let is_caseless = |c: char| c.is_alphabetic() && !c.is_lowercase() && !c.is_uppercase();
    first.is_some_and(|c| c.is_uppercase() || is_caseless(c) && width(word) < 24)
        || word.chars().skip(1).any(char::is_uppercase)
        || word.len() > 5 && word.trim_end_matches('.').contains('.') && word.is_ascii()
        || first.is_some_and(|c| c.is_ascii_digit()) && word.contains(char::is_alphabetic)
}

/// The names that a dateline may begin or end with: `Example.com, Jakarta - `, `Jakarta, Example - `,
/// `【示例网】`.
fn dateline_names(lead: &str) -> Vec<&str> {
    if let Some((name, _)) = lead.strip_prefix('【').and_then(|rest| rest.split_once('】')) {
        return vec![name];
    }
    let mark = [" - ", " – ", " — ", " -- ", "— ", "– "];
    let before = mark.iter().filter_map(|mark| lead.split_once(mark)).map(|(before, _)| before);
    let Some(before) = before.min_by_key(|before| before.len()) else { return Vec::new() };
    if width(before) > DATELINE_WIDTH {
        return Vec::new();
    }
    let parts = before.split([',', '|', '(', ')', '/']).map(str::trim);
    parts
        .filter(|part| width(part) > 1 && part.split(' ').count() <= PUBLISHER_NAME_WORDS)
        .collect()
}

/// What a domain spells: `example-weekly.com` gives `exampleweekly`.
fn head(domain: &str) -> String {
    key(domain.split('.').next().unwrap_or(""))
}

/// A name for comparing: its letters and digits in small letters.
fn key(name: &str) -> String {
    name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

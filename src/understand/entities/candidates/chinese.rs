//! Names in Chinese, which nothing divides from the words around them.

use std::collections::BTreeMap;

use super::{Finder, Part};
use crate::understand::entities::evidence::{self, List};
use crate::understand::entities::thresholds::{
    ENUMERATION_ITEMS, ENUMERATION_LENGTHS, HAN_BARE_NAME_LENGTH, HAN_BEHIND_FIRM_LENGTHS,
    HAN_NAME_LENGTH, HAN_SECOND_WORD_BYTES, HAN_SUBJECT_LENGTHS, HAN_WHOLE_NAME_LENGTH,
    REPEATED_LENGTHS, REPEATED_TENTHS, REPEATED_TIMES,
};
use crate::understand::entities::words::{Script, Word, script};

impl Finder<'_> {
    /// Names in Chinese that end with a word for a company, or stand before brackets.
    pub(super) fn han(&mut self, part: &Part<'_>) {
        for word in part.words.iter().filter(|word| word.script == Script::Han) {
            let ends: Vec<usize> =
                word.text.char_indices().map(|(at, c)| at + c.len_utf8()).collect();
            for &end in &ends {
                let before = &word.text[..end];
                let Some(length) = self.cues.parts.suffix(before) else { continue };
                // `银行股份有限公司`: the name ends with the last of them.
                if ends.iter().any(|&later| {
                    later > end
                        && later <= end + HAN_SECOND_WORD_BYTES
                        && self
                            .cues
                            .parts
                            .suffix(&word.text[..later])
                            .is_some_and(|l| later - l <= end)
                }) {
                    continue;
                }
                self.han_before(before, length);
            }
            let rest = &part.text[word.span.end..];
            if rest.starts_with(['（', '(']) {
                self.han_before(word.text, 0);
            }
            self.han_subject(word, rest);
            self.han_behind_firm(word.text);
        }
    }

    /// What opens a clause and then acts, or is what it speaks of: `浪岩数创发布`, `蓝杉谷：拟`.
    fn han_subject(&mut self, word: &Word<'_>, behind: &str) {
        if word.joined {
            return;
        }
        let ends = word.text.char_indices().map(|(at, c)| at + c.len_utf8()).enumerate();
        let subject = ends.map(|(at, end)| (at + 1, end)).find(|(count, end)| {
            let rest = &word.text[*end..];
            HAN_SUBJECT_LENGTHS.contains(count)
                && (self.cues.acts.begins(rest, &[])
                    || rest.is_empty() && word.opens && behind.starts_with('：'))
        });
        if let Some((_, end)) = subject {
            self.add_unless_word(&word.text[..end]);
        }
    }

    /// What ends a clause behind a word for a company: `电商平台榕鹭，`.
    fn han_behind_firm(&mut self, text: &str) {
        let starts: Vec<usize> = text.char_indices().map(|(at, _)| at).collect();
        for count in HAN_BEHIND_FIRM_LENGTHS {
            let Some(&start) = starts.len().checked_sub(count).and_then(|at| starts.get(at)) else {
                return;
            };
            if self.cues.firms.suffix(&text[..start]).is_some() {
                self.add_unless_word(&text[start..]);
                return;
            }
        }
    }

    fn add_unless_word(&mut self, name: &str) {
        if !self.is_word(name) && !List::Place.has(name) {
            self.add(name);
        }
    }

    /// The name that ends here with a word for a company of `length` bytes.
    fn han_before(&mut self, text: &str, length: usize) {
        let stops = "的与與和及在由对對为為向是了将將等从從被把于於以因而但其该該这這那此有到至并或则同跟给让据据称對新老某各家";
        let core = &text[..text.len() - length];
        let mut start = core.len();
        for (count, (at, c)) in core.char_indices().rev().enumerate() {
            if stops.contains(c) || count >= HAN_NAME_LENGTH {
                break;
            }
            start = at;
        }
        // Words that every text has belong to no name.
        loop {
            let rest: Vec<(usize, char)> = text[start..].char_indices().collect();
            let lead = [3, 2].into_iter().find_map(|n| {
                let end = rest.get(n)?.0;
                let lead = &text[start..start + end];
                (List::Common("zh").has(lead) && !List::Place.has(lead)).then_some(end)
            });
            match lead {
                Some(end) if start + end < core.len() => start += end,
                _ => break,
            }
        }
        let name = &text[start..];
        if core.len() > start && name.chars().count() >= HAN_WHOLE_NAME_LENGTH
            || length == 0 && name.chars().count() >= HAN_BARE_NAME_LENGTH
        {
            let short = ["股份有限公司", "有限责任公司", "有限公司", "公司", "集团", "集團"]
                .into_iter()
                .find_map(|end| name.strip_suffix(end));
            self.add(name);
            if let Some(short) = short.filter(|short| short.chars().count() >= HAN_BARE_NAME_LENGTH)
            {
                self.add(short);
            }
        }
    }

    /// What stands between commas in an enumeration: `Costco、大润发、Countdown等`.
    pub(super) fn listed(&mut self) {
        for part in self.parts {
            for clause in part.text.split(['，', '。', ',', '；', '：', '\n', '（', '）', '(', ')'])
            {
                let items: Vec<&str> = clause.split('、').collect();
                if items.len() < ENUMERATION_ITEMS {
                    continue;
                }
                for (at, item) in items.iter().enumerate() {
                    let item = item.trim();
                    let item = if at == 0 {
                        item.rsplit(['是', '括', '如', '有', '与', '和', '在', '的', '为'])
                            .next()
                            .unwrap_or(item)
                    } else if at + 1 == items.len() {
                        item.split(['等', '和', '与', '及', '的', '在', '是'])
                            .next()
                            .unwrap_or(item)
                    } else {
                        item
                    };
                    for item in item.split(['和', '与', '及']) {
                        let count = item.chars().count();
                        let fits = ENUMERATION_LENGTHS.contains(&count)
                            && item.chars().all(|c| {
                                matches!(script(c), Some(Script::Han | Script::Katakana))
                                    || c.is_ascii_digit()
                            });
                        if fits {
                            self.add_unless_word(item);
                        }
                    }
                }
            }
        }
    }

    /// Characters that come back in an article and are no words.
    pub(super) fn repeated(&mut self, kind: Script) {
        let mut counts: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
        for part in self.parts {
            for word in part.words.iter().filter(|word| word.script == kind) {
                let ends: Vec<usize> =
                    word.text.char_indices().map(|(at, _)| at).chain([word.text.len()]).collect();
                for from in 0..ends.len().saturating_sub(*REPEATED_LENGTHS.start()) {
                    for to in from + REPEATED_LENGTHS.start()
                        ..ends.len().min(from + 1 + REPEATED_LENGTHS.end())
                    {
                        let entry = counts.entry(&word.text[ends[from]..ends[to]]).or_default();
                        entry.0 += 1;
                        entry.1 += usize::from(from == 0);
                    }
                }
            }
        }
        let function = "的与與和及在了是对將将为為以有不也这這个個中上下大一二三年月日于於由其并";
        let code = self.lexicon.code;
        let mut keep: Vec<String> = Vec::new();
        for (text, (count, starts)) in &counts {
            if *count < REPEATED_TIMES || *starts == 0 || text.chars().any(|c| function.contains(c))
            {
                continue;
            }
            if evidence::is_word(text, code) || List::Place.has(text) {
                continue;
            }
            // A part of a longer one that is as frequent is only a part.
            let longer = counts.iter().any(|(other, (n, _))| {
                other.len() > text.len()
                    && other.contains(*text)
                    && n * 10 >= count * REPEATED_TENTHS
            });
            if !longer {
                keep.push((*text).to_owned());
            }
        }
        for text in keep {
            self.add(&text);
        }
    }
}

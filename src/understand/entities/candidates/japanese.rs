//! Names in Japanese: katakana, and what ends with a word for a company.

use super::{Finder, Part};
use crate::understand::entities::evidence::{self, List};
use crate::understand::entities::thresholds::{HIRAGANA_LENGTHS, KATAKANA_LENGTH};
use crate::understand::entities::words::{Script, Word, script};
use crate::understand::legal_forms;

impl Finder<'_> {
    /// Runs of katakana, characters and Latin words.
    pub(super) fn mixed(&mut self, part: &Part<'_>) {
        let all = &part.words;
        let fits =
            |word: &Word<'_>| matches!(word.script, Script::Katakana | Script::Han | Script::Cased);
        let mut at = 0;
        while at < all.len() {
            if !fits(&all[at]) {
                at += 1;
                continue;
            }
            let mut last = at;
            while last + 1 < all.len()
                && fits(&all[last + 1])
                && matches!(&part.text[all[last].span.end..all[last + 1].span.start], "" | "・")
            {
                last += 1;
            }
            self.with_company_word(part, at, last);
            for run in all[at..=last].chunk_by(|one, other| one.script == other.script) {
                let kana = &part.text[run[0].span.start..run[run.len() - 1].span.end];
                if run[0].script == Script::Katakana
                    && kana.chars().count() >= KATAKANA_LENGTH
                    && !List::Common("ja").has(kana)
                {
                    self.add(kana);
                }
            }
            at = last + 1;
        }
        self.behind_legal_forms(part);
    }

    /// The longest begin of a run that ends with a word for a company.
    fn with_company_word(&mut self, part: &Part<'_>, first: usize, last: usize) {
        let all = &part.words;
        let run = &part.text[all[first].span.start..all[last].span.end];
        let mut ends = run.char_indices().map(|(at, c)| at + c.len_utf8()).rev();
        let company = ends.find_map(|end| {
            let length = self.cues.parts.suffix(&run[..end])?;
            (end > length).then_some((end, length))
        });
        let Some((end, length)) = company else { return };
        let core = &run[..end - length];
        // `電気自動車` is a word.
        if !self.is_word(core) || List::Place.has(core) {
            self.add(legal_forms::strip(&run[..end]));
        }
        // `auじぶん銀行`
        let Some(kana) = first.checked_sub(1).map(|at| &all[at]) else { return };
        let is_name = kana.script == Script::Hiragana
            && all[first].joined
            && HIRAGANA_LENGTHS.contains(&kana.text.chars().count())
            && !evidence::is_word(kana.text, "ja");
        if is_name {
            let is_latin_before =
                kana.joined && first > 1 && all[first - 2].script == Script::Cased;
            let from = first - 1 - usize::from(is_latin_before);
            self.add(&part.text[all[from].span.start..all[first].span.start + end]);
        }
    }

    /// `株式会社リンデン`, `株式会社みなも銀行`
    fn behind_legal_forms(&mut self, part: &Part<'_>) {
        let is_mark = |c: char| !(c.is_alphanumeric() || c == '・');
        let is_kana = |c: char| script(c) == Some(Script::Hiragana);
        for form in ["株式会社", "有限会社"] {
            for (at, _) in part.text.match_indices(form) {
                let rest = &part.text[at + form.len()..];
                let kana = rest.find(|c| !is_kana(c)).unwrap_or(rest.len());
                let tail = &rest[kana..];
                let name =
                    &rest[..kana + tail.find(|c| is_mark(c) || is_kana(c)).unwrap_or(tail.len())];
                // Particles are written with the same letters: `株式会社は昨日`.
                if kana == 0 || self.cues.parts.suffix(name).is_some() {
                    self.add(name);
                }
            }
        }
    }
}

//! Names in scripts with capitals: runs of words that have one.

use super::{Finder, Part, bare};
use crate::understand::entities::evidence;
use crate::understand::entities::thresholds::{
    ABBREVIATED_LENGTH, NAME_WORDS, SHORT_WORD_LENGTH, TITLED_RUN_WORDS,
};
use crate::understand::entities::words::{Script, Word};
use crate::understand::legal_forms;
use crate::understand::lexicon::is_german_trade;

impl Finder<'_> {
    /// Runs of words with capitals.
    pub(super) fn cased(&mut self, part: &Part<'_>) {
        let mut at = 0;
        while at < part.words.len() {
            if !self.is_name(&part.words[at]) {
                at += 1;
                continue;
            }
            let mut last = at;
            while last + 1 < part.words.len()
                && last - at + 1 < NAME_WORDS
                && let Some(next) = self.next_of_run(part, last)
            {
                last = next;
            }
            self.run(part, at, last);
            at = last + 1;
        }
        // `windream GmbH`
        let small = |word: &&Word<'_>| word.script == Script::Cased && !word.is_capital();
        for word in part.words.iter().filter(small) {
            if word.text.chars().count() > SHORT_WORD_LENGTH
                && !self.is_word_of_list(&word.lower)
                && legal_forms::behind(&part.text[word.span.end..]).is_some()
            {
                self.add(word.text);
            }
        }
    }

    /// Whether a word may be one of a name. Among characters any Latin word may.
    fn is_name(&self, word: &Word<'_>) -> bool {
        word.is_capital()
            || matches!(self.lexicon.code, "ja" | "zh" | "ko")
                && word.script == Script::Cased
                && word.text.chars().any(char::is_alphabetic)
    }

    /// The position up to which a run goes on behind the word at `last`; none where it ends with that.
    fn next_of_run(&self, part: &Part<'_>, last: usize) -> Option<usize> {
        let all = &part.words;
        let (word, next) = (&all[last], &all[last + 1]);
        let gap = &part.text[word.span.end..next.span.start];
        // `Apple's iPhone`, `Pegasus'un Embraer`
        let has_ending = bare(word.text, self.lexicon).len() < word.text.len();
        if has_ending && !matches!(self.lexicon.code, "fr" | "it") {
            return None;
        }
        // `Alm. Brand`, `St. Jude`
        let is_abbreviated =
            gap == ". " && !next.opens && word.text.chars().count() <= ABBREVIATED_LENGTH;
        if (is_abbreviated || matches!(gap, " " | "\u{a0}" | " & " | "&" | " + "))
            && self.is_name(next)
            && word.script == Script::Cased
        {
            return Some(last + 1);
        }
        // `Bank of the West`
        if gap != " " || !is_connector(&next.lower) || !self.takes_connector(word) {
            return None;
        }
        let behind = |at: usize| all.get(at).is_some_and(|word| is_connector(&word.lower));
        let then = (last + 2..last + 4).find(|&at| !behind(at)).unwrap_or(last + 4);
        let is_whole = then < all.len()
            && self.is_name(&all[then])
            && all[last + 2..=then].iter().all(|word| word.joined);
        is_whole.then(|| (last + 2..=then).find(|&at| self.is_name(&all[at])).unwrap_or(then))
    }

    /// Cuts a run where a word belongs to no name, and keeps what is left.
    fn run(&mut self, part: &Part<'_>, first: usize, last: usize) {
        let mut start = first;
        for at in first..=last + 1 {
            if at <= last && !self.is_cut(&part.words[at], at == first) {
                continue;
            }
            // Without words that only begin the sentence, titles and articles.
            let from = (start..at)
                .find(|&from| !self.is_before_name(part, &part.words[from], from + 1 == at));
            if let Some(from) = from.filter(|from| at - from <= NAME_WORDS) {
                self.piece(part, from, at - 1);
            }
            start = at + 1;
        }
    }

    /// Whether a word with a capital is none of a name and divides those beside it.
    fn is_cut(&self, word: &Word<'_>, is_first: bool) -> bool {
        let lower = word.lower.as_str();
        let is_role = matches!(lower, "ceo" | "cfo" | "cto" | "coo");
        if word.is_upper() && word.text.chars().count() > 1 && !is_role {
            return false;
        }
        let is_of_name = self.cues.parts.has(lower) || self.cues.institutions.has(lower);
        let is_german_noun = self.lexicon.code == "de"
            && !is_of_name
            && (self.is_word(lower) || self.cues.firms.has(lower) || is_german_trade(lower));
        self.cues.executives.has(lower) && !is_first
            || is_role
            || matches!(lower, "chairman" | "president")
            || self.lexicon.is_day_or_month(lower)
            || is_german_noun
    }

    /// Whether a word before a name, if it is not the `last` one, does not belong to it.
    fn is_before_name(&self, part: &Part<'_>, word: &Word<'_>, is_last: bool) -> bool {
        let cues = self.cues;
        let lower = word.lower.as_str();
        let opens = (word.opens || part.titled) && self.is_common(lower) && !word.is_upper();
        let is_title = cues.titles.has(lower) || cues.titles.has(&format!("{lower}."));
        let is_firm = cues.firms.has(lower) && !cues.parts.has(lower) && !word.has_inner_capital();
        // `Batterikoncernen Nordlund`, which has its capital from the sentence.
        let is_compound =
            word.opens && !part.titled && cues.is_firm_compound(lower) && !cues.parts.is_in(lower);
        opens
            || !is_last && (is_title || cues.executives.has(lower) || is_firm || is_compound)
            || cues.definite.has(lower) && !word.is_upper()
    }

    fn takes_connector(&self, word: &Word<'_>) -> bool {
        self.cues.parts.has(&word.lower)
            || self.cues.institutions.has(&word.lower)
            || matches!(word.lower.as_str(), "agence" | "fondation" | "agencia" | "kas")
    }

    fn piece(&mut self, part: &Part<'_>, from: usize, to: usize) {
        let all = &part.words;
        // The first letter of `A/S` and `S.p.A.` is written like a word of the name before it.
        let goes_on = |at: usize| {
            let form = legal_forms::behind(&part.text[all[at - 1].span.end..]);
            form.is_some_and(|length| all[at - 1].span.end + length > all[at].span.end)
        };
        let to = if to > from && goes_on(to) { to - 1 } else { to };
        if part.titled
            && (to - from > TITLED_RUN_WORDS
                || from == to && !all[from].has_inner_capital() && self.is_word(&all[from].lower))
        {
            // Where every word has a capital, a run tells nothing.
            for word in &all[from..=to] {
                if word.has_inner_capital()
                    || word.is_upper()
                        && word.text.chars().count() > 2
                        && !self.is_word(&word.lower)
                {
                    self.add(bare(word.text, self.lexicon));
                }
            }
            return;
        }
        let text = &part.text[all[from].span.start..all[to].span.end];
        let text = legal_forms::strip(text);
        let form = self.without_genitive(bare(text, self.lexicon));
        if self.lexicon.is_day_or_month(&form.to_lowercase()) {
            return;
        }
        self.add(form);
        let words: Vec<&str> = form.split(' ').collect();
        // `LunaForge Пётр Савин`
        for run in words.chunk_by(|one, other| is_latin(one) == is_latin(other)) {
            if run.len() < words.len() {
                self.add(&run.join(" "));
            }
        }
        // `Norlin Aircraft NA40`
        if let [name @ .., model] = &words[..]
            && name.len() > 1
            && model.contains(|c: char| c.is_ascii_digit())
        {
            self.add(&name.join(" "));
        }
        // `JMP Securities Technology Conference`
        if words.len() > 2
            && let Some(at) =
                (1..words.len() - 1).find(|&at| self.cues.parts.has(&words[at].to_lowercase()))
        {
            self.add(&words[..=at].join(" "));
        }
        // `Linde-Konzern`, `Opendo-samarbejde`
        if let Some((head, tail)) = form.rsplit_once(['-', '‑', '‐']) {
            let tail = tail.to_lowercase();
            let compounds = matches!(
                self.lexicon.code,
                "de" | "nl" | "da" | "no" | "sv" | "en" | "id" | "pl" | "ru" | "uk"
            );
            if compounds
                && (form.ends_with(&tail)
                    || self.is_word(&tail)
                    || self.cues.firms.has(&tail)
                    || self.cues.executives.has(&tail)
                    || self.lexicon.code == "de")
            {
                self.add(head);
            }
        }
    }

    /// `Jylland Banks kunder`: Danish, Norwegian and Swedish hang the ending on without a mark, which shows where
    /// it hangs on a word for a company.
    fn without_genitive<'t>(&self, form: &'t str) -> &'t str {
        let name =
            form.strip_suffix('s').filter(|_| matches!(self.lexicon.code, "da" | "no" | "sv"));
        let is_part = |name: &&str| {
            let word = |text: &str| text.rsplit(' ').next().unwrap_or(text).to_lowercase();
            name.contains(' ')
                && self.cues.parts.has(&word(name))
                && !self.cues.parts.has(&word(form))
        };
        name.filter(is_part).unwrap_or(form)
    }

    fn is_word_of_list(&self, lower: &str) -> bool {
        let code = self.lexicon.code;
        evidence::is_word(lower, code) || self.cues.firms.has(lower)
    }
}

/// Whether a word is in Latin letters.
fn is_latin(word: &str) -> bool {
    word.chars().find(|c| c.is_alphabetic()).is_none_or(|c| c < '\u{250}')
}

fn is_connector(lower: &str) -> bool {
    matches!(
        lower,
        "of" | "de"
            | "du"
            | "des"
            | "do"
            | "da"
            | "dos"
            | "del"
            | "di"
            | "della"
            | "van"
            | "voor"
            | "for"
            | "für"
            | "the"
            | "la"
            | "las"
            | "los"
            | "delle"
            | "dei"
            | "y"
    )
}

//! What may be a name in a text: runs of words with capitals, and their kin in scripts without them.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use super::cues::{self, Cues};
use super::evidence::List;
use super::words::{Script, Word, script, words};
use crate::source::Span;
use crate::understand::legal_forms;
use crate::understand::lexicon::Lexicon;

/// How many words a name may have.
const WORDS: usize = 6;
/// How many characters a name in a script without spaces may have.
const DENSE: usize = 14;

/// One part of an article: its title or a paragraph.
pub(super) struct Part<'t> {
    pub(super) text: &'t str,
    pub(super) words: Vec<Word<'t>>,
    /// Nearly every longer word has a capital, which says nothing then.
    pub(super) titled: bool,
}

impl<'t> Part<'t> {
    pub(super) fn new(text: &'t str) -> Self {
        let words = words(text);
        // A sentence that names many has capitals as well, but it ends with a full stop.
        let titled = !text.trim_end().ends_with(['.', '。']) && is_titled(&words);
        Self { text, words, titled }
    }

    /// The words that lie in a span.
    pub(super) fn inside(&self, span: &Span) -> std::ops::Range<usize> {
        let from = self.words.partition_point(|word| word.span.end <= span.start);
        let to = self.words.partition_point(|word| word.span.start < span.end);
        from..to.max(from)
    }
}

/// A headline in which nearly every longer word has a capital.
fn is_titled(words: &[Word<'_>]) -> bool {
    let long = |word: &&Word<'_>| word.script == Script::Cased && word.text.chars().count() > 3;
    let (mut all, mut capital) = (0, 0);
    for word in words.iter().filter(long) {
        all += 1;
        capital += usize::from(word.text.starts_with(char::is_uppercase));
    }
    all >= 4 && capital * 5 >= all * 4
}

/// Finds what may be names.
pub(super) struct Finder<'a> {
    parts: &'a [Part<'a>],
    lexicon: &'a Lexicon,
    cues: &'static Cues,
    /// Words that the article also writes in small letters.
    small: &'a HashSet<String>,
    found: BTreeSet<String>,
}

impl<'a> Finder<'a> {
    pub(super) fn new(
        parts: &'a [Part<'a>],
        lexicon: &'a Lexicon,
        small: &'a HashSet<String>,
    ) -> Self {
        Self { parts, lexicon, cues: cues::of(lexicon), small, found: BTreeSet::new() }
    }

    /// All forms of names that the article may have, as they stand in it.
    pub(super) fn forms(mut self) -> Vec<String> {
        for part in self.parts {
            self.cased(part);
            match self.lexicon.code {
                "ja" => {
                    self.mixed(part);
                    self.quoted(part);
                }
                "zh" => {
                    self.han(part);
                    self.quoted(part);
                }
                "ko" => self.hangul(part),
                _ => self.quoted(part),
            }
        }
        match self.lexicon.code {
            "zh" | "ja" => {
                self.repeated(Script::Han);
                self.listed();
            }
            _ => {}
        }
        self.found.into_iter().collect()
    }

    fn add(&mut self, form: &str) {
        let marks = |c: char| !c.is_alphanumeric() && !matches!(c, '+' | '!');
        let form = form.trim_matches(marks);
        let count = form.chars().count();
        let dense = form.chars().next().is_some_and(|c| !matches!(script(c), Some(Script::Cased)));
        let lower = form.to_lowercase();
        if legal_forms::is_one(form)
            || self.cues.generic.has(&lower)
            || self.lexicon.is_day_or_month(&lower)
        {
            return;
        }
        if (2..=70).contains(&count)
            && !form.chars().all(|c| c.is_ascii_digit())
            && (!dense || count <= DENSE)
        {
            self.found.insert(form.to_owned());
        }
    }

    fn is_common(&self, lower: &str) -> bool {
        self.small.contains(lower)
            || List::Common(self.lexicon.code).has(lower)
            || self.cues.definite.has(lower)
    }

    fn is_word(&self, lower: &str) -> bool {
        self.is_common(lower) || List::Rarer(self.lexicon.code).has(lower)
    }

    fn is_word_of_list(&self, lower: &str) -> bool {
        let code = self.lexicon.code;
        List::Common(code).has(lower) || List::Rarer(code).has(lower) || self.cues.firms.has(lower)
    }

    /// Runs of words with capitals.
    fn cased(&mut self, part: &Part<'_>) {
        let all = &part.words;
        let dense = matches!(self.lexicon.code, "ja" | "zh" | "ko");
        let is_name = |at: usize| {
            let word = &all[at];
            word.is_capital()
                || dense
                    && word.script == Script::Cased
                    && word.text.chars().any(char::is_alphabetic)
        };
        let mut at = 0;
        while at < all.len() {
            if !is_name(at) {
                at += 1;
                continue;
            }
            let mut last = at;
            while last + 1 < all.len() && last - at + 1 < WORDS {
                let gap = &part.text[all[last].span.end..all[last + 1].span.start];
                let next = &all[last + 1];
                // `Apple's iPhone`, `Pegasus'un Embraer`
                if bare(all[last].text, self.lexicon).len() < all[last].text.len()
                    && !matches!(self.lexicon.code, "fr" | "it")
                {
                    break;
                }
                // `Alm. Brand`, `St. Jude`
                let dotted = gap == ". " && !next.opens && all[last].text.chars().count() <= 3;
                if (dotted || matches!(gap, " " | "\u{a0}" | " & " | "&" | " + "))
                    && is_name(last + 1)
                    && all[last].script == Script::Cased
                {
                    last += 1;
                } else if gap == " "
                    && is_connector(&next.lower)
                    && self.takes_connector(&all[last])
                    && {
                        let mut then = last + 2;
                        while then < all.len() && is_connector(&all[then].lower) && then < last + 4
                        {
                            then += 1;
                        }
                        then < all.len()
                            && is_name(then)
                            && (last + 2..=then).all(|n| all[n].joined)
                    }
                {
                    last += 2;
                    while !is_name(last) {
                        last += 1;
                    }
                } else {
                    break;
                }
            }
            self.run(part, at, last);
            at = last + 1;
        }
        // `windream GmbH`
        for word in all.iter().filter(|word| word.script == Script::Cased && !word.is_capital()) {
            let rest = &part.text[word.span.end..];
            if word.text.chars().count() > 3
                && !self.is_word_of_list(&word.lower)
                && legal_forms::behind(rest).is_some()
            {
                self.add(word.text);
            }
        }
    }

    fn takes_connector(&self, word: &Word<'_>) -> bool {
        self.cues.parts.has(&word.lower)
            || self.cues.institutions.has(&word.lower)
            || matches!(word.lower.as_str(), "agence" | "fondation" | "agencia" | "kas")
    }

    /// Cuts a run where a word belongs to no name, and keeps what is left.
    fn run(&mut self, part: &Part<'_>, first: usize, last: usize) {
        let all = &part.words;
        let german = self.lexicon.code == "de";
        let inside_name = |word: &Word<'_>| {
            self.cues.parts.has(&word.lower) || self.cues.institutions.has(&word.lower)
        };
        let cuts = |at: usize| {
            let word = &all[at];
            let lower = word.lower.as_str();
            if word.is_upper()
                && word.text.chars().count() > 1
                && !matches!(lower, "ceo" | "cfo" | "cto" | "coo")
            {
                return false;
            }
            self.cues.executives.has(lower) && at > first
                || matches!(lower, "ceo" | "cfo" | "cto" | "coo" | "chairman" | "president")
                || self.lexicon.is_day_or_month(lower)
                || german
                    && !inside_name(word)
                    && (self.is_word(lower)
                        || self.cues.firms.has(lower)
                        || crate::understand::lexicon::is_german_trade(lower))
        };
        let mut start = first;
        let mut pieces: Vec<(usize, usize)> = Vec::new();
        for at in first..=last + 1 {
            if at > last || cuts(at) {
                if at > start {
                    pieces.push((start, at - 1));
                }
                start = at + 1;
            }
        }
        for (mut from, to) in pieces {
            // A word that only begins the sentence, a title, an article.
            while from <= to {
                let word = &all[from];
                let lower = word.lower.as_str();
                let opens =
                    (word.opens || part.titled) && self.is_common(lower) && !word.is_upper();
                let title = from < to
                    && (self.cues.titles.has(lower) || self.cues.titles.has(&format!("{lower}.")));
                let executive = from < to && self.cues.executives.has(lower);
                let firm = from < to
                    && self.cues.firms.has(lower)
                    && !self.cues.parts.has(lower)
                    && !word.has_inner_capital();
                if opens
                    || title
                    || executive
                    || firm
                    || self.cues.definite.has(lower) && !word.is_upper()
                {
                    from += 1;
                } else {
                    break;
                }
            }
            if from > to || to - from >= WORDS {
                continue;
            }
            self.piece(part, from, to);
        }
    }

    fn piece(&mut self, part: &Part<'_>, from: usize, to: usize) {
        let all = &part.words;
        if part.titled
            && (to - from > 2
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
        let form = bare(text, self.lexicon);
        if self.lexicon.is_day_or_month(&form.to_lowercase()) {
            return;
        }
        self.add(form);
        // `JMP Securities Technology Conference`
        let words: Vec<&str> = form.split(' ').collect();
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

    /// Names in quotation marks.
    fn quoted(&mut self, part: &Part<'_>) {
        for (open, close) in
            [('«', '»'), ('„', '”'), ('“', '”'), ('「', '」'), ('『', '』'), ('《', '》')]
        {
            let mut from = 0;
            while let Some(at) = part.text[from..].find(open) {
                let start = from + at + open.len_utf8();
                let Some(length) = part.text[start..].find(close) else { break };
                let inner = &part.text[start..start + length];
                from = start + length;
                let dense = inner.chars().any(crate::understand::lexicon::is_dense_char);
                let count = inner.chars().count();
                let capitals = inner
                    .split(' ')
                    .all(|word| word.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit()));
                let fits = if dense {
                    (2..=10).contains(&count)
                        && inner.chars().all(|c| c.is_alphanumeric() || c == '・')
                        && !inner.chars().all(|c| script(c) == Some(Script::Hiragana))
                } else {
                    count < 40 && inner.split(' ').count() <= 4 && capitals
                };
                if fits {
                    let inner = legal_forms::strip(inner);
                    self.add(inner);
                }
            }
        }
    }

    /// Names in Chinese that end with a word for a company, or stand before brackets.
    fn han(&mut self, part: &Part<'_>) {
        for word in part.words.iter().filter(|word| word.script == Script::Han) {
            let ends: Vec<usize> =
                word.text.char_indices().map(|(at, c)| at + c.len_utf8()).collect();
            for &end in &ends {
                let before = &word.text[..end];
                let Some(length) = self.cues.parts.suffix(before) else { continue };
                // `银行股份有限公司`: the name ends with the last of them.
                if ends.iter().any(|&later| {
                    later > end
                        && later <= end + 12
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
        }
    }

    /// The name that ends here with a word for a company of `length` bytes.
    fn han_before(&mut self, text: &str, length: usize) {
        let stops = "的与與和及在由对對为為向是了将將等从從被把于於以因而但其该該这這那此有到至并或则同跟给让据据称對新老某各家";
        let core = &text[..text.len() - length];
        let mut start = core.len();
        for (count, (at, c)) in core.char_indices().rev().enumerate() {
            if stops.contains(c) || count >= 8 {
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
        if core.len() > start && name.chars().count() >= 3
            || length == 0 && name.chars().count() >= 2
        {
            let short = ["股份有限公司", "有限责任公司", "有限公司", "公司", "集团", "集團"]
                .into_iter()
                .find_map(|end| name.strip_suffix(end));
            self.add(name);
            if let Some(short) = short.filter(|short| short.chars().count() >= 2) {
                self.add(short);
            }
        }
    }

    /// Names in Japanese: katakana, and what ends with a word for a company.
    fn mixed(&mut self, part: &Part<'_>) {
        let all = &part.words;
        let mut at = 0;
        while at < all.len() {
            let fits = |word: &Word<'_>| {
                matches!(word.script, Script::Katakana | Script::Han | Script::Cased)
            };
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
            let run = &part.text[all[at].span.start..all[last].span.end];
            let ends = run.char_indices().map(|(at, c)| at + c.len_utf8());
            if let Some(end) = ends
                .rev()
                .find(|&end| self.cues.parts.suffix(&run[..end]).is_some_and(|length| end > length))
            {
                let length = self.cues.parts.suffix(&run[..end]).unwrap_or(0);
                let core = &run[..end - length];
                // `電気自動車` is a word.
                if !self.is_word(core) || List::Place.has(core) {
                    self.add(legal_forms::strip(&run[..end]));
                }
                // `auじぶん銀行`
                let kana = at > 0
                    && all[at - 1].script == Script::Hiragana
                    && all[at].joined
                    && (2..=4).contains(&all[at - 1].text.chars().count());
                if kana
                    && !List::Common("ja").has(all[at - 1].text)
                    && !List::Rarer("ja").has(all[at - 1].text)
                {
                    let from =
                        if at > 1 && all[at - 1].joined && all[at - 2].script == Script::Cased {
                            at - 2
                        } else {
                            at - 1
                        };
                    self.add(&part.text[all[from].span.start..all[at].span.start + end]);
                }
            }
            let mut from = at;
            while from <= last {
                if all[from].script != Script::Katakana {
                    from += 1;
                    continue;
                }
                let mut to = from;
                while to < last && all[to + 1].script == Script::Katakana {
                    to += 1;
                }
                let kana = &part.text[all[from].span.start..all[to].span.end];
                if kana.chars().count() >= 3 && !List::Common("ja").has(kana) {
                    self.add(kana);
                }
                from = to + 1;
            }
            at = last + 1;
        }
        for form in ["株式会社", "有限会社"] {
            for (at, _) in part.text.match_indices(form) {
                let rest = &part.text[at + form.len()..];
                let end = rest
                    .find(|c: char| {
                        !(c.is_alphanumeric() || c == '・') || script(c) == Some(Script::Hiragana)
                    })
                    .unwrap_or(rest.len());
                self.add(&rest[..end]);
            }
        }
    }

    /// Names in Korean: words that end with a word for a company, stand before brackets, or come back.
    fn hangul(&mut self, part: &Part<'_>) {
        for (at, word) in part.words.iter().enumerate() {
            if word.script != Script::Hangul
                && !(word.script == Script::Cased
                    && at + 1 < part.words.len()
                    && part.words[at + 1].script == Script::Hangul
                    && part.words[at + 1].span.start == word.span.end)
            {
                continue;
            }
            let mut text = word.text.to_owned();
            if word.script == Script::Cased {
                text.push_str(part.words[at + 1].text);
            }
            let stem = korean_stem(&text);
            let rest = &part.text[word.span.start + text.len()..];
            let brackets = rest.starts_with(['(', '（']);
            let part_word = self.cues.parts.suffix(stem).is_some_and(|length| stem.len() > length);
            let count = stem.chars().count();
            let comes_back = count >= 2
                && self.parts.iter().map(|part| part.text.matches(stem).count()).sum::<usize>()
                    >= 2;
            if count >= 2
                && (part_word || brackets || comes_back)
                && !self.is_word(stem)
                && !self.is_word(&text)
            {
                self.add(stem);
            }
        }
    }

    /// What stands between commas in an enumeration: `Costco、大润发、Countdown等`.
    fn listed(&mut self) {
        for part in self.parts {
            for clause in part.text.split(['，', '。', ',', '；', '：', '\n', '（', '）', '(', ')'])
            {
                let items: Vec<&str> = clause.split('、').collect();
                if items.len() < 3 {
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
                        let fits = (2..=8).contains(&count)
                            && item.chars().all(|c| {
                                matches!(script(c), Some(Script::Han | Script::Katakana))
                                    || c.is_ascii_digit()
                            });
                        if fits && !self.is_word(item) && !List::Place.has(item) {
                            self.add(item);
                        }
                    }
                }
            }
        }
    }

    /// Characters that come back in an article and are no words.
    fn repeated(&mut self, kind: Script) {
        let mut counts: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
        for part in self.parts {
            for word in part.words.iter().filter(|word| word.script == kind) {
                let ends: Vec<usize> =
                    word.text.char_indices().map(|(at, _)| at).chain([word.text.len()]).collect();
                for from in 0..ends.len().saturating_sub(2) {
                    for to in from + 2..ends.len().min(from + 6) {
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
            if *count < 3 || *starts == 0 || text.chars().any(|c| function.contains(c)) {
                continue;
            }
            if List::Common(code).has(text) || List::Rarer(code).has(text) || List::Place.has(text)
            {
                continue;
            }
            // A part of a longer one that is as frequent is only a part.
            let longer = counts.iter().any(|(other, (n, _))| {
                other.len() > text.len() && other.contains(*text) && n * 10 >= count * 9
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

/// A word without what grammar hangs on it: `Leica's`, `Tesla'nın`, `l'Oréal`.
pub(super) fn bare<'t>(text: &'t str, lexicon: &Lexicon) -> &'t str {
    let Some(at) = text.rfind(['\'', '’']) else { return text };
    let mark = text[at..].chars().next().map_or(1, char::len_utf8);
    let (head, tail) = (&text[..at], &text[at + mark..]);
    let turkish = lexicon.code == "tr" && tail.chars().all(char::is_lowercase);
    if tail == "s" || tail.is_empty() || turkish {
        return head;
    }
    let article = head.rsplit(' ').next().unwrap_or(head);
    if matches!(lexicon.code, "fr" | "it")
        && article.len() == head.len()
        && article.chars().count() <= 6
        && matches!(
            article.to_lowercase().as_str(),
            "l" | "d"
                | "dell"
                | "all"
                | "nell"
                | "dall"
                | "sull"
                | "qu"
                | "un"
                | "s"
                | "n"
                | "j"
                | "c"
        )
    {
        return tail;
    }
    text
}

/// Particles behind Korean names, the longest first.
const PARTICLES: &[&str] = &[
    "에서는",
    "으로부터",
    "이라는",
    "이라고",
    "에서도",
    "으로는",
    "에게는",
    "과의",
    "와의",
    "에는",
    "에도",
    "으로",
    "에서",
    "에게",
    "부터",
    "까지",
    "이나",
    "이며",
    "라는",
    "라고",
    "처럼",
    "보다",
    "로는",
    "로부터",
    "만의",
    "측은",
    "측이",
    "은",
    "는",
    "이",
    "가",
    "을",
    "를",
    "과",
    "와",
    "의",
    "에",
    "로",
    "도",
    "만",
    "측",
    "랑",
    "며",
    "나",
];

/// A Korean word without its particle.
pub(super) fn korean_stem(word: &str) -> &str {
    PARTICLES
        .iter()
        .find_map(|particle| word.strip_suffix(particle).filter(|stem| stem.chars().count() >= 2))
        .unwrap_or(word)
}

/// Whether what follows a Korean name in its word may be a particle.
pub(super) fn is_particle(rest: &str) -> bool {
    rest.is_empty() || PARTICLES.contains(&rest)
}

//! What may be a name in a text: runs of words with capitals, and their kin in scripts without them.

mod cased;
mod chinese;
mod japanese;
mod korean;

use std::collections::BTreeSet;

use rustc_hash::FxHashSet;

pub(super) use self::korean::is_particle;
use super::cues::{self, Cues};
use super::evidence::List;
use super::thresholds::{
    DENSE_NAME_LENGTH, DENSE_QUOTED_LENGTHS, NAME_LENGTHS, QUOTED_LENGTH, QUOTED_WORDS,
    SHORT_WORD_LENGTH, TITLED_FIFTHS, TITLED_WORDS,
};
use super::words::{Script, Word, script, words};
use crate::source::Span;
use crate::understand::legal_forms;
use crate::understand::lexicon::Lexicon;

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
    let long = |word: &&Word<'_>| {
        word.script == Script::Cased && word.text.chars().count() > SHORT_WORD_LENGTH
    };
    let (mut all, mut capital) = (0, 0);
    for word in words.iter().filter(long) {
        all += 1;
        capital += usize::from(word.text.starts_with(char::is_uppercase));
    }
    all >= TITLED_WORDS && capital * 5 >= all * TITLED_FIFTHS
}

/// Finds what may be names.
pub(super) struct Finder<'a> {
    parts: &'a [Part<'a>],
    lexicon: &'a Lexicon,
    cues: &'static Cues,
    /// Words that the article also writes in small letters.
    small: &'a FxHashSet<String>,
    found: BTreeSet<String>,
}

impl<'a> Finder<'a> {
    pub(super) fn new(
        parts: &'a [Part<'a>],
        lexicon: &'a Lexicon,
        small: &'a FxHashSet<String>,
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
        if NAME_LENGTHS.contains(&count)
            && !form.chars().all(|c| c.is_ascii_digit())
            && (!dense || count <= DENSE_NAME_LENGTH)
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
                    DENSE_QUOTED_LENGTHS.contains(&count)
                        && inner.chars().all(|c| c.is_alphanumeric() || c == '・')
                        && !inner.chars().all(|c| script(c) == Some(Script::Hiragana))
                } else {
                    count < QUOTED_LENGTH && inner.split(' ').count() <= QUOTED_WORDS && capitals
                };
                if fits {
                    let inner = legal_forms::strip(inner);
                    self.add(inner);
                }
            }
        }
    }
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

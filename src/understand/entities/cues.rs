//! Words of a language that tell of a name beside them what it is.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use rustc_hash::FxHashSet;

use super::thresholds::CUE_PHRASE_WORDS;
use super::words::Word;
use crate::understand::lexicon::{self, Lexicon};

/// One list of words and phrases.
#[derive(Default)]
pub(super) struct Cue {
    whole: FxHashSet<&'static str>,
    /// Those of scripts without spaces.
    dense: Vec<&'static str>,
}

impl Cue {
    fn new(words: &'static [String]) -> Self {
        let mut cue = Self::default();
        cue.extend(words);
        cue
    }

    fn extend(&mut self, words: &'static [String]) {
        // Blanks around a cue say that a word begins or ends there, as each does here.
        for word in words.iter().map(|word| word.trim()) {
            if word.chars().any(lexicon::is_dense_char) {
                self.dense.push(word);
            } else {
                self.whole.insert(word);
            }
        }
        self.dense.sort_by_key(|word| std::cmp::Reverse(word.len()));
    }

    /// Whether it has a word in lower case.
    pub(super) fn has(&self, word: &str) -> bool {
        self.whole.contains(word) || self.dense.contains(&word)
    }

    /// Whether one of it stands anywhere in a word in lower case.
    pub(super) fn is_in(&self, word: &str) -> bool {
        self.whole.iter().any(|part| word.contains(part))
    }

    /// Whether words end with one of it; they stand right before the name.
    pub(super) fn ends(&self, before: &str, words: &[Word<'_>]) -> bool {
        (1..=CUE_PHRASE_WORDS.min(words.len())).any(|n| self.is_phrase(&words[words.len() - n..]))
            || !self.dense.is_empty() && {
                let before = before.trim_end_matches([' ', '「', '『', '“', '《', '"', '(', '（']);
                self.dense.iter().any(|word| before.ends_with(word))
            }
    }

    /// Whether words begin with one of it; they stand right behind the name.
    pub(super) fn begins(&self, after: &str, words: &[Word<'_>]) -> bool {
        (1..=CUE_PHRASE_WORDS.min(words.len())).any(|n| self.is_phrase(&words[..n]))
            || !self.dense.is_empty() && {
                let after = after
                    .trim_start_matches([' ', '」', '』', '”', '》', '"', ')', '）', '的', 'の']);
                self.dense.iter().any(|word| after.starts_with(word))
            }
    }

    /// How long the word of a script without spaces is that a text ends with.
    pub(super) fn suffix(&self, text: &str) -> Option<usize> {
        self.dense.iter().find(|word| text.ends_with(**word)).map(|word| word.len())
    }

    fn is_phrase(&self, words: &[Word<'_>]) -> bool {
        match words {
            [word] => self.whole.contains(word.lower.as_str()),
            [first, rest @ ..] => {
                // Most phrases fail at the first look.
                rest.iter().all(|word| word.joined) && {
                    let mut phrase = first.lower.clone();
                    for word in rest {
                        phrase.push(' ');
                        phrase.push_str(&word.lower);
                    }
                    self.whole.contains(phrase.as_str())
                }
            }
            [] => false,
        }
    }
}

/// All cues of a language.
pub(super) struct Cues {
    pub(super) executives: Cue,
    pub(super) titles: Cue,
    pub(super) institutions: Cue,
    /// Words that stand in names of companies.
    pub(super) parts: Cue,
    pub(super) places_before: Cue,
    pub(super) definite: Cue,
    /// What companies are called, `bank`, `battery maker`.
    pub(super) firms: Cue,
    pub(super) with: Cue,
    pub(super) conj: Cue,
    pub(super) acts: Cue,
    pub(super) countries: Cue,
    /// Abbreviations and words that are written like names in any language: `AI`, `IPO`.
    pub(super) generic: Cue,
    /// Words of `firms` that others end with in languages that write compounds together.
    heads: Vec<&'static str>,
}

impl Cues {
    /// Whether a word in lower case is one for a company, or a compound that ends with one.
    pub(super) fn is_firm(&self, lower: &str) -> bool {
        self.firms.has(lower) || self.is_firm_compound(lower)
    }

    /// Whether a word in lower case is a compound that ends with one for a company.
    pub(super) fn is_firm_compound(&self, lower: &str) -> bool {
        self.heads.iter().any(|head| lower.len() > head.len() && lower.ends_with(head))
    }
}

static ALL: LazyLock<BTreeMap<&'static str, Cues>> = LazyLock::new(|| {
    let read = |lexicon: &'static Lexicon| {
        let cue = |list: &str| Cue::new(lexicon.list(list));
        let mut firms = cue("firms");
        firms.extend(lexicon.list("trades"));
        let english = lexicon::of("en");
        let mut parts = cue("company_parts");
        parts.extend(english.list("company_parts"));
        let mut executives = cue("executives");
        executives.whole.insert("ceo");
        let mut institutions = cue("institutions");
        institutions.extend(english.list("institutions"));
        let mut acts = Cue::default();
        for (_, words) in &lexicon.events {
            acts.extend(words);
        }
        for role in ["buyer", "investor", "supplier", "manufacturer", "licensor"] {
            acts.extend(lexicon.roles(role));
        }
        let mut generic = Cue::new(english.list("generic"));
        if lexicon.code != "en" {
            generic.extend(lexicon.list("generic"));
        }
        let compounds = matches!(lexicon.code, "de" | "da" | "no" | "sv" | "nl");
        let heads = firms
            .whole
            .iter()
            .copied()
            .filter(|word| compounds && word.chars().count() > 4)
            .collect();
        Cues {
            heads,
            executives,
            titles: cue("titles"),
            institutions,
            parts,
            places_before: cue("places_before"),
            definite: cue("definite"),
            firms,
            with: cue("with"),
            conj: cue("conj"),
            acts,
            countries: cue("countries"),
            generic,
        }
    };
    lexicon::all().iter().map(|lexicon| (lexicon.code, read(lexicon))).collect()
});

/// The cues of a language.
pub(super) fn of(lexicon: &Lexicon) -> &'static Cues {
    ALL.get(lexicon.code).expect("every lexicon has its cues")
}

//! Whether the site publishes more of a text than its rights let out.

use std::collections::{HashMap, HashSet};

use super::thresholds::{CHANCE_WORDS, RUN_WORDS};
use crate::diagnostic::{self, Diagnostic};
use crate::index::{Index, IndexedArticle};
use crate::model::Rights as Right;
use crate::parse::words::{Word, together, words};

/// The texts that must not get out whole.
pub(super) struct Rights<'a> {
    index: &'a Index,
    /// Runs of words, with the articles that have them.
    runs: HashMap<u64, Vec<usize>>,
}

impl<'a> Rights<'a> {
    pub(super) fn new(index: &'a Index) -> Self {
        let mut runs: HashMap<u64, Vec<usize>> = HashMap::new();
        for (at, entry) in index.articles.iter().enumerate() {
            if entry.article().rights == Right::Full {
                continue;
            }
            let hashes: Vec<u64> = words(&entry.article().body).map(|word| word.hash).collect();
            for run in hashes.windows(RUN_WORDS) {
                let articles = runs.entry(together(run.iter().copied())).or_default();
                if articles.last() != Some(&at) {
                    articles.push(at);
                }
            }
        }
        // What a text that is published whole says as well is no secret.
        for entry in &index.articles {
            if entry.article().rights == Right::Full && !runs.is_empty() {
                let hashes: Vec<u64> = words(&entry.article().body).map(|word| word.hash).collect();
                for run in hashes.windows(RUN_WORDS) {
                    runs.remove(&together(run.iter().copied()));
                }
            }
        }
        Self { index, runs }
    }

    /// Articles of which a published file has too many words in a row.
    pub(super) fn leaks(&self, path: &str, text: &str) -> Vec<Diagnostic> {
        if self.runs.is_empty() {
            return Vec::new();
        }
        let words: Vec<Word> = words(text).collect();
        // For each article the run that is being read: where it began, and where it goes on.
        let mut open: HashMap<usize, (usize, usize)> = HashMap::new();
        let mut longest: HashMap<usize, usize> = HashMap::new();
        for (at, run) in words.windows(RUN_WORDS).enumerate() {
            let key = together(run.iter().map(|word| word.hash));
            for &article in self.runs.get(&key).into_iter().flatten() {
                let (start, next) = open.entry(article).or_insert((at, at));
                if *next != at {
                    *start = at;
                }
                *next = at + 1;
                let length = length(&words[*start..at + RUN_WORDS]);
                let most = longest.entry(article).or_default();
                *most = (*most).max(length);
            }
        }
        let mut told = HashSet::new();
        let mut leaks: Vec<(usize, usize)> = longest.into_iter().collect();
        leaks.sort_unstable();
        leaks
            .into_iter()
            .filter(|(article, _)| told.insert(*article))
            .filter_map(|(article, length)| {
                let entry = &self.index.articles[article];
                let limit = self.limit(entry);
                let rights = entry.article().rights;
                (length > limit).then(|| {
                    diagnostic::rights_leak(&entry.file.source, path, rights.id(), length, limit)
                })
            })
            .collect()
    }

    /// How many words in a row may be published.
    fn limit(&self, entry: &IndexedArticle) -> usize {
        match entry.article().rights {
            Right::Link => CHANCE_WORDS,
            // A quotation may end on any word, and markup can part one word in two.
            Right::Excerpt | Right::Full => self.index.config.excerpt_words + RUN_WORDS,
        }
    }
}

/// How many words some words are; each character of a script without spaces counts half.
fn length(words: &[Word]) -> usize {
    let dense = words.iter().filter(|word| word.is_dense).count();
    words.len() - dense / 2
}

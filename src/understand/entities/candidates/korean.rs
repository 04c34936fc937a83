//! Names in Korean, with particles behind them.

use super::{Finder, Part};
use crate::understand::entities::thresholds::{HANGUL_LENGTH, HANGUL_TIMES};
use crate::understand::entities::words::Script;

impl Finder<'_> {
    /// Names in Korean: words that end with a word for a company, stand before brackets, or come back.
    pub(super) fn hangul(&mut self, part: &Part<'_>) {
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
            let comes_back = count >= HANGUL_LENGTH
                && self.parts.iter().map(|part| part.text.matches(stem).count()).sum::<usize>()
                    >= HANGUL_TIMES;
            if count >= HANGUL_LENGTH
                && (part_word || brackets || comes_back)
                && !self.is_word(stem)
                && !self.is_word(&text)
            {
                self.add(stem);
            }
        }
    }
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
fn korean_stem(word: &str) -> &str {
    PARTICLES
        .iter()
        .find_map(|particle| {
            word.strip_suffix(particle).filter(|stem| stem.chars().count() >= HANGUL_LENGTH)
        })
        .unwrap_or(word)
}

/// Whether what follows a Korean name in its word may be a particle.
pub(in super::super) fn is_particle(rest: &str) -> bool {
    rest.is_empty() || PARTICLES.contains(&rest)
}

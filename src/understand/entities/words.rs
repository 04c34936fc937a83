//! A text as words: what stands beside what, and how it is written.

use crate::source::Span;

/// What a word is written with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Script {
    /// Letters with a small and a capital form, or digits.
    Cased,
    Han,
    Hiragana,
    Katakana,
    Hangul,
    /// Any other letters.
    Other,
}

pub(super) fn script(c: char) -> Option<Script> {
    match c {
        '\u{3400}'..='\u{9fff}' | '々' | '〇' => Some(Script::Han),
        '\u{3041}'..='\u{309f}' => Some(Script::Hiragana),
        '\u{30a1}'..='\u{30fa}' | 'ー' | 'ヽ' => Some(Script::Katakana),
        '\u{ac00}'..='\u{d7af}' => Some(Script::Hangul),
        c if c.is_ascii_alphanumeric() || c.is_uppercase() || c.is_lowercase() => {
            Some(Script::Cased)
        }
        '\u{300}'..='\u{36f}' => Some(Script::Cased),
        c if c.is_alphanumeric() => Some(Script::Other),
        _ => None,
    }
}

/// A word of a text.
#[derive(Clone, Debug)]
pub(super) struct Word<'t> {
    pub(super) span: Span,
    pub(super) text: &'t str,
    pub(super) lower: String,
    pub(super) script: Script,
    /// A sentence begins with it.
    pub(super) opens: bool,
    /// Only a space, or nothing, stands between the word before and this one.
    pub(super) joined: bool,
}

impl Word<'_> {
    /// Whether it is written as names are.
    pub(super) fn is_capital(&self) -> bool {
        let mut chars = self.text.chars();
        let first = chars.next();
        self.script == Script::Cased
            && (first.is_some_and(char::is_uppercase)
                || self.has_inner_capital()
                || first.is_some_and(|c| c.is_ascii_digit())
                    && self.text.chars().any(char::is_uppercase))
    }

    /// `iPhone`, `eBay`, `BlackBerry`
    pub(super) fn has_inner_capital(&self) -> bool {
        let mut small = false;
        for c in self.text.chars() {
            if small && c.is_uppercase() {
                return true;
            }
            small = c.is_lowercase();
        }
        false
    }

    pub(super) fn is_upper(&self) -> bool {
        self.script == Script::Cased
            && self.text.chars().any(char::is_uppercase)
            && !self.text.chars().any(char::is_lowercase)
    }
}

/// The words of a text.
pub(super) fn words(text: &str) -> Vec<Word<'_>> {
    let mut out: Vec<Word<'_>> = Vec::new();
    let mut chars = text.char_indices().peekable();
    let mut last_end = 0;
    while let Some((start, c)) = chars.next() {
        let Some(kind) = script(c) else { continue };
        let mut end = start + c.len_utf8();
        let mut before = c;
        while let Some(&(at, c)) = chars.peek() {
            let next = text[at + c.len_utf8()..].chars().next();
            if !goes_on(kind, before, c, next) {
                break;
            }
            chars.next();
            before = c;
            end = at + c.len_utf8();
        }
        let gap = &text[last_end..start];
        let joined = !out.is_empty() && (gap.is_empty() || matches!(gap, " " | "\u{a0}" | "・"));
        let word = &text[start..end];
        out.push(Word {
            span: start..end,
            text: word,
            lower: word.to_lowercase(),
            script: kind,
            opens: out.is_empty() || opens(gap, out.last()),
            joined,
        });
        last_end = end;
    }
    out
}

/// Whether a character belongs to the word before it.
fn goes_on(kind: Script, before: char, c: char, next: Option<char>) -> bool {
    let same = |c: char| {
        let other = script(c);
        match kind {
            // `LG에너지솔루션`: in Korean a word is what stands between spaces.
            Script::Hangul => matches!(other, Some(Script::Hangul | Script::Cased)),
            Script::Cased => other == Some(Script::Cased),
            _ => other == Some(kind),
        }
    };
    if same(c) {
        return true;
    }
    if !matches!(kind, Script::Cased | Script::Hangul) || !next.is_some_and(same) {
        return false;
    }
    match c {
        '-' | '‑' | '‐' | '\'' | '’' | '&' | '+' | '@' | '_' | '!' => true,
        // `Froot.kz`, `S.p.A.`, but not `it said.The`
        '.' => {
            next.is_some_and(|c| c.is_lowercase() || c.is_ascii_digit()) && !before.is_ascii_digit()
                || before.is_uppercase() && next.is_some_and(char::is_uppercase)
        }
        _ => false,
    }
}

/// Whether a sentence begins behind a gap between words.
fn opens(gap: &str, before: Option<&Word<'_>>) -> bool {
    let gap = gap.trim_end_matches([
        ' ', '"', '“', '„', '«', '\'', '‘', '(', '「', '”', '»', '’', '–', '-', '—',
    ]);
    let stops =
        gap.ends_with(['.', '!', '?', '\n', ':', '。', '…', '•', '！', '？', '：', '|', ';']);
    let dot = gap.ends_with('.');
    // `J. Smith`, `Mr. Smith`
    let short = before.is_some_and(|word| {
        word.text.chars().count() <= 1
            || word.text.chars().count() <= 3
                && word.text.starts_with(char::is_uppercase)
                && word.text.chars().skip(1).all(char::is_lowercase)
            || matches!(
                word.lower.as_str(),
                "mr" | "mrs" | "ms" | "dr" | "st" | "prof" | "inc" | "corp" | "co" | "ltd"
            )
    });
    stops && !(dot && short) || gap.contains('\n')
}

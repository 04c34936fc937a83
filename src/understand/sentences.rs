//! Where a paragraph divides into sentences, and a sentence into clauses.

use std::ops::Range;

use super::lexicon::{self, Lexicon};

/// The sentences of a paragraph; together with the space between them they are the paragraph.
#[must_use]
pub fn sentences(text: &str) -> Vec<&str> {
    let mut out = Vec::new();
    let mut start = 0;
    let chars: Vec<(usize, char)> = text.char_indices().collect();
    for (number, &(at, c)) in chars.iter().enumerate() {
        let end = at + c.len_utf8();
        let next = chars.get(number + 1).map(|&(_, c)| c);
        let stop = match c {
            '。' | '！' | '？' | '\n' => true,
            '.' | '!' | '?' | '…' | '”' | '"' | '»' => {
                let closing = matches!(c, '”' | '"' | '»');
                let stopped = !closing
                    || chars[..number].last().is_some_and(|&(_, c)| matches!(c, '.' | '!' | '?'));
                let after =
                    chars[number + 1..].iter().map(|&(_, c)| c).find(|c| !c.is_whitespace());
                let opens = after.is_none_or(|c| {
                    c.is_uppercase()
                        || c.is_ascii_digit()
                        || matches!(c, '“' | '"' | '„' | '«' | '(' | '‘')
                        || lexicon::is_dense_char(c)
                });
                let abbreviation = c == '.' && {
                    let word = text[start..at].rsplit([' ', '(', '.']).next().unwrap_or("");
                    word.chars().count() <= 1
                        || matches!(
                            word,
                            "Inc"
                                | "Co"
                                | "Corp"
                                | "Ltd"
                                | "Mr"
                                | "Dr"
                                | "St"
                                | "No"
                                | "pr"
                                | "vs"
                                | "TP"
                        )
                };
                stopped && next.is_none_or(char::is_whitespace) && opens && !abbreviation
            }
            _ => false,
        };
        if stop {
            push(&mut out, &text[start..end]);
            start = end;
        }
    }
    push(&mut out, &text[start..]);
    out
}

fn push<'a>(out: &mut Vec<&'a str>, sentence: &'a str) {
    let sentence = sentence.trim();
    if !sentence.is_empty() {
        out.push(sentence);
    }
}

/// The clauses of a sentence in lower case, as byte ranges: what stands between semicolons and words
/// such as `while`, and between commas in Chinese.
#[must_use]
pub fn clauses(lower: &str, lexicon: &Lexicon) -> Vec<Range<usize>> {
    let mut cuts: Vec<Range<usize>> = lower.match_indices([';', '；']).map(cut).collect();
    if lexicon.code == "zh" {
        cuts.extend(lower.match_indices([',', '，']).map(cut));
    }
    for word in lexicon.list("contrast") {
        let found = lower.match_indices(word.as_str()).filter(|(at, _)| {
            let before = lower[..*at].chars().next_back();
            let after = lower[at + word.len()..].chars().next();
            let free = |c: Option<char>| c.is_none_or(|c| !c.is_alphanumeric());
            lexicon::is_dense(word) || free(before) && free(after)
        });
        cuts.extend(found.map(cut));
    }
    cuts.sort_by_key(|cut| cut.start);
    let mut out = Vec::new();
    let mut start = 0;
    for cut in cuts {
        if cut.start > start {
            out.push(start..cut.start);
        }
        start = cut.end.max(start);
    }
    out.push(start..lower.len());
    out
}

fn cut((at, mark): (usize, &str)) -> Range<usize> {
    at..at + mark.len()
}

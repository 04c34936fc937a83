//! A text that lost all its line breaks.

use std::collections::HashSet;
use std::ops::Range;

use super::{Block, Structure, width};
use crate::model::DateBasis;
use crate::understand::dates;
use crate::understand::lexicon::{Lexicon, is_dense, is_dense_char};
use crate::understand::people;
use crate::understand::structure::thresholds::{
    BUTTON_AFTER_BYTES, BUTTON_CUE_WIDTH, GLUED_HEADLINE_BYTES, LEAD_AFTER_BYTES,
    OPENING_DAY_BYTES, TAIL_CHARACTERS, TAIL_CREDIT_BYTES, TAIL_CREDIT_CHARACTERS, TAIL_CUE_WIDTH,
    TITLE_AGAIN_WIDTH, TITLE_AGAIN_WORDS, TITLE_BEFORE_BUTTONS_WIDTH,
};

/// The elements of a page in a script without spaces, where a space stands for a lost line break.
pub(super) fn pieces(text: &str) -> Vec<Block> {
    let letters = text.chars().filter(|c| c.is_alphabetic()).count();
    let dense = text.chars().filter(|c| is_dense_char(*c)).count();
    // Hangul has spaces between its words.
    let spaced = text.chars().any(|c| ('\u{ac00}'..='\u{d7af}').contains(&c));
    if spaced || dense * 2 < letters {
        return Vec::new();
    }
    let mut out: Vec<Block> = Vec::new();
    for piece in text.split([' ', '\u{3000}']).filter(|piece| !piece.is_empty()) {
        // Clocks, counts and Latin words belong to what stands before them.
        let joins = !is_dense(piece);
        match out.last_mut() {
            Some(last) if joins => {
                last.text.push(' ');
                last.text.push_str(piece);
            }
            _ => out.push(Block { text: piece.to_owned(), bullet: false }),
        }
    }
    out
}

/// A text on one line: headline and dek run into the body, a credit at its end.
pub(super) fn one_line(text: &str, lexicon: &Lexicon) -> Structure {
    let mut out = Structure::default();
    let text = without_tail(text, lexicon);
    if let Some((title, body)) = after_buttons(text, lexicon) {
        out.title = title.map(str::to_owned);
        let head = &text[..text.len() - body.len()];
        if let Some(again) = repeated(head) {
            out.title = Some(head[again.clone()].to_owned());
            let credit = &head[again.end..];
            let date = dates::dates(credit, lexicon).into_iter().next();
            let names = date.as_ref().map_or(credit, |date| &credit[..date.span.start]).trim();
            out.authors = people::is_name(names).then(|| names.to_owned()).into_iter().collect();
            out.date = date.map(|found| (found.date, DateBasis::Stated));
        }
        out.body = vec![Block { text: body.to_owned(), bullet: false }];
        return out;
    }
    let mut body = text;
    // A full stop with a capital right behind it is where two elements were glued together.
    let glue = text.char_indices().zip(text.chars().skip(1)).find(|&((at, c), next)| {
        matches!(c, '.' | '!' | '?')
            && next.is_uppercase()
            && at < GLUED_HEADLINE_BYTES
            && text[..at].chars().next_back().is_some_and(char::is_alphabetic)
            && text[..at].rsplit([' ', '.']).next().is_some_and(|w| w.chars().count() > 2)
    });
    if let Some(((at, c), _)) = glue {
        let head = &text[..at + c.len_utf8()];
        body = &text[at + c.len_utf8()..];
        let (title, dek) = split_headline(head, body);
        out.title = Some(title.to_owned());
        out.dek = dek.map(str::to_owned);
    }
    let body = without_credit(body, lexicon);
    if let Some(found) = dates::dates(body, lexicon).first()
        && found.span.start < OPENING_DAY_BYTES
        && found.date.day_of_month().is_some()
    {
        out.date = Some((found.date, DateBasis::Dateline));
    }
    out.body = vec![Block { text: body.trim().to_owned(), bullet: false }];
    out
}

/// The headline in what stands before a body, where the page's title repeats it: the longest phrase that
/// stands there twice, at its second place.
fn repeated(head: &str) -> Option<Range<usize>> {
    let ends: Vec<usize> = head.match_indices(' ').map(|(at, _)| at).collect();
    let starts = std::iter::once(0).chain(ends.iter().map(|at| at + 1));
    let phrases = starts.take(TITLE_AGAIN_WORDS).filter_map(|from| {
        let long = ends.iter().filter(|&&end| end > from).skip(3);
        let phrase = |&end: &usize| {
            let again = head[end..].find(&head[from..end])? + end;
            Some(again..again + end - from)
        };
        long.map_while(phrase).last()
    });
    phrases
        .max_by_key(Range::len)
        .filter(|phrase| width(&head[phrase.clone()]) >= TITLE_AGAIN_WIDTH)
}

/// A page without the teasers and notices that begin after one of its sentences.
fn without_tail<'a>(text: &'a str, lexicon: &Lexicon) -> &'a str {
    let stops =
        text.match_indices(['.', '!', '?', '”', '"', '»']).map(|(at, mark)| at + mark.len());
    let tail = stops.filter(|&at| at > text.len() / 3).find(|&at| {
        let Some(rest) = text[at..].strip_prefix(' ') else { return false };
        let lower: String =
            rest.chars().take(TAIL_CHARACTERS).flat_map(char::to_lowercase).collect();
        let capital = rest.starts_with(|c: char| c.is_uppercase() || c == '©');
        let named = |list: &str| {
            lexicon.begins(list, &lower).is_some_and(|cue| width(cue) >= TAIL_CUE_WIDTH)
        };
        capital && ["related", "comments", "closing", "notices"].iter().any(|list| named(list))
    });
    &text[..tail.unwrap_or(text.len())]
}

/// The headline and the body of a page whose share buttons stand between the two: the body begins
/// with its subject, and the headline with the same word.
fn after_buttons<'a>(text: &'a str, lexicon: &Lexicon) -> Option<(Option<&'a str>, &'a str)> {
    let lower = text.to_lowercase();
    if lower.len() != text.len() {
        return None;
    }
    let buttons = lexicon
        .list("chrome")
        .iter()
        .filter(|cue| width(cue) >= BUTTON_CUE_WIDTH)
        .filter_map(|cue| lower.find(&format!(" {cue}")))
        .filter(|&at| at > BUTTON_AFTER_BYTES && at < text.len() / 3)
        .filter(|&at| text[at + 1..].starts_with(char::is_uppercase))
        .max()?;
    let words: Vec<(usize, &str)> = text[buttons..]
        .split(' ')
        .scan(buttons, |at, word| {
            let here = *at;
            *at += word.len() + 1;
            Some((here, word))
        })
        .collect();
    // Running text begins where small words follow one another; its subject stands before them.
    let small = |word: &str| word.chars().next().is_some_and(char::is_lowercase);
    let run = words.windows(2).position(|two| two.iter().all(|(_, word)| small(word)))?;
    let is_name = |word: &str| {
        word.chars().count() > 1 && word.chars().all(char::is_alphanumeric) && !small(word)
    };
    let noise = |word: &str| lexicon.list("chrome").iter().any(|cue| *cue == word.to_lowercase());
    let mut first = run;
    while first > 1 && is_name(words[first - 1].1) && !noise(words[first - 1].1) {
        first -= 1;
    }
    // Of several names before the verb the one that the headline also begins with is the subject.
    let head = &text[..buttons];
    let subject = (first..run).find(|&at| head.contains(words[at].1)).unwrap_or(first);
    let start = words.get(subject)?.0;
    let whole = |&(at, _): &(usize, &str)| at == 0 || head[..at].ends_with([' ', '«', '"', '“']);
    let title = head.match_indices(words[subject].1).find(whole).map(|(from, _)| {
        let cues = lexicon.list("chrome").iter().filter(|cue| width(cue) >= BUTTON_CUE_WIDTH);
        let end = cues.filter_map(|cue| lower[from..buttons].find(&format!(" {cue}"))).min();
        text[from..end.map_or(buttons, |end| from + end)].trim()
    });
    let title = title.filter(|title| width(title) > TITLE_BEFORE_BUTTONS_WIDTH);
    (run > 0 && start < text.len() / 2).then(|| (title, text[start..].trim()))
}

/// Headline and dek without a mark between them: the dek begins at a capital word whose small
/// form the text also knows, since names have none.
fn split_headline<'a>(head: &'a str, body: &str) -> (&'a str, Option<&'a str>) {
    let lower_words: HashSet<&str> = body
        .split(|c: char| !c.is_alphanumeric())
        .filter(|w| w.chars().next().is_some_and(char::is_lowercase))
        .collect();
    let split = head.char_indices().filter(|&(at, c)| c == ' ' && at > LEAD_AFTER_BYTES).find(
        |&(at, _)| {
            let before = head[..at].chars().next_back();
            let word = head[at + 1..].split(|c: char| !c.is_alphanumeric()).next().unwrap_or("");
            before.is_some_and(char::is_alphanumeric)
                && word.chars().next().is_some_and(char::is_uppercase)
                && lower_words.contains(word.to_lowercase().as_str())
        },
    );
    match split {
        Some((at, _)) => (&head[..at], Some(head[at..].trim())),
        None => (head.trim_end_matches('.'), None),
    }
}

/// A text without the credit at its end (`Source: ...`, `Theo ...`).
fn without_credit<'a>(body: &'a str, lexicon: &Lexicon) -> &'a str {
    let tail_from = body.len().saturating_sub(TAIL_CREDIT_BYTES);
    let from = (tail_from..=body.len()).find(|&at| body.is_char_boundary(at)).unwrap_or(body.len());
    let last_stop = body[from..].rfind(['.', ':', '!', '?']).map(|at| at + from);
    let Some(mut stop) = last_stop else { return body };
    // `Tham khảo: CNBC`: the colon belongs to the credit.
    let cues = [
        "theo",
        "tham khảo",
        "nguồn",
        "source",
        "via",
        "sumber",
        "kilde",
        "quelle",
        "fuente",
        "fonte",
        "kaynak",
    ];
    let is_cue = |text: &str| {
        let lower = text.trim().to_lowercase();
        cues.iter().any(|cue| lower.starts_with(cue)) || lexicon.begins("source", &lower).is_some()
    };
    if body[stop..].starts_with(':') {
        let sentence = body[..stop].rfind(['.', ':', '!', '?']).map_or(0, |at| at + 1);
        if is_cue(&body[sentence..stop]) && sentence > 0 {
            return body[..sentence].trim_end();
        }
    }
    stop += 1;
    let rest = &body[stop..];
    if !rest.trim().is_empty() && rest.chars().count() < TAIL_CREDIT_CHARACTERS && is_cue(rest) {
        body[..stop].trim_end()
    } else {
        body
    }
}

//! What one mention of a candidate tells: the words beside it, and how it is set off from them.

use super::super::Article;
use super::super::candidates::{Part, bare};
use super::super::cues::Cues;
use super::super::evidence::List;
use super::super::words::Word;
use crate::source::Span;
use crate::understand::legal_forms;
use crate::understand::lexicon;

/// What stands beside a candidate at one of its places.
#[derive(Default)]
#[expect(clippy::struct_excessive_bools, reason = "each is one feature")]
pub(super) struct Mention {
    pub(super) mid: bool,
    pub(super) titled: bool,
    pub(super) headline: bool,
    pub(super) early: bool,
    pub(super) possessive: bool,
    pub(super) quoted: bool,
    pub(super) title_before: bool,
    pub(super) executive_before: bool,
    pub(super) executive_of: bool,
    pub(super) executive_behind: bool,
    pub(super) firm_before: bool,
    pub(super) firm_behind: bool,
    pub(super) with_before: bool,
    pub(super) preposition: bool,
    pub(super) definite: bool,
    pub(super) ticker: bool,
    pub(super) brackets: bool,
    pub(super) legal: bool,
    pub(super) acts: bool,
    pub(super) cued: bool,
    pub(super) joined: bool,
    pub(super) listed: bool,
    pub(super) among_listed: bool,
    pub(super) among_formed: bool,
    pub(super) number_behind: bool,
    pub(super) name_behind: bool,
    pub(super) name_before: bool,
    pub(super) compound: bool,
    pub(super) seat_behind: bool,
    pub(super) firm_near: bool,
    pub(super) deal_before: bool,
    pub(super) based: bool,
}

/// What one mention tells, the one at `span` of a part of an article.
pub(super) fn mention(number: usize, span: &Span, article: &Article<'_>) -> Mention {
    let sides = Sides::of(&article.parts[number], span, article);
    let cues: &Cues = article.cues;
    let language = article.lexicon.code;
    let Sides { part, before, text_before, text_after, next, prev, .. } = sides;
    let first = part.words.get(sides.at);
    let phrase = phrase_before(part, sides.at);
    let mut apart = phrase.iter().rev().take_while(|w| language == "de" || !w.is_capital());
    let firm_near = apart.any(|w| cues.is_firm(&w.lower));
    // `le fabricant suédois de batteries Nordlund`: there the adjectives stand between.
    let firm_follows =
        matches!(language, "fr" | "es" | "it" | "pt" | "id" | "ms" | "vi" | "pl" | "ru" | "uk");
    let others = article.neighbours(number, span);
    let bracket = in_brackets(text_after);
    let ticker = bracket.is_some_and(is_ticker);
    Mention {
        mid: first.is_none_or(|w| !w.opens),
        titled: part.titled,
        headline: number == 0 && article.has_title,
        early: number <= 1,
        possessive: is_possessive(text_after),
        quoted: text_before.ends_with(['«', '„', '“', '"', '「', '『', '《', '”'])
            && text_after.starts_with(['»', '“', '”', '"', '」', '』', '》']),
        title_before: cues.titles.ends(text_before, prev),
        executive_before: cues.executives.ends(text_before, prev),
        executive_of: sides.behind_of.is_some_and(|words| cues.executives.ends("", words))
            || sides.has_article && cues.executives.ends("", sides.back),
        executive_behind: sides.has_executive_behind(cues),
        firm_before: firm_near && firm_follows
            || cues.firms.ends(sides.text_back, sides.back)
            || sides.back.last().is_some_and(|w| cues.is_firm(&w.lower))
            || comma_firm(text_before, before, cues),
        firm_behind: sides.is_apposition(cues) || sides.has_firm_behind(cues),
        with_before: cues.with.ends(sides.text_back, sides.back)
            || with_suffix(text_after, language, cues),
        preposition: cues.places_before.ends(text_before, prev),
        definite: sides.has_article,
        ticker,
        brackets: bracket.is_some() && !ticker,
        legal: legal_forms::behind(text_after).is_some()
            || legal_forms::before(text_before).is_some(),
        acts: next.iter().take(3).any(|w| cues.acts.begins("", std::slice::from_ref(w)))
            || cues.acts.begins(text_after, next),
        cued: article.is_cued(number, span),
        joined: others.joined,
        listed: others.listed,
        among_listed: others.among_listed,
        among_formed: others.among_formed,
        number_behind: next
            .first()
            .is_some_and(|w| w.text.starts_with(|c: char| c.is_ascii_digit())),
        name_behind: !part.titled
            && next.first().is_some_and(|w| w.is_capital() && w.joined && w.span.start > span.end),
        name_before: !part.titled
            && prev.last().is_some_and(|w| w.is_capital() && !w.opens)
            && first.is_some_and(|w| w.joined),
        compound: sides.is_hyphenated() || sides.compound_tail.is_some(),
        seat_behind: text_after.starts_with(", ")
            && sides.after.first().is_some_and(|w| List::Place.has(&w.lower) && w.is_capital()),
        firm_near,
        deal_before: is_deal(text_before, article.lexicon),
        based: phrase.iter().any(|w| is_based(&w.lower)),
    }
}

/// What stands on both sides of a mention.
struct Sides<'p, 't> {
    part: &'p Part<'t>,
    /// Position of its first word.
    at: usize,
    /// All words before it, and those of them that nothing divides from it: all or none.
    before: &'p [Word<'t>],
    prev: &'p [Word<'t>],
    /// The same behind it.
    after: &'p [Word<'t>],
    next: &'p [Word<'t>],
    text_before: &'p str,
    text_after: &'p str,
    /// Whether a definite article stands right before, and what stands before that.
    has_article: bool,
    back: &'p [Word<'t>],
    text_back: &'p str,
    /// What stands before a word such as `of`, and before an article in front of that.
    behind_of: Option<&'p [Word<'t>]>,
    /// The rest of the word that the name begins, in small letters.
    compound_tail: Option<String>,
}

impl<'p, 't> Sides<'p, 't> {
    fn of(part: &'p Part<'t>, span: &Span, article: &Article<'_>) -> Self {
        let range = part.inside(span);
        let before = &part.words[..range.start];
        let after = &part.words[range.end.min(part.words.len())..];
        let (text_before, text_after) = (&part.text[..span.start], &part.text[span.end..]);
        let is_near_before =
            before.last().is_some_and(|w| is_near(&part.text[w.span.end..span.start]));
        let is_near_after = after.first().is_some_and(|w| {
            w.span.start >= span.end && is_near(&part.text[span.end..w.span.start])
        });
        let prev = if is_near_before { before } else { &[] };
        let next = if is_near_after { after } else { &[] };
        let without_article = |words: &'p [Word<'t>]| {
            let (last, rest) = words.split_last()?;
            article.cues.definite.has(&last.lower).then_some(rest)
        };
        let back = without_article(prev);
        let of = prev.split_last().filter(|(last, _)| is_of(&last.lower));
        Self {
            part,
            at: range.start,
            before,
            prev,
            after,
            next,
            text_before,
            text_after,
            has_article: back.is_some(),
            back: back.unwrap_or(prev),
            text_back: back
                .unwrap_or(prev)
                .last()
                .map_or(text_before, |w| &part.text[..w.span.end]),
            behind_of: of.map(|(_, rest)| without_article(rest).unwrap_or(rest)),
            compound_tail: compound_tail(part, span),
        }
    }

    /// `Linde-Konzern`
    fn is_hyphenated(&self) -> bool {
        self.text_after.starts_with(['-', '‑', '‐'])
    }

    /// `Linde-Chef`, `Linde chief executive`
    fn has_executive_behind(&self, cues: &Cues) -> bool {
        let is_executive = |word: &str| cues.executives.has(word);
        cues.executives.begins(self.text_after, self.next)
            || self.is_hyphenated() && self.after.first().is_some_and(|w| is_executive(&w.lower))
            || self.compound_tail.as_deref().is_some_and(is_executive)
    }

    /// `Linde-Konzern`, `Linde group`
    fn has_firm_behind(&self, cues: &Cues) -> bool {
        let is_firm = |word: &str| cues.firms.has(word) || lexicon::is_german_trade(word);
        cues.firms.begins(self.text_after, self.next)
            || self.compound_tail.as_deref().is_some_and(is_firm)
    }

    /// `Linde, the gas company,`
    fn is_apposition(&self, cues: &Cues) -> bool {
        self.text_after.starts_with([',', '，', '、'])
            && self.after.iter().take(6).any(|w| cues.firms.has(&w.lower))
            && self
                .after
                .first()
                .is_some_and(|w| cues.definite.has(&w.lower) || cues.firms.has(&w.lower))
    }
}

/// `’s` or an apostrophe alone.
fn is_possessive(after: &str) -> bool {
    after.starts_with(['\'', '’'])
}

/// What stands in brackets behind a name, up to where they are closed.
fn in_brackets(after: &str) -> Option<&str> {
    let rest = after.trim_start();
    rest.starts_with(['(', '（']).then(|| &rest[..rest.find([')', '）']).unwrap_or(0)])
}

/// `(NYSE: XYZ)`, `(1810.HK)`
fn is_ticker(bracket: &str) -> bool {
    const MARKS: [&str; 7] = [".HK", ".KS", ".T", "股票代码", "股票代碼", ".SZ", ".SH"];
    bracket.contains([':', '：']) && bracket.len() < 40
        || MARKS.iter().any(|mark| bracket.contains(mark))
}

/// The rest of the word that a name begins: `Konzern` of `Linde-Konzern`.
fn compound_tail(part: &Part<'_>, span: &Span) -> Option<String> {
    let at = part.words.partition_point(|word| word.span.end <= span.start);
    let word = part.words[at..].iter().find(|word| word.span.end >= span.end)?;
    let tail = part.text.get(span.end..word.span.end)?;
    let tail = tail.strip_prefix(['-', '‑', '‐'])?;
    Some(bare(tail, lexicon::of("en")).to_lowercase())
}

fn comma_firm(before: &str, words: &[Word<'_>], cues: &Cues) -> bool {
    before.ends_with(", ") && words.last().is_some_and(|w| cues.firms.has(&w.lower))
}

/// In Japanese, Korean and Turkish `with` stands behind the name.
fn with_suffix(after: &str, code: &str, cues: &Cues) -> bool {
    let rest = after.trim_start_matches([' ', '\'', '’', '」', ')', '"', '”']);
    match code {
        "ja" | "ko" => cues.with.begins(rest, &[]),
        "tr" => rest.starts_with("ile ") || rest.starts_with("la ") || rest.starts_with("le "),
        _ => false,
    }
}

/// The last words before a name up to any mark.
fn phrase_before<'p, 't>(part: &'p Part<'t>, at: usize) -> &'p [Word<'t>] {
    let mut from = at;
    while from > 0 && at - from < 5 {
        let end = part.words.get(from).map_or(part.text.len(), |w| w.span.start);
        let gap = part.text.get(part.words[from - 1].span.end..end).unwrap_or(".");
        if gap.contains(['.', ',', ';', ':', '!', '?', '–', '—', '(', ')', '、', '。', '，'])
        {
            break;
        }
        from -= 1;
    }
    &part.words[from..at]
}

/// `Paris-based`, `ansässige`
fn is_based(lower: &str) -> bool {
    lower.ends_with("-based")
        || lower.ends_with("based")
        || lower.contains("ansässig")
        || lower.ends_with("merkezli")
        || lower.ends_with("baserede")
        || lower.ends_with("baserade")
        || lower.ends_with("baserte")
}

/// Whether a word for a relation stands right before.
fn is_deal(before: &str, lexicon: &lexicon::Lexicon) -> bool {
    let from = before.char_indices().rev().nth(27).map_or(0, |(at, _)| at);
    let near = lexicon::lower_of_same_length(&before[from..]);
    let near = near.rsplit(['.', ',', ';', '，', '。', '、']).next().unwrap_or("");
    lexicon.kinds.iter().any(|(_, words)| lexicon::first(near, words).is_some())
}

fn is_near(gap: &str) -> bool {
    gap.chars().all(|c| {
        matches!(
            c,
            ' ' | '\u{a0}'
                | '"'
                | '“'
                | '”'
                | '„'
                | '«'
                | '»'
                | '\''
                | '’'
                | '‘'
                | '('
                | '「'
                | '」'
                | '『'
                | '』'
                | '-'
                | '‑'
        )
    })
}

fn is_of(lower: &str) -> bool {
    matches!(
        lower,
        "of" | "at"
            | "von"
            | "bei"
            | "der"
            | "des"
            | "de"
            | "du"
            | "d"
            | "chez"
            | "di"
            | "del"
            | "della"
            | "dell"
            | "do"
            | "da"
            | "van"
            | "bij"
            | "i"
            | "hos"
            | "på"
            | "for"
            | "w"
            | "в"
            | "у"
            | "của"
            | "dari"
    )
}

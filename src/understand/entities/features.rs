//! What speaks for a candidate being a company, and what against it, over all places where it stands.
//!
//! The reader and the training program use the same numbers: the weights in `data/entities.tsv` carry
//! a hash of their names.

use super::Spelling;
use super::candidates::{Part, bare};
use super::cues::Cues;
use super::evidence::List;
use super::words::{Script, Word, script};
use super::{Article, Candidate, GazetteerEntry};
use crate::source::Span;
use crate::understand::legal_forms;
use crate::understand::lexicon;

/// The features of a candidate with their names, in an order that never changes.
pub struct Features {
    list: Vec<(&'static str, f64)>,
}

impl Features {
    fn put(&mut self, name: &'static str, value: f64) {
        self.list.push((name, value));
    }

    fn flag(&mut self, name: &'static str, value: bool) {
        self.put(name, f64::from(u8::from(value)));
    }

    /// The names and values.
    #[must_use]
    pub fn list(&self) -> &[(&'static str, f64)] {
        &self.list
    }
}

/// What one place tells.
#[derive(Default)]
#[expect(clippy::struct_excessive_bools, reason = "each is one feature")]
struct Place {
    mid: bool,
    titled: bool,
    headline: bool,
    early: bool,
    possessive: bool,
    quoted: bool,
    title_before: bool,
    executive_before: bool,
    executive_of: bool,
    executive_behind: bool,
    firm_before: bool,
    firm_behind: bool,
    with_before: bool,
    preposition: bool,
    definite: bool,
    ticker: bool,
    brackets: bool,
    legal: bool,
    acts: bool,
    cued: bool,
    joined: bool,
    listed: bool,
    number_behind: bool,
    name_behind: bool,
    name_before: bool,
    compound: bool,
    seat_behind: bool,
    firm_near: bool,
    deal_before: bool,
    based: bool,
}

fn count(n: usize) -> f64 {
    f64::from(u32::try_from(n).unwrap_or(u32::MAX))
}

/// The features of one candidate of an article.
pub(super) fn features(candidate: &Candidate<'_>, article: &Article<'_>) -> Features {
    let mut out = Features { list: Vec::with_capacity(100) };
    let form = candidate.form.as_str();
    let lower = form.to_lowercase();
    let places: Vec<Place> = candidate
        .places
        .iter()
        .map(|(part, span)| place(candidate, *part, span, article))
        .collect();
    let n = places.len();
    let share = |told: fn(&Place) -> bool| {
        count(places.iter().filter(|p| told(p)).count()) / count(n.max(1))
    };
    let any = |told: fn(&Place) -> bool| places.iter().any(told);

    // How it is written.
    let kind = form.chars().find_map(script).unwrap_or(Script::Other);
    let words: Vec<&str> = lower.split([' ', '\u{a0}', '・']).filter(|w| !w.is_empty()).collect();
    let code = article.lexicon.code;
    let german = code == "de";
    let cyrillic = matches!(code, "ru" | "uk");
    let dense = matches!(code, "ja" | "zh" | "ko");
    out.flag("one", true);
    out.flag("german", german);
    out.flag("cyrillic", cyrillic);
    out.flag("han", kind == Script::Han);
    out.flag("katakana", kind == Script::Katakana);
    out.flag("hangul", kind == Script::Hangul);
    out.flag("latin in dense", dense && kind == Script::Cased);
    out.flag("one word", words.len() == 1);
    out.flag("two words", words.len() == 2);
    out.flag("four words", words.len() >= 4);
    let letters = form.chars().filter(|c| c.is_alphabetic()).count();
    let upper = kind == Script::Cased && !form.chars().any(char::is_lowercase) && letters > 0;
    out.flag("short", form.chars().count() <= 3);
    out.flag("two capitals", upper && letters <= 2);
    out.flag("capitals", upper && (3..=5).contains(&letters));
    out.flag("many capitals", upper && letters > 5);
    out.flag("inner capital", inner_capital(form));
    out.flag("small start", kind == Script::Cased && form.starts_with(char::is_lowercase));
    out.flag("digit", form.chars().any(|c| c.is_ascii_digit()));
    out.flag("hyphen", form.contains('-'));
    out.flag("ampersand", form.contains(['&', '+']));
    out.flag("domain", is_domain(&lower));
    out.flag("long", kind == Script::Han && form.chars().count() >= 6);

    // What lists say.
    let known = candidate.known.as_ref();
    let spelled =
        |wanted: Spelling| known.is_some_and(|k: &GazetteerEntry<'_>| k.spelling == wanted);
    out.flag("known", known.is_some());
    out.flag("known free", spelled(Spelling::Free));
    out.flag("known common", spelled(Spelling::Common));
    out.flag("known short", known.is_some() && form.chars().count() <= 3);
    out.flag(
        "known long",
        known.is_some() && (words.len() > 1 || dense && form.chars().count() > 3),
    );
    out.flag("known own", known.is_some_and(|known| known.own));
    out.flag("known mid", spelled(Spelling::Common) && any(|p| p.mid && !p.titled));
    out.flag("known brand", known.is_some_and(|known| known.brand));
    // In a text that is not about business an ordinary word is one, capital or not.
    let lonely =
        n == 1 && !any(|p| p.cued || p.joined || p.legal || p.firm_before || p.executive_of);
    out.flag("known common lonely", spelled(Spelling::Common) && lonely);
    out.flag("lonely", lonely);
    out.flag("no business", article.cued.iter().all(Vec::is_empty));
    out.flag("publisher", known.is_some_and(|known| known.media));
    let fold = &candidate.key;
    let exchange = List::Company.has(fold);
    out.flag("exchange", exchange && words.len() > 1);
    out.flag("exchange word", exchange && words.len() == 1);
    let is_word = |word: &str| List::Common(code).has(word) || List::Rarer(code).has(word);
    let single = words.len() == 1;
    out.flag("common", single && (List::Common(code).has(&lower)));
    out.flag("rarer", single && List::Rarer(code).has(&lower));
    out.flag(
        "english word",
        single && code != "en" && (List::Common("en").has(&lower) || List::Rarer("en").has(&lower)),
    );
    out.flag("small elsewhere", article.small.contains(&lower));
    out.flag("known small", known.is_some() && article.small.contains(&lower));
    let all_words =
        words.len() > 1 && words.iter().all(|w| is_word(w) || article.small.contains(*w));
    out.flag("all words", all_words);
    out.flag("first is word", words.len() > 1 && is_word(words[0]));
    out.flag(
        "last is word",
        words.len() > 1
            && is_word(words[words.len() - 1])
            && !article.cues.parts.has(words[words.len() - 1]),
    );
    let novel = single
        && !is_word(&lower)
        && !List::Common("en").has(&lower)
        && !List::Rarer("en").has(&lower)
        && !List::Given.has(&lower)
        && !List::Family.has(&lower)
        && !List::Place.has(&lower)
        && !is_compound(&lower, code);
    let inside = places.iter().any(|p| p.mid && !p.titled);
    out.flag("novel", novel && !upper);
    out.flag("novel inside", novel && inside && !upper);
    out.flag("novel again", novel && inside && !upper && n > 1);
    out.flag("compound word", single && is_compound(&lower, code));
    let english = |w: &str| List::Common("en").has(w) || List::Rarer("en").has(w);
    out.flag(
        "english words",
        code != "en"
            && words.len() > 1
            && words.iter().filter(|w| english(w)).count() * 2 >= words.len()
            && !words.iter().all(|w| is_word(w)),
    );
    out.flag(
        "novel first",
        words.len() > 1
            && !is_word(words[0])
            && !List::Given.has(words[0])
            && !List::Place.has(words[0]),
    );
    let is_place = List::Place.has(&lower) || article.cues.countries.has(&lower);
    out.flag("place", is_place);
    out.flag("known place", is_place && known.is_some());
    let place_word = words.len() > 1 && words.iter().any(|w| List::Place.has(w) && !is_word(w));
    out.flag("place inside", place_word);
    let last = words.last().copied().unwrap_or("");
    let given = words.first().is_some_and(|w| List::Given.has(w));
    let family = List::Family.has(last);
    let inside_part = words.iter().any(|w| article.cues.parts.has(w))
        || article.cues.parts.suffix(form).is_some();
    let person_like = words.len() > 1 && words.len() < 4 && given && !inside_part;
    out.flag("given and family", person_like && family);
    out.flag("given first", person_like && !family);
    out.flag("known given", known.is_some() && person_like);
    out.flag("given alone", single && List::Given.has(&lower));
    out.flag("family alone", single && List::Family.has(&lower));
    out.flag("family last", words.len() > 1 && !given && family && !inside_part);
    out.flag("surname", article.surnames.contains(&lower));
    out.flag("known surname", known.is_some() && article.surnames.contains(&lower));

    // Words in the name.
    out.flag("company word", inside_part && (words.len() > 1 || dense));
    out.flag("company word only", inside_part && single && !dense);
    out.flag("company word last", words.len() > 1 && article.cues.parts.has(last));
    let institution = words.iter().any(|w| article.cues.institutions.has(w))
        || article.cues.institutions.suffix(form).is_some();
    out.flag("institution", institution);
    out.flag("known institution", institution && known.is_some());
    out.flag("company institution", institution && inside_part);
    out.flag("contains known", candidate.contains.is_some());
    out.flag("known and company word", candidate.contains.is_some() && inside_part);
    out.flag("inside longer", candidate.nested > 0);
    out.put("share inside longer", count(candidate.nested) / count((candidate.nested + n).max(1)));
    out.flag("ends longer", candidate.ends_longer);

    // Where it stands.
    let mids = places.iter().filter(|p| p.mid && !p.titled).count();
    out.put("times", count(n.min(20)).ln_1p());
    out.flag("once", n == 1);
    out.flag("twice", n == 2);
    out.put("share of names", count(n) / count(article.most.max(1)));
    out.flag("never inside", mids == 0);
    out.flag("never inside, german", mids == 0 && german);
    out.flag("headline", any(|p| p.headline));
    out.flag("headline and body", any(|p| p.headline) && any(|p| !p.headline));
    out.flag("early", any(|p| p.early));
    out.flag("possessive", any(|p| p.possessive));
    out.flag("quoted", share(|p| p.quoted) > 0.5);
    out.flag("quoted cyrillic", cyrillic && any(|p| p.quoted));
    out.flag("quoted dense", dense && any(|p| p.quoted));
    out.put("title before", share(|p| p.title_before));
    out.put("executive before", share(|p| p.executive_before));
    out.flag("executive of", any(|p| p.executive_of));
    out.flag("executive behind", any(|p| p.executive_behind));
    out.flag("firm before", any(|p| p.firm_before));
    out.put("share firm before", share(|p| p.firm_before));
    out.flag("firm behind", any(|p| p.firm_behind));
    out.flag("with before", any(|p| p.with_before));
    out.put("place before", share(|p| p.preposition));
    out.flag("only places", share(|p| p.preposition) > 0.9);
    out.put("definite", share(|p| p.definite));
    out.put("definite german", if german { share(|p| p.definite) } else { 0.0 });
    out.flag("ticker", any(|p| p.ticker));
    out.flag("brackets", any(|p| p.brackets));
    out.flag("legal form", any(|p| p.legal));
    out.put("acts", share(|p| p.acts));
    out.flag("acts anywhere", any(|p| p.acts));
    out.put("cued", share(|p| p.cued));
    out.flag("cued anywhere", any(|p| p.cued));
    out.flag("joined to known", any(|p| p.joined));
    out.put("listed", share(|p| p.listed));
    out.put("number behind", share(|p| p.number_behind));
    out.put("name behind", share(|p| p.name_behind));
    out.put("name before", share(|p| p.name_before));
    out.put("compound", share(|p| p.compound));
    out.flag("compound anywhere", any(|p| p.compound));
    out.put("comma and place", share(|p| p.seat_behind));
    out.flag("firm near", any(|p| p.firm_near));
    out.put("share firm near", share(|p| p.firm_near));
    out.flag("deal before", any(|p| p.deal_before));
    out.put("share deal before", share(|p| p.deal_before));
    out.flag("based", any(|p| p.based));
    out.flag("abbreviated", candidate.abbreviated);
    out.put("known unknowns", if known.is_none() { count(article.known).ln_1p() } else { 0.0 });
    out
}

/// Whether a word is put together from two others, as Germanic languages do.
fn is_compound(lower: &str, code: &str) -> bool {
    let is_word = |word: &str| List::Common(code).has(word) || List::Rarer(code).has(word);
    matches!(code, "de" | "nl" | "da" | "no" | "sv")
        && lower.char_indices().skip(3).any(|(at, _)| {
            let (head, tail) = lower.split_at(at);
            let head = head.trim_end_matches('-');
            tail.chars().count() > 3
                && is_word(tail)
                && (is_word(head)
                    || head.strip_suffix('s').is_some_and(is_word)
                    || head.strip_suffix("en").is_some_and(is_word)
                    || head.strip_suffix('n').is_some_and(is_word))
        })
}

fn inner_capital(form: &str) -> bool {
    form.split(' ').any(|word| {
        let mut small = false;
        word.chars().any(|c| {
            let found = small && c.is_uppercase();
            small = c.is_lowercase();
            found
        })
    })
}

fn is_domain(lower: &str) -> bool {
    lower.rsplit_once('.').is_some_and(|(head, end)| {
        head.len() > 1
            && (2..=4).contains(&end.len())
            && end.chars().all(|c| c.is_ascii_lowercase())
            && !lower.contains(' ')
    })
}

fn place(candidate: &Candidate<'_>, number: usize, span: &Span, article: &Article<'_>) -> Place {
    let part: &Part<'_> = &article.parts[number];
    let cues: &Cues = article.cues;
    let german = article.lexicon.code == "de";
    let range = part.inside(span);
    let (before, after) =
        (&part.words[..range.start], &part.words[range.end.min(part.words.len())..]);
    let (text_before, text_after) = (&part.text[..span.start], &part.text[span.end..]);
    let near_before = before.last().is_some_and(|w| is_near(&part.text[w.span.end..span.start]));
    let tail = text_after.trim_start_matches(['\'', '’']);
    let near_after = after
        .first()
        .is_some_and(|w| w.span.start >= span.end && is_near(&part.text[span.end..w.span.start]));
    let empty: &[Word<'_>] = &[];
    let prev = if near_before { before } else { empty };
    let next = if near_after { after } else { empty };
    let first = part.words.get(range.start);
    let german_compound = text_after.starts_with(['-', '‑', '‐']);
    let with_article = prev.last().is_some_and(|w| cues.definite.has(&w.lower));
    let back = if with_article { &prev[..prev.len() - 1] } else { prev };
    let text_back = back.last().map_or(text_before, |w| &part.text[..w.span.end]);
    let of = prev.last().is_some_and(|w| is_of(&w.lower));
    let behind_of = if of {
        let at = prev.len() - 1;
        let at = if at > 0 && cues.definite.has(&prev[at - 1].lower) { at - 1 } else { at };
        &prev[..at]
    } else {
        empty
    };
    let bracket = text_after.trim_start().starts_with(['(', '（']);
    let bracket_text: &str = if bracket {
        let rest = text_after.trim_start();
        let end = rest.find([')', '）']).unwrap_or(0).min(rest.len());
        &rest[..end]
    } else {
        ""
    };
    let ticker = bracket_text.contains([':', '：']) && bracket_text.len() < 40
        || [".HK", ".KS", ".T", "股票代码", "股票代碼", ".SZ", ".SH"]
            .iter()
            .any(|t| bracket_text.contains(t));
    let comma = text_after.starts_with([',', '，', '、']);
    let apposition = comma && {
        let words = &after[..after.len().min(7)];
        words.iter().take(6).any(|w| cues.firms.has(&w.lower))
            && words
                .first()
                .is_some_and(|w| cues.definite.has(&w.lower) || cues.firms.has(&w.lower))
    };
    let others = article.neighbours(number, span);
    let phrase = phrase_before(part, range.start);
    let mut apart = phrase.iter().rev().take_while(|w| german || !w.is_capital());
    let firm_near = apart.any(|w| cues.is_firm(&w.lower));
    // `le fabricant suédois de batteries Nordlund`: there the adjectives stand between.
    let follows = matches!(
        article.lexicon.code,
        "fr" | "es" | "it" | "pt" | "id" | "ms" | "vi" | "pl" | "ru" | "uk"
    );
    Place {
        firm_near,
        deal_before: is_deal(text_before, article.lexicon),
        based: phrase.iter().any(|w| is_based(&w.lower)),
        mid: first.is_none_or(|w| !w.opens),
        titled: part.titled,
        headline: number == 0 && article.has_title,
        early: number <= 1,
        possessive: text_after.starts_with(['\'', '’']) && tail.len() < text_after.len(),
        quoted: text_before.ends_with(['«', '„', '“', '"', '「', '『', '《', '”'])
            && text_after.starts_with(['»', '“', '”', '"', '」', '』', '》']),
        title_before: cues.titles.ends(text_before, prev),
        executive_before: cues.executives.ends(text_before, prev),
        executive_of: of && cues.executives.ends("", behind_of)
            || with_article && cues.executives.ends("", back),
        executive_behind: cues.executives.begins(text_after, next)
            || german_compound && after.first().is_some_and(|w| cues.executives.has(&w.lower))
            || compound_tail(part, span, candidate).is_some_and(|tail| cues.executives.has(&tail)),
        firm_before: firm_near && follows
            || cues.firms.ends(text_back, back)
            || back.last().is_some_and(|w| cues.is_firm(&w.lower))
            || comma_firm(text_before, before, cues),
        firm_behind: apposition
            || cues.firms.begins(text_after, next)
            || compound_tail(part, span, candidate)
                .is_some_and(|tail| cues.firms.has(&tail) || lexicon::is_german_trade(&tail)),
        with_before: cues.with.ends(text_back, back)
            || with_suffix(text_after, article.lexicon.code, cues),
        preposition: cues.places_before.ends(text_before, prev),
        definite: with_article,
        ticker,
        brackets: bracket && !ticker,
        legal: legal_forms::behind(text_after).is_some()
            || legal_forms::before(text_before).is_some(),
        acts: (1..=3).any(|n| {
            next.get(n - 1).is_some_and(|w| cues.acts.begins("", std::slice::from_ref(w)))
        }) || cues.acts.begins(text_after, next),
        cued: article.is_cued(number, span),
        joined: others.joined,
        listed: others.listed,
        number_behind: next
            .first()
            .is_some_and(|w| w.text.starts_with(|c: char| c.is_ascii_digit())),
        name_behind: next
            .first()
            .is_some_and(|w| w.is_capital() && w.joined && w.span.start > span.end)
            && !part.titled,
        name_before: prev.last().is_some_and(|w| w.is_capital() && !w.opens)
            && first.is_some_and(|w| w.joined)
            && !part.titled,
        compound: german_compound || compound_tail(part, span, candidate).is_some(),
        seat_behind: text_after.starts_with(", ")
            && after.first().is_some_and(|w| List::Place.has(&w.lower) && w.is_capital()),
    }
}

/// The rest of the word that a name begins: `Konzern` of `Linde-Konzern`.
fn compound_tail(part: &Part<'_>, span: &Span, _: &Candidate<'_>) -> Option<String> {
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

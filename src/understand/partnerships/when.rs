//! What happened to a partnership, and when.

use super::thresholds::{
    ANNOUNCED_DAY_BYTES, EARLIER_DAYS, EXTENDED_BYTES, SINCE_BEFORE_CHARACTERS,
    SINCE_BEHIND_CHARACTERS, SPAN_BYTES, YEARS,
};
use crate::model::{Claim, Event, PartialDate};
use crate::source::Span;
use crate::understand::dates;
use crate::understand::lexicon::{self, Lexicon};

/// What a clause in lower case reports; news is announced, everything else only told in passing. What
/// its sentence leaves to unnamed sources, or to talks, may come or not.
pub(super) fn event(lower: &str, sentence: &str, lexicon: &Lexicon, news: bool) -> Event {
    let is_hedged = lexicon.find("hedge", &sentence.to_lowercase()).is_some();
    match reported(lower, lexicon, news) {
        Event::Announced | Event::Mentioned if is_hedged => Event::Rumoured,
        Event::Ended | Event::Extended if is_hedged => Event::Mentioned,
        event => event,
    }
}

fn reported(lower: &str, lexicon: &Lexicon, news: bool) -> Event {
    let first = |wanted: Event| {
        let words = lexicon.events.iter().find(|(event, _)| *event == wanted)?;
        lexicon::first(lower, &words.1).map(|hit| hit.0)
    };
    // `reinforced its offer` extends nothing: the word for a relation stands near.
    let extended = first(Event::Extended).filter(|at| {
        let kinds = lexicon.kinds.iter().filter_map(|(_, words)| lexicon::first(lower, words));
        kinds.map(|(cue, _)| cue).any(|cue| cue.abs_diff(*at) <= EXTENDED_BYTES)
    });
    match (first(Event::Ended), extended) {
        (Some(ended), Some(extended)) if extended < ended => Event::Extended,
        (Some(_), _) => Event::Ended,
        (None, Some(_)) => Event::Extended,
        (None, None) if news && first(Event::Announced).is_some() => Event::Announced,
        (None, None) => Event::Mentioned,
    }
}

/// Sets the dates: the article's day for its news, the days and years told for what it recalls.
pub(super) fn set(
    claim: &mut Claim,
    sentence: &str,
    lexicon: &Lexicon,
    published: Option<PartialDate>,
    news: bool,
) {
    let mut stated: Vec<PartialDate> =
        dates::dates(sentence, lexicon).into_iter().map(|found| found.date).collect();
    if matches!(claim.event, Event::Announced | Event::Signed | Event::Launched) {
        claim.date = published;
        return;
    }
    // What lies ahead of the article began in no such year.
    let past = |year: &i16| published.is_none_or(|date| *year <= date.year());
    let mut years: Vec<i16> = years(sentence).map(|(_, year)| year).filter(past).collect();
    // The day on which it was announced is not the one on which it ended.
    if let Some(day) = announced_before(claim.event, sentence, lexicon, published) {
        stated.retain(|date| *date != day);
        years.retain(|year| *year != day.year());
    }
    years.sort_unstable();
    years.dedup();
    let year = |year: i16| PartialDate::new(year, None, None);
    match (&stated[..], &years[..]) {
        ([date], _) => claim.date = Some(*date),
        (_, [first, last]) if is_span(sentence, *first, *last) => {
            (claim.start, claim.end) = (year(*first), year(*last));
        }
        (_, [only]) if claim.event == Event::Mentioned && is_since(sentence, *only, lexicon) => {
            claim.start = year(*only);
        }
        _ if news => claim.date = published,
        _ => {}
    }
}

/// The day or year, long before the article, on which a sentence says that what has ended or goes on was
/// announced: it stands beside a word for that.
pub(super) fn announced_before(
    event: Event,
    sentence: &str,
    lexicon: &Lexicon,
    published: Option<PartialDate>,
) -> Option<PartialDate> {
    if !matches!(event, Event::Ended | Event::Extended) {
        return None;
    }
    let latest = published?.first_day() - EARLIER_DAYS;
    let lower = lexicon::lower_of_same_length(sentence);
    let cues = lexicon.events.iter().flat_map(|(event, words)| {
        words.begun(&lower).map(move |(at, word)| (at..at + word.len(), *event))
    });
    let cues: Vec<(Span, Event)> = cues.collect();
    let days = dates::dates(sentence, lexicon).into_iter().map(|found| (found.span, found.date));
    let mut days: Vec<_> = days.collect();
    for (at, year) in years(sentence) {
        if !days.iter().any(|(span, _)| span.contains(&at)) {
            days.extend(PartialDate::new(year, None, None).map(|date| (at..at + 4, date)));
        }
    }
    // A day is that of the nearest event.
    let is_announced = |span: &Span| {
        let gap =
            |cue: &Span| cue.start.saturating_sub(span.end).max(span.start.saturating_sub(cue.end));
        let nearest = cues.iter().min_by_key(|(cue, _)| gap(cue));
        nearest.is_some_and(|(cue, event)| {
            *event == Event::Announced && gap(cue) <= ANNOUNCED_DAY_BYTES
        })
    };
    let beside = |(span, date): &(Span, PartialDate)| {
        (date.first_day() < latest && is_announced(span)).then_some(*date)
    };
    days.iter().find_map(beside)
}

/// The year of four digits, by themselves, that begins at a place of a text.
fn year_at(text: &str, at: usize) -> Option<i16> {
    let is_digit = |c: char| c.is_ascii_digit();
    let digits = text.get(at..at + 4).filter(|digits| digits.chars().all(is_digit))?;
    let is_alone = !text[..at].ends_with(is_digit) && !text[at + 4..].starts_with(is_digit);
    digits.parse().ok().filter(|year| is_alone && YEARS.contains(year))
}

/// Whether two years are written as a span: `2016 to 2021`, `2016年至2021年`.
fn is_span(sentence: &str, first: i16, last: i16) -> bool {
    let at = |year: i16| sentence.find(&year.to_string());
    at(first).zip(at(last)).is_some_and(|(from, to)| to > from && to - from <= 4 + SPAN_BYTES)
}

/// Whether a word for `since` stands right before or behind a year.
fn is_since(sentence: &str, year: i16, lexicon: &Lexicon) -> bool {
    let Some(at) = sentence.find(&year.to_string()) else { return false };
    let lower = sentence[..at].to_lowercase();
    let before: String = lower
        .chars()
        .rev()
        .take(SINCE_BEFORE_CHARACTERS)
        .collect::<Vec<_>>()
        .into_iter()
        .rev()
        .collect();
    let after: String = sentence[at + 4..]
        .chars()
        .take(SINCE_BEHIND_CHARACTERS)
        .flat_map(char::to_lowercase)
        .collect();
    lexicon.find("since", &before).is_some() || lexicon.find("since", &after).is_some()
}

/// Four-digit years, by themselves, each with its place.
fn years(sentence: &str) -> impl Iterator<Item = (usize, i16)> {
    let places = sentence.match_indices(|c: char| c.is_ascii_digit()).map(|(at, _)| at);
    places.filter_map(move |at| Some((at, year_at(sentence, at)?)))
}

//! What happened to a partnership, and when.

use crate::model::{Claim, Event, PartialDate};
use crate::understand::dates;
use crate::understand::lexicon::{self, Lexicon};

/// What a clause in lower case reports; news is announced, everything else only told in passing.
pub(super) fn event(lower: &str, lexicon: &Lexicon, news: bool) -> Event {
    let first = |wanted: Event| {
        let words = lexicon.events.iter().find(|(event, _)| *event == wanted)?;
        lexicon::first(lower, &words.1).map(|hit| hit.0)
    };
    match (first(Event::Ended), first(Event::Extended)) {
        (Some(ended), Some(extended)) if extended < ended => Event::Extended,
        (Some(_), _) => Event::Ended,
        (None, Some(_)) => Event::Extended,
        (None, None) if news && first(Event::Announced).is_some() => Event::Announced,
        (None, None) => Event::Mentioned,
    }
}

/// Sets the dates: the article's day for what it announces, the years told for what it recalls.
pub(super) fn set(
    claim: &mut Claim,
    sentence: &str,
    lexicon: &Lexicon,
    published: Option<PartialDate>,
) {
    let stated: Vec<PartialDate> =
        dates::dates(sentence, lexicon).into_iter().map(|found| found.date).collect();
    match claim.event {
        Event::Announced | Event::Signed | Event::Launched => claim.date = published,
        Event::Extended | Event::Ended | Event::Mentioned => {
            // What lies ahead of the article began at no such year.
            let past = |year: &i16| published.is_none_or(|date| *year <= date.year());
            let mut years: Vec<i16> = years(sentence).into_iter().filter(past).collect();
            years.sort_unstable();
            years.dedup();
            match (&stated[..], &years[..]) {
                ([date], _) => claim.date = Some(*date),
                (_, [first, last]) => {
                    claim.start = PartialDate::new(*first, None, None);
                    claim.end = PartialDate::new(*last, None, None);
                }
                (_, [year]) if claim.event == Event::Mentioned => {
                    claim.start = PartialDate::new(*year, None, None);
                }
                _ => {}
            }
        }
        Event::Rumoured | Event::Denied => {}
    }
}

/// Four-digit years, by themselves.
fn years(sentence: &str) -> Vec<i16> {
    sentence
        .split(|c: char| !c.is_ascii_digit())
        .filter(|digits| digits.len() == 4)
        .filter_map(|digits| digits.parse().ok())
        .filter(|year| (1950..=2040).contains(year))
        .collect()
}

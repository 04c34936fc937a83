//! The day on which a page was published.

use super::headline::words;
use super::metadata::{Metadata, clean};
use crate::model::{DateBasis, PartialDate};
use crate::understand::dates;
use crate::understand::lexicon::{self, Lexicon};
use dom_query::{Document, Matcher, NodeRef, Selection};
use std::sync::LazyLock;

/// What stands on a page beside its article and has days of its own: comments, other articles,
/// quoted posts.
const OTHERS: &str = "aside, nav, footer, blockquote, [class*=comment], [id*=comment], \
    [class*=related], [class*=Related], [class*=teaser], [class*=Teaser], [class*=recommend], \
    [class*=sidebar], [class*=Sidebar], [id*=sidebar], [class*=listItem], \
    [class*=list-item], [class*=most-read], [class*=latest], [class*=popular]";

/// The day of publication: of the metadata, of what readers see, or of the address.
pub(super) fn day(
    meta: &Metadata,
    document: &Document,
    title: Option<&str>,
    address: Option<&str>,
    lexicon: &Lexicon,
) -> Option<(PartialDate, DateBasis)> {
    let stated = meta.dates.first().copied();
    let shown = || {
        day_by_headline(document, title.unwrap_or_default(), lexicon)
            .or_else(|| marked_day(document, lexicon))
            .or_else(|| told_day(document, lexicon))
            .or_else(|| shown_day(document, lexicon))
    };
    let vague = || meta.vague_dates.first().copied();
    stated
        .map(|date| (date, DateBasis::Stated))
        .or_else(|| Some((shown()?, DateBasis::Byline)))
        .or_else(|| Some((vague()?, DateBasis::Stated)))
        .or_else(|| Some((scripted_day(document)?, DateBasis::Byline)))
        .or_else(|| Some((address.and_then(address_day)?, DateBasis::Inferred)))
}

/// The day in a script that is no JSON-LD: `"datePublished": "2022-05-23T..."`.
fn scripted_day(document: &Document) -> Option<PartialDate> {
    document.select("script").iter().find_map(|node| keyed_day(&node.text()))
}

/// The day behind a key that by its name holds it, in a script or in JSON that has errors.
pub(super) fn keyed_day(text: &str) -> Option<PartialDate> {
    const KEYS: [&str; 6] =
        ["datePublished", "publishDate", "publish_date", "publishedAt", "published_at", "pubDate"];
    KEYS.iter().find_map(|key| {
        let at = text.find(&format!("{key}\""))? + key.len() + 1;
        let rest = text[at..].trim_start_matches([':', ' ', '"']);
        iso_day(&rest.chars().take(40).collect::<String>())
    })
}

/// Whether an element is part of something else than the article, which has no main heading.
fn is_other(node: &NodeRef<'_>) -> bool {
    static OTHER: LazyLock<Matcher> =
        LazyLock::new(|| Matcher::new(OTHERS).expect("the selector is valid"));
    let around = node.ancestors_it(None);
    let inner = around.take_while(|node| !node.has_name("body") && !node.has_name("html"));
    std::iter::once(*node)
        .chain(inner)
        .any(|node| node.is_match(&OTHER) && Selection::from(node).select("h1").is_empty())
}

/// The day an element holds, in its attributes or in a short text of at most `longest` characters.
fn day_of(node: &NodeRef<'_>, longest: usize, lexicon: &Lexicon) -> Option<PartialDate> {
    let text = clean(&node.text());
    let updated = lexicon.find("updated", &text.to_lowercase()).is_some_and(|hit| hit.0 < 12);
    if updated {
        return None;
    }
    let stamp = node.attr("datetime").or_else(|| node.attr("content"));
    let written = || {
        let short = text.chars().count() <= longest;
        short.then(|| dates::dates(&text, lexicon).into_iter().next()).flatten()
    };
    stamp
        .and_then(|text| iso_day(&text))
        .or_else(|| written().map(|found| found.date))
        .filter(|date| date.day_of_month().is_some())
}

/// The day in an element that is marked as holding it.
fn marked_day(document: &Document, lexicon: &Lexicon) -> Option<PartialDate> {
    let marked = document.select("[itemprop=datePublished], time[pubdate]");
    let own = marked.nodes().iter().filter(|node| !is_other(node));
    own.chain(marked.nodes()).find_map(|node| day_of(node, 160, lexicon))
}

/// The first day in a short text around the headline.
fn day_by_headline(document: &Document, title: &str, lexicon: &Lexicon) -> Option<PartialDate> {
    let title = words(title);
    let headings = document.select("h1, h2, h3, h4, [class*=title], [class*=headline]");
    let heading = headings.nodes().iter().find(|node| words(&clean(&node.text())) == title)?;
    let own = clean(&heading.text());
    // A headline may hold the day of what it tells of.
    let apart = |node: &&NodeRef<'_>| {
        let text = clean(&node.text());
        text.is_empty() || !own.contains(&text) && !text.contains(&own)
    };
    let around = heading.ancestors_it(Some(4)).take_while(|node| !node.has_name("body"));
    around.into_iter().find_map(|node| {
        let inner =
            Selection::from(node).select("time, p, span, div, li, dd, td, small, em, h5, h6, a");
        let near = inner.nodes().iter().take(25).filter(apart).filter(|node| !is_other(node));
        near.into_iter().find_map(|node| day_of(node, 40, lexicon))
    })
}

/// The day in a short text that says it is that of publication: `Published: 4 February 2022`.
fn told_day(document: &Document, lexicon: &Lexicon) -> Option<PartialDate> {
    let texts = document.select("p, span, div, li, dd, td, time, small, em");
    texts.nodes().iter().filter(|node| !is_other(node)).find_map(|node| {
        let text = node.text();
        if text.len() > 400 {
            return None;
        }
        let text = clean(&text);
        let lower = text.to_lowercase();
        lexicon.begins("published", &lower).filter(|_| text.chars().count() < 90)?;
        let found = dates::dates(&text, lexicon).into_iter().next()?;
        found.date.day_of_month().is_some().then_some(found.date)
    })
}

/// The first day in an element that by its name holds one.
fn shown_day(document: &Document, lexicon: &Lexicon) -> Option<PartialDate> {
    let places = [
        "[class*=publication] time[datetime], [class*=publish] time[datetime]",
        "article time[datetime], main time[datetime], header time[datetime]",
        "time[datetime], relative-time[datetime]",
        "[class*=publish], [class*=Publish], [id*=publish], [class*=posted], [class*=entry-date], \
         [class*=post-date], [class*=article-date], [class*=articleDate], [class*=dateline]",
        "[class*=date], [id*=date], [class*=Date], [class*=datum], [class*=fecha], [class*=time], [class*=byline], [class*=meta], [class*=info]",
    ];
    for place in places {
        let nodes = document.select(place);
        let own = nodes.nodes().iter().filter(|node| !is_other(node)).take(40);
        if let Some(date) = own.into_iter().find_map(|node| day_of(node, 160, lexicon)) {
            return Some(date);
        }
    }
    None
}

/// `/2021/05/23/`, `/20210523/`, `2021-05-23`
fn address_day(address: &str) -> Option<PartialDate> {
    let path = address.split_once("://").map_or(address, |(_, rest)| rest);
    let numbers: Vec<&str> =
        path.split(|c: char| !c.is_ascii_digit()).filter(|n| !n.is_empty()).collect();
    numbers
        .windows(3)
        .filter(|three| three[0].len() == 4 && three[1].len() <= 2 && three[2].len() <= 2)
        .find_map(|three| {
            let year: i16 = three[0].parse().ok().filter(|year| (1990..2100).contains(year))?;
            PartialDate::day(year, three[1].parse().ok()?, three[2].parse().ok()?)
        })
        .or_else(|| {
            numbers.iter().filter(|n| n.len() == 8).find_map(|n| {
                let year: i16 = n[..4].parse().ok().filter(|year| (1990..2100).contains(year))?;
                PartialDate::day(year, n[4..6].parse().ok()?, n[6..].parse().ok()?)
            })
        })
}

/// The day of a time stamp as it is written, in its own zone.
pub(super) fn iso_day(text: &str) -> Option<PartialDate> {
    let text = text.trim();
    let day = text.get(..10)?;
    let day = day.replace('/', "-");
    if let Ok(date) = day.parse::<PartialDate>() {
        return date.day_of_month().is_some().then_some(date);
    }
    if text.len() >= 8 && text.as_bytes()[..8].iter().all(u8::is_ascii_digit) {
        return PartialDate::day(
            text[..4].parse().ok()?,
            text[4..6].parse().ok()?,
            text[6..8].parse().ok()?,
        );
    }
    let found = dates::dates(text, lexicon::of("en")).into_iter().next()?;
    found.date.day_of_month().is_some().then_some(found.date)
}

//! The day on which a page was published.

use super::facts::Metadata;
use super::phrases::{clean, words};
use super::timestamps::{Timestamp, iso_day, keyed_stamp, worded_day};
use super::with_ancestors;
use crate::import::thresholds::{
    ADDRESS_YEARS, DAY_CHARACTERS, DAY_PLACES, LINK_LEAD_BYTES, NEAR_DAY_CHARACTERS,
    NEAR_DAY_ELEMENTS, NEAR_DAY_PLACES, TEXT_CHARACTERS, TOLD_DAY_BYTES, TOLD_DAY_CHARACTERS,
    UPDATE_CUE_BYTES,
};
use crate::model::{Certainty, DateBasis, PartialDate};
use crate::understand::dates;
use crate::understand::lexicon::Lexicon;
use dom_query::{Document, Matcher, NodeRef, Selection};
use std::sync::LazyLock;

/// What stands on a page beside its article and has days of its own: comments, other articles,
/// quoted posts.
const OTHERS: &str = "aside, nav, footer, blockquote, [class*=comment], [id*=comment], \
    [class*=related], [class*=Related], [class*=teaser], [class*=Teaser], [class*=recommend], \
    [class*=sidebar], [class*=Sidebar], [id*=sidebar], [class*=listItem], \
    [class*=list-item], [class*=most-read], [class*=latest], [class*=popular], [class*=current-time], [class*=clock]";

/// The day of publication: of the metadata, of what readers see, or of the address.
pub(super) fn day(
    meta: &Metadata,
    document: &Document,
    title: Option<&str>,
    address: Option<&str>,
    lexicon: &Lexicon,
) -> Option<(PartialDate, DateBasis)> {
    let title = title.unwrap_or_default();
    let stated = stated(meta, address, || day_by_headline(document, title, lexicon, written_day));
    // An address that holds a month tells which of the days a page shows is not its own.
    let month = address.and_then(address_month);
    let own = |date: &PartialDate| month.is_none_or(|month| (date.year(), date.month()) == month);
    let shown = || {
        let near = || day_by_headline(document, title, lexicon, day_of);
        let titled = meta.titles.iter().find_map(|title| title_day(title, lexicon));
        titled
            .or_else(|| near().filter(own))
            .or_else(|| linked_day(document, address?, lexicon))
            .or_else(|| marked_day(document, lexicon).filter(own))
            .or_else(|| told_day(document, lexicon).filter(own))
            .or_else(|| shown_day(document, lexicon).filter(own))
            .or_else(|| only_day(document, lexicon).filter(own))
    };
    // One that is later than an update is of a later change.
    let vague = || {
        let vague = meta.vague_dates.first().copied()?;
        let update = updated_day(document, lexicon);
        update.is_none_or(|day| day.first_day() >= vague.first_day()).then_some(vague)
    };
    stated
        .map(|date| (date, DateBasis::Stated))
        .or_else(|| Some((shown()?, DateBasis::Byline)))
        .or_else(|| Some((vague()?, DateBasis::Stated)))
        .or_else(|| Some((scripted_day(document)?, DateBasis::Byline)))
        .or_else(|| {
            let named = address.and_then(address_day).or_else(|| body_day(document));
            Some((named?, DateBasis::Inferred))
        })
}

/// The day of the last change, where a page tells no other: that of publication in doubt, as it may be earlier.
pub(super) fn day_of_change(
    document: &Document,
    lexicon: &Lexicon,
) -> Option<(PartialDate, DateBasis)> {
    let changed = updated_day(document, lexicon)?;
    Some((changed.with_certainty(Certainty::Uncertain), DateBasis::Inferred))
}

/// The day that the metadata state. Where it is in universal time, the same moment may be told in the
/// zone of the paper as well, or in the address, and be of the day before or behind it; what readers see
/// beside the headline decides.
fn stated(
    meta: &Metadata,
    address: Option<&str>,
    shown: impl Fn() -> Option<PartialDate>,
) -> Option<PartialDate> {
    let first = meta.dates.first()?;
    let same = |stamp: &&Timestamp| !stamp.universal && stamp.minute == first.minute;
    let others = meta.dates.iter().filter(same).map(|stamp| stamp.date);
    let told = others.chain(address.and_then(path_day)).find(|date| is_near(*date, first.date));
    let told = told.filter(|date| first.universal && *date != first.date);
    Some(told.filter(|_| shown() != Some(first.date)).unwrap_or(first.date))
}

/// Whether two days are the same or follow each other.
fn is_near(one: PartialDate, other: PartialDate) -> bool {
    one.first_day().abs_diff(other.first_day()) <= 1
}

/// The day in a script that is no JSON-LD: `"datePublished": "2022-05-23T..."`.
fn scripted_day(document: &Document) -> Option<PartialDate> {
    document.select("script").iter().find_map(|node| keyed_stamp(&node.text())).map(|s| s.date)
}

/// Whether an element is part of something else than the article, which has no main heading.
fn is_other(node: &NodeRef<'_>) -> bool {
    static OTHER: LazyLock<Matcher> =
        LazyLock::new(|| Matcher::new(OTHERS).expect("the selector is valid"));
    with_ancestors(node)
        .any(|node| node.is_match(&OTHER) && Selection::from(node).select("h1").is_empty())
}

/// The day an element holds, in its attributes or in a short text of at most `longest` characters.
fn day_of(node: &NodeRef<'_>, longest: usize, lexicon: &Lexicon) -> Option<PartialDate> {
    if is_update(&clean(&node.text()), lexicon) {
        return None;
    }
    let stamp = node.attr("datetime").or_else(|| node.attr("content"));
    let stamp = stamp.or_else(|| node.attr("title").filter(|_| node.has_name("abbr")));
    stamp
        .and_then(|text| iso_day(&text))
        .filter(|date| date.day_of_month().is_some())
        .or_else(|| written_day(node, longest, lexicon))
}

/// The day that readers see in an element with a short text.
fn written_day(node: &NodeRef<'_>, longest: usize, lexicon: &Lexicon) -> Option<PartialDate> {
    let text = clean(&node.text());
    if text.chars().count() > longest || is_update(&text, lexicon) {
        return None;
    }
    let found = dates::dates(&text, lexicon).into_iter().next().map(|found| found.date);
    found.or_else(|| worded_day(&text)).filter(|date| date.day_of_month().is_some())
}

pub(super) fn is_update(text: &str, lexicon: &Lexicon) -> bool {
    lexicon.find("updated", &text.to_lowercase()).is_some_and(|hit| hit.0 < UPDATE_CUE_BYTES)
}

/// Reads the day of an element whose text has at most so many characters.
type Reader = fn(&NodeRef<'_>, usize, &Lexicon) -> Option<PartialDate>;

/// The day in an element that is marked as holding it.
fn marked_day(document: &Document, lexicon: &Lexicon) -> Option<PartialDate> {
    let marked = document.select("[itemprop=datePublished], time[pubdate]");
    let own = marked.nodes().iter().filter(|node| !is_other(node));
    own.chain(marked.nodes()).find_map(|node| day_of(node, DAY_CHARACTERS, lexicon))
}

/// The first day in a short text around the headline.
fn day_by_headline(
    document: &Document,
    title: &str,
    lexicon: &Lexicon,
    read: Reader,
) -> Option<PartialDate> {
    let title = words(title);
    let headings = document.select("h1, h2, h3, h4, [class*=title], [class*=headline]");
    let heading = headings.nodes().iter().find(|node| words(&clean(&node.text())) == title)?;
    let own = clean(&heading.text());
    // A headline may hold the day of what it tells of.
    let apart = |node: &&NodeRef<'_>| {
        let text = clean(&node.text());
        text.is_empty() || !own.contains(&text) && !text.contains(&own)
    };
    let around =
        heading.ancestors_it(Some(NEAR_DAY_ELEMENTS)).take_while(|node| !node.has_name("body"));
    around.into_iter().find_map(|node| {
        let inner =
            Selection::from(node).select("time, p, span, div, li, dd, td, small, em, h5, h6, a");
        let near =
            inner.nodes().iter().take(NEAR_DAY_PLACES).filter(apart).filter(|node| !is_other(node));
        near.into_iter().find_map(|node| read(node, NEAR_DAY_CHARACTERS, lexicon))
    })
}

/// The day in a link to the page itself, as blogs and networks sign each post.
fn linked_day(document: &Document, address: &str, lexicon: &Lexicon) -> Option<PartialDate> {
    let path = |address: &str| {
        let (_, rest) = address.split_once("://").unwrap_or(("", address));
        rest.trim_start_matches("www.").trim_end_matches('/').to_lowercase()
    };
    let own = path(address);
    // The whole address, or its path without the host.
    let is_own = |link: &str| {
        let own =
            if link.starts_with('/') { own.find('/').map(|at| &own[at..]) } else { Some(&*own) };
        own == Some(&path(link))
    };
    let links = document.select("a[href]");
    let links = links.nodes().iter().filter(|link| link.attr("href").is_some_and(|to| is_own(&to)));
    // The headline links to the page as well, and may hold the day of what it tells of.
    let stamp = |text: &str| {
        let found = dates::dates(text, lexicon).into_iter().next()?;
        let is_bare = text.len() - found.span.len() <= LINK_LEAD_BYTES;
        (is_bare && found.date.day_of_month().is_some()).then_some(found.date)
    };
    links.filter(|link| !is_other(link)).find_map(|link| {
        let told = link.attr("title").and_then(|title| stamp(&title));
        let inner = || Selection::from(*link).select("time, abbr").nodes().first().copied();
        told.or_else(|| day_of(&inner()?, DAY_CHARACTERS, lexicon))
            .or_else(|| stamp(&clean(&link.text())))
    })
}

/// The first whole day in a text.
pub(super) fn whole_day(text: &str, lexicon: &Lexicon) -> Option<PartialDate> {
    let found = dates::dates(text, lexicon).into_iter().next()?.date;
    found.day_of_month().is_some().then_some(found)
}

/// The day in a short text that says it is that of publication: `Published: 4 February 2022`; or in the
/// one behind it.
fn told_day(document: &Document, lexicon: &Lexicon) -> Option<PartialDate> {
    let places = "p, span, div, li, dd, dt, th, td, time, small, em, b, strong, h4, h5";
    day_by_cue(document, places, "published", lexicon, |node, text| {
        if let Some(found) = dates::dates(text, lexicon).into_iter().next() {
            return found.date.day_of_month().is_some().then_some(found.date);
        }
        let next = node.next_element_sibling().filter(|_| text.len() <= LINK_LEAD_BYTES)?;
        day_of(&next, NEAR_DAY_CHARACTERS, lexicon)
    })
}

/// The day of the last change that a short text tells.
fn updated_day(document: &Document, lexicon: &Lexicon) -> Option<PartialDate> {
    let places = "p, span, div, li, dd, td, time, small, em";
    day_by_cue(document, places, "updated", lexicon, |_, text| whole_day(text, lexicon))
}

/// The first day that is read from a short text which begins with words of a list.
fn day_by_cue(
    document: &Document,
    places: &str,
    list: &str,
    lexicon: &Lexicon,
    read: impl Fn(&NodeRef<'_>, &str) -> Option<PartialDate>,
) -> Option<PartialDate> {
    let texts = document.select(places);
    texts.nodes().iter().filter(|node| !is_other(node)).find_map(|node| {
        let text = node.text();
        if text.len() > TOLD_DAY_BYTES {
            return None;
        }
        let text = clean(&text);
        lexicon
            .begins(list, &text.to_lowercase())
            .filter(|_| text.chars().count() < TOLD_DAY_CHARACTERS)?;
        read(node, &text)
    })
}

/// The day of all `time` elements, where they tell only one: it may stand behind the text.
fn only_day(document: &Document, lexicon: &Lexicon) -> Option<PartialDate> {
    let times = document.select("time[datetime]");
    let own = times.nodes().iter().filter(|node| !is_other(node));
    let mut days = own.filter_map(|node| day_of(node, DAY_CHARACTERS, lexicon));
    let first = days.next()?;
    days.all(|day| day == first).then_some(first)
}

/// The first day in an element that by its name holds one.
fn shown_day(document: &Document, lexicon: &Lexicon) -> Option<PartialDate> {
    let places = [
        "[class*=publication] time[datetime], [class*=publish] time[datetime]",
        "article time[datetime], main time[datetime], header time[datetime]",
        "time[datetime], relative-time[datetime]",
        "[class*=publish], [class*=Publish], [id*=publish], [class*=posted], [class*=entry-date], \
         [class*=post-date], [class*=article-date], [class*=articleDate], [class*=dateline]",
        "[class*=date], [id*=date], [class*=Date], [class*=datum], [class*=fecha], [class*=time], [class*=byline], [class*=meta], [class*=info], [class*=author]",
    ];
    places.iter().find_map(|place| {
        let own = before_text(document, place).into_iter().filter(|node| !is_other(node));
        own.take(DAY_PLACES).find_map(|node| day_of(&node, DAY_CHARACTERS, lexicon))
    })
}

/// What by its name holds a publication.
static PUBLISHED: LazyLock<Matcher> = LazyLock::new(|| {
    Matcher::new("[class*=publi], [class*=Publi], [id*=publi], [class*=posted], [class*=byline]")
        .expect("the selector is valid")
});

/// The elements of a kind that stand before the first paragraph below the main heading, and those that by
/// their name hold a publication. What comes after it is an event, a deadline, or what somebody said later.
fn before_text<'a>(document: &'a Document, place: &str) -> Vec<NodeRef<'a>> {
    let Ok(wanted) = Matcher::new(place) else { return Vec::new() };
    let mut out = Vec::new();
    let (mut headed, mut begun) = (false, false);
    for node in document.select(&format!("h1, p, {place}")).nodes() {
        headed |= node.has_name("h1");
        if headed && node.has_name("p") && clean(&node.text()).chars().count() >= TEXT_CHARACTERS {
            begun = true;
        }
        let told = || {
            std::iter::once(*node).chain(node.ancestors_it(Some(2))).any(|n| n.is_match(&PUBLISHED))
        };
        if node.is_match(&wanted) && (!begun || told()) {
            out.push(*node);
        }
    }
    out
}

/// The numbers of an address. Between two with more than one mark between them is an empty one.
fn numbers(address: &str) -> Vec<&str> {
    let path = address.split_once("://").map_or(address, |(_, rest)| rest);
    path.split(|c: char| !c.is_ascii_digit()).collect()
}

fn recent_year(text: &str) -> Option<i16> {
    text.parse().ok().filter(|year| text.len() == 4 && ADDRESS_YEARS.contains(year))
}

/// `/2021/05/`
fn address_month(address: &str) -> Option<(i16, Option<u8>)> {
    numbers(address).windows(2).find_map(|two| {
        let month = two[1].parse().ok().filter(|month| two[1].len() == 2 && *month <= 12)?;
        Some((recent_year(two[0])?, Some(month)))
    })
}

/// `/2021/05/23/`, `2021-05-23`, `/2021/05/210523-`
fn path_day(address: &str) -> Option<PartialDate> {
    numbers(address).windows(3).find_map(|three| {
        let (year, month, last) = (recent_year(three[0])?, three[1].parse().ok()?, three[2]);
        let short = format!("{:02}{month:02}", year % 100);
        let day = if last.len() <= 2 { last } else { last.strip_prefix(&short)? };
        PartialDate::day(year, month, day.parse().ok()?)
    })
}

/// The day in an address, also as one number: `/20210523/`.
fn address_day(address: &str) -> Option<PartialDate> {
    path_day(address).or_else(|| number_day(address))
}

/// The day in one number: `20210523`.
fn number_day(text: &str) -> Option<PartialDate> {
    numbers(text).into_iter().find_map(|number| {
        let (head, day) = number.split_at_checked(6).filter(|(_, day)| day.len() == 2)?;
        PartialDate::day(recent_year(&head[..4])?, head[4..].parse().ok()?, day.parse().ok()?)
    })
}

/// The day in what the page calls its body: `id="news20210523"`.
fn body_day(document: &Document) -> Option<PartialDate> {
    let body = document.select("body");
    let names = ["id", "class"].into_iter().filter_map(|name| body.attr(name));
    names.into_iter().find_map(|name| number_day(&name))
}

/// The day that ends a page's title: `Headline | Paper | 28.04.2023`.
fn title_day(title: &str, lexicon: &Lexicon) -> Option<PartialDate> {
    let last = title.rsplit_once('|')?.1.trim();
    let found = dates::dates(last, lexicon).into_iter().next()?;
    (found.span.len() == last.len() && found.date.day_of_month().is_some()).then_some(found.date)
}

//! The headline of a page.

use super::author::is_of_paper;
use super::facts::Metadata;
use super::phrases::{is_same, words};
use crate::import::thresholds::{
    HEADING_CHARACTERS, HEADLINE_DENSE_CHARACTERS, HEADLINE_WORDS, NAME_BEFORE_TIMES,
    SECTION_WORDS, SENTENCE_WORDS, TITLES,
};
use crate::understand::lexicon;

/// What stands between a headline and the name of its site.
const MARKS: [&str; 13] =
    [" | ", " - ", " – ", " — ", " · ", " » ", " :: ", " • ", " / ", " « ", " ‹ ", "｜", "|"];

/// A heading that says what the metadata call the page, else what they call it.
pub(super) fn title(meta: &Metadata) -> Option<String> {
    let site = meta.publisher.as_deref().unwrap_or("");
    let named: Vec<String> = meta.titles.iter().map(|title| without_site(title, site)).collect();
    let told: Vec<String> = named
        .iter()
        .map(|title| without_section(title))
        .filter(|title| !is_same(title, site))
        .collect();
    let heading = || {
        let heading = heading(meta, &named, &told)?;
        let bare = || without_kicker(heading, &named).or_else(|| without_tail(heading, &named));
        Some(bare().unwrap_or_else(|| without_site(heading, site)))
    };
    agreed(meta, site)
        .or_else(|| shown_elsewhere(meta, site))
        .or_else(heading)
        .or_else(|| told.first().or(meta.headings.first()).cloned())
}

/// `Kicker - «What somebody said»`: what is said, where it is all behind the mark.
pub(super) fn said(title: &str) -> Option<String> {
    let (kicker, rest) = title.split_once(" - ").or_else(|| title.split_once(" – "))?;
    let is_said = [('«', '»'), ('„', '“'), ('“', '”')]
        .iter()
        .any(|(open, close)| rest.starts_with(*open) && rest.ends_with(*close));
    (is_said && kicker.chars().count() < rest.chars().count()).then(|| rest.to_owned())
}

/// The headline, where JSON-LD, Open Graph and what is for Twitter all say the same.
fn agreed(meta: &Metadata, site: &str) -> Option<String> {
    let stated = without_site(meta.stated.as_deref()?, site);
    let same = |title: &String| without_site(title, site) == stated;
    (meta.social.len() > 1 && meta.social.iter().all(same)).then_some(stated)
}

/// The headline that JSON-LD states or Open Graph, where it is shown, but not in a heading of the first
/// level: that one is then made for search engines.
fn shown_elsewhere(meta: &Metadata, site: &str) -> Option<String> {
    let stated = meta.stated.iter().chain(meta.social.first());
    stated.map(|title| without_site(title, site)).find(|title| {
        let own = words(title);
        let ends = |heading: &String| words(heading).ends_with(&own);
        let holds = |heading: &String| words(heading).windows(own.len()).any(|run| run == own);
        own.len() > 1 && meta.subheadings.iter().any(ends) && !meta.headings.iter().any(holds)
    })
}

/// The headline in a heading that holds a kicker before it: the rest is a title, or the kicker and the
/// headline are its parts.
fn without_kicker(heading: &str, titles: &[String]) -> Option<String> {
    let part = |title: &String, mark: &str| {
        let parts = parts(title, mark);
        let ends = |part: &&&str| is_inside(part, heading) && heading.ends_with(**part);
        let last = *parts.iter().find(ends)?;
        let kicker = heading[..heading.len() - last.len()].trim();
        parts.contains(&kicker).then(|| last.to_owned())
    };
    // A word or two at the end of a sentence are no headline of their own.
    let is_most = |title: &&String| title.len() * 2 > heading.len();
    let mut ends = titles.iter().filter(|title| is_inside(title, heading));
    let whole = ends.find(|title| heading.ends_with(*title) && is_most(title));
    whole
        .cloned()
        .or_else(|| titles.iter().find_map(|title| MARKS.iter().find_map(|mark| part(title, mark))))
}

/// The headline in a heading that holds the name of a site behind it, which the other titles have without.
fn without_tail(heading: &str, titles: &[String]) -> Option<String> {
    let is_tail = |rest: &str| MARKS.iter().any(|mark| rest.starts_with(mark));
    titles.iter().find(|title| heading.strip_prefix(title.as_str()).is_some_and(is_tail)).cloned()
}

/// The headline among the headings: the one nearest to what the metadata say, the surest way first.
/// `named` are the titles without the site's name, `told` those without a section's as well.
fn heading<'a>(meta: &'a Metadata, named: &[String], told: &[String]) -> Option<&'a String> {
    let site = meta.publisher.as_deref().unwrap_or("");
    let usable =
        |heading: &&String| heading.chars().count() < HEADING_CHARACTERS && !is_same(heading, site);
    let first = || meta.headings.iter().filter(usable);
    let own = || first().filter(|heading| !names_site(heading, site));
    let lower = || meta.subheadings.iter().filter(usable).filter(|text| words(text).len() > 1);
    let shares = |heading: &str, titles: &[String]| {
        titles.iter().take(TITLES).any(|title| shares_words(heading, title))
    };
    let part = |heading: &str| {
        let is_part = |title: &String| is_part(heading, title) && !is_name_before(heading, title);
        meta.titles.first().is_some_and(is_part)
    };
    // A short one may be the site's name, but not where it is the only one and no title has it.
    let lone = || own().next().filter(|text| meta.headings.len() == 1 && words(text).len() > 1);
    let twice = |stated: &&String| told.iter().filter(|title| title == stated).count() > 1;
    first()
        .find(|heading| shares(heading, told))
        .or_else(|| lower().find(|heading| told.iter().any(|title| is_same(heading, title))))
        .or_else(|| own().find(|heading| part(heading)))
        .or_else(|| own().find(|heading| shares(heading, named)))
        .or_else(|| lower().find(|heading| shares(heading, told)))
        .or_else(|| lower().find(|heading| part(heading)))
        .or_else(|| meta.stated.as_ref().filter(twice))
        .or_else(|| own().find(|heading| words(heading).len() >= SENTENCE_WORDS))
        .or_else(|| {
            lone().filter(|heading| !meta.titles.iter().any(|title| is_inside(heading, title)))
        })
}

/// Whether a heading and a title have most words in common.
fn shares_words(heading: &str, title: &str) -> bool {
    let (own, other) = (words(heading), words(title));
    let shared = own.iter().filter(|word| other.contains(word)).count();
    shared * 2 > own.len() && shared * 2 >= other.len()
}

/// Whether a heading is one part of a title: `Kicker: Headline - Site`. What ends the title, behind
/// another mark than a colon, may be the site's name.
fn is_part(heading: &str, title: &str) -> bool {
    let (heading, title) = (heading.to_lowercase(), title.to_lowercase());
    let mark = |c: char| !c.is_alphanumeric();
    let Some((before, after)) = title.split_once(&heading) else { return false };
    let (before, after) = (before.trim_end(), after.trim_start());
    (before.is_empty() || before.ends_with(mark))
        && (after.is_empty() && before.ends_with(':') || after.starts_with(mark))
}

/// Whether a heading stands first in a title, before what is much longer: `Paper » Archive » Headline`.
fn is_name_before(heading: &str, title: &str) -> bool {
    let length = |part: &str| part.chars().count();
    MARKS.iter().any(|mark| {
        let parts = parts(title, mark);
        let longest = parts.iter().map(|part| length(part)).max().unwrap_or(0);
        parts.len() > 1
            && is_same(parts[0], heading)
            && longest > NAME_BEFORE_TIMES * length(heading)
    })
}

/// Whether `part` is a run of whole words of `whole`, and not all of it.
fn is_inside(part: &str, whole: &str) -> bool {
    let mut ends = whole.match_indices(part).map(|(at, _)| (at, at + part.len()));
    !part.is_empty()
        && part.len() < whole.len()
        && ends.any(|(from, to)| {
            !whole[..from].ends_with(char::is_alphanumeric)
                && !whole[to..].starts_with(char::is_alphanumeric)
        })
}

/// A title without the site's name, or its initials, before or behind it.
fn without_site(title: &str, site: &str) -> String {
    for mark in MARKS {
        let parts = parts(title, mark);
        // A headline may name the site as well, but is longer than the rest.
        let longest = parts.iter().map(|part| part.chars().count()).max();
        let kept: Vec<&str> = parts
            .iter()
            .copied()
            .filter(|part| {
                let named = is_of_paper(part, site);
                let short = Some(part.chars().count()) < longest;
                !(named || short && names_site(part, site))
            })
            .collect();
        if !kept.is_empty() && kept.len() < parts.len() {
            return kept.join(mark);
        }
    }
    title.to_owned()
}

/// A title without what stands before or behind it and may be a section's name or a site's that is
/// not known: those are shorter than headlines.
fn without_section(title: &str) -> String {
    for mark in MARKS {
        let parts = parts(title, mark);
        let Some(longest) = parts.iter().max_by_key(|part| part.chars().count()) else { continue };
        let rest: Vec<&&str> = parts.iter().filter(|part| *part != longest).collect();
        let short = rest
            .iter()
            .all(|part| part.split(' ').count() <= SECTION_WORDS && part.len() < longest.len());
        if parts.len() > 1 && rest.len() + 1 == parts.len() && short && is_headline(longest) {
            return (*longest).to_owned();
        }
    }
    title.to_owned()
}

/// Whether a part of a title is long enough to be the headline.
fn is_headline(part: &str) -> bool {
    let dense = part.chars().filter(|c| lexicon::is_dense_char(*c)).count();
    part.split(' ').count() >= HEADLINE_WORDS || dense >= HEADLINE_DENSE_CHARACTERS
}

/// What stands between the marks.
fn parts<'a>(title: &'a str, mark: &str) -> Vec<&'a str> {
    title.split(mark).map(str::trim).filter(|part| !part.is_empty()).collect()
}

/// Whether a part of a title holds the name of the site, or is part of it.
fn names_site(part: &str, site: &str) -> bool {
    let (part, site) = (words(part).concat(), words(site).concat());
    !site.is_empty() && !part.is_empty() && (part.contains(&site) || site.contains(&part))
}

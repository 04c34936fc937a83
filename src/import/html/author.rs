//! Who wrote a page.

use super::phrases::{clean, is_same, words};
use super::with_ancestors;
use crate::import::thresholds::{
    AUTHOR_CHARACTERS, AUTHOR_PLACES, AUTHOR_WORDS, BYLINE_CHARACTERS, BYLINE_CUE_BYTES,
    LINK_LEAD_BYTES, ONE_WORD_AUTHOR_CHARACTERS, STAMP_BYTES,
};
use crate::understand::companies::Gazetteer;
use crate::understand::lexicon::{self, Lexicon};
use crate::understand::{dates, people};
use dom_query::{Document, Matcher, NodeRef};
use serde_json::Value;
use std::collections::HashMap;
use std::sync::LazyLock;

/// The names in a value of JSON-LD, of people and of others; `named` are those that are named by their id.
pub(super) fn people_of(
    value: &Value,
    named: &HashMap<String, String>,
    into: &mut Vec<String>,
    others: &mut Vec<String>,
) {
    match value {
        Value::String(name) => into.extend(split_authors(name)),
        Value::Array(items) => items.iter().for_each(|item| people_of(item, named, into, others)),
        Value::Object(fields) => {
            // Who publishes a page is seldom who wrote it.
            let is_organisation = fields
                .get("@type")
                .and_then(Value::as_str)
                .is_some_and(|kind| kind.ends_with("Organization") || kind == "Corporation");
            if let Some(name) = fields.get("name") {
                // A comma in the name of an organisation does not make two of it.
                match name.as_str().filter(|_| is_organisation) {
                    Some(name) => others.push(clean(name)),
                    None => people_of(name, named, into, others),
                }
            } else if let Some(name) = fields.get("@id").and_then(Value::as_str) {
                into.extend(named.get(name).map(|name| split_authors(name)).unwrap_or_default());
            }
        }
        _ => {}
    }
}

/// What stands before the last of several names.
const JOINTS: [&str; 6] = [" and ", " und ", " et ", " & ", " og ", " och "];

/// `By Jane Roe and Joe Doe` → two names; what is an address or a handle is none.
pub(super) fn split_authors(text: &str) -> Vec<String> {
    let text = clean(text);
    if text.contains("://") || text.starts_with('@') {
        return Vec::new();
    }
    let mut rest = text.split(" @").next().unwrap_or(&text);
    for word in [
        "By ",
        "by ",
        "BY ",
        "Von ",
        "von ",
        "Recueilli ",
        "Propos recueillis ",
        "Par ",
        "par ",
        "Por ",
        "Di ",
        "Af ",
        "Av ",
        "Door ",
        "Autor: ",
        "Written by ",
    ] {
        rest = rest.strip_prefix(word).unwrap_or(rest);
    }
    let mut list = rest.to_owned();
    for joint in JOINTS.iter().chain(&["; ", " | ", " / "]) {
        list = list.replace(joint, ", ");
    }
    list.split([',', '、'])
        .map(|name| name.trim().to_owned())
        .filter(|name| !name.is_empty())
        .collect()
}

/// `By Jane Roe`, `Text: Jane Roe`: the names in a line that says it has some.
pub(super) fn cued_names(line: &str, lexicon: &Lexicon) -> Option<Vec<String>> {
    if line.chars().count() > BYLINE_CHARACTERS {
        return None;
    }
    let rest = line[cue_end(line, lexicon)?..].trim_start_matches([':', ' ']);
    let rest = without_when(rest);
    let own = split_authors(rest.split(',').next().unwrap_or(rest));
    let is_all = !own.is_empty() && own.iter().all(|name| people::is_name(&in_small(name)));
    is_all.then(|| listed(rest, &people::is_name))
}

/// Where the words end by which a line says that names follow: at its start, or after a few words, or
/// a day: `An article by Jane Roe`, `Posted on 3 May 2022 by Jane Roe`. Many pages are in the English of
/// their theme.
fn cue_end(line: &str, lexicon: &Lexicon) -> Option<usize> {
    let lower = line.to_lowercase();
    if lower.len() != line.len() {
        return None;
    }
    let english = lexicon::of("en");
    let cues = lexicon.list("by").iter().chain(english.list("by").iter());
    let is_lead = |lead: &str| {
        let last = lead.rsplit(|c: char| !c.is_alphabetic()).find(|word| !word.is_empty());
        if last.is_some_and(|word| OTHER_DEEDS.contains(&word.to_lowercase().as_str())) {
            return false;
        }
        lead.len() < BYLINE_CUE_BYTES
            || lead.len() < STAMP_BYTES && !dates::dates(lead, lexicon).is_empty()
    };
    // `Author(s): `, of either sex.
    let gendered = GENDERED.iter().find(|cue| lower.starts_with(*cue)).map(|cue| cue.len());
    let ends = cues.filter_map(|cue| {
        let first = lower.starts_with(cue.as_str()).then_some(cue.len());
        let inner = || {
            let at = lower.find(&format!(" {cue} ")).filter(|at| is_lead(&line[..*at]))?;
            Some(at + 1 + cue.len())
        };
        first.filter(|end| lower[*end..].starts_with([' ', ':'])).or_else(inner)
    });
    ends.chain(gendered).max()
}

/// Cues that leave open how many authors there are, and of which sex.
const GENDERED: [&str; 12] = [
    "author(s)",
    "autorin/autor",
    "autor/autorin",
    "autor/in",
    "autor*in",
    "autor:in",
    "autor(in)",
    "autor(en)",
    "autor(es)",
    "auteur(s)",
    "auteur·e",
    "autore/i",
];

/// Words before `by` that name what else somebody did for a page than write it.
const OTHER_DEEDS: [&str; 27] = [
    "edited",
    "photo",
    "photos",
    "photograph",
    "photographs",
    "photography",
    "picture",
    "pictures",
    "image",
    "images",
    "illustration",
    "illustrations",
    "illustrated",
    "video",
    "translated",
    "powered",
    "designed",
    "hosted",
    "published",
    "developed",
    "foto",
    "fotos",
    "bild",
    "bilder",
    "übersetzt",
    "übersetzung",
    "imagen",
];

/// `Jane Roe on 3 May 2022`, `Jane Roe | Cameras` → `Jane Roe`
fn without_when(text: &str) -> &str {
    let text = first_piece(text);
    let ends = BEHIND_NAMES.iter().filter_map(|word| text.find(word));
    text[..ends.min().unwrap_or(text.len())].trim_end_matches([',', ' ', '-'])
}

fn first_piece(text: &str) -> &str {
    text.split(['|', '•', '·', '(', '–']).next().unwrap_or(text)
}

/// Small words that stand between a name and a day, a section or a place.
const BEHIND_NAMES: [&str; 9] =
    [" on ", " am ", " in ", " at ", " le ", " el ", " il ", " op ", " em "];

/// The names at the beginning of a text. Behind a comma stands a job or a place, unless a joint shows that
/// the line has several names: `Jane Roe, Joe Doe and Ann Poe`.
fn listed(text: &str, is_person: &impl Fn(&str) -> bool) -> Vec<String> {
    let is_list = JOINTS.iter().any(|joint| text.contains(joint));
    let (first, others) = text.split_once(',').unwrap_or((text, ""));
    let names =
        |text| split_authors(text).into_iter().map(|name| in_small(&without_weekday(&name)));
    let others = names(others).take_while(|name| is_list && is_person(name));
    names(first).filter(|name| is_person(name)).chain(others).collect()
}

/// `Jane Roe Monday`, or `Jane RoeMonday` where a page lost the space between two elements → `Jane Roe`
fn without_weekday(name: &str) -> String {
    let days = lexicon::of("en").weekdays.iter();
    let cut = days.filter(|day| name.to_lowercase().ends_with(day.as_str())).find_map(|day| {
        let (rest, word) = name.split_at_checked(name.len() - day.len())?;
        word.starts_with(char::is_uppercase).then(|| rest.trim_end().to_owned())
    });
    cut.filter(|rest| rest.contains(' ')).unwrap_or_else(|| name.to_owned())
}

/// `04.02.2022 | 13:10 | Jane Roe`: the name in a line of small pieces, of which another one is the day.
pub(super) fn name_beside_day(line: &str, lexicon: &Lexicon) -> Option<String> {
    if line.chars().count() > BYLINE_CHARACTERS {
        return None;
    }
    let pieces: Vec<&str> = line.split(['|', '•', '·']).map(str::trim).collect();
    let is_day = |piece: &&str| {
        let found = dates::dates(piece, lexicon);
        found.iter().any(|day| piece.len() - day.span.len() <= LINK_LEAD_BYTES)
    };
    let has_day = pieces.len() > 1 && pieces.iter().any(is_day);
    let name = || pieces.iter().find(|piece| people::is_name(piece) && !is_day(piece));
    if has_day { name().map(|name| in_small(name)) } else { None }
}

/// Words of buttons and boxes that stand where names do.
const NOT_NAMES: [&str; 22] = [
    "policy",
    "privacy",
    "kontakt",
    "contact",
    "shop",
    "beiträge",
    "inhalte",
    "cookie",
    "newsletter",
    "subscribe",
    "login",
    "impressum",
    "datenschutz",
    "image:",
    "photo:",
    "picture:",
    "getty images",
    "follow",
    "http",
    "www.",
    "click",
    "pressemitteilung",
];

/// Names as they can be told from what stands beside them: no handles, no parts of addresses, no
/// buttons, nobody twice.
pub(super) fn cleaned(names: Vec<String>, publisher: Option<&str>) -> Vec<String> {
    let letters = |name: &str| -> String {
        name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
    };
    let mut kept: Vec<String> = Vec::new();
    for name in names {
        let name = name
            .strip_suffix("Staff Writer")
            .or_else(|| name.strip_suffix(" 기자"))
            .unwrap_or(&name)
            .trim()
            .trim_end_matches(['|', '-', ','])
            .trim();
        let lower = name.to_lowercase();
        let is_noise = name.starts_with(['(', '/', '@', '#'])
            || NOT_NAMES.iter().any(|word| lower.contains(word))
            || is_mail(name)
            || !kept.is_empty() && DEGREES.contains(&name)
            || !name.chars().any(char::is_alphabetic);
        let known = kept.iter_mut().find(|other| letters(other) == letters(name));
        match known {
            // `janeroe` beside `Jane Roe` is what the same person signs in with.
            Some(known) if !known.contains(' ') && name.contains(' ') => name.clone_into(known),
            None if !is_noise => kept.push(name.to_owned()),
            _ => {}
        }
    }
    // The paper, where somebody else is named as well.
    leave_out(&mut kept, |name| publisher.is_some_and(|site| is_same(name, site)));
    kept
}

/// Degrees that stand behind a name and a comma.
const DEGREES: [&str; 14] = [
    "MD", "M.D.", "PhD", "Ph.D.", "MA", "M.A.", "MS", "MSc", "MPH", "MBA", "RD", "RN", "JD", "Jr.",
];

/// `jane@paper.example`
fn is_mail(name: &str) -> bool {
    name.split_once('@').is_some_and(|(own, host)| !own.contains(' ') && host.contains('.'))
}

/// Leaves out some of the names, where others are left.
pub(super) fn leave_out(names: &mut Vec<String>, is_out: impl Fn(&str) -> bool) {
    if !names.iter().all(|name| is_out(name)) {
        names.retain(|name| !is_out(name));
    }
}

/// Whether a name is that of a paper or of its people as a whole: `Weekly Post`, `Weekly Post Staff`, `WP`.
pub(super) fn is_of_paper(name: &str, paper: &str) -> bool {
    let (name, paper) = (words(name), words(paper));
    if name.is_empty() || paper.is_empty() {
        return false;
    }
    let initials = |words: &[String]| words.iter().filter_map(|word| word.chars().next()).collect();
    let (short, long): (String, String) = (initials(&name), initials(&paper));
    let is_short = |long: &[String], short: &str, other: &[String]| {
        long.len() > 1 && other.first().is_some_and(|word| word == short)
    };
    name == paper
        || name.len() > paper.len() && name.starts_with(&paper)
        || is_short(&paper, &long, &name) && name.len() == 1
        || is_short(&name, &short, &paper) && paper.len() <= 2
}

/// Whether a name is that of a desk, or of nobody: `Camera Team`, `admin`.
pub(super) fn is_desk(name: &str, lexicon: &Lexicon) -> bool {
    let words = words(name);
    let is_desk = |word: &String| {
        DESKS.contains(&word.as_str()) || lexicon.list("desk").iter().any(|desk| desk == word)
    };
    words.first().is_some_and(is_desk) || words.last().is_some_and(is_desk)
}

/// Whether a name is what somebody does: `Camera Writer`, `Senior Reporter`.
pub(super) fn is_job(name: &str, lexicon: &Lexicon) -> bool {
    let lower = name.to_lowercase();
    let jobs = lexicon.list("job").iter().chain(lexicon::of("en").list("job").iter());
    jobs.map(String::as_str).chain(["writer"]).any(|job| {
        lower.strip_suffix(job).is_some_and(|rest| rest.is_empty() || rest.ends_with(' '))
    })
}

/// What desks and the accounts of machines are called, whatever the language of the page.
const DESKS: [&str; 10] = [
    "team",
    "staff",
    "admin",
    "administrator",
    "webmaster",
    "editor",
    "editors",
    "newsroom",
    "redaktion",
    "desk",
];

/// Whether a name is what somebody signs in with: `jane_roe`, `jroe7`.
pub(super) fn is_handle(name: &str) -> bool {
    !name.contains(' ')
        && (name.contains('_')
            || name.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit()))
}

/// `Jane Roe (jr)`, `Jane Roe jr@paper.example` → `Jane Roe`
pub(super) fn without_initials(name: &str) -> String {
    let name = name.split(" (").next().unwrap_or(name).trim();
    let last = name.rsplit_once(' ').filter(|(_, last)| last.contains('@'));
    last.map_or(name, |(rest, _)| rest).to_owned()
}

pub(super) fn is_author(name: &str, publisher: Option<&str>, gazetteer: &Gazetteer) -> bool {
    let site = publisher.is_some_and(|site| {
        let (site, name) = (site.to_lowercase(), name.to_lowercase());
        site == name || site.contains(&name) || name.contains(&site)
    });
    let dense = name.chars().any(lexicon::is_dense_char);
    let words = name.split(' ').count();
    !site
        && !gazetteer.names_one(name)
        && name.chars().count() <= AUTHOR_CHARACTERS
        && (words >= *AUTHOR_WORDS.start() || dense)
        && words <= *AUTHOR_WORDS.end()
        && !name.chars().any(|c| c.is_ascii_digit())
}

/// How surely an element holds the name of an author.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Trust {
    /// It says that there is an author, and nothing else: any name is one.
    Name,
    /// It leads to somebody's own page: a whole name is one, and so are those beside it.
    Link,
    /// It is called so: a whole name is one.
    Person,
    /// It holds any small thing: what a cue leads to is one.
    Cue,
}

/// Where pages name their authors, the surest first.
const PLACES: [(&str, Trust); 6] = [
    ("[rel=author], [itemprop=author] [itemprop=name], [itemprop=author]", Trust::Name),
    ("[class*=author-name], [class*=authorName], [class*=author__name], .vcard .fn", Trust::Name),
    (
        "a[href*='/author/'], a[href*='/authors/'], a[href*='/autor/'], a[href*='/autoren/'], \
         a[href*='/auteur/'], a[href*='newsteam/'], a[href*='/staff/'], a[href*='/profile/']",
        Trust::Link,
    ),
    (
        "[class*=writer], [class*=reporter], [class*=Author], [class*=journalist], [class*=autor]",
        Trust::Person,
    ),
    ("[class*=byline], [class*=Byline], [class*=author], [id*=byline]", Trust::Person),
    ("[class*=meta], [class*=Meta]", Trust::Cue),
];

/// Names in elements that by their name hold the author's.
pub(super) fn visible_authors(
    document: &Document,
    publisher: Option<&str>,
    lexicon: &Lexicon,
    gazetteer: &Gazetteer,
) -> Vec<String> {
    for (place, trust) in PLACES {
        let all = document.select(place);
        let nodes = || all.nodes().iter().filter(|node| !is_quoted(node)).take(AUTHOR_PLACES);
        let names = |node: &NodeRef<'_>| names_in(node, trust, publisher, lexicon, gazetteer);
        let first = nodes().map(|node| (node, names(node))).find(|(_, names)| !names.is_empty());
        let Some((first, mut found)) = first else { continue };
        // Others stand beside the first, each in an element like its own.
        let kind = |node: &NodeRef<'_>| {
            (node.parent().map(|parent| parent.id), node.node_name(), node.attr("class"))
        };
        let is_each = matches!(trust, Trust::Name | Trust::Link);
        let beside = nodes().filter(|node| is_each && node.id != first.id);
        let beside = beside.filter(|node| kind(node) == kind(first));
        found.extend(beside.flat_map(names));
        return found;
    }
    Vec::new()
}

/// Whether an element belongs to a quotation, a comment, a picture or a menu.
fn is_quoted(node: &NodeRef<'_>) -> bool {
    static QUOTED: LazyLock<Matcher> = LazyLock::new(|| {
        let places = "blockquote, [class*=quote], [class*=Quote], [class*=comment], [class*=Comment], figure, \
            figcaption, [class*=copyright], [class*=Copyright], nav, [class*=widget_]";
        Matcher::new(places).expect("the selector is valid")
    });
    with_ancestors(node).any(|node| node.is_match(&QUOTED))
}

/// The names in an element that may hold an author's.
fn names_in(
    node: &NodeRef<'_>,
    trust: Trust,
    publisher: Option<&str>,
    lexicon: &Lexicon,
    gazetteer: &Gazetteer,
) -> Vec<String> {
    let told = node.attr("content").or_else(|| node.attr("value"));
    let text = told.map_or_else(|| clean(&node.text()), |text| clean(&text));
    let text = text.split(" @").next().unwrap_or(&text).trim();
    if text.is_empty() || text.chars().count() > BYLINE_CHARACTERS {
        return Vec::new();
    }
    let lower = text.to_lowercase();
    let cues = lexicon.list("by").iter();
    let cue = cues.filter(|cue| lower.starts_with(&format!("{cue} "))).map(String::len).max();
    let rest = text.get(cue.unwrap_or(0)..).unwrap_or(text).trim();
    let rest = if cue.is_some() { without_when(rest) } else { first_piece(rest) };
    let is_person = |name: &str| people::is_name(name) && is_author(name, publisher, gazetteer);
    let is_one = |name: &str| {
        let is_short = ONE_WORD_AUTHOR_CHARACTERS.contains(&name.chars().count());
        let is_paper = publisher.is_some_and(|site| is_same(site, name));
        trust == Trust::Name && !name.contains(' ') && is_short && !is_paper
    };
    let names = listed(rest, &|name| is_person(name) || is_one(name));
    if !names.is_empty() && (trust != Trust::Cue || cue.is_some()) {
        return names;
    }
    let led = cued_names(text, lexicon).unwrap_or_default();
    if led.iter().all(|name| is_person(name)) { led } else { Vec::new() }
}

/// `JANE ROE` → `Jane Roe`
fn in_small(name: &str) -> String {
    if name != name.to_uppercase() || name == name.to_lowercase() || !name.contains(' ') {
        return name.to_owned();
    }
    let small = |word: &str| {
        let mut letters = word.chars();
        let first = letters.next().map(String::from).unwrap_or_default();
        first + &letters.as_str().to_lowercase()
    };
    name.split(' ').map(small).collect::<Vec<_>>().join(" ")
}

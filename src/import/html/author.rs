//! Who wrote a page.

use super::phrases::{clean, is_same, words};
use super::with_ancestors;
use crate::import::thresholds::{
    AUTHOR_CHARACTERS, AUTHOR_PLACES, AUTHOR_WORDS, BYLINE_CHARACTERS, BYLINE_CUE_BYTES,
    ONE_WORD_AUTHOR_CHARACTERS,
};
use crate::understand::companies::Gazetteer;
use crate::understand::lexicon::{self, Lexicon};
use crate::understand::people;
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
        "By ", "by ", "BY ", "Von ", "von ", "Par ", "Por ", "Di ", "Af ", "Av ", "Door ",
        "Autor: ",
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
    let lower = line.to_lowercase();
    if lower.len() != line.len() {
        return None;
    }
    // At the start, or after a few words: `An article by Jane Roe`.
    let ends = lexicon.list("by").iter().filter_map(|cue| {
        let first = lower.starts_with(cue.as_str()).then_some(cue.len());
        let inner = || {
            let at = lower.find(&format!(" {cue} ")).filter(|at| *at < BYLINE_CUE_BYTES)?;
            Some(at + 1 + cue.len())
        };
        first.filter(|end| lower[*end..].starts_with([' ', ':'])).or_else(inner)
    });
    let end = ends.max()?;
    let rest = line[end..].trim_start_matches([':', ' ']);
    let rest = rest.split([',', '|', '•', '·', '(']).next().unwrap_or(rest);
    let names: Vec<String> = split_authors(rest).iter().map(|name| in_small(name)).collect();
    (!names.is_empty() && names.iter().all(|name| people::is_name(name))).then_some(names)
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
    "getty",
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
            .unwrap_or(&name)
            .trim()
            .trim_end_matches(['|', '-', ',']);
        let lower = name.to_lowercase();
        let is_noise = name.starts_with(['(', '/', '@', '#'])
            || NOT_NAMES.iter().any(|word| lower.contains(word))
            || !name.chars().any(char::is_alphabetic);
        let is_known = kept.iter().any(|other| letters(other) == letters(name));
        if !is_noise && !is_known {
            kept.push(name.trim().to_owned());
        }
    }
    // The paper, where somebody else is named as well.
    leave_out(&mut kept, |name| publisher.is_some_and(|site| is_same(name, site)));
    kept
}

/// Leaves out some of the names, where others are left.
pub(super) fn leave_out(names: &mut Vec<String>, is_out: impl Fn(&str) -> bool) {
    if !names.iter().all(|name| is_out(name)) {
        names.retain(|name| !is_out(name));
    }
}

/// Whether a name is that of a paper or of its people as a whole: `Weekly Post`, `Weekly Post Staff`.
pub(super) fn is_of_paper(name: &str, paper: &str) -> bool {
    let (name, paper) = (words(name), words(paper));
    !paper.is_empty() && (name == paper || name.len() > paper.len() && name.starts_with(&paper))
}

/// `Jane Roe (jr)` → `Jane Roe`
pub(super) fn without_initials(name: &str) -> String {
    name.split(" (").next().unwrap_or(name).trim().to_owned()
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

/// Names in elements that by their name hold the author's.
pub(super) fn visible_authors(
    document: &Document,
    publisher: Option<&str>,
    lexicon: &Lexicon,
    gazetteer: &Gazetteer,
) -> Vec<String> {
    // The first two say that there is an author, and nothing else: any name is one there.
    let places = [
        ("[rel=author], [itemprop=author] [itemprop=name], [itemprop=author]", true),
        ("[class*=author-name], [class*=authorName], [class*=author__name], .vcard .fn", true),
        (
            "a[href*='/author/'], a[href*='/authors/'], a[href*='/autor/'], a[href*='/autoren/'], \
             a[href*='/auteur/'], a[href*='newsteam/'], a[href*='/staff/'], a[href*='/profile/']",
            false,
        ),
        (
            "[class*=writer], [class*=reporter], [class*=Author], [class*=journalist], [class*=autor]",
            false,
        ),
        ("[class*=byline], [class*=Byline], [class*=author], [id*=byline], [class*=meta]", false),
    ];
    for (place, is_sure) in places {
        let all = document.select(place);
        let nodes = || all.nodes().iter().take(AUTHOR_PLACES).filter(|node| !is_quoted(node));
        let names = |node: &NodeRef<'_>| names_in(node, is_sure, publisher, lexicon, gazetteer);
        let first = nodes().map(|node| (node, names(node))).find(|(_, names)| !names.is_empty());
        let Some((first, mut found)) = first else { continue };
        // Others stand beside the first, each in an element like its own.
        let kind = |node: &NodeRef<'_>| {
            (node.parent().map(|parent| parent.id), node.node_name(), node.attr("class"))
        };
        let beside = nodes().filter(|node| is_sure && node.id != first.id);
        let beside = beside.filter(|node| kind(node) == kind(first));
        found.extend(beside.flat_map(names));
        return found;
    }
    Vec::new()
}

/// Whether an element belongs to a quotation or a comment.
fn is_quoted(node: &NodeRef<'_>) -> bool {
    static QUOTED: LazyLock<Matcher> = LazyLock::new(|| {
        let places =
            "blockquote, [class*=quote], [class*=Quote], [class*=comment], [class*=Comment]";
        Matcher::new(places).expect("the selector is valid")
    });
    with_ancestors(node).any(|node| node.is_match(&QUOTED))
}

/// The names in an element that holds an author's; where it is sure to do so, a single word is one.
fn names_in(
    node: &NodeRef<'_>,
    is_sure: bool,
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
    let rest = rest.split(['|', '•', '·', '–']).next().unwrap_or(rest);
    let is_person = |name: &String| people::is_name(name) && is_author(name, publisher, gazetteer);
    let is_one = |name: &String| {
        let is_short = ONE_WORD_AUTHOR_CHARACTERS.contains(&name.chars().count());
        let is_paper = publisher.is_some_and(|site| is_same(site, name));
        is_sure && !name.contains(' ') && is_short && !is_paper
    };
    // Behind a comma stands a job or a place, unless a line has several names.
    let is_list = JOINTS.iter().any(|joint| rest.contains(joint));
    let (own, others) = rest.split_once(',').unwrap_or((rest, ""));
    let names = |text| split_authors(text).into_iter().map(|name| in_small(&name));
    let others = names(others).take_while(|name| is_list && is_person(name));
    names(own).filter(|name| is_person(name) || is_one(name)).chain(others).collect()
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

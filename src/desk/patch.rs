//! Changes a Markdown file as little as can be: only the fields that differ are written anew, in the form
//! that import gives them.

use std::ops::Range;

use crate::config::Config;
use crate::import::markdown;
use crate::model::{Article, Claim};
use crate::parse::article;
use crate::source::Source;

/// Other words under which a field may stand.
const SYNONYMS: &[(&str, &[&str])] = &[
    ("date", &["published", "pubDate"]),
    ("lang", &["language"]),
    ("authors", &["author"]),
    ("companies", &["company"]),
    ("tags", &["keywords", "categories", "category"]),
    ("summary", &["description"]),
];

/// The file with what `after` says instead of `before`, which it says now.
///
/// # Errors
/// Front matter that is no YAML, or of a form in which the change would not come out as it is meant.
pub fn patched(
    source: &Source,
    config: &Config,
    before: &Article,
    after: &Article,
) -> Result<String, String> {
    if !source.text.starts_with("---\n") {
        return Err("its front matter is no YAML: change it by hand".to_owned());
    }
    // Claims that stay are left as they are written, if the list is written one claim after the other.
    for is_gentle in [true, false] {
        let Some(text) = spliced(source, before, after, is_gentle) else { continue };
        let new = Source::new(&source.path, &text);
        let (read, found) = article::article(&new, config);
        let is_sound = !found.iter().any(crate::diagnostic::Diagnostic::is_error);
        if is_sound && read.is_some_and(|file| says(&file.article, after)) {
            return Ok(text);
        }
    }
    Err("its front matter has a form that cannot be changed safely: change it by hand".to_owned())
}

/// Whether an article says the same as another one; confidence is written in hundredths.
fn says(read: &Article, meant: &Article) -> bool {
    let plain = |article: &Article| {
        let mut article = article.clone();
        for claim in &mut article.partnerships {
            claim.confidence = claim.confidence.map(|sure| (sure * 100.0).round());
        }
        article
    };
    plain(read) == plain(meant)
}

fn spliced(source: &Source, before: &Article, after: &Article, is_gentle: bool) -> Option<String> {
    let (start, length) = (before.body.start(), before.body.len());
    let (head, rest) = (&source.text[..start], &source.text[start + length..]);
    let (old, mut new) = (markdown::fields(before), markdown::fields(after));
    let claims_now = new.iter_mut().find(|(key, _)| *key == "partnerships");
    if let Some((_, lines)) = claims_now.filter(|_| is_gentle) {
        let blocks = blocks(&head[4..fence(head)?]);
        let written = position(&blocks, "partnerships").ok()?.map(|at| blocks[at].lines.as_str());
        let gentle = claims(written.unwrap_or_default(), &before.partnerships, &after.partnerships);
        *lines = gentle.unwrap_or_else(|| std::mem::take(lines));
    }
    let head = with_fields(head, &old, &new)?;
    let gap = if head.ends_with("\n\n") || after.body.is_empty() { "" } else { "\n" };
    let rest = if rest.is_empty() { "\n" } else { rest };
    Some(format!("{head}{gap}{}{rest}", &*after.body))
}

/// Where the line begins that closes the front matter of a file.
fn fence(text: &str) -> Option<usize> {
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        if at > 0 && matches!(line.trim_end(), "---" | "...") {
            return Some(at);
        }
        at += line.len();
    }
    None
}

/// A file in which the fields that differ have other lines; `None` where one of them stands twice.
pub(super) fn with_fields(
    text: &str,
    old: &[(&'static str, String)],
    new: &[(&'static str, String)],
) -> Option<String> {
    let close = fence(text)?;
    let mut blocks = blocks(&text[4..close]);
    let lines = |fields: &[(&'static str, String)], key: &str| {
        fields.iter().find(|(other, _)| *other == key).map(|(_, lines)| lines.clone())
    };
    let order: Vec<&str> = new.iter().map(|(key, _)| *key).collect();
    let gone = old.iter().map(|(key, _)| *key).filter(|key| !order.contains(key));
    for key in order.iter().copied().chain(gone) {
        let now = lines(new, key);
        if lines(old, key) != now {
            let at = position(&blocks, key).ok()?;
            put(&mut blocks, at, key, now, &order);
        }
    }
    let front: String = blocks.into_iter().map(|block| block.lines).collect();
    Some(format!("---\n{front}{}", &text[close..]))
}

/// A field with the lines that belong to it.
struct Block {
    key: String,
    lines: String,
}

/// The lines of front matter by field; what stands before the first one has no key.
fn blocks(front: &str) -> Vec<Block> {
    let mut blocks: Vec<Block> = Vec::new();
    for line in front.split_inclusive('\n') {
        let opens = line.starts_with(|c: char| c.is_alphabetic() || matches!(c, '_' | '"' | '\''));
        let key = line.split(':').next().unwrap_or_default().trim_matches(['"', '\'', ' ']);
        match blocks.last_mut() {
            Some(block) if !opens => block.lines.push_str(line),
            _ => blocks.push(Block { key: key.to_owned(), lines: line.to_owned() }),
        }
    }
    blocks
}

/// A field stands in a file more than once.
struct DuplicateField;

/// Where a field stands, under whichever of its names.
fn position(blocks: &[Block], key: &str) -> Result<Option<usize>, DuplicateField> {
    let synonyms = SYNONYMS.iter().find(|(field, _)| *field == key).map_or(&[][..], |row| row.1);
    let is_it = |block: &Block| {
        let is = |word: &str| block.key.eq_ignore_ascii_case(word);
        is(key) || synonyms.iter().any(|word| is(word))
    };
    let all: Vec<usize> = (0..blocks.len()).filter(|at| is_it(&blocks[*at])).collect();
    match all[..] {
        [] => Ok(None),
        [one] => Ok(Some(one)),
        _ => Err(DuplicateField),
    }
}

/// Puts a field into the place of the old one, or behind the one that import writes before it.
fn put(
    blocks: &mut Vec<Block>,
    at: Option<usize>,
    key: &str,
    lines: Option<String>,
    order: &[&str],
) {
    match (at, lines) {
        (Some(at), Some(lines)) => {
            let kept = trailing(&blocks[at].lines).to_owned();
            blocks[at] = Block { key: key.to_owned(), lines: lines + &kept };
        }
        (Some(at), None) => {
            let kept = trailing(&blocks[at].lines).to_owned();
            match at.checked_sub(1) {
                Some(before) => blocks[before].lines.push_str(&kept),
                None if kept.is_empty() => {}
                None => blocks.insert(1, Block { key: String::new(), lines: kept }),
            }
            blocks.remove(at);
        }
        (None, Some(lines)) => {
            let rank = order.iter().position(|other| *other == key).unwrap_or(order.len());
            let mut before = order[..rank].iter().rev();
            let place = before.find_map(|key| position(blocks, key).ok()?).map_or(0, |at| at + 1);
            blocks.insert(place, Block { key: key.to_owned(), lines });
        }
        (None, None) => {}
    }
}

/// The comments and empty lines behind a field, which belong to what comes next.
fn trailing(lines: &str) -> &str {
    let mut end = lines.len();
    for line in lines.split_inclusive('\n').rev() {
        let bare = line.trim_start();
        if !line.starts_with('#') && !bare.is_empty() {
            break;
        }
        end -= line.len();
    }
    &lines[end..]
}

/// The list of claims, in which those that stay are written as they were.
fn claims(lines: &str, before: &[Claim], after: &[Claim]) -> Option<String> {
    let body = lines.find('\n')? + 1;
    let items = items(&lines[body..]);
    if items.len() != before.len() || after.is_empty() {
        return None;
    }
    let indent = lines[body..].len() - lines[body..].trim_start_matches(' ').len();
    let mut out = lines[..body].to_owned();
    for claim in after {
        match before.iter().position(|old| old == claim) {
            Some(at) => out.push_str(&lines[body..][items[at].clone()]),
            None => {
                for line in markdown::claim(claim).lines() {
                    out.push_str(&" ".repeat(indent));
                    out.push_str(line.strip_prefix("  ").unwrap_or(line));
                    out.push('\n');
                }
            }
        }
    }
    Some(out)
}

/// The items of a list, each on lines of its own.
fn items(lines: &str) -> Vec<Range<usize>> {
    let indent = lines.len() - lines.trim_start_matches(' ').len();
    let mut items: Vec<Range<usize>> = Vec::new();
    let mut at = 0;
    for line in lines.split_inclusive('\n') {
        let bare = line.trim_start_matches(' ');
        if line.len() - bare.len() == indent && bare.starts_with("- ") {
            items.push(at..at);
        }
        at += line.len();
        if let Some(item) = items.last_mut() {
            item.end = at;
        }
    }
    items
}

//! The links of all texts: those that lead nowhere, and the files that have to be published for them.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::Index;
use super::pages::{Page, company_address, output_path, partnership_address};
use super::targets::{self, Lost};
use crate::diagnostic::{self, Diagnostic};
use crate::model::Rights;
use crate::parse::links::{Link, Target};
use crate::source::{Asset, Inputs, Source};

/// How many dead links of one text are told one by one.
const DEAD_LINKS: usize = 50;

/// The links of one text.
struct Text<'a> {
    source: &'a Source,
    /// Where the body begins in the source.
    start: usize,
    links: &'a [Link],
    is_published: bool,
}

/// All texts with links.
fn texts<'a>(index: &'a Index, inputs: &'a Inputs) -> Vec<Text<'a>> {
    let others = inputs.pages.iter().chain(&inputs.companies).chain(&inputs.partnerships);
    let sources: HashMap<&str, &Source> = others.map(|source| (&*source.path, source)).collect();
    let text = |path: &str, start: usize, links: &'a [Link]| {
        let source = *sources.get(path)?;
        Some(Text { source, start, links, is_published: true })
    };
    let articles = index.articles.iter().map(|entry| Text {
        source: &entry.file.source,
        start: entry.article().body.start(),
        links: entry.links(),
        is_published: entry.article().rights == Rights::Full,
    });
    let pages = index.standing();
    let pages = pages.filter_map(|(_, r)| text(&r.page.path, r.page.body.start(), &r.body.links));
    let companies = index.companies.values().map(|record| (&record.company, &record.profile));
    let companies = companies.filter_map(|(c, body)| text(&c.path, c.body.start(), &body.links));
    let notes = index.relations.values().filter_map(|relation| relation.note.as_ref());
    let notes = notes.filter_map(|(n, body)| text(&n.path, n.body.start(), &body.links));
    let all = articles.chain(pages).chain(companies).chain(notes);
    all.filter(|text| !text.links.is_empty()).collect()
}

/// The links that an author wrote on a page, by the page's path in the output folder, with the file.
#[must_use]
pub fn written(index: &Index) -> HashMap<String, (Option<&Source>, &[Link])> {
    let articles = index.articles.iter();
    let articles = articles.map(|e| (&*e.address, Some(&e.file.source), e.links()));
    let mut all: HashMap<_, _> =
        articles.map(|(address, source, links)| (output_path(address), (source, links))).collect();
    all.extend(index.standing().map(|(address, record)| {
        (output_path(&address), (Some(&record.source), &record.body.links[..]))
    }));
    all.extend(index.companies.iter().map(|(id, record)| {
        (output_path(&company_address(id)), (None, &record.profile.links[..]))
    }));
    all.extend(index.relations.iter().filter_map(|(id, relation)| {
        let (_, body) = relation.note.as_ref()?;
        Some((output_path(&partnership_address(id)), (None, &body.links[..])))
    }));
    all
}

/// Reports links that lead nowhere; gives the files below `content/` that published texts show or link
/// to, by their path in the output folder.
pub fn check(
    index: &Index,
    inputs: &Inputs,
    pages: &[(Page, String)],
    made: &BTreeSet<String>,
    found: &mut Vec<Diagnostic>,
) -> BTreeMap<String, Asset> {
    let mut media = BTreeMap::new();
    let texts = texts(index, inputs);
    if texts.is_empty() {
        return media;
    }
    let known: BTreeSet<&str> = pages.iter().map(|(_, address)| address.as_str()).collect();
    let is_there = |path: &str| {
        known.contains(path)
            || known.contains(format!("{}/", path.trim_end_matches('/')).as_str())
            || made.contains(path.trim_start_matches('/'))
    };
    for text in texts {
        let mut dead = 0;
        for link in text.links {
            let lost = match targets::meant(index, &text.source.path, link) {
                Ok(meant) => {
                    if let Some(path) = meant.file.filter(|_| text.is_published)
                        && let Some(asset) = index.files.get(&path)
                    {
                        media.insert(path, asset.clone());
                    }
                    continue;
                }
                Err(lost) => lost,
            };
            let span = link.span.start + text.start..link.span.end + text.start;
            let problem = match (&link.to, lost) {
                (Target::Address(address), _) => {
                    let path = address.split(['#', '?']).next().unwrap_or(address);
                    if is_there(path) {
                        continue;
                    }
                    let near = diagnostic::nearest(path, known.iter().copied());
                    diagnostic::dead_link(text.source, span, path, near)
                }
                (_, Lost::Unknown) => continue,
                (Target::Name { name, .. }, Lost::Several) => {
                    diagnostic::name_of_several(text.source, span, name)
                }
                (Target::Name { name, .. }, Lost::Nothing) => {
                    let near = diagnostic::nearest(name, index.targets().names());
                    diagnostic::name_of_nothing(text.source, span, name, near)
                }
                (Target::File(path), _) => {
                    let near = near_file(index, path);
                    diagnostic::no_file(text.source, span, path, near.as_deref())
                }
            };
            dead += 1;
            if dead <= DEAD_LINKS {
                found.push(problem);
            }
        }
        if dead > DEAD_LINKS {
            found.push(diagnostic::more_dead_links(text.source, dead - DEAD_LINKS));
        }
    }
    media
}

/// A file of nearly the same name, as a path that works from any text.
fn near_file(index: &Index, path: &str) -> Option<String> {
    let name = |path: &str| path.rsplit('/').next().unwrap_or(path).to_owned();
    let pages = index.targets().files().map(str::to_owned);
    let media = index.files.keys().filter_map(|path| path.strip_prefix("media/"));
    let all: Vec<String> = pages.chain(media.map(|path| format!("content/{path}"))).collect();
    let names: Vec<String> = all.iter().map(|path| name(path)).collect();
    let wanted = name(path);
    let near = diagnostic::nearest(&wanted, names.iter().map(String::as_str))?;
    let at = names.iter().position(|name| name == near)?;
    Some(format!("@/{}", all[at].strip_prefix("content/").unwrap_or(&all[at])))
}

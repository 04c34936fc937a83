//! Writes what was learned into files of the site, and reads anew what nobody has edited.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;

use anyhow::{Context, Result};

use super::{Desk, Site};
use crate::commands::import;
use crate::desk::files;
use crate::desk::operation::Lesson;
use crate::model::{CUTS, Publisher, slug};
use crate::parse::company;
use crate::source::{CONFIG, Source};
use crate::understand::companies::builtin;

/// A file with its text before, where there was one, and after.
type Change = (PathBuf, Option<String>, String);

/// Files that are being written, each with its text before and now.
struct PendingFiles<'a> {
    desk: &'a Desk,
    site: &'a Site,
    changes: BTreeMap<PathBuf, (Option<String>, String)>,
}

impl Desk {
    /// What the files of the site are to be after some lessons.
    pub(super) fn lessons(&self, lessons: &[Lesson], site: &Site) -> Result<Vec<Change>> {
        let mut drafts = PendingFiles { desk: self, site, changes: BTreeMap::new() };
        for lesson in lessons {
            match lesson {
                Lesson::Company { id, names } => drafts.company(id, names)?,
                Lesson::Alias { id, name } => drafts.extend(id, "aliases", name)?,
                Lesson::Merge { into, id, name } => drafts.merge(into, id, name.as_deref())?,
                Lesson::Apart { id, other } => drafts.extend(id, "different_from", other)?,
                Lesson::Never { id, names } => drafts.never(id, names)?,
                Lesson::Publisher { name, alias } => drafts.publisher(name, |publisher| {
                    let alias = alias.iter().filter(|alias| is_like(name, alias));
                    let new: Vec<_> = alias.filter(|alias| !publisher.is_called(alias)).collect();
                    publisher.aliases.extend(new.into_iter().cloned());
                })?,
                Lesson::Writers { publisher, names, others } => {
                    drafts.writers(publisher, names, others)?;
                }
                Lesson::Cut { publisher, line } => drafts.publisher(publisher, |publisher| {
                    cut(publisher, line);
                })?,
                Lesson::DateAfter { publisher, words } => {
                    drafts.publisher(publisher, |publisher| {
                        if !publisher.date_after.contains(words) {
                            publisher.date_after.push(words.clone());
                        }
                    })?;
                }
            }
        }
        Ok(drafts
            .changes
            .into_iter()
            .filter(|(_, (before, after))| before.as_ref() != Some(after))
            .map(|(path, (before, after))| (path, before, after))
            .collect())
    }

    /// Reads anew, in the background, what nobody has edited and a lesson may concern.
    pub(super) fn read_again(&self, lessons: &[Lesson]) {
        let mut words: Vec<String> = Vec::new();
        for lesson in lessons {
            match lesson {
                Lesson::Company { names, .. } | Lesson::Never { names, .. } => {
                    words.extend(names.iter().cloned());
                }
                Lesson::Alias { name, .. } => words.push(name.clone()),
                Lesson::Merge { name, .. } => words.extend(name.clone()),
                // What articles say stays the same.
                Lesson::Apart { .. } => {}
                Lesson::Publisher { name, alias } => {
                    words.push(name.clone());
                    words.extend(alias.clone());
                }
                Lesson::Writers { names, .. } => words.extend(names.iter().cloned()),
                // Only what is never the article any more makes a difference.
                Lesson::Cut { line, .. } => words.push(line.clone()),
                Lesson::DateAfter { publisher, .. } => words.push(publisher.clone()),
            }
        }
        words.retain(|word| !word.trim().is_empty());
        if words.is_empty() {
            return;
        }
        let (global, terminal) = (self.global.clone(), self.terminal);
        let (news, writing) = (Arc::clone(&self.news), Arc::clone(&self.writing));
        std::thread::spawn(move || {
            let is_concerned = |text: &str| words.iter().any(|word| text.contains(word.as_str()));
            match import::Importer::new(&global, None, terminal) {
                Ok(mut importer) => {
                    let changed = importer.again(is_concerned, &writing);
                    news.lock().expect("no thread panics while it holds the news").extend(changed);
                }
                Err(error) => terminal.fail(&format!("error: {error:#}")),
            }
        });
    }
}

impl PendingFiles<'_> {
    /// The text of a file as it is by now.
    fn text(&self, path: &PathBuf) -> Result<Option<String>> {
        if let Some((_, now)) = self.changes.get(path) {
            return Ok(Some(now.clone()));
        }
        if !path.is_file() {
            return Ok(None);
        }
        let bytes = crate::read::read(path)?;
        let text = String::from_utf8(bytes);
        Ok(Some(text.with_context(|| format!("{} is not UTF-8", path.display()))?))
    }

    fn set(&mut self, path: PathBuf, before: Option<String>, text: String) {
        self.changes.entry(path).or_insert((before, String::new())).1 = text;
    }

    fn company_path(&self, id: &str) -> PathBuf {
        self.desk.root.join(format!("content/companies/{id}.md"))
    }

    /// Writes down what is known of a company, if nobody has.
    fn company(&mut self, id: &str, names: &[String]) -> Result<()> {
        let path = self.company_path(id);
        if self.text(&path)?.is_some() {
            return Ok(());
        }
        // A name that another company has would be one of two.
        let is_free =
            |name: &&String| self.site.gazetteer.by_name(name).is_none_or(|other| other == id);
        let mut names: Vec<String> = names.iter().filter(is_free).cloned().collect();
        let mut seen = Vec::new();
        names.retain(|name| {
            let lower = name.to_lowercase();
            !seen.contains(&lower) && {
                seen.push(lower);
                true
            }
        });
        let text = if let Some(row) = builtin(id) {
            names.retain(|name| !row.names().any(|known| known == name));
            names.iter().fold(files::listed(row), |text, name| {
                files::with_item(&text, "aliases", name).unwrap_or(text)
            })
        } else {
            let names = if names.is_empty() { vec![id.to_owned()] } else { names };
            files::company(&names)
        };
        self.learned_company(id, &text);
        self.set(path, None, text);
        Ok(())
    }

    /// Notes a company before the site is put together again.
    fn learned_company(&self, id: &str, text: &str) {
        let source = Source::new(&format!("content/companies/{id}.md"), text);
        if let (Some(company), _) = company::company(&source) {
            self.desk.state().written.insert(id.to_owned(), company);
        }
    }

    /// Adds a word to a list of a company's file, and begins the file if there is none.
    fn extend(&mut self, id: &str, key: &str, word: &str) -> Result<()> {
        let path = self.company_path(id);
        let before = self.text(&path)?;
        let begun = match (&before, builtin(id)) {
            (Some(text), _) => text.clone(),
            (None, Some(row)) => files::listed(row),
            (None, None) => files::company(&[id.to_owned()]),
        };
        let text = files::with_item(&begun, key, word).with_context(|| {
            format!("{} has a `{key}` of another form: add `{word}` to it by hand", path.display())
        })?;
        self.learned_company(id, &text);
        self.set(path, before, text);
        Ok(())
    }

    /// Says that a company is another one, which texts give one more name.
    fn merge(&mut self, into: &str, id: &str, name: Option<&str>) -> Result<()> {
        self.extend(into, "former_ids", id)?;
        match name.filter(|name| self.site.gazetteer.by_name(name).is_none()) {
            Some(name) => self.extend(into, "aliases", name),
            None => Ok(()),
        }
    }

    /// Says that some names are no company's, or none of this one of the list.
    fn never(&mut self, id: &str, names: &[String]) -> Result<()> {
        let is_own = self.text(&self.company_path(id))?.is_some();
        for name in names {
            if is_own || builtin(id).is_some() {
                self.extend(id, "not_names", name)?;
                continue;
            }
            let own = self.desk.root.join(CONFIG);
            let path = self.desk.global.config.clone().unwrap_or(own);
            let before = self.text(&path)?;
            let text = before.clone().unwrap_or_default();
            if self.site.config.ignore.contains(name) {
                continue;
            }
            let text = files::with_ignored(&text, name).with_context(|| {
                format!("{CONFIG} has an [ignore] of another form: add `{name}` to its `names`")
            })?;
            self.set(path, before, text);
            self.desk.state().ignored.push(name.clone());
        }
        Ok(())
    }

    /// Notes who writes for a publisher; of whom nobody writes for, no file is begun.
    fn writers(&mut self, publisher: &str, names: &[String], others: &[String]) -> Result<()> {
        let path = self.desk.root.join(format!("content/sources/{}.md", slug(publisher)));
        if names.is_empty() && self.text(&path)?.is_none() {
            return Ok(());
        }
        self.publisher(publisher, |publisher| {
            publisher.authors.retain(|name| !others.contains(name));
            let new = names.iter().filter(|name| !publisher.authors.contains(name));
            let new: Vec<String> = new.cloned().collect();
            publisher.authors.extend(new);
        })
    }

    /// Changes what is known of a publisher.
    fn publisher(&mut self, name: &str, change: impl FnOnce(&mut Publisher)) -> Result<()> {
        let id = slug(name);
        if id.is_empty() {
            return Ok(());
        }
        let relative = format!("content/sources/{id}.md");
        let path = self.desk.root.join(&relative);
        let before = self.text(&path)?;
        let known = before.as_ref().and_then(|text| {
            let (publisher, found) = company::publisher(&Source::new(&relative, text));
            publisher.filter(|_| found.is_empty())
        });
        if before.is_some() && known.is_none() {
            // Somebody is at work on it.
            return Ok(());
        }
        let is_new = known.is_none();
        let old =
            known.unwrap_or_else(|| Publisher { name: name.to_owned(), ..Publisher::default() });
        let mut new = old.clone();
        change(&mut new);
        if new == old && !is_new {
            return Ok(());
        }
        let text = match before.as_deref().filter(|_| !is_new) {
            Some(text) => files::changed_publisher(text, &old, &new),
            None => Some(files::publisher(&new)),
        };
        if let Some(text) = text {
            self.set(path, before, text);
        }
        Ok(())
    }
}

/// Whether two names may be of one publisher: one is an address, or they share a word.
fn is_like(name: &str, alias: &str) -> bool {
    let (one, other) = (slug(name), slug(alias));
    let words = |slug: &str| {
        slug.split('-').filter(|word| word.len() > 2).map(str::to_owned).collect::<Vec<_>>()
    };
    let shared = words(&one).iter().any(|word| other.contains(word.as_str()))
        || words(&other).iter().any(|word| one.contains(word.as_str()));
    shared || alias.contains('.')
}

/// So many lines that were cut once or twice are remembered of a publisher.
const REMEMBERED: usize = 50;

fn cut(publisher: &mut Publisher, line: &str) {
    let line = line.trim();
    match publisher.cut.iter_mut().find(|(known, _)| known == line) {
        Some((_, times)) => *times += 1,
        None => publisher.cut.push((line.to_owned(), 1)),
    }
    let few = publisher.cut.iter().filter(|(_, times)| *times < CUTS).count();
    if few > REMEMBERED {
        let oldest = publisher.cut.iter().position(|(_, times)| *times < CUTS);
        oldest.map(|at| publisher.cut.remove(at));
    }
}

//! The desk of `tearsheet serve` and `tearsheet review`: reads what an article is made from, and writes what a
//! person has decided.

mod learn;
mod pages;
mod queue;
mod readings;

use std::collections::BTreeMap;
use std::path::{Component, Path, PathBuf};
use std::sync::{Arc, LockResult, Mutex, MutexGuard};

use anyhow::{Context, Result, anyhow, bail};

use super::raw;
use crate::check::review::Names;
use crate::cli::Global;
use crate::config::Config;
use crate::desk::operation::{Lesson, Operation, OperationContext, applied};
use crate::desk::patch::patched;
use crate::desk::view::{self, SiteKnowledge};
use crate::index::Index;
use crate::model::{self, Company, Publisher, slug};
use crate::parse::article::{self, ArticleFile};
use crate::parse::company;
use crate::source::Source;
use crate::terminal::Terminal;
use crate::understand::companies::{Gazetteer, builtin};
use crate::understand::legal_forms;
use crate::write;

pub(super) use queue::Row;
use readings::Readings;

/// A table from hashes of raw texts to how much running text they have.
type Prose = Box<dyn Fn(&str) -> Option<usize> + Send + Sync>;

/// The desk of one site.
pub(super) struct Desk {
    root: PathBuf,
    global: Global,
    terminal: Terminal,
    prose: Prose,
    readings: Arc<Readings>,
    state: Mutex<State>,
    /// Files that were read anew by themselves, each with what is different.
    news: Arc<Mutex<Vec<(String, String)>>>,
    /// Held by whoever writes files.
    writing: Arc<Mutex<()>>,
}

/// What changes while a person works.
#[derive(Default)]
struct State {
    site: Option<Arc<Site>>,
    /// Companies that were written down since, by id.
    written: BTreeMap<String, Company>,
    /// Names that were put under `[ignore]` since.
    ignored: Vec<String>,
    /// Articles that were accepted, with the hash of the file as it was then.
    accepted: BTreeMap<String, String>,
    /// What can be undone.
    done: Vec<Step>,
}

/// The site as it was put together last.
struct Site {
    index: Arc<Index>,
    config: Config,
    own: Vec<Company>,
    publishers: Arc<Vec<Publisher>>,
    gazetteer: Arc<Gazetteer>,
    queue: std::sync::OnceLock<Vec<Row>>,
}

/// What one step of work changed: each file with its text before, where there was one, and after.
struct Step {
    article: String,
    files: Vec<(PathBuf, Option<String>, String)>,
}

/// Why something was not done.
pub(super) enum Refusal {
    /// The file has changed: as it is now, and as it would be.
    Changed { now: String, mine: Option<String> },
    /// Anything else, in words.
    No(anyhow::Error),
}

impl From<anyhow::Error> for Refusal {
    fn from(error: anyhow::Error) -> Self {
        Self::No(error)
    }
}

/// What the index and the desk itself know of companies.
struct KnownCompanies<'a> {
    site: &'a Site,
    written: &'a BTreeMap<String, Company>,
}

impl Names for KnownCompanies<'_> {
    fn names(&self, id: &str, article: &model::Article) -> Option<Vec<String>> {
        let Some(company) = self.written.get(id) else {
            return self.site.index.names(id, article);
        };
        let mut names = vec![company.name.clone()];
        names.extend(company.aliases.iter().cloned());
        Some(names)
    }
}

impl Desk {
    pub(super) fn new(global: &Global, root: &Path, terminal: Terminal) -> Self {
        Self {
            root: root.to_owned(),
            global: Global { root: root.to_owned(), ..global.clone() },
            terminal,
            prose: Box::new(raw::prose(root)),
            readings: Arc::new(Readings::new(root)),
            state: Mutex::default(),
            news: Arc::default(),
            writing: Arc::default(),
        }
    }

    /// Takes a new edition of the site.
    pub(super) fn take(&self, index: Arc<Index>, sources: &[Source]) {
        let publishers = sources.iter().filter_map(|source| company::publisher(source).0);
        let publishers = Arc::new(publishers.collect());
        let own: Vec<Company> = index
            .companies
            .values()
            .filter(|record| !record.company.path.is_empty())
            .map(|record| record.company.clone())
            .collect();
        let before = self.state().site.clone();
        let config = index.config.clone();
        let is_same = |site: &&Arc<Site>| site.own == own && site.config.ignore == config.ignore;
        let gazetteer = match before.as_ref().filter(is_same) {
            Some(site) => Arc::clone(&site.gazetteer),
            None => Arc::new(Gazetteer::new(&own).ignoring(&config.ignore)),
        };
        let mut state = self.state();
        state.written.retain(|id, _| own.iter().all(|company| company.id != *id));
        state.ignored.retain(|name| !config.ignore.contains(name));
        let queue = std::sync::OnceLock::new();
        state.site = Some(Arc::new(Site { index, config, own, publishers, gazetteer, queue }));
    }

    /// Keeps other threads and other programs from writing files as long as it is held. Threads need the
    /// mutex where the file system knows no locks.
    fn alone(&self) -> (LockResult<MutexGuard<'_, ()>>, Option<write::Lock>) {
        (self.writing.lock(), crate::commands::lock_content(&self.global, self.terminal))
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().expect("no thread panics while it holds the state")
    }

    fn site(&self) -> Result<Arc<Site>> {
        self.state().site.clone().context("the site cannot be put together yet: see the preview")
    }

    /// The site with what was written down since it was put together.
    fn site_now(&self) -> Result<(Arc<Site>, BTreeMap<String, Company>)> {
        let site = self.site()?;
        let (written, ignored) = {
            let state = self.state();
            (state.written.clone(), state.ignored.clone())
        };
        if written.is_empty() && ignored.is_empty() {
            return Ok((site, written));
        }
        let mut own: Vec<Company> = written.values().cloned().collect();
        own.extend(site.own.iter().filter(|company| !written.contains_key(&company.id)).cloned());
        let mut ignore = site.config.ignore.clone();
        ignore.extend(ignored);
        let gazetteer = Arc::new(Gazetteer::new(&own).ignoring(&ignore));
        let site = Site {
            index: Arc::clone(&site.index),
            config: site.config.clone(),
            own,
            publishers: Arc::clone(&site.publishers),
            gazetteer,
            queue: std::sync::OnceLock::new(),
        };
        Ok((Arc::new(site), written))
    }

    /// The file of an article, which must be one and no way out of the site.
    fn file(&self, path: &str) -> Result<PathBuf> {
        let relative = Path::new(path);
        let is_plain = relative.components().all(|part| matches!(part, Component::Normal(_)));
        let is_markdown = relative.extension().is_some_and(|end| end == "md" || end == "markdown");
        if !is_plain || !relative.starts_with("content/articles") || !is_markdown {
            bail!("`{path}` is no article");
        }
        let full = self.root.join(relative);
        let real = std::fs::canonicalize(&full).with_context(|| format!("there is no {path}"))?;
        let articles = std::fs::canonicalize(self.root.join("content/articles"))?;
        if !real.starts_with(articles) {
            bail!("`{path}` leads out of the site");
        }
        Ok(full)
    }

    fn source(&self, path: &str) -> Result<Source> {
        let bytes = crate::read::read(&self.file(path)?)?;
        let text = String::from_utf8(bytes).with_context(|| format!("{path} is not UTF-8"))?;
        Ok(Source::new(path, &text.replace("\r\n", "\n")))
    }

    /// An article at the desk.
    pub(super) fn sheet(&self, path: &str) -> Result<view::OpenArticle> {
        let source = self.source(path)?;
        let (site, written) = self.site_now()?;
        let file = parsed(&source, &site.config)?;
        Ok(self.laid(&file, &site, &written))
    }

    /// Takes the raw text of an article apart in the background, before somebody opens it.
    fn read_ahead(&self, path: &str) {
        let (Ok(source), Ok(site)) = (self.source(path), self.site()) else { return };
        let readings = Arc::clone(&self.readings);
        std::thread::spawn(move || {
            let imported =
                parsed(&source, &site.config).ok().and_then(|file| file.article.imported);
            imported.map(|imported| readings.get(&imported.raw, &site.gazetteer));
        });
    }

    fn laid(
        &self,
        file: &ArticleFile,
        site: &Site,
        written: &BTreeMap<String, Company>,
    ) -> view::OpenArticle {
        let imported = file.article.imported.as_ref();
        let reading =
            imported.and_then(|imported| self.readings.get(&imported.raw, &site.gazetteer));
        let names = KnownCompanies { site, written };
        let shared = self.shared(&file.article.path, written).unwrap_or_default();
        let known = SiteKnowledge {
            config: &site.config,
            gazetteer: &site.gazetteer,
            names: &names,
            publishers: &site.publishers,
            today: site.index.today,
            prose: &*self.prose,
            shared: &shared,
        };
        view::laid(file, reading.as_deref(), &known)
    }

    /// Does some steps to an article whose file has the given hash, and writes what comes of it.
    pub(super) fn work(
        &self,
        path: &str,
        hash: &str,
        steps: &[Operation],
    ) -> Result<view::OpenArticle, Refusal> {
        let alone = self.alone();
        let source = self.source(path)?;
        let (site, written) = self.site_now()?;
        let file = parsed(&source, &site.config)?;
        let mut laid = self.laid(&file, &site, &written);
        let mut article = file.article.clone();
        let mut lessons = Vec::new();
        for step in steps {
            let (new, more) = stepped(&article, step, &laid, &site, &written)?;
            article = new;
            lessons.extend(more);
            if steps.len() > 1 {
                laid = self.laid(
                    &ArticleFile { article: article.clone(), ..file.clone() },
                    &site,
                    &written,
                );
            }
        }
        let text = patched(&source, &site.config, &file.article, &article)
            .map_err(|why| anyhow!("{path}: {why}"));
        if view::hash(&source) != hash {
            return Err(Refusal::Changed { now: source.text.to_string(), mine: text.ok() });
        }
        let text = text?;
        // What was learned comes first: who reads the site in between finds nothing accepted that is unknown.
        let mut files = self.lessons(&lessons, &site)?;
        if text != *source.text {
            files.push((self.file(path)?, Some(source.text.to_string()), text.clone()));
        }
        self.put_down(path, files)?;
        drop(alone);
        let new = Source::new(path, &text);
        if steps.contains(&Operation::Accept) {
            self.state().accepted.insert(path.to_owned(), view::hash(&new));
        }
        self.read_again(&lessons);
        let (site, written) = self.site_now()?;
        Ok(self.laid(&parsed(&new, &site.config)?, &site, &written))
    }

    /// Writes files, and remembers how to undo that.
    fn put_down(&self, article: &str, files: Vec<(PathBuf, Option<String>, String)>) -> Result<()> {
        for (path, before, after) in &files {
            match before {
                Some(_) => write::replace(path, after)?,
                None => write::create(path, after)?,
            }
        }
        if !files.is_empty() {
            self.state().done.push(Step { article: article.to_owned(), files });
        }
        Ok(())
    }

    /// Undoes the last step, unless somebody has changed what it wrote; says on which article.
    pub(super) fn undo(&self) -> Result<String> {
        let _alone = self.alone();
        let step = self.state().done.pop().context("there is nothing to undo")?;
        for (path, _, after) in &step.files {
            if std::fs::read(path).ok().as_deref() != Some(after.as_bytes()) {
                bail!("{} has changed since, so that nothing was undone", path.display());
            }
        }
        for (path, before, after) in &step.files {
            match before {
                Some(before) => write::replace(path, before)?,
                None => write::remove(path, after)?,
            }
        }
        let mut state = self.state();
        state.accepted.remove(&step.article);
        for (path, ..) in &step.files {
            let id = path.file_stem().map(|stem| stem.to_string_lossy().into_owned());
            id.map(|id| state.written.remove(&id));
        }
        state.ignored.clear();
        Ok(step.article)
    }
}

/// An article after a step, and what is to be learned from it.
fn stepped(
    article: &model::Article,
    step: &Operation,
    laid: &view::OpenArticle,
    site: &Site,
    written: &BTreeMap<String, Company>,
) -> Result<(model::Article, Vec<Lesson>)> {
    let names = KnownCompanies { site, written };
    let open: Vec<model::Settled> =
        laid.reasons.iter().filter_map(crate::check::review::Reason::settled).collect();
    let about = OperationContext {
        forms: &laid.forms,
        id: &|name| id_of(name, site),
        is_found: &|id| laid.found.contains(id),
        is_known: &|id| names.names(id, article).is_some(),
        kinds: &site.config.kinds,
        open: &open,
    };
    applied(article, step, &about).map_err(|why| anyhow!(why))
}

fn parsed(source: &Source, config: &Config) -> Result<ArticleFile> {
    let (file, found) = article::article(source, config);
    let error = found.iter().find(|message| message.is_error());
    if let Some(error) = error {
        bail!("{}", error.render(false));
    }
    file.with_context(|| format!("{} is no article", source.path))
}

/// The id of a company that is meant by an id or any of its names.
fn id_of(name: &str, site: &Site) -> Option<String> {
    let name = name.trim();
    let is_id = builtin(name).is_some() || site.index.companies.contains_key(name);
    if is_id {
        return Some(name.to_owned());
    }
    if let Some(id) = site.gazetteer.by_name(name) {
        return Some(id.to_owned());
    }
    Some(slug(legal_forms::strip(name))).filter(|id| !id.is_empty())
}

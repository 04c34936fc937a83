//! Reads documents and stores what they say: every import goes through here, whoever asks for it.

use std::collections::BTreeMap;
use std::panic::AssertUnwindSafe;
use std::path::Path;
use std::sync::Mutex;

use anyhow::{Context, Result, anyhow, bail};

use super::second_reader::ask;
use crate::cli::Global;
use crate::commands::raw::{self, Raw, hash};
use crate::config::{self, Config, Section};
use crate::import::article::{self as reading, ImportContext, Imported};
use crate::import::foreign::{self, PostKind};
use crate::import::{MAX_TEXT, feed, html, markdown, second_reader, text};
use crate::model::{self, PartialDate};
use crate::parse::markdown::{MAX_MARKS, marks};
use crate::parse::{article, company};
use crate::source::{Inputs, Source};
use crate::terminal::Terminal;
use crate::understand::companies::Gazetteer;
use crate::understand::lexicon;
use crate::write;

/// What a document is known again by, and how it is named in messages.
pub(in crate::commands) struct Origin {
    pub(in crate::commands) name: String,
    /// Hash of the raw bytes, of the address, or of a feed entry's id.
    pub(in crate::commands) key: String,
}

/// What became of one document.
pub(in crate::commands) enum Outcome {
    Written(String),
    Updated(String),
    Unchanged(String),
    Kept { path: String, difference: String },
}

/// How many documents became what.
#[derive(Clone, Copy, Debug, Default)]
struct Counts {
    new: usize,
    anew: usize,
    unchanged: usize,
    kept: usize,
    refused: usize,
}

impl Counts {
    fn add(&mut self, outcome: &Outcome) {
        *match outcome {
            Outcome::Written(_) => &mut self.new,
            Outcome::Updated(_) => &mut self.anew,
            Outcome::Unchanged(_) => &mut self.unchanged,
            Outcome::Kept { .. } => &mut self.kept,
        } += 1;
    }

    /// `2 new, 1 kept as edited`; nothing where nothing was read.
    fn words(self) -> String {
        let told = [
            (self.new, "new"),
            (self.anew, "read anew"),
            (self.unchanged, "unchanged"),
            (self.kept, "kept as edited"),
            (self.refused, "refused"),
        ];
        let told = told.into_iter().filter(|(count, _)| *count > 0);
        told.map(|(count, what)| format!("{count} {what}")).collect::<Vec<_>>().join(", ")
    }
}

/// What every import needs: settings, known companies, and the files that import wrote before.
pub(in crate::commands) struct Importer<'a> {
    pub(in crate::commands) root: &'a Path,
    pub(in crate::commands) terminal: Terminal,
    pub(in crate::commands) config: Config,
    pub(in crate::commands) gazetteer: Gazetteer,
    pub(in crate::commands) setting: ImportContext,
    publishers: Vec<model::Publisher>,
    known: BTreeMap<String, ImportedFile>,
    tally: Counts,
    /// Whether what is imported is left out of the built site until a person has looked at it.
    is_drafting: bool,
}

/// A file that import wrote.
struct ImportedFile {
    path: String,
    written: String,
    text: String,
}

impl ImportedFile {
    /// Whether nobody has edited the file.
    fn is_as_written(&self) -> bool {
        hash(markdown::without_note(&self.text).as_bytes()) == self.written
    }

    fn is_draft(&self) -> bool {
        // The line as import writes it; a person who writes another one has edited the file.
        self.text.lines().any(|line| line == "draft: true")
    }
}

impl<'a> Importer<'a> {
    pub(in crate::commands) fn new(
        global: &'a Global,
        retrieved: Option<PartialDate>,
        terminal: Terminal,
    ) -> Result<Self> {
        let inputs = crate::commands::inputs_if_any(global)?;
        let (config, mistakes) = config::config(inputs.config.as_ref());
        terminal.diagnostics(&mistakes);
        let own: Vec<_> = inputs.companies.iter().filter_map(|s| company::company(s).0).collect();
        let setting = ImportContext { rights: config.rights, retrieved };
        // Either takes a fifth of the time of reading one page.
        let (gazetteer, _) = rayon::join(|| Gazetteer::new(&own), lexicon::all);
        let gazetteer = gazetteer.ignoring(&config.ignore);
        let known = known(&inputs);
        let root = &global.root;
        let sources = inputs.sources.iter();
        let publishers = sources.filter_map(|source| company::publisher(source).0).collect();
        Ok(Self {
            root,
            terminal,
            config,
            gazetteer,
            setting,
            publishers,
            known,
            tally: Counts::default(),
            is_drafting: false,
        })
    }

    /// The same importer, of which nothing is published by itself.
    pub(in crate::commands) fn drafting(self) -> Self {
        Self { is_drafting: true, ..self }
    }

    /// Reads a raw text and stores what it says. What was made of it when its key was `before` makes
    /// room for it, unless somebody has edited that.
    pub(in crate::commands) fn import(&mut self, raw: &Raw, before: Option<String>) -> Result<()> {
        let context = || format!("cannot import {}", raw.name);
        let found = self.read_raw(raw).with_context(context)?;
        let key = raw.key();
        if let Some(before) = before.filter(|before| *before != key)
            && !self.known.contains_key(&key)
            && let Some(known) = self.known.remove(&before).filter(ImportedFile::is_as_written)
        {
            self.known.insert(key.clone(), known);
        }
        self.deliver_raw(raw, &found, false)
    }

    /// Prints what a raw text says, or keeps the text and stores what it says.
    pub(in crate::commands) fn deliver_raw(
        &mut self,
        raw: &Raw,
        found: &Imported,
        print: bool,
    ) -> Result<()> {
        let origin = Origin { name: raw.name.clone(), key: raw.key() };
        if !print {
            raw::keep(self.root, &origin.key, &raw.bytes);
        }
        self.deliver(&origin, found, print)
    }

    /// Reads again what nobody has edited, where the raw text is kept and the file is concerned; gives the
    /// files that are different now, each with how. Whoever else writes files here holds `writing` meanwhile.
    pub(in crate::commands) fn again(
        &mut self,
        is_concerned: impl Fn(&str) -> bool,
        writing: &Mutex<()>,
    ) -> Vec<(String, String)> {
        let concerned = self.known.iter().filter(|(_, known)| known.is_as_written());
        let concerned = concerned.filter(|(_, known)| is_concerned(&known.text));
        let raws: Vec<Raw> = concerned.filter_map(|(key, known)| self.kept(key, known)).collect();
        let mut told = Vec::new();
        for raw in raws {
            let found = self.read_raw(&raw);
            let origin = Origin { name: raw.name.clone(), key: raw.key() };
            let _alone = (writing.lock(), write::lock_content(self.root, || {}));
            let Some(known) = self.known.get(&origin.key) else { continue };
            let (target, before) = (self.root.join(&known.path), known.text.clone());
            let on_disk = || std::fs::read_to_string(&target).unwrap_or_default();
            if on_disk() != before {
                continue;
            }
            match found.and_then(|found| self.put(&origin, &found.article)) {
                Ok(Outcome::Updated(path)) => {
                    let plain = markdown::without_note;
                    told.push((path, difference(&plain(&before), &plain(&on_disk()))));
                }
                Ok(_) => {}
                Err(error) => self.terminal.fail(&format!("error: {error:#}")),
            }
        }
        told
    }

    /// The raw text that a file was made of, where it is kept.
    fn kept(&self, key: &str, known: &ImportedFile) -> Option<Raw> {
        let bytes = raw::read(self.root, key)?;
        let source = Source::new(&known.path, &known.text);
        let (file, _) = article::article(&source, &self.config);
        let article = file?.article;
        let name = article.imported.as_ref()?.from.clone().unwrap_or_else(|| "-".to_owned());
        let address = article.source_url().map(str::to_owned);
        let address = address.filter(|address| hash(address.as_bytes()) == key);
        let raw = Raw { name, bytes, address, charset: None };
        (raw.key() == key).then_some(raw)
    }

    /// Says of a document that it cannot be imported.
    pub(in crate::commands) fn refuse(&mut self, error: &anyhow::Error) {
        self.tally.refused += 1;
        self.terminal.fail(&format!("error: {error:#}"));
    }

    /// Says what became of all documents.
    pub(in crate::commands) fn sum_up(&self) {
        let words = self.tally.words();
        if !words.is_empty() {
            self.terminal.say(&format!("imported: {words}"));
        }
    }

    pub(in crate::commands) fn read_raw(&self, raw: &Raw) -> Result<Imported> {
        let (address, charset) = (raw.address.as_deref(), raw.charset.as_deref());
        let mut found = guarded(|| self.read(&raw.name, &raw.bytes, address, charset))?;
        if !self.config.reader.is_empty() && self.config.is_about(Section::Partnerships) {
            self.read_again(&mut found, &raw.bytes);
        }
        Ok(found)
    }

    /// Asks the second reader; its failure costs nothing but a line.
    fn read_again(&self, found: &mut Imported, bytes: &[u8]) {
        let kinds: Vec<&str> = self.config.kinds.keys().map(String::as_str).collect();
        let question = second_reader::question(&found.article, &kinds);
        let seconds = u64::try_from(self.config.reader_seconds).unwrap_or(u64::MAX);
        let done = ask(&self.config.reader, self.root, question, seconds).and_then(|answer| {
            // Of a page only the article is known to be text.
            let text = if html::is_page(bytes) { None } else { text::read(bytes).ok() };
            let text = text.unwrap_or_else(|| found.article.body.to_string());
            second_reader::heed(found, &answer, &text, &kinds, &self.gazetteer)
                .map_err(|error| anyhow!("its answer is not what it should be: {error}"))
        });
        if let Err(error) = done {
            found.doubts.push(format!("the second reader: {error:#}"));
        }
    }

    /// Whether import wrote a file for this document.
    pub(in crate::commands) fn knows(&self, key: &str) -> bool {
        self.known.contains_key(key)
    }

    /// Reads a text or a page; `address` is where it came from.
    pub(in crate::commands) fn read(
        &self,
        name: &str,
        bytes: &[u8],
        address: Option<&str>,
        charset: Option<&str>,
    ) -> Result<Imported> {
        // A note of the Obsidian clipper, or a single post.
        let bare = bytes.strip_prefix("\u{feff}".as_bytes()).unwrap_or(bytes);
        let is_fenced = [b"---\n", b"+++\n"].iter().any(|fence| bare.starts_with(*fence))
            || [b"---\r\n", b"+++\r\n"].iter().any(|fence| bare.starts_with(*fence));
        let is_note =
            Path::new(name).extension().is_some_and(|end| end == "md" || end == "markdown");
        if address.is_none() && (is_fenced || is_note) {
            let text = std::str::from_utf8(bytes).context("it is not UTF-8 text")?;
            return Ok(foreign::note(name, text, &self.config, &self.gazetteer, &self.setting));
        }
        if address.is_some() || html::is_page(bytes) {
            let (gazetteer, publishers) = (&self.gazetteer, &self.publishers);
            return reading::page_of(bytes, address, charset, gazetteer, &self.setting, publishers)
                .map_err(|e| anyhow!(e));
        }
        if bytes.len() > MAX_TEXT {
            bail!("it is larger than 1 MB, which no press text is");
        }
        reading::text_of(bytes, &self.gazetteer, &self.setting, &self.publishers)
            .map_err(|error| anyhow!(error))
    }

    /// Stores what was read, and says what became of it.
    pub(in crate::commands) fn store(&mut self, origin: &Origin, found: &Imported) -> Result<()> {
        let outcome = self
            .put(origin, &found.article)
            .with_context(|| format!("cannot store what was made of {}", origin.name))?;
        self.tally.add(&outcome);
        self.report(origin, &outcome, &found.doubts);
        Ok(())
    }

    /// What was read, as a file that can be built.
    fn file(origin: &Origin, article: &model::Article, form: PostKind) -> Result<String> {
        if marks(&article.body) > MAX_MARKS {
            bail!("{} has more than {MAX_MARKS} lines and marks of Markdown", origin.name);
        }
        Ok(match form {
            PostKind::Article => markdown::file(article),
            PostKind::Page => markdown::page(article),
        })
    }

    /// An article without what the site is not about.
    fn about(&self, mut article: model::Article) -> model::Article {
        if !self.config.is_about(Section::Partnerships) {
            // Without tags of its own it has those of its partnerships.
            let kinds: Vec<&str> =
                article.partnerships.iter().flat_map(|c| &c.kinds).map(|k| k.0.as_str()).collect();
            if article.tags.iter().all(|tag| kinds.contains(&tag.as_str())) {
                article.tags.clear();
            }
            article.partnerships.clear();
        }
        if !self.config.is_about(Section::Companies) {
            article.companies.clear();
        }
        article
    }

    /// The file that was made of a document.
    pub(in crate::commands) fn path_of(&self, key: &str) -> Option<&str> {
        self.known.get(key).map(|known| known.path.as_str())
    }

    /// Prints what was read, or stores it.
    pub(in crate::commands) fn deliver(
        &mut self,
        origin: &Origin,
        found: &Imported,
        print: bool,
    ) -> Result<()> {
        if print {
            let text = Self::file(origin, &self.about(found.article.clone()), PostKind::Article)?;
            return Ok(self.terminal.data(&text)?);
        }
        self.store(origin, found)
    }

    fn put(&mut self, origin: &Origin, article: &model::Article) -> Result<Outcome> {
        let path = free_path(self.root, article.date, &article.slug);
        self.put_at(origin, article, PostKind::Article, &path)
    }

    /// Stores what was read in a file that is free, or in the one that was made of it before.
    pub(in crate::commands) fn put_at(
        &mut self,
        origin: &Origin,
        article: &model::Article,
        form: PostKind,
        path: &str,
    ) -> Result<Outcome> {
        let mut article = self.about(article.clone());
        // A draft stays one until a person says otherwise.
        let before = self.known.get(&origin.key);
        article.draft |= before.map_or(self.is_drafting, ImportedFile::is_draft);
        let plain = Self::file(origin, &article, form)?;
        let written = hash(plain.as_bytes());
        let from =
            Path::new(&origin.name).file_name().map(|name| name.to_string_lossy().into_owned());
        article.imported = Some(model::Imported {
            from: from.filter(|name| name != "-"),
            raw: origin.key.clone(),
            written: written.clone(),
        });
        let text = Self::file(origin, &article, form)?;
        if let Some(before) = self.known.get(&origin.key) {
            let path = before.path.clone();
            let now = markdown::without_note(&before.text);
            if now == plain {
                return Ok(Outcome::Unchanged(path));
            }
            if !before.is_as_written() {
                return Ok(Outcome::Kept { difference: difference(&now, &plain), path });
            }
            write::replace(&self.root.join(&path), &text)?;
            return Ok(Outcome::Updated(path));
        }
        write::create(&self.root.join(path), &text)?;
        let path = path.to_owned();
        self.known.insert(origin.key.clone(), ImportedFile { path: path.clone(), written, text });
        Ok(Outcome::Written(path))
    }

    fn report(&self, origin: &Origin, outcome: &Outcome, doubts: &[String]) {
        let doubts = if doubts.is_empty() {
            String::new()
        } else {
            format!(" (look at: {})", doubts.join(", "))
        };
        let name = &origin.name;
        let line = match outcome {
            Outcome::Written(path) => format!("{name} → {path}{doubts}"),
            Outcome::Updated(path) => format!("{name} → {path}, read anew{doubts}"),
            Outcome::Unchanged(path) => format!("{name}: already in {path}"),
            Outcome::Kept { path, .. } => format!("{name}: {path} was edited and stays as it is"),
        };
        self.terminal.say(&line);
        if let Outcome::Kept { difference, .. } = outcome {
            self.terminal.detail(&format!("import would now write\n{difference}"));
        }
    }
}

/// Reads one document so that a fault of ours ends there, and the others are still read.
pub(in crate::commands) fn guarded<T>(read: impl FnOnce() -> Result<T>) -> Result<T> {
    std::panic::catch_unwind(AssertUnwindSafe(read)).unwrap_or_else(|_| {
        Err(anyhow!(
            "a fault of tearsheet {} keeps it from reading this; the rest goes on\n\
             please report it, with the text",
            env!("CARGO_PKG_VERSION")
        ))
    })
}

/// What an entry of a feed is known again by: its id, whatever happens to its text.
pub(in crate::commands) fn entry_origin(entry: &feed::Entry) -> Origin {
    let name = entry.link.clone().unwrap_or_else(|| entry.id.clone());
    Origin { name, key: hash(format!("feed entry {}", entry.id).as_bytes()) }
}

/// The files that import wrote, by the hash of the raw text.
fn known(inputs: &Inputs) -> BTreeMap<String, ImportedFile> {
    let mut known = BTreeMap::new();
    for source in inputs.articles.iter().chain(&inputs.pages) {
        // The line is ours and always looks the same; the rest of the file may be broken by now.
        let Some(line) = source.text.lines().find(|line| line.starts_with("imported: {")) else {
            continue;
        };
        let value = |key: &str| {
            let rest = line.split_once(&format!("{key}: "))?.1;
            Some(rest.split([',', ' ', '}']).next()?.to_owned())
        };
        if let (Some(raw), Some(written)) = (value("raw"), value("written")) {
            let (path, text) = (source.path.to_string(), source.text.to_string());
            known.insert(raw, ImportedFile { path, written, text });
        }
    }
    known
}

/// `content/articles/2022/05/<slug>.md`; a number is added where another article has the name.
pub(in crate::commands) fn free_path(root: &Path, date: Option<PartialDate>, slug: &str) -> String {
    let folder = folder_of(date);
    let slug: String = slug.chars().take(80).collect();
    let slug = slug.trim_end_matches('-');
    let path = |name: &str| format!("content/articles/{folder}/{name}.md");
    let mut found = path(slug);
    let mut number = 2;
    while root.join(&found).exists() {
        found = path(&format!("{slug}-{number}"));
        number += 1;
    }
    found
}

/// The folder of articles of a date.
pub(in crate::commands) fn folder_of(date: Option<PartialDate>) -> String {
    match date.map(|date| (date.year(), date.month())) {
        Some((year, Some(month))) => format!("{year:04}/{month:02}"),
        Some((year, None)) => format!("{year:04}"),
        None => "undated".to_owned(),
    }
}

/// The lines that differ: what stands in the file, and what import reads now.
fn difference(now: &str, new: &str) -> String {
    similar::TextDiff::from_lines(now, new)
        .unified_diff()
        .context_radius(1)
        .header("as it stands", "as import reads it now")
        .to_string()
}

//! Disk to [`Inputs`]: the only place that reads a site's files.

use std::borrow::Cow;
use std::cell::OnceCell;
use std::collections::BTreeMap;
use std::fs;
use std::io::{self, Read};
use std::path::{MAIN_SEPARATOR, Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};

use rayon::prelude::*;
use walkdir::WalkDir;

use crate::model::PartialDate;
use crate::signature::{FileSignature, ReadFile};
use crate::source::{Asset, CONFIG, CONTENT, Inputs, Source, Spool, is_scratch};

/// Where articles are, which are all of a large site.
const ARTICLES: &str = "content/articles";

/// Reads the files of a site, and only those again that have changed since.
#[derive(Default)]
pub struct Reader {
    /// By the folder or file that they were looked for in, in the order of names.
    known: BTreeMap<&'static str, Vec<Known>>,
    /// Markdown that nobody reads, as it was when all folders were last walked.
    misplaced: Vec<String>,
    /// Symbolic links, as last seen.
    links: Vec<String>,
    /// Shared with all texts that are fetched later.
    is_outdated: Arc<AtomicBool>,
    /// Where the texts of articles are put, if not in memory.
    spool: Option<Arc<dyn Spool>>,
}

/// A file that has been read.
struct Known {
    path: PathBuf,
    /// Its path from the site's root.
    name: String,
    /// None where the file may have changed since without a trace.
    signature: Option<FileSignature>,
    content: Content,
}

enum Content {
    Text(Source),
    /// Should be text; the reason why it is not.
    Unreadable(&'static str),
    Asset(Asset),
}

impl Reader {
    /// A reader that knows articles of the site in `root`, which an earlier one has [seen](Reader::seen),
    /// in the order of their paths. Such a file is not opened before somebody looks at its text.
    #[must_use]
    pub fn knowing(root: &Path, seen: &[ReadFile<'_>]) -> Self {
        let is_outdated = Arc::new(AtomicBool::new(false));
        let known = |seen: &ReadFile<'_>| {
            let path = root.join(seen.path);
            let hash = blake3::Hash::from_bytes(seen.hash);
            let (file, signature, flag) = (path.clone(), seen.signature, Arc::clone(&is_outdated));
            let fetch = move || {
                fetch(&file, hash).unwrap_or_else(|| {
                    flag.store(true, Ordering::Relaxed);
                    // Whoever knows of places in the text finds them.
                    " ".repeat(signature.length()).into()
                })
            };
            let content = Content::Text(Source::late(seen.path, hash, fetch));
            Known { path, name: seen.path.to_owned(), signature: Some(signature), content }
        };
        let known = BTreeMap::from([(ARTICLES, seen.iter().map(known).collect())]);
        Self { known, is_outdated, ..Self::default() }
    }

    /// The same reader, which holds no text of an article: all of a large site take a lot of memory.
    #[must_use]
    pub fn with_spool(self, spool: Arc<dyn Spool>) -> Self {
        Self { spool: Some(spool), ..self }
    }

    /// The articles that were read, and whose next change would show, in the order of their paths.
    #[must_use]
    pub fn seen(&self) -> Vec<ReadFile<'_>> {
        let articles = self.known.get(ARTICLES).into_iter().flatten();
        let seen = articles.filter_map(|known| match (&known.content, known.signature) {
            (Content::Text(source), Some(signature)) => {
                Some(ReadFile { path: &known.name, signature, hash: *source.hash.as_bytes() })
            }
            _ => None,
        });
        seen.collect()
    }

    /// Whether a text was looked at too late: the file is no longer as it was. There were only blanks
    /// in its place then, and everything has to be read again.
    #[must_use]
    pub fn is_outdated(&self) -> bool {
        self.is_outdated.load(Ordering::Relaxed)
    }

    /// Reads every file of the site in `root`. A folder that is not there is empty.
    ///
    /// With `changed`, a sorted list of what may have changed since the last time, nothing else is
    /// looked at, unless one of them was not there before. Symbolic links are not followed, so nothing outside
    /// the root can become part of the site.
    ///
    /// # Errors
    /// A folder or file that the system will not read; text that is not UTF-8 is reported in
    /// [`Inputs::unreadable`] instead.
    pub fn inputs(
        &mut self,
        root: &Path,
        config: Option<&Path>,
        today: PartialDate,
        changed: Option<&[PathBuf]>,
    ) -> io::Result<Inputs> {
        let changed = changed.filter(|paths| paths.iter().all(|path| self.knows(root, path)));
        let mut inputs = Inputs::empty(today);
        let own = root.join(CONFIG);
        let config = config.unwrap_or(&own);
        let shown = config.strip_prefix(root).unwrap_or(config).to_string_lossy().into_owned();
        let list = || Ok(vec![(config.to_owned(), shown)]);
        inputs.config = self.texts(CONFIG, changed, list, &mut inputs.unreadable)?.pop();
        let links: Mutex<Vec<String>> = Mutex::default();
        let content = Folder::new(root, "content", &links);
        let below = |folder: &str, is_text: bool| {
            content.files(|path, name| {
                is_markdown(path) == is_text
                    && name.strip_prefix(folder).is_some_and(|rest| rest.starts_with('/'))
            })
        };
        let is_stray = |path: &Path, name: &str| {
            is_markdown(path) && !CONTENT.contains(&name.split('/').nth(1).unwrap_or_default())
        };
        // No page depends on them, so they are only looked for when everything is.
        if changed.is_none() {
            self.misplaced = content.files(is_stray)?.into_iter().map(|(_, name)| name).collect();
        }
        inputs.misplaced.clone_from(&self.misplaced);
        let unreadable = &mut inputs.unreadable;
        let mut markdown =
            |folder: &'static str| self.texts(folder, changed, || below(folder, true), unreadable);
        inputs.articles = markdown(ARTICLES)?;
        inputs.companies = markdown("content/companies")?;
        inputs.partnerships = markdown("content/partnerships")?;
        inputs.pages = markdown("content/pages")?;
        inputs.sources = markdown("content/sources")?;
        inputs.data = self
            .assets("data", changed, || files(root, "data", &links))?
            .map(|(name, asset)| (name.to_owned(), asset))
            .collect();
        let list = || files(root, "templates", &links);
        inputs.templates = self.texts("templates", changed, list, &mut inputs.unreadable)?;
        let themes = Folder::new(root, "themes", &links);
        let of_themes =
            |folder: &str| themes.files(|_, name| name.split('/').nth(2) == Some(folder));
        let list = || of_themes("templates");
        inputs.theme_templates =
            self.texts("themes/*/templates", changed, list, &mut inputs.unreadable)?;
        inputs.theme_statics = self
            .assets("themes/*/static", changed, || of_themes("static"))?
            .map(|(name, asset)| (name.to_owned(), asset))
            .collect();
        inputs.statics = self
            .assets("static", changed, || files(root, "static", &links))?
            .map(|(name, asset)| (name.strip_prefix("static/").unwrap_or(name).to_owned(), asset))
            .collect();
        inputs.media = self
            .assets("content", changed, || below("content", false))?
            .map(|(name, asset)| (name.to_owned(), asset))
            .collect();
        if changed.is_none() {
            self.links = links.into_inner().expect("no thread panics while it holds the names");
            self.links.sort();
            self.links.dedup();
        }
        inputs.links.clone_from(&self.links);
        Ok(inputs)
    }

    fn assets(
        &mut self,
        folder: &'static str,
        changed: Option<&[PathBuf]>,
        list: impl FnOnce() -> io::Result<Vec<(PathBuf, String)>>,
    ) -> io::Result<impl Iterator<Item = (&str, Asset)>> {
        let asset = |_: &str, bytes: &[u8]| Content::Asset(Asset::new(bytes));
        let known = self.look(folder, changed, list, asset)?.iter();
        Ok(known.filter_map(|known| match &known.content {
            Content::Asset(asset) => Some((known.name.as_str(), asset.clone())),
            _ => None,
        }))
    }

    fn knows(&self, root: &Path, path: &Path) -> bool {
        let name = path.strip_prefix(root).unwrap_or(path).to_string_lossy();
        let is_in =
            |list: &Vec<Known>| list.binary_search_by(|k| k.name.as_str().cmp(&name)).is_ok();
        self.known.values().any(is_in)
    }

    fn texts(
        &mut self,
        folder: &'static str,
        changed: Option<&[PathBuf]>,
        list: impl FnOnce() -> io::Result<Vec<(PathBuf, String)>>,
        unreadable: &mut Vec<(String, String)>,
    ) -> io::Result<Vec<Source>> {
        let spool = self.spool.clone().filter(|_| folder == ARTICLES);
        let text = |name: &str, bytes: &[u8]| text(name, bytes, spool.as_deref());
        let known = self.look(folder, changed, list, text)?;
        let mut sources = Vec::with_capacity(known.len());
        for known in known {
            match &known.content {
                Content::Text(source) => sources.push(source.clone()),
                Content::Unreadable(why) => {
                    unreadable.push((known.name.clone(), (*why).to_owned()));
                }
                Content::Asset(_) => {}
            }
        }
        Ok(sources)
    }

    /// The files of one folder, read again where that is needed.
    fn look(
        &mut self,
        folder: &'static str,
        changed: Option<&[PathBuf]>,
        list: impl FnOnce() -> io::Result<Vec<(PathBuf, String)>>,
        make: impl Fn(&str, &[u8]) -> Content + Sync,
    ) -> io::Result<&[Known]> {
        let before = self.known.remove(folder).unwrap_or_default();
        let now: io::Result<Vec<Known>> = match changed {
            Some(changed) => {
                let is_same = |known: &Known| {
                    known.signature.is_some() && changed.binary_search(&known.path).is_err()
                };
                let again = |buffer: &mut Vec<u8>, known: Known| {
                    if is_same(&known) {
                        return Ok(Some(known));
                    }
                    look(known.path, known.name, None, &make, buffer)
                };
                let read = before.into_par_iter().map_init(Vec::new, again);
                read.filter_map(Result::transpose).collect()
            }
            None => list().and_then(|files| {
                let paired = pair(files, before).into_par_iter();
                let read = paired.map_init(Vec::new, |buffer, (path, name, known)| {
                    look(path, name, known, &make, buffer)
                });
                read.filter_map(Result::transpose).collect()
            }),
        };
        // After an error nothing is known, or a folder of which nothing is would pass for empty.
        let now = now.inspect_err(|_| self.known.clear())?;
        Ok(self.known.entry(folder).or_insert(now))
    }
}

/// A folder that is walked once, when somebody asks for files in it.
struct Folder<'a> {
    root: &'a Path,
    name: &'static str,
    links: &'a Mutex<Vec<String>>,
    all: OnceCell<Vec<(PathBuf, String)>>,
}

impl<'a> Folder<'a> {
    fn new(root: &'a Path, name: &'static str, links: &'a Mutex<Vec<String>>) -> Self {
        Self { root, name, links, all: OnceCell::new() }
    }

    /// Some of its files, by their path and their path from the root.
    fn files(&self, is_wanted: impl Fn(&Path, &str) -> bool) -> io::Result<Vec<(PathBuf, String)>> {
        let all = if let Some(all) = self.all.get() {
            all
        } else {
            let found = files(self.root, self.name, self.links)?;
            self.all.get_or_init(|| found)
        };
        Ok(all.iter().filter(|(path, name)| is_wanted(path, name)).cloned().collect())
    }
}

/// Files with what was known of them before; both lists are in the order of names.
fn pair(
    files: Vec<(PathBuf, String)>,
    before: Vec<Known>,
) -> Vec<(PathBuf, String, Option<Known>)> {
    let mut before = before.into_iter().peekable();
    let find = |(path, name): (PathBuf, String)| {
        while before.next_if(|known| known.name < name).is_some() {}
        let known = before.next_if(|known| known.name == name);
        (path, name, known)
    };
    files.into_iter().map(find).collect()
}

/// Reads a file into a buffer and makes something of it, unless its signature is as before. One that
/// vanished between listing and reading was deleted: it is no longer there.
fn look(
    path: PathBuf,
    name: String,
    known: Option<Known>,
    make: impl Fn(&str, &[u8]) -> Content,
    buffer: &mut Vec<u8>,
) -> io::Result<Option<Known>> {
    if let Some(known) = known.filter(|known| known.signature.is_some()) {
        let now = fs::metadata(&path).ok().as_ref().and_then(FileSignature::of);
        if now == known.signature {
            return Ok(Some(known));
        }
    }
    match fill(buffer, &path) {
        Ok(signature) => {
            let content = make(&name, buffer);
            Ok(Some(Known {
                path,
                name,
                signature: signature.filter(FileSignature::is_settled),
                content,
            }))
        }
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(named(&path, &error)),
    }
}

/// Reads a file into a buffer, as it was at the moment of its signature or later.
fn fill(buffer: &mut Vec<u8>, path: &Path) -> io::Result<Option<FileSignature>> {
    let file = fs::File::open(path)?;
    let meta = file.metadata()?;
    buffer.clear();
    buffer.try_reserve(usize::try_from(meta.len()).unwrap_or_default())?;
    // What is written behind its end from now on belongs to a later signature. Without a limit the system
    // would be asked once more whether there is anything; of a pipe nobody knows the length.
    let length = if meta.is_file() { meta.len() } else { u64::MAX };
    file.take(length).read_to_end(buffer)?;
    Ok(FileSignature::of(&meta))
}

/// The files below a folder of the site, by their path from the root, sorted; hidden ones are left out.
/// Symbolic links are none, and are noted by name.
fn files(
    root: &Path,
    folder: &str,
    links: &Mutex<Vec<String>>,
) -> io::Result<Vec<(PathBuf, String)>> {
    let start = root.join(folder);
    match fs::symlink_metadata(&start) {
        // What is behind it is no part of the site, as with links further down.
        Ok(meta) if meta.is_symlink() => {
            links
                .lock()
                .expect("no thread panics while it holds the names")
                .push(folder.to_owned());
            return Ok(Vec::new());
        }
        Ok(meta) if meta.is_dir() => {}
        _ => return Ok(Vec::new()),
    }
    // The folders of years, as in `content/articles/2022`, are walked side by side.
    let top: Vec<walkdir::DirEntry> =
        walk(&start, |walk| walk.min_depth(1).max_depth(2)).collect::<Result<_, _>>()?;
    let (folders, loose): (Vec<_>, Vec<_>) =
        top.into_iter().partition(|entry| entry.depth() == 2 && entry.file_type().is_dir());
    let named = |entry: walkdir::DirEntry| {
        let relative = entry.path().strip_prefix(root).unwrap_or(entry.path());
        let mut name = relative.to_string_lossy().into_owned();
        if MAIN_SEPARATOR != '/' {
            name = name.replace(MAIN_SEPARATOR, "/");
        }
        (entry.into_path(), name)
    };
    let is_file = |entry: &walkdir::DirEntry| {
        if entry.file_type().is_symlink() {
            let (_, name) = named(entry.clone());
            links.lock().expect("no thread panics while it holds the names").push(name);
        }
        entry.file_type().is_file()
    };
    let below: Vec<Vec<(PathBuf, String)>> = folders
        .par_iter()
        .map(|entry| {
            let found = walk(entry.path(), |walk| walk);
            let found = found.filter(|entry| entry.as_ref().map_or(true, is_file));
            found.map(|entry| entry.map(named)).collect()
        })
        .collect::<Result<_, walkdir::Error>>()?;
    let loose = loose.into_iter().filter(is_file).map(named);
    let mut all: Vec<(PathBuf, String)> = below.into_iter().flatten().chain(loose).collect();
    all.par_sort_unstable_by(|a, b| a.1.cmp(&b.1));
    Ok(all)
}

/// Hidden names that web servers and those who look after them know.
const FOR_HOSTS: [&str; 4] = [".well-known", ".htaccess", ".nojekyll", ".domains"];

/// Everything below a folder but hidden files and folders, and those of editors.
fn walk(
    folder: &Path,
    depth: impl Fn(WalkDir) -> WalkDir,
) -> impl Iterator<Item = walkdir::Result<walkdir::DirEntry>> {
    let is_shown = |entry: &walkdir::DirEntry| {
        let name = entry.file_name().to_string_lossy();
        entry.depth() == 0 || !is_scratch(&name) || FOR_HOSTS.contains(&&*name)
    };
    depth(WalkDir::new(folder)).into_iter().filter_entry(is_shown)
}

/// The files below a folder, by their path from it, sorted; hidden ones are left out, and folders at the
/// top that are called so.
///
/// # Errors
/// A folder that the system will not read.
pub fn all_below(folder: &Path, skipped: &[&str]) -> io::Result<Vec<(PathBuf, String)>> {
    let is_skipped = |entry: &walkdir::DirEntry| {
        entry.depth() == 1
            && entry.file_type().is_dir()
            && skipped.iter().any(|name| entry.file_name() == *name)
    };
    let walk = WalkDir::new(folder).into_iter().filter_entry(|entry| {
        let name = entry.file_name().to_string_lossy();
        entry.depth() == 0 || !is_scratch(&name) && !is_skipped(entry)
    });
    let mut all = Vec::new();
    for entry in walk {
        let entry = entry?;
        if entry.file_type().is_file() {
            let relative = entry.path().strip_prefix(folder).unwrap_or(entry.path());
            let name = relative.to_string_lossy().replace(MAIN_SEPARATOR, "/");
            all.push((entry.into_path(), name));
        }
    }
    all.sort_by(|a, b| a.1.cmp(&b.1));
    Ok(all)
}

fn is_markdown(path: &Path) -> bool {
    path.extension().is_some_and(|end| end == "md" || end == "markdown")
}

/// What should be a text, as it is read.
fn text(name: &str, bytes: &[u8], spool: Option<&dyn Spool>) -> Content {
    match plain(bytes) {
        Ok(text) => Content::Text(match spool {
            Some(spool) => Source::spooled(name, &text, spool),
            None => Source::new(name, &text),
        }),
        Err(why) => Content::Unreadable(why),
    }
}

/// A text with `\n` line ends and no byte order mark, or the reason why it is none.
fn plain(bytes: &[u8]) -> Result<Cow<'_, str>, &'static str> {
    let text = simdutf8::basic::from_utf8(bytes).map_err(|_| "it is not UTF-8 text")?;
    if memchr::memchr(0, bytes).is_some() {
        return Err("it has zero bytes in it");
    }
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    Ok(if text.contains('\r') {
        text.replace("\r\n", "\n").replace('\r', "\n").into()
    } else {
        text.into()
    })
}

/// The text of a file, where it is the one with this hash.
fn fetch(path: &Path, hash: blake3::Hash) -> Option<Box<str>> {
    let bytes = fs::read(path).ok()?;
    let text = plain(&bytes).ok()?;
    (blake3::hash(text.as_bytes()) == hash).then(|| text.into())
}

/// The bytes of a file, with its name in the error.
///
/// # Errors
/// What the system says.
pub fn read(path: &Path) -> io::Result<Vec<u8>> {
    fs::read(path).map_err(|error| named(path, &error))
}

fn named(path: &Path, error: &io::Error) -> io::Error {
    io::Error::new(error.kind(), format!("{}: {error}", path.display()))
}

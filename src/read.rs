//! Disk to [`Inputs`]: the only place that reads a site's files.

use std::collections::{BTreeMap, HashMap};
use std::fs::Metadata;
use std::io;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use rayon::prelude::*;
use walkdir::WalkDir;

use crate::model::PartialDate;
use crate::source::{Asset, CONFIG, Inputs, Source};

/// A file that changed this shortly before it was read may change again without a new time: file
/// systems count in steps of some milliseconds.
const SETTLED: Duration = Duration::from_millis(50);

/// Reads the files of a site, and only those again that have changed since.
#[derive(Default)]
pub struct Reader {
    texts: HashMap<PathBuf, (Stamp, Text)>,
    assets: HashMap<PathBuf, (Stamp, Asset)>,
}

/// What a file system says of a file; equal stamps mean equal contents.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Stamp {
    changed: SystemTime,
    length: u64,
    number: u64,
}

/// A file that should be text.
#[derive(Clone)]
enum Text {
    Source(Source),
    /// The reason.
    Unreadable(String),
}

impl Reader {
    /// Reads every file of the site in `root`. A folder that is not there is empty.
    ///
    /// Symbolic links are not followed, so nothing outside the root can become part of the site.
    ///
    /// # Errors
    /// A folder or file that the system will not read; text that is not UTF-8 is reported in
    /// [`Inputs::unreadable`] instead.
    pub fn inputs(
        &mut self,
        root: &Path,
        config: Option<&Path>,
        today: PartialDate,
    ) -> io::Result<Inputs> {
        let before = std::mem::take(self);
        let mut inputs = Inputs::empty(today);
        let own = root.join(CONFIG);
        let config = config.unwrap_or(&own);
        if config.exists() {
            let shown = config.strip_prefix(root).unwrap_or(config).to_string_lossy().into_owned();
            let file = vec![(config.to_owned(), shown)];
            inputs.config = self.texts(&before, file, &mut inputs.unreadable)?.pop();
        }
        let lost = &mut inputs.unreadable;
        let mut markdown = |folder: &str| -> io::Result<Vec<Source>> {
            let mut all = files(root, folder)?;
            all.retain(|(path, _)| is_markdown(path));
            self.texts(&before, all, lost)
        };
        inputs.articles = markdown("content/articles")?;
        inputs.companies = markdown("content/companies")?;
        inputs.partnerships = markdown("content/partnerships")?;
        inputs.pages = markdown("content/pages")?;
        inputs.templates = self.texts(&before, files(root, "templates")?, &mut inputs.unreadable)?;
        inputs.statics = self.assets(&before, files(root, "static")?)?;
        Ok(inputs)
    }

    fn texts(
        &mut self,
        before: &Self,
        files: Vec<(PathBuf, String)>,
        unreadable: &mut Vec<(String, String)>,
    ) -> io::Result<Vec<Source>> {
        let read = read_all(&before.texts, files, text)?;
        let mut sources = Vec::with_capacity(read.len());
        for (path, name, stamp, found) in read {
            match &found {
                Text::Source(source) => sources.push(source.clone()),
                Text::Unreadable(reason) => unreadable.push((name, reason.clone())),
            }
            if let Some(stamp) = stamp {
                self.texts.insert(path, (stamp, found));
            }
        }
        Ok(sources)
    }

    fn assets(
        &mut self,
        before: &Self,
        files: Vec<(PathBuf, String)>,
    ) -> io::Result<BTreeMap<String, Asset>> {
        let read = read_all(&before.assets, files, |_, bytes| Asset::new(&bytes))?;
        let mut assets = BTreeMap::new();
        for (path, name, stamp, asset) in read {
            let name = name.strip_prefix("static/").unwrap_or(&name).to_owned();
            assets.insert(name, asset.clone());
            if let Some(stamp) = stamp {
                self.assets.insert(path, (stamp, asset));
            }
        }
        Ok(assets)
    }
}

/// A file's path, its name on the site, its stamp where it can be trusted, and what is in it.
type Read<T> = (PathBuf, String, Option<Stamp>, T);

/// Reads files that have another stamp than before, and takes the others as they were. A file that
/// vanished between listing and reading was deleted: it is no longer there.
fn read_all<T: Clone + Send + Sync>(
    before: &HashMap<PathBuf, (Stamp, T)>,
    files: Vec<(PathBuf, String)>,
    make: impl Fn(&str, Vec<u8>) -> T + Sync,
) -> io::Result<Vec<Read<T>>> {
    let one = |(path, name): (PathBuf, String)| -> io::Result<Option<Read<T>>> {
        let stamp = match std::fs::metadata(&path) {
            Ok(meta) => stamp(&meta),
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(named(&path, &error)),
        };
        if let (Some(stamp), Some((known, value))) = (stamp, before.get(&path))
            && stamp == *known
        {
            return Ok(Some((path, name, Some(stamp), value.clone())));
        }
        let bytes = match read(&path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            other => other?,
        };
        let value = make(&name, bytes);
        let settled = stamp.filter(|stamp| {
            SystemTime::now().duration_since(stamp.changed).is_ok_and(|age| age > SETTLED)
        });
        Ok(Some((path, name, settled, value)))
    };
    files.into_par_iter().map(one).filter_map(Result::transpose).collect()
}

/// The time of the last change of any kind, which no program can set back.
#[cfg(unix)]
fn stamp(meta: &Metadata) -> Option<Stamp> {
    use std::os::unix::fs::MetadataExt;
    let seconds = Duration::from_secs(u64::try_from(meta.ctime()).ok()?);
    let rest = Duration::from_nanos(u64::try_from(meta.ctime_nsec()).ok()?);
    let changed = SystemTime::UNIX_EPOCH + seconds + rest;
    Some(Stamp { changed, length: meta.len(), number: meta.ino() })
}

/// Other systems have no time that can be trusted, so every file is read.
#[cfg(not(unix))]
fn stamp(_: &Metadata) -> Option<Stamp> {
    None
}

/// The files below a folder of the site, by their path from the root, sorted; hidden ones are left out.
fn files(root: &Path, folder: &str) -> io::Result<Vec<(PathBuf, String)>> {
    let start = root.join(folder);
    if !start.is_dir() {
        return Ok(Vec::new());
    }
    let hidden = |entry: &walkdir::DirEntry| {
        entry.depth() > 0 && entry.file_name().to_string_lossy().starts_with('.')
    };
    let mut all = Vec::new();
    for entry in WalkDir::new(&start).sort_by_file_name().into_iter().filter_entry(|e| !hidden(e)) {
        let entry = entry?;
        if entry.file_type().is_file() {
            let relative = entry.path().strip_prefix(root).unwrap_or(entry.path());
            let parts: Vec<_> =
                relative.components().map(|part| part.as_os_str().to_string_lossy()).collect();
            all.push((entry.path().to_owned(), parts.join("/")));
        }
    }
    all.sort_by(|a, b| a.1.cmp(&b.1));
    Ok(all)
}

/// The Markdown files below a folder, by their path from it, sorted; hidden ones are left out.
///
/// # Errors
/// A folder that the system will not read.
pub fn markdown_below(folder: &Path) -> io::Result<Vec<(PathBuf, String)>> {
    let mut all = files(folder, "")?;
    all.retain(|(path, _)| is_markdown(path));
    Ok(all)
}

fn is_markdown(path: &Path) -> bool {
    path.extension().is_some_and(|end| end == "md" || end == "markdown")
}

/// A text file with `\n` line ends and no byte order mark.
fn text(name: &str, bytes: Vec<u8>) -> Text {
    let Ok(mut text) = String::from_utf8(bytes) else {
        return Text::Unreadable("it is not UTF-8 text".to_owned());
    };
    if text.contains('\r') {
        text = text.replace("\r\n", "\n").replace('\r', "\n");
    }
    Text::Source(Source::new(name, text.strip_prefix('\u{feff}').unwrap_or(&text)))
}

/// The bytes of a file, with its name in the error.
///
/// # Errors
/// What the system says.
pub fn read(path: &Path) -> io::Result<Vec<u8>> {
    std::fs::read(path).map_err(|error| named(path, &error))
}

fn named(path: &Path, error: &io::Error) -> io::Error {
    io::Error::new(error.kind(), format!("{}: {error}", path.display()))
}

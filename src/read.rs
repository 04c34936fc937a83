//! Disk to [`Inputs`]: the only place that reads a site's files.

use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use walkdir::WalkDir;

use crate::model::PartialDate;
use crate::source::{CONFIG, Inputs, Source};

/// Reads every file of the site in `root`. A folder that is not there is empty.
///
/// Symbolic links are not followed, so nothing outside the root can become part of the site.
///
/// # Errors
/// A folder or file that the system will not read; text that is not UTF-8 is reported in
/// [`Inputs::unreadable`] instead.
pub fn inputs(root: &Path, config: Option<&Path>, today: PartialDate) -> io::Result<Inputs> {
    let mut inputs = Inputs::empty(today);
    let own = root.join(CONFIG);
    let config = config.unwrap_or(&own);
    if config.exists() {
        let shown = config.strip_prefix(root).unwrap_or(config).to_string_lossy().into_owned();
        inputs.config = text(config, shown, &mut inputs.unreadable)?;
    }
    let mut unreadable = Vec::new();
    let mut markdown = |folder: &str| -> io::Result<Vec<Source>> {
        let mut all = Vec::new();
        for (path, name) in files(root, folder)? {
            if is_markdown(&path) {
                all.extend(text(&path, name, &mut unreadable)?);
            }
        }
        Ok(all)
    };
    inputs.articles = markdown("content/articles")?;
    inputs.companies = markdown("content/companies")?;
    inputs.partnerships = markdown("content/partnerships")?;
    inputs.pages = markdown("content/pages")?;
    for (path, name) in files(root, "templates")? {
        inputs.templates.extend(text(&path, name, &mut unreadable)?);
    }
    inputs.unreadable.append(&mut unreadable);
    inputs.statics = statics(root)?;
    Ok(inputs)
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

fn statics(root: &Path) -> io::Result<BTreeMap<String, Arc<[u8]>>> {
    files(root, "static")?
        .into_iter()
        .map(|(path, name)| {
            let bytes = read(&path)?;
            let name = name.strip_prefix("static/").unwrap_or(&name).to_owned();
            Ok((name, Arc::from(bytes)))
        })
        .collect()
}

/// A text file with `\n` line ends and no byte order mark.
fn text(
    path: &Path,
    name: String,
    unreadable: &mut Vec<(String, String)>,
) -> io::Result<Option<Source>> {
    let bytes = match read(path) {
        // A file that vanished between listing and reading was deleted: it is no longer there.
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        other => other?,
    };
    let Ok(text) = String::from_utf8(bytes) else {
        unreadable.push((name, "it is not UTF-8 text".to_owned()));
        return Ok(None);
    };
    let text = text.strip_prefix('\u{feff}').unwrap_or(&text);
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    Ok(Some(Source::new(&name, &text)))
}

/// The bytes of a file, with its name in the error.
///
/// # Errors
/// What the system says.
pub fn read(path: &Path) -> io::Result<Vec<u8>> {
    std::fs::read(path)
        .map_err(|error| io::Error::new(error.kind(), format!("{}: {error}", path.display())))
}

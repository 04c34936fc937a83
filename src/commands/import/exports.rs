//! Exports of other programs, as files: those of one site are one site.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result, anyhow, bail};

use super::importer::Importer;
use crate::cli::Global;
use crate::commands::Verdict;
use crate::import::foreign::{self, Program, Site};
use crate::read;

/// What is larger does not fit into the memory of a small machine.
const MAX_BYTES: u64 = 1_000_000_000;

/// Folders beside an export in which the files are that its texts show.
fn media(program: Program) -> &'static [&'static str] {
    match program {
        Program::WordPress => &["wp-content/uploads"],
        Program::Ghost => &["content/images", "content/media", "content/files"],
        Program::Hugo | Program::Zola | Program::Jekyll | Program::Pelican | Program::Obsidian => {
            &[]
        }
    }
}

/// The sites that files, or folders with them, are exports of, each with the folder that its files are in.
pub(super) fn sites(
    importer: &mut Importer<'_>,
    global: &Global,
    program: Program,
    paths: &[PathBuf],
) -> Result<(Vec<(PathBuf, Site)>, Verdict)> {
    let mut verdict = Verdict::Fine;
    let mut sites: Vec<(PathBuf, Site)> = Vec::new();
    let all: Vec<_> = paths.iter().map(|path| exports(path, program)).collect::<Result<_>>()?;
    for path in all.concat() {
        let called = path.display();
        let meta = std::fs::metadata(&path).with_context(|| format!("cannot read {called}"))?;
        if meta.len() > MAX_BYTES {
            bail!("{called} is larger than 1 GB: export the site in several files");
        }
        let read = foreign::exported(program, &read::read(&path)?);
        let (one, fault) = read.map_err(|why| anyhow!("cannot import {called}: {why}"))?;
        if let Some(fault) = fault {
            let (line, column) = fault.place;
            let rest = match one.posts.len() {
                0 => "nothing of it can be read; export it again".to_owned(),
                count => format!(
                    "only what stands before that comes over, {}; export it again for the rest",
                    crate::commands::counted(count, "post")
                ),
            };
            let why = format!("error: {called}:{line}:{column}: {}: {rest}", fault.why);
            importer.terminal.fail(&why);
            verdict = Verdict::Faulty;
        } else if one.posts.is_empty() {
            bail!("{called} has no posts");
        }
        if let Some((_, other)) = sites.iter_mut().find(|(_, other)| other.is_same(&one)) {
            other.join(one);
        } else {
            let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
            sites.push((folder.unwrap_or(Path::new(".")).to_owned(), one));
        }
    }
    for (folder, found) in &mut sites {
        // In its own folder, `content/` is that of our site.
        let is_ours = std::fs::canonicalize(&folder)? == std::fs::canonicalize(&global.root)?;
        for place in media(program) {
            let files = folder.join(place);
            if is_ours && program == Program::Ghost || !files.is_dir() {
                continue;
            }
            for (_, name) in read::all_below(&files, &[])? {
                found.files.add_other(format!("{place}/{name}"));
            }
        }
    }
    sites.retain(|(_, site)| !site.posts.is_empty());
    Ok((sites, verdict))
}

/// A file, or those in a folder that may be exports.
fn exports(path: &Path, program: Program) -> Result<Vec<PathBuf>> {
    if !path.is_dir() {
        return Ok(vec![path.to_owned()]);
    }
    let ending = if program == Program::WordPress { "xml" } else { "json" };
    let mut found = Vec::new();
    for entry in std::fs::read_dir(path)? {
        let file = entry?.path();
        if file.extension().is_some_and(|end| end.eq_ignore_ascii_case(ending)) && file.is_file() {
            found.push(file);
        }
    }
    found.sort();
    if found.is_empty() {
        bail!("{} has no .{ending} file: name the export", path.display());
    }
    Ok(found)
}

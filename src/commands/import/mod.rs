//! `tearsheet import`: texts, pages and feeds become Markdown files, and an edited file is never
//! touched.

mod blog;
mod exports;
mod importer;
mod second_reader;
mod summary;

use std::path::Path;

use anyhow::{Context, Result, anyhow, bail};
use rayon::prelude::*;

use super::Verdict;
use super::raw::{Raw, gather, raw_file};
use crate::cli::{Global, Import};
use crate::import::article as reading;
use crate::import::feed;
use crate::terminal::Terminal;
pub(super) use importer::{Importer, entry_origin, free_path, guarded};

/// Where raw texts wait when no file is named.
pub(super) const INBOX: &str = "inbox";

/// Runs the command.
pub fn import(global: &Global, args: &Import, terminal: Terminal) -> Result<Verdict> {
    let retrieved = match &args.retrieved {
        None => None,
        Some(text) => match text.parse() {
            Ok(date) => Some(date),
            Err(_) => bail!("--retrieved wants a date such as 2026-11-20, not `{text}`"),
        },
    };
    let is_writing = !args.print && !args.explain;
    let _lock = is_writing.then(|| super::lock_content(global, terminal));
    let mut importer = Importer::new(global, retrieved, terminal)?;
    if let Some(feed) = &args.feed {
        return import_feed(&mut importer, feed, args);
    }
    if let Some(generator) = args.from {
        return blog::import(&mut importer, global, generator.program(), args);
    }
    let (raws, mut verdict) = raws(&mut importer, args)?;
    if raws.is_empty() && verdict == Verdict::Fine {
        terminal.say("nothing to import: put raw press texts into inbox/, or name files");
    }
    if args.explain {
        for raw in &raws {
            match reading::explained(&raw.bytes, &importer.gazetteer) {
                Ok(lines) => terminal.data(&lines)?,
                Err(error) => {
                    terminal.fail(&format!("error: cannot read {}: {error}", raw.name));
                    verdict = Verdict::Faulty;
                }
            }
        }
        return Ok(verdict);
    }
    let progress = terminal.progress(Some(raws.len()), "reading");
    let read_one = |raw: &Raw| {
        let read = importer.read_raw(raw);
        progress.one();
        read
    };
    let read: Vec<_> = raws.par_iter().map(read_one).collect();
    drop(progress);
    for (raw, found) in raws.iter().zip(read) {
        let done = found.with_context(|| format!("cannot import {}", raw.name));
        let done = done.and_then(|found| importer.deliver_raw(raw, &found, args.print));
        if let Err(error) = done {
            importer.refuse(&error);
            verdict = Verdict::Faulty;
        }
    }
    importer.sum_up();
    Ok(verdict)
}

/// Imports the new entries of a feed.
fn import_feed(importer: &mut Importer<'_>, feed: &str, args: &Import) -> Result<Verdict> {
    let raw = document(Path::new(feed), args)?;
    let read = feed::entries(&raw.bytes, raw.address.as_deref())
        .map_err(|error| anyhow!("{feed} is no feed: {error}"))?;
    let mut verdict = Verdict::Fine;
    for entry in &read.entries {
        let origin = entry_origin(entry);
        if importer.knows(&origin.key) && !args.print {
            continue;
        }
        let title = read.title.as_deref();
        let found =
            guarded(|| Ok(reading::entry(entry, title, &importer.gazetteer, &importer.setting)));
        let done = found
            .with_context(|| format!("cannot import {}", origin.name))
            .and_then(|found| importer.deliver(&origin, &found, args.print));
        if let Err(error) = done {
            importer.refuse(&error);
            verdict = Verdict::Faulty;
        }
    }
    importer.sum_up();
    Ok(verdict)
}

/// The documents to import; those that cannot be read are reported and the rest goes on.
fn raws(importer: &mut Importer<'_>, args: &Import) -> Result<(Vec<Raw>, Verdict)> {
    let mut paths = Vec::new();
    if args.files.is_empty() {
        let inbox = importer.root.join(INBOX);
        if inbox.is_dir() {
            gather(&inbox, &mut paths)?;
        }
    }
    for path in &args.files {
        if path.is_dir() { gather(path, &mut paths)? } else { paths.push(path.clone()) }
    }
    let mut raws = Vec::new();
    let mut verdict = Verdict::Fine;
    for path in paths {
        match document(&path, args) {
            Ok(raw) => raws.push(raw),
            Err(error) => {
                importer.refuse(&error);
                verdict = Verdict::Faulty;
            }
        }
    }
    Ok((raws, verdict))
}

fn document(path: &Path, args: &Import) -> Result<Raw> {
    let name = path.display().to_string();
    if name.starts_with("http://") || name.starts_with("https://") {
        return fetched(&name, args);
    }
    raw_file(path)
}

#[cfg(feature = "fetch")]
fn fetched(address: &str, args: &Import) -> Result<Raw> {
    use crate::fetch::{Answer, Fetcher, Limits, Validators};
    let limits = Limits { allow_private: args.allow_private, ..Limits::default() };
    match Fetcher::new(limits).fetch(address, &Validators::default())? {
        Answer::Fetched(page) => Ok(Raw {
            name: address.to_owned(),
            charset: page.content_type.as_deref().and_then(charset),
            bytes: page.bytes,
            address: Some(page.url),
        }),
        Answer::NotModified => bail!("{address} says that nothing is new, but was not asked so"),
    }
}

#[cfg(not(feature = "fetch"))]
fn fetched(address: &str, _args: &Import) -> Result<Raw> {
    bail!(
        "cannot fetch {address}: this program was built without the feature `fetch`; save the page and name the file"
    )
}

/// `text/html; charset=windows-1251` → `windows-1251`
#[cfg(feature = "fetch")]
pub(super) fn charset(content_type: &str) -> Option<String> {
    let at = content_type.to_ascii_lowercase().find("charset=")? + "charset=".len();
    let value = content_type[at..].split(';').next()?.trim().trim_matches('"');
    (!value.is_empty()).then(|| value.to_owned())
}

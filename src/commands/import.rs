//! `tearsheet import`: raw press texts become Markdown files, and an edited file is never touched.

use std::collections::BTreeMap;
use std::io::Read;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use rayon::prelude::*;

use super::Verdict;
use crate::cli::{Global, Import};
use crate::config;
use crate::import::article::{self, Setting};
use crate::import::markdown;
use crate::model::{Article, Imported, PartialDate};
use crate::parse::company;
use crate::source::Inputs;
use crate::terminal::Terminal;
use crate::understand::companies::Gazetteer;
use crate::write;

/// Larger files are no press text.
const MAX_BYTES: usize = 20_000_000;

/// Where raw texts wait when no file is named.
const INBOX: &str = "inbox";

/// A raw text and the name it came by.
struct Raw {
    name: String,
    bytes: Vec<u8>,
}

/// What became of one text.
enum Outcome {
    Written(String),
    Updated(String),
    Unchanged(String),
    Kept { path: String, difference: String },
}

/// Runs the command.
pub fn import(global: &Global, args: &Import, terminal: Terminal) -> Result<Verdict> {
    let inputs = super::inputs(global)?;
    let (settings, mistakes) = config::config(inputs.config.as_ref());
    terminal.diagnostics(&mistakes);
    let retrieved = match &args.retrieved {
        None => None,
        Some(text) => match text.parse() {
            Ok(date) => Some(date),
            Err(_) => bail!("--retrieved wants a date such as 2026-11-20, not `{text}`"),
        },
    };
    let own: Vec<_> = inputs.companies.iter().filter_map(|s| company::company(s).0).collect();
    let gazetteer = Gazetteer::new(&own);
    let setting = Setting { rights: settings.rights, retrieved };
    let (raws, mut verdict) = raws(global, args, terminal)?;
    if raws.is_empty() && verdict == Verdict::Fine {
        terminal.say("nothing to import: put raw press texts into inbox/, or name files");
    }
    let read: Vec<_> =
        raws.par_iter().map(|raw| article::article(&raw.bytes, &gazetteer, &setting)).collect();
    let mut known = known(&inputs);
    for (raw, found) in raws.iter().zip(read) {
        if args.print {
            terminal.data(&markdown::file(&found.article))?;
            continue;
        }
        let outcome = store(&global.root, raw, &found.article, &mut known)
            .with_context(|| format!("cannot store what was made of {}", raw.name));
        match outcome {
            Ok(outcome) => report(terminal, raw, &outcome, &found.doubts),
            Err(error) => {
                terminal.fail(&format!("error: {error:#}"));
                verdict = Verdict::Faulty;
            }
        }
    }
    Ok(verdict)
}

/// The texts to import; those that cannot be read are reported and the rest goes on.
fn raws(global: &Global, args: &Import, terminal: Terminal) -> Result<(Vec<Raw>, Verdict)> {
    let mut paths = Vec::new();
    if args.files.is_empty() {
        let inbox = global.root.join(INBOX);
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
        match raw(&path) {
            Ok(raw) => raws.push(raw),
            Err(error) => {
                terminal.fail(&format!("error: {error:#}"));
                verdict = Verdict::Faulty;
            }
        }
    }
    Ok((raws, verdict))
}

fn gather(folder: &Path, paths: &mut Vec<PathBuf>) -> Result<()> {
    let mut found: Vec<PathBuf> = std::fs::read_dir(folder)
        .with_context(|| folder.display().to_string())?
        .filter_map(Result::ok)
        .map(|entry| entry.path())
        .filter(|path| path.extension().is_some_and(|end| end == "txt" || end == "text"))
        .collect();
    found.sort();
    paths.append(&mut found);
    Ok(())
}

fn raw(path: &Path) -> Result<Raw> {
    let name = path.display().to_string();
    let mut bytes = Vec::new();
    let limit = u64::try_from(MAX_BYTES + 1).unwrap_or(u64::MAX);
    if name == "-" {
        std::io::stdin().lock().take(limit).read_to_end(&mut bytes)?;
    } else {
        let file = std::fs::File::open(path).with_context(|| format!("cannot read {name}"))?;
        file.take(limit).read_to_end(&mut bytes).with_context(|| format!("cannot read {name}"))?;
    }
    if bytes.len() > MAX_BYTES {
        bail!("{name} is larger than 20 MB, which no press text is");
    }
    let utf16 = bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]);
    if bytes.contains(&0) && !utf16 {
        bail!("{name} is not text: it has zero bytes in it");
    }
    if bytes.iter().all(u8::is_ascii_whitespace) {
        bail!("{name} is empty");
    }
    Ok(Raw { name, bytes })
}

/// A file that import wrote before.
struct Known {
    path: String,
    written: String,
    text: String,
}

/// The files that import wrote, by the hash of the raw text.
fn known(inputs: &Inputs) -> BTreeMap<String, Known> {
    let mut known = BTreeMap::new();
    for source in &inputs.articles {
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
            known.insert(raw, Known { path, written, text });
        }
    }
    known
}

fn hash(bytes: &[u8]) -> String {
    blake3::hash(bytes).to_hex()[..32].to_owned()
}

fn store(
    root: &Path,
    raw: &Raw,
    article: &Article,
    known: &mut BTreeMap<String, Known>,
) -> Result<Outcome> {
    let key = hash(&raw.bytes);
    let plain = markdown::file(article);
    let written = hash(plain.as_bytes());
    let mut article = article.clone();
    let from = Path::new(&raw.name).file_name().map(|name| name.to_string_lossy().into_owned());
    article.imported = Some(Imported {
        from: from.filter(|name| name != "-"),
        raw: key.clone(),
        written: written.clone(),
    });
    let text = markdown::file(&article);
    if let Some(before) = known.get(&key) {
        let path = before.path.clone();
        let now = markdown::without_note(&before.text);
        if now == plain {
            return Ok(Outcome::Unchanged(path));
        }
        if hash(now.as_bytes()) != before.written {
            return Ok(Outcome::Kept { difference: difference(&now, &plain), path });
        }
        write::replace(&root.join(&path), &text)?;
        return Ok(Outcome::Updated(path));
    }
    let path = free_path(root, &article);
    write::create(&root.join(&path), &text)?;
    known.insert(key, Known { path: path.clone(), written, text });
    Ok(Outcome::Written(path))
}

/// `content/articles/2022/05/<slug>.md`; a number is added where another article has the name.
fn free_path(root: &Path, article: &Article) -> String {
    let folder = article.date.map_or_else(|| "undated".to_owned(), folder);
    let slug: String = article.slug.chars().take(80).collect();
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

fn folder(date: PartialDate) -> String {
    match date.month() {
        Some(month) => format!("{:04}/{month:02}", date.year()),
        None => format!("{:04}", date.year()),
    }
}

/// The lines that differ: what stands in the file, and what import would write now.
fn difference(now: &str, new: &str) -> String {
    similar::TextDiff::from_lines(now, new)
        .unified_diff()
        .context_radius(1)
        .header("as edited", "as import reads it now")
        .to_string()
}

fn report(terminal: Terminal, raw: &Raw, outcome: &Outcome, doubts: &[String]) {
    let doubts = if doubts.is_empty() {
        String::new()
    } else {
        format!(" (look at: {})", doubts.join(", "))
    };
    let name = &raw.name;
    match outcome {
        Outcome::Written(path) => terminal.say(&format!("{name} → {path}{doubts}")),
        Outcome::Updated(path) => terminal.say(&format!("{name} → {path}, read anew{doubts}")),
        Outcome::Unchanged(path) => terminal.say(&format!("{name}: already in {path}")),
        Outcome::Kept { path, difference } => terminal.say(&format!(
            "{name}: {path} was edited and stays as it is; import would now write\n{difference}"
        )),
    }
}

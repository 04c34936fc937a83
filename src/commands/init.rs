//! `tearsheet init`: a site to begin with.

use std::io;
use std::path::Path;

use anyhow::{Context, Result, bail};

use super::{Verdict, counted};
use crate::cli::{Global, Init};
use crate::config;
use crate::read;
use crate::scaffold::{self, Place, Scaffold};
use crate::source::{CONFIG, Source};
use crate::terminal::Terminal;
use crate::write;

/// Runs the command. What is there already stays as it is.
pub fn init(global: &Global, args: &Init, terminal: Terminal) -> Result<Verdict> {
    let folder = args.folder.as_ref().map_or_else(|| global.root.clone(), |f| global.root.join(f));
    let has_site = folder.join(CONFIG).exists() || folder.join("content").exists();
    let adds = args.eject_theme || args.host.is_some();
    let mut files: Vec<Scaffold> = match (has_site, args.blank) {
        (true, _) if adds => Vec::new(),
        (true, _) => {
            bail!("there is a site in {} already; choose another folder", folder.display())
        }
        (false, true) => scaffold::blank(),
        (false, false) => scaffold::sample(),
    };
    if args.eject_theme {
        files.extend(scaffold::theme());
    }
    if let Some(place) = args.host {
        files.push(scaffold::hosted(place));
        set_host(&folder, &mut files, place, terminal)?;
    }
    let kept = put(&folder, &files)?;
    for path in &kept {
        terminal.say(&format!("{path} is there already and stays as it is"));
    }
    let made: Vec<&str> = files
        .iter()
        .map(|(path, _)| path.as_str())
        .filter(|path| !kept.iter().any(|k| k == path))
        .collect();
    match made[..] {
        [path] => terminal.say(&format!("wrote {}", folder.join(path).display())),
        _ => terminal.say(&format!("{} in {}", counted(made.len(), "file"), folder.display())),
    }
    if !has_site {
        let enter = match &args.folder {
            Some(folder) => format!("cd {} && ", folder.display()),
            None => String::new(),
        };
        let next = if args.blank {
            "tearsheet serve --open"
        } else {
            "tearsheet import && tearsheet serve --open"
        };
        terminal.say(&format!("next: {enter}{next}"));
    }
    Ok(Verdict::Fine)
}

/// Puts the host into the settings: those that are about to be written, or those that are there.
fn set_host(folder: &Path, files: &mut [Scaffold], place: Place, terminal: Terminal) -> Result<()> {
    if let Some((_, settings)) = files.iter_mut().find(|(path, _)| path == CONFIG) {
        if let Some(new) = scaffold::with_host(settings, place) {
            *settings = new;
        }
        return Ok(());
    }
    let path = folder.join(CONFIG);
    let settings = match read::read(&path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Vec::new(),
        other => other?,
    };
    let settings = String::from_utf8(settings)
        .with_context(|| format!("{} is not UTF-8 text", path.display()))?;
    if let Some(new) = scaffold::with_host(&settings, place) {
        return write::replace(&path, &new);
    }
    let (config, _) = config::config(Some(&Source::new(CONFIG, &settings)));
    if let Some(other) = config.host.filter(|host| Place::Host(*host) != place) {
        let other = other.id();
        terminal.say(&format!(
            "{CONFIG} says `host = \"{other}\"` and stays as it is: change it there"
        ));
    }
    Ok(())
}

/// Writes files that are not there yet; gives those that are.
fn put(folder: &Path, files: &[Scaffold]) -> Result<Vec<String>> {
    let mut kept = Vec::new();
    for (path, text) in files {
        let target = folder.join(path);
        if target.symlink_metadata().is_ok() {
            kept.push(path.clone());
        } else {
            write::create(&target, text)?;
        }
    }
    Ok(kept)
}

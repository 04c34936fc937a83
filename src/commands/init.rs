//! `tearsheet init`: a site to begin with.

use std::io;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

use super::{Verdict, counted, inputs_if_any};
use crate::cli::{Global, Init};
use crate::config;
use crate::memo::Memo;
use crate::pipeline;
use crate::read;
use crate::scaffold::{self, Place, SCHEMAS, Scaffold};
use crate::schema::{self, What};
use crate::source::{CONFIG, Source};
use crate::terminal::Terminal;
use crate::timings::Timings;
use crate::write;

/// Runs the command. What is there already stays as it is.
pub fn init(global: &Global, args: &Init, terminal: Terminal) -> Result<Verdict> {
    let folder = args.folder.as_ref().map_or_else(|| global.root.clone(), |f| global.root.join(f));
    let has_site = folder.join(CONFIG).exists() || folder.join("content").exists();
    let adds = args.eject_theme || args.host.is_some() || args.editors;
    // A repository may have its sites further down, or none yet.
    let is_named = args.folder.is_some() || args.blank;
    let mut files: Vec<Scaffold> = match (has_site, args.blank) {
        (true, _) if adds => Vec::new(),
        (false, _) if args.host.is_some() && !is_named => Vec::new(),
        (true, _) => {
            bail!("there is a site in {} already; choose another folder", folder.display())
        }
        (false, true) => scaffold::blank(),
        (false, false) => scaffold::sample(),
    };
    if args.eject_theme {
        files.extend(scaffold::theme());
    }
    let (mut written, mut kept) = (Vec::new(), Vec::new());
    if let Some(place) = args.host {
        if has_site || !files.is_empty() {
            set_host(&folder, &mut files, place, terminal)?;
        }
        let (repository, site) = repository(&folder, place)?;
        let hosting = scaffold::hosted(place, &site);
        put(&repository, &hosting, &mut written, &mut kept)?;
        if !site.is_empty() {
            terminal.say(&format!("what {} reads is in {}", place.id(), repository.display()));
        }
    }
    put(&folder, &files, &mut written, &mut kept)?;
    if args.editors {
        put(&folder, &scaffold::editors(), &mut written, &mut kept)?;
        written.extend(put_schemas(global, &folder)?);
    }
    for path in &kept {
        terminal.say(&format!("{} is there already and stays as it is", path.display()));
    }
    match &written[..] {
        [path] => terminal.say(&format!("wrote {}", path.display())),
        _ => terminal.say(&format!("{} in {}", counted(written.len(), "file"), folder.display())),
    }
    if !has_site && files.is_empty() {
        terminal.say("there is no site here: `tearsheet init FOLDER` begins one");
    } else if !has_site {
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
    let settings = settings(folder)?;
    if let Some(new) = scaffold::with_host(&settings, place) {
        return write::replace(&folder.join(CONFIG), &new);
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

/// The settings of a site that is there; empty where it has none.
fn settings(folder: &Path) -> Result<String> {
    let path = folder.join(CONFIG);
    let bytes = match read::read(&path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Vec::new(),
        other => other?,
    };
    String::from_utf8(bytes).with_context(|| format!("{} is not UTF-8 text", path.display()))
}

/// Writes schemas of what people write, or writes them anew: they have the companies and tags of the site.
fn put_schemas(global: &Global, folder: &Path) -> Result<Vec<PathBuf>> {
    if let Some(new) = scaffold::with_schema(&settings(folder)?) {
        write::replace(&folder.join(CONFIG), &new)?;
    }
    let inputs = inputs_if_any(&Global { root: folder.to_owned(), ..global.clone() })?;
    let index = pipeline::understand(&inputs, &mut Memo::default(), &Timings::default()).index;
    let mut written = Vec::new();
    for (what, name) in What::ALL {
        let path = folder.join(SCHEMAS).join(format!("{name}.json"));
        write::replace(&path, &format!("{:#}\n", schema::schema(what, &index)))?;
        written.push(path);
    }
    Ok(written)
}

/// The root of the repository that a site is in, where a host looks for its settings, and the path from
/// there to the site. What a server reads lies beside the site.
fn repository(folder: &Path, place: Place) -> Result<(PathBuf, String)> {
    let own = (folder.to_owned(), String::new());
    if !matches!(place, Place::Host(_)) {
        return Ok(own);
    }
    let full = std::path::absolute(folder)?;
    let Some(root) = full.ancestors().find(|folder| folder.join(".git").exists()) else {
        return Ok(own);
    };
    let site = full.strip_prefix(root).unwrap_or(Path::new("")).to_string_lossy();
    let site = site.replace(std::path::MAIN_SEPARATOR, "/");
    Ok(if site.is_empty() { own } else { (root.to_owned(), site) })
}

/// Writes files that are not there yet, and notes these and those that are.
fn put(
    folder: &Path,
    files: &[Scaffold],
    written: &mut Vec<PathBuf>,
    kept: &mut Vec<PathBuf>,
) -> Result<()> {
    for (path, text) in files {
        let target = folder.join(path);
        if target.symlink_metadata().is_ok() {
            kept.push(target);
        } else {
            write::create(&target, text)?;
            written.push(target);
        }
    }
    Ok(())
}

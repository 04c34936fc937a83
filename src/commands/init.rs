//! `tearsheet init`: a site to begin with.

use std::path::Path;

use anyhow::{Result, bail};

use super::{Verdict, counted};
use crate::cli::{Global, Init};
use crate::scaffold::{self, Scaffold};
use crate::source::CONFIG;
use crate::terminal::Terminal;
use crate::write;

/// Runs the command. What is there already stays as it is.
pub fn init(global: &Global, args: &Init, terminal: Terminal) -> Result<Verdict> {
    let folder = args.folder.as_ref().map_or_else(|| global.root.clone(), |f| global.root.join(f));
    let has_site = folder.join(CONFIG).exists() || folder.join("content").exists();
    let mut files: Vec<Scaffold> = match (has_site, args.blank, args.eject_theme) {
        (true, _, true) => Vec::new(),
        (true, _, false) => {
            bail!("there is a site in {} already; choose another folder", folder.display())
        }
        (false, true, _) => scaffold::blank(),
        (false, false, _) => scaffold::sample(),
    };
    if args.eject_theme {
        files.extend(scaffold::theme());
    }
    let kept = put(&folder, &files)?;
    for path in &kept {
        terminal.say(&format!("{path} is there already and stays as it is"));
    }
    let made = counted(files.len() - kept.len(), "file");
    terminal.say(&format!("{made} in {}", folder.display()));
    if !has_site {
        let enter = match &args.folder {
            Some(folder) => format!("cd {} && ", folder.display()),
            None => String::new(),
        };
        terminal.say(&format!("next: {enter}tearsheet import && tearsheet serve --open"));
    }
    Ok(Verdict::Fine)
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

//! `tearsheet new`: one file to fill in.

use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result, bail};

use super::import::free_path;
use super::{Verdict, inputs_if_any};
use crate::cli::{Global, New, NewWhat};
use crate::config::{self, Config};
use crate::model::{Rights, relation_id, slug};
use crate::scaffold;
use crate::terminal::Terminal;
use crate::write;

/// Runs the command: writes the file and prints its path.
pub fn new(global: &Global, args: &New, terminal: Terminal) -> Result<Verdict> {
    let lock = super::lock_content(global, terminal);
    let inputs = inputs_if_any(global)?;
    let (config, _) = config::config(inputs.config.as_ref());
    let (path, text) = file(&global.root, &args.what, &config)?;
    let target = global.root.join(&path);
    if target.symlink_metadata().is_ok() {
        bail!("{path} is there already");
    }
    write::create(&target, &text)?;
    drop(lock);
    terminal.data(&format!("{path}\n"))?;
    if args.edit {
        edit(&target)?;
    }
    Ok(Verdict::Fine)
}

fn file(root: &Path, what: &NewWhat, config: &Config) -> Result<(String, String)> {
    match what {
        NewWhat::Article { title, date, lang } => {
            let name = slug(title);
            if name.is_empty() {
                bail!("a title needs a letter or a digit");
            }
            let lang = lang.as_ref().unwrap_or(&config.language);
            // An article of one's own is published whole; the setting is for what is imported.
            let text = scaffold::article(title, *date, lang.tag(), Rights::Full.id());
            Ok((free_path(root, *date, &name), text))
        }
        NewWhat::Company { name } => {
            let (id, text) = super::company::begun(name)?;
            Ok((format!("content/companies/{id}.md"), text))
        }
        NewWhat::Partnership { parties } => {
            if let Some(strange) = parties.iter().find(|id| slug(id) != **id) {
                bail!("`{strange}` is no id of a company; `tearsheet list companies` lists them");
            }
            let id = relation_id(parties.iter().map(String::as_str), None);
            Ok((format!("content/partnerships/{id}.md"), scaffold::note(parties)))
        }
    }
}

/// Opens a file in the editor that the system names.
fn edit(path: &Path) -> Result<()> {
    let mut named = ["VISUAL", "EDITOR"].into_iter().filter_map(|name| std::env::var(name).ok());
    let Some(editor) = named.find(|editor| !editor.trim().is_empty()) else {
        bail!("no editor is named: set EDITOR, or open the file yourself");
    };
    // `code --wait` is an editor as well.
    let mut words = editor.split_whitespace();
    let program = words.next().unwrap_or_default();
    let status = Command::new(program)
        .args(words)
        .arg(path)
        .status()
        .with_context(|| format!("cannot start {program}"))?;
    if !status.success() {
        bail!("{program} ended with a fault");
    }
    Ok(())
}

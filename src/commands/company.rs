//! `tearsheet company`: what an editor knows of companies, written down once.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use anyhow::{Context, Result, bail};

use super::{Verdict, counted, inputs_if_any};
use crate::cli::{CompanyWhat, Global};
use crate::desk::files;
use crate::import::markdown::quoted;
use crate::model::{self, slug};
use crate::parse::{article, company};
use crate::source::{CONFIG, Inputs};
use crate::terminal::Terminal;
use crate::understand::companies::{self, Row};
use crate::{config, write};

/// Runs the command.
pub fn company(global: &Global, what: &CompanyWhat, terminal: Terminal) -> Result<Verdict> {
    let is_writing = !matches!(what, CompanyWhat::Find { .. });
    let _lock = is_writing.then(|| super::lock_content(global, terminal));
    let inputs = inputs_if_any(global)?;
    let desk = Desk { global, inputs: &inputs, terminal };
    match what {
        CompanyWhat::Add { name } => desk.add(name)?,
        CompanyWhat::Merge { a, b } => desk.merge(a, b)?,
        CompanyWhat::Ignore { name } => desk.ignore(name)?,
        CompanyWhat::Alias { id, name } => desk.alias(id, name)?,
        CompanyWhat::Find { words } => desk.find(words)?,
    }
    Ok(Verdict::Fine)
}

struct Desk<'a> {
    global: &'a Global,
    inputs: &'a Inputs,
    terminal: Terminal,
}

impl Desk<'_> {
    /// `company add`
    fn add(&self, name: &str) -> Result<()> {
        let (id, text) = begun(name)?;
        let path = path(&id);
        if self.text(&path).is_some() {
            bail!("{path} is there already; edit it, or `tearsheet company alias {id} NAME`");
        }
        write::create(&self.global.root.join(&path), &text)?;
        self.terminal.data(&format!("{path}\n"))?;
        self.concerns(&id);
        Ok(())
    }

    /// `company alias`
    fn alias(&self, id: &str, name: &str) -> Result<()> {
        self.known(id)?;
        self.extend(id, "aliases", name)?;
        self.concerns(id);
        Ok(())
    }

    /// `company merge`
    fn merge(&self, a: &str, b: &str) -> Result<()> {
        self.known(a)?;
        if a == b || slug(b) != b {
            bail!("`{b}` is no other id; `tearsheet list companies` lists them");
        }
        let other = path(b);
        if self.text(&other).is_some() {
            bail!("{other} describes `{b}`; put what it says into {} and delete it first", path(a));
        }
        let name = companies::builtin(b).map(|row| row.name.to_owned());
        self.extend(a, "former_ids", b)?;
        if let Some(name) = name {
            self.extend(a, "aliases", &name)?;
        }
        self.concerns(b);
        Ok(())
    }

    /// `company ignore`
    fn ignore(&self, name: &str) -> Result<()> {
        let name = name.trim();
        if name.is_empty() {
            bail!("a name needs a letter or a digit");
        }
        let before = self.inputs.config.as_ref().map_or("", |source| &source.text);
        let (settings, _) = config::config(self.inputs.config.as_ref());
        if settings.ignore.iter().any(|known| known == name) {
            self.terminal.say(&format!("`{name}` is ignored already"));
            return Ok(());
        }
        let after = files::with_ignored(before, name).with_context(|| {
            format!("{CONFIG} has an [ignore] of another form: add {} to its `names`", quoted(name))
        })?;
        let target = self.global.config.clone().unwrap_or_else(|| self.global.root.join(CONFIG));
        write::replace(&target, &after)?;
        self.terminal.say(&format!("import takes `{name}` for no company from now on"));
        self.concerns(&slug(name));
        Ok(())
    }

    /// `company find`
    fn find(&self, words: &[String]) -> Result<()> {
        let wanted: Vec<String> = words.iter().map(|word| word.to_lowercase()).collect();
        let fits = |names: &[&str]| {
            names.iter().any(|name| {
                let name = name.to_lowercase();
                wanted.iter().all(|word| name.contains(word.as_str()))
            })
        };
        let mut found: BTreeMap<String, String> = BTreeMap::new();
        for row in companies::all() {
            let names: Vec<&str> = row.names().chain([row.id]).collect();
            if fits(&names) {
                let others: Vec<&str> = row.names().skip(1).take(4).collect();
                let line =
                    format!("{}\t{}\t{}", row.name, row.country.unwrap_or("-"), others.join(", "));
                found.insert(row.id.to_owned(), line);
            }
        }
        for own in self.own() {
            let mut names: Vec<&str> = vec![&own.id, &own.name];
            names.extend(own.aliases.iter().chain(own.names.values()).map(String::as_str));
            if fits(&names) {
                let country = own.country.as_deref().unwrap_or("-");
                let line = format!("{}\t{country}\t{}", own.name, path(&own.id));
                found.insert(own.id.clone(), line);
            }
        }
        let mut text = String::new();
        for (id, line) in &found {
            let _ = writeln!(text, "{id}\t{line}");
        }
        self.terminal.data(&text)?;
        if found.is_empty() {
            self.terminal
                .say("no company is called so; `tearsheet company add NAME` begins its file");
        }
        Ok(())
    }

    fn own(&self) -> impl Iterator<Item = model::Company> {
        self.inputs.companies.iter().filter_map(|source| company::company(source).0)
    }

    /// An id that a file, the list or an article has.
    fn known(&self, id: &str) -> Result<()> {
        let is_known = companies::builtin(id).is_some()
            || self.text(&path(id)).is_some()
            || self.articles(id).next().is_some();
        if !is_known {
            bail!("no company has the id `{id}`; `tearsheet company find WORDS` looks for one");
        }
        Ok(())
    }

    fn text(&self, path: &str) -> Option<&str> {
        let file = self.inputs.companies.iter().find(|source| *source.path == *path);
        file.map(|source| &*source.text)
    }

    /// Adds a word to a list of a company's file, and begins the file if there is none.
    fn extend(&self, id: &str, key: &str, word: &str) -> Result<()> {
        let path = path(id);
        let target = self.global.root.join(&path);
        // What an earlier step of the same command has written counts.
        let on_disk = target.is_file().then(|| crate::read::read(&target)).transpose()?;
        let before = match on_disk {
            Some(bytes) => {
                String::from_utf8(bytes).with_context(|| format!("{path} is not UTF-8"))?
            }
            None => file(id, companies::builtin(id)),
        };
        let after = files::with_item(&before, key, word).with_context(|| {
            format!("{path} has a `{key}` of another form: add {} to it by hand", quoted(word))
        })?;
        write::replace(&target, &after)?;
        self.terminal.say(&format!("{path}: {key} has {} now", quoted(word)));
        Ok(())
    }

    /// The articles that name a company.
    fn articles<'d>(&'d self, id: &'d str) -> impl Iterator<Item = &'d str> {
        let settings = config::config(self.inputs.config.as_ref()).0;
        self.inputs.articles.iter().filter_map(move |source| {
            let article = article::article(source, &settings).0?.article;
            article.companies.iter().any(|company| company == id).then_some(&*source.path)
        })
    }

    /// Says which articles a change concerns.
    fn concerns(&self, id: &str) {
        let paths: Vec<&str> = self.articles(id).collect();
        if !paths.is_empty() {
            let told = counted(paths.len(), "article");
            self.terminal.say(&format!(
                "{told} with `{id}`: import the texts again, or correct\n  {}",
                paths.join("\n  ")
            ));
        }
    }
}

fn path(id: &str) -> String {
    format!("content/companies/{id}.md")
}

/// The id and the file of a company, filled in with what the built-in list knows of it.
pub(super) fn begun(name: &str) -> Result<(String, String)> {
    let row = companies::builtin(name).or_else(|| {
        companies::all().find(|row| row.names().any(|known| known.eq_ignore_ascii_case(name)))
    });
    let id = row.map_or_else(|| slug(name), |row| row.id.to_owned());
    if id.is_empty() {
        bail!("a name needs a letter or a digit");
    }
    Ok((id, file(name, row)))
}

/// A company's file with all that the built-in list knows.
fn file(name: &str, row: Option<&Row>) -> String {
    row.map_or_else(|| crate::scaffold::company(name), files::listed)
}

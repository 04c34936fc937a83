//! `tearsheet fetch`: looks into the feeds of the config and imports what is new.

use std::collections::BTreeMap;

use anyhow::{Context, Result, anyhow};
use serde_json::{Value, json};

use super::Verdict;
use super::import::{Importer, charset, entry_origin};
use crate::cli::{Fetch, Global};
use crate::config;
use crate::fetch::{Answer, Fetcher, Limits, Validators};
use crate::import::article::{self, Imported};
use crate::import::feed::{self, Entry};
use crate::model::PartialDate;
use crate::terminal::Terminal;
use crate::write;

/// What servers said about the feeds, so that they are asked for news only; may be deleted.
const STATE: &str = ".tearsheet/feeds.json";

/// An entry with less text than this is a teaser: its page is fetched.
const TEASER: usize = 600;

/// Runs the command; what fails is reported and the rest goes on.
pub fn fetch(
    global: &Global,
    args: &Fetch,
    today: PartialDate,
    terminal: Terminal,
) -> Result<Verdict> {
    let _lock = super::lock_content(global, terminal);
    let mut importer = Importer::new(global, Some(today), terminal)?;
    let feeds = std::mem::take(&mut importer.config.feeds);
    if feeds.is_empty() {
        terminal.say("there are no feeds: add [[feeds]] with a `url` to tearsheet.toml");
    }
    let limits = Limits { allow_private: args.allow_private, ..Limits::default() };
    let fetcher = Fetcher::new(limits);
    let path = global.root.join(STATE);
    let mut state = read_state(&path);
    let mut verdict = Verdict::Fine;
    let progress = terminal.progress(Some(feeds.len()), "fetching");
    for source in &feeds {
        let known = state.get(&source.url).cloned().unwrap_or_default();
        match look_into(source, &known, &fetcher, &mut importer, terminal) {
            Ok(Some(news)) => {
                state.insert(source.url.clone(), news);
            }
            Ok(None) => {}
            Err(error) => {
                terminal.fail(&format!("error: {error:#}"));
                verdict = Verdict::Faulty;
            }
        }
        progress.one();
    }
    drop(progress);
    importer.sum_up();
    if !feeds.is_empty() {
        write_state(&path, &state)?;
    }
    Ok(verdict)
}

/// Imports what is new in one feed; `None` where the server says that nothing is.
fn look_into(
    source: &config::Feed,
    known: &Validators,
    fetcher: &Fetcher,
    importer: &mut Importer<'_>,
    terminal: Terminal,
) -> Result<Option<Validators>> {
    let answer = match fetcher.fetch(&source.url, known)? {
        Answer::NotModified => {
            terminal.say(&format!("{}: nothing new", source.url));
            return Ok(None);
        }
        Answer::Fetched(page) => page,
    };
    let read = feed::entries(&answer.bytes, Some(&answer.url))
        .map_err(|error| anyhow!("{} is no feed: {error}", source.url))?;
    let title = source.name.clone().or(read.title);
    let mut new = 0;
    for entry in &read.entries {
        let origin = entry_origin(entry);
        if importer.knows(&origin.key) {
            continue;
        }
        let found = whole(entry, title.as_deref(), fetcher, importer, terminal);
        importer.store(&origin, &found)?;
        new += 1;
    }
    if new == 0 {
        terminal.say(&format!("{}: nothing new", source.url));
    }
    Ok(Some(Validators { etag: answer.etag, last_modified: answer.last_modified }))
}

/// The entry with its whole text: of the feed, or of the page that a teaser leads to.
fn whole(
    entry: &Entry,
    title: Option<&str>,
    fetcher: &Fetcher,
    importer: &Importer<'_>,
    terminal: Terminal,
) -> Imported {
    let mut found = article::entry(entry, title, &importer.gazetteer, &importer.setting);
    let Some(link) = entry.link.as_deref().filter(|_| found.article.body.len() < TEASER) else {
        return found;
    };
    let page = fetcher.fetch(link, &Validators::default()).map_err(Into::into).and_then(|answer| {
        let Answer::Fetched(page) = answer else { return Err(anyhow!("nothing was sent")) };
        let charset = page.content_type.as_deref().and_then(charset);
        importer.read(link, &page.bytes, Some(&page.url), charset.as_deref())
    });
    match page {
        Ok(page) if page.article.body.len() > found.article.body.len() => {
            // The feed knows the day and the author better than the page does.
            let mut article = page.article;
            article.date = found.article.date.or(article.date);
            article.date_basis = found.article.date_basis.or(article.date_basis);
            if !found.article.authors.is_empty() {
                article.authors = found.article.authors;
            }
            Imported { article, doubts: page.doubts }
        }
        Ok(_) => found,
        Err(error) => {
            terminal.say(&format!("{link}: only the feed's words are taken: {error:#}"));
            found.doubts.push("only a teaser".to_owned());
            found
        }
    }
}

fn read_state(path: &std::path::Path) -> BTreeMap<String, Validators> {
    let text = std::fs::read_to_string(path).unwrap_or_default();
    let all: BTreeMap<String, Value> = serde_json::from_str(&text).unwrap_or_default();
    let word = |value: &Value| value.as_str().map(str::to_owned);
    all.into_iter()
        .map(|(url, v)| {
            (url, Validators { etag: word(&v["etag"]), last_modified: word(&v["last_modified"]) })
        })
        .collect()
}

fn write_state(path: &std::path::Path, state: &BTreeMap<String, Validators>) -> Result<()> {
    let all: BTreeMap<&String, Value> = state
        .iter()
        .map(|(url, v)| (url, json!({ "etag": v.etag, "last_modified": v.last_modified })))
        .collect();
    let text = serde_json::to_string_pretty(&all).context("what is known of the feeds")?;
    write::replace(path, &text)
}

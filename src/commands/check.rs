//! `tearsheet check`: looks for mistakes, and for what needs a person, without writing anything.

use std::convert::Infallible;

use anyhow::Result;

use super::{Verdict, counted, inputs, is_faulty, raw, tally, waiting_articles};
use crate::check::{self, Publication, review};
use crate::cli::{Check, Global};
use crate::diagnostic;
use crate::memo::Memo;
use crate::pipeline;
use crate::render::edition::Scope;
use crate::source::{Drafts, Future};
use crate::terminal::Terminal;
use crate::timings::Timings;
use crate::write::KeptPictures;

/// Runs the command.
pub fn check(global: &Global, args: &Check, terminal: Terminal) -> Result<Verdict> {
    let mut inputs = inputs(global)?;
    inputs.drafts = Drafts::Include;
    inputs.future = Future::Include;
    let timings = Timings::default();
    let reading = terminal.progress(None, "reading");
    let mut memo = Memo::default().with_pictures(KeptPictures::to_read(&global.root));
    let (edition, mut found) = pipeline::edition(&inputs, &mut memo, &timings);
    drop(reading);
    let mut articles = 0;
    let (mut cases_open, mut waiting) = (0, 0);
    if let Some(edition) = &edition {
        let index = edition.index();
        articles = edition.articles();
        let publication = Publication::new(index);
        let progress = terminal.progress(Some(edition.size()), "looking at pages");
        let take = |path: &str, bytes: &[u8]| {
            progress.one();
            publication.look(path, bytes);
            Ok::<_, Infallible>(())
        };
        let Ok(faults) = edition.each(&timings, Scope::All, |_, _, _| true, take);
        drop(progress);
        found.extend(faults);
        found.extend(publication.found());
        found.extend(check::content(index, inputs.config.as_ref()));
        #[cfg(feature = "fetch")]
        if args.external {
            found.extend(external::links(global, args, index, terminal)?);
        }
        let cases = review::open(index, &raw::prose(&global.root));
        (cases_open, waiting) = (cases.len(), index.waiting());
        found.extend(review::messages(index, &cases));
        diagnostic::sort(&mut found);
    }
    terminal.diagnostics(&found);
    let mut told = match cases_open {
        0 => String::new(),
        1 => "; 1 needs a person (`tearsheet review`)".to_owned(),
        many => format!("; {many} need a person (`tearsheet review`)"),
    };
    if waiting > 0 {
        told = format!("{told}; {}", waiting_articles(waiting));
    }
    terminal.say(&format!("{}: {}{told}", counted(articles, "article"), tally(&found)));
    Ok(if is_faulty(&found, args.strict) { Verdict::Faulty } else { Verdict::Fine })
}

/// Links to other sites.
#[cfg(feature = "fetch")]
mod external {
    use std::collections::BTreeMap;
    use std::path::Path;
    use std::sync::Mutex;
    use std::time::Duration;

    use anyhow::{Context, Result};
    use serde::{Deserialize, Serialize};

    use crate::cli::{Check, Global};
    use crate::diagnostic::{self, Diagnostic};
    use crate::fetch::{Fetcher, Limits, ProbeResult};
    use crate::index::Index;
    use crate::parse::markdown;
    use crate::source::{Source, Span};
    use crate::terminal::Terminal;
    use crate::write;

    /// What is known of addresses; may be deleted.
    const STATE: &str = ".tearsheet/links.json";
    /// For so long an address that was there is not asked again.
    const FRESH: Duration = Duration::from_secs(7 * 24 * 3600);
    /// How long a host has rest between two questions.
    const PAUSE: Duration = Duration::from_millis(500);

    /// An address that was there, and when.
    #[derive(Clone, Debug, Serialize, Deserialize)]
    struct CheckedLink {
        /// Seconds since 1970.
        at: u64,
        /// Where it has moved to for good.
        moved: Option<String>,
    }

    /// Asks for every address that articles and companies link to.
    pub fn links(
        global: &Global,
        args: &Check,
        index: &Index,
        terminal: Terminal,
    ) -> Result<Vec<Diagnostic>> {
        let path = global.root.join(STATE);
        let now = u64::try_from(jiff::Timestamp::now().as_second())?;
        let mut seen = read(&path);
        seen.retain(|_, seen| now.saturating_sub(seen.at) < FRESH.as_secs());
        let places = addresses(index);
        let asked: Vec<String> =
            places.keys().filter(|address| !seen.contains_key(*address)).cloned().collect();
        terminal.say(&format!("{} of {} addresses are asked for", asked.len(), places.len()));
        let limits = Limits { allow_private: args.allow_private, ..Limits::default() };
        let answers: Mutex<BTreeMap<String, ProbeResult>> = Mutex::default();
        let progress = terminal.progress(Some(asked.len()), "asking");
        Fetcher::new(limits).look_at(&asked, PAUSE, |address, looked| {
            progress.one();
            terminal.detail(&format!("{address}: {looked:?}"));
            let mut answers = answers.lock().expect("no thread panics while it holds the answers");
            answers.insert(address.to_owned(), looked);
        });
        drop(progress);
        let answers = answers.into_inner().expect("no thread panics while it holds the answers");
        let mut found = Vec::new();
        for (address, looked) in answers {
            match looked {
                ProbeResult::There => {
                    drop(seen.insert(address, CheckedLink { at: now, moved: None }));
                }
                ProbeResult::Moved(to) => {
                    seen.insert(address, CheckedLink { at: now, moved: Some(to) });
                }
                ProbeResult::Unknown(why) => {
                    terminal.say(&format!("nobody knows of {address}: {why}"));
                }
                ProbeResult::Gone(why) => {
                    let dead = |(source, span): &(Source, Span)| {
                        diagnostic::dead_web_link(source, span.clone(), &address, &why)
                    };
                    found.extend(places[&address].iter().map(dead));
                }
            }
        }
        for (address, places) in &places {
            let Some(to) = seen.get(address).and_then(|seen| seen.moved.as_ref()) else { continue };
            let moved = |(source, span): &(Source, Span)| {
                diagnostic::moved_web_link(source, span.clone(), address, to)
            };
            found.extend(places.iter().map(moved));
        }
        let text = serde_json::to_string_pretty(&seen).context("what is known of addresses")?;
        write::replace(&path, &text)?;
        Ok(found)
    }

    /// Every address with the places that name it.
    fn addresses(index: &Index) -> BTreeMap<String, Vec<(Source, Span)>> {
        let mut all: BTreeMap<String, Vec<(Source, Span)>> = BTreeMap::new();
        let mut add = |address: &str, source: &Source, span: Span| {
            let bare = address.split('#').next().unwrap_or(address);
            all.entry(bare.to_owned()).or_default().push((source.clone(), span));
        };
        for entry in &index.articles {
            let (file, article) = (&entry.file, entry.article());
            if let Some(url) = article.source_url() {
                add(url, &file.source, file.source_span.clone().unwrap_or(0..0));
            }
            let start = article.body.start();
            for (url, span) in markdown::web_links(&article.body) {
                add(&url, &file.source, span.start + start..span.end + start);
            }
        }
        for record in index.companies.values() {
            if let Some(url) = &record.company.website {
                add(url, &Source::new(&record.company.path, ""), 0..0);
            }
        }
        all
    }

    fn read(path: &Path) -> BTreeMap<String, CheckedLink> {
        let text = std::fs::read_to_string(path).unwrap_or_default();
        serde_json::from_str(&text).unwrap_or_default()
    }
}

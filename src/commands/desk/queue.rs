//! The queue: what waits for a person, and in which order.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::Result;
use serde::Serialize;

use super::{Desk, Site};
use crate::check::open;
use crate::desk::sheet;

/// How many articles one answer holds.
const PAGE: usize = 100;

/// Filters of the queue, with the reasons that each takes in.
pub(super) const FILTERS: [(&str, &[&str]); 6] = [
    ("all", &[]),
    ("undated", &["no-date"]),
    ("unsure", &["unsure", "unnamed"]),
    ("unknown", &["unknown"]),
    ("disputed", &["dispute"]),
    ("new", &[]),
];

/// An article that waits.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Row {
    pub(crate) path: String,
    #[serde(skip)]
    hash: String,
    pub(crate) title: Option<String>,
    lang: String,
    dir: &'static str,
    date: Option<String>,
    source: Option<String>,
    /// Whether the file was written today.
    is_new: bool,
    pub(crate) reasons: Vec<sheet::Why>,
}

/// A part of the queue.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Queue {
    /// How many wait, for each filter.
    counts: Vec<(&'static str, usize)>,
    rows: Vec<Row>,
    /// How many there are of the filter.
    total: usize,
    /// What the desk did by itself.
    news: Vec<String>,
}

/// The place of an article in the queue.
#[derive(Clone, Debug, Default, Serialize)]
pub(super) struct Place {
    /// The one after it.
    next: Option<String>,
    /// The one before it.
    previous: Option<String>,
    /// How many wait.
    total: usize,
}

impl Desk {
    /// All that waits, the most doubtful first.
    pub(in crate::commands) fn waiting(&self) -> Result<Vec<Row>> {
        let site = self.site()?;
        let rows = site.queue.get_or_init(|| self.rows(&site));
        let accepted = self.state().accepted.clone();
        // What was accepted waits no more, even if the site was not put together since.
        let is_done = |row: &Row| accepted.get(&row.path).is_some_and(|hash| *hash != row.hash);
        Ok(rows.iter().filter(|row| !is_done(row)).cloned().collect())
    }

    fn rows(&self, site: &Site) -> Vec<Row> {
        let today = jiff::Zoned::now().date();
        let is_new = |path: &str| {
            let meta = std::fs::metadata(self.root.join(path)).ok()?;
            let at = jiff::Timestamp::try_from(meta.modified().ok()?).ok()?;
            Some(at.to_zoned(jiff::tz::TimeZone::system()).date() == today)
        };
        let cases = open::open(&site.index, &*self.prose);
        let row = |case: open::Case| {
            let entry = &site.index.articles[case.at];
            let article = entry.article();
            let reason = |why: &open::Reason| sheet::Why { id: why.id(), words: why.words() };
            Row {
                path: article.path.clone(),
                hash: sheet::hash(&entry.file.source),
                title: article.title.clone(),
                lang: article.lang.tag().to_owned(),
                dir: article.lang.direction().id(),
                date: article.date.map(|date| date.to_string()),
                source: article.source.as_ref().and_then(|source| source.name.clone()),
                is_new: is_new(&article.path).unwrap_or(false),
                reasons: case.reasons.iter().map(reason).collect(),
            }
        };
        cases.into_iter().map(row).collect()
    }

    /// A part of the queue.
    pub(super) fn queue(&self, filter: &str, from: usize) -> Result<Queue> {
        let rows = self.waiting()?;
        let count = |id: &'static str| (id, rows.iter().filter(|row| fits(row, id)).count());
        let counts = FILTERS.map(|(id, _)| count(id)).to_vec();
        let of_filter: Vec<Row> = rows.into_iter().filter(|row| fits(row, filter)).collect();
        Ok(Queue {
            counts,
            total: of_filter.len(),
            rows: of_filter.into_iter().skip(from).take(PAGE).collect(),
            news: self.news.lock().expect("no thread panics while it holds the news").clone(),
        })
    }

    /// Where an article stands among those of a filter.
    pub(super) fn place(&self, path: &str, filter: &str) -> Result<Place> {
        let rows: Vec<Row> = self.waiting()?.into_iter().filter(|row| fits(row, filter)).collect();
        let at = rows.iter().position(|row| row.path == path);
        let other = |at: Option<usize>| at.and_then(|at| rows.get(at)).map(|row| row.path.clone());
        Ok(Place {
            next: other(Some(at.map_or(0, |at| at + 1))),
            previous: other(at.and_then(|at| at.checked_sub(1))),
            total: rows.len(),
        })
    }
}

fn fits(row: &Row, filter: &str) -> bool {
    let reasons: BTreeMap<&str, &[&str]> = FILTERS.into_iter().collect();
    let has: BTreeSet<&str> = row.reasons.iter().map(|reason| reason.id).collect();
    match filter {
        "new" => row.is_new,
        _ => reasons
            .get(filter)
            .is_none_or(|ids| ids.is_empty() || ids.iter().any(|id| has.contains(id))),
    }
}

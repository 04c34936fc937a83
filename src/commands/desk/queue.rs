//! The queue: what waits for a person, and in which order.

use std::collections::BTreeMap;

use anyhow::Result;
use serde::Serialize;

use super::{Desk, Site};
use crate::check::review;
use crate::desk::view;
use crate::model::Company;

/// How many articles an answer holds at least.
const PAGE: usize = 100;

/// Filters of the queue, with the reasons that each takes in.
pub(super) const FILTERS: [(&str, &[&str]); 6] = [
    ("all", &[]),
    ("undated", &["no-date"]),
    ("unsure", &["unsure", "unnamed"]),
    ("unknown", &["unknown", "near"]),
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
    /// The day before which it is not published.
    pub(crate) scheduled: Option<String>,
    pub(crate) reasons: Vec<view::Doubt>,
    /// Those that only all articles together tell.
    #[serde(skip)]
    shared: Vec<review::Reason>,
}

/// A part of the queue.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Queue {
    /// How many wait, for each filter.
    counts: Vec<(&'static str, usize)>,
    rows: Vec<Row>,
    /// How many there are of the filter.
    total: usize,
    /// Files that were read anew by themselves, each with what is different.
    news: Vec<(String, String)>,
}

impl Queue {
    /// The article that a person most likely opens.
    pub(super) fn first(&self) -> Option<&str> {
        self.rows.first().map(|row| row.path.as_str())
    }
}

/// The place of an article in the queue.
#[derive(Clone, Debug, Default, Serialize)]
pub(super) struct QueuePosition {
    /// The one after it.
    pub(super) next: Option<String>,
    /// The one before it.
    previous: Option<String>,
    /// How many wait.
    total: usize,
}

impl Desk {
    /// All that waits, the most doubtful first.
    pub(in crate::commands) fn waiting(&self) -> Result<Vec<Row>> {
        self.of_waiting(|rows| rows.into_iter().cloned().collect())
    }

    /// What can be told of all that waits: in a large site nobody wants a copy of it.
    fn of_waiting<T>(&self, tell: impl FnOnce(Vec<&Row>) -> T) -> Result<T> {
        let site = self.site()?;
        let rows = site.queue.get_or_init(|| self.rows(&site));
        let accepted = self.state().accepted.clone();
        // What was accepted waits no more, even if the site was not put together since.
        let is_done = |row: &Row| accepted.get(&row.path).is_some_and(|hash| *hash != row.hash);
        Ok(tell(rows.iter().filter(|row| !is_done(row)).collect()))
    }

    fn rows(&self, site: &Site) -> Vec<Row> {
        let today = jiff::Zoned::now().date();
        let is_new = |path: &str| {
            let meta = std::fs::metadata(self.root.join(path)).ok()?;
            let at = jiff::Timestamp::try_from(meta.modified().ok()?).ok()?;
            Some(at.to_zoned(jiff::tz::TimeZone::system()).date() == today)
        };
        let cases = review::open(&site.index, &*self.prose);
        let row = |case: review::ReviewItem| {
            let entry = &site.index.articles[case.at];
            let article = entry.article();
            Row {
                path: article.path.clone(),
                hash: view::hash(&entry.file.source),
                title: article.title.clone(),
                lang: article.lang.tag().to_owned(),
                dir: article.lang.direction().id(),
                date: article.date.map(|date| date.to_string()),
                source: article.source.as_ref().and_then(|source| source.name.clone()),
                is_new: is_new(&article.path).unwrap_or(false),
                scheduled: article.waits_for(site.index.today).map(|day| day.to_string()),
                reasons: case.reasons.iter().map(view::Doubt::new).collect(),
                shared: case.reasons.into_iter().filter(review::Reason::is_shared).collect(),
            }
        };
        cases.into_iter().map(row).collect()
    }

    /// What an article needs a person for together with others, and what was not decided since.
    pub(super) fn shared(
        &self,
        path: &str,
        written: &BTreeMap<String, Company>,
    ) -> Result<Vec<review::Reason>> {
        let is_open = |reason: &review::Reason| match reason {
            review::Reason::Near(near) => written.get(&near.like).is_none_or(|company| {
                ![&company.former_ids, &company.different_from]
                    .iter()
                    .any(|ids| ids.contains(&near.id))
            }),
            _ => true,
        };
        self.of_waiting(|rows| {
            let row = rows.into_iter().find(|row| row.path == path);
            let shared = row.map_or(&[][..], |row| &row.shared);
            shared.iter().filter(|reason| is_open(reason)).cloned().collect()
        })
    }

    /// The beginning of the queue.
    pub(super) fn queue(&self, filter: &str, most: usize) -> Result<Queue> {
        const OPEN: &str = "no thread panics while it holds the news";
        let news = self.news.lock().expect(OPEN).clone();
        self.of_waiting(|rows| {
            let count = |id: &'static str| (id, rows.iter().filter(|row| fits(row, id)).count());
            let counts = FILTERS.map(|(id, _)| count(id)).to_vec();
            let of_filter = || rows.iter().filter(|row| fits(row, filter));
            let total = of_filter().count();
            let rows = of_filter().take(most.max(PAGE)).map(|row| (*row).clone()).collect();
            Queue { counts, rows, total, news }
        })
    }

    /// Where an article stands among those of a filter.
    pub(super) fn place(&self, path: &str, filter: &str) -> Result<QueuePosition> {
        self.of_waiting(|mut rows| {
            rows.retain(|row| fits(row, filter));
            let at = rows.iter().position(|row| row.path == path);
            let other = |at: Option<usize>| Some(rows.get(at?)?.path.clone());
            QueuePosition {
                next: other(Some(at.map_or(0, |at| at + 1))),
                previous: other(at.and_then(|at| at.checked_sub(1))),
                total: rows.len(),
            }
        })
    }
}

fn fits(row: &Row, filter: &str) -> bool {
    let Some((id, reasons)) = FILTERS.iter().find(|(id, _)| *id == filter) else { return true };
    match *id {
        "new" => row.is_new,
        _ => reasons.is_empty() || row.reasons.iter().any(|reason| reasons.contains(&reason.id)),
    }
}

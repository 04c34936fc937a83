//! What machines read: data files, the calendar and robots.txt.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use rayon::prelude::*;
use serde::Serialize;

use super::site::Site;
use super::{calendar, data, feeds, sheet};
use crate::index::Index;
use crate::index::pages::output_path;
use crate::model::address_join;

/// A file with everything of one sort.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DataFile {
    /// `/data/articles.json` and `.csv`
    Articles(Shape),
    /// `/data/companies.json` and `.csv`
    Companies(Shape),
    /// `/data/partnerships.json` and `.csv`
    Partnerships(Shape),
    /// `/data/stories.json` and `.csv`
    Stories(Shape),
    /// `/data/timeline.json` and `.csv`
    Timeline(Shape),
    /// `/data/schema.json`: what the JSON files look like.
    Schema,
    /// `/timeline.ics`
    Calendar,
}

/// How data are written down.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// All that is known, as a tree.
    Json,
    /// The main part, as a table.
    Csv,
}

impl DataFile {
    /// All of them.
    pub fn all() -> impl Iterator<Item = Self> {
        let sorts =
            [Self::Articles, Self::Companies, Self::Partnerships, Self::Stories, Self::Timeline];
        let both = sorts.into_iter().flat_map(|sort| [sort(Shape::Json), sort(Shape::Csv)]);
        both.chain([Self::Schema, Self::Calendar])
    }

    /// Where it is.
    #[must_use]
    pub fn path(self) -> String {
        let (name, shape) = match self {
            Self::Articles(shape) => ("articles", shape),
            Self::Companies(shape) => ("companies", shape),
            Self::Partnerships(shape) => ("partnerships", shape),
            Self::Stories(shape) => ("stories", shape),
            Self::Timeline(shape) => ("timeline", shape),
            Self::Schema => ("schema", Shape::Json),
            Self::Calendar => return "timeline.ics".to_owned(),
        };
        match shape {
            Shape::Json => format!("data/{name}.json"),
            Shape::Csv => format!("data/{name}.csv"),
        }
    }

    /// The file.
    #[must_use]
    pub fn text(self, site: &Site) -> String {
        let index = &site.index;
        let relations = || (0..index.relations.len()).into_par_iter();
        match self {
            Self::Articles(Shape::Json) => {
                list(index.articles.par_iter().map(|e| data::article(site, e)))
            }
            Self::Articles(Shape::Csv) => {
                sheet::csv(sheet::ARTICLE, index.articles.iter().map(|e| sheet::article(site, e)))
            }
            Self::Companies(Shape::Json) => {
                let companies = (0..index.companies.len()).into_par_iter();
                list(companies.map(|at| data::company(site, &index.companies[at])))
            }
            Self::Companies(Shape::Csv) => {
                sheet::csv(sheet::COMPANY, index.companies.values().map(sheet::company))
            }
            Self::Partnerships(Shape::Json) => {
                list(relations().map(|at| data::partnership(site, &index.relations[at])))
            }
            Self::Partnerships(Shape::Csv) => {
                let rows = index.relations.values().map(|r| sheet::partnership(site, r));
                sheet::csv(sheet::PARTNERSHIP, rows)
            }
            Self::Stories(Shape::Json) => {
                let stories = (0..index.stories.len()).into_par_iter();
                list(stories.map(|at| data::story(site, &index.stories[at])))
            }
            Self::Stories(Shape::Csv) => {
                sheet::csv(sheet::STORY, index.stories.values().map(|s| sheet::story(site, s)))
            }
            Self::Timeline(Shape::Json) => {
                list(relations().flat_map_iter(|at| data::timeline(site, &index.relations[at])))
            }
            Self::Timeline(Shape::Csv) => {
                let rows = index.relations.values().flat_map(|relation| {
                    relation.happenings.iter().map(|h| sheet::event(site, relation, h))
                });
                sheet::csv(sheet::EVENT, rows)
            }
            Self::Schema => format!("{:#}\n", data::schema()),
            Self::Calendar => calendar::ics(site),
        }
    }
}

/// Paths of the files that are for machines and are always there.
#[must_use]
pub fn files(index: &Index) -> BTreeSet<String> {
    let data = (!index.has_no_coverage()).then(DataFile::all).into_iter().flatten();
    let feeds = feeds::channels(index)
        .flat_map(|channel| ["feed.xml", "feed.json"].map(|name| output_path(&channel.file(name))));
    let others = ["sitemap.xml", "robots.txt"].map(str::to_owned);
    feeds.chain(data.map(DataFile::path)).chain(others).collect()
}

/// A JSON list, written in parallel and without holding the tree of all of it.
fn list<T: Serialize>(items: impl ParallelIterator<Item = T>) -> String {
    let text = |item| serde_json::to_string(&item).expect("data are plain");
    let items: Vec<String> = items.map(text).collect();
    format!("[{}]", items.join(","))
}

/// `robots.txt`: everything may be read; the sitemap where the site knows its address.
#[must_use]
pub fn robots(base_url: Option<&str>) -> String {
    let mut text = "User-agent: *\nAllow: /\n".to_owned();
    if let Some(base) = base_url {
        let _ = write!(text, "\nSitemap: {}\n", address_join(base, "/sitemap.xml"));
    }
    text
}

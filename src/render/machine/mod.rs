//! What machines read: data files, the calendar and robots.txt.

mod calendar;
pub mod data;
pub mod feeds;
pub(in crate::render) mod hosting;
pub(in crate::render) mod json_ld;
pub mod search;
pub mod tables;
mod timeline_data;

use std::collections::BTreeSet;
use std::fmt::Write as _;

use rayon::prelude::*;
use serde::Serialize;

use crate::config::{DataFiles, Section};
use crate::index::Index;
use crate::index::pages::output_path;
use crate::model::{PartialDate, address_join};
use crate::render::site::Site;

/// A file with everything of one sort.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DataFile {
    /// `/data/articles.json` and `.csv`, or one such pair a year in `/data/articles/`
    Articles(Part, Shape),
    /// `/data/articles/index.json`: the years that there are.
    Years,
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
    /// `/timeline/lanes.json`: what the timeline's script draws from.
    Lanes,
}

/// Which articles.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// All of them.
    All,
    /// Those of a year.
    Year(i16),
    /// Those without a date.
    Undated,
}

impl Part {
    /// The parts that the articles of a site are in, the oldest year first.
    fn of_years(index: &Index) -> Vec<Self> {
        let mut parts: Vec<Self> = index.years().map(|(date, _)| Self::Year(date.year())).collect();
        if !index.undated.is_empty() {
            parts.push(Self::Undated);
        }
        parts
    }

    /// The articles in it, as positions in the index.
    fn articles(self, index: &Index) -> Vec<usize> {
        match self {
            Self::All => (0..index.articles.len()).collect(),
            Self::Year(year) => {
                let year = PartialDate::new(year, None, None);
                year.and_then(|year| index.dates.get(&year)).cloned().unwrap_or_default()
            }
            Self::Undated => index.undated.clone(),
        }
    }
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
    /// Those that a site has.
    #[must_use]
    pub fn all(index: &Index) -> Vec<Self> {
        let both = |sort: &dyn Fn(Shape) -> Self| [sort(Shape::Json), sort(Shape::Csv)];
        // The calendar is the timeline in another shape.
        let calendar = [Self::Calendar, Self::Lanes];
        let calendar = calendar.into_iter().filter(|_| index.config.has(Section::Timeline));
        let parts = match index.config.data {
            _ if index.has_no_coverage() => return Vec::new(),
            DataFiles::None => return calendar.collect(),
            DataFiles::Whole => vec![Part::All],
            DataFiles::Years => Part::of_years(index),
        };
        let articles = parts.iter().flat_map(|&part| both(&|shape| Self::Articles(part, shape)));
        let mut all: Vec<Self> = articles.collect();
        if index.config.data == DataFiles::Years {
            all.push(Self::Years);
        }
        let subjects: [(Section, &dyn Fn(Shape) -> Self); 4] = [
            (Section::Companies, &Self::Companies),
            (Section::Partnerships, &Self::Partnerships),
            (Section::Stories, &Self::Stories),
            (Section::Timeline, &Self::Timeline),
        ];
        for (section, sort) in subjects {
            if index.config.is_about(section) {
                all.extend(both(sort));
            }
        }
        all.push(Self::Schema);
        all.extend(calendar);
        all
    }

    /// Whether titles or summaries of articles stand in it.
    #[must_use]
    pub fn shows_words(self) -> bool {
        !matches!(self, Self::Schema | Self::Calendar | Self::Lanes)
    }

    /// Where it is.
    #[must_use]
    pub fn path(self) -> String {
        let (name, shape) = match self {
            Self::Articles(Part::All, shape) => ("articles".to_owned(), shape),
            Self::Articles(Part::Year(year), shape) => (format!("articles/{year:04}"), shape),
            Self::Articles(Part::Undated, shape) => ("articles/undated".to_owned(), shape),
            Self::Years => ("articles/index".to_owned(), Shape::Json),
            Self::Companies(shape) => ("companies".to_owned(), shape),
            Self::Partnerships(shape) => ("partnerships".to_owned(), shape),
            Self::Stories(shape) => ("stories".to_owned(), shape),
            Self::Timeline(shape) => ("timeline".to_owned(), shape),
            Self::Schema => ("schema".to_owned(), Shape::Json),
            Self::Calendar => return "timeline.ics".to_owned(),
            Self::Lanes => return "timeline/lanes.json".to_owned(),
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
            Self::Articles(part, Shape::Json) => {
                let articles = part.articles(index).into_par_iter();
                list(articles.map(|at| data::article(site, &index.articles[at])))
            }
            Self::Articles(part, Shape::Csv) => {
                let articles = part.articles(index).into_iter();
                let rows = articles.map(|at| tables::article(site, &index.articles[at]));
                tables::csv(tables::ARTICLE, rows)
            }
            Self::Years => list(Part::of_years(index).into_par_iter().map(|part| {
                let [json, csv] = [Shape::Json, Shape::Csv]
                    .map(|shape| format!("/{}", Self::Articles(part, shape).path()));
                let year = if let Part::Year(year) = part { Some(year) } else { None };
                data::YearData { year, articles: part.articles(index).len(), json, csv }
            })),
            Self::Companies(Shape::Json) => {
                let companies = (0..index.companies.len()).into_par_iter();
                list(companies.map(|at| data::company(site, &index.companies[at])))
            }
            Self::Companies(Shape::Csv) => {
                tables::csv(tables::COMPANY, index.companies.values().map(tables::company))
            }
            Self::Partnerships(Shape::Json) => {
                list(relations().map(|at| data::partnership(site, &index.relations[at])))
            }
            Self::Partnerships(Shape::Csv) => {
                let rows = index.relations.values().map(|r| tables::partnership(site, r));
                tables::csv(tables::PARTNERSHIP, rows)
            }
            Self::Stories(Shape::Json) => {
                let stories = (0..index.stories.len()).into_par_iter();
                list(stories.map(|at| data::story(site, &index.stories[at])))
            }
            Self::Stories(Shape::Csv) => {
                tables::csv(tables::STORY, index.stories.values().map(|s| tables::story(site, s)))
            }
            Self::Timeline(Shape::Json) => {
                list(relations().flat_map_iter(|at| data::timeline(site, &index.relations[at])))
            }
            Self::Timeline(Shape::Csv) => {
                let rows = index.relations.values().flat_map(|relation| {
                    relation.events.iter().map(|h| tables::event(site, relation, h))
                });
                tables::csv(tables::EVENT, rows)
            }
            Self::Schema => format!("{:#}\n", data::schema()),
            Self::Calendar => calendar::ics(site),
            Self::Lanes => timeline_data::json(site),
        }
    }
}

/// Paths of the files that are for machines and are always there.
#[must_use]
pub fn files(index: &Index) -> BTreeSet<String> {
    let data = DataFile::all(index).into_iter();
    let feeds = feeds::channels(index)
        .flat_map(|channel| ["feed.xml", "feed.json"].map(|name| output_path(&channel.file(name))));
    let others = ["sitemap.xml", "robots.txt"].map(str::to_owned);
    let old = feeds::old_places(&index.config);
    feeds.chain(data.map(DataFile::path)).chain(others).chain(old).collect()
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

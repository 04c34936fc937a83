//! What the overviews of many partnerships show: filters, what is in force, what is new.

use serde::Serialize;

use super::{CountedLink, EventView, LinkView, Shared};

/// A group of links that narrow a list.
#[derive(Clone, Debug, Serialize)]
pub struct FilterView {
    /// What they narrow by.
    pub name: String,
    /// The choices.
    pub links: Vec<CountedLink>,
}

/// What is in force between many companies, as a table of companies by years.
#[derive(Clone, Debug, Serialize)]
pub struct InForceView {
    /// The years, oldest first.
    pub years: Vec<YearHead>,
    /// The companies with most partnerships, most first.
    pub rows: Vec<InForceRow>,
    /// How many more companies there are.
    pub more: usize,
}

/// A year at the head of a column.
#[derive(Clone, Debug, Serialize)]
pub struct YearHead {
    /// Its first two digits, for which a narrow window has no room.
    pub century: String,
    /// The others.
    pub rest: String,
    /// Its page; empty where nothing happened.
    pub address: String,
}

/// A company's row of it.
#[derive(Clone, Debug, Serialize)]
pub struct InForceRow {
    /// The company.
    pub company: Shared<LinkView>,
    /// A cell for each year.
    pub cells: Vec<InForceCell>,
    /// How many partnerships it has.
    pub total: usize,
}

/// What a company had in force in a year.
#[derive(Clone, Debug, Serialize)]
pub struct InForceCell {
    /// Partnerships in force.
    pub in_force: usize,
    /// Those of them that are new.
    pub new: usize,
    /// From 0 for none to 5 for the most in the table.
    pub level: usize,
    /// Where these are.
    pub address: String,
}

/// How many partnerships of a kind began in each year.
#[derive(Clone, Debug, Serialize)]
pub struct FlowView {
    /// The kind.
    pub kind: Shared<LinkView>,
    /// How many there are in all.
    pub total: usize,
    /// How wide a column is, of 240 that all years have together.
    pub width: usize,
    /// Years in which some began.
    pub columns: Vec<FlowColumn>,
    /// The first year of the chart.
    pub first: i16,
    /// The last one.
    pub last: i16,
}

/// A year in which partnerships of a kind began.
#[derive(Clone, Debug, Serialize)]
pub struct FlowColumn {
    /// The year.
    pub year: i16,
    /// Where they are.
    pub address: String,
    /// How many.
    pub count: usize,
    /// Where its column begins.
    pub x: usize,
    /// How high it is, of 48.
    pub height: usize,
}

/// Events of one year of a timeline.
#[derive(Clone, Debug, Serialize)]
pub struct TimelineYear {
    /// The year; none for events without a date.
    pub year: Option<String>,
    /// Newest first.
    pub events: Vec<Shared<EventView>>,
}

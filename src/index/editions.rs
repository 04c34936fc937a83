//! What was published, and what happened, week by week or month by month.

use std::collections::BTreeMap;

use super::Index;
use crate::config::{Every, Section};
use crate::model::{Event, PartialDate};

/// A week or a month.
#[derive(Clone, Debug)]
pub struct EditionRecord {
    /// Its first day.
    pub first: PartialDate,
    /// Its last day, of those that are over.
    pub last: PartialDate,
    /// Articles of its days, newest first, as positions in the index.
    pub articles: Vec<usize>,
    /// What happened on its days, by the position of the relation and among that relation's own,
    /// newest first.
    pub events: Vec<(usize, usize)>,
}

impl Index {
    /// The editions of the site by their ids, `2026-W48` or `2026-11`, the oldest first.
    #[must_use]
    pub fn editions(&self) -> BTreeMap<String, EditionRecord> {
        let mut editions = BTreeMap::new();
        let every = self.config.editions;
        if every == Every::Never || !self.config.is_about(Section::Companies) {
            return editions;
        }
        // Weeks without an article are no editions, even where an article tells of them.
        for (at, entry) in self.articles.iter().enumerate() {
            let Some(date) = entry.article().date else { continue };
            let Some((id, first, last)) = period(date, every) else { continue };
            let last = last.min(self.today.max(date));
            let edition = EditionRecord { first, last, articles: Vec::new(), events: Vec::new() };
            editions.entry(id).or_insert(edition).articles.push(at);
        }
        let mut events: Vec<(PartialDate, (usize, usize))> = Vec::new();
        for (at, relation) in self.relations.values().enumerate() {
            for (number, relation_event) in relation.events.iter().enumerate() {
                let date = relation_event.date.filter(|_| relation_event.event != Event::Mentioned);
                events.extend(date.map(|date| (date, (at, number))));
            }
        }
        events.sort_by_key(|&(date, event)| (std::cmp::Reverse(date), event));
        for (date, event) in events {
            let edition = period(date, every).and_then(|(id, ..)| editions.get_mut(&id));
            if let Some(edition) = edition {
                edition.events.push(event);
            }
        }
        editions
    }
}

/// The id, the first and the last day of the week or month that a day is in; none where the date is
/// known less well.
fn period(date: PartialDate, every: Every) -> Option<(String, PartialDate, PartialDate)> {
    match every {
        Every::Never => None,
        Every::Week => {
            let monday = date.plus_days(-i32::from(date.weekday()?))?;
            // ISO 8601: a week is of the year that its Thursday is in.
            let thursday = monday.plus_days(3)?;
            let new_year = PartialDate::day(thursday.year(), 1, 1)?;
            let week = (thursday.first_day() - new_year.first_day()) / 7 + 1;
            Some((format!("{:04}-W{week:02}", thursday.year()), monday, monday.plus_days(6)?))
        }
        Every::Month => {
            let (year, month) = (date.year(), date.month()?);
            let first = PartialDate::day(year, month, 1)?;
            let days = (28..=31).rev().find_map(|day| PartialDate::day(year, month, day));
            Some((format!("{year:04}-{month:02}"), first, days?))
        }
    }
}

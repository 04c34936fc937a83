//! Companies over time: which company an old name means now.
//!
//! An article keeps the id it was written with; every look-up goes through `Succession::now(id, date)`.

use std::collections::{HashMap, HashSet};

use crate::diagnostic::{self, Diagnostic};
use crate::model::{Company, PartialDate};
use crate::source::Source;

/// More successions than this in a row are a circle.
const LONGEST: usize = 16;

/// Who became whom.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Succession {
    /// Old ids and the ids of today.
    renamed: HashMap<String, String>,
    /// Companies that became a part of others, and when.
    merged: HashMap<String, (String, Option<PartialDate>)>,
}

impl Succession {
    /// Reads what companies say of themselves.
    pub(super) fn new<T>(companies: &[(Source, Company, T)], found: &mut Vec<Diagnostic>) -> Self {
        let ids: HashSet<&str> = companies.iter().map(|company| company.1.id.as_str()).collect();
        let mut succession = Self::default();
        for (source, company, _) in companies {
            for id in &company.former_ids {
                if ids.contains(id.as_str()) {
                    found.push(diagnostic::former_id_in_use(source, id));
                } else {
                    succession.renamed.insert(id.clone(), company.id.clone());
                }
            }
            if let Some(merged) = &company.merged_into {
                if merged.0 == company.id {
                    found.push(diagnostic::merged_into_itself(source, &company.id));
                    continue;
                }
                succession.merged.insert(company.id.clone(), merged.clone());
            }
        }
        succession
    }

    /// The company that an article of `date` means by an id. An article from after a merger means
    /// the company that came out of it; one from before, or without a date, the old one.
    #[must_use]
    pub fn now<'a>(&'a self, mut id: &'a str, date: Option<PartialDate>) -> &'a str {
        let longest = if self.renamed.is_empty() && self.merged.is_empty() { 0 } else { LONGEST };
        for _ in 0..longest {
            if let Some(new) = self.renamed.get(id) {
                id = new;
                continue;
            }
            let merged = self.merged.get(id).filter(|(_, day)| {
                day.zip(date).is_some_and(|(day, date)| date.first_day() > day.last_day())
            });
            match merged {
                Some((new, _)) => id = new,
                None => break,
            }
        }
        id
    }

    /// Old ids with the ids of today.
    pub fn renamed(&self) -> impl Iterator<Item = (&str, &str)> {
        self.renamed.iter().map(|(old, new)| (old.as_str(), new.as_str()))
    }
}

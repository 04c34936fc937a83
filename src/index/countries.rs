//! Which countries' companies have partnerships with each other.

use std::collections::{BTreeMap, BTreeSet};

use super::Index;

/// Countries, by their codes, with what ties them.
#[derive(Clone, Debug, Default)]
pub struct Countries {
    /// Two different countries in order, or one twice, with the positions of the relations that have
    /// parties in both.
    pub ties: BTreeMap<(String, String), Vec<usize>>,
}

impl Countries {
    /// How many countries have a partnership.
    #[must_use]
    pub fn len(&self) -> usize {
        self.ties.keys().flat_map(|(one, other)| [one, other]).collect::<BTreeSet<_>>().len()
    }

    /// Whether no country has any.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.ties.is_empty()
    }
}

impl Index {
    /// What ties the countries that companies are known to be of.
    #[must_use]
    pub fn countries(&self) -> Countries {
        let mut countries = Countries::default();
        for (at, relation) in self.relations.values().enumerate() {
            let parties: Vec<usize> = self.parties(relation).collect();
            let country = |company: usize| {
                // Editors may write whatever they like; addresses are made of codes only.
                let code = self.companies[company].company.country.as_deref();
                code.filter(|c| c.len() == 2 && c.bytes().all(|b| b.is_ascii_uppercase()))
            };
            let mut found: BTreeSet<(&str, &str)> = BTreeSet::new();
            for (number, &one) in parties.iter().enumerate() {
                for &other in &parties[number + 1..] {
                    if let (Some(one), Some(other)) = (country(one), country(other)) {
                        found.insert((one.min(other), one.max(other)));
                    }
                }
            }
            for (one, other) in found {
                let ties = countries.ties.entry((one.to_owned(), other.to_owned()));
                ties.or_default().push(at);
            }
        }
        countries
    }
}

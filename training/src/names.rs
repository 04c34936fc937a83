//! Which names in labels mean the same company: files of `[{ "name": ..., "aliases": [...] }]`.

use std::collections::{BTreeSet, HashMap};
use std::fs;

use serde_json::Value;
use tearsheet::model::slug;
use tearsheet::understand::companies::builtin;
use tearsheet::understand::entities::{Candidate, fold};

/// Names and what they stand for.
#[derive(Default)]
pub struct Names {
    known: HashMap<String, String>,
}

impl Names {
    /// Reads one more file.
    pub fn add(&mut self, path: &str) -> Result<(), String> {
        let text = fs::read_to_string(path).map_err(|error| format!("{path}: {error}"))?;
        let list: Value =
            serde_json::from_str(&text).map_err(|error| format!("{path}: {error}"))?;
        for company in list.as_array().into_iter().flatten() {
            let Some(name) = company["name"].as_str() else { continue };
            let aliases = company["aliases"].as_array().into_iter().flatten();
            for alias in std::iter::once(name).chain(aliases.filter_map(Value::as_str)) {
                self.known.insert(alias.to_lowercase(), name.to_owned());
                self.known.entry(fold(alias)).or_insert_with(|| name.to_owned());
                self.known.entry(slug(alias)).or_insert_with(|| name.to_owned());
            }
        }
        Ok(())
    }

    /// What a name stands for.
    pub fn of(&self, name: &str) -> String {
        let keys = [name.to_lowercase(), fold(name), slug(name)];
        let found = keys.iter().find_map(|key| self.known.get(key)).cloned();
        found.unwrap_or_else(|| {
            builtin(&slug(name)).map_or_else(|| fold(name), |row| row.name.to_owned())
        })
    }

    /// What a candidate stands for: one of `wanted`, if any of its forms may mean that.
    pub fn of_candidate(&self, candidate: &Candidate<'_>, wanted: &BTreeSet<String>) -> String {
        let row = candidate.known.as_ref().and_then(|known| builtin(known.company));
        let mut tries: Vec<String> = row.into_iter().map(|row| self.of(row.name)).collect();
        tries.push(self.of(&candidate.form));
        tries.extend(candidate.forms.iter().map(|form| self.of(form)));
        let found = tries.iter().find(|name| wanted.contains(*name));
        found.unwrap_or(&tries[0]).clone()
    }
}

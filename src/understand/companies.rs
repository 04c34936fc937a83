//! The companies that business news writes about, and where a text names them.

use std::collections::BTreeMap;
use std::sync::LazyLock;

/// One row of the built-in gazetteer.
#[derive(Clone, Copy, Debug)]
pub struct Row {
    /// The id used in front matter.
    pub id: &'static str,
    /// The name news uses.
    pub name: &'static str,
    /// ISO 3166-1 alpha-2 code of the seat.
    pub country: Option<&'static str>,
    /// The name is also an ordinary word and needs company to be believed.
    pub common: bool,
    /// A publisher: in a byline it is no company of the article.
    pub media: bool,
    /// Other names, separated by `|`.
    aliases: &'static str,
}

impl Row {
    /// The name and all aliases.
    pub fn names(&self) -> impl Iterator<Item = &'static str> {
        std::iter::once(self.name).chain(self.aliases.split('|').filter(|alias| !alias.is_empty()))
    }
}

static ROWS: LazyLock<BTreeMap<&'static str, Row>> = LazyLock::new(|| {
    include_str!("data/companies.tsv")
        .lines()
        .skip(1)
        .filter_map(|line| {
            let mut columns = line.split('\t');
            let (id, name) = (columns.next()?, columns.next()?);
            let (country, flags) = (columns.next()?, columns.next()?);
            let row = Row {
                id,
                name,
                country: Some(country).filter(|code| *code != "-"),
                common: flags.contains("common"),
                media: flags.contains("media"),
                aliases: columns.next().unwrap_or(""),
            };
            Some((id, row))
        })
        .collect()
});

/// The built-in company with this id.
#[must_use]
pub fn builtin(id: &str) -> Option<&'static Row> {
    ROWS.get(id)
}

//! Names of countries in the languages of the site's own words, as the Unicode CLDR 48 has them.
//!
//! ICU4X has them only in a crate of experiments that takes long to compile, so they are a table here.

use crate::model::Language;

const TABLE: &str = include_str!("countries.tsv");

/// What a country is called, by its ISO 3166 code. English stands in for other languages, and what is
/// no code stays as it is.
#[must_use]
pub fn name<'a>(language: &Language, code: &'a str) -> &'a str {
    let mut rows = TABLE.lines().map(|line| line.split('\t'));
    let languages: Vec<&str> = rows.next().into_iter().flatten().collect();
    let column = |wanted: &str| languages.iter().position(|tag| *tag == wanted);
    let own = column(language.tag()).or_else(|| column(language.primary()));
    let Some(at) = own.or_else(|| column("en")) else { return code };
    let row = rows.find(|row| row.clone().next() == Some(code));
    row.and_then(|mut row| row.nth(at)).unwrap_or(code)
}

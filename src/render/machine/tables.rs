//! Things as rows of a table: what `/data/*.csv` and `list --format csv` hold.

use crate::index::pages::{company_address, partnership_place};
use crate::index::{CompanyRecord, IndexedArticle, Relation, RelationEvent, Story, Sureness};
use crate::model::PartialDate;
use crate::render::site::Site;

/// Columns of [`article`].
pub const ARTICLE: &[&str] = &[
    "date",
    "lang",
    "title",
    "companies",
    "tags",
    "source",
    "url",
    "rights",
    "story",
    "address",
    "path",
    "publish_date",
];
/// Columns of [`company`].
pub const COMPANY: &[&str] = &[
    "id",
    "name",
    "country",
    "founded",
    "website",
    "ticker",
    "wikidata",
    "articles",
    "partnerships",
    "address",
    "path",
];
/// Columns of [`partnership`].
pub const PARTNERSHIP: &[&str] = &[
    "id",
    "name",
    "parties",
    "kinds",
    "status",
    "sureness",
    "since",
    "until",
    "confirmed",
    "reports",
    "origins",
    "address",
];
/// Columns of [`story`].
pub const STORY: &[&str] = &["id", "date", "parties", "articles", "title", "address"];
/// Columns of [`event`].
pub const EVENT: &[&str] = &["date", "event", "partnership", "name", "kinds", "reports", "address"];

/// An article; several values in one cell are divided by spaces, as ids and slugs have none.
#[must_use]
pub fn article(site: &Site, entry: &IndexedArticle) -> Vec<String> {
    let index = &site.index;
    let article = entry.article();
    let source = article.source.clone().unwrap_or_default();
    let companies = entry.companies.iter().map(|&at| index.companies[at].company.id.as_str());
    vec![
        text(article.date),
        article.lang.tag().to_owned(),
        entry.heading(),
        companies.collect::<Vec<_>>().join(" "),
        entry.tags.join(" "),
        source.name.unwrap_or_default(),
        source.url.unwrap_or_default(),
        article.rights.id().to_owned(),
        entry.story.map(|at| index.stories[at].id.clone()).unwrap_or_default(),
        entry.address.clone(),
        article.path.clone(),
        text(article.publish_date),
    ]
}

/// A company.
#[must_use]
pub fn company(record: &CompanyRecord) -> Vec<String> {
    let company = &record.company;
    vec![
        company.id.clone(),
        company.name.clone(),
        company.country.clone().unwrap_or_default(),
        text(company.founded),
        company.website.clone().unwrap_or_default(),
        company.ticker.clone().unwrap_or_default(),
        company.same_as.get("wikidata").cloned().unwrap_or_default(),
        record.articles.len().to_string(),
        record.relations.len().to_string(),
        company_address(&company.id),
        company.path.clone(),
    ]
}

/// A partnership.
#[must_use]
pub fn partnership(site: &Site, relation: &Relation) -> Vec<String> {
    let kinds: Vec<&str> = relation.kinds.iter().map(|kind| kind.value.0.as_str()).collect();
    vec![
        relation.id.clone(),
        site.relation_name(relation),
        relation.parties.join(" "),
        kinds.join(" "),
        relation.status.id().to_owned(),
        relation.sureness().map_or("", Sureness::id).to_owned(),
        text(relation.since()),
        text(relation.until()),
        text(relation.confirmed),
        relation.articles().len().to_string(),
        relation.told.as_ref().map_or(0, |told| told.origins).to_string(),
        partnership_place(&site.index, relation),
    ]
}

/// A story.
#[must_use]
pub fn story(site: &Site, story: &Story) -> Vec<String> {
    let parties = story.parties.iter().map(|&at| site.index.companies[at].company.id.as_str());
    vec![
        story.id.clone(),
        text(story.date),
        parties.collect::<Vec<_>>().join(" "),
        story.members.len().to_string(),
        site.index.articles[site.leader(story)].heading(),
        site.story_place(story),
    ]
}

/// Something that happened to a partnership.
#[must_use]
pub fn event(site: &Site, relation: &Relation, relation_event: &RelationEvent) -> Vec<String> {
    let kinds: Vec<&str> = relation.kinds.iter().map(|kind| kind.value.0.as_str()).collect();
    vec![
        text(relation_event.date),
        relation_event.event.to_string(),
        relation.id.clone(),
        site.relation_name(relation),
        kinds.join(" "),
        relation_event.reports.len().to_string(),
        partnership_place(&site.index, relation),
    ]
}

/// A date as front matter has it; nothing where there is none.
fn text(date: Option<PartialDate>) -> String {
    date.map_or_else(String::new, |date| date.to_string())
}

/// A cell that a spreadsheet does not take for a formula, as OWASP advises for CSV injection: what begins
/// as one gets an apostrophe before it.
fn defused(cell: String) -> String {
    if cell.starts_with(['=', '+', '-', '@', '\t', '\r']) { format!("'{cell}") } else { cell }
}

/// A table after RFC 4180, with `\n` between lines.
#[must_use]
pub fn csv(columns: &[&str], rows: impl Iterator<Item = Vec<String>>) -> String {
    let mut writer = csv::Writer::from_writer(Vec::new());
    let records =
        std::iter::once(columns.iter().map(|&name| name.to_owned()).collect()).chain(rows);
    for record in records {
        let cells = record.into_iter().map(defused);
        writer.write_record(cells).expect("rows are as long as their head");
    }
    let bytes = writer.into_inner().expect("memory takes everything");
    String::from_utf8(bytes).expect("cells are text")
}

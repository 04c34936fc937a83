//! `tearsheet list`: what the site holds, as a table, JSON or CSV.

use std::io::Write;

use anyhow::{Result, bail};
use serde::Serialize;
use serde_json::Value;

use super::Verdict;
use crate::cli::{Format, Global, List, ListOf};
use crate::diagnostic::{self, Diagnostic};
use crate::index::{Entry, Index, Relation, Story, Sureness};
use crate::memo::Memo;
use crate::model::PartialDate;
use crate::pipeline;
use crate::render::data;
use crate::render::site::Site;
use crate::source::{Drafts, Future};
use crate::terminal::Terminal;
use crate::timings::Timings;

/// What is listed: column names, and for each thing its cells and all its data.
struct Listing {
    columns: &'static [&'static str],
    rows: Vec<(Vec<String>, Value)>,
}

/// Runs the command.
pub fn list(global: &Global, args: &List, terminal: Terminal) -> Result<Verdict> {
    check_filters(args)?;
    let mut inputs = super::inputs(global)?;
    inputs.drafts = Drafts::Include;
    inputs.future = Future::Include;
    let (index, found) = pipeline::understand(&inputs, &Memo::default(), &Timings::default());
    let errors: Vec<_> = found.into_iter().filter(Diagnostic::is_error).collect();
    terminal.diagnostics(&errors);
    let company = args.company.as_deref().map(|id| company(&index, id)).transpose()?;
    let filter = Filter { company, args };
    let listing = filter.listing(&Site::new(index));
    let out = match global.format {
        Format::Human | Format::Github => listing.table(),
        Format::Json => listing.json(),
        Format::Csv => listing.csv()?,
    };
    std::io::stdout().lock().write_all(out.as_bytes())?;
    Ok(if errors.is_empty() { Verdict::Fine } else { Verdict::Faulty })
}

/// The position of a company, by its id of today or a former one.
fn company(index: &Index, id: &str) -> Result<usize> {
    let Some(at) = index.companies.get_index_of(index.succession.now(id, None)) else {
        let near = diagnostic::nearest(id, index.companies.keys().map(String::as_str));
        let hint = near.map_or_else(String::new, |near| format!("; did you mean `{near}`?"));
        bail!("no company has the id `{id}`{hint}");
    };
    Ok(at)
}

/// A filter that has nothing to say about what is listed would be a silent lie.
fn check_filters(args: &List) -> Result<()> {
    let partnerships = args.what == ListOf::Partnerships;
    if !partnerships && (args.status.is_some() || args.kind.is_some() || args.disputed) {
        bail!(
            "only partnerships have a status, a kind and disputes: \
             `tearsheet list partnerships --status ...`"
        );
    }
    let neither = matches!(args.what, ListOf::Companies | ListOf::Tags);
    if neither && (args.company.is_some() || args.since.is_some()) {
        bail!("`--company` and `--since` choose articles, stories and partnerships");
    }
    Ok(())
}

fn text(date: Option<PartialDate>) -> String {
    date.map_or_else(String::new, |date| date.to_string())
}

fn value(data: &impl Serialize) -> Value {
    serde_json::to_value(data).expect("data are plain")
}

/// What is wanted.
struct Filter<'a> {
    /// Its position in [`Index::companies`].
    company: Option<usize>,
    args: &'a List,
}

impl Filter<'_> {
    /// A bare year or month is compared as far as both tell.
    fn is_since(&self, date: Option<PartialDate>) -> bool {
        self.args
            .since
            .is_none_or(|since| date.is_some_and(|date| date.last_day() >= since.first_day()))
    }

    fn has_company(&self, mut positions: impl Iterator<Item = usize>) -> bool {
        self.company.is_none_or(|wanted| positions.any(|at| at == wanted))
    }

    fn wants_article(&self, entry: &Entry) -> bool {
        let article = entry.article();
        let parties = entry.parties.iter().flatten().copied();
        self.has_company(entry.companies.iter().copied().chain(parties))
            && self.is_since(article.date)
            && match self.args.what {
                ListOf::Undated => article.date.is_none(),
                ListOf::Drafts => article.draft,
                _ => true,
            }
    }

    fn wants_story(&self, story: &Story, index: &Index) -> bool {
        let members = story.members.iter().map(|member| &index.articles[member.article]);
        self.has_company(members.flat_map(|entry| entry.companies.iter().copied()))
            && self.is_since(story.date)
    }

    fn wants_relation(&self, relation: &Relation, index: &Index) -> bool {
        let List { status, kind, disputed, .. } = self.args;
        let parties = relation.parties.iter().filter_map(|id| index.companies.get_index_of(id));
        self.has_company(parties)
            && status.is_none_or(|status| relation.status == status)
            && kind.as_ref().is_none_or(|kind| relation.kinds.iter().any(|k| k.value.0 == *kind))
            && (!disputed || relation.disputes().next().is_some())
            && self.is_since(relation.since())
    }

    fn listing(&self, site: &Site) -> Listing {
        let index = &site.index;
        match self.args.what {
            ListOf::Articles | ListOf::Undated | ListOf::Drafts => {
                let wanted = index.articles.iter().filter(|entry| self.wants_article(entry));
                let row = |entry: &Entry| {
                    let article = entry.article();
                    let data = data::article(site, entry);
                    let cells = vec![
                        text(article.date),
                        article.lang.tag().to_owned(),
                        entry.heading(),
                        data.companies.join(" "),
                        article.path.clone(),
                    ];
                    (cells, value(&data))
                };
                Listing {
                    columns: &["date", "lang", "title", "companies", "path"],
                    rows: wanted.map(row).collect(),
                }
            }
            ListOf::Companies => Listing {
                columns: &["id", "name", "country", "articles", "partnerships", "path"],
                rows: index
                    .companies
                    .values()
                    .map(|record| {
                        let company = &record.company;
                        let cells = vec![
                            company.id.clone(),
                            company.name.clone(),
                            company.country.clone().unwrap_or_default(),
                            record.articles.len().to_string(),
                            record.relations.len().to_string(),
                            company.path.clone(),
                        ];
                        (cells, value(&data::company(site, record)))
                    })
                    .collect(),
            },
            ListOf::Partnerships => {
                let wanted = index.relations.values().filter(|r| self.wants_relation(r, index));
                let row = |relation: &Relation| {
                    let kinds: Vec<&str> =
                        relation.kinds.iter().map(|kind| kind.value.0.as_str()).collect();
                    let cells = vec![
                        relation.id.clone(),
                        relation.status.id().to_owned(),
                        relation.sureness().map_or("", Sureness::id).to_owned(),
                        kinds.join(" "),
                        text(relation.since()),
                        text(relation.until()),
                        text(relation.confirmed),
                        relation.articles().len().to_string(),
                        relation.told.as_ref().map_or(0, |told| told.origins).to_string(),
                    ];
                    (cells, value(&data::partnership(site, relation)))
                };
                Listing {
                    columns: &[
                        "id",
                        "status",
                        "sureness",
                        "kinds",
                        "since",
                        "until",
                        "confirmed",
                        "reports",
                        "origins",
                    ],
                    rows: wanted.map(row).collect(),
                }
            }
            ListOf::Stories => {
                let newest = index.newest_stories.iter().map(|&at| &index.stories[at]);
                let wanted = newest.filter(|story| self.wants_story(story, index));
                let row = |story: &Story| {
                    let data = data::story(site, story);
                    let cells = vec![
                        story.id.clone(),
                        text(story.date),
                        data.parties.join(" "),
                        story.members.len().to_string(),
                        data.title.clone(),
                    ];
                    (cells, value(&data))
                };
                Listing {
                    columns: &["id", "date", "parties", "articles", "title"],
                    rows: wanted.map(row).collect(),
                }
            }
            ListOf::Tags => Listing {
                columns: &["slug", "label", "articles"],
                rows: index
                    .tags
                    .iter()
                    .map(|(slug, record)| {
                        let (label, articles) = (record.label.as_str(), record.articles.len());
                        let cells = vec![slug.clone(), label.to_owned(), articles.to_string()];
                        (cells, value(&data::TagData { slug, label, articles }))
                    })
                    .collect(),
            },
        }
    }
}

impl Listing {
    /// Columns as wide as their widest cell; the last one is not padded.
    fn table(&self) -> String {
        let width = |text: &str| text.chars().count();
        let rows = || self.rows.iter().map(|(cells, _)| cells);
        let widths: Vec<usize> = self
            .columns
            .iter()
            .enumerate()
            .map(|(at, name)| rows().map(|row| width(&row[at])).max().unwrap_or(0).max(width(name)))
            .collect();
        let line = |cells: Vec<&str>| {
            let last = cells.len() - 1;
            let padded = cells.iter().enumerate().map(|(at, cell)| match at {
                at if at == last => (*cell).to_owned(),
                at => format!("{cell}{}", " ".repeat(widths[at] - width(cell))),
            });
            padded.collect::<Vec<_>>().join("  ").trim_end().to_owned() + "\n"
        };
        let mut out = line(self.columns.to_vec());
        for row in rows() {
            out.push_str(&line(row.iter().map(String::as_str).collect()));
        }
        out
    }

    /// The same data that `/data/` holds.
    fn json(&self) -> String {
        let all: Vec<&Value> = self.rows.iter().map(|(_, data)| data).collect();
        format!("{:#}\n", value(&all))
    }

    /// RFC 4180, with `\n` between lines.
    fn csv(&self) -> Result<String> {
        let mut writer = csv::Writer::from_writer(Vec::new());
        writer.write_record(self.columns)?;
        for (cells, _) in &self.rows {
            writer.write_record(cells)?;
        }
        Ok(String::from_utf8(writer.into_inner()?)?)
    }
}

//! `tearsheet list`: what the site holds, as a table, JSON or CSV.

use std::io::Write;

use anyhow::{Result, bail};
use serde_json::{Map, Value};

use super::Verdict;
use crate::cli::{Format, Global, List, ListOf};
use crate::diagnostic::{self, Diagnostic};
use crate::index::{Index, Relation};
use crate::memo::Memo;
use crate::model::PartialDate;
use crate::pipeline;
use crate::source::{Drafts, Future};
use crate::terminal::Terminal;
use crate::timings::Timings;

/// Columns that hold numbers.
const COUNTS: &[&str] = &["articles", "partnerships", "reports"];

/// Column names, and one row of cells for each thing.
type Table = (Vec<&'static str>, Vec<Vec<String>>);

/// Runs the command.
pub fn list(global: &Global, args: &List, terminal: Terminal) -> Result<Verdict> {
    check_filters(args)?;
    let mut inputs = super::inputs(global)?;
    inputs.drafts = Drafts::Include;
    inputs.future = Future::Include;
    let (index, found) = pipeline::understand(&inputs, &Memo::default(), &Timings::default());
    let errors: Vec<_> = found.into_iter().filter(Diagnostic::is_error).collect();
    terminal.diagnostics(&errors);
    if let Some(id) = args.company.as_deref().filter(|id| !index.companies.contains_key(*id)) {
        let near = diagnostic::nearest(id, index.companies.keys().map(String::as_str));
        let hint = near.map_or_else(String::new, |near| format!("; did you mean `{near}`?"));
        bail!("no company has the id `{id}`{hint}");
    }
    let (columns, rows) = table(&index, args);
    let out = match global.format {
        Format::Human => as_table(&columns, &rows),
        Format::Json => as_json(&columns, &rows),
        Format::Csv => as_csv(&columns, &rows),
    };
    std::io::stdout().lock().write_all(out.as_bytes())?;
    Ok(if errors.is_empty() { Verdict::Fine } else { Verdict::Faulty })
}

/// A filter that has nothing to say about what is listed would be a silent lie.
fn check_filters(args: &List) -> Result<()> {
    let partnerships = args.what == ListOf::Partnerships;
    if args.status.is_some() && !partnerships {
        bail!("only partnerships have a status: `tearsheet list partnerships --status ...`");
    }
    let neither = matches!(args.what, ListOf::Companies | ListOf::Tags);
    if neither && (args.company.is_some() || args.since.is_some()) {
        bail!("`--company` and `--since` choose articles and partnerships");
    }
    Ok(())
}

fn table(index: &Index, args: &List) -> Table {
    let what = args.what;
    let is_wanted = |id: &String| args.company.as_ref().is_none_or(|wanted| wanted == id);
    let is_any_wanted = |ids: &[String]| args.company.is_none() || ids.iter().any(is_wanted);
    // A bare year or month is compared as far as both tell.
    let since = |date: Option<PartialDate>| match args.since {
        Some(since) => date.is_some_and(|date| date.last_day() >= since.first_day()),
        None => true,
    };
    let text = |date: Option<PartialDate>| date.map_or_else(String::new, |date| date.to_string());
    match what {
        ListOf::Articles | ListOf::Undated | ListOf::Drafts => {
            let rows = index
                .articles
                .iter()
                .map(|entry| (entry.article(), entry))
                .filter(|(article, _)| {
                    let parties = article.partnerships.iter().flat_map(|claim| &claim.parties);
                    let is_party = parties.map(|party| &party.company).any(is_wanted);
                    (is_any_wanted(&article.companies) || is_party) && since(article.date)
                })
                .filter(|(article, _)| match what {
                    ListOf::Undated => article.date.is_none(),
                    ListOf::Drafts => article.draft,
                    _ => true,
                })
                .map(|(article, entry)| {
                    vec![
                        text(article.date),
                        article.lang.tag().to_owned(),
                        entry.heading(),
                        article.companies.join(" "),
                        article.path.clone(),
                    ]
                })
                .collect();
            (vec!["date", "lang", "title", "companies", "path"], rows)
        }
        ListOf::Companies => {
            let rows = index.companies.values().map(|record| {
                let company = &record.company;
                vec![
                    company.id.clone(),
                    company.name.clone(),
                    company.country.clone().unwrap_or_default(),
                    record.articles.len().to_string(),
                    record.relations.len().to_string(),
                    company.path.clone(),
                ]
            });
            (vec!["id", "name", "country", "articles", "partnerships", "path"], rows.collect())
        }
        ListOf::Partnerships => {
            let wanted = |relation: &&Relation| {
                is_any_wanted(&relation.parties)
                    && args.status.is_none_or(|status| relation.status == status)
                    && since(relation.since())
            };
            let rows = index.relations.values().filter(wanted).map(|relation| {
                let kinds: Vec<&str> = relation.kinds.iter().map(|kind| kind.0.as_str()).collect();
                vec![
                    relation.id.clone(),
                    relation.status.id().to_owned(),
                    kinds.join(" "),
                    text(relation.since()),
                    text(relation.latest()),
                    relation.occurrences.len().to_string(),
                ]
            });
            (vec!["id", "status", "kinds", "since", "latest", "reports"], rows.collect())
        }
        ListOf::Tags => {
            let rows = index.tags.iter().map(|(slug, record)| {
                vec![slug.clone(), record.label.clone(), record.articles.len().to_string()]
            });
            (vec!["slug", "label", "articles"], rows.collect())
        }
    }
}

/// Columns as wide as their widest cell; the last one is not padded.
fn as_table(columns: &[&str], rows: &[Vec<String>]) -> String {
    let width = |text: &str| text.chars().count();
    let widths: Vec<usize> = columns
        .iter()
        .enumerate()
        .map(|(at, name)| {
            rows.iter().map(|row| width(&row[at])).max().unwrap_or(0).max(width(name))
        })
        .collect();
    let line = |cells: Vec<&str>| {
        let last = cells.len() - 1;
        let padded = cells.iter().enumerate().map(|(at, cell)| match at {
            at if at == last => (*cell).to_owned(),
            at => format!("{cell}{}", " ".repeat(widths[at] - width(cell))),
        });
        padded.collect::<Vec<_>>().join("  ").trim_end().to_owned() + "\n"
    };
    let mut out = line(columns.to_vec());
    for row in rows {
        out.push_str(&line(row.iter().map(String::as_str).collect()));
    }
    out
}

fn as_json(columns: &[&str], rows: &[Vec<String>]) -> String {
    let value = |name: &str, cell: &str| match cell.parse::<u64>() {
        Ok(count) if COUNTS.contains(&name) => Value::from(count),
        _ => Value::from(cell),
    };
    let object = |row: &Vec<String>| {
        let cells = columns.iter().zip(row);
        let fields = cells.map(|(name, cell)| ((*name).to_owned(), value(name, cell)));
        Value::Object(fields.collect::<Map<_, _>>())
    };
    let all: Vec<Value> = rows.iter().map(object).collect();
    format!("{:#}\n", Value::Array(all))
}

/// RFC 4180, with `\n` between lines.
fn as_csv(columns: &[&str], rows: &[Vec<String>]) -> String {
    let cell = |text: &str| {
        if text.contains([',', '"', '\n', '\r']) {
            format!("\"{}\"", text.replace('"', "\"\""))
        } else {
            text.to_owned()
        }
    };
    let line = |cells: Vec<&str>| cells.into_iter().map(cell).collect::<Vec<_>>().join(",") + "\n";
    let mut out = line(columns.to_vec());
    for row in rows {
        out.push_str(&line(row.iter().map(String::as_str).collect()));
    }
    out
}

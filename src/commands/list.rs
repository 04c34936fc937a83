//! `tearsheet list`: what the site holds, as a table, JSON or CSV.

use std::io::Write;

use anyhow::{Result, bail};
use serde::Serialize;
use serde_json::Value;

use super::{Verdict, nearly, waiting_articles};
use crate::cli::{Format, Global, List, ListOf};
use crate::diagnostic::Diagnostic;
use crate::index::{Index, Indexed, IndexedArticle, Relation, Story};
use crate::memo::Memo;
use crate::model::PartialDate;
use crate::pipeline;
use crate::render::machine::{data, tables};
use crate::render::site::Site;
use crate::render::templates::usage::TemplateUsage;
use crate::source::{Drafts, Future};
use crate::terminal::Terminal;
use crate::timings::Timings;

/// What is listed: column names, and for each thing its cells and all its data.
struct Listing {
    columns: &'static [&'static str],
    /// Those that people see in a terminal.
    shown: &'static [&'static str],
    rows: Vec<(Vec<String>, Value)>,
}

/// Runs the command.
pub fn list(global: &Global, args: &List, terminal: Terminal) -> Result<Verdict> {
    check_filters(args)?;
    let mut inputs = super::inputs(global)?;
    inputs.drafts = Drafts::Include;
    inputs.future = Future::Include;
    let Indexed { index, found, .. } =
        pipeline::understand(&inputs, &mut Memo::default(), &Timings::default());
    let errors: Vec<_> = found.into_iter().filter(Diagnostic::is_error).collect();
    terminal.diagnostics(&errors);
    args.kind.as_deref().map_or(Ok(()), |kind| check_kind(&index, kind))?;
    let company = args.company.as_deref().map(|id| company(&index, id)).transpose()?;
    let waiting = index.waiting();
    if args.what == ListOf::Articles && waiting > 0 {
        let waiting = waiting_articles(waiting);
        terminal.say(&format!("{waiting} (`tearsheet list scheduled`)"));
    }
    let filter = Filter { company, args };
    let listing = filter.listing(&Site::new(index, &[], TemplateUsage::default()));
    let out = match global.format {
        Format::Human | Format::Github => listing.table(),
        Format::Json => listing.json(),
        Format::Csv => listing.csv(),
    };
    std::io::stdout().lock().write_all(out.as_bytes())?;
    Ok(if errors.is_empty() { Verdict::Fine } else { Verdict::Faulty })
}

/// The position of a company, by its id of today or a former one.
fn company(index: &Index, id: &str) -> Result<usize> {
    let Some(at) = index.companies.get_index_of(index.succession.now(id, None)) else {
        let hint = nearly(id, index.companies.keys().map(String::as_str));
        bail!("no company has the id `{id}`{hint}");
    };
    Ok(at)
}

/// A kind that no partnership of this site can have is a slip.
fn check_kind(index: &Index, kind: &str) -> Result<()> {
    let mut known = index.config.kinds.keys().map(String::as_str);
    if known.clone().any(|known| known == kind) {
        return Ok(());
    }
    let hint = nearly(kind, known.clone());
    let first = known.next().unwrap_or_default();
    let list = known.fold(first.to_owned(), |list, kind| format!("{list}, {kind}"));
    bail!(
        "there is no kind `{kind}`{hint} Known are {list}; `[kinds]` in tearsheet.toml adds others"
    )
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

    fn wants_article(&self, entry: &IndexedArticle, today: PartialDate) -> bool {
        let article = entry.article();
        let parties = entry.parties.iter().flatten().copied();
        self.has_company(entry.companies.iter().copied().chain(parties))
            && self.is_since(article.date)
            && match self.args.what {
                ListOf::Undated => article.date.is_none(),
                ListOf::Drafts => article.draft,
                ListOf::Scheduled => article.waits_for(today).is_some(),
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
            ListOf::Articles | ListOf::Undated | ListOf::Drafts | ListOf::Scheduled => {
                let wants = |entry: &&IndexedArticle| self.wants_article(entry, index.today);
                let wanted = index.articles.iter().filter(wants);
                Listing {
                    columns: tables::ARTICLE,
                    shown: match self.args.what {
                        ListOf::Scheduled => &["publish_date", "date", "lang", "title", "path"],
                        _ => &["date", "lang", "title", "companies", "path"],
                    },
                    rows: wanted
                        .map(|e| (tables::article(site, e), value(&data::article(site, e))))
                        .collect(),
                }
            }
            ListOf::Companies => Listing {
                columns: tables::COMPANY,
                shown: &["id", "name", "country", "articles", "partnerships", "path"],
                rows: index
                    .companies
                    .values()
                    .map(|record| (tables::company(record), value(&data::company(site, record))))
                    .collect(),
            },
            ListOf::Partnerships => {
                let wanted = index.relations.values().filter(|r| self.wants_relation(r, index));
                Listing {
                    columns: tables::PARTNERSHIP,
                    shown: &[
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
                    rows: wanted
                        .map(|r| (tables::partnership(site, r), value(&data::partnership(site, r))))
                        .collect(),
                }
            }
            ListOf::Stories => {
                let newest = index.newest_stories.iter().map(|&at| &index.stories[at]);
                let wanted = newest.filter(|story| self.wants_story(story, index));
                Listing {
                    columns: tables::STORY,
                    shown: &["id", "date", "parties", "articles", "title"],
                    rows: wanted
                        .map(|s| (tables::story(site, s), value(&data::story(site, s))))
                        .collect(),
                }
            }
            ListOf::Tags => Listing {
                columns: &["slug", "label", "articles"],
                shown: &["slug", "label", "articles"],
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
        let column = |name: &&'static str| -> Vec<&str> {
            let at = self.columns.iter().position(|column| column == name);
            let at = at.expect("what is shown is a column");
            let cells = self.rows.iter().map(|(cells, _)| cells[at].as_str());
            std::iter::once(*name).chain(cells).collect()
        };
        let columns: Vec<Vec<&str>> = self.shown.iter().map(column).collect();
        let mut lines = vec![String::new(); self.rows.len() + 1];
        for (at, column) in columns.iter().enumerate() {
            let widest = column.iter().map(|cell| width(cell)).max().unwrap_or(0);
            for (line, cell) in lines.iter_mut().zip(column) {
                line.push_str(cell);
                if at + 1 < columns.len() {
                    line.push_str(&" ".repeat(widest - width(cell) + 2));
                }
            }
        }
        lines.iter().map(|line| line.trim_end()).collect::<Vec<_>>().join("\n") + "\n"
    }

    /// The same data that `/data/` holds.
    fn json(&self) -> String {
        let all: Vec<&Value> = self.rows.iter().map(|(_, data)| data).collect();
        format!("{:#}\n", value(&all))
    }

    fn csv(&self) -> String {
        tables::csv(self.columns, self.rows.iter().map(|(cells, _)| cells.clone()))
    }
}

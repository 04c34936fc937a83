//! `tearsheet review`: the desk's queue in a terminal, one question for each fact that is open; in a pipe the
//! queue as a list.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::io::{BufRead, IsTerminal, Write};
use std::sync::Arc;

use anyhow::{Result, anyhow};

use super::desk::{Desk, Refusal, Row};
use super::{Verdict, counted, inputs};
use crate::cli::{Global, Review};
use crate::desk::operation::Operation;
use crate::desk::view::{ClaimFact, DeskArticle};
use crate::memo::Memo;
use crate::pipeline;
use crate::source::{Drafts, Future};
use crate::terminal::{Format, Terminal};
use crate::timings::Timings;

/// Runs the command.
pub fn review(global: &Global, args: &Review, terminal: Terminal) -> Result<Verdict> {
    let mut inputs = inputs(global)?;
    inputs.drafts = Drafts::Include;
    inputs.future = Future::Include;
    let indexed = pipeline::understand(&inputs, &mut Memo::default(), &Timings::default());
    let desk = Desk::new(global, &global.root, terminal);
    desk.take(Arc::clone(&indexed.index), &inputs.sources);
    let rows = desk.waiting()?;
    let is_asked = args.ask || std::io::stdin().is_terminal() && std::io::stdout().is_terminal();
    if !is_asked || terminal.format != Format::Human {
        return list(&rows, terminal);
    }
    if rows.is_empty() {
        terminal.say("nothing needs a person");
        return Ok(Verdict::Fine);
    }
    let (input, output) = (std::io::stdin().lock(), std::io::stdout().lock());
    let mut prompt = Prompt { desk: &desk, input, output };
    for (at, row) in rows.iter().enumerate() {
        writeln!(prompt.output, "\n{} of {}  {}", at + 1, rows.len(), row.path)?;
        if prompt.article(&row.path)? == Next::Quit {
            break;
        }
    }
    let left = desk.waiting()?.len();
    terminal.say(&format!("{} left", counted(left, "article")));
    Ok(Verdict::Fine)
}

/// The queue, for other programs.
fn list(rows: &[Row], terminal: Terminal) -> Result<Verdict> {
    let text = if terminal.format == Format::Json {
        serde_json::to_string_pretty(rows)? + "\n"
    } else {
        let mut text = String::new();
        for row in rows {
            let mut words: Vec<&str> = row.reasons.iter().map(|why| why.words.as_str()).collect();
            let scheduled = row.scheduled.as_ref().map(|day| format!("scheduled for {day}"));
            words.extend(scheduled.as_deref());
            let _ = writeln!(text, "{}\t{}", row.path, words.join(", "));
        }
        text
    };
    terminal.data(&text)?;
    Ok(Verdict::Fine)
}

/// What comes after an article, or after a question.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Next {
    Article,
    Quit,
}

/// A question, and how it is told from others of the same article.
struct Question {
    key: String,
    words: String,
    kind: Kind,
}

/// What is asked for.
enum Kind {
    /// A value, which may be one of some.
    Field(&'static str, Vec<String>),
    /// Whether this is a company.
    Company(String),
    /// Whether a company is another one.
    Near(String, String),
    /// Whether the claim with this number is right.
    Claim(usize),
    /// Whether everything is.
    All,
}

struct Prompt<'a, R, W> {
    desk: &'a Desk,
    input: R,
    output: W,
}

impl<R: BufRead, W: Write> Prompt<'_, R, W> {
    /// Asks for all that is open in one article.
    fn article(&mut self, path: &str) -> Result<Next> {
        let mut sheet = self.desk.sheet(path)?.sheet;
        self.show(&sheet)?;
        let mut asked = BTreeSet::new();
        loop {
            let question = question(&sheet, &asked);
            write!(self.output, "{} ", question.words)?;
            self.output.flush()?;
            let mut line = String::new();
            if self.input.read_line(&mut line)? == 0 {
                return Ok(Next::Quit);
            }
            let answer = line.trim();
            let step = match answer {
                "q" => return Ok(Next::Quit),
                "u" => {
                    match self.desk.undo() {
                        Ok(path) => writeln!(self.output, "undone in {path}")?,
                        Err(error) => writeln!(self.output, "{error:#}")?,
                    }
                    sheet = self.desk.sheet(path)?.sheet;
                    asked.clear();
                    continue;
                }
                "s" if matches!(question.kind, Kind::All) => return Ok(Next::Article),
                "s" => {
                    asked.insert(question.key);
                    continue;
                }
                answer => step(&question.kind, answer),
            };
            let step = match step {
                Ok(step) => step,
                Err(why) => {
                    writeln!(self.output, "{why}")?;
                    continue;
                }
            };
            asked.insert(question.key);
            let Some(step) = step else { continue };
            let is_last = step == Operation::Accept;
            match self.desk.work(path, &sheet.hash, &[step]) {
                Ok(_) if is_last => return Ok(Next::Article),
                Ok(laid) => sheet = laid.sheet,
                Err(Refusal::Changed { .. }) => {
                    writeln!(self.output, "the file has changed meanwhile; it is read again")?;
                    sheet = self.desk.sheet(path)?.sheet;
                    self.show(&sheet)?;
                    asked.clear();
                }
                Err(Refusal::No(error)) => writeln!(self.output, "{error:#}")?,
            }
        }
    }

    fn show(&mut self, sheet: &DeskArticle) -> Result<()> {
        let out = &mut self.output;
        let names: Vec<&str> = sheet.companies.iter().map(|one| one.name.as_str()).collect();
        let fields = [
            ("title", sheet.title.clone()),
            ("date", sheet.date.clone()),
            ("source", sheet.source.clone()),
            ("authors", Some(sheet.authors.join(", ")).filter(|names| !names.is_empty())),
            ("companies", Some(names.join(", ")).filter(|names| !names.is_empty())),
        ];
        for (name, value) in fields {
            writeln!(out, "  {name:10}{}", value.as_deref().unwrap_or("-"))?;
        }
        if let Some(day) = &sheet.scheduled {
            writeln!(out, "  scheduled for {day}")?;
        }
        let kept: Vec<&str> =
            sheet.lines.iter().filter(|line| line.kept).map(|line| line.text.as_str()).collect();
        let opening: String = kept.join(" ").chars().take(300).collect();
        writeln!(out, "  {opening}…")?;
        Ok(())
    }
}

/// The first thing that is open and was not asked for.
fn question(sheet: &DeskArticle, asked: &BTreeSet<String>) -> Question {
    let is_open = |id: &str| sheet.reasons.iter().any(|why| why.id == id);
    let dates = sheet.offers.dates.iter().map(|(date, _)| date.clone()).collect();
    let fields = [
        ("title", "no-title", sheet.offers.titles.clone()),
        ("date", "no-date", dates),
        ("source", "no-source", sheet.offers.sources.clone()),
    ];
    let mut all: Vec<Question> = Vec::new();
    for (name, reason, offers) in fields {
        if is_open(reason) {
            let numbered = offers.iter().enumerate();
            let some: Vec<String> =
                numbered.map(|(at, offer)| format!(" [{}] {offer}", at + 1)).collect();
            let words = format!("{name}?{} (or type it; Enter: there is none)", some.concat());
            all.push(Question { key: name.to_owned(), words, kind: Kind::Field(name, offers) });
        }
    }
    for one in sheet.companies.iter().filter(|one| !one.known) {
        let words = format!("{} is a company? [y]es [n]ot here [N]ever [s]kip", one.name);
        let kind = Kind::Company(one.id.clone());
        all.push(Question { key: format!("company {}", one.id), words, kind });
    }
    for why in &sheet.reasons {
        if let Some([id, like]) = why.near.clone() {
            let words = format!("{}\none company? [y]es [n]o [s]kip", why.words);
            all.push(Question { key: format!("near {id}"), words, kind: Kind::Near(id, like) });
        }
    }
    for (at, claim) in sheet.claims.iter().enumerate() {
        if claim.confidence.is_some() {
            let words = format!("{}\n[y]es [n]o [e]vent WORD [k]ind ID [s]kip", told(claim));
            let key = format!("claim {}", claim.parties.join("--"));
            all.push(Question { key, words, kind: Kind::Claim(at) });
        }
    }
    let open = all.into_iter().find(|question| !asked.contains(&question.key));
    open.unwrap_or_else(|| Question {
        key: "all".to_owned(),
        words: "all right? [a]ccept [s]kip [u]ndo [q]uit".to_owned(),
        kind: Kind::All,
    })
}

fn told(claim: &ClaimFact) -> String {
    let sure = claim.confidence.map(|sure| format!(" ({sure:.2})")).unwrap_or_default();
    let evidence = claim.evidence.as_deref().unwrap_or("no evidence");
    format!("{}: {}, {}{sure}\n  “{evidence}”", claim.parties.join(" + "), claim.kind, claim.event)
}

/// What an answer means; `None` where nothing is to be done.
fn step(kind: &Kind, answer: &str) -> Result<Option<Operation>> {
    let no = || anyhow!("one of the letters in brackets, please");
    Ok(match kind {
        Kind::Field(_, _) if answer.is_empty() => None,
        Kind::Field(name, offers) => {
            let number = answer.parse::<usize>().ok().and_then(|n| offers.get(n.checked_sub(1)?));
            let text = Some(number.cloned().unwrap_or_else(|| answer.to_owned()));
            Some(match *name {
                "title" => Operation::Title { text },
                "date" => Operation::Date { text, line: None },
                _ => Operation::Source { name: text },
            })
        }
        Kind::Company(id) => match answer {
            "y" => None,
            "n" => Some(Operation::Drop { id: id.clone() }),
            "N" => Some(Operation::Never { id: id.clone() }),
            _ => return Err(no()),
        },
        Kind::Near(id, like) => match answer {
            "y" => Some(Operation::Merge { id: id.clone(), into: like.clone() }),
            "n" => Some(Operation::Apart { id: id.clone(), like: like.clone() }),
            _ => return Err(no()),
        },
        Kind::Claim(claim) => {
            let claim = *claim;
            match answer.split_once(' ').unwrap_or((answer, "")) {
                ("y", _) => Some(Operation::Confirm { claim }),
                ("n", _) => Some(Operation::Reject { claim }),
                ("e", event) => Some(Operation::Event { claim, event: event.trim().to_owned() }),
                ("k", kind) => Some(Operation::Kind { claim, kind: kind.trim().to_owned() }),
                _ => return Err(no()),
            }
        }
        Kind::All if answer == "a" => Some(Operation::Accept),
        Kind::All => return Err(no()),
    })
}

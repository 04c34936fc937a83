//! Each command wires the edges to the pipeline.

mod build;
mod check;
mod company;
mod desk;
#[cfg(feature = "fetch")]
mod fetch;
mod import;
mod inbox;
mod init;
mod list;
mod new;
mod raw;
mod review;
mod schema;
mod serve;

use std::path::Path;
use std::process::ExitCode;
use std::time::Instant;

use anyhow::{Context, Result};
use clap::CommandFactory;

use crate::cli::{self, Cli, Color, Command, Global};
use crate::diagnostic::{self, Diagnostic};
use crate::model::PartialDate;
use crate::read::Reader;
use crate::source::{CONFIG, Inputs};
use crate::terminal::{Format, Terminal, Volume};
use crate::write;

/// Whether the content is in order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Verdict {
    Fine,
    Faulty,
}

/// Runs one command: 0 is fine, 1 an error in content or templates or from the system.
#[must_use]
pub fn run(cli: Cli) -> ExitCode {
    let terminal = terminal(&cli.global);
    match dispatch(cli, terminal) {
        Ok(Verdict::Fine) => ExitCode::SUCCESS,
        Ok(Verdict::Faulty) => ExitCode::from(1),
        Err(error) => {
            terminal.fail(&format!("error: {error:#}"));
            ExitCode::from(1)
        }
    }
}

fn terminal(global: &Global) -> Terminal {
    match global.color {
        Color::Auto => {}
        Color::Always => anstream::ColorChoice::Always.write_global(),
        Color::Never => anstream::ColorChoice::Never.write_global(),
    }
    Terminal {
        format: match global.format {
            cli::Format::Human | cli::Format::Csv => Format::Human,
            cli::Format::Json => Format::Json,
            cli::Format::Github => Format::Github,
        },
        volume: match (global.quiet, global.verbose) {
            (true, _) => Volume::Quiet,
            (_, true) => Volume::Verbose,
            _ => Volume::Normal,
        },
    }
}

fn dispatch(cli: Cli, terminal: Terminal) -> Result<Verdict> {
    let global = &cli.global;
    match cli.command {
        Command::Init(args) => init::init(global, &args, terminal),
        Command::New(args) => new::new(global, &args, terminal),
        Command::Build(args) => build::build(global, &args, terminal),
        Command::Serve(args) => serve::serve(global, &args, terminal),
        Command::Import(args) => import::import(global, &args, terminal),
        #[cfg(feature = "fetch")]
        Command::Fetch(args) => fetch::fetch(global, &args, today()?, terminal),
        Command::Check(args) => check::check(global, &args, terminal),
        Command::Review(args) => review::review(global, &args, terminal),
        Command::List(args) => list::list(global, &args, terminal),
        Command::Company { what } => company::company(global, &what, terminal),
        Command::Schema { what } => schema::schema(global, what, terminal),
        Command::Completions { shell } => {
            let mut text = Vec::new();
            clap_complete::generate(shell, &mut Cli::command(), "tearsheet", &mut text);
            terminal.data(&String::from_utf8(text)?)?;
            Ok(Verdict::Fine)
        }
        Command::Man { command } => man(command.as_deref(), terminal),
    }
}

/// Prints the man page of the program, or of one of its commands.
fn man(command: Option<&str>, terminal: Terminal) -> Result<Verdict> {
    let mut program = Cli::command();
    // Only so do the commands know the options that all have.
    program.build();
    let page = match command {
        None => program,
        Some(name) => {
            let found = program.find_subcommand(name);
            let hint = nearly(name, program.get_subcommands().map(clap::Command::get_name));
            found.cloned().with_context(|| format!("there is no command `{name}`{hint}"))?
        }
    };
    let mut text = Vec::new();
    clap_mangen::Man::new(page).render(&mut text)?;
    terminal.data(&String::from_utf8(text)?)?;
    Ok(Verdict::Fine)
}

/// `; did you mean ...?` behind a complaint about a word; nothing where none is like it.
fn nearly<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> String {
    let near = diagnostic::nearest(word, known);
    near.map_or_else(String::new, |near| format!("; did you mean `{near}`?"))
}

/// The day it is where the program runs, or the one `SOURCE_DATE_EPOCH` (seconds, UTC) sets, so that
/// a build can be repeated to the byte.
fn today() -> Result<PartialDate> {
    let date = match std::env::var("SOURCE_DATE_EPOCH") {
        Ok(seconds) => seconds
            .parse()
            .ok()
            .and_then(|seconds| jiff::Timestamp::from_second(seconds).ok())
            .with_context(|| {
                format!("SOURCE_DATE_EPOCH wants seconds since 1970, not `{seconds}`")
            })?
            .to_zoned(jiff::tz::TimeZone::UTC)
            .date(),
        Err(_) => jiff::Zoned::now().date(),
    };
    let part = |n: i8| u8::try_from(n).unwrap_or(1);
    PartialDate::day(date.year(), part(date.month()), part(date.day()))
        .with_context(|| format!("the system's clock shows {date}, which no article can have"))
}

/// The files of a site that is there.
fn inputs(global: &Global) -> Result<Inputs> {
    inputs_by(&mut Reader::default(), global)
}

/// The same, by somebody who may know some of them.
fn inputs_by(reader: &mut Reader, global: &Global) -> Result<Inputs> {
    let has = |folder: &Path, names: &[&str]| names.iter().any(|name| folder.join(name).exists());
    let parts = [CONFIG, "content", "inbox", "templates", "static"];
    if global.root.is_dir() && global.config.is_none() && !has(&global.root, &parts) {
        let root = std::path::absolute(&global.root)?;
        let above = root.ancestors().skip(1).find(|folder| has(folder, &[CONFIG]));
        let hint = match above {
            Some(folder) => format!("there is one in {}", folder.display()),
            None => "`tearsheet init` begins one".to_owned(),
        };
        anyhow::bail!("there is no site in {}: {hint}", global.root.display());
    }
    some_inputs_by(reader, global)
}

/// The files of a site, or of a folder that may become one.
fn inputs_if_any(global: &Global) -> Result<Inputs> {
    some_inputs_by(&mut Reader::default(), global)
}

fn some_inputs_by(reader: &mut Reader, global: &Global) -> Result<Inputs> {
    if !global.root.is_dir() {
        anyhow::bail!("there is no folder {}", global.root.display());
    }
    Ok(reader.inputs(&global.root, global.config.as_deref(), today()?, None)?)
}

/// Keeps other programs away from what a site's editors write, for as long as it is held: who looks up
/// what is there and writes what is missing must not be two at once.
pub(in crate::commands) fn lock_content(
    global: &Global,
    terminal: Terminal,
) -> Option<write::Lock> {
    let wait =
        || terminal.say("another tearsheet is writing into content/: waiting until it is done");
    global.root.is_dir().then(|| write::lock_content(&global.root, wait)).flatten()
}

/// Whether a site must not be published; a strict editor takes warnings for errors.
fn is_faulty(found: &[Diagnostic], is_strict: bool) -> bool {
    found.iter().any(Diagnostic::is_error)
        || (is_strict && found.iter().any(|message| !message.is_note()))
}

/// `2 errors, 1 warning`
fn tally(diagnostics: &[Diagnostic]) -> String {
    let errors = diagnostics.iter().filter(|d| d.is_error()).count();
    let notes = diagnostics.iter().filter(|d| d.is_note()).count();
    match (errors, diagnostics.len() - errors - notes) {
        (0, 0) => "nothing to complain about".to_owned(),
        (0, warnings) => counted(warnings, "warning"),
        (errors, 0) => counted(errors, "error"),
        (errors, warnings) => {
            format!("{}, {}", counted(errors, "error"), counted(warnings, "warning"))
        }
    }
}

/// `1 page`, `2 pages`
fn counted(n: usize, word: &str) -> String {
    format!("{n} {word}{}", if n == 1 { "" } else { "s" })
}

/// `2 articles wait for their day`
fn waiting_articles(count: usize) -> String {
    match count {
        1 => "1 article waits for its day".to_owned(),
        many => format!("{many} articles wait for their day"),
    }
}

fn seconds(since: Instant) -> String {
    let spent = since.elapsed();
    if spent.as_millis() < 1000 {
        format!("{} ms", spent.as_millis())
    } else {
        format!("{:.1} s", spent.as_secs_f64())
    }
}

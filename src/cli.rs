//! The words of the command line.

use std::net::IpAddr;
use std::path::PathBuf;

use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::{Args, Parser, Subcommand, ValueEnum};
use clap_complete::Shell;

use crate::config::site_address;
use crate::import::foreign::Program;
use crate::model::{Language, PartialDate, Status};
use crate::scaffold::Place;

/// Turns raw press articles into a browsable digest of companies and their partnerships.
#[derive(Debug, Parser)]
#[command(name = "tearsheet", version, about, propagate_version = true)]
pub struct Cli {
    /// Settings of every command.
    #[command(flatten)]
    pub global: Global,
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// Settings of every command.
#[derive(Clone, Debug, Args)]
pub struct Global {
    /// The folder of the site
    #[arg(long, global = true, value_name = "DIR", default_value = ".")]
    pub root: PathBuf,
    /// The config file, if not tearsheet.toml in the site's folder
    #[arg(long, global = true, value_name = "FILE")]
    pub config: Option<PathBuf>,
    /// Say only what is wrong
    #[arg(short, long, global = true, conflicts_with = "verbose")]
    pub quiet: bool,
    /// Say more
    #[arg(short, long, global = true)]
    pub verbose: bool,
    /// When to colour messages
    #[arg(long, global = true, value_name = "WHEN", default_value = "auto")]
    pub color: Color,
    /// How to write messages, and what `list` lists
    #[arg(long, global = true, value_name = "FORMAT", default_value = "human")]
    pub format: Format,
}

/// When to use colours.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub enum Color {
    /// On a terminal.
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}

/// How messages, and the rows of `list`, are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// For people; `list` writes columns
    #[value(alias = "table")]
    Human,
    /// For programs; `list` writes a list of objects
    Json,
    /// For spreadsheets: `list` writes comma-separated values with a head line
    Csv,
    /// For GitHub: messages that its pages show beside the changed lines
    Github,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Begin a site: a sample to try things with, or an empty one
    Init(Init),
    /// Begin an article, a company or a note on a partnership, and print the path of its file
    New(New),
    /// Make the site and write it into a folder that any web host can serve
    Build(Build),
    /// Show the site in a browser and keep it up to date while you edit
    Serve(Serve),
    /// Turn raw press texts, saved pages and addresses into Markdown articles
    Import(Import),
    /// Look into the feeds of the config and import what is new
    #[cfg(feature = "fetch")]
    Fetch(Fetch),
    /// Look for mistakes, and for articles that need a person, without writing anything
    Check(Check),
    /// Settle in the terminal what needs a person; in a pipe, list it
    Review(Review),
    /// List what the site holds
    List(List),
    /// Correct what import takes for a company, once and for all
    Company {
        /// What to do
        #[command(subcommand)]
        what: CompanyWhat,
    },
    /// Print a JSON Schema, with which editors complete and check what you write
    Schema {
        /// What of
        what: SchemaOf,
    },
    /// Print shell completions
    Completions {
        /// The shell
        shell: Shell,
    },
    /// Print the manual page
    Man {
        /// The command whose page it shall be; that of the whole program without
        command: Option<String>,
    },
}

/// `init`
#[derive(Debug, Args)]
pub struct Init {
    /// The folder to put it into; this one if none is given
    pub folder: Option<PathBuf>,
    /// Without the sample's articles
    #[arg(long)]
    pub blank: bool,
    /// With the theme's templates and style sheet, to change them; works for a site that is there, too
    #[arg(long)]
    pub eject_theme: bool,
    /// With what is needed to host it there; works for a site that is there, too
    #[arg(long, value_name = "WHERE", value_parser = places())]
    pub host: Option<Place>,
    /// With schemas and settings by which editors complete and check what you write; works for a site that
    /// is there, too, and again when its companies and tags have changed
    #[arg(long)]
    pub editors: bool,
}

/// What `company` does.
#[derive(Debug, Subcommand)]
pub enum CompanyWhat {
    /// Write a file for a company, filled in from the built-in list
    Add {
        /// Its name, or its id
        name: String,
    },
    /// Make two companies one: B becomes a former id and a name of A
    Merge {
        /// The id that stays
        a: String,
        /// The id that goes
        b: String,
    },
    /// Say that a name is no company on this site
    Ignore {
        /// The name, as texts write it
        name: String,
    },
    /// Give a company one more name
    Alias {
        /// Its id
        id: String,
        /// The name, as texts write it
        name: String,
    },
    /// Look up ids by names, in the built-in list and on the site
    Find {
        /// Parts of the name
        #[arg(required = true)]
        words: Vec<String>,
    },
}

/// `new`
#[derive(Debug, Args)]
pub struct New {
    /// What to begin.
    #[command(subcommand)]
    pub what: NewWhat,
    /// Open the file in $VISUAL or $EDITOR
    #[arg(long, global = true)]
    pub edit: bool,
}

/// What `new` begins.
#[derive(Debug, Subcommand)]
pub enum NewWhat {
    /// An article of your own
    Article {
        /// Its title
        title: String,
        /// When the source published it, as far as you know it
        #[arg(long, value_name = "DATE", value_parser = date)]
        date: Option<PartialDate>,
        /// Its language, if not the site's
        #[arg(long, value_name = "TAG", value_parser = language)]
        lang: Option<Language>,
    },
    /// What you know of a company
    Company {
        /// Its name
        name: String,
    },
    /// A note on the partnership of some companies
    Partnership {
        /// Their ids
        #[arg(required = true, num_args = 2..)]
        parties: Vec<String>,
    },
}

/// `build`
// Each flag is a word of the command line and means nothing together with another one.
#[allow(clippy::struct_excessive_bools)]
#[derive(Debug, Args)]
pub struct Build {
    /// The folder to write the site into, relative to the site's folder
    #[arg(short, long, value_name = "DIR", default_value = "public")]
    pub output: PathBuf,
    /// Where the site will be hosted, instead of the address in the config
    #[arg(short = 'u', long, value_name = "URL", value_parser = site_address)]
    pub base_url: Option<String>,
    /// Show drafts too
    #[arg(long)]
    pub drafts: bool,
    /// Show articles dated after today too
    #[arg(long)]
    pub future: bool,
    /// Treat warnings as errors
    #[arg(long)]
    pub strict: bool,
    /// Write each text file packed as well (.gz, .br, .zst), for hosts that send such files
    #[arg(long)]
    pub precompress: bool,
    /// Do not wait until the site is on the disk: a loss of power soon after may cost it
    #[arg(long)]
    pub no_sync: bool,
    /// Tell how long each step took; those that are set in ran on several threads, and are summed
    #[arg(long)]
    pub timings: bool,
}

/// `serve`
// Each flag is a word of the command line and means nothing together with another one.
#[allow(clippy::struct_excessive_bools)]
#[derive(Debug, Args)]
pub struct Serve {
    /// The port; the next free one is taken if it is in use
    #[arg(short, long, default_value_t = 1111)]
    pub port: u16,
    /// The address to listen on
    #[arg(short, long, value_name = "ADDRESS", default_value = "127.0.0.1")]
    pub interface: IpAddr,
    /// Open the site in the browser
    #[arg(long)]
    pub open: bool,
    /// Leave drafts out
    #[arg(long)]
    pub no_drafts: bool,
    /// What other generators call what is always so
    #[arg(long, hide = true, conflicts_with = "no_drafts")]
    pub drafts: bool,
    /// Without the desk at /_desk/, where articles are looked at and corrected
    #[arg(long)]
    pub no_desk: bool,
    /// Leave raw texts alone that are put into inbox/
    #[arg(long)]
    pub no_import: bool,
}

/// `check`
#[derive(Debug, Args)]
pub struct Check {
    /// Treat warnings as errors
    #[arg(long)]
    pub strict: bool,
    /// Ask other sites whether the pages that articles link to are still there
    #[cfg(feature = "fetch")]
    #[arg(long)]
    pub external: bool,
    /// Ask private networks and this machine too
    #[cfg(feature = "fetch")]
    #[arg(long, hide = true)]
    pub allow_private: bool,
}

/// `review`
#[derive(Debug, Args)]
pub struct Review {
    /// Ask, even where nobody looks at a terminal
    #[arg(long, hide = true)]
    pub ask: bool,
}

/// `list`
#[derive(Debug, Args)]
pub struct List {
    /// What to list
    pub what: ListOf,
    /// Only articles, stories and partnerships of this company
    #[arg(long, value_name = "ID")]
    pub company: Option<String>,
    /// Only partnerships of this kind
    #[arg(long, value_name = "KIND")]
    pub kind: Option<String>,
    /// Only partnerships on whose dates sources disagree
    #[arg(long)]
    pub disputed: bool,
    /// Only partnerships in this state: active, announced, rumoured, ended, unknown
    #[arg(long, value_name = "STATUS", value_parser = status)]
    pub status: Option<Status>,
    /// Only articles and stories of this day, month or year and later, and partnerships that began
    /// then
    #[arg(long, value_name = "DATE", value_parser = date)]
    pub since: Option<PartialDate>,
}

/// What `list` lists.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum ListOf {
    /// All articles, drafts too
    Articles,
    /// Companies with a page
    Companies,
    /// Partnerships with their state
    Partnerships,
    /// Articles that report the same event, brought together
    Stories,
    /// Tags
    Tags,
    /// Articles without a date
    Undated,
    /// Articles that are not built
    Drafts,
    /// Articles that wait for their day
    Scheduled,
}

/// What `schema` describes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum SchemaOf {
    /// The front matter of articles
    Article,
    /// The front matter of companies
    Company,
    /// The front matter of notes on partnerships
    Partnership,
    /// The front matter of publishers
    Source,
    /// The front matter of standing pages
    Page,
    /// The settings, tearsheet.toml
    Config,
}

/// `import`
#[derive(Debug, Args)]
pub struct Import {
    /// Text or HTML files, web addresses, or `-` for standard input; everything in inbox/ if none
    /// is given
    pub files: Vec<PathBuf>,
    /// Import the entries of a feed, from a file or an address
    #[arg(long, value_name = "FILE|URL")]
    pub feed: Option<String>,
    /// Import a whole blog: the named folder is one of this generator, or the named file its export
    #[arg(long, value_name = "GENERATOR", requires = "files", conflicts_with = "feed")]
    pub from: Option<Generator>,
    /// Print the Markdown instead of writing it
    #[arg(long)]
    pub print: bool,
    /// Print each line of the raw texts with what it is taken for, and how sure that is
    #[arg(long, requires = "files", conflicts_with_all = ["feed", "from", "print"])]
    pub explain: bool,
    /// The day the texts were fetched
    #[arg(long, value_name = "DATE")]
    pub retrieved: Option<String>,
    /// Fetch from private networks and this machine too
    #[arg(long, hide = true)]
    pub allow_private: bool,
}

/// Programs whose blogs import understands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Generator {
    /// Posts below content/
    Hugo,
    /// Pages below content/
    Zola,
    /// Posts in _posts/ and _drafts/, pages and collections
    Jekyll,
    /// Articles and pages below content/
    Pelican,
    /// All notes of a vault
    Obsidian,
    /// The XML file that WordPress exports
    #[value(name = "wordpress")]
    WordPress,
    /// The JSON file that Ghost exports
    Ghost,
}

impl Generator {
    /// As import calls it.
    #[must_use]
    pub fn program(self) -> Program {
        match self {
            Self::Hugo => Program::Hugo,
            Self::Zola => Program::Zola,
            Self::Jekyll => Program::Jekyll,
            Self::Pelican => Program::Pelican,
            Self::Obsidian => Program::Obsidian,
            Self::WordPress => Program::WordPress,
            Self::Ghost => Program::Ghost,
        }
    }
}

/// `fetch`
#[cfg(feature = "fetch")]
#[derive(Debug, Args)]
pub struct Fetch {
    /// Fetch from private networks and this machine too
    #[arg(long, hide = true)]
    pub allow_private: bool,
}

fn places() -> impl TypedValueParser<Value = Place> {
    let place = |id: String| Place::ALL.into_iter().find(|place| place.id() == id).ok_or("unknown");
    PossibleValuesParser::new(Place::ALL.map(Place::id)).try_map(place)
}

fn date(text: &str) -> Result<PartialDate, &'static str> {
    text.parse().map_err(|_| "write 2022, 2022-05 or 2022-05-23")
}

fn language(text: &str) -> Result<Language, &'static str> {
    Language::parse(text).ok_or("write a tag such as en, vi or zh-Hant")
}

fn status(text: &str) -> Result<Status, &'static str> {
    let known = Status::ALL.into_iter().find(|status| status.id() == text);
    known.ok_or("it is one of active, announced, rumoured, ended, unknown")
}

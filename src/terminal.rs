//! What the program says: messages on standard error, data on standard output.

use std::collections::BTreeMap;
use std::io::{IsTerminal, Write};

use crate::diagnostic::Diagnostic;

/// How many messages of one kind are shown to a person who has not asked for more.
const SAME: usize = 8;

/// How messages are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// For people.
    Human,
    /// One JSON object a line, for editors and CI.
    Json,
    /// Workflow commands, which GitHub shows beside the changed lines.
    Github,
}

/// How much is said.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Volume {
    /// Only errors.
    Quiet,
    /// What a person wants to know.
    Normal,
    /// More.
    Verbose,
}

/// Where and how the program speaks.
#[derive(Clone, Copy, Debug)]
pub struct Terminal {
    /// For people or machines.
    pub format: Format,
    /// How much.
    pub volume: Volume,
}

impl Terminal {
    /// Shows all messages, errors last where the eye is.
    pub fn diagnostics(&self, diagnostics: &[Diagnostic]) {
        let colour = std::io::stderr().is_terminal() && std::env::var_os("NO_COLOR").is_none();
        let warnings = diagnostics.iter().filter(|d| !d.is_error() && self.volume > Volume::Quiet);
        let mut err = anstream::stderr().lock();
        let is_brief = self.format == Format::Human && self.volume < Volume::Verbose;
        let mut seen: BTreeMap<String, usize> = BTreeMap::new();
        for diagnostic in warnings.chain(diagnostics.iter().filter(|d| d.is_error())) {
            let same = seen.entry(diagnostic.kind()).or_default();
            *same += 1;
            if is_brief && *same > SAME {
                continue;
            }
            let text = match self.format {
                Format::Human => format!("{}\n", diagnostic.render(colour)),
                Format::Json => diagnostic.json().to_string(),
                Format::Github => diagnostic.github(),
            };
            // Nobody is left to tell when standard error is closed.
            let _ = writeln!(err, "{text}");
        }
        for (kind, count) in seen.into_iter().filter(|(_, count)| is_brief && *count > SAME) {
            let _ = writeln!(err, "{} more like: {kind} (-v shows all)\n", count - SAME);
        }
    }

    /// A line for the person who waits.
    pub fn say(&self, line: &str) {
        if self.volume > Volume::Quiet && self.format == Format::Human {
            let _ = writeln!(anstream::stderr().lock(), "{line}");
        }
    }

    /// A line for the person who wants to know more.
    pub fn detail(&self, line: &str) {
        if self.volume == Volume::Verbose {
            self.say(line);
        }
    }

    /// A line that is shown even when quiet.
    pub fn fail(&self, line: &str) {
        let _ = writeln!(anstream::stderr().lock(), "{line}");
    }

    /// Data for a pipe.
    ///
    /// # Errors
    /// Standard output cannot be written, as when a pipe's reader has gone.
    pub fn data(&self, text: &str) -> std::io::Result<()> {
        std::io::stdout().lock().write_all(text.as_bytes())
    }
}

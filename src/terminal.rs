//! What the program says: messages on standard error, data on standard output.

use std::collections::BTreeMap;
use std::io::{IsTerminal, Write};
use std::sync::Mutex;
use std::time::Duration;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

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

/// What takes longer than this has a progress bar.
const MOMENT: Duration = Duration::from_secs(1);

/// The bar on the terminal; messages are written above it.
static BAR: Mutex<Option<ProgressBar>> = Mutex::new(None);

/// Writes lines where a bar may be.
fn above_bar(write: impl FnOnce()) {
    let bar = BAR.lock().expect("no thread panics while it holds the bar").clone();
    match bar {
        Some(bar) => bar.suspend(write),
        None => write(),
    }
}

/// How far something has come.
pub struct Progress(ProgressBar);

impl Progress {
    /// One thing more is done.
    pub fn one(&self) {
        self.0.inc(1);
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.0.finish_and_clear();
        *BAR.lock().expect("no thread panics while it holds the bar") = None;
    }
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
        above_bar(|| self.tell(diagnostics));
    }

    fn tell(self, diagnostics: &[Diagnostic]) {
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
            self.fail(line);
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
        // Nobody is left to tell when standard error is closed.
        above_bar(|| drop(writeln!(anstream::stderr().lock(), "{line}")));
    }

    /// A bar for `total` things to do, or a sign of life where their number is not known, if it takes
    /// longer than a moment and a person looks at the terminal. It goes away with the value.
    #[must_use]
    pub fn progress(&self, total: Option<usize>, what: &'static str) -> Progress {
        let is_watched = self.volume > Volume::Quiet
            && self.format == Format::Human
            && std::io::stderr().is_terminal();
        let bar = match total {
            Some(total) => ProgressBar::new(u64::try_from(total).unwrap_or(u64::MAX)),
            None => ProgressBar::new_spinner(),
        };
        let form =
            if total.is_some() { "{msg} {bar:24} {pos}/{len} {eta}" } else { "{msg} {spinner}" };
        bar.set_draw_target(ProgressDrawTarget::hidden());
        if let Ok(style) = ProgressStyle::with_template(form) {
            bar.set_style(style);
        }
        bar.set_message(what);
        if is_watched {
            let shown = bar.clone();
            std::thread::spawn(move || {
                std::thread::sleep(MOMENT);
                if !shown.is_finished() {
                    shown.set_draw_target(ProgressDrawTarget::stderr());
                    shown.enable_steady_tick(Duration::from_millis(100));
                }
            });
            *BAR.lock().expect("no thread panics while it holds the bar") = Some(bar.clone());
        }
        Progress(bar)
    }

    /// Data for a pipe.
    ///
    /// # Errors
    /// Standard output cannot be written.
    pub fn data(&self, text: &str) -> std::io::Result<()> {
        match std::io::stdout().lock().write_all(text.as_bytes()) {
            // Whoever reads has seen enough.
            Err(error) if error.kind() == std::io::ErrorKind::BrokenPipe => Ok(()),
            other => other,
        }
    }
}

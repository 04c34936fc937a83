//! The `tearsheet` program: arguments in, exit code out.

use std::process::ExitCode;

use clap::Parser;

fn main() -> ExitCode {
    tearsheet::commands::run(tearsheet::cli::Cli::parse())
}

//! `tearsheet schema`: what may stand in front matter and settings, for editors.

use anyhow::Result;

use super::{Verdict, inputs_if_any};
use crate::cli::{Global, SchemaOf};
use crate::memo::Memo;
use crate::pipeline;
use crate::schema::{self, What};
use crate::terminal::Terminal;
use crate::timings::Timings;

/// Runs the command.
pub fn schema(global: &Global, what: SchemaOf, terminal: Terminal) -> Result<Verdict> {
    let what = match what {
        SchemaOf::Article => What::Article,
        SchemaOf::Company => What::Company,
        SchemaOf::Partnership => What::Partnership,
        SchemaOf::Source => What::Source,
        SchemaOf::Page => What::Page,
        SchemaOf::Config => What::Config,
    };
    // What is wrong with the content is for `check` to say.
    let inputs = inputs_if_any(global)?;
    let index = pipeline::understand(&inputs, &mut Memo::default(), &Timings::default()).index;
    terminal.data(&format!("{:#}\n", schema::schema(what, &index)))?;
    Ok(Verdict::Fine)
}

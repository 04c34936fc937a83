//! Trains the small models of `understand` on labelled texts, with the reader's own feature code.
//!
//! `cargo run --release -p training -- structure OUT DATA...`; see README.md beside this crate.

mod align;
mod entities;
mod evidence;
mod judge;
mod labelled;
mod lbfgs;
mod logistic;
mod names;
mod raw;
mod recurrent;
mod relations;
mod structure;

use std::path::Path;

const USAGE: &str = "usage: training structure OUT DATA... | entities DATA... | relations DATA... | judge DATA... | evidence FOLDER";

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let done = match arguments.as_slice() {
        [model, out, data @ ..] if model == "structure" => structure::train(data, Path::new(out)),
        [model, data @ ..] if model == "entities" => entities::train(data),
        [model, data @ ..] if model == "relations" => relations::train(data),
        [model, data @ ..] if model == "judge" => judge::print(data),
        [model, lists @ ..] if model == "evidence" => evidence::write(lists),
        _ => Err(USAGE.to_owned()),
    };
    if let Err(error) = done {
        eprintln!("error: {error}");
        std::process::exit(1);
    }
}

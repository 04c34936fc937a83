//! Trains the small models of `understand` on labelled texts, with the reader's own feature code.
//!
//! `cargo run --release -p training -- entities DATA...`; see README.md beside this crate.

mod entities;
mod evidence;
mod labelled;
mod logistic;
mod names;
mod relations;

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let done = match arguments.split_first() {
        Some((model, data)) if model == "entities" => entities::train(data),
        Some((model, data)) if model == "relations" => relations::train(data),
        Some((model, lists)) if model == "evidence" => evidence::write(lists),
        _ => Err("training entities|relations DATA... | training evidence FOLDER".to_owned()),
    };
    if let Err(error) = done {
        eprintln!("error: {error}");
        std::process::exit(1);
    }
}

//! Imports a thousand raw texts of about 6 KB, made from the labelled ones, and prints the times of
//! five rounds: `cargo bench --bench import`

use std::path::Path;
use std::time::Instant;

use rayon::prelude::*;
use tearsheet::import::article::{self, ImportContext};
use tearsheet::model::Rights;
use tearsheet::understand::companies::Gazetteer;

const TEXTS: usize = 1000;
const BYTES: usize = 6000;

fn main() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/press");
    let mut seeds: Vec<String> = std::fs::read_dir(folder)
        .expect("the labelled texts")
        .map(|entry| entry.expect("an entry").path())
        .filter(|path| path.extension().is_some_and(|end| end == "txt"))
        .map(|path| std::fs::read_to_string(path).expect("text"))
        .collect();
    seeds.sort();
    let texts: Vec<String> = (0..TEXTS)
        .map(|n| {
            let seed = &seeds[n % seeds.len()];
            let mut text = format!("Text {n}\n");
            while text.len() < BYTES {
                text.push_str(seed);
                text.push('\n');
            }
            text
        })
        .collect();
    let bytes: usize = texts.iter().map(String::len).sum();
    let gazetteer = Gazetteer::new(&[]);
    let setting = ImportContext { rights: Rights::Excerpt, retrieved: None };
    for round in 1..=5 {
        let start = Instant::now();
        let claims: usize = texts
            .par_iter()
            .map(|text| {
                article::text(text.as_bytes(), &gazetteer, &setting)
                    .expect("a text")
                    .article
                    .partnerships
                    .len()
            })
            .sum();
        let spent = start.elapsed().as_secs_f64();
        println!("round {round}: {TEXTS} texts, {bytes} bytes, {claims} claims, {spent:.2} s");
    }
}

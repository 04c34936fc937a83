//! Reads a folder of gzipped pages and prints one JSON object a line with the time each took:
//! `cargo bench --bench html -- FOLDER GOLD.json > out.jsonl`

use std::io::Read;
use std::path::Path;
use std::time::Instant;

use serde_json::{Value, json};
use tearsheet::import::html;
use tearsheet::understand::companies::Gazetteer;

fn main() {
    let arguments: Vec<String> =
        std::env::args().skip(1).filter(|a| !a.starts_with("--")).collect();
    let [folder, gold] = &arguments[..] else {
        println!("usage: cargo bench --bench html -- FOLDER GOLD.json");
        return;
    };
    let gold = std::fs::read_to_string(gold).expect("the labels");
    let gold: Vec<Value> = serde_json::from_str(&gold).expect("JSON");
    let gazetteer = Gazetteer::new(&[]);
    for row in gold {
        let id = row["id"].as_str().expect("an id");
        let path = Path::new(folder).join(format!("{id}.html.gz"));
        let mut bytes = Vec::new();
        let file = std::fs::File::open(&path).expect("a page");
        flate2::read::GzDecoder::new(file).read_to_end(&mut bytes).expect("gzip");
        let start = Instant::now();
        let page = html::page(&bytes, row["url"].as_str(), None, &gazetteer);
        let ms = start.elapsed().as_secs_f64() * 1000.0;
        let out = match page {
            Ok(page) => json!({
                "id": id, "title": page.title, "date": page.date.map(|date| date.0.iso()),
                "authors": page.authors, "lang": page.lang, "md": page.body, "ms": ms,
            }),
            Err(error) => json!({ "id": id, "err": error, "ms": ms }),
        };
        println!("{out}");
    }
}

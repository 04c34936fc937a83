//! Writes a digest of any size, to be built and looked at:
//! `cargo test --bench digest -- FOLDER PARTNERSHIPS ARTICLES [LANGUAGE]`.

#[path = "../tests/support/digest.rs"]
mod digest;

use std::path::Path;

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [folder, partnerships, articles, language @ ..] = &arguments[..] else { return };
    let number = |text: &String| text.parse().expect("a number");
    let language = language.first().map_or("en", String::as_str);
    digest::write(Path::new(folder), number(partnerships), number(articles), language);
}

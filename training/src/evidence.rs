//! Puts lists of words into the Bloom filter that the reader asks.
//!
//! The folder has one word a line in `words.<language>` (common words), `rare.<language>` (less common
//! ones), `given`, `family`, `places` and `companies`.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use tearsheet::understand::entities::evidence::{List, add};
use tearsheet::understand::entities::fold;
use tearsheet::understand::lexicon;

/// Where the filter goes, from the root of the repository.
const PATH: &str = "src/understand/data/evidence.bin";
/// Bits for each word: one in a hundred words that are in no list is taken for one.
const BITS: usize = 10;
/// Words behind the name of a company that texts leave out.
const GENERIC: &[&str] = &[
    "holdings",
    "holding",
    "group",
    "corporation",
    "company",
    "limited",
    "international",
    "ordinary",
    "shares",
    "berhad",
    "bhd",
    "class",
    "common",
    "stock",
    "technologies",
    "technology",
    "industries",
    "plc",
    "adr",
    "sa",
    "ag",
    "nv",
    "se",
    "spa",
    "ab",
    "oyj",
    "asa",
    "inc",
    "corp",
    "ltd",
    "co",
    "pharmaceuticals",
    "pharma",
    "energy",
    "resources",
    "the",
];

/// Writes the filter.
pub fn write(arguments: &[String]) -> Result<(), String> {
    let [folder] = arguments else { return Err("training evidence FOLDER".to_owned()) };
    let read = |name: &str| -> Result<Vec<String>, String> {
        let path = Path::new(folder).join(name);
        let text = fs::read_to_string(&path).map_err(|e| format!("{}: {e}", path.display()))?;
        Ok(text.lines().filter(|line| !line.is_empty()).map(str::to_owned).collect())
    };
    let mut items: Vec<(List<'static>, String)> = Vec::new();
    for lexicon in lexicon::all() {
        let code = lexicon.code;
        let words = read(&format!("words.{code}"))?;
        items.extend(words.into_iter().map(|word| (List::Common(code), word)));
        let words = read(&format!("rare.{code}"))?;
        items.extend(words.into_iter().map(|word| (List::Rarer(code), word)));
    }
    for (list, name) in [(List::Given, "given"), (List::Family, "family"), (List::Place, "places")]
    {
        items.extend(read(name)?.into_iter().map(|word| (list, word)));
    }
    let common: BTreeSet<String> = read("words.en")?.into_iter().collect();
    let companies: BTreeSet<String> =
        read("companies")?.iter().flat_map(|name| keys(name, &common)).collect();
    items.extend(companies.into_iter().map(|name| (List::Company, name)));
    let mut filter = vec![0; (items.len() * BITS).div_ceil(8)];
    for (list, word) in &items {
        add(&mut filter, *list, word);
    }
    println!("{} words in {} bytes", items.len(), filter.len());
    fs::write(PATH, filter).map_err(|error| format!("{PATH}: {error}"))
}

/// A company's folded name, and the same without what texts leave out.
fn keys(name: &str, common: &BTreeSet<String>) -> Vec<String> {
    let name = fold(name);
    let words: Vec<&str> = name.split(' ').collect();
    let is_code = name.len() < 5 && name.chars().any(|c| c.is_ascii_digit());
    if name.chars().count() < 3 || name.len() > 60 || is_code {
        return Vec::new();
    }
    let mut end = words.len();
    while end > 1 && GENERIC.contains(&words[end - 1]) {
        end -= 1;
    }
    let short = words[..end].join(" ");
    let tells = end > 1 || short.len() >= 4 && !common.contains(words[0]);
    let mut keys = vec![name.clone()];
    keys.extend((end < words.len() && tells).then_some(short));
    keys
}

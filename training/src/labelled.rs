//! Labelled texts: `NAME.json` with the language, title, body, companies and partnerships of a text.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::names::Names;

/// How many parts the texts are divided into: each is read with what the others taught.
pub const FOLDS: u64 = 5;

/// Where a text comes from.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// The business press, labelled whole.
    Press,
    /// Any page of the web, of which the candidates were judged that `judge` lists.
    Page,
    /// Written for the purpose.
    Invented,
}

/// A text and what it says.
pub struct Text {
    pub name: String,
    pub kind: Kind,
    pub language: String,
    pub title: Option<String>,
    pub paragraphs: Vec<String>,
    pub companies: BTreeSet<String>,
    pub optional: BTreeSet<String>,
    /// What it says of each two companies.
    pub claims: Vec<([String; 2], Value)>,
    pub optional_pairs: BTreeSet<[String; 2]>,
}

impl Text {
    /// The fold that is read with what the others taught; none for texts that are only learned from.
    pub fn fold(&self) -> Option<u64> {
        (self.kind != Kind::Invented).then(|| hash(&self.name) % FOLDS)
    }
}

/// All that a training run reads.
pub struct Data {
    pub texts: Vec<Text>,
    pub names: Names,
    /// What the folders are called.
    pub folders: Vec<String>,
}

/// Reads folders of labelled texts. `--names FILE` tells which names in the labels mean the same;
/// what kind of texts a folder has is told by `--pages` or `--invented` before it.
pub fn data(arguments: &[String]) -> Result<Data, String> {
    let mut data = Data { texts: Vec::new(), names: Names::default(), folders: Vec::new() };
    let mut kind = Kind::Press;
    let mut rest = arguments.iter();
    while let Some(argument) = rest.next() {
        match argument.as_str() {
            "--names" => data.names.add(rest.next().ok_or("--names wants a file")?)?,
            "--pages" => kind = Kind::Page,
            "--invented" => kind = Kind::Invented,
            folder => {
                data.texts.extend(read(folder, kind, &data.names)?);
                let name = Path::new(folder).file_name();
                data.folders.extend(name.map(|name| name.to_string_lossy().into_owned()));
            }
        }
    }
    if data.texts.is_empty() {
        return Err(
            "[--names FILE]... FOLDER... [--pages FOLDER...] [--invented FOLDER...]".to_owned()
        );
    }
    Ok(data)
}

/// The labelled texts of a folder, in the order of their names.
fn read(folder: &str, kind: Kind, names: &Names) -> Result<Vec<Text>, String> {
    let told = |error: std::io::Error| format!("{folder}: {error}");
    let mut paths: Vec<PathBuf> = Vec::new();
    for entry in fs::read_dir(folder).map_err(told)? {
        let path = entry.map_err(told)?.path();
        if path.extension().is_some_and(|end| end == "json") {
            paths.push(path);
        }
    }
    paths.sort();
    paths.iter().map(|path| label(path, kind, names)).collect()
}

fn label(path: &Path, kind: Kind, names: &Names) -> Result<Text, String> {
    let told = |error: &dyn std::fmt::Display| format!("{}: {error}", path.display());
    let json = fs::read_to_string(path).map_err(|error| told(&error))?;
    let json: Value = serde_json::from_str(&json).map_err(|error| told(&error))?;
    let body = match (json["body"].as_str(), json["body_lines"].as_array()) {
        (Some(body), _) => body.to_owned(),
        (None, Some(numbers)) => {
            let raw = fs::read(path.with_extension("txt")).map_err(|error| told(&error))?;
            let raw = String::from_utf8_lossy(&raw).into_owned();
            let lines: Vec<&str> = raw.lines().collect();
            let numbers = numbers.iter().filter_map(Value::as_u64);
            let line = |n: u64| lines.get(usize::try_from(n).ok()?.checked_sub(1)?).copied();
            numbers.filter_map(line).collect::<Vec<_>>().join("\n")
        }
        _ => return Err(told(&"neither body nor body_lines")),
    };
    let words = |line: &str| line.split_whitespace().collect::<Vec<_>>().join(" ");
    let companies = |key: &str| {
        let list = json[key].as_array().into_iter().flatten();
        list.filter_map(Value::as_str).map(|name| names.of(name)).collect()
    };
    let pairs = |key: &str, parties: fn(&Value) -> &Value| -> Vec<([String; 2], Value)> {
        let list = json[key].as_array().into_iter().flatten();
        list.flat_map(|claim| {
            all_pairs(parties(claim), names).into_iter().map(|pair| (pair, claim.clone()))
        })
        .collect()
    };
    Ok(Text {
        claims: pairs("partnerships", |claim| &claim["parties"]),
        optional_pairs: pairs("partnerships_optional", |claim| claim)
            .into_iter()
            .map(|(pair, _)| pair)
            .collect(),
        name: path.file_stem().unwrap_or_default().to_string_lossy().into_owned(),
        kind,
        language: json["lang"].as_str().unwrap_or("en").chars().take(2).collect(),
        title: json["title"].as_str().map(str::to_owned),
        paragraphs: body.lines().map(words).filter(|line| !line.is_empty()).collect(),
        companies: companies("companies"),
        optional: companies("companies_optional"),
    })
}

/// Each two of the parties of a claim.
fn all_pairs(parties: &Value, names: &Names) -> Vec<[String; 2]> {
    let list = parties.as_array().into_iter().flatten();
    let parties: BTreeSet<String> =
        list.filter_map(Value::as_str).map(|name| names.of(name)).collect();
    let pairs = parties.iter().flat_map(|one| {
        parties.iter().filter(move |other| one < *other).map(|other| [one.clone(), other.clone()])
    });
    pairs.collect()
}

/// FNV-1a, which tells the folds and the halves of the list apart.
pub fn hash(text: &str) -> u64 {
    let hash = text.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    });
    hash ^ (hash >> 29)
}

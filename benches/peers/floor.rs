//! The least that any generator does: read the files, turn Markdown into HTML, write as many bytes
//! into as many files and folders.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use pulldown_cmark::{Options, Parser, html};
use rayon::prelude::*;

/// Does it, with `pattern` saying what files to write.
pub fn build(content: &Path, pattern: &Path, output: &Path) -> io::Result<()> {
    let mut texts = Vec::new();
    files(content, &mut texts)?;
    let rendered: usize = texts
        .par_iter()
        .map(|path| {
            let text = fs::read_to_string(path)?;
            let body = text.splitn(3, "---\n").nth(2).unwrap_or(&text);
            let mut out = String::with_capacity(body.len() * 3 / 2);
            html::push_html(&mut out, Parser::new_ext(body, Options::ENABLE_TABLES));
            Ok(out.len())
        })
        .sum::<io::Result<usize>>()?;
    assert!(rendered > 0, "there are articles");
    let mut wanted = Vec::new();
    files(pattern, &mut wanted)?;
    let bytes = vec![b' '; 1 << 24];
    wanted.par_iter().try_for_each(|path| {
        let target = output.join(path.strip_prefix(pattern).unwrap_or(path));
        let length = usize::try_from(fs::metadata(path)?.len()).unwrap_or(0).min(bytes.len());
        if let Some(parent) = target.parent() {
            fs::create_dir_all(parent)?;
        }
        fs::write(&target, &bytes[..length])
    })
}

fn files(folder: &Path, into: &mut Vec<PathBuf>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        if entry.file_type()?.is_dir() {
            files(&entry.path(), into)?;
        } else {
            into.push(entry.path());
        }
    }
    Ok(())
}

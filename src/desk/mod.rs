//! The desk: an article's facts beside the text that they were read from, and what a person does to them.
//!
//! Everything here is from text to text: what is shown is put together from a file and its raw text, what is
//! done to it gives the new file. Who serves the pages and writes the files is in `commands`.
//!
//! `view` lays out a file with its raw text, `operation` gives the article after a step and what is to be
//! learned, `patch` changes only the fields that differ, in the form of import, and takes back what does
//! not read as it was meant. `server/desk.rs` is the door: it lets through what has the token of the run.
//! `commands/desk` holds the disk: one lock for whoever writes, a hash by which a foreign edit is seen, a
//! stack of steps to undo. The pages are plain modules in `desk/assets`; words of articles become text
//! nodes only.

pub mod files;
pub mod operation;
pub mod patch;
mod thresholds;
pub mod view;

/// The files of the desk's pages: name, media type, text.
pub const ASSETS: [(&str, &str, &str); 6] = [
    ("desk.css", "text/css; charset=utf-8", include_str!("assets/desk.css")),
    ("desk.js", "text/javascript; charset=utf-8", include_str!("assets/desk.js")),
    ("queue.js", "text/javascript; charset=utf-8", include_str!("assets/queue.js")),
    ("article.js", "text/javascript; charset=utf-8", include_str!("assets/article.js")),
    ("text.js", "text/javascript; charset=utf-8", include_str!("assets/text.js")),
    ("clip.js", "text/javascript; charset=utf-8", include_str!("assets/clip.js")),
];

/// A page of the desk by its name; its script asks for everything else with the token of the run.
#[must_use]
pub fn page(name: &str, token: &str) -> Option<String> {
    let (title, script, modules): (_, _, &[&str]) = match name {
        "" => ("Desk", "queue", &["desk"]),
        "article" => ("Article", "article", &["desk", "text"]),
        "clip" => ("Clip a page", "clip", &["desk"]),
        _ => return None,
    };
    // A browser learns of these only when the script has come that asks for them.
    let modules = modules
        .iter()
        .map(|name| format!("<link rel=\"modulepreload\" href=\"/_desk/{name}.js\">\n"));
    let modules: String = modules.collect();
    Some(format!(
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"color-scheme\" content=\"light dark\">\n\
         <meta name=\"token\" content=\"{token}\">\n<title>{title} · Tearsheet</title>\n\
         <link rel=\"icon\" href=\"data:,\">\n<link rel=\"stylesheet\" href=\"/_desk/desk.css\">\n\
         {modules}<script type=\"module\" src=\"/_desk/{script}.js\"></script>\n</head>\n<body>\n\
         <a class=\"skip\" href=\"#main\">Skip to the content</a>\n<header id=\"head\"></header>\n\
         <main id=\"main\" tabindex=\"-1\"><p>Loading…</p>\n\
         <noscript><p>The desk needs JavaScript; <code>tearsheet review</code> does the same in a \
         terminal.</p></noscript></main>\n<div id=\"told\" role=\"status\" aria-live=\"polite\"></div>\n\
         </body>\n</html>\n"
    ))
}

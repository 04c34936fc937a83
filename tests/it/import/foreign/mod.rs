//! `tearsheet import --from`: sites of other programs, as people write them.

mod addresses;
mod anything;
mod texts;
mod whole;

use crate::support::site::Site;

/// Imports a site that lies in a folder of this name, and builds what came of it.
fn bring(site: &Site, generator: &str) -> String {
    let run = site.run(&["import", "--from", generator, "old"]);
    assert_eq!(run.code, 0, "{}", run.err);
    let build = site.run(&["build", "--drafts", "--future"]);
    assert_eq!(build.code, 0, "{}", build.err);
    run.err
}

/// A text as a value of YAML or TOML.
fn yaml(text: &str) -> String {
    serde_json::to_string(text).expect("a string")
}

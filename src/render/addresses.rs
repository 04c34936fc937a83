//! Links from one page to another.
//!
//! Views hold addresses from the root of the site. The `url` filter makes them relative when there is no
//! `base_url`, so that the folder works from a disk. Rendered Markdown and drawings do not know the page
//! they will stand on; they mark addresses with the scheme `tearsheet:`, which is resolved at the end.

/// Makes a link out of an address that begins with `/`, as seen from a page with this root.
///
/// A root of `.` or `..` parts means relative links, which name the `index.html` so that they also
/// work from a folder on disk; any other root is put before the address.
#[must_use]
pub fn resolve(root: &str, address: &str) -> String {
    if !address.starts_with('/') {
        return address.to_owned();
    }
    let relative = root == "." || root.starts_with("..");
    if !relative {
        return format!("{root}{address}");
    }
    let (path, rest) = address.find(['#', '?']).map_or((address, ""), |at| address.split_at(at));
    let index = if path.ends_with('/') { "index.html" } else { "" };
    format!("{root}{path}{index}{rest}")
}

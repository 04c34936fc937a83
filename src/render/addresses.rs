//! Links from one page to another.

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

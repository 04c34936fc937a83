//! Links from one page to another.
//!
//! Views hold addresses from the root of the site. The `url` filter makes them relative when there is no
//! `base_url`, so that the folder works from a disk. Rendered Markdown and drawings do not know the page
//! they will stand on; they mark addresses with the scheme `tearsheet:`, which is resolved at the end.

use std::borrow::Cow;

/// Makes a link out of an address that begins with `/`, as seen from a page with this root.
///
/// A root of `.` or `..` parts means relative links, which name the `index.html` so that they also
/// work from a folder on disk; any other root is put before the address.
#[must_use]
pub fn resolve<'a>(root: &str, address: &'a str) -> Cow<'a, str> {
    if root.is_empty() || !address.starts_with('/') {
        return Cow::Borrowed(address);
    }
    let relative = root == "." || root.starts_with("..");
    if !relative {
        return Cow::Owned([root, address].concat());
    }
    let (path, rest) = address.find(['#', '?']).map_or((address, ""), |at| address.split_at(at));
    let index = if path.ends_with('/') { "index.html" } else { "" };
    Cow::Owned([root, path, index, rest].concat())
}

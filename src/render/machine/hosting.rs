//! Files that tell a host what to send: old addresses, and how long browsers may keep what they have.

use std::collections::BTreeMap;
use std::fmt::Write;

use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};

use crate::config::Host;
use crate::index::pages::Page;
use crate::render::site::Site;
use crate::source::Asset;

/// What the lines of these files cannot hold as it is; letters beyond ASCII are encoded as well.
const UNSAFE: &AsciiSet = &CONTROLS.add(b' ').add(b'#').add(b'%').add(b'*').add(b':').add(b'?');

/// The old addresses that a host is told of, and the file that does it. Those beyond what the host
/// reads stay pages.
pub struct Redirects {
    /// The lines of `_redirects`.
    pub text: String,
    /// How many redirects, in the order of the pages, are in it.
    pub count: usize,
}

/// The redirects among some pages, for a host that reads a list of them.
pub fn redirects(site: &Site, pages: &[(Page, String)]) -> Option<Redirects> {
    let host = site.index.config.host?;
    let (most_lines, most_bytes) = host.most_redirects()?;
    let root = root(site);
    let whole = |address: &str| format!("{root}{}", utf8_percent_encode(address, UNSAFE));
    let mut text = String::new();
    let (mut lines, mut count) = (0, 0);
    for (page, from) in pages {
        let Page::Redirect { to, .. } = page else { continue };
        let to = whole(&to.address(&site.index));
        // Some hosts tell an address with a slash at its end from one without.
        let bare = from.strip_suffix('/').filter(|bare| !bare.is_empty());
        let from = std::iter::once(from.as_str()).chain(bare).map(whole);
        let new: Vec<String> = from.map(|from| format!("{from} {to} 301\n")).collect();
        lines += new.len();
        let bytes: usize = new.iter().map(String::len).sum();
        if lines > most_lines || text.len() + bytes > most_bytes {
            break;
        }
        text.extend(new);
        count += 1;
    }
    Some(Redirects { text, count })
}

/// `_headers`, for a host that reads one.
pub fn headers(site: &Site, assets: &BTreeMap<String, Asset>) -> Option<String> {
    if !site.index.config.host.is_some_and(Host::reads_headers) {
        return None;
    }
    let root = root(site);
    let mut text = format!(
        "{root}/*\n  X-Content-Type-Options: nosniff\n  Referrer-Policy: strict-origin-when-cross-origin\n"
    );
    for (name, asset) in assets {
        let versioned = asset.versioned(name);
        if !versioned.contains('?') {
            let address = utf8_percent_encode(&versioned, UNSAFE);
            let kept = "Cache-Control: public, max-age=31536000, immutable";
            let _ = writeln!(text, "{root}/{address}\n  {kept}");
        }
    }
    Some(text)
}

/// The path that the site is hosted under; one without an address is taken to be at the root of its host.
fn root(site: &Site) -> String {
    site.base_url().map_or_else(String::new, |base| crate::render::root("/", Some(base)))
}

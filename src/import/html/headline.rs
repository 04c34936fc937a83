//! The headline of a page.

use super::metadata::Metadata;

/// The heading that shares words with what the metadata call the page, else that.
pub(super) fn title(meta: &Metadata) -> Option<String> {
    let site = meta.publisher.as_deref().unwrap_or("");
    let told: Vec<String> = meta
        .titles
        .iter()
        .map(|title| without_site(title, site))
        .filter(|title| !is_same(title, site))
        .collect();
    let fits = |heading: &&String| {
        let own = words(heading);
        heading.chars().count() < 250
            && !own.is_empty()
            && !is_same(heading, site)
            && told.iter().take(3).any(|title| {
                let other = words(title);
                let shared = own.iter().filter(|word| other.contains(word)).count();
                shared * 2 > own.len() && shared * 2 >= other.len()
            })
    };
    let heading = meta.headings.iter().find(fits).or_else(|| meta.subheadings.iter().find(fits));
    heading.or(told.first()).or(meta.headings.first()).cloned()
}

pub(super) fn words(text: &str) -> Vec<String> {
    let lower = text.to_lowercase();
    lower
        .split(|c: char| !c.is_alphanumeric())
        .filter(|w| !w.is_empty())
        .map(str::to_owned)
        .collect()
}

pub(super) fn is_same(one: &str, other: &str) -> bool {
    !other.is_empty() && words(one) == words(other)
}

/// A title without the site's name before or behind it.
fn without_site(title: &str, site: &str) -> String {
    for mark in [" | ", " - ", " – ", " — ", " · ", " » ", " :: ", " • ", " / ", " « ", " ‹ "]
    {
        let parts: Vec<&str> =
            title.split(mark).map(str::trim).filter(|part| !part.is_empty()).collect();
        if parts.len() < 2 {
            continue;
        }
        let is_site = |part: &str| {
            let (part, site) = (part.to_lowercase(), site.to_lowercase());
            !site.is_empty() && (part.contains(&site) || site.contains(&part))
        };
        let kept: Vec<&str> = parts.iter().copied().filter(|part| !is_site(part)).collect();
        if !kept.is_empty() && kept.len() < parts.len() {
            return without_site(&kept.join(mark), "");
        }
        // Names of sites and sections are shorter than headlines.
        let longest =
            parts.iter().max_by_key(|part| part.chars().count()).copied().unwrap_or(title);
        let rest = parts.iter().filter(|part| **part != longest);
        let short =
            rest.clone().all(|part| part.split(' ').count() <= 4 && part.len() < longest.len());
        if short && longest.split(' ').count() >= 3 && rest.count() + 1 == parts.len() {
            return longest.to_owned();
        }
    }
    title.to_owned()
}

//! Sites of any size, built on one day.

use super::site::Site;

/// The day of the build, as the program is told it.
pub const DAY: [(&str, &str); 1] = [("SOURCE_DATE_EPOCH", "1795910400")];

/// A digest of so many partnerships and articles, built.
pub fn digest(partnerships: usize, articles: usize) -> Site {
    let site = Site::new();
    super::digest::write(site.path(), partnerships, articles, "en");
    build(&site);
    site
}

/// Builds a site on the day of the digest.
pub fn build(site: &Site) {
    let run = site.run_with(&["build"], &DAY, b"");
    assert_eq!(run.code, 0, "{}", run.err);
}

/// Two companies with what happened to them, each event told by an article of its own.
pub fn events(site: &Site, parties: &str, kind: &str, events: &[(&str, &str)]) {
    for (at, (date, event)) in events.iter().enumerate() {
        let name = format!("{}-{at}", parties.replace(", ", "-"));
        let matter = format!(
            "title: The {event} of {parties}\nlang: en\ndate: {date}\ncompanies: [{parties}]\npartnerships:\n  \
             - parties: [{parties}]\n    kind: {kind}\n    event: {event}"
        );
        site.article(&name, &matter, "Text.");
    }
}

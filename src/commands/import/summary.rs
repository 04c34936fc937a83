//! What became of a whole site that was imported, and how it is told.

use std::collections::BTreeMap;

use super::importer::{Importer, Outcome};
use crate::import::article::Imported;
use crate::import::foreign::{self, Dropped, Post, PostKind, Program, Site};

/// What became of a whole site.
#[derive(Default)]
pub(super) struct ImportSummary {
    pub(super) written: usize,
    pub(super) updated: usize,
    pub(super) unchanged: usize,
    pub(super) kept: Vec<String>,
    pub(super) failed: usize,
    pub(super) pages: usize,
    pub(super) drafts: usize,
    pub(super) files: usize,
    pub(super) aliases: usize,
    /// Addresses that cannot be kept, with the reason.
    pub(super) lost: Vec<(String, String)>,
    pub(super) doubts: BTreeMap<String, usize>,
    pub(super) extra: BTreeMap<String, usize>,
    pub(super) renamed: Vec<String>,
    pub(super) told: Dropped,
}

impl ImportSummary {
    /// Counts a post with what became of it.
    pub(super) fn add(&mut self, post: &Post, imported: &Imported, outcome: &Outcome) {
        match outcome {
            Outcome::Written(_) => self.written += 1,
            Outcome::Updated(_) => self.updated += 1,
            Outcome::Unchanged(_) => self.unchanged += 1,
            Outcome::Kept { path, .. } => self.kept.push(path.clone()),
        }
        self.pages += usize::from(post.form == PostKind::Page);
        self.drafts += usize::from(imported.article.draft);
        for doubt in imported.doubts.iter().filter(|doubt| *doubt != "no company") {
            let kind = doubt.trim_start_matches(|c: char| c.is_ascii_digit() || c == ' ');
            *self.doubts.entry(kind.to_owned()).or_default() += 1;
        }
        for key in imported.article.extra.keys() {
            *self.extra.entry(key.clone()).or_default() += 1;
        }
    }

    /// Says what has come over, and what has not.
    pub(super) fn tell(
        &self,
        importer: &Importer<'_>,
        site: &Site,
        copies: &BTreeMap<String, String>,
    ) {
        let terminal = importer.terminal;
        let counted = crate::commands::counted;
        let total = site.posts.len();
        let mut line = format!(
            "{} of {}",
            self.written + self.updated + self.unchanged + self.kept.len(),
            counted(total, "post")
        );
        let parts = [
            (self.updated, "read anew"),
            (self.unchanged, "already here"),
            (self.kept.len(), "edited since, and left as they are"),
            (self.pages, "as pages"),
            (self.drafts, "as drafts"),
        ];
        let parts: Vec<String> = parts
            .iter()
            .filter(|(count, _)| *count > 0)
            .map(|(count, what)| format!("{count} {what}"))
            .collect();
        if !parts.is_empty() {
            line.extend([" (", &parts.join(", "), ")"]);
        }
        terminal.say(&format!(
            "imported {line}, {}, {}",
            counted(self.files, "file"),
            match self.aliases {
                1 => "1 old address".to_owned(),
                count => format!("{count} old addresses"),
            }
        ));
        let list = |counts: &BTreeMap<String, usize>| {
            let mut all: Vec<(&String, &usize)> = counts.iter().collect();
            all.sort_by_key(|(name, count)| (std::cmp::Reverse(**count), (*name).clone()));
            all.iter()
                .map(|(name, count)| format!("{name} ({count})"))
                .collect::<Vec<_>>()
                .join(", ")
        };
        let say = |what: &str, counts: &BTreeMap<String, usize>, why: &str| {
            if !counts.is_empty() {
                terminal.say(&format!("{what}: {}{why}", list(counts)));
            }
        };
        let calls = "; `[shortcodes]` in tearsheet.toml can say what they are";
        say("calls of templates that are shown as code", &self.told.calls, calls);
        say("parts of other sites that are links now", &self.told.embeds, "");
        if self.told.pictures > 0 {
            let folder = if site.program == Program::Ghost { "content" } else { "wp-content" };
            terminal.say(&format!(
                "pictures that are still shown from the old site: {}; put its folder {folder}/ beside \
                 the export and import again, and they come over",
                self.told.pictures
            ));
        }
        for ((what, why), count) in &site.remarks {
            terminal.say(&format!("{what}: {count}; {why}"));
        }
        say("fields not taken over", &self.extra, "; they are kept under `extra`");
        say("look at", &self.doubts, "");
        let feed = site
            .feed()
            .filter(|feed| *feed != "/feed.xml" && !importer.config.old_feeds.contains(feed));
        if let Some(feed) = feed {
            terminal.say(&format!(
                "its feed was at {feed}: `old_feeds = [\"{feed}\"]` in tearsheet.toml keeps it there"
            ));
        }
        self.tell_lost(importer, site, copies);
    }

    fn tell_lost(&self, importer: &Importer<'_>, site: &Site, copies: &BTreeMap<String, String>) {
        let terminal = importer.terminal;
        let some = |what: &str, all: &[String]| {
            if all.is_empty() {
                return;
            }
            terminal.say(&format!("{what}: {}", all.len()));
            for (at, one) in all.iter().enumerate() {
                if at < SHOWN {
                    terminal.say(&format!("  {one}"));
                } else {
                    terminal.detail(&format!("  {one}"));
                }
            }
            if all.len() > SHOWN {
                terminal.say(&format!("  and {} more (-v shows all)", all.len() - SHOWN));
            }
        };
        let pair = |(name, why): &(String, String)| format!("{name}: {why}");
        some("old addresses that are not kept", &self.lost.iter().map(pair).collect::<Vec<_>>());
        some("tags with a new name, as another one has their address", &self.renamed);
        some("edited since, and left as they are", &self.kept);
        let left = site.left.iter().map(|(name, why)| format!("{name}: {why}"));
        some("not brought over", &left.collect::<Vec<_>>());
        let moved =
            copies.iter().filter(|(name, to)| **to != format!("static/{}", site.public(name)));
        let moved = moved.filter(|(_, to)| to.starts_with("static/"));
        some(
            "files with a new name, as another one has theirs",
            &moved.map(|(from, to)| format!("{from} → {to}")).collect::<Vec<_>>(),
        );
        let mut others: BTreeMap<String, usize> = BTreeMap::new();
        for name in
            site.files.names().filter(|name| !copies.contains_key(*name) && !foreign::is_post(name))
        {
            let last = name.rsplit('/').next().unwrap_or(name);
            let ending = last.rsplit_once('.').map_or(last, |(_, ending)| ending);
            *others.entry(ending.to_owned()).or_default() += 1;
        }
        if !others.is_empty() {
            let all: Vec<String> =
                others.iter().map(|(ending, count)| format!("{ending} ({count})")).collect();
            terminal.say(&format!("files of the other program, not copied: {}", all.join(", ")));
        }
    }
}

/// How many of a kind are named.
const SHOWN: usize = 5;

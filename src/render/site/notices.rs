//! What happened to partnerships, told in sentences.

use std::collections::BTreeSet;

use crate::index::{Relation, RelationEvent};
use crate::model::{Event, Kind};
use crate::render::site::Site;
use crate::render::view::NoticeView;
use crate::render::words::message::Arg;

/// Kinds that nobody calls a partnership.
const DEALS: [&str; 2] = ["acquisition", "investment"];

impl Site {
    /// Something that happened, by the position of its relation and among that relation's own, in a
    /// sentence; with its lane where `has_spark`.
    #[must_use]
    pub fn notice(&self, (at, number): (usize, usize), has_spark: bool) -> NoticeView {
        let relation = &self.index.relations[at];
        let relation_event = &relation.events[number];
        NoticeView {
            sentence: self.sentence(relation, relation_event),
            notes: self.notes(relation, number),
            event: self.event((at, number)),
            address: self.event_place(relation, relation_event.event, relation_event.date),
            spark: has_spark.then(|| self.spark(at, Some(number))).flatten(),
        }
    }

    /// What happened to a relation, in a sentence.
    #[must_use]
    pub fn sentence(&self, relation: &Relation, relation_event: &RelationEvent) -> String {
        let key = match relation_event.event {
            Event::Rumoured => "notice_rumoured",
            Event::Denied => "notice_denied",
            Event::Announced => "notice_announced",
            Event::Signed => "notice_signed",
            Event::Launched => "notice_launched",
            Event::Extended => "notice_extended",
            Event::Ended => "notice_ended",
            Event::Mentioned => "notice_mentioned",
        };
        let kind = self.told_kind(relation, relation_event);
        let is_deal = kind.is_some_and(|kind| DEALS.contains(&kind.0.as_str()));
        let args = [
            ("parties", Arg::Text(&self.relation_name(relation))),
            ("deal", Arg::Text(if is_deal { "yes" } else { "no" })),
        ];
        self.strings.message(key, &args)
    }

    /// The kind that most reports of something name.
    fn told_kind<'a>(
        &'a self,
        relation: &'a Relation,
        relation_event: &RelationEvent,
    ) -> Option<&'a Kind> {
        let articles = &self.index.articles;
        let told = relation_event.reports.iter().map(|&number| &relation.reports[number]);
        let named: Vec<&Kind> = told.filter_map(|o| o.claim_in(articles).kinds.first()).collect();
        let ranked = relation.kinds.iter().map(|kind| &kind.value);
        // Of several that are named as often, the one that is told most of all.
        let count = |kind: &&Kind| named.iter().filter(|named| *named == kind).count();
        ranked.rev().filter(|kind| named.contains(kind)).max_by_key(count)
    }

    /// What kind of partnership it is, how the event stands to those before it, and how much it is
    /// reported.
    fn notes(&self, relation: &Relation, number: usize) -> Vec<String> {
        let relation_event = &relation.events[number];
        let so_far = relation.events[..=number].iter().filter(|h| h.event != Event::Mentioned);
        let dates = so_far.clone().filter_map(|relation_event| relation_event.date);
        let since = dates.map(|date| date.year().to_string()).next();
        let kind = self.told_kind(relation, relation_event);
        let mut notes: Vec<String> =
            kind.map(|kind| self.kind_link(&kind.0).name.clone()).into_iter().collect();
        if let (Some(since), n @ 2..) = (since, so_far.count()) {
            let args = [("n", Arg::Count(n)), ("year", Arg::Text(&since))];
            notes.push(self.strings.message("notice_events", &args));
        }
        let told = relation_event.reports.iter().map(|&number| relation.reports[number].article);
        let articles: BTreeSet<usize> = told.collect();
        let language = |&at: &usize| self.index.articles[at].article().lang.tag();
        let languages: BTreeSet<&str> = articles.iter().map(language).collect();
        if articles.len() > 1 {
            let args = [
                ("reports", Arg::Count(articles.len())),
                ("languages", Arg::Count(languages.len())),
            ];
            notes.push(self.strings.message("notice_reports", &args));
        }
        notes
    }
}

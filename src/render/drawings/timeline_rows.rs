//! What the timeline draws: which lanes there are, in which order, and under which headings.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use crate::index::pages::partnership_place;
use crate::index::{DateFact, Index, Period, Relation};
use crate::render::drawings::timeline::{self, Group, Mark, Room, TimelineRow};
use crate::render::site::{Site, named};

impl Site {
    /// The lanes of some relations, given by their positions in the index, longest known first.
    #[must_use]
    pub fn lanes(&self, relations: &[usize]) -> Option<String> {
        let lanes = self.by_start(relations).into_iter().map(|at| self.lane(at, None)).collect();
        self.draw(vec![Group { heading: None, lanes }], Room::Page)
    }

    /// The lanes of some relations of a company, labelled with its partners.
    #[must_use]
    pub fn lanes_of(&self, company: &str, relations: &[usize]) -> Option<String> {
        let relations = self.by_start(relations).into_iter();
        let lanes = relations.map(|at| self.lane(at, Some(company))).collect();
        self.draw(vec![Group { heading: None, lanes }], Room::Column)
    }

    /// One lane without words, with what happened there marked.
    #[must_use]
    pub fn spark(&self, at: usize, here: Option<usize>) -> Option<String> {
        let mut lane = self.lane(at, None);
        if let Some(here) = here.map(|number| &self.index.relations[at].events[number]) {
            for mark in &mut lane.marks {
                mark.is_here = (Some(mark.date), mark.event) == (here.date, here.event);
            }
        }
        let title = self.strings.with("lane_of", &[("name", &lane.name)]);
        timeline::spark(&lane, self.index.today, &title)
    }

    /// The lanes of some relations, each under the company that has most of them.
    #[must_use]
    pub fn lanes_by_company(&self, relations: &[usize]) -> Option<String> {
        let is_dated = |at: &usize| {
            let relation = &self.index.relations[*at];
            relation.since().or(relation.until()).or(relation.latest()).is_some()
        };
        let dated: Vec<usize> = relations.iter().copied().filter(is_dated).collect();
        let (groups, rest) = grouped(&self.index, &dated);
        let mut drawn: Vec<Group> = Vec::new();
        for (company, relations) in groups {
            let id = &self.index.companies[company].company.id;
            let link = self.company_link(id);
            let lanes = self.by_start(&relations).into_iter().map(|at| self.lane(at, Some(id)));
            let heading = Some((link.name.clone(), Some(link.address.clone())));
            drawn.push(Group { heading, lanes: lanes.collect() });
        }
        let heading =
            (!drawn.is_empty()).then(|| (self.strings.get("other_companies").to_owned(), None));
        let lanes = self.by_start(&rest).into_iter().map(|at| self.lane(at, None)).collect();
        drawn.push(Group { heading, lanes });
        self.draw(drawn, Room::Page)
    }

    fn draw(&self, groups: Vec<Group>, room: Room) -> Option<String> {
        timeline::lanes(groups, room, self.index.today, self.strings.get("lanes_title"))
    }

    fn by_start(&self, relations: &[usize]) -> Vec<usize> {
        let mut sorted = relations.to_vec();
        sorted.sort_by_cached_key(|&at| {
            let relation = &self.index.relations[at];
            let first = relation.events.iter().filter_map(|h| h.date).min();
            (relation.since().or(first), at)
        });
        sorted
    }

    /// A lane, labelled with the parties but the one given.
    fn lane(&self, at: usize, without: Option<&str>) -> TimelineRow {
        let relation = &self.index.relations[at];
        let date = |fact: &Option<DateFact>| fact.as_ref().map(DateFact::date);
        let span = |p: &Period| (date(&p.start), date(&p.end), p.ended);
        let name = self.relation_name(relation);
        let label = match without {
            Some(without) => {
                let others = relation.parties.iter().filter(|party| *party != without);
                let others: Vec<String> =
                    others.map(|id| self.company_link(id).name.clone()).collect();
                named(self.joined(&others), relation.name.as_deref())
            }
            None => name.clone(),
        };
        TimelineRow {
            name,
            label,
            address: partnership_place(&self.index, relation),
            status: relation.status,
            spans: relation.periods.iter().map(span).collect(),
            quiet: relation.confirmed.filter(|_| relation.is_quiet),
            marks: self.marks(relation),
        }
    }

    /// One mark for each thing that happened on a known date.
    fn marks(&self, relation: &Relation) -> Vec<Mark> {
        let dated = relation.events.iter().filter_map(|h| Some((h.date?, h.event)));
        let mark = |(date, event)| Mark {
            date,
            event,
            words: format!("{}: {}", self.strings.date(date).text, self.event_label(event)),
            address: self.event_place(relation, event, Some(date)),
            is_here: false,
        };
        dated.map(mark).collect()
    }
}

/// Groups of relations that have a company in common, the largest first, and those left over.
fn grouped(index: &Index, relations: &[usize]) -> (Vec<(usize, Vec<usize>)>, Vec<usize>) {
    let parties = |at: usize| index.parties(&index.relations[at]);
    let mut rest = relations.to_vec();
    let mut groups = Vec::new();
    loop {
        let mut counts: BTreeMap<usize, usize> = BTreeMap::new();
        for company in rest.iter().flat_map(|&at| parties(at)) {
            *counts.entry(company).or_default() += 1;
        }
        let most = counts.into_iter().max_by_key(|&(company, n)| (n, Reverse(company)));
        let Some((company, 2..)) = most else { return (groups, rest) };
        let (own, others) = rest.into_iter().partition(|&at| parties(at).any(|c| c == company));
        groups.push((company, own));
        rest = others;
    }
}

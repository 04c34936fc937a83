//! Who stands in the drawing of a company's network.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use crate::model::Status;
use crate::render::drawings::network::{self, Partner};
use crate::render::site::Site;

/// Beyond so many partners the ties between them are a tangle that says nothing.
const MOST_DRAWN: usize = 15;
/// From how many on there is one; for fewer the table says it all.
const FEWEST_DRAWN: usize = 5;

/// The company among its partners, where they are neither few nor many.
pub(super) fn network(site: &Site, id: &str, relations: &[usize]) -> Option<String> {
    let index = &site.index;
    let own = index.companies.get_index_of(id)?;
    let mut found: BTreeMap<usize, (Status, usize)> = BTreeMap::new();
    for relation in relations.iter().map(|&at| &index.relations[at]) {
        for partner in index.parties(relation).filter(|&at| at != own) {
            let known = found.entry(partner).or_insert((relation.status, 0));
            known.1 += relation.articles().len();
            known.0 = known.0.livelier(relation.status);
        }
    }
    let mut most: Vec<(usize, (Status, usize))> = found.into_iter().collect();
    most.sort_by_key(|&(at, (_, reports))| (Reverse(reports), at));
    if !(FEWEST_DRAWN..=MOST_DRAWN).contains(&most.len()) {
        return None;
    }
    let drawn: BTreeMap<usize, usize> =
        most.iter().enumerate().map(|(n, one)| (one.0, n)).collect();
    let mut ties: BTreeMap<(usize, usize), Status> = BTreeMap::new();
    for (&at, &one) in &drawn {
        for relation in index.companies[at].relations.iter().map(|&at| &index.relations[at]) {
            let others = index.parties(relation).filter_map(|at| drawn.get(&at));
            for &other in others.filter(|other| **other > one) {
                let status = ties.entry((one, other)).or_insert(relation.status);
                *status = status.livelier(relation.status);
            }
        }
    }
    let partner = |(at, (status, reports)): (usize, (Status, usize))| {
        let link = site.company_link(&index.companies[at].company.id);
        Partner { name: link.name.clone(), address: link.address.clone(), status, reports }
    };
    let partners: Vec<Partner> = most.into_iter().map(partner).collect();
    let ties: Vec<(usize, usize, Status)> =
        ties.into_iter().map(|((one, other), status)| (one, other, status)).collect();
    Some(network::network(&index.companies[own].company.name, &partners, &ties))
}

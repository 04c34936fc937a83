//! When a text was published: all dates outside the body and in its first words, with what tells whether they
//! stand where a publication's date does.

use rustc_hash::FxHashMap;

use super::model::Label;
use super::ranking::{Candidate, Features};
use super::thresholds::{DATED_LINE_WIDTH, LEAD_BYTES};
use super::{Reader, Segment, width};
use crate::model::PartialDate;
use crate::understand::features::float;
use crate::understand::{dates, lexicon};

impl Reader<'_> {
    /// All dates outside the body and in its first words, with what is seen of them.
    pub(super) fn dates(
        &self,
        headline: Option<usize>,
        first: usize,
    ) -> Vec<Candidate<PartialDate>> {
        let last = (0..self.blocks.len()).rfind(|at| self.is_body(*at)).unwrap_or(first);
        let mut found: Vec<(usize, usize, dates::FoundDate)> = Vec::new();
        let mut datelines: FxHashMap<usize, PartialDate> = FxHashMap::default();
        let mut read = 0;
        for (at, block) in self.blocks.iter().enumerate() {
            let is_body = self.is_body(at);
            if is_body && read >= LEAD_BYTES || !is_body && width(&block.text) > DATED_LINE_WIDTH {
                continue;
            }
            let from = if is_body { read } else { 0 };
            let in_line = dates::dates(&block.text, self.lexicon).into_iter().enumerate();
            let is_near = |(_, date): &(usize, dates::FoundDate)| {
                !is_body || from + date.span.start < LEAD_BYTES
            };
            found.extend(in_line.filter(is_near).map(|(number, date)| (at, number, date)));
            if is_body {
                let dateline = self.credits.dateline(&block.text);
                datelines.extend(dateline.map(|(day, _)| (at, day)));
                read += block.text.len();
            }
        }
        let days = found.iter().map(|(_, _, found)| found.date);
        let near = |at: usize| at + 12 >= first && at <= last;
        let latest = days.clone().max_by_key(|date| date.first_day());
        let earliest = days.min_by_key(|date| date.first_day());
        let mut counts: FxHashMap<PartialDate, usize> = FxHashMap::default();
        for (_, _, found) in &found {
            *counts.entry(found.date).or_default() += 1;
        }
        let near_days = found.iter().filter(|(at, ..)| near(*at));
        let earliest_near = near_days.map(|(_, _, found)| found.date.first_day()).min();
        let first_near =
            found.iter().find(|(at, ..)| near(*at)).map(|(at, number, _)| (*at, *number));
        let byline = |at: &usize| self.blocks[*at].likely[Label::Byline as usize];
        let most = found.iter().map(|(at, ..)| byline(at)).fold(0.0, f64::max);
        let signs = |(at, number, date): &(usize, usize, dates::FoundDate)| {
            let block = &self.blocks[*at];
            let mut signs = self.signs_in_line(block, date);
            signs.add("dateline", datelines.get(at) == Some(&date.date));
            signs.bin("of likeliest", byline(at) / most.max(1e-9), &[0.1, 0.3, 0.6, 0.99]);
            signs.add(block.label.name(), true);
            let mut add = |sign: &str, there: bool| signs.add(sign, there);
            let before = first.checked_sub(*at);
            add("before 3", before.is_some_and(|lines| lines <= 3));
            add("before 10", before.is_some_and(|lines| (4..=10).contains(&lines)));
            add("before 30", before.is_some_and(|lines| (11..=30).contains(&lines)));
            add("far before", before.is_some_and(|lines| lines > 30));
            let after = at.checked_sub(last);
            add("after 3", after.is_some_and(|lines| lines <= 3));
            add("after 12", after.is_some_and(|lines| (4..=12).contains(&lines)));
            add("far after", after.is_some_and(|lines| lines > 12));
            add("among body", *at > first && *at < last);
            add(
                "between headline and body",
                headline.is_some_and(|line| line < *at) && *at < first,
            );
            let headline = headline.map(|line| line.abs_diff(*at));
            add("headline 2", headline.is_some_and(|lines| lines <= 2));
            add("headline 6", headline.is_some_and(|lines| (3..=6).contains(&lines)));
            add("not first in line", *number > 0);
            add("twice", counts[&date.date] == 2);
            add("thrice", counts[&date.date] > 2);
            add("latest", latest == Some(date.date));
            add("earliest", earliest == Some(date.date));
            add("only one", counts.len() == 1);
            let later = earliest_near.is_some_and(|day| day < date.date.first_day());
            add("later ones near", later);
            add("first near body", first_near == Some((*at, *number)));
            Candidate { value: date.date, signs: signs.done() }
        };
        found.iter().map(signs).collect()
    }

    /// What the line of a date shows.
    fn signs_in_line(&self, block: &Segment, date: &dates::FoundDate) -> Features {
        let mut signs = Features::default();
        if block.label == Label::Body {
            signs.bin("in lead", float(date.span.start), &[1.0, 30.0, 60.0, 120.0]);
            let after = block.text[date.span.end..].trim_start();
            signs.add("dash behind", after.starts_with(['-', '–', '—', '/', '(', ')', ':']));
        }
        signs.bin("byline", block.likely[Label::Byline as usize], &[0.05, 0.15, 0.3, 0.6, 0.9]);
        let lower = lexicon::lower_of_same_length(&block.text);
        let before = &lower[..date.span.start];
        let last = |list: &str| {
            let lexicons = self.lexicon.with_english();
            lexicons.filter_map(|lexicon| lexicon.list(list).last_place(before)).max()
        };
        let (published, updated) = (last("published"), last("updated"));
        signs.add("updated", updated > published);
        signs.add("published", updated <= published && published.is_some());
        let after: String = block.text[date.span.end..].chars().take(14).collect();
        signs.add(
            "clock",
            after.contains([':', '.', 'h']) && after.contains(|c: char| c.is_ascii_digit()),
        );
        signs.add("whole day", date.date.day_of_month().is_some());
        let rest = width(&block.text) - width(&block.text[date.span.clone()]);
        signs.bin("beside", float(rest), &[4.0, 12.0, 24.0, 50.0, 100.0]);
        signs.bin("before it", float(width(before)), &[1.0, 8.0, 20.0, 40.0]);
        signs.add("noise", super::noise::noise_of(&block.text, self.lexicon).is_some());
        signs.add("copyright", block.text.contains('©'));
        signs.add("words", super::is_prose(&block.text));
        signs
    }
}

//! The archive: years, months and days.

use crate::index::pages::date_address;
use crate::model::PartialDate;
use crate::render::pages::lists::List;
use crate::render::pages::{Built, meta};
use crate::render::site::Site;
use crate::render::view::{
    ArchiveView, CountedLink, DayView, LinkView, MonthView, Shared, View, YearView,
};

pub(super) fn date(site: &Site, date: PartialDate, number: usize) -> Built {
    if date.month().is_none() {
        return year(site, date);
    }
    let year = PartialDate::new(date.year(), None, None);
    let whole_month = PartialDate::new(date.year(), date.month(), None);
    let mut above = vec![site.fixed_link("archive", "/archive/")];
    above.extend(year.map(|date| site.date_link(date)));
    let is_day = date.day_of_month().is_some();
    if is_day {
        above.extend(whole_month.map(|date| site.date_link(date)));
    }
    let list = List {
        kind: if is_day { "day" } else { "month" },
        template: if is_day { "day.html" } else { "month.html" },
        heading: site.strings.date(date).text,
        above,
        address: date_address(date),
        articles: &site.index.dates[&date],
        number,
    };
    let (template, meta, mut view) = list.build(site);
    view.month = date.month().and_then(|number| month(site, date.year(), number));
    (view.earlier, view.later) = neighbours(site, date);
    (template, meta, View::List(view))
}

/// The dates of the same precision before and after this one that have articles.
fn neighbours(site: &Site, date: PartialDate) -> (Option<LinkView>, Option<LinkView>) {
    let same = |other: &&PartialDate| other.precision() == date.precision();
    let earlier = site.index.dates.range(..date).map(|(d, _)| d).rev().find(same);
    let later = site.index.dates.range(date..).map(|(d, _)| d).filter(|d| **d != date).find(same);
    (earlier.map(|&d| site.date_link(d)), later.map(|&d| site.date_link(d)))
}

/// A month of a year with articles, made for the first of its pages; all of its days show it.
fn month(site: &Site, year: i16, number: u8) -> Option<Shared<MonthView>> {
    let place = site.months.get(&year)?.get(usize::from(number) - 1)?;
    Some(place.get_or_init(|| Shared::new(month_view(site, year, number))).clone())
}

fn month_view(site: &Site, year: i16, number: u8) -> MonthView {
    let dates = &site.index.dates;
    let count = |date: Option<PartialDate>| date.and_then(|d| dates.get(&d)).map_or(0, Vec::len);
    let month = PartialDate::new(year, Some(number), None);
    let days: Vec<PartialDate> =
        (1..=31).filter_map(|day| PartialDate::day(year, number, day)).collect();
    let offset = days.first().and_then(|d| d.weekday()).unwrap_or(0);
    let mut cells: Vec<Option<DayView>> = vec![None; usize::from(offset)];
    for day in days {
        let count = count(Some(day));
        cells.push(Some(DayView {
            day: day.day_of_month().unwrap_or(1),
            address: (count > 0 && site.index.config.day_pages).then(|| date_address(day)),
            count,
            level: match count {
                0 => 0,
                1 => 1,
                2..=3 => 2,
                4..=7 => 3,
                _ => 4,
            },
        }));
    }
    cells.resize(cells.len().next_multiple_of(7), None);
    let count = count(month);
    MonthView {
        name: site.strings.locale.month(number),
        address: month.filter(|_| count > 0).map(date_address),
        count,
        weeks: cells.chunks(7).map(<[_]>::to_vec).collect(),
    }
}

fn year_view(site: &Site, year: PartialDate, most: usize) -> YearView {
    let count = site.index.dates.get(&year).map_or(0, Vec::len);
    let link = site.date_link(year);
    YearView {
        link: CountedLink {
            name: link.name,
            address: link.address,
            count,
            share: (count * 100).div_ceil(most.max(1)),
            current: false,
        },
        months: (1..=12).filter_map(|number| month(site, year.year(), number)).collect(),
    }
}

pub(super) fn archive(site: &Site) -> Built {
    let years: Vec<PartialDate> = site.index.years().rev().map(|(date, _)| date).collect();
    let most = years.iter().map(|year| site.index.dates[year].len()).max().unwrap_or(0);
    let heading = site.strings.get("archive").to_owned();
    let meta = meta(site, "archive", &heading, Vec::new());
    let view = ArchiveView {
        undated: site.index.undated.len(),
        heading,
        years: years.into_iter().map(|year| year_view(site, year, most)).collect(),
        articles: Vec::new(),
        earlier: None,
        later: None,
    };
    ("archive.html", meta, View::Archive(view))
}

pub(super) fn year(site: &Site, year: PartialDate) -> Built {
    let articles = &site.index.dates[&year];
    let imprecise: Vec<usize> = articles
        .iter()
        .copied()
        .filter(|&at| {
            site.index.articles[at].article().date.is_some_and(|date| date.month().is_none())
        })
        .collect();
    let heading = site.strings.date(year).text;
    let meta = meta(site, "year", &heading, vec![site.fixed_link("archive", "/archive/")]);
    let (earlier, later) = neighbours(site, year);
    let view = ArchiveView {
        undated: site.index.undated.len(),
        heading,
        years: vec![year_view(site, year, articles.len())],
        articles: site.cards(&imprecise),
        earlier,
        later,
    };
    ("year.html", meta, View::Archive(view))
}

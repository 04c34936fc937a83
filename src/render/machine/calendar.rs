//! The timeline for calendar programs: `/timeline.ics`.

use icalendar::{Calendar, Component, Event, Property};
use jiff::civil::Date;

use crate::index::pages::partnership_place;
use crate::index::{Relation, RelationEvent};
use crate::model::{PartialDate, address_join};
use crate::render::site::Site;

/// Every dated event. One that is told by month or year spans all of it, since a day was not told.
#[must_use]
pub fn ics(site: &Site) -> String {
    let mut calendar = Calendar::empty();
    for property in
        [("VERSION", "2.0"), ("PRODID", "-//Tearsheet//Timeline//EN"), ("CALSCALE", "GREGORIAN")]
    {
        calendar.append_property(property);
    }
    let config = &site.index.config;
    calendar.name(&format!("{}: {}", config.title, site.strings.get("timeline")));
    for relation in site.index.relations.values() {
        for relation_event in &relation.events {
            if let Some(event) =
                relation_event.date.and_then(|date| event(site, relation, relation_event, date))
            {
                calendar.push(event);
            }
        }
    }
    calendar.done().to_string()
}

fn event(
    site: &Site,
    relation: &Relation,
    relation_event: &RelationEvent,
    date: PartialDate,
) -> Option<Event> {
    let (first, last) = (day(date.first_day())?, day(date.last_day())?);
    let label = site.event_label(relation_event.event);
    let name = site.relation_name(relation);
    let mut event = Event::new();
    event.uid(&format!("{}-{}-{}@tearsheet", relation.id, relation_event.event, date.iso()));
    // The stamp says when the entry was made; a site made again on another day is the same.
    event.append_property(Property::new("DTSTAMP", format!("{}T000000Z", compact(last))));
    event.append_property(whole_day("DTSTART", first));
    event.append_property(whole_day("DTEND", last.tomorrow().ok()?));
    event.summary(&format!("{name}: {label}"));
    event.description(&site.strings.date(date).text);
    event.append_property(Property::new("TRANSP", "TRANSPARENT"));
    if let Some(base) = site.base_url() {
        event.url(&address_join(base, &partnership_place(&site.index, relation)));
    }
    Some(event.done())
}

fn whole_day(name: &str, day: Date) -> Property {
    Property::new(name, compact(day)).add_parameter("VALUE", "DATE").done()
}

fn compact(day: Date) -> String {
    day.strftime("%Y%m%d").to_string()
}

/// The day with this number, counted from 0000-03-01 as [`PartialDate::first_day`] does.
fn day(number: i32) -> Option<Date> {
    let epoch = Date::constant(0, 3, 1);
    epoch.checked_add(jiff::Span::new().try_days(number).ok()?).ok()
}

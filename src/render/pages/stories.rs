//! The list of stories, and a story.

use std::collections::{BTreeMap, BTreeSet};

use crate::index::pages::partnership_place;
use crate::index::stories::Member;
use crate::index::{MembershipReason, Story};
use crate::model::{Article, relation_id};
use crate::render::drawings::strip::{self, Dot, Row};
use crate::render::pages::{Built, meta};
use crate::render::site::{Site, dir};
use crate::render::view::{LinkView, MemberView, StoriesView, StoryView, View};

pub(super) fn stories(site: &Site, number: usize) -> Built {
    let all = &site.index.newest_stories;
    let title = site.strings.get("stories");
    let mut meta = meta(site, "stories", title, Vec::new());
    meta.pager = site.pager("/stories/", all.len(), number);
    let first = |&at: &usize| site.news(site.index.stories[at].members[0].article);
    let view = StoriesView {
        total: all.len(),
        news: site.page_of(all, number).iter().map(first).collect(),
    };
    ("stories.html", meta, View::Stories(view))
}

pub(super) fn story(site: &Site, id: &str) -> Built {
    let index = &site.index;
    let story = &index.stories[id];
    let leader = index.articles[site.leader(story)].article();
    let card = site.card(site.leader(story));
    let above = vec![site.fixed_link("stories", "/stories/")];
    let mut meta = meta(site, "story", &card.title, above);
    meta.description.clone_from(&card.summary);
    meta.title_lang.clone_from(&card.lang);
    let article = |member: &Member| &index.articles[member.article];
    let languages: BTreeSet<&str> =
        story.members.iter().map(|member| article(member).article().lang.tag()).collect();
    let mut origins = BTreeSet::new();
    let members = story.members.iter().map(|member| MemberView {
        article: site.card(member.article).clone(),
        why: why(site, member),
        is_repetition: !origins.insert(article(member).origin),
    });
    let members: Vec<MemberView> = members.collect();
    let mut pictures = members.iter().filter_map(|member| member.article.picture.clone());
    let picture = pictures.next();
    let view = StoryView {
        mark: site.mark(&story.parties).filter(|_| picture.is_none()),
        picture,
        heading: card.title.clone(),
        lang: card.lang.clone(),
        dir: dir(&leader.lang),
        partnership: partnership(site, story),
        turn: story.turn.map(|turn| site.turn_label(turn).to_owned()),
        date: story.date.map(|date| site.strings.date(date)),
        origins: origins.len(),
        languages: languages.len(),
        strip: strip(site, story, &members),
        members,
        events: events(site, story).into_iter().map(|event| site.event(event)).collect(),
    };
    ("story.html", meta, View::Story(Box::new(view)))
}

/// When a story was reported in which language; none where all reports are of one language or one day.
fn strip(site: &Site, story: &Story, members: &[MemberView]) -> Option<String> {
    let mut rows: BTreeMap<(i32, &str), Row> = BTreeMap::new();
    let mut firsts: BTreeMap<&str, i32> = BTreeMap::new();
    let dated = story.members.iter().zip(members).filter_map(|(member, shown)| {
        let article = site.index.articles[member.article].article();
        Some((strip::day(article.date?)?, article, shown))
    });
    let mut dated: Vec<_> = dated.collect();
    dated.sort_by_key(|(day, ..)| *day);
    for (day, article, shown) in &dated {
        let lang = article.lang.tag();
        let first = *firsts.entry(lang).or_insert(*day);
        let row = rows.entry((first, lang)).or_insert_with(|| Row {
            name: article.lang.own_name().to_owned(),
            lang: lang.to_owned(),
            dots: Vec::new(),
        });
        let card = &shown.article;
        let publisher = card.source.as_ref().map(|source| source.name.clone());
        let date = card.date.as_ref().map(|date| date.text.clone());
        let words: Vec<String> = [publisher, date].into_iter().flatten().collect();
        row.dots.push(Dot {
            day: *day,
            address: card.address.clone(),
            title: words.join(", "),
            is_repetition: shown.is_repetition,
        });
    }
    let (first, last) = (dated.first()?, dated.last()?);
    if rows.len() < 2 || first.0 == last.0 {
        return None;
    }
    let text = |article: &Article| article.date.map(|d| site.strings.date(d).text);
    let (from, to) = (text(first.1)?, text(last.1)?);
    let rows: Vec<Row> = rows.into_values().collect();
    let title = site.strings.get("strip_title");
    Some(strip::strip(&rows, ((first.0, &from), (last.0, &to)), title))
}

/// The partnership that a story is about.
fn partnership(site: &Site, story: &Story) -> Option<LinkView> {
    let parties = story.parties.iter().map(|&at| site.index.companies[at].company.id.as_str());
    let relation = site.index.relations.get(&relation_id(parties, None))?;
    Some(LinkView {
        name: site.relation_name(relation),
        address: partnership_place(&site.index, relation),
    })
}

/// What the articles of a story tell that is the story's own turn.
fn events(site: &Site, story: &Story) -> BTreeSet<(usize, usize)> {
    let index = &site.index;
    let reports = story.members.iter().flat_map(|member| &index.articles[member.article].reports);
    let event = |&(at, number): &(usize, usize)| {
        let report = &index.relations[at].reports[number];
        let same = story.turn.is_some() && report.event.turn() == story.turn;
        same.then_some((at, report.relation_event))
    };
    reports.filter_map(event).collect()
}

/// Why an article belongs to its story, in words.
fn why(site: &Site, member: &Member) -> String {
    let strings = &site.strings;
    match member.why {
        MembershipReason::Pinned => strings.get("why_pinned").to_owned(),
        MembershipReason::First => strings.get("why_first").to_owned(),
        MembershipReason::SameNews(0) => strings.get("why_same_day").to_owned(),
        MembershipReason::SameNews(days) => {
            strings.with("why_same_news", &[("n", &days.to_string())])
        }
        MembershipReason::SameParticulars => strings.get("why_same_particulars").to_owned(),
        MembershipReason::OnlyStory => strings.get("why_only_story").to_owned(),
        MembershipReason::Copy(other) => {
            strings.with("why_copy", &[("title", &site.heading(other))])
        }
    }
}

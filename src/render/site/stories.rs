//! Stories, and the articles that stand for them.

use crate::config::Section;
use crate::index::Story;
use crate::index::pages::story_address;
use crate::model::Event;
use crate::render::drawings::card::Card;
use crate::render::site::Site;
use crate::render::templates::theme_style;
use crate::render::view::{CardView, LinkView, NewsView, Shared};

impl Site {
    /// The article that stands for a story: one in the site's language, or else the first report.
    #[must_use]
    pub fn leader(&self, story: &Story) -> usize {
        let lang = self.index.config.language.primary();
        let mut members = story.members.iter().map(|member| member.article);
        let article = |at: usize| self.index.articles[at].article();
        members
            .clone()
            .find(|&at| article(at).lang.primary() == lang && article(at).title.is_some())
            .or_else(|| members.clone().find(|&at| article(at).title.is_some()))
            .or_else(|| members.next())
            .expect("a story has articles")
    }

    /// An article with the others of its story.
    #[must_use]
    pub fn news(&self, at: usize) -> NewsView {
        let story = self.index.articles[at].story.map(|at| &self.index.stories[at]);
        let leader = story.map_or(at, |story| self.leader(story));
        NewsView {
            mark: String::new(),
            article: self.card(leader).clone(),
            sentence: self.told_abroad(leader).unwrap_or_default(),
            story: story.map(|story| self.story_place(story)).unwrap_or_default(),
            coverage: story.map(|story| self.coverage(story, leader)).unwrap_or_default(),
        }
    }

    /// What an article reports first, in a sentence; none where it is in the site's language.
    fn told_abroad(&self, at: usize) -> Option<String> {
        let entry = &self.index.articles[at];
        if entry.article().lang.primary() == self.index.config.language.primary() {
            return None;
        }
        let told = |&(relation, number): &(usize, usize)| {
            let relation = &self.index.relations[relation];
            let relation_event = &relation.events[relation.reports[number].relation_event];
            (relation_event.event != Event::Mentioned)
                .then(|| self.sentence(relation, relation_event))
        };
        entry.reports.iter().find_map(told)
    }

    /// The articles of a story but one, the first report first.
    #[must_use]
    pub fn coverage(&self, story: &Story, without: usize) -> Vec<Shared<CardView>> {
        let others = story.members.iter().map(|member| member.article).filter(|&at| at != without);
        others.map(|at| self.card(at).clone()).collect()
    }

    /// Where a story is shown: its page, or the article that stands for it.
    #[must_use]
    pub fn story_place(&self, story: &Story) -> String {
        if self.index.config.has(Section::Stories) {
            story_address(&story.id)
        } else {
            self.index.articles[self.leader(story)].address.clone()
        }
    }

    /// A link to a story: who it is about, and what happened.
    #[must_use]
    pub fn story_link(&self, story: &Story) -> LinkView {
        let name = match story.turn {
            Some(turn) => {
                let name = |&at: &usize| self.index.companies[at].company.name.clone();
                let names: Vec<String> = story.parties.iter().map(name).collect();
                format!("{}: {}", self.joined(&names), self.turn_label(turn))
            }
            None => self.heading(self.leader(story)),
        };
        LinkView { name, address: self.story_place(story) }
    }

    /// What stands on the picture of a story, by its position in the index.
    #[must_use]
    pub fn story_card(&self, at: usize) -> Card {
        let story = &self.index.stories[at];
        let reports = story.members.len();
        let forms = self.strings.get("n_reports").split('|');
        let noun = if reports == 1 { forms.clone().next() } else { forms.clone().next_back() };
        let reports = self.strings.locale.number(i64::try_from(reports).unwrap_or(i64::MAX));
        let date = story.date.map(|date| self.strings.date(date).text + " · ");
        Card {
            site: self.index.config.title.clone(),
            headline: self.story_link(story).name,
            note: format!("{}{reports} {}", date.unwrap_or_default(), noun.unwrap_or_default()),
            colours: theme_style::colours(self.index.config.theme_settings.as_ref()),
        }
    }
}

//! What templates ask for: what is dear to make is made for those pages only that show it.
//!
//! Templates are looked at as texts, and in doubt the answer is yes. A word that merely looks like the
//! name of a value costs time; a value that is missing would be a mistake.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

use crate::render::templates::names::{DEFAULT_PREFIX, THEME_PREFIX, template_name};
use crate::source::Source;

/// A value that is only made for templates that ask for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum OptionalView {
    /// `page.json_ld`
    JsonLd,
    /// `related`, of an article
    Related,
    /// `network`, of a company
    Network,
    /// `lanes`, of a company or a partnership
    Lanes,
    /// `chart`, of a company
    Chart,
    /// `context`, of an article
    Context,
}

impl OptionalView {
    const ALL: [Self; 6] =
        [Self::JsonLd, Self::Related, Self::Network, Self::Lanes, Self::Chart, Self::Context];

    /// Whether a text may use the value.
    fn is_in(self, text: &str) -> bool {
        let word = match self {
            // Who takes `page` as a whole may show all of it.
            Self::JsonLd => return text.contains("json_ld") || takes_whole(text, "page"),
            Self::Related => "related",
            Self::Network => "network",
            Self::Lanes => "lanes",
            Self::Chart => "chart",
            Self::Context => "context",
        };
        text.contains(word)
    }
}

/// What each template asks for, together with all that it is put together from.
#[derive(Debug, Default)]
pub struct TemplateUsage(HashMap<String, HashSet<OptionalView>>);

impl TemplateUsage {
    /// Looks at all templates of a site, of its theme and of the default theme.
    #[must_use]
    pub fn new(sources: &[Source]) -> Self {
        let parts = Parts::of(sources);
        let pages = parts.templates.keys().filter(|name| !name.starts_with(THEME_PREFIX));
        let pages = pages.map(|name| name.strip_prefix(DEFAULT_PREFIX).unwrap_or(name));
        Self(pages.map(|page| (page.to_owned(), parts.asked(page))).collect())
    }

    /// Whether a template shows a value, or something that stands on its page does.
    #[must_use]
    pub fn has(&self, template: &str, value: OptionalView) -> bool {
        self.0.get(template).is_none_or(|asked| asked.contains(&value))
    }
}

/// Templates without the components in them, and components, by their names.
struct Parts<'a> {
    templates: HashMap<Cow<'a, str>, String>,
    /// One of several with the same name counts, and nobody knows here which.
    components: HashMap<&'a str, String>,
}

impl<'a> Parts<'a> {
    fn of(sources: &'a [Source]) -> Self {
        let mut parts = Self { templates: HashMap::new(), components: HashMap::new() };
        for source in sources {
            let mut own = String::with_capacity(source.text.len());
            let mut component: Option<&str> = None;
            // What stands before the first tag belongs to the template.
            for (at, piece) in source.text.split("{%").enumerate() {
                let tag = piece.trim_start_matches(['-', ' ', '\t', '\n']);
                if at > 0
                    && let Some(rest) = tag.strip_prefix("component")
                {
                    component = Some(name_at(rest.trim_start()));
                }
                let text = match component {
                    Some(name) => parts.components.entry(name).or_default(),
                    None => &mut own,
                };
                text.push_str(piece);
                if at > 0 && tag.starts_with("endcomponent") {
                    component = None;
                }
            }
            parts.templates.insert(template_name(source), own);
        }
        parts
    }

    /// The template of a name: the site's, else the theme's, else the default theme's.
    fn template(&self, name: &str) -> Option<&str> {
        let levels = ["", THEME_PREFIX, DEFAULT_PREFIX];
        let mut found = levels.iter().map(|level| self.templates.get(&*format!("{level}{name}")));
        found.find_map(|text| text.map(String::as_str))
    }

    /// What a template asks for with those that it extends or includes and the components it calls.
    fn asked(&self, page: &str) -> HashSet<OptionalView> {
        let mut asked = HashSet::new();
        let mut seen: HashSet<*const u8> = HashSet::new();
        let mut open: Vec<&str> = self.template(page).into_iter().collect();
        while let Some(text) = open.pop() {
            if !seen.insert(text.as_ptr()) {
                continue;
            }
            asked.extend(OptionalView::ALL.into_iter().filter(|value| value.is_in(text)));
            let quoted = text.split(['"', '\'']).filter(|word| word.contains('.'));
            open.extend(quoted.filter_map(|name| self.template(name)));
            let called = text.split('<').skip(1).map(name_at);
            open.extend(called.filter_map(|name| self.components.get(name)).map(String::as_str));
        }
        asked
    }
}

/// The name that a text begins with.
fn name_at(text: &str) -> &str {
    let is_part = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | '.');
    &text[..text.find(|c| !is_part(c)).unwrap_or(text.len())]
}

/// Whether a value is named without one of its fields.
fn takes_whole(text: &str, value: &str) -> bool {
    let is_whole = |rest: &str| {
        let after = rest.trim_start().chars().next();
        !after.is_some_and(|c| c.is_alphanumeric() || matches!(c, '_' | '.' | '['))
    };
    text.split(value).skip(1).any(is_whole)
}

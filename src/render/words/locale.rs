//! Dates, numbers and the order of names as readers of the site's language know them, from the
//! tables of the Unicode CLDR.
//!
//! Plain `en` is taken for `en-001`, which is no country's.

use std::cmp::Ordering;

use icu_calendar::{Date, Gregorian};
use icu_collator::options::{CollatorOptions, Strength};
use icu_collator::{Collator, CollatorBorrowed};
use icu_datetime::FixedCalendarDateTimeFormatter as Formatter;
use icu_datetime::fieldsets::{E, M, Y, YM, YMD};
use icu_decimal::DecimalFormatter;
use icu_decimal::options::DecimalFormatterOptions;
use icu_locale::Locale as Tag;
use icu_plurals::{PluralCategory, PluralRules};
use unicode_normalization::UnicodeNormalization;

use crate::model::{Language, PartialDate};
use crate::parse::terms::fold;

/// What is known of a language's ways.
pub struct Locale {
    day: Formatter<Gregorian, YMD>,
    month: Formatter<Gregorian, YM>,
    year: Formatter<Gregorian, Y>,
    month_alone: Formatter<Gregorian, M>,
    weekday: Formatter<Gregorian, E>,
    number: DecimalFormatter,
    plurals: PluralRules,
    collator: CollatorBorrowed<'static>,
    /// Knows no difference but that of letters: `é` is an `e` in French, `å` no `a` in Danish.
    letters: CollatorBorrowed<'static>,
}

impl Locale {
    /// The ways of a language; those of international English where there are no tables.
    #[must_use]
    pub fn new(language: &Language) -> Self {
        // Plain English is that of no country: day before month.
        let tag = if language.tag() == "en" { "en-001" } else { language.tag() };
        let made = tag.parse().ok().and_then(|tag| Self::of(&tag));
        made.or_else(|| Self::of(&"en-001".parse().ok()?)).expect("the tables have English")
    }

    fn of(tag: &Tag) -> Option<Self> {
        let options = CollatorOptions::default();
        let mut letters = options;
        letters.strength = Some(Strength::Primary);
        // The pattern for month and year of Brazilian Portuguese asks for a day (icu_datetime 2.4);
        // Portugal writes the same words.
        let european = "pt-PT".parse().ok()?;
        let month = if tag.id.language.as_str() == "pt" { &european } else { tag };
        Some(Self {
            day: Formatter::try_new(tag.into(), YMD::long()).ok()?,
            month: Formatter::try_new(month.into(), YM::long()).ok()?,
            year: Formatter::try_new(tag.into(), Y::long()).ok()?,
            month_alone: Formatter::try_new(tag.into(), M::long()).ok()?,
            weekday: Formatter::try_new(tag.into(), E::short()).ok()?,
            number: DecimalFormatter::try_new(tag.into(), DecimalFormatterOptions::default())
                .ok()?,
            plurals: PluralRules::try_new_cardinal(tag.into()).ok()?,
            collator: Collator::try_new(tag.into(), options).ok()?,
            letters: Collator::try_new(tag.into(), letters).ok()?,
        })
    }

    /// A date as far as it is known, without a word on how sure it is.
    #[must_use]
    pub fn date(&self, date: PartialDate) -> String {
        let (month, day) = (date.month(), date.day_of_month());
        let year = i32::from(date.year());
        let Ok(first) = Date::try_new_gregorian(year, month.unwrap_or(1), day.unwrap_or(1)) else {
            return date.iso();
        };
        match (month, day) {
            (Some(_), Some(_)) => self.day.format(&first).to_string(),
            (Some(_), None) => self.month.format(&first).to_string(),
            _ => self.year.format(&first).to_string(),
        }
    }

    /// The name of a month, 1 to 12.
    #[must_use]
    pub fn month(&self, month: u8) -> String {
        let first = Date::try_new_gregorian(2024, month.clamp(1, 12), 1);
        first.map(|first| self.month_alone.format(&first).to_string()).unwrap_or_default()
    }

    /// Short names of the days of a week from Monday.
    #[must_use]
    pub fn weekdays(&self) -> Vec<String> {
        // 1 January 2024 was a Monday.
        let days = (1..=7).filter_map(|day| Date::try_new_gregorian(2024, 1, day).ok());
        days.map(|day| self.weekday.format(&day).to_string()).collect()
    }

    /// A whole number.
    #[must_use]
    pub fn number(&self, number: i64) -> String {
        self.number.format(&number.into()).to_string()
    }

    /// The form that words have beside a number, as the CLDR calls it.
    #[must_use]
    pub fn plural(&self, number: usize) -> &'static str {
        match self.plurals.category_for(number) {
            PluralCategory::Zero => "zero",
            PluralCategory::One => "one",
            PluralCategory::Two => "two",
            PluralCategory::Few => "few",
            PluralCategory::Many => "many",
            PluralCategory::Other => "other",
        }
    }

    /// Which of two names comes first.
    #[must_use]
    pub fn compare(&self, one: &str, other: &str) -> Ordering {
        self.collator.compare(one, other).then_with(|| one.cmp(other))
    }

    /// The letter that a name stands under in a list; `#` for what is no letter.
    #[must_use]
    pub fn initial(&self, name: &str) -> String {
        let Some(first) = name.chars().find(|c| c.is_alphanumeric()).filter(|c| c.is_alphabetic())
        else {
            return "#".to_owned();
        };
        let capital: String = first.to_uppercase().collect();
        // The barest form that is still the same letter: `ế` stands under `ê` in Vietnamese.
        let marks: Vec<char> = capital.nfd().collect();
        let bare = |n| marks[..n].iter().copied().nfc().collect::<String>();
        std::iter::once(fold(&capital).to_uppercase())
            .chain((1..marks.len()).map(bare))
            .find(|form| self.letters.compare(form, &capital) == Ordering::Equal)
            .unwrap_or(capital)
    }
}

//! The words of the domain as plain data: what an article, a company, a partnership and a date are.
//!
//! Imports nothing of ours and knows neither files nor templates.

mod article;
mod company;
mod date;
mod language;
mod part;
mod partnership;
mod publisher;
mod url;

pub use article::{
    Article, DateBasis, Imported, Page, Passage, Picture, Rights, Settled, SourceRef,
};
pub use company::Company;
pub use date::{Certainty, PartialDate};
pub use language::{Direction, Language};
pub use part::{Part, Text};
pub use partnership::{
    Claim, Event, KINDS, Kind, Note, Party, Prefer, Status, Transition, relation_id,
};
pub use publisher::{CUTS, Publisher};
pub use url::{address_join, escape, printable, slug};

//! What readers and machines get: pages, drawings, search, feeds, in a real browser.

pub(crate) mod browser;
mod golden;
mod growing;
mod hosting;
mod look;
mod machines;
mod search;
mod templates;
mod words;

//! What readers and machines get: pages, drawings, search, feeds.

mod golden;
mod growing;
mod hosting;
mod look;
mod machines;
mod search;
mod templates;
mod words;

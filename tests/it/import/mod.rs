//! How texts, pages, feeds and other programs' sites come in.

mod blogs;
mod exports;
mod feed;
#[cfg(feature = "fetch")]
mod fetch;
mod foreign;
mod html;
mod inbox;
mod page_facts;
mod saved;
mod second;
mod sites;
mod texts;

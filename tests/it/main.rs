//! One integration test binary: what a user of the program sees.

mod accuracy;
mod again;
mod begin;
mod blogs;
mod browser;
mod build;
mod check;
mod companies;
#[cfg(unix)]
mod crash;
mod desk;
mod digest;
mod docs;
mod exports;
mod facts;
mod feed;
#[cfg(feature = "fetch")]
mod fetch;
mod foreign;
mod formulas;
mod fuzz;
mod golden;
mod growing;
mod guard;
#[cfg(unix)]
mod hostile;
mod hosting;
mod html;
mod import;
mod inbox;
mod kept;
mod languages;
mod laws;
mod layers;
mod look;
mod machines;
mod markdown;
mod mistakes;
mod packages;
mod pages;
mod pictures;
mod reading;
mod relations;
mod scheduled;
mod scripts;
mod search;
mod second;
mod serve;
mod site;
mod stories;
mod templates;
mod watch;
mod wording;
mod words;

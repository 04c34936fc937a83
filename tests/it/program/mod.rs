//! The program itself: from an empty folder to a site, its documents and its packages.

mod begin;
mod build;
mod check;
mod docs;
mod packages;

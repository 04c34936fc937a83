//! One integration test binary: what a user of the program sees.

mod build;
mod guard;
mod laws;
mod layers;
mod site;

//! What is read from a text: structure, names and relations, with floors of accuracy.

mod accuracy;
mod companies;
mod languages;
mod reading;
mod relations;

//! What an editor writes, and what the site makes of it.

mod facts;
mod formulas;
mod markdown;
mod mistakes;
mod pictures;
mod scheduled;
mod stories;

//! One integration test binary: what a user of the program sees. A folder for each wing of the house.

mod content;
mod import;
mod laws;
mod preview;
mod program;
mod render;
mod support;
mod understand;

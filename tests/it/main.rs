//! What a user of the program sees, but for what takes a browser (`tests/browser`). A folder for each wing of the
//! house.

mod content;
mod import;
mod laws;
mod preview;
mod program;
mod render;
mod support;
mod understand;

//! What a reader sees in a real browser: slow tests, in a binary of their own (`cargo test --test browser`).

mod laws;
mod preview;
mod render;
mod support;

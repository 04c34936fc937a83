//! `serve`: the preview while somebody edits, and the desk.

mod desk;
mod serve;
mod watch;

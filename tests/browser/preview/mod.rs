//! What `serve` shows of the desk.

mod desk;

//! The law of ARCHITECTURE.md that a browser has to judge.

mod scripts;

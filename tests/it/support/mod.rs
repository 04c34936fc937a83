//! What all tests use: a site in a temporary folder, a browser, a digest of any size.

pub mod digest;
pub mod site;

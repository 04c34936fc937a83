//! What these tests use of `tests/support`, which they share with those in `tests/it`.

#[path = "../support/browser.rs"]
pub mod browser;
#[path = "../support/desk.rs"]
pub mod desk;
#[path = "../support/digest.rs"]
pub mod digest;
#[path = "../support/growing.rs"]
pub mod growing;
#[path = "../support/infected.rs"]
pub mod infected;
#[path = "../support/nginx.rs"]
pub mod nginx;
#[path = "../support/site.rs"]
pub mod site;

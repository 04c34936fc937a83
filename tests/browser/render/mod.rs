//! What readers get: pages, lists, search, and the site on a web server.

mod growing;
mod hosting;
mod pages;
mod search;

//! Readings for people's eyes: a page for the terminal and a page of HTML. Pure functions to a `String`. Must
//! not know of files, terminals or servers; must not decide anything about a reading, only show it.

mod facts;
mod html;
mod html_list;
mod segments;
mod terminal;
mod who;
mod wrap;

pub use html::{HtmlOptions, HtmlPage, html};
pub use terminal::{TerminalOptions, terminal};
pub use who::who;

#[cfg(test)]
mod tests;

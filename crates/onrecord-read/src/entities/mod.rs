//! Who is who: the names, nominals and pronouns of a document as parties, and what kind of party each source is.
//! Must not know how attributions were found.
//!
//! The stages in order: [`borders`] (of names) → [`votes`] (names settled over the document) → [`items`] (what is
//! mentioned, with what the network sees in it) → [`join`] (names of one party) → [`link`] (nominals and pronouns, in the order of the text) → [`kind`] → [`resolve`] (entities as they go out).

mod borders;
mod features;
pub(crate) mod items;
mod join;
pub(crate) mod kind;
pub(crate) mod known;
mod link;
pub(crate) mod names;
pub(crate) mod phrase;
pub(crate) mod resolve;
mod votes;

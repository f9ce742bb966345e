//! The suite `entities`: names of people, organisations and places, held against Universal NER. Must not know of
//! the other suites.

mod gold;
mod score;

pub use gold::{NameKind, NamedText, Names};
pub use score::entities;

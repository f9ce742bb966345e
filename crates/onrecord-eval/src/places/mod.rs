//! The suite `places`: names of places led to coordinates, held against GeoVirus or the Local-Global Lexicon. Must not
//! know of the other suites.

mod gold;
mod score;
mod system;

pub use gold::{Mapped, MappedTexts};
pub use score::places;
pub use system::{Located, PlacesSystem};

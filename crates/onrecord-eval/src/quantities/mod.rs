//! The suite `quantities`: numbers with what is counted or measured, held against sentences annotated by hand. Must
//! not know of the other suites, nor how quantities are found.

mod gold;
mod score;

pub use gold::{Amounts, Found, QuantityGold, QuantitySentence};
pub use score::quantities;

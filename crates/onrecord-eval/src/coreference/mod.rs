//! The suite `coreference`: mentions put into chains, held against GUM. Must not know of the other suites.

mod gold;
mod score;

pub use gold::{Chained, ChainedText, GoldMention};
pub use score::coreference;

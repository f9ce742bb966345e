//! The suite `times`: time expressions and their values, held against TimeBank. Must not know of the other suites.

mod gold;
mod score;

pub use gold::{TimeBank, TimeTag, TimeText};
pub use score::{TimeSystem, times};

//! The suite `attribution`: sources, cues and contents in PolNeAR's layout. Must not know of the other suites.

pub(crate) mod agreement;
pub mod polnear;
pub(crate) mod quotes;
pub(crate) mod report;
pub(crate) mod score;

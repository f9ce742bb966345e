//! How well a reading was done: attributions held against annotated news, each figure with its interval.
//!
//! Anyone's copy of a public set goes in as a folder; systems (onrecord's own reader, rivals, a second
//! annotator) go in as [`System`]s and come out in one [`Report`], as text or JSON, the same each time.
//! Must not know how a reading is made, of the command line, a clock or the network.

mod agreement;
mod bootstrap;
mod error;
pub mod polnear;
mod quotes;
mod report;
mod score;
mod system;
mod triple;
mod wire;
mod words;

pub use agreement::agreement;
pub use bootstrap::{Figure, LEVEL, RESAMPLES, SEED};
pub use error::Error;
pub use polnear::{Annotation, Article, Gold};
pub use quotes::{Manner, quoted};
pub use report::{HEADLINE, Report, attribution};
pub use score::{MEASURES, Row, Scores, Table, View, score};
pub use system::System;
pub use triple::{Chars, Triple};

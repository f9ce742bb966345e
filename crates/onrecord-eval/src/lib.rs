//! How well a reading was done: what was read held against annotated text, each figure with its interval.
//!
//! Eight suites: who said what ([`mod@attribution`]), names ([`entities`]), chains ([`coreference`]), kinds of
//! source and whom sources point to ([`sources`]), other names of one party ([`aliases`]), times ([`mod@times`]),
//! numbers ([`mod@quantities`]), places ([`mod@places`]). Anyone's copy of a
//! public set goes in as a folder; systems (onrecord's own reader, rivals, a second annotator) go in as
//! [`System`]s and come out in one report, as text or JSON, the same each time.
//! Must not know how a reading is made, of the command line, a clock or the network.

pub mod aliases;
pub mod attribution;
mod bootstrap;
mod chains;
pub mod coreference;
pub mod entities;
mod error;
mod jsonl;
mod pairs;
mod part;
pub mod places;
pub mod quantities;
mod report;
mod said;
pub mod sources;
mod system;
pub mod times;
mod triple;
mod wire;
mod words;

pub use attribution::agreement::agreement;
pub use attribution::polnear::{Annotation, Article, Gold};
pub use attribution::quotes::{Manner, quoted};
pub use attribution::report::{HEADLINE, Report, attribution};
pub use attribution::score::{MEASURES, Row, Scores, Table, View, score};
pub use bootstrap::{Figure, LEVEL, RESAMPLES, SEED};
pub use error::Error;
pub use part::Part;
pub use report::{Confusion, Held, Line, Lines, Measured};
pub use said::{Entity, Mention, Said, SaidAttribution};
pub use system::{System, Text};
pub use triple::{Chars, Triple};

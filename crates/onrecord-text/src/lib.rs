//! The text of a news item and everything said about spans of it: inert data and offsets.
//!
//! Must not know of files, encodings, the network that reads, the wire format or a clock. Every offset here is
//! a half-open span of UTF-8 bytes on character boundaries of [`Document::text`]; [`Document::chars`] turns one
//! into code points.

mod assertion;
mod document;
mod named;
mod reading;
mod span;

pub use assertion::{
    Assertion, Event, Modality, Place, PlacePrecision, Polarity, Quantity, Time, TimeKind, TimePrecision,
};
pub use document::{Document, Meta, Note, Passage, Role};
pub use reading::{
    Attribution, AttributionIx, Certainty, Entity, EntityIx, EntityKind, EntityLinks, Form, Link, Mention,
    MentionIx, Mode, ReaderVersion, Reading, Source, SourceKind, Stance, Why,
};
pub use span::{CharIndex, Span};

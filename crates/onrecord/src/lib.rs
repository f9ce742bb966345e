//! onrecord: who said what in a news text, on whose word.
//!
//! The front door. [`documents`] makes [`Document`]s of bytes; [`reader`] gives a [`Reader`], which turns a
//! [`Document`] into a [`Reading`]; [`wire`] writes
//! readings for other programs (wire format `reading/1`) and reads them back; [`view`] shows them to people, on
//! a terminal or as an HTML page; [`eval`] holds readings against annotated news. One opaque [`Error`] with a [kind](Error::kind) that has an exit code and an
//! HTTP status. Nothing here prints, looks at the clock or goes to the network.
//!
//! ```
//! # fn main() -> Result<(), onrecord::Error> {
//! use onrecord::{ReaderOptions, Wire, documents};
//!
//! let bytes = &b"The pier will close on Monday, harbour master Ada Quill said."[..];
//! # if false {
//! let reader = onrecord::reader(ReaderOptions::default())?;
//! for item in documents(bytes, "pier.txt", None) {
//!     let (document, notes) = item?;
//!     let reading = reader.read(&document);
//!     let line = Wire::from(&document, &reading, &notes).line();
//! }
//! # }
//! # Ok(()) }
//! ```

mod entities;
mod error;
pub mod eval;
mod intake;
mod model;
pub mod view;
pub mod wire;

pub use entities::known_entities;
pub use error::{EXIT_ERROR, EXIT_FOUND, EXIT_NOTHING, EXIT_STOPPED, Error, ErrorKind};
pub use intake::{Format, documents};
pub use model::{papers, reader, weights_len};
pub use onrecord_read::{KnownEntity, Model, ModelError, Reader, ReaderOptions};
pub use onrecord_text::{
    Attribution, AttributionIx, Certainty, Document, Entity, EntityIx, EntityKind, Form, Link, Mention,
    MentionIx, Meta, Mode, Note, Passage, ReaderVersion, Reading, Role, Source, SourceKind, Span, Stance,
    Why,
};
pub use wire::Wire;

#[cfg(test)]
mod sample;

//! Reads who said what in a document: sentences, encoder, attributions, sources. `Document` in, `Reading` out.
//!
//! Must not know of files, formats, the wire, the ledger, a clock or a terminal. Reading cannot fail and never
//! panics; the same document gives the same reading, whatever the thread count, its neighbours and the machine.

mod attribution;
mod encoder;
mod entities;
mod lexicon;
mod place;
mod quantity;
mod quotations;
mod reader;
mod segment;
mod time;

pub use encoder::weights::{Model, ModelError};
pub use entities::known::KnownEntity;
pub use onrecord_nn::Path;
pub use place::{PlaceName, further as further_places, names_country, places};
pub use quantity::quantities;
pub use reader::{Reader, ReaderOptions};
pub use time::{Date, document_times, times};

#[doc(hidden)]
pub mod inspect;

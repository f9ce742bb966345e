//! The encoder: from a document's passages to found attributions, as spans of the text. Must not know what
//! attributions become.
//!
//! In order: [`wordpiece`] → [`windows`] → [`network`] → [`decode`].

pub(crate) mod decode;
pub(crate) mod network;
pub(crate) mod weights;
pub(crate) mod windows;
pub(crate) mod wordpiece;

use onrecord_text::Span;
use windows::Window;

/// An attribution as the network sees it.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Found {
    /// The words that attribute.
    pub cue: Span,
    /// The network takes it to lie within another one's content.
    pub nested: bool,
    /// Who.
    pub source: Option<Span>,
    /// What, in order.
    pub content: Vec<Span>,
    /// The probability of the cue, from 0 to 1.
    pub score: f32,
}

/// The seam before the network: unit tests put a fake behind it.
pub(crate) trait Encode: Send + Sync {
    /// What the windows of one document hold, in order of the cues.
    fn find(&self, windows: &[Window]) -> Vec<Found>;
}

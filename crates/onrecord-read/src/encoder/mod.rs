//! The encoder: from a document's passages to found attributions, names and mentions, as spans of the text. Must not
//! know what they become.
//!
//! In order: [`wordpiece`] → [`windows`] → [`network`] → [`decode`].

pub(crate) mod antecedents;
pub(crate) mod decode;
pub(crate) mod network;
pub(crate) mod weights;
pub(crate) mod windows;
pub(crate) mod wordpiece;

use antecedents::Sketch;
use onrecord_text::{Form, Span};
use windows::Window;

/// How likely a source is of each kind, from 0 to 1, in the order of `SourceKind::ALL`.
pub(crate) type Kinds = [f32; 8];

/// An attribution as the network sees it.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Found {
    /// The words that attribute.
    pub cue: Span,
    /// The network takes it to lie within another one's content.
    pub nested: bool,
    /// Who.
    pub source: Option<Span>,
    /// Of the source; of the cue alone where there is none.
    pub kinds: Kinds,
    /// What, in order.
    pub content: Vec<Span>,
    /// The probability of the cue, from 0 to 1.
    pub score: f32,
}

/// A name, titles and article left out.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Named {
    pub span: Span,
    /// How likely it is a person's, an organisation's, a place's: from 0 to 1.
    pub kinds: [f32; 3],
}

/// A mention cut to its base: what stands before its head, and the head ("the Russian ambassador" of "the Russian
/// ambassador to the DPRK").
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Heard {
    pub base: Span,
    pub kind: Noun,
    pub form: Form,
    /// It begins within quotation marks.
    pub quoted: bool,
    pub sketch: Sketch,
}

/// What a name or a mention stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Noun {
    Person,
    Organisation,
    Place,
    Thing,
}

impl Noun {
    /// In the order of the heads' columns.
    pub(crate) const ALL: [Self; 4] = [Self::Person, Self::Organisation, Self::Place, Self::Thing];
}

/// All that the network sees in the windows of one document, each in the order of the text.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Seen {
    pub attributions: Vec<Found>,
    pub names: Vec<Named>,
    pub mentions: Vec<Heard>,
}

/// The seam before the network: unit tests put a fake behind it.
pub(crate) trait Encode: Send + Sync {
    /// What the windows of one document hold.
    fn see(&self, windows: &[Window]) -> Seen;

    /// The least chance that a name must have, on average over its occurrences in a document.
    fn name_least(&self) -> f32;

    /// The score of `earlier` as the antecedent of `later`: [`antecedents::Antecedents::score`].
    fn antecedent(&self, later: &Sketch, earlier: &Sketch, rows: [usize; 8]) -> f32;
}

//! A look into the network for the reference test and the benchmarks: word-pieces, hidden states, scores. Not part
//! of the promised interface; must not be used by the product.

use crate::encoder::Encode;
use crate::encoder::network::Network;
use crate::encoder::windows::{Window, windows};
use crate::encoder::wordpiece::WordPiece;
use crate::{Model, ModelError, quotations, segment};
use onrecord_nn::{Engine, Path, Scratch};
use onrecord_text::Document;
use std::cell::RefCell;

/// The encoder alone.
pub struct Encoder {
    words: WordPiece,
    network: Network,
    window: usize,
    scratch: RefCell<Scratch>,
}

/// One window's numbers.
pub struct Numbers {
    /// Word-piece ids.
    pub ids: Vec<u32>,
    /// Case class of each piece.
    pub case: Vec<u8>,
    /// Quotation state of each piece.
    pub quote: Vec<u8>,
    /// Bytes of each piece.
    pub at: Vec<std::ops::Range<usize>>,
    /// The cue scores, five a piece.
    pub cue: Vec<f32>,
    /// The emissions of a cue at the first two pieces of the first block.
    pub link: Vec<f32>,
}

impl Encoder {
    /// The encoder of a model.
    ///
    /// # Errors
    ///
    /// As [`crate::Reader::new`].
    pub fn new(model: &Model<'_>, path: Option<Path>) -> Result<Self, ModelError> {
        let engine = match path {
            Some(p) => Engine::with(p)?,
            None => Engine::best(),
        };
        Ok(Self {
            words: WordPiece::new(model.vocabulary),
            network: Network::new(model, engine)?,
            window: model.papers.network.window,
            scratch: RefCell::default(),
        })
    }

    fn windows(&self, document: &Document) -> Vec<Window> {
        windows(&self.words, document.text(), document.passages().iter().map(|p| p.span.range()), self.window)
    }

    /// Tokenises alone: the number of word-pieces.
    pub fn tokenise(&self, document: &Document) -> usize {
        self.windows(document).iter().map(|w| w.ids.len()).sum()
    }

    /// Tokenises and encodes, no heads: the number of word-pieces.
    pub fn encode(&self, document: &Document) -> usize {
        let w = self.windows(document);
        let rows = self.network.encode(&w, &mut self.scratch.borrow_mut());
        rows.map_or(0, |x| x.len()) / self.network.width()
    }

    /// Tokenises, encodes and runs the heads: the number of cues.
    pub fn find(&self, document: &Document) -> usize {
        self.network.find(&self.windows(document)).len()
    }

    /// Sentences and quotations, by rules: how many there are.
    pub fn sentences(&self, document: &Document) -> usize {
        let (text, passages) = (document.text(), document.passages());
        segment::sentences(text, passages).len() + quotations::quotations(text, passages).len()
    }

    /// The numbers of each window, each run alone.
    pub fn numbers(&self, document: &Document) -> Vec<Numbers> {
        let mut scratch = Scratch::new();
        self.windows(document)
            .into_iter()
            .map(|w| {
                let x = self.network.encode(std::slice::from_ref(&w), &mut scratch).unwrap_or_default();
                let cue = self.network.cue_scores(&x).unwrap_or_default();
                let block = w.blocks.first().cloned().unwrap_or(0..0);
                let job = [(block.clone(), block.start..(block.start + 2).min(block.end))];
                let link = self.network.link_scores(&x, &job, &mut scratch).unwrap_or_default();
                Numbers { ids: w.ids, case: w.case, quote: w.quote, at: w.at, cue, link }
            })
            .collect()
    }
}

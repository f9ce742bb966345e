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
    /// How likely the kinds of that cue's source, were the cue's words the source's.
    pub kind: Vec<f32>,
    /// The name scores, seven a piece.
    pub name: Vec<f32>,
    /// The mention scores, ten a piece.
    pub mention: Vec<f32>,
    /// Of mentions at pieces 1 to 2 and 4 to 5: the score of the first as the second's antecedent, every feature of the
    /// pair its first; the score of the second having none.
    pub pair: Vec<f32>,
}

impl Numbers {
    /// Every head's numbers, by name.
    pub fn heads(&self) -> [(&'static str, &[f32]); 6] {
        [
            ("cue", &self.cue),
            ("link", &self.link),
            ("kind", &self.kind),
            ("name", &self.name),
            ("mention", &self.mention),
            ("pair", &self.pair),
        ]
    }
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
        self.network.see(&self.windows(document)).attributions.len()
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
            .map(|w| -> Result<Numbers, onrecord_nn::Error> {
                let x = self.network.encode(std::slice::from_ref(&w), &mut scratch)?;
                let cue = self.network.cue_scores(&x)?;
                let block = w.blocks.first().cloned().unwrap_or(0..0);
                let words = block.start..(block.start + 2).min(block.end);
                let (z, link) =
                    self.network.link_scores(&x, &[(block.clone(), words.clone())], &mut scratch)?;
                let (h, l) = (self.network.width(), z.len() / block.len().max(1));
                let kind = self
                    .network
                    .source_kinds(&z[..words.len() * l], &x[words.start * h..words.end * h])?
                    .to_vec();
                let (name, mention) = self.network.noun_scores(&x)?;
                let pair = if w.ids.len() > 5 {
                    let sketches = self.network.sketches(&x, &[(1, 2), (4, 5)])?;
                    vec![self.network.antecedent(&sketches[1], &sketches[0], [0; 8]), sketches[1].fresh]
                } else {
                    Vec::new()
                };
                let (ids, case, quote, at) = (w.ids, w.case, w.quote, w.at);
                Ok(Numbers { ids, case, quote, at, cue, link, kind, name, mention, pair })
            })
            .collect::<Result<_, _>>()
            .unwrap_or_default()
    }
}

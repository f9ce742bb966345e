//! Working memory of one thread.

use crate::attention::Work;
use crate::buffer::Buffer;

/// A stage of the work, named when it ends: see [`Scratch::observe`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// Quantising rows that did not come from a layer norm.
    Quantise,
    /// Queries, keys and values.
    Qkv,
    /// Scores, softmax and the sum of values.
    Attention,
    /// Attention's output product.
    Out,
    /// Residual, layer norm and quantising of its result.
    Norm,
    /// First feed-forward product, with GELU.
    Ffn1,
    /// Second feed-forward product.
    Ffn2,
}

/// Working memory of one thread: grows to what the largest call needs, and is reused.
///
/// It carries nothing from one call to the next.
#[derive(Clone, Default)]
pub struct Scratch {
    /// Quantised rows of the chunk: what `qkv` and `ffn1` take.
    pub(crate) xq: Buffer<u32>,
    pub(crate) xs: Buffer<f32>,
    /// Quantised rows of a block: what `out`, `ffn2` and single products take.
    pub(crate) bq: Buffer<u32>,
    pub(crate) bs: Buffer<f32>,
    /// Queries, keys, values of two heads: rows of 64.
    pub(crate) q: Buffer<f32>,
    pub(crate) k: Buffer<f32>,
    pub(crate) v: Buffer<f32>,
    /// Attention's result for the chunk.
    pub(crate) heads: Buffer<f32>,
    /// For one head of one sequence.
    pub(crate) attention: Work,
    /// A block between the feed-forward products; greatest magnitudes by lane.
    pub(crate) mid: Buffer<f32>,
    pub(crate) tops: Buffer<f32>,
    /// A block of products before the residual.
    pub(crate) block: Buffer<f32>,
    pub(crate) observer: Observer,
}

/// Who is told when a stage ends.
#[derive(Clone, Copy, Default)]
pub(crate) struct Observer(Option<fn(Stage)>);

impl Observer {
    /// Tells.
    #[inline(always)]
    pub fn done(self, stage: Stage) {
        if let Some(f) = self.0 {
            f(stage);
        }
    }
}

impl Scratch {
    /// Empty working memory.
    #[must_use]
    pub fn new() -> Scratch {
        Scratch::default()
    }

    /// Calls `f` at the end of each stage, so that a benchmark can read its clock.
    pub fn observe(&mut self, f: Option<fn(Stage)>) {
        self.observer = Observer(f);
    }
}

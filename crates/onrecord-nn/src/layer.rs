//! Transformer layers over a ragged batch.

use std::ops::Range;

use crate::attention::Attend;
use crate::error::length;
use crate::gemm::{After, Gemm};
use crate::rows::{AddNorm, Norm, Quantise, Quantised};
use crate::{Engine, Error, HEAD, Linear, Scratch, Stage};

/// Rows worked on together: whole sequences up to this many (a longer one stands alone).
const CHUNK: usize = 252;
/// Rows that go through output product and feed-forward together: few, so that what lies
/// between the products (6 kB a row) stays in the second-level cache; whole register tiles.
const BLOCK: usize = 24;
/// Two heads: the columns of `qkv` made at a time.
const PAIR: usize = 2 * HEAD;

/// What a layer is made of, `h` wide with `f` in between.
#[derive(Clone)]
pub struct LayerParts {
    /// Queries, keys, values: `h` to `3 h`, without the factor `1 / sqrt(32)`.
    pub qkv: Linear,
    /// Attention's output: `h` to `h`.
    pub out: Linear,
    /// After attention.
    pub ln1: Norm,
    /// `h` to `f`, before GELU.
    pub ffn1: Linear,
    /// `f` to `h`.
    pub ffn2: Linear,
    /// After feed-forward.
    pub ln2: Norm,
}

/// One post-layer-norm transformer layer.
#[derive(Clone)]
pub struct Layer {
    parts: LayerParts,
    engine: Engine,
    h: usize,
    f: usize,
}

impl Layer {
    /// Checks that the parts fit, and folds the softmax's factors into the queries.
    ///
    /// # Errors
    ///
    /// Widths do not fit, are no multiple of 64, or paths differ.
    pub fn new(mut parts: LayerParts) -> Result<Layer, Error> {
        let (h, f) = (parts.out.n, parts.ffn1.n);
        if !h.is_multiple_of(64) || !f.is_multiple_of(64) {
            return Err(Error::Dimension("a layer's widths must be multiples of 64"));
        }
        length("inputs of qkv", h, parts.qkv.k)?;
        length("outputs of qkv", 3 * h, parts.qkv.n)?;
        length("inputs of out", h, parts.out.k)?;
        length("inputs of ffn1", h, parts.ffn1.k)?;
        length("inputs of ffn2", f, parts.ffn2.k)?;
        length("outputs of ffn2", h, parts.ffn2.n)?;
        length("width of ln1", h, parts.ln1.width())?;
        length("width of ln2", h, parts.ln2.width())?;
        let engine = parts.out.engine;
        if [&parts.qkv, &parts.ffn1, &parts.ffn2].iter().any(|l| l.engine != engine) {
            return Err(Error::MixedPaths);
        }
        // Scores are divided by sqrt(32), and softmax is taken in powers of 2.
        let factor = (std::f64::consts::LOG2_E / (HEAD as f64).sqrt()) as f32;
        for x in parts.qkv.scale[..h].iter_mut().chain(&mut parts.qkv.bias[..h]) {
            *x *= factor;
        }
        Ok(Layer { parts, engine, h, f })
    }

    /// Queries, keys, values and attention of all heads: `xq` to `heads`.
    fn attend(&self, lens: &[usize], rows: usize, scratch: &mut Scratch) {
        let h = self.h;
        let Scratch { xq, xs, q, k, v, heads, attention: work, observer, .. } = scratch;
        for at in (0..h).step_by(PAIR) {
            for (part, to) in [&mut *q, &mut *k, &mut *v].into_iter().enumerate() {
                self.engine.run(Gemm {
                    a: xq,
                    scale: xs,
                    rows: 0..rows,
                    linear: &self.parts.qkv,
                    columns: part * h + at..part * h + at + PAIR,
                    out: to,
                    stride: PAIR,
                    after: After::Store,
                });
            }
            observer.done(Stage::Qkv);
            self.engine.run(Attend { q, k, v, lens, rows, work, out: &mut heads[at..], stride: h });
            observer.done(Stage::Attention);
        }
    }

    /// Output product, feed-forward and layer norms of a block of the chunk's rows:
    /// `heads` to `x`, and to `xq` unless this is the last layer.
    fn rest(&self, x: &mut [f32], rows: Range<usize>, last: bool, scratch: &mut Scratch) {
        let (h, f, m) = (self.h, self.f, rows.len());
        let parts = &self.parts;
        let Scratch { xq, xs, bq, bs, heads, mid, tops, block, observer, .. } = scratch;
        let x = &mut x[rows.start * h..rows.end * h];
        let words = parts.qkv.words;

        self.engine.run(Quantise {
            x: &heads[rows.start * h..rows.end * h],
            k: h,
            tops: None,
            to: Quantised { words, q: &mut bq[..m * words], scale: &mut bs[..m] },
        });
        observer.done(Stage::Quantise);
        product(m, &parts.out, bq, bs, block, h, After::Store);
        observer.done(Stage::Out);
        let xq = &mut xq[rows.start * words..rows.end * words];
        let xs = &mut xs[rows];
        let to = Quantised { words, q: &mut *xq, scale: &mut *xs };
        self.engine.run(AddNorm { x: &mut *x, add: Some(block), norm: &parts.ln1, to: Some(to) });
        observer.done(Stage::Norm);
        tops[..m * 16].fill(0.0);
        product(m, &parts.ffn1, xq, xs, mid, f, After::Gelu(tops));
        observer.done(Stage::Ffn1);
        let inner = parts.ffn2.words;
        self.engine.run(Quantise {
            x: &mid[..m * f],
            k: f,
            tops: Some(tops),
            to: Quantised { words: inner, q: &mut bq[..m * inner], scale: &mut bs[..m] },
        });
        observer.done(Stage::Quantise);
        product(m, &parts.ffn2, bq, bs, block, h, After::Store);
        observer.done(Stage::Ffn2);
        let to = (!last).then_some(Quantised { words, q: xq, scale: xs });
        self.engine.run(AddNorm { x, add: Some(block), norm: &parts.ln2, to });
        observer.done(Stage::Norm);
    }
}

/// The product of a block's `m` rows, all columns.
fn product(m: usize, linear: &Linear, a: &[u32], scale: &[f32], out: &mut [f32], n: usize, after: After) {
    let (rows, columns) = (0..m, 0..n);
    linear.engine.run(Gemm { a, scale, rows, linear, columns, out, stride: n, after });
}

/// Layers one after another.
#[derive(Clone)]
pub struct Stack {
    layers: Vec<Layer>,
    engine: Engine,
    h: usize,
}

impl Stack {
    /// Checks that the layers fit.
    ///
    /// # Errors
    ///
    /// There is no layer, widths differ, or paths differ.
    pub fn new(layers: Vec<Layer>) -> Result<Stack, Error> {
        let Some(first) = layers.first() else {
            return Err(Error::Dimension("a stack must have a layer"));
        };
        let (engine, h) = (first.engine, first.h);
        for layer in &layers {
            length("width of a layer", h, layer.h)?;
            if layer.engine != engine {
                return Err(Error::MixedPaths);
            }
        }
        Ok(Stack { layers, engine, h })
    }

    /// Numbers in a row.
    #[must_use]
    pub fn width(&self) -> usize {
        self.h
    }

    /// Runs all layers in place over rows of sequences that lie one after another.
    ///
    /// `lens` are the sequences' lengths in rows; zeros are allowed. What a sequence
    /// becomes does not depend on the others. Work goes a chunk of whole sequences at
    /// a time, so that it stays in the cache: one call may hold any number of them.
    ///
    /// # Errors
    ///
    /// `x` has not as many rows as `lens` says.
    pub fn forward(&self, x: &mut [f32], lens: &[usize], scratch: &mut Scratch) -> Result<(), Error> {
        let rows = lens.iter().try_fold(0usize, |sum, &n| sum.checked_add(n));
        let want = rows.and_then(|rows| rows.checked_mul(self.h)).unwrap_or(usize::MAX);
        length("rows of the sequences", want, x.len())?;
        let (mut x, mut lens) = (x, lens);
        while !lens.is_empty() {
            let (count, rows) = chunk(lens);
            let (now, later) = x.split_at_mut(rows * self.h);
            self.chunk(now, &lens[..count], rows, scratch);
            (x, lens) = (later, &lens[count..]);
        }
        Ok(())
    }

    /// All layers over one chunk.
    fn chunk(&self, x: &mut [f32], lens: &[usize], rows: usize, scratch: &mut Scratch) {
        if rows == 0 {
            return;
        }
        let h = self.h;
        let longest = lens.iter().copied().max().unwrap_or(0);
        let words = self.layers[0].parts.qkv.words;
        let f = self.layers.iter().map(|l| l.f).max().unwrap_or(0);
        let inner = self.layers.iter().map(|l| l.parts.ffn2.words).max().unwrap_or(0);
        let block = rows.min(BLOCK);
        scratch.xq.grow(rows * words);
        scratch.xs.grow(rows);
        scratch.bq.grow(block * inner.max(words));
        scratch.bs.grow(block);
        for rows_of_pair in [&mut scratch.q, &mut scratch.k, &mut scratch.v] {
            rows_of_pair.grow(rows * PAIR);
        }
        scratch.heads.grow(rows * h);
        scratch.attention.grow(longest);
        scratch.mid.grow(block * f);
        scratch.tops.grow(block * 16);
        scratch.block.grow(block * h);

        self.engine.run(Quantise {
            x,
            k: h,
            tops: None,
            to: Quantised { words, q: &mut scratch.xq[..rows * words], scale: &mut scratch.xs[..rows] },
        });
        scratch.observer.done(Stage::Quantise);
        for (i, layer) in self.layers.iter().enumerate() {
            layer.attend(lens, rows, scratch);
            for start in (0..rows).step_by(BLOCK) {
                let end = rows.min(start + BLOCK);
                layer.rest(x, start..end, i + 1 == self.layers.len(), scratch);
            }
        }
    }
}

/// How many sequences to take next, and their rows: at least one, else up to `CHUNK` rows.
fn chunk(lens: &[usize]) -> (usize, usize) {
    let mut rows = 0;
    for (i, &n) in lens.iter().enumerate() {
        if i > 0 && rows + n > CHUNK {
            return (i, rows);
        }
        rows += n;
    }
    (lens.len(), rows)
}

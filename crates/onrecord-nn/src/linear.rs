//! A linear layer with int8 weights, packed for the path in use.

use crate::buffer::Buffer;
use crate::error::length;
use crate::gemm::{After, Gemm};
use crate::rows::{Quantise, Quantised};
use crate::simd::{Kernel, Simd};
use crate::{Engine, Error, Scratch};

/// The longest row: sums of `255 * 127 * K` stay below 2³¹.
const LONGEST: usize = 1 << 16;

/// `y = W x + b` with int8 `W`, a scale for each output and an `f32` bias.
#[derive(Clone)]
pub struct Linear {
    pub(crate) engine: Engine,
    pub(crate) n: usize,
    pub(crate) k: usize,
    /// Packed words in a row of activations.
    pub(crate) words: usize,
    /// Outputs in a panel of the packed weights.
    pub(crate) panel: usize,
    /// `[n / panel][words][panel]`, a word holding [`Simd::STEP`] weights along `k`.
    pub(crate) weights: Buffer<u32>,
    /// What sums start from: takes back the activations' offset.
    pub(crate) start: Buffer<u32>,
    pub(crate) scale: Buffer<f32>,
    pub(crate) bias: Buffer<f32>,
}

/// The shape of a path's packed form.
struct Form;
impl Kernel for Form {
    type Out = (usize, usize, i32);
    #[inline(always)]
    fn run<S: Simd>(self, _: S) -> Self::Out {
        (S::STEP, S::NV * 16, S::OFFSET)
    }
}

impl Linear {
    /// Packs row-major `weights` `[n][k]`, `scales` `[n]` and `bias` `[n]`.
    ///
    /// Output `i` is `scales[i] * (weights[i] · x) + bias[i]`. The weight −128 is refused:
    /// symmetric quantisation has no use for it.
    ///
    /// # Errors
    ///
    /// Lengths do not fit `n` and `k`, or one of them is 0 or too large.
    pub fn new(
        engine: Engine,
        n: usize,
        k: usize,
        weights: &[i8],
        scales: &[f32],
        bias: &[f32],
    ) -> Result<Linear, Error> {
        if n == 0 || k == 0 || n > LONGEST || k > LONGEST {
            return Err(Error::Dimension("a linear layer's sides must be within 1..=65536"));
        }
        length("weights of a linear layer", n * k, weights.len())?;
        length("scales of a linear layer", n, scales.len())?;
        length("bias of a linear layer", n, bias.len())?;
        if weights.contains(&i8::MIN) {
            return Err(Error::Dimension("int8 weights must be within -127..=127"));
        }
        let (step, panel, offset) = engine.run(Form);
        let words = k.next_multiple_of(16) / step;
        let wide = n.next_multiple_of(panel);
        let mut packed = Buffer::default();
        let mut start = Buffer::default();
        packed.grow(wide * words);
        start.grow(wide);
        for (i, row) in weights.chunks_exact(k).enumerate() {
            let sum: i32 = row.iter().map(|&w| i32::from(w)).sum();
            start[i] = (-offset * sum).cast_unsigned();
            let at = i / panel * panel * words + i % panel;
            for (j, group) in row.chunks(step).enumerate() {
                let mut word = 0;
                for (part, &w) in group.iter().enumerate() {
                    let bits = 32 / step;
                    let w = i32::from(w).cast_unsigned() & (u32::MAX >> (32 - bits));
                    word |= w << (part * bits);
                }
                packed[at + j * panel] = word;
            }
        }
        Ok(Linear {
            engine,
            n,
            k,
            words,
            panel,
            weights: packed,
            start,
            scale: Buffer::from_slice(&padded(scales, wide)),
            bias: Buffer::from_slice(&padded(bias, wide)),
        })
    }

    /// Quantises row-major `f32` weights, then packs them.
    ///
    /// # Errors
    ///
    /// As [`Linear::new`].
    pub fn from_f32(
        engine: Engine,
        n: usize,
        k: usize,
        weights: &[f32],
        bias: &[f32],
    ) -> Result<Linear, Error> {
        length("weights of a linear layer", n.saturating_mul(k), weights.len())?;
        let (q, scales) = quantise_weights(weights, k);
        Linear::new(engine, n, k, &q, &scales, bias)
    }

    /// Numbers out.
    #[must_use]
    pub fn outputs(&self) -> usize {
        self.n
    }

    /// Numbers in.
    #[must_use]
    pub fn inputs(&self) -> usize {
        self.k
    }

    /// Numbers out, rounded up to whole panels.
    pub(crate) fn wide(&self) -> usize {
        self.n.next_multiple_of(self.panel)
    }

    /// `out[r] = W x[r] + b` for every row.
    ///
    /// # Errors
    ///
    /// `x` is not whole rows, or `out` has not as many.
    pub fn forward(&self, x: &[f32], out: &mut [f32], scratch: &mut Scratch) -> Result<(), Error> {
        let m = x.len() / self.k;
        length("rows into a linear layer", m * self.k, x.len())?;
        length("rows out of a linear layer", m * self.n, out.len())?;
        // Blocks of rows keep the scratch small.
        for (x, out) in x.chunks(256 * self.k).zip(out.chunks_mut(256 * self.n)) {
            let m = x.len() / self.k;
            scratch.bq.grow(m * self.words);
            scratch.bs.grow(m);
            self.engine.run(Quantise {
                x,
                k: self.k,
                tops: None,
                to: Quantised {
                    words: self.words,
                    q: &mut scratch.bq[..m * self.words],
                    scale: &mut scratch.bs[..m],
                },
            });
            let wide = self.wide();
            let product = |out| {
                self.engine.run(Gemm {
                    a: &scratch.bq,
                    scale: &scratch.bs,
                    rows: 0..m,
                    linear: self,
                    columns: 0..wide,
                    out,
                    stride: wide,
                    after: After::Store,
                });
            };
            if wide == self.n {
                product(out);
            } else {
                product(scratch.block.grow(m * wide));
                for (out, c) in out.chunks_exact_mut(self.n).zip(scratch.block.chunks_exact(wide)) {
                    out.copy_from_slice(&c[..self.n]);
                }
            }
        }
        Ok(())
    }
}

/// `x`, then zeros up to `n`.
fn padded(x: &[f32], n: usize) -> Vec<f32> {
    let mut x = x.to_vec();
    x.resize(n, 0.0);
    x
}

/// Symmetric int8 weights and scales of row-major rows of `k`: nearest, ties to even.
///
/// A row of zeros gets the scale 0. A last row that is not whole is left out.
#[must_use]
pub fn quantise_weights(weights: &[f32], k: usize) -> (Vec<i8>, Vec<f32>) {
    let mut q = Vec::with_capacity(weights.len());
    let mut scales = Vec::new();
    if k == 0 {
        return (q, scales);
    }
    for row in weights.chunks_exact(k) {
        let top = row.iter().fold(0f32, |top, w| top.max(w.abs()));
        let inv = if top > 0.0 { 127.0 / top } else { 0.0 };
        q.extend(row.iter().map(|w| (w * inv).round_ties_even().clamp(-127.0, 127.0) as i8));
        scales.push(top / 127.0);
    }
    (q, scales)
}

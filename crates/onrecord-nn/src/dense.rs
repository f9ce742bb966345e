//! A linear layer in `f32`, for small heads.

use crate::buffer::Buffer;
use crate::error::length;
use crate::simd::{Kernel, Simd};
use crate::{Engine, Error};

/// Rows of a register tile.
const ROWS: usize = 6;

/// `y = W x + b` in `f32`: each output is a chain of fused multiply-adds from the bias on.
#[derive(Clone)]
pub struct Dense {
    engine: Engine,
    n: usize,
    k: usize,
    /// `[n / 16][k][16]`.
    weights: Buffer<f32>,
    bias: Buffer<f32>,
}

impl Dense {
    /// Packs row-major `weights` `[n][k]` and `bias` `[n]`.
    ///
    /// # Errors
    ///
    /// Lengths do not fit `n` and `k`, or one of them is 0.
    pub fn new(engine: Engine, n: usize, k: usize, weights: &[f32], bias: &[f32]) -> Result<Dense, Error> {
        if n == 0 || k == 0 {
            return Err(Error::Dimension("a dense layer's sides must not be zero"));
        }
        length("weights of a dense layer", n.saturating_mul(k), weights.len())?;
        length("bias of a dense layer", n, bias.len())?;
        let mut packed = Buffer::default();
        packed.grow(n.next_multiple_of(16) * k);
        for (i, row) in weights.chunks_exact(k).enumerate() {
            for (j, &w) in row.iter().enumerate() {
                packed[(i / 16 * k + j) * 16 + i % 16] = w;
            }
        }
        Ok(Dense { engine, n, k, weights: packed, bias: Buffer::from_slice(bias) })
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

    /// `out[r] = W x[r] + b` for every row.
    ///
    /// # Errors
    ///
    /// `x` is not whole rows, or `out` has not as many.
    pub fn forward(&self, x: &[f32], out: &mut [f32]) -> Result<(), Error> {
        let m = x.len() / self.k;
        length("rows into a dense layer", m * self.k, x.len())?;
        length("rows out of a dense layer", m * self.n, out.len())?;
        self.engine.run(Product { dense: self, x, out });
        Ok(())
    }
}

/// The product of whole rows.
struct Product<'a> {
    dense: &'a Dense,
    x: &'a [f32],
    out: &'a mut [f32],
}

impl Kernel for Product<'_> {
    type Out = ();
    #[inline(always)]
    fn run<S: Simd>(self, s: S) {
        let Dense { n, k, weights, bias, .. } = self.dense;
        let rows = self.x.chunks(ROWS * k).zip(self.out.chunks_mut(ROWS * n));
        for (x, out) in rows {
            let panels = weights.chunks_exact(k * 16).zip(bias.chunks_exact(16));
            for (i, (panel, bias)) in panels.enumerate() {
                let columns = i * 16..(*n).min(i * 16 + 16);
                let (bias, _) = bias.as_chunks::<16>();
                let start = s.load(&bias[0]);
                match x.len() / k {
                    1 => tile::<S, 1>(s, x, *k, panel, start, out, *n, columns),
                    2 => tile::<S, 2>(s, x, *k, panel, start, out, *n, columns),
                    3 => tile::<S, 3>(s, x, *k, panel, start, out, *n, columns),
                    4 => tile::<S, 4>(s, x, *k, panel, start, out, *n, columns),
                    5 => tile::<S, 5>(s, x, *k, panel, start, out, *n, columns),
                    _ => tile::<S, ROWS>(s, x, *k, panel, start, out, *n, columns),
                }
            }
        }
    }
}

/// `MR` rows, up to 16 outputs.
#[inline(always)]
#[expect(clippy::too_many_arguments, reason = "one call site, all in registers")]
fn tile<S: Simd, const MR: usize>(
    s: S,
    x: &[f32],
    k: usize,
    panel: &[f32],
    start: S::F,
    out: &mut [f32],
    n: usize,
    columns: std::ops::Range<usize>,
) {
    let mut acc = [start; MR];
    let rows: [&[f32]; MR] = std::array::from_fn(|r| &x[r * k..(r + 1) * k]);
    for (j, w) in panel.as_chunks::<16>().0.iter().enumerate().take(k) {
        let w = s.load(w);
        for (acc, row) in acc.iter_mut().zip(rows) {
            *acc = s.fma(s.splat(row[j]), w, *acc);
        }
    }
    for (r, acc) in acc.into_iter().enumerate() {
        let mut lanes = [0.0; 16];
        s.store(acc, &mut lanes);
        let to = &mut out[r * n..(r + 1) * n][columns.clone()];
        to.copy_from_slice(&lanes[..to.len()]);
    }
}

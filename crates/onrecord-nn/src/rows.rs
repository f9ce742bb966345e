//! Work on one row at a time: layer norm, quantising, and small helpers.

use crate::buffer::Buffer;
use crate::error::length;
use crate::math;
use crate::simd::{Kernel, Lanes, MAGIC, Simd};
use crate::{Engine, Error};

/// Rows whose sums are taken together, so that one does not wait for another.
const GROUP: usize = 4;

/// Where quantised rows go.
pub(crate) struct Quantised<'a> {
    /// Packed activations, `words` a row.
    pub words: usize,
    pub q: &'a mut [u32],
    /// One scale a row.
    pub scale: &'a mut [f32],
}

/// Quantises one row, whose greatest magnitude is known; missing columns are zero.
#[inline(always)]
fn put_row<S: Simd>(s: S, x: &[f32], top: f32, q: &mut [u32], scale: &mut f32) {
    let top = if top > 1e-20 { top } else { 1e-20 };
    *scale = top / 127.0;
    let inv = s.splat(127.0 / top);
    // Adding it rounds as adding `MAGIC` alone does.
    let magic = s.splat(MAGIC + S::OFFSET as f32);
    // Only a NaN (from infinity times zero) needs the bound.
    let least = s.splat(MAGIC + S::OFFSET as f32 - 127.0);
    let (full, rest) = x.as_chunks::<16>();
    let words = 16 / S::STEP;
    assert!(q.len() >= x.len().div_ceil(16) * words);
    let mut to = q.as_mut_ptr();
    for x in full {
        let y = s.max(s.fma(s.load(x), inv, magic), least);
        // SAFETY: asserted above: `words` for every 16 numbers begun.
        unsafe {
            s.put_quantised(y, to);
            to = to.add(words);
        }
    }
    if !rest.is_empty() {
        let mut last = [0.0; 16];
        last[..rest.len()].copy_from_slice(rest);
        let y = s.max(s.fma(s.load(&last), inv, magic), least);
        // SAFETY: as above.
        unsafe { s.put_quantised(y, to) }
    }
}

/// Quantises rows of `k`; `tops` holds greatest magnitudes by lane where they are known.
pub(crate) struct Quantise<'a> {
    pub x: &'a [f32],
    pub k: usize,
    pub tops: Option<&'a [f32]>,
    pub to: Quantised<'a>,
}

impl Kernel for Quantise<'_> {
    type Out = ();
    #[inline(always)]
    fn run<S: Simd>(self, s: S) {
        let rows = self.x.chunks(GROUP * self.k);
        let q = self.to.q.chunks_mut(GROUP * self.to.words);
        for (g, ((x, q), scale)) in rows.zip(q).zip(self.to.scale.chunks_mut(GROUP)).enumerate() {
            let mut top = [0.0; GROUP];
            for (r, (x, top)) in x.chunks_exact(self.k).zip(&mut top).enumerate() {
                *top = match self.tops {
                    Some(tops) => {
                        let (lanes, _) = tops[(g * GROUP + r) * 16..].as_chunks::<16>();
                        s.top(s.load(&lanes[0]))
                    }
                    None => greatest(s, x),
                };
            }
            let rows = x.chunks_exact(self.k).zip(q.chunks_exact_mut(self.to.words));
            for (((x, q), scale), top) in rows.zip(scale).zip(top) {
                put_row(s, x, top, q, scale);
            }
        }
    }
}

/// Greatest magnitude, NaN left out.
#[inline(always)]
fn greatest<S: Simd>(s: S, x: &[f32]) -> f32 {
    let mut top = [s.splat(0.0); 4];
    let (lines, rest) = x.as_chunks::<64>();
    for line in lines {
        let (parts, _) = line.as_chunks::<16>();
        for (top, x) in top.iter_mut().zip(parts) {
            *top = s.max(s.abs(s.load(x)), *top);
        }
    }
    let (parts, rest) = rest.as_chunks::<16>();
    for x in parts {
        top[0] = s.max(s.abs(s.load(x)), top[0]);
    }
    if !rest.is_empty() {
        let mut last = [0.0; 16];
        last[..rest.len()].copy_from_slice(rest);
        top[0] = s.max(s.abs(s.load(&last)), top[0]);
    }
    s.top(s.max(s.max(top[0], top[1]), s.max(top[2], top[3])))
}

/// The scale and shift of a layer norm.
#[derive(Clone)]
pub struct Norm {
    gamma: Buffer<f32>,
    beta: Buffer<f32>,
    width: usize,
    eps: f32,
}

impl Norm {
    /// Takes `gamma`, `beta` and the number added to the variance.
    ///
    /// # Errors
    ///
    /// Lengths differ, or are no multiple of 64.
    pub fn new(gamma: &[f32], beta: &[f32], eps: f32) -> Result<Norm, Error> {
        length("beta of a layer norm", gamma.len(), beta.len())?;
        if gamma.is_empty() || !gamma.len().is_multiple_of(64) {
            return Err(Error::Dimension("a layer norm's width must be a multiple of 64"));
        }
        Ok(Norm { gamma: Buffer::from_slice(gamma), beta: Buffer::from_slice(beta), width: gamma.len(), eps })
    }

    /// Numbers in a row.
    #[must_use]
    pub fn width(&self) -> usize {
        self.width
    }

    /// Normalises rows in place.
    ///
    /// # Errors
    ///
    /// `x` is not whole rows.
    pub fn forward(&self, engine: Engine, x: &mut [f32]) -> Result<(), Error> {
        length("rows to normalise", x.len() / self.width * self.width, x.len())?;
        engine.run(AddNorm { x, add: None, norm: self, to: None });
        Ok(())
    }
}

/// `x = norm(x + add)`, and quantised.
pub(crate) struct AddNorm<'a> {
    pub x: &'a mut [f32],
    pub add: Option<&'a [f32]>,
    pub norm: &'a Norm,
    pub to: Option<Quantised<'a>>,
}

impl Kernel for AddNorm<'_> {
    type Out = ();
    #[inline(always)]
    fn run<S: Simd>(self, s: S) {
        let Norm { gamma, beta, width, eps } = self.norm;
        let width = *width;
        let mut to = self.to;
        let per = 1.0 / width as f32;
        let (gamma, _) = gamma[..width].as_chunks::<64>();
        let (beta, _) = beta[..width].as_chunks::<64>();
        for (g, x) in self.x.chunks_mut(GROUP * width).enumerate() {
            let mut mean = [s.splat(0.0); GROUP];
            for (r, (x, mean)) in x.chunks_exact_mut(width).zip(&mut mean).enumerate() {
                let (lines, _) = x.as_chunks_mut::<64>();
                let mut sum = [s.splat(0.0); 4];
                if let Some(add) = self.add {
                    let (add, _) = add[(g * GROUP + r) * width..][..width].as_chunks::<64>();
                    for (line, add) in lines.iter_mut().zip(add) {
                        for (i, sum) in sum.iter_mut().enumerate() {
                            let x = s.add(s.load(part(line, i)), s.load(part(add, i)));
                            s.store(x, part_mut(line, i));
                            *sum = s.add(*sum, x);
                        }
                    }
                } else {
                    for line in lines.iter() {
                        for (i, sum) in sum.iter_mut().enumerate() {
                            *sum = s.add(*sum, s.load(part(line, i)));
                        }
                    }
                }
                *mean = s.splat(total(s, sum) * per);
            }
            let mut inv = mean;
            for (x, (mean, inv)) in x.chunks_exact(width).zip(mean.iter().zip(&mut inv)) {
                let (lines, _) = x.as_chunks::<64>();
                let mut sum = [s.splat(0.0); 4];
                for line in lines {
                    for (i, sum) in sum.iter_mut().enumerate() {
                        let d = s.sub(s.load(part(line, i)), *mean);
                        *sum = s.fma(d, d, *sum);
                    }
                }
                *inv = s.splat(1.0 / (total(s, sum) * per + eps).sqrt());
            }
            let mut tops = [0.0; GROUP];
            for (r, x) in x.chunks_exact_mut(width).enumerate() {
                let (lines, _) = x.as_chunks_mut::<64>();
                let mut top = [s.splat(0.0); 4];
                for ((line, gamma), beta) in lines.iter_mut().zip(gamma).zip(beta) {
                    for (i, top) in top.iter_mut().enumerate() {
                        let d = s.mul(s.sub(s.load(part(line, i)), mean[r]), inv[r]);
                        let y = s.fma(d, s.load(part(gamma, i)), s.load(part(beta, i)));
                        s.store(y, part_mut(line, i));
                        *top = s.max(s.abs(y), *top);
                    }
                }
                tops[r] = s.top(s.max(s.max(top[0], top[1]), s.max(top[2], top[3])));
            }
            if let Some(to) = &mut to {
                for (r, x) in x.chunks_exact(width).enumerate() {
                    let row = g * GROUP + r;
                    let q = &mut to.q[row * to.words..(row + 1) * to.words];
                    put_row(s, x, tops[r], q, &mut to.scale[row]);
                }
            }
        }
    }
}

/// Sum of four vectors, in a fixed order.
#[inline(always)]
fn total<S: Simd>(s: S, v: [S::F; 4]) -> f32 {
    s.sum(s.add(s.add(v[0], v[1]), s.add(v[2], v[3])))
}

/// The `i`th quarter of a line.
#[inline(always)]
fn part(line: &[f32; 64], i: usize) -> &Lanes {
    &line.as_chunks::<16>().0[i]
}

/// The `i`th quarter of a line.
#[inline(always)]
fn part_mut(line: &mut [f32; 64], i: usize) -> &mut Lanes {
    &mut line.as_chunks_mut::<16>().0[i]
}

/// An element function over a slice of any length.
struct Gelu<'a>(&'a mut [f32]);

impl Kernel for Gelu<'_> {
    type Out = ();
    #[inline(always)]
    fn run<S: Simd>(self, s: S) {
        let (full, rest) = self.0.as_chunks_mut::<16>();
        for x in full {
            s.store(math::gelu(s, s.load(x)), x);
        }
        if !rest.is_empty() {
            let mut last = [0.0; 16];
            last[..rest.len()].copy_from_slice(rest);
            s.store(math::gelu(s, s.load(&last)), &mut last);
            rest.copy_from_slice(&last[..rest.len()]);
        }
    }
}

/// Softmax of each row of `n`.
struct Softmax<'a>(&'a mut [f32], usize);

impl Kernel for Softmax<'_> {
    type Out = ();
    #[inline(always)]
    fn run<S: Simd>(self, s: S) {
        let low = s.splat(f32::MIN);
        let log2e = s.splat(std::f32::consts::LOG2_E);
        for row in self.0.chunks_exact_mut(self.1) {
            let n = row.len();
            let mut top = low;
            for x in row.chunks(16) {
                top = s.max(padded(s, x, low), top);
            }
            let top = s.splat(s.top(top));
            let mut sum = s.splat(0.0);
            for at in (0..n).step_by(16) {
                let part = &mut row[at..n.min(at + 16)];
                let x = s.mul(s.sub(padded(s, part, low), top), log2e);
                let y = s.first(math::exp2(s, x), part.len(), s.splat(0.0));
                sum = s.add(sum, y);
                put(s, y, part);
            }
            let inv = s.splat(1.0 / s.sum(sum));
            for part in row.chunks_mut(16) {
                let y = s.mul(padded(s, part, low), inv);
                put(s, y, part);
            }
        }
    }
}

/// Up to 16 numbers, `fill` after them.
#[inline(always)]
fn padded<S: Simd>(s: S, x: &[f32], fill: S::F) -> S::F {
    let mut lanes = [0.0; 16];
    lanes[..x.len()].copy_from_slice(x);
    s.first(s.load(&lanes), x.len(), fill)
}

/// Stores as many lanes as there is room for.
#[inline(always)]
fn put<S: Simd>(s: S, v: S::F, to: &mut [f32]) {
    let mut lanes = [0.0; 16];
    s.store(v, &mut lanes);
    to.copy_from_slice(&lanes[..to.len()]);
}

/// The mean of rows.
struct Mean<'a>(&'a [f32], &'a mut [f32]);

impl Kernel for Mean<'_> {
    type Out = ();
    #[inline(always)]
    fn run<S: Simd>(self, s: S) {
        let width = self.1.len();
        let per = s.splat(1.0 / (self.0.len() / width) as f32);
        for (at, to) in self.1.chunks_mut(16).enumerate() {
            let mut sum = s.splat(0.0);
            for row in self.0.chunks_exact(width) {
                sum = s.add(sum, padded(s, &row[at * 16..at * 16 + to.len()], s.splat(0.0)));
            }
            put(s, s.mul(sum, per), to);
        }
    }
}

/// The sum of products of two slices.
struct Dot<'a>(&'a [f32], &'a [f32]);

impl Kernel for Dot<'_> {
    type Out = f32;
    #[inline(always)]
    fn run<S: Simd>(self, s: S) -> f32 {
        let zero = s.splat(0.0);
        let mut sum = zero;
        for (a, b) in self.0.chunks(16).zip(self.1.chunks(16)) {
            sum = s.fma(padded(s, a, zero), padded(s, b, zero), sum);
        }
        s.sum(sum)
    }
}

impl Engine {
    /// GELU in place: `x Φ(x)` within 1.4e-4.
    pub fn gelu(self, x: &mut [f32]) {
        self.run(Gelu(x));
    }

    /// Softmax in place of each row of `n` numbers: each within 1e-5, relative.
    ///
    /// # Errors
    ///
    /// `x` is not whole rows.
    pub fn softmax(self, x: &mut [f32], n: usize) -> Result<(), Error> {
        if n == 0 {
            return length("rows of a softmax", 0, x.len());
        }
        length("rows of a softmax", x.len() / n * n, x.len())?;
        self.run(Softmax(x, n));
        Ok(())
    }

    /// The mean of the rows of `x` (each as long as `out`); zeros where there are none.
    ///
    /// # Errors
    ///
    /// `x` is not whole rows.
    pub fn mean(self, x: &[f32], out: &mut [f32]) -> Result<(), Error> {
        if out.is_empty() {
            return length("rows of a mean", 0, x.len());
        }
        length("rows of a mean", x.len() / out.len() * out.len(), x.len())?;
        if x.is_empty() {
            out.fill(0.0);
        } else {
            self.run(Mean(x, out));
        }
        Ok(())
    }

    /// The sum of products of two slices; the longer one's tail is left out.
    #[must_use]
    pub fn dot(self, a: &[f32], b: &[f32]) -> f32 {
        let n = a.len().min(b.len());
        self.run(Dot(&a[..n], &b[..n]))
    }

    /// Scales to length 1 in place; zeros stay.
    pub fn normalise(self, x: &mut [f32]) {
        let length = self.dot(x, x).sqrt();
        if length > 0.0 {
            x.iter_mut().for_each(|x| *x /= length);
        }
    }
}

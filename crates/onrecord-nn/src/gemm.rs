//! The integer product, with scales and what follows fused into its store.

use std::ops::Range;

use crate::Linear;
use crate::math;
use crate::simd::{Kernel, Simd};

/// Rows of a register tile.
pub(crate) const ROWS: usize = 6;

/// What happens to a result before it is stored.
pub(crate) enum After<'a> {
    /// Nothing.
    Store,
    /// GELU, and the greatest magnitude so far by row and lane.
    Gelu(&'a mut [f32]),
}

/// `out[r][c] = scale[r] * linear.scale[c] * (a[r] · w[c]) + bias[c]` for `rows` × `columns`.
pub(crate) struct Gemm<'a> {
    /// Packed activations, `linear.words` a row; row 0 is the first of the buffer.
    pub a: &'a [u32],
    pub scale: &'a [f32],
    pub rows: Range<usize>,
    pub linear: &'a Linear,
    /// Whole panels.
    pub columns: Range<usize>,
    /// Starts with the first of `rows` and of `columns`.
    pub out: &'a mut [f32],
    pub stride: usize,
    pub after: After<'a>,
}

impl Kernel for Gemm<'_> {
    type Out = ();
    #[inline(always)]
    fn run<S: Simd>(self, s: S) {
        let (l, m, wide) = (self.linear, self.rows.len(), self.columns.len());
        let panel = S::NV * 16;
        if m == 0 || wide == 0 {
            return;
        }
        // What the unchecked code below relies on.
        assert!(l.panel == panel && self.columns.end <= l.wide());
        assert!(self.columns.start.is_multiple_of(panel) && wide.is_multiple_of(panel));
        assert!(self.a.len() >= self.rows.end * l.words && self.scale.len() >= self.rows.end);
        assert!(l.weights.len() >= l.wide() * l.words && l.start.len() >= l.wide());
        assert!(l.scale.len() >= l.wide() && l.bias.len() >= l.wide());
        assert!(self.stride >= wide && self.out.len() >= (m - 1) * self.stride + wide);
        let (tops, gelu) = match self.after {
            After::Store => (std::ptr::null_mut(), false),
            After::Gelu(tops) => {
                assert!(tops.len() >= m * 16);
                (tops.as_mut_ptr(), true)
            }
        };
        for c in (0..wide).step_by(panel) {
            let column = self.columns.start + c;
            for r in (0..m).step_by(ROWS) {
                let row = self.rows.start + r;
                // SAFETY: rows and columns are inside the slices by the assertions above.
                let tile = unsafe {
                    Tile {
                        a: self.a.as_ptr().add(row * l.words),
                        words: l.words,
                        b: l.weights.as_ptr().add(column * l.words),
                        start: l.start.as_ptr().add(column),
                        row_scale: self.scale.as_ptr().add(row),
                        scale: l.scale.as_ptr().add(column),
                        bias: l.bias.as_ptr().add(column),
                        out: self.out.as_mut_ptr().add(r * self.stride + c),
                        stride: self.stride,
                        tops: if gelu { tops.add(r * 16) } else { tops },
                    }
                };
                // SAFETY: `ROWS` or fewer rows and one panel lie inside the slices.
                unsafe {
                    match (m - r).min(ROWS) {
                        1 => tile.go::<S, 1>(s, gelu),
                        2 => tile.go::<S, 2>(s, gelu),
                        3 => tile.go::<S, 3>(s, gelu),
                        4 => tile.go::<S, 4>(s, gelu),
                        5 => tile.go::<S, 5>(s, gelu),
                        _ => tile.go::<S, ROWS>(s, gelu),
                    }
                }
            }
        }
    }
}

/// One register tile: where its parts begin.
#[derive(Clone, Copy)]
struct Tile {
    a: *const u32,
    words: usize,
    b: *const u32,
    start: *const u32,
    row_scale: *const f32,
    scale: *const f32,
    bias: *const f32,
    out: *mut f32,
    stride: usize,
    tops: *mut f32,
}

/// A tile of `MR` rows; the pointers must hold for them.
struct Sized<const MR: usize, const GELU: bool>(Tile);

impl<const MR: usize, const GELU: bool> Kernel for Sized<MR, GELU> {
    type Out = ();
    #[inline(always)]
    fn run<S: Simd>(self, s: S) {
        // SAFETY: `Tile::go` makes this and passes its caller's promise on.
        unsafe {
            if const { S::NV == 4 } {
                self.0.body::<S, MR, 4, GELU>(s);
            } else {
                self.0.body::<S, MR, 1, GELU>(s);
            }
        }
    }
}

impl Tile {
    /// # Safety
    /// The pointers hold for `MR` rows and one panel.
    #[inline(always)]
    unsafe fn go<S: Simd, const MR: usize>(self, s: S, gelu: bool) {
        if gelu {
            s.run(Sized::<MR, true>(self));
        } else {
            s.run(Sized::<MR, false>(self));
        }
    }

    /// # Safety
    /// As [`Tile::go`], and `NV == S::NV`.
    #[inline(always)]
    unsafe fn body<S: Simd, const MR: usize, const NV: usize, const GELU: bool>(self, s: S) {
        // SAFETY: every address below is inside `MR` rows of `words`, or one panel.
        unsafe {
            let mut acc = [[s.splat_word(0); NV]; MR];
            for j in 0..NV {
                let start = s.load_words(self.start.add(j * 16));
                for row in &mut acc {
                    row[j] = start;
                }
            }
            let mut b = self.b;
            for k in 0..self.words {
                let mut w = [s.splat_word(0); NV];
                for (j, w) in w.iter_mut().enumerate() {
                    *w = s.load_words(b.add(j * 16));
                }
                b = b.add(NV * 16);
                for (r, row) in acc.iter_mut().enumerate() {
                    let x = s.splat_word(*self.a.add(r * self.words + k));
                    for j in 0..NV {
                        row[j] = s.dot(row[j], x, w[j]);
                    }
                }
            }
            for (r, row) in acc.iter().enumerate() {
                let row_scale = s.splat(*self.row_scale.add(r));
                let mut top = s.splat(0.0);
                for (j, acc) in row.iter().enumerate() {
                    let scale = s.mul(row_scale, s.load_at(self.scale.add(j * 16)));
                    let bias = s.load_at(self.bias.add(j * 16));
                    let mut y = s.fma(s.to_float(*acc), scale, bias);
                    if GELU {
                        y = math::gelu(s, y);
                        top = s.max(s.abs(y), top);
                    }
                    s.store_at(y, self.out.add(r * self.stride + j * 16));
                }
                if GELU {
                    let to = self.tops.add(r * 16);
                    s.store_at(s.max(top, s.load_at(to)), to);
                }
            }
        }
    }
}

//! Attention within each sequence, two heads at a time.

use crate::HEAD;
use crate::math;
use crate::simd::{Kernel, Simd};

/// Query rows worked on together.
const ROWS: usize = 6;
/// Rows that must be readable after the last one: keys are transposed sixteen at a time.
pub(crate) const SPARE: usize = 16;
/// Width of a row of two heads.
const PAIR: usize = 2 * HEAD;

/// `out[i] = Σ_j softmax_j(q[i]·k[j]) v[j]`, scores in powers of 2, for two heads.
pub(crate) struct Attend<'a> {
    /// Rows of two heads; `k` with [`SPARE`] rows more.
    pub q: &'a [f32],
    pub k: &'a [f32],
    pub v: &'a [f32],
    /// Rows in each sequence; together, `rows`.
    pub lens: &'a [usize],
    pub rows: usize,
    /// Room for [`keys_room`] and [`scores_room`].
    pub keys: &'a mut [f32],
    pub scores: &'a mut [f32],
    /// Starts with the first row's place for these heads.
    pub out: &'a mut [f32],
    pub stride: usize,
}

/// Floats that `Attend::keys` needs for sequences of up to `n`.
pub(crate) fn keys_room(n: usize) -> usize {
    n.next_multiple_of(16) * HEAD
}

/// Floats that `Attend::scores` needs for sequences of up to `n`.
pub(crate) fn scores_room(n: usize) -> usize {
    n.next_multiple_of(16) * ROWS
}

impl Kernel for Attend<'_> {
    type Out = ();
    #[inline(always)]
    fn run<S: Simd>(self, s: S) {
        let longest = self.lens.iter().copied().max().unwrap_or(0);
        let rows = self.rows;
        if longest == 0 {
            return;
        }
        // What the unchecked code below relies on.
        assert!(self.lens.iter().sum::<usize>() == rows);
        assert!(self.q.len() >= rows * PAIR && self.v.len() >= rows * PAIR);
        assert!(self.k.len() >= (rows + SPARE) * PAIR);
        assert!(self.keys.len() >= keys_room(longest));
        assert!(self.scores.len() >= scores_room(longest));
        assert!(self.stride >= PAIR && self.out.len() >= (rows - 1) * self.stride + PAIR);
        let mut first = 0;
        for &n in self.lens {
            for head in 0..2 {
                let at = first * PAIR + head * HEAD;
                // SAFETY: rows `first..first + n` (and `SPARE` more of `k`) are inside the
                // slices, and the scratch has room, by the assertions above.
                unsafe {
                    let keys = self.keys.as_mut_ptr();
                    for block in 0..n.div_ceil(16) {
                        let from = self.k.as_ptr().add(at + block * 16 * PAIR);
                        s.transpose(from, PAIR, keys.add(block * 16 * HEAD));
                        s.transpose(from.add(16), PAIR, keys.add(block * 16 * HEAD + 256));
                    }
                    // Groups of about equal size: none is so small that it runs slowly.
                    let groups = n.div_ceil(ROWS);
                    for g in 0..groups {
                        let (i, end) = (g * n / groups, (g + 1) * n / groups);
                        let few = Few {
                            q: self.q.as_ptr().add(at + i * PAIR),
                            keys,
                            v: self.v.as_ptr().add(at),
                            n,
                            scores: self.scores.as_mut_ptr(),
                            out: self.out.as_mut_ptr().add((first + i) * self.stride + head * HEAD),
                            stride: self.stride,
                        };
                        match end - i {
                            1 => s.run(Rows::<1>(few)),
                            2 => s.run(Rows::<2>(few)),
                            3 => s.run(Rows::<3>(few)),
                            4 => s.run(Rows::<4>(few)),
                            5 => s.run(Rows::<5>(few)),
                            _ => s.run(Rows::<ROWS>(few)),
                        }
                    }
                }
            }
            first += n;
        }
    }
}

/// A few queries of a sequence against all of it, one head.
#[derive(Clone, Copy)]
struct Few {
    q: *const f32,
    keys: *const f32,
    v: *const f32,
    n: usize,
    scores: *mut f32,
    out: *mut f32,
    stride: usize,
}

/// `Few` with `MR` queries; its pointers must hold for them.
struct Rows<const MR: usize>(Few);

impl<const MR: usize> Kernel for Rows<MR> {
    type Out = ();
    #[inline(always)]
    fn run<S: Simd>(self, s: S) {
        let few = self.0;
        let blocks = few.n.div_ceil(16);
        let mut tops = [s.splat(f32::MIN); MR];
        // SAFETY: only `Attend` makes this, with pointers that hold for `MR` queries and
        // `n` keys, and room for the scores.
        unsafe {
            let mut block = 0;
            while block < blocks {
                let left = blocks - block;
                if const { S::NV == 4 } {
                    match left {
                        1 => few.score::<S, MR, 1>(s, block, &mut tops),
                        2 => few.score::<S, MR, 2>(s, block, &mut tops),
                        3 | 5 => few.score::<S, MR, 3>(s, block, &mut tops),
                        _ => few.score::<S, MR, 4>(s, block, &mut tops),
                    }
                    block += if left == 5 { 3 } else { left.min(4) };
                } else {
                    few.score::<S, MR, 1>(s, block, &mut tops);
                    block += 1;
                }
            }
            let mut sums = [s.splat(0.0); MR];
            for top in &mut tops {
                *top = s.splat(s.top(*top));
            }
            for (r, (sum, top)) in sums.iter_mut().zip(tops).enumerate() {
                let row = few.scores.add(r * blocks * 16);
                for block in 0..blocks {
                    let at = row.add(block * 16);
                    let p = math::exp2(s, s.sub(s.load_at(at), top));
                    *sum = s.add(*sum, p);
                    s.store_at(p, at);
                }
            }
            let inv: [f32; MR] = std::array::from_fn(|r| 1.0 / s.sum(sums[r]));
            if const { S::NV == 4 } {
                few.values::<S, MR, 2>(s, &inv, 0);
            } else {
                few.values::<S, MR, 1>(s, &inv, 0);
                few.values::<S, MR, 1>(s, &inv, 16);
            }
        }
    }
}

impl Few {
    /// Scores of `MR` queries with `16 * NB` keys from `block` on.
    ///
    /// # Safety
    /// The pointers hold for `MR` queries and the blocks.
    #[inline(always)]
    unsafe fn score<S: Simd, const MR: usize, const NB: usize>(
        self,
        s: S,
        block: usize,
        tops: &mut [S::F; MR],
    ) {
        let blocks = self.n.div_ceil(16);
        // SAFETY: promised by the caller.
        unsafe {
            let keys = self.keys.add(block * 16 * HEAD);
            let mut acc = [[s.splat(0.0); NB]; MR];
            for d in 0..HEAD {
                let mut k = [s.splat(0.0); NB];
                for (j, k) in k.iter_mut().enumerate() {
                    *k = s.load_at(keys.add(j * 16 * HEAD + d * 16));
                }
                for (r, row) in acc.iter_mut().enumerate() {
                    let q = s.splat(*self.q.add(r * PAIR + d));
                    for j in 0..NB {
                        row[j] = s.fma(q, k[j], row[j]);
                    }
                }
            }
            if block + NB == blocks && !self.n.is_multiple_of(16) {
                for row in &mut acc {
                    row[NB - 1] = s.first(row[NB - 1], self.n % 16, s.splat(-1e30));
                }
            }
            for (r, row) in acc.iter().enumerate() {
                for (j, &score) in row.iter().enumerate() {
                    tops[r] = s.max(score, tops[r]);
                    s.store_at(score, self.scores.add((r * blocks + block + j) * 16));
                }
            }
        }
    }

    /// `16 * ND` numbers of the weighted sum of values, from dimension `at` on.
    ///
    /// # Safety
    /// The pointers hold for `MR` queries, and the scores are there.
    #[inline(always)]
    unsafe fn values<S: Simd, const MR: usize, const ND: usize>(self, s: S, inv: &[f32; MR], at: usize) {
        let ld = self.n.next_multiple_of(16);
        // SAFETY: promised by the caller.
        unsafe {
            let mut acc = [[s.splat(0.0); ND]; MR];
            for j in 0..self.n {
                let mut v = [s.splat(0.0); ND];
                for (d, v) in v.iter_mut().enumerate() {
                    *v = s.load_at(self.v.add(j * PAIR + at + d * 16));
                }
                for (r, row) in acc.iter_mut().enumerate() {
                    let p = s.splat(*self.scores.add(r * ld + j));
                    for d in 0..ND {
                        row[d] = s.fma(p, v[d], row[d]);
                    }
                }
            }
            for (r, row) in acc.iter().enumerate() {
                for (d, acc) in row.iter().enumerate() {
                    let y = s.mul(*acc, s.splat(inv[r]));
                    s.store_at(y, self.out.add(r * self.stride + at + d * 16));
                }
            }
        }
    }
}

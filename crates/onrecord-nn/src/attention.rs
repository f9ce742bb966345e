//! Attention within each sequence, two heads at a time: products of 16-bit integers, exact in 32 bits, everything
//! between them in `f32`.

use crate::HEAD;
use crate::buffer::Buffer;
use crate::math;
use crate::simd::{Kernel, MAGIC, Simd};

/// Query rows worked on together.
const ROWS: usize = 6;
/// Width of a row of two heads.
const PAIR: usize = 2 * HEAD;
/// Words in a row of one head: two numbers each.
const WORDS: usize = HEAD / 2;
/// Greatest query and key: `HEAD * MOST²` stays below 2³¹.
const MOST: f32 = 8191.0;
/// Greatest weight, and greatest value: `2 * KEYS * WEIGHT * VALUE` stays below 2³¹.
const WEIGHT: f32 = 8191.0;
const VALUE: f32 = 2047.0;
/// Pairs of keys whose weighted values are summed in integers.
const KEYS: usize = 64;

/// `out[i] = Σ_j softmax_j(q[i]·k[j]) v[j]`, scores in powers of 2, for two heads.
pub(crate) struct Attend<'a> {
    /// Rows of two heads.
    pub q: &'a [f32],
    pub k: &'a [f32],
    pub v: &'a [f32],
    /// Rows in each sequence; together, `rows`.
    pub lens: &'a [usize],
    pub rows: usize,
    pub work: &'a mut Work,
    /// Starts with the first row's place for these heads.
    pub out: &'a mut [f32],
    pub stride: usize,
}

/// Working memory for one head of one sequence.
#[derive(Clone, Default)]
pub(crate) struct Work {
    /// Rows of [`WORDS`].
    queries: Buffer<u32>,
    /// `[n / 16][WORDS][16]`.
    keys: Buffer<u32>,
    /// `[n / 2][HEAD]`, a word holding the values of two keys.
    values: Buffer<u32>,
    /// A few rows of scores, and of weights, two in a word.
    scores: Buffer<f32>,
    weights: Buffer<u32>,
}

impl Work {
    /// Makes room for sequences of up to `n`.
    pub fn grow(&mut self, n: usize) {
        let n = n.next_multiple_of(16);
        self.queries.grow(n * WORDS);
        self.keys.grow(n * WORDS);
        self.values.grow(n / 2 * HEAD);
        self.scores.grow(n * ROWS);
        self.weights.grow(n.next_multiple_of(32) / 2 * ROWS);
    }
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
        assert!([self.q, self.k, self.v].iter().all(|x| x.len() >= rows * PAIR));
        assert!(self.stride >= PAIR && self.out.len() >= (rows - 1) * self.stride + PAIR);
        self.work.grow(longest);
        let work = self.work;
        let mut first = 0;
        for &n in self.lens {
            for head in 0..2 {
                let at = first * PAIR + head * HEAD;
                // SAFETY: rows `first..first + n` are inside the slices by the assertions above, and the working
                // memory has room for `n`.
                unsafe {
                    let queries = pack_rows(s, self.q.as_ptr().add(at), n, work.queries.as_mut_ptr());
                    let keys = pack_keys(s, self.k.as_ptr().add(at), n, work.keys.as_mut_ptr());
                    let values = pack_values(s, self.v.as_ptr().add(at), n, work.values.as_mut_ptr());
                    // Groups of about equal size: none is so small that it runs slowly.
                    let groups = n.div_ceil(ROWS);
                    for g in 0..groups {
                        let (i, end) = (g * n / groups, (g + 1) * n / groups);
                        let few = Few {
                            q: work.queries.as_ptr().add(i * WORDS),
                            keys: work.keys.as_ptr(),
                            values: work.values.as_ptr(),
                            n,
                            scale: queries * keys,
                            value: values,
                            scores: work.scores.as_mut_ptr(),
                            weights: work.weights.as_mut_ptr(),
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

/// How numbers become integers: by one scale a head and sequence.
#[derive(Clone, Copy)]
struct Step<S: Simd> {
    inverse: S::F,
    magic: S::F,
    least: S::F,
}

impl<S: Simd> Step<S> {
    /// The step by which the greatest of `n` rows of a head becomes `most`, and its size.
    ///
    /// # Safety
    /// `from` is readable for `n` rows of one head.
    #[inline(always)]
    unsafe fn new(s: S, from: *const f32, n: usize, most: f32) -> (Self, f32) {
        let mut tops = [[s.splat(0.0); 2]; 2];
        // SAFETY: promised by the caller.
        unsafe {
            for i in 0..n {
                for (half, tops) in tops.iter_mut().enumerate() {
                    let x = s.load_at(from.add(i * PAIR + half * 16));
                    tops[i % 2] = s.max(s.abs(x), tops[i % 2]);
                }
            }
        }
        let top = s.top(s.max(s.max(tops[0][0], tops[0][1]), s.max(tops[1][0], tops[1][1])));
        let top = if top > 1e-20 { top } else { 1e-20 };
        let step = Step { inverse: s.splat(most / top), magic: s.splat(MAGIC), least: s.splat(MAGIC - most) };
        (step, top / most)
    }

    /// `MAGIC` and the integer, for 16 numbers. Only a NaN (from infinity times zero) needs the bound.
    ///
    /// # Safety
    /// `from` is readable for 16 floats.
    #[inline(always)]
    unsafe fn of(self, s: S, from: *const f32) -> S::F {
        // SAFETY: promised by the caller.
        let x = unsafe { s.load_at(from) };
        s.max(s.fma(x, self.inverse, self.magic), self.least)
    }
}

/// Rows of one head to rows of [`WORDS`]; gives the size of a step.
///
/// # Safety
/// `from` is readable for `n` rows of one head, `to` writable for `n` rows.
#[inline(always)]
unsafe fn pack_rows<S: Simd>(s: S, from: *const f32, n: usize, to: *mut u32) -> f32 {
    // SAFETY: promised by the caller.
    unsafe {
        let (step, size) = Step::new(s, from, n, MOST);
        for i in 0..n {
            let (from, to) = (from.add(i * PAIR), to.add(i * WORDS));
            s.put16(step.of(s, from), to);
            s.put16(step.of(s, from.add(16)), to.add(8));
        }
        size
    }
}

/// The same, sixteen rows at a time turned over; rows that are missing are zero.
///
/// # Safety
/// `from` is readable for `n` rows of one head, `to` writable for `n` rows rounded up to sixteen.
#[inline(always)]
unsafe fn pack_keys<S: Simd>(s: S, from: *const f32, n: usize, to: *mut u32) -> f32 {
    // SAFETY: promised by the caller.
    unsafe {
        let (step, size) = Step::new(s, from, n, MOST);
        for block in (0..n).step_by(16) {
            let mut rows = [0u32; 16 * WORDS];
            for i in 0..(n - block).min(16) {
                let (from, to) = (from.add((block + i) * PAIR), rows.as_mut_ptr().add(i * WORDS));
                s.put16(step.of(s, from), to);
                s.put16(step.of(s, from.add(16)), to.add(8));
            }
            s.transpose(rows.as_ptr(), WORDS, to.add(block * WORDS));
        }
        size
    }
}

/// Rows of one head, two by two: a word holds the same column of both.
///
/// # Safety
/// `from` is readable for `n` rows of one head, `to` writable for half of them, rounded up, of [`HEAD`] words.
#[inline(always)]
unsafe fn pack_values<S: Simd>(s: S, from: *const f32, n: usize, to: *mut u32) -> f32 {
    // SAFETY: promised by the caller.
    unsafe {
        let (step, size) = Step::new(s, from, n, VALUE);
        for i in (0..n).step_by(2) {
            for half in [0, 16] {
                let from = from.add(i * PAIR + half);
                let low = step.of(s, from);
                let high = if i + 1 < n { step.of(s, from.add(PAIR)) } else { step.magic };
                s.store_words(s.pair16(low, high), to.add(i / 2 * HEAD + half));
            }
        }
        size
    }
}

/// A few queries of a sequence against all of it, one head.
#[derive(Clone, Copy)]
struct Few {
    q: *const u32,
    keys: *const u32,
    values: *const u32,
    n: usize,
    /// What an integer score stands for.
    scale: f32,
    /// What an integer value stands for.
    value: f32,
    scores: *mut f32,
    weights: *mut u32,
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
        // `n` keys, and room for the scores and weights.
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
            for top in &mut tops {
                *top = s.splat(s.top(*top));
            }
            // Weights are integers, too; what they are divided by is their own sum.
            let (weight, magic) = (s.splat(WEIGHT), s.splat(MAGIC));
            let ld = few.row_of_weights();
            for (r, top) in tops.into_iter().enumerate() {
                let (scores, weights) = (few.scores.add(r * blocks * 16), few.weights.add(r * ld));
                for block in 0..blocks {
                    let p = math::exp2(s, s.sub(s.load_at(scores.add(block * 16)), top));
                    s.put16(s.fma(p, weight, magic), weights.add(block * 8));
                }
                if blocks % 2 == 1 {
                    s.put16(magic, weights.add(blocks * 8));
                }
            }
            let mut factor = [few.value; MR];
            for (r, factor) in factor.iter_mut().enumerate() {
                let mut sum = s.splat_word(0);
                for at in 0..ld / 16 {
                    let weights = s.load_words(few.weights.add(r * ld + at * 16));
                    sum = s.dot16(sum, weights, s.splat_word(0x0001_0001));
                }
                *factor /= s.sum(s.to_float(sum));
            }
            if const { S::NV == 4 } {
                few.values::<S, MR, 2>(s, &factor, 0);
            } else {
                few.values::<S, MR, 1>(s, &factor, 0);
                few.values::<S, MR, 1>(s, &factor, 16);
            }
        }
    }
}

impl Few {
    /// Words in a row of weights: whole vectors.
    #[inline(always)]
    fn row_of_weights(self) -> usize {
        self.n.div_ceil(32) * 16
    }

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
            let keys = self.keys.add(block * 16 * WORDS);
            let mut acc = [[s.splat_word(0); NB]; MR];
            for d in 0..WORDS {
                let mut k = [s.splat_word(0); NB];
                for (j, k) in k.iter_mut().enumerate() {
                    *k = s.load_words(keys.add(j * 16 * WORDS + d * 16));
                }
                for (r, row) in acc.iter_mut().enumerate() {
                    let q = s.splat_word(*self.q.add(r * WORDS + d));
                    for j in 0..NB {
                        row[j] = s.dot16(row[j], q, k[j]);
                    }
                }
            }
            let scale = s.splat(self.scale);
            let last = block + NB == blocks && !self.n.is_multiple_of(16);
            for (r, row) in acc.iter().enumerate() {
                let mut top = tops[r];
                for (j, &acc) in row.iter().enumerate() {
                    let mut score = s.mul(s.to_float(acc), scale);
                    if last && j == NB - 1 {
                        score = s.first(score, self.n % 16, s.splat(-1e30));
                    }
                    top = s.max(score, top);
                    s.store_at(score, self.scores.add((r * blocks + block + j) * 16));
                }
                tops[r] = top;
            }
        }
    }

    /// `16 * ND` numbers of the weighted sum of values, from dimension `at` on.
    ///
    /// # Safety
    /// The pointers hold for `MR` queries, and the weights are there.
    #[inline(always)]
    unsafe fn values<S: Simd, const MR: usize, const ND: usize>(self, s: S, factor: &[f32; MR], at: usize) {
        let (pairs, ld) = (self.n.div_ceil(2), self.row_of_weights());
        // SAFETY: promised by the caller.
        unsafe {
            let mut sum = [[s.splat(0.0); ND]; MR];
            for from in (0..pairs).step_by(KEYS) {
                let mut acc = [[s.splat_word(0); ND]; MR];
                for j in from..pairs.min(from + KEYS) {
                    let mut v = [s.splat_word(0); ND];
                    for (d, v) in v.iter_mut().enumerate() {
                        *v = s.load_words(self.values.add(j * HEAD + at + d * 16));
                    }
                    for (r, row) in acc.iter_mut().enumerate() {
                        let p = s.splat_word(*self.weights.add(r * ld + j));
                        for d in 0..ND {
                            row[d] = s.dot16(row[d], p, v[d]);
                        }
                    }
                }
                for (sum, acc) in sum.iter_mut().zip(acc) {
                    for (sum, acc) in sum.iter_mut().zip(acc) {
                        *sum = s.add(*sum, s.to_float(acc));
                    }
                }
            }
            for (r, row) in sum.iter().enumerate() {
                for (d, sum) in row.iter().enumerate() {
                    let y = s.mul(*sum, s.splat(factor[r]));
                    s.store_at(y, self.out.add(r * self.stride + at + d * 16));
                }
            }
        }
    }
}

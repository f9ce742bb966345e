//! A vector of 16 `f32` lanes, three times: the only thing that differs between paths.
//!
//! Kernels are written once, generic over [`Simd`]. A value of a `Simd` type is the
//! proof that its instructions exist, so most operations are safe. Every operation is
//! exactly rounded and defined for every input, or says where it is not.

mod portable;
#[cfg(target_arch = "x86_64")]
mod x86_avx2;
#[cfg(target_arch = "x86_64")]
mod x86_avx512;

pub(crate) use portable::Portable;
#[cfg(target_arch = "x86_64")]
pub(crate) use x86_avx2::Avx2;
#[cfg(target_arch = "x86_64")]
pub(crate) use x86_avx512::Avx512;

/// Sixteen floats in memory.
pub(crate) type Lanes = [f32; 16];

/// 1.5 · 2²³: adding it rounds to an integer (ties to even) that sits in the low bits.
pub(crate) const MAGIC: f32 = 12_582_912.0;

/// Work that can run on any path. `run` must be `#[inline(always)]`.
pub(crate) trait Kernel {
    /// What it gives back.
    type Out;
    /// Does the work with this vector type.
    fn run<S: Simd>(self, s: S) -> Self::Out;
}

/// Sixteen lanes of `f32` or `i32`, and what the kernels do with them.
pub(crate) trait Simd: Copy {
    /// Sixteen `f32`.
    type F: Copy;
    /// Sixteen `i32`.
    type I: Copy;
    /// Activations in one packed 32-bit word: 4 (`u8`, offset 128) or 2 (`i16`).
    const STEP: usize;
    /// Vectors side by side in a register tile.
    const NV: usize;
    /// What is added to an activation before packing (see [`Simd::put_quantised`]).
    const OFFSET: i32;

    /// Runs a kernel with this path's instructions enabled.
    fn run<K: Kernel>(self, kernel: K) -> K::Out;

    fn splat(self, x: f32) -> Self::F;
    fn add(self, a: Self::F, b: Self::F) -> Self::F;
    fn sub(self, a: Self::F, b: Self::F) -> Self::F;
    fn mul(self, a: Self::F, b: Self::F) -> Self::F;
    /// `a * b + c`, rounded once.
    fn fma(self, a: Self::F, b: Self::F, c: Self::F) -> Self::F;
    /// `if a > b { a } else { b }`: `b` where either is NaN.
    fn max(self, a: Self::F, b: Self::F) -> Self::F;
    /// `if a < b { a } else { b }`: `b` where either is NaN.
    fn min(self, a: Self::F, b: Self::F) -> Self::F;
    fn abs(self, a: Self::F) -> Self::F;
    /// `p * 2^n` where `y = MAGIC + n`: adds `n` to the exponent bits, no care for overflow.
    fn scale(self, p: Self::F, y: Self::F) -> Self::F;
    /// `table[low four bits of y]`, for each lane.
    fn lookup(self, table: &Lanes, y: Self::F) -> Self::F;
    /// The first `n` lanes of `a`, `fill` in the others.
    fn first(self, a: Self::F, n: usize, fill: Self::F) -> Self::F;
    /// Sum over lanes: halves are added to each other until one is left.
    fn sum(self, a: Self::F) -> f32;
    /// Greatest lane, in the same order; lanes must not be NaN.
    fn top(self, a: Self::F) -> f32;

    fn load(self, p: &Lanes) -> Self::F;
    fn store(self, a: Self::F, p: &mut Lanes);
    /// # Safety
    /// `p` is readable for 16 floats.
    unsafe fn load_at(self, p: *const f32) -> Self::F;
    /// # Safety
    /// `p` is writable for 16 floats.
    unsafe fn store_at(self, a: Self::F, p: *mut f32);

    /// # Safety
    /// `p` is readable for 16 words.
    unsafe fn load_words(self, p: *const u32) -> Self::I;
    fn splat_word(self, w: u32) -> Self::I;
    /// Adds the products of each lane's [`Simd::STEP`] activations and weights: exact.
    fn dot(self, acc: Self::I, activations: Self::I, weights: Self::I) -> Self::I;
    /// Nearest `f32`, ties to even.
    fn to_float(self, a: Self::I) -> Self::F;

    /// Writes 16 activations in this path's form. `y = MAGIC + OFFSET + q` with
    /// `-127 <= q <= 127`.
    ///
    /// # Safety
    /// `p` is writable for `16 / STEP` words.
    unsafe fn put_quantised(self, y: Self::F, p: *mut u32);

    /// Adds the products of each lane's two `i16` numbers: exact.
    fn dot16(self, acc: Self::I, a: Self::I, b: Self::I) -> Self::I;
    /// Words of two `i16`: `low = MAGIC + q` and `high` likewise, with `|q| < 2¹⁵`.
    fn pair16(self, low: Self::F, high: Self::F) -> Self::I;
    /// Writes 16 numbers as `i16`. `y = MAGIC + q` with `|q| < 2¹⁵`.
    ///
    /// # Safety
    /// `p` is writable for 8 words.
    unsafe fn put16(self, y: Self::F, p: *mut u32);
    /// # Safety
    /// `p` is writable for 16 words.
    unsafe fn store_words(self, a: Self::I, p: *mut u32);

    /// `to[c * 16 + r] = from[r * stride + c]` for 16 rows and columns.
    ///
    /// # Safety
    /// `from` is readable for 16 rows of 16 words, `to` writable for 256 words.
    #[inline(always)]
    unsafe fn transpose(self, from: *const u32, stride: usize, to: *mut u32) {
        for r in 0..16 {
            for c in 0..16 {
                // SAFETY: inside what the caller promised.
                unsafe { *to.add(c * 16 + r) = *from.add(r * stride + c) }
            }
        }
    }
}

//! Sixteen lanes in two AVX2 registers; integer products widened to 16 bits, so exact.

use super::{Kernel, Lanes, MAGIC, Simd};
use std::arch::x86_64::*;

/// Proof that AVX2 and FMA exist.
#[derive(Clone, Copy)]
pub(crate) struct Avx2(());

impl Avx2 {
    /// # Safety
    /// The machine has `avx2` and `fma`.
    #[inline(always)]
    pub unsafe fn new() -> Self {
        Avx2(())
    }
}

/// Lanes 0..8 and 8..16.
#[derive(Clone, Copy)]
pub(crate) struct F2(__m256, __m256);

/// Lanes 0..8 and 8..16.
#[derive(Clone, Copy)]
pub(crate) struct I2(__m256i, __m256i);

/// An intrinsic that only computes: safe where `Avx2` exists.
macro_rules! pure {
    ($e:expr) => {
        // SAFETY: `self` proves that the machine has the features; no memory is touched.
        unsafe { $e }
    };
}

impl Simd for Avx2 {
    type F = F2;
    type I = I2;
    const STEP: usize = 2;
    const NV: usize = 1;
    const OFFSET: i32 = 0;

    #[inline(always)]
    fn run<K: Kernel>(self, kernel: K) -> K::Out {
        #[target_feature(enable = "avx2,fma")]
        fn inner<K: Kernel>(s: Avx2, kernel: K) -> K::Out {
            kernel.run(s)
        }
        // SAFETY: `self` proves that the machine has the features.
        unsafe { inner(self, kernel) }
    }

    #[inline(always)]
    fn splat(self, x: f32) -> F2 {
        pure!(F2(_mm256_set1_ps(x), _mm256_set1_ps(x)))
    }
    #[inline(always)]
    fn add(self, a: F2, b: F2) -> F2 {
        pure!(F2(_mm256_add_ps(a.0, b.0), _mm256_add_ps(a.1, b.1)))
    }
    #[inline(always)]
    fn sub(self, a: F2, b: F2) -> F2 {
        pure!(F2(_mm256_sub_ps(a.0, b.0), _mm256_sub_ps(a.1, b.1)))
    }
    #[inline(always)]
    fn mul(self, a: F2, b: F2) -> F2 {
        pure!(F2(_mm256_mul_ps(a.0, b.0), _mm256_mul_ps(a.1, b.1)))
    }
    #[inline(always)]
    fn fma(self, a: F2, b: F2, c: F2) -> F2 {
        pure!(F2(_mm256_fmadd_ps(a.0, b.0, c.0), _mm256_fmadd_ps(a.1, b.1, c.1)))
    }
    #[inline(always)]
    fn max(self, a: F2, b: F2) -> F2 {
        pure!(F2(_mm256_max_ps(a.0, b.0), _mm256_max_ps(a.1, b.1)))
    }
    #[inline(always)]
    fn min(self, a: F2, b: F2) -> F2 {
        pure!(F2(_mm256_min_ps(a.0, b.0), _mm256_min_ps(a.1, b.1)))
    }
    #[inline(always)]
    fn abs(self, a: F2) -> F2 {
        pure!({
            let sign = _mm256_set1_ps(-0.0);
            F2(_mm256_andnot_ps(sign, a.0), _mm256_andnot_ps(sign, a.1))
        })
    }
    #[inline(always)]
    fn scale(self, p: F2, y: F2) -> F2 {
        #[inline(always)]
        unsafe fn half(p: __m256, y: __m256) -> __m256 {
            // SAFETY: called only below, where the features are proved.
            unsafe {
                _mm256_castsi256_ps(_mm256_add_epi32(
                    _mm256_castps_si256(p),
                    _mm256_slli_epi32::<23>(_mm256_castps_si256(y)),
                ))
            }
        }
        pure!(F2(half(p.0, y.0), half(p.1, y.1)))
    }
    #[inline(always)]
    fn lookup(self, table: &Lanes, y: F2) -> F2 {
        #[inline(always)]
        unsafe fn half(table: F2, y: __m256) -> __m256 {
            // SAFETY: called only below, where the features are proved.
            unsafe {
                let i = _mm256_castps_si256(y);
                let low = _mm256_permutevar8x32_ps(table.0, i);
                let high = _mm256_permutevar8x32_ps(table.1, i);
                // Bit 3 of the index chooses the half.
                _mm256_blendv_ps(low, high, _mm256_castsi256_ps(_mm256_slli_epi32::<28>(i)))
            }
        }
        let table = self.load(table);
        pure!(F2(half(table, y.0), half(table, y.1)))
    }
    #[inline(always)]
    fn first(self, a: F2, n: usize, fill: F2) -> F2 {
        pure!({
            let n = _mm256_set1_epi32(n.min(16) as i32);
            let low = _mm256_setr_epi32(0, 1, 2, 3, 4, 5, 6, 7);
            let high = _mm256_add_epi32(low, _mm256_set1_epi32(8));
            let low = _mm256_castsi256_ps(_mm256_cmpgt_epi32(n, low));
            let high = _mm256_castsi256_ps(_mm256_cmpgt_epi32(n, high));
            F2(_mm256_blendv_ps(fill.0, a.0, low), _mm256_blendv_ps(fill.1, a.1, high))
        })
    }
    #[inline(always)]
    fn sum(self, a: F2) -> f32 {
        pure!({
            let a = _mm256_add_ps(a.0, a.1);
            let a = _mm_add_ps(_mm256_castps256_ps128(a), _mm256_extractf128_ps::<1>(a));
            let a = _mm_add_ps(a, _mm_movehl_ps(a, a));
            _mm_cvtss_f32(_mm_add_ss(a, _mm_movehdup_ps(a)))
        })
    }
    #[inline(always)]
    fn top(self, a: F2) -> f32 {
        pure!({
            let a = _mm256_max_ps(a.0, a.1);
            let a = _mm_max_ps(_mm256_castps256_ps128(a), _mm256_extractf128_ps::<1>(a));
            let a = _mm_max_ps(a, _mm_movehl_ps(a, a));
            _mm_cvtss_f32(_mm_max_ss(a, _mm_movehdup_ps(a)))
        })
    }

    #[inline(always)]
    fn load(self, p: &Lanes) -> F2 {
        // SAFETY: 16 floats behind a reference.
        unsafe { self.load_at(p.as_ptr()) }
    }
    #[inline(always)]
    fn store(self, a: F2, p: &mut Lanes) {
        // SAFETY: 16 floats behind a reference.
        unsafe { self.store_at(a, p.as_mut_ptr()) }
    }
    #[inline(always)]
    unsafe fn load_at(self, p: *const f32) -> F2 {
        // SAFETY: promised by the caller; `self` proves the features.
        unsafe { F2(_mm256_loadu_ps(p), _mm256_loadu_ps(p.add(8))) }
    }
    #[inline(always)]
    unsafe fn store_at(self, a: F2, p: *mut f32) {
        // SAFETY: promised by the caller; `self` proves the features.
        unsafe {
            _mm256_storeu_ps(p, a.0);
            _mm256_storeu_ps(p.add(8), a.1);
        }
    }

    #[inline(always)]
    unsafe fn load_words(self, p: *const u32) -> I2 {
        // SAFETY: promised by the caller; `self` proves the features.
        unsafe { I2(_mm256_loadu_si256(p.cast()), _mm256_loadu_si256(p.add(8).cast())) }
    }
    #[inline(always)]
    fn splat_word(self, w: u32) -> I2 {
        pure!({
            let w = _mm256_set1_epi32(w.cast_signed());
            I2(w, w)
        })
    }
    #[inline(always)]
    fn dot(self, acc: I2, a: I2, b: I2) -> I2 {
        pure!(I2(
            _mm256_add_epi32(acc.0, _mm256_madd_epi16(a.0, b.0)),
            _mm256_add_epi32(acc.1, _mm256_madd_epi16(a.1, b.1)),
        ))
    }
    #[inline(always)]
    fn to_float(self, a: I2) -> F2 {
        pure!(F2(_mm256_cvtepi32_ps(a.0), _mm256_cvtepi32_ps(a.1)))
    }

    #[inline(always)]
    unsafe fn put_quantised(self, y: F2, p: *mut u32) {
        // SAFETY: the caller lets us write 32 bytes; `self` proves the features.
        unsafe {
            let magic = _mm256_set1_epi32(MAGIC.to_bits().cast_signed());
            let low = _mm256_sub_epi32(_mm256_castps_si256(y.0), magic);
            let high = _mm256_sub_epi32(_mm256_castps_si256(y.1), magic);
            // `packs` works within 128-bit parts: put the quarters back in order.
            let q = _mm256_permute4x64_epi64::<0b11_01_10_00>(_mm256_packs_epi32(low, high));
            _mm256_storeu_si256(p.cast(), q);
        }
    }

    #[inline(always)]
    fn dot16(self, acc: I2, a: I2, b: I2) -> I2 {
        self.dot(acc, a, b)
    }
    #[inline(always)]
    fn pair16(self, low: F2, high: F2) -> I2 {
        #[inline(always)]
        unsafe fn half(low: __m256, high: __m256) -> __m256i {
            // SAFETY: called only below, where the features are proved.
            unsafe {
                let low = _mm256_and_si256(_mm256_castps_si256(low), _mm256_set1_epi32(0xffff));
                _mm256_or_si256(low, _mm256_slli_epi32::<16>(_mm256_castps_si256(high)))
            }
        }
        pure!(I2(half(low.0, high.0), half(low.1, high.1)))
    }
    #[inline(always)]
    unsafe fn put16(self, y: F2, p: *mut u32) {
        // SAFETY: promised by the caller; packed activations are `i16` here.
        unsafe { self.put_quantised(y, p) }
    }
    #[inline(always)]
    unsafe fn store_words(self, a: I2, p: *mut u32) {
        // SAFETY: promised by the caller; `self` proves the features.
        unsafe {
            _mm256_storeu_si256(p.cast(), a.0);
            _mm256_storeu_si256(p.add(8).cast(), a.1);
        }
    }
}

//! Sixteen lanes in one AVX-512 register, with `vpdpbusd` for the integer products.

use super::{Kernel, Lanes, MAGIC, Simd};
use std::arch::x86_64::*;

/// Proof that AVX-512 (F, BW, DQ, VL) and VNNI exist.
#[derive(Clone, Copy)]
pub(crate) struct Avx512(());

impl Avx512 {
    /// # Safety
    /// The machine has `avx512{f,bw,dq,vl,vnni}`, `avx2` and `fma`.
    #[inline(always)]
    pub unsafe fn new() -> Self {
        Avx512(())
    }
}

/// An intrinsic that only computes: safe where `Avx512` exists.
macro_rules! pure {
    ($e:expr) => {
        // SAFETY: `self` proves that the machine has the features; no memory is touched.
        unsafe { $e }
    };
}

impl Simd for Avx512 {
    type F = __m512;
    type I = __m512i;
    const STEP: usize = 4;
    const NV: usize = 4;
    const OFFSET: i32 = 128;

    #[inline(always)]
    fn run<K: Kernel>(self, kernel: K) -> K::Out {
        #[target_feature(enable = "avx512f,avx512bw,avx512dq,avx512vl,avx512vnni,avx2,fma")]
        fn inner<K: Kernel>(s: Avx512, kernel: K) -> K::Out {
            kernel.run(s)
        }
        // SAFETY: `self` proves that the machine has the features.
        unsafe { inner(self, kernel) }
    }

    #[inline(always)]
    fn splat(self, x: f32) -> __m512 {
        pure!(_mm512_set1_ps(x))
    }
    #[inline(always)]
    fn add(self, a: __m512, b: __m512) -> __m512 {
        pure!(_mm512_add_ps(a, b))
    }
    #[inline(always)]
    fn sub(self, a: __m512, b: __m512) -> __m512 {
        pure!(_mm512_sub_ps(a, b))
    }
    #[inline(always)]
    fn mul(self, a: __m512, b: __m512) -> __m512 {
        pure!(_mm512_mul_ps(a, b))
    }
    #[inline(always)]
    fn fma(self, a: __m512, b: __m512, c: __m512) -> __m512 {
        pure!(_mm512_fmadd_ps(a, b, c))
    }
    #[inline(always)]
    fn max(self, a: __m512, b: __m512) -> __m512 {
        pure!(_mm512_max_ps(a, b))
    }
    #[inline(always)]
    fn min(self, a: __m512, b: __m512) -> __m512 {
        pure!(_mm512_min_ps(a, b))
    }
    #[inline(always)]
    fn abs(self, a: __m512) -> __m512 {
        pure!(_mm512_abs_ps(a))
    }
    #[inline(always)]
    fn scale(self, p: __m512, y: __m512) -> __m512 {
        pure!(_mm512_castsi512_ps(_mm512_add_epi32(
            _mm512_castps_si512(p),
            _mm512_slli_epi32::<23>(_mm512_castps_si512(y)),
        )))
    }
    #[inline(always)]
    fn lookup(self, table: &Lanes, y: __m512) -> __m512 {
        let table = self.load(table);
        pure!(_mm512_permutexvar_ps(_mm512_castps_si512(y), table))
    }
    #[inline(always)]
    fn first(self, a: __m512, n: usize, fill: __m512) -> __m512 {
        let mask = if n >= 16 { 0xffff } else { (1u16 << n) - 1 };
        pure!(_mm512_mask_mov_ps(fill, mask, a))
    }
    #[inline(always)]
    fn sum(self, a: __m512) -> f32 {
        pure!({
            let a = _mm256_add_ps(_mm512_castps512_ps256(a), _mm512_extractf32x8_ps::<1>(a));
            let a = _mm_add_ps(_mm256_castps256_ps128(a), _mm256_extractf128_ps::<1>(a));
            let a = _mm_add_ps(a, _mm_movehl_ps(a, a));
            _mm_cvtss_f32(_mm_add_ss(a, _mm_movehdup_ps(a)))
        })
    }
    #[inline(always)]
    fn top(self, a: __m512) -> f32 {
        pure!({
            let a = _mm256_max_ps(_mm512_castps512_ps256(a), _mm512_extractf32x8_ps::<1>(a));
            let a = _mm_max_ps(_mm256_castps256_ps128(a), _mm256_extractf128_ps::<1>(a));
            let a = _mm_max_ps(a, _mm_movehl_ps(a, a));
            _mm_cvtss_f32(_mm_max_ss(a, _mm_movehdup_ps(a)))
        })
    }

    #[inline(always)]
    fn load(self, p: &Lanes) -> __m512 {
        // SAFETY: 16 floats behind a reference, and `self` proves the features.
        unsafe { _mm512_loadu_ps(p.as_ptr()) }
    }
    #[inline(always)]
    fn store(self, a: __m512, p: &mut Lanes) {
        // SAFETY: 16 floats behind a reference, and `self` proves the features.
        unsafe { _mm512_storeu_ps(p.as_mut_ptr(), a) }
    }
    #[inline(always)]
    unsafe fn load_at(self, p: *const f32) -> __m512 {
        // SAFETY: promised by the caller; `self` proves the features.
        unsafe { _mm512_loadu_ps(p) }
    }
    #[inline(always)]
    unsafe fn store_at(self, a: __m512, p: *mut f32) {
        // SAFETY: promised by the caller; `self` proves the features.
        unsafe { _mm512_storeu_ps(p, a) }
    }

    #[inline(always)]
    unsafe fn load_words(self, p: *const u32) -> __m512i {
        // SAFETY: promised by the caller; `self` proves the features.
        unsafe { _mm512_loadu_si512(p.cast()) }
    }
    #[inline(always)]
    fn splat_word(self, w: u32) -> __m512i {
        pure!(_mm512_set1_epi32(w.cast_signed()))
    }
    #[inline(always)]
    fn dot(self, acc: __m512i, activations: __m512i, weights: __m512i) -> __m512i {
        pure!(_mm512_dpbusd_epi32(acc, activations, weights))
    }
    #[inline(always)]
    fn to_float(self, a: __m512i) -> __m512 {
        pure!(_mm512_cvtepi32_ps(a))
    }

    #[inline(always)]
    unsafe fn put_quantised(self, y: __m512, p: *mut u32) {
        // The low byte of `MAGIC + 128 + q` is `128 + q`.
        const { assert!(MAGIC.to_bits().trailing_zeros() >= 8) };
        // SAFETY: the caller lets us write 16 bytes; `self` proves the features.
        unsafe { _mm_storeu_si128(p.cast(), _mm512_cvtepi32_epi8(_mm512_castps_si512(y))) }
    }

    #[inline(always)]
    fn dot16(self, acc: __m512i, a: __m512i, b: __m512i) -> __m512i {
        pure!(_mm512_dpwssd_epi32(acc, a, b))
    }
    #[inline(always)]
    fn pair16(self, low: __m512, high: __m512) -> __m512i {
        pure!({
            let high = _mm512_slli_epi32::<16>(_mm512_castps_si512(high));
            _mm512_mask_blend_epi16(0x5555_5555, high, _mm512_castps_si512(low))
        })
    }
    #[inline(always)]
    unsafe fn put16(self, y: __m512, p: *mut u32) {
        // The low half of `MAGIC + q` is `q`.
        const { assert!(MAGIC.to_bits().trailing_zeros() >= 16) };
        // SAFETY: the caller lets us write 32 bytes; `self` proves the features.
        unsafe { _mm256_storeu_si256(p.cast(), _mm512_cvtepi32_epi16(_mm512_castps_si512(y))) }
    }
    #[inline(always)]
    unsafe fn store_words(self, a: __m512i, p: *mut u32) {
        // SAFETY: promised by the caller; `self` proves the features.
        unsafe { _mm512_storeu_si512(p.cast(), a) }
    }

    #[inline(always)]
    unsafe fn transpose(self, from: *const u32, stride: usize, to: *mut u32) {
        // SAFETY: memory as the caller promised; `self` proves the features.
        unsafe {
            let r: [__m512d; 16] =
                std::array::from_fn(|i| _mm512_castsi512_pd(_mm512_loadu_si512(from.add(i * stride).cast())));
            let mut u = r;
            for g in 0..4 {
                let [a, b, c, d] = [r[4 * g], r[4 * g + 1], r[4 * g + 2], r[4 * g + 3]];
                let (a, b) = (_mm512_castpd_ps(a), _mm512_castpd_ps(b));
                let (c, d) = (_mm512_castpd_ps(c), _mm512_castpd_ps(d));
                let ab0 = _mm512_castps_pd(_mm512_unpacklo_ps(a, b));
                let ab1 = _mm512_castps_pd(_mm512_unpackhi_ps(a, b));
                let cd0 = _mm512_castps_pd(_mm512_unpacklo_ps(c, d));
                let cd1 = _mm512_castps_pd(_mm512_unpackhi_ps(c, d));
                // `u[4g + c]`, 128-bit part `l`: column `4l + c` of rows `4g..4g + 4`.
                u[4 * g] = _mm512_unpacklo_pd(ab0, cd0);
                u[4 * g + 1] = _mm512_unpackhi_pd(ab0, cd0);
                u[4 * g + 2] = _mm512_unpacklo_pd(ab1, cd1);
                u[4 * g + 3] = _mm512_unpackhi_pd(ab1, cd1);
            }
            for c in 0..4 {
                let [p, q, r, s] = [u[c], u[4 + c], u[8 + c], u[12 + c]].map(|x| _mm512_castpd_ps(x));
                let even0 = _mm512_shuffle_f32x4::<0x88>(p, q);
                let odd0 = _mm512_shuffle_f32x4::<0xdd>(p, q);
                let even1 = _mm512_shuffle_f32x4::<0x88>(r, s);
                let odd1 = _mm512_shuffle_f32x4::<0xdd>(r, s);
                let put = |col: usize, v| _mm512_storeu_ps(to.add(col * 16).cast(), v);
                put(c, _mm512_shuffle_f32x4::<0x88>(even0, even1));
                put(4 + c, _mm512_shuffle_f32x4::<0x88>(odd0, odd1));
                put(8 + c, _mm512_shuffle_f32x4::<0xdd>(even0, even1));
                put(12 + c, _mm512_shuffle_f32x4::<0xdd>(odd0, odd1));
            }
        }
    }
}

//! The same sixteen lanes in plain Rust.

use super::{Kernel, Lanes, MAGIC, Simd};

/// Plain Rust: no proof needed.
#[derive(Clone, Copy)]
pub(crate) struct Portable;

#[inline(always)]
fn zip(a: Lanes, b: Lanes, f: impl Fn(f32, f32) -> f32) -> Lanes {
    std::array::from_fn(|i| f(a[i], b[i]))
}

#[inline(always)]
fn fold(mut a: Lanes, f: impl Fn(f32, f32) -> f32) -> f32 {
    for half in [8, 4, 2, 1] {
        for i in 0..half {
            a[i] = f(a[i], a[i + half]);
        }
    }
    a[0]
}

#[inline(always)]
fn greater(a: f32, b: f32) -> f32 {
    if a > b { a } else { b }
}

impl Simd for Portable {
    type F = Lanes;
    type I = [i32; 16];
    const STEP: usize = 2;
    const NV: usize = 1;
    const OFFSET: i32 = 0;

    #[inline(always)]
    fn run<K: Kernel>(self, kernel: K) -> K::Out {
        kernel.run(self)
    }

    #[inline(always)]
    fn splat(self, x: f32) -> Lanes {
        [x; 16]
    }
    #[inline(always)]
    fn add(self, a: Lanes, b: Lanes) -> Lanes {
        zip(a, b, |a, b| a + b)
    }
    #[inline(always)]
    fn sub(self, a: Lanes, b: Lanes) -> Lanes {
        zip(a, b, |a, b| a - b)
    }
    #[inline(always)]
    fn mul(self, a: Lanes, b: Lanes) -> Lanes {
        zip(a, b, |a, b| a * b)
    }
    #[inline(always)]
    fn fma(self, a: Lanes, b: Lanes, c: Lanes) -> Lanes {
        std::array::from_fn(|i| a[i].mul_add(b[i], c[i]))
    }
    #[inline(always)]
    fn max(self, a: Lanes, b: Lanes) -> Lanes {
        zip(a, b, greater)
    }
    #[inline(always)]
    fn min(self, a: Lanes, b: Lanes) -> Lanes {
        zip(a, b, |a, b| if a < b { a } else { b })
    }
    #[inline(always)]
    fn abs(self, a: Lanes) -> Lanes {
        a.map(f32::abs)
    }
    #[inline(always)]
    fn scale(self, p: Lanes, y: Lanes) -> Lanes {
        zip(p, y, |p, y| f32::from_bits(p.to_bits().wrapping_add(y.to_bits() << 23)))
    }
    #[inline(always)]
    fn lookup(self, table: &Lanes, y: Lanes) -> Lanes {
        y.map(|y| table[(y.to_bits() & 15) as usize])
    }
    #[inline(always)]
    fn first(self, a: Lanes, n: usize, fill: Lanes) -> Lanes {
        std::array::from_fn(|i| if i < n { a[i] } else { fill[i] })
    }
    #[inline(always)]
    fn sum(self, a: Lanes) -> f32 {
        fold(a, |a, b| a + b)
    }
    #[inline(always)]
    fn top(self, a: Lanes) -> f32 {
        fold(a, greater)
    }

    #[inline(always)]
    fn load(self, p: &Lanes) -> Lanes {
        *p
    }
    #[inline(always)]
    fn store(self, a: Lanes, p: &mut Lanes) {
        *p = a;
    }
    #[inline(always)]
    unsafe fn load_at(self, p: *const f32) -> Lanes {
        // SAFETY: promised by the caller.
        unsafe { p.cast::<Lanes>().read_unaligned() }
    }
    #[inline(always)]
    unsafe fn store_at(self, a: Lanes, p: *mut f32) {
        // SAFETY: promised by the caller.
        unsafe { p.cast::<Lanes>().write_unaligned(a) }
    }

    #[inline(always)]
    unsafe fn load_words(self, p: *const u32) -> [i32; 16] {
        // SAFETY: promised by the caller.
        unsafe { p.cast::<[i32; 16]>().read_unaligned() }
    }
    #[inline(always)]
    fn splat_word(self, w: u32) -> [i32; 16] {
        [w.cast_signed(); 16]
    }
    #[inline(always)]
    fn dot(self, acc: [i32; 16], a: [i32; 16], b: [i32; 16]) -> [i32; 16] {
        // Low and high halves are `i16`; products stay below 2^15, sums below 2^31 (see `Linear`).
        std::array::from_fn(|i| {
            let low = i32::from(a[i] as i16) * i32::from(b[i] as i16);
            let high = (a[i] >> 16) * (b[i] >> 16);
            acc[i].wrapping_add(low).wrapping_add(high)
        })
    }
    #[inline(always)]
    fn to_float(self, a: [i32; 16]) -> Lanes {
        a.map(|x| x as f32)
    }

    #[inline(always)]
    unsafe fn put_quantised(self, y: Lanes, p: *mut u32) {
        let q = y.map(|y| y.to_bits().wrapping_sub(MAGIC.to_bits()) & 0xffff);
        let words: [u32; 8] = std::array::from_fn(|i| q[2 * i] | (q[2 * i + 1] << 16));
        // SAFETY: promised by the caller.
        unsafe { p.cast::<[u32; 8]>().write_unaligned(words) }
    }

    #[inline(always)]
    fn dot16(self, acc: [i32; 16], a: [i32; 16], b: [i32; 16]) -> [i32; 16] {
        self.dot(acc, a, b)
    }
    #[inline(always)]
    fn pair16(self, low: Lanes, high: Lanes) -> [i32; 16] {
        std::array::from_fn(|i| (low[i].to_bits() & 0xffff | high[i].to_bits() << 16).cast_signed())
    }
    #[inline(always)]
    unsafe fn put16(self, y: Lanes, p: *mut u32) {
        // SAFETY: promised by the caller; packed activations are `i16` here.
        unsafe { self.put_quantised(y, p) }
    }
    #[inline(always)]
    unsafe fn store_words(self, a: [i32; 16], p: *mut u32) {
        // SAFETY: promised by the caller.
        unsafe { p.cast::<[i32; 16]>().write_unaligned(a) }
    }
}

//! Element functions, over any vector type: polynomials with stated errors.

use crate::simd::{Lanes, MAGIC, Simd};

/// `2^x` for `x <= 0`, within 4e-6 of the true value, relative, down to −126; exactly 0
/// at −127 and below (between the two: a tiny positive number). NaN gives 0.
#[inline(always)]
pub(crate) fn exp2<S: Simd>(s: S, x: S::F) -> S::F {
    let magic = s.splat(MAGIC);
    let x = s.max(x, s.splat(-127.0));
    let y = s.add(x, magic);
    let f = s.sub(x, s.sub(y, magic));
    let mut p = s.splat(0.009_582_854);
    for c in [0.055_906_426, 0.240_240_99, 0.693_124_2, 1.0] {
        p = s.fma(p, f, s.splat(c));
    }
    s.scale(p, y)
}

/// Distance between the centres of the pieces of `GELU_*`.
const GELU_STEP: f32 = 4.125 / 15.5;
/// Inputs beyond this are treated as this: the last piece ends at 4.125.
const GELU_END: f32 = 4.12;
/// Constant terms of the quadratics, piece by piece.
const GELU_0: Lanes = [
    1.316_495_7e-6,
    0.000_813_243_27,
    0.013_277_552,
    0.057_546_86,
    0.143_105_43,
    0.255_172_25,
    0.359_574_6,
    0.421_555_07,
    0.423_919_1,
    0.372_914_97,
    0.290_840_12,
    0.203_027_26,
    0.127_751_1,
    0.072_845_6,
    0.037_798_226,
    0.017_905_885,
];
/// Linear terms.
const GELU_1: Lanes = [
    0.499_853_58,
    0.490_514_46,
    0.430_157_9,
    0.298_030_76,
    0.114_146_56,
    -0.073_932_21,
    -0.217_755_88,
    -0.290_421,
    -0.293_431_9,
    -0.248_611_73,
    -0.183_703_91,
    -0.120_748_44,
    -0.071_424_14,
    -0.038_305_484,
    -0.018_723_054,
    -0.008_371_898,
];
/// Quadratic terms.
const GELU_2: Lanes = [
    -0.396_816_37,
    -0.370_184_33,
    -0.296_537_4,
    -0.197_631_76,
    -0.098_664_2,
    -0.019_673_6,
    0.029_889_915,
    0.051_194_63,
    0.052_110_363,
    0.042_261_552,
    0.029_425_787,
    0.018_140_076,
    0.010_058_987,
    0.005_064_122,
    0.002_328_459_2,
    0.000_981_763,
];

/// `x Φ(x)`, Φ the normal distribution function, within 1.4e-4 of the true value.
///
/// `x Φ(x) = max(x, 0) − |x| Φ(−|x|)`, and the second term is a small bump: sixteen
/// quadratics, chosen by a table lookup. NaN gives a number near 0.
#[inline(always)]
pub(crate) fn gelu<S: Simd>(s: S, x: S::F) -> S::F {
    let t = s.min(s.abs(x), s.splat(GELU_END));
    let piece = s.fma(t, s.splat(1.0 / GELU_STEP), s.splat(MAGIC));
    let c0 = s.lookup(&GELU_0, piece);
    let c1 = s.lookup(&GELU_1, piece);
    let c2 = s.lookup(&GELU_2, piece);
    let bump = s.fma(s.fma(c2, t, c1), t, c0);
    s.sub(s.max(x, s.splat(0.0)), bump)
}

#[cfg(test)]
mod tests {
    use crate::simd::{Kernel, Simd};
    use crate::{Engine, Path};

    struct Map<'a>(&'a mut [f32], bool);
    impl Kernel for Map<'_> {
        type Out = ();
        #[inline(always)]
        fn run<S: Simd>(self, s: S) {
            for x in self.0.as_chunks_mut::<16>().0 {
                let v = s.load(x);
                let y = if self.1 { super::gelu(s, v) } else { super::exp2(s, v) };
                s.store(y, x);
            }
        }
    }

    fn map(path: Path, x: &[f32], gelu: bool) -> Vec<f32> {
        let mut y = x.to_vec();
        Engine::with(path).unwrap().run(Map(&mut y, gelu));
        y
    }

    /// Φ by numerical integration of its density: Simpson's rule, from 0.
    fn phi(x: f64) -> f64 {
        let n = 400;
        let h = x / f64::from(n);
        let d = |t: f64| (-t * t / 2.0).exp();
        let inner: f64 = (1..n).map(|i| d(f64::from(i) * h) * if i % 2 == 1 { 4.0 } else { 2.0 }).sum();
        0.5 + (d(0.0) + inner + d(x)) * h / 3.0 / (2.0 * std::f64::consts::PI).sqrt()
    }

    #[test]
    fn gelu_error_is_bounded() {
        let x: Vec<f32> = (-16_000..16_000).map(|i| i as f32 / 2_000.0).collect();
        let y = map(Path::best(), &x, true);
        let worst = x
            .iter()
            .zip(&y)
            .map(|(&x, &y)| (f64::from(x) * phi(f64::from(x)) - f64::from(y)).abs())
            .fold(0.0, f64::max);
        assert!(worst < 1.4e-4, "{worst}");
    }

    #[test]
    fn exp2_error_is_bounded() {
        let x: Vec<f32> = (0..32_000).map(|i| -(i as f32) / 254.0).collect();
        let y = map(Path::best(), &x, false);
        let worst = x
            .iter()
            .zip(&y)
            .filter(|(x, _)| **x >= -126.0)
            .map(|(&x, &y)| (f64::from(y) / f64::from(x).exp2() - 1.0).abs())
            .fold(0.0, f64::max);
        assert!(worst < 4e-6, "{worst}");
        assert!(y.iter().all(|y| *y >= 0.0 && *y <= 1.0));
        let far = [-127.0, -128.0, -1e30, f32::NEG_INFINITY].repeat(4);
        assert!(map(Path::best(), &far, false).iter().all(|y| y.to_bits() == 0));
    }

    #[test]
    fn paths_agree_to_the_bit() {
        let mut x: Vec<f32> = (0..4_096).map(|i| (i as f32 - 3_000.0) * 0.0437).collect();
        x.extend([f32::INFINITY, f32::NEG_INFINITY, 0.0, -0.0, 1e-40, -1e-40, 3e38, -3e38].repeat(2));
        for gelu in [false, true] {
            let x: Vec<f32> = x.iter().map(|x| if gelu { *x } else { -x.abs() }).collect();
            let want = map(Path::Portable, &x, gelu);
            for path in Path::ALL.into_iter().filter(|p| p.available()) {
                let got = map(path, &x, gelu);
                assert!(got.iter().zip(&want).all(|(a, b)| a.to_bits() == b.to_bits()), "{path:?}");
            }
        }
    }
}

//! What the tests share: random numbers, and layers from them.
#![allow(dead_code, clippy::unwrap_used)]

use onrecord_nn::{Engine, Layer, LayerParts, Linear, Norm, Path, quantise_weights};

/// SplitMix64.
pub struct Random(pub u64);

impl Random {
    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let z = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }
    /// About normal, times `scale`.
    pub fn floats(&mut self, n: usize, scale: f32) -> Vec<f32> {
        let mut one = || (self.next() >> 11) as f64 / (1u64 << 53) as f64;
        (0..n).map(|_| ((one() + one() + one() + one() - 2.0) * 1.732) as f32 * scale).collect()
    }
    pub fn bytes(&mut self, n: usize) -> Vec<i8> {
        (0..n).map(|_| ((self.next() % 255) as i16 - 127) as i8).collect()
    }
}

/// The engines this machine has.
pub fn engines() -> Vec<Engine> {
    Path::ALL.into_iter().filter_map(|p| Engine::with(p).ok()).collect()
}

/// A linear layer as the reference sees it.
pub struct RawLinear {
    pub n: usize,
    pub k: usize,
    pub w: Vec<i8>,
    pub scale: Vec<f32>,
    pub bias: Vec<f32>,
}

impl RawLinear {
    pub fn random(r: &mut Random, n: usize, k: usize) -> RawLinear {
        let (w, scale) = quantise_weights(&r.floats(n * k, 1.5 / (k as f32).sqrt()), k);
        RawLinear { n, k, w, scale, bias: r.floats(n, 0.2) }
    }
    pub fn pack(&self, engine: Engine) -> Linear {
        Linear::new(engine, self.n, self.k, &self.w, &self.scale, &self.bias).unwrap()
    }
}

/// A layer as the reference sees it.
pub struct RawLayer {
    pub qkv: RawLinear,
    pub out: RawLinear,
    pub ffn1: RawLinear,
    pub ffn2: RawLinear,
    pub norms: [(Vec<f32>, Vec<f32>); 2],
}

impl RawLayer {
    pub fn random(seed: u64, h: usize, f: usize) -> RawLayer {
        let mut r = Random(seed);
        let norm = |r: &mut Random| {
            let gamma = r.floats(h, 0.2).iter().map(|x| 1.0 + x).collect();
            (gamma, r.floats(h, 0.2))
        };
        RawLayer {
            qkv: RawLinear::random(&mut r, 3 * h, h),
            out: RawLinear::random(&mut r, h, h),
            ffn1: RawLinear::random(&mut r, f, h),
            ffn2: RawLinear::random(&mut r, h, f),
            norms: [norm(&mut r), norm(&mut r)],
        }
    }
    pub fn parts(&self, e: Engine) -> LayerParts {
        let [ln1, ln2] = &self.norms;
        LayerParts {
            qkv: self.qkv.pack(e),
            out: self.out.pack(e),
            ln1: Norm::new(&ln1.0, &ln1.1, 1e-12).unwrap(),
            ffn1: self.ffn1.pack(e),
            ffn2: self.ffn2.pack(e),
            ln2: Norm::new(&ln2.0, &ln2.1, 1e-12).unwrap(),
        }
    }
    pub fn pack(&self, e: Engine) -> Layer {
        Layer::new(self.parts(e)).unwrap()
    }
}

pub fn bits(x: &[f32]) -> Vec<u32> {
    x.iter().map(|x| x.to_bits()).collect()
}

//! Who a mention takes up: the score of an earlier mention as its antecedent, or of there being none. `train/net.py`
//! (`antecedents`) is the same in PyTorch. Must not know what a mention's words are.

use super::weights::{Model, ModelError};
use super::{network, weights};
use onrecord_nn::{Dense, Engine};

/// Rows of the feature table for each feature of a pair; `entities/features.rs` says which they are.
pub(crate) const FEATURES: [usize; 8] = [9, 6, 9, 100, 16, 4, 4, 2];

/// What a mention is compared by.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Sketch {
    ask: Vec<f32>,
    answer: Vec<f32>,
    later: Vec<f32>,
    earlier: Vec<f32>,
    /// The score of its being the first of its chain.
    pub fresh: f32,
}

pub(crate) struct Antecedents {
    who: Dense,
    ask: Dense,
    answer: Dense,
    later: Dense,
    earlier: Dense,
    fresh: Dense,
    features: Vec<f32>,
    pair: Vec<f32>,
    bias: f32,
}

impl Antecedents {
    pub(crate) fn new(m: &Model<'_>, engine: Engine, width: usize) -> Result<Self, ModelError> {
        let dense = |name: &str| network::dense(m, engine, name);
        let new = Self {
            who: dense("who")?,
            ask: dense("ask")?,
            answer: dense("answer")?,
            later: dense("later")?,
            earlier: dense("earlier")?,
            fresh: dense("fresh")?,
            features: m.floats("feature")?.0,
            pair: m.floats("pair.weight")?.0,
            bias: m.floats("pair.bias")?.0.first().copied().unwrap_or(0.0),
        };
        let (w, a, p) = (new.who.outputs(), new.ask.outputs(), new.later.outputs());
        let side = |d: &Dense, n: usize| (d.inputs(), d.outputs()) == (w, n);
        let fits = new.who.inputs() == 2 * width
            && side(&new.ask, a)
            && side(&new.answer, a)
            && side(&new.later, p)
            && side(&new.earlier, p)
            && side(&new.fresh, 1)
            && new.features.len() == FEATURES.iter().sum::<usize>() * p
            && new.pair.len() == p;
        if fits {
            Ok(new)
        } else {
            Err(weights::ModelError("the antecedent head's shapes do not fit".into()))
        }
    }

    /// Sketches of mentions; `ends` holds for each the encoder's rows of its first and its last piece.
    pub(crate) fn sketches(&self, ends: &[f32]) -> Result<Vec<Sketch>, onrecord_nn::Error> {
        let n = ends.len() / self.who.inputs();
        let mut m = vec![0.0; n * self.who.outputs()];
        self.who.forward(ends, &mut m)?;
        m.iter_mut().for_each(|x| *x = gelu(*x));
        let run = |d: &Dense| -> Result<Vec<Vec<f32>>, onrecord_nn::Error> {
            let mut out = vec![0.0; n * d.outputs()];
            d.forward(&m, &mut out)?;
            Ok(out.chunks_exact(d.outputs()).map(<[f32]>::to_vec).collect())
        };
        let (ask, answer, later, earlier) =
            (run(&self.ask)?, run(&self.answer)?, run(&self.later)?, run(&self.earlier)?);
        let rest = ask.into_iter().zip(answer).zip(later.into_iter().zip(earlier)).zip(run(&self.fresh)?);
        Ok(rest
            .map(|(((ask, answer), (later, earlier)), fresh)| Sketch {
                ask,
                answer,
                later,
                earlier,
                fresh: fresh[0],
            })
            .collect())
    }

    /// The score of `earlier` as the antecedent of `later`, given the rows of the pair's features, counted from each
    /// feature's own first.
    pub(crate) fn score(&self, later: &Sketch, earlier: &Sketch, rows: [usize; 8]) -> f32 {
        let near: f32 = later.ask.iter().zip(&earlier.answer).map(|(x, y)| x * y).sum();
        let p = self.pair.len();
        let mut hidden: Vec<f32> = later.later.iter().zip(&earlier.earlier).map(|(x, y)| x + y).collect();
        let mut base = 0;
        for (row, n) in rows.into_iter().zip(FEATURES) {
            let at = (base + row.min(n - 1)) * p;
            hidden.iter_mut().zip(&self.features[at..at + p]).for_each(|(h, f)| *h += f);
            base += n;
        }
        let both: f32 = hidden.iter().zip(&self.pair).map(|(h, w)| h.max(0.0) * w).sum();
        near / (later.ask.len() as f32).sqrt() + both + self.bias
    }
}

/// The Gaussian error linear unit, by Abramowitz and Stegun 7.1.26 (error below 2e-7).
fn gelu(x: f32) -> f32 {
    let z = f64::from(x) / std::f64::consts::SQRT_2;
    let t = 1.0 / (1.0 + 0.327_591_1 * z.abs());
    let poly = t
        * (0.254_829_592
            + t * (-0.284_496_736 + t * (1.421_413_741 + t * (-1.453_152_027 + t * 1.061_405_429))));
    let erf = (1.0 - poly * (-z * z).exp()).copysign(z);
    (0.5 * f64::from(x) * (1.0 + erf)) as f32
}

#[cfg(test)]
mod tests {
    #[test]
    fn gelu_as_in_pytorch() {
        for (x, y) in
            [(0.0f32, 0.0f32), (1.0, 0.841_345), (-1.0, -0.158_655), (3.0, 2.995_95), (-5.0, -1.43e-6)]
        {
            assert!((super::gelu(x) - y).abs() < 1e-5, "{x}");
        }
    }
}

//! Figures and how far they would have moved with other documents: percentile bootstrap over documents, with a
//! fixed seed so that a run can be repeated to the digit. Must not know what is counted.

/// How often the documents are drawn anew.
pub const RESAMPLES: usize = 1000;
/// Where the drawing starts.
pub const SEED: u64 = 20160912;
/// How much of the resamples an interval holds.
pub const LEVEL: f64 = 0.95;

/// A proportion with its interval.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Figure {
    /// Over all documents, 0 to 1.
    pub value: f64,
    /// The interval's lower end.
    pub low: f64,
    /// The interval's upper end.
    pub high: f64,
}

/// SplitMix64: small, and the same everywhere.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// A number below `n`.
    fn below(&mut self, n: usize) -> usize {
        ((u128::from(self.next()) * n as u128) >> 64) as usize
    }
}

/// Figures over documents, each with its interval. `figures` works them out for documents drawn; it must give
/// the same number of them each time.
pub(crate) fn intervals<T>(documents: &[T], figures: impl Fn(&[&T]) -> Vec<f64>) -> Vec<Figure> {
    let mut random = Random(SEED);
    let values = figures(&documents.iter().collect::<Vec<_>>());
    let mut drawn: Vec<Vec<f64>> = vec![Vec::with_capacity(RESAMPLES); values.len()];
    for _ in 0..RESAMPLES {
        let some: Vec<&T> = documents.iter().map(|_| &documents[random.below(documents.len())]).collect();
        for (samples, value) in drawn.iter_mut().zip(figures(&some)) {
            samples.push(value);
        }
    }
    values.into_iter().zip(drawn).map(|(value, samples)| interval(value, samples)).collect()
}

fn interval(value: f64, mut samples: Vec<f64>) -> Figure {
    samples.sort_unstable_by(f64::total_cmp);
    let at = |share: f64| {
        let i = (share * samples.len().saturating_sub(1) as f64).round() as usize;
        samples.get(i).copied().unwrap_or(value)
    };
    Figure { value, low: at((1.0 - LEVEL) / 2.0), high: at((1.0 + LEVEL) / 2.0) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn intervals_hold_the_value_and_repeat() {
        let mean = |d: &[&f64]| vec![d.iter().copied().sum::<f64>() / d.len() as f64];
        let documents: Vec<f64> = (0..40).map(|i| f64::from(i % 7)).collect();
        let (a, b) = (intervals(&documents, mean), intervals(&documents, mean));
        assert_eq!(a, b);
        assert!(a[0].low < a[0].value && a[0].value < a[0].high, "{a:?}");
        // one document has nothing to vary
        assert_eq!(intervals(&[0.5], mean), [Figure { value: 0.5, low: 0.5, high: 0.5 }]);
    }

    #[test]
    fn draws_are_fair_enough() {
        let mut random = Random(SEED);
        let mut seen = [0usize; 10];
        (0..10_000).for_each(|_| seen[random.below(10)] += 1);
        assert!(seen.iter().all(|n| (900..1100).contains(n)), "{seen:?}");
    }
}

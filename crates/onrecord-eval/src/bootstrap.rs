//! Figures and how far they would have moved with other articles: percentile bootstrap over articles, with a
//! fixed seed so that a run can be repeated to the digit. Must not know what is counted.

use crate::score::{Count, Counts, MEASURES, Row};

/// How often the articles are drawn anew.
pub const RESAMPLES: usize = 1000;
/// Where the drawing starts.
pub const SEED: u64 = 20160912;
/// How much of the resamples an interval holds.
pub const LEVEL: f64 = 0.95;

/// A proportion with its interval.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Figure {
    /// Over all articles, 0 to 1.
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

/// Precision, recall, F1. Nothing to hit is 0, as in the script this agrees with.
fn figures(c: &Count) -> [f64; 3] {
    let over = |hit: u64, of: u64| hit as f64 / of.max(1) as f64;
    let (p, r) = (over(c.hit_p, c.predicted), over(c.hit_g, c.gold));
    [p, r, 2.0 * p * r / (p + r).max(1e-9)]
}

fn total<'a>(counts: impl Iterator<Item = &'a Counts>) -> Counts {
    let mut sum = [Count::default(); MEASURES.len()];
    for article in counts {
        for (s, c) in sum.iter_mut().zip(article) {
            s.add(c);
        }
    }
    sum
}

/// Every measure over the articles, with intervals.
pub(crate) fn rows(articles: &[Counts]) -> Vec<Row> {
    let mut random = Random(SEED);
    // measure × figure -> its value in each resample
    let mut drawn: Vec<[Vec<f64>; 3]> = vec![Default::default(); MEASURES.len()];
    for _ in 0..RESAMPLES {
        let sum = total((0..articles.len()).map(|_| &articles[random.below(articles.len())]));
        for (samples, c) in drawn.iter_mut().zip(&sum) {
            for (s, value) in samples.iter_mut().zip(figures(c)) {
                s.push(value);
            }
        }
    }
    MEASURES
        .iter()
        .zip(total(articles.iter()))
        .zip(drawn)
        .map(|((&measure, sum), [p, r, f])| {
            let [precision, recall, f1] = figures(&sum);
            Row {
                measure,
                predicted: sum.predicted,
                gold: sum.gold,
                precision: interval(precision, p),
                recall: interval(recall, r),
                f1: interval(f1, f),
            }
        })
        .collect()
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

    fn article(hit: u64, predicted: u64, gold: u64) -> Counts {
        [Count { hit_p: hit, predicted, hit_g: hit, gold }; MEASURES.len()]
    }

    #[test]
    fn figures_of_counts() {
        for ((hit, p, g), want) in [
            ((0, 0, 0), [0.0, 0.0, 0.0]),
            ((0, 3, 5), [0.0, 0.0, 0.0]),
            ((2, 2, 4), [1.0, 0.5, 2.0 / 3.0]),
            ((3, 3, 3), [1.0, 1.0, 1.0]),
        ] {
            assert_eq!(figures(&article(hit, p, g)[0]), want);
        }
    }

    #[test]
    fn intervals_hold_the_value_and_repeat() {
        let articles: Vec<Counts> = (0..40).map(|i| article(i % 7, 8, 6 + i % 3)).collect();
        let (a, b) = (rows(&articles), rows(&articles));
        assert_eq!(a, b);
        for r in &a {
            for f in [r.precision, r.recall, r.f1] {
                assert!(f.low < f.value && f.value < f.high, "{f:?}");
            }
        }
        // one article has nothing to vary
        let one = rows(&[article(1, 2, 4)]);
        assert_eq!(one[0].precision, Figure { value: 0.5, low: 0.5, high: 0.5 });
    }

    #[test]
    fn draws_are_fair_enough() {
        let mut random = Random(SEED);
        let mut seen = [0usize; 10];
        (0..10_000).for_each(|_| seen[random.below(10)] += 1);
        assert!(seen.iter().all(|n| (900..1100).contains(n)), "{seen:?}");
    }
}

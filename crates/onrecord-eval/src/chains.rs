//! Measures of how mentions are put into chains: MUC (Vilain et al. 1995), B³ (Bagga & Baldwin 1998), CEAFe (Luo
//! 2005) and pairs. A mention is a number; one that both sides have is the same number on both. Must not know
//! where the chains came from.

use crate::report::Sum;
use std::collections::BTreeMap;

/// One side's chains. No mention stands in two.
pub(crate) type Chains = Vec<Vec<usize>>;

fn owners(chains: &[Vec<usize>]) -> BTreeMap<usize, usize> {
    chains.iter().enumerate().flat_map(|(i, c)| c.iter().map(move |&m| (m, i))).collect()
}

/// How many mentions each chain shares with each of the other side that it shares any with.
fn overlaps(chain: &[usize], owners: &BTreeMap<usize, usize>) -> BTreeMap<usize, usize> {
    let mut out = BTreeMap::new();
    for owner in chain.iter().filter_map(|m| owners.get(m)) {
        *out.entry(*owner).or_insert(0) += 1;
    }
    out
}

/// Links: how many of those that a chain needs does the other side keep?
pub(crate) fn muc(predicted: &[Vec<usize>], gold: &[Vec<usize>]) -> Sum {
    let kept = |chains: &[Vec<usize>], other: &[Vec<usize>]| {
        let owners = owners(other);
        let (mut hits, mut all) = (0, 0);
        for chain in chains.iter().filter(|c| !c.is_empty()) {
            let parts = overlaps(chain, &owners);
            let alone = chain.len() - parts.values().sum::<usize>();
            hits += chain.len() - parts.len() - alone;
            all += chain.len() - 1;
        }
        (hits as f64, all as f64)
    };
    let ((hit_p, predicted_links), (hit_g, gold_links)) = (kept(predicted, gold), kept(gold, predicted));
    Sum { hit_p, predicted: predicted_links, hit_g, gold: gold_links }
}

/// Mentions: how much of its chain does each find itself with?
pub(crate) fn b_cubed(predicted: &[Vec<usize>], gold: &[Vec<usize>]) -> Sum {
    let with = |chains: &[Vec<usize>], other: &[Vec<usize>]| {
        let owners = owners(other);
        let (mut hits, mut all) = (0.0, 0.0);
        for chain in chains {
            let squares: usize = overlaps(chain, &owners).values().map(|n| n * n).sum();
            hits += squares as f64 / chain.len().max(1) as f64;
            all += chain.len() as f64;
        }
        (hits, all)
    };
    let ((hit_p, mentions_p), (hit_g, mentions_g)) = (with(predicted, gold), with(gold, predicted));
    Sum { hit_p, predicted: mentions_p, hit_g, gold: mentions_g }
}

/// Chains, each set against at most one of the other side: 2·shared / (both sizes), at best.
pub(crate) fn ceaf_e(predicted: &[Vec<usize>], gold: &[Vec<usize>]) -> Sum {
    let owners = owners(gold);
    let alike: Vec<Vec<f64>> = predicted
        .iter()
        .map(|chain| {
            let mut row = vec![0.0; gold.len()];
            for (g, n) in overlaps(chain, &owners) {
                row[g] = 2.0 * n as f64 / (chain.len() + gold[g].len()) as f64;
            }
            row
        })
        .collect();
    let hit = best_assignment(&alike);
    Sum { hit_p: hit, predicted: predicted.len() as f64, hit_g: hit, gold: gold.len() as f64 }
}

/// Pairs of mentions of one chain.
pub(crate) fn pairs(predicted: &[Vec<usize>], gold: &[Vec<usize>]) -> Sum {
    let of = |n: usize| n * n.saturating_sub(1) / 2;
    let all = |chains: &[Vec<usize>]| chains.iter().map(|c| of(c.len())).sum();
    let owners = owners(gold);
    let hits = predicted.iter().flat_map(|c| overlaps(c, &owners).into_values()).map(of).sum();
    Sum::of(hits, all(predicted), all(gold))
}

/// The greatest sum that pairing rows with columns, each at most once, can give; no value is below 0. The
/// Hungarian method with potentials, in O(rows² · columns).
fn best_assignment(values: &[Vec<f64>]) -> f64 {
    let columns = values.first().map_or(0, Vec::len);
    if columns == 0 {
        return 0.0;
    }
    if values.len() > columns {
        let turned: Vec<Vec<f64>> = (0..columns).map(|c| values.iter().map(|r| r[c]).collect()).collect();
        return best_assignment(&turned);
    }
    // rows and columns count from 1; column 0 holds the row that is being placed
    let (mut row_price, mut column_price) = (vec![0.0; values.len() + 1], vec![0.0; columns + 1]);
    let mut row_of = vec![0; columns + 1];
    for row in 1..=values.len() {
        row_of[0] = row;
        let mut at = 0;
        let (mut slack, mut via) = (vec![f64::INFINITY; columns + 1], vec![0; columns + 1]);
        let mut seen = vec![false; columns + 1];
        while row_of[at] != 0 {
            seen[at] = true;
            let (here, mut least, mut next) = (row_of[at], f64::INFINITY, 0);
            for c in (1..=columns).filter(|&c| !seen[c]) {
                let cost = -values[here - 1][c - 1] - row_price[here] - column_price[c];
                if cost < slack[c] {
                    (slack[c], via[c]) = (cost, at);
                }
                if slack[c] < least {
                    (least, next) = (slack[c], c);
                }
            }
            for c in 0..=columns {
                if seen[c] {
                    row_price[row_of[c]] += least;
                    column_price[c] -= least;
                } else {
                    slack[c] -= least;
                }
            }
            at = next;
        }
        while at != 0 {
            row_of[at] = row_of[via[at]];
            at = via[at];
        }
    }
    (1..=columns).filter(|&c| row_of[c] != 0).map(|c| values[row_of[c] - 1][c - 1]).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Precision and recall in per mille.
    fn pr(s: Sum) -> (i64, i64) {
        let share = |hit: f64, of: f64| (1000.0 * hit / of).round() as i64;
        (share(s.hit_p, s.predicted), share(s.hit_g, s.gold))
    }

    #[test]
    fn the_figures_of_the_textbook() {
        // Bagga & Baldwin 1998, Luo 2005: mentions 1 to 9, A to C
        let gold: Chains = vec![vec![1, 2, 3, 4, 5], vec![6, 7], vec![8, 9, 10, 11, 12]];
        // the second answer puts the small chain with the third; the third puts the two great ones together
        let small: Chains = vec![vec![1, 2, 3, 4, 5], vec![6, 7, 8, 9, 10, 11, 12]];
        let great: Chains = vec![vec![1, 2, 3, 4, 5, 8, 9, 10, 11, 12], vec![6, 7]];
        let one: Chains = vec![(1..=12).collect()];
        let alone: Chains = (1..=12).map(|m| vec![m]).collect();
        // MUC precision 9/10 for both, recall 1; B³ precision (5 + 4/7 + 25/7)/12 and (5/2 + 5/2 + 2)/12;
        // CEAFe: 1 + 10/12 and 2/3 + 1 over two chains and three; all in one: 2·5/17
        type Case<'a> = (&'a str, &'a Chains, (i64, i64), (i64, i64), (i64, i64));
        let cases: [Case<'_>; 4] = [
            ("small", &small, (900, 1000), (762, 1000), (917, 611)),
            ("great", &great, (900, 1000), (583, 1000), (833, 556)),
            ("one", &one, (818, 1000), (375, 1000), (588, 196)),
            ("gold", &gold, (1000, 1000), (1000, 1000), (1000, 1000)),
        ];
        for (name, predicted, m, b, c) in cases {
            assert_eq!(pr(muc(predicted, &gold)), m, "{name}: MUC");
            assert_eq!(pr(b_cubed(predicted, &gold)), b, "{name}: B3");
            assert_eq!(pr(ceaf_e(predicted, &gold)), c, "{name}: CEAFe");
        }
        // each alone: no link; B³ precision 1, recall 3/12; CEAFe (2/6 + 2/3 + 2/6) over 12 and 3
        assert_eq!(muc(&alone, &gold), Sum { hit_p: 0.0, predicted: 0.0, hit_g: 0.0, gold: 9.0 });
        assert_eq!(pr(b_cubed(&alone, &gold)), (1000, 250));
        assert_eq!(pr(ceaf_e(&alone, &gold)), (111, 444));
        // pairs: 10 + 1 + 10 of gold; small has 10 + 21
        assert_eq!(pairs(&small, &gold), Sum::of(21, 31, 21));
        assert_eq!(pairs(&alone, &gold), Sum::of(0, 0, 21));
    }

    #[test]
    fn mentions_that_one_side_lacks() {
        // gold {1,2,3}, predicted {1,2,90} {3,91}: MUC links kept 1 of 2 each way (2 + 1 predicted, 2 gold)
        let (gold, predicted): (Chains, Chains) = (vec![vec![1, 2, 3]], vec![vec![1, 2, 90], vec![3, 91]]);
        let m = muc(&predicted, &gold);
        assert_eq!((m.hit_p, m.predicted, m.hit_g, m.gold), (1.0, 3.0, 1.0, 2.0));
        // B³: P (4/3 + 1/2)/5, R (4 + 1)/3/3
        let b = b_cubed(&predicted, &gold);
        assert!((b.hit_p - 11.0 / 6.0).abs() < 1e-12 && (b.hit_g - 5.0 / 3.0).abs() < 1e-12);
        assert_eq!((b.predicted, b.gold), (5.0, 3.0));
        let none: Chains = vec![];
        assert_eq!(ceaf_e(&none, &gold), Sum { gold: 1.0, ..Sum::default() });
        assert_eq!(muc(&none, &none), Sum::default());
    }

    /// Every way of pairing, by hand.
    fn brute(values: &[Vec<f64>], row: usize, used: u32) -> f64 {
        let Some(line) = values.get(row) else { return 0.0 };
        let mut best = brute(values, row + 1, used);
        for (c, v) in line.iter().enumerate().filter(|(c, _)| used & (1 << c) == 0) {
            best = best.max(v + brute(values, row + 1, used | (1 << c)));
        }
        best
    }

    #[test]
    fn the_assignment_is_the_best_there_is() {
        let mut state = 7u64;
        let mut draw = move || {
            state = state.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
            state >> 33
        };
        for _ in 0..300 {
            let (rows, columns) = (draw() as usize % 6, draw() as usize % 6 + 1);
            let mut value = || if draw() % 3 == 0 { 0.0 } else { (draw() % 1000) as f64 / 1000.0 };
            let values: Vec<Vec<f64>> = (0..rows).map(|_| (0..columns).map(|_| value()).collect()).collect();
            let (got, want) = (best_assignment(&values), brute(&values, 0, 0));
            assert!((got - want).abs() < 1e-9, "{values:?}: {got} {want}");
        }
    }
}

//! Groups 100,000 distinct names made by a seeded generator, one thread: seconds, pairs compared, groups.
//!
//! `cargo bench -p onrecord-names [-- COUNT]`.
#![allow(clippy::print_stdout)]

use onrecord_names::{Kind, Name, grouping};
use std::collections::HashSet;
use std::time::Instant;

/// SplitMix64.
struct Random(u64);
impl Random {
    fn below(&mut self, n: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let z = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((z ^ (z >> 31)) % n as u64) as usize
    }
    /// Small numbers more often: some names are common.
    fn skewed(&mut self, n: usize) -> usize {
        self.below(n).min(self.below(n))
    }
    fn of<'a>(&mut self, list: &[&'a str]) -> &'a str {
        list[self.below(list.len())]
    }
    /// A word of that many syllables.
    fn word(&mut self, syllables: usize) -> String {
        const ONSETS: &[&str] = &[
            "b", "ch", "d", "f", "g", "h", "j", "k", "kh", "l", "m", "n", "p", "r", "s", "sh", "t", "v", "y",
            "z", "br", "st",
        ];
        const VOWELS: &[&str] = &["a", "e", "i", "o", "u", "ou", "ie"];
        const ENDS: &[&str] = &["", "n", "r", "s", "l", "m", "k", "v", "nd", "ts"];
        let mut w: String =
            (0..syllables).map(|_| format!("{}{}", self.of(ONSETS), self.of(VOWELS))).collect();
        w.push_str(self.of(ENDS));
        let first = w.remove(0).to_ascii_uppercase();
        format!("{first}{w}")
    }
}

/// Another romanisation of a word, perhaps.
fn spelled(word: &str, random: &mut Random) -> String {
    const OTHERS: &[(&str, &str)] =
        &[("kh", "h"), ("ou", "u"), ("y", "i"), ("g", "h"), ("v", "w"), ("k", "c"), ("ts", "tz"), ("z", "s")];
    let (from, to) = OTHERS[random.below(OTHERS.len())];
    word.replacen(from, to, 1)
}

fn make(count: usize) -> Vec<String> {
    let mut random = Random(7);
    let given: Vec<String> = (0..600).map(|i| random.word(1 + i % 2)).collect();
    let family: Vec<String> = (0..8_000).map(|i| random.word(2 + i % 2)).collect();
    let titles = ["Mr", "Ms", "Dr", "President", "Prime Minister", "Sen.", "Gen."];
    let heads = ["Ministry of", "Bank of", "University of", "Institute for", "Council of"];
    let mut seen = HashSet::new();
    let mut names = Vec::with_capacity(count);
    while names.len() < count {
        let (g, f) = (&given[random.skewed(given.len())], &family[random.skewed(family.len())]);
        let initial = &g[..1];
        let name = match random.below(20) {
            0 => f.clone(),
            1 => format!("{} {f}", random.of(&titles)),
            2 => format!("{initial}. {f}"),
            3 => format!("{} {g} {f}", random.of(&titles)),
            4 => format!("{f}, {g}"),
            5 => format!("{g} {}. {f}", given[random.below(given.len())].chars().next().unwrap_or('X')),
            6 => format!("{g} {}", spelled(f, &mut random)),
            7 => format!("{} {f}", spelled(g, &mut random)),
            8 => format!("{} {f}", random.of(&heads)),
            9 => format!("the {} {f}", random.of(&heads)),
            _ => format!("{g} {f}"),
        };
        if seen.insert(name.clone()) {
            names.push(name);
        }
    }
    names
}

fn main() {
    let count = std::env::args().find_map(|a| a.parse().ok()).unwrap_or(100_000);
    let texts = make(count);
    let begun = Instant::now();
    let kind = |t: &str| if t.contains(" of ") || t.contains(" for ") { Kind::Body } else { Kind::Person };
    let names: Vec<Name> = texts.iter().map(|t| Name::new(t, kind(t))).collect();
    let read = begun.elapsed().as_secs_f64();
    let begun = Instant::now();
    let got = grouping(&names);
    let seconds = begun.elapsed().as_secs_f64();
    println!("{count} distinct names: read in {read:.2} s, grouped in {seconds:.2} s on one thread");
    println!(
        "{} groups, {} pairs compared ({:.1} a name)",
        got.count,
        got.compared,
        got.compared as f64 / count as f64
    );
}

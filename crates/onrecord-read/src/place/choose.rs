//! Which namesake each name of a document means. Must not know how places are written out.

use super::candidates::{Candidate, candidates, within};
use super::{PlaceName, context};
use onrecord_places::{Feature, PlaceIx, Record, kilometres};
use std::collections::BTreeMap;

/// The most distinct names of one document that are weighed against each other.
const MOST: usize = 200;
const ROUNDS: usize = 3;

// weights by judgement, checked but not fitted on the develop halves of GeoVirus and LGL
const CONTAINED: f64 = 8.0;
const COUNTRY: f64 = 2.5;
const DIVISION: f64 = 2.5;
const NEAR: f64 = 2.0;
/// Kilometres from a city's point within which its quarters lie.
const WITHIN: f64 = 30.0;
/// Kilometres at which nearness has fallen to 1/e.
const REACH: f64 = 100.0;
/// How many powers of ten make a namesake e times as probable.
const TEMPER: f64 = 0.6;

/// A distinct name.
struct Word {
    candidates: Vec<Candidate>,
    /// What its container says for each candidate.
    contained: Vec<f64>,
    /// How probable each candidate is.
    share: Vec<f64>,
    /// How much its mentions weigh for others.
    weight: f64,
}

impl Word {
    /// The likeliest candidate, with its probability.
    fn best(&self) -> Option<(&Candidate, f64)> {
        let mut best: Option<(&Candidate, f64)> = None;
        for (c, p) in self.candidates.iter().zip(&self.share) {
            if best.is_none_or(|b| *p > b.1) {
                best = Some((c, *p));
            }
        }
        best
    }

    /// Makes shares of scores.
    fn settle(&mut self, scores: &[f64]) {
        let most = scores.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        self.share = scores.iter().map(|s| ((s - most) / TEMPER).exp()).collect();
        let sum: f64 = self.share.iter().sum();
        self.share.iter_mut().for_each(|p| *p /= sum);
    }
}

/// The place of each name, in the names' order.
pub(super) fn choose(text: &str, names: &[PlaceName]) -> Vec<Option<Record>> {
    let mut words: Vec<Word> = Vec::new();
    let mut numbers: BTreeMap<String, usize> = BTreeMap::new();
    let mut of_name = Vec::with_capacity(names.len());
    let mut mentions: Vec<f64> = Vec::new();
    for name in names {
        let span = context::wider(text, name.span);
        let said = clean(span.of(text));
        // capitals tell "US" from "us" and "AR" from "Ar", so they count here
        let number = *numbers.entry(said.to_owned()).or_insert_with(|| {
            let candidates = candidates(said);
            let contained = vec![0.0; candidates.len()];
            words.push(Word { candidates, contained, share: vec![], weight: 1.0 });
            mentions.push(0.0);
            words.len() - 1
        });
        if let Some(n) = mentions.get_mut(number) {
            *n += 1.0;
        }
        if let Some(word) = words.get_mut(number)
            && let Some((container, listed)) = context::container(text, span)
        {
            contain(word, container, listed);
        }
        of_name.push(number);
    }
    for (word, n) in words.iter_mut().zip(&mentions) {
        word.weight = 1.0 + n.ln();
        let scores: Vec<f64> =
            word.candidates.iter().zip(&word.contained).map(|(c, k)| c.prior + k).collect();
        word.settle(&scores);
    }
    let spans: Vec<_> = names.iter().map(|n| n.span).collect();
    let said = context::adjectives(text, &spans);
    for _ in 0..ROUNDS {
        round(&mut words, &said);
    }
    of_name.iter().map(|n| words.get(*n)?.best().map(|(c, _)| c.place)).collect()
}

/// A name without white space and the genitive.
fn clean(name: &str) -> &str {
    let name = name.trim();
    ["'s", "’s", "'", "’"].iter().find_map(|g| name.strip_suffix(g)).unwrap_or(name)
}

/// Candidates that lie in what follows the name gain; but a country lies in no other, and in a list of divisions none lies in
/// the next.
fn contain(word: &mut Word, container: &str, listed: bool) {
    let mut containers = candidates(container);
    // "Washington, D.C. The …": the next sentence may begin after an abbreviation
    let mut shorter = container;
    while containers.is_empty()
        && let Some((front, _)) = shorter.rsplit_once(". ")
    {
        shorter = front;
        containers = candidates(front);
    }
    let is = |all: &[Candidate], feature| all.first().is_some_and(|c| c.place.feature == feature);
    // but "Lebanon, Tennessee"
    let country = is(&word.candidates, Feature::Country) && is(&containers, Feature::Country);
    let division = |all: &[Candidate]| {
        all.iter().find(|c| c.place.feature == Feature::Region).and_then(|c| c.place.country())
    };
    let among = division(&word.candidates);
    if listed && among.is_some() && is(&containers, Feature::Region) && among == division(&containers) {
        return;
    }
    for (c, k) in word.candidates.iter().zip(&mut word.contained) {
        if country && c.place.feature != Feature::Region {
            continue;
        }
        if containers.iter().any(|r| within(&c.place, &r.place) || part(&c.place, &r.place)) {
            *k = CONTAINED;
        }
    }
}

/// Is the first a town or quarter in the second, a city: "Brooklyn, New York", "Washington, D.C."?
fn part(place: &Record, city: &Record) -> bool {
    let city_like = |p: &Record| p.feature >= Feature::Capital;
    city_like(place)
        && city_like(city)
        && place.people() <= city.people()
        && kilometres(place.point(), city.point()) < WITHIN
}

/// One round: every name anew, by what the others probably are.
fn round(words: &mut [Word], said: &BTreeMap<&'static str, f64>) {
    let mut countries: BTreeMap<&str, f64> = said.clone();
    let mut divisions: BTreeMap<PlaceIx, f64> = BTreeMap::new();
    for word in words.iter() {
        for (c, p) in word.candidates.iter().zip(&word.share) {
            if let Some(code) = c.place.country() {
                *countries.entry(code).or_insert(0.0) += p * word.weight;
            }
            if let Some(division) = c.place.division {
                *divisions.entry(division).or_insert(0.0) += p * word.weight;
            }
        }
    }
    let bests: Vec<Option<(Record, f64)>> = words
        .iter()
        .take(MOST)
        .map(|w| w.best().map(|(c, p)| (c.place, p * w.weight)))
        .map(|b| b.filter(|(r, _)| !matches!(r.feature, Feature::Country | Feature::Wide)))
        .collect();
    let mut scores: Vec<Vec<f64>> = Vec::with_capacity(words.len());
    for (i, word) in words.iter().enumerate() {
        let mut own_countries: BTreeMap<&str, f64> = BTreeMap::new();
        let mut own_divisions: BTreeMap<PlaceIx, f64> = BTreeMap::new();
        for (c, p) in word.candidates.iter().zip(&word.share) {
            if let Some(code) = c.place.country() {
                *own_countries.entry(code).or_insert(0.0) += p * word.weight;
            }
            if let Some(division) = c.place.division {
                *own_divisions.entry(division).or_insert(0.0) += p * word.weight;
            }
        }
        let of = |c: &Candidate| {
            let country = c.place.country().map_or(0.0, |code| {
                countries.get(code).unwrap_or(&0.0) - own_countries.get(code).unwrap_or(&0.0)
            });
            let division = c
                .place
                .division
                .map_or(0.0, |d| divisions.get(&d).unwrap_or(&0.0) - own_divisions.get(&d).unwrap_or(&0.0));
            let near =
                if word.candidates.len() < 2 || matches!(c.place.feature, Feature::Country | Feature::Wide) {
                    0.0
                } else {
                    let others =
                        bests.iter().enumerate().filter(|(j, _)| *j != i).filter_map(|(_, b)| b.as_ref());
                    // a place is near itself under another name: no news
                    let others = others.filter(|(r, _)| r.ix != c.place.ix);
                    others.map(|(r, w)| w * (-kilometres(r.point(), c.place.point()) / REACH).exp()).sum()
                };
            COUNTRY * settled(country) + DIVISION * settled(division) + NEAR * settled(near)
        };
        let all = word.candidates.iter().zip(&word.contained);
        scores.push(all.map(|(c, k)| c.prior + k + of(c)).collect());
    }
    for (word, scores) in words.iter_mut().zip(&scores) {
        word.settle(scores);
    }
}

/// From 0 towards 1.
fn settled(x: f64) -> f64 {
    let x = x.max(0.0);
    x / (x + 1.0)
}

//! The measures: predicted attributions matched to gold ones, and what each part shares. The same rules as the
//! independent script that this is held against (tests/agrees.rs): words are `\w+` runs; pairs are taken
//! greedily by shared cue words, cue-less predictions by shared content words. Must not know where either side
//! came from.

use super::quotes::{Manner, quoted_words};
use crate::bootstrap::{Figure, intervals};
use crate::words::{WordSet, Words};
use crate::{Article, System, Triple};
use std::cmp::Reverse;

/// The measures, in the order of every table. "given cue": over the pairs whose cues share a word. "direct",
/// "indirect", "mixed": by the quotation marks around the content, the gold's for recall, the prediction's for
/// precision.
pub const MEASURES: [&str; 25] = [
    "cue exact",
    "cue overlap",
    "cue word",
    "source word",
    "source exact",
    "content word",
    "content exact",
    "attribution overlap",
    "given cue: source word",
    "given cue: source exact",
    "given cue: content word",
    "given cue: content exact",
    "given cue: attribution overlap",
    "direct: cue overlap",
    "direct: source word",
    "direct: content word",
    "direct: attribution overlap",
    "indirect: cue overlap",
    "indirect: source word",
    "indirect: content word",
    "indirect: attribution overlap",
    "mixed: cue overlap",
    "mixed: source word",
    "mixed: content word",
    "mixed: attribution overlap",
];

const GIVEN_CUE: usize = 8;
const BY_MANNER: usize = 13;

/// Hits among what was predicted and among what is gold. The two differ where the sides are cut differently.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Count {
    pub(crate) hit_p: u64,
    pub(crate) predicted: u64,
    pub(crate) hit_g: u64,
    pub(crate) gold: u64,
}

impl Count {
    pub(crate) fn add(&mut self, other: &Self) {
        self.hit_p += other.hit_p;
        self.predicted += other.predicted;
        self.hit_g += other.hit_g;
        self.gold += other.gold;
    }
}

/// Every measure of one article, in the order of [`MEASURES`].
pub(crate) type Counts = [Count; MEASURES.len()];

/// Which predictions are counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum View {
    /// What PolNeAR annotates: attributions that lie within no other. The headline.
    Outermost,
    /// Everything the system said: as the gold has none within another, each of those counts as wrong.
    All,
}

impl View {
    /// Both, in the order they are shown: the headline first.
    pub const ALL: [Self; 2] = [Self::Outermost, Self::All];

    /// A stable name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Outermost => "outermost",
            Self::All => "all",
        }
    }

    /// What it counts, in a few words.
    pub fn counts(self) -> &'static str {
        match self {
            Self::Outermost => "predictions within no other: what the gold annotates",
            Self::All => "every prediction, those within another counted as wrong",
        }
    }

    fn keeps(self, t: &Triple) -> bool {
        self == Self::All || !t.within
    }
}

/// One measure's figures.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Row {
    /// Its name, from [`MEASURES`].
    pub measure: &'static str,
    /// How much was predicted: what precision is a share of.
    pub predicted: u64,
    /// How much is gold: what recall is a share of.
    pub gold: u64,
    /// Hits among what was predicted.
    pub precision: Figure,
    /// Hits among what is gold.
    pub recall: Figure,
    /// Their harmonic mean.
    pub f1: Figure,
}

/// One system's figures for one choice of predictions.
#[derive(Clone, Debug)]
pub struct Table {
    /// Which predictions.
    pub view: View,
    /// How many predictions.
    pub predictions: usize,
    /// In the order of [`MEASURES`].
    pub rows: Vec<Row>,
}

/// One system held against gold.
#[derive(Clone, Debug)]
pub struct Scores {
    /// The system's name.
    pub name: String,
    /// How its predictions were made, where it says so.
    pub command: Option<String>,
    /// How many gold articles it was held against.
    pub articles: usize,
    /// How many gold attributions there were.
    pub attributions: usize,
    /// How many of the articles it did not read: all their gold counts as missed.
    pub unread: usize,
    /// One table for each [`View`].
    pub tables: Vec<Table>,
}

impl Scores {
    /// How many predictions a view counts.
    pub fn predictions(&self, view: View) -> usize {
        self.tables.iter().find(|t| t.view == view).map_or(0, |t| t.predictions)
    }

    /// The row of one measure.
    pub fn row(&self, view: View, measure: &str) -> Option<&Row> {
        self.tables.iter().find(|t| t.view == view)?.rows.iter().find(|r| r.measure == measure)
    }
}

/// Holds a system against the first annotators of `articles`. The system's readings are in the articles' order.
pub fn score(articles: &[Article], system: &System) -> Scores {
    let tables = View::ALL.map(|view| {
        let mut predictions = 0;
        let counts: Vec<Counts> = articles
            .iter()
            .enumerate()
            .map(|(i, article)| {
                let read = &system.said(i).attributions;
                let kept: Vec<&Triple> = read.iter().map(|a| &a.triple).filter(|t| view.keeps(t)).collect();
                predictions += kept.len();
                count(&article.text, article.gold(), &kept)
            })
            .collect();
        Table { view, predictions, rows: rows(&counts) }
    });
    Scores {
        name: system.name.clone(),
        command: system.command.clone(),
        articles: articles.len(),
        attributions: articles.iter().map(|a| a.gold().len()).sum(),
        unread: (0..articles.len()).filter(|&i| !matches!(system.readings.get(i), Some(Some(_)))).count(),
        tables: tables.into(),
    }
}

/// Precision, recall, F1. Nothing to hit is 0, as in the script this agrees with.
fn figures(c: &Count) -> [f64; 3] {
    let over = |hit: u64, of: u64| hit as f64 / of.max(1) as f64;
    let (p, r) = (over(c.hit_p, c.predicted), over(c.hit_g, c.gold));
    [p, r, 2.0 * p * r / (p + r).max(1e-9)]
}

fn total(counts: &[&Counts]) -> Counts {
    let mut sum = [Count::default(); MEASURES.len()];
    for article in counts {
        for (s, c) in sum.iter_mut().zip(*article) {
            s.add(c);
        }
    }
    sum
}

/// Every measure over the articles, with intervals.
fn rows(articles: &[Counts]) -> Vec<Row> {
    let figures = intervals(articles, |some| total(some).iter().flat_map(figures).collect());
    let sums = total(&articles.iter().collect::<Vec<_>>());
    MEASURES
        .iter()
        .zip(sums)
        .zip(figures.chunks(3))
        .map(|((&measure, sum), f)| Row {
            measure,
            predicted: sum.predicted,
            gold: sum.gold,
            precision: f[0],
            recall: f[1],
            f1: f[2],
        })
        .collect()
}

/// One side's attribution as sets of words.
struct Side {
    source: WordSet,
    cue: WordSet,
    content: WordSet,
    manner: Option<Manner>,
}

impl Side {
    fn new(words: &Words, quoted: &WordSet, t: &Triple) -> Self {
        let content = words.under(&t.content);
        let manner = Manner::of(&content, quoted);
        Self { source: words.under(&t.source), cue: words.under(&t.cue), content, manner }
    }
}

fn same(a: &WordSet, b: &WordSet) -> usize {
    usize::from(a == b)
}

fn any(s: &WordSet) -> usize {
    usize::from(!s.is_empty())
}

/// Which prediction goes with which gold attribution: most shared cue words first, then content words; ties by
/// the later of the two lists. A prediction that has a cue needs a cue word in common.
fn pairs(predicted: &[Side], gold: &[Side]) -> Vec<(usize, usize)> {
    let mut all = Vec::new();
    for (i, p) in predicted.iter().enumerate() {
        for (j, g) in gold.iter().enumerate() {
            let (cue, content) = (p.cue.shared(&g.cue), p.content.shared(&g.content));
            if cue > 0 || (p.cue.is_empty() && content > 0) {
                all.push((cue * 1000 + content, i, j));
            }
        }
    }
    all.sort_unstable_by_key(|&x| Reverse(x));
    let (mut used_p, mut used_g) = (vec![false; predicted.len()], vec![false; gold.len()]);
    all.retain(|&(_, i, j)| {
        let free = !used_p[i] && !used_g[j];
        if free {
            (used_p[i], used_g[j]) = (true, true);
        }
        free
    });
    all.into_iter().map(|(_, i, j)| (i, j)).collect()
}

/// Counts one article.
fn count(text: &str, gold: &[Triple], predicted: &[&Triple]) -> Counts {
    let words = Words::of(text);
    let quoted = quoted_words(text, &words);
    let gold: Vec<Side> = gold
        .iter()
        .map(|t| Side::new(&words, &quoted, t))
        .filter(|g| !g.cue.is_empty() || !g.content.is_empty())
        .collect();
    let predicted: Vec<Side> = predicted.iter().map(|t| Side::new(&words, &quoted, t)).collect();

    let mut c = [Count::default(); MEASURES.len()];
    for p in &predicted {
        sizes(&mut c, p, |n| &mut n.predicted);
    }
    for g in &gold {
        sizes(&mut c, g, |n| &mut n.gold);
    }
    for (i, j) in pairs(&predicted, &gold) {
        hits(&mut c, &predicted[i], &gold[j]);
    }
    c
}

/// What one attribution adds to its side of the end-to-end measures and of its manner's.
fn sizes(c: &mut Counts, s: &Side, side: fn(&mut Count) -> &mut u64) {
    let cue = any(&s.cue);
    let (source, content) = (s.source.len(), s.content.len());
    let all = [cue, cue, s.cue.len(), source, any(&s.source), content, any(&s.content), 1];
    for (n, size) in c.iter_mut().zip(all) {
        *side(n) += size as u64;
    }
    for (n, size) in of_manner(c, s.manner).iter_mut().zip([cue, source, content, 1]) {
        *side(n) += size as u64;
    }
}

/// What one matched pair adds.
fn hits(c: &mut Counts, p: &Side, g: &Side) {
    let shared = p.cue.shared(&g.cue);
    let (source, content) = (p.source.shared(&g.source), p.content.shared(&g.content));
    let cue = usize::from(shared > 0);
    let nobody = p.source.is_empty() && g.source.is_empty();
    let whole = usize::from(content > 0 && (source > 0 || nobody));
    let (source_same, content_same) =
        (any(&g.source) * same(&p.source, &g.source), any(&g.content) * same(&p.content, &g.content));
    let all = [cue * same(&p.cue, &g.cue), cue, shared, source, source_same, content, content_same, whole];
    for (n, hit) in c.iter_mut().zip(all) {
        n.hit_p += hit as u64;
        n.hit_g += hit as u64;
    }
    if cue > 0 {
        let given = [
            (source, p.source.len(), g.source.len()),
            (source_same, any(&p.source), any(&g.source)),
            (content, p.content.len(), g.content.len()),
            (content_same, any(&p.content), any(&g.content)),
            (whole, 1, 1),
        ];
        for (n, (hit, predicted, gold)) in c[GIVEN_CUE..BY_MANNER].iter_mut().zip(given) {
            let hit = hit as u64;
            n.add(&Count { hit_p: hit, predicted: predicted as u64, hit_g: hit, gold: gold as u64 });
        }
    }
    let by_manner = [cue, source, content, whole];
    for (n, hit) in of_manner(c, p.manner).iter_mut().zip(by_manner) {
        n.hit_p += hit as u64;
    }
    for (n, hit) in of_manner(c, g.manner).iter_mut().zip(by_manner) {
        n.hit_g += hit as u64;
    }
}

/// The four measures of a manner; none without one.
fn of_manner(c: &mut Counts, manner: Option<Manner>) -> &mut [Count] {
    match manner {
        None => &mut [],
        Some(m) => {
            let first = BY_MANNER + 4 * (m as usize);
            &mut c[first..first + 4]
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Chars;

    const TEXT: &str = "Ann said “it rains a lot”, and Bob, who nodded, added that she was right.";

    /// A triple from words of [`TEXT`]; "" for a part that is absent.
    fn triple(source: &str, cue: &str, content: &str) -> Triple {
        let span = |s: &str| -> Vec<Chars> {
            let Some(at) = TEXT.find(s).filter(|_| !s.is_empty()) else { return vec![] };
            let start = TEXT[..at].chars().count();
            vec![Chars::new(start, start + s.chars().count())]
        };
        Triple { source: span(source), cue: span(cue), content: span(content), within: false }
    }

    #[test]
    fn counts() {
        let gold = [triple("Ann", "said", "it rains a lot"), triple("Bob", "added that", "she was right")];
        // predictions; measure -> (hits P, predicted, hits G, gold)
        type Want = [(&'static str, (u64, u64, u64, u64))];
        let cases: &[(&[Triple], &Want)] = &[
            (&[], &[("cue exact", (0, 0, 0, 2)), ("content word", (0, 0, 0, 7)), ("cue word", (0, 0, 0, 3))]),
            (
                &gold,
                &[
                    ("cue exact", (2, 2, 2, 2)),
                    ("attribution overlap", (2, 2, 2, 2)),
                    ("direct: content word", (4, 4, 4, 4)),
                    ("indirect: content word", (3, 3, 3, 3)),
                    ("mixed: content word", (0, 0, 0, 0)),
                ],
            ),
            (
                // a half cue, no source, content too long: mixed where gold is direct
                &[triple("", "added", "she was right"), triple("Ann", "said", "said “it rains a lot")],
                &[
                    ("cue exact", (1, 2, 1, 2)),
                    ("cue overlap", (2, 2, 2, 2)),
                    ("cue word", (2, 2, 2, 3)),
                    ("source exact", (1, 1, 1, 2)),
                    ("content exact", (1, 2, 1, 2)),
                    ("attribution overlap", (1, 2, 1, 2)),
                    ("given cue: content word", (7, 8, 7, 7)),
                    ("direct: content word", (0, 0, 4, 4)),
                    ("mixed: content word", (4, 5, 0, 0)),
                    ("mixed: attribution overlap", (1, 1, 0, 0)),
                ],
            ),
            (
                // without a cue it matches by content, with a wrong one it does not
                &[triple("Ann", "", "it rains"), triple("Bob", "nodded", "she was right")],
                &[
                    ("cue overlap", (0, 1, 0, 2)),
                    ("source word", (1, 2, 1, 2)),
                    ("attribution overlap", (1, 2, 1, 2)),
                    ("given cue: source word", (0, 0, 0, 0)),
                ],
            ),
        ];
        for (n, (predicted, want)) in cases.iter().enumerate() {
            let c = count(TEXT, &gold, &predicted.iter().collect::<Vec<_>>());
            for (measure, w) in *want {
                let at = MEASURES.iter().position(|m| m == measure).unwrap();
                let got = (c[at].hit_p, c[at].predicted, c[at].hit_g, c[at].gold);
                assert_eq!(got, *w, "case {n}: {measure}");
            }
        }
    }

    #[test]
    fn figures_of_counts() {
        for ((hit, predicted, gold), want) in [
            ((0, 0, 0), [0.0, 0.0, 0.0]),
            ((0, 3, 5), [0.0, 0.0, 0.0]),
            ((2, 2, 4), [1.0, 0.5, 2.0 / 3.0]),
            ((3, 3, 3), [1.0, 1.0, 1.0]),
        ] {
            assert_eq!(figures(&Count { hit_p: hit, predicted, hit_g: hit, gold }), want);
        }
    }

    #[test]
    fn views() {
        let t = triple("Ann", "said", "rains");
        let inner = Triple { within: true, ..t.clone() };
        let free = Triple { cue: vec![], ..t.clone() };
        for (t, outermost) in [(t, true), (inner, false), (free, true)] {
            assert!(View::All.keeps(&t));
            assert_eq!(View::Outermost.keeps(&t), outermost);
        }
    }
}

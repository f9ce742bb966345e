//! Tables of figures as a person or a program reads them, for every suite but `attribution`, which has views of
//! its own: text and JSON, with what was measured stated at the head. Must not know what is measured.

use crate::bootstrap::intervals;
use crate::{Figure, LEVEL, RESAMPLES, SEED, Said, System};
use serde::ser::{Serialize, SerializeMap, Serializer};
use std::fmt::{self, Write};

/// What one figure is worked out from in one document: hits among what was predicted and among what is gold, as
/// far as a hit can be a part of one (B³, CEAFe).
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Sum {
    pub(crate) hit_p: f64,
    pub(crate) predicted: f64,
    pub(crate) hit_g: f64,
    pub(crate) gold: f64,
}

impl Sum {
    /// The same hits on both sides.
    pub(crate) fn of(hits: usize, predicted: usize, gold: usize) -> Self {
        let hit = hits as f64;
        Self { hit_p: hit, predicted: predicted as f64, hit_g: hit, gold: gold as f64 }
    }

    /// So many right of so many.
    pub(crate) fn share(right: usize, of: usize) -> Self {
        Self::of(right, 0, of)
    }

    pub(crate) fn add(&mut self, other: &Self) {
        self.hit_p += other.hit_p;
        self.predicted += other.predicted;
        self.hit_g += other.hit_g;
        self.gold += other.gold;
    }

    /// Precision, recall, F1; 0 where there is nothing to hit.
    fn prf(&self) -> [f64; 3] {
        let over = |hit: f64, of: f64| if of > 0.0 { hit / of } else { 0.0 };
        let (p, r) = (over(self.hit_p, self.predicted), over(self.hit_g, self.gold));
        [p, r, if p + r > 0.0 { 2.0 * p * r / (p + r) } else { 0.0 }]
    }
}

/// What a line of a table shows, by the indices of a document's sums.
#[derive(Clone, Debug)]
pub(crate) enum Shows {
    /// Precision, recall and F1.
    Prf(usize),
    /// A share.
    Share(usize),
    /// The mean of the F1 of several: of those that have something predicted or gold.
    MeanF1(Vec<usize>),
}

/// A table before it is worked out: its title and, for each line, its name and what it shows.
pub(crate) type Plan = (String, Vec<(String, Shows)>);

/// One line of a table.
#[derive(Clone, Debug)]
pub struct Line {
    /// What was measured.
    pub measure: String,
    /// How many there were of what.
    pub counts: Vec<(&'static str, u64)>,
    /// The figures, by name.
    pub figures: Vec<(&'static str, Figure)>,
}

/// A table.
#[derive(Clone, Debug)]
pub struct Lines {
    /// What it is about.
    pub title: String,
    /// Its lines.
    pub lines: Vec<Line>,
}

/// What was taken for what: a row for each gold kind, a column for each predicted one.
#[derive(Clone, Debug)]
pub struct Confusion {
    /// What it is about.
    pub title: String,
    /// The kinds.
    pub kinds: Vec<&'static str>,
    /// By gold kind, then by predicted kind.
    pub counts: Vec<Vec<u64>>,
}

impl Confusion {
    pub(crate) fn new(title: impl Into<String>, kinds: &[&'static str]) -> Self {
        let counts = vec![vec![0; kinds.len()]; kinds.len()];
        Self { title: title.into(), kinds: kinds.to_vec(), counts }
    }
}

/// One system held against the gold.
#[derive(Clone, Debug)]
pub struct Held {
    /// The system's name.
    pub name: String,
    /// How its predictions were made, where it says so.
    pub command: Option<String>,
    /// How many of the documents it did not read.
    pub unread: usize,
    /// The figures.
    pub tables: Vec<Lines>,
    /// What was taken for what.
    pub confusions: Vec<Confusion>,
}

impl Held {
    /// A system's tables, and which of the documents it has not read.
    pub(crate) fn new(system: &System, tables: Vec<Lines>, confusions: Vec<Confusion>) -> Self {
        Self {
            name: system.name.clone(),
            command: system.command.clone(),
            unread: system.readings.iter().filter(|r| r.is_none()).count(),
            tables,
            confusions,
        }
    }

    /// A system whose figures are sums over documents: what `count` makes of each and of what was said of it.
    pub(crate) fn counted<D>(
        system: &System,
        documents: &[D],
        plans: Vec<Plan>,
        count: impl Fn(&D, &Said) -> Vec<Sum>,
    ) -> Self {
        let sums: Vec<Vec<Sum>> =
            documents.iter().enumerate().map(|(i, d)| count(d, system.said(i))).collect();
        Self::new(system, tables(&sums, plans), vec![])
    }

    /// The line of that name in the table of that title.
    pub fn line(&self, title: &str, measure: &str) -> Option<&Line> {
        self.tables.iter().find(|t| t.title == title)?.lines.iter().find(|l| l.measure == measure)
    }
}

impl Line {
    /// The figure of that name.
    pub fn figure(&self, name: &str) -> Option<Figure> {
        self.figures.iter().find(|f| f.0 == name).map(|f| f.1)
    }
}

/// What one run of `onrecord eval` found.
#[derive(Clone, Debug)]
pub struct Measured {
    /// The suite's name.
    pub suite: &'static str,
    /// The files or folders it was measured on.
    pub on: Vec<String>,
    /// How much there is to find: names and numbers.
    pub holds: Vec<(&'static str, usize)>,
    /// What the figures are and are not, a paragraph each.
    pub rules: Vec<&'static str>,
    /// The systems, in the order given.
    pub systems: Vec<Held>,
}

/// Works tables out, over documents that have a sum for each index that the plans name.
pub(crate) fn tables(documents: &[Vec<Sum>], plans: Vec<Plan>) -> Vec<Lines> {
    let width = documents.first().map_or(0, Vec::len);
    let total = |some: &[&Vec<Sum>]| {
        let mut sums = vec![Sum::default(); width];
        for document in some {
            for (sum, s) in sums.iter_mut().zip(*document) {
                sum.add(s);
            }
        }
        sums
    };
    let of = |sums: &[Sum], shows: &Shows| -> Vec<f64> {
        let sum = |i: &usize| sums.get(*i).copied().unwrap_or_default();
        match shows {
            Shows::Prf(i) => sum(i).prf().to_vec(),
            Shows::Share(i) => vec![sum(i).prf()[1]],
            Shows::MeanF1(several) => {
                let there = several.iter().map(sum).filter(|s| s.predicted + s.gold > 0.0);
                let f1: Vec<f64> = there.map(|s| s.prf()[2]).collect();
                vec![f1.iter().sum::<f64>() / f1.len().max(1) as f64]
            }
        }
    };
    let shows: Vec<&Shows> = plans.iter().flat_map(|p| p.1.iter().map(|l| &l.1)).collect();
    let figures = intervals(documents, |some| {
        let sums = total(some);
        shows.iter().flat_map(|s| of(&sums, s)).collect()
    });
    let sums = total(&documents.iter().collect::<Vec<_>>());
    let mut figures = figures.into_iter();
    let mut take =
        |names: &[&'static str]| names.iter().copied().zip(figures.by_ref().take(names.len())).collect();
    let mut line = |(measure, shows): (String, Shows)| {
        let sum = |i: usize| sums.get(i).copied().unwrap_or_default();
        let (counts, names): (Vec<(&'static str, u64)>, &[&'static str]) = match shows {
            Shows::Prf(i) => (
                vec![("predicted", sum(i).predicted as u64), ("gold", sum(i).gold as u64)],
                &["precision", "recall", "f1"],
            ),
            Shows::Share(i) => (vec![("right", sum(i).hit_g as u64), ("of", sum(i).gold as u64)], &["share"]),
            Shows::MeanF1(_) => (vec![], &["f1"]),
        };
        Line { measure, counts, figures: take(names) }
    };
    plans
        .into_iter()
        .map(|(title, lines)| Lines { title, lines: lines.into_iter().map(&mut line).collect() })
        .collect()
}

impl Measured {
    /// As text for a terminal.
    pub fn text(&self) -> String {
        let mut capital = self.suite.to_owned();
        if let Some(first) = capital.get_mut(..1) {
            first.make_ascii_uppercase();
        }
        let holds: Vec<String> = self.holds.iter().map(|(what, n)| format!("{n} {what}")).collect();
        let mut out = format!("{capital}, measured on {}: {}\n", self.on.join(" and "), holds.join(", "));
        for system in &self.systems {
            out.push('\n');
            out.push_str(&system.text());
        }
        out.push_str("\nWhat the figures are\n\n");
        for rule in &self.rules {
            wrap(&mut out, rule, 100);
        }
        wrap(&mut out, INTERVALS, 100);
        out
    }

    /// As one JSON object, with a line's end.
    pub fn json(&self) -> String {
        serde_json::to_string_pretty(self).unwrap_or_default() + "\n"
    }
}

/// Holds for every suite.
const INTERVALS: &str = "A document that a system did not read counts with all its gold missed. P, R, F1 and \
                         shares in percent; in brackets the 95% bootstrap interval over documents.";

impl Held {
    /// All tables of this system as text.
    pub fn text(&self) -> String {
        let mut out = format!("{}\n", self.name);
        if let Some(command) = &self.command {
            _ = writeln!(out, "made by: {command}");
        }
        if self.unread > 0 {
            _ = writeln!(out, "{} documents not read", self.unread);
        }
        for table in &self.tables {
            out.push_str(&table.text());
        }
        for confusion in &self.confusions {
            out.push_str(&confusion.text());
        }
        out
    }
}

const NAME: usize = 31;

impl Lines {
    fn text(&self) -> String {
        let mut out = format!("\n  {}\n", self.title);
        let Some(first) = self.lines.first() else { return out };
        let short = |name: &'static str| match name {
            "precision" => "P",
            "recall" => "R",
            "f1" => "F1",
            other => other,
        };
        let counts: String = first.counts.iter().map(|c| format!("{:>9}", c.0)).collect();
        let heads: String = first.figures.iter().map(|f| format!("{:^22}", short(f.0))).collect();
        let head = format!("  {:NAME$}{counts}  {heads}", "");
        _ = writeln!(out, "{}", head.trim_end());
        for line in &self.lines {
            let blank = |_: &(&'static str, u64)| " ".repeat(9);
            let counts: String = match line.counts.is_empty() {
                true => first.counts.iter().map(blank).collect(),
                false => line.counts.iter().map(|c| format!("{:>9}", c.1)).collect(),
            };
            let cells: String = first
                .figures
                .iter()
                .map(|f| format!("{:22}", line.figure(f.0).map(|f| f.to_string()).unwrap_or_default()))
                .collect();
            let row = format!("  {:NAME$}{counts}  {cells}", line.measure);
            _ = writeln!(out, "{}", row.trim_end());
        }
        out
    }
}

impl Confusion {
    fn text(&self) -> String {
        let mut out = format!("\n  {} (gold down, predicted across)\n", self.title);
        let heads: String = self.kinds.iter().map(|k| format!("{k:>10}")).collect();
        _ = writeln!(out, "  {:12}{heads}", "");
        for (kind, row) in self.kinds.iter().zip(&self.counts) {
            let cells: String = row.iter().map(|n| format!("{n:>10}")).collect();
            _ = writeln!(out, "  {kind:12}{cells}");
        }
        out
    }
}

/// A paragraph in lines of at most so many columns.
pub(crate) fn wrap(out: &mut String, paragraph: &str, width: usize) {
    let mut column = 0;
    for word in paragraph.split(' ') {
        let n = word.chars().count();
        if column > 0 && column + 1 + n > width {
            out.push('\n');
            column = 0;
        } else if column > 0 {
            out.push(' ');
            column += 1;
        }
        out.push_str(word);
        column += n;
    }
    out.push('\n');
}

/// In percent, with the interval: ` 61.2 [ 58.0,  64.1]`.
impl fmt::Display for Figure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [value, low, high] = [self.value, self.low, self.high].map(|x| 100.0 * x);
        write!(f, "{value:5.1} [{low:5.1}, {high:5.1}]")
    }
}

impl Figure {
    /// As [`Display`](fmt::Display) has it, without columns: `61.2 [58.0, 64.1]`.
    pub fn brief(&self) -> String {
        self.to_string().split_whitespace().collect::<Vec<_>>().join(" ").replace("[ ", "[")
    }
}

/// Shares of 1, to four places.
#[derive(serde::Serialize)]
pub(crate) struct JsonFigure {
    value: f64,
    low: f64,
    high: f64,
}

impl From<Figure> for JsonFigure {
    fn from(f: Figure) -> Self {
        let places = |x: f64| (x * 1e4).round() / 1e4;
        Self { value: places(f.value), low: places(f.low), high: places(f.high) }
    }
}

/// How intervals were made.
#[derive(serde::Serialize)]
pub(crate) struct JsonBootstrap {
    over: &'static str,
    resamples: usize,
    seed: u64,
    level: f64,
}

impl JsonBootstrap {
    pub(crate) fn over(over: &'static str) -> Self {
        Self { over, resamples: RESAMPLES, seed: SEED, level: LEVEL }
    }
}

/// An object whose keys come in the order given: a table's columns depend on the suite.
struct Object<'a, V>(&'a [(&'static str, V)]);

impl<V: Serialize> Serialize for Object<'_, V> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_map(self.0.iter().map(|(k, v)| (k, v)))
    }
}

impl Serialize for Measured {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        let mut map = to.serialize_map(None)?;
        map.serialize_entry("onrecord", "eval/1")?;
        map.serialize_entry("suite", self.suite)?;
        map.serialize_entry("on", &self.on)?;
        map.serialize_entry("gold", &Object(&self.holds))?;
        map.serialize_entry("rules", &self.rules)?;
        map.serialize_entry("bootstrap", &JsonBootstrap::over("documents"))?;
        map.serialize_entry("systems", &self.systems)?;
        map.end()
    }
}

impl Serialize for Held {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        let mut map = to.serialize_map(None)?;
        map.serialize_entry("name", &self.name)?;
        map.serialize_entry("command", &self.command)?;
        map.serialize_entry("unread", &self.unread)?;
        map.serialize_entry("tables", &self.tables)?;
        map.serialize_entry("confusions", &self.confusions)?;
        map.end()
    }
}

impl Serialize for Lines {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        let mut map = to.serialize_map(None)?;
        map.serialize_entry("table", &self.title)?;
        map.serialize_entry("rows", &self.lines)?;
        map.end()
    }
}

impl Serialize for Line {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        let mut map = to.serialize_map(None)?;
        map.serialize_entry("measure", &self.measure)?;
        for (name, count) in &self.counts {
            map.serialize_entry(name, count)?;
        }
        for (name, figure) in &self.figures {
            map.serialize_entry(name, &JsonFigure::from(*figure))?;
        }
        map.end()
    }
}

impl Serialize for Confusion {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        let mut map = to.serialize_map(None)?;
        map.serialize_entry("table", &self.title)?;
        map.serialize_entry("kinds", &self.kinds)?;
        map.serialize_entry("counts", &self.counts)?;
        map.end()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paragraphs_wrap() {
        for (text, want) in [("a bb ccc", "a bb\nccc\n"), ("abcdefg h", "abcdefg\nh\n"), ("a", "a\n")] {
            let mut out = String::new();
            wrap(&mut out, text, 5);
            assert_eq!(out, want);
        }
    }

    #[test]
    fn lines_of_all_makes() {
        let documents = vec![vec![Sum::of(1, 2, 4), Sum::of(3, 3, 3), Sum::default(), Sum::share(1, 2)]; 2];
        let plan = [("a", Shows::Prf(0)), ("mean", Shows::MeanF1(vec![0, 1, 2])), ("b", Shows::Share(3))];
        let plan = plan.map(|(name, shows)| (name.to_owned(), shows)).to_vec();
        let t = tables(&documents, vec![("t".into(), plan)]);
        let value = |i: usize, name| t[0].lines[i].figure(name).map(|f| f.value);
        assert_eq!((value(0, "precision"), value(0, "recall")), (Some(0.5), Some(0.25)));
        assert_eq!(t[0].lines[0].counts, [("predicted", 4), ("gold", 8)]);
        // what is neither predicted nor gold has no part in a mean
        assert!((value(1, "f1").unwrap() - (1.0 / 3.0 + 1.0) / 2.0).abs() < 1e-12);
        assert_eq!((value(2, "share"), t[0].lines[2].counts[0]), (Some(0.5), ("right", 2)));
        assert!(
            tables(&[], vec![("t".into(), vec![("a".into(), Shows::Prf(0))])])[0].lines[0].counts[0].1 == 0
        );
    }
}

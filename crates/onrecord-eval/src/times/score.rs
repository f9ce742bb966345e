//! Predicted time expressions held against gold ones, TempEval-3's way. Must not know where either came from.

use super::gold::{ONE_IN, TimeBank, TimeTag, TimeText};
use crate::pairs::{greedy, shared};
use crate::report::{Held, Measured, Plan, Shows, Sum, tables};
use crate::{Chars, Error, Part, Said, System, jsonl};
use onrecord_text::TimeKind;
use std::cmp::Reverse;
use std::collections::HashMap;
use std::path::Path;

const RULES: [&str; 4] = [
    "Gold: TIMEX3 of the body, the creation time not among them; it is given as the date of publication. The parts: \
     held is the fifth of the files whose names' FNV-1a hash five divides, develop the rest.",
    "\"strict\": the same characters. \"relaxed\": at least one character shared; each expression once, the most \
     shared first. A line for a type counts gold of it and predictions of it; the match itself is of spans, whatever \
     the types.",
    "\"type right\", \"value right\": of the matched expressions, how many have the gold's type, the gold's value to \
     the letter (TempEval-3 has no other normalisation of values).",
    "\"relaxed, with the value\": TempEval-3's value F1: a hit needs the gold's value, too.",
];

const KINDS: [(TimeKind, &str); 4] = [
    (TimeKind::Date, "DATE"),
    (TimeKind::Time, "TIME"),
    (TimeKind::Duration, "DURATION"),
    (TimeKind::Set, "SET"),
];

/// Lines of a match: all, then the types.
const LINES: usize = KINDS.len() + 1;
/// Sums of a match: found by line, types right, values right by line.
const SUMS: usize = 2 * LINES + 1;

/// A system that finds time expressions: for each document, in order, what it found; `None` where it has not read it.
#[derive(Clone, Debug)]
pub struct TimeSystem {
    /// How tables call it.
    pub name: String,
    /// By document.
    pub found: Vec<Option<Vec<TimeTag>>>,
}

/// One line of a file of predictions.
#[derive(serde::Deserialize)]
struct Predicted {
    name: String,
    times: Vec<PredictedTime>,
}

#[derive(serde::Deserialize)]
struct PredictedTime {
    start: usize,
    end: usize,
    #[serde(rename = "type")]
    kind: String,
    value: String,
}

impl TimeSystem {
    /// A system that is at hand: what `find` finds in each document.
    pub fn of(name: impl Into<String>, gold: &TimeBank, find: impl FnMut(&TimeText) -> Vec<TimeTag>) -> Self {
        Self { name: name.into(), found: gold.documents.iter().map(find).map(Some).collect() }
    }

    /// Predictions from a file of JSON lines, matched to the documents by name. A file that reads none of them is an
    /// error, as is a span outside its document.
    pub fn from_file(path: &Path, gold: &TimeBank) -> Result<Self, Error> {
        let file = std::fs::read_to_string(path).map_err(Error::unreadable(path))?;
        let lengths: HashMap<&str, usize> =
            gold.documents.iter().map(|d| (d.name.as_str(), d.text.chars().count())).collect();
        let mut by_name: HashMap<String, Vec<TimeTag>> = HashMap::new();
        for line in jsonl::objects::<Predicted>(path, &file) {
            let (n, read) = line?;
            let wrong = |what: String| Error::malformed(path, n, what);
            let Some(length) = lengths.get(read.name.as_str()) else { continue };
            let tag = |t: &PredictedTime| {
                let kind = KINDS.iter().find(|k| k.1 == t.kind);
                let kind = kind.ok_or_else(|| wrong(format!("type {:?} is none of TIMEX3's", t.kind)))?.0;
                if t.start >= t.end || t.end > *length {
                    return Err(wrong(format!("{}..{} is no span of {}", t.start, t.end, read.name)));
                }
                Ok(TimeTag { chars: Chars::new(t.start, t.end), kind, value: t.value.clone() })
            };
            let tags = read.times.iter().map(tag).collect::<Result<_, _>>()?;
            by_name.insert(read.name.clone(), tags);
        }
        if by_name.is_empty() {
            return Err(Error::nothing(path, "reads none of the gold documents (they are matched by name)"));
        }
        let name = path.file_stem().map_or_else(|| "unnamed".into(), |s| s.to_string_lossy().into_owned());
        Ok(Self { name, found: gold.documents.iter().map(|d| by_name.remove(&d.name)).collect() })
    }
}

/// Holds systems against a TimeBank, each part that it has alone.
pub fn times(gold: &TimeBank, systems: &[TimeSystem]) -> Measured {
    let held = systems.iter().map(|system| {
        let mut all = Vec::new();
        for part in Part::ALL {
            let inside = |d: &&TimeText| Part::of(&d.name, ONE_IN) == part;
            let documents = gold.documents.iter().zip(&system.found).filter(|(d, _)| inside(d));
            let sums: Vec<Vec<Sum>> =
                documents.map(|(d, found)| count(&d.times, found.as_deref().unwrap_or(&[]))).collect();
            if !sums.is_empty() {
                all.extend(tables(&sums, plans(part.name())));
            }
        }
        let readings = system.found.iter().map(|f| f.as_ref().map(|_| Said::default())).collect();
        Held::new(&System { name: system.name.clone(), command: None, readings }, all, vec![])
    });
    Measured {
        suite: "times",
        on: vec![gold.folder.display().to_string()],
        holds: vec![
            ("documents", gold.documents.len()),
            ("times", gold.documents.iter().map(|d| d.times.len()).sum()),
        ],
        rules: RULES.to_vec(),
        systems: held.collect(),
    }
}

fn plans(part: &str) -> Vec<Plan> {
    let names = || ["all"].into_iter().chain(KINDS.iter().map(|k| k.1));
    let mut out = Vec::new();
    for (m, manner) in ["strict", "relaxed"].into_iter().enumerate() {
        let first = m * SUMS;
        let mut found: Vec<_> =
            names().enumerate().map(|(i, n)| (n.to_owned(), Shows::Prf(first + i))).collect();
        if m == 1 {
            found.push(("relaxed, with the value".into(), Shows::Prf(2 * SUMS)));
        }
        out.push((format!("{part}: {manner}"), found));
        let values = names()
            .enumerate()
            .map(|(i, n)| (format!("value right, {n}"), Shows::Share(first + LINES + 1 + i)));
        let right = [("type right".to_owned(), Shows::Share(first + LINES))].into_iter().chain(values);
        out.push((format!("{part}: of {manner} matches"), right.collect()));
    }
    out
}

fn count(gold: &[TimeTag], found: &[TimeTag]) -> Vec<Sum> {
    let mut sums = Vec::with_capacity(2 * SUMS + 1);
    let mut with_value = Sum::default();
    for strict in [true, false] {
        let mut candidates = Vec::new();
        for (i, p) in found.iter().enumerate() {
            for (j, g) in gold.iter().enumerate() {
                let over = shared(p.chars, g.chars);
                if if strict { p.chars == g.chars } else { over > 0 } {
                    candidates.push((Reverse(over), i, j));
                }
            }
        }
        let pairs: Vec<(&TimeTag, &TimeTag)> =
            greedy(candidates).into_iter().map(|(p, g)| (&found[p], &gold[g])).collect();
        let of = |tags: &[TimeTag], kind| tags.iter().filter(|t| t.kind == kind).count();
        sums.push(Sum::of(pairs.len(), found.len(), gold.len()));
        for (kind, _) in KINDS {
            let hit = |side: fn(&(&TimeTag, &TimeTag)) -> TimeKind| {
                pairs.iter().filter(|p| side(p) == kind).count() as f64
            };
            let (predicted, gold) = (of(found, kind) as f64, of(gold, kind) as f64);
            sums.push(Sum { hit_p: hit(|p| p.0.kind), predicted, hit_g: hit(|p| p.1.kind), gold });
        }
        let right = |p: &&(&TimeTag, &TimeTag)| p.0.value == p.1.value;
        sums.push(Sum::share(pairs.iter().filter(|p| p.0.kind == p.1.kind).count(), pairs.len()));
        sums.push(Sum::share(pairs.iter().filter(right).count(), pairs.len()));
        for (kind, _) in KINDS {
            let some: Vec<_> = pairs.iter().filter(|p| p.1.kind == kind).collect();
            sums.push(Sum::share(some.iter().copied().filter(right).count(), some.len()));
        }
        with_value = Sum::of(pairs.iter().filter(right).count(), found.len(), gold.len());
    }
    sums.push(with_value);
    sums
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tag(start: usize, end: usize, kind: TimeKind, value: &str) -> TimeTag {
        TimeTag { chars: Chars::new(start, end), kind, value: value.into() }
    }

    #[test]
    fn spans_types_and_values() {
        let gold = [
            tag(0, 4, TimeKind::Date, "1998"),
            tag(6, 9, TimeKind::Set, "P1D"),
            tag(20, 22, TimeKind::Date, "2000"),
        ];
        let found = [
            tag(0, 4, TimeKind::Date, "1997"),
            tag(5, 9, TimeKind::Duration, "P1D"),
            tag(30, 31, TimeKind::Date, "1"),
        ];
        let documents = ["a.tml", "b.tml"].map(|name| TimeText {
            name: name.into(),
            text: " ".repeat(40),
            created: "1998-01-01".into(),
            times: gold.to_vec(),
        });
        let gold = TimeBank { folder: "x".into(), documents: documents.to_vec() };
        let system = TimeSystem { name: "s".into(), found: vec![Some(found.to_vec()), Some(found.to_vec())] };
        let held = &times(&gold, &[system]).systems[0];
        let part = Part::of("a.tml", ONE_IN).name();
        let get = |table: &str, line: &str, figure: &str| {
            held.line(&format!("{part}: {table}"), line).unwrap().figure(figure).unwrap().value
        };
        let close = |a: f64, b: f64| (a - b).abs() < 1e-9;
        assert!(close(get("strict", "all", "f1"), 1.0 / 3.0));
        assert!(close(get("relaxed", "all", "recall"), 2.0 / 3.0));
        assert!(close(get("relaxed", "DURATION", "precision"), 1.0));
        assert!(close(get("relaxed", "SET", "recall"), 1.0));
        assert!(close(get("relaxed", "relaxed, with the value", "precision"), 1.0 / 3.0));
        assert!(close(get("of strict matches", "type right", "share"), 1.0));
        assert!(close(get("of strict matches", "value right, all", "share"), 0.0));
        assert!(close(get("of relaxed matches", "value right, SET", "share"), 1.0));
        assert!(close(get("of relaxed matches", "type right", "share"), 0.5));
    }
}

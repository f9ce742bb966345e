//! Predicted points held against gold ones. Must not know where either came from.

use super::gold::{Mapped, MappedTexts};
use super::system::{Located, PlacesSystem};
use crate::bootstrap::intervals;
use crate::pairs::{greedy, shared};
use crate::report::{Held, Line, Lines, Measured, Plan, Shows, Sum, tables};
use crate::{Chars, Part};
use onrecord_places::kilometres;
use std::cmp::Reverse;

const RULES: [&str; 4] = [
    "Gold: names of places with coordinates; names without any are left out. Articles are parted by the FNV-1a 64 of \
     their address: even, develop; odd, held.",
    "\"found\": a predicted place that shares a character with the gold name; each once, the most shared first. \
     \"within 161 km\": found, and its point no more than 161 km (100 miles) from the gold one; R is the share of all \
     gold names.",
    "\"of those found\": the share of found names that are within 161 km (accuracy@161km); with gold mentions given, \
     names that led nowhere count as missed in R alone.",
    "The median is of the distance between the points, in kilometres, over names found, with its interval.",
];

/// 100 miles: Cheng, Caverlee & Lee 2010, and toponym resolution since.
const NEAR: f64 = 161.0;

/// Holds systems against a file of places.
pub fn places(gold: &MappedTexts, systems: &[PlacesSystem]) -> Measured {
    let held = systems.iter().map(|system| {
        let mut all = Vec::new();
        for part in Part::ALL {
            let of_part = || gold.documents.iter().enumerate().filter(|(_, d)| d.part == part);
            let counts: Vec<(Vec<Sum>, Vec<f64>)> = of_part()
                .map(|(i, d)| count(d, system.found.get(i).and_then(Option::as_deref).unwrap_or(&[])))
                .collect();
            let sums: Vec<Vec<Sum>> = counts.iter().map(|c| c.0.clone()).collect();
            all.extend(tables(&sums, plans(part.name())));
            all.push(distances(part.name(), &counts));
        }
        Held {
            name: system.name.clone(),
            command: None,
            unread: system.found.iter().filter(|f| f.is_none()).count(),
            tables: all,
            confusions: vec![],
        }
    });
    let names =
        |part: Part| gold.documents.iter().filter(|d| d.part == part).map(|d| d.places.len()).sum::<usize>();
    Measured {
        suite: "places",
        on: vec![gold.file.display().to_string()],
        holds: vec![
            ("documents", gold.documents.len()),
            ("names in develop", names(Part::Develop)),
            ("names in held", names(Part::Held)),
        ],
        rules: RULES.to_vec(),
        systems: held.collect(),
    }
}

fn plans(part: &str) -> Vec<Plan> {
    vec![
        (part.to_owned(), vec![("found".into(), Shows::Prf(0)), ("within 161 km".into(), Shows::Prf(1))]),
        (format!("{part}, of those found"), vec![("within 161 km".into(), Shows::Share(2))]),
    ]
}

fn count(document: &Mapped, found: &[Located]) -> (Vec<Sum>, Vec<f64>) {
    let mut candidates = Vec::new();
    for (i, p) in found.iter().enumerate() {
        for (j, (chars, _)) in document.places.iter().enumerate() {
            let over = shared(p.chars, *chars);
            let same = |a: Chars, b: Chars| usize::from(a != b);
            candidates.extend((over > 0).then_some(((Reverse(over), same(p.chars, *chars)), i, j)));
        }
    }
    let pairs = greedy(candidates);
    let errors: Vec<f64> =
        pairs.iter().map(|(p, g)| kilometres(found[*p].point, document.places[*g].1)).collect();
    let near = errors.iter().filter(|e| **e <= NEAR).count();
    let (predicted, gold) = (found.len(), document.places.len());
    let sums = vec![
        Sum::of(pairs.len(), predicted, gold),
        Sum::of(near, predicted, gold),
        Sum::share(near, pairs.len()),
    ];
    (sums, errors)
}

/// The median distance, in whole kilometres.
fn distances(part: &str, counts: &[(Vec<Sum>, Vec<f64>)]) -> Lines {
    let median = |some: &[&(Vec<Sum>, Vec<f64>)]| {
        let mut all: Vec<f64> = some.iter().flat_map(|c| c.1.iter().copied()).collect();
        all.sort_unstable_by(f64::total_cmp);
        vec![all.get(all.len() / 2).copied().unwrap_or(0.0)]
    };
    let figure = intervals(counts, median).first().copied().unwrap_or_default();
    let km = |x: f64| x.round() as u64;
    Lines {
        title: format!("{part}, kilometres off"),
        lines: vec![Line {
            measure: "median".into(),
            counts: vec![("km", km(figure.value)), ("low", km(figure.low)), ("high", km(figure.high))],
            figures: vec![],
        }],
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::path::PathBuf;

    #[test]
    fn found_near_and_far() {
        let at = Chars::new;
        let (oslo, bergen, rome) = ((59.91, 10.75), (60.39, 5.32), (41.9, 12.5));
        let places = vec![(at(0, 4), oslo), (at(10, 16), bergen), (at(20, 24), rome)];
        let gold = MappedTexts {
            file: PathBuf::from("x.xml"),
            documents: vec![Mapped { name: "1#a".into(), text: "x".repeat(30), part: Part::Develop, places }],
        };
        let located = |chars, point| Located { chars, point };
        let found =
            vec![located(at(0, 4), (60.0, 10.0)), located(at(9, 12), oslo), located(at(26, 29), rome)];
        let system = PlacesSystem { name: "x".into(), found: vec![Some(found)] };
        let report = super::places(&gold, &[system]);
        let held = &report.systems[0];
        let recall = |line: &str| held.line("develop", line).unwrap().figure("recall").unwrap().value;
        assert!((recall("found") - 2.0 / 3.0).abs() < 1e-9);
        assert!((recall("within 161 km") - 1.0 / 3.0).abs() < 1e-9);
        let share = held.line("develop, of those found", "within 161 km").unwrap();
        assert!((share.figure("share").unwrap().value - 0.5).abs() < 1e-9);
        let km = held.line("develop, kilometres off", "median").unwrap().counts[0].1;
        assert!((300..320).contains(&km), "{km}");
        assert_eq!(held.line("held", "found").unwrap().counts[1], ("gold", 0));
        assert!(report.text().starts_with("Places, measured on x.xml: 1 documents, 3 names in develop"));
    }
}

//! Quantities found held against gold ones. Must not know where either came from.

use super::gold::{Amounts, Found, QuantityGold, QuantitySentence};
use crate::pairs::{core, greedy, shared};
use crate::report::{Held, Measured, Plan, Shows, Sum, tables};
use std::cmp::Reverse;

const RULES: [&str; 6] = [
    "A predicted quantity goes with the gold one whose words it overlaps, each once, the most shared first: \"found\".",
    "\"number alone\": the number told is the gold's value or one of its bounds, for systems that know no bounds.",
    "\"value\": value, least and greatest value are all as in the gold, to half a per cent. \"value and unit\": and the \
     unit is the same (ISO 4217, symbol, or counted noun in lower case). What is predicted and not right counts \
     against precision.",
    "\"money, measures\": quantities whose gold unit is money or a unit of measure, and predictions that go with one \
     of them or with none and name such a unit.",
    "Shares are of all gold quantities, found or not. \"approximate\": the same word on it. \"what is counted\": \
     the same words less a leading \"the\", or none in both; \"overlapping\": at least one character shared.",
    "Documents are articles; of each there are one or two sentences.",
];

/// Sums of a document: found, number, value, value and unit, the same of money and measures, then shares.
const SUMS: usize = 10;

/// Holds systems against a file of sentences. What they found is in its sentences' order.
pub fn quantities(gold: &QuantityGold, systems: &[Amounts]) -> Measured {
    let mut articles: Vec<&str> = gold.sentences.iter().map(QuantitySentence::article).collect();
    articles.sort_unstable();
    articles.dedup();
    let held = systems.iter().map(|system| {
        let mut sums = vec![vec![Sum::default(); SUMS]; articles.len()];
        for (i, sentence) in gold.sentences.iter().enumerate() {
            let found = system.found.get(i).and_then(Option::as_deref).unwrap_or(&[]);
            if let Ok(article) = articles.binary_search(&sentence.article()) {
                for (sum, s) in sums[article].iter_mut().zip(count(sentence, found)) {
                    sum.add(&s);
                }
            }
        }
        Held {
            name: system.name.clone(),
            command: None,
            unread: system.found.iter().filter(|f| f.is_none()).count(),
            tables: tables(&sums, plans()),
            confusions: vec![],
        }
    });
    Measured {
        suite: "quantities",
        on: vec![gold.file.display().to_string()],
        holds: vec![
            ("documents", articles.len()),
            ("sentences", gold.sentences.len()),
            ("quantities", gold.sentences.iter().map(|s| s.quantities.len()).sum()),
        ],
        rules: RULES.to_vec(),
        systems: held.collect(),
    }
}

fn plans() -> Vec<Plan> {
    let prf = ["found", "number alone", "value", "value and unit", "money, measures"];
    let shares = ["approximate", "unit", "value and unit", "what is counted", "overlapping"];
    vec![
        (
            "found and right".into(),
            prf.iter().enumerate().map(|(i, n)| ((*n).into(), Shows::Prf(i))).collect(),
        ),
        (
            "of all gold quantities".into(),
            shares.iter().enumerate().map(|(i, n)| ((*n).into(), Shows::Share(prf.len() + i))).collect(),
        ),
    ]
}

/// Money or a unit of measure, not a counted noun.
fn measures(unit: Option<&str>) -> bool {
    const SYMBOLS: [&str; 64] = [
        "%",
        "pp",
        "bp",
        "ppm",
        "ppb",
        "km",
        "m",
        "cm",
        "mm",
        "nm",
        "mi",
        "ft",
        "in",
        "yd",
        "nmi",
        "ly",
        "kg",
        "g",
        "mg",
        "t",
        "ton",
        "lb",
        "oz",
        "kt",
        "Mt",
        "L",
        "mL",
        "gal",
        "bbl",
        "m3",
        "ft3",
        "km3",
        "ha",
        "acre",
        "km2",
        "m2",
        "mi2",
        "ft2",
        "km/h",
        "mph",
        "m/s",
        "kn",
        "ms",
        "s",
        "min",
        "h",
        "day",
        "week",
        "month",
        "year",
        "decade",
        "century",
        "°C",
        "°F",
        "K",
        "°",
        "W",
        "kW",
        "MW",
        "GW",
        "GHz",
        "MHz",
        "g/s",
        "magnitude",
    ];
    unit.is_some_and(|u| SYMBOLS.contains(&u) || u.len() == 3 && u.bytes().all(|b| b.is_ascii_uppercase()))
}

fn same_value(a: &Found, b: &Found) -> bool {
    let near = |a: Option<f64>, b: Option<f64>| match (a, b) {
        (Some(a), Some(b)) => (a - b).abs() <= 0.005 * a.abs(),
        (a, b) => a.is_none() && b.is_none(),
    };
    near(a.value, b.value) && near(a.low, b.low) && near(a.high, b.high)
}

/// The number is there, whether it is told as a value or a bound.
fn same_number(a: &Found, b: &Found) -> bool {
    let all = |f: &Found| [f.value, f.low, f.high].into_iter().flatten().collect::<Vec<f64>>();
    all(a).iter().any(|a| all(b).iter().any(|b| (a - b).abs() <= 0.005 * b.abs()))
}

fn count(sentence: &QuantitySentence, predicted: &[Found]) -> [Sum; SUMS] {
    let text: Vec<char> = sentence.text.chars().collect();
    let gold = &sentence.quantities;
    let mut candidates = Vec::new();
    for (i, p) in predicted.iter().enumerate() {
        for (j, g) in gold.iter().enumerate() {
            let over = p.chars.zip(g.chars).map_or(0, |(p, g)| shared(p, g));
            if over > 0 {
                candidates.push((Reverse(over), i, j));
            }
        }
    }
    let pairs = greedy(candidates);
    let many = |fits: &dyn Fn(&Found, &Found) -> bool| {
        pairs.iter().filter(|(p, g)| fits(&predicted[*p], &gold[*g])).count()
    };
    let unit = |p: &Found, g: &Found| p.unit == g.unit;
    let both = |p: &Found, g: &Found| unit(p, g) && same_value(p, g);
    let of = |p: &Found, g: &Found| match (p.of, g.of) {
        (Some(p), Some(g)) => core(&text, p) == core(&text, g),
        (p, g) => p.is_none() && g.is_none(),
    };
    let overlaps = |p: &Found, g: &Found| match (p.of, g.of) {
        (Some(p), Some(g)) => shared(p, g) > 0,
        (p, g) => p.is_none() && g.is_none(),
    };
    let measured = |g: &Found| measures(g.unit.as_deref());
    let alone = |i: &usize| !pairs.iter().any(|(p, _)| p == i) && measured(&predicted[*i]);
    let predicted_measures = many(&|_, g| measured(g)) + (0..predicted.len()).filter(alone).count();
    let gold_measures = gold.iter().filter(|g| measured(g)).count();
    [
        Sum::of(pairs.len(), predicted.len(), gold.len()),
        Sum::of(many(&same_number), predicted.len(), gold.len()),
        Sum::of(many(&same_value), predicted.len(), gold.len()),
        Sum::of(many(&both), predicted.len(), gold.len()),
        Sum::of(many(&|p, g| measured(g) && both(p, g)), predicted_measures, gold_measures),
        Sum::share(many(&|p, g| p.approximate == g.approximate), gold.len()),
        Sum::share(many(&unit), gold.len()),
        Sum::share(many(&both), gold.len()),
        Sum::share(many(&of), gold.len()),
        Sum::share(many(&overlaps), gold.len()),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Chars;
    use std::path::PathBuf;

    fn found(start: usize, end: usize, value: f64, unit: &str, of: Option<(usize, usize)>) -> Found {
        Found {
            chars: Some(Chars::new(start, end)),
            value: Some(value),
            unit: Some(unit.into()),
            of: of.map(|(s, e)| Chars::new(s, e)),
            ..Found::default()
        }
    }

    #[test]
    fn values_units_and_what_is_counted() {
        let text = "About 40 new men walked 5 km for $3 in 2 days.";
        let mut near = found(0, 16, 40.0, "men", Some((9, 16)));
        near.approximate = true;
        let quantities = vec![
            near,
            found(24, 28, 5.0, "km", None),
            found(33, 35, 3.0, "USD", None),
            found(39, 45, 2.0, "day", None),
        ];
        let sentence =
            |id: &str| QuantitySentence { id: id.into(), text: text.into(), quantities: quantities.clone() };
        let gold = QuantityGold {
            file: PathBuf::from("x.jsonl"),
            sentences: vec![sentence("a/1"), sentence("a/2")],
        };
        let some = vec![
            found(6, 8, 40.0, "men", Some((13, 16))),
            found(24, 28, 5.0, "mi", None),
            found(34, 35, 4.0, "USD", None),
            found(17, 23, 1.0, "kg", None),
        ];
        let system = Amounts { name: "x".into(), found: vec![Some(some), None] };
        let report = quantities_of(&gold, system);
        for (table, line, want) in [
            ("found and right", "found", (4, 8, 3.0 / 8.0)),
            ("found and right", "value", (4, 8, 2.0 / 8.0)),
            ("found and right", "value and unit", (4, 8, 1.0 / 8.0)),
            ("found and right", "money, measures", (3, 6, 0.0)),
            ("of all gold quantities", "approximate", (2, 8, 2.0 / 8.0)),
            ("of all gold quantities", "unit", (2, 8, 2.0 / 8.0)),
            ("of all gold quantities", "what is counted", (2, 8, 2.0 / 8.0)),
            ("of all gold quantities", "overlapping", (3, 8, 3.0 / 8.0)),
        ] {
            let l = report.systems[0].line(table, line).unwrap();
            let figure = l.figure("recall").or(l.figure("share")).unwrap().value;
            assert_eq!((l.counts[0].1, l.counts[1].1), (want.0, want.1), "{table} {line}");
            assert!((figure - want.2).abs() < 1e-9, "{table} {line}: {figure}");
        }
        assert_eq!(report.systems[0].unread, 1);
        assert!(
            report
                .text()
                .starts_with("Quantities, measured on x.jsonl: 1 documents, 2 sentences, 8 quantities\n")
        );
    }

    fn quantities_of(gold: &QuantityGold, system: Amounts) -> Measured {
        quantities(gold, &[system])
    }
}

//! Pairs of names judged by hand against `same`: F1 on the half that rules were tuned on, and on the half held back.
//! Must not know how names are compared.

use onrecord_names::{Kind, Name, Reason, same};

const PAIRS: &str = include_str!("pairs.tsv");

/// F1 on each half falls no lower. `held` was at 0.939 when what it misses was first read; four faults that it showed
/// were mended then, so later figures for it are a little kind.
const TUNE: f64 = 0.95;
const HELD: f64 = 0.93;

struct Pair {
    a: &'static str,
    b: &'static str,
    same: bool,
    kind: Kind,
    half: &'static str,
}

fn pairs() -> Vec<Pair> {
    let rows = PAIRS.lines().filter(|l| !l.starts_with('#') && !l.is_empty()).skip(1);
    rows.map(|l| {
        let columns: Vec<&str> = l.split('\t').collect();
        let [a, b, judged, kind, _, half] = columns[..] else { panic!("six columns: {l}") };
        let kind = match kind {
            "person" => Kind::Person,
            "body" => Kind::Body,
            "place" => Kind::Place,
            _ => panic!("kind of {l}"),
        };
        assert!(matches!(judged, "same" | "different"), "{l}");
        Pair { a, b, same: judged == "same", kind, half }
    })
    .collect()
}

fn decide(p: &Pair, kind: Kind) -> Option<Reason> {
    same(&Name::new(p.a, kind), &Name::new(p.b, kind))
}

/// F1 of "same", and the errors.
fn score(pairs: &[&Pair], kind: Option<Kind>) -> (f64, usize, usize, Vec<String>) {
    let (mut hit, mut wrong, mut missed, mut errors) = (0usize, 0usize, 0usize, vec![]);
    for p in pairs {
        match (decide(p, kind.unwrap_or(p.kind)), p.same) {
            (Some(_), true) => hit += 1,
            (None, false) => {}
            (Some(r), false) => {
                wrong += 1;
                errors.push(format!("joined: {} / {} ({r:?})", p.a, p.b));
            }
            (None, true) => {
                missed += 1;
                errors.push(format!("missed: {} / {}", p.a, p.b));
            }
        }
    }
    let f1 = 2.0 * hit as f64 / (2 * hit + wrong + missed).max(1) as f64;
    (f1, wrong, missed, errors)
}

#[test]
fn f1_on_both_halves() {
    let all = pairs();
    assert!(all.len() >= 300);
    for half in ["tune", "held"] {
        let of = |kind: Option<Kind>| -> Vec<&Pair> {
            all.iter().filter(|p| p.half == half && kind.is_none_or(|k| k == p.kind)).collect()
        };
        for kind in [Kind::Person, Kind::Body, Kind::Place] {
            let (f1, wrong, missed, errors) = score(&of(Some(kind)), None);
            println!("{half} {kind:?}: F1 {f1:.3}, {wrong} joined, {missed} missed");
            // what is wrong in the held half is not for tuning
            if half == "tune" || std::env::var_os("ONRECORD_HELD").is_some() {
                errors.iter().for_each(|e| println!("  {e}"));
            }
        }
        let (blind, _, _, errors) = score(&of(None), Some(Kind::Unknown));
        if half == "tune" && std::env::var_os("ONRECORD_BLIND").is_some() {
            errors.iter().for_each(|e| println!("  blind {e}"));
        }
        let (f1, ..) = score(&of(None), None);
        println!("{half}: F1 {f1:.3}; {blind:.3} if the kind is not known");
        let floor = if half == "tune" { TUNE } else { HELD };
        assert!(f1 >= floor, "F1 on {half} is {f1:.3}");
    }
}

#[test]
fn both_ways() {
    for p in pairs() {
        for kind in [p.kind, Kind::Unknown] {
            let (a, b) = (Name::new(p.a, kind), Name::new(p.b, kind));
            assert_eq!(same(&a, &b), same(&b, &a), "{} / {}", p.a, p.b);
        }
    }
}
